"""What an earlier return of a form said and this one doesn't say any more: nothing is deleted, but it is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from gaigai_cli.forms.compare import from_form, waits
from gaigai_cli.forms.item_cells import FIGURES_ONLY
from gaigai_cli.forms.returned import Returned
from gaigai_cli.forms.tables import CHOICES, CLOSE_OUT
from gaigai_cli.forms.wish import REPORT
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import Record, label

_CELLS: Final = ("summary", "percent", "problems", "late_reason", "next", "evidence")
"""Fields of a record that have a column of their name."""


def tell_emptied(returned: Returned, unit: str, day: date, judge: Judge) -> None:
    """Tell item by item which cells are empty now; nothing for a file that was collected before.

    ``judge`` judges what was recorded before this return.
    """
    mine = [e for e in judge.ledger.entries if e.unit == unit and e.record.source is not None]
    if any(e.record.source and e.record.source.sha256 == returned.sha256 for e in mine):
        return
    for entry in _latest(unit, returned.mark.month, judge):
        record = entry.record
        if record.kind != REPORT and "apply" not in returned.of(record.item or ""):
            if waits(entry, day, judge):
                returned.tell("", _still_applied(record), "note")
            continue
        names = list(_emptied(returned, record))
        if names:
            words = f"{record.item}以前登记的{'、'.join(names)}这次空着，原记录没有改动"
            returned.tell("", f"{words}；要更正请用 gaigai correct {record.id}", "note")


def _latest(unit: str, month: str, judge: Judge) -> Iterator[Entry]:
    """The last record of each item and kind that came from a form for the month."""
    found: dict[tuple[str | None, str], Entry] = {}
    for entry in judge.records.entries:
        record = entry.record
        of = record.period or record.date.isoformat()[:7]
        asked = record.kind in (REPORT, *CHOICES) and from_form(record)
        if asked and (entry.unit, of) == (unit, month):
            found[record.item, record.kind] = entry
    yield from found.values()


def _still_applied(record: Record) -> str:
    command = "done" if record.kind == CLOSE_OUT else "extend"
    words = f"{record.item}以前登记的{record.kind}这次没有选，原申请仍然有效"
    return f"{words}；要撤回请用 gaigai {command} {record.item} --take-back"


def _emptied(returned: Returned, record: Record) -> Iterator[str]:
    answers = returned.of(record.item or "")
    for name in _CELLS:
        by_program = name == "summary" and str(record.summary).startswith(FIGURES_ONLY)
        if getattr(record, name) is not None and name not in answers and not by_program:
            yield label(name)
    given = {
        key.split("|")[1]
        for key, cells in returned.answers.items()
        if cells and key.startswith(f"{record.item}|")
    }
    if any(indicator not in given for indicator in record.metrics or {}):
        yield label("metrics")
