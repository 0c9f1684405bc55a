"""Tables of a PDF page that have no lines between their columns: columns and rows told by where the words stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any, Final, NamedTuple

from gaigai_cli.words.pattern import regex

_FEWEST_COLUMNS: Final = 3
_FEWEST_ROWS: Final = 2
_NARROWEST: Final = 2.0
"""Points that part two columns at least."""
_BLANK: Final = 0.3
"""Heights of a line that a blank within a cell may have: 县甲局 县乙局."""
_AT_FIRST: Final = 4
"""Lines of a table that may have fewer words beside each other than it has columns, being its head."""
_MOST_ACROSS: Final = 2
"""Lines across the columns that may follow each other within a table."""
_MOST: Final = 0.6
"""The share of a table's lines whose words all stand within its columns."""
_FEWEST_BESIDE: Final = 3
"""Rows that go on on another page at least."""
_BESIDE: Final = 20.0
"""Points between their columns and those before."""
_FAR: Final = 3
"""Heights of a line below which a single one is no part of the table above."""
_ROOM: Final = 1.5
"""Points by which there is more room between two rows than between two lines of one."""
_NUMBER: Final = regex(r"[A-Za-z（(]{0,3}[-—]?[0-9一二三四五六七八九十]{1,4}[)）.．、]?")
_TOTAL: Final = regex("[合小总共]计")
"""What stands in place of a number."""

Span = tuple[float, float]
"""From where to where something reaches, in points."""


class AlignedTable(NamedTuple):
    """The words of a table's cells, and where its columns are parted, in points.

    ``centred``: what tells a row stands in the middle of its lines rather than in the first.
    """

    words: tuple[tuple[str, ...], ...]
    columns: tuple[float, ...]
    centred: bool = False


class WordLine(NamedTuple):
    """The words of a page at one height, from the left."""

    words: tuple[Any, ...]
    top: float
    bottom: float

    @property
    def text(self) -> str:
        """The line, its words parted by blanks."""
        return " ".join(word["text"] for word in self.words)

    @property
    def middle(self) -> float:
        """The height of its middle: characters may reach over it by a line's height and more."""
        return (self.top + self.bottom) / 2

    @property
    def left(self) -> float:
        """Where it begins."""
        return float(self.words[0]["x0"])

    @property
    def right(self) -> float:
        """Where it ends."""
        return float(self.words[-1]["x1"])

    @property
    def spans(self) -> list[Span]:
        """What its words take of its width."""
        return [(word["x0"], word["x1"]) for word in self.words]


def middle(word: Any) -> float:
    """Return the height of a word's middle."""
    return float(word["top"] + word["bottom"]) / 2


def word_lines(words: Iterable[Any]) -> Iterator[WordLine]:
    """Return the lines of words, those that stand beside each other by half of their height or more on one."""
    lines: list[list[Any]] = []
    for word in sorted(words, key=lambda word: float(word["top"])):
        if lines and word["top"] <= middle(lines[-1][0]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return map(_line, lines)


def _line(words: Sequence[Any]) -> WordLine:
    made: list[Any] = []
    for word in sorted(words, key=lambda word: float(word["x0"])):
        if made and word["x0"] - made[-1]["x1"] < _BLANK * (word["bottom"] - word["top"]):
            text = f"{made[-1]['text']} {word['text']}"
            made[-1] = {**made[-1], "text": text, "x1": word["x1"]}
        else:
            made.append(word)
    return WordLine(
        tuple(made),
        min(word["top"] for word in words),
        max(word["bottom"] for word in words),
    )


def goes_on_beside(left: Sequence[WordLine], right: Sequence[WordLine]) -> bool:
    """Return whether the lines of a page are the last columns of those of one before: a sheet too wide for a page.

    Each row that is numbered there goes on here, nothing stands here that doesn't, and what is no row's first line
    there stands right of the numbers, as lines of running text don't.
    """
    if any(map(_is_numbered, right)):
        return False
    rows = [line for line in left if len(line.words) > 1 and _is_numbered(line)]
    if len(rows) < _FEWEST_BESIDE:
        return False
    words = min(float(line.words[1]["x0"]) for line in rows)
    below = left[left.index(rows[0]) :]
    return (
        all(float(line.words[0]["x1"]) + _NARROWEST < words for line in rows)
        and all(line in rows or line.left > words - 1 for line in below)
        and _stand_beside(rows, right)
        and _stand_beside(right, left)
    )


def _stand_beside(lines: Sequence[WordLine], others: Sequence[WordLine]) -> bool:
    """Return whether each of the lines has one of the others at its height, which figures and words differ in a bit."""
    heights = {round(line.middle) + more for line in others for more in (-1, 0, 1)}
    return heights.issuperset(round(line.middle) for line in lines)


def put_beside(left: Sequence[WordLine], right: Sequence[WordLine]) -> tuple[WordLine, ...]:
    """Return the lines of a page with those of its last columns; what of a title is repeated beside it is left out."""
    room = max(line.right for line in left) + _BESIDE - min(line.left for line in right)
    made = list(left)
    for further in right:
        at = min(range(len(left)), key=lambda each: abs(left[each].middle - further.middle))
        if further.text not in left[at].text:
            words = ({**w, "x0": w["x0"] + room, "x1": w["x1"] + room} for w in further.words)
            made[at] = left[at]._replace(words=(*left[at].words, *words))
    return tuple(made)


def _is_numbered(line: WordLine) -> bool:
    return _NUMBER.fullmatch(line.words[0]["text"]) is not None


def in_columns(
    lines: Sequence[WordLine], rules: Sequence[float], before: AlignedTable | None
) -> Iterator[WordLine | AlignedTable]:
    """Yield the lines with those that stand in common columns as tables.

    ``rules`` are the heights of lines across the page; ``before`` is a table that may go on on it.
    """
    at = 0
    while at < len(lines):
        columns, end, across = _aligned(lines, at, before.columns if before else ())
        parts = [*pairwise([at - 1, *across, end])]
        told = [line for line in lines[at:end] if columns and _fits(line, columns)]
        wide = sum(_width(line, columns) >= _FEWEST_COLUMNS for line in told)
        if wide < _FEWEST_ROWS or len(told) < _MOST * (end - at):
            yield lines[at]
            at += 1
            continue
        goes_on = before is not None and before.columns == columns
        centred = bool(before and goes_on and before.centred)
        rows: list[tuple[str, ...]] = []
        for number, (one, other) in enumerate(parts):
            part = lines[one + 1 : other]
            anchors = _anchors(part, columns)
            if number == 0 and not goes_on:
                centred = _centred(anchors, len(part))
            starts = _rows_by_room(part, columns, rules)
            starts = starts or _rows_by_anchors(anchors, centred=centred)
            bounds = [0, *starts, len(part)] if part else []
            rows += [_cells(part[a:b], columns) for a, b in pairwise(bounds)]
            if other < end:  # words across the columns are a row of their own
                rows.append((lines[other].text, *[""] * (len(columns) - 2)))
        yield (before := AlignedTable(tuple(rows), columns, centred))
        at = end


def _aligned(
    lines: Sequence[WordLine], start: int, columns: tuple[float, ...]
) -> tuple[tuple[float, ...], int, list[int]]:
    """Return where columns are parted that the lines from ``start`` on have in common, and where these lines end.

    Last come the lines among them whose few words stand across the columns. Of what parts the words of the first lines
    a part may be a blank within a head: it counts no more where one of them has words there.
    """
    goes_on = bool(columns) and _fits(lines[start], columns)
    first = lines[start : start + _AT_FIRST]
    base = 0 if goes_on else max(range(len(first)), key=lambda each: len(first[each].words))
    if goes_on:
        gaps = [(x - _NARROWEST / 2, x + _NARROWEST / 2) for x in columns[1:-1]]
    elif len(lines[start].words) >= _FEWEST_COLUMNS:
        gaps = [(one[1], other[0]) for one, other in pairwise(first[base].spans)]
    else:
        return (), start, []
    last = at = start
    across: list[int] = []
    while at < len(lines) and at - last <= _MOST_ACROSS + 1:
        line = lines[at]
        left = [free for gap in gaps if (free := _free(gap, line.spans))]
        several = len(line.words) >= _FEWEST_COLUMNS
        far = at > start and line.middle - lines[at - 1].middle > _FAR * (line.bottom - line.top)
        if not several and (far or (across and across[-1] > last)):
            fits = False
        elif len(left) == len(gaps):
            fits, gaps = True, gaps if goes_on else left
        elif at - start <= base:
            fits = several and len(left) >= len(gaps) - 1  # one head over two columns
        else:
            fits = not goes_on and several and at < start + _AT_FIRST and len(left) > 1
            gaps = left if fits else gaps
        if fits:
            last = at
        else:
            across.append(at)
        at += 1
    end = last + 1
    height = lines[start].bottom - lines[start].top
    if not goes_on and max(other - one for one, other in gaps) < height:
        return (), start, []  # words of a sentence, in two scripts
    if not goes_on:
        edges = min(line.left for line in lines[start:end]), max(x.right for x in lines[start:end])
        columns = (edges[0], *((one + other) / 2 for one, other in gaps), edges[1])
    return columns, end, [each for each in across if each < end]


def _free(gap: Span, taken: Sequence[Span]) -> Span | None:
    """Return the widest part of a gap that none of the words takes; None where it is too narrow to part columns."""
    edges = [gap[0], *(x for span in taken for x in span if gap[0] < x < gap[1]), gap[1]]
    free = [
        (one, other)
        for one, other in pairwise(sorted(edges))
        if other - one >= _NARROWEST and not any(a < other and b > one for a, b in taken)
    ]
    return max(free, key=lambda part: part[1] - part[0], default=None)


def _fits(line: WordLine, columns: Sequence[float]) -> bool:
    """Return whether no word of a line lies over the edge of a column."""
    return not any(a + 1 < x < b - 1 for a, b in line.spans for x in columns) and all(
        columns[0] - 1 <= a and b <= columns[-1] + 1 for a, b in line.spans
    )


def _width(line: WordLine, columns: Sequence[float]) -> int:
    """Return in how many of the columns words of a line stand."""
    return len({_column(word, columns) for word in line.words})


def _column(word: Any, columns: Sequence[float]) -> int:
    """Return the column in which a word begins, counted from 1."""
    begins = float(word["x0"]) + _NARROWEST / 2
    return max(1, sum(x < begins for x in columns[:-1]))


def _cells(lines: Sequence[WordLine], columns: Sequence[float]) -> tuple[str, ...]:
    """Return the words of each cell of a row, a line of it below the other."""
    cells: list[list[str]] = [[] for _ in columns[1:]]
    for line in lines:
        for column, words in groupby(line.words, key=lambda word: _column(word, columns)):
            cells[column - 1].append("".join(word["text"] for word in words))
    return tuple("\n".join(cell) for cell in cells)


def _rows_by_room(
    lines: Sequence[WordLine], columns: Sequence[float], rules: Sequence[float]
) -> list[int]:
    """Return the lines with which further rows begin: below a line across, else where there is more room above.

    Nothing where neither tells, nor where a row would have two numbers.
    """
    edges = [(above.middle, below.middle) for above, below in pairwise(lines)]
    across = [at for at, (a, b) in enumerate(edges, 1) if any(a < x < b for x in rules)]
    if len(across) + 1 >= _FEWEST_ROWS:
        return across
    rooms = [b - a for a, b in edges]
    usual = (min(rooms, default=0.0) + max(rooms, default=0.0)) / 2
    starts = [at for at, room in enumerate(rooms, 1) if room > usual]
    within = max((room for room in rooms if room <= usual), default=0.0)
    if any(rooms[at - 1] < within + _ROOM for at in starts):
        return []
    rows = pairwise([0, *starts, len(lines)])
    counts = _numbered(lines, columns)
    numbers = [sum(one <= at < other for at in counts) for one, other in rows]
    return starts if not any(numbers) or set(numbers[1:]) == {1} else []


def _anchors(lines: Sequence[WordLine], columns: Sequence[float]) -> list[int]:
    """Return a line of each row: with a number in its column, else with words in the emptiest column.

    Where all other columns have words in each line, each is a row, and the emptiest holds cells over several; not where
    these may stand in the middle of their rows.
    """
    numbers = _numbered(lines, columns)
    if len(numbers) >= _FEWEST_ROWS:
        above = (at for at in range(numbers[0]) if _column(lines[at].words[0], columns) == 1)
        head = list(above)[:1]  # it may be repeated further down
        again = (
            at
            for at in range(numbers[0], len(lines))
            if head and lines[at].text == lines[head[0]].text
        )
        return sorted({*head, *again, *numbers})
    filled = [
        [
            at
            for at, line in enumerate(lines)
            if any(_column(w, columns) == place for w in line.words)
        ]
        for place in range(1, len(columns))
    ]
    emptiest = min((each for each in filled if len(each) >= _FEWEST_ROWS), key=len, default=[])
    others = [each for each in filled if each is not emptiest]
    alone = len(others) >= _FEWEST_COLUMNS and all(len(each) == len(lines) for each in others)
    below = [at - 1 for at in emptiest[1:]]  # the head's line is the first
    above_rows = emptiest[:2] == [0, 1] and not _centred(below, len(lines) - 1)
    return [*range(len(lines))] if alone and above_rows else emptiest


def _numbered(lines: Sequence[WordLine], columns: Sequence[float]) -> list[int]:
    """Return the lines with a number, or a total, in the column of numbers: the first, or one that counts from 1."""
    said: dict[int, dict[int, str]] = {}
    for at, line in enumerate(lines):
        for word in line.words:
            if _NUMBER.fullmatch(word["text"]) or _TOTAL.fullmatch(word["text"]):
                said.setdefault(_column(word, columns), {})[at] = word["text"]
    for place, found in sorted(said.items()):
        numbers = [text for text in found.values() if not _TOTAL.fullmatch(text)]
        if (place == 1 and numbers) or numbers[:2] == ["1", "2"]:
            return [*found]
    return []


def _centred(anchors: Sequence[int], count: int) -> bool:
    """Return whether anchors stand in the middle of their rows: as many lines above as below fill all of them."""
    start = 0
    for anchor in anchors:
        if anchor < start:
            return False
        start = 2 * anchor - start + 1
    return start == count and list(anchors[:2]) != [0, 1]


def _rows_by_anchors(anchors: Sequence[int], *, centred: bool) -> list[int]:
    """Return the lines with which further rows begin, each with one anchor, in its middle or on its first line."""
    starts: list[int] = []
    start = 0
    for one, other in pairwise(anchors):
        start = min(max(2 * one - start + 1, one + 1), other) if centred else other
        starts.append(start)
    return starts
