"""The bulletin and the internal paper as Markdown, with a fingerprint that tells whether a hand has edited the file."""

import hashlib
import re
from collections.abc import Iterable

from gaigai_cli.report.document import InternalReport, MonthlyReport, Section

NUMERALS = "一二三四五六七八九十"

_FINGERPRINT = re.compile(r"\n<!-- gaigai ([0-9a-f]{16}) -->\n\Z")

_MARKS = re.compile(r"[\\`*_<]")

_LEDGER_HEAD = (
    "序号",
    "主要任务",
    "工作内容",
    "牵头单位",
    "其他单位",
    "完成时限",
    "状态",
    "亮灯",
    "进展情况",
    "存在问题",
    "下一步",
)
_UNITS_HEAD = (
    "单位",
    "牵头事项",
    "已销号或评估",
    "待核验",
    "推进中",
    "未报进展",
    "到期未办结",
    "参与事项",
    "备注",
)


def bulletin_body(report: MonthlyReport) -> str:
    """The 通报 itself, without attachments and fingerprint."""
    parts = [
        *_notes(report.notes),
        f"# {report.title}",
        report.number,
        f"{report.addressee}：",
        report.opening,
        *_sections(report.sections),
        "附件：1. 任务台账\n\n　　　2. 各单位情况",
        f"{report.signer}\n\n　　年　　月　　日",
    ]
    return "\n\n".join(parts) + "\n"


def bulletin(report: MonthlyReport) -> str:
    """The whole file: 通报, 附件1 任务台账, 附件2 各单位情况, fingerprint."""
    ledger = [
        (
            row.id,
            row.task,
            row.content,
            row.lead,
            row.others,
            row.deadline,
            row.status,
            row.light,
            row.progress,
            row.problems,
            row.next,
        )
        for row in report.ledger
    ]
    units = [
        (
            line.name,
            line.lead,
            line.closed,
            line.pending,
            line.underway,
            line.not_reported,
            line.expired,
            line.others,
            line.remark,
        )
        for line in report.units
    ]
    parts = (
        bulletin_body(report),
        "## 附件1　任务台账\n",
        _table(_LEDGER_HEAD, ledger),
        f"亮灯说明：{report.legend}\n",
        "## 附件2　各单位情况\n",
        _table(_UNITS_HEAD, units),
        "单位按清单顺序排列，不分名次；各栏为所牵头事项数，参与事项为责任、配合事项数。\n",
    )
    return with_fingerprint("\n".join(parts))


def internal(report: InternalReport) -> str:
    """The internal paper with its fingerprint."""
    parts = [*_notes(report.notes), f"# {report.title}", *_sections(report.sections)]
    return with_fingerprint("\n\n".join(parts) + "\n")


def with_fingerprint(text: str) -> str:
    """The text with a last line from which ``is_untouched`` can tell later edits."""
    return f"{text}\n<!-- gaigai {_digest(text)} -->\n"


def is_untouched(text: str) -> bool:
    """Whether a file is as it was written; line ends that git or an editor changed don't count."""
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    found = _FINGERPRINT.search(text)
    return found is not None and _digest(text[: found.start()]) == found[1]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _notes(notes: Iterable[str]) -> list[str]:
    return [f"> **{note}**" for note in notes]


def _sections(sections: Iterable[Section]) -> list[str]:
    parts = []
    for number, section in zip(NUMERALS, sections, strict=False):
        parts.append(f"## {number}、{section.heading}")
        parts += map(_plain, section.paragraphs)
        for sub_number, subsection in zip(NUMERALS, section.subsections, strict=False):
            parts.append(f"### （{sub_number}）{subsection.heading}")
            parts += [f"{n}. {_plain(entry)}" for n, entry in enumerate(subsection.entries, 1)]
            parts += [_plain(subsection.closing)] if subsection.closing else []
    return parts


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    cells = list(head)
    lines = [cells, ["---"] * len(cells), *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _plain(words: str) -> str:
    """Words in which nothing is taken for a mark of Markdown's."""
    return _MARKS.sub(r"\\\g<0>", words)


def _cell(value: object) -> str:
    return _plain(str(value)).replace("|", "\\|").replace("\n", "<br>")
