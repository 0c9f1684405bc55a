"""Whether a commit brings errors that weren't there before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gaigai_cli.history.committed import list_files
from gaigai_cli.history.git import Place
from gaigai_cli.history.repository import Repository
from gaigai_cli.judge.checks.all import check
from gaigai_cli.model.finding import Finding
from gaigai_cli.store.read import read_ledger


def errors_brought(
    repository: Repository, commit: str, before: Iterable[str], *, today: date
) -> list[Finding]:
    """The errors of the data as ``commit`` has them that none of the commits ``before`` has, by place."""
    errors = _errors(repository, commit, today)
    known: set[tuple[str, str, str]] = set()
    for one in before if errors else ():
        known |= {_same(finding) for finding in _errors(repository, one, today)}
    return [finding for finding in errors if _same(finding) not in known]


def has_list(repository: Repository, commit: str) -> bool:
    """Whether a commit has the list."""
    name = f"{commit}:{repository.prefix}tasks.yaml"
    return repository.run("cat-file", "-e", name).returncode == 0


def _errors(repository: Repository, commit: str, today: date) -> list[Finding]:
    if not has_list(repository, commit):
        return []
    place = Place(repository.top, repository.top, repository.prefix)
    reading = read_ledger(list_files(place, commit, commit))
    checked = check(reading.ledger, today=today) if reading.ledger else ()
    found = {*reading.findings, *checked}
    return sorted((f for f in found if f.severity == "error"), key=lambda f: f.order)


def _same(finding: Finding) -> tuple[str, str, str]:
    """What stays the same about a finding when lines move."""
    return finding.code, finding.location.file, finding.message
