"""``gaigai log``: the course of an item, a unit or the whole list over commits."""

from typing import Annotated

import typer

from gaigai_cli.cli import complete, values
from gaigai_cli.cli.history.ranges import HEAD
from gaigai_cli.cli.query import filters
from gaigai_cli.cli.session import current


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
    from gaigai_cli.history.changes.course import course
    from gaigai_cli.render import course as render

    session = current(ctx)
    form = values.choice(format_, filters.TABLE_OR_JSON, "--format")
    item = session.item_id(id_) if id_ is not None else None
    name = session.unit(unit) if unit is not None else None
    found = course(session.data, session.at or HEAD, session.ledger, item=item, unit=name)
    if form == "json":
        session.output.json(render.as_json(found))
        return
    about = " ".join(filter(None, (name, item))) or "整个清单"
    session.output.show(render.as_page(found, f"{about}的登记经过", session.output.width))
