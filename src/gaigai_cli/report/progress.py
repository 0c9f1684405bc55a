"""二、主要进展: closed in the period, moved, told for its news, due in the next one, and what was decided."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from gaigai_cli.judge.figures import Figure
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.state import StageState
from gaigai_cli.model.deadline import Recurring
from gaigai_cli.model.labels import KIND_WORDS
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import RESULTS, Record
from gaigai_cli.model.statuses import SUSPENDED, is_pending, is_unheard
from gaigai_cli.query.choose import grouped
from gaigai_cli.report.facts import Facts, ItemFacts
from gaigai_cli.report.monthly_report import PROGRESS, Section, Subsection
from gaigai_cli.report.wording import (
    behind_comma,
    besides_asking,
    cite_with_leads,
    decided,
    finish_words,
    finishing,
    grounds,
    in_time_words,
    moved_words,
    numbers,
    own_application,
    refuted_words,
    said,
    seen_words,
    sentence,
    stage_words,
    told,
    who,
    whos,
)
from gaigai_cli.words.say import day_words, turn_words, value_words

CLOSED: Final = "办结销号"
ASSESSED: Final = "期满评估"
ADJUSTED: Final = "事项调整"
"""Subsections that a bulletin on several lists tells of each, too."""


def progress(facts: Facts) -> Section:
    """Return the section; without anything to tell it says so in one sentence."""
    moved, news = _moved_items(facts), _news_items(facts)
    short = _told_in_short(facts, moved)
    named_ = {fact.id for fact in (*moved, *news) if fact not in short}
    parts = (
        Subsection(CLOSED, tuple(_closed(facts))),
        Subsection(ASSESSED, tuple(_assessed(facts))),
        _dated(facts, moved, short),
        _ongoing(facts, news),
        _due_next(facts, named_),
        Subsection(ADJUSTED, tuple(_adjusted(facts, named_))),
    )
    found = tuple(part for part in parts if part.entries or part.closing)
    but = "除申请销号、延期外，" if any(fact.heard for fact in facts.items) else ""
    none = () if found else (f"{facts.period.called(facts.year)}{but}没有事项报送进展。",)
    return Section(PROGRESS, none, found)


def _closed(facts: Facts) -> Iterator[str]:
    """Yield every stage that was verified in the period, with what was done and whether in time."""
    for fact in facts.items:
        for stage in fact.state.stages:
            if stage.finished and facts.period.holds(stage.closed):
                yield _close_out(fact, stage, facts.year)


def _close_out(fact: ItemFacts, stage: StageState, year: int) -> str:
    assert stage.closed is not None
    what = "；".join(_done(fact, stage, year))
    how = "逾期办结" if stage.late else "按期办结"
    how += moved_words(stage, year, until=True)
    if stage.late and stage.moved:
        how += "，仍按逾期统计"
    how += in_time_words(fact.item, stage, year)
    seen = "".join(f"；{_seen(fact, entry, year)}" for entry in fact.confirmed)
    return sentence(
        f"{cite_with_leads(fact.item)}{stage_words(stage)}{f'：{what}' if what else ''}，"
        f"{finish_words(fact.item, stage, year)}，{_verified(fact, stage, year)}，{how}{seen}"
    )


def _done(fact: ItemFacts, stage: StageState, year: int) -> Iterator[str]:
    """Yield what was done of a closed stage: by each of several leads, in the words of its application."""
    own = (own_application(fact.item, stage, unit) for unit in fact.state.units.lead)
    for entry in tuple(filter(None, own)) or (finishing(fact.item, stage),):
        words = told(besides_asking(entry), year)
        if words:
            yield f"{words}{_whose(fact, entry)}"


def _seen(fact: ItemFacts, entry: Entry, year: int) -> str:
    agrees = entry.record.agrees
    if agrees == "不符":
        return refuted_words(entry, fact.item, year)
    return f"{seen_words(entry, fact.item, year)}{f'，与所报情况{agrees}' if agrees else ''}"


def _verified(fact: ItemFacts, stage: StageState, year: int) -> str:
    """Return 销号 with its day, and by whom where the office didn't verify it itself."""
    assert stage.closed is not None
    ruling = fact.state.answer_to(finishing(fact.item, stage), "核验销号")
    by = ruling.record.verified_by_unit if ruling else None
    return f"{day_words(stage.closed, year)}{f'经{by}核验' if by else ''}销号"


def _assessed(facts: Facts) -> Iterator[str]:
    """Yield the results with their items; those that were neither reached nor missed with what was said of them."""
    assessed = ((f.state.assessment, f) for f in facts.items)
    found = grouped(
        (entry.record.result, fact)
        for entry, fact in assessed
        if entry and facts.period.holds(entry.record.date)
    )
    for result in filter(found.get, RESULTS):
        held = found[result]
        each = numbers(f.item for f in held)
        if result not in _PLAIN:
            each = "；".join(
                f"{cite_with_leads(f.item)}{why_assessed(f, facts.year)}" for f in held
            )
        yield f"{result}{len(held)}项：{each}。"


_PLAIN: Final = ("完成", "未完成")
"""Results of which the numbers are enough: what is 未完成 stands with the problems."""


def why_assessed(fact: ItemFacts, year: int) -> str:
    """Return what the office said when it assessed an item, behind a comma; empty where it said nothing."""
    assert fact.state.assessment is not None
    record = fact.state.assessment.record
    return behind_comma(told(record.summary or record.reason or "", year))


def _moved_items(facts: Facts) -> list[ItemFacts]:
    """Return items with a time limit that moved, or wait for verification, soonest first."""
    moved = [
        fact
        for fact in facts.items
        if fact.state.dated
        and not fact.state.unstarted
        and (
            is_pending(fact.state.status)
            or (fact.state.owing and (_told_of(fact) or fact.confirmed))
        )
    ]
    return sorted(moved, key=lambda fact: _current(fact).due)


def _dated(facts: Facts, moved: Sequence[ItemFacts], short: Sequence[ItemFacts]) -> Subsection:
    """Return each in its leads' words; what is told in ``short`` or late with percent and days left only."""
    late = [fact for fact in moved if fact.troubled]
    well = [fact for fact in moved if not fact.troubled]
    coming = any(facts.coming(fact.item) for fact in facts.items)
    closing = ""
    if short:
        each = "；".join(_in_short(facts, fact) for fact in short)
        closing = f"其余{len(short)}项按计划推进：{each}。"
    if late:
        each = "；".join(_in_short(facts, fact) for fact in late)
        closing += f"{'另有' if well else ''}{len(late)}项见“存在问题”部分：{each}。"
    if well and not coming and facts.period.is_month:
        closing += f"{facts.period.next_called(facts.year)}无明确时限事项到期。"
    entries = tuple(_moved(facts, fact) for fact in well if fact not in short)
    return Subsection("明确时限事项", entries, closing)


def _told_in_short(facts: Facts, moved: Sequence[ItemFacts]) -> list[ItemFacts]:
    """Return what moved and is told by number alone: that which has time, where it is several beside others."""
    moved = [fact for fact in moved if not fact.troubled]
    rest = [fact for fact in moved if _has_time(facts, fact)]
    return rest if 1 < len(rest) < len(moved) else []


def _has_time(facts: Facts, fact: ItemFacts) -> bool:
    """Return whether an item is on its way and due later than three times the days of the blue light."""
    left = (_current(fact).due - facts.now.day).days
    trouble = fact.troubled or fact.item.short or is_pending(fact.state.status)
    if fact.confirmed or fact.highlights:  # worth a line of its own
        return False
    return not trouble and left > 3 * facts.now.ledger.rules.warn.blue


def _in_short(facts: Facts, fact: ItemFacts) -> str:
    left = (_current(fact).due - facts.now.day).days
    when = f"{stage_words(_current(fact))}余{left}天" if left > 0 else ""
    return cite_with_leads(fact.item, when, percent_words(fact, facts, short=True), short=True)


def percent_words(fact: ItemFacts, facts: Facts, *, short: bool = False) -> str:
    """Return how far an item is: by each of several leads, with the day of what is older than the period.

    ``short``: within brackets, behind the names of the leads.
    """
    state, leads = fact.state, fact.state.units.lead
    if short and state.by_milestones:
        return f"进度{state.percent}%"
    latest = {e.unit: e.record for e in state.entries if e.record.percent is not None}
    known = [(unit, latest[unit]) for unit in leads if unit in state.percents]
    if short and known and len(known) == len(leads):
        far = [f"{record.percent}%" for _, record in known]
        return f"进度分别为{'、'.join(far)}" if len(set(far)) > 1 else f"进度{far[0]}"
    told_ = []
    for unit, record in known:
        old = record.date < facts.period.first and not short
        day = f"（{day_words(record.date, facts.year)}报）" if old else ""
        whose = who(fact.item.ledger, unit) if len(leads) > 1 else ""
        told_.append(f"{whose}进度{record.percent}%{day}")
    return "、".join(told_)


def _current(fact: ItemFacts) -> StageState:
    assert fact.state.current is not None
    return fact.state.current


def _moved(facts: Facts, fact: ItemFacts) -> str:
    state, stage, year = fact.state, _current(fact), facts.year
    left = (stage.due - facts.now.day).days
    when = f"{day_words(stage.due, year)}到期{f'，余{left}天' if left > 0 else ''}"
    head = cite_with_leads(fact.item, f"{stage_words(stage)}{when}")
    words = [_told(fact, entry, year, percent=True) for entry in _told_of(fact)]
    if is_pending(state.status):
        words.append(f"{day_words(stage.applied, year)}申请销号，待核验")
    words += [_seen(fact, entry, year) for entry in fact.confirmed]
    return sentence(f"{head}：{'；'.join(filter(None, words))}")


def _told_of(fact: ItemFacts) -> list[Entry]:
    """Return what the office wants told, else the words that tell something and aren't about a closed stage."""
    if fact.highlights:
        return [entry for entry, _ in fact.highlights]
    closed = {
        finishing(fact.item, stage).record.id for stage in fact.state.stages if stage.finished
    }
    kept = [e for e in _by_leads(fact) if e.record.id not in closed and besides_asking(e)]
    return kept if fact.moved else []


def _by_leads(fact: ItemFacts) -> list[Entry]:
    """Return the period's words of the leads, or the others' where no lead spoke."""
    lead = fact.state.units.lead
    return [e for e in fact.said if e.unit in lead] or list(fact.said)


def _told(fact: ItemFacts, entry: Entry, year: int, *, percent: bool = False) -> str:
    """Return a unit's words, or the office's for them where it wants them told, with whose they are; empty without any.

    ``percent``: with how far the item is, unless its application says so.
    """
    own = next((words for one, words in fact.highlights if one is entry), "")
    words = said(own, year) or told(besides_asking(entry), year)
    if percent and entry.record.percent is not None and not is_pending(fact.state.status):
        far = f"进度{entry.record.percent}%"
        words += f"，{far}" if far not in words else ""
    return f"{words}{_whose(fact, entry)}" if words else ""


def latest_words(fact: ItemFacts, year: int) -> str:
    """Return what the leads of an item with a time limit report of it in the period.

    It is empty where that says nothing new.
    """
    return _all_told(fact, _told_of(fact), year)


def _all_told(fact: ItemFacts, entries: Iterable[Entry], year: int) -> str:
    return "；".join(filter(None, (_told(fact, entry, year) for entry in entries)))


def _whose(fact: ItemFacts, entry: Entry) -> str:
    """Return in brackets who said it, where that isn't the only lead, and what speaks against it."""
    alone = fact.state.units.lead == (entry.unit,)
    words = [] if alone else [who(fact.item.ledger, entry.unit)]
    if doubt := fact.doubt(entry):
        words.append(doubt)
    return f"（{'，'.join(words)}）" if words else ""


def _going_on(facts: Facts) -> list[ItemFacts]:
    return [f for f in facts.items if not f.state.dated and f.state.owing]


def _news_items(facts: Facts) -> list[ItemFacts]:
    """Return what goes on without a deadline and is news, in the list's order; of too many the most important."""
    found = [f for f in _going_on(facts) if _news(facts, f)]
    most = facts.now.ledger.rules.bulletin.entries
    chosen = sorted(found, key=lambda f: _news(facts, f))[:most]
    return [f for f in found if f in chosen]


def _ongoing(facts: Facts, news: Sequence[ItemFacts]) -> Subsection:
    """Return the news; all the rest in one sentence."""
    entries = tuple(_news_words(facts, f) for f in news)
    going = _going_on(facts)
    kinds = {f.state.listed.deadline.kind for f in going}
    rest = [f for f in going if f not in news]
    spoke = [f for f in rest if f.said]
    word = "其余" if entries else "此类事项"
    if not rest or not spoke:
        closing = ""
    elif len(spoke) == len(rest):
        all_ = "均" if len(rest) > 1 else ""
        closing = f"{word}{len(rest)}项{all_}已报送进展，详见附件1。"
    else:
        closing = f"{word}{len(rest)}项中，{len(spoke)}项报送了进展，详见附件1。"
    heading = "、".join(words for kind, words in KIND_WORDS.items() if kind in kinds)
    return Subsection(f"{heading}事项", entries, closing)


_MARKED, _TURN, _TARGET, _SEEN, _FIRST = 1, 2, 3, 4, 5


def _news(facts: Facts, fact: ItemFacts) -> int:
    """Return what makes an item news, the most important as the lowest number; 0 where nothing does."""
    if fact.highlights:
        return _MARKED
    if not fact.said:
        return _SEEN if fact.confirmed else 0
    if _turn_met(facts, fact):
        return _TURN
    if _reached(fact):
        return _TARGET
    if fact.confirmed:
        return _SEEN
    was = fact.former
    others = [f.former for f in facts.items if f.former and not f.former.state.dated]
    begun = sum(not is_unheard(item.state.status) for item in others)
    first = was is not None and is_unheard(was.state.status) and fact.moved
    return _FIRST if first and 2 * begun > len(others) else 0


def _turn_met(facts: Facts, fact: ItemFacts) -> str:
    """Return the turn that ends in the period and was met in it; empty where there is none."""
    deadline = fact.state.listed.deadline
    if not isinstance(deadline, Recurring) or deadline.every in ("week", "month"):
        return ""
    met = [t for t in fact.state.occurrences if t.met and facts.period.holds(t.due)]
    return turn_words(deadline, met[-1].due, facts.year) if met else ""


def _reached(fact: ItemFacts) -> list[Figure]:
    """Return the indicators that reached their targets in the period."""
    was = {f.indicator.id: f.verdict for f in fact.former.figures} if fact.former else {}
    return [
        f
        for f in fact.item.figures
        if f.verdict == "达标"
        and f.indicator.measure != "latest"
        and was.get(f.indicator.id, "达标") != "达标"
    ]


def _reached_words(figures: Sequence[Figure], told_: str) -> str:
    """Return that targets are reached, each with its figure unless it was ``told_`` already."""
    words = []
    for figure in figures:
        target, unit = figure.indicator.target, figure.indicator.unit
        more = target.at_least is not None or target.trend == "up"
        verdict = "达到目标" if more else "符合目标要求"
        value = "" if figure.value is None else value_words(figure.value, unit)
        if len(figures) == 1 and value and value in told_:
            return f"，{verdict}"
        words.append(f"“{figure.indicator.name}”{f'为{value}，' if value else ''}{verdict}")
    return f"；{'；'.join(words)}"


def _news_words(facts: Facts, fact: ItemFacts) -> str:
    entries = [entry for entry, _ in fact.highlights] or _by_leads(fact)
    words = _all_told(fact, entries, facts.year)
    turn, reached = _turn_met(facts, fact), _reached(fact)
    if reached and not turn:
        words += _reached_words(reached, words)
    words = "；".join(filter(None, (words, *(_seen(fact, e, facts.year) for e in fact.confirmed))))
    # That a report came is all that is known of a turn: it may say that the work was put off.
    head = cite_with_leads(fact.item, f"{turn}已报送" if turn else "")
    return sentence(f"{head}：{words}")


def _due_next(facts: Facts, named_: Collection[str]) -> Subsection:
    """Return what falls due in the next period: an entry each, and in one sentence those that stand above already."""
    entries: list[str] = []
    above: dict[date, dict[str, list[JudgedItem]]] = {}
    for fact in facts.items:
        for due, words, moved in _falling_due(facts, fact):
            if fact.id in named_:
                above.setdefault(due, {}).setdefault(words, []).append(fact.item)
            else:
                day = day_words(due, facts.year)
                entries.append(f"{cite_with_leads(fact.item)}{words}，{day}到期{moved}。")
    days = (
        f"{'、'.join(f'{numbers(items)}{words}' for words, items in each.items())}{day_words(due, facts.year)}"
        for due, each in sorted(above.items())
    )
    closing = f"{'，'.join(days)}到期。" if above else ""
    return Subsection(f"{facts.period.next_called(facts.year)}到期", tuple(entries), closing)


def _falling_due(facts: Facts, fact: ItemFacts) -> Iterator[tuple[date, str, str]]:
    """Yield the stages and turns of an item that fall due in the next period: day, which, how moved."""
    for stage in facts.coming(fact.item):
        yield stage.due, stage_words(stage), moved_words(stage, facts.year)
    for due in _turns_next(facts, fact):
        yield due, f"{turn_words(fact.state.listed.deadline, due, facts.year)}任务", ""


def _turns_next(facts: Facts, fact: ItemFacts) -> Iterable[date]:
    if not fact.state.owing:
        return ()
    deadline = fact.state.listed.deadline
    if isinstance(deadline, Recurring) and deadline.every in ("week", "month"):
        return ()  # it falls due in every month
    dues = [t.due for t in fact.state.occurrences if facts.period.next.holds(t.due)]
    if len(dues) > 1:
        return ()  # nor is each of them news in a year's bulletin
    return (t.due for t in fact.state.occurrences if not t.met and t.due in dues)


def _adjusted(facts: Facts, named_: Collection[str]) -> Iterator[str]:
    """Yield what was decided of items, refusals aside (they are problems), then which units were reformed."""
    for fact in facts.items:
        head = cite_with_leads(fact.item, short=fact.id in named_)
        for entry in fact.rulings:
            words = _decision(fact, entry.record, facts.year)
            if words:
                reason = grounds(entry.record.reason, facts.year)
                yield sentence(f"{head}：{f'{reason}，' if reason else ''}{words}")
        removed = fact.state.listed.item.removed
        if removed and facts.period.holds(removed.on) and not fact.counted:
            yield sentence(f"{head}：{said(removed.basis, facts.year)}调出清单")
    yield from _taken_over(facts)


def _taken_over(facts: Facts) -> Iterator[str]:
    """Yield the units that were merged or split in the period, with who goes on with what they led."""
    units, year = facts.now.ledger.units, facts.year
    for gone in units.gone(facts.period.first):
        before = gone.day - timedelta(days=1)
        led = [f.item for f in facts.items if gone.name in f.item.led_before(before).values()]
        which = f"，牵头事项为{numbers(led)}" if led else ""
        work = f"{gone.name}的{'部分' if gone.remains else ''}工作"
        yield f"{day_words(gone.day, year)}起，{work}由{'、'.join(gone.heirs)}承接{which}。"


def _decision(fact: ItemFacts, record: Record, year: int) -> str:
    match record.kind:
        case "批准延期":
            granted = (one for stage in fact.state.stages for one in stage.granted)
            moved = next(one for one in granted if one.record == record.id)
            words = f"同意由{day_words(moved.was, year)}延至{day_words(moved.due, year)}"
        case "核减":
            words = "同意调出清单"
        case "条件未具备":
            words = SUSPENDED
        case "条件具备":
            words = "条件已具备，恢复实施"
        case "撤销销号":
            words = f"{day_words(record.date, year)}撤销销号，继续办理"
        case "明确责任单位" | "变更责任单位":
            ledger, id_ = fact.item.ledger, fact.item.id
            units = whos(ledger, (ledger.units.canonical(u, id_) for u in record.units or ()))
            words = f"{record.kind[:2]}{record.role}单位为{units}"
        case _:
            return ""
    return decided(record, year, words)
