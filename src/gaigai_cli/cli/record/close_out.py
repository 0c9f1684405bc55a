"""``gaigai verify``, ``reject``, ``reopen``, ``assess``: how the office closes items, or doesn't."""

from __future__ import annotations

from typing import Final

from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.pending import rule_or_review
from gaigai_cli.cli.record.ruling import RulingCommand, rule
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.work import rule as work

_VERIFIED_BY: Final = Option("--verified-by", "核验单位，督办机构自行牵头的事项必填", "单位")
_SIGNER: Final = Option("--signer", "核验签字人，督办机构自行牵头的事项必填", "姓名")
_DESPITE: Final = Option("--despite", "指标未达仍予销号的理由，指标未达时必填", "理由")
_FINISHED: Final = Option(
    "--finished", "认定的办结日期，如 6月28日；补记的申请不写则按登记之日计", "日期"
)
_RESULT: Final = Option("--result", "完成、基本完成、未完成或转入下年", "结果")

VERIFY: Final = RulingCommand(
    "verify",
    work.VERIFY,
    {
        "summary": o.OPINION,
        "verified_by_unit": _VERIFIED_BY,
        "signer": _SIGNER,
        "despite": _DESPITE,
        "finished": _FINISHED,
    },
)
REJECT: Final = RulingCommand("reject", work.REJECT)

CHOICES: Final = {"通过": VERIFY, "退回补正": REJECT}
"""What can be done with an application for close-out."""
REOPEN: Final = RulingCommand("reopen", work.REOPEN)
ASSESS: Final = RulingCommand("assess", work.ASSESS, {"result": _RESULT, "summary": o.OPINION})


@takes(
    o.ITEMS, o.PENDING, o.OPINION, _VERIFIED_BY, _SIGNER, _DESPITE, _FINISHED, o.BASIS, o.STAGE, o.DATE, o.BY,
    o.DRY_RUN,
)  # fmt: skip
def verify(run: Run) -> None:
    """Close items that wait (核验销号); the applications are looked up."""
    rule_or_review(run, VERIFY, CHOICES)


@takes(o.ITEMS, o.PENDING, o.REASON, o.BASIS, o.OF_UNIT, o.STAGE, o.DATE, o.BY, o.DRY_RUN)
def reject(run: Run) -> None:
    """Send applications for close-out back (退回补正)."""
    rule_or_review(run, REJECT, CHOICES)


@takes(o.ITEMS, o.REASON, o.BASIS, o.STAGE, o.DATE, o.BY, o.DRY_RUN)
def reopen(run: Run) -> None:
    """Take a close-out back (撤销销号)."""
    rule(run, REOPEN)


@takes(o.ITEMS, _RESULT, o.OPINION, o.REASON, o.BASIS, o.DATE, o.BY, o.DRY_RUN)
def assess(run: Run) -> None:
    """Close ongoing and recurring items at the end of their period (期满评估)."""
    rule(run, ASSESS)
