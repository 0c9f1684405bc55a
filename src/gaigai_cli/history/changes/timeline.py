"""The timeline of an item, a unit or the whole list over commits: when, who committed, who recorded, what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

from gaigai_cli.history.attribution import Attribution, Brought, attribute
from gaigai_cli.history.changes.edits import Edit, file_edits
from gaigai_cli.history.changes.sentences import Act, clause, own_words
from gaigai_cli.history.commits import (
    Commit,
    CommitChanges,
    compared,
    comparisons,
    read_commits,
    steps,
)
from gaigai_cli.history.repository import Repository, repository
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.yamldoc.reader import parse_sound

PURPOSE: Final = "log"


class Event(NamedTuple):
    """What one commit did. ``commit`` is None for what isn't committed yet.

    ``altered`` are the numbers of records that it changed or dropped.
    """

    commit: Commit | None
    acts: tuple[Act, ...]
    edits: tuple[Edit, ...]
    altered: tuple[str, ...]


class Timeline(NamedTuple):
    """Events in the order of history. ``shallow``: what lies before the first of them isn't here.

    ``example``: the list says that its progress is made up.
    """

    events: tuple[Event, ...]
    shallow: bool
    example: bool


def timeline(
    data: Path, head: str, ledger: Ledger, *, item: str | None = None, unit: str | None = None
) -> Timeline:
    """Return the timeline up to ``head`` as typed.

    ``ledger`` is that of the files as they are, which may be ahead of it.

    A list that moved to another folder is followed there. Raises ``GaigaiError`` where git or the commit is missing.
    """
    here = repository(data, PURPOSE)
    last = here.verified(head)
    commits = tuple(read_commits(here, last))
    prefixes = _prefixes(here, last)
    walked = tuple(_gathered(here, commits, prefixes))
    by = attribute(here, walked)
    wanted = _Wanted(ledger, item, unit)
    events = [*_events(here, walked, by, wanted), *_pending(by, wanted)]
    return Timeline(tuple(events), here.is_shallow, ledger.tasks.notice.example)


class _Wanted(NamedTuple):
    ledger: Ledger
    item: str | None
    unit: str | None

    def takes(self, entry: Entry) -> bool:
        """Return whether a record belongs to what is asked for."""
        if self.unit is not None and entry.unit != self.unit:
            return False
        return self.item is None or self.item in self.ledger.items_of(entry)

    def edits(self, edit: Edit) -> bool:
        """Return whether an edit of the list does; a unit has none of its own."""
        if self.unit is not None:
            return False
        task = self.item.rpartition(".")[0] if self.item else None
        return self.item is None or edit.item in (self.item, task)


def _prefixes(repository: Repository, head: str) -> tuple[str, ...]:
    """Return the folders in which the list lay, newest first; each with ``/`` at its end, or empty for the top."""
    name = f"{repository.prefix}{TaskList.file}"
    options = ("--follow", "-M", "--no-show-signature", "--format=", "--name-only", "-z")
    result = repository.run("log", *options, head, "--", name)
    names = result.stdout.decode("utf-8", "surrogateescape").replace("\n", "").split("\0")
    found = (n.removesuffix(TaskList.file) for n in names if n.endswith(TaskList.file))
    return tuple(dict.fromkeys((repository.prefix, *found)))


def _gathered(
    repository: Repository, commits: tuple[Commit, ...], prefixes: tuple[str, ...]
) -> Iterator[CommitChanges]:
    """Yield the steps with every file under the name that it would have in the folder of today."""
    longest_first = sorted(prefixes, key=len, reverse=True)

    def now(name: str) -> str:
        prefix = next(p for p in longest_first if name.startswith(p))
        return repository.prefix + name.removeprefix(prefix)

    groups = compared(repository, comparisons(commits), prefixes)
    for step in steps(commits, groups):
        sides = (tuple(c._replace(name=now(c.name)) for c in side) for side in step.changed)
        yield CommitChanges(step.commit, tuple(sides))


def _events(
    repository: Repository, walked: tuple[CommitChanges, ...], by: Attribution, wanted: _Wanted
) -> Iterator[Event]:
    brought: dict[str, list[Brought]] = {}
    for found in by.brought.values():
        for one in found:
            brought.setdefault(one.commit.hash, []).append(one)
    altered: dict[str, list[str]] = {}
    for id_, commits in by.altered.items():
        for commit in commits:
            altered.setdefault(commit.hash, []).append(id_)
    list_edits = _list_edits(repository, walked)
    for step in walked:
        entries = (_entry(one, by, wanted.ledger) for one in brought.get(step.commit.hash, ()))
        acts = tuple(_act(e, wanted.ledger) for e in entries if e and wanted.takes(e))
        edited = list_edits.get(step.commit.hash, ())
        edits = tuple(edit for edit in edited if wanted.edits(edit))
        known = (
            by.brought[id_][0] for id_ in altered.get(step.commit.hash, ()) if id_ in by.brought
        )
        before = ((one.said.id, _entry(one, by, wanted.ledger)) for one in known)
        changed = tuple(sorted(id_ for id_, entry in before if entry and wanted.takes(entry)))
        if acts or edits or changed:
            yield Event(step.commit, acts, edits, changed)


def _entry(one: Brought, by: Attribution, ledger: Ledger) -> Entry | None:
    """Return the record as it was brought. One that nobody has touched since is the ledger's, and read already."""
    id_ = one.said.id
    if id_ in ledger.by_record and id_ not in by.altered and len(by.brought[id_]) == 1:
        return ledger.by_record[id_]
    if one.said.record is None:
        return None
    record = one.said.record
    whose = ledger.units.canonical(one.unit, record.item)
    place = ledger.units.place(whose)
    return Entry(record, whose, one.file, 0, log_unit=one.unit, place=place)


def _act(entry: Entry, ledger: Ledger) -> Act:
    return Act(entry, clause(entry, ledger), own_words(entry.record))


def _pending(by: Attribution, wanted: _Wanted) -> Iterator[Event]:
    """Yield what the files hold and no commit does."""
    entries = (e for e in wanted.ledger.entries if e.record.id not in by.brought)
    acts = tuple(_act(entry, wanted.ledger) for entry in entries if wanted.takes(entry))
    if acts:
        yield Event(None, acts, (), ())


def _list_edits(
    repository: Repository, walked: tuple[CommitChanges, ...]
) -> dict[str, tuple[Edit, ...]]:
    """Return by commit the edits of the list that it made and no parent had; its first version is none."""
    name = f"{repository.prefix}{TaskList.file}"
    changed = {
        step.commit.hash: [[c for c in side if c.name == name] for side in step.changed]
        for step in walked
    }
    sides = [side for found in changed.values() for side in found]
    wanted = {hash_ for side in sides for c in side for hash_ in (c.before, c.after) if hash_}
    read = zip(wanted, repository.contents(wanted), strict=True)
    lists = {hash_: _list(data) for hash_, data in read}
    edits = {}
    for commit, found in changed.items():
        if all(found):
            # A list that moved is gone in one place and new in another.
            before = next((lists[c.before] for c in found[0] if c.before), None)
            after = next((lists[c.after] for c in found[0] if c.after), None)
            if before is not None:
                edits[commit] = tuple(file_edits(TaskList.file, before, after))
    return edits


def _list(data: bytes) -> TaskList | None:
    root = parse_sound(data)
    try:
        return TaskList.model_validate(root) if root is not None else None
    except ValidationError:
        return None
