"""Files that other programs wrote: an old workbook, a PDF, an old document (all by LibreOffice), a saved page."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice.answers import Answers
from gaigai_cli.notice.document import Cell, Line, Place, Table
from gaigai_cli.notice.draft import Draft, make_draft
from gaigai_cli.notice.formats import read_document
from gaigai_cli.notice.read import convert, pdf, pdf_columns
from tests.notice.layouts import COLUMNS
from tests.notice.measure import cells, imported, verdicts
from tests.notice.renderings import FORMATS

FILES = Path(__file__).parent / "files"


def draft_of(data: bytes, name: str) -> Draft:
    return make_draft(read_document(data, name), Answers())


def file(name: str) -> bytes:
    return (FILES / name).read_bytes()


@pytest.mark.parametrize("name", ["columns.xls", "columns.et"])
def test_an_old_workbook_is_read_as_one_of_today_s(name: str) -> None:
    draft = draft_of(file("columns.xls"), name)
    assert Counter(verdicts(COLUMNS, draft).values()) == {"right": 20}


def test_a_pdf_is_read_by_the_lines_of_its_tables() -> None:
    """Two units on lines of a column that has room for more are two."""
    found = verdicts(COLUMNS, draft_of(file("columns.pdf"), "a.pdf"))
    assert {key: verdict for key, verdict in found.items() if verdict != "right"} == {}


def table(number: int, *rows: tuple[str, ...]) -> Table:
    return Table(
        tuple(
            tuple(Cell(text, Place(number, at, column)) for column, text in enumerate(row, 1))
            for at, row in enumerate(rows, 1)
        ),
        Place(table=number),
    )


def test_a_row_that_a_page_cuts_is_joined_and_told() -> None:
    first = table(1, ("序号", "任务", "单位"), ("1", "编制数据", "县数据局"))
    cut = table(2, ("序号", "任务", "单位"), ("", "目录。", ""), ("2", "清理系统。", "县政府办"))
    goes_on = table(3, ("", "关停系统。", "县工信局"))
    blocks, cuts = pdf._without_page_breaks([first, cut, goes_on])
    (whole,) = blocks
    assert isinstance(whole, Table)
    assert [[cell.text for cell in row] for row in whole.rows] == [
        ["序号", "任务", "单位"],
        ["1", "编制数据目录。", "县数据局"],
        ["2", "清理系统。", "县政府办"],
        ["2", "关停系统。", "县工信局"],
    ]
    assert whole.rows[2][0] is whole.rows[3][0]
    (told,) = pdf._told(cuts)
    assert "表2第2行第2栏、表3第1行第2栏在表格跨页处" in told.why


def spanned(table: Table, column: int, start: int, rows: int) -> Table:
    """The table with a cell over several rows."""
    cells = [list(row) for row in table.rows]
    for row in cells[start : start + rows]:
        row[column] = cells[start][column]
    return table._replace(rows=tuple(map(tuple, cells)))


def test_a_cell_over_rows_that_a_page_cuts_is_one_and_its_rows_are_not() -> None:
    """Nothing is told where a cell over rows shows it; a row that has its own number or day is joined to none."""
    head = ("重点工作", "序号", "任务", "时限", "配合单位")
    above = table(
        1, head, ("示例审批", "1", "甲事项", "6月底", ""), ("", "2", "乙事项", "9月底", "县甲局")
    )
    below = table(2, head, ("", "3", "丙事项", "6月底", ""), ("", "4", "丁事项", "9月底", ""))
    blocks, cuts = pdf._without_page_breaks([spanned(above, 0, 1, 2), spanned(below, 0, 1, 2)])
    (whole,) = (block for block in blocks if isinstance(block, Table))
    assert [[cell.text for cell in row] for row in whole.rows[1:]] == [
        ["示例审批", "1", "甲事项", "6月底", ""],
        ["示例审批", "2", "乙事项", "9月底", "县甲局"],
        ["示例审批", "3", "丙事项", "6月底", ""],
        ["示例审批", "4", "丁事项", "9月底", ""],
    ]
    assert len({row[0] for row in whole.rows[1:]}) == 1
    assert cuts == []


def test_a_cell_over_rows_of_which_each_page_has_one_is_told() -> None:
    """Not where other cells of its column are empty, too."""
    above = table(1, ("任务", "时限", "配合"), ("甲", "6月底", ""), ("乙", "9月底", "县甲局"))
    below = table(2, ("", "10月底", ""), ("丙", "12月底", ""))
    blocks, cuts = pdf._without_page_breaks([above, below])
    (whole,) = (block for block in blocks if isinstance(block, Table))
    assert [[cell.text for cell in row] for row in whole.rows[2:]] == [
        ["乙", "9月底", "县甲局"],
        ["乙", "10月底", ""],
        ["丙", "12月底", ""],
    ]
    assert [cell.text for cell in cuts] == ["10月底"]


def test_words_of_a_cell_over_rows_may_stand_on_its_second_page() -> None:
    above = table(1, ("序号", "任务", "时限"), ("1", "", "6月底"), ("2", "", "7月底"))
    below = table(2, ("3", "甲", "9月底"), ("4", "乙", "12月底"))
    blocks, cuts = pdf._without_page_breaks([spanned(above, 1, 1, 2), below])
    (whole,) = (block for block in blocks if isinstance(block, Table))
    assert [row[1].text for row in whole.rows] == ["任务", "甲", "甲", "甲", "乙"]
    assert [cell.text for cell in cuts] == ["甲"]


def test_units_on_lines_of_their_own_are_parted() -> None:
    """A narrow column may break a name anywhere: two lines are two units where they are none together."""
    words = (
        ("县水利局\n示例镇\n各乡镇", "县自然资源\n局不动产登\n记中心"),
        ("县水利局\n示例镇", "示例县\n水利局"),
        ("★县水利\n局\n示例海关\n县乙局", "县甲局\n质安科\n县乙局"),
    )

    def read(size: float) -> list[list[str]]:
        boxes = [
            [(100.0 * at, 50.0 * down, 100.0 * at + 72, 50.0 * down + 50) for at in range(2)]
            for down in range(3)
        ]
        table = pdf._table(pdf._Ruled(words, boxes, 0, 150, size), 1)
        return [[cell.text for cell in row] for row in table.rows]

    wide = "县自然资源局不动产登记中心"
    whole = [["县水利局\n示例镇\n各乡镇", wide], ["县水利局\n示例镇", "示例县水利局"]]
    for size in (12, 15):
        assert read(size) == [*whole, ["★县水利局\n示例海关\n县乙局", "县甲局\n质安科\n县乙局"]]


def test_what_signs_at_the_right_goes_on_from_no_line_above() -> None:
    """A heading's second line, in the middle, goes on from the first."""

    def line(text: str, left: float, at: int) -> pdf_columns.WordLine:
        word = {"text": text, "x0": left, "x1": left + 10 * len(text)}
        return pdf_columns.WordLine((word,), 20.0 * at, 20.0 * at + 10)

    texts = (
        ("关于印发示例县示例工作任务清单并抓好落实工作的", 0),
        ("通知", 90),
        ("1.开展示例检查。（县甲局、县乙局负责办理）", 0),
        ("示例县人民政府", 130),
        ("2024年4月2日", 110),
    )
    lines = tuple(line(text, left, at) for at, (text, left) in enumerate(texts))
    found = [
        each.text for each in pdf._blocks([pdf._Page((), lines, ())]) if isinstance(each, Line)
    ]
    assert found == [f"{texts[0][0]}通知", *(text for text, _ in texts[2:])]


def test_columns_of_a_sheet_that_are_on_a_page_of_their_own_stand_beside_the_others() -> None:
    """Such a page has its rows where the other has them; one with the same columns goes on below."""

    def page(left: float, *rows: Sequence[str | None]) -> pdf._Page:
        boxes = [
            [
                (left + 50 * at, 100.0 + 20 * down, left + 50 * at + 50, 120.0 + 20 * down)
                if text is not None
                else None
                for at, text in enumerate(row)
            ]
            for down, row in enumerate(rows)
        ]
        return pdf._Page((pdf._Ruled(rows, boxes, 100.0, 100.0 + 20 * len(rows)),), (), ())

    left = page(50, ("序号", "任务", "单位"), ("1", "编目录", "县甲局"), ("2", "清系统", "县乙局"))
    below = page(
        50, ("3", "建平台", "县丙局"), ("4", "办窗口", "县丁局"), ("5", "查漏洞", "县戊局")
    )
    right = page(70, ("时限", "备注"), ("6月底", ""), (None, "示例"))
    pages, (told,) = pdf._with_further_columns([left, below, right])

    whole, further = pdf._blocks(pages)
    assert isinstance(whole, Table)
    assert [[cell.text for cell in row] for row in whole.rows] == [
        ["序号", "任务", "单位", "时限", "备注"],
        ["1", "编目录", "县甲局", "6月底", ""],
        ["2", "清系统", "县乙局", "6月底", "示例"],
    ]
    assert isinstance(further, Table)
    assert [cell.text for cell in further.rows[0]] == ["3", "建平台", "县丙局"]
    assert told.why.startswith("第3页的表接在第1页的表右边，")


@pytest.mark.external("soffice")
@pytest.mark.thorough
def test_an_old_document_is_read_through_libreoffice() -> None:
    draft = draft_of(file("columns.doc"), "通知.doc")
    assert Counter(verdicts(COLUMNS, draft).values()) == {"right": 20}


def test_without_libreoffice_an_old_document_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(convert, "_program", lambda: None)
    with pytest.raises(GaigaiError, match=r"旧版文档.*另存为 \.docx"):
        draft_of(file("columns.doc"), "通知.wps")
    with pytest.raises(GaigaiError, match=r"这是 RTF 文档.*另存为 \.docx"):
        draft_of(b"{\\rtf1 }", "通知.doc")


def test_a_libreoffice_that_lies_in_the_folder_at_hand_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("soffice", "soffice.exe", "libreoffice"):
        (tmp_path / name).touch(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(convert, "_PLACES", ())
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}..")

    assert convert._program() is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert convert._program() is not None


@pytest.mark.parametrize("name", ["页.mht", "页.html"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_page_that_a_browser_saved_in_one_file(name: str, charset: str) -> None:
    page = FORMATS["通知.html"](COLUMNS.sheet).decode()
    message = EmailMessage()
    message["Subject"] = "示例"
    message.set_content(page, subtype="html", charset=charset, cte="base64")
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png", cid="<a>")
    draft = draft_of(message.as_bytes(), name)
    assert cells(draft) == cells(imported(COLUMNS, "通知.html"))


def test_a_mail_that_is_a_page() -> None:
    message = EmailMessage()
    message.set_content("见下表。")
    message.add_alternative(FORMATS["通知.html"](COLUMNS.sheet).decode(), subtype="html")
    draft = draft_of(message.as_bytes(), "通知.eml")
    assert cells(draft) == cells(imported(COLUMNS, "通知.html"))


def test_the_xml_of_office_2003_is_read_by_its_tables() -> None:
    """Systems of offices write such workbooks under the name of .xls."""
    rows = [["序号", "任务", "单位"], ["1", "编制目录。", "县数据局"]]
    data = '<Data ss:Type="String">{}</Data>'
    book = "".join(
        f"<Row>{''.join(f'<Cell>{data.format(text)}</Cell>' for text in row)}</Row>" for row in rows
    )
    title = f'<Row><Cell ss:MergeAcross="2">{data.format("示例清单")}</Cell></Row>'
    names = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="s"'
    workbook = f'<?xml version="1.0"?><Workbook {names}><Title>旧</Title><Worksheet><Table>{title}{book}</Table></Worksheet></Workbook>'
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    table = "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph.format(text)}</w:tc>' for text in row)}</w:tr>"
        for row in rows
    )
    space = 'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
    document = f"<w:wordDocument {space}><w:body>{paragraph.format('示例清单')}<w:tbl>{table}</w:tbl></w:body></w:wordDocument>"

    (made,) = read_document(workbook.encode(), "清单.xls").tables
    assert [[cell.text for cell in row] for row in made.rows] == [["示例清单"] * 3, *rows]
    read = read_document(document.encode(), "清单.doc")
    assert [line.text for line in read.lines] == ["示例清单"]
    assert [[cell.text for cell in row] for row in next(iter(read.tables)).rows] == rows


Words = tuple[float, float, str]
"""Where words begin on a page, in points from its left and upper edge, and the words."""


def pdf_of(*pages: Sequence[Words]) -> bytes:
    """Return a PDF with these words, ten points high, and no line."""
    fonts = (
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 5 0 R>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/Ascent 880/Descent -120/FontBBox[0 -120 1000 880]>>",
    )
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    parts = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"]
    parts += fonts
    for number, page in enumerate(pages):
        text = "".join(
            f"BT /F 10 Tf {x} {800 - y} Td <{words.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, words in page
        )
        parts.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {7 + 2 * number} 0 R>>"
        )
        parts.append(f"<</Length {len(text)}>>stream\n{text}endstream\n")
    objects = "".join(f"{number} 0 obj{part}endobj\n" for number, part in enumerate(parts, 1))
    return f"%PDF-1.4\n{objects}trailer<</Root 1 0 R>>\n%%EOF\n".encode()


def laid(
    rows: Sequence[Sequence[str]], top: float, *, centred: bool, room: float
) -> Iterator[Words]:
    """Yield the words of rows whose cells have lines of five characters, with more room between rows than lines."""
    for row in rows:
        cells = [[text[at : at + 5] for at in range(0, len(text), 5)] for text in row]
        height = max(map(len, cells))
        for column, lines in enumerate(cells):
            above = (height - len(lines)) / 2 if centred else 0
            for at, words in enumerate(lines):
                yield 50 + 60 * column, top + 13 * (at + above), words
        top += 13 * height + room


@pytest.mark.parametrize("room", [0, 6])
@pytest.mark.parametrize("centred", [False, True])
def test_a_table_without_lines_is_read_by_where_its_words_stand(centred: bool, room: float) -> None:
    """What stands above and below the text of every page is none of it, and one question asks to check the table."""
    head = ("序号", "工作任务", "牵头单位", "完成时限")
    rows = (
        ("1", "建成示例数据平台。", "县甲局", "2024年6月底前"),
        ("2", "办好示例窗口，推行一窗受理。", "县乙局、县丙局", "9月底前"),
        ("3", "开展示例检查。", "县丙局", "长期坚持"),
        ("4", "编制示例规划。", "县丁局", "12月底前"),
    )
    running = [(60, 30, "示例县人民政府公报"), (400, 30, "第3期")]
    table = (laid(part, 120, centred=centred, room=room) for part in ((head, *rows[:2]), rows[2:]))
    pages = [[*running, (300, 760, f"— {page} —"), *part] for page, part in enumerate(table, 1)]
    pages[0].append((200, 80, "示例县示例任务清单"))

    read = read_document(pdf_of(*pages), "清单.pdf")

    assert [line.text for line in read.lines] == ["示例县示例任务清单"]
    (found,) = read.tables
    assert [[cell.text for cell in row] for row in found.rows] == [*map(list, (head, *rows))]
    (told,) = read.remarks
    assert told.why == "表1没有表格线，按文字的位置分行分栏"


def test_lines_a_little_further_apart_begin_no_rows() -> None:
    """Figures and characters of several fonts move the lines of a table without lines by a point or two."""
    lines = (
        (100, ("序号", "工作内容", "牵头单位", "完成时间")),
        (113.8, ("1", "修订预案", "县甲局", "4月15日")),
        (128.9, ("2", "排查隐患点", "县乙分局", "4月底")),
        (145, ("", "86处")),
        (159.2, ("3", "储备物资", "县甲局", "5月底")),
        (174.2, ("4", "组织演练", "县丙办", "5月20日前")),
    )
    page = [(50 + 70 * at, y, text) for y, row in lines for at, text in enumerate(row) if text]

    read = read_document(pdf_of(page), "清单.pdf")

    (found,) = read.tables
    assert [[cell.text for cell in row] for row in found.rows] == [
        ["序号", "工作内容", "牵头单位", "完成时间"],
        ["1", "修订预案", "县甲局", "4月15日"],
        ["2", "排查隐患点86处", "县乙分局", "4月底"],
        ["3", "储备物资", "县甲局", "5月底"],
        ["4", "组织演练", "县丙办", "5月20日前"],
    ]


def test_words_across_the_columns_are_a_row_or_below_the_table() -> None:
    """A head may stand over two columns; whom to ask, below the last row, is nobody's unit."""
    rows = (
        ("1", "建成平台。", "县甲局", "县乙局", "6月底前"),
        ("2", "办好窗口。", "县乙局", "县甲局", "9月底前"),
    )
    heads: list[Words] = [
        (50, 80, "序号"),
        (110, 80, "任务"),
        (190, 80, "责任单位"),
        (290, 80, "时限"),
    ]
    page: list[Words] = [*heads, (170, 100, "牵头"), (230, 100, "配合")]
    page += [(50, 120, "一、示例领域各项改革工作任务")]
    page += laid(rows, 140, centred=False, room=6)
    page += [(50, 185, "联系人：甲示例先生"), (150, 185, "电话：0000"), (260, 185, "传真：0000")]

    read = read_document(pdf_of(page), "清单.pdf")

    (found,) = read.tables
    assert [[cell.text for cell in row] for row in found.rows] == [
        ["序号", "任务", "责任单位", "", "时限"],
        ["", "", "牵头", "配合", ""],
        ["一、示例领域各项改革工作任务", "", "", "", ""],
        *map(list, rows),
    ]
    assert [line.text for line in read.lines] == ["联系人：甲示例先生 电话：0000 传真：0000"]


def test_rows_without_lines_are_told_by_the_numbers_of_any_column() -> None:
    """A group's cell stands in the middle of its rows, a total is a row of its own."""
    page: list[Words] = [(50, 100, "类别"), (130, 100, "序号"), (170, 100, "任务")]
    page += [(260, 100, "责任单位"), (400, 100, "时限")]
    rows = ((130, "1", "6月底"), (154, "2", "7月底"), (178, "3", "8月底"))
    for y, number, day in rows:
        page += [(135, y, number), (170, y, f"办理{number}事"), (260, y, "县甲局")]
        page.append((400, y, day))
    page += [(50, 142, "甲类"), (50, 178, "乙类"), (130, 196, "合计"), (170, 196, "3件")]

    read = read_document(pdf_of(page), "清单.pdf")

    (found,) = read.tables
    assert [[cell.text for cell in row] for row in found.rows] == [
        ["类别", "序号", "任务", "责任单位", "时限"],
        ["甲类", "1", "办理1事", "县甲局", "6月底"],
        ["", "2", "办理2事", "县甲局", "7月底"],
        ["乙类", "3", "办理3事", "县甲局", "8月底"],
        ["", "合计", "3件", "", ""],
    ]


def test_rows_without_lines_and_numbers_are_told_by_all_columns_but_that_of_groups() -> None:
    """A cell over several rows has words in one of its lines alone."""
    page: list[Words] = []
    rows = (
        ("类别", "任务", "责任单位", "时限"),
        ("甲类", "办理示例一事", "县甲局", "6月底"),
        ("", "办理示例二事", "县乙局", "7月底"),
        ("", "办理示例三事", "县甲局", "8月底"),
        ("乙类", "办理示例四事", "县丙局", "9月底"),
    )
    for at, row in enumerate(rows):
        page += [(50 + 90 * column, 100 + 14 * at, text) for column, text in enumerate(row) if text]

    read = read_document(pdf_of(page), "清单.pdf")

    (found,) = read.tables
    assert [[cell.text for cell in row] for row in found.rows] == [*map(list, rows)]


def test_names_that_a_blank_parts_stand_in_one_cell() -> None:
    """Columns stand further apart than a blank is wide."""
    words = [("县甲局", 50, 80), ("县乙局", 82, 112), ("6月底", 130, 155)]
    (line,) = pdf_columns.word_lines(
        {"text": t, "x0": a, "x1": b, "top": 100, "bottom": 110} for t, a, b in words
    )
    assert [word["text"] for word in line.words] == ["县甲局 县乙局", "6月底"]


def test_units_on_lines_of_their_own_are_parted_in_a_table_without_lines_too() -> None:
    """How many characters a line has room for is told by the longest one of its column."""
    rows = [("责任单位",), ("县甲局", "县乙局"), ("县农业农村", "局"), ("县丙局", "县丁局")]
    page: list[Words] = []
    for at, lines in enumerate(rows):
        y = 100 + 40 * at
        page += [(50, y, str(at) if at else "序号"), (90, y, f"示例事项{at}"), (260, y, "6月底前")]
        page += [(180, y + 13 * line, words) for line, words in enumerate(lines)]
    (found,) = read_document(pdf_of(page), "清单.pdf").tables
    cells = [row[2].text for row in found.rows]
    assert cells == ["责任单位", "县甲局\n县乙局", "县农业农村局", "县丙局\n县丁局"]


def test_the_last_columns_of_a_table_without_lines_may_be_on_pages_of_their_own() -> None:
    """They have its rows at the same heights; a page of text behind one whose lines are numbered has not."""
    rows = [("序号", "任务", "牵头单位", "时限")]
    rows += [
        (f"{at}", f"办理第{at}事", f"县{unit}局", f"{at + 1}月底")
        for at, unit in enumerate("甲乙丙丁戊己", 1)
    ]
    halves = (rows[:4], rows[4:])
    down = [[*laid([row[:2] for row in half], 100, centred=False, room=6)] for half in halves]
    over = [[*laid([row[2:] for row in half], 99.6, centred=False, room=6)] for half in halves]
    pages = [[(50, 80, "示例县示例清单"), *down[0]], down[1], *over]

    read = read_document(pdf_of(*pages), "清单.pdf")

    (found,) = read.tables
    assert [[cell.text for cell in row] for row in found.rows] == [*map(list, rows)]
    assert [told.why for told in read.remarks] == [
        "表1没有表格线，按文字的位置分行分栏",
        "第3页的表接在第1页的表右边、第4页的表接在第2页的表右边，各行的高低相同，像是一张表的栏目分在两页",
    ]

    text: list[Words] = [(50, 100 + 20 * at, f"{at + 1}、") for at in range(4)]
    text += [(80, 100 + 20 * at, "县甲局要做好示例工作，") for at in range(4)]
    behind: list[Words] = [(50, 100 + 20 * at, "各单位要抓好落实，") for at in range(4)]
    wrapped: list[Words] = [*text, (50, 180, "不得拖延。")]

    read = read_document(pdf_of(wrapped, [*behind, (50, 180, "特此通知。")]), "通知.pdf")

    assert not read.remarks


BLANK = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
"""A page without text, as a scan is."""


def test_a_scan_and_a_missing_reader_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GaigaiError, match="多半是扫描件"):
        draft_of(BLANK, "a.pdf")
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(GaigaiError, match="要另装 pdfplumber"):
        draft_of(BLANK, "a.pdf")
