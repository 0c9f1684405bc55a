"""清单 and 事项: the list from every side, and everything of one item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from starlette.responses import Response

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.lights import LEGEND, elapsed_course, elapsed_percent, points_too_far_behind
from gaigai_cli.model.kinds import APPLICATIONS, HIGHLIGHT, KINDS
from gaigai_cli.model.labels import KIND_WORDS
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import EvidenceFile
from gaigai_cli.model.roles import ROLES
from gaigai_cli.model.statuses import STANDINGS, is_closed_out, shown_standing
from gaigai_cli.query.choose import (
    DEADLINE_WORDS,
    LIGHT_WORDS,
    ROLE_WORDS,
    SORT_WORDS,
    STATUS_WORDS,
    Filter,
    ItemRow,
    SortKey,
    records_of,
    select,
)
from gaigai_cli.render import charts
from gaigai_cli.render.columns import COLUMNS, SHEET, shown
from gaigai_cli.render.console.card import contradicted, instructed, issued_facts, judged_facts
from gaigai_cli.render.console.list import marks as meanings
from gaigai_cli.render.console.list import open_bodies, summary
from gaigai_cli.render.console.records import History
from gaigai_cli.render.rows import as_csv, as_workbook, data_of
from gaigai_cli.render.short import figure_value
from gaigai_cli.report.facts import highlighted
from gaigai_cli.report.ladder import PAPERS, ladder
from gaigai_cli.web.visit import Visit, file_answer
from gaigai_cli.web.ways import Action, address, do
from gaigai_cli.words.period import month_of
from gaigai_cli.words.say import full_day, target_words
from gaigai_cli.words.told import marks
from gaigai_cli.work import correct
from gaigai_cli.work.instruct import INSTRUCTION
from gaigai_cli.work.record import TAKING_BACK, own_kinds_now, taken_back_now
from gaigai_cli.work.rule import PRAISE, rulings_now

_SHOWN: Final = (
    "id", "brief", "lead", "deadline", "days_left", "status", "light", "percent", "last_report",
)  # fmt: skip


def items(visit: Visit) -> Response:
    """Return the list as it is asked for; its address is the view."""
    judgement = visit.directory.judgement
    wanted, sort = _wanted(visit)
    selection = select(judgement, wanted, sort)
    columns = [COLUMNS[key] for key in _SHOWN]
    if wanted.dept:
        columns.insert(3, COLUMNS["role"])
    remark = open_bodies(selection)
    rows = shown(selection.rows, columns)
    return visit.show(
        "items.html",
        nav="清单",
        columns=columns,
        groups=_groups(visit, selection.rows),
        sentence=summary(rows),
        remark=remark or "",
        legend=(*meanings(columns, rows), LEGEND, "进度下的横条为所报百分比，竖线为序时进度。"),
        progress=_progress,
        words={name: visit.all_asked(name) for name in _FILTERS},
        query=[(k, v) for k, v in visit.request.query_params.multi_items() if v],
        choices={
            "单位": [unit.name for unit in judgement.ledger.units.all],
            "角色": [role.word for role in ROLES],
            "状态": [shown_standing(one) for one in STANDINGS],
            "亮灯": tuple(LIGHT_WORDS),
            "时限类型": list(KIND_WORDS.values()),
            "排序": list(SORT_WORDS),
            "到期月份": sorted({month_of(s.due) for i in judgement.items for s in i.state.stages}),
        },
    )


_FILTERS: Final = (
    "单位", "牵头", "角色", "状态", "亮灯", "时限类型", "到期月份", "文字", "排序", "分组",
)  # fmt: skip


def _wanted(visit: Visit) -> tuple[Filter, SortKey]:
    """Return the filter that the address asks for. Raises ``GaigaiError`` for words that aren't there."""
    month = visit.asked("到期月份")
    span = visit.directory.month(month, what="到期月份") if month else None
    wanted = Filter(
        dept=visit.asked_unit("单位"),
        lead=visit.asked_unit("牵头"),
        role=ROLE_WORDS.get(visit.asked("角色")) if visit.asked("单位") else None,
        statuses=frozenset(STATUS_WORDS.get(one, one) for one in visit.all_asked("状态")),
        lights=frozenset(visit.all_asked("亮灯")),
        kinds=frozenset(
            DEADLINE_WORDS[one] for one in visit.all_asked("时限类型") if one in DEADLINE_WORDS
        ),
        due_from=span.first if span else None,
        due_by=span.last if span else None,
        search=visit.asked("文字") or None,
    )
    return wanted, SORT_WORDS.get(visit.asked("排序"), "id")


def _groups(visit: Visit, rows: tuple[ItemRow, ...]) -> list[tuple[str, list[ItemRow]]]:
    """Return the rows below their units or tasks where that is asked for; else all below nothing."""
    how = visit.asked("分组")
    if how not in ("单位", "任务"):
        return [("", list(rows))]
    found: dict[str, list[ItemRow]] = {}
    for row in rows:
        state = row.item.state
        task = state.listed.task
        names = state.units.lead or ("未明确",) if how == "单位" else (f"{task.id}  {task.title}",)
        for name in names:
            found.setdefault(name, []).append(row)
    return list(found.items())


def items_file(visit: Visit) -> Response:
    """Return the view as a file for Excel."""
    ending = visit.request.path_params["ending"]
    judgement = visit.directory.judgement
    rows = select(judgement, *_wanted(visit)).rows
    if ending == "csv":
        return file_answer(as_csv(SHEET, data_of(SHEET, rows)), "清单.csv")
    if ending == "xlsx":
        title = judgement.ledger.tasks.notice.title
        return file_answer(as_workbook(judgement, SHEET, rows, title), "清单.xlsx")
    raise GaigaiError(f"没有 {ending} 这种格式", "请存成 xlsx 或 csv")


def item(visit: Visit) -> Response:
    """Return everything of an item: its words, what the records make of it, every record, and what can be done."""
    directory = visit.directory
    judgement = directory.judgement
    one = judgement.by_id[directory.item_id(visit.request.path_params["item"])]
    entries = records_of(judgement, one.id)
    told_kinds, marked = KINDS[HIGHLIGHT].answers, highlighted(directory.judge)
    history = History.of(directory.judge, one.id, judgement.ledger.issued)
    return visit.show(
        "item.html",
        nav="清单",
        item=one,
        title=one.state.listed.task.title,
        issued=[(fact.label, fact.words) for fact in issued_facts(one)],
        judged=[
            (fact.label, fact.words) for fact in (*judged_facts(one), *instructed(judgement, one))
        ],
        progress=_progress(one),
        timeline=_timeline(visit, one, entries),
        percents=any(one.state.percent_course) and one.state.dated and not one.state.by_milestones,
        figures=figures(one),
        records=[
            {
                "entry": entry,
                "marks": list(marks(entry.record, history.listed).values()),
                "said": list(history.said(entry)),
                "corrected": list(history.corrected(entry.record.id)),
                "evidence": evidence_links(entry),
                "correct": visit.may_write and correct.is_correctable(directory, entry),
                "tell": visit.is_office and entry.record.kind in told_kinds,
                "told": entry.record.id in marked,
            }
            for entry in entries
        ],
        void=list(history.void(one.id)),
        contradicted=contradicted(one),
        actions=_actions(visit, one),
    )


def _progress(item: JudgedItem) -> str:
    """Return the bar of what is reported; empty of one that was closed out after less than the whole."""
    if is_closed_out(item.state.status) and item.state.percent is None:
        return ""
    behind = points_too_far_behind(item.state, item.ledger) is not None
    elapsed = elapsed_percent(item.state, item.ledger)
    return charts.progress(item.state.percent, elapsed, behind=behind)


def _timeline(visit: Visit, item: JudgedItem, entries: Sequence[Entry]) -> str:
    notice, state = item.ledger.tasks.notice, item.state
    dues = [charts.Point(s.due, f"{s.text}{full_day(s.due)}到期") for s in state.stages]
    if not dues and state.due:
        dues = [charts.Point(state.due, f"{full_day(state.due)}期满")]
    records = [
        charts.Point(
            e.record.date,
            f"{full_day(e.record.date)} {e.unit} {e.record.kind}",
            _look(e),
            f"r{e.record.id}",
        )
        for e in entries
    ]
    steps = [
        charts.Point(
            step.met or step.due,
            f"节点“{step.name}”{full_day(step.met or step.due)}{'完成' if step.met else ''}",
            "step met" if step.met else "step",
        )
        for step in state.milestones
    ]
    return charts.timeline(
        charts.Point(notice.issued, f"{full_day(notice.issued)}印发"),
        visit.directory.today,
        dues,
        records + steps,
        percents=list(state.percent_course),
        elapsed=None if state.by_milestones else elapsed_course(state, item.ledger),
    )


def _look(entry: Entry) -> str:
    if entry.record.kind in APPLICATIONS:
        return "asked"
    return "ruled" if KINDS[entry.record.kind].by == "office" else ""


def _actions(visit: Visit, item: JudgedItem) -> list[tuple[str, list[Action]]]:
    """Return what the person can do with the item now: its own records, and rulings for the office."""
    if not visit.may_write:
        return []
    directory, unit = visit.directory, visit.unit or ""
    own = [
        do(kind, ("item", item.id)) for kind in own_kinds_now(directory.ledger.office, item, unit)
    ]
    own += [
        Action(f"撤回{kind}", address(f"/登记/{TAKING_BACK}", {"item": item.id, "of": kind}))
        for kind in taken_back_now(item, unit)
    ]
    own += [
        Action(
            f"{entry.unit}的{entry.record.kind}表（docx）", address(f"/申请表/{entry.record.id}")
        )
        for entry in (*item.state.applications, *item.state.extensions)
        if visit.is_office or entry.unit == unit
    ]
    found = [("登记", own)] if own else []
    if visit.is_office:
        found.append(("核定", list(_rulings(visit.directory.judgement, item))))
        paper = Action("呈批件（docx）", address(f"/事项/{item.id}/呈批件"))
        found.append(("请示", [paper]))
    return found


def _rulings(judgement: Judgement, item: JudgedItem) -> Iterator[Action]:
    state = item.state
    for ruling in rulings_now(item):
        yield do(ruling.kind, ("item", item.id))
    for kind in (INSTRUCTION, *PRAISE):
        yield Action(kind, address(f"/登记/{kind}", {"item": item.id}))
    if state.open and not judgement.blank:
        leads = [unit for unit in state.units.lead if unit != item.ledger.office]
        for unit in leads:
            level = ladder(judgement, item, unit).allowed
            about = {"unit": unit, "item": item.id, "kind": level}
            whose = f"（{unit}）" if len(leads) > 1 else ""
            yield Action(f"发{PAPERS[level]}{whose}", address("/登记/督办", about))


def evidence_links(entry: Entry) -> list[tuple[str, str]]:
    """Return the evidence of a record: what it is called, and where it opens; words open nowhere."""
    found = []
    for number, one in enumerate(entry.record.evidence or ()):
        if isinstance(one, EvidenceFile):
            name = one.file.rpartition("/")[2]
            found.append((name, address(f"/佐证/{entry.record.id}/{number}")))
        else:
            found.append((one, ""))
    if entry.record.source is not None:
        found.append(("代录依据", address(f"/佐证/{entry.record.id}/source")))
    return found


def figures(item: JudgedItem) -> list[tuple[str, str, str, str]]:
    """Return indicators against their targets: name, target, value, verdict."""
    return [
        (
            f.indicator.name,
            target_words(f.indicator),
            figure_value(f) or "未报",
            f.verdict,
        )
        for f in item.figures
    ]
