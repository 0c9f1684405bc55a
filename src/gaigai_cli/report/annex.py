"""附件1 任务台账 and 附件2 各单位情况."""

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.model.kinds import REPORTING
from gaigai_cli.model.statuses import SUSPENDED, is_closed_out, is_counted
from gaigai_cli.query.choose import UnitRow, by_unit
from gaigai_cli.report.monthly_report import IndicatorRow, LedgerRow, UnitLine
from gaigai_cli.report.wording import one_line, units_words
from gaigai_cli.words.say import target_words

LIGHT_LEGEND = (
    "红：已过时限未办结；黄：临近时限、进度滞后、未按期报送或长期未更新；"
    "蓝：即将到期；绿：正常推进；—：尚未报过进展或不亮灯。"
)


def ledger_rows(now: Judgement) -> tuple[LedgerRow, ...]:
    """Every item with its units' latest words."""
    return tuple(_row(item) for item in now.items)


def _row(item: JudgedItem) -> LedgerRow:
    state, listed = item.state, item.state.listed
    others = (*state.units.responsible, *state.units.support)
    return LedgerRow(
        id=item.id,
        task=listed.task.title,
        content=listed.item.content,
        lead="、".join(state.units.lead),
        others=units_words(others, state.units.open),
        deadline=_deadline(item),
        status=_status(item),
        light=item.light.name or "—",
        progress=_words(item, "summary"),
        problems=_words(item, "problems"),
        next=_words(item, "next"),
        due=state.due if state.dated else None,
        finished=state.finished,
        closed=state.closed,
    )


def _deadline(item: JudgedItem) -> str:
    stage = item.state.current
    text = item.state.listed.deadline.text
    return f"{text}（延期至{stage.due}）" if stage and stage.due != stage.issued else text


def _status(item: JudgedItem) -> str:
    state = item.state
    if is_closed_out(state.status):
        return f"已销号（{'逾期' if state.late else '按期'}）"
    if state.suspended:
        return state.standing
    if state.assessment:
        return f"已评估（{state.assessment.record.result}）"
    return state.assessment_mark or state.status


def _words(item: JudgedItem, field: str) -> str:
    """What each unit said last in ``field``, leads first; the name of a unit only where several spoke."""
    latest: dict[str, str] = {}
    for entry in item.state.entries:
        words = getattr(entry.record, field)
        if entry.record.kind in REPORTING:
            if words:
                latest[entry.unit] = one_line(words)
            elif field != "summary":
                latest.pop(entry.unit, None)
    order = item.state.units.named
    units = sorted(latest, key=lambda unit: order.index(unit) if unit in order else len(order))
    if len(units) == 1 and units[0] in item.state.units.lead:
        return latest[units[0]]
    return "；".join(f"{unit}：{latest[unit].rstrip('。')}" for unit in units)


def unit_lines(now: Judgement, unit: str | None = None) -> tuple[UnitLine, ...]:
    """Every unit (or one) in the list's order, not ranked; figures are of the items that it leads."""
    return tuple(_line(row, now) for row in by_unit(now) if unit in (None, row.name))


def _line(row: UnitRow, now: Judgement) -> UnitLine:
    lead = [item for item in row.lead if is_counted(item.state.status)]
    statuses = [item.state.standing for item in lead]
    unit = now.ledger.departments.by_name[row.name]
    remarks = [
        words
        for words, holds in (
            ("督办单位", row.name == now.ledger.office),
            ("垂直管理", unit.vertical),
        )
        if holds
    ]
    return UnitLine(
        name=row.name,
        lead=len(lead),
        closed=statuses.count("已销号") + statuses.count("已评估"),
        pending=statuses.count("待核验"),
        underway=statuses.count("推进中") + statuses.count("未启动"),
        not_reported=statuses.count("未报进展"),
        suspended=statuses.count(SUSPENDED),
        expired=sum(item.state.overdue for item in lead),
        turns=sum(bool(item.state.missed_turns) for item in lead),
        others=len(row.responsible) + len(row.support),
        remark="、".join(remarks),
    )


def indicator_rows(now: Judgement) -> tuple[IndicatorRow, ...]:
    """Every indicator of the items that count, in the list's order."""
    return tuple(
        IndicatorRow(
            id=item.id,
            task=item.state.listed.task.title,
            lead="、".join(item.state.units.lead),
            name=figure.indicator.name,
            target=target_words(figure.indicator),
            value=figure.value,
            unit=figure.indicator.unit or "",
            verdict=figure.verdict,
            note=figure.indicator.note or "",
        )
        for item in now.items
        if is_counted(item.state.status)
        for figure in item.figures
    )
