"""Records and what became of them, in Chinese sentences without their full stop."""

from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple

from gaigai_cli.judge.corrections import apply_corrections, retold
from gaigai_cli.model.kinds import KINDS
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import Record, label
from gaigai_cli.model.tasks import ListedItem
from gaigai_cli.words.say import answering, cited, dated, day_words
from gaigai_cli.words.told import differing, marks, told

_OWN_WORDS: Final = ("summary", "problems", "late_reason", "next")
"""What a unit says in its own words: told below the sentence, not in it."""

_LABELS: Final = {name: label(name) for name in _OWN_WORDS}
_RULING_LABELS: Final = _LABELS | {"summary": "说明"}
_SEVERAL: Final = ("evidence", "metrics")
"""Of which several stand in a row: a semicolon parts the clauses of a sentence."""
_BEFORE: Final = {"percent": "进度"}
"""What is said before a mark that stands for itself behind a record's kind."""


class Act(NamedTuple):
    """What somebody recorded, or what became of it, in a clause; ``said``: the unit's own words, with labels."""

    entry: Entry
    words: str
    said: tuple[tuple[str, str], ...]


def clause(entry: Entry, ledger: Ledger) -> str:
    """Return what somebody recorded, without the unit and its own words: 6月14日申请销号，佐证：财预〔2024〕15号."""
    record, year = entry.record, ledger.tasks.notice.year
    day = dated(record, year)
    if record.kind == "更正":
        return _correction(record, day, ledger)
    verb = "报" if record.kind == "进展" else ""
    listed = ledger.tasks.by_id.get(record.item or "")
    behind = {n: f"{_BEFORE.get(n, '')}{words}" for n, words in marks(record, listed).items()}
    behind.pop("entered", None)  # the day says so
    first = f"{day}{verb}{record.kind}{behind.pop('which', '')}"
    return "，".join((first, *behind.values(), *_facts(record, listed, ledger)))


def altered(former: Entry, entry: Entry, ledger: Ledger) -> str:
    """Return how a record differs from what it was, whose it is included."""
    moved = f"由{former.owner}的记录改为{entry.owner}的记录" if former.owner != entry.owner else ""
    listed = ledger.tasks.by_id.get(entry.record.item or "")
    change = differing(former.record, entry.record, listed, ledger.office)
    return "，".join(filter(None, (moved, change)))


def own_words(record: Record) -> tuple[tuple[str, str], ...]:
    """Return what the unit says itself, each with its label; what the office says to a ruling is 说明."""
    labels = _RULING_LABELS if KINDS[record.kind].by == "office" else _LABELS
    said = [(name, getattr(record, field)) for field, name in labels.items()]
    return tuple([pair for pair in said if pair[1]])


def _facts(record: Record, listed: ListedItem | None, ledger: Ledger) -> Iterator[str]:
    year = ledger.tasks.notice.year
    for name, called, words in told(record, listed, ledger.office, partial(day_words, year=year)):
        if name == "words":
            yield "附批示原文"
        elif name not in _OWN_WORDS:
            several = words.replace("；", "、") if name in _SEVERAL else words
            yield f"{called}：{several.rstrip('。')}"
    for reference in record.answers or ():
        answered = ledger.by_record.get(reference)
        yield f"{answering(record)}{cited(answered, year) if answered else reference}"


def _correction(record: Record, day: str, ledger: Ledger) -> str:
    original = ledger.by_record.get(record.corrects or "")
    year = ledger.tasks.notice.year
    what = f"{cited(original, year)}" if original else f"{record.corrects}"
    said = f"，理由：{(record.reason or '').rstrip('。')}"
    if original is None:
        return f"{day}更正{what}{said}"
    earlier = [
        e
        for e in ledger.entries
        if e.record.corrects == record.corrects and e.record.id <= record.id
    ]
    changes = sorted(earlier, key=lambda e: e.record.id)
    before = apply_corrections(original, changes[:-1])
    after = before and apply_corrections(before, changes[-1:])
    listed = ledger.tasks.by_id.get(original.record.item or "")
    change = (
        differing(before.record, after.record, listed, ledger.office)
        if before and after
        else "作废"
    )
    known_of = [
        one for one in retold(original, changes, ledger.issued) if one.change is changes[-1]
    ]
    known = f"，{known_of[0].issued.number}已按原内容通报" if known_of else ""
    return f"{day}更正{what}：{change or '没有改动'}{known}{said}"
