"""The month of a bulletin and where it is cut."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple


class Month(NamedTuple):
    """A calendar month. ``str`` gives ``2024-06``."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def words(self) -> str:
        return f"{self.year}年{self.month}月"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def next(self) -> "Month":
        day = self.last + timedelta(days=1)
        return Month(day.year, day.month)

    @property
    def previous(self) -> "Month":
        day = self.first - timedelta(days=1)
        return Month(day.year, day.month)

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in the month; None doesn't."""
        return day is not None and (day.year, day.month) == (self.year, self.month)
