"""Records folded, one after the other, into the state of an item as of a day."""

from collections.abc import Iterable
from datetime import date, timedelta

from gaigai_cli.judge.admission import admit
from gaigai_cli.judge.course import Course
from gaigai_cli.judge.moves import move
from gaigai_cli.judge.state import ItemState, Remark, Roles, StageState
from gaigai_cli.judge.wrong import Wrong
from gaigai_cli.model.deadline import Fixed, Staged
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.tasks import ListedItem

_DAY = timedelta(days=1)


def fold(listed: ListedItem, entries: Iterable[Entry], day: date, ledger: Ledger) -> ItemState:
    """The state of an item as of ``day``; ``entries`` are its sound records in order, later ones are passed over."""
    course = Course(listed, ledger, _issued_roles(listed, ledger), stages=_issued_stages(listed))
    course.mark_turn(date.min)
    for entry in entries:
        if entry.record.date <= day:
            _take(course, entry)
    course.pass_to(day)
    return course.state(day)


def _take(course: Course, entry: Entry) -> None:
    """Let one record have its effect, or reject it."""
    day = entry.record.date
    if course.listed.item.removed is not None:
        course.pass_to(day - _DAY)
    course.mark_late(day)
    try:
        admit(course, entry)
        move(course, entry)
    except Wrong as wrong:
        remark = Remark(entry, wrong.field, wrong.code, wrong.message, wrong.remedy)
        course.rejected.append(remark)
        return
    course.taken.append(entry)
    course.mark_turn(day)


def _issued_roles(listed: ListedItem, ledger: Ledger) -> Roles:
    canonical = ledger.departments.canonical
    cell = listed.units
    return Roles(
        tuple(map(canonical, cell.lead)),
        tuple(map(canonical, cell.responsible)),
        tuple(map(canonical, cell.support)),
        cell.open,
    )


def _issued_stages(listed: ListedItem) -> tuple[StageState, ...]:
    deadline = listed.deadline
    if isinstance(deadline, Fixed):
        return (StageState(None, deadline.text, deadline.due, deadline.due, "未报进展"),)
    if isinstance(deadline, Staged):
        return tuple(StageState(s.id, s.text, s.due, s.due, "未报进展") for s in deadline.stages)
    return ()
