"""The files of a data directory as a commit has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from gaigai_cli.errors import GaigaiError, as_word
from gaigai_cli.history.git import (
    Blob,
    damaged,
    entries_of,
    existing,
    is_blob,
    names_of,
    run_git,
)
from gaigai_cli.history.repository import AT, Repository, beside, repository
from gaigai_cli.model.finding import Finding, Location
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.store.files import Folder, working_tree
from gaigai_cli.store.issued import ISSUED, REPORTS
from gaigai_cli.store.names import PROGRESS
from gaigai_cli.store.programs import program

_TEXT: Final = ".yaml"
_NUMBER: Final = re.compile(rb"\bid: *[\"']?(\d{8}-\d{6}-[0-9a-f]{8})")


@dataclass(frozen=True)
class CommitFiles:
    """The files of a folder as a ``commit`` (its hash) has them: a data directory, or the reports beside it.

    ``tree`` has the files of both by their paths from the repository's top, ``prefix`` is the folder's. Links are not
    followed.
    """

    repository: Repository
    commit: str
    prefix: str
    tree: Mapping[str, Blob] = field(repr=False)

    @cached_property
    def blobs(self) -> dict[str, Blob]:
        """Every plain file of the folder, by its name there."""
        size = len(self.prefix)
        return {path[size:]: b for path, b in self.tree.items() if path.startswith(self.prefix)}

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; raises ``FileNotFoundError`` where the commit has none of that name."""
        blob = self._blob(name)
        if name in self._at_once:
            return self._at_once[name]
        return self.repository.blobs.read(blob.hash)

    def names(self, folder: str) -> Iterator[str]:
        """Return the names of all files below a folder, sorted."""
        return iter(sorted(n for n in self.blobs if n.startswith(f"{folder}/")))

    def size(self, name: str) -> int:
        """Return the size of a file in bytes; raises ``FileNotFoundError`` where the commit has none of that name."""
        return self._blob(name).size

    @property
    def reports(self) -> CommitFiles:
        """The files of the reports beside a data directory; none where the data are the whole repository."""
        if not self.prefix:
            return replace(self, tree={})
        return replace(self, prefix=beside(self.prefix, REPORTS))

    def _blob(self, name: str) -> Blob:
        try:
            return self.blobs[name]
        except KeyError:
            raise FileNotFoundError(name) from None

    @cached_property
    def _at_once(self) -> dict[str, bytes]:
        """All YAML files and issued papers, which are small. Evidence is read when it is asked for."""
        wanted = {
            n: b for n, b in self.blobs.items() if n.endswith(_TEXT) or n.startswith(f"{ISSUED}/")
        }
        hashes = [blob.hash for blob in wanted.values()]
        return dict(zip(wanted, self.repository.contents(hashes), strict=True))


def commit_files(data: Path, commit: str) -> CommitFiles:
    """Return the files of the directory ``data`` as ``commit`` (a hash, branch, tag, ``HEAD~3``) has them.

    ``data`` need not exist any more. Raises ``GaigaiError`` where git,
    the repository, the commit or the directory in it is missing.
    """
    here = repository(data, AT)
    return list_files(here, here.verified(commit), commit)


def list_files(repository: Repository, full: str, commit: str) -> CommitFiles:
    """Return the files of a list in the commit with the hash ``full``, which somebody called ``commit``.

    Raises ``GaigaiError`` where there is no list.
    """
    found = CommitFiles(repository, full, repository.prefix, _tree(repository, full))
    if TaskList.file not in found.blobs:
        where = repository.prefix or "仓库根目录"
        raise GaigaiError(
            f"提交 {commit} 里没有 {where}{' 的 ' if not repository.prefix else ''}tasks.yaml",
            "请核对提交，或用 --data 指明当时的数据目录",
        )
    return found


def tree_names(repository: Repository, commit: str) -> Iterator[str]:
    """Return the path of everything that a commit has, from the repository's top."""
    return names_of(repository.read("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit))


def _tree(repository: Repository, commit: str) -> dict[str, Blob]:
    """Return every plain file of the data directory and of the reports beside it, by its path from the top."""
    prefix = repository.prefix
    where = ("--", prefix, beside(prefix, REPORTS)) if prefix else ()
    answer = repository.read("ls-tree", "-r", "-l", "-z", "--full-tree", commit, *where)
    blobs = {}
    for (mode, _, hash_, size), path in entries_of(answer):
        if mode.startswith("100"):
            if not size.isdigit():  # the tree names a blob that isn't there
                raise damaged()
            blobs[path] = Blob(mode, hash_, int(size))
    return blobs


def logs_left_out(data: Path) -> Iterator[Finding]:
    """Yield the logs that git has left out of the working tree: their records count for nothing here."""
    if program("git") is None:
        return
    result = run_git(existing(data), "ls-files", "-t", "-z", "--", PROGRESS)
    for line in names_of(result.stdout):
        mark, _, name = line.partition(" ")
        if mark == "S" and name.endswith(_TEXT) and not (data / name).exists():
            words = "这个记录文件没有取出（稀疏检出），其中的记录没有计入"
            remedy = "请运行 git sparse-checkout disable 取出它"
            yield Finding("missing-file", "error", words, Location(name), remedy)


def commit_here(data: Path) -> str | None:
    """Return the hash of the commit checked out, if it has the data directory just as it lies here; else None.

    Files whose names begin with a dot don't count, nor do line ends that git converts. None too where there is no
    git, repository or commit. Raises ``GaigaiError`` where a committed log isn't here any more, and its records are
    nowhere else: what is judged without them must not be signed.
    """
    if working_tree(data) is None:
        return None
    try:
        files = commit_files(data, "HEAD")
    except GaigaiError:
        return None
    here = Folder(data)
    names = {name for name in here.names("") if _counts(name)}
    _demand_logs(files, here, names)
    if names != {name for name in files.blobs if _counts(name)}:
        return None
    same = all(_is(here.read(name), files.blobs[name].hash) for name in names)
    return files.commit if same else None


def _demand_logs(files: CommitFiles, here: Folder, names: Set[str]) -> None:
    gone = [name for name in files.names(PROGRESS) if name.endswith(_TEXT) and name not in names]
    if not gone:
        return
    kept = b"".join(here.read(name) for name in names if name.startswith(f"{PROGRESS}/"))
    for name in gone:
        if any(number not in kept for number in _NUMBER.findall(files.read(name))):
            path = f"{files.prefix}{name}"
            raise GaigaiError(
                f"记录文件 {path} 不见了，其中已提交的记录没有计入",
                f"请运行 git checkout HEAD -- {as_word(path)} 恢复它，稀疏检出的先运行 git sparse-checkout disable",
            )


def _counts(name: str) -> bool:
    return not name.rpartition("/")[2].startswith(".")


def _is(data: bytes, name: str) -> bool:
    """Return whether git calls these bytes so, as they are or with its own line ends."""
    return is_blob(data, name) or is_blob(data.replace(b"\r\n", b"\n"), name)
