"""Lines that a page's width has broken, made one again: as copied from a PDF, or converted from one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, islice, pairwise
from typing import Final
from unicodedata import east_asian_width

from gaigai_cli.notice.document import Line
from gaigai_cli.notice.points import BEGINS
from gaigai_cli.words.deadline import is_deadline
from gaigai_cli.words.normal import MARKS, narrow
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.units import read_units

_ENDS: Final = tuple("。；;！？")
_OPENS: Final = regex(r"[（(〔【][^）)〕】]*$|[，、]$")
_CLAUSE: Final = "，、；"
_TAIL: Final = regex(r"\w{1,4}。")
_BEGINS: Final = regex(rf"{BEGINS}|[{MARKS}]|第\w{{1,4}}[条号项]")
_LABEL: Final = regex("[^，。；：:]{2,10}[：:]")
_WORD_BROKEN: Final = regex(r"[，；、（(【](?!\d)[^\W\d]{1,4}$")
"""A line that ends in the first characters of a word, perhaps of a label: …，完成."""
_NARROWEST: Final = 20
_MANY: Final = 4
_RAGGED: Final = 3
"""Characters that a full line may be short of the longest."""


def unwrapped(lines: Sequence[Line], pages: Sequence[Line]) -> list[Line]:
    """Return lines, those that a page's width has broken as one; numbers of ``pages`` may stand between two.

    Such a text has no line longer than a page's, and a bracket or clause that one line opens and the next closes, or
    several lines that end in the midst of a sentence, and not above a cell of its own. The last word or two of one are
    no line of their own in any.
    """
    full = max((_width(line.text) for line in lines), default=0) - _RAGGED
    pairs = [*pairwise(lines)]
    beside = [_are_beside(*pair, pages) for pair in pairs]
    goes_on = [
        on
        and full >= _NARROWEST
        and _width(line.text) >= full
        and not line.text.endswith(_ENDS)
        and not _begins(line.text, below.text)
        and (not line.text.endswith(("）", ")")) or below.text[0] in _CLAUSE)
        for on, (line, below) in zip(beside, pairs, strict=True)
    ]
    full_ones = [(line.text, below.text) for line, below in compress(pairs, goes_on)]
    midst = (
        line[-1].isalnum() and below[0].isalnum() and not _is_cell(below)
        for line, below in full_ones
    )
    wrapped = any(_OPENS.search(line) or below[0] in _CLAUSE for line, below in full_ones) or (
        len([*islice(filter(None, midst), _MANY)]) == _MANY
    )
    found = [*lines[:1]]
    for next_to, on, (line, below) in zip(beside, goes_on, pairs, strict=True):
        in_clause = line.text.endswith(("，", "、")) and not _begins(line.text, below.text)
        if next_to and ((wrapped and (on or in_clause)) or _breaks_off(line.text, below.text)):
            found[-1] = _joined(found[-1], below)
        else:
            found.append(below)
    return found


def _are_beside(line: Line, below: Line, pages: Sequence[Line]) -> bool:
    """Return whether no line without words stands between two, or but the number of a page."""
    first, second = (each.place.line or each.place.paragraph for each in (line, below))
    return second - first <= 1 or any(line.place < page.place < below.place for page in pages)


def _begins(line: str, below: str) -> bool:
    """Return whether a line is a paragraph of its own: it has a number, or a label that the one above doesn't begin."""
    words = narrow(below)
    label = _LABEL.match(words) and not _WORD_BROKEN.search(line)
    return "\t" in f"{line}{below}" or bool(_BEGINS.match(words) or label)


def _is_cell(words: str) -> bool:
    """Return whether words are all of a cell that was pasted as a line: units, a deadline."""
    return read_units(words).is_units or is_deadline(words)


def _joined(line: Line, below: Line) -> Line:
    behind = len(line.text)
    bold = ((start + behind, end + behind) for start, end in below.bold)
    return line._replace(text=f"{line.text}{below.text}", bold=(*line.bold, *bold))


def _breaks_off(line: str, below: str) -> bool:
    """Return whether a long line ends in the midst of a sentence of which the next has no more than a word or two."""
    midst = line[-1:].isalnum() and _width(line) >= _NARROWEST
    return midst and _TAIL.fullmatch(below) is not None


def _width(line: str) -> float:
    """Return how many full-width characters a line is wide."""
    return sum(1 if east_asian_width(char) in "WFA" else 0.5 for char in line)
