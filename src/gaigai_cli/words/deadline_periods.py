"""Deadlines that are no single day: recurring ones, and ongoing ones."""

from __future__ import annotations

from datetime import date

from gaigai_cli.model.due_dates import LAST_DAY, Every, occurrences
from gaigai_cli.words.days import Context, Cursor, Time, read_span, read_time
from gaigai_cli.words.deadline_match import ADVERBS, Match, skip_fillers
from gaigai_cli.words.deadline_values import Ongoing, Recurring
from gaigai_cli.words.normal import Kind, UnclearError

_EVERY: dict[str, Every] = {"月": "month", "季": "quarter", "半": "half-year", "年": "year"}
_TEN_DAYS = {"上旬": 10, "中旬": 20, "下旬": LAST_DAY}
_LEAP_YEAR = 2024  # in which 每年2月底 is read: "02-29" is the end of any February


def recurring(cursor: Cursor, context: Context) -> Match | None:
    """每月25日前, 2024年每季度末, 4月至12月每周五: within the period named, else the year spoken of."""
    at = cursor.at
    time = read_time(cursor, context)
    cursor.skip(Kind.PAUSE)
    all_year = cursor.take(Kind.ALL_YEAR)
    token = cursor.take(Kind.EVERY)
    if token is None:
        cursor.at = at
        return None
    if time and all_year and not time.bare_year:
        raise UnclearError(f"“{cursor.quote(at)}”中的“全年”与所写期间不一致")
    every: Every = next((_EVERY[c] for c in token.word if c in _EVERY), "week")
    day = _turn_day(cursor, every)
    if wrong := cursor.take(Kind.VAGUE, Kind.AFTER, Kind.RANGE):
        raise UnclearError(f"“{cursor.quote(at)}”没有确定的日期（“{wrong.word}”），请明确到日")
    if cursor.take(Kind.BEFORE) and day is None:
        raise UnclearError(f"“{cursor.quote(at)}”没有写明是哪一日之前")
    cursor.take(Kind.WITHIN)
    first, last = _recurring_period(cursor, at, time, context)
    skip_fillers(cursor, recurring=True)
    if day is None and cursor.kind() is not None:
        rest = cursor.quote(cursor.at, len(cursor.tokens))
        raise UnclearError(f"未能识别“{rest}”，每期的最后一日不能确定，请核对原文")
    made = Recurring(
        kind="recurring",
        text=cursor.text,
        every=every,
        day=_whole_period(every) if day is None else day,
        from_=first,
        until=last,
    )
    if not occurrences(made, through=last):
        raise UnclearError(f"“{cursor.quote(at)}”在所写期间内一次也没有到期")
    return Match(made)


def _recurring_period(
    cursor: Cursor, at: int, time: Time | None, context: Context
) -> tuple[date, date]:
    if time is None:
        return date(context.year, 1, 1), date(context.year, 12, 31)
    if time.starts:
        return time.first, time.first.replace(month=12, day=31)
    if not time.is_day:
        return time.first, time.last
    if time.limit:
        return time.last.replace(month=1, day=1), time.last
    raise UnclearError(f"“{cursor.quote(at)}”没有写明是从这一日起还是到这一日止")


def _whole_period(every: Every) -> int | str:
    """The ``day`` that is the last of the period, which 每月 alone means."""
    if every == "year":
        return "12-31"
    return 7 if every == "week" else LAST_DAY


def _turn_day(cursor: Cursor, every: Every) -> int | str | None:
    """The day of each turn, None where none is named."""
    if every == "week":
        return _weekday(cursor)
    if cursor.take(Kind.END):
        return _whole_period(every)
    if every == "year":
        return _day_of_year(cursor)
    last_month = cursor.take(Kind.LAST_MONTH) if every != "month" else None
    if every != "month" and not last_month:
        return None
    return _day_of_month(cursor) or (LAST_DAY if last_month else None)


def _day_of_month(cursor: Cursor) -> int | None:
    at = cursor.at
    if cursor.kind() is Kind.MONTH and cursor.kind(1) is Kind.END:
        cursor.at += 1
    if cursor.take(Kind.END):
        return LAST_DAY
    if ten_days := cursor.take(Kind.TEN_DAYS):
        return _TEN_DAYS[ten_days.word]
    if cursor.kind() is not Kind.NUMBER or cursor.kind(1) is not Kind.DAY:
        return None
    cursor.at += 2
    day = cursor.tokens[at].numbers[0]
    if not 1 <= day <= LAST_DAY:
        raise UnclearError(f"没有“{cursor.quote(at)}”这一日")
    return day


def _weekday(cursor: Cursor) -> int | None:
    if cursor.take(Kind.DAY, Kind.WEEKDAY):
        return 7
    if cursor.kind() is not Kind.NUMBER or cursor.kind(1) is Kind.TIMES:
        return None
    at = cursor.at
    cursor.at += 1
    day = cursor.tokens[at].numbers[0]
    if not 1 <= day <= 6:
        raise UnclearError(f"没有“星期{cursor.quote(at)}”")
    return day


def _day_of_year(cursor: Cursor) -> str | None:
    at = cursor.at
    if cursor.kind() is Kind.YEAR and cursor.kind(1) is Kind.END:
        cursor.at += 2
        return "12-31"
    if cursor.kind(1) is Kind.YEAR or cursor.kind() not in (Kind.NUMBER, Kind.ORDINAL, Kind.HALF):
        return None
    span = read_span(cursor, Context(_LEAP_YEAR, _LEAP_YEAR))
    if span is None:
        return None
    if not span.is_day and cursor.kind() is Kind.BEFORE:
        raise UnclearError(
            f"“{cursor.quote(at)}”前可以指这段时间开始之前，也可以指结束之前，请明确到日"
        )
    return f"{span.last:%m-%d}"


def ongoing(cursor: Cursor, context: Context) -> Match | None:
    """持续推进, 2024年持续推动落实, 全年, 5月起长期坚持, 持续推进至年底."""
    at = cursor.at
    time, start = read_time(cursor, context), None
    if time is None and cursor.kind() is Kind.TODAY_ON and cursor.kind(1) is Kind.START:
        cursor.at += 2
        start = context.issued
        if start is None and cursor.kind() in ADVERBS:
            raise UnclearError(f"“{cursor.quote(at)}”以印发日起算，印发日不详")
    elif time and time.starts:
        start = time.first
    if not (time and (time.limit or time.is_day)) or (time and time.starts):
        cursor.skip(Kind.PAUSE)
    adverbs = _adverbs(cursor)
    if not adverbs:
        cursor.at = at
        return None
    until: date | None
    if time and not time.starts:
        start, until = _ongoing_period(cursor, at, time)
    else:
        until = _ongoing_end(cursor, context, at)
    if Kind.ALL_YEAR in adverbs:
        if start or (until and (until.month, until.day) != (12, 31)):
            raise UnclearError(f"“{cursor.quote(at)}”中的“全年”与所写期间不一致")
        until = until or date(context.year, 12, 31)
    if Kind.LONG in adverbs and until:
        raise UnclearError(f"“{cursor.quote(at)}”既是“长期”又有期限，请明确")
    cursor.skip(Kind.PAUSE)
    if start and until and start > until:
        raise UnclearError(f"“{cursor.quote(at)}”的截止早于起始")
    return Match(Ongoing(kind="ongoing", text=cursor.text, from_=start, until=until))


def _adverbs(cursor: Cursor) -> set[Kind]:
    """The adverbs of 持续推动落实, 全年持续推进, 长期坚持、持续推进; moves past the verbs too."""
    found: set[Kind] = set()
    at = cursor.at
    while token := cursor.take(*ADVERBS, *([Kind.ACTION] if found else [])):
        found.add(token.kind)
        at = cursor.at
        cursor.skip(Kind.PAUSE, Kind.JOIN)
    cursor.at = at
    return found - {Kind.ACTION}


def _ongoing_period(cursor: Cursor, at: int, time: Time) -> tuple[date | None, date]:
    """A year needs no beginning, and 12月底前 has none; any other period (下半年, 4月—6月) is in force as written."""
    if time.is_day and not time.limit:
        raise UnclearError(f"“{cursor.quote(at)}”没有写明是从这一日起还是到这一日止")
    year = (time.first.month, time.first.day, time.last.month, time.last.day) == (1, 1, 12, 31)
    begins = time.window or not (year or time.is_day)
    return (time.first if begins else None), time.last


def _ongoing_end(cursor: Cursor, context: Context, at: int) -> date | None:
    """至2024年底, 到12月底 after the verb."""
    if not cursor.take(Kind.RANGE):
        return None
    time = read_time(cursor, context)
    if time is None or time.window or time.starts:
        raise UnclearError(f"“{cursor.quote(at)}”之后的截止日期未能识别")
    return time.last
