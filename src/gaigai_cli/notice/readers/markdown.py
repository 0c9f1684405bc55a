"""Markdown: paragraphs, pipe tables, and tables written as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gaigai_cli.notice import limits
from gaigai_cli.notice.document import Bold, Cell, Document, Line, Place, Remark, Table
from gaigai_cli.notice.readers import html
from gaigai_cli.notice.readers.markup import strip_tags

_RULE: Final = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*")
_CUT: Final = re.compile(r"(?<!\\)\|")
_STRONG: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_HEADING: Final = re.compile(r"\s*#{1,6}\s+(.*?)\s*#*\s*")
_TABLE_START: Final = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_END: Final = re.compile(r"</table\s*>", re.IGNORECASE)


def read(text: str) -> Document:
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
            blocks.append(_table(part, number, tables + 1))
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
    found = _HEADING.fullmatch(line)
    return (found[1] if found else line).strip().removeprefix("> ").strip()


def _table(lines: list[str], first: int, number: int) -> Table:
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
