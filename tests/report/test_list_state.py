"""What a state file keeps of a list gives the same rows again as the list itself, on random years."""

import json
from datetime import date
from typing import Any

import pytest

from gaigai_cli.judge.judgement import Judge, Judgement, notes
from gaigai_cli.query import choose
from gaigai_cli.query.choose import Filter, select
from gaigai_cli.query.reasons import reason_of
from gaigai_cli.render.columns import COLUMNS, shown
from gaigai_cli.render.console.overdue import late_of
from gaigai_cli.render.json import late_json, rows_json, unit_json
from gaigai_cli.report.list_state import judgement_of, kept
from tests.judge.random_ledgers import random_year, with_figures, with_milestones
from tests.judge.test_reforms import MERGED, reformed

DAYS = (date(2024, 6, 30), date(2024, 9, 25), date(2024, 12, 31), date(2025, 1, 31))


def told(judgement: Judgement) -> list[Any]:
    """Everything that list, due, overdue and depts print of a list."""
    unfinished, turns, silent = (
        choose.of_unit(items, None)
        for items in (
            choose.overdue(judgement),
            choose.unfinished_turns(judgement),
            choose.unreported(judgement),
        )
    )
    rows = [select(judgement, Filter(), sort).rows for sort in choose.SORTS]
    reasons = [reason_of(judgement, row.item) for row in unfinished]
    return [
        [[row.item.id for row in each] for each in rows],
        rows_json(rows[0]),
        shown(rows[0], tuple(COLUMNS.values())),
        [[column.datum(row) for column in COLUMNS.values()] for row in rows[0]],
        late_json(unfinished, turns, silent),
        late_of(judgement, unfinished, turns, silent),
        [(r.words, r.asked, r.fate) if r else None for r in reasons],
        [item.id for item in choose.due_within(judgement, 90)],
        [unit_json(judgement, row) for row in choose.by_unit(judgement)],
        notes(judgement),
        choose.year_over(judgement),
        [item.light for item in judgement.items],
    ]


@pytest.mark.parametrize("seed", range(4))
def test_the_rows_are_those_of_the_list(seed: int) -> None:
    year = random_year(seed)
    plain = with_milestones(with_figures(year, seed), seed).ledger()
    judge = Judge(reformed(plain, MERGED) if seed % 2 else plain)
    for day in DAYS:
        judgement = judge.on(day)
        text = json.dumps(kept(judgement), ensure_ascii=False)

        again = judgement_of(json.loads(text), day)

        assert told(again) == told(judgement)
        assert json.dumps(kept(again), ensure_ascii=False) == text


def test_what_is_no_kept_list_is_told() -> None:
    good = kept(Judge(random_year(1).ledger()).on(DAYS[0]))
    for wrong in ({}, None, {**good, "items": []}, {**good, "tasks": {}}):
        with pytest.raises(ValueError, match=r"no kept list|zip"):
            judgement_of(wrong, DAYS[0])
