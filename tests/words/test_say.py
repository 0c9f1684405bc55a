"""Days, months, periods, numbers and targets in words."""

from datetime import date
from decimal import Decimal

import pytest

from gaigai_cli.model.indicators import Indicator
from gaigai_cli.words.normal import chinese_number
from gaigai_cli.words.say import (
    NUMERALS,
    day_words,
    full_day,
    full_month,
    month_words,
    number_words,
    periods_words,
    target_words,
)


def test_a_year_is_said_where_it_is_another() -> None:
    day = date(2024, 6, 3)
    assert (full_day(day), day_words(day, 2024)) == ("2024年6月3日", "6月3日")
    assert day_words(day, 2025) == "2024年6月3日"
    assert (full_month("2024-06"), month_words("2024-06")) == ("2024年6月", "6月")
    assert (month_words("2024-06", 2024), month_words("2024-06", 2025)) == ("6月", "2024年6月")


def test_a_period_is_a_month_or_a_quarter() -> None:
    assert periods_words(["2024-06"], 2024, quarterly=False) == "6月"
    assert periods_words(["2024-06"], 2024, quarterly=True) == "第二季度"
    assert periods_words(["2024-12"], 2025, quarterly=True) == "2024年第四季度"


def test_runs_of_periods_are_joined_and_another_year_is_said() -> None:
    months = ["2023-11", "2023-12", "2024-01", "2024-03", "2024-04", "2024-05"]
    assert periods_words(months, 2024, quarterly=False) == "2023年11—12月、1月、3—5月"
    quarters = ["2024-01", "2024-04", "2024-10", "2025-01", "2025-04"]
    assert (
        periods_words(quarters, 2024, quarterly=True)
        == "第一至第二季度、第四季度、2025年第一至第二季度"
    )


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ({"at_least": "2"}, "不少于2个"),
        ({"at_most": "0.50"}, "不超过0.5个"),
        ({"equal": "0"}, "等于0个"),
        ({"trend": "up"}, "较2023年（60个）提高"),
        ({"trend": "down"}, "较2023年（60个）降低"),
        ({"text": "进入第一方阵"}, "进入第一方阵"),
        ({"undecided": "两个口径"}, "口径待明确（两个口径）"),
    ],
)
def test_targets(target: dict[str, str], words: str) -> None:
    about = {"id": "a", "name": "示例", "unit": "个", "measure": "latest", "target": target}
    base = {"baseline": {"value": "60", "label": "2023年"}} if "trend" in target else {}

    assert target_words(Indicator.model_validate(about | base)) == words


def test_a_trend_without_a_baseline() -> None:
    about = {"id": "a", "name": "示例", "measure": "latest", "target": {"trend": "up"}}

    assert target_words(Indicator.model_validate(about)) == "较基期提高"


@pytest.mark.parametrize(
    ("value", "words"),
    [("100", "100"), ("6.0", "6"), ("0.50", "0.5"), ("1000", "1000"), ("0", "0")],
)
def test_numbers(value: str, words: str) -> None:
    assert number_words(Decimal(value)) == words


def test_headings_are_numbered_as_far_as_a_province_has_counties() -> None:
    assert [chinese_number(numeral) for numeral in NUMERALS[:99]] == list(range(1, 100))
    shown = [NUMERALS[number - 1] for number in (100, 101, 110, 111, 120, 999)]
    assert shown == ["一百", "一百零一", "一百一十", "一百一十一", "一百二十", "九百九十九"]
    assert len(set(NUMERALS)) == len(NUMERALS) == 999
