"""Who has reported for a month and who hasn't, as far as records and returned files tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gaigai_cli.forms.compare import from_form
from gaigai_cli.forms.form import asked_of
from gaigai_cli.forms.returned import Returned
from gaigai_cli.judge.judgement import Judgement
from gaigai_cli.model.kinds import REPORTING
from gaigai_cli.model.ledger import Entry


class Standing(NamedTuple):
    """A unit and a month: how it reported, of how many items, and of which it said nothing.

    ``how`` is 报表, 自行记录, 代录 (the office entered a letter or a call), 未收 (returned, not collected yet), 空表
    (returned with nothing in it) or 未交.
    """

    unit: str
    how: str
    asked: int
    empty: tuple[str, ...]


def standings(judgement: Judgement, month: str, returned: Iterable[Returned]) -> Iterator[Standing]:
    """Yield every unit that open items name, in the order of the list of units."""
    files: dict[str, list[Returned]] = {}
    for one in returned:
        if one.mark.month == month:
            unit = judgement.ledger.units.canonical(one.mark.unit)
            files.setdefault(unit, []).append(one)
    for unit in (one.name for one in judgement.ledger.units.all):
        items = [item for item in judgement.items if asked_of(item, unit)]
        answered = [
            e for item in judgement.items for e in item.state.entries if _answers(e, unit, month)
        ]
        if not items and not answered:
            continue
        heard = {entry.record.item for entry in answered}
        empty = tuple(item.id for item in items if item.id not in heard)
        how = _how(answered, files.get(unit, []))
        yield Standing(unit, how, len({*heard, *(i.id for i in items)}), empty)


def _answers(entry: Entry, unit: str, month: str) -> bool:
    record = entry.record
    return entry.unit == unit and record.month == month and record.kind in REPORTING


def _how(answered: list[Entry], files: list[Returned]) -> str:
    if any(from_form(entry.record) for entry in answered):
        return "报表"
    if answered:
        return "自行记录" if any(entry.record.via is None for entry in answered) else "代录"
    if not files:
        return "未交"
    filled = any(any(one.answers.values()) for one in files)
    return "未收" if filled else "空表"
