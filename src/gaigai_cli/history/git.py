"""The only place that runs git, to read and to write, and nothing that a repository could make it run.

A repository may come from anywhere, so hooks, monitors, pagers and helpers that its configuration names stay off, and
no name from the command line can be taken for an option.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final, NamedTuple

from gaigai_cli.characters import one_line
from gaigai_cli.errors import GaigaiError
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
_ELSEWHERE: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX")
"""Set inside a hook, say: the repository is the one that the data directory lies in."""

AT: Final = "--at"
OLDEST: Final = (2, 20)
"""The oldest git that the tests were run with."""
_ADD_SAFE: Final = re.compile(rb"git config --global --add safe\.directory [^\r\n]+")
"""What git says to do, with the repository's place as a shell takes it."""
_HASH: Final = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
_VERSION: Final = re.compile(rb"(\d+)\.(\d+)")


def setting(name: str, folder: Path) -> str | None:
    """Return a value of git's configuration as it holds in ``folder``; None where there is none, or no git."""
    return settings(folder, name).get(name)


def settings(folder: Path, *names: str) -> dict[str, str]:
    """Return those of git's configuration, by their names in lower case, that have a value in ``folder``.

    None without git.
    """
    if program("git") is None:
        return {}
    pattern = f"^({'|'.join(map(re.escape, names))})$"
    result = run_git(_existing(folder), "config", "-z", "--get-regexp", pattern)
    entries = result.stdout.decode("utf-8", "replace").split("\0")
    found = {name: value.strip() for name, _, value in (e.partition("\n") for e in entries)}
    return {name: value for name, value in found.items() if value}


def committed_at(folder: Path, commit: str) -> datetime | None:
    """Return when a commit was made (UTC); None where there is no such commit, repository or git."""
    if program("git") is None:
        return None
    result = run_git(_existing(folder), "log", "-1", "--format=%ct", commit, "--")
    seconds = result.stdout.strip()
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdigit() else None


class Worktree(NamedTuple):
    """Where a data directory lies: a folder in which git finds its repository, and the way from the repository's top.

    ``prefix`` ends with ``/`` or is empty. ``top`` is the top of the work tree, or a bare repository itself.
    """

    folder: Path
    top: Path
    prefix: str


def place_of(data: Path, purpose: str) -> Worktree:
    """Return the repository that ``data`` lies in; ``data`` need not exist any more.

    ``purpose`` names what needs it: --at.

    Raises ``GaigaiError`` where git or the repository is missing.
    """
    folder = _existing(data)
    top = _top(folder, purpose)
    try:
        inside = data.resolve().relative_to(top.resolve()).as_posix()
    except ValueError:
        raise GaigaiError(f"“{data}”不在仓库“{top}”里", "请核对 --data 的值") from None
    return Worktree(folder, top, "" if inside == "." else f"{inside}/")


def _existing(folder: Path) -> Path:
    return next((f for f in (folder, *folder.parents) if f.is_dir()), Path.cwd())


def demand_version(folder: Path, oldest: tuple[int, int] = OLDEST, purpose: str = "") -> None:
    """Raise ``GaigaiError`` where git is older than what is wanted, for ``purpose`` where that is something special."""
    found = _VERSION.search(run_git(folder, "version").stdout)
    if found is not None and (int(found[1]), int(found[2])) < oldest:
        wanted = ".".join(map(str, oldest))
        raise GaigaiError(
            f"git 太旧：本机是 {found[0].decode('ascii')}，{purpose}要 {wanted} 以上", "请升级 git"
        )


def _top(folder: Path, purpose: str) -> Path:
    demand_version(folder)
    result = run_git(folder, "rev-parse", "--show-toplevel")
    if result.returncode != 0 and b"work tree" in result.stderr:
        # A bare repository, on a server: its own folder stands for the top of what was committed.
        result = run_git(folder, "rev-parse", "--absolute-git-dir")
    if result.returncode != 0:
        demand_trust(result, folder)
        remedy = "请去掉 --at，或先建仓库" if purpose == AT else "请进入清单所在的仓库，或先建仓库"
        raise GaigaiError(f"“{folder}”不在 git 仓库里，不能用 {purpose}", remedy)
    return Path(os.fsdecode(result.stdout.rstrip(b"\r\n")))


def demand_trust(result: subprocess.CompletedProcess[bytes], folder: Path) -> None:
    """Raise ``GaigaiError`` where git refused to work in ``folder`` because another user owns the repository."""
    found = _ADD_SAFE.search(result.stderr)
    if found is not None:
        raise GaigaiError(
            f"git 不信任“{folder}”所在的仓库：它属于另一个用户",
            f"确认无误后运行 {os.fsdecode(found[0])}",
        )


def verified(folder: Path, commit: str) -> str:
    """Return the full hash of the commit that is meant. Raises ``GaigaiError`` where there is none."""
    if commit.startswith("-") or one_line(commit) != commit:
        raise GaigaiError(f"“{one_line(commit)}”不是提交的名称", "应写提交号、分支名或标签名")
    result = run_git(folder, "rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}")
    if result.returncode == 0:
        return result.stdout.decode("ascii").strip()
    demand_readable(folder, commit)
    if run_git(folder, "rev-list", "-n", "1", "--all").stdout.strip() == b"":
        raise GaigaiError("仓库里还没有提交", "请先用 git commit 提交一次")
    remedy = "可用 git log --oneline 查看提交号"
    if is_shallow(folder):
        remedy = f"这是浅克隆，可能还没有取到它：{UNSHALLOW}"
    raise GaigaiError(f"仓库里没有“{commit}”这个提交", remedy)


def demand_readable(folder: Path, name: str) -> None:
    """Raise ``GaigaiError`` where git knows which commit ``name`` is, and can't read it, or nothing at all."""
    known = run_git(folder, "rev-parse", "--verify", "--quiet", name)
    if known.returncode == 0 and not _HASH.fullmatch(
        name
    ):  # git believes that a hash stands for something
        demand(run_git(folder, "cat-file", "-t", known.stdout.decode("ascii").strip()))
    demand(run_git(folder, "rev-list", "-n", "1", "--all"))


UNSHALLOW: Final = "请运行 git fetch --unshallow（自动检查中请取全部历史，如 fetch-depth: 0）"


def is_ancestor(folder: Path, older: str, newer: str) -> bool:
    """Return whether a commit is contained in the history of another."""
    return run_git(folder, "merge-base", "--is-ancestor", older, newer).returncode == 0


def is_shallow(folder: Path) -> bool:
    """Return whether the repository was cloned without its older commits."""
    result = run_git(folder, "rev-parse", "--is-shallow-repository")
    return result.stdout.strip() == b"true"


def contents(folder: Path, hashes: Iterable[str]) -> Iterator[bytes]:
    """Yield the bytes of each blob, in order, by one process; never more than one of them is held.

    Raises ``GaigaiError`` where one is missing.
    """
    wanted = list(hashes)
    if not wanted:
        return
    with tempfile.TemporaryFile() as asked:
        asked.write("".join(f"{hash_}\n" for hash_ in wanted).encode("ascii"))
        asked.seek(0)
        with subprocess.Popen(
            [_program(), *_OPTIONS, "cat-file", "--batch"],
            cwd=folder,
            env=_environment(),
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            if process.stdout is None:
                raise damaged()
            for _ in wanted:
                yield _next_blob(process.stdout)


def _next_blob(stream: IO[bytes]) -> bytes:
    size = stream.readline().split()[-1:]
    if not size or not size[0].isdigit():  # “missing”, or the end of a process that failed
        raise damaged()
    data = stream.read(int(size[0]))
    if stream.read(1) != b"\n":
        raise damaged()
    return data


def demand(result: subprocess.CompletedProcess[bytes]) -> None:
    """Raise ``GaigaiError`` where git could not read its repository."""
    if result.returncode != 0:
        raise damaged()


def damaged() -> GaigaiError:
    """Return a repository that git can't read."""
    return GaigaiError(
        "git 仓库读取失败，可能已损坏；数据目录里的文件没有改动",
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
