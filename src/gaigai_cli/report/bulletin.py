"""The monthly bulletin of a ledger."""

from datetime import date

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judge, Judgement
from gaigai_cli.judge.notes import notes
from gaigai_cli.model.tasks import Notice
from gaigai_cli.report.annex import LIGHT_LEGEND, ledger_rows, unit_lines
from gaigai_cli.report.demands import demands
from gaigai_cli.report.document import MonthlyReport
from gaigai_cli.report.indicators import indicator_rows
from gaigai_cli.report.overview import overview, totals
from gaigai_cli.report.period import Month
from gaigai_cli.report.problems import problems
from gaigai_cli.report.progress import progress


def cut_of(month: Month, notice: Notice, today: date) -> date:
    """The day at whose end the month is cut: its last day, or ``today`` while it still runs.

    Raises ``GaigaiError`` for a month before the notice's or one that hasn't begun.
    """
    first = Month(notice.issued.year, notice.issued.month)
    if month < first:
        raise GaigaiError(
            f"{month.words}在任务清单印发（{notice.issued}）之前，没有可通报的内容",
            f"请写{first}或以后的月份",
        )
    if month.first > today:
        raise GaigaiError(
            f"{month.words}还没有开始（今天是{today}），不能通报", "请写本月或以前的月份"
        )
    return min(month.last, today)


def judged_months(judge: Judge, month: Month, cut: date) -> tuple[Judgement, Judgement | None]:
    """The list at the cut, and at the end of the month before (None in the notice's own month)."""
    issued = judge.ledger.tasks.notice.issued
    before = judge.on(month.previous.last) if month.previous.last >= issued else None
    return judge.on(cut), before


def monthly_report(judge: Judge, month: Month, *, today: date) -> MonthlyReport:
    """The bulletin of a month, complete. Raises ``GaigaiError`` as ``cut_of`` does."""
    notice = judge.ledger.tasks.notice
    cut = cut_of(month, notice, today)
    now, before = judged_months(judge, month, cut)
    figures = totals(now)
    return MonthlyReport(
        month=month,
        cut=cut,
        title_parts=(f"关于{month.words}{_subject(notice)}", "工作任务落实情况的通报"),
        number=_open_number(notice, month),
        addressee=notice.addressee,
        notes=notes(now),
        opening=(
            f"根据《{notice.title}》（{notice.number}），"
            f"现将截至{cut.year}年{cut.month}月{cut.day}日的任务落实情况通报如下。"
        ),
        sections=(
            overview(now, before, month, figures),
            progress(now, month),
            problems(now),
            demands(now, month),
        ),
        signer=notice.issuer,
        totals=figures,
        ledger=ledger_rows(now),
        units=unit_lines(now),
        indicators=indicator_rows(now),
        legend=LIGHT_LEGEND,
    )


def _subject(notice: Notice) -> str:
    """工程建设项目审批制度改革, out of the list's title."""
    head = notice.title.partition(str(notice.year))[0].strip()
    _, sign, subject = head.partition("县")
    return subject if sign and subject else head


def _open_number(notice: Notice, month: Month) -> str:
    prefix = notice.number.partition("〔")[0]
    return f"{prefix}〔{month.year}〕  号"
