"""The first letters of a unit's name in pinyin, by which it is found at a keyboard."""

from __future__ import annotations

import os
from bisect import bisect
from typing import Final

from gaigai_cli.words.pattern import regex

_AS_HEARD: Final = dict(
    pair.split("=")
    for pair in (
        "银行=银航 支行=支航 分行=分航 商行=商航 建行=建航 工行=工航 农行=农航 行业=航业 巷道=航道 "
        "会计=快计 重庆=虫庆 重阳=虫阳 调解=条解 协调=协条 调剂=条剂 朝阳=招阳 大厦=大沙 枞阳=宗阳 "
        "音乐=音月 乐团=月团 乐清=月清 率先=帅先 供给=供己 番禺=潘禺 铅山=盐山 黄陂=黄皮 长乐=常乐 "
        "长安=常安 长江=常江 长春=常春 长寿=常寿 长城=常城 长途=常途 长期=常期 长丰=常丰 长宁=常宁 长=掌 "
        "泊位=伯位 泊=坡"
    ).split()
)
"""Words of names in which a character is read otherwise than GB2312 has it, spelled by characters with one reading."""
_WORD: Final = regex("|".join(_AS_HEARD))
_LETTERS: Final = "abcdefghjklmnopqrstwxyz"
_FIRST_OF_EACH: Final = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝".encode("gb2312")
_COMMON: Final = [_FIRST_OF_EACH[at : at + 2] for at in range(0, len(_FIRST_OF_EACH), 2)]
_LAST: Final = "座".encode("gb2312")
"""GB2312 has its 3,755 common characters, 啊 to 座, in the order of their reading; 芭 is the first of b."""


def initials_of(text: str) -> str:
    """Return the letters in small letters; what has none (a blank, a bracket) is left out."""
    return "".join(map(_letter, _WORD.sub(lambda word: _AS_HEARD[word[0]], text)))


def _letter(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    code = char.encode("gb2312", "ignore")
    if code and code <= _LAST:
        before = bisect(_COMMON, code)
        return _LETTERS[before - 1] if before else ""  # signs come before the characters
    # Its dictionary of phrases, for words of names, takes three times as long to load as that of characters.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, lazy_pinyin

    read = lazy_pinyin(char, style=Style.FIRST_LETTER)[0].lower()
    return read if read.isascii() else ""
