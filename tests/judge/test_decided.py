"""What a 更正 can't change: a table of attempts, and what must stay as it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gaigai_cli.judge.checks.decided import decided
from gaigai_cli.judge.findings import check
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.model.ledger import Issued, Ledger
from tests.judge.build import LEAD, OFFICE, ONGOING, Book, day

INDICATOR = {"id": "n", "name": "示例数", "target": {"at_least": 10}, "measure": "latest"}


def verified(book: Book) -> str:
    applied = book.add(LEAD, "07-10", "申请销号", percent="100")
    book.add(OFFICE, "07-11", "核验销号", answers=[applied])
    return applied


def sent_back(book: Book) -> str:
    applied = book.add(LEAD, "06-10", "申请销号", percent="100")
    book.add(OFFICE, "06-12", "退回补正", answers=[applied])
    return applied


def granted(book: Book) -> str:
    asked = book.add(LEAD, "07-05", "申请延期", due="2024-07-31")
    book.add(OFFICE, "07-08", "批准延期", answers=[asked])
    return asked


def refused(book: Book) -> str:
    asked = book.add(LEAD, "06-05", "申请延期", due="2024-07-31")
    book.add(OFFICE, "06-08", "不予延期", answers=[asked])
    return asked


def reported(book: Book) -> str:
    """A report without which the item wouldn't have been verified; no ruling names it."""
    report = book.add(LEAD, "06-10", "进展", metrics={"n": "10"}, percent="60")
    applied = book.add(LEAD, "06-20", "申请销号")
    book.add(OFFICE, "06-25", "核验销号", answers=[applied])
    return report


def assessed(book: Book) -> str:
    book.deadline = ONGOING
    report = book.add(LEAD, "06-10", "进展", metrics={"n": "10"})
    book.add(OFFICE, "12-20", "期满评估")
    return report


def filed(book: Book) -> str:
    plan = book.add(LEAD, "06-10", "阶段节点", milestones=[{"name": "方案", "due": "2024-07-30"}])
    book.add(OFFICE, "06-12", "节点备案", answers=[plan])
    return plan


def inspected(book: Book) -> str:
    report = book.add(LEAD, "06-10", "进展", percent="90")
    book.add(OFFICE, "06-20", "抽查核验", answers=[report], agrees="不符")
    return report


def presented(book: Book) -> str:
    asked = book.add(OFFICE, "06-01", "批示", to=[LEAD], handling="批办", reply_by="2024-06-30")
    answer = book.add(LEAD, "06-10", "办理反馈", answers=[asked])
    book.add(OFFICE, "06-12", "呈报", answers=[asked])
    return answer


def taken_back(book: Book) -> str:
    applied = book.add(LEAD, "06-28", "申请销号")
    return book.add(LEAD, "07-05", "撤回申请", answers=[applied])


def entered(book: Book) -> str:
    return book.add(LEAD, "07-10", "申请销号", via="书面")


@pytest.mark.parametrize(
    ("made", "change"),
    [
        (verified, {"set": {"date": "2024-06-28"}}),
        (verified, {"set": {"evidence": ["随便一个号"]}}),
        (verified, {"set": {"percent": "90"}}),
        (verified, {"set": {"period": "2024-06", "summary": "已办结。"}}),
        (verified, {"void": True}),
        (sent_back, {"set": {"evidence": ["示例文号〔2024〕9号"]}}),
        (granted, {"set": {"due": "2024-12-31"}}),
        (granted, {"set": {"date": "2024-06-29"}}),
        (refused, {"set": {"due": "2024-07-15"}}),
        (reported, {"set": {"metrics": {"n": "3"}}}),
        (reported, {"set": {"item": "1.9"}}),
        (reported, {"void": True}),
        (assessed, {"set": {"metrics": {"n": "20"}}}),
        (filed, {"set": {"milestones": [{"name": "方案", "due": "2024-12-20"}]}}),
        (filed, {"void": True}),
        (inspected, {"set": {"percent": "20"}}),
        (inspected, {"void": True}),
        (presented, {"void": True}),
        (presented, {"set": {"date": "2024-06-09"}}),
        (taken_back, {"void": True}),
        (taken_back, {"set": {"date": "2024-07-09"}}),
        (entered, {"set": {"date": "2024-06-28"}}),
        (entered, {"set": {"source": {"file": "evidence/甲/甲.pdf", "sha256": "0" * 64}}}),
    ],
)
def test_stays(made: Callable[[Book], str], change: dict[str, Any]) -> None:
    book = Book(indicators=(INDICATOR,) if made in (reported, assessed) else ())
    corrects = made(book)
    clean, was = book.codes(), book.on("12-31")
    book.add(LEAD, "12-30", "更正", corrects=corrects, **change)
    assert sorted(book.codes()) == sorted([*clean, "already-decided"])
    assert (book.on("12-31").state, book.on("12-31").figures) == (was.state, was.figures)
    assert corrects in Judge(book.ledger()).records.by_id


@pytest.mark.parametrize(
    "made", [verified, sent_back, granted, reported, filed, inspected, taken_back, entered]
)
def test_words_change_at_any_time(made: Callable[[Book], str]) -> None:
    book = Book(indicators=(INDICATOR,) if made is reported else ())
    corrects = made(book)
    words = (
        {"reason": "改过的话"} if made in (granted, filed, taken_back) else {"summary": "改过的话"}
    )
    book.add(LEAD, "12-30", "更正", corrects=corrects, set=words)
    assert book.codes() == []


def test_before_the_ruling_it_may_change() -> None:
    book = Book()
    applied = book.add(LEAD, "06-10", "申请销号")
    book.add(LEAD, "06-11", "更正", corrects=applied, set={"evidence": ["示例文号〔2024〕9号"]})
    book.add(OFFICE, "06-12", "核验销号", answers=[applied])
    assert book.codes() == []
    assert book.on("06-12").state.entries[0].record.evidence == ("示例文号〔2024〕9号",)


@pytest.mark.parametrize("chance", ["00000000", "ffffffff"])
def test_of_one_second_who_rules_has_seen_the_correction(chance: str) -> None:
    """Whatever the random half of the ruling's number is; a 更正 that is recorded after it is refused all the same."""
    book = Book()
    applied = book.add(LEAD, "06-10", "申请销号")
    change = book.add(
        LEAD, "06-12", "更正", corrects=applied, set={"evidence": ["示例〔2024〕9号"]}
    )
    book.add(OFFICE, "06-12", "核验销号", answers=[applied], id=f"{change[:16]}{chance}")
    assert book.codes() == []
    assert [found.code for found in decided(book.ledger(), new={change})] == ["already-decided"]


def test_a_late_application_stays_late_whatever_its_date_is_made_before_the_ruling() -> None:
    book = Book()
    applied = book.add(LEAD, "07-10", "申请销号")
    book.add(LEAD, "07-10", "更正", corrects=applied, set={"date": "2024-06-28"})
    book.add(OFFICE, "07-11", "核验销号", answers=[applied])
    state = book.on("07-12").state
    assert (state.late, state.finished) == (True, date(2024, 7, 10))


def test_once_the_close_out_is_revoked_reports_may_change_again() -> None:
    book = Book(indicators=(INDICATOR,))
    report = reported(book)
    book.add(OFFICE, "07-01", "撤销销号")
    book.add(LEAD, "07-02", "更正", corrects=report, set={"metrics": {"n": "12"}})
    assert book.codes() == []


def test_what_is_reported_after_the_close_out_may_change() -> None:
    book = Book()
    verified(book)
    report = book.add(LEAD, "07-20", "进展", percent="90")
    book.add(LEAD, "07-21", "更正", corrects=report, set={"percent": "100"})
    assert "already-decided" not in book.codes()


def test_a_ruling_made_void_decides_nothing() -> None:
    book = Book()
    applied = book.add(LEAD, "06-10", "申请销号")
    ruling = book.add(OFFICE, "06-12", "退回补正", answers=[applied])
    book.add(OFFICE, "06-13", "更正", corrects=ruling, void=True)
    book.add(LEAD, "06-14", "更正", corrects=applied, set={"evidence": ["示例文号〔2024〕9号"]})
    assert book.codes() == []


def test_a_ruling_in_another_log_than_the_offices_decides_nothing() -> None:
    book = Book()
    applied = book.add(LEAD, "06-10", "申请销号")
    book.add(LEAD, "06-11", "核验销号", answers=[applied])
    book.add(LEAD, "06-12", "更正", corrects=applied, set={"evidence": ["示例文号〔2024〕9号"]})
    assert book.codes() == ["ruling-outside-office"]


def test_what_was_entered_for_a_unit_is_redated_by_whoever_enters() -> None:
    book = Book()
    applied = book.add(LEAD, "07-10", "申请销号", via="书面")
    book.add(LEAD, "07-11", "更正", corrects=applied, set={"date": "2024-06-28"}, via="书面")
    book.add(OFFICE, "07-12", "核验销号", answers=[applied])
    assert book.codes() == []
    assert book.on("07-12").state.late is False


def test_the_same_day_a_wrong_withdrawal_may_be_made_void() -> None:
    book = Book()
    applied = book.add(LEAD, "06-28", "申请销号")
    wrong = book.add(LEAD, "07-05", "撤回申请", answers=[applied])
    book.add(LEAD, "07-05", "更正", corrects=wrong, void=True)
    assert book.codes() == []
    assert book.on("07-06").state.status == "待核验"


def issued(book: Book, **told: Any) -> Ledger:
    bulletin = Issued("../reports/issued/2024-07.json", "2024-07", "示例〔2024〕8号", day("08-02"))
    return replace(book.ledger(), issued=(bulletin._replace(**told),))


@pytest.mark.parametrize(
    ("told", "change", "found"),
    [
        ({}, {"set": {"date": "2024-07-20"}}, ["already-decided"]),
        ({}, {"set": {"finished": "2024-06-30"}}, ["already-decided"]),
        ({}, {"void": True}, ["already-decided"]),
        ({}, {"set": {"basis": "示例文号〔2024〕9号"}}, []),
        ({"period": "2024-06"}, {"set": {"date": "2024-07-20"}}, []),
        ({"period": "2024-Q3"}, {"set": {"date": "2024-07-20"}}, ["already-decided"]),
        ({"period": "2024"}, {"set": {"date": "2024-07-20"}}, ["already-decided"]),
        ({"period": "2024-05至2024-06"}, {"set": {"date": "2024-07-20"}}, []),
        ({"newest": "20240711-110000-00000000"}, {"set": {"date": "2024-07-20"}}, []),
        ({"newest": "20241231-110000-00000000"}, {"set": {"date": "2024-07-20"}}, []),
        (
            {"newest": "20240801-110000-00000000"},
            {"set": {"date": "2024-07-20"}},
            ["already-decided"],
        ),
        ({"day": day("08-10")}, {"set": {"date": "2024-07-20"}}, []),
        ({"fault": "不能读取"}, {"set": {"date": "2024-07-20"}}, ["bad-issue"]),
    ],
)
def test_of_a_ruling_what_a_bulletin_has_told(
    told: dict[str, Any], change: dict[str, Any], found: list[str]
) -> None:
    book = Book()
    applied = book.add(LEAD, "07-10", "申请销号")
    ruling = book.add(OFFICE, "07-11", "核验销号", answers=[applied])
    before = Judge(book.ledger()).on(day("12-31")).by_id["1.1"].state
    book.add(OFFICE, "08-05", "更正", corrects=ruling, **change)
    ledger = issued(book, **told)
    codes = [f.code for f in check(ledger, today=day("12-31"))]
    assert [c for c in codes if c in ("already-decided", "bad-issue")] == found
    if found == ["already-decided"]:
        after = Judge(ledger).on(day("12-31")).by_id["1.1"].state
        assert (after.closed, after.finished) == (before.closed, before.finished)
