"""What is chosen among judged items for the views of one item or one unit."""

from datetime import date

import pytest

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.query.choose import of_unit, records_of, year_over
from gaigai_cli.query.reasons import reason_of
from tests.judge.build import HELPER, LEAD, OFFICE, OTHER, Book, day


def test_records_of_an_item_are_its_own_the_demands_and_their_receipts() -> None:
    book = Book()
    report = book.add(HELPER, "06-01", "进展")
    demand = book.add(OFFICE, "06-02", "督办")
    book.add(OFFICE, "06-03", "督办", items=["9.9"])
    receipt = book.add(LEAD, "06-04", "督办回执", answers=[demand])
    book.add(LEAD, "06-30", "进展")

    judgement = Judge(book.ledger()).on(day("06-20"))

    assert [e.record.id for e in records_of(judgement, "1.1")] == [report, demand, receipt]


def test_of_unit_keeps_the_items_in_which_it_has_a_role() -> None:
    items = Judge(Book().ledger()).on(day("06-20")).items

    assert [row.role for row in of_unit(items, LEAD)] == ["牵头"]
    assert [row.role for row in of_unit(items, HELPER)] == ["责任"]
    assert of_unit(items, OTHER) == ()
    assert [row.role for row in of_unit(items, None)] == [None]


@pytest.mark.parametrize(("idle", "over"), [(60, True), (61, False), (1_000_000, False)])
def test_a_year_is_over_once_nothing_was_heard_for_the_idle_days(idle: int, over: bool) -> None:
    """Rules may want more of them than there are behind a day."""
    book = Book(rules={"warn": {"idle": idle}})
    book.add(LEAD, "12-01", "进展")
    assert year_over(Judge(book.ledger()).on(date(2025, 1, 31))) is over


def why(book: Book, when: str = "07-20") -> tuple[str, str | None] | None:
    judgement = Judge(book.ledger()).on(day(when))
    reason = reason_of(judgement, judgement.items[0])
    return (reason.words, reason.fate) if reason else None


def test_reasons_have_a_rank_and_are_a_leads_own() -> None:
    """逾期原因, then the reason of an extension with its fate, then the latest 存在问题 or receipt."""
    book = Book()
    assert why(book) is None
    book.add(HELPER, "06-02", "进展", late_reason="与本单位无关", problems="与本单位无关")
    assert why(book) is None

    book.add(LEAD, "06-03", "进展", problems="资金未到位")
    assert why(book) == ("资金未到位", None)
    paper = book.add(OFFICE, "06-04", "督办")
    book.add(LEAD, "06-06", "督办回执", answers=[paper], summary="6月底前到位")
    assert why(book) == ("6月底前到位", None)
    book.add(LEAD, "06-10", "进展", problems="又有新情况")
    assert why(book) == ("又有新情况", None)

    asked = book.add(LEAD, "06-12", "申请延期", reason="上级文件未下达")
    assert why(book) == ("上级文件未下达", "待研究")
    book.add(OFFICE, "06-20", "不予延期", answers=[asked])
    assert why(book) == ("上级文件未下达", "不同意延期")
    assert why(book, "06-19") == ("上级文件未下达", "待研究")

    book.add(LEAD, "07-01", "进展", late_reason="资金未到位")
    book.add(LEAD, "07-05", "进展", late_reason="程序较长")
    assert why(book) == ("程序较长", None)


def test_what_was_taken_back_is_no_reason() -> None:
    book = Book()
    asked = book.add(LEAD, "06-12", "申请延期", reason="上级文件未下达")
    book.add(LEAD, "06-13", "撤回申请", answers=[asked])
    assert why(book) is None


def test_what_a_condition_has_settled_is_no_reason_in_a_receipt_either() -> None:
    book = Book()
    paper = book.add(OFFICE, "05-20", "督办")
    book.add(LEAD, "05-22", "督办回执", answers=[paper], summary="接口还没有开通")
    book.add(OFFICE, "05-25", "条件未具备")
    assert why(book) == ("接口还没有开通", None)

    book.add(OFFICE, "06-10", "条件具备")
    assert why(book) is None
    again = book.add(OFFICE, "06-12", "督办")
    book.add(LEAD, "06-13", "督办回执", answers=[again], summary="正在联调")
    assert why(book) == ("正在联调", None)
