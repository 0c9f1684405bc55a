"""``gaigai git-setup``: one command for a new clone, and one to undo it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import typer

from gaigai_cli.cli.options import Option
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.clone.codeowners import FORGES, codeowners
from gaigai_cli.history.clone.setup import CONFLICT, HOOKS, KEPT_SUFFIX, Setup
from gaigai_cli.history.merge.files import MARKER_SIZE, merge_log
from gaigai_cli.history.repository import Repository, repository
from gaigai_cli.model.departments import UNIT_SETTING
from gaigai_cli.model.finding import Finding
from gaigai_cli.render.lines import Part, hanging, page, paragraph
from gaigai_cli.render.width import width_of
from gaigai_cli.store.names import inside
from gaigai_cli.store.write import replace_text
from gaigai_cli.work import values

# Without -P, Python would import modules that lie in the repository.
_PROGRAM: Final = (Path(sys.executable).as_posix(), "-P", "-m", "gaigai_cli")
_SHOWN: Final = frozenset({"core.quotePath", "merge.conflictStyle", UNIT_SETTING})


def forges() -> list[tuple[str, str]]:
    """Return the forges to complete."""
    return [(name, forge.file) for name, forge in FORGES.items()]


_OWN_UNIT: Final = Option("--unit", "本机属于哪个单位", "单位")
_UNDO: Final = Option("--undo", "撤除全部设置，恢复原样")
_CODEOWNERS: Final = Option(
    "--codeowners",
    "按 reviewers.yaml 生成代码托管平台的审阅人文件：github、gitlab 或 gitea",
    "平台",
    complete=forges,
)
_DRY_RUN: Final = Option("--dry-run", "只显示要设置什么，不改动")


@takes(_OWN_UNIT, _UNDO, _CODEOWNERS, _DRY_RUN)
def git_setup(run: Run) -> None:
    """Set up this clone, or undo that."""
    session = run.session
    place = repository(session.data)
    if run.flag(_UNDO):
        run.refuse_unused()
        left = Setup(place, _PROGRAM, None).undo()
        session.output.text("已撤除 git-setup 的全部设置，恢复原样。")
        if left:
            session.output.message(f"以下设置后来被人改过，没有动：{'、'.join(left)}。")
        return
    dry_run, forge = run.flag(_DRY_RUN), run.word(_CODEOWNERS)
    if forge is not None:
        run.refuse_unused()
        _write_codeowners(session, place, forge, dry_run=dry_run)
        return
    unit = run.word(_OWN_UNIT)
    setup = Setup(place, _PROGRAM, session.unit(unit) if unit else None)
    setup.demand_possible()
    session.output.show(page(_told(setup)))
    if dry_run:
        session.output.message("以上是预演，没有改动。")
        return
    setup.apply()
    if session.own_unit is None:
        session.output.message(
            "还没有设定单位，请再运行 gaigai git-setup --unit 单位名称，sync 要用它。"
        )


def _told(setup: Setup) -> Iterator[Part]:
    """Yield what will be set, and what for; only in this repository's ``.git``."""
    words = "只在本仓库的 .git 里设置，别的仓库和全局设置不动；撤除用 gaigai git-setup --undo。"
    yield paragraph(words)
    rows = [
        (f"{s.name}={s.value}" if s.name in _SHOWN else s.name, s.why) for s in setup.settings()
    ]
    rows.append(("info/attributes", "以上方式用于哪些文件；佐证文件逐字节保存"))
    chained = setup.chained()
    for name, why in HOOKS.items():
        before = f"；先运行原有的钩子（改名为 {name}{KEPT_SUFFIX}）" if name in chained else ""
        rows.append((f"hooks/{name}", f"{why}{before}"))
    width = max(width_of(name) for name, _ in rows)
    for name, why in rows:
        yield hanging(f"  {name}", why, indent=width + 4)


def _write_codeowners(session: Session, place: Repository, forge: str, *, dry_run: bool) -> None:
    chosen = FORGES[values.choice(forge, FORGES, "--codeowners")]
    for other in chosen.sooner:
        if (place.top / other).exists():
            raise GaigaiError(
                f"仓库里已有 {other}，平台只读它，不读 {chosen.file}", f"请先移走 {other}"
            )
    text = codeowners(chosen, session.ledger, place.prefix)
    if dry_run:
        session.output.text(text)
        session.output.message(f"以上是预演，没有写入 {chosen.file}。")
        return
    path = inside(place.top.resolve(), chosen.file, what="仓库")
    old = path.read_text(encoding="utf-8") if path.exists() else None
    if old is not None and "gaigai git-setup" not in old:
        raise GaigaiError(
            f"{chosen.file} 不是 gaigai 生成的，没有覆盖",
            "请先移走它，或用 --dry-run 看内容后自己合并",
        )
    replace_text(path, text)
    session.output.text(f"已写入 {chosen.file}，请提交并推送。")


_HOOK: Final = Option("钩子", required=True)
_WORDS: Final = Option("参数", many=True)
_SIGNED: Final = Option("--require-signed")


@takes(_HOOK, _WORDS, _SIGNED)
def hook(run: Run) -> None:
    """Check what is staged, or review what is pushed; exit status 1 where git had better stop."""
    check = _HOOKS[values.choice(run.word(_HOOK) or "", _HOOKS, "hook")]
    if not check(run):
        raise typer.Exit(1)


def _pre_commit(run: Run) -> bool:
    from gaigai_cli.history.clone.hooks import staged_errors

    session = run.session
    place = repository(session.data)
    errors = staged_errors(place, today=session.today)
    if not _is_sound(session, place, errors):
        session.output.message(
            f"要提交的内容有{len(errors)}处错误，没有提交。请改正、重新 git add 后再提交。"
        )
    return not errors


def _told_by_git() -> str:
    """Return what git tells a hook on standard input: names in UTF-8, whatever the console's encoding is."""
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _pre_push(run: Run) -> bool:
    from gaigai_cli.history.clone.hooks import pushed
    from gaigai_cli.history.review.review import review
    from gaigai_cli.render.console.review import as_page

    session = run.session
    place = repository(session.data)
    sound = True
    words = run.words(_WORDS)
    remote = words[0] if words else "origin"
    for one in pushed(place, remote, _told_by_git()):
        found = review(session.data, one.base, one.tip, today=session.today)
        if found.bad:
            sound = False
            title = f"要推送到 {remote} 的 {one.branch}"
            told = as_page(found, title, place.prefix).text(session.output.width)
            session.output.message(told)
    if not sound:
        session.output.message("要推送的内容有违反规则之处，没有推送。请照上面的话改正后再推送。")
    return sound


def _receive(run: Run) -> bool:
    """Review each reference of a push to a server, or refuse it in a sentence; return whether all may come."""
    from gaigai_cli.history.clone.hooks import errors_of
    from gaigai_cli.history.review.receive import received, updates_of
    from gaigai_cli.render.console.review import as_page

    session = run.session_at("HEAD")
    place = repository(session.data, "hook receive")
    updates = updates_of(_told_by_git())
    sound = True
    for one in received(
        place, session.data, updates, today=session.today, signed=run.flag(_SIGNED)
    ):
        name = one.update.name
        if one.refusal:
            sound = False
            session.output.message(one.refusal)
        elif one.review is not None:
            told = as_page(one.review, f"推送到 {name}", place.prefix)
            session.output.message(told.text(session.output.width))
            if one.review.bad:
                sound = False
                session.output.message(f"以上问题改正后再推送到 {name}。")
        elif one.first is not None and not _is_sound(
            session, place, errors_of(place, one.first, today=session.today)
        ):
            sound = False
            session.output.message(f"清单有错误，改正后再推送到 {name}。")
    return sound


def _is_sound(session: Session, place: Repository, errors: Sequence[Finding]) -> bool:
    """Return whether there are no errors; they are told."""
    from gaigai_cli.render.findings import as_text

    if errors:
        session.output.message(as_text(errors, place.prefix).rstrip("\n"))
    return not errors


_HOOKS: Final[dict[str, Callable[[Run], bool]]] = {
    "pre-commit": _pre_commit,
    "pre-push": _pre_push,
    "receive": _receive,
}

_BASE: Final = Option("分歧之前", required=True)
_OURS: Final = Option("本机", required=True)
_THEIRS: Final = Option("对方", required=True)
_MARKER: Final = Option("标记长度", required=True)


@takes(_BASE, _OURS, _THEIRS, _MARKER)
def merge_driver(run: Run) -> None:
    """Write the merge of three logs into the second one, with markers where it is a conflict: then exit status 10.

    The command that ``git-setup`` sets tells it from the failures after which it leaves the file to plain git.
    A clone that was set up earlier hands over the log's path in place of the marker's length, and has plain git merge
    the second file after a conflict, too: then that file stays as it is.
    """
    base, ours, theirs, marker_size = (
        run.word(one) or "" for one in (_BASE, _OURS, _THEIRS, _MARKER)
    )
    was, mine, other = (Path(file).read_bytes() for file in (base, ours, theirs))
    told = marker_size.isdecimal()
    merged = merge_log(Path.cwd(), was, mine, other, int(marker_size) if told else MARKER_SIZE)
    if merged.clean or told:
        Path(ours).write_bytes(merged.data)
    if not merged.clean:
        raise typer.Exit(CONFLICT)
