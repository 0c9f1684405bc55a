"""``report`` in several formats: which files it writes, and which it leaves alone."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from gaigai_cli.render.fingerprint import is_sealed
from tests.program import Gaigai
from tests.render.bulletins import opened
from tests.transcript import EXAMPLE

MONTH = ("report", "--month", "2024-06")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_several_formats_at_once(gaigai: Gaigai, place: Path) -> None:
    run = gaigai(*MONTH, "--format", "docx，md", "--format", "html", "--format", "xlsx,md")
    assert run.status == 0
    names = ["2024-06.docx", "2024-06.html", "2024-06.md", "2024-06.xlsx"]
    assert sorted(path.name for path in (place / "reports").iterdir()) == names
    assert "已写入 reports" in run.err
    assert "2024-06.docx、" in run.err
    again = {name: (place / "reports" / name).read_bytes() for name in names}
    assert gaigai(*MONTH, "--format", "md,docx,html,xlsx").status == 0  # nobody has edited any
    assert {name: (place / "reports" / name).read_bytes() for name in names} == again


def touched(data: bytes) -> bytes:
    """The file with one word changed, in a part where there are parts."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.replace(b"gaigai", b"GAIGAI")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"gaigai", b"GAIGAI"))
    return stream.getvalue()


@pytest.mark.parametrize("name", ["docx", "html", "xlsx", "md"])
def test_an_edited_file_is_kept_and_none_is_written(gaigai: Gaigai, place: Path, name: str) -> None:
    assert gaigai(*MONTH, "--format", name).status == 0
    path = place / "reports" / f"2024-06.{name}"
    edited = touched(path.read_bytes())
    path.write_bytes(edited)

    run = gaigai(*MONTH, "--format", "docx,html,xlsx,md")

    assert run.status == 2
    assert "已有人改动，没有覆盖" in run.err
    assert path.read_bytes() == edited
    assert [p.name for p in (place / "reports").iterdir()] == [path.name]
    assert gaigai(*MONTH, "--format", name, "--force").status == 0
    assert path.read_bytes() != edited


def test_the_ending_of_out_says_the_format(gaigai: Gaigai, place: Path) -> None:
    assert gaigai(*MONTH, "--out", "六月通报.docx").status == 0
    assert is_sealed((place / "六月通报.docx").read_bytes())


def test_the_offices_own_template(gaigai: Gaigai, place: Path) -> None:
    from tests.render.test_docx import changed

    own = place / "templates" / "通报.docx"
    own.parent.mkdir()
    own.write_bytes(
        changed(lambda text: text.replace("{{ 主送机关 }}：", "{{ 主送机关 }}（主送）："))
    )
    assert gaigai(*MONTH, "--format", "docx").status == 0
    texts = [p.text for p in opened((place / "reports" / "2024-06.docx").read_bytes()).paragraphs]
    assert "县工改领导小组各成员单位，各有关单位（主送）：" in texts

    own.write_bytes(changed(lambda text: text.replace("{{ 主送机关 }}", "{{ 主送单位 }}")))
    run = gaigai(*MONTH, "--format", "docx")
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        "错误：模板中的占位符“主送单位”不能识别。"
        "请改正模板 通报.docx 后再试；删去该模板则用程序自带的版式。\n"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--format", "pdf"), "错误：--format 没有“pdf”这一种。可写：md、docx、html、xlsx。"),
        (("--out", "x.pdf"), "错误：--out 的文件不能写成 pdf。扩展名可写：md、docx、html、xlsx。"),
        (
            ("--format", "md,docx", "--stdout"),
            "错误：--stdout 一次只能有一种格式。请只写一种 --format。",
        ),
        (
            ("--format", "md,docx", "--out", "x"),
            "错误：--out 一次只能有一种格式。请只写一种 --format。",
        ),
        (
            ("--format", "md", "--out", "x.docx"),
            "错误：--out 的文件名是 docx，--format 却是 md。请把两者写成一种。",
        ),
        (
            ("--format", "docx", "--internal"),
            "错误：内部研判只有 md 一种格式。请去掉 --format。",
        ),
        (
            ("--letterhead",),
            "错误：--letterhead 只用于通报的 docx。请加 --format docx，不和 --unit 等同用。",
        ),
    ],
)
def test_options_that_cannot_go_together(
    words: tuple[str, ...], message: str, gaigai: Gaigai, place: Path
) -> None:
    run = gaigai(*MONTH, *words)
    assert (run.status, run.out, run.err) == (2, "", f"{message}\n")
    assert not (place / "reports").exists()
