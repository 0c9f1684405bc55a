"""年终总结材料: what was done and reached, per task, in a file that an office goes on from."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.report.year_material import year_material
from gaigai_cli.words.period import year
from tests.judge.build import FIXED, HELPER, LEAD, OFFICE, ONGOING, Book
from tests.program import Gaigai
from tests.transcript import EXAMPLE

VISITS = {
    "id": "x",
    "name": "示例走访",
    "unit": "次",
    "target": {"at_least": "3"},
    "measure": "sum",
}


def told(book: Book) -> tuple[str, ...]:
    material = year_material(Judge(book.ledger()), year(2024), today=date(2025, 1, 20))
    ((heading, (item,)),) = material.tasks
    assert heading == "1. 示例任务"
    assert item.content == "第1项　示例事项。"
    return item.paragraphs


def test_what_each_unit_did_and_what_was_reached() -> None:
    """By units, leads first, each with its months; a copied report once, one of another year not at all."""
    book = Book(indicators=(VISITS,))
    book.add(HELPER, "06-03", "进展", summary="配合走访。")
    book.add(LEAD, "06-04", "进展", summary="已走访2次。\n台账已建。", metrics={"x": "2"})
    book.add(LEAD, "07-04", "进展", summary="已走访2次，台账已建", metrics={"x": "2"})
    asked = book.add(LEAD, "07-20", "申请销号", summary="已走访4次。")
    book.add(OFFICE, "07-22", "核验销号", answers=[asked], summary="材料齐全。")
    book.add(LEAD, "2025-01-05", "进展", summary="次年的事。")

    assert told(book) == (
        "牵头责任单位：示例甲局；责任单位：示例丙局；完成时限：2024年6月底。",
        "示例甲局：6月，已走访2次。台账已建；7月，已走访4次。",
        "示例丙局：6月，配合走访。",
        "完成情况：已销号（7月20日办结，逾期）；示例走访4次（目标不少于3次，达标）。",
    )


def test_an_extended_deadline_and_the_notices_roles() -> None:
    """In force beside as issued; who supports isn't called responsible; what was said in one month has it once."""
    book = Book(
        responsible=(),
        support=(HELPER,),
        open=("等相关部门",),
        indicators=({**VISITS, "target": {"undecided": "每季度一次"}},),
    )
    asked = book.add(
        LEAD, "06-20", "申请延期", summary="已走访1次。", reason="人手不足。", due="2024-08-31"
    )
    book.add(OFFICE, "06-21", "批准延期", answers=[asked], basis="示例文号〔2024〕9号")
    book.add(LEAD, "06-24", "进展", summary="已走访2次。", metrics={"x": "2"})
    book.add(LEAD, "08-20", "申请销号", summary="已走访4次。")

    assert told(book) == (
        "牵头责任单位：示例甲局；配合单位：示例丙局等相关部门；"
        "完成时限：2024年6月底（延至8月31日）。",
        "示例甲局：6月，已走访1次；已走访2次；8月，已走访4次。",
        "完成情况：待核验；示例走访2次（口径待明确）。",
    )


def test_what_was_decided_in_january_is_told() -> None:
    """The paper is written after the year's last close-outs were verified and what goes on was assessed."""
    book = Book(deadline=ONGOING)
    book.add(LEAD, "12-20", "进展", summary="已走访4次。")
    book.add(OFFICE, "2025-01-08", "期满评估")
    assert told(book)[-1] == "完成情况：期满评估结果为完成。"

    book = Book(deadline={**FIXED, "text": "2024年12月底", "due": "2024-12-31"})
    asked = book.add(LEAD, "12-30", "申请销号", summary="已走访4次。")
    book.add(OFFICE, "2025-01-08", "核验销号", answers=[asked], summary="材料齐全。")
    assert told(book)[-1] == "完成情况：已销号（12月30日办结，按期）。"


def test_what_is_open_says_how_far_it_is_and_what_is_in_the_way() -> None:
    book = Book(deadline={**FIXED, "text": "2024年10月底", "due": "2024-10-31"})
    book.add(LEAD, "09-04", "进展", summary="正在办。", percent="60", problems="接口未开通。")

    *_, done, reached = told(book)
    assert done == "示例甲局：9月，正在办。"
    assert reached == (
        "完成情况：推进中，所报进度60%，已过时限10月31日；示例甲局反映的问题：接口未开通。"
    )


def test_nobody_has_reported() -> None:
    assert told(Book())[1:] == (
        "各单位未报送进展。",
        "完成情况：未报进展，已过时限6月30日。",
    )


def test_beside_the_bulletin_of_a_year(
    gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only with the bulletin itself; one that a hand has edited stays, the new one has a number."""
    shutil.copytree(EXAMPLE, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    now = {"GAIGAI_NOW": "2025-02-01T09:00:00"}
    name = Path("reports/2024-年终总结材料.docx")

    assert "2024-年终总结材料.docx" in gaigai("report", "--year", "2024", **now).err
    first = name.read_bytes()
    assert gaigai("report", "--year", "2024", **now).status == 0
    assert name.read_bytes() == first
    name.write_bytes(b"edited")
    assert "2024-年终总结材料-2.docx" in gaigai("report", "--year", "2024", **now).err
    assert name.read_bytes() == b"edited"
    for other in ("--brief", "--stdout", "--check"):
        before = sorted(Path("reports").glob("*总结材料*"))
        gaigai("report", "--year", "2024", other, **now)
        assert sorted(Path("reports").glob("*总结材料*")) == before
