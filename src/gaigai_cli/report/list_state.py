"""A list as judged on a day, without its ledger: what a state file keeps of it, and the same judgement again."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from pydantic import ValidationError

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.lights import Light
from gaigai_cli.judge.state import ItemState, MissedPeriod
from gaigai_cli.model.base import adapter
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import as_record
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.query.choose import records_of
from gaigai_cli.query.reasons import reason_of

_UNKEPT: Final = {
    "tasks": {
        "__all__": {"items": {"__all__": {"leader", "contact", "criteria", "indicators"}}},
    }
}
_OF_THE_LIST: Final = {"listed", "day", "ended", "plans", "rejected", "doubts"}
_RULES: Final = {"reporting", "warn", "calendar"}
_FACTS: Final = (
    "id", "item", "date", "kind", "via", "percent", "period", "stage", "not_started", "answers", "result", "due",
    "finished", "asked", "basis",
)  # fmt: skip
"""What is kept of a record: no person, no evidence, and no words but those of a reason."""
_WORDS: Final = ("summary", "late_reason", "reason", "problems", "items")


@dataclass(frozen=True, slots=True)
class KeptItem:
    """An item as it stands: its state less the list's own words, with those records alone on which what is shown rests.

    Of an item that is overdue ``changes`` say who led it when it was due, where units were reformed, and whose reason
    is told.
    """

    state: dict[str, Any]
    light: Light
    missed: tuple[MissedPeriod, ...]
    idle: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A list as issued, its units and rules, the items as they stand, and the records about no single item."""

    tasks: TaskList
    departments: Departments
    rules: Rules
    items: tuple[KeptItem, ...]
    general: tuple[Entry, ...]


def kept(judgement: Judgement) -> dict[str, Any]:
    """Return what of a judgement gives the same rows again, as JSON holds it."""
    ledger = judgement.ledger
    items: list[KeptItem] = []
    general: dict[str, Entry] = {}
    for item in judgement.items:
        reason = reason_of(judgement, item) if item.state.overdue else None
        told = {e.record.id for e in (reason.entry, reason.ruling) if e} if reason else set()
        items.append(_item(item, reason.entry if reason else None, told))
        if reason is not None and reason.entry.record.kind == "督办回执":
            papers = records_of(judgement, item.id)
            answered = {reason.entry.record.id, *reason.entry.record.references}
            general |= {e.record.id: _bare(e, told) for e in papers if e.record.id in answered}
    last = max(judgement.general, key=lambda e: e.record.date, default=None)
    if last is not None:
        general.setdefault(last.record.id, _bare(last, ()))
    whole = Kept(
        ledger.tasks, ledger.departments, ledger.rules, tuple(items), tuple(general.values())
    )
    dumped: dict[str, Any] = adapter(Kept).dump_python(
        whole,
        mode="json",
        by_alias=True,
        exclude_none=True,
        exclude={"tasks": _UNKEPT, "rules": set(Rules.model_fields) - _RULES},
    )
    return dumped


def judgement_of(kept_: Any, day: date) -> Judgement:
    """Return the judgement of which ``kept`` made this. Raises ``ValueError`` for anything else."""
    try:
        found = adapter(Kept).validate_python(kept_)
    except ValidationError as error:
        raise ValueError("no kept list") from error
    ledger = Ledger(found.tasks, found.departments, found.rules).on(day)
    items = tuple(
        JudgedItem(
            adapter(ItemState).validate_python({**one.state, "listed": listed, "day": day}),
            one.light,
            one.missed,
            one.idle,
            ledger,
        )
        for listed, one in zip(ledger.tasks.by_id.values(), found.items, strict=True)
    )
    return Judgement(ledger, day, items, found.general)


def _item(item: JudgedItem, reason: Entry | None, told: set[str]) -> KeptItem:
    state, reforms = item.state, item.ledger.departments.reforms
    due = state.missed_on if state.overdue and reforms else None
    led = {state.on(due)} if due else set()
    if reason is not None and reason.unit not in state.units.lead:
        led |= {change for change in state.changes if reason.unit in change.lead}
    bare = replace(
        state,
        reported=state.last_report,
        stages=tuple(
            stage._replace(
                applications=tuple(_bare(e, told) for e in stage.applications),
                extensions=tuple(_bare(e, told) for e in stage.extensions),
            )
            for stage in state.stages
        ),
        suspension=_bare(state.suspension, told) if state.suspension else None,
        assessment=_bare(state.assessment, told) if state.assessment else None,
        withdrawal=_bare(state.withdrawal, told) if state.withdrawal else None,
        entries=tuple(_bare(e, told) for e in _carrying(state, told)),
        milestones=tuple(step._replace(reasons=()) for step in state.milestones),
        changes=tuple(change for change in state.changes if change in led),
    )
    kept_: dict[str, Any] = adapter(ItemState).dump_python(
        bare, mode="json", exclude=_OF_THE_LIST, exclude_none=True
    )
    return KeptItem(kept_, item.light, item.missed, item.idle)


def _carrying(state: ItemState, told: set[str]) -> Iterator[Entry]:
    """Return the records that carry percent, the last record and the reason, in their order."""
    percents = {e.unit: e for e in state.since_reopened if e.record.percent is not None}
    newest = sorted(state.entries, key=lambda e: e.record.date)[-1:]
    ids = told | {e.record.id for e in (*percents.values(), *newest)}
    return (e for e in state.entries if e.record.id in ids)


def _bare(entry: Entry, told: Collection[str]) -> Entry:
    """Return a record without what nobody above needs; the reason that is told keeps its words."""
    names = (*_FACTS, *_WORDS) if entry.record.id in told else _FACTS
    said = {name: value for name, value in entry.record.said.items() if name in names}
    return replace(entry, record=as_record(said), file="", index=0)
