"""Days in the words of a task itself, where its notice has no deadline for it: proposals, never more."""

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


def days_in(text: str) -> tuple[str, ...]:
    """The words that name a day in a text, each once, in their order; a cell with them could be a deadline."""
    return tuple(dict.fromkeys(words for words, _ in _found(text)))


def stages_in(text: str) -> str:
    """The clauses that begin with a day, as a staged deadline words them: 6月底前出台细则；9月底前全面实施."""
    return "；".join(clause for _, clause in _found(text))


def _found(text: str) -> Iterator[tuple[str, str]]:
    """Each day with the rest of its clause; one before which something else counts (原3月底) isn't read."""
    for clause in _CLAUSE.findall(text):
        days = list(_DAY.finditer(clause))
        if len(days) == 1:
            yield days[0][0], clause[days[0].start() :].strip()
