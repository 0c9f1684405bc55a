"""How a check makes its findings."""

from typing import Final, Protocol

from gaigai_cli.model.finding import Finding, Location, Path, Severity
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.words.typed import meant


class Places(Protocol):
    """What knows where a record stands: a ledger as it is written, or its records as corrected."""

    def place_of(self, entry: Entry, *path: str | int) -> Location:
        """Return where a record, or a field of it, stands."""
        ...


def about(
    known: Places,
    entry: Entry,
    path: Path,
    code: str,
    message: str,
    *,
    remedy: str,
    severity: Severity = "error",
) -> Finding:
    """Return a finding about a record, at the value under ``path``."""
    place = known.place_of(entry, *path)
    return Finding(code, severity, message, place, remedy, (entry.file, entry.index))


UNKNOWN_UNIT: Final = "unknown-unit"


def unknown_unit(ledger: Ledger, name: str) -> tuple[str, str]:
    """Return message and remedy for a unit that ``departments.yaml`` doesn't know."""
    remedy = meant(name, ledger.units.by_name)
    return f"没有“{name}”这个单位", f"{remedy}确有此单位的，请先写入 departments.yaml"
