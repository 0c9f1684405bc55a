"""What git's hooks ask: is what is staged sound, and which commits does a push bring to the remote."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.commit_files import list_files
from gaigai_cli.history.repository import Repository
from gaigai_cli.judge.findings import check
from gaigai_cli.model.finding import Finding
from gaigai_cli.store.read import read_ledger


def errors_brought(
    repository: Repository, commit: str, before: Iterable[str], *, today: date
) -> list[Finding]:
    """Return the errors of the data as ``commit`` has them that none of the commits ``before`` has, by place."""
    errors = errors_of(repository, commit, today=today)
    known: set[tuple[str, str, str]] = set()
    for one in before if errors else ():
        known |= {finding.key for finding in errors_of(repository, one, today=today)}
    return [finding for finding in errors if finding.key not in known]


def errors_of(repository: Repository, commit: str, *, today: date) -> list[Finding]:
    """Return the errors of the data as a commit has them, by place; none where it is from before the list."""
    try:
        files = list_files(repository, commit, commit)
    except GaigaiError:
        if repository.has_list(commit):
            raise
        return []
    reading = read_ledger(files)
    checked = check(reading.ledger, today=today) if reading.ledger else ()
    found = {*reading.findings, *checked}
    return sorted((f for f in found if f.severity == "error"), key=lambda f: f.order)


_NOBODY: Final = {
    f"GIT_{who}_{what}": "gaigai" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}
_HEADS: Final = "refs/heads/"


class Pushed(NamedTuple):
    """A branch that is pushed: what the remote has of it, and what it will have."""

    branch: str
    base: str
    tip: str


def staged_errors(repository: Repository, *, today: date) -> list[Finding]:
    """Return the errors that a commit of what is staged would bring in; none where nothing of the data is staged."""
    # `git commit -a` and `git commit -- FILE` make an index of their own and name it here.
    named = os.environ.get("GIT_INDEX_FILE")
    index = {"GIT_INDEX_FILE": named} if named else {}
    names = [name for name in ("HEAD", "MERGE_HEAD") if (repository.own / name).exists()]
    before = [commit for name in names if (commit := repository.commit_of(name))]
    if before:
        where = repository.prefix or "."
        words = ("diff-index", "--cached", "--quiet", before[0], "--", where)
        if repository.run(*words, settings=index).returncode == 0:
            return []
    tree = repository.word("write-tree", settings=index)
    commit = repository.word("commit-tree", tree, "-m", "staged", settings=_NOBODY)
    return errors_brought(repository, commit, before, today=today)


def pushed(repository: Repository, remote: str, lines: str) -> Iterator[Pushed]:
    """Yield the branches of a push, as the hook is told of them, that have something to be compared with."""
    for line in lines.splitlines():
        words = line.split()
        if len(words) != 4 or not words[2].startswith(_HEADS) or not words[1].strip("0"):
            continue
        _, tip, name, there = words
        base = there if there.strip("0") else _met(repository, remote, tip)
        if base and repository.commit_of(base) and repository.has_list(base):
            yield Pushed(name.removeprefix(_HEADS), base, tip)


def _met(repository: Repository, remote: str, tip: str) -> str | None:
    """Return where a branch that is new to the remote leaves what the remote has."""
    known = repository.ask("for-each-ref", "--format=%(objectname)", f"refs/remotes/{remote}")
    names = known.decode("ascii").split()
    return repository.merge_base(tip, *names) if names else None
