"""Values in Chinese words: the one place that says a day, a month, a period, a number, a figure or a target."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from gaigai_cli.model.calendar import MONTHS_OF
from gaigai_cli.model.deadline import Deadline, Recurring
from gaigai_cli.model.indicators import (
    NUMBER_TARGETS,
    TARGET_WORDS,
    Indicator,
    Metric,
    MetricEntry,
    bound_words,
)
from gaigai_cli.words.pattern import regex

if TYPE_CHECKING:
    from gaigai_cli.model.ledger import Entry
    from gaigai_cli.model.records import Record
    from gaigai_cli.model.tasks import ListedItem

FIGURES_ONLY: Final = "报送数据："
"""How the program words a report of figures alone."""
_DIGITS: Final = ("", *"一二三四五六七八九")


def _numeral(number: int) -> str:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    ten = f"{_DIGITS[tens]}十" if tens else "零" if hundreds and ones else ""
    words = f"{_DIGITS[hundreds]}百{ten}" if hundreds else ten.replace("一十", "十")
    return f"{words}{_DIGITS[ones]}"


NUMERALS: Final = tuple(map(_numeral, range(1, 1000)))
"""The numerals of headings, from 一 to 九百九十九: more than a list has units, or a province counties."""


OPEN_DAY: Final = "年　　月　　日"
"""A day that is to be written in by hand."""


def full_day(day: date) -> str:
    """Return ``2024年6月30日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_words(day: date, year: int) -> str:
    """Return ``6月30日``; with its year where that isn't ``year``."""
    return f"{day.month}月{day.day}日" if day.year == year else full_day(day)


def waited_words(since: date, day: date, workdays: int) -> str:
    """Return for how long something has waited on a day: ``3个工作日``, or 今日报送 of what came on it."""
    if since == day:
        return "今日报送"
    return f"{workdays}个工作日" if workdays else "不足1个工作日"


def days_left_words(days: int | None) -> str:
    """Return 余12天, 今日到期; nothing where there is no time limit or it has passed."""
    if days is None or days < 0:
        return ""
    return f"余{days}天" if days else "今日到期"


def entered_words(record: Record) -> str:
    """Return ``7月10日补记`` of a record entered later than the day that stands before these words, else nothing."""
    return f"{day_words(record.entered, record.date.year)}补记" if record.entered else ""


def dated(record: Record, year: int) -> str:
    """Return the day of a record, both days of one that was entered late: ``6月28日（7月10日补记）``."""
    entered = entered_words(record)
    return f"{day_words(record.date, year)}{f'（{entered}）' if entered else ''}"


def milestones_words(record: Record, year: int) -> str:
    """Return a record's milestones, ``方案3月31日（印发文件，30%）、试点8月31日``; "" where it has none."""
    told = []
    for step in record.milestones or ():
        percent = None if step.percent is None else f"{step.percent}%"
        more = "，".join(filter(None, (step.mark, percent)))
        told.append(f"{step.name}{day_words(step.due, year)}{f'（{more}）' if more else ''}")
    return "、".join(told)


def short_number(record: Record) -> str:
    """Return the end of a record's number, by which commands know it."""
    return record.id[-8:]


def units_words(named: Iterable[str], open_bodies: Iterable[str]) -> str:
    """Return units joined as a notice writes them: 县水利局、县应急局等相关部门."""
    words = "、".join(named)
    for body in open_bodies:
        words += body if body.startswith("等") or not words else f"、{body}"
    return words


def set_deadline(office: str) -> str:
    """Return what is to be done first with an item whose deadline isn't set yet."""
    return f"请{office}先在 tasks.yaml 中明确时限"


def answering(record: Record) -> str:
    """Return what a record does to those that it names in ``answers``."""
    return "对照" if record.kind == "抽查核验" else "答复"


def coordinator(level: str, office: str) -> str:
    """Return who can solve a problem: 省级, 市级, or the leaders of the office's own county, 县领导, 区领导."""
    return f"{region(office)}领导" if level == "本级领导" else level


def coordinators(office: str) -> dict[str, str]:
    """Return who can solve a problem, by the words that people use.

    市领导 are one's own only where the office is a city's.
    """
    above = {
        "省级": "省级",
        "省": "省级",
        "省领导": "省级",
        "市级": "市级",
        "市": "市级",
        "市领导": "市级",
    }
    return {**above, "本级领导": "本级领导", coordinator("本级领导", office): "本级领导"}


def region(office: str) -> str:
    """Return what the office is of: as its name begins 县, 区, 市 …, else a 局 or the like; 县 where it doesn't say."""
    found = _REGION.match(office) or re.search("[局厅院校]", office)
    return found[0] if found else "县"


_REGION: Final = regex("市(?!场监)|[县区州旗]")


def demanded_by(record: Record, office: str) -> str:
    """Return whose demand a 批示 or 议定事项 is, without a name: 县政府领导要求, by the post; a meeting's 议定."""
    if record.meeting:
        return f"{record.meeting}议定"
    post = record.post or ""
    chief = re.search("([省市州县区旗])长", post)
    body = re.search("[省市州县区旗](?:委|人大|政协)", post)
    if chief:
        return f"{chief[1]}政府领导要求"
    if body:
        return f"{body[0]}领导要求"
    whose = region(office)
    return f"{whose}{'政府' if _REGION.match(whose) else ''}领导要求"


def full_month(month: str) -> str:
    """Return ``2024年6月`` for ``2024-06``."""
    return f"{int(month[:4])}年{month_words(month)}"


def month_words(month: str, year: int | None = None) -> str:
    """Return ``6月`` for ``2024-06``; with its year where that isn't ``year``, if one is given."""
    if year is not None and int(month[:4]) != year:
        return full_month(month)
    return f"{int(month[5:])}月"


def periods_words(periods: Iterable[str], year: int, *, quarterly: bool) -> str:
    """Return reporting periods with runs joined: ``4—6月``, ``2023年11—12月、1月``, ``第一至第三季度``.

    A period is named by a month of it; a year that isn't ``year`` is said.
    """
    step, to, tail = (3, "至", "季度") if quarterly else (1, "—", "月")
    numbers = sorted({(int(p[:4]), (int(p[5:]) + step - 1) // step) for p in periods})
    runs: list[list[tuple[int, int]]] = []
    for of_year, number in numbers:
        if runs and runs[-1][-1] == (of_year, number - 1):
            runs[-1].append((of_year, number))
        else:
            runs.append([(of_year, number)])
    said = (lambda number: f"第{NUMERALS[number - 1]}") if quarterly else str
    return "、".join(
        f"{f'{run[0][0]}年' if run[0][0] != year else ''}"
        f"{to.join(said(number) for _, number in dict.fromkeys((run[0], run[-1])))}{tail}"
        for run in runs
    )


def turn_words(deadline: Deadline, due: date, year: int) -> str:
    """Return the turn of a recurring deadline that ends on ``due``: ``第二季度``, ``6月``, ``6月28日当周``."""
    if not isinstance(deadline, Recurring) or deadline.every == "week":
        return f"{day_words(due, year)}当周"
    if deadline.every == "month":
        return month_words(due.isoformat()[:7], year)
    named = {
        "quarter": f"第{NUMERALS[(due.month + 2) // 3 - 1]}季度",
        "half-year": "上半年" if due.month <= MONTHS_OF["half-year"] else "下半年",
        "year": "年度",
    }[deadline.every]
    return named if due.year == year else f"{due.year}年{named}"


def turns_words(deadline: Deadline, dues: Iterable[date], year: int) -> str:
    """Return several turns with runs joined, ``5—9月``, ``第一至第二季度``; of more than a few weeks their number."""
    known = tuple(dues)
    if isinstance(deadline, Recurring) and deadline.every in ("month", "quarter"):
        months = (due.isoformat()[:7] for due in known)
        return periods_words(months, year, quarterly=deadline.every == "quarter")
    words = [turn_words(deadline, due, year) for due in known]
    return "、".join(words) if len(words) <= _FEW_TURNS else f"{words[0]}等{len(words)}期"


_FEW_TURNS: Final = 3


def turn_named(record: Record, listed: ListedItem | None, year: int) -> str | None:
    """Return the turn that a record names, ``第二季度任务``; None where it names a stage, or nothing."""
    if listed is None or not isinstance(listed.deadline, Recurring):
        return None
    try:
        due = date.fromisoformat(record.stage or "")
    except ValueError:
        return None
    return f"{turn_words(listed.deadline, due, year)}任务"


def number_words(value: Decimal) -> str:
    """Return a number as people write it: no exponent, no closing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def value_words(value: Decimal, unit: str | None) -> str:
    """Return a number with its unit, ``100%`` or ``2个``."""
    return f"{number_words(value)}{unit or ''}"


def metric_words(
    value: Metric,
    indicator: Indicator | None,
    things: Callable[[tuple[MetricEntry, ...]], str],
) -> str:
    """Return a reported value: ``100%``, one figure a unit, or what was counted in the words of ``things``."""
    unit = indicator.unit if indicator else None
    if isinstance(value, Decimal):
        return value_words(value, unit)
    if isinstance(value, dict):
        return "，".join(f"{name}{value_words(number, unit)}" for name, number in value.items())
    return things(value)


def target_words(indicator: Indicator) -> str:
    """Return the target of an indicator: ``不少于2个``, ``较2023年全年（60%）提高``, ``口径待明确（…）``."""
    target, unit = indicator.target, indicator.unit
    for kind in NUMBER_TARGETS:
        value = getattr(target, kind)
        if value is not None:
            return bound_words(kind, value_words(value, unit))
    if target.trend:
        word = "提高" if target.trend == "up" else "降低"
        base = indicator.baseline
        return (
            f"较{base.label}（{value_words(base.value, unit)}）{word}" if base else f"较基期{word}"
        )
    return target.text or f"{TARGET_WORDS['undecided']}（{target.undecided}）"


def cited(entry: Entry, year: int, item: str | None = None) -> str:
    """Return a record as others speak of it: 县财政局6月14日关于16.2的进展; its ``item`` as a paper calls it."""
    record = entry.record
    named = item or record.item
    about = f"关于{named}" if named else ""
    return f"{entry.unit}{day_words(record.date, year)}{about}的{record.kind}"


def percent_moved(was: int, now: int) -> str:
    """Return ``进度由30%升至90%``, or ``降为`` where it falls."""
    return f"进度由{was}%{'降为' if now < was else '升至'}{now}%"


def lists_left_out(number: int, unread: Sequence[str]) -> str:
    """Return that of ``number`` lists those that couldn't be read aren't in what follows."""
    left = number - len(unread)
    return f"以下是{number}份清单中{left}份的情况，{'、'.join(unread)}没有计入。"
