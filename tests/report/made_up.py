"""A made-up list without a cycle of reports (示例，非真实进展): what a bulletin has to tell of it, month by month."""

from datetime import date
from typing import Any, Final

from gaigai_cli.model.departments import Departments
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import as_record
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList

OFFICE: Final = "示例河长办"
WATER, TOWN, FARM, PARK = "示例水利局", "示例城管局", "示例农业农村局", "示例开发区管委会"

Plain = dict[str, Any]


def _item(number: str, content: str, deadline: Plain, *lead: str) -> Plain:
    units = {"text": "、".join(lead), "lead": list(lead)}
    return {"id": number, "content": content, "units": units, "deadline": deadline}


def _by(due: str) -> Plain:
    return {"kind": "fixed", "text": due, "due": f"2024-{due}"}


_QUARTERLY: Final[Plain] = {
    "kind": "recurring",
    "text": "每季度一次",
    "every": "quarter",
    "day": "31",
    "from": "2024-01-01",
    "until": "2024-12-31",
}
_STAGES: Final[Plain] = {
    "kind": "staged",
    "text": "3月底前出方案，6月底前建成",
    "stages": [
        {"id": "1", "text": "出方案", "due": "2024-03-31"},
        {"id": "2", "text": "建成", "due": "2024-06-30"},
    ],
}
TASKS: Final[Plain] = {
    "notice": {
        "title": "示例县2024年幸福河湖建设工作要点",
        "number": "示河办〔2024〕1号",
        "issuer": "示例县河长制工作委员会办公室",
        "issued": "2024-01-12",
        "year": 2024,
        "addressee": "县直有关单位",
        "office": OFFICE,
        "example": True,
    },
    "tasks": [
        {
            "id": "1",
            "title": "整治河道",
            "items": [
                _item("1.1", "清除示例河城区段淤泥5万方。", _by("03-31"), WATER),
                _item("1.2", "搬迁沿岸养殖场4家。", _by("04-30"), FARM),
                _item("1.3", "拆除阻水便桥3座。", _by("05-31"), TOWN, WATER),
                _item("1.4", "完成河道划界公示。", _by("05-31"), WATER),
            ],
        },
        {
            "id": "2",
            "title": "治理排口",
            "items": [
                _item("2.1", "建成园区污水处理二期。", _STAGES, PARK),
                _item("2.2", "完成排口挂牌120处。", _by("06-30"), TOWN),
            ],
        },
        {
            "id": "3",
            "title": "常态管护",
            "items": [
                _item("3.1", "每季度组织一次暗访。", _QUARTERLY, TOWN),
                _item("3.2", "每季度召开一次河长联席会。", _QUARTERLY, OFFICE),
                _item("3.3", "推进智慧河湖监测。", {"kind": "ongoing", "text": "全年", "until": "2024-12-31"}, WATER),
                _item("3.4", "迎接省级考核。", _by("06-30"), OFFICE),
            ],
        },
    ],
}  # fmt: skip


def _records() -> list[tuple[str, str, str, Plain]]:
    def about(item: str, **fields: Any) -> Plain:
        return {"item": item, **fields}

    return [
        (WATER, "02-20", "进展", about("3.3", summary="布设监测点12处。")),
        (TOWN, "03-18", "进展", about("3.1", summary="一季度暗访河段8处，交办问题5个。")),
        (WATER, "03-22", "进展", about("1.1", summary="清淤4.2万方。", percent="84", problems="弃土场容量不足。")),
        (PARK, "03-25", "申请销号", about("2.1", summary="二期方案通过评审。", evidence=["示园函〔2024〕3号"], stage="1")),
        (OFFICE, "03-28", "核验销号", about("2.1", answers=[3], stage="1", summary="抽查属实。")),
        (OFFICE, "04-08", "条件未具备", about("3.4", reason="省级考核时间未定", basis="省河长办函〔2024〕6号")),
        (WATER, "04-12", "进展", about("1.1", summary="新弃土场已启用。", percent="92", late_reason="弃土场选址两次调整。")),
        (FARM, "04-15", "申请延期", about("1.2", reason="2家养殖场补偿协议未签。", summary="已搬迁2家。", percent="50", due="2024-06-30")),
        (OFFICE, "04-26", "批准延期", about("1.2", answers=[7], basis="县河长会议（2024-04-25）", approved_by="示例长")),
        (WATER, "05-06", "申请销号", about("1.1", summary="清淤5.1万方，验收合格。", evidence=["示水验〔2024〕2号"])),
        (OFFICE, "05-10", "核验销号", about("1.1", answers=[9], summary="现场核验合格。")),
        (TOWN, "05-13", "申请延期", about("1.3", reason="便桥产权单位未移交。", summary="已拆1座。", percent="30", due="2024-07-31")),
        (OFFICE, "05-24", "不予延期", about("1.3", answers=[11], reason="移交手续已办，按期拆除", basis="县河长会议（2024-05-23）", approved_by="示例长")),
        (OFFICE, "05-27", "责任认定", about("1.3", to=[FARM], reason="便桥移交手续办理迟缓", basis="示河办〔2024〕9号")),
        (OFFICE, "06-04", "督办", {"to": [TOWN], "items": ["1.3"], "level": "提醒", "number": "示河办提〔2024〕1号", "reply_by": "2024-06-11"}),
        (TOWN, "06-10", "督办回执", {"answers": [14], "summary": "6月底前拆完。"}),
        (OFFICE, "06-12", "核减", about("2.2", reason="挂牌由市里统一组织", basis="县河长会议（2024-06-11）")),
        (OFFICE, "06-14", "条件具备", about("3.4", reason="考核定于9月", basis="省河长办函〔2024〕15号")),
        (OFFICE, "06-17", "批准延期", about("3.4", due="2024-09-30", basis="县政府办批复〔2024〕4号", approved_by="县政府办")),
        (OFFICE, "06-18", "通报批评", about("1.4", to=[WATER], reason="划界公示逾期且未报进展", basis="示河办〔2024〕11号", approved_by="县河长会议")),
        (WATER, "06-19", "进展", about("1.3", summary="便桥上游围堰完成。", percent="60")),
        (FARM, "06-24", "申请销号", about("1.2", summary="4家全部搬迁。", evidence=["示农验〔2024〕1号"])),
        (PARK, "06-26", "申请延期", about("2.1", reason="设备到货推迟。", stage="2", due="2024-08-31")),
        (OFFICE, "07-03", "核验销号", about("1.2", answers=[21], summary="现场核验合格。")),
        (OFFICE, "07-05", "表扬", about("1.2", to=[FARM], reason="搬迁群众满意", basis="示河办〔2024〕14号")),
        (OFFICE, "05-09", "抽查核验", about("1.1", answers=[9], way="现场核验", inspectors="示例甲、示例乙", agrees="相符", summary="断面实测与验收资料一致。")),
        (OFFICE, "06-20", "抽查核验", about("1.3", answers=[20], way="抽查", inspectors="示例甲", agrees="不符", summary="上游围堰未合龙。")),
        (OFFICE, "07-05", "抽查核验", about("1.3", way="现场核验", inspectors="示例甲、示例乙", summary="便桥已拆2座。")),
        (OFFICE, "06-25", "批示", about("1.4", to=[WATER], assist=[TOWN], leader="示例长", post="县委副书记", handling="批办", summary="划界成果尽快公示。", reply_by="2024-07-20", words="示例原话")),
        (OFFICE, "06-27", "议定事项", {"to": [TOWN, FARM], "meeting": "县政府第6次常务会议", "summary": "沿岸垃圾清运实行一日一清", "reply_by": "2024-08-15"}),
        (WATER, "07-16", "办理反馈", {"answers": [28], "summary": "7月15日公示。"}),
        (OFFICE, "06-03", "阶段节点", about("3.3", milestones=[{"name": "监测方案", "due": "2024-06-20"}])),
        (WATER, "07-08", "进展", about("3.3", summary="新增监测点6处。", problems="省级平台未开放接口。", coordinate="省级")),
    ]  # fmt: skip


def ledger() -> Ledger:
    """The list with its records, each entered on its day."""
    ids: list[str] = []
    entries: list[Entry] = []
    for number, (unit, when, kind, fields) in enumerate(_records()):
        ids.append(
            f"2024{when.replace('-', '')}-12{number // 60:02d}{number % 60:02d}-{number:08x}"
        )
        said = fields | (
            {"answers": [ids[n] for n in fields["answers"]]} if "answers" in fields else {}
        )
        record = as_record(
            {"id": ids[-1], "date": date.fromisoformat(f"2024-{when}"), "kind": kind, **said}
        )
        file = f"progress/{unit}.yaml"
        entries.append(Entry(record, unit, file, sum(e.file == file for e in entries)))
    units = [{"name": name} for name in (WATER, TOWN, FARM, PARK, OFFICE)]
    return Ledger(
        TaskList.model_validate(TASKS),
        Departments.model_validate({"units": units}),
        Rules(),
        tuple(entries),
    )
