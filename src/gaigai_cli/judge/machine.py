"""The course of one item: its state in the making."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from gaigai_cli.judge import stages as stage_moves
from gaigai_cli.judge.stages import ABOUT_A_STAGE, Wrong
from gaigai_cli.judge.state import ItemState, Occurrence, Remark, Roles, StageState, Turn
from gaigai_cli.model.deadline import Ongoing, Recurring
from gaigai_cli.model.due_dates import occurrences
from gaigai_cli.model.kinds import KINDS, effect
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.statuses import Status, is_closed
from gaigai_cli.model.tasks import ListedItem


@dataclass
class Course:
    """The state in the making. ``fold.py`` lets the records pass, ``moves.py`` says what each of them does."""

    listed: ListedItem
    ledger: Ledger
    units: Roles
    status: Status = "未报进展"
    stages: tuple[StageState, ...] = ()
    suspended: Entry | None = None
    resumed: date | None = None
    reached: date = date.min
    assessment: Entry | None = None
    withdrawal: Entry | None = None
    taken: list[Entry] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    rejected: list[Remark] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)

    def pass_to(self, day: date) -> None:
        """Let time pass to the end of ``day``: what no record says may be true by then."""
        removed = self.listed.item.removed
        if removed is not None and removed.on <= day and not is_closed(self.status):
            self.mark_late(removed.on)
            self.status = "已核减"
            self.mark_turn(removed.on)
        self.mark_late(day)

    def mark_turn(self, day: date) -> None:
        """Keep what it is at the end of ``day``, if that is new; what is closed is suspended no longer."""
        if is_closed(self.status):
            self.suspended = None
        now = (self.status, self.suspended is not None, self.units.lead)
        if not self.turns or now != self.turns[-1][1:]:
            self.turns.append(Turn(day, *now))

    def stage_of(self, entry: Entry) -> StageState:
        """The stage that a record concerns: the one it names, else the current one."""
        return stage_moves.named(self.stages, entry)

    def put(self, stage: StageState) -> None:
        """Replace a stage by its next state and see what that makes of the item."""
        self.stages = tuple(stage if s.id == stage.id else s for s in self.stages)
        self.status = stage_moves.item_status(self.stages)

    def mark_late(self, day: date) -> None:
        """A stage past its deadline as ``day`` begins is late; after a suspension, from the day after it on.

        What is sent back, or revoked, and applied for again within one day is owed at no day's end.
        """
        if day <= self.reached:
            return
        self.reached = day
        if self.suspended is not None or self.status in ("已评估", "已核减"):
            return
        if self.resumed is not None and day <= self.resumed:
            return
        for stage in self.stages:
            if not stage.late and stage.overdue_on(day):
                late = stage._replace(missed=stage.due)
                self.stages = tuple(late if s is stage else s for s in self.stages)

    def state(self, day: date, *, ended: bool) -> ItemState:
        """The finished value."""
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
            entries=tuple(self.taken),
            turns=tuple(self.turns),
            rejected=tuple(self.rejected),
            doubts=tuple(self.doubts),
        )


def _occurrences(course: Course, day: date) -> tuple[Occurrence, ...]:
    """The turns since the notice, to the end of the next year at most, and whether a lead's 进展 met each."""
    deadline = course.listed.deadline
    if not isinstance(deadline, Recurring):
        return ()
    reports = [
        e.record
        for e in course.taken
        if e.record.kind == "进展" and e.unit in course.units.lead and not e.record.not_started
    ]
    issued = course.ledger.tasks.notice.issued
    through = deadline.until or date(min(day.year + 1, date.max.year), 12, 31)
    turns, start = [], deadline.from_
    for due in occurrences(deadline, through=through):
        met = any(
            r.stage == due.isoformat() or (r.stage is None and start <= r.date <= due)
            for r in reports
        )
        if due >= issued:
            turns.append(Occurrence(due, met))
        start = due + timedelta(days=1)
    return tuple(turns)


ROLE_FIELDS = {"牵头": "lead", "责任": "responsible", "配合": "support"}

Move = Callable[[Course, Entry], None]


def move(course: Course, entry: Entry) -> None:
    """Let a record that is admitted have its effect; raise ``Wrong`` where what it says can't be."""
    MOVES.get(entry.record.kind, _nothing)(course, entry)


def _remark(course: Course, entry: Entry, *words: str) -> None:
    """Keep a doubt (field, code, message, remedy) about a record that is accepted."""
    course.doubts.append(Remark(entry, *words))


def _nothing(course: Course, entry: Entry) -> None:
    """Kinds that are kept and shown but change no status."""


def _report(course: Course, entry: Entry) -> None:
    record, item = entry.record, course.listed.id
    if entry.unit not in course.units.named:
        _remark(
            course,
            entry,
            "item",
            "unit-by-open-body",
            f"事项{item}没有列明{entry.unit}，只写了{'、'.join(course.units.open)}",
            f"确由{entry.unit}负责的，请{course.ledger.office}记录明确责任单位",
        )
    if is_closed(course.status) and course.turns[-1].date < record.date:
        _remark(
            course,
            entry,
            "date",
            "report-after-close",
            f"事项{item}已于{course.turns[-1].date}{course.status[1:]}，此后仍报进展",
            f"请核对事项编号和日期；确需继续推进的，由{course.ledger.office}撤销销号",
        )
    if course.status in ("未报进展", "未启动"):
        course.status = "未启动" if record.not_started else "推进中"
        course.stages = tuple(
            s._replace(status=course.status) if s.status in ("未报进展", "未启动") else s
            for s in course.stages
        )


def _apply(course: Course, entry: Entry) -> None:
    course.put(stage_moves.apply(course.stage_of(entry), entry, course.units.lead))


def _take_back(course: Course, entry: Entry) -> None:
    course.put(stage_moves.end_applications(course.stage_of(entry), entry, own=True))


def _send_back(course: Course, entry: Entry) -> None:
    course.put(stage_moves.end_applications(course.stage_of(entry), entry, own=False))


def _verify(course: Course, entry: Entry) -> None:
    stage = course.stage_of(entry)
    if course.ledger.office in course.units.lead:
        stage_moves.demand_outside_verifier(course.ledger.office, entry.record)
    stage_moves.demand_targets(course.listed, course.taken, course.units, entry, course.ledger)
    course.put(stage_moves.verify(stage, entry))


def _reopen(course: Course, entry: Entry) -> None:
    course.put(stage_moves.reopen(course.stage_of(entry)))


def _ask_extension(course: Course, entry: Entry) -> None:
    course.put(stage_moves.ask_extension(course.stage_of(entry), entry))


def _rule_extension(course: Course, entry: Entry) -> None:
    course.put(stage_moves.rule_extension(course.stage_of(entry), entry))


def _assess(course: Course, entry: Entry) -> None:
    deadline, record = course.listed.deadline, entry.record
    if not isinstance(deadline, Ongoing | Recurring):
        raise Wrong(
            "no-assessment",
            f"事项{course.listed.id}有明确时限，不作期满评估",
            f"由牵头单位申请销号、{course.ledger.office}核验销号",
        )
    early = deadline.until is not None and record.date < deadline.until.replace(day=1)
    if early and record.reason is None:
        raise Wrong(
            "missing-field",
            f"在期满当月之前作期满评估，应当写明“理由”（reason）；该项{deadline.until}期满",
            "请补上这一项",
        )
    course.status, course.assessment = "已评估", entry


def _suspend(course: Course, entry: Entry) -> None:
    if course.suspended is not None:
        raise Wrong("wrong-order", f"事项{course.listed.id}已记录条件未具备", "不必重复记录")
    course.suspended = entry


def _resume(course: Course, entry: Entry) -> None:
    if course.suspended is None:
        raise Wrong("wrong-order", f"事项{course.listed.id}没有记录过条件未具备", "请核对事项编号")
    course.suspended, course.resumed = None, entry.record.date


def _assign(course: Course, entry: Entry) -> None:
    record = entry.record
    role = ROLE_FIELDS[record.role or "责任"]
    units = tuple(course.ledger.departments.canonical(name) for name in record.units or ())
    if record.kind == "明确责任单位":
        units = tuple(dict.fromkeys((*getattr(course.units, role), *units)))
    others = {
        name: tuple(u for u in getattr(course.units, name) if u not in units)
        for name in ROLE_FIELDS.values()
        if name != role
    }
    course.units = course.units._replace(**{role: units}, **others)
    for stage in course.stages:
        course.put(stage_moves.reassign(stage, course.units.lead))


def _withdraw(course: Course, entry: Entry) -> None:
    course.status, course.withdrawal = "已核减", entry


MOVES: dict[str, Move] = {
    "进展": _report,
    "申请销号": _apply,
    "撤回申请": _take_back,
    "核验销号": _verify,
    "退回补正": _send_back,
    "撤销销号": _reopen,
    "期满评估": _assess,
    "申请延期": _ask_extension,
    "批准延期": _rule_extension,
    "不予延期": _rule_extension,
    "条件未具备": _suspend,
    "条件具备": _resume,
    "明确责任单位": _assign,
    "变更责任单位": _assign,
    "核减": _withdraw,
}


def admit(course: Course, entry: Entry) -> None:
    """Raise ``Wrong`` where a record can't be written by its unit or in the present status."""
    record = entry.record
    _right_author(course, entry)
    closing = record.kind in ABOUT_A_STAGE
    if closing and not course.stages:
        raise Wrong(
            "no-close-out",
            f"事项{course.listed.id}没有需要销号的时限，不能记录{record.kind}",
            "持续推动落实事项和周期事项由期满评估办结，不销号、不延期"
            if isinstance(course.listed.deadline, Ongoing | Recurring)
            else f"请{course.ledger.office}先明确时限",
        )
    status = course.status
    if closing and status not in ("已评估", "已核减"):
        status = course.stage_of(entry).status
    if effect(record.kind, status) == "不可":
        raise Wrong(
            "wrong-order",
            f"事项{course.listed.id}此时为“{status}”，不能记录{record.kind}",
            f"请先看 gaigai show {course.listed.id} 的记录经过",
        )


def _right_author(course: Course, entry: Entry) -> None:
    kind, unit = KINDS[entry.record.kind], entry.unit
    if kind.by == "lead" and unit not in course.units.lead:
        leads = "、".join(course.units.lead) or "（未明确）"
        raise Wrong(
            "not-lead",
            f"{unit}不是事项{course.listed.id}的牵头单位，不能记录{kind.name}",
            f"应由牵头单位{leads}记录",
        )
    if kind.by == "unit" and unit not in course.units.named and not course.units.open:
        raise Wrong(
            "unit-not-named",
            f"事项{course.listed.id}的责任单位中没有{unit}",
            f"请核对事项编号；确由该单位负责的，由{course.ledger.office}记录明确责任单位",
        )
