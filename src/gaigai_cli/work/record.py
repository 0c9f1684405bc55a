"""What a unit says of its items: a report, an application, or that it takes one back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.machine import not_its_lead
from gaigai_cli.model.kinds import CLOSE_OUT, EXTENSION, KINDS, REPORT, KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.query.waiting import demand_time_limit, taken_back
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.evidence import EvidenceFiles
from gaigai_cli.work.questions import Question, Questions, flag, needed, text
from gaigai_cli.work.transaction import Statement, Transaction, one_record

TAKING_BACK: Final = "撤回申请"


def _what_hinders(ask: Questions, *, asked: bool, late: bool) -> list[Question]:
    """Return the questions about problems, ``asked`` in any case or not, and the reason, asked where it is ``late``."""
    return [
        text("problems", long=asked, asked=asked),
        ask.choice("coordinate"),
        text("late_reason", long=late, asked=late),
    ]


def _which_part(ask: Questions) -> list[Question]:
    return [ask.stage(), ask.completed(), ask.period()]


def _how_it_goes(ask: Questions, *, asked: bool) -> list[Question]:
    """Return the questions how the item goes; about problems it is ``asked`` in any case or not."""
    return [
        text("summary", long=True),
        ask.percent(),
        *_what_hinders(ask, asked=asked, late=ask.item is not None and ask.item.state.overdue),
        text("next", long=True),
        ask.metrics(),
        ask.evidence(),
        *_which_part(ask),
    ]


def _report(ask: Questions) -> list[Question]:
    return [*_how_it_goes(ask, asked=True), flag("not_started")]


def _application(ask: Questions) -> list[Question]:
    return [
        text("summary", long=True, words="完成情况"),
        ask.evidence(),
        ask.percent(),
        *_what_hinders(ask, asked=False, late=ask.item is not None and ask.item.state.late),
        ask.metrics(),
        *_which_part(ask),
    ]


def _extension(ask: Questions) -> list[Question]:
    return [
        ask.day("due", words="申请延期至"),
        text("reason", long=True, words="延期理由"),
        *_how_it_goes(ask, asked=False),
    ]


def _plan(ask: Questions) -> list[Question]:
    return [ask.milestones(), text("reason"), text("basis", asked=False), ask.evidence()]


PLAN: Final = "阶段节点"
"""Milestones: reported by a lead, or set by the office."""

OWN: Final[Mapping[KindName, Callable[[Questions], list[Question]]]] = {
    REPORT: _report,
    CLOSE_OUT: _application,
    EXTENSION: _extension,
    PLAN: _plan,
}
"""What units record of their items, and what is asked of each kind."""


def own_kinds_now(office: str, item: JudgedItem, unit: str) -> list[KindName]:
    """Return what the unit can record of the item now, or the ``office`` for one of the item's units."""
    state, is_office = item.state, unit == office
    leads = is_office or unit in state.units.lead
    may = {
        "unit": is_office or unit in state.units.named,
        "lead": leads and bool(state.stages),
        "lead|office": leads,
    }
    kinds = (KINDS[kind] for kind in OWN)
    return [kind.name for kind in kinds if kind.allowed(state.status) and may[kind.by]]


def taken_back_now(item: JudgedItem, unit: str) -> list[KindName]:
    """Return the kinds of application that the unit has waiting on the item, and may take back."""
    live: tuple[tuple[KindName, tuple[Entry, ...]], ...] = (
        (CLOSE_OUT, item.state.applications),
        (EXTENSION, item.state.extensions),
    )
    return [kind for kind, entries in live if any(entry.unit == unit for entry in entries)]


def own_questions(kind: KindName, ask: Questions) -> list[Question]:
    """Return what a record of the kind may say, who made it, how it came and when it was true."""
    return [
        *needed(kind, OWN[kind](ask)),
        ask.by(),
        ask.choice("via"),
        ask.source(),
        ask.date(),
    ]


def own_record(directory: Directory, kind: KindName, item: JudgedItem, unit: str) -> Statement:
    """Return the statement of what the unit records of the item."""

    def questions(ask: Questions) -> list[Question]:
        return own_questions(kind, replace(ask, item=item))

    def transaction(said: Mapping[str, Any], files: EvidenceFiles) -> Transaction:
        return one_record(directory, kind, unit, {"item": item.id, **said}, files)

    return Statement(kind, unit, questions, transaction)


def item_of(directory: Directory, kind: KindName, words: str) -> JudgedItem:
    """Return the item that is named. Raises ``GaigaiError`` for one that this kind of record can't be about."""
    found = directory.judged(words)
    if KINDS[kind].leads_only:
        demand_time_limit(found, kind)
    return found


def demand_lead(kind: KindName, item: JudgedItem, unit: str) -> None:
    """Raise ``GaigaiError`` where only leads record this kind and the unit is none today."""
    leads, office = item.state.units.lead, item.ledger.office
    if said := not_its_lead(KINDS[kind], unit, item.id, leads, office):
        raise GaigaiError(*said)


def whose(
    directory: Directory, unit: str | None, *, via: str | None, named: Callable[[str], str]
) -> str | None:
    """Return whose record it is: the unit named, else one's own; None where neither is known.

    Only the office enters for others (代录), and says how it was told: raises ``GaigaiError`` for others, and
    `ViaUnsaid` where that isn't said. ``named`` says how messages call a field.
    """
    own, office = directory.own_unit, directory.ledger.office
    unit = unit or own
    if via is not None:
        if own not in (None, office):
            raise GaigaiError(
                f"{named('via')} 是{office}代单位记录时用的，本机设定的单位是{own}",
                f"请去掉 {named('via')}",
            )
        if unit == office:
            raise GaigaiError(
                f"{office}自己的进展不是代录",
                f"请去掉 {named('via')}，或用 {named('unit')} 写明单位",
            )
    elif own == office and unit not in (None, office):
        raise ViaUnsaid(
            f"{office}代{unit}记录，缺少代录方式（{named('via')}）",
            f"请写 {named('via')} 报表、书面或电话",
        )
    elif own not in (None, office, unit):
        raise GaigaiError(
            f"本机设定的单位是{own}，不能替{unit}记录",
            f"请由{unit}记录；为几个单位登记的，用 GAIGAI_UNIT={unit} 写明这次是哪一个",
        )
    return unit


class ViaUnsaid(GaigaiError):  # noqa: N818 - named for what it says
    """The office enters something for a unit and doesn't say how the unit told it."""


def taking_back(directory: Directory, item: JudgedItem, unit: str, kind: KindName) -> Statement:
    """Return the statement by which a lead takes its applications of a kind back (撤回申请).

    They are looked up; its transaction raises ``GaigaiError`` where there is none.
    """

    def questions(ask: Questions) -> list[Question]:
        return [ask.by(), text("reason", asked=False, words="撤回的理由"), ask.date()]

    def transaction(said: Mapping[str, Any], files: EvidenceFiles) -> Transaction:
        answers = tuple(entry.record.id for entry in taken_back(item, unit, kind))
        fields = {**said, "item": item.id, "answers": answers}
        return one_record(directory, TAKING_BACK, unit, fields, files)

    return Statement(TAKING_BACK, unit, questions, transaction)


def answering_unit(
    directory: Directory, asked: Sequence[str], missing: Sequence[str], named: str | None
) -> str | None:
    """Return whose answer is entered: that of the unit named, one's own, or of the only one that is missing.

    None where that isn't known.
    """
    if named is not None:
        return named
    if directory.own_unit in asked:
        return directory.own_unit
    return missing[0] if len(missing) == 1 else None


def demand_entering(directory: Directory, unit: str, what: str) -> None:
    """Raise ``GaigaiError`` where the person works for another unit; ``what`` is to be entered: 回执, 反馈, 进展."""
    own, office = directory.own_unit, directory.ledger.office
    if own not in (None, office, unit):
        raise GaigaiError(
            f"本机设定的单位是{own}，不能登记{unit}的{what}", f"由该单位或{office}登记"
        )


def is_entered_for(directory: Directory, unit: str) -> bool:
    """Return whether the office enters what the unit has told it otherwise."""
    own, office = directory.own_unit, directory.ledger.office
    return own in (None, office) and unit not in (own, office)


def answer(
    directory: Directory,
    kind: KindName,
    unit: str,
    asked: Entry,
    questions: Callable[[Questions], list[Question]],
) -> Statement:
    """Return the statement that answers ``asked``.

    Where the office enters it for a unit, how the unit told it is asked, too; unsaid, it came 书面.
    """
    for_unit = is_entered_for(directory, unit)

    def with_via(ask: Questions) -> list[Question]:
        return [*questions(ask), *([ask.choice("via")] if for_unit else [])]

    about = {"answers": (asked.record.id,), **({"via": "书面"} if for_unit else {})}
    return Statement.of_one(directory, kind, unit, with_via, about)
