"""附件1 任务台账 and 附件2 各单位情况."""

from collections import Counter
from datetime import date

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.lights import in_points, slow_reasons
from gaigai_cli.model.kinds import REPORTING
from gaigai_cli.model.statuses import in_columns, is_closed, is_closed_out, is_counted
from gaigai_cli.query.choose import UnitRow, by_unit
from gaigai_cli.report.facts import Facts, ItemFacts
from gaigai_cli.report.monthly_report import IndicatorRow, LedgerRow, UnitLine
from gaigai_cli.report.wording import deadline_words, said, slow_words
from gaigai_cli.words.say import day_words, target_words, units_words
from gaigai_cli.words.typed import says_none


def ledger_rows(facts: Facts, unit: str | None = None) -> tuple[LedgerRow, ...]:
    """Return every item with its units' latest words; for one ``unit`` with its own and the leads' alone."""
    return tuple(_row(fact, facts, unit) for fact in facts.items)


def _row(fact: ItemFacts, facts: Facts, unit: str | None) -> LedgerRow:
    item, state, listed = fact.item, fact.state, fact.state.listed
    others = (*state.units.responsible, *state.units.support)
    return LedgerRow(
        id=item.id,
        task=listed.task.title,
        content=listed.item.content,
        lead="、".join(state.units.lead),
        others=units_words(others, state.units.open),
        deadline=deadline_words(item),
        status=_status(item),
        light=item.light.shown,
        progress=_words(fact, facts, "summary", unit),
        problems=_words(fact, facts, "problems", unit),
        next=_words(fact, facts, "next", unit),
        due=state.due if state.dated else None,
        finished=state.finished,
        closed=state.closed,
        why="；".join(_reasons(item)) if item.light.name in ("红", "黄") else "",
    )


def _reasons(item: JudgedItem) -> list[str]:
    """Return why the light is what it is, in the body's words where that is how far behind it is."""
    shown, told = (slow_reasons(item.state, item.ledger, how) for how in (in_points, slow_words))
    said_ = dict(zip(shown, told, strict=True))
    return [said_.get(reason, reason) for reason in item.light.reasons]


def _status(item: JudgedItem) -> str:
    state = item.state
    if is_closed_out(state.status):
        return f"已销号（{'逾期' if state.late else '按期'}）"
    if not is_counted(state.status):
        return "已调出清单"
    if state.suspended:
        return state.standing
    if state.assessment:
        return f"已评估（{state.assessment.record.result}）"
    mark = state.assessment_mark
    return f"{state.status}（{mark}）" if mark else state.status


def _words(fact: ItemFacts, facts: Facts, field: str, of: str | None) -> str:
    """Return what each unit said last in ``field``, leads first, with the day of what is older than the period.

    无 is nothing said, and what is closed has no problem any more. Where a lead has spoken, what others said before the
    period isn't told again, nor for one unit (``of``) what any third one said. The name of a unit stands only where
    another than the one lead spoke.
    """
    latest: dict[str, tuple[str, date]] = {}
    over = field == "problems" and is_closed(fact.state.status)
    for entry in () if over else fact.state.entries:
        words = getattr(entry.record, field)
        if entry.record.kind in REPORTING:
            if words and not says_none(words):
                doubt = fact.doubt(entry) if field == "summary" else ""
                told = f"{said(words, facts.year)}{f'（{doubt}）' if doubt else ''}"
                latest[entry.unit] = (told, entry.record.date)
            elif field != "summary":
                latest.pop(entry.unit, None)
    order = fact.state.units.named
    units = sorted(latest, key=lambda unit: order.index(unit) if unit in order else len(order))
    leads = fact.state.units.lead
    if any(unit in leads for unit in units):
        units = [
            unit
            for unit in units
            if unit in leads or unit == of or (of is None and latest[unit][1] >= facts.period.first)
        ]
    alone = len(leads) == 1 and tuple(units) == leads
    each = []
    for unit in units:
        words, day = latest[unit]
        older = f"（{day_words(day, facts.year)}）" if day < facts.period.first else ""
        each.append(f"{'' if alone else f'{unit}：'}{words}{older}")
    return f"{'；'.join(each)}。" if each else ""


def unit_lines(now: Judgement, unit: str | None = None) -> tuple[UnitLine, ...]:
    """Return every unit (or one) in the list's order, not ranked; figures are of the items that it leads."""
    return tuple(_line(row, now) for row in by_unit(now) if unit in (None, row.name))


def _line(row: UnitRow, now: Judgement) -> UnitLine:
    lead = [item for item in row.lead if is_counted(item.state.status)]
    unit = now.ledger.units.by_name[row.name]
    remarks = [
        words
        for words, holds in (
            ("督办机构", row.name == now.ledger.office),
            ("垂直管理", unit.vertical),
        )
        if holds
    ]
    return UnitLine(
        name=row.name,
        lead=len(lead),
        **in_columns(Counter(item.state.standing for item in lead)),
        expired=sum(bool(item.state.overdue_of(row.name)) for item in lead),
        turns=sum(bool(item.state.missed_turns) for item in lead),
        others=len(row.responsible) + len(row.support),
        remark="、".join(remarks),
    )


def indicator_rows(now: Judgement) -> tuple[IndicatorRow, ...]:
    """Return every indicator of the items that count, in the list's order."""
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
