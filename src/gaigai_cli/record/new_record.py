"""An intention made into a record: its number, and the log that it goes to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from pydantic import ValidationError

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.kinds import KindName
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import Record, as_record, faults, label
from gaigai_cli.store.names import PROGRESS

_RANDOM_BYTES: Final = 4
STAMP: Final = "%Y%m%d-%H%M%S"
"""How a number begins: the moment of recording."""


@dataclass(frozen=True, slots=True)
class Intention:
    """What somebody wants to record in the log of ``unit``; ``fields`` are the record's, without its number."""

    kind: KindName
    unit: str
    date: date
    fields: Mapping[str, Any]

    @property
    def item(self) -> str | None:
        """The item that it is about."""
        item: str | None = self.fields.get("item")
        return item


class NotARecord(GaigaiError):  # noqa: N818 - named for what it says
    """Fields that make no sound record, whatever else stands in the ledger."""


def new_entry(intention: Intention, ledger: Ledger, *, now: datetime, random: bytes) -> Entry:
    """Return the record of an intention in its log, recorded ``now`` (UTC+8); ``random`` are the bytes of its number.

    Raises `NotARecord` where a field is missing, of the wrong form, or none of this kind's.
    """
    own = [entry for entry in ledger.entries if entry.unit == intention.unit]
    given = {name: value for name, value in intention.fields.items() if value is not None}
    given |= {
        "id": _number(own, now, random),
        "date": intention.date,
        "kind": intention.kind,
    }
    record = _record(given)
    unit, file = intention.unit, log_of(intention.unit, record.by, ledger)
    index = max((e.index for e in ledger.entries if e.file == file), default=-1) + 1
    log_unit = ledger.units.own_name(unit) if ledger.departments.reforms else ""
    place = ledger.departments.at_last.place(unit)
    return Entry(record, unit, file, index, log_unit=log_unit, place=place)


def _record(given: Mapping[str, Any]) -> Record:
    try:
        record = as_record(given)
    except ValidationError as error:
        raise NotARecord("；".join(_wrong_forms(error)), "请改正后再记") from None
    found = list(faults(record))
    if found:
        remedies = dict.fromkeys(fault.remedy for fault in found)
        raise NotARecord("；".join(fault.message for fault in found), "；".join(remedies))
    return record


def _wrong_forms(error: ValidationError) -> Iterator[str]:
    """Yield Chinese sentences about values of the wrong form; pydantic's own words are never shown."""
    for fault in error.errors(include_url=False):
        name = str(fault["loc"][0]) if fault["loc"] else ""
        ours = "-" in fault["type"]
        yield fault["msg"] if ours else f"“{label(name)}”（{name}）的写法不对"


def _number(own: list[Entry], now: datetime, random: bytes) -> str:
    """Return time and random bits. A second in which the unit has recorded already is passed over.

    So records of one unit stay in the order in which they were made, even those of one command.
    """
    taken = {entry.record.moment for entry in own}
    while now.strftime(STAMP) in taken:
        now += timedelta(seconds=1)
    return f"{now.strftime(STAMP)}-{random[:_RANDOM_BYTES].hex()}"


def log_of(unit: str, by: str | None, ledger: Ledger) -> str:
    """Return the log that a record by ``by`` for ``unit`` goes to.

    Where a unit has several logs (one a person), it is the one in which this person recorded last, else the one that
    bears the person's name; everybody else writes to the unit's own log, ``progress/县财政局.yaml``. A unit that
    was renamed, or still answers after a reform, goes on in the log that it had; one that took others over never
    writes in theirs.
    """
    units, body = ledger.units, ledger.units.body(unit)
    own = [entry for entry in ledger.entries if units.body(entry.log_unit or entry.unit) == body]
    logs = {entry.file for entry in own}
    listed = units.own_name(unit)
    default = f"{PROGRESS}/{listed}.yaml"
    if by is not None:
        used = [entry for entry in own if entry.record.by == by and entry.record.via is None]
        if used and len(logs) > 1:
            return max(used, key=lambda entry: entry.record.id).file
        named = f"{PROGRESS}/{listed}/{by}.yaml"
        if named in ledger.sources:
            return named
    return logs.pop() if len(logs) == 1 and default not in ledger.sources else default
