"""What became of every item in a period, worked out once: every paper and screen prints from it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.corrections import Records
from gaigai_cli.judge.judgement import Judge, JudgedItem, Judgement
from gaigai_cli.judge.lights import points_too_far_behind
from gaigai_cli.judge.state import ItemState, MilestoneState, StageState
from gaigai_cli.model.kinds import HIGHLIGHT, MERITS, REPORTING, KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.statuses import is_counted
from gaigai_cli.model.tasks import Notice
from gaigai_cli.query.reasons import Reason, reason_of
from gaigai_cli.report.wording import besides_asking, we, who
from gaigai_cli.words.period import Period, month_of
from gaigai_cli.words.typed import says_none

DECIDED: Final = frozenset[KindName]((
    "批准延期", "不予延期", "核减", "条件未具备", "条件具备", "撤销销号", "明确责任单位", "变更责任单位",
))  # fmt: skip
"""What the office has decided of an item, close-outs aside."""
_UNDONE: Final[Mapping[KindName, str]] = {"撤回申请": "申请已撤回", "退回补正": "申请已退回补正"}


@dataclass(frozen=True)
class ItemFacts:
    """What became of one item by the end of a period that has ended.

    ``former`` is the item when the period began (None where the notice came later). ``heard``: a lead has reported
    or applied in the period. ``said``: the period's latest words of each unit, leads first. ``highlights``: its
    reports that the office wants told, each with the office's own words (empty: the unit's will do, where it has
    any). ``rulings`` and ``checks`` (抽查核验): of the period.
    """

    item: JudgedItem
    former: JudgedItem | None
    reason: Reason | None
    heard: bool
    said: tuple[Entry, ...]
    highlights: tuple[tuple[Entry, str], ...]
    rulings: tuple[Entry, ...]
    checks: tuple[Entry, ...]

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def state(self) -> ItemState:
        return self.item.state

    @property
    def counted(self) -> bool:
        """Return whether it still belongs to the list."""
        return is_counted(self.state.status)

    @property
    def expired(self) -> tuple[StageState, ...]:
        """到期未办结: the stages past their deadline at the day's end, without a live application of every lead."""
        return self.state.overdue_stages

    @property
    def behind(self) -> int | None:
        """The points by which its progress lies below elapsed time; None where that is little, or the item late."""
        return None if self.expired else points_too_far_behind(self.state, self.item.ledger)

    @property
    def slipped(self) -> tuple[MilestoneState, ...]:
        """The milestones that are missed, of an item whose own deadline isn't."""
        return () if self.expired else self.state.missed_milestones

    @property
    def lagging(self) -> bool:
        """进度滞后: behind elapsed time, or a milestone is missed."""
        return bool(self.behind or self.slipped)

    @property
    def refuted(self) -> tuple[Entry, ...]:
        """The 抽查核验 of any day that found it otherwise than reported, and that units have yet to explain."""
        return tuple(check for check, _ in self.state.refuted)

    @property
    def confirmed(self) -> tuple[Entry, ...]:
        """What the office saw itself in the period, unless that stands among the problems."""
        return tuple(entry for entry in self.checks if entry not in self.refuted)

    @cached_property
    def _doubted(self) -> dict[str, str]:
        """What became of its reports, by their numbers, that a reader has to know with their words."""
        found: dict[str, str] = {}
        for entry in self.state.entries:
            record = entry.record
            if record.agrees == "不符":
                words = "与抽查核验不符"
            elif (words := _UNDONE.get(record.kind, "")) == "":
                continue
            found |= dict.fromkeys(record.answers or (), words)
        return found

    def doubt(self, entry: Entry) -> str:
        """Return what speaks against a report: an inspection, or that its application was sent back or taken back."""
        return self._doubted.get(entry.record.id, "")

    @property
    def troubled(self) -> bool:
        """Return whether it is told as a problem, its latest progress included: late, or behind."""
        return bool(self.expired or self.lagging) and self.state.owing

    @property
    def asked_above(self) -> bool:
        """Return whether a lead says in the period that it has asked somebody above (请示) and waits for an answer."""
        return any(
            "请示" in (e.record.summary or "") for e in self.said if e.unit in self.state.units.lead
        )

    @property
    def silent(self) -> bool:
        """Return whether no lead has told of it in the period, or nobody ever, though there was something to report."""
        return self.state.never or (self.state.owing and not self.heard)

    @property
    def moved(self) -> bool:
        """Return whether the period's words tell anything that each unit's report before didn't (照抄)."""
        pairs = ((entry, self.state.report_before(entry)) for entry in self.said)
        return any(was is None or not was.record.says_the_same_as(e.record) for e, was in pairs)


@dataclass(frozen=True)
class Facts:
    """The whole list (or some of its items) at the end of a period, and when it began.

    ``before`` is None where the notice came later.
    ``reader`` is the unit that a paper is for, which calls it 你单位; None where it is for all.
    """

    period: Period
    now: Judgement
    before: Judgement | None
    records: Records
    items: tuple[ItemFacts, ...]
    reader: str | None = None

    @property
    def year(self) -> int:
        """The year in which the period ends: days of it are written without year, all others with theirs."""
        return self.period.last.year

    @property
    def office(self) -> str:
        return self.now.ledger.office

    @property
    def we(self) -> str:
        """What the paper calls the office."""
        return we(self.now.ledger.signer, self.office)

    @cached_property
    def by_id(self) -> dict[str, ItemFacts]:
        return {fact.id: fact for fact in self.items}

    @cached_property
    def merits(self) -> tuple[Entry, ...]:
        """The 表扬, 通报批评 and 责任认定 of the period, in the order of their days."""
        return tuple(e for e in merits(self.now) if self.period.holds(e.record.date))

    def who(self, unit: str) -> str:
        """Return a unit as the paper calls it."""
        return "你单位" if unit == self.reader else who(self.now.ledger, unit)

    def reader_or(self, words: str) -> str:
        """Return the unit that the paper is for as that calls it; of one for all, who it is by these ``words``."""
        return self.who(self.reader) if self.reader else words

    def whos(self, units: Iterable[str]) -> str:
        """Return units joined, the reader first."""
        return "、".join(map(self.who, sorted(units, key=lambda unit: unit != self.reader)))

    def coming(self, item: JudgedItem) -> list[StageState]:
        """Return the stages of an item that fall due in the next period."""
        return [stage for stage in item.state.owed_stages if self.period.next.holds(stage.due)]

    def only(self, ids: Iterable[str]) -> "Facts":
        """Return these facts for some items only, in the list's order."""
        wanted = frozenset(ids)
        return replace(
            self,
            now=_only(self.now, wanted),
            before=_only(self.before, wanted) if self.before else None,
            items=tuple(fact for fact in self.items if fact.id in wanted),
        )


def _only(judgement: Judgement, ids: frozenset[str]) -> Judgement:
    return replace(judgement, items=tuple(item for item in judgement.items if item.id in ids))


def highlighted(judge: Judge) -> dict[str, str]:
    """Return the units' reports that bulletins are to tell (亮点), by their ids, in the office's words or none.

    A report is marked when the bulletin is drafted, after the period: whenever that was, the mark counts.
    """
    return {
        answered: entry.record.summary or ""
        for entry in judge.records.entries
        if entry.record.kind == HIGHLIGHT
        for answered in entry.record.answers or ()
    }


def cut_of(period: Period, notice: Notice, today: date) -> date:
    """Return the day on which a period is cut: its last day, at its end, or ``today`` while the period still runs.

    Raises ``GaigaiError`` for a period before the notice or one that hasn't begun.
    """
    if period.last < notice.issued:
        first = month_of(notice.issued)
        raise GaigaiError(
            f"{period.words}在任务清单印发（{notice.issued}）之前，没有可通报的内容",
            f"请写{first}或以后的月份",
        )
    if period.first > today:
        raise GaigaiError(
            f"{period.words}还没有开始（今天是{today}），不能通报",
            f"请写{period.this}或以前的{'月份' if period.is_month else '时段'}",
        )
    return min(period.last, today)


def facts_of(judge: Judge, period: Period, *, today: date) -> Facts:
    """Return what became of every item in a period, at its cut. Raises ``GaigaiError`` as ``cut_of`` does."""
    notice = judge.ledger.tasks.notice
    now, last = judge.at_cut(period, cut_of(period, notice, today)), period.previous.last
    before = judge.on(last, ended=True) if last >= notice.issued else None
    former = before.by_id if before else {}
    marked = highlighted(judge)
    items = tuple(
        ItemFacts(
            item=item,
            former=former.get(item.id),
            reason=reason_of(now, item),
            heard=any(e.record.kind in REPORTING and e.unit in item.state.units.lead for e in new),
            said=said_in(item, period),
            highlights=tuple(
                (e, words)
                for e in new
                if (words := marked.get(e.record.id)) or (words == "" and besides_asking(e))
            ),
            rulings=tuple(e for e in new if e.record.kind in DECIDED),
            checks=tuple(e for e in new if e.record.kind == "抽查核验"),
        )
        for item in now.items
        for new in ([e for e in item.state.entries if period.holds(e.record.date)],)
    )
    return Facts(period, now, before, judge.records, items)


def merits(judgement: Judgement) -> list[Entry]:
    """Return every 表扬, 通报批评 and 责任认定 up to the day, in their order."""
    found = (e for e in judgement.entries if e.record.kind in MERITS)
    return sorted(found, key=lambda e: e.order)


def said_in(item: JudgedItem, period: Period) -> tuple[Entry, ...]:
    """Return each unit's latest words of the period on how far the item is, leads first; 无 is none."""
    latest: dict[str, Entry] = {}
    for entry in item.state.entries:
        record = entry.record
        words = record.summary if record.kind in REPORTING else None
        if words and not says_none(words) and period.holds(record.date):
            latest[entry.unit] = entry
    order = item.state.units.named
    known = [latest[unit] for unit in order if unit in latest]
    return (*known, *(e for unit, e in latest.items() if unit not in order))


def led_by(facts: Facts, unit: str) -> Iterator[ItemFacts]:
    """Return the items of which a unit is a lead."""
    return (fact for fact in facts.items if unit in fact.state.units.lead)
