"""Days in the words of a task itself, where its notice has no deadline for it: read, and always a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_CLAUSE: Final = re.compile(r"[^。；;，,！\n（）()]+")
_DAY: Final = re.compile(
    r"(?:(?:19|20)\d{2}年|今年|明年|次年)?"
    r"(?:\d{1,2}月(?:份|\d{1,2}日|[上中下]旬|[底末])?|第?[一二三四]季度末?|[上下]半年|年[底内末])"
    r"(?:以?前|之前|内)?|(?:19|20)\d{2}年(?:年?[底内末])前?"
)
_BEFORE: Final = re.compile(
    r"(?:原[定拟]?|原计划|截[至止]|至|较|比|(?<!各)自|从|已|前期|[上去]年?)[到于在]?\s*$"
)
"""Words before a day that make it none to work to: 原3月底, 截至3月底, 至3月底, 已于3月底, 上年底."""
_BEHIND: Final = re.compile(r"\s*(?:[以之]?后|以来|起(?!草)|已)")
"""Such words behind it: 3月以来, 3月起, 3月底已."""


def days_in(text: str) -> tuple[str, ...]:
    """The words that name a day to work to, each once, in their order; a cell with them could be a deadline."""
    return tuple(dict.fromkeys(words for words, _ in _found(text)))


def stages_in(text: str) -> str:
    """The clauses from such a day on, as a staged deadline words them: 6月底前出台细则；9月底前全面实施."""
    return "；".join(clause for _, clause in _found(text))


def _found(text: str) -> Iterator[tuple[str, str]]:
    """Each day of a clause that names no other, with the rest of the clause.

    One that says where something stood or begins (原3月底, 截至3月底, 4月起) isn't read.
    """
    for clause in _CLAUSE.findall(text):
        days = list(_DAY.finditer(clause))
        if len(days) == 1 and _is_to_work_to(days[0]):
            yield days[0][0], clause[days[0].start() :].strip()


def _is_to_work_to(day: re.Match[str]) -> bool:
    clause = day.string
    return not (_BEFORE.search(clause[: day.start()]) or _BEHIND.match(clause, day.end()))
