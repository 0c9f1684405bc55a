"""The bulletin of a ledger: of a month, of several, of one unit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judge, notes
from gaigai_cli.judge.lights import LEGEND
from gaigai_cli.model.ledger import Demand, Ledger
from gaigai_cli.model.records import WAYS
from gaigai_cli.report.achievements import achievements
from gaigai_cli.report.annex import indicator_rows, ledger_rows, unit_lines
from gaigai_cli.report.demands import demanded, demands
from gaigai_cli.report.facts import Facts, facts_of
from gaigai_cli.report.monthly_report import Imprint, MonthlyReport, Section, UnitLine
from gaigai_cli.report.overview import overview, totals
from gaigai_cli.report.problems import problems
from gaigai_cli.report.progress import progress
from gaigai_cli.report.score import score, score_section
from gaigai_cli.report.supervision import supervision
from gaigai_cli.report.title import bulletin_title, subject
from gaigai_cli.report.wording import list_title, open_document_number
from gaigai_cli.words.period import Period
from gaigai_cli.words.say import day_words

OwnWords = Mapping[str, Sequence[str]]
"""The office's own paragraphs by the heading of the section at whose end they stand."""


def monthly_report(
    judge: Judge,
    period: Period,
    *,
    today: date,
    scored: bool = False,
    own: OwnWords | None = None,
) -> MonthlyReport:
    """Return the bulletin of a month, or of several, complete. ``scored``: 考核情况 is part of it.

    A year's tells what each unit has achieved as well. Raises ``GaigaiError`` as ``cut_of`` does, and where there is no
    assessment to tell of.
    """
    assessed = (_assessed(judge, period, today=today),) if scored else ()
    notice = judge.ledger.tasks.notice
    known = facts_of(judge, period, today=today)
    asked = demanded(known)
    return _report(
        known,
        title=bulletin_title(period.words, subject(notice)),
        number=open_number(judge.ledger, period.last + timedelta(days=1)),
        addressee=judge.ledger.rules.bulletin.addressee or notice.addressee,
        opening=f"{_ground(known)}现将截至{day_words(known.now.day, known.year)}的落实情况通报如下。",
        sections=tuple(
            replace(section, own=tuple((own or {}).get(section.heading, ())))
            for section in (
                overview(known, totals(known.now)),
                progress(known),
                problems(known),
                supervision(known),
                *((achievements(known),) if period.is_year else ()),
                *assessed,
                demands(known, asked),
            )
        ),
        units=unit_lines(known.now),
        asked=asked,
    )


def _assessed(judge: Judge, period: Period, *, today: date) -> Section:
    if not (period.is_year or period.quarter):
        raise GaigaiError("考核按季度或年度进行", "--score 请和 --quarter 或 --year 一起使用")
    if judge.ledger.rules.ranks is None:
        raise GaigaiError(
            "没有写明批准的考核办法，通报不能写考核情况", "请在 rules.yaml 的 ranks 中写明 basis"
        )
    return score_section(score(judge, period, today=today))


def unit_report(judge: Judge, period: Period, unit: str, *, today: date) -> MonthlyReport:
    """Return 任务落实情况告知单: the items in which a unit has a part; problems and demands of those that it leads.

    Raises ``GaigaiError`` as ``cut_of`` does, and for a unit that the list doesn't name.
    """
    whole = replace(facts_of(judge, period, today=today), reader=unit)
    known = whole.only(f.id for f in whole.items if f.state.units.of(unit))
    if not known.items:
        raise GaigaiError(
            f"任务清单中没有{unit}承担的事项", "运行 gaigai depts 查看各单位承担的事项"
        )
    led = known.only(f.id for f in known.items if unit in f.state.units.lead)
    asked = tuple(demand for demand in demanded(led) if demand.unit == unit)
    report = _report(
        known,
        title=(f"{unit}{period.words}", "任务落实情况告知单"),
        number="",
        addressee=unit,
        opening=f"{_ground(known)}现将截至{day_words(known.now.day, known.year)}你单位所承担任务的落实情况告知如下。",
        sections=(
            overview(known, totals(known.now)),
            progress(known),
            problems(led),
            demands(led, asked),
        ),
        units=unit_lines(known.now, unit),
        asked=asked,
    )
    return replace(report, notes=notes(whole.now))


def _ground(known: Facts) -> str:
    """Return what the figures rest on: the list, what units reported, and what the office looked at itself."""
    notice = known.now.ledger.tasks.notice
    listed = list_title(notice)
    if known.now.blank:
        return f"根据{listed}，"
    ways = {e.record.way for fact in known.items for e in fact.checks}
    ruled = any(e.record.kind == "核验销号" for fact in known.items for e in fact.state.entries)
    looked = ["核验"] if ruled else []
    looked += [way for way in WAYS if way in ways]
    *first, last = looked or [""]
    verified = f"、{known.we}{'、'.join(first)}{'和' if first else ''}{last}" if looked else ""
    return f"根据{listed}和各单位报送{verified}情况，"


def _report(
    known: Facts,
    *,
    title: tuple[str, ...],
    number: str,
    addressee: str,
    opening: str,
    sections: tuple[Section, ...],
    units: tuple[UnitLine, ...],
    asked: tuple[Demand, ...],
) -> MonthlyReport:
    now, signer = known.now, known.now.ledger.signer
    return MonthlyReport(
        period=known.period,
        cut=now.day,
        title_parts=title,
        number=number,
        addressee=addressee,
        notes=notes(now),
        opening=opening,
        sections=tuple(s for s in sections if s.paragraphs or s.subsections or s.own),
        signer=signer,
        imprint=Imprint.of(now.ledger.rules.bulletin, signer),
        totals=totals(now),
        ledger=ledger_rows(known, known.reader),
        units=units,
        indicators=indicator_rows(now),
        legend=LEGEND,
        demands=asked,
    )


def open_number(ledger: Ledger, signed: date) -> str:
    """Return 文号 or 期号 with its figures left open; a 文号 bears the year in which the paper is signed.

    A bulletin that isn't signed yet is taken for one of the day after its period: no clock has a say in it.
    """
    if ledger.rules.bulletin.numbering == "期号":
        return "第  期"
    return open_document_number(ledger, signed)
