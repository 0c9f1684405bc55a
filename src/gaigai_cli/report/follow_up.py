"""What became of the demands of the bulletin before: each is met, with what was done, or stands."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from gaigai_cli.model.kinds import REPORTING
from gaigai_cli.model.ledger import Demand, Entry, in_force
from gaigai_cli.model.statuses import is_pending
from gaigai_cli.report.facts import Facts, ItemFacts
from gaigai_cli.report.overview import bulletin_name
from gaigai_cli.report.wording import sentence, who


class Followed(NamedTuple):
    """A demand and what was done of it; ``done`` is empty where it still stands, ``partly`` says what is missing."""

    demand: Demand
    done: str = ""
    partly: str = ""


def followed(facts: Facts) -> tuple[Followed, ...]:
    """Return the demands of the bulletin that was issued for the period before, in its order; none where none was.

    What leaders and meetings demanded (交办) is not the office's: it has an answer of its own, and is asked again.
    """
    last = in_force(facts.now.ledger.issued, str(facts.period.previous))
    if last is None or last.cut is None:
        return ()
    return tuple(
        _followed(facts, demand, last.cut)
        for demand in last.demands
        if demand.kind != "交办" and any(id_ in facts.by_id for id_ in demand.items)
    )


def follow_up(facts: Facts) -> Iterator[str]:
    """Yield the paragraph that answers them one by one."""
    found = followed(facts)
    if not found:
        return
    met = [f for f in found if f.done]
    open_ = [f for f in found if not f.done]
    still = f"尚未落实{len(open_)}项" if met else "均未落实"
    parts = (
        f"已{'全部落实' if not open_ else f'落实{len(met)}项'}：{_by_unit(facts, _met_words(met))}"
        if met
        else "",
        f"{still}：{_by_unit(facts, _open_words(open_))}" if open_ else "",
    )
    name = bulletin_name(str(facts.period.previous), facts.year)
    yield sentence(f"{name}对各单位提出要求{len(found)}项，{'。'.join(filter(None, parts))}")


def _by_unit(facts: Facts, told: Sequence[tuple[str, str]]) -> str:
    units = dict.fromkeys(unit for unit, _ in told)
    return "；".join(
        f"{who(facts.now.ledger, unit)}{'，'.join(words for u, words in told if u == unit)}"
        for unit in units
    )


def _met_words(found: Iterable[Followed]) -> list[tuple[str, str]]:
    """Return units with what they did: what answers several demands about the same items (办结, 核验) is said once."""
    told: dict[tuple[str, tuple[str, ...], str], str] = {}
    for one in found:
        asked = one.demand
        told.setdefault((asked.unit, asked.items, one.done.replace(asked.about, "")), one.done)
    return [(unit, words) for (unit, _, _), words in told.items()]


def _open_words(found: Iterable[Followed]) -> list[tuple[str, str]]:
    """Return units with what they still owe: all that is asked about the same together."""
    owed: dict[tuple[str, str], list[Followed]] = {}
    for one in found:
        owed.setdefault((one.demand.unit, one.demand.about), []).append(one)
    return [(unit, f"{about}{_missing(all_)}") for (unit, about), all_ in owed.items()]


def _missing(found: Sequence[Followed]) -> str:
    asked = "、".join(f.demand.missing for f in found if f.demand.kind != "期次")
    partly = "，".join(dict.fromkeys(f.partly for f in found if f.partly))
    return f"{asked}{f'（{partly}）' if partly else ''}"


def _followed(facts: Facts, demand: Demand, since: date) -> Followed:
    items = [facts.by_id[id_] for id_ in demand.items if id_ in facts.by_id]
    words = _settled(items, demand) or ""
    if words:
        return Followed(demand, words)
    said = _said(facts, items, demand.unit, since)
    match demand.kind:
        case "报送":
            owed = {
                m.month for f in items for m in f.owed if demand.unit in m.units and m.due <= since
            }
            return Followed(demand, "" if owed else f"已补报{demand.about}{demand.missing}")
        case "期次":
            missed = any(turn.due <= since for f in items for turn in f.turns)
            return Followed(demand, "" if missed else f"已补齐{demand.about}")
        case "指标" if not any(f.short for f in items):
            return Followed(demand, f"{demand.about}指标已达到要求")
        case "滞后" if not any(f.lagging or f.unstarted or f.expired for f in items):
            return Followed(demand, f"{demand.about}进度已赶上")
    if not said:
        return Followed(demand)
    if demand.kind in ("滞后", "指标") and not any(e.record.next for e in said):
        return Followed(demand, partly="已报送进展，未提出下步措施")
    return Followed(demand, f"已报送{demand.about}有关情况")


def _settled(items: list[ItemFacts], demand: Demand) -> str:
    """Return what ended the matter for good, or put it into the office's hands."""
    states = [fact.state for fact in items]
    if all(state.withdrawal for state in states):
        return f"{demand.about}已调出清单"
    if all(state.closed for state in states):
        return f"{demand.about}已销号"
    if all(state.closed or state.assessment for state in states):
        return f"{demand.about}已作期满评估"
    if demand.kind in ("报送", "期次"):
        return ""
    if all(is_pending(state.status) for state in states):
        return f"{demand.about}已申请销号"
    if all(state.extensions for state in states):
        return f"{demand.about}已申请延期"
    if demand.kind == "办结" and not any(fact.expired for fact in items):
        return f"{demand.about}经同意延期"
    return ""


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
