"""The rows of a list that ``gaigai export`` wrote (csv, or 事项 in its workbook), with ids and days as they stand.

What the columns say is taken; where the words of the notice beside them say something else, somebody has changed one of
the two, and that is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from gaigai_cli.model.export_heads import ITEMS_HEAD
from gaigai_cli.model.unit_words import UnitsReading, read_units
from gaigai_cli.notice.answers import CONFIRMED, Answers
from gaigai_cli.notice.document import Document, Table
from gaigai_cli.notice.doubts import Choice, Doubt, Notes
from gaigai_cli.notice.exports.days import deadline
from gaigai_cli.notice.exports.ids import Ids, given_id
from gaigai_cli.notice.exports.table import OwnRow, head_of, rows_below
from gaigai_cli.notice.figures.proposals import indicators_of
from gaigai_cli.notice.plain_days import plain_day
from gaigai_cli.notice.trees import Tree, set_known, units_of, units_tree

_NEEDED: Final = frozenset(
    ("任务序号", "主要任务", "事项编号", "工作内容", "责任单位原文", "完成时限原文")
)
_ROLES: Final = ("牵头单位", "责任单位", "配合单位", "未列名单位")


def items_table(document: Document) -> Table | None:
    """The table of items of an export; columns may be gone or have been moved, but not those that an item needs."""
    return next((table for table in document.tables if set(head_of(table)) >= _NEEDED), None)


def rows_of(table: Table, notes: Notes) -> list[OwnRow]:
    """The rows that have something in them; what stands in columns of others is a doubt."""
    head = head_of(table)
    known = set(ITEMS_HEAD)
    for index, name in enumerate(head):
        told = [row[index].text for row in table.rows[1:] if not row[index].blank]
        if name not in known and told:
            text = "\n".join(dict.fromkeys(told))
            why, remedy = f"清单里没有“{name}”这一栏的位置", "需要的请另行保存"
            place = table.rows[0][index].place
            notes.doubt(Doubt("extra-column", place, name or place.words, text, why, remedy,
                              choices=(Choice("已核对", CONFIRMED),)))  # fmt: skip
    return [row for row in rows_below(table) if any(row.text(name) for name in known)]


def tasks_of(
    rows: Sequence[OwnRow],
    notice: Tree,
    notes: Notes,
    answers: Answers,
    indicators: dict[str, list[Tree]] | None,
) -> list[Tree]:
    """The tasks with their items; what all items of a task share stands at the task.

    ``indicators`` are those of each item where the export has them; None: they are proposed as for a notice.
    """
    reader = _Reader(Ids(rows), notice, notes, answers, indicators)
    for row in rows:
        reader.take(row)
    return [_shared(task) for task in reader.tasks.values()]


class _Reader:
    """Gathers items by their tasks."""

    def __init__(
        self,
        ids: Ids,
        notice: Tree,
        notes: Notes,
        answers: Answers,
        indicators: dict[str, list[Tree]] | None,
    ) -> None:
        self._ids = ids
        self._indicators = indicators
        self.tasks: dict[str, Tree] = {}
        self._notice = notice
        self._notes = notes
        self._answers = answers
        self._last = ""
        self._titles: dict[str, set[str]] = {}

    def take(self, row: OwnRow) -> None:
        """Add the item of a row; a row without a task or content is a doubt."""
        name = row.text("任务序号") or row.text("事项编号").rpartition(".")[0] or self._last
        content = row.text("工作内容")
        if not (name and content):
            why = "这一行没有工作内容，没有读入" if name else "这一行没有任务序号，没有读入"
            notes = self._notes
            notes.doubt(
                Doubt(
                    "row", row.first, row.first.words, row.all_text, why, "是事项的，请补齐后再导入"
                )
            )
            return
        self._last = name
        task = self.tasks.setdefault(name, {"id": name, "title": "", "items": []})
        self._take_title(task, row)
        item: Tree = {"id": self._id(row, name), "content": content}
        set_known(item, "units", self._units(item["id"], row))
        set_known(item, "deadline", deadline(item["id"], row, self._notice, self._notes))
        found = self._measured(item["id"], row)
        set_known(item, "indicators", found)
        for key, column in (
            ("criteria", "佐证要求"),
            ("leader", "责任领导"),
            ("contact", "责任人"),
        ):
            set_known(item, key, row.text(column))
        set_known(item, "removed", self._removal(item["id"], row))
        if origin := row.text("结转自编号"):
            item["carried_from"] = {"number": row.text("结转自文号"), "id": origin}
        task["items"].append(item)

    def _take_title(self, task: Tree, row: OwnRow) -> None:
        """The title is that of the task's first row that has one; each other one of its rows is a doubt, told once."""
        title, told = row.text("主要任务"), self._titles.setdefault(task["id"], set())
        task["title"] = task["title"] or title
        if not title or title == task["title"] or title in told:
            return
        told |= {task["title"], title}
        answer = self._notes.doubt(
            Doubt("content", row.place("主要任务"), task["id"], title,
                  "与本任务前面各行的主要任务不同，已照前面的读入", "请核对，各行改成一致", read=task["title"],
                  choices=(Choice(f"照前面各行：{task['title']}", CONFIRMED), Choice(f"照这一行：{title}", title)))
        )  # fmt: skip
        if isinstance(answer, str) and answer != CONFIRMED:
            task["title"] = answer

    def _measured(self, item: str, row: OwnRow) -> Any:
        """The indicators of the id that the row gives, whichever it gets; proposals for a row that has none of its own,
        and where the export has no indicators."""
        if self._indicators is not None and self._ids.holds(row):
            return self._indicators.get(given_id(row))
        place = row.place("工作内容")
        return indicators_of(item, row.text("工作内容"), place, self._notes, self._answers)

    def _id(self, row: OwnRow, task: str) -> str:
        """The row's own number; one that is missing, taken or another task's is a doubt and gets a new one."""
        if own := self._ids.own(row):
            return own
        given = given_id(row)
        found = self._ids.new(row, task, len(self.tasks[task]["items"]) + 1)
        why = f"事项编号“{given}”重复或不在本任务之下" if given else "没有事项编号"
        if given and not self._ids.holds(row):
            why += "（表格软件打开 csv 时会把 1.10 变成 1.1）"
        self._notes.doubt(
            Doubt("numbers", row.place("事项编号"), found, row.text("工作内容"), why,
                  "请核对编号；原有记录是按编号登记的", read=found, choices=(Choice("编号正确", CONFIRMED),))
        )  # fmt: skip
        return found

    def _units(self, item: str, row: OwnRow) -> Tree | None:
        text = row.text("责任单位原文")
        lists = [tuple(filter(None, re.split("[、\n]", row.text(role)))) for role in _ROLES]
        said = UnitsReading(*lists)
        read = read_units(text)
        if text and (read.doubts or _roles(read) == _roles(said)):
            return units_tree(text, said)
        no_choices: tuple[Choice, ...] = ()
        if not text and not any(lists):
            why, choices = "没有写责任单位", no_choices
        else:
            why = "责任单位原文与分列的各栏不一致"
            choices = (
                Choice(f"照分列的各栏：{_role_words(said)}", _roles(said)),
                Choice(f"照原文：{_role_words(read)}", _roles(read)),
            )
        answer = self._notes.doubt(
            Doubt("units", row.place("责任单位原文"), item, text, why, "请核对，两处改成一致",
                  read=_role_words(said), choices=choices)
        )  # fmt: skip
        chosen = read_units(answer) if isinstance(answer, str) else units_of(answer)
        found = said if answer in (None, CONFIRMED) or chosen is None else chosen
        words = text or "、".join(name for names in lists for name in names)
        return units_tree(words, found) if words else None

    def _removal(self, item: str, row: OwnRow) -> Tree | None:
        day, basis = plain_day(row.text("调出日期")), row.text("调出依据")
        if row.text("调出日期") and not (day and basis):
            why = "调出清单的事项没有写明日期和依据，按没有调出读入"
            notes, place = self._notes, row.place("调出日期")
            notes.doubt(
                Doubt("row", place, item, row.text("调出日期"), why, "请补上调出日期和依据")
            )
            return None
        return {"on": day.isoformat(), "basis": basis} if day else None


def _roles(reading: UnitsReading) -> dict[str, list[str]]:
    return {key: value for key, value in units_tree("", reading).items() if key != "text"}


def _role_words(reading: UnitsReading) -> str:
    lists = (reading.lead, reading.responsible, reading.support, reading.open)
    pairs = zip(("牵头", "责任", "配合", "未列名"), lists, strict=True)
    return "；".join(f"{name}：{'、'.join(names)}" for name, names in pairs if names)


def _shared(task: Tree) -> Tree:
    """The task with the cells at its head that all of its items have alike."""
    items = task["items"]
    shared: Tree = {}
    for key in ("units", "deadline"):
        cells = [item.get(key) for item in items]
        if len(items) > 1 and cells[0] and all(cell == cells[0] for cell in cells):
            shared[key] = cells[0]
    rest = [{key: item[key] for key in item if key not in shared} for item in items]
    return {
        "id": task["id"],
        "title": task["title"] or items[0]["content"],
        **shared,
        "items": rest,
    }


def texts_of(rows: Sequence[OwnRow]) -> Iterator[str]:
    """Everything that the rows say, by which the notice's own table beside them is compared."""
    names = (
        "任务序号",
        "主要任务",
        "工作内容",
        "责任单位原文",
        "完成时限原文",
        "责任领导",
        "责任人",
    )
    for row in rows:
        yield from (row.text(name) for name in names)
        if removed := plain_day(row.text("调出日期")):
            day = f"{removed.year}年{removed.month}月{removed.day}日"
            item = f"{row.text('事项编号')}“{row.text('工作内容')}”"
            yield f"{item}{day}调出清单（{row.text('调出依据')}）"
