"""The assessment: its lines give the score, and who is ranked."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.ledger import Issued
from gaigai_cli.model.rules import Rules
from gaigai_cli.model.rules import ScoreRules as Points
from gaigai_cli.render.papers.bulletin_md import bulletin_body
from gaigai_cli.report.bulletin import monthly_report
from gaigai_cli.report.score import Score, ScoreLine, UnitScore, rounded, score
from gaigai_cli.words.period import Period, quarter, year
from tests.judge.build import (
    FIXED,
    HELPER,
    JOINT,
    LEAD,
    OFFICE,
    ONGOING,
    OTHER,
    STAGED,
    Book,
    day,
)
from tests.lists import judge_of
from tests.transcript import EXAMPLE

TODAY = date(2025, 2, 1)
LEDGER = judge_of(EXAMPLE).ledger
Q2, Q3, Q4 = (quarter(2024, number) for number in (2, 3, 4))
Y = year(2024)

points = st.decimals(0, 200, places=1).map(abs)
rules = st.builds(
    Points,
    **{name: points for name in Points.model_fields if name != "grades"},
)


@settings(max_examples=10)
@given(rules, st.sampled_from([Q2, Q3, Q4, Y]), st.dates(date(2024, 7, 1), date(2025, 3, 1)))
def test_the_lines_give_the_score(points: Points, period: Period, today: date) -> None:
    if period.first > today:
        return
    ledger = replace(LEDGER, rules=LEDGER.rules.model_copy(update={"score": points}))
    found = score(Judge(ledger), period, today=today)

    assert [u.unit for u in found.units] == [u.name for u in ledger.departments.units]
    for unit in found.units:
        if unit.points is not None:
            assert unit.points == sum(line.points for line in unit.lines) >= 0
    check_ranks(found)
    assert ledger.entries is LEDGER.entries


def check_ranks(found: Score) -> None:
    """A rank is one more than the number of units with more points; who isn't ranked is told why."""
    ranked = [u for u in found.units if u.rank is not None]
    for unit in ranked:
        better = [u for u in ranked if Fraction(shown(u)) > Fraction(shown(unit))]
        assert unit.rank == len(better) + 1
    assert all((u.rank is None) == (not found.ranked or bool(u.remark)) for u in found.units)
    assert all(bool(u.grade) == (not u.remark) for u in found.units)


def shown(unit: UnitScore) -> str:
    assert unit.points is not None
    return rounded(unit.points)


def test_every_line_of_the_example_can_be_traced() -> None:
    known = {e.record.id: e.record for e in LEDGER.entries}
    for period in (Q2, Q3, Q4, Y):
        for unit in score(judge_of(EXAMPLE), period, today=TODAY).units:
            for line in unit.lines:
                if line.record:
                    record = known[line.record]
                    assert record.item == line.item
                    assert line.day in (record.date, record.recorded)


def test_ties_share_a_rank() -> None:
    same = Points.model_validate(
        dict.fromkeys(
            (
                "late_report",
                "made_up_report",
                "missed_report",
                "praise",
                "criticism",
                "responsibility",
            ),
            "0",
        )
        | dict.fromkeys(
            ("on_time", "extended", "late", "undone", "completed", "mostly", "failed"), "80"
        )
    )
    ledger = replace(LEDGER, rules=LEDGER.rules.model_copy(update={"score": same}))
    found = score(Judge(ledger), Y, today=TODAY)
    assert {u.rank for u in found.units} == {1, None}


def test_office_vertical_and_units_without_duty_are_not_ranked() -> None:
    remarks = {
        u.unit: u.remark for u in score(judge_of(EXAMPLE), Y, today=TODAY).units if u.rank is None
    }
    assert remarks["县工改办"] == "督办机构"
    assert {u for u, r in remarks.items() if r == "垂直管理"} == {
        "县生态环境局",
        "县消防救援支队",
        "县税务局",
    }
    assert remarks["县水利局"] == "不牵头事项"
    q2 = {u.unit: u for u in score(judge_of(EXAMPLE), Q2, today=TODAY).units}
    assert (q2["县住建局"].points, q2["县住建局"].grade, q2["县住建局"].remark) == (
        None,
        None,
        "没有应评事项",
    )


def test_a_quarter_ranks_nobody() -> None:
    assert all(u.rank is None for u in score(judge_of(EXAMPLE), Q3, today=TODAY).units)


def of(
    book: Book, unit: str, period: Period, today: str = "2025-02-01", *issued: Issued
) -> UnitScore:
    ledger = replace(book.ledger(), issued=issued)
    found = score(Judge(ledger), period, today=day(today))
    return next(u for u in found.units if u.unit == unit)


def told(lines: tuple[ScoreLine, ...]) -> list[tuple[str, str]]:
    return [(line.rule, rounded(line.points)) for line in lines]


def closed(book: Book, applied: str, verified: str) -> Book:
    answers = [book.add(LEAD, applied, "申请销号")]
    book.add(OFFICE, verified, "核验销号", answers=answers)
    return book


def test_on_time_extended_late_and_undone() -> None:
    assert told(of(closed(Book(), "06-28", "07-03"), LEAD, Q3).lines) == [("按期办结", "100.00")]
    assert told(of(closed(Book(), "07-01", "07-03"), LEAD, Q3).lines) == [("逾期办结", "70.00")]
    assert told(of(Book(), LEAD, Q3).lines) == [("到期未办结", "0.00")]
    extended = Book()
    asked = extended.add(LEAD, "06-20", "申请延期")
    extended.add(OFFICE, "06-25", "批准延期", answers=[asked])
    assert told(of(closed(extended, "08-20", "08-22"), LEAD, Q3).lines) == [
        ("延期后按期办结", "90.00")
    ]


def test_what_waits_for_the_office_is_not_counted_yet() -> None:
    book = Book()
    book.add(LEAD, "06-28", "申请销号")
    unit = of(book, LEAD, Q2)
    assert (told(unit.lines), unit.points) == ([("不计入", "0.00")], None)
    assert told(of(closed(Book(), "06-28", "07-03"), LEAD, Q2).lines) == [("不计入", "0.00")]


def test_what_joint_leads_are_late_with_is_held_against_those_that_had_not_applied() -> None:
    """Who had applied in time is on time; but not who applied late, or whose application was sent back after it."""
    book = Book(lead=(LEAD, JOINT))
    first = book.add(LEAD, "06-28", "申请销号")
    waits = of(book, LEAD, Q3).lines
    assert [(line.rule, line.words) for line in waits] == [
        ("不计入", "时限6月30日，已申请销号、待核验，其他牵头单位尚未申请")
    ]
    assert told(of(book, JOINT, Q3).lines) == [("到期未办结", "0.00")]
    second = book.add(JOINT, "07-20", "申请销号")
    book.add(OFFICE, "07-25", "核验销号", answers=[first, second])
    (line,) = of(book, LEAD, Q3).lines
    assert (line.rule, line.record, line.words) == (
        "按期办结",
        first,
        f"时限6月30日，{LEAD}6月28日已申请销号，其他牵头单位逾期，7月20日办结，7月25日销号",
    )
    assert told(of(book, JOINT, Q3).lines) == [("逾期办结", "70.00")]
    back = Book(lead=(LEAD, JOINT))
    first = back.add(LEAD, "06-28", "申请销号")
    back.add(OFFICE, "07-01", "退回补正", answers=[first])
    first = back.add(LEAD, "07-03", "申请销号")
    second = back.add(JOINT, "07-20", "申请销号")
    back.add(OFFICE, "07-25", "核验销号", answers=[first, second])
    assert told(of(back, LEAD, Q3).lines) == [("逾期办结", "70.00")]


@pytest.mark.parametrize("applied", ["07-10", "07-11"])
def test_who_was_made_lead_after_the_deadline_is_late_however_soon_it_applied(applied: str) -> None:
    book = Book()
    book.add(OFFICE, "07-10", "变更责任单位", units=[OTHER], role="牵头")
    asked = book.add(OTHER, applied, "申请销号")
    book.add(OFFICE, "07-25", "核验销号", answers=[asked])
    when = f"7月{applied[-2:]}日"

    (line,) = of(book, OTHER, Q3).lines
    assert (line.rule, line.words) == (
        "逾期办结",
        f"时限6月30日，{when}办结，7月25日销号",
    )
    july = bulletin_body(monthly_report(Judge(book.ledger()), Period.of(2024, 7), today=TODAY))
    assert f"{when}办结，7月25日销号，逾期办结。" in july


def test_a_deadline_on_a_running_day_is_not_yet_missed() -> None:
    assert of(Book(deadline={**FIXED, "due": "2024-06-20"}), LEAD, Q2, "2024-06-20").points is None
    assert of(Book(deadline={**FIXED, "due": "2024-06-20"}), LEAD, Q2, "2024-06-21").points == 0
    assert of(Book(), LEAD, Q2, "2024-06-30").points == 0


def test_stages_share_their_item() -> None:
    book = closed(Book(deadline=STAGED), "06-20", "06-25")
    assert told(of(book, LEAD, Y, "2024-12-31").lines) == [
        ("按期办结", "50.00"),
        ("到期未办结", "0.00"),
    ]


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("完成", [("期满评估", "100.00")]),
        ("基本完成", [("期满评估", "80.00")]),
        ("未完成", [("期满评估", "0.00")]),
        ("转入下年", [("不计入", "0.00")]),
    ],
)
def test_year_end_assessment(result: str, expected: list[tuple[str, str]]) -> None:
    book = Book(deadline=ONGOING)
    book.add(OFFICE, "12-28", "期满评估", result=result)
    assert told(of(book, LEAD, Y).lines) == expected
    assert of(book, LEAD, Q4).lines == ()


def test_a_unit_that_leads_nothing_loses_only_by_a_finding_of_responsibility() -> None:
    book = Book()
    book.add(OFFICE, "07-10", "责任认定", to=[HELPER])
    assert told(of(book, HELPER, Q3).lines) == [("未牵头事项", "100.00"), ("责任认定", "-3.00")]
    assert told(of(book, OTHER, Q3).lines) == [("未牵头事项", "100.00")]


def test_reports_take_off_their_share() -> None:
    reporting = {"every": "month", "by": "25", "from": "2024-06"}
    book = Book(rules={"reporting": reporting}, deadline=ONGOING)
    book.add(LEAD, "06-20", "进展")
    book.add(LEAD, "07-29", "进展")
    book.add(LEAD, "09-05", "进展", period="2024-08")
    issued = tuple(
        Issued(f"../reports/issued/2024-{m}.json", f"2024-{m}", day=day(on))
        for m, on in (("08", "09-03"), ("09", "10-08"))
    )
    book.add(OFFICE, "12-28", "期满评估")
    lines = of(book, LEAD, Y, "2024-10-20", *issued).lines
    assert told(lines) == [
        ("不计入", "0.00"),
        ("迟报", "-0.75"),
        ("补报", "-1.50"),
        ("漏报", "-2.50"),
    ]


def test_a_late_form_is_told_with_the_day_on_which_it_came() -> None:
    """Not with the day on which the office entered it, which nobody is late by."""
    reporting = {"every": "month", "by": "25", "from": "2024-07"}
    book = Book(rules={"reporting": reporting}, deadline=ONGOING)
    book.add(LEAD, "08-05", "进展", period="2024-07", date="2024-07-26", via="报表")
    late = [line for line in of(book, LEAD, Q3, "2024-08-20").lines if line.rule == "迟报"]
    assert [line.day for line in late] == [day("2024-07-26")]


def test_a_year_counts_the_reports_of_its_own_months() -> None:
    """What is still open is reported of in January, too: that is for the next year to assess."""
    rules = {"reporting": {"every": "month", "by": 25, "from": "2024-12"}}
    book = Book(FIXED, rules=rules)
    book.add(LEAD, "12-20", "进展")
    assert [missed.month for missed in book.on("2025-03-31").missed] == [
        "2025-01",
        "2025-02",
        "2025-03",
    ]
    assert "漏报" not in {line.rule for line in of(book, LEAD, Y, "2025-03-31").lines}


def test_never_below_zero() -> None:
    book = Book()
    book.add(OFFICE, "07-10", "通报批评")
    unit = of(book, LEAD, Q3)
    assert told(unit.lines)[-1] == ("得分不低于0分", "5.00")
    assert unit.points == 0


def test_withdrawn_and_suspended_items_do_not_count() -> None:
    for kind in ("核减", "条件未具备"):
        book = Book()
        book.add(OFFICE, "06-10", kind)
        assert of(book, LEAD, Q3).lines == ()
        assert told(of(book, LEAD, Y).lines)[-1:] != [("到期未办结", "0.00")]


@pytest.mark.parametrize(
    ("period", "today", "message"),
    [
        (
            quarter(2024, 1),
            "2025-02-01",
            "2024年第一季度在任务清单印发（2024-05-07）之前，没有可考核的内容",
        ),
        (quarter(2025, 2), "2025-02-01", "2025年第二季度还没有开始（今天是2025-02-01），不能考核"),
    ],
)
def test_periods_that_cannot_be_assessed(period: Period, today: str, message: str) -> None:
    with pytest.raises(GaigaiError) as caught:
        score(judge_of(EXAMPLE), period, today=day(today))
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ("1/3", "0.33"),
        ("5/8", "0.63"),
        ("-5/8", "-0.63"),
        ("-1/1000", "0.00"),
        ("100", "100.00"),
        ("1/200", "0.01"),
    ],
)
def test_rounding(points: str, words: str) -> None:
    assert rounded(Fraction(points)) == words


def test_rules_that_say_nothing_have_defaults() -> None:
    assert Rules().score is None
    assert Rules().scoring.extended == Decimal(90)


def book_rules(**score: Any) -> dict[str, Any]:
    return {"score": score}


def test_rules_of_the_office_are_used() -> None:
    book = closed(
        Book(rules=book_rules(on_time="95.5", grades=[{"name": "合格", "at_least": "0"}])),
        "06-28",
        "07-03",
    )
    unit = of(book, LEAD, Q3)
    assert (rounded(unit.points or Fraction()), unit.grade) == ("95.50", "合格")


def test_nobody_is_ranked_without_an_approved_way_or_with_few_items() -> None:
    without = replace(LEDGER, rules=LEDGER.rules.model_copy(update={"ranks": None}))
    found = score(Judge(without), Y, today=TODAY)
    assert (found.ranked, found.basis) == (False, "")
    assert {u.rank for u in found.units} == {None}
    with pytest.raises(GaigaiError, match="没有写明批准的考核办法"):
        monthly_report(Judge(without), Y, today=TODAY, scored=True)

    ranked = score(judge_of(EXAMPLE), Y, today=TODAY)
    assert {u.unit for u in ranked.units if u.rank} == {"县自然资源局", "县住建局"}
    assert {u.remark for u in ranked.units if u.counted in (1, 2)} == {"应评事项不足3项"}
