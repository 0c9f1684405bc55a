"""The assessment of units: rates of what they lead, every part of it a line that names its rule and its record."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, NamedTuple

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judge, JudgedItem, Judgement, notes
from gaigai_cli.judge.owed_reports import Owed, owed_reports, owed_words
from gaigai_cli.judge.state import StageState
from gaigai_cli.model.kinds import KindName
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.rules import ScoreRules as Rules
from gaigai_cli.model.statuses import is_closed_out, is_counted, is_pending, shown_standing
from gaigai_cli.model.tasks import Notice
from gaigai_cli.query.choose import grouped
from gaigai_cli.report.facts import merits
from gaigai_cli.report.monthly_report import Section
from gaigai_cli.report.wording import finish_words, finishing, own_application, unbroken
from gaigai_cli.words.period import Period, quarter_of
from gaigai_cli.words.say import day_words, full_day

_MERITS: Final[Mapping[KindName, str]] = {
    "表扬": "praise",
    "通报批评": "criticism",
    "责任认定": "responsibility",
}
_REPORTS: Final = {"迟报": "late_report", "补报": "made_up_report", "漏报": "missed_report"}
_RESULTS: Final = {"完成": "completed", "基本完成": "mostly", "未完成": "failed"}
NOT_COUNTED: Final = "不计入"


class ScoreLine(NamedTuple):
    """One part of a unit's score; ``points`` is what it adds.

    ``record`` is the id of the record that decides (None where it is the lack of one), ``day`` the day that counts.
    ``value`` has the own points of a stage, or of an item without stages; None where it doesn't count.
    """

    rule: str
    item: str | None
    words: str
    record: str | None = None
    day: date | None = None
    value: Fraction | None = None
    points: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class UnitScore:
    """A unit's assessment: the sum of its lines. ``points`` None: it had no duty in the period.

    ``counted`` is the number of items that it leads and that count, ``rank`` None where it isn't ranked; ``remark``
    says why.
    """

    unit: str
    lines: tuple[ScoreLine, ...]
    counted: int
    points: Fraction | None
    grade: str | None
    rank: int | None
    remark: str


@dataclass(frozen=True, slots=True)
class Score:
    """All units in the list's order. ``by_default``: rules.yaml sets no points.

    ``ranked``: the period is a year, and rules.yaml names the approved way of assessing, ``basis`` (empty without one).
    """

    period: Period
    cut: date
    ranked: bool
    by_default: bool
    basis: str
    notes: tuple[str, ...]
    units: tuple[UnitScore, ...]


def score(judge: Judge, period: Period, *, today: date) -> Score:
    """Return the assessment of a quarter as of its end, or of a year as of ``today``, with what was ruled after it.

    Raises ``GaigaiError`` for a period before the notice's or one that hasn't begun.
    """

    ledger = judge.ledger
    notice = ledger.tasks.notice
    if period.last < notice.issued:
        raise GaigaiError(
            f"{period.words}在任务清单印发（{notice.issued}）之前，没有可考核的内容",
            "请写以后的季度或年度",
        )
    if period.first > today:
        raise GaigaiError(
            f"{period.words}还没有开始（今天是{today}），不能考核", "请写以前的季度或年度"
        )
    cut = today if period.is_year else min(period.last, today)
    now = judge.at_cut(period, cut)
    ranks = ledger.rules.ranks
    ranked = period.is_year and ranks is not None
    units = _units([unit.name for unit in now.ledger.units.all], now, period)
    units += _gone(judge, now, period)
    return Score(
        period=period,
        cut=cut,
        ranked=ranked,
        basis=ranks.basis if ranks else "",
        by_default=ledger.rules.score is None,
        notes=notes(now),
        units=_ranked(units) if ranked else tuple(units),
    )


def usual_quarter(notice: Notice, day: date) -> Period:
    """Return the last quarter of the list's year that is over on ``day``, if the notice had been issued by then.

    Before that it is the quarter that runs.
    """
    day = min(day, date(notice.year, 12, 31))
    running = quarter_of(day)
    last = quarter_of(running.previous.last)
    return last if last.last >= notice.issued and day < running.last else running


def score_section(score: Score) -> Section:
    """Return 考核情况, for a bulletin in which it is asked for: grades, and of a year ranks."""
    if score.ranked:
        order = sorted((u for u in score.units if u.rank), key=lambda u: u.rank or 0)
        told = "；".join(
            f"第{u.rank}名{u.unit}（{rounded(u.points or Fraction(0))}分，{u.grade}）"
            for u in order
        )
    else:
        best = sorted(score.units, key=lambda u: u.points or Fraction(0), reverse=True)
        grades = dict.fromkeys(u.grade for u in best if u.grade)
        told = "；".join(
            f"{grade}：{'、'.join(u.unit for u in score.units if u.grade == grade)}"
            for grade in grades
        )
    apart = grouped((unit.remark, unit.unit) for unit in score.units if unit.remark)
    rest = "；".join(f"{'、'.join(units)}（{remark}）" for remark, units in apart.items())
    how = "不排名" if score.ranked else "不评等次"
    later = score.cut > score.period.last
    until = f"（计入{full_day(score.cut)}以前的核验和评估）" if later else ""
    return Section(
        "考核情况",
        (
            *((f"{score.period.words}考核结果{until}：{told}。",) if told else ()),
            *((f"下列单位{how}：{rest}。",) if rest else ()),
        ),
    )


def rounded(points: Fraction) -> str:
    """Return points with two decimals, a half away from zero."""
    hundredths = abs(points) * 100
    whole = int(hundredths + Fraction(1, 2))
    sign = "-" if points < 0 and whole else ""
    return f"{sign}{whole // 100}.{whole % 100:02d}"


_OwedReports = Sequence[tuple[str, Owed]]
"""Reports that a unit owed in the period, each with its item."""


def _units(names: Iterable[str], now: Judgement, period: Period) -> list[UnitScore]:
    owed = grouped(
        (one.unit, (item.id, one))
        for item in now.items
        for one in owed_reports(item.state, now.ledger)
        if (one.period <= str(period.last) if period.is_year else period.holds(one.due))
    )
    return [_unit(name, now, period, owed.get(name, ())) for name in names]


def _unit(unit: str, now: Judgement, period: Period, owed: _OwedReports) -> UnitScore:
    rules = now.ledger.rules.scoring
    leads = [item for item in now.items if unit in item.state.units.lead]
    parts = [_parts(item, unit, period, rules) for item in leads]
    counted = sum(any(line.value is not None for line in found) for found in parts)
    lines = list(_items(parts, counted))
    if not leads:
        points = Fraction(rules.taking_part)
        lines.append(ScoreLine("未牵头事项", None, "起评分", points=points))
    lines += _reports(owed, now.ledger, rules)
    lines += _merits(unit, now, period, rules)
    total = sum((line.points for line in lines), Fraction(0))
    duty = bool(counted or not leads)
    if total < 0 and duty:
        lines.append(ScoreLine("得分不低于0分", None, "按0分计", points=-total))
        total = Fraction(0)
    least = now.ledger.rules.ranks.at_least if period.is_year and now.ledger.rules.ranks else 1
    remark = _remark(unit, now, led=bool(leads), counted=counted, least=least)
    grade = None
    if duty and not remark:
        shown = Fraction(rounded(total))
        grade = next(g.name for g in rules.grades if shown >= Fraction(g.at_least))
    return UnitScore(unit, tuple(lines), counted, total if duty else None, grade, None, remark)


def _gone(judge: Judge, now: Judgement, period: Period) -> Iterator[UnitScore]:
    """Yield the units that were merged or split in the period, each as of its last day: shown, not ranked.

    One that then answered by the names of several heirs is shown by these.
    """
    year = now.ledger.tasks.notice.year
    for gone in now.ledger.units.gone(period.first):
        before = judge.on(gone.day - timedelta(days=1), ended=True)
        whole = len(gone.parts) == 1 and not gone.remains
        for (part, heirs), last in zip(
            gone.parts, _units([part for part, _ in gone.parts], before, period), strict=True
        ):
            remark = f"{day_words(gone.day, year)}机构改革后由{'、'.join(heirs)}承接"
            if gone.remains and part == gone.name:  # it is shown as it goes on
                continue
            yield replace(last, unit=f"原{gone.name}" if whole else part, grade=None, remark=remark)


def _remark(unit: str, now: Judgement, *, led: bool, counted: int, least: int) -> str:
    """Return why a unit is shown and not ranked; empty where it is ranked."""
    if unit == now.ledger.office:
        return "督办机构"
    if now.ledger.units.by_name[unit].vertical:
        return "垂直管理"
    if not led:
        return "不牵头事项"
    if not counted:
        return "没有应评事项"
    return "" if counted >= least else f"应评事项不足{least}项"


def _items(parts: Sequence[tuple[ScoreLine, ...]], counted: int) -> Iterator[ScoreLine]:
    """Yield the mean of the items, each the mean of its stages."""
    for found in parts:
        count = sum(line.value is not None for line in found)
        for line in found:
            share = Fraction(0) if line.value is None else line.value / count / counted
            yield line._replace(points=share)


def _reports(owed: _OwedReports, ledger: Ledger, rules: Rules) -> Iterator[ScoreLine]:
    """Yield what is taken off for reports that came late or not at all: each its share of all that were owed."""
    for item, one in owed:
        if one.verdict != "按期":
            verdict = "漏报" if one.verdict == "未报" else one.verdict
            off = Fraction(getattr(rules, _REPORTS[verdict])) / len(owed)
            due = day_words(one.due, ledger.tasks.notice.year)
            words = f"{owed_words([one.period], ledger)}进展，{due}截止，本期应报{len(owed)}次"
            told = one.entry.record.id if one.entry else None
            yield ScoreLine(one.verdict, item, words, told, one.made or one.due, points=-off)


def _merits(unit: str, now: Judgement, period: Period, rules: Rules) -> Iterator[ScoreLine]:
    canonical = now.ledger.units.canonical
    for entry in merits(now):
        record = entry.record
        if all(canonical(to, record.item, record.date) != unit for to in record.to or ()):
            continue
        if period.is_year or period.holds(record.date):
            points = Fraction(getattr(rules, _MERITS[record.kind]))
            points = points if record.kind == "表扬" else -points
            reason = unbroken(record.reason or record.summary or "")
            words = "，".join(filter(None, (reason.rstrip("。"), record.basis)))
            yield ScoreLine(record.kind, record.item, words, record.id, record.date, points=points)


def _ranked(units: Iterable[UnitScore]) -> tuple[UnitScore, ...]:
    """Return the scores with ranks, by the points as shown; equal points share a rank."""
    units = tuple(units)
    shown = {u.unit: Fraction(rounded(u.points)) for u in units if u.points is not None}
    ranked = [shown[u.unit] for u in units if not u.remark and u.points is not None]
    return tuple(
        replace(u, rank=1 + sum(points > shown[u.unit] for points in ranked))
        if not u.remark and u.points is not None
        else u
        for u in units
    )


def _parts(item: JudgedItem, unit: str, period: Period, rules: Rules) -> tuple[ScoreLine, ...]:
    """Return what counts of an item for a lead: what was closed in the period, what is due and not finished.

    A year covers the whole list, and what doesn't count is told; a quarter passes that over. What was late already
    when the lead took it over from a unit that was merged or split stays that unit's; what joint leads were late with
    is held against those alone that hadn't applied.
    """
    state = item.state
    if not is_counted(state.status):
        return (
            (_none(item, shown_standing(state.status), state.withdrawal),) if period.is_year else ()
        )
    if state.suspended:
        return (_none(item, "条件未具备", state.suspended),) if period.is_year else ()
    if state.stages:
        return tuple(_stages(item, unit, period, rules))
    return tuple(_assessed(item, rules)) if period.is_year else ()


def _none(
    item: JudgedItem, words: str, entry: Entry | None = None, day: date | None = None
) -> ScoreLine:
    """Return that something doesn't count, with the record that says so, or the day."""
    if entry is None:
        return ScoreLine(NOT_COUNTED, item.id, words, None, day)
    return ScoreLine(NOT_COUNTED, item.id, words, entry.record.id, entry.record.date)


def _stages(item: JudgedItem, unit: str, period: Period, rules: Rules) -> Iterator[ScoreLine]:
    year, cut = item.ledger.tasks.notice.year, item.state.day
    for stage in item.state.stages:
        name = f"“{stage.text}”阶段，" if stage.id else ""
        due = f"{name}时限{day_words(stage.due, year)}"
        owed = item.led_before(stage.missed).get(unit) if stage.missed else None
        if owed is not None:
            if period.is_year:
                yield _none(item, f"{due}，到期时由{owed}牵头，不计入", day=stage.missed)
        elif is_closed_out(stage.status):
            if period.is_year or period.holds(stage.closed):
                yield _closed(item, stage, unit, due, rules)
        elif is_pending(stage.status) or stage.application_of(unit):
            others = "" if is_pending(stage.status) else "，其他牵头单位尚未申请"
            last = stage.application_of(unit) or max(stage.applications, key=lambda e: e.order)
            if period.is_year or stage.due <= cut:
                yield _none(item, f"{due}，已申请销号、待核验{others}", last)
        elif stage in item.state.overdue_stages:
            days = (cut - stage.due).days
            words = f"{due}，已过{days}天" if days else f"{due}，当日到期"
            undone = Fraction(rules.undone)
            yield ScoreLine("到期未办结", item.id, words, None, stage.due, undone)
        elif period.is_year:
            yield _none(item, f"{due}，尚未到期")


def _closed(item: JudgedItem, stage: StageState, unit: str, due: str, rules: Rules) -> ScoreLine:
    year = item.ledger.tasks.notice.year
    rule, value = "按期办结", rules.on_time
    in_time = item.in_time(stage, unit)
    if stage.late and not in_time:
        rule, value = "逾期办结", rules.late
    elif stage.moved:
        rule, value = "延期后按期办结", rules.extended
    finished, closed = stage.finished, stage.closed
    assert finished is not None
    assert closed is not None
    told, last = finish_words(item, stage, year), finishing(item, stage)
    if in_time and (own := own_application(item, stage, unit)):
        told = f"{unit}{day_words(own.counts, year)}已申请销号，其他牵头单位逾期，{told}"
        last, finished = own, own.counts
    words = f"{due}，{told}，{day_words(closed, year)}销号"
    return ScoreLine(rule, item.id, words, last.record.id, finished, Fraction(value))


def _assessed(item: JudgedItem, rules: Rules) -> Iterator[ScoreLine]:
    entry = item.state.assessment
    if entry is None:
        yield _none(item, "尚未期满评估")
        return
    result = entry.record.result or ""
    field = _RESULTS.get(result)
    if field is None:
        yield _none(item, f"期满评估：{result}", entry)
    else:
        value, record = Fraction(getattr(rules, field)), entry.record
        yield ScoreLine("期满评估", item.id, result, record.id, record.date, value)
