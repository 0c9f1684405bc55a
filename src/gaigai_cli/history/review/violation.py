"""What a rule of the ledger says of a range of commits that breaks it."""

from __future__ import annotations

from typing import NamedTuple

from gaigai_cli.history.commits import Commit
from gaigai_cli.history.review.range import ReviewedRange
from gaigai_cli.model.finding import Location
from gaigai_cli.model.ledger import Entry
from gaigai_cli.words.say import cited


class Violation(NamedTuple):
    """A rule that a range breaks. Message and remedy are Chinese sentences without their full stop.

    ``commit`` is the one that did it, where one alone did; ``location`` the place in the data directory.
    """

    code: str
    message: str
    remedy: str
    commit: Commit | None = None
    location: Location | None = None


def named(case: ReviewedRange, entry: Entry) -> str:
    """Return a record with its number, as sentences of a review name it."""
    return f"{cited(entry, case.base.tasks.notice.year)}（{entry.record.id}）"


def last(commits: tuple[Commit, ...]) -> Commit | None:
    """Return the latest of some commits."""
    return commits[-1] if commits else None
