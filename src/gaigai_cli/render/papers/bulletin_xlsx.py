"""The bulletin's figures as an Excel file: 总体情况, 任务台账, 各单位情况, 指标."""

from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from gaigai_cli.render.papers.annex import (
    LEDGER_SHEET,
    SecondAnnex,
    figure_rows,
    ledger_cells,
    second_annex,
)
from gaigai_cli.render.width import width_of
from gaigai_cli.render.xlsx import A3, Book, Cell, Sheet, write_sheet
from gaigai_cli.report.monthly_report import OVERVIEW, MonthlyReport
from gaigai_cli.words.say import full_day

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet


_UNITS_ON_A_PAGE = 22
_PARTS: Final = {
    "已销号或评估": "#2E7D32",
    "待核验": "#1F6FB2",
    "推进中": "#5B8DB8",
    "未报进展": "#8A8F98",
    "暂缓实施": "#C9B37C",
}
_INDICATORS: Final = {
    "序号": ("id", 6),
    "主要任务": ("task", 24),
    "牵头单位": ("lead", 14),
    "指标": ("name", 26),
    "目标": ("target", 26),
    "数值": ("value", 9),
    "计量单位": ("unit", 11),
    "判定": ("verdict", 16),
    "口径说明": ("note", 40),
}
"""The heads of the sheet of indicators, each with the field of a row that stands below, and its width."""
_SECOND_WIDTHS: Final = (20, 10, 14, 9, 9, 10, 10, 12, 15, 10, 12)
"""Of 附件2: as many columns whatever it is about."""


def bulletin(report: MonthlyReport) -> bytes:
    """Return the file. Memory grows with the text alone; rows are written as they come."""
    book = Book(report.title, report.signer, report.cut, by_rows=True)
    second = second_annex(report)
    sheets = (_overview(report), _ledger(report), _second(report, second))
    for sheet in sheets if report.lists else (*sheets, _indicators(report)):
        written, last = write_sheet(book, sheet, report.notes)
        if sheet.name == second.title and second.rows:
            _chart(book.book, written, second, last)
    return book.made()


def _overview(report: MonthlyReport) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (group, name, _number(value))
        for group, figures in figure_rows(report.totals)
        for name, value in figures
    ]
    return Sheet(
        OVERVIEW,
        report.title,
        {"类别": 20, "名称": 44, "数值": 24},
        [("截止", "统计截止日期", report.cut), *rows],
        landscape=False,
    )


def _number(value: int | str) -> Cell:
    """Return a rate in percent as a number, so that it can be reckoned with."""
    if isinstance(value, str) and value.endswith("%"):
        return Fraction(value[:-1]) / 100
    return value


def _ledger(report: MonthlyReport) -> Sheet:
    number = max(
        [LEDGER_SHEET["序号"], *(width_of(row.id) + 1 for row in report.ledger)]
    )  # 华容县/16.2 of a roll-up
    return Sheet(
        "任务台账",
        f"{report.period.words}任务台账（截至{full_day(report.cut)}）",
        LEDGER_SHEET | {"序号": number, "到期日": 15, "办结日期": 15, "销号日期": 15},
        ((*ledger_cells(row), row.due, row.finished, row.closed) for row in report.ledger),
        above=(f"亮灯说明：{report.legend}",),
        paper=A3,
    )


def _second(report: MonthlyReport, second: SecondAnnex) -> Sheet:
    return Sheet(
        second.title,
        f"{report.period.words}{second.title}（截至{full_day(report.cut)}）",
        dict(zip(second.head, _SECOND_WIDTHS, strict=True)),
        second.rows,
        above=(second.note,),
        landscape=False,
    )


def _indicators(report: MonthlyReport) -> Sheet:
    return Sheet(
        "指标",
        f"{report.period.words}指标完成情况（截至{full_day(report.cut)}）",
        {head: width for head, (_, width) in _INDICATORS.items()},
        map(attrgetter(*(field for field, _ in _INDICATORS.values())), report.indicators),
    )


def _chart(book: "Workbook", written: "Worksheet", second: SecondAnnex, last: int) -> None:
    """Draw what becomes of the items of each unit or list, a bar each, in their order from the top."""
    first = last - len(second.rows) + 1
    chart: Any = book.add_chart({"type": "bar", "subtype": "stacked"})
    for name, colour in _PARTS.items():
        column = second.head.index(name)
        chart.add_series(
            {
                "name": name,
                "categories": [second.title, first, 0, last, 0],
                "values": [second.title, first, column, last, column],
                "fill": {"color": colour},
                "gap": 40,
                "data_labels": {"value": True, "num_format": "0;;;", "font": {"color": "#FFFFFF"}},
            }
        )
    chart.set_title(
        {
            "name": "各清单事项" if second.head[0] == "清单" else "各单位牵头事项",
            "name_font": {"size": 12},
        }
    )
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"num_format": "0", "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 860, "height": 120 + 24 * (last - first + 1)})
    written.insert_chart(last + 2, 0, chart)
    if last - first >= _UNITS_ON_A_PAGE:
        written.set_h_pagebreaks([last + 1])
