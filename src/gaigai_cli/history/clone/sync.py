"""Sends one's own records to the remote and takes everybody else's from it, or does nothing at all.

Commits and merges are made beside the working tree. Only when the remote has taken the result do the branch and the
files here follow; until then nothing here has changed, whatever goes wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from gaigai_cli.errors import GaigaiError, as_word, some_of
from gaigai_cli.history.clone.follow import Advance, Start, differing, follow, look_ahead
from gaigai_cli.history.clone.hooks import errors_brought
from gaigai_cli.history.clone.own_changes import (
    OwnChanges,
    checked_out,
    own_changes,
    unsent,
)
from gaigai_cli.history.clone.remote import Remote, Tip, remote_of
from gaigai_cli.history.commit import commit_message, commit_tree, tree_files
from gaigai_cli.history.commits import SHORT
from gaigai_cli.history.index import drop_leftovers
from gaigai_cli.history.merge.files import merge_trees
from gaigai_cli.history.repository import Repository, listed
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.store.lock import locked

TRIES: Final = 8
_NAMED: Final = 5


class CheckFailed(GaigaiError):  # noqa: N818 - named for what it says
    """What would be pushed has errors that the remote doesn't have; ``unsent`` are the own records that it hasn't."""

    def __init__(self, findings: Sequence[Finding], unsent: Sequence[Entry]) -> None:
        own = some_of([f"{e.record.kind}{e.record.id}" for e in unsent], _NAMED, "条")
        which = f"（没有送出的有{own}）" if own else ""
        super().__init__(
            f"合并后的数据有{len(findings)}处错误，没有推送，本机没有任何改动",
            "请改正后再运行；与别人同时记、记不到一起的，"
            f"用 gaigai correct 编号 --void 作废自己那条{which}",
        )
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Synced:
    """The result of a sync.

    ``committed`` is the first line of the own commit (None: nothing to commit), ``received`` and ``sent`` those of
    all commits, ``arrived`` the range of what was received, as `review` takes it, ``others`` are files that are changed
    but not this unit's to commit; ``retries`` says how often the remote had moved, ``usual`` which
    branch the others look at where it isn't this one.
    """

    remote: str
    branch: str
    committed: str | None
    received: tuple[str, ...]
    arrived: str
    sent: tuple[str, ...]
    others: tuple[str, ...]
    retries: int
    usual: str | None

    @property
    def where(self) -> str:
        """The branch that was synced with, in words."""
        return f"{self.remote} 的 {self.branch}"

    @property
    def nothing_new(self) -> str:
        """What is said where nothing was committed, received or sent, without a full stop."""
        return "没有本单位新的记录" if self.others else f"没有新的记录，本机与 {self.where} 一致"

    @property
    def left_alone(self) -> str:
        """How many changed files weren't committed, without a full stop."""
        return f"另有{len(self.others)}个文件的改动不是本单位的记录，没有提交"


def losses(before: Ledger, now: Ledger | None) -> str:
    """Return which records others have changed or deleted, without a full stop: a remote without the hook takes that.

    It is empty where nothing is lost, or the list can't be read ``now``.
    """
    known = now.by_record if now is not None else before.by_record
    lost = [
        number
        for number, entry in before.by_record.items()
        if number not in known or known[number].record != entry.record
    ]
    if not lost:
        return ""
    return f"收到的提交删改了{len(lost)}条已有的记录：{some_of(lost, _NAMED)}。记录只增不改"


def sync(
    repository: Repository,
    ledger: Ledger,
    unit: str,
    *,
    today: date,
    dry_run: bool = False,
    heed: Callable[[datetime | None, datetime | None], None] = lambda committed, clock: None,
) -> Synced:
    """Commit what ``unit`` has written, merge what others have pushed, check, push, and update the files here.

    ``heed`` is called before anything is written, with the time of the remote's last commit and that by its clock,
    where they are known, and may raise. Tries again where the remote has moved meanwhile. Raises ``GaigaiError`` in
    every trouble; branch, index and files are then as they were.
    """
    repository.demand_trusted()
    with locked(repository.data, who=unit):
        drop_leftovers(repository)
        repository.demand_quiet()
        branch, head, changed = checked_out(repository)
        remote = remote_of(repository, branch)
        if head is None:
            raise GaigaiError(
                "这个仓库还没有任何提交",
                "请由管理清单的人先提交清单：git add . ，git commit",
            )
        own = own_changes(repository, head, changed, ledger, unit)
        start = Start(branch, head, own, _message(own, ledger, unit))
    subject = start.message.partition("\n")[0]
    tips: set[str | None] = set()
    for retries in range(TRIES):
        found, clock, usual = remote.fetch()
        tip = found.commit if found else None
        if not tips:
            heed(found.at if found else None, clock)
        tips.add(tip)
        base = tip if tip in (None, head) else repository.merge_base(head, tip)
        step = _advance(repository, start, found, base, remote)
        goal = step.goal
        sent: list[str] = []
        if goal != tip:
            errors = errors_brought(repository, goal, [tip] if tip else [], today=today)
            if errors:
                files = {entry.file for entry in ledger.entries if entry.unit == unit}
                left = [e for e in unsent(repository, ledger, tip) if e.file in files]
                raise CheckFailed(errors, left)
            sent = [*_subjects(repository, head, tip, base), *([subject] if own.files else [])]
        # Where nothing is pushed, following is all that can fail, and then changes nothing.
        if step.touched and (goal != tip or dry_run):
            look_ahead(repository, step)
        result = Synced(
            remote.name,
            remote.branch,
            subject if own.files and goal != tip else None,
            tuple(_subjects(repository, tip, head, base)),
            f"{head[:SHORT]}..{(tip or head)[:SHORT]}",
            tuple(sent),
            own.others,
            retries,
            usual,
        )
        if dry_run or goal == tip or (refusal := remote.push(goal)) is None:
            break
    else:
        raise _given_up(remote, refusal or "", moved=len(tips) > 1)
    if not dry_run and (goal != head or own.files):
        with locked(repository.data, who=unit):
            _follow(repository, step, pushed=goal != tip)
    return result


def _message(own: OwnChanges, ledger: Ledger, unit: str) -> str:
    """Return the message of the commit that holds the own changes."""
    if not own.entries:
        return f"记录文件: {unit}\n"
    items = [entry.record.item for entry in own.entries if entry.record.item]
    return commit_message(own.entries, items, year=ledger.tasks.notice.year)


def _advance(
    repository: Repository, start: Start, tip: Tip | None, base: str | None, remote: Remote
) -> Advance:
    """Return the way to where both sides are to end: a merge, or one's only commit on top of the remote's.

    ``base`` is the last commit that the clone and the remote's ``tip`` have in common.
    """
    if tip is None or base == tip.commit:
        return Advance(start, _own_commit(repository, start), ())
    if base is None:
        raise GaigaiError(
            "本机与远端的历史没有共同的起点",
            "这是浅克隆，请先运行 git fetch --unshallow"
            if repository.is_shallow
            else "请核对远端地址，或重新克隆后把记录文件拷过去",
        )
    touched = differing(repository, base, tip.commit)
    own, alone = start.own, base == start.head  # alone: nobody has committed what is to be pushed
    if alone and not own.files:
        return Advance(start, tip.commit, touched)
    merged = merge_trees(repository, own.tree, tip.commit, base)
    if merged.tree is None:
        raise _conflict(repository, merged.conflicts, tip.commit, alone=alone)
    if alone and merged.tree == tip.tree:
        goal = tip.commit  # the remote has all of it: an earlier run was killed after its push
    elif alone and own.files.keys().isdisjoint(touched):
        goal = commit_tree(repository, merged.tree, [tip.commit], start.message)
    else:
        # Where the remote has changed one of the own files history has to show two lines that meet.
        parents = [_own_commit(repository, start), tip.commit]
        message = f"合并 {remote.name} 的 {remote.branch}\n"
        goal = commit_tree(repository, merged.tree, parents, message)
    return Advance(start, goal, touched)


def _own_commit(repository: Repository, start: Start) -> str:
    """Return the last commit with the own changes on top of it, where there are any."""
    if not start.own.files:
        return start.head
    return commit_tree(repository, start.own.tree, [start.head], start.message)


def _conflict(
    repository: Repository, names: Sequence[str], tip: str, *, alone: bool
) -> GaigaiError:
    """Return what to say of files that both sides have changed; a log may have another name at the remote now."""
    there = tree_files(repository, tip, names)
    gone = next((name for name in names if repository.is_log(name) and name not in there), None)
    what = "本机和远端改了同一处，合不到一起"
    remedy = "请和改动的人商量，或请懂 git 的同事用 git merge 处理"
    if gone is not None:
        what = "远端移走或删去了本机有新记录的文件，合不到一起"
        if alone:
            path = as_word(gone)
            remedy = f"请先把它另存到别处，运行 git checkout HEAD -- {path} 恢复原样，同步后照另存的重新登记"
    return GaigaiError(f"{what}：{listed(names)}；没有推送，本机没有任何改动", remedy)


def _given_up(remote: Remote, refusal: str, *, moved: bool) -> GaigaiError:
    """Return what to say after the last try; ``moved``: somebody else's commits did arrive meanwhile."""
    if moved:
        return GaigaiError(
            f"远端“{remote.name}”一直有人推送，试了{TRIES}次都没有轮到，本机没有任何改动",
            "请稍后再运行",
        )
    return GaigaiError(
        f"远端“{remote.name}”的 {remote.branch} 更新不了：没有别人推送，试了{TRIES}次都不行，"
        f"git 的原话：{refusal}；本机没有任何改动",
        "请把这句话交给管理远端的人",
    )


def _subjects(
    repository: Repository, new: str | None, old: str | None, base: str | None
) -> list[str]:
    """Return the first lines of the commits, oldest first, that one side has and the other hasn't.

    ``base`` is the last one that both have. Merges are left out.
    """
    if new is None or new == base:
        return []
    what = ("--reverse", "--no-merges", "--encoding=UTF-8", "--format=%s")
    answer = repository.ask("log", *what, new, *([f"^{old}"] if old else []))
    return answer.decode("utf-8", "replace").splitlines()


def _follow(repository: Repository, step: Advance, *, pushed: bool) -> None:
    try:
        follow(repository, step)
    except GaigaiError as error:
        if not pushed:
            raise
        raise GaigaiError(
            "您的记录已经推送，但本机的文件没有更新：同步时文件又被改动", "请再运行一次 gaigai sync"
        ) from error
