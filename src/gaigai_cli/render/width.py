"""Text measured in terminal cells: a Chinese character takes two."""

import re
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from functools import cache
from unicodedata import east_asian_width

from rich.cells import cell_len

from gaigai_cli.characters import is_one_line, one_line

AMBIGUOUS_CELLS: ContextVar[int] = ContextVar("ambiguous_cells", default=1)
"""Cells of a character like “ … ─ ·, which Unicode leaves to the terminal: 2 in a Chinese console of old Windows."""

ELLIPSIS = "…"
_MAY_NOT_OPEN_A_LINE = "，。；：、！？）〕】》〉”’…％%·—"
_MAY_NOT_END_A_LINE = "（〔【《〈“‘"
_MEASURES = "年月日天项个条期次家"
_PIECE = re.compile(
    rf"[{_MAY_NOT_END_A_LINE}]*(?:[\x21-\x7e]+[{_MEASURES}]?|\s|.)[{re.escape(_MAY_NOT_OPEN_A_LINE)}]*"
)

_NAME = re.compile("[^、]+、?|、")
_CLAUSE = re.compile("[^，；：]+[，；：]?|[，；：]")


def width_of(text: str) -> int:
    """Return how many cells ``text`` takes."""
    more = AMBIGUOUS_CELLS.get() - 1
    return cell_len(text) + (more * sum(map(_is_ambiguous, text)) if more else 0)


@cache
def _is_ambiguous(char: str) -> bool:
    """Return whether an old Chinese console shows in two cells what others show in one: what GBK has in two bytes."""
    return east_asian_width(char) == "A" and len(char.encode("gbk", "ignore")) == 2


def rule(width: int) -> str:
    """Return a line across ``width`` cells."""
    return "─" * (width // width_of("─"))


def clean(text: str) -> str:
    """Return one line without anything that a terminal would obey or not show; line ends become blanks."""
    return text if is_one_line(text) else one_line(text).strip()


def cut(text: str, width: int) -> str:
    """Return ``text`` if it fits into ``width`` cells, else its start with … at the end."""
    return text if width_of(text) <= width else shortened(text, width)


def shortened(text: str, width: int) -> str:
    """Return the start of a text that doesn't fit into ``width`` cells, with … at the end."""
    kept = _start(text, width - width_of(ELLIPSIS)).rstrip("，。；：、（“ ")
    return f"{kept}{ELLIPSIS}" if width > 0 else ""


def _start(text: str, width: int) -> str:
    """Return as much of ``text`` as fits into ``width`` cells."""
    surely = max(width, 0) // 2  # no character is wider than two cells
    room = width - width_of(text[:surely])
    for end in range(surely, len(text)):
        room -= width_of(text[end])
        if room < 0:
            return text[:end]
    return text


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of a paragraph. Punctuation neither opens nor ends a line where it mustn't; words stay whole.

    Line ends in ``text`` are kept.
    """
    if 2 * len(text) <= width and is_one_line(text):  # no character is wider than two cells
        return [text.rstrip()]
    return [line for part in text.splitlines() for line in _filled(clean(part), width)] or [""]


def wrap_names(text: str, width: int) -> list[str]:
    """Return the lines of a list of names with 、 between them, broken between names only; a longer name is cut."""
    return [cut(line, width) for line in _lines(_NAME.findall(text), width)]


def wrap_clauses(text: str, width: int) -> list[str]:
    """Return the lines of a sentence of short clauses, broken between clauses.

    A longer clause is broken like any text.
    """
    return [part for line in _lines(_CLAUSE.findall(text), width) for part in wrap(line, width)]


def _lines(pieces: Iterable[str], width: int) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and width_of(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece
    return lines


def _filled(text: str, width: int) -> Iterator[str]:
    line = ""
    room = width
    for piece in _pieces(text, width):
        room -= width_of(piece)
        if room < 0 and line:
            yield line.rstrip()
            line = piece.lstrip()
            room = width - width_of(line)
        else:
            line += piece
    yield line.rstrip()


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yield what can't be broken; a piece longer than a line is, wherever the line ends."""
    for piece in _PIECE.findall(text):
        left = piece
        while 2 * len(left) > width < width_of(left):  # no character is wider than two cells
            start = _start(left, width) or left[0]
            yield start
            left = left[len(start) :]
        if left:
            yield left
