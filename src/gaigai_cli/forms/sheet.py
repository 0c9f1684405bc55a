"""One table of a form on its sheet: how it looks, what can be typed where, how it is printed."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from gaigai_cli.forms.mark import FILLED_ON
from gaigai_cli.forms.tables import (
    LIMITS,
    NOT_ASKED,
    REPORTS,
    Column,
    Row,
    Table,
    UnitForm,
)
from gaigai_cli.forms.validation import validate

_A4: Final = 9
_LINE: Final = 14.0
"""Points of a line of the table's type."""
_LEAST, _SMALL, _MOST = 44.0, 26.0, 409.0
"""Points: room for some lines written by hand, for one of them; the highest row that Excel knows."""

_BODY: Final = "宋体"
_THIN = Side(style="thin", color="7F7F7F")
_FRAME: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_RULE: Final = Border(bottom=Side(style="thin", color="404040"))
_TO_FILL: Final = PatternFill("solid", fgColor="FFF9DB")
_NOT_ASKED: Final = PatternFill("solid", fgColor="EDEDED")
_HEAD: Final = PatternFill("solid", fgColor="DCE6F1")
_GROUP: Final = PatternFill("solid", fgColor="F2F2F2")
_OPEN: Final = Protection(locked=False)
_CENTRED: Final = frozenset(("id", "deadline", "due", "turn", "measure", "unit", "last_number"))
_HOW_TO: Final = (
    "只填黄色格子，其余已锁定；一格内换行按 Alt+回车，行高会随内容增加。没有内容的格子空着，不必写“无”。"
    "填好后打印一份由主要领导审阅签字，把本文件和附件一并发回；不要增删行列、改序号或改表名。"
)
_FORMATS: Final = {
    "text": "@",
    "choice": "@",
    "day": "yyyy-mm-dd",
    "number": "General",
    "percent": "General",
}


def written(ws: Any, table: Table, form: UnitForm, *, signed: bool) -> tuple[int, list[int]]:
    """Fill the sheet; the row of the table's head and of each of its rows. ``signed``: it is signed at its foot."""
    last = len(table.columns)
    top = _above(ws, table, form, signed=signed)
    head = top + 1
    _head(ws, head, table.columns)
    places = []
    for at, row in enumerate(table.rows, head + 1):
        _row(ws, at, row, table)
        places.append(at)
    end = places[-1]
    if signed:
        _signature(ws, end + 1, last)
    validate(ws, table, places)
    _page(ws, head, end + signed, last)
    return head, places


def _text(ws: Any, row: int, column: int, words: str, **looks: Any) -> Any:
    """A cell of text, whatever it begins with: never a formula."""
    cell = ws.cell(row, column)
    cell.value = words or None
    if words:
        cell.data_type = "s"
        cell.quotePrefix = words[0] in "=+-@"
    for name, look in looks.items():
        setattr(cell, name, look)
    return cell


def _across(ws: Any, row: int, first: int, last: int, words: str, **looks: Any) -> Any:
    if last > first:
        ws.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
    return _text(ws, row, first, words, **looks)


def _above(ws: Any, table: Table, form: UnitForm, *, signed: bool) -> int:
    """Title, list, unit and how to fill in; the last of these rows."""
    last = len(table.columns)
    lines = [
        (note, Font(name=_BODY, size=12, bold=True, color="C00000"), 20) for note in form.notes
    ]
    month = f"{form.month[:4]}年{int(form.month[5:])}月"
    lines.append(
        (f"{month}{table.title}", Font(name="方正小标宋简体", size=20 if signed else 16), 34)
    )
    lines.append((f"{form.list_title}（{form.number}）", Font(name="楷体_GB2312", size=12), 20))
    row = 0
    for row, (words, font, height) in enumerate(lines, 1):
        centred = Alignment(horizontal="center", vertical="center")
        _across(ws, row, 1, last, words, font=font, alignment=centred)
        ws.row_dimensions[row].height = height
    row += 1
    ws.row_dimensions[row].height = 24
    plain = Font(name=_BODY, size=11)
    left = Alignment(horizontal="left", vertical="center")
    _across(
        ws,
        row,
        1,
        3,
        f"报送单位：{form.unit}",
        font=Font(name=_BODY, size=11, bold=True),
        alignment=left,
    )
    if signed:
        right = Alignment(horizontal="right", vertical="center")
        _text(ws, row, 4, "填报人及电话：", font=plain, alignment=right)
        _text(
            ws,
            row,
            5,
            "",
            font=plain,
            alignment=left,
            protection=_OPEN,
            fill=_TO_FILL,
            border=_RULE,
        )
        _across(ws, row, 6, 7, FILLED_ON, font=plain, alignment=right)
        day = {
            "font": plain,
            "alignment": left,
            "protection": _OPEN,
            "fill": _TO_FILL,
            "border": _RULE,
        }
        _text(ws, row, 8, "", number_format=_FORMATS["day"], **day)
        row += 1
        small = Font(name=_BODY, size=9, color="595959")
        wrap = Alignment(wrap_text=True, vertical="center")
        _across(ws, row, 1, last, _HOW_TO, font=small, alignment=wrap)
        ws.row_dimensions[row].height = 26
    return row


def _head(ws: Any, row: int, columns: tuple[Column, ...]) -> None:
    ws.row_dimensions[row].height = 32
    for at, column in enumerate(columns, 1):
        ws.column_dimensions[get_column_letter(at)].width = column.width
        _text(
            ws,
            row,
            at,
            column.title,
            font=Font(name="黑体", size=10.5),
            fill=_HEAD,
            border=_FRAME,
            alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
        )


def _row(ws: Any, at: int, row: Row, table: Table) -> None:
    columns = table.columns
    if not row.key:
        ws.row_dimensions[at].height = 20
        bold = Font(name="黑体", size=10.5)
        _across(
            ws,
            at,
            1,
            len(columns),
            row.shown["id"],
            font=bold,
            alignment=Alignment(vertical="center"),
        )
        for number in range(1, len(columns) + 1):
            ws.cell(at, number).fill = _GROUP
            ws.cell(at, number).border = _FRAME
        return
    least = _LEAST if table.name in (REPORTS, LIMITS) else _SMALL
    ws.row_dimensions[at].height = max(_height(row, columns), least)
    for number, column in enumerate(columns, 1):
        _cell(ws, at, number, row, column)


def _cell(ws: Any, at: int, number: int, row: Row, column: Column) -> None:
    closed = column.fill is not None and column.key in row.closed
    words = NOT_ASKED if closed else "" if column.fill else row.shown.get(column.key, "")
    centred = (
        closed or column.key in _CENTRED or column.fill in ("day", "number", "percent", "choice")
    )
    cell = _text(
        ws,
        at,
        number,
        words,
        font=Font(name=_BODY, size=10.5),
        border=_FRAME,
        alignment=Alignment(
            horizontal="center" if centred else "left", vertical="center", wrap_text=True
        ),
    )
    if closed:
        cell.fill = _NOT_ASKED
    elif column.fill:
        cell.fill = _TO_FILL
        cell.protection = _OPEN
        cell.number_format = _FORMATS[column.fill]
    else:
        cell.number_format = "@"


def _height(row: Row, columns: tuple[Column, ...]) -> float:
    """Points for the longest of the shown texts."""
    lines = max(
        (_lines(row.shown.get(c.key, ""), c.width) for c in columns if not c.fill), default=1
    )
    return min(lines * _LINE + 6, _MOST)


def _lines(text: str, width: float) -> int:
    room = max(int(width) - 1, 2)
    return sum(max(1, -(-_columns(part) // room)) for part in text.split("\n"))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _signature(ws: Any, row: int, last: int) -> None:
    """Where the unit's leader signs and the unit seals."""
    ws.row_dimensions[row].height = 46
    gap = "　" * 12
    words = f"主要领导审阅（签字）：{gap}分管领导审核（签字）：{gap}（单位盖章）　　　　　年　　月　　日"
    font = Font(name=_BODY, size=12)
    _across(ws, row, 1, last, words, font=font, alignment=Alignment(vertical="center"))


def _page(ws: Any, head: int, end: int, last: int) -> None:
    """A4 landscape, as wide as the paper; the head on every page; locked without a password."""
    ws.freeze_panes = f"A{head + 1}"
    ws.sheet_view.showGridLines = False
    ws.sheet_view.zoomScale = 100
    ws.page_setup.paperSize = _A4
    ws.page_setup.orientation = "landscape"
    ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    ws.page_setup.fitToWidth = 1
    ws.page_setup.fitToHeight = 0
    ws.page_margins.left = ws.page_margins.right = 0.45
    ws.page_margins.top, ws.page_margins.bottom, ws.page_margins.footer = 0.55, 0.75, 0.35
    ws.print_options.horizontalCentered = True
    ws.print_title_rows = f"{head}:{head}"
    ws.print_area = f"A1:{get_column_letter(last)}{end}"
    ws.oddFooter.center.text = "第 &P 页，共 &N 页"
    ws.protection.sheet = True
    ws.protection.formatRows = False
    ws.protection.formatColumns = False
