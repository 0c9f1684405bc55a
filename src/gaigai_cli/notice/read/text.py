"""Plain text: lines, and tables whose cells are separated by tabs; and CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from itertools import groupby
from typing import Final

from gaigai_cli.notice import limits
from gaigai_cli.notice.document import Bold, Cell, Document, Extra, Gathered, Line, Place, Table
from gaigai_cli.notice.read import html
from gaigai_cli.words.pattern import regex

_BREAK: Final = regex(r"<br\s*/?>|</(?:p|div)>\s*(?=<(?:p|div)\b)", re.IGNORECASE)
_TAG: Final = regex(r"</?(?:p|div)(?:\s[^<>]*)?>", re.IGNORECASE)


def strip_tags(text: str) -> str:
    """Return the text without such tags, paragraphs and breaks as line ends."""
    if "<" not in text:
        return text.strip()
    lines = "\n".join(part.strip() for part in _BREAK.split(text))
    return _TAG.sub("", lines).strip()


_HEADING: Final = regex(r"#{1,6}\s+(?=\S)")
_QUOTE: Final = regex(r"^(?:>\s?)+")
_KEYCAP: Final = regex("([0-9])\ufe0f?\u20e3")
_BLANKS: Final = regex(r"[ 　]{2,}")
_FEWEST_COLUMNS: Final = 4
_BAR: Final = regex("[\t|｜─-╿]")
_CSV_SIGNS: Final = ",;\t"


def read(text: str) -> Document:
    """Return lines, those with tabs gathered into tables.

    Signs of headings (``#``) and tags of paragraphs are layout.
    """
    blocks: list[Line | Table] = []
    made = limits.CellCount()
    tables = 0
    lines = enumerate(_tabbed(text.split("\n")), start=1)
    for tabbed, group in groupby(lines, key=lambda each: "\t" in each[1] and each[1].strip() != ""):
        if tabbed:
            tables += 1
            blocks.append(_table([(at, line.split("\t")) for at, line in group], tables, made))
        else:
            told = ((at, line) for at, line in group if line.strip())
            blocks += (Line(_unmarked(line), Place(line=at)) for at, line in told)
    return Document(tuple(blocks))


def _unmarked(line: str) -> str:
    """Return a line without blanks at its ends, signs of a heading and of what a mail quotes; 1️⃣ as 1．."""
    line = _KEYCAP.sub(r"\1．", _QUOTE.sub("", line.strip()))
    mark = _HEADING.match(line)
    return line[mark.end() :] if mark else line


def _tabbed(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines with tabs again where they were lost: lines that several blanks cut into as many columns each."""
    for wide, run in groupby(lines, key=_columns):
        for line in (group := list(run)):
            yield _BLANKS.sub("\t", line.strip()) if wide and len(group) > 1 else line


def _columns(line: str) -> int:
    """Return into how many columns several blanks cut a line; 0 where they make no table's row of it."""
    count = len(_BLANKS.split(line.strip()))
    return count if count >= _FEWEST_COLUMNS and not _BAR.search(line) else 0


def _table(
    rows: Sequence[tuple[int, Sequence[str]]],
    number: int,
    made: limits.CellCount,
    worded: Callable[[str], tuple[str, Bold]] = lambda text: (text, ()),
) -> Table:
    """Return a table of lines; each cell knows the line that it stands in. ``worded`` tells what of it is bold."""
    rows = list(_whole(rows))
    width = max(len(cells) for _, cells in rows)
    made.add(width * len(rows))
    laid = []
    for index, (line, cells) in enumerate(rows, start=1):
        row = []
        for column, text in enumerate([*cells, *[""] * (width - len(cells))], start=1):
            words, bold = worded(strip_tags(text))
            row.append(Cell(words, Place(number, index, column, line), bold))
        laid.append(tuple(row))
    return Table(tuple(laid), Place(table=number, line=rows[0][0]), spans=False)


def _whole(rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows of a table, two that a break in a cell has made of one joined: together they have its cells."""
    width = len(rows[0][1])
    at = 0
    while at < len(rows):
        line, cells = rows[at]
        below = rows[at + 1][1] if at + 1 < len(rows) else ()
        if at and len(cells) < width == len(cells) + len(below) - 1:
            cells = (*cells[:-1], f"{cells[-1]}{below[0]}", *below[1:])
            at += 1
        yield line, cells
        at += 1


def read_csv(text: str) -> Document:
    """Return a table; rows before it that have one cell only are lines. A cell may hold line breaks."""
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
        blocks.append(_table(gathered, 1, limits.CellCount()))
    return blocks


def _delimiter(text: str) -> str:
    """Return the sign that most lines have most often; commas where none has any."""
    head = text[:20_000]
    return max(_CSV_SIGNS, key=head.count) if any(sign in head for sign in _CSV_SIGNS) else ","


_ITEM_SIGN: Final = regex(r"^[-*+]\s+(?:\[[ xX]\]\s+)?(?=\S)")
_RULE_CELL: Final = regex(r":?-+:?")
_CUT: Final = regex(r"(?<!\\)\|")
_EDGES: Final = regex(r"^\||(?<!\\)\|$")
_STRONG: Final = regex(r"\*\*|__|\n")
_MARKS: Final = regex(
    r"\*\*[^*\n]*[^*\s、，；]\*\*(?![^\W\d_]*[、，；])|^\s*[0-9]+\\[.)]", re.MULTILINE
)
_DIVIDER: Final = regex(r"\s*(?:[-*_]\s*){3,}")
_ESCAPE: Final = regex(r"\\([!-/:-@\[-`{-~])")
_TABLE_START: Final = regex(r"<table\b", re.IGNORECASE)
_TABLE_END: Final = regex(r"</table\s*>", re.IGNORECASE)


def read_markdown(text: str) -> Document:
    """Return the lines and tables in their order. Signs of headings and emphasis are layout."""
    blocks: list[Line | Table] = []
    remarks: list[Extra] = []
    made = limits.CellCount()
    tables = 0
    for number, part in _parts(text.split("\n")):
        if isinstance(part, str) and _TABLE_START.search(part):
            inner = html.read(part, tables)
            blocks += inner.blocks
            tables += sum(isinstance(block, Table) for block in inner.blocks)
            remarks += inner.remarks
        elif isinstance(part, str):
            words, bold = _emphasis(_plain_line(part))
            if words and not _DIVIDER.fullmatch(part):
                blocks.append(Line(words, Place(line=number), bold))
        else:
            tables += 1
            rows = enumerate(part, number)
            cells = [
                (at, _cut(line)) for at, line in rows if at != number + 1 or not _is_rule(line)
            ]
            blocks.append(_table(cells, tables, made, _emphasis))
    return Document(tuple(blocks), tuple(remarks))


def _parts(lines: list[str]) -> Iterator[tuple[int, str | list[str]]]:
    """Yield paragraph lines, HTML tables as one text each, and the lines of each pipe table."""
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
            and "|" in lines[at + 1]
            and _is_rule(lines[at + 1])
        ):
            while at + 1 < len(lines) and "|" in lines[at + 1]:
                at += 1
            yield start + 1, lines[start : at + 1]
        else:
            yield start + 1, lines[at]
        at += 1


def _plain_line(line: str) -> str:
    words = _unmarked(line)
    if words != line.strip():
        words = words.rstrip("#") if words.rstrip("#").endswith((" ", "\t")) else words
    return _ITEM_SIGN.sub("", words.strip(), count=1)


def _is_rule(line: str) -> bool:
    """Return whether a line is the rule below a table's head: | --- | :---: |."""
    return all(map(_RULE_CELL.fullmatch, _cut(line)))


def is_markdown(text: str) -> bool:
    """Return whether a text has the signs of a converted page: **bold** and 1\\., or the rule below a table's head.

    Of that there are two dashes at least, as people type it.
    """
    marks = len(_MARKS.findall(text)) > 1
    return marks or any("|" in line and _is_rule(line) for line in text.split("\n") if "--" in line)


def _cut(line: str) -> list[str]:
    return [cell.strip() for cell in _CUT.split(_EDGES.sub("", line.strip()))]


def _emphasis(text: str) -> tuple[str, Bold]:
    """Return the text without the signs of emphasis and escapes, and what of it is bold."""
    found = Gathered()
    at = 0
    for opening, closing in _pairs(text):
        found.add(_ESCAPE.sub(r"\1", text[at : opening.start()]))
        found.add(_ESCAPE.sub(r"\1", text[opening.end() : closing.start()]), bold=True)
        at = closing.end()
    found.add(_ESCAPE.sub(r"\1", text[at:]))
    return "".join(found.pieces), tuple(found.bold)


def _pairs(text: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Yield the signs that begin and end a stretch in bold, on one line: words touch them on the inside."""
    opening: re.Match[str] | None = None
    for sign in _STRONG.finditer(text):
        before, after = text[sign.start() - 1 : sign.start()], text[sign.end() : sign.end() + 1]
        if sign[0] == "\n":
            opening = None
        elif opening is None:
            opening = sign if after.strip() else None
        elif opening[0] == sign[0] and sign.start() > opening.end() and before.strip():
            yield opening, sign
            opening = None
