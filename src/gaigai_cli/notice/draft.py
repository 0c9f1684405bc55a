"""A document and the office's answers made into a draft of a data directory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice import notice_block, numbers, people
from gaigai_cli.notice.answers import CONFIRMED, Answers
from gaigai_cli.notice.columns import Columns
from gaigai_cli.notice.document import Document, Place
from gaigai_cli.notice.doubts import TITLES, Choice, Doubt, LeftOut, Notes
from gaigai_cli.notice.figures import figures
from gaigai_cli.notice.heading import read_head
from gaigai_cli.notice.items import RawItem, RawTask, task_of
from gaigai_cli.notice.raw import Found, UnitPart
from gaigai_cli.notice.reading import Context, read_deadline_of, read_units_of
from gaigai_cli.notice.rows import find_rows, items_of
from gaigai_cli.notice.statements import LeadRule, Statements, statements
from gaigai_cli.notice.trees import Tree
from gaigai_cli.notice.units import Marking, marking, read

_ORDER: Final = {code: number for number, code in enumerate(TITLES)}


@dataclass(frozen=True)
class Draft:
    """Trees of ``tasks.yaml`` and ``departments.yaml``, and all that a person has to look at."""

    notice: Tree
    tasks: list[Tree]
    units: list[Tree]
    doubts: tuple[Doubt, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def list_tree(self) -> Tree:
        """The tree of ``tasks.yaml``."""
        return {"notice": self.notice, "tasks": self.tasks}

    @property
    def open_doubts(self) -> tuple[Doubt, ...]:
        """Those that nobody has answered."""
        return tuple(doubt for doubt in self.doubts if doubt.answer is None)


def make_draft(document: Document, answers: Answers) -> Draft:
    """The draft. Raises ``GaigaiError`` where the document holds no list."""
    notes = Notes(answers)
    found = find_rows(document, notes)
    if not found.rows:
        from gaigai_cli.notice.paragraphs import rows_of_paragraphs

        notes = Notes(answers)
        found = rows_of_paragraphs(document, notes)
    if not found.rows:
        raise GaigaiError(
            "没有找到任务清单",
            "清单应是表格（有“工作任务、责任单位、完成时限”一类的表头），或逐条编号并写明责任单位的段落",
        )
    _remarks(document, notes)
    head = read_head(found.before, found.after)
    notice = notice_block.fields(head, notes)
    tasks: list[RawTask] = []
    for rows in items_of(found.rows):
        task = task_of(rows, notes, tasks[-1] if tasks else None)
        if task.items:
            tasks.append(task)
    numbers.number(tasks, notes)
    context = _context(found, tasks, notice, notes)
    trees = [_task_tree(task, context, answers) for task in tasks]
    units = people.units(trees, notes)
    heads = [head for columns in found.columns for head in _unit_heads(columns)]
    notice_block.finish(notice, head, units, trees, unit_heads=heads, notes=notes)
    doubts = sorted(notes.doubts, key=lambda doubt: _ORDER[doubt.code])
    return Draft(notice, trees, units, tuple(doubts), tuple(notes.left_out))


def _unit_heads(columns: Columns) -> list[tuple[str, str]]:
    return [(columns.roles[index], columns.heads[index]) for index in columns.units]


def _remarks(document: Document, notes: Notes) -> None:
    for remark in document.remarks:
        notes.doubt(
            Doubt("file", remark.place, remark.code, remark.text, remark.why, remark.remedy,
                  choices=(Choice("已核对", CONFIRMED),))
        )  # fmt: skip


def _context(found: Found, tasks: Sequence[RawTask], notice: Tree, notes: Notes) -> Context:
    parts = [part for task in tasks for item in task.items for part in item.units]
    texts = [
        *(head for columns in found.columns for head in columns.heads),
        *(cell.text for cell in found.notes),
        *(line.text for line in (*found.after, *found.before)),
    ]
    how = marking(statements(texts), parts)
    year = int(notice["year"]) if str(notice["year"]).isdecimal() else None
    issued = date.fromisoformat(notice["issued"]) if notice["issued"] else None
    readings = [read(item.units, how) for task in tasks for item in task.items if item.units]
    leads = any(reading.leads for reading in readings)
    how = _settled(how, leads, parts, notes)
    return Context(year, issued, how, leads, notes)


_FIRST = Choice("列第一位的为牵头单位", "first")
_NOBODY = Choice("都是责任单位，没有牵头单位", "none")


def _settled(how: Marking, leads: bool, parts: Sequence[UnitPart], notes: Notes) -> Marking:
    """How leads are marked once the office has answered, where the notice doesn't say."""
    place = parts[0][2].place if parts else Place()
    choices: tuple[Choice, ...]
    if how.assumed_mark:
        mark = how.assumed_mark
        why = f"有的单位打了“{mark}”，文件没有说明它的意思"
        read_as, choices = (
            f"打{mark}的为牵头单位",
            (Choice(f"打{mark}的为牵头单位", CONFIRMED), _NOBODY),
        )
    elif how.by_bold and how.rule is None:
        mark = "加粗"
        why = "有的单位加粗，文件没有说明它的意思"
        read_as, choices = (
            "加粗的为牵头单位",
            (Choice("加粗的为牵头单位", CONFIRMED), _FIRST, _NOBODY),
        )
    elif not leads and parts and how.rule is None:
        mark = ""
        why = "文件没有写明谁是牵头单位，也没有写明怎样识别"
        read_as, choices = "都作为责任单位", (_FIRST, _NOBODY)
    else:
        return how
    answer = notes.doubt(
        Doubt("lead-rule", place, "牵头单位", mark, why, "请选一种；不选则各事项没有牵头单位，不能申请销号"
              if not mark else "请核对", read=read_as, choices=choices)
    )  # fmt: skip
    return _answered(how, mark, answer)


def _answered(how: Marking, mark: str, answer: Any) -> Marking:
    if answer == _FIRST.value:
        return how._replace(said=Statements(LeadRule("first", "答复")), bold=False)
    if answer == _NOBODY.value and mark == "加粗":
        return how._replace(bold=False)
    if answer == _NOBODY.value and mark:
        return how._replace(said=Statements(how.said.rule, how.said.other_marks | {mark}, "答复"))
    return how


def _task_tree(task: RawTask, context: Context, answers: Answers) -> Tree:
    """A task; what all of its items share stands at the task alone, where it has several."""
    tree: Tree = {"id": task.id, "title": task.title}
    several = len(task.items) > 1
    share_units = several and _same([item.units for item in task.items], lambda part: part[2])
    share_deadline = several and _same([item.deadline for item in task.items], lambda cell: cell)
    if share_units:
        _set(tree, "units", read_units_of(task.id, task.items[0].units, context, task.place))
    if share_deadline:
        _set(
            tree, "deadline", read_deadline_of(task.id, task.items[0].deadline, context, task.place)
        )
    tree["items"] = [
        _item_tree(
            item, context, answers, own_units=not share_units, own_deadline=not share_deadline
        )
        for item in task.items
    ]
    return tree


def _same(cells: Sequence[Sequence[Any]], cell_of: Any) -> bool:
    first = [cell_of(part) for part in cells[0]]
    return all([cell_of(part) for part in each] == first for each in cells)


def _set(tree: Tree, key: str, value: Any) -> None:
    if value:
        tree[key] = value


def _item_tree(
    item: RawItem, context: Context, answers: Answers, *, own_units: bool, own_deadline: bool
) -> Tree:
    tree: Tree = {"id": item.id, "content": item.content}
    if own_units:
        _set(tree, "units", read_units_of(item.id, item.units, context, item.place))
    if own_deadline:
        _set(tree, "deadline", read_deadline_of(item.id, item.deadline, context, item.place))
    _set(tree, "indicators", _indicators(item, context, answers))
    _set(tree, "leader", item.leader)
    _set(tree, "contact", item.contact)
    return tree


def _indicators(item: RawItem, context: Context, answers: Answers) -> Any:
    """The office's answer; until there is one nothing: a proposal is no indicator."""
    proposed = [figure.indicator for figure in figures(item.content)]
    doubt = Doubt(
        "indicators",
        item.place,
        item.id,
        item.content,
        f"文中有{len(proposed)}处数字可能是指标",
        "请逐项核对名称、单位、目标和计数办法，确认后写入",
        read="；".join(_proposal_words(number, each) for number, each in enumerate(proposed, 1)),
        choices=(Choice("按建议写入", proposed), Choice("不设指标", [])),
    )
    answer = context.notes.doubt(doubt) if proposed else answers.find(doubt.key)
    return answer if isinstance(answer, list) else None


_MEASURES: Final = {"entries": "逐件计数", "latest": "以最近一次为准"}
_WORDS: Final = {"at_least": "不少于", "at_most": "不超过", "equal": "等于"}


def _proposal_words(number: int, indicator: Tree) -> str:
    """A proposed indicator in one line: ``(1) 业务培训：不少于2次，逐件计数（原文为…）``."""
    (kind, value), *_ = indicator["target"].items()
    target = f"{_WORDS[kind]}{value}{indicator['unit']}" if kind in _WORDS else value
    how = "逐月判定" if "cycle" in indicator else _MEASURES[indicator["measure"]]
    each = "，每个单位各自完成" if indicator.get("per") == "unit" else ""
    note = f"（{indicator['note']}）" if "note" in indicator else ""
    return f"({number}) {indicator['name']}：{target}，{how}{each}{note}"
