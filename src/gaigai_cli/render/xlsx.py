"""Tables on sheets of an Excel file: cells as what they are, ready to be filtered and printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from gaigai_cli.render.width import width_of

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet


Cell = str | int | Decimal | Fraction | date | None
"""A fraction is shown in percent."""

A3, A4 = 8, 9
_ROOM = 1.05
"""Half characters of the sheet's type in a unit of column width; wrapping wastes one a line."""
_LINE, _HIGHEST = 13.5, 409
"""Points: a line of the sheet's type, and the highest row that Excel knows."""
_LIGHTS: Final = {
    "红": ("#FFC7CE", "#9C0006"),
    "黄": ("#FFEB9C", "#7F6000"),
    "蓝": ("#BDD7EE", "#1F4E79"),
    "绿": ("#C6EFCE", "#006100"),
}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What text begins with that a spreadsheet would take for a formula as soon as somebody edits it."""

_CENTRED: Final = frozenset(("序号", "完成时限", "状态", "亮灯", "判定", "计量单位"))


@dataclass(frozen=True)
class Sheet:
    """A table on a sheet of its own. ``above`` stands over its head."""

    name: str
    title: str
    head: Sequence[str]
    widths: Sequence[float]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[str] = ()
    paper: int = A4
    landscape: bool = True


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
        """The format with these properties, in the workbook's usual type."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {"font_name": "宋体", "font_size": 10} | properties
            )
        return self._made[key]

    def cell(self, name: str, value: Cell) -> Any:
        """The format of a cell in the column ``name``."""
        looks: dict[str, Any] = {"border": 1, "valign": "vcenter", "text_wrap": True}
        if isinstance(value, date):
            looks |= {"num_format": "yyyy-mm-dd", "align": "center"}
        elif isinstance(value, str):
            looks |= {"align": "center"} if name in _CENTRED else {}
            looks |= {"quote_prefix": True} if value.startswith(_FORMULA) else {}
        else:
            looks |= {"align": "center"}
            looks |= {"num_format": "0.0%"} if isinstance(value, Fraction) else {}
        if name == "亮灯" and value in _LIGHTS:
            fill, ink = _LIGHTS[str(value)]
            looks |= {"bg_color": fill, "font_color": ink, "bold": True}
        return self.of(**looks)


def write_sheet(
    book: "Workbook", sheet: Sheet, notes: Sequence[str], formats: Formats
) -> tuple["Worksheet", int]:
    """Add the sheet, ``notes`` under its title; the sheet and the last row of its table."""
    written = book.add_worksheet(sheet.name)
    for column, width in enumerate(sheet.widths):
        written.set_column(column, column, width, formats.of(valign="vcenter"))
    head = _write_above(written, sheet, notes, formats)
    _write_head(written, sheet.head, head, formats)
    last = head
    for last, values in enumerate(sheet.rows, head + 1):
        written.set_row(last, _height(values, sheet.widths))
        for column, (name, value) in enumerate(zip(sheet.head, values, strict=True)):
            _put(written, last, column, value, formats.cell(name, value))
    written.freeze_panes(head + 1, 1)
    written.autofilter(head, 0, max(last, head + 1), len(sheet.head) - 1)
    # Items are numbered 1.1, 1.10: text that looks like numbers.
    written.ignore_errors({"number_stored_as_text": f"A{head + 2}:A{last + 1}"})
    _set_page(written, sheet, head)
    return written, last


def _write_above(written: "Worksheet", sheet: Sheet, notes: Sequence[str], formats: Formats) -> int:
    """Title, notes and explanations; the row below them."""
    lines = [(sheet.title, formats.of(bold=True, font_size=14, valign="vcenter"))]
    lines += [(note, formats.of(bold=True, font_size=12, font_color="#C00000")) for note in notes]
    lines += [(text, formats.of(font_color="#595959")) for text in sheet.above]
    for row, (text, look) in enumerate(lines):
        written.set_row(row, 26 if row == 0 else 18)
        written.write_string(row, 0, text, look)
    return len(lines)


def _write_head(written: "Worksheet", names: Sequence[str], row: int, formats: Formats) -> None:
    look = formats.of(
        bold=True, border=1, align="center", valign="vcenter", text_wrap=True, bg_color="#D9E2F3"
    )
    written.set_row(row, 20)
    for column, name in enumerate(names):
        written.write_string(row, column, name, look)


def _height(values: Sequence[Cell], widths: Sequence[float]) -> float:
    """Points that a row needs: not every program fits rows to wrapped text when it opens a file."""
    lines = 1
    for value, width in zip(values, widths, strict=True):
        room = int(width * _ROOM) - 1
        if isinstance(value, str) and len(value) * 2 > room:
            lines = max(lines, sum(-(-width_of(part) // room) for part in value.split("\n")))
    return float(min(lines * _LINE + 5, _HIGHEST))


def _put(written: "Worksheet", row: int, column: int, value: Cell, look: Any) -> None:
    """Write a cell as what it is; text is never taken for a formula, a number or a link."""
    if value is None or value == "":
        written.write_blank(row, column, None, look)
    elif isinstance(value, str):
        written.write_string(row, column, value, look)
    elif isinstance(value, date):
        written.write_datetime(row, column, value, look)
    else:
        written.write_number(row, column, float(value), look)


def _set_page(written: "Worksheet", sheet: Sheet, head: int) -> None:
    """How the sheet is printed: as wide as the paper, everything down to the head on every page."""
    written.set_paper(sheet.paper)
    if sheet.landscape:
        written.set_landscape()
    written.fit_to_pages(1, 0)
    written.repeat_rows(0, head)
    written.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    written.set_footer("&C第 &P 页，共 &N 页")
    written.hide_gridlines(2)
