"""Stretches of days in words: 6月30日, 2024年6月底, 第三季度, 4月—6月, and what may follow them (前, 内, 起).

:data:`FORMS` is the table of what is known; to add a form of words, add a row. All patterns run over normalised text.
Of the rows that match at a place the longest counts, so that their order means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from gaigai_cli.model.calendar import YEARS, Every, days_in
from gaigai_cli.words.normal import Normal, normal
from gaigai_cli.words.pattern import regex

TO: Final = "(?:-|直至|直到|至(?!少)|到(?!位))"
BEFORE: Final = regex("之前|以前|前(?!期|置|后)")
WITHIN: Final = regex("之内|以内|内(?!部)")
AFTER: Final = regex("之后|以后|之日起|(?<![今先最落滞])后(?![续台勤])")
START: Final = regex("起开始|起|开始")
EVERY: Final = regex(
    "[每各]个?季度?|[每各]个?月|每年度?|每半年|半年1次|逐月|按月|逐季度?|按季度?|按年度?|每周|每星期|按周"
)
"""What comes again and again."""
VAGUE: Final = regex("[上中]中旬|中下旬|[上下]半[月旬]|左右|前后|[初中许]")
_STOP: Final = regex("为?止")
_FROM_TO: Final = regex(f"(?:{START.pattern})?{TO}")

_N: Final = r"(?<!\d)(?P<n>\d{1,4})(?!\d)"
_MONTH: Final = r"(?<!\d)(?P<n>\d{1,4})(?:月份?|(?:(?<=\d{4}[-./]\d)|(?<=\d{4}[-./]\d\d))(?!\d))"
_AND_OTHERS: Final = r"(?:[、,和及]第?\d{1,2}){1,11}"  # a year has no more; without end, each number would look to it
_NO_POINT: Final = r"(?<!\d)(?P<n>[3-9]|1[0-2])"  # 1、6月底 may be the first point
_DAY: Final = r"(?P<day>\d{1,4})"
_WHOLE, _LAST = (1, 31), (31, 31)
_FARTHEST: Final = 10
"""Years from the notice's on that two digits may mean."""


class Form(NamedTuple):
    """A form of words for part of a year: ``months`` months from ``first(n)`` on, in them the days of ``part``.

    ``n`` is the number of a month or quarter. A part's days are held to the length of their month; None: the day is
    the group ``day`` of the pattern.
    """

    pattern: str
    first: Callable[[int], int]
    months: int = 1
    part: tuple[int, int] | None = _WHOLE


FORMS: Final = (
    Form(rf"{_MONTH}", lambda n: n),  # 6月, 6月份, 2024-06
    Form(rf"{_N}(?={TO}\d{{1,4}}月)", lambda n: n),  # 4 in 4—6月
    Form(rf"{_NO_POINT}(?={_AND_OTHERS}月)", lambda n: n),  # 6 in 6、12月
    Form(rf"{_MONTH}(?:月?[底末]|最后1[日天])", lambda n: n, 1, _LAST),
    Form(rf"{_MONTH}上旬", lambda n: n, 1, (1, 10)),
    Form(rf"{_MONTH}中旬", lambda n: n, 1, (11, 20)),
    Form(rf"{_MONTH}下旬", lambda n: n, 1, (21, 31)),
    Form(rf"{_MONTH}{_DAY}[日号]", lambda n: n, 1, None),
    Form(rf"{_MONTH}{_DAY}(?={TO}\d{{1,4}}[日号])", lambda n: n, 1, None),  # 6月1 in 6月1—15日
    Form(rf"第?{_N}季度", lambda n: 3 * n - 2, 3),
    Form(rf"第?{_N}(?={TO}第?\d{{1,4}}季度)", lambda n: 3 * n - 2, 3),  # 第二 in 第二至第三季度
    Form(rf"第?{_N}(?={_AND_OTHERS}季度)", lambda n: 3 * n - 2, 3),  # 二 in 二、四季度
    Form("前3个?季度", lambda _: 1, 9),
    Form(rf"第?{_N}季度?[底末]", lambda n: 3 * n, 1, _LAST),  # 三季末, too
    Form("[Qq](?P<n>[1-4])", lambda n: 3 * n - 2, 3),
    Form("[Qq](?P<n>[1-4])[底末]", lambda n: 3 * n, 1, _LAST),
    Form("上半年", lambda _: 1, 6),
    Form("(?<!以)(?<!原则)上(?=[、,和及]?下半年)", lambda _: 1, 6),  # 上 in 上、下半年
    Form("上半年[底末]", lambda _: 6, 1, _LAST),
    Form("下半年", lambda _: 7, 6),
    Form("下半年[底末]", lambda _: 12, 1, _LAST),
    Form("年[底末]|年终(?!(?:考核|考评|总结|述职|决算)(?!前))", lambda _: 12, 1, _LAST),
    Form(f"年度?(?={WITHIN.pattern})", lambda _: 1, 12),
)
_AFTER_YEAR: Final = (
    Form("[底末终]", lambda _: 12, 1, _LAST),
    Form("", lambda _: 1, 12),  # the year alone
)
_IN_MONTH: Final = Form(rf"(?<!\d){_DAY}[日号]", lambda n: n, 1, None)  # 15日 in 6月1日至15日
_WITH_YEAR: Final = tuple(
    rf"(?<!\d)(?P<year>\d{{4}}){sign}(?P<n>\d{{1,2}}){sign}(?P<day>\d{{1,2}})(?:日| 0?0:00(?::00)?)?(?![\d月])"
    for sign in ("-", "[.]", "/")  # 2024.6-12 is no day
)
_DATES: Final = (
    *_WITH_YEAR,
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<n>\d\d)(?P<day>\d\d)(?!\d)",
    r"(?<![\d./])(?P<short>\d\d)(?P<sign>[-./])(?P<n>\d{1,2})(?P=sign)(?P<day>\d{1,2})日?(?![\d月./])",
    r"\A(?P<n>\d{1,2})[./](?P<day>\d\d)(?=日?(?:之前|以前|前|\Z))日?",
)
"""Dates in figures: 2024-06-30, 20240630, 24.6.30, and 6.30 where the text begins with it."""
_YEAR: Final = regex(
    rf"(?<!\d)(?P<said>\d{{4}})(?:年度?|[-./](?=\d{{1,2}}(?!\d))|(?={TO}\d{{4}}年|[Qq]))"
    r"|(?<!\d)(?P<short>\d\d)年度?(?=[\d底末]|[上下]半年|第\d季)"
    "|(?P<this>今年度?|本年度?|当年)|(?P<next>明年)|(?P<after>次年|翌年)"
)
_NO_DAY: Final = regex(rf"{_MONTH}\d{{1,4}}(?!\d|[日号]|{TO}\d{{1,4}}[日号])")
_ROWS: Final = tuple((regex(form.pattern), form) for form in FORMS)
_AFTER_YEAR_ROWS: Final = tuple((regex(form.pattern), form) for form in _AFTER_YEAR)
_IN_MONTH_ROWS: Final = ((regex(_IN_MONTH.pattern), _IN_MONTH),)
_DATE_ROWS: Final = tuple((regex(date), Form(date, lambda n: n, 1, None)) for date in _DATES)
_TODAY: Final = regex(f"即日(?={START.pattern})")
_WEEKDAY: Final = regex(
    r"(?P<bracket>\()?(?:周|星期|礼拜)(?P<weekday>[1-6日天])(?!次)(?(bracket)\))"
)
_HOUR: Final = regex(
    r"(?!(?:凌晨|0?0[:时点]).{0,6}前)(?:凌晨|早上|上午|中午|(?:下午)?下班|下午|晚上|晚(?!于))?"
    r"(?:\d{1,2}(?::\d{2}){1,2}|\d{1,2}[时点](?:\d{1,2}分?|半|整)?)?"
)
"""What a day may end with: 6月30日18:00前. Before its first hour is before the day."""


_WRITTEN: Final = regex(r"(?<!\d)((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")


def written_days(text: str, *, alone: bool = False) -> tuple[date, ...]:
    """Return the days that a text writes out with their year, in figures or numerals, in its order.

    ``alone``: the day that is the whole text.
    """
    if "日" not in text:
        return ()
    plain = normal(text).text
    found = filter(None, [_WRITTEN.fullmatch(plain)]) if alone else _WRITTEN.finditer(plain)
    days = []
    for match in found:
        with suppress(ValueError):
            days.append(date(*map(int, match.groups())))
    return tuple(days)


def cycle_of(words: str) -> Every:
    """Return the cycle that a match of ``EVERY`` names."""
    cycles: dict[str, Every] = {"月": "month", "季": "quarter", "半": "half-year", "年": "year"}
    return next((cycles[char] for char in words if char in cycles), "week")


def _nameless(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


_PARTS_OF_YEARS: Final = "|".join(
    sorted((_nameless(form.pattern) for form in FORMS), key=len, reverse=True)
)
DAYS: Final = regex(
    rf"(?:{_nameless('|'.join(_WITH_YEAR))}|(?:{_nameless(_YEAR.pattern)})[底末]"
    rf"|(?:{_nameless(_YEAR.pattern)})?(?:{_PARTS_OF_YEARS}))"
    "(?:之前|以?前|内(?![容部]))?"
)
"""A form of the table with its year and with what may follow it, to find it in a sentence."""
WINDOW: Final = regex(
    rf"(?:(?:{_nameless(_YEAR.pattern)})?(?<!\d)\d{{1,2}}(?:{TO})(?=\d{{1,2}}月))?"
    rf"(?:{DAYS.pattern})(?:{TO}(?:{DAYS.pattern}|{_nameless(_IN_MONTH.pattern)}))*+"
)
"""One of these, or from one to another: 4月—6月, 4—6月."""
BEGINS: Final = regex(rf"\d|{_TODAY.pattern}|{_nameless(_YEAR.pattern)}|{_PARTS_OF_YEARS}")
"""Where a form or a year may begin."""


class UnclearError(ValueError):
    """Words that have no certain meaning; the message is a Chinese sentence that quotes them."""


@dataclass(slots=True)
class Cursor:
    """A place in a normalised text."""

    normal: Normal
    at: int = 0

    @property
    def cell(self) -> str:
        """The whole text as given, without blanks at its ends."""
        return self.normal.original.strip()

    @property
    def ended(self) -> bool:
        """Return whether nothing is left."""
        return self.at >= len(self.normal.text)

    def sees(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the match of what begins here."""
        return pattern.match(self.normal.text, self.at)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the match of what begins here, and moves past it."""
        match = self.sees(pattern)
        if match:
            self.at = match.end()
        return match

    def quote(self, start: int, end: int | None = None) -> str:
        """Return the original words from ``start`` to ``end`` (to the cursor)."""
        return self.normal.quote(start, self.at if end is None else end)


class YearAndIssue(NamedTuple):
    """What words leave out: the notice's year and day, and the year and month spoken of so far."""

    notice_year: int
    year: int
    month: int | None = None
    issued: date | None = None


class Days(NamedTuple):
    """Days from ``first`` to ``last``, and what is said of them.

    ``bare_year``: a year alone, 2024年; ``named``: the day itself is said, 30日; ``window``: from one span to another
    (4月—6月); ``limit``: they are the end of something (6月30日前, 年内); ``starts``: they are the beginning (5月起).
    """

    first: date
    last: date
    bare_year: bool = False
    named: bool = False
    window: bool = False
    limit: bool = False
    starts: bool = False

    @property
    def is_day(self) -> bool:
        """Return whether it is one day, as 6月30日 and 6月底 are."""
        return self.first == self.last and not self.window


def read_time(cursor: Cursor, context: YearAndIssue) -> Days | None:
    """Return a span or window with 前, 内, 止 or 起; None, the cursor unmoved, where none begins.

    Raises ``UnclearError`` for 6月前, 6月初, 2月30日, 12月—1月 …
    """
    at = cursor.at
    begin = read_span(cursor, context)
    if begin is None:
        return None
    end = _window_end(cursor, begin, context, at)
    last = end or begin
    if vague := cursor.take(VAGUE) or cursor.take(AFTER):
        words = cursor.quote(vague.start())
        raise UnclearError(f"“{cursor.quote(at)}”没有确定的日期（“{words}”），请明确到日")
    before = cursor.take(BEFORE)
    if before and not last.is_day:
        raise UnclearError(either_end(cursor.quote(at)))
    within = cursor.take(WITHIN) or cursor.take(_STOP)
    starts = cursor.take(START)
    if starts and (end or before or within):
        raise UnclearError(f"“{cursor.quote(at)}”同时有起止，未能识别")
    return begin._replace(
        last=last.last,
        bare_year=last.bare_year and not within,
        window=end is not None,
        limit=bool(before or within),
        starts=starts is not None,
    )


def either_end(words: str) -> str:
    """Return why 6月前 is no day."""
    return f"“{words}”可以指这段时间开始之前，也可以指结束之前，请明确到日"


def _window_end(cursor: Cursor, begin: Days, context: YearAndIssue, at: int) -> Days | None:
    if not cursor.take(_FROM_TO):
        return None
    month = begin.first.month if begin.is_day else None
    end = read_span(cursor, context._replace(year=begin.last.year, month=month))
    if end is None:
        raise UnclearError(f"“{cursor.quote(at)}”之后的截止日期未能识别")
    if end.first < begin.first or end.last < begin.last:
        raise UnclearError(f"“{cursor.quote(at)}”的截止早于起始，跨年的请写明年份或“次年”")
    return end


def read_span(cursor: Cursor, context: YearAndIssue) -> Days | None:
    """Return one span of days, the cursor behind its weekday and hour; None, the cursor unmoved, where none begins.

    Raises ``UnclearError`` for a day that doesn't exist, isn't written out or has another weekday.
    """
    at = cursor.at
    span = _span(cursor, context)
    if span and span.named:
        weekday = cursor.take(_WEEKDAY)
        if weekday and "123456日"[span.first.weekday()] != weekday["weekday"].replace("天", "日"):
            raise UnclearError(f"“{cursor.quote(at)}”的日期和星期不符，请核对")
        cursor.take(_HOUR)
    return span


def _span(cursor: Cursor, context: YearAndIssue) -> Days | None:
    at = cursor.at
    if not cursor.sees(BEGINS):
        return None
    if cursor.take(_TODAY):
        if context.issued is None:
            raise UnclearError("“即日起”以印发日起算，印发日不详")
        return Days(context.issued, context.issued)
    if span := _longest(cursor, at, _DATE_ROWS, context):
        return span
    year = cursor.take(_YEAR)
    if year:
        context = context._replace(year=_year_said(cursor, at, year.groupdict(), context))
    elif context.month is not None and (span := _longest(cursor, at, _IN_MONTH_ROWS, context)):
        return span
    if cursor.take(_NO_DAY):
        raise UnclearError(f"“{cursor.quote(at)}”缺“日”字，未能识别")
    span = _longest(cursor, at, _ROWS, context)
    if span is None and year:
        alone = cursor.at
        span = _longest(cursor, at, _AFTER_YEAR_ROWS, context)
        return span and span._replace(bare_year=cursor.at == alone)
    return span


def _year_said(
    cursor: Cursor, at: int, said: Mapping[str, str | None], context: YearAndIssue
) -> int:
    """Return the year that the words from ``at`` on say; that of two digits is one to come: 24年6月底."""
    if in_full := said.get("said") or said.get("year"):
        return int(in_full)
    if short := said.get("short"):
        year = 2000 + int(short)
        if not 0 <= year - context.notice_year <= _FARTHEST:
            raise UnclearError(f"“{cursor.quote(at)}”不是四位数的年份")
        return year
    if said.get("this"):
        return context.notice_year
    if said.get("next"):
        return context.notice_year + 1
    return context.year + 1 if said.get("after") else context.year


def _longest(
    cursor: Cursor,
    at: int,
    rows: tuple[tuple[re.Pattern[str], Form], ...],
    context: YearAndIssue,
) -> Days | None:
    """Return the span of the row that matches most here, the cursor behind it; ``at``: where the words begin."""
    matches = [(match, form) for pattern, form in rows if (match := cursor.sees(pattern))]
    if not matches:
        return None
    match, form = max(matches, key=lambda pair: pair[0].end())
    cursor.at = match.end()
    said = match.groupdict()
    year = _year_said(cursor, at, said, context)
    first = form.first(int(said.get("n") or context.month or 0))
    if year not in YEARS:
        raise UnclearError(f"“{cursor.quote(at)}”不在{YEARS[0]}—{YEARS[-1]}年之间")
    last = first + form.months - 1
    if not (first >= 1 and last <= 12):
        what = "" if "季度" in form.pattern else "这一日期"
        raise UnclearError(f"没有“{cursor.quote(at)}”{what}")
    start, end = form.part or (int(said["day"]), int(said["day"]))
    named = form.part is None
    if named and not 1 <= start <= days_in(year, first):
        raise UnclearError(f"没有“{cursor.quote(at)}”这一日期")
    begin = date(year, first, min(start, days_in(year, first)))
    return Days(begin, date(year, last, min(end, days_in(year, last))), named=named)
