"""Checks of the people who may record."""

from collections.abc import Iterator

from gaigai_cli.judge.checks.build import UNKNOWN_UNIT, unknown_unit
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.reviewers import Reviewers


def unknown_reviewer_unit(ledger: Ledger) -> Iterator[Finding]:
    """A person who may record for a unit that nobody knows."""
    for index, person in enumerate(ledger.reviewers.people if ledger.reviewers else ()):
        for number, name in enumerate(person.units):
            if name not in ledger.departments.by_name:
                place = ledger.place(Reviewers.file, "people", index, "units", number)
                message, remedy = unknown_unit(ledger, name)
                yield Finding(UNKNOWN_UNIT, "error", message, place, remedy)


def duplicate_email(ledger: Ledger) -> Iterator[Finding]:
    """An address that two people claim: commits are told apart by it."""
    owners: dict[str, str] = {}
    for index, person in enumerate(ledger.reviewers.people if ledger.reviewers else ()):
        for number, email in enumerate(person.emails):
            owner = owners.setdefault(email.lower(), person.name)
            if owner != person.name:
                place = ledger.place(Reviewers.file, "people", index, "emails", number)
                message = f"邮箱“{email}”既是{owner}的，又是{person.name}的"
                remedy = "审阅按邮箱认人，请从其中一人名下删去"
                yield Finding("duplicate-email", "error", message, place, remedy)
