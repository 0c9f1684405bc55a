"""The reports that the command line asks for."""

from __future__ import annotations

from datetime import date

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.report.bulletin import monthly_report
from gaigai_cli.report.monthly_report import MonthlyReport
from gaigai_cli.report.period import Period, Span


def whole_report(judge: Judge, period: Period, *, today: date, scored: bool) -> MonthlyReport:
    """The bulletin of a period, with 考核情况 where that is asked for: of a quarter or a year only."""
    if not scored:
        return monthly_report(judge, period, today=today)
    from gaigai_cli.report.score import score, score_section

    if not isinstance(period, Span) or not (period.is_year or period.quarter):
        raise GaigaiError("考核按季度或年度进行", "--score 请和 --quarter 或 --year 一起使用")
    extra = (score_section(score(judge, period, today=today)),)
    return monthly_report(judge, period, today=today, extra=extra)
