"""一、总体情况: the figures, and the sentences that state them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from gaigai_cli.errors import some_of
from gaigai_cli.judge.corrections import retold
from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.owed_reports import owed_reports
from gaigai_cli.judge.state import SHOWN_LIGHTS, StageState
from gaigai_cli.model.kinds import REPORTING, KindName
from gaigai_cli.model.labels import KIND_GROUPS
from gaigai_cli.model.ledger import in_force
from gaigai_cli.model.statuses import (
    STANDINGS,
    SUSPENDED,
    is_closed_out,
    is_counted,
    is_pending,
    is_unheard,
)
from gaigai_cli.query.choose import counts, grouped
from gaigai_cli.report.facts import Facts
from gaigai_cli.report.monthly_report import OVERVIEW, Section, Totals
from gaigai_cli.report.wording import counted, number_of, numbers, said, sentence
from gaigai_cli.words.period import Period, period_of
from gaigai_cli.words.say import cited, day_words
from gaigai_cli.words.told import differing

JUDGED: Final[Mapping[str, str]] = {
    "达标": "已达标",
    "尚未达到": "年内尚未达到",
    "未达标": "未达标",
    "未报数据": "未报数据",
}
UNJUDGED = ("待认定", "口径待明确", "未设基期，不判定")
STATED = ("已销号", "已评估", "待核验", "推进中", "未启动", "未报进展", SUSPENDED)
RATED: Final = 5
"""The least number of due items of which a rate is told; of fewer the numbers say more."""
_NAMED: Final = 12
"""Up to so many items are named; of more only the number is told."""
_LISTS_NAMED: Final = 5
"""Lists that a note names; of more it says how many they are."""


def totals(judgement: Judgement) -> Totals:
    """Return all figures of a bulletin as of the judgement's day; withdrawn items are counted apart."""
    kept = [item for item in judgement.items if is_counted(item.state.status)]
    kinds = [KIND_GROUPS[item.state.listed.deadline.kind] for item in kept]
    due = [item for item in kept if is_due(item, judgement)]
    verdicts = [figure.verdict for item in kept for figure in item.figures]
    return Totals(
        tasks=len({item.state.listed.task.id for item in judgement.items}),
        items=len(kept),
        kinds=tuple(counts(kinds, dict.fromkeys(KIND_GROUPS.values())).items()),
        withdrawn=len(judgement.items) - len(kept),
        statuses=tuple(counts([item.state.standing for item in kept], STANDINGS).items()),
        lights=tuple(counts([item.light.shown for item in kept], SHOWN_LIGHTS).items()),
        due=len(due),
        on_time=sum(is_closed_out(item.state.status) and not item.state.late for item in due),
        rated=len(due) >= RATED and not judgement.blank,
        indicators=tuple(counts(verdicts, (*JUDGED, *UNJUDGED)).items()),
    )


def added(
    each: Iterable[tuple[tuple[str, int], ...]], order: Iterable[str]
) -> tuple[tuple[str, int], ...]:
    """Return the numbers of several lists by their names, in the given order, those that never occur left out."""
    total: Counter[str] = Counter()
    for numbers_ in each:
        total.update(dict(numbers_))
    return tuple((name, total[name]) for name in dict.fromkeys(order) if total[name])


def notes_of_lists(each: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """Yield what papers on several lists must bear, each once, with the names of those lists where it isn't all."""
    about = grouped((note, name) for name, notes in each for note in notes)
    for note, names in about.items():
        whose = f"{some_of(names, _LISTS_NAMED, '份清单')}：" if len(names) < len(each) else ""
        yield f"{whose}{note}"


def is_due(item: JudgedItem, judgement: Judgement) -> bool:
    """Return whether the day of an item's deadline in force (the last stage's) is over: until then it isn't late.

    Suspended items aren't counted.
    """
    state = item.state
    due = state.last_due
    return due is not None and not state.suspended and due < judgement.running


def closed_late_and_pending(facts: Facts) -> tuple[int, int]:
    """Return how many items whose deadline has come were closed out late, and how many only wait for verification."""
    due = [f.state for f in facts.items if f.counted and is_due(f.item, facts.now)]
    late = sum(is_closed_out(state.status) and state.late for state in due)
    return late, sum(is_pending(state.status) and not state.overdue for state in due)


def overview(facts: Facts, figures: Totals) -> Section:
    """Return the section."""
    sentences = [_state(facts, figures), _due(facts, figures), _rulings(facts)]
    sentences += [_changes(facts), _reports(facts)]
    paragraphs = ["".join(sentences), _indicators(facts, figures), *_retold(facts)]
    return Section(OVERVIEW, tuple(p for p in paragraphs if p))


def _state(facts: Facts, figures: Totals) -> str:
    kinds = "、".join(f"{name}{count}项" for name, count in figures.kinds)
    standings = dict(figures.statuses)
    stated = []
    for name in STATED:
        if standings.get(name):
            held = [f.item for f in facts.items if f.state.standing == name]
            which = f"（{numbers(held)}）" if name == SUSPENDED else ""
            stated.append(f"{name}{standings[name]}项{which}")
    items = figures.items + figures.withdrawn
    if not items:
        return "清单中尚无具体工作。"
    whole = f"{items}项具体工作"
    if facts.reader:
        lead = sum(facts.reader in fact.state.units.lead for fact in facts.items)
        parts = (("牵头", lead), ("参与", items - lead))
        roles = "、".join(f"{role}{count}项" for role, count in parts if count)
        whole = f"{facts.who(facts.reader)}承担的{whole}（{roles}）"
    left = [f.item for f in facts.items if not f.counted]
    gone = f"已调出清单（{numbers(left)}）" if left else ""
    if not figures.items:
        return f"{whole}{'均' if items > 1 else ''}{gone}。"
    if left:
        stated.append(f"另有{len(left)}项{gone}")
    return f"{whole}中，{kinds}；{'，'.join(stated)}。"


def _due(facts: Facts, figures: Totals) -> str:
    end = end_words(facts.period, facts.now.day)
    if not figures.due:
        return f"至{end}无应办结事项{_stages_due(facts)}。"
    if facts.now.blank:
        return f"至{end}应办结{figures.due}项，均无进展记录。"
    words = due_words(figures, *closed_late_and_pending(facts))
    rate = f"，按期办结率{figures.on_time_rate}" if figures.rated else ""
    return f"至{end}应办结{figures.due}项，{words}{rate}{_stages_due(facts)}。"


def end_words(period: Period, cut: date) -> str:
    """Return until when a paper counts: 6月底, while the period runs 6月25日."""
    year = period.last.year
    return period.end_called(year) if cut == period.last else day_words(cut, year)


def _stages_due(facts: Facts) -> str:
    """Return what has become of stages that have come due of items that haven't themselves; empty without any."""
    stages = [
        stage
        for fact in facts.items
        if fact.counted and not fact.state.suspended and not is_due(fact.item, facts.now)
        for stage in fact.state.stages
        if stage.due < facts.now.running
    ]
    if not stages:
        return ""
    each = counts(map(_outcome, stages), _OUTCOMES)
    return f"；另有阶段性任务{len(stages)}项到期，{counted(each.items())}"


_OUTCOMES: Final = ("按期办结", "逾期办结", "已申请销号、待核验", "尚未办结")
"""What may have become of a deadline that has come."""


def _outcome(stage: StageState) -> str:
    if is_closed_out(stage.status):
        return _OUTCOMES[stage.late]
    return _OUTCOMES[2 if is_pending(stage.status) else 3]


def due_words(figures: Totals, late: int, pending: int, *, in_time: bool = True) -> str:
    """Return what has become of the deadlines that have come, ``in_time`` or not, each with its number of items."""
    rest = figures.due - figures.on_time - late - pending
    each = zip(_OUTCOMES, (figures.on_time, late, pending, rest), strict=True)
    return counted(list(each)[not in_time :])


_RULED: Final[Mapping[KindName, str]] = {
    "批准延期": "同意延期",
    "不予延期": "不同意延期",
    "条件具备": "恢复实施",
    "撤销销号": "撤销销号",
}
"""What is suspended or withdrawn stands among the items of its standing already."""


def _rulings(facts: Facts) -> str:
    """Return what was decided of items, each with the items; how and on which ground stands further down."""
    told = []
    for kind, word in _RULED.items():
        items = [f.item for f in facts.items if any(e.record.kind == kind for e in f.rulings)]
        if items:
            told.append(f"{word}{len(items)}项（{numbers(items)}）")
    return f"{facts.period.called(facts.year)}{'，'.join(told)}。" if told else ""


Test = Callable[[JudgedItem, JudgedItem], bool]
MOVED: Final[Mapping[str, Test]] = {
    "新增销号": lambda was, now: (
        is_closed_out(now.state.status) and not is_closed_out(was.state.status)
    ),
    "新增待核验": lambda was, now: (
        is_pending(now.state.status) and not is_pending(was.state.status)
    ),
    "新增期满评估": lambda was, now: (
        now.state.assessment is not None and was.state.assessment is None
    ),
    "新增到期未办结": lambda was, now: now.state.overdue and not was.state.overdue,
    "新增期内任务未完成": lambda was, now: (
        len(now.state.missed_turns) > len(was.state.missed_turns)
    ),
    "首次报送进展": lambda was, now: (
        is_unheard(was.state.status)
        and not is_unheard(now.state.status)
        and is_counted(now.state.status)
    ),
}


def _changes(facts: Facts) -> str:
    """Return what is otherwise than when the period began, each part with its items."""
    found = moved(facts)
    if found is None:
        return ""
    told = []
    for name, items in found.items():
        short = len(items) <= _NAMED
        told.append(f"{name}{len(items)}项{f'（{numbers(items)}）' if short else ''}")
    last = facts.period.previous.end_called(facts.year)
    if not told and any(f.rulings for f in facts.items):
        return ""
    return f"较{last}，{'，'.join(told)}。" if told else f"较{last}无变化。"


def moved(facts: Facts) -> dict[str, list[JudgedItem]] | None:
    """Return the items that are otherwise than when the period began, by what has become of them.

    None where there is nothing to compare: the notice came later, or nobody has recorded anything.
    """
    if facts.before is None or facts.now.blank:
        return None
    pairs = [(f.former, f.item) for f in facts.items if f.former is not None]
    found = {name: [now for was, now in pairs if test(was, now)] for name, test in MOVED.items()}
    return {name: items for name, items in found.items() if items}


def _reports(facts: Facts) -> str:
    """Return how many didn't report in time; where nobody owes a periodical report, which items nobody has told of."""
    if facts.now.blank:
        return ""
    name = facts.period.called(facts.year)
    if facts.now.ledger.rules.reporting is None:
        return _silence(facts, name)
    owed = [
        one
        for fact in facts.items
        for one in owed_reports(fact.state, facts.now.ledger)
        if facts.period.holds(one.due) and facts.reader in (None, one.unit)
    ]
    late = dict.fromkeys(one.unit for one in owed if one.verdict in ("迟报", "补报"))
    missed = [
        (f.item, [m.due for m in f.item.missed if facts.reader is None or facts.reader in m.units])
        for f in facts.items
    ]
    fresh = [item for item, dues in missed if any(map(facts.period.holds, dues))]
    older = [item for item, dues in missed if any(due < facts.period.first for due in dues)]
    came_late = f"{facts.whos(late)}迟报进展" if late else ""
    if fresh:
        told = f"{name}有{len(fresh)}项未按期报送进展（{numbers(fresh)}）"
        told += f"，{came_late}" if late else ""
    elif late:
        told = f"{name}{came_late}"
    else:
        told = f"{name}{facts.reader_or('各牵头单位均')}按期报送进展" if owed else ""
    made = f"以前应报的进展，{len(older)}项尚未补报（{numbers(older)}）" if older else ""
    since = _entered_since(facts)
    return f"{'；'.join(filter(None, (told, made, since)))}。" if told or made or since else ""


def _entered_since(facts: Facts) -> str:
    """Return the reports that came after the last bulletin was issued and are about its time: it couldn't tell them."""
    previous = facts.period.previous
    last = in_force(facts.now.ledger.issued, str(previous))
    if last is None or not last.newest or facts.reader:
        return ""
    found = [
        fact.item
        for fact in facts.items
        if any(
            e.record.kind in REPORTING
            and e.record.date <= previous.last
            and e.record.id > last.newest
            for e in fact.state.entries
        )
    ]
    told = f"{bulletin_name(last.period, facts.year)}印发后补报的此前进展{len(found)}项（{numbers(found)}）"
    return told if found else ""


def _silence(facts: Facts, name: str) -> str:
    led = [f for f in facts.items if facts.reader is None or facts.reader in f.state.units.lead]
    silent = [f for f in led if f.silent]
    never = [f for f in led if f.state.never]
    if not silent and not never:
        heard = any(f.heard for f in led)
        return f"{name}{facts.reader_or('各牵头单位均')}报送了进展。" if heard else ""
    told = f"{name}有{len(silent)}项未报送进展"
    if not never:
        return f"{told}（{numbers(f.item for f in silent)}）。"
    units = grouped((fact.state.units.lead, fact.item) for fact in never)
    each = by_units_words(facts, units)
    which = f"其中{len(never)}项" if len(never) < len(silent) else "均" if len(never) > 1 else ""
    return f"{told}，{which}从未报送：{each}。"


def _indicators(facts: Facts, figures: Totals) -> str:
    """Return the figures by their verdicts; what is missed and isn't told as a problem is said to be so."""
    found = dict(figures.indicators)
    total = sum(found.values())
    if not total:
        return ""
    judged = counted((words, found.get(name, 0)) for name, words in JUDGED.items())
    elsewhere = found.get("未达标", 0) - sum(len(f.item.short) for f in facts.items)
    if elsewhere:
        missed = f"未达标{found['未达标']}项"
        judged = judged.replace(
            missed, f"{missed}（其中{elsewhere}项所属事项待核验、已办结或暂缓实施）"
        )
    unjudged = sum(found.get(name, 0) for name in UNJUDGED)
    rest = f"{unjudged}项为定性目标或口径、基期未明确，暂不评价" if unjudged else ""
    if judged and rest:
        rest = f"另有{rest}"
    return f"清单设定的{total}项指标中，{'；'.join(part for part in (judged, rest) if part)}。"


def _retold(facts: Facts) -> Iterator[str]:
    """Yield 更正 of the period that change what an earlier bulletin was made of: what it was, and what it is."""
    now, year = facts.now, facts.year
    for record_id, changes in facts.records.changes.items():
        if not any(facts.period.holds(change.record.date) for change in changes):
            continue
        for one in retold(now.ledger.by_record[record_id], changes, now.ledger.issued):
            item = one.before.record.item
            if facts.period.holds(one.change.record.date) and (item is None or item in now.by_id):
                listed = now.ledger.tasks.by_id.get(item or "")
                after = one.after and differing(
                    one.before.record, one.after.record, listed, facts.office
                )
                reason = one.change.record.reason or ""
                before = cited(one.before, year, number_of(listed) if listed else None)
                words = f"{before}，{said(after or '作废', year)}（{said(reason, year)}）"
                yield sentence(
                    f"更正：{bulletin_name(one.issued.period, year)}（{one.issued.number}）所载{words}"
                )


def by_units_words(facts: Facts, found: Mapping[tuple[str, ...], list[JudgedItem]]) -> str:
    """Return items by their units: 县财政局第3项；县住建局第4项第1条、第2条."""
    return "；".join(f"{facts.whos(units)}{numbers(items)}" for units, items in found.items())


def bulletin_name(period: str, year: int) -> str:
    """Return an issued bulletin by what it is about: 6月通报."""
    found = period_of(period)
    return f"{found.called(year) if found and found.is_month else period}通报"
