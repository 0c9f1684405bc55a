"""Two bulletins held against each other: in which parts they differ, and what stands in one of them only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from typing import Any, Final

from gaigai_cli.report.monthly_report import MonthlyReport, Section
from gaigai_cli.words.word_diff import Stretch, word_diff

PARTS: Final = {
    "totals": "总体数字",
    "sections": "正文",
    "ledger": "任务台账",
    "units": "各单位情况",
    "indicators": "指标",
}
"""The parts of a bulletin by their names."""
_ALIKE: Final = 0.5
"""The least ratio (0 to 1) of common text at which a paragraph counts as changed, not as new."""


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """A section with its paragraphs in order, each in pieces."""

    heading: str
    paragraphs: tuple[tuple[Stretch, ...], ...]


def compared(before: Sequence[Section], after: Sequence[Section]) -> tuple[ComparedSection, ...]:
    """Return the sections of ``after``, then those that only ``before`` has, with their differences."""
    was = {section.heading: _paragraphs(section) for section in before}
    now = {section.heading: _paragraphs(section) for section in after}
    return tuple(
        ComparedSection(heading, tuple(_compared(was.get(heading, []), now.get(heading, []))))
        for heading in dict.fromkeys((*now, *was))
    )


def _paragraphs(section: Section) -> list[str]:
    """Return every paragraph of a section; numbers of paragraphs are given by the layout and aren't compared."""
    subs = (
        words
        for sub in section.subsections
        for words in (f"（{sub.heading}）", *sub.entries, sub.closing)
        if words
    )
    return [*section.paragraphs, *subs, *section.own]


def _compared(was: Sequence[str], now: Sequence[str]) -> Iterator[tuple[Stretch, ...]]:
    matcher = SequenceMatcher(a=was, b=now, autojunk=False)
    for how, a1, a2, b1, b2 in matcher.get_opcodes():
        if how == "equal":
            yield from ((Stretch("same", words),) for words in now[b1:b2])
        else:
            yield from _changed(list(was[a1:a2]), now[b1:b2])


def _changed(was: list[str], now: Sequence[str]) -> Iterator[tuple[Stretch, ...]]:
    """Yield each new paragraph beside the old one that is most like it; old ones that are like none are gone."""
    for words in now:
        ratio, like = max(((_alike(old, words), old) for old in was), default=(0.0, ""))
        if ratio < _ALIKE:
            yield (Stretch("new", words),)
            continue
        for gone in was[: was.index(like)]:
            yield (Stretch("gone", gone),)
        del was[: was.index(like) + 1]
        yield word_diff(like, words)
    yield from ((Stretch("gone", words),) for words in was)


def _alike(one: str, other: str) -> float:
    matcher = SequenceMatcher(a=one, b=other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def differences(one: MonthlyReport, other: MonthlyReport, *, words: bool) -> tuple[str, ...]:
    """Return the parts in which two reports differ, in words; without ``words`` only their figures and days count.

    Another version of the program may say the same otherwise, and give other lights.
    """
    was, now = map(_whole if words else _figures, (one, other))
    names = (name for name in was if was[name] != now[name])
    return tuple(dict.fromkeys(PARTS.get(name, "标题、文号等") for name in names))


def _whole(report: MonthlyReport) -> dict[str, Any]:
    return {f.name: getattr(report, f.name) for f in fields(report)}


def _figures(report: MonthlyReport) -> dict[str, Any]:
    """Return what follows from the records whatever the words: numbers of items and units, days, reported values."""
    return {
        "totals": replace(report.totals, lights=(), indicators=()),
        "ledger": [(row.id, row.due, row.finished, row.closed) for row in report.ledger],
        "units": report.units,
        "indicators": [(row.id, row.name, row.value) for row in report.indicators],
    }
