"""One normal form of a text: no blanks, usual width, one dash, numbers in figures; each character knows its place.

Every pattern of this package runs over it, and quotes the text as it was given.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from gaigai_cli.words.pattern import regex

_DIGITS: Final = {**{c: n for n, c in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0, "O": 0}
_NUMERALS: Final = frozenset({*"0123456789", *_DIGITS, "十"} - {"O"})
_DASHES: Final = "-‐‑–—―−~〜"
_NARROW: Final = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_PASSED_OVER: Final = r"\s\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Blanks and characters that nobody sees, in a set of a pattern."""

_VARIANTS: Final = (*range(0xFF01, 0xFF5F), *range(0x2F00, 0x2FE0))
_USUAL: Final = {char: unicodedata.normalize("NFKC", chr(char)) for char in _VARIANTS}
_USUAL.update((char, "-") for char in (*map(ord, _DASHES), *map(ord, "－～")))
_RUN: Final = regex(rf"-(?:[{_PASSED_OVER}-]*-)?|[^{_PASSED_OVER}-]+")
"""Characters that stand side by side, or dashes with nothing to be seen between them."""

_NUMERAL: Final = f"{''.join(_DIGITS)}十"
_NUMBER: Final = regex(rf"(?<![0-9{_NUMERAL}])(?!O|(?<!月)十一前)[{_NUMERAL}]++(?![0-9])")


class Normal(NamedTuple):
    """The normal form ``text`` of ``original``; a character stands for ``original[starts[i]:ends[i]]``."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """Return the original words of ``text[start:end]``, without blanks at their ends."""
        return self.original[self.starts[start] : self.ends[end - 1]].strip() if start < end else ""

    def begins_line(self, at: int) -> bool:
        """Return whether a line of the original, but its first, begins with the character at ``at``."""
        return at > 0 and "\n" in self.original[self.ends[at - 1] : self.starts[at]]

    def with_stops(self) -> Normal:
        """Return the same text with a ; for each line's end, where none of its signs stands there."""
        signs: list[tuple[str, int, int]] = []
        for at, sign in enumerate(zip(self.text, self.starts, self.ends, strict=True)):
            if self.begins_line(at) and self.text[at - 1] not in ",、;。:":
                signs.append((";", self.ends[at - 1], self.starts[at]))
            signs.append(sign)
        return _normal_of(self.original, signs)

    def without(self, start: int, end: int) -> Normal:
        """Return the same text with ``text[start:end]`` passed over."""
        return Normal(
            self.original,
            self.text[:start] + self.text[end:],
            self.starts[:start] + self.starts[end:],
            self.ends[:start] + self.ends[end:],
        )


def _normal_of(original: str, signs: Sequence[tuple[str, int, int]]) -> Normal:
    """Return the normal form that consists of ``signs``: each character, its start and its end in the original."""
    chars, starts, ends = zip(*signs, strict=True) if signs else ((), (), ())
    return Normal(original, "".join(chars), starts, ends)


_SIGNS: Final = (*range(0x25A0, 0x2776), *range(0x2794, 0x27C0))
MARKS: Final = "*＊#＃※√⊙⊕" + "".join(map(chr, _SIGNS))
"""What stands at a name, or before a number or label, to mark it: ★, △, ●, √."""
_SAME_MARKS: Final = {"＊": "*", "＃": "#", "✓": "√", "✔": "√"}
_RUN_OF_MARKS: Final = regex(rf"([{MARKS}])\1*")


def marks(text: str) -> frozenset[str]:
    """Return the kinds of marks in the text, full width and half width as one; ○○县 is only left blank."""
    runs = (found[0] for found in _RUN_OF_MARKS.finditer(text))
    return frozenset(_SAME_MARKS.get(run, run) for run in runs if len(run) == 1)


def is_mark(text: str) -> bool:
    """Return whether ``text`` is one mark and nothing else."""
    return len(text) == 1 and bool(marks(text))


def any_of(words: str) -> str:
    """Return a pattern for any of the words, which blanks part. The longest goes first: their order means nothing."""
    return "|".join(sorted(words.split(), key=len, reverse=True))


CHINESE: Final = "[一二三四五六七八九十]{1,3}"
"""A pattern of the Chinese numerals that number paragraphs, rows and points."""


_LOOK_ALIKES: Final = {
    char: unicodedata.normalize("NFKC", chr(char))
    for char in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6), *range(0xFE50, 0xFE67))
} | dict(
    zip(
        map(
            ord,
            "\u2ea0\u2ec1\u2ec4\u2ec5\u2ec6\u2ec9\u2ecb\u2ed3\u2ed4\u2ed8\u2ed9\u2eda\u2edb"
            "\u2edc\u2edd\u2ee2\u2ee3\u2ee4\u2ee5\u2ee6\u2ee8\u2ee9\u2eec\u2eee\u2ef0\u2ef3",
        ),
        "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
"""Radicals that copies from PDF hold in place of the characters, and small forms of signs (﹒), by code."""


def with_characters(text: str) -> str:
    """Return the text with the characters and signs that radicals and small forms look like, each in its place."""
    return text.translate(_LOOK_ALIKES)


def plain(text: str) -> str:
    """Return the text in usual width, without blanks around it."""
    return unicodedata.normalize("NFKC", text).strip()


def narrow(text: str) -> str:
    """Return the text with figures, points and percent signs in usual width, every character in its place."""
    return text.translate(_NARROW)


def bare(text: str) -> str:
    """Return the text in usual width without blanks and characters that nobody sees."""
    seen = "".join(unicodedata.normalize("NFKC", text).split())
    return seen if seen.isprintable() else "".join(filter(str.isprintable, seen))


def normal(text: str) -> Normal:
    """Return the normal form of ``text``.

    A blank between two numerals stays: “1 2月底” is point 1 and 2月底, not 12月底. For the same reason only forms of
    width and of PDF copies are folded, never ①. Numerals that are no number (五一, 二十十, 十一前) stay as they are.
    """
    folded = _folded(text)
    plain = "".join(char for char, *_ in folded)
    found: list[tuple[str, int, int]] = []
    done = 0
    for match in _NUMBER.finditer(plain):
        value = chinese_number(match[0])
        if value is not None:
            at, end = match.span()
            found += folded[done:at]
            found += ((char, folded[at][1], folded[end - 1][2]) for char in str(value))
            done = end
    return _normal_of(text, [*found, *folded[done:]])


def _folded(text: str) -> list[tuple[str, int, int]]:
    """Return the characters without blanks, in usual width, runs of dashes as one, each with its start and end."""
    usual = text.translate(_USUAL)
    found: list[tuple[str, int, int]] = []
    for run in _RUN.finditer(usual):
        start, end = run.span()
        before, _, done = found[-1] if found else ("", 0, 0)
        blank = start > done and any(map(str.isspace, usual[done:start]))
        if blank and usual[start] in _NUMERALS and before in _NUMERALS:
            found.append((" ", done, start))
        if usual[start] == "-":
            found.append(("-", start, end))
        else:
            found += zip(run[0], range(start, end), range(start + 1, end + 1), strict=True)
    return found


def chinese_number(numeral: str) -> int | None:
    """Return the value of 六, 十二, 三十一 (1 to 99) or of a year's digits 二〇二四; None for any others."""
    tens, ten, ones = numeral.partition("十")
    if not ten:
        if len(numeral) in (1, 4) and all(c in _DIGITS for c in numeral):
            return int("".join(str(_DIGITS[c]) for c in numeral))
        return None
    if len(tens) > 1 or len(ones) > 1 or any(not _DIGITS.get(c) for c in tens + ones):
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


_LONGEST_NUMBER: Final = 6


def numeral_value(numeral: str) -> int:
    """Return the number that a numeral of any form stands for; 0 for none, and for one that numbers nothing."""
    if len(numeral) == 1 and "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    if numeral.isdecimal():
        return int(numeral) if len(numeral) <= _LONGEST_NUMBER else 0
    return chinese_number(numeral) or 0
