"""Checks of what was issued: bulletins and reminders, and the numbers that they were given."""

from collections.abc import Iterator

from gaigai_cli.judge.checks.build import about
from gaigai_cli.judge.corrections import Records
from gaigai_cli.model.finding import Finding, Location
from gaigai_cli.model.issued import Issued
from gaigai_cli.model.ledger import Entry, Ledger


def issued_findings(ledger: Ledger) -> Iterator[Finding]:
    """An issued bulletin that can't be read, whose signed file is gone or another, or whose number another one has."""
    numbers: dict[str, Issued] = {}
    for issued in ledger.issued:
        place = Location(issued.path)
        if issued.fault:
            message = f"签发存档{issued.fault}"
            yield Finding("bad-issue", "error", message, place, "请从 git 恢复这个文件")
            continue
        if not issued.kept:
            message = f"签发的文件{issued.file}已缺失或被改动"
            remedy = "请从 git 恢复；确需改正的另行发文"
            yield Finding("issue-changed", "error", message, place, remedy)
        other = numbers.setdefault(issued.number, issued)
        if other is not issued:
            message = f"文号{issued.number}与{other.period}通报的相同"
            yield Finding("repeated-number", "error", message, place, "请核对两份通报的文号")


def repeated_reminder_number(records: Records) -> Iterator[Finding]:
    """A 督办 whose number an earlier one has."""
    first: dict[str, Entry] = {}
    asked = (entry for entry in records.entries if entry.record.kind == "督办")
    for entry in sorted(asked, key=lambda e: e.order):
        number = entry.record.number or ""
        other = first.setdefault(number, entry)
        if other is not entry:
            yield about(
                records,
                entry,
                ("number",),
                "repeated-number",
                f"编号{number}与{other.record.date}的{other.record.level}相同",
                remedy="请核对，由原登记人更正其中一个的编号（number）",
                severity="warning",
            )
