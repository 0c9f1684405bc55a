"""What the deadline rules share: their result, and the words that they pass over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gaigai_cli.words.days import Context, Cursor, read_time
from gaigai_cli.words.deadline_values import Value
from gaigai_cli.words.normal import Kind, UnclearError

ADVERBS = (Kind.ALL_YEAR, Kind.LONG, Kind.STEADY)
_OTHER_MEANING = frozenset({*ADVERBS, Kind.EVERY, Kind.AT_ONCE, Kind.HOLIDAY})
_ANY_YEAR = Context(2024, 2024)


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule read; ``doubts`` are Chinese sentences."""

    deadline: Value
    doubts: tuple[str, ...] = ()


Rule = Callable[[Cursor, Context], Match | None]
"""Starts at the cursor. Returns what it read, the cursor behind it, or None, the cursor unmoved.

Raises ``UnclearError`` where its words begin but don't say one certain thing.
"""


def without_pauses(cursor: Cursor, start: int, end: int) -> str:
    """The text of these tokens as given, without pauses at its ends."""
    edge = (Kind.PAUSE, Kind.JOIN)
    while start < end and cursor.tokens[start].kind in edge:
        start += 1
    while start < end and cursor.tokens[end - 1].kind in edge:
        end -= 1
    return cursor.quote(start, end)


def says_when(cursor: Cursor, start: int, end: int) -> bool:
    """Whether these tokens hold words of time that are no part of what was read."""
    inner = Cursor(cursor.text, cursor.tokens[:end], start)
    while inner.at < end:
        at = inner.at
        if inner.kind() in _OTHER_MEANING:
            return True
        try:
            if read_time(inner, _ANY_YEAR):
                return True
        except UnclearError:
            return True
        inner.at = at + 1
    return False


def skip_fillers(cursor: Cursor, *, recurring: bool = False) -> None:
    """Moves past 完成 and the like, but only if nothing else follows: else all of it is for a person to read."""
    at = cursor.at
    report = (Kind.REPORT,) if recurring else ()
    while cursor.take(Kind.DONE, Kind.ACTION, Kind.PAUSE, *report) or (recurring and _once(cursor)):
        pass
    if cursor.kind() is not None:
        cursor.at = at


def _once(cursor: Cursor) -> bool:
    """Moves past 一次, 至少一次."""
    at = cursor.at + (cursor.kind() is not None and cursor.tokens[cursor.at].word == "至少")
    number, *times = cursor.tokens[at : at + 2] or (None,)
    if number is None or number.numbers != (1,) or not times or times[0].kind is not Kind.TIMES:
        return False
    cursor.at = at + 2
    return True
