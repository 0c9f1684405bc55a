"""Workbooks that come back: changed in ways that people change them, broken, or made to do harm."""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from copy import copy
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Color, Font, PatternFill

from gaigai_cli.errors import GaigaiError
from gaigai_cli.forms import read
from gaigai_cli.forms.cells import shown
from gaigai_cli.forms.read import read_form
from gaigai_cli.forms.returned import Trouble
from gaigai_cli.forms.sent import SHEET
from gaigai_cli.render.papers.form_xlsx import workbook
from tests.forms.filling import FIGURES, LIMITS, REPORTS, THINGS, Paper
from tests.forms.test_workbook import form_of
from tests.transcript import SHIPPED

NAME = "表.xlsx"


@pytest.fixture(scope="module")
def sent() -> bytes:
    return workbook(form_of(SHIPPED, "县财政局", "2024-06", date(2024, 6, 10)))


@pytest.fixture
def paper(sent: bytes, tmp_path: Path) -> Paper:
    path = tmp_path / NAME
    path.write_bytes(sent)
    return Paper(path)


def told(paper: Paper) -> list[str]:
    returned = read_form(NAME, paper.save().read_bytes())
    return [f"{t.severity} {t.place}：{t.message}" for t in returned.troubles]


def test_as_it_went_out(sent: bytes) -> None:
    returned = read_form(NAME, sent)
    assert returned.troubles == []
    assert not any(returned.answers.values())
    assert returned.filled_on is None


def test_filled_in(paper: Paper) -> None:
    paper.put(REPORTS, "16.2", "6月进展情况", "经费已列入预算。")
    paper.filled_on("6月26日")
    returned = read_form(NAME, paper.save().read_bytes())

    assert returned.troubles == []
    assert {
        k: {c: a.cell.value for c, a in v.items()} for k, v in returned.answers.items() if v
    } == {"16.2": {"summary": "经费已列入预算。"}}
    assert returned.filled_on is not None
    assert returned.filled_on.cell.value == "6月26日"


def test_a_form_that_was_sent_before_an_upgrade(tmp_path: Path) -> None:
    """It is read as it was; sheets, heads, columns and the cell for the day stay where they are, new columns to the right."""
    before = Paper(Path(__file__).parent / "kept" / "sent-before.xlsx")
    (tmp_path / NAME).write_bytes(
        workbook(form_of(SHIPPED, "县住建局", "2024-06", date(2024, 6, 10)))
    )
    now = Paper(tmp_path / NAME)
    for sheet in (REPORTS, LIMITS, FIGURES, THINGS):
        titles = [
            [
                str(cell.value).replace("1—5月", "截至5月底")
                for cell in paper.book[sheet][paper.head(sheet)]
                if cell.value
            ]
            for paper in (before, now)
        ]
        assert before.head(sheet) == now.head(sheet)
        assert titles[0] == titles[1][: len(titles[0])]
    before.put(REPORTS, "7.1", "6月进展情况", "抽查4个。")
    before.put(LIMITS, "14.1", "完成百分比", 40)
    before.put(FIGURES, "7.3", "数值", 6.5)
    before.put(THINGS, "14.1", "名称", "示例项目")
    before.filled_on("6月26日")

    returned = read_form(NAME, before.save(tmp_path / NAME).read_bytes())

    assert returned.troubles == []
    assert {(key.partition("|")[0], name) for key, c in returned.answers.items() for name in c} == {
        ("7.1", "summary"), ("14.1", "percent"), ("7.3", "value"), ("14.1", "thing"),
    }  # fmt: skip
    assert returned.filled_on is not None
    assert returned.filled_on.place == "进展情况!H3"


def test_a_column_that_was_moved_is_found(paper: Paper) -> None:
    ws: Any = paper.book[REPORTS]
    for row in range(paper.head(REPORTS), paper.head(REPORTS) + 4):
        one, other = ws.cell(row, 5), ws.cell(row, 6)
        if isinstance(other, openpyxl.cell.cell.MergedCell):
            continue
        one.value, other.value = other.value, one.value
    paper.put(REPORTS, "16.2", "6月进展情况", "经费已列入预算。")
    returned = read_form(NAME, paper.save().read_bytes())

    assert returned.of("16.2")["summary"].place == f"{REPORTS}!F{paper.row(REPORTS, '16.2')}"


def change_head(paper: Paper) -> None:
    paper.book[REPORTS].cell(paper.head(REPORTS), paper.column(REPORTS, "存在问题")).value = "困难"


def lose_head(paper: Paper) -> None:
    ws = paper.book[REPORTS]
    ws.delete_rows(paper.head(REPORTS))


def rename(paper: Paper) -> None:
    paper.book[REPORTS].title = "表一"


def lose_number(paper: Paper) -> None:
    row = paper.row(REPORTS, "16.2")
    paper.put(REPORTS, "16.2", "6月进展情况", "经费已列入预算。")
    paper.book[REPORTS].cell(row, 1).value = None


def lose_sheet(paper: Paper) -> None:
    paper.book.remove(paper.book[LIMITS])


def add_sheets(paper: Paper) -> None:
    paper.book.create_sheet("草稿")["C3"] = "还没想好"
    paper.book.create_sheet("Sheet2")


def fill_in_a_copy(paper: Paper) -> None:
    """What somebody filled in on a second sheet of the same table is lost, not a draft."""
    copy = paper.book.copy_worksheet(paper.book[REPORTS])
    copy.title, copy["E7"] = "7月进展情况", "七月的情况。"


def keep_a_copy(paper: Paper) -> None:
    """Nobody filled it in, so nothing is lost."""
    paper.book.copy_worksheet(paper.book[REPORTS]).title = "备份"


def let_a_program_hide_its_own(paper: Paper) -> None:
    """WPS keeps pictures of cells so; a sheet that somebody hid is told."""
    for name, state in (("WpsReserved_CellImgList", "veryHidden"), ("草稿", "hidden")):
        sheet = paper.book.create_sheet(name)
        sheet["A1"], sheet.sheet_state = "有字", state


def sort(paper: Paper) -> None:
    ws: Any = paper.book[LIMITS]
    for cell in ws[paper.head(LIMITS) + 1]:
        below = cell.offset(row=1)
        cell.value, below.value = below.value, cell.value


def write_everywhere(paper: Paper) -> None:
    """Into a locked cell, beside the table, between its rows, below it and onto the line where it is signed."""
    ws: Any = paper.book[REPORTS]
    paper.put(REPORTS, "16.2", "完成时限", "2024年8月底")
    ws.cell(paper.row(REPORTS, "18.1"), 10).value = "请领导关注"
    below = ws.max_row + 1
    ws.cell(below - 1, 5).value = "分管领导审核（签字）：示例丙"
    ws.cell(below, 2).value = "补充说明"
    ws.cell(below + 1, 5).value = "另有一项工作"


def merge(paper: Paper) -> None:
    row, column = paper.row(REPORTS, "16.2"), paper.column(REPORTS, "6月进展情况")
    paper.put(REPORTS, "16.2", "6月进展情况", "两项经费都已落实。")
    paper.book[REPORTS].merge_cells(
        start_row=row, end_row=row + 1, start_column=column, end_column=column
    )


def double(paper: Paper) -> None:
    ws: Any = paper.book[REPORTS]
    row, copy = paper.row(REPORTS, "16.2"), paper.row(REPORTS, "18.1")
    for column in (1, 2):
        ws.cell(copy, column).value = ws.cell(row, column).value
    ws.cell(copy, 5).value = "另一段话"


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (change_head, ["error 进展情况!5：缺少“存在问题”一栏"]),
        (lose_head, ["error 进展情况：找不到表头，表内没有登记"]),
        (lose_number, ["error 进展情况!A7：序号16.2被删去，这一行没有登记"]),
        (rename, ["note 表一：这张表原名“进展情况”，按表头识别"]),
        (lose_sheet, ["error 时限事项：这张表被删除或改名，表内没有登记"]),
        (let_a_program_hide_its_own, ["note 草稿：不是发出的工作表，里面的内容没有登记"]),
        (add_sheets, ["note 草稿：不是发出的工作表，里面的内容没有登记"]),
        (fill_in_a_copy, ["error 7月进展情况：不是发出的工作表，里面的内容没有登记"]),
        (keep_a_copy, ["note 备份：不是发出的工作表，里面的内容没有登记"]),
        (sort, ["note 时限事项!A6：18.1这一行被移动了位置，按序号和内容登记"]),
        (
            write_everywhere,
            [
                "error 进展情况!A11：这一行没有序号，不在发出的表里，没有登记",
                "error 进展情况!C7：“完成时限”不能在表上改，改成的“2024年8月底”没有登记",
                "error 进展情况!J8：“请领导关注”写在表格以外，没有登记",
                "error 进展情况!B10：“补充说明”不在要填的格子里，没有登记",
            ],
        ),
        (
            merge,
            [
                "error 进展情况!E7:E8：这几格合并成了一格，内容只登记在左上角一格，请取消合并后分别填写"
            ],
        ),
        (
            double,
            [
                "error 进展情况!A8：16.2这一行出现了两次，第二次的内容没有登记",
                "error 进展情况：发出的18.1（原第8行）被删除",
            ],
        ),
    ],
)
def test_told(paper: Paper, change: Callable[[Paper], None], sentences: list[str]) -> None:
    change(paper)
    assert told(paper) == sentences


def repacked(
    data: bytes,
    change: Callable[[str, bytes], bytes],
    added: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in added.items():
            new.writestr(name, part)
    return stream.getvalue()


def as_another_program(name: str, part: bytes) -> bytes:
    """A part as programs write it that the library warns of or refuses: strict names, odd styles, own formats."""
    text = part.decode()
    for usual, strict in (
        ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        ("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"),
    ):  # fmt: skip
        text = text.replace(usual, strict)
    if name.endswith("styles.xml"):
        text = re.sub(r"<fill>.*?</fill>", "<fill/>", text, count=1)
        text = re.sub(r"<cellStyles.*?</cellStyles>", "", text, flags=re.DOTALL)
        text = re.sub(r"(<font>)", r'\1<family val="99"/>', text)
        text = re.sub(r"(<cellXfs[^>]*>)<xf [^>]*?/>", r'\1<xf numFmtId="58" fontId="0"/>', text)
    if name.endswith("sheet1.xml"):
        rules = '<conditionalFormatting sqref="???"/><dataValidations count="x"><dataValidation type="?"/></dataValidations>'
        text = text.replace(
            "</worksheet>", f'{rules}<extLst><ext uri="{{CC}}"/></extLst></worksheet>'
        )
    return text.encode()


def test_what_other_programs_save(paper: Paper, recwarn: pytest.WarningsRecorder) -> None:
    """Read all the same, without a word in English; characters that the format has escapes for are those characters."""
    paper.put(REPORTS, "16.2", "6月进展情况", "已拨付。_x000D__x000A_第二批_xD83D__xDE00_")
    paper.put(REPORTS, "18.1", "6月进展情况", "_x005F_x000B_，已拨付_x0007__xD83D_")
    paper.put(LIMITS, "16.2", "申请延期至", 45461)
    paper.put(LIMITS, "16.2", "完成百分比", 5e9, form="yyyy-mm-dd")
    saved = repacked(paper.save().read_bytes(), as_another_program)
    where = paper.cell(LIMITS, "16.2", "申请延期至").coordinate

    def local_format(name: str, part: bytes) -> bytes:
        style = re.sub(rf'(<c r="{where}") s="\d+"', r'\1 s="0"', part.decode()).encode()
        return style if name.endswith("sheet2.xml") else part

    returned = read_form(NAME, repacked(saved, local_format))

    assert returned.troubles == []
    assert not [w for w in recwarn.list if issubclass(w.category, UserWarning)]
    assert returned.of("16.2")["summary"].cell.value == "已拨付。\r\n第二批😀"
    assert returned.of("18.1")["summary"].cell.value == "_x000B_，已拨付\x07\ud83d"
    assert shown(returned.of("16.2")["to"].cell) == "6月18日"
    assert returned.of("16.2")["percent"].cell.kind == "e"


def test_links_under_words(paper: Paper) -> None:
    """Where one leads is told; not of an address that became a link as it was typed."""
    for item, words in (("16.2", "点此查看"), ("18.1", "https://example.invalid/a")):
        cell = paper.cell(REPORTS, item, "佐证材料")
        cell.value, cell.hyperlink = words, "https://example.invalid/a/"

    assert told(paper) == [
        "error 进展情况!H7：链接“https://example.inva…”没有登记，要报的请写进格子"
    ]


def test_what_lies_over_cells_or_is_hidden_is_told(paper: Paper) -> None:
    paper.put(REPORTS, "16.2", "6月进展情况", "经费已列入预算。")
    paper.cell(REPORTS, "16.2", "6月进展情况").number_format = ";;;"
    paper.put(
        REPORTS,
        "18.1",
        "6月进展情况",
        CellRichText("已拨付", TextBlock(InlineFont(strike=True), "60万元")),
    )
    paper.cell(REPORTS, "16.2", "佐证材料").comment = Comment(
        "[Threaded comment] Your version of Excel", "示例丙"
    )
    paper.book[REPORTS].row_dimensions[paper.row(REPORTS, "18.1")].hidden = True
    paper.book[REPORTS].column_dimensions["E"].hidden = True
    paper.book[REPORTS].column_dimensions["F"].hidden = True
    paper.put(LIMITS, "16.2", "完成百分比", 60)
    paper.book[LIMITS].sheet_state = "hidden"
    reports: Any = paper.book[REPORTS]
    limits: Any = paper.book[LIMITS]
    limits.oddHeader.left.text, limits.oddFooter.right.text = "18.1已报县政府", "&D"
    reports.oddFooter.right.text = "另附报告"
    saved = paper.save().read_bytes()
    anchor = "<a><from><col>{}</col><row>{}</row></from><to><col>{}</col><row>{}</row></to>{}</a>"
    seal = anchor.format(5, 7, 6, 8, "<pic/>")
    over = (
        anchor.format(4, 6, 4, 6, "<pic/>")
        + anchor.format(6, 6, 6, 6, "<sp><t>详见附页</t></sp>")
        + seal
    )
    kinds = (
        ("drawing", "../drawings/d.xml"),
        ("oleObject", "../embeddings/o.bin"),
        ("threadedComment", "../threadedComments/t.xml"),
    )
    thread = "".join(
        f'<threadedComment ref="H7"><text>{words}</text></threadedComment>'
        for words in ("另有3万元待结算", "已核")
    )
    links = "".join(f'<Relationship Id="{k}" Type="x/{k}" Target="{to}"/>' for k, to in kinds)

    def draw(name: str, part: bytes) -> bytes:
        closing = b"</Relationships>"
        if name.endswith("sheet2.xml"):
            return re.sub(rb'(<row r="6"[^>]*? ht=)"[^"]*"', rb'\1"0.5"', part)
        return (
            part.replace(closing, links.encode() + closing) if "sheet1.xml.rels" in name else part
        )

    returned = read_form(
        NAME,
        repacked(
            saved,
            draw,
            {
                "xl/drawings/d.xml": f"<d>{over}</d>".encode(),
                "xl/embeddings/o.bin": b"x",
                "xl/threadedComments/t.xml": f"<t>{thread}</t>".encode(),
            },
        ),
    )

    assert [f"{t.severity} {t.place}：{t.message}" for t in returned.troubles] == [
        "note 进展情况!E7：这一格的格式不显示内容，是隐藏的，填的内容照样登记，请核对",
        "note 进展情况!E7：“6月进展情况”这一栏是隐藏的，填的内容照样登记，请核对",
        "note 进展情况!A8：18.1这一行是隐藏的，填的内容照样登记，请核对",
        "error 进展情况!H7：批注“另有3万元待结算；已核”没有登记，要报的请写进格子",
        "error 进展情况!E7：图片没有登记，作佐证的请另附文件",
        "error 进展情况!G7：文本框“详见附页”没有登记，要报的请写进格子",
        "error 进展情况：表里嵌入了文件，没有收，请另附文件",
        "error 进展情况：页脚“第 页，共 页 另附报告”没有登记，要报的请写进格子",
        "note 时限事项：这张表是隐藏的，填的内容照样登记，请核对",
        "note 时限事项!A6：16.2这一行是隐藏的，填的内容照样登记，请核对",
        "error 时限事项：页眉“18.1已报县政府”没有登记，要报的请写进格子",
    ]
    assert returned.of("18.1")["summary"].cell.struck
    assert not returned.of("16.2")["summary"].cell.struck


def test_words_that_nobody_sees_are_told(paper: Paper) -> None:
    yellow, black = (PatternFill("solid", fgColor=c) for c in ("FFFFFF00", Color(theme=1)))
    for item, title, size, ink, ground in (
        ("16.2", "6月进展情况", 10.5, "FFFFFFFF", None),  # on the form's own pale yellow
        ("16.2", "存在问题", 10.5, Color(indexed=5), yellow),
        ("16.2", "下一步打算", 1, "FF000000", None),
        ("18.1", "6月进展情况", 10.5, "FF7F7F7F", None),
        ("18.1", "存在问题", 10.5, Color(theme=0), black),
        ("18.1", "下一步打算", 10.5, Color(theme=0, tint=-0.02), PatternFill()),
    ):
        cell = paper.cell(REPORTS, item, title)
        cell.value, cell.font = "已办", Font(sz=size, color=ink)
        cell.fill = ground or copy(cell.fill)

    returned = read_form(NAME, paper.save().read_bytes())

    unseen = {t.place: t.message for t in returned.troubles}
    said = "这一格的字和底色相同或太小，是隐藏的，填的内容照样登记，请核对"
    assert unseen == {f"进展情况!{cell}": said for cell in ("E7", "F7", "G7", "G8")}
    odd = repacked(
        paper.save().read_bytes(), lambda _, part: part.replace(b'rgb="FFFFFFFF"', b'rgb="white"')
    )
    assert {t.place for t in read_form(NAME, odd).troubles} == unseen.keys() - {"进展情况!E7"}
    piece = TextBlock(InlineFont(sz=11, color=Color("FFFFFFFF")), "缺口60万元")
    cell = openpyxl.Workbook()["Sheet"]["A1"]
    for words, seen in ((CellRichText("已拨付"), True), (CellRichText("已拨付", piece), False)):
        cell.value = words
        assert read._cell(cell, since_1904=False).unseen is not seen


def test_an_added_row_that_nobody_sees_is_told(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(workbook(form_of(SHIPPED, "县住建局", "2024-06", date(2024, 6, 10))))
    paper = Paper(path)
    ws: Any = paper.book[THINGS]
    ws.insert_rows(paper.row(THINGS, "14.1", 6) + 1)
    added = paper.row(THINGS, "14.1", 6) + 1
    cell = ws.cell(added, paper.column(THINGS, "名称"))
    cell.value, cell.font = "示例项目", Font(sz=1)

    returned = read_form(NAME, paper.save().read_bytes())

    assert [t.place for t in returned.troubles if "太小" in t.message] == [f"{THINGS}!F{added}"]


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        (1, f"{NAME}是旧版程序发出的报送表。请用 gaigai form 重新出表，发给单位重填"),
        (3, f"{NAME}是新版程序发出的报送表。请升级本机的程序再收"),
    ],
)
def test_a_form_of_another_version_says_so(paper: Paper, version: int, sentence: str) -> None:
    hidden: Any = paper.book[SHEET]
    text = hidden["A3"].value.replace("[2,", f"[{version},", 1)
    hidden["A2"], hidden["A3"] = hashlib.sha256(text.encode()).hexdigest(), text
    with pytest.raises(GaigaiError) as caught:
        read_form(NAME, paper.save().read_bytes())
    assert str(caught.value) == sentence


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9))
    + b"]><worksheet>&j;</worksheet>"
)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"\xd0\xcf\x11\xe0" * 100,
        lambda data: repacked(data, lambda n, c: c[: len(c) // 2] if "sheet1" in n else c),
        lambda data: repacked(data, lambda n, c: b"" if n.endswith("workbook.xml") else c),
        lambda data: repacked(data, lambda n, c: ENTITIES if "sheet1" in n else c),
    ],
    ids=["empty", "half", "no-zip", "half-a-sheet", "no-workbook", "entities"],
)  # fmt: skip
def test_broken_files_are_one_sentence(sent: bytes, spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(GaigaiError) as caught:
        read_form(NAME, spoil(sent))
    assert caught.value.message.startswith(NAME)
    assert caught.value.remedy


def test_a_package_that_unpacks_to_much_is_not_unpacked(
    sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = repacked(sent, lambda n, c: c + bytes(read.MAX_UNPACKED) if "sheet1" in n else c)

    def never(*_: object) -> None:
        raise AssertionError("was unpacked")

    monkeypatch.setattr(read, "_read", never)
    with pytest.raises(GaigaiError, match="解开后太大"):
        read_form(NAME, bomb)


@pytest.mark.parametrize(
    ("ranges", "places"),
    [
        (["E7:E1048576"] * 3, ["进展情况!E7:E1048576"]),
        (["E7:E8", "E7:E8"], ["进展情况!E7:E8"]),
        (["ABCDE1:ABCDE2", "E7:ABCDE8", f"E7:E{'9' * 5000}", "E7:E8"], ["进展情况!E7:E8"]),
        (["E8:A7", "A1:XFD1048576"], []),
    ],
    ids=["endless", "twice", "no-cells", "backwards"],
)
def test_merged_cells_that_no_program_writes(
    paper: Paper, ranges: list[str], places: list[str]
) -> None:
    """Each is told once, however large, and none keeps the rest of the form from being read."""
    paper.book[REPORTS].cell(
        5_000, 1
    ).value = "远处的话"  # the library doesn't read on to the ranges
    sent = paper.save().read_bytes()
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in ranges).encode()
    data = repacked(
        sent,
        lambda n, c: (
            c.replace(b"</mergeCells>", cells + b"</mergeCells>", 1) if "sheet1" in n else c
        ),
    )
    assert data != repacked(sent, lambda _, c: c)

    troubles = read_form(NAME, data).troubles

    words = "这几格合并成了一格，内容只登记在左上角一格，请取消合并后分别填写"
    assert troubles == [Trouble(NAME, place, words) for place in places]


def test_a_sheet_without_end_is_read_as_far_as_a_form_goes(paper: Paper) -> None:
    ws: Any = paper.book[REPORTS]
    ws.cell(1_000_000, 1).value = "16.2"
    ws.cell(1_000_000, 5).value = "远处的话"
    ws.cell(9, 16_000).value = "远处的话"

    assert told(paper) == []
