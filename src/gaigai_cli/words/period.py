"""What a bulletin is about: a month, or a span of months."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any, NamedTuple

from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_plain_validator_function, to_string_ser_schema

from gaigai_cli.model.calendar import YEARS
from gaigai_cli.words.say import NUMERALS, full_month, month_words


class Period(NamedTuple):
    """Whole months, from the first day to the last: one, a quarter, a year or any others.

    ``str`` gives ``2024-06``, ``2024-Q2``, ``2024`` or ``2024-05至2024-08``, by which JSON keeps it.
    """

    first: date
    last: date

    @classmethod
    def of(cls, year: int, month: int) -> "Period":
        """Return a month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: Any) -> CoreSchema:
        def read(words: object) -> Period:
            found = period_of(words) if isinstance(words, str) else None
            if found is None:
                raise ValueError("no period")
            return found

        return no_info_plain_validator_function(read, serialization=to_string_ser_schema())

    def __str__(self) -> str:
        year = self.last.year
        if self.is_month:
            return f"{year:04d}-{self.last.month:02d}"
        if self.is_year:
            return f"{year:04d}"
        if self.quarter:
            return f"{year:04d}-Q{self.quarter}"
        return f"{month_of(self.first)}至{month_of(self.last)}"

    @property
    def is_month(self) -> bool:
        """Return whether it is one month."""
        return self == month_of(self.last)

    @property
    def is_year(self) -> bool:
        """Return whether it is a calendar year."""
        return self == year(self.last.year)

    @property
    def quarter(self) -> int | None:
        """1 to 4 where it is a quarter."""
        return self.last.month // 3 if self == quarter_of(self.last) else None

    @property
    def words(self) -> str:
        year = self.last.year
        if self.is_month:
            return full_month(str(self))
        if self.is_year:
            return f"{year}年度"
        if self.quarter:
            return f"{year}年第{NUMERALS[self.quarter - 1]}季度"
        return f"{month_of(self.first).words}至{month_of(self.last).called(self.first.year)}"

    @property
    def this(self) -> str:
        """本月, 本季度, 本年度 or 本期, as a sentence calls it."""
        if self.is_month:
            return "本月"
        return "本年度" if self.is_year else "本季度" if self.quarter else "本期"

    def called(self, year: int) -> str:
        """Return it as a paper of that year calls it: a month by its name, another as its own paper does."""
        return month_words(str(self), year) if self.is_month else self.this

    def end_called(self, year: int) -> str:
        """Return 9月底, 本季度末 and so on."""
        return f"{self.called(year)}{'底' if self.is_month else '末'}"

    def next_called(self, year: int) -> str:
        """Return 10月, 下季度; behind other months than a quarter or year comes a month."""
        return self.next.called(year).replace("本", "下")

    @property
    def next(self) -> "Period":
        following = self.last + timedelta(days=1)
        if self.is_year:
            return year(following.year)
        if self.quarter:
            return quarter_of(following)
        return month_of(following)

    @property
    def previous(self) -> "Period":
        """The month before, at whose end it begins."""
        return month_of(self.first - timedelta(days=1))

    def holds(self, day: date | None) -> bool:
        """Return whether a day lies in it; None doesn't."""
        return day is not None and self.first <= day <= self.last


def month_of(day: date) -> Period:
    """Return the month in which a day lies."""
    return Period.of(day.year, day.month)


def first_day(month: str) -> date:
    """Return the first day of a month, ``2024-06``."""
    return date.fromisoformat(f"{month}-01")


def quarter(year: int, number: int) -> Period:
    """Return the quarter ``number`` (1 to 4) of a year."""
    return span(Period.of(year, number * 3 - 2), Period.of(year, number * 3))


def quarter_of(day: date) -> Period:
    """Return the quarter in which a day lies."""
    return quarter(day.year, (day.month + 2) // 3)


def year(number: int) -> Period:
    """Return a calendar year."""
    return span(Period.of(number, 1), Period.of(number, 12))


def span(first: Period, last: Period) -> Period:
    """Return the months from ``first`` to ``last``."""
    return Period(first.first, last.last)


def period_of(words: str) -> Period | None:
    """Return the period that ``str`` gave; None for other words."""
    head, sign, tail = words.partition("至")
    if sign:
        first, last = _month(head), _month(tail)
        return span(first, last) if first and last and first < last else None
    first = _month(f"{words[:4]}-01")
    if first and len(words) == 4:
        return year(first.last.year)
    if first and words[4:6] == "-Q" and words[6:] in ("1", "2", "3", "4"):
        return quarter(first.last.year, int(words[6]))
    return _month(words)


def _month(words: str) -> Period | None:
    try:
        day = first_day(words) if len(words) == 7 else None
    except ValueError:
        return None
    return month_of(day) if day and day.year in YEARS else None
