"""``gaigai grant``, ``deny``, ``suspend``, ``resume``, ``assign``, ``withdraw``: what holds for an item."""

from __future__ import annotations

from typing import Final

from gaigai_cli.cli import complete
from gaigai_cli.cli import options as o
from gaigai_cli.cli.record import fields
from gaigai_cli.cli.record.desk import Field, desk_of, kept_words, record
from gaigai_cli.cli.record.fields import Fields, needed, text
from gaigai_cli.cli.record.ruling import Ruling, Scope, office_session, rule
from gaigai_cli.cli.run import Option, Run, takes
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.ledger import Entry
from gaigai_cli.query import waiting
from gaigai_cli.record.new_record import Intention
from gaigai_cli.work.evidence import Files
from gaigai_cli.work.transaction import Transaction

_TO: Final = Option("--to", "延期后的时限；不写则照申请的日期", "日期")
_ASKED: Final = Option(
    "--asked", "认定的申请日期，如 6月28日；补记的申请不写则按登记之日计", "日期"
)
_UNITS: Final = Option(
    "--units", "单位，可写几次，或用顿号隔开", "单位", many=True, complete=complete.units
)
_ROLE: Final = Option("--role", "牵头、责任或配合", "责任")
_REPLACE: Final = Option("--replace", "变更：这一责任改由所列单位承担，原有的不再承担")


def _approved(build: Fields) -> list[Field]:
    return [
        text("basis", o.BASIS),
        text("approved_by", o.APPROVED_BY),
    ]


def _grant_fields(build: Fields) -> list[Field]:
    """Without an application, the new day has to be said."""
    none_asked = build.item is not None and not build.item.state.extensions
    return [
        build.day("due", _TO, required=none_asked, words="延期后的时限"),
        *_approved(build),
        _asked(build),
        text("reason", o.REASON),
        build.stage(),
    ]


def _deny_fields(build: Fields) -> list[Field]:
    return [
        *_approved(build),
        _asked(build),
        text("reason", o.REASON, words="不予延期的理由"),
        build.stage(),
    ]


def _asked(build: Fields) -> Field:
    return build.stated("asked", _ASKED, build.item.state.extensions if build.item else ())


def _granted(item: JudgedItem, scope: Scope) -> tuple[Entry, ...]:
    waiting.demand_time_limit(item.state, waiting.EXTENSION)
    return waiting.ruled(item.state, scope.stage, scope.unit)


def _denied(item: JudgedItem, scope: Scope) -> tuple[Entry, ...]:
    found = _granted(item, scope)
    if not found:
        raise GaigaiError(
            f"{item.id}没有待批的延期申请", f"运行 gaigai show {item.id} 查看记录经过"
        )
    return found


def _suspend_fields(build: Fields) -> list[Field]:
    return [text("basis", o.BASIS), text("reason", o.REASON), build.evidence()]


def _resume_fields(build: Fields) -> list[Field]:
    return [text("basis", o.BASIS), text("reason", o.REASON), build.evidence()]


def _assign_fields(build: Fields) -> list[Field]:
    return [
        build.units("units", _UNITS),
        fields.choice("role", _ROLE, fields.ROLES),
        text("basis", o.BASIS),
        text("reason", o.REASON),
    ]


def _withdraw_fields(build: Fields) -> list[Field]:
    return [text("basis", o.BASIS), text("reason", o.REASON)]


GRANT: Final = Ruling("grant", "批准延期", _grant_fields, _granted)
DENY: Final = Ruling("deny", "不予延期", _deny_fields, _denied)

CHOICES: Final = {"批准延期": GRANT, "不予延期": DENY}
"""What can be done with an application for an extension."""
SUSPEND: Final = Ruling("suspend", "条件未具备", _suspend_fields)
RESUME: Final = Ruling("resume", "条件具备", _resume_fields)
ASSIGN: Final = Ruling("assign", "明确责任单位", _assign_fields)
REASSIGN: Final = Ruling("assign", "变更责任单位", _assign_fields)
WITHDRAW: Final = Ruling("withdraw", "核减", _withdraw_fields)


@takes(
    o.ITEMS, o.PENDING, _TO, o.BASIS, o.APPROVED_BY, _ASKED, o.REASON, o.OF_UNIT, o.STAGE, o.DATE, o.BY,
    o.DRY_RUN,
)  # fmt: skip
def grant(run: Run) -> None:
    """Grant extensions (批准延期)."""
    _rule_or_review(run, GRANT)


@takes(
    o.ITEMS, o.PENDING, o.BASIS, o.APPROVED_BY, _ASKED, o.REASON, o.OF_UNIT, o.STAGE, o.DATE, o.BY,
    o.DRY_RUN,
)  # fmt: skip
def deny(run: Run) -> None:
    """Refuse extensions (不予延期)."""
    _rule_or_review(run, DENY)


def _rule_or_review(run: Run, ruling: Ruling) -> None:
    if run.flag(o.PENDING):
        from gaigai_cli.cli.record.pending import review_extensions

        review_extensions(run, ruling, CHOICES)
    else:
        rule(run, ruling)


@takes(o.ITEMS, o.BASIS, o.REASON, o.EVIDENCE, o.DATE, o.BY, o.DRY_RUN)
def suspend(run: Run) -> None:
    """Nothing can be done until something else happens (条件未具备)."""
    rule(run, SUSPEND)


@takes(o.ITEMS, o.BASIS, o.REASON, o.EVIDENCE, o.DATE, o.BY, o.DRY_RUN)
def resume(run: Run) -> None:
    """It has happened (条件具备)."""
    rule(run, RESUME)


@takes(o.ITEMS, _UNITS, _ROLE, _REPLACE, o.BASIS, o.REASON, o.DATE, o.BY, o.DRY_RUN)
def assign(run: Run) -> None:
    """Say who owes an item (明确责任单位, 变更责任单位)."""
    rule(run, REASSIGN if run.flag(_REPLACE) else ASSIGN)


@takes(o.ITEMS, o.BASIS, o.REASON, o.DATE, o.BY, o.DRY_RUN)
def withdraw(run: Run) -> None:
    """Count items no longer (核减)."""
    rule(run, WITHDRAW)


_TOLD: Final = Option("单位", "单位，可写几个", "单位", many=True, complete=complete.units)
_ABOUT: Final = Option("--item", "所涉事项；不写则不针对某一事项", "事项", complete=complete.items)
_RESPONSIBILITY: Final = Option("--responsibility", "只认定责任（责任认定），不作通报批评")


@takes(_TOLD, _ABOUT, o.REASON, o.BASIS, o.DATE, o.BY, o.DRY_RUN)
def praise(run: Run) -> None:
    """Praise units (表扬)."""
    _say_of(run, "praise", "表扬")


@takes(_TOLD, _ABOUT, o.REASON, o.BASIS, _RESPONSIBILITY, o.DATE, o.BY, o.DRY_RUN)
def criticise(run: Run) -> None:
    """Criticise units (通报批评), or say who is responsible (责任认定)."""
    _say_of(run, "criticise", "责任认定" if run.flag(_RESPONSIBILITY) else "通报批评")


def _say_of(run: Run, command: str, kind: str) -> None:
    session = office_session(run, command)
    desk = desk_of(session, command)
    if units := run.words(_TOLD):
        desk.given[_TOLD] = list(units)
    build = Fields(session, None, Files(session, session.ledger.office))
    wanted = needed(
        kind,
        [
            build.units("to", _TOLD),
            Field("item", _ABOUT, lambda words: session.item_id(words[0]), asked=False),
            text("reason", o.REASON, words="事由"),
            text("basis", o.BASIS),
            build.by(),
            build.date(),
        ],
    )
    dry_run = run.flag(o.DRY_RUN)
    desk.demand(desk.missing(wanted))
    with kept_words(desk, always=False):
        said = desk.fill(wanted)
    when = said.pop("date", session.today)
    desk.arguments = desk.given.pop(_TOLD)
    intention = Intention(kind, session.ledger.office, when, said)
    record(desk, Transaction(session, [intention]), dry_run=dry_run)
