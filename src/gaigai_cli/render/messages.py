"""催报 and 提醒 as texts to be pasted into WeChat or an SMS: one a unit, of at most 120 characters.

They say which items and which days, nothing that a unit has reported: such texts go beyond the office.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from gaigai_cli.errors import some_of
from gaigai_cli.forms.compare import Standing
from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.owed_reports import due_day, owed_words, period_of
from gaigai_cli.report.reminders import Proposal
from gaigai_cli.words.say import day_words, full_month

LIMIT: Final = 120
"""Characters of one text."""
_OWING: Final = ("未交", "空表")


def returns_wanted(
    judgement: Judgement, standings: Iterable[Standing], month: str
) -> Iterator[str]:
    """Yield a text for each unit that has returned no form for the month, or an empty one, but for the office."""
    rules, year = judgement.ledger.rules, judgement.ledger.tasks.notice.year
    when = "尽快"
    if rules.reporting is not None:
        due = due_day(period_of(month, rules.reporting), rules, rules.reporting)
        day = day_words(due, year)
        when = f"于{day}前" if judgement.day <= due else f"尽快（{day}已截止）"
    for one in standings:
        if one.how in _OWING and one.unit != judgement.ledger.office:
            form = f"{full_month(month)}进展报送表"
            what = f"{form}还没有收到" if one.how == "未交" else f"收到的{form}没有填写"
            head = f"{_addressed(judgement, one.unit)}：您好！{what}，涉及"
            tail = f"，请{when}填好发回；已发出的请忽略。谢谢！（{judgement.ledger.office}）"
            yield _fitted(head, one.empty, tail)


def attention_wanted(judgement: Judgement, proposals: Iterable[Proposal]) -> Iterator[str]:
    """Yield a text for each unit that leads something to be reminded of."""
    units: dict[str, list[JudgedItem]] = {}
    for one in proposals:
        units.setdefault(one.unit, []).append(one.item)
    for unit, items in units.items():
        head = f"{_addressed(judgement, unit)}：您好！请关注贵单位牵头的"
        tail = f"，抓紧办理并报送进展；有困难的请提前告知。谢谢！（{judgement.ledger.office}）"
        yield _fitted(head, [f"{item.id}{_why(item, unit)}" for item in items], tail)


def _addressed(judgement: Judgement, unit: str) -> str:
    """Return a unit, and its 联络员 where one is known: 县财政局张三同志."""
    found = judgement.ledger.contact(unit, "联络员", judgement.day)
    return f"{unit}{found.name}同志" if found else unit


def _why(item: JudgedItem, unit: str) -> str:
    """Return the day by which the item is due, or the months of which the unit hasn't reported.

    It stands in brackets, and is empty where neither is so.
    """
    state, year = item.state, item.ledger.tasks.notice.year
    stage = state.overdue_stage or (state.current if state.dated else None)
    if stage is not None:
        late = f"，已逾期{state.days_overdue}天" if state.overdue_stage else ""
        return f"（{day_words(stage.due, year)}到期{late}）"
    months = [m.month for m in item.missed if unit in m.units]
    return f"（{owed_words(months, item.ledger)}进展未报）" if months else ""


def _fitted(head: str, parts: Sequence[str], tail: str) -> str:
    """Return the text with as many of the parts as there is room for.

    How many there are is said where some are left out.
    """
    room = LIMIT - len(head) - len(tail)
    for count in range(len(parts), 1, -1):
        words = some_of(parts, count, "项")
        if len(words) <= room:
            return head + words + tail
    return head + some_of(parts, 1, "项") + tail
