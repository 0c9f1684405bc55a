"""``gaigai todo``: what waits this morning."""

from typing import Annotated

import typer

from gaigai_cli.cli import values
from gaigai_cli.cli.complete import units
from gaigai_cli.cli.session import current, told
from gaigai_cli.render.todo import todo_json, todo_page
from gaigai_cli.report import todo as report

_FORMATS = {"table": "table", "json": "json"}


def todo(
    ctx: typer.Context,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit",
            metavar="单位",
            help="只看这个单位的待办；不写则取 GAIGAI_UNIT 或 git config gaigai.unit，"
            "都没有则为工改办的",
            autocompletion=units,
        ),
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="格式", help="输出格式：table（默认）、json")
    ] = "table",
) -> None:
    """Print everything that waits for the office, or for a unit."""
    session = current(ctx)
    as_json = values.choice(format_, _FORMATS, "--format") == "json"
    whose = session.unit(unit) if unit is not None else session.own_unit
    # Findings are part of the answer here, so they are not told on standard error besides.
    judgement = session.judge.on(session.as_of)
    found = report.todo(judgement, whose)
    findings = session.findings
    if as_json:
        errors = sum(f.severity == "error" for f in findings)
        session.output.json(todo_json(found, errors=errors, warnings=len(findings) - errors))
    else:
        session.output.show(todo_page(judgement, found, told(findings), session.output.width))
