"""What the office rules: filled in, on one item or several at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.desk import (
    Field,
    Filling,
    choose_item,
    desk_of,
    kept_words,
    record,
    writing_session,
)
from gaigai_cli.cli.record.fields import fields_of, named
from gaigai_cli.cli.run import Run
from gaigai_cli.cli.session import Session
from gaigai_cli.query.waiting import Scope
from gaigai_cli.work import rule as work
from gaigai_cli.work.evidence import EvidenceFiles
from gaigai_cli.work.questions import Questions
from gaigai_cli.work.rule import Ruled, ruling_questions

if TYPE_CHECKING:
    from gaigai_cli.judge.judgement import JudgedItem


@dataclass(frozen=True)
class RulingCommand:
    """A command of the office: what it rules, and the options of its own."""

    command: str
    what: work.Ruling
    options: Mapping[str, Option] = field(default_factory=dict)


def office_session(run: Run) -> Session:
    """Return the session of a ruling; nobody who is known to work for another unit rules."""
    session = writing_session(run)
    work.demand_office(session, f"{run.path} ")
    return session


def rule(run: Run, ruling: RulingCommand) -> None:
    """Fill in, check and write one record for each item, all or none."""
    session = office_session(run)
    desk = desk_of(session, o.ITEMS)
    judged = [session.judged(word) for word in run.words(o.ITEMS)]
    run.use(o.OF_UNIT)
    missing = [] if judged else ["事项编号"]
    desk.demand([*missing, *desk.missing(ruling_fields(session, ruling, judged))])
    if not judged:
        judged = [choose_item(session, None, session.judged, leads_only=False)]
        desk.arguments = [judged[0].id]
    rule_on(desk, ruling, list({item.id: item for item in judged}.values()))


def rule_on(desk: Filling, ruling: RulingCommand, items: list[JudgedItem]) -> None:
    """Do what `rule` does once it is known what is ruled on."""
    session = desk.session
    unit = desk.word(o.OF_UNIT)
    scope = Scope(desk.word(o.STAGE), session.unit(unit) if unit else None)
    ruled = Ruled.on(session, ruling.what, items, scope)
    files = EvidenceFiles(session, session.ledger.office)
    fields = ruling_fields(session, ruling, items, files)
    with kept_words(desk, always=False):
        said = desk.fill(fields)
    unfit = ruled.unfit(said)
    session.given.refuse(one.option for one in fields if one.question.name in unfit)
    record(desk, ruled.transaction(said, files))


def ruling_fields(
    session: Session,
    ruling: RulingCommand,
    items: Sequence[JudgedItem] = (),
    files: EvidenceFiles | None = None,
) -> list[Field]:
    """Return the fields of all items together; without items, every field there is."""
    asking = Questions(session, None, files, named(ruling.options))
    return fields_of(ruling_questions(ruling.what, asking, items), ruling.options)
