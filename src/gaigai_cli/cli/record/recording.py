"""``gaigai update``, ``done``, ``extend``: what a unit says of its items."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from gaigai_cli.cli.record import writing_options as o
from gaigai_cli.cli.record.desk import Field
from gaigai_cli.cli.record.fields import Fields, Given, flag, text
from gaigai_cli.cli.record.own_records import Own, own_record, take_back
from gaigai_cli.cli.record.writing import writing_session
from gaigai_cli.record.waiting import CLOSE_OUT, EXTENSION

TakeBack = Annotated[bool, typer.Option("--take-back", help="撤回本单位的申请，编号自动查找")]


def _report_fields(build: Fields) -> list[Field]:
    overdue = build.item is not None and build.item.state.overdue
    return [
        text("summary", "--summary", required=True, long=True),
        build.percent(),
        text("problems", "--problems", long=True),
        text("late_reason", "--late-reason", long=overdue, asked=overdue),
        text("next", "--next", long=True),
        build.metrics(),
        build.evidence(),
        build.stage(),
        build.period(),
        flag("not_started", "--not-started"),
    ]


def _application_fields(build: Fields) -> list[Field]:
    overdue = build.item is not None and build.item.state.late
    return [
        text("summary", "--summary", long=True, words="完成情况"),
        build.evidence(required=True),
        build.percent(),
        text("problems", "--problems", asked=False),
        text("late_reason", "--late-reason", long=overdue, asked=overdue),
        build.metrics(),
        build.stage(),
        build.period(),
    ]


def _extension_fields(build: Fields) -> list[Field]:
    overdue = build.item is not None and build.item.state.overdue
    return [
        build.day("due", "--to", required=True, words="申请延期至"),
        text("reason", "--reason", required=True, long=True, words="延期理由"),
        text("summary", "--summary", long=True),
        build.percent(),
        text("problems", "--problems", asked=False),
        text("late_reason", "--late-reason", long=overdue, asked=overdue),
        text("next", "--next", long=True),
        build.metrics(),
        build.evidence(),
        build.stage(),
        build.period(),
    ]


UPDATE: Final = Own("update", "进展", _report_fields, leads_only=False)
DONE: Final = Own("done", CLOSE_OUT, _application_fields)
EXTEND: Final = Own("extend", EXTENSION, _extension_fields)


def update(
    ctx: typer.Context,
    item: o.Item = None,
    unit: o.Unit = None,
    summary: o.Summary = None,
    percent: o.Percent = None,
    problems: o.Problems = None,
    late_reason: o.LateReason = None,
    next_: o.Next = None,
    metric: o.Metric = None,
    evidence: o.Evidence = None,
    not_started: Annotated[bool, typer.Option("--not-started", help="尚未启动")] = False,
    stage: o.Stage = None,
    period: o.Period = None,
    date: o.Date = None,
    by: o.By = None,
    via: o.Via = None,
    source: o.Source = None,
    edit: o.Edit = False,
    dry_run: o.DryRun = False,
) -> None:
    """Record what a unit reports of an item (进展)."""
    given = {
        "--unit": unit,
        "--summary": summary,
        "--percent": percent,
        "--problems": problems,
        "--late-reason": late_reason,
        "--next": next_,
        "--metric": metric,
        "--evidence": evidence,
        "--not-started": not_started,
        "--stage": stage,
        "--period": period,
        "--date": date,
        "--by": by,
        "--via": via,
        "--source": source,
    }
    own_record(ctx, UPDATE, item, given, dry_run=dry_run, edit=edit)


def done(
    ctx: typer.Context,
    item: o.Item = None,
    unit: o.Unit = None,
    summary: o.Summary = None,
    evidence: o.Evidence = None,
    percent: o.Percent = None,
    problems: o.Problems = None,
    late_reason: o.LateReason = None,
    metric: o.Metric = None,
    stage: o.Stage = None,
    period: o.Period = None,
    date: o.Date = None,
    by: o.By = None,
    via: o.Via = None,
    source: o.Source = None,
    form: o.Form = False,
    back: TakeBack = False,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="文字", help="撤回的理由，只与 --take-back 同用"),
    ] = None,
    edit: o.Edit = False,
    dry_run: o.DryRun = False,
) -> None:
    """Apply for close-out (申请销号), or take the application back."""
    if back:
        taken = {
            "--take-back": True,
            "--unit": unit,
            "--reason": reason,
            "--date": date,
            "--by": by,
        }
        take_back(ctx, "done", CLOSE_OUT, item, taken, dry_run=dry_run)
        return
    given = {
        "--unit": unit,
        "--summary": summary,
        "--evidence": evidence,
        "--percent": percent,
        "--problems": problems,
        "--late-reason": late_reason,
        "--metric": metric,
        "--stage": stage,
        "--period": period,
        "--date": date,
        "--by": by,
        "--via": via,
        "--source": source,
        "--form": form,
    }
    _apply(ctx, DONE, item, given, asked=bool(evidence), form=form, edit=edit, dry_run=dry_run)


def extend(
    ctx: typer.Context,
    item: o.Item = None,
    unit: o.Unit = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="日期", help="申请延期至哪一天，如 8月31日")
    ] = None,
    reason: o.Reason = None,
    summary: o.Summary = None,
    percent: o.Percent = None,
    problems: o.Problems = None,
    late_reason: o.LateReason = None,
    next_: o.Next = None,
    metric: o.Metric = None,
    evidence: o.Evidence = None,
    stage: o.Stage = None,
    period: o.Period = None,
    date: o.Date = None,
    by: o.By = None,
    via: o.Via = None,
    source: o.Source = None,
    form: o.Form = False,
    back: TakeBack = False,
    edit: o.Edit = False,
    dry_run: o.DryRun = False,
) -> None:
    """Ask for an extension (申请延期), or take the application back."""
    if back:
        taken = {
            "--take-back": True,
            "--unit": unit,
            "--reason": reason,
            "--date": date,
            "--by": by,
        }
        take_back(ctx, "extend", EXTENSION, item, taken, dry_run=dry_run)
        return
    given = {
        "--unit": unit,
        "--to": to,
        "--reason": reason,
        "--summary": summary,
        "--percent": percent,
        "--problems": problems,
        "--late-reason": late_reason,
        "--next": next_,
        "--metric": metric,
        "--evidence": evidence,
        "--stage": stage,
        "--period": period,
        "--date": date,
        "--by": by,
        "--via": via,
        "--source": source,
        "--form": form,
    }
    asked = to is not None or reason is not None
    _apply(ctx, EXTEND, item, given, asked=asked, form=form, edit=edit, dry_run=dry_run)


def _apply(
    ctx: typer.Context,
    own: Own,
    item: str | None,
    given: Given,
    *,
    asked: bool,
    form: bool,
    edit: bool,
    dry_run: bool,
) -> None:
    """Record an application, with its form where that is wanted; of one that waits already, the form alone."""
    if form:
        from gaigai_cli.cli.record.application_form import write_form, write_waiting_form

        unit = given.get("--unit")
        named = unit if isinstance(unit, str) else None
        if not asked and write_waiting_form(writing_session(ctx), own.kind, item, named):
            return
    prepared = own_record(ctx, own, item, given, dry_run=dry_run, edit=edit)
    if form and not dry_run and prepared.after is not None:
        write_form(writing_session(ctx), prepared.entry, prepared.after)
