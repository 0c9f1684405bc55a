"""What became of the demands of the bulletin before: each is met, with what was done, or stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from gaigai_cli.judge.figures import Figure
from gaigai_cli.judge.owes import owes
from gaigai_cli.judge.state import ItemState
from gaigai_cli.model.kinds import REPORTING
from gaigai_cli.model.ledger import Demand, Entry, in_force
from gaigai_cli.model.statuses import is_closed, is_pending
from gaigai_cli.query.choose import grouped
from gaigai_cli.report.facts import Facts, ItemFacts
from gaigai_cli.report.overview import bulletin_name
from gaigai_cli.report.wording import numbers, pending_stages, sentence

_UNDATED: Final = re.compile(
    r"(?<![\d年—、至])(?:\d{1,2}(?:—\d{1,2})?月|第[一二三四](?:至第[一二三四])?季度|[上下]半年)(?=进展|任务|、)"
)
"""A month, quarter or half of a demand that bears no year: nothing but what follows one that does."""


class Followed(NamedTuple):
    """A demand and what was done of it; ``done`` is empty where it still stands, ``partly`` says what is missing."""

    demand: Demand
    done: str = ""
    partly: str = ""


def followed(facts: Facts) -> tuple[Followed, ...]:
    """Return the demands of the bulletin issued for the period before, in its order, each of who answers today.

    It is empty where none was issued. What leaders and meetings demanded (交办) is not the office's: it has an answer
    of its own, and is asked again.
    """
    then = facts.period.previous
    last = in_force(facts.now.ledger.issued, str(then))
    if last is None:
        return ()
    canonical = facts.now.ledger.units.canonical
    return tuple(
        _followed(facts, replace(demand, unit=canonical(demand.unit, demand.items[0])), then.last)
        for demand in last.demands
        if demand.kind != "交办" and any(id_ in facts.by_id for id_ in demand.items)
    )


def follow_up(facts: Facts) -> Iterator[str]:
    """Yield the paragraph that answers them one by one."""
    found = followed(facts)
    if not found:
        return
    met = sum(bool(f.done) for f in found)
    done = "已全部落实" if met == len(found) else f"已落实{met}项"
    still = f"尚未落实{len(found) - met}项" if met else "均未落实"
    words = "。".join(_told(facts, found, done, still))
    yield sentence(f"{_name(facts)}对各单位提出要求{len(found)}项，{words}")


def follow_up_of(facts: Facts, unit: str) -> str:
    """Return what the paragraph says of one unit, as a sentence; empty where nothing was demanded of it."""
    own = [one for one in followed(facts) if one.demand.unit == unit]
    words = "；".join(_told(facts, own, "已落实的有", "尚未落实的有"))
    return sentence(f"{_name(facts)}提出的要求中，{words}") if words else ""


def _name(facts: Facts) -> str:
    return bulletin_name(str(facts.period.previous), facts.year)


def _told(facts: Facts, found: Sequence[Followed], done: str, still: str) -> Iterator[str]:
    """Yield what was met behind the word for that, and what stands behind its own."""
    then = facts.period.previous.last.year
    for head, words in (
        (done, _met_words(f for f in found if f.done)),
        (still, _open_words(f for f in found if not f.done)),
    ):
        if words:
            each = "；".join(
                f"{facts.who(unit)}{'，'.join(all_)}" for unit, all_ in grouped(words).items()
            )
            told = f"{head}：{each}"
            # The demands of another year were written in it, without it.
            yield told if then == facts.year else _UNDATED.sub(rf"{then}年\g<0>", told)


def _met_words(found: Iterable[Followed]) -> list[tuple[str, str]]:
    """Return units with what they did: what answers several demands about the same items is said once, with a count."""
    told = grouped(
        ((f.demand.unit, f.demand.items, f.done.replace(f.demand.about, "")), f.done) for f in found
    )
    return [
        (unit, f"{words[0]}（{len(words)}项要求）" if len(words) > 1 else words[0])
        for (unit, _, _), words in told.items()
    ]


def _open_words(found: Iterable[Followed]) -> list[tuple[str, str]]:
    """Return units with what they still owe: all that is asked about the same together."""
    owed = grouped(((one.demand.unit, one.demand.about), one) for one in found)
    told = []
    for (unit, about), all_ in owed.items():
        asked = "、".join(f.demand.missing for f in all_ if f.demand.kind != "期次")
        partly = "，".join(dict.fromkeys(f.partly for f in all_ if f.partly))
        told.append((unit, f"{about}{asked}{f'（{partly}）' if partly else ''}"))
    return told


def _followed(facts: Facts, demand: Demand, since: date) -> Followed:
    items = [facts.by_id[id_] for id_ in demand.items if id_ in facts.by_id]
    words = _settled(items, demand, since)
    if words:
        return Followed(demand, words)
    said = _said(facts, items, demand.unit, since)
    match demand.kind:
        case "报送":
            owed = [
                f.item
                for f in items
                if any(demand.unit in m.units and m.due <= since for m in f.item.missed)
            ]
            rest = f"{numbers(owed)}尚未补报" if len(owed) < len(demand.items) else ""
            # Of what was ended or given to others meanwhile nothing was made up.
            left = [f for f in items if not is_closed(f.state.status)]
            asked = [f.item for f in left if demand.unit in f.state.units.lead]
            about = numbers(asked) or demand.about
            done = "" if owed else f"已补报{about}{demand.missing}"
            return Followed(demand, done, "" if done else rest)
        case "期次":
            missed = any(turn.due <= since for f in items for turn in f.state.missed_turns)
            return Followed(demand, "" if missed else f"已补齐{demand.about}")
        case "指标" if demand.missing not in map(figure_demand, _short(items)):
            return Followed(demand, f"{demand.about}{_figures_now(items, demand)}")
        case "滞后" if not any(owes(f.item, demand.unit).debts & {"滞后", "办结"} for f in items):
            return Followed(demand, f"{demand.about}进度已赶上")
    if not said:
        return Followed(demand)
    partly = ""
    if demand.kind in ("滞后", "指标") and not any(e.record.next for e in said):
        partly = "已报送进展，未提出下步措施"
    elif demand.kind == "办结" and not any(_explains(e) for e in said):
        partly = "已报送进展，未作说明"
    return Followed(demand, "" if partly else f"已报送{demand.about}有关情况", partly)


def figure_demand(figure: Figure) -> str:
    """Return what is asked of an indicator that falls short."""
    return f"“{figure.indicator.name}”改进措施"


def _short(items: list[ItemFacts]) -> Iterator[Figure]:
    return (figure for fact in items for figure in fact.item.short)


def _figures_now(items: list[ItemFacts], demand: Demand) -> str:
    """Return what has become of the figure that fell short."""
    every = (figure for fact in items for figure in fact.item.figures)
    figures = [figure for figure in every if figure_demand(figure) == demand.missing]
    reached = figures and all(f.verdict == "达标" for f in figures)
    return "指标已达到要求" if reached else "指标不再列为未达标"


def _settled(items: list[ItemFacts], demand: Demand, since: date) -> str:
    """Return what ended the matter for good, put it into the office's hands, or gave it to another unit."""
    states = [fact.state for fact in items]
    about, awaited = demand.about, demand.kind not in ("报送", "期次")
    granted = any(
        e.record.kind == "批准延期" and e.record.date > since for f in items for e in f.rulings
    )
    in_time = not any(fact.expired or fact.lagging for fact in items)
    waiting = numbers((fact.item for fact in items), pending_stages)
    ended = (
        (f"{about}已调出清单", not any(fact.counted for fact in items)),
        (f"{about}已销号", all(state.closed for state in states)),
        (f"{about}已作期满评估", all(state.closed or state.assessment for state in states)),
        (
            f"{about}已变更牵头单位",
            not any(demand.unit in state.units.lead for state in states),
        ),
        (f"{about}已暂缓实施", demand.kind != "报送" and all(state.suspended for state in states)),
        (
            f"{waiting or about}已申请销号",
            awaited and all(_waits(state, demand.unit) for state in states),
        ),
        (f"{about}已申请延期", awaited and all(state.extensions for state in states)),
        (f"{about}经同意延期", demand.kind in ("办结", "滞后") and granted and in_time),
    )
    return next((words for words, holds in ended if holds), "")


def _waits(state: ItemState, unit: str) -> bool:
    """Return whether an item waits for the office, or one of several leads has done its part."""
    return state.has_done(unit) or (is_pending(state.status) and not state.overdue_of(unit))


def _explains(entry: Entry) -> bool:
    """Return whether a report says why something isn't done, or what comes next; a receipt answers as a whole."""
    record = entry.record
    return bool(record.late_reason or record.problems or record.next or record.kind == "督办回执")


def _said(facts: Facts, items: list[ItemFacts], unit: str, since: date) -> list[Entry]:
    """Return what the unit has reported of the items since, receipts for papers about them included."""
    ids = {fact.id for fact in items}
    papers = {e.record.id for e in facts.now.general if ids & set(e.record.items or ())}
    own = [e for f in items for e in f.state.entries if e.record.kind in REPORTING]
    own += [
        e
        for e in facts.now.general
        if e.record.kind == "督办回执" and not papers.isdisjoint(e.record.references)
    ]
    return [e for e in own if e.unit == unit and e.record.date > since]
