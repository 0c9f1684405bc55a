"""提醒函, 催办通知 and 督办单 as values, made from the records: who is asked to do what by which day."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from gaigai_cli.judge.judgement import JudgedItem, Judgement, notes
from gaigai_cli.judge.lights import idle_words, missed_turns_words, slipped_words
from gaigai_cli.judge.owed_reports import unreported_words
from gaigai_cli.judge.owes import Owes, owes
from gaigai_cli.model.people import DUTIES
from gaigai_cli.model.records import LEVELS, Level
from gaigai_cli.model.workdays import add_workdays
from gaigai_cli.query.choose import grouped
from gaigai_cli.query.reasons import Reason, reason_of
from gaigai_cli.report.ladder import PAPERS, Ladder, PaperSent, ladder, urged_words
from gaigai_cli.report.wording import (
    cite,
    list_title,
    other_roles,
    reason_words,
    refuted_words,
    sentence,
    slow_words,
    stage_words,
    who,
)
from gaigai_cli.words.period import first_day
from gaigai_cli.words.say import day_words


@dataclass(frozen=True, slots=True)
class Matter:
    """督办事项: the item as cited, its words, units and days, 存在问题 and 办理要求.

    ``roles`` are the notice's words for each role, the leads' first, with its units.
    """

    id: str
    title: str
    content: str
    basis: str
    roles: tuple[tuple[str, str], ...]
    issued: str
    due: str
    problem: str
    demand: str


def matter(judgement: Judgement, item: JudgedItem, unit: str, steps: Sequence[PaperSent]) -> Matter:
    """Return the item as a paper to ``unit`` puts it; ``steps`` were sent before."""
    state = item.state
    listed, notice, stage = state.listed, item.ledger.tasks.notice, state.current
    reason = reason_of(judgement, item)
    owed, percent = owes(item, unit), state.percent_of(unit)
    since = first_day(min(owed.months)) if owed.months else judgement.day
    urged = urged_words(judgement, unit, (item.id,), since)
    found = tuple(_troubles(item, owed, percent, reason, urged)) or (
        ("请关注本事项的办理", "报送目前办理情况"),
    )
    problems = ["；".join(problem for problem, _ in found)]
    if reason is not None and owed.late:
        whose = "你单位" if reason.entry.unit == unit else who(item.ledger, reason.entry.unit)
        problems.append(reason_words(item, reason, whose, notice.year))
    problems += [
        f"{PAPERS[step.level]}{step.number}要求{day_words(step.reply_by, notice.year)}前反馈，逾期未回复"
        for step in steps
        if step.reply_by < judgement.running and unit in step.missing
    ]
    return Matter(
        id=item.id,
        title=cite(listed),
        content=listed.item.content,
        basis=list_title(notice),
        roles=((notice.role_names.lead, "、".join(state.units.lead)), *other_roles(item)),
        issued=listed.deadline.text,
        due=f"{day_words(stage.due, notice.year)}（经{'多次' if stage.often_moved else '同意'}延期）"
        if stage and stage.moved
        else "",
        problem="".join(map(sentence, problems)),
        demand=sentence("；".join(dict.fromkeys(demand for _, demand in found))),
    )


EXTENSION_WAITS: Final = "延期申请待研究"
"""Why nothing is to be sent to who has asked for more time."""
_NEXT: Final = "报送下步措施和预计完成时间"


def _troubles(
    item: JudgedItem, owed: Owes, percent: int | None, reason: Reason | None, urged: str
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong and what to do about it; ``percent`` is how far the unit says the item is.

    ``urged`` are the words for how often a report was asked for (经多次催报).
    """
    state, year = item.state, item.ledger.tasks.notice.year
    if owed.late:
        stage, days = owed.late[0], (state.day - owed.late[0].due).days
        asks = f"说明{'' if reason else '原因和'}拟办结时间"
        if owed.waits:
            asks = "延期申请答复前继续抓紧办理"
        said = "" if reason else "，未说明原因"
        yield (
            f"{stage_words(stage)}{day_words(stage.due, year)}到期，逾期{days}天，尚未办结{said}",
            f"{asks}；已办结的，一并报送佐证材料、申请销号",
        )
    elif owed.soon:
        stage = owed.soon[0]
        left, due = (stage.due - state.day).days, day_words(stage.due, year)
        when = f"还有{left}天" if left else "今日到期"
        done = f"，所报进度{percent}%" if percent is not None and owed.behind is None else ""
        more = "" if owed.waits else "；确有困难的，在时限前申请延期"
        yield (
            f"{stage_words(stage)}{due}到期，{when}，尚未申请销号{done}",
            f"加快办理，{due}前办结并申请销号{more}",
        )
    if owed.behind is not None:
        yield slow_words(state, owed.behind, percent), _NEXT
    if owed.unstarted:
        yield "尚未启动", _NEXT
    for step in owed.slipped:
        yield slipped_words(step, year), _NEXT
    for figure in owed.short:
        name = figure.indicator.name
        yield f"指标“{name}”未达标", f"提出“{name}”改进措施"
    for check in owed.refuted:
        yield refuted_words(check, item, year), "书面说明报送情况与抽查核验不符的原因"
    if owed.reports:
        still = f"{urged}，仍" if urged else ""
        yield (
            f"{still}{unreported_words(owed.months, item.ledger)}",
            "补报尚未报送的进展，今后按期报送",
        )
    if owed.turns:
        words = missed_turns_words(state, year)
        yield f"{words}任务未完成", f"补齐{words}任务{'' if reason else '并说明原因'}"
    if owed.idle and not owed.reports:
        yield idle_words(state, item.ledger), "报送最新进展"


_NUMBER: Final = re.compile(r"(.*)〔(\d{4})〕\s*(\d{1,6})号")
_SIGNS: Final[dict[Level, str]] = {"提醒": "提", "催办": "催", "督办": "督"}


class Proposal(NamedTuple):
    """An item of which a unit should hear: what is wrong, how far it has been reminded, the step that is due.

    ``level`` None: nothing is to be sent now, and ``why`` says why.
    """

    item: JudgedItem
    unit: str
    ladder: Ladder
    level: Level | None
    why: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """One paper to one unit; a draft until it has its ``number``.

    ``recipient`` says whom to ring up at the unit, empty where nobody is known.
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
    recipient: str = ""
    signer: str = ""
    contact: str = ""


def proposals(judgement: Judgement) -> tuple[Proposal, ...]:
    """Return every item and lead with something to be reminded of, in the list's order.

    To itself the office sends none.
    """
    return tuple(
        _proposal(judgement, item, unit)
        for item in judgement.items
        for unit in item.state.units.lead
        if owes(item, unit).anything
    )


def _proposal(judgement: Judgement, item: JudgedItem, unit: str) -> Proposal:
    """Return the next step on the ladder.

    A 督办单 is for overdue items only; a unit that has answered is sent nothing until its item is overdue, or it misses
    a turn or a report anew. Nobody is hurried by a deadline as long as the office owes an answer to the extension that
    was asked for.
    """
    so_far = ladder(judgement, item, unit)
    if unit == judgement.ledger.office:
        return Proposal(item, unit, so_far, None, "本单位不发文")
    last, year = so_far.last, judgement.ledger.tasks.notice.year
    owed = owes(item, unit)
    overdue = "办结" in owed.asked
    if so_far.waiting and last:
        return Proposal(item, unit, so_far, None, "待反馈")
    if owed.waits and not (owed.asked or owed.idle):
        return Proposal(item, unit, so_far, None, EXTENSION_WAITS)
    answered = last.returned[unit] if last else None
    missed = [turn.due for turn in owed.turns] + [report.due for report in owed.reports]
    if answered and not overdue and not any(due >= answered for due in missed):
        return Proposal(item, unit, so_far, None, f"{day_words(answered, year)}已回执")
    ceiling: Level = "督办" if overdue else "催办"
    level = min(so_far.allowed, ceiling, key=LEVELS.index)
    return Proposal(item, unit, so_far, level, "")


def reminders(
    judgement: Judgement, wanted: Iterable[tuple[JudgedItem, str, Level]]
) -> tuple[Reminder, ...]:
    """Return the papers for items, units and levels: a 提醒函 holds all of a unit's, the others one matter each."""
    papers = grouped(
        ((level, unit, "" if level == "提醒" else item.id), item) for item, unit, level in wanted
    )
    ordered = sorted(papers.items(), key=lambda paper: LEVELS.index(paper[0][0]))
    return tuple(reminder(judgement, key[0], key[1], items) for key, items in ordered)


def reminder(
    judgement: Judgement, level: Level, unit: str, items: Sequence[JudgedItem]
) -> Reminder:
    """Return the paper on that step to a unit about some items."""
    ledger, day = judgement.ledger, judgement.day
    rules = ledger.rules.remind
    people = (ledger.contact(unit, duty, day) for duty in DUTIES)
    workdays = {"提醒": rules.prompt, "催办": rules.urge, "督办": rules.supervise}[level]
    return Reminder(
        level=level,
        unit=unit,
        matters=tuple(matter(judgement, i, unit, ladder(judgement, i, unit).steps) for i in items),
        number=_number(judgement, level, None),
        draft=True,
        day=day,
        reply_by=add_workdays(day, workdays, ledger.rules.calendar),
        workdays=workdays,
        issuer=ledger.signer,
        office=ledger.office,
        notes=notes(judgement),
        recipient="，".join(one.told for one in people if one),
    )


def numbered(judgement: Judgement, papers: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """Return the papers with the next numbers of their kinds in this year, no drafts any more."""
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
    """Return what the numbers of a kind begin with, and the last one given in the day's year.

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
    """Yield the numbers given so far, of every kind."""
    for entry in judgement.general:
        record = entry.record
        found = _NUMBER.fullmatch(record.number or "") if record.kind == "督办" else None
        if found and record.level:
            yield record.level, found


def refusal(judgement: Judgement, item: JudgedItem, unit: str, level: Level) -> str:
    """Return why a step can't be taken yet; empty where it can."""
    so_far = ladder(judgement, item, unit)
    if LEVELS.index(level) <= LEVELS.index(so_far.allowed):
        return ""
    last = so_far.last
    if last is None:
        return f"事项{item.id}还没有给{unit}发过提醒函"
    if so_far.waiting:
        return f"{last.number}的反馈时限{last.reply_by}还没有过"
    return f"事项{item.id}上一次给{unit}发的是{last.number}，下一步是{so_far.allowed}"
