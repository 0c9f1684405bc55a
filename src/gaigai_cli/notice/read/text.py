"""Plain text: lines, and tables whose cells are separated by tabs; and CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import groupby
from typing import Final

from gaigai_cli.notice import limits
from gaigai_cli.notice.document import Bold, Cell, Document, Line, Place, Remark, Table
from gaigai_cli.notice.read import html

_BREAK: Final = re.compile(r"\s*<br\s*/?>\s*|\s*</(?:p|div)>\s*(?=<(?:p|div)\b)", re.IGNORECASE)
_TAG: Final = re.compile(r"</?(?:p|div)(?:\s[^<>]*)?>", re.IGNORECASE)


def strip_tags(text: str) -> str:
    """The text without such tags, paragraphs and breaks as line ends."""
    if "<" not in text:
        return text.strip()
    return _TAG.sub("", _BREAK.sub("\n", text)).strip()


_HEADING: Final = re.compile(r"\s*#{1,6}\s+(?=\S)")
_BLANKS: Final = re.compile(r"[ 　]{2,}")
_FEWEST_COLUMNS: Final = 4
_CSV_SIGNS: Final = ",;\t"


def read(text: str) -> Document:
    """Lines, those with tabs gathered into tables. Signs of headings (``#``) and tags of paragraphs are layout."""
    blocks: list[Line | Table] = []
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate(_tabbed(text.split("\n")), start=1):
        if "\t" in line.strip("\n") and line.strip():
            rows.append((number, line.split("\t")))
            continue
        if (rows and line.strip()) or rows:
            blocks.append(_table(rows, sum(isinstance(b, Table) for b in blocks) + 1))
            rows = []
        if line.strip():
            blocks.append(Line(_HEADING.sub("", line).strip(), Place(line=number)))
    if rows:
        blocks.append(_table(rows, sum(isinstance(b, Table) for b in blocks) + 1))
    return Document(tuple(blocks))


def _tabbed(lines: Sequence[str]) -> Iterator[str]:
    """The lines with tabs again where they were lost: lines that several blanks cut into as many columns each."""
    for wide, run in groupby(lines, key=_columns):
        for line in (group := list(run)):
            yield "\t".join(_BLANKS.split(line.strip())) if wide and len(group) > 1 else line


def _columns(line: str) -> int:
    """Into how many columns several blanks cut a line; 0 where they make no table's row of it."""
    count = len(_BLANKS.split(line.strip()))
    return count if count >= _FEWEST_COLUMNS and "\t" not in line else 0


def _table(rows: Sequence[tuple[int, Sequence[str]]], number: int) -> Table:
    """A table of lines; each cell knows the line that it stands in."""
    width = max(len(cells) for _, cells in rows)
    limits.check_cells(width * len(rows))
    made = []
    for index, (line, cells) in enumerate(rows, start=1):
        filled = [*cells, *[""] * (width - len(cells))]
        made.append(
            tuple(
                Cell(strip_tags(text), Place(table=number, row=index, column=column, line=line))
                for column, text in enumerate(filled, start=1)
            )
        )
    return Table(tuple(made), Place(table=number, line=rows[0][0]), spans=False)


def read_csv(text: str) -> Document:
    """A table; rows before it that have one cell only are lines. A cell may hold line breaks."""
    limit = csv.field_size_limit(limits.MAX_TEXT)
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
        rows: list[tuple[int, list[str]]] = []
        line = 1
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    finally:
        csv.field_size_limit(limit)
    return Document(tuple(_csv_blocks(rows)))


def _csv_blocks(rows: Iterable[tuple[int, list[str]]]) -> list[Line | Table]:
    blocks: list[Line | Table] = []
    gathered: list[tuple[int, list[str]]] = []
    for line, cells in rows:
        filled = [cell for cell in cells if cell.strip()]
        if not filled:
            continue
        if len(filled) == 1 and cells[0].strip() and not gathered:
            blocks.append(Line(filled[0].strip(), Place(line=line)))
        else:
            gathered.append((line, cells))
    if gathered:
        blocks.append(_table(gathered, 1))
    return blocks


def _delimiter(text: str) -> str:
    """The sign that most lines have most often; commas where none has any."""
    head = text[:20_000]
    return max(_CSV_SIGNS, key=head.count) if any(sign in head for sign in _CSV_SIGNS) else ","


_RULE: Final = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*")
_CUT: Final = re.compile(r"(?<!\\)\|")
_STRONG: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKDOWN_HEADING: Final = re.compile(r"\s*#{1,6}\s+(.*?)\s*#*\s*")
_TABLE_START: Final = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_END: Final = re.compile(r"</table\s*>", re.IGNORECASE)


def read_markdown(text: str) -> Document:
    """The lines and tables in their order. Signs of headings and emphasis are layout."""
    blocks: list[Line | Table] = []
    remarks: list[Remark] = []
    for number, part in _parts(text.split("\n")):
        tables = sum(isinstance(block, Table) for block in blocks)
        if isinstance(part, str) and _TABLE_START.search(part):
            inner = html.read(part)
            blocks += [_moved(block, tables) for block in inner.blocks]
            remarks += inner.remarks
        elif isinstance(part, str):
            words, bold = _emphasis(_plain_line(part))
            if words:
                blocks.append(Line(words, Place(line=number), bold))
        else:
            blocks.append(_pipe_table(part, number, tables + 1))
    return Document(tuple(blocks), tuple(remarks))


def _parts(lines: list[str]) -> Iterator[tuple[int, str | list[str]]]:
    """Paragraph lines, HTML tables as one text each, and the lines of each pipe table."""
    at = 0
    while at < len(lines):
        start = at
        if _TABLE_START.search(lines[at]):
            while at < len(lines) and not _TABLE_END.search(lines[at]):
                at += 1
            yield start + 1, "\n".join(lines[start : at + 1])
        elif (
            "|" in lines[at]
            and at + 1 < len(lines)
            and "-" in lines[at + 1]
            and (_RULE.fullmatch(lines[at + 1]) and "|" in lines[at + 1])
        ):
            while at + 1 < len(lines) and "|" in lines[at + 1]:
                at += 1
            yield start + 1, lines[start : at + 1]
        else:
            yield start + 1, lines[at]
        at += 1


def _moved(block: Line | Table, tables: int) -> Line | Table:
    """A table of HTML with its number in the whole file."""
    if isinstance(block, Line) or not tables:
        return block
    made: dict[Cell, Cell] = {}
    rows = tuple(
        tuple(
            made.setdefault(
                cell,
                Cell(cell.text, cell.place._replace(table=cell.place.table + tables), cell.bold),
            )
            for cell in row
        )
        for row in block.rows
    )
    return Table(rows, block.place._replace(table=block.place.table + tables), block.spans)


def _plain_line(line: str) -> str:
    found = _MARKDOWN_HEADING.fullmatch(line)
    return (found[1] if found else line).strip().removeprefix("> ").strip()


def _pipe_table(lines: list[str], first: int, number: int) -> Table:
    rows = [(first + i, _cut(line)) for i, line in enumerate(lines) if not _is_rule(i, line)]
    width = max(len(cells) for _, cells in rows)
    limits.check_cells(width * len(rows))
    made = []
    for index, (line, cells) in enumerate(rows, start=1):
        filled = [*cells, *[""] * (width - len(cells))]
        row = []
        for column, text in enumerate(filled, start=1):
            words, bold = _emphasis(strip_tags(text))
            row.append(Cell(words, Place(number, index, column, line), bold))
        made.append(tuple(row))
    return Table(tuple(made), Place(table=number, line=first), spans=False)


def _is_rule(index: int, line: str) -> bool:
    return index == 1 and _RULE.fullmatch(line) is not None


def _cut(line: str) -> list[str]:
    cells = [cell.strip() for cell in _CUT.split(line.strip())]
    if cells and not cells[0] and line.strip().startswith("|"):
        cells = cells[1:]
    if cells and not cells[-1] and line.rstrip().endswith("|"):
        cells = cells[:-1]
    return cells


def _emphasis(text: str) -> tuple[str, Bold]:
    """The text without the signs of emphasis and escapes, and what of it is bold."""
    found = ""
    bold: list[tuple[int, int]] = []
    at = 0
    for match in _STRONG.finditer(text):
        found += _ESCAPE.sub(r"\1", text[at : match.start()])
        start = len(found)
        found += _ESCAPE.sub(r"\1", match[1] or match[2])
        bold.append((start, len(found)))
        at = match.end()
    return found + _ESCAPE.sub(r"\1", text[at:]), tuple(bold)
