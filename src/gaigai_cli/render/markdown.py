"""Rows as csv for Excel and as a Markdown table to paste."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from gaigai_cli.judge.judgement import Judgement, notes
from gaigai_cli.query.choose import Row
from gaigai_cli.render.columns import Column
from gaigai_cli.render.width import clean

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?\d+")


def as_csv(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """UTF-8 with a byte order mark, CRLF, so that Excel opens it as it is; no cell is ever a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.title for column in columns])
    writer.writerows([guarded(column.datum(row)) for column in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def guarded(cell: str) -> str:
    """The cell with ' before it where a spreadsheet would take it for a formula; numbers are none."""
    formula = cell.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if formula else cell


def as_markdown(judgement: Judgement, columns: Sequence[Column], rows: Iterable[Row]) -> str:
    """A Markdown table with the words of the screen, nothing cut, below the notes that the list must carry."""
    lines = [[column.title for column in columns], ["---:" if c.right else "---" for c in columns]]
    lines += [[markdown_cell(column.cell(row).text) for column in columns] for row in rows]
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return "".join(f"{note}\n\n" for note in notes(judgement)) + table


def markdown_cell(text: str) -> str:
    """One line in which nothing is a mark of Markdown's."""
    marked = clean(text)
    for mark in ("\\", "|", "*", "_", "`", "<", "[", "]"):
        marked = marked.replace(mark, f"\\{mark}")
    return marked
