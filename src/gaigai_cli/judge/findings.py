"""Every check of a ledger at once, those that need a judgement or the day included."""

from collections.abc import Iterable, Iterator
from datetime import date

from gaigai_cli.judge.checks.files import EVIDENCE_CHANGED, REPEATED_NUMBER, issued_findings
from gaigai_cli.judge.checks.making import about
from gaigai_cli.judge.corrections import Records
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Ledger


def order_findings(judge: Judge, items: Iterable[str] | None, *, today: date) -> Iterator[Finding]:
    """Yield what the fold of records rejects (errors) and what it accepts with a doubt (warnings).

    It is that of all records, or of those of some ``items``; items that the list hasn't are passed over.
    """
    issued = judge.ledger.tasks.notice.issued
    day = max(today, max((e.counts for e in judge.records.entries), default=issued))
    states = judge.states(day) if items is None else (judge.state(item, day) for item in items)
    for state in filter(None, states):
        for entry, field, code, message, remedy in state.rejected:
            yield about(judge.records, entry, (field,), code, message, remedy=remedy)
        for entry, field, code, message, remedy in state.doubts:
            path = (field,)
            yield about(
                judge.records, entry, path, code, message, remedy=remedy, severity="warning"
            )


def future_date(records: Records, *, today: date) -> Iterator[Finding]:
    """Find a fact dated after ``today`` (the clock's day, never that of a view), or a thing counted that is."""
    for entry in records.entries:
        record = entry.record
        days = [((*path, "date"), piece.date) for path, piece in record.counted()]
        for path, day in ((("date",), record.date), *days):
            if day > today:
                message, remedy = f"日期{day}晚于今天（{today}）", "记录写已经发生的事，请核对日期"
                yield about(records, entry, path, "future-date", message, remedy=remedy)


def check(ledger: Ledger, *, today: date) -> tuple[Finding, ...]:
    """Return everything that is wrong with a ledger on the clock's day ``today``, by place, each thing once."""
    judge = Judge(ledger)
    found = (
        *check_list(ledger),
        *check_records(judge, today=today),
        *EVIDENCE_CHANGED.findings(judge.records),
    )
    return tuple(sorted(dict.fromkeys(found), key=lambda f: f.order))


def check_list(ledger: Ledger) -> Iterator[Finding]:
    """Yield the findings about the list, its units, rules and people, in no order."""
    # Reading cells again takes much to load, and only these checks do.
    from gaigai_cli.judge.checks.lists import LIST_CHECKS

    for listed in LIST_CHECKS:
        yield from (at.finding(ledger) for at in listed(ledger))


def check_records(
    judge: Judge, *, today: date, items: Iterable[str] | None = None
) -> Iterator[Finding]:
    """Yield the findings about records and bulletins, in no order; no file of evidence is read.

    With ``items`` the order of records is looked at in the courses of these alone.
    """
    yield from judge.findings
    yield from issued_findings(judge.ledger)
    yield from REPEATED_NUMBER.findings(judge.records)
    yield from future_date(judge.records, today=today)
    yield from order_findings(judge, items, today=today)
