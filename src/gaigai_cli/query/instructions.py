"""What leaders and meetings have demanded (批示, 议定事项): who has answered, and what it waits for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from gaigai_cli.judge.judgement import Judgement
from gaigai_cli.model.kinds import INSTRUCTIONS, KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import Record

Step = Literal["待反馈", "待呈报", "待阅", "已阅结", "已反馈", "不需反馈"]
"""Where a demand stands. It ends with 已阅结 (the leader has read the result), 已反馈 (a meeting's) or 不需反馈."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """A demand from above as of a day.

    ``leads`` answer for it (主办) and ``assist`` help (协办), as they are called on the day. ``replies`` are the
    办理反馈, ``reported`` the latest 呈报, ``read`` the 阅后意见 that ends it. ``days_left`` to its reply day: negative
    after it, None where it has none.
    """

    entry: Entry
    leads: tuple[str, ...]
    assist: tuple[str, ...]
    replies: tuple[Entry, ...]
    reported: Entry | None
    read: Entry | None
    days_left: int | None

    @property
    def record(self) -> Record:
        return self.entry.record

    @property
    def missing(self) -> tuple[str, ...]:
        """The 主办 units that haven't answered, of a demand that has to be answered and hasn't ended."""
        if self.read or self.record.handling in ("指导", "参阅"):
            return ()
        answered = {entry.unit for entry in self.replies}
        return tuple(unit for unit in self.leads if unit not in answered)

    @property
    def step(self) -> Step:
        """Where it stands."""
        if self.read:
            return "已阅结"
        if self.missing:
            return "待反馈"
        if self.record.kind == "议定事项":
            return "已反馈"
        if self.reported:
            return "待阅"
        return "待呈报" if self.record.handling == "批办" or self.replies else "不需反馈"

    @property
    def next_kind(self) -> KindName | None:
        """Return the kind of record that takes it a step on; None where nobody has to do anything any more."""
        return _NEXT.get(self.step)

    @property
    def waits(self) -> bool:
        """Return whether somebody has still to do something about it."""
        return self.next_kind is not None


_NEXT: Final[Mapping[Step, KindName]] = {
    "待反馈": "办理反馈",
    "待呈报": "呈报",
    "待阅": "阅后意见",
}


def instructions(judgement: Judgement) -> Iterator[Instruction]:
    """Yield every demand of the list and its items up to the judgement's day: urgent ones first, then by reply day."""
    units = judgement.ledger.units
    found = [e for e in judgement.entries if e.record.kind in INSTRUCTIONS]
    for entry in sorted(found, key=_order):
        record, item = entry.record, entry.record.item
        answers = [e for e in judgement.general if e.record.is_answer_to(record)]
        by = record.reply_by
        yield Instruction(
            entry,
            tuple(dict.fromkeys(units.canonical(unit, item) for unit in record.to or ())),
            tuple(dict.fromkeys(units.canonical(unit, item) for unit in record.assist or ())),
            tuple(
                replace(e, unit=judgement.ledger.answerer(e))
                for e in answers
                if e.record.kind == "办理反馈"
            ),
            next((e for e in reversed(answers) if e.record.kind == "呈报"), None),
            next((e for e in answers if e.record.kind == "阅后意见"), None),
            (by - judgement.day).days if by else None,
        )


def _order(entry: Entry) -> tuple[bool, date, str]:
    record = entry.record
    return (not record.urgent, record.reply_by or date.max, record.id)
