"""领导专报 as a Word file of one page."""

from typing import Final

from gaigai_cli.render.markdown import NUMERALS
from gaigai_cli.render.words import full_day
from gaigai_cli.report.brief import Brief

_SIZE: Final = 16
_LINE_PT: Final = 28.5
_EDGES_MM: Final = (28, 26)


def brief_docx(page: Brief) -> bytes:
    """The file; the same page gives the same bytes."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    from gaigai_cli.render import form_docx

    document = form_docx.form((37, 35))
    section = document.sections[0]
    section.left_margin, section.right_margin = map(Mm, _EDGES_MM)
    for note in page.notes:
        form_docx.line(document, note, 12, form_docx.LABEL, centred=True)
    *starts, end = page.title_parts
    for words in starts:
        form_docx.line(document, words, 22, form_docx.TITLE, centred=True)
    form_docx.line(document, end, 22, form_docx.TITLE, centred=True, after=10)
    for numeral, (heading, paragraphs) in zip(NUMERALS, page.parts, strict=False):
        for words, font in (
            (f"{numeral}、{heading}", form_docx.LABEL),
            *((paragraph, form_docx.TEXT) for paragraph in paragraphs),
        ):
            paragraph = document.add_paragraph()
            form_docx.write(paragraph, words, _SIZE, font)
            paragraph.paragraph_format.first_line_indent = Pt(2 * _SIZE)
            paragraph.paragraph_format.line_spacing = Pt(_LINE_PT)
    for words in (page.issuer, full_day(page.cut)):
        paragraph = document.add_paragraph()
        right = WD_ALIGN_PARAGRAPH.RIGHT
        form_docx.write(paragraph, words, _SIZE, form_docx.TEXT, align=right)
        paragraph.paragraph_format.line_spacing = Pt(_LINE_PT)
        paragraph.paragraph_format.right_indent = Pt(_SIZE)
    return form_docx.saved(document, page.title, page.cut)
