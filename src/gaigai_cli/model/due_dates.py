"""When something falls due that is owed again and again."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta, timezone
from typing import Final, Literal, Protocol

Every = Literal["month", "quarter", "half-year", "year", "week"]

CHINA: Final = timezone(timedelta(hours=8))
"""The zone whose days are meant."""

YEARS: Final = range(1900, 2100)
"""The years that a list can be about; at the calendar's own ends sums of days would overflow."""

MONTHS_OF: Final[dict[str, int]] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""Length in months of each period but the week."""

LAST_DAY: Final = 31
"""As the ``day`` of a month, quarter or half-year: its last day, however long its last month is."""


class Turns(Protocol):
    """What a recurring deadline says of its turns; ``model.deadline.Recurring`` says what ``day`` means."""

    @property
    def text(self) -> str: ...
    @property
    def every(self) -> Every: ...
    @property
    def day(self) -> int | str: ...
    @property
    def from_(self) -> date: ...
    @property
    def until(self) -> date | None: ...


def occurrences(recurring: Turns, *, through: date) -> tuple[date, ...]:
    """Return the due days, ascending, from ``from`` to ``until`` or ``through``, whichever is earlier, both included.

    The ISO form of a due day is the id of that occurrence.
    """
    end = through if recurring.until is None else min(recurring.until, through)
    found = []
    for due in _due_days(recurring, recurring.from_):
        if due > end:
            break
        found.append(due)
    return tuple(found)


def days_in(year: int, month: int) -> int:
    """Return how many days a month has."""
    return calendar.monthrange(year, month)[1]


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Return the year and month ``count`` months after the given one."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def _due_days(recurring: Turns, start: date) -> Iterator[date]:
    """Yield every due day on or after ``start``, to the end of the calendar."""
    if recurring.every == "week":
        first = start.toordinal() + (int(recurring.day) - start.isoweekday()) % 7
        yield from map(date.fromordinal, range(first, date.max.toordinal() + 1, 7))
        return
    if isinstance(recurring.day, str):
        months: tuple[int, ...] = (int(recurring.day[:2]),)
        wanted = int(recurring.day[3:])
    else:
        length = MONTHS_OF[recurring.every]
        months, wanted = tuple(range(length, 13, length)), recurring.day
    for year in range(start.year, date.max.year + 1):
        for month in months:
            due = date(year, month, min(wanted, days_in(year, month)))
            if due >= start:
                yield due
