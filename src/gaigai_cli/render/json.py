"""Values as the JSON that the command line promises: its keys and their order are a contract, only ever added to."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from gaigai_cli.history.changes.changes import Changes, FigureChange
from gaigai_cli.judge.figures import Figure
from gaigai_cli.judge.judgement import Judge, JudgedItem, Judgement, notes
from gaigai_cli.judge.state import LIGHTS, StageState
from gaigai_cli.model.deadline import Assessed, Fixed, Staged
from gaigai_cli.model.labels import KIND_WORDS
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.statuses import STANDINGS, is_counted
from gaigai_cli.query.choose import (
    ItemRow,
    UnitRow,
    by_unit,
    counts,
    due_within,
    overdue,
    records_of,
    unreported,
)
from gaigai_cli.render.short import figure_value
from gaigai_cli.words.say import target_words

Json = dict[str, Any]


def rows_json(rows: Sequence[ItemRow]) -> list[Json]:
    """Return an array of items, for ``list`` and ``due``."""
    return [item_json(row.item, row.role) for row in rows]


def late_json(
    unfinished: Sequence[ItemRow], turns: Sequence[ItemRow], silent: Sequence[ItemRow]
) -> list[Json]:
    """Return ``overdue``: an entry an item and kind, 未办结 first."""
    return [
        item_json(row.item, row.role) | {"kind": kind}
        for kind, rows in (("未办结", unfinished), ("期内任务未完成", turns), ("未报", silent))
        for row in rows
    ]


def item_json(item: JudgedItem, role: str | None = None) -> Json:
    """Return an item; ``role`` is that of the unit asked for."""
    state = item.state
    units, missed = state.units, item.missed[:1]
    return {
        "id": item.id,
        "task": state.listed.task.title,
        "content": state.listed.item.content,
        "lead": list(units.lead),
        "responsible": list(units.responsible),
        "support": list(units.support),
        "open": list(units.open),
        "role": role,
        "deadline": _deadline(item),
        "status": state.standing,
        "light": item.light.name,
        "days_left": state.days_left,
        "overdue": state.overdue,
        "late": state.late,
        "finished": iso(state.finished),
        "closed": iso(state.closed),
        "idle": item.idle,
        "percent": state.percent,
        "last_report": iso(state.last_report),
        "report_due": iso(missed[0].due) if missed else None,
        "report_missing": list(missed[0].units) if missed else [],
        "suspended": state.suspended is not None,
        "turns_missed": [turn.id for turn in state.missed_turns],
    }


def _deadline(item: JudgedItem) -> Json:
    state = item.state
    deadline = state.listed.deadline
    start = deadline.from_ if isinstance(deadline, Fixed | Assessed) else None
    return {
        "text": deadline.text,
        "kind": deadline.kind,
        "issued": iso(state.issued),
        "due": iso(state.due),
        "extended": state.extended,
        "from": iso(start),
        "stage": _stage_id(item),
        "stages": [_stage(s) for s in state.stages] if isinstance(deadline, Staged) else [],
    }


def _stage_id(item: JudgedItem) -> str | None:
    """Return the stage or the turn that ``due`` belongs to."""
    state = item.state
    if state.current:
        return state.current.id
    return state.occurrence.id if state.occurrence else None


def _stage(stage: StageState) -> Json:
    return {
        "id": stage.id,
        "text": stage.text,
        "issued": iso(stage.issued),
        "due": iso(stage.due),
        "status": stage.status,
        "late": stage.late,
        "finished": iso(stage.finished),
        "closed": iso(stage.closed),
    }


def card_json(judge: Judge, judgement: Judgement, item: JudgedItem) -> Json:
    """Return ``show``: an item with its records (as corrected), its indicators and the cell of units as issued."""
    listed = item.state.listed
    entries, changes = records_of(judgement, item.id), judge.records.changes
    return item_json(item) | {
        "records": [_record(e, changes.get(e.record.id, ())) for e in entries],
        "indicators": [_figure(figure) for figure in item.figures],
        "units_text": listed.units.text,
        "criteria": listed.item.criteria,
        "light_reasons": list(item.light.reasons),
    }


def _record(entry: Entry, changes: Sequence[Entry]) -> Json:
    written: Json = _plain(entry.record.said)
    return written | {
        "unit": entry.unit,
        "file": entry.file,
        "corrected_by": [change.record.id for change in changes],
    }


def _figure(figure: Figure) -> Json:
    indicator = figure.indicator
    target = indicator.target.model_dump(exclude_none=True)
    return {
        "id": indicator.id,
        "name": indicator.name,
        "unit": indicator.unit,
        "measure": indicator.measure,
        "target": _plain(target),
        "target_text": target_words(indicator),
        "value": _plain(figure.value),
        "verdict": figure.verdict,
        "by_unit": _plain(dict(figure.by_unit)),
        "months": _plain(dict(figure.months)),
        "entries": [_plain(thing.model_dump()) for thing in figure.things],
        "note": indicator.note,
    }


def iso(day: date | None) -> str | None:
    """Return a day as JSON has it."""
    return day.isoformat() if day else None


def _plain(value: Any) -> Any:
    """Return days as ISO text, decimals as numbers, tuples as lists, models as what was said."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, BaseModel):
        return _plain(value.model_dump(exclude_unset=True))
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def unit_json(judgement: Judgement, row: UnitRow) -> Json:
    """Return ``depts``: a unit with the ids of its items by role; the counts are those of the items that it leads."""
    unit = judgement.ledger.units.by_name[row.name]
    return {
        "name": unit.name,
        "aliases": list(unit.aliases),
        "former": list(unit.former),
        "initials": list(unit.initials),
        "vertical": unit.vertical,
        "lead": [item.id for item in row.lead],
        "responsible": [item.id for item in row.responsible],
        "support": [item.id for item in row.support],
        "statuses": _statuses(row.lead),
        "lights": _lights(row.lead),
    }


def overview_json(judgement: Judgement) -> Json:
    """Return ``status``: the figures of the whole list.

    Items that were taken out of it are counted in ``withdrawn`` alone.
    """
    from gaigai_cli.report.overview import totals

    figures = totals(judgement)
    kept = [item for item in judgement.items if is_counted(item.state.status)]
    soon = due_within(judgement, judgement.ledger.rules.warn.blue)
    return {
        "as_of": judgement.day.isoformat(),
        "title": judgement.ledger.tasks.notice.title,
        "number": judgement.ledger.tasks.notice.number,
        "notes": list(notes(judgement)),
        "tasks": figures.tasks,
        "items": figures.items,
        "withdrawn": figures.withdrawn,
        "kinds": _each((item.state.listed.deadline.kind for item in kept), KIND_WORDS),
        "statuses": _statuses(kept),
        "lights": _lights(kept),
        "overdue": [item.id for item in overdue(judgement)],
        "due_soon": [item.id for item in soon],
        "unreported": [item.id for item in unreported(judgement)],
        "indicators": dict(figures.indicators),
        "units": [unit_json(judgement, row) for row in by_unit(judgement)],
        "due": figures.due,
        "on_time": figures.on_time,
    }


def _statuses(items: Iterable[JudgedItem]) -> dict[str, int]:
    return _each((item.state.standing for item in items), STANDINGS)


def _lights(items: Iterable[JudgedItem]) -> dict[str, int]:
    return _each((item.light.name or "无" for item in items), (*LIGHTS, "无"))


def _each(values: Iterable[str], order: Iterable[str]) -> dict[str, int]:
    """Return how often each occurs, 0 where it doesn't, so that every key is there."""
    numbers = dict.fromkeys(order, 0)
    return numbers | counts(values, numbers)


def changes_json(changes: Changes) -> Json:
    """Return ``diff``: the keys are a contract, only ever added to."""
    return {
        "as_of": changes.day.isoformat(),
        "records": [
            {
                "change": change.verb,
                "id": change.entry.record.id,
                "unit": change.entry.unit,
                "item": change.entry.record.item,
                "date": change.entry.record.date.isoformat(),
                "kind": change.entry.record.kind,
                "by": change.entry.record.by,
                "file": change.entry.file,
            }
            for change in changes.records
        ],
        "units": [
            {"unit": change.unit, "item": change.item, "words": change.words}
            for change in changes.units
        ],
        "items": [
            {
                "id": change.id,
                "before": item_json(change.before) if change.before else None,
                "after": item_json(change.after) if change.after else None,
            }
            for change in changes.items
        ],
        "indicators": [_figure_json(change) for change in changes.figures],
        "edits": [edit._asdict() for edit in changes.edits],
    }


def _figure_json(change: FigureChange) -> Json:
    was, now = change.before, change.after
    either = now or was
    return {
        "item": change.item,
        "id": either.indicator.id if either else None,
        "value": [figure_value(was), figure_value(now)],
        "verdict": [was.verdict if was else None, now.verdict if now else None],
    }
