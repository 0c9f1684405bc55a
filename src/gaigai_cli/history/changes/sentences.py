"""Records and what became of them, in Chinese sentences without their full stop."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from gaigai_cli.judge.corrections import apply_corrections, retold
from gaigai_cli.model.indicators import Indicator, MetricEntry
from gaigai_cli.model.kinds import INSTRUCTIONS, KINDS
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import Record, evidence_words, label
from gaigai_cli.model.tasks import ListedItem
from gaigai_cli.words.say import (
    answering,
    cited,
    dated,
    day_words,
    differing,
    metric_words,
    milestones_words,
    month_words,
    turn_named,
)

_OWN_WORDS: Final = ("summary", "problems", "late_reason", "next")
"""What a unit says in its own words: told below the sentence, not in it."""

_LABELS: Final = {name: label(name) for name in _OWN_WORDS}
_RULING_LABELS: Final = _LABELS | {"summary": "说明"}
_FACTS: Final = (
    "handling",
    "leader",
    "post",
    "meeting",
    "clause",
    "document",
    "sender",
    "document_number",
    "way",
    "inspectors",
    "means",
    "reached",
    "agrees",
    "result",
    "level",
    "number",
    "basis",
    "approved_by",
    "verified_by_unit",
    "signer",
    "despite",
    "reason",
)
"""Fields that are told as they stand, with their labels."""


class Act(NamedTuple):
    """What somebody recorded, or what became of it, in a clause; ``said``: the unit's own words, with labels."""

    entry: Entry
    words: str
    said: tuple[tuple[str, str], ...]


def clause(entry: Entry, ledger: Ledger) -> str:
    """Return what somebody recorded, without the unit and its own words: 6月14日申请销号，佐证财预〔2024〕15号."""
    record, year = entry.record, ledger.tasks.notice.year
    day = dated(record, year)
    if record.kind == "更正":
        return _correction(record, day, ledger)
    verb = "报" if record.kind == "进展" else ""
    via = f"（据{record.via}代录）" if record.via else ""
    return "，".join((f"{day}{verb}{record.kind}{via}", *_facts(record, ledger)))


def altered(former: Entry, entry: Entry, ledger: Ledger) -> str:
    """Return how a record differs from what it was, whose it is included."""
    moved = f"由{former.owner}的记录改为{entry.owner}的记录" if former.owner != entry.owner else ""
    listed = ledger.tasks.by_id.get(entry.record.item or "")
    return "，".join(filter(None, (moved, differing(former.record, entry.record, listed))))


def own_words(record: Record) -> tuple[tuple[str, str], ...]:
    """Return what the unit says itself, each with its label; what the office says to a ruling is 说明."""
    labels = _RULING_LABELS if KINDS[record.kind].by == "office" else _LABELS
    said = [(name, getattr(record, field)) for field, name in labels.items()]
    return tuple([pair for pair in said if pair[1]])


def _facts(record: Record, ledger: Ledger) -> Iterator[str]:
    year = ledger.tasks.notice.year
    yield from _course(record, ledger.tasks.by_id.get(record.item or ""), year)
    if record.metrics:
        yield from _metrics(record, ledger)
    yield from _ruling(record, year)
    for name in _FACTS:
        value = getattr(record, name)
        if value:
            yield f"{label(name)}：{value.rstrip('。')}"
    for reference in record.answers or ():
        answered = ledger.by_record.get(reference)
        yield f"{answering(record)}{cited(answered, year) if answered else reference}"
    if record.evidence:
        yield f"佐证{'、'.join(map(evidence_words, record.evidence))}"


def _course(record: Record, listed: ListedItem | None, year: int) -> Iterator[str]:
    if record.stage:
        yield turn_named(record, listed, year) or f"阶段“{record.stage}”"
    if record.not_started:
        yield "尚未启动"
    if record.percent is not None:
        yield f"进度{record.percent}%"
    if record.completed:
        yield f"完成节点“{'”“'.join(record.completed)}”"
    if record.coordinate:
        yield f"需协调（{record.coordinate}）"
    if record.period:
        yield f"所属{month_words(record.period, year)}"


def _ruling(record: Record, year: int) -> Iterator[str]:
    if record.milestones:
        yield f"节点{milestones_words(record, year)}"
    if record.urgent:
        yield "急件"
    if record.words:
        yield "附批示原文"
    if record.due:
        yield f"延期至{day_words(record.due, year)}"
    for name in ("finished", "asked"):
        if day := getattr(record, name):
            yield f"{label(name)}：{day_words(day, year)}"
    if record.units:
        yield f"{record.role}单位{'、'.join(record.units)}"
    if record.to:
        name = "主办" if record.kind in INSTRUCTIONS else "对象"
        yield f"{name}{'、'.join(record.to)}"
    if record.assist:
        yield f"协办{'、'.join(record.assist)}"
    if record.items:
        yield f"事项{'、'.join(record.items)}"
    if record.reply_by:
        yield f"{day_words(record.reply_by, year)}前反馈"


def _metrics(record: Record, ledger: Ledger) -> Iterator[str]:
    listed = ledger.tasks.by_id.get(record.item or "")
    known: Mapping[str, Indicator] = (
        {i.id: i for i in listed.item.indicators} if listed is not None else {}
    )
    for name, value in (record.metrics or {}).items():
        indicator = known.get(name)
        yield f"{indicator.name if indicator else name}{metric_words(value, indicator, _things)}"


def _things(things: tuple[MetricEntry, ...]) -> str:
    return "、".join(f"“{thing.name}”（{thing.reference}）" for thing in things)


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
    change = (
        differing(before.record, after.record, ledger.tasks.by_id.get(original.record.item or ""))
        if before and after
        else "作废"
    )
    told = [one for one in retold(original, changes, ledger.issued) if one.change is changes[-1]]
    known = f"，{told[0].issued.number}已按原内容通报" if told else ""
    return f"{day}更正{what}：{change or '没有改动'}{known}{said}"
