"""The office's own words stand at the end of their sections, in every format, and are kept."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.calendar import CHINA
from gaigai_cli.render.console.letter import bulletin_page
from gaigai_cli.render.papers import bulletin_docx, bulletin_html, bulletin_md
from gaigai_cli.report.bulletin import monthly_report
from gaigai_cli.report.monthly_report import MonthlyReport
from gaigai_cli.words.period import Period
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.own_words import own_words, parsed, path_of
from tests.judge.random_ledgers import random_year
from tests.program import Gaigai
from tests.render.bulletins import opened
from tests.transcript import EXAMPLE

JUNE = Period.of(2024, 6)
WORDS = (
    "# 总体情况\n\n县委常委会\n专题研究1次。\n\n再次强调。\n\n## 四、督办情况\n\n开展联合督导。\n"
)


@pytest.fixture
def office(tmp_path: Path) -> Directory:
    return Directory(random_year(7).write(tmp_path), datetime(2024, 7, 3, 9, 0, tzinfo=CHINA))


def report(office: Directory) -> MonthlyReport:
    return monthly_report(
        office.judge, JUNE, today=date(2024, 7, 3), scored=False, own=own_words(office, JUNE)
    )


def test_they_end_their_sections_in_every_format(office: Directory) -> None:
    assert all(not section.own for section in report(office).sections)
    path_of(office, JUNE).write_text(WORDS, encoding="utf-8")

    made = report(office)

    own = {s.heading: s.own for s in made.sections if s.own}
    assert own == {
        "总体情况": ("县委常委会专题研究1次。", "再次强调。"),
        "督办情况": ("开展联合督导。",),
    }
    docx = "\n".join(p.text for p in opened(bulletin_docx.bulletin(made)).paragraphs)
    page = bulletin_page(made).text(80)
    shown = page.replace("\n", "")
    for text in (bulletin_md.bulletin(made), bulletin_html.bulletin(made), docx, shown):
        first = text.index("县委常委会专题研究1次。")
        assert text.index("总体情况") < first < text.index("再次强调。") < text.rindex("主要进展")
        assert text.index("督办情况") < text.index("开展联合督导。") < text.rindex("下一步工作要求")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("写在前面\n# 总体情况\n", "2024-06.补充.md第1行写在标题之前"),
        (
            "# 总体情况\n\n好。\n\n# 存在的问题\n",
            "2024-06.补充.md第5行的标题“存在的问题”不是通报的部分",
        ),
    ],
)
def test_what_cannot_be_placed_is_refused(text: str, message: str) -> None:
    with pytest.raises(GaigaiError) as caught:
        parsed(text, "2024-06.补充.md")
    assert caught.value.message == message


def test_they_are_written_in_an_editor(
    tmp_path: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = random_year(7).write(tmp_path)
    monkeypatch.setattr(
        "gaigai_cli.history.editor.edited", lambda text: f"{text}\n# 存在问题\n\n请重视。\n"
    )

    run = gaigai(
        "--data",
        str(data),
        "report",
        "--month",
        "2024-06",
        "--notes",
        GAIGAI_NOW="2024-07-03T09:00:00",
    )

    assert run.status == 0, run.err
    assert "请重视。" in (tmp_path / "reports" / "2024-06.补充.md").read_text(encoding="utf-8")
    again = gaigai(
        "--data",
        str(data),
        "report",
        "--month",
        "2024-06",
        "--stdout",
        GAIGAI_NOW="2024-07-03T09:00:00",
    )
    assert "请重视。" in again.out


def test_what_the_office_might_promise_is_offered_and_written_by_no_one(
    gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands in marks below the last section: nothing of it is in the bulletin until somebody takes them away."""
    shutil.copytree(EXAMPLE, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("gaigai_cli.history.editor.edited", lambda text: text)
    now = {"GAIGAI_NOW": "2024-10-08T09:00:00"}
    assert gaigai("report", "--month", "2024-09", "--notes", **now).status == 0
    file = tmp_path / "reports" / "2024-09.补充.md"
    text = file.read_text("utf-8")
    promise = "我办将就第15项提出处理意见，报领导小组研究。"
    assert parsed(text, file.name) == {}
    assert f"<!-- {promise} -->" in text

    file.write_text(text.replace(f"<!-- {promise} -->", promise), "utf-8")
    assert promise in gaigai("report", "--month", "2024-09", "--stdout", **now).out

    file.write_bytes(text.encode() + b"\xff\n")
    refused = gaigai("report", "--month", "2024-09", "--stdout", **now).err
    assert refused == (
        "错误：“reports/2024-09.补充.md”的文字编码不能识别。请另存为 UTF-8 编码的文本后再试。\n"
    )
