"""Which row of a form that came back is which row of the form that was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gaigai_cli.forms.cells import Cell, text_of
from gaigai_cli.forms.mark import MarkRow, MarkTable, digest
from gaigai_cli.forms.returned import Returned
from gaigai_cli.forms.tables import bare

_EMPTY: Final = Cell(None)


class Matched(NamedTuple):
    """A row that is known: where it stands now, its cells, and what it was."""

    number: int
    cells: Sequence[Cell]
    mark: MarkRow

    def at(self, column: int | None) -> Cell:
        """The cell of a column; an empty one where there is none."""
        return self.cells[column] if column is not None and column < len(self.cells) else _EMPTY


@dataclass
class _Matcher:
    """Finds rows again by their id and words, and tells of those that aren't what they were."""

    table: MarkTable
    columns: Mapping[str, int]
    returned: Returned
    used: dict[str, int] = field(default_factory=dict)
    missed: set[str] = field(default_factory=set)
    """Keys of rows whose trouble has been told."""

    def match(self, number: int, cells: Sequence[Cell]) -> Matched | None:
        row = Matched(number, cells, MarkRow("", 0, "", "", ()))
        id_ = bare(text_of(row.at(self.columns[self.table.known_by[0]]).value or ""))
        words = digest(
            "".join(text_of(row.at(self.columns[k]).value or "") for k in self.table.known_by[1:])
        )
        filled = self._filled(row)
        if not id_ and not filled:
            return None
        known = next((m for m in self.table.rows if (bare(m.id), m.words) == (id_, words)), None)
        found = known or self._changed(number, id_, words, filled)
        if found is None:
            return None
        if found.key in self.used:
            if filled:
                self._tell(number, f"{found.id}这一行出现了两次，第二次的内容没有登记")
            return None
        self.used[found.key] = number
        return row._replace(mark=found)

    def _changed(self, number: int, id_: str, words: str, filled: bool) -> MarkRow | None:
        """A row whose id or words aren't those of any row sent; the row that it certainly is, or nothing."""
        there = next((m for m in self.table.rows if m.row == number), None)
        if there and bare(there.id) == id_ and all(m.words != words for m in self.table.rows):
            self._tell(number, f"{there.id}的内容文字被改动，按序号登记", note=True)
            return there
        same = [m for m in self.table.rows if m.words == words and m.key not in self.used]
        if there in same:
            same = [there]
        if len(same) == 1 and id_ != bare(same[0].id):
            self.missed.add(same[0].key)
            self._tell(number, f"序号由{same[0].id}被改成“{id_}”，这一行没有登记")
        elif filled:
            self._tell(number, f"“{id_}”这一行不在发出的表里，没有登记")
        return None

    def _filled(self, row: Matched) -> bool:
        return any(
            fill and not row.at(self.columns.get(key)).empty for key, _, fill in self.table.columns
        )

    def _tell(self, number: int, message: str, *, note: bool = False) -> None:
        from openpyxl.utils import get_column_letter

        letter = get_column_letter(self.columns[self.table.known_by[0]] + 1)
        place = f"{self.table.name}!{letter}{number}"
        self.returned.tell(place, message, "note" if note else "error")

    def tell_rest(self) -> None:
        """Rows that are gone, and rows that are no longer in order."""
        for mark in self.table.rows:
            if mark.key not in self.used and mark.key not in self.missed:
                self.returned.tell(self.table.name, f"发出的{mark.id}（原第{mark.row}行）被删除")
        highest = 0
        for mark in self.table.rows:
            number = self.used.get(mark.key, highest)
            if number < highest:
                self._tell(number, f"{mark.id}这一行被移动了位置，按序号和内容登记", note=True)
            highest = max(highest, number)


def matched(
    rows: Sequence[tuple[int, Sequence[Cell]]],
    table: MarkTable,
    columns: Mapping[str, int],
    returned: Returned,
) -> Iterator[Matched]:
    """The rows that are known; what isn't is told to ``returned``."""
    matcher = _Matcher(table, columns, returned)
    for number, cells in rows:
        found = matcher.match(number, cells)
        if found is not None:
            yield found
    matcher.tell_rest()
