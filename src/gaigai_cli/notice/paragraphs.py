"""A list without a table: numbered paragraphs that say who and when, in brackets or on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from gaigai_cli.model.deadline_words import read_deadline
from gaigai_cli.model.unit_words import read_units
from gaigai_cli.notice.columns import Role, role_of
from gaigai_cli.notice.document import Cell, Document, Line
from gaigai_cli.notice.doubts import Doubt, Notes
from gaigai_cli.notice.points import value
from gaigai_cli.notice.raw import Found, RawRow

_LEVELS: Final[tuple[re.Pattern[str], ...]] = (
    re.compile(r"(?P<n>[一二三四五六七八九十]{1,3})[、.．]\s*"),
    re.compile(r"[（(](?P<n>[一二三四五六七八九十]{1,3})[）)]\s*"),
    re.compile(r"(?P<n>[0-9０-９]{1,3})[.．、](?![0-9])\s*"),
    re.compile(r"[（(](?P<n>[0-9０-９]{1,3})[）)]\s*"),
    re.compile(r"(?P<n>[①-⑳])\s*"),
)
_WHO: Final = (
    "牵头责任单位|责任牵头单位|牵头单位|牵头部门|主办单位|配合责任单位|配合单位|配合部门|协办单位|参与单位|"
    "责任单位及责任人|责任单位|责任部门|承办单位|落实单位|实施单位"
)
_WHEN: Final = (
    "完成时限|完成时间|时间节点|完成期限|时限要求|办理时限|工作时限|时间要求|进度安排|时限"
)
_WHOSE: Final = "责任领导|分管领导|牵头领导|责任人|联系人|联系电话"
_LABEL: Final = re.compile(
    rf"(?P<label>{_WHO}|{_WHEN}|{_WHOSE})\s*(?:[（(][^（）()]*[）)])?\s*[：:]\s*"
)
_OPEN: Final = "（(〔[【"
_CLOSE: Final = "）)〕]】"
_SIGNS: Final = re.compile(
    r"[^。；，：:]{2,45}(?:局|办|办公室|委员会|政府|领导小组|中心|指挥部|厅|部|委)"
)
_EDGE: Final = "，,；;。 　\n"
_SENTENCE: Final = re.compile(r"[。；！]")


@dataclass
class _Part:
    """A numbered paragraph with the lines that belong to it."""

    level: int
    label: str
    lines: list[Line] = field(default_factory=list)
    text: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_item(self) -> bool:
        return any(
            role_of(name) in ("responsible", "lead", "support", "deadline")
            for name, _ in self.fields
        )


def rows_of_paragraphs(document: Document, notes: Notes) -> Found:
    """The rows of a list in paragraphs: each one that names units or a deadline is an item."""
    found = Found()
    parts = list(_numbered(document, found))
    for part in parts:
        _take_fields(part)
    if not any(part.is_item for part in parts):
        return Found()
    _rows(parts, found, notes)
    return found


def _numbered(document: Document, found: Found) -> Iterator[_Part]:
    """The numbered paragraphs, lines that follow each with it; what stands before the first is the head."""
    part: _Part | None = None
    for line in document.lines:
        level, match = _level(line.text)
        if match is not None:
            if part:
                yield part
            part = _Part(level, match[0].strip())
            part.lines.append(line)
            part.text = line.text[match.end() :]
        elif part is None or _ends_list(line.text):
            if part is not None:
                found.after += _signature(part)
            (found.before if part is None else found.after).append(line)
        else:
            part.lines.append(line)
            part.text += f"\n{line.text}"
    if part:
        yield part


def _level(text: str) -> tuple[int, re.Match[str] | None]:
    for level, pattern in enumerate(_LEVELS):
        if (match := pattern.match(text)) and value(match["n"]):
            return level, match
    return 0, None


def _ends_list(text: str) -> bool:
    """A note below the list, a signature's day: no more words of the paragraph before."""
    return bool(re.match(r"(?:注|附件|备注)\s*[：:]|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日$", text))


def _signature(part: _Part) -> list[Line]:
    """The lines above the day that sign: they are no words of the paragraph before."""
    taken: list[Line] = []
    while len(part.lines) > 1 and _SIGNS.fullmatch(part.lines[-1].text) and len(taken) < 3:
        taken.insert(0, part.lines.pop())
        part.text = part.text.rpartition("\n")[0]
    return taken


def _take_fields(part: _Part) -> None:
    """Take 责任单位：… out of the text of a paragraph, and the bracket that holds it."""
    labels = list(_LABEL.finditer(part.text))
    if not labels:
        _take_bracket(part)
        return
    first = labels[0].start()
    opening = part.text[:first].rstrip()[-1:]
    start = part.text[:first].rstrip().__len__() - 1 if opening and opening in _OPEN else first
    ends = [label.start() for label in labels[1:]] + [len(part.text)]
    for label, end in zip(labels, ends, strict=True):
        words = part.text[label.end() : end].strip(_EDGE)
        part.fields.append((label["label"], _unbracketed(words)))
    part.text = part.text[:start].strip()


def _unbracketed(words: str) -> str:
    """Without the closing bracket of the whole, which stands behind the last field."""
    while (
        words
        and words[-1] in _CLOSE
        and sum(c in _OPEN for c in words) < sum(c in _CLOSE for c in words)
    ):
        words = words[:-1].strip(_EDGE)
    return words


def _take_bracket(part: _Part) -> None:
    """（县住建局牵头，6月底前完成）at the end: units and perhaps a deadline, if all of it is understood."""
    text = part.text.rstrip("。 \n")
    if not text or text[-1] not in _CLOSE:
        return
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        depth += (text[index] in _CLOSE) - (text[index] in _OPEN)
        if depth == 0:
            break
    inner = text[index + 1 : -1].strip()
    units, when = _who_and_when(inner)
    if units:
        part.fields.append(("责任单位", units))
        if when:
            part.fields.append(("完成时限", when))
        part.text = text[:index].strip()


def _who_and_when(inner: str) -> tuple[str, str]:
    if not read_units(inner).doubts:
        return inner, ""
    for cut in (m.start() for m in re.finditer("[，；,;。]", inner)):
        units, when = inner[:cut].strip(_EDGE), inner[cut + 1 :].strip(_EDGE)
        reading = read_deadline(when, year=2024)
        if not read_units(units).doubts and reading.value is not None and not reading.doubts:
            return units, when
    return "", ""


def _rows(parts: Sequence[_Part], found: Found, notes: Notes) -> None:
    """Items under their nearest heading; a heading's own number is the task's where items are its points."""
    items = [part for part in parts if part.is_item]
    level = min(part.level for part in items)
    headings: dict[int, _Part] = {}
    task: _Part | None = None
    for part in parts:
        headings = {at: heading for at, heading in headings.items() if at < part.level}
        if not part.is_item:
            headings[part.level] = part
            if any(other.is_item and other.level > part.level for other in _below(part, parts)):
                continue
            _no_item(part, notes)
            continue
        heading = headings[max(headings)] if headings else None
        inner = heading is not None and heading.level >= level - 1 and _is_task(heading, parts)
        row = _row(part, heading if inner else None)
        continues = inner and task is heading
        task = heading if inner else None
        if continues:
            last = found.rows[-1]
            row = _continued(row, last)
        found.rows.append(row)
    for heading in (part for part in parts if not part.is_item):
        notes.leave_out(heading.lines[0].place, heading.label, "条目编号")


def _below(part: _Part, parts: Sequence[_Part]) -> Iterator[_Part]:
    """The paragraphs below a heading, up to the next of its level."""
    at = next(index for index, each in enumerate(parts) if each is part)
    for other in parts[at + 1 :]:
        if other.level <= part.level:
            return
        yield other


def _is_task(heading: _Part, parts: Sequence[_Part]) -> bool:
    """Whether the numbers below a heading begin anew with each heading: then it is the task, they its points."""
    first = next(iter(_below(heading, parts)), None)
    if first is None:
        return False
    _, match = _level(first.lines[0].text)
    firsts = [h for h in parts if h.level == heading.level and not h.is_item]
    return (
        len(firsts) > 0
        and match is not None
        and all(
            (below := next(iter(_below(h, parts)), None)) is None
            or ((m := _level(below.lines[0].text)[1]) is not None and value(m["n"]) == 1)
            for h in firsts
        )
    )


def _no_item(part: _Part, notes: Notes) -> None:
    notes.doubt(
        Doubt("row", part.lines[0].place, part.label, f"{part.label}{part.text}",
              "这一段没有写责任单位和完成时限，没有写入清单", "是任务的请补上责任单位后再导入")
    )  # fmt: skip


def _row(part: _Part, heading: _Part | None) -> RawRow:
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


def _title(part: _Part) -> tuple[str, str]:
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
