"""An application's form as a Word file: one table on A4, to be signed and sealed."""

from gaigai_cli.render import form_docx
from gaigai_cli.report.application import ApplicationForm, Opinion

_MARGINS_MM = (16, 12)
_OPINIONS_MM = 72
"""The height of all opinions together: the form is one page unless the unit says very much."""


def application_docx(form: ApplicationForm) -> bytes:
    """The file; the same form gives the same bytes."""
    document = form_docx.form(_MARGINS_MM)
    opinions = sum(isinstance(row, Opinion) for row in form.rows)
    for note in form.notes:
        form_docx.line(document, note, 12, form_docx.LABEL, centred=True)
    *subjects, name = form.title.split("\n")
    for words in subjects:
        form_docx.line(document, words, 15, form_docx.TITLE, centred=True)
    form_docx.line(document, name, 20, form_docx.TITLE, centred=True, after=8)
    form_docx.head(document, *form.head)
    table = form_docx.table(document)
    for row in form.rows:
        if isinstance(row, Opinion):
            form_docx.signing(table, row.label, row.signing, _OPINIONS_MM / opinions)
        else:
            form_docx.row(table, row.cells)
    form_docx.line(document, form.foot, 10.5, form_docx.TEXT)
    return form_docx.saved(document, form.name, form.day)
