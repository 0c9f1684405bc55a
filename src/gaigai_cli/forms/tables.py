"""The tables of a form: which columns they have, which cells are filled in, and how a row is known again."""

from typing import Final, Literal, NamedTuple

from gaigai_cli.words.period import Period

Fill = Literal["text", "day", "number", "percent", "choice"]

NOT_ASKED: Final = "—"
"""What stands in a cell that this row doesn't ask for."""

REPORTS, LIMITS, FIGURES, THINGS = "进展情况", "时限事项", "指标数据", "逐件登记"
INSTRUCTED: Final = "交办事项"
_TITLES: Final = {
    REPORTS: "任务进展报送表",
    LIMITS: "有时限事项进度和销号、延期申请",
    FIGURES: "指标数据",
    THINGS: "新增项目、培训、稿件等逐件登记",
    INSTRUCTED: "交办事项办理反馈表",
}

THINGS_A_FORM: Final = 6
"""Rows for things counted, for each indicator that counts."""


def turn_words(number: int) -> str:
    """Return which of an indicator's rows for things counted a row is."""
    return f"第{number}件"


class FormColumn(NamedTuple):
    """A column; ``fill`` None is shown and locked. ``width`` in characters of a digit's width.

    ``choices`` are the words of which a choice is one.
    """

    key: str
    title: str
    width: float
    fill: Fill | None = None
    help: str = ""
    choices: tuple[str, ...] = ()


class FormRow(NamedTuple):
    """A row: whose (``key``), what it shows by column, and which cells it doesn't ask for.

    A row without a key is a heading over the ones that follow.
    """

    key: str
    shown: dict[str, str]
    closed: frozenset[str] = frozenset()


class FormTable(NamedTuple):
    """A table on a sheet of its own. ``known_by``: the shown columns by which a row is known again, its id first."""

    name: str
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    known_by: tuple[str, ...] = ("id", "name")

    @property
    def title(self) -> str:
        """What stands over it."""
        return _TITLES[self.name]


def foot(unit: str, month: Period, table: str) -> str:
    """Return whose form a sheet is, as its foot says on every page before the page's number."""
    return f"{unit}　{month.words}{_TITLES.get(table, '')}"


class UnitForm(NamedTuple):
    """A unit's whole form for a month ; ``before`` is the month before where a first form asks for it."""

    unit: str
    month: Period
    before: Period | None
    list_title: str
    number: str
    notes: tuple[str, ...]
    made: str
    tables: tuple[FormTable, ...]


def key_of(item: str, *parts: str) -> str:
    """Return what a row is about: an item, an indicator of it, a thing counted."""
    return "|".join((item, *parts))
