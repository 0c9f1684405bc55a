"""Who acts by a paragraph is read as a person reads it, or asked about, wherever the paragraph says it. 示例，非真实文件."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.notice.answers import Answers
from gaigai_cli.notice.draft import make_draft
from gaigai_cli.notice.formats import read_document
from gaigai_cli.words.units import UnitsReading
from tests.words.unit_cells import Cell, unit_cell

TASKS = (
    "推进示例甲事项，提升示例水平。",
    "完成示例第十九中学改造项目（二期）建设。",
    "配合市规划局编制示例规划，完成报批。",
    "对示例企业实行首席服务员制度，落实专人负责。",
    "完善政府牵头、部门配合、社会参与的工作机制。",
    "建立由县领导牵头的示例专班，定期会商。",
)
PLACES = ("（{}）", "（责任单位：{}）", "（{}，6月底前完成）", "\n责任单位：{}", "由{}。")


@given(st.integers(0, 2**32))
def test_nobody_is_lost_or_made_up_without_a_doubt(seed: int) -> None:
    draw = Random(seed)
    cells = [_cell(draw) for _ in TASKS]
    paragraphs = (
        f"{number}.{task}{place.format(cell.text)}"
        for number, (task, (cell, place)) in enumerate(zip(TASKS, cells, strict=True), start=1)
    )
    text = "\n".join(("示例县2024年示例工作要点", *paragraphs, "示例县人民政府", "2024年3月1日"))
    draft = make_draft(read_document(text.encode(), "notice.txt"), Answers())
    asked = {
        subject.partition(".")[0]
        for doubt in draft.open_doubts
        if doubt.code in ("units", "row")
        for subject in (doubt.subjects or (doubt.subject,))
    }
    items = {task["id"]: task["items"][0].get("units") or task["units"] for task in draft.tasks}
    assert len(items) == len(TASKS)
    for number, (cell, _) in enumerate(cells, start=1):
        units = items[str(number)]
        reading = UnitsReading(
            *(tuple(units.get(role, ())) for role in ("lead", "responsible", "support", "open"))
        )
        assert str(number) in asked or cell.is_read_by(reading), (text, number, reading)


def _cell(draw: Random) -> tuple[Cell, str]:
    """Return a cell and the words around it; behind a label none with labels of its own, behind 由 who leads."""
    cell, place = unit_cell(draw, one_line=True), draw.choice(PLACES)
    labelled = "：" in cell.text and "：" in place
    led = cell.lead and cell.text.endswith(("负责", "落实", "配合", "协办", "参与"))
    unfit = labelled or ("由" in place and (not led or cell.text.startswith("由")))
    return (cell, "（{}）") if unfit else (cell, place)
