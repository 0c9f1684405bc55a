"""Several files of one unit for one month, read as one form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from gaigai_cli.forms.cells import meaning, shown
from gaigai_cli.forms.returned import Answer, Returned

_NEVER: Final = "~"
"""Comes after the number of every record."""


def together(files: Sequence[Returned], collected: Mapping[str, str]) -> Returned:
    """The newest file with what the others fill in besides.

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
        for key, answers in other.answers.items():
            for column, answer in answers.items():
                pile.add(other, key, column, answer, newer=newer)
        first.troubles.extend(other.troubles)
        first.filled_on = first.filled_on or other.filled_on
    return first


@dataclass
class _Pile:
    """``contested``: cells in which files differ, with what the first of them says."""

    first: Returned
    contested: dict[tuple[str, str], Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fills = {c: fill for table in self.first.mark.tables for c, _, fill in table.columns}
        self.year = int(self.first.mark.month[:4])

    def _differ(self, column: str, one: Answer, other: Answer) -> bool:
        first, second = (meaning(a.cell, self.fills[column], self.year) for a in (one, other))
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
