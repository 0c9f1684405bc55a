"""A log taken apart into its records, and two descendants of one made into one, record by record."""

from __future__ import annotations

from collections import abc
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeVar

from gaigai_cli.yamldoc.parsed import Mapping, Node, Scalar, Sequence
from gaigai_cli.yamldoc.reader import parse
from gaigai_cli.yamldoc.source import BYTE_ORDER_MARK

T = TypeVar("T")
_KEYS: Final = frozenset({"unit", "records"})


@dataclass(frozen=True, slots=True)
class RecordText:
    """A record: its id, and its lines with their ends down to the next record.

    ``text`` always ends with a line end. Two parts with the same text say the same, comments included.
    """

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class LogParts:
    """A log: ``head`` down to its first record, then the records. Lines end with LF here, whatever ``line_end``.

    ``mark`` is the byte order mark or nothing, ``ends`` whether the last line has its end.
    """

    head: str
    parts: tuple[RecordText, ...]
    line_end: str = "\n"
    mark: bytes = b""
    ends: bool = True

    @property
    def data(self) -> bytes:
        """The file."""
        text = self.head + "".join(part.text for part in self.parts)
        if not self.ends:
            text = text.removesuffix("\n")
        return self.mark + text.replace("\n", self.line_end).encode()


def take_apart(data: bytes) -> LogParts | None:
    """Return the parts of a log; None where its form leaves a doubt about what belongs to which record."""
    document = parse(data)
    root = document.root
    if document.problems or not isinstance(root, Mapping) or not _KEYS.issuperset(root):
        return None
    line_end = _line_end(document.text)
    if line_end is None:
        return None
    text = document.text.replace("\r\n", "\n")
    mark = BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b""
    ends = text.endswith("\n")
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
    records = root.get("records", Sequence())
    if not records:
        return LogParts("".join(lines), (), line_end, mark, ends)
    if not isinstance(records, Sequence) or next(reversed(root)) != "records":
        return None
    starts = _starts(records, lines)
    ids = [_id(record) for record in records]
    if starts is None or None in ids or len(set(ids)) < len(ids):
        return None
    spans = pairwise([*starts, len(lines)])
    parts = (
        RecordText(str(id_), "".join(lines[start:end]))
        for id_, (start, end) in zip(ids, spans, strict=True)
    )
    return LogParts("".join(lines[: starts[0]]), tuple(parts), line_end, mark, ends)


def _line_end(text: str) -> str | None:
    """Return what all lines end with; None where they differ."""
    returns = text.count("\r")
    if not returns:
        return "\n"
    return "\r\n" if returns == text.count("\r\n") == text.count("\n") else None


def _starts(records: Sequence, lines: abc.Sequence[str]) -> list[int] | None:
    """Return the 0-based line of each record's ``-``.

    None where the list is in brackets or a line isn't a record's own.
    """
    column = records.column - 1
    starts = []
    for record in records:
        number = record.line - 1
        while number >= records.line and lines[number][column : column + 1] != "-":
            number -= 1
        dash = lines[number]
        if dash[column : column + 1] != "-" or dash[:column].strip():
            return None
        starts.append(number)
    return starts if starts == sorted(set(starts)) else None


def _id(record: Node) -> str | None:
    found = record.get("id") if isinstance(record, Mapping) else None
    return str(found) if isinstance(found, Scalar) and found else None


def merge_logs(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Return a log that holds the records of both sides, or None: then it is a matter for git, and for people.

    Only what was added is merged: every record of ``base`` (empty: there was no log) has to stand in both sides as it
    was, byte for byte, in the same order. Each record comes once. Records keep the order that they have on their
    side; where both orders leave a choice, the smaller id comes first, and that is the one recorded earlier. So the
    two sides can be exchanged, and merging a side once more changes nothing. Line ends, byte order mark and what
    stands above the records may be changed by one side.

    The result is read by the strict reader and says what both sides say.
    """
    if theirs in (ours, base):
        return ours
    if base == ours:
        return theirs
    mine, other = take_apart(ours), take_apart(theirs)
    old = take_apart(base) if base.strip() else None
    if mine is None or other is None or (old is None and base.strip()):
        return None
    merged = _merged(old, mine, other)
    if merged is None or take_apart(merged.data) != merged:
        return None
    return merged.data


def only_adds(before: bytes, after: bytes) -> bool:
    """Return whether every record of ``before`` stands in ``after`` as it was, in the same order."""
    old, new = take_apart(before), take_apart(after)
    return old is not None and new is not None and _keeps(old, new)


def holds_both(base: LogParts, ours: LogParts, theirs: LogParts, merged: LogParts) -> bool:
    """Return whether a log has just what merging record by record makes of three: nothing mixed, lost or there twice.

    A record is as the side has it that changed it; what both changed, each otherwise, no log can hold. Records keep
    the order of both sides, or of the one that moved some of the base's.
    """
    sides = (base, ours, theirs)
    known = [{part.id: part for part in side.parts} for side in sides]
    expected: dict[str, RecordText | None] = {}
    for id_ in {id_ for parts in known for id_ in parts}:
        was, mine, other = (parts.get(id_) for parts in known)
        if not _agree(was, mine, other):
            return False
        expected[id_] = other if mine == was else mine
    return (
        {part.id: part for part in merged.parts}
        == {id_: part for id_, part in expected.items() if part is not None}
        and merged.head == agreed(base.head, ours.head, theirs.head)
        and _in_order(*([part.id for part in side.parts] for side in (*sides, merged)))
    )


def _in_order(
    base: abc.Sequence[str],
    ours: abc.Sequence[str],
    theirs: abc.Sequence[str],
    merged: abc.Sequence[str],
) -> bool:
    """Return whether records follow each other as on each side.

    Where the other side moved some, only its new ones have to be in its order.
    """
    was = set(base)
    moved = [_only(side, was) != _only(base, set(side)) for side in (ours, theirs)]
    for side, here, there in zip((ours, theirs), moved, reversed(moved), strict=True):
        held = set(side) - was if there and not here else set(side)
        if _only(merged, held) != _only(side, held & set(merged)):
            return False
    return True


def _only(ids: abc.Sequence[str], among: abc.Set[str]) -> list[str]:
    return [id_ for id_ in ids if id_ in among]


def _merged(base: LogParts | None, ours: LogParts, theirs: LogParts) -> LogParts | None:
    if base is not None and not (_keeps(base, ours) and _keeps(base, theirs)):
        return None
    parts = _both(ours.parts, theirs.parts)
    head = agreed(base.head if base else None, ours.head, theirs.head)
    mark = agreed(base.mark if base else None, ours.mark, theirs.mark)
    line_end = agreed(base.line_end if base else None, ours.line_end, theirs.line_end)
    if parts is None or head is None or mark is None or line_end is None:
        return None
    return LogParts(head, parts, line_end, mark, ours.ends or theirs.ends)


def _keeps(base: LogParts, side: LogParts) -> bool:
    """Return whether a side has every record of the base as it was, in the same order."""
    rest = iter(side.parts)
    return all(part in rest for part in base.parts)


def agreed(base: T | None, ours: T, theirs: T) -> T | None:
    """Return what one side made of a value that the other left alone; None where both changed it, each otherwise."""
    if not _agree(base, ours, theirs):
        return None
    return theirs if ours == base else ours


def _agree(base: T | None, ours: T | None, theirs: T | None) -> bool:
    """Return whether at most one side changed something, or both the same."""
    return ours == theirs or base in (ours, theirs)


def _both(
    ours: abc.Sequence[RecordText], theirs: abc.Sequence[RecordText]
) -> tuple[RecordText, ...] | None:
    """Return the records of both sides; None where one id means two records, or the orders contradict each other."""
    known = [{part.id: part for part in side} for side in (ours, theirs)]
    if any(known[1].get(part.id, part) != part for part in ours):
        return None
    queues = [list(reversed(side)) for side in (ours, theirs)]
    found: list[RecordText] = []
    while queues[0] and queues[1]:
        heads = [queue[-1] for queue in queues]
        if heads[0] == heads[1]:
            free = heads[:1]
        else:
            # A record that both have waits until it is the next one on the other side too.
            free = [
                head
                for head, other in zip(heads, reversed(known), strict=True)
                if head.id not in other
            ]
        if not free:
            return None
        found.append(min(free, key=lambda part: part.id))
        for queue in queues:
            if queue[-1] == found[-1]:
                queue.pop()
    for queue in queues:
        found += reversed(queue)
    return tuple(found)
