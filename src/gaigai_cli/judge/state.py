"""What is true of an item on a day: the values that judgement yields."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import Final, Literal, NamedTuple, get_args

from gaigai_cli.model.deadline import Assessed, Dated, Ongoing, Recurring
from gaigai_cli.model.kinds import REPORT, REPORTING, KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.roles import ROLES, RoleWord
from gaigai_cli.model.statuses import (
    SUSPENDED,
    Standing,
    Status,
    is_closed,
    is_closed_out,
    is_open,
    is_pending,
    is_unheard,
    is_unstarted,
)
from gaigai_cli.model.tasks import ListedItem

LightName = Literal["红", "黄", "蓝", "绿"]
LIGHTS: tuple[LightName, ...] = get_args(LightName)
NO_LIGHT: Final = "—"
"""What stands where no light is on."""
SHOWN_LIGHTS: Final = (*LIGHTS, NO_LIGHT)
_WHOLE: Final = 100


class Roles(NamedTuple):
    """The units of an item in force, after the office's rulings."""

    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    support: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def named(self) -> tuple[str, ...]:
        return (*self.lead, *self.responsible, *self.support)

    def of(self, unit: str) -> RoleWord | None:
        """Return the role of a unit, or None if it has none."""
        return next((role.word for role in ROLES if unit in getattr(self, role.field)), None)


class Extension(NamedTuple):
    """A 批准延期 that is in force, by its number: it moved a deadline from a day to a later one."""

    record: str
    was: date
    due: date


class StageState(NamedTuple):
    """A thing that is closed by 销号: the item itself (``id`` None), or one of its stages.

    ``issued`` is the day first set, ``due`` the one in force, set anew by each of ``granted``. ``missed``: the deadline
    that it was overdue past first; ``missed_by``: the leads that hadn't applied themselves while it was overdue.
    """

    id: str | None
    text: str
    issued: date
    due: date
    status: Status
    applications: tuple[Entry, ...] = ()
    extensions: tuple[Entry, ...] = ()
    finished: date | None = None
    closed: date | None = None
    missed: date | None = None
    missed_by: tuple[str, ...] = ()
    granted: tuple[Extension, ...] = ()

    @property
    def moved(self) -> bool:
        """Return whether it has another deadline than the one first set."""
        return self.due != self.issued

    @property
    def often_moved(self) -> bool:
        """Whether papers say 经多次延期 of its deadline."""
        return len(self.granted) > 1

    @property
    def late(self) -> bool:
        """It is or was overdue."""
        return self.missed is not None

    def application_of(self, unit: str) -> Entry | None:
        """Return a lead's live application: it has done its part; None where it has none."""
        return next((a for a in self.applications if a.unit == unit), None)

    @property
    def applied(self) -> date:
        """The day as of which the last of its live applications counts."""
        return max(a.counts for a in self.applications)

    def overdue_on(self, day: date) -> bool:
        """Return whether it is still owed on ``day`` though its deadline has passed."""
        return is_open(self.status) and day > self.due


class Occurrence(NamedTuple):
    """One turn of a recurring item."""

    due: date
    met: bool

    @property
    def id(self) -> str:
        return self.due.isoformat()


class MilestoneState(NamedTuple):
    """A step inside an item: ``planned`` is the day first set, ``due`` the one in force, ``met`` the actual one.

    ``reasons`` are those of each time that it was moved.
    """

    name: str
    mark: str | None
    percent: int | None
    planned: date
    due: date
    reasons: tuple[str, ...] = ()
    met: date | None = None


class MissedPeriod(NamedTuple):
    """A reporting period whose last day has passed with some lead not heard."""

    month: str
    due: date
    units: tuple[str, ...]


def done_by(stages: Iterable[StageState], unit: str) -> bool:
    """Return whether a lead has applied for every stage that is left."""
    return all(s.application_of(unit) for s in stages if is_open(s.status))


class StatusChange(NamedTuple):
    """What an item was from a day on; the first is that of the list as issued, at ``date.min``.

    ``done`` are those of the leads that had applied for all that was left.
    """

    date: date
    status: Status
    suspended: bool
    lead: tuple[str, ...]
    done: tuple[str, ...] = ()


class RecordDoubt(NamedTuple):
    """What the fold has to say about a record, and about which of its fields."""

    entry: Entry
    field: str
    code: str
    message: str
    remedy: str


@dataclass(frozen=True)
class ItemState:
    """Everything that the records up to ``day`` make of an item, lights aside.

    ``ended``: the day is over, so that what was due on it is overdue; else it still runs.
    ``suspension`` is the 条件未具备 that no 条件具备 and no closing has ended.
    ``plans`` are milestones that a lead has reported and the office has yet to file (备案): they aren't in force.
    ``reported`` is that of the last report where the entries don't say it: of a list that is kept without its words.
    ``rejected`` are records that can't be true after the ones before them: judgement goes on without them.
    ``doubts`` are about records that it accepts.
    """

    listed: ListedItem
    day: date
    status: Status
    units: Roles
    stages: tuple[StageState, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    suspension: Entry | None = None
    assessment: Entry | None = None
    withdrawal: Entry | None = None
    milestones: tuple[MilestoneState, ...] = ()
    plans: tuple[Entry, ...] = ()
    entries: tuple[Entry, ...] = ()
    changes: tuple[StatusChange, ...] = ()
    ended: bool = False
    reported: date | None = None
    rejected: tuple[RecordDoubt, ...] = field(default=(), repr=False)
    doubts: tuple[RecordDoubt, ...] = field(default=(), repr=False)

    @property
    def id(self) -> str:
        return self.listed.id

    @property
    def dated(self) -> bool:
        """Return whether it has a time limit that can be missed (有明确时限)."""
        return isinstance(self.listed.deadline, Dated)

    @property
    def open(self) -> bool:
        return is_open(self.status)

    @property
    def owing(self) -> bool:
        """Return whether something is owed of it: it is open, and no condition is missing."""
        return self.open and self.suspension is None

    @property
    def never(self) -> bool:
        """从未报送: nobody has ever said how far it is, though there was something to report."""
        return self.owing and is_unheard(self.status)

    @property
    def unstarted(self) -> bool:
        """尚未启动: its leads say of an item with a time limit that nothing has begun."""
        return self.dated and self.owing and is_unstarted(self.status)

    @cached_property
    def current(self) -> StageState | None:
        """The stage that counts now: the earliest not closed, or the last when all are."""
        for stage in self.stages:
            if not is_closed_out(stage.status):
                return stage
        return self.stages[-1] if self.stages else None

    @cached_property
    def occurrence(self) -> Occurrence | None:
        """The next turn of a recurring item that is still to be met."""
        return next((o for o in self.occurrences if o.due >= self.running and not o.met), None)

    @property
    def issued(self) -> date | None:
        """The day first set: a deadline, a turn's last day, or the end of an ongoing item's period."""
        if self.current:
            return self.current.issued
        return self.due

    @property
    def due(self) -> date | None:
        """The day in force (of an ongoing item: the end of its period, None where it has none)."""
        if self.current:
            return self.current.due
        deadline = self.listed.deadline
        if isinstance(deadline, Recurring):
            return self.occurrence.due if self.occurrence else deadline.until
        return deadline.until if isinstance(deadline, Ongoing) else None

    @property
    def extended(self) -> bool:
        return any(stage.moved for stage in self.stages)

    @property
    def days_left(self) -> int | None:
        """Calendar days to the deadline, 0 on the day itself; None without a time limit or once closed.

        A recurring item has no time limit either when all its turns are over, as the last is when its day has ended.
        """
        deadline = self.listed.deadline
        if is_closed(self.status) or isinstance(deadline, Ongoing) or self.due is None:
            return None
        if isinstance(deadline, Recurring) and self.due < self.running:
            return None
        return (self.due - self.day).days

    @property
    def suspended(self) -> Entry | None:
        """The 条件未具备 in force, of an item that is open: what is applied for or closed waits for no condition."""
        return self.suspension if self.open else None

    @property
    def standing(self) -> Standing:
        """The status as it is shown and counted: what is suspended stands as 暂缓实施 and as nothing else."""
        return SUSPENDED if self.suspended else self.status

    @cached_property
    def missed_turns(self) -> tuple[Occurrence, ...]:
        """The turns of a recurring item that are over and that no lead has met; none once it is suspended or closed."""
        if self.suspended or is_closed(self.status):
            return ()
        return tuple(turn for turn in self.occurrences if turn.due < self.running and not turn.met)

    @property
    def owed_stages(self) -> tuple[StageState, ...]:
        """The stages that somebody still owes; none while a condition isn't there, or once the item is closed."""
        if self.suspension or is_closed(self.status):
            return ()
        return tuple(s for s in self.stages if is_open(s.status))

    @property
    def running(self) -> date:
        """The first day that hasn't ended: what was due before it is over."""
        return self.day + timedelta(days=1) if self.ended else self.day

    @cached_property
    def overdue_stages(self) -> tuple[StageState, ...]:
        """The stages past their deadline in force and not applied for, while nothing suspends the item."""
        return tuple(s for s in self.owed_stages if s.overdue_on(self.running))

    def application_of(self, unit: str) -> Entry | None:
        """Return a lead's application that waits, of any stage; None where it has none."""
        return next((a for a in self.applications if a.unit == unit), None)

    def left_to(self, unit: str) -> tuple[StageState, ...]:
        """Return the owed stages that a lead has yet to apply for itself: of those that it has, its part is done."""
        if unit not in self.units.lead:
            return ()
        return tuple(s for s in self.owed_stages if s.application_of(unit) is None)

    def overdue_of(self, unit: str) -> tuple[StageState, ...]:
        """Return those of the overdue stages that a lead owes."""
        return tuple(s for s in self.left_to(unit) if s.overdue_on(self.running))

    def has_done(self, unit: str) -> bool:
        """Return whether a lead waits for the office or for other leads, and has applied for all that is left."""
        return self.application_of(unit) is not None and done_by(self.stages, unit)

    def awaits_extension(self, unit: str) -> bool:
        """Return whether a unit waits for an answer on more time: if it is late, for every stage it is late with."""
        if late := self.overdue_of(unit):
            return all(any(e.unit == unit for e in stage.extensions) for stage in late)
        return any(entry.unit == unit for entry in self.extensions)

    @property
    def missed_on(self) -> date | None:
        """The first day on which what is overdue now was so; where nothing is any more, on which anything was."""
        days = (stage.missed for stage in self.overdue_stages or self.stages)
        return min(filter(None, days), default=None)

    @property
    def missed_milestones(self) -> tuple[MilestoneState, ...]:
        """The milestones past their day and not met, of an item that is open; none while a condition isn't there."""
        if not self.owing:
            return ()
        return tuple(s for s in self.milestones if s.met is None and s.due < self.running)

    @property
    def last_due(self) -> date | None:
        """The last deadline in force of any stage; None of an item without stages."""
        return max((stage.due for stage in self.stages), default=None)

    @property
    def time_left(self) -> bool | None:
        """Whether its last day in force has yet to end, by which its targets are to be reached; None without one."""
        deadline = self.listed.deadline
        last = deadline.until if isinstance(deadline, Assessed) else self.last_due
        return None if last is None else last >= self.running

    @property
    def overdue(self) -> bool:
        return bool(self.overdue_stages)

    @property
    def days_overdue(self) -> int:
        """Calendar days since the missed deadline; 0 where none is missed."""
        return (self.day - self.overdue_stages[0].due).days if self.overdue else 0

    @property
    def late(self) -> bool:
        """It is or was overdue."""
        return self.overdue or any(stage.late for stage in self.stages)

    @property
    def finished(self) -> date | None:
        """办结日期, of a closed-out item: the day of the last lead's application."""
        if not is_closed_out(self.status):
            return None
        return max((s.finished for s in self.stages if s.finished), default=None)

    @property
    def closed(self) -> date | None:
        """销号日期, of a closed-out item: the day of the office's verification."""
        if not is_closed_out(self.status):
            return None
        return max((s.closed for s in self.stages if s.closed), default=None)

    @property
    def applications(self) -> tuple[Entry, ...]:
        """Applications for close-out that wait for the office or for another lead's."""
        if is_closed(self.status):
            return ()
        return tuple(a for stage in self.stages for a in stage.applications)

    @property
    def extensions(self) -> tuple[Entry, ...]:
        """Applications for an extension that wait for the office."""
        if is_closed(self.status):
            return ()
        return tuple(e for stage in self.stages for e in stage.extensions)

    @property
    def asked_until(self) -> date | None:
        """The latest day that an extension which waits asks for: where stages are late, of those."""
        late = tuple(e for stage in self.overdue_stages for e in stage.extensions)
        asked = late if self.overdue_stages else self.extensions
        return max((e.record.due for e in asked if e.record.due), default=None)

    def answer_to(self, entry: Entry, *kinds: KindName) -> Entry | None:
        """Return the last record of some kinds that answers one of the item's; None without any."""
        found = (e for e in reversed(self.entries) if e.record.kind in kinds)
        return next((e for e in found if e.record.is_answer_to(entry.record)), None)

    @property
    def suspensions(self) -> Iterator[tuple[date, date | None]]:
        """The days on which it was suspended, each with the one on which that ended; None: it is still."""
        begun = None
        for change in self.changes:
            if change.suspended and begun is None:
                begun = change.date
            elif begun is not None and not change.suspended:
                yield begun, change.date
                begun = None
        if begun is not None:
            yield begun, None

    @property
    def owing_since(self) -> date | None:
        """The day from which on its leads have something to report; None: since the list was issued.

        That is when it was opened again, or a condition was met, or an application sent back or taken back: what
        waited for the office at no day's end didn't wait.
        """
        since = None
        ends = {change.date: change for change in self.changes}.values()
        for before, change in pairwise(ends):
            if is_open(change.status) and not change.suspended:
                waited = before.suspended or not is_open(before.status)
                since = change.date if waited else since
        return since

    @cached_property
    def reports(self) -> tuple[Entry, ...]:
        """The 进展 of all units, oldest first; an application that says how far things are is one."""
        return tuple(
            entry
            for entry in self.entries
            if entry.record.kind == REPORT
            or (entry.record.kind in REPORTING and entry.record.summary is not None)
        )

    def report_before(self, entry: Entry) -> Entry | None:
        """Return what a unit reported last before one of its reports; None where that is its first."""
        own = (e for e in reversed(self.reports) if e.unit == entry.unit)
        return next((e for e in own if e.order < entry.order), None)

    @cached_property
    def troubles(self) -> tuple[Entry, ...]:
        """Each unit's latest report where that still tells of a problem (存在问题)."""
        latest: dict[str, Entry] = {}
        for entry in self.entries:
            if entry.record.kind in REPORTING and (entry.record.summary or entry.record.problems):
                latest[entry.unit] = entry
        return tuple(entry for entry in latest.values() if entry.record.problems)

    @cached_property
    def refuted(self) -> tuple[tuple[Entry, tuple[str, ...]], ...]:
        """Each 抽查核验 that found the item otherwise than units had reported, with those that haven't reported since.

        One that all have answered is none any more, as is any of an item that isn't open.
        """
        found = []
        for at, check in enumerate(self.entries if self.open else ()):
            if check.record.agrees == "不符":
                told = {e.unit for e in self.entries[at:] if e.record.kind in REPORTING}
                wrong = (e.unit for e in self.entries if check.record.is_answer_to(e.record))
                if units := tuple(u for u in dict.fromkeys(wrong) if u not in told):
                    found.append((check, units))
        return tuple(found)

    @property
    def to_coordinate(self) -> tuple[Entry, ...]:
        """Those that a unit has marked 需协调 and for which nobody has found a way; none of a closed item."""
        if is_closed(self.status):
            return ()
        solved = {
            answered
            for entry in self.entries
            if entry.record.kind == "协调结果"
            for answered in entry.record.answers or ()
        }
        return tuple(
            entry
            for entry in self.troubles
            if entry.record.coordinate and entry.record.id not in solved
        )

    @property
    def last_report(self) -> date | None:
        """The day of what a unit reported last."""
        return self.reported or max((e.record.date for e in self.reports), default=None)

    @property
    def by_milestones(self) -> bool:
        """Whether its milestones carry its percent: there are some, and each says how far the item is with it."""
        return bool(self.milestones) and all(s.percent is not None for s in self.milestones)

    @cached_property
    def _telling(self) -> frozenset[str]:
        """The leads that say how far it is, unless all have done their part: those that haven't."""
        leads = frozenset(self.units.lead)
        return frozenset(unit for unit in leads if not self.has_done(unit)) or leads

    @property
    def since_reopened(self) -> tuple[Entry, ...]:
        """Its records behind its last 撤销销号, which found that it isn't as far as was said before."""
        reopened = (n for n, e in enumerate(self.entries, 1) if e.record.kind == "撤销销号")
        return self.entries[max(reopened, default=0) :]

    @cached_property
    def percents(self) -> dict[str, int]:
        """The latest percent of each lead that has given one and, unless all have, hasn't done its part."""
        latest: dict[str, int] = {}
        leads = self._telling
        for entry in reversed(self.since_reopened):
            if entry.record.percent is not None and entry.unit in leads:
                latest.setdefault(entry.unit, entry.record.percent)
                if len(latest) == len(leads):
                    break
        return latest

    @property
    def percent_course(self) -> Iterator[tuple[date, int]]:
        """Its percent by the leads' figures, on each day on which one gave its own or had done its part."""
        latest: dict[str, int] = {}
        leads, done, told = self.units.lead, frozenset[str](), None
        events: list[tuple[date, Entry | StatusChange]] = [(e.record.date, e) for e in self.entries]
        events += [(change.date, change) for change in self.changes]
        for day, event in sorted(events, key=itemgetter(0)):
            if isinstance(event, StatusChange):
                done = frozenset(event.done)
            elif event.record.kind == "撤销销号":
                latest.clear()
            elif event.record.percent is not None and event.unit in leads:
                latest[event.unit], told = event.record.percent, None
            telling = [unit for unit in leads if unit not in done]
            known = [latest[unit] for unit in telling if unit in latest]
            if len(known) == len(telling) > 0 and min(known) != told:
                told = min(known)
                yield day, told

    def percent_of(self, unit: str) -> int | None:
        """Return how far a lead says the item is; where milestones carry the percent, theirs."""
        return self.percent if self.by_milestones else self.percents.get(unit)

    @cached_property
    def percent(self) -> int | None:
        """That of the milestones met, where all carry one; else the lowest of the leads' latest figures.

        None where a lead that has to say it has given none. Less than the whole says how far it was, not is, where all
        have applied for all that is left, or the item is closed out.
        """
        latest = self.percents
        found = min(latest.values()) if len(latest) == len(self._telling) > 0 else None
        if self.by_milestones:
            found = max((step.percent or 0 for step in self.milestones if step.met), default=0)
        applied = is_pending(self.status) and not any(is_open(s.status) for s in self.stages)
        past = applied or is_closed_out(self.status)
        return None if past and found != _WHOLE else found

    @property
    def assessment_mark(self) -> str | None:
        """待年度评估 in the last month of an ongoing or recurring item's period, 期满待评估 after it."""
        deadline = self.listed.deadline
        if not isinstance(deadline, Assessed) or deadline.until is None or not self.open:
            return None
        if self.day > deadline.until:
            return "期满待评估"
        return "待年度评估" if self.day >= deadline.until.replace(day=1) else None

    def on(self, day: date) -> StatusChange:
        """Return what it was at the end of an earlier day; before the first record, as issued."""
        return next(change for change in reversed(self.changes) if change.date <= day)
