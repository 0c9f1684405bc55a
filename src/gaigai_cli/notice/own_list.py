"""The program's own export read back: rows keep their ids, whatever rows were added around them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from pydantic import BaseModel, ValidationError

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.base import NUMBER_PATTERN
from gaigai_cli.model.deadline import Deadline
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.exported import (
    EXAMPLE_HEAD,
    INDICATORS,
    ITEMS,
    NOTICE,
    NOTICE_LABELS,
    ROLE_LABELS,
    UNITS,
    YES,
    ExportColumn,
    heads,
)
from gaigai_cli.model.indicators import NUMBER_TARGETS, TARGET_WORDS
from gaigai_cli.model.labels import value_of
from gaigai_cli.model.roles import UNIT_LISTS
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.notice import limits, notice_block
from gaigai_cli.notice.answers import Notes
from gaigai_cli.notice.cells import (
    NoticeRules,
    Tree,
    deadline_answer,
    deadline_of,
    deadline_words,
    fields,
    reading_of,
    reading_words,
    roles_tree,
    rules_of,
    set_known,
    units_answer,
    units_tree,
    waiting,
)
from gaigai_cli.notice.document import Cell, Document, Place, Table, squeezed
from gaigai_cli.notice.doubts import CONFIRMED, SEEN, Choice, Doubt
from gaigai_cli.notice.head import Candidate, NoticeHead
from gaigai_cli.notice.indicators import indicators_of
from gaigai_cli.notice.points import without_number
from gaigai_cli.store.new_list import list_text, schema_line, units_text
from gaigai_cli.words.normal import numeral_value
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.say import full_day
from gaigai_cli.words.typed import plain_day
from gaigai_cli.words.units import UnitsReading, read_units
from gaigai_cli.yamldoc.emit import TextError, block_text
from gaigai_cli.yamldoc.reader import parse

_GUARD: Final = regex(r"'(?=[=+\-@\t\r])")
"""What a csv has before text that a spreadsheet would take for a formula."""


class OwnRow(NamedTuple):
    """A row by the names of its columns."""

    cells: dict[str, Cell]

    def text(self, name: str) -> str:
        """Return what stands in a column, empty where there is none of that name."""
        return _GUARD.sub("", self.cells[name].text, count=1).strip() if name in self.cells else ""

    def place(self, name: str) -> Place:
        """Return the place of a cell."""
        return self.cells[name].place if name in self.cells else self.first

    @property
    def all_text(self) -> str:
        """All of the row's words."""
        return "　".join(cell.text for cell in self.cells.values() if not cell.blank)

    @property
    def first(self) -> Place:
        """Where the row begins."""
        return next(iter(self.cells.values())).place


def headed(document: Document, columns: tuple[ExportColumn[Any], ...]) -> Table | None:
    """Return the table that begins with the heads of the columns."""
    head = heads(columns)
    return next((t for t in document.tables if head_of(t)[: len(head)] == head), None)


def head_of(table: Table) -> tuple[str, ...]:
    """Return the names of a table's columns."""
    return tuple(cell.text.strip() for cell in table.rows[0]) if table.rows else ()


def rows_below(table: Table) -> list[OwnRow]:
    """Return the rows below the head that have something in them and aren't the head again, as on each page."""
    head = head_of(table)
    below = (row for row in table.rows[1:] if tuple(cell.text.strip() for cell in row) != head)
    rows = [OwnRow(dict(zip(head, row, strict=False))) for row in below]
    return [row for row in rows if row.all_text]


class Ids:
    """The ids that the rows of a sheet give, known before any row without one gets a new one."""

    def __init__(self, rows: Sequence[OwnRow]) -> None:
        self._holders: dict[str, OwnRow] = {}
        for row in (*filter(_fits, rows), *rows):
            if given := given_id(row):
                self._holders.setdefault(given, row)
        self._taken = set(self._holders)

    def holds(self, row: OwnRow) -> bool:
        """Return whether the id that a row gives is its own: of several that give the same, one has it."""
        return self._holders.get(given_id(row)) is row

    def own(self, row: OwnRow) -> str:
        """Return a row's id; empty where it gives none, or one that another row has or that isn't its task's."""
        return given_id(row) if self.holds(row) and _fits(row) else ""

    def new(self, row: OwnRow, task: str, place: int) -> str:
        """Return an id for the row at ``place`` (from 1) of a task: the one after all that the sheet gives.

        Where a spreadsheet has made 1.10 into 1.1, it is 1.10 again.
        """
        found = f"{task}.{place}"
        if found != f"{given_id(row)}0" or found in self._taken:
            numbers = (id_.removeprefix(f"{task}.") for id_ in self._taken if _is_of(id_, task))
            last = max(map(numeral_value, numbers), default=0)
            found = f"{task}.{last + 1}"
        self._taken.add(found)
        return found


def given_id(row: OwnRow) -> str:
    """Return what stands in the column of ids."""
    return row.text("事项编号")


def _fits(row: OwnRow) -> bool:
    """Return whether a row's id is one of its task's."""
    given, task = given_id(row), row.text("任务序号")
    return bool(given and row.text("工作内容")) and (not task or _is_of(given, task))


def _is_of(item: str, task: str) -> bool:
    return item.startswith(f"{task}.")


_PLAIN: Final = ("fixed", "ongoing", "unset")
"""Kinds whose fields are the days of the columns alone."""


def deadline(item: str, row: OwnRow, context: NoticeRules) -> Tree | None:
    """Return the fields of an item's deadline.

    It adds a doubt where words and days don't agree; None where there is nothing.
    """
    text = row.text("完成时限原文")
    kind = value_of("kind", row.text("时限类型"))
    start, end = (plain_day(row.text(name)) for name in ("起始日期", "到期日期"))
    reading = reading_of(text, context)
    value = reading.deadline
    read = fields(value) if value else None
    if value and (kind, start, end) == (value.kind, *_days(value)):
        return read
    if value and value.kind == kind == "recurring" and start:
        # The words say how often; the office may have set from when.
        return fields(value.model_copy(update={"from_": start, "until": end}))
    said = _from_columns(text, kind, start, end)
    if said and not reading.certain:
        return said
    choices = tuple(
        Choice(f"{name}：{deadline_words(tree)}", tree)
        for name, tree in (("照日期栏", said), ("照原文", read))
        if tree
    )
    context.notes.doubt(
        Doubt("deadline", row.place("完成时限原文"), item, text, _why(row, kind, said), "请核对，两处改成一致",
              read=deadline_words(said or read), choices=choices)
    )  # fmt: skip
    return deadline_answer(text, said or read, context) or said or read or waiting(text)


def _why(row: OwnRow, kind: str, said: Tree | None) -> str:
    if not kind:
        return "没有写时限类型"
    if said is None:
        return f"“{row.text('时限类型')}”的时限不能从原文确定"
    return "时限原文与时限类型、日期不一致"


def _days(value: Deadline) -> tuple[date | None, date | None]:
    """Return first and last day, as an export writes them."""
    said = fields(value)
    if "stages" in said:
        return None, said["stages"][-1]["due"]
    return said.get("from"), said.get("due") or said.get("until")


def _from_columns(text: str, kind: str, start: date | None, end: date | None) -> Tree | None:
    """Return the deadline that kind and days give; None for kinds that have more fields."""
    if kind not in _PLAIN or not text:
        return None
    days: Tree = (
        {} if kind == "unset" else {"from": start, "due" if kind == "fixed" else "until": end}
    )
    return deadline_of({"kind": kind, **{key: each for key, each in days.items() if each}}, text)


_NEEDED: Final = frozenset(
    ("任务序号", "主要任务", "事项编号", "工作内容", "责任单位原文", "完成时限原文")
)


def items_table(document: Document) -> Table | None:
    """Return the table of items of an export.

    Columns may be gone or have been moved, but not those that an item needs.
    """
    return next((table for table in document.tables if set(head_of(table)) >= _NEEDED), None)


def rows_of(table: Table, notes: Notes) -> list[OwnRow]:
    """Return the rows that have something in them; what stands in columns of others is a doubt."""
    head = head_of(table)
    known = set(heads(ITEMS))
    for index, name in enumerate(head):
        told = [row[index].text for row in table.rows[1:] if not row[index].blank]
        if name not in known and told:
            text = "\n".join(dict.fromkeys(told))
            why, remedy = f"清单里没有“{name}”这一栏的位置", "需要的请另行保存"
            place = table.rows[0][index].place
            notes.doubt(Doubt("extra-column", place, name or place.words, text, why, remedy,
                              choices=SEEN))  # fmt: skip
    return [row for row in rows_below(table) if any(row.text(name) for name in known)]


_AS_WRITTEN: Final = {"criteria": "佐证要求", "leader": "责任领导", "contact": "责任人"}


@dataclass
class _Reader:
    """Gathers items by their tasks.

    ``_indicators`` are those of each item where the export has them; None: they are proposed as for a notice.
    """

    _ids: Ids
    _context: NoticeRules
    _indicators: dict[str, list[Tree]] | None
    tasks: dict[str, Tree] = field(default_factory=dict)
    _last: str = ""
    _titles: dict[str, set[str]] = field(default_factory=dict)

    def take(self, row: OwnRow) -> None:
        """Add the item of a row; a row without a task or content is a doubt."""
        name = row.text("任务序号") or row.text("事项编号").rpartition(".")[0] or self._last
        content = row.text("工作内容")
        if not (name and content):
            why = "这一行没有工作内容，没有读入" if name else "这一行没有任务序号，没有读入"
            place, remedy = row.first, "是事项的，请补齐后再导入"
            self._context.notes.doubt(Doubt("row", place, place.words, row.all_text, why, remedy))
            return
        self._last = name
        task = self.tasks.setdefault(name, {"id": name, "title": "", "items": []})
        self._take_title(task, row)
        item: Tree = {"id": self._id(row, name), "content": content}
        set_known(item, "units", self._units(item["id"], row))
        set_known(item, "deadline", deadline(item["id"], row, self._context))
        set_known(item, "indicators", self._measured(item["id"], row))
        for key, column in _AS_WRITTEN.items():
            set_known(item, key, row.text(column))
        set_known(item, "removed", self._removal(item["id"], row))
        if origin := row.text("结转自编号"):
            item["carried_from"] = {"number": row.text("结转自文号"), "id": origin}
        task["items"].append(item)

    def _take_title(self, task: Tree, row: OwnRow) -> None:
        """Take the title from the task's first row that has one; add a doubt, once, for each other one."""
        title, told = row.text("主要任务"), self._titles.setdefault(task["id"], set())
        task["title"] = task["title"] or title
        if not title or title == task["title"] or title in told:
            return
        told |= {task["title"], title}
        answer = self._context.notes.doubt(
            Doubt("content", row.place("主要任务"), task["id"], title,
                  "与本任务前面各行的主要任务不同，已照前面的读入", "请核对，各行改成一致", read=task["title"],
                  choices=(Choice(f"照前面各行：{task['title']}", CONFIRMED), Choice(f"照这一行：{title}", title)))
        )  # fmt: skip
        if isinstance(answer, str) and answer != CONFIRMED:
            task["title"] = answer

    def _measured(self, item: str, row: OwnRow) -> Any:
        """Return the indicators of the id that the row gives, whichever it gets.

        Where the row has none, or the export no sheet of them, they are proposals from its words.
        """
        if self._indicators is not None and self._ids.holds(row):
            return self._indicators.get(given_id(row))
        place = row.place("工作内容")
        return indicators_of(item, row.text("工作内容"), place, self._context.notes)

    def _id(self, row: OwnRow, task: str) -> str:
        """Return the row's own number; one that is missing, taken or another task's is a doubt and gets a new one."""
        if own := self._ids.own(row):
            return own
        given = given_id(row)
        found = self._ids.new(row, task, len(self.tasks[task]["items"]) + 1)
        why = f"事项编号“{given}”重复或不在本任务之下" if given else "没有事项编号"
        if given and not self._ids.holds(row):
            why += "（表格软件打开 csv 时会把 1.10 变成 1.1）"
        self._context.notes.doubt(
            Doubt("numbers", row.place("事项编号"), found, row.text("工作内容"), why,
                  "请核对编号；原有记录是按编号登记的", read=found, choices=(Choice("编号正确", CONFIRMED),))
        )  # fmt: skip
        return found

    def _units(self, item: str, row: OwnRow) -> Tree | None:
        text = row.text("责任单位原文")
        lead, responsible, support, others = (
            tuple(_names(row.text(head))) for head in UNIT_LISTS.values()
        )
        said = UnitsReading(lead, responsible, support, others)
        named = (*said.names, *said.open)
        read = read_units(text)
        if text and (read.doubts or roles_tree(read) == roles_tree(said)):
            return units_tree(text, said)
        why = "责任单位原文与分列的各栏不一致"
        choices: tuple[Choice, ...] = (
            Choice(f"照分列的各栏：{reading_words(said)}", roles_tree(said)),
            Choice(f"照原文：{reading_words(read)}", roles_tree(read)),
        )
        if not text and not named:
            why, choices = "没有写责任单位", ()
        answer = self._context.notes.doubt(
            Doubt("units", row.place("责任单位原文"), item, text, why, "请核对，两处改成一致",
                  read=reading_words(said), choices=choices)
        )  # fmt: skip
        found = units_answer(answer, said, self._context) or said
        words = text or "、".join(named)
        return units_tree(words, found) if words else None

    def _removal(self, item: str, row: OwnRow) -> Tree | None:
        day, basis = plain_day(row.text("调出日期")), row.text("调出依据")
        if row.text("调出日期") and not (day and basis):
            why = "调出清单的事项没有写明日期和依据，按没有调出读入"
            place, said = row.place("调出日期"), row.text("调出日期")
            self._context.notes.doubt(Doubt("row", place, item, said, why, "请补上调出日期和依据"))
            return None
        return {"on": day.isoformat(), "basis": basis} if day else None


def _shared(task: Tree) -> Tree:
    """Return the task with the cells at its head that all of its items have alike."""
    items = task["items"]
    shared: Tree = {}
    for key in ("units", "deadline"):
        cells = [item.get(key) for item in items]
        if len(items) > 1 and cells[0] and all(cell == cells[0] for cell in cells):
            shared[key] = cells[0]
    rest = [{key: item[key] for key in item if key not in shared} for item in items]
    title = task["title"] or items[0]["content"]
    return {"id": task["id"], "title": title, **shared, "items": rest}


def texts_of(rows: Sequence[OwnRow]) -> Iterator[str]:
    """Yield everything that the rows say, by which the notice's own table beside them is compared."""
    names = "任务序号 主要任务 工作内容 责任单位原文 完成时限原文 责任领导 责任人".split()
    for row in rows:
        yield from (row.text(name) for name in names)
        if removed := plain_day(row.text("调出日期")):
            item = f"{row.text('事项编号')}“{row.text('工作内容')}”"
            yield f"{item}{full_day(removed)}调出清单（{row.text('调出依据')}）"


_TARGETS: Final = {word: kind for kind, word in TARGET_WORDS.items()}


def indicators_by_item(table: Table, items: Iterable[str], notes: Notes) -> dict[str, list[Tree]]:
    """Return the indicators of each item by its id. A row that is none, or of no item, is a doubt and not read."""
    known = set(items)
    found: dict[str, list[Tree]] = {}
    for row in rows_below(table):
        item = row.text("事项编号")
        tree = _indicator(row)
        why = "" if tree else "这一行的目标、计量方式等不能识别，没有读入"
        why = why if item in known else f"没有编号为“{item}”的事项，这一行没有读入"
        if tree is None or why:
            notes.doubt(Doubt("indicators", row.first, item, row.all_text, why, "请照其他行的写法改正",
                              choices=SEEN))  # fmt: skip
        else:
            found.setdefault(item, []).append(tree)
    return found


def _indicator(row: OwnRow) -> Tree | None:
    """Return the fields of a row; None where they are no indicator's."""
    target = _target(row.text("目标类型"), row.text("目标值"))
    name, short = row.text("指标名称"), row.text("指标编号")
    said = {key: value_of(key, word) for key, head in _CHOSEN.items() if (word := row.text(head))}
    if not (name and short and target and "measure" in said and all(said.values())):
        return None
    tree: Tree = {"id": short, "name": name}
    set_known(tree, "unit", row.text("计量单位"))
    tree |= {"target": target, "measure": said["measure"]}
    if value := row.text("基期数值"):
        if not re.fullmatch(NUMBER_PATTERN, value):
            return None
        tree["baseline"] = {"value": value, "label": row.text("基期说明")}
    if said.get("per", "total") != "total":
        tree["per"] = said["per"]
    set_known(tree, "provider", row.text("数据提供单位"))
    set_known(tree, "cycle", said.get("cycle"))
    set_known(tree, "note", row.text("口径说明"))
    return tree


_CHOSEN: Final = {"measure": "计量方式", "per": "考核范围", "cycle": "判定周期"}
"""Fields of an indicator whose values are words of a choice, with the heads of their columns."""


def _target(word: str, value: str) -> Tree | None:
    kind = _TARGETS.get(word)
    if kind is None or not value:
        return None
    if kind in NUMBER_TARGETS:
        return {kind: value} if re.fullmatch(NUMBER_PATTERN, value) else None
    value = value_of(kind, value) if kind == "trend" else value
    return {kind: value} if value else None


def own_list(document: Document, notes: Notes) -> tuple[Tree, list[Tree], list[Tree]] | None:
    """Return notice, tasks and units of an export; None where the document is none."""
    table = items_table(document)
    if table is None:
        return None
    about = headed(document, NOTICE)
    said = {row[0].text.strip(): row[1] for row in about.rows[1:]} if about else {}
    notice, head = _notice(said, notes)
    rows = rows_of(table, notes)
    measured = headed(document, INDICATORS)
    ids = (row.text("事项编号") for row in rows if row.text("工作内容"))
    indicators = indicators_by_item(measured, ids, notes) if measured else None
    reader = _Reader(Ids(rows), rules_of(notice, notes), indicators)
    for row in rows:
        reader.take(row)
    tasks = [_shared(task) for task in reader.tasks.values()]
    if measured is None and about is None:
        notes.doubt(Doubt("file", table.place, "csv", "", *_CSV, choices=SEEN))
    if not tasks:
        raise GaigaiError("“事项”表里没有事项", "请核对文件，或重新导出")
    units = _units(headed(document, UNITS), tasks, notes)
    notice_block.finish(notice, head, units, tasks, unit_heads=(), notes=notes)
    notice["role_names"] |= {
        key: said[label].text.strip()
        for key, label in ROLE_LABELS.items()
        if label in said and not said[label].blank
    }
    if EXAMPLE_HEAD in said and said[EXAMPLE_HEAD].text.strip() == YES:
        notice["example"] = "true"
    _compare(list(_others(document, table)), rows, notes)
    return notice, tasks, units


_CSV: Final = (
    "csv 只有事项，没有通知的基本信息、单位的别名和指标",
    "请补齐；要完整恢复，请用 gaigai export --format xlsx 或 json 导出",
)


def _notice(said: Mapping[str, Cell], notes: Notes) -> tuple[Tree, NoticeHead]:
    """Return the notice block without what is drawn from the list, of what a sheet says by its labels."""
    found = {name: said.get(label) for name, label in NOTICE_LABELS.items()}
    head = NoticeHead(
        **{
            name: Candidate(cell.text.strip(), cell.place) if cell else Candidate("")
            for name, cell in found.items()
            if name in NoticeHead._fields
        }
    )
    notice = notice_block.fields(head, notes)
    if (office := found["office"]) and not office.blank:
        notice["office"] = office.text.strip()
    return notice, head


def _units(table: Table | None, tasks: Sequence[Tree], notes: Notes) -> list[Tree]:
    """Return the units listed, then those that the items name besides."""
    found = [
        {
            **notice_block.unit(name),
            "aliases": _names(row[1].text),
            "former": _names(row[2].text),
            "vertical": row[3].text.strip() == YES,
        }
        for row in (table.rows[1:] if table else ())
        if (name := row[0].text.strip())
    ]
    known = {name for unit in found for name in (unit["name"], *unit["aliases"], *unit["former"])}
    return [
        *found,
        *(unit for unit in notice_block.units(tasks, notes) if unit["name"] not in known),
    ]


def _names(text: str) -> list[str]:
    return [name for name in re.split("[、\n]", text.strip()) if name]


def _others(document: Document, items: Table) -> Iterator[Cell]:
    """Yield the cells of the notice's own table beside the items, below its head."""
    for table in document.tables:
        if table is not items and table.rows and table.rows[0][0].text.strip() == "序号":
            cells = [cell for row in table.rows[1:] for cell in row]
            yield from dict.fromkeys(cells)


def _compare(cells: Sequence[Cell], rows: Sequence[OwnRow], notes: Notes) -> None:
    """Add doubts where the notice's own table beside the rows, if there is one, says something else.

    Somebody has changed the one table and not the other.
    """
    known = {squeezed(text) for text in texts_of(rows)}
    for cell in cells:
        parts = map(without_number, cell.text.split("\n"))
        whole = {squeezed(cell.text), squeezed(without_number(cell.text))}
        if known.isdisjoint(whole) and not all(squeezed(each) in known for each in parts):
            notes.doubt(
                Doubt("row", cell.place, cell.place.words, cell.text, "这一格与“事项”表不同，只读入了“事项”表",
                      "要改的请改在“事项”表里，再导入", choices=(Choice("以“事项”表为准", CONFIRMED),))
            )  # fmt: skip
    shown = squeezed("\n".join(cell.text for cell in cells))
    for row in rows if cells else ():
        content = row.text("工作内容")
        if not row.text("调出日期") and squeezed(content) not in shown:
            notes.doubt(
                Doubt("content", row.place("工作内容"), row.text("事项编号"), content,
                      "“任务清单”表里没有这样的工作内容，已照“事项”表读入", "不应有这一事项的，请从“事项”表中删去",
                      choices=(Choice("以“事项”表为准", CONFIRMED),))
            )  # fmt: skip


_MODELS: Final[dict[str, type[BaseModel]]] = {
    model.file: model for model in (TaskList, Departments, Rules)
}
_JSON_NEEDED: Final = (TaskList.file, Departments.file)
_HOW: Final = "请用 gaigai export --format json 重新导出"


def read_exported(data: bytes) -> dict[str, str]:
    """Return the text of each file by its name. What is read back from it is what the export says, nothing else.

    Raises ``GaigaiError`` for anything that isn't such an export.
    """
    trees = _trees(data)
    return {name: _text(name, trees[name]) for name in _MODELS if name in trees}


def _trees(data: bytes) -> dict[str, Any]:
    limits.check_size(len(data))
    try:
        read = json.loads(data.decode("utf-8-sig"), parse_float=Decimal, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        raise GaigaiError("文件不是 JSON，或已损坏", _HOW) from None
    if not isinstance(read, dict) or not set(_JSON_NEEDED) <= set(read):
        raise GaigaiError(f"JSON 里没有 {'、'.join(_JSON_NEEDED)}，不是导出的清单", _HOW)
    if unknown := sorted(set(read) - set(_MODELS)):
        raise GaigaiError(f"JSON 里有不认识的 {'、'.join(unknown)}", _HOW)
    return read


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def _text(name: str, tree: Any) -> str:
    meant = _model(name, tree)
    try:
        text = _composed(name, tree)
    except TextError as error:
        raise GaigaiError(f"{name}的{error.message}", error.remedy) from None
    if _model(name, parse(text.encode()).root) != meant:
        raise GaigaiError(f"{name}写成文件后与导出的内容不一致，没有写入", "请报告给维护者")
    return text


def _model(name: str, tree: Any) -> BaseModel:
    try:
        return _MODELS[name].model_validate(tree)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in fault["loc"])
        told = "写法不对" if fault["msg"].isascii() else fault["msg"]
        remedy = "请照 gaigai schema 改正，或重新导出"
        raise GaigaiError(f"{name}的 {place}：{told}", remedy) from None


def _composed(name: str, tree: Mapping[str, Any]) -> str:
    if name == Departments.file:
        return units_text(tree["units"], tree.get("reforms", ()))
    if name == TaskList.file:
        text = list_text(tree)
        return text if tree["tasks"] else f"{text.removesuffix('tasks:' + chr(10))}tasks: []\n"
    return f"{schema_line('rules')}{block_text(tree)}"
