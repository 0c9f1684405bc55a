"""The text of the template: placeholders in the order of GB/T 9704-2012, sections and tables."""

from collections.abc import Sequence

from tools.bulletin_template.boxes import Box, Place, text_box
from tools.bulletin_template.measures import (
    BOTTOM,
    FOOTER,
    LEDGER_EDGE,
    LEDGER_WIDTH,
    LEFT,
    LINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    TEXT_WIDTH,
    TOP,
)
from tools.bulletin_template.styles import NAMES, numbered

LEDGER = (
    # heading, placeholder, share of the width, centred
    ("序号", "序号", 86, True),
    ("主要任务", "主要任务", 180, False),
    ("工作内容", "工作内容", 412, False),
    ("牵头单位", "牵头单位", 148, True),
    ("其他单位", "其他单位", 240, False),
    ("完成时限", "完成时限", 148, True),
    ("状态", "状态", 144, True),
    ("亮灯", "亮灯", 80, True),
    ("进展情况", "进展情况", 522, False),
    ("存在问题", "存在问题", 148, False),
    ("下一步", "下一步", 148, False),
)
UNITS = (
    ("单位", "单位", 202, False),
    ("牵头\n事项", "牵头事项", 50, True),
    ("已销号\n或评估", "已销号或评估", 66, True),
    ("待核\n验", "待核验", 50, True),
    ("推进\n中", "推进中", 50, True),
    ("未报\n进展", "未报进展", 50, True),
    ("暂缓\n实施", "暂缓实施", 50, True),
    ("到期未\n办结", "到期未办结", 66, True),
    ("期内任务\n未完成", "期内任务未完成", 84, True),
    ("参与\n事项", "参与事项", 50, True),
    ("备注", "备注", 86, True),
)
_CELL_EDGES = (
    "<w:tblCellMar>"
    + "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 28), ("left", 40), ("bottom", 28), ("right", 40))
    )
    + "</w:tblCellMar>"
)
_COLOPHON = 20 * 80
"""The height of 版记 with three lines of text, in twips."""
Columns = Sequence[tuple[str, str, int, bool]]


def paragraph(style: str, *texts: str | tuple[str, str], properties: str = "") -> str:
    """A paragraph of a style, by its Chinese name; a text may come with a character style's id."""
    runs = "".join(_run(*text) if isinstance(text, tuple) else _run(text) for text in texts)
    return f'<w:p><w:pPr><w:pStyle w:val="{NAMES[style]}"/>{properties}</w:pPr>{runs}</w:p>'


def _run(text: str, style: str = "") -> str:
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    if text == "\t":
        return "<w:r><w:tab/></w:r>"
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in text.split("\n"))
    return f"<w:r>{properties}{lines}</w:r>"


def _loop(what: str, *inner: str) -> str:
    """``inner`` for each of ``what``; the paragraphs with the tags vanish."""
    return _tag(f"for {what}") + "".join(inner) + _tag("endfor")


def _when(condition: str, *inner: str) -> str:
    return _tag(f"if {condition}") + "".join(inner) + _tag("endif")


def _tag(words: str) -> str:
    return paragraph("公文正文", f"{{%p {words} %}}")


def _blank(count: int = 1, properties: str = "") -> str:
    return paragraph("空行", properties=properties) * count


def body() -> str:
    """Everything inside ``w:body`` of the bulletin."""
    return _letter() + _ledger() + _units()


def empty_body() -> str:
    """What is inside ``w:body`` of a form before anything is written: its page."""
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="footer"/>'
        f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{TOP}" w:right="{RIGHT}" w:bottom="{BOTTOM}" w:left="{LEFT}" '
        f'w:header="851" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def _letter() -> str:
    sections = _loop(
        "节 in 各节",
        paragraph("一级标题", "{{ 节.标题 }}"),
        _loop("段 in 节.段落", paragraph("公文正文", "{{ 段 }}")),
        _loop(
            "段 in 节.分条",
            paragraph(
                "二级段落", ("{{ 段.首句 }}", "LeadIn"), "{{ 段.内容 }}", properties=numbered(1)
            ),
        ),
        _loop(
            "目 in 节.小节",
            paragraph("二级标题", "{{ 目.标题 }}"),
            _loop("条 in 目.条目", paragraph("三级条目", "{{ 条 }}")),
            _when("目.结语", paragraph("公文正文", "{{ 目.结语 }}")),
        ),
        _loop("段 in 节.补充", paragraph("公文正文", "{{ 段 }}")),
    )
    return "".join(
        (
            _notes(),
            _when(
                "红头",
                paragraph("发文机关标志", "{{r 红头 }}"),
                paragraph("红头发文字号", "{{ 发文字号 }}"),
                _blank(2),
            ),
            paragraph("公文标题", "{{ 标题 }}"),
            _when("not 红头", paragraph("发文字号", "{{ 发文字号 }}")),
            _blank(),
            paragraph("主送机关", "{{ 主送机关 }}："),
            paragraph("公文正文", "{{ 引言 }}"),
            sections,
            _blank(),
            paragraph("附件说明", "附件：1.任务台账"),
            paragraph("附件说明续行", "2.各单位情况"),
            _blank(2, "<w:keepNext/>"),
            paragraph("发文机关署名", "{{ 署名 }}"),
            _when(
                "公开属性",
                paragraph("成文日期", "{{ 成文日期 }}"),
                paragraph("公文正文", "{{ 公开属性 }}", properties=_section("portrait")),
            ),
            _when(
                "not 公开属性",
                paragraph("成文日期", "{{ 成文日期 }}", properties=_section("portrait")),
            ),
        )
    )


def _notes() -> str:
    return _loop("话 in 提示", paragraph("文首提示", "{{ 话 }}"))


def _annex(number: str, title: str) -> str:
    """The head of an attachment: its title in the third line (7.3.7)."""
    return paragraph("附件序号", number) + _blank(1, "<w:keepNext/>") + paragraph("附件标题", title)


def _ledger() -> str:
    return (
        _annex("附件1", "任务台账")
        + _notes()
        + _table(LEDGER, "台账", ("表头", "表格文字", "表格居中"), LEDGER_WIDTH)
        + paragraph("表注", "亮灯说明：{{ 亮灯说明 }}", properties=_section("landscape"))
    )


def _units() -> str:
    return (
        _annex("附件2", "各单位情况")
        + _notes()
        + _table(UNITS, "各单位", ("附表表头", "附表文字", "附表居中"), TEXT_WIDTH)
        + paragraph("表注", "{{ 各单位说明 }}")
        + _colophon()
        + _section("portrait")
    )


def _table(columns: Columns, rows: str, styles: tuple[str, str, str], width: int) -> str:
    head_style, text_style, centred_style = styles
    total = sum(share for _, _, share, _ in columns)
    widths = [width * share // total for _, _, share, _ in columns]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    head = _row(
        [
            (w, paragraph(head_style, name))
            for w, (name, _, _, _) in zip(widths, columns, strict=True)
        ],
        head=True,
    )
    cells = _row(
        [
            (w, paragraph(centred_style if centred else text_style, f"{{{{ 行.{key} }}}}"))
            for w, (_, key, _, centred) in zip(widths, columns, strict=True)
        ]
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{_CELL_EDGES}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}'
        f"{_row([(sum(widths), paragraph('表格文字', f'{{%tr for 行 in {rows} %}}'))], span=len(columns))}"
        f"{cells}"
        f"{_row([(sum(widths), paragraph('表格文字', '{%tr endfor %}'))], span=len(columns))}</w:tbl>"
    )


def _row(cells: Sequence[tuple[int, str]], *, head: bool = False, span: int = 1) -> str:
    """A row, which a page's end may cut; a head isn't cut, and is repeated on every page."""
    properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else ""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tr>{properties}" + "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}<w:vAlign w:val="center"/></w:tcPr>'
        f"{content}</w:tc>"
        for width, content in cells
    ) + "</w:tr>"  # fmt: skip


def _colophon() -> str:
    """版记 (7.4) in a text box at the foot of its page: thick lines outside, a thin one between."""
    box = Box("版记", x=Place("margin", align="left"), y=Place("margin", align="bottom"))
    thick, thin = paragraph("版记粗线"), paragraph("版记细线")
    copies = paragraph("版记", "抄送：{{ 抄送 }}") + thin
    printed = paragraph("版记", "{{ 印发机关 }}", "\t", "{{ 印发日期 }}印发")
    text = thick + _when("抄送", copies) + printed + thick
    return paragraph("分节").replace(
        "</w:p>", f"{text_box(box, TEXT_WIDTH, _COLOPHON, text)}</w:p>"
    )


def _section(orientation: str) -> str:
    """Page, edges and page numbers; the landscape page is the portrait one turned, its head at the binding."""
    landscape = orientation == "landscape"
    marks = "".join(
        f'<w:{kind}Reference w:type="{pages}" r:id="{orientation}-{kind}-{pages}"/>'
        for kind in ("header", "footer")
        for pages in ("even", "default")
    )
    if landscape:
        size = f'<w:pgSz w:w="{PAGE_HEIGHT}" w:h="{PAGE_WIDTH}" w:orient="landscape"/>'
        top, right, bottom, left = LEDGER_EDGE, LEDGER_EDGE, LEDGER_EDGE, LEFT
        grid = '<w:docGrid w:linePitch="312"/>'
    else:
        size = f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        top, right, bottom, left = TOP, RIGHT, BOTTOM, LEFT
        grid = f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/>'
    return (
        f'<w:sectPr>{marks}<w:type w:val="nextPage"/>{size}<w:pgMar w:top="{top}" w:right="{right}" '
        f'w:bottom="{bottom}" w:left="{left}" w:header="851" w:footer="{FOOTER}" w:gutter="0"/>{grid}</w:sectPr>'
    )
