"""The Excel file: every cell, and what 10,000 items take."""

import errno
from datetime import date

import pytest
from xlsxwriter.workbook import Workbook

from gaigai_cli.render.papers import bulletin_xlsx
from gaigai_cli.render.xlsx import Book
from tests.program import SameAsFile
from tests.render.bulletins import KEPT, cells, monthly
from tests.transcript import EXAMPLE, SHIPPED


@pytest.mark.parametrize(
    ("name", "of"),
    [("shipped-06", (SHIPPED, 6)), ("example-09", (EXAMPLE, 9)), ("example-12", (EXAMPLE, 12))],
)
def test_every_cell(name: str, of: tuple[object, int], same_as_file: SameAsFile) -> None:
    same_as_file(cells(bulletin_xlsx.bulletin(monthly(*of))), KEPT / f"{name}.xlsx.txt")


def test_no_room_for_what_a_workbook_keeps_meanwhile_is_no_fault_of_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(self: Workbook) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Workbook, "_store_workbook", full)

    with pytest.raises(OSError, match="No space left"):
        Book("示例", "示例办", date(2024, 7, 1), by_rows=True).made()
