"""The notice's own table again, its merged cells included: what spans rows stands once, at its first row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

from gaigai_cli.model.tasks import Item, RoleNames, Task, TaskList
from gaigai_cli.words.say import full_day

LEAD_SIGNS: Final = "★▲*＊"


class PrintedCell(NamedTuple):
    """A cell and how many rows it spans; line ends are those of its paragraphs."""

    text: str
    rows: int = 1


Row = tuple[PrintedCell | None, ...]
"""A cell for each column; None where one from above reaches into the row."""


class NoticeTable(NamedTuple):
    """The head, the rows, and sentences about items that an amendment has taken out."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    removed: tuple[str, ...]


def notice_table(tasks: TaskList) -> NoticeTable:
    """Return the table as the list has it now.

    A task that states both units and deadline for all its items had one row, with numbered points in it; an item with
    either of its own had a row of its own.
    """
    people = tuple((title, get) for title, get in _PEOPLE if any(map(get, _items(tasks))))
    names = [title for title, _ in people]
    head = ("序号", "主要任务", "工作内容", _units_head(tasks), *names, "完成时限")
    rows = tuple(row for task in tasks.tasks for row in _rows(task, [get for _, get in people]))
    return NoticeTable(head, rows, tuple(_removed(tasks)))


_PEOPLE: Final[tuple[tuple[str, Callable[[Item], str]], ...]] = (
    ("责任领导", lambda item: item.leader or ""),
    ("责任人", lambda item: item.contact or ""),
)


def _items(tasks: TaskList) -> Iterator[Item]:
    return (item for task in tasks.tasks for item in task.items)


def _units_head(tasks: TaskList) -> str:
    """Return 责任单位(打★为牵头责任单位), where a sign in the cells marks the leads."""
    names: RoleNames = tasks.notice.role_names
    texts = [
        cell.text
        for task in tasks.tasks
        for cell in (task.units, *(i.units for i in task.items))
        if cell
    ]
    signs = {sign for sign in LEAD_SIGNS if any(sign in text for text in texts)}
    return (
        f"{names.responsible}(打{'、'.join(sorted(signs))}为{names.lead})"
        if signs
        else names.responsible
    )


def _rows(task: Task, people: list[Callable[[Item], str]]) -> Iterator[Row]:
    items = [item for item in task.items if item.removed is None]
    if not items:
        return
    if len(items) > 1 and not any(item.units or item.deadline for item in items):
        content = "\n".join(f"{number}. {item.content}" for number, item in enumerate(items, 1))
        yield (
            PrintedCell(task.id),
            PrintedCell(task.title),
            PrintedCell(content),
            PrintedCell(task.units.text if task.units else ""),
            *(
                PrintedCell("\n".join(dict.fromkeys(filter(None, map(get, items)))))
                for get in people
            ),
            PrintedCell(task.deadline.text if task.deadline else ""),
        )
        return
    units = [item.units.text if item.units else None for item in items]
    deadlines = [item.deadline.text if item.deadline else None for item in items]
    own: list[list[PrintedCell | None]] = [
        [PrintedCell(get(item)) for item in items] for get in people
    ]
    columns: list[list[PrintedCell | None]] = [
        _spanned([None] * len(items), task.id),
        _spanned([None] * len(items), task.title),
        [PrintedCell(item.content) for item in items],
        _spanned(units, task.units.text if task.units else ""),
        *own,
        _spanned(deadlines, task.deadline.text if task.deadline else ""),
    ]
    yield from zip(*columns, strict=True)


def _spanned(texts: list[str | None], shared: str) -> list[PrintedCell | None]:
    """Return own texts as cells of one row; rows without one below each other share the task's."""
    cells: list[PrintedCell | None] = []
    for is_shared, run in groupby(texts, lambda text: text is None):
        own = list(run)
        if is_shared:
            cells += [PrintedCell(shared, len(own)), *[None] * (len(own) - 1)]
        else:
            cells += [PrintedCell(text or "") for text in own]
    return cells


def _removed(tasks: TaskList) -> Iterator[str]:
    for item in _items(tasks):
        if item.removed:
            words = f"{full_day(item.removed.on)}调出清单（{item.removed.basis}）"
            yield f"{item.id}“{item.content}”{words}"
