"""The check that needs a clock."""

from collections.abc import Iterator
from datetime import date

from gaigai_cli.judge.checks.build import about
from gaigai_cli.judge.corrections import Records
from gaigai_cli.model.finding import Finding


def future_date(records: Records, *, today: date) -> Iterator[Finding]:
    """A fact dated after ``today`` (the clock's day, never that of a view), or a thing counted that is."""
    for entry in records.entries:
        record = entry.record
        days: list[tuple[tuple[str | int, ...], date]] = [(("date",), record.date)]
        for metric, value in (record.metrics or {}).items():
            if isinstance(value, tuple):
                days += [(("metrics", metric, i, "date"), t.date) for i, t in enumerate(value)]
        for path, day in days:
            if day > today:
                message, remedy = f"日期{day}晚于今天（{today}）", "记录写已经发生的事，请核对日期"
                yield about(records, entry, path, "future-date", message, remedy=remedy)
