"""A bulletin as plain values that JSON can hold, and back: what is kept of one that was issued."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, Final, NamedTuple, get_args, get_origin, get_type_hints

from gaigai_cli.report.monthly_report import MonthlyReport
from gaigai_cli.report.period import Month, Period, Span, period_of

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
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError("no issued bulletin") from error


def differences(one: MonthlyReport, other: MonthlyReport) -> tuple[str, ...]:
    """Return the parts in which two reports differ, in words."""
    names = [f.name for f in fields(one) if getattr(one, f.name) != getattr(other, f.name)]
    return tuple(dict.fromkeys(PARTS.get(name, "标题、文号等") for name in names))


def plain(value: Any) -> Any:
    """Return a value of reports as JSON holds it."""
    if isinstance(value, Month | Span):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


def rebuilt(kind: Any, value: Any) -> Any:
    """Return the value of type ``kind`` that ``plain`` made ``value`` of.

    Raises ``TypeError`` and the like for others.
    """
    if kind == Period or kind is Month:
        return _period(value)
    if get_origin(kind) is UnionType:
        (inner,) = (part for part in get_args(kind) if part is not type(None))
        return None if value is None else rebuilt(inner, value)
    if get_origin(kind) is tuple:
        parts = get_args(kind)
        kinds = [parts[0]] * len(value) if parts[-1] is ... else parts
        return tuple(rebuilt(k, v) for k, v in zip(kinds, value, strict=True))
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: rebuilt(hints[name], inner) for name, inner in value.items()})  # type: ignore[operator]
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal:
        return Decimal(value)
    if not isinstance(value, kind):
        raise TypeError(kind)
    return value


def _period(words: str) -> Period:
    found = period_of(words)
    if found is None:
        raise TypeError(words)
    return found
