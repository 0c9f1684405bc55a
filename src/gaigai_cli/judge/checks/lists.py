"""Checks of the list, its units and rules."""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from typing import Final

from gaigai_cli.characters import NAME_BYTES
from gaigai_cli.judge.checks.making import UNKNOWN_UNIT, AtPlace, unknown_unit
from gaigai_cli.judge.checks.meanings import deadline_differs, unit_cells, units_differ
from gaigai_cli.judge.owed_reports import last_days
from gaigai_cli.model.departments import Became, Departments, Reform, Unit, Units
from gaigai_cli.model.finding import Path
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.people import Contacts, Reviewers
from gaigai_cli.model.roles import ROLES
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import Item, Task, TaskList
from gaigai_cli.model.workdays import is_workday

_LIST: Final = TaskList.file
_UNITS: Final = Departments.file


def unknown_named_unit(ledger: Ledger) -> Iterator[AtPlace]:
    """Find a unit that the list or a person's entry names and ``departments.yaml`` doesn't know."""
    for file, path, name in _named_units(ledger):
        if name not in ledger.units.by_name:
            yield AtPlace(file, path, UNKNOWN_UNIT, *unknown_unit(ledger, name))


def claimed_twice(ledger: Ledger) -> Iterator[AtPlace]:
    """Find an address or public key that two people claim, or one listed twice: commits are told apart by them."""
    for field, code, word in (
        ("emails", "duplicate-email", "邮箱"),
        ("keys", "duplicate-signer", "签名公钥"),
    ):
        yield from _claimed_twice(ledger, field, code, word)


def _claimed_twice(ledger: Ledger, field: str, code: str, word: str) -> Iterator[AtPlace]:
    """Find what stands in ``field`` of two people, or of one who is twice in a group; a maintainer may record, too."""
    owners: dict[str, tuple[str, str]] = {}
    listed = ledger.reviewers
    groups = {"people": listed.people, "maintainers": listed.maintainers} if listed else {}
    for group, index, person in ((g, i, p) for g, ps in groups.items() for i, p in enumerate(ps)):
        for number, value in enumerate(getattr(person, field)):
            # The third word of a key is a remark.
            known = value.lower() if field == "emails" else " ".join(value.split()[:2])
            first = owners.get(known)
            owners.setdefault(known, (group, person.name))
            if first is None or (first[1] == person.name and first[0] != group):
                continue
            shown = value if field == "emails" else f"{known[:24]}…"
            message, remedy = f"{word}“{shown}”写了两次，只有前一处算数", "请并为一处"
            if first[1] != person.name:
                message = f"{word}“{shown}”既是{first[1]}的，又是{person.name}的"
                remedy = f"审阅按{word}认人，请从其中一人名下删去"
            path = (group, index, field, number)
            yield AtPlace(Reviewers.file, path, code, message, remedy)


_INITIALS = re.compile(r"[a-z0-9]+")


def duplicates(ledger: Ledger) -> Iterator[AtPlace]:
    """Find two tasks or items, indicators of an item, or units with one id or name."""
    tasks: Named = [
        (("tasks", index, "id"), task.id) for index, task in enumerate(ledger.tasks.tasks)
    ]
    items: Named = [((*path, "id"), item.id) for path, _, item in _items(ledger)]
    units: Named = [((*path, "name"), unit.name) for path, unit in _units(ledger)]
    yield from _repeated(ledger, _LIST, "duplicate-task", tasks, ("任务序号", ""))
    yield from _repeated(ledger, _LIST, "duplicate-item", items, ("事项编号", ""))
    yield from _repeated(ledger, _UNITS, "duplicate-unit", units, ("单位“", "”"))
    for path, _, item in _items(ledger):
        ids: Named = [
            ((*path, "indicators", i, "id"), one.id) for i, one in enumerate(item.indicators)
        ]
        word = (f"事项{item.id}的指标编号", "")
        yield from _repeated(ledger, _LIST, "duplicate-indicator", ids, word)


Named = list[tuple[Path, str]]


def _repeated(
    ledger: Ledger, file: str, code: str, names: Named, words: tuple[str, str]
) -> Iterator[AtPlace]:
    """Find each name that came before, called by the words before and behind it."""
    first: dict[str, Path] = {}
    for path, name in names:
        if name in first:
            line = ledger.place(file, *first[name]).line
            message = f"{words[0]}{name}{words[1]}重复，第{line}行已有"
            yield AtPlace(file, path, code, message, "请改正其中一处")
        first.setdefault(name, path)


def ambiguous_name(ledger: Ledger) -> Iterator[AtPlace]:
    """Find a name, alias or former name that two units claim; which one is meant nobody can say."""
    owner: dict[str, str] = {}
    for path, unit in _units(ledger):
        places: list[tuple[Path, str]] = [(("name",), unit.name)]
        places += [(("aliases", i), name) for i, name in enumerate(unit.aliases)]
        places += [(("former", i), name) for i, name in enumerate(unit.former)]
        for step, name in places:
            if owner.setdefault(name, unit.name) != unit.name:
                message = f"“{name}”既指{owner[name]}，又指{unit.name}"
                remedy = "请从其中一个单位的名称、别名中删去"
                yield AtPlace(_UNITS, (*path, *step), "ambiguous-name", message, remedy)


def long_unit_name(ledger: Ledger) -> Iterator[AtPlace]:
    """Find a unit whose name is too long for a file's name, so that it could have no log."""
    for path, unit in _units(ledger):
        if len(f"{unit.name}.yaml".encode()) > NAME_BYTES:
            message = f"单位名称“{unit.name[:20]}…”太长，不能用作记录文件的名称"
            remedy = "请改用简称，全称写在 aliases"
            yield AtPlace(_UNITS, (*path, "name"), "long-unit-name", message, remedy)


def bad_initials(ledger: Ledger) -> Iterator[AtPlace]:
    """Find initials with other characters than small letters."""
    for path, unit in _units(ledger):
        for number, initials in enumerate(unit.initials):
            if not _INITIALS.fullmatch(initials):
                message = f"{unit.name}的拼音首字母“{initials}”应为小写字母"
                remedy = "请写成 xczj 的样子"
                yield AtPlace(_UNITS, (*path, "initials", number), "bad-initials", message, remedy)


def item_of_other_task(ledger: Ledger) -> Iterator[AtPlace]:
    """Find an item id that doesn't begin with the id of its task."""
    for path, task, item in _items(ledger):
        if item.id.rpartition(".")[0] != task.id:
            message = f"事项编号{item.id}不属于任务{task.id}"
            remedy = f"请写成 {task.id}.{item.id.rpartition('.')[2]} 的样子，或移到所属任务下"
            yield AtPlace(_LIST, (*path, "id"), "item-of-other-task", message, remedy)


def incomplete_item(ledger: Ledger) -> Iterator[AtPlace]:
    """Find an item that has no units or no deadline, neither its own nor its task's."""
    for path, task, item in _items(ledger):
        if item.units is None and task.units is None:
            message = f"事项{item.id}没有责任单位，所属任务也没有"
            yield AtPlace(_LIST, path, "missing-units", message, "请补上 units")
        if item.deadline is None and task.deadline is None:
            message = f"事项{item.id}没有完成时限，所属任务也没有"
            remedy = "请补上 deadline；没有日期的写 kind: unset"
            yield AtPlace(_LIST, path, "missing-deadline", message, remedy)


def unsound_reform(ledger: Ledger) -> Iterator[AtPlace]:
    """Find a reform of bodies that leaves open who goes on, or when."""
    issued = ledger.tasks.notice.issued
    known = {unit.name for unit in ledger.departments.units}
    gone: set[str] = set()
    for index, reform in enumerate(ledger.departments.reforms):
        at: Path = ("reforms", index)
        new = {unit.name for unit in reform.new}
        known |= new
        gone = (gone - new) | {one.unit for one in reform.became if one.unit not in one.to}
        if reform.effective < issued:
            words = f"机构改革的生效日{reform.effective}早于清单印发日期{issued}"
            remedy = "请核对日期；印发以前改的名称写在单位的 former"
            yield _reform((*at, "effective"), words, remedy)
        if reform.handed_over is not None and reform.handed_over < reform.effective:
            words = f"交接完成日{reform.handed_over}早于生效日{reform.effective}"
            yield _reform((*at, "handed_over"), words, "请核对日期")
        for number, change in enumerate(reform.became):
            here = (*at, "became", number)
            names: list[tuple[Path, str]] = [((*here, "unit"), change.unit)]
            names += [((*here, "to", i), name) for i, name in enumerate(change.to)]
            for path, name in names:
                if name not in known:
                    message, _ = unknown_unit(ledger, name)
                    remedy = "请照 units 或 new 中的名称写；改革后才有的单位先写入本次改革的 new"
                    yield AtPlace(_UNITS, path, UNKNOWN_UNIT, message, remedy)
            yield from _unsound_heirs(change, gone, here)
            yield from _unsound_split(ledger, reform, change, here)


def _unsound_heirs(change: Became, gone: Collection[str], here: Path) -> Iterator[AtPlace]:
    """Find a heir that there is none of any more, and a unit that only goes on as itself."""
    if change.to == (change.unit,):
        words = f"{change.unit}的承接单位就是它自己"
        yield _reform((*here, "to"), words, "没有变化的单位不用写")
    for at, name in enumerate(change.to):
        if name in gone:
            words = f"{change.unit}的承接单位{name}自身已改名、撤并"
            yield _reform((*here, "to", at), words, "请写改革以后还在的单位")


def _unsound_split(ledger: Ledger, reform: Reform, change: Became, here: Path) -> Iterator[AtPlace]:
    """Find an item that a split gives to no unit, or to or from a unit that the split doesn't name."""
    units = Units(ledger.departments, reform.effective - timedelta(days=1))
    its = [
        item
        for item, listed in ledger.tasks.by_id.items()
        if change.unit in {units.canonical(name, item) for name in listed.units.named}
    ]
    for item, heir in change.items.items():
        path = (*here, "items", item)
        if heir not in change.to:
            words = f"{change.unit}的去向（to）中没有{heir}"
            yield _reform(path, words, "请照 to 中的名称写，或补入 to")
        elif item not in ledger.tasks.by_id:
            yield _reform(path, f"没有编号为{item}的事项", "请核对事项编号")
    left = [item for item in its if item not in change.items] if len(change.to) > 1 else []
    if left:
        words = f"{change.unit}分设为{'、'.join(change.to)}，没有写明由谁承接：{'、'.join(left)}"
        remedy = '请在 items 中逐项写明，如 "4.1": ' + change.to[0]
        yield _reform((*here, "items"), words, remedy)


def _reform(path: Path, message: str, remedy: str) -> AtPlace:
    return AtPlace(_UNITS, path, "unsound-reform", message, remedy)


def _named_units(ledger: Ledger) -> Iterator[tuple[str, Path, str]]:
    """Yield every unit that is named outside ``departments.yaml``, with its file and place."""
    yield _LIST, ("notice", "office"), ledger.tasks.notice.office
    for path, _, cell in unit_cells(ledger):
        for role in ROLES:
            for number, name in enumerate(getattr(cell, role.field)):
                yield _LIST, (*path, "units", role.field, number), name
    for path, _, item in _items(ledger):
        for number, indicator in enumerate(item.indicators):
            if indicator.provider is not None:
                yield _LIST, (*path, "indicators", number, "provider"), indicator.provider
    for index, person in enumerate(ledger.reviewers.people if ledger.reviewers else ()):
        for number, name in enumerate(person.units):
            yield Reviewers.file, ("people", index, "units", number), name
    for index, one in enumerate(ledger.contacts.contacts if ledger.contacts else ()):
        yield Contacts.file, ("contacts", index, "unit"), one.unit


def repeated_unit(ledger: Ledger) -> Iterator[AtPlace]:
    """Find a unit that one cell names twice, be it by another name or in another role, but not one of former units."""
    units = ledger.units.by_name
    for path, name, cell in unit_cells(ledger):
        seen: set[str] = set()
        for role in ROLES:
            for number, written in enumerate(getattr(cell, role.field)):
                known = units.get(written)
                unit = written if known is None or written in known.former else known.name
                if unit in seen:
                    at = (*path, "units", role.field, number)
                    message = f"{name}的责任单位中{unit}写了不止一次"
                    yield AtPlace(_LIST, at, "repeated-unit", message, "请只留一处")
                seen.add(unit)


def removed_before_issue(ledger: Ledger) -> Iterator[AtPlace]:
    """Find an item removed from the list before the list was issued."""
    issued = ledger.tasks.notice.issued
    for path, _, item in _items(ledger):
        if item.removed is not None and item.removed.on < issued:
            message = f"事项{item.id}调出清单的日期{item.removed.on}早于清单印发日期{issued}"
            at = (*path, "removed", "on")
            yield AtPlace(_LIST, at, "removed-before-issue", message, "请核对日期")


def calendar_unknown(ledger: Ledger) -> Iterator[AtPlace]:
    """Find a year whose working days aren't known, though reports are due in it."""
    rules = ledger.rules
    if rules.reporting is None:
        return
    end = date(ledger.tasks.notice.year, 12, 31)
    unknown = {
        day.year
        for day in last_days(rules.reporting, end)
        if is_workday(day, rules.calendar) is None
    }
    for year in sorted(unknown):
        message = f"不知道{year}年的放假和调休安排，报送截止日不作顺延"
        remedy = f"请升级 chinesecalendar，或在 rules.yaml 的 calendar 中写明{year}年"
        path = ("reporting",)
        yield AtPlace(Rules.file, path, "calendar-unknown", message, remedy, "warning")


def _units(ledger: Ledger) -> Iterator[tuple[Path, Unit]]:
    """Yield the units of the list, then those that reforms bring, with their places."""
    for index, unit in enumerate(ledger.departments.units):
        yield ("units", index), unit
    for number, reform in enumerate(ledger.departments.reforms):
        for index, unit in enumerate(reform.new):
            yield ("reforms", number, "new", index), unit


def _items(ledger: Ledger) -> Iterator[tuple[Path, Task, Item]]:
    for index, task in enumerate(ledger.tasks.tasks):
        for number, item in enumerate(task.items):
            yield ("tasks", index, "items", number), task, item


LIST_CHECKS: Final[tuple[Callable[[Ledger], Iterator[AtPlace]], ...]] = (
    duplicates,
    ambiguous_name,
    long_unit_name,
    bad_initials,
    item_of_other_task,
    incomplete_item,
    unknown_named_unit,
    unsound_reform,
    repeated_unit,
    deadline_differs,
    units_differ,
    removed_before_issue,
    calendar_unknown,
    claimed_twice,
)
