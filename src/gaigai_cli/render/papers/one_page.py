"""Papers without a template as Word files: 领导专报, letters, reminders, applications, sheets, a year's material."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from docx.document import Document
from docx.shared import Mm

from gaigai_cli.render import table_docx
from gaigai_cli.render.papers.annex import day_or_open
from gaigai_cli.render.papers.reminder import addressed, fields_of, notes_of, reply_words, title_of
from gaigai_cli.render.papers.title import title_lines
from gaigai_cli.report.application import ApplicationForm, Opinion
from gaigai_cli.report.brief import Brief
from gaigai_cli.report.letters import Letter
from gaigai_cli.report.monthly_report import DEMANDS, PROBLEMS, MonthlyReport, Section
from gaigai_cli.report.reminders import Reminder
from gaigai_cli.report.year_material import YearMaterial
from gaigai_cli.words.say import NUMERALS, OPEN_DAY, full_day

_EDGES_MM: Final = (28, 26)


def brief_docx(page: Brief) -> bytes:
    """Return the file; the same page gives the same bytes."""
    document = _page(page.notes, page.title_parts)
    for numeral, (heading, paragraphs) in zip(NUMERALS, page.parts, strict=False):
        table_docx.text(document, f"{numeral}、{heading}", table_docx.LABEL)
        for words in paragraphs:
            table_docx.text(document, words)
    table_docx.text(document, page.closing)
    _signed(document, page.issuer, day_or_open(page.day))
    return table_docx.saved(document, page.title, page.cut)


def year_material_docx(material: YearMaterial) -> bytes:
    """Return the file that an office goes on from: headings and plain paragraphs.

    The same material gives the same bytes.
    """
    document = _page(material.notes, material.title_parts)
    for heading, items in material.tasks:
        table_docx.text(document, heading, table_docx.LABEL, before=6)
        for item in items:
            table_docx.text(document, item.content, table_docx.LABEL, size=14)
            for words in item.paragraphs:
                table_docx.text(document, words, size=14)
    return table_docx.saved(document, material.title, material.cut)


def letter_docx(letter: Letter, cut: date, *, receipt: bool = False) -> bytes:
    """Return the file of a letter, with the unit's ``receipt`` behind it.

    ``cut`` is the day that its properties bear.
    """
    document = _page(letter.notes, letter.title_parts, letter.number)
    table_docx.text(document, f"{letter.addressee}：", indent=0)
    for words in (*letter.paragraphs, ""):
        table_docx.text(document, words)
    _signed(document, letter.signer, day_or_open(letter.day))
    if receipt:
        rows = (
            (("回执单位", (letter.addressee,)), ("联系电话", ("",))),
            (("核对意见", ("□无异议　　□有异议（请在下栏写明）",)),),
        )
        _receipt(document, 10, rows, "异议及依据")
    return table_docx.saved(document, letter.title, cut)


def _receipt(document: Document, gap: int, rows: Sequence[table_docx.Cells], answer: str) -> None:
    """Add what the unit sends back, below a ``gap`` in points: the rows, and room for its ``answer``, to be signed."""
    table_docx.line(document, "", gap, table_docx.TEXT)
    table_docx.line(document, "回　执", 16, table_docx.TITLE, centred=True, after=3)
    table = table_docx.table(document)
    for cells in rows:
        table_docx.row(table, cells)
    table_docx.signing(table, answer, ("负责人（签字）：", "（单位盖章）", OPEN_DAY))
    table_docx.keep_together(document, table)


def _page(notes: Sequence[str], title_parts: Sequence[str], number: str = "") -> Document:
    """Return a page with its title, and below it the number where it bears one."""
    document = table_docx.form((37, 35))
    section = document.sections[0]
    section.left_margin, section.right_margin = map(Mm, _EDGES_MM)
    table_docx.heading(document, notes, title_lines(title_parts), 22, after=10)
    if number:
        table_docx.line(
            document, number, table_docx.TEXT_SIZE, table_docx.TEXT, centred=True, after=14
        )
    return document


def _signed(
    document: Document, signer: str, day: str, *, size: float = table_docx.TEXT_SIZE, right: int = 2
) -> None:
    """Add who signs, ``right`` characters before the edge, and below it the day, twice as many."""
    table_docx.text(document, signer, size=size, indent=0, right=right)
    table_docx.text(document, day, size=size, indent=0, right=2 * right)


_MARGINS_MM = (16, 12)
_OPINIONS_MM = 72
"""The height of all opinions together: the form is one page unless the unit says very much."""


def application_docx(form: ApplicationForm) -> bytes:
    """Return the file; the same form gives the same bytes."""
    document = table_docx.form(_MARGINS_MM)
    opinions = sum(isinstance(row, Opinion) for row in form.rows)
    *subjects, name = form.title.split("\n")
    table_docx.heading(document, form.notes, [name], 20, after=8, above=subjects)
    table_docx.head(document, *form.head)
    table = table_docx.table(document)
    for row in form.rows:
        if isinstance(row, Opinion):
            table_docx.signing(table, row.label, row.signing, _OPINIONS_MM / opinions)
        else:
            table_docx.row(table, row.cells)
    table_docx.line(document, form.foot, 10.5, table_docx.TEXT)
    return table_docx.saved(document, form.name, form.day)


def reminder_docx(paper: Reminder) -> bytes:
    """Return the file: the paper, and below it the receipt that the unit sends back."""
    document = table_docx.form((15, 13))
    title = title_of(paper)
    table_docx.heading(document, notes_of(paper), [title], 22, after=6, above=[paper.issuer])
    table_docx.head(document, f"编号：{paper.number}", full_day(paper.day))
    table = table_docx.table(document)
    table_docx.row(table, (("受文单位", addressed(paper)), ("反馈时限", (reply_words(paper),))))
    table_docx.row(table, (("任务依据", (paper.matters[0].basis,)),))
    for number, matter in enumerate(paper.matters, 1):
        for cells in fields_of(paper, number, matter):
            table_docx.row(table, cells)
    table_docx.row(table, (("签发人", (paper.signer,)), ("承办人及电话", (paper.contact,))))
    rows = ((("回执单位", (paper.unit,)), ("编号", (paper.number,))),)
    _receipt(document, 6, rows, "办理情况")
    sentence = f"请于反馈时限前将本回执报{paper.office}。"
    table_docx.line(document, sentence, 10.5, table_docx.TEXT)
    return table_docx.saved(document, title, paper.day)


REPLY: Final = "办理情况反馈表"
_TOLD: Final = (PROBLEMS, DEMANDS)
"""The sections that the sheet repeats; what became of each item stands in its table."""
_COLUMNS: Final = (
    ("序号", 11.0), ("工作内容", 50.0), ("完成时限", 20.0), ("状态", 16.0), ("进展情况", 67.0),
)  # fmt: skip
_REPLY_COLUMNS: Final = (
    ("序号", 11.0), ("工作内容", 55.0), ("办理情况", 64.0), ("拟办结时间", 34.0),
)  # fmt: skip
_REPLY_MM: Final = 19
_SIZE, _SMALL, _FEW = 10.5, 9, 4
"""Points of what stands in the tables: smaller where there are more than a few items."""
_TEXT: Final = 12


def unit_sheet_docx(report: MonthlyReport) -> bytes:
    """Return the file; ``report`` is a unit's."""
    document = table_docx.form((20, 18))
    table_docx.heading(document, report.notes, title_lines(report.title_parts), 18, after=6)
    table_docx.text(document, f"{report.addressee}：", size=_TEXT, indent=0)
    table_docx.text(document, report.opening, size=_TEXT)
    size = _SIZE if len(report.ledger) <= _FEW else _SMALL
    rows = [(r.id, r.content, r.deadline, r.status, r.progress or "—") for r in report.ledger]
    table_docx.grid(document, _COLUMNS, rows, size=size)
    for section in report.sections:
        if section.heading in _TOLD:
            table_docx.text(document, section.heading, table_docx.LABEL, size=_TEXT, before=4)
            for words in _sentences(section):
                table_docx.text(document, words, size=_TEXT)
    _signed(document, report.signer, day_or_open(report.day), size=_TEXT, right=1)

    table_docx.new_page(document)
    table_docx.line(document, REPLY, 18, table_docx.TITLE, centred=True, after=6)
    table_docx.head(document, f"填报单位：{report.addressee}", f"{report.period.words}任务")
    # Nothing is to be answered any more of what is 已销号, 已评估, 已调出清单.
    wanted = [(r.id, r.content, "", "") for r in report.ledger if not r.status.startswith("已")]
    table_docx.grid(document, _REPLY_COLUMNS, wanted, size=size, least_mm=_REPLY_MM)
    for ends in (
        ("填报人：", "联系电话：　　　　　　　　"),
        ("分管领导（签字）：", "主要领导（签字）：　　　　　　　　"),
        ("（单位盖章）", OPEN_DAY),
    ):
        table_docx.head(document, *ends, before=8)
    table_docx.keep_ending(document)
    return table_docx.saved(document, report.title, report.cut)


def _sentences(section: Section) -> list[str]:
    """Return what a section says, subsections by their headings."""
    told = list(section.paragraphs)
    for part in section.subsections:
        told.append(f"{part.heading}：{''.join(part.entries)}{part.closing}")
    return told
