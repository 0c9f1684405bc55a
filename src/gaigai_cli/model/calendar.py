"""The calendar: the zone whose days are meant, the years that a list can be about, months and their lengths.

It needs no library: whatever reads the clock imports it, ``gaigai --version`` among it.
"""

from calendar import monthrange
from datetime import timedelta, timezone
from typing import Final, Literal

Every = Literal["month", "quarter", "half-year", "year", "week"]

MONTHS_OF: Final[dict[str, int]] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""Length in months of each period but the week."""

CHINA: Final = timezone(timedelta(hours=8))
"""The zone whose days are meant."""

YEARS: Final = range(1900, 2100)
"""The years that a list can be about; at the calendar's own ends sums of days would overflow."""


def days_in(year: int, month: int) -> int:
    """Return how many days a month has."""
    return monthrange(year, month)[1]


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Return the year and month ``count`` months after the given one."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1
