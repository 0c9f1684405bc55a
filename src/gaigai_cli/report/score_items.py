"""What an item is worth in an assessment, stage by stage, and which record says so."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.state import StageState
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.rules import ScoreRules as Rules
from gaigai_cli.model.statuses import is_closed_out, is_counted, is_pending
from gaigai_cli.report.wording import finish_words, finishing, own_application
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import day_words

_RESULTS: Final = {"完成": "completed", "基本完成": "mostly", "未完成": "failed"}


NOT_COUNTED: Final = "不计入"


class ScoreLine(NamedTuple):
    """One part of a unit's score; ``points`` is what it adds.

    ``record`` is the id of the record that decides (None where it is the lack of one), ``day`` the day that counts.
    ``value`` has the own points of a stage, or of an item without stages; None where it doesn't count.
    """

    rule: str
    item: str | None
    words: str
    record: str | None = None
    day: date | None = None
    value: Fraction | None = None
    points: Fraction = Fraction(0)

    def of(self, points: Fraction) -> "ScoreLine":
        """Return the line with what it adds."""
        return self._replace(points=points)


def item_parts(item: JudgedItem, unit: str, period: Period, rules: Rules) -> tuple[ScoreLine, ...]:
    """Return what counts of an item for a lead: what was closed in the period, what is due and not finished.

    A year covers the whole list, and what doesn't count is told; a quarter passes that over. What was late already
    when the lead took it over from a unit that was merged or split stays that unit's; what joint leads were late with
    is held against those alone that hadn't applied.
    """
    state = item.state
    if not is_counted(state.status):
        return (_none(item, "已调出", state.withdrawal),) if period.is_year else ()
    if state.suspended:
        return (_none(item, "条件未具备", state.suspended),) if period.is_year else ()
    if state.stages:
        return tuple(_stages(item, unit, period, rules))
    return tuple(_assessed(item, rules)) if period.is_year else ()


def _none(
    item: JudgedItem, words: str, entry: Entry | None = None, day: date | None = None
) -> ScoreLine:
    """Return that something doesn't count, with the record that says so, or the day."""
    if entry is None:
        return ScoreLine(NOT_COUNTED, item.id, words, None, day)
    return ScoreLine(NOT_COUNTED, item.id, words, entry.record.id, entry.record.date)


def _stages(item: JudgedItem, unit: str, period: Period, rules: Rules) -> Iterator[ScoreLine]:
    year, cut = item.ledger.tasks.notice.year, item.state.day
    for stage in item.state.stages:
        name = f"“{stage.text}”阶段，" if stage.id else ""
        due = f"{name}时限{day_words(stage.due, year)}"
        owed = item.led_before(stage.missed).get(unit) if stage.missed else None
        if owed is not None:
            if period.is_year:
                yield _none(item, f"{due}，到期时由{owed}牵头，不计入", day=stage.missed)
        elif is_closed_out(stage.status):
            if period.is_year or period.holds(stage.closed):
                yield _closed(item, stage, unit, due, rules)
        elif is_pending(stage.status) or stage.application_of(unit):
            others = "" if is_pending(stage.status) else "，其他牵头单位尚未申请"
            last = stage.application_of(unit) or max(stage.applications, key=lambda e: e.order)
            if period.is_year or stage.due <= cut:
                yield _none(item, f"{due}，已申请销号、待核验{others}", last)
        elif stage in item.state.overdue_stages:
            days = (cut - stage.due).days
            words = f"{due}，已过{days}天" if days else f"{due}，当日到期"
            undone = Fraction(rules.undone)
            yield ScoreLine("到期未办结", item.id, words, None, stage.due, undone)
        elif period.is_year:
            yield _none(item, f"{due}，尚未到期")


def _closed(item: JudgedItem, stage: StageState, unit: str, due: str, rules: Rules) -> ScoreLine:
    year = item.ledger.tasks.notice.year
    rule, value = "按期办结", rules.on_time
    in_time = item.in_time(stage, unit)
    if stage.late and not in_time:
        rule, value = "逾期办结", rules.late
    elif stage.moved:
        rule, value = "延期后按期办结", rules.extended
    finished, closed = stage.finished, stage.closed
    assert finished is not None
    assert closed is not None
    told, last = finish_words(item, stage, year), finishing(item, stage)
    if in_time and (own := own_application(item, stage, unit)):
        told = f"{unit}{day_words(own.counts, year)}已申请销号，其他牵头单位逾期，{told}"
        last, finished = own, own.counts
    words = f"{due}，{told}，{day_words(closed, year)}销号"
    return ScoreLine(rule, item.id, words, last.record.id, finished, Fraction(value))


def _assessed(item: JudgedItem, rules: Rules) -> Iterator[ScoreLine]:
    entry = item.state.assessment
    if entry is None:
        yield _none(item, "尚未期满评估")
        return
    result = entry.record.result or ""
    field = _RESULTS.get(result)
    if field is None:
        yield _none(item, f"期满评估：{result}", entry)
    else:
        value, record = Fraction(getattr(rules, field)), entry.record
        yield ScoreLine("期满评估", item.id, result, record.id, record.date, value)
