"""任务落实情况告知单 of one unit as a Word file, with 办理情况反馈表 behind it: a page each for seven items."""

from typing import Final

from gaigai_cli.render import table_docx
from gaigai_cli.render.papers.annex import OPEN_DAY, signing_day
from gaigai_cli.render.papers.title import title_lines
from gaigai_cli.report.monthly_report import LedgerRow, MonthlyReport, Section

REPLY: Final = "办理情况反馈表"
_TOLD: Final = ("存在问题", "下一步工作要求")
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
    for words, right in ((report.signer, 1), (signing_day(report), 2)):
        table_docx.text(document, words, size=_TEXT, indent=0, right=right)

    table_docx.new_page(document)
    table_docx.line(document, REPLY, 18, table_docx.TITLE, centred=True, after=6)
    table_docx.head(document, f"填报单位：{report.addressee}", f"{report.period.words}任务")
    wanted = [(r.id, r.content, "", "") for r in report.ledger if not _is_over(r)]
    table_docx.grid(document, _REPLY_COLUMNS, wanted, size=size, least_mm=_REPLY_MM)
    for ends in (
        ("填报人：", "联系电话：　　　　　　　　"),
        ("分管领导（签字）：", "主要领导（签字）：　　　　　　　　"),
        ("（单位盖章）", OPEN_DAY.strip()),
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


def _is_over(row: LedgerRow) -> bool:
    """Return whether nothing is to be answered any more: 已销号, 已评估, 已调出清单."""
    return row.status.startswith("已")
