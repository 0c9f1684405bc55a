"""The indicators of a list that ``gaigai export`` wrote: the sheet 指标."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from gaigai_cli.model.export_heads import TARGET_WORDS
from gaigai_cli.model.labels import word_of
from gaigai_cli.model.scalars import NUMBER_PATTERN
from gaigai_cli.notice.answers import CONFIRMED
from gaigai_cli.notice.document import Table
from gaigai_cli.notice.doubts import Choice, Doubt, Notes
from gaigai_cli.notice.exports.table import OwnRow, rows_below
from gaigai_cli.notice.trees import Tree, set_known

_TARGETS: Final = {word: kind for kind, word in TARGET_WORDS.items()}
_NUMBERS: Final = ("at_least", "at_most", "equal")


def _by_word(name: str, *values: str) -> dict[str, str]:
    return {word_of(name, value): value for value in values}


_MEASURES: Final = _by_word("measure", "entries", "sum", "latest")
_PER: Final = _by_word("per", "total", "unit", "undecided")
_CYCLES: Final = _by_word("cycle", "month")
_TRENDS: Final = _by_word("trend", "up", "down")


def indicators_by_item(table: Table, items: Iterable[str], notes: Notes) -> dict[str, list[Tree]]:
    """The indicators of each item by its id. A row that is none, or of no item, is a doubt and not read."""
    known = set(items)
    found: dict[str, list[Tree]] = {}
    for row in rows_below(table):
        item = row.text("事项编号")
        tree = _indicator(row)
        why = "" if tree else "这一行的目标、计量方式等不能识别，没有读入"
        why = why if item in known else f"没有编号为“{item}”的事项，这一行没有读入"
        if tree is None or why:
            notes.doubt(Doubt("indicators", row.first, item, row.all_text, why, "请照其他行的写法改正",
                              choices=(Choice("已核对", CONFIRMED),)))  # fmt: skip
        else:
            found.setdefault(item, []).append(tree)
    return found


def _indicator(row: OwnRow) -> Tree | None:
    """The fields of a row; None where they are no indicator's."""
    target = _target(row.text("目标类型"), row.text("目标值"))
    measure = _MEASURES.get(row.text("计量方式"))
    per, cycle = row.text("考核范围"), row.text("判定周期")
    name, short = row.text("指标名称"), row.text("指标编号")
    words_known = (not per or per in _PER) and (not cycle or cycle in _CYCLES)
    if not (name and short and target and measure and words_known):
        return None
    tree: Tree = {"id": short, "name": name}
    set_known(tree, "unit", row.text("计量单位"))
    tree |= {"target": target, "measure": measure}
    if value := row.text("基期数值"):
        if not re.fullmatch(NUMBER_PATTERN, value):
            return None
        tree["baseline"] = {"value": value, "label": row.text("基期说明")}
    if _PER.get(per, "total") != "total":
        tree["per"] = _PER[per]
    set_known(tree, "provider", row.text("数据提供单位"))
    set_known(tree, "cycle", _CYCLES.get(cycle))
    set_known(tree, "note", row.text("口径说明"))
    return tree


def _target(word: str, value: str) -> Tree | None:
    kind = _TARGETS.get(word)
    if kind is None or not value:
        return None
    if kind in _NUMBERS:
        return {kind: value} if re.fullmatch(NUMBER_PATTERN, value) else None
    if kind == "trend":
        return {kind: _TRENDS[value]} if value in _TRENDS else None
    return {kind: value}
