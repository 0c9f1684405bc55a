"""PDF files with text, by pdfplumber: paragraphs, and tables by their lines. Nothing is recognised in pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice import limits
from gaigai_cli.notice.document import Cell, Document, Extra, Line, Place, Table
from gaigai_cli.words.normal import CHINESE

MAX_PAGES: Final = 200
_BY_LINES: Final = {"vertical_strategy": "lines", "horizontal_strategy": "lines"}
_BEGINS: Final = re.compile(rf"\s*(?:[（(]?(?:\d{{1,3}}|{CHINESE})[）)、.．]|[①-⑳]|注[：:]|附件)")
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
    blocks: list[Line | Table] = []
    made = limits.CellCount()
    try:
        with pdfplumber.open(BytesIO(data)) as file:
            if len(file.pages) > MAX_PAGES:
                raise limits.TooLargeError(f"多于{MAX_PAGES}页")
            for page in file.pages:
                for block in _blocks(page, made, sum(isinstance(b, Table) for b in blocks)):
                    blocks.append(block)
                page.close()
    except GaigaiError:
        raise
    except Exception as error:  # pdfminer raises whatever it meets in a damaged file
        raise limits.broken("pdf") from error
    if not blocks:
        raise GaigaiError(
            "PDF 里没有文字，多半是扫描件", "请先用文字识别软件转为 .docx，逐格核对后再导入"
        )
    blocks, cuts = _without_page_breaks(blocks)
    numbered = (
        block._replace(place=Place(paragraph=number)) if isinstance(block, Line) else block
        for number, block in enumerate(blocks, 1)
    )
    return Document(tuple(numbered), tuple(_told(cuts)))


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
    """Return a table and what stands of it on the next page, whose first row may be the rest of the last one."""
    head = [cell.text for cell in table.rows[0]]
    rows = list(further.rows)
    while rows and [cell.text for cell in rows[0]] == head:
        del rows[0]
    if not rows or rows[0][0].text != "":
        return table._replace(rows=(*table.rows, *rows)), []
    above, first = table.rows[-1], rows[0]
    longest = max(range(len(above)), key=lambda at: len(above[at].text))
    ended = above[longest].text.endswith(tuple(_ENDS)) or not above[longest].text
    cut = not (ended and first[longest].text)
    changed: dict[Cell, Cell] = {}
    for one, other in zip(above, first, strict=True):
        if cut and other.text:
            whole = Cell(_joined(f"{one.text}\n{other.text}"), one.place)
            changed[one] = changed[other] = whole
        elif not other.text:
            changed[other] = one
    rows = rows[1:] if cut else rows
    whole_rows = tuple(
        tuple(changed.get(cell, cell) for cell in row) for row in (*table.rows, *rows)
    )
    return table._replace(rows=whole_rows), [first[longest]]


def _told(cuts: Sequence[Cell]) -> Iterator[Extra]:
    """Yield one remark about rows that a page's end has cut, which nobody can join for certain."""
    if cuts:
        where = "、".join(cell.place.words for cell in cuts[:_MOST_NAMED])
        more = f"等{len(cuts)}处" if len(cuts) > _MOST_NAMED else ""
        yield Extra(
            "page-break",
            cuts[0].place,
            "　".join(cell.text for cell in cuts[:_MOST_NAMED]),
            f"{where}{more}在表格跨页处，已接在上一页的行后",
            "请对照原文核对这几行",
        )


_MOST_NAMED: Final = 5


def _blocks(page: Any, made: limits.CellCount, before: int) -> Iterator[Line | Table]:
    tables = sorted(page.find_tables(_BY_LINES), key=lambda table: table.bbox[1])
    tables = [table for table in tables if len(table.rows) > 1 or len(table.rows[0].cells) > 1]
    top = 0.0
    for number, table in enumerate(tables, before + 1):
        yield from _paragraphs(page, top, table.bbox[1])
        yield _table(table, number, made)
        top = max(top, table.bbox[3])
    yield from _paragraphs(page, top, float(page.height))


def _paragraphs(page: Any, top: float, bottom: float) -> Iterator[Line]:
    """Yield the paragraphs between two heights: a line that fills the page's width goes on in the next."""
    if bottom - top < 1:
        return
    between = page.filter(
        lambda each: (
            each["object_type"] == "char" and top <= (each["top"] + each["bottom"]) / 2 < bottom
        )
    )
    lines = between.extract_text_lines()
    if not lines:
        return
    right = max(line["x1"] for line in lines)
    text, full = "", False
    for line in lines:
        words = line["text"].strip()
        if not words or _is_page_number(words):
            continue
        if text and full and not _BEGINS.match(words):
            text += words
        else:
            if text:
                yield Line(text, Place())
            text = words
        size = (line["x1"] - line["x0"]) / max(len(words), 1)
        full = line["x1"] > right - 2 * size and text[-1] not in _ENDS
    if text:
        yield Line(text, Place())


def _is_page_number(words: str) -> bool:
    return re.fullmatch(r"[-—－–\s]*[0-9]{1,3}[-—－–\s]*", words) is not None


def _table(table: Any, number: int, made: limits.CellCount) -> Table:
    """Return a table; a place that no cell begins at is the cell's that covers it, above or on the left."""
    texts = table.extract()
    width = max((len(row) for row in texts), default=0)
    made.add(width * len(texts))
    left = [
        min(
            (row.cells[at][0] for row in table.rows if at < len(row.cells) and row.cells[at]),
            default=0.0,
        )
        for at in range(width)
    ]
    rows: list[tuple[Cell, ...]] = []
    for index, (row, words) in enumerate(zip(table.rows, texts, strict=True), 1):
        cells: list[Cell] = []
        edge = 0.0
        for at in range(width):
            box = row.cells[at] if at < len(row.cells) else None
            place = Place(table=number, row=index, column=at + 1)
            if box is not None:
                edge = box[2]
                cells.append(Cell(_joined(words[at] or ""), place))
            elif cells and edge > left[at] + 1:
                cells.append(cells[-1])
            elif rows:
                cells.append(rows[-1][at])
            else:
                cells.append(Cell("", place))
        rows.append(tuple(cells))
    return Table(tuple(rows), Place(table=number))


def _joined(text: str) -> str:
    """Return a cell's words without the breaks of a narrow column, but where a sentence ends or a point begins."""
    lines: Sequence[str] = [line.strip() for line in text.split("\n") if line.strip()]
    made = ""
    for line in lines:
        if made and (made[-1] in "。；;" or _BEGINS.match(line)):
            made += "\n"
        made += line
    return made
