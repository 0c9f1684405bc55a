"""三、存在问题: by kind; only leads are named, a unit that merely takes part is not blamed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from gaigai_cli.judge.figures import Figure
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.lights import missed_turns_words, slipped_words, slow_leads
from gaigai_cli.judge.owed_reports import unreported_words
from gaigai_cli.judge.owes import owes
from gaigai_cli.judge.state import StageState
from gaigai_cli.model.indicators import NUMBER_TARGETS, bound_words
from gaigai_cli.query.choose import grouped
from gaigai_cli.query.reasons import Reason
from gaigai_cli.report.facts import Facts, ItemFacts
from gaigai_cli.report.ladder import urged_words
from gaigai_cli.report.monthly_report import LATE, PROBLEMS, Section, Subsection
from gaigai_cli.report.progress import latest_words, percent_words, why_assessed
from gaigai_cli.report.wording import (
    behind_comma,
    cite_with_leads,
    led_then,
    moved_words,
    named,
    number_of,
    numbers,
    quoted,
    reason_words,
    refuted_words,
    said,
    sentence,
    slow_words,
    stage_words,
)
from gaigai_cli.words.period import first_day
from gaigai_cli.words.say import FIGURES_ONLY, coordinator, day_words, value_words

_NEVER: Final = "自清单印发以来从未报送进展"
_MANY: Final = 3
"""Items with problems from which on a unit's head is asked to look into it."""


def problems(facts: Facts) -> Section:
    """Return the section; without any problem it says so in one sentence."""
    silent = tuple(_not_reported(facts))
    parts = (
        _part(LATE, _late(facts)),
        _part("期满未完成", _failed(facts)),
        _part("尚未启动", _unstarted(facts)),
        _part("进度滞后", _behind(facts)),
        Subsection(
            "报送不及时",
            tuple(words for _, words in silent),
            names=tuple(dict.fromkeys(facts.who(unit) for units, _ in silent for unit in units)),
            by_unit=True,
        ),
        _part("指标未达", _short(facts)),
        _part("抽查核验不符", _refuted(facts)),
        _part("需协调事项", to_coordinate(facts)),
    )
    found = [part for part in parts if part.entries]
    if not found:
        name = facts.period.called(facts.year)
        return Section(PROBLEMS, (f"{name}未发现到期未办结、进度滞后等问题。",))
    many = _many(facts)
    if many:
        found[-1] = replace(found[-1], closing=many)
    return Section(PROBLEMS, (), tuple(found))


Told = tuple[JudgedItem, str]
"""An item and what is said of it."""


def _part(heading: str, told: Iterable[Told]) -> Subsection:
    found = tuple(told)
    names = dict.fromkeys(number_of(item.state.listed) for item, _ in found)
    return Subsection(heading, tuple(words for _, words in found), names=tuple(names))


def _late(facts: Facts) -> Iterator[Told]:
    """Yield stages past their deadline, and turns that are over and unmet, the longest first."""
    found: list[tuple[int, Told]] = []
    for fact in facts.items:
        for stage in fact.expired:
            days = (facts.now.day - stage.due).days
            found.append((days, (fact.item, _expired(facts, fact, stage, days))))
        if fact.state.missed_turns:
            days = (facts.now.day - fact.state.missed_turns[0].due).days
            found.append((days, (fact.item, _missed(facts, fact, days))))
    return (told for _, told in sorted(found, key=lambda one: -one[0]))


def _expired(facts: Facts, fact: ItemFacts, stage: StageState, days: int) -> str:
    year = facts.year
    late = f"，逾期{days}天" if days else ""
    head = (
        f"{cite_with_leads(fact.item)}{stage_words(stage)}{day_words(stage.due, year)}到期{moved_words(stage, year)}"
        f"{_led_by(fact, stage.missed)}{late}，尚未办结{_applied(facts, stage)}{_standing(facts, fact)}"
    )
    return _with_reason(facts, fact, head)


def _applied(facts: Facts, stage: StageState) -> str:
    """Return which of the joint leads have done their part, as a clause."""
    each = (
        f"{facts.who(e.unit)}{day_words(e.counts, facts.year)}已申请销号"
        for e in stage.applications
    )
    return "".join(f"，{words}" for words in each)


def _led_by(fact: ItemFacts, missed: date | None) -> str:
    """Return who led it then, as a clause; nothing where nobody has taken it over since."""
    return behind_comma(led_then(fact.item, missed))


def _failed(facts: Facts) -> Iterator[Told]:
    """Yield what the office has found 未完成 in the period."""
    for fact in facts.items:
        found = fact.state.assessment
        if found and found.record.result == "未完成" and facts.period.holds(found.record.date):
            words = f"{cite_with_leads(fact.item)}期满评估为未完成{why_assessed(fact, facts.year)}"
            yield fact.item, sentence(words)


def _standing(facts: Facts, fact: ItemFacts) -> str:
    """Return what its leads report; else how far it was, by each of several leads, with the day.

    The percent of what was reported in the period stands among the progress.
    """
    if fact.state.never:
        return "，从未报送进展"
    return behind_comma(latest_words(fact, facts.year) or percent_words(fact, facts))


def _missed(facts: Facts, fact: ItemFacts, days: int) -> str:
    turns = missed_turns_words(fact.state, facts.year)
    never = "，从未报送进展" if fact.state.never else ""
    late = f"，逾期{days}天" if days else ""
    led = _led_by(fact, fact.state.missed_turns[0].due)
    head = f"{cite_with_leads(fact.item)}{turns}任务未完成{led}{late}{never}"
    return _with_reason(facts, fact, head)


def _with_reason(facts: Facts, fact: ItemFacts, head: str) -> str:
    """Return words with the reason why, as far as one is known or owed."""
    if fact.reason is None:
        return sentence(
            f"{head}，{_silent(facts, fact)}未说明原因" if owes_reason(facts, fact) else head
        )
    return sentence(f"{sentence(head)}{_said_why(facts, fact, fact.reason)}")


def _silent(facts: Facts, fact: ItemFacts) -> str:
    """Return who has given no reason, where it isn't all of the leads that have to: others have done their part."""
    leads = fact.state.units.lead
    late = [unit for unit in leads if fact.state.overdue_of(unit)]
    return "、".join(map(facts.who, late)) if len(late) < len(leads) else ""


def owes_reason(facts: Facts, fact: ItemFacts) -> bool:
    """Return whether the day after a deadline has passed, so that its leads have to say why."""
    dues = [stage.due for stage in fact.expired] + [turn.due for turn in fact.state.missed_turns]
    return any(due < facts.now.day for due in dues)


def _said_why(facts: Facts, fact: ItemFacts, reason: Reason) -> str:
    unit = _that_unit(facts, fact, reason.entry.unit)
    return reason_words(fact.item, reason, unit, facts.year, facts.period)


def _that_unit(facts: Facts, fact: ItemFacts, unit: str) -> str:
    """Return a unit that was just named as the item's lead: 该局, 该单位; one of several leads by its name."""
    if unit in (facts.office, facts.reader) or fact.state.units.lead != (unit,):
        return facts.who(unit)
    return "该局" if unit.endswith("局") else "该单位"


def _behind(facts: Facts) -> Iterator[Told]:
    for fact in facts.items:
        if fact.lagging and not fact.state.unstarted:
            yield fact.item, _behind_words(facts, fact)


def _behind_words(facts: Facts, fact: ItemFacts) -> str:
    year = facts.year
    words = latest_words(fact, year)
    slow = [slipped_words(step, year) for step in fact.slipped]
    if fact.behind:
        slow.insert(0, _slow(facts, fact, told_=bool(words)))
    told_ = f"：{words}，" if words else ""
    head = f"{_with_due(facts, fact)}{told_}{'，'.join(slow)}"
    if fact.reason is None:
        return sentence(head)
    return sentence(f"{sentence(head)}{_said_why(facts, fact, fact.reason)}")


def _with_due(facts: Facts, fact: ItemFacts) -> str:
    """Return the item with who leads it and its last deadline, where it has one."""
    last = fact.state.last_due
    return cite_with_leads(fact.item, f"{day_words(last, facts.year)}到期" if last else "")


def _slow(facts: Facts, fact: ItemFacts, *, told_: bool) -> str:
    """Return how far it lies behind, by each of several leads; ``told_``: the words before say how far it is."""
    state = fact.state
    apart = slow_leads(state, fact.item.ledger)
    if not apart:
        return slow_words(state, fact.behind or 0, None if told_ else state.percent)
    alike = grouped(
        (slow_words(state, points, None if told_ else state.percent_of(unit)), unit)
        for unit, points in apart.items()
    )
    return "，".join(f"{facts.whos(units)}{words}" for words, units in alike.items())


def _unstarted(facts: Facts) -> Iterator[Told]:
    """Yield what hasn't begun and isn't late: what its leads say of that, then why it is behind."""
    for fact in facts.items:
        if fact.state.unstarted and not fact.expired:
            head = _with_due(facts, fact)
            words = "；".join(quoted(e.record.summary or "", facts.year) for e in fact.said)
            begun = "" if "未启动" in words else "尚未启动"
            told_ = sentence(f"{head}{begun}{'：' if words else ''}{words}")
            why = _said_why(facts, fact, fact.reason) if fact.reason else ""
            yield fact.item, f"{told_}{sentence(why) if why else ''}"


def _not_reported(facts: Facts) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield by unit which items it hasn't reported of, for which months in a row."""
    owed = grouped(
        (units, ((then, tuple(names)), fact.item))
        for fact in facts.items
        for (units, then), names in _months_owed(facts, fact).items()
    )
    place = facts.now.ledger.units.place
    for units in sorted(owed, key=lambda units: place(units[0])):
        found = grouped(owed[units])
        each = "；".join(
            _unreported(facts, items, unreported_words(names, facts.now.ledger, facts.year), then)
            for (then, names), items in found.items()
        )
        yield units, f"{facts.whos(units)}：{_urged(facts, units, found)}{each}。"


def _months_owed(facts: Facts, fact: ItemFacts) -> dict[tuple[tuple[str, ...], str], list[str]]:
    """Return the months of which nothing was heard, by the units and by who led it then."""
    return grouped(
        ((missed.units, led_then(fact.item, missed.due)), missed.month)
        for missed in fact.item.missed
        if facts.reader in (None, *missed.units)
    )


def _urged(
    facts: Facts, units: tuple[str, ...], found: dict[tuple[str, tuple[str, ...]], list[JudgedItem]]
) -> str:
    """Return 经多次催报，仍, where each of the units was urged since the first of the months."""
    since = first_day(min(month for _, names in found for month in names))
    items = [item.id for several in found.values() for item in several]
    told = {urged_words(facts.now, unit, items, since) for unit in units}
    return f"{min(told, key=len)}，仍有" if "" not in told else ""


def _unreported(facts: Facts, items: list[JudgedItem], unreported: str, then: str) -> str:
    """Return which items of a unit weren't reported of, with what is worse than a missing report.

    One is called by its name, several by their numbers.
    """
    which = numbers(items) if len(items) > 1 else named(items[0].state.listed)
    missing = f"{unreported}{f'（{then}）' if then else ''}"
    never = [
        item
        for item in items
        if (fact := facts.by_id[item.id]).state.never
        # Where something else under 存在问题 doesn't say so already.
        and not (fact.expired or fact.state.missed_turns)
    ]
    if not never:
        return f"{which}{missing}"
    if len(never) == len(items):
        return f"{which}{_NEVER}，{missing}"
    return f"{which}{missing}，其中{numbers(never)}{_NEVER}"


def _short(facts: Facts) -> Iterator[Told]:
    for fact in facts.items:
        for figure in fact.item.short:
            head = (
                f"{cite_with_leads(fact.item)}：{figure.indicator.name}{_against(facts, figure)}。"
            )
            yield fact.item, f"{head}{_behind_figure(facts, fact, figure)}"


def _behind_figure(facts: Facts, fact: ItemFacts, figure: Figure) -> str:
    """Return what was said together with the figure in the period: why it falls short, else what was done of it.

    Who gave figures and no words has said nothing more.
    """
    said_ = [
        e
        for e in fact.said
        if figure.indicator.id in (e.record.metrics or {})
        and (e.record.problems or not str(e.record.summary).startswith(FIGURES_ONLY))
    ]
    if not said_:
        return ""
    worst = [unit for unit, value in figure.by_unit if value == figure.value]
    said_.sort(key=lambda e: e.unit not in worst)
    record = said_[0].record
    words = quoted(record.problems or record.summary or "", facts.year)
    if said_[0].unit == facts.office:
        return sentence(words)
    how = "反映" if record.problems else "报送"
    unit, day = _that_unit(facts, fact, said_[0].unit), day_words(record.date, facts.year)
    return sentence(f"{unit}{day}{how}：{words}")


def _against(facts: Facts, figure: Figure) -> str:
    """Return the figure with its target: of several units that give it otherwise, what each of them says."""
    indicator, unit = figure.indicator, figure.indicator.unit
    assert figure.value is not None  # a figure without a value is judged neither way
    value = f"为{value_words(figure.value, unit)}"
    if indicator.measure == "latest" and len({v for _, v in figure.by_unit}) > 1:
        each = "、".join(f"{facts.who(u)}报{value_words(v, unit)}" for u, v in figure.by_unit)
        value = f"，{each}"
    for kind in NUMBER_TARGETS:
        target = getattr(indicator.target, kind)
        if target is not None:
            bound = bound_words(kind, value_words(target, unit)).replace("等于", "应为")
            return f"{value}，目标{bound}"
    baseline = indicator.baseline
    way = "提高" if indicator.target.trend == "up" else "压减"
    base = f"{baseline.label}{value_words(baseline.value, unit)}" if baseline else "基期"
    return f"{value}，未比{base}{way}"


def _refuted(facts: Facts) -> Iterator[Told]:
    """Yield the items of which the office saw something else than was reported."""
    for fact in facts.items:
        for entry in fact.refuted:
            found = refuted_words(entry, fact.item, facts.year)
            yield fact.item, sentence(f"{cite_with_leads(fact.item)}：{found}")


def to_coordinate(facts: Facts) -> Iterator[Told]:
    """Yield the problems that a unit marked as 需协调; nobody is blamed for them."""
    for fact in facts.items:
        for entry in fact.state.to_coordinate if fact.state.owing else ():
            words = said(entry.record.problems or "", facts.year).rstrip("。")
            if "协调" not in words:
                words += f"，需{coordinator(entry.record.coordinate or '', facts.office)}协调"
            unit, day = facts.who(entry.unit), day_words(entry.record.date, facts.year)
            yield fact.item, sentence(f"{named(fact.state.listed)}：{words}（{unit}{day}反映）")


def _many(facts: Facts) -> str:
    """Return the units that owe something of three items or more."""
    blamed = Counter(
        unit
        for fact in facts.items
        for unit in fact.state.units.lead
        if unit != facts.office and owes(fact.item, unit).debts
    )
    each = "、".join(
        f"{facts.who(unit)}{count}项" for unit, count in blamed.items() if count >= _MANY
    )
    whose = "你单位" if facts.reader else "单位"
    return f"以上问题涉及{each}，请{whose}主要负责同志过问。" if each else ""
