"""Tables laid out by cell width: few rules, no frame, long text cut rather than wrapped."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from gaigai_cli.render.lines import FAINT, STRONG, Line, Span
from gaigai_cli.render.width import clean, cut, width_of, wrap_names

GAP = 2
_READABLE = 40
"""A text column with as many cells reads well; names are broken rather than leave it less."""
_LEAST = 10


class Head(NamedTuple):
    """A column: its title, and what it does where room is short.

    ``text`` columns are cut (the widest first), ``names`` columns break between names, ``fixed`` ones do neither.
    ``least`` is the fewest cells that it takes.
    """

    title: str
    fit: Literal["fixed", "text", "names"] = "fixed"
    right: bool = False
    least: int = 0


def grid(heads: Sequence[Head], rows: Sequence[Sequence[Span]], width: int) -> Iterator[Line]:
    """The lines of a table: titles, a rule, the rows. At most ``width`` cells wide where that can be."""
    cleaned = [[_clean(cell) for cell in row] for row in rows]
    widths = _widths(heads, cleaned, width)
    yield _line([(Span(h.title, STRONG), h.title) for h in heads], heads, widths)
    yield (Span("─" * (sum(widths) + GAP * (len(widths) - 1)), FAINT),)
    for row in cleaned:
        yield from _row(row, heads, widths)


def _clean(cell: Span) -> Span:
    return cell if cell.text.isprintable() else Span(clean(cell.text), cell.style)


def _row(row: Sequence[Span], heads: Sequence[Head], widths: Sequence[int]) -> Iterator[Line]:
    broken = [
        wrap_names(cell.text, width) if head.fit == "names" else [cut(cell.text, width)]
        for cell, head, width in zip(row, heads, widths, strict=True)
    ]
    for number in range(max(map(len, broken))):
        texts = [lines[number] if number < len(lines) else "" for lines in broken]
        yield _line(list(zip(row, texts, strict=True)), heads, widths)


def _line(cells: Sequence[tuple[Span, str]], heads: Sequence[Head], widths: Sequence[int]) -> Line:
    """One line of cells, each given as the span that it belongs to and its text on this line."""
    spans: list[Span] = []
    gap = 0
    for (cell, text), head, width in zip(cells, heads, widths, strict=True):
        room = width - width_of(text)
        before, after = (room, 0) if head.right else (0, room)
        if text:
            if gap + before:
                spans.append(Span(" " * (gap + before)))
            spans.append(Span(text, cell.style))
            gap = after + GAP
        else:
            gap += width + GAP
    return tuple(spans)


def _widths(heads: Sequence[Head], rows: Sequence[Sequence[Span]], width: int) -> list[int]:
    columns = list(zip(*rows, strict=True)) or [()] * len(heads)
    widths = [
        max(head.least, width_of(head.title), *(width_of(c.text) for c in column))
        for head, column in zip(heads, columns, strict=True)
    ]
    room = width - GAP * (len(heads) - 1)
    wanted = [
        min(own, _READABLE) if head.fit == "text" else own
        for head, own in zip(heads, widths, strict=True)
    ]
    if sum(wanted) > room:
        for index, head in enumerate(heads):
            if head.fit == "names":
                longest = max((_longest_name(c.text) for c in columns[index]), default=0)
                widths[index] = max(longest, width_of(head.title))
    _shrink(heads, widths, room)
    return widths


def _longest_name(text: str) -> int:
    *names, last = text.split("、")
    return max((width_of(last), *(width_of(name) + width_of("、") for name in names)))


def _shrink(heads: Sequence[Head], widths: list[int], room: int) -> None:
    """Take from the widest text columns, cell by cell, until the table fits or there is nothing to take."""
    texts = [i for i, head in enumerate(heads) if head.fit == "text"]
    while texts and sum(widths) > room:
        widest = max(texts, key=lambda i: widths[i])
        if widths[widest] <= _LEAST:
            return
        widths[widest] -= 1
