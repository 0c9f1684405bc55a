"""The assessment of units: rates of what they lead, every part of it a line that names its rule and its record."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judge, Judgement, notes
from gaigai_cli.judge.owed_reports import Owed, owed_reports, owed_words
from gaigai_cli.model.kinds import KindName
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.rules import ScoreRules as Rules
from gaigai_cli.query.choose import grouped
from gaigai_cli.report.monthly_report import Section
from gaigai_cli.report.score_items import ScoreLine, item_parts
from gaigai_cli.report.wording import one_line
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import day_words, full_day

_MERITS: Final[Mapping[KindName, str]] = {
    "表扬": "praise",
    "通报批评": "criticism",
    "责任认定": "responsibility",
}
_REPORTS: Final = {"迟报": "late_report", "补报": "made_up_report", "漏报": "missed_report"}


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
    now = judge.on(cut, ended=cut == period.last)
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
        if period.is_year or period.holds(one.due)
    )
    return [_unit(name, now, period, owed.get(name, ())) for name in names]


def _unit(unit: str, now: Judgement, period: Period, owed: _OwedReports) -> UnitScore:
    rules = now.ledger.rules.scoring
    leads = [item for item in now.items if unit in item.state.units.lead]
    parts = [item_parts(item, unit, period, rules) for item in leads]
    counted = sum(any(line.value is not None for line in found) for found in parts)
    lines = list(_items(parts, counted))
    if not leads:
        lines.append(ScoreLine("未牵头事项", None, "起评分").of(Fraction(rules.taking_part)))
    lines += _reports(owed, now.ledger, rules)
    lines += _merits(unit, now, period, rules)
    total = sum((line.points for line in lines), Fraction(0))
    duty = bool(counted or not leads)
    if total < 0 and duty:
        lines.append(ScoreLine("得分不低于0分", None, "按0分计").of(-total))
        total = Fraction(0)
    least = now.ledger.rules.ranks.at_least if period.is_year and now.ledger.rules.ranks else 1
    remark = _remark(unit, now, led=bool(leads), counted=counted, least=least)
    points = total if duty else None
    grade = None
    if not remark and points is not None:
        shown = Fraction(rounded(points))
        grade = next(g.name for g in rules.grades if shown >= Fraction(g.at_least))
    return UnitScore(unit, tuple(lines), counted, points, grade, None, remark)


def _gone(judge: Judge, now: Judgement, period: Period) -> Iterator[UnitScore]:
    """Yield the units that were merged or split in the period, each as of its last day: shown, not ranked."""
    year = now.ledger.tasks.notice.year
    for unit, day, heirs in now.ledger.units.gone(period.first):
        before = judge.on(day - timedelta(days=1), ended=True)
        (last,) = _units([unit.name], before, period)
        remark = f"{day_words(day, year)}机构改革后由{'、'.join(heirs)}承接"
        name = f"原{now.ledger.units.own_name(unit.name)}"
        yield replace(last, unit=name, grade=None, remark=remark)


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
            yield line if line.value is None else line.of(line.value / count / counted)


def _reports(owed: _OwedReports, ledger: Ledger, rules: Rules) -> Iterator[ScoreLine]:
    """Yield what is taken off for reports that came late or not at all: each its share of all that were owed."""
    for item, one in owed:
        if one.verdict != "按期":
            verdict = "漏报" if one.verdict == "未报" else one.verdict
            off = Fraction(getattr(rules, _REPORTS[verdict])) / len(owed)
            record = one.entry.record if one.entry else None
            words = f"{owed_words([one.period], ledger)}进展，{one.due}截止，本期应报{len(owed)}次"
            day = date.fromisoformat(record.recorded) if record else one.due
            line = ScoreLine(one.verdict, item, words, record.id if record else None, day)
            yield line.of(-off)


def _merits(unit: str, now: Judgement, period: Period, rules: Rules) -> Iterator[ScoreLine]:
    canonical = now.ledger.units.canonical
    merits = (entry for entry in now.entries if entry.record.kind in _MERITS)
    for entry in sorted(merits, key=lambda e: e.order):
        record = entry.record
        if all(canonical(to, record.item, record.date) != unit for to in record.to or ()):
            continue
        if period.is_year or period.holds(record.date):
            points = Fraction(getattr(rules, _MERITS[record.kind]))
            reason = one_line(record.reason or record.summary or "")
            words = "，".join(filter(None, (reason.rstrip("。"), record.basis)))
            signed = points if record.kind == "表扬" else -points
            line = ScoreLine(record.kind, record.item, words, record.id, record.date)
            yield line.of(signed)


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
