"""What is wrong with records whatever the day; an error takes the record out of judgement."""

from collections.abc import Callable, Iterator
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from gaigai_cli.judge.checks import content, files
from gaigai_cli.judge.checks.decided import decided
from gaigai_cli.judge.checks.making import UNKNOWN_UNIT, AtFault, RecordCheck, about, unknown_unit
from gaigai_cli.judge.corrections import Records, corrections, read_records
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.labels import UNKNOWN
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import FIXED_FIELDS, Record, corrected, faults, label


def unknown_log_unit(ledger: Ledger) -> Iterator[Finding]:
    """Find a log of a unit that nobody knows: one finding a file."""
    known = ledger.units.by_name
    for file, unit in ledger.logs.items():
        if unit not in known:
            message, remedy = unknown_unit(ledger, unit)
            yield Finding(UNKNOWN_UNIT, "error", message, ledger.place(file, "unit"), remedy)


def duplicate_id(ledger: Ledger) -> Iterator[Finding]:
    """Find an id that an earlier record has already: a repetition if they are equal, else an error."""
    first = ledger.by_record
    if len(first) == len(ledger.entries):
        return
    for entry in ledger.entries:
        other = first[entry.record.id]
        if other is entry:
            continue
        place = ledger.place_of(other, "id")
        where = f"{place.file}第{place.line}行"
        if other.unit == entry.unit and other.record == entry.record:
            code, message = "repeated-record", f"与{where}的记录完全相同，只计一次"
            remedy = "多半是合并时留下的，请删去其中一条"
            yield about(ledger, entry, ("id",), code, message, remedy=remedy, severity="warning")
        else:
            twist = "内容却不同" if other.unit == entry.unit else "却是别的单位的记录"
            code, message = "duplicate-id", f"编号{entry.record.id}与{where}的记录相同，{twist}"
            remedy = "请给后记的一条换一个编号；是改前一条的，请另记更正"
            yield about(ledger, entry, ("id",), code, message, remedy=remedy)


def dangling_reference(ledger: Ledger) -> Iterator[AtFault]:
    """Find a record that answers or corrects an id that no record has."""
    known = ledger.by_record
    for entry in ledger.entries:
        record = entry.record
        if record.answers is None and record.corrects is None:
            continue
        for name in ("answers", "corrects"):
            given = getattr(record, name) or ()
            for index, reference in enumerate((given,) if isinstance(given, str) else given):
                if reference not in known:
                    path = (name,) if isinstance(given, str) else (name, index)
                    message = f"没有编号为“{reference}”的记录"
                    remedy = "请核对编号；该记录有错未采用的，请先改正；在别处尚未合并的，请先合并"
                    yield entry, path, message, remedy


def correction_of_correction(ledger: Ledger) -> Iterator[AtFault]:
    """Find a 更正 that corrects a 更正; only making void a 更正 that voids nothing itself is allowed."""
    known = ledger.by_record
    for entry, original in _corrections(ledger):
        first = known.get(original.record.corrects or "")
        of_a_record = first is None or first.record.kind != "更正"
        if original.record.kind == "更正" and not (entry.record.void and of_a_record):
            remedy = "请对最初的记录另记一条更正，后一条更正以编号在后者为准；还没有送出的可以作废"
            yield entry, ("corrects",), f"{original.record.id}本身是更正，不能再更正", remedy


def foreign_correction(ledger: Ledger) -> Iterator[AtFault]:
    """Find a 更正 of a record in another unit's log."""
    for entry, original in _corrections(ledger):
        if _foreign(entry, original):
            message = f"{original.record.id}是{original.unit}的记录，{entry.unit}不能更正"
            yield entry, ("corrects",), message, "请由原记录单位更正"


def bad_correction(ledger: Ledger) -> Iterator[AtFault]:
    """Find a 更正 after which the record would not be a sound one; each is held against the ones before it."""
    for reference, changes in corrections(ledger).items():
        original = ledger.by_record.get(reference)
        if original is None or original.record.kind == "更正":
            continue
        record = original.record
        for change in changes:
            fields = change.record.set
            # Of fields that may not be set the store tells.
            if _foreign(change, original) or fields is None or FIXED_FIELDS & fields.keys():
                continue
            result = _result(record, change.record)
            if isinstance(result, Record):
                record = result
                continue
            path, message, remedy = result
            yield change, ("set", *path), message, remedy


def _corrections(ledger: Ledger) -> Iterator[tuple[Entry, Entry]]:
    """Yield every 更正 with the record that it corrects."""
    for entry in ledger.corrections:
        original = ledger.by_record.get(entry.record.corrects or "")
        if original is not None:
            yield entry, original


def _foreign(change: Entry, original: Entry) -> bool:
    """Return whether a 更正 is of another unit's record, and of another's to answer for."""
    return change.unit != original.unit and change.owner != original.owner


def _result(record: Record, change: Record) -> Record | tuple[tuple[str | int, ...], str, str]:
    """Return the record as corrected, or the path in ``set``, message and remedy of the first thing wrong with it."""
    try:
        result = corrected(record, change.set or {})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = tuple(first["loc"])
        name = str(path[0]) if path else ""
        if first["type"] in UNKNOWN:
            return path, f"记录没有“{name}”这一项，不能更正", "请核对字段名；单位和日志不能更正"
        return path[:1], f"更正后“{label(name)}”（{name}）的写法不对", _why(first)
    for fault in faults(result):
        return fault.path, f"更正后的记录不成立：{fault.message}", fault.remedy
    return result


def _why(error: ErrorDetails) -> str:
    """Return why a value is wrong: our own Chinese words, never the library's English ones."""
    limits = error.get("ctx", {})
    if "le" in limits:
        return f"不能大于{limits['le']}"
    if "expected" in limits:
        return f"可写：{limits['expected'].replace(' or ', '、').replace(', ', '、')}"
    words = error["msg"]
    return "请对照数据格式说明改正" if words.isascii() else f"请改正：{words}"


LOG_CHECKS: Final[tuple[Callable[[Ledger], Iterator[Finding]], ...]] = (
    unknown_log_unit,
    duplicate_id,
    RecordCheck("dangling-reference", dangling_reference).findings,
    RecordCheck("correction-of-correction", correction_of_correction).findings,
    RecordCheck("foreign-correction", foreign_correction).findings,
    RecordCheck("bad-correction", bad_correction).findings,
    decided,
)


RECORD_CHECKS: Final = (
    RecordCheck("unknown-item", content.unknown_item),
    RecordCheck(UNKNOWN_UNIT, content.unknown_record_unit),
    RecordCheck("ruling-outside-office", content.ruling_outside_office),
    RecordCheck("before-issue", content.before_issue),
    RecordCheck("date-before-year", content.date_before_year),
    RecordCheck("date-after-recording", content.date_after_recording, "warning"),
    RecordCheck("unknown-stage", content.unknown_stage),
    RecordCheck("percent-unused", content.percent_unused, "warning"),
    RecordCheck("wrong-reference", content.wrong_reference),
    RecordCheck("answer-too-early", content.answer_too_early),
    RecordCheck("no-approver", content.merit_without_approver, "warning"),
    RecordCheck("nothing-to-coordinate", content.nothing_to_coordinate, "warning"),
    RecordCheck(content.SAYS_NOTHING, content.says_nothing, "warning"),
    RecordCheck("missing-field", content.instruction_to_nobody),
    RecordCheck("already-read", content.instruction_ended),
    RecordCheck("unknown-metric", content.unknown_metric),
    RecordCheck("metric-form", content.metric_form),
    RecordCheck("not-provider", content.not_provider, "warning"),
    RecordCheck("evidence-outside", files.evidence_outside),
    RecordCheck("evidence-missing", files.evidence_missing),
)
"""Checks of the records as corrected; those of ids and corrections (``LOG_CHECKS``) come before."""


def examine(ledger: Ledger) -> tuple[Records, tuple[Finding, ...]]:
    """Return the records as corrected by every sound 更正, and what is wrong with records and corrections."""
    written = [finding for check in LOG_CHECKS for finding in check(ledger)]
    records = read_records(ledger, written)
    said = (finding for check in RECORD_CHECKS for finding in check.findings(records))
    return records, (*written, *said)
