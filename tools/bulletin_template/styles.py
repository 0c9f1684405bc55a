"""Styles, fonts and numbering: everything that a person who edits the bulletin meets by its Chinese name."""

from dataclasses import dataclass

from tools.bulletin_template.measures import (
    BODY_SIZE,
    CHARACTER_SPACE,
    FOOT_SIZE,
    LINE,
    TEXT_WIDTH,
    TITLE_SIZE,
    twips,
)

TITLE_FONT, BODY_FONT, KAI_FONT, HEI_FONT = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"

_FONTS = (
    # What Word and WPS take where the font isn't installed, best first.
    (TITLE_FONT, "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,宋体", "02010601030101010101"),
    (BODY_FONT, "仿宋,FangSong,华文仿宋", "02010609060101010101"),
    (KAI_FONT, "楷体,KaiTi,华文楷体", "02010609060101010101"),
    (HEI_FONT, "SimHei,微软雅黑", "02010609060101010101"),
    ("宋体", "SimSun", "02010600030101010101"),
)
_FORM_SIZE = 24
"""Small 4: what is filled into a form."""

_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_NO_GRID = '<w:snapToGrid w:val="0"/>'
_KEEP = "<w:keepNext/>"


def _line(points: float, before: int = 0, after: int = 0) -> str:
    return (
        f'<w:spacing w:before="{before}" w:after="{after}" '
        f'w:line="{round(points * 20)}" w:lineRule="exact"/>'
    )


def numbered(level: int) -> str:
    """The properties of a paragraph that is numbered 一、 (0), （一） (1) or 1. (2)."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


def _rule(eighths: int) -> str:
    return (
        f'<w:pBdr><w:bottom w:val="single" w:sz="{eighths}" w:space="0" w:color="auto"/></w:pBdr>'
    )


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


@dataclass(frozen=True)
class Style:
    """A paragraph style. ``paragraph`` and ``run`` are its properties, in the schema's order."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    based: str = "a"
    following: str = ""
    level: int | None = None

    @property
    def xml(self) -> str:
        outline = "" if self.level is None else f'<w:outlineLvl w:val="{self.level}"/>'
        following = f'<w:next w:val="{self.following}"/>' if self.following else ""
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{self.id}">'
            f'<w:name w:val="{self.name}"/><w:basedOn w:val="{self.based}"/>{following}<w:qFormat/>'
            f"<w:pPr>{self.paragraph}{outline}</w:pPr><w:rPr>{self.run}</w:rPr></w:style>"
        )


_CENTRE, _LEFT, _RIGHT = (f'<w:jc w:val="{side}"/>' for side in ("center", "left", "right"))
_NOTE_EDGE = "".join(
    f'<w:{side} w:val="single" w:sz="6" w:space="{4 if side in ("left", "right") else 2}" w:color="C00000"/>'
    for side in ("top", "left", "bottom", "right")
)
_RED_LINE = '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="FF0000"/></w:pBdr>'
_SMALL = _font(BODY_FONT) + '<w:spacing w:val="0"/>' + _size(16)

STYLES = (
    Style("Notice", "文首提示", f"{_KEEP}<w:pBdr>{_NOTE_EDGE}</w:pBdr>{_NO_GRID}{_line(24, 0, 200)}{_CENTRE}",
          f'{_font(HEI_FONT)}<w:color w:val="C00000"/>{_size(FOOT_SIZE)}'),
    Style("Letterhead", "发文机关标志", f"{_KEEP}{_NO_GRID}"
          f'<w:spacing w:before="{twips(35)}" w:after="0" w:line="240" w:lineRule="auto"/>{_CENTRE}',
          f'{_font(TITLE_FONT)}<w:color w:val="FF0000"/>{_size(64)}'),
    Style("RedNumber", "红头发文字号", f"{_KEEP}{_RED_LINE}{_line(29, 2 * LINE, 0)}{_CENTRE}"),
    Style("Title9704", "公文标题", f"{_KEEP}<w:keepLines/>{_NO_GRID}{_line(33)}{_CENTRE}",
          _font(TITLE_FONT) + _size(TITLE_SIZE)),
    Style("Number", "发文字号", f"{_KEEP}{_line(29, 120, 0)}{_CENTRE}"),
    Style("Addressee", "主送机关", f"{_KEEP}{_LEFT}", following="Body"),
    Style("Body", "公文正文", _INDENT),
    Style("Blank", "空行"),
    Style("Heading1", "一级标题", f"{_KEEP}<w:keepLines/>{numbered(0)}{_INDENT}",
          _font(HEI_FONT), following="Body", level=0),
    Style("Heading2", "二级标题", f"{_KEEP}<w:keepLines/>{numbered(1)}{_INDENT}",
          _font(KAI_FONT), following="Item", level=1),
    Style("Point", "二级段落", numbered(1) + _INDENT, based="Body"),
    Style("Item", "三级条目", numbered(2) + _INDENT, based="Body"),
    Style("Attachments", "附件说明", f'{_KEEP}<w:ind w:leftChars="200" w:left="640"/>{_LEFT}'),
    Style("Attachments2", "附件说明续行", f'{_KEEP}<w:ind w:leftChars="500" w:left="1600"/>{_LEFT}'),
    Style("Signer", "发文机关署名", f'{_KEEP}<w:ind w:rightChars="200" w:right="640"/>{_RIGHT}'),
    Style("Dated", "成文日期", f'<w:ind w:rightChars="400" w:right="1280"/>{_RIGHT}'),
    Style("Annex", "附件序号", f"{_KEEP}{_LEFT}", _font(HEI_FONT), following="AnnexTitle"),
    Style("AnnexTitle", "附件标题", f"{_KEEP}<w:keepLines/>{_NO_GRID}{_line(33, 0, 200)}{_CENTRE}",
          _font(TITLE_FONT) + _size(TITLE_SIZE), level=0),
    Style("TableHead", "表头", f"{_KEEP}{_NO_GRID}{_line(12)}{_CENTRE}", _font(HEI_FONT) + _size(16)),
    Style("TableText", "表格文字", f"{_NO_GRID}{_line(10)}{_LEFT}", _SMALL),
    Style("TableMark", "表格居中", f"{_NO_GRID}{_line(10)}{_CENTRE}", _SMALL),
    Style("TableNote", "表注", f"{_NO_GRID}{_line(15, 80, 0)}{_LEFT}", _font(BODY_FONT) + _size(20)),
    Style("UnitsHead", "附表表头", f"{_KEEP}{_NO_GRID}{_line(16)}{_CENTRE}", _font(HEI_FONT) + _size(21)),
    Style("UnitsText", "附表文字", f"{_NO_GRID}{_line(17)}{_LEFT}", _size(21)),
    Style("UnitsMark", "附表居中", f"{_NO_GRID}{_line(17)}{_CENTRE}", _size(21)),
    Style("Colophon", "版记", f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH - 280}"/></w:tabs>'
          f'{_NO_GRID}{_line(22, 40, 40)}<w:ind w:left="280" w:right="280"/>{_LEFT}', _size(FOOT_SIZE)),
    Style("ColophonThick", "版记粗线", f'{_rule(8)}{_NO_GRID}{_line(1)}', _size(2)),
    Style("ColophonThin", "版记细线", f'{_rule(6)}{_NO_GRID}{_line(1)}', _size(2)),
    Style("Break", "分节", f"{_NO_GRID}{_line(1)}", _size(2)),
    Style("PageOdd", "页码（单页）", f'{_NO_GRID}<w:ind w:right="280"/>{_RIGHT}',
          _font("宋体") + _size(FOOT_SIZE)),
    Style("PageEven", "页码（双页）", f'{_NO_GRID}<w:ind w:left="280"/>{_LEFT}',
          _font("宋体") + _size(FOOT_SIZE)),
)  # fmt: skip

NAMES = {style.name: style.id for style in STYLES}

FORM_STYLES = (
    Style("PageMark", "页码", _CENTRE, _font("宋体") + _size(FOOT_SIZE)),
)  # fmt: skip

NAMES |= {style.name: style.id for style in FORM_STYLES}

_DEFAULTS = f"""<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:hint="eastAsia" w:ascii="{BODY_FONT}" w:eastAsia="{BODY_FONT}" w:hAnsi="{BODY_FONT}" w:cs="{BODY_FONT}"/>
{_size(BODY_SIZE)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"""

_BASE = f"""<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/>
<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>
<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>
<w:rPr><w:spacing w:val="{CHARACTER_SPACE}"/>{_size(BODY_SIZE)}</w:rPr></w:style>
"""

_OTHERS = f"""<w:style w:type="character" w:default="1" w:styleId="a0"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="LeadIn"><w:name w:val="段首标题"/>
<w:basedOn w:val="a0"/><w:qFormat/><w:rPr>{_font(KAI_FONT)}</w:rPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>
<w:left w:w="57" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>
</w:tblPr></w:style>"""


def styles() -> str:
    """The content of ``word/styles.xml``."""
    return _DEFAULTS + _BASE + _OTHERS + "".join(style.xml for style in STYLES)


def form_styles() -> str:
    """The content of ``word/styles.xml`` of forms: lines as high as what stands in them, and tables with all lines."""
    base = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
        '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        '<w:spacing w:before="0" w:after="0" w:line="276" w:lineRule="auto"/></w:pPr>'
        f"<w:rPr>{_size(_FORM_SIZE)}</w:rPr></w:style>"
    )
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    lines = (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Lines"><w:name w:val="表格线"/>'
        '<w:basedOn w:val="a1"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblCellMar><w:left w:w="108" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return _DEFAULTS + base + _OTHERS + "".join(style.xml for style in FORM_STYLES) + lines


def fonts() -> str:
    """The content of ``word/fontTable.xml``."""
    return "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:panose1 w:val="{panose}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others, panose in _FONTS
    )


def numbering() -> str:
    """The content of ``word/numbering.xml``: 一、 （一） 1. (GB/T 9704, 7.3.3), each tied to its style.

    A blank keeps 1. apart from words that begin with a figure: 1. 8月通报.
    """
    levels = (
        ("chineseCountingThousand", "%1、", "Heading1", HEI_FONT, "nothing"),
        ("chineseCountingThousand", "（%2）", "Heading2", KAI_FONT, "nothing"),
        ("decimal", "%3.", "Item", BODY_FONT, "space"),
    )
    xml = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/>'
        f'<w:suff w:val="{behind}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr><w:rPr>{_font(font)}</w:rPr></w:lvl>'
        for i, (kind, text, style, font, behind) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{xml}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
