"""The columns that a list of items can have: their names, their short words for the screen, their data for sheets."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.labels import KIND_GROUPS
from gaigai_cli.model.roles import ROLES
from gaigai_cli.model.statuses import is_pending, shown_standing
from gaigai_cli.query.choose import ItemRow
from gaigai_cli.render.grid import Head
from gaigai_cli.render.lines import STRONG, StyledText
from gaigai_cli.render.short import (
    KIND_WORDS,
    brief,
    deadline_words,
    left_words,
    light_word,
    shown_percent,
)
from gaigai_cli.words.say import day_words

_WIDE: Final = 110
_FULL: Final = 150
"""In wider terminals lights say why."""
_ROOMY: Final = 96
_NARROW: Final = 72
"""In narrower terminals what an item is about needs the room more than its percent does, then than the days left."""


class Column(NamedTuple):
    """One column. ``cell`` is what the screen shows, ``datum`` what a sheet gets (days as ISO dates, nothing cut)."""

    key: str
    title: str
    cell: Callable[[ItemRow], StyledText]
    datum: Callable[[ItemRow], str]
    other_names: tuple[str, ...] = ()
    fit: Literal["fixed", "text", "names"] = "fixed"
    right: bool = False

    @property
    def head(self) -> Head:
        return Head(self.title, self.fit, self.right)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which ``--columns`` may ask for it."""
        return (self.title, self.key, *self.other_names)


def _text(
    key: str,
    title: str,
    words: Callable[[JudgedItem], str],
    *other_names: str,
    fit: Literal["fixed", "text", "names"] = "fixed",
) -> Column:
    """Return a column that shows the same words everywhere."""
    return Column(
        key,
        title,
        lambda row: StyledText(words(row.item)),
        lambda row: words(row.item),
        other_names,
        fit,
    )


def _units(key: str, title: str, *other_names: str) -> Column:
    def words(item: JudgedItem) -> str:
        return "、".join(getattr(item.state.units, key))

    return _text(key, title, words, *other_names, fit="names" if key == "lead" else "text")


def _day(
    key: str, title: str, day: Callable[[JudgedItem], date | None], *other_names: str
) -> Column:
    def cell(row: ItemRow) -> StyledText:
        found = day(row.item)
        return StyledText(day_words(found, row.item.ledger.tasks.notice.year) if found else "")

    def datum(row: ItemRow) -> str:
        found = day(row.item)
        return found.isoformat() if found else ""

    return Column(key, title, cell, datum, other_names)


def _number(
    key: str,
    title: str,
    cell: Callable[[ItemRow], StyledText],
    number: Callable[[JudgedItem], int | None],
    *other_names: str,
    right: bool = False,
) -> Column:
    def datum(row: ItemRow) -> str:
        value = number(row.item)
        return "" if value is None else str(value)

    return Column(key, title, cell, datum, other_names, right=right)


def _percent(row: ItemRow) -> StyledText:
    value = shown_percent(row.item.state)
    return StyledText("" if value is None else f"{value}%")


_ALL: Final = (
    Column(
        "id",
        "编号",
        lambda row: StyledText(row.item.id, STRONG),
        lambda row: row.item.id,
        ("序号",),
    ),
    _text("task", "主要任务", lambda item: item.state.listed.task.title, "任务", fit="text"),
    _text("content", "工作内容", lambda item: item.state.listed.item.content, "内容", fit="text"),
    _text("brief", "事项", brief, "任务或内容", fit="text"),
    *(_units(role.field, role.units_word, role.word) for role in ROLES),
    _units("open", "未列名单位"),
    Column("role", "角色", lambda row: StyledText(row.role or ""), lambda row: row.role or ""),
    _text("deadline_text", "时限原文", lambda item: item.state.listed.deadline.text, fit="text"),
    Column(
        "deadline",
        "完成时限",
        lambda row: StyledText(deadline_words(row.item)),
        lambda row: deadline_words(row.item),
        ("时限",),
    ),
    _day("issued", "原定时限", lambda item: item.state.issued),
    _day("due", "现行时限", lambda item: item.state.due, "到期"),
    _text("kind", "时限类型", lambda item: KIND_WORDS[item.state.listed.deadline.kind], "类型"),
    _number(
        "days_left", "天数", lambda row: left_words(row.item), lambda i: i.state.days_left, "剩余"
    ),
    _text("status", "状态", lambda item: shown_standing(item.state.standing)),
    Column(
        "light",
        "亮灯",
        lambda row: light_word(row.item),
        lambda row: row.item.light.name or "",
        ("灯",),
    ),
    _text("reason", "亮灯原因", lambda item: "；".join(item.light.reasons), "原因", fit="text"),
    _number("percent", "进度", _percent, lambda item: shown_percent(item.state), right=True),
    _day("last_report", "最近进展", lambda item: item.state.last_report),
    _day("finished", "办结日期", lambda item: item.state.finished, "办结"),
    _day("closed", "销号日期", lambda item: item.state.closed, "销号"),
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
        moved=state.current is not None and state.current.due != state.current.issued,
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
