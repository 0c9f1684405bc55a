"""领导专报: one page for a leader, made of the bulletin's figures and problems."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from gaigai_cli.query.choose import grouped
from gaigai_cli.report.monthly_report import (
    LATE,
    OVERVIEW,
    PROBLEMS,
    TURNS,
    MonthlyReport,
    Section,
    Subsection,
)
from gaigai_cli.report.title import Titled, without_task

_LINES: Final = 19
"""Of a page's 22 lines, those beside the signature and the space about the title."""
_CHARACTERS, _TITLE = 27, 20
"""Characters of a line, and of one of the title."""
_ASKED: Final = "以上情况，请阅示。"


@dataclass(frozen=True, slots=True)
class Brief(Titled):
    """The page: headed paragraphs that fit on it, and the sentence that closes them.

    ``day`` is that of the bulletin's issue, None: to be written in.
    """

    title_parts: tuple[str, ...]
    notes: tuple[str, ...]
    issuer: str
    cut: date
    day: date | None
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    closing: str


def brief(report: MonthlyReport) -> Brief:
    """Return the page for a bulletin. What finds no room on it is told by its number."""
    overview = report.sections[0]
    problems = next(s for s in report.sections if s.heading == PROBLEMS)
    state = ("".join(re.findall("[^。]*。", overview.paragraphs[0])[:2]),)
    title = _title(report.title)
    # Two headings, and a line to spare for what breaks earlier than it is counted here.
    room = (
        _LINES
        - -(-len("".join(title)) // _TITLE)
        - 3
        - len(report.notes)
        - sum(map(_lines, state))
        - _lines(_ASKED)
    )
    above = tuple(_from_above(report, room // 2))
    room -= sum(map(_lines, above)) + len(above)
    found = tuple(_problems(report, problems, room))
    return Brief(
        title_parts=title,
        notes=report.notes,
        issuer=report.signer,
        cut=report.cut,
        day=report.day,
        parts=(
            (OVERVIEW, state),
            *((("交办事项", above),) if above else ()),
            ("需要关注的问题", found or (f"{report.period.this}没有需要专门报告的问题。",)),
        ),
        closing=_ASKED,
    )


def _title(title: str) -> tuple[str, ...]:
    """Return 2024年9月工程建设项目审批制度改革 and 工作专报, out of the bulletin's title."""
    words = title.removeprefix("关于").partition("落实情况")[0]
    return without_task(words), "工作专报"


def _from_above(report: MonthlyReport, room: int) -> Iterator[str]:
    """Yield what leaders and meetings have demanded and nobody has answered, where there is anything."""
    waiting = grouped(((d.about, d.missing), d.unit) for d in report.demands if d.kind == "交办")
    if waiting:
        entries = tuple(
            f"{about}由{'、'.join(units)}{missing}" for (about, missing), units in waiting.items()
        )
        yield _shortened(Subsection("尚未反馈", entries), room, f"尚未反馈{len(entries)}项")


def _problems(report: MonthlyReport, problems: Section, room: int) -> Iterator[str]:
    """Yield one paragraph for each kind of problem, as many of its entries as the page holds."""
    parts = problems.subsections
    for number, part in enumerate(parts, 1):
        words = _shortened(part, room - (len(parts) - number), _counted(report, part))
        room -= _lines(words)
        yield words


def _counted(report: MonthlyReport, part: Subsection) -> str:
    """Return the heading of a part with how much it tells of; missed turns, which stand among 到期未办结, apart."""
    if part.by_unit:
        return f"{part.heading}涉及{len(part.names)}个单位"
    if part.heading != LATE:
        return f"{part.heading}{len(part.entries)}项"
    late = dict(report.totals.lights).get("红", 0)
    each = ((LATE, late), (TURNS, len(part.names or part.entries) - late))
    return "、".join(f"{name}{number}项" for name, number in each if number)


def _shortened(part: Subsection, lines: int, whole: str) -> str:
    """Return ``whole`` and as many entries of a part as ``lines`` hold, whole or by their first sentence.

    If there are more, it says which items or units they are of.
    """
    entries = part.entries
    first = [entry.partition("。")[0] for entry in entries]
    for count in range(len(entries), 0, -1):
        left = "" if part.by_unit else f"{len(entries) - count}项"
        rest = f"；其余{left}见通报" if count < len(entries) else ""
        for told in (entries, first):
            each = "；".join(entry.rstrip("。") for entry in told[:count])
            words = f"{whole}：{each}{rest}。"
            if _lines(words) <= lines:
                return words
    words = f"{whole}（{'、'.join(part.names)}）。"
    fits = part.names and _lines(words) <= max(lines, 1)
    return words if fits else f"{whole}，见通报。"


def _lines(words: str) -> int:
    """Return lines of a paragraph, two characters in."""
    return -(-(len(words) + 2) // _CHARACTERS)
