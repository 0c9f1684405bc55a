"""Findings in their three forms; the texts of each code are under ``tests/check/cases``."""

import json

import pytest

from gaigai_cli.model.finding import Finding, Location
from gaigai_cli.render.findings import MAX_CELLS, as_github, as_json, as_text, finding_json
from gaigai_cli.render.width import width_of


def finding(text: str, column: int, *, remedy: str = "请核对") -> Finding:
    place = Location("progress/示例甲局.yaml", 3, column, text)
    return Finding("bad-date", "error", "“6月”不是日期", place, remedy)


DATE = finding("    date: 6月", 11)
WARNING = Finding("stray-file", "warning", "多余的文件", Location("progress/a,b.yml"))


def test_text() -> None:
    assert as_text([DATE, WARNING], "示例/data/") == (
        "示例/data/progress/示例甲局.yaml:3:11: error[bad-date] “6月”不是日期。\n"
        "      date: 6月\n"
        "            ^\n"
        "  办法：请核对。\n"
        "示例/data/progress/a,b.yml:1:1: warning[stray-file] 多余的文件。\n"
        "共2处：错误1处，警告1处。\n"
    )


def test_text_of_nothing() -> None:
    assert as_text([]) == "没有发现问题。\n"


def test_question_needs_no_full_stop() -> None:
    assert "  办法：是否要写“进展”？\n" in as_text([finding("x", 1, remedy="是否要写“进展”？")])


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("示例" * 80 + "错" + "示例" * 80, 161),
        ("错" + "示例" * 80, 1),
        ("示例" * 80 + "错", 161),
        ("a" * 160 + "错" + "a" * 160, 161),
        ("a" * 99 + "错", 100),
        ("示例" * 40 + "错" + "a" * 30, 81),
        ("\t示例\x07错" + "示例" * 60, 5),
    ],
)
def test_long_line_is_cut_around_the_caret(text: str, column: int) -> None:
    """The caret stands under the character at fault, whatever stands before it."""
    line, caret = as_text([finding(text, column)]).splitlines()[1:3]
    assert width_of(line) <= MAX_CELLS + 2
    assert caret.endswith("^")
    before = line[: line.index("错")]
    assert width_of(before) == len(caret) - 1
    assert line.count("…") in (1, 2)


def test_caret_after_the_end() -> None:
    """A value that is missing has its place behind the line's last character."""
    lines = as_text([finding("    problems:", 14)]).splitlines()
    assert lines[1:3] == ["      problems:", "               ^"]


def test_json() -> None:
    assert json.loads(as_json([finding_json(DATE.below("data/"))])) == [
        {
            "file": "data/progress/示例甲局.yaml",
            "line": 3,
            "column": 11,
            "code": "bad-date",
            "severity": "error",
            "message": "“6月”不是日期",
            "remedy": "请核对",
        }
    ]
    assert as_json([]) == "[]\n"


def test_github() -> None:
    odd = Finding("unknown-unit", "warning", "100%\n不是", Location("a:b,c.yaml", 2, 5), "改")
    assert as_github([DATE, odd], "data/") == (
        "::error file=data/progress/示例甲局.yaml,line=3,col=11,title=bad-date::“6月”不是日期。请核对\n"
        "::warning file=data/a%3Ab%2Cc.yaml,line=2,col=5,title=unknown-unit::100%25%0A不是。改\n"
    )
    assert as_github([]) == ""
