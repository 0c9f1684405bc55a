"""Bulletins to lay out, and what a reader of each format finds in the file."""

import html
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from gaigai_cli.report.bulletin import monthly_report
from gaigai_cli.report.monthly_report import MonthlyReport
from gaigai_cli.words.period import Period
from tests.lists import judge_of

KEPT = Path(__file__).parent / "kept"


@cache
def monthly(data: Path, month: int) -> MonthlyReport:
    """The bulletin of a month of 2024."""
    of = Period.of(2024, month)
    return monthly_report(judge_of(data), of, today=of.next.last)


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def outline(data: bytes) -> str:
    """A docx as text: a line a paragraph with its style's name, a line a table row, a line a section."""
    document = opened(data)
    return "\n".join(_blocks(document)) + "\n"


def _blocks(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield from _paragraph(block)
    yield _section(document.sections[-1])
    for index, section in enumerate(document.sections):
        for name in ("header", "even_page_header", "footer", "even_page_footer"):
            part = getattr(section, name)
            words = "".join(_text(p) for p in part._element.iter(qn("w:p")))
            if words:
                yield f"〔第{index + 1}节 {name}〕{words}"


def _paragraph(block: Paragraph) -> Iterator[str]:
    keep = "（与下段同页）" if block.paragraph_format.keep_with_next else ""
    yield f"{_style(block)}{keep}｜{block.text}".replace("\n", "⏎")
    for inner in block._p.iter(qn("w:p")):
        if inner is not block._p:
            paragraph = Paragraph(inner, block._parent)
            yield f"　文本框 {_style(paragraph)}｜{paragraph.text}".replace("\n", "⏎")
    properties = block._p.pPr
    if properties is not None and properties.find(qn("w:sectPr")) is not None:
        found = properties.find(qn("w:sectPr"))
        yield _section(docx.section.Section(found, block.part))  # type: ignore[arg-type]


def _rows(table: Table) -> Iterator[str]:
    for row in table._tbl.tr_lst:
        properties = row.trPr
        flags = [
            name
            for name, tag in (("不跨页", "w:cantSplit"), ("重复标题行", "w:tblHeader"))
            if properties is not None and properties.find(qn(tag)) is not None
        ]
        cells = [Paragraph(p, table) for tc in row.tc_lst for p in tc.p_lst]
        words = " | ".join(f"{p.text}" for p in cells)
        yield f"{'、'.join(flags)}｜{words}".replace("\n", "⏎")


def _section(section: Any) -> str:
    lengths = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.right_margin,
        section.bottom_margin,
        section.left_margin,
    )
    return "〔节〕纸 {}×{}，边距 上{} 右{} 下{} 左{} 毫米".format(
        *(round(length.mm) for length in lengths)
    )


def _style(block: Paragraph) -> str:
    assert block.style is not None
    return str(block.style.name)


def _text(paragraph: Any) -> str:
    """The paragraph's own text, a page number as #."""
    words = []
    for node in paragraph.iter(qn("w:t"), qn("w:instrText")):
        if next(node.iterancestors(qn("w:p"))) is paragraph:
            words.append("#" if node.tag == qn("w:instrText") else node.text or "")
    return "".join(words).replace("#1", "#")


def cells(data: bytes) -> str:
    """An xlsx as text: a line a row; fills and formats of cells that have any, how each sheet is printed."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(line for sheet in book for line in _sheet(sheet)) + "\n"


def _sheet(sheet: Any) -> Iterator[str]:
    setup = sheet.page_setup
    yield f"〔{sheet.title}〕纸 {setup.paperSize} {setup.orientation}"
    yield f"冻结 {sheet.freeze_panes}，筛选 {sheet.auto_filter.ref}，打印标题 {sheet.print_title_rows}"
    yield f"图表 {len(sheet._charts)}"
    for row in sheet.iter_rows():
        yield " | ".join(_cell(cell) for cell in row).rstrip(" |")


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    words = str(value.date()) if cell.is_date else str(value)
    fill = cell.fill.fgColor.rgb[2:] if cell.fill.fill_type == "solid" and cell.column == 8 else ""
    return f"{words}{f'〔{fill}〕' if fill else ''}".replace("\n", "⏎")


# What each format says, for comparison: numbers by name, ledger lines, unit lines.

Figures = dict[str, Any]

_STATUSES = ("已销号", "待核验", "推进中", "未启动", "未报进展", "暂缓实施", "已评估")
_VERDICTS = {
    "已达标": "达标",
    "年内尚未达到": "尚未达到",
    "未达标": "未达标",
    "未报数据": "未报数据",
}
_KINDS = ("明确时限事项", "持续推动事项", "定期开展事项", "时限待定事项")


def said_in(text: str) -> dict[str, str]:
    """The numbers that the sentences of 一、总体情况 state, those that are 0 left out."""
    found = re.findall(rf"({'|'.join(_KINDS)})(\d+)项", text)
    found += re.findall(rf"[；，]({'|'.join(_STATUSES)})(\d+)项", text.partition("应办结")[0])
    found += re.findall(r"(应办结|按期办结)(\d+)项", text)
    found += re.findall(r"(按期办结率)(\d+(?:\.\d)?%)", text)
    told = re.findall(rf"[，；中]+({'|'.join(_VERDICTS)})(\d+)项", text)
    found += [(_VERDICTS[name], number) for name, number in told]
    return {name: number for name, number in found if number != "0"}


def shown(values: dict[str, str]) -> dict[str, str]:
    """Of named numbers, those that the sentences of 一、总体情况 state too."""
    names = {*_STATUSES, *_VERDICTS.values(), *_KINDS, "应办结", "按期办结", "按期办结率"}
    return {n: v for n, v in values.items() if n in names and v not in ("0", "—")}


def figures_of_md(text: str) -> Figures:
    rows = [
        [cell.replace("\\", "") for cell in line.strip("| ").split(" | ")]
        for line in text.splitlines()
        if line.startswith("| ") and not line.startswith(("| 序号", "| 单位", "| ---"))
    ]
    ledger = [row for row in rows if re.fullmatch(r"\d+\.\d+", row[0])]
    units = [[*row, ""][:11] for row in rows if row not in ledger]
    return {
        "said": said_in(_part(text)),
        "ledger": [(r[0], r[5], r[6], r[7]) for r in ledger],
        "units": [_numbers(r) for r in units],
    }


def _numbers(row: list[str]) -> tuple[str, ...]:
    """A line of 附件2 without its remark; what is printed as “—” is nothing."""
    return tuple("0" if cell == "—" else cell for cell in row[:10])


def figures_of_docx(data: bytes) -> Figures:
    document = opened(data)
    text = "\n".join(p.text for p in document.paragraphs)
    ledger, units = ([[c.text for c in r.cells] for r in t.rows][1:] for t in document.tables)
    return {
        "said": said_in(_part(text)),
        "ledger": [(r[0], r[5], r[6], r[7]) for r in ledger],
        "units": [_numbers(r) for r in units],
    }


def figures_of_html(text: str) -> Figures:
    plain = {
        name: html.unescape(value)
        for name, value in re.findall(r'<td data-name="([^"]+)">([^<]+)</td>', text)
    }
    rows = [
        [re.sub(r"<small>.*?</small>", "", cell) for cell in re.findall(r"<span[^>]*>([^<]*)", row)]
        for row in re.findall(r'<details class="item">\n<summary>(.*?)</summary>', text)
    ]
    table = re.findall(r'<tr><th scope="row">([^<]+)</th>(<td>[\d—].*?)<td class="graph">', text)
    return {
        "numbers": plain,
        "said": said_in(html.unescape(_part(text))),
        "ledger": [tuple(html.unescape(x) for x in (r[0], r[4], r[5], r[7])) for r in rows],
        "units": [_numbers([name, *re.findall(r">(\d+|—)<", cells_)]) for name, cells_ in table],
    }


def figures_of_xlsx(data: bytes) -> Figures:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    rows = {
        sheet.title: [[c.value for c in r] for r in sheet.iter_rows()] for sheet in book.worksheets
    }
    numbers = {
        str(r[1]): _words(str(r[1]), r[2]) for r in rows["总体情况"] if r[1] and r[1] != "名称"
    }
    ledger = [r for r in rows["任务台账"] if re.fullmatch(r"\d+\.\d+", str(r[0]))]
    units = [r for r in rows["各单位情况"] if isinstance(r[1], int)]
    return {
        "numbers": numbers,
        "ledger": [(r[0], r[5], r[6], r[7]) for r in ledger],
        "units": [tuple(str(x) for x in r[:10]) for r in units],
    }


def _words(name: str, value: Any) -> str:
    return (
        f"{value * 100:.1f}".removesuffix(".0") + "%"
        if name == "按期办结率" and not isinstance(value, str)
        else str(value)
    )


def _part(text: str) -> str:
    """一、总体情况 of a text."""
    return text.partition("总体情况")[2].partition("主要进展")[0]
