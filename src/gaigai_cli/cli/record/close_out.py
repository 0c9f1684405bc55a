"""``gaigai verify``, ``reject``, ``reopen``, ``assess``: how the office closes items, or doesn't."""

from __future__ import annotations

from typing import Any, Final

from gaigai_cli.cli import options as o
from gaigai_cli.cli.record import fields
from gaigai_cli.cli.record.desk import Field
from gaigai_cli.cli.record.fields import Fields, text
from gaigai_cli.cli.record.ruling import Ruling, Scope, rule
from gaigai_cli.cli.run import Option, Run, takes
from gaigai_cli.judge.figures import misses
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.ledger import Entry
from gaigai_cli.query import waiting

_OUTSIDE = ("verified_by_unit", "signer")


def leads_itself(item: JudgedItem) -> bool:
    """Whether the office is a lead of the item, so that somebody else has to verify it."""
    return item.ledger.office in item.state.units.lead


def misses_target(item: JudgedItem) -> bool:
    """Whether a close-out now would be in spite of an indicator."""
    return any(misses(figure) for figure in item.figures)


_VERIFIED_BY: Final = Option("--verified-by", "核验单位，工改办自行牵头的事项必填", "单位")
_SIGNER: Final = Option("--signer", "核验签字人，工改办自行牵头的事项必填", "姓名")
_DESPITE: Final = Option("--despite", "指标未达仍予销号的理由，指标未达时必填", "理由")
_FINISHED: Final = Option(
    "--finished", "认定的办结日期，如 6月28日；补记的申请不写则按登记之日计", "日期"
)
_RESULT: Final = Option("--result", "完成、基本完成、未完成或转入下年", "结果")


def _verify_fields(build: Fields) -> list[Field]:
    own = build.item is not None and leads_itself(build.item)
    missed = build.item is not None and misses_target(build.item)
    return [
        text("summary", o.OPINION, words="核验意见"),
        text("verified_by_unit", _VERIFIED_BY, required=own, asked=own, words="核验单位"),
        text("signer", _SIGNER, required=own, asked=own, words="核验签字人"),
        text("despite", _DESPITE, required=missed, asked=missed),
        build.stated("finished", _FINISHED, build.item.state.applications if build.item else ()),
        text("basis", o.BASIS, asked=False),
        build.stage(),
    ]


def _verify_fits(item: JudgedItem, said: dict[str, Any]) -> dict[str, Any]:
    """Of several items, only those that the office leads have an outside verifier, only those that miss a reason."""
    out = () if leads_itself(item) else _OUTSIDE
    out = out if misses_target(item) else (*out, "despite")
    return {name: value for name, value in said.items() if name not in out}


def _verified(item: JudgedItem, scope: Scope) -> tuple[Entry, ...]:
    return waiting.verified(item.state, scope.stage)


def _returned(item: JudgedItem, scope: Scope) -> tuple[Entry, ...]:
    return waiting.returned(item.state, scope.stage, scope.unit)


def _reject_fields(build: Fields) -> list[Field]:
    return [
        text("reason", o.REASON, words="退回理由"),
        text("basis", o.BASIS, asked=False),
        build.stage(),
    ]


def _reopen_fields(build: Fields) -> list[Field]:
    return [
        text("reason", o.REASON, words="撤销理由"),
        text("basis", o.BASIS),
        build.stage(),
    ]


def _assess_fields(build: Fields) -> list[Field]:
    return [
        fields.choice("result", _RESULT, fields.RESULTS),
        text("summary", o.OPINION, words="评估意见"),
        text("reason", o.REASON, asked=False),
        text("basis", o.BASIS, asked=False),
    ]


VERIFY: Final = Ruling("verify", "核验销号", _verify_fields, _verified, _verify_fits)
REJECT: Final = Ruling("reject", "退回补正", _reject_fields, _returned)

CHOICES: Final = {"通过": VERIFY, "退回补正": REJECT}
"""What can be done with an application for close-out."""
REOPEN: Final = Ruling("reopen", "撤销销号", _reopen_fields)
ASSESS: Final = Ruling("assess", "期满评估", _assess_fields)


@takes(
    o.ITEMS, o.PENDING, o.OPINION, _VERIFIED_BY, _SIGNER, _DESPITE, _FINISHED, o.BASIS, o.STAGE, o.DATE, o.BY,
    o.DRY_RUN,
)  # fmt: skip
def verify(run: Run) -> None:
    """Close items that wait (核验销号); the applications are looked up."""
    _rule_or_review(run, VERIFY)


@takes(o.ITEMS, o.PENDING, o.REASON, o.BASIS, o.OF_UNIT, o.STAGE, o.DATE, o.BY, o.DRY_RUN)
def reject(run: Run) -> None:
    """Send applications for close-out back (退回补正)."""
    _rule_or_review(run, REJECT)


def _rule_or_review(run: Run, ruling: Ruling) -> None:
    if run.flag(o.PENDING):
        from gaigai_cli.cli.record.pending import review_applications

        review_applications(run, ruling, CHOICES)
    else:
        rule(run, ruling)


@takes(o.ITEMS, o.REASON, o.BASIS, o.STAGE, o.DATE, o.BY, o.DRY_RUN)
def reopen(run: Run) -> None:
    """Take a close-out back (撤销销号)."""
    rule(run, REOPEN)


@takes(o.ITEMS, _RESULT, o.OPINION, o.REASON, o.BASIS, o.DATE, o.BY, o.DRY_RUN)
def assess(run: Run) -> None:
    """Close ongoing and recurring items at the end of their period (期满评估)."""
    rule(run, ASSESS)
