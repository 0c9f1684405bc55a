"""The commands that record something: by the units, and the office's rulings. One more is one more line here."""

from typing import Final

from gaigai_cli.cli.entry import Entry

_WRITE, _RULE = "记录", "裁定"

RECORDING: Final[dict[str, Entry]] = {
    "update": Entry(
        "record.recording",
        "update",
        "报送一个事项的进展",
        _WRITE,
        (
            "gaigai update 16.2",
            "gaigai update 16.2 --unit 县财政局 --summary 经费已列入预算。 --percent 60",
            "gaigai update 7.1 --summary 抽查项目3个。 --metric enforcement-rate=100",
        ),
        writes=True,
    ),
    "done": Entry(
        "record.recording",
        "done",
        "牵头单位申请销号",
        _WRITE,
        (
            "gaigai done 16.2 --evidence 财预〔2024〕15号 --evidence 拨付单.pdf --form",
            "gaigai done 16.2 --take-back",
        ),
        writes=True,
    ),
    "extend": Entry(
        "record.recording",
        "extend",
        "牵头单位申请延期",
        _WRITE,
        ("gaigai extend 16.2 --to 8月31日 --reason 预算调剂需经常务会审议。 --form",),
        writes=True,
    ),
    "correct": Entry(
        "record.correcting",
        "correct",
        "更正本单位的一条记录",
        _WRITE,
        (
            "gaigai correct 20240614-153012-3f9c81d2 --set 完成百分比=50 --reason 填报有误",
            "gaigai correct 3f9c81d2 --void --reason 误登",
        ),
        writes=True,
    ),
    "verify": Entry(
        "record.closing",
        "verify",
        "核验销号",
        _RULE,
        ("gaigai verify --pending", "gaigai verify 16.2 18.1 --summary 佐证齐全，同意销号。"),
        writes=True,
    ),
    "reject": Entry(
        "record.closing",
        "reject",
        "退回补正：销号申请的佐证不全或不实",
        _RULE,
        ("gaigai reject 18.1 --reason 缺少支付凭证，请补齐。",),
        writes=True,
    ),
    "reopen": Entry(
        "record.closing",
        "reopen",
        "撤销销号：已销号的事项重新办理",
        _RULE,
        ("gaigai reopen 21.1 --reason 复核发现参训情况不实。",),
        writes=True,
    ),
    "assess": Entry(
        "record.closing",
        "assess",
        "期满评估：持续推动落实事项和周期事项",
        _RULE,
        ("gaigai assess 1.1 --result 完成",),
        writes=True,
    ),
    "grant": Entry(
        "record.rulings",
        "grant",
        "批准延期",
        _RULE,
        (
            "gaigai grant --pending",
            "gaigai grant 16.2 --basis 领导小组会议（2024-07-25） --approved-by 张三",
        ),
        writes=True,
    ),
    "deny": Entry(
        "record.rulings",
        "deny",
        "不予延期",
        _RULE,
        ("gaigai deny 14.1 --basis 专题会议（2024-09-27） --approved-by 张三",),
        writes=True,
    ),
    "suspend": Entry(
        "record.rulings",
        "suspend",
        "条件未具备：暂不亮灯，等待条件",
        _RULE,
        ("gaigai suspend 19.1 --basis 省工改办电话通知（2024-05-14）",),
        writes=True,
    ),
    "resume": Entry(
        "record.rulings",
        "resume",
        "条件具备：恢复计时",
        _RULE,
        ("gaigai resume 19.1 --reason 国评时间已通知。",),
        writes=True,
    ),
    "assign": Entry(
        "record.rulings",
        "assign",
        "明确或变更事项的责任单位",
        _RULE,
        ("gaigai assign 1.1 --units 园区管委会 --role 责任 --basis 岳县工改办〔2024〕3号",),
        writes=True,
    ),
    "withdraw": Entry(
        "record.rulings",
        "withdraw",
        "核减：事项不再计入",
        _RULE,
        ("gaigai withdraw 15.1 --basis 领导小组会议（2024-10-10）",),
        writes=True,
    ),
    "praise": Entry(
        "record.merits",
        "praise",
        "表扬单位",
        _RULE,
        ("gaigai praise 县财政局 --item 16.2 --basis 岳县工改办〔2024〕36号",),
        writes=True,
    ),
    "criticise": Entry(
        "record.merits",
        "criticise",
        "通报批评单位，或认定责任",
        _RULE,
        ("gaigai criticise 县财政局 --basis 岳县工改办〔2024〕29号 --reason 连续两月未报。",),
        writes=True,
    ),
}
