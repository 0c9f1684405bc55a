"""Two texts told apart, as a person would mark a printed page."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, Literal, NamedTuple

from gaigai_cli.words.pattern import regex

Part = Literal["same", "gone", "new"]

_TOKEN: Final = regex(r"\d+(?:\.\d+)?%?|.", re.DOTALL)
"""Numbers are whole, all else is told apart character by character."""
_LONGEST: Final = 4000
"""Characters up to which two texts are told apart; of longer ones each is shown whole."""

_ISLAND: Final = 1
"""Two changes with at most so many equal characters between them are told as one."""


class Stretch(NamedTuple):
    """A stretch of text that both have, or that one of them has."""

    part: Part
    text: str


def word_diff(before: str, after: str) -> tuple[Stretch, ...]:
    """Return the pieces of both texts in order: what is gone stands before what is new in its place."""
    if max(len(before), len(after)) > _LONGEST:
        return tuple(
            piece for piece in (Stretch("gone", before), Stretch("new", after)) if piece.text
        )
    return tuple(_joined(_TOKEN.findall(before), _TOKEN.findall(after)))


def _joined(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    gone = new = ""
    i = j = 0
    for block in matcher.get_matching_blocks():
        gone, new = gone + "".join(before[i : block.a]), new + "".join(after[j : block.b])
        i, j = block.a + block.size, block.b + block.size
        same = "".join(before[block.a : i])
        at_end = i == len(before) and j == len(after)
        if 0 < len(same) <= _ISLAND and (gone or new) and not at_end:
            gone, new = gone + same, new + same
            continue
        yield from _changed(gone, new)
        if same:
            yield Stretch("same", same)
        gone = new = ""


def _changed(gone: str, new: str) -> Iterator[Stretch]:
    if gone:
        yield Stretch("gone", gone)
    if new:
        yield Stretch("new", new)
