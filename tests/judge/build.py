"""Ledgers from short literals: one item 1.1 of made-up units, and its records in the order of the calls."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gaigai_cli.judge.findings import check
from gaigai_cli.judge.judgement import Judge, JudgedItem
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.kinds import KINDS
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import as_record
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList

OFFICE = "示例办"
LEAD = "示例甲局"
JOINT = "示例乙局"
HELPER = "示例丙局"
OTHER = "示例丁局"
UNITS = (OFFICE, LEAD, JOINT, HELPER, OTHER)
DEPARTMENTS = Departments.model_validate({"units": [{"name": unit} for unit in UNITS]})

FIXED = {"kind": "fixed", "text": "2024年6月底", "due": "2024-06-30"}
ONGOING = {"kind": "ongoing", "text": "2024年持续推动落实", "until": "2024-12-31"}
STAGED = {
    "kind": "staged",
    "text": "6月底前印发方案，9月底前全面推行",
    "stages": [
        {"id": "1", "text": "印发方案", "due": "2024-06-30"},
        {"id": "2", "text": "全面推行", "due": "2024-09-30"},
    ],
}
MONTHLY = {
    "kind": "recurring",
    "text": "每月25日前",
    "every": "month",
    "day": "25",
    "from": "2024-01-01",
    "until": "2024-12-31",
}
UNSET = {"kind": "unset", "text": "项目批准后启动"}

FILLED: dict[str, dict[str, Any]] = {
    "进展": {"summary": "正在推进。"},
    "申请销号": {"evidence": ["示例文号〔2024〕1号"]},
    "退回补正": {"reason": "佐证不全"},
    "撤销销号": {"reason": "抽查未落实"},
    "期满评估": {"result": "完成"},
    "申请延期": {"due": "2024-08-31", "reason": "上级文件未下达"},
    "批准延期": {"basis": "示例文号〔2024〕2号", "approved_by": "示例领导"},
    "不予延期": {"basis": "示例文号〔2024〕2号", "approved_by": "示例领导"},
    "条件未具备": {"basis": "示例文号〔2024〕3号"},
    "明确责任单位": {"units": [OTHER], "role": "责任", "basis": "示例文号〔2024〕4号"},
    "变更责任单位": {"units": [OTHER], "role": "责任", "basis": "示例文号〔2024〕4号"},
    "核减": {"basis": "示例文号〔2024〕5号"},
    "亮点": {"answers": ["20240601-090000-00000001"]},
    "表扬": {"to": [LEAD], "basis": "示例文号〔2024〕6号"},
    "通报批评": {"to": [LEAD], "basis": "示例文号〔2024〕6号"},
    "责任认定": {"to": [LEAD], "basis": "示例文号〔2024〕6号"},
    "督办": {
        "to": [LEAD],
        "items": ["1.1"],
        "level": "提醒",
        "number": "示例〔2024〕1号",
        "reply_by": "2024-12-31",
    },
    "催办登记": {"to": [LEAD], "means": "电话"},
    "抽查核验": {"way": "抽查", "inspectors": "示例甲", "summary": "台账齐全。"},
    "协调结果": {"summary": "接口已开通。"},
    "批示": {"leader": "示例领导", "handling": "参阅", "summary": "加快推进。"},
    "议定事项": {"meeting": "示例县第2次常务会议", "summary": "落实经费。", "to": [LEAD]},
    "办理反馈": {"summary": "已落实。"},
    "阅后意见": {"leader": "示例领导", "summary": "已阅。"},
    "阶段节点": {"milestones": [{"name": "方案", "due": "2024-06-25"}]},
    "更正": {"reason": "笔误"},
}
"""What each kind needs, where a test doesn't say it."""

GENERAL = tuple(name for name, kind in KINDS.items() if kind.about == "none")
"""Kinds that name no item."""


def day(words: str) -> date:
    """``06-30`` is in 2024."""
    return date.fromisoformat(words if len(words) > 5 else f"2024-{words}")


@dataclass
class Book:
    """The list with its one item, and the records that a test adds."""

    deadline: dict[str, Any] = field(default_factory=lambda: FIXED)
    lead: tuple[str, ...] = (LEAD,)
    responsible: tuple[str, ...] = (HELPER,)
    support: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    indicators: tuple[dict[str, Any], ...] = ()
    removed: dict[str, str] | None = None
    rules: dict[str, Any] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def add(self, unit: str, when: str, kind: str, **fields: Any) -> str:
        """One more record; returns its id. A field given as None is left out."""
        number = len(self.entries)
        on = day(when)
        item = {} if kind in GENERAL else {"item": "1.1"}
        data = {
            "id": f"{on:%Y%m%d}-12{number // 60:02d}{number % 60:02d}-{number:08x}",
            "date": on,
            "kind": kind,
            **item,
            **FILLED.get(kind, {}),
            **fields,
        }
        record = as_record({k: v for k, v in data.items() if v is not None})
        file = f"progress/{unit}.yaml"
        index = sum(entry.file == file for entry in self.entries)
        self.entries.append(Entry(record, unit, file, index))
        return record.id

    def ledger(self) -> Ledger:
        """The ledger as it stands now."""
        return make_ledger(self, tuple(self.entries))

    def on(self, when: str) -> JudgedItem:
        """The item as of a day."""
        return Judge(self.ledger()).on(day(when)).by_id["1.1"]

    def findings(self, today: str = "2025-12-31") -> tuple[Finding, ...]:
        """Every finding on the clock's day ``today``."""
        return check(self.ledger(), today=day(today))

    def codes(self, today: str = "2025-12-31") -> list[str]:
        """The codes of all findings."""
        return [finding.code for finding in self.findings(today)]


def make_ledger(book: Book, entries: tuple[Entry, ...]) -> Ledger:
    """The book's list with these entries."""
    marked = "、".join(f"★{unit}" for unit in book.lead)
    supporting = f"；配合单位：{'、'.join(book.support)}" if book.support else ""
    item = {
        "id": "1.1",
        "content": "示例事项。",
        "units": {
            "text": "、".join((marked, *book.responsible)) + supporting + "".join(book.open),
            "lead": book.lead,
            "responsible": book.responsible,
            "support": book.support,
            "open": book.open,
        },
        "deadline": book.deadline,
        "indicators": book.indicators,
    }
    if book.removed:
        item["removed"] = book.removed
    notice = {
        "title": "示例任务清单",
        "number": "示例〔2024〕1号",
        "issuer": OFFICE,
        "issued": "2024-05-07",
        "year": "2024",
        "addressee": "示例单位",
        "office": OFFICE,
    }
    task = {"id": "1", "title": "示例任务", "items": [item]}
    return Ledger(
        TaskList.model_validate({"notice": notice, "tasks": [task]}),
        DEPARTMENTS,
        Rules.model_validate(book.rules),
        entries,
    )
