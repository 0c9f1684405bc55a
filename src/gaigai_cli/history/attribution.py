"""Who did what in a range of commits: which commit brought a record, and which touched a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import combinations
from typing import NamedTuple

from gaigai_cli.history.commits import Commit, CommitChanges, FileChange, compared
from gaigai_cli.history.logs import Logs, LogVersion, RecordAt
from gaigai_cli.history.repository import Repository


class Brought(NamedTuple):
    """A record as a commit brought it to the log of a unit (under the name that the log gives).

    ``file`` is the log's path from the repository's top, ``log`` the hash of what the commit made of it.
    """

    commit: Commit
    unit: str
    file: str
    log: str
    said: RecordAt


class Attribution(NamedTuple):
    """``brought``: by record id the commits that brought it: one, unless an id was used twice.

    ``altered``: commits that changed or dropped it later; ``dropped``: those that a parent of theirs had, and they
    haven't.

    ``versions``: by a file's path from the repository's top the hashes of what the commits made it.

    ``touched``: by a file's path from the repository's top, the commits whose author made it what it is there: what
    no parent had, or in a merge what only a parent had that hadn't changed it.
    """

    brought: Mapping[str, Sequence[Brought]]
    altered: Mapping[str, Sequence[Commit]]
    dropped: Mapping[str, Sequence[Commit]]
    touched: Mapping[str, Sequence[Commit]]
    versions: Mapping[str, Set[str]]


def attribute(repository: Repository, steps: tuple[CommitChanges, ...]) -> Attribution:
    """Read every version of every log that the steps changed, each once."""
    logs = Logs(repository)
    logs.fetch(
        (change.before, change.after)
        for step in steps
        for changed in step.changed
        for change in changed
        if _is_log(change, repository)
    )
    brought: dict[str, list[Brought]] = defaultdict(list)
    dropped: dict[str, list[Commit]] = defaultdict(list)
    altered: dict[str, list[Commit]] = defaultdict(list)
    touched: dict[str, list[Commit]] = defaultdict(list)
    versions: dict[str, set[str]] = defaultdict(set)
    older = _older(repository, steps)
    for step in steps:
        for name in _own(step, logs, repository) | older.get(step.commit.hash, set()):
            touched[name].append(step.commit)
        for change in (change for changed in step.changed for change in changed):
            if change.plain and change.after is not None:
                versions[change.name].add(change.after)
        against = [_compared(step.commit, c, logs, repository) for c in step.changed]
        for id_, one in against[0].new.items():
            if all(id_ in other.new for other in against):
                brought[id_].append(one)
        gone = {id_ for one in against for id_ in one.gone}
        changed_everywhere = set.intersection(*(one.changed for one in against))
        for id_ in gone | changed_everywhere:
            altered[id_].append(step.commit)
        for id_ in gone:
            dropped[id_].append(step.commit)
    return Attribution(brought, altered, dropped, touched, versions)


def _is_log(change: FileChange, repository: Repository) -> bool:
    return change.plain and repository.is_log(change.name)


def _own(step: CommitChanges, logs: Logs, repository: Repository) -> set[str]:
    """Return the files that a commit made what no parent had.

    A merge puts logs together, which is told of their records; whose a log is it leaves alone.
    """
    merged = len(step.changed) > 1

    def put_together(change: FileChange) -> bool:
        if not (merged and change.before and _is_log(change, repository)):
            return False
        return logs[change.before].unit == logs[change.after].unit

    sides = [{c.name for c in changed if not put_together(c)} for changed in step.changed]
    return set.intersection(*sides)


def _older(repository: Repository, steps: tuple[CommitChanges, ...]) -> dict[str, set[str]]:
    """Return by merge, the files that it has as one parent had them although another parent alone had changed them.

    So a merge brings an old version back, or takes a file away. Parents are held against each other two by two: what
    all of several have in common may be older than what it brings back. Logs are left to their records, and of several
    common commits each may be the one that a file comes from.
    """
    disputed = {step.commit: _disputed(step, repository) for step in steps}
    merges = {commit: files for commit, files in disputed.items() if files}
    pairs = dict.fromkeys(p for c in merges for p in combinations(dict.fromkeys(c.parents), 2))
    bases = {pair: repository.merge_bases(*pair) for pair in pairs}
    lines = [f"{parent} {base}" for pair in pairs for base in bases[pair] for parent in pair]
    groups = compared(repository, lines)
    since = {
        frozenset(pair): [
            {p: {change.name for change in next(groups)} for p in pair} for _ in found
        ]
        for pair, found in bases.items()
    }

    def is_newer(name: str, one: str, other: str) -> bool:
        """Return whether since they parted only the one parent had changed the file."""
        changed = since[frozenset((one, other))]
        return all(name in by[one] for by in changed) and any(
            name not in by[other] for by in changed
        )

    return {
        commit.hash: {
            name
            for name, kept in files.items()
            for other in set(commit.parents) - kept
            if not any(is_newer(name, one, other) for one in kept)
        }
        for commit, files in merges.items()
    }


def _disputed(step: CommitChanges, repository: Repository) -> dict[str, set[str]]:
    """Return the files, but for logs, that a merge has as some parents had them, which they are; none of others."""
    sides = [{c.name for c in changed if not _is_log(c, repository)} for changed in step.changed]
    parents = list(zip(step.commit.parents, sides, strict=False))
    kept = {n: {parent for parent, side in parents if n not in side} for n in set().union(*sides)}
    return {name: followed for name, followed in kept.items() if followed}


class _Compared(NamedTuple):
    """Records of a commit's logs that are new, changed in what they say, or gone, compared with one parent's."""

    new: dict[str, Brought]
    changed: set[str]
    gone: set[str]


def _compared(
    commit: Commit, changed: tuple[FileChange, ...], logs: Logs, repository: Repository
) -> _Compared:
    was: dict[str, tuple[str, RecordAt]] = {}
    now: dict[str, Brought] = {}
    for change in changed:
        if _is_log(change, repository):
            before, after = logs[change.before], logs[change.after]
            grew = after.former is before
            if change.after is not None:
                for said in after.added if grew else _others(after, before):
                    now[said.id] = Brought(commit, after.unit, change.name, change.after, said)
            for said in () if grew else _others(before, after):
                was[said.id] = (before.unit, said)
    new = {id_: one for id_, one in now.items() if id_ not in was}
    kept = was.keys() & now.keys()
    altered = {i for i in kept if was[i][0] != now[i].unit or not was[i][1].same(now[i].said)}
    return _Compared(new, altered, was.keys() - now.keys())


def _others(version: LogVersion, other: LogVersion) -> Iterator[RecordAt]:
    """Yield what a version says that another doesn't say in the very same words. Most records are the same in both."""
    for id_, said in version.said.items():
        if other.said.get(id_) is not said or version.unit != other.unit:
            yield said
