"""Every character of a table's cells is found again, in the draft or in the doubts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice.answers import Answers
from gaigai_cli.notice.draft import Draft, make_draft
from gaigai_cli.notice.formats import read_document
from tests.notice.layouts import LAYOUTS
from tests.notice.measure import formats_of, imported
from tests.notice.renderings import FORMATS, LEFT, UP, Rows, Sheet, shown
from tests.notice.seed import seed
from tests.notice.test_kinds import KINDS


def strings(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        for value in tree.values():
            yield from strings(value)
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from strings(value)
    else:
        yield str(tree)


def told(draft: Draft) -> str:
    """All that the draft, the doubts and the list of layout say, without blanks."""
    return squeezed("\x00".join([read_or_asked(draft), *(left.text for left in draft.left_out)]))


def read_or_asked(draft: Draft) -> str:
    parts = [*strings(draft.list_tree), *strings(draft.units)]
    for doubt in draft.doubts:
        parts += [doubt.text, doubt.why, doubt.read]
    return "\x00".join(parts)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_all_lines_below_a_pasted_table_are_found_again() -> None:
    """A further list with heads is read, and what is none is listed as left out."""
    file = KINDS / "cells-a-line-of-two-lists.txt"
    found = told(make_draft(read_document(file.read_bytes(), file.name), Answers()))
    assert [line for line in file.read_text("utf-8").split() if line not in found] == []


def pieces_of(text: str, found: str) -> list[str]:
    """The longest pieces, one after the other, in which a text is found again; fails for a character that is not."""
    pieces = []
    while text:
        size = len(text)
        while size and text[:size] not in found:
            size -= 1
        assert size, f"{text[:20]} is lost"
        pieces.append(text[:size])
        text = text[size:]
    return pieces


def nothing_is_lost(tables: tuple[Rows, ...], draft: Draft) -> None:
    """Found again in no more pieces than lines and numbers cut a cell into: not letter by letter."""
    found = told(draft)
    for cell in (cell for rows in tables for row in rows for cell in row if cell not in (UP, LEFT)):
        text = shown(cell)
        cuts = text.count("\n") + sum(text.count(sign) for sign in ".、．）)①②③；;")
        assert len(pieces_of(squeezed(text), found)) <= 1 + 2 * cuts, text


HEADS = [
    "序号",
    "主要任务",
    "工作内容",
    "责任单位（打★为牵头单位）",
    "完成时限",
    "备注",
    "责任领导",
    "联系人",
    "一季度",
    "二季度",
    "工作目标",
    "存在问题",
    "启动时间",
]
UNITS = [
    "★县住建局",
    "县发改局",
    "县直各部门",
    "各乡镇",
    "县财政局牵头",
    "甲乙丙",
    "（配合）",
    "县住建局\n县水利局",
]
DAYS = [
    "6月底",
    "立行立改",
    "2025年2月30日",
    "每月25日前",
    "印发后10个工作日内",
    "4月底前完成方案，9月底前完成整改",
    "待定",
]
WORDS = [
    "推进改革。",
    "1.",
    "2.",
    "（1）",
    "（2）",
    "不少于3次",
    "“一件事”",
    "注：",
    "合计",
    "★",
    "一、",
    "\n",
    " ",
    "x",
    "①",
    "<b>",
    "|",
]

free = st.lists(st.sampled_from(WORDS), max_size=6).map("".join)
cell = st.one_of(
    st.just(""),
    free,
    st.lists(st.sampled_from(UNITS), min_size=1, max_size=4).map("、".join),
    st.sampled_from(DAYS),
    st.integers(1, 30).map(str),
    st.text("县局办甲乙丙丁0123456789.、，；：（）★* \n|\\_-年月日底前", max_size=12),
)


@st.composite
def tables(draw: st.DrawFn) -> Rows:
    heads = draw(st.permutations(HEADS).map(lambda order: order[: draw(st.integers(5, 8))]))
    assume(
        {"责任单位（打★为牵头单位）", "完成时限"} & set(heads)
        and {"主要任务", "工作内容", "存在问题"} & set(heads)
    )
    rows = [list(heads)]
    for _ in range(draw(st.integers(1, 5))):
        row = [draw(cell) for _ in heads]
        if draw(st.booleans()) and "序号" in heads:
            row[heads.index("序号")] = str(len(rows))
        for column in range(len(heads)):
            if len(rows) > 1 and draw(st.integers(0, 5)) == 0:
                row[column] = UP
        rows.append(row)
    return rows


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=settings().max_examples // 4)
@given(data=st.data())
def test_of_no_table(name: str, data: st.DataObject) -> None:
    rows = data.draw(tables())
    before = ("关于印发《示例县2025年任务清单》的通知", "示例县办公室", "2025年3月10日")
    sheet = Sheet(before, (rows,))
    with suppress(NoList):
        nothing_is_lost((rows,), drafted(sheet, name))


SAY_WHO = (
    "推进示例{0}事项。（县{0}局负责）", "推进示例{0}事项，由县{0}局牵头。", "请县{0}局抓紧推进示例{0}事项。",
    "县{0}局要尽快推进示例{0}事项。", "会议要求，县{0}局要推进示例{0}事项。", "县{0}局、县己局负责推进示例{0}事项。",
    "示例{0}事项，县{0}局5月底前拿出方案。", "县{0}局：推进示例{0}事项，6月底前完成。",
)  # fmt: skip


@pytest.mark.parametrize("numbers", ["", "一", "一二三四"])
@settings(max_examples=settings().max_examples // 4)
@given(forms=st.lists(st.sampled_from(SAY_WHO), min_size=2, max_size=4))
def test_no_paragraph_that_names_a_unit_is_left_out_without_a_doubt(
    numbers: str, forms: list[str]
) -> None:
    names = "甲乙丙丁"[: len(forms)]
    lines = ["示例县专题会议纪要"]
    for at, (name, form) in enumerate(zip(names, forms, strict=True)):
        lines.append((f"{numbers[at]}、" if at < len(numbers) else "") + form.format(name))
    text = "\n".join([*lines, "会议还研究了其他事项。"])
    with suppress(GaigaiError):  # refused where all of them say it by their sentences alone
        said = read_or_asked(make_draft(read_document(text.encode(), "notice.txt"), Answers()))
        assert [name for name in names if f"示例{name}事项" not in said] == []


def test_a_column_of_bars_keeps_the_words_beside_a_sign() -> None:
    heads = ["序号", "主要任务", "责任单位", "一季度", "二季度", "三季度"]
    rows: Rows = [
        heads,
        ["1", "推进改革。", "县住建局", "●", "制定方案", "组织验收"],
        ["2", "推进改革。", "县住建局", "●", "●", ""],
    ]

    draft = drafted(Sheet(("示例县2025年任务清单",), (rows,)), "通知.xlsx")

    nothing_is_lost((rows,), draft)
    deadlines = [
        item["deadline"]["text"] for task in draft.list_tree["tasks"] for item in task["items"]
    ]
    assert deadlines == ["一季度；二季度：制定方案；三季度：组织验收", "一季度至二季度"]


class NoList(Exception):  # noqa: N818
    pass


def drafted(sheet: Sheet, name: str) -> Draft:
    document = read_document(FORMATS[name](sheet), name)
    try:
        return make_draft(document, Answers())
    except GaigaiError as error:
        if error.message == "没有找到任务清单":
            raise NoList from None
        raise


@pytest.mark.parametrize("name", FORMATS)
def test_of_the_notice_that_ships(name: str) -> None:
    nothing_is_lost(
        seed().tables, make_draft(read_document(FORMATS[name](seed()), name), Answers())
    )


def test_of_any_layout() -> None:
    for layout in LAYOUTS:
        for name in formats_of(layout):
            nothing_is_lost(layout.sheet.tables, imported(layout, name))


def test_what_stands_below_a_table_is_listed_as_left_out() -> None:
    below = ("一、各单位每月26日前报送情况。", "二、未列出的事项由各单位及时组织。")
    rows: Rows = [
        ["序号", "主要任务", "责任单位", "完成时限"],
        ["1", "推进改革。", "县住建局", "6月底"],
        ["2", "优化服务。", "县水利局", "9月底"],
    ]
    for name in FORMATS:
        draft = drafted(Sheet(("示例县2025年任务清单",), (rows,), below), name)
        assert [line for line in below if line not in told(draft)] == [], name
