"""The columns of 附件1 and 附件2, the same in every format."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Final, NamedTuple

from gaigai_cli.report.monthly_report import LedgerRow, MonthlyReport, Totals
from gaigai_cli.words.say import OPEN_DAY, full_day


class LedgerColumn(NamedTuple):
    """A column of 附件1: its head, its width in a workbook, what a line says there, its least characters in print.

    ``grows``: it gets a share of the room that is left. ``own``: words of units, left out where no item has any.
    """

    head: str
    wide: int
    cell: Callable[[LedgerRow], str]
    least: float
    grows: bool = True
    own: bool = False


_LEDGER: Final = (
    LedgerColumn("序号", 6, lambda row: row.id, 3.0, grows=False),
    LedgerColumn("主要任务", 16, lambda row: row.task, 6.5),
    LedgerColumn("工作内容", 38, lambda row: row.content, 12.5),
    LedgerColumn("牵头单位", 14, lambda row: row.lead, 4.2),
    LedgerColumn("其他单位", 22, lambda row: row.others, 5.2),
    LedgerColumn("完成时限", 15, lambda row: row.deadline, 4.6),
    LedgerColumn("状态", 10, lambda row: row.status, 3.6),
    LedgerColumn("亮灯", 6, lambda row: row.light, 2.3, grows=False),
    LedgerColumn("进展情况", 44, lambda row: row.progress, 13.0, own=True),
    LedgerColumn("存在问题", 16, lambda row: row.problems, 12.0, own=True),
    LedgerColumn("下一步", 14, lambda row: row.next, 12.0, own=True),
)
_COUNTED: Final = {
    "已销号或评估": "closed",
    "待核验": "pending",
    "推进中": "underway",
    "未报进展": "not_reported",
    "暂缓实施": "suspended",
    "到期未办结": "expired",
    "期内任务未完成": "turns",
}
_UNITS: Final = {
    "单位": "name",
    "牵头事项": "lead",
    **_COUNTED,
    "参与事项": "others",
    "备注": "remark",
}
_LISTS: Final = {
    "清单": "name",
    "事项": "items",
    **_COUNTED,
    "应办结": "due",
    "按期办结": "on_time",
}
LEDGER_HEAD: Final = tuple(column.head for column in _LEDGER)
LEDGER_SHEET: Final = {column.head: column.wide for column in _LEDGER}
"""The columns of a sheet of 附件1, with their widths."""
UNITS_HEAD: Final = tuple(_UNITS)
_UNITS_NOTE: Final = (
    "单位按清单顺序排列，不分名次；各栏为所牵头事项数，参与事项为责任、配合事项数。"
)
_LISTS_NOTE: Final = (
    "按名单顺序排列，不分名次；各栏为清单的事项数，按期办结为应办结事项中按期办结的。"
)


OPEN_DATE: Final = f"　　{OPEN_DAY}"
"""A day that stands by itself, with room for its year."""


def day_or_open(day: date | None) -> str:
    """Return the day of issue or printing of a paper; left open to be written in where it isn't known."""
    return full_day(day) if day else OPEN_DATE


def ledger_cells(row: LedgerRow) -> tuple[str, ...]:
    """Return a line of 附件1 under ``LEDGER_HEAD``."""
    return tuple(column.cell(row) for column in _LEDGER)


class SecondAnnex(NamedTuple):
    """附件2: what it is called, its columns and lines, and the note below. As many columns whatever it is about."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    note: str

    @property
    def words(self) -> list[tuple[str, ...]]:
        """The lines as printed: “—” for nothing."""
        return [tuple(str(cell) if cell else "—" for cell in row) for row in self.rows]


def second_annex(report: MonthlyReport) -> SecondAnnex:
    """Return 附件2 of a bulletin: its units; of a roll-up its lists."""
    if report.lists:
        rows = tuple(map(attrgetter(*_LISTS.values()), report.lists))
        return SecondAnnex("各清单情况", tuple(_LISTS), rows, _LISTS_NOTE)
    rows = tuple(map(attrgetter(*_UNITS.values()), report.units))
    return SecondAnnex("各单位情况", UNITS_HEAD, rows, _UNITS_NOTE)


def ledger_columns(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Return the columns of 附件1 that say something, by their places in ``LEDGER_HEAD``."""
    columns = enumerate(_LEDGER)
    return tuple(at for at, column in columns if not column.own or any(row[at] for row in rows))


def ledger_widths(
    rows: Sequence[Sequence[str]], columns: Sequence[int], room: float
) -> tuple[float, ...]:
    """Return the widths of the columns in characters, ``room`` in all, by which the table is as short as can be.

    What the least widths leave goes half a character at a time to the column that makes most of the tallest rows; where
    none of those can grow, to the one with the longest words for its width.
    """
    widths = {at: _LEDGER[at].least for at in columns}
    lengths = [{at: _characters(row[at]) for at in columns} for row in rows]
    growing = [at for at in columns if _LEDGER[at].grows]
    longest = {at: max((row[at] for row in lengths), default=0.0) for at in growing}
    while sum(widths.values()) + 0.5 <= room:
        gain = dict.fromkeys(growing, 0.0)
        for row in lengths:
            tallest = max(columns, key=lambda at: row[at] / widths[at])
            if tallest in gain:
                gain[tallest] += row[tallest] / widths[tallest] ** 2
        widths[max(growing, key=lambda at: (gain[at], longest[at] / widths[at]))] += 0.5
    return tuple(widths.values())


def _characters(words: str) -> float:
    """Return full characters that words are wide; figures and letters are half as wide."""
    return sum(0.5 if character.isascii() else 1.0 for character in words)


RATE = "按期办结率"


def figure_rows(totals: Totals) -> Iterator[tuple[str, tuple[tuple[str, int | str], ...]]]:
    """Yield groups of names and numbers; the one figure that is a rate comes in words, ``—`` where none is stated."""
    withdrawn = (("已调出清单", totals.withdrawn),) if totals.withdrawn else ()
    yield (
        "清单",
        (
            ("主要任务", totals.tasks),
            ("具体工作", totals.items),
            *((name.removesuffix("的"), count) for name, count in totals.kinds),
            *withdrawn,
        ),
    )
    yield "状态", totals.statuses
    yield "亮灯", totals.lights
    yield (
        "办结",
        (
            ("应办结", totals.due),
            ("按期办结", totals.on_time),
            (RATE, totals.on_time_rate or "—"),
        ),
    )
    if totals.indicators:
        yield "指标", totals.indicators
