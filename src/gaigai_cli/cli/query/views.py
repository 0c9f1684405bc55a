"""``gaigai depts``: the units, or one unit with its items."""

from collections.abc import Iterable
from typing import Final

from gaigai_cli.cli import complete
from gaigai_cli.cli.options import TABLE_OR_JSON
from gaigai_cli.cli.run import Option, Run, takes
from gaigai_cli.cli.session import Session, told
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.query.choose import Filter, by_unit, select
from gaigai_cli.render.console.card import cards
from gaigai_cli.render.console.overview import overview
from gaigai_cli.render.console.todo import todo_json, todo_page
from gaigai_cli.render.console.units import unit_page
from gaigai_cli.render.console.units import units as units_page
from gaigai_cli.render.json import card_json, overview_json, rows_json, unit_json
from gaigai_cli.report import todo as report

_UNIT: Final = Option(
    "单位",
    "单位名称、别名或简拼，如 县住建局、zjj；不写则列出全部单位",
    "单位",
    complete=complete.units,
)


@takes(_UNIT, TABLE_OR_JSON)
def depts(run: Run) -> None:
    """Print the units with their roles and counts, or one with its items."""
    session, unit = run.session, run.word(_UNIT)
    as_json = run.format(TABLE_OR_JSON) == "json"
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


_WHOSE: Final = Option(
    "--unit",
    "只看这个单位的待办；不写则取 GAIGAI_UNIT 或 git config gaigai.unit，都没有则为工改办的",
    "单位",
    complete=complete.units,
)


@takes(_WHOSE, TABLE_OR_JSON)
def todo(run: Run) -> None:
    """Print everything that waits for the office, or for a unit."""
    session, unit = run.session, run.word(_WHOSE)
    as_json = run.format(TABLE_OR_JSON) == "json"
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


_IDS: Final = Option(
    "编号",
    "事项或任务的编号，可写几个：16.2、16、第16项第2条",
    "编号",
    many=True,
    required=True,
    complete=complete.items_and_tasks,
)


@takes(_IDS, TABLE_OR_JSON)
def show(run: Run) -> None:
    """Print items with their units, deadline, indicators and all records in time order."""
    session, ids = run.session, run.words(_IDS)
    form = run.format(TABLE_OR_JSON)
    items = _items(session, ids)
    changes = session.judge.records.changes
    if form == "table":
        session.output.show(cards(session.judgement, items, changes, session.output.width))
        return
    found = [card_json(session.judgement, item, changes) for item in items]
    one = len(ids) == 1 and len(found) == 1
    session.output.json(found[0] if one else found)


def _items(session: Session, ids: Iterable[str]) -> tuple[JudgedItem, ...]:
    """Each item once, in the order in which it was asked for."""
    found = (item for word in ids for item in session.items(word))
    return tuple({item.id: item for item in found}.values())


@takes(TABLE_OR_JSON)
def status(run: Run) -> None:
    """Print the counts by status and by light, what is due next, indicators and units."""
    session = run.session
    if run.format(TABLE_OR_JSON) == "json":
        session.output.json(overview_json(session.judgement))
    else:
        session.output.show(overview(session.judgement, session.output.width))
