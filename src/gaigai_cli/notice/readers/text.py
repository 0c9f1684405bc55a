"""Plain text: lines, and tables whose cells are separated by tabs; and CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import groupby
from typing import Final

from gaigai_cli.notice import limits
from gaigai_cli.notice.document import Cell, Document, Line, Place, Table
from gaigai_cli.notice.readers.markup import strip_tags

_HEADING: Final = re.compile(r"\s*#{1,6}\s+(?=\S)")
_BLANKS: Final = re.compile(r"[ 　]{2,}")
_FEWEST_COLUMNS: Final = 4
_CSV_SIGNS: Final = ",;\t"


def read(text: str) -> Document:
    """Lines, those with tabs gathered into tables. Signs of headings (``#``) and tags of paragraphs are layout."""
    blocks: list[Line | Table] = []
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate(_tabbed(text.split("\n")), start=1):
        if "\t" in line.strip("\n") and line.strip():
            rows.append((number, line.split("\t")))
            continue
        if (rows and line.strip()) or rows:
            blocks.append(_table(rows, sum(isinstance(b, Table) for b in blocks) + 1))
            rows = []
        if line.strip():
            blocks.append(Line(_HEADING.sub("", line).strip(), Place(line=number)))
    if rows:
        blocks.append(_table(rows, sum(isinstance(b, Table) for b in blocks) + 1))
    return Document(tuple(blocks))


def _tabbed(lines: Sequence[str]) -> Iterator[str]:
    """The lines with tabs again where they were lost: lines that several blanks cut into as many columns each."""
    for wide, run in groupby(lines, key=_columns):
        for line in (group := list(run)):
            yield "\t".join(_BLANKS.split(line.strip())) if wide and len(group) > 1 else line


def _columns(line: str) -> int:
    """Into how many columns several blanks cut a line; 0 where they make no table's row of it."""
    count = len(_BLANKS.split(line.strip()))
    return count if count >= _FEWEST_COLUMNS and "\t" not in line else 0


def _table(rows: Sequence[tuple[int, Sequence[str]]], number: int) -> Table:
    """A table of lines; each cell knows the line that it stands in."""
    width = max(len(cells) for _, cells in rows)
    limits.check_cells(width * len(rows))
    made = []
    for index, (line, cells) in enumerate(rows, start=1):
        filled = [*cells, *[""] * (width - len(cells))]
        made.append(
            tuple(
                Cell(strip_tags(text), Place(table=number, row=index, column=column, line=line))
                for column, text in enumerate(filled, start=1)
            )
        )
    return Table(tuple(made), Place(table=number, line=rows[0][0]), spans=False)


def read_csv(text: str) -> Document:
    """A table; rows before it that have one cell only are lines. A cell may hold line breaks."""
    limit = csv.field_size_limit(limits.MAX_TEXT)
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
        rows: list[tuple[int, list[str]]] = []
        line = 1
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    finally:
        csv.field_size_limit(limit)
    return Document(tuple(_csv_blocks(rows)))


def _csv_blocks(rows: Iterable[tuple[int, list[str]]]) -> list[Line | Table]:
    blocks: list[Line | Table] = []
    gathered: list[tuple[int, list[str]]] = []
    for line, cells in rows:
        filled = [cell for cell in cells if cell.strip()]
        if not filled:
            continue
        if len(filled) == 1 and cells[0].strip() and not gathered:
            blocks.append(Line(filled[0].strip(), Place(line=line)))
        else:
            gathered.append((line, cells))
    if gathered:
        blocks.append(_table(gathered, 1))
    return blocks


def _delimiter(text: str) -> str:
    """The sign that most lines have most often; commas where none has any."""
    head = text[:20_000]
    return max(_CSV_SIGNS, key=head.count) if any(sign in head for sign in _CSV_SIGNS) else ","
