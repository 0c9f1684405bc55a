"""The state machine: what each kind of record needs of an item and does to it, by its row of ``kinds.KINDS``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from gaigai_cli.judge import stages
from gaigai_cli.judge.stages import StageChange, Wrong
from gaigai_cli.judge.state import (
    ItemState,
    MilestoneState,
    Occurrence,
    RecordDoubt,
    Roles,
    StageState,
    StatusChange,
    done_by,
)
from gaigai_cli.model.deadline import Assessed, Recurring, Staged, occurrences
from gaigai_cli.model.kinds import EXTENSION, KINDS, REPORT, Kind, KindName
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import Record
from gaigai_cli.model.roles import FIELD_OF, ROLES, once_each
from gaigai_cli.model.statuses import (
    Status,
    is_closed,
    is_closed_out,
    is_ended_as_a_whole,
    is_open,
    shown_standing,
)
from gaigai_cli.model.tasks import ListedItem
from gaigai_cli.words.say import set_deadline


@dataclass
class ItemInProgress:
    """The state of an item in the making; ``fold.py`` lets the records pass.

    ``by_leads`` are the 进展 of those that led it at the time, which may meet a turn.
    """

    listed: ListedItem
    ledger: Ledger
    units: Roles
    status: Status = "未报进展"
    stages: tuple[StageState, ...] = ()
    suspended: Entry | None = None
    resumed: date | None = None
    reached: date = date.min
    reformed: date = date.min
    assessment: Entry | None = None
    withdrawal: Entry | None = None
    milestones: dict[str, MilestoneState] = field(default_factory=dict)
    plans: tuple[Entry, ...] = ()
    met: dict[str, date] = field(default_factory=dict)
    taken: list[Entry] = field(default_factory=list)
    by_leads: list[Record] = field(default_factory=list)
    changes: list[StatusChange] = field(default_factory=list)
    rejected: list[RecordDoubt] = field(default_factory=list)
    doubts: list[RecordDoubt] = field(default_factory=list)

    def pass_to(self, day: date) -> None:
        """Let time pass to the end of ``day``: what no record says may be true by then."""
        removed = self.listed.item.removed
        # Where a close-out was revoked since then, from the end of that day on.
        last = self.changes[-1].date
        if removed is not None and max(removed.on, last) <= day and not is_closed(self.status):
            self.mark_late(removed.on)
            self.change(KINDS["核减"])
            self.mark_change(max(removed.on, last))
        self.mark_late(day)

    def pass_reforms(self, day: date) -> None:
        """Let every reform of bodies up to ``day`` have its effect, each as its day begins."""
        for turn in self.ledger.departments.turns:
            if self.reformed < turn <= day:
                self.reformed = turn
                self.hand_over(turn)
                self.mark_change(turn)

    def hand_over(self, day: date) -> None:
        """Hand the item to its units of ``day``; an application stands if all of a unit's predecessors made it.

        A unit that takes over from one that had applied, and from one that hadn't, has yet to apply.
        """

        def heir(unit: str) -> str:
            return self.ledger.units.canonical(unit, self.listed.id, day)

        def inherited(entry: Entry) -> Entry:
            return replace(entry, unit=heir(entry.unit))

        was = self.units
        named = {role.field: getattr(was, role.field) for role in ROLES}
        self.units = Roles(**once_each(named, heir), open=was.open)
        self.taken = [inherited(entry) for entry in self.taken]
        self.plans = tuple(map(inherited, self.plans))
        if self.units == was:
            return
        for stage in self.stages:
            applied = {entry.unit for entry in stage.applications}
            missing = {heir(unit) for unit in was.lead if unit not in applied}
            after = stage._replace(
                applications=tuple(
                    inherited(a) for a in stage.applications if heir(a.unit) not in missing
                ),
                extensions=tuple(map(inherited, stage.extensions)),
                missed_by=tuple(dict.fromkeys(map(heir, stage.missed_by))),
            )
            self.stages = tuple(after if s is stage else s for s in self.stages)
            if stage.applications:
                change = stages.reassign(after, self.units.lead)
                self.change_stage(KINDS["申请销号"], "推进中", change)

    def as_then(self, entry: Entry) -> Entry:
        """Return an entry under the name of the unit that it came from, when it counts.

        A heir who enters late what a unit had done before says it for that unit.
        """
        departments = self.ledger.departments
        if not departments.reforms:
            return entry
        entry = self.ledger.called(entry, entry.counts)
        if entry.unit in self.units.named:
            return entry
        recorded = entry.record.recorded

        def writer(unit: str) -> str:
            return departments.at_last.canonical(unit, self.listed.id, recorded)

        same = (u for u in self.units.named if writer(u) == writer(entry.unit))
        return replace(entry, unit=next(same, entry.unit))

    def mark_change(self, day: date) -> None:
        """Note the status at the end of ``day`` if it changed; a closed item is no longer suspended.

        One that awaits 核验 isn't counted as suspended, either; sent back, it is again.
        """
        if is_closed(self.status):
            self.suspended = None
        suspended = self.suspended is not None and is_open(self.status)
        done = (u for u in self.units.lead if self.stages and done_by(self.stages, u))
        now = (self.status, suspended, self.units.lead, tuple(done))
        if not self.changes or now != self.changes[-1][1:]:
            self.changes.append(StatusChange(day, *now))

    def change(self, kind: Kind, *, whole: bool = True) -> None:
        """Give the item the status after a record about it; stages that are begun with it have the same."""
        before, self.status = self.status, kind.leads_to(self.status, whole=whole)
        if self.status != before and is_open(self.status):
            self.stages = tuple(
                s._replace(status=kind.leads_to(s.status, whole=whole)) for s in self.stages
            )

    def change_stage(self, kind: Kind, status: Status, change: StageChange) -> None:
        """Apply a record's change to a stage that had this status, and to the status of the item."""
        new = change.stage._replace(status=kind.leads_to(status, whole=change.whole))
        self.stages = tuple(new if s.id == new.id else s for s in self.stages)
        self.status = stages.item_status(self.stages)

    def mark_late(self, day: date) -> None:
        """Mark stages late whose deadline has passed as ``day`` begins; after a suspension, from the day after it on.

        What is sent back, or revoked, and applied for again within one day is owed at no day's end. A joint lead that
        has applied owes nothing: it is late only of a day's end at which it hadn't.
        """
        if day <= self.reached:
            return
        self.reached = day
        if self.suspended is not None or is_ended_as_a_whole(self.status):
            return
        if self.resumed is not None and day <= self.resumed:
            return
        for stage in self.stages:
            if stage.overdue_on(day):
                owing = (unit for unit in self.units.lead if stage.application_of(unit) is None)
                late = stage._replace(
                    missed=stage.missed or stage.due,
                    missed_by=tuple(dict.fromkeys((*stage.missed_by, *owing))),
                )
                self.stages = tuple(late if s is stage else s for s in self.stages)

    def state(self, day: date, *, ended: bool) -> ItemState:
        """Return the finished value."""
        return ItemState(
            listed=self.listed,
            day=day,
            ended=ended,
            status=self.status,
            units=self.units,
            stages=self.stages,
            occurrences=_occurrences(self, day),
            suspension=self.suspended,
            assessment=self.assessment,
            withdrawal=self.withdrawal,
            milestones=tuple(
                step._replace(met=self.met.get(step.name))
                for step in sorted(self.milestones.values(), key=lambda step: step.due)
            ),
            plans=() if is_closed(self.status) else self.plans,
            entries=tuple(self.taken),
            changes=tuple(self.changes),
            rejected=tuple(self.rejected),
            doubts=tuple(self.doubts),
        )


def _occurrences(item: ItemInProgress, day: date) -> tuple[Occurrence, ...]:
    """Return the turns since the notice, to the end of the next year at most, and whether a lead's 进展 met each."""
    deadline = item.listed.deadline
    if not isinstance(deadline, Recurring):
        return ()
    issued = item.ledger.tasks.notice.issued
    through = deadline.until or date(min(day.year + 1, date.max.year), 12, 31)
    turns, start = [], deadline.from_
    for due in occurrences(deadline, through=through):
        met = any(
            r.stage == due.isoformat() or (r.stage is None and start <= r.date <= due)
            for r in item.by_leads
        )
        if due >= issued:
            turns.append(Occurrence(due, met))
        start = due + timedelta(days=1)
    return tuple(turns)


def take(item: ItemInProgress, entry: Entry) -> None:
    """Let a record have its effect; raise ``Wrong`` where it can't be written or what it says can't be."""
    kind, record = KINDS[entry.record.kind], entry.record
    _demand_author(item, entry, kind)
    stage = _stage_of(item, entry, kind)
    status = stage.status if stage and not is_ended_as_a_whole(item.status) else item.status
    if not kind.allowed(status):
        raise Wrong(
            "wrong-order",
            f"事项{item.listed.id}此时为“{status}”，不能记录{kind.name}",
            f"请先看 gaigai show {item.listed.id} 的记录经过",
        )
    if stage is None:
        if besides := _BESIDES.get(kind.name):
            besides(item, entry)
        item.change(kind, whole=not record.not_started)
    else:
        if kind.name == "核验销号":
            _demand_sound_close_out(item, entry)
        item.change_stage(kind, status, _STAGES[kind.name](stage, entry, item.units.lead))
        if kind.name == EXTENSION and record.summary:  # who says how far things are has reported
            item.change(KINDS[REPORT])
    if record.completed:  # of a record that stands: what is wrong with it has been raised by now
        _complete(item, entry)


def _stage_of(item: ItemInProgress, entry: Entry, kind: Kind) -> StageState | None:
    """Return the stage that a record is about; None where its kind is about the item as a whole."""
    if kind.about != "stage":
        return None
    if not item.stages:
        raise Wrong(
            "no-close-out",
            f"事项{item.listed.id}没有需要销号的时限，不能记录{kind.name}",
            "持续推动事项和定期开展事项由期满评估办结，不销号、不延期"
            if isinstance(item.listed.deadline, Assessed)
            else set_deadline(item.ledger.office),
        )
    return stages.named(item.stages, entry)


def _demand_sound_close_out(item: ItemInProgress, entry: Entry) -> None:
    stages.demand_outside_verifier(item.ledger, item.units, entry)
    if stages.one_is_left(item.stages):
        stages.demand_targets(item.listed, item.taken, item.units, entry, item.ledger)


def not_its_lead(
    kind: Kind, unit: str, item: str, leads: Sequence[str], office: str
) -> tuple[str, str] | None:
    """Return why a unit can't record what leads record, and who can; None where it can."""
    by_leads = kind.leads_only or (kind.by == "lead|office" and unit != office)
    if not by_leads or unit in leads:
        return None
    return (
        f"{unit}不是事项{item}的牵头单位，不能记录{kind.name}",
        f"应由牵头单位{'、'.join(leads) or '（未明确）'}{'' if kind.leads_only else f'或{office}'}记录",
    )


def _demand_author(item: ItemInProgress, entry: Entry, kind: Kind) -> None:
    unit, office = entry.unit, item.ledger.office
    if said := not_its_lead(kind, unit, item.listed.id, item.units.lead, office):
        raise Wrong("not-lead", *said)
    if kind.by == "unit" and unit not in item.units.named and not item.units.open:
        raise Wrong(
            "unit-not-named",
            f"事项{item.listed.id}的责任单位中没有{unit}",
            f"请核对事项编号；确由该单位负责的，由{item.ledger.office}记录明确责任单位",
        )


def _doubt(item: ItemInProgress, entry: Entry, *words: str) -> None:
    """Keep a doubt (field, code, message, remedy) about a record that is accepted."""
    item.doubts.append(RecordDoubt(entry, *words))


def _demand_own_figures(item: ItemInProgress, entry: Entry) -> None:
    """Raise ``Wrong`` where a unit gives figures of another: leads, the office and an indicator's provider may."""
    units, id_ = item.ledger.units, item.listed.id

    def now(unit: str) -> str:
        return units.canonical(unit, id_)

    if entry.unit in (item.ledger.office, *item.units.lead) or entry.record.via:
        return
    providers = {i.id: now(i.provider) for i in item.listed.item.indicators if i.provider}
    for name, value in (entry.record.metrics or {}).items():
        if isinstance(value, dict) and providers.get(name) != now(entry.unit):
            for unit in value:
                if now(unit) != now(entry.unit):
                    raise Wrong(
                        "foreign-figure",
                        f"{entry.unit}不能报{unit}的数，只能报自己的",
                        f"请只报本单位的数，{unit}的由它自己或牵头单位报",
                        "metrics",
                    )


def _report(item: ItemInProgress, entry: Entry) -> None:
    record, id_ = entry.record, item.listed.id
    if record.metrics:
        _demand_own_figures(item, entry)
    if entry.unit not in item.units.named:
        _doubt(
            item,
            entry,
            "item",
            "unit-by-open-body",
            f"事项{id_}没有列明{entry.unit}，只写了{'、'.join(item.units.open)}",
            f"确由{entry.unit}负责的，请{item.ledger.office}记录明确责任单位",
        )
    if is_closed(item.status) and item.changes[-1].date < record.date:
        closed_out = is_closed_out(item.status)
        _doubt(
            item,
            entry,
            "date",
            "report-after-close",
            f"事项{id_}已于{item.changes[-1].date}{shown_standing(item.status)[1:]}，此后仍报进展",
            "请核对事项编号和日期"
            + (f"；确需继续推进的，由{item.ledger.office}撤销销号" if closed_out else ""),
        )
    if entry.unit in item.units.lead and not record.not_started:
        item.by_leads.append(record)


def _complete(item: ItemInProgress, entry: Entry) -> None:
    """Take up the milestones that a report says are met; doubt those that the item hasn't."""
    proposed = {step.name for plan in item.plans for step in plan.record.milestones or ()}
    for name in entry.record.completed or ():
        if name in item.milestones or name in proposed:
            item.met.setdefault(name, entry.record.date)
            continue
        known = "、".join((*item.milestones, *proposed))
        message = f"事项{item.listed.id}没有节点“{name}”"
        remedy = f"节点有{known}" if known else "请先报送阶段节点（gaigai milestones）"
        _doubt(item, entry, "completed", "unknown-milestone", message, remedy)


def _plan(item: ItemInProgress, entry: Entry) -> None:
    """Take up milestones: those that the office sets are in force, a lead's wait for it."""
    record = entry.record
    if isinstance(item.listed.deadline, Staged):
        raise Wrong(
            "own-stages",
            f"事项{item.listed.id}的时限本身分阶段，不另设节点",
            "请按清单的阶段报送进展、申请销号",
        )
    known = item.milestones
    moved = [
        step.name
        for step in record.milestones or ()
        if step.name in known and known[step.name].due != step.due
    ]
    if moved and record.reason is None:
        raise Wrong(
            "missing-field",
            f"调整节点“{'”“'.join(moved)}”的时间，应当写明“理由”（reason）",
            "请补上这一项",
            "milestones",
        )
    if entry.unit == item.ledger.office:
        _put_in_force(item, record)
    else:
        item.plans = (*item.plans, entry)


def _file(item: ItemInProgress, entry: Entry) -> None:
    """Put in force what leads have reported."""
    waiting = {plan.record.id: plan for plan in item.plans}
    answers = entry.record.answers or ()
    for answered in answers:
        if answered not in waiting:
            raise stages.not_live(answered, "没有待备案的节点")
    for answered in dict.fromkeys(answers):
        _put_in_force(item, waiting.pop(answered).record)
    item.plans = tuple(waiting.values())


def _put_in_force(item: ItemInProgress, record: Record) -> None:
    for step in record.milestones or ():
        was = item.milestones.get(step.name)
        if was is None:
            now = MilestoneState(step.name, step.mark, step.percent, step.due, step.due)
        else:
            now = was._replace(
                mark=step.mark or was.mark,
                percent=was.percent if step.percent is None else step.percent,
                due=step.due,
                reasons=was.reasons if step.due == was.due else (*was.reasons, record.reason or ""),
            )
        item.milestones[step.name] = now


def _check(item: ItemInProgress, entry: Entry) -> None:
    """Raise ``Wrong`` where an inspection agrees with a report that doesn't exist."""
    if entry.record.agrees is not None and not entry.record.answers:
        raise Wrong(
            "missing-field",
            "抽查核验写了与所报情况是否相符（agrees），没有写明所对照的报送（answers）",
            f"请写明所对照的进展或申请；{item.listed.id}还没有单位报过的，请去掉 agrees",
            "agrees",
        )


def _assess(item: ItemInProgress, entry: Entry) -> None:
    deadline, record = item.listed.deadline, entry.record
    if not isinstance(deadline, Assessed):
        raise Wrong(
            "no-assessment",
            f"事项{item.listed.id}{'有明确时限' if item.stages else '还没有确定时限'}，不作期满评估",
            f"由牵头单位申请销号、{item.ledger.office}核验销号"
            if item.stages
            else set_deadline(item.ledger.office),
        )
    early = deadline.until is not None and record.date < deadline.until.replace(day=1)
    if early and record.reason is None:
        raise Wrong(
            "missing-field",
            f"在期满当月之前作期满评估，应当写明“理由”（reason）；该项{deadline.until}期满",
            "请补上这一项",
        )
    item.assessment = entry


def _suspend(item: ItemInProgress, entry: Entry) -> None:
    if item.suspended is not None:
        raise Wrong("wrong-order", f"事项{item.listed.id}已记录条件未具备", "不必重复记录")
    item.suspended = entry


def _resume(item: ItemInProgress, entry: Entry) -> None:
    if item.suspended is None:
        raise Wrong("wrong-order", f"事项{item.listed.id}没有记录过条件未具备", "请核对事项编号")
    item.suspended, item.resumed = None, entry.record.date


def _assign(item: ItemInProgress, entry: Entry) -> None:
    record = entry.record
    role = FIELD_OF[record.role or "责任"]
    canonical, id_ = item.ledger.units.canonical, item.listed.id
    units = tuple(canonical(name, id_, entry.counts) for name in record.units or ())
    if record.kind == "明确责任单位":
        units = tuple(dict.fromkeys((*getattr(item.units, role), *units)))
    others = {
        name: tuple(u for u in getattr(item.units, name) if u not in units)
        for name in FIELD_OF.values()
        if name != role
    }
    item.units = item.units._replace(**{role: units}, **others)
    for stage in item.stages:
        if stage.applications:
            item.change_stage(KINDS["申请销号"], "推进中", stages.reassign(stage, item.units.lead))


def _withdraw(item: ItemInProgress, entry: Entry) -> None:
    item.withdrawal = entry


_BESIDES: Final[Mapping[KindName, Callable[[ItemInProgress, Entry], None]]] = {
    "进展": _report,
    "阶段节点": _plan,
    "节点备案": _file,
    "抽查核验": _check,
    "期满评估": _assess,
    "条件未具备": _suspend,
    "条件具备": _resume,
    "明确责任单位": _assign,
    "变更责任单位": _assign,
    "核减": _withdraw,
}
"""What records about an item as a whole do besides changing its status."""

_STAGES: Final[Mapping[KindName, Callable[[StageState, Entry, tuple[str, ...]], StageChange]]] = {
    "申请销号": stages.apply,
    "撤回申请": stages.take_back,
    "核验销号": stages.verify,
    "退回补正": stages.send_back,
    "撤销销号": stages.reopen,
    "申请延期": stages.ask_extension,
    "批准延期": stages.rule_extension,
    "不予延期": stages.rule_extension,
}
"""What records about a stage make of it, its status aside; the leads are those at the time."""
