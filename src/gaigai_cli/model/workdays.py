"""Working days by the State Council's calendar, with its shifted days.

The calendar of a year is published in the autumn before it. A year that neither the library nor ``rules.yaml`` knows
is not guessed: the functions answer None and the caller says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from gaigai_cli.model.rules import YearCalendar

Calendar: TypeAlias = "Mapping[str, YearCalendar]"


def is_workday(day: date, calendar: Calendar) -> bool | None:
    """Return whether ``day`` is worked; None where that year's calendar isn't known."""
    own = calendar.get(str(day.year))
    if own is not None:
        return day in own.workdays or (day.weekday() < 5 and day not in own.holidays)
    return _published(day)


@cache  # the library looks through all that it knows of, each time
def _published(day: date) -> bool | None:
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def next_workday(day: date, calendar: Calendar) -> date | None:
    """Return ``day`` itself if it is worked, else the first worked day after it; None where a year isn't known."""
    while not (worked := is_workday(day, calendar)):
        if worked is None:
            return None
        day += timedelta(days=1)
    return day


def workdays_between(start: date, end: date, calendar: Calendar) -> int | None:
    """Return how many worked days lie after ``start`` up to and including ``end``; None where a year isn't known."""
    count = 0
    for offset in range(1, (end - start).days + 1):
        worked = is_workday(start + timedelta(days=offset), calendar)
        if worked is None:
            return None
        count += worked
    return count


def add_workdays(start: date, count: int, calendar: Calendar) -> date | None:
    """Return the ``count``-th worked day after ``start``; None where a year isn't known."""
    day: date | None = start
    for _ in range(count):
        day = next_workday(day + timedelta(days=1), calendar) if day else None
    return day
