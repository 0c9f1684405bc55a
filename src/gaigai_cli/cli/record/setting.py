"""``--set FIELD=VALUE``: which fields of a record can be changed, and what the words for them mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from gaigai_cli.cli.record import wording
from gaigai_cli.cli.record.fields import RESULTS, ROLES, VIAS
from gaigai_cli.cli.record.wording import Files
from gaigai_cli.cli.session import Session
from gaigai_cli.cli.values import choice
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.indicators import Indicator
from gaigai_cli.model.kinds import KINDS
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.nearest import meant
from gaigai_cli.model.records import FIXED_FIELDS, Record, label
from gaigai_cli.render.cells import cut

LONG: Final = ("summary", "problems", "late_reason", "next", "reason")
_ROOM: Final = 60
"""Cells of a record's words where one is chosen."""
_DAYS: Final = frozenset({"date", "due", "reply_by"})
_UNITS: Final = frozenset({"units", "to"})
_FIXED: Final = frozenset({"unit", "单位", "编号", "记录编号", "种类", "记录种类"})
_CHOICES: Final[dict[str, Mapping[str, Any]]] = {
    "not_started": {"是": True, "否": False},
    "via": VIAS,
    "result": RESULTS,
    "role": ROLES,
}


def changeable(record: Record) -> list[str]:
    """The fields of a record that a 更正 may set, in the model's order."""
    allowed = KINDS[record.kind].fields | {"date", "by", "via"}
    return [name for name in Record.model_fields if name in allowed - FIXED_FIELDS]


def current_record(judge: Judge, entry: Entry) -> Record:
    """The record as corrected by now. Raises ``GaigaiError`` where it is void, or a 更正 itself."""
    if entry.record.kind == "更正":
        raise GaigaiError(
            f"{entry.record.id}本身是更正，不能再更正",
            f"请对最初的记录{entry.record.corrects}另记一条更正",
        )
    found = {e.record.id: e.record for e in judge.records.entries}.get(entry.record.id)
    if found is None:
        raise GaigaiError(f"{entry.record.id}已经作废", "不必再更正")
    return found


def described(entry: Entry) -> str:
    """A record in one line, for choosing."""
    record = entry.record
    words = (record.summary or record.reason or "").splitlines() or [""]
    item = f" {record.item}" if record.item else ""
    return f"{record.id[-8:]}  {record.date}{item} {record.kind}  {cut(words[0], _ROOM)}"


def read_changes(
    session: Session, record: Record, words: Sequence[str], files: Files
) -> dict[str, Any]:
    """What ``--set`` says, by field; lists and figures given several times are taken together."""
    given: dict[str, list[str]] = {}
    figures: list[str] = []
    names = {word: name for name in changeable(record) for word in (name, label(name))}
    listed = session.ledger.tasks.by_id.get(record.item or "")
    indicators = listed.item.indicators if listed else ()
    for word in words:
        key, sign, value = word.partition("=")
        key = key.strip()
        if not sign or not value.strip():
            raise GaigaiError(f"--set 写错了：“{word}”", "应写成 字段=内容 的样子，内容不能是空的")
        figure = key.removeprefix("metrics.")
        if figure in {i.id for i in indicators} | {i.name for i in indicators}:
            figures.append(f"{figure}={value}")
        elif names.get(key) == "metrics":
            figures.append(value)
        elif key in names:
            given.setdefault(names[key], []).append(value.strip())
        else:
            raise _no_field(record, key, names)
    changes = {name: _value(session, files, name, values) for name, values in given.items()}
    if figures:
        changes["metrics"] = _figures(session, record, indicators, figures)
    return changes


def _no_field(record: Record, key: str, names: Mapping[str, str]) -> GaigaiError:
    if key in FIXED_FIELDS | _FIXED:
        return GaigaiError(f"更正不能改动“{key}”", "请将原记录作废（--void），另记一条")
    known = "、".join(label(name) for name in changeable(record))
    return GaigaiError(f"{record.kind}没有“{key}”这一项", f"{meant(key, names)}可改的有{known}")


def _value(session: Session, files: Files, name: str, values: list[str]) -> Any:
    if name == "evidence":
        return tuple(files.evidence(value) for value in values)
    if name in _UNITS:
        return wording.units(session, values)
    if name == "answers":
        return tuple(values)
    if len(values) > 1:
        raise GaigaiError(f"“{label(name)}”写了不止一次", "请只留一个")
    word = values[0]
    if name in _DAYS:
        return session.day(word, what=f"“{label(name)}”")
    if name in _CHOICES:
        return choice(word, _CHOICES[name], label(name))
    readers = {"percent": wording.percent, "period": wording.month, "item": session.item_id}
    reader = readers.get(name, wording.text)
    return reader(word)


def _figures(
    session: Session, record: Record, indicators: Sequence[Indicator], words: Sequence[str]
) -> dict[str, Any]:
    """The figures given, with the record's others as they are."""
    return {**(record.metrics or {}), **wording.metrics(session, indicators, words)}
