"""Reporting periods: who owes a record, for when, and who doesn't."""

from dataclasses import replace
from typing import Any

import pytest

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.judge.owed_reports import (
    due_day,
    missing_words,
    owed_reports,
    periods,
    reporting_period,
)
from gaigai_cli.judge.state import MissedPeriod
from gaigai_cli.model.ledger import Issued
from gaigai_cli.model.rules import Rules
from tests.judge.build import (
    FIXED,
    HELPER,
    JOINT,
    LEAD,
    OFFICE,
    ONGOING,
    OTHER,
    STAGED,
    UNSET,
    Book,
    day,
)


def rules(**reporting: str) -> dict[str, Any]:
    return {"reporting": {"every": "month", "by": "25", "from": "2024-06", **reporting}}


def missed(book: Book, when: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(m.month, m.units) for m in book.on(when).missed]


@pytest.mark.parametrize(
    ("reporting", "period", "due"),
    [
        ({}, "2024-06", "06-25"),
        # 25 August is a Sunday.
        ({}, "2024-08", "08-26"),
        # 5 October lies in the National Day week, after which the 8th is worked.
        ({"by": "5", "of": "次月"}, "2024-09", "10-08"),
        # 28 April is a Sunday that is worked for the May holidays.
        ({"by": "28"}, "2024-04", "04-28"),
        ({"by": "31"}, "2024-06", "07-01"),
        ({"by": "31"}, "2024-07", "07-31"),
        ({"by": "5", "of": "次月"}, "2024-12", "2025-01-06"),
        ({"every": "quarter"}, "2024-04", "06-25"),
        ({"every": "quarter", "by": "10", "of": "次月"}, "2024-10", "2025-01-10"),
    ],
)
def test_due_day(reporting: dict[str, str], period: str, due: str) -> None:
    model = Rules.model_validate(rules(**reporting))
    assert model.reporting
    assert due_day(period, model, model.reporting) == day(due)


def test_due_day_by_own_calendar() -> None:
    calendar = {"2024": {"holidays": ["2024-06-25", "2024-06-26"]}}
    model = Rules.model_validate(rules() | {"calendar": calendar})
    assert model.reporting
    assert due_day("2024-06", model, model.reporting) == day("06-27")


def test_due_day_is_not_moved_in_a_year_without_calendar() -> None:
    model = Rules.model_validate(rules())
    assert model.reporting
    assert due_day("2099-01", model, model.reporting) == day("2099-01-25")


@pytest.mark.parametrize(
    ("every", "month", "period"),
    [("month", "2024-08", "2024-08"), ("quarter", "2024-08", "2024-07")],
)
def test_period_of(every: str, month: str, period: str) -> None:
    model = Rules.model_validate(rules(every=every))
    assert model.reporting
    assert reporting_period(month, model.reporting) == period


def test_periods_before_a_day() -> None:
    ledger = Book(FIXED, rules=rules()).ledger()
    assert list(periods(ledger, day("07-25"))) == [("2024-06", day("06-25"))]
    assert [p for p, _ in periods(ledger, day("07-26"))] == ["2024-06", "2024-07"]
    assert list(periods(Book(FIXED).ledger(), day("07-26"))) == []


@pytest.mark.parametrize(
    ("reporting", "first"),
    [
        ({"from": "2024-01"}, ("2024-05", "05-27")),
        ({"from": "2024-01", "by": "5"}, ("2024-06", "06-05")),
        ({"from": "2024-01", "by": "10", "of": "次月"}, ("2024-05", "06-11")),
        ({"from": "2024-01", "every": "quarter"}, ("2024-04", "06-25")),
    ],
)
def test_no_period_lies_before_the_list(reporting: dict[str, str], first: tuple[str, str]) -> None:
    """It is issued on 7 May: nobody can have reported of April, or by the fifth of May."""
    ledger = Book(FIXED, rules=rules(**reporting)).ledger()
    period, due = first
    assert next(periods(ledger, day("12-31"))) == (period, day(due))


def test_what_is_open_is_reported_of_behind_the_year() -> None:
    """Until it is closed; what ends by 期满评估 until its own period ends: then it waits for the office."""
    book = Book(FIXED, rules=rules(**{"from": "2024-12"}))
    assert missed(book, "2025-02-28") == [
        ("2024-12", (LEAD,)),
        ("2025-01", (LEAD,)),
        ("2025-02", (LEAD,)),
    ]
    book = Book(ONGOING, rules=rules(**{"from": "2024-12"}))
    assert missed(book, "2025-02-28") == [("2024-12", (LEAD,))]
    ongoing = {**ONGOING, "until": "2025-01-31"}
    assert missed(Book(ongoing, rules=rules(**{"from": "2025-01"})), "2025-02-28") == [
        ("2025-01", (LEAD,))
    ]


def test_nobody_owes_without_a_rule() -> None:
    assert missed(Book(ONGOING), "12-31") == []


def test_each_lead_owes_it() -> None:
    book = Book(ONGOING, lead=(LEAD, JOINT), rules=rules())
    book.add(LEAD, "06-20", "进展")
    book.add(HELPER, "06-20", "进展")
    assert book.on("06-26").missed == (MissedPeriod("2024-06", day("06-25"), (JOINT,)),)


@pytest.mark.parametrize("kind", ["进展", "申请销号", "申请延期"])
def test_kinds_that_answer(kind: str) -> None:
    book = Book({**FIXED, "due": "2024-07-31", "text": "7月底"}, rules=rules())
    book.add(LEAD, "06-20", kind)
    assert missed(book, "06-26") == []


def test_period_is_named_or_the_month_of_the_date() -> None:
    book = Book(ONGOING, rules=rules())
    book.add(LEAD, "07-03", "进展", period="2024-06")
    assert missed(book, "07-02") == [("2024-06", (LEAD,))]
    assert missed(book, "07-03") == []
    assert missed(book, "07-26") == [("2024-07", (LEAD,))]


def test_a_quarter_is_answered_by_any_of_its_months() -> None:
    book = Book(ONGOING, rules=rules(every="quarter", **{"from": "2024-04"}))
    book.add(LEAD, "05-10", "进展")
    assert missed(book, "06-26") == []


class TestNotAsked:
    def test_while_waiting(self) -> None:
        book = Book({**FIXED, "due": "2024-07-31", "text": "7月底"}, rules=rules())
        application = book.add(LEAD, "06-20", "申请销号")
        assert missed(book, "07-26") == []
        book.add(OFFICE, "07-24", "退回补正", answers=[application])
        assert missed(book, "07-26") == [("2024-07", (LEAD,))]

    def test_once_closed(self) -> None:
        book = Book(ONGOING, rules=rules())
        book.add(OFFICE, "07-20", "期满评估", reason="提前结束")
        assert missed(book, "07-19") == [("2024-06", (LEAD,))]
        assert missed(book, "07-20") == []

    def test_while_suspended(self) -> None:
        book = Book(ONGOING, rules=rules())
        book.add(OFFICE, "06-20", "条件未具备")
        book.add(OFFICE, "07-26", "条件具备")
        assert missed(book, "08-27") == [("2024-08", (LEAD,))]

    def test_once_removed(self) -> None:
        book = Book(
            ONGOING, rules=rules(), removed={"on": "2024-07-01", "basis": "示例〔2024〕9号"}
        )
        assert missed(book, "06-30") == [("2024-06", (LEAD,))]
        assert missed(book, "07-01") == []

    def test_before_it_led(self) -> None:
        book = Book(ONGOING, rules=rules())
        book.add(LEAD, "06-20", "进展")
        book.add(OFFICE, "07-10", "变更责任单位", units=[OTHER], role="牵头")
        assert missed(book, "07-26") == [("2024-07", (OTHER,))]


JULY = Issued(
    "../reports/issued/2024-07.json", "2024-07", number="示例〔2024〕9号", day=day("08-05")
)


def verdicts(book: Book, when: str, *issued: Issued) -> list[tuple[str, str, str]]:
    ledger = replace(book.ledger(), issued=issued)
    return [(o.period, o.unit, o.verdict) for o in owed_reports(book.on(when).state, ledger)]


@pytest.mark.parametrize(
    ("recorded", "verdict"),
    [("07-25", "按期"), ("07-26", "迟报"), ("08-05", "迟报"), ("08-06", "补报")],
)
def test_what_became_of_a_report_goes_by_the_day_of_recording(recorded: str, verdict: str) -> None:
    book = Book(rules=rules(**{"from": "2024-07"}), deadline=ONGOING)
    book.add(LEAD, recorded, "进展", period="2024-07", date="2024-07-20")
    assert verdicts(book, "08-20", JULY) == [("2024-07", LEAD, verdict)]


@pytest.mark.parametrize(
    ("recorded", "came", "verdict"),
    [
        ("07-26", "07-25", "按期"),
        ("08-05", "07-25", "按期"),
        ("08-05", "07-26", "迟报"),
        ("08-06", "07-25", "补报"),
    ],
)
def test_a_form_is_not_late_because_the_office_took_it_in_later(
    recorded: str, came: str, verdict: str
) -> None:
    """Nor is it by what its unit recorded after it; but the bulletin that told 漏报 stays true."""
    book = Book(rules=rules(**{"from": "2024-07"}), deadline=ONGOING)
    book.add(LEAD, recorded, "进展", period="2024-07", date=f"2024-{came}", via="报表")
    assert verdicts(book, "08-20", JULY) == [("2024-07", LEAD, verdict)]
    book.add(LEAD, "07-26", "进展", period="2024-07", date="2024-07-20")
    better = min(verdict, "迟报", key=["按期", "迟报", "补报"].index)
    assert verdicts(book, "08-20", JULY) == [("2024-07", LEAD, better)]


def test_a_report_that_nobody_made_is_missed_once_the_bulletin_is_issued() -> None:
    book = Book(rules=rules(**{"from": "2024-07"}), deadline=ONGOING)
    assert verdicts(book, "08-04", JULY) == [("2024-07", LEAD, "未报")]
    assert verdicts(book, "08-05", JULY) == [("2024-07", LEAD, "漏报")]
    assert verdicts(book, "08-20") == [("2024-07", LEAD, "未报")]


def test_a_quarter_is_missed_with_the_bulletin_of_its_last_month() -> None:
    quarterly = rules(every="quarter", **{"from": "2024-04"})
    book = Book(rules=quarterly, deadline=ONGOING)
    june = JULY._replace(period="2024-06", day=day("07-03"))
    assert verdicts(book, "07-10", june) == [("2024-04", LEAD, "漏报")]
    assert verdicts(book, "07-10", june._replace(period="2024-04")) == [("2024-04", LEAD, "未报")]


def test_what_an_item_owed_stays_told_after_its_close_out() -> None:
    book = Book(rules=rules())
    applied = book.add(LEAD, "07-01", "申请销号")
    book.add(OFFICE, "07-05", "核验销号", answers=[applied])
    assert book.on("07-31").missed == ()
    assert verdicts(book, "07-31") == [("2024-06", LEAD, "未报")]


@pytest.mark.parametrize("change", [{"period": "2024-07"}, {"date": "2024-07-20"}])
def test_a_report_moved_to_another_month_is_made_when_it_is_moved(change: dict[str, str]) -> None:
    book = Book(rules=rules(**{"from": "2024-07"}), deadline=ONGOING)
    report = book.add(LEAD, "06-20", "进展")
    book.add(LEAD, "08-10", "更正", corrects=report, set=change)
    assert verdicts(book, "08-20", JULY) == [("2024-07", LEAD, "补报")]


def test_a_last_day_to_report_that_has_ended_is_missed_on_it() -> None:
    """25 June 2024: on a screen of that day it still runs, in a paper up to it it has ended."""
    judge = Judge(Book(rules=rules()).ledger())
    assert judge.on(day("06-25")).by_id["1.1"].missed == ()
    assert [m.month for m in judge.on(day("06-25"), ended=True).by_id["1.1"].missed] == ["2024-06"]


def test_of_joint_leads_each_is_told_the_periods_that_it_has_missed() -> None:
    """Whoever reads 甲局、乙局 and 5—6月 takes both to have missed both."""
    book = Book(ONGOING, lead=(LEAD, JOINT), rules=rules(**{"from": "2024-05"}))
    assert missing_words(book.on("07-26").missed, book.ledger()) == (f"{LEAD}、{JOINT}", "5—7月")
    book.add(LEAD, "06-20", "进展")
    book.add(JOINT, "07-20", "进展")
    assert missing_words(book.on("07-26").missed, book.ledger()) == (
        f"{LEAD}（5月、7月）、{JOINT}（5—6月）",
        "5—7月",
    )


def test_what_has_no_deadline_yet_is_neither_assessed_nor_said_to_have_one() -> None:
    book = Book(UNSET)
    book.add(OFFICE, "12-20", "期满评估")
    (found,) = [finding for finding in book.findings() if finding.severity == "error"]
    assert (found.code, found.message, found.remedy) == (
        "no-assessment",
        "事项1.1还没有确定时限，不作期满评估",
        "请示例办先在 tasks.yaml 中明确时限",
    )


def test_who_has_done_its_part_owes_no_report_of_what_the_others_keep_open() -> None:
    """It does again once its application is sent back, and as long as it has another stage to do."""
    book = Book(FIXED, lead=(LEAD, JOINT), rules=rules(), responsible=())
    applied = book.add(LEAD, "06-20", "申请销号")
    assert missed(book, "08-01") == [("2024-06", (JOINT,)), ("2024-07", (JOINT,))]
    book.add(OFFICE, "08-02", "退回补正", answers=[applied], reason="示例原因")
    assert missed(book, "09-01")[1:] == [("2024-07", (JOINT,)), ("2024-08", (LEAD, JOINT))]
    staged = Book(STAGED, lead=(LEAD, JOINT), rules=rules(), responsible=())
    staged.add(LEAD, "06-20", "申请销号", stage="1")
    assert missed(staged, "08-01")[1:] == [("2024-07", (LEAD, JOINT))]
    last = (owed for owed in owed_reports(book.on("08-01").state, book.ledger()))
    assert [(owed.period, owed.unit) for owed in last] == [("2024-06", JOINT), ("2024-07", JOINT)]


def test_who_gave_an_item_up_owes_no_report_of_it() -> None:
    """It couldn't even record one; what it missed stays in its assessment."""
    book = Book(rules=rules())
    book.add(OFFICE, "07-02", "变更责任单位", units=[OTHER], role="牵头", basis="示例文号")
    assert missed(book, "07-10") == []
    verdicts = [(o.unit, o.verdict) for o in owed_reports(book.on("07-10").state, book.ledger())]
    assert verdicts == [(LEAD, "未报")]
