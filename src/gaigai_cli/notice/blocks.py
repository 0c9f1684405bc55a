"""The blocks of a document as the list needs them: layout tables as their lines, a table pasted cell by cell as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gaigai_cli.notice.columns import Columns, Declared, find_columns, head_at, role_of
from gaigai_cli.notice.document import Cell, Document, Line, Place, Table, distinct
from gaigai_cli.notice.guess import may_be_list

_MANY_LINES: Final = 8
"""Lines in one cell that no list's cell has, where the table has but a few rows."""
_FEW_ROWS: Final = 3
_MOST_COLUMNS: Final = 12
_NUMBER: Final = re.compile(r"[（(]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[）)]?[.．、]?")


def arranged(document: Document, declared: Declared) -> tuple[Document, frozenset[Line]]:
    """The document without what only its layout put into tables or took out of them; the lines that stood in tables."""
    blocks: list[Line | Table] = []
    laid: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Table) and _is_layout(block, declared):
            laid += (lines := list(_lines_of(block)))
            blocks += lines
        else:
            blocks.append(block)
    if not any(isinstance(block, Table) for block in blocks):
        lines = [block for block in blocks if isinstance(block, Line)]
        blocks = _with_pasted_table(lines, declared) or blocks
    return document._replace(blocks=tuple(blocks)), frozenset(laid)


def _is_layout(table: Table, declared: Declared) -> bool:
    """Whether a table only holds a page together: it has no list's head, and no rows of cells beside each other."""
    if find_columns(table, declared):
        return False
    if not may_be_list(table):
        filled = [row for row in table.rows if any(not cell.blank for cell in row)]
        return all(len([c for c in distinct(row) if not c.blank]) <= 1 for row in filled) or any(
            _lines(cell) >= _FEW_ROWS for row in filled for cell in row
        )
    return len(table.rows) <= _FEW_ROWS and any(
        _lines(cell) >= _MANY_LINES for row in table.rows for cell in row
    )


def _lines(cell: Cell) -> int:
    return cell.text.count("\n") + 1


def _lines_of(table: Table) -> Iterator[Line]:
    """The lines of a layout table's cells, each with what of it is bold."""
    for cell in dict.fromkeys(cell for row in table.rows for cell in row):
        start = 0
        texts = cell.text.split("\n")
        for number, text in enumerate(texts, 1):
            front = start + len(text) - len(text.lstrip())
            end = start + len(text.rstrip())
            if text.strip():
                bold = tuple(
                    (max(a, front) - front, min(b, end) - front)
                    for a, b in cell.bold
                    if a < end and b > front
                )
                place = cell.place._replace(line=number) if len(texts) > 1 else cell.place
                yield Line(text.strip(), place, bold)
            start += len(text) + 1


def _with_pasted_table(lines: Sequence[Line], declared: Declared) -> list[Line | Table] | None:
    """The lines with a table again where each of its cells has become a line; None where there is no such table."""
    for start in range(len(lines)):
        head = _pasted_head(lines, start, declared)
        if head is None:
            continue
        width = len(head.roles)
        rows = [
            tuple(
                _cell(line, 1, place) for place, line in enumerate(lines[start : start + width], 1)
            )
        ]
        at = start + width
        while at + width <= len(lines) and _is_row(lines[at : at + width], head):
            row = lines[at : at + width]
            rows.append(
                tuple(_cell(line, len(rows) + 1, place) for place, line in enumerate(row, 1))
            )
            at += width
        if len(rows) > 1:
            table = Table(tuple(rows), Place(table=1, line=lines[start].place.line), spans=False)
            return [*lines[:start], table, *lines[at:]]
    return None


def _cell(line: Line, row: int, column: int) -> Cell:
    return Cell(line.text, Place(table=1, row=row, column=column, line=line.place.line), line.bold)


def _pasted_head(lines: Sequence[Line], start: int, declared: Declared) -> Columns | None:
    """The heads that stand on lines of their own from ``start`` on: a number's first, then as many as are known."""
    if role_of(lines[start].text) != "number":
        return None
    end = start + 1
    while end < min(len(lines), start + _MOST_COLUMNS) and not _NUMBER.fullmatch(lines[end].text):
        end += 1
    row = tuple(_cell(line, 1, place) for place, line in enumerate(lines[start:end], 1))
    return head_at(Table((row,), Place(table=1)), 0, declared) if len(row) > 2 else None


def _is_row(lines: Sequence[Line], head: Columns) -> bool:
    return all(
        (_NUMBER.fullmatch(line.text) is not None) == (use == "number")
        for line, use in zip(lines, head.roles, strict=True)
    )
