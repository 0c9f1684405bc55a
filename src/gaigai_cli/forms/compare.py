"""A returned form compared with what is recorded: nothing new, something changed, a new record; who has reported."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple

from gaigai_cli.forms.cells import text_of
from gaigai_cli.forms.form import asked_of, indicators_asked
from gaigai_cli.forms.instructed import paper_of
from gaigai_cli.forms.returned import Returned, names_meant
from gaigai_cli.judge.judgement import Judge, Judgement
from gaigai_cli.model.kinds import APPLICATIONS, CLOSE_OUT, CORRECTION, REPORT, REPORTING
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import Evidence, EvidenceFile, Record, label
from gaigai_cli.query.instructions import instructions
from gaigai_cli.record.new_record import Intention
from gaigai_cli.words.normal import bare
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import FIGURES_ONLY

_SAID: Final = (
    "summary", "percent", "problems", "coordinate", "completed", "late_reason", "next", "metrics", "evidence", "due",
    "reason", "not_started",
)  # fmt: skip
_SHARED: Final = ("by", "via", "source")


def unrecorded(intention: Intention, judge: Judge, reason: str) -> Intention | None:
    """Return the intention as far as it is new: itself, a 更正 of what an earlier return of the form said, or None.

    What a unit has said in the same words counts as recorded, whichever way it came, and so does a file that was
    collected before, even if a later one has changed what it said. A 更正 is for a record that
    came from a form too, and of applications for one that still waits. An answer to an instruction is compared with
    those before it, whatever their month.
    """
    known = list(_alike(intention, judge))
    said = {name: intention.fields[name] for name in _SAID if name in intention.fields}
    if any(not _changed(said, entry.record) for entry in known):
        return None
    if _was_collected(intention, {entry.record.id for entry in known}, judge):
        return None
    live = [
        entry
        for entry in known
        if from_form(entry.record)
        and (intention.kind not in APPLICATIONS or waits(entry, intention.date, judge))
    ]
    if not live:
        return intention
    latest = max(live, key=lambda entry: entry.record.id)
    shared = {n: intention.fields[n] for n in _SHARED if n in intention.fields}
    fields = {
        "corrects": latest.record.id,
        "reason": reason,
        "set": _changed(said, latest.record),
        **shared,
    }
    return Intention(CORRECTION, intention.unit, intention.date, fields)


def from_form(record: Record) -> bool:
    """Return whether a record came from a form: not from a letter or a call that the office entered with a file."""
    return record.source is not None and record.via in (None, "报表")


def _alike(intention: Intention, judge: Judge) -> Iterator[Entry]:
    """Yield what the unit recorded by the same kind of record: of the item for the month, or of the instruction."""
    answered = intention.fields.get("answers")
    about = (intention.kind, intention.item, answered)
    month = intention.fields.get("period") or f"{intention.date:%Y-%m}"
    for entry in judge.records.entries:
        record = entry.record
        if (record.kind, record.item, record.answers) != about:
            continue
        unit = judge.ledger.answerer(entry) if answered else entry.unit
        if unit == intention.unit and (answered or record.month == month):
            yield entry


def _was_collected(intention: Intention, known: set[str], judge: Judge) -> bool:
    """Return whether this very file gave such a record before, whatever a later one has made of it."""
    source = intention.fields.get("source")
    if source is None:
        return False
    return any(
        entry.record.source is not None
        and entry.record.source.sha256 == source.sha256
        and not known.isdisjoint((entry.record.id, entry.record.corrects))
        for entry in judge.ledger.entries
        if entry.unit == intention.unit
    )


def waits(application: Entry, day: date, judge: Judge) -> bool:
    """Return whether an application still waits for its ruling on a day."""
    record = application.record
    state = judge.state(record.item or "", day)
    if state is None:
        return False
    waiting = state.applications if record.kind == CLOSE_OUT else state.extensions
    return any(e.record.id == record.id for e in waiting)


def _changed(said: Mapping[str, Any], record: Record) -> dict[str, Any]:
    """Return what the form says otherwise than the record; what it doesn't say any more is left, figure by figure."""
    if said.get("metrics") and record.metrics:
        said = {**said, "metrics": {**record.metrics, **said["metrics"]}}
    if said.get("evidence") and record.evidence:
        known = {PurePosixPath(e.file).name: e for e in record.evidence if not isinstance(e, str)}
        meant = (_file_of(one, known) for one in said["evidence"])
        said = {**said, "evidence": tuple(meant)}
    return {
        name: value for name, value in said.items() if same(value) != same(getattr(record, name))
    }


def _file_of(one: Evidence, known: Mapping[str, EvidenceFile]) -> Evidence:
    """Return the file that was kept when the form came with it, where only its name has come this time."""
    names = () if isinstance(one, EvidenceFile) else names_meant(one)
    return next((known[name] for name in names if name in known), one)


def same(value: Any) -> Any:
    """Return a value in the form in which it is compared: blanks, widths and file names aside."""
    if isinstance(value, str):
        return bare(text_of(value))
    if isinstance(value, EvidenceFile):
        return value.sha256
    if isinstance(value, Mapping):
        return {key: same(child) for key, child in value.items()}
    if isinstance(value, tuple | list):
        return [same(child) for child in value]
    return value


_CELLS: Final = (
    "summary", "percent", "problems", "coordinate", "completed", "late_reason", "next", "evidence",
)  # fmt: skip
"""Fields of a record that have a column of their name."""


def tell_emptied(returned: Returned, unit: str, day: date, judge: Judge) -> None:
    """Tell item by item which cells are empty now; nothing for a file that was collected before.

    ``judge`` judges what was recorded before this return.
    """
    mine = [e for e in judge.ledger.entries if e.unit == unit and e.record.source is not None]
    if any(e.record.source and e.record.source.sha256 == returned.sha256 for e in mine):
        return
    latest: dict[tuple[str | None, str], Entry] = {}
    for entry in judge.records.entries:
        record = entry.record
        if _answers(entry, unit, returned.mark.month) and from_form(record):
            latest[record.item, record.kind] = entry
    for entry in latest.values():
        record = entry.record
        if record.item in returned.contested:
            continue
        if record.kind != REPORT and "apply" not in returned.of(record.item or ""):
            if waits(entry, day, judge):
                words = f"{record.item}以前登记的{record.kind}这次没有选，原申请仍然有效"
                command = "done" if record.kind == CLOSE_OUT else "extend"
                remedy = f"要撤回请用 gaigai {command} {record.item} --take-back"
                returned.tell("", f"{words}；{remedy}", "note")
            continue
        names = list(_emptied(returned, record))
        if names:
            words = f"{record.item}以前登记的{'、'.join(names)}这次空着，原记录没有改动"
            returned.tell("", f"{words}；要更正请用 gaigai correct {record.id}", "note")


def _emptied(returned: Returned, record: Record) -> Iterator[str]:
    answers = returned.of(record.item or "")
    for name in _CELLS:
        by_program = name == "summary" and str(record.summary).startswith(FIGURES_ONLY)
        if getattr(record, name) is not None and name not in answers and not by_program:
            yield label(name)
    given = {key.split("|")[1] for key in returned.figures(record.item or "")}
    if any(indicator not in given for indicator in record.metrics or {}):
        yield label("metrics")


class Standing(NamedTuple):
    """A unit and a month: how it reported, of how many items, and of which it said nothing.

    ``how`` is 报表, 自行记录, 代录 (the office entered a letter or a call), 待登记 (returned, nothing recorded of it
    yet), 空表 (returned with nothing in it) or 未交. ``figures`` are the indicators whose numbers a report of their
    item lacks, ``unanswered`` what leaders and meetings have demanded by the month's end and it hasn't answered.
    """

    unit: str
    how: str
    asked: int
    empty: tuple[str, ...]
    figures: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()

    @property
    def reported(self) -> bool:
        """Whether anything of it is recorded: an empty form says nothing, another isn't read yet."""
        return self.how in ("报表", "自行记录", "代录")


def standings(
    judgement: Judgement, month: Period, returned: Iterable[Returned]
) -> Iterator[Standing]:
    """Yield every unit that open items name, or that has an instruction to answer, in the list's order of units."""
    files: dict[str, list[Returned]] = {}
    for one in returned:
        if one.mark.month == month:
            unit = judgement.ledger.units.canonical(one.mark.unit)
            files.setdefault(unit, []).append(one)
    asked = [one for one in instructions(judgement) if one.record.date <= month.last]
    for unit in (one.name for one in judgement.ledger.units.all):
        items = [item for item in judgement.items if asked_of(item, unit, month)]
        answered = [
            e for item in judgement.items for e in item.state.entries if _answers(e, unit, month)
        ]
        unanswered = tuple(paper_of(one.record) for one in asked if unit in one.missing)
        replies = [
            entry
            for one in asked
            for entry in one.replies
            if entry.unit == unit and entry.record.month == str(month)
        ]
        if not items and not answered and not unanswered and not replies:
            continue
        heard = {entry.record.item for entry in answered}
        empty = tuple(item.id for item in items if item.id not in heard)
        given = {
            (entry.record.item, metric)
            for entry in answered
            for metric in entry.record.metrics or {}
        }
        figures = tuple(
            f"{item.id}{indicator.name}"
            for item in items
            for indicator in indicators_asked(item, unit)
            if item.id in heard
            and indicator.measure != "entries"
            and (item.id, indicator.id) not in given
        )
        how = _how([*answered, *replies], files.get(unit, []))
        yield Standing(unit, how, len({*heard, *(i.id for i in items)}), empty, figures, unanswered)


def _answers(entry: Entry, unit: str, month: Period) -> bool:
    record = entry.record
    return entry.unit == unit and record.month == str(month) and record.kind in REPORTING


def _how(answered: list[Entry], files: list[Returned]) -> str:
    if any(from_form(entry.record) for entry in answered):
        return "报表"
    if answered:
        return "自行记录" if any(entry.record.via is None for entry in answered) else "代录"
    if not files:
        return "未交"
    filled = any(any(one.answers.values()) for one in files)
    return "待登记" if filled else "空表"
