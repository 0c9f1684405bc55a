"""``gaigai due``: what comes due soon, soonest first."""

from typing import Annotated

import typer

from gaigai_cli import query
from gaigai_cli.cli import complete, values
from gaigai_cli.cli.query import filters
from gaigai_cli.cli.query.listing import read_columns, write_rows
from gaigai_cli.cli.session import current


def due(
    ctx: typer.Context,
    within: Annotated[
        str, typer.Option("--within", metavar="天数", help="今后多少天内到期，默认 30")
    ] = "30",
    dept: Annotated[
        str | None,
        typer.Option(
            "--dept", metavar="单位", help="只看这个单位承担的事项", autocompletion=complete.units
        ),
    ] = None,
    columns: Annotated[
        str | None, typer.Option("--columns", metavar="列", help="只要这些列，用逗号隔开")
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="格式",
            help="输出格式：table（默认）、json、csv、md",
            autocompletion=filters.formats,
        ),
    ] = "table",
) -> None:
    """Print the dated items that come due within some days."""
    session = current(ctx)
    form = values.choice(format_, filters.FORMATS, "--format")
    days = values.whole(within, what="--within")
    chosen = read_columns(columns)
    unit = session.unit(dept) if dept is not None else None
    rows = query.of_unit(query.due_within(session.judgement, days), unit)
    late = query.of_unit(query.overdue(session.judgement), unit)
    whose = f"{unit}承担的" if unit else ""
    write_rows(
        session,
        rows,
        form=form,
        columns=chosen,
        title=f"{days}天内到期：{unit}承担" if unit else f"{days}天内到期",
        remarks=(f"另有{len(late)}项已经逾期，运行 gaigai overdue 查看。",) if late else (),
        nothing=f"{whose}事项中，{days}天内没有到期的。" if unit else f"{days}天内没有到期的事项。",
    )
