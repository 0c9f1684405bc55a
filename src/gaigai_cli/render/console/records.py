"""One item's records on the screen, in time order, each with everything that it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gaigai_cli.judge.corrections import apply_corrections, retold
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.indicators import MetricEntry
from gaigai_cli.model.kinds import INSTRUCTIONS
from gaigai_cli.model.ledger import Entry, Issued
from gaigai_cli.model.records import Record, evidence_words, label
from gaigai_cli.model.tasks import ListedItem
from gaigai_cli.render.lines import FAINT, STRONG, WARNING, Line, StyledText, hanging, paragraph
from gaigai_cli.render.width import width_of
from gaigai_cli.words.say import (
    answering,
    cited,
    differing,
    entered_words,
    full_day,
    metric_words,
    milestones_words,
    month_words,
    turn_named,
)

_INDENT = 4
_WIDEST = 100
"""Record numbers stand at the right margin, but no farther from what they number than this."""

_SHORTER: Final = {"next": "下一步", "result": "评估结果", "due": "延期至"}
"""What is called otherwise here than in the file."""


def _named(*fields: str) -> dict[str, str]:
    return {name: _SHORTER.get(name) or label(name) for name in fields}


_WORDS: Final = _named(
    "leader", "post", "words", "meeting", "clause", "document", "sender", "document_number",
    "problems", "coordinate", "late_reason", "next", "result", "reached", "number", "reason",
    "basis", "approved_by", "verified_by_unit", "signer", "despite", "inspectors", "agrees",
)  # fmt: skip
_DAYS: Final = _named("due", "finished", "asked", "reply_by")


@dataclass(frozen=True, slots=True)
class History:
    """What the records of an item are read with.

    ``changes``: the 更正 that were applied to a record, by its id; ``answered``: records by id, to say what an answer
    answers; ``listed``: the item, None for records about none; ``issued``: bulletins, to say what one of
    them has told otherwise.
    """

    changes: Mapping[str, tuple[Entry, ...]]
    answered: Mapping[str, Entry]
    listed: ListedItem | None
    issued: Sequence[Issued] = ()

    @classmethod
    def of(cls, judge: Judge, item: str | None, issued: Sequence[Issued] = ()) -> History:
        """Return what the judge's ledger knows for the records of an item, or of none."""
        ledger = judge.ledger
        listed = ledger.tasks.by_id.get(item or "")
        return cls(judge.records.changes, ledger.by_record, listed, issued)

    def lines(self, entries: tuple[Entry, ...], width: int) -> Iterator[Line]:
        """Yield every record with its day, unit, kind and number, and below it what it says."""
        for entry in entries:
            yield from _first_line(entry.record, self.listed, entry.unit, width)
            for words in self.said(entry):
                yield from hanging(StyledText(""), words, width, indent=_INDENT)
            for words in self.corrected(entry.record.id):
                yield from hanging(StyledText(""), words, width, indent=_INDENT, style=WARNING)

    def void(self, item: str) -> Iterator[str]:
        """Yield what bulletins have told of the item's records that are void by now."""
        for record_id, changes in self.changes.items():
            original = self.answered.get(record_id)
            if original is not None and original.record.item == item:
                for one in retold(original, changes, self.issued):
                    if one.after is None:
                        reason = (one.change.record.reason or "").rstrip("。")
                        words = f"{one.issued.number}通报过的{cited(one.before, one.before.record.date.year)}"
                        yield f"{words}已于{full_day(one.change.record.date)}作废：{reason}"

    def corrected(self, record_id: str) -> Iterator[str]:
        """Yield every 更正 of a record; where a bulletin told it otherwise, what that said and what is so now."""
        changes, original = self.changes.get(record_id, ()), self.answered.get(record_id)
        told = {}
        for one in retold(original, changes, self.issued) if original else ():
            if one.after is not None:
                otherwise = differing(one.before.record, one.after.record, self.listed)
                told[one.change.record.id] = f"{one.issued.number}通报后{otherwise}"
        for change in changes:
            words, reason = told.get(change.record.id), change.record.reason or ""
            said = f"{reason.rstrip('。')}；{words}" if words else reason
            yield f"（{full_day(change.record.date)}更正：{said}）"

    def said(self, entry: Entry) -> Iterator[str]:
        """Yield what a record says, a line each."""
        record = entry.record
        yield from _counted(entry)
        if record.summary:
            yield record.summary
        for field, name in _WORDS.items():
            value = getattr(record, field)
            if value is not None:
                yield f"{name}：{value}"
        if record.milestones:
            yield f"节点：{milestones_words(record, record.date.year)}"
        if record.completed:
            yield f"完成的节点：{'、'.join(record.completed)}"
        yield from _units(record)
        if record.items and len(record.items) > 1:
            yield f"一并督办的事项：{'、'.join(record.items)}"
        for field, name in _DAYS.items():
            value = getattr(record, field)
            if value is not None:
                yield f"{name}：{full_day(value)}"
        indicators = {i.id: i for i in self.listed.item.indicators} if self.listed else {}
        for metric, value in (record.metrics or {}).items():
            indicator = indicators.get(metric)
            yield f"{indicator.name if indicator else metric}：{metric_words(value, indicator, _things)}"
        if record.evidence:
            yield f"佐证：{'；'.join(map(evidence_words, record.evidence))}"
        if record.source:
            yield f"代录依据：{record.source.file}"
        if record.answers:
            yield f"{answering(record)}：{'；'.join(map(self._answer, record.answers))}"

    def _answer(self, record_id: str) -> str:
        written = self.answered.get(record_id)
        entry = written and apply_corrections(written, self.changes.get(record_id, ()))
        if entry is None:
            return record_id
        entered = entered_words(entry.record)
        day = f"{full_day(entry.record.date)}{f'（{entered}）' if entered else ''}"
        return f"{entry.unit}{day}的{entry.record.kind}"


def _first_line(record: Record, listed: ListedItem | None, unit: str, width: int) -> Iterator[Line]:
    said = "  ".join((full_day(record.date), unit, record.kind, *marks(record, listed)))
    origin = f"{record.id}{f' {record.by}' if record.by else ''}"
    room = min(width, _WIDEST) - width_of(said) - width_of(origin)
    if room >= 2:
        yield (StyledText(said, STRONG), StyledText(" " * room), StyledText(origin, FAINT))
    else:
        yield from paragraph(said, width, STRONG)
        yield from hanging(StyledText(""), origin, width, indent=_INDENT, style=FAINT)


def _counted(entry: Entry) -> Iterator[str]:
    """Yield the day as of which an application counts, where it isn't the one that the unit has written."""
    if entry.counts != entry.record.date:
        recorded = entry.counts.isoformat() == entry.record.recorded
        why = "认定" if entry.stated else "登记" if recorded else "更正"
        yield f"按{why}之日（{full_day(entry.counts)}）计"


def marks(record: Record, listed: ListedItem | None) -> Iterator[str]:
    """Yield what stands behind the kind of a record: its level, stage, percent, month, and how it came."""
    if which := record.level or record.way or record.handling or record.means:
        yield f"（{which}）"
    if record.urgent:
        yield "急"
    if record.stage:
        yield turn_named(record, listed, record.date.year) or f"“{record.stage}”"
    if record.percent is not None:
        yield f"{record.percent}%"
    if record.not_started:
        yield "尚未启动"
    if record.period:
        yield f"报{month_words(record.period)}"
    if record.via:
        yield f"代录（{record.via}）"
    if entered := entered_words(record):
        yield entered


def _units(record: Record) -> Iterator[str]:
    """Yield the units that it names, by what they are to it."""
    to = "主办单位" if record.kind in INSTRUCTIONS else "对象单位"
    for name, units in (
        (f"{record.role}单位", record.units),
        (to, record.to),
        ("协办单位", record.assist),
    ):
        if units:
            yield f"{name}：{'、'.join(units)}"


def _things(things: tuple[MetricEntry, ...]) -> str:
    return "；".join(f"{e.name}（{full_day(e.date)}，{e.reference}）" for e in things)
