"""Tables that ``gaigai export`` wrote, by the names of their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from gaigai_cli.notice.document import Cell, Document, Place, Table

_GUARD: Final = re.compile(r"'(?=[=+\-@\t\r])")
"""What a csv has before text that a spreadsheet would take for a formula."""


class OwnRow(NamedTuple):
    """A row by the names of its columns."""

    cells: dict[str, Cell]

    def text(self, name: str) -> str:
        """What stands in a column, empty where there is none of that name."""
        return _GUARD.sub("", self.cells[name].text, count=1).strip() if name in self.cells else ""

    def place(self, name: str) -> Place:
        """Where that stands."""
        return self.cells[name].place if name in self.cells else self.first

    @property
    def all_text(self) -> str:
        """All of the row's words."""
        return "　".join(cell.text for cell in self.cells.values() if not cell.blank)

    @property
    def first(self) -> Place:
        """Where the row begins."""
        return next(iter(self.cells.values())).place


def headed(document: Document, head: Sequence[str]) -> Table | None:
    """The table that begins with such a head."""
    for table in document.tables:
        if table.rows and head_of(table)[: len(head)] == tuple(head):
            return table
    return None


def head_of(table: Table) -> tuple[str, ...]:
    """The names of a table's columns."""
    return tuple(cell.text.strip() for cell in table.rows[0]) if table.rows else ()


def rows_below(table: Table) -> list[OwnRow]:
    """The rows below the head that have something in them."""
    head = head_of(table)
    rows = [OwnRow(dict(zip(head, row, strict=False))) for row in table.rows[1:]]
    return [row for row in rows if row.all_text]
