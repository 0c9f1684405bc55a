"""The catalogue of what is filed (归档文件目录) as Word and csv, and the list of rulings that is filed with it."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from gaigai_cli.render import table_docx
from gaigai_cli.render.rows import guarded

if TYPE_CHECKING:
    from docx.document import Document

HEADS = ("件号", "责任者", "文号", "题名", "日期", "页数", "保管期限", "备注")
_WIDTHS = (11, 30, 28, 39, 23, 11, 15, 11)
_RULINGS = (("日期", 25), ("种类", 24), ("事项", 13), ("内容", 88), ("登记人", 18))


def catalogue_docx(
    title: str, notes: Sequence[str], rows: Sequence[Sequence[str]], day: date
) -> bytes:
    """Return the catalogue, a row a piece."""
    document = table_docx.form((18, 15))
    _head(document, title, notes)
    table_docx.grid(document, list(zip(HEADS, _WIDTHS, strict=True)), rows, size=9)
    return table_docx.saved(document, title, day)


def catalogue_csv(rows: Sequence[Sequence[str]], files: Sequence[tuple[str, str]]) -> bytes:
    """Return the catalogue for a spreadsheet, with the name and the SHA-256 of each file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow((*HEADS, "文件", "SHA-256"))
    for row, file in zip(rows, files, strict=True):
        writer.writerow(map(guarded, (*row, *file)))
    return text.getvalue().encode("utf-8-sig")


def rulings_docx(
    title: str, notes: Sequence[str], rows: Sequence[Sequence[str]], day: date
) -> bytes:
    """Return what the office decided and registered, a row a record."""
    document = table_docx.form((18, 15))
    _head(document, title, notes)
    table_docx.grid(document, _RULINGS, rows, size=9)
    return table_docx.saved(document, title, day)


def _head(document: "Document", title: str, notes: Sequence[str]) -> None:
    for note in notes:
        table_docx.line(document, note, 12, table_docx.LABEL, centred=True)
    table_docx.line(document, title, 18, table_docx.TITLE, centred=True, after=6)
