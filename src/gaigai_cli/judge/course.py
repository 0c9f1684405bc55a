"""The course of one item: its state in the making."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from gaigai_cli.judge import stages as stage_moves
from gaigai_cli.judge.state import ItemState, Occurrence, Remark, Roles, StageState, Turn
from gaigai_cli.judge.transitions import CLOSED, Status
from gaigai_cli.model.deadline import Recurring
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.tasks import ListedItem
from gaigai_cli.model.turns import occurrences


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
    assessment: Entry | None = None
    withdrawal: Entry | None = None
    taken: list[Entry] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    rejected: list[Remark] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)

    def pass_to(self, day: date) -> None:
        """Let time pass to the end of ``day``: what no record says may be true by then."""
        removed = self.listed.item.removed
        if removed is not None and removed.on <= day and self.status not in CLOSED:
            self.mark_late(removed.on)
            self.status = "已核减"
            self.mark_turn(removed.on)
        self.mark_late(day)

    def mark_turn(self, day: date) -> None:
        """Keep what it is at the end of ``day``, if that is new."""
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
        """A stage past its deadline is late; after a suspension, from the day after it on."""
        if self.suspended is not None or self.status in ("已评估", "已核减"):
            return
        if self.resumed is not None and day <= self.resumed:
            return
        for stage in self.stages:
            if not stage.late and stage.overdue_on(day):
                late = stage._replace(late=True)
                self.stages = tuple(late if s is stage else s for s in self.stages)

    def state(self, day: date) -> ItemState:
        """The finished value."""
        return ItemState(
            listed=self.listed,
            day=day,
            status=self.status,
            units=self.units,
            stages=self.stages,
            occurrences=_occurrences(self, day),
            suspended=self.suspended,
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
