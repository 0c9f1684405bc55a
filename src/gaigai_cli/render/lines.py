"""Lines of styled text and tables: what every view for the terminal is made of."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from gaigai_cli.characters import harmless
from gaigai_cli.render.width import AMBIGUOUS_CELLS, width_of, wrap

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

STRONG = "bold"
FAINT = "dim"
WARNING = "yellow"
WRONG = "red"


class StyledText(NamedTuple):
    """A piece of text in one style (rich's words for it)."""

    text: str
    style: str = ""


Line = tuple[StyledText, ...]


def cells(*values: str | StyledText) -> Line:
    """Return the cells of a row; words alone have no style."""
    return tuple(StyledText(one) if isinstance(one, str) else one for one in values)


class Drawn(Protocol):
    """Something as wide as it is that rich draws, and that says the same as plain lines."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it."""
        ...

    @property
    def lines(self) -> Iterator[Line]:
        """The same as plain lines."""
        ...


Block: TypeAlias = "Callable[[int], Iterable[Part]]"
"""What lays itself out for the width of a screen."""
Part: TypeAlias = "Line | Drawn | Block"
"""What a page is made of."""


@dataclass(frozen=True, slots=True)
class Page:
    """Parts one below the other, for ``Console.print``; where there is no colour, ``text`` says the same.

    ``widest``: however wide the screen is, lines are no longer.
    """

    parts: tuple[Part, ...]
    widest: int = sys.maxsize

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.segment import Segment
        from rich.style import Style

        for part in self._laid_out(options.max_width):
            if not isinstance(part, tuple) and AMBIGUOUS_CELLS.get() == 1:  # rich knows no other
                yield part
                continue
            for line in _lines(part):
                for span in line:
                    yield Segment(
                        harmless(span.text), Style.parse(span.style) if span.style else None
                    )
                yield Segment.line()

    def text(self, width: int) -> str:
        """Return the page for a screen of that width without styles, each line with its end."""
        lines = (line for part in self._laid_out(width) for line in _lines(part))
        return "".join(["".join([span.text for span in line]) + "\n" for line in lines])

    def _laid_out(self, width: int) -> Iterator[Line | Drawn]:
        return _laid_out(self.parts, min(width, self.widest))


def _laid_out(parts: Iterable[Part], width: int) -> Iterator[Line | Drawn]:
    for part in parts:
        if callable(part):
            yield from _laid_out(part(width), width)
        else:
            yield part


def _lines(part: Line | Drawn) -> Iterable[Line]:
    return (part,) if isinstance(part, tuple) else part.lines


def page(*blocks: Block | Iterable[Part], widest: int = sys.maxsize) -> Page:
    """Return blocks one below the other, a blank line between them; empty ones are left out."""
    parts: list[Part] = []
    for block in blocks:
        if own := (block,) if callable(block) else tuple(block):
            parts += [(), *own] if parts else own
    return Page(tuple(parts), widest)


def paragraph(text: str, style: str = "", broken: Callable[[str, int], list[str]] = wrap) -> Block:
    """Return a paragraph over the whole width, ``broken`` into lines."""
    return lambda width: ((StyledText(line, style),) for line in broken(text, width))


def noted(notes: Iterable[str]) -> Iterator[Block]:
    """Yield the notes that must be said of the data, each a paragraph."""
    return (paragraph(note, WARNING) for note in notes)


def titled(title: str, note: str, style: str = FAINT) -> Block:
    """Return a title and a note beside it in its ``style``; below it where the line is too short for both."""

    def laid_out(width: int) -> Iterator[Part]:
        if width_of(f"{title}  {note}") <= width:
            yield (StyledText(title, STRONG), StyledText(f"  {note}" if note else "", style))
        else:
            yield paragraph(title, STRONG)
            yield paragraph(note, style)

    return laid_out


def hanging(
    label: str | StyledText,
    text: str,
    *,
    indent: int | None = None,
    style: str = "",
    broken: Callable[[str, int], list[str]] = wrap,
) -> Block:
    """Return a label and beside it, from cell ``indent`` on, else where it ends, a text ``broken`` into lines."""

    def laid_out(width: int) -> Iterator[Line]:
        head = StyledText(label) if isinstance(label, str) else label
        end = width_of(head.text)
        start = end if indent is None else indent
        first, *rest = broken(text, max(width - start, 20))
        yield (head, StyledText(" " * (start - end)), StyledText(first, style))
        for line in rest:
            yield (StyledText(" " * start), StyledText(line, style))

    return laid_out
