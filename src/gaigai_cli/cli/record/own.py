"""``gaigai update``, ``done``, ``extend``: what a unit says of its items."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Final

from gaigai_cli.cli import ask
from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.filling import (
    Filling,
    choose_item,
    choose_unit,
    enter,
    filling_of,
    kept_words,
)
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.kinds import CLOSE_OUT, EXTENSION, KINDS, REPORT, KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import VIAS
from gaigai_cli.record.prepare import Prepared
from gaigai_cli.render.console.card import briefing
from gaigai_cli.work import values
from gaigai_cli.work.record import (
    PLAN,
    ViaUnsaid,
    demand_lead,
    item_of,
    own_questions,
    own_record,
    taking_back,
    whose,
)


def _record(run: Run, kind: KindName) -> Prepared:
    """Fill in, check and write one record of a unit."""
    session, filling = run.session, filling_of(run.session)
    words, edit = run.word(o.ITEM), run.flag(o.EDIT)
    item = None if words is None else item_of(session, kind, words)
    unit = _unit_given(filling, item)
    criteria = item.state.listed.item.criteria if item and kind == CLOSE_OUT else None
    if item and criteria:  # it is what the office will look for
        session.output.message(f"{item.id}的佐证要求：{criteria}")
    asked = own_questions(kind, filling.questions(item))
    short = [one for one in asked if not (edit and one.form == "text")]
    filling.demand([*_missing(item, unit), *filling.missing(short)])
    typed = dict(filling.given)
    while True:  # until nobody goes back to what was asked for first
        with suppress(ask.Back):
            with kept_words(filling, always=False):
                chosen, whose_it_is = _chosen(filling, kind, item, unit)
                statement = own_record(session, kind, chosen, whose_it_is)
                if edit:
                    lines = briefing(session.judge, chosen, whose_it_is).text(80).splitlines()
                    filling.edit(statement.questions(filling.questions()), lines)
            return enter(filling, statement)[0]
        filling.given, filling.preceded = dict(typed), False


def _chosen(
    filling: Filling, kind: KindName, item: JudgedItem | None, unit: str | None
) -> tuple[JudgedItem, str]:
    """Return item and unit, asked for where they aren't known, and show what somebody should see before saying more."""
    session, leads_only = filling.session, KINDS[kind].leads_only
    if item is None:
        read = partial(item_of, session, kind)
        item = choose_item(session, unit, read, leads_only=leads_only)
        filling.given[o.ITEM] = [item.id]
        filling.preceded = True
    if unit is None:
        chosen = choose_unit(filling, item, leads_only=leads_only)
        filling.given[o.UNIT] = [chosen]
        unit = _unit_given(filling) or chosen
    if filling.asking:
        if o.DATE not in filling.given:  # on another day it may have been one
            demand_lead(kind, item, unit)
        session.output.show(briefing(session.judge, item, unit))
    return item, unit


def _missing(item: object, unit: str | None) -> list[str]:
    """Return what isn't known yet of whose record it is and what about, as it is called."""
    names = {"事项编号": item, f"单位（{o.UNIT.name}）": unit}
    return [name for name, known in names.items() if not known]


def _take_back(run: Run, kind: KindName) -> None:
    """Take back a lead's own application (撤回申请), which is looked up."""
    session = run.session
    filling = filling_of(session)
    item, unit = run.word(o.ITEM), _unit_given(filling)
    run.use(o.REASON, _WHY, o.BY, o.DATE)
    run.refuse_unused()
    if item is None or unit is None:
        raise GaigaiError(f"缺少{'、'.join(_missing(item, unit))}", f"用法见 {run.path} --help")
    enter(filling, taking_back(session, session.judged(item), unit, kind))


def _unit_given(filling: Filling, item: JudgedItem | None = None) -> str | None:
    """Return whose record it is; None where that is to be asked, or given where nobody can be asked.

    The office, which records for units, says how it was told; what it records of an item that doesn't name it is
    somebody else's.
    """
    session, words, via = filling.session, filling.word(o.UNIT), filling.given.get(o.VIA)
    if words is None and session.own_unit == (office := session.ledger.office):
        others = item is not None and office not in item.state.units.named
        if others or ask.on_terminal():
            return None
    unit = session.unit(words) if words else None
    how = values.choice(via[0], VIAS, o.VIA.name) if via else None
    try:
        return whose(session, unit, via=how, named=filling.named)
    except ViaUnsaid:
        if not ask.on_terminal():
            raise
    said = f"{session.ledger.office}代{unit}记录，单位报来的方式"
    filling.given[o.VIA] = ask.asked(replace(filling.questions().choice("via"), words=said))
    return unit


_TO: Final = Option("--to", "申请延期至哪一天，如 8月31日", "日期", gives="due")
_NOT_STARTED: Final = Option("--not-started", "尚未启动")
_TAKE_BACK: Final = Option("--take-back", "撤回本单位的申请，编号自动查找")
_WHY: Final = replace(
    o.REASON, help="撤回的理由，只与 --take-back 同用", only="只与 --take-back 同用"
)

_MILESTONE: Final = Option(
    "--milestone",
    "节点，一个写一次：名称｜计划完成日期｜完成标志｜进度，后两项可不写",
    "节点",
    many=True,
    gives="milestones",
)
_REPORT: Final = (o.STAGE, o.COMPLETED, o.PERIOD, o.DATE, o.BY, o.VIA, o.SOURCE)
"""What every record of a unit may say besides."""


@takes(
    o.ITEM, o.UNIT, o.SUMMARY, o.PERCENT, o.PROBLEMS, o.COORDINATE, o.LATE_REASON, o.NEXT, o.METRIC, o.EVIDENCE,
    _NOT_STARTED, *_REPORT, o.EDIT, o.DRY_RUN,
)  # fmt: skip
def update(run: Run) -> None:
    """Record what a unit reports of an item (进展)."""
    _record(run, REPORT)


@takes(
    o.ITEM, o.UNIT, o.SUMMARY, o.EVIDENCE, o.PERCENT, o.PROBLEMS, o.COORDINATE, o.LATE_REASON, o.METRIC,
    *_REPORT, o.FORM, _TAKE_BACK, _WHY, o.EDIT, o.DRY_RUN,
)  # fmt: skip
def done(run: Run) -> None:
    """Apply for close-out (申请销号), or take the application back."""
    _apply(run, CLOSE_OUT, o.EVIDENCE)


@takes(
    o.ITEM, o.UNIT, _TO, o.REASON, o.SUMMARY, o.PERCENT, o.PROBLEMS, o.COORDINATE, o.LATE_REASON, o.NEXT,
    o.METRIC, o.EVIDENCE, *_REPORT, o.FORM, _TAKE_BACK, o.EDIT, o.DRY_RUN,
)  # fmt: skip
def extend(run: Run) -> None:
    """Ask for an extension (申请延期), or take the application back."""
    _apply(run, EXTENSION, _TO, o.REASON)


@takes(
    o.ITEM, o.UNIT, _MILESTONE, o.REASON, o.BASIS, o.EVIDENCE, o.DATE, o.BY, o.VIA, o.SOURCE, o.DRY_RUN,
)  # fmt: skip
def milestones(run: Run) -> None:
    """Report the milestones of an item, or set them as the office (阶段节点)."""
    _record(run, PLAN)


def _apply(run: Run, kind: KindName, *asks: Option) -> None:
    """Record an application, with its form where that is wanted, or take it back; of one that waits, the form alone.

    ``asks`` are the options by which something is applied for anew.
    """
    if run.flag(_TAKE_BACK):
        _take_back(run, kind)
        return
    form = run.flag(o.FORM)
    alone = form and not any(map(run.has, asks))
    if alone and _write_waiting_form(run.session, kind):
        return
    prepared = _record(run, kind)
    if form and run.flag(o.DRY_RUN):
        run.output.message("登记时还将生成申请表（docx），写入 reports/。")
    elif form and prepared.after is not None:
        _write_form(run.session, prepared.entry, prepared.after)


def _write_form(session: Session, entry: Entry, item: JudgedItem) -> None:
    """Write the form to ``reports/`` beside the data; one that is there already is never touched."""
    from gaigai_cli.store.write import NewFile, replace_all
    from gaigai_cli.work.papers import application_file, free_path

    form = application_file(entry, item)
    path = free_path(session.reports, form.name, lambda there: there == form.data)
    if not path.exists():
        replace_all([NewFile(path, form.data)])
    name = form.name.removeprefix(item.id).partition("-")[0]
    session.output.message(f"已生成{name}：{shown(path)}，打印后签字盖章。")


def _write_waiting_form(session: Session, kind: KindName) -> bool:
    """Write the form of the unit's application that waits already; whether there is one."""
    run = session.given
    item, unit = run.word(o.ITEM), run.word(o.UNIT)
    whose = session.unit(unit) if unit else session.own_unit
    if item is None or whose is None:
        return False
    judged = session.item(item)
    live = judged.state.applications if kind == CLOSE_OUT else judged.state.extensions
    entry = next((e for e in live if e.unit == whose), None)
    if entry is None:
        return False
    run.refuse_unused()
    _write_form(session, entry, judged)
    return True
