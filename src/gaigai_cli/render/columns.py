"""The columns that a list of items can have: their names, their short words for the screen, their data for sheets."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from gaigai_cli.model.labels import KIND_GROUPS, KIND_WORDS
from gaigai_cli.model.roles import ROLES
from gaigai_cli.model.statuses import is_pending, shown_standing
from gaigai_cli.query.choose import ItemRow
from gaigai_cli.render.grid import Head
from gaigai_cli.render.lines import STRONG, StyledText
from gaigai_cli.render.short import (
    brief,
    deadline_words,
    left_words,
    light_word,
)
from gaigai_cli.words.say import day_words

_WIDE: Final = 110
_FULL: Final = 150
"""In wider terminals lights say why."""
_ROOMY: Final = 96
_NARROW: Final = 72
"""In narrower terminals what an item is about needs the room more than its percent does, then than the days left."""


class Column(NamedTuple):
    """One column. ``value`` is what a sheet gets, nothing cut; ``shown`` what the screen has in another way."""

    key: str
    title: str
    value: Callable[[ItemRow], str | int | date | None]
    other_names: tuple[str, ...] = ()
    fit: Literal["fixed", "text", "names"] = "fixed"
    right: bool = False
    shown: Callable[[ItemRow], StyledText] | None = None

    def cell(self, row: ItemRow) -> StyledText:
        """Return what the screen shows of a row."""
        if self.shown is not None:
            return self.shown(row)
        value = self.value(row)
        if isinstance(value, date):
            return StyledText(day_words(value, row.item.ledger.tasks.notice.year))
        return StyledText(str(value or ""))

    def datum(self, row: ItemRow) -> str:
        """Return what a sheet gets of a row: days as ISO dates."""
        value = self.value(row)
        return "" if value is None else str(value)

    @property
    def head(self) -> Head:
        return Head(self.title, self.fit, self.right)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which ``--columns`` may ask for it."""
        return (self.title, self.key, *self.other_names)


def _units(key: str, title: str, *other_names: str) -> Column:
    def words(row: ItemRow) -> str:
        return "、".join(getattr(row.item.state.units, key))

    return Column(key, title, words, other_names, "names" if key == "lead" else "text")


def _percent(row: ItemRow) -> StyledText:
    value = row.item.state.percent
    return StyledText("" if value is None else f"{value}%")


_ALL: Final = (
    Column(
        "id",
        "编号",
        lambda row: row.item.id,
        ("序号",),
        shown=lambda row: StyledText(row.item.id, STRONG),
    ),
    Column("task", "主要任务", lambda row: row.item.state.listed.task.title, ("任务",), fit="text"),
    Column(
        "content", "工作内容", lambda row: row.item.state.listed.item.content, ("内容",), fit="text"
    ),
    Column("brief", "事项", lambda row: brief(row.item), ("任务或内容",), fit="text"),
    *(_units(role.field, role.units_word, role.word) for role in ROLES),
    _units("open", "未列名单位"),
    Column("role", "角色", lambda row: row.role),
    Column(
        "deadline_text", "时限原文", lambda row: row.item.state.listed.deadline.text, fit="text"
    ),
    Column("deadline", "完成时限", lambda row: deadline_words(row.item), ("时限",)),
    Column("issued", "原定时限", lambda row: row.item.state.issued),
    Column("due", "现行时限", lambda row: row.item.state.due, ("到期",)),
    Column(
        "kind", "时限类型", lambda row: KIND_WORDS[row.item.state.listed.deadline.kind], ("类型",)
    ),
    Column(
        "days_left",
        "天数",
        lambda row: row.item.state.days_left,
        ("剩余",),
        shown=lambda row: left_words(row.item),
    ),
    Column("status", "状态", lambda row: shown_standing(row.item.state.standing)),
    Column(
        "light",
        "亮灯",
        lambda row: row.item.light.name,
        ("灯",),
        shown=lambda row: light_word(row.item),
    ),
    Column(
        "reason", "亮灯原因", lambda row: "；".join(row.item.light.reasons), ("原因",), fit="text"
    ),
    Column(
        "percent",
        "进度",
        lambda row: row.item.state.percent,
        right=True,
        shown=_percent,
    ),
    Column("last_report", "最近进展", lambda row: row.item.state.last_report),
    Column("finished", "办结日期", lambda row: row.item.state.finished, ("办结",)),
    Column("closed", "销号日期", lambda row: row.item.state.closed, ("销号",)),
)
LIST: Final = "清单"
"""The title of the first column of several lists: what each is called."""
COLUMNS: Final = {column.key: column for column in _ALL}
BY_NAME: Final = {name: column for column in _ALL for name in column.names}
SHEET: Final = tuple(column for column in _ALL if column.key not in ("brief", "reason", "deadline"))


_SCREEN: Final = tuple(
    COLUMNS[key]
    for key in (
        *("id", "task", "content", "brief", "lead", "role", "deadline", "days_left"),
        *("status", "light", "reason", "percent"),
    )
)


class Shown(NamedTuple):
    """A row as a table shows it, free of the ledger that it came from.

    ``list`` is what its list is called among several, ``cells`` are by the keys of their columns, ``moved`` says that
    an extension has moved its deadline.
    """

    list: str
    task: str
    role: str | None
    standing: str
    light: str | None
    group: str
    moved: bool
    pending: bool
    cells: Mapping[str, StyledText]


def shown(
    rows: Iterable[ItemRow], columns: Sequence[Column] | None = None, *, list: str = ""
) -> tuple[Shown, ...]:
    """Return rows with the cells of these columns (None: of all that `standard` may choose)."""
    return tuple(_shown(row, columns or _SCREEN, list) for row in rows)


def _shown(row: ItemRow, columns: Sequence[Column], list_: str) -> Shown:
    state = row.item.state
    return Shown(
        list=list_,
        task=state.listed.task.id,
        role=row.role,
        standing=shown_standing(state.standing),
        light=row.item.light.name,
        group=KIND_GROUPS[row.item.state.listed.deadline.kind],
        moved=state.current is not None and state.current.moved,
        pending=is_pending(state.status),
        cells={column.key: column.cell(row) for column in columns},
    )


def standard(rows: Sequence[Shown], width: int) -> tuple[Column, ...]:
    """Return the columns of a list for the screen.

    Where there is room, task and content have a column each, and percent has one if any is reported. The role of
    the unit that was asked for has one where it isn't the same in all rows. Where all rows have a red or a yellow
    light, what is asked for is why: that has the room of task, days and percent.
    """
    why = bool(rows) and width >= _NARROW and all(row.light in ("红", "黄") for row in rows)
    wide = width >= _WIDE and not (why and width < _FULL)
    about = ("task", "content") if wide else ("brief",)
    role = ("role",) if len({row.role for row in rows}) > 1 else ()
    reported = any(row.cells["percent"].text for row in rows)
    explained = width >= _FULL and any(row.cells["reason"].text for row in rows)
    reason = ("reason",) if explained or why else ()
    short = why and width < _FULL
    percent = ("percent",) if reported and width >= _ROOMY and not short else ()
    days_left = ("days_left",) if width >= _NARROW and not short else ()
    keys = (
        "id",
        *about,
        "lead",
        *role,
        "deadline",
        *days_left,
        *(() if short and width < _WIDE else ("status",)),
        "light",
        *reason,
        *percent,
    )
    return tuple(COLUMNS[key] for key in keys)
