"""What a bulletin has asked for, and what an inspection found otherwise: held against what units have said since."""

from dataclasses import replace
from typing import Any

import pytest

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.ledger import Demand, Issued
from gaigai_cli.report.bulletin import monthly_report
from gaigai_cli.report.facts import facts_of
from gaigai_cli.report.follow_up import follow_up
from gaigai_cli.report.todo import todo
from gaigai_cli.words.period import Period
from tests.judge.build import JOINT, LEAD, OFFICE, Book, day

WHY = "报送情况与抽查核验不符的原因"
WHEN = "未办结原因和拟办结时间"
ASKED = tuple(
    Demand(LEAD, ("1.1",), kind, "第1项", missing, day("07-05"))
    for kind, missing in (("办结", WHEN), ("核验", WHY))
)
JUNE = Issued("../reports/issued/2024-06.json", "2024-06", "示例1号", day("07-02"), demands=ASKED)


def inspected() -> Book:
    book = Book(lead=(LEAD, JOINT))
    reports = [book.add(LEAD, "06-20", "进展"), book.add(JOINT, "06-20", "进展")]
    book.add(OFFICE, "06-25", "抽查核验", agrees="不符", answers=reports, summary="尚未动工。")
    return book


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (None, f"均未落实：{LEAD}第1项{WHEN}、{WHY}。"),
        (
            ("进展", {"problems": "用地未交付"}),
            f"已全部落实：{LEAD}已报送第1项有关情况（2项要求）。",
        ),
        (
            ("进展", {}),
            f"已落实1项：{LEAD}已报送第1项有关情况。"
            f"尚未落实1项：{LEAD}第1项{WHEN}（已报送进展，未作说明）。",
        ),
        (("申请延期", {}), f"已全部落实：{LEAD}第1项已申请延期（2项要求）。"),
    ],
)
def test_what_answers_two_demands_is_said_once(
    said: tuple[str, dict[str, Any]] | None, words: str
) -> None:
    book = inspected()
    if said:
        book.add(LEAD, "07-10", said[0], **said[1])
    judge = Judge(replace(book.ledger(), issued=(JUNE,)))
    facts = facts_of(judge, Period.of(2024, 7), today=day("08-01"))
    assert list(follow_up(facts)) == [f"6月通报对各单位提出要求2项，{words}"]


def test_a_demand_is_about_the_indicator_of_that_name_alone() -> None:
    """One name ends as another does: that one of them still falls short says nothing of the other."""
    shared = {"unit": "%", "target": {"at_least": 90}, "measure": "latest"}
    book = Book(
        {"kind": "ongoing", "text": "长期坚持"},
        indicators=(
            {"id": "x1", "name": "合格率"} | shared,
            {"id": "x2", "name": "抽检合格率"} | shared,
        ),
    )
    book.add(LEAD, "06-20", "进展", metrics={"x1": 80, "x2": 80})
    ledger = book.ledger()
    asked = monthly_report(Judge(ledger), Period.of(2024, 6), today=day("08-01")).demands
    assert [d.missing for d in asked] == ["“合格率”改进措施", "“抽检合格率”改进措施"]
    book.add(LEAD, "07-20", "进展", metrics={"x1": 80, "x2": 95}, summary="正在整改。")
    judge = Judge(replace(book.ledger(), issued=(JUNE._replace(demands=asked),)))
    (told,) = follow_up(facts_of(judge, Period.of(2024, 7), today=day("08-01")))
    assert "第1项指标已达到要求。尚未落实1项" in told
    assert "第1项“合格率”改进措施" in told


def test_what_an_inspection_found_otherwise_waits_until_each_unit_has_spoken() -> None:
    book = inspected()

    def waits(when: str, unit: str | None = None) -> list[tuple[str, ...]]:
        return [units for _, _, units in todo(Judge(book.ledger()).on(day(when)), unit).to_explain]

    assert waits("06-24") == []
    assert waits("06-25") == [(LEAD, JOINT)]
    book.add(LEAD, "06-26", "进展")
    assert (waits("06-26"), waits("06-26", LEAD), waits("06-26", JOINT)) == (
        [(JOINT,)],
        [],
        [(JOINT,)],
    )
    book.add(OFFICE, "06-27", "核减")
    assert (waits("06-26"), waits("06-27")) == ([(JOINT,)], [])
