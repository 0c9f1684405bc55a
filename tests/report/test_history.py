"""The queries of docs/roll-up.md over a year of state files, as DuckDB answers them."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.report.roll_up import list_month
from gaigai_cli.words.period import Period
from gaigai_cli.work.state_files import state_text
from tests.judge.random_ledgers import random_year

QUERIES = re.findall(
    r"```sql\n(.*?)```",
    (Path(__file__).parents[2] / "docs" / "roll-up.md").read_text(encoding="utf-8"),
    re.DOTALL,
)
LISTS = {"甲县": 1, "乙县": 2}
MADE = {"commit": None, "clean": False, "program": "0"}


@pytest.mark.external
def test_the_queries_give_what_the_files_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    duckdb: Any = pytest.importorskip("duckdb")
    monkeypatch.chdir(tmp_path)
    files: list[tuple[str, dict[str, Any]]] = []
    for name, seed in LISTS.items():
        judge = Judge(random_year(seed).ledger())
        for number in range(5, 13):
            month = Period.of(2024, number)
            text = state_text(
                judge.on(month.last), list_month(judge, month, today=month.last), MADE
            )
            path = Path("状态", str(month), f"{name}-{month}.json")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            files.append((name, json.loads(text)))

    by_month, late = (duckdb.sql(query).fetchall() for query in QUERIES)

    assert by_month == sorted(
        (name, date.fromisoformat(f["day"]), f["figures"]["items"], f["figures"]["due"],
         f["figures"]["on_time"], len(f["figures"]["overdue"]))
        for name, f in files
    )  # fmt: skip
    months = Counter((name, i["id"]) for name, f in files for i in f["items"] if i["overdue"])
    assert {(row[0], row[1]): row[3] for row in late} == dict(months)
    assert [row[3] for row in late] == sorted(months.values(), reverse=True)
    assert months
