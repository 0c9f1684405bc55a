"""各单位完成情况: what each unit has achieved, for the end of a year."""

from collections.abc import Iterator
from typing import Final

from gaigai_cli.model.statuses import SUSPENDED, is_pending, is_unheard, is_unstarted
from gaigai_cli.query.choose import grouped
from gaigai_cli.report.facts import Facts, ItemFacts, led_by
from gaigai_cli.report.monthly_report import ACHIEVEMENTS, LATE, TURNS, Section
from gaigai_cli.report.wording import number_of, numbers, sentence, who
from gaigai_cli.words.say import day_words


def achievements(facts: Facts) -> Section:
    """Return the section: of each unit that leads items what was closed, what was reached and what goes on."""
    units = facts.now.ledger.units.all
    told = [(unit.name, tuple(_of(facts, unit.name))) for unit in units]
    paragraphs = tuple(
        sentence(f"{who(facts.now.ledger, unit)}：{'；'.join(words)}")
        for unit, words in told
        if words
    )
    return Section(ACHIEVEMENTS, paragraphs)


def _of(facts: Facts, unit: str) -> Iterator[str]:
    led = [fact for fact in led_by(facts, unit) if fact.counted]
    closed = [fact for fact in led if fact.state.closed]
    if closed:
        yield f"办结{'、'.join(_closed(facts, fact, unit) for fact in closed)}"
    assessed = grouped(
        (fact.state.assessment.record.result, fact.item) for fact in led if fact.state.assessment
    )
    yield from (f"期满评估{result}{numbers(items)}" for result, items in assessed.items())
    reached = [
        f"{numbers((fact.item,))}{'、'.join(names)}"
        for fact in led
        if (names := [f.indicator.name for f in fact.item.figures if f.verdict == "达标"])
    ]
    if reached:
        yield f"指标达标的有{'，'.join(reached)}"
    going = [fact for fact in led if not fact.state.closed and not fact.state.assessment]
    stands = grouped((_stands(fact, unit), fact.item) for fact in going)
    yield from (f"{words}{numbers(stands[words])}" for words in _GOING if words in stands)


_AWAITED: Final = "申请销号、待核验"
_GOING: Final = (LATE, TURNS, _AWAITED, "继续推进", "未启动", "未报进展", SUSPENDED)
"""How an item that goes on may stand, in the order in which it is told."""


def _stands(fact: ItemFacts, unit: str) -> str:
    """Return how an item stands for a unit that leads it, as the other parts of the bulletin have it."""
    if fact.state.suspended:
        return SUSPENDED
    if fact.state.overdue_of(unit):
        return LATE
    if is_pending(fact.state.status) or fact.expired:
        return _AWAITED
    if fact.state.missed_turns:
        return TURNS
    status = fact.state.status
    return status if is_unheard(status) or is_unstarted(status) else "继续推进"


def _closed(facts: Facts, fact: ItemFacts, unit: str) -> str:
    assert fact.state.finished is not None
    late = any(s.late and not fact.item.in_time(s, unit) for s in fact.state.stages)
    how = "，逾期" if late else ""
    return f"{number_of(fact.state.listed)}（{day_words(fact.state.finished, facts.year)}{how}）"
