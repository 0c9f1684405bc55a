"""What is odd about a record that may be written all the same: said, never silent, never in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from gaigai_cli.judge.figures import misses
from gaigai_cli.judge.judgement import Judge, JudgedItem
from gaigai_cli.model.indicators import Indicator, MetricEntry, MetricValue
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import Evidence, EvidenceFile, Record
from gaigai_cli.words.say import day_words, number_words

FULL: Final = 100


@dataclass(frozen=True, slots=True)
class _Case:
    """A new record, its item before and after it, and all records as corrected."""

    entry: Entry
    item: JudgedItem
    after: JudgedItem
    others: tuple[Entry, ...]
    ledger: Ledger

    @property
    def record(self) -> Record:
        return self.entry.record

    def own_before(self) -> Iterator[Entry]:
        """What this unit has said of the item up to the record's day, latest first."""
        for entry in reversed(self.item.state.entries):
            if entry.unit == self.entry.unit and entry.record.date <= self.record.date:
                yield entry

    def said(self, day: date) -> str:
        """A day as people say it."""
        return day_words(day, self.ledger.tasks.notice.year)

    def figures(self) -> Iterator[tuple[Indicator, MetricValue]]:
        indicators = {i.id: i for i in self.item.state.listed.item.indicators}
        for name, value in (self.record.metrics or {}).items():
            if name in indicators:
                yield indicators[name], value


def warnings(
    entry: Entry, judge: Judge, item: JudgedItem | None, after: JudgedItem | None
) -> Iterator[str]:
    """Chinese sentences without their full stop; ``judge`` and ``item`` are those without the record."""
    if item is None or after is None or entry.record.corrects is not None:
        return
    case = _Case(entry, item, after, judge.records.entries, judge.ledger)
    for warn in _WARNINGS:
        yield from warn(case)


def _copied(case: _Case) -> Iterator[str]:
    """The same words as the unit's last report (照抄上月)."""
    if case.record.kind != "进展":
        return
    last = next((e.record for e in case.own_before() if e.record.kind == "进展"), None)
    if last is not None and bare(last.summary) == bare(case.record.summary):
        yield f"与{case.said(last.date)}所报的进展文字相同，是否照抄了上次的内容"


def bare(words: str | None) -> str:
    """Letters, digits and characters alone: blanks and punctuation make no difference."""
    return "".join(filter(str.isalnum, words or ""))


def _percent_down(case: _Case) -> Iterator[str]:
    percent = case.record.percent
    if percent is None:
        return
    last = next((e.record for e in case.own_before() if e.record.percent is not None), None)
    if last is not None and last.percent is not None and percent < last.percent:
        yield f"完成百分比由{case.said(last.date)}所报的{last.percent}%降为{percent}%"


def _full_but_open(case: _Case) -> Iterator[str]:
    record, state = case.record, case.item.state
    if record.kind != "进展" or record.percent != FULL or not (state.dated and state.open):
        return
    if not any(application.unit == case.entry.unit for application in state.applications):
        yield f"进度已报100%，但还没有申请销号；确已完成的，由牵头单位运行 gaigai done {state.id}"


def _negative_sum(case: _Case) -> Iterator[str]:
    for indicator, value in case.figures():
        if indicator.measure == "sum":
            for unit, number in _numbers(value):
                if number < 0:
                    yield f"指标“{indicator.name}”{unit}本次报{number_words(number)}，是负数，累计数会减少"


def _jump(case: _Case) -> Iterator[str]:
    """A latest value that differs from the one before by more than the share that the rules set."""
    limit = case.ledger.rules.warn.figure_jump
    for indicator, value in case.figures():
        if indicator.measure != "latest":
            continue
        for unit, number in _numbers(value):
            last = _last_figure(case, indicator.id, unit)
            if last is not None and last and abs(number - last) * 100 > abs(last) * limit:
                yield (
                    f"指标“{indicator.name}”{unit}由{number_words(last)}变为{number_words(number)}，"
                    f"变化超过{limit}%，请核对数字和计量单位"
                )


def _numbers(value: MetricValue) -> Iterator[tuple[str, Decimal]]:
    """Each number with the unit that it is said of; nothing for the record's own."""
    if isinstance(value, Decimal):
        yield "", value
    elif isinstance(value, dict):
        yield from value.items()


def _last_figure(case: _Case, metric: str, unit: str) -> Decimal | None:
    for entry in case.own_before():
        value = (entry.record.metrics or {}).get(metric)
        if value is not None:
            return dict(_numbers(value)).get(unit)
    return None


def _evidence_used(case: _Case) -> Iterator[str]:
    """Evidence that stands behind another item already."""
    given = {_key(evidence): evidence for evidence in case.record.evidence or ()}
    if not given:
        return
    for entry in case.others:
        if entry.record.item in (None, case.record.item):
            continue
        for evidence in entry.record.evidence or ():
            found = given.pop(_key(evidence), None)
            if found is not None:
                yield (
                    f"佐证“{_shown(found)}”已用于事项{entry.record.item}"
                    f"（{entry.unit}{case.said(entry.record.date)}的{entry.record.kind}）"
                )


def _key(evidence: Evidence) -> str:
    """Files are the same when their content is."""
    return evidence.sha256 if isinstance(evidence, EvidenceFile) else "".join(evidence.split())


def _shown(evidence: Evidence) -> str:
    return evidence.file if isinstance(evidence, EvidenceFile) else evidence


def _counted_before(case: _Case) -> Iterator[str]:
    """A thing whose reference has been counted for this indicator already, by whomever."""
    for indicator, value in case.figures():
        if not isinstance(value, tuple):
            continue
        counted = {
            thing.reference: entry
            for entry in reversed(case.item.state.entries)
            for thing in _things(entry, indicator.id)
        }
        for thing in value:
            if thing.reference in counted:
                entry = counted[thing.reference]
                yield (
                    f"指标“{indicator.name}”的“{thing.name}”（{thing.reference}）"
                    f"{entry.unit}已于{case.said(entry.record.date)}登记，只计一次"
                )


def _things(entry: Entry, metric: str) -> tuple[MetricEntry, ...]:
    value = (entry.record.metrics or {}).get(metric)
    return value if isinstance(value, tuple) else ()


def _short_of_target(case: _Case) -> Iterator[str]:
    """An application for close-out whose indicators miss their targets: the office will have to say why."""
    if case.record.kind != "申请销号":
        return
    missed = [figure.indicator.name for figure in case.after.figures if misses(figure)]
    if missed:
        names = "、".join(missed)
        yield f"指标“{names}”还没有达到目标，核验销号时要写明理由，否则会退回补正"


def _asked_late(case: _Case) -> Iterator[str]:
    """An extension asked for after the deadline doesn't undo that it was missed."""
    if case.record.kind != "申请延期":
        return
    stages = case.item.state.stages
    named = [s for s in stages if s.id == case.record.stage] if case.record.stage else []
    stage = named[0] if named else case.item.state.current
    if stage is not None and case.record.date > stage.due:
        yield f"申请延期时已过时限{case.said(stage.due)}，批准后该项仍记为曾逾期"


_WARNINGS: Final[tuple[Callable[[_Case], Iterator[str]], ...]] = (
    _copied,
    _percent_down,
    _full_but_open,
    _negative_sum,
    _jump,
    _evidence_used,
    _counted_before,
    _short_of_target,
    _asked_late,
)
