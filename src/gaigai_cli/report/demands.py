"""五、下一步工作要求: what is still missing, of whom and by which day; then what the office itself will do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from gaigai_cli.judge.lights import missed_turns_words
from gaigai_cli.judge.owed_reports import due_day, is_reported, owed_words, reporting_period
from gaigai_cli.judge.owes import owes
from gaigai_cli.judge.state import StageState
from gaigai_cli.model.ledger import Demand
from gaigai_cli.model.statuses import is_pending
from gaigai_cli.model.workdays import add_workdays
from gaigai_cli.query.choose import grouped
from gaigai_cli.query.instructions import Instruction, instructions
from gaigai_cli.report.facts import Facts, ItemFacts, led_by
from gaigai_cli.report.follow_up import figure_demand, followed
from gaigai_cli.report.monthly_report import DEMANDS, Section
from gaigai_cli.report.overview import by_units_words
from gaigai_cli.report.problems import to_coordinate
from gaigai_cli.report.wording import (
    number_of,
    numbered,
    numbers,
    pending_stages,
    reply_words,
    said,
    stage_words,
)
from gaigai_cli.words.period import month_of
from gaigai_cli.words.say import day_words, demanded_by, month_words


def demands(facts: Facts, asked: Sequence[Demand]) -> Section:
    """Return the section: a paragraph for each unit of which something is asked, one for all, one for the office.

    Whom to call follows them; it is no section by itself.
    """
    paragraphs = [
        *_of_units(facts, asked),
        *_from_above(facts, asked),
        *_due_next(facts),
        *_reports(facts),
        *_own(facts),
    ]
    rules = facts.now.ledger.rules.bulletin
    return Section(DEMANDS, tuple(numbered(paragraphs, rules)) if paragraphs else ())


def demanded(facts: Facts) -> tuple[Demand, ...]:
    """Return what units are asked for, a value each, in the notice's order of units, 垂直管理 last."""
    units = facts.now.ledger.units.all
    ordered = [u.name for u in sorted(units, key=lambda u: u.vertical) if u.name != facts.office]
    from_above = [d for one in instructions(facts.now) for d in _instructed(facts, one)]
    return tuple(
        demand
        for unit in ordered
        for demand in (*_of(facts, unit), *(d for d in from_above if d.unit == unit))
    )


def _instructed(facts: Facts, one: Instruction) -> Iterator[Demand]:
    """Yield what a leader or a meeting has demanded and a unit hasn't answered; the leader isn't named, nor quoted."""
    record = one.record
    whose = demanded_by(record, facts.office)
    listed = facts.now.ledger.tasks.by_id.get(record.item or "")
    about = f"（{number_of(listed)}）" if listed else ""
    helped = f"牵头、{facts.whos(one.assist)}配合，" if one.assist else ""
    for unit in one.missing:
        items = (record.item,) if record.item else ()
        what = f"{helped}{said(record.summary or '', facts.year)}{about}"
        yield Demand(unit, items, "交办", whose, what, record.reply_by)


def _of(facts: Facts, unit: str) -> Iterator[Demand]:
    by = _reply_day(facts)
    for fact in led_by(facts, unit):
        about, ids = number_of(fact.state.listed), (fact.id,)
        owed = owes(fact.item, unit)
        # What has been explained already isn't asked for again.
        days = "拟办结时间" if fact.reason else "未办结原因和拟办结时间"
        for stage in owed.late if "办结" in owed.asked else ():
            yield Demand(unit, ids, "办结", f"{about}{stage_words(stage)}", days, by)
        if owed.turns:
            turns = f"{about}{missed_turns_words(fact.state, facts.year)}任务"
            yield Demand(unit, ids, "期次", turns, "" if fact.reason else "并说明原因", by)
        if "滞后" in owed.asked:
            told = fact.reason is not None and fact.reason.asked is None
            known = "所反映问题的解决情况" if told else "下步措施"
            missing = "请示答复情况和下步意见" if fact.asked_above else f"{known}和预计完成时间"
            yield Demand(unit, ids, "滞后", about, missing, by)
        for figure in owed.short:
            yield Demand(unit, ids, "指标", about, figure_demand(figure), by)
        if owed.refuted:
            yield Demand(unit, ids, "核验", about, "报送情况与抽查核验不符的原因", by)
    yield from _unreported(facts, unit, by)


def _unreported(facts: Facts, unit: str, by: date | None) -> Iterator[Demand]:
    found = grouped((owes(fact.item, unit).months, fact.item) for fact in led_by(facts, unit))
    for months, items in found.items():
        if months:
            missing = f"{owed_words(months, facts.now.ledger, facts.year)}进展"
            yield Demand(unit, tuple(i.id for i in items), "报送", numbers(items), missing, by)


def _reply_day(facts: Facts) -> date | None:
    """Return the day by which units answer, ``reply_within`` working days after the cut; None without a calendar."""
    rules = facts.now.ledger.rules
    return add_workdays(facts.now.day, rules.warn.reply_within, rules.calendar)


def reply_of(facts: Facts) -> str:
    """Return by when units answer a bulletin."""
    return reply_words(_reply_day(facts), facts.now.ledger.rules.warn.reply_within, facts.year)


_ASKED: Final[Mapping[str, tuple[str, str]]] = {
    "办结": ("书面报送", "（已办结的，一并报送佐证材料、申请销号）"),
    "期次": ("补齐", ""),
    "滞后": ("报送", ""),
    "指标": ("提出", ""),
    "核验": ("书面说明", ""),
    "报送": ("补报", ""),
}
"""The words before and behind what is asked for, by kind."""


def _of_units(facts: Facts, asked: Sequence[Demand]) -> Iterator[str]:
    """Yield a paragraph for each unit; what is asked of several items alike is said once."""
    reply = reply_of(facts)
    open_ = {_matter(f.demand) for f in followed(facts) if not f.done}
    for unit in dict.fromkeys(demand.unit for demand in asked if demand.kind in _ASKED):
        own = [demand for demand in asked if demand.unit == unit]
        again = _kinds(d for d in own if _matter(d) in open_)
        new = _kinds(d for d in own if _matter(d) not in open_)
        if again and new:
            new = f"；另请{new}"
        yield f"{'再次' if again else ''}请{facts.who(unit)}于{reply}{again}{new}。"


def _matter(demand: Demand) -> tuple[str, ...]:
    """Return what two demands have in common of which the later one asks again."""
    figure = demand.missing if demand.kind == "指标" else ""
    return (demand.unit, demand.kind, figure, *demand.items)


def _kinds(asked: Iterable[Demand]) -> str:
    own = list(asked)
    told = (_kind(kind, [d for d in own if d.kind == kind]) for kind in _ASKED)
    return "；".join(filter(None, told))


def _from_above(facts: Facts, asked: Sequence[Demand]) -> Iterator[str]:
    """Yield a paragraph for each demand of a leader or meeting that waits for answers."""
    found = grouped(((d.about, d.missing, d.by), d.unit) for d in asked if d.kind == "交办")
    for (about, what, by), units in found.items():
        late = by is not None and by < facts.now.running
        day = reply_of(facts) if by is None or late else f"{day_words(by, facts.year)}前"
        past = f"（原定{day_words(by, facts.year)}前，逾期未反馈）" if by and late else ""
        yield f"根据{about}，请{facts.whos(units)}{what}，于{day}反馈办理情况{past}。"


def _kind(kind: str, asked: Sequence[Demand]) -> str:
    about = grouped((demand.missing, demand.about) for demand in asked)
    before, behind = _ASKED[kind]
    each = "，".join(f"{'、'.join(items)}{missing}" for missing, items in about.items())
    return f"{before}{each}{behind}" if each else ""


def _due_next(facts: Facts) -> Iterator[str]:
    """Yield who has something due in the next period; a unit that has asked for more time waits for its answer."""
    found = grouped(_coming_of_others(facts))
    each = "，".join(f"{facts.whos(u)}按时办结{_which(facts, due)}" for u, due in found.items())
    if each:
        yield f"请{each}，办结后及时申请销号。"


def _which(facts: Facts, due: Iterable[tuple[str, StageState]]) -> str:
    stages = grouped(due)
    return numbers([facts.by_id[id_].item for id_ in stages], lambda item: stages[item.id])


def _coming_of_others(facts: Facts) -> Iterator[tuple[tuple[str, ...], tuple[str, StageState]]]:
    """Yield each stage that falls due in the next period, with its item, by the leads that are to do it by then.

    The office isn't its own addressee.
    """
    for fact in facts.items:
        own = {u: _coming(facts, fact, u) for u in fact.state.units.lead if u != facts.office}
        for stage in facts.coming(fact.item):
            if units := tuple(unit for unit, stages in own.items() if stage in stages):
                yield units, (fact.id, stage)


def _coming(facts: Facts, fact: ItemFacts, unit: str) -> list[StageState]:
    """Return the stages that fall due in the next period and that a lead is to do by then."""
    owed = owes(fact.item, unit)
    if owed.waits or "滞后" in owed.debts:
        return []
    return [stage for stage in facts.coming(fact.item) if stage in owed.left]


def _reports(facts: Facts) -> Iterator[str]:
    """Yield when the next reports are due; where there is no cycle, that nothing has been heard yet."""
    now, year = facts.now, facts.year
    rules = now.ledger.rules
    following = month_of(facts.period.last).next
    if not any(f.state.owing and is_reported(f.state, str(following)) for f in facts.items):
        return
    if rules.reporting and str(following) >= rules.reporting.from_:
        asked = reporting_period(str(following), rules.reporting)
        due = day_words(due_day(asked, rules, rules.reporting), year)
        name = month_words(str(following), year) if rules.reporting.every == "month" else "本季度"
        over = following.last.year != now.ledger.tasks.notice.year
        leads = "未办结事项的牵头单位" if over else "各牵头单位"
        yield f"请{facts.reader_or(leads)}于{due}前报送{name}进展{_first_reports(facts)}。"
    elif now.blank:
        yield f"请{facts.reader_or('各牵头单位')}于{reply_of(facts)}将所牵头事项的进展情况报{facts.we}。"
    elif rules.reporting is None and any(f.state.never for f in facts.items):
        yield f"请{facts.reader_or('有关牵头单位')}于{reply_of(facts)}报送从未报送过的事项进展。"


def _first_reports(facts: Facts) -> str:
    """Return of whom nothing has been heard yet, though nobody has missed a report: by unit, behind a semicolon."""
    found = grouped(
        (tuple(u for u in f.state.units.lead if u != facts.office), f.item)
        for f in facts.items
        if f.state.never and not f.item.missed and not f.expired
    )
    found.pop((), None)
    each = by_units_words(facts, found)
    return f"，尚未报送过进展的，一并说明工作安排（{each}）" if each else ""


def offered(facts: Facts) -> tuple[str, ...]:
    """Return what the office might promise besides, a sentence each: it is for the office to take or leave."""
    asked = [f.item for f in facts.items if f.asked_above and (f.troubled or f.state.unstarted)]
    above = {item.id: item for item, _ in to_coordinate(facts)}.values()
    return (
        *(f"{facts.we}将就{numbers((item,))}提出处理意见，报领导小组研究。" for item in asked),
        *(f"{facts.we}将就{numbers((item,))}需协调的问题向上级反映。" for item in above),
    )


def _own(facts: Facts) -> Iterator[str]:
    """Yield what the office will do of its own items, and owes to those who wait for it."""
    own = [(f, owes(f.item, facts.office)) for f in led_by(facts, facts.office)]
    late = [f.item for f, owed in own if owed.late]
    behind = [f.item for f, owed in own if "滞后" in owed.debts]
    due = [f.item for f, owed in own if not owed.late and _coming(facts, f, facts.office)]
    turns = [
        f"{number_of(f.state.listed)}{missed_turns_words(f.state, facts.year)}任务"
        for f, owed in own
        if owed.turns
    ]
    asked = [f.item for f in facts.items if f.state.extensions]
    waiting = [f.item for f in facts.items if is_pending(f.state.status)]
    promised = (
        f"抓紧办结{numbers(late)}" if late else "",
        f"补齐{'、'.join(turns)}" if turns else "",
        f"加快推进{numbers(behind)}" if behind else "",
        f"按时办结{numbers(due, facts.coming)}" if due else "",
        f"抓紧研究{numbers(asked)}延期申请" if asked else "",
        f"及时核验{numbers(waiting, pending_stages)}" if waiting else "",
    )
    words = "，".join(filter(None, promised))
    if words:
        yield f"{facts.we}将{words}。"
