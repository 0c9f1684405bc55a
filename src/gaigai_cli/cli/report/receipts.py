"""``gaigai remind --returned``: a unit's 督办回执, entered by the unit or for it by the office."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gaigai_cli.cli import complete
from gaigai_cli.cli import options as o
from gaigai_cli.cli.record.desk import Filling, desk_of, kept_words, record, writing_session
from gaigai_cli.cli.record.fields import VIAS, Fields, choice, text
from gaigai_cli.cli.run import Option, Run
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.ledger import Entry
from gaigai_cli.record.new_record import Intention
from gaigai_cli.report.todo import todo
from gaigai_cli.work.evidence import Files
from gaigai_cli.work.transaction import Transaction

_VIA = "书面"
RETURNED: Final = Option("--returned", "登记这一编号的回执", "编号")
UNIT: Final = Option(
    "--unit", "只提醒这个单位，可写几次", "单位", many=True, complete=complete.units
)
_ONLY: Final = "只用于登记回执，请加 --returned 编号，或去掉它"
_DATE: Final = replace(o.DATE, help="收到回执的日期；不写则为今天", only=_ONLY)
_SUMMARY: Final = Option("--summary", "回执所报的办理情况", "文字", only=_ONLY)
_EVIDENCE: Final = replace(o.EVIDENCE, only=_ONLY)
_BY_WAY_OF: Final = replace(o.VIA, only=_ONLY)
RECEIPT: Final = (_DATE, _SUMMARY, _EVIDENCE, _BY_WAY_OF)
"""What a receipt says."""


def enter_receipt(run: Run) -> None:
    """Write the 督办回执 that answers the paper with the given number."""
    session = writing_session(run)
    desk = desk_of(session, "remind")
    dry_run = run.flag(o.DRY_RUN)
    run.use(UNIT, RETURNED, _DATE, _SUMMARY, _EVIDENCE, o.BY)
    run.refuse_unused(_BY_WAY_OF)
    asked = _asked(session, desk.word(RETURNED) or "")
    unit = _unit(session, desk, asked)
    files = Files(session, unit)
    build = Fields(session, None, files)
    for_unit = session.own_unit in (None, session.ledger.office) and unit != session.own_unit
    wanted = [
        text("summary", _SUMMARY),
        build.evidence(_EVIDENCE),
        *([choice("via", _BY_WAY_OF, VIAS)] if for_unit else []),
        build.by(),
        build.date(_DATE),
    ]
    desk.demand(desk.missing(wanted))
    with kept_words(desk, always=False):
        said = desk.fill(wanted)
    when = said.pop("date", session.today)
    via = {"via": _VIA} if for_unit else {}
    fields = {"answers": (asked.record.id,), **via, **said}
    writing = Transaction(
        session, [Intention("督办回执", unit, when, fields)], files.planned, files.sources
    )
    record(desk, writing, dry_run=dry_run)


def _asked(session: Session, words: str) -> Entry:
    """The 督办 of that number, or of that record id."""
    judgement = session.judgement
    sent = [e for e in judgement.general if e.record.kind == "督办"]
    plain = "".join(words.split())
    found = [e for e in sent if plain in (e.record.number, e.record.id)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = "、".join(e.record.id for e in found)
        raise GaigaiError(f"编号为“{words}”的有{len(found)}份", f"请改写记录编号：{ids}")
    waiting = [r.entry.record.number or "" for r in todo(judgement).receipts]
    known = f"还没有回执的：{'、'.join(waiting)}" if waiting else "目前没有等待回执的督办"
    raise GaigaiError(f"没有编号为“{words}”的督办", known)


def _unit(session: Session, desk: Filling, asked: Entry) -> str:
    """Whose receipt it is: the unit named, one's own, or the only one that is missing."""
    to = tuple(map(session.ledger.departments.canonical, asked.record.to or ()))
    named = desk.word(UNIT)
    if len(desk.given.get(UNIT, ())) > 1:
        raise GaigaiError("一份回执只是一个单位的", "请只写一个 --unit")
    own = session.own_unit
    missing = next((r.missing for r in todo(session.judgement).receipts if r.entry == asked), ())
    if named is not None:
        unit = session.unit(named)
    elif own in to:
        unit = own or ""
    elif len(missing or to) == 1:
        unit = (missing or to)[0]
    else:
        raise GaigaiError(
            f"{asked.record.number}发给了{'、'.join(to)}", "请写 --unit，说明是谁的回执"
        )
    if unit not in to:
        raise GaigaiError(f"{asked.record.number}没有发给{unit}", f"发给了{'、'.join(to)}")
    if own not in (None, session.ledger.office, unit):
        raise GaigaiError(f"本机设定的单位是{own}，不能登记{unit}的回执", "由该单位或督办单位登记")
    if unit not in missing:
        raise GaigaiError(
            f"{unit}对{asked.record.number}已有回执", "不必重复登记；要改的请用 gaigai correct"
        )
    return unit
