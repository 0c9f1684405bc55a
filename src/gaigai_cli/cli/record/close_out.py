"""``gaigai verify``, ``reject``, ``reopen``, ``assess``: how the office closes items, or doesn't."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from gaigai_cli.cli.record import fields
from gaigai_cli.cli.record import writing_options as o
from gaigai_cli.cli.record.desk import Field
from gaigai_cli.cli.record.fields import Fields, text
from gaigai_cli.cli.record.ruling import Ruling, Scope, rule
from gaigai_cli.judge.figures import misses
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.ledger import Entry
from gaigai_cli.query import waiting

_OUTSIDE = ("verified_by_unit", "signer")


def leads_itself(item: JudgedItem) -> bool:
    """Whether the office is a lead of the item, so that somebody else has to verify it."""
    return item.ledger.office in item.state.units.lead


def misses_target(item: JudgedItem) -> bool:
    """Whether a close-out now would be in spite of an indicator."""
    return any(misses(figure) for figure in item.figures)


def _verify_fields(build: Fields) -> list[Field]:
    own = build.item is not None and leads_itself(build.item)
    missed = build.item is not None and misses_target(build.item)
    return [
        text("summary", "--summary", words="核验意见"),
        text("verified_by_unit", "--verified-by", required=own, asked=own, words="核验单位"),
        text("signer", "--signer", required=own, asked=own, words="核验签字人"),
        text("despite", "--despite", required=missed, asked=missed),
        build.stated("finished", "--finished", build.item.state.applications if build.item else ()),
        text("basis", "--basis", asked=False),
        build.stage(),
    ]


def _verify_fits(item: JudgedItem, said: dict[str, Any]) -> dict[str, Any]:
    """Of several items, only those that the office leads have an outside verifier, only those that miss a reason."""
    out = () if leads_itself(item) else _OUTSIDE
    out = out if misses_target(item) else (*out, "despite")
    return {name: value for name, value in said.items() if name not in out}


def _verified(item: JudgedItem, scope: Scope) -> tuple[Entry, ...]:
    return waiting.verified(item.state, scope.stage)


def _returned(item: JudgedItem, scope: Scope) -> tuple[Entry, ...]:
    return waiting.returned(item.state, scope.stage, scope.unit)


def _reject_fields(build: Fields) -> list[Field]:
    return [
        text("reason", "--reason", required=True, words="退回理由"),
        text("basis", "--basis", asked=False),
        build.stage(),
    ]


def _reopen_fields(build: Fields) -> list[Field]:
    return [
        text("reason", "--reason", required=True, words="撤销理由"),
        text("basis", "--basis"),
        build.stage(),
    ]


def _assess_fields(build: Fields) -> list[Field]:
    return [
        fields.choice("result", "--result", fields.RESULTS, required=True),
        text("summary", "--summary", words="评估意见"),
        text("reason", "--reason", asked=False),
        text("basis", "--basis", asked=False),
    ]


VERIFY: Final = Ruling("verify", "核验销号", _verify_fields, _verified, _verify_fits)
REJECT: Final = Ruling("reject", "退回补正", _reject_fields, _returned)

CHOICES: Final = {"通过": VERIFY, "退回补正": REJECT}
"""What can be done with an application for close-out."""
REOPEN: Final = Ruling("reopen", "撤销销号", _reopen_fields)
ASSESS: Final = Ruling("assess", "期满评估", _assess_fields)


def verify(
    ctx: typer.Context,
    items: o.Items = None,
    pending: o.Pending = False,
    summary: o.Opinion = None,
    verified_by: Annotated[
        str | None,
        typer.Option("--verified-by", metavar="单位", help="核验单位，工改办自行牵头的事项必填"),
    ] = None,
    signer: Annotated[
        str | None,
        typer.Option("--signer", metavar="姓名", help="核验签字人，工改办自行牵头的事项必填"),
    ] = None,
    despite: Annotated[
        str | None,
        typer.Option("--despite", metavar="理由", help="指标未达仍予销号的理由，指标未达时必填"),
    ] = None,
    finished: o.Finished = None,
    basis: o.Basis = None,
    stage: o.Stage = None,
    date: o.Date = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
) -> None:
    """Close items that wait (核验销号); the applications are looked up."""
    given = {
        "--summary": summary,
        "--verified-by": verified_by,
        "--signer": signer,
        "--despite": despite,
        "--finished": finished,
        "--basis": basis,
        "--stage": stage,
        "--date": date,
        "--by": by,
    }
    if pending:
        from gaigai_cli.cli.record.pending import review_applications

        review_applications(ctx, "verify", items, given, CHOICES, dry_run=dry_run)
        return
    rule(ctx, VERIFY, items, given, dry_run=dry_run)


def reject(
    ctx: typer.Context,
    items: o.Items = None,
    pending: o.Pending = False,
    reason: o.Reason = None,
    basis: o.Basis = None,
    unit: o.OneUnit = None,
    stage: o.Stage = None,
    date: o.Date = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
) -> None:
    """Send applications for close-out back (退回补正)."""
    given = {
        "--reason": reason,
        "--basis": basis,
        "--unit": unit,
        "--stage": stage,
        "--date": date,
        "--by": by,
    }
    if pending:
        from gaigai_cli.cli.record.pending import review_applications

        review_applications(ctx, "reject", items, given, CHOICES, dry_run=dry_run)
        return
    rule(ctx, REJECT, items, given, dry_run=dry_run)


def reopen(
    ctx: typer.Context,
    items: o.Items = None,
    reason: o.Reason = None,
    basis: o.Basis = None,
    stage: o.Stage = None,
    date: o.Date = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
) -> None:
    """Take a close-out back (撤销销号)."""
    given = {"--reason": reason, "--basis": basis, "--stage": stage, "--date": date, "--by": by}
    rule(ctx, REOPEN, items, given, dry_run=dry_run)


def assess(
    ctx: typer.Context,
    items: o.Items = None,
    result: Annotated[
        str | None,
        typer.Option("--result", metavar="结果", help="完成、基本完成、未完成或转入下年"),
    ] = None,
    summary: o.Opinion = None,
    reason: o.Reason = None,
    basis: o.Basis = None,
    date: o.Date = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
) -> None:
    """Close ongoing and recurring items at the end of their period (期满评估)."""
    given = {
        "--result": result,
        "--summary": summary,
        "--reason": reason,
        "--basis": basis,
        "--date": date,
        "--by": by,
    }
    rule(ctx, ASSESS, items, given, dry_run=dry_run)
