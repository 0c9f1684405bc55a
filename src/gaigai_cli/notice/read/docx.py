"""Word documents: paragraphs and tables of the body, merged cells, and what is there besides the text."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any, Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice import limits
from gaigai_cli.notice.document import Cell, Document, Extra, Line, Place, Row, Table
from gaigai_cli.notice.read.docx_numbers import Numbering, W
from gaigai_cli.notice.read.docx_parts import MAIN, Package
from gaigai_cli.notice.read.docx_text import Paragraphs, Text, local, parts_of
from gaigai_cli.words.shown import is_page_number

_FOOTNOTES: Final = "footnotes"
_OTHER_PARTS: Final = {"comments": "批注", "endnotes": "尾注", "header": "页眉", "footer": "页脚"}
_RELATED: Final = "请核对是否与清单有关"
_MOST_BEFORE: Final = 100
"""Empty columns before a row."""
_OF_LAYOUT: Final = 2
"""Cells beside each other that a table has at most which only holds a page together."""


def read(data: bytes) -> Document:
    """Return the document as it stands when all tracked changes are accepted; each such change is a remark."""
    try:
        package = Package(data)
        body = package.root(MAIN).find(f"{W}body")
        reader = _Reader(Numbering.of(package))
        blocks = list(reader.blocks(body))
        notes = list(_notes(package, reader))
    except GaigaiError:
        raise
    except Exception as error:  # whatever zipfile and the parser make of damaged bytes
        raise limits.broken("docx") from error
    return Document((*blocks, *notes), tuple(reader.remarks))


class _Reader:
    """One pass over a body; lives as long as one call of ``read``."""

    def __init__(self, numbering: Numbering) -> None:
        self.remarks: list[Extra] = []
        self._paragraphs = Paragraphs(numbering)
        self._tables = 0
        self._lines = 0
        self._nested: deque[Any] = deque()
        self._in_rows = False  # whether the table has rows of cells: one in a cell is words of it
        self._cells = limits.CellCount()

    def blocks(self, holder: Any) -> Iterator[Line | Table]:
        for element in parts_of(holder):
            if local(element) == "p":
                self._lines += 1
                place = Place(paragraph=self._lines)
                found = self.text([element], place)
                text, bold = found.stripped
                if text:
                    yield Line(text, place, bold)
                for box in found.boxes:
                    yield from self.blocks(box)
            elif local(element) == "tbl":
                self._tables += 1
                yield self._table(element, Place(table=self._tables))
                while self._nested:  # a table in a cell is one more table, after the one around it
                    self._tables += 1
                    yield self._table(self._nested.popleft(), Place(table=self._tables))

    def text(self, paragraphs: list[Any], place: Place) -> Text:
        """Return the text of paragraphs, and remarks on what is there besides it."""
        found = self._paragraphs.text(paragraphs, place)
        self.remarks += found.remarks
        return found

    def _table(self, element: Any, place: Place) -> Table:
        rows: list[Row] = []
        above: dict[int, Cell] = {}
        self._in_rows = sum(1 for row in _rows(element) if len(list(_cells(row))) > _OF_LAYOUT) > 1
        for number, row in enumerate(_rows(element), start=1):
            at = place._replace(row=number)
            before = dict(above)
            cells = self._row(row, at, above)
            if _property(row, "trPr", "del") is not None:
                text = "　".join(dict.fromkeys(cell.text for cell in cells if not cell.blank))
                above = before
                self.remarks.append(Extra("修订", at, text, *_DELETED_ROW))
            else:
                rows.append(cells)
        width = max((len(row) for row in rows), default=0)
        self._cells.add(width * len(rows) - sum(map(len, rows)))
        return Table(tuple(_filled(row, width) for row in rows), place)

    def _row(self, row: Any, place: Place, above: dict[int, Cell]) -> Row:
        cells: list[Cell] = []
        before = min(_grid_number(row, "trPr", "gridBefore"), _MOST_BEFORE)
        self._cells.add(before)
        cells += [Cell("", place._replace(column=c)) for c in range(1, before + 1)]
        for element in _cells(row):
            column = len(cells)
            span = max(_grid_number(element, "tcPr", "gridSpan"), 1)
            self._cells.add(span)
            merge = _merge(element)
            cell = self._cell(element, place._replace(column=column + 1))
            if merge == "continue" and column in above:
                if not cell.blank:
                    self.remarks.append(Extra("被遮住的格", cell.place, cell.text, *_COVERED))
                cell = above[column]
            for offset in range(column, column + span):
                above.pop(offset, None)
                if merge:
                    above[offset] = cell
            cells += [cell] * span
        return tuple(cells)

    def _cell(self, element: Any, place: Place) -> Cell:
        paragraphs = [e for e in parts_of(element) if local(e) == "p"]
        found = self.text(paragraphs, place)
        text, bold = found.stripped
        text = text.replace("\t", " ")  # tabs tell columns outside tables only
        tables = [e for e in parts_of(element) if local(e) == "tbl"]
        tables += [table for box in found.boxes for table in box.iter(f"{W}tbl")]
        if self._in_rows:
            inner = (row for table in tables for row in _rows(table))
            lines = ("　".join(map(_plain_cell, _cells(row))) for row in inner)
            return Cell("\n".join([text, *lines]).strip(), place, bold)
        self._nested += tables
        return Cell(text, place, bold)


def _rows(table: Any) -> Iterator[Any]:
    return (e for e in parts_of(table) if local(e) == "tr")


def _cells(row: Any) -> Iterator[Any]:
    return (e for e in parts_of(row) if local(e) == "tc")


def _property(element: Any, holder: str, name: str) -> Any:
    properties = element.find(f"{W}{holder}")
    return None if properties is None else properties.find(f"{W}{name}")


def _grid_number(element: Any, holder: str, name: str) -> int:
    """Return how many columns a property says; 0 where it says none."""
    found = _property(element, holder, name)
    value = "" if found is None else str(found.get(f"{W}val") or "")
    return int(value) if value.isdecimal() and len(value) < 7 else 0


def _merge(cell: Any) -> str | None:
    """Return ``restart`` or ``continue`` of a cell that spans rows; None of one that doesn't."""
    found = _property(cell, "tcPr", "vMerge")
    return None if found is None else str(found.get(f"{W}val") or "continue")


def _filled(row: Row, width: int) -> Row:
    if len(row) == width:
        return row
    at = row[-1].place if row else Place()
    return (*row, *(Cell("", at._replace(column=c)) for c in range(len(row) + 1, width + 1)))


_DELETED_ROW: Final = (
    "这一行在修订中被删除，没有读入清单",
    "请在 Word 中接受或拒绝修订后再导入",
)
_COVERED: Final = (
    "这格被上面合并的单元格遮住，文字看不见，没有读入清单",
    "请在 Word 中取消合并后核对",
)


def _notes(package: Package, reader: _Reader) -> Iterator[Line]:
    """Yield footnotes as lines; comments, headers and footers as remarks."""
    for kind, part in package.related():
        if kind != _FOOTNOTES and kind not in _OTHER_PARTS:
            continue
        root = package.root(part)
        texts = [_plain_paragraph(p) for p in root.iter(f"{W}p")]
        for number, text in enumerate((t for t in texts if t), start=1):
            if kind == _FOOTNOTES:
                yield Line(text, Place())
            elif not is_page_number(text):
                why = f"这是{_OTHER_PARTS[kind]}（第{number}处），没有读入清单"
                reader.remarks.append(Extra("正文以外的文字", Place(), text, why, _RELATED))


def _plain_cell(cell: Any) -> str:
    return "".join(_plain_paragraph(paragraph) for paragraph in cell.iter(f"{W}p"))


def _plain_paragraph(paragraph: Any) -> str:
    return "".join(t.text or "" for t in paragraph.iter(f"{W}t")).strip()
