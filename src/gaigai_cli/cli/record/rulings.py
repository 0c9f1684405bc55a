"""The office's rulings: on items (``verify`` … ``file``), on a report (``highlight``), on units (``praise`` …)."""

from __future__ import annotations

from functools import partial
from typing import Final

from gaigai_cli.cli import ask
from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.desk import desk_of, kept_words, record
from gaigai_cli.cli.record.fields import ROLE, UNITS, answered, fields_of, named
from gaigai_cli.cli.record.pending import Rulings, review
from gaigai_cli.cli.record.ruling import RulingCommand, office_session, rule
from gaigai_cli.cli.run import Command, Run, takes
from gaigai_cli.model.kinds import KindName
from gaigai_cli.work import rule as work
from gaigai_cli.work.correct import record_named
from gaigai_cli.work.questions import Questions


def _command(ruling: RulingCommand, *options: Option, pending: Rulings | None = None) -> Command:
    """Return the command of a ruling: its ``options`` stand between those that every one takes.

    ``pending``: what can be done, one by one, with the applications that wait for it.
    """

    def command(run: Run) -> None:
        if pending is not None and run.flag(o.PENDING):
            review(run, ruling, pending)
        else:
            rule(run, ruling)

    first = (o.ITEMS,) if pending is None else (o.ITEMS, o.PENDING)
    return takes(*first, *options, o.DATE, o.BY, o.DRY_RUN)(command)


_VERIFIED_BY: Final = Option("--verified-by", "核验单位，督办机构自行牵头的事项必填", "单位")
_SIGNER: Final = Option("--signer", "核验签字人，督办机构自行牵头的事项必填", "姓名")
_DESPITE: Final = Option("--despite", "指标未达仍予销号的理由，指标未达时必填", "理由")
_FINISHED: Final = Option(
    "--finished", "认定的办结日期，如 6月28日；补记的申请不写则按登记之日计", "日期"
)
_OF_CLOSING: Final = {
    "summary": o.OPINION,
    "verified_by_unit": _VERIFIED_BY,
    "signer": _SIGNER,
    "despite": _DESPITE,
    "finished": _FINISHED,
}
_VERIFY: Final = RulingCommand("verify", work.VERIFY, _OF_CLOSING)
_REJECT: Final = RulingCommand("reject", work.REJECT)
_CLOSINGS: Final = {"通过": _VERIFY, "退回补正": _REJECT}
"""What can be done with an application for close-out."""

verify: Final = _command(_VERIFY, *_OF_CLOSING.values(), o.BASIS, o.STAGE, pending=_CLOSINGS)
reject: Final = _command(_REJECT, o.REASON, o.BASIS, o.OF_UNIT, o.STAGE, pending=_CLOSINGS)
reopen: Final = _command(RulingCommand("reopen", work.REOPEN), o.REASON, o.BASIS, o.STAGE)

_RESULT: Final = Option("--result", "完成、基本完成、未完成或转入下年", "结果")
_ASSESSED: Final = {"result": _RESULT, "summary": o.OPINION}
assess: Final = _command(
    RulingCommand("assess", work.ASSESS, _ASSESSED), _RESULT, o.OPINION, o.REASON, o.BASIS
)

_TO: Final = Option("--to", "延期后的时限；不写则照申请的日期", "日期")
_ASKED: Final = Option(
    "--asked", "认定的申请日期，如 6月28日；补记的申请不写则按登记之日计", "日期"
)
_GRANT: Final = RulingCommand("grant", work.GRANT, {"due": _TO, "asked": _ASKED})
_DENY: Final = RulingCommand("deny", work.DENY, {"asked": _ASKED})
_EXTENSIONS: Final = {"批准延期": _GRANT, "不予延期": _DENY}
"""What can be done with an application for an extension."""
_DECIDED: Final = (o.BASIS, o.APPROVED_BY, _ASKED, o.REASON, o.OF_UNIT, o.STAGE)

grant: Final = _command(_GRANT, _TO, *_DECIDED, pending=_EXTENSIONS)
deny: Final = _command(_DENY, *_DECIDED, pending=_EXTENSIONS)
suspend: Final = _command(RulingCommand("suspend", work.SUSPEND), o.BASIS, o.REASON, o.EVIDENCE)
resume: Final = _command(RulingCommand("resume", work.RESUME), o.BASIS, o.REASON, o.EVIDENCE)
withdraw: Final = _command(RulingCommand("withdraw", work.WITHDRAW), o.BASIS, o.REASON)

_REPLACE: Final = Option("--replace", "变更：这一责任改由所列单位承担，原有的不再承担")


@takes(o.ITEMS, UNITS, ROLE, _REPLACE, o.BASIS, o.REASON, o.DATE, o.BY, o.DRY_RUN)
def assign(run: Run) -> None:
    """Say who owes an item (明确责任单位, 变更责任单位)."""
    rule(run, RulingCommand("assign", work.REASSIGN if run.flag(_REPLACE) else work.ASSIGN))


_SEEN: Final = {
    "way": Option("--way", "核验方式：抽查或现场核验", "方式"),
    "inspectors": Option("--inspectors", "核验人员，几个人用顿号隔开", "姓名"),
    "summary": Option("--summary", "所见情况", "文字"),
    "agrees": Option("--agrees", "与单位所报情况：相符、基本相符或不符", "结论"),
}
_SOLUTION: Final = Option("--summary", "协调结果", "文字")
_FILED: Final = Option("--summary", "备案意见", "文字")

inspect: Final = _command(RulingCommand("inspect", work.LOOK, _SEEN), *_SEEN.values(), o.EVIDENCE)
solve: Final = _command(
    RulingCommand("solve", work.SOLVE, {"summary": _SOLUTION}),
    _SOLUTION,
    o.BASIS,
    o.EVIDENCE,
    o.OF_UNIT,
)
file: Final = _command(
    RulingCommand("file", work.FILE, {"summary": _FILED}), _FILED, o.BASIS, o.OF_UNIT
)

_REPORT: Final = Option(
    "记录", "进展记录的编号，或编号开头、末尾的几位；见 gaigai show", "记录", of_list=True
)
_WORDS: Final = Option("--summary", "通报中的写法；不写则用单位的原话", "文字")


@takes(_REPORT, _WORDS, o.DATE, o.BY, o.DRY_RUN)
def highlight(run: Run) -> None:
    """Mark a unit's report for the bulletin (亮点)."""
    session = office_session(run)
    desk, number = desk_of(session, _REPORT), run.word(_REPORT)
    options = {"summary": _WORDS}
    fields = fields_of(work.highlight_questions(Questions(session, named=named(options))), options)
    desk.demand([*([] if number else ["记录编号"]), *desk.missing(fields)])
    # First of which report it is: nobody words anything for one that can't be told.
    words = number or ask.words("记录编号", required=True) or ""
    desk.arguments = [words]
    report = record_named(session, words)
    with kept_words(desk, always=False):
        said = desk.fill(fields)
    record(desk, work.highlight(session, report, said))


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
