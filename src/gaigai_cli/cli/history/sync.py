"""``gaigai sync``: one's own records to the others, and theirs here, for people who don't know git."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.filling import heed_clock
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError, as_word, some_of

if TYPE_CHECKING:
    from gaigai_cli.history.clone.sync import Synced

_SHOWN: Final = 20
_OFFICE_COMMITS: Final = (
    "通报、文书、清单这样提交：git add 文件，git commit -m 说明，再运行 gaigai sync。"
)

_DRY_RUN: Final = Option("--dry-run", "只说明会提交、收到和推送什么，不提交也不推送")


@takes(_DRY_RUN)
def sync(run: Run) -> None:
    """Commit the own records, merge the others', check, push."""
    from gaigai_cli.history.clone.sync import CheckFailed
    from gaigai_cli.history.clone.sync import sync as synced
    from gaigai_cli.history.repository import repository
    from gaigai_cli.render.findings import as_text

    session, dry_run = run.session, run.flag(_DRY_RUN)
    run.refuse_unused()
    place = repository(session.data, configuration=session.configuration)
    try:
        done = synced(
            place,
            session.ledger,
            _unit(session),
            today=session.today,
            dry_run=dry_run,
            heed=lambda *known: heed_clock(session, *known, asking=not dry_run),
        )
    except CheckFailed as error:
        session.output.message(as_text(error.findings, place.prefix).rstrip("\n"))
        raise
    for line in _told(done, dry_run=dry_run):
        session.output.text(line)
    review = session.output.typable(f"gaigai review {done.arrived}")
    if done.received and session.own_unit == session.ledger.office:
        # The server told only who pushed it.
        session.output.text(f"核对收到的：{review}")
    if done.received and not dry_run:
        _tell_losses(session, review)
    if done.usual:
        session.output.message(
            f"提示：这是分支 {done.branch}，{session.ledger.office}看的是 {done.usual}，看不到这里的记录。"
            f"请运行 git switch {as_word(done.usual)}，"
            f"再运行 git merge {as_word(done.branch)} 和 gaigai sync。"
        )
    if done.others:
        own = session.own_unit == session.ledger.office
        session.output.message(
            f"{done.left_alone}：{some_of(done.others, _SHOWN)}。{_OFFICE_COMMITS if own else ''}"
        )
    if dry_run:
        session.output.message("以上是预演，没有提交，也没有推送。")


def _tell_losses(session: Session, review: str) -> None:
    """Say which records others have changed or deleted."""
    from gaigai_cli.history.clone.sync import losses

    if lost := losses(session.ledger, replace(session).reading.ledger):
        session.output.message(
            f"提示：{lost}，请运行 {review} 核对，并告知{session.ledger.office}。"
        )


def _unit(session: Session) -> str:
    if session.own_unit is None:
        raise GaigaiError(
            "还不知道这台电脑属于哪个单位", "请先运行 gaigai git-setup --unit 单位名称，只需一次"
        )
    return session.own_unit


def _told(done: Synced, *, dry_run: bool) -> Iterator[str]:
    """Yield what became of it."""
    will = "将" if dry_run else "已"
    if done.committed:
        yield f"{will}提交：{done.committed}"
    if done.received:
        yield f"{'将收到' if dry_run else '收到'}别人的{len(done.received)}个提交："
        yield from _lines(done.received)
    if done.sent:
        again = f"（远端有人先推送，重试了{done.retries}次）" if done.retries else ""
        yield f"{will}推送{len(done.sent)}个提交到 {done.where}{again}。"
    if not (done.committed or done.received or done.sent):
        yield f"{done.nothing_new}。"


def _lines(subjects: Sequence[str]) -> Iterator[str]:
    left = len(subjects) - _SHOWN
    if left > 0:
        yield f"  ……（更早的{left}个略）"
    yield from (f"  {subject}" for subject in subjects[-_SHOWN:])
