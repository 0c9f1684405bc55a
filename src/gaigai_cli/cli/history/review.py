"""``gaigai review``: the reviewer's page of a range of commits; exit status 1 where it must not be taken over."""

from typing import Annotated, Final

import typer

from gaigai_cli.cli import values
from gaigai_cli.cli.history.ranges import HEAD, session_at, words_of
from gaigai_cli.cli.query.check import data_prefix
from gaigai_cli.errors import GaigaiError

_FORMATS: Final = {"text": "text", "md": "md", "github": "github", "json": "json"}


def formats() -> list[tuple[str, str]]:
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
            autocompletion=formats,
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
    from gaigai_cli.render import review as render

    form = values.choice(format_, _FORMATS, "--format")
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
        output.text(render.as_github(found, prefix))
    elif form == "md":
        output.text(render.as_markdown(found, f"审阅 {words.base}..{head}", prefix))
    else:
        output.show(render.as_page(found, f"审阅 {words.base}..{head}", output.width, prefix))
    if found.bad:
        raise typer.Exit(1)
