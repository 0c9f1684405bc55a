"""What a unit changes in a record of its own (更正), or takes out of account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from gaigai_cli.errors import GaigaiError, miswritten
from gaigai_cli.history.clone.own_changes import unsent_ids
from gaigai_cli.model.kinds import CORRECTION, KINDS
from gaigai_cli.model.labels import in_words
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import (
    FIELDS,
    FIXED_FIELDS,
    Milestone,
    Record,
    label,
)
from gaigai_cli.words.typed import meant
from gaigai_cli.work import values
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.evidence import EvidenceFiles
from gaigai_cli.work.questions import (
    Question,
    Questions,
    milestone_words,
    needed,
    only,
    text,
)
from gaigai_cli.work.transaction import Transaction, one_record

LONG: Final = ("summary", "problems", "late_reason", "next", "reason")
"""Fields that may be several lines."""
_SHORTEST: Final = 4
_FIXED: Final = frozenset({"unit", "单位", "编号", "记录编号", "种类", "记录种类", "代录方式"})
_YES_OR_NO: Final = {"是": True, "否": False}
_FLAGS: Final = frozenset({"not_started", "urgent"})


def correction_questions(ask: Questions) -> list[Question]:
    """Return what every 更正 says, besides what it changes."""
    return needed(CORRECTION, [text("reason", words="更正理由"), ask.by(), ask.date()])


def changeable(record: Record) -> list[str]:
    """Return the fields of a record that a 更正 may set, in the model's order."""
    allowed = KINDS[record.kind].fields | {"date", "by"}
    return [name for name in FIELDS if name in allowed - FIXED_FIELDS]


def current_record(directory: Directory, entry: Entry, *, void: bool) -> Record:
    """Return the record as corrected by now.

    Raises ``GaigaiError`` where it is void already, or a 更正 itself, unless that is to be ``void`` and nobody else has
    it yet.
    """
    record, judge = entry.record, directory.judge
    if record.kind != CORRECTION:
        standing = judge.records.by_id.get(record.id)
        found = standing.record if standing else None
    elif not (unsent := record.id in unsent_ids(directory.data, judge.ledger)) or not void:
        other = "；它还没有送出，也可以作废（--void）" if unsent else ""
        raise GaigaiError(
            f"{record.id}本身是更正，不能再更正",
            f"请对最初的记录{record.corrects}另记一条更正{other}",
        )
    else:
        found = None if record.id in judge.ledger.voided else record
    if found is None:
        raise GaigaiError(f"{record.id}已经作废", "不必再更正")
    return found


def record_named(directory: Directory, word: str) -> Entry:
    """Return the record whose number is typed, whole or the few characters at its start or end that tell it."""
    known = directory.ledger.by_record
    given = word.strip()
    if given in known:
        return known[given]
    found = [e for i, e in known.items() if i.endswith(given) or i.startswith(given)]
    if len(given) < _SHORTEST or not found:
        raise GaigaiError(
            f"没有编号为“{word}”的记录", "运行 gaigai show 事项编号 查看各条记录的编号"
        )
    if len(found) > 1:
        ids = "、".join(entry.record.id for entry in found[:3])
        raise GaigaiError(f"编号含“{word}”的记录有{len(found)}条", f"请写得完整一些：{ids}…")
    return found[0]


def demand_own(directory: Directory, entry: Entry) -> None:
    """Raise ``GaigaiError`` where the person works for another unit than the record's, unless the office entered it."""
    own, office = directory.own_unit, directory.ledger.office
    if own in (None, entry.unit) or (own == office and entry.record.via is not None):
        return
    raise GaigaiError(
        f"{entry.record.id}是{entry.unit}的记录，{own}不能更正", f"请由{entry.unit}更正"
    )


def is_correctable(directory: Directory, entry: Entry) -> bool:
    """Return whether the person may correct the record, and it can be."""
    try:
        demand_own(directory, entry)
        current_record(directory, entry, void=False)
    except GaigaiError:
        return False
    return True


def read_changes(
    directory: Directory, record: Record, words: Sequence[str], files: EvidenceFiles
) -> dict[str, Any]:
    """Return what ``字段=内容`` words say, by field; lists and figures given several times are taken together."""
    given: dict[str, list[str]] = {}
    figures: list[str] = []
    names = {word: name for name in changeable(record) for word in (name, label(name))}
    ask = asking(directory, record, files)
    for word in words:
        key, sign, value = word.partition("=")
        key = key.strip()
        if not sign or not value.strip():
            raise miswritten("--set", f"“{word}”", "应写成 字段=内容 的样子，内容不能是空的")
        figure = key.removeprefix("metrics.")
        if figure in {word for one in ask.indicators for word in (one.id, one.name)}:
            figures.append(f"{figure}={value}")
        elif names.get(key) == "metrics":
            figures.append(value)
        elif key in names:
            given.setdefault(names[key], []).append(value.strip())
        else:
            raise _no_field(record, key, names)
    changes = {name: _value(ask, name, said) for name, said in given.items()}
    if figures:
        changes["metrics"] = {**(record.metrics or {}), **ask.metrics().read(figures)}
    return changes


def asking(directory: Directory, record: Record, files: EvidenceFiles | None) -> Questions:
    """Return what makes the questions what the fields of a record become."""
    listed = record.item in directory.ledger.tasks.by_id
    item = directory.judged(record.item) if record.item and listed else None
    return Questions(directory, item, files, lambda name: f"“{label(name)}”", record.date)


def _no_field(record: Record, key: str, names: Mapping[str, str]) -> GaigaiError:
    if key in FIXED_FIELDS | _FIXED:
        return GaigaiError(f"更正不能改动“{key}”", "请将原记录作废（--void），另记一条")
    known = "、".join(label(name) for name in changeable(record))
    return GaigaiError(f"{record.kind}没有“{key}”这一项", f"{meant(key, names)}可改的有{known}")


def change_question(ask: Questions, name: str) -> Question:
    """Return the question what a field becomes; what is said by being there is answered by yes or no."""
    if name == "answers":
        return Question(name, partial(_numbers, ask.directory), many=True)
    if name in LONG:
        return text(name, long=True)
    if name not in _FLAGS:
        return ask.of(name)

    def read(words: str) -> bool:
        return _YES_OR_NO[values.choice(words, _YES_OR_NO, ask.named(name))]

    return Question(name, only(read), "choice", choices=tuple((word, word) for word in _YES_OR_NO))


def _numbers(directory: Directory, given: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(record_named(directory, word).record.id for word in given))


def typed(question: Question, value: object) -> str:
    """Return what a field is now in the words of an answer; what is typed one a line stands so."""
    if isinstance(value, tuple) and question.form == "words":
        return "\n".join(milestone_words(v) if isinstance(v, Milestone) else str(v) for v in value)
    return in_words(value)


def _value(ask: Questions, name: str, words: list[str]) -> Any:
    question = change_question(ask, name)
    if len(words) > 1 and not question.many:
        raise GaigaiError(f"{ask.named(name)}写了不止一次", "请只留一个")
    return question.read(words)


def correction(
    directory: Directory,
    entry: Entry,
    changes: Mapping[str, Any] | None,
    said: Mapping[str, Any],
    files: EvidenceFiles,
) -> Transaction:
    """Return the transaction that corrects a record: ``changes`` by field, None where the record is void."""
    fields: dict[str, Any] = {"corrects": entry.record.id, "item": None}
    if entry.unit != directory.own_unit:
        # What the office entered for a unit it corrects for the unit, too.
        fields["via"] = entry.record.via
    fields |= {"void": True} if changes is None else {"set": changes}
    return one_record(directory, CORRECTION, entry.unit, {**fields, **said}, files)
