"""The bulletin of a ledger: of a month, of several, of one unit."""

from dataclasses import replace
from datetime import date

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judge, Judgement, notes
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.tasks import Notice
from gaigai_cli.report.annex import LIGHT_LEGEND, indicator_rows, ledger_rows, unit_lines
from gaigai_cli.report.demands import demands
from gaigai_cli.report.histories import courses
from gaigai_cli.report.monthly_report import Imprint, MonthlyReport, Section, UnitLine
from gaigai_cli.report.overview import overview, totals
from gaigai_cli.report.period import Month, Period, Span
from gaigai_cli.report.problems import problems
from gaigai_cli.report.progress import progress
from gaigai_cli.words.say import full_day


def cut_of(period: Period, notice: Notice, today: date) -> date:
    """The day at whose end a period is cut: its last day, or ``today`` while it still runs.

    Raises ``GaigaiError`` for a period before the notice or one that hasn't begun.
    """
    if period.last < notice.issued:
        first = Month(notice.issued.year, notice.issued.month)
        raise GaigaiError(
            f"{period.words}在任务清单印发（{notice.issued}）之前，没有可通报的内容",
            f"请写{first}或以后的月份",
        )
    if period.first > today:
        raise GaigaiError(
            f"{period.words}还没有开始（今天是{today}），不能通报",
            f"请写{period.this}或以前的{_unit_of(period)}",
        )
    return min(period.last, today)


def judged(judge: Judge, period: Period, cut: date) -> tuple[Judgement, Judgement | None]:
    """The list when the day of the cut has ended, and when the period began (None where the notice came later)."""
    issued = judge.ledger.tasks.notice.issued
    last = period.previous.last
    before = judge.on(last, ended=True) if last >= issued else None
    return judge.on(cut, ended=True), before


def monthly_report(
    judge: Judge, period: Period, *, today: date, extra: tuple[Section, ...] = ()
) -> MonthlyReport:
    """The bulletin of a month, or of several, complete. ``extra`` sections stand before 下一步工作要求.

    A year's tells the whole course of each item as well. Raises ``GaigaiError`` as ``cut_of`` does.
    """
    notice = judge.ledger.tasks.notice
    cut = cut_of(period, notice, today)
    now, before = judged(judge, period, cut)
    whole = isinstance(period, Span) and period.is_year
    return _report(
        now,
        period,
        title_parts=(f"关于{period.words}{_subject(notice)}", "工作任务落实情况的通报"),
        number=open_number(judge.ledger, today),
        addressee=judge.ledger.rules.bulletin.addressee or notice.addressee,
        opening=f"现将截至{full_day(cut)}的任务落实情况通报如下。",
        sections=(
            overview(now, before, period, totals(now), None),
            progress(now, period, judge.records),
            problems(now, period),
            *extra,
            demands(now, period),
            *((courses(now),) if whole else ()),
        ),
        units=unit_lines(now),
    )


def unit_report(judge: Judge, period: Period, unit: str, *, today: date) -> MonthlyReport:
    """One unit's sheet: the same, of the items in which it has a part; problems and demands of those that it leads.

    Raises ``GaigaiError`` as ``cut_of`` does, and for a unit that the list doesn't name.
    """
    notice = judge.ledger.tasks.notice
    cut = cut_of(period, notice, today)
    whole, former = judged(judge, period, cut)
    ids = [item.id for item in whole.items if item.state.units.of(unit)]
    now, before = _only(whole, ids), _only(former, ids) if former else None
    if not now.items:
        raise GaigaiError(
            f"任务清单中没有{unit}承担的事项", "运行 gaigai depts 查看各单位承担的事项"
        )
    led = replace(now, items=tuple(i for i in now.items if unit in i.state.units.lead))
    report = _report(
        now,
        period,
        title_parts=(f"{unit}{period.words}", "工作任务落实情况单"),
        number="",
        addressee=unit,
        opening=f"现将截至{full_day(cut)}你单位所承担任务的落实情况告知如下。",
        sections=(
            overview(now, before, period, totals(now), unit),
            progress(now, period, judge.records),
            problems(led, period),
            demands(led, period),
        ),
        units=unit_lines(now, unit),
    )
    return replace(report, notes=notes(whole))


def _only(judgement: Judgement, ids: list[str]) -> Judgement:
    return replace(judgement, items=tuple(judgement.by_id[i] for i in ids))


def _report(
    now: Judgement,
    period: Period,
    *,
    title_parts: tuple[str, ...],
    number: str,
    addressee: str,
    opening: str,
    sections: tuple[Section, ...],
    units: tuple[UnitLine, ...],
) -> MonthlyReport:
    notice, rules = now.ledger.tasks.notice, now.ledger.rules.bulletin
    return MonthlyReport(
        period=period,
        cut=now.day,
        title_parts=title_parts,
        number=number,
        addressee=addressee,
        notes=notes(now),
        opening=f"根据《{notice.title}》（{notice.number}），{opening}",
        sections=tuple(s for s in sections if s.paragraphs or s.subsections),
        signer=rules.signer or notice.issuer,
        imprint=Imprint(
            rules.letterhead or rules.signer or notice.issuer,
            rules.copies or "",
            rules.printer or rules.signer or notice.issuer,
            rules.openness or "",
        ),
        totals=totals(now),
        ledger=ledger_rows(now),
        units=units,
        indicators=indicator_rows(now),
        legend=LIGHT_LEGEND,
    )


def _unit_of(period: Period) -> str:
    return "月份" if isinstance(period, Month) else "时段"


def _subject(notice: Notice) -> str:
    """工程建设项目审批制度改革, out of the list's title."""
    head = notice.title.partition(str(notice.year))[0].strip()
    _, sign, subject = head.partition("县")
    return subject if sign and subject else head


def open_number(ledger: Ledger, today: date) -> str:
    """文号 or 期号 with its figures left open; a 文号 bears the year in which the bulletin is signed."""
    if ledger.rules.bulletin.numbering == "期号":
        return "第  期"
    prefix = ledger.tasks.notice.number.partition("〔")[0]
    return f"{prefix}〔{today.year}〕  号"


def whole_report(judge: Judge, period: Period, *, today: date, scored: bool) -> MonthlyReport:
    """The bulletin of a period, with 考核情况 where that is asked for: of a quarter or a year only."""
    if not scored:
        return monthly_report(judge, period, today=today)
    from gaigai_cli.report.score import score, score_section

    if not isinstance(period, Span) or not (period.is_year or period.quarter):
        raise GaigaiError("考核按季度或年度进行", "--score 请和 --quarter 或 --year 一起使用")
    extra = (score_section(score(judge, period, today=today)),)
    return monthly_report(judge, period, today=today, extra=extra)
