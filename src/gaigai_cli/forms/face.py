"""What a returned form says on its face, of its month and when it was filled in, compared with the mark."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from typing import Final

from gaigai_cli.forms.cells import read_day
from gaigai_cli.forms.returned import Answer, Returned
from gaigai_cli.words.normal import normal
from gaigai_cli.words.period import Period, quarter, span
from gaigai_cli.words.typed import past_day

_LATE: Final = timedelta(days=15)
"""How long after a month its form is filled in by those who are late; later ones may be of the next month."""
_PERIOD: Final = re.compile(
    r"(?:(?<!\d)(?P<year>20\d\d)年)?(?<!\d)(?P<month>1[0-2]|0?[1-9])月(?!\d)"
    r"|(?<!\d)(?P<together>20\d\d)(?:[-._/](?P<one>[1-9])|[-._/]?(?P<number>1[0-2]|0[1-9]))(?![-._/]?\d)"
    r"|(?:(?<!\d)(?P<of>20\d\d)年?)?(?:第?(?P<quarter>(?<!\d)[1-4])季度|(?P<half>[上下])半年)"
)
"""2024年6月, 6月, 2024-06, 2024.6, 202406, 第3季度, 上半年; no month of a day, 6月5日."""

_DAY: Final = re.compile(
    r"(?<!\d)(?:(?P<year>20\d\d)[-._/年])?(?P<month>\d{1,2})[-._/月](?P<day>\d{1,2})(?:日|(?![-._/]?\d))"
    r"|(?<!\d)(?P<together>20\d{6})(?!\d)"
)
"""7月25日, 7.25, 2024-07-25, 20240725."""


def other_month(returned: Returned, today: date) -> str | None:
    """Return where the form names another month than its own, as a Chinese clause; None where it doesn't."""
    own = returned.mark.month
    for texts in (*_sheets(returned), {"文件名": returned.path.name}):
        named = {period: where for where, text in texts.items() for period in _named(text, own)}
        if named and not any(period.holds(own.last) for period in named):
            period, where = next(iter(named.items()))
            return f"{where}写的是{period.words}"
    in_name = () if named else _days(returned.path.name, own)
    days = {"文件名": max(in_name, default=date.min)}
    if returned.filled_on is not None:
        with suppress(ValueError):
            day = _read(returned.filled_on, date.fromisoformat(returned.mark.made), today)
            days[f"填报日期（{returned.filled_on.place}）"] = day
    late = (where for where, day in days.items() if own.last + _LATE < day <= today)
    return next((f"{where}写的是{days[where]}" for where in late), None)


def _sheets(returned: Returned) -> Iterator[dict[str, str]]:
    """Yield the titles of each sheet, by what their places are called."""
    for table in returned.mark.tables:
        yield {
            f"表头（{where}）": text
            for where, (sheet, text) in returned.titles.items()
            if sheet == table.name
        }


def _named(text: str, own: Period) -> Iterator[Period]:
    """Yield the months, quarters and halves of a year that a text names; one without a year is of the form's."""
    for found in _PERIOD.finditer(normal(text).text):
        year = int(found["year"] or found["together"] or found["of"] or own.last.year)
        if found["quarter"]:
            yield quarter(year, int(found["quarter"]))
        elif found["half"]:
            first = 1 if found["half"] == "上" else 3
            yield span(quarter(year, first), quarter(year, first + 1))
        else:
            yield Period.of(year, int(found["month"] or found["one"] or found["number"]))


def _days(text: str, own: Period) -> Iterator[date]:
    """Yield the days that a text names; one without a year is of the form's."""
    for found in _DAY.finditer(normal(text).text):
        with suppress(ValueError):
            if found["together"]:
                yield date.fromisoformat(found["together"])
            else:
                year = int(found["year"] or own.last.year)
                yield date(year, int(found["month"]), int(found["day"]))


def filled_on(returned: Returned, today: date) -> date | None:
    """Return the day on which the unit says it filled the form in; what is wrong with it is told, and None returned."""
    if returned.filled_on is None:
        return None
    where, since = returned.filled_on.place, date.fromisoformat(returned.mark.made)
    try:
        day = _read(returned.filled_on, since, today)
    except ValueError as error:
        returned.tell(where, f"填报日期{error}，按收表日期登记", "note")
        return None
    if not since <= day <= today:
        words = f"填报日期{day}早于发表日期{since}或晚于今天，按收表日期登记"
        returned.tell(where, words, "note")
        return None
    return day


def _read(answer: Answer, since: date, today: date) -> date:
    return read_day(answer.cell, partial(past_day, today=today, since=since, exact=True))
