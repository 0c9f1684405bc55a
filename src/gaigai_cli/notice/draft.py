"""A document and the office's answers made into a draft of a data directory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.exported import EXAMPLE
from gaigai_cli.notice import notice_block, numbers
from gaigai_cli.notice.answers import Answers, Notes
from gaigai_cli.notice.blocks import arranged
from gaigai_cli.notice.cells import (
    NoticeRules,
    Tree,
    day_of_all,
    own_day,
    read_deadline_of,
    read_units_of,
    rules_of,
    set_known,
)
from gaigai_cli.notice.document import Document, Line, Place
from gaigai_cli.notice.doubts import (
    CONFIRMED,
    SEEN,
    SUGGESTED,
    TITLES,
    Choice,
    Doubt,
    Key,
    LeftOut,
    Refused,
    grouped,
)
from gaigai_cli.notice.head import read_head, supervisors
from gaigai_cli.notice.indicators import indicators_of
from gaigai_cli.notice.items import RawItem, RawTask, are_numbered, task_of
from gaigai_cli.notice.leads import (
    LeadRule,
    Marking,
    marking,
    read,
    sections_of,
    statements,
    zones_of,
)
from gaigai_cli.notice.points import number_of
from gaigai_cli.notice.reporting import proposed
from gaigai_cli.notice.row import Found, Headed, RawRow
from gaigai_cli.notice.table import ask_all_columns, find_rows, items_of, tell_unread
from gaigai_cli.notice.trace import Taken, taken
from gaigai_cli.words.deadline import days_in_text
from gaigai_cli.words.heads import UNIT_ROLES
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.unit_lexicon import YOURS, is_name
from gaigai_cli.words.units import read_units

_REMOVED: Final = regex(r"[-*\s]*([^\s“]+)“.+”\d{4}年\d{1,2}月\d{1,2}日调出清单（")
_WHO: Final = regex("负责|牵头|责任|主办|落实")
_OWN_COLUMN: Final = "事项编号"
_ORDER: Final = {code: number for number, code in enumerate(TITLES)}


@dataclass(frozen=True)
class Draft:
    """Trees of ``tasks.yaml`` and ``departments.yaml``, and all that a person has to look at, in ``doubts``.

    ``taken`` is what each row of the notice was taken for; nothing for a list that our own export wrote. ``reporting``
    is the reporting cycle that the notice states, once the office has confirmed it. ``unused`` are the answers that
    fit no doubt.
    """

    notice: Tree
    tasks: list[Tree]
    units: list[Tree]
    doubts: tuple[Doubt, ...]
    left_out: tuple[LeftOut, ...]
    refused: tuple[Refused, ...] = ()
    taken: tuple[Taken, ...] = ()
    reporting: Tree = field(default_factory=dict)
    unused: tuple[Key, ...] = ()

    @property
    def list_tree(self) -> Tree:
        """The tree of ``tasks.yaml``."""
        return {"notice": self.notice, "tasks": self.tasks}

    @property
    def open_doubts(self) -> tuple[Doubt, ...]:
        """Those that nobody has answered, without what is only suggested."""
        return tuple(each for each in self._open if each.code != SUGGESTED)

    @property
    def suggestions(self) -> tuple[Doubt, ...]:
        """The proposed indicators that nobody has decided on."""
        return tuple(each for each in self._open if each.code == SUGGESTED)

    @property
    def _open(self) -> Iterator[Doubt]:
        return (doubt for doubt in self.doubts if doubt.answer is None)


def make_draft(
    document: Document,
    answers: Answers,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Draft:
    """Return the draft; ``told`` is how many tasks of how many are read.

    Raises ``GaigaiError`` where there is no list.
    """
    notes = Notes(answers)
    if own := _own_list(document, notes):
        return own
    document, laid = arranged(document, answers.columns)
    found, notes = _rows(document, answers)
    _around(found, laid, notes)
    _remarks(document, notes)
    head = read_head(found.before, found.after)
    if not found.rows:
        if not ask_all_columns(document, notes):
            raise _no_list(document)
        nothing = _draft(notice_block.fields(head, Notes(answers)), [], [], notes)
        return replace(nothing, taken=taken(found, head, [], notes))
    _taken_out(found, notes)
    days = ["　".join(cell.text for cell in row.deadline) for row in found.rows]
    head = notice_block.with_year_of_days(head, days)
    notice = notice_block.fields(head, notes)
    tasks: list[RawTask] = []
    numbered = are_numbered(found.rows)
    for rows in items_of([_addressed(row, notice["addressee"]) for row in found.rows]):
        task = task_of(rows, notes, tasks[-1] if tasks else None, numbered=numbered)
        if task.items:
            tasks.append(task)
    numbers.number(tasks, notes, found.again)
    for task in tasks:
        task.tell(notes)
    context = _context(found, tasks, notice, notes)
    trees = []
    for number, task in enumerate(tasks):
        told(number, len(tasks))
        trees.append(_task_tree(task, context))
    units = notice_block.units(trees, notes)
    heads = [(each.roles[at], each.heads[at]) for each in found.columns for at in each.units]
    lines = [*found.before, *found.after, *(Line(cell.text, cell.place) for cell in found.notes)]
    offices = supervisors(lines)
    notice_block.finish(notice, head, units, trees, unit_heads=heads, offices=offices, notes=notes)
    if any(line.text.strip("* ") == EXAMPLE for line in found.before):
        notice["example"] = "true"
    reporting = proposed(lines, notice, notes)
    made = _draft(notice, trees, units, notes)
    return replace(made, taken=taken(found, head, tasks, notes), reporting=reporting)


def _no_list(document: Document) -> GaigaiError:
    """Return that there is no list; of labels that nobody knows the office can say what they are.

    A table that was pasted cell by cell, and of which nobody can tell the rows, is better taken from its file.
    """
    from gaigai_cli.notice.prose_lines import unknown_label
    from gaigai_cli.notice.text_tables import heads_alone

    look = "清单应是表格（有“工作任务、责任单位、完成时限”一类的表头），或逐条编号的段落"
    if found := unknown_label(document):
        label, place = found
        ask = f"看不出{place.words}的“{label}”后面写的是什么，如是责任单位，请用 --columns {label}=责任单位 写明"
        look = f"{ask}；{look}"
    elif heads := heads_alone([*document.lines]):
        names = "、".join(line.text for line in heads)
        table = f"{heads[0].place.words}起像是逐格粘贴的表格（{names}）"
        look = f"{table}，分不清哪几格是一行，请改用原来的docx、xlsx文件导入"
    return GaigaiError("没有找到任务清单", look)


def _addressed(row: RawRow, addressee: str) -> RawRow:
    """Return a row in which 你局 is the one unit that the letter is written to."""
    if not is_name(addressee):
        return row
    said = (
        each._replace(cell=each.cell._replace(text=YOURS.sub(addressee, each.cell.text)))
        if each.use in UNIT_ROLES and YOURS.search(each.cell.text)
        else each
        for each in row.said
    )
    return row._replace(said=tuple(said))


def _around(found: Found, laid: frozenset[Line], notes: Notes) -> None:
    """List what stands below the list, or beside it in a layout table, as left out: all of it is found again.

    So is what is below a table that was pasted as lines, which may be a further one.
    """
    told = {(each.place, each.text) for each in notes.left_out}
    pasted = [head.line for head in found.heads if head.line]
    after = frozenset(found.after)
    for line in (*found.before, *found.after):
        below = (pasted and line.place.line > pasted[0]) or line in after
        if (line in laid or below) and (line.place, line.text) not in told:
            notes.leave_out(line.place, line.text, "清单以外的文字")


def _rows(document: Document, answers: Answers) -> tuple[Found, Notes]:
    """Return the list's rows with the doubts about them: of known heads, else of paragraphs or guessed columns.

    A table of numbered tasks alone is one where there is nothing else.
    """
    notes = Notes(answers)
    found = find_rows(document, notes)
    if found.rows:
        _tell_beside(found, notes)
        return found, notes
    from gaigai_cli.notice.prose import rows_of_paragraphs

    in_prose, guessed = Notes(answers), Notes(answers)
    paragraphs = rows_of_paragraphs(document, in_prose)
    table = find_rows(document, guessed, guessing=True)
    if paragraphs.rows and len(paragraphs.rows) > len(table.rows):
        tell_unread(document, paragraphs, in_prose)
        return paragraphs, in_prose
    if table.rows:
        return table, guessed
    bare = Notes(answers)
    tasks = find_rows(document, bare, guessing=True, bare=True)
    return (tasks, bare) if tasks.rows else (found, Notes(answers))


def _tell_beside(found: Found, notes: Notes) -> None:
    """Add a doubt about numbered paragraphs beside tables that say who acts: they may be items, too."""
    headings = {each.cell.place for row in found.rows for each in row.said}
    numbered = [
        line
        for line in (*found.before, *found.after)
        if line.place not in headings and number_of(line.text) and _WHO.search(line.text)
    ]
    if numbered:
        from gaigai_cli.notice.paragraphs import tell_outside

        tell_outside(numbered, notes)


def _draft(notice: Tree, tasks: list[Tree], units: list[Tree], notes: Notes) -> Draft:
    doubts = grouped(sorted(notes.doubts, key=lambda doubt: _ORDER[doubt.code]))
    left_out, refused = tuple(notes.left_out), tuple(notes.refused)
    unused = notes.answers.unused(notes.doubts) if tasks else ()
    return Draft(notice, tasks, units, tuple(doubts), left_out, refused, unused=unused)


def _own_list(document: Document, notes: Notes) -> Draft | None:
    """Return the list of one of our own exports, which has ids and days in columns; None for a notice."""
    heads = (table.rows[0] for table in document.tables if table.rows)
    if not any(cell.text.strip() == _OWN_COLUMN for head in heads for cell in head):
        return None
    from gaigai_cli.notice.own_list import own_list

    own = own_list(document, notes)
    if own is None:
        return None
    _remarks(document, notes)
    return _draft(*own, notes)


def _taken_out(found: Found, notes: Notes) -> None:
    """Add a doubt for each item that our own Markdown says was taken out: its row isn't in the file."""
    for line in found.after:
        if match := _REMOVED.match(line.text):
            why = "这一事项已调出清单，文件里没有它的责任单位和时限，没有读入；同一任务的事项编号可能因此变动"
            remedy = "请用 gaigai export --format xlsx 或 json 导出后再导入"
            notes.doubt(Doubt("numbers", line.place, match[1], line.text, why, remedy,
                              choices=SEEN))  # fmt: skip


def _remarks(document: Document, notes: Notes) -> None:
    for remark in document.remarks:
        notes.doubt(
            Doubt("file", remark.place, remark.kind, remark.text, remark.why, remark.remedy,
                  choices=SEEN, asked=remark.why)
        )  # fmt: skip


def _context(found: Found, tasks: Sequence[RawTask], notice: Tree, notes: Notes) -> NoticeRules:
    parts = [part for task in tasks for item in task.items for part in item.units]
    texts = [
        *(head for columns in found.columns for head in columns.heads),
        *(cell.text for cell in found.notes),
        *(line.text for line in (*found.after, *found.before)),
    ]
    known = frozenset(name for text in notes.answers.named for name in read_units(text).unknown)
    cells = [cell.text for *_, cell in parts]
    known |= sections_of(cells) | zones_of(cells)
    how = marking(statements(texts), parts)
    readings = [read(item.units, how, known) for task in tasks for item in task.items if item.units]
    leads = any(each.reading.lead for each in readings)
    how = _settled(how, leads, parts, notes)
    stated = day_of_all(texts)
    return rules_of(notice, notes)._replace(how=how, some_lead=leads, known=known, day=stated)


_FIRST = Choice("列第一位的为牵头单位", "first")
_NOBODY = Choice("都是责任单位，没有牵头单位", "none")


def _settled(how: Marking, leads: bool, parts: Sequence[Headed], notes: Notes) -> Marking:
    """Return how leads are marked once the office has answered, where the notice doesn't say."""
    place = parts[0][2].place if parts else Place()
    mark = how.assumed_mark or ("加粗" if how.by_bold and how.rule is None else "")
    if mark:
        said = "加粗或有下划线" if mark == "加粗" else f"打了“{mark}”"
        read = "加粗的为牵头单位" if mark == "加粗" else f"打{mark}的为牵头单位"
        why, remedy = f"有的单位{said}，文件没有说明它的意思", "请核对"
        if how.unused_mark and mark != "加粗":
            why = f"文件说明{how.unused_mark}的为牵头单位，各处打的却是“{mark}”"
        choices = (Choice(read, CONFIRMED), *([_FIRST] if mark == "加粗" else []), _NOBODY)
    elif not (leads or how.columns) and parts and (how.rule is None or how.unused_mark):
        unused = how.unused_mark
        why = "文件没有写明谁是牵头单位，也没有写明怎样识别"
        if how.other_way:
            why = f"文件说明“{how.other_way}”，看不出是哪些单位"
        if unused:
            nowhere = unused.removeprefix("打").removeprefix("有")
            why = f"文件说明{unused}的为牵头单位，但各处都没有{nowhere}，可能在转换格式时丢了"
        read, remedy = "都作为责任单位", "请选一种；不选则各事项没有牵头单位，不能申请销号"
        choices = (_FIRST, _NOBODY)
    else:
        return how
    doubt = Doubt("lead-rule", place, "牵头单位", mark, why, remedy, read=read, choices=choices)
    return _answered(how, mark, notes.doubt(doubt))


def _answered(how: Marking, mark: str, answer: Any) -> Marking:
    if answer == _FIRST.value:
        return Marking(LeadRule("first", "答复"), used=how.used, columns=how.columns)
    if answer == _NOBODY.value and mark == "加粗":
        return how._replace(bold=False)
    if answer == _NOBODY.value and mark:
        return how._replace(other_marks=how.other_marks | {mark}, used=how.used - {mark})
    return how


def _task_tree(task: RawTask, context: NoticeRules) -> Tree:
    """Return a task; what all of its items share stands at the task alone, where it has several."""
    tree: Tree = {"id": task.id, "title": task.title}
    several = len(task.items) > 1
    share_units = several and len({item.units for item in task.items}) == 1
    same_deadline = several and len({item.deadline for item in task.items}) == 1
    share_deadline = same_deadline and not _tells_days(task)
    if share_units:
        content = "\n".join(item.content for item in task.items)
        units = task.items[0].units
        read = read_units_of(task.id, units, context, task.place, content=content)
        set_known(tree, "units", read)
    if share_deadline:
        cells = task.items[0].deadline
        read = read_deadline_of(task.id, cells, context, task.place, content=_day_in(task.title))
        set_known(tree, "deadline", read)
    tree["items"] = [
        _item_tree(item, task, context, own_units=not share_units, own_deadline=not share_deadline)
        for item in task.items
    ]
    return tree


def _tells_days(task: RawTask) -> bool:
    """Return whether one of its items says a day where there are no words of a deadline, or one of its own."""
    if any(map(_own_day, task.items)):
        return True
    written = any(not cell.blank for item in task.items for cell in item.deadline)
    return not written and any(days_in_text(item.content) for item in task.items)


def _own_day(item: RawItem) -> str:
    return own_day(item.content, point=item.point > 0)


def _day_in(title: str) -> str:
    """Return a title that says by when: 推进示例事项，6月底前完成; nothing for others (2024年示例行动)."""
    return title if title.endswith("完成") and days_in_text(title) else ""


def _item_tree(
    item: RawItem, task: RawTask, context: NoticeRules, *, own_units: bool, own_deadline: bool
) -> Tree:
    tree: Tree = {"id": item.id, "content": item.content}
    if own_units:
        read = read_units_of(item.id, item.units, context, item.place, content=item.content)
        set_known(tree, "units", read)
    if own_deadline:
        content = item.content if days_in_text(item.content) else _day_in(task.title)
        read = read_deadline_of(
            item.id, item.deadline, context, item.place, content=content, own=_own_day(item)
        )
        set_known(tree, "deadline", read)
    found = indicators_of(item.id, item.content, item.place, context.notes)
    set_known(tree, "indicators", found)
    set_known(tree, "leader", item.leader)
    set_known(tree, "contact", item.contact)
    return tree
