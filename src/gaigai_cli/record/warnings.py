"""Warnings about a record that is odd but allowed: they are told, and it is written."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from gaigai_cli.judge.figures import misses
from gaigai_cli.judge.judgement import Judge, JudgedItem
from gaigai_cli.judge.lights import percent_jumps, points_too_far_behind
from gaigai_cli.judge.stages import one_is_left
from gaigai_cli.judge.state import ItemState, StageState
from gaigai_cli.model.indicators import Indicator, MetricEntry, MetricValue
from gaigai_cli.model.kinds import HIGHLIGHT, KINDS, KindName
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import Evidence, EvidenceFile, Record, evidence_words
from gaigai_cli.words.say import day_words, number_words

FULL: Final = 100
_COORDINATION: Final = re.compile("[需请须][^。；;，\n]{0,20}协调")


@dataclass(frozen=True, slots=True)
class _RecordInPlace:
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
        """Yield what this unit has said of the item up to the record's day, latest first."""
        for entry in reversed(self.item.state.entries):
            if entry.unit == self.entry.unit and entry.record.date <= self.record.date:
                yield entry

    def said(self, day: date) -> str:
        """Return a day as people say it."""
        return day_words(day, self.ledger.tasks.notice.year)

    def figures(self) -> Iterator[tuple[Indicator, MetricValue]]:
        indicators = {i.id: i for i in self.item.state.listed.item.indicators}
        for name, value in (self.record.metrics or {}).items():
            if name in indicators:
                yield indicators[name], value

    def numbers(self) -> Iterator[tuple[Indicator, str, Decimal]]:
        """Yield each number of an indicator with the unit that it is said of; nothing for the record's own."""
        for indicator, value in self.figures():
            for unit, number in _numbers(value):
                yield indicator, unit, number


def warnings(
    entry: Entry, judge: Judge, item: JudgedItem | None, after: JudgedItem | None
) -> Iterator[str]:
    """Yield Chinese sentences without their full stop; ``judge`` and ``item`` are those without the record."""
    if item is None or after is None or entry.record.corrects is not None:
        return
    case = _RecordInPlace(entry, item, after, judge.records.entries, judge.ledger)
    for warn in _WARNINGS:
        yield from warn(case)


def _copied(case: _RecordInPlace) -> Iterator[str]:
    """Warn of the same words as the unit's last report (照抄上月)."""
    if case.record.kind != "进展":
        return
    last = next((e.record for e in case.own_before() if e.record.kind == "进展"), None)
    if last is not None and last.says_the_same_as(case.record):
        yield f"与{case.said(last.date)}所报的进展文字相同，是否照抄了上次的内容"


def _percent_jumps(case: _RecordInPlace) -> Iterator[str]:
    """Warn of a percent that falls, or of an estimate that rises by more points than the rules let pass."""
    before = next((e for e in case.own_before() if e.record.percent is not None), None)
    if before is None:
        return
    for entry, was in percent_jumps((before, case.entry), case.ledger):
        now, day = entry.record.percent or 0, case.said(before.record.date)
        if now < was:
            yield f"完成百分比由{day}所报的{was}%降为{now}%"
        elif now < FULL:  # who is done has no estimate any more
            yield f"完成百分比由{day}所报的{was}%升为{now}%，一次上升{now - was}个百分点，请核对"


def _percent_of_milestones(case: _RecordInPlace) -> Iterator[str]:
    """Warn of a percent that isn't used because milestones carry it."""
    if case.record.percent is not None and case.after.state.by_milestones:
        now = case.after.state.percent
        yield (
            f"{case.after.id}的进度按节点计算，现为{now}%，所报的{case.record.percent}%不采用；"
            "完成了节点的请写 --completed"
        )


def _unmarked(case: _RecordInPlace) -> Iterator[str]:
    """Warn of a problem that asks for 协调 in words alone: only the mark puts it on the desk and into the bulletin."""
    found = _COORDINATION.search(case.record.problems or "")
    if found and case.record.coordinate is None:
        yield (
            f"存在问题写有“{found[0]}”，没有填“需协调”（省级、市级或县领导），"
            "不列入待办和通报的需协调事项"
        )


def _full_but_open(case: _RecordInPlace) -> Iterator[str]:
    record, state = case.record, case.item.state
    if record.kind != "进展" or record.percent != FULL or not (state.dated and state.open):
        return
    if not any(application.unit == case.entry.unit for application in state.applications):
        yield "进度已报100%，但还没有申请销号；确已完成的，由牵头单位申请"


def _negative_sum(case: _RecordInPlace) -> Iterator[str]:
    for indicator, unit, number in case.numbers():
        if indicator.measure == "sum" and number < 0:
            yield f"指标“{indicator.name}”{unit}本次报{number_words(number)}，是负数，累计数会减少"


def _jump(case: _RecordInPlace) -> Iterator[str]:
    """Warn of a latest value that differs from the one before by more than the share that the rules set.

    What adds up comes in lumps: of that only a fall is odd.
    """
    limit = case.ledger.rules.warn.figure_jump
    for indicator, unit, number in case.numbers():
        last = _last_figure(case, indicator.id, unit) if indicator.measure == "latest" else None
        if not last or (indicator.adds_up and number >= last):
            continue
        if indicator.adds_up:
            yield (
                f"指标“{indicator.name}”{unit}由{number_words(last)}减为{number_words(number)}，"
                "是累计数的，请核对"
            )
        elif abs(number - last) * 100 > abs(last) * limit:
            yield (
                f"指标“{indicator.name}”{unit}由{number_words(last)}变为{number_words(number)}，"
                f"变化超过{limit}%，请核对数字和计量单位"
            )


def _no_share(case: _RecordInPlace) -> Iterator[str]:
    """Warn of a part of a whole that is more than the whole, or less than nothing."""
    for indicator, unit, number in case.numbers():
        if indicator.is_share and not 0 <= number <= FULL:
            yield (
                f"指标“{indicator.name}”{unit}报{number_words(number)}%，不在0至100%之间，"
                "请核对数字和计量单位"
            )


def _no_number_of_things(case: _RecordInPlace) -> Iterator[str]:
    """Warn of a number of things with a part of one, or below nothing (`_negative_sum` tells of what is added up)."""
    for indicator, unit, number in case.numbers():
        below = number < 0 and indicator.measure != "sum"
        if indicator.counts_things and (below or number % 1):
            said = f"{number_words(number)}{indicator.unit}"
            fault = "是负数" if below else "不是整数"
            yield f"指标“{indicator.name}”{unit}报{said}，{fault}，请核对数字和计量单位"


def _numbers(value: MetricValue) -> Iterator[tuple[str, Decimal]]:
    """Yield the numbers that a value holds, as `numbers` does."""
    if isinstance(value, Decimal):
        yield "", value
    elif isinstance(value, dict):
        yield from value.items()


def _last_figure(case: _RecordInPlace, metric: str, unit: str) -> Decimal | None:
    for entry in case.own_before():
        value = (entry.record.metrics or {}).get(metric)
        if value is not None:
            return dict(_numbers(value)).get(unit)
    return None


def _evidence_used(case: _RecordInPlace) -> Iterator[str]:
    """Warn of evidence that another item's record uses already."""
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
                    f"佐证“{evidence_words(found)}”已用于事项{entry.record.item}"
                    f"（{entry.unit}{case.said(entry.record.date)}的{entry.record.kind}）"
                )


def _key(evidence: Evidence) -> str:
    """Return what two pieces of evidence have in common if they are the same: a file's hash, else its words."""
    return evidence.sha256 if isinstance(evidence, EvidenceFile) else "".join(evidence.split())


def _counted_before(case: _RecordInPlace) -> Iterator[str]:
    """Warn of a piece whose reference any unit has counted for this indicator already."""
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


def _short_of_target(case: _RecordInPlace) -> Iterator[str]:
    """Warn of an application for the last close-out where indicators miss their targets: the office has to say why."""
    if case.record.kind != "申请销号" or not one_is_left(case.after.state.stages):
        return
    missed = [figure.indicator.name for figure in case.after.figures if misses(figure)]
    if missed:
        names = "、".join(missed)
        yield f"指标“{names}”还没有达到目标，核验销号时要写明理由，否则会退回补正"


def _told_as_a_problem(case: _RecordInPlace) -> Iterator[str]:
    """Warn of a report chosen for the bulletin whose item is in trouble: it isn't told there as progress."""
    state = case.item.state
    if case.record.kind != HIGHLIGHT or not state.owing:
        return
    behind = state.missed_milestones or points_too_far_behind(state, case.ledger) is not None
    why = "逾期未办结" if state.overdue else "进度滞后" if behind else ""
    if why:
        yield f"{state.id}{why}，这条进展写在通报的“存在问题”里，不写在“主要进展”里"


def _applied_late(case: _RecordInPlace) -> Iterator[str]:
    """Warn of an application after the deadline, or one that is in time only by a day before it was recorded."""
    entry, record = case.entry, case.record
    if record.kind not in _STATED:
        return
    stage, after = (_stage(item.state, record) for item in (case.item, case.after))
    if stage is None or after is None:
        return
    due, recorded = case.said(stage.due), record.recorded
    if entry.counts > stage.due and after.late:
        closing = record.kind == "申请销号"
        late = "核验后计为逾期办结" if closing else "批准后该项仍记为曾逾期"
        yield f"{record.kind}时已过时限{due}，{late}"
        if record.date <= stage.due:
            done, when = ("办结", "核验") if closing else ("申请", "批复")
            yield (
                f"所写的{case.said(record.date)}早于登记之日，按登记之日计；确在时限内{done}的，"
                f"由{case.ledger.office}{when}时认定日期（{_STATED[record.kind]}）"
            )
    elif entry.counts <= stage.due < recorded:
        day = case.said(record.date)
        yield f"登记时已过时限{due}，按{record.via}的日期{day}计为时限内，请核对来件"


_STATED: Final[Mapping[KindName, str]] = {"申请销号": "--finished", "申请延期": "--asked"}
"""Applications, and the option by which a ruling states the day that counts."""


def _stage(state: ItemState, record: Record) -> StageState | None:
    named = (stage for stage in state.stages if record.stage in (None, stage.id))
    return next(named, None) if record.stage else state.current


def _day_not_stated(case: _RecordInPlace) -> Iterator[str]:
    """Warn of a ruling on an application dated in time and recorded late, or one that states a day without a basis."""
    record = case.record
    for stage in case.item.state.stages:
        for entry in (*stage.applications, *stage.extensions):
            asked = entry.record
            if not record.is_answer_to(asked) or not asked.date <= stage.due < entry.counts:
                continue
            if record.stated is None and record.kind in _ENDING:
                yield (
                    f"{entry.unit}的{asked.kind}写的是{case.said(asked.date)}，{case.said(entry.counts)}才登记，"
                    f"按登记之日计；确在时限内的，请写明 {_STATED[asked.kind]} {asked.date} 和依据"
                )
    if record.finished and not record.basis:
        yield f"认定办结日期为{case.said(record.finished)}，没有写依据（--basis）"


_NAMES_PAPER: Final = re.compile(r"\d|[一二三四五六七八九十]+[月次期号]|《")
"""A number, a day, the meeting of which it was, or a title: what a paper or 批示 is found by."""


def _no_paper(case: _RecordInPlace) -> Iterator[str]:
    """Warn of a ruling that has to rest on a paper, a 批示 or a meeting, by whose words nobody finds that."""
    record = case.record
    if (
        record.basis
        and "basis" in KINDS[record.kind].needs
        and not _NAMES_PAPER.search(record.basis)
    ):
        yield f"依据“{record.basis}”没有写文号，也没有写明批示、会议的日期，请核对"


_ENDING: Final = frozenset[KindName]({"核验销号", "批准延期"})

_WARNINGS: Final[tuple[Callable[[_RecordInPlace], Iterator[str]], ...]] = (
    _copied,
    _percent_jumps,
    _percent_of_milestones,
    _unmarked,
    _full_but_open,
    _negative_sum,
    _jump,
    _no_share,
    _no_number_of_things,
    _evidence_used,
    _counted_before,
    _short_of_target,
    _told_as_a_problem,
    _applied_late,
    _day_not_stated,
    _no_paper,
)
