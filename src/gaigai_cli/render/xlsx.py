"""Workbooks: cells as what they are, never a formula; sheets ready to be filtered and printed."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from gaigai_cli.characters import FORMULA, harmless, in_a_cell
from gaigai_cli.render.fingerprint import sealed
from gaigai_cli.render.width import width_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


Cell = str | int | Decimal | Fraction | date | None
"""A fraction is shown in percent."""

A3, A4 = 8, 9
FRAMED: Final[dict[str, Any]] = {"border": 1, "valign": "vcenter", "text_wrap": True}
_HEAD: Final = FRAMED | {"bold": True, "align": "center", "bg_color": "#D9E2F3"}
_ROOM = 1.05
"""Half characters of the sheet's type in a unit of column width; wrapping wastes one a line."""
_LINE: Final = 13.5
"""Points of a line of the sheet's type."""
HIGHEST: Final = 409.0
"""Points of the highest row that Excel knows."""
_LIGHTS: Final = {
    "红": ("#FFC7CE", "#9C0006"),
    "黄": ("#FFEB9C", "#7F6000"),
    "蓝": ("#BDD7EE", "#1F4E79"),
    "绿": ("#C6EFCE", "#006100"),
}
_CENTRED: Final = frozenset(("序号", "完成时限", "状态", "亮灯", "判定", "计量单位"))


@dataclass(frozen=True)
class Sheet:
    """A table on a sheet of its own: ``columns`` are its heads with their widths. ``above`` stands over them."""

    name: str
    title: str
    columns: Mapping[str, float]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[str] = ()
    paper: int = A4
    landscape: bool = True


class Book:
    """A workbook being written, in ``font_size`` points of 宋体 where a cell's look names no other type.

    With ``by_rows`` rows are written in their order, and memory grows with the text alone.
    """

    def __init__(
        self, title: str, author: str, made: date, *, font_size: int = 10, by_rows: bool = False
    ) -> None:
        from xlsxwriter.workbook import Workbook

        self._type = {"font_name": "宋体", "font_size": font_size}
        self._stream = io.BytesIO()
        self.book: Any = Workbook(
            self._stream, {"constant_memory": by_rows, "in_memory": not by_rows}
        )
        moment = datetime(made.year, made.month, made.day)  # noqa: DTZ001 - the format knows no zone
        self.book.set_properties(
            {"title": harmless(title), "author": harmless(author), "created": moment}
        )
        self._looks: dict[tuple[tuple[str, Any], ...], Any] = {}

    def look(self, **properties: Any) -> Any:
        """Return the format with these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._looks:
            self._looks[key] = self.book.add_format(self._type | properties)
        return self._looks[key]

    def put(self, ws: "Worksheet", row: int, column: int, value: Cell, **look: Any) -> None:
        """Write a cell as what it is; text is never taken for a formula, a number or a link."""
        if value is None or value == "":
            ws.write_blank(row, column, None, self.look(**look))
        elif isinstance(value, str):
            guard = {"quote_prefix": True} if value.startswith(FORMULA) else {}
            ws.write_string(row, column, in_a_cell(harmless(value)), self.look(**look, **guard))
        elif isinstance(value, date):
            day = {"num_format": "yyyy-mm-dd", "align": "center"}
            ws.write_datetime(row, column, value, self.look(**day | look))
        else:
            ws.write_number(row, column, float(value), self.look(**look))

    def put_over(
        self, ws: "Worksheet", area: tuple[int, int, int, int], words: str, **look: Any
    ) -> None:
        """Write text into one cell over ``area``: first row and column, last row and column."""
        if area[:2] != area[2:]:
            ws.merge_range(*area, "", self.look(**look))
        self.put(ws, area[0], area[1], words, **look)

    def made(self) -> bytes:
        """Close the workbook and return the file; the same content gives the same bytes."""
        from xlsxwriter.exceptions import FileCreateError

        try:
            self.book.close()
        except FileCreateError as error:  # what it keeps in temporary files has no room
            raise error.args[0] from error
        return sealed(self._stream.getvalue())


def write_sheet(book: Book, sheet: Sheet, notes: Sequence[str]) -> tuple["Worksheet", int]:
    """Add the sheet, ``notes`` under its title; the sheet and the last row of its table."""
    written = book.book.add_worksheet(sheet.name)
    for column, width in enumerate(sheet.columns.values()):
        written.set_column(column, column, width, book.look(valign="vcenter"))
    head = _write_above(book, written, sheet, notes)
    written.set_row(head, 20)
    for column, name in enumerate(sheet.columns):
        book.put(written, head, column, name, **_HEAD)
    last = head
    for last, values in enumerate(sheet.rows, head + 1):
        cells = zip(values, sheet.columns.values(), strict=True)
        texts = ((v, int(width * _ROOM) - 1, 1) for v, width in cells if isinstance(v, str))
        written.set_row(last, row_height(texts, _LINE, 5))
        for column, (name, value) in enumerate(zip(sheet.columns, values, strict=True)):
            book.put(written, last, column, value, **_look(name, value))
    written.freeze_panes(head + 1, 1)
    written.autofilter(head, 0, max(last, head + 1), len(sheet.columns) - 1)
    # Items are numbered 1.1, 1.10: text that looks like numbers.
    written.ignore_errors({"number_stored_as_text": f"A{head + 2}:A{last + 1}"})
    set_page(written, sheet.paper, landscape=sheet.landscape)
    written.repeat_rows(0, head)
    return written, last


def _look(name: str, value: Cell) -> dict[str, Any]:
    """Return how a cell of the column ``name`` looks."""
    look = dict(FRAMED)
    if not isinstance(value, str) or name in _CENTRED:
        look["align"] = "center"
    if isinstance(value, Fraction):
        look["num_format"] = "0.0%"
    if isinstance(value, date):
        look["num_format"] = 'yyyy"年"m"月"d"日"'
    if name == "亮灯" and value in _LIGHTS:
        fill, ink = _LIGHTS[str(value)]
        look |= {"bg_color": fill, "font_color": ink, "bold": True}
    return look


def _write_above(book: Book, written: "Worksheet", sheet: Sheet, notes: Sequence[str]) -> int:
    """Write title, notes and explanations, and return the row below them."""
    lines: list[tuple[str, dict[str, Any]]] = [
        (sheet.title, {"bold": True, "font_size": 14, "valign": "vcenter"})
    ]
    lines += [(note, {"bold": True, "font_size": 12, "font_color": "#C00000"}) for note in notes]
    lines += [(text, {"font_color": "#595959"}) for text in sheet.above]
    for row, (text, look) in enumerate(lines):
        written.set_row(row, 26 if row == 0 else 18)
        book.put(written, row, 0, text, **look)
    return len(lines)


def row_height(texts: Iterable[tuple[str, int, int]], line: float, around: float) -> float:
    """Return points that a row needs: not every program fits rows to wrapped text when it opens a file.

    Each text comes with the half characters that it has room for in a line, and the rows over which it stands.
    ``line`` are the points of a line, ``around`` those above and below.
    """
    lines = max([1.0, *(lines_in(text, room) / rows for text, room, rows in texts)])
    return min(lines * line + around, HIGHEST)


def lines_in(text: str, room: int) -> int:
    """Return how many lines the text takes in ``room`` half characters."""
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    return sum(max(1, -(-width_of(part) // max(room, 2))) for part in text.split("\n"))


def set_page(ws: Any, paper: int = A4, *, landscape: bool = True) -> None:
    """Lay a sheet out for print: as wide as the paper, pages numbered."""
    ws.set_paper(paper)
    if landscape:
        ws.set_landscape()
    ws.fit_to_pages(1, 0)
    ws.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    ws.set_footer("&C第 &P 页，共 &N 页")
    ws.hide_gridlines(2)
