"""What the rules of a review are held against: a range of commits, read once, with the data at its ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Final, NamedTuple

from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.attribution import Attribution, Brought, attribute
from gaigai_cli.history.changes.changes import Changes, changes
from gaigai_cli.history.commit_files import list_files
from gaigai_cli.history.commits import (
    Commit,
    FileChange,
    Range,
    commit_range,
    compared,
    comparisons,
    steps,
)
from gaigai_cli.history.git import committed
from gaigai_cli.history.repository import Repository, beside, repository
from gaigai_cli.history.review.signatures import signers
from gaigai_cli.judge.checks.files import EVIDENCE_CHANGED
from gaigai_cli.judge.findings import check_list, check_records
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.finding import Finding, Location
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.people import Person, Reviewer, Reviewers
from gaigai_cli.store.issued import ISSUED, REPORTS
from gaigai_cli.store.read import Made, read_ledger
from gaigai_cli.words.say import cited

PURPOSE: Final = "review"


class Violation(NamedTuple):
    """A rule that a range breaks. Message and remedy are Chinese sentences without their full stop.

    ``commit`` is the one that did it, where one alone did; ``location`` the place in the data directory.
    """

    code: str
    message: str
    remedy: str
    commit: Commit | None = None
    location: Location | None = None


class Look(NamedTuple):
    """Something that breaks no rule, and that a person should look at: a Chinese sentence without its full stop.

    ``place()`` finds where it stands, None where it stands nowhere: a log of many records is read anew for it.
    """

    message: str
    place: Callable[[], Location | None] = lambda: None


class Data(NamedTuple):
    """The data as a commit has them, and what reading them found."""

    judge: Judge
    findings: tuple[Finding, ...]

    @property
    def ledger(self) -> Ledger:
        return self.judge.ledger


def data_at(repository: Repository, commit: str) -> Data:
    """Return the data and reports of a commit as typed.

    Raises ``GaigaiError`` where the commit has no list, or one that can't be read.
    """
    return _data(repository, repository.verified(commit), commit, {})


def _data(repository: Repository, full: str, commit: str, known: dict[str, Made]) -> Data:
    files = list_files(repository, full, commit)
    reading = read_ledger(files, files.reports, known)
    if reading.ledger is None:
        raise GaigaiError(
            f"提交 {commit} 里的清单有错误，不能读取",
            f"运行 gaigai check --at {commit} 查看全部问题",
        )
    return Data(Judge(reading.ledger), reading.findings)


@dataclass(frozen=True)
class ReviewedRange:
    """People, rules and list count as ``base`` has them; what changed is told between ``fork`` and ``head``.

    ``files`` are the files of the whole tree that differ between the two. ``signed`` holds who signed which commit,
    None where signatures are not asked for. ``now``: the day by the clock of a server that is pushed to, else None.
    """

    repository: Repository
    range: Range
    base: Ledger
    fork: Data
    head: Data
    today: date
    by: Attribution
    files: tuple[FileChange, ...]
    signed: Mapping[str, Person] | None
    now: date | None = None

    @cached_property
    def since(self) -> date:
        """The day of the base: what the range brings has arrived on it or later."""
        base = committed(self.repository.top, self.range.base)
        return base.at.date() if base else date.min

    @cached_property
    def changes(self) -> Changes:
        """What lies between fork and head, judged as of today."""
        return changes(self.fork.judge, self.head.judge, self.today)

    @cached_property
    def added(self) -> tuple[Entry, ...]:
        """The records that the range brings, in file order."""
        known = self.base.by_record
        entries = (c.entry for c in self.changes.records if c.verb == "added")
        # Where lines have crossed, the base may have what the fork has not.
        return tuple(e for e in entries if e.record.id not in known or known[e.record.id] != e)

    @property
    def people(self) -> Reviewers | None:
        return self.base.reviewers

    def person(self, commit: Commit) -> Person | None:
        """Return who made a commit: who signed it, where signatures are asked for, else whose address it bears."""
        if self.signed is not None:
            return self.signed.get(commit.hash)
        return self.people.by_email.get(commit.email.lower()) if self.people else None

    def maintains(self, person: Person) -> bool:
        """Return whether a person looks after the repository, and so may change what is no part of the ledger."""
        return self.people is not None and self.people.maintains(person)

    def units(self, person: Person) -> frozenset[str]:
        """Return for whom a person records, under the names of the list."""
        units = person.units if isinstance(person, Reviewer) else ()
        return frozenset(heir for unit in units for heir in self.base.units.heirs(unit))

    def units_of(self, commit: Commit) -> frozenset[str]:
        """Return for whom a commit's author records; for nobody where nobody knows them."""
        person = self.person(commit)
        return self.units(person) if person is not None else frozenset()

    def of_office(self, commit: Commit) -> bool:
        """Return whether somebody of the office made a commit; where nobody is known, anybody may be."""
        if self.people is None:
            return True
        return self.base.office in self.units_of(commit)

    def brought(self, entry: Entry) -> Brought | None:
        """Return the commit that brought a record as it is; None where none did plainly."""
        found = self.by.brought.get(entry.record.id, ())
        if len(found) == 1:
            return found[0]
        same = (one for one in found if one.said.record == entry.record)
        return next(same, found[0] if found else None)

    @cached_property
    def arrivals(self) -> tuple[tuple[Entry, Brought], ...]:
        """The records that the range brings, each with the commit that brought it, where one did."""
        found = ((entry, self.brought(entry)) for entry in self.added)
        return tuple((entry, brought) for entry, brought in found if brought is not None)

    def named(self, entry: Entry) -> str:
        """Return a record with its number, as sentences of a review name it."""
        return f"{cited(entry, self.base.tasks.notice.year)}（{entry.record.id}）"

    def violation(
        self, code: str, entry: Entry, words: str, remedy: str, commit: Commit | None = None
    ) -> Violation:
        """Return a rule that a record of the head breaks; ``words`` stand behind its name.

        ``commit`` None: the one that brought it did it.
        """
        brought = self.brought(entry)
        commit = commit or (brought.commit if brought else None)
        place = self.head.ledger.place_of(entry)
        return Violation(code, f"{self.named(entry)}{words}", remedy, commit, place)

    def look(self, entry: Entry, words: str) -> Look:
        """Return a record of the head to be looked at; ``words`` stand behind its name."""
        return Look(f"{self.named(entry)}{words}", partial(self.head.ledger.place_of, entry))

    def last_commit(self, path: str) -> Commit | None:
        """Return the latest commit that changed a file, by its path from the repository's top."""
        return next(reversed(self.by.touched.get(path, ())), None)

    def touched(self, name: str) -> Sequence[Commit]:
        """Return the commits that changed a file of the data directory."""
        return self.by.touched.get(f"{self.repository.prefix}{name}", ())

    @property
    def issued_folder(self) -> str:
        """The folder of issued bulletins, from the repository's top: beside the data directory."""
        return f"{beside(self.repository.prefix, REPORTS)}{ISSUED}/"

    def inside(self, change: FileChange) -> str | None:
        """Return a changed file's path from the data directory; None outside of it."""
        prefix = self.repository.prefix
        return change.name.removeprefix(prefix) if change.name.startswith(prefix) else None

    @cached_property
    def recorded_for_others(self) -> tuple[tuple[Entry, Brought, Person], ...]:
        """The new records in logs of units for which their author, a listed person, may not record."""
        known = ((e, one, self.person(one.commit)) for e, one in self.arrivals)
        return tuple(
            (entry, brought, person)
            for entry, brought, person in known
            if person is not None
            and entry.unit not in (units := self.units(person))
            and (self.base.office not in units or entry.record.via is None)
        )

    @cached_property
    def altered_evidence(self) -> dict[str, tuple[FileChange, Entry]]:
        """Files that the range changed or took away, with the first record of the past that refers to each."""
        used: dict[str, Entry] = {}
        for entry in self.fork.ledger.entries:
            for _, file in entry.record.files():
                used.setdefault(file.file, entry)
        named = (
            (self.inside(change), change) for change in self.files if change.before is not None
        )
        return {name: (change, used[name]) for name, change in named if name in used}

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong at the head and wasn't at the fork."""
        was = Counter(finding.key for finding in self._all(self.fork))
        found = []
        for finding in dict.fromkeys((*self._all(self.head), *self._evidence())):
            if was[finding.key]:
                was[finding.key] -= 1
            else:
                found.append(finding)
        return tuple(sorted(found, key=lambda finding: finding.order))

    def _all(self, data: Data) -> Iterator[Finding]:
        # What is wrong with a list, or the course of an item, that is the same at both ends is nothing new.
        same_people = self.fork.ledger.reviewers == self.head.ledger.reviewers
        listed = () if same_people and not self.changes.edits else check_list(data.ledger)
        checked = check_records(data.judge, today=self.today, items=self.changes.touched)
        return iter(dict.fromkeys((*data.findings, *listed, *checked)))

    def _evidence(self) -> Iterator[Finding]:
        """Yield the findings about files that new records refer to or that the range changed.

        The others are as they were.
        """
        files = {name for change in self.files if (name := self.inside(change))}
        new = {entry.record.id for entry in self.added}
        records = self.head.judge.records
        looked_at = tuple(
            entry
            for entry in records.entries
            if entry.record.id in new or any(one.file in files for _, one in entry.record.files())
        )
        yield from EVIDENCE_CHANGED.findings(replace(records, entries=looked_at))


def read_case(
    data: Path, base: str, head: str, *, today: date, signed: bool, now: date | None
) -> ReviewedRange:
    """Read the range between two commits as typed.

    Raises ``GaigaiError`` where git, a commit or its list is missing, or signers are asked for that nobody named.
    """
    here = repository(data, PURPOSE)
    range_ = commit_range(here, base, head)
    known: dict[str, Made] = {}
    at_base = _data(here, range_.base, base, known)
    people = at_base.ledger.reviewers
    if signed and people is None:
        raise GaigaiError(
            f"{base} 里没有 reviewers.yaml，不知道该由谁签名",
            "请先设立 reviewers.yaml，写明各登记人的公钥（keys）",
        )
    ends = [f"{range_.head} {fork}" for fork in range_.forks]
    groups = compared(here, [*comparisons(range_.commits), *ends])
    by = attribute(here, tuple(steps(range_.commits, groups)))
    return ReviewedRange(
        repository=here,
        range=range_,
        base=at_base.ledger,
        fork=at_base
        if range_.fork == range_.base
        else _data(here, range_.fork, range_.fork, known),
        head=_data(here, range_.head, head, known),
        today=today,
        by=by,
        files=_files(groups, by),
        signed=signers(here, range_.commits, people) if signed and people else None,
        now=now,
    )


def _files(against: Iterator[tuple[FileChange, ...]], by: Attribution) -> tuple[FileChange, ...]:
    """Return the files that the range changed, of what the head has otherwise than each fork.

    Of several forks one may simply have what another hasn't yet.
    """
    first, *others = ({change.name: change for change in changed} for changed in against)
    if not others:
        return tuple(first.values())
    everything = {**{n: c for changed in others for n, c in changed.items()}, **first}
    return tuple(
        change
        for name, change in everything.items()
        if name in by.touched or all(name in changed for changed in (first, *others))
    )
