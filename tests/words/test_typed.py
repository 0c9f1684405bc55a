"""Days and months of the command line."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.words.typed import parse_day_words, parse_month

TODAY = date(2024, 6, 14)


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("2024-06-30", "2024-06-30", "2024-06-30"),
        ("2024-6-3", "2024-06-03", "2024-06-03"),
        ("2024.6.30", "2024-06-30", "2024-06-30"),
        ("今天", "2024-06-14", "2024-06-14"),
        (" 今日 ", "2024-06-14", "2024-06-14"),
        ("6月30日", "2024-06-30", "2024-06-30"),
        ("６月３０日", "2024-06-30", "2024-06-30"),
        ("六月三十日", "2024-06-30", "2024-06-30"),
        ("6月底", "2024-06-30", "2024-06-30"),
        ("2025年6月底", "2025-06-30", "2025-06-30"),
        ("2024-06", "2024-06-01", "2024-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024年6月", "2024-06-01", "2024-06-30"),
        ("6月", "2024-06-01", "2024-06-30"),
        ("三季度", "2024-07-01", "2024-09-30"),
        ("年底", "2024-12-31", "2024-12-31"),
    ],
)
def test_a_day_is_read(text: str, lower: str, upper: str) -> None:
    found = [
        str(parse_day_words(text, year=2024, today=TODAY, bound="lower")),
        str(parse_day_words(text, year=2024, today=TODAY, bound="upper")),
    ]
    assert found == [lower, upper]


HOW = "可写 2024-06-30、今天、6月30日、6月底、2024年6月底，或月份 2024-06"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"“”不是能识别的日期，{HOW}"),
        ("下周", f"“下周”不是能识别的日期，{HOW}"),
        ("6月底前", f"“6月底前”不是能识别的日期，{HOW}"),
        ("6-30", f"“6-30”不是能识别的日期，{HOW}"),
        ("4月至6月", f"“4月至6月”不是能识别的日期，{HOW}"),
        ("每月", f"“每月”不是能识别的日期，{HOW}"),
        ("2月30日", "没有“2月30日”这一日期"),
        ("2024-06-31", "没有“2024-06-31”这一日期"),
        ("2024-13", "没有“2024-13”这一日期"),
        ("6月15", "“6月15”缺“日”字，未能识别"),
    ],
)
def test_anything_else_is_one_chinese_sentence(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        parse_day_words(text, year=2024, today=TODAY)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text", ["2024-06", "2024年6月", "2024 年 6 月", "２０２４年０６月", "二〇二四年六月", "2024.6"]
)
def test_a_month_is_read(text: str) -> None:
    assert parse_month(text) == (2024, 6)


@pytest.mark.parametrize(
    "text", ["", "6月", "2024", "2024-13", "2024年0月", "24年6月", "2024-06-30", "0000-06"]
)
def test_no_month_is_one_chinese_sentence(text: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        parse_month(text)
    assert str(caught.value) == f"“{text}”不是能识别的月份，应写成 2024-06 或 2024年6月"


@given(st.text(), st.integers(1, 9999))
def test_nothing_but_value_errors(text: str, year: int) -> None:
    with suppress(ValueError):
        assert isinstance(parse_day_words(text, year=year, today=TODAY), date)
    with suppress(ValueError):
        assert 1 <= parse_month(text)[1] <= 12
