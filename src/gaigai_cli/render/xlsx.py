"""The bulletin's figures as an Excel file: 总体情况, 任务台账, 各单位情况, 指标."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from gaigai_cli.render.annex import (
    LEDGER_HEAD,
    UNITS_HEAD,
    UNITS_NOTE,
    ledger_cells,
    unit_cells,
)
from gaigai_cli.render.cells import width_of
from gaigai_cli.render.figures import figure_rows
from gaigai_cli.render.fingerprint import sealed
from gaigai_cli.report.document import IndicatorRow, LedgerRow, MonthlyReport

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | Fraction | date | None
"""A fraction is shown in percent."""

_A3, _A4 = 8, 9
_ROOM = 1.05
"""Half characters of the sheet's type in a unit of column width; wrapping wastes one a line."""
_LINE, _HIGHEST = 13.5, 409
"""Points: a line of the sheet's type, and the highest row that Excel knows."""
_UNITS_ON_A_PAGE = 22
_LIGHTS: Final = {
    "红": ("#FFC7CE", "#9C0006"),
    "黄": ("#FFEB9C", "#7F6000"),
    "蓝": ("#BDD7EE", "#1F4E79"),
    "绿": ("#C6EFCE", "#006100"),
}
_PARTS: Final = {
    "已销号或评估": "#2E7D32",
    "待核验": "#1F6FB2",
    "推进中": "#5B8DB8",
    "未报进展": "#8A8F98",
}
_UNITS: Final = "各单位情况"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What text begins with that a spreadsheet would take for a formula as soon as somebody edits it."""

_INDICATORS_HEAD: Final = (
    "序号",
    "主要任务",
    "牵头单位",
    "指标",
    "目标",
    "数值",
    "计量单位",
    "判定",
    "口径说明",
)
_LEDGER_WIDTHS: Final = (6, 16, 38, 13, 22, 13, 10, 6, 48, 17, 15, 11.5, 11.5, 11.5)
_CENTRED: Final = frozenset(("序号", "完成时限", "状态", "亮灯", "判定", "计量单位"))


@dataclass(frozen=True)
class _Sheet:
    """A table on a sheet of its own. ``above`` stands over its head."""

    name: str
    title: str
    head: Sequence[str]
    widths: Sequence[float]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[str] = ()
    paper: int = _A4
    landscape: bool = True


def bulletin(report: MonthlyReport) -> bytes:
    """The file. Memory grows with the text alone; rows are written as they come."""
    from xlsxwriter.workbook import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"constant_memory": True})
    moment = datetime(report.cut.year, report.cut.month, report.cut.day, tzinfo=UTC)
    book.set_properties(
        {"title": report.title, "author": report.signer, "created": moment.replace(tzinfo=None)}
    )
    formats = _Formats(book)
    for sheet in (_overview(report), _ledger(report), _units(report), _indicators(report)):
        written, last = _write(book, sheet, report.notes, formats)
        if sheet.name == _UNITS:
            _chart(book, written, first=last - len(report.units) + 1, last=last)
    book.close()
    return sealed(stream.getvalue())


def _overview(report: MonthlyReport) -> _Sheet:
    rows: list[tuple[Cell, ...]] = [
        (group, name, _number(value))
        for group, figures in figure_rows(report.totals)
        for name, value in figures
    ]
    return _Sheet(
        "总体情况",
        report.title,
        ("类别", "名称", "数值"),
        (20, 44, 24),
        [("截止", "统计截止日期", report.cut), *rows],
        landscape=False,
    )


def _number(value: int | str) -> Cell:
    """A rate in percent as a number, so that it can be reckoned with."""
    if isinstance(value, str) and value.endswith("%"):
        return Fraction(value[:-1]) / 100
    return value


def _ledger(report: MonthlyReport) -> _Sheet:
    return _Sheet(
        "任务台账",
        f"{report.month.words}任务台账（截至{report.cut}）",
        (*LEDGER_HEAD, "到期日", "办结日期", "销号日期"),
        _LEDGER_WIDTHS,
        map(_ledger_row, report.ledger),
        above=(f"亮灯说明：{report.legend}",),
        paper=_A3,
    )


def _ledger_row(row: LedgerRow) -> tuple[Cell, ...]:
    return (*ledger_cells(row), row.due, row.finished, row.closed)


def _units(report: MonthlyReport) -> _Sheet:
    return _Sheet(
        _UNITS,
        f"{report.month.words}各单位情况（截至{report.cut}）",
        UNITS_HEAD,
        (20, 11, 14, 11, 11, 11, 12, 11, 14),
        map(unit_cells, report.units),
        above=(UNITS_NOTE,),
        landscape=False,
    )


def _indicators(report: MonthlyReport) -> _Sheet:
    return _Sheet(
        "指标",
        f"{report.month.words}指标完成情况（截至{report.cut}）",
        _INDICATORS_HEAD,
        (6, 24, 14, 26, 26, 9, 11, 16, 40),
        map(_indicator_row, report.indicators),
    )


def _indicator_row(row: IndicatorRow) -> tuple[Cell, ...]:
    return (
        row.id,
        row.task,
        row.lead,
        row.name,
        row.target,
        row.value,
        row.unit,
        row.verdict,
        row.note,
    )


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
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


def _write(
    book: "Workbook", sheet: _Sheet, notes: Sequence[str], formats: _Formats
) -> tuple["Worksheet", int]:
    """The sheet and its last row of the table."""
    written = book.add_worksheet(sheet.name)
    for column, width in enumerate(sheet.widths):
        written.set_column(column, column, width, formats.of(valign="vcenter"))
    lines = [(sheet.title, formats.of(bold=True, font_size=14, valign="vcenter"))]
    lines += [(note, formats.of(bold=True, font_size=12, font_color="#C00000")) for note in notes]
    lines += [(text, formats.of(font_color="#595959")) for text in sheet.above]
    for row, (text, look) in enumerate(lines):
        written.set_row(row, 26 if row == 0 else 18)
        written.write_string(row, 0, text, look)
    head = len(lines)
    written.set_row(head, 20)
    for column, name in enumerate(sheet.head):
        look = formats.of(
            bold=True,
            border=1,
            align="center",
            valign="vcenter",
            text_wrap=True,
            bg_color="#D9E2F3",
        )
        written.write_string(head, column, name, look)
    last = head
    for last, values in enumerate(sheet.rows, head + 1):
        written.set_row(last, _height(values, sheet.widths))
        for column, (name, value) in enumerate(zip(sheet.head, values, strict=True)):
            _put(written, last, column, value, formats.cell(name, value))
    written.freeze_panes(head + 1, 1)
    written.autofilter(head, 0, max(last, head), len(sheet.head) - 1)
    _page(written, sheet, head)
    return written, last


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


def _page(written: "Worksheet", sheet: _Sheet, head: int) -> None:
    """How the sheet is printed: as wide as the paper, everything down to the head on every page."""
    written.set_paper(sheet.paper)
    if sheet.landscape:
        written.set_landscape()
    written.fit_to_pages(1, 0)
    written.repeat_rows(0, head)
    written.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    written.set_footer("&C第 &P 页，共 &N 页")
    written.hide_gridlines(2)


def _chart(book: "Workbook", written: "Worksheet", *, first: int, last: int) -> None:
    """What becomes of the items that each unit leads, a bar a unit, in the list's order from the top."""
    chart: Any = book.add_chart({"type": "bar", "subtype": "stacked"})
    for name, colour in _PARTS.items():
        column = UNITS_HEAD.index(name)
        chart.add_series(
            {
                "name": name,
                "categories": [_UNITS, first, 0, last, 0],
                "values": [_UNITS, first, column, last, column],
                "fill": {"color": colour},
                "gap": 40,
                "data_labels": {"value": True, "num_format": "0;;;", "font": {"color": "#FFFFFF"}},
            }
        )
    chart.set_title({"name": "各单位牵头事项", "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"num_format": "0", "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 860, "height": 120 + 24 * (last - first + 1)})
    written.insert_chart(last + 2, 0, chart)
    if last - first >= _UNITS_ON_A_PAGE:
        written.set_h_pagebreaks([last + 1])
