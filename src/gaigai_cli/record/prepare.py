"""A record held against the ledger: refused for what it would break, or prepared with warnings, before and after."""

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.checks.content import SAYS_NOTHING
from gaigai_cli.judge.checks.decided import decided
from gaigai_cli.judge.findings import future_date, order_findings
from gaigai_cli.judge.judgement import Judge, JudgedItem
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Entry, Ledger, StoredFile
from gaigai_cli.model.records import Record
from gaigai_cli.record.new_record import Intention, new_entry
from gaigai_cli.record.warnings import warnings


@dataclass(frozen=True)
class Prepared:
    """A record that may be written: what is odd about it, and its item before and after, as of today.

    ``warnings`` are Chinese sentences without their full stop. ``before`` and ``after`` are None for a record about
    no item. ``judge`` judges the ledger with the record in it.
    """

    entry: Entry
    warnings: tuple[str, ...]
    before: JudgedItem | None
    after: JudgedItem | None
    judge: Judge

    @property
    def record(self) -> Record:
        return self.entry.record

    @property
    def ledger(self) -> Ledger:
        """The ledger with the record in it."""
        return self.judge.ledger


class RefusedRecord(GaigaiError):  # noqa: N818 - named for what it says
    """Raised for a record that would add errors to the ledger; holds those alone, not the ones that are there.

    ``own`` are about the record itself (or the one that it corrects), ``broken`` about others that it would make
    invalid.
    """

    def __init__(self, entry: Entry, own: Sequence[Finding], broken: Sequence[Finding]) -> None:
        words = [finding.message for finding in own]
        if broken:
            count = len({finding.record for finding in broken})
            words.append(f"这条{entry.record.kind}会使后面的{count}条记录不能成立")
        remedies = dict.fromkeys(finding.remedy for finding in own if finding.remedy)
        if broken:
            remedies["请先撤回、更正或撤销后面的记录，或改用别的办法"] = None
        super().__init__("；".join(dict.fromkeys(words)), "；".join(remedies))
        self.entry = entry
        self.own = tuple(own)
        self.broken = tuple(broken)


def prepare(
    intention: Intention,
    judge: Judge,
    *,
    now: datetime,
    random: bytes,
    planned: Mapping[str, StoredFile] | None = None,
) -> Prepared:
    """Return the record of an intention, checked with the functions of ``check`` on the ledger that it makes.

    Only errors that it would cause count against it: what was wrong before stays another's business. ``planned`` are
    evidence files that are copied only when the record is written. Raises `NotARecord` and `RefusedRecord`.
    """
    ledger = judge.ledger
    entry = new_entry(intention, ledger, now=now, random=random)
    after = Judge(_with(ledger, entry, planned or {}))
    today = now.date()
    items = ledger.items_of(entry) if entry.record.items is None else ()  # 督办 changes none
    caused = list(_caused(judge, after, entry, items, today))
    errors = [f for f in caused if f.severity == "error" or f.code == SAYS_NOTHING]
    if errors:
        corrected = ledger.by_record.get(entry.record.corrects or "", entry)
        about = {(one.file, one.index) for one in (entry, corrected)}
        own = [finding for finding in errors if finding.record in about]
        raise RefusedRecord(entry, own, [finding for finding in errors if finding not in own])
    doubts = [finding.message for finding in caused]
    before_item, after_item = (
        (judge.item(items[0], today), after.item(items[0], today)) if items else (None, None)
    )
    return Prepared(
        entry,
        (*doubts, *warnings(entry, judge, before_item, after_item)),
        before_item,
        after_item,
        after,
    )


def _with(ledger: Ledger, entry: Entry, planned: Mapping[str, StoredFile]) -> Ledger:
    evidence = ledger.evidence
    if planned:
        # Only looked into, and the inventory only for what isn't planned.
        evidence = ChainMap(dict(planned), cast("dict[str, StoredFile]", evidence))
    return replace(ledger, entries=(*ledger.entries, entry), evidence=evidence)


def _caused(
    before: Judge, after: Judge, entry: Entry, items: tuple[str, ...], today: date
) -> Iterator[Finding]:
    """Yield the findings that are there with the record and weren't without it."""
    was = set(before.findings)
    found = (*after.findings, *decided(after.ledger, new={entry.record.id}))
    yield from (finding for finding in dict.fromkeys(found) if finding not in was)
    yield from future_date(replace(after.records, entries=(entry,)), today=today)
    known = set(order_findings(before, items, today=today))
    yield from (f for f in order_findings(after, items, today=today) if f not in known)
