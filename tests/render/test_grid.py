"""Tables: aligned by cells, cut rather than wrapped, one path for all sizes."""

from collections.abc import Sequence
from contextvars import copy_context
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from gaigai_cli.render.grid import Head, grid
from gaigai_cli.render.lines import StyledText, page
from gaigai_cli.render.width import AMBIGUOUS_CELLS, width_of, wrap

HEADS = (Head("编号"), Head("事项", "text"), Head("牵头单位", "names"), Head("进度", right=True))


def drawn(rows: Sequence[tuple[str, ...]], width: int) -> str:
    cells = [[StyledText(text) for text in row] for row in rows]
    return page(grid(HEADS, cells)).text(width)


def test_columns_are_aligned_by_cells() -> None:
    rows = [
        ("1.1", "推行“竣工即办证”", "园区管委会", "5%"),
        ("10.2", "BIM审查", "县住建局", "100%"),
    ]

    assert drawn(rows, 80) == (
        "编号  事项              牵头单位    进度\n"
        "────────────────────────────────────────\n"
        "1.1   推行“竣工即办证”  园区管委会    5%\n"
        "10.2  BIM审查           县住建局    100%\n"
    )


def test_text_is_cut_and_names_are_broken_where_room_is_short() -> None:
    rows = [("10.2", "推进经营性项目“验收即开业”", "县市场监管局、县住建局", "")]

    assert drawn(rows, 44) == (
        "编号  事项              牵头单位        进度\n"
        "────────────────────────────────────────────\n"
        "10.2  推进经营性项目…   县市场监管局、\n"
        "                        县住建局\n"
    )


def test_rows_become_lines_where_their_columns_find_no_room() -> None:
    """Each with its number first, the others behind the titles of their columns; empty ones are left out."""
    heads = (Head("编号"), Head("事项", "text"), Head("牵头单位"), Head("状态"), Head("备注"))
    cells = ("1.1", "推行“分阶段施工许可”", "县自然资源局", "推进中", "")
    rows = [[StyledText(text) for text in cells]]

    assert page(grid(heads, rows)).text(34).splitlines() == [
        "1.1  事项 推行“分阶段施工许可”",
        "  牵头单位 县自然资源局",
        "  状态 推进中",
    ]


def test_line_ends_and_orders_in_cells_do_no_harm() -> None:
    assert "甲 乙�[2J" in drawn([("1", "甲\n乙\x1b[2J", "", "")], 80)


TEXT = st.text(alphabet="县住建局审批“”，。、1a ", max_size=30)


@given(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT), max_size=5))
def test_no_line_ends_with_blanks(rows: Sequence[tuple[str, ...]]) -> None:
    cells = [[StyledText(text.strip()) for text in row] for row in rows]

    for line in page(grid(HEADS, cells)).text(80).splitlines():
        assert line == line.rstrip()


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=5), st.integers(30, 120))
def test_a_table_is_never_wider_than_the_terminal(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    heads = (Head("编号"), Head("事项", "text"), Head("内容", "text"), Head("单位"))
    cells = [[StyledText("1.1"), *map(StyledText, row)] for row in rows]

    assert all(
        width_of(line) <= width for line in page(grid(heads, cells)).text(width).splitlines()
    )


@given(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT), max_size=5), st.sampled_from((40, 60, 80, 120)))
def test_a_terminal_shows_what_a_pipe_gets(rows: list[tuple[str, ...]], width: int) -> None:
    """A table of rich there, plain lines here; only blanks at the ends of lines may differ."""
    cells = [[StyledText(text.strip(), "red") for text in row] for row in rows]
    made = page(grid(HEADS, cells), ((StyledText("共1项"),),))
    console = Console(file=StringIO(), width=width, force_terminal=True, soft_wrap=True)

    console.print(made)

    assert isinstance(console.file, StringIO)
    shown = Text.from_ansi(console.file.getvalue()).plain
    assert [line.rstrip() for line in shown.splitlines()] == made.text(width).splitlines()


def test_blocks_are_parted_by_one_blank_line() -> None:
    one, two = ((StyledText("甲"),),), ((StyledText("乙"),),)

    assert page(one, (), two).text(80) == "甲\n\n乙\n"


def in_an_old_chinese_console(rows: Sequence[tuple[str, ...]], width: int) -> tuple[str, str]:
    """A table's plain text, and what rich writes for it."""
    AMBIGUOUS_CELLS.set(2)
    made = page(grid(HEADS, [[StyledText(text.strip(), "red") for text in row] for row in rows]))
    console = Console(file=StringIO(), width=width, force_terminal=True, soft_wrap=True)
    console.print(made)
    assert isinstance(console.file, StringIO)
    return made.text(width), console.file.getvalue()


@given(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT), max_size=5), st.sampled_from((40, 60, 80, 120)))
def test_tables_are_straight_where_quotes_take_two_cells(
    rows: list[tuple[str, ...]], width: int
) -> None:
    """There a character takes as many cells as it has bytes in GBK."""
    marked = [("1", row[1], "县住建局、县水利局", "甲") for row in rows]

    text, written = copy_context().run(in_an_old_chinese_console, marked, width)

    ends = {len(line.encode("gbk")) for line in text.splitlines() if line.endswith(("甲", "进度"))}
    assert len(ends) == 1
    assert max(len(line.encode("gbk")) for line in text.splitlines()) <= width
    assert "\x1b[" in written
    assert Text.from_ansi(written).plain.splitlines() == text.splitlines()


def test_paragraphs_keep_within_the_console_where_quotes_take_two_cells() -> None:
    def wrapped() -> list[str]:
        AMBIGUOUS_CELLS.set(2)
        return wrap("“一”“二”…—“三”“四”" * 9, 40)

    assert all(len(line.encode("gbk")) <= 40 for line in copy_context().run(wrapped))
