"""What an answer answers, looked up from what waits; stages one by one."""

from collections.abc import Callable
from typing import Any

import pytest

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.kinds import KindName
from gaigai_cli.query import waiting
from gaigai_cli.work.rule import rulings_now
from tests.judge.build import (
    FIXED,
    JOINT,
    LEAD,
    MONTHLY,
    OFFICE,
    ONGOING,
    STAGED,
    UNSET,
    Book,
    day,
)


def joint() -> tuple[Book, str, str]:
    book = Book(lead=(LEAD, JOINT))
    return book, book.add(LEAD, "06-10", "申请销号"), book.add(JOINT, "06-12", "申请销号")


def ids(entries: Any) -> list[str]:
    return [entry.record.id for entry in entries]


def test_verification_answers_every_lead() -> None:
    book, first, second = joint()

    assert ids(waiting.verified(book.on("06-12"))) == [first, second]


def test_verification_waits_for_every_lead() -> None:
    book, _, _ = joint()

    with pytest.raises(GaigaiError, match="只有示例甲局申请销号，示例乙局还没有申请"):
        waiting.verified(book.on("06-11"))


def test_one_of_several_applications_is_returned() -> None:
    book, first, second = joint()
    item = book.on("06-12")

    assert ids(waiting.returned(item)) == [first, second]
    assert ids(waiting.returned(item, waiting.Scope(unit=JOINT))) == [second]


def test_each_unit_takes_back_its_own() -> None:
    book, first, _ = joint()

    assert ids(waiting.taken_back(book.on("06-12"), LEAD, "申请销号")) == [first]


def test_stages() -> None:
    book = Book(STAGED)
    one = book.add(LEAD, "06-10", "申请销号")
    book.add(OFFICE, "06-11", "核验销号", answers=[one])
    two = book.add(LEAD, "06-20", "申请销号")
    asked = book.add(LEAD, "06-12", "申请延期", due="2024-10-31")
    item = book.on("06-20")

    assert ids(waiting.verified(item)) == [two]
    assert ids(waiting.verified(item, waiting.Scope("2"))) == [two]
    with pytest.raises(GaigaiError):
        waiting.verified(item, waiting.Scope("1"))
    assert ids(waiting.ruled(item)) == [asked]
    assert waiting.ruled(item, waiting.Scope(unit=JOINT)) == ()


def test_longest_waiting_first() -> None:
    book, _, _ = joint()
    asked = book.add(LEAD, "06-05", "申请延期")
    judgement = Judge(book.ledger()).on(day("06-12"))

    assert [(i.id, s.id) for i, s in waiting.to_verify(judgement)] == [("1.1", None)]
    assert ids(entry for _, entry in waiting.to_rule(judgement)) == [asked]


def test_nothing_waits_of_a_withdrawn_item() -> None:
    book = Book()
    book.add(LEAD, "06-10", "申请延期")
    book.add(LEAD, "06-11", "申请销号")
    book.add(OFFICE, "06-12", "核减")
    judgement = Judge(book.ledger()).on(day("06-12"))

    assert list(waiting.to_verify(judgement)) == []
    assert list(waiting.to_rule(judgement)) == []
    with pytest.raises(GaigaiError, match="没有待核验的销号申请（此时为“已核减”）"):
        waiting.verified(judgement.by_id["1.1"])


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (waiting.verified, "1.1没有待核验的销号申请（此时为“未报进展”）"),
        (waiting.returned, "1.1没有待核验的销号申请（此时为“未报进展”）"),
        (
            lambda item: waiting.returned(item, waiting.Scope(unit=LEAD)),
            "1.1没有示例甲局待核验的销号申请（此时为“未报进展”）",
        ),
        (
            lambda item: waiting.taken_back(item, LEAD, "申请延期"),
            "1.1没有示例甲局可以撤回的申请延期（此时为“未报进展”）",
        ),
    ],
)
def test_nothing_waits(look: Callable[[Any], Any], words: str) -> None:
    with pytest.raises(GaigaiError) as error:
        look(Book().on("06-12"))

    assert error.value.message == words


@pytest.mark.parametrize(
    ("deadline", "kind", "words"),
    [
        (ONGOING, "申请延期", "该项为持续推动事项，无具体时限，不适用延期"),
        (ONGOING, "申请销号", "该项为持续推动事项，无具体时限，不申请销号"),
        (MONTHLY, "申请延期", "该项为定期开展事项，逐期报进展，不适用延期"),
        (MONTHLY, "申请销号", "该项为定期开展事项，逐期报进展，不申请销号"),
        (UNSET, "申请销号", "1.1还没有确定时限，不能申请销号"),
    ],
)
def test_no_time_limit(deadline: dict[str, Any], kind: KindName, words: str) -> None:
    with pytest.raises(GaigaiError) as error:
        waiting.demand_time_limit(Book(deadline).on("06-12"), kind)

    assert error.value.message == words
    assert error.value.remedy == (
        "请示例办先在 tasks.yaml 中明确时限"
        if deadline is UNSET
        else "期满后由示例办作期满评估（gaigai assess）"
    )


@pytest.mark.parametrize("deadline", [FIXED, STAGED])
def test_time_limit(deadline: dict[str, Any]) -> None:
    waiting.demand_time_limit(Book(deadline).on("06-12"), "申请延期")


def test_a_condition_that_is_missing_while_the_office_verifies_can_be_met_not_missed_again() -> (
    None
):
    book = Book()
    book.add(OFFICE, "05-10", "条件未具备")
    book.add(LEAD, "05-20", "申请销号")

    kinds = {ruling.kind for ruling in rulings_now(book.on("05-21"))}
    assert kinds & {"条件未具备", "条件具备"} == {"条件具备"}
    book.add(OFFICE, "05-22", "条件具备")
    assert book.codes("2024-06-01") == []
    kinds = {ruling.kind for ruling in rulings_now(book.on("05-22"))}
    assert kinds & {"条件未具备", "条件具备"} == {"条件未具备"}
