"""Records as they are to be read: every 更正 applied, whatever its date, and void records left out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from pydantic import ValidationError

from gaigai_cli.model.finding import Finding, Location, Path
from gaigai_cli.model.ledger import Entry, Issued, Ledger
from gaigai_cli.model.records import EvidenceFile, Record, corrected, faults
from gaigai_cli.words.period import period_of


@dataclass(frozen=True)
class Records:
    """The records of a ledger as corrected, in file order; a repeated id once, the 更正 among them.

    ``changes`` are the 更正 that were applied, by the id of the record, in id order.
    """

    ledger: Ledger
    entries: tuple[Entry, ...]
    changes: Mapping[str, tuple[Entry, ...]]

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The records by id."""
        if not self.changes:
            return self.ledger.by_record
        return {entry.record.id: entry for entry in self.entries}

    @cached_property
    def answers(self) -> tuple[tuple[Entry, int, Entry], ...]:
        """Every answer with the place among its ``answers`` and the record that it answers."""
        return tuple(
            (entry, index, answered)
            for entry in self.entries
            for index, reference in enumerate(entry.record.answers or ())
            if (answered := self.by_id.get(reference)) is not None
        )

    @cached_property
    def files(self) -> tuple[tuple[Entry, Path, EvidenceFile], ...]:
        """Every file that a record refers to, with the path to it."""
        return tuple((entry, *found) for entry in self.entries for found in entry.record.files())

    def place_of(self, entry: Entry, *path: str | int) -> Location:
        """Return where a field of a record stands: in the last 更正 that sets it, else in the record."""
        for change in reversed(self.changes.get(entry.record.id, ())):
            if path and path[0] in (change.record.set or {}):
                return self.ledger.place_of(change, "set", *path)
        return self.ledger.place_of(entry, *path)


def barred(findings: Iterable[Finding]) -> frozenset[tuple[str, int]]:
    """Return file and index of the records that aren't judged because of an error."""
    return frozenset(f.record for f in findings if f.record and f.severity == "error")


def read_records(ledger: Ledger, findings: Iterable[Finding]) -> Records:
    """Return the ledger's records with every 更正 applied that has no error in ``findings``."""
    entries = tuple(ledger.by_record.values())
    changes = corrections(ledger, barred(findings))
    if not changes:
        return Records(ledger, entries, {})
    kept = (apply_corrections(e, changes.get(e.record.id, ())) for e in entries)
    return Records(ledger, tuple(e for e in kept if e is not None), changes)


def corrections(
    ledger: Ledger, without: frozenset[tuple[str, int]] = frozenset()
) -> dict[str, tuple[Entry, ...]]:
    """Return the 更正 of each corrected record in id order, those at the places ``without`` left out."""
    found: dict[str, list[Entry]] = {}
    sound = (e for e in ledger.corrections if (e.file, e.index) not in without)
    for entry in standing_corrections(sound):
        found.setdefault(entry.record.corrects or "", []).append(entry)
    return {k: tuple(sorted(v, key=lambda e: e.record.id)) for k, v in found.items()}


def standing_corrections(corrections: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the 更正 of records, but for those that another 更正 of their log has made void."""
    changes = {e.record.id: e for e in corrections}
    void = {(e.unit, e.record.corrects) for e in changes.values() if e.record.void}
    for id_, entry in changes.items():
        if entry.record.corrects not in changes and (entry.unit, id_) not in void:
            yield entry


def apply_corrections(entry: Entry, changes: Iterable[Entry]) -> Entry | None:
    """Return the record as corrected; None where it is void. A correction that can't be applied is passed over."""
    for change in changes:
        if change.record.void:
            return None
        record = _try(entry.record, change.record)
        if record is not None:
            # What the record is about now and wasn't before, with the day on which its unit said so.
            moves = (
                (name, change.record.recorded)
                for name in (() if change.record.via else _MOVING)
                if getattr(entry.record, name) != getattr(record, name)
            )
            entry = replace(entry, record=record, moves=(*entry.moves, *moves))
    return entry


class Retold(NamedTuple):
    """A 更正 of what an issued bulletin was made of: the record before and after it (None: void), and that bulletin."""

    change: Entry
    before: Entry
    after: Entry | None
    issued: Issued


def retold(original: Entry, changes: Iterable[Entry], issued: Iterable[Issued]) -> Iterator[Retold]:
    """Yield those 更正 of a record that came after a bulletin that knew the record, in their order."""
    before = original
    for change in changes:
        after = apply_corrections(before, (change,))
        if after is None or after.record != before.record:
            for bulletin in issued:
                if is_told(bulletin, before.record, before=change.record):
                    yield Retold(change, before, after, bulletin)
                    break
        if after is None:
            return
        before = after


def last_day_told(issued: Issued) -> date | None:
    """Return the last day that a bulletin is about; None where its period isn't written as the program writes one."""
    period = period_of(issued.period)
    return period.last if period else None


def is_told(issued: Issued, record: Record, *, before: Record) -> bool:
    """Return whether a bulletin is about the time of ``record``, which it knew, and came before ``before`` was made."""
    cut = last_day_told(issued)
    if not issued.sent or cut is None or record.date > cut:
        return False
    if issued.newest:
        return record.id <= issued.newest < before.id
    return record.recorded <= issued.day < before.recorded


_MOVING = ("item", "stage", "answers", "month")


def _try(record: Record, change: Record) -> Record | None:
    """Return the record with one 更正 applied; None where the result would not be a sound record."""
    try:
        result = corrected(record, change.set or {})
    except ValidationError:
        return None
    return None if any(faults(result)) else result
