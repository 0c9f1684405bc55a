"""``gaigai todo``: what waits for the office, and for a unit."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gaigai_cli.render.console.list import Share
from gaigai_cli.render.console.todo import MOST_ROWS, TodoSection, Waiting, todo_page
from gaigai_cli.render.grid import Head
from gaigai_cli.render.lines import cells
from tests.program import Gaigai, SameAsFile

ROOT = Path(__file__).parent.parent.parent
SNAPSHOTS = Path(__file__).parent / "snapshots"
DATA = ROOT / "data"
EXAMPLE = ROOT / "examples" / "岳阳县2024示例" / "data"
LATER = "2025-02-01T09:00:00"


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("day", ["2024-06-24", "2024-07-02", "2024-09-24", "2024-12-24"])
def test_example(gaigai: Gaigai, same_as_file: SameAsFile, day: str, columns: int) -> None:
    run = gaigai(
        "--data", str(EXAMPLE), "todo", "--as-of", day, COLUMNS=str(columns), GAIGAI_NOW=LATER
    )

    assert (run.status, run.err) == (0, "")
    same_as_file(run.out, SNAPSHOTS / f"todo-example-{day}-{columns}.txt")


@pytest.mark.parametrize("columns", [80, 120])
def test_shipped(gaigai: Gaigai, same_as_file: SameAsFile, columns: int) -> None:
    run = gaigai(
        "--data", str(DATA), "todo", COLUMNS=str(columns), GAIGAI_NOW="2024-06-24T09:00:00"
    )

    assert (run.status, run.err) == (0, "")
    same_as_file(run.out, SNAPSHOTS / f"todo-shipped-{columns}.txt")


def test_nothing_waits(gaigai: Gaigai) -> None:
    run = gaigai("--data", str(DATA), "todo", GAIGAI_NOW="2024-05-20T09:00:00")

    assert run.out == (
        "本清单尚无进展记录，以下仅按时限推算，不作为评价依据。\n"
        "今日待办  截至2024年5月20日\n\n"
        "没有待办事项。\n"
    )


def answer(gaigai: Gaigai, day: str, *words: str) -> dict[str, object]:
    run = gaigai(
        "--data", str(EXAMPLE), "todo", "--as-of", day, "--format", "json", *words, GAIGAI_NOW=LATER
    )
    assert (run.status, run.err) == (0, "")
    value = json.loads(run.out)
    assert isinstance(value, dict)
    return value


def test_json(gaigai: Gaigai) -> None:
    found = answer(gaigai, "2024-06-24")

    assert list(found) == [
        "day",
        "unit",
        "to_verify",
        "extensions",
        "receipts",
        "overdue",
        "due",
        "report_missing",
        "findings",
        "turns_missed",
        "targets_missed",
        "never_reported",
        "instructions",
        "to_file",
        "to_coordinate",
        "to_explain",
    ]
    assert found["day"] == "2024-06-24"
    assert found["unit"] is None
    assert found["findings"] == {"errors": 0, "warnings": 0}


def test_how_long_each_application_has_waited(gaigai: Gaigai) -> None:
    found = answer(gaigai, "2024-09-24")

    waits = {key: [one["workdays"] for one in found[key]] for key in ("to_verify", "extensions")}  # type: ignore[attr-defined]
    assert waits == {"to_verify": [2], "extensions": [1]}


def test_a_units_own(gaigai: Gaigai) -> None:
    mine = answer(gaigai, "2024-06-24", "--unit", "县财政局")
    others = answer(gaigai, "2024-06-24", "--unit", "县林业局")

    assert mine["unit"] == "县财政局"
    assert [receipt["missing"] for receipt in mine["receipts"]] == [["县财政局"]]  # type: ignore[attr-defined]
    assert [item["id"] for item in mine["due"]] == ["16.2", "18.1"]  # type: ignore[attr-defined]
    assert (others["receipts"], others["due"]) == ([], [])


def test_the_offices_own_is_everything(gaigai: Gaigai) -> None:
    assert answer(gaigai, "2024-06-24", "--unit", "县工改办") == answer(gaigai, "2024-06-24")


def test_own_unit_by_setting(gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answer(gaigai, "2024-06-24", "--unit", "县财政局")
    monkeypatch.setenv("GAIGAI_UNIT", "县财政局")

    assert answer(gaigai, "2024-06-24") == asked


def test_of_several_lists_the_way_to_the_rest_names_one() -> None:
    rows = [cells("1.1", "示例")] * (MOST_ROWS + 1)
    section = TodoSection(
        "extensions", "待批延期", (Head("编号"), Head("事项")), rows, "gaigai show 编号"
    )
    day = date(2024, 6, 24)
    shares = [
        Share(name, day, (), (), Waiting(None, (section,), "", "")) for name in ("甲县", "乙县")
    ]

    assert "运行 gaigai show 清单/编号 查看。" in todo_page(shares).text(80)
    assert "运行 gaigai show 编号 查看。" in todo_page([replace(shares[0], name="")]).text(80)
