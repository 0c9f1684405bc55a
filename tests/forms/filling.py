"""Forms as somebody fills them in: cells found by the item's id and the column's title, as people find them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

REPORTS, LIMITS, FIGURES, THINGS = "进展情况", "时限事项", "指标数据", "逐件登记"
INSTRUCTED = "交办事项"


class Paper:
    """A workbook being filled in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def head(self, sheet: str) -> int:
        rows = self.book[sheet].iter_rows(max_row=30, max_col=1)
        return next(row[0].row for row in rows if row[0].value == "序号")

    def column(self, sheet: str, title: str) -> int:
        cells: Any = self.book[sheet][self.head(sheet)]
        found = [c.column for c in cells if title in str(c.value or "").replace("\n", "")]
        assert len(found) == 1, (title, [c.value for c in cells])
        return int(found[0])

    def row(self, sheet: str, item: str, turn: int = 1) -> int:
        """The ``turn``th row of an item."""
        cells = self.book[sheet].iter_rows(min_row=self.head(sheet), max_col=1)
        return [c[0].row for c in cells if c[0].value == item][turn - 1]

    def cell(self, sheet: str, item: str, title: str, turn: int = 1) -> Any:
        return self.book[sheet].cell(self.row(sheet, item, turn), self.column(sheet, title))

    def put(
        self, sheet: str, item: str, title: str, value: Any, *, turn: int = 1, form: str = ""
    ) -> None:
        cell = self.cell(sheet, item, title, turn)
        cell.value = value
        if form:
            cell.number_format = form

    def filled_on(self, value: Any) -> None:
        for row in self.book[REPORTS].iter_rows(max_row=10):
            for cell in row:
                if cell.value == "填报日期：":
                    self.book[REPORTS].cell(cell.row, 8).value = value

    def save(self, path: Path | None = None) -> Path:
        path = path or self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(path)
        return path
