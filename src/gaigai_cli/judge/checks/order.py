"""Records that can't be true after the ones before them, and those that are odd there."""

from collections.abc import Iterator

from gaigai_cli.judge.checks.build import about
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.judge.state import Remark
from gaigai_cli.model.finding import Finding, Severity


def order_findings(judge: Judge) -> Iterator[Finding]:
    """What the fold of all records rejects (errors) and what it accepts with a doubt (warnings)."""
    ledger = judge.ledger
    last = max((e.record.date for e in judge.records.entries), default=ledger.tasks.notice.issued)
    for state in judge.states(last):
        yield from (_finding(judge, remark, "error") for remark in state.rejected)
        yield from (_finding(judge, remark, "warning") for remark in state.doubts)


def _finding(judge: Judge, remark: Remark, severity: Severity) -> Finding:
    path = (remark.field,)
    return about(
        judge.records,
        remark.entry,
        path,
        remark.code,
        remark.message,
        remedy=remark.remedy,
        severity=severity,
    )
