"""From notices in every format to drafts: the one that ships exactly, made-up ones cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.findings import check
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.notice.answers import Answers, read_answers
from gaigai_cli.notice.document import Document
from gaigai_cli.notice.doubts import Doubt, single
from gaigai_cli.notice.draft import Draft, make_draft
from gaigai_cli.notice.formats import read_document
from gaigai_cli.store.files import Folder
from gaigai_cli.store.new_list import comments_of, list_text, units_text
from gaigai_cli.store.read import read_ledger
from tests.notice.layout import Layout
from tests.notice.layouts import LAYOUTS
from tests.notice.layouts_published import RUN_ON
from tests.notice.measure import asked_about, deadline_words, formats_of, imported, verdicts
from tests.notice.renderings import FORMATS, Sheet
from tests.notice.seed import seed

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DATA = Path(__file__).parents[2] / "data"
TASKS = yaml.load((DATA / "tasks.yaml").read_text(encoding="utf-8"), Loader=LOADER)
UNITS = yaml.load((DATA / "departments.yaml").read_text(encoding="utf-8"), Loader=LOADER)


@cache
def kept_answers() -> Answers:
    """What the office has answered: the indicators of the list that ships."""
    rows = [
        {
            "about": "indicators",
            "subject": item["id"],
            "text": item["content"],
            "value": item["indicators"],
        }
        for task in TASKS["tasks"]
        for item in task["items"]
        if "indicators" in item
    ]
    text = yaml.safe_dump({"answers": rows}, allow_unicode=True, sort_keys=False, width=10_000)
    return read_answers(text.encode(), "answers.yaml")


@cache
def seed_as(name: str) -> Document:
    return read_document(FORMATS[name](seed()), name)


def of_seed(name: str, answers: Answers | None = None) -> Draft:
    return make_draft(seed_as(name), answers or Answers())


def without_indicators(tasks: Any) -> Any:
    return [
        {
            **task,
            "items": [{k: v for k, v in i.items() if k != "indicators"} for i in task["items"]],
        }
        for task in tasks
    ]


def as_read(tree: Any) -> Any:
    """A tree as the file made of it is read."""
    return yaml.load(list_text(tree), Loader=LOADER)


@cache
def texts(layout: Layout, name: str) -> tuple[str, str]:
    """The list and the units that are written of a layout."""
    draft = imported(layout, name)
    return list_text(draft.list_tree), units_text(draft.units)


@pytest.mark.parametrize("name", FORMATS)
def test_the_notice_that_ships_is_read_exactly(name: str) -> None:
    draft = of_seed(name)
    read = as_read(draft.list_tree)
    assert read["notice"] == TASKS["notice"]
    assert read["tasks"] == without_indicators(TASKS["tasks"])
    assert asked_about(draft) == {"indicators": 6}


@pytest.mark.parametrize("name", FORMATS)
def test_with_the_office_s_answers_its_indicators_too(name: str) -> None:
    draft = of_seed(name, kept_answers())
    assert as_read(draft.list_tree) == TASKS
    assert draft.open_doubts == ()
    text = (DATA / "tasks.yaml").read_text(encoding="utf-8")
    assert list_text(draft.list_tree, comments=comments_of(text)) == text


@pytest.mark.parametrize("name", FORMATS)
def test_its_units_are_those_that_ship(name: str) -> None:
    """Aliases are what people know of the units; no notice says them."""
    read = yaml.load(units_text(of_seed(name).units), Loader=LOADER)["units"]
    assert read == [{**unit, "aliases": []} for unit in UNITS["units"]]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_no_cell_is_silently_wrong(layout: Layout) -> None:
    """Every cell is right, or one of those that nobody can read for certain, and then a doubt."""
    for name in formats_of(layout):
        found = verdicts(layout, imported(layout, name))
        assert [key for key, verdict in found.items() if verdict == "wrong"] == [], name
        doubtful = {" ".join(key) for key, verdict in found.items() if verdict == "doubtful"}
        assert doubtful == layout.doubtful, name


def test_nineteen_cells_in_twenty_are_right_without_a_doubt() -> None:
    counts: Counter[str] = Counter()
    for layout in LAYOUTS:
        for name in formats_of(layout):
            counts.update(verdicts(layout, imported(layout, name)).values())
    assert counts["right"] >= 0.95 * counts.total() > 900


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_draft_is_a_list(layout: Layout) -> None:
    for name in formats_of(layout):
        of_list, of_units = texts(layout, name)
        TaskList.model_validate(yaml.load(of_list, Loader=LOADER))
        Departments.model_validate(yaml.load(of_units, Loader=LOADER))
        notice = imported(layout, name).notice
        assert (name, notice["issued"], str(notice["year"])) == (name, "2025-03-10", "2025")
        assert notice["number"] == "示县数改办发〔2025〕3号"
        assert notice["title"] == layout.sheet.before[7]
        assert notice["issuer"] == layout.sheet.before[5]
        assert notice["addressee"] == "各乡镇人民政府，县直各单位"


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_draft_passes_the_checks(layout: Layout, tmp_path: Path) -> None:
    """The checks read the cells again, of a flat and a spanned table: what the draft says of them agrees."""
    for name in formats_of(layout):
        if name.endswith((".txt", ".docx")):
            assert errors_of(*texts(layout, name), tmp_path) == [], name


def errors_of(of_list: str, of_units: str, folder: Path) -> list[Finding]:
    """The errors that the checks find in a list and its units."""
    (folder / "tasks.yaml").write_text(of_list, encoding="utf-8")
    (folder / "departments.yaml").write_text(of_units, encoding="utf-8")
    reading = read_ledger(Folder(folder))
    assert reading.ledger is not None
    findings = (*reading.findings, *check(reading.ledger, today=date(2025, 3, 11)))
    return [finding for finding in findings if finding.severity == "error"]


def test_people_are_kept() -> None:
    layout = next(each for each in LAYOUTS if "责任领导" in each.name)
    for name in FORMATS:
        items = [item for task in imported(layout, name).tasks for item in task["items"]]
        assert [(item["leader"], item["contact"]) for item in items] == [
            ("示例甲", "示例乙"),
            ("示例甲", "示例乙"),
            ("示例丙", "示例丁"),
            ("示例甲", "示例戊"),
        ]


def test_who_leads_a_group_leads_its_items_that_name_nobody() -> None:
    text = """示例县2025年重点任务清单
一、示例改革（责任领导：示例甲）
1.完善制度。责任单位：县甲局
2.建设平台。责任领导：示例乙；责任单位：县乙局
二、示例保障
3.落实资金。责任单位：县丙局
"""
    items = [item for task in drafted(text).tasks for item in task["items"]]
    assert [item.get("leader") for item in items] == ["示例甲", "示例乙", None]


def test_what_all_items_of_a_task_share_stands_at_the_task() -> None:
    """So the notice's table, merged cells included, can be printed again."""
    layout = next(each for each in LAYOUTS if each.name.startswith("牵头单位、配合单位分栏"))
    for name in FORMATS:
        task = imported(layout, name).tasks[0]
        assert list(task) == ["id", "title", "units", "items"]
        assert [list(item) for item in task["items"]] == [["id", "content", "deadline"]] * 2
        text = "牵头单位：县政务服务中心；配合单位：县数据局、县公安局"
        assert task["units"]["text"] == text


def test_a_rule_that_nobody_states_is_asked_once() -> None:
    layout = next(each for each in LAYOUTS if each.name.startswith("没有写明谁牵头"))
    draft = imported(layout, "通知.docx")
    (doubt,) = (each for each in draft.doubts if each.code == "lead-rule")
    answers = Answers()
    answers.add(doubt, "first")
    document = read_document(FORMATS["通知.xlsx"](layout.sheet), "通知.xlsx")
    again = make_draft(document, answers)
    leads = [item["units"]["lead"] for task in again.tasks for item in task["items"]]
    assert leads == [["县数据局"], ["县数据局"], ["县数据局"]]
    assert "lead-rule" not in {each.code for each in again.open_doubts}


def test_an_answer_is_for_the_words_that_it_answers() -> None:
    layout = next(each for each in LAYOUTS if each.name.startswith("列第一位"))
    draft = imported(layout, "通知.txt")
    (doubt,) = (each for each in draft.doubts if each.code == "deadline")
    answers = Answers()
    answers.add(doubt, "6月底")
    kept = read_answers(answers.text().encode(), "answers.yaml")
    text = FORMATS["通知.txt"](layout.sheet)
    item = make_draft(read_document(text, "a.txt"), kept).tasks[3]["items"][0]
    assert item["deadline"]["text"] == "立行立改"
    assert str(item["deadline"]["due"]) == "2025-06-30"
    changed = text.replace("立行立改".encode(), "立即整改".encode())
    assert any(
        d.code == "deadline" for d in make_draft(read_document(changed, "a.txt"), kept).open_doubts
    )


def drafted(text: str) -> Draft:
    return make_draft(read_document(text.encode(), "通知.txt"), Answers())


def test_what_follows_the_last_item_is_about_the_whole_list() -> None:
    draft = imported(RUN_ON, "通知.txt")
    items = {item["id"]: item for task in draft.list_tree["tasks"] for item in task["items"]}
    assert items["5.1"]["leader"] == "示例甲"
    assert "contact" not in items["5.1"]
    assert items["5.1"]["deadline"] == {"text": "长期坚持", "kind": "ongoing"}
    left = [(each.text, each.what) for each in draft.left_out if "序号" not in each.what]
    assert left == [
        ("各单位要加强组织领导，按月报送进展情况。", "清单后面的文字"),
        ("联系人：示例乙，电话：0000-0000000。", "清单后面的文字"),
        ("一、推动审批优化", "分组的标题"),
        ("二、推动公正监管", "分组的标题"),
        ("（一）健全机制", "分组的标题"),
        ("（二）加强信用监管", "分组的标题"),
    ]


def test_days_in_the_words_of_an_item_are_proposed() -> None:
    draft = imported(RUN_ON, "通知.txt")
    (question,) = (doubt for doubt in draft.doubts if len(doubt.subjects) == 2)
    assert question.subjects == ("1.1", "2.1")
    assert [choice.label for choice in question.choices] == [
        "都照现读的写入",
        "时限待定，由督办机构另行明确",
    ]
    doubts = {part.subject: part for doubt in draft.doubts for part in doubt.parts or (doubt,)}
    assert [choice.label for choice in doubts["2.1"].choices] == [
        "按“6月底前出台细则；9月底前全面实施”处理",
        "按“9月底前”处理",
        "时限待定，由督办机构另行明确",
    ]
    assert doubts["1.1"].read == "暂未填写；工作内容里写的是：明确时限，到期日2025-10-31"
    assert doubts["4.1"].text == "于7月20日前报县政府审定"


DATED = (
    "示例县数改办文件\n示县数改办发〔2025〕3号\n关于印发《2025年任务清单》的通知\n各乡镇人民政府，县直各单位：\n"
    "示例县数改办\n2025年3月10日\n2025年任务清单\n序号\t工作任务\t工作内容\t责任单位（打★为牵头单位）\t完成时限\n"
    "1\t推进改革\t6月底前出台细则，9月底前全面实施。\t★县数改办\t\n"
)


@pytest.mark.parametrize(
    ("choose", "deadline"),
    [
        (lambda doubt: "确认", "6月底前出台细则；9月底前全面实施 staged 2025-06-30 2025-09-30"),
        (lambda doubt: doubt.choices[0].value, "6月底前出台细则；9月底前全面实施 staged 2025-06-30 2025-09-30"),
        (lambda doubt: doubt.choices[1].value, "9月底前 fixed 2025-09-30"),
        (lambda doubt: doubt.choices[2].value, "（原文未写） unset"),
        (lambda doubt: "8月15日", "8月15日 fixed 2025-08-15"),
    ],
    ids=["confirmed", "first", "second", "unset", "typed"],
)  # fmt: skip
def test_every_choice_about_days_in_the_words_of_an_item_passes_the_checks(
    choose: Callable[[Doubt], Any], deadline: str, tmp_path: Path
) -> None:
    """The words that are kept say what the days do."""
    document = read_document(DATED.encode(), "通知.txt")
    (doubt,) = (d for d in make_draft(document, Answers()).doubts if d.code == "deadline")
    answers = Answers()
    answers.add(doubt, choose(doubt))
    draft = make_draft(document, answers)

    cell = draft.tasks[0]["items"][0]["deadline"]
    assert f"{cell['text']} {deadline_words(cell)}" == deadline
    assert errors_of(list_text(draft.list_tree), units_text(draft.units), tmp_path) == []


def test_offices_that_sign_together_and_a_list_without_a_title() -> None:
    draft = drafted(
        "示例县住建局等2部门关于做好2025年城市更新工作的通知\n"
        "1.编制规划。牵头单位：县住建局；完成时限：6月底前\n"
        "示例县住建局　示例县财政局\n2025年1月20日\n"
    )
    notice = draft.list_tree["notice"]
    assert notice["title"] == "示例县住建局等2部门关于做好2025年城市更新工作的通知"
    assert notice["issuer"] == "示例县住建局、示例县财政局"
    assert [doubt.subject for doubt in single(draft.doubts) if doubt.code == "notice"] == [
        "文号", "主送机关", "督办机构",
    ]  # fmt: skip


def test_a_column_without_a_place_is_asked_about_by_its_own_cells() -> None:
    """Neither a group's heading nor a note over all columns is one of them."""
    rows = [
        *("<td>序号<td>项目名称<td>建设地点<td>责任单位<td>完成时限",),
        *("<td colspan=4>一、示例类<td>", "<td>1<td>建设示例馆<td>示例镇<td>县甲局<td>6月底"),
        "<td colspan=5>注：示例说明。",
    ]
    page = f"<table>{''.join(f'<tr>{row}' for row in rows)}</table>"
    draft = make_draft(read_document(page.encode(), "通知.html"), Answers())
    assert [d.text for d in draft.doubts if d.code == "extra-column"] == ["示例镇"]


def test_a_column_of_days_and_deeds_keeps_its_number_and_head_when_it_is_traced() -> None:
    rows = (
        ("序号", "工作任务", "时序进度", "责任单位"),
        ("1", "示例道路", "3月：制定示例方案", "县甲局"),
        ("2", "示例市场", "5月：开展示例培训", "县乙局"),
    )
    data = FORMATS["通知.html"](Sheet(("示例县2025年重点任务清单",), (rows,)))
    draft = make_draft(read_document(data, "通知.html"), Answers())
    texts = [each.text for each in draft.taken if each.what in ("清单", "表头")]
    assert texts[0].split("；")[2:] == [
        "第3栏“时序进度”是工作内容（按表头）",
        "第3栏“时序进度”是完成时限（按表头）",
        "第4栏“责任单位”是责任单位（按表头）",
    ]
    assert texts[1:] == ["序号｜工作任务｜时序进度｜责任单位"]


def test_labels_of_a_government_site_are_no_addressees() -> None:
    draft = drafted(
        "索引号：\n发布单位：\n示例县人民政府\n关于印发《示例县2025年重点任务》的通知\n各乡镇，县直各单位：\n"
        "1.编制规划。牵头单位：县住建局；完成时限：6月底前\n"
    )
    assert draft.list_tree["notice"]["addressee"] == "各乡镇，县直各单位"


def test_a_number_above_the_day_signs_nothing() -> None:
    draft = drafted(
        "示例县人民政府专题会议纪要\n〔2025〕12号\n2025年5月8日\n"
        "1.制定方案。（县住建局牵头，6月15日前完成）\n"
    )
    (doubt,) = [each for each in single(draft.doubts) if each.subject == "印发机关"]
    assert (doubt.text, doubt.why) == ("示例县人民政府专题会议纪要", "日期上面的一行不像印发机关")


def test_what_a_doubtful_cell_could_mean_can_be_chosen() -> None:
    head = "示例县2025年任务清单\n序号\t任务\t责任单位\t时限\n"
    draft = drafted(f"{head}1\t改造市场\t县商务局，县住建局，县财政局配合\t6月底\n")
    (doubt,) = [each for each in draft.doubts if each.code == "units"]
    assert [choice.label for choice in doubt.choices] == [
        "逗号前后分开：责任：县商务局、县住建局；配合：县财政局"
    ]


def test_of_labels_that_nobody_knows_the_office_is_asked_what_they_are() -> None:
    text = "示例县2025年任务清单\n改造市场\n揭榜人：示例甲\n改造道路\n揭榜人：示例乙\n"
    with pytest.raises(GaigaiError) as refused:
        drafted(text)
    assert refused.value.remedy.startswith(
        "看不出第3行的“揭榜人”后面写的是什么，如是责任单位，请用 --columns 揭榜人=责任单位 写明；"
    )
