"""What the office rules: filled in, on one item or several at once, or on all that waits, one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from gaigai_cli.cli import ask
from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.filling import (
    Fields,
    Filling,
    choose_item,
    enter,
    filling_of,
)
from gaigai_cli.cli.run import Run
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.kinds import CLOSE_OUT, EXTENSION, KINDS, KindName
from gaigai_cli.query.waiting import Scope, to_rule, to_verify
from gaigai_cli.render.console.card import cards
from gaigai_cli.report.wording import cite
from gaigai_cli.work import rule as work
from gaigai_cli.work.rule import ruling_questions


class RulingCommand(NamedTuple):
    """A command of the office that answers applications: what it rules, and its options."""

    name: str
    what: work.Ruling
    options: tuple[Option, ...]


def office_session(run: Run) -> Session:
    """Return the session of a ruling; nobody who is known to work for another unit rules."""
    session = run.session
    work.demand_office(session, f"{run.path} ")
    return session


def rule(run: Run, ruling: work.Ruling) -> None:
    """Fill in, check and write one record for each item, all or none."""
    session = office_session(run)
    filling = filling_of(session)
    judged = [session.judged(word) for word in run.words(o.ITEMS)]
    run.use(o.OF_UNIT)
    missing = [] if judged else ["事项编号"]
    filling.demand([*missing, *filling.missing(_fields(filling, ruling, judged))])
    if not judged:
        judged = [choose_item(session, None, session.judged, leads_only=False)]
        filling.given[o.ITEMS] = [judged[0].id]
    rule_on(filling, ruling, list({item.id: item for item in judged}.values()))


def rule_on(filling: Filling, ruling: work.Ruling, items: list[JudgedItem]) -> None:
    """Do what `rule` does once it is known what is ruled on."""
    session = filling.session
    unit = filling.word(o.OF_UNIT)
    scope = Scope(filling.word(o.STAGE), session.unit(unit) if unit else None)
    try:
        enter(filling, work.ruled(session, ruling, items, scope))
    except work.UnfitError as unfit:
        session.given.refuse(one for one in filling.options if one.field in unfit.fields)
        raise


def _fields(filling: Filling, ruling: work.Ruling, items: Sequence[JudgedItem] = ()) -> Fields:
    """Return the fields of all items together; without items, every field there is."""
    return filling.fields(ruling_questions(ruling, filling.questions(), items))


_LATER, _STOP = "暂不办理", "到此为止"


class _Application(NamedTuple):
    """One thing that waits: of which item, who asked for what, and the stage or unit that a ruling on it names."""

    item: str
    words: str
    units: tuple[str, ...]
    stage: str | None
    narrowed: dict[Option, list[str]]


Rulings = Mapping[str, RulingCommand]
"""What can be done with something that waits, by the words of the choice."""


def _waiting(session: Session, kind: KindName) -> Iterator[_Application]:
    """Yield the applications of that kind, for close-out or an extension."""
    for item, stage in to_verify(session.judgement) if kind == CLOSE_OUT else ():
        units = tuple(entry.unit for entry in stage.applications)
        words = f"{cite(item.state.listed)}：{'、'.join(units)}申请销号"
        narrowed = {o.STAGE: [stage.id]} if stage.id else {}
        yield _Application(item.id, words, units, stage.id, narrowed)
    for item, entry in to_rule(session.judgement) if kind == EXTENSION else ():
        words = f"{cite(item.state.listed)}：{entry.unit}申请延期至{entry.record.due}"
        narrowed = {o.OF_UNIT: [entry.unit]}
        yield _Application(item.id, words, (entry.unit,), entry.record.stage, narrowed)


def rule_one_by_one(run: Run, ruling: RulingCommand, rulings: Rulings) -> None:
    """Rule on, or leave, every application that ``ruling``, for which the options are, would answer."""
    session = office_session(run)
    filling = filling_of(session)
    filling.missing(_fields(filling, ruling.what))
    dry_run, items, stage = run.flag(o.DRY_RUN), set(run.words(o.ITEMS)), run.word(o.STAGE)
    asker = session.unit_typed(o.OF_UNIT)
    run.refuse_unused()
    wanted = {session.item_id(word) for word in items}
    cases = [
        case
        for case in _waiting(session, KINDS[ruling.what.kind].answers[0])
        if (not wanted or case.item in wanted)
        and asker in (None, *case.units)
        and stage in (None, case.stage)
    ]
    if not cases:
        session.output.message("没有待办的申请。")
        return
    if not ask.on_terminal():
        raise GaigaiError(
            "--pending 要在终端里逐项办理",
            f"待办的有{'、'.join(dict.fromkeys(c.item for c in cases))}，"
            f"可直接写编号，如 gaigai {ruling.name} {cases[0].item}",
        )
    done: Counter[str] = Counter()
    for number, case in enumerate(cases, 1):
        ask.say(f"\n［{number}/{len(cases)}］{case.words}")
        decision = _decide(session, case, rulings, filling.given)
        if decision == _STOP:
            break
        done[decision] += 1
        if not dry_run:
            session = replace(session)  # reads the logs anew
    told = "，".join(f"{name}{count}项" for name, count in done.items())
    session.output.message(f"本次办理：{told or '没有办理'}。")


def _decide(
    session: Session, case: _Application, rulings: Rulings, given: Mapping[Option, list[str]]
) -> str:
    """Show the item with its evidence and indicators, and do what is decided; asked again where that fails."""
    output, item = session.output, session.judged(case.item)
    output.show(cards(session.judge, session.judgement, [item], output.width))
    choices = [(name, name) for name in (*rulings, _LATER, _STOP)]
    while True:
        ask.say("")
        decision = ask.choice("办理意见（序号）", choices)
        if decision not in rulings:
            return decision
        ruling = rulings[decision]
        filling = Filling(session, ruling.name, ruling.options, {o.ITEMS: [case.item]}, asking=True)
        fitting = _fields(filling, ruling.what, [item])
        filling.given |= {
            option: list(words) for option, words in given.items() if option in fitting
        }
        filling.given |= case.narrowed
        try:
            rule_on(filling, ruling.what, [item])
        except ask.Declined:
            continue
        except ask.Cancelled:
            raise
        except GaigaiError as error:
            output.message(f"错误：{str(error).rstrip('。')}。")
            continue
        return decision
