"""The sections of two bulletins held against each other: what stands in the later one only, and what has gone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from gaigai_cli.report.monthly_report import Section
from gaigai_cli.words.word_diff import Stretch, word_diff

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
