"""An application's form as a Word file: one table on A4, to be signed and sealed."""

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from gaigai_cli.render.fingerprint import sealed
from gaigai_cli.report.application import ApplicationForm, Opinion, Row

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_TITLE, _LABEL, _TEXT = "方正小标宋简体", "黑体", "仿宋_GB2312"
_WIDTHS_MM: Final = (31, 52, 22, 59)
"""The four columns: labels and what stands beside them, 164 mm in all."""
_OPINION_MM: Final = 32
_LEAST_MM: Final = 10
_PADDING_PT: Final = 3
_NOT_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def application_docx(form: ApplicationForm) -> bytes:
    """The file; the same form gives the same bytes."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    document = docx.Document()
    _page(document)
    for note in form.notes:
        _write(document.add_paragraph(), note, 12, _LABEL, align=WD_ALIGN_PARAGRAPH.CENTER)
    *subjects, name = form.title.split("\n")
    for words in subjects:
        _write(document.add_paragraph(), words, 15, _TITLE, align=WD_ALIGN_PARAGRAPH.CENTER)
    _write(document.add_paragraph(), name, 20, _TITLE, align=WD_ALIGN_PARAGRAPH.CENTER, after=8)
    _head(document, form)
    table = document.add_table(rows=0, cols=len(_WIDTHS_MM), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS_MM, strict=True):
        column.width = Mm(width)
    for row in form.rows:
        if isinstance(row, Opinion):
            _opinion(table, row)
        else:
            _row(table, row)
    _write(document.add_paragraph(), form.foot, 10.5, _TEXT)
    return _saved(document, form)


def _page(document: "Document") -> None:
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(23)
    section.top_margin, section.bottom_margin = Mm(22), Mm(18)
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.15


def _head(document: "Document", form: ApplicationForm) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(sum(_WIDTHS_MM)), WD_TAB_ALIGNMENT.RIGHT)
    _write(paragraph, "\t".join(form.head), 12, _TEXT, after=3)


def _row(table: "Table", row: Row) -> None:
    cells = _cells(table, _LEAST_MM)
    places = [(0, 1, 3)] if len(row.cells) == 1 else [(0, 1, 1), (2, 3, 3)]
    for (label, paragraphs), (at, first, last) in zip(row.cells, places, strict=True):
        _label(cells[at], label)
        cell = cells[first].merge(cells[last]) if first != last else cells[first]
        _paragraphs(cell, paragraphs)


def _opinion(table: "Table", opinion: Opinion) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    cells = _cells(table, _OPINION_MM)
    _label(cells[0], opinion.label)
    cell = cells[1].merge(cells[3])
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    for number, line in enumerate(opinion.signing):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        _write(paragraph, line, 12, _TEXT)
        last = number == len(opinion.signing) - 1
        paragraph.paragraph_format.left_indent = Mm(70)
        if last:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = Mm(4)


def _cells(table: "Table", height_mm: float) -> "list[_Cell]":
    """A new row that is not broken across pages."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    row: Any = table.add_row()  # type: ignore[no-untyped-call]
    row.height = Mm(height_mm)
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cells = list(row.cells)
    for cell, width in zip(cells, _WIDTHS_MM, strict=True):
        cell.width = Mm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return cells


def _label(cell: "_Cell", label: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    _write(cell.paragraphs[0], label, 12, _LABEL, align=WD_ALIGN_PARAGRAPH.CENTER)


def _paragraphs(cell: "_Cell", paragraphs: tuple[str, ...]) -> None:
    from docx.shared import Pt

    for number, words in enumerate(paragraphs):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        _write(paragraph, words, 12, _TEXT)
        paragraph.paragraph_format.space_before = Pt(0 if number else _PADDING_PT)
    cell.paragraphs[-1].paragraph_format.space_after = Pt(_PADDING_PT)


def _write(
    paragraph: "Paragraph",
    words: str,
    size: float,
    font: str,
    *,
    align: Any = None,
    after: float = 0,
) -> None:
    """Words in a font for Chinese; letters and digits in Times New Roman, as in an official document."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(_NOT_XML.sub("", words))
    run.font.size = Pt(size)
    run.font.name = "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(after)


def _saved(document: "Document", form: ApplicationForm) -> bytes:
    properties = document.core_properties
    properties.title = form.name
    properties.author = properties.comments = properties.last_modified_by = ""
    moment = datetime(form.day.year, form.day.month, form.day.day, tzinfo=UTC)
    properties.created = properties.modified = moment
    stream = io.BytesIO()
    document.save(stream)
    return sealed(stream.getvalue())
