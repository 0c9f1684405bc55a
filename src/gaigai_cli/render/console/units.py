"""The units of a list on the screen: their roles, and how the items that they lead stand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.state import LIGHTS
from gaigai_cli.model.departments import Unit
from gaigai_cli.model.statuses import COLUMNS
from gaigai_cli.query.choose import Selection, UnitRow
from gaigai_cli.render.columns import Shown, shown
from gaigai_cli.render.console.list import NamedRow, Share, headed, items_table, listed
from gaigai_cli.render.grid import Head
from gaigai_cli.render.lines import FAINT, Page, Part, StyledText, page, paragraph
from gaigai_cli.render.short import LIGHT_STYLES


@dataclass(frozen=True, slots=True)
class _Count:
    """A column of numbers: 0 is left blank, and a column of nothing else is left out unless ``always``."""

    title: str
    number: Callable[[UnitRow], int]
    style: str = ""
    always: bool = False


def _led(test: Callable[[JudgedItem], bool]) -> Callable[[UnitRow], int]:
    return lambda row: sum(map(test, row.lead))


def _status(*statuses: str) -> Callable[[UnitRow], int]:
    return _led(lambda item: item.state.standing in statuses)


def _light(name: str) -> Callable[[UnitRow], int]:
    return _led(lambda item: item.light.name == name)


_COUNTS: Final = (
    _Count("牵头", lambda row: len(row.lead), always=True),
    _Count("责任", lambda row: len(row.responsible), always=True),
    _Count("配合", lambda row: len(row.support)),
    _Count("未报", _status("未报进展")),
    _Count("未启动", _status("未启动")),
    _Count("推进中", _status("推进中")),
    _Count("待核验", _status("待核验")),
    _Count("暂缓", _status("暂缓实施")),
    _Count("已办结", _status(*COLUMNS["closed"])),
    *(_Count(name, _light(name), LIGHT_STYLES[name]) for name in LIGHTS),
)

_MEANINGS: Final = {"未报": "未报即未报进展", "已办结": "已办结含已销号、已评估"}


class UnitCounts(NamedTuple):
    """A unit of a list and its numbers, one for each of the columns that there may be."""

    list: str
    unit: str
    numbers: tuple[int, ...]


def unit_counts(rows: Sequence[UnitRow], *, list: str = "") -> tuple[UnitCounts, ...]:
    """Return the numbers of units, free of the ledger; ``list`` is what it is called among several."""
    return tuple(
        UnitCounts(list, row.name, tuple(count.number(row) for count in _COUNTS)) for row in rows
    )


def units_table(rows: Sequence[UnitCounts]) -> Iterator[Part]:
    """Yield a row a unit, in the order of departments.yaml."""
    shown = [
        i for i, count in enumerate(_COUNTS) if count.always or any(row.numbers[i] for row in rows)
    ]
    heads = [Head("单位", "text"), *(Head(_COUNTS[i].title, right=True) for i in shown)]
    named: list[NamedRow] = [
        (
            row.list,
            (row.unit, *(StyledText(str(row.numbers[i] or ""), _COUNTS[i].style) for i in shown)),
        )
        for row in rows
    ]
    yield listed(heads, named)
    titles = [_COUNTS[i].title for i in shown]
    meant = [words for title, words in _MEANINGS.items() if title in titles]
    yield paragraph(f"{'，'.join(['状态和亮灯只计牵头的事项', *meant])}。", FAINT)


def units(shares: Sequence[Share[tuple[UnitCounts, ...]]]) -> Page:
    """Return the page of ``depts``."""
    rows = [row for one in shares for row in one.content]
    return page(
        headed(shares, f"责任单位  共{len(rows)}个"),
        units_table(rows),
    )


class UnitItems(NamedTuple):
    """What the page of a unit shows of a list: its names, each with what it is, and its items."""

    unit: str
    names: tuple[tuple[str, str], ...]
    rows: tuple[Shown, ...]


def unit_items(unit: Unit, selection: Selection, *, list: str) -> UnitItems:
    """Return a unit of a list with its items, free of the ledger; ``list`` is what it is called among several."""
    return UnitItems(unit.name, tuple(_names(unit)), shown(selection.rows, list=list))


def unit_page(shares: Sequence[Share[UnitItems]]) -> Page:
    """Return the page of one unit; of several lists the units that the same word means, with the items of all."""
    rows = [row for one in shares for row in one.content.rows]
    remarks = [remark for one in shares for remark in one.remarks]
    names = [
        f"{f'{one.name}的' if one.name else ''}{name}：{words}"
        for one in shares
        for name, words in one.content.names
    ]
    title = "、".join(dict.fromkeys(one.content.unit for one in shares))
    return page(
        (*headed(shares, title), *(paragraph(words, FAINT) for words in names)),
        items_table(rows, remarks),
    )


def _names(unit: Unit) -> Iterator[tuple[str, str]]:
    for name, words in (
        ("别名", "、".join(unit.aliases)),
        ("曾用名", "、".join(unit.former)),
        ("简拼", "、".join(unit.initials)),
        ("管理", "垂直管理单位，列示而不排名" if unit.vertical else ""),
    ):
        if words:
            yield name, words
