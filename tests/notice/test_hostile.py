"""Files that are damaged, too large or made to do harm: one clear sentence each, and nothing else happens."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice import limits
from gaigai_cli.notice.answers import Answers
from gaigai_cli.notice.draft import make_draft
from gaigai_cli.notice.formats import read_document
from tests.notice.layouts import LAYOUTS
from tests.notice.renderings import FORMATS, as_docx, as_xlsx

DOCX, XLSX = as_docx(LAYOUTS[0].sheet), as_xlsx(LAYOUTS[0].sheet)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&b;</w:document>'
)
EXTERNAL = (
    '<?xml version="1.0"?><!DOCTYPE l SYSTEM "file:///etc/passwd">'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
)


def packed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """An office package with one part changed."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return stream.getvalue()


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(GaigaiError) as caught:
        make_draft(read_document(data, name), Answers())
    return str(caught.value)


DOCUMENT, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"


def deep(data: bytes) -> bytes:
    table = b"<w:tbl><w:tr><w:tc>" * 60 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 60
    return data.replace(b"<w:body>", b"<w:body>" + table)


def merged_over_everything(data: bytes) -> bytes:
    return re.sub(rb"<mergeCells.*</mergeCells>", b"", data).replace(
        b"</sheetData>",
        b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )


def far_cell(data: bytes) -> bytes:
    cell = (
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c></row></sheetData>'
    )
    return data.replace(b"</sheetData>", cell.encode())


def many_cells(data: bytes) -> bytes:
    return data.replace(b"</sheetData>", b"<row>" + b"<c/>" * 200_001 + b"</row></sheetData>")


def wide_span(data: bytes) -> bytes:
    return data.replace(b'<w:gridSpan w:val="', b'<w:gridSpan w:val="9999999').replace(
        b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="999999"/>', 1
    )


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (packed(DOCX, DOCUMENT, lambda _: LAUGHS.encode()), "a.docx", "文档类型声明"),
        (packed(DOCX, DOCUMENT, lambda _: LAUGHS.encode("utf-16")), "a.docx", "文档类型声明"),
        (packed(XLSX, SHEET, lambda _: EXTERNAL.encode()), "a.xlsx", "文档类型声明"),
        (packed(DOCX, DOCUMENT, deep), "a.docx", "嵌套多于100层"),
        (packed(DOCX, DOCUMENT, wide_span), "a.docx", "单元格多于200000个"),
        (packed(XLSX, SHEET, merged_over_everything), "a.xlsx", "单元格多于200000个"),
        (packed(XLSX, SHEET, many_cells), "a.xlsx", "单元格多于200000个"),
        (packed(DOCX, DOCUMENT, lambda d: d[:-200]), "a.docx", "已损坏"),
        (packed(XLSX, SHEET, lambda d: d[:-20]), "a.xlsx", "已损坏"),
        (DOCX[:4000], "a.docx", "已损坏"),
        (b"", "a.docx", "文件是空的"),
        (b" \n", "a.txt", "文件是空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", "已损坏，不能按 xls 读取"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "打开密码",
        ),
        (b"%PDF-1.7\n", "a.pdf", "已损坏，不能按 pdf 读取"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", "a.mht", "文件里没有网页"),
        (
            b"".join(
                b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
                % (n, n)
                for n in range(2_000)
            ),
            "a.mht",
            "已损坏，不能按 mht 读取",
        ),
        (b"\x89PNG\r\n", "a.png", "图片"),
        ("没有表格，也没有编号。".encode(), "a.txt", "没有找到任务清单"),
        (
            "日期\n内容\n负责处室\n负责领导\n8.24（周一）\n示例一\n示例二\n示例三\n示例四\n示例五\n".encode(),
            "a.txt",
            "第1行起像是逐格粘贴的表格（日期、内容、负责处室、负责领导），分不清哪几格是一行",
        ),
        ("<table>" * 150, "a.html", "嵌套多于100层"),
        ('<table><tr><td rowspan="900000" colspan="900000">甲', "a.html", "单元格多于200000个"),
        ("<table>" + "<tr><td colspan=999>" * 300, "a.html", "单元格多于200000个"),
        ("甲\t" * 1000 + "\n" + "乙\t丙\n" * 300, "a.txt", "单元格多于200000个"),
        ("," * 1000 + "\n乙\n", "a.csv", "没有找到任务清单"),
    ],
)
def test_is_refused_in_one_sentence(data: bytes | str, name: str, said: str) -> None:
    message = refusal(data.encode() if isinstance(data, str) else data, name)
    assert said in message
    assert message.count("。") == 1


def test_a_cell_far_away_costs_nothing() -> None:
    draft = make_draft(read_document(packed(XLSX, SHEET, far_cell), "a.xlsx"), Answers())
    assert any("远" in doubt.text for doubt in draft.doubts)


def test_what_a_package_unpacks_to_is_limited_before_unpacking(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def bomb(_: bytes) -> bytes:
        return b"<a>" + b" " * 3_000_000 + b"</a>"

    data = packed(DOCX, DOCUMENT, bomb)
    assert len(data) < 100_000
    monkeypatch.setattr(limits, "MAX_UNPACKED", 2_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    assert "解压后大于1MB" in refusal(data, "a.docx")


def test_nothing_that_a_file_points_to_is_fetched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fetched(*_: object, **__: object) -> None:
        raise AssertionError("fetched")

    monkeypatch.setattr("socket.socket.connect", fetched)
    monkeypatch.setattr("urllib.request.urlopen", fetched)
    relation = (
        b'<Relationship Id="rIdX" TargetMode="External" Target="http://192.0.2.1/x" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
        b"</Relationships>"
    )
    linked = packed(
        DOCX, "word/_rels/document.xml.rels", lambda d: d.replace(b"</Relationships>", relation)
    )
    assert make_draft(read_document(linked, "a.docx"), Answers()).tasks
    page = FORMATS["通知.html"](LAYOUTS[0].sheet).replace(
        b"<body>", b'<body><img src="http://192.0.2.1/x"><iframe src="file:///etc/passwd"></iframe>'
    )
    assert make_draft(read_document(page, "a.html"), Answers()).tasks


DIGITS = "1" * 5000


@pytest.mark.parametrize(
    "text",
    [
        f"序号\t工作任务\t工作内容\t责任单位\t完成时限\n{cells}\n"
        for cells in (
            f"{DIGITS}\t甲\t乙\t县数改办\t6月底",
            f"1\t{DIGITS}\t乙\t县数改办\t6月底",
            f"1\t甲\t组织培训{DIGITS}个。\t县数改办\t6月底",
            f"1\t甲\t1.做事。<br>{DIGITS}.做事。\t县数改办\t6月底",
            f"1\t甲\t乙\t县数改办\t{DIGITS}月底",
            f"1\t甲\t乙\t县数改办\t印发后{DIGITS}天内",
        )
    ]
    + [
        f"{DIGITS}.编制规划。牵头单位：县住建局；完成时限：6月底前\n",
        f"示县数改办发〔{DIGITS}〕{DIGITS}号\n{DIGITS}年{DIGITS}月{DIGITS}日\n1.编制规划。牵头单位：县住建局；完成时限：6月底前\n",
        "任务序号\t主要任务\t事项编号\t工作内容\t责任单位原文\t完成时限原文\n"
        f"1\t甲\t1.{DIGITS}\t乙\t县数改办\t6月底\n1\t甲\t\t丙\t县数改办\t6月底\n",
    ],
    ids=range(9),
)  # fmt: skip
def test_numbers_without_end_are_read_or_refused(text: str) -> None:
    """Python takes no longer ones for numbers, and a pattern that begins anew at each digit would not come to an end."""
    try:
        assert make_draft(read_document(text.encode(), "a.txt"), Answers()).doubts
    except GaigaiError as error:
        assert error.remedy  # noqa: PT017


@given(st.sampled_from(sorted(FORMATS)), st.integers(0, 2**32), st.integers(1, 6))
def test_damaged_files_are_read_or_refused(name: str, seed: int, holes: int) -> None:
    """Whatever happens to the bytes of a file: a draft, or a sentence."""
    chance = random.Random(seed)
    data = bytearray(DAMAGED[name])
    for _ in range(holes):
        start = chance.randrange(len(data))
        data[start : start + chance.randrange(40)] = chance.randbytes(chance.randrange(40))
    try:
        make_draft(read_document(bytes(data), name), Answers())
    except GaigaiError as error:
        assert error.remedy  # noqa: PT017


DAMAGED = {name: make(LAYOUTS[0].sheet) for name, make in FORMATS.items()}


@example("a.txt", "\r0")
@given(st.sampled_from(["a.txt", "a.csv", "a.md", "a.html"]), st.text(max_size=300))
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    try:
        make_draft(read_document(text.encode("utf-8", "surrogatepass"), name), Answers())
    except GaigaiError as error:
        assert error.remedy  # noqa: PT017


@pytest.mark.parametrize(
    "text",
    [
        "工作任务 | 具体要求 | 责任科室 | 时限要求 | 数据共享 | 1 | 编制目录。 | 数据科 | 6月底 |★ 2 | 更新目录。 | "
        "各科室 | 持续推进 | 系统整合 | 3 | 关停系统。 | 办公室 | 年底前 |".replace(" ", "\n"),
        "一、青少年行动（由县教育局牵头）\n组织活动20场。\n责任单位：县甲局\n二、工人行动（由县总工会牵头）\n举办竞赛。\n",
    ],
    ids=["a bar short", "more behind another bracket"],
)
def test_a_list_with_a_slip_is_read_or_refused(text: str) -> None:
    try:
        make_draft(read_document(text.encode(), "a.txt"), Answers())
    except GaigaiError as error:
        assert error.remedy  # noqa: PT017


KINDS = sorted((Path(__file__).parent / "kinds").glob("*.txt"))


@given(st.sampled_from(KINDS), st.integers(0, 2**32))
def test_lines_left_out_or_pasted_elsewhere_are_read_or_refused(kind: Path, seed: int) -> None:
    chance = random.Random(seed)
    lines = kind.read_text(encoding="utf-8").splitlines(keepends=True)
    for _ in range(chance.randint(1, 4)):
        line = lines.pop(chance.randrange(len(lines)))
        if chance.random() < 0.5 or not lines:
            lines.insert(chance.randrange(len(lines) + 1), line)
    try:
        make_draft(read_document("".join(lines).encode(), "a.txt"), Answers())
    except GaigaiError as error:
        assert error.remedy  # noqa: PT017
