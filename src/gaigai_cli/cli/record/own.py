"""``gaigai update``, ``done``, ``extend``: what a unit says of its items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Final

import typer

from gaigai_cli.cli import ask, typed
from gaigai_cli.cli.record import fields
from gaigai_cli.cli.record import writing_options as o
from gaigai_cli.cli.record.desk import Desk, Field, day_of, kept_words, record, writing_session
from gaigai_cli.cli.record.fields import Fields, Given, flag, text, words_of
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.query.waiting import CLOSE_OUT, EXTENSION, demand_time_limit, taken_back
from gaigai_cli.record.new_record import Intention
from gaigai_cli.record.prepare import Prepared
from gaigai_cli.work.evidence import Files
from gaigai_cli.work.transaction import Transaction

_UNIT, _VIA, _DATE = "--unit", "--via", "--date"


@dataclass(frozen=True)
class Own:
    """A command by which a unit records: the kind, and the fields besides those of every record."""

    command: str
    kind: str
    fields: Callable[[Fields], list[Field]]
    leads_only: bool = True


def own_record(
    ctx: typer.Context, own: Own, item: str | None, given: Given, *, dry_run: bool, edit: bool
) -> Prepared:
    """Fill in, check and write one record of a unit."""
    session = writing_session(ctx)
    desk = Desk(session, own.command, words_of(given), [item] if item else [])
    case = _Case(session, desk, own)
    if item is not None:
        case.item = case.judged(item)
    case.unit = _unit_given(session, desk)
    case.tell_criteria()
    fields_ = case.fields()
    missing = [*case.missing, *desk.missing([f for f in fields_ if not (edit and f.long)])]
    desk.demand(missing)
    with kept_words(desk, always=False):
        case.ask()
        assert case.item is not None
        assert case.unit is not None
        filled_in = case.fields()
        if edit:
            desk.edit(filled_in, case.explanation)
            desk.demand(desk.missing(filled_in))
        files = case.files
        said = desk.fill(filled_in)
        when = day_of(session, desk.word(_DATE))
    intention = Intention(own.kind, case.unit, when, {"item": case.item.id, **said})
    writing = Transaction(session, [intention], files.planned, files.sources)
    return record(desk, writing, dry_run=dry_run)[0]


def take_back(
    ctx: typer.Context, command: str, kind: str, item: str | None, given: Given, *, dry_run: bool
) -> None:
    """A lead takes its own application back (撤回申请); which one is looked up."""
    session = writing_session(ctx)
    desk = Desk(session, command, words_of(given), [item] if item else [])
    unit = _unit_given(session, desk)
    wanted = [Fields(session).by(), fields.text("reason", "--reason", asked=False)]
    missing = [*(["事项编号"] if item is None else []), *([] if unit else [f"单位（{_UNIT}）"])]
    if missing or item is None or unit is None:
        raise GaigaiError(f"缺少{'、'.join(missing)}", f"用法见 gaigai {command} --help")
    desk.demand(desk.missing(wanted))
    found = session.judge.item(session.item_id(item), session.today)
    assert found is not None
    answers = tuple(e.record.id for e in taken_back(found.state, unit, kind))
    said = desk.fill(wanted) | {"item": found.id, "answers": answers}
    when = day_of(session, desk.word(_DATE))
    record(desk, Transaction(session, [Intention("撤回申请", unit, when, said)]), dry_run=dry_run)


@dataclass
class _Case:
    """The item and the unit of a record in the making; what isn't known yet is asked for."""

    session: Session
    desk: Desk
    own: Own
    item: JudgedItem | None = None
    unit: str | None = None
    files: Files = field(init=False)

    def judged(self, words: str) -> JudgedItem:
        """The item that was typed, one that this kind of record can be about."""
        found = self.session.judge.item(self.session.item_id(words), self.session.today)
        assert found is not None
        if self.own.leads_only:
            demand_time_limit(found.state, self.own.kind)
        return found

    @property
    def missing(self) -> list[str]:
        item = [] if self.item else ["事项编号"]
        return [*item, *([] if self.unit else [f"单位（{_UNIT}）"])]

    def fields(self) -> list[Field]:
        """The fields for what is known of item and unit."""
        self.files = Files(self.session, self.unit or "")
        build = Fields(self.session, self.item, self.files)
        return [
            *self.own.fields(build),
            build.by(),
            fields.choice("via", _VIA, fields.VIAS, asked=False),
            build.source(),
        ]

    def ask(self) -> None:
        """Ask for item and unit, and show what somebody should see before saying more."""
        if not self.desk.asking:
            return
        from gaigai_cli.cli.record.desk import choose_item, choose_unit
        from gaigai_cli.render.console.card import briefing

        if self.item is None:
            leads_only = self.own.leads_only
            self.item = choose_item(self.session, self.unit, self.judged, leads_only=leads_only)
            self.desk.arguments = [self.item.id]
        if self.unit is None:
            self.unit = choose_unit(self.session, self.item, leads_only=self.own.leads_only)
            self.desk.given[_UNIT] = [self.unit]
        leads = self.item.state.units.lead
        if self.own.leads_only and self.unit not in leads and _DATE not in self.desk.given:
            raise GaigaiError(
                f"{self.unit}不是{self.item.id}的牵头单位，不能记录{self.own.kind}",
                f"应由牵头单位{'、'.join(leads) or '（未明确）'}记录",
            )
        output = self.session.output
        output.show(briefing(self.session.judge, self.item, self.unit, output.width))

    def tell_criteria(self) -> None:
        """Say what shows that the item is done, where the office has said so: it is what the office will look for."""
        if self.own.kind == CLOSE_OUT and self.item is not None:
            criteria = self.item.state.listed.item.criteria
            if criteria:
                self.session.output.message(f"{self.item.id}的佐证要求：{criteria}")

    @property
    def explanation(self) -> list[str]:
        """What stands in the editor below the texts."""
        from gaigai_cli.render.console.card import briefing

        if self.item is None or self.unit is None:
            return []
        return briefing(self.session.judge, self.item, self.unit, 80).text.splitlines()


def _unit_given(session: Session, desk: Desk) -> str | None:
    """Whose record it is: the unit named, else one's own. Only the office enters for others (代录), and says how."""
    words, via = desk.given.get(_UNIT), desk.given.get(_VIA)
    own, office = session.own_unit, session.ledger.office
    unit = session.unit(words[0]) if words else own
    if via and typed.choice(via[0], fields.VIAS, _VIA):
        if own not in (None, office):
            raise GaigaiError(
                f"{_VIA} 是{office}代单位记录时用的，本机设定的单位是{own}", f"请去掉 {_VIA}"
            )
        if unit == office:
            raise GaigaiError(
                f"{office}自己的进展不是代录", f"请去掉 {_VIA}，或用 {_UNIT} 写明单位"
            )
    elif own == office and unit not in (None, office):
        if not ask.on_terminal():
            raise GaigaiError(
                f"{office}代{unit}记录，缺少代录方式（{_VIA}）", "请写 --via 报表、书面或电话"
            )
        ask.say(f"{office}代{unit}记录，单位是怎么报来的：")
        desk.given[_VIA] = [ask.choice("序号", [(word, word) for word in fields.VIAS])]
    return unit


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
