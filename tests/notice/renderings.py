"""A notice in every format that can be imported, made from one value."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import Any, Final, cast

UP: Final = "\x01up"
"""A cell that is merged with the one above."""
LEFT: Final = "\x01left"
"""A cell that is merged with the one on its left."""

DAY: Final = "\x01day"
"""What stands before a day that a workbook holds as one: 2025-06-30."""

Rows = Sequence[Sequence[str]]
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Sheet:
    """Lines, tables whose cells may be merged, and lines again. ``**words**`` are bold."""

    before: tuple[str, ...]
    tables: tuple[Rows, ...]
    after: tuple[str, ...] = ()


def spans(rows: Rows, row: int, column: int) -> tuple[int, int]:
    """How many rows and columns the cell covers."""
    wide = 1
    while column + wide < len(rows[row]) and rows[row][column + wide] == LEFT:
        wide += 1
    high = 1
    while row + high < len(rows) and rows[row + high][column] == UP:
        high += 1
    return high, wide


def shown(cell: str) -> str:
    """A cell in formats in which none can span."""
    return "" if cell in (UP, LEFT) else _BOLD.sub(r"\1", cell.removeprefix(DAY))


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Stretches of a text with whether they are bold."""
    for index, piece in enumerate(_BOLD.split(text)):
        if piece:
            yield piece, index % 2 == 1


def as_text(sheet: Sheet) -> bytes:
    blocks = ["\n".join(shown(line) for line in sheet.before)]
    for rows in sheet.tables:
        blocks.append(
            "\n".join("\t".join(shown(c).replace("\n", "<br>") for c in row) for row in rows)
        )
    blocks.append("\n".join(shown(line) for line in sheet.after))
    return "\n\n".join(blocks).encode()


def as_csv(sheet: Sheet) -> bytes:
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerows([shown(line)] for line in sheet.before)
    for rows in sheet.tables:
        writer.writerows([shown(cell) for cell in row] for row in rows)
    writer.writerows([shown(line)] for line in sheet.after)
    return stream.getvalue().encode("utf-8-sig")


def as_gb18030(sheet: Sheet) -> bytes:
    return as_csv(sheet).decode("utf-8-sig").encode("gb18030")


def as_markdown(sheet: Sheet) -> bytes:
    def cell(text: str) -> str:
        plain = "" if text in (UP, LEFT) else text.removeprefix(DAY)
        plain = re.sub(r"(\\|_|(?<!\*)\*(?!\*))", r"\\\1", plain)
        return plain.replace("|", "\\|").replace("\n", "<br>")

    blocks = ["\n\n".join(sheet.before)]
    for rows in sheet.tables:
        lines = ["| " + " | ".join(map(cell, row)) + " |" for row in rows]
        lines.insert(1, "|" + "---|" * len(rows[0]))
        blocks.append("\n".join(lines))
    blocks.append("\n\n".join(sheet.after))
    return "\n\n".join(blocks).encode()


def as_html(sheet: Sheet) -> bytes:
    def words(text: str) -> str:
        escaped = html.escape(text.removeprefix(DAY), quote=False)
        return _BOLD.sub(r"<b>\1</b>", escaped).replace("\n", "<br/>")

    parts = [
        "<!DOCTYPE html><html><head><title>通知</title><style>p{color:red}</style></head><body>"
    ]
    parts += [f"<p>{words(line)}</p>" for line in sheet.before]
    for rows in sheet.tables:
        parts.append("<table>")
        for r, row in enumerate(rows):
            parts.append("<tr>")
            for c, text in enumerate(row):
                if text not in (UP, LEFT):
                    high, wide = spans(rows, r, c)
                    parts.append(
                        f'<td rowspan="{high}" colspan="{wide}">\n <p>{words(text)}</p></td>'
                    )
            parts.append("</tr>")
        parts.append("</table>")
    parts += [f"<p>{words(line)}</p>" for line in sheet.after]
    return "\n".join([*parts, "</body></html>"]).encode()


def as_docx(sheet: Sheet) -> bytes:
    import docx

    document = docx.Document()
    for line in sheet.before:
        _runs(document.add_paragraph(), line)
    for rows in sheet.tables:
        table = document.add_table(len(rows), len(rows[0]))
        grid = [list(row.cells) for row in table.rows]
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text in (UP, LEFT):
                    continue
                high, wide = spans(rows, r, c)
                cell = grid[r][c]
                if (high, wide) != (1, 1):
                    cell = cell.merge(grid[r + high - 1][c + wide - 1])
                for number, line in enumerate(text.split("\n")):
                    _runs(cell.add_paragraph() if number else cell.paragraphs[0], line)
        document.add_paragraph()
    for line in sheet.after:
        _runs(document.add_paragraph(), line)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _runs(paragraph: Any, text: str) -> None:
    for piece, bold in pieces(text.removeprefix(DAY)):
        paragraph.add_run(piece).bold = bold or None


def as_xlsx(sheet: Sheet) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    page = cast(Any, book.active)
    at = 0
    for line in sheet.before:
        at += 1
        page.cell(at, 1, shown(line))
    for rows in sheet.tables:
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text in (UP, LEFT):
                    continue
                plain = shown(text)
                number = plain.isdecimal() and str(int(plain)) == plain
                value = int(plain) if number else plain or None
                page.cell(
                    at + r + 1, c + 1, date.fromisoformat(plain) if text.startswith(DAY) else value
                )
                high, wide = spans(rows, r, c)
                if (high, wide) != (1, 1):
                    page.merge_cells(
                        start_row=at + r + 1,
                        start_column=c + 1,
                        end_row=at + r + high,
                        end_column=c + wide,
                    )
        at += len(rows)
    for line in sheet.after:
        at += 1
        page.cell(at, 1, shown(line))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


FORMATS: Final[dict[str, Callable[[Sheet], bytes]]] = {
    "通知.txt": as_text,
    "通知.csv": as_csv,
    "通知gb.csv": as_gb18030,
    "通知.md": as_markdown,
    "通知.html": as_html,
    "通知.docx": as_docx,
    "通知.xlsx": as_xlsx,
}
"""By the file name that each is imported under."""
