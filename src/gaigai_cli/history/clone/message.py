"""The message of a commit that records something: ``进展(16.2): 县财政局 60%``, what was said, and trailers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import Record, label
from gaigai_cli.model.words import day_words

_SAID: Final = ("summary", "problems", "late_reason", "next", "reason", "despite", "basis")
_NAMED: Final = 3


def commit_message(entries: Sequence[Entry], items: Sequence[str], *, year: int) -> str:
    """The message of a commit of these records about ``items``; days of ``year`` are written without it.

    The first line says kind, items, unit and the point of the matter. The records' own words follow, then a trailer
    for each record's number, and who recorded it, when that was one person: ``git log --grep`` finds all of it.
    """
    kinds, units = _joined(entry.record.kind for entry in entries), _joined(e.unit for e in entries)
    about = f"({_joined(items)})" if items else ""
    point = _point(entries[0].record, year) if len(entries) == 1 else ""
    subject = f"{kinds}{about}: {units}{f' {point}' if point else ''}"
    bodies = dict.fromkeys(words for entry in entries if (words := "\n".join(_body(entry.record))))
    return "\n\n".join([subject, *bodies, "\n".join(dict.fromkeys(_trailers(entries)))]) + "\n"


def _joined(words: Iterable[str]) -> str:
    """Each word once; of many the first few."""
    found = list(dict.fromkeys(words))
    shown = "、".join(found[:_NAMED])
    return f"{shown}等{len(found)}个" if len(found) > _NAMED else shown


def _point(record: Record, year: int) -> str:
    """What the first line adds to kind and item."""
    if record.percent is not None and record.kind == "进展":
        return f"{record.percent}%"
    if record.due is not None:
        return f"至{day_words(record.due, year)}"
    if record.result is not None:
        return record.result
    if record.corrects is not None:
        return f"{'作废' if record.void else '改'}{record.corrects}"
    people = record.to or record.units
    return f"→ {_joined(people)}" if people else ""


def _body(record: Record) -> Iterator[str]:
    for name in _SAID:
        words = getattr(record, name)
        if words:
            yield words if name == "summary" else f"{label(name)}：{words}"


def _trailers(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        yield f"Gaigai-Record: {entry.record.id}"
    for entry in entries:
        if entry.record.via:
            yield f"Gaigai-Via: {entry.record.via}"
    for entry in entries:
        if entry.record.by:
            yield f"Gaigai-By: {' '.join(entry.record.by.split())}"
