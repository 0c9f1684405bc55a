"""What the office rules: whose answer it is, what it answers, on one item or several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from gaigai_cli.cli import options as o
from gaigai_cli.cli.record.desk import (
    Field,
    Filling,
    choose_item,
    desk_of,
    kept_words,
    record,
    writing_session,
)
from gaigai_cli.cli.record.fields import Fields, needed
from gaigai_cli.cli.run import Option, Run
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.ledger import Entry
from gaigai_cli.record.new_record import Intention
from gaigai_cli.work.evidence import Files
from gaigai_cli.work.transaction import Transaction


@dataclass(frozen=True)
class Scope:
    """Which of an item's applications are answered: of one stage, of one unit; None: of all."""

    stage: str | None = None
    unit: str | None = None


def _answers_nothing(item: JudgedItem, scope: Scope) -> tuple[Entry, ...]:
    return ()


def _as_given(item: JudgedItem, said: dict[str, Any]) -> dict[str, Any]:
    return said


@dataclass(frozen=True)
class Ruling:
    """A command of the office: the kind, its fields, and the applications that it answers on an item.

    ``fits``: what of the given fields belongs on an item, where several are ruled on at once.
    """

    command: str
    kind: str
    fields: Callable[[Fields], list[Field]]
    answers: Callable[[JudgedItem, Scope], tuple[Entry, ...]] = _answers_nothing
    fits: Callable[[JudgedItem, dict[str, Any]], dict[str, Any]] = _as_given


def office_session(run: Run, command: str) -> Session:
    """The session of a ruling; nobody who is known to work for another unit rules."""
    session = writing_session(run)
    own, office = session.own_unit, session.ledger.office
    if own not in (None, office):
        raise GaigaiError(
            f"gaigai {command} 由{office}办理，本机设定的单位是{own}",
            "单位用 update、done、extend 记录自己的事项",
        )
    return session


def rule(run: Run, ruling: Ruling) -> None:
    """Fill in, check and write one record for each item, all or none."""
    session = office_session(run, ruling.command)
    desk = desk_of(session, ruling.command, o.ITEMS)
    judged = [judged_item(session, word) for word in run.words(o.ITEMS)]
    dry_run = run.flag(o.DRY_RUN)
    run.use(o.OF_UNIT)
    missing = [] if judged else ["事项编号"]
    desk.demand([*missing, *desk.missing(fields_of(session, ruling, judged))])
    if not judged:
        judged = [choose_item(session, None, partial(judged_item, session), leads_only=False)]
        desk.arguments = [judged[0].id]
    rule_on(desk, ruling, list({item.id: item for item in judged}.values()), dry_run=dry_run)


def rule_on(desk: Filling, ruling: Ruling, items: list[JudgedItem], *, dry_run: bool) -> None:
    """The same once it is known what is ruled on."""
    session = desk.session
    office = session.ledger.office
    unit = desk.word(o.OF_UNIT)
    scope = Scope(desk.word(o.STAGE), session.unit(unit) if unit else None)
    answered = {item.id: ruling.answers(item, scope) for item in items}
    files = Files(session, office)
    fields = fields_of(session, ruling, items, files)
    with kept_words(desk, always=False):
        said = desk.fill(fields)
    when = said.pop("date", session.today)
    fitting = {item.id: ruling.fits(item, said) if len(items) > 1 else said for item in items}
    fit = {name for own in fitting.values() for name in own}
    session.run.refuse(one.option for one in fields if one.name in said.keys() - fit)
    intentions = []
    for item in items:
        answers = tuple(entry.record.id for entry in answered[item.id])
        about = {"item": item.id, "answers": answers or None}
        intentions.append(Intention(ruling.kind, office, when, {**about, **fitting[item.id]}))
    record(desk, Transaction(session, intentions, files.planned, files.sources), dry_run=dry_run)


def judged_item(session: Session, words: str) -> JudgedItem:
    """The item that was typed, as of today."""
    found = session.judge.item(session.item_id(words), session.today)
    assert found is not None
    return found


def fields_of(
    session: Session,
    ruling: Ruling,
    items: Sequence[JudgedItem] = (),
    files: Files | None = None,
) -> list[Field]:
    """The fields of all items together; what one of them needs is needed. Without items, every field there is."""
    merged: dict[Option, Field] = {}
    cases: Sequence[JudgedItem | None] = items or [None]
    for item in cases:
        build = Fields(session, item, files)
        for one in (*needed(ruling.kind, ruling.fields(build)), build.by(), build.date()):
            known = merged.get(one.option)
            if known is None or (one.required and not known.required):
                merged[one.option] = one if known is None else replace(known, required=True)
    return list(merged.values())
