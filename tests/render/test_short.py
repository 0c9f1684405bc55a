"""Short words for days: every kind of deadline, and what stands in the place of the days that are left."""

from typing import Any

import pytest

from gaigai_cli.render.short import deadline_words, left_words
from tests.judge.build import (
    FIXED,
    LEAD,
    MONTHLY,
    OFFICE,
    ONGOING,
    STAGED,
    UNSET,
    Book,
)

FOREVER = {"kind": "ongoing", "text": "长期坚持"}


@pytest.mark.parametrize(
    ("deadline", "day", "words", "left"),
    [
        (FIXED, "06-20", "6月30日", "余10天"),
        (FIXED, "06-30", "6月30日", "今日到期"),
        (FIXED, "07-02", "6月30日", "逾期2天"),
        (FIXED | {"due": "2025-01-31"}, "12-31", "2025年1月31日", "余31天"),
        (ONGOING, "06-20", "持续推动", ""),
        (ONGOING, "12-01", "持续推动", "待年度评估"),
        (ONGOING, "2025-01-01", "持续推动", "期满待评估"),
        (FOREVER, "06-20", "长期坚持", ""),
        (FOREVER | {"text": "持续推进"}, "06-20", "持续推动", ""),
        (STAGED, "06-20", "1/2 6月30日", "余10天"),
        (STAGED, "07-02", "1/2 6月30日", "逾期2天"),
        (MONTHLY, "06-20", "本期6月25日", "余5天"),
        (UNSET, "06-20", "时限待定", ""),
    ],
)
def test_without_records(deadline: dict[str, Any], day: str, words: str, left: str) -> None:
    item = Book(deadline).on(day)

    assert (deadline_words(item), left_words(item).text) == (words, left)


def test_an_extension_is_marked() -> None:
    book = Book()
    asked = book.add(LEAD, "06-20", "申请延期")
    book.add(OFFICE, "06-25", "批准延期", answers=[asked])

    assert deadline_words(book.on("06-24")) == "6月30日"
    assert deadline_words(book.on("06-25")) == "8月31日延"
    assert left_words(book.on("07-01")).text == "余61天"


def test_waiting_is_counted_in_working_days() -> None:
    book = Book()
    applied = book.add(LEAD, "06-20", "申请销号")

    assert left_words(book.on("06-24")).text == "2个工作日"

    book.add(OFFICE, "06-25", "核验销号", answers=[applied])
    assert left_words(book.on("06-25")).text == "按期"


@pytest.mark.parametrize(
    ("kind", "fields", "left"),
    [
        ("条件未具备", {}, "暂缓实施"),
        ("核减", {}, ""),
    ],
)
def test_rulings_that_end_the_days(kind: str, fields: dict[str, Any], left: str) -> None:
    book = Book()
    book.add(OFFICE, "06-01", kind, **fields)

    assert left_words(book.on("07-02")).text == left


def test_an_assessment_gives_its_result() -> None:
    book = Book(ONGOING)
    book.add(OFFICE, "12-20", "期满评估", result="基本完成")

    assert left_words(book.on("12-20")).text == "基本完成"
