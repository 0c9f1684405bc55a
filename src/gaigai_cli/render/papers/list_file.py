"""The list as a file for others: the notice's table in Markdown, rows for Excel, and everything as JSON."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from html import escape as as_html
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from gaigai_cli.characters import harmless, json_text
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.exported import (
    EXAMPLE,
    EXAMPLE_HEAD,
    INDICATORS,
    ITEMS,
    NOTICE,
    NOTICE_LABELS,
    ROLE_LABELS,
    UNITS,
    YES,
    ExportColumn,
    ListedIndicator,
    heads,
)
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.render.markdown import escape
from gaigai_cli.render.papers.notice_table import NoticeTable, PrintedCell, Row, notice_table
from gaigai_cli.render.rows import csv_bytes
from gaigai_cli.render.width import width_of
from gaigai_cli.render.xlsx import A3, A4, FRAMED, Book, row_height, set_page
from gaigai_cli.words.say import full_day

T = TypeVar("T")


def markdown(tasks: TaskList) -> str:
    """Return the list as the notice prints it. Its table is HTML: Markdown's own tables have no merged cells."""
    notice, table = tasks.notice, notice_table(tasks)
    heads = (f"<th>{as_html(harmless(name), quote=False)}</th>" for name in table.head)
    blocks = [
        *((f"**{EXAMPLE}**",) if notice.example else ()),
        f"# {escape(notice.issuer)}",
        escape(notice.number),
        f"## 关于印发《{escape(notice.title)}》的通知",
        f"{escape(notice.addressee)}：",
        f"{escape(notice.issuer)}\n{full_day(notice.issued)}",
        f"## {escape(notice.title)}",
        "\n".join(("<table>", "<thead>", *_html_row(heads), "</thead>", "<tbody>"))
        + "".join(f"\n{line}" for row in table.rows for line in _html_row(_html_cells(row)))
        + "\n</tbody>\n</table>",
        *(("\n".join(f"- {escape(words)}" for words in table.removed),) if table.removed else ()),
    ]
    return "\n\n".join(blocks) + "\n"


def _html_row(cells: Iterable[str]) -> tuple[str, ...]:
    return ("<tr>", *cells, "</tr>")


def _html_cells(row: Row) -> Iterator[str]:
    for cell in row:
        if cell is not None:
            spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            words = "<br>".join(
                as_html(line, quote=False) for line in harmless(cell.text).split("\n")
            )
            yield f"<td{spans}>{words}</td>"


def _notice_fields(tasks: TaskList) -> Iterator[tuple[str, str]]:
    """Yield what a field of the notice is called, and what it says."""
    notice = tasks.notice
    supports = any(listed.units.support for listed in tasks.listed)
    for name, label in NOTICE_LABELS.items():
        yield label, str(getattr(notice, name))
    for name, label in ROLE_LABELS.items():
        if name != "support" or supports:
            yield label, getattr(notice.role_names, name)
    if notice.example:
        yield EXAMPLE_HEAD, YES


def as_csv(ledger: Ledger) -> bytes:
    """Return the items for a spreadsheet."""
    return csv_bytes(heads(ITEMS), (_said(ITEMS, one) for one in ledger.tasks.listed))


def as_json(ledger: Ledger, *, with_rules: bool) -> str:
    """Return ``tasks.yaml``, ``departments.yaml`` and, where there is one, ``rules.yaml``, each by its schema."""
    files: dict[str, BaseModel] = {
        TaskList.file: ledger.tasks,
        Departments.file: ledger.departments,
    }
    if with_rules:
        files[Rules.file] = ledger.rules
    values = {name: tree(model) for name, model in files.items()}
    return json_text(values)


def tree(model: BaseModel) -> Any:
    """Return what a file says, as plain values: nothing that it leaves out, days as words, numbers as numbers."""
    return _plain(model.model_dump(by_alias=True, exclude_unset=True))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        # The cell as issued stands before what it means.
        first = {"text": value["text"]} if "text" in value else {}
        return {key: _plain(child) for key, child in {**first, **value}.items()}
    if isinstance(value, tuple | list):
        return [_plain(child) for child in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _number(value)
    return value


def _number(value: Decimal) -> int | float | str:
    """Return a JSON number where it gives the same decimal back, else the words of the number."""
    if value == value.to_integral_value() and value.as_tuple().exponent == 0:
        return int(value)
    return float(value) if str(float(value)) == f"{value:f}" else f"{value:f}"


_ON_A4: Final = 8
"""Columns that A4 has room for; wider sheets are printed on A3."""
_LINE: Final = 15.0
"""Points of a line of the sheets' type."""
_WIDTHS: Final = {
    "序号": 6,
    "主要任务": 20,
    "工作内容": 62,
    "完成时限": 20,
    "责任领导": 10,
    "责任人": 10,
}
_UNITS_WIDTH: Final = 34
_WIDEST: Final = 36
"""Of the sheets of rows, whose columns are as wide as what stands in them."""
_HEAD: Final = FRAMED | {"font_name": "黑体", "align": "center", "bg_color": "#DCE6F1"}
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def workbook(ledger: Ledger) -> bytes:
    """Return the file; the same list gives the same bytes."""
    notice = ledger.tasks.notice
    book = Book(notice.title, notice.issuer, notice.issued, font_size=11)
    _notice_sheet(book, ledger, notice_table(ledger.tasks))
    _rows_sheet(book, "事项", ITEMS, ledger.tasks.listed)
    measured = [
        ListedIndicator(one.id, each) for one in ledger.tasks.listed for each in one.item.indicators
    ]
    if measured:
        _rows_sheet(book, "指标", INDICATORS, measured)
    _rows_sheet(book, "单位", UNITS, ledger.departments.units)
    _rows_sheet(book, "通知", NOTICE, _notice_fields(ledger.tasks))
    return book.made()


def _notice_sheet(book: Book, ledger: Ledger, table: NoticeTable) -> None:
    ws = book.book.add_worksheet("任务清单")
    notice = ledger.tasks.notice
    last = len(table.head) - 1
    lines: list[tuple[str, dict[str, Any]]] = []
    if notice.example:
        lines.append((EXAMPLE, {"bold": True, "font_color": "#C00000"}))
    lines.append((notice.title, {"font_name": "方正小标宋简体", "font_size": 18}))
    lines.append((notice.number, {"font_name": "楷体_GB2312", "font_size": 12}))
    for row, (words, look) in enumerate(lines):
        book.put_over(ws, (row, 0, row, last), words, align="center", valign="vcenter", **look)
        ws.set_row(row, 30 if words == notice.title else 20)
    head = len(lines)
    widths = [_WIDTHS.get(name, _UNITS_WIDTH) for name in table.head]
    _head(book, ws, head, table.head, widths)
    ws.set_row(head, 34)
    for at, cells in enumerate(table.rows, head + 1):
        ws.set_row(at, _height(cells, widths))
        for column, cell in enumerate(cells):
            if cell is not None:
                centre = {"align": "center"} if table.head[column] in ("序号", "完成时限") else {}
                area = (at, column, at + cell.rows - 1, column)
                book.put_over(ws, area, cell.text, **FRAMED, **centre)
    for at, words in enumerate(table.removed, head + len(table.rows) + 2):
        book.put(ws, at, 0, words, font_color="#595959")
    ws.freeze_panes(head + 1, 0)
    set_page(ws)
    ws.repeat_rows(head)


def _head(book: Book, ws: Any, row: int, names: Sequence[str], widths: Sequence[float]) -> None:
    for column, (name, width) in enumerate(zip(names, widths, strict=True)):
        ws.set_column(column, column, width)
        book.put(ws, row, column, name, **_HEAD)


def _height(row: Sequence[PrintedCell | None], widths: Sequence[float]) -> float:
    """Return points for the longest of the row's own cells; one that spans rows has the room of all of them."""
    cells = zip(row, widths, strict=True)
    texts = ((cell.text, int(width) - 2, cell.rows) for cell, width in cells if cell is not None)
    return row_height(texts, _LINE, 8)


def _rows_sheet(
    book: Book, name: str, columns: tuple[ExportColumn[T], ...], every: Iterable[T]
) -> None:
    ws = book.book.add_worksheet(name)
    rows = [_said(columns, one) for one in every]
    widths = [_width(column) for column in zip(heads(columns), *rows, strict=True)]
    _head(book, ws, 0, heads(columns), widths)
    for at, row in enumerate(rows, 1):
        ws.set_row(at, _height([PrintedCell(text) for text in row], widths))
        for column, text in enumerate(row):
            value = date.fromisoformat(text) if _DAY.fullmatch(text) else text
            book.put(ws, at, column, value, **FRAMED)
    ws.freeze_panes(1, 0)
    ws.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    set_page(ws, A3 if len(columns) > _ON_A4 else A4)
    ws.repeat_rows(0)


def _width(texts: Iterable[str]) -> int:
    """Return the width of a column for what stands in it, its head included; longer lines are wrapped."""
    return min(max(width_of(line) for text in texts for line in text.split("\n")) + 3, _WIDEST)


def _said(columns: tuple[ExportColumn[T], ...], one: T) -> tuple[str, ...]:
    """Return what stands in the columns of one."""
    return tuple(column.says(one) for column in columns)
