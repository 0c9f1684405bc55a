"""Reporting periods: which lead of an open item owes a record, and for when (``rules.yaml``, ``reporting``)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple, get_args

from gaigai_cli.judge.state import ItemState, MissedPeriod
from gaigai_cli.model.calendar import MONTHS_OF, add_months, days_in
from gaigai_cli.model.deadline import Assessed
from gaigai_cli.model.kinds import REPORTING
from gaigai_cli.model.ledger import Entry, Ledger, issue_day
from gaigai_cli.model.rules import Reporting, Rules
from gaigai_cli.model.statuses import is_closed, is_open
from gaigai_cli.model.workdays import next_workday
from gaigai_cli.words.say import periods_words


def owed_words(periods: Iterable[str], ledger: Ledger, year: int | None = None) -> str:
    """Return reporting periods under the rules of a list: ``4—6月``, ``第二季度``.

    ``year`` is the one that is left out; None: the list's.
    """
    reporting = ledger.rules.reporting
    quarterly = reporting is not None and reporting.every == "quarter"
    return periods_words(periods, year or ledger.tasks.notice.year, quarterly=quarterly)


def unreported_words(periods: Iterable[str], ledger: Ledger, year: int | None = None) -> str:
    """Return that nothing was reported for the periods: 未报送4—6月进展."""
    return f"未报送{owed_words(periods, ledger, year)}进展"


def by_units(missed: Iterable[MissedPeriod]) -> dict[tuple[str, ...], list[str]]:
    """Return missed periods by the units that none of them was heard of."""
    found: dict[tuple[str, ...], list[str]] = {}
    for one in missed:
        found.setdefault(one.units, []).append(one.month)
    return found


def missing_words(missed: Iterable[MissedPeriod], ledger: Ledger) -> tuple[str, str]:
    """Return the units of whom reports are missing, and for which periods: 甲局、乙局, 3—5月.

    Where these aren't the same for all, each unit has its own behind it: 甲局（3—4月）、乙局（3月、5月）.
    """
    owing: dict[str, list[str]] = {}
    for one in missed:
        for unit in one.units:
            owing.setdefault(unit, []).append(one.month)
    every = owed_words({month for months in owing.values() for month in months}, ledger)
    each = {unit: owed_words(months, ledger) for unit, months in owing.items()}
    alike = set(each.values()) == {every}
    units = (unit if alike else f"{unit}（{words}）" for unit, words in each.items())
    return "、".join(units), every


def reporting_period(month: str, reporting: Reporting) -> str:
    """Return the period (named by its first month, ``2024-04``) that a month belongs to."""
    step = MONTHS_OF[reporting.every]
    year, number = int(month[:4]), int(month[5:])
    return f"{year:04d}-{(number - 1) // step * step + 1:02d}"


def due_day(period: str, rules: Rules, reporting: Reporting) -> date:
    """Return the last day to report for a period, moved to the next working day.

    In a year whose calendar isn't known the day is not moved; a check says so.
    """
    day = named_day(period, reporting)
    return next_workday(day, rules.calendar) or day


def named_day(period: str, reporting: Reporting) -> date:
    """Return the day ``by`` of the period's last (or the next) month, at most that month's last day."""
    last = MONTHS_OF[reporting.every] - 1 + (reporting.of == "次月")
    year, month = add_months(int(period[:4]), int(period[5:]), last)
    return date(year, month, min(reporting.by, days_in(year, month)))


def _later(month: str, count: int) -> str:
    year, number = add_months(int(month[:4]), int(month[5:]), count)
    return f"{year:04d}-{number:02d}"


def last_days(reporting: Reporting, end: date) -> Iterator[date]:
    """Yield the named days of all periods that begin up to ``end``, before any is moved to a working day."""
    period = reporting_period(reporting.from_, reporting)
    while period <= end.isoformat():
        yield named_day(period, reporting)
        period = _later(period, MONTHS_OF[reporting.every])


def periods(ledger: Ledger, until: date) -> Iterator[tuple[str, date]]:
    """Yield every period whose last day to report lies before ``until``, with that day, oldest first.

    None is about the time before the list, or had to be reported before it was issued.
    """
    rules, issued = ledger.rules, ledger.tasks.notice.issued
    reporting = rules.reporting
    if reporting is None:
        return
    period = reporting_period(max(reporting.from_, f"{issued:%Y-%m}"), reporting)
    while (due := due_day(period, rules, reporting)) < until:
        if due >= issued:
            yield period, due
        period = _later(period, MONTHS_OF[reporting.every])


def reported_until(state: ItemState) -> date | None:
    """Return the last day of which an item is reported; None as long as nothing ends that.

    It goes on behind the list's year, and ends with its closing; of what ends by 期满评估 with the item's own period,
    after which it waits for the office.
    """
    if is_closed(state.status):
        return state.changes[-1].date
    deadline = state.listed.deadline
    return deadline.until if isinstance(deadline, Assessed) else None


def is_reported(state: ItemState, period: str) -> bool:
    """Return whether an item is reported of in a period or month, named by its first day or month."""
    until = reported_until(state)
    return until is None or period <= until.isoformat()


def missed_periods(
    state: ItemState, closed: tuple[tuple[str, date], ...], ledger: Ledger
) -> tuple[MissedPeriod, ...]:
    """Return the periods among ``closed`` for which some lead of the item has no record, oldest first.

    Of an item that is closed by now nothing is owed, nor by who doesn't lead it any more. What another unit has taken
    over, that unit has to report.
    """
    reporting = ledger.rules.reporting
    if reporting is None or is_closed(state.status) or not closed:
        return ()
    answers = _answers(state, ledger, reporting)
    missed = []
    for period, due in closed:
        owing = (
            u
            for u in _owing(state, period, due)
            if not _answers_of(u, period, answers, state, ledger)
        )
        now = {ledger.units.canonical(unit, state.id) for unit in owing}
        units = tuple(unit for unit in state.units.lead if unit in now)
        if units:
            missed.append(MissedPeriod(period, due, units))
    return tuple(missed)


def _owing(state: ItemState, period: str, due: date) -> tuple[str, ...]:
    """Return the leads at the end of the last day to report that hadn't done their part.

    It is nobody while the item is closed, waiting or suspended, and once its own time is over.
    """
    turn = state.on(due)
    if not is_open(turn.status) or turn.suspended or not is_reported(state, period):
        return ()
    return tuple(unit for unit in turn.lead if unit not in turn.done)


Timeliness = Literal["按期", "迟报", "补报", "漏报", "未报"]
"""What became of an owed report; 未报: not recorded, and the bulletin that would make it 漏报 isn't issued."""


class Owed(NamedTuple):
    """A report that a lead owed for a period, and what became of it.

    ``entry`` is the record that answers it, ``made`` the day that decides whether it was in time.
    """

    period: str
    due: date
    unit: str
    verdict: Timeliness
    made: date | None
    entry: Entry | None


def owed_reports(state: ItemState, ledger: Ledger, *, until: date | None = None) -> Iterator[Owed]:
    """Yield every report that the item's leads owed by the state's day, closed or not by now, oldest first.

    ``until``: with those, too, whose last day is still to come and lies before it.

    What counts is the day of recording, of what the office entered the day of the paper or call: by the last day to
    report 按期, later 迟报. Recorded after that period's bulletin was issued it is 补报, not by then at all 漏报.
    """
    reporting = ledger.rules.reporting
    if reporting is None:
        return
    answers = _answers(state, ledger, reporting)
    for period, due in periods(ledger, until or state.running):
        issued = issue_day(ledger.issued, _later(period, MONTHS_OF[reporting.every] - 1))
        for unit in _owing(state, period, due):
            entries = _answers_of(unit, period, answers, state, ledger)
            yield Owed(period, due, unit, *_what_became(entries, due, issued, state.day))


_Answers = dict[tuple[str, str], list[Entry]]


def _answers(state: ItemState, ledger: Ledger, reporting: Reporting) -> _Answers:
    """Return the records that answer a period, by the unit that made them, in the order in which they were recorded."""
    found: _Answers = {}
    reports = (entry for entry in state.entries if entry.record.kind in REPORTING)
    for entry in sorted(reports, key=lambda e: (e.since("month"), e.record.id)):
        unit = ledger.called(entry, entry.counts).unit
        found.setdefault((unit, reporting_period(entry.record.month, reporting)), []).append(entry)
    return found


def _answers_of(
    unit: str, period: str, answers: _Answers, state: ItemState, ledger: Ledger
) -> Sequence[Entry]:
    """Return what answers a period for the unit that led the item then: its own records, or those of who took over."""
    own = answers.get((unit, period), ())
    return own or answers.get((ledger.units.canonical(unit, state.id), period), ())


def _what_became(
    entries: Sequence[Entry], due: date, issued: date | None, day: date
) -> tuple[Timeliness, date | None, Entry | None]:
    """Return what became of an owed report, and the first record that makes it so, with its day."""
    if not entries:
        return ("漏报" if issued is not None and issued <= day else "未报"), None, None
    found = [(*_verdict(entry, due, issued), entry) for entry in entries]
    return min(found, key=lambda each: get_args(Timeliness).index(each[0]))


def _verdict(entry: Entry, due: date, issued: date | None) -> tuple[Timeliness, date]:
    """Return whether a record was a report in time, and the day that decides it."""
    recorded = entry.since("month")
    told = issued is not None and recorded > issued  # as 漏报, by the bulletin
    entered = entry.record.via is not None and recorded == entry.record.recorded
    made = entry.record.date if entered and not told else recorded
    late: Timeliness = "补报" if told else "迟报"
    return ("按期" if made <= due else late), made
