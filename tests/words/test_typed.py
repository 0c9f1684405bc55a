"""Days and months of the command line."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.words.typed import (
    YearUnsaid,
    coming_day,
    names_no_evidence,
    parse_day_words,
    parse_month,
    past_day,
    points_elsewhere,
)
from gaigai_cli.work.values import quarter_of

TODAY = date(2024, 6, 14)


DAYS = {
    "2024-06-30": ("2024-06-30", "2024-06-30"),
    "2024-6-3": ("2024-06-03", "2024-06-03"),
    "2024.6.30": ("2024-06-30", "2024-06-30"),
    "今天": ("2024-06-14", "2024-06-14"),
    " 今日 ": ("2024-06-14", "2024-06-14"),
    "6月30日": ("2024-06-30", "2024-06-30"),
    "６月３０日": ("2024-06-30", "2024-06-30"),
    "六月三十日": ("2024-06-30", "2024-06-30"),
    "6月底": ("2024-06-30", "2024-06-30"),
    "2025年6月底": ("2025-06-30", "2025-06-30"),
    "2024-06": ("2024-06-01", "2024-06-30"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2024年6月": ("2024-06-01", "2024-06-30"),
    "6月": ("2024-06-01", "2024-06-30"),
    "三季度": ("2024-07-01", "2024-09-30"),
    "年底": ("2024-12-31", "2024-12-31"),
}


def test_a_day_is_read() -> None:
    """The first and the last day that the words may mean."""
    found = {
        text: tuple(
            str(parse_day_words(text, year=2024, today=TODAY, bound=bound))
            for bound in ("lower", "upper")
        )
        for text in DAYS
    }
    assert found == DAYS


NO_EVIDENCE = "见附件 详见附件1 附件二。 后附 已提供 无 —— 照片 同上 〃 。".split()


def test_words_that_name_no_evidence() -> None:
    named = ("附件1：会议纪要", "示财〔2024〕15号", "无欠薪证明")
    words = (*NO_EVIDENCE, *named)
    assert {text: names_no_evidence(text) for text in words} == {
        text: text in NO_EVIDENCE for text in words
    }


def test_words_that_point_elsewhere() -> None:
    """In no place do they say anything: a bulletin would print 见附件 as what a unit has done."""
    pointing = "同上 同5.1 〃 见附件 详见附件1 见附表。 附后 另附".split()
    words = (*pointing, "无", "附件已报送", "见附件：已公布8项")
    assert {text: points_elsewhere(text) for text in words} == {
        text: text in pointing for text in words
    }


NOTICE = date(2024, 5, 7)


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        ("2025-01-08", "1月5日", "2025-01-05"),
        ("2025-01-08", "1月8日", "2025-01-08"),
        ("2025-01-08", "12月30日", "2024-12-30"),
        ("2025-01-08", "12月底", "2024-12-31"),
        ("2025-01-08", "年底", "2024-12-31"),
        ("2025-01-08", "去年", None),
        ("2025-01-08", "今年1月5日", "2025-01-05"),
        ("2025-01-08", "今天", "2025-01-08"),
        ("2025-01-08", "11月9日", "2024-11-09"),  # 60 days ago
        ("2025-01-08", "11月8日", YearUnsaid),
        ("2025-01-08", "2024-06-01", "2024-06-01"),
        ("2025-01-08", "2024年6月底", "2024-06-30"),
        ("2024-06-20", "6月19日", "2024-06-19"),
        (
            "2024-06-20",
            "6月21日",
            "2024-06-21",
        ),  # last year's is before the notice: refused as one to come
        ("2024-06-20", "5月6日", "2024-05-06"),  # and this one as one before the notice
        ("2024-12-01", "5月8日", YearUnsaid),
        ("2025-03-10", "2月29日", "2024-02-29"),  # 2025 has none; before the notice, too
        ("2025-04-20", "2月30日", None),
    ],
)
def test_a_day_past_without_a_year(today: str, text: str, day: object) -> None:
    def read() -> str:
        return str(past_day(text, today=date.fromisoformat(today), since=NOTICE))

    if isinstance(day, str):
        assert read() == day
    elif day is None:
        with pytest.raises(ValueError):  # noqa: PT011 - what it says is tested below
            read()
    else:
        with pytest.raises(YearUnsaid) as raised:
            read()
        assert raised.value.day <= date.fromisoformat(today)


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        ("2024-06-20", "6月20日", "2024-06-20"),
        ("2024-06-20", "8月底", "2024-08-31"),
        ("2024-05-08", "12月31日", "2024-12-31"),
        ("2024-12-20", "1月31日", "2025-01-31"),
        ("2025-01-08", "1月31日", "2025-01-31"),
        ("2025-01-08", "12月31日", "2025-12-31"),
        ("2024-06-20", "6月10日", YearUnsaid),
        ("2024-06-20", "2024-06-10", "2024-06-10"),
    ],
)
def test_a_day_to_come_without_a_year(today: str, text: str, day: object) -> None:
    def read() -> str:
        return str(coming_day(text, today=date.fromisoformat(today)))

    if isinstance(day, str):
        assert read() == day
    else:
        with pytest.raises(YearUnsaid):
            read()


def test_what_is_said_where_the_year_is_missing() -> None:
    with pytest.raises(YearUnsaid) as raised:
        past_day("7月5日", today=date(2024, 11, 20), since=NOTICE)

    assert str(raised.value) == (
        "“7月5日”没有写明是哪一年，最近的是2024年7月5日，已过138天；请写明年份，如 2024-07-05"
    )


HOW = "可写 2024-06-30、今天、6月30日、6月底、2024年6月底，或月份 2024-06"


NO_DAYS = {
    "": f"“”不是能识别的日期，{HOW}",
    "下周": f"“下周”不是能识别的日期，{HOW}",
    "6月底前": f"“6月底前”不是能识别的日期，{HOW}",
    "6-30": f"“6-30”不是能识别的日期，{HOW}",
    "4月至6月": f"“4月至6月”不是能识别的日期，{HOW}",
    "每月": f"“每月”不是能识别的日期，{HOW}",
    "2月30日": "没有“2月30日”这一日期",
    "2024-06-31": "没有“2024-06-31”这一日期",
    "2024-13": "没有“2024-13”这一日期",
    "6月15": "“6月15”缺“日”字，未能识别",
}


def test_anything_else_is_one_chinese_sentence() -> None:
    said = {}
    for text in NO_DAYS:
        with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
            parse_day_words(text, year=2024, today=TODAY)
        said[text] = str(caught.value)
    assert said == NO_DAYS


@pytest.mark.parametrize("text", ["本周", "上旬", "25日"])
def test_where_a_day_is_asked_no_stretch_is_offered(text: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        parse_day_words(text, year=2024, today=TODAY, exact=True)
    assert str(caught.value) == f"“{text}”不是能识别的日期，可写 2024-06-30、今天、6月30日"


@pytest.mark.parametrize(
    "text",
    ["6.5", "6/5", "6.05", "6月5日（周三）", "六月五日 星期三", "2024年6月5日上午", "6月5日下午3点半", "6月5日 15:30", "6月5日(礼拜三)晚"],
)  # fmt: skip
def test_a_day_with_what_people_write_behind_it(text: str) -> None:
    assert parse_day_words(text, year=2024, today=TODAY, exact=True) == date(2024, 6, 5)


@pytest.mark.parametrize("text", ["6月5日（周二）", "6月上午", "6.5万", "6月5日左右", "13.5"])
def test_a_day_with_what_does_not_fit_it(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever sentence fits
        parse_day_words(text, year=2024, today=TODAY)


def test_days_seen_from_today() -> None:
    days = [parse_day_words(w, year=2024, today=TODAY) for w in ("今天", "昨天", "前天", "明天")]
    assert [(day - TODAY).days for day in days] == [0, -1, -2, 1]


FROM_FRIDAY = {
    "昨天下午": "2025-02-27",
    "上周五": "2025-02-21",
    "上个星期日": "2025-02-23",
    "本周一": "2025-02-24",
    "这周五": "2025-02-28",
    "下周三": "2025-03-05",
    "去年12月31日": "2024-12-31",
    "去年底": "2024-12-31",
    "今年1月5日": "2025-01-05",
    "上月5日": "2025-01-05",
    "上个月底": "2025-01-31",
    "本月": "2025-02-28",
    "下月底": "2025-03-31",
    "上季度末": "2024-12-31",
    "明年3月": "2026-03-31",
}


def test_days_count_from_the_day_on_which_they_are_typed_whatever_year_the_list_is_of() -> None:
    """Months and quarters are read so, too."""
    today = date(2025, 2, 28)
    found = {text: str(parse_day_words(text, year=2024, today=today)) for text in FROM_FRIDAY}
    assert found == FROM_FRIDAY


@pytest.mark.parametrize("text", ["本月", "上月", "去年12月"])
def test_where_a_day_is_asked_a_month_seen_from_today_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=f"“{text}”没有写明是哪一天，请写到日，如 6月18日"):
        parse_day_words(text, year=2024, today=TODAY, exact=True)


JUNE = (
    "2024-06", "2024年6月", "2024 年 6 月", "２０２４年０６月", "二〇二四年六月", "2024.6", "202406",
    "6", "06", "6月", "六月", "6月份", "上月", "上个月", "2024/6", "今年6月", "本年六月",
)  # fmt: skip


def test_a_month_is_read() -> None:
    found = {text: parse_month(text, year=2024, today=date(2024, 7, 2)) for text in JUNE}
    assert found == dict.fromkeys(JUNE, (2024, 6))


def test_the_month_before_january_is_last_years() -> None:
    assert parse_month("上月", year=2024, today=date(2025, 1, 8)) == (2024, 12)
    assert parse_month("本月", year=2024, today=date(2025, 1, 8)) == (2025, 1)
    assert parse_month("去年12月份", year=2025, today=date(2025, 1, 8)) == (2024, 12)


def test_a_quarter_is_told_from_today() -> None:
    words = ("本季度", "上季度", "上个季度", "去年四季度")
    found = [quarter_of(w, default=2023, today=date(2025, 2, 28)) for w in words]
    assert list(map(str, found)) == ["2025-Q1", "2024-Q4", "2024-Q4", "2024-Q4"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "13",
        "2024",
        "2024-13",
        "2024年0月",
        "24年6月",
        "2024-06-30",
        "0000-06",
        "9999-12",
        "202413",
    ],
)
def test_no_month_is_one_chinese_sentence(text: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        parse_month(text, year=2024, today=TODAY)
    said = f"“{text}”不是能识别的月份，可写 2024-06、2024年6月、6月、上月"
    assert str(caught.value) == said


@given(st.text(), st.integers(1, 9999))
def test_nothing_but_value_errors(text: str, year: int) -> None:
    with suppress(ValueError):
        assert isinstance(parse_day_words(text, year=year, today=TODAY), date)
    with suppress(ValueError):
        assert 1 <= parse_month(text, year=2024, today=TODAY)[1] <= 12
