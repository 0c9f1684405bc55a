"""One item's records on the screen, in time order, each with everything that it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gaigai_cli.judge.corrections import apply_corrections, retold
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.ledger import Entry, Issued
from gaigai_cli.model.records import Record
from gaigai_cli.model.tasks import ListedItem
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    WARNING,
    Block,
    Part,
    StyledText,
    hanging,
    paragraph,
)
from gaigai_cli.render.width import width_of
from gaigai_cli.words.say import answering, cited, entered_words, full_day
from gaigai_cli.words.told import differing, marks, told

_INDENT = 4
_WIDEST = 100
"""Record numbers stand at the right margin, but no farther from what they number than this."""


@dataclass(frozen=True, slots=True)
class History:
    """What the records of an item are read with.

    ``changes``: the 更正 that were applied to a record, by its id; ``answered``: records by id, to say what an answer
    answers; ``listed``: the item, None for records about none; ``office``: the list's; ``issued``: bulletins, to say
    what one of them has told otherwise.
    """

    changes: Mapping[str, tuple[Entry, ...]]
    answered: Mapping[str, Entry]
    listed: ListedItem | None
    office: str
    issued: Sequence[Issued] = ()

    @classmethod
    def of(cls, judge: Judge, item: str | None, issued: Sequence[Issued] = ()) -> History:
        """Return what the judge's ledger knows for the records of an item, or of none."""
        ledger = judge.ledger
        listed = ledger.tasks.by_id.get(item or "")
        return cls(judge.records.changes, ledger.by_record, listed, ledger.office, issued)

    def lines(self, entries: tuple[Entry, ...]) -> Iterator[Part]:
        """Yield every record with its day, unit, kind and number, and below it what it says."""
        for entry in entries:
            yield _first_line(entry.record, self.listed, entry.unit)
            for words in self.said(entry):
                yield hanging("", words, indent=_INDENT)
            for words in self.corrected(entry.record.id):
                yield hanging("", words, indent=_INDENT, style=WARNING)

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
        otherwise = {}
        for one in retold(original, changes, self.issued) if original else ():
            if one.after is not None:
                changed = differing(one.before.record, one.after.record, self.listed, self.office)
                otherwise[one.change.record.id] = f"{one.issued.number}通报后{changed}"
        for change in changes:
            words, reason = otherwise.get(change.record.id), change.record.reason or ""
            said = f"{reason.rstrip('。')}；{words}" if words else reason
            yield f"（{full_day(change.record.date)}更正：{said}）"

    def said(self, entry: Entry) -> Iterator[str]:
        """Yield what a record says, a line each."""
        record = entry.record
        yield from _counted(entry)
        if record.summary:
            yield record.summary
        for name, called, words in told(record, self.listed, self.office, full_day):
            if name != "items" or len(record.items or ()) > 1:
                yield f"{called}：{words}"
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


def _first_line(record: Record, listed: ListedItem | None, unit: str) -> Block:
    said = "  ".join((full_day(record.date), unit, record.kind, *marks(record, listed).values()))
    origin = f"{record.id}{f' {record.by}' if record.by else ''}"

    def laid_out(width: int) -> Iterator[Part]:
        room = min(width, _WIDEST) - width_of(said) - width_of(origin)
        if room >= 2:
            yield (StyledText(said, STRONG), StyledText(" " * room), StyledText(origin, FAINT))
        else:
            yield paragraph(said, STRONG)
            yield hanging("", origin, indent=_INDENT, style=FAINT)

    return laid_out


def _counted(entry: Entry) -> Iterator[str]:
    """Yield the day as of which an application counts, where it isn't the one that the unit has written."""
    if entry.counts != entry.record.date:
        recorded = entry.counts == entry.record.recorded
        why = "认定" if entry.stated else "登记" if recorded else "更正"
        yield f"按{why}之日（{full_day(entry.counts)}）计"
