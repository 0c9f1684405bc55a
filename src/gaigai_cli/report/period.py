"""What a bulletin is about: a month, or a span of months."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any, NamedTuple

from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_plain_validator_function, to_string_ser_schema

from gaigai_cli.words.say import NUMERALS, full_month, month_words


def _in_words(kind: type[Any]) -> CoreSchema:
    """Return how pydantic keeps a period in JSON and reads it again: as ``str`` gives it."""

    def read(words: object) -> Any:
        found = period_of(words) if isinstance(words, str) else None
        if not isinstance(found, kind):
            raise ValueError("no period")
        return found

    return no_info_plain_validator_function(read, serialization=to_string_ser_schema())


class Month(NamedTuple):
    """A calendar month. ``str`` gives ``2024-06``."""

    year: int
    month: int

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: Any) -> CoreSchema:
        return _in_words(cls)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def words(self) -> str:
        return full_month(str(self))

    @property
    def this(self) -> str:
        """本月, as a sentence on the day calls it."""
        return "本月"

    def called(self, year: int) -> str:
        """Return 9月, as a paper of that year calls it."""
        return month_words(str(self), year)

    def end_called(self, year: int) -> str:
        """Return 9月底."""
        return f"{self.called(year)}底"

    def next_called(self, year: int) -> str:
        """Return 10月, of the next one."""
        return self.next.called(year)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def last_month(self) -> "Month":
        """The month itself."""
        return self

    @property
    def next(self) -> "Month":
        day = self.last + timedelta(days=1)
        return Month(day.year, day.month)

    @property
    def previous(self) -> "Month":
        day = self.first - timedelta(days=1)
        return Month(day.year, day.month)

    def holds(self, day: date | None) -> bool:
        """Return whether a day lies in the month; None doesn't."""
        return day is not None and (day.year, day.month) == (self.year, self.month)


class Span(NamedTuple):
    """Whole months: a quarter, a year or any others. ``str`` gives ``2024-Q2``, ``2024`` or ``2024-05至2024-08``."""

    first_month: Month
    last_month: Month

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: Any) -> CoreSchema:
        return _in_words(cls)

    def __str__(self) -> str:
        year = self.last_month.year
        if self.is_year:
            return f"{year:04d}"
        if self.quarter:
            return f"{year:04d}-Q{self.quarter}"
        return f"{self.first_month}至{self.last_month}"

    @property
    def is_year(self) -> bool:
        """Return whether it is a calendar year."""
        year = self.last_month.year
        return (self.first_month, self.last_month) == (Month(year, 1), Month(year, 12))

    @property
    def quarter(self) -> int | None:
        """1 to 4 where it is a quarter."""
        number = (self.last_month.month + 2) // 3
        return number if self == quarter(self.last_month.year, number) else None

    @property
    def words(self) -> str:
        start, end = self.first_month, self.last_month
        if self.is_year:
            return f"{end.year}年度"
        if self.quarter:
            return f"{end.year}年第{NUMERALS[self.quarter - 1]}季度"
        return f"{start.words}至{month_words(str(end), start.year)}"

    @property
    def this(self) -> str:
        """本季度, 本年度 or 本期, as a sentence calls it."""
        return "本年度" if self.is_year else "本季度" if self.quarter else "本期"

    def called(self, _year: int) -> str:
        """Return it as its own paper calls it."""
        return self.this

    def end_called(self, _year: int) -> str:
        """Return 本季度末 and so on."""
        return f"{self.this}末"

    def next_called(self, year: int) -> str:
        """Return 下季度; behind other months than a quarter or year comes a month."""
        following = self.next
        return following.called(year).replace("本", "下")

    @property
    def first(self) -> date:
        return self.first_month.first

    @property
    def last(self) -> date:
        return self.last_month.last

    @property
    def next(self) -> "Period":
        following = self.last_month.next
        if self.is_year:
            return year(following.year)
        if self.quarter:
            return quarter(following.year, (following.month + 2) // 3)
        return following

    @property
    def previous(self) -> Month:
        """The month before, at whose end the span begins."""
        return self.first_month.previous

    def holds(self, day: date | None) -> bool:
        """Return whether a day lies in one of the months; None doesn't."""
        return day is not None and self.first <= day <= self.last


Period = Month | Span


def quarter(year: int, number: int) -> Span:
    """Return the quarter ``number`` (1 to 4) of a year."""
    return Span(Month(year, number * 3 - 2), Month(year, number * 3))


def year(number: int) -> Span:
    """Return a calendar year."""
    return Span(Month(number, 1), Month(number, 12))


def span(first: Month, last: Month) -> Period:
    """Return the months from ``first`` to ``last``; one month is that month."""
    return first if first == last else Span(first, last)


def period_of(words: str) -> Period | None:
    """Return the period that ``str`` gave; None for other words."""
    head, sign, tail = words.partition("至")
    if sign:
        first, last = _month(head), _month(tail)
        return Span(first, last) if first and last and first < last else None
    if len(words) == 4 and words.isdecimal():
        return year(int(words))
    if words[4:6] == "-Q" and words[6:] in ("1", "2", "3", "4") and words[:4].isdecimal():
        return quarter(int(words[:4]), int(words[6]))
    return _month(words)


def _month(words: str) -> Month | None:
    try:
        day = date.fromisoformat(f"{words}-01") if len(words) == 7 else None
    except ValueError:
        return None
    return Month(day.year, day.month) if day else None
