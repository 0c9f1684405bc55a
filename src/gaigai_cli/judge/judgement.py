"""A ledger judged as of a day: the entry point of this package."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Final

from gaigai_cli.judge.checks.logs import examine
from gaigai_cli.judge.corrections import Records
from gaigai_cli.judge.figures import Figure, figures, missed_targets
from gaigai_cli.judge.fold import RecordsByItem, fold, records_by_item
from gaigai_cli.judge.lights import Light, is_idle, light_of
from gaigai_cli.judge.owed_reports import missed_periods, periods
from gaigai_cli.judge.state import ItemState, MissedPeriod, StageState
from gaigai_cli.model.exported import EXAMPLE
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.words.period import Period


@dataclass(frozen=True)
class JudgedItem:
    """An item's state with what the rules make of it; ``figures`` are its indicators as of the day."""

    state: ItemState
    light: Light
    missed: tuple[MissedPeriod, ...]
    idle: bool
    ledger: Ledger
    figures: tuple[Figure, ...] = ()

    @property
    def id(self) -> str:
        return self.state.id

    def led_before(self, day: date) -> dict[str, str]:
        """Return, by lead of today, which unit led the item on a day and was merged into it, or split, since."""
        if not self.ledger.departments.reforms:
            return {}
        units, now = self.ledger.units, self.state.units.lead
        then = ((units.canonical(was, self.id), was) for was in self.state.on(day).lead)
        return {
            heir: units.own_name(was)
            for heir, was in then
            if heir in now and units.body(was) != units.body(heir) and was not in now
        }

    def in_time(self, stage: StageState, unit: str) -> bool:
        """Return whether a lead had done its part in time of a stage that was late: by others, it led it with them.

        Who was made lead only after the deadline is late with it, however soon it applied.
        """
        if stage.missed is None or unit in stage.missed_by:
            return False
        then = self.state.on(stage.missed).lead
        return unit in (self.ledger.units.canonical(was, self.id) for was in then)

    @property
    def short(self) -> tuple[Figure, ...]:
        """指标未达: the figures that fall short of an item of which something is owed."""
        return missed_targets(self.figures) if self.state.owing else ()


@dataclass(frozen=True)
class Judgement:
    """The whole list as of ``day``. ``items`` are in the notice's order, ``general`` the records about no item."""

    ledger: Ledger
    day: date
    items: tuple[JudgedItem, ...]
    general: tuple[Entry, ...]

    @property
    def running(self) -> date:
        """The first day that hasn't ended: what was due before it is over."""
        return self.items[0].state.running if self.items else self.day

    @cached_property
    def by_id(self) -> dict[str, JudgedItem]:
        return {item.id: item for item in self.items}

    @property
    def blank(self) -> bool:
        """Return whether nobody has recorded anything up to the day."""
        return next(self.entries, None) is None

    @property
    def entries(self) -> Iterator[Entry]:
        """Every record up to the day: those about no item, then those of each."""
        return chain(self.general, *(item.state.entries for item in self.items))


@dataclass(frozen=True)
class Judge:
    """Judges one ledger as of any day, each day once; what doesn't depend on the day is worked out once, too."""

    ledger: Ledger
    _read: tuple[Records, tuple[Finding, ...]] | None = field(
        default=None, repr=False, compare=False
    )
    _states: dict[tuple[str, date], ItemState] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _days: dict[tuple[date, bool], Judgement] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with single records, whatever the day."""
        return self._examined[1]

    @property
    def records(self) -> Records:
        """The records as corrected."""
        return self._examined[0]

    @cached_property
    def _examined(self) -> tuple[Records, tuple[Finding, ...]]:
        return self._read or examine(self.ledger)

    @cached_property
    def _by_turn(self) -> dict[int, "Judge"]:
        return {}

    def _naming(self, day: date) -> "Judge":
        """Return the judge of the same records who calls units as they were called on a day."""
        ledger = self.ledger.on(day)
        if ledger is self.ledger:
            return self
        turns = bisect(ledger.departments.turns, day)
        if turns not in self._by_turn:
            records, findings = self._examined
            entries = tuple(map(ledger.called, records.entries))
            named = Records(ledger, entries, records.changes)
            self._by_turn[turns] = Judge(ledger, (named, findings))
        return self._by_turn[turns]

    @cached_property
    def records_by_item(self) -> RecordsByItem:
        return records_by_item(self.records, self.findings)

    def on(self, day: date, *, ended: bool = False) -> Judgement:
        """Return every item as of ``day``, by the records dated up to it.

        ``ended``: the day is over, as in papers of a period that has ended: what was due on it is overdue.
        """
        if (day, ended) not in self._days:
            judge, states = self._naming(day), self.states(day, ended=ended)
            closed = tuple(periods(self.ledger, states[0].running)) if states else ()
            items = tuple(judge._item(state, closed) for state in states)
            general = tuple(e for e in judge.records_by_item.general if e.counts <= day)
            self._days[day, ended] = Judgement(judge.ledger, day, items, general)
        return self._days[day, ended]

    def at_cut(self, period: Period, cut: date) -> Judgement:
        """Return every item as papers of a period show it: its last day has ended, an earlier one still runs."""
        return self.on(cut, ended=cut == period.last)

    def states(self, day: date, *, ended: bool = False) -> tuple[ItemState, ...]:
        """Return the folded items without lights, in the notice's order."""
        judge = self._naming(day)
        by_item = judge.records_by_item.by_item
        return tuple(
            fold(listed, by_item.get(listed.id, ()), day, judge.ledger, ended=ended)
            for listed in self.ledger.tasks.by_id.values()
        )

    def state(self, item: str, day: date) -> ItemState | None:
        """Return one folded item without lights, folded once a day; None where the list has no such item."""
        listed = self.ledger.tasks.by_id.get(item)
        if listed is None:
            return None
        if (item, day) not in self._states:
            judge = self._naming(day)
            entries = judge.records_by_item.by_item.get(item, ())
            self._states[item, day] = fold(listed, entries, day, judge.ledger)
        return self._states[item, day]

    def item(self, item: str, day: date) -> JudgedItem | None:
        """Return one item as of ``day``; None where the list has no such item."""
        state = self.state(item, day)
        closed = tuple(periods(self.ledger, day))
        return self._naming(day)._item(state, closed) if state else None

    def _item(self, state: ItemState, closed: tuple[tuple[str, date], ...]) -> JudgedItem:
        missed = missed_periods(state, closed, self.ledger)
        found = figures(
            state.listed,
            state.entries,
            self.ledger,
            owing=state.units.named,
            time_left=state.time_left,
        )
        light = light_of(state, missed, found, self.ledger)
        return JudgedItem(state, light, missed, is_idle(state, self.ledger), self.ledger, found)


UNREPORTED: Final = "本清单尚无进展记录"
BLANK: Final = f"{UNREPORTED}，以下仅按时限推算，不作为评价依据。"


def notes(judgement: Judgement) -> tuple[str, ...]:
    """Return the sentences that stand at the head of every table, page and sheet made from ``judgement``."""
    return (
        *((EXAMPLE,) if judgement.ledger.tasks.notice.example else ()),
        *((BLANK,) if judgement.blank else ()),
    )
