"""Small charts as SVG, which any browser shows without a script; colours are the style sheet's."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final

from gaigai_cli.characters import harmless
from gaigai_cli.report.board import MonthPoint

_WIDE: Final = 640
_HIGH: Final = 190
_LEFT: Final = 30
_BOTTOM: Final = 26
_TOP: Final = 14


def _text(words: str) -> str:
    return escape(harmless(words))


def progress(percent: int | None, elapsed: int | None) -> str:
    """A bar as long as the percent that is reported, and a mark where elapsed time stands (序时进度)."""
    said = "未报百分比" if percent is None else f"完成{percent}%"
    time = "" if elapsed is None else f"，序时进度{elapsed}%"
    late = percent is not None and elapsed is not None and percent < elapsed
    bar = f'<rect class="bar{" behind" if late else ""}" x="0" y="5" width="{percent or 0}" height="6"/>'
    mark = "" if elapsed is None else f'<path class="mark" d="M{elapsed} 1v14"/>'
    return (
        f'<svg class="progress" viewBox="0 0 100 16" preserveAspectRatio="none" role="img" '
        f'aria-label="{said}{time}"><title>{said}{time}</title>'
        f'<rect class="track" x="0" y="5" width="100" height="6"/>{bar}{mark}</svg>'
    )


def months(points: Sequence[MonthPoint]) -> str:
    """The months as lines: what was due by each month's end and what was closed; bars for what was overdue."""
    most = max([1, *(max(p.due, p.closed, p.overdue) for p in points)])
    step = (_WIDE - _LEFT - 20) / max(len(points) - 1, 1)
    room = _HIGH - _TOP - _BOTTOM

    def x(number: int) -> float:
        return round(_LEFT + 10 + number * step, 1)

    def y(value: int) -> float:
        return round(_TOP + room * (1 - value / most), 1)

    parts = [f'<path class="axis" d="M{_LEFT} {y(0)}H{_WIDE}"/>']
    for value in sorted({0, most // 2, most}):
        parts.append(f'<path class="rule" d="M{_LEFT} {y(value)}H{_WIDE}"/>')
        parts.append(f'<text class="scale" x="{_LEFT - 6}" y="{y(value) + 4}">{value}</text>')
    for number, point in enumerate(points):
        if point.overdue:
            top = y(point.overdue)
            parts.append(
                f'<rect class="over" x="{x(number) - 7}" y="{top}" width="14" height="{y(0) - top}"/>'
            )
        parts.append(
            f'<text class="month" x="{x(number)}" y="{_HIGH - 8}">{point.day.month}月</text>'
        )
    for name, values in (("due", [p.due for p in points]), ("closed", [p.closed for p in points])):
        line = " ".join(f"{x(n)},{y(v)}" for n, v in enumerate(values))
        parts.append(f'<polyline class="{name}" points="{line}"/>')
        parts += [
            f'<circle class="{name}" cx="{x(n)}" cy="{y(v)}" r="3"/>' for n, v in enumerate(values)
        ]
    told = "；".join(
        f"{p.day.month}月{p.day.day}日应办结{p.due}项，已销号{p.closed}项，逾期{p.overdue}项"
        for p in points
    )
    return (
        f'<svg class="months" viewBox="0 0 {_WIDE + 10} {_HIGH}" role="img" aria-label="{_text(told)}">'
        f"<title>{_text(told)}</title>{''.join(parts)}</svg>"
    )


def timeline(
    start: date,
    end: date,
    today: date,
    dues: Sequence[tuple[date, str]],
    marks: Sequence[tuple[date, str]],
) -> str:
    """The course of an item from ``start`` to ``end``: records as dots, deadlines as lines, a line for today."""
    days = max((end - start).days, 1)

    def x(day: date) -> float:
        return round(10 + 780 * min(max((day - start).days / days, 0), 1), 1)

    parts = ['<path class="axis" d="M10 34H790"/>']
    month = date(start.year, start.month, 1)
    while month <= end:
        if month >= start:
            at = x(month)
            parts.append(f'<path class="rule" d="M{at} 30v8"/>')
            if days < 400 or month.month % 3 == 1:
                parts.append(f'<text class="month" x="{at}" y="56">{month.month}月</text>')
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    parts.append(
        f'<path class="now" d="M{x(today)} 16v28"/><text class="label" x="{x(today)}" y="11">今天</text>'
    )
    for day, words in dues:
        parts.append(f'<path class="due" d="M{x(day)} 16v26"><title>{_text(words)}</title></path>')
        if abs(x(day) - x(today)) > 40:
            parts.append(f'<text class="label on" x="{x(day)}" y="11">时限</text>')
    for day, words in marks:
        parts.append(
            f'<circle class="entry" cx="{x(day)}" cy="34" r="6"><title>{_text(words)}</title></circle>'
        )
    told = "；".join(words for _, words in (*dues, *marks))
    return (
        f'<svg class="timeline" viewBox="0 0 800 62" role="img" aria-label="{_text(told)}">'
        f"{''.join(parts)}</svg>"
    )
