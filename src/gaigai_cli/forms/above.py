"""What stands above a form's table: title, list, unit, who filled it in and when, and how to do it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from openpyxl.styles import Alignment, Font

from gaigai_cli.forms.looks import BODY, FORMATS, OPEN, RULE, TO_FILL, across, text
from gaigai_cli.forms.sent import FILLED_ON, UNIT
from gaigai_cli.forms.tables import FIGURES, LIMITS, REPORTS, THINGS, THINGS_A_FORM, Table, UnitForm

_HOW_TO: Final = {
    REPORTS: (
        "只填黄色格子，其余已锁定；一格内换行按 Alt+回车，行高会随内容增加。没有内容的格子空着，不必写“无”。"
        "填好后打印一份由主要领导审阅签字，把本文件和附件一并发回；不要增删行列、改序号或改表名。"
    ),
    LIMITS: (
        "完成百分比每月都填。已经办结的选“申请销号”，佐证写在“进展情况”表；办不完的，到期前选“申请延期”，"
        "写明延至哪天和理由；已经逾期的写明逾期原因。"
    ),
    FIGURES: "只填数字。“本月新增”只填本月的数，不填累计数；“最新数值”填到本月底的数。没有的空着。",
    THINGS: (
        f"一行一件，名称、日期、文号三格都填；“已登记”里有的不再填。{THINGS_A_FORM}行不够的，"
        "在该指标最后一行上插入行再填。"
    ),
}
_PLAIN: Final = Font(name=BODY, size=11)


def write_above(ws: Any, table: Table, form: UnitForm) -> int:
    """Write it; the last of these rows."""
    last, row = len(table.columns), 0
    centred = Alignment(horizontal="center", vertical="center")
    for row, (words, font, height) in enumerate(_titles(table, form), 1):
        across(ws, row, 1, last, words, font=font, alignment=centred)
        ws.row_dimensions[row].height = height
    row += 1
    ws.row_dimensions[row].height = 24
    bold, left = Font(name=BODY, size=11, bold=True), Alignment(vertical="center")
    across(ws, row, 1, 3, f"{UNIT}{form.unit}", font=bold, alignment=left)
    if table.name == REPORTS:
        _who_and_when(ws, row)
    row += 1
    wrap = Alignment(wrap_text=True, vertical="center")
    small = Font(name=BODY, size=10, color="595959")
    across(ws, row, 1, last, "".join(_how_to(table, form)), font=small, alignment=wrap)
    ws.row_dimensions[row].height = 30 if table.name == REPORTS else 20
    return row


def _titles(table: Table, form: UnitForm) -> Iterator[tuple[str, Font, int]]:
    for note in form.notes:
        yield note, Font(name=BODY, size=12, bold=True, color="C00000"), 20
    month = f"{form.month[:4]}年{int(form.month[5:])}月"
    size = 20 if table.name == REPORTS else 16
    yield f"{month}{table.title}", Font(name="方正小标宋简体", size=size), 34
    yield f"{form.list_title}（{form.number}）", Font(name="楷体_GB2312", size=12), 20


def _who_and_when(ws: Any, row: int) -> None:
    right, left = (Alignment(horizontal=side, vertical="center") for side in ("right", "left"))
    open_ = {"alignment": left, "protection": OPEN, "fill": TO_FILL, "border": RULE}
    text(ws, row, 4, "填报人及电话：", font=_PLAIN, alignment=right)
    text(ws, row, 5, "", font=_PLAIN, **open_)
    across(ws, row, 6, 7, FILLED_ON, font=_PLAIN, alignment=right)
    text(ws, row, 8, "", font=_PLAIN, number_format=FORMATS["day"], **open_)


def _how_to(table: Table, form: UnitForm) -> Iterator[str]:
    yield _HOW_TO[table.name]
    others = "".join(f"“{one.name}”" for one in form.tables if one.name != REPORTS)
    if table.name == REPORTS and others:
        yield f"本文件还有{others}表，请一并填写。"
