"""Numbers in the words of an item (不少于3次, 达到95%以上, 压缩50%): indicators to propose, each to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from gaigai_cli.words import quantity_names as figure_names
from gaigai_cli.words.quantity import DURATIONS, POINTS, RANK, SHARES, Quantity, quantities
from gaigai_cli.words.quantity_targets import (
    AT_MOST_AFTER,
    DOWN,
    EARLY,
    HIGH,
    KEYS,
    STOPS,
    Said,
    is_limit,
    kept_key,
    said_of,
    target_of,
)

_ENTRIES: Final = frozenset((*"篇次场期件项个家宗例批份条座处套类种台间所支部轮", "场次", "轮次"))
_MOST_ENTRIES: Final = 30
"""More than these nobody lists one by one."""
_MONTHLY: Final = re.compile("每个?月(?!底)|按月|逐月")
_UNITS: Final = "单位|部门|乡镇|街道|镇|局"
_EACH: Final = re.compile(rf"每(?:个|家)(?:{_UNITS})|各(?:{_UNITS})分别")
_MANY: Final = re.compile(rf"(?:各\w{{0,6}}?|[县市区]直\w{{0,4}}?|有关|相关|责任)(?:{_UNITS})")
_ALL: Final = re.compile("各(?=$)|[均都](?=达|不|保|超|提|控|压|缩|在|为|$)")
_LONG: Final = 20
_LONGEST: Final = 40
_RESPECTIVELY: Final = "分别"
_UNIT_NAMES: Final = {"工作日": "个工作日", "个小时": "小时", "百分点": "个百分点"}


class Figure(NamedTuple):
    """A number in a text: the sentence that it stands in, the indicator that it may be, and what is unsure about it."""

    clause: str
    indicator: dict[str, Any]
    note: str = ""


def figures(text: str) -> Iterator[Figure]:
    """The proposed indicators of an item, in the order of the text; ids ``figure-1`` …"""
    plain, found = quantities(text)
    waiting: list[str] = []
    number, last = 0, ""
    for at, quantity in enumerate(found):
        said = said_of(plain, quantity, found[at - 1].end if at else 0)
        target, note = target_of(said, text)
        names = _listed(said)
        if waiting and _is_bare(said):
            names, waiting = waiting[:1], waiting[1:]
        elif _RESPECTIVELY in said.head:
            names, waiting = names[:1], names[1:]
        elif _RESPECTIVELY in said.clause and _is_bare(said):
            note = "；".join(filter(None, (note, "原文没有逐个写明是什么，请补全名称")))
        before = found[at - 1] if at else None
        for name in names or [_full_name(said, plain, text, last, before)]:
            number, last = number + 1, _readable(name) or _readable(text[quantity.start :])
            indicator, notes = _indicator(number, last, said, target, note)
            yield Figure(_sentence(text, quantity), indicator, notes)


def _name(said: Said, text: str, previous: str) -> str:
    unit, before = said.quantity.unit, said.before
    if said.quantity.after == RANK:
        place = text[said.quantity.start : said.quantity.end].partition("前")[0]
        return figure_names.rank(before, place)
    if unit in SHARES or unit in POINTS:
        return _share_name(said, previous)
    if said.change in DOWN:
        return f"{figure_names.counted(before, said.tail, '')}{said.change}数"
    if said.key == EARLY:
        return f"{EARLY}{figure_names.noun_after(said.tail)}"
    if unit in DURATIONS:
        limit = said.key in HIGH or said.quantity.after in AT_MOST_AFTER or is_limit(said)
        return figure_names.duration(before, said.tail, previous, limit=limit)
    return figure_names.counted(before, said.tail, text[: said.quantity.start])


def _share_name(said: Said, previous: str) -> str:
    """The name of a percentage, or of percentage points: what stands behind the key is what they are held against."""
    at = said.head.rfind(said.key) if said.key else len(said.head)
    start, of = said.head[:at], said.head[at + len(said.key) :].strip("\0的 ")
    if said.quantity.unit in POINTS:
        if said.change:
            return f"{figure_names.name_before(said.before)}{said.change}幅度"
        return figure_names.above(start.strip("\0 ") or previous, said.key, of)
    if said.key in HIGH and of:
        return figure_names.part(start, of)
    return figure_names.share(said.before, said.tail, said.change)


def _listed(said: Said) -> list[str]:
    """The names of 受理率、办结率均达到…: one figure for each of them."""
    cut = _ALL.search(said.head)
    at = cut.start() if cut else said.head.find(_RESPECTIVELY)
    if at < 0 or "、" not in said.head[:at]:
        return []
    return [name for each in said.head[:at].split("、") if (name := figure_names.name_before(each))]


def _readable(name: str) -> str:
    """A name without characters that nobody sees."""
    return "".join(char for char in name if char.isprintable() and not char.isspace())[:_LONGEST]


def _is_bare(said: Said) -> bool:
    """Whether nothing stands between a number and the one before: 分别达到95%、90%."""
    return not said.head.strip("\0 、和及")


def _full_name(said: Said, plain: str, text: str, last: str, before: Quantity | None) -> str:
    """The name from the number's clause; where that has none from the one before, at worst the item's first words."""
    name = _name(said, text, last)
    if name and name not in figure_names.BARE:
        return name
    start = said.quantity.start - len(said.clause) + (said.quantity.end - said.quantity.start)
    clauses = re.split(f"[{re.escape(STOPS)}]", plain[: max(start - 1, 0)])
    follows = before is not None and before.end > start - len(clauses[-1]) - 1
    earlier = last if follows else next(filter(None, map(_bare, reversed(clauses))), "")
    if name and (follows or len(earlier) > _LONG):
        return name
    return f"{earlier}{name}" or text


def _bare(clause: str) -> str:
    return figure_names.name_before(KEYS.sub(kept_key, clause))


def _indicator(
    number: int, name: str, said: Said, target: dict[str, str], note: str
) -> tuple[dict[str, Any], str]:
    unit = _UNIT_NAMES.get(said.quantity.unit, said.quantity.unit)
    tree: dict[str, Any] = {"id": f"figure-{number}", "name": name, "unit": unit, "target": target}
    monthly = _MONTHLY.search(said.clause) is not None
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
    words = "；".join(notes)
    return {**tree, **({"note": words} if words else {})}, words


def _is_counted(said: Said, target: dict[str, str]) -> bool:
    """Whether each thing can be listed: few of them, whole, and at least so many."""
    low = said.quantity.low
    few = low.isdecimal() and len(low) <= 2 and int(low) <= _MOST_ENTRIES
    grows = "at_least" in target or "undecided" in target
    return few and grows and not said.change and said.quantity.unit in _ENTRIES


def _sentence(text: str, quantity: Quantity) -> str:
    start, end = quantity.start, quantity.end
    while start > 0 and text[start - 1] not in "。；;\n":
        start -= 1
    while end < len(text) and text[end] not in "。；;\n":
        end += 1
    return text[start:end].strip()
