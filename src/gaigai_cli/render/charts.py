"""Small charts as SVG, which any browser shows without a script; colours are the style sheet's.

Places along the width are percents, so that lines stretch with the page while words and dots keep their size.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from html import escape
from itertools import pairwise
from typing import Final, NamedTuple

from gaigai_cli.characters import harmless
from gaigai_cli.report.board import MonthPoint
from gaigai_cli.words.period import month_of
from gaigai_cli.words.say import day_words, full_day, full_month, month_words

Place = Callable[[date], float]
_ROOMY: Final = 7
"""How many words stand side by side on a telephone."""
_WIDE: Final = 16
"""How many do on a screen."""


def _text(words: str) -> str:
    return escape(harmless(words))


def _picture(name: str, height: int, told: str, parts: Sequence[str]) -> str:
    return (
        f'<svg class="{name}" width="100%" height="{height}" role="img" aria-label="{_text(told)}">'
        f"{''.join(parts)}</svg>"
    )


def _line(name: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = start, end
    return f'<line class="{name}" x1="{x1}%" y1="{y1}" x2="{x2}%" y2="{y2}"/>'


def _words(name: str, x: float, y: float, words: str) -> str:
    return f'<text class="{name}" x="{x}%" y="{y}">{_text(words)}</text>'


def _rule(name: str, y: float, words: str) -> str:
    """Return a line over the whole width, with what it stands for at its left."""
    return f'{_line(name, (0, y), (100, y))}<text class="scale" dx="-8" y="{y + 4}">{words}</text>'


def progress(percent: int | None, elapsed: int | None, *, behind: bool) -> str:
    """Return a bar as long as the percent that is reported, and a mark where elapsed time stands (序时进度).

    ``behind``: by so much that its light says so; the bar has that colour.
    """
    said = "未报百分比" if percent is None else f"完成{percent}%"
    time = "" if elapsed is None else f"，序时进度{elapsed}%"
    bar = f'<rect class="bar{" behind" if behind else ""}" x="0" y="5" width="{percent or 0}" height="6"/>'
    mark = "" if elapsed is None else f'<path class="mark" d="M{elapsed} 1v14"/>'
    return (
        f'<svg class="progress" viewBox="0 0 100 16" preserveAspectRatio="none" role="img" '
        f'aria-label="{said}{time}"><title>{said}{time}</title>'
        f'<rect class="track" x="0" y="5" width="100" height="6"/>{bar}{mark}</svg>'
    )


def months(points: Sequence[MonthPoint]) -> str:
    """Return the months as lines: what was due by each month's end and what was closed; bars for what was overdue."""
    top, bottom = 14, 160
    most = max([1, *(max(p.due, p.closed, p.overdue) for p in points)])
    most += most % 2 if most > 1 else 0  # half of it is a number of items, too
    step = 98 / max(len(points) - 1, 1)
    every, shown = -(-len(points) // _ROOMY), -(-len(points) // _WIDE)

    def x(number: int) -> float:
        return round(1 + number * step, 2)

    def y(value: int) -> float:
        return round(top + (bottom - top) * (1 - value / most), 1)

    parts = []
    for value in sorted({0, most // 2, most}):
        name = "rule" if value else "axis"
        parts.append(_rule(name, y(value), str(value)))
    years = len({point.day.year for point in points}) > 1
    for number, point in enumerate(points):
        if point.overdue:
            parts.append(
                f'<rect class="over" x="{x(number)}%" y="{y(point.overdue)}" width="14" '
                f'height="{y(0) - y(point.overdue)}" transform="translate(-7)"/>'
            )
        if number % shown == 0:
            rare = "" if number % every == 0 else " rare"
            month = month_words(f"{point.day:%Y-%m}")
            parts.append(_words(f"month{rare}", x(number), bottom + 18, month))
        if years and (number == 0 or point.day.month == 1):
            parts.append(_words("month", x(number), bottom + 34, f"{point.day.year}年"))
    for name, values in (("due", [p.due for p in points]), ("closed", [p.closed for p in points])):
        places = [(x(n), y(v)) for n, v in enumerate(values)]
        parts += [_line(name, one, two) for one, two in pairwise(places)]
        parts += [f'<circle class="{name}" cx="{at}%" cy="{up}" r="3"/>' for at, up in places]
    told = "；".join(
        f"{full_day(p.day)}应办结{p.due}项，已销号{p.closed}项，逾期{p.overdue}项" for p in points
    )
    return _picture("months", bottom + (40 if years else 24), told, parts)


class Point(NamedTuple):
    """Something on a timeline: its day, its words, how it looks, and the place on the page that tells more."""

    day: date
    words: str
    look: str = ""
    place: str = ""


def timeline(
    begin: Point,
    today: date,
    dues: Sequence[Point],
    records: Sequence[Point],
    *,
    percents: Sequence[tuple[date, int]],
    elapsed: Sequence[tuple[date, float]] | None,
) -> str:
    """Return the course of an item from its first day to its last: records as dots, deadlines and today as lines.

    Above them stands what was reported in percent, and 序时进度 as a line, where there is something of both;
    ``elapsed`` are the days between which that runs straight.
    """
    marks = (begin, *dues, *records)
    first = min(mark.day for mark in marks)
    last = max([today, *(mark.day for mark in marks)])
    days = max((last - first).days, 1)
    axis = 130 if percents and elapsed else 44

    def x(day: date) -> float:
        return round(100 * min(max((day - first).days / days, 0), 1), 2)

    parts = [_line("axis", (0, axis), (100, axis))]
    parts += _months(first, last, x, axis)
    parts += _labels(dues, today, x)
    parts.append(_line("now", (x(today), 18), (x(today), axis + 8)))
    for mark in dues:
        at = x(mark.day)
        parts.append(
            f"<g><title>{_text(mark.words)}</title>{_line('due', (at, 18), (at, axis + 6))}</g>"
        )
    if percents and elapsed:
        parts += _percents(percents, elapsed, x)
    parts += [_mark(mark, x(mark.day), axis) for mark in records]
    told = "；".join(mark.words for mark in (*dues, *records))
    return _picture("timeline", axis + 34, told, parts)


def _months(first: date, last: date, x: Place, axis: float) -> Iterator[str]:
    """Yield the first days of months, of which as many bear a name as there is room for."""
    firsts, month = [], month_of(first).next
    while month.first <= last:
        firsts.append(month.first)
        month = month.next
    every = -(-len(firsts) // _ROOMY)
    for number, day in enumerate(firsts):
        yield _line("rule", (x(day), axis - 4), (x(day), axis + 4))
        name = full_month(f"{day:%Y-%m}") if day.month == 1 else month_words(f"{day:%Y-%m}")
        if number % every == 0 and x(day) > 13:
            yield _words("month", x(day), axis + 26, name)
    yield _words("month", 0, axis + 26, day_words(first, first.year))


def _labels(dues: Sequence[Point], today: date, x: Place) -> Iterator[str]:
    """Yield the names of deadlines and of today, where one doesn't stand on another."""
    taken: list[float] = []
    wanted = [(mark.day, "时限", "label on") for mark in reversed(dues)]
    for day, words, name in [*wanted[:1], (today, "今天", "label"), *wanted[1:]]:
        if all(abs(x(day) - other) > 9 for other in taken):
            taken.append(x(day))
            yield _words(name, x(day), 13, words)


def _percents(
    percents: Sequence[tuple[date, int]], elapsed: Sequence[tuple[date, float]], x: Place
) -> Iterator[str]:
    def placed(percents: Sequence[tuple[date, float]]) -> list[tuple[float, float]]:
        return [(x(day), y(percent)) for day, percent in percents]

    def y(percent: float) -> float:
        return round(108 - 0.82 * percent, 2)

    for value in (0, 50, 100):
        yield _rule("rule", y(value), f"{value}%")
    places = placed(percents)
    for name, line in (("elapsed", placed(elapsed)), ("percent", places)):
        yield from (_line(name, one, two) for one, two in pairwise(line))
    for (at, up), (day, percent) in zip(places, percents, strict=True):
        title = f"<title>{full_day(day)} {percent}%</title>"
        yield f'<circle class="percent" cx="{at}%" cy="{up}" r="3">{title}</circle>'


def _mark(mark: Point, at: float, axis: float) -> str:
    title = f"<title>{_text(mark.words)}</title>"
    drawn = (
        f'<rect class="entry ruled" x="{at}%" y="{axis - 5.5}" width="11" height="11" '
        f'transform="translate(-5.5)">{title}</rect>'
        if mark.look == "ruled"
        else f'<circle class="entry {mark.look}" cx="{at}%" cy="{axis}" r="6">{title}</circle>'
    )
    return f'<a href="#{escape(mark.place)}" tabindex="-1">{drawn}</a>' if mark.place else drawn
