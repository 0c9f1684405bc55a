"""``gaigai log``: the course of an item, a unit or the whole list over commits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, NamedTuple

import typer

from gaigai_cli.cli import complete, typed
from gaigai_cli.cli.output import Output
from gaigai_cli.cli.query import filters
from gaigai_cli.cli.query.check import data_prefix
from gaigai_cli.cli.run import given
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


def log(
    ctx: typer.Context,
    id_: Annotated[
        str | None,
        typer.Argument(
            metavar="编号",
            help="事项编号，如 16.2；不写则为整个清单",
            autocompletion=complete.items_and_tasks,
        ),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit", metavar="单位", help="只看这个单位登记的", autocompletion=complete.units
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="格式",
            help="输出格式：table（默认）、json",
            autocompletion=filters.table_or_json,
        ),
    ] = "table",
) -> None:
    """Print what each commit recorded, oldest first, and what is not committed yet."""
    from gaigai_cli.history.changes.timeline import course
    from gaigai_cli.render.console import timeline as render

    session = current(ctx)
    form = typed.choice(format_, filters.TABLE_OR_JSON, "--format")
    item = session.item_id(id_) if id_ is not None else None
    name = session.unit(unit) if unit is not None else None
    found = course(session.data, session.at or HEAD, session.ledger, item=item, unit=name)
    if form == "json":
        session.output.json(render.as_json(found))
        return
    about = " ".join(filter(None, (name, item))) or "整个清单"
    session.output.show(render.as_page(found, f"{about}的登记经过", session.output.width))


_REVIEW_FORMATS: Final = {"text": "text", "md": "md", "github": "github", "json": "json"}


def review_formats() -> list[tuple[str, str]]:
    """The forms to complete."""
    return [
        ("text", "终端文字"),
        ("md", "Markdown，可贴进合并请求"),
        ("github", "代码托管平台的行内提示"),
        ("json", "JSON"),
    ]


def review(
    ctx: typer.Context,
    range_: Annotated[
        str,
        typer.Argument(
            metavar="范围", help="A..B：审阅 B 比 A 多出的提交；只写 A：审阅 HEAD 比 A 多出的提交"
        ),
    ],
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="格式",
            help="输出格式：text（默认）、md（可贴进合并请求）、github（行内提示）、json",
            autocompletion=review_formats,
        ),
    ] = "text",
    require_signed: Annotated[
        bool,
        typer.Option(
            "--require-signed",
            help="每个提交都要有 reviewers.yaml 所列登记人的有效签名；不用它只防差错，不防伪造",
        ),
    ] = False,
) -> None:
    """Print what a range changes, what it breaks, and what to look at."""
    from gaigai_cli.history.review.review import review as reviewed
    from gaigai_cli.render.console import review as render

    form = typed.choice(format_, _REVIEW_FORMATS, "--format")
    words = words_of(range_)
    if words.base is None:
        raise GaigaiError("范围是空的", "应写成 A..B 的样子")
    session = session_at(ctx, words.head)
    head = session.at or HEAD
    found = reviewed(session.data, words.base, head, today=session.today, signed=require_signed)
    prefix = data_prefix(session)
    output = session.output
    if form == "json":
        output.json(render.as_json(found, prefix))
    elif form == "github":
        output.document(render.as_github(found, prefix))
    elif form == "md":
        output.document(render.as_markdown(found, f"审阅 {words.base}..{head}", prefix))
    else:
        output.show(render.as_page(found, f"审阅 {words.base}..{head}", output.width, prefix))
    if found.bad:
        raise typer.Exit(1)


_FORMATS: Final = {"text": "text", "md": "md", "json": "json"}


def formats() -> list[tuple[str, str]]:
    """The forms to complete."""
    return [("text", "终端文字"), ("md", "Markdown，可贴进合并请求"), ("json", "JSON")]


def diff(
    ctx: typer.Context,
    range_: Annotated[
        str | None,
        typer.Argument(
            metavar="范围",
            help="A..B：从提交 A 到提交 B；只写 A：从 A 到现在的文件；不写：上次提交之后的改动",
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="格式",
            help="输出格式：text（默认）、md（可贴进合并请求）、json",
            autocompletion=formats,
        ),
    ] = "text",
    textconv: Annotated[
        str | None,
        typer.Option(
            "--textconv",
            metavar="文件",
            help="把一个数据文件写成中文，供 git 比较时用（由 git-setup 设置）",
        ),
    ] = None,
) -> None:
    """Print what was recorded and edited, unit by unit and item by item."""
    if textconv is not None:
        from gaigai_cli.render.plain_file import as_lines
        from gaigai_cli.store.regular import read_file

        output = Output(color=not given(ctx).get("no_color"), file=given(ctx).get("out"))
        output.data(as_lines(read_file(Path(textconv))))
        return
    form = typed.choice(format_, _FORMATS, "--format")
    words = words_of(range_)
    session = session_at(ctx, words.head)
    base = words.base or HEAD
    from gaigai_cli.history.changes.changes import changes
    from gaigai_cli.history.review.range import data_at
    from gaigai_cli.render.console import changes as render

    session.tell_findings()
    before = data_at(session.data, base, "diff").judge
    found = changes(before, session.judge, session.as_of)
    title = f"从 {base} 到{f' {session.at} ' if session.at else '现在文件'}的改动"
    if form == "json":
        from gaigai_cli.render.json import as_json

        session.output.json({"from": base, "to": session.at, **as_json(found)})
    elif form == "md":
        from gaigai_cli.render.console.changes import as_markdown

        session.output.document(as_markdown(found, title))
    else:
        session.output.show(render.as_page(found, title, session.output.width))
