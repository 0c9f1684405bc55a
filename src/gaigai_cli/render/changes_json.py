"""What lies between two ledgers, as the JSON of ``diff`` and ``review``."""

from typing import Any

from gaigai_cli.history.changes.changes import Changes, FigureChange
from gaigai_cli.render.changes import figure_value
from gaigai_cli.render.json import item_json


def as_json(changes: Changes) -> dict[str, Any]:
    """All of it: the keys are a contract, only ever added to."""
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


def _figure_json(change: FigureChange) -> dict[str, Any]:
    was, now = change.before, change.after
    either = now or was
    return {
        "item": change.item,
        "id": either.indicator.id if either else None,
        "value": [figure_value(was), figure_value(now)],
        "verdict": [was.verdict if was else None, now.verdict if now else None],
    }
