"""The repository that others push to: fetching from it and pushing to it, and its troubles in words."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from gaigai_cli.errors import GaigaiError, as_word
from gaigai_cli.history.git import FULL, fills_disk, moment
from gaigai_cli.history.repository import Repository

if TYPE_CHECKING:
    from subprocess import CompletedProcess

# Nothing in the background, nothing but this one branch; a line that says nothing for half a minute is dead.
_QUIETLY: Final = (
    *("-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "fetch.writeCommitGraph=false"),
    *("-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=30"),
)
_NO_BRANCH: Final = b"couldn't find remote ref"  # with a capital before git 2.21
_REWRITTEN: Final = b"(non-fast-forward)"
_MOVED: Final = (
    "[rejected]",
    "[remote rejected] (cannot lock ref",
    "(failed to update ref)",
    "(incorrect old value provided)",  # since git 2.50
    "(reference already exists)",
)
_DATE: Final = re.compile(r"Recv header.*: date: (.+?)\s*$", re.MULTILINE | re.IGNORECASE)
_ERROR: Final = re.compile(r"^remote: (error: .*?)\.?\s*$", re.MULTILINE)
_HOOK: Final = re.compile(r"^remote:[ \t]?(?!error: hook declined)(.*?)\s*$", re.MULTILINE)
_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_TROUBLE: Final = re.compile(r"^(?:fatal|error): .*", re.MULTILINE)
_REASONS: Final = (
    (
        "authentication failed|could not read (?:username|password)|error: 401",
        "远端“{remote}”（{url}）不让登录",
        "请核对账号、密码；没有让 git 记住密码的，先运行 git config --global credential.helper cache"
        "（只在内存里记一会儿；把 cache 换成 store 就一直记住，但密码以明文存在本机），再运行 git fetch 输入一次",
    ),
    (
        "authentication|permission denied|access denied|error: 403|host key",
        "远端“{remote}”（{url}）不让登录",
        "请核对账号、权限或密钥；第一次用请先在终端里运行一次 git fetch",
    ),
    (
        "resolve host|unable to access|connect to|timed out|unreachable|hung up|rpc failed",
        "连不上远端“{remote}”（{url}）",
        "请检查网络后再运行；记录都在本机，不会丢",
    ),
    (
        "not appear to be a git repository|not found|no such|does not exist",
        "找不到远端“{remote}”的仓库（{url}）",
        "请用 git remote -v 核对地址",
    ),
    (
        "is not a git command|unable to find remote helper|aborted session|protocol .* not |transport .* not allowed",
        "git 不认远端“{remote}”的地址（{url}）",
        "请用 git remote -v 核对地址",
    ),
    (
        "no space left|quota",
        "远端“{remote}”（{url}）的磁盘满了",
        "请告诉管理远端的人",
    ),
)


_USUAL: Final = ["main", "master"]


class Tip(NamedTuple):
    """The last commit of a remote's branch, its tree, and when it was made."""

    commit: str
    tree: str
    at: datetime


class Fetched(NamedTuple):
    """The remote's branch (None: it has no such branch yet), and the time by the server's clock.

    ``clock`` is None where the server doesn't say: of all ways to one only http tells the time, in every answer.
    ``usual`` is the branch that everybody works on; None where it is this one, or isn't known.
    """

    tip: Tip | None
    clock: datetime | None
    usual: str | None


@dataclass(frozen=True)
class Remote:
    """A branch of another repository; ``tracking`` is the name under which its state is known here."""

    repository: Repository
    name: str
    branch: str

    @property
    def _folder(self) -> str:
        return f"refs/remotes/{self.name}/"

    @property
    def tracking(self) -> str:
        """The full name of the branch that remembers the remote's."""
        return f"{self._folder}{self.branch}"

    @property
    def url(self) -> str:
        """Where it is, without a password."""
        found = self.repository.configuration.value(f"remote.{self.name}.url") or ""
        return re.sub(r"(?<=://)[^/@]*@", "", found)

    def fetch(self) -> Fetched:
        """Bring its commits here; never the branch of somebody who has rewritten it."""
        spec = f"refs/heads/{self.branch}:{self.tracking}"
        with tempfile.TemporaryDirectory(prefix="gaigai-") as folder:
            told = Path(folder, "told")
            result = self.repository.run(
                *("fetch", "--no-tags", "--no-recurse-submodules", "--", self.name, spec),
                options=_QUIETLY,
                settings={"GIT_TRACE_CURL": str(told), "GIT_TRACE_CURL_NO_DATA": "1"},
            )
            clock = _clock(told)
        missing = _NO_BRANCH in result.stderr.lower()
        if result.returncode == 0 or missing:
            tips, head = self._known()
            others = [head] if head else [] if self.branch in _USUAL else _USUAL
            usual = next((n for n in others if n in tips and n != self.branch), None)
            return Fetched(None if missing else tips.get(self.branch), clock, usual)
        if _REWRITTEN in result.stderr:
            raise GaigaiError(
                f"远端“{self.name}”的 {self.branch} 被改写过，原有的提交不在了",
                "有人强制推送过，请先问清楚；本机没有任何改动",
            )
        own = (line for line in result.stderr.splitlines() if not line.startswith(b"remote:"))
        if fills_disk(b"\n".join(own).decode("utf-8", "replace")):
            raise GaigaiError(f"从远端“{self.name}”取回时，{FULL[0]}", FULL[1])
        raise self._trouble(result)

    def push(self, commit: str) -> str | None:
        """Let the remote's branch end at ``commit``, never by force.

        None where it is done, git's reason where somebody may have been quicker. Raises ``GaigaiError`` where the
        remote says no.
        """
        result = self.repository.run(
            *("push", "--porcelain", "--no-follow-tags", "--recurse-submodules=no"),
            *("--", self.name, f"{commit}:refs/heads/{self.branch}"),
            options=_QUIETLY,
        )
        if result.returncode == 0:
            return None
        said = result.stdout.decode("utf-8", "replace")
        told = _COLOUR.sub("", result.stderr.decode("utf-8", "replace"))
        if "hook declined" in said:
            words = [line for line in _HOOK.findall(told) if line]
            raise GaigaiError(
                "\n".join(
                    [
                        f"远端“{self.name}”检查后没有接受：",
                        *(f"  {w}" for w in words),
                        "本机没有任何改动",
                    ]
                ),
                "请照上面的话改正后再运行",
            )
        reason = said.partition("rejected]")[2].partition("\n")[0].strip(" ()")
        if any(words in said for words in _MOVED):
            found = _ERROR.search(told)
            return found[1] if found else reason
        if "unpacker error" in said and "fsck error" in told:
            found = _ERROR.search(told)
            raise GaigaiError(
                f"远端“{self.name}”检查后没有接受：要推送的提交不合 git 的格式"
                f"{f'，git 的原话：{found[1]}' if found else ''}；本机没有任何改动",
                "请把这句话交给懂 git 的同事；记录都在本机，不会丢",
            )
        if "unpacker error" in said:
            raise GaigaiError(
                f"远端“{self.name}”（{self.url}）存不下推送的内容，多半是磁盘满了或超过了上限",
                "请告诉管理远端的人；记录都在本机，不会丢",
            )
        if "[remote rejected]" in said:
            raise GaigaiError(
                f"远端“{self.name}”不接受对 {self.branch} 的推送（{reason}）",
                "这个分支可能受保护，请问管理远端的人",
            )
        raise self._trouble(result)

    def _trouble(self, result: CompletedProcess[bytes]) -> GaigaiError:
        text = result.stderr.decode("utf-8", "replace").strip()
        for pattern, words, remedy in _REASONS:
            if re.search(pattern, text, re.IGNORECASE):
                return GaigaiError(words.format(remote=self.name, url=self.url), remedy)
        found = _TROUBLE.search(text)
        quoted = (found[0] if found else text.rpartition("\n")[2]).rstrip(".") or "没有说明"
        return GaigaiError(
            f"与远端“{self.name}”（{self.url}）的往来没有成功，git 的原话：{quoted}",
            "请把这句话交给懂 git 的同事；记录都在本机，不会丢",
        )

    def _known(self) -> tuple[dict[str, Tip], str]:
        """Return what is known here of the remote's branches, by name, and which of them it shows first, if known."""
        about = "--format=%(objectname) %(tree) %(committerdate:unix) %(refname) %(symref)"
        answer = self.repository.ask("for-each-ref", about, self._folder)
        tips: dict[str, Tip] = {}
        head = ""
        for line in answer.decode("utf-8", "surrogateescape").split("\n")[:-1]:
            commit, tree, date, name, target = line.split(" ")
            tips[name.removeprefix(self._folder)] = Tip(commit, tree, moment([date]))
            head = head or target.removeprefix(self._folder)
        return tips, head


def _clock(told: Path) -> datetime | None:
    """Return the time that the server's last answer bears, out of what git has written down of its headers."""
    if not told.exists():
        return None
    dates = _DATE.findall(told.read_text(encoding="utf-8", errors="replace"))
    try:
        return parsedate_to_datetime(dates[-1]) if dates else None
    except ValueError:
        return None


def remote_of(repository: Repository, branch: str) -> Remote:
    """Return the remote branch that a branch goes with: as configured, else the same name at the only remote."""
    name = repository.configuration.value(f"branch.{branch}.remote")
    merge = repository.configuration.value(f"branch.{branch}.merge")
    if name and merge and name != ".":
        return Remote(repository, name, merge.removeprefix("refs/heads/"))
    names = repository.ask("remote").decode("utf-8", "replace").split()
    if not names:
        raise GaigaiError(
            "这个仓库没有远端，没有地方可以推送",
            "只在这台电脑上登记的，不必推送；要与别人共用的，运行 git remote add origin 地址，"
            "地址问管理仓库的人",
        )
    chosen = names[0] if len(names) == 1 else "origin"
    if chosen not in names:
        raise GaigaiError(
            f"这个仓库有几个远端：{'、'.join(names)}，不知道用哪一个",
            f"请运行 git branch --set-upstream-to={as_word(f'{names[0]}/{branch}')}",
        )
    return Remote(repository, chosen, branch)
