"""The first letter of a character's pinyin.

The common characters are sorted by pinyin in GB 2312, so that their letter is told by their code. Only what has
several readings, or is not among them, needs pypinyin, whose dictionaries take a fifth of a second to load.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

_STARTS: Final = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8, 0xC4C3,
    0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
)  # fmt: skip
_LETTERS: Final = "abcdefghjklmnopqrstwxyz"
_END: Final = 0xD7F9  # the last of the characters sorted by pinyin
# Characters with several readings, but for those of which the words around tell it.
_SEVERAL: Final = frozenset(
    "长重朝乐厦都调传单解省参藏曾车柏阿罢薄贝便别卜查差禅称盛澄匙臭处畜创伺"
    "大弹当得度恶佛服干给勾观冠龟柜哈号合核荷红划华还环晃混几济假角觉校禁卡咖壳"
    "可括坑酪勒累了俩量六陆露率绿落埋蔓么没秘模弄娜难宁炮喷铺朴曝栖奇铅强雀任塞散色"
    "煞扇少召折舍什石氏识似宿汤提体帖吐拓瓦尾委无系吓鲜行巷削血压殷应尉隙育晕载择轧粘占着殖种术属中转幢缩会仇辟泊脯蛤槛咯傀茄炔吁辗椎"
)


def initials_of(text: str) -> str:
    """The letters of a unit's name, in small letters; what has none is left out."""
    letters = _by_code(text)
    if letters is None:
        letters = _by_dictionary(text)
    return re.sub(r"[^a-z0-9]", "", letters.lower())


def _by_code(text: str) -> str | None:
    """The letters where every character's is certain without a dictionary, else None."""
    found = ""
    for before, char, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        letter = _letter(before, char, after)
        if letter is None:
            return None
        found += letter
    return found


def _letter(before: str, char: str, after: str) -> str | None:
    if char.isascii() or not char.isalpha():
        return char
    if char == "行" and (before in "银支分商" or after in "政业"):
        return "x" if after == "政" else "h"
    if char in _BEFORE:
        follower, letter, other = _BEFORE[char]
        return letter if after == follower else other
    return _CERTAIN.get(char) or (None if char in _SEVERAL else _sorted_letter(char))


def _sorted_letter(char: str) -> str | None:
    """The letter by a character's place in GB 2312; None for one that is not sorted by pinyin."""
    try:
        code = int.from_bytes(char.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return None
    in_order = _STARTS[0] <= code <= _END
    return _LETTERS[bisect_right(_STARTS, code) - 1] if in_order else None


# The letter before one certain character, and the other one.
_BEFORE: Final = {"会": ("计", "k", "h"), "重": ("庆", "c", "z")}
# Of several readings, the one that names of units have.
_CERTAIN: Final = dict(
    zip("县局办委中大应合体育石华提处种无服环传校红划", "xjbwzdyhtyshtczwfhcxhh", strict=True)
)


def _by_dictionary(text: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
