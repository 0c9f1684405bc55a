"""Commits and the files that each of them changed, read by two processes however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from gaigai_cli.characters import one_line
from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.git import fields_of, moment, sides
from gaigai_cli.history.repository import UNSHALLOW, Repository

_FORMAT: Final = "%H%x00%P%x00%an%x00%ae%x00%at %ct%x00%B%x00"
_FILE: Final = "100"
"""How the mode of a plain file begins."""
SHORT: Final = 8


class Commit(NamedTuple):
    """A commit: full hash, its parents', who wrote it, when (UTC+8), and its message as it is.

    Of its two dates, of the work and of the commit itself, the later one counts: git lets anybody give either. In the
    author's name and address nothing is an order to a terminal.
    """

    hash: str
    parents: tuple[str, ...]
    author: str
    email: str
    when: datetime
    message: str

    @property
    def short(self) -> str:
        return self.hash[:SHORT]

    @property
    def subject(self) -> str:
        """The first line of its message."""
        return one_line(self.message.partition("\n")[0].strip())


class FileChange(NamedTuple):
    """A file that differs between a commit and a parent. ``name`` is its path from the repository's top.

    ``before`` and ``after`` are hashes, None where there is no file. ``plain``: what is there, or has gone, is neither
    a link nor another repository; a file that took the place of such counts as new.
    """

    name: str
    before: str | None
    after: str | None
    plain: bool


class CommitChanges(NamedTuple):
    """A commit, and for each of its parents what it changed; a first commit changed all that it holds."""

    commit: Commit
    changed: tuple[tuple[FileChange, ...], ...]


class Range(NamedTuple):
    """The commits that ``head`` has and ``base`` has not, each after its parents. All hashes are full.

    ``forks`` are the last commits that both have, more than one where the lines have crossed; what changed is told
    against the first of them, the ``fork``.
    """

    base: str
    forks: tuple[str, ...]
    head: str
    commits: tuple[Commit, ...]

    @property
    def fork(self) -> str:
        return self.forks[0]


def commit_range(repository: Repository, base: str, head: str) -> Range:
    """Return the range of two commits as typed.

    Raises ``GaigaiError`` where one isn't there, where they have no common past, or where a shallow clone hides it.
    """
    first, last = repository.verified(base), repository.verified(head)
    forks = repository.merge_bases(first, last)
    shallow = repository.is_shallow
    if not forks:
        remedy = f"这是浅克隆：{UNSHALLOW}" if shallow else "请核对两个提交的名称"
        raise GaigaiError(f"“{base}”和“{head}”没有共同的历史", remedy)
    commits = tuple(read_commits(repository, last, without=first))
    if shallow and any(not commit.parents for commit in commits):
        raise GaigaiError(f"这是浅克隆，{base} 到 {head} 之间的提交不全", UNSHALLOW)
    return Range(first, forks, last, commits)


def read_commits(
    repository: Repository, head: str, *, without: str | None = None
) -> Iterator[Commit]:
    """Yield all commits that ``head`` (a full hash) has and ``without`` has not, each after its parents."""
    words = ("rev-list", "--reverse", "--topo-order", "--encoding=UTF-8", f"--format={_FORMAT}")
    answer = repository.read(*words, head, *([f"^{without}"] if without else []))
    for header, parents, author, email, dates, message in fields_of(answer, 6, "replace"):
        yield Commit(
            hash=header.rpartition("\n")[2],
            parents=tuple(parents.split()),
            author=one_line(author),
            email=one_line(email),
            when=moment(dates.split()),
            message=message,
        )


def comparisons(commits: Iterable[Commit]) -> list[str]:
    """Return what `compared` is to be asked of commits: a first one as it is, any other against one parent at a time.

    So a merge is held against each of its parents: what it dropped shows against one of them alone.
    """
    return [line for commit in commits for line in _compared(commit)]


def steps(
    commits: Iterable[Commit], groups: Iterator[tuple[FileChange, ...]]
) -> Iterator[CommitChanges]:
    """Yield each commit with its `comparisons`, which the next of the ``groups`` answer."""
    for commit in commits:
        yield CommitChanges(commit, tuple(next(groups) for _ in _compared(commit)))


def compared(
    repository: Repository, lines: Sequence[str], folders: Iterable[str] = ("",)
) -> Iterator[tuple[FileChange, ...]]:
    """Return what changed below ``folders``, for each line: ``NEW OLD``, or a first commit alone.

    An empty name among the folders stands for everything. One process, however many lines they are.
    """
    if not lines:
        return iter(())
    paths = tuple(folders)
    where = ("--", *paths) if all(paths) else ()
    what = ("--stdin", "--always", "--root", "-m", "-r", "-z", "--raw", "--no-renames")
    given = "".join(f"{line}\n" for line in lines).encode("ascii")
    return _groups(repository.read("diff-tree", *what, *where, given=given))


def _compared(commit: Commit) -> list[str]:
    return [f"{commit.hash} {parent}" for parent in commit.parents] or [commit.hash]


def _groups(output: bytes) -> Iterator[tuple[FileChange, ...]]:
    """Return the changes of each comparison, in the order asked."""
    groups: list[list[FileChange]] = []
    tokens = iter(output.decode("utf-8", "surrogateescape").split("\0")[:-1])
    for token in tokens:
        if token.startswith(":"):
            groups[-1].append(_change(token, next(tokens)))
        else:  # what was asked
            groups.append([])
    return map(tuple, groups)


def _change(about: str, name: str) -> FileChange:
    was, now = sides(about)
    was_plain = was is not None and was.mode.startswith(_FILE)
    return FileChange(
        name,
        was.hash if was and (was_plain or now is None) else None,
        now.hash if now else None,
        plain=was_plain if now is None else now.mode.startswith(_FILE),
    )
