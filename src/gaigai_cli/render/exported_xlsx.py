"""The list as an Excel file: the notice's table with its merged cells, then a row an item, indicator and unit."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from gaigai_cli.judge.notes import EXAMPLE
from gaigai_cli.model.export_heads import INDICATORS_HEAD, ITEMS_HEAD, NOTICE_HEAD, UNITS_HEAD, YES
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.render.cells import width_of
from gaigai_cli.render.exported import indicator_rows, item_rows, notice_rows
from gaigai_cli.render.fingerprint import sealed
from gaigai_cli.render.notice_table import Cell, NoticeTable, notice_table

_A3, _A4 = 8, 9
_ON_A4: Final = 8
"""Columns."""
_LINE: Final = 15.0
_MOST: Final = 409.0
_WIDTHS: Final = {
    "序号": 6,
    "主要任务": 20,
    "工作内容": 62,
    "完成时限": 20,
    "责任领导": 10,
    "责任人": 10,
}
_UNITS_WIDTH: Final = 34
_ITEM_WIDTHS: Final = (9, 22, 9, 50, 16, 30, 16, 18, 34, 18, 10, 12, 12, 10, 10, 24, 12, 20, 20, 10)
_INDICATOR_WIDTHS: Final = (9, 24, 30, 10, 12, 24, 16, 18, 14, 10, 10, 16, 50)
_FRAME: Final = {
    "border": 1,
    "valign": "vcenter",
    "text_wrap": True,
    "font_name": "宋体",
    "font_size": 11,
}
_HEAD: Final = _FRAME | {"font_name": "黑体", "align": "center", "bg_color": "#DCE6F1"}
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS: Final[dict[str, Any]] = {"num_format": "yyyy-mm-dd", "align": "center"}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def workbook(ledger: Ledger) -> bytes:
    """The file; the same list gives the same bytes."""
    from xlsxwriter.workbook import Workbook

    notice = ledger.tasks.notice
    stream = io.BytesIO()
    book = Workbook(stream)
    moment = datetime(notice.issued.year, notice.issued.month, notice.issued.day, tzinfo=UTC)
    book.set_properties(
        {"title": notice.title, "author": notice.issuer, "created": moment.replace(tzinfo=None)}
    )
    looks = _Looks(book)
    _notice_sheet(book.add_worksheet("任务清单"), ledger, notice_table(ledger.tasks), looks)
    _rows_sheet(book.add_worksheet("事项"), ITEMS_HEAD, item_rows(ledger), _ITEM_WIDTHS, looks)
    if any(listed.item.indicators for listed in ledger.tasks.listed):
        rows = indicator_rows(ledger.tasks)
        sheet = book.add_worksheet("指标")
        _rows_sheet(sheet, INDICATORS_HEAD, rows, _INDICATOR_WIDTHS, looks)
    units = (
        (u.name, "、".join(u.aliases), "、".join(u.former), YES if u.vertical else "")
        for u in ledger.departments.units
    )
    _rows_sheet(book.add_worksheet("单位"), UNITS_HEAD, units, (22, 44, 30, 10), looks)
    _rows_sheet(book.add_worksheet("通知"), NOTICE_HEAD, notice_rows(ledger.tasks), (24, 60), looks)
    book.close()
    return sealed(stream.getvalue())


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, looks: dict[str, Any], text: str = "") -> Any:
        """A format; text that a spreadsheet would take for a formula when somebody edits it is marked as text."""
        looks = looks | ({"quote_prefix": True} if text.startswith(_FORMULA) else {})
        key = tuple(sorted(looks.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(looks)
        return self._made[key]


def _notice_sheet(ws: Any, ledger: Ledger, table: NoticeTable, looks: _Looks) -> None:
    notice = ledger.tasks.notice
    last = len(table.head) - 1
    centred = {"align": "center", "valign": "vcenter"}
    lines: list[tuple[str, dict[str, Any]]] = []
    if notice.example:
        lines.append((EXAMPLE, {"font_name": "宋体", "bold": True, "font_color": "#C00000"}))
    lines.append((notice.title, {"font_name": "方正小标宋简体", "font_size": 18}))
    lines.append((notice.number, {"font_name": "楷体_GB2312", "font_size": 12}))
    for row, (words, look) in enumerate(lines):
        ws.merge_range(row, 0, row, last, words, looks.of(centred | look))
        ws.set_row(row, 30 if words == notice.title else 20)
    head = len(lines)
    widths = [_WIDTHS.get(name, _UNITS_WIDTH) for name in table.head]
    for column, (name, width) in enumerate(zip(table.head, widths, strict=True)):
        ws.set_column(column, column, width)
        ws.write_string(head, column, name, looks.of(_HEAD))
    ws.set_row(head, 34)
    for at, cells in enumerate(table.rows, head + 1):
        ws.set_row(at, _height(cells, widths))
        for column, cell in enumerate(cells):
            if cell is not None:
                name = table.head[column]
                centre = {"align": "center"} if name in ("序号", "完成时限") else {}
                _put(ws, at, column, cell, looks.of(_FRAME | centre, cell.text))
    for at, words in enumerate(table.removed, head + len(table.rows) + 2):
        ws.write_string(at, 0, words, looks.of({"font_name": "宋体", "font_color": "#595959"}))
    ws.freeze_panes(head + 1, 0)
    _page(ws, head)


def _put(ws: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    if cell.rows > 1:
        ws.merge_range(row, column, row + cell.rows - 1, column, "", look)
    ws.write_string(row, column, cell.text, look)


def _height(row: Sequence[Cell | None], widths: Sequence[float]) -> float:
    """Points for the longest of the row's own cells; one that spans rows has the room of all of them."""
    lines = 1.0
    for cell, width in zip(row, widths, strict=True):
        if cell is not None:
            room = max(int(width) - 2, 2)
            own = sum(max(1, -(-width_of(part) // room)) for part in cell.text.split("\n"))
            lines = max(lines, own / cell.rows)
    return min(lines * _LINE + 8, _MOST)


def _rows_sheet(
    ws: Any,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[float],
    looks: _Looks,
) -> None:
    for column, (name, width) in enumerate(zip(head, widths, strict=True)):
        ws.set_column(column, column, width)
        ws.write_string(0, column, name, looks.of(_HEAD))
    last = 0
    for last, row in enumerate(rows, 1):
        ws.set_row(last, _height([Cell(text) for text in row], widths))
        for column, text in enumerate(row):
            if not text:
                ws.write_blank(last, column, None, looks.of(_FRAME))
            elif _DAY.fullmatch(text):
                ws.write_datetime(last, column, date.fromisoformat(text), looks.of(_FRAME | _DAYS))
            else:
                ws.write_string(last, column, text, looks.of(_FRAME, text))
    ws.freeze_panes(1, 0)
    ws.autofilter(0, 0, max(last, 1), len(head) - 1)
    _page(ws, 0, _A3 if len(head) > _ON_A4 else _A4)


def _page(ws: Any, head: int, paper: int = _A4) -> None:
    ws.set_paper(paper)
    ws.set_landscape()
    ws.fit_to_pages(1, 0)
    ws.repeat_rows(head)
    ws.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    ws.set_footer("&C第 &P 页，共 &N 页")
    ws.hide_gridlines(2)
