"""Old workbooks (.xls of Excel, .et of WPS): read by calamine, then as a workbook of today's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO
from typing import Any

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice import limits
from gaigai_cli.notice.document import Document
from gaigai_cli.notice.read import xlsx


def read(data: bytes) -> Document:
    """Return the lines and tables of every sheet; formulas are the values saved with them. Raises ``GaigaiError``."""
    from openpyxl import Workbook
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = Workbook()
    book.remove(book.worksheets[0])
    made = limits.CellCount()
    try:
        old = CalamineWorkbook.from_filelike(BytesIO(data))
        for about in old.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = old.get_sheet_by_name(about.name)
            made.add(sheet.total_height * sheet.total_width)
            new = book.create_sheet(about.name)
            if about.visible != SheetVisibleEnum.Visible:
                new.sheet_state = "hidden"
            for row, column, value in _values(sheet.to_python(skip_empty_area=False)):
                new.cell(row, column, value)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
                made.add((bottom - top + 1) * (right - left + 1))
                new.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
        if not book.worksheets:
            return Document(())
        new_bytes = BytesIO()
        book.save(new_bytes)
    except GaigaiError:
        raise
    except Exception as error:  # calamine raises whatever it meets in a damaged workbook
        raise limits.broken("xls") from error
    return xlsx.read(new_bytes.getvalue())


def _values(rows: list[list[Any]]) -> Iterator[tuple[int, int, Any]]:
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None and value != "":
                yield number, column, _plain(value)


def _plain(value: Any) -> Any:
    """Return a value: whole numbers without a point, days without a time that says nothing; text is never a formula."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value
