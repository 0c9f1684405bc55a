"""Sheets: no cell is a formula, no cell breaks a Markdown table."""

import csv
import io

import pytest

from gaigai_cli.characters import harmless
from gaigai_cli.judge.judgement import Judge, Judgement, notes
from gaigai_cli.query.choose import Filter, ItemRow, select
from gaigai_cli.render.columns import COLUMNS, SHEET, shown
from gaigai_cli.render.rows import as_csv, as_markdown, data_of, guarded
from tests.judge.build import FIXED, Book, day


def judged(text: str) -> tuple[Judgement, tuple[ItemRow, ...]]:
    judgement = Judge(Book(FIXED | {"text": text}).ledger()).on(day("07-02"))
    return judgement, select(judgement, Filter()).rows


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-1+1", "@SUM", "\t=1", "\r=1"])
def test_formulas_are_guarded(cell: str) -> None:
    assert guarded(cell) == f"'{harmless(cell)}"


@pytest.mark.parametrize("cell", ["", "16.2", "-3", "县住建局", "2024-06-30"])
def test_other_cells_are_left_alone(cell: str) -> None:
    assert guarded(cell) == cell


def test_csv_reads_back() -> None:
    _, rows = judged('=HYPERLINK("x"),\n6月底')

    content = as_csv(SHEET, data_of(SHEET, rows))
    head, line = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))

    assert content.startswith(b"\xef\xbb\xbf")
    cells = dict(zip(head, line, strict=True))
    assert cells["时限原文"] == '\'=HYPERLINK("x"),\n6月底'
    assert (cells["编号"], cells["现行时限"], cells["天数"]) == ("1.1", "2024-06-30", "-2")


def test_markdown_keeps_its_columns() -> None:
    judgement, rows = judged("6月底|前*后\n次行")
    columns = [COLUMNS[key] for key in ("id", "deadline_text", "percent")]

    assert as_markdown(notes(judgement), columns, shown(rows, columns)) == (
        "本清单尚无进展记录，以下仅按时限推算，不作为评价依据。\n\n"
        "| 编号 | 时限原文 | 进度 |\n"
        "| --- | --- | ---: |\n"
        "| 1.1 | 6月底\\|前\\*后 次行 |  |\n"
    )
