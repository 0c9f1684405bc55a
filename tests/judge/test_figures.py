"""Indicators: every target with every measure, whose figures count, and who owes them."""

from decimal import Decimal
from typing import Any

import pytest

from gaigai_cli.judge.figures import Figure
from gaigai_cli.judge.judgement import Judge
from tests.judge.build import HELPER, JOINT, LEAD, OFFICE, ONGOING, OTHER, STAGED, Book, day


def indicator(target: dict[str, str], measure: str = "latest", **more: Any) -> dict[str, Any]:
    return {"id": "x", "name": "示例指标", "target": target, "measure": measure, **more}


def book_of(*indicators: dict[str, Any], **more: Any) -> Book:
    return Book(indicators=indicators, **more)


def thing(reference: str) -> dict[str, str]:
    return {"name": f"示例{reference}", "date": "2024-06-01", "reference": reference}


def figure(book: Book, when: str = "06-20") -> Figure:
    return book.on(when).figures[0]


def number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@pytest.mark.parametrize(
    ("target", "value", "verdict"),
    [
        ({"at_least": "100"}, "100", "达标"),
        ({"at_least": "100"}, "99.9", "未达标"),
        ({"at_most": "0.5"}, "0.5", "达标"),
        ({"at_most": "0.5"}, "0.6", "未达标"),
        ({"equal": "0"}, "0", "达标"),
        ({"equal": "0"}, "1", "未达标"),
        ({"trend": "up"}, "5", "未设基期，不判定"),
        ({"text": "进入全省前列"}, "3", "待认定"),
        ({"undecided": "口径待县明确"}, "3", "口径待明确"),
    ],
)
def test_latest(target: dict[str, str], value: str, verdict: str) -> None:
    book = book_of(indicator(target))
    book.add(LEAD, "06-01", "进展", metrics={"x": "50"})
    book.add(LEAD, "06-02", "进展", metrics={"x": value})
    found = figure(book, "07-01")
    assert (found.value, found.verdict) == (Decimal(value), verdict)


@pytest.mark.parametrize(
    ("trend", "value", "verdict"),
    [
        ("up", "11", "达标"),
        ("up", "10", "未达标"),
        ("down", "9.5", "达标"),
        ("down", "10", "未达标"),
    ],
)
def test_trend_against_baseline(trend: str, value: str, verdict: str) -> None:
    baseline = {"value": "10", "label": "2023年全年"}
    book = book_of(indicator({"trend": trend}, baseline=baseline))
    book.add(LEAD, "06-01", "进展", metrics={"x": value})
    assert figure(book, "07-01").verdict == verdict


@pytest.mark.parametrize(
    ("target", "unit", "till_then", "for_good"),
    [
        ({"at_least": "6"}, "所", "尚未达到", "尚未达到"),
        ({"at_least": "90"}, "%", "尚未达到", "未达标"),
        ({"at_most": "3"}, "天", "尚未达到", "未达标"),
        ({"trend": "up"}, "个", "尚未达到", "未达标"),
        ({"equal": "100"}, "%", "尚未达到", "未达标"),
        ({"equal": "0"}, "件", "未达标", "未达标"),
    ],
)
def test_what_has_until_its_last_day_is_not_missed_before(
    target: dict[str, str], unit: str, till_then: str, for_good: str
) -> None:
    """A number grows and a rate may become better till a deadline or the end of a year; 长期坚持 has to hold."""
    baseline = {"value": "10", "label": "2023年全年"}
    lasting = {"kind": "ongoing", "text": "长期坚持"}
    for deadline, verdict in (
        ({}, till_then),
        ({"deadline": ONGOING}, till_then),
        ({"deadline": lasting}, for_good),
    ):
        book = book_of(indicator(target, unit=unit, baseline=baseline), **deadline)
        book.add(LEAD, "06-01", "进展", metrics={"x": "5"})
        assert figure(book).verdict == verdict
        monthly = book_of(
            indicator(target, unit=unit, baseline=baseline, cycle="month"), **deadline
        )
        monthly.add(LEAD, "06-01", "进展", metrics={"x": "5"})
        assert figure(monthly).verdict == "未达标"


def test_the_deadline_is_over_when_its_day_has_ended() -> None:
    book = book_of(indicator({"at_least": "6"}, "sum"))
    book.add(LEAD, "06-01", "进展", metrics={"x": "5"})
    assert figure(book, "06-30").verdict == "尚未达到"
    ended = Judge(book.ledger()).on(day("06-30"), ended=True)
    assert ended.items[0].figures[0].verdict == "未达标"


@pytest.mark.parametrize(
    ("target", "value", "before", "after"),
    [
        ({"at_least": "5"}, "5", "达标", "达标"),
        ({"at_least": "6"}, "5", "尚未达到", "未达标"),
        ({"at_most": "5"}, "5", "达标", "达标"),
        ({"at_most": "4"}, "5", "未达标", "未达标"),
        ({"equal": "5"}, "5", "达标", "达标"),
        ({"equal": "0"}, "5", "未达标", "未达标"),
    ],
)
def test_sum(target: dict[str, str], value: str, before: str, after: str) -> None:
    """2 of the one and 3 of the other unit; what is still growing is missed only after the deadline."""
    book = book_of(indicator(target, "sum"))
    book.add(LEAD, "06-01", "进展", metrics={"x": "1"})
    book.add(LEAD, "06-02", "进展", metrics={"x": "1"})
    book.add(HELPER, "06-03", "进展", metrics={"x": "3"})
    found = figure(book)
    assert (found.value, found.by_unit) == (
        Decimal(value),
        ((LEAD, Decimal(2)), (HELPER, Decimal(3))),
    )
    assert [figure(book, d).verdict for d in ("06-30", "07-01")] == [before, after]


def test_entries_count_a_reference_once() -> None:
    book = book_of(indicator({"at_least": "3"}, "entries"))
    book.add(LEAD, "06-01", "进展", metrics={"x": [thing("甲"), thing("乙")]})
    book.add(HELPER, "06-02", "进展", metrics={"x": [thing("乙")]})
    found = figure(book)
    assert (found.value, found.verdict) == (Decimal(2), "尚未达到")
    assert [t.reference for t in found.things] == ["甲", "乙"]
    assert found.by_unit == ((LEAD, Decimal(2)), (HELPER, Decimal(1)))
    book.add(HELPER, "06-03", "进展", metrics={"x": [thing("丙")]})
    assert figure(book).verdict == "达标"


@pytest.mark.parametrize("measure", ["entries", "sum", "latest"])
def test_nothing_reported(measure: str) -> None:
    book = book_of(indicator({"at_least": "2"}, measure))
    assert (figure(book).value, figure(book).verdict) == (None, "未报数据")


@pytest.mark.parametrize(
    ("target", "value"),
    [
        ({"at_least": "90"}, "80"),
        ({"at_most": "90"}, "99"),
        ({"equal": "90"}, "80"),
        ({"trend": "down"}, "99"),
        ({"trend": "up"}, "80"),
    ],
)
def test_latest_of_several_units_is_the_farthest_from_the_target(
    target: dict[str, str], value: str
) -> None:
    book = book_of(indicator(target))
    book.add(LEAD, "06-01", "进展", metrics={"x": "99"})
    book.add(HELPER, "06-02", "进展", metrics={"x": "80"})
    assert figure(book).value == Decimal(value)


class TestPerUnit:
    @pytest.mark.parametrize(
        ("per", "verdict"), [("total", "达标"), ("unit", "未达标"), ("undecided", "口径待明确")]
    )
    def test_one_of_two_units_has_it_all(self, per: str, verdict: str) -> None:
        book = book_of(indicator({"at_least": "2"}, "entries", per=per))
        book.add(LEAD, "06-01", "进展", metrics={"x": [thing("甲"), thing("乙")]})
        assert figure(book, "07-01").verdict == verdict

    @pytest.mark.parametrize("per", ["total", "unit", "undecided"])
    def test_each_has_it(self, per: str) -> None:
        book = book_of(indicator({"at_least": "1"}, "sum", per=per))
        book.add(LEAD, "06-01", "进展", metrics={"x": {LEAD: "1", HELPER: "2"}})
        assert figure(book).verdict == "达标"

    @pytest.mark.parametrize("per", ["total", "unit", "undecided"])
    def test_nobody_has_it(self, per: str) -> None:
        book = book_of(indicator({"at_least": "6"}, "sum", per=per))
        book.add(LEAD, "06-01", "进展", metrics={"x": "2"})
        verdicts = [figure(book, d).verdict for d in ("06-30", "07-01")]
        assert verdicts == ["尚未达到", "未达标"]

    def test_one_misses_a_latest_value(self) -> None:
        book = book_of(indicator({"at_least": "90"}, per="unit"))
        book.add(LEAD, "06-01", "进展", metrics={"x": {LEAD: "95", HELPER: "80"}})
        assert figure(book, "07-01").verdict == "未达标"


def test_only_the_provider_counts() -> None:
    book = book_of(indicator({"equal": "0"}, provider=OFFICE), lead=(LEAD, OFFICE))
    book.add(OFFICE, "06-01", "进展", metrics={"x": {LEAD: "0", HELPER: "0"}})
    book.add(LEAD, "06-02", "进展", metrics={"x": "7"})
    found = figure(book)
    assert (found.by_unit, found.verdict) == (
        ((LEAD, Decimal(0)), (HELPER, Decimal(0))),
        "达标",
    )
    assert book.codes() == ["not-provider"]


class TestByMonth:
    def test_latest_month_decides(self) -> None:
        monthly = indicator({"equal": "0"}, cycle="month", provider=OFFICE)
        book = book_of(monthly, lead=(OFFICE,), deadline=ONGOING)
        book.add(OFFICE, "06-05", "进展", metrics={"x": "3"}, period="2024-05")
        book.add(OFFICE, "07-05", "进展", metrics={"x": "0"}, period="2024-06")
        book.add(OFFICE, "07-08", "进展", metrics={"x": "1"}, period="2024-05")
        found = figure(book, "07-31")
        assert found.months == (("2024-05", Decimal(1)), ("2024-06", Decimal(0)))
        assert (found.value, found.verdict) == (Decimal(0), "达标")
        assert figure(book, "06-30").verdict == "未达标"

    def test_sums_begin_again(self) -> None:
        book = book_of(indicator({"at_most": "2"}, "sum", cycle="month"))
        for when in ("05-10", "05-20", "06-10"):
            book.add(LEAD, when, "进展", metrics={"x": "2"})
        found = figure(book)
        assert found.months == (("2024-05", Decimal(4)), ("2024-06", Decimal(2)))
        assert (found.value, found.verdict) == (Decimal(2), "达标")


class TestCloseOut:
    def verify(self, value: str | None, target: dict[str, str], measure: str = "latest") -> Book:
        book = book_of(indicator(target, measure))
        metrics = None if value is None else {"x": value}
        application = book.add(LEAD, "06-10", "申请销号", metrics=metrics)
        book.add(OFFICE, "06-12", "核验销号", answers=[application])
        return book

    @pytest.mark.parametrize(
        ("value", "target", "measure"),
        [
            ("99", {"at_least": "100"}, "latest"),
            ("1", {"at_least": "2"}, "sum"),
            (None, {"at_least": "2"}, "sum"),
            (None, {"at_least": "2"}, "entries"),
            ("1", {"equal": "0"}, "latest"),
        ],
    )
    def test_missed_target_needs_a_reason(
        self, value: str | None, target: dict[str, str], measure: str
    ) -> None:
        book = self.verify(value, target, measure)
        assert book.codes() == ["target-missed"]
        assert book.on("06-12").state.status == "待核验"

    @pytest.mark.parametrize(
        ("value", "target"),
        [("100", {"at_least": "100"}), (None, {"text": "前列"}), ("3", {"undecided": "待明确"})],
    )
    def test_nothing_missed(self, value: str | None, target: dict[str, str]) -> None:
        assert self.verify(value, target).codes() == []

    def test_despite(self) -> None:
        book = book_of(indicator({"at_least": "100"}))
        application = book.add(LEAD, "06-10", "申请销号", metrics={"x": "99"})
        book.add(OFFICE, "06-12", "核验销号", answers=[application], despite="不可抗力")
        assert book.codes() == []
        assert book.on("06-12").state.status == "已销号"

    def test_only_the_last_stage_owes_the_target(self) -> None:
        book = book_of(indicator({"at_least": "3"}, "entries"), deadline=STAGED)
        for stage, applied, verified in (("1", "06-10", "06-12"), ("2", "09-10", "09-12")):
            application = book.add(LEAD, applied, "申请销号", stage=stage)
            book.add(OFFICE, verified, "核验销号", answers=[application], stage=stage)
        assert book.codes() == ["target-missed"]
        assert [stage.status for stage in book.on("09-12").state.stages] == ["已销号", "待核验"]


class TestOfficeLeads:
    def test_somebody_else_verifies(self) -> None:
        book = Book(lead=(OFFICE,))
        application = book.add(OFFICE, "06-10", "申请销号")
        book.add(OFFICE, "06-12", "核验销号", answers=[application])
        assert book.codes() == ["missing-field"]
        outside = {"verified_by_unit": JOINT, "signer": "示例甲"}
        book.add(OFFICE, "06-13", "核验销号", answers=[application], **outside)
        assert book.on("06-13").state.status == "已销号"


def test_units_named_later_owe_it_too() -> None:
    book = book_of(indicator({"at_least": "1"}, "sum", per="unit"), responsible=())
    book.add(LEAD, "06-01", "进展", metrics={"x": "1"})
    assert figure(book).verdict == "达标"
    book.add(OFFICE, "06-02", "明确责任单位", units=[OTHER])
    assert figure(book).verdict == "尚未达到"


def test_who_merely_takes_part_gives_nobody_elses_figures() -> None:
    book = book_of(indicator({"at_least": "10"}, per="unit"))
    book.add(HELPER, "06-10", "进展", metrics={"x": {LEAD: "10", HELPER: "10"}})
    assert book.codes() == ["foreign-figure"]
    assert figure(book).value is None
    book.add(LEAD, "06-11", "进展", metrics={"x": {LEAD: "10", HELPER: "12"}})
    book.add(HELPER, "06-12", "进展", metrics={"x": {HELPER: "11"}})
    assert dict(figure(book).by_unit) == {LEAD: Decimal(10), HELPER: Decimal(11)}
    assert book.codes() == ["foreign-figure"]
