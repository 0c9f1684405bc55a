"""What only one format has: merged cells and tracked changes, hidden rows, automatic numbers, encodings."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, time
from io import BytesIO
from typing import Any, cast

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice.answers import Answers
from gaigai_cli.notice.document import Document, Table
from gaigai_cli.notice.draft import Draft, make_draft
from gaigai_cli.notice.formats import read_document
from gaigai_cli.notice.read.xlsx import text_shown

HEAD = ["序号", "工作任务", "工作内容", "责任单位（打★为牵头单位）", "完成时限"]
ROW = ["1", "推进改革", "编制清单。", "★县发改局", "2025年6月底"]


def texts(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [[cell.text for cell in row] for row in table.rows]


def word(change: Callable[[Any], None], rows: list[list[str]] | None = None) -> Document:
    """A Word document with one table, changed before it is saved."""
    document = docx.Document()
    rows = rows or [HEAD, ROW]
    table = document.add_table(len(rows), len(rows[0]))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    change(document)
    stream = BytesIO()
    document.save(stream)
    return read_document(stream.getvalue(), "通知.docx")


def inline(xml: str) -> Any:
    return parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))


def remarks(document: Document) -> list[tuple[str, str, bool]]:
    """Return each remark's code and text, and whether it says that the text was not read."""
    return [(each.kind, each.text, "没有读入" in each.why) for each in document.remarks]


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    def change(document: Any) -> None:
        paragraph = document.tables[0].cell(1, 4).paragraphs[0]._p
        paragraph.append(inline("<w:ins><w:r><w:t>前</w:t></w:r></w:ins>"))
        paragraph.append(inline("<w:del><w:r><w:delText>左右</w:delText></w:r></w:del>"))

    document = word(change)
    assert texts(document)[1][4] == "2025年6月底前"
    assert remarks(document) == [("修订", "左右", True), ("修订", "前", False)]
    assert {remark.place.words for remark in document.remarks} == {"表1第2行第5栏"}


def test_a_deleted_row_is_told() -> None:
    def change(document: Any) -> None:
        row = document.tables[0].rows[1]._tr
        row.get_or_add_trPr().append(inline("<w:del/>".replace("/>", "></w:del>")))

    document = word(change)
    assert len(texts(document)) == 1
    assert remarks(document) == [("修订", "　".join(ROW), True)]


def test_text_boxes_hidden_and_struck_text_are_told() -> None:
    def change(document: Any) -> None:
        cell = document.tables[0].cell(1, 2).paragraphs[0]
        hidden = cell.add_run("内部掌握")
        hidden.font.hidden = True
        cell.add_run("作废").font.strike = True
        box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
        cell._p.append(inline(box))

    document = word(change)
    assert texts(document)[1][2] == "编制清单。作废"
    assert remarks(document) == [
        ("隐藏的文字", "内部掌握", True),
        ("删除线", "作废", False),
        ("文本框", "框里的字", True),
    ]


def test_automatic_numbers_are_read_as_shown() -> None:
    """A column of numbers that Word counts holds no text at all; points in a cell are counted too."""

    def change(document: Any) -> None:
        table = document.tables[0]
        for row in (1, 2):
            table.cell(row, 0).paragraphs[0].style = document.styles["Normal"]
            numbered(table.cell(row, 0).paragraphs[0], "1")
        content = table.cell(2, 2)
        content.text = "甲。"
        content.add_paragraph("乙。")
        for paragraph in content.paragraphs:
            numbered(paragraph, "2")
        part = document.part.numbering_part.element
        for child in list(part):
            part.remove(child)
        for number, form, text in (("1", "decimal", "%1"), ("2", "chineseCounting", "（%1）")):
            part.append(
                inline(
                    f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                    f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
                )
            )
        for number in ("1", "2"):
            part.append(
                inline(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
            )

    rows = [HEAD, ["", *ROW[1:]], ["", "再推进", "", *ROW[3:]]]
    draft = made(word(change, rows))
    assert [(t["id"], [(i["id"], i["content"]) for i in t["items"]]) for t in draft.tasks] == [
        ("1", [("1.1", "编制清单。")]),
        ("2", [("2.1", "甲。"), ("2.2", "乙。")]),
    ]


def test_numbers_that_a_style_gives_are_read() -> None:
    """Word's own list styles: the paragraph says nothing of a number; a style may have it from another."""

    def change(document: Any) -> None:
        derived = document.styles.add_style("措施", 1)
        derived.base_style = document.styles["List Number"]
        for number, style in enumerate(("List Number", "措施", "Normal"), start=1):
            text = f"推进第{number}批。牵头单位：县发改局；完成时限：6月底"
            document.add_paragraph(text, style=document.styles[style])

    document = word(change)
    assert [line.text.partition("。")[0] for line in document.lines] == [
        "1. 推进第1批", "2. 推进第2批", "推进第3批",
    ]  # fmt: skip


def numbered(paragraph: Any, number: str) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(inline(f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'))


def made(document: Document) -> Draft:
    return make_draft(document, Answers())


def test_a_table_in_a_cell_of_a_list_is_words_of_it() -> None:
    def change(document: Any) -> None:
        inner = document.tables[0].cell(1, 2).add_table(2, 2)
        for at, words in enumerate(("一是", "小表甲", "二是", "小表乙")):
            inner.cell(at // 2, at % 2).text = words

    (table,) = word(change).tables
    assert table.rows[1][2].text.split("\n")[-2:] == ["一是　小表甲", "二是　小表乙"]


def test_tabs_between_words_of_paragraphs_part_the_cells_of_a_list() -> None:
    def change(document: Any) -> None:
        document.tables[0]._tbl.getparent().remove(document.tables[0]._tbl)
        rows = (
            "序号 工作事项 承办科室 完成时间",
            "1 更换电梯2部 房产科 6月底",
            "2 改造楼3栋 节能科 9月底",
        )
        for row in (*rows, "3 升级平台 车管科 10月底", "联系人： 张示例"):
            document.add_paragraph(row.replace(" ", "\t"))

    draft = made(word(change))
    read = [(item["content"], item["units"]["text"]) for t in draft.tasks for item in t["items"]]
    assert read == [("更换电梯2部", "房产科"), ("改造楼3栋", "节能科"), ("升级平台", "车管科")]


def test_a_list_in_a_cell_of_a_layout_table_or_in_a_text_box_is_a_table_of_its_own() -> None:
    def rows(document: Document) -> list[list[list[str]]]:
        return [[[c.text for c in row] for row in table.rows] for table in document.tables]

    def within(document: Any) -> None:
        document.add_table(1, 1).cell(0, 0)._tc.insert(0, document.tables[0]._tbl)

    def boxed(document: Any) -> None:
        box = inline("<w:r><w:pict><w:txbxContent/></w:pict></w:r>")
        box.find(".//{*}txbxContent").append(document.tables[0]._tbl)
        document.add_paragraph()._p.append(box)

    plain = word(lambda document: None)
    assert rows(word(within))[-1:] == rows(word(boxed)) == rows(plain)
    assert not word(boxed).remarks


def test_lines_within_a_paragraph_are_lines() -> None:
    """Fields below the last item are its own, as they are in a text of lines."""
    items = (
        "1．推进甲事项。\n责任单位：县甲局\n完成时限：6月底前",
        "2．推进乙事项。\n责任单位：县乙局\n完成时限：9月底前",
    )

    def change(document: Any) -> None:
        document.tables[0]._tbl.getparent().remove(document.tables[0]._tbl)
        for item in items:
            document.add_paragraph(item)

    assert [(task["title"], task["items"][0]["units"]["responsible"], task["items"][0]["deadline"]["text"])
            for task in made(word(change)).tasks] == [
        ("推进甲事项。", ["县甲局"], "6月底前"), ("推进乙事项。", ["县乙局"], "9月底前")
    ]  # fmt: skip


def test_the_star_of_a_symbol_font_is_a_star() -> None:
    def change(document: Any) -> None:
        paragraph = document.tables[0].cell(1, 3).paragraphs[0]
        paragraph.text = ""
        star = '<w:r><w:sym w:font="Wingdings" w:char="F0AB"/></w:r>'
        paragraph._p.append(inline(star))
        paragraph.add_run("县发改局")

    assert texts(word(change))[1][3] == "★县发改局"


def test_content_controls_and_links_are_text() -> None:
    def change(document: Any) -> None:
        paragraph = document.tables[0].cell(1, 1).paragraphs[0]._p
        run = copy.deepcopy(paragraph.r_lst[0])
        control = inline("<w:sdt><w:sdtContent></w:sdtContent></w:sdt>")
        control[0].append(run)
        paragraph.append(control)

    assert texts(word(change))[1][1] == "推进改革推进改革"


def test_a_footnote_may_say_who_leads() -> None:
    document = word(lambda document: document.add_paragraph("注：★表示牵头单位。"))
    assert [line.text for line in document.lines] == ["注：★表示牵头单位。"]


def sheet(change: Callable[[Any], None], rows: list[list[Any]] | None = None) -> Document:
    book = Workbook()
    page = cast(Any, book.active)
    for row in rows or [HEAD, ROW]:
        page.append(row)
    change(page)
    stream = BytesIO()
    book.save(stream)
    return read_document(stream.getvalue(), "通知.xlsx")


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    def change(page: Any) -> None:
        page.append(["2", "隐藏的任务", "做事。", "★县水利局", "12月底"])
        page.row_dimensions[3].hidden = True
        page.column_dimensions["E"].hidden = True
        other = page.parent.create_sheet("底稿")
        other.append(HEAD)
        other.append(["3", *ROW[1:]])
        other.sheet_state = "hidden"

    document = sheet(change)
    assert [remark.kind for remark in document.remarks] == [
        "隐藏的列", "隐藏的列", "隐藏的行", "隐藏的列", "隐藏的工作表",
    ]  # fmt: skip
    draft = made(document)
    assert [task["id"] for task in draft.tasks] == ["1", "2", "3"]
    assert [d.place.words for d in draft.doubts if d.subject == "隐藏的行"] == [
        "工作表“Sheet”第3行"
    ]


def test_a_sheet_of_another_kind_is_told() -> None:
    """A summary of the same list is no second list."""

    def change(page: Any) -> None:
        other = page.parent.create_sheet("汇总")
        other.append(["责任单位", "任务数", "工作任务"])
        other.append(["县发改局", 1, "推进改革"])

    draft = made(sheet(change))
    assert [task["id"] for task in draft.tasks] == ["1"]
    (doubt,) = (each for each in draft.doubts if each.code == "row")
    assert (doubt.place.words, doubt.text) == (
        "工作表“汇总”",
        "责任单位　任务数　工作任务　县发改局　1　推进改革",
    )


def test_a_numbered_sheet_with_other_columns_is_a_list() -> None:
    """One question asks which of the lists to take."""

    def change(page: Any) -> None:
        other = page.parent.create_sheet("示例项目")
        other.append(["序号", "项目名称", "建设内容", "责任单位", "开工时间", "竣工时间"])
        other.append([1, "示例厂", "日处理1万吨", "县乙局", "2024年3月", "2025年10月"])

    draft = made(sheet(change))
    assert [task["id"] for task in draft.tasks] == ["1", "2"]
    assert not [each for each in draft.doubts if each.code == "row"]
    (doubt,) = (each for each in draft.doubts if each.code == "numbers")
    assert doubt.why == "序号2次从1起编，可能是2份清单，也可能是一份清单的2部分"


def test_pieces_of_a_cell_may_be_bold_or_struck() -> None:
    def change(page: Any) -> None:
        bold, struck = InlineFont(b=True), InlineFont(strike=True)
        page["D1"] = "责任单位（加粗为牵头单位）"
        page["D2"] = CellRichText(
            TextBlock(bold, "县发改局"), "、县财政局", TextBlock(struck, "作废")
        )
        page["E2"].font = Font(strike=True)

    document = sheet(change)
    (table,) = document.tables
    assert (table.rows[1][3].text, table.rows[1][3].bold) == ("县发改局、县财政局作废", ((0, 4),))
    assert remarks(document) == [
        ("删除线", "作废", False),
        ("删除线", "2025年6月底", False),
    ]


@pytest.mark.parametrize("front", ["", "\n" * 5, " " * 6, "　\n"])
def test_blanks_in_front_do_not_move_what_is_bold(front: str) -> None:
    """Else another unit would lead."""

    def change(page: Any) -> None:
        page["D1"] = "责任单位（加粗为牵头单位）"
        first, second = (TextBlock(InlineFont(b=True), name) for name in ("县发改局", "县水利局"))
        begins = TextBlock(InlineFont(), f"{front}县住建局、")
        page["D2"] = CellRichText(begins, first, "、\r\n县财政局、", second, "\n")

    document = sheet(change)
    (table,) = document.tables
    cell = table.rows[1][3]
    assert [cell.text[start:end] for start, end in cell.bold] == ["县发改局", "县水利局"]
    assert made(document).tasks[0]["items"][0]["units"]["lead"] == ["县发改局", "县水利局"]


def test_formulas_are_never_evaluated() -> None:
    """Without the value that it had when it was saved, a formula is no text."""

    def change(page: Any) -> None:
        page["C2"] = '=HYPERLINK("http://192.0.2.1/","编制清单。")'
        page["B2"].comment = Comment("此项待定", "示例")

    document = sheet(change)
    assert texts(document)[1][2] == ""
    assert remarks(document) == [
        ("批注", "此项待定", True),
        ("公式", '=HYPERLINK("http://192.0.2.1/","编制清单。")', True),
    ]


def test_words_in_the_margins_of_a_sheet_are_told() -> None:
    """Page numbers and dates aren't, nor is what stands on first and even pages, too."""

    def change(page: Any) -> None:
        page.oddHeader.right.text = page.firstHeader.right.text = '&"宋体,加粗"&12附件2 A&&B'
        page.oddFooter.center.text = "第 &P 页，共 &N 页　&D"

    document = sheet(change)
    assert [(r.kind, r.text, r.place.sheet, r.why) for r in document.remarks] == [
        ("正文以外的文字", "附件2 A&B", "Sheet", "这是页眉，没有读入清单")
    ]


def test_remarks_of_a_kind_are_one_question() -> None:
    """It names the places."""

    def change(page: Any) -> None:
        for number in (2, 3):
            page.cell(number, 1, "=ROW()-1")

    (doubt,) = (d for d in made(sheet(change, [HEAD, ROW, ROW])).open_doubts if d.code == "file")
    assert doubt.concerns == ("工作表“Sheet”A2", "工作表“Sheet”A3")
    assert [choice.label for choice in doubt.choices] == ["已核对"]


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1, "General", "1"),
        (1.0, "General", "1"),
        (0.6, "0%", "60%"),
        (0.605, "0.0%", "60.5%"),
        (2.5, "General", "2.5"),
        (date(2025, 6, 30), "yyyy-mm-dd", "2025-06-30"),
        (date(2025, 6, 1), 'yyyy"年"m"月"', "2025年6月"),
        (date(2025, 6, 1), 'yyyy"年"m"月"d"日"', "2025年6月1日"),
        (date(2025, 6, 1), "d-mmm-yy", "2025-06-01"),
        (1200, "#,##0", "1,200"),
        (3, '0"个"', "3个"),
        (0.5, "# ?/?", "0.5"),
        (time(9, 30), "h:mm", "09:30:00"),
        (date(2025, 6, 30), 'm"月"d"日"', "6月30日"),
        (date(2025, 6, 1), "[$-804]yyyy年m月;@", "2025年6月"),
        (date(2025, 6, 1), "mmm-yy", "2025年6月"),
        (True, "General", "TRUE"),
        ("甲\r\n乙", "General", "甲\n乙"),
    ],
)
def test_cells_are_read_as_they_are_shown(value: Any, form: str, shown: str) -> None:
    assert text_shown(value, form) == shown


def test_a_page_is_read_as_it_is_shown() -> None:
    page = """<html><head><script>alert(1)</script><meta charset="gb2312"></head><body>
      <div style="display:none">看不见</div><p>标&nbsp;题<span> 甲 </span></p>
      <table><thead><tr><th>序号<th>工作&shy;任务<th>责任<br>单位<th>时限</thead>
      <tr><td rowspan="0">1<td>推进
         改革<td>县发改局<td><s>5月</s>6月</table></body></html>"""
    document = read_document(page.encode("gb18030"), "通知.htm")
    assert texts(document)[1] == ["1", "推进 改革", "县发改局", "5月6月"]
    assert [line.text for line in document.lines] == ["标\xa0题 甲"]
    assert remarks(document) == [
        ("隐藏的文字", "看不见", True),
        ("删除线", "5月", False),
        ("看不见的字符", "工作�任务", False),
    ]


@pytest.mark.parametrize("front", ["", "&nbsp;&nbsp;", "　　", "<b>　</b>"])
def test_blanks_in_front_of_a_cell_of_a_page_do_not_move_what_is_bold(front: str) -> None:
    page = f"<table><tr><th>甲<th>乙<tr><td>1<td>{front}县住建局、<b>县发改局</b>　</table>"
    cell = next(read_document(page.encode(), "通知.html").tables).rows[1][1]
    assert [cell.text[start:end] for start, end in cell.bold] == ["县发改局"]


def test_cells_of_markdown_are_unescaped() -> None:
    document = read_document(
        "# 标题\n\n|序号|工作任务|责任单位|\n|--|:-:|--|\n|1|甲\\|乙|\\*县发改局、**县水利局**|\n".encode(),
        "a.md",
    )
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    cell = table.rows[1][2]
    assert (table.rows[1][1].text, cell.text, cell.bold) == (
        "甲|乙",
        "*县发改局、县水利局",
        ((6, 10),),
    )


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings_of_text(encoding: str) -> None:
    text = "序号\t工作任务\t责任单位\t完成时限\r\n1\t推进改革\t县发改局\t6月底\r\n"
    assert texts(read_document(text.encode(encoding), "a.txt"))[1][1] == "推进改革"


def test_text_in_no_encoding_is_refused() -> None:
    with pytest.raises(GaigaiError, match="文字编码不能识别"):
        read_document(b"\xff\x00\x80\x81\x00" * 30, "a.txt")


def test_hidden_characters_are_taken_out_and_told() -> None:
    """They come with text that was copied from web pages, and nobody could find them."""
    text = "通知\u200b\n\n序号\t**工\ufeff作内容**\t责任单位\n1\t印\u202e发\t县甲局\n"

    document = read_document(text.encode(), "x.txt")

    (line,), (table,) = document.lines, document.tables
    assert (line.text, table.rows[0][1].text, table.rows[1][1].text) == (
        "通知",
        "**工作内容**",
        "印发",
    )
    assert remarks(document) == [("看不见的字符", "通知�", False)]
    assert document.remarks[0].why == (
        "第1行、表1第1行第2栏（第3行）、表1第2行第2栏（第4行）有看不见的字符，已去掉"
    )


def test_radicals_in_copies_from_pdf_become_the_characters_they_look_like() -> None:
    text = "⻋站\n\n|序号|⼯作任务|\n|--|--|\n|1|改善⺠**⽣**\u200b|\n"

    document = read_document(text.encode(), "x.md")

    (line,), (table,) = document.lines, document.tables
    assert (line.text, *(cell.text for row in table.rows for cell in row)) == (
        "车站",
        "序号",
        "工作任务",
        "1",
        "改善民生",
    )
    assert table.rows[1][1].bold == ((3, 4),)


def test_bold_stays_where_it_was_without_hidden_characters() -> None:
    text = "| 序号 | 责任单位 |\n| --- | --- |\n| 1 | \u200b县甲局、**县\u2060乙局** |\n"

    (table,) = read_document(text.encode(), "x.md").tables

    cell = table.rows[1][1]
    assert [cell.text[start:end] for start, end in cell.bold] == ["县乙局"]
