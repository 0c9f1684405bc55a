"""Quarters, years, units and issued bulletins in every format: the same figures, number and day."""

from datetime import date

import pytest

from gaigai_cli.render.papers import bulletin_docx, bulletin_html, bulletin_md, bulletin_xlsx
from gaigai_cli.report.archive import issued_report
from gaigai_cli.report.bulletin import monthly_report, unit_report
from gaigai_cli.report.monthly_report import MonthlyReport
from gaigai_cli.words.period import quarter, year
from tests.lists import judge_of
from tests.render.bulletins import (
    cells,
    figures_of_docx,
    figures_of_html,
    figures_of_md,
    figures_of_xlsx,
    opened,
    shown,
)
from tests.transcript import EXAMPLE

TODAY = date(2025, 2, 1)
NUMBER = "示例办发〔2025〕3号"


@pytest.fixture(scope="module")
def reports() -> dict[str, MonthlyReport]:
    judge = judge_of(EXAMPLE)
    whole = monthly_report(judge, year(2024), today=TODAY)
    return {
        "quarter": monthly_report(judge, quarter(2024, 3), today=TODAY),
        "issued year": issued_report(
            whole, NUMBER, date(2025, 1, 10), date(2025, 1, 13), None, office="示例办"
        ),
        "unit": unit_report(judge, quarter(2024, 3), "县住建局", today=TODAY),
    }


@pytest.mark.parametrize("name", ["quarter", "issued year", "unit"])
def test_all_formats_state_the_same_figures(name: str, reports: dict[str, MonthlyReport]) -> None:
    report = reports[name]
    md = figures_of_md(bulletin_md.bulletin(report))
    assert (len(md["ledger"]), len(md["units"])) == (len(report.ledger), len(report.units))
    assert figures_of_docx(bulletin_docx.bulletin(report)) == md
    page, sheets = (
        figures_of_html(bulletin_html.bulletin(report)),
        figures_of_xlsx(bulletin_xlsx.bulletin(report)),
    )
    for other in (page, sheets):
        assert (other["ledger"], other["units"]) == (md["ledger"], md["units"])
    if name != "unit":
        assert shown(page["numbers"]) == shown(sheets["numbers"]) == md["said"]


def test_number_and_day_of_issue_stand_in_the_text(reports: dict[str, MonthlyReport]) -> None:
    report = reports["issued year"]
    words = [p.text for p in opened(bulletin_docx.bulletin(report)).paragraphs]
    assert NUMBER in words
    assert "2025年1月10日" in words
    text = bulletin_md.bulletin(report)
    assert f"\n{NUMBER}\n" in text
    assert "\n2025年1月10日\n" in text
    assert NUMBER in bulletin_html.bulletin(report)


def test_sheets_are_headed_by_the_span(reports: dict[str, MonthlyReport]) -> None:
    assert "2024年第三季度任务台账（截至2024年9月30日）" in cells(
        bulletin_xlsx.bulletin(reports["quarter"])
    )
