"""A title in lines, broken by meaning (GB/T 9704, 7.3.1: 回行时词意完整、排列对称、长短适宜)."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final

_WIDEST: Final = 19.5
"""Full characters that a line of size 2 holds for certain: a stand-in of its type face has wider figures."""
_MOST: Final = 4
"""Lines of a title at most; a longer one is left as it is for its signer."""
_BETWEEN: Final = ("的", "和", "与", "、")
_TOGETHER: Final = re.compile(r"(?<=于)(?=\d)|(?<=[《“（〔])|(?=[》”）〕、，的和与年月日号])")
"""Places where no line ends: before closing signs, behind opening ones, within a day."""


def title_lines(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the fewest lines that hold the title, of about equal length; one ends after a part rather than in it."""
    title = "".join(parts)
    places = dict(_places(parts))
    for count in range(1, _MOST + 1):
        cuts = {
            tuple(title[first:last] for first, last in pairwise((0, *ends, len(title)))): ends
            for ends in combinations(places, count - 1)
        }
        fitting = [lines for lines in cuts if max(map(_width, lines)) <= _WIDEST]
        if fitting:
            return min(fitting, key=lambda found: _badness(found, [places[e] for e in cuts[found]]))
    return (title,)


def _badness(lines: Sequence[str], ends: Sequence[float]) -> float:
    """Return characters between the longest line and the shortest, and how bad the places are where they end."""
    widths = [_width(line) for line in lines]
    return max(widths) - min(widths) + sum(ends)


def _places(parts: Sequence[str]) -> Iterator[tuple[int, float]]:
    """Yield where a line may end, and how bad that is: words have mostly two characters."""
    at = 0
    for part in parts:
        since = 0
        for offset, character in enumerate(part):
            before = part[offset - 1] if offset else ""
            whole = not before.isascii() and not _TOGETHER.match(part, offset)
            if whole and (since % 2 == 0 or before in _BETWEEN):
                yield at + offset, 3.0 if before in _BETWEEN else 10.0
            since = since + 1 if character.isalpha() and not character.isascii() else 0
            if character in _BETWEEN or before.isdigit():
                since = 0
        at += len(part)
        if part is not parts[-1] and not _TOGETHER.match("".join(parts), at):
            yield at, 0.0


def _width(line: str) -> float:
    return sum(0.65 if character.isascii() else 1.0 for character in line)
