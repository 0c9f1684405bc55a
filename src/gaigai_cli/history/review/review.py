"""A range of commits as a reviewer has to see it: what changed, what breaks the ledger's rules, what to look at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from gaigai_cli.history.changes.changes import Changes
from gaigai_cli.history.commits import Range
from gaigai_cli.history.review.file_rules import FILE_RULES
from gaigai_cli.history.review.range import Case, read_case
from gaigai_cli.history.review.record_rules import RECORD_RULES, is_promoted
from gaigai_cli.history.review.violation import Violation, named
from gaigai_cli.model.finding import Finding, Location
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.reviewers import Reviewers
from gaigai_cli.record.warnings import bare
from gaigai_cli.words.say import day_words


class Look(NamedTuple):
    """Something that breaks no rule, and that a person should look at: a Chinese sentence without its full stop."""

    message: str
    location: Location | None = None


class Review(NamedTuple):
    """The reviewer's page. ``entered`` is what the office entered for units (代录).

    ``signed``: signatures were asked for. ``restricted``: the base says who may record.
    """

    range: Range
    changes: Changes
    violations: tuple[Violation, ...]
    findings: tuple[Finding, ...]
    looks: tuple[Look, ...]
    entered: tuple[Look, ...]
    signed: bool
    restricted: bool

    @property
    def bad(self) -> bool:
        """Whether it must not be taken over as it is."""
        return bool(self.violations) or any(f.severity == "error" for f in self.findings)


def review(data: Path, base: str, head: str, *, today: date, signed: bool = False) -> Review:
    """Review what ``head`` adds to ``base``; ``signed``: every commit must be signed by a listed person.

    Raises ``GaigaiError`` where git, a commit or its list is missing.
    """
    case = read_case(data, base, head, today=today, signed=signed)
    return Review(
        case.range,
        case.changes,
        _violations(case),
        tuple(finding for finding in case.findings if not is_promoted(finding)),
        tuple(_looks(case)),
        tuple(_entered(case)),
        signed=signed,
        restricted=case.people is not None,
    )


def _violations(case: Case) -> tuple[Violation, ...]:
    """Every rule that the range breaks, each thing once."""
    rules = (*RECORD_RULES, *FILE_RULES)
    return tuple(dict.fromkeys(violation for rule in rules for violation in rule(case)))


def _looks(case: Case) -> Iterator[Look]:
    new = {entry.record.id for entry in case.added}
    by_item = case.head.judge.docket.by_item
    for item in dict.fromkeys(entry.record.item for entry in case.added):
        entries = by_item.get(item or "", ())
        yield from _copied(case, entries, new)
        yield from _jumps(case, entries, new)
    yield from _late(case)
    for change in case.changes.records:
        if change.verb == "moved" and change.former is not None:
            name = named(case, change.entry)
            yield Look(
                f"{name}由{change.former.file}移到{change.entry.file}", _place(case, change.entry)
            )
    if case.people is None and case.head.ledger.reviewers is not None:
        yield Look(
            "这次设立了 reviewers.yaml，请核对各人可以为哪些单位登记", Location(Reviewers.file)
        )


def _copied(case: Case, entries: tuple[Entry, ...], new: set[str]) -> Iterator[Look]:
    """A 进展 in the words of the unit's last one."""
    last: dict[str, tuple[date, str]] = {}
    for entry in entries:
        record = entry.record
        if record.kind != "进展":
            continue
        former, words = last.get(entry.unit), bare(record.summary)
        if former and former[1] == words and record.id in new:
            day = day_words(former[0], case.base.tasks.notice.year)
            yield Look(f"{named(case, entry)}与{day}所报文字相同，像是照抄", _place(case, entry))
        last[entry.unit] = (record.date, words)


def _jumps(case: Case, entries: tuple[Entry, ...], new: set[str]) -> Iterator[Look]:
    """A percent that falls, or rises by the points that the rules set."""
    limit = case.base.rules.warn.jump
    last: dict[str, int] = {}
    for entry in entries:
        percent, was = entry.record.percent, last.get(entry.unit)
        if percent is None:
            continue
        if was is not None and entry.record.id in new and (percent < was or percent - was >= limit):
            verb = "降为" if percent < was else "升至"
            yield Look(f"{named(case, entry)}进度由{was}%{verb}{percent}%", _place(case, entry))
        last[entry.unit] = percent


def _late(case: Case) -> Iterator[Look]:
    """A record of an earlier month (补录)."""
    for entry in case.added:
        if entry.record.recorded[:7] > entry.record.date.isoformat()[:7]:
            recorded = date.fromisoformat(entry.record.recorded)
            day = day_words(recorded, case.base.tasks.notice.year)
            yield Look(f"{named(case, entry)}到{day}才登记", _place(case, entry))


def _entered(case: Case) -> Iterator[Look]:
    for entry in case.added:
        if entry.record.via is not None:
            by = f"（登记人{entry.record.by}）" if entry.record.by else ""
            yield Look(f"{named(case, entry)}据{entry.record.via}代录{by}", _place(case, entry))


def _place(case: Case, entry: Entry) -> Location:
    return case.head.ledger.place_of(entry)
