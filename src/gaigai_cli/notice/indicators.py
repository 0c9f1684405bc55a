"""Indicators proposed for an item: one doubt for all of them, what is unsure about each in its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pydantic import ValidationError

from gaigai_cli.model.base import adapter
from gaigai_cli.model.indicators import NUMBER_TARGETS, Indicator, bound_words
from gaigai_cli.model.labels import word_of
from gaigai_cli.notice.answers import Notes
from gaigai_cli.notice.cells import Tree
from gaigai_cli.notice.document import Place
from gaigai_cli.notice.doubts import CONFIRMED, Choice, Doubt
from gaigai_cli.words.days import EVERY, cycle_of
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.quantity import Direction, Measured, measured

_ENTRIES: Final = frozenset((*"篇次场期件项个家宗例批份条座处套类种台间所支部轮", "场次", "轮次"))
_MOST_ENTRIES: Final = 30
"""More than these nobody lists one by one."""
_UNITS: Final = "单位|部门|乡镇|街道|镇|局"
_EACH: Final = regex(rf"每(?:个|家)(?:{_UNITS})|各(?:{_UNITS})分别")
_MANY: Final = regex(rf"(?:各\w{{0,6}}?|[县市区]直\w{{0,4}}?|有关|相关|责任)(?:{_UNITS})")
_UNIT_NAMES: Final = {"工作日": "个工作日", "个小时": "小时", "百分点": "个百分点"}


def proposals(text: str) -> Iterator[Tree]:
    """Return the proposed indicators of an item, in the order of its text; ids ``figure-1`` …"""
    return (_indicator(number, each) for number, each in enumerate(measured(text), 1))


def indicators_of(item_id: str, content: str, place: Place, notes: Notes) -> Any:
    """Return the office's answer, a list of indicators; None until there is one: a proposal is no indicator.

    An answer that is no such list, nor 确认, is refused.
    """
    proposed = list(proposals(content))
    words = [proposal_words(each) for each in proposed]
    if len(words) > 1:
        words = [f"({number}) {each}" for number, each in enumerate(words, 1)]
    doubt = Doubt(
        "indicators", place, item_id, content, f"文中的数字可能是{len(proposed)}项指标",
        "请逐项核对名称、单位、目标和计数办法，确认后写入", read="\n".join(words),
        choices=(Choice("按建议写入", proposed), Choice("不设指标", [])), asked="文中的数字可能是指标",
    )  # fmt: skip
    if not proposed and notes.answers.find(doubt.key) is None:
        return None
    answer = notes.doubt(doubt)
    if answer is None or answer == CONFIRMED:
        return None if answer is None else proposed
    try:
        adapter(list[Indicator]).validate_python(answer)
    except ValidationError:
        notes.refuse("应为指标的列表，每项写明 id、name、target、measure，或“确认”")
        return None
    return answer


def proposal_words(indicator: Tree) -> str:
    """Return a proposed indicator in one line: ``业务培训：不少于2次，逐件登记（原文为…）``."""
    (kind, value), *_ = indicator["target"].items()
    target = bound_words(kind, f"{value}{indicator['unit']}") if kind in NUMBER_TARGETS else value
    how = "逐月判定" if "cycle" in indicator else word_of("measure", indicator["measure"])
    each = "，每个单位各自完成" if indicator.get("per") == "unit" else ""
    note = f"（{indicator['note']}）" if "note" in indicator else ""
    return f"{indicator['name']}：{target}，{how}{each}{note}"


def _indicator(number: int, each: Measured) -> Tree:
    said, target, note = each.said, each.target, each.note
    unit = _UNIT_NAMES.get(said.quantity.unit, said.quantity.unit)
    tree: Tree = {"id": f"figure-{number}", "name": each.name, "unit": unit, "target": target}
    monthly = any(
        cycle_of(every[0]) == "month" and not said.clause.startswith("底", every.end())
        for every in EVERY.finditer(said.clause)
    )
    counts = _is_counted(said, target) and not monthly
    tree["measure"] = "entries" if counts else "latest"
    notes = [note] if note else []
    if counts and _EACH.search(said.clause):
        tree["per"] = "unit"
    elif counts and _MANY.search(said.clause):
        tree["per"] = "undecided"
        notes.append("各单位分别计还是合计，原文未写明")
    if monthly:
        tree["cycle"] = "month"
    return {**tree, "note": "；".join(notes)} if notes else tree


def _is_counted(said: Direction, target: dict[str, str]) -> bool:
    """Return whether each thing can be listed: few of them, whole, and at least so many."""
    low = said.quantity.low
    few = low.isdecimal() and len(low) <= 2 and int(low) <= _MOST_ENTRIES
    grows = "at_least" in target or "undecided" in target
    return few and grows and not said.change and said.quantity.unit in _ENTRIES
