"""What a form says of its evidence: piece by piece, and which files it may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_FILE: Final = re.compile(r"[^/]+\.[A-Za-z0-9]{2,4}")
_TOGETHER: Final = re.compile("[、，,]")
"""Signs between the names of files on one line."""
_ATTACHED: Final = re.compile(r"附件\s*[\d一二三四五六七八九十]{0,2}\s*(?:[：:、\s]|\.(?!\d))\s*")
"""附件1：, and nothing that belongs to a name, like the year of 附件2024年报.pdf."""


def pieces_of_evidence(words: str) -> Iterator[str]:
    """A line each, or what a semicolon parts; names of files may stand on one line."""
    for line in re.split(r"[\n；;]", words):
        parts = [part.strip() for part in _TOGETHER.split(line)]
        files = len(parts) > 1 and all(_FILE.fullmatch(part) for part in parts)
        yield from parts if files else filter(None, [line.strip()])


def names_meant(piece: str) -> tuple[str, ...]:
    """The names that a file beside the form may have, the likeliest first: as written, or without 附件1： before it."""
    label = _ATTACHED.match(piece)
    rest = piece[label.end() :] if label else ""
    return (piece, rest) if _FILE.fullmatch(rest) else (piece,)
