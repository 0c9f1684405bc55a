"""The records that judgement goes by: sound, corrected, sorted by item and in order."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gaigai_cli.judge.corrections import Records, barred
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Entry


class Docket(NamedTuple):
    """``by_item``: each item's records in order. ``general``: those about no item (督办, 表扬 …), in order."""

    by_item: Mapping[str, tuple[Entry, ...]]
    general: tuple[Entry, ...]


def docket(records: Records, findings: Iterable[Finding]) -> Docket:
    """Leave out 更正, records with an error in ``findings`` and those of units that nobody knows; sort."""
    without = barred(findings)
    known = records.ledger.departments.by_name
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
    return Docket(ordered, tuple(in_order(general)))


def in_order(entries: Iterable[Entry]) -> Iterator[Entry]:
    """By date, then id; but never a record before one that it answers."""
    ordered = sorted(entries, key=lambda e: e.order)
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
