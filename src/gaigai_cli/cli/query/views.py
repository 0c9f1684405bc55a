"""``gaigai depts``: the units, or one unit with its items."""

from typing import Annotated

import typer

from gaigai_cli.cli import complete, typed
from gaigai_cli.cli.complete import units
from gaigai_cli.cli.query import filters
from gaigai_cli.cli.session import Session, current, told
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.query.choose import Filter, by_unit, select
from gaigai_cli.render.console.card import cards
from gaigai_cli.render.console.overview import overview
from gaigai_cli.render.console.todo import todo_json, todo_page
from gaigai_cli.render.console.units import unit_page
from gaigai_cli.render.console.units import units as units_page
from gaigai_cli.render.json import card_json, overview_json, rows_json, unit_json
from gaigai_cli.report import todo as report


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
    as_json = typed.choice(format_, filters.TABLE_OR_JSON, "--format") == "json"
    output, judgement = session.output, session.judgement
    rows = by_unit(judgement)
    if unit is None:
        if as_json:
            output.json([unit_json(judgement, row) for row in rows])
        else:
            output.show(units_page(judgement, output.width))
        return
    name = session.unit(unit)
    selection = select(judgement, Filter(dept=name))
    if as_json:
        row = next(row for row in rows if row.name == name)
        output.json(unit_json(judgement, row) | {"items": rows_json(selection.rows)})
    else:
        known = judgement.ledger.departments.by_name[name]
        output.show(unit_page(judgement, known, selection, output.width))


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
    as_json = typed.choice(format_, _FORMATS, "--format") == "json"
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
    form = typed.choice(format_, filters.TABLE_OR_JSON, "--format")
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
    if typed.choice(format_, filters.TABLE_OR_JSON, "--format") == "json":
        session.output.json(overview_json(session.judgement))
    else:
        session.output.show(overview(session.judgement, session.output.width))
