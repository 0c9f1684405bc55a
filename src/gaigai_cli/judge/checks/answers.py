"""Checks of answers: whether what a record answers is a thing that it can answer."""

from collections.abc import Iterator
from typing import Final

from gaigai_cli.judge.checks.build import about
from gaigai_cli.judge.corrections import Records
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Entry, Ledger

_ANSWERED: Final = {
    "撤回申请": ("申请销号", "申请延期"),
    "核验销号": ("申请销号",),
    "退回补正": ("申请销号",),
    "批准延期": ("申请延期",),
    "不予延期": ("申请延期",),
    "督办回执": ("督办",),
}
"""The kinds of record that each answering kind may answer."""


def wrong_reference(records: Records) -> Iterator[Finding]:
    """An answer to a record of another kind, of another item or to another unit."""
    for entry, index, answered in _answers(records):
        wrong = _wrong(records.ledger, entry, answered)
        if wrong:
            message, remedy = wrong
            yield about(
                records, entry, ("answers", index), "wrong-reference", message, remedy=remedy
            )


def answer_too_early(records: Records) -> Iterator[Finding]:
    """An answer dated before what it answers."""
    for entry, _, answered in _answers(records):
        if entry.record.date < answered.record.date:
            yield about(
                records,
                entry,
                ("date",),
                "answer-too-early",
                f"日期{entry.record.date}早于所答复的{answered.record.kind}（{answered.record.date}）",
                remedy="请核对两条记录的日期",
            )


def _answers(records: Records) -> Iterator[tuple[Entry, int, Entry]]:
    """Every answer with the place among ``answers`` and the record that it answers."""
    known: dict[str, Entry] = {}
    for entry in records.entries:
        if entry.record.answers is None:
            continue
        if not known:
            known = {e.record.id: e for e in records.entries}
        for index, reference in enumerate(entry.record.answers):
            answered = known.get(reference)
            if answered is not None:
                yield entry, index, answered


def _wrong(ledger: Ledger, entry: Entry, answered: Entry) -> tuple[str, str] | None:
    record, other = entry.record, answered.record
    kinds = _ANSWERED.get(record.kind, ())
    if other.kind not in kinds:
        words = "或".join(kinds)
        return f"{record.kind}应当答复{words}，{other.id}却是{other.kind}", "请核对编号"
    if other.item != record.item:
        message = f"{other.id}是事项{other.item}的{other.kind}，本记录写的却是{record.item}"
        return message, "请核对事项编号和记录编号"
    if other.to is not None and entry.unit not in map(ledger.departments.canonical, other.to):
        return f"{other.id}不是发给{entry.unit}的{other.kind}", "请核对编号"
    return None
