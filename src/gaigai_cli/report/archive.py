"""A bulletin as plain values that JSON can hold, and back: what is kept of one that was issued."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gaigai_cli.model.base import adapter
from gaigai_cli.report.monthly_report import MonthlyReport
from gaigai_cli.report.wording import we


@dataclass(frozen=True, slots=True)
class SignedFile:
    """The signed file beside an archive, and the SHA-256 that it had."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Made:
    """What the program itself makes: the SHA-256 of its bytes in ``format``.

    ``template`` is the SHA-256 of the office's own template. ``scored``: 考核情况 is part of it.
    """

    format: str
    sha256: str
    letterhead: bool
    template: str | None
    scored: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What is kept of an issued bulletin: its number and days, what made it, the signed file and the whole report.

    ``commit``: the commit whose data it was made of, None where they weren't committed as they were. ``newest``: the id
    of the newest record that was known, empty for none. ``revokes``: the number of the bulletin in whose place it
    stands, None where it is the first.
    """

    period: str
    number: str
    issued: date
    printed: date
    program: str
    commit: str | None
    newest: str
    revokes: str | None
    file: SignedFile
    made: Made
    report: MonthlyReport


def issued_report(
    report: MonthlyReport,
    number: str,
    day: date,
    printed: date,
    revokes: str | None,
    *,
    office: str,
) -> MonthlyReport:
    """Return the report of an office with number and days of its issue; one that revokes another says so."""
    opening = report.opening
    if revokes:
        opening += f"原《{report.title}》（{revokes}）现予撤销，请将原件退回{we(report.signer, office)}，以本通报为准。"
    return replace(report, number=number, day=day, printed=printed, opening=opening)


def unarchived(value: Any) -> Archive:
    """Return what was kept of an issued bulletin. Raises ``ValueError`` for anything else."""
    try:
        archive: Archive = rebuilt(Archive, value)
    except ValueError as error:
        raise ValueError("no issued bulletin") from error
    return archive


def plain(value: Any) -> Any:
    """Return a value of reports as JSON holds it."""
    kind: Any = type(value)
    return adapter(kind).dump_python(value, mode="json")


def rebuilt(kind: Any, value: Any) -> Any:
    """Return the value of type ``kind`` that `plain` made ``value`` of. Raises ``ValueError`` for others."""
    return adapter(kind).validate_json(json.dumps(value), strict=True)
