"""What 提醒函, 催办通知 and 督办单 say, and as Markdown; and what people paste into a chat or an SMS.

Of the latter there is one a unit, of at most 120 characters, that says which items and which days and nothing that a
unit has reported: such texts go beyond the office.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from gaigai_cli.errors import some_of
from gaigai_cli.forms.compare import Standing
from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.lights import idle_words, missed_turns_words
from gaigai_cli.judge.owed_reports import due_day, reporting_period, unreported_words
from gaigai_cli.judge.owes import DEBT_WORDS, Debt, owes
from gaigai_cli.query.choose import grouped
from gaigai_cli.render.markdown import escape
from gaigai_cli.render.papers.annex import OPEN_DATE
from gaigai_cli.report.ladder import PAPERS
from gaigai_cli.report.reminders import EXTENSION_WAITS, Matter, Proposal, Reminder
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import NUMERALS, day_words, full_day

if TYPE_CHECKING:
    from gaigai_cli.render.table_docx import Cells

DRAFT: Final = "草稿，尚未编号、签发"


def title_of(paper: Reminder) -> str:
    """Return 提醒函, 催办通知 or 督办单."""
    return PAPERS[paper.level]


def notes_of(paper: Reminder) -> tuple[str, ...]:
    """Return what must be said of the data, and that a draft is one."""
    return (*paper.notes, *((DRAFT,) if paper.draft else ()))


def reply_words(paper: Reminder) -> str:
    """Return the day to answer by; where the calendar isn't known it is left open and the working days are said."""
    if paper.reply_by is None:
        return f"{OPEN_DATE}前（{paper.workdays}个工作日）"
    return f"{full_day(paper.reply_by)}前"


def fields_of(paper: Reminder, number: int, matter: Matter) -> tuple[Cells, ...]:
    """Return what a paper says of one matter, row by row; ``number`` counts them from 1."""
    several = NUMERALS[number - 1] if len(paper.matters) > 1 else ""
    lead, *others = ((name, (units,)) for name, units in matter.roles)
    due: tuple[Cells, ...] = ((lead, ("完成时限", (matter.issued,))),)
    if matter.due:
        due = ((lead,), (("原定时限", (matter.issued,)), ("现行时限", (matter.due,))))
    return (
        ((f"{paper.level}事项{several}", (matter.title, matter.content)),),
        *due,
        *((role,) for role in others),
        (("存在问题", (matter.problem,)),),
        (("办理要求", (matter.demand,)),),
    )


def addressed(paper: Reminder) -> tuple[str, ...]:
    """Return the unit that it is sent to, and whom there."""
    return (paper.unit, paper.recipient) if paper.recipient else (paper.unit,)


def reminder_markdown(paper: Reminder) -> str:
    """Return the paper's fields as Markdown."""
    head = [f"> **{escape(note)}**" for note in notes_of(paper)]
    lines = [
        *head,
        f"# {title_of(paper)}",
        f"编号：{escape(paper.number)}　　{full_day(paper.day)}",
        f"受文单位：{escape('，'.join(addressed(paper)))}",
        f"**任务依据**：{escape(paper.matters[0].basis)}",
    ]
    for number, matter in enumerate(paper.matters, 1):
        lines += [
            f"**{label}**：{escape(' '.join(words))}"
            for cells in fields_of(paper, number, matter)
            for label, words in cells
        ]
    lines += [
        f"**反馈时限**：{reply_words(paper)}",
        f"**签发人**：{escape(paper.signer)}　　**承办人及电话**：{escape(paper.contact)}",
        "**回执**：办理情况、负责人签字、单位盖章、日期。",
        f"{escape(paper.issuer)}\n",
    ]
    return "\n\n".join(lines)


def reminder_chat(paper: Reminder) -> str:
    """Return the short form: what is the matter, what to do by when, who asks."""
    several = len(paper.matters) > 1
    matters = "".join(
        f"\n{number if several else ''}{'. ' if several else ''}{matter.title}：{matter.problem}请{matter.demand}"
        for number, matter in enumerate(paper.matters, 1)
    )
    example = "（示例）" if any("示例" in note for note in paper.notes) else ""
    number = f"，{paper.number}" if not paper.draft else ""
    return (
        f"【{paper.level}】{example}{paper.unit}：{matters}\n"
        f"请于{reply_words(paper)}反馈。（{paper.office}{number}）\n"
    )


LIMIT: Final = 120
"""Characters of one text."""
_OWING: Final = ("未交", "空表")


def returns_wanted(
    judgement: Judgement, standings: Iterable[Standing], month: Period
) -> Iterator[str]:
    """Yield a text for each unit that has returned no form for the month, or an empty one, but for the office."""
    rules, year = judgement.ledger.rules, judgement.ledger.tasks.notice.year
    when = "尽快"
    if rules.reporting is not None:
        due = due_day(reporting_period(str(month), rules.reporting), rules, rules.reporting)
        day = day_words(due, year)
        when = f"于{day}前" if judgement.day <= due else f"尽快（{day}已截止）"
    for one in standings:
        if one.how in _OWING and one.unit != judgement.ledger.office:
            form = f"{month.words}进展报送表"
            what = f"{form}还没有收到" if one.how == "未交" else f"收到的{form}没有填写"
            head = f"{_named_person(judgement, one.unit)}：您好！{what}，涉及"
            tail = f"，请{when}填好发回；已发出的请忽略。谢谢！（{judgement.ledger.office}）"
            from_above = ("交办事项办理反馈",) if one.unanswered else ()
            yield _fitted(head, (*from_above, *one.empty), tail)


def attention_wanted(judgement: Judgement, proposals: Iterable[Proposal]) -> Iterator[str]:
    """Yield a text for each unit that leads something to be reminded of; not of what waits for the office."""
    hurried = (one for one in proposals if one.why != EXTENSION_WAITS)
    for unit, items in grouped((one.unit, one.item) for one in hurried).items():
        head = f"{_named_person(judgement, unit)}：您好！请关注贵单位牵头的"
        tail = f"，抓紧办理并报送进展；有困难的请提前告知。谢谢！（{judgement.ledger.office}）"
        yield _fitted(head, [f"{item.id}{_why(item, unit)}" for item in items], tail)


def _named_person(judgement: Judgement, unit: str) -> str:
    """Return a unit, and its 联络员 where one is known: 县财政局张三同志."""
    found = judgement.ledger.contact(unit, "联络员", judgement.day)
    return f"{unit}{found.name}同志" if found else unit


def _why(item: JudgedItem, unit: str) -> str:
    """Return by when the unit is to do what is left, and what else it owes, in brackets; empty where it is nothing."""
    state, year, owed = item.state, item.ledger.tasks.notice.year, owes(item, unit)
    stage = next(iter((*owed.late, *owed.left)), None)
    words = []
    if stage is not None:
        words.append(f"{day_words(stage.due, year)}到期")
        if owed.late:
            words.append(f"已逾期{(state.day - stage.due).days}天")
    exact: dict[Debt, str] = {
        "办结": "",
        "期次": f"{missed_turns_words(state, year)}任务未完成",
        "报送": unreported_words(owed.months, item.ledger),
    }
    words += [exact.get(d, called) for d, called in DEBT_WORDS.items() if d in owed.debts]
    if owed.idle and not owed.debts:
        words.append(idle_words(state, item.ledger))
    words = list(filter(None, words))
    return f"（{'，'.join(words)}）" if words else ""


def _fitted(head: str, parts: Sequence[str], tail: str) -> str:
    """Return the text with as many of the parts as there is room for.

    How many there are is said where some are left out.
    """
    room = LIMIT - len(head) - len(tail)
    for count in range(len(parts), 1, -1):
        words = some_of(parts, count, "项")
        if len(words) <= room:
            return head + words + tail
    return head + some_of(parts, 1, "项") + tail
