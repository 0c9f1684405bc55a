"""汇总通报: the bulletin of an office above on several lists, made of what each list's own bulletin is made of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judge, notes
from gaigai_cli.judge.lights import LEGEND
from gaigai_cli.judge.state import SHOWN_LIGHTS
from gaigai_cli.model.labels import KIND_GROUPS
from gaigai_cli.model.lists import RollUpRules
from gaigai_cli.model.rules import Warn
from gaigai_cli.model.statuses import STANDINGS, in_columns
from gaigai_cli.model.workdays import add_workdays
from gaigai_cli.report.annex import ledger_rows
from gaigai_cli.report.facts import facts_of
from gaigai_cli.report.monthly_report import (
    DEMANDS,
    OVERVIEW,
    PROBLEMS,
    PROGRESS,
    Imprint,
    LedgerRow,
    ListLine,
    MonthlyReport,
    Section,
    Subsection,
    Totals,
)
from gaigai_cli.report.overview import (
    MOVED,
    RATED,
    STATED,
    added,
    closed_late_and_pending,
    due_words,
    end_words,
    moved,
    notes_of_lists,
    totals,
)
from gaigai_cli.report.problems import problems
from gaigai_cli.report.progress import ADJUSTED, ASSESSED, CLOSED, progress
from gaigai_cli.report.supervision import refusals
from gaigai_cli.report.title import PLAIN, bulletin_title, subject, with_task
from gaigai_cli.report.wording import counted, numbered, reply_words, we
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import day_words

_REPLY_WITHIN: Final = Warn().reply_within
"""Working days after the cut by which lists answer."""
_NAMED: Final = 12
"""Up to so many lists are named; of more only the number is told, the annexes name them."""
_OPEN: Final = "×××"
"""What is left to be written in by hand."""


@dataclass(frozen=True, slots=True)
class ListMonth:
    """What a roll-up tells of one list: its figures, its sentences, its lines, free of the ledger.

    Of the deadlines that have come, ``late`` were closed out late and ``pending`` wait for verification; ``coming``
    are due in the next month. ``never``: items of which nobody has ever told. ``moved`` counts items by what has
    become of them in the month, None where that can't be said.
    """

    month: Period
    cut: date
    notice: str
    number: str
    subject: str
    notes: tuple[str, ...]
    totals: Totals
    moved: tuple[tuple[str, int], ...] | None
    late: int
    pending: int
    coming: int
    never: int
    expired: int
    turns: int
    done: tuple[str, ...]
    problems: tuple[str, ...]
    rulings: tuple[str, ...]
    rows: tuple[LedgerRow, ...]


def list_month(judge: Judge, month: Period, *, today: date) -> ListMonth:
    """Return a list's share of the roll-up of a month. Raises ``GaigaiError`` for a month that can't be reported on."""
    told = Judge(replace(judge.ledger, from_above=True))
    facts = facts_of(told, month, today=today)
    notice = judge.ledger.tasks.notice
    late, pending = closed_late_and_pending(facts)
    changed = moved(facts)
    parts = {part.heading: part.entries for part in progress(facts).subsections}
    return ListMonth(
        month=month,
        cut=facts.now.day,
        notice=notice.title,
        number=notice.number,
        subject=subject(notice),
        notes=notes(facts.now),
        totals=totals(facts.now),
        moved=None if changed is None else tuple((n, len(items)) for n, items in changed.items()),
        late=late,
        pending=pending,
        coming=sum(bool(facts.coming(fact.item)) for fact in facts.items),
        never=sum(f.state.never for f in facts.items),
        expired=sum(bool(f.expired) for f in facts.items),
        turns=sum(bool(f.state.missed_turns) for f in facts.items),
        done=(*parts.get(CLOSED, ()), *parts.get(ASSESSED, ())),
        problems=tuple(entry for part in problems(facts).subsections for entry in part.entries),
        rulings=(*parts.get(ADJUSTED, ()), *refusals(facts)),
        rows=tuple(replace(row, progress="", problems="", next="") for row in ledger_rows(facts)),
    )


class ListShare(NamedTuple):
    """A list by what it is called, and what is told of it."""

    name: str
    month: ListMonth


def roll_up(
    shares: Sequence[ListShare], rules: RollUpRules, *, unread: Sequence[str] = ()
) -> MonthlyReport:
    """Return the bulletin on the lists, complete; ``unread`` are those that aren't in it.

    Raises ``GaigaiError`` where they aren't all of one month, cut on one day.
    """
    first = shares[0].month
    other = next(
        (s for s in shares if (s.month.month, s.month.cut) != (first.month, first.cut)), None
    )
    if other is not None:
        raise GaigaiError(
            f"{shares[0].name}的数据截至{first.cut}，{other.name}的截至{other.month.cut}，不能汇总",
            "请取同一天的状态文件",
        )
    month, signer = first.month, rules.signer or _OPEN
    every = _Every(shares, rules.members)
    subjects = {share.month.subject for share in shares}
    common = subjects.pop() if len(subjects) == 1 else PLAIN
    about = with_task(rules.subject) if rules.subject else common
    signed = month.last + timedelta(days=1)
    day = day_words(first.cut, month.last.year)
    return MonthlyReport(
        period=month,
        cut=first.cut,
        title_parts=bulletin_title(f"{month.words}各{rules.members}", about),
        number=f"{rules.mark}〔{signed.year}〕  号" if rules.mark else "",
        addressee=rules.addressee or f"各{rules.members}",
        notes=tuple(notes_of_lists([(name, one.notes) for name, one in shares])),
        opening=f"根据各{rules.members}任务清单和报送、核验情况，现将截至{day}的落实情况汇总通报如下。",
        sections=tuple(
            section
            for section in (
                Section(OVERVIEW, tuple(filter(None, _overview(every, unread)))),
                _by_list(every, PROGRESS, lambda one: one.done, "没有办结销号的事项"),
                _by_list(
                    every, PROBLEMS, lambda one: one.problems, "未发现到期未办结、进度滞后等问题"
                ),
                _by_list(every, "延期和事项调整", lambda one: one.rulings, ""),
                Section(DEMANDS, tuple(numbered(_asked(every, signer), rules))),
            )
            if section.paragraphs or section.subsections
        ),
        signer=signer,
        imprint=Imprint.of(rules, signer),
        totals=every.totals,
        ledger=tuple(
            replace(row, id=f"{name}/{row.id}") for name, one in shares for row in one.rows
        ),
        units=(),
        lists=tuple(_line(share) for share in shares),
        indicators=(),
        legend=LEGEND,
    )


@dataclass(frozen=True)
class _Every:
    """All lists of a roll-up and what the sentences call them."""

    shares: Sequence[ListShare]
    members: str

    @property
    def month(self) -> Period:
        return self.shares[0].month.month

    @property
    def year(self) -> int:
        return self.month.last.year

    @property
    def name(self) -> str:
        return self.month.called(self.year)

    @property
    def totals(self) -> Totals:
        """Their figures added up; a rate where so many are due."""
        each = [one.totals for _, one in self.shares]
        due = sum(t.due for t in each)
        return Totals(
            tasks=sum(t.tasks for t in each),
            items=sum(t.items for t in each),
            kinds=added([t.kinds for t in each], dict.fromkeys(KIND_GROUPS.values())),
            withdrawn=sum(t.withdrawn for t in each),
            statuses=added([t.statuses for t in each], (*STATED, *STANDINGS)),
            lights=added([t.lights for t in each], SHOWN_LIGHTS),
            due=due,
            on_time=sum(t.on_time for t in each),
            rated=due >= RATED,
            indicators=(),
        )

    def sum(self, number: Callable[[ListMonth], int]) -> int:
        return sum(number(one) for _, one in self.shares)

    def those(self, holds: Callable[[ListMonth], bool]) -> list[str]:
        """Return what the lists are called of which this is true."""
        return [name for name, one in self.shares if holds(one)]

    def counted(self, number: Callable[[ListMonth], int]) -> str:
        """Return 甲县1项、乙县2项; of many lists how many they are: 15个县区."""
        found = [(name, number(one)) for name, one in self.shares if number(one)]
        if len(found) > _NAMED:
            return f"{len(found)}个{self.members}"
        return "、".join(f"{name}{count}项" for name, count in found)

    def named(self, names: Sequence[str]) -> str:
        """Return 甲县、乙县; of many how many they are."""
        return "、".join(names) if len(names) <= _NAMED else f"{len(names)}个{self.members}"


def _overview(every: _Every, unread: Sequence[str]) -> Iterator[str]:
    shares, total, members = every.shares, every.totals, every.members
    kinds = "、".join(f"{name}{count}项" for name, count in total.kinds)
    parts = (
        f"其中{kinds}；{counted(total.statuses)}" if kinds else "",
        f"另有{total.withdrawn}项已调出清单" if total.withdrawn else "",
    )
    whole = f"{len(shares)}个{members}共有{total.tasks}项主要任务、{total.items}项具体工作"
    yield f"{'，'.join(filter(None, (whole, *parts)))}。{_due(every, total)}{_changes(every)}"
    yield _standing_out(every)
    if unread:
        yield f"{'、'.join(unread)}的清单未能读取，未计入以上数字。"


def _due(every: _Every, total: Totals) -> str:
    end = end_words(every.month, every.shares[0].month.cut)
    if not total.due:
        return f"至{end}无应办结事项。"
    late, pending = every.sum(lambda one: one.late), every.sum(lambda one: one.pending)
    rest = due_words(total, late, pending, in_time=False)
    rate = f"，按期办结率{total.on_time_rate}" if total.rated else ""
    told = f"至{end}应办结{total.due}项，按期办结{total.on_time}项{f'，{rest}' if rest else ''}{rate}。"
    due = [(name, one) for name, one in every.shares if one.totals.due]
    if len(due) > _NAMED:
        return f"{told}各{every.members}情况见附件2。"
    each = "；".join(
        f"{name}应办结{one.totals.due}项，{due_words(one.totals, one.late, one.pending)}"
        for name, one in due
    )
    return f"{told}其中，{each}。"


def _changes(every: _Every) -> str:
    each = [one.moved for _, one in every.shares if one.moved is not None]
    if not each:
        return ""
    found = added(each, MOVED)
    last = every.month.previous.end_called(every.year)
    return f"较{last}，{counted(found)}。" if found else f"较{last}无变化。"


def _standing_out(every: _Every) -> str:
    """Return what tells the lists apart: who has closed all that was due, who hasn't, of whom nothing is heard."""
    members = every.members
    clean = every.those(lambda one: 0 < one.totals.due == one.totals.on_time)
    blank = every.those(
        lambda one: in_columns(dict(one.totals.statuses))["not_reported"] == one.totals.items > 0
    )
    told = (
        ("应办结事项全部按期办结的有", every.named(clean)),
        ("有到期未办结事项的有", every.counted(lambda one: one.expired)),
        ("有期内任务未完成的有", every.counted(lambda one: one.turns)),
        ("有事项从未报送进展的有", every.counted(lambda one: one.never)),
        ("所有事项均未报送进展的有", every.named(blank)),
    )
    words = "；".join(f"{what}{which}" for what, which in told if which)
    return f"从各{members}看，{words}。" if words else ""


def _by_list(
    every: _Every, heading: str, told: Callable[[ListMonth], tuple[str, ...]], none: str
) -> Section:
    """Return a section with the sentences of each list below its name; one sentence where no list has any."""
    found = tuple(Subsection(name, told(one)) for name, one in every.shares if told(one))
    nothing = (f"{every.name}各{every.members}{none}。",) if none and not found else ()
    return Section(heading, nothing, found)


def _asked(every: _Every, signer: str) -> Iterator[str]:
    """Yield who is asked for what, and by when."""
    reply = add_workdays(every.shares[0].month.cut, _REPLY_WITHIN, {})
    by = f"于{reply_words(reply, _REPLY_WITHIN, every.year)}"
    late = every.those(lambda one: one.expired > 0)
    if late:
        yield f"请{every.named(late)}督促牵头单位抓紧办结到期未办结事项，{by}将办结时间和措施书面报{we(signer)}。"
    turns = every.those(lambda one: one.turns > 0)
    if turns:
        yield f"请{every.named(turns)}督促牵头单位{by}补齐期内未完成的任务，并说明原因。"
    never = every.those(lambda one: one.never > 0)
    if never:
        yield f"请{every.named(never)}督促有关牵头单位{by}报送从未报送过的事项进展。"
    coming = every.those(lambda one: one.coming > 0)
    if coming:
        following = every.month.next_called(every.year)
        number = every.sum(lambda one: one.coming)
        yield f"{following}到期{number}项（{every.counted(lambda one: one.coming)}），请按时办结、及时核验。"
    if not (late or turns or never or coming):
        yield f"请各{every.members}继续按时限推进各项工作。"


def _line(share: ListShare) -> ListLine:
    return ListLine(
        name=share.name,
        items=share.month.totals.items,
        **in_columns(dict(share.month.totals.statuses)),
        expired=share.month.expired,
        turns=share.month.turns,
        due=share.month.totals.due,
        on_time=share.month.totals.on_time,
    )
