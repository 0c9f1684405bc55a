"""Rows as csv and as a workbook for Excel, and as a Markdown table to paste."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from gaigai_cli.characters import FORMULA, harmless
from gaigai_cli.judge.judgement import Judgement, notes
from gaigai_cli.query.choose import ItemRow
from gaigai_cli.render.columns import LIST, Column, Shown
from gaigai_cli.render.markdown import escape, table

_NUMBER = re.compile(r"-?\d+")


def data_of(
    columns: Sequence[Column], rows: Iterable[ItemRow], *, list: str = ""
) -> tuple[tuple[str, ...], ...]:
    """Return what a sheet gets of rows; of one of several ``list`` is the first column."""
    return tuple(
        ((list,) if list else ()) + tuple(column.datum(row) for column in columns) for row in rows
    )


def as_csv(
    columns: Sequence[Column], data: Iterable[Sequence[str]], *, several: bool = False
) -> bytes:
    """Return rows of a list as csv; of ``several`` lists the first column says of which."""
    return csv_bytes(titles(columns, several=several), data)


def titles(columns: Sequence[Column], *, several: bool = False) -> list[str]:
    """Return the heads of a list's columns; of ``several`` lists the first says of which."""
    return [*([LIST] if several else ()), *(column.title for column in columns)]


def csv_bytes(heads: Iterable[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return UTF-8 with a byte order mark, CRLF, so that Excel opens it as it is; no cell is ever a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows(map(guarded, row) for row in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def guarded(cell: str) -> str:
    """Return the cell with ' before it where a spreadsheet would take it for a formula; numbers are none."""
    formula = cell.startswith(FORMULA) and not _NUMBER.fullmatch(cell)
    return f"'{harmless(cell)}" if formula else harmless(cell)


def as_markdown(
    notes: Iterable[str], columns: Sequence[Column], rows: Sequence[Shown], *, several: bool = False
) -> str:
    """Return a Markdown table with the words of the screen, nothing cut, below the notes that the lists must carry."""
    made = table(
        titles(columns, several=several),
        (
            [
                *([escape(row.list)] if several else ()),
                *(escape(row.cells[column.key].text) for column in columns),
            ]
            for row in rows
        ),
        [*(["---"] if several else ()), *("---:" if c.right else "---" for c in columns)],
    )
    return "".join(f"{escape(note)}\n\n" for note in notes) + made


def as_workbook(
    judgement: Judgement, columns: Sequence[Column], rows: Sequence[ItemRow], title: str
) -> bytes:
    """Return a workbook with one sheet below the notes that the list must carry."""
    from gaigai_cli.render.xlsx import A3, Book, Sheet, write_sheet

    notice = judgement.ledger.tasks.notice
    book = Book(title, notice.issuer, judgement.day)
    widths = {one.title: _WIDE if one.fit == "text" else _NARROW for one in columns}
    sheet = Sheet("清单", title, widths, data_of(columns, rows), paper=A3)
    write_sheet(book, sheet, notes(judgement))
    return book.made()


_WIDE: Final = 34
_NARROW: Final = 13
"""Columns of a workbook, in units of its column width."""
