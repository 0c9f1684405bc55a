"""Which row of a form that came back is which row of the form that was sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gaigai_cli.forms.cells import EMPTY, FormCell, text_of
from gaigai_cli.forms.returned import Returned, Severity, place
from gaigai_cli.forms.sent import MarkRow, MarkTable, digest
from gaigai_cli.forms.tables import THINGS, THINGS_A_FORM, turn_words
from gaigai_cli.words.normal import bare

NumberedRow = tuple[int, Sequence[FormCell]]
"""A row below the head: where it stands (1-based), and its cells."""


class Matched(NamedTuple):
    """A row that is known: where it stands now, its cells, what it was, and what it is about."""

    number: int
    cells: Sequence[FormCell]
    mark: MarkRow
    key: str

    def at(self, column: int | None) -> FormCell:
        """Return the cell of a column; an empty one where there is none."""
        return _at(self.cells, column)


@dataclass
class Matcher:
    """Finds rows again by their id and words, and tells of those that aren't what they were.

    ``columns``: where each column is now, 0-based; ``sheet``: what the table's sheet is called now. ``taken``: rows
    that are known, by where they stand; ``told``: where those stand that were told to be none.
    """

    table: MarkTable
    columns: Mapping[str, int]
    returned: Returned
    sheet: str
    taken: dict[int, MarkRow] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)
    _used: dict[str, int] = field(default_factory=dict)
    _missed: set[str] = field(default_factory=set)
    """Keys of rows whose trouble has been told."""

    def rows(self, rows: Sequence[NumberedRow]) -> Iterator[Matched]:
        """Yield the rows that are known; what isn't is told to ``returned``."""
        for number, cells in rows:
            found = self._match(number, cells)
            if found is not None:
                self.taken[number] = found.mark
                yield found
        self._tell_rest()

    def _match(self, number: int, cells: Sequence[FormCell]) -> Matched | None:
        id_ = bare(self._words(cells, self.table.known_by[0]))
        words = digest("".join(self._words(cells, key) for key in self.table.known_by[1:]))
        filled = self._filled(cells)
        if not id_ and not filled:
            return None
        known = next((m for m in self.table.rows if (bare(m.id), m.words) == (id_, words)), None)
        if known is None and filled and (added := self._added(number, id_, cells)):
            return Matched(number, cells, added, f"{added.key}+{number}")
        found = known or self._changed(number, id_, words, filled)
        if found is None:
            return None
        if found.key in self._used:
            if filled:
                self._tell(number, f"{found.id}这一行出现了两次，第二次的内容没有登记")
            return None
        self._used[found.key] = number
        return Matched(number, cells, found, found.key)

    def _added(self, number: int, id_: str, cells: Sequence[FormCell]) -> MarkRow | None:
        """Return a row of the indicator to which somebody has added one: more things than the form has rows for.

        A row that was inserted says nothing of its own and belongs to the one above it.
        """
        if self.table.name != THINGS:
            return None
        if not any(self._words(cells, key) for key in self.table.known_by):
            return self.taken.get(number - 1)
        last = digest(self._words(cells, "name") + turn_words(THINGS_A_FORM))
        return next((m for m in self.table.rows if (bare(m.id), m.words) == (id_, last)), None)

    def _changed(self, number: int, id_: str, words: str, filled: bool) -> MarkRow | None:
        """Return a row whose id or words aren't those of any row sent; the row that it certainly is, or nothing."""
        there = next((m for m in self.table.rows if m.row == number), None)
        if there and bare(there.id) == id_ and all(m.words != words for m in self.table.rows):
            self._tell(number, f"{there.id}的内容文字被改动，按序号登记", "note")
            return there
        same = [m for m in self.table.rows if m.words == words and m.key not in self._used]
        if there in same:
            same = [there]
        if len(same) == 1 and id_ != bare(same[0].id):
            self._missed.add(same[0].key)
            changed = f"由{same[0].id}被改成“{id_}”" if id_ else f"{same[0].id}被删去"
            self._tell(number, f"序号{changed}，这一行没有登记")
        elif filled:
            whose = f"“{id_}”这一行" if id_ else "这一行没有序号，"
            self._tell(number, f"{whose}不在发出的表里，没有登记")
        return None

    def _words(self, cells: Sequence[FormCell], key: str) -> str:
        return text_of(_at(cells, self.columns[key]).value or "")

    def _filled(self, cells: Sequence[FormCell]) -> bool:
        return any(
            fill and not _at(cells, self.columns.get(key)).empty
            for key, _, fill in self.table.columns
        )

    def _tell(self, number: int, message: str, severity: Severity = "error") -> None:
        self.told.add(number)
        where = place(self.sheet, self.columns[self.table.known_by[0]], number)
        self.returned.tell(where, message, severity)

    def _tell_rest(self) -> None:
        """Tell of rows that are gone, and of rows that are no longer in order."""
        for mark in self.table.rows:
            if mark.key not in self._used and mark.key not in self._missed:
                self.returned.tell(self.sheet, f"发出的{mark.id}（原第{mark.row}行）被删除")
        highest, moved = 0, []
        for mark in self.table.rows:
            number = self._used.get(mark.key, highest)
            if number < highest:
                moved.append(mark)
            highest = max(highest, number)
        if len(moved) == 1:
            words = f"{moved[0].id}这一行被移动了位置，按序号和内容登记"
            self._tell(self._used[moved[0].key], words, "note")
        elif moved:
            words = f"{len(moved)}行被移动了位置，按序号和内容登记"
            self.returned.tell(self.sheet, words, "note")


def _at(cells: Sequence[FormCell], column: int | None) -> FormCell:
    return cells[column] if column is not None and column < len(cells) else EMPTY
