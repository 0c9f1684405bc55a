"""What people type into cells, and what Excel, WPS and LibreOffice make of it."""

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from gaigai_cli.forms.cells import (
    FormCell,
    meaning,
    read_choice,
    read_day,
    read_number,
    read_percent,
    read_text,
)
from gaigai_cli.words.typed import UnclearDay, parse_day_words

TODAY = date(2024, 7, 2)
MONTH = datetime.fromisoformat("2024-06-01")


def in_words(words: str) -> date:
    return parse_day_words(words, year=2024, today=TODAY)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (60, "General"), (60.0, "General"), ("60", "@"), ("60%", "@"), ("６０％", "@"), (" 60 % ", "@"),
        (0.6, "0%"), (0.6, "0.00%"), (60, '0"%"'), (60, "0\\%"), (0.6, "General"), (0.6000000000000001, "0%"),
        ("六成", "@"), ("6成", "@"), ("百分之六十", "@"),
    ],
)  # fmt: skip
def test_sixty_percent(value: Any, form: str) -> None:
    assert read_percent(FormCell(value, form, "n")) == 60


@pytest.mark.parametrize(
    ("value", "form", "percent"),
    [(0, "General", 0), (1, "0%", 100), (100, "General", 100), ("1%", "@", 1), (0.07, "0%", 7)],
)
def test_percent_at_the_ends(value: Any, form: str, percent: int) -> None:
    assert read_percent(FormCell(value, form, "n")) == percent


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        ("差不多", "@", "“差不多”不是 0 到 100 的整数，请填整数，如 60"),
        (1, "General", "“1”不能确定是1%还是100%，请写明百分号"),
        (60.5, "General", "“60.5”不是 0 到 100 的整数"),
        (0.996, "0%", "“99.6%”不是 0 到 100 的整数"),
        (0.6, '0"%"', "“1%”不是 0 到 100 的整数"),
        (120, "General", "“120”不是 0 到 100 的整数"),
        (-5, "General", "“-5”不是 0 到 100 的整数"),
        ("约60%", "@", "“约60%”不是 0 到 100 的整数"),
        (True, "General", "“TRUE”不是 0 到 100 的整数"),
        (datetime.fromisoformat("2024-06-01"), "yyyy-mm-dd", "“2024-06-01”不是 0 到 100 的整数"),
    ],
)
def test_no_percent(value: Any, form: str, words: str) -> None:
    with pytest.raises(ValueError, match="^" + words.replace("-", "-")):
        read_percent(FormCell(value, form, "n"))


@pytest.mark.parametrize(
    "value",
    [
        datetime.fromisoformat("2024-08-31"), 45535, 45535.75, "45535", "2024-08-31", "2024年8月31日", "8月31日", "8月底",
        "２０２４－０８－３１", "2024/8/31", "2024.8.31", "20240831", 20240831, "2024-08-31 00:00:00", "2024 年 8 月 31 日",
    ],
)  # fmt: skip
def test_last_of_august(value: Any) -> None:
    assert read_day(FormCell(value), in_words) == date(2024, 8, 31)


def test_days_from_1904() -> None:
    assert read_day(FormCell(44073, since_1904=True), in_words) == date(2024, 8, 31)


@pytest.mark.parametrize("value", ["明天", "今日", "上周五", "上月底", "去年底"])
def test_a_day_from_the_day_of_writing_is_unclear(value: str) -> None:
    with pytest.raises(UnclearDay, match=f"“{value}”看不出是哪一天，请写月日，如 8月31日"):
        read_day(FormCell(value, "@", "s"), in_words)


@pytest.mark.parametrize(
    "value",
    [
        "尽快",
        "2024-02-31",
        "20240231",
        12,
        2024.8,
        True,
        datetime.fromisoformat("1900-01-08T07:26"),
    ],
)
def test_no_day(value: Any) -> None:
    with pytest.raises(ValueError, match="不是能识别的日期"):
        read_day(FormCell(value), in_words)


@pytest.mark.parametrize(
    ("value", "form", "unit", "number"),
    [
        (12, "General", "个", "12"), ("１２个", "@", "个", "12"), ("6.5 个工作日", "@", "个工作日", "6.5"),
        (0.1 + 0.2, "General", "个工作日", "0.3"), ("1,234", "@", "件", "1234"), (-3, "General", None, "-3"),
        (1, "0%", "%", "100"), (98, "General", "%", "98"), ("98%", "@", "%", "98"), (0.985, "0.0%", "%", "98.5"),
        (0, "General", "%", "0"), (1200000, "General", "元", "1200000"), (1200, '#,##0.00"元"', "元", "1200"),
        (123456789012345, "General", "元", "123456789012345"), (30.6, "0", "个", "30.6"), (2.5, "0_ ", "个", "2.5"),
        (0, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "个", "0"), (98, '0"%"', "%", "98"),
    ],
)  # fmt: skip
def test_number(value: Any, form: str, unit: str | None, number: str) -> None:
    assert read_number(FormCell(value, form, "n"), unit) == Decimal(number)


@pytest.mark.parametrize(
    ("value", "form", "unit", "words"),
    [
        (0.98, "General", "%", "“0.98”不能确定是0.98%还是98%，请写明百分号"),
        (1, "General", "%", "“1”不能确定是1%还是100%，请写明百分号"),
        (0.5, "0%", "个", "“50%”是百分数，这个指标的单位不是%"),
        (30, '0"万"', "元", "存的是30，显示的却是“30万”，请把格式改为常规后重填"),
        (1234567, "#,##0,", "元", "存的是1234567，显示的却是“1,235”"),
        (-30, "0;0", "件", "存的是-30，显示的却是“30”"),
        (30, ";;;", "件", "存的是30，显示成什么样不能确定"),
        (30, '[>=10]0!.0,"万";0', "元", "存的是30，显示成什么样不能确定"),
        ("三个", "@", "个", "“三个”不是数字"),
        ("2-3", "@", "个", "“2-3”不是数字"),
    ],
)
def test_no_number(value: Any, form: str, unit: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_number(FormCell(value, form, "n"), unit)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("已完成。\r\n 正在验收。  ", "已完成。\n正在验收。"),
        ("\ufeff已\u200b完成\xa0", "已完成"),
        ("\n\n１２件\n", "１２件"),
        (12.0, "12"),
        (datetime.fromisoformat("2024-06-01"), "2024-06-01"),
    ],
)
def test_text(value: Any, words: str) -> None:
    assert read_text(FormCell(value)) == words


@pytest.mark.parametrize("words", ["同上", "同上。", "同左栏", "同1.1", "〃", '"'])
def test_words_that_stand_for_others(words: str) -> None:
    with pytest.raises(ValueError, match=f"“{words}”指的是别处的内容，请在这一格写全"):
        read_text(FormCell(words))


def test_signs_alone_say_nothing() -> None:
    for words in ("。", "……", "★"):
        with pytest.raises(ValueError, match=f"“{words}”只有符号，没有内容"):
            read_text(FormCell(words))


@pytest.mark.parametrize("words", ["同上级部门沟通。", "同步推进", "同意"])
def test_words_that_only_begin_like_them(words: str) -> None:
    assert read_text(FormCell(words)) == words


def test_a_day_of_which_it_is_not_known_what_is_shown() -> None:
    """A month alone is; where the time stands with it, the day does."""
    value = datetime.fromisoformat("2024-08-31T17:30")
    with pytest.raises(ValueError, match="存的是2024-08-31，看不出显示的是哪一天"):
        read_day(FormCell(value, "mmm-yy"), in_words)
    assert read_day(FormCell(value, "yyyy/m/d h:mm"), in_words) == date(2024, 8, 31)


def test_formulas_and_errors_are_no_text() -> None:
    with pytest.raises(ValueError, match="是公式"):
        read_text(FormCell("=1+1", kind="f"))
    with pytest.raises(ValueError, match="是错误值，或显示为“####”，应填写内容本身"):
        read_text(FormCell("#REF!", kind="e"))
    with pytest.raises(ValueError, match="看不见的控制字符"):
        read_text(FormCell("已\u202e完成"))
    with pytest.raises(ValueError, match="看不见的控制字符"):
        read_text(FormCell("\u2800"))


@pytest.mark.parametrize("value", [None, "", "  \n", "/", "／", "—", "——", "-"])
def test_nothing(value: Any) -> None:
    assert FormCell(value).empty


def test_choices() -> None:
    assert read_choice(FormCell(" 申请销号 ")) == "申请销号"
    assert read_choice(FormCell("延期")) == "申请延期"
    assert read_choice(FormCell("申请　销 号")) == "申请销号"
    with pytest.raises(ValueError, match="不是申请销号、申请延期中的一种"):
        read_choice(FormCell("是"))


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (0.85, "0%", "85%"),
        (0.855, "0.0%", "85.5%"),
        (1_200_000, "#,##0", "1,200,000"),
        (12.5, '0.00"亿元"', "12.50亿元"),
        (1234.5, "_ [$¥-804]* #,##0.00_ ;_ [$¥-804]* \\-#,##0.00_ ;_ @_ ", "¥1,234.50"),
        (-5, "#,##0;[Red](#,##0)", "(5)"),
        (12_345_678, '#,##0,,"百万"', "12百万"),
        (0.1 + 0.2, "General", "0.3"),
        (430_621_202_406_251, "General", "430621202406251"),
        (datetime.fromisoformat("2024-06-18"), 'm"月"d"日"', "6月18日"),
        (datetime.fromisoformat("2024-06-01"), 'yyyy"年"m"月"', "2024年6月"),
    ],
)
def test_a_number_in_a_text_is_taken_as_it_is_shown(value: Any, form: str, words: str) -> None:
    assert read_text(FormCell(value, form, "n")) == words


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (0.5, "# ?/?"), (5, "[DBNum1]General"), (1e5, "0.00E+00"), (12_345_678, '0!.0,"万"'), (0, "0;-0;;@"),
        (datetime.fromisoformat("2024-06-18"), "d-mmm-yy"), (datetime.fromisoformat("2024-06-18T08:30"), "h:mm"),
    ],
)  # fmt: skip
def test_what_is_not_certainly_shown_so_is_told(value: Any, form: str) -> None:
    with pytest.raises(ValueError, match="显示的样子不能确定，请把格式改为文本后重填"):
        read_text(FormCell(value, form, "n"))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (FormCell(4.3062120240625e17, "General", "n"), "是超过15位的数字"),
        (FormCell(10**15, "0", "n"), "是超过15位的数字"),
        (FormCell("已拨付", struck=True), "“已拨付”画有删除线"),
        (FormCell('=_xlfn.DISPIMG("ID_0A",1)', "General", "f"), "单元格里是图片"),
        (FormCell('=DISPIMG("ID_0A",1)', "General", "f"), "单元格里是图片"),
        (FormCell('=DISPIMG("ID_0A",1)'), "单元格里是图片"),
        (FormCell("#VALUE!", "General", "p"), "单元格里是图片"),
    ],
)
def test_what_nobody_typed_is_told(cell: FormCell, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_text(cell)


@pytest.mark.parametrize(
    "cell",
    [
        FormCell("6月"),
        FormCell("二季度"),
        FormCell("6月上旬"),
        FormCell("6月底"),
        FormCell("2024年上半年"),
        FormCell(MONTH, 'yyyy"年"m"月"', "d"),
    ],
)
def test_a_stretch_of_days_is_no_day_on_which_something_was_done(cell: FormCell) -> None:
    exact = partial(parse_day_words, year=2024, today=TODAY, exact=True)
    with pytest.raises(UnclearDay, match="没有写明是哪一天"):
        read_day(cell, exact)


def test_a_month_that_a_date_shows_is_a_deadline_on_its_last_day() -> None:
    assert read_day(FormCell(MONTH, 'yyyy"年"m"月"', "d"), in_words) == date(2024, 6, 30)


@pytest.mark.parametrize(
    ("fill", "alike", "other"),
    [
        ("percent", [FormCell(0.6, "0%"), FormCell(60), FormCell("60%"), FormCell(0.6), FormCell("六成")], FormCell(61)),
        ("number", [FormCell(0.6, "0%"), FormCell("60%"), FormCell(60)], FormCell(0.6)),
        ("day", [FormCell("6月18日"), FormCell(45461), FormCell("2024-06-18"), FormCell("20240618")], FormCell("2023-06-18")),
        ("choice", [FormCell("销号"), FormCell("申请销号")], FormCell("申请延期")),
        ("text", [FormCell("已 拨付１"), FormCell("已拨付1")], FormCell("已拨付2")),
    ],
)  # fmt: skip
def test_what_means_the_same(fill: str, alike: list[FormCell], other: FormCell) -> None:
    found = [meaning(cell, fill, 2024) for cell in alike]
    assert found == [found[0]] * len(alike)
    assert meaning(other, fill, 2024) != found[0]


@pytest.mark.parametrize("words", ["无", " 无。", "没有", "暂无"])
def test_nothing_to_say(words: str) -> None:
    assert FormCell(words).says_none
    assert not FormCell(f"{words}问题").says_none
