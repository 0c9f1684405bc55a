"""What the office rules: on one item or several at once, or of units."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.figures import misses
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.stages import one_is_left
from gaigai_cli.model.kinds import APPROVED, EXTENSION, HIGHLIGHT, KINDS, KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import label
from gaigai_cli.model.statuses import is_closed_out, is_pending
from gaigai_cli.query import waiting
from gaigai_cli.query.waiting import Scope
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.evidence import EvidenceFiles
from gaigai_cli.work.questions import Question, Questions, needed, text
from gaigai_cli.work.transaction import Statement, Transaction, intended


@dataclass(frozen=True)
class Ruling:
    """What the office can rule on items: the kind, its questions, and the records that it answers.

    ``unfit``: the answers that don't belong on an item. ``waits``: whether there is something on an item to be ruled
    on, where its status allows the kind.
    """

    kind: KindName
    questions: Callable[[Questions], list[Question]]
    answers: Callable[[JudgedItem, Scope], tuple[Entry, ...]] = lambda item, scope: ()
    unfit: Callable[[JudgedItem], set[str]] = lambda item: set()
    waits: Callable[[JudgedItem], bool] = lambda item: True


def leads_itself(item: JudgedItem) -> bool:
    """Return whether the office is a lead of the item, so that somebody else has to verify it."""
    return item.ledger.office in item.state.units.lead


def misses_target(item: JudgedItem) -> bool:
    """Return whether a close-out now would be in spite of an indicator."""
    return one_is_left(item.state.stages) and any(misses(figure) for figure in item.figures)


def _verify(ask: Questions) -> list[Question]:
    own = ask.item is not None and leads_itself(ask.item)
    missed = ask.item is not None and misses_target(ask.item)
    return [
        text("summary", words="核验意见"),
        text("verified_by_unit", required=own, asked=own, words="核验单位"),
        text("signer", required=own, asked=own, words="核验签字人"),
        text("despite", required=missed, asked=missed),
        ask.stated("finished", ask.item.state.applications if ask.item else ()),
        text("basis", asked=False),
        ask.stage(),
    ]


def _verify_unfit(item: JudgedItem) -> set[str]:
    """Return what doesn't fit: a verifier where the office doesn't lead, a reason where no target is missed."""
    outside = set() if leads_itself(item) else {"verified_by_unit", "signer"}
    return outside if misses_target(item) else outside | {"despite"}


def _extension(ask: Questions, reason: str = "") -> list[Question]:
    """Return what every ruling on an application for an extension says; the ``reason`` as it is called there."""
    return [
        text("basis"),
        text("approved_by"),
        ask.stated("asked", ask.item.state.extensions if ask.item else ()),
        text("reason", words=reason),
        ask.stage(),
    ]


def _grant(ask: Questions) -> list[Question]:
    """Return the questions of a grant; without an application, the new day has to be said."""
    none_asked = ask.item is not None and not ask.item.state.extensions
    due = ask.day("due", required=none_asked, words="延期后的时限")
    return [due, *_extension(ask)]


def _granted(item: JudgedItem, scope: Scope) -> tuple[Entry, ...]:
    waiting.demand_time_limit(item, EXTENSION)
    return waiting.ruled(item, scope)


def _denied(item: JudgedItem, scope: Scope) -> tuple[Entry, ...]:
    found = _granted(item, scope)
    if not found:
        raise GaigaiError(
            f"{item.id}没有待批的延期申请", f"运行 gaigai show {item.id} 查看记录经过"
        )
    return found


def _condition(ask: Questions) -> list[Question]:
    return [text("basis"), text("reason"), ask.evidence()]


def _assign(ask: Questions) -> list[Question]:
    return [ask.units("units"), ask.choice("role"), text("basis"), text("reason")]


def _look(ask: Questions) -> list[Question]:
    reported = ask.item is not None and bool(waiting.last_reports(ask.item))
    return [
        ask.choice("way", asked=True),
        text("inspectors"),
        text("summary", long=True, words="所见情况"),
        replace(ask.choice("agrees", asked=reported), required=reported),
        ask.evidence(),
    ]


VERIFY: Final = Ruling(
    "核验销号",
    _verify,
    waiting.verified,
    _verify_unfit,
    waits=lambda item: any(is_pending(stage.status) for stage in item.state.stages),
)
REJECT: Final = Ruling(
    "退回补正",
    lambda ask: [text("reason", words="退回理由"), text("basis", asked=False), ask.stage()],
    waiting.returned,
    waits=lambda item: bool(item.state.applications),
)
REOPEN: Final = Ruling(
    "撤销销号",
    lambda ask: [text("reason", words="撤销理由"), text("basis"), ask.stage()],
    waits=lambda item: any(is_closed_out(stage.status) for stage in item.state.stages),
)
ASSESS: Final = Ruling(
    "期满评估",
    lambda ask: [
        ask.choice("result"),
        text("summary", words="评估意见"),
        text("reason", asked=False),
        text("basis", asked=False),
    ],
    waits=lambda item: item.state.listed.deadline.kind in ("ongoing", "recurring"),
)
GRANT: Final = Ruling("批准延期", _grant, _granted, waits=lambda item: bool(item.state.stages))
DENY: Final = Ruling(
    "不予延期",
    lambda ask: _extension(ask, "不予延期的理由"),
    _denied,
    waits=lambda item: bool(item.state.extensions),
)
SUSPEND: Final = Ruling("条件未具备", _condition, waits=lambda item: item.state.suspension is None)
RESUME: Final = Ruling("条件具备", _condition, waits=lambda item: item.state.suspension is not None)
ASSIGN: Final = Ruling("明确责任单位", _assign)
REASSIGN: Final = Ruling("变更责任单位", _assign)
WITHDRAW: Final = Ruling("核减", lambda ask: [text("basis"), text("reason")])
LOOK: Final = Ruling(
    "抽查核验",
    _look,
    waiting.last_reports,
    # An item of which nobody has reported anything agrees with nothing.
    lambda item: set() if waiting.last_reports(item) else {"agrees"},
)
SOLVE: Final = Ruling(
    "协调结果",
    lambda ask: [text("summary", words="协调结果"), text("basis", asked=False), ask.evidence()],
    waiting.coordinated,
    waits=lambda item: bool(item.state.to_coordinate),
)
FILE: Final = Ruling(
    "节点备案",
    lambda ask: [text("summary", words="备案意见"), text("basis", asked=False)],
    waiting.filed,
    waits=lambda item: bool(item.state.plans),
)

RULINGS: Final = {
    one.kind: one
    for one in (
        VERIFY, REJECT, REOPEN, ASSESS, GRANT, DENY, SUSPEND, RESUME, ASSIGN, REASSIGN, WITHDRAW,
        LOOK, SOLVE, FILE,
    )
}  # fmt: skip
"""Every ruling on items, by kind."""


def rulings_now(item: JudgedItem) -> list[Ruling]:
    """Return the rulings for which there is something on the item now."""
    status = item.state.status
    return [r for r in RULINGS.values() if KINDS[r.kind].allowed(status) and r.waits(item)]


def demand_office(directory: Directory, what: str) -> None:
    """Raise ``GaigaiError`` where the person is known to work for another unit; ``what`` begins the sentence."""
    own, office = directory.own_unit, directory.ledger.office
    if own not in (None, office):
        raise GaigaiError(
            f"{what}由{office}办理，本机设定的单位是{own}",
            "单位的进展和申请用 gaigai update、gaigai done、gaigai extend 登记",
        )


def ruling_questions(ruling: Ruling, ask: Questions, items: Sequence[JudgedItem]) -> list[Question]:
    """Return the questions of all items together; what one of them needs is needed.

    Without items it is every question there is.
    """
    merged: dict[str, Question] = {}
    cases: Sequence[JudgedItem | None] = items or [None]
    for item in cases:
        about = replace(ask, item=item)
        for one in (*needed(ruling.kind, ruling.questions(about)), about.by(), about.date()):
            known = merged.get(one.name)
            if known is None or (one.required and not known.required):
                merged[one.name] = one if known is None else replace(known, required=True)
    return list(merged.values())


class UnfitError(GaigaiError):
    """Answers to a ruling that none of its items needs: the ``fields``."""

    def __init__(self, fields: Collection[str]) -> None:
        names = "、".join(f"“{label(name)}”" for name in sorted(fields))
        super().__init__(f"{names}在这里不起作用", "请把它清空")
        self.fields = fields


def ruled(
    directory: Directory, ruling: Ruling, items: Sequence[JudgedItem], scope: Scope
) -> Statement:
    """Return the statement that rules on these items, a record each.

    What it answers is looked up at once, so that nobody is asked in vain. Raises ``GaigaiError`` where there is nothing
    to rule on; its transaction raises `UnfitError`, too.
    """
    office = directory.ledger.office
    unfit = {item.id: ruling.unfit(item) for item in items}
    for item in items:
        ruling.answers(item, scope)

    def transaction(said: Mapping[str, Any], files: EvidenceFiles) -> Transaction:
        if idle := said.keys() & set.intersection(*unfit.values()):
            raise UnfitError(idle)
        on_its_day = replace(scope, day=said.get("date", directory.today))
        intentions = []
        for item in items:
            answers = tuple(entry.record.id for entry in ruling.answers(item, on_its_day))
            own = {name: said[name] for name in said if name not in unfit[item.id]}
            about = {"item": item.id, "answers": answers or None, **own}
            intentions.append(intended(directory, ruling.kind, office, about))
        return Transaction(directory, intentions, files)

    return Statement(
        ruling.kind, office, lambda ask: ruling_questions(ruling, ask, items), transaction
    )


def highlight(directory: Directory, report: Entry) -> Statement:
    """Return the statement that marks a unit's report for the bulletin, maybe in the office's own words.

    Raises ``GaigaiError`` for any other record.
    """
    record, office = report.record, directory.ledger.office
    if record.kind not in KINDS[HIGHLIGHT].answers:
        raise GaigaiError(
            f"{record.id}是一条{record.kind}，不能列为亮点", "亮点是单位报送的进展，见 gaigai show"
        )
    about = {"item": record.item, "answers": (record.id,)}
    words = [text("summary", words="通报中的写法")]
    return Statement.of_one(directory, HIGHLIGHT, office, lambda ask: words, about)


PRAISE: Final[tuple[KindName, ...]] = ("表扬", "通报批评", "责任认定")
"""What the office says of units."""
URGED: Final[KindName] = "催办登记"
"""Whom the office has reached, and how."""


def of_units(directory: Directory, kind: KindName) -> Statement:
    """Return the statement about units: praised or criticised; urged, and what they answered."""

    def questions(ask: Questions) -> list[Question]:
        approved = [text("approved_by", required=True)] if kind in APPROVED else []
        own = [text("reason", words="事由"), text("basis"), *approved]
        if kind == URGED:
            own = [ask.choice("means", asked=True), text("reached"), text("summary", words="答复")]
        return [ask.units("to"), ask.about(), *own]

    return Statement.of_one(directory, kind, directory.ledger.office, questions, {})
