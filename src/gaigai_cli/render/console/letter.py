"""The bulletin for reading on a terminal: the same sentences as the file, laid out like the printed page."""

from collections.abc import Iterator

from gaigai_cli.render.lines import STRONG, Block, Page, Part, StyledText, noted, page, paragraph
from gaigai_cli.render.papers.annex import day_or_open, second_annex
from gaigai_cli.render.width import width_of, wrap
from gaigai_cli.report.monthly_report import InternalReport, MonthlyReport, Section
from gaigai_cli.words.say import NUMERALS

INDENT = "　　"
_MEASURE = 84
"""Cells of a line at most: forty-two characters are easy to read."""


def bulletin_page(report: MonthlyReport) -> Page:
    """Return the 通报 without its attachments."""
    return page(
        noted(report.notes),
        _centred(report.title, STRONG),
        _centred(report.number) if report.number else (),
        [(StyledText(f"{report.addressee}："),), _paragraph(report.opening)],
        *(_section(i, s) for i, s in enumerate(report.sections)),
        [
            (StyledText(f"{INDENT}附件：1. 任务台账"),),
            (StyledText(f"{INDENT}　　　2. {second_annex(report).title}"),),
        ],
        [_right(report.signer), _right(day_or_open(report.day))],
        widest=_MEASURE,
    )


def internal_page(report: InternalReport) -> Page:
    """Return 内部研判."""
    return page(
        noted(report.notes),
        _centred(report.title, STRONG),
        *(_section(i, s) for i, s in enumerate(report.sections)),
        widest=_MEASURE,
    )


def _centred(text: str, style: str = "") -> Block:
    return lambda width: (
        (StyledText(" " * ((width - width_of(line)) // 2)), StyledText(line, style))
        for line in wrap(text, width)
    )


def _right(text: str) -> Block:
    taken = width_of(text) + width_of(INDENT)
    return lambda width: [(StyledText(" " * max(0, width - taken)), StyledText(text))]


def _paragraph(text: str) -> Block:
    """Return a paragraph, its first line two characters in."""
    stand_in = "口口"

    def broken(text: str, width: int) -> list[str]:
        first, *more = wrap(f"{stand_in}{text}", width)
        return [INDENT + first.removeprefix(stand_in), *more]

    return paragraph(text, broken=broken)


def _section(index: int, section: Section) -> Iterator[Part]:
    yield (StyledText(f"{INDENT}{NUMERALS[index]}、{section.heading}", STRONG),)
    yield from map(_paragraph, section.paragraphs)
    for number, subsection in zip(NUMERALS, section.subsections, strict=False):
        yield (StyledText(f"{INDENT}（{number}）{subsection.heading}"),)
        for count, entry in enumerate(subsection.entries, 1):
            yield _paragraph(f"{count}. {entry}")
        if subsection.closing:
            yield _paragraph(subsection.closing)
    yield from map(_paragraph, section.own)
