"""The words of a deadline as tokens: what blanks, full-width forms and Chinese numerals leave to the grammar.

A word's characters may be anything; the grammar knows those of :data:`WORDS`, numbers, and dates in figures.
Everything else is an ``OTHER`` token, so that no character of a cell is lost on the way.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto


class UnclearError(ValueError):
    """Words that have no certain meaning; the message is a Chinese sentence that quotes them."""


class Kind(Enum):
    """What a token is to the grammar."""

    DATE = auto()  # 2024-06-30, 2024.6.30, 2024/6/30, 20240630
    MONTH_DAY = auto()  # 6.30, 6/30, where the text begins with it
    YEAR_MONTH = auto()  # 2024-06
    NUMBER = auto()
    YEAR = auto()
    MONTH = auto()
    DAY = auto()
    WORKDAY = auto()
    MONTHS = auto()  # a number of months, 3个月
    QUARTER = auto()
    HALF = auto()
    TEN_DAYS = auto()
    LAST_MONTH = auto()  # 末月, of a quarter
    ORDINAL = auto()
    THIS_YEAR = auto()
    NEXT_YEAR = auto()  # from the notice's year
    YEAR_AFTER = auto()  # from the year spoken of
    END = auto()
    BEFORE = auto()
    WITHIN = auto()
    AFTER = auto()
    START = auto()
    STOP = auto()
    VAGUE = auto()
    RANGE = auto()
    PAUSE = auto()
    JOIN = auto()
    EVERY = auto()
    WEEKDAY = auto()
    TIMES = auto()
    REPORT = auto()
    ALL_YEAR = auto()
    LONG = auto()
    STEADY = auto()
    ACTION = auto()
    DONE = auto()
    LEAD_IN = auto()
    AT_ONCE = auto()
    TODAY_ON = auto()
    HOLIDAY = auto()
    DOCUMENT = auto()
    ISSUE = auto()
    RECEIVE = auto()
    PLAIN = auto()  # contains a word of the grammar but is none
    OTHER = auto()


WORDS: dict[Kind, str] = {
    Kind.YEAR: "年 年度",
    Kind.MONTH: "月 月份",
    Kind.DAY: "日 号",
    Kind.WORKDAY: "个工作日 工作日",
    Kind.MONTHS: "个月",
    Kind.QUARTER: "季度",
    Kind.HALF: "上半年 下半年",
    Kind.TEN_DAYS: "上旬 中旬 下旬",
    Kind.LAST_MONTH: "末月 最后一个月 最后1个月",
    Kind.ORDINAL: "第",
    Kind.THIS_YEAR: "今年 今年度 本年 本年度 当年",
    Kind.NEXT_YEAR: "明年",
    Kind.YEAR_AFTER: "次年 翌年",
    Kind.END: "底 末",
    Kind.BEFORE: "前 之前 以前",
    Kind.WITHIN: "内 之内 以内",
    Kind.AFTER: "后 之后 以后 之日起",
    Kind.START: "起 开始 起开始",
    Kind.STOP: "止 为止",
    Kind.VAGUE: "初 中 上中旬 中下旬 左右 前后 许",
    Kind.RANGE: "至 到 直至 直到",
    Kind.PAUSE: ", 、 ; 。 :",
    Kind.JOIN: "和 及 并 再",
    Kind.EVERY: "每月 每个月 逐月 按月 每季 每季度 每个季度 按季 按季度 每半年 半年一次 每年 每年度 按年 "
    "每周 每星期 按周",
    Kind.WEEKDAY: "天",
    Kind.TIMES: "次",
    Kind.REPORT: "报送 上报 报告 通报 调度",
    Kind.ALL_YEAR: "全年 贯穿全年",
    Kind.LONG: "长期 长期任务 常抓不懈",
    Kind.STEADY: "持续 常态化 常态 常态长效",
    Kind.ACTION: "推动 推进 落实 抓落实 开展 实施 坚持 抓好 进行 整改 深化 巩固 发力 加强 优化",
    Kind.DONE: "完成 全部完成 全面完成 基本完成 按时完成 完成到位 落实到位 整改到位 到位 办结 完毕 完工 竣工 "
    "建成 投入使用 取得",
    Kind.LEAD_IN: "自 从 于 在 确保 务必 务必于 截至 截止 截止到 最迟 最晚 不晚于 不迟于 完成时限 完成时间 "
    "截止时间 时限",
    Kind.AT_ONCE: "立行立改 立即整改 立整立改 即知即改 边整边改 马上就办 立即 尽快 即时",
    Kind.TODAY_ON: "即日",
    Kind.HOLIDAY: "春节 元旦 清明 劳动节 端午 中秋 国庆 五一前 五一节 七一前 八一前 十一前 节前 节后",
    Kind.DOCUMENT: "通知 本通知 文件 本文件 清单 本清单 方案 本方案",
    Kind.ISSUE: "印发 下发 发文 发布 公布",
    Kind.RECEIVE: "收到 接到",
    Kind.PLAIN: "环节 细节 情节 后续 今后 先后 最后 落后 滞后 后台 后勤 前期 前置 目前 当前 提前 至少 内部",
}

_KIND_OF = {word: kind for kind, words in WORDS.items() for word in words.split()}
_DIGITS = {**{c: n for n, c in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0, "O": 0}
_NUMERALS = frozenset({*"0123456789", *_DIGITS, "十"} - {"O"})
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")

_TOKEN = re.compile(
    r"(?P<date>[0-9]{4}(?P<mark>[-./])[0-9]{1,2}(?P=mark)[0-9]{1,2}(?:日| 0?0:00(?::00)?)?(?![0-9月]))"
    r"|(?P<digits>(?<![0-9])(?:19|20)[0-9]{6}(?![0-9]))"
    r"|(?P<day>\A[0-9]{1,2}[./][0-9]{2}(?=日?(?:之前|以前|前|\Z)))日?"
    r"|(?P<month>[0-9]{4}[-./][0-9]{1,2}(?![0-9]))"
    rf"|(?P<word>{'|'.join(sorted(map(re.escape, _KIND_OF), key=len, reverse=True))})"
    r"|(?P<figures>[0-9]+)"
    rf"|(?P<numeral>[{''.join(_DIGITS)}十]+)"
    r"|(?P<range>[-‐‑–—―−~〜]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text; ``start`` and ``end`` are its place in the text as given.

    ``numbers``: the value of a number, year and month of a month, year, month and day of a date.
    ``new_line``: a line of the text begins with it.
    """

    kind: Kind
    word: str
    start: int
    end: int
    numbers: tuple[int, ...] = ()
    new_line: bool = False


def tokenize(text: str) -> tuple[Token, ...]:
    """The words of ``text`` in order; together they hold all of its characters but the blanks."""
    chars, places = _plain(text)
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(chars):
        kind, numbers = _classify(match)
        start, last = places[match.start()], places[match.end() - 1] + 1
        new_line = bool(tokens) and "\n" in text[end:start]
        tokens.append(Token(kind, match.group(), start, last, numbers, new_line))
        end = last
    return tuple(tokens)


def _classify(match: re.Match[str]) -> tuple[Kind, tuple[int, ...]]:
    word, group = match.group(), match.lastgroup
    if group == "word":
        return _KIND_OF[word], ()
    if group == "range":
        return Kind.RANGE, ()
    if group == "digits":
        return Kind.DATE, (int(word[:4]), int(word[4:6]), int(word[6:]))
    if group in ("date", "month", "day"):
        kind = {"date": Kind.DATE, "month": Kind.YEAR_MONTH, "day": Kind.MONTH_DAY}[group]
        return kind, tuple(map(int, re.findall("[0-9]+", word)[:3]))
    if group == "figures" and len(word) <= 4:
        return Kind.NUMBER, (int(word),)
    if group == "numeral" and (value := chinese_number(word)) is not None:
        return Kind.NUMBER, (value,)
    return Kind.OTHER, ()


def chinese_number(numeral: str) -> int | None:
    """The value of 六, 十二, 三十一 (1 to 99) or of a year's digits 二〇二四; None for any other row of numerals."""
    tens, ten, ones = numeral.partition("十")
    if not ten:
        if len(numeral) in (1, 4) and all(c in _DIGITS for c in numeral):
            return int("".join(str(_DIGITS[c]) for c in numeral))
        return None
    if len(tens) > 1 or len(ones) > 1 or any(not _DIGITS.get(c) for c in tens + ones):
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _plain(text: str) -> tuple[str, list[int]]:
    """The characters without blanks and full-width forms, and the place of each in ``text``.

    A blank between two numerals is kept: “1 2月底” is point 1 and 2月底, not 12月底. For the same reason only forms
    of width and of PDF copies are folded, never ①.
    """
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char.isspace() or char in _INVISIBLE:
            continue
        folded = unicodedata.normalize("NFKC", char) if _is_variant(char) else char
        split = places and any(c.isspace() for c in text[places[-1] + 1 : place])
        if split and folded in _NUMERALS and chars[-1] in _NUMERALS:
            chars.append(" ")
            places.append(place - 1)
        chars.append(folded)
        places.append(place)
    return "".join(chars), places


def _is_variant(char: str) -> bool:
    return "\uff01" <= char <= "\uff5e" or "\u2f00" <= char <= "\u2fdf"
