"""The cells of a task's rows as its items: content, units, deadline, people, proposed indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from gaigai_cli.model.deadline_words import DeadlineReading, read_deadline
from gaigai_cli.model.unit_words import read_units
from gaigai_cli.notice import units as unit_cells
from gaigai_cli.notice.answers import CONFIRMED
from gaigai_cli.notice.document import Cell, Place
from gaigai_cli.notice.doubts import Choice, Doubt, Notes
from gaigai_cli.notice.points import Point, split_points, value
from gaigai_cli.notice.rows import RawRow, UnitPart
from gaigai_cli.notice.trees import Tree, deadline_of, deadline_tree, units_of, units_tree
from gaigai_cli.notice.units import Marking

_STATE_UNITS: Final = "写成“牵头单位：甲；责任单位：乙、丙”的样子"
_STATE_DAY: Final = "写明日期，如“6月30日”；确无日期的选“时限待定”"
_LINE_NUMBER: Final = re.compile(r"[（(]?(?P<n>[0-9０-９]{1,2}|[①-⑳])[.．、）)]?\s*")
_ANY_YEARS: Final = (2000, 2040)
_UNSET: Final = "时限待定，由督办机构另行明确"


@dataclass(frozen=True, slots=True)
class Context:
    """What the reading of every cell needs: the notice's year and day, how leads are marked, where doubts go."""

    year: int | None
    issued: date | None
    how: Marking
    some_lead: bool
    notes: Notes


@dataclass
class RawItem:
    """An item with its cells; cells that are the same object were one cell of the table."""

    content: str
    place: Place
    row: RawRow
    units: tuple[UnitPart, ...] = ()
    deadline: tuple[Cell, ...] = ()
    leader: str = ""
    contact: str = ""
    id: str = ""


@dataclass
class RawTask:
    """A task with its items; ``number`` as written."""

    number: str
    title: str
    place: Place
    items: list[RawItem] = field(default_factory=list)
    id: str = ""


def task_of(rows: Sequence[RawRow], notes: Notes) -> RawTask:
    """The rows of one task as its items, numbered points apart."""
    first = rows[0]
    text = first.title or first.content
    number = first.number.text if first.number else ""
    task = RawTask(number, _joined(text.text) if text else "", first.place)
    if first.title and "\n" in first.title.text:
        task.title = _joined(first.title.text)
    last = 0
    before: Cell | None = None
    for row in rows:
        content = row.content or (row.title if row is first and _has_no_content(rows) else None)
        if content is None or content is before:
            _beside(row, task, notes)
            continue
        if row.lacks_content:
            notes.doubt(
                Doubt("content", row.place, _squeezed(task), content.text, "没有写工作内容，用任务名称代替",
                      "请核对", read=content.text, choices=(Choice("照此处理", CONFIRMED),))
            )  # fmt: skip
        before = content
        last = _add_items(row, content, task, last, notes)
    return task


def _has_no_content(rows: Sequence[RawRow]) -> bool:
    return all(row.content is None for row in rows)


def _joined(text: str) -> str:
    """A heading whose line breaks are those of a narrow column."""
    return "".join(line.strip() for line in text.split("\n"))


def _beside(row: RawRow, task: RawTask, notes: Notes) -> None:
    """A row that has no content of its own: what it adds to the item above is for a person to place."""
    known = task.items[-1] if task.items else None
    held: set[Cell] = set()
    if known:
        held = {first for first in (*_cells(known.row), known.row.number, known.row.title) if first}
    new = [cell for cell in dict.fromkeys(_cells(row)) if cell not in held]
    if not known:
        new = [cell for cell in (row.number, row.title) if cell] + new
    if not new and known:
        return
    text = "　".join(cell.text for cell in new)
    notes.doubt(
        Doubt("row", row.place, row.place.words, text, "这一行没有工作内容，看不出属于哪一项，没有写入清单",
              "请核对是否应并入上一项，或补上工作内容")
    )  # fmt: skip


def _cells(row: RawRow) -> Iterator[Cell]:
    """The cells of a row beside its number, title and content."""
    yield from (cell for _, _, cell in row.units)
    yield from row.deadline
    yield from (cell for _, cell in (*row.leader, *row.contact))


def _add_items(row: RawRow, content: Cell, task: RawTask, last: int, notes: Notes) -> int:
    """Add a row's items to its task; the number of the last point."""
    split = split_points(content.text, expected=last + 1 if last else 1)
    points = split.points
    if split.doubt:
        notes.doubt(
            Doubt("content", content.place, _squeezed(task), content.text, split.doubt,
                  "请核对是否要拆成几项；要拆的请在文件中逐条换行编号后再导入",
                  read=f"作为{len(points)}项" if len(points) > 1 else "作为一项",
                  choices=(Choice("照此处理", CONFIRMED),))
        )  # fmt: skip
    units = _by_point([part[2] for part in row.units], points)
    deadline = _by_point(row.deadline, points)
    for index, point in enumerate(points):
        notes.leave_out(content.place, point.label, "条目编号")
        task.items.append(
            RawItem(
                point.text,
                content.place,
                row,
                units=tuple(
                    (role, head, cell)
                    for (role, head, _), cell in zip(row.units, units[index], strict=True)
                ),
                deadline=tuple(deadline[index]),
                leader=_people(row.leader),
                contact=_people(row.contact),
            )
        )
    for cell in (*[part[2] for part in row.units], *row.deadline):
        if _same_points(cell.text, points):
            notes.leave_out(cell.place, "、".join(point.label for point in points), "条目编号")
    return points[-1].number


def _squeezed(task: RawTask) -> str:
    return task.number.strip() or task.title[:20]


def _by_point(cells: Sequence[Cell], points: Sequence[Point]) -> list[list[Cell]]:
    """Of each point its cells: one with the same numbers as the content is taken apart as the content was."""
    found: list[list[Cell]] = [[] for _ in points]
    for cell in cells:
        parts = _same_points(cell.text, points)
        for index in range(len(points)):
            found[index].append(Cell(parts[index], cell.place) if parts else cell)
    return found


def _same_points(text: str, points: Sequence[Point]) -> list[str]:
    """The texts of a cell's points where they are numbered as the content's are; else none.

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
    numbers = [value(match["n"]) if match else 0 for match in matches]
    if numbers != [point.number for point in points]:
        return []
    return [line[match.end() :] for line, match in zip(lines, matches, strict=True) if match]


def _people(parts: Sequence[tuple[str, Cell]]) -> str:
    """One column's words as they are; of several each with its head."""
    if len(parts) == 1:
        return _lines(parts[0][1].text)
    return "；".join(f"{''.join(head.split())}：{_lines(cell.text)}" for head, cell in parts)


def _lines(text: str) -> str:
    """Lines of a cell on one, separated as words in a line are."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return (
        "".join(line if line[-1] in "、，,；;" else f"{line}、" for line in lines[:-1]) + lines[-1]
    )


def read_units_of(
    item_id: str, parts: Sequence[UnitPart], context: Context, place: Place
) -> Tree | None:
    """The unit cell of a task or item, a doubt where it is not certain; None where the cell is empty."""
    notes = context.notes
    if not parts:
        notes.doubt(Doubt("units", place, item_id, "", "没有写责任单位", f"请补上，{_STATE_UNITS}"))
        value = notes.doubts[-1].answer
        reading = _units_answer(value)
        return units_tree(str(value), reading) if reading else None
    read = unit_cells.read(parts, context.how)
    doubts = list(read.doubts)
    if not doubts and not read.leads and read.reading.responsible and context.some_lead:
        doubts.append("没有写明谁牵头")
    if not doubts:
        return units_tree(read.text, read.reading)
    doubt = Doubt(
        "units",
        parts[0][2].place,
        item_id,
        read.text,
        "；".join(doubts),
        f"请核对，{_STATE_UNITS}",
        read=_reading_words(read.reading),
        choices=_unit_choices(read),
    )
    answer = notes.doubt(doubt)
    reading = _units_answer(answer) or read.reading
    return units_tree(read.text, reading)


def _units_answer(value: Any) -> Any:
    """An answer's map of roles, or words that are read as a cell is."""
    if isinstance(value, str) and value != CONFIRMED:
        reading = read_units(value)
        return None if reading.doubts else reading
    return units_of(value)


def _reading_words(reading: Any) -> str:
    words = (
        ("牵头", reading.lead),
        ("责任", reading.responsible),
        ("配合", reading.support),
        ("未列名", reading.open),
    )
    return "；".join(f"{name}：{'、'.join(names)}" for name, names in words if names)


def _unit_choices(read: unit_cells.Units) -> tuple[Choice, ...]:
    """What else a cell could mean, where that can be told."""
    choices = []
    if read.reading.lead or read.reading.responsible or read.reading.open:
        choices.append(Choice(f"照此处理：{_reading_words(read.reading)}", CONFIRMED))
    joined = "".join(read.text.split())
    for words, text in (
        ("不计换行和空格", joined),
        ("空格和换行分开各单位", "、".join(read.text.split())),
    ):
        reading = read_units(text)
        if not reading.doubts and text != read.text:
            value = {k: v for k, v in units_tree("", reading).items() if k != "text"}
            choices.append(Choice(f"{words}：{_reading_words(reading)}", value))
    named = read.reading.responsible
    if named and not read.reading.lead:
        value = {
            "lead": [named[0]],
            "responsible": list(named[1:]),
            "open": list(read.reading.open),
        }
        choices.append(Choice(f"{named[0]}牵头，其余为责任单位", value))
    return tuple(choices)


def read_deadline_of(
    item_id: str, cells: Sequence[Cell], context: Context, place: Place
) -> Tree | None:
    """The deadline of a task or item, a doubt where it is not certain; None where nothing is known."""
    notes = context.notes
    text = "至".join(cell.text for cell in cells)
    place = cells[0].place if cells else place
    reading = _reading(text, context)
    if reading.deadline is not None and not reading.doubts:
        return deadline_tree(reading.deadline)
    read = deadline_tree(reading.deadline) if reading.deadline is not None else None
    why = "；".join(reading.doubts) if text.strip() else "没有写完成时限"
    choices = [Choice("照此处理", CONFIRMED)] if read else []
    choices += [*_day_choices(text, context), Choice(_UNSET, {"kind": "unset"})]
    answer = notes.doubt(
        Doubt("deadline", place, item_id, text, why, f"请{_STATE_DAY}",
              read=_tree_words(read) if read else "", choices=tuple(choices))
    )  # fmt: skip
    return _deadline_answer(answer, text, context) or read or _waiting(text)


def _reading(text: str, context: Context) -> DeadlineReading:
    """A deadline's words in the notice's year; without a year only what names its own is read."""
    if context.year is not None:
        return read_deadline(text, year=context.year, issued=context.issued)
    reading, other = (read_deadline(text, year=year) for year in _ANY_YEARS)
    if reading.deadline != other.deadline:
        return DeadlineReading(None, ("任务年度不详，没有写年份的时限不能确定",))
    doubts = reading.doubts if reading.doubts == other.doubts else ()
    return DeadlineReading(reading.deadline, doubts)


def _waiting(text: str) -> Tree | None:
    """A deadline that nobody understands is not set, its words kept."""
    return {"text": text, "kind": "unset"} if text.strip() else None


def _deadline_answer(value: Any, text: str, context: Context) -> Tree | None:
    """An answer's map, or words that are read as a cell is; the text stays the notice's."""
    words = text if text.strip() else "（原文未写）"
    if isinstance(value, str) and value != CONFIRMED:
        reading = _reading(value, context)
        if reading.deadline is None:
            return None
        return {**deadline_tree(reading.deadline), "text": words}
    return deadline_of(value, words)


def _day_choices(text: str, context: Context) -> list[Choice]:
    """Days that the words could mean, as words that are read again."""
    found = []
    joined = "".join(text.split())
    for ending, words in (("前", "之前"), ("初", "上旬"), ("左右", "")):
        if joined.endswith(ending) and joined != ending:
            base = joined.removesuffix(ending)
            for guess in (f"{base}底", base if words == "" else ""):
                reading = _reading(guess, context)
                if guess and reading.deadline is not None and not reading.doubts:
                    found.append(Choice(f"按“{guess}”处理", guess))
    if "年" in joined and joined.rstrip("年").isdecimal():
        found += [Choice("年底前完成", f"{joined}底"), Choice("全年持续", f"{joined}持续推进")]
    return found


def _tree_words(tree: Tree) -> str:
    shown = (
        f"{key}：{value}" for key, value in tree.items() if key not in ("text", "stages", "kind")
    )
    stages = (f"{stage['text']}：{stage['due']}" for stage in tree.get("stages", ()))
    return "；".join((_KINDS[tree["kind"]], *shown, *stages))


_KINDS: Final = {
    "fixed": "有明确时限",
    "ongoing": "持续推动落实",
    "staged": "分阶段",
    "recurring": "按期重复",
    "unset": "时限待定",
}
