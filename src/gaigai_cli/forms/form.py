"""The form of a unit for a month: its open items, what was last said of them, and what is asked now."""

from collections.abc import Iterator
from typing import Final

from gaigai_cli.forms.instructed import instructions_table
from gaigai_cli.forms.tables import (
    FIGURES,
    LIMITS,
    REPORTS,
    THINGS,
    THINGS_A_FORM,
    FormColumn,
    FormRow,
    FormTable,
    UnitForm,
    key_of,
    turn_words,
)
from gaigai_cli.judge.figures import Figure
from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.owed_reports import is_reported
from gaigai_cli.judge.state import MilestoneState
from gaigai_cli.model.exported import EXAMPLE
from gaigai_cli.model.indicators import Indicator
from gaigai_cli.model.kinds import APPLICATIONS, REPORTING
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import COORDINATORS
from gaigai_cli.model.roles import FIELD_OF
from gaigai_cli.model.statuses import is_closed, is_pending
from gaigai_cli.model.tasks import ListedItem
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import (
    coordinator,
    day_words,
    days_left_words,
    full_day,
    target_words,
    value_words,
)


def unit_form(judgement: Judgement, unit: str, month: Period) -> UnitForm | None:
    """Return the form, or None where nothing open names the unit and no instruction asks it."""
    items = [item for item in judgement.items if asked_of(item, unit, month)]
    notice = judgement.ledger.tasks.notice
    # The month before within its year.
    first = month.first.month == 1 or _heard(judgement, unit, month)
    before = None if first else month.previous
    tables = (
        _reports(items, unit, month, before, judgement.ledger.office),
        _limits([i for i in items if i.state.dated and unit in i.state.units.lead]),
        _figures(items, unit),
        _things(items, unit),
        instructions_table(judgement, unit),
    )
    asked = tuple(table for table in tables if table.rows)
    if not asked:
        return None
    return UnitForm(
        unit=unit,
        month=month,
        before=before,
        list_title=notice.title,
        number=notice.number,
        notes=(EXAMPLE,) if notice.example else (),
        made=judgement.day.isoformat(),
        tables=asked,
    )


def asked_of(item: JudgedItem, unit: str, month: Period) -> bool:
    """Return whether the form of a month asks the unit about the item: it is open, reported of, and names the unit."""
    state = item.state
    removed = state.listed.item.removed
    gone = removed is not None and removed.on <= state.day
    asked = not is_closed(state.status) and is_reported(state, str(month))
    return asked and not gone and unit in state.units.named


def item_words(listed: ListedItem) -> str:
    """Return what an item is about, as the form shows it and as its row is known again."""
    return f"【{listed.task.title}】\n{listed.item.content}"


def _heard(judgement: Judgement, unit: str, month: Period) -> bool:
    """Return whether the unit has ever said anything of the time before the month."""
    own = (e for item in judgement.items for e in item.state.entries if e.unit == unit)
    return any(e.record.month < str(month) for e in own if e.record.kind in REPORTING)


def _reports(
    items: list[JudgedItem], unit: str, month: Period, before: Period | None, office: str
) -> FormTable:
    year = month.last.year
    past = (
        FormColumn(
            "before",
            f"截至{before.called(year)}底进展情况",
            26,
            "text",
            f"补报到{before.called(year)}底为止的情况",
        )
        if before
        else FormColumn("last", "上次报送", 24)
    )
    columns = (
        FormColumn("id", "序号", 6),
        FormColumn("name", "主要任务和工作内容", 36),
        FormColumn("deadline", "完成时限", 13),
        past,
        FormColumn(
            "summary", f"{month.called(year)}进展情况", 38, "text", "本月做了什么、做到什么程度"
        ),
        FormColumn("problems", "存在问题", 19, "text", "没有可不填"),
        FormColumn("next", "下一步打算", 19, "text", "做什么、什么时候做完"),
        FormColumn("evidence", "佐证材料", 17, "text", "文号、链接或附件文件名，一行一件"),
        FormColumn(
            "coordinate",
            "需协调",
            9,
            "choice",
            "存在的问题本单位、本县解决不了的，选由谁协调",
            tuple(coordinator(level, office) for level in COORDINATORS),
        ),
    )
    return FormTable(REPORTS, columns, tuple(_by_role(items, unit)))


def _by_role(items: list[JudgedItem], unit: str) -> Iterator[FormRow]:
    """Yield items led first, then the others, each group under a heading."""
    groups = {role: [i for i in items if i.state.units.of(unit) == role] for role in FIELD_OF}
    for role, group in groups.items():
        if group:
            yield FormRow("", {"id": f"{role}事项（{len(group)}项）"})
        for item in group:
            yield _report_row(item, unit)


def _report_row(item: JudgedItem, unit: str) -> FormRow:
    return FormRow(
        key_of(item.id),
        {
            "id": item.id,
            "name": item_words(item.state.listed),
            "deadline": _deadline(item),
            "last": _last(item, unit),
        },
    )


def _deadline(item: JudgedItem) -> str:
    """Return the cell as issued, and the day in force where it is another one."""
    state, year = item.state, item.ledger.tasks.notice.year
    text = state.listed.deadline.text
    if state.extended and state.due:
        return f"{text}\n（延至{day_words(state.due, year)}）"
    return text


def _last(item: JudgedItem, unit: str) -> str:
    """Return what the unit itself said last."""
    year = item.ledger.tasks.notice.year
    own = [e for e in item.state.entries if e.unit == unit and e.record.kind in REPORTING]
    if not own:
        return "未报送"
    record = own[-1].record
    percent = f"（{record.percent}%）" if record.percent is not None else ""
    kind = "" if record.kind == "进展" else f"{record.kind}。"
    return f"{day_words(record.date, year)}：{kind}{record.summary or record.reason or ''}{percent}"


def _limits(items: list[JudgedItem]) -> FormTable:
    columns: tuple[FormColumn, ...] = (
        FormColumn("id", "序号", 6),
        FormColumn("name", "主要任务和工作内容", 38),
        FormColumn("due", "现行时限", 15),
        FormColumn("state", "目前情况和佐证要求", 24),
        FormColumn("percent", "完成\n百分比", 9, "percent", "填 0 到 100 的整数，如 60"),
        FormColumn("late_reason", "逾期原因", 22, "text", "已经逾期的必填"),
        FormColumn(
            "apply",
            "申请事项",
            12,
            "choice",
            "已办结的选申请销号，佐证填在进展情况表；需延期的选申请延期",
            APPLICATIONS,
        ),
        FormColumn("to", "申请\n延期至", 13, "day", "申请延期的必填，如 2024-08-31"),
        FormColumn("reason", "延期理由", 28, "text", "申请延期的必填"),
    )
    if any(item.state.milestones for item in items):
        help = "写这次完成的节点的名称，几个用顿号隔开"
        columns += (FormColumn("completed", "完成的节点", 14, "text", help),)
    rows = tuple(_limit_row(item) for item in items)
    return FormTable(LIMITS, columns, rows)


def _limit_row(item: JudgedItem) -> FormRow:
    state = item.state
    stage = state.current
    staged = f"“{stage.text}”阶段\n" if stage and stage.id else ""
    due = full_day(state.due) if state.due else ""
    parts = [_standing(item)]
    if state.percent is not None:
        parts.append(f"上次报{state.percent}%")
    parts += [_milestone(step, item.ledger.tasks.notice.year) for step in state.milestones]
    if state.listed.item.criteria:
        parts.append(f"佐证要求：{state.listed.item.criteria}")
    return FormRow(
        key_of(item.id),
        {
            "id": item.id,
            "name": item_words(state.listed),
            "due": f"{staged}{due}",
            "state": "\n".join(parts),
        },
        frozenset() if state.milestones else frozenset(("completed",)),
    )


def _milestone(step: MilestoneState, year: int) -> str:
    done = f"{day_words(step.met, year)}完成" if step.met else "待完成"
    return f"节点“{step.name}”{day_words(step.due, year)}，{done}"


def _standing(item: JudgedItem) -> str:
    state = item.state
    if state.suspended:
        return "暂缓实施，暂不计时"
    if state.overdue:
        return f"{state.status}，已逾期{state.days_overdue}天"
    if is_pending(state.status):
        return "已申请销号，待核验"
    if state.extensions:
        return "已申请延期，待批复"
    return "，".join(filter(None, (state.status, days_left_words(state.days_left))))


_MEASURES: Final = {"sum": "本月新增", "latest": "最新数值"}


def indicators_asked(item: JudgedItem, unit: str) -> tuple[Indicator, ...]:
    """Return the indicators whose figures are this unit's to give: its provider's, else the leads', else each unit's.

    What the office judges by words alone has no figure.
    """
    ledger = item.ledger
    lead = unit in item.state.units.lead

    def its(indicator: Indicator) -> bool:
        if indicator.target.text and not indicator.unit:
            return False
        if indicator.provider:
            return ledger.units.canonical(indicator.provider, item.id) == unit
        return lead or indicator.per != "total"

    return tuple(i for i in item.state.listed.item.indicators if its(i))


def _figures(items: list[JudgedItem], unit: str) -> FormTable:
    """Return the figures that are single numbers."""
    columns = (
        FormColumn("id", "序号", 6),
        FormColumn("name", "指标", 26),
        FormColumn("task", "主要任务", 30),
        FormColumn("target", "目标", 22),
        FormColumn("note", "口径说明", 32),
        FormColumn("last", "本单位上次所报", 17),
        FormColumn("measure", "本次填报", 11),
        FormColumn("value", "数值", 14, "number", "只填数字；累计类只填本月新增"),
        FormColumn("unit", "单位", 8),
    )
    rows = tuple(
        _figure_row(item, figure, unit)
        for item, figure in _asked_figures(items, unit)
        if figure.indicator.measure != "entries"
    )
    return FormTable(FIGURES, columns, rows)


def _asked_figures(items: list[JudgedItem], unit: str) -> Iterator[tuple[JudgedItem, Figure]]:
    for item in items:
        asked = {indicator.id for indicator in indicators_asked(item, unit)}
        yield from ((item, figure) for figure in item.figures if figure.indicator.id in asked)


def _figure_row(item: JudgedItem, figure: Figure, unit: str) -> FormRow:
    indicator = figure.indicator
    last = dict(figure.by_unit).get(unit)
    return FormRow(
        key_of(item.id, indicator.id),
        {
            "id": item.id,
            "name": indicator.name,
            "task": item.state.listed.task.title,
            "target": target_words(indicator),
            "note": indicator.note or "",
            "last": value_words(last, indicator.unit) if last is not None else "未报",
            "measure": _MEASURES[indicator.measure],
            "unit": indicator.unit or "",
        },
    )


def _things(items: list[JudgedItem], unit: str) -> FormTable:
    """Return the things that are counted, some empty rows for each indicator."""
    columns = (
        FormColumn("id", "序号", 6),
        FormColumn("name", "指标", 24),
        FormColumn("target", "目标", 14),
        FormColumn("last", "已登记", 26),
        FormColumn("turn", "本次", 8),
        FormColumn("thing", "名称", 44, "text", "项目、培训、稿件的名称"),
        FormColumn("day", "日期", 13, "day", "如 2024-06-18"),
        FormColumn("reference", "文号、项目代码或链接", 30, "text", "同一依据只计一次"),
    )
    rows = tuple(
        row
        for item, figure in _asked_figures(items, unit)
        if figure.indicator.measure == "entries"
        for row in _thing_rows(item, figure, unit)
    )
    return FormTable(
        THINGS,
        columns,
        rows,
        ("id", "name", "turn"),
    )


def _thing_rows(item: JudgedItem, figure: Figure, unit: str) -> Iterator[FormRow]:
    indicator = figure.indicator
    known = _registered(item.state.entries, indicator, unit)
    for number in range(1, THINGS_A_FORM + 1):
        yield FormRow(
            key_of(item.id, indicator.id, str(number)),
            {
                "id": item.id,
                "name": indicator.name,
                "target": target_words(indicator),
                "last": known if number == 1 else "",
                "turn": turn_words(number),
            },
        )


def _registered(entries: tuple[Entry, ...], indicator: Indicator, unit: str) -> str:
    names: dict[str, str] = {}
    for entry in entries:
        value = (entry.record.metrics or {}).get(indicator.id)
        if entry.unit == unit and isinstance(value, tuple):
            for thing in value:
                names.setdefault(thing.reference, thing.name)
    return f"{len(names)}{indicator.unit or '件'}：{'、'.join(names.values())}" if names else "无"
