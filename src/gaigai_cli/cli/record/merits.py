"""``gaigai praise``, ``criticise``: what the office says of units."""

from __future__ import annotations

from typing import Annotated

import typer

from gaigai_cli.cli import complete
from gaigai_cli.cli.record import writing_options as o
from gaigai_cli.cli.record.deciding import office_session
from gaigai_cli.cli.record.desk import Desk, Field
from gaigai_cli.cli.record.fields import Fields, Given, text, words_of
from gaigai_cli.cli.record.wording import Files
from gaigai_cli.cli.record.writing import Writing, day_of, kept_words, record
from gaigai_cli.record.draft import Intention

To = Annotated[
    list[str] | None,
    typer.Argument(metavar="单位", help="单位，可写几个", autocompletion=complete.units),
]
About = Annotated[
    str | None,
    typer.Option(
        "--item",
        metavar="事项",
        help="所涉事项；不写则不针对某一事项",
        autocompletion=complete.items,
    ),
]


def praise(
    ctx: typer.Context,
    units: To = None,
    item: About = None,
    reason: o.Reason = None,
    basis: o.Basis = None,
    date: o.Date = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
) -> None:
    """Praise units (表扬)."""
    given = {"--item": item, "--reason": reason, "--basis": basis, "--date": date, "--by": by}
    _say_of(ctx, "praise", "表扬", units, given, dry_run=dry_run)


def criticise(
    ctx: typer.Context,
    units: To = None,
    item: About = None,
    reason: o.Reason = None,
    basis: o.Basis = None,
    responsibility: Annotated[
        bool, typer.Option("--responsibility", help="只认定责任（责任认定），不作通报批评")
    ] = False,
    date: o.Date = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
) -> None:
    """Criticise units (通报批评), or say who is responsible (责任认定)."""
    given = {
        "--item": item,
        "--reason": reason,
        "--basis": basis,
        "--responsibility": responsibility,
        "--date": date,
        "--by": by,
    }
    kind = "责任认定" if responsibility else "通报批评"
    _say_of(ctx, "criticise", kind, units, given, dry_run=dry_run)


def _say_of(
    ctx: typer.Context,
    command: str,
    kind: str,
    units: list[str] | None,
    given: Given,
    *,
    dry_run: bool,
) -> None:
    session = office_session(ctx, command)
    desk = Desk(session, command, words_of(given), list(units or ()))
    if units:
        desk.given["单位"] = units
    build = Fields(session, None, Files(session, session.ledger.office))
    to = build.units("to", "单位")
    wanted: list[Field] = [
        to,
        Field("item", "--item", lambda words: session.item_id(words[0]), asked=False),
        text("reason", "--reason", words="事由"),
        text("basis", "--basis", required=True),
        build.by(),
    ]
    desk.demand(desk.missing(wanted))
    with kept_words(desk, always=False):
        said = desk.fill(wanted)
        when = day_of(session, desk.word("--date"))
    desk.arguments = desk.given.pop("单位")
    intention = Intention(kind, session.ledger.office, when, said)
    record(desk, Writing(session, [intention]), dry_run=dry_run)
