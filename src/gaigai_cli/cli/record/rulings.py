"""``gaigai grant``, ``deny``, ``suspend``, ``resume``, ``assign``, ``withdraw``: what holds for an item."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from gaigai_cli.cli import complete
from gaigai_cli.cli.record import fields
from gaigai_cli.cli.record import writing_options as o
from gaigai_cli.cli.record.desk import Desk, Field, day_of, kept_words, record
from gaigai_cli.cli.record.fields import Fields, Given, text, words_of
from gaigai_cli.cli.record.ruling import Ruling, Scope, office_session, rule
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.ledger import Entry
from gaigai_cli.query import waiting
from gaigai_cli.record.new_record import Intention
from gaigai_cli.work.evidence import Files
from gaigai_cli.work.transaction import Transaction


def _approved(build: Fields) -> list[Field]:
    return [
        text("basis", "--basis", required=True),
        text("approved_by", "--approved-by", required=True),
    ]


def _grant_fields(build: Fields) -> list[Field]:
    """Without an application, the new day has to be said."""
    none_asked = build.item is not None and not build.item.state.extensions
    return [
        build.day("due", "--to", required=none_asked, words="延期后的时限"),
        *_approved(build),
        _asked(build),
        text("reason", "--reason"),
        build.stage(),
    ]


def _deny_fields(build: Fields) -> list[Field]:
    return [
        *_approved(build),
        _asked(build),
        text("reason", "--reason", words="不予延期的理由"),
        build.stage(),
    ]


def _asked(build: Fields) -> Field:
    return build.stated("asked", "--asked", build.item.state.extensions if build.item else ())


def _granted(item: JudgedItem, scope: Scope) -> tuple[Entry, ...]:
    waiting.demand_time_limit(item.state, waiting.EXTENSION)
    return waiting.ruled(item.state, scope.stage, scope.unit)


def _denied(item: JudgedItem, scope: Scope) -> tuple[Entry, ...]:
    found = _granted(item, scope)
    if not found:
        raise GaigaiError(
            f"{item.id}没有待批的延期申请", f"运行 gaigai show {item.id} 查看记录经过"
        )
    return found


def _suspend_fields(build: Fields) -> list[Field]:
    return [text("basis", "--basis", required=True), text("reason", "--reason"), build.evidence()]


def _resume_fields(build: Fields) -> list[Field]:
    return [text("basis", "--basis"), text("reason", "--reason"), build.evidence()]


def _assign_fields(build: Fields) -> list[Field]:
    return [
        build.units("units", "--units"),
        fields.choice("role", "--role", fields.ROLES, required=True),
        text("basis", "--basis", required=True),
        text("reason", "--reason"),
    ]


def _withdraw_fields(build: Fields) -> list[Field]:
    return [text("basis", "--basis", required=True), text("reason", "--reason")]


GRANT: Final = Ruling("grant", "批准延期", _grant_fields, _granted)
DENY: Final = Ruling("deny", "不予延期", _deny_fields, _denied)

CHOICES: Final = {"批准延期": GRANT, "不予延期": DENY}
"""What can be done with an application for an extension."""
SUSPEND: Final = Ruling("suspend", "条件未具备", _suspend_fields)
RESUME: Final = Ruling("resume", "条件具备", _resume_fields)
ASSIGN: Final = Ruling("assign", "明确责任单位", _assign_fields)
REASSIGN: Final = Ruling("assign", "变更责任单位", _assign_fields)
WITHDRAW: Final = Ruling("withdraw", "核减", _withdraw_fields)


def grant(
    ctx: typer.Context,
    items: o.Items = None,
    pending: o.Pending = False,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="日期", help="延期后的时限；不写则照申请的日期"),
    ] = None,
    basis: o.Basis = None,
    approved_by: o.ApprovedBy = None,
    asked: o.Asked = None,
    reason: o.Reason = None,
    unit: o.OneUnit = None,
    stage: o.Stage = None,
    date: o.Date = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
) -> None:
    """Grant extensions (批准延期)."""
    given = {
        "--to": to,
        "--basis": basis,
        "--approved-by": approved_by,
        "--asked": asked,
        "--reason": reason,
        "--unit": unit,
        "--stage": stage,
        "--date": date,
        "--by": by,
    }
    if pending:
        from gaigai_cli.cli.record.pending import review_extensions

        review_extensions(ctx, "grant", items, given, CHOICES, dry_run=dry_run)
        return
    rule(ctx, GRANT, items, given, dry_run=dry_run)


def deny(
    ctx: typer.Context,
    items: o.Items = None,
    pending: o.Pending = False,
    basis: o.Basis = None,
    approved_by: o.ApprovedBy = None,
    asked: o.Asked = None,
    reason: o.Reason = None,
    unit: o.OneUnit = None,
    stage: o.Stage = None,
    date: o.Date = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
) -> None:
    """Refuse extensions (不予延期)."""
    given = {
        "--basis": basis,
        "--approved-by": approved_by,
        "--asked": asked,
        "--reason": reason,
        "--unit": unit,
        "--stage": stage,
        "--date": date,
        "--by": by,
    }
    if pending:
        from gaigai_cli.cli.record.pending import review_extensions

        review_extensions(ctx, "deny", items, given, CHOICES, dry_run=dry_run)
        return
    rule(ctx, DENY, items, given, dry_run=dry_run)


def suspend(
    ctx: typer.Context,
    items: o.Items = None,
    basis: o.Basis = None,
    reason: o.Reason = None,
    evidence: o.Evidence = None,
    date: o.Date = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
) -> None:
    """Nothing can be done until something else happens (条件未具备)."""
    given = _given(basis, reason, evidence, date, by)
    rule(ctx, SUSPEND, items, given, dry_run=dry_run)


def resume(
    ctx: typer.Context,
    items: o.Items = None,
    basis: o.Basis = None,
    reason: o.Reason = None,
    evidence: o.Evidence = None,
    date: o.Date = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
) -> None:
    """It has happened (条件具备)."""
    given = _given(basis, reason, evidence, date, by)
    rule(ctx, RESUME, items, given, dry_run=dry_run)


def assign(
    ctx: typer.Context,
    items: o.Items = None,
    units: o.Units = None,
    role: Annotated[
        str | None, typer.Option("--role", metavar="责任", help="牵头、责任或配合")
    ] = None,
    replacing: Annotated[
        bool,
        typer.Option("--replace", help="变更：这一责任改由所列单位承担，原有的不再承担"),
    ] = False,
    basis: o.Basis = None,
    reason: o.Reason = None,
    date: o.Date = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
) -> None:
    """Say who owes an item (明确责任单位, 变更责任单位)."""
    given = {
        **_given(basis, reason, None, date, by),
        "--units": units,
        "--role": role,
        "--replace": replacing,
    }
    rule(ctx, REASSIGN if replacing else ASSIGN, items, given, dry_run=dry_run)


def withdraw(
    ctx: typer.Context,
    items: o.Items = None,
    basis: o.Basis = None,
    reason: o.Reason = None,
    date: o.Date = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
) -> None:
    """Count items no longer (核减)."""
    rule(ctx, WITHDRAW, items, _given(basis, reason, None, date, by), dry_run=dry_run)


def _given(
    basis: str | None,
    reason: str | None,
    evidence: list[str] | None,
    date: str | None,
    by: str | None,
) -> dict[str, str | list[str] | bool | None]:
    return {
        "--basis": basis,
        "--reason": reason,
        "--evidence": evidence,
        "--date": date,
        "--by": by,
    }


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
    record(desk, Transaction(session, [intention]), dry_run=dry_run)
