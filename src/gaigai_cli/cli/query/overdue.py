"""``gaigai overdue``: 逾期未办结 and 未按期报送, told apart."""

from typing import Annotated

import typer

from gaigai_cli import query
from gaigai_cli.cli import complete, values
from gaigai_cli.cli.query import filters
from gaigai_cli.cli.session import current
from gaigai_cli.render.json import late_json
from gaigai_cli.render.late import late

FOUND = 1


def overdue(
    ctx: typer.Context,
    dept: Annotated[
        str | None,
        typer.Option(
            "--dept", metavar="单位", help="只看这个单位承担的事项", autocompletion=complete.units
        ),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="有逾期未办结或未按期报送的，退出码为 1")
    ] = False,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="格式",
            help="输出格式：table（默认）、json",
            autocompletion=filters.table_or_json,
        ),
    ] = "table",
) -> int:
    """Print what is past its deadline, and who owes a period's report."""
    session = current(ctx)
    form = values.choice(format_, filters.TABLE_OR_JSON, "--format")
    unit = session.unit(dept) if dept is not None else None
    judgement = session.judgement
    unfinished = query.of_unit(query.overdue(judgement), unit)
    silent = query.of_unit(query.unreported(judgement), unit)
    if form == "json":
        session.output.json(late_json(unfinished, silent))
    else:
        title = f"逾期情况：{unit}承担" if unit else "逾期情况"
        width = session.output.width
        session.output.show(late(judgement, unfinished, silent, title=title, width=width))
    return FOUND if exit_code and (unfinished or silent) else 0
