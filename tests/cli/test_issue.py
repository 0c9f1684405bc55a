"""``report --issue`` and ``--verify``, ranges and units on the command line, in real repositories."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.program import Gaigai, SameAsFile
from tests.transcript import EXAMPLE, SHIPPED

pytestmark = pytest.mark.external("git")

HERE = Path(__file__).parent
NOW = "2024-07-03T09:00:00"
NUMBER = "示例办发〔2024〕8号"
ISSUE = ("report", "--issue", "--month", "2024-06", "--number", NUMBER)


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=示例乙", "-c", "user.email=office@example.com")
    done = subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode().strip()


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example in a repository with one commit, to be copied."""
    top = tmp_path_factory.mktemp("issue") / "place"
    shutil.copytree(EXAMPLE, top / "data")
    git(top, "init", "-q", "-b", "main", "--template=")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "数据")
    git(top, "repack", "-a", "-d", "-q")
    return top


@pytest.fixture
def place(committed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(committed, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def outcomes(gaigai: Gaigai, *words: str) -> tuple[int, list[str]]:
    run = gaigai("report", "--verify", *words, GAIGAI_NOW=NOW)
    assert run.err == ""
    return run.status, [line.partition("。")[0] for line in run.out.splitlines()[1:]]


SAME = ["签发文件：一致", "数字重算：一致", "文件重制：一致"]


def test_an_edited_file_is_issued_and_kept(gaigai: Gaigai, place: Path) -> None:
    signed = place / "六月定稿.docx"
    signed.write_bytes(b"as the office edited it")

    run = gaigai(*ISSUE, str(signed), GAIGAI_NOW=NOW)

    assert (run.status, run.out) == (0, "")
    assert run.err == (
        f"已签发2024年6月通报（{NUMBER}），存为 {Path('reports/issued/2024-06.docx')}、{Path('reports/issued/2024-06.json')}。\n"
        "下一步：请提交以上文件并推送，别人才能看到。\n"
    )
    kept = place / "reports" / "issued"
    assert (kept / "2024-06.docx").read_bytes() == b"as the office edited it"
    value = json.loads((kept / "2024-06.json").read_text("utf-8"))
    assert (value["number"], value["issued"], value["commit"]) == (
        NUMBER,
        "2024-07-03",
        git(place, "rev-parse", "HEAD"),
    )
    assert value["report"]["number"] == NUMBER
    assert outcomes(gaigai, "2024-06") == (0, SAME)
    assert gaigai("check", GAIGAI_NOW="2025-02-01T09:00:00").status == 0


def test_what_the_program_makes_itself_has_number_and_day(gaigai: Gaigai, place: Path) -> None:
    assert gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW).status == 0
    text = (place / "reports" / "issued" / "2024-06.md").read_text("utf-8")
    assert f"\n\n{NUMBER}\n\n" in text
    assert "\n\n2024年7月3日\n\n" in text
    assert outcomes(gaigai, "2024年6月") == (0, SAME)


def test_an_issued_month_is_never_overwritten(gaigai: Gaigai, place: Path) -> None:
    assert gaigai(*ISSUE, GAIGAI_NOW=NOW).status == 0
    kept = {p.name: p.read_bytes() for p in (place / "reports" / "issued").iterdir()}
    for words in ((), ("--force",), ("--format", "md")):
        run = gaigai(*ISSUE[:-1], "示例办发〔2024〕9号", *words, GAIGAI_NOW=NOW)
        assert run.status == 2
        assert run.err.startswith("错误：2024年6月通报已经签发，不能重复签发或覆盖。")
    assert {p.name: p.read_bytes() for p in (place / "reports" / "issued").iterdir()} == kept


def test_three_tests_are_told_apart(gaigai: Gaigai, place: Path) -> None:
    assert gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW).status == 0
    kept = place / "reports" / "issued"
    signed, archive = kept / "2024-06.md", kept / "2024-06.json"
    text, value = signed.read_bytes(), archive.read_text("utf-8")

    signed.write_bytes(text + b"\n")
    assert outcomes(gaigai, "2024-06") == (1, ["签发文件：不一致", *SAME[1:]])
    signed.unlink()
    assert outcomes(gaigai, "2024-06") == (1, ["签发文件：不一致", *SAME[1:]])
    signed.write_bytes(text)

    archive.write_text(value.replace("推进中", "推进啦"), "utf-8")
    assert outcomes(gaigai, "2024-06") == (1, [SAME[0], "数字重算：不一致", "文件重制：不一致"])
    archive.write_text(value.replace('"program": "0', '"program": "x0'), "utf-8")
    assert outcomes(gaigai, "2024-06") == (0, [*SAME[:2], "文件重制：不能核对"])
    archive.write_text(value.replace('"commit": "', '"commit": "0000'), "utf-8")
    assert outcomes(gaigai, "2024-06") == (0, [SAME[0], "数字重算：不能核对", SAME[2]])


def test_later_records_do_not_change_what_was_issued(gaigai: Gaigai, place: Path) -> None:
    assert gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW).status == 0
    log = place / "data" / "progress" / "县财政局.yaml"
    log.write_text(log.read_text("utf-8").replace("2024-06-24", "2024-06-25"), "utf-8")
    git(place, "add", "-A")
    git(place, "commit", "-q", "-m", "后来的改动")
    assert outcomes(gaigai, "2024-06") == (0, SAME)


def test_data_that_are_not_committed(gaigai: Gaigai, place: Path) -> None:
    (place / "data" / "evidence" / "新文件.txt").write_text("尚未提交", "utf-8")
    run = gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW)
    assert (
        "提示：数据目录有尚未提交的改动或不在 git 仓库里，没有记录提交号，今后不能重算核对。\n"
        in run.err
    )
    assert outcomes(gaigai, "2024-06") == (0, [SAME[0], "数字重算：不能核对", SAME[2]])


def test_line_ends_that_git_converts_are_no_change(gaigai: Gaigai, place: Path) -> None:
    path = place / "data" / "departments.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW).status == 0
    assert outcomes(gaigai, "2024-06") == (0, SAME)


def test_another_template_is_not_compared(gaigai: Gaigai, place: Path) -> None:
    assert gaigai(*ISSUE, GAIGAI_NOW=NOW).status == 0
    (place / "templates").mkdir()
    (place / "templates" / "通报.docx").write_bytes(b"another")
    assert outcomes(gaigai, "2024-06") == (0, [*SAME[:2], "文件重制：不能核对"])


def test_a_year_with_its_assessment(gaigai: Gaigai, place: Path) -> None:
    words = (
        "report",
        "--issue",
        "--year",
        "2024",
        "--score",
        "--format",
        "md",
        "--number",
        "示例办发〔2025〕3号",
    )
    later = "2025-02-10T09:00:00"
    assert gaigai(*words, GAIGAI_NOW=later).status == 0
    assert "考核情况" in (place / "reports" / "issued" / "2024.md").read_text("utf-8")
    run = gaigai("report", "--verify", "2024", GAIGAI_NOW="2025-06-10T09:00:00")
    assert (run.status, run.out.count("一致。")) == (0, 3)


def test_a_file_of_another_kind_is_kept_under_its_ending(gaigai: Gaigai, place: Path) -> None:
    (place / "扫描件.PDF").write_bytes(b"%PDF-1.7")
    assert gaigai(*ISSUE, "扫描件.PDF", GAIGAI_NOW=NOW).status == 0
    assert (place / "reports" / "issued" / "2024-06.pdf").read_bytes() == b"%PDF-1.7"
    assert outcomes(gaigai, "2024-06") == (0, SAME)


def test_the_name_of_the_file_says_the_month(gaigai: Gaigai, place: Path) -> None:
    assert gaigai("report", "--month", "2024-06", GAIGAI_NOW=NOW).status == 0
    run = gaigai("report", "--issue", "reports/2024-06.md", "--number", NUMBER, GAIGAI_NOW=NOW)
    assert run.err.startswith(
        "提示：reports/2024-06.md的文号还空着，请确认这是定稿。\n已签发2024年6月通报"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("--month", "2024-06", "--number", "8号"),
            "文号“8号”的写法不对。应写成 岳县工改办发〔2024〕8号 的样子。",
        ),
        (
            ("--month", "2024-06"),
            "没有写明文号。请写 --number，如 --number 岳县工改办发〔2024〕8号。",
        ),
        (("--number", NUMBER), "没有写明通报哪个月。请写 --month，如 --month 2024-06。"),
        (
            ("--month", "2024-07", "--number", NUMBER),
            "2024年7月通报应在7月31日之后、今天（2024-07-03）或以前签发，不能是2024-07-03。请核对 --date 和期次。",
        ),
        (
            ("--month", "2024-06", "--number", NUMBER, "--date", "6月30日"),
            "2024年6月通报应在6月30日之后、今天（2024-07-03）或以前签发，不能是2024-06-30。请核对 --date 和期次。",
        ),
        (
            ("--month", "2024-06", "--number", "岳县工改办发〔2024〕1号"),
            "岳县工改办发〔2024〕1号是任务清单的文号。请核对文号。",
        ),
        (
            ("没有.docx", "--month", "2024-06", "--number", NUMBER),
            "没有“没有.docx”这个文件。请写签发的定稿文件。",
        ),
        (
            ("--from", "2024-05", "--to", "2024-06", "--number", NUMBER),
            "签发的只能是月度、季度、年度通报。请写 --month、--quarter 或 --year。",
        ),
        (
            ("--month", "2024-06", "--internal", "--format", "md", "--number", NUMBER),
            "签发的只能是通报。请去掉 --internal、--brief、--unit、--out、--stdout。",
        ),
        (
            ("--month", "2024-06", "--format", "md,docx", "--number", NUMBER),
            "签发的只能是一个文件。请只写一种 --format。",
        ),
        (
            ("--month", "2024-06", "--number", NUMBER, "--as-of", "6月30日"),
            "签发以现在的数据为准。请去掉 --at 和 --as-of。",
        ),
    ],
)
def test_what_cannot_be_issued(
    gaigai: Gaigai, place: Path, words: tuple[str, ...], message: str
) -> None:
    run = gaigai("report", "--issue", *words, GAIGAI_NOW=NOW)
    assert (run.status, run.out, run.err) == (2, "", f"错误：{message}\n")
    assert not (place / "reports").exists()


def test_a_number_is_given_once(gaigai: Gaigai, place: Path) -> None:
    assert gaigai(*ISSUE, GAIGAI_NOW=NOW).status == 0
    run = gaigai("report", "--issue", "--month", "2024-05", "--number", NUMBER, GAIGAI_NOW=NOW)
    assert run.err == f"错误：文号{NUMBER}已用于2024-06通报。请核对文号。\n"
    archive = place / "reports" / "issued" / "2024-06.json"
    (archive.parent / "2024-05.json").write_text(
        archive.read_text("utf-8").replace('"period": "2024-06"', '"period": "2024-05"', 1), "utf-8"
    )
    assert "error[repeated-number]" in gaigai("check", GAIGAI_NOW="2025-02-01T09:00:00").out


def test_a_blank_list_is_not_issued_unless_forced(
    gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SHIPPED, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    refused = gaigai(*ISSUE, GAIGAI_NOW=NOW)
    assert (
        refused.err
        == "错误：本清单尚无进展记录，不能签发点名单位的通报。确要签发的请加 --force。\n"
    )
    assert gaigai(*ISSUE, "--force", "--format", "md", GAIGAI_NOW=NOW).status == 0
    assert outcomes(gaigai, "2024-06") == (0, [SAME[0], "数字重算：不能核对", SAME[2]])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("2024-07",), "2024-07的通报没有签发过。还没有签发过通报。"),
        (("上月",), "--verify 写错了：“上月”不是能识别的月份，应写成 2024-06 或 2024年6月。"),
    ],
)
def test_nothing_to_verify(
    gaigai: Gaigai, place: Path, words: tuple[str, ...], message: str
) -> None:
    run = gaigai("report", "--verify", *words, GAIGAI_NOW=NOW)
    assert (run.status, run.err) == (2, f"错误：{message}\n")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("--quarter", "第二季度"), ["2024-Q2.md"]),
        (("--from", "2024-05", "--to", "2024-06"), ["2024-05至2024-06.md"]),
        (("--from", "2024-06", "--to", "2024-06"), ["2024-06.md"]),
        (
            ("--year", "2024", "--unit", "czj", "--format", "md,docx"),
            ["2024-县财政局.docx", "2024-县财政局.md"],
        ),
        (("--month", "2024-06", "--brief"), ["2024-06-领导专报.docx"]),
    ],
)
def test_names_of_files(
    gaigai: Gaigai, place: Path, words: tuple[str, ...], names: list[str]
) -> None:
    assert gaigai("report", *words, GAIGAI_NOW=NOW).status == 0
    assert sorted(p.name for p in (place / "reports").iterdir()) == names


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--month", "2024-06", "--year", "2024"), "--month、--year 不能同时使用。只留一种期次。"),
        (("--from", "2024-06"), "--from 要和 --to 一起使用。请补上 --to。"),
        (
            ("--from", "2024-07", "--to", "2024-06"),
            "--from 2024-07 晚于 --to 2024-06。请核对起止月份。",
        ),
        (("--quarter", "2", "--internal"), "内部研判按月出。请写 --month。"),
        (
            ("--month", "2024-06", "--score"),
            "考核按季度或年度进行。--score 请和 --quarter 或 --year 一起使用。",
        ),
        (
            ("--month", "2024-06", "--unit", "czj", "--brief"),
            "--brief、--unit 不能同时使用。只留一个。",
        ),
        (
            ("--month", "2024-06", "--brief", "--format", "md"),
            "领导专报只有 docx 一种格式。请去掉 --format。",
        ),
        (
            ("--month", "2024-06", "--number", NUMBER),
            "--number（签发的文号）在这里不起作用。--number 只用于签发，请加 --issue，或去掉它。",
        ),
        (
            ("--month", "2024-06", "定稿.docx"),
            "“定稿”在这里不起作用。定稿 只用于签发，请加 --issue，或去掉它。",
        ),
    ],
)
def test_options_that_do_not_go_together(
    gaigai: Gaigai, place: Path, words: tuple[str, ...], message: str
) -> None:
    run = gaigai("report", *words, GAIGAI_NOW=NOW)
    assert (run.status, run.out, run.err) == (2, "", f"错误：{message}\n")


def test_the_quarter_with_its_assessment_on_the_screen(
    gaigai: Gaigai, place: Path, same_as_file: SameAsFile
) -> None:
    words = ("report", "--quarter", "2024-Q3", "--score")
    run = gaigai(*words, GAIGAI_NOW="2025-02-01T09:00:00", COLUMNS="80")
    assert run.status == 0
    same_as_file(run.out, HERE / "score" / "bulletin-80.txt")
