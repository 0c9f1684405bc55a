"""The cells of a task's rows as its items: content with its points, units, deadline, people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from gaigai_cli.notice.answers import Notes
from gaigai_cli.notice.document import Cell, Place, squeezed
from gaigai_cli.notice.doubts import AS_READ, Doubt
from gaigai_cli.notice.points import Point, number_before, split_points
from gaigai_cli.notice.prose_fields import doers, in_any_bracket
from gaigai_cli.notice.row import Headed, RawRow
from gaigai_cli.words.deadline import is_deadline
from gaigai_cli.words.heads import UNIT_ROLES, ColumnUse
from gaigai_cli.words.normal import narrow, numeral_value
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.units import read_units

# 1-1 or 1.1 before what is to be done, under the number 1.
_SUB_NUMBER: Final = regex(
    r"\s*(?P<task>[0-9]{1,3})[.\-－—](?P<n>[0-9]{1,3})(?:[、.．]\s*|\s+)(?=\D)"
)
_LINE_NUMBER: Final = regex(r"[（(]?(?P<n>\d{1,2}|[①-⑳])[.．、）)]?\s*")


@dataclass
class RawItem:
    """An item with its cells; cells that are the same object were one cell of the table. ``point``: its own number.

    ``doubts`` about it wait for its id.
    """

    content: str
    place: Place
    row: RawRow
    units: tuple[Headed, ...] = ()
    deadline: tuple[Cell, ...] = ()
    leader: str = ""
    contact: str = ""
    id: str = ""
    point: int = 0
    doubts: list[Doubt] = field(default_factory=list)

    def wait(self, doubt: Doubt) -> None:
        """Add a doubt about how it was read; it is asked once for all items alike, whatever each quotes first."""
        self.doubts.append(doubt._replace(choices=AS_READ, asked=_QUOTE.sub("", doubt.why)))


_QUOTE: Final = regex("^“[^“”]+”：")


@dataclass
class RawTask:
    """A task with its items; ``number`` as written."""

    number: str
    title: str
    place: Place
    items: list[RawItem] = field(default_factory=list)
    id: str = ""
    last_point: int = 0

    def tell(self, notes: Notes) -> None:
        """Add the doubts that waited for the ids of the items which they concern."""
        for item in self.items:
            for doubt in item.doubts:
                notes.doubt(doubt._replace(subject=item.id))


def are_numbered(rows: Sequence[RawRow]) -> bool:
    """Return whether the words of each row begin with a number of one form, each another: the notice's own.

    An excerpt of a list may begin at 5, and need not count up.
    """
    cells = dict.fromkeys(cell for row in rows if (cell := row.content or row.title))
    found = [number_before(cell.text.strip()) for cell in cells]
    forms = {match.re for match in found if match}
    numbers = {match["n"] for match in found if match}
    return len(forms) == 1 and len(numbers) == len(found) > 1


def task_of(
    rows: Sequence[RawRow], notes: Notes, before: RawTask | None, *, numbered: bool = False
) -> RawTask:
    """Return the rows of one task as its items, numbered points apart; those of the task ``before`` may go on.

    ``numbered``: the words of each row of the list begin with its number, be it 1 or not.
    """
    numbered = numbered or are_numbered(rows)
    first = rows[0]
    text = first.title or first.content
    number = first.number.text if first.number else ""
    task = RawTask(number, _joined(text.text) if text else "", first.place)
    last = 0
    earlier = before.last_point if before else 0
    above: Cell | None = None
    if second := _titles_below(rows):
        task.title = _as_one((task.title, *second))
    named = [row.title for row in rows if row.title and (row.content or row is first)]
    several = dict.fromkeys(_joined(title.text) for title in named)
    if len(several) > 1 or not task.title:
        task.title = _as_one([*several])
    title_alone = any(row.content for row in rows) and not first.said
    for row in rows:
        content = row.content or (None if title_alone or row is not first else row.title)
        if content is None and row is first and row.title and title_alone:
            continue
        if content is None or (content is above and not _acts_again(row, task)):
            _beside(row, content, task, notes)
            continue
        again, above = content is above, content
        count = len(task.items)
        last = _add_items(row, content, task, last or earlier, notes, numbered=numbered)
        if len(several) > 1 and row.title not in (None, content):  # a heading of its own
            for item in task.items[count:]:
                item.content = f"{_joined(row.title.text).rstrip('。')}：{item.content}"
        if again:
            _ask_again(*task.items[-2:])
    task.last_point = last
    return task


def _titles_below(rows: Sequence[RawRow]) -> list[str]:
    """Return the headings of further rows of one number, where they are what is to be done, not one title."""
    first = rows[0]
    if first.content is not None or first.title is None or not first.said:
        return []
    below = [row.content for row in rows[1:] if row.content and row.content is not first.title]
    return [_joined(cell.text) for cell in below]


def _as_one(titles: Sequence[str]) -> str:
    """Return several headings as one, without the stops within it."""
    bare = [*dict.fromkeys(title.rstrip("。") for title in titles)]
    return "；".join(bare) + ("。" if titles and titles[-1].endswith("。") else "")


def _joined(text: str) -> str:
    """Return a heading whose line breaks are those of a narrow column."""
    return "".join(line.strip() for line in text.split("\n"))


def _acts_again(row: RawRow, task: RawTask) -> bool:
    """Return whether a row below one cell of what is to be done, which is one item, says who or when itself."""
    before = [item for item in task.items if item.row is task.items[-1].row]
    new = {each.use for each in row.said} - {
        each.use for each in row.said if each in before[0].row.said
    }
    return len(before) == 1 and bool(new & {*UNIT_ROLES, "deadline"})


def _ask_again(before: RawItem, item: RawItem) -> None:
    """Add a doubt about an item with the cell of the one before, unless others do it, and by another day."""
    if _said(item, UNIT_ROLES) == _said(before, UNIT_ROLES) or (
        _said(item, ("deadline",)) == _said(before, ("deadline",))
    ):
        text = "　".join(each.cell.text for each in item.row.said if each not in before.row.said)
        remedy = "请核对，是同一项的请合并后再导入"
        item.wait(Doubt("content", item.row.place, "", text, _AGAIN, remedy, item.content))


def _said(item: RawItem, uses: Sequence[ColumnUse]) -> list[str]:
    return [each.cell.text for each in item.row.of(*uses)]


_AGAIN: Final = "工作内容与上一行是同一格，责任单位或完成时限不同，作为另一项"


def _beside(row: RawRow, content: Cell | None, task: RawTask, notes: Notes) -> None:
    """Add a doubt for a row that is no item of its own: a person has to say what it adds to the item above."""
    known = task.items[-1].row if task.items else RawRow(row.place)
    held = (*(each.cell for each in known.said), known.number, known.title)
    own = (*filter(None, (row.number, row.title)), *(each.cell for each in row.said))
    new = [cell for cell in own if cell not in held]
    if not new and task.items:
        return
    text = "　".join(cell.text for cell in dict.fromkeys(new))
    why = "这一行没有工作内容，看不出属于哪一项，没有写入清单"
    if content:
        why = "这一行的工作内容与上一行是同一格，看不出属于其中哪一条，没有写入清单"
    remedy = "请核对是否应并入上一项，或补上工作内容"
    notes.doubt(Doubt("row", row.place, row.place.words, text, why, remedy))


def _add_items(
    row: RawRow, content: Cell, task: RawTask, last: int, notes: Notes, *, numbered: bool
) -> int:
    """Add a row's items to its task; the number of the last point."""
    label, number = _SUB_NUMBER.match(content.text), row.point
    if label and label["task"] in re.findall("[0-9]+", narrow(task.number)):
        notes.leave_out(content.place, label[0].strip(), "条目编号")
        content, number = Cell(content.text[label.end() :], content.place), int(label["n"])
    split = split_points(content.text, after=last, anywhere=numbered)
    points = split.points
    parted = {
        each.cell: texts
        for each in row.of(*UNIT_ROLES, "deadline")
        if (texts := _same_points(each.cell.text, points))
    }
    lines = _by_line(row.deadline, points)
    for index, point in enumerate(points):
        notes.leave_out(content.place, point.label, "条目编号")
        own = {cell: Cell(texts[index], cell.place) for cell, texts in parted.items()}
        units = tuple(each._replace(cell=own.get(each.cell, each.cell)) for each in row.units)
        days = lines[index : index + 1] or [own.get(cell, cell) for cell in row.deadline]
        item = RawItem(
            point.text,
            content.place,
            row,
            units=units or doers(point.text, content.place),
            deadline=tuple(days),
            leader=_people(row.of("leader")),
            contact=_people(row.of("contact")),
            point=point.number if point.label else number,
        )
        if index == 0 and (row.lacks_content or not content.text):
            why = "没有写工作内容" + ("，用任务名称代替" if content.text else "")
            doubt = Doubt("content", row.place, "", content.text, why, "请核对", content.text)
            item.wait(doubt)
        if index == 0 and row.unsure:
            remedy = "请核对工作内容、责任单位和完成时限"
            item.wait(Doubt("content", row.place, "", content.text, _UNSURE, remedy, content.text))
        signs = _SIGN.match(content.text) if content.place.table and len(points) == 1 else None
        if signs and content.text.count(signs[0]) > 1:
            why = f"“{signs[0]}”后面的几条没有拆成几项"
            item.wait(
                Doubt("content", content.place, "", content.text, why, _NOT_SPLIT, "作为一项")
            )
        if split.doubt:
            read = f"作为{len(points)}项" if len(points) > 1 else "作为一项"
            doubt = Doubt("content", content.place, "", content.text, split.doubt, _NOT_SPLIT, read)
            item.wait(doubt)
        if lines:
            (cell,) = row.deadline
            why = "时限的行数与条目数相同，按逐条对应处理"
            read = "；".join(line.text for line in lines)
            doubt = Doubt("deadline", cell.place, "", cell.text, why, "请核对", read)
            item.wait(doubt)
        if units and (other := _units_in_bracket(point.text, units)):
            remedy = "请核对，要写入的请补在责任单位里再导入"
            read = "；".join(each.cell.text for each in units)
            doubt = Doubt("units", content.place, "", other, _OTHER_UNITS, remedy, read)
            item.wait(doubt)
        task.items.append(item)
    for cell in parted:
        notes.leave_out(cell.place, "、".join(point.label for point in points), "条目编号")
    return points[-1].number or last


_SIGN: Final = regex("[●○■□◆◇▲△▪•]")
_NOT_SPLIT: Final = "请核对是否要拆成几项；要拆的请在文件中逐条换行编号后再导入"
_UNSURE: Final = "这一行的格与表头对不上，看不出哪一格是哪一栏的"
_OTHER_UNITS: Final = "工作内容末尾的括号里另有单位，没有写入责任单位"


def _units_in_bracket(text: str, units: Sequence[Headed]) -> str:
    """Return the bracket at the end of a text that names units which its columns don't; empty without one."""
    (_, inside), *_ = in_any_bracket(text).fields or (("", ""),)
    reading = read_units(inside)
    said = "".join(each.cell.text for each in units)
    others = [name for name in (*reading.names, *reading.open) if name not in said]
    return inside if others and not reading.doubts else ""


def _by_line(cells: Sequence[Cell], points: Sequence[Point]) -> list[Cell]:
    """Return a line of the deadline for each point; else nothing."""
    if len(points) < 2 or len(cells) != 1:
        return []
    (cell,) = cells
    lines = [line.strip() for line in cell.text.split("\n") if line.strip()]
    if len(lines) != len(points) or not all(map(is_deadline, lines)):
        return []
    return [Cell(line, cell.place) for line in lines]


def _same_points(text: str, points: Sequence[Point]) -> list[str]:
    """Return the texts of a cell's points where they are numbered as the content's are; else none.

    1.6月底 is point 1 where the next line is point 2 and the content has these points too.
    """
    if len(points) < 2:
        return []
    split = split_points(text)
    if not split.doubt and [p.number for p in split.points] == [p.number for p in points]:
        return [point.text for point in split.points]
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) != len(points):
        return []
    matches = [_LINE_NUMBER.match(line) for line in lines]
    numbers = [numeral_value(match["n"]) if match else 0 for match in matches]
    if numbers != [point.number for point in points]:
        return []
    return [line[match.end() :] for line, match in zip(lines, matches, strict=True) if match]


def _people(parts: Sequence[Headed]) -> str:
    """Return one column's words as they are; of several each with its head."""
    if len(parts) == 1:
        return _lines(parts[0].cell.text)
    return "；".join(f"{squeezed(head)}：{_lines(cell.text)}" for _, head, cell in parts)


def _lines(text: str) -> str:
    """Return lines of a cell on one, separated as words in a line are."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return (
        "".join(line if line[-1] in "、，,；;" else f"{line}、" for line in lines[:-1]) + lines[-1]
    )
