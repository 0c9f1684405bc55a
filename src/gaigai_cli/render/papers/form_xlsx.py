"""A unit's form as a workbook: cells to fill in open, everything else locked, laid out to be printed and signed."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from gaigai_cli.characters import harmless
from gaigai_cli.forms.sent import FILLED_ON, SHEET, SIGNED, UNIT, lines_of, mark_of
from gaigai_cli.forms.tables import (
    FIGURES,
    INSTRUCTED,
    LIMITS,
    NOT_ASKED,
    REPORTS,
    THINGS,
    THINGS_A_FORM,
    Fill,
    FormColumn,
    FormRow,
    FormTable,
    UnitForm,
    foot,
)
from gaigai_cli.render.fingerprint import sealed
from gaigai_cli.render.xlsx import FRAMED, Book, row_height, set_page
from gaigai_cli.words.say import OPEN_DAY

_LINE: Final = 14.0
"""Points of a line of the table's type."""
_LEAST, _SMALL = 44.0, 26.0
"""Points: room for some lines written by hand, for one of them."""
_SLACK: Final = 4.0
"""Characters by which a part of the signed row may be narrower than its share."""
_FIXED_HEIGHT: Final = b' customHeight="1"'

_SIGNED: Final = (REPORTS, LIMITS, INSTRUCTED)
"""The tables that a leader signs: what was done, what is applied for, and what is answered to those above."""
_FOOT: Final = (*SIGNED, f"（单位盖章）　　　　　{OPEN_DAY}")

_CENTRE: Final[dict[str, Any]] = {"align": "center", "valign": "vcenter"}
_CELL: Final = FRAMED | {"font_size": 10.5, "border_color": "#7F7F7F"}
_HEAD: Final = _CELL | {"font_name": "黑体", "bg_color": "#DCE6F1", "align": "center"}
_GROUP: Final = _CELL | {"font_name": "黑体", "bg_color": "#F2F2F2", "text_wrap": False}
_OPEN: Final[dict[str, Any]] = {"bg_color": "#FFF9DB", "locked": False}
_CLOSED: Final[dict[str, Any]] = {"bg_color": "#EDEDED"}
_CENTRED: Final = frozenset(("id", "deadline", "due", "turn", "measure", "unit", "last_number"))

_FORMATS: Final[dict[Fill, str]] = {
    "text": "@",
    "choice": "@",
    "day": "yyyy-mm-dd",
    "number": "General",
    "percent": "General",
}
_TAKES: Final[dict[Fill, tuple[dict[str, Any], str]]] = {
    "choice": ({"validate": "list"}, "请从下拉列表中选：{}；没有的空着。"),
    "percent": (
        {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100},
        "请填 0 到 100 的整数，如 60。",
    ),
    "number": (
        {"validate": "decimal", "criteria": "between", "minimum": "-1E12", "maximum": "1E12"},
        "请填数字，不要带单位。",
    ),
    "day": (
        {
            "validate": "date",
            "criteria": "between",
            "minimum": date(2000, 1, 1),
            "maximum": date(2099, 12, 31),
        },
        "请填日期，如 2024-08-31。",
    ),
    "text": (
        {"validate": "length", "criteria": "<=", "value": 5000},
        "内容太长，请控制在 5000 字以内。",
    ),
}
"""What a cell takes, and what Excel says of anything else."""

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
    INSTRUCTED: (
        "领导和会议交办、还没有反馈的，逐件写明办理情况和结果；没有办完的写进度和预计完成时间。不填反馈日期的，按填报日期登记。"
    ),
}


def workbook(form: UnitForm) -> bytes:
    """Return the file; the same form gives the same bytes."""
    title = f"{form.unit}{form.month}进展报送表"
    book = Book(title, "gaigai", date.fromisoformat(form.made), font_size=11)
    places = [_table(book, table, form) for table in form.tables]
    hidden = book.book.add_worksheet(SHEET)
    hidden.very_hidden()
    hidden.protect()
    for row, line in enumerate(lines_of(mark_of(form, places))):
        hidden.write_string(row, 0, line)
    return sealed(book.made(), _growing)


def _growing(name: str, part: bytes) -> bytes:
    """Return a sheet with rows that grow with what is written into them: the library fixes a height that it writes."""
    return part.replace(_FIXED_HEIGHT, b"") if name.startswith("xl/worksheets/") else part


def _table(book: Book, table: FormTable, form: UnitForm) -> tuple[int, list[int]]:
    """Write the sheet; return the row of the table's head and of each of its rows, counted from 1."""
    ws = book.book.add_worksheet(table.name)
    head = _above(book, ws, table, form)
    ws.set_row(head, 32)
    for at, column in enumerate(table.columns):
        ws.set_column(at, at, column.width)
        book.put(ws, head, at, column.title, **_HEAD)
    places = list(range(head + 1, head + 1 + len(table.rows)))
    for at, row in zip(places, table.rows, strict=True):
        _row(book, ws, at, row, table)
    end = places[-1]
    if table.name in _SIGNED:
        end += 1
        _signature(book, ws, end, table.columns)
    _validate(ws, table, places)
    _page(ws, head, end, table, form)
    return head + 1, [at + 1 for at in places]


def _above(book: Book, ws: Any, table: FormTable, form: UnitForm) -> int:
    """Write title, list, unit, who filled it in and when, and how to do it; return the row below."""
    last, row = len(table.columns) - 1, 0
    for words, look, height in _titles(table, form):
        book.put_over(ws, (row, 0, row, last), words, **_CENTRE, **look)
        ws.set_row(row, height)
        row += 1
    ws.set_row(row, 24)
    book.put_over(ws, (row, 0, row, 2), f"{UNIT}{form.unit}", bold=True, valign="vcenter")
    if table.name == REPORTS:
        _who_and_when(book, ws, row)
    row += 1
    small = {"font_size": 10, "font_color": "#595959", "text_wrap": True, "valign": "vcenter"}
    book.put_over(ws, (row, 0, row, last), "".join(_how_to(table, form)), **small)
    ws.set_row(row, 30 if table.name == REPORTS else 20)
    return row + 1


def _titles(table: FormTable, form: UnitForm) -> Iterator[tuple[str, dict[str, Any], int]]:
    for note in form.notes:
        yield note, {"font_size": 12, "bold": True, "font_color": "#C00000"}, 20
    size = 20 if table.name == REPORTS else 16
    title = {"font_name": "方正小标宋简体", "font_size": size}
    yield f"{form.month.words}{table.title}", title, 34
    number = {"font_name": "楷体_GB2312", "font_size": 12}
    yield f"{form.list_title}（{form.number}）", number, 20


def _who_and_when(book: Book, ws: Any, row: int) -> None:
    right = {"align": "right", "valign": "vcenter"}
    to_fill = _OPEN | {
        "align": "left",
        "valign": "vcenter",
        "bottom": 1,
        "bottom_color": "#404040",
    }
    book.put(ws, row, 3, "填报人及电话：", **right)
    book.put(ws, row, 4, "", **to_fill)
    book.put_over(ws, (row, 5, row, 6), FILLED_ON, **right)
    book.put(ws, row, 7, "", num_format=_FORMATS["day"], **to_fill)


def _how_to(table: FormTable, form: UnitForm) -> Iterator[str]:
    yield _HOW_TO[table.name]
    others = "".join(f"“{one.name}”" for one in form.tables if one.name != REPORTS)
    if table.name == REPORTS and others:
        yield f"本文件还有{others}表，请一并填写。"


def _row(book: Book, ws: Any, at: int, row: FormRow, table: FormTable) -> None:
    if not row.key:
        ws.set_row(at, 20)
        area = (at, 0, at, len(table.columns) - 1)
        book.put_over(ws, area, row.shown["id"], **_GROUP)
        return
    least = _LEAST if table.name in _SIGNED else _SMALL
    shown = ((row.shown.get(c.key, ""), int(c.width) - 1, 1) for c in table.columns if not c.fill)
    ws.set_row(at, max(row_height(shown, _LINE, 6), least))
    for number, column in enumerate(table.columns):
        _cell(book, ws, (at, number), row, column)


def _cell(book: Book, ws: Any, place: tuple[int, int], row: FormRow, column: FormColumn) -> None:
    closed = column.fill is not None and column.key in row.closed
    words = NOT_ASKED if closed else "" if column.fill else row.shown.get(column.key, "")
    centred = closed or column.key in _CENTRED or column.fill not in (None, "text")
    look = _CELL | {"align": "center" if centred else "left"}
    if closed:
        look |= _CLOSED
    elif column.fill:
        look |= _OPEN | {"num_format": _FORMATS[column.fill]}
    else:
        look["num_format"] = "@"
    book.put(ws, *place, words, **look)


def _signature(book: Book, ws: Any, row: int, columns: tuple[FormColumn, ...]) -> None:
    """Write where the unit's leaders sign and the unit seals, each about as wide as the others."""
    ws.set_row(row, 52)
    share = sum(column.width for column in columns) / len(_FOOT)
    first, reached = 0, 0.0
    for number, said in enumerate(_FOOT, 1):
        last = first
        reached += columns[first].width
        while last + 1 < len(columns) and (
            number == len(_FOOT) or reached < number * share - _SLACK
        ):
            last += 1
            reached += columns[last].width
        look = {"font_size": 12, "valign": "vcenter", "text_wrap": True}
        book.put_over(ws, (row, first, row, last), said, **look)
        first = last + 1


def _validate(ws: Any, table: FormTable, places: Sequence[int]) -> None:
    """Give every cell to fill in its rule: a wrong value is refused at once, with what is right."""
    for number, column in enumerate(table.columns):
        if column.fill is None:
            continue
        rows = [
            at
            for row, at in zip(table.rows, places, strict=True)
            if row.key and column.key not in row.closed
        ]
        if rows:
            cells = [(at, number, at, number) for at in rows]
            takes, wrong = _TAKES[column.fill]
            if column.choices:
                takes = takes | {"source": list(column.choices)}
                wrong = wrong.format("、".join(column.choices))
            title = column.title.replace("\n", "")
            said = {"error_title": title, "error_message": wrong, "show_input": bool(column.help)}
            asked = {"input_title": title, "input_message": column.help} if column.help else {}
            ws.data_validation(*cells[0], takes | said | asked | {"other_cells": cells[1:]})


def _page(ws: Any, head: int, end: int, table: FormTable, form: UnitForm) -> None:
    """Lay the sheet out on A4, the head and whose form it is on every page; lock it without a password."""
    set_page(ws)
    ws.set_margins(left=0.45, right=0.45, top=0.55, bottom=0.75)
    whose = foot(form.unit, form.month, table.name).replace("&", "&&")
    ws.set_footer(f"&C{harmless(whose)}　第 &P 页，共 &N 页", {"margin": 0.35})
    ws.center_horizontally()
    ws.repeat_rows(head)
    ws.print_area(0, 0, end, len(table.columns) - 1)
    ws.freeze_panes(head + 1, 0)
    rights = {"format_rows": True, "format_columns": True, "insert_rows": table.name == THINGS}
    ws.protect("", rights)
