"""What the office rules: whose answer it is, what it answers, on one item or several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import typer

from gaigai_cli.cli.record.desk import (
    Desk,
    Field,
    choose_item,
    day_of,
    kept_words,
    record,
    writing_session,
)
from gaigai_cli.cli.record.fields import Fields, Given, words_of
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


def office_session(ctx: typer.Context, command: str) -> Session:
    """The session of a ruling; nobody who is known to work for another unit rules."""
    session = writing_session(ctx)
    own, office = session.own_unit, session.ledger.office
    if own not in (None, office):
        raise GaigaiError(
            f"gaigai {command} 由{office}办理，本机设定的单位是{own}",
            "单位用 update、done、extend 记录自己的事项",
        )
    return session


def rule(
    ctx: typer.Context, ruling: Ruling, items: Sequence[str] | None, given: Given, *, dry_run: bool
) -> None:
    """Fill in, check and write one record for each item, all or none."""
    session = office_session(ctx, ruling.command)
    desk = Desk(session, ruling.command, words_of(given), list(items or ()))
    judged = [judged_item(session, word) for word in items or ()]
    missing = [] if judged else ["事项编号"]
    desk.demand([*missing, *desk.missing(_fields(session, ruling, judged, Files(session, "")))])
    if not judged:
        judged = [choose_item(session, None, partial(judged_item, session), leads_only=False)]
        desk.arguments = [judged[0].id]
    rule_on(desk, ruling, list({item.id: item for item in judged}.values()), dry_run=dry_run)


def rule_on(desk: Desk, ruling: Ruling, items: list[JudgedItem], *, dry_run: bool) -> None:
    """The same once it is known what is ruled on."""
    session = desk.session
    office = session.ledger.office
    unit = desk.word("--unit")
    scope = Scope(desk.word("--stage"), session.unit(unit) if unit else None)
    answered = {item.id: ruling.answers(item, scope) for item in items}
    files = Files(session, office)
    with kept_words(desk, always=False):
        said = desk.fill(_fields(session, ruling, items, files))
        when = day_of(session, desk.word("--date"))
    intentions = []
    for item in items:
        own = ruling.fits(item, said) if len(items) > 1 else said
        answers = tuple(entry.record.id for entry in answered[item.id])
        about = {"item": item.id, "answers": answers or None}
        intentions.append(Intention(ruling.kind, office, when, {**about, **own}))
    record(desk, Transaction(session, intentions, files.planned, files.sources), dry_run=dry_run)


def judged_item(session: Session, words: str) -> JudgedItem:
    """The item that was typed, as of today."""
    found = session.judge.item(session.item_id(words), session.today)
    assert found is not None
    return found


def _fields(
    session: Session, ruling: Ruling, items: Sequence[JudgedItem], files: Files
) -> list[Field]:
    """The fields of all items together; what one of them needs is needed."""
    merged: dict[str, Field] = {}
    cases: Sequence[JudgedItem | None] = items or [None]
    for item in cases:
        build = Fields(session, item, files)
        for one in (*ruling.fields(build), build.by()):
            known = merged.get(one.option)
            if known is None or (one.required and not known.required):
                merged[one.option] = one if known is None else replace(known, required=True)
    return list(merged.values())
