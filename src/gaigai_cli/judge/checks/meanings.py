"""Checks of cells: what the issued words mean against the fields parsed from them."""

from collections.abc import Iterator
from typing import Final

from gaigai_cli.judge.checks.making import AtPlace
from gaigai_cli.model.deadline import Deadline, Fixed, Ongoing, Recurring, Staged
from gaigai_cli.model.finding import Path
from gaigai_cli.model.labels import word_of
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.roles import ROLES, once_each
from gaigai_cli.model.tasks import Item, Task, TaskList, UnitCell
from gaigai_cli.words.deadline import read_deadline
from gaigai_cli.words.units import UnitsReading, read_units

_AS_ISSUED: Final = "请照原文改正；文件确已修改的，原文也要改"


def rows_of(ledger: Ledger) -> Iterator[tuple[Path, str, Task | Item]]:
    """Yield every task of the list and each of its items: its path, how to call it (任务7, 事项7.1), and itself."""
    for index, task in enumerate(ledger.tasks.tasks):
        yield ("tasks", index), f"任务{task.id}", task
        for number, item in enumerate(task.items):
            yield ("tasks", index, "items", number), f"事项{item.id}", item


def unit_cells(ledger: Ledger) -> Iterator[tuple[Path, str, UnitCell]]:
    """Yield every unit cell of the list with the path and the name of its task or item."""
    return ((path, name, row.units) for path, name, row in rows_of(ledger) if row.units)


def deadline_differs(ledger: Ledger) -> Iterator[AtPlace]:
    """Find a deadline whose words mean another day than its fields, or nothing certain, unless a person decided it."""
    notice = ledger.tasks.notice
    for path, name, row in rows_of(ledger):
        deadline = row.deadline
        if deadline is None or deadline.confirmed:
            continue
        at = (*path, "deadline", "text")
        reading = read_deadline(deadline.text, year=notice.year, issued=notice.issued)
        for doubt in reading.doubts:
            message = f"{name}的时限原文不能确切解读：{doubt}"
            remedy = "请人工核对下面填写的时限"
            yield AtPlace(TaskList.file, at, "unclear-deadline", message, remedy, "warning")
        read = reading.deadline
        if read is not None and not reading.doubts and meaning(read) != meaning(deadline):
            message = (
                f"{name}的时限原文“{deadline.text}”是{meaning(read)}，填写的却是{meaning(deadline)}"
            )
            yield AtPlace(TaskList.file, at, "deadline-differs", message, _AS_ISSUED)


def meaning(deadline: Deadline) -> str:
    """Return what a deadline's fields say, in words, apart from its text and the names of its stages."""
    if isinstance(deadline, Fixed):
        start = f"{deadline.from_}起，" if deadline.from_ else ""
        return f"{start}{deadline.due}前完成"
    if isinstance(deadline, Ongoing):
        start = f"{deadline.from_}起，" if deadline.from_ else ""
        return f"{start}持续推动至{deadline.until}" if deadline.until else f"{start}长期坚持"
    if isinstance(deadline, Staged):
        return f"分{len(deadline.stages)}个阶段（{'、'.join(str(s.due) for s in deadline.stages)}）"
    if isinstance(deadline, Recurring):
        until = f"至{deadline.until}" if deadline.until else "起"
        day = deadline.day if isinstance(deadline.day, str) else f"第{deadline.day}日"
        return f"{word_of('every', deadline.every)}{day}（{deadline.from_}{until}）"
    return "没有可确定的日期"


def units_differ(ledger: Ledger) -> Iterator[AtPlace]:
    """Find a unit cell whose words name other units or roles than its fields, unless a person decided it."""
    for path, name, cell in unit_cells(ledger):
        if cell.confirmed:
            continue
        reading = read_units(cell.text)
        at = (*path, "units", "text")
        for doubt in reading.doubts:
            message = f"{name}的责任单位原文不能确切解读：{doubt}"
            remedy = "请人工核对下面填写的单位"
            yield AtPlace(TaskList.file, at, "unclear-units", message, remedy, "warning")
        if reading.doubts:
            continue
        for words in _differences(ledger, cell, reading):
            message = f"{name}的责任单位原文“{cell.text}”与填写的不一致：{words}"
            yield AtPlace(TaskList.file, at, "units-differ", message, _AS_ISSUED)


def _differences(ledger: Ledger, cell: UnitCell, reading: UnitsReading) -> Iterator[str]:
    """Yield where the cell's words and its lists differ.

    Without marks or role words everybody reads as responsible: then only who is named must agree.
    """
    canonical = ledger.units.canonical
    unmarked = not reading.lead and not reading.support
    read = {role.field: getattr(reading, role.field) for role in ROLES}
    meant, filled = (once_each(named, canonical) for named in (read, cell.by_role))
    for role in ROLES:
        said, kept = set(meant[role.field]), set(filled[role.field])
        if unmarked and role.field != "responsible":
            continue
        if unmarked:
            kept = {canonical(name) for name in cell.named}
        if said != kept:
            yield f"{role.units_word}原文是{_names(said)}，填写的是{_names(kept)}"
    if set(reading.open) != set(cell.open):
        yield f"未列名单位原文是{_names(set(reading.open))}，填写的是{_names(set(cell.open))}"


def _names(names: set[str]) -> str:
    return "、".join(sorted(names)) or "（无）"
