"""A record is refused for what it would cause and for nothing else; the whole check is the oracle."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.judge.findings import check
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.kinds import KINDS as KIND_TABLE
from gaigai_cli.model.kinds import KindName
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.record.new_record import Intention, NotARecord
from gaigai_cli.record.prepare import Prepared, RefusedRecord, prepare
from tests.judge.build import (
    FILLED,
    FIXED,
    GENERAL,
    HELPER,
    JOINT,
    LEAD,
    OFFICE,
    ONGOING,
    STAGED,
    Book,
)

NOW = datetime(2024, 12, 31, 9, 0, 0, tzinfo=UTC)
RANDOM = b"\xff\xff\xff\xff"
KINDS = sorted(name for name, kind in KIND_TABLE.items() if kind.about != "none")


def prepared(book: Book, intention: Intention) -> Prepared:
    return prepare(intention, Judge(book.ledger()), now=NOW, random=RANDOM)


def errors(ledger: Ledger) -> set[Finding]:
    return {f for f in check(ledger, today=NOW.date()) if f.severity == "error"}


OFFICE_KINDS = {name for name, kind in KIND_TABLE.items() if kind.by == "office"}
# The kinds that a course is made of come often, all others sometimes.
USUAL = ("申请销号", "核验销号", "退回补正", "申请延期", "批准延期", "撤销销号", "撤回申请", "进展")
records = st.tuples(
    st.integers(0, 5),
    st.sampled_from((*USUAL, *USUAL, *(kind for kind in KINDS if kind not in GENERAL))),
    st.booleans(),
)
"""Days since the record before, the kind, and whether the right unit writes it (else the helper does)."""


def unit_of(kind: str, lead: tuple[str, ...], right: bool, number: int) -> str:
    if not right and number % 3 == 0:
        return HELPER
    return OFFICE if kind in OFFICE_KINDS else lead[number % len(lead)]


def fields_of(book: Book, kind: KindName) -> dict[str, Any]:
    """What a record of a kind says; an answer answers what was last asked for."""
    said = dict(FILLED.get(kind, {}))
    wanted = KIND_TABLE[kind].answers
    if wanted:
        asked = [entry.record.id for entry in book.entries if entry.record.kind in wanted]
        said["answers"] = tuple(asked[-1:]) or ("20240101-000000-00000000",)
    return said


def last_intention(
    book: Book, lead: tuple[str, ...], made: tuple[int, KindName, bool], back: int, void: bool
) -> Intention:
    """A record dated up to 30 days before the last one, or a 更正 that voids one of the last."""
    latest = max((entry.record.date for entry in book.entries), default=date(2024, 6, 1))
    if void and book.entries:
        target = book.entries[-1 - back % len(book.entries)]
        said = {"corrects": target.record.id, "reason": "示例", "void": True}
        return Intention("更正", target.unit, latest, said)
    _, kind, right = made
    unit = unit_of(kind, lead, right, back)
    day = latest - timedelta(days=back)
    return Intention(kind, unit, day, {"item": "1.1", **fields_of(book, kind)})


@given(
    st.sampled_from((FIXED, FIXED, STAGED, ONGOING)),
    st.sampled_from(((LEAD,), (LEAD, JOINT), (OFFICE,))),
    st.lists(records, max_size=8),
    records,
    st.integers(0, 30),
    st.booleans(),
)
def test_refused_for_what_it_causes(
    deadline: dict[str, Any],
    lead: tuple[str, ...],
    before: list[tuple[int, KindName, bool]],
    last: tuple[int, KindName, bool],
    back: int,
    void: bool,
) -> None:
    book, day = Book(deadline, lead), date(2024, 6, 1)
    for number, (days, kind, right) in enumerate(before):
        day += timedelta(days=days)
        book.add(unit_of(kind, lead, right, number), day.isoformat(), kind, **fields_of(book, kind))
    intention = last_intention(book, lead, last, back, void)
    ledger = book.ledger()

    try:
        new = prepared(book, intention)
    except RefusedRecord as refused:
        record, told = refused.entry.record, {*refused.own, *refused.broken}
    else:
        record, told = new.entry.record, set()

    unit = intention.unit
    index = sum(entry.unit == unit for entry in ledger.entries)
    entry = Entry(record, unit, f"progress/{unit}.yaml", index)
    after = replace(ledger, entries=(*ledger.entries, entry))
    assert {(f.code, f.message) for f in told} == {
        (f.code, f.message) for f in errors(after) - errors(ledger)
    }


def test_before_and_after() -> None:
    new = prepared(
        Book(), Intention("进展", LEAD, date(2024, 6, 14), {"item": "1.1", "summary": "示例"})
    )

    assert new.before is not None
    assert new.after is not None
    assert (new.before.state.status, new.after.state.status) == ("未报进展", "推进中")
    assert new.ledger.entries == (new.entry,)


def test_general_records_have_no_item() -> None:
    said = {"to": (LEAD,), "basis": "示例", "approved_by": "示例领导"}
    new = prepared(Book(), Intention("表扬", OFFICE, date(2024, 6, 14), said))

    assert (new.before, new.after, new.warnings) == (None, None, ())


def told(book: Book, **fields: Any) -> tuple[str, ...]:
    """What a report of mid-June draws as warnings."""
    said = {"item": "1.1", "summary": "示例进展。"} | fields
    return prepared(book, Intention("进展", LEAD, date(2024, 6, 14), said)).warnings


def test_an_estimate_that_jumps_and_no_count_that_comes_in_lumps() -> None:
    numbers = {"name": "示例座数", "unit": "座", "target": {"at_least": 60}, "measure": "latest"}
    book, counted = Book(), Book(indicators=({"id": "x1", **numbers},))
    for one, metrics in ((book, None), (counted, {"x1": 20})):
        one.add(LEAD, "05-20", "进展", percent=10, metrics=metrics)
    jumped = ("完成百分比由5月20日所报的10%升为50%，一次上升40个百分点，请核对",)
    assert [told(book, percent=p) for p in (50, 49)] == [jumped, ()]
    assert told(counted, percent=90, metrics={"x1": 55}) == ()
    assert told(counted, metrics={"x1": 19}) == ("指标“示例座数”由20减为19，是累计数的，请核对",)
    assert told(book, percent=9) == ("完成百分比由5月20日所报的10%降为9%",)


@pytest.mark.parametrize(
    ("name", "value", "odd"),
    [("示例合格率", 105, True), ("示例合格率", 100, False), ("示例占比", -1, True),
     ("示例增长率", 105, False), ("示例完成率", 105, False), ("示例提升率", -3, False)],
)  # fmt: skip
def test_a_share_of_more_than_the_whole(name: str, value: int, odd: bool) -> None:
    target = {"unit": "%", "target": {"at_least": 90}, "measure": "latest"}
    book = Book(indicators=({"id": "x1", "name": name, **target},))
    words = f"指标“{name}”报{value}%，不在0至100%之间，请核对数字和计量单位"
    assert told(book, metrics={"x1": value}) == ((words,) if odd else ())


def test_later_records_that_would_break_are_listed() -> None:
    book = Book()
    suspended = book.add(OFFICE, "06-10", "条件未具备")
    book.add(OFFICE, "06-11", "条件具备")
    said = {"corrects": suspended, "reason": "示例", "void": True}

    with pytest.raises(RefusedRecord) as refused:
        prepared(book, Intention("更正", OFFICE, date(2024, 6, 12), said))

    assert refused.value.own == ()
    assert [f.record for f in refused.value.broken] == [(f"progress/{OFFICE}.yaml", 1)]


def test_late_entry_before_a_ruling() -> None:
    """A record that is dated back may make a later one impossible as well."""
    book = Book()
    book.add(LEAD, "06-10", "申请延期", due="2024-08-31")
    book.add(OFFICE, "06-20", "批准延期", answers=[book.entries[0].record.id])

    with pytest.raises(RefusedRecord) as refused:
        prepared(
            book, Intention("核减", OFFICE, date(2024, 6, 15), {"item": "1.1", "basis": "示例"})
        )

    assert [f.message for f in refused.value.broken] == ["事项1.1此时为“已核减”，不能记录批准延期"]


def test_moving_a_report_to_another_item_is_seen_from_both() -> None:
    book = Book()
    report = book.add(LEAD, "06-10", "进展")
    said = {"corrects": report, "reason": "示例", "set": {"item": "9.9"}}

    with pytest.raises(RefusedRecord) as refused:
        prepared(book, Intention("更正", LEAD, date(2024, 6, 12), said))

    assert refused.value.message == "清单中没有事项“9.9”"


def test_targets_are_those_of_the_last_stage() -> None:
    book = Book(STAGED, indicators=({"id": "x1", "name": "示例户数", "target": {"at_least": "9"}, "measure": "latest"},))  # fmt: skip
    book.add(LEAD, "06-01", "进展", metrics={"x1": "3"})
    warned = []
    for stage, when in (("1", "06-12"), ("2", "06-14")):
        said = {"item": "1.1", "stage": stage, "evidence": ["示例文号〔2024〕1号"]}
        new = prepared(book, Intention("申请销号", LEAD, date(2024, 6, 14), said))
        warned.append(any("还没有达到目标" in words for words in new.warnings))
        book.add(OFFICE, when, "核验销号", answers=[book.add(LEAD, when, "申请销号", stage=stage)])
    assert warned == [False, True]


def test_fields_that_make_no_record() -> None:
    with pytest.raises(NotARecord):
        prepared(Book(), Intention("申请销号", LEAD, date(2024, 6, 14), {"item": "1.1"}))
