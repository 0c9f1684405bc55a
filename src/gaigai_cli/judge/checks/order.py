"""Records that can't be true after the ones before them, and those that are odd there."""

from collections.abc import Iterable, Iterator
from datetime import date

from gaigai_cli.judge.checks.build import about
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.judge.state import ItemState, Remark
from gaigai_cli.model.finding import Finding, Severity


def order_findings(judge: Judge) -> Iterator[Finding]:
    """What the fold of all records rejects (errors) and what it accepts with a doubt (warnings)."""
    for state in judge.states(_last_day(judge)):
        yield from _findings(judge, state)


def item_order_findings(judge: Judge, item: str, *, today: date) -> Iterator[Finding]:
    """The same of one item; nothing where the list has no such item. Its state of ``today`` is used if it says all."""
    yield from items_order_findings(judge, (item,), today=today)


def items_order_findings(judge: Judge, items: Iterable[str], *, today: date) -> Iterator[Finding]:
    """The same of some items."""
    day = max(today, _last_day(judge))
    for item in items:
        state = judge.state(item, day)
        if state is not None:
            yield from _findings(judge, state)


def _last_day(judge: Judge) -> date:
    issued = judge.ledger.tasks.notice.issued
    return max((e.record.date for e in judge.records.entries), default=issued)


def _findings(judge: Judge, state: ItemState) -> Iterator[Finding]:
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
