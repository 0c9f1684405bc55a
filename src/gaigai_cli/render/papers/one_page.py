"""领导专报 as a Word file of one page."""

from typing import Final

from gaigai_cli.render import table_docx
from gaigai_cli.report.application import ApplicationForm, Opinion
from gaigai_cli.report.brief import Brief
from gaigai_cli.words.say import NUMERALS, full_day

_SIZE: Final = 16
_LINE_PT: Final = 28.5
_EDGES_MM: Final = (28, 26)


def brief_docx(page: Brief) -> bytes:
    """The file; the same page gives the same bytes."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    from gaigai_cli.render import table_docx

    document = table_docx.form((37, 35))
    section = document.sections[0]
    section.left_margin, section.right_margin = map(Mm, _EDGES_MM)
    for note in page.notes:
        table_docx.line(document, note, 12, table_docx.LABEL, centred=True)
    *starts, end = page.title_parts
    for words in starts:
        table_docx.line(document, words, 22, table_docx.TITLE, centred=True)
    table_docx.line(document, end, 22, table_docx.TITLE, centred=True, after=10)
    for numeral, (heading, paragraphs) in zip(NUMERALS, page.parts, strict=False):
        for words, font in (
            (f"{numeral}、{heading}", table_docx.LABEL),
            *((paragraph, table_docx.TEXT) for paragraph in paragraphs),
        ):
            paragraph = document.add_paragraph()
            table_docx.write(paragraph, words, _SIZE, font)
            paragraph.paragraph_format.first_line_indent = Pt(2 * _SIZE)
            paragraph.paragraph_format.line_spacing = Pt(_LINE_PT)
    for words in (page.issuer, full_day(page.cut)):
        paragraph = document.add_paragraph()
        right = WD_ALIGN_PARAGRAPH.RIGHT
        table_docx.write(paragraph, words, _SIZE, table_docx.TEXT, align=right)
        paragraph.paragraph_format.line_spacing = Pt(_LINE_PT)
        paragraph.paragraph_format.right_indent = Pt(_SIZE)
    return table_docx.saved(document, page.title, page.cut)


_MARGINS_MM = (16, 12)
_OPINIONS_MM = 72
"""The height of all opinions together: the form is one page unless the unit says very much."""


def application_docx(form: ApplicationForm) -> bytes:
    """The file; the same form gives the same bytes."""
    document = table_docx.form(_MARGINS_MM)
    opinions = sum(isinstance(row, Opinion) for row in form.rows)
    for note in form.notes:
        table_docx.line(document, note, 12, table_docx.LABEL, centred=True)
    *subjects, name = form.title.split("\n")
    for words in subjects:
        table_docx.line(document, words, 15, table_docx.TITLE, centred=True)
    table_docx.line(document, name, 20, table_docx.TITLE, centred=True, after=8)
    table_docx.head(document, *form.head)
    table = table_docx.table(document)
    for row in form.rows:
        if isinstance(row, Opinion):
            table_docx.signing(table, row.label, row.signing, _OPINIONS_MM / opinions)
        else:
            table_docx.row(table, row.cells)
    table_docx.line(document, form.foot, 10.5, table_docx.TEXT)
    return table_docx.saved(document, form.name, form.day)
