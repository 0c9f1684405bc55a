"""``gaigai report`` as the office uses it: the file, the page, and what it refuses."""

import shutil
from pathlib import Path

import pytest

from tests.program import Gaigai

ROOT = Path(__file__).parent.parent.parent
JUNE = ("report", "--month", "2024-06")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped list and its reports, entered."""
    for folder in ("data", "reports"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_newcomers_first_command_changes_nothing(office: Path, gaigai: Gaigai) -> None:
    before = (office / "reports" / "2024-06.md").read_bytes()
    run = gaigai(*JUNE, COLUMNS="80")
    assert run.status == 0
    assert run.out.startswith("本清单尚无进展记录，以下仅按时限推算，不作为评价依据。\n")
    assert "关于2024年6月工程建设项目审批制度改革工作任务落实情况的通报" in run.out
    assert "已写入 reports/2024-06.md" in run.err.replace("\\", "/")
    assert (office / "reports" / "2024-06.md").read_bytes() == before
    assert sorted(p.name for p in (office / "reports").iterdir()) == ["2024-06.md"]


def test_standard_output_is_the_file(office: Path, gaigai: Gaigai) -> None:
    run = gaigai(*JUNE, "--stdout")
    file = (office / "reports" / "2024-06.md").read_text(encoding="utf-8")
    assert (run.status, run.out, run.err) == (0, file, "")


def test_an_edited_file_is_kept(office: Path, gaigai: Gaigai) -> None:
    file = office / "reports" / "2024-06.md"
    edited = file.read_text(encoding="utf-8").replace("县财政局", "县财政局（已约谈）", 1)
    file.write_text(edited, encoding="utf-8", newline="\n")
    run = gaigai(*JUNE)
    assert (run.status, run.out) == (2, "")
    assert "已有人改动" in run.err
    assert "--force" in run.err
    assert file.read_text(encoding="utf-8") == edited
    assert gaigai(*JUNE, "--force").status == 0
    assert file.read_text(encoding="utf-8") != edited


def test_line_ends_of_windows_are_no_edit(office: Path, gaigai: Gaigai) -> None:
    file = office / "reports" / "2024-06.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert gaigai(*JUNE).status == 0


def test_another_file(office: Path, gaigai: Gaigai) -> None:
    run = gaigai(*JUNE, "--out", "送审稿/六月.md")
    assert run.status == 0
    assert (office / "送审稿" / "六月.md").read_bytes() == (
        office / "reports" / "2024-06.md"
    ).read_bytes()


def test_the_internal_paper_has_a_name_of_its_own(office: Path, gaigai: Gaigai) -> None:
    run = gaigai(*JUNE, "--internal")
    assert run.status == 0
    assert "内部资料，不随通报印发。" in run.out
    assert (office / "reports" / "2024-06-内部研判.md").exists()


def test_example_data_are_labelled(gaigai: Gaigai) -> None:
    data = ROOT / "examples" / "岳阳县2024示例" / "data"
    run = gaigai(*JUNE, "--data", str(data), "--stdout")
    assert run.out.startswith("> **示例数据，非真实进展**\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "错误：没有写明通报哪个月。请写 --month，如 --month 2024-06。\n"),
        (
            ("--month", "2024-04"),
            "错误：2024年4月在任务清单印发（2024-05-07）之前，没有可通报的内容。请写2024-05或以后的月份。\n",
        ),
        (
            ("--month", "2024-08"),
            "错误：2024年8月还没有开始（今天是2024-07-02），不能通报。请写本月或以前的月份。\n",
        ),
    ],
)
def test_what_is_refused(
    words: tuple[str, ...], sentence: str, office: Path, gaigai: Gaigai
) -> None:
    run = gaigai("report", *words, GAIGAI_NOW="2024-07-02T09:00:00")
    assert (run.status, run.out, run.err) == (2, "", sentence)
