"""Web pages: paragraphs and tables, with cells that span rows and columns. Nothing that a page points to is fetched."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Final

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
    Table,
    distinct,
)
from gaigai_cli.notice.points import BEGINS
from gaigai_cli.words.pattern import regex

_SKIPPED: Final = frozenset(
    "script style head template noscript textarea select option svg iframe object".split()
)
_BLOCKS: Final = frozenset(
    "p div li ul ol h1 h2 h3 h4 h5 h6 section article header footer center blockquote dd dt hr caption "
    "body html main form fieldset pre thead tbody tfoot".split()
)
_BOLD: Final = frozenset(("b", "strong", "u"))
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
_BLANKS: Final = regex(r"[ \t\n\r\f]+")
_HIDDEN: Final = regex(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE: Final = regex(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_STRUCK: Final = frozenset(("s", "strike", "del"))
_STRUCK_STYLE: Final = regex(r"text-decoration[^;]*line-through", re.IGNORECASE)
_NUMBER: Final = regex(r"\s*([0-9]{1,6})")
_MOST_UNFINISHED: Final = 20


def read(text: str, tables: int = 0) -> Document:
    """Return the lines and tables of a page in their order; so many ``tables`` stand before them."""
    limits.check_tags(2 * text.count("<"))  # a paragraph may have no end tag
    parser = _Reader(tables)
    try:
        parser.feed(text)
        parser.close()
    except (
        AssertionError,
        ValueError,
    ) as error:  # the parser's, of declarations and numbers of characters
        raise limits.broken("html") from error
    return parser.document()


_OF_LAYOUT: Final = 2
"""Cells beside each other that a table has at most which holds a page together, or the words of a cell."""
_LISTS: Final = ("ol", "ul")
_NUMBERED: Final = regex(rf"\s*(?:{BEGINS})")


class _Text(Gathered):
    """Text as it flows, blanks run together: where a piece ends with one the next begins with none."""

    def flow(self, text: str, *, bold: bool) -> None:
        text = _BLANKS.sub(" ", text)
        if not self.pieces or self.pieces[-1][-1] in " \n":
            text = text.lstrip(" ")
        self.add(text, bold=bold and bool(text.strip()))

    def end_line(self) -> None:
        if self.pieces:
            last = self.pieces.pop()
            self.length -= len(last)
            self.add(last.rstrip(" "))
        if self.pieces and self.pieces[-1][-1] != "\n":
            self.add("\n")

    def end_label(self) -> None:
        """Put a colon behind what stands before that which it names."""
        if self.pieces and not self.pieces[-1].rstrip().endswith(("：", ":")):
            self.add("：")


class _TableBuilder:
    """A table in the making: cells that span rows and columns are at every place that they cover."""

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

    @property
    def in_rows(self) -> bool:
        """Return whether a cell of it that comes next is one of a list's row, not of a page's layout."""
        beside = self._row is not None and len(set(self._row.values())) > 0
        return beside and any(len(set(row.values())) > _OF_LAYOUT for row in self._rows)

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


class _Reader(HTMLParser):
    def __init__(self, tables: int) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Line | Table | None] = []  # None: a table that is still open
        self.remarks: list[Extra] = []
        self._open: list[tuple[str, ...]] = []  # the tags that are open, with BOLD, HIDDEN, STRUCK
        self._tags: Counter[str] = Counter()  # how many of each are open
        self._unfinished = 0
        self._skipping = 0
        # What the next point of each open list counts; 0 where its points don't.
        self._lists: list[int] = []
        self._point = ""  # the number that a browser shows before the words to come
        self._named = False  # whether what a dd says has just been named by a dt
        self._line = _Text()
        self._grids: list[_TableBuilder] = []
        self._made = limits.CellCount()
        self._starts: list[int] = []
        self._cells: list[_Text] = []
        self._spans: list[tuple[int, int]] = []
        self._hidden: list[str] = []
        self._struck: list[str] = []
        self._lines = 0
        self._tables = tables

    def document(self) -> Document:
        while self._grids:
            self._end_table()
        self._end_block()
        if text := "".join(self._hidden).strip():
            why, remedy = "这些文字在网页中设为隐藏，没有读入", "请核对是否与清单有关"
            self.remarks.append(Extra("隐藏的文字", Place(), text, why, remedy))
        if text := "".join(self._struck).strip():
            self.remarks.append(Extra("删除线", Place(), text, *STRUCK))
        blocks = tuple(block for block in self.blocks if block is not None)
        return Document(blocks, tuple(self.remarks))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            if tag == "br":
                self._end_line()
            return
        if tag in _SKIPPED:
            self._skipping += 1
            return
        given = {name: value or "" for name, value in attrs}
        style = given.get("style", "")
        bold = tag in _BOLD or bool(_BOLD_STYLE.search(style))
        # What the whole page has (body) is taken off by its script once it is there.
        hidden = tag not in ("html", "body") and ("hidden" in given or bool(_HIDDEN.search(style)))
        struck = tag in _STRUCK or bool(_STRUCK_STYLE.search(style))
        looks = (("BOLD", bold), ("HIDDEN", hidden), ("STRUCK", struck))
        self._open.append((tag, *(name for name, has in looks if has)))
        self._tags.update(self._open[-1])
        limits.check_depth(len(self._grids))
        if tag == "table":
            self._begin_table()
        else:
            self._end_before(tag)
        if tag in ("td", "th") and self._grids:
            self._begin_cell(given)
        if tag in _LISTS:
            self._lists.append(_number(given, "start") if tag == "ol" else 0)
        elif tag == "li" and self._lists and self._lists[-1]:
            self._point = f"{self._lists[-1]}."
            self._lists[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(self._skipping - 1, 0)
            return
        if not self._tags[tag]:
            return
        closed = ""
        while closed != tag:
            closed, *_ = element = self._open.pop()
            self._tags.subtract(element)
            if closed in _LISTS:
                self._lists.pop()
        if tag == "table" and self._grids:
            self._end_table()
        elif tag == "dt":
            self._target.end_label()
            self._named = True
        else:
            self._end_before(tag)

    def _end_before(self, tag: str) -> None:
        """End the cell, row or line that can't go on where a tag begins or ends."""
        named, self._named = self._named, False
        if named and tag == "dd":
            return
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr" and self._grids:
            self._end_cell()
            self._grids[-1].end_row()
        elif tag in _BLOCKS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        if self._tags["HIDDEN"]:
            self._hidden.append(data)
            return
        if self._grids and not self._cells and not data.strip():
            return
        if self._tags["STRUCK"]:
            self._struck.append(data)
        if self._point and data.strip():
            if not _NUMBERED.match(data):
                self._target.flow(self._point, bold=False)
            self._point = ""
        first, *others = data.split("\n") if self._tags["pre"] else (data,)
        bold = self._tags["BOLD"] > 0
        self._target.flow(first, bold=bold)
        for line in others:
            self._end_line()
            self._target.flow(line, bold=bold)

    def parse_starttag(self, i: int) -> int:
        return self._finished(super().parse_starttag(i))

    def parse_endtag(self, i: int) -> int:
        return self._finished(super().parse_endtag(i))

    def parse_comment(self, i: int, report: bool = True) -> int:
        return self._finished(super().parse_comment(i, report))

    def parse_html_declaration(self, i: int) -> int:
        return self._finished(super().parse_html_declaration(i))

    def parse_pi(self, i: int) -> int:
        return self._finished(super().parse_pi(i))

    def _finished(self, end: int) -> int:
        """Return the end of a tag; below 0 for one without, which the parser has looked for to the end of the page."""
        self._unfinished += end < 0
        if self._unfinished > _MOST_UNFINISHED:
            raise limits.broken("html")
        return end

    @property
    def _target(self) -> _Text:
        return self._cells[-1] if self._cells else self._line

    def _end_line(self) -> None:
        if self._cells:
            self._cells[-1].end_line()
        else:
            self._end_block()

    def _end_block(self) -> None:
        text, bold = self._line.stripped
        self._line = _Text()
        if text:
            self._lines += 1
            self.blocks.append(Line(text, Place(paragraph=self._lines), bold))

    def _begin_table(self) -> None:
        if not self._cells:
            self._end_block()
        self._tables += 1
        self._grids.append(_TableBuilder(Place(table=self._tables), self._made))
        self._starts.append(len(self.blocks))
        self.blocks.append(None)

    def _begin_cell(self, given: dict[str, str]) -> None:
        self._cells.append(_Text())
        self._spans.append((_number(given, "rowspan"), _number(given, "colspan")))

    def _end_cell(self) -> None:
        """Close the open cell of the innermost table; cells of tables around it stay open."""
        if len(self._cells) < len(self._grids) or not self._cells:
            return
        text, bold = self._cells.pop().stripped
        self._grids[-1].put(text, bold, *self._spans.pop())

    def _end_table(self) -> None:
        self._end_cell()
        start, table = self._starts.pop(), self._grids.pop().table()
        width = len(table.rows[0]) if table.rows else 0
        if self._grids and self._cells and width <= _OF_LAYOUT and self._grids[-1].in_rows:
            for row in table.rows:  # a small table in a list's cell is words of it
                self._end_line()
                self._target.flow("　".join(cell.text for cell in distinct(row)), bold=False)
            self._end_line()
        else:
            self.blocks[start] = table


def _number(given: dict[str, str], name: str) -> int:
    """Return the number that an attribute gives; 1 without one."""
    found = _NUMBER.match(given.get(name, ""))
    return int(found[1]) if found else 1


_OFFICE_TAG: Final = regex(r"<(/?)(?:\w+:)?(Table|Row|Cell|tbl|tr|tc|p)\b([^<>]*?)(/?)>")
_OFFICE_TAGS: Final = {"tbl": "table", "Row": "tr", "Cell": "td", "tc": "td"}
_OFFICE_SPAN: Final = regex(r'Merge(Across|Down)="(\d+)"')


def of_office_xml(text: str) -> str:
    """Return a workbook or document in the XML of Office 2003 as a page of its tables and paragraphs."""

    def tag(found: re.Match[str]) -> str:
        closing, name, said, alone = found.groups()
        spans = (
            f' {"col" if way == "Across" else "row"}span="{int(count) + 1}"'
            for way, count in _OFFICE_SPAN.findall(said)
        )
        name = _OFFICE_TAGS.get(name, name.lower())
        return f"<{closing}{name}{''.join(spans)}>" + (f"</{name}>" if alone else "")

    body = re.search(r"<(?:\w+:)?(?:Worksheet|body)\b", text)
    return _OFFICE_TAG.sub(tag, text[body.start() if body else 0 :])


def page_among_parts(data: bytes) -> bytes | str:
    """Return the HTML of a page saved with its parts (.mht, .mhtml): as text where the file says how it is encoded.

    Raises ``GaigaiError`` where there is none.
    """
    from email import message_from_bytes
    from email.errors import MessageError

    limits.check_saved_page(data)
    try:
        message = message_from_bytes(data)
        part = next(
            (part for part in message.walk() if part.get_content_type() == "text/html"), None
        )
        content = part.get_payload(decode=True) if part is not None else None
    except (MessageError, LookupError, ValueError, RecursionError) as error:
        raise limits.broken("mht") from error
    if not isinstance(content, bytes):
        raise GaigaiError("文件里没有网页", "请在浏览器中打开原网页，另存为 .html 后再导入")
    charset = part.get_content_charset() if part is not None else None
    try:
        return content.decode(charset) if charset else content
    except (LookupError, UnicodeDecodeError):
        return content
