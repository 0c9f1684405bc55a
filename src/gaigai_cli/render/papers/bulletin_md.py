"""The bulletin and the internal paper as Markdown."""

import re
from collections.abc import Iterable

from gaigai_cli.render.fingerprint import with_fingerprint
from gaigai_cli.render.papers.annex import (
    LEDGER_HEAD,
    UNITS_HEAD,
    UNITS_NOTE,
    ledger_cells,
    signing_day,
    unit_cells,
)
from gaigai_cli.report.monthly_report import InternalReport, MonthlyReport, Section
from gaigai_cli.words.say import NUMERALS

_MARKS = re.compile(r"[\\`*_<]")


def bulletin_body(report: MonthlyReport) -> str:
    """The 通报 itself, without attachments and fingerprint."""
    parts = [
        *_notes(report.notes),
        f"# {report.title}",
        *([report.number] if report.number else []),
        f"{report.addressee}：",
        report.opening,
        *_sections(report.sections),
        "附件：1. 任务台账\n\n　　　2. 各单位情况",
        f"{report.signer}\n\n{signing_day(report)}",
    ]
    return "\n\n".join(parts) + "\n"


def bulletin(report: MonthlyReport) -> str:
    """The whole file: 通报, 附件1 任务台账, 附件2 各单位情况, fingerprint."""
    parts = (
        bulletin_body(report),
        "## 附件1　任务台账\n",
        _table(LEDGER_HEAD, map(ledger_cells, report.ledger)),
        f"亮灯说明：{report.legend}\n",
        "## 附件2　各单位情况\n",
        _table(UNITS_HEAD, map(unit_cells, report.units)),
        f"{UNITS_NOTE}\n",
    )
    return with_fingerprint("\n".join(parts))


def internal(report: InternalReport) -> str:
    """The internal paper with its fingerprint."""
    parts = [*_notes(report.notes), f"# {report.title}", *_sections(report.sections)]
    return with_fingerprint("\n\n".join(parts) + "\n")


def _notes(notes: Iterable[str]) -> list[str]:
    return [f"> **{note}**" for note in notes]


def _sections(sections: Iterable[Section]) -> list[str]:
    parts = []
    for number, section in zip(NUMERALS, sections, strict=False):
        parts.append(f"## {number}、{section.heading}")
        parts += map(plain, section.paragraphs)
        for sub_number, subsection in zip(NUMERALS, section.subsections, strict=False):
            parts.append(f"### （{sub_number}）{subsection.heading}")
            parts += [f"{n}. {plain(entry)}" for n, entry in enumerate(subsection.entries, 1)]
            parts += [plain(subsection.closing)] if subsection.closing else []
    return parts


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    cells = list(head)
    lines = [cells, ["---"] * len(cells), *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def plain(words: str) -> str:
    """Words in which nothing is taken for a mark of Markdown's."""
    return _MARKS.sub(r"\\\g<0>", words)


def _cell(value: object) -> str:
    return plain(str(value)).replace("|", "\\|").replace("\n", "<br>")
