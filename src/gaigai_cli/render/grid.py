"""Tables by cell width: few rules, no frame, long text cut rather than wrapped.

The cells are fitted here once, and leave in two ways: as a table of rich on a terminal, as plain lines in a pipe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from gaigai_cli.render.lines import FAINT, STRONG, Block, Line, StyledText, cells
from gaigai_cli.render.width import clean, cut, rule, shortened, width_of, wrap_names

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

GAP: Final = 2
"""Cells between two columns."""
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


def head_row(*titles: str | Head) -> tuple[Head, ...]:
    """Return the heads of a table; words alone are those of a column that is neither cut nor broken."""
    return tuple(Head(one) if isinstance(one, str) else one for one in titles)


Fitted: TypeAlias = tuple[StyledText, ...]
"""A cell: its lines, each as wide as its column at most."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose cells are fitted to the widths of its columns."""

    heads: tuple[Head, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Fitted, ...], ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.box import SIMPLE
        from rich.table import Table
        from rich.text import Text

        table = Table(
            box=SIMPLE,
            show_edge=False,
            pad_edge=False,
            padding=(0, GAP - 1, 0, 0),
            header_style=STRONG,
            border_style=FAINT,
        )
        for head, width in zip(self.heads, self.widths, strict=True):
            side: Literal["left", "right"] = "right" if head.right else "left"
            table.add_column(Text(head.title), width=width, justify=side, no_wrap=True)
        for row in self.rows:
            texts = (("\n".join(line.text for line in cell), cell[0].style) for cell in row)
            table.add_row(*map(Text.assemble, texts))
        # A table that can't be narrower runs over the edge as a whole, as its plain lines do.
        yield from console.render(table, options.update(width=max(options.max_width, self._width)))

    @property
    def lines(self) -> Iterator[Line]:
        """The table as plain lines: titles, a rule, the rows."""
        yield self._line([StyledText(h.title, STRONG) for h in self.heads])
        yield (StyledText(rule(self._width), FAINT),)
        for row in self.rows:
            yield from map(self._line, zip_longest(*row, fillvalue=StyledText("")))

    @property
    def _width(self) -> int:
        return sum(self.widths) + GAP * (len(self.widths) - 1)

    def _line(self, cells: Sequence[StyledText]) -> Line:
        spans: list[StyledText] = []
        gap = 0
        for (text, style), head, width in zip(cells, self.heads, self.widths, strict=True):
            room = width - width_of(text)
            before, after = (room, 0) if head.right else (0, room)
            if text:
                if gap + before:
                    spans.append(StyledText(" " * (gap + before)))
                spans.append(StyledText(text, style))
                gap = after + GAP
            else:
                gap += width + GAP
        return tuple(spans)


def grid(heads: Sequence[Head], rows: Iterable[Sequence[str | StyledText]]) -> Block:
    """Return a table; where its columns find no room, its rows are lines of their own. Words alone have no style."""
    return partial(_laid_out, heads, [cells(*row) for row in rows])


def _laid_out(heads: Sequence[Head], rows: Sequence[Line], width: int) -> Iterator[Grid | Line]:
    cleaned = [[cell._replace(text=clean(cell.text)) for cell in row] for row in rows]
    widths = _widths(heads, cleaned, width)
    if sum(widths) + GAP * (len(widths) - 1) > width:
        for row in cleaned:
            yield from _as_lines(heads, row, width)
        return
    fitted = (tuple(map(_fitted, row, heads, widths)) for row in cleaned)
    yield Grid(tuple(heads), tuple(widths), tuple(fitted))


def _as_lines(heads: Sequence[Head], row: Sequence[StyledText], width: int) -> Iterator[Line]:
    """Yield what a row says, beginning with its first cell; each other cell stands behind the title of its column."""
    first, *others = row
    line: list[StyledText] = [StyledText(cut(first.text, width), first.style or STRONG)]
    used = width_of(line[0].text)
    for head, cell in zip(heads[1:], others, strict=True):
        if not cell.text:
            continue
        title = f"{head.title} " if head.title else ""
        start = used if len(line) == 1 and used <= _LEAST else 0
        words = cut(cell.text, width - start - GAP - width_of(title))
        if used + GAP + width_of(title) + width_of(words) > width:
            yield tuple(line)
            line, used = [], 0
        line += [StyledText(" " * GAP), StyledText(title, FAINT), StyledText(words, cell.style)]
        used += GAP + width_of(title) + width_of(words)
    yield tuple(line)


def _fitted(cell: StyledText, head: Head, width: int) -> Fitted:
    if width_of(cell.text) <= width:
        return (cell,)
    lines = wrap_names(cell.text, width) if head.fit == "names" else [shortened(cell.text, width)]
    return tuple(StyledText(line, cell.style) for line in lines)


def _widths(heads: Sequence[Head], rows: Sequence[Sequence[StyledText]], width: int) -> list[int]:
    columns = list(zip(*rows, strict=True)) or [()] * len(heads)
    widths = [
        max(head.least, width_of(head.title), *(width_of(cell.text) for cell in column))
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
