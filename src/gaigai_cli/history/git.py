"""The only place that runs git, to read and to write, and nothing that a repository could make it run.

A repository may come from anywhere, so hooks, monitors, pagers and helpers that its configuration names stay off, and
no name from the command line can be taken for an option.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Final, NamedTuple
from weakref import finalize

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.calendar import CHINA
from gaigai_cli.store.programs import program, program_folders

_OPTIONS: Final = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "core.quotePath=false",
    "-c",
    "core.warnAmbiguousRefs=true",
)
_SETTINGS: Final = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # An address that names a program (ext::) runs nothing, whatever settings allow.
    "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh",
    # Nothing lies there: no commit gets other parents than it names.
    "GIT_GRAFT_FILE": f"{os.devnull}/none",
}
_ELSEWHERE: Final = frozenset(
    {
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"),
        *("GIT_NAMESPACE", "GIT_SHALLOW_FILE", "GIT_ATTR_SOURCE", "GIT_CONFIG"),
        *("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"),
    }
)
"""Set inside a hook, say: the repository is the one that the data directory lies in, and what we name is a path."""

OLDEST: Final = (2, 20)
"""The oldest git that the tests were run with."""
_ADD_SAFE: Final = re.compile(rb"git config --global --add safe\.directory [^\r\n]+")
"""What git says to do, with the repository's place as a shell takes it."""
_COMMAND_LINE: Final = "command line:"
"""What git calls the place of what is set for a single process."""
_VERSION: Final = re.compile(rb"(\d+)\.(\d+)")


class Setting(NamedTuple):
    """One of git's settings: the file that says it, its name (in lower case but for its middle part), its value."""

    origin: str
    name: str
    value: str


@dataclass(frozen=True)
class Configuration:
    """Git's configuration as it holds in ``folder``, read by one process when it is first asked for, and once."""

    folder: Path

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """All that is set, in the order in which git reads it; none where there is no git, or it can't read them."""
        if program("git") is None:
            return ()
        result = run_git(existing(self.folder), "config", "--list", "--show-origin", "-z")
        if result.returncode != 0:
            return ()
        pairs = fields_of(result.stdout, 2)
        return tuple(Setting(origin, *said.partition("\n")[::2]) for origin, said in pairs)

    @property
    def in_files(self) -> Iterator[Setting]:
        """What files say: without what the environment and we ourselves set for a single process."""
        return (one for one in self.settings if one.origin != _COMMAND_LINE)

    def value(self, name: str) -> str | None:
        """Return the value of a name; None where there is none."""
        return value_in(self.settings, name)

    def text(self, name: str) -> str:
        """Return a value as a person reads it; empty where there is none."""
        value = (self.value(name) or "").encode("utf-8", "surrogateescape")
        return value.decode("utf-8", "replace").strip()


def value_in(settings: Iterable[Setting], name: str) -> str | None:
    """Return the last value of a name among settings, which counts; None where there is none."""
    section, _, rest = name.partition(".")
    middle, dot, last = rest.rpartition(".")
    known = f"{section.lower()}.{middle}{dot}{last.lower()}"
    values = [one.value for one in settings if one.name == known]
    return values[-1] if values else None


class Committed(NamedTuple):
    """A commit (its hash) and when it was made."""

    commit: str
    at: datetime


def committed(folder: Path, name: str) -> Committed | None:
    """Return the commit that a name means; None where there is none, no repository or no git."""
    if program("git") is None:
        return None
    # Not git log: it may be set to show signatures, by a program that the repository names.
    result = run_git(existing(folder), "rev-list", "-1", "--format=%ct", name, "--")
    words = result.stdout.decode("ascii").split()
    return Committed(words[1], moment(words[2:])) if words else None


def moment(dates: Iterable[str]) -> datetime:
    """Return the time of a commit (UTC+8) by its dates as git has them, of which the latest one counts.

    One that no calendar has counts as the first of all, as where there is none.
    """
    known = [datetime.fromtimestamp(0, CHINA)]
    for seconds in dates:
        with suppress(ValueError, OverflowError, OSError):
            known.append(datetime.fromtimestamp(int(seconds), CHINA))
    return max(known)


def existing(folder: Path) -> Path:
    """Return a folder, or the nearest one above it that is there."""
    return next((f for f in (folder, *folder.parents) if f.is_dir()), Path.cwd())


def demand_version(oldest: tuple[int, int] = OLDEST, purpose: str = "") -> None:
    """Raise ``GaigaiError`` where git is older than what is wanted, for ``purpose`` where that is something special."""
    _demand_version(_program(), oldest, purpose)


@cache  # for a page, which asks again and again; a refusal isn't kept
def _demand_version(git: str, oldest: tuple[int, int], purpose: str) -> None:
    found = _VERSION.search(run_git(Path(git).parent, "version").stdout)
    if found is not None and (int(found[1]), int(found[2])) < oldest:
        wanted = ".".join(map(str, oldest))
        raise GaigaiError(
            f"git 太旧：本机是 {found[0].decode('ascii')}，{purpose}要 {wanted} 以上", "请升级 git"
        )


def demand_trust(result: subprocess.CompletedProcess[bytes], folder: Path) -> None:
    """Raise ``GaigaiError`` where git refused to work in ``folder`` because another user owns the repository."""
    found = _ADD_SAFE.search(result.stderr)
    if found is not None:
        raise GaigaiError(
            f"git 不信任“{folder}”所在的仓库：它属于另一个用户",
            f"确认无误后运行 {os.fsdecode(found[0])}",
        )


class Blobs:
    """Reads blobs of the repository that ``folder`` lies in, all by one process, which ends with this object."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _process(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [_program(), *_OPTIONS, "cat-file", "--batch"],
            cwd=self._folder,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        finalize(self, process.communicate)
        return process

    def read(self, name: str) -> bytes:
        """Return the bytes of the blob with this hash. Raises ``GaigaiError`` where it is missing."""
        asked, answer = self._process.stdin, self._process.stdout
        if asked is None or answer is None:
            raise damaged()
        with suppress(BrokenPipeError):  # a process that failed says nothing
            asked.write(f"{name}\n".encode("ascii"))
            asked.flush()
        size = answer.readline().split()[-1:]
        if not size or not size[0].isdigit():  # “missing”, or the end of a process that failed
            raise damaged()
        data = answer.read(int(size[0]))
        if answer.read(1) != b"\n":
            raise damaged()
        return data


_SHA1_DIGITS: Final = 40


def is_blob(data: bytes | memoryview, name: str) -> bool:
    """Return whether git calls these bytes ``name``, by the algorithm that the name's length tells."""
    algorithm = hashlib.sha256 if len(name) > _SHA1_DIGITS else hashlib.sha1
    found = algorithm(b"blob %d\0" % len(data), usedforsecurity=False)
    found.update(data)
    return found.hexdigest() == name


def sizes(folder: Path, hashes: Sequence[str]) -> dict[str, int]:
    """Return the size of each blob in bytes, by one process. Raises ``GaigaiError`` where one is missing."""
    asked = "".join(f"{hash_}\n" for hash_ in hashes).encode("ascii")
    result = run_git(folder, "cat-file", "--batch-check=%(objectname) %(objectsize)", given=asked)
    demand(result)
    pairs = [line.split() for line in result.stdout.decode("ascii").splitlines()]
    if not all(size.isdigit() for _, size in pairs):  # “missing”
        raise damaged()
    return {hash_: int(size) for hash_, size in pairs}


class Blob(NamedTuple):
    """A file of a commit or of the index; ``size`` in bytes, where git was asked for it."""

    mode: str
    hash: str
    size: int = 0


def fields_of(
    answer: bytes, count: int, errors: str = "surrogateescape"
) -> Iterator[tuple[str, ...]]:
    """Yield what an answer says of each thing, in ``count`` fields that end with a NUL each."""
    words = iter(answer.decode("utf-8", errors).split("\0")[:-1])
    return zip(*[words] * count, strict=True)


def names_of(answer: bytes) -> Iterator[str]:
    """Yield the paths of an answer that ends each with a NUL."""
    return (name.decode("utf-8", "surrogateescape") for name in answer.split(b"\0") if name)


def entries_of(answer: bytes) -> Iterator[tuple[list[str], str]]:
    """Yield the lines of ``ls-files`` and ``ls-tree``: the words before the path, and the path."""
    for line in answer.split(b"\0"):
        about, _, path = line.partition(b"\t")
        if path:
            yield about.decode("ascii").split(), path.decode("utf-8", "surrogateescape")


def sides(about: str) -> tuple[Blob | None, Blob | None]:
    """Return a file before and after, as ``diff-index`` and ``diff-tree`` tell of it; None: there is none."""
    mode_before, mode_after, before, after, _ = about[1:].split()
    was, now = Blob(mode_before, before), Blob(mode_after, after)
    return was if before.strip("0") else None, now if after.strip("0") else None


def changes_of(answer: bytes) -> Iterator[tuple[str, Blob | None, Blob | None]]:
    """Yield the lines of ``diff-index``: the path, and the file before and after."""
    for about, path in fields_of(answer, 2):
        yield path, *sides(about)


def demand(result: subprocess.CompletedProcess[bytes]) -> None:
    """Raise ``GaigaiError`` where git could not read its repository."""
    if result.returncode != 0:
        raise damaged()


def fills_disk(said: str) -> bool:
    """Return whether git, or another program that it started, says that there is no room left to write."""
    return _NO_ROOM.search(said) is not None


_NO_ROOM: Final = re.compile(r"no space left|out of disk ?space|quota exceeded", re.IGNORECASE)
FULL: Final = ("本机的磁盘空间不足", "请清理磁盘后再运行；记录都在本机，不会丢")


def damaged() -> GaigaiError:
    """Return a repository that git can't read: spoilt, or a partial clone, for which nothing is fetched unasked."""
    return GaigaiError(
        "git 仓库读取失败，可能已损坏，或是没有取全的部分克隆（--filter）；数据目录里的文件没有改动",
        "先不要提交。请运行 git fsck 查看；有远端的，重新克隆一份，再把没有推送的记录文件拷过去",
    )


def run_git(
    folder: Path,
    *words: str,
    given: bytes = b"",
    options: Iterable[str] = (),
    settings: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run git in ``folder`` to its end, whatever its status.

    ``given`` is its standard input, ``options`` stand before the command, ``settings`` are added to the environment.
    Raises ``GaigaiError`` where there is no git.
    """
    return subprocess.run(
        [_program(), *_OPTIONS, *options, *words],
        cwd=folder,
        env=_environment() | dict(settings or {}),
        input=given,
        capture_output=True,
        check=False,
    )


def _program() -> str:
    found = program("git")
    if found is None:
        raise GaigaiError("没有找到 git", "请安装 git，或把它加入 PATH")
    return found


def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in _ELSEWHERE}
    # What git runs itself (ssh, gpg) is looked for in the same places.
    return kept | _SETTINGS | {"PATH": os.pathsep.join(program_folders())}
