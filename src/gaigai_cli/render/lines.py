"""Lines of styled text: what every view for the terminal is made of.

Tables of rich take half a millisecond a row. Views lay out their lines themselves and hand rich the finished pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from gaigai_cli.render.width import width_of, wrap

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

STRONG = "bold"
FAINT = "dim"
WARNING = "yellow"
WRONG = "red"


class Span(NamedTuple):
    """A piece of text in one style (rich's words for it)."""

    text: str
    style: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Lines that are laid out already, for ``Console.print``; where there is no colour, ``text`` is the same."""

    lines: tuple[Line, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.segment import Segment
        from rich.style import Style

        for line in self.lines:
            for span in line:
                yield Segment(span.text, Style.parse(span.style) if span.style else None)
            yield Segment.line()

    @property
    def text(self) -> str:
        """The same without styles, each line with its end."""
        return "".join(["".join([span.text for span in line]) + "\n" for line in self.lines])


def page(*blocks: Iterable[Line]) -> Page:
    """Blocks one below the other, a blank line between them; empty ones are left out."""
    lines: list[Line] = []
    for block in map(tuple, blocks):
        if block:
            lines += [(), *block] if lines else block
    return Page(tuple(lines))


def paragraph(text: str, width: int, style: str = "") -> Iterator[Line]:
    """A paragraph over the whole width."""
    for line in wrap(text, width):
        yield (Span(line, style),)


def hanging(label: Span, text: str, width: int, *, indent: int, style: str = "") -> Iterator[Line]:
    """A label and beside it, from cell ``indent`` on, a text."""
    return beside(label, wrap(text, max(width - indent, 20)), indent=indent, style=style)


def beside(label: Span, lines: Iterable[str], *, indent: int, style: str = "") -> Iterator[Line]:
    """The same with lines that are broken already."""
    lead: Line = (label, Span(" " * (indent - width_of(label.text))))
    for line in lines:
        yield (*lead, Span(line, style))
        lead = (Span(" " * indent),)
