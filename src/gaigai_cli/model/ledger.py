"""Everything that a data directory says, in one immutable value."""

from bisect import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from gaigai_cli.model.departments import LAST, Departments, Units
from gaigai_cli.model.finding import Location, Path, Source
from gaigai_cli.model.kinds import KINDS
from gaigai_cli.model.people import Contact, Contacts, Duty, Reviewers
from gaigai_cli.model.records import Record
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.tasks import TaskList


@dataclass(frozen=True, slots=True)
class Voided:
    """How an issued bulletin ceased to hold: 撤回签发 before it was sent out, 撤销 by a later one."""

    kind: Literal["撤回签发", "撤销"]
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What a bulletin asks of a unit: of which items, in words, and by which day.

    ``kind``: 办结, 期次, 滞后, 指标, 核验, 报送 or 交办. ``about`` cites the items (of 交办: says whose demand it is),
    ``missing`` is what is still asked for. ``by`` None: that year's calendar isn't known.
    """

    unit: str
    items: tuple[str, ...]
    kind: str
    about: str
    missing: str
    by: date | None


class Issued(NamedTuple):
    """A paper that was issued: a bulletin, or its 更正. ``fault`` says in Chinese why its file can't be read; the rest
    is then left as it is here.

    ``path`` is the file's, from the data directory; ``period`` what it is about (``2024-06``, ``2024-Q2``, ``2024``).
    ``edition`` counts the bulletins of a period, from 1 on. ``file`` is the name of the signed file beside it and
    ``sha256`` the hash that this had. ``kept``: it lies there still, with that hash;
    ``ends_changed``: it would, but for the ends of its lines. ``newest``: the id of the newest
    record that was known then, empty where that isn't kept. ``voided``: it holds no more. ``errata``: its 更正.
    ``demands``: what it asks of units.
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
    ends_changed: bool = False
    fault: str = ""
    newest: str = ""
    edition: int = 1
    voided: Voided | None = None
    errata: tuple["Issued", ...] = ()
    demands: tuple[Demand, ...] = ()

    @property
    def sent(self) -> bool:
        """Return whether units have it: it can be read, and wasn't taken back before it was sent out."""
        return not self.fault and (self.voided is None or self.voided.kind == "撤销")


def number_key(number: str, day: date) -> tuple[str, int]:
    """Return what no two issued papers have in common: a 文号 bears its year, 期号 begin anew with every year."""
    return (number, 0) if "〔" in number else (number.partition("（")[0], day.year)


def issue_day(issued: Iterable[Issued], period: str) -> date | None:
    """Return the day on which the bulletin of a period was first issued; None where it wasn't."""
    return min((i.day for i in issued if i.period == period and i.sent), default=None)


def in_force(issued: Iterable[Issued], period: str) -> Issued | None:
    """Return the bulletin of a period that holds; None where none was issued, or none holds any more."""
    return next(
        (i for i in issued if i.period == period and not i.fault and i.voided is None), None
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in its log: whose log (under the list's name of the unit), which file, which place in it.

    ``moves``: what the unit's own 更正 have changed of what the record is about, and when: ``("item", day)``; ``month``
    is the one that a report answers. ``stated``: the day on which it counts because the office says so. ``log_unit``:
    whose log it is by the log's own word, where units have been reformed; ``unit`` is who that is now. ``place``: that
    of its unit in the list of units.
    """

    record: Record
    unit: str
    file: str
    index: int
    moves: tuple[tuple[str, date], ...] = ()
    stated: date | None = None
    log_unit: str = ""
    place: int = 0

    @property
    def owner(self) -> str:
        """Whose log it is in, whatever has become of the unit since."""
        return self.log_unit or self.unit

    @property
    def counts(self) -> date:
        """The day as of which it counts: its date.

        But a lead's application, or the taking back of one, and a unit's answer to a paper or an instruction count no
        earlier than they were recorded, unless the office entered them or states another day; and of another item or
        stage than it was recorded for, no earlier than the 更正 that says so.
        """
        record = self.record
        if record.kind not in _AS_RECORDED:
            return record.date
        if self.stated is not None:
            return self.stated
        recorded = None if record.via else record.entered
        moved = (day for name, day in self.moves if name in _APPLIED_FOR)
        return max((recorded or record.date, *moved))

    def since(self, name: str) -> date:
        """Return the day on which it was recorded as being of this item, stage or month."""
        return max(
            (self.record.recorded, *(day for moved, day in self.moves if moved in (name, "item")))
        )

    @property
    def order(self) -> tuple[date, str, int, str]:
        """The key by which records follow each other where none refers to another.

        Of two units' in one second, as when forms are collected, that of the unit first in the list is the first.
        """
        id_ = self.record.id
        return (self.counts, id_[:_SECOND], self.place, id_)


_SECOND = len("20240614-093000")
_AS_RECORDED = frozenset(
    kind.name for kind in KINDS.values() if kind.leads_only or (kind.by == "own" and kind.answers)
)
_APPLIED_FOR = frozenset({"item", "stage", "answers"})


class StoredFile(NamedTuple):
    """A file under ``evidence/`` as it lies there now: its path from the data directory, its size in bytes.

    ``sha256()`` reads the file and gives its hash in hexadecimal; ``differs_in_ends()`` says of another hash whether
    only the ends of lines make the difference. ``fault`` says in Chinese, after the file's name, why it can't be read;
    empty where it can.
    """

    path: str
    size: int
    sha256: Callable[[], str]
    fault: str = ""
    differs_in_ends: Callable[[str], bool] = lambda _: False


class LogChange(NamedTuple):
    """A log's bytes before a record was added (None: there was none) and after."""

    file: str
    before: bytes | None
    after: bytes


@dataclass(frozen=True)
class Ledger:
    """The list, its units, rules and records, and where each of them stands.

    ``entries`` are in file order; ``logs`` says whose each log is, in the log's own word. Units have the names of
    ``day``: after every reform, where nobody asks for an earlier one.
    ``evidence`` holds the files under ``evidence/`` by path, ``issued`` the bulletins that were issued, by period.
    ``sources`` finds places for findings. ``from_above``: it is told of by another office, which calls the list's own
    by its name instead of 我办.
    """

    tasks: TaskList
    departments: Departments
    rules: Rules = field(default_factory=Rules)
    entries: tuple[Entry, ...] = ()
    logs: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, StoredFile] = field(default_factory=dict)
    issued: Sequence[Issued] = ()
    reviewers: Reviewers | None = None
    contacts: Contacts | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    day: date = LAST
    from_above: bool = False

    @cached_property
    def units(self) -> Units:
        """The units as they are called on its day."""
        return self.departments.at_last if self.day == LAST else Units(self.departments, self.day)

    def on(self, day: date) -> "Ledger":
        """Return the ledger with its units as they are called on a day."""
        turns = self.departments.turns
        if bisect(turns, day) == bisect(turns, self.day):
            return self
        named = replace(self, day=day)
        return replace(named, entries=tuple(map(named.called, self.entries)))

    def called(self, entry: Entry, on: date | None = None) -> Entry:
        """Return an entry under the name that its unit has; ``on``: as who it was on an earlier day."""
        unit = self.units.canonical(entry.log_unit or entry.unit, entry.record.item, on)
        return entry if unit == entry.unit else replace(entry, unit=unit)

    @cached_property
    def office(self) -> str:
        """The unit that supervises."""
        return self.units.canonical(self.tasks.notice.office)

    @property
    def signer(self) -> str:
        """The body by which the office's papers are signed (落款)."""
        return self.rules.bulletin.signer or self.tasks.notice.issuer

    @cached_property
    def by_record(self) -> dict[str, Entry]:
        """Entries by record id, in file order; of a duplicated id the first."""
        first: dict[str, Entry] = {}
        for entry in self.entries:
            first.setdefault(entry.record.id, entry)
        return first

    @cached_property
    def corrections(self) -> tuple[Entry, ...]:
        """The 更正 in file order; of a duplicated id the first."""
        return tuple(e for e in self.by_record.values() if e.record.kind == "更正")

    @cached_property
    def voided(self) -> frozenset[str]:
        """The numbers of the records that a 更正 says are void, be it sound or not."""
        return frozenset(e.record.corrects or "" for e in self.corrections if e.record.void)

    def answerer(self, entry: Entry) -> str:
        """Return whose answer an entry is: of a unit that was split, the part that has the item of what is answered."""
        asked = (self.by_record.get(number) for number in entry.record.answers or ())
        item = entry.record.item or next((one.record.item for one in asked if one), None)
        return self.units.canonical(entry.owner, item)

    def contact(self, unit: str, duty: Duty, day: date) -> Contact | None:
        """Return who has a duty at a unit on a day: who began last; None where nobody is known.

        Where units were merged since, the heir's own people go before those of the units that came to it.
        """
        held = [
            one
            for one in (self.contacts.contacts if self.contacts else ())
            if one.duty == duty and one.holds(day) and self.units.canonical(one.unit) == unit
        ]
        return max(held, key=lambda one: (one.unit == unit, one.from_), default=None)

    def original_of(self, entry: Entry) -> Entry | None:
        """Return the record that a 更正 is about, also one that makes void a 更正 of it; None where there is none."""
        original = self.by_record.get(entry.record.corrects or "")
        if original is None or original.record.corrects is None:
            return original
        return self.by_record.get(original.record.corrects)

    def items_of(self, entry: Entry) -> tuple[str, ...]:
        """Return the items that a record is about.

        They are its own or those of a 督办; of a 更正, that of the record and that to which a 更正 moves it.
        """
        record = entry.record
        if record.corrects is None:
            return (record.item,) if record.item is not None else record.items or ()
        original, made = self.original_of(entry), self.by_record.get(record.corrects)
        changes = (record.set, made.record.set if made else None)
        moved = (one.get("item") for one in changes if one)
        found = (original.record.item if original else None, *moved)
        return tuple(dict.fromkeys(item for item in found if isinstance(item, str)))

    def place(self, file: str, *path: str | int) -> Location:
        """Return where in ``file`` the value at ``path`` stands; the file's head where that isn't known."""
        source = self.sources.get(file)
        return source.at(path) if source else Location(file)

    def place_of(self, entry: Entry, *path: str | int) -> Location:
        """Return where a record, or a field of it, stands."""
        full: Path = ("records", entry.index, *path)
        return self.place(entry.file, *full)
