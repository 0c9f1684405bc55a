"""A range of commits as a reviewer has to see it: what changed, what breaks the ledger's rules, what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from gaigai_cli.characters import one_line
from gaigai_cli.errors import some_of
from gaigai_cli.history.changes.changes import Changes
from gaigai_cli.history.commits import Commit, Range
from gaigai_cli.history.review.file_rules import (
    FILE_RULES,
    directs_git,
    once_too_large,
    runs_on_server,
)
from gaigai_cli.history.review.range import Look, ReviewedRange, Violation, read_case
from gaigai_cli.history.review.record_rules import RECORD_RULES, is_promoted, signed_by_others
from gaigai_cli.judge.corrections import last_day_told
from gaigai_cli.judge.judgement import Judge, JudgedItem
from gaigai_cli.judge.lights import percent_jumps
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.finding import Finding, Location
from gaigai_cli.model.kinds import APPLICATIONS
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.people import Reviewers
from gaigai_cli.model.records import Record
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.statuses import shown_standing
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.words.say import day_words, full_day, percent_moved

_SHOWN: Final = 5
"""Up to so many records are named one by one."""


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
        """Return whether it must not be taken over as it is."""
        return bool(self.violations) or any(f.severity == "error" for f in self.findings)


def review(
    data: Path,
    base: str,
    head: str,
    *,
    today: date,
    signed: bool = False,
    now: date | None = None,
) -> Review:
    """Review what ``head`` adds to ``base``; ``signed``: every commit must be signed by a listed person.

    ``now`` is the day by the clock of a server that is pushed to: then applications are held against it, too.

    Raises ``GaigaiError`` where git, a commit or its list is missing.
    """
    case = read_case(data, base, head, today=today, signed=signed, now=now)
    broken = (violation for rule in (*RECORD_RULES, *FILE_RULES) for violation in rule(case))
    return Review(
        case.range,
        case.changes,
        tuple(dict.fromkeys(broken)),
        tuple(finding for finding in case.findings if not is_promoted(finding)),
        tuple(_looks(case)),
        tuple(_entered(case)),
        signed=signed,
        restricted=case.people is not None,
    )


def _looks(case: ReviewedRange) -> Iterator[Look]:
    new = {entry.record.id for entry in case.added}
    by_item = case.head.judge.records_by_item.by_item
    for item in dict.fromkeys(entry.record.item for entry in case.added):
        entries = by_item.get(item or "", ())
        yield from _copied(case, entries, new)
        yield from _jumps(case, entries, new)
    yield from _late(case)
    yield from _old_numbers(case)
    yield from _other_names(case)
    yield from _without_names(case)
    yield from _future_commits(case)
    yield from _files(case)
    for change in case.changes.records:
        if change.verb == "moved" and change.former is not None:
            yield case.look(change.entry, f"由{change.former.file}移到{change.entry.file}")
    yield from _reviewers(case)
    yield from _reforms(case)
    yield from _judged_anew(case)


def _reviewers(case: ReviewedRange) -> Iterator[Look]:
    """Yield what a new reviewers.yaml, or one taken away, means from the next review on."""
    was, people, office = case.people, case.head.ledger.reviewers, case.head.ledger.office
    words = ""
    if people is None:
        words = "这次去掉了 reviewers.yaml，此后不再核对谁可以为哪个单位登记" if was else ""
    elif not any(office in case.units(person) for person in people.people):
        words = f"reviewers.yaml 里没有{office}的人，此后清单、规则和名单没有人可以改动"
    elif was is None:
        words = "这次设立了 reviewers.yaml，请核对各人可以为哪些单位登记"
    if words and people != was:
        yield Look(words, partial(Location, Reviewers.file))


def _reforms(case: ReviewedRange) -> Iterator[Look]:
    """Yield a reform from a day that a bulletin has told of already: it named other units, and called others late."""
    year = case.base.tasks.notice.year
    issued = [one for one in case.base.issued if not one.fault]
    for reform in case.head.ledger.departments.reforms:
        told = [one for one in issued if reform.effective < one.day]
        if told and reform not in case.base.departments.reforms:
            day = f"机构改革（{reform.basis}）自{day_words(reform.effective, year)}起"
            words = f"{day}，早于{told[0].number}（{day_words(told[0].day, year)}印发），与它所通报的单位不同"
            yield Look(words, partial(Location, Departments.file))


def _judged_anew(case: ReviewedRange) -> Iterator[Look]:
    """Yield items of which the same records are judged otherwise by an edit of the list, the units or the rules."""
    files = (TaskList.file, Departments.file, Rules.file)
    edited = [edit.file for edit in case.changes.edits if edit.file in files]
    if not edited:
        return
    ledger = replace(case.head.ledger, entries=case.fork.ledger.entries)
    was, now = (judge.on(case.today).by_id for judge in (case.fork.judge, Judge(ledger)))
    told = []
    for item in was.keys() & now.keys():
        pairs = zip(_judged(was[item]), _judged(now[item]), strict=True)
        parts = [f"{before}→{after}" for before, after in pairs if before != after]
        told += [f"{item}（{'，'.join(parts)}）"] if parts else []
    if told:
        order = {item: place for place, item in enumerate(now)}
        told.sort(key=lambda words: order[words.partition("（")[0]])
        words = f"清单、单位或规则的改动使{len(told)}个事项的判断有变，记录没有变：{some_of(told, _SHOWN)}"
        yield Look(words, partial(Location, edited[0]))


def _judged(item: JudgedItem) -> tuple[str, ...]:
    state = item.state
    return (
        shown_standing(state.standing),
        f"{item.light.name or '不亮'}灯",
        f"时限{full_day(state.due)}" if state.due else "无时限",
        "曾逾期" if state.late else "未逾期",
        "、".join(state.units.lead),
    )


def _copied(case: ReviewedRange, entries: tuple[Entry, ...], new: set[str]) -> Iterator[Look]:
    """Yield a 进展 in the words of the unit's last one."""
    last: dict[str, Record] = {}
    for entry in entries:
        record = entry.record
        if record.kind != "进展":
            continue
        former = last.get(entry.unit)
        if former and former.says_the_same_as(record) and record.id in new:
            day = day_words(former.date, case.base.tasks.notice.year)
            yield case.look(entry, f"与{day}所报文字相同，像是照抄")
        last[entry.unit] = record


def _jumps(case: ReviewedRange, entries: tuple[Entry, ...], new: set[str]) -> Iterator[Look]:
    """Yield a percent that falls, or rises by the points that the rules set."""
    for entry, was in percent_jumps(entries, case.base):
        if entry.record.id in new:
            yield case.look(entry, percent_moved(was, entry.record.percent or 0))


def _late(case: ReviewedRange) -> Iterator[Look]:
    """Yield a record of an earlier month (补录)."""
    for entry in case.added:
        recorded = entry.record.recorded
        if recorded.replace(day=1) > entry.record.date:
            day = day_words(recorded, case.base.tasks.notice.year)
            yield case.look(entry, f"到{day}才登记")


def _old_numbers(case: ReviewedRange) -> Iterator[Look]:
    """Yield records with a number older than their commit or than the unit's last: they may have lain here.

    What lies between its number and its commit, the base or the server's day is named with it: the deadline of an
    application, the issue of a bulletin that has missed it.
    """
    year = case.base.tasks.notice.year
    latest: dict[str, str] = {}
    for known in case.fork.ledger.entries:
        latest[known.unit] = max(latest.get(known.unit, ""), known.record.id)
    made: dict[str, date] = {}
    for commit in case.range.commits:  # made after its parents, whatever day it says
        before = (made[parent] for parent in commit.parents if parent in made)
        made[commit.hash] = max((commit.when.date(), *before))
    lay: dict[tuple[Commit, bool], list[Entry]] = {}
    for entry, brought in case.arrivals:
        day, recorded = made[brought.commit.hash], entry.record.recorded
        arrived = max(day, case.now or day)
        if between := _between(case, entry, recorded, max(arrived, case.since)):
            when = f"{day_words(arrived, year)}才"
            if case.since > arrived:
                when = f"{day_words(case.since, year)}还没有收到，此后才"
            words = f"的编号是{day_words(recorded, year)}的，{when}提交或推送"
            yield case.look(entry, f"{words}，{between}在其间")
        elif recorded < arrived:
            lay.setdefault((brought.commit, recorded < day), []).append(entry)
        elif entry.record.id[:15] < latest.get(entry.unit, "")[:15]:
            yield case.look(entry, f"的编号早于{entry.unit}已有的记录")
    for (commit, before_commit), entries in lay.items():
        first = min(entry.record.recorded for entry in entries)
        count = f"{commit.author}{day_words(made[commit.hash], year)}提交的{len(entries)}条记录"
        if before_commit or case.now is None:
            late = f"是此前登记的，最早{day_words(first, year)}"
        else:
            late = f"到{day_words(case.now, year)}才推送"
        yield _together(case, entries, f"{count}{late}")


def _between(case: ReviewedRange, entry: Entry, recorded: date, arrived: date) -> str:
    """Return what passed between the day of a record's number and that of its arrival, in words.

    It is empty where nothing did.
    """
    if recorded >= arrived:
        return ""
    year = case.base.tasks.notice.year
    due = _deadline_between(case, entry, recorded, arrived)
    if due is not None:
        return f"时限{day_words(due, year)}"
    for issued in case.base.issued:
        cut = last_day_told(issued)
        about = not issued.fault and cut is not None and entry.record.date <= cut
        if about and recorded <= issued.day < arrived:
            return f"{issued.number}（{day_words(issued.day, year)}印发）"
    return ""


def _deadline_between(
    case: ReviewedRange, entry: Entry, recorded: date, arrived: date
) -> date | None:
    """Return the deadline that passed between the day of an application's number and the day on which it arrived."""
    record = entry.record
    if record.kind not in APPLICATIONS:
        return None
    state = case.fork.judge.state(record.item or "", recorded)
    stages = state.stages if state else ()
    dues = (s.due for s in stages if record.stage is None or s.id == record.stage)
    return next((due for due in dues if recorded <= due < arrived), None)


def _other_names(case: ReviewedRange) -> Iterator[Look]:
    """Yield a record under a name of which nobody knows whose it is, or of a colleague."""
    for entry, by, commit, others in signed_by_others(case):
        if others is None or others & case.units_of(commit):
            yield case.look(entry, f"署名{by}，由{commit.author}提交")


def _without_names(case: ReviewedRange) -> Iterator[Look]:
    """Yield records that say nothing of who recorded them; gaigai writes it."""
    found: dict[Commit, list[Entry]] = {}
    for entry, brought in case.arrivals:
        if entry.record.by is None:
            found.setdefault(brought.commit, []).append(entry)
    for commit, entries in found.items():
        words = f"{commit.author}提交的{len(entries)}条记录没有署名（by）"
        yield _together(case, entries, words)


def _together(case: ReviewedRange, entries: Sequence[Entry], words: str) -> Look:
    """Return records that are told of in one sentence, with their numbers, at the place of the first."""
    ids = some_of([entry.record.id for entry in entries], _SHOWN)
    return Look(f"{words}：{ids}", partial(case.head.ledger.place_of, entries[0]))


def _future_commits(case: ReviewedRange) -> Iterator[Look]:
    """Yield commits that are dated after today: on a server by its clock."""
    for commit in case.range.commits:
        day = commit.when.date()
        if day > case.today:
            words = (
                f"{commit.author}的提交 {commit.short} 写的日期是{day}，晚于今天（{case.today}）"
            )
            yield Look(words)


def _files(case: ReviewedRange) -> Iterator[Look]:
    """Yield changes, allowed to their author, of what others see: git's own files, checks, an issued bulletin."""
    issued = case.issued_folder
    for change in case.files:
        name = one_line(change.name)
        if directs_git(change.name):
            yield Look(f"{name}有改动，会影响各人的 git 看到和送出哪些文件")
        elif runs_on_server(change.name):
            yield Look(f"{name}有改动，它在代码托管平台上运行")
        elif change.name.startswith(issued) and change.before is None:
            yield Look(f"新存入已签发的文件 {name}")
    yield from map(Look, once_too_large(case))


def _entered(case: ReviewedRange) -> Iterator[Look]:
    for entry in case.added:
        if entry.record.via is not None:
            by = f"（登记人{entry.record.by}）" if entry.record.by else ""
            yield case.look(entry, f"据{entry.record.via}代录{by}")
