"""PDF files with text, by pdfplumber: paragraphs and tables. Nothing is recognised in pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise, takewhile
from math import inf
from statistics import median
from typing import Any, Final, NamedTuple

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice import limits
from gaigai_cli.notice.document import (
    MOST_NAMED,
    Cell,
    Document,
    Extra,
    Line,
    Place,
    Row,
    Table,
    places_in_words,
)
from gaigai_cli.notice.points import BEGINS
from gaigai_cli.notice.read.pdf_columns import (
    AlignedTable,
    WordLine,
    goes_on_beside,
    in_columns,
    middle,
    put_beside,
    word_lines,
)
from gaigai_cli.words.brackets import without_brackets
from gaigai_cli.words.deadline import is_deadline
from gaigai_cli.words.normal import MARKS
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.unit_lexicon import is_name, is_open

MAX_PAGES: Final = 200
_BY_LINES: Final = {"vertical_strategy": "lines", "horizontal_strategy": "lines"}
_BEGINS: Final = regex(rf"\s*(?:{BEGINS}|注[：:]|附件)")
_ENDS: Final = "。；;：:！？"


def read(data: bytes) -> Document:
    """Return the lines and tables of every page in their order. Raises ``GaigaiError`` for what can't be read."""
    try:
        import pdfplumber
    except ImportError as error:
        raise GaigaiError(
            "读取 PDF 要另装 pdfplumber",
            '请在程序所在文件夹运行 pip install ".[pdf]"；或向发文单位索取 .docx 后再导入',
        ) from error
    try:
        with pdfplumber.open(BytesIO(data)) as file:
            if len(file.pages) > MAX_PAGES:
                raise limits.TooLargeError(f"多于{MAX_PAGES}页")
            pages = []
            for page in file.pages:
                pages.append(_page(page))
                page.close()
    except GaigaiError:
        raise
    except Exception as error:  # pdfminer raises whatever it meets in a damaged file
        raise limits.broken("pdf") from error
    pages, further = _with_further_columns(_without_running(pages))
    blocks = list(_blocks(pages))
    if not blocks:
        raise GaigaiError(
            "PDF 里没有文字，多半是扫描件", "请先用文字识别软件转为 .docx，逐格核对后再导入"
        )
    blocks, cuts = _without_page_breaks(blocks)
    numbered = (
        block._replace(place=Place(paragraph=number)) if isinstance(block, Line) else block
        for number, block in enumerate(blocks, 1)
    )
    return Document(tuple(numbered), (*_told(cuts), *_without_lines(blocks), *further))


def _without_page_breaks(blocks: Sequence[Line | Table]) -> tuple[list[Line | Table], list[Cell]]:
    """Return the blocks with a table that goes on on the next page as one; the cells at which a page begins."""
    made: list[Line | Table] = []
    cuts: list[Cell] = []
    for block in blocks:
        before = made[-1] if made else None
        if (
            isinstance(block, Table)
            and isinstance(before, Table)
            and len(block.rows[0]) == len(before.rows[0])
        ):
            made[-1], cut = _as_one(before, block)
            cuts += cut
        else:
            made.append(block)
    return made, cuts


def _as_one(table: Table, further: Table) -> tuple[Table, list[Cell]]:
    """Return a table and what stands of it on the next page, whose first row may be the rest of the last one.

    A cell over several rows may be cut there, too: its words stand on one of the pages. Where each page has but one of
    its rows that is told by a column in which no other cell is empty.
    """
    again = takewhile(lambda pair: _same_words(*pair), zip(table.rows, further.rows, strict=False))
    rows = list(further.rows)[len([*again]) :]
    if not rows:
        return table, []
    above, first = table.rows[-1], rows[0]
    longest = max(range(len(above)), key=lambda at: len(above[at].text))
    ended = above[longest].text.endswith(tuple(_ENDS)) or not above[longest].text
    whole = any(_is_whole(a.text) and _is_whole(b.text) for a, b in zip(above, first, strict=True))
    cut = first[0].blank and not whole and not (ended and first[longest].text)
    cuts = [first[longest]] if cut else []
    changed: dict[Cell, Cell] = {}
    for at, (one, other) in enumerate(zip(above, first, strict=True)):
        spans = [_spans_rows(table.rows, at), _spans_rows(rows, at)]
        if cut and other.text:
            joined = Cell(_joined(f"{one.text}\n{other.text}"), one.place)
            changed[one] = changed[other] = joined
        elif other.blank and (cut or any(cell in (one, other) for each in spans for cell in each)):
            changed[other] = one
        elif other.blank and not any(row[at].blank for row in (*table.rows, *rows[1:])):
            changed[other] = one
            cuts.append(first[longest])
        elif one in spans[0] and one.blank:
            changed[one] = other
            cuts.append(other)
    rows = rows[1:] if cut else rows
    whole_rows = tuple(
        tuple(changed.get(cell, cell) for cell in row) for row in (*table.rows, *rows)
    )
    return table._replace(rows=whole_rows), [*dict.fromkeys(cuts)]


def _same_words(row: Row, other: Row) -> bool:
    return [cell.text for cell in row] == [cell.text for cell in other]


def _is_whole(words: str) -> bool:
    """Return whether words are a cell of their own, no rest of one: a number, a unit, a deadline."""
    return words.isdecimal() or _is_body(words) or is_deadline(words)


def _spans_rows(rows: Sequence[Row], at: int) -> set[Cell]:
    """Return the cells of a column that span several rows."""
    return {one[at] for one, other in pairwise(rows) if one[at] is other[at]}


def _without_lines(blocks: Sequence[Line | Table]) -> Iterator[Extra]:
    """Yield one remark on tables whose cells were told by where their words stand."""
    tables = [block for block in blocks if isinstance(block, Table) and not block.spans]
    if tables:
        yield Extra(
            "没有线的表格",
            tables[0].place,
            "　".join(cell.text for cell in tables[0].rows[0]),
            f"{places_in_words([table.place for table in tables])}没有表格线，按文字的位置分行分栏",
            "请对照原文核对各行各栏",
        )


def _told(cuts: Sequence[Cell]) -> Iterator[Extra]:
    """Yield one remark about rows that a page's end has cut, which nobody can join for certain."""
    if cuts:
        yield Extra(
            "跨页的行",
            cuts[0].place,
            "　".join(cell.text for cell in cuts[:MOST_NAMED]),
            f"{places_in_words([cell.place for cell in cuts])}在表格跨页处，已接在上一页的后面",
            "请对照原文核对这几行",
        )


_Box = tuple[float, float, float, float]


class _Ruled(NamedTuple):
    """A table that has lines: the words and the box of each cell, None where none begins.

    ``size`` is that of its page's characters, in points.
    """

    words: Sequence[Sequence[str | None]]
    boxes: Sequence[Sequence[_Box | None]]
    top: float
    bottom: float
    size: float = inf

    @property
    def tops(self) -> list[float]:
        """Where its rows begin."""
        return [min((box[1] for box in row if box), default=self.top) for row in self.boxes]

    @property
    def edges(self) -> set[int]:
        """Where its columns begin and end."""
        return {round(x) for row in self.boxes for box in row if box for x in (box[0], box[2])}


class _Page(NamedTuple):
    """The tables of a page that have lines, the lines of words around them, and the heights of lines across."""

    tables: tuple[_Ruled, ...]
    lines: tuple[WordLine, ...]
    rules: tuple[float, ...]


def _page(page: Any) -> _Page:
    found = sorted(page.find_tables(_BY_LINES), key=lambda table: table.bbox[1])
    size = median(char["size"] for char in page.chars) if page.chars else inf
    tables = tuple(
        _Ruled(
            table.extract(), [row.cells for row in table.rows], table.bbox[1], table.bbox[3], size
        )
        for table in found
        if len(table.rows) > 1 or len(table.rows[0].cells) > 1
    )
    words = (
        word
        for word in page.extract_words(x_tolerance_ratio=_BETWEEN_WORDS, y_tolerance=2)
        if not any(each.top <= middle(word) < each.bottom for each in tables)
    )
    rules = sorted({edge["top"] for edge in page.horizontal_edges})
    return _Page(tables, tuple(word_lines(words)), tuple(rules))


def _with_further_columns(pages: Sequence[_Page]) -> tuple[list[_Page], list[Extra]]:
    """Return the pages, a sheet's columns that are on a page of their own beside those before; a remark tells it."""
    made = list(pages)
    joined: list[str] = []
    taken: Counter[int] = Counter()
    for at, page in enumerate(made):
        others = [n for n in range(at) if _goes_on_beside(made[n], pages[n], page)]
        if not others:
            continue
        before = min(others, key=taken.__getitem__)
        taken[before] += 1
        made[before] = _put_beside(made[before], page)
        made[at] = page._replace(tables=(), lines=())
        joined.append(f"第{at + 1}页的表接在第{before + 1}页的表右边")
    why = f"{'、'.join(joined)}，各行的高低相同，像是一张表的栏目分在两页"
    told = Extra("分在两页的栏目", Place(), "", why, "请对照原文核对各行各栏")
    return made, [told] if joined else []


def _goes_on_beside(page: _Page, as_it_was: _Page, further: _Page) -> bool:
    """Return whether the last columns of a page's table, as far as it is read by now, are on a further page."""
    if page.tables:
        return _has_lines_of(further, as_it_was) and _is_beside(page.tables[-1], further.tables)
    return not further.tables and goes_on_beside(as_it_was.lines, further.lines)


def _put_beside(page: _Page, further: _Page) -> _Page:
    if not page.tables:
        return page._replace(lines=put_beside(page.lines, further.lines))
    *first, left = page.tables
    return page._replace(tables=(*first, _beside(left, further.tables[0])))


def _has_lines_of(page: _Page, before: _Page) -> bool:
    """Return whether a page's lines, if any, are those of one before or what of them had room: a sheet's title."""
    return all(any(each.text.startswith(one.text) for each in before.lines) for one in page.lines)


def _is_beside(left: _Ruled, tables: Sequence[_Ruled]) -> bool:
    """Return whether the only table of a page has its rows where one has them, and other columns.

    A column whose head both have is repeated on each page (序号), or these are two lists.
    """
    if len(tables) != 1 or tables[0].edges == left.edges:
        return False
    heights = {*map(round, left.tops), round(left.bottom)}
    (right,) = tables
    columns = {column[0]: column for column in zip(*left.words, strict=True) if column[0]}
    again = (column for column in zip(*right.words, strict=True) if column[0] in columns)
    return (
        len(right.boxes) > 1
        and all(columns[column[0]] == column for column in again)
        and round(right.top) == round(left.top)
        and round(right.bottom) == round(left.bottom)
        and heights.issuperset(map(round, right.tops))
    )


def _beside(left: _Ruled, right: _Ruled) -> _Ruled:
    """Return two tables as one; where a row of the left one has none on the right, the cell above spans it."""
    width = max(map(len, right.boxes))
    room = max(left.edges) - min(right.edges)
    rows = dict(
        zip(map(round, right.tops), zip(right.words, right.boxes, strict=True), strict=True)
    )
    words: list[Sequence[str | None]] = []
    boxes: list[Sequence[_Box | None]] = []
    for top, own, places in zip(left.tops, left.words, left.boxes, strict=True):
        further, beside = rows.get(round(top), ((None,) * width, (None,) * width))
        words.append((*own, *further))
        boxes.append((*places, *(b and (b[0] + room, b[1], b[2] + room, b[3]) for b in beside)))
    return left._replace(words=words, boxes=boxes)


_PADDING: Final = 12.0
"""Points that a cell's lines leave of its width."""
_BETWEEN_WORDS: Final = 0.4
"""How much of a character's width parts two words of a line."""
_RUNNING: Final = 2
"""Lines at either end of a page that may be on all of them."""
_APART: Final = 1.2
"""How many times further than usual they are from the text."""
_PAGE_NUMBER: Final = regex(
    r"[-—－–_·•/／\s]*第?\s*\d{1,3}\s*页?\s*[,，/／]?\s*(?:共?\s*\d{1,3}\s*页?)?[-—－–_·•/／\s]*"
    r"|[-—－–_·•/／\s]+|(?i:page)\s*\d+(?:\s*of\s*\d+)?"
)


def _without_running(pages: Sequence[_Page]) -> list[_Page]:
    """Return the pages without their numbers and the words that stand above or below the text of several of them."""
    for edge in (0, -1):
        for _ in range(_RUNNING):
            ends = [page.lines[edge] for page in pages if page.lines and _stands_apart(page, edge)]
            counted = Counter(map(_as_running, ends))
            again = {end for end, count in counted.items() if count > 1 and 2 * count >= len(pages)}
            pages = [
                page._replace(lines=page.lines[1:] if edge == 0 else page.lines[:-1])
                if page.lines
                and _is_outermost(page, edge)
                and (
                    _PAGE_NUMBER.fullmatch(page.lines[edge].text)
                    or _as_running(page.lines[edge]) in again
                )
                else page
                for page in pages
            ]
    return list(pages)


def _as_running(line: WordLine) -> tuple[str, int]:
    """Return a line as it is on other pages: any number in it, at the same height."""
    return re.sub(r"\d+", "0", line.text), round(line.top)


def _stands_apart(page: _Page, edge: int) -> bool:
    """Return whether the first line of a page, or its last, is further from what is next than lines usually are."""
    heights = [line.middle for line in page.lines]
    steps = sorted(below - above for above, below in pairwise(heights))
    ends = [height for table in page.tables for height in (table.top, table.bottom)]
    end, *others = heights if edge == 0 else reversed(heights)
    nearest = min((abs(height - end) for height in (*others, *ends)), default=inf)
    return not steps or nearest > _APART * steps[len(steps) // 2]


def _is_outermost(page: _Page, edge: int) -> bool:
    """Return whether the first line of a page, or its last, stands above or below all of its tables."""
    height = page.lines[edge].middle
    if edge == 0:
        return all(height < table.top for table in page.tables)
    return all(height > table.bottom for table in page.tables)


def _blocks(pages: Sequence[_Page]) -> Iterator[Line | Table]:
    """Yield the blocks of all pages in their order. The cells of a table without lines are told by where they stand."""
    text: list[tuple[WordLine, float, float]] = []
    before: AlignedTable | None = None
    made = limits.CellCount()
    count = 0
    for page in pages:
        rest = list(page.lines)
        left = min((line.left for line in rest), default=0.0)
        right = max((line.right for line in rest), default=0.0)
        for ruled in (*page.tables, None):
            above = [line for line in rest if ruled is None or line.middle < ruled.top]
            rest = rest[len(above) :]
            for part in (*in_columns(above, page.rules, before), ruled):
                if isinstance(part, WordLine):
                    text.append((part, left, right))
                elif part is not None:
                    yield from _paragraphs(text)
                    text.clear()
                    count += 1
                    made.add(sum(map(len, part.words)))
                    before = part if isinstance(part, AlignedTable) else None
                    yield _table(part, count)
    yield from _paragraphs(text)


_SIGNED: Final = 6
"""Characters by which the room on a line's left is greater than that on its right where it signs."""


def _paragraphs(text: Sequence[tuple[WordLine, float, float]]) -> Iterator[Line]:
    """Return the paragraphs that lines are, each with the left and right edge of its page's text.

    One that reaches the right edge goes on in the next; what stands at the right (a signature) is one by itself.
    """
    paragraphs: list[str] = []
    goes_on = False
    for line, left, right in text:
        character = (line.right - line.left) / len(line.text)
        signs = (line.left - left) - (right - line.right) > _SIGNED * character
        if goes_on and not signs and not _BEGINS.match(line.text):
            paragraphs[-1] += line.text
        else:
            paragraphs.append(line.text)
        full = line.right > right - 2 * character
        goes_on = full and not signs and line.text[-1] not in _ENDS
    return (Line(words, Place()) for words in paragraphs)


def _table(found: _Ruled | AlignedTable, number: int) -> Table:
    """Return a table; a place that no cell begins at is the cell's that covers it, above or on the left."""
    if isinstance(found, AlignedTable):
        columns = zip(*found.words, strict=True)
        rooms = [max(len(line) for words in each for line in words.split("\n")) for each in columns]
        rows = [
            tuple(
                Cell(_joined(words, room), Place(table=number, row=index, column=column))
                for column, (words, room) in enumerate(zip(row, rooms, strict=True), 1)
            )
            for index, row in enumerate(found.words, 1)
        ]
        return Table(tuple(rows), Place(table=number), spans=False)
    rows = []
    width = max((len(row) for row in found.words), default=0)
    left = [
        min((box[0] for row in found.boxes if at < len(row) and (box := row[at])), default=0.0)
        for at in range(width)
    ]
    for index, (boxes, words) in enumerate(zip(found.boxes, found.words, strict=True), 1):
        cells: list[Cell] = []
        edge = 0.0
        for at in range(width):
            box = boxes[at] if at < len(boxes) else None
            place = Place(table=number, row=index, column=at + 1)
            if box is not None:
                edge = box[2]
                text = _joined(words[at] or "", (box[2] - box[0] - _PADDING) // found.size)
                cells.append(Cell(text, place))
            elif cells and edge > left[at] + 1:
                cells.append(cells[-1])
            elif rows:
                cells.append(rows[-1][at])
            else:
                cells.append(Cell("", place))
        rows.append(tuple(cells))
    return Table(tuple(rows), Place(table=number))


def _joined(text: str, room: float = 0) -> str:
    """Return a cell's words without the breaks of a narrow column, but where a sentence ends or a point begins.

    ``room`` is for how many characters a line has: where it has fewer, and is a unit, the next line is no rest of it.
    """
    lines: Sequence[str] = [line.strip() for line in text.split("\n") if line.strip()]
    if bodies := _bodies(lines, room) if room and len(lines) > 1 else ():
        return "\n".join(bodies)
    made = "".join(lines[:1])
    for line in lines[1:]:
        made += "\n" if made[-1] in "。；;" or _BEGINS.match(line) else ""
        made += line
    return made


_MOST_LINES: Final = 4
"""Lines that one unit's name has in a narrow column."""


def _bodies(lines: Sequence[str], room: float) -> tuple[str, ...]:
    """Return the units that the lines of a cell are, each of one line or more; nothing where they are no units."""
    whole = len(lines)
    units: dict[int, tuple[str, ...]] = {whole: ()}  # what is read from each line on
    for at in reversed(range(whole)):
        for end in range(min(at + _MOST_LINES, whole), at, -1):
            name = "".join(lines[at:end])
            if end not in units or not _is_body(name):
                continue
            if not any(len(line) < room and _is_body(line) for line in lines[at : end - 1]):
                units[at] = (name, *units[end])
                break
    return units.get(0, ())


def _is_body(words: str) -> bool:
    name = without_brackets(words).strip(MARKS)
    return is_name(name) or is_open(name)
