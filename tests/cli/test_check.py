"""``gaigai check``: forms, exit status, places that an editor finds, and what it says when nothing is wrong."""

import json
import shutil
from pathlib import Path

import pytest

from tests.program import Gaigai

DATA = Path(__file__).parent.parent.parent / "data"
NOW = "2024-06-24T09:00:00"
LOG = """\
unit: 县财政局
records:
  - id: 20240614-153012-3f9c81d2
    item: "16.2"
    date: 2024-06-14
    kind: 进展
    summary: 示例。
    percnt: 60
"""
STRAY = "示例\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    (data / "progress").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAIGAI_NOW", NOW)
    return data


def wrong(data: Path) -> None:
    (data / "progress" / "县财政局.yaml").write_text(LOG, encoding="utf-8")


def doubtful(data: Path) -> None:
    (data / "progress" / "说明.txt").write_text(STRAY, encoding="utf-8")


def test_nothing_wrong(gaigai: Gaigai, data: Path) -> None:
    run = gaigai("check")

    assert (run.status, run.err) == (0, "")
    assert run.out == "未发现问题：共检查任务22项、事项33项、单位17个、记录0条（0个文件）。\n"


@pytest.mark.parametrize(("form", "out"), [("json", "[]\n"), ("github", "")])
def test_nothing_wrong_for_programs(gaigai: Gaigai, data: Path, form: str, out: str) -> None:
    run = gaigai("check", "--format", form)

    assert (run.status, run.out) == (0, out)


def test_text(gaigai: Gaigai, data: Path) -> None:
    wrong(data)

    run = gaigai("check")

    assert (run.status, run.err) == (1, "")
    assert run.out == (
        "data/progress/县财政局.yaml:8:5: error[unknown-key] 不认识的键“percnt”。\n"
        "      percnt: 60\n"
        "      ^\n"
        "  办法：是否要写“percent”？\n"
        "共1处：错误1处，警告0处。\n"
    )


def test_json(gaigai: Gaigai, data: Path) -> None:
    wrong(data)

    run = gaigai("check", "--format", "json")

    assert run.status == 1
    assert json.loads(run.out) == [
        {
            "file": "data/progress/县财政局.yaml",
            "line": 8,
            "column": 5,
            "code": "unknown-key",
            "severity": "error",
            "message": "不认识的键“percnt”",
            "remedy": "是否要写“percent”？",
        }
    ]


def test_github(gaigai: Gaigai, data: Path) -> None:
    wrong(data)

    run = gaigai("check", "--format", "github")

    assert run.status == 1
    assert run.out == (
        "::error file=data/progress/县财政局.yaml,line=8,col=5,title=unknown-key::"
        "不认识的键“percnt”。是否要写“percent”？\n"
    )


@pytest.mark.parametrize(("words", "status"), [((), 0), (("--strict",), 1)])
def test_warnings(gaigai: Gaigai, data: Path, words: tuple[str, ...], status: int) -> None:
    doubtful(data)

    run = gaigai("check", *words)

    assert run.status == status
    assert run.out.endswith("共1处：错误0处，警告1处。\n")


def test_an_unreadable_list_does_not_hide_the_logs(gaigai: Gaigai, data: Path) -> None:
    wrong(data)
    (data / "tasks.yaml").write_text("notice: [\n", encoding="utf-8")

    run = gaigai("check")

    assert run.status == 1
    assert "data/progress/县财政局.yaml:8:5: error[unknown-key]" in run.out
    assert "data/tasks.yaml:" in run.out


@pytest.mark.parametrize(
    ("here", "prefix"), [("data", ""), ("data/progress", "../"), (".", "data/")]
)
def test_files_are_named_from_here(
    gaigai: Gaigai, data: Path, monkeypatch: pytest.MonkeyPatch, here: str, prefix: str
) -> None:
    wrong(data)
    monkeypatch.chdir(data.parent / here)

    out = gaigai("check").out

    assert out.startswith(f"{prefix}progress/县财政局.yaml:8:5: ")


def test_a_day_of_the_clock_alone_is_the_future(gaigai: Gaigai, data: Path) -> None:
    (data / "progress" / "县财政局.yaml").write_text(
        LOG.replace("    percnt: 60\n", "").replace("2024-06-14", "2024-06-25"), encoding="utf-8"
    )

    run = gaigai("check", GAIGAI_AS_OF="2024-12-31")

    assert run.status == 1
    assert "error[future-date]" in run.out
