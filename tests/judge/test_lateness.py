"""Who was late: 按期 and 逾期 by the day of the application, and what extensions change."""

from datetime import date

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.judge.lights import elapsed_percent
from gaigai_cli.judge.state import ItemState
from gaigai_cli.report.overview import totals
from tests.judge.build import JOINT, LEAD, OFFICE, OTHER, STAGED, Book, day


def close(book: Book, applied: str, verified: str) -> ItemState:
    application = book.add(LEAD, applied, "申请销号")
    book.add(OFFICE, verified, "核验销号", answers=[application])
    assert book.codes() == []
    return book.on("12-31").state


def test_application_on_the_last_day_is_in_time() -> None:
    state = close(Book(), "06-30", "07-20")
    assert (state.late, state.finished, state.closed) == (
        False,
        date(2024, 6, 30),
        date(2024, 7, 20),
    )


def test_application_on_the_day_after_is_late() -> None:
    state = close(Book(), "07-01", "07-01")
    assert (state.late, state.finished, state.closed) == (True, date(2024, 7, 1), date(2024, 7, 1))


def test_an_item_is_over_with_the_last_of_its_deadlines_in_force() -> None:
    """The first of its stages may have been extended beyond the one that comes after it."""
    book = Book(STAGED)
    book.add(OFFICE, "06-20", "批准延期", stage="1", due="2024-12-31")
    state = book.on("10-31").state
    assert (state.last_due, state.time_left) == (date(2024, 12, 31), True)
    assert elapsed_percent(state, book.ledger()) == 74
    assert totals(Judge(book.ledger()).on(day("10-31"))).due == 0
    assert book.on("2025-01-01").state.time_left is False


def test_joint_leads_finish_with_the_last_of_them() -> None:
    book = Book(lead=(LEAD, JOINT))
    first = book.add(LEAD, "06-20", "申请销号")
    assert book.on("06-20").state.status == "推进中"
    second = book.add(JOINT, "07-02", "申请销号")
    assert [book.on(d).state.overdue for d in ("06-30", "07-01", "07-02")] == [False, True, False]
    book.add(OFFICE, "07-05", "核验销号", answers=[first, second])
    state = book.on("07-05").state
    assert (state.finished, state.late) == (date(2024, 7, 2), True)


def test_verification_answers_every_lead() -> None:
    book = Book(lead=(LEAD, JOINT))
    first = book.add(LEAD, "06-20", "申请销号")
    book.add(JOINT, "06-21", "申请销号")
    book.add(OFFICE, "06-22", "核验销号", answers=[first])
    assert book.codes() == ["incomplete-answer"]
    assert book.on("06-22").state.status == "待核验"


class TestReturnedApplications:
    def test_before_the_deadline_and_asked_again_in_time(self) -> None:
        book = Book()
        first = book.add(LEAD, "06-10", "申请销号")
        book.add(OFFICE, "06-12", "退回补正", answers=[first])
        state = close(book, "06-30", "07-03")
        assert (state.late, state.finished) == (False, date(2024, 6, 30))

    def test_after_the_deadline(self) -> None:
        """The application in time ended when it was returned; the item is overdue until there is another."""
        book = Book()
        first = book.add(LEAD, "06-28", "申请销号")
        book.add(OFFICE, "07-03", "退回补正", answers=[first])
        overdue = [book.on(d).state.overdue for d in ("07-02", "07-03", "07-04")]
        assert overdue == [False, True, True]
        state = close(book, "07-05", "07-08")
        assert (state.late, state.finished) == (True, date(2024, 7, 5))

    def test_one_of_two_leads_only(self) -> None:
        book = Book(lead=(LEAD, JOINT))
        first = book.add(LEAD, "06-10", "申请销号")
        second = book.add(JOINT, "06-11", "申请销号")
        book.add(OFFICE, "06-12", "退回补正", answers=[second])
        state = book.on("06-12").state
        assert state.status == "推进中"
        assert [e.record.id for e in state.applications] == [first]
        book.add(JOINT, "06-13", "申请销号")
        assert book.on("06-13").state.status == "待核验"


class TestExtensions:
    def test_asked_and_granted_in_time(self) -> None:
        book = Book()
        asked = book.add(LEAD, "06-20", "申请延期", due="2024-08-31")
        book.add(OFFICE, "06-25", "批准延期", answers=[asked])
        state = book.on("07-10").state
        assert (state.issued, state.due, state.extended) == (
            date(2024, 6, 30),
            date(2024, 8, 31),
            True,
        )
        assert (state.overdue, state.late, state.days_left) == (False, False, 52)
        assert close(book, "08-31", "09-02").late is False

    def test_asked_in_time_and_granted_after_the_deadline(self) -> None:
        """The office's wait is not held against the lead, though the item was red meanwhile."""
        book = Book()
        asked = book.add(LEAD, "06-30", "申请延期", due="2024-08-31")
        book.add(OFFICE, "07-05", "批准延期", answers=[asked])
        assert [book.on(d).state.late for d in ("07-04", "07-05")] == [True, False]

    def test_asked_too_late(self) -> None:
        book = Book()
        asked = book.add(LEAD, "07-01", "申请延期", due="2024-08-31")
        book.add(OFFICE, "07-05", "批准延期", answers=[asked])
        state = book.on("07-05").state
        assert (state.overdue, state.late, state.due) == (False, True, date(2024, 8, 31))
        assert close(book, "07-20", "07-22").late is True

    def test_office_sets_another_day_than_asked(self) -> None:
        book = Book()
        asked = book.add(LEAD, "06-20", "申请延期", due="2024-12-31")
        book.add(OFFICE, "06-25", "批准延期", answers=[asked], due="2024-07-31")
        assert book.on("06-25").state.due == date(2024, 7, 31)

    def test_granted_without_being_asked(self) -> None:
        book = Book()
        book.add(OFFICE, "06-25", "批准延期", due="2024-07-31")
        assert book.codes() == []
        assert book.on("06-25").state.due == date(2024, 7, 31)

    def test_refused(self) -> None:
        book = Book()
        asked = book.add(LEAD, "06-20", "申请延期", due="2024-08-31")
        pending = book.on("06-24").state
        assert [e.record.id for e in pending.extensions] == [asked]
        book.add(OFFICE, "06-25", "不予延期", answers=[asked])
        state = book.on("07-01").state
        assert (state.extensions, state.due, state.overdue) == ((), date(2024, 6, 30), True)

    def test_asked_twice_second_in_force(self) -> None:
        book = Book()
        first = book.add(LEAD, "06-20", "申请延期", due="2024-08-31")
        book.add(OFFICE, "06-25", "批准延期", answers=[first])
        second = book.add(LEAD, "08-20", "申请延期", due="2024-10-31")
        book.add(OFFICE, "08-25", "批准延期", answers=[second])
        assert book.codes() == []
        assert book.on("08-25").state.due == date(2024, 10, 31)
        book.add(LEAD, "09-01", "申请延期", due="2024-09-30")
        assert book.codes() == ["not-later"]

    def test_the_other_lead_asked_later_and_was_answered_first(self) -> None:
        """What was asked for in time excuses the days of waiting, whatever else is granted meanwhile."""
        book = Book(lead=(LEAD, JOINT))
        first = book.add(LEAD, "06-29", "申请延期", due="2024-08-31")
        second = book.add(JOINT, "07-05", "申请延期", due="2024-07-31")
        book.add(OFFICE, "07-08", "批准延期", answers=[second])
        assert book.on("07-09").state.late
        book.add(OFFICE, "07-10", "批准延期", answers=[first])
        state = book.on("07-12").state
        assert (state.due, state.late, book.codes()) == (date(2024, 8, 31), False, [])

    def test_granting_an_earlier_day(self) -> None:
        book = Book()
        book.add(OFFICE, "06-25", "批准延期", due="2024-06-30")
        assert book.codes() == ["not-later"]

    def test_answered_twice(self) -> None:
        book = Book()
        asked = book.add(LEAD, "06-20", "申请延期")
        book.add(OFFICE, "06-25", "不予延期", answers=[asked])
        book.add(OFFICE, "06-26", "批准延期", answers=[asked])
        assert book.codes() == ["not-live"]

    def test_taken_back(self) -> None:
        book = Book()
        asked = book.add(LEAD, "06-10", "申请延期")
        application = book.add(LEAD, "06-20", "申请销号")
        book.add(LEAD, "06-21", "撤回申请", answers=[asked])
        state = book.on("06-21").state
        assert (state.status, state.extensions) == ("待核验", ())
        assert [e.record.id for e in state.applications] == [application]
        assert book.codes() == []

    def test_close_out_settles_it(self) -> None:
        book = Book()
        book.add(LEAD, "06-10", "申请延期")
        state = close(book, "06-20", "06-25")
        assert (state.extensions, state.applications) == ((), ())


class TestSuspension:
    def test_over_the_deadline_is_not_late(self) -> None:
        book = Book()
        book.add(OFFICE, "06-20", "条件未具备")
        assert (book.on("07-10").state.overdue, book.on("07-10").state.late) == (False, False)
        book.add(OFFICE, "07-15", "条件具备")
        book.add(OFFICE, "07-15", "批准延期", due="2024-09-30")
        assert close(book, "09-30", "10-08").late is False

    def test_over_the_deadline_without_another(self) -> None:
        book = Book()
        book.add(OFFICE, "06-20", "条件未具备")
        book.add(OFFICE, "07-15", "条件具备")
        assert close(book, "07-16", "07-17").late is True

    def test_another_stage_that_waits_for_verification_ends_nothing(self) -> None:
        """The item counts as 待核验, but of the stage that waits for its condition nothing is owed."""
        book = Book(STAGED)
        book.add(OFFICE, "06-01", "条件未具备")
        book.add(LEAD, "06-20", "申请销号", stage="1")
        state = book.on("10-05").state
        assert (state.status, state.overdue, state.late) == ("待核验", False, False)
        book.add(OFFICE, "10-07", "条件具备")
        state = book.on("10-08").state
        assert [stage.id for stage in state.overdue_stages] == ["2"]

    def test_suspended_when_late_already(self) -> None:
        book = Book()
        book.add(OFFICE, "07-05", "条件未具备")
        state = book.on("07-10").state
        assert (state.overdue, state.late) == (False, True)

    @staticmethod
    def test_twice_or_never() -> None:
        book = Book()
        book.add(OFFICE, "06-01", "条件具备")
        book.add(OFFICE, "06-02", "条件未具备")
        book.add(OFFICE, "06-03", "条件未具备")
        assert book.codes() == ["wrong-order", "wrong-order"]


class TestReopening:
    def test_old_deadline_holds_again(self) -> None:
        book = Book()
        close(book, "06-20", "06-25")
        book.add(OFFICE, "07-10", "撤销销号")
        before, after = book.on("07-09").state, book.on("07-10").state
        assert (before.overdue, before.late, before.finished) == (False, False, date(2024, 6, 20))
        assert (after.overdue, after.status, after.finished) == (True, "推进中", None)
        again = close(book, "07-20", "07-22")
        assert (again.late, again.finished, again.closed) == (
            True,
            date(2024, 7, 20),
            date(2024, 7, 22),
        )

    def test_before_the_deadline(self) -> None:
        book = Book()
        close(book, "06-10", "06-12")
        book.add(OFFICE, "06-15", "撤销销号")
        assert close(book, "06-20", "06-21").late is False


class TestWithdrawing:
    def test_only_ones_own(self) -> None:
        book = Book(lead=(LEAD, JOINT))
        first = book.add(LEAD, "06-10", "申请销号")
        book.add(JOINT, "06-11", "撤回申请", answers=[first])
        assert book.codes() == ["not-own"]

    def test_applied_twice(self) -> None:
        book = Book(lead=(LEAD, JOINT))
        book.add(LEAD, "06-10", "申请销号")
        book.add(LEAD, "06-11", "申请销号")
        assert book.codes() == ["wrong-order"]


class TestOtherLeads:
    def test_the_new_lead_has_to_apply(self) -> None:
        book = Book()
        book.add(LEAD, "06-10", "申请销号")
        book.add(OFFICE, "06-12", "变更责任单位", units=[OTHER], role="牵头")
        state = book.on("06-12").state
        assert (state.status, state.units.lead, state.applications) == ("推进中", (OTHER,), ())
        book.add(LEAD, "06-13", "申请销号")
        assert book.codes() == ["not-lead"]
        book.add(OTHER, "06-14", "申请销号")
        assert book.on("06-14").state.status == "待核验"

    def test_a_lead_less(self) -> None:
        book = Book(lead=(LEAD, JOINT))
        book.add(LEAD, "06-10", "申请销号")
        book.add(OFFICE, "06-12", "变更责任单位", units=[LEAD], role="牵头")
        assert book.on("06-12").state.status == "待核验"
        assert book.codes() == []

    def test_named_in_addition(self) -> None:
        book = Book(responsible=(), open=("等相关部门",))
        book.add(OFFICE, "06-12", "明确责任单位", units=[OTHER], role="责任")
        book.add(OFFICE, "06-13", "明确责任单位", units=[JOINT, OTHER], role="责任")
        units = book.on("06-13").state.units
        assert (units.lead, units.responsible, units.open) == (
            (LEAD,),
            (OTHER, JOINT),
            ("等相关部门",),
        )

    def test_another_role(self) -> None:
        book = Book()
        book.add(OFFICE, "06-12", "明确责任单位", units=["示例丙局"], role="牵头")
        units = book.on("06-12").state.units
        assert (units.lead, units.responsible) == ((LEAD, "示例丙局"), ())


def test_a_close_out_revoked_after_the_list_removed_the_item() -> None:
    """Nobody owes it any more, and what it was before stays as it was."""
    book = Book(removed={"on": "2024-07-31", "basis": "示例〔2024〕9号"})
    close(book, "06-20", "06-25")
    book.add(OFFICE, "09-02", "撤销销号")
    state = book.on("10-01").state
    assert [state.on(day(d)).status for d in ("07-31", "09-01", "09-02")] == [
        "已销号",
        "已销号",
        "已核减",
    ]
    assert (state.status, state.late) == ("已核减", False)
