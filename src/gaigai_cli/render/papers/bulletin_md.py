"""The bulletin and the internal paper as Markdown."""

from collections.abc import Iterable

from gaigai_cli.render.fingerprint import with_fingerprint
from gaigai_cli.render.markdown import cell, escape, table
from gaigai_cli.render.papers.annex import (
    LEDGER_HEAD,
    day_or_open,
    ledger_cells,
    ledger_columns,
    second_annex,
)
from gaigai_cli.report.monthly_report import InternalReport, MonthlyReport, Section
from gaigai_cli.words.say import NUMERALS


def bulletin_body(report: MonthlyReport) -> str:
    """Return the 通报 itself, without attachments and fingerprint."""
    parts = [
        *_notes(report.notes),
        f"# {escape(report.title)}",
        *([escape(report.number)] if report.number else []),
        f"{escape(report.addressee)}：",
        escape(report.opening),
        *_sections(report.sections),
        f"附件：1. 任务台账\n\n　　　2. {second_annex(report).title}",
        f"{escape(report.signer)}\n\n{day_or_open(report.day)}",
    ]
    return "\n\n".join(parts) + "\n"


def bulletin(report: MonthlyReport) -> str:
    """Return the whole file: 通报, 附件1 任务台账, 附件2, fingerprint."""
    second = second_annex(report)
    parts = (
        bulletin_body(report),
        "## 附件1　任务台账\n",
        _ledger(report),
        f"亮灯说明：{escape(report.legend)}\n",
        f"## 附件2　{second.title}\n",
        table(second.head, (map(cell, line) for line in second.words)),
        f"{second.note}\n",
    )
    return with_fingerprint("\n".join(parts))


def _ledger(report: MonthlyReport) -> str:
    """Return 附件1, without columns in which nothing stands."""
    rows = [ledger_cells(row) for row in report.ledger]
    columns = ledger_columns(rows)
    head = [LEDGER_HEAD[at] for at in columns]
    return table(head, [[cell(row[at]) for at in columns] for row in rows])


def internal(report: InternalReport) -> str:
    """Return the internal paper with its fingerprint."""
    parts = [*_notes(report.notes), f"# {escape(report.title)}", *_sections(report.sections)]
    return with_fingerprint("\n\n".join(parts) + "\n")


def _notes(notes: Iterable[str]) -> list[str]:
    return [f"> **{escape(note)}**" for note in notes]


def _sections(sections: Iterable[Section]) -> list[str]:
    parts = []
    for number, section in zip(NUMERALS, sections, strict=False):
        parts.append(f"## {number}、{escape(section.heading)}")
        parts += map(escape, section.paragraphs)
        for sub_number, subsection in zip(NUMERALS, section.subsections, strict=False):
            parts.append(f"### （{sub_number}）{escape(subsection.heading)}")
            parts += [f"{n}. {escape(entry)}" for n, entry in enumerate(subsection.entries, 1)]
            parts += [escape(subsection.closing)] if subsection.closing else []
        parts += map(escape, section.own)
    return parts
