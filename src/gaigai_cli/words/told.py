"""A record in words: what stands behind its kind, what its other fields say, and how it differs from another."""

from collections.abc import Callable, Iterator
from datetime import date
from operator import attrgetter
from typing import Any, Final

from gaigai_cli.model.deadline import Staged
from gaigai_cli.model.indicators import MetricEntry
from gaigai_cli.model.kinds import INSTRUCTIONS
from gaigai_cli.model.labels import in_words
from gaigai_cli.model.records import FIELDS, Record, evidence_words, label
from gaigai_cli.model.tasks import ListedItem
from gaigai_cli.words.say import (
    coordinator,
    entered_words,
    full_day,
    metric_words,
    milestones_words,
    month_words,
    turn_named,
)

_FIELDS: Final = (
    "leader", "post", "words", "meeting", "clause", "document", "sender", "document_number",
    "problems", "coordinate", "late_reason", "next", "result", "reached", "number", "reason",
    "basis", "approved_by", "verified_by_unit", "signer", "despite", "inspectors", "agrees",
    "milestones", "completed", "units", "to", "assist", "items", "due", "finished", "asked", "reply_by",
)  # fmt: skip
_VALUES: Final = attrgetter(*_FIELDS)
_CALLED: Final = {
    "next": "下一步",
    "result": "评估结果",
    "milestones": "节点",
    "due": "延期至",
}
"""What is called otherwise here than in the file."""


def marks(record: Record, listed: ListedItem | None) -> dict[str, str]:
    """Return what stands behind the kind of a record, by what it is: its level, stage, percent, how it came …."""
    which = record.level or record.way or record.handling or record.means
    turn = turn_named(record, listed, record.date.year)
    said = {
        "which": which and f"（{which}）",
        "urgent": record.urgent and "急",
        "turn": turn,
        "stage": None if turn else _stage(record, listed),
        "percent": None if record.percent is None else f"{record.percent}%",
        "not_started": record.not_started and "尚未启动",
        "period": record.period and f"报{month_words(record.period)}",
        "via": record.via and f"代录（{record.via}）",
        "entered": entered_words(record),
    }
    return {name: words for name, words in said.items() if words}


def _stage(record: Record, listed: ListedItem | None) -> str | None:
    text = _stage_text(record, listed)
    return text and f"“{text}”阶段"


def _stage_text(record: Record, listed: ListedItem | None) -> str | None:
    """Return the stage that a record names, by its words in the list."""
    deadline = listed.deadline if listed else None
    stages = deadline.stages if isinstance(deadline, Staged) else ()
    return next((stage.text for stage in stages if stage.id == record.stage), record.stage)


def told(
    record: Record, listed: ListedItem | None, office: str, day: Callable[[date], str]
) -> Iterator[tuple[str, str, str]]:
    """Yield what a record says besides its summary and its marks: the field, what it is called, its words.

    What it rests on and what it answers are not among them. ``office`` is the list's, ``day`` says a day.
    """
    for name, value in zip(_FIELDS, _VALUES(record), strict=True):
        if value:
            words = (
                coordinator(value, office) if name == "coordinate" else _words(record, value, day)
            )
            yield name, _called(record, name), words
    indicators = {i.id: i for i in listed.item.indicators} if listed else {}
    for metric, value in (record.metrics or {}).items():
        indicator = indicators.get(metric)
        name = indicator.name if indicator else metric
        yield "metrics", name, metric_words(value, indicator, _things)
    if record.evidence:
        yield "evidence", "佐证", "；".join(map(evidence_words, record.evidence))


def _called(record: Record, name: str) -> str:
    if name == "units":
        return f"{record.role}单位"
    if name == "to" and record.kind in INSTRUCTIONS:
        return "主办单位"
    if name == "items" and len(record.items or ()) > 1:
        return "一并督办的事项"
    return _CALLED.get(name) or label(name)


def _words(record: Record, value: Any, day: Callable[[date], str]) -> str:
    if value is record.milestones:
        return milestones_words(record, record.date.year)
    if isinstance(value, date):
        return day(value)
    return "、".join(value) if isinstance(value, tuple) else value


def _things(things: tuple[MetricEntry, ...]) -> str:
    return "；".join(f"{e.name}（{full_day(e.date)}，{e.reference}）" for e in things)


def differing(before: Record, after: Record, listed: ListedItem | None, office: str) -> str:
    """Return what an altered record says otherwise: 完成百分比由“60”改为“80”.

    ``listed`` is its item, by which figures and turns have their names; None for a record about no item. ``office``
    is the list's.
    """
    names = [n for n in FIELDS if getattr(before, n) != getattr(after, n)]
    known = {indicator.id: indicator.name for indicator in listed.item.indicators} if listed else {}
    said = [
        _differs(label(n), *(_field(record, n, listed, office) for record in (before, after)))
        for n in names
        if n != "metrics"
    ]
    was, now = before.metrics or {}, after.metrics or {}
    figures = [n for n in dict.fromkeys((*was, *now)) if was.get(n) != now.get(n)]
    said += [_differs(known.get(n, n), was.get(n), now.get(n)) for n in figures]
    return "，".join(said)


def _field(record: Record, name: str, listed: ListedItem | None, office: str) -> object:
    if name == "coordinate":
        return coordinator(record.coordinate or "", office)
    if name == "stage":
        return turn_named(record, listed, record.date.year) or _stage_text(record, listed)
    if name == "period" and record.period:
        return month_words(record.period, record.date.year)
    return getattr(record, name)


def _differs(name: str, before: object, after: object) -> str:
    was, now = in_words(before), in_words(after)
    if not was:
        return f"添上{name}“{now}”"
    if not now:
        return f"删去{name}“{was}”"
    return f"{name}由“{was}”改为“{now}”"
