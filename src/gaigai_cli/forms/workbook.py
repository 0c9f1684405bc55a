"""A form as an Excel file: cells to fill in open, everything else locked, laid out to be printed and signed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from gaigai_cli.forms import sheet
from gaigai_cli.forms.sent import SHEET, lines_of, mark_of
from gaigai_cli.forms.tables import UnitForm

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_FIXED_HEIGHT: Final = b' customHeight="1"'
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_SHEETS: Final = "xl/worksheets/"


def workbook(form: UnitForm) -> bytes:
    """The file; the same form gives the same parts, byte for byte."""
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    places = [sheet.written(book.create_sheet(table.name), table, form) for table in form.tables]
    _hide(book, form, places)
    made = datetime.fromisoformat(form.made)
    book.properties.title = f"{form.unit}{form.month}进展报送表"
    book.properties.creator = "gaigai"
    book.properties.created = made
    stream = io.BytesIO()
    book.save(stream)
    return _settled(stream.getvalue(), made)


def _hide(book: Workbook, form: UnitForm, places: Sequence[tuple[int, Sequence[int]]]) -> None:
    hidden: Any = book.create_sheet(SHEET)
    hidden.sheet_state = "veryHidden"
    for row, line in enumerate(lines_of(mark_of(form, places)), 1):
        cell = hidden.cell(row, 1)
        cell.value = line
        cell.data_type = "s"
    hidden.protection.sheet = True


def _settled(package: bytes, made: datetime) -> bytes:
    """The file without the time of its making, and with rows that grow with what is written into them.

    The library can't say a row's height without fixing it for good.
    """
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name.startswith(_SHEETS):
                content = content.replace(_FIXED_HEIGHT, b"")
            elif name == "docProps/core.xml":
                moment = f"{made:%Y-%m-%dT%H:%M:%SZ}".encode()
                content = _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", content)
            new.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()
