"""What a server takes of a push: branches that only grow, reviewed against what the server has, and tags of them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from gaigai_cli.characters import one_line
from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.git import fills_disk
from gaigai_cli.history.repository import Repository
from gaigai_cli.history.review.review import Review, review
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.store.names import folded, reason_against

_HEADS, _TAGS = "refs/heads/", "refs/tags/"
_PREFIX: Final = re.compile(f"^(?:{_HEADS}|{_TAGS})")


class Update(NamedTuple):
    """A line that git hands to its hook: what a reference was and is to be (None: nothing)."""

    old: str | None
    new: str | None
    ref: str

    @property
    def name(self) -> str:
        """The branch or tag, without what comes before it."""
        return _PREFIX.sub("", self.ref)


class Received(NamedTuple):
    """What becomes of an update: a ``refusal`` (a Chinese sentence), a review, or the commit of a first list.

    ``first`` is to be checked as a whole: there is nothing to hold it against.
    """

    update: Update
    refusal: str = ""
    review: Review | None = None
    first: str | None = None


def updates_of(lines: str) -> list[Update]:
    """Return the updates that git tells of on standard input."""
    words = (line.split(" ", 2) for line in lines.splitlines() if line.strip())
    return [Update(_commit(old), _commit(new), ref) for old, new, ref in words]


def _commit(hash_: str) -> str | None:
    return hash_ if hash_.strip("0") else None


def received(
    repository: Repository, data: Path, updates: Sequence[Update], *, today: date, signed: bool
) -> Iterator[Received]:
    """Hold each update against what the server has. ``today`` is the server's day."""
    broken = _broken_objects(repository, [u.new for u in updates if u.new])
    for update in updates:
        unfit = _unfit_name(repository, update, updates)
        if broken:
            yield Received(update, f"推送的内容不完好，不能接收（{broken}）。请重新克隆后再试。")
        elif unfit:
            yield Received(update, f"{update.name} 这个名称不能用：{unfit}。请换一个名称再推送。")
        elif update.ref.startswith(_HEADS):
            yield _branch(repository, data, update, today=today, signed=signed)
        elif update.ref.startswith(_TAGS):
            yield _tag(repository, update, updates)
        else:
            yield Received(update, f"不接收 {update.ref}：只能推送分支和标签。")


def _unfit_name(repository: Repository, update: Update, updates: Sequence[Update]) -> str:
    """Return why nothing new can be called what an update calls it; empty where it can, or where nothing is new.

    Clones keep names as files, and what stands before a ``/`` as folders. One that means something to git already
    (HEAD, a hash, a tag called as a branch) would have people look at another commit than they think.
    """
    name = update.name
    if update.old is not None or not update.ref.startswith((_HEADS, _TAGS)):
        return ""
    listed = repository.run("for-each-ref", "--format=%(refname:lstrip=2)", _HEADS, _TAGS).stdout
    others = [*listed.decode("utf-8", "surrogateescape").splitlines()]
    others += [other.name for other in updates if other is not update]
    parts = folded(name).split("/")
    shared = ((other, zip(folded(other).split("/"), parts, strict=False)) for other in others)
    twin = next((other for other, pairs in shared if all(a == b for a, b in pairs)), None)
    if twin is not None:
        return f"已有分支或标签叫“{one_line(twin)}”，同名或只差大小写的会混淆"
    if name.startswith("-"):
        return "不能以“-”开头"
    known = repository.run("rev-parse", "--verify", "--quiet", name).returncode == 0
    return reason_against(name) or ("git 会把它当作别的提交" if known else "")


def _branch(
    repository: Repository, data: Path, update: Update, *, today: date, signed: bool
) -> Received:
    if update.new is None:
        return Received(update, f"不能删除分支 {update.name}：历史要保留。")
    if repository.run("cat-file", "-t", update.new).stdout.strip() != b"commit":
        return Received(update, f"分支 {update.name} 要指向提交。")
    base = update.old
    if base is not None and not repository.is_ancestor(base, update.new):
        return Received(
            update,
            f"不能改写 {update.name} 的历史（强制推送）。请先运行 git pull，或用 gaigai sync。",
        )
    known = _branches(repository)
    if base is None or not repository.has_list(base):
        base = _met(repository, update.new, known)
    if base is not None:
        found = review(data, base, update.new, today=today, signed=signed, now=today)
        return Received(update, review=found)
    if known and repository.has_list(known[0]):
        words = "与服务器上的清单没有共同的历史，不能审阅。请从服务器克隆后在其上修改。"
        return Received(update, f"分支 {update.name} {words}")
    if not repository.has_list(update.new):
        # Nothing says that this is a list at all: the hook may look in the wrong place, and would let pass everything.
        words = f"里没有清单 {repository.prefix}{TaskList.file}。请先推送清单，或请管服务器的人核对钩子中的 DATA。"
        return Received(update, f"分支 {update.name} {words}")
    return Received(update, first=update.new)


def _tag(repository: Repository, update: Update, updates: Sequence[Update]) -> Received:
    if update.new is None or update.old is not None:
        return Received(
            update, f"标签 {update.name} 不能移动或删除：它指明过哪个提交，要一直如此。"
        )
    tips = [*_branches(repository), *(u.new for u in updates if u.new and u.ref.startswith(_HEADS))]
    commit = repository.commit_of(update.new)
    if commit is None or not any(repository.is_ancestor(commit, tip) for tip in tips):
        words = "所指的提交不在任何分支上，没有审阅过。请先推送分支。"
        return Received(update, f"标签 {update.name} {words}")
    return Received(update)


def _branches(repository: Repository) -> list[str]:
    """Return the tips of the server's branches, the one that it shows first of all in front."""
    heads = repository.run("for-each-ref", "--format=%(objectname)", _HEADS).stdout
    first = repository.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}").stdout
    return list(dict.fromkeys((first + heads).decode("ascii").split()))


def _met(repository: Repository, new: str, known: Sequence[str]) -> str | None:
    """Return the tip of the first branch with which a new one shares the server's list; None where it never had that.

    So who may record counts as that branch has it now. What came before the list doesn't count: there is nothing to
    hold a push against.
    """
    for tip in filter(repository.has_list, known):
        if any(map(repository.has_list, repository.merge_bases(tip, new))):
            return tip
    return None


def _broken_objects(repository: Repository, tips: Sequence[str]) -> str:
    """Return what git finds wrong with the objects that are new (a name twice in a tree …); empty where they are sound.

    The new objects are packed and the pack is read strictly, as git itself does where it is told to: that holds
    whatever the server's settings are, and takes the time of what is new alone.
    """
    if not tips:
        return ""
    new = repository.run("rev-list", "--objects", *tips, "--not", "--all")
    if new.returncode != 0:
        return _last_line(new.stderr)
    hashes = b"".join(line.split(b" ", 1)[0] + b"\n" for line in new.stdout.splitlines())
    if not hashes:
        return ""
    with tempfile.TemporaryDirectory(prefix="gaigai-") as folder:
        # Through a pipe: git would move a pack of its own here, which it can't from one file system to another.
        made = repository.run("pack-objects", "-q", "--stdout", given=hashes)
        if made.returncode != 0:
            return _last_line(made.stderr)
        pack = Path(folder, "new.pack")
        pack.write_bytes(made.stdout)
        index = f"{folder}/checked.idx"
        read = repository.run("index-pack", "--strict", "-o", index, str(pack))
        return _last_line(read.stderr) if read.returncode != 0 else ""


def _last_line(said: bytes) -> str:
    """Return git's last words on what is broken. Raises ``GaigaiError`` where they are about the server itself."""
    if fills_disk(said.decode("utf-8", "replace")):
        raise GaigaiError("服务器的磁盘空间不足，没有接收", "请告诉管理服务器的人")
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return one_line(lines[-1]) if lines else "git 没有说明"
