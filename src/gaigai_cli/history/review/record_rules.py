"""Rules about records: append-only, by whom, when, and signed."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from gaigai_cli.characters import REPLACEMENT
from gaigai_cli.history.changes import sentences
from gaigai_cli.history.commits import Commit
from gaigai_cli.history.review.range import ReviewedRange, Violation
from gaigai_cli.judge.checks.content import SAYS_NOTHING
from gaigai_cli.judge.checks.decided import decided
from gaigai_cli.model.finding import Finding, Location
from gaigai_cli.model.ledger import Entry
from gaigai_cli.words.normal import bare

_APPEND: Final = "记录只增不改，请恢复原样；有错的由原单位用 gaigai correct 另记更正"
_STAMP_DAYS: Final = 1
"""How far a number may lie after its commit: clocks differ."""

PROMOTED: Final = {
    "ruling-outside-office": "ruling-outside-office",
    "future-date": "future-record",
    "date-after-recording": "future-record",
    "evidence-missing": "evidence-missing",
    "evidence-changed": "evidence-changed",
    "duplicate-id": "id-reused",
    "foreign-correction": "foreign-correction",
    SAYS_NOTHING: SAYS_NOTHING,
}
"""Findings that break a rule of the ledger, with the code of the violation."""

_OF_EVIDENCE: Final = ("evidence-missing", "evidence-changed")


def altered(case: ReviewedRange) -> Iterator[Violation]:
    """Yield a record of the past that is otherwise now, or gone."""
    broken = {f.location.file for f in case.findings if f.severity == "error"}
    for change in case.changes.records:
        former, entry = change.former, change.entry
        if former is None or change.verb == "moved":
            continue
        commit = next(reversed(case.by.altered.get(former.record.id, ())), None)
        name = case.named(former)
        if change.verb == "deleted":
            unreadable = former.file in broken
            what = f"{name}被删去{'或改坏，已不能读取' if unreadable else ''}"
            yield Violation("record-deleted", what, _APPEND, commit, Location(former.file))
            continue
        words = sentences.altered(former, entry, case.head.ledger)
        place = case.head.ledger.place_of(entry)
        yield Violation("record-changed", f"{name}被改动：{words}", _APPEND, commit, place)


def altered_by_others(case: ReviewedRange) -> Iterator[Violation]:
    """Yield a record of this very range that somebody else than its author changed."""
    for entry in case.added:
        for commit in case.by.altered.get(entry.record.id, ()):
            brought = case.brought(entry)
            if brought and _differ(commit, brought.commit):
                words = f"由{brought.commit.author}登记，被{commit.author}改动"
                yield case.violation("record-changed", entry, words, _APPEND, commit)


def came_and_went(case: ReviewedRange) -> Iterator[Violation]:
    """Yield a record of this range, or of a line that met it, that somebody else than its author dropped.

    What somebody brought and took back before anybody had it is one's own affair.
    """
    for id_, commits in case.by.dropped.items():
        if id_ in case.head.ledger.by_record or id_ in case.fork.ledger.by_record:
            continue
        brought = case.by.brought.get(id_, ())
        for commit in commits:
            if not brought or any(_differ(one.commit, commit) for one in brought):
                whose = f"{brought[0].unit}的" if brought else ""
                by = f"（由{brought[0].commit.author}登记）" if brought else ""
                message = f"{whose}记录{id_}{by}被{commit.author}删去"
                yield Violation("record-deleted", message, _APPEND, commit)


def _differ(one: Commit, other: Commit) -> bool:
    return one.email.lower() != other.email.lower()


def via_outside_office(case: ReviewedRange) -> Iterator[Violation]:
    """Yield a record that says that the office entered it (代录), brought by somebody who isn't of the office."""
    for entry, brought in case.arrivals:
        if entry.record.via is None or case.of_office(brought.commit):
            continue
        words = f"写了代录方式（via: {entry.record.via}），却由{brought.commit.author}登记"
        remedy = f"via 只由{case.base.office}代录时写，请用 gaigai 重新登记"
        yield case.violation("via-outside-office", entry, words, remedy)


def foreign_name(case: ReviewedRange) -> Iterator[Violation]:
    """Yield a record under the name of a listed person of other units than its author's, or of another unit."""
    for entry, by, commit, others in signed_by_others(case):
        if others is None or others & case.units_of(commit):
            continue
        words = f"署名{by}，却由{commit.author}登记"
        yield case.violation("foreign-name", entry, words, "请由登记人本人署名登记")


def foreign_author(case: ReviewedRange) -> Iterator[Violation]:
    """Yield a commit with its author's address under the name of a person of other units, or of another unit."""
    whose = _names(case)
    for commit in case.range.commits:
        author = bare(commit.author.replace(REPLACEMENT, ""))  # what nobody sees is no other name
        person, others = case.person(commit), whose.get(author)
        if person is None or others is None or author == bare(person.name):
            continue
        if person.has(commit.email) and not others & case.units(person):
            message = f"提交署名{commit.author}，却是{person.name}的（{commit.email}）"
            remedy = "请用 git config user.name 改为本人姓名后重新提交"
            yield Violation("foreign-name", message, remedy, commit)


def _names(case: ReviewedRange) -> dict[str, frozenset[str]]:
    """Return the units by the names of the people who record for them, and by their own; blanks in one mean nothing."""
    units = {bare(unit): frozenset((unit,)) for unit in case.base.units.by_name}
    for person in case.people.people if case.people else ():
        units[bare(person.name)] = units.get(bare(person.name), frozenset()) | case.units(person)
    return units


def signed_by_others(
    case: ReviewedRange,
) -> Iterator[tuple[Entry, str, Commit, frozenset[str] | None]]:
    """Yield new records with another name than their author's: it, the commit, the units for which the name records.

    None: nobody is listed by it, and it is no unit's. Two people may have one name.
    """
    units = _names(case)
    for entry, brought in case.arrivals:
        author = case.person(brought.commit)
        for by in (entry.record.by, (entry.record.set or {}).get("by")):
            if author and isinstance(by, str) and by != author.name:
                yield entry, by, brought.commit, units.get(bare(by))


def reused(case: ReviewedRange) -> Iterator[Violation]:
    """Yield a number that two commits gave to different records."""
    for entry in case.added:
        brought = case.by.brought.get(entry.record.id, ())
        for first, other in pairwise(brought):
            if not other.said.same(first.said):
                words = f"的编号用了两次：{first.commit.author}和{other.commit.author}"
                remedy = "请由后登记的一方重新登记"
                yield case.violation("id-reused", entry, words, remedy, other.commit)


def not_allowed(case: ReviewedRange) -> Iterator[Violation]:
    """Yield a record in the log of a unit for which its author may not record."""
    if case.people is None:
        return
    reused = case.fork.ledger.by_record  # told of by itself
    for entry in case.added:
        if entry.record.id not in reused and case.brought(entry) is None:
            words, remedy = "看不出是哪个提交登记的", "请用 gaigai 重新登记并提交"
            yield case.violation("not-allowed", entry, words, remedy)
    for entry, brought, person in case.recorded_for_others:
        if entry.record.id in reused:
            continue
        of_office = case.base.office in case.units(person)
        via = "代录须写明报来的方式（via）" if of_office else "请由该单位的登记人提交"
        message = f"{person.name}不是{entry.unit}的登记人，却登记了{case.named(entry)}"
        place = case.head.ledger.place_of(entry)
        yield Violation("not-allowed", message, via, brought.commit, place)


def unknown_people(case: ReviewedRange) -> Iterator[Violation]:
    """Yield a commit to data, made by nobody that the base lists."""
    if case.people is None or case.signed is not None:
        return
    commits = (commit for touching in case.by.touched.values() for commit in touching)
    for commit in dict.fromkeys(
        (*commits, *(b.commit for found in case.by.brought.values() for b in found))
    ):
        if case.person(commit) is None:
            yield Violation(
                "unknown-person",
                f"提交人“{commit.author}”（{commit.email}）不在 reviewers.yaml 中",
                f"请核对 git config user.email；新的登记人由{case.base.office}写入 reviewers.yaml",
                commit,
            )


def back_dated(case: ReviewedRange) -> Iterator[Violation]:
    """Yield numbers earlier than one that the same person's log held at their commit, unless either record is void.

    Of records that come together none was there before the other: one may have been committed after a later one.
    Nor was what a computer had not fetched yet, when somebody recorded on it.
    """
    void = case.head.ledger.voided  # nothing rests on their numbers any more
    new = {entry.record.id for entry in case.added}
    known: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for former in case.head.ledger.entries:
        if former.record.id not in new and former.record.id not in void:
            for by in {former.record.by, None}:
                known[former.file, by].append(former.record.id)
    for numbers in known.values():
        numbers.sort()
    for entry, brought in case.arrivals:
        numbers = known.get((entry.file, entry.record.by), [])
        later = numbers[bisect_left(numbers, f"{entry.record.id[:15]}~") :]
        if entry.record.id in void or not later:
            continue
        log = case.repository.blobs.read(brought.log)
        if held := [number for number in later if number.encode() in log]:
            words = f"的编号早于同一记录文件中已有的{held[-1]}，像是倒填"
            remedy = f"编号是登记的时间。时钟曾经不准的，{_anew(entry)}"
            yield case.violation("back-dated", entry, words, remedy)


def _anew(entry: Entry) -> str:
    return f"请用 gaigai correct {entry.record.id} --void 作废后重新登记"


def overtaken(case: ReviewedRange) -> Iterator[Violation]:
    """Yield a 更正 of what was decided before it came, though its number says that it was written before."""
    told = {f.record for f in case.findings if f.code == "already-decided"}
    added = {(entry.file, entry.index): entry for entry in case.added}
    new = {entry.record.id for entry in case.added}
    for finding in decided(case.head.ledger, new=new):
        entry = added.get(finding.record) if finding.record else None
        if entry is None or finding.record in told:
            continue
        void = f"请用 gaigai correct {entry.record.id} --void 作废这条更正，再同步"
        words, remedy = f"到达时已有核定：{finding.message}", f"{void}；{finding.remedy}"
        told_of = case.violation("already-decided", entry, words, remedy)
        yield told_of._replace(location=finding.location)


def unmade(case: ReviewedRange) -> Iterator[Violation]:
    """Yield a 更正 made void that others have already: rulings and bulletins may rest on it."""
    known = {**case.fork.ledger.by_record, **case.base.by_record}
    for entry in case.added:
        made = known.get(entry.record.corrects or "")
        if entry.record.void and made is not None and made.record.kind == "更正":
            words = f"作废了别人已经看到的更正{made.record.id}"
            remedy = f"请对最初的记录{made.record.corrects}另记一条更正"
            yield case.violation("correction-unmade", entry, words, remedy)


def future_number(case: ReviewedRange) -> Iterator[Violation]:
    """Yield a number that says that it was recorded after it was committed, or after today: a commit says any day, too.

    One that a 更正 has made void came of a wrong clock, and stays.
    """
    void = case.head.ledger.voided  # nothing rests on their numbers any more
    for entry, brought in case.arrivals:
        if entry.record.id in void:
            continue
        day = min(brought.commit.when.date(), case.today)
        if (entry.record.recorded - day).days > _STAMP_DAYS:
            words = f"的编号晚于{'提交的时间' if day < case.today else '今天'}（{day.isoformat()}）"
            remedy = f"请核对电脑的日期；时钟曾经快了的，{_anew(entry)}"
            yield case.violation("future-record", entry, words, remedy)


def unsigned(case: ReviewedRange) -> Iterator[Violation]:
    """Yield commits without a listed person's signature or address, where signatures are asked for."""
    if case.signed is None:
        return
    for commit in case.range.commits:
        signer = case.signed.get(commit.hash)
        if signer is None:
            yield Violation(
                "unsigned",
                f"提交没有{case.base.office}认可的签名（署名{commit.author}）",
                "请用 reviewers.yaml 中所列的 ssh 或 gpg 密钥签名后重新提交（git commit -S）",
                commit,
            )
        elif not signer.has(commit.email):
            yield Violation(
                "signer-differs",
                f"提交署名{commit.author}（{commit.email}），签名却是{signer.name}的",
                "请由登记人本人签名提交",
                commit,
            )


def promoted(case: ReviewedRange) -> Iterator[Violation]:
    """Yield findings that are more than a slip.

    What the range did to a file of an older record is told of that file.
    """
    altered = {f"“{name}”" for name in case.altered_evidence}
    findings = [
        finding
        for finding in case.findings
        if is_promoted(finding)
        and not (finding.code in _OF_EVIDENCE and any(n in finding.message for n in altered))
    ]
    entries = case.head.ledger.entries if findings else ()
    ids = {(entry.file, entry.index): entry.record.id for entry in entries}
    for finding in findings:
        found = case.by.brought.get(ids.get(finding.record or ("", 0), ""))
        commit = found[-1].commit if found else None
        code = PROMOTED[finding.code]
        yield Violation(code, finding.message, finding.remedy, commit, finding.location)


def is_promoted(finding: Finding) -> bool:
    """Return whether a finding is told as a violation."""
    return finding.code in PROMOTED and (
        finding.severity == "error" or finding.code == SAYS_NOTHING
    )


RECORD_RULES: Final[tuple[Callable[[ReviewedRange], Iterator[Violation]], ...]] = (
    altered,
    altered_by_others,
    came_and_went,
    via_outside_office,
    foreign_name,
    foreign_author,
    reused,
    unknown_people,
    not_allowed,
    unsigned,
    promoted,
    back_dated,
    overtaken,
    unmade,
    future_number,
)
