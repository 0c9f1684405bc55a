"""``gaigai hook``: what the hooks of ``git-setup`` call. Silent where everything is in order."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated, Final

import typer

from gaigai_cli.cli import values
from gaigai_cli.cli.session import Session, current
from gaigai_cli.history.repository import Repository, repository


def hook(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="钩子")],
    words: Annotated[list[str] | None, typer.Argument(metavar="参数")] = None,
) -> None:
    """Check what is staged, or review what is pushed; exit status 1 where git had better stop."""
    session = current(ctx)
    run = values.choice(name, _HOOKS, "hook")
    if not run(session, repository(session.data), words or []):
        raise typer.Exit(1)


def _pre_commit(session: Session, place: Repository, words: list[str]) -> bool:
    from gaigai_cli.history.clone.hooks import staged_errors
    from gaigai_cli.render.findings import as_text

    errors = staged_errors(place, today=session.today)
    if errors:
        session.output.message(as_text(errors, place.prefix).rstrip("\n"))
        session.output.message(
            f"要提交的内容有{len(errors)}处错误，没有提交。请改正、重新 git add 后再提交。"
        )
    return not errors


def _pre_push(session: Session, place: Repository, words: list[str]) -> bool:
    from gaigai_cli.history.clone.hooks import pushed
    from gaigai_cli.history.review.review import review
    from gaigai_cli.render.review import as_page

    sound = True
    remote = words[0] if words else "origin"
    for one in pushed(place, remote, sys.stdin.read()):
        found = review(session.data, one.base, one.tip, today=session.today)
        if found.bad:
            sound = False
            title = f"要推送到 {remote} 的 {one.branch}"
            session.output.message(as_page(found, title, session.output.width, place.prefix).text)
    if not sound:
        session.output.message("要推送的内容有违反规则之处，没有推送。请照上面的话改正后再推送。")
    return sound


_HOOKS: Final[dict[str, Callable[[Session, Repository, list[str]], bool]]] = {
    "pre-commit": _pre_commit,
    "pre-push": _pre_push,
}
