"""Bulletins of quarters, years, other months and single units, whole; and the leaders' page."""

import io
import re
from dataclasses import replace
from datetime import date

import docx
import pytest

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.render.papers.annex import OPEN_DATE
from gaigai_cli.render.papers.bulletin_md import bulletin, bulletin_body
from gaigai_cli.render.papers.one_page import brief_docx
from gaigai_cli.report.archive import (
    Archive,
    Made,
    SignedFile,
    issued_report,
    plain,
    unarchived,
)
from gaigai_cli.report.brief import brief
from gaigai_cli.report.bulletin import monthly_report, unit_report
from gaigai_cli.report.compared import differences
from gaigai_cli.report.demands import reply_of
from gaigai_cli.report.facts import facts_of
from gaigai_cli.report.monthly_report import MonthlyReport, Subsection
from gaigai_cli.words.period import Period, period_of, quarter, span, year
from tests.judge.build import Book, day
from tests.program import SameAsFile
from tests.report import made_up
from tests.report.test_bulletin import KEPT, MONTHS, ROOT, TODAY, judge

SPANS = (quarter(2024, 3), year(2024), span(Period.of(2024, 6), Period.of(2024, 8)))


@pytest.fixture(scope="module")
def example() -> Judge:
    return judge(ROOT / "examples" / "岳阳县2024示例" / "data")


@pytest.fixture(scope="module")
def shipped() -> Judge:
    return judge(ROOT / "data")


@pytest.mark.parametrize("period", SPANS, ids=str)
def test_spans_of_the_example(period: Period, example: Judge, same_as_file: SameAsFile) -> None:
    text = bulletin_body(monthly_report(example, period, today=TODAY))
    same_as_file(text, KEPT / f"{period}.md")


@pytest.mark.parametrize(
    ("unit", "period"),
    [("县财政局", Period.of(2024, 7)), ("县住建局", quarter(2024, 3)), ("县水利局", year(2024))],
    ids=str,
)
def test_sheets_of_units(
    unit: str, period: Period, example: Judge, same_as_file: SameAsFile
) -> None:
    text = bulletin(unit_report(example, period, unit, today=TODAY))
    same_as_file(text, KEPT / f"{period}-{unit}.md")


def test_a_unit_is_told_of_nobody_elses_problems(example: Judge) -> None:
    for unit in example.ledger.departments.units:
        if not any(i.state.units.of(unit.name) for i in example.on(TODAY).items):
            continue
        report = unit_report(example, year(2024), unit.name, today=TODAY)
        problems = next(s for s in report.sections if s.heading == "存在问题")
        told = [entry for part in problems.subsections for entry in part.entries]
        called = "我办" if unit.name == example.ledger.office else unit.name
        assert all(
            called in entry.partition("牵头")[0] or entry.startswith("你单位：") for entry in told
        )
        assert {demand.unit for demand in report.demands} <= {unit.name}
        assert [line.name for line in report.units] == [unit.name]


def test_a_year_tells_what_every_lead_has_achieved(example: Judge) -> None:
    report = monthly_report(example, year(2024), today=TODAY)
    (section,) = (s for s in report.sections if s.heading == "各单位完成情况")
    leads = [line.name for line in report.units if line.lead]
    told = [words.partition("：")[0] for words in section.paragraphs]
    assert told == ["我办" if name == example.ledger.office else name for name in leads]


def test_a_blank_list_says_so_in_every_span(shipped: Judge) -> None:
    report = unit_report(shipped, quarter(2024, 2), "县财政局", today=TODAY)
    assert report.notes == ("本清单尚无进展记录，以下仅按时限推算，不作为评价依据。",)
    assert "至本季度末应办结2项，均无进展记录。" in bulletin_body(report)
    assert report.totals.on_time_rate is None


@pytest.mark.parametrize(
    ("period", "message"),
    [
        (
            quarter(2024, 1),
            "2024年第一季度在任务清单印发（2024-05-07）之前，没有可通报的内容。请写2024-05或以后的月份。",
        ),
        (year(2026), "2026年度还没有开始（今天是2025-02-10），不能通报。请写本年度或以前的时段。"),
    ],
)
def test_spans_without_a_bulletin(period: Period, message: str, example: Judge) -> None:
    with pytest.raises(GaigaiError) as caught:
        monthly_report(example, period, today=TODAY)
    assert f"{caught.value.message}。{caught.value.remedy}。" == message


@pytest.mark.parametrize(
    ("period", "words", "name", "following"),
    [
        (Period.of(2024, 12), "2024年12月", "2024-12", "2025-01"),
        (quarter(2024, 4), "2024年第四季度", "2024-Q4", "2025-Q1"),
        (year(2024), "2024年度", "2024", "2025"),
        (
            span(Period.of(2024, 11), Period.of(2025, 1)),
            "2024年11月至2025年1月",
            "2024-11至2025-01",
            "2025-02",
        ),
        (span(Period.of(2024, 5), Period.of(2024, 5)), "2024年5月", "2024-05", "2024-06"),
        (span(Period.of(2024, 4), Period.of(2024, 6)), "2024年第二季度", "2024-Q2", "2024-Q3"),
    ],
)
def test_periods(period: Period, words: str, name: str, following: str) -> None:
    assert (period.words, str(period), str(period.next)) == (words, name, following)
    assert period_of(name) == period
    assert period.holds(period.first)
    assert period.holds(period.last)
    assert not period.holds(period.next.first)
    assert not period.holds(None)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "2024-13",
        "2024-Q5",
        "24",
        "0000",
        "0000-Q1",
        "2024-06至2024-05",
        "2024-06至9999-12",
        "2024-06-01",
        "第一季度",
    ],
)
def test_words_that_are_no_period(words: str) -> None:
    assert period_of(words) is None


def test_the_reply_day_is_not_guessed_in_a_year_without_calendar() -> None:
    judge_ = Judge(Book().ledger())
    last = facts_of(judge_, Period.of(2024, 9), today=day("2024-09-27"))
    assert reply_of(last) == "10月10日前"
    assert reply_of(replace(last, now=judge_.on(day("2099-03-02")))) == "5个工作日内"


def kept(period: Period, example: Judge) -> Archive:
    whole = monthly_report(example, period, today=TODAY)
    number, day, printed = "示例〔2024〕8号", date(2024, 7, 3), date(2024, 7, 4)
    return Archive(
        period=str(period),
        number=number,
        issued=day,
        printed=printed,
        program="0.1.0",
        commit=None,
        newest="20240702-120000-0000002a",
        revokes="示例〔2024〕7号",
        file=SignedFile("2024-06.docx", "0" * 64),
        made=Made("docx", "1" * 64, letterhead=False, template=None, scored=False),
        report=issued_report(
            whole, number, day, printed, revokes="示例〔2024〕7号", office="示例办"
        ),
    )


@pytest.mark.parametrize("period", [*MONTHS, *SPANS], ids=str)
def test_an_archive_gives_the_whole_value_back(period: Period, example: Judge) -> None:
    import json

    archive = kept(period, example)
    assert unarchived(json.loads(json.dumps(plain(archive)))) == archive
    assert differences(archive.report, archive.report, words=True) == ()


@pytest.mark.parametrize("damage", ["report", "made", "number"])
def test_a_damaged_archive(damage: str, example: Judge) -> None:
    value = plain(kept(Period.of(2024, 6), example))
    del value[damage]
    with pytest.raises(ValueError, match="no issued bulletin"):
        unarchived(value)
    value["report"] = {"totals": 1}
    with pytest.raises(ValueError, match="no issued bulletin"):
        unarchived(value)


def test_differences_are_named(example: Judge) -> None:
    june, july = (monthly_report(example, Period.of(2024, m), today=TODAY) for m in (6, 7))
    assert differences(june, july, words=True) == (
        "标题、文号等",
        "正文",
        "总体数字",
        "任务台账",
        "各单位情况",
        "指标",
    )


def lines(report: MonthlyReport) -> int:
    page = brief(report)
    told = [words for _, paragraphs in page.parts for words in paragraphs]
    return sum(-(-(len(words) + 2) // 27) for words in told)


@pytest.mark.parametrize("period", [*MONTHS, *SPANS], ids=str)
def test_the_leaders_page_is_one_page(period: Period, example: Judge, shipped: Judge) -> None:
    for of in (example, shipped):
        report = monthly_report(of, period, today=TODAY)
        assert lines(report) + len(report.notes) <= 14


def test_the_leaders_page_bears_the_day_of_its_issue_or_none(example: Judge) -> None:
    """It tells of a day that has ended, so nobody can have signed it on that."""
    report = monthly_report(example, Period.of(2024, 7), today=TODAY)
    for issued, printed in ((None, OPEN_DATE), (date(2024, 8, 6), "2024年8月6日")):
        page = brief_docx(brief(replace(report, day=issued)))
        assert docx.Document(io.BytesIO(page)).paragraphs[-1].text == printed


def test_the_leaders_page_counts_what_a_part_counts_whatever_it_is_called(example: Judge) -> None:
    """Where there is room for numbers only these are the part's own, of units or of items."""
    report = monthly_report(example, Period.of(2024, 7), today=TODAY)
    long_ = "长" * 500
    parts = (
        Subsection("报送情况", (long_,), names=("县甲局", "县乙局"), by_unit=True),
        Subsection("报送不及时", (f"{long_}。", long_), names=("第一（1）项", "第二项")),
    )
    sections = tuple(
        replace(s, subsections=parts) if s.heading == "存在问题" else s for s in report.sections
    )
    assert dict(brief(replace(report, sections=sections)).parts)["需要关注的问题"] == (
        "报送情况涉及2个单位（县甲局、县乙局）。",
        "报送不及时2项（第一（1）项、第二项）。",
    )


def test_the_leaders_page_leaves_over_what_it_has_not_told(example: Judge) -> None:
    """An item that is told by its task's title, 第10项“…”第2条, is none of the others."""
    report = monthly_report(example, Period.of(2024, 8), today=date(2024, 8, 15))
    words = next(w for w in brief(report).parts[-1][1] if w.startswith("进度滞后"))
    left = re.search(r"其余(\d+)项（(.+?)）见通报", words)
    assert left
    assert len(left[2].split("、")) == int(left[1])
    assert "第10项第2条" not in words


def test_what_the_leaders_page_says(example: Judge, same_as_file: SameAsFile) -> None:
    parts = []
    instructed = Judge(made_up.ledger())
    for of, month in (
        (example, Period.of(2024, 7)),
        (example, Period.of(2024, 10)),
        (instructed, Period.of(2024, 6)),
    ):
        page = brief(monthly_report(of, month, today=TODAY))
        parts += [*page.notes, page.title]
        parts += [line for heading, paragraphs in page.parts for line in (heading, *paragraphs)]
        parts.append(page.closing)
    same_as_file("\n".join(parts) + "\n", KEPT / "brief.txt")
