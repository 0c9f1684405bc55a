"""The units that a draft names, as ``departments.yaml`` lists them: names, short names that stand beside, initials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from gaigai_cli.notice.answers import CONFIRMED
from gaigai_cli.notice.document import Place
from gaigai_cli.notice.doubts import Choice, Doubt, Notes
from gaigai_cli.notice.initials import initials_of
from gaigai_cli.notice.trees import Tree

_ROLES: Final = ("lead", "responsible", "support")
_PREFIX: Final = re.compile("^[县市区省州旗]")
# Vertically managed everywhere in the country, from the county up: tax, fire and rescue, ecology (since the reform of
# 2016 a county's is a branch of the city's), weather, tobacco, customs, posts, surveys of the statistics bureau.
_VERTICAL: Final = re.compile(
    "税务局$|消防救援(?:总队|支队|大队|局)$|生态环境(?:局|分局)$|气象局$|烟草专卖局$|海关$|邮政管理局$|调查队$|海事局$"
)


def units(tasks: Sequence[Tree], notes: Notes) -> list[Tree]:
    """Every unit in the order of its first appearance."""
    names = list(dict.fromkeys(_named(tasks)))
    aliases = _aliases(names, notes)
    return [unit(name, aliases.get(name, [])) for name in names if name not in _short(aliases)]


def _short(aliases: dict[str, list[str]]) -> set[str]:
    return {short for shorts in aliases.values() for short in shorts}


def _named(tasks: Sequence[Tree]) -> Iterator[str]:
    for task in tasks:
        for holder in (task, *task["items"]):
            cell = holder.get("units")
            if cell:
                found = [name for role in _ROLES for name in cell.get(role, ())]
                yield from sorted(found, key=partial(_at, str(cell["text"])))


def _at(text: str, name: str) -> int:
    place = text.find(name)
    return place if place >= 0 else len(text)


def _aliases(names: Sequence[str], notes: Notes) -> dict[str, list[str]]:
    """县住建局 and 住建局 in one list are one unit, most likely; whether they are is for a person to say."""
    found: dict[str, list[str]] = {}
    for name in names:
        short = _PREFIX.sub("", name)
        if short == name or short not in names:
            continue
        answer = notes.doubt(
            Doubt("unit-names", Place(), short, name, f"清单里既写“{name}”，又写“{short}”",
                  "请核对是不是同一个单位", read=f"“{short}”是“{name}”的简称",
                  choices=(Choice("是同一个单位", CONFIRMED), Choice("是两个单位", "two")))
        )  # fmt: skip
        if answer != "two":
            found.setdefault(name, []).append(short)
    return found


def unit(name: str, aliases: Sequence[str] = ()) -> Tree:
    """A unit's fields."""
    return {
        "name": name,
        "aliases": list(aliases),
        "initials": initials(name),
        "former": [],
        "vertical": _VERTICAL.search(name) is not None,
    }


def initials(name: str) -> list[str]:
    """The first letters of a name's pinyin, and those without 县 or 市 before it."""
    full, short = initials_of(name), initials_of(_PREFIX.sub("", name))
    return [each for each in dict.fromkeys((full, short)) if each]
