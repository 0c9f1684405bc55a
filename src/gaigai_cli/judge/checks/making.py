"""How a check makes its findings."""

from typing import Final

from gaigai_cli.judge.corrections import Records
from gaigai_cli.model.finding import Finding, Severity
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.words.typed import meant


def about(
    records: Records,
    entry: Entry,
    path: tuple[str | int, ...],
    code: str,
    message: str,
    *,
    remedy: str,
    severity: Severity = "error",
) -> Finding:
    """Return a finding about a record as corrected, at the value under ``path``."""
    place = records.place(entry, *path)
    return Finding(code, severity, message, place, remedy, (entry.file, entry.index))


def about_written(
    ledger: Ledger,
    entry: Entry,
    path: tuple[str | int, ...],
    code: str,
    message: str,
    *,
    remedy: str,
    severity: Severity = "error",
) -> Finding:
    """Return a finding about a record as it stands in its log, before any 更正."""
    place = ledger.place_of(entry, *path)
    return Finding(code, severity, message, place, remedy, (entry.file, entry.index))


UNKNOWN_UNIT: Final = "unknown-unit"


def unknown_unit(ledger: Ledger, name: str) -> tuple[str, str]:
    """Return message and remedy for a unit that ``departments.yaml`` doesn't know."""
    remedy = meant(name, ledger.units.by_name)
    return f"没有“{name}”这个单位", f"{remedy}确有此单位的，请先写入 departments.yaml"
