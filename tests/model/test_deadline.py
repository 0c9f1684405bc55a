"""The five kinds of deadline: what is valid, and the turns of a recurring one."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

from gaigai_cli.model.deadline import Deadline, Recurring, occurrences

DEADLINE: TypeAdapter[Deadline] = TypeAdapter(Deadline)
STAGES = [
    {"id": "1", "text": "完成方案", "due": "2024-04-30"},
    {"id": "2", "text": "完成整改", "due": "2024-09-30"},
]
RECURRING = {"kind": "recurring", "text": "示例", "from": "2024-01-01", "until": "2024-12-31"}

VALID: list[dict[str, Any]] = [
    {"kind": "fixed", "text": "2024年6月底", "due": "2024-06-30"},
    {"kind": "fixed", "text": "4月—6月", "from": "2024-04-01", "due": "2024-06-30"},
    {"kind": "ongoing", "text": "长期坚持"},
    {"kind": "ongoing", "text": "全年", "from": "2024-01-01", "until": "2024-12-31"},
    {"kind": "staged", "text": "示例", "stages": STAGES},
    {**RECURRING, "every": "month", "day": "25"},
    {**RECURRING, "every": "week", "day": "7"},
    {**RECURRING, "every": "quarter", "day": 31},
    {**RECURRING, "every": "half-year", "day": "30"},
    {**RECURRING, "every": "year", "day": "02-29"},
    {"kind": "recurring", "text": "示例", "from": "2024-01-01", "every": "month", "day": "1"},
    {"kind": "unset", "text": "项目批准后"},
]

INVALID: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    (
        {"kind": "fixed", "text": "示例", "from": "2024-07-01", "due": "2024-06-30"},
        ("fixed", "from"),
        "起始日期2024-07-01晚于完成时限2024-06-30",
    ),
    (
        {"kind": "ongoing", "text": "示例", "from": "2024-07-01", "until": "2024-06-30"},
        ("ongoing", "from"),
        "起始日期2024-07-01晚于期末日期2024-06-30",
    ),
    (
        {"kind": "staged", "text": "示例", "stages": [STAGES[0], STAGES[0]]},
        ("staged", "stages"),
        "阶段编号“1”重复",
    ),
    (
        {"kind": "staged", "text": "示例", "stages": STAGES[::-1]},
        ("staged", "stages"),
        "阶段“1”的时限2024-04-30早于前一阶段“2”的2024-09-30",
    ),
    (
        {**RECURRING, "every": "month", "day": "32"},
        ("recurring", "day"),
        "“32”不在1—31之间",
    ),
    ({**RECURRING, "every": "month", "day": 0}, ("recurring", "day"), "“0”不在1—31之间"),
    ({**RECURRING, "every": "week", "day": "8"}, ("recurring", "day"), "“8”不在1—7之间"),
    (
        {**RECURRING, "every": "quarter", "day": "03-31"},
        ("recurring", "day"),
        "“03-31”不在1—31之间",
    ),
    (
        {**RECURRING, "every": "year", "day": "31"},
        ("recurring", "day"),
        "“31”不是一年中的一日，应写成 12-31 的样子",
    ),
    (
        {**RECURRING, "every": "year", "day": "02-30"},
        ("recurring", "day"),
        "“02-30”不是一年中的一日，应写成 12-31 的样子",
    ),
    (
        {**RECURRING, "every": "month", "day": "月底"},
        ("recurring", "day"),
        "“月底”不是期限日，应写成 25 的样子，每年的写成 12-31 的样子",
    ),
    (
        {**RECURRING, "every": "month", "day": "25", "until": "2023-12-31"},
        ("recurring",),
        "起始日期2024-01-01晚于期末日期2023-12-31",
    ),
]


@pytest.mark.parametrize("data", VALID)
def test_every_kind_is_read_and_written_back(data: dict[str, Any]) -> None:
    deadline = DEADLINE.validate_python(data)
    written = DEADLINE.dump_python(deadline, mode="json", by_alias=True, exclude_none=True)
    assert DEADLINE.validate_python(written) == deadline
    assert written.keys() == data.keys()


@pytest.mark.parametrize(("data", "place", "message"), INVALID)
def test_what_cannot_be_is_refused_at_its_place(
    data: dict[str, Any], place: tuple[str | int, ...], message: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        DEADLINE.validate_python(data)
    assert [(e["loc"], e["msg"]) for e in caught.value.errors()] == [(place, message)]


def test_a_kind_has_no_fields_of_another() -> None:
    with pytest.raises(ValidationError) as caught:
        DEADLINE.validate_python({"kind": "unset", "text": "示例", "due": "2024-06-30"})
    assert [(e["loc"], e["type"]) for e in caught.value.errors()] == [
        (("unset", "due"), "extra_forbidden")
    ]


def test_a_word_of_the_tree_is_a_kind_like_any_string() -> None:
    class Word(str):
        __slots__ = ("line",)

    data = {
        Word("kind"): Word("fixed"),
        Word("text"): Word("示例"),
        Word("due"): Word("2024-06-30"),
    }
    assert DEADLINE.validate_python(data) == DEADLINE.validate_python(
        {"kind": "fixed", "text": "示例", "due": date(2024, 6, 30)}
    )


def test_the_schema_accepts_what_the_models_accept() -> None:
    schema = DEADLINE.json_schema(by_alias=True)
    validator = Draft202012Validator(schema)
    for data in VALID:
        typed = dict(data)
        if typed.get("every") not in (None, "year"):
            typed["day"] = int(typed["day"])
        assert list(validator.iter_errors(typed)) == []
    assert not validator.is_valid({"text": "示例", "due": "2024-06-30"})
    assert not validator.is_valid({**RECURRING, "every": "month", "day": 32})


def test_every_field_is_described_in_chinese() -> None:
    for model in DEADLINE.json_schema()["$defs"].values():
        for field in model["properties"].values():
            assert any("\u4e00" <= c <= "\u9fff" for c in field["description"])


def recurring(
    every: str, day: int | str, start: str = "2024-01-01", until: str | None = "2024-12-31"
) -> Recurring:
    return Recurring.model_validate(
        {
            "kind": "recurring",
            "text": "示例",
            "every": every,
            "day": day,
            "from": start,
            "until": until,
        }
    )


LATE = date(2030, 1, 1)


@pytest.mark.parametrize(
    ("given_", "days"),
    [
        (
            recurring("month", 31, until="2024-04-30"),
            "2024-01-31 2024-02-29 2024-03-31 2024-04-30",
        ),
        (recurring("month", 25, "2024-02-26", "2024-05-24"), "2024-03-25 2024-04-25"),
        (recurring("month", 25, "2024-02-25", "2024-03-25"), "2024-02-25 2024-03-25"),
        (recurring("quarter", 31), "2024-03-31 2024-06-30 2024-09-30 2024-12-31"),
        (recurring("quarter", 25, "2024-05-07"), "2024-06-25 2024-09-25 2024-12-25"),
        (recurring("half-year", 31), "2024-06-30 2024-12-31"),
        (recurring("year", "02-29", until="2026-12-31"), "2024-02-29 2025-02-28 2026-02-28"),
        (recurring("week", 5, "2024-05-07", "2024-05-24"), "2024-05-10 2024-05-17 2024-05-24"),
        (recurring("week", 2, "2024-05-07", "2024-05-14"), "2024-05-07 2024-05-14"),
        (recurring("year", "12-31", until="2024-06-30"), ""),
    ],
)
def test_turns_are_due_from_the_first_day_to_the_last(given_: Recurring, days: str) -> None:
    assert " ".join(map(str, occurrences(given_, through=LATE))) == days


def test_turns_end_where_asked() -> None:
    endless = recurring("month", 31, until=None)
    through = date(2024, 3, 30)
    assert occurrences(endless, through=through) == (date(2024, 1, 31), date(2024, 2, 29))
    assert occurrences(endless, through=date(2023, 12, 31)) == ()
    assert occurrences(recurring("week", 7, "2099-12-28", None), through=date(2099, 12, 31)) == ()
    assert occurrences(recurring("month", 31, "2099-12-01", None), through=date(2100, 1, 1)) == (
        date(2099, 12, 31),
    )


@st.composite
def _recurrings(draw: st.DrawFn) -> Recurring:
    every = draw(st.sampled_from(["month", "quarter", "half-year", "year", "week"]))
    day: int | str = draw(st.integers(1, 7 if every == "week" else 31))
    if every == "year":
        day = draw(st.dates(date(2024, 1, 1), date(2024, 12, 31))).strftime("%m-%d")
    start = draw(st.dates(date(2020, 1, 1), date(2026, 12, 31)))
    return recurring(every, day, start.isoformat(), None)


@given(_recurrings(), st.integers(0, 900))
def test_every_due_day_is_named_once_and_in_order(given_: Recurring, days: int) -> None:
    dues = occurrences(given_, through=given_.from_ + timedelta(days=days))
    assert list(dues) == sorted(set(dues))
