"""What the chapters are given: forms as units fill them in and the office lays them into a folder, and other files."""

import re
from collections.abc import Callable
from pathlib import Path

from tests.forms.filling import INSTRUCTED, LIMITS, REPORTS, Paper

SENT, INBOX = Path("reports/forms/2024-06"), Path("收件/2024-06")


def form(unit: str) -> Paper:
    return Paper(SENT / f"{unit}2024年6月进展报送表.xlsx")


def arrive(paper: Paper) -> None:
    paper.save(INBOX / paper.path.name)


def fill_first() -> None:
    """One is as it should be, one has an attachment, one is wrong in two cells, one is empty."""
    paper = form("县交通局")
    paper.put(REPORTS, "4.1", "截至5月底进展情况", "参加联合审批会商2次。")
    paper.put(REPORTS, "4.1", "6月进展情况", "办理占路开挖联审1件，当日办结。")
    paper.filled_on("2024-06-25")
    arrive(paper)
    paper = form("县水利局")
    paper.put(REPORTS, "1.2", "6月进展情况", "水土保持方案告知承诺办理3件。")
    paper.put(REPORTS, "1.2", "佐证材料", "承诺办件清单.pdf")
    arrive(paper)
    (INBOX / "承诺办件清单.pdf").write_bytes("示例".encode())
    paper = form("县财政局")
    paper.put(REPORTS, "16.2", "6月进展情况", "帮代办经费已列入部门预算，正在履行拨付程序。")
    paper.put(LIMITS, "16.2", "完成百分比", "约60%")
    paper.put(REPORTS, "18.1", "6月进展情况", "工改经费60万元已全部拨付到位。")
    paper.put(LIMITS, "18.1", "完成百分比", 100)
    paper.put(LIMITS, "18.1", "申请事项", "申请销号")
    arrive(paper)
    arrive(form("县林业局"))


def fill_again() -> None:
    """The wrong cells are put right in the file that was sent before; it comes under the name that a browser gives."""
    paper = Paper(INBOX / "县财政局2024年6月进展报送表.xlsx")
    paper.put(LIMITS, "16.2", "完成百分比", "60%")
    paper.put(REPORTS, "18.1", "佐证材料", "示例文号〔2024〕18号\n示例支付凭证第7号")
    paper.save(INBOX / "县财政局2024年6月进展报送表(1).xlsx")


def answer() -> None:
    """Write the answers that the page about another list shows, as a person types them."""
    page = Path(__file__).parents[2] / "docs" / "handbook" / "换一份清单.md"
    found = re.search(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    (Path("新清单") / "answers.yaml").write_text(found[1], encoding="utf-8", newline="\n")


def reform() -> None:
    """Add to the list's units what the page says became of some of them."""
    page = Path(__file__).parents[2] / "docs" / "handbook" / "办公室事务.md"
    found = re.search(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    with (Path("data") / "departments.yaml").open("a", encoding="utf-8", newline="\n") as file:
        file.write(found[1])


def resolutions() -> None:
    """Write the lines of the minutes that the chapter on the desk shows, parted as a table that was copied."""
    page = Path(__file__).parents[2] / "docs" / "handbook" / "办公室案头.md"
    lines = re.findall(r"^第\d条  .*$", page.read_text(encoding="utf-8"), re.MULTILINE)
    text = "".join(f"{re.sub(' +', chr(9), line)}\n" for line in lines)
    Path("议定事项.txt").write_text(text, encoding="utf-8", newline="\n")


def fill_resolved() -> None:
    paper = form("县财政局")
    paper.put(INSTRUCTED, "交办1", "办理反馈", "工改经费已列入7月用款计划，7月20日前拨付。")
    paper.put(INSTRUCTED, "交办1", "反馈日期", "6月28日")
    arrive(paper)


FILLINGS: dict[str, Callable[[], None]] = {
    "first": fill_first,
    "again": fill_again,
    "answers": answer,
    "reform": reform,
    "resolutions": resolutions,
    "resolved": fill_resolved,
}
