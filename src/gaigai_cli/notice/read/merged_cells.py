"""Cells put one after the other into a table, those that span rows and columns at every place that they cover."""

from __future__ import annotations

from gaigai_cli.notice import limits
from gaigai_cli.notice.document import Bold, Cell, Place, Table


class TableBuilder:
    """A table in the making."""

    def __init__(self, place: Place, made: limits.CellCount) -> None:
        self._place = place
        self._made = made
        self._rows: list[dict[int, Cell]] = []
        self._pending: dict[int, tuple[Cell, int]] = {}
        self._row: dict[int, Cell] | None = None
        self._free = 0  # no column of the row before it is free

    def put(self, text: str, bold: Bold, down: int, across: int) -> None:
        """Add the next cell of the row, ``down`` rows high and ``across`` columns wide; 0 rows: to the table's end."""
        self._made.add(max(across, 1))
        row = self._open_row()
        column = self._free
        while column in row:
            column += 1
        self._free = column + 1
        at = self._place._replace(row=len(self._rows) + 1, column=column + 1)
        cell = Cell(text, at, bold)
        for offset in range(column, column + max(across, 1)):
            if offset in row:
                break
            row[offset] = cell
            if down != 1:
                self._pending[offset] = (cell, down - 1 if down > 1 else limits.MAX_CELLS)

    def end_row(self) -> None:
        """Close the row; one that nothing was put into is no row."""
        if self._row is not None:
            self._rows.append(self._row)
            self._row = None

    def table(self) -> Table:
        """Return the table, every row as wide as the widest."""
        self.end_row()
        width = max((max(row, default=-1) + 1 for row in self._rows), default=0)
        self._made.add(width * len(self._rows) - sum(map(len, self._rows)))
        rows = tuple(
            tuple(
                row.get(column) or Cell("", self._place._replace(row=number, column=column + 1))
                for column in range(width)
            )
            for number, row in enumerate(self._rows, start=1)
        )
        return Table(rows, self._place)

    def _open_row(self) -> dict[int, Cell]:
        if self._row is None:
            self._row = {}
            self._made.add(len(self._pending))
            self._free = 0
            for column, (cell, rest) in list(self._pending.items()):
                self._row[column] = cell
                if rest > 1:
                    self._pending[column] = (cell, rest - 1)
                else:
                    del self._pending[column]
        return self._row
