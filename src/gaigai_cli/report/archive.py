"""A bulletin as plain values that JSON can hold, and back: what is kept of one that was issued."""

import json
from dataclasses import fields, replace
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter

from gaigai_cli.report.monthly_report import MonthlyReport

PARTS: Final = {
    "totals": "总体数字",
    "sections": "正文",
    "ledger": "任务台账",
    "units": "各单位情况",
    "indicators": "指标",
}


class Issue(NamedTuple):
    """The facts kept with an issued report: its number and days, what made it, and the signed file beside it.

    ``commit``: the commit whose data it was made of, None where they weren't committed as they were. ``made`` is the
    SHA-256 of the bytes that the program itself made in ``format``; ``template`` that of the office's own template.
    ``scored``: 考核情况 is part of it. ``newest``: the id of the newest record that was known. ``revokes``: the number
    of the bulletin in whose place it stands, None where it is the first.
    """

    number: str
    day: date
    printed: date
    program: str
    commit: str | None
    file: str
    sha256: str
    format: str
    made: str
    letterhead: bool
    template: str | None
    scored: bool
    newest: str
    revokes: str | None = None


def issued_report(
    report: MonthlyReport, number: str, day: date, printed: date, revokes: str | None = None
) -> MonthlyReport:
    """Return the report with the number and days that it was issued with; one that revokes another says so."""
    opening = report.opening
    if revokes:
        opening += f"原《{report.title}》（{revokes}）现予撤销，请将原件退回我办，以本通报为准。"
    return replace(report, number=number, day=day, printed=printed, opening=opening)


def archived(report: MonthlyReport, issue: Issue) -> dict[str, Any]:
    """Return the whole value as JSON holds it; the head is what the store reads."""
    return {
        "period": str(report.period),
        "number": issue.number,
        "issued": issue.day.isoformat(),
        "printed": issue.printed.isoformat(),
        "program": issue.program,
        "commit": issue.commit,
        "newest": issue.newest,
        "revokes": issue.revokes,
        "file": {"name": issue.file, "sha256": issue.sha256},
        "made": {
            "format": issue.format,
            "sha256": issue.made,
            "letterhead": issue.letterhead,
            "template": issue.template,
            "scored": issue.scored,
        },
        "report": plain(report),
    }


def unarchived(value: dict[str, Any]) -> tuple[MonthlyReport, Issue]:
    """Return the report and what was kept with it. Raises ``ValueError`` for anything else."""
    try:
        made = value["made"]
        issue = Issue(
            number=value["number"],
            day=date.fromisoformat(value["issued"]),
            printed=date.fromisoformat(value.get("printed", value["issued"])),
            program=value["program"],
            commit=value["commit"],
            file=value["file"]["name"],
            sha256=value["file"]["sha256"],
            format=made["format"],
            made=made["sha256"],
            letterhead=made["letterhead"],
            template=made["template"],
            scored=made["scored"],
            newest=value.get("newest", ""),
            revokes=value.get("revokes"),
        )
        report: MonthlyReport = rebuilt(MonthlyReport, value["report"])
        return report, issue
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError("no issued bulletin") from error


def differences(one: MonthlyReport, other: MonthlyReport, *, words: bool) -> tuple[str, ...]:
    """Return the parts in which two reports differ, in words; without ``words`` only their figures and days count.

    Another version of the program may say the same otherwise, and give other lights.
    """
    was, now = map(_whole if words else _figures, (one, other))
    names = (name for name in was if was[name] != now[name])
    return tuple(dict.fromkeys(PARTS.get(name, "标题、文号等") for name in names))


def _whole(report: MonthlyReport) -> dict[str, Any]:
    return {f.name: getattr(report, f.name) for f in fields(report)}


def _figures(report: MonthlyReport) -> dict[str, Any]:
    """Return what follows from the records whatever the words: numbers of items and units, days, reported values."""
    return {
        "totals": replace(report.totals, lights=(), indicators=()),
        "ledger": [(row.id, row.due, row.finished, row.closed) for row in report.ledger],
        "units": report.units,
        "indicators": [(row.id, row.name, row.value) for row in report.indicators],
    }


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def plain(value: Any) -> Any:
    """Return a value of reports as JSON holds it."""
    kind: Any = type(value)
    return _adapter(kind).dump_python(value, mode="json")


def rebuilt(kind: Any, value: Any) -> Any:
    """Return the value of type ``kind`` that `plain` made ``value`` of. Raises ``ValueError`` for others."""
    return _adapter(kind).validate_json(json.dumps(value), strict=True)
