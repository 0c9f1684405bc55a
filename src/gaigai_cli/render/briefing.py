"""What somebody should see of an item before recording something about it."""

from __future__ import annotations

from collections.abc import Iterator

from gaigai_cli.judge.judgement import Judge, JudgedItem
from gaigai_cli.model.figure_words import target_words, value_words
from gaigai_cli.model.ledger import Entry
from gaigai_cli.render.lines import FAINT, STRONG, WARNING, Line, Page, Span, hanging, page
from gaigai_cli.render.records import History
from gaigai_cli.render.words import deadline_words, left_words

_INDENT = 10


def briefing(judge: Judge, item: JudgedItem, unit: str, width: int) -> Page:
    """The item, what shows that it is done, its indicators, and the last report: the unit's, else anybody's."""
    return page(_facts(item, width), _last(judge, item, unit, width))


def _facts(item: JudgedItem, width: int) -> Iterator[Line]:
    state = item.state
    left = left_words(item)
    yield (Span(f"{item.id}  {state.listed.task.title}", STRONG),)
    yield from _fact("工作内容", state.listed.item.content, width)
    yield from _fact("时限", f"{deadline_words(item)}  {left.text}".rstrip(), width, left.style)
    yield from _fact("状态", state.status, width)
    if state.dated:
        yield from _fact("佐证要求", state.listed.item.criteria or "没有专门规定", width)
    for figure in item.figures:
        now = "未报" if figure.value is None else value_words(figure.value, figure.indicator.unit)
        words = f"{figure.indicator.name}：目标{target_words(figure.indicator)}，现值{now}"
        yield from _fact("指标", words, width)


def _fact(name: str, words: str, width: int, style: str = "") -> Iterator[Line]:
    return hanging(Span(name, FAINT), words, width, indent=_INDENT, style=style)


def last_report(item: JudgedItem, unit: str) -> Entry | None:
    """The unit's last 进展 of an item, else anybody's."""
    reports = item.state.reports
    own = [entry for entry in reports if entry.unit == unit]
    return next(iter((own or list(reports))[-1:]), None)


def _last(judge: Judge, item: JudgedItem, unit: str, width: int) -> Iterator[Line]:
    entry = last_report(item, unit)
    if entry is None:
        yield (Span("上次进展", FAINT), Span("  还没有报过", WARNING))
        return
    yield (Span("上次进展", FAINT),)
    indicators = {i.id: i for i in item.state.listed.item.indicators}
    history = History(judge.records.changes, judge.ledger.by_record, indicators)
    yield from history.lines((entry,), width)
