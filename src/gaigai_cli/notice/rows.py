"""The rows of all of a document's list tables, and of each task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gaigai_cli.model.deadline_words import read_deadline
from gaigai_cli.model.unit_words import read_units
from gaigai_cli.notice.columns import Columns, find_columns
from gaigai_cli.notice.document import Document, Line, Table, distinct
from gaigai_cli.notice.doubts import Doubt, Notes
from gaigai_cli.notice.raw import ANY_YEAR, Found, RawRow
from gaigai_cli.notice.row_reader import RowReader, leave_out_head


def find_rows(document: Document, notes: Notes) -> Found:
    """Every row of the document's lists. Tables that are none are doubts."""
    found = Found()
    columns: Columns | None = None
    for block in document.blocks:
        if isinstance(block, Line):
            (found.after if found.rows else found.before).append(block)
            continue
        headed = find_columns(block)
        if (
            headed
            and found.columns
            and block.place.sheet
            and headed[1].roles != found.columns[0].roles
        ):
            _no_list(block, found, notes, "这张工作表的栏目与前面的清单不同，没有读入清单")
        elif headed is not None:
            start, columns = headed
            _before_head(block, start, found, notes)
            found.columns.append(columns)
            leave_out_head(block, start, columns, notes)
            RowReader(block, columns, found, notes).read(start + columns.height)
        elif columns is not None and _goes_on(block, columns):
            RowReader(block, columns, found, notes).read(0)
        else:
            _no_list(block, found, notes)
    return found


def _goes_on(table: Table, columns: Columns) -> bool:
    """Whether a table without a head continues the list: its cells say who or when where the list's do."""
    if not table.rows or len(table.rows[0]) != len(columns.roles):
        return False
    return any(
        any(not read_units(row[index].text).doubts for index in columns.units)
        or any(
            read_deadline(row[index].text, year=ANY_YEAR).value is not None
            for index in columns.of("deadline")
        )
        for row in table.rows
    )


def _before_head(table: Table, start: int, found: Found, notes: Notes) -> None:
    for row in table.rows[:start]:
        text = "　".join(cell.text for cell in distinct(row) if not cell.blank)
        if text:
            found.before.append(Line(text, row[0].place))
            notes.leave_out(row[0].place, text, "表头以上的文字")


_NO_HEAD: Final = "这张表没有“任务、责任单位、完成时限”一类的表头，没有读入清单"


def _no_list(table: Table, found: Found, notes: Notes, why: str = _NO_HEAD) -> None:
    cells = dict.fromkeys(cell for row in table.rows for cell in row if not cell.blank)
    text = "　".join(cell.text for cell in cells)
    if not text:
        return
    if not found.rows:
        lines = ((cell, line) for cell in cells for line in cell.text.split("\n"))
        found.before += [Line(line, cell.place) for cell, line in lines if line.strip()]
    remedy = "是清单的，请补上同样的表头后再导入"
    notes.doubt(Doubt("row", table.place, table.place.words, text, why, remedy))


def items_of(rows: Sequence[RawRow]) -> Iterator[list[RawRow]]:
    """The rows of each task."""
    task: list[RawRow] = []
    for row in rows:
        if task and not row.continues:
            yield task
            task = []
        task.append(row)
    if task:
        yield task
