"""Which column each line of a table's rows belongs to, where every cell, or every line of one, stands on its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final, Literal, NamedTuple

from gaigai_cli.notice.points import NUMBER, number_before
from gaigai_cli.notice.row import DITTO, NONE
from gaigai_cli.words.deadline import days_in_text, is_deadline
from gaigai_cli.words.heads import LEADER, ColumnUse
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.units import read_units

_Kind = Literal["nothing", "units", "day", "days", "people", "figure", "words", "sentence"]

_LONGEST_DAY: Final = 30
_LONGEST_WORDS: Final = 16
_PEOPLE: Final = regex(
    rf"(?:{LEADER})?[\s：:]*[\u4e00-\u9fff·]{{2,4}}(?:[\s（(]*[0-9-]{{7,13}}[）)]?)?"
    rf"(?:[、，,；;\s]+(?:{LEADER})?[\s：:]*[\u4e00-\u9fff·]{{2,4}}(?:[\s（(]*[0-9-]{{7,13}}[）)]?)?)*"
)

UNLIKE: Final = 50
"""What it counts that a line can't be what a column holds; other differences are weighed against each other."""
_TEXT: Final[Mapping[_Kind, int]] = {"nothing": 4, "units": 2, "day": 8, "figure": 8}
_UNITS: Final[Mapping[_Kind, int]] = {
    "day": UNLIKE, "days": UNLIKE, "people": 4, "figure": 4, "words": 4, "sentence": 10,
}  # fmt: skip
_DAYS: Final[Mapping[_Kind, int]] = {
    "units": UNLIKE, "days": 1, "people": 4, "figure": 4, "words": 4, "sentence": UNLIKE,
}  # fmt: skip
_PERSON: Final[Mapping[_Kind, int]] = {
    "units": 4, "day": UNLIKE, "days": UNLIKE, "figure": 3, "words": 3, "sentence": UNLIKE,
}  # fmt: skip
_ANY: Final[Mapping[_Kind, int]] = {"units": 1, "day": 1}


class _Weights(NamedTuple):
    """How much it counts that a column has no line, more than one, or one of a kind."""

    blank: int
    more: int
    unlike: Mapping[_Kind, int]


_WEIGHTS: Final[Mapping[ColumnUse, _Weights]] = {
    "title": _Weights(5, 2, _TEXT),
    "content": _Weights(5, 2, _TEXT),
    "lead": _Weights(2, 2, _UNITS),
    "responsible": _Weights(3, 2, _UNITS),
    "support": _Weights(2, 2, _UNITS),
    "leader": _Weights(2, 2, _PERSON),
    "contact": _Weights(2, 2, _PERSON),
    "start": _Weights(2, 3, _DAYS),
    "deadline": _Weights(3, 3, _DAYS),
    "stage": _Weights(2, 2, _ANY),
}
_OTHER: Final = _Weights(1, 2, _ANY)


_ODD: Final = 2
"""How far a line is from what its column holds that makes a row unsure that has too many lines, or too few."""
_LEFT_OVER: Final = 3
"""How much it counts that a line with units, a day or a point is left over behind the last row."""


class Aligned(NamedTuple):
    """A row: the lines of each column, from where to where. ``unsure``: they could be other columns' just as well."""

    cells: tuple[range, ...]
    unsure: bool = False


class _Way(NamedTuple):
    """How lines go on: the next is of a column (none: it is left over), and perhaps begins a row."""

    cost: int
    column: int | None
    anew: bool = False


def aligned(
    texts: Sequence[str], uses: Sequence[ColumnUse], *, anew: int = 0, tail: int = UNLIKE
) -> tuple[int, list[Aligned]]:
    """Return how far lines are from rows of such columns, and the rows that come nearest to it.

    ``anew`` is what it counts that a further row begins, ``tail`` that lines at the end belong to none.
    """
    kinds = [_kind(text) for text in texts]
    width, count = len(uses), len(texts)
    weights = [_WEIGHTS.get(use, _OTHER) for use in uses]
    unlike = [[each.unlike.get(kind, 0) for each in weights] for kind in kinds]
    if count == width and max(whole := [unlike[at][at] for at in range(width)]) < UNLIKE:
        return sum(whole), [Aligned(tuple(range(at, at + 1) for at in range(width)))]
    blank = [*accumulate((each.blank for each in weights), initial=0)]
    what = next((use for use in reversed(uses) if use in ("title", "content")), None)
    points = [number_before(text) is not None for text in texts]
    left_over = [
        kind in ("units", "day") or (point and uses[-1] == what)
        for kind, point in zip(kinds, points, strict=True)
    ]
    behind = [*accumulate(reversed(left_over), initial=0)][::-1]

    def ways(line: int, column: int) -> Iterator[_Way]:
        """Yield how lines can go on with ``line`` behind one of a column; -1 stands before all of them."""
        rest = blank[-1] - blank[column + 1] if line else 0
        if line:
            yield _Way(rest + (tail + _LEFT_OVER * behind[line] if line < count else 0), None)
        for to in range(width) if line < count else ():
            if to == column:
                again = 1 if uses[to] == what and points[line] else weights[to].more
                yield _Way(unlike[line][to] + again, to)
            elif to > column >= 0:
                yield _Way(unlike[line][to] + blank[to] - blank[column + 1], to)
            yield _Way(unlike[line][to] + rest + blank[to] + (anew if line else 0), to, anew=True)

    def whole_cost(line: int, way: _Way) -> int:
        """Return what a way counts with the best of all that may follow."""
        return way.cost + (left[line][way.column] if way.column is not None else 0)

    left: list[list[int]] = [[]] * count
    for line in range(count - 1, -1, -1):
        left[line] = [
            min(whole_cost(line + 1, way) for way in ways(line + 1, column))
            for column in range(width)
        ]
    rows: list[Aligned] = []
    columns: list[int] = []
    unsure = odd = False
    best = -1
    for line in range(count + 1):
        found = [(whole_cost(line, way), way) for way in ways(line, columns[-1] if columns else -1)]
        least = min(cost for cost, _ in found)
        best = least if line == 0 else best
        fit = [way for cost, way in found if cost == least]
        way = next((way for way in fit if way.column is None), fit[-1])
        if line and (way.anew or way.column is None):
            odd = odd and len(columns) != width
            rows.append(_row(columns, line, width, unsure=unsure or odd))
            columns, unsure, odd = [], False, False
        if way.column is None:
            break
        unsure |= len(fit) > 1
        odd |= unlike[line][way.column] >= _ODD
        columns.append(way.column)
    return best, rows


def _row(columns: Sequence[int], end: int, width: int, *, unsure: bool) -> Aligned:
    """Return the row whose lines up to ``end`` are of these columns."""
    start = end - len(columns)
    bounds = [start + bisect_left(columns, at) for at in range(width + 1)]
    return Aligned(tuple(range(a, b) for a, b in pairwise(bounds)), unsure)


def says_who_or_when(text: str) -> bool:
    """Return whether a line is all units, or all a deadline."""
    return _kind(text) in ("units", "day")


def _kind(text: str) -> _Kind:
    if NONE.fullmatch(text) or DITTO.fullmatch(text):
        return "nothing"
    if is_deadline(text):
        return "day"
    if read_units(text.rstrip("、，,；;")).is_units:  # more stand on the next line
        return "units"
    if len(text) <= _LONGEST_DAY and days_in_text(text):
        return "days"
    if _PEOPLE.fullmatch(text):
        return "people"
    if NUMBER.fullmatch(text):
        return "figure"
    return (
        "words" if len(text) <= _LONGEST_WORDS and not text.endswith(("。", "；")) else "sentence"
    )
