"""The bulletin as a Word file, laid out by a template that the office can replace."""

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, Final

from docx.oxml.ns import qn
from docxtpl import DocxTemplate, RichText
from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, UndefinedError, meta
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from gaigai_cli.characters import harmless
from gaigai_cli.errors import GaigaiError
from gaigai_cli.render.fingerprint import sealed
from gaigai_cli.render.papers.annex import (
    LEDGER_HEAD,
    UNITS_HEAD,
    SecondAnnex,
    day_or_open,
    ledger_cells,
    ledger_columns,
    ledger_widths,
    second_annex,
)
from gaigai_cli.render.papers.title import title_lines
from gaigai_cli.render.table_docx import keep_ending
from gaigai_cli.report.monthly_report import MonthlyReport, Section

TEMPLATE_NAME: Final = "通报.docx"
"""What the office calls a template of its own, in the folder ``templates`` beside the data."""

_NEEDED: Final = ("提示", "标题", "各节")
_REMEDY: Final = f"请改正模板 {TEMPLATE_NAME} 后再试；删去该模板则用程序自带的版式"
_LEAD_IN: Final = re.compile(r"（[一二三四五六七八九十]+）([^。]+。)(.*)", re.DOTALL)
_WIDTH: Final = 442
"""Points of a line: 156 mm."""
_LETTERHEAD_SIZE: Final = 104
"""The largest 发文机关标志, in half points: a little more than 初号."""
_LONG_NAME: Final = 14
_EMU: Final = 635
"""English metric units in a twip, in which widths of columns are written."""
_LEDGER_CHARACTER, _CELL_EDGE = 160, 40
"""Twips of a character in 附件1 (style 表格文字), and from a cell's edge to its words."""
_ROWS_WITH_COLOPHON: Final = 3
"""Rows of 附件2 at least on the page of 版记, which else could stand there alone with a note."""
_COLOPHON_NAME: Final = 18
"""Characters of 印发机关 beside which the day has room."""


def bulletin(
    report: MonthlyReport, *, template: bytes | None = None, letterhead: bool = False
) -> bytes:
    """Return the file.

    ``template`` is the office's own one (None: the packaged one); ``letterhead`` adds 发文机关标志 in red.

    Raises ``GaigaiError`` for a template that can't be filled in; it names the placeholder.
    """
    own = template is not None
    packaged = files("gaigai_cli") / "templates" / "bulletin.docx"
    values = _values(report, letterhead=letterhead)
    document = _filled(packaged.read_bytes() if template is None else template, values, own=own)
    _keep_ending_together(document)
    if report.lists:
        _name_lists(document, second_annex(report))
    if not own:
        _fit_ledger(document, [ledger_cells(row) for row in report.ledger])
        keep_ending(document.docx, _ROWS_WITH_COLOPHON)
    moment = datetime(report.cut.year, report.cut.month, report.cut.day, tzinfo=UTC)
    properties = document.core_properties
    properties.created = properties.modified = moment
    properties.title, properties.last_modified_by = harmless(report.title), ""
    stream = io.BytesIO()
    document.save(stream)
    return sealed(stream.getvalue())


def _filled(template: bytes, values: dict[str, Any], *, own: bool) -> DocxTemplate:
    """Return the template with its placeholders replaced; the office's ``own`` one is looked through before."""
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        document = DocxTemplate(io.BytesIO(template))
        if own:
            _check_names(document, environment, values)
        document.render(values, environment, autoescape=True)
    except GaigaiError:
        raise
    except TemplateSyntaxError as error:
        raise GaigaiError(f"模板中的占位符写错了：{error.message}", _REMEDY) from error
    except UndefinedError as error:
        raise GaigaiError(f"模板中的占位符{_named(error.message)}不能识别", _REMEDY) from error
    except SecurityError as error:
        raise GaigaiError(f"模板中有不允许的写法：{error.message}", _REMEDY) from error
    except Exception as error:  # whatever the libraries make of a broken file
        raise GaigaiError(f"模板不能使用（{type(error).__name__}）", _REMEDY) from error
    return document


def _check_names(document: DocxTemplate, environment: Environment, values: dict[str, Any]) -> None:
    """Raise ``GaigaiError`` for a placeholder that is misspelt, or one that must be there and is missing."""
    document.init_docx()
    text = document.patch_xml(document.get_xml()).replace("<w:p ", "\n<w:p ")
    text = text.replace("<w:p>", "\n<w:p>")
    try:
        names = meta.find_undeclared_variables(environment.parse(text))
    except TemplateSyntaxError as error:
        raise GaigaiError(f"模板中的占位符写错了：{_told(error, text)}", _REMEDY) from error
    unknown = sorted(names - values.keys())
    if unknown:
        raise GaigaiError(f"模板中的占位符“{'”“'.join(unknown)}”不能识别", _REMEDY)
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise GaigaiError(f"模板中缺少占位符“{'”“'.join(missing)}”", _REMEDY)


def _told(error: TemplateSyntaxError, text: str) -> str:
    """Return the tags of the line that can't be read, or the block that is never closed."""
    block = re.search(r"block that needs to be closed is '(\w+)'", error.message or "")
    if block:
        return f"“{block[1]}”没有对应的“end{block[1]}”"
    line = re.sub(r"<[^>]+>", "", text.splitlines()[error.lineno - 1]).strip()
    return f"“{line}”"


def _named(message: str | None) -> str:
    """Return what jinja2 says is undefined: ``'行.称' is undefined``, ``'dict object' has no attribute '称'``."""
    found = re.findall(r"'([^']*)'", message or "")
    return f"“{found[-1]}”" if found else ""


def _keep_ending_together(document: DocxTemplate) -> None:
    """Keep the last paragraph on the page of the signature (GB/T 9704: no page with a signature alone)."""
    paragraphs = document.docx.paragraphs
    end = next((i for i, p in enumerate(paragraphs) if p.style.name == "附件说明"), 0)
    for paragraph in reversed(paragraphs[:end]):
        paragraph.paragraph_format.keep_with_next = True
        if paragraph.text.strip():
            return


def _name_lists(document: DocxTemplate, second: SecondAnnex) -> None:
    """Give 附件2 of a roll-up its title and heads, where the template has those of units."""
    paragraphs = [
        *document.docx.paragraphs,
        *(p for t in document.docx.tables for cell in t.rows[0].cells for p in cell.paragraphs),
    ]
    units = dict(zip(UNITS_HEAD, second.head, strict=True))
    lists = {"各单位情况": second.title, "2.各单位情况": f"2.{second.title}", **units}
    for paragraph in paragraphs:
        named = "".join(paragraph.text.split())  # long heads are broken by hand
        if named in lists and named != lists[named]:
            first, *others = paragraph.runs
            first.text = lists[named]
            for run in others:
                run.text = ""


def _fit_ledger(document: DocxTemplate, rows: Sequence[Sequence[str]]) -> None:
    """Take empty columns out of 附件1 and make the others as wide as their words ask for."""
    table = next(t for t in document.docx.tables if t.rows[0].cells[0].text == LEDGER_HEAD[0])._tbl
    grid = table.tblGrid.gridCol_lst
    total = sum(int(column.w) for column in grid) // _EMU
    columns = ledger_columns(rows)
    padding = len(columns) * 2 * _CELL_EDGE
    shares = ledger_widths(rows, columns, (total - padding) / _LEDGER_CHARACTER)
    widths = [round(share * _LEDGER_CHARACTER + 2 * _CELL_EDGE) for share in shares]
    for place in reversed(range(len(LEDGER_HEAD))):
        if place not in columns:
            table.tblGrid.remove(grid[place])
    for column, width in zip(table.tblGrid.gridCol_lst, widths, strict=True):
        column.set(qn("w:w"), str(width))
    for row in table.tr_lst:
        cells = row.tc_lst
        for place in reversed(range(len(LEDGER_HEAD))):
            if place not in columns:
                row.remove(cells[place])
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.tcPr.find(qn("w:tcW")).set(qn("w:w"), str(width))


def _values(report: MonthlyReport, *, letterhead: bool) -> dict[str, Any]:
    """Return what the placeholders stand for; their names are listed in docs/bulletin.md."""
    ledger = [dict(zip(LEDGER_HEAD, ledger_cells(row), strict=True)) for row in report.ledger]
    second = second_annex(report)
    units = [dict(zip(UNITS_HEAD, line, strict=True)) for line in second.words]
    imprint = report.imprint
    values: dict[str, Any] = {
        "提示": report.notes,
        "标题": "\n".join(title_lines(report.title_parts)),
        "发文字号": report.number,
        "主送机关": report.addressee,
        "引言": report.opening,
        "各节": [_section(section) for section in report.sections],
        "署名": report.signer,
        "成文日期": day_or_open(report.day),
        "公开属性": f"（{imprint.openness}）" if imprint.openness else "",
        "抄送": imprint.copies,
        "印发机关": f"{imprint.printer}\n"
        if len(imprint.printer) > _COLOPHON_NAME
        else imprint.printer,
        "印发日期": day_or_open(report.printed),
        "台账": ledger,
        "亮灯说明": report.legend,
        "各单位": units,
        "各单位说明": second.note,
    }
    clean: dict[str, Any] = _clean(values)
    return clean | {"红头": _letterhead(imprint.letterhead) if letterhead else None}


def _section(section: Section) -> dict[str, Any]:
    """Return a section; paragraphs that open with （一） and a short sentence are numbered by their style instead."""
    points = [_LEAD_IN.fullmatch(paragraph) for paragraph in section.paragraphs]
    numbered = [{"首句": found[1], "内容": found[2]} for found in points if found]
    if len(numbered) < len(points):
        numbered = []
    return {
        "标题": section.heading,
        "段落": [] if numbered else section.paragraphs,
        "分条": numbered,
        "小节": [
            {"标题": part.heading, "条目": part.entries, "结语": part.closing}
            for part in section.subsections
        ],
        "补充": section.own,
    }


def _letterhead(issuer: str) -> RichText:
    """Return 发文机关标志 in one line or two, as large as the type area allows, at most 52 pt."""
    issuer = issuer.removesuffix("文件")  # as some offices write it in rules.yaml
    head, sign, tail = issuer.partition("领导小组")
    lines = [f"{issuer}文件"]
    if head and sign and len(issuer) > _LONG_NAME:
        lines = [head, f"{sign}{tail}文件"]
    size = min(_LETTERHEAD_SIZE, _WIDTH * 2 // max(map(len, lines)))
    return RichText(_clean("\n".join(lines)), size=size)


def _clean(value: Any) -> Any:
    """Return the values without hidden characters, some of which no Word file can hold."""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list | tuple) else value
