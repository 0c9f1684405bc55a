"""Doubts gone through one by one, answered in this process."""

import builtins
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from gaigai_cli.cli.notice.doubts import review
from gaigai_cli.cli.output import Output
from gaigai_cli.notice.answers import Answers
from gaigai_cli.notice.document import Document, Place
from gaigai_cli.notice.doubts import Doubt
from gaigai_cli.notice.draft import Draft, make_draft
from gaigai_cli.notice.formats import read_document
from tests.notice.layout import sheet
from tests.notice.renderings import FORMATS

CONTENT = "受理率、办结率均达到100%，全年培训不少于3次。"


def notice() -> Document:
    """示例: one item, three figures."""
    made = sheet(
        "示例县2025年任务清单",
        [
            ["序号", "主要任务", "工作内容", "牵头单位", "完成时限"],
            ["1", "提升服务", CONTENT, "县数改办", "2025年6月底"],
        ],
    )
    name = next(name for name in FORMATS if name.endswith("txt"))
    return read_document(FORMATS[name](made), "通知.txt")


def answered(
    typed: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[dict[tuple[str, str], Any], list[str]]:
    """The answers that were kept, and every question that was asked."""
    asked: list[str] = []
    lines: Iterator[str] = iter(typed)

    def line(prompt: str) -> str:
        asked.append(prompt)
        return next(lines)

    monkeypatch.setattr(builtins, "input", line)
    answers = Answers()
    document = notice()

    def keep(doubt: Doubt, value: Any) -> Draft:
        answers.add(doubt, value)
        return make_draft(document, answers)

    review(make_draft(document, answers), keep, Output(color=False))
    return {(key.code, key.subject): value for key, value in answers.values.items()}, asked


def names(value: Any) -> list[str]:
    return [indicator["name"] for indicator in value]


def test_some_of_the_proposed_indicators(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = ["3", "4", "1、３"]
    found, asked = answered(typed, monkeypatch)

    assert names(found["indicators", "1.1"]) == ["受理率", "培训"]
    assert asked == [
        "序号（1—4，q 停止）：", "写入哪几项（如 1 3；直接回车返回，q 停止）：", "写入哪几项（如 1 3；直接回车返回，q 停止）：",
    ]  # fmt: skip


def test_all_or_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert names(answered(["1"], monkeypatch)[0]["indicators", "1.1"]) == [
        "受理率",
        "办结率",
        "培训",
    ]
    assert answered(["2"], monkeypatch)[0] == {("indicators", "1.1"): []}


@pytest.mark.parametrize("typed", [["q"], ["9", "ｑ"], ["3", "", "停止"], ["3", "q"]])
def test_somebody_has_had_enough(
    typed: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found, asked = answered(typed, monkeypatch)

    assert (found, len(asked)) == ({}, len(typed))
    assert capsys.readouterr().err == "已停止核对，已答复的都已保存。\n"


@pytest.mark.parametrize(
    ("subject", "typed", "kept"),
    [
        ("文号", ["2", "示县〔2025〕9号"], "示县〔2025〕9号"),
        ("印发日期", ["5月", "2025年5月7日"], "2025-05-07"),
        ("任务年度", ["25", "2025"], "2025"),
    ],
)
def test_what_is_typed_is_read(
    subject: str, typed: list[str], kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words that are none are asked for again; a number is most likely that of a choice."""
    lines = iter(["1", *typed])
    monkeypatch.setattr(builtins, "input", lambda _: next(lines))
    made = make_draft(notice(), Answers())
    doubt = Doubt("notice", Place(), subject, "", "没有找到", "请补上")
    found: list[Any] = []

    def keep(_: Doubt, value: Any) -> Draft:
        found.append(value)
        return replace(made, doubts=())

    review(replace(made, doubts=(doubt,)), keep, Output(color=False))
    assert (found, next(lines, None)) == ([kept], None)
