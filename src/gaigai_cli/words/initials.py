"""The first letters of a unit's name in pinyin, by which it is found at a keyboard."""

from __future__ import annotations

import os
import re
from typing import Final

from gaigai_cli.words.pattern import regex

_AS_HEARD: Final = dict(
    pair.split("=")
    for pair in (
        "银行=银航 支行=支航 分行=分航 商行=商航 建行=建航 工行=工航 农行=农航 行业=航业 巷道=航道 "
        "会计=快计 重庆=虫庆 重阳=虫阳 畜牧=序牧 畜禽=序禽 调解=条解 协调=协条 调剂=条剂 朝阳=招阳 "
        "厦门=下门 枞阳=宗阳 音乐=音月 乐团=月团 乐清=月清 率先=帅先 供给=供己 长乐=常乐 长安=常安 "
        "长江=常江 长春=常春 长寿=常寿 长城=常城 长途=常途 长期=常期 长丰=常丰 长宁=常宁 泊位=伯位 "
        "番禺=潘禺 铅山=盐山 黄陂=黄皮"
    ).split()
)
"""Words of names in which a character is read otherwise than alone, spelled by characters with one reading."""
_WORD: Final = regex("|".join(_AS_HEARD))


def initials_of(text: str) -> str:
    """Return the letters in small letters; what has none (a blank, a bracket) is left out."""
    # Its dictionary of phrases takes three times as long to load as that of characters, for these few words.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import Style, lazy_pinyin

    heard = _WORD.sub(lambda word: _AS_HEARD[word[0]], text)
    letters = "".join(lazy_pinyin(heard, style=Style.FIRST_LETTER))
    return re.sub(r"[^a-z0-9]", "", letters.lower())
