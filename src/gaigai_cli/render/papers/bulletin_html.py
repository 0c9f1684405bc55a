"""The bulletin as one page for a browser: the month at a glance first, details on demand, nothing from the network."""

from typing import Final

from gaigai_cli.render.fingerprint import with_fingerprint
from gaigai_cli.render.html import environment
from gaigai_cli.render.papers.annex import RATE, figure_rows, second_annex
from gaigai_cli.report.monthly_report import PROGRESS, MonthlyReport
from gaigai_cli.words.say import NUMERALS, full_day, number_words

_ATTENTION: Final = ("红", "黄")


def bulletin(report: MonthlyReport) -> str:
    """Return the whole page. Whatever the data say is text, never markup."""
    figures = {group: dict(rows) for group, rows in figure_rows(report.totals)}
    page = (
        environment()
        .get_template("bulletin.html")
        .render(
            report=report,
            figures=figures,
            rate=figures["办结"][RATE],
            attention=[row for light in _ATTENTION for row in report.ledger if row.light == light],
            most=max((line.lead for line in report.units), default=0),
            numerals=NUMERALS,
            folded=PROGRESS,
            second=second_annex(report),
            number_words=number_words,
            full_day=full_day,
        )
    )
    return with_fingerprint(page)
