"""What a form asks of indicators: their figures, and the things that are counted one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gaigai_cli.forms.tables import (
    FIGURES,
    THINGS,
    THINGS_A_FORM,
    FormColumn,
    FormRow,
    FormTable,
    key_of,
    turn_words,
)
from gaigai_cli.judge.figures import Figure
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.indicators import Indicator
from gaigai_cli.model.ledger import Entry
from gaigai_cli.words.say import target_words, value_words

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


def figures_table(items: list[JudgedItem], unit: str) -> FormTable:
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
    return FormTable(FIGURES, "指标数据", columns, rows)


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


def things_table(items: list[JudgedItem], unit: str) -> FormTable:
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
        "新增项目、培训、稿件等逐件登记",
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
