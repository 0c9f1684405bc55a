"""领导专报: one page for a leader, made of the bulletin's figures and problems."""

import re
from collections.abc import Iterator, Sequence
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
    parts = [(part, _counted(report, part)) for part in problems.subsections]
    least = [_lines(_by_names(part, whole)) for part, whole in parts]
    above = tuple(_from_above(report, min(room // 2, room - sum(least))))
    room -= sum(map(_lines, above))  # its heading takes the line to spare
    found = tuple(_problems(parts, least, room))
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
        names = tuple(dict.fromkeys(unit for units in waiting.values() for unit in units))
        part = Subsection("尚未反馈", entries, names=names, by_unit=True)
        yield _shortened(part, room, f"尚未反馈{len(entries)}项")


def _problems(
    parts: Sequence[tuple[Subsection, str]], least: Sequence[int], room: int
) -> Iterator[str]:
    """Yield one paragraph for each kind of problem, as many of its entries as the page holds.

    Room is left for who or what the following ones are of: what each takes at ``least``.
    """
    for number, (part, whole) in enumerate(parts, 1):
        words = _shortened(part, room - sum(least[number:]), whole)
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
        for told in (entries[:count], first[:count]):
            each = "；".join(entry.rstrip("。") for entry in told)
            words = f"{whole}：{each}{_rest(part, told)}。"
            if _lines(words) <= lines:
                return words
    words = _by_names(part, whole)
    return words if _lines(words) <= max(lines, 1) else f"{whole}，见通报。"


def _by_names(part: Subsection, whole: str) -> str:
    return f"{whole}（{'、'.join(part.names)}）。" if part.names else f"{whole}，见通报。"


def _rest(part: Subsection, told: Sequence[str]) -> str:
    """Return what is left to the bulletin besides the entries that are told; empty where nothing is."""
    if len(told) == len(part.entries):
        return ""
    known = re.sub("“[^”]*”", "", "、".join(told))  # 第10项“…”第2条 is 第10项第2条
    if part.by_unit:
        known = "、".join(entry.partition("：")[0] for entry in told)
    left = [n for n in part.names if not re.search(rf"{re.escape(n)}(?!第)", known)]
    if not left:
        return "；其余见通报"
    return f"；其余{'' if part.by_unit else f'{len(left)}项'}（{'、'.join(left)}）见通报"


def _lines(words: str) -> int:
    """Return lines of a paragraph, two characters in."""
    return -(-(len(words) + 2) // _CHARACTERS)
