"""The catalogue of what is filed (归档文件目录) as Word and csv, and the list of rulings that is filed with it."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from gaigai_cli.render import table_docx
from gaigai_cli.render.rows import csv_bytes

CATALOGUE: Final = (
    ("件号", 11), ("责任者", 30), ("文号", 28), ("题名", 39), ("日期", 23), ("页数", 11), ("保管期限", 15),
    ("备注", 11),
)  # fmt: skip
RULINGS: Final = (("日期", 25), ("种类", 24), ("事项", 13), ("内容", 88), ("登记人", 18))


def filed_docx(
    title: str,
    notes: Sequence[str],
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[str]],
    day: date,
) -> bytes:
    """Return a table to be filed: a row a piece of the ``CATALOGUE``, or a ruling of ``RULINGS``."""
    document = table_docx.form((18, 15))
    table_docx.heading(document, notes, [title], 18, after=6)
    table_docx.grid(document, columns, rows, size=9)
    return table_docx.saved(document, title, day)


def catalogue_csv(rows: Sequence[Sequence[str]], files: Sequence[tuple[str, str]]) -> bytes:
    """Return the catalogue for a spreadsheet, with the name and the SHA-256 of each file."""
    heads = (*(name for name, _ in CATALOGUE), "文件", "SHA-256")
    return csv_bytes(heads, ((*row, *file) for row, file in zip(rows, files, strict=True)))
