"""Lines of styled text and tables: what every view for the terminal is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


class Block(Protocol):
    """Something that rich draws, and that says the same as plain lines."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it."""
        ...

    @property
    def lines(self) -> Iterator[Line]:
        """The block as plain lines."""
        ...


Part: TypeAlias = Line | Block
"""What a page is made of."""


@dataclass(frozen=True, slots=True)
class Page:
    """Lines and tables, laid out already, for ``Console.print``; where there is no colour, ``text`` says the same."""

    parts: tuple[Part, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.segment import Segment
        from rich.style import Style

        for part in self.parts:
            if not isinstance(part, tuple) and AMBIGUOUS_CELLS.get() == 1:  # rich knows no other
                yield part
                continue
            for line in (part,) if isinstance(part, tuple) else part.lines:
                for span in line:
                    yield Segment(
                        harmless(span.text), Style.parse(span.style) if span.style else None
                    )
                yield Segment.line()

    @property
    def text(self) -> str:
        """The page without styles, each line with its end."""
        lines = (line for p in self.parts for line in ((p,) if isinstance(p, tuple) else p.lines))
        return "".join(["".join([span.text for span in line]) + "\n" for line in lines])


def page(*blocks: Iterable[Part]) -> Page:
    """Return blocks one below the other, a blank line between them; empty ones are left out."""
    parts: list[Part] = []
    for block in map(tuple, blocks):
        if block:
            parts += [(), *block] if parts else block
    return Page(tuple(parts))


def paragraph(text: str, width: int, style: str = "") -> Iterator[Line]:
    """Yield a paragraph over the whole width."""
    for line in wrap(text, width):
        yield (StyledText(line, style),)


def noted(notes: Iterable[str], width: int) -> Iterator[Line]:
    """Yield the notes that must be said of the data, each a paragraph."""
    for note in notes:
        yield from paragraph(note, width, WARNING)


def titled(title: str, note: str, width: int, style: str = FAINT) -> Iterator[Line]:
    """Yield a title and a note beside it in its ``style``; below it where the line is too short for both."""
    if width_of(f"{title}  {note}") <= width:
        yield (StyledText(title, STRONG), StyledText(f"  {note}" if note else "", style))
    else:
        yield from paragraph(title, width, STRONG)
        yield from paragraph(note, width, style)


def hanging(
    label: StyledText, text: str, width: int, *, indent: int, style: str = ""
) -> Iterator[Line]:
    """Return a label and beside it, from cell ``indent`` on, a text."""
    return beside(label, wrap(text, max(width - indent, 20)), indent=indent, style=style)


def beside(
    label: StyledText, lines: Iterable[str], *, indent: int, style: str = ""
) -> Iterator[Line]:
    """Yield a label with lines beside it that are broken already."""
    lead: Line = (label, StyledText(" " * (indent - width_of(label.text))))
    for line in lines:
        yield (*lead, StyledText(line, style))
        lead = (StyledText(" " * indent),)
