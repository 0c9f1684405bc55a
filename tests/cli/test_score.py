"""``gaigai score`` as it looks."""

from pathlib import Path

import pytest

from gaigai_cli.errors import shown
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.render.console.score import explained_page
from gaigai_cli.report.score import score
from gaigai_cli.words.period import quarter
from tests.judge.build import LEAD, OFFICE, Book, day
from tests.program import Gaigai, SameAsFile
from tests.transcript import EXAMPLE, SHIPPED

KEPT = Path(__file__).parent / "score"
NOW = "2025-02-01T09:00:00"

SCREENS = (
    ("--quarter", "2024-Q2"),
    ("--quarter", "第三季度"),
    ("--year", "2024"),
    ("--quarter", "3", "--explain", "czj"),
    ("--year", "2024", "--explain", "县住建局"),
    ("--year", "2024", "--explain", "园区管委会"),
    ("--year", "2024", "--explain", "县城管局"),
    ("--explain", "县工改办"),
)


@pytest.mark.parametrize("columns", ["80", "120"])
def test_on_the_screen(
    gaigai: Gaigai, same_as_file: SameAsFile, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLE.parent)
    parts = []
    for words in SCREENS if columns == "80" else SCREENS[2:5]:
        run = gaigai("--data", str(EXAMPLE), "score", *words, COLUMNS=columns, GAIGAI_NOW=NOW)
        assert (run.status, run.err) == (0, "")
        parts.append(f"$ gaigai score {' '.join(words)}\n{run.out}")
    same_as_file("\n".join(parts), KEPT / f"example-{columns}.txt")


def test_which_record_is_missing() -> None:
    """An item that was closed out, and taken up again, has records: what it lacks is a close-out in force."""
    book = Book(rules={"reporting": {"every": "month", "by": 25, "from": "2024-07"}})
    applied = book.add(LEAD, "06-20", "申请销号")
    book.add(OFFICE, "06-25", "核验销号", answers=[applied])
    book.add(OFFICE, "07-20", "撤销销号")
    found = score(Judge(book.ledger()), quarter(2024, 3), today=day("10-01"))
    words = explained_page(found, LEAD).text(80)
    assert "时限6月30日，已过92天  没有有效的核验销号记录" in words
    assert "7月进展，7月25日截止，本期应报3次  没有这一期的报送记录" in words
    assert "没有记录" not in words


def test_json(gaigai: Gaigai, same_as_file: SameAsFile) -> None:
    words = ("score", "--year", "2024", "--explain", "县财政局", "--format", "json")
    run = gaigai("--data", str(EXAMPLE), *words, GAIGAI_NOW=NOW)
    assert (run.status, run.err) == (0, "")
    same_as_file(run.out, KEPT / "year-explain.json")


def test_a_list_without_records_is_not_assessed_unless_forced(gaigai: Gaigai) -> None:
    refused = gaigai("--data", str(SHIPPED), "score", GAIGAI_NOW=NOW)
    assert (refused.status, refused.out) == (2, "")
    assert refused.err == "错误：本清单尚无进展记录，不作考核。确要按时限推算的请加 --force。\n"
    forced = gaigai("--data", str(SHIPPED), "score", "--force", GAIGAI_NOW=NOW)
    assert forced.status == 0
    assert forced.out.startswith("本清单尚无进展记录，以下仅按时限推算，不作为评价依据。\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--quarter", "5"), "错误：--quarter 写错了：“5”不是季度。应写成 2024-Q2 或 第二季度。"),
        (("--year", "今年"), "错误：--year 写错了：“今年”不是年份。应写成 2024。"),
        (("--year", "0000"), "错误：--year 写错了：“0000”不是年份。应写成 2024。"),
        (
            ("--quarter", "0000-Q1"),
            "错误：--quarter 写错了：“0000-Q1”不是季度。应写成 2024-Q2 或 第二季度。",
        ),
        (
            ("--quarter", "2", "--year", "2024"),
            "错误：--quarter 和 --year 不能同时使用。只留一个。",
        ),
        (
            ("--explain", "县教育局"),
            "错误：没有“县教育局”这个单位。是否要写“县财政局”？"
            f"运行 gaigai --data {shown(EXAMPLE)} depts 查看全部单位。",
        ),
        (
            ("--year", "2026"),
            "错误：2026年度还没有开始（今天是2025-02-01），不能考核。请写以前的季度或年度。",
        ),
    ],
)
def test_wrong_words(gaigai: Gaigai, words: tuple[str, ...], message: str) -> None:
    run = gaigai("--data", str(EXAMPLE), "score", *words, GAIGAI_NOW=NOW)
    assert (run.status, run.out, run.err) == (2, "", f"{message}\n")


@pytest.mark.parametrize(
    ("today", "period"),
    [
        ("2024-05-20", "第二季度"),
        ("2024-07-02", "第二季度"),
        ("2024-09-30", "第三季度"),
        ("2024-10-01", "第三季度"),
        ("2024-12-31", "第四季度"),
        ("2025-02-01", "第四季度"),
        ("2026-11-28", "第四季度"),
    ],
)
def test_without_a_period_the_last_quarter_that_is_over(
    gaigai: Gaigai, today: str, period: str
) -> None:
    run = gaigai("--data", str(EXAMPLE), "score", GAIGAI_NOW=f"{today}T09:00:00")
    assert f"2024年{period}单位考核" in run.out
