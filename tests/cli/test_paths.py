"""Paths as people type them: ``~``, names that begin with it, and what is no file at all."""

import os
from pathlib import Path

import pytest

from tests.program import Gaigai
from tests.transcript import SHIPPED, copied

BY = ("--unit", "县财政局", "--by", "示例丙", "--summary", "示例。")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return copied(SHIPPED, tmp_path, example=True)


def pipe(name: str) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes with names")
    os.mkfifo(name)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("update", "16.2", *BY, "--evidence", "~$佐证.docx"), "没有“~$佐证.docx”这个文件"),
        (("update", "16.2", *BY, "--source", "~无此人"), "找不到“~无此人”"),
        (("import", "~无此人", "--out", "q"), "~无此人"),
        (("import", "~无此人.json", "--out", "q"), "~无此人.json"),
        (("import", "x.md", "--out", "q", "--answers", "~无此人"), "没有答复文件“~无此人”"),
        (("import", "x.md", "--update", "~无此人"), "“~无此人”里没有 tasks.yaml"),
        (("collect", "~无此人", "--by", "示例"), "没有“~无此人”"),
        (("--data", "~无此人", "list"), "~无此人"),
        (("report", "--issue", "~无此人.docx", "--month", "2024-06", "--number", "示例〔2024〕1号", "--force"), "没有“~无此人.docx”这个文件"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_what_is_nobodys_home_is_a_name(
    words: tuple[str, ...], sentence: str, gaigai: Gaigai
) -> None:
    run = gaigai(*words, GAIGAI_NOW="2024-07-05T09:00:00")

    assert run.status == 2
    assert sentence in run.err
    assert "程序内部错误" not in run.err


def test_files_are_written_to_such_a_name(gaigai: Gaigai, tmp_path: Path) -> None:
    assert gaigai("export", "--out", "~无此人/清单.csv").status == 0
    assert gaigai("list", "--out", "~表.csv").status == 0
    assert gaigai("init", "~新").status == 0

    assert (tmp_path / "~无此人" / "清单.csv").is_file()
    assert (tmp_path / "~表.csv").is_file()
    assert (tmp_path / "~新" / "tasks.yaml").is_file()


def test_a_home_is_a_home(gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "家"
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))

    assert gaigai("export", "--out", "~/清单.csv").status == 0
    assert (home / "清单.csv").is_file()


@pytest.mark.parametrize(
    "words",
    [
        ("import", "管道", "--out", "q"),
        ("import", "管道.json", "--out", "q"),
        ("collect", "管道", "--by", "示例"),
        ("collect", "管道.xlsx", "--by", "示例"),
        ("update", "16.2", *BY, "--evidence", "管道"),
        ("update", "16.2", *BY, "--evidence", "文号", "--source", "管道"),
    ],
    ids=" ".join,
)
def test_what_never_ends_is_not_read(words: tuple[str, ...], gaigai: Gaigai) -> None:
    pipe(next(word for word in words if word.startswith("管道")))

    run = gaigai(*words, GAIGAI_NOW="2024-07-05T09:00:00")

    assert run.status == 2
    assert "普通文件" in run.err
    assert "程序内部错误" not in run.err


def test_a_folder_with_blanks_is_one_word_of_what_is_told_to_run(gaigai: Gaigai) -> None:
    """In quotes that sh, cmd and PowerShell take alike."""
    made = gaigai("practise", "练习 一", GAIGAI_NOW="2024-07-11T09:00:00")

    assert 'cd "练习 一"' in made.out + made.err
