"""更正: for every day, in id order, keeping the original's id and place."""

from tests.judge.build import JOINT, LEAD, OFFICE, Book


def test_applies_before_its_own_date() -> None:
    book = Book()
    report = book.add(LEAD, "06-01", "进展", percent="80")
    book.add(LEAD, "07-01", "更正", corrects=report, set={"percent": "30"})
    assert book.on("06-01").state.percent == 30
    assert book.codes() == []


def test_void_for_every_day() -> None:
    book = Book()
    report = book.add(LEAD, "06-01", "进展")
    book.add(LEAD, "07-01", "更正", corrects=report, void=True)
    assert book.on("06-01").state.status == "未报进展"
    assert book.on("06-01").state.entries == ()
    assert book.codes() == []


def test_several_in_id_order() -> None:
    """The order of ids is that of recording, whatever days the corrections are dated."""
    book = Book()
    report = book.add(LEAD, "06-01", "进展", percent="10")
    late = {"id": "20240703-090000-00000002", "corrects": report}
    early = {"id": "20240702-090000-00000001", "corrects": report}
    book.add(LEAD, "07-01", "更正", set={"percent": "30"}, **late)
    book.add(LEAD, "07-02", "更正", set={"percent": "20", "next": "验收。"}, **early)
    record = book.on("06-01").state.entries[0].record
    assert (record.id, record.percent, record.next) == (report, 30, "验收。")


def test_changed_date_moves_the_record() -> None:
    book = Book()
    report = book.add(LEAD, "06-12", "进展")
    assert book.on("06-10").state.status == "未报进展"
    book.add(LEAD, "06-13", "更正", corrects=report, set={"date": "2024-06-10"})
    assert book.on("06-10").state.status == "推进中"
    assert book.codes() == []


def test_changed_item_moves_the_record_away() -> None:
    book = Book()
    report = book.add(LEAD, "06-01", "进展", item="1.9")
    assert book.codes() == ["unknown-item"]
    book.add(LEAD, "06-02", "更正", corrects=report, set={"item": "1.1"})
    assert book.codes() == []
    assert book.on("06-01").state.status == "推进中"


def test_voided_fault_is_no_finding() -> None:
    book = Book()
    report = book.add(LEAD, "06-01", "进展", item="1.9")
    book.add(LEAD, "06-02", "更正", corrects=report, void=True)
    assert book.codes() == []


def test_correction_makes_a_fault() -> None:
    book = Book()
    report = book.add(LEAD, "06-01", "进展")
    book.add(LEAD, "06-02", "更正", corrects=report, set={"date": "2023-06-01"})
    assert book.codes() == ["before-issue"]
    assert book.on("06-30").state.status == "未报进展"


def test_bad_correction_is_passed_over() -> None:
    book = Book()
    report = book.add(LEAD, "06-01", "进展", percent="10")
    book.add(LEAD, "06-02", "更正", corrects=report, set={"percent": "20"})
    book.add(LEAD, "06-03", "更正", corrects=report, set={"percent": "101"})
    book.add(LEAD, "06-04", "更正", corrects=report, set={"unit": JOINT})
    book.add(LEAD, "06-05", "更正", corrects=report, set={"due": "2024-12-31"})
    assert book.codes() == ["bad-correction"] * 3
    assert book.on("06-01").state.percent == 20


def test_of_another_unit_is_passed_over() -> None:
    book = Book()
    report = book.add(LEAD, "06-01", "进展", percent="10")
    book.add(OFFICE, "06-02", "更正", corrects=report, set={"percent": "20"})
    assert book.codes() == ["foreign-correction"]
    assert book.on("06-01").state.percent == 10


def test_of_a_correction_is_passed_over() -> None:
    book = Book()
    report = book.add(LEAD, "06-01", "进展", percent="10")
    first = book.add(LEAD, "06-02", "更正", corrects=report, set={"percent": "20"})
    book.add(LEAD, "06-03", "更正", corrects=first, set={"reason": "误报"})
    assert book.codes() == ["correction-of-correction"]
    assert book.on("06-01").state.percent == 20


def test_one_that_is_void_changes_nothing_and_is_no_fault() -> None:
    book = Book()
    report = book.add(LEAD, "06-01", "进展", percent="10")
    first = book.add(LEAD, "06-02", "更正", corrects=report, set={"percent": "101"})
    assert book.codes() == ["bad-correction"]
    void = book.add(LEAD, "06-03", "更正", corrects=first, void=True)
    book.add(LEAD, "06-04", "更正", corrects=report, set={"percent": "30"})
    assert (book.on("06-01").state.percent, book.codes()) == (30, [])
    book.add(LEAD, "06-05", "更正", corrects=void, void=True)
    assert (book.on("06-01").state.percent, book.codes()) == (30, ["correction-of-correction"])


def test_that_of_another_unit_voids_no_correction() -> None:
    book = Book(lead=(LEAD, JOINT))
    report = book.add(LEAD, "06-01", "进展", percent="10")
    first = book.add(LEAD, "06-02", "更正", corrects=report, set={"percent": "20"})
    book.add(JOINT, "06-03", "更正", corrects=first, void=True)
    book.add(JOINT, "06-03", "进展", percent="50")
    assert (book.on("06-03").state.percent, book.codes()) == (20, ["foreign-correction"])


def test_verified_application_cannot_be_voided() -> None:
    book = Book()
    application = book.add(LEAD, "06-10", "申请销号")
    book.add(OFFICE, "06-12", "核验销号", answers=[application])
    book.add(LEAD, "06-20", "更正", corrects=application, void=True)
    assert book.codes() == ["already-decided"]
    assert book.on("06-30").state.status == "已销号"
