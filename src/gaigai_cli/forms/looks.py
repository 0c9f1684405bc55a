"""How cells of a form look, and writing words into them that are never a formula."""

from __future__ import annotations

from typing import Any, Final

from openpyxl.styles import Border, PatternFill, Protection, Side

BODY: Final = "宋体"
_THIN = Side(style="thin", color="7F7F7F")
FRAME: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
RULE: Final = Border(bottom=Side(style="thin", color="404040"))
TO_FILL: Final = PatternFill("solid", fgColor="FFF9DB")
NOT_TO_FILL: Final = PatternFill("solid", fgColor="EDEDED")
HEAD: Final = PatternFill("solid", fgColor="DCE6F1")
GROUP: Final = PatternFill("solid", fgColor="F2F2F2")
OPEN: Final = Protection(locked=False)
FORMATS: Final = {
    "text": "@",
    "choice": "@",
    "day": "yyyy-mm-dd",
    "number": "General",
    "percent": "General",
}


def text(ws: Any, row: int, column: int, words: str, **looks: Any) -> Any:
    """A cell of text, whatever it begins with: never a formula. ``looks``: attributes of the cell."""
    cell = ws.cell(row, column)
    cell.value = words or None
    if words:
        cell.data_type = "s"
        cell.quotePrefix = words[0] in "=+-@"
    for name, look in looks.items():
        setattr(cell, name, look)
    return cell


def across(ws: Any, row: int, first: int, last: int, words: str, **looks: Any) -> Any:
    """Text over several columns, merged into one cell."""
    if last > first:
        ws.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
    return text(ws, row, first, words, **looks)
