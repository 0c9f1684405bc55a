"""A list without a table: numbered paragraphs that say who and when, in brackets or on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gaigai_cli.notice.columns import Role, role_of
from gaigai_cli.notice.document import Cell, Document
from gaigai_cli.notice.doubts import Doubt, Notes
from gaigai_cli.notice.paragraph_fields import Part, closing_at, names_people, take_fields
from gaigai_cli.notice.paragraph_parts import POINTS, level_of, numbered, unnumbered
from gaigai_cli.notice.points import value
from gaigai_cli.notice.raw import Found, RawRow

_CONTENT: Final = re.compile(
    r"(?m)(?<=\n)(?:主要|工作|具体|目标|重点)?(?:内容|举措|措施|任务|要求)[：:][ \t\u3000]*"
)
_SENTENCE: Final = re.compile(r"[。；！]")


def rows_of_paragraphs(document: Document, notes: Notes) -> Found:
    """The rows of a list in paragraphs: each one that names units or a deadline is an item."""
    found = Found()
    lines = list(document.lines)
    parts = list(numbered(lines, found))
    _cut_closing(parts, found, notes)
    _take_all(parts, notes)
    if not any(part.is_item for part in parts):
        found = Found()
        parts = unnumbered(lines, found, notes)
        _take_all(parts, notes)
    if not parts:
        return Found()
    _share_fields(parts, notes)
    _rows(parts, found, notes)
    return found


def _take_all(parts: Sequence[Part], notes: Notes) -> None:
    for part in parts:
        take_fields(part)
        _take_label(part, notes)


def _take_label(part: Part, notes: Notes) -> None:
    """主要内容： before what is to be done is a column's name, where it is the only one."""
    labels = list(_CONTENT.finditer(part.text)) if part.is_item else []
    if len(labels) == 1:
        label = labels[0]
        notes.leave_out(part.lines[0].place, label[0].strip(), "栏目的名称")
        part.text = part.text[: label.start()] + part.text[label.end() :]


def _cut_closing(parts: Sequence[Part], found: Found, notes: Notes) -> None:
    """What follows the last item is about the whole list: so is whom to ask, where no other item names people."""
    if not parts:
        return
    *others, last = parts
    end = closing_at(last)
    if not any(names_people(line) for part in others for line in part.lines):
        end = next((i for i in range(1, end) if names_people(last.lines[i])), end)
    for line in last.lines[end:]:
        found.after.append(line)
        notes.leave_out(line.place, line.text, "清单后面的文字")
    del last.lines[end:]
    last.text = "\n".join([last.text.partition("\n")[0], *(line.text for line in last.lines[1:])])


def _share_fields(parts: Sequence[Part], notes: Notes) -> None:
    """Points of which only the last says who and when, on lines below it: so do those before, with a doubt."""
    for at, part in enumerate(parts):
        if not (part.is_item and part.below and part.level >= POINTS):
            continue
        for other in reversed(parts[:at]):
            if other.level != part.level or other.is_item:
                break
            other.fields = part.fields
            notes.doubt(
                Doubt("row", other.lines[0].place, other.label, f"{other.label}{other.text}",
                      "这一段没有写责任单位和完成时限，按与下面一条共用处理", "请核对",
                      read="；".join(f"{name}：{words}" for name, words in part.fields))
            )  # fmt: skip


def _rows(parts: Sequence[Part], found: Found, notes: Notes) -> None:
    """Items under their nearest heading; a heading's own number is the task's where items are its points."""
    headed = all(_has_heading(part) for part in parts if part.is_item) or _run_on(parts)
    headings: dict[int, Part] = {}
    task: Part | None = None
    for part in parts:
        headings = {at: heading for at, heading in headings.items() if at < part.level}
        if not part.is_item:
            headings[part.level] = part
            if not any(_items_of(part, parts)):
                _no_item(part, notes)
            continue
        heading = headings[max(headings)] if headings else None
        inner = heading is not None and not headed and _is_task(heading, parts)
        row = _row(part, heading if inner else None)
        continues = inner and task is heading
        task = heading if inner else None
        if continues:
            last = found.rows[-1]
            row = _continued(row, last)
        found.rows.append(row)
    _tell_headings(parts, found, notes)


def _tell_headings(parts: Sequence[Part], found: Found, notes: Notes) -> None:
    """A heading that is a task's title stands in the list but for its number; others group tasks."""
    titles = {row.title.text for row in found.rows if row.title}
    for heading in parts:
        if heading.is_item or not any(_items_of(heading, parts)):
            continue
        place, text = heading.lines[0].place, heading.text.strip()
        if text in titles:
            notes.leave_out(place, heading.label, "条目编号")
        else:
            notes.leave_out(place, f"{heading.label}{text}", "分组的标题")


def _run_on(parts: Sequence[Part]) -> bool:
    """Whether the numbers of items count on from heading to heading: then they are the tasks, the headings groups."""
    items = [part for part in parts if part.is_item]
    numbers = [value(match["n"]) for part in items if (match := level_of(part.lines[0].text)[1])]
    headings = sum(not part.is_item and any(_items_of(part, parts)) for part in parts)
    return headings > 1 and len(numbers) > 2 and numbers == list(range(1, len(numbers) + 1))


def _items_of(heading: Part, parts: Sequence[Part]) -> Iterator[bool]:
    return (part.is_item for part in _below(heading, parts))


def _has_heading(part: Part) -> bool:
    """Whether a paragraph begins with a heading of its own: it is a task rather than a point of one."""
    title, content = _title(part)
    return title != content


def _below(part: Part, parts: Sequence[Part]) -> Iterator[Part]:
    """The paragraphs below a heading, up to the next of its level."""
    at = next(index for index, each in enumerate(parts) if each is part)
    for other in parts[at + 1 :]:
        if other.level <= part.level:
            return
        yield other


def _is_task(heading: Part, parts: Sequence[Part]) -> bool:
    """Whether the numbers below a heading begin anew with each heading: then it is the task, they its points."""
    first = next(iter(_below(heading, parts)), None)
    if first is None:
        return False
    _, match = level_of(first.lines[0].text)
    firsts = [h for h in parts if h.level == heading.level and not h.is_item]
    return (
        len(firsts) > 0
        and match is not None
        and all(
            (below := next(iter(_below(h, parts)), None)) is None
            or ((m := level_of(below.lines[0].text)[1]) is not None and value(m["n"]) == 1)
            for h in firsts
        )
    )


def _no_item(part: Part, notes: Notes) -> None:
    notes.doubt(
        Doubt("row", part.lines[0].place, part.label, f"{part.label}{part.text}",
              "这一段没有写责任单位和完成时限，没有写入清单", "是任务的请补上责任单位后再导入")
    )  # fmt: skip


def _row(part: Part, heading: Part | None) -> RawRow:
    place = part.lines[0].place
    title, content = _title(part) if heading is None else (heading.text.strip(), part.text)
    number = part.label if heading is None else heading.label
    title_cell = Cell(title, place)
    units: list[tuple[Role, str, Cell]] = []
    people: dict[str, list[tuple[str, Cell]]] = {"leader": [], "contact": []}
    deadline: list[Cell] = []
    for name, words in part.fields:
        role = role_of(name)
        if role == "deadline":
            deadline.append(Cell(words, place))
        elif role in people:
            people[role].append((name, Cell(words, place)))
        else:
            units.append((role, name, Cell(words, place)))
    return RawRow(
        place,
        number=Cell(number, place),
        title=title_cell,
        content=Cell(content, place),
        units=tuple(units),
        deadline=tuple(deadline[:1]),
        leader=tuple(people["leader"]),
        contact=tuple(people["contact"]),
    )


def _title(part: Part) -> tuple[str, str]:
    """A paragraph's first sentence is its heading where it is short and more follows."""
    first, stop, rest = part.text.partition("\n")
    if stop and len(first) <= 40:
        return first.strip().rstrip("。"), rest.strip()
    end = _SENTENCE.search(part.text)
    if end and end.end() < len(part.text.strip()) and end.start() <= 30:
        return part.text[: end.start()].strip(), part.text[end.end() :].strip()
    return part.text.strip(), part.text.strip()


def _continued(row: RawRow, last: RawRow) -> RawRow:
    return RawRow(
        row.place, last.number, last.title, row.content, row.units, row.deadline, row.leader,
        row.contact, continues=True,
    )  # fmt: skip
