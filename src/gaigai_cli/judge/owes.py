"""What a unit owes of an item that it leads, decided once: every paper and screen that asks for it reads this."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from gaigai_cli.judge.figures import Figure
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.lights import lead_behind
from gaigai_cli.judge.state import MilestoneState, MissedPeriod, Occurrence, StageState
from gaigai_cli.model.ledger import Entry

Debt = Literal["办结", "期次", "滞后", "指标", "核验", "报送"]
"""What can be owed: a close-out, a turn, what an item is behind with, a target, an explanation, a report."""
DEBT_WORDS: Final[Mapping[Debt, str]] = {
    "办结": "逾期",
    "期次": "期内任务未完成",
    "滞后": "进度滞后",
    "指标": "指标未达",
    "核验": "抽查核验不符",
    "报送": "未报送进展",
}
"""What each is called in few words."""
_BY_DEADLINE: Final = frozenset[Debt]({"办结", "滞后"})


@dataclass(frozen=True, slots=True)
class Owes:
    """What is owed on the day of a judgement; nothing by who doesn't lead the item.

    ``left`` are the stages that the unit has yet to apply for itself, of which ``late`` are past their deadline, and
    ``soon`` due within the days of the blue light. ``waits``: it has asked for more time and waits for the ruling.
    ``behind``: by how many points it is too far behind, as long as nothing of the item is late. ``refuted``: what the
    office found otherwise than the unit had reported. ``idle``: nobody has told of the item for too long.
    """

    left: tuple[StageState, ...] = ()
    late: tuple[StageState, ...] = ()
    waits: bool = False
    soon: tuple[StageState, ...] = ()
    unstarted: bool = False
    behind: int | None = None
    slipped: tuple[MilestoneState, ...] = ()
    turns: tuple[Occurrence, ...] = ()
    short: tuple[Figure, ...] = ()
    refuted: tuple[Entry, ...] = ()
    reports: tuple[MissedPeriod, ...] = ()
    idle: bool = False

    @property
    def debts(self) -> frozenset[Debt]:
        """The kinds of what is owed."""
        found: dict[Debt, object] = {
            "办结": self.late,
            "期次": self.turns,
            "滞后": self.unstarted or self.behind or self.slipped,
            "指标": self.short,
            "核验": self.refuted,
            "报送": self.reports,
        }
        return frozenset(kind for kind, owed in found.items() if owed)

    @property
    def asked(self) -> frozenset[Debt]:
        """The kinds of what is asked for: who waits for a ruling on more time isn't hurried by the deadline."""
        if not self.waits:
            return self.debts
        return self.debts - (_BY_DEADLINE - {"滞后"} if self.slipped else _BY_DEADLINE)

    @property
    def anything(self) -> bool:
        """Return whether there is anything of which to remind the unit."""
        return bool(self.debts or self.soon or self.idle)

    @property
    def months(self) -> tuple[str, ...]:
        """The reporting periods for which nothing was heard, by their first months."""
        return tuple(missed.month for missed in self.reports)


def owes(item: JudgedItem, unit: str) -> Owes:
    """Return what a unit owes of an item.

    Who has applied for all that is left has done its part: the deadline, milestones and targets are the other leads'
    to answer for. What it hasn't reported, and what was found to be otherwise, stays its own, as it does while a
    condition is missing.
    """
    state, ledger = item.state, item.ledger
    if unit not in state.units.lead:
        return Owes()
    at_work = state.owing and not state.has_done(unit)
    in_time = at_work and not state.overdue
    left = state.left_to(unit)
    window = timedelta(days=ledger.rules.warn.blue)
    return Owes(
        left=left,
        late=state.overdue_of(unit),
        waits=state.awaits_extension(unit),
        soon=tuple(s for s in left if state.running <= s.due <= state.day + window),
        unstarted=in_time and state.unstarted,
        behind=lead_behind(state, ledger, unit) if in_time else None,
        slipped=state.missed_milestones if in_time else (),
        turns=state.missed_turns,
        short=item.short if at_work else (),
        refuted=tuple(check for check, units in state.refuted if unit in units),
        reports=tuple(missed for missed in item.missed if unit in missed.units),
        idle=item.idle and at_work,
    )
