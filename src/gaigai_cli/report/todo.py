"""What waits for somebody on a morning: for the office everything, for a unit its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.lights import waiting_workdays
from gaigai_cli.judge.owes import Debt, owes
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.statuses import is_closed
from gaigai_cli.query.choose import (
    due_within,
    never_reported,
    overdue,
    unfinished_turns,
    unreported,
)
from gaigai_cli.query.instructions import Instruction, instructions
from gaigai_cli.query.waiting import to_coordinate, to_explain, to_file, to_rule, to_verify
from gaigai_cli.report.ladder import PaperSent, papers_sent

LAST_WEEKDAY = 6


@dataclass(frozen=True, slots=True)
class ToVerify:
    """An item (or stage of it) that every lead has applied to close; ``workdays`` is None in an unknown year."""

    item: JudgedItem
    stage: str | None
    applied: date
    workdays: int | None

    @property
    def over(self) -> bool:
        """Return whether the office has taken longer than its rules allow."""
        warn = self.item.ledger.rules.warn
        return self.workdays is not None and warn.is_overlong(self.workdays)


@dataclass(frozen=True, slots=True)
class Todo:
    """Everything that waits as of ``day``; ``unit`` None: for the office. ``receipts`` are papers not yet answered."""

    day: date
    unit: str | None
    to_verify: tuple[ToVerify, ...]
    extensions: tuple[tuple[JudgedItem, Entry], ...]
    receipts: tuple[PaperSent, ...]
    overdue: tuple[JudgedItem, ...]
    due: tuple[JudgedItem, ...]
    unreported: tuple[JudgedItem, ...]
    turns: tuple[JudgedItem, ...] = ()
    short: tuple[JudgedItem, ...] = ()
    never: tuple[JudgedItem, ...] = ()
    to_coordinate: tuple[tuple[JudgedItem, Entry], ...] = ()
    instructions: tuple[Instruction, ...] = ()
    to_file: tuple[tuple[JudgedItem, Entry], ...] = ()
    to_explain: tuple[tuple[JudgedItem, Entry, tuple[str, ...]], ...] = ()


def todo(judgement: Judgement, unit: str | None = None) -> Todo:
    """Return what waits on the judgement's day. ``unit``: what concerns that unit alone; the office sees everything.

    ``due`` is what comes due from the day to the Sunday of its week.
    """
    if unit == judgement.ledger.office:
        unit = None
    day = judgement.day

    def owed(items: Iterable[JudgedItem], debt: Debt) -> tuple[JudgedItem, ...]:
        return tuple(i for i in items if unit is None or debt in owes(i, unit).debts)

    return Todo(
        day,
        unit,
        tuple(w for w in _to_verify(judgement) if _leads(w.item, unit)),
        tuple((i, e) for i, e in to_rule(judgement) if unit in (None, e.unit)),
        tuple(r for r in _receipts(judgement) if unit is None or unit in r.missing),
        owed(overdue(judgement), "办结"),
        tuple(
            i
            for i in due_within(judgement, LAST_WEEKDAY - day.weekday())
            if i.state.open
            and (unit is None or (i.state.units.of(unit) and not i.state.has_done(unit)))
        ),
        owed(unreported(judgement), "报送"),
        owed(unfinished_turns(judgement), "期次"),
        owed((i for i in judgement.items if i.short), "指标"),
        tuple(i for i in never_reported(judgement) if _leads(i, unit)),
        tuple((i, e) for i, e in to_coordinate(judgement) if unit in (None, e.unit)),
        tuple(
            i for i in instructions(judgement) if (i.waits if unit is None else unit in i.missing)
        ),
        tuple((i, e) for i, e in to_file(judgement) if unit in (None, e.unit)),
        tuple(one for one in to_explain(judgement) if unit is None or unit in one[2]),
    )


def _leads(item: JudgedItem, unit: str | None) -> bool:
    return unit is None or unit in item.state.units.lead


def _to_verify(judgement: Judgement) -> Iterator[ToVerify]:
    for item, stage in to_verify(judgement):
        days = waiting_workdays(stage.applied, item.state, item.ledger)
        yield ToVerify(item, stage.id, stage.applied, days)


def _receipts(judgement: Judgement) -> Iterator[PaperSent]:
    """Yield the papers without an answer about what is still open, the earliest reply day first."""
    sent = sorted(papers_sent(judgement), key=lambda p: (p.reply_by, p.entry.record.id))
    for paper in sent:
        items = paper.entry.record.items or ()
        states = [judgement.by_id[i].state for i in items if i in judgement.by_id]
        over = states and all(is_closed(state.status) for state in states)
        if paper.missing and not over:
            yield paper
