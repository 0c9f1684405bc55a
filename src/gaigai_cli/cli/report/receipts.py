"""``gaigai remind --returned``: a unit's 督办回执, entered by the unit or for it by the office."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.desk import desk_of, kept_words, record, writing_session
from gaigai_cli.cli.record.fields import fields_of, named
from gaigai_cli.cli.run import Run
from gaigai_cli.errors import GaigaiError
from gaigai_cli.work import remind as work
from gaigai_cli.work.evidence import Files
from gaigai_cli.work.questions import Questions

RETURNED: Final = Option("--returned", "登记这一编号的回执", "编号")
UNIT: Final = Option("--unit", "只提醒这个单位，可写几次", "单位", many=True, complete="units")
_ONLY: Final = "只用于登记回执，请加 --returned 编号，或去掉它"
_DATE: Final = replace(o.DATE, help="收到回执的日期；不写则为今天", only=_ONLY)
_SUMMARY: Final = Option("--summary", "回执所报的办理情况", "文字", only=_ONLY)
_EVIDENCE: Final = replace(o.EVIDENCE, only=_ONLY)
_BY_WAY_OF: Final = replace(o.VIA, only=_ONLY)
_OPTIONS: Final = {
    "date": _DATE,
    "summary": _SUMMARY,
    "evidence": _EVIDENCE,
    "via": _BY_WAY_OF,
}
RECEIPT: Final = tuple(_OPTIONS.values())
"""What a receipt says."""


def enter_receipt(run: Run) -> None:
    """Write the 督办回执 that answers the paper with the given number."""
    session = writing_session(run)
    desk = desk_of(session, "remind")
    dry_run = run.flag(o.DRY_RUN)
    run.use(UNIT, RETURNED, _DATE, _SUMMARY, _EVIDENCE, o.BY)
    run.refuse_unused(_BY_WAY_OF)
    asked = work.paper_named(session.judgement, desk.word(RETURNED) or "")
    named_unit = desk.word(UNIT)
    if len(desk.given.get(UNIT, ())) > 1:
        raise GaigaiError("一份回执只是一个单位的", "请只写一个 --unit")
    unit = work.receipt_of(session, asked, session.unit(named_unit) if named_unit else None)
    files = Files(session, unit)
    asking = Questions(session, None, files, named(_OPTIONS))
    for_unit = work.is_entered_for(session, unit)
    wanted = fields_of(work.receipt_questions(asking, for_unit=for_unit), _OPTIONS)
    desk.demand(desk.missing(wanted))
    with kept_words(desk, always=False):
        said = desk.fill(wanted)
    record(desk, work.receipt(session, asked, unit, said, files), dry_run=dry_run)
