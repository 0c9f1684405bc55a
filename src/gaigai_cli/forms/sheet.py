"""One table of a form on its sheet: how it looks, what can be typed where, how it is printed."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from gaigai_cli.forms.above import write_above
from gaigai_cli.forms.looks import (
    BODY,
    FORMATS,
    FRAME,
    GROUP,
    HEAD,
    NOT_TO_FILL,
    OPEN,
    TO_FILL,
    across,
    text,
)
from gaigai_cli.forms.sent import SIGNED
from gaigai_cli.forms.tables import LIMITS, NOT_ASKED, REPORTS, THINGS, Column, Row, Table, UnitForm
from gaigai_cli.forms.validation import validate

_A4: Final = 9
_LINE: Final = 14.0
"""Points of a line of the table's type."""
_LEAST, _SMALL, _MOST = 44.0, 26.0, 409.0
"""Points: room for some lines written by hand, for one of them; the highest row that Excel knows."""

_SIGNED: Final = (REPORTS, LIMITS)
"""The tables that a leader signs: what was done, and what is applied for."""
_FOOT: Final = (SIGNED, "分管领导审核（签字）：", "（单位盖章）　　　　　年　　月　　日")
_SLACK: Final = 4.0
"""Characters by which a part of the signed row may be narrower than its share."""
_CENTRED: Final = frozenset(("id", "deadline", "due", "turn", "measure", "unit", "last_number"))


def written(ws: Any, table: Table, form: UnitForm) -> tuple[int, list[int]]:
    """Fill the sheet; the row of the table's head and of each of its rows."""
    head = write_above(ws, table, form) + 1
    _head(ws, head, table.columns)
    places = list(range(head + 1, head + 1 + len(table.rows)))
    for at, row in zip(places, table.rows, strict=True):
        _row(ws, at, row, table)
    end = places[-1]
    if table.name in _SIGNED:
        end += 1
        _signature(ws, end, table.columns)
    validate(ws, table, places)
    month = f"{form.month[:4]}年{int(form.month[5:])}月"
    _page(ws, head, end, len(table.columns), f"{form.unit}　{month}{table.title}")
    ws.protection.insertRows = table.name != THINGS
    return head, places


def _head(ws: Any, row: int, columns: tuple[Column, ...]) -> None:
    ws.row_dimensions[row].height = 32
    for at, column in enumerate(columns, 1):
        ws.column_dimensions[get_column_letter(at)].width = column.width
        text(
            ws,
            row,
            at,
            column.title,
            font=Font(name="黑体", size=10.5),
            fill=HEAD,
            border=FRAME,
            alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
        )


def _row(ws: Any, at: int, row: Row, table: Table) -> None:
    columns = table.columns
    if not row.key:
        ws.row_dimensions[at].height = 20
        bold = Font(name="黑体", size=10.5)
        across(
            ws,
            at,
            1,
            len(columns),
            row.shown["id"],
            font=bold,
            alignment=Alignment(vertical="center"),
        )
        for number in range(1, len(columns) + 1):
            ws.cell(at, number).fill = GROUP
            ws.cell(at, number).border = FRAME
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
    cell = text(
        ws,
        at,
        number,
        words,
        font=Font(name=BODY, size=10.5),
        border=FRAME,
        alignment=Alignment(
            horizontal="center" if centred else "left", vertical="center", wrap_text=True
        ),
    )
    if closed:
        cell.fill = NOT_TO_FILL
    elif column.fill:
        cell.fill = TO_FILL
        cell.protection = OPEN
        cell.number_format = FORMATS[column.fill]
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


def _signature(ws: Any, row: int, columns: tuple[Column, ...]) -> None:
    """Where the unit's leaders sign and the unit seals, each about as wide as the others."""
    ws.row_dimensions[row].height = 52
    share = sum(column.width for column in columns) / len(_FOOT)
    first, reached = 1, 0.0
    for number, said in enumerate(_FOOT, 1):
        last = first
        reached += columns[first - 1].width
        while last < len(columns) and (number == len(_FOOT) or reached < number * share - _SLACK):
            reached += columns[last].width
            last += 1
        look = Alignment(vertical="center", wrap_text=True)
        across(ws, row, first, last, said, font=Font(name=BODY, size=12), alignment=look)
        first = last + 1


def _page(ws: Any, head: int, end: int, last: int, whose: str) -> None:
    """A4 landscape, as wide as the paper; head and ``whose`` form it is on every page; locked without a password."""
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
    ws.oddFooter.center.text = f"{whose.replace('&', '&&')}　第 &P 页，共 &N 页"
    ws.protection.sheet = True
    ws.protection.formatRows = False
    ws.protection.formatColumns = False
