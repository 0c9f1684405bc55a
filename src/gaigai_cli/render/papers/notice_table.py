"""The notice's own table again, its merged cells included: what spans rows stands once, at its first row."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from gaigai_cli.model.tasks import Item, RoleNames, Task, TaskList, UnitCell
from gaigai_cli.words.normal import marks
from gaigai_cli.words.say import full_day


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
    cells = (cell for task in tasks.tasks for cell in (task.units, *(i.units for i in task.items)))
    signs = {sign for cell in cells if cell for sign in _lead_signs(cell)}
    return (
        f"{names.responsible}(打{'、'.join(sorted(signs))}为{names.lead})"
        if signs
        else names.responsible
    )


def _lead_signs(cell: UnitCell) -> Iterator[str]:
    """Yield the marks that stand at the leads of a unit cell."""
    text = _LAYOUT.sub("", cell.text)
    for sign in marks(text):
        if any(sign + name in text or name + sign in text for name in cell.lead):
            yield sign


_LAYOUT: Final = re.compile(r"[\s（()）]")


def _rows(task: Task, people: list[Callable[[Item], str]]) -> Iterator[Row]:
    items = [item for item in task.items if item.removed is None]
    if not items:
        return
    apart = len(items) == 1 or any(item.units or item.deadline for item in items)
    parts = [[item] for item in items] if apart else [items]
    numbered = [item.point for item in items] != list(range(1, len(items) + 1))
    units = [part[0].units.text if part[0].units else None for part in parts]
    deadlines = [part[0].deadline.text if part[0].deadline else None for part in parts]
    shared = [None] * len(parts)
    yield from zip(
        _spanned(shared, task.id),
        _spanned(shared, task.title),
        [_contents(part, numbered=numbered) for part in parts],
        _spanned(units, task.units.text if task.units else ""),
        *([_once(map(get, part)) for part in parts] for get in people),
        _spanned(deadlines, task.deadline.text if task.deadline else ""),
        strict=True,
    )


def _contents(part: list[Item], *, numbered: bool) -> PrintedCell:
    """Return what is to be done; points of one cell have their numbers, rows only those that nobody can count."""
    if len(part) == 1 and not numbered:
        return PrintedCell(part[0].content)
    return PrintedCell("\n".join(f"{item.point}. {item.content}" for item in part))


def _once(words: Iterable[str]) -> PrintedCell:
    return PrintedCell("\n".join(dict.fromkeys(filter(None, words))))


def _spanned(texts: Sequence[str | None], shared: str) -> list[PrintedCell | None]:
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
