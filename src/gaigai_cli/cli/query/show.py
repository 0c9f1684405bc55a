"""``gaigai show``: everything about an item, or about all items of a task."""

from typing import Annotated

import typer

from gaigai_cli.cli import complete, values
from gaigai_cli.cli.query import filters
from gaigai_cli.cli.session import Session, current
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.render.card import cards
from gaigai_cli.render.json import card_json


def show(
    ctx: typer.Context,
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="编号",
            help="事项或任务的编号，可写几个：16.2、16、第16项第2条",
            autocompletion=complete.items_and_tasks,
        ),
    ],
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
    """Print items with their units, deadline, indicators and all records in time order."""
    session = current(ctx)
    form = values.choice(format_, filters.TABLE_OR_JSON, "--format")
    items = _items(session, ids)
    changes = session.judge.records.changes
    if form == "table":
        session.output.show(cards(session.judgement, items, changes, session.output.width))
        return
    found = [card_json(session.judgement, item, changes) for item in items]
    one = len(ids) == 1 and len(found) == 1
    session.output.json(found[0] if one else found)


def _items(session: Session, ids: list[str]) -> tuple[JudgedItem, ...]:
    """Each item once, in the order in which it was asked for."""
    found = (item for word in ids for item in session.items(word))
    return tuple({item.id: item for item in found}.values())
