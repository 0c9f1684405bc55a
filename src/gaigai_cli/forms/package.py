"""The package of a workbook: made such that the library reads it, whatever saved it; what lies over its cells."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final, Literal, NamedTuple
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", _MAIN.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
)
"""Strict Open XML has other names for the same things."""
_END_OF_CELLS: Final = re.compile(rb"<(?:(\w+):)?sheetData\s*/>|</(?:(\w+):)?sheetData>")
_STYLES: Final = "xl/styles.xml"
_LOCAL_FORMATS: Final = {
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"',
    32: "h:mm", 33: "h:mm:ss", 36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that Chinese programs don't write out, by number; the library takes their days for plain numbers."""
_FIRST_OWN_FORMAT: Final = 164

Shade = tuple[float, float, float]
"""Red, green and blue of a colour, from 0 to 255."""
WHITE: Final[Shade] = (255, 255, 255)
_PAPER_AND_INK: Final = {"0": "FFFFFF", "1": "000000", "64": "000000", "65": "FFFFFF"}
"""The colours that themes and old palettes have for the page and for what is written."""
_LUMA: Final = (0.299, 0.587, 0.114)
"""How bright red, green and blue look (ITU-R BT.601)."""
_LIGHTER, _HUE = 16, 48
"""Colours nearer than this in brightness, and in each part, aren't told apart by a reader."""
_LEGIBLE, UNSEEN_SIZE = 4, 1
"""Points of the smallest type that can be read; of the one that stands for all that nobody sees."""


def readable(data: bytes) -> bytes:
    """Return the package with only what a form is read by: cells, number formats, and what is struck through.

    Programs write styles and rules that the library warns of in English or refuses; none of them says anything.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name.startswith("docProps/"):
                continue
            content = old.read(name)
            if name.endswith((".xml", ".rels")):
                for strict, usual in _STRICT:
                    content = content.replace(strict, usual)
            if name.lower() == _STYLES:
                content = _cut_styles(content)
            elif name.startswith("xl/worksheets/"):
                content = _cut_sheet(content)
            new.writestr(name, content)
    return stream.getvalue()


def _cut_sheet(sheet: bytes) -> bytes:
    """Return the sheet up to its last cell."""
    end = _END_OF_CELLS.search(sheet)
    if end is None:
        return sheet
    prefix = end[1] or end[2]
    return sheet[: end.end()] + (b"</%b:worksheet>" % prefix if prefix else b"</worksheet>")


def _parsed(content: bytes) -> Element:
    """Return the tree of a part. Raises ``ValueError`` for one with a document type: entities may grow without end."""
    if b"<!DOCTYPE" in content:
        raise ValueError("a part has a document type")
    return fromstring(content)


def _cut_styles(content: bytes) -> bytes:
    """Return the styles with number formats and strokes alone."""
    root = _parsed(content)
    codes = _LOCAL_FORMATS | {
        int(one.get("numFmtId", "0")): one.get("formatCode", "")
        for one in root.iterfind("{*}numFmts/{*}numFmt")
    }
    fonts_given = root.findall("{*}fonts/{*}font")
    fills = root.findall("{*}fills/{*}fill")
    made = Element("styleSheet", xmlns=_MAIN)
    formats = SubElement(made, "numFmts")
    own = {number: _FIRST_OWN_FORMAT + at for at, number in enumerate(codes)}
    for number, code in codes.items():
        SubElement(formats, "numFmt", numFmtId=str(own[number]), formatCode=code)
    fonts = SubElement(made, "fonts")
    for size in (_LEGIBLE, UNSEEN_SIZE):
        for struck in (0, 1):
            font = SubElement(fonts, "font")
            SubElement(font, "strike", val=str(struck))
            SubElement(font, "sz", val=str(size))
    SubElement(SubElement(SubElement(made, "fills"), "fill"), "patternFill")
    SubElement(SubElement(made, "borders"), "border")
    SubElement(SubElement(made, "cellStyleXfs"), "xf")
    looks = SubElement(made, "cellXfs")
    for xf in root.iterfind("{*}cellXfs/{*}xf"):
        number, at, on = (int(xf.get(name, "0")) for name in ("numFmtId", "fontId", "fillId"))
        fill = fills[on] if on < len(fills) else None
        look = _look(fonts_given[at], fill) if at < len(fonts_given) else 0
        SubElement(looks, "xf", numFmtId=str(own.get(number, number)), fontId=str(look), xfId="0")
    SubElement(SubElement(made, "cellStyles"), "cellStyle", name="Normal", xfId="0", builtinId="0")
    return tostring(made)


def _look(font: Element, fill: Element | None) -> int:
    """Return which of our fonts stands for one: whether it is struck through, and whether it is seen on a fill.

    What a program writes that nobody can read as a colour or a size keeps no form from being read.
    """
    parts = {one.tag.rpartition("}")[2]: one.attrib for one in font}
    struck = "strike" in parts and parts["strike"].get("val", "1") not in ("0", "false")
    unseen = False
    with suppress(ValueError):
        size = float(parts.get("sz", {}).get("val", _LEGIBLE))
        unseen = is_unseen(size, parts.get("color", {}), _paper(fill))
    return struck + 2 * unseen


def is_unseen(size: float, colour: Mapping[str, str], paper: Shade | None = WHITE) -> bool:
    """Return whether words are too small to be read, or of the colour that they stand on; None: nobody knows which."""
    ink = _shade(colour)
    if size < _LEGIBLE or ink is None or paper is None:
        return size < _LEGIBLE
    apart = [one - other for one, other in zip(ink, paper, strict=True)]
    lighter = sum(share * one for share, one in zip(_LUMA, apart, strict=True))
    return max(map(abs, apart)) < _HUE and abs(lighter) < _LIGHTER


def _paper(fill: Element | None) -> Shade | None:
    """Return the colour of a cell; None where it is no plain one."""
    pattern = None if fill is None else fill.find("{*}patternFill")
    if pattern is None or pattern.get("patternType", "none") == "none":
        return WHITE
    colour = pattern.find("{*}fgColor") if pattern.get("patternType") == "solid" else None
    return None if colour is None else _shade(colour.attrib)


def _shade(colour: Mapping[str, str]) -> Shade | None:
    """Return red, green and blue of a colour as a workbook says it; None of a theme's own ones, and of none."""
    from openpyxl.styles.colors import COLOR_INDEX

    index = int(colour.get("indexed", "-1"))
    said = colour.get("rgb") or (COLOR_INDEX[index] if 0 <= index < len(COLOR_INDEX) else "")
    said = said or _PAPER_AND_INK.get(colour.get("theme") or colour.get("indexed", ""), "")
    if len(said) < len("rrggbb"):
        return None
    red, green, blue = bytes.fromhex(said[-6:])
    tint = float(colour.get("tint", "0"))
    end = 255 if tint > 0 else 0
    mixed = [one + (end - one) * abs(tint) for one in (red, green, blue)]
    return mixed[0], mixed[1], mixed[2]


Over = Literal["图片", "图表", "文本框", "批注", "链接", "附件"]
_LINK: Final = re.compile(
    rb'<(?:\w+:)?hyperlink\s(?=[^>]*\bref="([A-Z]{1,3}\d{1,7}))[^>]*\b\w+:id="([^"]+)"'
)


class LaidOver(NamedTuple):
    """Something that is no cell's content: rows and columns that it covers, 0-based, and its words if it has any."""

    kind: Over
    rows: range
    columns: range
    words: str = ""


def laid_over(archive: zipfile.ZipFile, sheet: str) -> Iterator[LaidOver]:
    """Yield what lies over the cells of the sheet whose part is called ``sheet``."""
    related = tuple(_related(archive, sheet))
    words: dict[str, str] = {}
    for kind, part in related:
        if kind == "comments":
            words = dict(_comments(_parsed(archive.read(part)))) | words
        elif kind == "threadedComment":
            words |= _threads(_parsed(archive.read(part)))
    yield from (_at("批注", ref, said) for ref, said in words.items() if said)
    addresses = {
        id_: target for id_, kind, target in _targets(archive, sheet) if kind == "hyperlink"
    }
    for ref, id_ in _LINK.findall(archive.read(sheet)) if addresses else ():
        yield _at("链接", ref.decode(), addresses.get(id_.decode(), ""))
    for kind, part in related:
        if kind == "drawing":
            yield from _drawn(_parsed(archive.read(part)))
        elif kind in ("oleObject", "package"):
            yield LaidOver("附件", range(0), range(0))


def _related(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """Yield the parts that a part refers to, each with its kind."""
    folder = posixpath.dirname(part)
    for _, kind, target in _targets(archive, part):
        name = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if name in archive.namelist():
            yield kind, name


def _targets(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Yield what a part refers to, in the package or elsewhere: id, kind and address."""
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels"
    if rels in archive.namelist():
        for one in _parsed(archive.read(rels)):
            kind = one.get("Type", "").rpartition("/")[2]
            yield one.get("Id", ""), kind, one.get("Target", "")


def _comments(root: Element) -> Iterator[tuple[str, str]]:
    """The comments by their cells."""
    for one in root.iterfind("{*}commentList/{*}comment"):
        words = "".join(t.text or "" for t in one.iterfind(".//{*}t")).strip()
        yield one.get("ref", ""), words


def _threads(root: Element) -> dict[str, str]:
    """What was said in turn, by cell; for older programs a comment beside says that they can't show it."""
    said: dict[str, list[str]] = {}
    for one in root.iterfind("{*}threadedComment"):
        said.setdefault(one.get("ref", ""), []).append(one.findtext("{*}text", "").strip())
    return {ref: "；".join(filter(None, words)) for ref, words in said.items()}


def _at(kind: Over, ref: str, words: str) -> LaidOver:
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    column, row = coordinate_from_string(ref)
    at = column_index_from_string(column) - 1
    return LaidOver(kind, range(row - 1, row), range(at, at + 1), words)


def _drawn(root: Element) -> Iterator[LaidOver]:
    for anchor in root:
        start, end = anchor.find("{*}from"), anchor.find("{*}to")
        if start is None:
            continue
        kind, words = _what(anchor)
        if kind is not None:
            yield LaidOver(kind, _covered(start, end, "row"), _covered(start, end, "col"), words)


def _what(anchor: Element) -> tuple[Over | None, str]:
    """Return what an anchor holds; nothing where it is a line or an empty shape."""
    if anchor.find(".//{*}pic") is not None:
        return "图片", ""
    if anchor.find(".//{*}graphicFrame") is not None:
        return "图表", ""
    words = "".join(t.text or "" for t in anchor.iterfind(".//{*}t")).strip()
    return ("文本框", words) if words else (None, "")


def _covered(start: Element, end: Element | None, name: str) -> range:
    first = int(start.findtext(f"{{*}}{name}", "0"))
    last = first if end is None else int(end.findtext(f"{{*}}{name}", "0"))
    return range(first, max(first, last) + 1)
