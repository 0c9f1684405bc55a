"""The repository that a data directory lies in: its places, its state, and git run in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gaigai_cli.characters import one_line
from gaigai_cli.errors import GaigaiError, some_of
from gaigai_cli.history.git import demand_readable, demand_trust, demand_version, run_git

if TYPE_CHECKING:
    from subprocess import CompletedProcess

from gaigai_cli.history.commits import is_blob
from gaigai_cli.history.committed import commit_files
from gaigai_cli.store.files import Folder

_UNDER_WAY: Final = {
    "MERGE_HEAD": "合并",
    "rebase-merge": "变基",
    "rebase-apply": "变基",
    "CHERRY_PICK_HEAD": "拣选",
    "REVERT_HEAD": "还原",
}
_NAMES_PROGRAM: Final = re.compile(
    r"core\.(?:sshcommand|gitproxy|askpass|alternaterefscommand)"
    r"|credential\.(?:.*\.)?helper|gpg\.(?:.*\.)?program|filter\..*\.(?:clean|smudge|process)"
    r"|remote\..*\.(?:uploadpack|receivepack|vcs)|protocol\..*allow",
)
# Helpers that come with git or stand for themselves: people do set them for one repository.
_WELL_KNOWN: Final = re.compile(
    r"git-lfs (?:clean|smudge|filter-process)\b[\w %-]*"
    r"|store|cache|manager|manager-core|osxkeychain|wincred|libsecret|always|never|user|"
)


_FOLDERS: Final = 3


class GitError(GaigaiError):
    """git did not do what it was asked to, for a reason that is not foreseen here; its own words are quoted."""

    def __init__(self, what: str, result: CompletedProcess[bytes]) -> None:
        lines = result.stderr.decode("utf-8", "replace").strip().splitlines()
        quoted = f"，git 的原话：{lines[-1]}" if lines else ""
        super().__init__(f"{what}没有成功{quoted}", "请把这句话交给懂 git 的同事")


@dataclass(frozen=True)
class Repository:
    """Where a data directory lies: ``data`` (its true path), the ``top`` of the working tree, and git's own folders.

    ``own`` is this working tree's (its index is there), ``shared`` that of all working trees (configuration, hooks).
    """

    data: Path
    top: Path
    own: Path
    shared: Path

    @property
    def prefix(self) -> str:
        """The way from the top to the data directory: ``data/``, or nothing."""
        inside = self.data.relative_to(self.top).as_posix()
        return "" if inside == "." else f"{inside}/"

    def run(
        self,
        *words: str,
        given: bytes = b"",
        options: Iterable[str] = (),
        settings: Mapping[str, str] | None = None,
    ) -> CompletedProcess[bytes]:
        """Run git at the top, whatever its status."""
        return run_git(self.top, *words, given=given, options=options, settings=settings)

    def ask(
        self,
        *words: str,
        given: bytes = b"",
        settings: Mapping[str, str] | None = None,
        what: str = "git 操作",
    ) -> bytes:
        """Return what git answers. Raises `GitError` where it fails; ``what`` says what was wanted."""
        result = self.run(*words, given=given, settings=settings)
        if result.returncode != 0:
            raise GitError(what, result)
        return result.stdout

    def word(self, *words: str, settings: Mapping[str, str] | None = None, what: str = "") -> str:
        """Return what git answers in one line, without its end."""
        return _text(self.ask(*words, settings=settings, what=what or "git 操作"))

    def commit_of(self, name: str) -> str | None:
        """Return the hash of the commit that ``name`` means; None where there is none.

        Raises ``GaigaiError`` where there is one that can't be read.
        """
        result = self.run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if result.returncode == 0:
            return _text(result.stdout)
        demand_readable(self.top, name)
        return None

    @property
    def head(self) -> str | None:
        """The commit that is checked out; None in a repository without commits."""
        return self.commit_of("HEAD")

    @property
    def branch(self) -> str:
        """The branch that is checked out, without ``refs/heads/``. Raises ``GaigaiError`` where there is none."""
        result = self.run("symbolic-ref", "--quiet", "HEAD")
        if result.returncode != 0:
            raise GaigaiError(
                "现在停在一个旧的提交上，不在任何分支上，没有提交",
                "请先运行 git switch 回到分支，如 git switch main",
            )
        return _text(result.stdout).removeprefix("refs/heads/")

    def demand_quiet(self) -> None:
        """Raise ``GaigaiError`` where a merge or the like is not over, or another git is at work."""
        if (self.own / "index.lock").exists():
            raise GaigaiError(
                "仓库正被另一个 git 程序使用",
                f"请等它结束；若没有别的 git 在运行，请删去 {self.own / 'index.lock'}",
            )
        for name, words in _UNDER_WAY.items():
            if (self.own / name).exists():
                raise GaigaiError(
                    f"仓库里有一次{words}还没有完成", "请先完成或放弃它（git status 会说明怎么做）"
                )

    @cached_property
    def _settings(self) -> list[tuple[str, str]]:
        """Git's configuration: name, in lower case but for its middle part, and value; the last one counts."""
        return self._listed()

    def _own_settings(self) -> list[tuple[str, str]]:
        """Return what of it the repository itself says, in files that it includes, too."""
        # Not --show-scope, which says it in one go: git has it since 2.26 only.
        found = self._listed("--local", "--includes")
        apart = self.setting("extensions.worktreeConfig") is not None
        return [*found, *(self._listed("--worktree", "--includes") if apart else ())]

    def _listed(self, *where: str) -> list[tuple[str, str]]:
        entries = self.ask("config", *where, "--list", "-z").split(b"\0")[:-1]
        pairs = (entry.decode("utf-8", "surrogateescape").partition("\n") for entry in entries)
        return [(name, value) for name, _, value in pairs]

    def demand_trusted(self) -> None:
        """Raise ``GaigaiError`` where the repository's own configuration would have git run programs."""
        for name, value in self._own_settings():
            known = _WELL_KNOWN.fullmatch(value)
            if _NAMES_PROGRAM.fullmatch(name.lower()) and not known:
                raise GaigaiError(
                    f"本仓库的设置 {name} 会让 git 运行别的程序（{value}），gaigai 不运行它",
                    f"确认是自己设的，请移到全局设置：git config --global {name} …，"
                    f"再运行 git config --unset-all {name}",
                )

    def setting(self, name: str) -> str | None:
        """Return a value of git's configuration as it was at first; None where there is none."""
        section, _, rest = name.partition(".")
        middle, dot, last = rest.rpartition(".")
        known = f"{section.lower()}.{middle}{dot}{last.lower()}"
        values = [value for found, value in self._settings if found == known]
        return values[-1] if values else None


def repository(data: Path) -> Repository:
    """Return the repository of a data directory.

    Raises ``GaigaiError`` where there is none, or no git, or an old one.
    """
    true = data.resolve()
    demand_version(true)
    result = run_git(true, "rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-common-dir")
    if result.returncode != 0:
        demand_trust(result, data)
        raise GaigaiError(
            f"“{data}”不在 git 仓库里", "请先在清单所在的文件夹运行 git init，或克隆已有的仓库"
        )
    lines = result.stdout.splitlines()
    if len(lines) != _FOLDERS:
        raise GaigaiError(f"“{one_line(str(true))}”的路径里有换行", "请把那个文件夹改名后再运行")
    top, own, shared = (true / os.fsdecode(line) for line in lines)
    return Repository(true, top.resolve(), own.resolve(), shared.resolve())


def listed(names: Iterable[str]) -> str:
    """Return names for a sentence; of many the first."""
    return some_of(list(names), 5, "个文件")


def _text(answer: bytes) -> str:
    return answer.decode("utf-8", "surrogateescape").rstrip("\r\n")


def commit_here(data: Path) -> str | None:
    """Return the hash of the commit checked out, if it has the data directory just as it lies here; else None.

    Files whose names begin with a dot don't count, nor do line ends that git converts. None too where there is no
    git, repository or commit.
    """
    try:
        files = commit_files(data, "HEAD")
    except GaigaiError:
        return None
    here = Folder(data)
    names = {name for name in here.names("") if _counts(name)}
    if names != {name for name in files.blobs if _counts(name)}:
        return None
    same = all(_is(here.read(name), files.blobs[name].hash) for name in names)
    return files.commit if same else None


def _counts(name: str) -> bool:
    return not name.rpartition("/")[2].startswith(".")


def _is(data: bytes, name: str) -> bool:
    """Return whether git calls these bytes so, as they are or with its own line ends."""
    return is_blob(data, name) or is_blob(data.replace(b"\r\n", b"\n"), name)
