"""``gaigai diff``: what happened between two commits, or since the last one."""

from pathlib import Path
from typing import Annotated, Final

import typer

from gaigai_cli.cli import values
from gaigai_cli.cli.context import given
from gaigai_cli.cli.history.ranges import HEAD, session_at, words_of
from gaigai_cli.cli.output import Output

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

        output = Output(color=not given(ctx).get("no_color"))
        output.data(as_lines(Path(textconv).read_bytes()))
        return
    form = values.choice(format_, _FORMATS, "--format")
    words = words_of(range_)
    session = session_at(ctx, words.head)
    base = words.base or HEAD
    from gaigai_cli.history.changes.changes import changes
    from gaigai_cli.history.review.case import data_at
    from gaigai_cli.render import changes as render

    session.tell_findings()
    before = data_at(session.data, base, "diff").judge
    found = changes(before, session.judge, session.as_of)
    title = f"从 {base} 到{f' {session.at} ' if session.at else '现在文件'}的改动"
    if form == "json":
        from gaigai_cli.render.changes_json import as_json

        session.output.json({"from": base, "to": session.at, **as_json(found)})
    elif form == "md":
        from gaigai_cli.render.changes_md import as_markdown

        session.output.text(as_markdown(found, title))
    else:
        session.output.show(render.as_page(found, title, session.output.width))
