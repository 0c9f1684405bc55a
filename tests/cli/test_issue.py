"""``report --issue`` and ``--verify``, ranges and units on the command line, in real repositories."""

import json
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from gaigai_cli.render.papers.signed import Difference, differences
from tests.program import Gaigai, SameAsFile
from tests.transcript import EXAMPLE, SHIPPED

pytestmark = pytest.mark.external("git")

HERE = Path(__file__).parent
NOW, LATER = "2024-07-03T09:00:00", "2025-03-01T09:00:00"
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
    git(top, "init", "-q", "-b", "main")
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
        "提示：六月定稿.docx的内容不能识别，没有核对其中的文号和数字，请人工核对。\n"
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


@pytest.mark.parametrize(("day", "told"), [("7月4日", False), ("7月5日", True)])
def test_signed_when_units_should_have_answered(
    gaigai: Gaigai, place: Path, day: str, told: bool
) -> None:
    """June's bulletin asks for answers by 5 July."""
    run = gaigai(*ISSUE, "--format", "md", "--date", day, GAIGAI_NOW="2024-07-10T09:00:00")

    assert run.status == 0
    note = (
        "提示：通报要求各单位反馈的日期不晚于签发日期，请核对；"
        "反馈的工作日数在 rules.yaml 的 warn.reply_within 中写明。\n"
    )
    assert (note in run.err) is told


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
    older = value.replace('"program": "0', '"program": "x0')
    for words in (
        older,
        older.replace("尚未办结", "未办结").replace('"light": "绿"', '"light": "黄"'),
    ):
        archive.write_text(words, "utf-8")
        assert outcomes(gaigai, "2024-06") == (0, [*SAME[:2], "文件重制：不能核对"])
    archive.write_text(older.replace('"推进中",', '"推进啦",'), "utf-8")
    assert outcomes(gaigai, "2024-06") == (1, [SAME[0], "数字重算：不一致", "文件重制：不能核对"])
    told = gaigai("report", "--verify", "2024-06", GAIGAI_NOW=NOW).out
    assert "文字和版式不作比较。两版程序的判定规则可能不同，不同之处请先据此核对。" in told
    archive.write_text(value.replace('"commit": "', '"commit": "0000'), "utf-8")
    assert outcomes(gaigai, "2024-06") == (0, [SAME[0], "数字重算：不能核对", SAME[2]])


def test_words_that_were_edited_before_signing_are_told_and_no_fault(
    gaigai: Gaigai, place: Path
) -> None:
    """The office may edit them: what is kept is what was signed, and whoever verifies it reads where."""
    assert gaigai("report", "--month", "2024-06", GAIGAI_NOW=NOW).status == 0
    draft = (place / "reports" / "2024-06.md").read_text("utf-8")
    edited = draft.replace("通报如下。", "通报如下，请认真整改。")
    final = place / "定稿.md"
    final.write_text(edited, "utf-8")
    assert gaigai(*ISSUE, "定稿.md", GAIGAI_NOW=NOW).status == 0
    run = gaigai("report", "--verify", "2024-06", GAIGAI_NOW=NOW)
    assert run.status == 0
    assert run.out.splitlines()[1].endswith(
        "…）。定稿在签发前经人工修改，与程序拟稿不同的有1段（“根据《岳阳县工程建设项…”），所列数字、单位和评价没有改动。"
    )
    gaigai("report", "--withdraw", "2024-06", "--reason", "示例", "--unsent", GAIGAI_NOW=NOW)
    final.write_text(edited.replace("待核验1项，推进中30项", "待核验1项，推进中29项"), "utf-8")
    assert gaigai(*ISSUE[:-1], "示例办发〔2024〕9号", "定稿.md", GAIGAI_NOW=NOW).status == 0
    run = gaigai("report", "--verify", "2024-06", GAIGAI_NOW=NOW)
    assert run.status == 0
    assert run.out.splitlines()[1].endswith(
        "其中数字、单位或评价与台账不同的有1处（“1项；待核验1项，推进中”之后）。"
    )


@pytest.mark.parametrize("drawn_up", [("html",), ("docx",), ("docx", "--letterhead")])
def test_a_draft_that_nobody_has_edited_is_not_told_as_edited(
    gaigai: Gaigai, place: Path, drawn_up: tuple[str, ...]
) -> None:
    """Number and day are filled in where they stand open, and 红头 needn't be said again."""
    assert gaigai("report", "--month", "2024-06", "--format", *drawn_up, GAIGAI_NOW=NOW).status == 0
    (place / "reports" / f"2024-06.{drawn_up[0]}").rename(place / f"定稿.{drawn_up[0]}")
    run = gaigai(*ISSUE, f"定稿.{drawn_up[0]}", GAIGAI_NOW=NOW)
    assert (run.status, "与台账不同" in run.out + run.err) == (0, False)
    told = gaigai("report", "--verify", "2024-06", GAIGAI_NOW=NOW).out
    assert told.splitlines()[1].endswith("…）。")


def test_later_records_do_not_change_what_was_issued(gaigai: Gaigai, place: Path) -> None:
    assert gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW).status == 0
    log = place / "data" / "progress" / "县财政局.yaml"
    log.write_text(log.read_text("utf-8").replace("2024-06-24", "2024-06-25"), "utf-8")
    git(place, "add", "-A")
    git(place, "commit", "-q", "-m", "后来的改动")
    assert outcomes(gaigai, "2024-06") == (0, SAME)


def test_without_a_committed_log_nothing_is_signed(gaigai: Gaigai, place: Path) -> None:
    """In another file of the unit its records count as they did."""
    log = place / "data" / "progress" / "县财政局.yaml"
    records = log.read_bytes()
    log.unlink()

    lost = gaigai(*ISSUE, GAIGAI_NOW=NOW)

    assert (lost.status, lost.out) == (2, "")
    assert lost.err.endswith(
        "错误：记录文件 data/progress/县财政局.yaml 不见了，其中已提交的记录没有计入。"
        "请运行 git checkout HEAD -- data/progress/县财政局.yaml 恢复它，"
        "稀疏检出的先运行 git sparse-checkout disable。\n"
    )
    log.with_suffix("").mkdir()
    (log.with_suffix("") / "示例.yaml").write_bytes(records)
    assert gaigai(*ISSUE, GAIGAI_NOW=NOW).status == 0


def test_a_log_that_a_sparse_checkout_leaves_out_is_missed(gaigai: Gaigai, place: Path) -> None:
    """Status by status its items would look as if nobody had reported; a new log would stand for all that it holds."""
    git(place, "update-index", "-q", "--refresh")  # of a copy it would leave the files here
    git(place, "sparse-checkout", "set", "--no-cone", "/*", "!/data/progress/县财政局.yaml")
    what = "这个记录文件没有取出（稀疏检出），其中的记录没有计入"
    remedy = "请运行 git sparse-checkout disable 取出它"

    told = f"data/progress/县财政局.yaml:1:1: error[missing-file] {what}。\n  办法：{remedy}。\n"
    assert told in gaigai("check", GAIGAI_NOW=LATER).out
    assert (
        "处，运行 gaigai check 查看；以下按有效记录统计。\n" in gaigai("list", GAIGAI_NOW=LATER).err
    )
    refused = gaigai(
        "update", "16.2", "--unit", "县财政局", "--summary", "示例。", "--by", "甲", GAIGAI_NOW=NOW
    )
    assert (refused.status, refused.err.splitlines()[-1]) == (
        2,
        f"错误：progress/县财政局.yaml：{what}，没有写入。{remedy}。",
    )
    git(place, "sparse-checkout", "disable")
    assert gaigai("list", GAIGAI_NOW=LATER).err == ""


def test_data_that_are_not_committed(gaigai: Gaigai, place: Path) -> None:
    (place / "data" / "evidence" / "新文件.txt").write_text("尚未提交", "utf-8")
    run = gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW)
    assert "提示：数据目录有尚未提交的改动，不记录提交号，今后不能重算核对。\n已签发" in run.err
    assert outcomes(gaigai, "2024-06") == (0, [SAME[0], "数字重算：不能核对", SAME[2]])


def test_on_a_terminal_data_that_are_not_committed_are_asked_about(
    gaigai: Gaigai, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is issued is never made anew, so it is said while it can still be helped."""
    (place / "data" / "evidence" / "新文件.txt").write_text("尚未提交", "utf-8")
    monkeypatch.setattr("gaigai_cli.cli.ask.on_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda said: "否")
    assert gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW).status == 130
    assert not (place / "reports" / "issued").exists()
    shutil.rmtree(place / ".git")  # nothing to commit to: nothing to ask
    run = gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW)
    assert "提示：数据目录不在 git 仓库里，不记录提交号，今后不能重算核对。\n已签发" in run.err


def test_line_ends_that_git_converts_are_no_change(gaigai: Gaigai, place: Path) -> None:
    path = place / "data" / "departments.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW).status == 0
    assert outcomes(gaigai, "2024-06") == (0, SAME)


def test_what_was_signed_stays_so_in_every_clone(
    gaigai: Gaigai, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the repository does with the ends of lines; where they were changed, check says so with the place."""
    (place / ".gitattributes").write_text("* text=auto eol=lf\n", encoding="utf-8")
    signed = place / "定稿.html"
    signed.write_bytes(b"<p>\r\n")
    assert gaigai(*ISSUE, str(signed), GAIGAI_NOW=NOW).status == 0
    git(place, "add", "-A")
    git(place, "commit", "-q", "-m", "签发")
    git(place, "clone", "-q", "-c", "core.autocrlf=true", ".", "副本")
    monkeypatch.chdir(place / "副本")
    kept = place / "副本/reports/issued/2024-06.html"
    assert kept.read_bytes() == b"<p>\r\n"

    kept.write_bytes(b"<p>\n")

    assert gaigai("check", GAIGAI_NOW=NOW).out.startswith(
        "reports/issued/2024-06.json:1:1: error[issue-changed] 签发的文件2024-06.html的换行被 git 改写。\n"
    )


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


def test_the_proof_goes_to_a_file_of_its_own(gaigai: Gaigai, place: Path) -> None:
    (place / "定稿.md").write_text("手工改过", "utf-8")
    assert gaigai(*ISSUE, "定稿.md", GAIGAI_NOW=NOW).status == 0
    (place / "reports" / "issued" / "2024-06.md").write_text("签发后又改过", "utf-8")
    shown = gaigai("report", "--verify", "2024-06", GAIGAI_NOW=NOW)

    written = gaigai("report", "--verify", "2024-06", "--out", "核对.txt", GAIGAI_NOW=NOW)
    again = gaigai("report", "--verify", "2024-06", "--out", "核对.txt", GAIGAI_NOW=NOW)

    assert (written.status, written.out, written.err) == (1, "", "已写入 核对.txt。\n")
    assert (place / "核对.txt").read_text("utf-8") == shown.out
    assert "签发文件：不一致" in shown.out
    assert (again.status, again.err.partition("。")[0]) == (2, "错误：“核对.txt”已存在，没有覆盖")


def test_the_name_of_the_file_says_the_month(gaigai: Gaigai, place: Path) -> None:
    assert gaigai("report", "--month", "2024-06", GAIGAI_NOW=NOW).status == 0
    run = gaigai("report", "--issue", "reports/2024-06.md", "--number", NUMBER, GAIGAI_NOW=NOW)
    assert run.err.startswith(
        f"reports/2024-06.md中空着的文号和日期已经填入（{NUMBER}）。\n已签发2024年6月通报"
    )
    kept = (place / "reports" / "issued" / "2024-06.md").read_text("utf-8")
    assert f"\n\n{NUMBER}\n\n" in kept
    assert "\n\n2024年7月3日\n\n" in kept


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("--month", "2024-06", "--number", "8号"),
            "文号“8号”的写法不对。应写成 岳县工改办发〔2024〕8号 的样子。",
        ),
        (
            ("--month", "2024-06", "--number", f"县发〔2024〕{'9' * 5_000}号"),
            f"文号“县发〔2024〕{'9' * 5_000}号”的写法不对。应写成 岳县工改办发〔2024〕8号 的样子。",
        ),
        (
            ("--month", "2024-06"),
            "没有写明文号。请写 --number，如 岳县工改办发〔2024〕8号。",
        ),
        (("--number", NUMBER), "没有写明通报月份。请写 --month，如 --month 2024-06。"),
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
            ("--month", "2024-06", "--internal", "--number", NUMBER),
            "签发的只能是通报。请去掉 --internal、--brief、--check、--unit、--out、--stdout。",
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
        (
            ("某月",),
            "--verify 写错了：“某月”不是能识别的月份，可写 2024-06、2024年6月、6月、上月。",
        ),
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
        (("--month", "2024-06", "--brief", "--item", "16.2"), ["2024-06-呈批件-16.2.docx"]),
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
            ("--month", "2024-06", "--check", "--format", "md"),
            "核对函一个单位一份，只有 docx。请去掉 --format、--out、--stdout。",
        ),
        (
            ("--month", "2024-06", "--item", "16.2"),
            "--item（和 --brief 一起使用）在这里不起作用。--item 只和 --brief 一起使用。",
        ),
        (
            ("--month", "2024-06", "--number", NUMBER),
            "--number（签发的文号或期号）在这里不起作用。--number 只用于签发，请加 --issue，或去掉它。",
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


SECOND = "示例办发〔2024〕9号"


def test_an_edited_word_file_is_filled_in_and_its_figures_are_told(
    gaigai: Gaigai, place: Path
) -> None:
    """The number stands open in runs of its own, a figure and a day were changed by hand."""
    import io
    import zipfile

    assert gaigai("report", "--month", "2024-06", "--format", "docx", GAIGAI_NOW=NOW).status == 0
    made = (place / "reports" / "2024-06.docx").read_bytes()
    document = docx.Document(io.BytesIO(made))
    for paragraph in document.paragraphs:
        if "  号" in paragraph.text:
            whole = paragraph.text
            paragraph.runs[0].text = whole[:-2]
            paragraph.add_run(whole[-2:])
        if "具体工作" in paragraph.text:
            paragraph.runs[0].text = paragraph.runs[0].text.replace("33项", "34项")
    signed = place / "定稿.docx"
    document.save(str(signed))

    run = gaigai(
        *ISSUE[:-1], "示例办发〔2024〕8号", str(signed), "--printed", "7月5日", GAIGAI_NOW=NOW
    )

    assert run.status == 0, run.err
    lines = run.err.splitlines()
    assert lines[0] == f"定稿.docx中空着的文号和日期已经填入（{NUMBER}）。"
    assert lines[1] == "定稿.docx中有1处与台账不同："
    assert lines[2].endswith("之后：台账为33，定稿为34")
    kept = (place / "reports" / "issued" / "2024-06.docx").read_bytes()
    words = [p.text for p in docx.Document(io.BytesIO(kept)).paragraphs]
    assert NUMBER in words
    assert "2024年7月3日" in words
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        assert "2024年7月5日印发" in archive.read("word/document.xml").decode()
    assert outcomes(gaigai, "2024-06") == (0, SAME)


def test_units_and_verdicts_that_a_hand_has_changed_are_told_as_figures_are() -> None:
    """An edited file may say 按期 of what is 逾期 without another figure."""
    report = (
        "至6月底应办结2项，逾期办结2项。",
        "请示例甲局于7月7日前报送情况。",
        "红",
        "措辞照旧。",
    )
    file = ("至6月底应办结2项，按期办结2项。", "请示例乙局于7月7日前报送情况。", "绿", "措辞改过。")
    assert differences(report, file, ("示例甲局", "示例乙局")) == (
        Difference("至6月底应办结2项，", "逾期", "按期"),
        Difference("请", "示例甲局", "示例乙局"),
        Difference("红", "红", None),
        Difference("绿", None, "绿"),
    )


def test_a_paragraph_that_only_stands_elsewhere_is_no_difference() -> None:
    """The title of a draft without 红头 stands above its number, with one below it."""
    title, number = "关于2024年6月示例工作落实情况的通报", "示例办发〔2024〕8号"
    assert differences((number, title, "共33项。"), (title, number, "共34项。"), ()) == (
        Difference("共", "33", "34"),
    )


def test_a_file_that_bears_another_number_is_refused(gaigai: Gaigai, place: Path) -> None:
    assert gaigai("report", "--month", "2024-06", GAIGAI_NOW=NOW).status == 0
    path = place / "reports" / "2024-06.md"
    path.write_text(path.read_text("utf-8").replace("岳县工改办发〔2024〕  号", SECOND), "utf-8")
    run = gaigai(*ISSUE, str(path), GAIGAI_NOW=NOW)
    assert (run.status, run.err) == (
        2,
        f"错误：“reports/2024-06.md”上的文号是{SECOND}，不是{NUMBER}。请核对 --number 和定稿上的文号。\n",
    )
    assert not (place / "reports" / "issued").exists()
    taken = gaigai("report", "--issue", str(path), GAIGAI_NOW=NOW)
    assert f"已签发2024年6月通报（{SECOND}）" in taken.err


def test_what_was_not_sent_out_is_taken_back_and_issued_anew(gaigai: Gaigai, place: Path) -> None:
    assert gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW).status == 0
    issued = place / "reports" / "issued"
    before = {p.name: p.read_bytes() for p in issued.iterdir()}

    unsaid = gaigai("report", "--withdraw", "2024-06", "--reason", "数字有误", GAIGAI_NOW=NOW)
    assert unsaid.status == 2
    assert unsaid.err.startswith(f"错误：没有写明{NUMBER}是否已分发。")
    taken = gaigai(
        "report", "--withdraw", "2024-06", "--unsent", "--reason", "数字有误", GAIGAI_NOW=NOW
    )
    assert taken.status == 0, taken.err
    assert f"{NUMBER}作废" in taken.err
    assert json.loads((issued / "2024-06.作废.json").read_text("utf-8")) == {
        "number": NUMBER,
        "kind": "撤回签发",
        "day": "2024-07-03",
        "reason": "数字有误",
    }
    void = gaigai("report", "--verify", "2024-06", GAIGAI_NOW=NOW)
    assert void.out.splitlines()[1] == "2024年7月3日撤回签发，文号作废：数字有误"

    again = gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW)
    assert again.err == f"错误：文号{NUMBER}已用于2024-06通报（已作废）。请核对文号。\n"
    assert gaigai(*ISSUE[:-1], SECOND, "--format", "md", GAIGAI_NOW=NOW).status == 0
    assert {p.name: p.read_bytes() for p in issued.iterdir() if p.name in before} == before
    assert sorted(p.name for p in issued.iterdir() if p.name not in before) == [
        "2024-06.2.json",
        "2024-06.2.md",
        "2024-06.作废.json",
    ]
    assert outcomes(gaigai, "2024-06") == (0, SAME)
    assert gaigai("check", GAIGAI_NOW="2025-02-01T09:00:00").status == 0


def test_what_was_sent_out_is_revoked_by_a_new_one(gaigai: Gaigai, place: Path) -> None:
    assert gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW).status == 0
    run = gaigai(*ISSUE[:-1], SECOND, "--format", "md", "--revoke", "第3项单位有误", GAIGAI_NOW=NOW)
    assert run.status == 0, run.err
    assert run.err.startswith(f"{NUMBER}已予撤销，原件仍然保存；请通知各单位退回原件。\n")
    text = (place / "reports" / "issued" / "2024-06.2.md").read_text("utf-8")
    assert f"（{NUMBER}）现予撤销，请将原件退回我办，以本通报为准。" in text
    assert outcomes(gaigai, "2024-06") == (0, SAME)
    assert (
        gaigai("report", "--withdraw", "2024-05", "--unsent", GAIGAI_NOW=NOW).err.splitlines()[0]
        == "错误：没有签发过2024-05的通报，或已经作废。有效的通报：2024-06。"
    )


def test_a_run_that_was_killed_is_repeated(gaigai: Gaigai, place: Path) -> None:
    """Between any two files; what it was writing is gone then."""
    assert gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW).status == 0
    again = (*ISSUE[:-1], SECOND, "--format", "md", "--revoke", "第3项单位有误")
    assert gaigai(*again, GAIGAI_NOW=NOW).status == 0
    issued = place / "reports" / "issued"
    whole = {path.name: path.read_bytes() for path in issued.iterdir()}
    (issued / ".0123456789ab-1.gaigai.tmp").touch()
    written = ("2024-06.2.md", "2024-06.作废.json", "2024-06.2.json")
    for done in range(len(written)):
        for name in written[done:]:
            (issued / name).unlink()
        run = gaigai(*again, GAIGAI_NOW=NOW)
        assert run.status == 0, run.err
        assert {path.name: path.read_bytes() for path in issued.iterdir()} == whole


def test_a_correction_is_a_paper_of_its_own(gaigai: Gaigai, place: Path) -> None:
    assert gaigai(*ISSUE, "--format", "md", GAIGAI_NOW=NOW).status == 0
    correct = ("report", "--correct", "6月", "--says", "附件1第12项进度“60%”应为“50%”。")
    assert gaigai(*correct, GAIGAI_NOW=NOW).status == 0
    draft = docx.Document(str(place / "reports" / "2024-06-更正.docx"))
    words = [p.text for p in draft.paragraphs if p.text]
    assert "示例办发〔2024〕  号" in words
    assert any(w.endswith("中，附件1第12项进度“60%”应为“50%”。特此更正。") for w in words)

    run = gaigai(*correct, "--issue", "--number", SECOND, GAIGAI_NOW=NOW)
    assert run.status == 0, run.err
    issued = place / "reports" / "issued"
    assert sorted(p.name for p in issued.iterdir()) == [
        ".gitattributes",
        "2024-06.json",
        "2024-06.md",
        "2024-06.更正1.docx",
        "2024-06.更正1.json",
    ]
    assert outcomes(gaigai, "2024-06") == (0, [*SAME, "更正文件：一致"])
    refused = gaigai(
        "report", "--withdraw", "2024-06", "--unsent", "--reason", "有误", GAIGAI_NOW=NOW
    )
    assert refused.err.startswith("错误：2024-06通报已印发更正，说明已经分发，不能撤回签发。")
    (issued / "2024-06.更正1.docx").write_bytes(b"altered")
    assert outcomes(gaigai, "2024-06") == (1, [*SAME, "更正文件：不一致"])
    assert "error[issue-changed]" in gaigai("check", GAIGAI_NOW="2025-02-01T09:00:00").out


def test_issues_that_are_numbered_by_themselves(gaigai: Gaigai, place: Path) -> None:
    rules = place / "data" / "rules.yaml"
    rules.write_text(
        rules.read_text("utf-8").replace("bulletin:\n", "bulletin:\n  numbering: 期号\n"), "utf-8"
    )
    month = ("report", "--issue", "--format", "md", "--month")
    first = gaigai(*month, "2024-06", "--number", "第9期（总第21期）", GAIGAI_NOW=NOW)
    assert first.status == 0, first.err
    august = "2024-08-02T09:00:00"
    second = gaigai(*month, "2024-07", GAIGAI_NOW=august)
    assert "已签发2024年7月通报（第10期（总第22期））" in second.err
    january = gaigai(*month, "2024-12", GAIGAI_NOW="2025-01-06T09:00:00")
    assert "（第1期（总第23期））" in january.err
    refused = gaigai(*month, "2024-11", "--number", NUMBER, GAIGAI_NOW="2025-01-06T09:00:00")
    assert refused.err.startswith(f"错误：期号“{NUMBER}”的写法不对。")


@pytest.mark.parametrize("now", ["2025-01-06", "2026-07-01"])
def test_the_year_of_the_number_is_that_of_signing(gaigai: Gaigai, place: Path, now: str) -> None:
    """December's bulletin is signed in January, whenever it is looked at."""
    for month, year in (("2024-11", 2024), ("2024-12", 2025)):
        run = gaigai("report", "--month", month, "--stdout", GAIGAI_NOW=f"{now}T09:00:00")
        assert f"岳县工改办发〔{year}〕  号" in run.out
        assert f"关于2024年{month[5:]}月" in run.out


def test_units_are_asked_to_check_what_is_said_of_them(gaigai: Gaigai, place: Path) -> None:
    """Each gets its own sentences of 三 and 四, a day to answer by, and a receipt; who isn't named gets nothing."""
    assert (
        gaigai("report", "--month", "2024-09", "--check", GAIGAI_NOW="2024-10-08T09:00:00").status
        == 0
    )
    names = sorted(p.name for p in (place / "reports").iterdir())
    assert "2024-09-核对函-县住建局.docx" in names
    assert not any("县工改办" in name or "县财政局" in name for name in names)
    letter = docx.Document(str(place / "reports" / "2024-09-核对函-县住建局.docx"))
    words = [p.text for p in letter.paragraphs if p.text]
    assert "县住建局：" in words
    said = [line for line in words if line[:2] in ("1.", "2.", "3.")]
    assert said
    assert all("县住建局" in line for line in said)
    assert any("并于10月14日前将核对意见书面反馈我办" in line for line in words)
    cells = [c.text for t in letter.tables for row in t.rows for c in row.cells]
    assert "□无异议　　□有异议（请在下栏写明）" in cells


def test_a_matter_to_be_decided_is_a_paper_of_its_own(gaigai: Gaigai, place: Path) -> None:
    words = ("report", "--month", "2024-09", "--brief", "--item", "15.1")
    assert gaigai(*words, GAIGAI_NOW="2024-10-08T09:00:00").status == 0
    form = docx.Document(str(place / "reports" / "2024-09-呈批件-15.1.docx"))
    assert "呈批件" in [p.text for p in form.paragraphs]
    rows = {row.cells[0].text: row.cells[1].text for row in form.tables[0].rows}
    assert rows["牵头单位"] == "园区管委会"
    assert "妥否，请批示。" in rows["拟办意见"]
    assert "领导批示" in rows
    assert "进度20%" in rows["目前进展"]
    told = {}
    for month, item in (("10", "14.1"), ("09", "19.1"), ("06", "18.1")):
        words = ("report", "--month", f"2024-{month}", "--brief", "--item", item)
        assert gaigai(*words, GAIGAI_NOW="2024-11-08T09:00:00").status == 0
        form = docx.Document(str(place / "reports" / f"2024-{month}-呈批件-{item}.docx"))
        cells = [row.cells for row in form.tables[0].rows]
        told[item] = (cells[2][3].text, cells[4][1].text)
    assert told == {
        "14.1": (
            "2024年9月底，逾期31天",
            "县住建局9月23日以“试点项目企业投保决策程序未走完，9月底前签约有困难”为由申请延至12月31日，9月29日不同意延期。",
        ),
        "19.1": (
            "2024年12月底，暂缓实施",
            "国评时间尚未确定，相关部门暂不具备选派专职人员集中办公的条件，暂缓实施，依据省工改办电话通知（5月14日）。",
        ),
        "18.1": ("2024年6月底", "牵头单位未反映问题，县财政局6月26日申请销号，待核验。"),
    }
