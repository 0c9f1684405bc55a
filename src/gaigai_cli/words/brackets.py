"""Brackets of any kind, the two of a pair perhaps of different kinds: 县乙局（配合）, 〔责任单位：县甲局]."""

from __future__ import annotations

import re
from typing import Final

from gaigai_cli.words.pattern import regex

OPENING: Final = "（([［【〔"
CLOSING: Final = "）)］]】〕"
OPENS: Final = f"[{re.escape(OPENING)}]"
CLOSES: Final = f"[{re.escape(CLOSING)}]"
_ANY: Final = regex(f"[{re.escape(OPENING + CLOSING)}]")
NO_BRACKET: Final = f"[^{re.escape(OPENING + CLOSING)}]"
BRACKET: Final = regex(f"{OPENS}({NO_BRACKET}*){CLOSES}")
"""A bracket with no other in it; what stands in it is its group."""


def without_brackets(text: str) -> str:
    """Return a text without its brackets that have no other in them."""
    return BRACKET.sub("", text)


def before_bracket(text: str) -> str:
    """Return what stands before the first bracket."""
    return re.split(OPENS, text, maxsplit=1)[0]


def depths_of(text: str) -> list[int]:
    """Return how many brackets each character stands in, the brackets themselves included; last, those left open."""
    depths, depth = [], 0
    for char in text:
        depth += char in OPENING
        depths.append(depth)
        depth -= char in CLOSING
    return [*depths, depth]


def unbalanced(text: str) -> bool:
    """Return whether a bracket stays open, or is closed that was not opened."""
    if not _ANY.search(text):
        return False
    depths = depths_of(text)
    return depths[-1] != 0 or any(
        depth < 1 for char, depth in zip(text, depths, strict=False) if char in CLOSING
    )


def mask(text: str) -> str:
    """Return ``text`` with all that stands in brackets made unreadable, offsets kept."""
    if not _ANY.search(text):  # most; and of a long one each rest is asked about
        return text
    return "".join(
        "\0" if depth else char for char, depth in zip(text, depths_of(text), strict=False)
    )


def left_open(text: str) -> int | None:
    """Return where the bracket opens that is still open at the end of a text, the last of them; None without one."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in CLOSING) - (text[at] in OPENING)
        if depth < 0:
            return at
    return None


def closed_at(text: str, start: int) -> int | None:
    """Return where the bracket that opens at ``start`` closes; None where it stays open."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] in OPENING) - (text[at] in CLOSING)
        if depth == 0:
            return at
    return None


def last_bracket(text: str) -> tuple[str, str]:
    """Return what stands before the bracket at the end, and in it; doubled brackets count as one."""
    opening = max(
        index
        for index, depth in enumerate(depths_of(text)[:-1])
        if depth == 1 and text[index] in OPENING
    )
    inside = text[opening + 1 : -1].strip()
    while inside[:1] in OPENING and inside[-1:] in CLOSING and inside:
        inside = inside[1:-1].strip()
    return text[:opening].rstrip(), inside
