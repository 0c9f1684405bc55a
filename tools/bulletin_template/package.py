"""The templates as Word files: parts, their relations, page numbers."""

import io
import zipfile

from tools.bulletin_template.body import body, empty_body, paragraph
from tools.bulletin_template.boxes import Box, Place, text_box
from tools.bulletin_template.measures import BOTTOM, LEFT, TEXT_WIDTH, twips
from tools.bulletin_template.styles import fonts, form_styles, numbering, styles

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.{rest}"'
    for prefix, rest in (
        ("w", "openxmlformats.org/wordprocessingml/2006/main"),
        ("r", "openxmlformats.org/officeDocument/2006/relationships"),
        ("wp", "openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "openxmlformats.org/drawingml/2006/main"),
        ("mc", "openxmlformats.org/markup-compatibility/2006"),
        ("wps", "microsoft.com/office/word/2010/wordprocessingShape"),
    )
)
_SETTINGS = """<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>
<w:drawingGridVerticalSpacing w:val="289"/><w:characterSpacingControl w:val="compressPunctuation"/>
<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>
<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>"""

_FORM_SETTINGS = _SETTINGS.replace("<w:evenAndOddHeaders/>", "")
_CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{{ 标题 }}</dc:title>
<dc:creator>{{ 署名 }}</dc:creator></cp:coreProperties>"""


def template() -> bytes:
    """The bulletin's docx, the same bytes every time."""
    marks = _page_marks()
    word = {
        "document": ("document.main", _element("document", f"<w:body>{body()}</w:body>")),
        "styles": ("styles", _element("styles", styles())),
        "numbering": ("numbering", _element("numbering", numbering())),
        "settings": ("settings", _element("settings", _SETTINGS)),
        "fontTable": ("fontTable", _element("fonts", fonts())),
        **{name: (kind, content) for name, (kind, content) in marks.items()},
    }
    return _packed(word, _CORE)


def form_template() -> bytes:
    """The empty docx of letters, forms and pages; from the second page on it has page numbers."""
    word = {
        "document": ("document.main", _element("document", f"<w:body>{empty_body()}</w:body>")),
        "styles": ("styles", _element("styles", form_styles())),
        "settings": ("settings", _element("settings", _FORM_SETTINGS)),
        "fontTable": ("fontTable", _element("fonts", fonts())),
        "footer": ("footer", _element("ftr", _number("页码"))),
    }
    return _packed(word, _CORE.replace("{{ 标题 }}", "").replace("{{ 署名 }}", ""))


def _packed(word: dict[str, tuple[str, str]], core: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in _parts(word, core).items():
            info = zipfile.ZipInfo(name)
            info.create_system = 3  # whatever it is made on
            archive.writestr(info, _HEAD + content)
    return stream.getvalue()


def _parts(word: dict[str, tuple[str, str]], core: str) -> dict[str, str]:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, (kind, _) in word.items()
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )
    properties = (
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    )
    return {
        "[Content_Types].xml": types,
        "_rels/.rels": _relations(
            {
                "main": (f"{_RELATION}/officeDocument", "word/document.xml"),
                "core": (properties, "docProps/core.xml"),
            }
        ),
        "docProps/core.xml": core,
        "word/_rels/document.xml.rels": _relations(
            {
                name: (f"{_RELATION}/{kind}", f"{name}.xml")
                for name, (kind, _) in word.items()
                if name != "document"
            }
        ),
        **{f"word/{name}.xml": content for name, (_, content) in word.items()},
    }


def _element(name: str, content: str) -> str:
    return f"<w:{name} {_SPACES}>{content}</w:{name}>"


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{rows}</Relationships>'


def _page_marks() -> dict[str, tuple[str, str]]:
    """Headers and footers by relation: odd numbers right, even ones left, a character from the edge (7.5).

    On a landscape page the number stands where it stands on every other sheet: at the left edge, turned.
    """
    empty = '<w:p><w:pPr><w:pStyle w:val="Break"/></w:pPr></w:p>'
    marks = {}
    for pages, style in (("default", "页码（单页）"), ("even", "页码（双页）")):
        number = _number(style)
        marks[f"portrait-header-{pages}"] = ("header", _element("hdr", empty))
        marks[f"portrait-footer-{pages}"] = ("footer", _element("ftr", number))
        marks[f"landscape-header-{pages}"] = ("header", _element("hdr", _turned(number)))
        marks[f"landscape-footer-{pages}"] = ("footer", _element("ftr", empty))
    return marks


def _number(style: str) -> str:
    """— 1 —"""
    field = "".join(
        f"<w:r>{content}</w:r>"
        for content in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    dash = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return paragraph(style).replace(
        "</w:p>", f"{dash.format('— ')}{field}{dash.format(' —')}</w:p>"
    )


def _turned(number: str) -> str:
    """A text box at the left edge of the page, as high as the type area, its line read from top to bottom."""
    box = Box("页码", Place("page", BOTTOM - twips(15)), Place("page", LEFT), turned=True)
    run = text_box(box, twips(10), TEXT_WIDTH, number)
    return f'<w:p><w:pPr><w:pStyle w:val="Break"/></w:pPr>{run}</w:p>'
