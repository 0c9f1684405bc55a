"""``gaigai grant``, ``deny``, ``suspend``, ``resume``, ``assign``, ``withdraw``: what holds for an item."""

from __future__ import annotations

from functools import partial
from typing import Final

from gaigai_cli.cli import ask
from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.desk import desk_of, record
from gaigai_cli.cli.record.fields import ROLE, UNITS, answered
from gaigai_cli.cli.record.pending import rule_or_review
from gaigai_cli.cli.record.ruling import RulingCommand, office_session, rule
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.model.kinds import KindName
from gaigai_cli.work import rule as work
from gaigai_cli.work.correct import record_named

_TO: Final = Option("--to", "延期后的时限；不写则照申请的日期", "日期")
_ASKED: Final = Option(
    "--asked", "认定的申请日期，如 6月28日；补记的申请不写则按登记之日计", "日期"
)
_REPLACE: Final = Option("--replace", "变更：这一责任改由所列单位承担，原有的不再承担")

GRANT: Final = RulingCommand("grant", work.GRANT, {"due": _TO, "asked": _ASKED})
DENY: Final = RulingCommand("deny", work.DENY, {"asked": _ASKED})

CHOICES: Final = {"批准延期": GRANT, "不予延期": DENY}
"""What can be done with an application for an extension."""
SUSPEND: Final = RulingCommand("suspend", work.SUSPEND)
RESUME: Final = RulingCommand("resume", work.RESUME)
ASSIGN: Final = RulingCommand("assign", work.ASSIGN)
REASSIGN: Final = RulingCommand("assign", work.REASSIGN)
WITHDRAW: Final = RulingCommand("withdraw", work.WITHDRAW)


@takes(
    o.ITEMS, o.PENDING, _TO, o.BASIS, o.APPROVED_BY, _ASKED, o.REASON, o.OF_UNIT, o.STAGE, o.DATE, o.BY,
    o.DRY_RUN,
)  # fmt: skip
def grant(run: Run) -> None:
    """Grant extensions (批准延期)."""
    rule_or_review(run, GRANT, CHOICES)


@takes(
    o.ITEMS, o.PENDING, o.BASIS, o.APPROVED_BY, _ASKED, o.REASON, o.OF_UNIT, o.STAGE, o.DATE, o.BY,
    o.DRY_RUN,
)  # fmt: skip
def deny(run: Run) -> None:
    """Refuse extensions (不予延期)."""
    rule_or_review(run, DENY, CHOICES)


@takes(o.ITEMS, o.BASIS, o.REASON, o.EVIDENCE, o.DATE, o.BY, o.DRY_RUN)
def suspend(run: Run) -> None:
    """Record 条件未具备: nothing can be done until something else happens."""
    rule(run, SUSPEND)


@takes(o.ITEMS, o.BASIS, o.REASON, o.EVIDENCE, o.DATE, o.BY, o.DRY_RUN)
def resume(run: Run) -> None:
    """Record 条件具备: what the item waited for has happened."""
    rule(run, RESUME)


@takes(o.ITEMS, UNITS, ROLE, _REPLACE, o.BASIS, o.REASON, o.DATE, o.BY, o.DRY_RUN)
def assign(run: Run) -> None:
    """Say who owes an item (明确责任单位, 变更责任单位)."""
    rule(run, REASSIGN if run.flag(_REPLACE) else ASSIGN)


@takes(o.ITEMS, o.BASIS, o.REASON, o.DATE, o.BY, o.DRY_RUN)
def withdraw(run: Run) -> None:
    """Count items no longer (核减)."""
    rule(run, WITHDRAW)


_WAY: Final = Option("--way", "核验方式：抽查或现场核验", "方式")
_INSPECTORS: Final = Option("--inspectors", "核验人员，几个人用顿号隔开", "姓名")
_SEEN: Final = Option("--summary", "所见情况", "文字")
_AGREES: Final = Option("--agrees", "与单位所报情况：相符、基本相符或不符", "结论")
_SOLUTION: Final = Option("--summary", "协调结果", "文字")

INSPECT: Final = RulingCommand(
    "inspect",
    work.LOOK,
    {"way": _WAY, "inspectors": _INSPECTORS, "summary": _SEEN, "agrees": _AGREES},
)
SOLVE: Final = RulingCommand("solve", work.SOLVE, {"summary": _SOLUTION})
_FILED: Final = Option("--summary", "备案意见", "文字")
FILE: Final = RulingCommand("file", work.FILE, {"summary": _FILED})


@takes(o.ITEMS, _WAY, _INSPECTORS, _SEEN, _AGREES, o.EVIDENCE, o.DATE, o.BY, o.DRY_RUN)
def inspect(run: Run) -> None:
    """Say what the office saw itself, against what was reported (抽查核验)."""
    rule(run, INSPECT)


@takes(o.ITEMS, _SOLUTION, o.BASIS, o.EVIDENCE, o.OF_UNIT, o.DATE, o.BY, o.DRY_RUN)
def solve(run: Run) -> None:
    """Say that a problem which waited for somebody above is solved (协调结果)."""
    rule(run, SOLVE)


_REPORT: Final = Option(
    "记录", "进展记录的编号，或编号开头、末尾的几位；见 gaigai show", "记录", of_list=True
)
_WORDS: Final = Option("--summary", "通报中的写法；不写则用单位的原话", "文字")


@takes(_REPORT, _WORDS, o.DATE, o.BY, o.DRY_RUN)
def highlight(run: Run) -> None:
    """Mark a unit's report for the bulletin (亮点)."""
    session = office_session(run)
    desk, number = desk_of(session, _REPORT), run.word(_REPORT)
    missing = [] if number else ["记录编号"]
    said = answered(desk, work.highlight_questions, {"summary": _WORDS}, missing=missing)
    words = number or ask.words("记录编号", required=True) or ""
    desk.arguments = [words]
    record(desk, work.highlight(session, record_named(session, words), said))


@takes(o.ITEMS, _FILED, o.BASIS, o.OF_UNIT, o.DATE, o.BY, o.DRY_RUN)
def file(run: Run) -> None:
    """Put in force the milestones that leads have reported (节点备案)."""
    rule(run, FILE)


_TOLD: Final = Option("单位", "单位，可写几个", "单位", many=True, complete="units")
_ABOUT: Final = Option(
    "--item", "所涉事项；不写则不针对某一事项", "事项", complete="items", of_list=True
)
_RESPONSIBILITY: Final = Option("--responsibility", "只认定责任（责任认定），不作通报批评")


@takes(_TOLD, _ABOUT, o.REASON, o.BASIS, o.APPROVED_BY, o.DATE, o.BY, o.DRY_RUN)
def praise(run: Run) -> None:
    """Praise units (表扬)."""
    _say_of(run, "表扬")


@takes(
    _TOLD, _ABOUT, o.REASON, o.BASIS, o.APPROVED_BY, _RESPONSIBILITY, o.DATE, o.BY, o.DRY_RUN,
)  # fmt: skip
def criticise(run: Run) -> None:
    """Criticise units (通报批评), or say who is responsible (责任认定)."""
    _say_of(run, "责任认定" if run.flag(_RESPONSIBILITY) else "通报批评")


_MEANS: Final = Option("--means", "催办方式：电话、短信、群或函", "方式")
_REACHED: Final = Option("--reached", "接谈人：与谁取得了联系", "姓名")
_ANSWER: Final = Option("--summary", "对方的答复", "文字")


@takes(_TOLD, _ABOUT, _MEANS, _REACHED, _ANSWER, o.DATE, o.BY, o.DRY_RUN)
def urge(run: Run) -> None:
    """Register that units were urged, and what they answered (催办登记)."""
    _say_of(run, "催办登记")


def _say_of(run: Run, kind: KindName) -> None:
    session = office_session(run)
    desk = desk_of(session)
    if units := run.words(_TOLD):
        desk.given[_TOLD] = list(units)
    options = {"to": _TOLD, "item": _ABOUT}
    if kind == "催办登记":
        options |= {"means": _MEANS, "reached": _REACHED, "summary": _ANSWER}
    said = answered(desk, partial(work.of_units_questions, kind), options)
    desk.arguments = desk.given.pop(_TOLD)
    record(desk, work.of_units(session, kind, said))
