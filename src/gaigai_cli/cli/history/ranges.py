"""Commits as people type them: ``A``, ``A..B``; and the two ledgers that they mean."""

from __future__ import annotations

from typing import Final, NamedTuple

import typer

from gaigai_cli.cli.context import given
from gaigai_cli.cli.session import Session, current
from gaigai_cli.errors import GaigaiError

HEAD: Final = "HEAD"
_DOTS: Final = ".."


class Words(NamedTuple):
    """Two names of commits; None where none was typed."""

    base: str | None
    head: str | None


def words_of(typed: str | None) -> Words:
    """``A..B`` or ``A``; either side of the dots may be empty, as with git."""
    if typed is None:
        return Words(None, None)
    if "..." in typed:
        raise GaigaiError(f"“{typed}”多写了一个点", "范围写成 A..B，两个点")
    base, dots, head = typed.partition(_DOTS)
    return Words(base or HEAD, (head or HEAD) if dots else None)


def session_at(ctx: typer.Context, head: str | None) -> Session:
    """The session with the data of ``head``; where None, with those that ``--at`` names, else the files as they are."""
    if head is not None:
        options = given(ctx)
        if "at" in options:
            raise GaigaiError("范围的右边和 --at 只能写一个", "请去掉 --at")
        options["at"] = head
    return current(ctx)
