"""The figures and the things counted that a form gives for one item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from gaigai_cli.forms.cells import read_day, read_number, read_text
from gaigai_cli.forms.returned import Answer, Returned
from gaigai_cli.model.indicators import Indicator, MetricEntry, MetricValue
from gaigai_cli.model.tasks import Item

_NAMES: Final = {"thing": "名称", "day": "日期", "reference": "文号、项目代码或链接"}


def read_metrics(
    returned: Returned, filled: Mapping[str, Mapping[str, Answer]], item: Item, today: date
) -> dict[str, MetricValue]:
    """Values by indicator; a cell that can't be read is told and left out, the others are taken."""
    known = {indicator.id: indicator for indicator in item.indicators}
    metrics: dict[str, MetricValue] = {}
    things: dict[str, list[MetricEntry]] = {}
    for key, answers in filled.items():
        name = key.split("|")[1]
        indicator = known.get(name)
        if indicator is None:
            for answer in answers.values():
                returned.tell(answer.place, "这个指标已不在现在的清单里，这一格没有登记")
        elif "value" in answers:
            metrics |= _number(returned, indicator, answers["value"])
        else:
            things.setdefault(name, []).extend(_thing(returned, answers, today))
    return metrics | {name: tuple(found) for name, found in things.items() if found}


def _number(returned: Returned, indicator: Indicator, answer: Answer) -> dict[str, MetricValue]:
    try:
        return {indicator.id: read_number(answer.cell, indicator.unit)}
    except ValueError as error:
        returned.tell(answer.place, f"{error}，这一格没有登记")
        return {}


def _thing(returned: Returned, answers: Mapping[str, Answer], today: date) -> Iterator[MetricEntry]:
    """The thing of a row, where all three cells are right; else each cell that isn't is told."""
    missing = [name for name in _NAMES if name not in answers]
    first = next(iter(answers.values())).place
    if missing:
        words = "、".join(_NAMES[name] for name in missing)
        returned.tell(first, f"这一件缺少{words}，没有登记")
        return
    year = int(returned.mark.month[:4])
    try:
        place = answers["thing"].place
        name = read_text(answers["thing"].cell)
        place = answers["day"].place
        day = read_day(answers["day"].cell, year=year, today=today)
        if day > today:
            raise ValueError(f"{day}晚于今天")
        place = answers["reference"].place
        reference = read_text(answers["reference"].cell)
    except ValueError as error:
        returned.tell(place, f"{error}，这一件没有登记")
        return
    yield MetricEntry(name=name, date=day, reference=reference)
