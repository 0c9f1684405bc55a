"""What is entered late (补记): from which day it counts, and how the office states another."""

from datetime import date

import pytest

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.judge.state import ItemState
from tests.judge.build import JOINT, LEAD, OFFICE, STAGED, Book

STAMP = "120000-0000000"


def written(book: Book, recorded: str, when: str, kind: str, **fields: object) -> str:
    """A record of the lead dated ``when`` and recorded on the later day ``recorded``."""
    number = f"2024{recorded.replace('-', '')}-{STAMP}{len(book.entries)}"
    return book.add(LEAD, when, kind, id=number, **fields)


def verified(book: Book, when: str, *answers: str, **fields: object) -> ItemState:
    book.add(OFFICE, when, "核验销号", answers=[*answers], **fields)
    return book.on("12-31").state


def test_an_application_counts_from_the_day_on_which_it_was_recorded() -> None:
    book = Book()
    applied = written(book, "07-10", "06-28", "申请销号")
    shown = [(book.on(d).state.status, book.on(d).state.overdue) for d in ("07-09", "07-10")]
    assert shown == [("未报进展", True), ("待核验", False)]
    state = verified(book, "07-11", applied)
    assert (state.finished, state.late) == (date(2024, 7, 10), True)
    assert book.codes() == []


def test_of_the_office_it_counts_from_the_day_of_the_paper() -> None:
    book = Book()
    state = verified(book, "07-11", written(book, "07-10", "06-28", "申请销号", via="书面"))
    assert (state.finished, state.late) == (date(2024, 6, 28), False)


def test_the_office_states_the_day() -> None:
    """Earlier days say what they said: only from the ruling on is the item in time."""
    book = Book()
    applied = written(book, "07-10", "06-28", "申请销号")
    state = verified(book, "07-12", applied, finished="2024-06-28", basis="收文登记")
    assert (state.finished, state.closed, state.late) == (
        date(2024, 6, 28),
        date(2024, 7, 12),
        False,
    )
    assert book.on("07-11").state.late
    assert book.codes() == []


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (("督办", {"to": [LEAD], "reply_by": "2024-07-05"}), "督办回执"),
        (("批示", {"to": [LEAD], "handling": "批办", "reply_by": "2024-07-05"}), "办理反馈"),
    ],
)
def test_what_a_paper_asks_for_is_there_once_it_is_recorded(
    asked: tuple[str, dict[str, object]], answer: str
) -> None:
    """Dated into the time, by option or by hand, it is no answer in time; of the office it counts as of the paper."""
    kind, fields = asked
    for via, first in ((None, "07-10"), ("书面", "07-04")):
        book = Book()
        paper = book.add(OFFICE, "07-01", kind, **fields)
        reply = written(book, "07-10", "07-04", answer, answers=[paper], via=via)
        before, then = (Judge(book.ledger()).on(date(2024, 7, d)).general for d in (9, 10))
        assert (reply in {e.record.id for e in before}) is (via is not None)
        assert {e.record.id: f"{e.counts:%m-%d}" for e in then}[reply] == first


def test_of_joint_leads_only_what_was_late_is_moved() -> None:
    book = Book(lead=(LEAD, JOINT))
    first = book.add(JOINT, "06-20", "申请销号")
    second = written(book, "07-10", "07-10", "申请销号")
    state = verified(book, "07-12", first, second, finished="2024-06-28")
    assert (state.finished, state.late) == (date(2024, 6, 28), False)


def test_an_earlier_lateness_stays() -> None:
    """The stated day undoes the wait for the record, not that a deadline before was missed."""
    book = Book()
    asked = book.add(LEAD, "07-02", "申请延期", due="2024-07-31")
    book.add(OFFICE, "07-04", "批准延期", answers=[asked])
    applied = written(book, "08-05", "07-30", "申请销号")
    state = verified(book, "08-06", applied, finished="2024-07-30")
    assert (state.finished, state.late) == (date(2024, 7, 30), True)


@pytest.mark.parametrize(
    ("stated", "codes"),
    [
        ("2024-07-11", ["stated-later"]),
        ("2024-05-06", ["before-issue", "before-issue"]),
        ("2024-07-10", []),
    ],
)
def test_no_later_day_is_stated_and_none_before_the_notice(stated: str, codes: list[str]) -> None:
    book = Book()
    applied = written(book, "07-10", "06-28", "申请销号")
    verified(book, "07-12", applied, finished=stated)
    assert set(book.codes()) == set(codes)


def test_not_before_the_same_application_was_sent_back() -> None:
    book = Book()
    first = book.add(LEAD, "06-28", "申请销号")
    book.add(OFFICE, "07-05", "退回补正", answers=[first])
    again = book.add(LEAD, "07-10", "申请销号")
    state = verified(book, "07-12", again, finished="2024-06-29")
    (finding,) = book.findings()
    assert (finding.code, finding.message) == (
        "wrong-order",
        "按“认定的办结日期”2024-06-29计，所答复的申请不成立：事项1.1此时为“待核验”，不能记录申请销号",
    )
    assert state.status == "待核验"  # the application itself is none the worse for it


def asked_late(book: Book, **ruling: object) -> ItemState:
    asked = written(book, "07-05", "06-29", "申请延期", due="2024-08-31")
    book.add(OFFICE, "07-08", "批准延期", answers=[asked], **ruling)
    return book.on("07-20").state


def test_an_extension_recorded_after_the_deadline_was_asked_for_too_late() -> None:
    book = Book()
    state = asked_late(book)
    assert (state.due, state.late) == (date(2024, 8, 31), True)
    assert book.codes() == []


def test_the_office_states_when_it_was_asked_for() -> None:
    book = Book()
    assert asked_late(book, asked="2024-06-29").late is False
    assert book.codes() == []


def test_granted_without_an_application_the_day_is_stated_too() -> None:
    book = Book()
    book.add(OFFICE, "07-08", "批准延期", due="2024-08-31", asked="2024-06-29")
    assert book.on("07-20").state.late is False
    book = Book()
    book.add(OFFICE, "07-08", "批准延期", due="2024-08-31")
    assert book.on("07-20").state.late is True


def test_a_second_extension_in_time_does_not_undo_the_first_lateness() -> None:
    book = Book()
    first = book.add(LEAD, "07-02", "申请延期", due="2024-07-31")
    book.add(OFFICE, "07-04", "批准延期", answers=[first])
    second = book.add(LEAD, "07-20", "申请延期", due="2024-08-31")
    book.add(OFFICE, "07-22", "批准延期", answers=[second])
    assert book.on("07-25").state.late is True


def test_an_answer_is_not_dated_before_what_it_answers_counts() -> None:
    book = Book()
    applied = written(book, "07-10", "06-28", "申请销号")
    verified(book, "07-05", applied)
    assert book.codes() == ["answer-too-early"]


def test_moved_to_another_stage_it_counts_from_the_correction_on() -> None:
    book = Book(deadline=STAGED)
    applied = book.add(LEAD, "06-28", "申请销号", stage="2")
    book.add(LEAD, "07-10", "更正", corrects=applied, set={"stage": "1"})
    shown = [book.on(d).state.overdue for d in ("07-09", "07-10")]
    assert shown == [True, False]
    assert book.on("07-10").state.late
