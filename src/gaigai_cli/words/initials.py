"""The first letters of a unit's name in pinyin, by which it is found at a keyboard."""

from __future__ import annotations

import re
from typing import Final

_AS_HEARD: Final = {"支行": "支航"}
"""Words that pypinyin reads otherwise than names of units have them, spelled by characters with one reading."""


def initials_of(text: str) -> str:
    """Return the letters in small letters; what has none (a blank, a bracket) is left out."""
    from pypinyin import Style, lazy_pinyin

    for word, heard in _AS_HEARD.items():
        text = text.replace(word, heard)
    letters = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
    return re.sub(r"[^a-z0-9]", "", letters.lower())
