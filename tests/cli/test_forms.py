"""Forms out and back through the program: what is recorded, what is told, and that nothing is recorded twice."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gaigai_cli.characters import HIDDEN
from gaigai_cli.forms.cells import text_of
from gaigai_cli.forms.compare import Standing
from gaigai_cli.render.console.collected import standing_page
from gaigai_cli.store.files import Folder
from gaigai_cli.store.read import read_ledger
from gaigai_cli.words.period import Period
from tests.forms.filling import FIGURES, INSTRUCTED, LIMITS, REPORTS, THINGS, Paper
from tests.forms.test_workbook import as_text
from tests.program import Gaigai, Run, SameAsFile
from tests.transcript import EXAMPLE, SHIPPED, copied, numbered

KEPT = Path(__file__).parent / "forms"
SENT, BACK = "2024-06-20T09:00:00", "2024-06-28T09:00:00"
BY = ("--by", "示例丙")

Sent = Callable[..., Path]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    numbered(monkeypatch)
    return copied(SHIPPED, tmp_path, example=True)


SentForms = dict[tuple[object, ...], tuple[str, bytes]]


@pytest.fixture(scope="module")
def sent_forms() -> SentForms:
    return {}


@pytest.fixture
def sent(data: Path, gaigai: Gaigai, sent_forms: SentForms) -> Sent:
    """``sent("县财政局", month="2024-06")``: the form as it went out; of the same files it is made once."""

    def send(unit: str, month: str = "2024-06", now: str = SENT) -> Path:
        files = {p: p.read_bytes() for p in sorted(data.rglob("*.yaml"))}
        made_of = (unit, month, now, *((p.relative_to(data), text) for p, text in files.items()))
        if made_of in sent_forms:
            name, form = sent_forms[made_of]
            (data.parent / name).parent.mkdir(parents=True, exist_ok=True)
            (data.parent / name).write_bytes(form)
            return data.parent / name
        run = gaigai("form", "--unit", unit, "--month", month, GAIGAI_NOW=now)
        assert run.status == 0, run.err
        name = run.out.strip()
        sent_forms[made_of] = name, (data.parent / name).read_bytes()
        return data.parent / name

    return send


def collected(gaigai: Gaigai, *words: str, now: str = BACK) -> Run:
    return gaigai("collect", *words, *BY, GAIGAI_NOW=now, COLUMNS="100")


def shown(*runs: Run) -> str:
    return "\n".join(f"{run.out}{run.err}[{run.status}]\n" for run in runs)


def without_hashes(log: str) -> str:
    """A log without the hashes of forms: the library that fills them in writes the time into them."""
    return re.sub(r"(?m)(\.xlsx\n +sha256: ).*", r"\1…", log)


def logs(data: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((data / "progress").rglob("*.yaml"))}


def filled(form: Path, folder: Path) -> Path:
    """A form of 县住建局 in which everything is filled in as it should be."""
    paper = Paper(form)
    paper.put(REPORTS, "1.2", "截至5月底进展情况", "1至5月办理承诺审批8件。")
    paper.put(REPORTS, "1.2", "6月进展情况", "办理承诺审批3件。\r\n均已兑现。  ")
    paper.put(REPORTS, "7.1", "6月进展情况", "抽查项目4个。")
    paper.put(REPORTS, "7.1", "存在问题", "人手不足。")
    paper.put(REPORTS, "7.1", "下一步打算", "7月完成整改复核。")
    paper.put(REPORTS, "7.1", "佐证材料", "示例住建〔2024〕8号\n抽查记录.txt；没有附来.pdf")
    paper.put(FIGURES, "7.1", "数值", 1, form="0%")
    paper.put(FIGURES, "7.1", "数值", "０件", turn=2)
    paper.put(FIGURES, "7.3", "数值", 6.5)
    paper.put(REPORTS, "14.1", "6月进展情况", "试点方案报审。")
    paper.put(LIMITS, "14.1", "完成百分比", 0.4, form="0%")
    paper.put(LIMITS, "14.1", "申请事项", "申请延期")
    paper.put(LIMITS, "14.1", "申请延期至", 45626)
    paper.put(LIMITS, "14.1", "延期理由", "承保机构招标推迟。")
    paper.put(THINGS, "14.1", "名称", "示例项目A")
    paper.put(THINGS, "14.1", "日期", "6月18日")
    paper.put(THINGS, "14.1", "文号、项目代码或链接", "2406-示例-01")
    paper.put(REPORTS, "3.1", "6月进展情况", "未启动")
    paper.filled_on("2024年6月26日")
    folder.mkdir(exist_ok=True)
    (folder / "抽查记录.txt").write_text("示例\n", encoding="utf-8", newline="\n")
    return paper.save(folder / form.name)


def test_who_collects_is_whom_this_computer_knows(
    sent: Sent, data: Path, gaigai: Gaigai, tmp_path: Path
) -> None:
    """Where git doesn't know the name, the file in which the page keeps it does."""
    form = str(filled(sent("县住建局"), data.parent / "收件箱"))
    run = gaigai("collect", form, GAIGAI_NOW=BACK)
    wanted = "错误：缺少登记人（--by）。请写 --by 姓名，或设定 git config user.name。\n"
    assert (run.status, run.err) == (2, wanted)
    person = tmp_path / "gaigai" / "person.json"
    person.parent.mkdir()
    person.write_text('{"name": "示例戊", "unit": "县工改办"}', encoding="utf-8")

    home = dict.fromkeys(("XDG_CONFIG_HOME", "APPDATA"), str(tmp_path))
    gaigai("collect", form, GAIGAI_NOW=BACK, **home)

    ledger = read_ledger(Folder(data)).ledger
    assert ledger is not None
    assert {e.record.by for e in ledger.entries} == {"示例戊"}


def test_problems_to_coordinate_and_milestones(sent: Sent, data: Path, gaigai: Gaigai) -> None:
    steps = ("--milestone", "试点方案｜6月25日", "--milestone", "项目投保｜8月31日")
    gaigai("milestones", "14.1", "--unit", "县工改办", *steps, *BY, GAIGAI_NOW=SENT)
    paper = Paper(sent("县住建局"))
    assert "节点“试点方案”6月25日，待完成" in paper.cell(LIMITS, "14.1", "目前情况和佐证要求").value
    paper.put(REPORTS, "14.1", "6月进展情况", "方案已印发。")
    paper.put(LIMITS, "14.1", "完成的节点", "试点方案")
    paper.put(LIMITS, "10.2", "完成的节点", "方案")
    paper.put(REPORTS, "7.1", "6月进展情况", "抽查项目4个。")
    paper.put(REPORTS, "7.1", "存在问题", "省级平台未开放接口。")
    paper.put(REPORTS, "7.1", "需协调", "需省级协调")
    paper.put(REPORTS, "1.2", "6月进展情况", "办理3件。")
    paper.put(REPORTS, "1.2", "存在问题", "人手不足。")
    paper.put(REPORTS, "1.2", "需协调", "上级")
    form = str(paper.save(data.parent / "收件.xlsx"))

    run = collected(gaigai, form)

    assert run.status == 1
    assert "“上级”不是省级、市级、县领导中的一种" in run.out
    assert "这一格不用填，“完成的节点”没有登记" in run.out
    ledger = read_ledger(Folder(data)).ledger
    assert ledger is not None
    found = {e.record.item: e.record for e in ledger.entries if e.record.kind == "进展"}
    assert found["14.1"].completed == ("试点方案",)
    assert (found["7.1"].coordinate, found["1.2"].coordinate) == ("省级", None)
    before = logs(data)
    collected(gaigai, form)
    assert logs(data) == before


def test_out_and_back(sent: Sent, data: Path, gaigai: Gaigai, same_as_file: SameAsFile) -> None:
    """Each filled cell becomes part of a record of the right unit and month; a second run adds nothing."""
    filled(sent("县住建局"), data.parent / "收件")
    before = logs(data)

    tried = collected(gaigai, "收件", "--dry-run")
    assert logs(data) == before
    taken = collected(gaigai, "收件")
    log = (data / "progress" / "县住建局.yaml").read_text(encoding="utf-8")
    again = collected(gaigai, "收件")

    same_as_file(shown(tried, taken, again), KEPT / "out-and-back.txt")
    same_as_file(without_hashes(log), KEPT / "out-and-back.yaml")
    assert log.encode() == logs(data)["县住建局.yaml"]
    assert gaigai("check", GAIGAI_NOW=BACK).status == 0


def test_what_does_not_fit(
    sent: Sent, data: Path, gaigai: Gaigai, same_as_file: SameAsFile
) -> None:
    """Each is told by sheet and cell; the good cells are still taken."""
    paper = Paper(sent("县住建局"))
    ws = paper.book[REPORTS]
    ws.cell(paper.row(REPORTS, "1.2"), 1).value = "1.3"
    paper.put(REPORTS, "2.1", "6月进展情况", "办理分阶段许可2个。")
    paper.cell(REPORTS, "2.1", "主要任务").value = "改过的内容"
    paper.put(REPORTS, "4.1", "存在问题", "只填了问题。")
    paper.put(REPORTS, "7.2", "6月进展情况", "=1+1")
    paper.put(REPORTS, "7.3", "6月进展情况", "用时缩短。")
    paper.put(REPORTS, "10.2", "6月进展情况", "已起草流程图。")
    paper.put(LIMITS, "10.2", "完成百分比", "差不多")
    paper.put(LIMITS, "10.2", "申请延期至", "2024-12-31")
    paper.put(REPORTS, "14.1", "6月进展情况", "已办结。")
    paper.put(LIMITS, "14.1", "申请事项", "申请销号")
    paper.put(FIGURES, "7.1", "数值", 0.98)
    paper.put(FIGURES, "7.2", "数值", "若干")
    paper.put(THINGS, "14.1", "名称", "示例项目A")
    paper.put(THINGS, "14.1", "名称", "示例项目B", turn=2)
    paper.put(THINGS, "14.1", "日期", "2024-06-31", turn=2)
    paper.put(THINGS, "14.1", "文号、项目代码或链接", "2406-示例-02", turn=2)
    paper.put(THINGS, "14.1", "名称", "示例项目C", turn=3)
    paper.put(THINGS, "14.1", "日期", "6月中旬", turn=3)
    paper.put(THINGS, "14.1", "名称", "示例项目D\n示例项目E", turn=4)
    paper.put(THINGS, "14.1", "日期", "6月5日", turn=4)
    paper.put(THINGS, "14.1", "文号、项目代码或链接", "2406-示例-04", turn=4)
    paper.put(REPORTS, "14.1", "佐证材料", "见附件")
    ws.cell(paper.row(REPORTS, "12.1") + 3, 1).value = "23.1"
    ws.cell(paper.row(REPORTS, "12.1") + 3, 5).value = "自己加的一行"
    ws.delete_rows(paper.row(REPORTS, "9.3"))
    paper.filled_on("2024-07-15")
    paper.save()

    run = collected(gaigai, str(paper.path))

    assert run.status == 1
    log = (data / "progress" / "县住建局.yaml").read_text(encoding="utf-8")
    same_as_file(f"{shown(run)}\n{without_hashes(log)}", KEPT / "what-does-not-fit.txt")


def test_rows_that_were_moved_are_known_again(sent: Sent, data: Path, gaigai: Gaigai) -> None:
    paper = Paper(sent("县财政局"))
    ws = paper.book[REPORTS]
    first, second = paper.row(REPORTS, "16.2"), paper.row(REPORTS, "18.1")
    for column in range(1, 9):
        one, other = ws.cell(first, column), ws.cell(second, column)
        one.value, other.value = other.value, one.value
    paper.put(REPORTS, "16.2", "6月进展情况", "帮代办经费已拨付。")
    paper.save()

    run = collected(gaigai, str(paper.path))

    assert run.status == 0
    assert f"进展情况!A{first}：18.1这一行被移动了位置，按序号和内容登记" in run.out
    assert "+ 进展  16.2  帮代办经费已拨付。" in run.out


def test_two_files_of_one_unit(
    sent: Sent, data: Path, gaigai: Gaigai, same_as_file: SameAsFile
) -> None:
    """What both say, or only one, is taken; where they differ nothing is."""
    form = sent("县财政局")
    for name, words in (("甲股", "经费已列入预算。"), ("乙股", "经费正在协调。")):
        paper = Paper(form)
        paper.put(REPORTS, "16.2", "6月进展情况", words)
        paper.put(REPORTS, "16.2", "佐证材料", "示例财预〔2024〕15号")
        if name == "乙股":
            paper.put(REPORTS, "18.1", "6月进展情况", "工改经费已统筹。")
        paper.save(data.parent / "收件" / f"{name}.xlsx")

    run = collected(gaigai, "收件")

    same_as_file(shown(run), KEPT / "two-files.txt")


def test_a_cell_in_which_two_files_differ_is_taken_from_no_third(
    sent: Sent, data: Path, gaigai: Gaigai, same_as_file: SameAsFile
) -> None:
    form = sent("县财政局")
    for name, first, second in (
        ("甲股", "60万元。", "已统筹。"),
        ("乙股", "70万元。", "已拨付。"),
        ("丙股", "60万元。", "未拨付。"),
    ):
        paper = Paper(form)
        paper.put(REPORTS, "16.2", "6月进展情况", first)
        paper.put(REPORTS, "18.1", "6月进展情况", second)
        paper.save(data.parent / "收件" / f"{name}.xlsx")

    run = collected(gaigai, "收件")

    assert logs(data) == {}
    same_as_file(shown(run), KEPT / "three-files.txt")


def test_a_file_that_was_collected_gives_way_to_a_newer_one(
    sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    """Whatever their names; what the older says besides still counts, and a later run adds nothing."""
    form = sent("县财政局")
    for name, words in (
        ("乙", "经费正在协调。"),
        ("甲", "经费已列入预算。"),
        ("丙", "经费已拨付。"),
    ):
        paper = Paper(form)
        paper.put(REPORTS, "16.2", "6月进展情况", words)
        if name == "乙":
            paper.put(REPORTS, "18.1", "6月进展情况", "工改经费已统筹。")
        paper.save(data.parent / "收件" / f"{name}.xlsx")
        run = collected(gaigai, "收件")
        assert run.status == 0, run.out
    assert "丙.xlsx" in run.out
    assert "甲.xlsx以前收过，登记过的事项以这一份为准" in run.out
    assert "+ 更正  16.2  进展情况改为经费已拨付。" in run.out
    before = logs(data)

    again = collected(gaigai, "收件")

    assert again.status == 0, again.out
    assert logs(data) == before


def test_what_two_files_contest_stays_contested_when_they_are_collected_again(
    sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    """One of them gave another record meanwhile: that makes it no older where nothing of its was recorded."""
    form = sent("县财政局")
    for name, words in (("甲", "经费已列入预算。"), ("乙", "经费正在协调。")):
        paper = Paper(form)
        paper.put(REPORTS, "16.2", "6月进展情况", words)
        if name == "乙":
            paper.put(REPORTS, "18.1", "6月进展情况", "工改经费已统筹。")
        paper.save(data.parent / "收件" / f"{name}.xlsx")
    first = collected(gaigai, "收件")
    assert (first.status, "与甲.xlsx的进展情况!E8不同" in first.out) == (1, True)
    assert "+ 进展  18.1" in first.out
    before = logs(data)

    again = collected(gaigai, "收件")

    assert (again.status, "与乙.xlsx的进展情况!E8不同" in again.out) == (1, True)
    assert logs(data) == before


def test_what_the_office_decided_between_two_files_is_no_longer_contested(
    sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    form = sent("县财政局")
    for name, words in (("甲", "经费已列入预算。"), ("乙", "经费正在协调。")):
        paper = Paper(form)
        paper.put(REPORTS, "16.2", "6月进展情况", words)
        if name == "乙":
            paper.put(REPORTS, "18.1", "6月进展情况", "工改经费已统筹。")
        paper.save(data.parent / "收件" / f"{name}.xlsx")
    collected(gaigai, "收件")
    alone = collected(gaigai, "收件/甲.xlsx")
    assert "+ 进展  16.2  经费已列入预算。" in alone.out
    before = logs(data)

    again = collected(gaigai, "收件")

    assert (again.status, "乙.xlsx以前收过" in again.out) == (0, True)
    assert logs(data) == before


def test_a_form_that_was_mended_counts_where_the_first_could_not_be_read(
    sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    """Both lie in the folder: the unit sends all of its form again, as it is told to."""
    form = sent("县财政局")
    for name, percent, status in (("甲", 150, 1), ("乙", 60, 0)):
        paper = Paper(form)
        paper.put(REPORTS, "16.2", "6月进展情况", "经费已列入预算。")
        paper.put(LIMITS, "18.1", "完成百分比", percent)
        paper.save(data.parent / "收件" / f"{name}.xlsx")
        run = collected(gaigai, "收件")
        assert run.status == status, run.out


def test_nothing_of_an_item_is_taken_while_two_files_contest_one_of_its_cells(
    sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    """Its other words would be recorded of one of them, which then counted as older; alone each counts."""
    form = sent("县财政局")
    for name, next_ in (("甲", "申请拨付。"), ("乙", "组织采购。")):
        paper = Paper(form)
        paper.put(REPORTS, "16.2", "6月进展情况", "经费已列入预算。")
        paper.put(REPORTS, "16.2", "下一步打算", next_)
        paper.save(data.parent / "收件" / f"{name}.xlsx")

    runs = [collected(gaigai, "收件") for _ in range(2)]

    assert [run.status for run in runs] == [1, 1]
    assert logs(data) == {}
    (data.parent / "收件" / "甲.xlsx").unlink()
    collected(gaigai, "收件")
    assert "组织采购。".encode() in logs(data)["县财政局.yaml"]


def test_the_same_file_twice_is_one(sent: Sent, data: Path, gaigai: Gaigai) -> None:
    paper = Paper(sent("县财政局"))
    paper.put(REPORTS, "18.1", "6月进展情况", "工改经费已统筹。")
    content = paper.save().read_bytes()
    for name in ("一.xlsx", "二.xlsx"):
        (data.parent / "收件").mkdir(exist_ok=True)
        (data.parent / "收件" / name).write_bytes(content)

    run = collected(gaigai, "收件")

    assert run.status == 0
    assert "共1个单位，登记1条记录" in run.out
    assert "同一单位还交了" not in run.out


def test_a_form_that_is_returned_again(
    sent: Sent, data: Path, gaigai: Gaigai, same_as_file: SameAsFile
) -> None:
    """Only what has changed is recorded, as a 更正 of what the first return said."""
    form = sent("县住建局")
    first = filled(form, data.parent / "收件")
    collected(gaigai, "收件")
    paper = Paper(first)
    paper.put(REPORTS, "7.1", "6月进展情况", "抽查项目5个。")
    paper.put(FIGURES, "7.3", "数值", 6.8)
    paper.put(LIMITS, "14.1", "申请延期至", "2024-10-31")
    paper.put(REPORTS, "2.1", "6月进展情况", "办理分阶段许可2个。")
    paper.save()

    again = collected(gaigai, "收件", now="2024-07-01T10:00:00")
    third = collected(gaigai, "收件", now="2024-07-01T11:00:00")

    same_as_file(shown(again, third), KEPT / "returned-again.txt")
    assert gaigai("check", GAIGAI_NOW="2024-07-01T12:00:00").status == 0


def test_cells_emptied_since_the_first_return_are_told(
    sent: Sent, data: Path, gaigai: Gaigai, same_as_file: SameAsFile
) -> None:
    """Nothing is deleted; an application goes on waiting."""
    paper = Paper(filled(sent("县住建局"), data.parent / "收件"))
    collected(gaigai, "收件")
    before = logs(data)
    paper.put(REPORTS, "7.1", "存在问题", None)
    paper.put(FIGURES, "7.1", "数值", None, turn=2)
    paper.put(REPORTS, "3.1", "6月进展情况", None)
    paper.put(LIMITS, "14.1", "申请事项", None)
    paper.put(LIMITS, "14.1", "申请延期至", None)
    paper.put(LIMITS, "14.1", "延期理由", None)
    paper.put(FIGURES, "7.3", "数值", None)
    paper.save()

    again = collected(gaigai, "收件", "--dry-run", now="2024-07-01T10:00:00")

    assert logs(data) == before
    same_as_file(shown(again), KEPT / "emptied.txt")


def test_figures_are_emptied_though_another_item_has_an_indicator_of_that_id(
    sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    """Ids of indicators are unique within an item only."""
    tasks = data / "tasks.yaml"
    text = tasks.read_text(encoding="utf-8").replace("id: review-time", "id: enforcement-rate")
    tasks.write_text(text, encoding="utf-8", newline="\n")
    paper = Paper(sent("县住建局"))
    for item, value in (("7.1", 100), ("7.3", 6.5)):
        paper.put(REPORTS, item, "6月进展情况", "开展了工作。")
        paper.put(FIGURES, item, "数值", value)
    assert collected(gaigai, str(paper.save())).status == 0
    paper.put(FIGURES, "7.3", "数值", None)

    again = collected(gaigai, str(paper.save()))

    assert "提示    7.3以前登记的指标数值这次空着，原记录没有改动" in again.out
    assert "7.1以前登记" not in again.out


def test_rows_without_words(
    sent: Sent, data: Path, gaigai: Gaigai, same_as_file: SameAsFile
) -> None:
    """Figures alone are a report; what only words can carry is told, and so is an application that lacks something."""
    paper = Paper(sent("县住建局"))
    paper.put(LIMITS, "14.1", "完成百分比", "60%")
    paper.put(REPORTS, "14.1", "存在问题", "承保机构不足。")
    paper.put(REPORTS, "7.1", "存在问题", "人手不足。")
    paper.put(REPORTS, "7.2", "佐证材料", "示例住建〔2024〕9号")
    paper.put(REPORTS, "7.3", "6月进展情况", "无")
    paper.put(LIMITS, "10.2", "申请事项", "申请延期")
    paper.put(LIMITS, "10.2", "申请延期至", "2025年3月31日前")
    paper.put(LIMITS, "14.1", "申请事项", "申请延期")
    paper.put(LIMITS, "14.1", "申请延期至", "2024年8月")
    paper.save()

    run = collected(gaigai, str(paper.path))

    log = (data / "progress" / "县住建局.yaml").read_text(encoding="utf-8")
    same_as_file(f"{shown(run)}\n{without_hashes(log)}", KEPT / "without-words.txt")


def test_more_things_than_the_form_has_rows_for(sent: Sent, data: Path, gaigai: Gaigai) -> None:
    """Rows that were inserted belong to the indicator above them, copied ones to the one they name."""
    paper = Paper(sent("县住建局"))
    ws = paper.book[THINGS]
    last = paper.row(THINGS, "14.1", 6)
    for turn, row in enumerate((*range(last - 5, last + 1), last + 1, last + 2), 1):
        for column, value in zip(
            (6, 7, 8), (f"示例项目{turn}", "2024-06-18", f"示例-{turn}"), strict=True
        ):
            ws.cell(row, column).value = value
    ws.cell(last + 2, 1).value = "14.1"
    ws.cell(last + 2, 2).value = ws.cell(last, 2).value
    ws.cell(last + 2, 5).value = "第8件"
    paper.save()

    run = collected(gaigai, str(paper.path))

    assert run.status == 0, run.out
    assert "+ 进展  14.1  报送数据：保险试点实施项目新增8个。" in run.out
    again = collected(gaigai, str(paper.path))
    assert "没有新的内容" in again.out


def test_a_thing_of_the_year_before_keeps_no_other_from_being_recorded(
    sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    """It is told at its own cell."""
    paper = Paper(sent("县住建局"))
    first = paper.row(THINGS, "14.1", 1)
    for row, day in ((first, "6月18日"), (first + 1, "2023-06-18")):
        for column, value in zip((6, 7, 8), (f"示例项目{row}", day, f"示例-{row}"), strict=True):
            paper.book[THINGS].cell(row, column).value = value
    paper.save()

    run = collected(gaigai, str(paper.path))

    assert run.status == 1
    assert f"逐件登记!G{first + 1}：2023-06-18早于清单的任务年度2024年" in run.out
    assert "+ 进展  14.1  报送数据：保险试点实施项目新增1个。" in run.out


def test_a_form_that_names_another_unit(
    sent: Sent, data: Path, gaigai: Gaigai, same_as_file: SameAsFile
) -> None:
    """On its face: nothing is taken. By its file's name alone: taken, and told."""
    paper = Paper(sent("县财政局"))
    paper.put(REPORTS, "16.2", "6月进展情况", "经费已列入预算。")
    paper.save(data.parent / "收件" / "县住建局.xlsx")
    paper = Paper(sent("县水利局"))
    paper.put(REPORTS, "1.2", "6月进展情况", "开展了工作。")
    label = next(
        c for r in paper.book[REPORTS].iter_rows() for c in r if "报送单位" in str(c.value)
    )
    label.value = "报送单位：县林业局"
    paper.save(data.parent / "收件" / "表.xlsx")

    run = collected(gaigai, "收件")

    assert list(logs(data)) == ["县财政局.yaml"]
    same_as_file(shown(run), KEPT / "another-unit.txt")


def test_a_form_that_names_another_month(
    sent: Sent, data: Path, gaigai: Gaigai, same_as_file: SameAsFile
) -> None:
    """By its title, its file's name or its day: nothing is taken unless it is named with its month; a week late is usual."""
    form = sent("县财政局")
    for name, day in (
        ("标题", "6月28日"),
        ("2024年7月表", None),
        ("日期", "2024-07-25"),
        ("财政6月（7月8日改）", "7月8日"),
        ("财政2024.7", None),
        ("财政20240725", None),
        ("财政7.8", None),
    ):
        paper = Paper(form)
        paper.put(REPORTS, "18.1" if "7月8日改" in name else "16.2", "6月进展情况", f"{name}。")
        paper.filled_on(day)
        if name == "标题":
            paper.book[LIMITS]["A2"] = "二〇二四年七月有时限事项进度"
        paper.save(data.parent / "收件" / "股室" / f"{name}.xlsx")
    now = "2024-07-26T09:00:00"

    run = collected(gaigai, "收件", "--month", "6月", now=now)
    meant = collected(gaigai, "收件/股室/日期.xlsx", "--month", "6月", "--dry-run", now=now)

    same_as_file(shown(run, meant), KEPT / "another-month.txt")
    two = ("收件/股室/日期.xlsx", "收件/股室/标题.xlsx")  # each is to be collected by itself
    assert "2处没有登记" in collected(gaigai, *two, "--month", "6月", now=now).out


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("2024年第三季度任务进展报送表", "写的是2024年第三季度"),
        ("下半年任务进展报送表", "写的是2024年7月至12月"),
        ("2023年二季度任务进展报送表", "写的是2023年第二季度"),
        ("2024年第二季度任务进展报送表", None),
        ("上半年任务进展报送表", None),
        ("第三季度到期任务6月进展报送表", None),
    ],
)
def test_a_form_that_names_a_quarter_or_half_of_a_year(
    title: str, told: str | None, sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    paper = Paper(sent("县财政局"))
    paper.put(REPORTS, "16.2", "6月进展情况", "经费已列入预算。")
    paper.book[REPORTS]["A2"] = title
    paper.save()

    run = collected(gaigai, str(paper.path.parent), now="2024-07-26T09:00:00")

    assert list(logs(data)) == ([] if told else ["县财政局.yaml"])
    assert told is None or told in run.out.replace("\n          ", "")


def test_what_is_said_of_an_application_is_what_was_done(
    sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    """The month's report is recorded though the application, of a later month, can't be; December's is of its year."""
    paper = Paper(sent("县财政局", "2024-12", "2024-12-20T09:00:00"))
    paper.put(REPORTS, "16.2", "12月进展情况", "已拨付。")
    paper.put(REPORTS, "16.2", "佐证材料", "示财〔2024〕15号")
    paper.put(LIMITS, "16.2", "申请事项", "申请销号")
    paper.filled_on("1月8日")
    paper.save()
    now = "2025-01-08T09:00:00"
    assert (
        gaigai(
            "done",
            "16.2",
            "--unit",
            "县财政局",
            *BY,
            "--evidence",
            "示财〔2024〕9号",
            GAIGAI_NOW=now,
        ).status
        == 0
    )

    run = collected(gaigai, str(paper.path), now=now)

    assert run.status == 1
    assert "+ 进展  16.2  已拨付。" in run.out
    assert "16.2的申请销号没有登记：事项16.2此时为“待核验”" in run.out
    status = gaigai("collect", "--status", "--month", "2024-12", GAIGAI_NOW=now)
    assert "2024年12月报送情况" in status.out


def test_no_day_is_told_of_an_application_that_is_not_recorded(
    sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    """It counts as of no day: only the refusal is told, though the form has no 填报日期."""
    paper = Paper(sent("县财政局"))
    paper.put(REPORTS, "16.2", "6月进展情况", "正在办理。")
    paper.put(LIMITS, "16.2", "申请事项", "申请延期")
    paper.put(LIMITS, "16.2", "申请延期至", "6月30日")
    paper.put(LIMITS, "16.2", "延期理由", "资金未到位。")
    paper.save()

    run = collected(gaigai, str(paper.path))

    assert run.status == 1
    assert "16.2的申请延期没有登记" in run.out
    assert "表上没有填报日期" not in run.out


def test_forms_of_units_that_were_merged_since(
    sent: Sent, data: Path, gaigai: Gaigai, same_as_file: SameAsFile
) -> None:
    """Of the old unit and the new one: read as one unit's under its name of today; the list stays as it was issued."""
    for unit, item, words in (
        ("县城管局", "1.2", "城管部分已办结3件。"),
        ("县住建局", "7.1", "抽查4个。"),
    ):
        paper = Paper(sent(unit))
        paper.put(REPORTS, item, "6月进展情况", words)
        paper.save(data.parent / "收件" / f"{unit}.xlsx")
    departments = data / "departments.yaml"
    text = departments.read_text(encoding="utf-8")
    gone = re.search(r"  - name: 县城管局\n(?:    .*\n)+", text)
    kept = re.search(r"  - name: 县住建局\n(?:    .*\n)+", text)
    assert gone is not None
    assert kept is not None
    merged = kept[0].replace("former: []", "former: [县城管局]")
    text = text.replace(gone[0], "").replace(kept[0], merged)
    departments.write_text(text, encoding="utf-8", newline="\n")

    tried = collected(gaigai, "收件", "--dry-run")
    taken = collected(gaigai, "收件")

    assert (tried.status, taken.status) == (0, 0), tried.out
    same_as_file(shown(taken), KEPT / "merged-units.txt")
    assert list(logs(data)) == ["县住建局.yaml"]
    assert gaigai("check", GAIGAI_NOW=BACK).status == 0
    (item,) = json.loads(gaigai("list", "--task", "4", "--format", "json", GAIGAI_NOW=BACK).out)
    assert (item["lead"], "县住建局" in item["responsible"]) == (["县住建局"], False)


def test_a_form_that_an_earlier_program_sent(data: Path, gaigai: Gaigai) -> None:
    """What lay with the units when the program was upgraded is collected: cells, columns and mark are where they were."""
    instructed(gaigai, "落实工改经费。")
    paper = Paper(KEPT.parent.parent / "forms" / "kept" / "sent-by-an-earlier-program.xlsx")
    paper.put(REPORTS, "16.2", "6月进展情况", "经费已下达。")
    paper.put(REPORTS, "16.2", "存在问题", "票据未齐。")
    paper.put(REPORTS, "16.2", "下一步打算", "月底前补齐。")
    paper.put(REPORTS, "16.2", "佐证材料", "示财〔2024〕15号")
    paper.put(LIMITS, "16.2", "完成百分比", "60%")
    paper.put(LIMITS, "18.1", "申请事项", "申请延期")
    paper.put(LIMITS, "18.1", "申请延期至", "8月31日")
    paper.put(LIMITS, "18.1", "延期理由", "预算调剂。")
    paper.filled_on("2024-06-25")
    paper.save(data.parent / "收件" / "县财政局2024年6月进展报送表.xlsx")

    run = collected(gaigai, "收件")

    assert (run.status, run.err) == (0, ""), run.out
    said = logs(data)["县财政局.yaml"].decode("utf-8")
    for words in (
        "date: 2024-06-25", "percent: 60", "problems: 票据未齐。", "next: 月底前补齐。",
        "evidence: [示财〔2024〕15号]", "due: 2024-08-31", "reason: 预算调剂。",
    ):  # fmt: skip
        assert words in said


def instructed(
    gaigai: Gaigai, summary: str, *more: str, to: str = "县财政局", now: str = "2024-06-17T09:00:00"
) -> str:
    """Enter a 批示 that 县财政局 is to answer, and return its number."""
    asked = ("--handling", "批办", "--to", to, "--reply-by", "6月30日", "--summary", summary)
    run = gaigai("instruct", "--leader", "示例长", *asked, *more, *BY, GAIGAI_NOW=now)
    assert run.status == 0, run.err
    found = re.search(r"- id: (\S+)", run.out)
    assert found is not None
    return found[1]


def test_answers_to_instructions(
    sent: Sent, data: Path, gaigai: Gaigai, same_as_file: SameAsFile
) -> None:
    """They are asked for on a sheet behind the others, where there are any, and recorded once, whatever they come in."""
    before = sent("县水利局").read_bytes()
    paper = ("--document", "关于帮代办经费的请示", "--number", "示例〔2024〕5号")
    more = ("--post", "县委副书记", "--assist", "县住建局", "--urgent", "--item", "16.2", *paper)
    instructed(gaigai, "尽快拨付帮代办经费。", *more, "--words", "再拖不得。")
    (data.parent / "议定.txt").write_text(
        "第3条|落实工改经费|县财政局||6月30日|18.1\n第4条|研究帮代办机制|县财政局、县城管局||\n",
        encoding="utf-8",
    )
    meeting = ("--meeting", "县政府第12次常务会议", "--number", "示例纪要〔2024〕12号")
    gaigai("resolve", *meeting, "--lines", "议定.txt", *BY, GAIGAI_NOW="2024-06-18T09:00:00")
    form = Paper(sent("县财政局"))
    sheet = as_text(form.book).partition(f"== {INSTRUCTED}\n")[2]
    form.put(INSTRUCTED, "交办1", "办理反馈", "30万元已于6月24日拨付。")
    form.put(INSTRUCTED, "交办1", "反馈日期", "6月24日")
    form.put(INSTRUCTED, "交办1", "佐证材料", "示例财〔2024〕15号\n见附件；附件1：拨付单.pdf")
    form.put(INSTRUCTED, "交办3", "佐证材料", "示例财〔2024〕16号")
    (data.parent / "收件").mkdir()
    (data.parent / "收件" / "拨付单.pdf").write_bytes(b"%PDF example")
    form.put(INSTRUCTED, "交办2", "办理反馈", "已列入\n7月用款计划。")
    form.filled_on("2024-06-26")
    form.save(data.parent / "收件" / "县财政局.xlsx")

    tried = collected(gaigai, "收件", "--dry-run")
    taken = collected(gaigai, "收件")
    log = (data / "progress" / "县财政局.yaml").read_text(encoding="utf-8")
    form.put(INSTRUCTED, "交办1", "反馈日期", "6月25日")
    form.put(INSTRUCTED, "交办2", "办理反馈", "已拨付60万元。")
    form.save(data.parent / "收件二" / "县财政局.xlsx")
    again = collected(gaigai, "收件二")
    twice = collected(gaigai, "收件", "收件二")

    same_as_file(sheet + "\n" + shown(tried, taken, again, twice), KEPT / "answers.txt")
    same_as_file(without_hashes(log), KEPT / "answers.yaml")
    assert gaigai("check", GAIGAI_NOW=BACK).status == 0
    assert sent("县水利局").read_bytes() == before


def test_answers_that_are_not_taken(
    sent: Sent, data: Path, gaigai: Gaigai, same_as_file: SameAsFile
) -> None:
    """Each is told by its cell: what was withdrawn or answered otherwise meanwhile, and what can't have been so."""
    asked = (
        "已撤回",
        "已电话反馈",
        "改交他人",
        "早于交办",
        "晚于今天",
        "没有日子",
        "没有反馈",
        "已阅结",
    )
    numbers = {words: instructed(gaigai, f"{words}的事。") for words in asked}
    form = Paper(sent("县财政局"))
    for turn, words in enumerate(asked, 1):
        if words != "没有反馈":
            form.put(INSTRUCTED, f"交办{turn}", "办理反馈", f"{words}：已办。")
    for words, day in (
        ("早于交办", "2024-06-16"), ("晚于今天", "6月29日"), ("没有日子", "6月中旬"), ("没有反馈", "6月25日"),
    ):  # fmt: skip
        form.put(INSTRUCTED, f"交办{asked.index(words) + 1}", "反馈日期", day)
    form.put(INSTRUCTED, "交办1", "办理时限", "2024年12月31日")
    ws, below = form.book[INSTRUCTED], form.row(INSTRUCTED, f"交办{len(asked)}") + 1
    ws.cell(below + 1, form.column(INSTRUCTED, "办理反馈")).value = "另有一件也办了。"
    form.filled_on("2024-06-26")
    form.save(data.parent / "收件" / "县财政局.xlsx")
    at = {"GAIGAI_NOW": "2024-06-27T09:00:00"}
    answer = ("--unit", "县财政局", "--via", "电话", "--summary", "正在办。", *BY)
    for command in (
        ("correct", numbers["已撤回"], "--void", "--reason", "领导收回。", *BY),
        ("answer", numbers["已电话反馈"], *answer),
        ("correct", numbers["改交他人"], "--set", "to=县水利局", "--reason", "交错了。", *BY),
        ("answer", numbers["已阅结"], *answer),
        ("present", numbers["已阅结"], *BY),
        ("read", numbers["已阅结"], "--summary", "已阅。", *BY),
    ):
        run = gaigai(*command, **at)
        assert run.status == 0, run.err
    before = logs(data)

    run = collected(gaigai, "收件")

    same_as_file(shown(run), KEPT / "answers-not-taken.txt")
    assert logs(data) == before


def test_a_unit_of_which_nothing_but_an_answer_is_asked(
    sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    """It has a form with that sheet alone, and the day of collecting stands for the one that nobody wrote."""
    with (data / "departments.yaml").open("a", encoding="utf-8", newline="\n") as file:
        file.write("  - name: 示例闲局\n    initials: [slxj]\n")
    instructed(gaigai, "报一份材料。", to="示例闲局")
    form = Paper(sent("示例闲局"))
    assert form.book.sheetnames == [INSTRUCTED, "gaigai"]
    form.put(INSTRUCTED, "交办1", "办理反馈", "已报。")
    form.save(data.parent / "收件" / "示例闲局.xlsx")
    lies_there = gaigai("collect", "收件", "--status", GAIGAI_NOW=BACK).out
    run = collected(gaigai, "收件")
    assert run.status == 0, run.out
    is_taken = gaigai("collect", "收件", "--status", GAIGAI_NOW=BACK).out
    assert re.search(r"示例闲局 +待登记 +0 +0 +0 +1$", lies_there, re.MULTILINE)
    assert re.search(r"示例闲局 +报表 +0 +0 +0$", is_taken, re.MULTILINE)
    assert "交办1的办理反馈按收表日期2024-06-28计" in run.out
    assert "date: 2024-06-28" in logs(data)["示例闲局.yaml"].decode("utf-8")
    other = collected(gaigai, "收件", "--month", "2024-05")
    assert "这是2024年6月的表，没有登记" in other.out


def test_a_form_of_a_unit_that_was_split_since(sent: Sent, data: Path, gaigai: Gaigai) -> None:
    """Each item is recorded for the unit that goes on with it, in the dry run as in the real one."""
    instructed(gaigai, "压缩审批时间。", "--item", "10.2", to="县交通局")
    number = instructed(gaigai, "开一次会。", "--item", "10.2", to="县交通局")
    said = ("--unit", "县交通局", "--via", "电话", "--summary", "已开会。")
    gaigai("answer", number, *said, *BY, GAIGAI_NOW="2024-06-18T09:00:00")
    paper = Paper(sent("县交通局"))
    for item in ("4.1", "10.2"):
        paper.put(REPORTS, item, "6月进展情况", f"{item}已办结3件。")
    paper.put(INSTRUCTED, "交办1", "办理反馈", "已压缩至3天。")
    paper.put(INSTRUCTED, "交办1", "反馈日期", "6月26日")
    paper.save(data.parent / "收件" / "交通局.xlsx")
    with (data / "departments.yaml").open("a", encoding="utf-8", newline="\n") as units:
        units.write(SPLIT)

    tried = collected(gaigai, "收件", "--dry-run")
    taken = collected(gaigai, "收件")

    assert (tried.status, taken.status) == (0, 0), tried.out
    assert list(logs(data)) == [
        "县交通局.yaml",
        "县发改局.yaml",
        "县工改办.yaml",
        "示例水务局.yaml",
    ]
    for run in (tried, taken):
        assert "10.2由示例水务局承接，记在示例水务局名下。" in run.out
        assert "交办1由示例水务局承接，记在示例水务局名下。" in run.out
        assert "4.1由" not in run.out
    assert gaigai("check", GAIGAI_NOW=BACK).status == 0
    shown_item = gaigai("show", "10.2", GAIGAI_NOW=BACK).out
    assert "示例水务局" in shown_item
    assert collected(gaigai, "收件").out.count("+ ") == 0
    listed = json.loads(gaigai("instructions", "--format", "json", GAIGAI_NOW=BACK).out)
    assert [one["missing"] for one in listed] == [[], []]
    paper.put(INSTRUCTED, "交办1", "反馈日期", "6月25日")
    paper.save(data.parent / "收件" / "交通局.xlsx")
    assert "反馈日期以前登记为2024-06-26" in collected(gaigai, "收件").out


SPLIT = """\
reforms:
  - basis: 示例发〔2024〕8号
    effective: 2024-06-21
    handed_over: 2024-06-21
    new: [{name: 示例水务局}]
    became:
      - {unit: 县交通局, to: [县发改局, 示例水务局], items: {"4.1": 县发改局, "10.2": 示例水务局}}
"""


def test_a_form_that_says_something_of_the_other_heir_alone(
    sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    paper = Paper(sent("县交通局"))
    paper.put(REPORTS, "10.2", "6月进展情况", "已办结3件。")
    paper.save(data.parent / "收件" / "交通局.xlsx")
    with (data / "departments.yaml").open("a", encoding="utf-8", newline="\n") as units:
        units.write(SPLIT)

    run = collected(gaigai, "收件")

    assert run.status == 0, run.out
    assert "10.2由示例水务局承接，记在示例水务局名下。" in run.out
    assert (data / "evidence" / "县发改局" / "交通局.xlsx").is_file()
    assert gaigai("check", GAIGAI_NOW=BACK).status == 0


def test_one_log_of_two_that_cannot_be_written(sent: Sent, data: Path, gaigai: Gaigai) -> None:
    """What stands in the other is told, and not recorded again."""
    paper = Paper(sent("县交通局"))
    for item in ("4.1", "10.2"):
        paper.put(REPORTS, item, "6月进展情况", f"{item}已办结3件。")
    paper.save(data.parent / "收件" / "交通局.xlsx")
    with (data / "departments.yaml").open("a", encoding="utf-8", newline="\n") as units:
        units.write(SPLIT)
    blocked = data / "progress" / "示例水务局.yaml"
    blocked.mkdir(parents=True)

    run = collected(gaigai, "收件")

    assert run.status == 1
    told = "是一个文件夹，不是文件。请移走或改名后再试；4.1的记录已经写入，不必重记，其余的请再收一次。"
    assert told in "".join(run.out.split())
    assert run.out.count("+ ") == 1
    blocked.rmdir()
    assert collected(gaigai, "收件").out.count("+ ") == 1
    assert gaigai("check", GAIGAI_NOW=BACK).status == 0


def test_long_names_and_long_texts(sent: Sent, data: Path, gaigai: Gaigai) -> None:
    """A name is shortened as far as a file's name goes, a text as far as a cell; the form comes back all the same."""
    long = f"示例县{'某某' * 27}工作组"
    for file in ("departments", "tasks"):
        text = (data / f"{file}.yaml").read_text(encoding="utf-8").replace("县税务局", long)
        (data / f"{file}.yaml").write_text(text, encoding="utf-8", newline="\n")
    told = gaigai(
        "update", "16.2", "--unit", "县财政局", *BY, "--summary", "长" * 33_000, GAIGAI_NOW=SENT
    )
    assert told.status == 0

    made = gaigai("form", "--all", "--month", "7", GAIGAI_NOW="2024-07-10T09:00:00")

    names = made.out.splitlines()
    assert len(names) == 17
    (cut,) = (name for name in names if "某" in name)
    assert cut.endswith("某某2024年7月进展报送表.xlsx")
    assert 198 <= len(Path(cut).name.encode()) <= 200
    paper = Paper(next(data.parent / name for name in names if "财政局" in name))
    assert str(paper.cell(REPORTS, "16.2", "上次报送").value).endswith(
        "长……（未完，全文见 gaigai show）"
    )
    paper.put(REPORTS, "18.1", "7月进展情况", "七月。")
    paper.save()
    run = collected(gaigai, str(paper.path), now="2024-07-20T09:00:00")
    assert (run.status, "+ 进展  18.1  七月。" in run.out) == (0, True), run.out


def test_attachments_that_are_called_almost_so(sent: Sent, data: Path, gaigai: Gaigai) -> None:
    paper = Paper(sent("县财政局"))
    paper.put(REPORTS, "16.2", "6月进展情况", "已拨付。")
    paper.put(REPORTS, "16.2", "佐证材料", "凭证(1).pdf\n照片 1.jpg\n名单.xlsx")
    paper.put(REPORTS, "16.2", "存在问题", "无")
    folder = data.parent / "收件"
    paper.save(folder / "表.xlsx")
    for name in ("凭证（1）.PDF", "照片1.jpg", "照片１.JPG", "名 单.xlsx"):
        (folder / name).write_bytes(name.encode())

    run = collected(gaigai, "收件", "--dry-run")

    assert run.status == 0, run.out
    assert (
        "佐证：evidence/县财政局/凭证（1）.PDF；照片 1.jpg；evidence/县财政局/名 单.xlsx" in run.out
    )
    assert "存在问题" not in run.out
    assert "附件“照片 1.jpg”和照片1.jpg、照片１.JPG都像，没有收，只登记了文件名" in run.out


def test_files_named_on_one_line(sent: Sent, data: Path, gaigai: Gaigai) -> None:
    paper = Paper(sent("县住建局"))
    paper.put(REPORTS, "7.1", "6月进展情况", "抽查项目4个。")
    words = "附件1：抽查记录.docx、现场 照片.jpg;示例住建〔2024〕8号、9号"
    paper.put(REPORTS, "7.1", "佐证材料", words)
    paper.put(REPORTS, "7.2", "6月进展情况", "试点。")
    paper.put(REPORTS, "7.2", "佐证材料", f"{'很长的名字' * 30}.pdf")
    folder = data.parent / "收件"
    paper.save(folder / "表.xlsx")
    for name in ("抽查记录.docx", "现场 照片.jpg", "没人提到.pdf"):
        (folder / name).write_bytes(b"x")

    run = collected(gaigai, "收件")

    assert run.status == 0, run.out
    assert "另有1个文件没有报送表提到，没有收：没人提到.pdf。" in run.err
    ledger = read_ledger(Folder(data)).ledger
    assert ledger is not None
    first, second = (e.record.evidence or () for e in ledger.entries)
    assert [one if isinstance(one, str) else one.file for one in first] == [
        "evidence/县住建局/抽查记录.docx",
        "evidence/县住建局/现场 照片.jpg",
        "示例住建〔2024〕8号、9号",
    ]
    assert len(second) == 1


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ("乙/1.xls", "附件1.xls"),
        ("乙/附件1.xls", "附件1.xls"),
        ("甲/1.xls", "附件1.xls"),
        ("甲/名单.xls", "培训名单.xls"),
    ],
)
def test_a_form_that_cannot_be_read_is_told_whatever_others_name(
    sent: Sent, data: Path, gaigai: Gaigai, other: str, words: str
) -> None:
    """A file counts as evidence only under its whole name, beside the form that names it."""
    folder = data.parent / "收件"
    paper = Paper(sent("县财政局"))
    paper.put(REPORTS, "16.2", "6月进展情况", "经费已列入预算。")
    paper.put(REPORTS, "16.2", "佐证材料", words)
    paper.save(folder / "甲" / "财政.xlsx")
    (folder / "乙").mkdir()
    (folder / other).write_bytes(b"\xd0\xcf")

    run = collected(gaigai, "收件")

    assert run.status == 1
    assert f"没有收：{other}不是 xlsx 文件。" in run.err


def test_another_file_is_not_taken_as_evidence(sent: Sent, data: Path, gaigai: Gaigai) -> None:
    paper = Paper(sent("县财政局"))
    paper.put(REPORTS, "16.2", "6月进展情况", "经费已列入预算。")
    paper.put(REPORTS, "16.2", "佐证材料", "附件2024年报.pdf")
    paper.save(data.parent / "收件" / "表.xlsx")
    (data.parent / "收件" / "年报.pdf").write_bytes(b"%PDF")

    run = collected(gaigai, "收件")

    assert "附件“附件2024年报.pdf”不在报送表旁边，只登记了文件名。" in run.out
    assert "另有1个文件没有报送表提到，没有收：年报.pdf。" in run.err


def test_an_older_return_found_again_changes_nothing(
    sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    form = sent("县财政局")
    for words in ("经费正在协调。", "经费已列入预算。"):
        paper = Paper(form)
        paper.put(REPORTS, "16.2", "6月进展情况", words)
        paper.save(data.parent / f"{words}.xlsx")
        assert collected(gaigai, f"{words}.xlsx").status == 0
    before = logs(data)

    run = collected(gaigai, "经费正在协调。.xlsx")

    assert "没有新的内容" in run.out
    assert logs(data) == before


def test_collected_after_the_month(sent: Sent, data: Path, gaigai: Gaigai) -> None:
    """What was done is June's; an application bears the day on which it came."""
    paper = Paper(sent("县财政局"))
    paper.put(REPORTS, "18.1", "6月进展情况", "工改经费已拨付到位。")
    paper.put(REPORTS, "18.1", "佐证材料", "示例财预〔2024〕16号")
    paper.put(LIMITS, "18.1", "完成百分比", 100)
    paper.put(LIMITS, "18.1", "申请事项", "申请销号")
    paper.put(LIMITS, "18.1", "逾期原因", "审批环节多。")
    paper.save()

    run = collected(gaigai, str(paper.path), now="2024-07-03T09:00:00")

    assert run.status == 0, run.out
    log = (data / "progress" / "县财政局.yaml").read_text(encoding="utf-8")
    assert [line.strip() for line in log.splitlines() if "date:" in line or "period:" in line] == [
        "date: 2024-06-30",
        "date: 2024-07-03",
        "period: 2024-06",
    ]
    listed = gaigai("show", "18.1", "--format", "json", GAIGAI_NOW="2024-07-03T10:00:00")
    item = json.loads(listed.out)
    assert (item["status"], item["late"]) == ("待核验", True)


def test_other_months_lists_and_files(
    sent: Sent, data: Path, gaigai: Gaigai, same_as_file: SameAsFile
) -> None:
    folder = data.parent / "收件"
    for unit, month, now in (
        ("县财政局", "2024-06", SENT),
        ("县水利局", "2024-06", SENT),
        ("县林业局", "2024-05", "2024-05-20T09:00:00"),
    ):
        paper = Paper(sent(unit, month, now))
        item = "16.2" if unit == "县财政局" else "1.1"
        paper.put(REPORTS, item, f"{int(month[5:])}月进展情况", "开展了工作。")
        paper.save(folder / f"{unit}.xlsx")
    paper.book["gaigai"]["A3"].value = "[]"
    paper.save(folder / "标记被改.xlsx")
    for name, content in (
        ("空的.xlsx", b""),
        ("半个.xlsx", b"PK"),
        ("加密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)),
        ("旧表.xls", b"\xd0\xcf"),
        ("打包.zip", b"PK"),
        ("附件.pdf", b"%PDF"),
        ("~$县财政局.xlsx", b"lock"),
        ("Thumbs.db", b"thumbs"),
    ):
        (folder / name).write_bytes(content)
    tasks = data / "tasks.yaml"
    text = tasks.read_text(encoding="utf-8").replace("〔2024〕1号", "〔2024〕9号")
    text = text.replace("帮代办优化服务经费。", "帮代办优化服务经费和人员。")
    tasks.write_text(text, encoding="utf-8", newline="\n")

    run = collected(gaigai, "收件")

    same_as_file(shown(run), KEPT / "others.txt")


def test_status(sent: Sent, data: Path, gaigai: Gaigai, same_as_file: SameAsFile) -> None:
    """Items that were left empty, indicators without a number, and what was demanded and isn't answered."""
    folder = data.parent / "收件"
    number = instructed(gaigai, "拨付帮代办经费。")
    instructed(
        gaigai, "说明经费情况。", "--document", "关于经费的请示", "--number", "示例〔2024〕5号"
    )
    answer = ("--unit", "县财政局", "--summary", "已拨付。", *BY)
    assert gaigai("answer", number, *answer, GAIGAI_NOW=BACK).status == 0
    filled(sent("县住建局"), folder)
    collected(gaigai, "收件")
    paper = Paper(sent("县水利局"))
    paper.save(folder / "县水利局.xlsx")
    paper = Paper(sent("县林业局"))
    paper.put(REPORTS, "1.1", "6月进展情况", "开展了工作。")
    paper.save(folder / "县林业局.xlsx")
    gaigai(
        "update",
        "16.2",
        "--unit",
        "县财政局",
        "--summary",
        "经费已列入预算。",
        *BY,
        GAIGAI_NOW=BACK,
    )
    report = ("--unit", "县住建局", "--summary", "已在全县推开。", "--metric", "bim-rules=120")
    assert gaigai("update", "7.2", *report, *BY, GAIGAI_NOW=BACK).status == 0
    letter = data.parent / "来函.txt"
    letter.write_text("示例\n", encoding="utf-8", newline="\n")
    words = (
        "--unit",
        "县交通局",
        "--via",
        "书面",
        "--source",
        str(letter),
        "--summary",
        "已配合。",
    )
    assert gaigai("update", "4.1", *words, *BY, GAIGAI_NOW=BACK).status == 0
    before = logs(data)

    run = gaigai("collect", "收件", "--status", GAIGAI_NOW=BACK, COLUMNS="100")

    assert logs(data) == before
    same_as_file(shown(run), KEPT / "status.txt")


@pytest.mark.parametrize(
    ("how", "count", "told"),
    [
        ("报表", 1, "各单位都已报送。"),
        ("空表", 0, "没有未交的单位。"),
        ("未交", 0, "未交：县甲局。"),
    ],
)
def test_an_empty_form_is_returned_and_reports_nothing(how: str, count: int, told: str) -> None:
    shown = standing_page([Standing("县甲局", how, 1, ("1.1",))], Period.of(2024, 6)).text(100)
    assert f"共1个单位，已报送{count}个" in shown
    assert shown.rstrip().endswith(told)


@pytest.mark.parametrize("lies", [None, "附件.pdf"])
def test_status_before_any_form_came(data: Path, gaigai: Gaigai, lies: str | None) -> None:
    """Every unit still owes one; a form is demanded only where forms are to be collected."""
    folder = data.parent / "收件"
    folder.mkdir()
    if lies:
        (folder / lies).write_bytes(b"%PDF")
    at = {"GAIGAI_NOW": SENT, "COLUMNS": "100"}

    run = gaigai("collect", "收件", "--status", "--month", "2024-06", **at)

    by_records = gaigai("collect", "--status", "--month", "2024-06", **at)
    assert run.out == by_records.out
    assert by_records.err == (
        "没有写收到的表在哪里，以上只看登记：交回来没有填的、还没有登记的，也算未交。要分清，写上存放表的文件夹。\n"
    )
    assert "共17个单位，已报送0个" in run.out
    told = f"另有1个文件没有报送表提到，没有收：{lies}。\n" if lies else ""
    assert (run.status, run.err) == (0, told)


def test_form_says_what_it_wrote_and_never_overwrites_what_was_filled_in(
    data: Path, gaigai: Gaigai, same_as_file: SameAsFile
) -> None:
    every = gaigai("form", "--all", "--month", "2024-06", GAIGAI_NOW=SENT)
    again = gaigai("form", "--unit", "czj", "--month", "2024-06", GAIGAI_NOW=SENT)
    paper = Paper(data.parent / "reports/forms/2024-06/县财政局2024年6月进展报送表.xlsx")
    content = paper.save().read_bytes()
    refused = gaigai("form", "--unit", "czj", "--month", "2024-06", GAIGAI_NOW=SENT)
    assert paper.path.read_bytes() == content
    forced = gaigai("form", "--unit", "czj", "--month", "2024-06", "--force", GAIGAI_NOW=SENT)

    assert again.status == 0
    same_as_file(shown(every, refused, forced), KEPT / "form.txt")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("form",), "没有写明给哪个单位出表"),
        (("form", "--all", "--unit", "czj"), "单位和 --all 只能写一种"),
        (("form", "--all", "--month", "2024-04"), "2024-04不在清单的报送月份之内"),
        (("form", "--all", "--month", "六个月"), "--month 写错了"),
        (("collect",), "没有写明报送表在哪里"),
        (("collect", "没有"), "没有“没有”这个文件或文件夹"),
        (("collect", "data"), "“data”里没有报送表"),
        (("collect", "data", "--date", "2024-07-09"), "--date 2024-07-09 晚于今天"),
    ],
)
def test_wrong_use(data: Path, gaigai: Gaigai, words: tuple[str, ...], sentence: str) -> None:
    extra = BY if words[0] == "collect" else ()
    run = gaigai(*words, *extra, GAIGAI_NOW=BACK)

    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(f"错误：{sentence}")


def test_only_the_office_collects(sent: Sent, data: Path, gaigai: Gaigai) -> None:
    form = sent("县财政局")
    run = gaigai("collect", str(form), *BY, GAIGAI_NOW=BACK, GAIGAI_UNIT="县财政局")

    assert run.status == 2
    assert run.err.startswith("错误：收表由县工改办办理，本机设定的单位是县财政局")


def test_forms_that_come_back_as_they_went_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gaigai: Gaigai
) -> None:
    """They add nothing, whoever's they are."""
    monkeypatch.chdir(tmp_path)
    data = copied(EXAMPLE, tmp_path)
    now = "2024-09-20T09:00:00"
    units = ("县住建局", "县工改办", "县政务服务中心", "园区管委会")
    names = [word for unit in units for word in ("--unit", unit)]
    gaigai("form", *names, "--out", "收件", GAIGAI_NOW=now)
    for path in sorted(Path("收件").iterdir())[::2]:
        Paper(path).save()
    before = logs(data)

    run = collected(gaigai, "收件", now=now)

    assert run.status == 0, run.out
    assert "没有新的内容" in run.out
    assert logs(data) == before


STAGED = {
    "tasks.yaml": {
        "notice": {
            "title": "示例清单", "number": "示例〔2024〕1号", "issuer": "示例办", "issued": "2024-01-02",
            "year": 2024, "addressee": "各单位", "office": "示例办", "example": True,
        },
        "tasks": [{
            "id": "1",
            "title": "示例任务",
            "units": {"text": "★示例甲局", "lead": ["示例甲局"]},
            "items": [
                {"id": "1.1", "content": "分步做。", "deadline": {
                    "text": "2024年4月底前出方案，2024年9月底前完成", "kind": "staged", "stages": [
                        {"id": "方案", "text": "出方案", "due": "2024-04-30"},
                        {"id": "完成", "text": "完成", "due": "2024-09-30"}]}},
                {"id": "1.2", "content": "按季报。", "deadline": {
                    "text": "每季度末", "kind": "recurring", "every": "quarter", "day": 31,
                    "from": "2024-01-02", "until": "2024-12-31"}},
                {"id": "1.3", "content": "批准后做。", "deadline": {"text": "项目批准后", "kind": "unset"}},
            ],
        }],
    },
    "departments.yaml": {"units": [{"name": "示例甲局"}, {"name": "示例办"}]},
}  # fmt: skip


def test_stages_and_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gaigai: Gaigai) -> None:
    """An application is about the current stage; only dated items have a place for one."""
    monkeypatch.chdir(tmp_path)
    Path("清单.json").write_text(json.dumps(STAGED), encoding="utf-8")
    assert gaigai("import", "清单.json", "--out", "data").status == 0
    now = "2024-04-20T09:00:00"
    form = gaigai("form", "--unit", "示例甲局", "--month", "2024-04", GAIGAI_NOW=now).out.strip()
    paper = Paper(Path(form))
    assert paper.cell(LIMITS, "1.1", "现行时限").value == "“出方案”阶段\n2024年4月30日"
    with pytest.raises(IndexError):
        paper.row(LIMITS, "1.2")
    for item in ("1.1", "1.2", "1.3"):
        paper.put(REPORTS, item, "4月进展情况", "开展了工作。")
    paper.put(REPORTS, "1.1", "佐证材料", "示例方案〔2024〕1号")
    paper.put(LIMITS, "1.1", "申请事项", "申请销号")
    paper.save()

    run = collected(gaigai, form, now=now)

    assert run.status == 0, run.out
    ledger = read_ledger(Folder(Path("data"))).ledger
    assert ledger is not None
    said = [(e.record.item, e.record.kind, e.record.stage) for e in ledger.entries]
    assert said == [("1.1", "申请销号", "方案"), ("1.2", "进展", None), ("1.3", "进展", None)]


def test_a_log_that_cannot_be_written_stops_no_other_unit(
    sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    for unit, item in (("县财政局", "16.2"), ("县水利局", "1.1")):
        paper = Paper(sent(unit))
        paper.put(REPORTS, item, "6月进展情况", "开展了工作。")
        paper.save(data.parent / "收件" / f"{unit}.xlsx")
    (data / "progress" / "县水利局.yaml").mkdir(parents=True)

    run = collected(gaigai, "收件")

    assert run.status == 1
    assert "“progress/县水利局.yaml”是一个文件夹，不是文件" in run.out
    assert "+ 进展  16.2  开展了工作。" in run.out
    assert (data / "progress" / "县财政局.yaml").is_file()


SEEN = st.characters(
    exclude_categories=("Cs", "Cc", "Cf", "Cn", "Co"), exclude_characters="_"
).filter(lambda one: HIDDEN.match(one) is None)
"""Characters that somebody can see; a cell with another one is told and not recorded."""
WORDS = st.text(SEEN, min_size=1, max_size=60)


@settings(
    max_examples=settings().max_examples // 8,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(words=WORDS, problems=WORDS)
def test_every_word_arrives_once(
    tmp_path_factory: pytest.TempPathFactory, gaigai: Gaigai, words: str, problems: str
) -> None:
    folder = tmp_path_factory.mktemp("words")
    data = copied(SHIPPED, folder)
    at = ("--data", str(data))
    gaigai("form", "--unit", "县财政局", "--month", "2024-06", *at, GAIGAI_NOW=SENT)
    paper = Paper(folder / "reports/forms/2024-06/县财政局2024年6月进展报送表.xlsx")
    for title, text in (("6月进展情况", words), ("存在问题", problems)):
        cell = paper.cell(REPORTS, "16.2", title)
        cell.value = text
        cell.data_type = "s"
    paper.save()

    first = gaigai("collect", str(paper.path), *BY, *at, GAIGAI_NOW=BACK)
    second = gaigai("collect", str(paper.path), *BY, *at, GAIGAI_NOW=BACK)

    ledger = read_ledger(Folder(data)).ledger
    assert ledger is not None
    said = [(e.record.summary, e.record.problems) for e in ledger.entries]
    kept, told = (
        text_of(text) if any(map(str.isalnum, text)) else None for text in (words, problems)
    )
    assert said == ([] if kept is None else [(kept, None if told == "无" else told)])
    assert first.status == 0 or kept is None or told is None
    assert "没有新的内容" in second.out


@pytest.mark.external("soffice")
@pytest.mark.thorough
def test_libreoffice_adds_nothing(sent: Sent, data: Path, gaigai: Gaigai) -> None:
    """A form that LibreOffice has saved anew says what it said: empty cells nothing, filled ones the same."""
    folder = data.parent / "收件"
    filled(sent("县住建局"), folder)
    sent("县财政局").rename(folder / "县财政局.xlsx")
    taken = collected(gaigai, "收件")
    assert "登记" in taken.out
    before = logs(data)
    saved = data.parent / "另存"
    profile = (data.parent.parent / "office-profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx"]
    files = [str(path) for path in sorted(folder.glob("*.xlsx"))]
    subprocess.run(
        [*command, "--outdir", str(saved), *files], check=True, capture_output=True, timeout=180
    )
    (saved / "抽查记录.txt").write_bytes((folder / "抽查记录.txt").read_bytes())

    run = collected(gaigai, "另存", now="2024-06-29T09:00:00")

    assert len(list(saved.glob("*.xlsx"))) == 2
    assert run.status == 0, run.out
    assert "没有新的内容" in run.out
    assert logs(data) == before


@pytest.mark.external("git")
def test_the_next_step_is_to_commit_in_git_and_to_sync_where_git_setup_is_installed(
    sent: Sent, data: Path, gaigai: Gaigai
) -> None:
    folder = data.parent / "收件"
    filled(sent("县住建局"), folder)
    for words in (("init", "-q"), ("add", "."), ("-c", "user.name=示例", "-c", "user.email=a@example.invalid", "commit", "-qm", "示例")):  # fmt: skip
        subprocess.run(["git", *words], cwd=data.parent, check=True, capture_output=True)
    by_hand = collected(gaigai, "收件").out.replace("\n", "")
    assert by_hand.endswith("下一步：请提交 progress/ 和 evidence/ 并推送，别人才能看到。")
    shutil.rmtree(data / "progress")
    assert gaigai("git-setup", GAIGAI_NOW=BACK).status == 0

    tried = collected(gaigai, "收件", "--dry-run")
    run = collected(gaigai, "收件")

    assert "下一步" not in tried.out.splitlines()[-1]
    assert run.out.replace("\n", "").endswith("下一步：运行 gaigai sync 提交并推送，别人才能看到。")
