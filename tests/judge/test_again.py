"""Random years, each judged a second time by a plain re-computation of docs/judgement.md."""

import random
from datetime import timedelta
from typing import Any

import pytest

from gaigai_cli.judge.judgement import Judge, JudgedItem
from gaigai_cli.judge.owed_reports import owed_reports
from gaigai_cli.judge.state import StageState
from gaigai_cli.model.ledger import Ledger
from tests.judge.random_ledgers import (
    ISSUED,
    LAST,
    random_year,
    with_figures,
    with_forms,
    with_milestones,
)
from tests.judge.recomputed import item_at, kept_records, told


def found(item: JudgedItem, ledger: Ledger) -> dict[str, Any]:
    """What the program says of an item, in the words of the re-computation."""
    state = item.state
    late_now = state.overdue_stages

    def owing(stage: StageState) -> list[str]:
        """The leads that are late with it at the end of a day that has ended."""
        late = state.ended and stage in late_now
        return [u for u in state.units.lead if late and stage.application_of(u) is None]

    return {
        "status": state.status,
        "roles": {name: getattr(state.units, name) for name in ("lead", "responsible", "support")},
        "suspended": state.suspended is not None,
        "stages": [
            (
                s.id,
                s.status,
                s.due,
                s.finished,
                s.closed,
                sorted(a.record.id for a in s.applications),
                sorted(e.record.id for e in s.extensions),
            )
            for s in state.stages
        ],
        "taken": sorted(e.record.id for e in state.entries),
        "overdue": [s.id for s in late_now],
        "late": state.late,
        "late stages": [s.id for s in state.stages if s.late and s not in late_now],
        "late by": [sorted({*s.missed_by, *owing(s)}) for s in state.stages],
        "overdue of": [u for u in state.units.lead if state.overdue_of(u)],
        "percent": state.percent,
        "milestones": sorted(
            (s.name, s.planned, s.due, s.percent, len(s.reasons), s.met) for s in state.milestones
        ),
        "slipped": sorted(s.name for s in state.missed_milestones),
        "idle": item.idle,
        "unmet": [o.due for o in state.occurrences if not o.met and o.due <= state.day],
        "left": state.days_left,
        "missed": [(m.month, m.units) for m in item.missed],
        "owed": [(o.period, o.unit, o.verdict) for o in owed_reports(state, ledger)],
        "light": item.light.name,
        "figures": [(f.indicator.id, f.value, f.verdict) for f in item.figures],
    }


@pytest.mark.parametrize("hundreds", range(10))
def test_random_years_are_judged_alike(hundreds: int, thorough: bool) -> None:
    """Everything that is said of every item on a day, which still runs or has ended."""
    for seed in range(hundreds * 100, hundreds * 100 + (100 if thorough else 12)):
        year, ended = random_year(seed), seed % 3 > 0
        if seed % 2:
            year = with_milestones(year, seed)
        if seed % 4 > 1:
            year = with_figures(year, seed)
        if seed % 5 > 2:
            year = with_forms(year, seed)
        ledger, records = year.ledger(), kept_records(year)
        day = LAST - timedelta(days=random.Random(seed).randrange((LAST - ISSUED).days))
        for item, plain in zip(Judge(ledger).on(day, ended=ended).items, year.items, strict=True):
            again = item_at(plain, records, day, ended=ended)
            assert found(item, ledger) == told(again, year, day, ended=ended), (seed, day, ended)
