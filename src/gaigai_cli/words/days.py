"""Stretches of days in words: 6月30日, 2024年6月底, 第三季度, 4月—6月, and what may follow them (前, 内, 起).

A reader moves a :class:`Cursor` over the tokens. It returns None, the cursor unmoved, where its words don't begin;
it raises :class:`UnclearError` where they begin but don't say one certain thing.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from gaigai_cli.model.base import YEARS
from gaigai_cli.words.normal import Kind, Token, UnclearError

_TEN_DAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_HALF_STARTS = {"上半年": 1, "下半年": 7}


@dataclass(slots=True)
class Cursor:
    """A place between the tokens of one text."""

    text: str
    tokens: tuple[Token, ...]
    at: int = 0

    def kind(self, ahead: int = 0) -> Kind | None:
        """The kind of the next token, or of the one ``ahead`` of it; None beyond the end."""
        place = self.at + ahead
        return self.tokens[place].kind if place < len(self.tokens) else None

    def take(self, *kinds: Kind) -> Token | None:
        """The next token if it is of one of these kinds, and moves past it."""
        if self.kind() not in kinds:
            return None
        self.at += 1
        return self.tokens[self.at - 1]

    def skip(self, *kinds: Kind) -> None:
        """Moves past all tokens of these kinds."""
        while self.take(*kinds):
            pass

    def quote(self, start: int, end: int | None = None) -> str:
        """The text of the tokens from ``start`` to ``end`` (to the cursor), as given, without blanks at its ends."""
        tokens = self.tokens[start : self.at if end is None else end]
        return self.text[tokens[0].start : tokens[-1].end].strip() if tokens else ""


@dataclass(frozen=True, slots=True)
class Context:
    """What words leave out: the notice's year and day, and the year and month spoken of so far."""

    notice_year: int
    year: int
    month: int | None = None
    issued: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` to ``last``; ``bare_year``: a year alone, 2024年."""

    first: date
    last: date
    bare_year: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is one day, as 6月30日 and 6月底 are."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Time:
    """A span, or a window between two (4月—6月), with what follows it.

    ``limit``: it is the end of something (6月30日前, 年内); ``starts``: it is the beginning (5月起).
    """

    first: date
    last: date
    window: bool
    bare_year: bool
    limit: bool
    starts: bool

    @property
    def is_day(self) -> bool:
        """Whether it is one day, as 6月30日 and 6月底 are."""
        return self.first == self.last and not self.window


def read_time(cursor: Cursor, context: Context) -> Time | None:
    """A span or window with 前, 内, 止 or 起. Raises ``UnclearError`` for 6月前, 6月初, 2月30日, 12月—1月 …"""
    at = cursor.at
    begin = read_span(cursor, context)
    if begin is None:
        return None
    end = _window_end(cursor, begin, context, at)
    last = end or begin
    if vague := cursor.take(Kind.VAGUE, Kind.AFTER):
        raise UnclearError(f"“{cursor.quote(at)}”没有确定的日期（“{vague.word}”），请明确到日")
    before = cursor.take(Kind.BEFORE)
    if before and not last.is_day:
        words = cursor.quote(at)
        raise UnclearError(f"“{words}”可以指这段时间开始之前，也可以指结束之前，请明确到日")
    within = cursor.take(Kind.WITHIN, Kind.STOP)
    starts = cursor.take(Kind.START)
    if starts and (end or before or within):
        raise UnclearError(f"“{cursor.quote(at)}”同时有起止，未能识别")
    return Time(
        begin.first,
        last.last,
        window=end is not None,
        bare_year=last.bare_year and not within,
        limit=bool(before or within),
        starts=starts is not None,
    )


def _window_end(cursor: Cursor, begin: Span, context: Context, at: int) -> Span | None:
    if cursor.kind() is Kind.START and cursor.kind(1) is Kind.RANGE:
        cursor.at += 1
    if not cursor.take(Kind.RANGE):
        return None
    month = begin.first.month if begin.is_day else None
    end = read_span(cursor, Context(context.notice_year, begin.last.year, month))
    if end is None:
        raise UnclearError(f"“{cursor.quote(at)}”之后的截止日期未能识别")
    if end.first < begin.first or end.last < begin.last:
        raise UnclearError(f"“{cursor.quote(at)}”的截止早于起始，跨年的请写明年份或“次年”")
    return end


def read_span(cursor: Cursor, context: Context) -> Span | None:
    """One span of days. Raises ``UnclearError`` for a day that doesn't exist or isn't written out."""
    at = cursor.at
    if token := cursor.take(Kind.DATE):
        year, month, day = token.numbers
        return _day(cursor, at, year, month, day)
    if token := cursor.take(Kind.MONTH_DAY):
        return _day(cursor, at, context.year, *token.numbers)
    if token := cursor.take(Kind.YEAR_MONTH):
        cursor.take(Kind.MONTH)
        return _in_month(cursor, at, *token.numbers)
    year_said = _read_year(cursor, context)
    span = _in_year(cursor, at, context, year_said)
    if span is None:
        cursor.at = at
    return span


def _read_year(cursor: Cursor, context: Context) -> int | None:
    if cursor.take(Kind.THIS_YEAR):
        return context.notice_year
    if cursor.take(Kind.NEXT_YEAR):
        return context.notice_year + 1
    if cursor.take(Kind.YEAR_AFTER):
        return context.year + 1
    if not _counts(cursor, Kind.YEAR):
        return None
    token = cursor.tokens[cursor.at]
    if len(token.word) == 2 and cursor.kind(2) in (Kind.NUMBER, Kind.END):
        raise UnclearError(f"“{cursor.quote(cursor.at, cursor.at + 2)}”不是四位数的年份")
    if len(token.word) != 4:
        return None
    cursor.at += 1
    cursor.take(Kind.YEAR)
    return token.numbers[0]


def _in_year(cursor: Cursor, at: int, context: Context, year_said: int | None) -> Span | None:
    """What follows a year, or stands without one in the year spoken of."""
    year = context.year if year_said is None else year_said
    if _year_end(cursor, year_said is not None):
        return _day(cursor, at, year, 12, 31)
    if cursor.kind() is Kind.YEAR and cursor.kind(1) is Kind.WITHIN:
        cursor.at += 1
        return _months(cursor, at, year, 1, 12)
    if span := _part_of_year(cursor, at, year):
        return span
    if year_said is not None:
        whole = _months(cursor, at, year, 1, 12)
        return Span(whole.first, whole.last, bare_year=True)
    if context.month is not None and (number := _take_counted(cursor, Kind.DAY)) is not None:
        return _day(cursor, at, year, context.month, number)
    return None


def _part_of_year(cursor: Cursor, at: int, year: int) -> Span | None:
    if half := cursor.take(Kind.HALF):
        return _period(cursor, at, year, _HALF_STARTS[half.word], 6)
    if (number := _take_counted(cursor, Kind.QUARTER)) is not None:
        if not 1 <= number <= 4:
            raise UnclearError(f"没有“{cursor.quote(at)}”")
        return _period(cursor, at, year, 3 * number - 2, 3)
    if (number := _take_counted(cursor, Kind.MONTH)) is not None:
        return _in_month(cursor, at, year, number)
    return None


def _year_end(cursor: Cursor, year_said: bool) -> bool:
    """年底, 年末; after a year also 底 and 末 alone."""
    if cursor.kind() is Kind.YEAR and cursor.kind(1) is Kind.END:
        cursor.at += 2
        return True
    return year_said and cursor.take(Kind.END) is not None


def _in_month(cursor: Cursor, at: int, year: int, month: int) -> Span:
    """What follows a month: a day, 底, 上旬 …, or nothing."""
    if cursor.kind() is Kind.MONTH and cursor.kind(1) is Kind.END:
        cursor.at += 1
    if ten_days := cursor.take(Kind.TEN_DAYS):
        first, last = _TEN_DAYS[ten_days.word]
        whole = _months(cursor, at, year, month, 1)
        return Span(
            whole.first.replace(day=first), whole.last.replace(day=min(last, whole.last.day))
        )
    if (number := _take_counted(cursor, Kind.DAY)) is not None:
        return _day(cursor, at, year, month, number)
    if cursor.take(Kind.NUMBER):
        raise UnclearError(f"“{cursor.quote(at)}”缺“日”字，未能识别")
    return _period(cursor, at, year, month, 1)


def _period(cursor: Cursor, at: int, year: int, month: int, length: int) -> Span:
    """Whole months, or their last day where 底 or 末 follows."""
    ends = cursor.take(Kind.END)
    span = _months(cursor, at, year, month, length)
    return Span(span.last, span.last) if ends else span


def _months(cursor: Cursor, at: int, year: int, month: int, length: int) -> Span:
    first = _day(cursor, at, year, month, 1).first
    last_month = month + length - 1
    return Span(first, date(year, last_month, calendar.monthrange(year, last_month)[1]))


def _day(cursor: Cursor, at: int, year: int, month: int, day: int) -> Span:
    if year not in YEARS:
        raise UnclearError(f"“{cursor.quote(at)}”不在{YEARS[0]}—{YEARS[-1]}年之间")
    try:
        found = date(year, month, day)
    except ValueError:
        raise UnclearError(f"没有“{cursor.quote(at)}”这一日期") from None
    return Span(found, found)


def _take_counted(cursor: Cursor, unit: Kind) -> int | None:
    """The number before ``unit`` (第三季度, 4月), also where a window states the unit once (4—6月); moves past both."""
    if unit is Kind.QUARTER and cursor.kind() is Kind.ORDINAL:
        if not _counts(cursor, unit, 1):
            return None
        cursor.at += 1
    elif not _counts(cursor, unit):
        return None
    cursor.at += 1
    number = cursor.tokens[cursor.at - 1].numbers[0]
    cursor.take(unit)
    return number


def _counts(cursor: Cursor, unit: Kind, ahead: int = 0) -> bool:
    """Whether a number with this unit comes next, the unit perhaps after the second number of a window."""
    if cursor.kind(ahead) is not Kind.NUMBER:
        return False
    if cursor.kind(ahead + 1) is not Kind.RANGE:
        return cursor.kind(ahead + 1) is unit
    second = ahead + (3 if cursor.kind(ahead + 2) is Kind.ORDINAL else 2)
    return cursor.kind(second) is Kind.NUMBER and cursor.kind(second + 1) is unit
