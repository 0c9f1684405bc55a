"""Recurring items by their occurrences, staged ones by their stages, and the year's end of ongoing ones."""

from datetime import date

import pytest

from tests.judge.build import HELPER, LEAD, MONTHLY, OFFICE, ONGOING, STAGED, UNSET, Book, day


def met(book: Book, when: str) -> list[str]:
    """The occurrences met by the end of a day."""
    return [turn.id for turn in book.on(when).state.occurrences if turn.met]


class TestRecurring:
    def test_turns_since_the_notice(self) -> None:
        turns = Book(MONTHLY).on("06-20").state.occurrences
        assert [turn.due for turn in turns] == [date(2024, month, 25) for month in range(5, 13)]

    def test_met_by_a_report_that_falls_in_it(self) -> None:
        book = Book(MONTHLY)
        book.add(LEAD, "05-25", "进展")
        book.add(LEAD, "05-26", "进展")
        assert met(book, "12-31") == ["2024-05-25", "2024-06-25"]

    def test_met_by_a_report_that_carries_it(self) -> None:
        book = Book(MONTHLY)
        book.add(LEAD, "07-02", "进展", stage="2024-06-25")
        assert met(book, "12-31") == ["2024-06-25"]
        assert book.codes() == []

    def test_not_met_by_others(self) -> None:
        book = Book(MONTHLY)
        book.add(HELPER, "06-20", "进展")
        book.add(LEAD, "07-20", "进展", not_started=True)
        book.add(OFFICE, "08-20", "表扬")
        assert met(book, "12-31") == []

    def test_what_a_former_lead_met_stays_met(self) -> None:
        book = Book(MONTHLY)
        book.add(LEAD, "05-20", "进展")
        book.add(HELPER, "06-20", "进展")
        book.add(OFFICE, "06-28", "变更责任单位", units=[HELPER], role="牵头")
        book.add(LEAD, "07-20", "进展")
        book.add(HELPER, "08-20", "进展")
        assert met(book, "12-31") == ["2024-05-25", "2024-08-25"]

    def test_a_missed_turn_is_yellow_and_not_overdue(self) -> None:
        state = Book(MONTHLY).on("06-26").state
        assert (state.overdue, state.late, state.status) == (False, False, "未报进展")

    def test_next_turn_is_what_comes_due(self) -> None:
        book = Book(MONTHLY)
        assert (book.on("06-20").state.due, book.on("06-20").state.days_left) == (day("06-25"), 5)
        book.add(LEAD, "06-20", "进展")
        assert book.on("06-20").state.due == day("07-25")

    def test_window_of_a_whole_cycle_is_no_warning(self) -> None:
        weekly = {**MONTHLY, "text": "每周五", "every": "week", "day": "5"}
        book = Book(weekly)
        book.add(LEAD, "05-09", "进展")
        assert book.on("05-10").light.name == "绿"

    def test_without_end(self) -> None:
        endless = {key: value for key, value in MONTHLY.items() if key != "until"}
        book = Book(endless)
        state = book.on("06-20").state
        assert (state.due, state.occurrences[-1].due) == (day("06-25"), day("2025-12-25"))
        assert book.on("9999-12-31").state.occurrences[-1].due == date(9999, 12, 25)
        book.add(LEAD, "06-20", "进展")
        assert "unknown-stage" not in book.codes()

    def test_closed_by_assessment(self) -> None:
        book = Book(MONTHLY)
        book.add(OFFICE, "12-10", "期满评估")
        assert book.on("12-31").state.status == "已评估"


class TestStaged:
    def test_the_earliest_open_stage_counts(self) -> None:
        book = Book(STAGED)
        application = book.add(LEAD, "06-20", "申请销号")
        first = book.on("06-20").state
        assert first.current
        assert (first.status, first.current.id) == ("待核验", "1")
        book.add(OFFICE, "06-25", "核验销号", answers=[application])
        second = book.on("06-25").state
        assert second.current
        assert (second.status, second.current.id, second.due) == ("推进中", "2", day("09-30"))
        assert (second.finished, second.closed) == (None, None)

    def test_closed_when_all_are(self) -> None:
        book = Book(STAGED)
        for when in ("06-20", "09-20"):
            application = book.add(LEAD, when, "申请销号")
            book.add(OFFICE, when, "核验销号", answers=[application])
        state = book.on("09-20").state
        assert (state.status, state.finished, state.late) == ("已销号", day("09-20"), False)

    def test_a_past_open_stage_stays_overdue(self) -> None:
        book = Book(STAGED)
        application = book.add(LEAD, "09-20", "申请销号", stage="2")
        book.add(OFFICE, "09-21", "核验销号", answers=[application])
        state = book.on("09-21").state
        assert (state.overdue, state.days_overdue, state.status) == (True, 83, "推进中")
        assert [stage.status for stage in state.stages] == ["未报进展", "已销号"]

    def test_late_in_one_stage_is_late(self) -> None:
        book = Book(STAGED)
        for when in ("07-02", "09-20"):
            application = book.add(LEAD, when, "申请销号")
            book.add(OFFICE, when, "核验销号", answers=[application])
        state = book.on("09-20").state
        assert (state.status, state.late) == ("已销号", True)
        assert [stage.late for stage in state.stages] == [True, False]

    def test_extension_of_one_stage(self) -> None:
        book = Book(STAGED)
        asked = book.add(LEAD, "06-20", "申请延期", due="2024-07-15")
        book.add(OFFICE, "06-25", "批准延期", answers=[asked])
        assert [s.due for s in book.on("06-25").state.stages] == [day("07-15"), day("09-30")]

    def test_reopening_one_stage(self) -> None:
        book = Book(STAGED)
        application = book.add(LEAD, "06-20", "申请销号")
        book.add(OFFICE, "06-21", "核验销号", answers=[application])
        book.add(OFFICE, "06-22", "撤销销号", stage="1")
        state = book.on("06-22").state
        assert [stage.status for stage in state.stages] == ["推进中", "未报进展"]
        book.add(OFFICE, "06-23", "撤销销号", stage="2")
        assert book.codes() == ["wrong-order"]

    def test_unknown_stage(self) -> None:
        book = Book(STAGED)
        book.add(LEAD, "06-20", "进展", stage="3")
        book.add(LEAD, "06-20", "申请销号", stage="3")
        assert book.codes() == ["unknown-stage", "unknown-stage"]


class TestYearsEnd:
    def test_marks(self) -> None:
        book = Book(ONGOING)
        book.add(LEAD, "06-01", "进展")
        days = ("11-30", "12-01", "12-31", "2025-01-01")
        marks = [book.on(d).state.assessment_mark for d in days]
        assert marks == [None, "待年度评估", "待年度评估", "期满待评估"]
        book.add(OFFICE, "2025-01-05", "期满评估")
        assert book.on("2025-01-05").state.assessment_mark is None
        assert book.codes() == []

    def test_assessed_early_needs_a_reason(self) -> None:
        book = Book(ONGOING)
        book.add(OFFICE, "11-30", "期满评估")
        assert book.codes() == ["missing-field"]
        assert book.on("11-30").state.status == "未报进展"

    def test_assessed_early_with_a_reason(self) -> None:
        book = Book(ONGOING)
        book.add(OFFICE, "11-30", "期满评估", reason="提前完成")
        assert book.codes() == []

    def test_long_term_has_no_end(self) -> None:
        book = Book({"kind": "ongoing", "text": "长期坚持"})
        state = book.on("2025-06-01").state
        assert (state.due, state.days_left, state.assessment_mark) == (None, None, None)

    def test_unset_is_judged_by_reports_alone(self) -> None:
        state = Book(UNSET).on("12-31").state
        assert (state.due, state.overdue, state.dated) == (None, False, False)


class TestDoubts:
    def test_report_after_close(self) -> None:
        book = Book()
        application = book.add(LEAD, "06-20", "申请销号", summary="已办。")
        book.add(OFFICE, "06-21", "核验销号", answers=[application])
        assert book.on("06-21").state.last_report == day("06-20")
        book.add(LEAD, "06-21", "进展")
        assert book.codes() == []
        book.add(LEAD, "06-22", "进展")
        assert book.codes() == ["report-after-close"]
        assert book.on("06-22").state.last_report == day("06-22")

    def test_report_after_removal(self) -> None:
        book = Book(removed={"on": "2024-06-10", "basis": "示例〔2024〕9号"})
        book.add(LEAD, "06-10", "进展")
        assert book.codes() == []
        book.add(LEAD, "06-12", "进展")
        book.add(LEAD, "06-12", "申请销号")
        assert book.codes() == ["report-after-close", "wrong-order"]
        assert book.on("06-12").state.status == "已核减"

    @pytest.mark.parametrize(("kind", "words"), [("核减", "调出"), ("期满评估", "评估")])
    def test_report_after_what_is_no_close_out(self, kind: str, words: str) -> None:
        """In the words that people read of the status; 撤销销号 revokes close-outs alone."""
        book = Book(ONGOING | {"until": "2024-06-30"})
        book.add(OFFICE, "06-10", kind)
        book.add(LEAD, "06-12", "进展")
        found = next(f for f in book.findings() if f.code == "report-after-close")
        assert found.message == f"事项1.1已于2024-06-10{words}，此后仍报进展"
        assert found.remedy == "请核对事项编号和日期"

    def test_unit_of_an_open_body(self) -> None:
        book = Book(open=("等相关部门",))
        book.add("示例丁局", "06-10", "进展")
        assert book.codes() == ["unit-by-open-body"]
        assert book.on("06-10").state.status == "推进中"
        book.add(OFFICE, "06-12", "明确责任单位", units=["示例丁局"])
        book.add("示例丁局", "06-13", "进展")
        assert book.codes() == ["unit-by-open-body"]

    def test_unit_that_nobody_named(self) -> None:
        book = Book()
        book.add("示例丁局", "06-10", "进展")
        assert book.codes() == ["unit-not-named"]
        assert book.on("06-10").state.status == "未报进展"
