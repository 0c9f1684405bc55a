"""``gaigai depts``: the units, or one unit with its items."""

from typing import Annotated

import typer

from gaigai_cli.cli import complete, values
from gaigai_cli.cli.query import filters
from gaigai_cli.cli.session import current
from gaigai_cli.query import Filter, by_unit, select
from gaigai_cli.render.json import rows_json, unit_json
from gaigai_cli.render.units import unit_page, units


def depts(
    ctx: typer.Context,
    unit: Annotated[
        str | None,
        typer.Argument(
            metavar="单位",
            help="单位名称、别名或简拼，如 县住建局、zjj；不写则列出全部单位",
            autocompletion=complete.units,
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
    """Print the units with their roles and counts, or one with its items."""
    session = current(ctx)
    as_json = values.choice(format_, filters.TABLE_OR_JSON, "--format") == "json"
    output, judgement = session.output, session.judgement
    rows = by_unit(judgement)
    if unit is None:
        if as_json:
            output.json([unit_json(judgement, row) for row in rows])
        else:
            output.show(units(judgement, output.width))
        return
    name = session.unit(unit)
    selection = select(judgement, Filter(dept=name))
    if as_json:
        row = next(row for row in rows if row.name == name)
        output.json(unit_json(judgement, row) | {"items": rows_json(selection.rows)})
    else:
        known = judgement.ledger.departments.by_name[name]
        output.show(unit_page(judgement, known, selection, output.width))
