"""Moves branch, index and files of a clone to what its remote has taken: all of it or nothing.

Files come first, then the index, then the branch. After a kill in between there are the remote's files here and the
branch where it was: nothing that a commit could take for a deletion, and the next run goes on from there, since a file
that is as the remote has it already is in nobody's way.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, NamedTuple

from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.clone.own_changes import OwnChanges, take_in
from gaigai_cli.history.commit import move, put, tree_files
from gaigai_cli.history.git import Blob, entries_of, names_of
from gaigai_cli.history.index import copied_index, index_lock, index_replaced, scratch_index
from gaigai_cli.history.repository import Repository, listed

_UNFIT: Final = frozenset((".git", ".", ".."))
"""What git lets no path have that is checked out, though a commit can."""


@dataclass(frozen=True)
class Start:
    """Where a sync begins: the branch, its last commit, what is to commit, and its message."""

    branch: str
    head: str
    own: OwnChanges
    message: str


class Advance(NamedTuple):
    """From the ``start`` to the commit ``goal``, by way of what others have done to the ``touched`` files."""

    start: Start
    goal: str
    touched: tuple[str, ...]


def look_ahead(repository: Repository, step: Advance) -> None:
    """Raise ``GaigaiError`` where files here have changes that aren't committed, and the goal has others."""
    with _stepped(repository, step, trial=True):
        pass


def follow(repository: Repository, step: Advance) -> None:
    """Let branch, index and files here end at the goal.

    Raises ``GaigaiError`` where they can't; nothing has changed then.
    """
    with (
        index_lock(repository),
        _stepped(repository, step, trial=False) as index,
        index_replaced(repository, index),
    ):
        move(repository, step.start.branch, step.start.head, step.goal, "sync")


@contextmanager
def _stepped(repository: Repository, step: Advance, *, trial: bool) -> Iterator[dict[str, str]]:
    """Yield a copy of the index after the step.

    The files follow it unless it is a trial, and go back if something is raised.

    Raises ``GaigaiError`` where a file is in the way.
    """
    with copied_index(repository) as index:
        start = step.start
        changed = [name for name in step.touched if name in start.own.others]
        arrived = _arrived(repository, step, changed)
        put(repository, {**start.own.files, **arrived}, index)
        repository.run("update-index", "-q", "--refresh", settings=index)
        if step.touched and not _read_trees(
            repository, start.own.tree, step.goal, index, trial=trial
        ):
            odd = [name for name in step.touched if not _UNFIT.isdisjoint(name.lower().split("/"))]
            if odd:
                raise GaigaiError(
                    f"远端的提交里有 {listed(odd)}，这样的路径 git 不会取出；没有推送，本机没有任何改动",
                    "请把这句话交给管理远端的人",
                )
            mine = [name for name in changed if name not in arrived]
            raise GaigaiError(
                f"远端改了 {listed(mine or step.touched)}，本机对它也有没提交的改动；没有推送，本机没有任何改动",
                "请先提交或另存这些改动，再运行",
            )
        try:
            yield index
        except BaseException:
            _read_trees(repository, step.goal, start.own.tree, index, trial=trial)
            raise


def _read_trees(
    repository: Repository, old: str, new: str, index: Mapping[str, str], *, trial: bool
) -> bool:
    """Go from one tree to another, keeping changes of one's own; return whether that was possible."""
    words = ("read-tree", "-m", "-u", *(["-n"] if trial else []), old, new)
    return repository.run(*words, settings=index).returncode == 0


def differing(repository: Repository, old: str, new: str) -> tuple[str, ...]:
    """Return the files that two commits have not alike."""
    return tuple(names_of(repository.ask("diff-tree", "-r", "-z", "--name-only", old, new)))


def _arrived(repository: Repository, step: Advance, names: Iterable[str]) -> dict[str, Blob | None]:
    """Return those of the files that are here just as the goal has them (None: that neither has)."""
    present = [name for name in names if os.path.lexists(repository.top / name)]
    with scratch_index(repository) as index:
        take_in(repository, step.start.head, present, index)
        words = ("ls-files", "-s", "-z", "--", *present)
        answer = repository.ask(*words, settings=index) if present else b""
    here = {path: Blob(words[0], words[1]) for words, path in entries_of(answer)}
    there = tree_files(repository, step.goal, names)
    return {name: there.get(name) for name in names if here.get(name) == there.get(name)}
