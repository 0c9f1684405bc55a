"""``gaigai import`` as people use it."""

import json
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook

from tests.notice.layouts import COLUMNS, FIRST, HEADED, ODD
from tests.notice.renderings import FORMATS
from tests.program import Gaigai, SameAsFile
from tests.terminal import Answers, converse
from tests.transcript import SHIPPED, copied

KEPT = Path(__file__).parent / "import"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three notices and nothing else."""
    monkeypatch.chdir(tmp_path)
    for name, layout in (("清单.xlsx", ODD), ("分栏.txt", COLUMNS), ("分工.md", FIRST)):
        form = next(each for each in FORMATS if each.endswith(name.rpartition(".")[2]))
        (tmp_path / name).write_bytes(FORMATS[form](layout.sheet))
    return tmp_path


@pytest.mark.parametrize("width", ["80", "120"])
def test_an_import(width: str, gaigai: Gaigai, here: Path, same_as_file: SameAsFile) -> None:
    run = gaigai("import", "清单.xlsx", "--out", "data", COLUMNS=width)
    assert run.status == 0
    same_as_file(f"{run.out}\n{run.err}", KEPT / f"odd-{width}.txt")
    assert sorted(path.name for path in (here / "data").iterdir()) == [
        ".gitattributes", ".gitignore", "departments.yaml", "doubts.md", "tasks.yaml",
    ]  # fmt: skip
    if width == "80":
        for name in ("tasks.yaml", "departments.yaml", "doubts.md"):
            same_as_file((here / "data" / name).read_text(encoding="utf-8"), KEPT / f"odd-{name}")


def test_the_draft_is_a_data_directory(gaigai: Gaigai) -> None:
    gaigai("import", "分栏.txt", "--out", "data")
    run = gaigai("check", GAIGAI_NOW="2025-03-11T09:00:00")
    assert (run.status, run.out) == (
        0, "未发现问题：共检查任务4项、事项5项、单位7个、记录0条（0个文件）。\n",
    )  # fmt: skip


def test_a_draft_without_a_day_of_issue_says_so(gaigai: Gaigai, here: Path) -> None:
    """No command reads such a list, so none is proposed."""
    text = "示例县任务清单\n\n一、优化服务\n1．推进代办。牵头单位：示例局；完成时限：6月底前\n"
    (here / "无年度.txt").write_text(text, encoding="utf-8")
    told = gaigai("import", "无年度.txt", "--out", "data").err
    assert told.splitlines()[2:] == [
        "印发日期、任务年度还没有填写，填好后才能查看清单和通报：加 --review --force 填写。"
    ]
    assert gaigai("list", "--data", "data").status == 2
    (here / "答复.yaml").write_text(
        "answers: [{about: notice, subject: 印发日期, text: '', value: 2025年3月10日}]\n",
        encoding="utf-8",
    )
    again = ("import", "无年度.txt", "--out", "data", "--answers", "答复.yaml", "--force")
    assert "--data data list" in gaigai(*again).err
    assert gaigai("list", "--data", "data").status == 0


def test_as_json(gaigai: Gaigai, same_as_file: SameAsFile) -> None:
    run = gaigai("import", "分工.md", "--out", "data", "--format", "json")
    same_as_file(run.out, KEPT / "first.json")
    value = json.loads(run.out)
    assert [doubt["about"] for doubt in value["doubts"]] == ["deadline"]
    assert [choice["value"] for choice in value["doubts"][0]["choices"]] == [{"kind": "unset"}]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["分栏.txt"], "没有写明草稿写到哪里"),
        (["没有.docx", "--out", "data"], "“没有.docx”不存在"),
        ([".", "--out", "data"], "是一个文件夹"),
        (["分栏.txt", "--out", "清单.xlsx"], "“清单.xlsx”是文件名。请写文件夹。"),
        (["分栏.txt", "--out", "."], "里已有内容，没有覆盖"),
        (["分栏.txt", "--out", "data", "--answers", "没有.yaml"], "没有答复文件"),
        (["分栏.txt", "--trace", "--answers", "没有.yaml"], "没有答复文件“没有.yaml”"),
        (["分栏.txt", "--out", "data", "--review"], "--review 要在终端上使用"),
        (["分栏.txt", "--update", "data"], "不是数据目录"),
        (["分栏.txt", "--out", "data", "--format", "xml"], "--format 没有“xml”这一种"),
        ([], "缺少"),
    ],
)
def test_wrong_use(words: list[str], said: str, gaigai: Gaigai, here: Path) -> None:
    run = gaigai("import", *words)
    assert (run.status, run.out) == (2, "")
    assert said in run.err
    assert run.err.count("\n") == 1
    assert not (here / "data").exists()


def test_what_is_there_is_overwritten_with_force_alone(gaigai: Gaigai, here: Path) -> None:
    """And then the list and its units only: records stay."""
    data = copied(SHIPPED, here, example=True)
    log = data / "progress" / "县财政局.yaml"
    log.parent.mkdir(exist_ok=True)
    log.write_text("unit: 县财政局\nrecords: []\n", encoding="utf-8")
    before = (data / "tasks.yaml").read_bytes()
    assert gaigai("import", "分栏.txt", "--out", "data").status == 2
    assert (data / "tasks.yaml").read_bytes() == before
    assert gaigai("import", "分栏.txt", "--out", "data", "--force").status == 0
    assert (data / "tasks.yaml").read_bytes() != before
    assert log.read_text(encoding="utf-8") == "unit: 县财政局\nrecords: []\n"


def test_pasted_text(gaigai: Gaigai, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (here / "分栏.txt").open(encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        run = gaigai("import", "-", "--out", "data")
    assert run.status == 0
    assert "任务4项、事项5项" in run.out


def test_kept_answers_are_used(gaigai: Gaigai, here: Path) -> None:
    answers = {"about": "deadline", "subject": "4.1", "text": "立行立改", "value": "6月30日"}
    text = yaml.safe_dump({"answers": [answers]}, allow_unicode=True)
    (here / "答复.yaml").write_text(text, encoding="utf-8")
    run = gaigai("import", "分工.md", "--out", "data", "--answers", "答复.yaml")
    assert "（另有1处已答复）" in run.out
    assert "due: 2025-06-30" in (here / "data" / "tasks.yaml").read_text(encoding="utf-8")


def test_trace_says_what_each_row_was_taken_for_and_writes_nothing(
    gaigai: Gaigai, here: Path, same_as_file: SameAsFile
) -> None:
    run = gaigai("import", "清单.xlsx", "--trace", COLUMNS="80")
    assert run.status == 0
    same_as_file(run.out, KEPT / "trace.txt")
    assert not (here / "data").exists()
    run = gaigai("import", "清单.xlsx", "--trace", "--out", "data")
    assert (run.status, "--out" in run.err) == (2, True)


def test_a_stated_reporting_cycle_is_proposed_and_kept_once_confirmed(
    gaigai: Gaigai, here: Path
) -> None:
    text = (here / "分栏.txt").read_text(encoding="utf-8")
    for stated, behind, cycle in (
        ("请于每月25日前报送进展情况", "（联系人：张三；电话：0000）", ("month", "25", "当月")),
        ("每季度末月20日前，将落实情况报县数改办", "", ("quarter", "20", "当月")),
        ("各单位每月次月5日前上报工作进展", "", ("month", "5", "次月")),
    ):
        (here / "通知.txt").write_text(f"{text}{stated}{behind}。\n", encoding="utf-8")
        words = ("import", "通知.txt", "--out", "data", "--force")
        assert "报送周期" in gaigai(*words).out
        assert not (here / "data" / "rules.yaml").exists()
        answer = {
            "about": "notice",
            "subject": "报送周期",
            "text": stated,
            "value": "确认",
        }
        answers = yaml.safe_dump({"answers": [answer]}, allow_unicode=True)
        (here / "data" / "answers.yaml").write_text(answers, encoding="utf-8")
        assert gaigai(*words).status == 0
        rules = here / "data" / "rules.yaml"
        found = yaml.load(rules.read_text(encoding="utf-8"), yaml.BaseLoader)["reporting"]
        assert found == dict(zip(("every", "by", "of"), cycle, strict=True)) | {"from": "2025-03"}
        assert gaigai("check", GAIGAI_NOW="2025-03-11T09:00:00").status == 0
        rules.unlink()


def test_what_a_person_decided_is_no_warning_any_more(gaigai: Gaigai, here: Path) -> None:
    text = (here / "分栏.txt").read_text(encoding="utf-8")
    changed = text.replace("县政务服务中心\t县数据局", "质安处\t县数据局", 1).replace(
        "9月30日前", "适时"
    )
    (here / "通知.txt").write_text(changed, encoding="utf-8")
    words = ("import", "通知.txt", "--out", "data", "--force")
    gaigai(*words)
    assert gaigai("check", GAIGAI_NOW="2025-03-11T09:00:00").out.count("warning[") == 2
    answers = [
        {"about": "units", "subject": "1", "text": "质安处", "value": "是单位"},
        {"about": "deadline", "subject": "2.1", "text": "适时", "value": "8月底"},
    ]
    kept = yaml.safe_dump({"answers": answers}, allow_unicode=True)
    (here / "data" / "answers.yaml").write_text(kept, encoding="utf-8")
    gaigai(*words)
    run = gaigai("check", GAIGAI_NOW="2025-03-11T09:00:00")
    assert (run.status, run.out.count("warning[")) == (0, 0)
    written = (here / "data" / "tasks.yaml").read_text(encoding="utf-8")
    assert (
        "text: 适时\n          confirmed: true\n          kind: fixed\n          due: 2025-08-31"
        in written
    )


def test_columns_that_an_office_declares(gaigai: Gaigai, here: Path) -> None:
    """Where nothing can be guessed the draft has no list; what is declared is kept for the next time."""
    page = "<table><tr><td>甲</td><td>乙</td></tr><tr><td>x1</td><td>y1</td></tr><tr><td>x2</td><td>y2</td></tr></table>"
    (here / "两栏.html").write_text(page, encoding="utf-8")
    run = gaigai("import", "两栏.html", "--out", "data")
    assert (run.status, [path.name for path in (here / "data").iterdir()]) == (1, ["doubts.md"])
    assert "如 --columns 甲=工作内容，乙=责任单位。" in run.err
    words = ("import", "两栏.html", "--out", "data", "--force")
    run = gaigai(*words, "--columns", "甲=工作内容，乙=responsible")
    assert (run.status, "事项2项" in run.out) == (0, True)
    kept = (here / "data" / "answers.yaml").read_text(encoding="utf-8")
    assert "columns:\n  甲: 工作内容\n  乙: 责任单位\n" in kept
    assert "事项2项" in gaigai(*words).out
    assert "事项2项" in gaigai(*words, "--columns", "第1栏=工作内容，2=不读取").out
    for columns, said in (
        ("甲=什么", "栏目不能写“什么”。可写：编号、"),
        ("甲", "看不出是哪一栏"),
        ("丙=工作内容", "通知里没有“丙”这一栏。请照表头的文字写，或写第几栏"),
        ("3=工作内容", "通知里没有第3栏，各表最多2栏。请写第几栏"),
        ("第0栏=工作内容", "通知里没有第0栏，各表最多2栏。"),
    ):
        run = gaigai(*words, "--columns", columns)
        assert (run.status, said in run.err) == (2, True)


@pytest.mark.parametrize(
    "text",
    [
        "answers: 甲",
        "- 甲",
        "answers:\n  - value: 甲",
        "answers:\n  - {about: 天, value: 甲}",
        "甲: [",
        "\t",
    ],
)
def test_answers_that_are_none(text: str, gaigai: Gaigai, here: Path) -> None:
    (here / "答复.yaml").write_text(text, encoding="utf-8")
    run = gaigai("import", "分工.md", "--out", "data", "--answers", "答复.yaml")
    assert (run.status, run.err.count("\n")) == (2, 1)
    assert "答复.yaml" in run.err


@pytest.mark.parametrize(
    ("value", "refused", "said"),
    [
        ("确认", 0, "name: 出让标准地"),
        ([], 0, "measure: null"),
        (
            [{"id": "n", "name": "宗地", "target": {"at_least": 5}, "measure": "sum"}],
            0,
            "name: 宗地",
        ),
        (["甲"], 1, "对1.1建议的指标的答复“甲”没有采用：应为指标的列表"),
        ([{"id": "n"}], 1, "没有采用：应为指标的列表"),
        (
            [{"id": "n", "name": "甲", "target": {"at_least": "很多"}, "measure": "sum"}],
            1,
            "没有采用",
        ),
        ("甲", 1, "没有采用：应为指标的列表"),
    ],
)
def test_answers_about_indicators(
    value: object, refused: int, said: str, gaigai: Gaigai, here: Path
) -> None:
    """One that can't be read is named, and its doubt stays open."""
    form = next(each for each in FORMATS if each.endswith("txt"))
    (here / "园区.txt").write_bytes(FORMATS[form](HEADED.sheet))
    answer = {
        "about": "indicators",
        "subject": "1.1",
        "text": "出让标准地不少于5宗。",
        "value": value,
    }
    text = yaml.safe_dump({"answers": [answer]}, allow_unicode=True)
    (here / "答复.yaml").write_text(text, encoding="utf-8")
    run = gaigai("import", "园区.txt", "--out", "data", "--answers", "答复.yaml")
    assert (run.status, run.err.count("没有采用")) == (0, refused)
    if refused:
        assert said in run.err
        return
    written = yaml.safe_load((here / "data" / "tasks.yaml").read_text(encoding="utf-8"))
    found = written["tasks"][0]["items"][0].get("indicators", [{"measure": None}])
    assert said in yaml.safe_dump(found, allow_unicode=True)


def test_answers_that_fit_no_doubt_are_named(gaigai: Gaigai, here: Path) -> None:
    """Of another item, of words that the notice no longer has; one that is used is not among them."""
    text = "示例县2025年任务清单\n序号\t任务\t责任单位\t时限\n1\t改造市场\t县商务局\t适时\n"
    (here / "清单.txt").write_text(text, encoding="utf-8")
    answers = [
        {"about": "deadline", "subject": "1.1", "text": "适时", "value": "6月底"},
        {"about": "deadline", "subject": "1.1", "text": "尽快", "value": "7月底"},
        {"about": "units", "subjects": ["7.1", "8.1"], "text": "", "value": "县商务局"},
    ]
    (here / "答复.yaml").write_text(yaml.safe_dump({"answers": answers}), encoding="utf-8")
    run = gaigai("import", "清单.txt", "--out", "data", "--answers", "答复.yaml")
    told = (
        "答复.yaml里对1.1完成时限“尽快”、7.1责任单位、8.1责任单位的答复没有对应的疑点，没有采用："
    )
    assert run.status == 0
    assert [line for line in run.err.splitlines() if "没有采用" in line] == [
        f"{told}请核对 subject 和 text 是否照通知所写，不再需要的请删去。"
    ]


def test_an_amended_notice(gaigai: Gaigai, here: Path, same_as_file: SameAsFile) -> None:
    gaigai("import", "分栏.txt", "--out", "data")
    text = (here / "分栏.txt").read_text(encoding="utf-8")
    for old, new in (
        ("2025年3月10日", "2025年8月1日"),
        ("〔2025〕3号", "〔2025〕9号"),
        ("9月30日前", "10月31日前"),
        ("编制数据目录。", "编制并公布数据目录。"),
        (
            "4\t提升基层治理\t推广“村村享”小程序。\t县委社会工作部",
            "4\t建设算力中心\t完成机房改造。\t县审计局",
        ),
    ):
        assert old in text
        text = text.replace(old, new)
    (here / "修订.txt").write_text(text, encoding="utf-8")
    before = (here / "data" / "tasks.yaml").read_bytes()
    run = gaigai("import", "修订.txt", "--update", "data", COLUMNS="80")
    same_as_file(f"{run.out}\n{run.err}", KEPT / "amended.txt")
    assert (here / "data" / "tasks.yaml").read_bytes() == before
    run = gaigai("import", "修订.txt", "--update", "data", "--out", "data", "--force")
    assert run.status == 0, run.err
    same_as_file((here / "data" / "tasks.yaml").read_text(encoding="utf-8"), KEPT / "amended.yaml")
    assert gaigai("check", GAIGAI_NOW="2025-08-02T09:00:00").status == 0
    run = gaigai("import", "修订.txt", "--update", "data")
    assert "没有变化。" in run.out


def test_a_review_of_an_amendment_asks_about_what_is_new(
    gaigai: Gaigai, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the number that the notice gives it; what is written has the list's."""
    head = "序号\t任务\t工作内容\t牵头单位\t完成时限\n"
    rows = [
        "1\t示例甲\t培训不少于3次。\t县数据局\t6月底",
        "2\t示例乙\t检查不少于4次。\t县审计局\t9月底",
    ]
    text = (here / "分栏.txt").read_text(encoding="utf-8").partition("序号\t")[0] + head
    (here / "原文.txt").write_text(text + "\n".join(rows), encoding="utf-8")
    assert gaigai("import", "原文.txt", "--out", "data").status == 0
    new = "1\t示例丙\t走访企业不少于5次。\t县数据局\t10月底"
    (here / "修订.txt").write_text(f"{text}{new}\n2{rows[0][1:]}", encoding="utf-8")
    monkeypatch.setattr("gaigai_cli.cli.ask.on_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "1")
    words = ("import", "修订.txt", "--update", "data", "--out", "data", "--force")
    run = gaigai(*words, "--review")

    assert run.status == 0, run.err
    assert [line for line in run.out.splitlines() if "（还有" in line] == ["建议的指标（还有1处）"]
    assert "新增 3.1" in run.out
    assert "调出 2.1" in run.out
    assert "调整" not in run.out
    assert "name: 走访企业" in (here / "data" / "tasks.yaml").read_text(encoding="utf-8")
    assert gaigai("check", GAIGAI_NOW="2025-03-11T09:00:00").status == 0


REVIEW: Answers = (
    ("停止）：", "1"),
    ("停止）：", "2月某日"),
    ("停止）：", "?"),
    ("停止）：", "3月28日"),
    ("停止）：", "9"),
    ("停止）：", "\x04"),
)


@pytest.mark.usefixtures("ready")
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
def test_doubt_by_doubt_on_a_terminal(here: Path, gaigai: Gaigai, same_as_file: SameAsFile) -> None:
    words = ["import", "清单.xlsx", "--out", "data", "--review"]
    status, screen = converse(words, REVIEW, cwd=here, settings={})
    assert status == 0
    same_as_file(screen, KEPT / "review.txt")
    same_as_file(
        (here / "data" / "answers.yaml").read_text(encoding="utf-8"), KEPT / "answers.yaml"
    )
    run = gaigai("import", "清单.xlsx", "--out", "data", "--force")
    assert "（另有2处已答复）" in run.out


CYCLE = """示例县2025年改革任务清单
示改办〔2025〕1号
各单位：
请各牵头单位于每月25日前报送进展情况。
1.推进甲改革。（县甲局牵头，6月底前）
2.推进乙改革。（县乙局牵头，9月底前）
示例县改革办公室
2025年3月10日
"""


@pytest.mark.usefixtures("ready")
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
def test_what_an_office_sets_once_is_asked_once_nothing_is_open(here: Path, gaigai: Gaigai) -> None:
    """Not before: rules that are there stay, and the notice's cycle of reports would be lost when it is confirmed."""
    (here / "通知.txt").write_text(CYCLE, encoding="utf-8")
    words = ["import", "通知.txt", "--out", "草稿"]
    _, screen = converse(words, (), cwd=here, settings={})
    assert "红头中的机关名称" not in screen

    answers: Answers = (
        ("停止）：", "1"),
        ("红头中的机关名称", "示例县改革办文件"),
        ("落款", "\x04"),
    )
    _, screen = converse([*words, "--review", "--force"], answers, cwd=here, settings={})
    assert screen.index("红头中的机关名称") < screen.index("接着可以：")
    rules = (here / "草稿" / "rules.yaml").read_text(encoding="utf-8")
    assert "letterhead: 示例县改革办文件" in rules
    assert "by: 25" in rules
    assert "提示" not in gaigai(*words, "--force").err


def test_a_cycle_of_reports_that_the_rules_lack_is_told(gaigai: Gaigai, here: Path) -> None:
    """Rules that are there aren't touched, but what the office has confirmed isn't lost without a word."""
    (here / "通知.txt").write_text(CYCLE, encoding="utf-8")
    words = ("import", "通知.txt", "--out", "草稿", "--force")
    gaigai(*words)
    (here / "草稿" / "rules.yaml").write_text("warn: {blue: 20}\n", encoding="utf-8")
    (here / "草稿" / "answers.yaml").write_text(
        "answers: [{about: notice, subject: 报送周期, text: 请各牵头单位于每月25日前报送进展情况, value: 确认}]\n",
        encoding="utf-8",
    )
    told = (
        "提示：草稿/rules.yaml 已有，没有改动，其中没有写通知规定的报送周期；要照通知报送，请把 "
        "reporting 一节写成 reporting: {every: month, by: 25, of: 当月, from: 2025-03}。\n"
    )
    assert told in gaigai(*words).err
    for reporting, other in (
        ("{by: 25, from: 2025-03}", False),
        ("{every: month, by: 25, of: 当月, from: 2025-06}", False),
        ("{by: 20, from: 2025-03}", True),
        ("{every: quarter, by: 25, from: 2025-03}", True),
    ):
        (here / "草稿" / "rules.yaml").write_text(f"reporting: {reporting}\n", encoding="utf-8")
        assert (told in gaigai(*words).err) is other, reporting


def test_two_answers_to_one_doubt_are_refused(gaigai: Gaigai, here: Path) -> None:
    """Of two days none is the notice's; the same answer twice says nothing new."""
    (here / "通知.txt").write_text(CYCLE, encoding="utf-8")
    answer = "  - {{about: notice, subject: 印发日期, text: '', value: {}}}\n"
    words = ("import", "通知.txt", "--out", "草稿", "--answers", "答复.yaml", "--force")
    for days, status in ((("3月5日", "3月5日"), 0), (("3月5日", "4月5日"), 2)):
        text = "answers:\n" + "".join(answer.format(f"2025年{day}") for day in days)
        (here / "答复.yaml").write_text(text, encoding="utf-8")
        run = gaigai(*words)
        assert run.status == status
    assert run.err == "错误：答复.yaml第2条答复与前面一条答复的是同一处，答复却不同。请只留一条。\n"


def test_a_day_that_lost_its_format(gaigai: Gaigai, tmp_path: Path) -> None:
    """A serial number in a deadline's column is a doubt that offers its day; a date's cell keeps the words that it shows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ["示例县2025年重点任务清单"],
        ["序号", "主要任务", "责任单位", "完成时限"],
        [1, "建成示例甲项目", "★县甲局", date(2025, 6, 30)],
        [2, "建成示例乙项目", "★县乙局", 45869],
    ):
        sheet.append(line)
    sheet["D3"].number_format = 'yyyy"年"m"月"d"日"'
    book.save(tmp_path / "清单.xlsx")
    words = ("import", str(tmp_path / "清单.xlsx"), "--out", str(tmp_path / "草稿"), "--force")

    run = gaigai(*words)
    assert "“45869”像是表格里的日期（2025年7月31日），没有设成日期格式" in run.out
    answer = {"about": "deadline", "subject": "2.1", "text": "45869", "value": "2025年7月31日"}
    kept = yaml.safe_dump({"answers": [answer]}, allow_unicode=True)
    (tmp_path / "草稿" / "answers.yaml").write_text(kept, encoding="utf-8")
    gaigai(*words)
    tasks = yaml.load((tmp_path / "草稿" / "tasks.yaml").read_text("utf-8"), yaml.BaseLoader)
    found = [task["items"][0]["deadline"] for task in tasks["tasks"]]
    assert [(one["text"], one["due"]) for one in found] == [
        ("2025年6月30日", "2025-06-30"),
        ("45869", "2025-07-31"),
    ]
