"""A notice as every reader gives it: lines and tables in their order, each cell with its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar

from gaigai_cli.characters import HIDDEN, harmless
from gaigai_cli.words.normal import with_characters

Bold = tuple[tuple[int, int], ...]
"""Stretches of a text (start, end) that are set in bold."""


class Place(NamedTuple):
    """Where something stands, counted from 1 as a person counts; 0 where it has no such number.

    ``line`` is a line of a text file or, ``paragraph`` set, a paragraph of a document.
    """

    table: int = 0
    row: int = 0
    column: int = 0
    line: int = 0
    paragraph: int = 0
    sheet: str = ""

    @property
    def words(self) -> str:
        """表2第3行第4栏, 工作表“清单”D3, 第12行."""
        if self.sheet and self.row and not self.column:
            return f"工作表“{self.sheet}”第{self.row}行"
        if self.sheet and self.row:
            from openpyxl.utils import get_column_letter

            return f"工作表“{self.sheet}”{get_column_letter(self.column)}{self.row}"
        if self.sheet:
            return f"工作表“{self.sheet}”"
        if self.row and self.column:
            return f"表{self.table}第{self.row}行第{self.column}栏" + self._line_words
        if self.row:
            return f"表{self.table}第{self.row}行" + self._line_words
        if self.table:
            return f"表{self.table}"
        if self.paragraph:
            return f"第{self.paragraph}段"
        return f"第{self.line}行" if self.line else "全文"

    @property
    def _line_words(self) -> str:
        return f"（第{self.line}行）" if self.line else ""


def places_in_words(places: Sequence[Place]) -> str:
    """Return 第1段、第3段, of many places the first ones and how many there are."""
    more = f"等{len(places)}处" if len(places) > MOST_NAMED else ""
    return "、".join(place.words for place in places[:MOST_NAMED]) + more


MOST_NAMED: Final = 5
"""Places that a sentence names."""


class Cell(NamedTuple):
    """A cell of a table. One that spans several rows or columns is the same at each place that it covers."""

    text: str
    place: Place
    bold: Bold = ()

    @property
    def blank(self) -> bool:
        """Return whether nothing stands in it."""
        return not self.text.strip()


class Line(NamedTuple):
    """A paragraph outside tables, or a line of a text."""

    text: str
    place: Place
    bold: Bold = ()


Row = tuple[Cell, ...]


class Table(NamedTuple):
    """Rows of cells. ``spans``: the format can say that a cell spans rows, so that an empty one is just empty.

    ``unsure`` are where the rows begin of which it isn't certain which column each cell belongs to.
    """

    rows: tuple[Row, ...]
    place: Place
    spans: bool = True
    unsure: frozenset[Place] = frozenset()


class Extra(NamedTuple):
    """A remark of a reader on a file: ``kind`` in Chinese, the text concerned, ``why`` a sentence without its stop."""

    kind: str
    place: Place
    text: str
    why: str
    remedy: str


STRUCK: Final = ("这些文字划了删除线，仍照原样读入", "确已删去的请从文件中删去")
"""Why text that is struck through is told, and the remedy, in every format that has it."""


class Document(NamedTuple):
    """A file that was read."""

    blocks: tuple[Line | Table, ...]
    remarks: tuple[Extra, ...] = ()

    @property
    def lines(self) -> Iterator[Line]:
        """The lines outside tables."""
        return (block for block in self.blocks if isinstance(block, Line))

    @property
    def tables(self) -> Iterator[Table]:
        """The tables."""
        return (block for block in self.blocks if isinstance(block, Table))

    @property
    def texts(self) -> Iterator[str]:
        """The text of each line and each cell."""
        for block in self.blocks:
            if isinstance(block, Line):
                yield block.text
            else:
                yield from (cell.text for cell in {cell for row in block.rows for cell in row})


def without_hidden(document: Document) -> Document:
    """Return the document without characters that nobody sees, which come with text from web pages.

    A remark tells of them. Radicals that a PDF has in place of the characters become those; the page looks the same.
    """
    hidden: list[tuple[Place, str]] = []
    blocks: list[Line | Table] = []
    for block in document.blocks:
        if isinstance(block, Line):
            blocks.append(_seen(block, hidden))
            continue
        cells = dict.fromkeys(cell for row in block.rows for cell in row)
        seen = {cell: _seen(cell, hidden) for cell in cells}
        rows = tuple(tuple(seen[cell] for cell in row) for row in block.rows)
        blocks.append(block._replace(rows=rows))
    remarks = tuple(r._replace(text=harmless(r.text)) for r in document.remarks)
    if not hidden:
        return Document(tuple(blocks), remarks)
    (first, text), *_ = hidden
    why = f"{places_in_words([place for place, _ in hidden])}有看不见的字符，已去掉"
    told = Extra("看不见的字符", first, harmless(text), why, "请核对这些地方的文字")
    return Document(tuple(blocks), (*remarks, told))


_Piece = TypeVar("_Piece", Cell, Line)


def _seen(piece: _Piece, hidden: list[tuple[Place, str]]) -> _Piece:
    """Return a line or cell without hidden characters; adds to ``hidden`` where there were some."""
    places = [found.start() for found in HIDDEN.finditer(piece.text)]
    if places:
        hidden.append((piece.place, piece.text))
    moved = ((a - bisect_left(places, a), b - bisect_left(places, b)) for a, b in piece.bold)
    bold = tuple((start, end) for start, end in moved if start < end)
    return piece._replace(text=with_characters(HIDDEN.sub("", piece.text)), bold=bold)


def stripped(text: str, bold: Iterable[tuple[int, int]]) -> tuple[str, Bold]:
    """Return a text without blanks at its ends, and what of it is bold, stretches joined where they touch."""
    front, end = len(text) - len(text.lstrip()), len(text.strip())
    joined: list[tuple[int, int]] = []
    for first, last in bold:
        start, stop = max(first - front, 0), min(last - front, end)
        if joined and joined[-1][1] >= start:
            joined[-1] = (joined[-1][0], stop)
        elif start < stop:
            joined.append((start, stop))
    return text.strip(), tuple(joined)


@dataclass
class Gathered:
    """Text that is gathered piece by piece, none of them empty, and what of it is bold."""

    pieces: list[str] = field(default_factory=list)
    bold: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, *, bold: bool = False) -> None:
        """Add what follows."""
        if text:
            start, self.length = self.length, self.length + len(text)
            self.pieces.append(text)
            self.bold += [(start, self.length)] if bold else []

    @property
    def stripped(self) -> tuple[str, Bold]:
        """All of it without blanks at its ends."""
        return stripped("".join(self.pieces), self.bold)


def distinct(row: Row) -> tuple[Cell, ...]:
    """Return the cells of a row, one that spans columns once."""
    return tuple(dict.fromkeys(row))


def filled(row: Row) -> list[Cell]:
    """Return those in which something stands."""
    return [cell for cell in distinct(row) if not cell.blank]


def squeezed(text: str) -> str:
    """Return a text without its blanks and line ends, which layout puts anywhere."""
    return "".join(text.split())
