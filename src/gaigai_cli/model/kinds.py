"""The kinds of record, a row each: who may write one, what it must and may say, and what it does to a status.

This is the table of the data format and the state machine in one; ``judge/machine`` executes it.
"""

from typing import Final, Literal, NamedTuple

from gaigai_cli.model.statuses import STATUSES, Status

KindName = Literal[
    "进展", "申请销号", "撤回申请", "核验销号", "退回补正", "撤销销号", "期满评估",
    "申请延期", "批准延期", "不予延期", "条件未具备", "条件具备", "明确责任单位", "变更责任单位", "核减",
    "亮点", "表扬", "通报批评", "责任认定", "督办", "督办回执", "催办登记", "抽查核验", "协调结果",
    "批示", "议定事项", "办理反馈", "呈报", "阅后意见", "阶段节点", "节点备案", "更正",
]  # fmt: skip

Author = Literal["unit", "lead", "lead|office", "office", "own"]
"""Any unit of the item | a lead of it | a lead or the office | the office alone | the unit that the log belongs to."""

About = Literal["item", "stage", "maybe", "none"]
"""What the record is about: an item | a stage of an item, or all of one that has none | perhaps an item | no item."""

Effect = Literal["不变", "不可", "推进中", "待核验", "已销号", "已评估", "已核减", "未启动"]
"""不变: allowed, the status stays. 不可: a finding. Otherwise the new status."""

_SAME: Final[tuple[Effect, ...]] = ("不变",) * 7
_WHILE_OPEN: Final[tuple[Effect, ...]] = ("不变",) * 4 + ("不可",) * 3
_RULED: Final = (("answers|due", "basis", "approved_by"), ("reason", "stage", "asked"))
_REPORT: Final = (
    "percent", "problems", "coordinate", "late_reason", "next", "metrics", "period", "stage",
    "completed",
)  # fmt: skip


_DEMAND: Final = ("assist", "reply_by", "urgent", "document_number", "evidence")


class Kind(NamedTuple):
    """One row of the table.

    ``needs`` holds field names; ``a|b`` means at least one of both. ``effects`` has a cell for each of ``STATUSES``.
    ``partly`` stands for the new status where a record has only part of its effect: a 进展 that says 尚未启动, the
    申请销号 of one lead before the others have applied, the 撤回申请 of an extension. ``answers``: the kinds that
    its field ``answers`` may name.
    """

    name: KindName
    by: Author
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    about: About = "item"
    effects: tuple[Effect, ...] = _SAME
    partly: Effect = "不变"
    answers: tuple[KindName, ...] = ()

    @property
    def names_item(self) -> bool:
        """Return whether it must say which item it is about."""
        return self.about in ("item", "stage")

    @property
    def leads_only(self) -> bool:
        """Return whether a lead of the item alone may record it."""
        return self.by == "lead"

    @property
    def demands(self) -> tuple[tuple[str, ...], ...]:
        """The fields that it needs, its item included: of each group at least one."""
        item = (("item",),) if self.names_item else ()
        return (*(tuple(need.split("|")) for need in self.needs), *item)

    @property
    def fields(self) -> frozenset[str]:
        """Every field that it may carry besides the ones that all records share."""
        needed = (name for demand in self.demands for name in demand)
        return frozenset((*needed, *self.may, *(() if self.about == "none" else ("item",))))

    def allowed(self, status: Status) -> bool:
        """Return whether it can be recorded about something that has this status."""
        return self._effect(status) != "不可"

    def leads_to(self, status: Status, *, whole: bool) -> Status:
        """Return the status after it; not ``whole``: it has part of its effect only."""
        effect = self._effect(status)
        if effect != "不变" and not whole:
            effect = self.partly
        match effect:
            case "不变" | "不可":
                return status
            case _:
                return effect

    def _effect(self, status: Status) -> Effect:
        return self.effects[STATUSES.index(status)]


REPORT: Final = "进展"
CLOSE_OUT: Final = "申请销号"
EXTENSION: Final = "申请延期"
HIGHLIGHT: Final = "亮点"
"""The office wants a report told in the bulletin: of the item itself it says nothing."""

SHARED_FIELDS: Final = frozenset({"id", "date", "kind", "by", "via", "source"})

KINDS: Final[dict[KindName, Kind]] = {
    kind.name: kind
    for kind in (
        Kind("进展", "unit", ("summary",), (*_REPORT, "evidence", "not_started"), "item",
             # 未报进展  未启动    推进中    待核验    已销号    已评估    已核减
             ("推进中", "推进中", "不变",   "不变",   "不变",   "不变",   "不变"), partly="未启动"),
        Kind("申请销号", "lead", ("evidence",), ("summary", *_REPORT), "stage",
             ("待核验", "待核验", "待核验", "不可",   "不可",   "不可",   "不可"), partly="推进中"),
        Kind("撤回申请", "lead", ("answers",), ("reason",), "stage",
             ("不变",   "不变",   "推进中", "推进中", "不可",   "不可",   "不可"),
             answers=("申请销号", "申请延期")),
        Kind("核验销号", "office", ("answers",),
             ("verified_by_unit", "signer", "despite", "summary", "basis", "stage", "finished"), "stage",
             ("不可",   "不可",   "不可",   "已销号", "不可",   "不可",   "不可"), answers=("申请销号",)),
        Kind("退回补正", "office", ("answers", "reason"), ("stage", "basis"), "stage",
             ("不可",   "不可",   "推进中", "推进中", "不可",   "不可",   "不可"), answers=("申请销号",)),
        Kind("撤销销号", "office", ("reason",), ("stage", "basis"), "stage",
             ("不可",   "不可",   "不可",   "不可",   "推进中", "不可",   "不可")),
        Kind("期满评估", "office", ("result",), ("reason", "summary", "basis"), "item",
             ("已评估", "已评估", "已评估", "不可",   "不可",   "不可",   "不可")),
        Kind("申请延期", "lead", ("due", "reason"), ("summary", *_REPORT, "evidence"), "stage",
             ("不变",   "不变",   "不变",   "不可",   "不可",   "不可",   "不可")),
        Kind("批准延期", "office", *_RULED, "stage", _WHILE_OPEN, answers=("申请延期",)),
        Kind("不予延期", "office", *_RULED, "stage", _WHILE_OPEN, answers=("申请延期",)),
        Kind("条件未具备", "office", ("basis",), ("reason", "evidence"), effects=_WHILE_OPEN),
        Kind("条件具备", "office", (), ("basis", "reason", "evidence"), effects=_WHILE_OPEN),
        Kind("明确责任单位", "office", ("units", "role", "basis"), ("reason",), effects=_WHILE_OPEN),
        Kind("变更责任单位", "office", ("units", "role", "basis"), ("reason",), effects=_WHILE_OPEN),
        Kind("核减", "office", ("basis",), ("reason",), "item",
             ("已核减", "已核减", "已核减", "已核减", "不可",   "不可",   "不可")),
        Kind("亮点", "office", ("answers",), ("summary",), answers=("进展", "申请销号", "申请延期")),
        Kind("表扬", "office", ("to", "basis"), ("reason", "summary", "approved_by"), "maybe"),
        Kind("通报批评", "office", ("to", "basis"), ("reason", "summary", "approved_by"), "maybe"),
        Kind("责任认定", "office", ("to", "basis"), ("reason", "summary", "approved_by"), "maybe"),
        Kind("督办", "office", ("to", "items", "level", "number", "reply_by"),
             ("reason", "summary", "basis"), "none"),
        Kind("督办回执", "own", ("answers",), ("summary", "evidence"), "none", answers=("督办",)),
        Kind("催办登记", "office", ("to", "means"), ("reached", "summary"), "maybe"),
        Kind("抽查核验", "office", ("way", "inspectors", "summary"), ("answers", "agrees", "evidence"),
             answers=("进展", "申请销号", "申请延期")),
        Kind("协调结果", "office", ("answers", "summary"), ("basis", "evidence"),
             answers=("进展", "申请销号", "申请延期")),
        Kind("批示", "office", ("leader", "handling", "summary"),
             ("post", "document", "sender", "words", "to", *_DEMAND), "maybe"),
        Kind("议定事项", "office", ("meeting", "summary", "to"), ("clause", *_DEMAND), "maybe"),
        Kind("办理反馈", "own", ("answers", "summary"), ("evidence",), "none",
             answers=("批示", "议定事项")),
        Kind("呈报", "office", ("answers",), ("summary", "evidence"), "none", answers=("批示",)),
        Kind("阅后意见", "office", ("answers", "leader", "summary"), ("evidence",), "none",
             answers=("批示",)),
        Kind("阶段节点", "lead|office", ("milestones",), ("reason", "basis", "evidence"),
             effects=_WHILE_OPEN),
        Kind("节点备案", "office", ("answers",), ("summary", "basis"), effects=_WHILE_OPEN,
             answers=("阶段节点",)),
        Kind("更正", "own", ("corrects", "reason", "set|void"), (), "none"),
    )
}  # fmt: skip

WORDS: Final = frozenset((
    "by", "summary", "problems", "late_reason", "next", "reason", "basis", "approved_by",
    "verified_by_unit", "signer", "despite", "inspectors", "leader", "post", "document", "sender",
    "words", "reached",
))  # fmt: skip
"""Fields that a 更正 may change at any time. Every other one decides something: see ``judge/checks/decided.py``."""

RULINGS: Final = frozenset(kind.name for kind in KINDS.values() if kind.by == "office")
"""What the office alone may record."""

APPLICATIONS: Final = (CLOSE_OUT, EXTENSION)
"""What a lead applies for, on a form to be signed."""

REPORTING: Final = frozenset(kind.name for kind in KINDS.values() if "period" in kind.fields)
"""What answers the report that a period asks for."""

CORRECTION: Final = "更正"
ANSWER: Final = "办理反馈"
INSTRUCTIONS: Final = frozenset[KindName]({"批示", "议定事项"})
"""What is demanded from above (交办), by a leader or a meeting."""

MERITS: Final = frozenset[KindName]({"表扬", "通报批评", "责任认定"})
"""What counts for a unit, or against it, in its assessment."""

APPROVED: Final = frozenset[KindName]({"表扬", "通报批评"})
"""What an office that coordinates others doesn't award by itself: somebody with the right to it has approved it."""

DEMANDS: Final = {name: kind.demands for name, kind in KINDS.items()}
"""What each kind needs, worked out once: every record that is read is held against it."""

ALLOWED: Final = {name: kind.fields | SHARED_FIELDS for name, kind in KINDS.items()}
"""Every field that a record of each kind may have."""
