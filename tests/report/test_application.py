"""The form of an application: what it says, and how it is laid out."""

import io
from pathlib import Path
from typing import Any

import docx
import pytest

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.render.papers.one_page import application_docx
from gaigai_cli.report.application import ApplicationForm, Opinion, application_form
from gaigai_cli.report.facts import facts_of
from gaigai_cli.report.letters import request
from gaigai_cli.words.period import Period
from tests.judge.build import FIXED, LEAD, OFFICE, STAGED, Book, day
from tests.program import Gaigai
from tests.transcript import SHIPPED, copied


def form(book: Book, day: str) -> ApplicationForm:
    return application_form(book.entries[-1], book.on(day))


def said(made: ApplicationForm) -> dict[str, str]:
    rows = [row for row in made.rows if not isinstance(row, Opinion)]
    return {label: "\n".join(words) for row in rows for label, words in row.cells}


def opinions(made: ApplicationForm) -> list[str]:
    return [row.label for row in made.rows if isinstance(row, Opinion)]


def test_entered_late_the_form_says_both_days_and_goes_by_the_later() -> None:
    book = Book()
    book.add(LEAD, "06-28", "申请销号", id="20240710-090000-00000001")
    made = form(book, "07-10")
    assert made.head[1] == "申请日期：2024年6月28日（7月10日补记）"
    assert (said(made)["办结日期"], said(made)["是否按期"]) == ("2024年7月10日", "逾期10天")


def test_close_out_in_time() -> None:
    book = Book(
        FIXED,
        indicators=(
            {
                "id": "n",
                "name": "项目",
                "unit": "个",
                "target": {"at_least": "1"},
                "measure": "sum",
            },
        ),
    )
    book.add(
        LEAD, "06-20", "申请销号", summary="已完成。\n已验收。", metrics={"n": "1"},
        evidence=["示例文号〔2024〕1号", "示例凭证"],
    )  # fmt: skip
    made = form(book, "06-20")

    assert made.title == "示例任务清单\n销号申请（审核）表"
    assert made.head == ("申请单位：示例甲局", "申请日期：2024年6月20日")
    assert said(made) == {
        "事项": "第1项",
        "文件文号": "示例〔2024〕1号",
        "主要任务": "示例任务",
        "工作内容": "示例事项。",
        "牵头责任单位": "示例甲局",
        "责任单位": "示例丙局",
        "原定时限": "2024年6月30日",
        "现行时限": "同原定时限",
        "办结日期": "2024年6月20日",
        "是否按期": "按期",
        "佐证要求": "未另作规定",
        "完成情况": "已完成。\n已验收。",
        "指标完成情况": "项目：目标不少于1个，现值1个（达标）",
        "佐证材料": "1. 示例文号〔2024〕1号\n2. 示例凭证",
    }
    assert opinions(made) == ["申请单位意见", "示例办审核意见"]


def test_files_are_called_by_their_names() -> None:
    book = Book()
    book.add(
        LEAD, "06-20", "申请销号", evidence=[{"file": "evidence/示例/图.pdf", "sha256": "0" * 64}]
    )

    assert said(form(book, "06-20"))["佐证材料"] == "1. 图.pdf"


def test_late_close_out_says_by_how_much() -> None:
    book = Book()
    book.add(LEAD, "07-03", "申请销号", late_reason="天气。")

    assert said(form(book, "07-03"))["是否按期"] == "逾期3天"
    assert said(form(book, "07-03"))["逾期原因"] == "天气。"


def test_the_office_does_not_verify_its_own() -> None:
    book = Book(lead=(OFFICE,))
    book.add(OFFICE, "06-20", "申请销号")

    assert opinions(form(book, "06-20")) == ["申请单位意见", "核验单位意见"]


@pytest.mark.parametrize(
    ("day", "words"),
    [("06-30", "时限内申请"), ("07-02", "已逾期2天，批准后仍计曾逾期")],
)
def test_extension(day: str, words: str) -> None:
    book = Book()
    book.add(LEAD, day, "申请延期", next="抓紧。")
    made = said(form(book, day))

    assert (made["申请延期至"], made["申请时点"]) == ("2024年8月31日", words)
    assert (made["延期理由"], made["下一步措施"]) == ("上级文件未下达", "抓紧。")
    assert opinions(form(book, day)) == ["申请单位意见", "示例办审核意见", "批准人意见"]


def test_stage_and_deadline_in_force() -> None:
    book = Book(STAGED)
    book.add(OFFICE, "06-01", "批准延期", due="2024-07-31", basis="x", approved_by="y")
    book.add(LEAD, "07-10", "申请销号")
    made = said(form(book, "07-10"))

    assert (made["原定时限"], made["现行时限"]) == (
        "印发方案：2024年6月30日",
        "2024年7月31日（批准延期）",
    )


def cells(content: bytes) -> list[list[str]]:
    table = docx.Document(io.BytesIO(content)).tables[0]
    return [list(dict.fromkeys(cell.text for cell in row.cells)) for row in table.rows]


def test_file_says_the_same() -> None:
    book = Book()
    book.add(LEAD, "06-20", "申请销号", summary="已完成\x08。")
    made = form(book, "06-20")
    content = application_docx(made)

    assert content == application_docx(made)
    assert ["完成情况", "已完成�。"] in cells(content)
    assert cells(content)[-1] == ["示例办审核意见", "审核人（签字）：\n（盖章）\n年　　月　　日"]
    document = docx.Document(io.BytesIO(content))
    assert [p.text for p in document.paragraphs][:2] == ["示例任务清单", "销号申请（审核）表"]
    section: Any = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_command_never_touches_a_form_that_is_there(
    tmp_path: Path, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(SHIPPED, tmp_path, example=True)
    monkeypatch.chdir(tmp_path)
    now = "2024-06-14T09:00:00"
    words = ("--unit", "czj", "--by", "示例丙", "--evidence", "示例文号〔2024〕1号", "--form")
    assert gaigai("done", "16.2", *words, GAIGAI_NOW=now).status == 0
    first = tmp_path / "reports" / "16.2销号申请（审核）表-县财政局.docx"
    assert ["佐证材料", "1. 示例文号〔2024〕1号"] in cells(first.read_bytes())

    again = gaigai("done", "16.2", "--unit", "czj", "--form", GAIGAI_NOW=now)
    assert (again.status, len(list(first.parent.iterdir()))) == (0, 1)

    first.write_bytes(b"signed")
    assert gaigai("done", "16.2", "--unit", "czj", "--form", GAIGAI_NOW=now).status == 0
    assert first.read_bytes() == b"signed"
    assert len(list(first.parent.iterdir())) == 2


def test_progress_laid_before_a_leader_is_what_a_unit_reported() -> None:
    """Not the leader's own words of it, nor what the office saw, though both came later."""
    book = Book()
    book.add(LEAD, "05-20", "进展", summary="已建成一半", percent=50)
    book.add(OFFICE, "05-21", "批示")
    book.add(OFFICE, "05-22", "抽查核验")
    facts = facts_of(Judge(book.ledger()), Period.of(2024, 5), today=day("06-03"))

    made = said(request(facts, "1.1", day=day("06-03")))

    assert made["目前进展"] == "已建成一半，进度50%（示例甲局5月20日报送）。"
