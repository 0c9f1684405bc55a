"""A workbook that came back, read cell by cell and held against the mark of what was sent."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.forms.cells import Cell, text_of
from gaigai_cli.forms.mark import FILLED_ON, SHEET, Mark, MarkTable, read_mark
from gaigai_cli.forms.matching import Matched, matched
from gaigai_cli.forms.returned import Answer, Returned
from gaigai_cli.forms.tables import REPORTS, bare

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

MAX_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes; a form that is filled in has less than one megabyte."""
_MAX_PARTS, _MAX_ROWS, _MAX_COLUMNS = 500, 2_000, 40
_HEAD_WITHIN: Final = 30
_EMPTY: Final = Cell(None)

Grid = list[list[Cell]]


def read_form(name: str, data: bytes) -> Returned:
    """The form in a file called ``name``. Raises ``GaigaiError`` where it isn't one that we sent."""
    _check_package(name, data)
    try:
        return _read(name, data)
    except GaigaiError:
        raise
    except Exception as error:  # the library has no error of its own for the many ways to be broken
        raise GaigaiError(f"{name}打不开，文件可能已损坏", "请用 Excel 或 WPS 重新保存") from error


def _read(name: str, data: bytes) -> Returned:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        mark = _mark(book)
        if mark is None:
            raise GaigaiError(
                f"{name}不是发出的报送表，或表内的识别标记已丢失",
                "请在 gaigai form 发出的原文件里填写，不要把内容复制到新建的表里",
            )
        returned = Returned(name, hashlib.sha256(data).hexdigest(), mark)
        for table in mark.tables:
            _read_table(book, table, returned)
        return returned
    finally:
        book.close()


def _check_package(name: str, data: bytes) -> None:
    """Look at the package before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        remedy = "请用 Excel 或 WPS 打开后另存为 .xlsx 再交"
        raise GaigaiError(f"{name}不是 xlsx 文件，或文件已损坏", remedy) from None
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise GaigaiError(f"{name}解开后太大，没有读取", "请用原表重新填写")


def _mark(book: Workbook) -> Mark | None:
    if SHEET not in book.sheetnames:
        return None
    lines = []
    for row in _grid(book, SHEET):
        value = row[0].value if row else None
        if value is None:
            break
        lines.append(str(value))
    return read_mark(lines)


def _grid(book: Workbook, sheet: str) -> Grid:
    """The cells of a sheet, never more than a form can have; trailing empty rows are left out."""
    ws: Any = book[sheet]
    if not hasattr(ws, "iter_rows"):
        return []
    ws.reset_dimensions()
    since_1904 = book.epoch.year == 1904
    rows = ws.iter_rows(max_row=_MAX_ROWS, max_col=_MAX_COLUMNS)
    return [[_cell(cell, since_1904) for cell in row] for row in islice(rows, _MAX_ROWS)]


def _cell(cell: Any, since_1904: bool) -> Cell:
    if cell.value is None:
        return _EMPTY
    return Cell(cell.value, cell.number_format or "General", cell.data_type, since_1904)


def _read_table(book: Workbook, table: MarkTable, returned: Returned) -> None:
    if table.name not in book.sheetnames:
        returned.tell(table.name, "这张表被删除或改名，表内没有登记")
        return
    grid = _grid(book, table.name)
    found = _head(grid, table)
    if found is None:
        returned.tell(table.name, "找不到表头，表内没有登记")
        return
    head, columns = found
    if table.name == REPORTS:
        returned.filled_on = _filled_on(grid[:head], table.name)
    for key, title, fill in table.columns:
        if key not in columns and (fill or key in table.known_by):
            returned.tell(f"{table.name}!{head}", f"缺少“{title.replace(chr(10), '')}”一栏")
    if all(key in columns for key in table.known_by):
        for row in matched(list(_rows(grid, head)), table, columns, returned):
            _take(row, table, columns, returned)


def _head(grid: Grid, table: MarkTable) -> tuple[int, dict[str, int]] | None:
    """The row of the head (1-based) and where each column is now, 0-based."""
    titles = {bare(title): key for key, title, _ in table.columns}
    best: tuple[int, dict[str, int]] | None = None
    for number, row in enumerate(grid[:_HEAD_WITHIN], 1):
        found: dict[str, int] = {}
        for at, cell in enumerate(row):
            key = titles.get(bare(text_of(cell.value))) if isinstance(cell.value, str) else None
            if key is not None:
                found.setdefault(key, at)
        if best is None or len(found) > len(best[1]):
            best = number, found
    return best if best and len(best[1]) > len(titles) // 2 else None


def _rows(grid: Grid, head: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    yield from enumerate(grid[head:], head + 1)


def _filled_on(above: Grid, sheet: str) -> Answer | None:
    """The first filled cell behind the words 填报日期."""
    for number, row in enumerate(above, 1):
        at = next(
            (i for i, c in enumerate(row) if bare(str(c.value or "")) == bare(FILLED_ON)), None
        )
        if at is None:
            continue
        for column, cell in enumerate(row[at + 1 :], at + 1):
            if not cell.empty:
                return Answer(cell, place(sheet, column, number))
    return None


def place(sheet: str, column: int, row: int) -> str:
    """``进展情况!E7``; ``column`` is 0-based."""
    from openpyxl.utils import get_column_letter

    return f"{sheet}!{get_column_letter(column + 1)}{row}"


def _take(row: Matched, table: MarkTable, columns: dict[str, int], returned: Returned) -> None:
    """Keep what was filled in in a row that is known."""
    key = row.mark.key
    returned.rows[table.name, key] = place(table.name, columns[table.known_by[0]], row.number)
    answers = returned.answers.setdefault(key, {})
    for name, title, fill in table.columns:
        cell = row.at(columns.get(name))
        if not fill or cell.empty:
            continue
        where = place(table.name, columns[name], row.number)
        if name in row.mark.closed:
            returned.tell(where, f"这一格不用填，“{title}”没有登记")
        else:
            answers[name] = Answer(cell, where)
