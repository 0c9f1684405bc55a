"""Excel workbooks: every sheet a table, cells as they are shown. Formulas are never evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from io import BytesIO
from typing import Any, Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice import limits
from gaigai_cli.notice.document import (
    STRUCK,
    Bold,
    Cell,
    Document,
    Extra,
    Gathered,
    Line,
    Place,
    Row,
    Table,
    filled,
)
from gaigai_cli.words.say import full_month
from gaigai_cli.words.shown import as_shown, in_margin, is_page_number, shows_day

_LAST_COLUMN: Final = 16_384
_BELONGS: Final = "请核对它是否属于清单"
_RELATED: Final = "请核对是否与清单有关"
_MARGINS: Final = {"Header": "页眉", "Footer": "页脚"}


def read(data: bytes) -> Document:
    """Return the sheets in their order; rows above a table that have one cell only are lines."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), keep_links=False, rich_text=True)
        has_formulas = any(
            cell.data_type == "f" for sheet in book.worksheets for cell in sheet._cells.values()
        )
        shown = (
            load_workbook(BytesIO(data), keep_links=False, data_only=True) if has_formulas else book
        )
        made = limits.CellCount()
        sheets = [
            _Sheet(sheet, other, number, made)
            for number, (sheet, other) in enumerate(
                zip(book.worksheets, shown.worksheets, strict=True), start=1
            )
        ]
        blocks = [block for sheet in sheets for block in sheet.blocks()]
    except GaigaiError:
        raise
    except Exception as error:  # openpyxl raises whatever it meets in a damaged workbook
        raise limits.broken("xlsx") from error
    return Document(tuple(blocks), tuple(remark for sheet in sheets for remark in sheet.remarks))


class _Sheet:
    """One sheet; ``shown`` is the same with the values that formulas had when it was saved."""

    def __init__(self, sheet: Any, shown: Any, number: int, made: limits.CellCount) -> None:
        self._sheet = sheet
        self._shown = shown
        self._number = number
        self._made = made
        self.remarks: list[Extra] = []

    def blocks(self) -> Iterator[Line | Table]:
        values = self._values()
        if not values:
            return
        if self._sheet.sheet_state != "visible":
            place = Place(sheet=self._sheet.title)
            self._say("隐藏的工作表", place, "", "这张工作表是隐藏的，与看得见的一样处理", _BELONGS)
        self._tell_margins()
        rows = list(self._rows(values))
        head = 0
        before: Cell | None = None
        while head < len(rows) and len(filled(rows[head])) <= 1:
            (cell,) = filled(rows[head])
            if cell is not before:
                yield Line(*cell)
            before = cell
            head += 1
        if head < len(rows):
            yield Table(tuple(rows[head:]), Place(table=self._number, sheet=self._sheet.title))

    def _values(self) -> dict[tuple[int, int], Cell]:
        """Return every cell that holds something, by row and column."""
        found = {}
        for (row, column), cell in self._sheet._cells.items():
            place = Place(table=self._number, row=row, column=column, sheet=self._sheet.title)
            text = self._text(cell, place)
            if text:
                found[row, column] = Cell(text, place, _bold(cell, text))
                self._tell_struck(cell, text, place)
            if getattr(cell, "comment", None) and cell.comment.text.strip():
                said, why = cell.comment.text.strip(), "这是批注，没有读入清单"
                self._say("批注", place, said, why, _RELATED)
        return found

    def _rows(self, values: dict[tuple[int, int], Cell]) -> Iterator[Row]:
        for area in self._sheet.merged_cells.ranges:
            if (area.min_row, area.min_col) in values:
                cell = values[area.min_row, area.min_col]
                values |= dict.fromkeys(area.cells, cell)
        numbers, columns = (sorted(set(each)) for each in zip(*values, strict=True))
        self._made.add(len(columns) * len(numbers))
        for row in numbers:
            cells = tuple(
                values.get((row, column))
                or Cell("", Place(self._number, row, column, sheet=self._sheet.title))
                for column in columns
            )
            if found := filled(cells):
                self._tell_hidden(row, found)
                yield cells

    def _tell_hidden(self, row: int, cells: Sequence[Cell]) -> None:
        place = Place(table=self._number, row=row, sheet=self._sheet.title)
        text = "　".join(cell.text for cell in cells)
        dimension = self._sheet.row_dimensions.get(row)
        if dimension is not None and dimension.hidden:
            self._say("隐藏的行", place, text, f"第{row}行是隐藏的，与看得见的一样处理", _BELONGS)
        for cell in cells:
            if cell.place.row == row and cell.place.column in self._hidden_columns:
                why = "这一列是隐藏的，与看得见的一样处理"
                self._say("隐藏的列", cell.place, cell.text, why, _BELONGS)

    @cached_property
    def _hidden_columns(self) -> frozenset[int]:
        """The numbers of hidden columns."""
        spans = [
            range(dimension.min, min(dimension.max, _LAST_COLUMN) + 1)
            for dimension in self._sheet.column_dimensions.values()
            if dimension.hidden and dimension.min is not None and dimension.max is not None
        ]
        found: set[int] = set()
        stop = 0
        for span in sorted(spans, key=lambda one: one.start):
            found.update(range(max(span.start, stop), span.stop))
            stop = max(stop, span.stop)
        return frozenset(found)

    def _tell_margins(self) -> None:
        """Say what stands in headers and footers, those of first and even pages too."""
        margins = self._sheet.HeaderFooter
        for kind, name in _MARGINS.items():
            sides = (getattr(margins, f"{pages}{kind}") for pages in ("odd", "even", "first"))
            for words in dict.fromkeys(in_margin(str(side)) for side in sides):
                if not is_page_number(words):
                    place, why = Place(sheet=self._sheet.title), f"这是{name}，没有读入清单"
                    self._say("正文以外的文字", place, words, why, _RELATED)

    def _text(self, cell: Any, place: Place) -> str:
        value = cell.value
        if cell.data_type == "f":
            formula = str(getattr(value, "text", value))
            value = self._shown.cell(cell.row, cell.column).value
            how = "文件里没有结果，没有读入" if value is None else "用的是保存时的结果"
            remedy = "请在 Excel 中改为数值或文字后再导入"
            self._say("公式", place, formula, f"这格是公式，{how}", remedy)
        if value is None:
            return ""
        if cell.data_type == "e":
            self._say("错误值", place, str(value), "这格是错误值", "请在 Excel 中改正")
            return ""
        return text_shown(value, str(cell.number_format or "")).strip()

    def _tell_struck(self, cell: Any, text: str, place: Place) -> None:
        struck = text if cell.font and cell.font.strike else ""
        if isinstance(cell.value, list):
            pieces = _pieces(cell.value)
            struck = struck or "".join(piece for piece, font in pieces if font and font.strike)
        if struck.strip():
            self._say("删除线", place, struck.strip(), *STRUCK)

    def _say(self, code: str, place: Place, text: str, why: str, remedy: str) -> None:
        self.remarks.append(Extra(code, place, text, why, remedy))


def _bold(cell: Any, text: str) -> Bold:
    """Return the stretches of a cell's text, which has no blanks at its ends, that are bold."""
    if cell.font and cell.font.b:
        return ((0, len(text)),)
    if not isinstance(cell.value, list):
        return ()
    found = Gathered()
    for piece, font in _pieces(cell.value):
        found.add(_plain(piece), bold=bool(font and font.b and piece.strip()))
    return found.stripped[1]


def _pieces(value: list[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the pieces of a cell whose characters are set in different ways, each with its font.

    Blanks at its ends stay.
    """
    for piece in value:
        yield (piece, None) if isinstance(piece, str) else (str(piece.text), piece.font)


def text_shown(value: Any, form: str) -> str:
    """Return the words that a cell shows; where its format shows none that are certain, its value.

    A month that is shown without its day is no first of the month.
    """
    if (words := as_shown(value, form)) is not None:
        return _plain(words)
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}" if shows_day(form) else full_month(f"{value:%Y-%m}")
    return as_shown(value, "") or _plain(str(value))


def _plain(text: str) -> str:
    """Return a text whose lines end as they do everywhere else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
