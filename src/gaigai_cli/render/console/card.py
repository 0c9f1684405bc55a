"""What somebody should see of an item before recording something about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gaigai_cli.judge.figures import Figure
from gaigai_cli.judge.judgement import Judge, JudgedItem, Judgement, notes
from gaigai_cli.judge.lights import elapsed_percent
from gaigai_cli.judge.owed_reports import by_units, owed_words
from gaigai_cli.judge.state import MilestoneState, StageState
from gaigai_cli.model.deadline import Assessed, Fixed, Recurring, Staged
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.statuses import is_closed, is_closed_out, shown_standing
from gaigai_cli.query.choose import records_of
from gaigai_cli.query.instructions import instructions
from gaigai_cli.render.console.records import History
from gaigai_cli.render.grid import Head, grid, head_row
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    WARNING,
    Block,
    Page,
    Part,
    StyledText,
    hanging,
    noted,
    page,
    paragraph,
)
from gaigai_cli.render.short import (
    deadline_words,
    figure_value,
    left_words,
    light_word,
)
from gaigai_cli.render.width import rule, wrap, wrap_names
from gaigai_cli.report.wording import finish_note, last_finished, led_then, number_of
from gaigai_cli.words.say import (
    coordinator,
    entered_words,
    full_day,
    target_words,
    turn_words,
    turns_words,
    value_words,
)

_BRIEF_INDENT = 10


def briefing(judge: Judge, item: JudgedItem, unit: str) -> Page:
    """Return the item, what shows that it is done, its indicators, and the last report: the unit's, else anybody's."""
    title = (StyledText(f"{item.id}  {item.state.listed.task.title}", STRONG),)
    facts = _fields(_short_facts(item), _BRIEF_INDENT)
    return page((title, *facts), _last(judge, item, unit))


def _short_facts(item: JudgedItem) -> Iterator[Fact]:
    state, left = item.state, left_words(item)
    yield Fact("工作内容", state.listed.item.content)
    yield Fact("时限", f"{deadline_words(item)}  {left.text}".rstrip(), left.style)
    yield Fact("状态", shown_standing(state.standing))
    if state.dated:
        yield Fact("佐证要求", criteria_words(item))
    for figure in item.figures:
        now = figure_value(figure) or "未报"
        words = f"{figure.indicator.name}：目标{target_words(figure.indicator)}，现值{now}"
        yield Fact("指标", words)


def criteria_words(item: JudgedItem) -> str:
    """Return what shows that the item is done."""
    return item.state.listed.item.criteria or "没有专门规定"


def last_report(item: JudgedItem, unit: str) -> Entry | None:
    """Return what the unit reported last of an item, else what anybody did."""
    reports = item.state.reports
    own = [entry for entry in reports if entry.unit == unit]
    return next(iter((own or list(reports))[-1:]), None)


def _last(judge: Judge, item: JudgedItem, unit: str) -> Iterator[Part]:
    entry = last_report(item, unit)
    if entry is None:
        yield (StyledText("上次进展", FAINT), StyledText("  还没有报过", WARNING))
        return
    yield (StyledText("上次进展", FAINT),)
    history = History.of(judge, item.id)
    yield from history.lines((entry,))


_INDENT = 14


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said of an item. ``names``: the words are names, so they are broken between names only."""

    label: str
    words: str
    style: str = ""
    names: bool = False


def cards(
    judge: Judge, judgement: Judgement, items: Sequence[JudgedItem], *, name: str = ""
) -> Page:
    """Return the cards of items, one below the other; ``name`` is what their list is called among several.

    ``judgement`` is the judge's.
    """
    blocks: list[Block | Iterable[Part]] = [*noted(notes(judgement))]
    for number, item in enumerate(items):
        if number:
            blocks.append(lambda width: [(StyledText(rule(width), FAINT),)])
        blocks += _card(judge, judgement, item, name)
    return page(*blocks)


def _card(
    judge: Judge, judgement: Judgement, item: JudgedItem, name: str
) -> Iterator[Iterator[Part]]:
    yield _title(judgement, item, name)
    yield _fields(issued_facts(item))
    yield _fields(judged_facts(item))
    yield _fields(instructed(judgement, item))
    if item.figures:
        yield _indicators(item.figures)
    yield _history(judge, judgement, item)


def _title(judgement: Judgement, item: JudgedItem, name: str) -> Iterator[Part]:
    listed = item.state.listed
    of_list = f"{name}/" if name else ""
    yield (StyledText(f"{of_list}{item.id}  {listed.task.title}", STRONG),)
    where = number_of(listed), judgement.ledger.tasks.notice.number
    yield paragraph("  ".join((*where, f"截至{full_day(judgement.day)}")), FAINT)


def _fields(fields: Iterator[Fact], indent: int = _INDENT) -> Iterator[Part]:
    for field in fields:
        label, broken = StyledText(field.label, FAINT), wrap_names if field.names else wrap
        yield hanging(label, field.words, indent=indent, style=field.style, broken=broken)


def issued_facts(item: JudgedItem) -> Iterator[Fact]:
    """Yield what the notice says, and what the office has added to it."""
    state = item.state
    listed, units = state.listed, state.units
    names = item.ledger.tasks.notice.role_names
    yield Fact("工作内容", listed.item.content)
    yield Fact(names.lead, "、".join(units.lead) or "未明确", STRONG, names=True)
    if units.responsible:
        yield Fact(names.responsible, "、".join(units.responsible), names=True)
    if units.support:
        yield Fact(names.support, "、".join(units.support), names=True)
    if units.open:
        yield Fact("未列名单位", "、".join(units.open))
    if units.named != listed.units.named:
        yield Fact("原文单位", listed.units.text)
    yield Fact("完成时限", _deadline(item))
    if isinstance(listed.deadline, Staged):
        for stage in state.stages:
            yield Fact("", _stage(stage))
    if isinstance(listed.deadline, Recurring):
        yield Fact("各期", _turns(item))
    for step in state.milestones:
        yield Fact(
            "节点" if step is state.milestones[0] else "",
            _milestone(step, state.running, closed=is_closed(state.status)),
        )
    for stage in state.stages:
        if stage.moved:
            often = f"（共{len(stage.granted)}次）" if stage.often_moved else ""
            yield Fact("延期", f"由{full_day(stage.issued)}延至{full_day(stage.due)}{often}")
    for name, words in (
        ("佐证要求", listed.item.criteria),
        ("责任领导", listed.item.leader),
        ("联系人", listed.item.contact),
    ):
        if words:
            yield Fact(name, words)


def _deadline(item: JudgedItem) -> str:
    deadline, end = item.state.listed.deadline, ""
    if isinstance(deadline, Fixed):
        end = full_day(deadline.due)
    elif isinstance(deadline, Assessed) and deadline.until:
        end = f"至{full_day(deadline.until)}"
    return f"{deadline.text}（{end}）" if end and end != deadline.text else deadline.text


def _stage(stage: StageState) -> str:
    how = ("，逾期" if stage.late else "，按期") if is_closed_out(stage.status) else ""
    return f"{stage.text}：{full_day(stage.due)}，{stage.status}{how}"


def _milestone(step: MilestoneState, running: date, *, closed: bool) -> str:
    mark = f"（{step.mark}）" if step.mark else ""
    percent = f"，进度{step.percent}%" if step.percent is not None else ""
    done = "未完成" if step.due < running else "待完成"
    done = "未登记完成" if closed else done
    how = f"{full_day(step.met)}完成" if step.met else done
    reasons = "；".join(reason.rstrip("。") for reason in step.reasons)
    moved = (
        f"，原定{full_day(step.planned)}，调整{len(step.reasons)}次：{reasons}"
        if step.reasons
        else ""
    )
    return f"{step.name}{mark}：{full_day(step.due)}{percent}，{how}{moved}"


def _turns(item: JudgedItem) -> str:
    state, year = item.state, item.ledger.tasks.notice.year
    deadline = state.listed.deadline
    past = [turn for turn in state.occurrences if turn.due < state.day or turn.met]
    missed = [turn.due for turn in past if not turn.met]
    words = f"已到{len(past)}期，完成{len(past) - len(missed)}期"
    left = f"；未完成：{turns_words(deadline, missed, year)}" if missed else ""
    now = state.occurrence
    coming = (
        f"；本期为{turn_words(deadline, now.due, year)}，{full_day(now.due)}到期" if now else ""
    )
    return words + left + coming


def judged_facts(item: JudgedItem) -> Iterator[Fact]:
    """Yield what the records make of it."""
    state, light = item.state, light_word(item)
    yield Fact("状态", shown_standing(state.standing), STRONG)
    if state.finished and state.closed:
        how = "逾期" if state.late else "按期"
        note = finish_note(item, last_finished(item), item.ledger.tasks.notice.year)
        words = f"{full_day(state.finished)}{how}办结{note}{_led_then(item)}，{full_day(state.closed)}销号"
        yield Fact("办结", words, WARNING if state.late else "")
    else:
        left = left_words(item)
        if left.text and state.open:
            once = "（曾逾期）" if state.late and not state.overdue else ""
            yield Fact("时间", f"{left.text}{once}{_led_then(item)}", left.style)
        yield Fact("亮灯", f"{light.text}  {'；'.join(item.light.reasons)}", light.style)
    if (percent := state.percent) is not None:
        elapsed = elapsed_percent(state, item.ledger)
        compared = "" if elapsed is None or not state.open else f"，序时进度{elapsed}%"
        yield Fact("进度", f"{percent}%{compared}")
    for units, names in by_units(item.missed).items():
        words = f"{owed_words(names, item.ledger)}：{'、'.join(units)}"
        yield Fact("未按期报送", words, WARNING)
    yield from _waiting(item)


def _led_then(item: JudgedItem) -> str:
    words = led_then(item, item.state.missed_on)
    return f"，{words}" if words else ""


def _waiting(item: JudgedItem) -> Iterator[Fact]:
    """Yield what has been applied for and is not ruled on, and the problems that wait for somebody above."""
    state = item.state
    for entry in (*state.applications, *state.extensions):
        if entry.counts != entry.record.date:
            written = f"{entry.unit}{full_day(entry.record.date)}的{entry.record.kind}"
            words = (
                f"{written}，{entered_words(entry.record)}，未经认定按{full_day(entry.counts)}计"
            )
            yield Fact("补记", words, WARNING)
    for entry in state.to_coordinate:
        level = coordinator(entry.record.coordinate or "", item.ledger.office)
        words = (
            f"{entry.unit}{full_day(entry.record.date)}反映，需{level}协调：{entry.record.problems}"
        )
        yield Fact("需协调", words, WARNING)
    applied = [entry.unit for entry in state.applications]
    missing = [unit for unit in state.units.lead if unit not in applied]
    if applied and state.open and missing:
        yield Fact("申请销号", f"{'、'.join(applied)}已申请，待{'、'.join(missing)}申请")
    for entry in state.extensions:
        if entry.record.due:
            asked = f"{entry.unit}{full_day(entry.record.date)}申请延至{full_day(entry.record.due)}"
            yield Fact("申请延期", f"{asked}，待批复", WARNING)


def instructed(judgement: Judgement, item: JudgedItem) -> Iterator[Fact]:
    """Yield what leaders and meetings have demanded of it, and where that stands."""
    for one in instructions(judgement):
        record = one.record
        if record.item == item.id:
            units = f"，{'、'.join(one.leads)}主办" if one.leads else ""
            units += f"、{'、'.join(one.assist)}协办" if one.assist else ""
            by = f"，{full_day(record.reply_by)}前反馈" if record.reply_by else ""
            words = f"{full_day(record.date)}，{(record.summary or '').rstrip('。')}{units}{by}；{one.step}"
            yield Fact(record.kind, words, WARNING if one.waits else "")


_VERDICT_STYLES = {"达标": "green", "未达标": "red", "尚未达到": "yellow"}


def _indicators(figures: tuple[Figure, ...]) -> Iterator[Part]:
    heads = head_row(Head("指标", "text"), Head("目标", "text"), Head("现值", right=True), "判定")
    rows = [
        (
            figure.indicator.name,
            target_words(figure.indicator),
            figure_value(figure) or "",
            StyledText(figure.verdict, _VERDICT_STYLES.get(figure.verdict, "")),
        )
        for figure in figures
    ]
    yield grid(heads, rows)
    for figure in figures:
        if len(figure.by_unit) > 1:
            unit = figure.indicator.unit
            each = "，".join(f"{name}{value_words(value, unit)}" for name, value in figure.by_unit)
            yield paragraph(f"{figure.indicator.name}：{each}。", FAINT)
        if figure.indicator.note:
            yield paragraph(f"{figure.indicator.name}：{figure.indicator.note}。", FAINT)


def _history(judge: Judge, judgement: Judgement, item: JudgedItem) -> Iterator[Part]:
    entries = records_of(judgement, item.id)
    count = f"  共{len(entries)}条" if entries else "  尚无记录"
    yield (StyledText("记录", STRONG), StyledText(count, FAINT))
    history = History.of(judge, item.id, judge.ledger.issued)
    yield from history.lines(entries)
    for words in history.void(item.id):
        yield paragraph(f"{words}。", WARNING)
    if words := contradicted(item):
        yield paragraph(f"{words}，请运行 gaigai check 查看。", WARNING)


def contradicted(item: JudgedItem) -> str:
    """Return how many records of the item others contradict, so that they don't count; empty where none."""
    count = len(item.state.rejected)
    return f"另有{count}条记录前后矛盾，未计入" if count else ""
