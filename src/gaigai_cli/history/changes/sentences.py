"""Records and what became of them, in Chinese sentences without their full stop."""

from collections.abc import Iterator, Mapping
from typing import Final

from gaigai_cli.model.indicators import Indicator, MetricEntry
from gaigai_cli.model.kinds import KINDS
from gaigai_cli.model.labels import in_words
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import EvidenceFile, Record, label
from gaigai_cli.words.say import dated, day_words, metric_words, month_words

_OWN_WORDS: Final = ("summary", "problems", "late_reason", "next")
"""What a unit says in its own words: told below the sentence, not in it."""

_LABELS: Final = {name: label(name) for name in _OWN_WORDS}
_RULING_LABELS: Final = _LABELS | {"summary": "说明"}
_FACTS: Final = (
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
_RULED: Final = ("due", "finished", "asked", "units", "to", "items", "reply_by")
_SELDOM: Final = frozenset((*_RULED, *_FACTS))
"""What a 进展 says none of."""
_COURSE: Final = frozenset(("stage", "not_started", "percent", "period"))
_TELLING: Final = _SELDOM | _COURSE | {"metrics", "answers", "evidence"}
"""Fields that a sentence about a record tells of; many records have one of them at most."""


def clause(entry: Entry, ledger: Ledger) -> str:
    """What somebody recorded, without the unit and its own words: 6月14日申请销号，佐证财预〔2024〕15号."""
    record, year = entry.record, ledger.tasks.notice.year
    day = dated(record, year)
    if record.kind == "更正":
        return _correction(record, day, ledger)
    verb = "报" if record.kind == "进展" else ""
    via = f"（据{record.via}代录）" if record.via else ""
    return "，".join((f"{day}{verb}{record.kind}{via}", *_facts(record, ledger)))


def own_words(record: Record) -> tuple[tuple[str, str], ...]:
    """What the unit says itself, each with its label; what the office says to a ruling is 说明."""
    labels = _RULING_LABELS if KINDS[record.kind].by == "office" else _LABELS
    said = [(name, getattr(record, field)) for field, name in labels.items()]
    return tuple([pair for pair in said if pair[1]])


def cited(entry: Entry, year: int) -> str:
    """A record as others speak of it: 县财政局6月14日关于16.2的进展."""
    record = entry.record
    about = f"关于{record.item}" if record.item else ""
    return f"{entry.unit}{day_words(record.date, year)}{about}的{record.kind}"


def _facts(record: Record, ledger: Ledger) -> Iterator[str]:
    told = record.model_fields_set & _TELLING
    year = ledger.tasks.notice.year
    if told & _COURSE:
        yield from _course(record, year)
    if told <= _COURSE:
        return
    if record.metrics:
        yield from _metrics(record, ledger)
    if told & _SELDOM:
        yield from _ruling(record, year)
        for name in _FACTS:
            value = getattr(record, name)
            if value:
                yield f"{label(name)}：{value.rstrip('。')}"
    for reference in record.answers or ():
        answered = ledger.by_record.get(reference)
        yield f"答复{cited(answered, year) if answered else reference}"
    if record.evidence:
        yield f"佐证{'、'.join(e.file if isinstance(e, EvidenceFile) else e for e in record.evidence)}"


def _course(record: Record, year: int) -> Iterator[str]:
    if record.stage:
        yield f"阶段“{record.stage}”"
    if record.not_started:
        yield "尚未启动"
    if record.percent is not None:
        yield f"进度{record.percent}%"
    if record.period:
        yield f"所属{month_words(record.period, year)}"


def _ruling(record: Record, year: int) -> Iterator[str]:
    if record.due:
        yield f"延期至{day_words(record.due, year)}"
    for name in ("finished", "asked"):
        if day := getattr(record, name):
            yield f"{label(name)}：{day_words(day, year)}"
    if record.units:
        yield f"{record.role}单位{'、'.join(record.units)}"
    if record.to:
        yield f"对象{'、'.join(record.to)}"
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
    if record.void:
        change = "作废"
    else:
        pairs = (record.set or {}).items()
        change = "，".join(f"{label(name)}改为“{in_words(value)}”" for name, value in pairs)
    return f"{day}更正{what}：{change}，理由：{(record.reason or '').rstrip('。')}"


def differing(before: Record, after: Record) -> str:
    """What an altered record says otherwise: 完成百分比由60改为80."""
    names = [n for n in Record.model_fields if getattr(before, n) != getattr(after, n)]
    return "，".join(_differs(name, before, after) for name in names)


def _differs(name: str, before: Record, after: Record) -> str:
    was, now = in_words(getattr(before, name)), in_words(getattr(after, name))
    if not was:
        return f"添上{label(name)}“{now}”"
    if not now:
        return f"删去{label(name)}“{was}”"
    return f"{label(name)}由“{was}”改为“{now}”"
