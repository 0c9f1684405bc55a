"""What people type into cells, and what Excel, WPS and LibreOffice make of it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from gaigai_cli.forms.cells import Cell, read_choice, read_day, read_number, read_percent, read_text
from gaigai_cli.words.typed import parse_day_words

TODAY = date(2024, 7, 2)


def in_words(words: str) -> date:
    return parse_day_words(words, year=2024, today=TODAY)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (60, "General"), (60.0, "General"), ("60", "@"), ("60%", "@"), ("６０％", "@"), (" 60 % ", "@"),
        (0.6, "0%"), (0.6, "0.00%"), (0.6, "General"), (0.6000000000000001, "0%"),
    ],
)  # fmt: skip
def test_sixty_percent(value: Any, form: str) -> None:
    assert read_percent(Cell(value, form, "n")) == 60


@pytest.mark.parametrize(
    ("value", "form", "percent"),
    [(0, "General", 0), (1, "0%", 100), (100, "General", 100), ("1%", "@", 1), (0.07, "0%", 7)],
)
def test_percent_at_the_ends(value: Any, form: str, percent: int) -> None:
    assert read_percent(Cell(value, form, "n")) == percent


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        ("差不多", "@", "“差不多”不是 0 到 100 的整数，应写成 60"),
        (1, "General", "“1”不能确定是1%还是100%，请写明百分号"),
        (60.5, "General", "“60.5”不是 0 到 100 的整数"),
        (120, "General", "“120”不是 0 到 100 的整数"),
        (-5, "General", "“-5”不是 0 到 100 的整数"),
        ("约60%", "@", "“约60%”不是 0 到 100 的整数"),
        (True, "General", "“True”不是 0 到 100 的整数"),
        (datetime.fromisoformat("2024-06-01"), "yyyy-mm-dd", "“2024-06-01”不是 0 到 100 的整数"),
    ],
)
def test_no_percent(value: Any, form: str, words: str) -> None:
    with pytest.raises(ValueError, match="^" + words.replace("-", "-")):
        read_percent(Cell(value, form, "n"))


@pytest.mark.parametrize(
    "value",
    [
        datetime.fromisoformat("2024-08-31"), 45535, 45535.75, "45535", "2024-08-31", "2024年8月31日", "8月31日", "8月底",
        "２０２４－０８－３１", "2024/8/31", "2024.8.31", "20240831", 20240831, "2024-08-31 00:00:00", "2024 年 8 月 31 日",
    ],
)  # fmt: skip
def test_last_of_august(value: Any) -> None:
    assert read_day(Cell(value), in_words) == date(2024, 8, 31)


def test_days_from_1904() -> None:
    assert read_day(Cell(44073, since_1904=True), in_words) == date(2024, 8, 31)


@pytest.mark.parametrize("value", ["尽快", "2024-02-31", "20240231", 12, 2024.8, True])
def test_no_day(value: Any) -> None:
    with pytest.raises(ValueError, match="不是能识别的日期"):
        read_day(Cell(value), in_words)


@pytest.mark.parametrize(
    ("value", "form", "unit", "number"),
    [
        (12, "General", "个", "12"), ("１２个", "@", "个", "12"), ("6.5 个工作日", "@", "个工作日", "6.5"),
        (0.1 + 0.2, "General", "个工作日", "0.3"), ("1,234", "@", "件", "1234"), (-3, "General", None, "-3"),
        (1, "0%", "%", "100"), (98, "General", "%", "98"), ("98%", "@", "%", "98"), (0.985, "0.0%", "%", "98.5"),
        (0, "General", "%", "0"), (1200000, "General", "元", "1200000"),
    ],
)  # fmt: skip
def test_number(value: Any, form: str, unit: str | None, number: str) -> None:
    assert read_number(Cell(value, form, "n"), unit) == Decimal(number)


@pytest.mark.parametrize(
    ("value", "form", "unit", "words"),
    [
        (0.98, "General", "%", "“0.98”不能确定是0.98%还是98%，请写明百分号"),
        (1, "General", "%", "“1”不能确定是1%还是100%，请写明百分号"),
        (0.5, "0%", "个", "“0.5”是百分数，这个指标的单位不是%"),
        ("三个", "@", "个", "“三个”不是数字"),
        ("2-3", "@", "个", "“2-3”不是数字"),
    ],
)
def test_no_number(value: Any, form: str, unit: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_number(Cell(value, form, "n"), unit)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("已完成。\r\n 正在验收。  ", "已完成。\n正在验收。"),
        ("已完成。_x000D_\n正在验收。", "已完成。\n正在验收。"),
        ("\ufeff已\u200b完成\xa0", "已完成"),
        ("\n\n１２件\n", "１２件"),
        (12.0, "12"),
        (datetime.fromisoformat("2024-06-01"), "2024-06-01"),
    ],
)
def test_text(value: Any, words: str) -> None:
    assert read_text(Cell(value)) == words


def test_formulas_and_errors_are_no_text() -> None:
    with pytest.raises(ValueError, match="是公式"):
        read_text(Cell("=1+1", kind="f"))
    with pytest.raises(ValueError, match="是错误值"):
        read_text(Cell("#REF!", kind="e"))
    with pytest.raises(ValueError, match="看不见的控制字符"):
        read_text(Cell("已\u202e完成"))


@pytest.mark.parametrize("value", [None, "", "  \n", "/", "—", "——", "-"])
def test_nothing(value: Any) -> None:
    assert Cell(value).empty


def test_choices() -> None:
    assert read_choice(Cell(" 申请销号 ")) == "申请销号"
    assert read_choice(Cell("延期")) == "申请延期"
    with pytest.raises(ValueError, match="不是申请销号、申请延期中的一种"):
        read_choice(Cell("是"))
