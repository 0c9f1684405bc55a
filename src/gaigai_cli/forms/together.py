"""Several files of one unit for one month, read as one form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from gaigai_cli.forms.cells import meaning, shown
from gaigai_cli.forms.returned import Answer, Returned
from gaigai_cli.forms.sent import Mark

_NEVER: Final = "~"
"""Sorts after the number of every record."""


def together(files: Sequence[Returned], collected: Mapping[str, str]) -> Returned:
    """Return the newest file with what the others fill in besides.

    ``collected`` gives the last record that a file gave, by the file's hash: what is collected later counts, and a
    file that was never collected counts as newest. Cells that differ in files that are equally new are told, and taken
    from none of the files.
    """

    def age(one: Returned) -> str:
        return collected.get(one.sha256, _NEVER)

    first, *others = sorted(files, key=age, reverse=True)
    pile = _Pile(first)
    for other in others:
        newer = age(first) > age(other)
        words = (
            f"{other.file}以前收过，不同的格子以这一份为准"
            if newer
            else f"同一单位还交了{other.file}，两份一并核对"
        )
        first.tell("", words, "note")
        first.mark = _joined(first.mark, other.mark)
        for key, answers in other.answers.items():
            for column, answer in answers.items():
                pile.add(other, key, column, answer, newer=newer)
        first.troubles.extend(other.troubles)
        first.filled_on = first.filled_on or other.filled_on
    return first


def _joined(mark: Mark, other: Mark) -> Mark:
    """Return the mark with further rows of the other: a unit merged since, or a form sent again, asks for more."""
    tables = {table.name: table for table in mark.tables}
    for table in other.tables:
        own = tables.setdefault(table.name, table)
        keys = {row.key for row in own.rows}
        more = tuple(row for row in table.rows if row.key not in keys)
        tables[table.name] = own._replace(rows=(*own.rows, *more))
    return mark._replace(tables=tuple(tables.values()))


@dataclass
class _Pile:
    """``contested``: cells in which files differ, with what the first of them says."""

    first: Returned
    contested: dict[tuple[str, str], Answer] = field(default_factory=dict)

    def _differ(self, column: str, one: Answer, other: Answer) -> bool:
        """Return whether two cells of a column mean different things."""
        mark = self.first.mark
        fills = {key: fill for table in mark.tables for key, _, fill in table.columns}
        first, second = (meaning(a.cell, fills[column], int(mark.month[:4])) for a in (one, other))
        return bool(first != second)

    def add(self, other: Returned, key: str, column: str, answer: Answer, *, newer: bool) -> None:
        """Take a cell of another file where the first one, ``newer`` or of the same age, says nothing."""
        answers = self.first.answers.setdefault(key, {})
        own = self.contested.get((key, column)) or answers.get(column)
        if own is None:
            item = key.split("|", maxsplit=1)[0]
            if not answers and not self.first.of(item):
                self.first.lent[item] = other.path
            answers[column] = answer._replace(place=f"（{other.file}）{answer.place}")
        elif not newer and self._differ(column, own, answer):
            answers.pop(column, None)
            self.contested[key, column] = own
            said = f"“{shown(own.cell)}”和“{shown(answer.cell)}”"
            words = f"与{other.file}的{answer.place}不同（{said}），两份都没有登记"
            self.first.tell(own.place, words)
