"""``gaigai remind --returned``: a unit's 督办回执, entered by the unit or for it by the office."""

from __future__ import annotations

import typer

from gaigai_cli.cli.record.desk import Desk, day_of, kept_words, record, writing_session
from gaigai_cli.cli.record.fields import VIAS, Fields, Given, choice, text, words_of
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.ledger import Entry
from gaigai_cli.record.new_record import Intention
from gaigai_cli.report.todo import todo
from gaigai_cli.work.evidence import Files
from gaigai_cli.work.transaction import Transaction

_VIA = "书面"


def enter_receipt(ctx: typer.Context, given: Given, *, dry_run: bool) -> None:
    """Write the 督办回执 that answers the paper with the given number."""
    session = writing_session(ctx)
    desk = Desk(session, "remind", words_of(given), [])
    asked = _asked(session, desk.word("--returned") or "")
    unit = _unit(session, desk, asked)
    files = Files(session, unit)
    build = Fields(session, None, files)
    for_unit = session.own_unit in (None, session.ledger.office) and unit != session.own_unit
    wanted = [
        text("summary", "--summary"),
        build.evidence(),
        *([choice("via", "--via", VIAS, asked=False)] if for_unit else []),
        build.by(),
    ]
    desk.demand(desk.missing(wanted))
    with kept_words(desk, always=False):
        said = desk.fill(wanted)
        when = day_of(session, desk.word("--date"))
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


def _unit(session: Session, desk: Desk, asked: Entry) -> str:
    """Whose receipt it is: the unit named, one's own, or the only one that is missing."""
    to = tuple(map(session.ledger.departments.canonical, asked.record.to or ()))
    named = desk.word("--unit")
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
