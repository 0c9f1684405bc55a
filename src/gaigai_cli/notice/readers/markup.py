"""The few tags that a cell of a text may hold: a paragraph, a line's end."""

from __future__ import annotations

import re
from typing import Final

_BREAK: Final = re.compile(r"\s*<br\s*/?>\s*|\s*</(?:p|div)>\s*(?=<(?:p|div)\b)", re.IGNORECASE)
_TAG: Final = re.compile(r"</?(?:p|div)(?:\s[^<>]*)?>", re.IGNORECASE)


def strip_tags(text: str) -> str:
    """The text without such tags, paragraphs and breaks as line ends."""
    if "<" not in text:
        return text.strip()
    return _TAG.sub("", _BREAK.sub("\n", text)).strip()
