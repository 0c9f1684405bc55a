"""看板: the list at a glance for a leader, as a value: units against lights, the months, what is late, what changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gaigai_cli.judge.corrections import last_day_told
from gaigai_cli.judge.judgement import Judge, JudgedItem, Judgement, notes
from gaigai_cli.judge.state import SHOWN_LIGHTS
from gaigai_cli.model.statuses import STANDINGS, is_closed_out, is_counted
from gaigai_cli.query.choose import by_unit, grouped, overdue
from gaigai_cli.query.reasons import reason_of, told_reason
from gaigai_cli.report.facts import cut_of
from gaigai_cli.report.monthly_report import Totals
from gaigai_cli.report.overview import added, notes_of_lists, totals
from gaigai_cli.report.wording import leads_of_late, named, unbroken
from gaigai_cli.words.period import Period, month_of
from gaigai_cli.words.say import day_words


@dataclass(frozen=True, slots=True)
class BoardItem:
    """An item in the matrix: its id, what it is about, who leads it, why its light is what it is."""

    id: str
    about: str
    lead: str
    cause: str


@dataclass(frozen=True, slots=True)
class BoardUnit:
    """A unit with the items that it leads, by light; ``lights`` has a tuple for each of 红黄蓝绿 and for none."""

    unit: str
    lights: tuple[tuple[BoardItem, ...], ...]

    @property
    def number(self) -> int:
        """How many items it leads."""
        return sum(map(len, self.lights))


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """The last day of a month, or today in the running one, and numbers of items: due by then, closed, overdue."""

    day: date
    due: int
    closed: int
    overdue: int


@dataclass(frozen=True, slots=True)
class LateItem:
    """An item past its deadline: what it is, who owes it, how many days, why as reported, and what was promised."""

    id: str
    about: str
    lead: str
    days: int
    reason: str
    promised: str


@dataclass(frozen=True, slots=True)
class StatusTurn:
    """What an item was in the last bulletin and is now, in words."""

    id: str
    about: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Board:
    """The whole page as of ``day``. ``since`` names the last issued bulletin, empty where there is none."""

    title: str
    day: date
    notes: tuple[str, ...]
    totals: Totals
    rows: tuple[BoardUnit, ...]
    months: tuple[MonthPoint, ...]
    late: tuple[LateItem, ...]
    since: str
    changes: tuple[StatusTurn, ...]

    @property
    def causes(self) -> tuple[BoardItem, ...]:
        """What is 红, then what is 黄, each once."""
        found = (item for light in range(2) for row in self.rows for item in row.lights[light])
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class ListsBoard:
    """Several lists at a glance: the board of each by its name, the sum of their months, what is late in any.

    What is late longest stands first.
    """

    title: str
    day: date
    notes: tuple[str, ...]
    boards: tuple[tuple[str, Board], ...]
    months: tuple[MonthPoint, ...]
    late: tuple[tuple[str, LateItem], ...]

    @property
    def statuses(self) -> tuple[tuple[str, int], ...]:
        """The items of all lists by status, in their fixed order."""
        return added((one.totals.statuses for _, one in self.boards), STANDINGS)

    @property
    def lights(self) -> tuple[tuple[str, int], ...]:
        """The items of all lists by light."""
        return added((one.totals.lights for _, one in self.boards), SHOWN_LIGHTS)


def lists_board(boards: Sequence[tuple[str, Board]]) -> ListsBoard:
    """Return the page of several lists, of the board of each by its name.

    A month is summed over the lists that have it.
    """
    months = grouped(((p.day.year, p.day.month), p) for _, one in boards for p in one.months)
    late = [(name, item) for name, one in boards for item in one.late]
    return ListsBoard(
        f"{len(boards)}份清单{boards[0][1].title}",
        max(one.day for _, one in boards),
        tuple(notes_of_lists([(name, one.notes) for name, one in boards])),
        tuple(boards),
        tuple(
            MonthPoint(
                max(p.day for p in points),
                sum(p.due for p in points),
                sum(p.closed for p in points),
                sum(p.overdue for p in points),
            )
            for _, points in sorted(months.items())
        ),
        tuple(sorted(late, key=lambda pair: -pair[1].days)),
    )


def board(judge: Judge, *, today: date, month: Period | None = None) -> Board:
    """Return the page of today, or of a month: at its end, or today's where it still runs.

    Raises ``GaigaiError`` for a month that can't be reported on.
    """
    notice = judge.ledger.tasks.notice
    now = judge.on(today) if month is None else judge.at_cut(month, cut_of(month, notice, today))
    since, before = _last_bulletin(judge, now.day)
    return Board(
        f"{month.words}工作看板" if month else "工作看板",
        now.day,
        notes(now),
        totals(now),
        tuple(_rows(now)),
        tuple(_months(judge, now)),
        tuple(_late(now)),
        since,
        tuple(_changes(before, now)) if before else (),
    )


def _rows(now: Judgement) -> Iterator[BoardUnit]:
    """Yield every unit that leads something; the ones with most 红, then 黄, first."""
    found = []
    for row in by_unit(now):
        led = [item for item in row.lead if is_counted(item.state.status)]
        cells = grouped((item.light.shown, _cell(item)) for item in led)
        if led:
            lights = tuple(tuple(cells.get(light, ())) for light in SHOWN_LIGHTS)
            found.append(BoardUnit(row.name, lights))
    yield from sorted(found, key=lambda row: (-len(row.lights[0]), -len(row.lights[1])))


def _cell(item: JudgedItem) -> BoardItem:
    lead = "、".join(item.state.units.lead)
    return BoardItem(item.id, named(item.state.listed), lead, "；".join(item.light.reasons))


def _months(judge: Judge, now: Judgement) -> Iterator[MonthPoint]:
    issued = judge.ledger.tasks.notice.issued
    month = month_of(issued)
    while month.first <= now.day:
        then = now if now.day <= month.last else judge.on(month.last, ended=True)
        closed = sum(is_closed_out(item.state.status) for item in then.items)
        yield MonthPoint(then.day, totals(then).due, closed, len(overdue(then)))
        month = month.next


def _late(now: Judgement) -> Iterator[LateItem]:
    for item in overdue(now):
        state, reason = item.state, reason_of(now, item)
        said = [e.record.next for e in reversed(state.entries) if e.unit in state.units.lead]
        promised = next((words for words in said if words), "")
        if state.asked_until:
            until = day_words(state.asked_until, now.ledger.tasks.notice.year)
            promised = f"已申请延期至{until}，待研究"
        yield LateItem(
            item.id,
            named(state.listed),
            leads_of_late(item),
            state.days_overdue,
            unbroken(told_reason(item, reason)) if reason else "未说明原因",
            unbroken(promised),
        )


def _last_bulletin(judge: Judge, day: date) -> tuple[str, Judgement | None]:
    """Return the last bulletin that was issued and is about days before ``day``, and the list as it told of it."""
    cuts = ((last_day_told(issued), issued) for issued in judge.ledger.issued if not issued.fault)
    known = [(cut, issued) for cut, issued in cuts if cut and cut < day]
    if not known:
        return "", None
    cut, last = max(known, key=lambda one: (one[0], one[1].day))
    return last.number, judge.on(cut, ended=True)


def _changes(before: Judgement, now: Judgement) -> Iterator[StatusTurn]:
    for item in now.items:
        was = before.by_id.get(item.id)
        if was is not None and _words(was) != _words(item):
            yield StatusTurn(item.id, named(item.state.listed), _words(was), _words(item))


def _words(item: JudgedItem) -> str:
    light = f"，{item.light.name}灯" if item.light.name else ""
    return f"{item.state.status}{light}"
