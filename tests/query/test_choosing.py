"""What is chosen among judged items for the views of one item or one unit."""

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.query.choose import late_reason, of_unit, records_of
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


def test_the_latest_reason_of_a_lead_counts() -> None:
    book = Book()
    assert late_reason(book.on("07-20")) is None

    book.add(LEAD, "07-01", "进展", late_reason="资金未到位")
    book.add(LEAD, "07-05", "进展", late_reason="程序较长")
    book.add(HELPER, "07-08", "进展", late_reason="与本单位无关")
    assert late_reason(book.on("07-20")) == "程序较长"
