"""The office's rulings: on items (``verify`` … ``file``), on a report (``highlight``), on units (``praise`` …)."""

from __future__ import annotations

from typing import Final

from gaigai_cli.cli import ask
from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.filling import enter, filling_of
from gaigai_cli.cli.record.ruling import (
    RulingCommand,
    Rulings,
    office_session,
    rule,
    rule_one_by_one,
)
from gaigai_cli.cli.run import Command, Run, takes
from gaigai_cli.model.kinds import KindName
from gaigai_cli.work import rule as work
from gaigai_cli.work.correct import record_named

_EVERY: Final = (o.DATE, o.BY, o.DRY_RUN)
"""What every ruling has."""


def _ruling(what: work.Ruling, *options: Option) -> Command:
    return takes(o.ITEMS, *options, *_EVERY)(lambda run: rule(run, what))


def _answering(ruling: RulingCommand, pending: Rulings) -> Command:
    """Return the command of a ruling; ``pending``: what can be done, one by one, with the applications that wait."""

    def command(run: Run) -> None:
        if run.flag(o.PENDING):
            rule_one_by_one(run, ruling, pending)
        else:
            rule(run, ruling.what)

    return takes(o.ITEMS, o.PENDING, *ruling.options)(command)


_VERIFY: Final = RulingCommand(
    "verify",
    work.VERIFY,
    (
        o.OPINION,
        Option(
            "--verified-by",
            "核验单位，督办机构自行牵头的事项必填",
            "单位",
            gives="verified_by_unit",
        ),
        Option("--signer", "核验签字人，督办机构自行牵头的事项必填", "姓名"),
        Option("--despite", "指标未达仍予销号的理由，指标未达时必填", "理由"),
        Option("--finished", "认定的办结日期，如 6月28日；补记的申请不写则按登记之日计", "日期"),
        o.BASIS,
        o.STAGE,
        *_EVERY,
    ),
)
_REJECT: Final = RulingCommand(
    "reject", work.REJECT, (o.REASON, o.BASIS, o.OF_UNIT, o.STAGE, *_EVERY)
)
_CLOSINGS: Final = {"通过": _VERIFY, "退回补正": _REJECT}
"""What can be done with an application for close-out."""

verify: Final = _answering(_VERIFY, _CLOSINGS)
reject: Final = _answering(_REJECT, _CLOSINGS)
reopen: Final = _ruling(work.REOPEN, o.REASON, o.BASIS, o.STAGE)

_RESULT: Final = Option("--result", "完成、基本完成、未完成或转入下年", "结果")
assess: Final = _ruling(work.ASSESS, _RESULT, o.OPINION, o.REASON, o.BASIS)

_TO: Final = Option("--to", "延期后的时限；不写则照申请的日期", "日期", gives="due")
_ASKED: Final = Option(
    "--asked", "认定的申请日期，如 6月28日；补记的申请不写则按登记之日计", "日期"
)
_DECIDED: Final = (o.BASIS, o.APPROVED_BY, _ASKED, o.REASON, o.OF_UNIT, o.STAGE, *_EVERY)
_GRANT: Final = RulingCommand("grant", work.GRANT, (_TO, *_DECIDED))
_DENY: Final = RulingCommand("deny", work.DENY, _DECIDED)
_EXTENSIONS: Final = {"批准延期": _GRANT, "不予延期": _DENY}
"""What can be done with an application for an extension."""

grant: Final = _answering(_GRANT, _EXTENSIONS)
deny: Final = _answering(_DENY, _EXTENSIONS)
suspend: Final = _ruling(work.SUSPEND, o.BASIS, o.REASON, o.EVIDENCE)
resume: Final = _ruling(work.RESUME, o.BASIS, o.REASON, o.EVIDENCE)
withdraw: Final = _ruling(work.WITHDRAW, o.BASIS, o.REASON)

_REPLACE: Final = Option("--replace", "变更：这一责任改由所列单位承担，原有的不再承担")


@takes(
    o.ITEMS,
    Option("--units", "单位，可写几次，或用顿号隔开", "单位", many=True),
    Option("--role", "牵头、责任或配合", "责任"),
    _REPLACE,
    o.BASIS,
    o.REASON,
    *_EVERY,
)
def assign(run: Run) -> None:
    """Say who owes an item (明确责任单位, 变更责任单位)."""
    what = work.REASSIGN if run.flag(_REPLACE) else work.ASSIGN
    rule(run, what)


inspect: Final = _ruling(
    work.LOOK,
    Option("--way", "核验方式：抽查或现场核验", "方式"),
    Option("--inspectors", "核验人员，几个人用顿号隔开", "姓名"),
    Option("--summary", "所见情况", "文字"),
    Option("--agrees", "与单位所报情况：相符、基本相符或不符", "结论"),
    o.EVIDENCE,
)
solve: Final = _ruling(
    work.SOLVE,
    Option("--summary", "协调结果", "文字"),
    o.BASIS,
    o.EVIDENCE,
    o.OF_UNIT,
)
file: Final = _ruling(work.FILE, Option("--summary", "备案意见", "文字"), o.BASIS, o.OF_UNIT)

_REPORT: Final = Option(
    "记录", "进展记录的编号，或编号开头、末尾的几位；见 gaigai show", of_list=True
)
_WORDS: Final = Option("--summary", "通报中的写法；不写则用单位的原话", "文字")


@takes(_REPORT, _WORDS, *_EVERY)
def highlight(run: Run) -> None:
    """Mark a unit's report for the bulletin (亮点)."""
    session = office_session(run)
    filling, number = filling_of(session), run.word(_REPORT)
    run.use(_WORDS, o.DATE)
    by = filling.fields([filling.questions().by()])
    filling.demand([*([] if number else ["记录编号"]), *filling.missing(by)])
    # First of which report it is: nobody words anything for one that can't be told.
    words = number or ask.words("记录编号", required=True) or ""
    filling.given[_REPORT] = [words]
    enter(filling, work.highlight(session, record_named(session, words)))


_TOLD: Final = Option("单位", "单位，可写几个", many=True, gives="to")
_ABOUT: Final = Option("--item", "所涉事项；不写则不针对某一事项", "事项", of_list=True)
_RESPONSIBILITY: Final = Option("--responsibility", "只认定责任（责任认定），不作通报批评")


@takes(_TOLD, _ABOUT, o.REASON, o.BASIS, o.APPROVED_BY, *_EVERY)
def praise(run: Run) -> None:
    """Praise units (表扬)."""
    _say_of(run, "表扬")


@takes(
    _TOLD, _ABOUT, o.REASON, o.BASIS, o.APPROVED_BY, _RESPONSIBILITY, *_EVERY,
)  # fmt: skip
def criticise(run: Run) -> None:
    """Criticise units (通报批评), or say who is responsible (责任认定)."""
    _say_of(run, "责任认定" if run.flag(_RESPONSIBILITY) else "通报批评")


_MEANS: Final = Option("--means", "催办方式：电话、短信、群或函", "方式")
_REACHED: Final = Option("--reached", "接谈人：与谁取得了联系", "姓名")
_ANSWER: Final = Option("--summary", "对方的答复", "文字")


@takes(_TOLD, _ABOUT, _MEANS, _REACHED, _ANSWER, *_EVERY)
def urge(run: Run) -> None:
    """Register that units were urged, and what they answered (催办登记)."""
    _say_of(run, "催办登记")


def _say_of(run: Run, kind: KindName) -> None:
    session = office_session(run)
    enter(filling_of(session), work.of_units(session, kind))
