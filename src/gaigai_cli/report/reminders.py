"""提醒函, 催办通知 and 督办单 as values, made from the records: who is asked to do what by which day."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.notes import notes
from gaigai_cli.model.workdays import add_workdays
from gaigai_cli.report.matters import Matter, matter, trouble
from gaigai_cli.report.steps import LEVELS, Course, Level, course

_NUMBER: Final = re.compile(r"(.*)〔(\d{4})〕\s*(\d+)号")
_SIGNS: Final[dict[Level, str]] = {"提醒": "提", "催办": "催", "督办": "督"}


class Proposal(NamedTuple):
    """An item of which a unit should hear: what is wrong, how far it has been reminded, the step that is due.

    ``level`` None: nothing is to be sent now, and ``why`` says why.
    """

    item: JudgedItem
    unit: str
    course: Course
    level: Level | None
    why: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """One paper to one unit; a draft until it has its ``number``.

    ``reply_by`` is ``workdays`` working days after ``day``, None where that year's calendar isn't known.
    """

    level: Level
    unit: str
    matters: tuple[Matter, ...]
    number: str
    draft: bool
    day: date
    reply_by: date | None
    workdays: int
    issuer: str
    office: str
    notes: tuple[str, ...]
    signer: str = ""
    contact: str = ""


def proposals(judgement: Judgement) -> tuple[Proposal, ...]:
    """Every item and lead with something to be reminded of, in the list's order."""
    return tuple(
        _proposal(judgement, item, unit)
        for item in judgement.items
        for unit in item.state.units.lead
        if unit != judgement.ledger.office and trouble(item, unit)
    )


def _proposal(judgement: Judgement, item: JudgedItem, unit: str) -> Proposal:
    """The next step on the ladder; a 督办单 is for what is overdue, and who has answered is let be until then."""
    so_far = course(judgement, item, unit)
    last, overdue = so_far.last, item.state.overdue
    if so_far.waiting and last:
        return Proposal(item, unit, so_far, None, f"等{last.reply_by}前反馈")
    if last and last.returned and not overdue:
        return Proposal(item, unit, so_far, None, f"{last.returned}已回执")
    ceiling: Level = "督办" if overdue else "催办"
    level = min(so_far.allowed, ceiling, key=LEVELS.index)
    return Proposal(item, unit, so_far, level, "")


def reminders(
    judgement: Judgement, wanted: Iterable[tuple[JudgedItem, str, Level]]
) -> tuple[Reminder, ...]:
    """The papers for items, units and levels: a 提醒函 holds all of a unit's, the others one matter each."""
    papers: dict[tuple[Level, str, str], list[JudgedItem]] = {}
    for item, unit, level in wanted:
        papers.setdefault((level, unit, "" if level == "提醒" else item.id), []).append(item)
    ordered = sorted(papers.items(), key=lambda paper: LEVELS.index(paper[0][0]))
    return tuple(_reminder(judgement, key[0], key[1], items) for key, items in ordered)


def _reminder(
    judgement: Judgement, level: Level, unit: str, items: Sequence[JudgedItem]
) -> Reminder:

    ledger, day = judgement.ledger, judgement.day
    rules = ledger.rules.remind
    workdays = {"提醒": rules.prompt, "催办": rules.urge, "督办": rules.supervise}[level]
    return Reminder(
        level=level,
        unit=unit,
        matters=tuple(matter(i, unit, course(judgement, i, unit).steps) for i in items),
        number=_number(judgement, level, None),
        draft=True,
        day=day,
        reply_by=add_workdays(day, workdays, ledger.rules.calendar),
        workdays=workdays,
        issuer=ledger.tasks.notice.issuer,
        office=ledger.office,
        notes=notes(judgement),
    )


def numbered(judgement: Judgement, papers: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """The papers with the next numbers of their kinds in this year, no drafts any more."""
    following = {level: _last_number(judgement, level)[1] for level in LEVELS}
    done = []
    for paper in papers:
        following[paper.level] += 1
        number = _number(judgement, paper.level, following[paper.level])
        done.append(replace(paper, number=number, draft=False))
    return tuple(done)


def _number(judgement: Judgement, level: Level, number: int | None) -> str:
    prefix, _ = _last_number(judgement, level)
    return f"{prefix}〔{judgement.day.year}〕{'  ' if number is None else number}号"


def _last_number(judgement: Judgement, level: Level) -> tuple[str, int]:
    """What the numbers of a kind begin with, and the last one given in the day's year.

    A kind without numbers begins as the others do, the first paper of all as the notice's number.
    """
    rules, notice = judgement.ledger.rules.remind, judgement.ledger.tasks.notice
    mark = rules.mark or notice.number.partition("〔")[0].rstrip("发函文")
    prefix, last = "", 0
    for given, found in _given(judgement):
        if given == level:
            prefix = found[1]
            if int(found[2]) == judgement.day.year:
                last = max(last, int(found[3]))
        elif not rules.mark and found[1].endswith(_SIGNS[given]):
            mark = found[1].removesuffix(_SIGNS[given])
    return prefix or f"{mark}{_SIGNS[level]}", last


def _given(judgement: Judgement) -> Iterator[tuple[Level, "re.Match[str]"]]:
    """The numbers given so far, of every kind."""
    for entry in judgement.general:
        record = entry.record
        found = _NUMBER.fullmatch(record.number or "") if record.kind == "督办" else None
        if found and record.level:
            yield record.level, found


def refusal(judgement: Judgement, item: JudgedItem, unit: str, level: Level) -> str:
    """Why a step can't be taken yet; empty where it can."""
    so_far = course(judgement, item, unit)
    if LEVELS.index(level) <= LEVELS.index(so_far.allowed):
        return ""
    last = so_far.last
    if last is None:
        return f"事项{item.id}还没有给{unit}发过提醒函"
    if so_far.waiting:
        return f"{last.number}的反馈时限{last.reply_by}还没有过"
    return f"事项{item.id}上一次给{unit}发的是{last.number}，下一步是{so_far.allowed}"
