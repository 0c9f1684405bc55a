"""Two descendants of a log made into one, record by record."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TypeVar

from gaigai_cli.history.log_parts import LogParts, RecordText, take_apart

T = TypeVar("T")


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
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], merged: Sequence[str]
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


def _only(ids: Sequence[str], among: Set[str]) -> list[str]:
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
    ours: Sequence[RecordText], theirs: Sequence[RecordText]
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
