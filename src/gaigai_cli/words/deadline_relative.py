"""Deadlines that count from the day of the notice: 印发后10个工作日内, 自本通知印发之日起30日内, 印发后3个月内.

The day itself is not counted (民法典第二百零一条). Working days are those of the State Council's calendar; where that
of a year isn't known, or nobody has said the notice's day, the words stay a doubt.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from gaigai_cli.model.workdays import is_workday
from gaigai_cli.words.days import Context, Cursor
from gaigai_cli.words.deadline_match import Match, skip_fillers
from gaigai_cli.words.deadline_values import Fixed
from gaigai_cli.words.normal import Kind, UnclearError

NO_DAY = "以印发日起算的时限，印发日不详，请明确日期"
_MOST = 400  # days or working days; more is a slip


def relative(cursor: Cursor, context: Context) -> Match | None:
    """A number of days, working days or months from the notice on."""
    at = cursor.at
    cursor.skip(Kind.LEAD_IN, Kind.DOCUMENT)
    received = cursor.take(Kind.RECEIVE)
    cursor.skip(Kind.DOCUMENT)
    issued = cursor.take(Kind.ISSUE)
    if not (received or issued) or not cursor.take(Kind.AFTER, Kind.START):
        cursor.at = at
        return None
    if received:
        raise UnclearError(f"“{cursor.text}”是以收文日起算的时限，请明确日期")
    number, unit = _length(cursor)
    if number is None or unit is None or not cursor.take(Kind.WITHIN):
        raise UnclearError(f"“{cursor.text}”是以印发日起算的时限，没有写明多少日，请明确日期")
    if context.issued is None:
        raise UnclearError(f"“{cursor.text}”是{NO_DAY}")
    due, doubts = _due(cursor.text, context.issued, number, unit)
    skip_fillers(cursor)
    return Match(Fixed(kind="fixed", text=cursor.text, due=due), doubts)


def _length(cursor: Cursor) -> tuple[int | None, Kind | None]:
    number = cursor.take(Kind.NUMBER)
    if number is None:
        return None, None
    unit = cursor.take(Kind.WORKDAY, Kind.DAY, Kind.MONTHS, Kind.WEEKDAY)
    if unit is None:
        return None, None
    return number.numbers[0], Kind.DAY if unit.kind is Kind.WEEKDAY else unit.kind


def _due(text: str, issued: date, number: int, unit: Kind) -> tuple[date, tuple[str, ...]]:
    if not 1 <= number <= _MOST:
        raise UnclearError(f"“{text}”的天数不合理，请核对")
    if unit is Kind.WORKDAY:
        return _after_workdays(text, issued, number), ()
    if unit is Kind.MONTHS:
        months = issued.month - 1 + number
        year, month = issued.year + months // 12, months % 12 + 1
        due = date(year, month, min(issued.day, calendar.monthrange(year, month)[1]))
    else:
        due = issued + timedelta(days=number)
    if is_workday(due, {}) is False:
        return due, (f"“{text}”的最后一日{due}不是工作日，是否顺延请明确",)
    return due, ()


def _after_workdays(text: str, issued: date, number: int) -> date:
    day = issued
    while number:
        day += timedelta(days=1)
        worked = is_workday(day, {})
        if worked is None:
            raise UnclearError(
                f"“{text}”要按工作日推算，{day.year}年的放假安排还不知道，请明确日期"
            )
        number -= worked
    return day
