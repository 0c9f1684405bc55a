"""The bulletin for reading on a terminal: the same sentences as the file, laid out like the printed page."""

from collections.abc import Iterator

from gaigai_cli.render.lines import STRONG, Line, Page, StyledText, noted, page
from gaigai_cli.render.papers.annex import day_or_open, second_annex
from gaigai_cli.render.width import width_of, wrap
from gaigai_cli.report.monthly_report import InternalReport, MonthlyReport, Section
from gaigai_cli.words.say import NUMERALS

INDENT = "　　"
_MEASURE = 84
"""Cells of a line at most: forty-two characters are easy to read."""


def bulletin_page(report: MonthlyReport, width: int) -> Page:
    """Return the 通报 without its attachments."""
    width = min(width, _MEASURE)
    return page(
        noted(report.notes, width),
        _title(report.title, width),
        _centred(report.number, width) if report.number else (),
        [(StyledText(f"{report.addressee}："),), *_paragraph(report.opening, width)],
        *(_section(i, s, width) for i, s in enumerate(report.sections)),
        [
            (StyledText(f"{INDENT}附件：1. 任务台账"),),
            (StyledText(f"{INDENT}　　　2. {second_annex(report).title}"),),
        ],
        [_right(report.signer, width), _right(day_or_open(report.day), width)],
    )


def internal_page(report: InternalReport, width: int) -> Page:
    """Return 内部研判."""
    width = min(width, _MEASURE)
    return page(
        noted(report.notes, width),
        _title(report.title, width),
        *(_section(i, s, width) for i, s in enumerate(report.sections)),
    )


def _title(title: str, width: int) -> list[Line]:
    return [line for part in wrap(title, width) for line in _centred(part, width, STRONG)]


def _centred(text: str, width: int, style: str = "") -> list[Line]:
    return [(StyledText(" " * ((width - width_of(text)) // 2)), StyledText(text, style))]


def _right(text: str, width: int) -> Line:
    return (StyledText(" " * max(0, width - width_of(text) - width_of(INDENT))), StyledText(text))


def _paragraph(text: str, width: int) -> list[Line]:
    """Return the lines of a paragraph, the first two characters in."""
    first, *more = wrap(f"口口{text}", width)
    return [(StyledText(INDENT + first[2:]),), *((StyledText(line),) for line in more)]


def _section(index: int, section: Section, width: int) -> Iterator[Line]:
    yield (StyledText(f"{INDENT}{NUMERALS[index]}、{section.heading}", STRONG),)
    for paragraph in section.paragraphs:
        yield from _paragraph(paragraph, width)
    for number, subsection in zip(NUMERALS, section.subsections, strict=False):
        yield (StyledText(f"{INDENT}（{number}）{subsection.heading}"),)
        for count, entry in enumerate(subsection.entries, 1):
            yield from _paragraph(f"{count}. {entry}", width)
        if subsection.closing:
            yield from _paragraph(subsection.closing, width)
    for paragraph in section.own:
        yield from _paragraph(paragraph, width)
