"""Folds the records of an item, one after the other, into its state as of a day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple

from gaigai_cli.judge.corrections import Records, barred
from gaigai_cli.judge.machine import ItemInProgress, take
from gaigai_cli.judge.stages import Wrong
from gaigai_cli.judge.state import ItemState, RecordDoubt, Roles, StageState
from gaigai_cli.model.deadline import Fixed, Staged
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import label
from gaigai_cli.model.tasks import ListedItem

_DAY = timedelta(days=1)


def fold(
    listed: ListedItem, entries: Iterable[Entry], day: date, ledger: Ledger, *, ended: bool = False
) -> ItemState:
    """Return the state of an item as of ``day``, which runs or has ``ended``.

    ``entries`` are its sound records in order; later ones are passed over. The day that a rejected ruling states counts
    for nothing: without that ruling its records are judged again.
    """
    known = tuple(entries)
    state = _fold(listed, known, day, ledger, ended=ended)
    misled = tuple(doubt for doubt in state.rejected if doubt.entry.record.stated)
    if not misled:
        return state
    without = {doubt.entry.record.id for doubt in misled}
    rest = (entry for entry in known if entry.record.id not in without)
    again = fold(listed, rest, day, ledger, ended=ended)
    told = (_because_of(doubt, state.rejected) for doubt in misled)
    return replace(again, rejected=(*again.rejected, *told))


def _because_of(doubt: RecordDoubt, rejected: Iterable[RecordDoubt]) -> RecordDoubt:
    """Return the doubt about the day that a ruling states for the application that it answers; None without one."""
    record = doubt.entry.record
    for other in rejected:
        if record.is_answer_to(other.entry.record):
            field = "finished" if record.finished else "asked"
            message = f"按“{label(field)}”{record.stated}计，所答复的申请不成立：{other.message}"
            return RecordDoubt(doubt.entry, field, other.code, message, "请核对日期，或不写这一项")
    return doubt


def _fold(
    listed: ListedItem, entries: Iterable[Entry], day: date, ledger: Ledger, *, ended: bool
) -> ItemState:
    issued = Roles(**listed.units.by_role, open=listed.units.open)
    item = ItemInProgress(listed, ledger, issued, stages=_issued_stages(listed))
    item.hand_over(date.min)
    item.mark_change(date.min)
    for entry in _by(day, entries):
        _take(item, entry)
    item.pass_reforms(day)
    item.pass_to(day)
    return item.state(day, ended=ended)


def _by(day: date, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the records that count by the end of ``day``, each where a ruling of that time says that it counts."""
    known = tuple(entries)
    stated = {
        answered: entry.record.stated
        for entry in known
        if entry.record.answers is not None
        if entry.record.stated is not None and entry.record.date <= day
        for answered in entry.record.answers
    }
    if not stated:
        return (entry for entry in known if entry.counts <= day)
    # A day is stated for what counts later without it: of joint leads only some may have been late.
    moved = (
        replace(e, stated=earlier)
        if (earlier := stated.get(e.record.id)) and earlier < e.counts
        else e
        for e in known
    )
    return in_order(entry for entry in moved if entry.counts <= day)


def _take(item: ItemInProgress, entry: Entry) -> None:
    """Let one record change the state, or add it to those rejected."""
    day = entry.counts
    item.pass_reforms(day)
    entry = item.as_then(entry)
    if item.listed.item.removed is not None:
        item.pass_to(day - _DAY)
    item.mark_late(day)
    try:
        take(item, entry)
    except Wrong as wrong:
        item.rejected.append(RecordDoubt(entry, *wrong.args))
        return
    item.taken.append(entry)
    item.mark_change(day)


def _issued_stages(listed: ListedItem) -> tuple[StageState, ...]:
    deadline = listed.deadline
    if isinstance(deadline, Fixed):
        return (StageState(None, deadline.text, deadline.due, deadline.due, "未报进展"),)
    if isinstance(deadline, Staged):
        return tuple(StageState(s.id, s.text, s.due, s.due, "未报进展") for s in deadline.stages)
    return ()


class RecordsByItem(NamedTuple):
    """``by_item``: each item's records in order. ``general``: those about no item (督办, 表扬 …), in order."""

    by_item: Mapping[str, tuple[Entry, ...]]
    general: tuple[Entry, ...]


def records_by_item(records: Records, findings: Iterable[Finding]) -> RecordsByItem:
    """Return the records by item, sorted, without 更正, those with an error in ``findings`` and unknown units'."""
    without = barred(findings)
    known = records.ledger.units.by_name
    by_item: dict[str, list[Entry]] = {}
    general = []
    for entry in records.entries:
        record = entry.record
        if record.kind == "更正" or entry.unit not in known:
            continue
        if without and (entry.file, entry.index) in without:
            continue
        if record.item is None:
            general.append(entry)
        else:
            by_item.setdefault(record.item, []).append(entry)
    ordered = {item: tuple(in_order(entries)) for item, entries in by_item.items()}
    return RecordsByItem(ordered, tuple(in_order(general)))


def in_order(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Return entries in their order (`Entry.order`); none stands before a record that it answers."""
    ordered = sorted(entries, key=attrgetter("order"))
    if not any(e.record.answers for e in ordered):
        yield from ordered
        return
    known = {e.record.id: e for e in ordered}
    given: set[str] = set()
    for entry in ordered:
        for reference in entry.record.answers or ():
            answered = known.get(reference)
            if answered is not None and reference not in given:
                given.add(reference)
                yield answered
        if entry.record.id not in given:
            given.add(entry.record.id)
            yield entry
