"""How a check makes its findings."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

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


class AtPlace(NamedTuple):
    """What is wrong at a place of the list, its units, rules or people."""

    file: str
    path: Path
    code: str
    message: str
    remedy: str
    severity: Severity = "error"

    def finding(self, ledger: Ledger) -> Finding:
        """Return it as a finding."""
        place = ledger.place(self.file, *self.path)
        return Finding(self.code, self.severity, self.message, place, self.remedy)


AtFault = tuple[Entry, Path, str, str]
"""A record, the path to what is wrong in it, a message and a remedy."""

Checked = TypeVar("Checked", bound=Places)


class RecordCheck(NamedTuple, Generic[Checked]):
    """A check of records, as written or as corrected: its code, what finds those at fault, and how bad that is."""

    code: str
    find: Callable[[Checked], Iterable[AtFault]]
    severity: Severity = "error"

    def findings(self, known: Checked) -> Iterator[Finding]:
        """Yield a finding for each record at fault."""
        for entry, path, message, remedy in self.find(known):
            yield about(
                known, entry, path, self.code, message, remedy=remedy, severity=self.severity
            )


UNKNOWN_UNIT: Final = "unknown-unit"


def unknown_unit(ledger: Ledger, name: str) -> tuple[str, str]:
    """Return message and remedy for a unit that ``departments.yaml`` doesn't know."""
    remedy = meant(name, ledger.units.by_name)
    return f"没有“{name}”这个单位", f"{remedy}确有此单位的，请先写入 departments.yaml"
