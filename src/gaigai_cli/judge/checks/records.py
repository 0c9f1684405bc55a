"""What is wrong with records whatever the day; an error takes the record out of judgement."""

from collections.abc import Callable, Iterator
from typing import Final

from gaigai_cli.judge.checks import answers, content, evidence, metrics
from gaigai_cli.judge.checks.ids import LOG_CHECKS
from gaigai_cli.judge.corrections import Records, read_records
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Ledger

RECORD_CHECKS: Final[tuple[Callable[[Records], Iterator[Finding]], ...]] = (
    content.unknown_item,
    content.unknown_record_unit,
    content.ruling_outside_office,
    content.ruling_before_issue,
    content.date_before_year,
    content.date_after_recording,
    content.unknown_stage,
    content.percent_unused,
    answers.wrong_reference,
    answers.answer_too_early,
    metrics.unknown_metric,
    metrics.metric_form,
    metrics.not_provider,
    evidence.evidence_outside,
    evidence.evidence_missing,
)
"""Checks of the records as corrected; those of ids and corrections come before (``ids.LOG_CHECKS``)."""


def examine(ledger: Ledger) -> tuple[Records, tuple[Finding, ...]]:
    """The records as corrected by every sound 更正, and what is wrong with records and corrections."""
    written = [finding for check in LOG_CHECKS for finding in check(ledger)]
    records = read_records(ledger, written)
    said = (finding for check in RECORD_CHECKS for finding in check(records))
    return records, (*written, *said)


def record_findings(ledger: Ledger) -> Iterator[Finding]:
    """What is wrong with single records, whatever the day."""
    yield from examine(ledger)[1]
