"""归档: what is filed of a month or a year, the same again from the same state, and whether it is whole."""

import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from gaigai_cli.work.dossier import SUMS
from tests.program import Gaigai, SameAsFile
from tests.transcript import EXAMPLE

KEPT = Path(__file__).parent / "kept"
NOW = {"GAIGAI_NOW": "2025-02-01T09:00:00"}
LETTER = "示例提〔2024〕1号-县财政局.docx"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "data")
    shutil.copytree(EXAMPLE.parent / "reports" / "issued", tmp_path / "reports" / "issued")
    letters = tmp_path / "reports" / "督办"
    letters.mkdir()
    (letters / LETTER).write_bytes(_word("<Pages>2</Pages><Characters>640</Characters>"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _word(properties: str) -> bytes:
    """示例: a Word file of which only its number of pages matters."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("docProps/app.xml", f"<Properties>{properties}</Properties>")
        package.writestr("word/document.xml", "<document/>")
    return stream.getvalue()


def test_a_month(gaigai: Gaigai, place: Path, same_as_file: SameAsFile) -> None:
    slip = _word("<Pages>1</Pages><Characters>0</Characters>")  # as a library begins
    (place / "reports" / "2024-06-发文稿纸.docx").write_bytes(slip)
    run = gaigai("archive", "--month", "6", "--out", "案卷", **NOW)

    assert run.status == 0, run.err
    catalogue = Path("案卷/归档文件目录.csv").read_text(encoding="utf-8-sig")
    names = [p.relative_to("案卷").as_posix() for p in sorted(Path("案卷").rglob("*.*"))]
    # A library may write the same Word file in other bytes.
    catalogue = re.sub("[0-9a-f]{64}", "SHA-256", catalogue)
    shown = "\n".join((catalogue, *names, "", run.out, run.err))
    same_as_file(shown, KEPT / "dossier.txt")
    assert gaigai("archive", "--verify", "案卷").err == "8个文件与归档时相同，完整无缺。\n"


def test_the_same_state_gives_the_same_bytes(gaigai: Gaigai, place: Path) -> None:
    assert gaigai("archive", "--month", "2024-06", **NOW).status == 0
    first = Path("reports/归档/2024-06.zip").read_bytes()
    later = {"GAIGAI_NOW": "2025-03-05T17:30:00"}
    again = gaigai("archive", "--month", "2024-06", **later)
    other = gaigai("archive", "--month", "2024-06", "--out", "甲.zip", **later)

    assert (again.status, "没有变化" in again.err) == (0, True)
    assert Path("甲.zip").read_bytes() == first == Path("reports/归档/2024-06.zip").read_bytes()
    assert other.status == 0


def test_a_year_has_every_month(gaigai: Gaigai, place: Path) -> None:
    run = gaigai("archive", "--year", "2024", "--out", "年.zip", **NOW)

    assert run.status == 1  # most letters aren't there, and each is named
    assert run.err.count("没有找到：") == 7
    with zipfile.ZipFile("年.zip") as package:
        names = package.namelist()
    assert sum(name.endswith(".md") for name in names) == 8
    assert any(name.endswith("帮代办经费拨付凭证.txt") for name in names)


def test_what_is_changed_missing_or_added_is_named(gaigai: Gaigai, place: Path) -> None:
    assert gaigai("archive", "--month", "6", "--out", "案卷", **NOW).status == 0
    ruling = next(Path("案卷/核定").iterdir())
    ruling.write_bytes(b"x")
    next(Path("案卷/报送表").iterdir()).unlink()
    Path("案卷/另加.txt").write_text("x", encoding="utf-8")

    run = gaigai("archive", "--verify", "案卷")

    assert (run.status, run.err) == (1, "5个文件与归档时相同，3处不符。\n")
    said = run.out.splitlines()
    assert [line.partition(" ")[0] for line in said] == ["缺少", "核定/004", "多出"]


def test_another_dossier_is_not_overwritten(gaigai: Gaigai, place: Path) -> None:
    words = ("archive", "--month", "6")
    assert gaigai(*words, **NOW).status == 0
    (place / "reports" / "督办" / LETTER).write_bytes(_word("<Pages>3</Pages>"))
    refused = gaigai(*words, **NOW)
    assert (refused.status, "已有内容不同的归档，没有覆盖" in refused.err) == (2, True)
    assert gaigai(*words, "--force", **NOW).status == 0
    assert gaigai("archive", "--verify", "reports/归档/2024-06.zip").status == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--month 2024-04", "2024年4月没有可归档的材料"),
        ("--month 2024-Q2", "2024年第二季度不能归档。归档的是已经开始的一个月，或一个年度。"),
        ("--month 2024-05至2024-08 --out 案卷", "2024年5月至8月不能归档"),
        ("--month 2025-03", "2025年3月不能归档"),
        ("--year 2026", "2026年度不能归档"),
        ("", "只写一个"),
        ("--month 6 --year 2024", "只写一个"),
        ("--verify 没有.zip", "没有“没有.zip”"),
        ("--verify data", f"里没有 {SUMS}，不是归档"),
        ("--verify data/tasks.yaml", "不是 zip 文件，或已损坏"),
        ("--verify data --month 6", "不起作用"),
    ],
)
def test_refusals(gaigai: Gaigai, place: Path, words: str, said: str) -> None:
    run = gaigai("archive", *words.split(), **NOW)

    assert (run.status, said in run.err) == (2, True), run.err


def test_nothing_outside_is_filed(gaigai: Gaigai, place: Path) -> None:
    """A record that points out of the directory brings nothing of there along."""
    (place / "秘密.txt").write_text("x", encoding="utf-8")
    log = place / "data" / "progress" / "县林业局.yaml"
    text = log.read_text(encoding="utf-8")
    name = "evidence/县林业局/2024年6月进展报送表.txt"
    assert name in text
    log.write_text(text.replace(name, "../秘密.txt"), encoding="utf-8", newline="\n")

    run = gaigai("archive", "--month", "6", "--out", "案卷", **NOW)

    assert (run.status, "没有找到：" in run.err) == (1, True)
    assert not list(Path("案卷").rglob("*秘密*"))
