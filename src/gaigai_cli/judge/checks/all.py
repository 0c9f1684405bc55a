"""Every check at once."""

from collections.abc import Iterable, Iterator
from datetime import date

from gaigai_cli.judge.checks.evidence import evidence_changed
from gaigai_cli.judge.checks.issued import issued_findings, repeated_reminder_number
from gaigai_cli.judge.checks.order import items_order_findings, order_findings
from gaigai_cli.judge.checks.today import future_date
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Ledger


def check(ledger: Ledger, *, today: date) -> tuple[Finding, ...]:
    """Everything wrong with a ledger on the clock's day ``today``, by place, each thing once."""
    return tuple(sorted(dict.fromkeys(_all(ledger, today)), key=lambda f: f.order))


def _all(ledger: Ledger, today: date) -> Iterator[Finding]:
    judge = Judge(ledger)
    yield from check_list(ledger)
    yield from check_records(judge, today=today)
    yield from evidence_changed(judge.records)


def check_list(ledger: Ledger) -> Iterator[Finding]:
    """Of all this, in no order, what is wrong with the list, its units, rules and people."""
    # Reading cells again takes much to load, and only these checks do.
    from gaigai_cli.judge.checks.lists import LIST_CHECKS

    for listed in LIST_CHECKS:
        yield from listed(ledger)


def check_records(
    judge: Judge, *, today: date, items: Iterable[str] | None = None
) -> Iterator[Finding]:
    """Of all this, in no order, what is wrong with records and bulletins; no file of evidence is read.

    With ``items`` the order of records is looked at in the courses of these alone.
    """
    yield from judge.findings
    yield from issued_findings(judge.ledger)
    yield from repeated_reminder_number(judge.records)
    yield from future_date(judge.records, today=today)
    if items is None:
        yield from order_findings(judge)
    else:
        yield from items_order_findings(judge, items, today=today)
