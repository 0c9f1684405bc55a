"""A state file as text: its head, then a line for each item and part, so that git shows what has changed."""

import json
from collections.abc import Mapping
from typing import Any

from gaigai_cli.characters import escaped
from gaigai_cli.judge.judgement import Judgement, notes
from gaigai_cli.query.choose import Filter, select
from gaigai_cli.render.json import overview_json, rows_json
from gaigai_cli.report.archive import plain
from gaigai_cli.report.list_state import kept
from gaigai_cli.report.roll_up import ListMonth


def state_text(judgement: Judgement, month: ListMonth, made: Mapping[str, Any]) -> str:
    """Return the whole file. ``made`` says of which commit and by which program: ``commit``, ``clean``, ``program``."""
    notice = judgement.ledger.tasks.notice
    head = {
        "format": "gaigai state 1",
        "title": notice.title,
        "number": notice.number,
        "issuer": notice.issuer,
        "year": notice.year,
        "day": judgement.day.isoformat(),
        **made,
        "notes": list(notes(judgement)),
        "figures": overview_json(judgement),
    }
    rows = ",\n".join(map(_line, rows_json(select(judgement, Filter()).rows)))
    parts = [f"{_line(name)}: {_line(value)}" for name, value in head.items()]
    parts += [
        f'"items": [\n{rows}\n]',
        f'"month": {_line(plain(month))}',
        f'"kept": {_line(kept(judgement))}',
    ]
    return escaped("{\n" + ",\n".join(parts) + "\n}\n")


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
