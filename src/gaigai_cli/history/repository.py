"""The repository that a data directory lies in: its places, its state, what it knows of commits, and git run in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import dropwhile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gaigai_cli.characters import is_one_line, one_line
from gaigai_cli.errors import GaigaiError, some_of
from gaigai_cli.history.git import (
    FULL,
    Blobs,
    Configuration,
    Setting,
    damaged,
    demand,
    demand_trust,
    demand_version,
    existing,
    fills_disk,
    run_git,
    value_in,
)
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.store.names import PROGRESS

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_UNDER_WAY: Final = {
    "MERGE_HEAD": "合并",
    "rebase-merge": "变基",
    "rebase-apply": "变基",
    "CHERRY_PICK_HEAD": "拣选",
    "REVERT_HEAD": "还原",
}
_NAMES_PROGRAM: Final = re.compile(
    r"core\.(?:sshcommand|gitproxy|askpass|alternaterefscommand)"
    r"|credential\.(?:.*\.)?helper|gpg\.(?:.*\.)?(?:program|defaultkeycommand)|filter\..*\.(?:clean|smudge|process)"
    r"|remote\..*\.(?:uploadpack|receivepack|vcs)|protocol\..*allow",
)
# Helpers that come with git or stand for themselves: people do set them for one repository.
_WELL_KNOWN: Final = re.compile(
    r"git-lfs (?:clean|smudge|filter-process)\b[\w %-]*"
    r"|store|cache|manager|manager-core|osxkeychain|wincred|libsecret|always|never|user|"
)

_FOLDERS: Final = 3
_BRANCHES: Final = "refs/heads/"
_HASH: Final = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
_CERTAIN: Final = re.compile(r"(?:HEAD|[0-9a-f]{40}|[0-9a-f]{64})(?:[~^].*)?")
"""What git never takes for a branch or tag of that name."""
AT: Final = "--at"
UNSHALLOW: Final = "请运行 git fetch --unshallow（自动检查中请取全部历史，如 fetch-depth: 0）"


class GitError(GaigaiError):
    """git did not do what it was asked to, for a reason that is not foreseen here; its own words are quoted."""

    def __init__(self, what: str, result: CompletedProcess[bytes]) -> None:
        said = result.stderr.decode("utf-8", "replace").strip()
        if fills_disk(said):
            super().__init__(f"{what}没有成功：{FULL[0]}", FULL[1])
            return
        quoted = f"，git 的原话：{said.splitlines()[-1]}" if said else ""
        super().__init__(f"{what}没有成功{quoted}", "请把这句话交给懂 git 的同事")


@dataclass(frozen=True)
class Repository:
    """Where a data directory lies: ``data`` (its true path), the ``top`` of the working tree, and git's own folders.

    Of a bare repository, on a server, its own folder stands for the top of what was committed.
    ``own`` is this working tree's (its index is there), ``shared`` that of all working trees (configuration, hooks).
    ``is_shallow``: it was cloned without its older commits.
    """

    data: Path
    top: Path
    own: Path
    shared: Path
    is_shallow: bool
    configuration: Configuration = field(repr=False, compare=False)

    @cached_property
    def prefix(self) -> str:
        """The way from the top to the data directory: ``data/``, or nothing."""
        inside = self.data.relative_to(self.top).as_posix()
        return "" if inside == "." else f"{inside}/"

    @cached_property
    def blobs(self) -> Blobs:
        """The blobs that it has."""
        return Blobs(self.top)

    def contents(self, hashes: Iterable[str]) -> Iterator[bytes]:
        """Yield the bytes of each blob, in order. Raises ``GaigaiError`` where one is missing."""
        return map(self.blobs.read, hashes)

    def is_log(self, path: str) -> bool:
        """Return whether a path from the top is that of a log."""
        return path.startswith(f"{self.prefix}{PROGRESS}/") and path.endswith(".yaml")

    def run(
        self,
        *words: str,
        given: bytes = b"",
        options: Iterable[str] = (),
        settings: Mapping[str, str] | None = None,
    ) -> CompletedProcess[bytes]:
        """Run git at the top, whatever its status."""
        return run_git(self.top, *words, given=given, options=options, settings=settings)

    def read(self, *words: str, given: bytes = b"", options: Iterable[str] = ()) -> bytes:
        """Return what git says of what it has. Raises ``GaigaiError`` where it can't read its repository."""
        result = self.run(*words, given=given, options=options)
        demand(result)
        return result.stdout

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

    def word(self, *words: str, settings: Mapping[str, str] | None = None) -> str:
        """Return what git answers in one line, without its end."""
        return _text(self.ask(*words, settings=settings))

    def commit_of(self, name: str) -> str | None:
        """Return the hash of the commit that ``name`` means; None where there is none.

        Raises ``GaigaiError`` where there is one that can't be read.
        """
        result = self.run("rev-parse", "--verify", f"{name}^{{commit}}")
        if b"short object ID" in result.stderr:
            raise GaigaiError(f"有几个提交号以“{name}”开头", "请多写几位")
        if b"is ambiguous" in result.stderr and not _CERTAIN.fullmatch(name):
            raise GaigaiError(
                f"“{name}”有几个意思：既是分支又是标签，或与提交号相同",
                f"请写全：分支写 refs/heads/{name}，标签写 refs/tags/{name}",
            )
        if result.returncode == 0:
            return _text(result.stdout)
        known = self.run("rev-parse", "--verify", "--quiet", name)
        if known.returncode == 0 and not _HASH.fullmatch(name):
            # Of a hash git believes that it stands for something.
            demand(self.run("cat-file", "-t", known.stdout.decode("ascii").strip()))
        demand(self.run("rev-list", "-n", "1", "--all"))
        return None

    def verified(self, name: str) -> str:
        """Return the hash of the commit that a person means. Raises ``GaigaiError`` where there is none."""
        if name.startswith("-") or not is_one_line(name):
            raise GaigaiError(f"“{one_line(name)}”不是提交的名称", "应写提交号、分支名或标签名")
        found = self.commit_of(name)
        if found is not None:
            return found
        if self.run("rev-list", "-n", "1", "--all").stdout.strip() == b"":
            raise GaigaiError("仓库里还没有提交", "请先用 git commit 提交一次")
        remedy = "可用 git log --oneline 查看提交号"
        if self.is_shallow:
            remedy = f"这是浅克隆，可能还没有取到它：{UNSHALLOW}"
        raise GaigaiError(f"仓库里没有“{name}”这个提交", remedy)

    def has_list(self, commit: str) -> bool:
        """Return whether a commit has the list."""
        name = f"{commit}:{self.prefix}{TaskList.file}"
        return self.run("cat-file", "-e", name).returncode == 0

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Return whether a commit is contained in the history of another."""
        return self.run("merge-base", "--is-ancestor", older, newer).returncode == 0

    def merge_bases(self, one: str, *others: str) -> tuple[str, ...]:
        """Return the last commits that one has in common with others; none where they have no common past."""
        found = self.run("merge-base", "--all", one, *others)
        return tuple(found.stdout.decode("ascii").split())

    def merge_base(self, one: str, *others: str) -> str | None:
        """Return the first of them; None where there is none."""
        return next(iter(self.merge_bases(one, *others)), None)

    @property
    def checked_out(self) -> tuple[str, str | None]:
        """The ``branch`` and its last commit, None in a repository without commits; raises as they do."""
        found = self.run("rev-parse", "HEAD^{commit}", "--symbolic-full-name", "HEAD")
        commit, _, name = _text(found.stdout).partition("\n")
        if found.returncode == 0 and name.startswith(_BRANCHES):
            return name.removeprefix(_BRANCHES), commit
        return self.branch, self.commit_of("HEAD")

    @property
    def branch(self) -> str:
        """The branch that is checked out, without ``refs/heads/``. Raises ``GaigaiError`` where there is none."""
        result = self.run("symbolic-ref", "--quiet", "HEAD")
        if result.returncode != 0:
            raise GaigaiError(
                "现在停在一个旧的提交上，不在任何分支上，没有提交",
                "请先运行 git switch 回到分支，如 git switch main",
            )
        return _text(result.stdout).removeprefix(_BRANCHES)

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

    def demand_trusted(self) -> None:
        """Raise ``GaigaiError`` where the repository's own configuration would have git run programs."""
        if not self.configuration.settings:  # not even what we set
            raise damaged()
        # Own settings come last, with those of files that they include. Not --show-scope, which says it of each: git
        # has it since 2.26 only.
        own = dropwhile(lambda one: not self._is_own(one), self.configuration.in_files)
        for _, name, value in own:
            known = _WELL_KNOWN.fullmatch(value)
            if _NAMES_PROGRAM.fullmatch(name.lower()) and not known:
                raise GaigaiError(
                    f"本仓库的设置 {name} 会让 git 运行别的程序（{value}），gaigai 不运行它",
                    f"确认是自己设的，请移到全局设置：git config --global {name} …，"
                    f"再运行 git config --unset-all {name}",
                )

    def own_setting(self, name: str) -> str | None:
        """Return a value that the repository's own file of settings gives; None where it gives none."""
        return value_in(filter(self._is_own, self.configuration.in_files), name)

    def _is_own(self, setting: Setting) -> bool:
        path = self.top / setting.origin.removeprefix("file:")
        return path.name == "config" and path.resolve() == self.shared / "config"


def repository(
    data: Path, purpose: str = "", configuration: Configuration | None = None
) -> Repository:
    """Return the repository of a data directory, which need not be there any more.

    ``purpose`` names the command or option that only reads, for which a bare repository will do; what writes needs a
    working tree. ``configuration`` is git's there, where it was read already. Raises ``GaigaiError`` where there is no
    repository, or no git, or an old one.
    """
    folder = existing(data)
    demand_version()
    own = ("--absolute-git-dir", "--git-common-dir", "--is-shallow-repository")
    result = run_git(folder, "rev-parse", "--show-toplevel", *own)
    if result.returncode != 0 and purpose and b"work tree" in result.stderr:
        result = run_git(folder, "rev-parse", own[0], *own)
    if result.returncode != 0:
        demand_trust(result, folder)
        raise _no_repository(data, folder, purpose)
    *lines, shallow = result.stdout.splitlines()
    if len(lines) != _FOLDERS:
        raise GaigaiError(f"“{one_line(str(folder))}”的路径里有换行", "请把那个文件夹改名后再运行")
    top, git_dir, shared = (folder.resolve() / os.fsdecode(line) for line in lines)
    true, top = data.resolve(), top.resolve()
    if not true.is_relative_to(top):
        raise GaigaiError(f"“{data}”不在仓库“{top}”里", "请核对 --data 的值")
    said = configuration or Configuration(folder)
    return Repository(
        true, top, git_dir.resolve(), shared.resolve(), shallow == b"true", configuration=said
    )


def _no_repository(data: Path, folder: Path, purpose: str) -> GaigaiError:
    if not purpose:
        return GaigaiError(
            f"“{data}”不在 git 仓库里", "请先在清单所在的文件夹运行 git init，或克隆已有的仓库"
        )
    remedy = "请去掉 --at，或先建仓库" if purpose == AT else "请进入清单所在的仓库，或先建仓库"
    return GaigaiError(f"“{folder}”不在 git 仓库里，不能用 {purpose}", remedy)


def beside(prefix: str, name: str) -> str:
    """Return the way from the top to the folder ``name`` beside the data directory at ``prefix``: ``reports/``."""
    return f"{prefix.removesuffix('/').rpartition('/')[0]}/{name}/".removeprefix("/")


def listed(names: Iterable[str]) -> str:
    """Return names for a sentence; of many the first."""
    return some_of(list(names), 5, "个文件")


def _text(answer: bytes) -> str:
    return answer.decode("utf-8", "surrogateescape").rstrip("\r\n")
