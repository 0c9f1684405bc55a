"""``gaigai update``, ``done``, ``extend``: what a unit says of its items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from gaigai_cli.cli import ask, typed
from gaigai_cli.cli import options as o
from gaigai_cli.cli.record import fields
from gaigai_cli.cli.record.desk import Field, Filling, desk_of, kept_words, record, writing_session
from gaigai_cli.cli.record.fields import Fields, flag, needed, text
from gaigai_cli.cli.run import Option, Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.query.waiting import CLOSE_OUT, EXTENSION, demand_time_limit, taken_back
from gaigai_cli.record.new_record import Intention
from gaigai_cli.record.prepare import Prepared
from gaigai_cli.work.evidence import Files
from gaigai_cli.work.transaction import Transaction


@dataclass(frozen=True)
class Own:
    """A command by which a unit records: the kind, and the fields besides those of every record."""

    command: str
    kind: str
    fields: Callable[[Fields], list[Field]]
    leads_only: bool = True


def own_record(run: Run, own: Own) -> Prepared:
    """Fill in, check and write one record of a unit."""
    session = writing_session(run)
    desk = desk_of(session, own.command, o.ITEM)
    item, dry_run, edit = run.word(o.ITEM), run.flag(o.DRY_RUN), run.flag(o.EDIT)
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
    when = said.pop("date", session.today)
    intention = Intention(own.kind, case.unit, when, {"item": case.item.id, **said})
    writing = Transaction(session, [intention], files.planned, files.sources)
    return record(desk, writing, dry_run=dry_run)[0]


def take_back(run: Run, command: str, kind: str, reason: Option) -> None:
    """A lead takes its own application back (撤回申请); which one is looked up."""
    session = writing_session(run)
    desk = desk_of(session, command, o.ITEM)
    item, dry_run = run.word(o.ITEM), run.flag(o.DRY_RUN)
    unit = _unit_given(session, desk)
    build = Fields(session)
    wanted = [build.by(), fields.text("reason", reason, asked=False), build.date()]
    missing = [*([] if item else ["事项编号"]), *([] if unit else [f"单位（{o.UNIT.name}）"])]
    lacking = desk.missing(wanted)
    run.refuse_unused()
    if missing or item is None or unit is None:
        raise GaigaiError(f"缺少{'、'.join(missing)}", f"用法见 gaigai {command} --help")
    desk.demand(lacking)
    found = session.judge.item(session.item_id(item), session.today)
    assert found is not None
    answers = tuple(e.record.id for e in taken_back(found.state, unit, kind))
    said = desk.fill(wanted) | {"item": found.id, "answers": answers}
    when = said.pop("date", session.today)
    record(desk, Transaction(session, [Intention("撤回申请", unit, when, said)]), dry_run=dry_run)


@dataclass
class _Case:
    """The item and the unit of a record in the making; what isn't known yet is asked for."""

    session: Session
    desk: Filling
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
        return [*item, *([] if self.unit else [f"单位（{o.UNIT.name}）"])]

    def fields(self) -> list[Field]:
        """The fields for what is known of item and unit."""
        self.files = Files(self.session, self.unit or "")
        build = Fields(self.session, self.item, self.files)
        return [
            *needed(self.own.kind, self.own.fields(build)),
            build.by(),
            fields.choice("via", o.VIA, fields.VIAS),
            build.source(),
            build.date(),
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
            self.desk.given[o.UNIT] = [self.unit]
        leads = self.item.state.units.lead
        if self.own.leads_only and self.unit not in leads and o.DATE not in self.desk.given:
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


def _unit_given(session: Session, desk: Filling) -> str | None:
    """Whose record it is: the unit named, else one's own. Only the office enters for others (代录), and says how."""
    words, via = desk.word(o.UNIT), desk.given.get(o.VIA)
    own, office = session.own_unit, session.ledger.office
    unit = session.unit(words) if words else own
    if via and typed.choice(via[0], fields.VIAS, o.VIA.name):
        if own not in (None, office):
            raise GaigaiError(
                f"{o.VIA.name} 是{office}代单位记录时用的，本机设定的单位是{own}",
                f"请去掉 {o.VIA.name}",
            )
        if unit == office:
            raise GaigaiError(
                f"{office}自己的进展不是代录", f"请去掉 {o.VIA.name}，或用 {o.UNIT.name} 写明单位"
            )
    elif own == office and unit not in (None, office):
        if not ask.on_terminal():
            raise GaigaiError(
                f"{office}代{unit}记录，缺少代录方式（{o.VIA.name}）", "请写 --via 报表、书面或电话"
            )
        ask.say(f"{office}代{unit}记录，单位是怎么报来的：")
        desk.given[o.VIA] = [ask.choice("序号", [(word, word) for word in fields.VIAS])]
    return unit


_NOT_STARTED: Final = Option("--not-started", "尚未启动")
_TO: Final = Option("--to", "申请延期至哪一天，如 8月31日", "日期")
_TAKE_BACK: Final = Option("--take-back", "撤回本单位的申请，编号自动查找")
_WHY: Final = replace(
    o.REASON, help="撤回的理由，只与 --take-back 同用", only="只与 --take-back 同用"
)


def _report_fields(build: Fields) -> list[Field]:
    overdue = build.item is not None and build.item.state.overdue
    return [
        text("summary", o.SUMMARY, long=True),
        build.percent(),
        text("problems", o.PROBLEMS, long=True),
        text("late_reason", o.LATE_REASON, long=overdue, asked=overdue),
        text("next", o.NEXT, long=True),
        build.metrics(),
        build.evidence(),
        build.stage(),
        build.period(),
        flag("not_started", _NOT_STARTED),
    ]


def _application_fields(build: Fields) -> list[Field]:
    overdue = build.item is not None and build.item.state.late
    return [
        text("summary", o.SUMMARY, long=True, words="完成情况"),
        build.evidence(),
        build.percent(),
        text("problems", o.PROBLEMS, asked=False),
        text("late_reason", o.LATE_REASON, long=overdue, asked=overdue),
        build.metrics(),
        build.stage(),
        build.period(),
    ]


def _extension_fields(build: Fields) -> list[Field]:
    overdue = build.item is not None and build.item.state.overdue
    return [
        build.day("due", _TO, words="申请延期至"),
        text("reason", o.REASON, long=True, words="延期理由"),
        text("summary", o.SUMMARY, long=True),
        build.percent(),
        text("problems", o.PROBLEMS, asked=False),
        text("late_reason", o.LATE_REASON, long=overdue, asked=overdue),
        text("next", o.NEXT, long=True),
        build.metrics(),
        build.evidence(),
        build.stage(),
        build.period(),
    ]


UPDATE: Final = Own("update", "进展", _report_fields, leads_only=False)
DONE: Final = Own("done", CLOSE_OUT, _application_fields)
EXTEND: Final = Own("extend", EXTENSION, _extension_fields)


_REPORT: Final = (o.STAGE, o.PERIOD, o.DATE, o.BY, o.VIA, o.SOURCE)
"""What every record of a unit may say besides."""


@takes(
    o.ITEM, o.UNIT, o.SUMMARY, o.PERCENT, o.PROBLEMS, o.LATE_REASON, o.NEXT, o.METRIC, o.EVIDENCE,
    _NOT_STARTED, *_REPORT, o.EDIT, o.DRY_RUN,
)  # fmt: skip
def update(run: Run) -> None:
    """Record what a unit reports of an item (进展)."""
    own_record(run, UPDATE)


@takes(
    o.ITEM, o.UNIT, o.SUMMARY, o.EVIDENCE, o.PERCENT, o.PROBLEMS, o.LATE_REASON, o.METRIC,
    *_REPORT, o.FORM, _TAKE_BACK, _WHY, o.EDIT, o.DRY_RUN,
)  # fmt: skip
def done(run: Run) -> None:
    """Apply for close-out (申请销号), or take the application back."""
    if run.flag(_TAKE_BACK):
        take_back(run, "done", CLOSE_OUT, _WHY)
    else:
        _apply(run, DONE, o.EVIDENCE)


@takes(
    o.ITEM, o.UNIT, _TO, o.REASON, o.SUMMARY, o.PERCENT, o.PROBLEMS, o.LATE_REASON, o.NEXT,
    o.METRIC, o.EVIDENCE, *_REPORT, o.FORM, _TAKE_BACK, o.EDIT, o.DRY_RUN,
)  # fmt: skip
def extend(run: Run) -> None:
    """Ask for an extension (申请延期), or take the application back."""
    if run.flag(_TAKE_BACK):
        take_back(run, "extend", EXTENSION, o.REASON)
    else:
        _apply(run, EXTEND, _TO, o.REASON)


def _apply(run: Run, own: Own, *asks: Option) -> None:
    """Record an application, with its form where that is wanted; of one that waits already, the form alone.

    ``asks`` are the options by which something is applied for anew.
    """
    form = run.flag(o.FORM)
    if form and not any(map(run.has, asks)):
        from gaigai_cli.cli.record.application_form import write_waiting_form

        if write_waiting_form(writing_session(run), own.kind):
            return
    prepared = own_record(run, own)
    if form and run.flag(o.DRY_RUN):
        run.output.message("登记时还将生成申请表（docx），写入 reports/。")
    elif form and prepared.after is not None:
        from gaigai_cli.cli.record.application_form import write_form

        write_form(writing_session(run), prepared.entry, prepared.after)
