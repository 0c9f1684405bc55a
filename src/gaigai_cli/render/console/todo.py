"""What waits on a morning, on the screen and as JSON."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.lights import waiting_workdays
from gaigai_cli.judge.owed_reports import missing_words
from gaigai_cli.model.ledger import Entry
from gaigai_cli.query.instructions import Instruction, instructions
from gaigai_cli.render.console.list import (
    BRIEF,
    ID,
    LEAD,
    Share,
    headed,
    listed,
    year_is_over,
)
from gaigai_cli.render.console.overdue import (
    OWING_HEADS,
    TURNS,
    TURNS_HEADS,
    UNREPORTED,
    turns_row,
)
from gaigai_cli.render.grid import Head, head_row
from gaigai_cli.render.json import iso, item_json
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    WARNING,
    WRONG,
    Page,
    Part,
    StyledText,
    cells,
    page,
    paragraph,
)
from gaigai_cli.render.short import deadline_words, item_cells, left_words
from gaigai_cli.report.ladder import PaperSent
from gaigai_cli.report.todo import Todo, ToVerify
from gaigai_cli.words.say import (
    coordinator,
    day_words,
    days_left_words,
    milestones_words,
    short_number,
    waited_words,
)

_WAITED: Final = Head("已等", right=True)
MOST_ROWS: Final = 20
"""Of one section; what is left over is told by its number."""

_ITEM_HEADS: Final = head_row(ID, BRIEF, LEAD, "时限", Head("", right=True))

_INSTRUCTION_HEADS: Final = head_row(
    "来源", Head("要点", "text"), Head("主办单位", "names"), "反馈时限", Head("", right=True)
)

Rows = Sequence[Sequence[StyledText]]


class Waiting(NamedTuple):
    """What waits of a list, as cells by section. ``findings`` tells how many there are in words, empty for none.

    ``over`` says that the list's year is over, and where to see what is owed all the same, as no rows are shown of it;
    empty where it isn't.
    """

    unit: str | None
    sections: tuple["TodoSection", ...]
    findings: str
    over: str


class TodoSection(NamedTuple):
    """Title, columns and rows of what a field ``of`` a `Todo` has, and the command that shows more of it.

    ``usual``: that it is empty is worth a word.
    """

    of: str
    title: str
    heads: Sequence[Head]
    rows: Rows
    more: str = "gaigai show 编号"
    usual: bool = True


def waiting(judgement: Judgement, todo: Todo, findings: str) -> Waiting:
    """Return what the page of ``todo`` shows of a list."""
    over = year_is_over(judgement)
    if over and (todo.overdue or todo.unreported):
        over += "仍逾期未办结、应报未报的，运行 gaigai overdue 查看。"
    parts = tuple(part._replace(rows=()) if over else part for part in sections(judgement, todo))
    return Waiting(todo.unit, parts, findings, over)


def todo_page(shares: Sequence[Share[Waiting]]) -> Page:
    """Return the page of ``todo``."""
    units = {one.content.unit for one in shares}
    title = f"{'、'.join(sorted(filter(None, units)))}待办" if any(units) else "今日待办"
    each = [
        [(one.name, one.content.sections[number]) for one in shares]
        for number in range(max((len(one.content.sections) for one in shares), default=0))
    ]
    rowless = [parts[0][1] for parts in each if not any(part.rows for _, part in parts)]
    empty = [part.title for part in rowless if part.usual]
    nothing = len(rowless) == len(each)
    return page(
        headed(shares, title),
        paragraph("没有待办事项。")
        if nothing and not all(one.content.over for one in shares)
        else (),
        *(paragraph(one.named(one.content.over)) for one in shares if one.content.over),
        *(_section(parts) for parts in each),
        paragraph(f"没有{'、'.join(empty)}的事项。", FAINT) if empty and not nothing else (),
        *(
            paragraph(
                f"{f'{one.name}的' if one.name else ''}数据中有{one.content.findings}，运行 gaigai check 查看。",
                WARNING,
            )
            for one in shares
            if one.content.findings
        ),
    )


def sections(judgement: Judgement, todo: Todo) -> Iterator[TodoSection]:
    """Yield the sections of a list, empty ones too."""
    year, office = judgement.ledger.tasks.notice.year, judgement.ledger.office
    yield TodoSection(
        "to_verify",
        "待核验",
        head_row(ID, BRIEF, LEAD, "申请日期", _WAITED),
        [_to_verify_row(w, year) for w in todo.to_verify],
        "gaigai list --status 待核验",
    )
    yield TodoSection(
        "extensions",
        "待批延期",
        head_row(ID, BRIEF, "申请单位", "现行时限", "申请延至", _WAITED, Head("理由", "text")),
        [
            cells(
                *item_cells(item),
                entry.unit,
                deadline_words(item),
                day_words(entry.record.due, year) if entry.record.due else "",
                _waited(item, entry.counts),
                entry.record.reason or "",
            )
            for item, entry in todo.extensions
        ],
    )
    yield TodoSection(
        "to_file",
        "节点待备案",
        head_row(ID, BRIEF, "报送单位", "报送日期", Head("节点", "text")),
        [
            cells(
                *item_cells(item),
                entry.unit,
                day_words(entry.record.date, year),
                milestones_words(entry.record, year),
            )
            for item, entry in todo.to_file
        ],
        usual=False,
    )
    yield TodoSection(
        "instructions",
        "交办事项",
        head_row("记录编号", *_INSTRUCTION_HEADS),
        [_instruction_row(one, year) for one in todo.instructions],
        "gaigai instructions",
        usual=False,
    )
    yield TodoSection(
        "to_coordinate",
        "需协调",
        head_row(ID, BRIEF, "反映单位", "由谁协调", "反映日期", Head("存在问题", "text")),
        [
            cells(
                *item_cells(item),
                entry.unit,
                coordinator(entry.record.coordinate or "", office),
                day_words(entry.record.date, year),
                entry.record.problems or "",
            )
            for item, entry in todo.to_coordinate
        ],
        usual=False,
    )
    yield TodoSection(
        "to_explain",
        "抽查核验不符",
        head_row(ID, BRIEF, Head("待说明单位", "names"), "核验日期", Head("所见情况", "text")),
        [
            cells(
                *item_cells(item),
                "、".join(units),
                day_words(check.record.date, year),
                check.record.summary or "",
            )
            for item, check, units in todo.to_explain
        ],
        usual=False,
    )
    yield TodoSection(
        "receipts",
        "未交回执",
        head_row(
            *("督办编号", "层级", "事项"),
            Head("未交单位", "names"),
            "反馈时限",
            Head("", right=True),
        ),
        [_receipt_row(paper, todo.day, year) for paper in todo.receipts],
    )
    yield _of_items("overdue", "逾期未办结", todo.overdue, "gaigai overdue")
    yield _of_items("due", "本周到期", todo.due, "gaigai due --within 7")
    turns = list(map(turns_row, todo.turns))
    yield TodoSection("turns", TURNS, TURNS_HEADS, turns, "gaigai overdue")
    yield TodoSection(
        "short",
        "指标未达",
        (ID, BRIEF, LEAD, Head("未达标指标", "text")),
        [
            (*_common(item), StyledText("、".join(f.indicator.name for f in item.short), WARNING))
            for item in todo.short
        ],
        usual=False,
    )
    never = _of_items("never", "从未报送进展", todo.never, "gaigai list --status 未报进展")
    # Where reports are owed by period these are among 未按期报送.
    yield never._replace(usual=judgement.ledger.rules.reporting is None)
    yield TodoSection(
        "unreported",
        UNREPORTED,
        OWING_HEADS,
        [_unreported_row(item, todo.unit) for item in todo.unreported],
        "gaigai overdue",
    )


def _of_items(of: str, title: str, items: Sequence[JudgedItem], more: str) -> TodoSection:
    """Return a section of items with their deadlines."""
    rows = [(*_common(i), StyledText(deadline_words(i)), left_words(i)) for i in items]
    return TodoSection(of, title, _ITEM_HEADS, rows, more)


def _section(parts: Sequence[tuple[str, TodoSection]]) -> Iterator[Part]:
    """Yield a section of all lists; of many rows the first are shown."""
    _, title, heads, _, more, _ = parts[0][1]
    rows = [(name, row) for name, part in parts for row in part.rows]
    if not rows:
        return
    yield (StyledText(title, STRONG), StyledText(f"  {len(rows)}项"))
    yield listed(heads, rows[:MOST_ROWS])
    if len(rows) > MOST_ROWS:
        more = more.replace("编号", "清单/编号") if any(name for name, _ in rows) else more
        words = f"以上为前{MOST_ROWS}项，其余{len(rows) - MOST_ROWS}项运行 {more} 查看。"
        yield paragraph(words, FAINT)


def _to_verify_row(waiting: ToVerify, year: int) -> Sequence[StyledText]:
    words = _waited(waiting.item, waiting.applied)
    return cells(
        *_common(waiting.item),
        day_words(waiting.applied, year),
        StyledText(f"{words}，超期" if waiting.over else words, WARNING if waiting.over else ""),
    )


def _waited(item: JudgedItem, since: date) -> str:
    days = waiting_workdays(since, item.state, item.ledger)
    return "—" if days is None else waited_words(since, item.state.day, days)


def _instruction_row(one: Instruction, year: int) -> Sequence[StyledText]:
    record, left = one.record, one.days_left
    late = one.step == "待反馈" and left is not None and left < 0
    about = f"{record.item}：" if record.item else ""
    return cells(
        StyledText(short_number(record), STRONG),
        StyledText(
            f"{'急　' if record.urgent else ''}{record.kind}", WARNING if record.urgent else ""
        ),
        f"{about}{record.summary}",
        "、".join(one.missing or one.leads),
        day_words(record.reply_by, year) if record.reply_by else "",
        StyledText(
            f"{one.step}，逾期{-left}天" if late and left else one.step, WRONG if late else ""
        ),
    )


def _receipt_row(paper: PaperSent, day: date, year: int) -> Sequence[StyledText]:
    left = (paper.reply_by - day).days
    return cells(
        StyledText(paper.number, STRONG),
        paper.level,
        "、".join(paper.entry.record.items or ()),
        "、".join(paper.missing),
        day_words(paper.reply_by, year),
        StyledText(f"逾期{-left}天", WRONG) if left < 0 else days_left_words(left),
    )


def _unreported_row(item: JudgedItem, unit: str | None) -> Sequence[StyledText]:
    owed = [
        missed if unit is None else missed._replace(units=(unit,))
        for missed in item.missed
        if unit is None or unit in missed.units
    ]
    return cells(*item_cells(item), *missing_words(owed, item.ledger))


def _common(item: JudgedItem) -> Sequence[StyledText]:
    return cells(*item_cells(item), "、".join(item.state.units.lead))


def todo_json(todo: Todo, *, errors: int, warnings: int) -> dict[str, Any]:
    """Return the JSON of ``todo``."""
    return {
        "day": todo.day.isoformat(),
        "unit": todo.unit,
        "to_verify": [
            {
                "id": waiting.item.id,
                "stage": waiting.stage,
                "lead": list(waiting.item.state.units.lead),
                "applied": waiting.applied.isoformat(),
                "workdays": waiting.workdays,
                "over": waiting.over,
            }
            for waiting in todo.to_verify
        ],
        "extensions": [
            {
                **_whose(item, entry),
                "asked": entry.record.date.isoformat(),
                "due": iso(entry.record.due),
                "reason": entry.record.reason,
                "workdays": waiting_workdays(entry.counts, item.state, item.ledger),
            }
            for item, entry in todo.extensions
        ],
        "receipts": [_receipt_json(paper, todo.day) for paper in todo.receipts],
        "overdue": [item_json(item) for item in todo.overdue],
        "due": [item_json(item) for item in todo.due],
        "report_missing": [item_json(item) for item in todo.unreported],
        "findings": {"errors": errors, "warnings": warnings},
        "turns_missed": [item_json(item) for item in todo.turns],
        "targets_missed": [item_json(item) for item in todo.short],
        "never_reported": [item_json(item) for item in todo.never],
        "instructions": [instruction_json(one) for one in todo.instructions],
        "to_file": [
            {
                **_whose(item, entry),
                "milestones": [
                    {"name": step.name, "due": step.due.isoformat(), "mark": step.mark}
                    for step in entry.record.milestones or ()
                ],
            }
            for item, entry in todo.to_file
        ],
        "to_coordinate": [
            {
                **_whose(item, entry),
                "coordinate": entry.record.coordinate,
                "reported": entry.record.date.isoformat(),
                "problems": entry.record.problems,
            }
            for item, entry in todo.to_coordinate
        ],
        "to_explain": [
            {
                "id": item.id,
                "record": check.record.id,
                "units": list(units),
                "inspected": check.record.date.isoformat(),
                "summary": check.record.summary,
            }
            for item, check, units in todo.to_explain
        ],
    }


def _whose(item: JudgedItem, entry: Entry) -> dict[str, Any]:
    return {"id": item.id, "record": entry.record.id, "unit": entry.unit}


def instructions_page(shares: Sequence[Share[Rows]]) -> Page:
    """Return the register of what leaders and meetings have demanded, with where each stands."""
    rows = [(one.name, row) for one in shares for row in one.content]
    heads = head_row("记录编号", "日期", *_INSTRUCTION_HEADS)
    return page(
        headed(shares, "交办事项"),
        listed(heads, rows) if rows else paragraph("没有登记过批示、议定事项。"),
    )


def instruction_rows(judgement: Judgement) -> list[Sequence[StyledText]]:
    """Return the rows of that register, the latest first."""
    year = judgement.ledger.tasks.notice.year
    found = sorted(instructions(judgement), key=lambda one: one.entry.order, reverse=True)
    rows: list[Sequence[StyledText]] = []
    for one in found:
        number, *others = _instruction_row(one, year)
        rows.append((number, StyledText(day_words(one.record.date, year)), *others))
    return rows


def instruction_json(one: Instruction) -> dict[str, Any]:
    """Return the JSON of a demand from above; who made it stands in the record alone."""
    record = one.record
    return {
        "record": record.id,
        "kind": record.kind,
        "id": record.item,
        "date": record.date.isoformat(),
        "summary": record.summary,
        "lead": list(one.leads),
        "assist": list(one.assist),
        "urgent": bool(record.urgent),
        "reply_by": iso(record.reply_by),
        "days_left": one.days_left,
        "missing": list(one.missing),
        "step": one.step,
    }


def _receipt_json(paper: PaperSent, day: date) -> dict[str, Any]:
    record = paper.entry.record
    return {
        "number": record.number,
        "record": record.id,
        "level": record.level,
        "items": list(record.items or ()),
        "missing": list(paper.missing),
        "reply_by": iso(record.reply_by),
        "days_left": (paper.reply_by - day).days,
    }
