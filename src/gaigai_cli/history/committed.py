"""The files of a data directory as a commit has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.git import (
    AT,
    Worktree,
    contents,
    damaged,
    demand,
    place_of,
    run_git,
    verified,
)
from gaigai_cli.store.issued import ISSUED

_TEXT: Final = ".yaml"


@dataclass(frozen=True, slots=True)
class _Blob:
    hash: str
    size: int


@dataclass(frozen=True)
class CommitFiles:
    """The files of a data directory at ``place`` as the ``commit`` (its hash) has them. Links are not followed."""

    place: Worktree
    commit: str
    blobs: dict[str, _Blob] = field(repr=False)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; raises ``FileNotFoundError`` where the commit has none of that name."""
        blob = self._blob(name)
        if name in self._at_once:
            return self._at_once[name]
        return next(contents(self.place.folder, [blob.hash]))

    def names(self, folder: str) -> Iterator[str]:
        """Return the names of all files below a folder, sorted."""
        return iter(sorted(n for n in self.blobs if n.startswith(f"{folder}/")))

    def size(self, name: str) -> int:
        """Return the size of a file in bytes; raises ``FileNotFoundError`` where the commit has none of that name."""
        return self._blob(name).size

    def beside(self, name: str) -> CommitFiles:
        """Return the files of the folder ``name`` beside it; none where the data are the whole repository."""
        if not self.place.prefix:
            return replace(self, blobs={})
        above = self.place.prefix.removesuffix("/").rpartition("/")[0]
        place = self.place._replace(prefix=f"{above}/{name}/" if above else f"{name}/")
        return CommitFiles(place, self.commit, _tree(place, self.commit))

    def _blob(self, name: str) -> _Blob:
        try:
            return self.blobs[name]
        except KeyError:
            raise FileNotFoundError(name) from None

    @cached_property
    def _at_once(self) -> dict[str, bytes]:
        """All YAML files and issued papers at once: one process instead of one a file.

        Evidence is read when it is asked for.
        """
        wanted = {
            n: b for n, b in self.blobs.items() if n.endswith(_TEXT) or n.startswith(f"{ISSUED}/")
        }
        hashes = [blob.hash for blob in wanted.values()]
        return dict(zip(wanted, contents(self.place.folder, hashes), strict=True))


def commit_files(data: Path, commit: str, purpose: str = AT) -> CommitFiles:
    """Return the files of the directory ``data`` as ``commit`` (a hash, branch, tag, ``HEAD~3``) has them.

    ``data`` need not exist any more; ``purpose`` is what the commit is wanted for. Raises ``GaigaiError`` where git,
    the repository, the commit or the directory in it is missing.
    """
    place = place_of(data, purpose)
    return list_files(place, verified(place.folder, commit), commit)


def list_files(place: Worktree, full: str, commit: str) -> CommitFiles:
    """Return the files of a list in the commit with the hash ``full``, which somebody called ``commit``.

    Raises ``GaigaiError`` where there is no list.
    """
    blobs = _tree(place, full)
    if "tasks.yaml" not in blobs:
        where = place.prefix or "仓库根目录"
        raise GaigaiError(
            f"提交 {commit} 里没有 {where}{' 的 ' if not place.prefix else ''}tasks.yaml",
            "请核对提交，或用 --data 指明当时的数据目录",
        )
    return CommitFiles(place, full, blobs)


def tree_names(place: Worktree, commit: str) -> Iterator[str]:
    """Return the path of everything that a commit has, from the repository's top."""
    result = run_git(place.folder, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
    demand(result)
    names = result.stdout.split(b"\0")
    return (name.decode("utf-8", "surrogateescape") for name in names if name)


def _tree(place: Worktree, commit: str) -> dict[str, _Blob]:
    """Return every plain file at a place, by its name there."""
    where = ("--", place.prefix) if place.prefix else ()
    result = run_git(place.folder, "ls-tree", "-r", "-l", "-z", "--full-tree", commit, *where)
    demand(result)
    blobs = {}
    for line in result.stdout.split(b"\0"):
        about, _, path = line.partition(b"\t")
        if about.startswith(b"100"):
            _, _, hash_, size = about.split()
            if not size.isdigit():  # the tree names a blob that isn't there
                raise damaged()
            name = path.decode("utf-8", "surrogateescape").removeprefix(place.prefix)
            blobs[name] = _Blob(hash_.decode("ascii"), int(size))
    return blobs
