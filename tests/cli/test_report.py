"""``gaigai report`` as the office uses it: the file, the page, and what it refuses."""

import shutil
from pathlib import Path

import docx
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


@pytest.mark.parametrize("paper", ["--stdout", "--internal"])
def test_a_paper_as_of_a_day(office: Path, gaigai: Gaigai, paper: str) -> None:
    typed = gaigai(*JUNE, paper, "--as-of", "6月20日")
    assert (typed.status, "截至6月20日" in typed.out) == (0, paper == "--stdout")
    assert typed.out == gaigai(*JUNE, paper, GAIGAI_AS_OF="2024-06-20").out


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


def test_the_internal_paper_is_shown_and_kept_only_where_somebody_says_so(
    office: Path, gaigai: Gaigai
) -> None:
    before = {path.name for path in (office / "reports").iterdir()}
    run = gaigai(*JUNE, "--internal")
    assert run.status == 0
    assert "内部资料，不随通报印发。" in run.out
    assert run.err.endswith("内部研判只显示，不随通报存放；要存成文件请加 --out 文件。\n")
    assert {path.name for path in (office / "reports").iterdir()} == before

    assert gaigai(*JUNE, "--internal", "--out", "研判.md").status == 0
    assert "内部资料" in (office / "研判.md").read_text("utf-8")


def test_units_check_what_is_said_of_them(office: Path, gaigai: Gaigai) -> None:
    """What each unit answers is kept, and told with the draft until nothing stands open."""
    example = str(ROOT / "examples" / "岳阳县2024示例" / "data")
    shutil.copytree(example, office / "示例" / "data")
    at = ("--data", "示例/data", "report", "--month", "2024-09")
    now = {"GAIGAI_NOW": "2024-10-08T09:00:00"}

    early = gaigai(*at, "--answered", "县住建局", **now)
    assert early.err.startswith("错误：没有给县住建局出过2024年9月通报的核对函。")
    assert gaigai(*at, "--check", **now).status == 0
    assert len(list((office / "示例" / "reports").glob("2024-09-核对函-*.docx"))) == 4

    assert gaigai(*at, "--answered", "县住建局", **now).status == 0
    assert gaigai(*at, "--answered", "县政务服务中心", **now).status == 0
    words = ("--objection", "第15项已书面请示，尚未答复。")
    assert gaigai(*at, "--answered", "园区管委会", *words, **now).status == 0
    draft = gaigai(*at, **now).err.splitlines()
    assert draft[-3:] == [
        "核对函尚未反馈：县自然资源局（应于10月14日前）。",
        "园区管委会10月8日有异议：第15项已书面请示，尚未答复；尚未处理。",
        "核对无异议：县住建局、县政务服务中心。",
    ]
    assert gaigai(*at, "--answered", "园区管委会", "--settled", "已写明。", **now).status == 0
    issued = gaigai(*at, "--issue", "--number", "示例〔2024〕5号", "--cover", **now)
    assert issued.status == 0
    assert "园区管委会10月8日有异议：第15项已书面请示，尚未答复；处理：已写明。" in issued.err
    sheet = texts(office / "示例" / "reports" / "2024-09-发文稿纸.docx")
    assert "发文字号：示例〔2024〕5号" in sheet
    assert "2024年10月8日" in sheet

    (office / "示例" / "reports" / "2024-09.核对.json").write_text("[1]", "utf-8")
    assert "2024-09.核对.json 不能读取或已损坏" in gaigai(*at, "--answered", "县住建局", **now).err


def texts(path: Path) -> str:
    document = docx.Document(str(path))
    cells = (c.text for t in document.tables for row in t.rows for c in row.cells)
    return "\n".join((*(p.text for p in document.paragraphs), *cells))


def test_example_data_are_labelled(gaigai: Gaigai) -> None:
    data = ROOT / "examples" / "岳阳县2024示例" / "data"
    run = gaigai(*JUNE, "--data", str(data), "--stdout")
    assert run.out.startswith("> **示例数据，非真实进展**\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "错误：没有写明通报月份。请写 --month，如 --month 2024-06。\n"),
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
