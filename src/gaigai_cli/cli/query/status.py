"""``gaigai status``: the whole list at a glance."""

from typing import Annotated

import typer

from gaigai_cli.cli import values
from gaigai_cli.cli.query import filters
from gaigai_cli.cli.session import current
from gaigai_cli.render.json import overview_json
from gaigai_cli.render.overview import overview


def status(
    ctx: typer.Context,
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
    """Print the counts by status and by light, what is due next, indicators and units."""
    session = current(ctx)
    if values.choice(format_, filters.TABLE_OR_JSON, "--format") == "json":
        session.output.json(overview_json(session.judgement))
    else:
        session.output.show(overview(session.judgement, session.output.width))
