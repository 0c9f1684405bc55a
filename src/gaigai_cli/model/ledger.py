"""Everything that a data directory says, in one immutable value."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from gaigai_cli.model.departments import Departments
from gaigai_cli.model.finding import Location, Path, Source
from gaigai_cli.model.records import Record
from gaigai_cli.model.reviewers import Reviewers
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList


class Issued(NamedTuple):
    """An issued bulletin. ``fault`` says in Chinese why its file can't be read; the rest is then left as it is here.

    ``path`` is the file's, from the data directory; ``period`` what it is about (``2024-06``, ``2024-Q2``, ``2024``).
    ``file`` is the name of the signed file beside it and ``sha256`` the hash that this had. ``kept``: it lies there
    still, with that hash.
    """

    path: str
    period: str
    number: str = ""
    day: date = date.min
    program: str = ""
    commit: str | None = None
    file: str = ""
    sha256: str = ""
    kept: bool = True
    fault: str = ""


def issue_day(issued: Iterable[Issued], period: str) -> date | None:
    """The day on which the bulletin of a period was issued; None where it wasn't."""
    return next((i.day for i in issued if i.period == period and not i.fault), None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in its log: whose log (under the list's name of the unit), which file, which place in it."""

    record: Record
    unit: str
    file: str
    index: int

    @property
    def order(self) -> tuple[date, str]:
        """The key by which records follow each other where none refers to another."""
        return (self.record.date, self.record.id)


class StoredFile(NamedTuple):
    """A file under ``evidence/`` as it lies there now: its path from the data directory, its size in bytes.

    ``sha256()`` reads the file and gives its hash in hexadecimal.
    """

    path: str
    size: int
    sha256: Callable[[], str]


@dataclass(frozen=True)
class Ledger:
    """The list, its units, rules and records, and where each of them stands.

    ``entries`` are in file order; ``logs`` says whose each log is, under the list's name of the unit.
    ``evidence`` holds the files under ``evidence/`` by path, ``issued`` the bulletins that were issued, by period.
    ``sources`` finds places for findings.
    """

    tasks: TaskList
    departments: Departments
    rules: Rules = field(default_factory=Rules)
    entries: tuple[Entry, ...] = ()
    logs: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, StoredFile] = field(default_factory=dict)
    issued: Sequence[Issued] = ()
    reviewers: Reviewers | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def office(self) -> str:
        """The unit that supervises."""
        return self.departments.canonical(self.tasks.notice.office)

    @cached_property
    def by_record(self) -> dict[str, Entry]:
        """Entries by record id, in file order; of a duplicated id the first."""
        first: dict[str, Entry] = {}
        for entry in self.entries:
            first.setdefault(entry.record.id, entry)
        return first

    def place(self, file: str, *path: str | int) -> Location:
        """Where in ``file`` the value at ``path`` stands; the file's head where that isn't known."""
        source = self.sources.get(file)
        return source.at(path) if source else Location(file)

    def place_of(self, entry: Entry, *path: str | int) -> Location:
        """Where a record, or a field of it, stands."""
        full: Path = ("records", entry.index, *path)
        return self.place(entry.file, *full)
