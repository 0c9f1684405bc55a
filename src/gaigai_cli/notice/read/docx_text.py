"""The text of Word paragraphs: what a reader of the page sees, and remarks on what stands there besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from gaigai_cli.notice.document import STRUCK, Extra, Gathered, Place
from gaigai_cli.notice.read.docx_numbers import Numbering, W

_TRANSPARENT: Final = frozenset(
    "sdt sdtContent smartTag ins moveTo hyperlink customXml fldSimple dir bdo ruby rubyBase".split()
)
_CHARACTERS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_STAR: Final = ("Wingdings", 0xAB)
_ACCEPT: Final = "请在 Word 中接受或拒绝修订后再导入，或核对这里"


@dataclass
class Text(Gathered):
    """The text of paragraphs, and what stands there besides.

    ``boxes`` are the text boxes that hold a table: they are read like the body.
    """

    boxes: list[Any] = field(default_factory=list)
    remarks: list[Extra] = field(default_factory=list)

    def since(self, mark: int) -> str:
        """Return what was added behind so many pieces."""
        return "".join(self.pieces[mark:])


def local(element: Any) -> str:
    """Return the name of an element without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def parts_of(holder: Any) -> Iterator[Any]:
    """Yield the children, those of content controls and of accepted insertions among them."""
    for child in holder:
        if local(child) in _TRANSPARENT:
            yield from parts_of(child)
        else:
            yield child


@dataclass
class Paragraphs:
    """Reads paragraphs in their order, so that automatic numbers count on."""

    numbering: Numbering

    def text(self, paragraphs: list[Any], place: Place) -> Text:
        """Return paragraphs joined by line ends, each with its automatic number, with remarks on all else."""
        found = Text()
        besides: _Besides = {}
        for index, paragraph in enumerate(paragraphs):
            found.add("\n" if index else "")
            found.add(self.numbering.label(paragraph))
            for element in paragraph:
                self._inline(element, found, besides)
        found.remarks += _told(besides, place)
        return found

    def _inline(self, element: Any, found: Text, besides: _Besides) -> None:
        name = local(element)
        if name == "r":
            self._run(element, found, besides)
        elif name in ("del", "moveFrom"):
            besides.setdefault("deleted", []).append(_text_of(element))
        elif name in _TRANSPARENT:
            before = len(found.pieces)
            for child in element:
                self._inline(child, found, besides)
            if name in ("ins", "moveTo"):
                besides.setdefault("inserted", []).append(found.since(before))
        elif name == "AlternateContent":
            _boxes(element, found, besides)

    def _run(self, run: Any, found: Text, besides: _Besides) -> None:
        properties = run.find(f"{W}rPr")
        if _on(properties, "vanish"):
            besides.setdefault("hidden", []).append(_text_of(run))
            return
        before = len(found.pieces)
        bold = _on(properties, "b") or _on(properties, "u")  # both are how leads are marked
        for element in run:
            name = local(element)
            if name == "t":
                found.add(element.text or "", bold=bold)
            elif name in _CHARACTERS:
                found.add(_CHARACTERS[name], bold=bold)
            elif name == "sym":
                found.add(_symbol(element), bold=bold)
            elif name in ("drawing", "pict", "AlternateContent", "object"):
                _boxes(element, found, besides)
            elif name == "delText":
                besides.setdefault("deleted", []).append(element.text or "")
        if _on(properties, "strike") or _on(properties, "dstrike"):
            besides.setdefault("struck", []).append(found.since(before))


_Besides = dict[str, list[str]]
"""What paragraphs hold besides their text, by its kind in ``_KINDS``."""
_KINDS: Final = {
    "deleted": ("修订", "这些文字在修订中被删除，没有读入", _ACCEPT),
    "inserted": ("修订", "这些文字是修订中加入的，已按接受修订读入", _ACCEPT),
    "hidden": ("隐藏的文字", "这些文字设为隐藏，没有读入", "请在 Word 中显示后核对"),
    "struck": ("删除线", *STRUCK),
    "boxes": ("文本框", "这些文字在文本框里，没有读入", "请核对，需要的移到正文或表格中"),
}


def _told(besides: _Besides, place: Place) -> Iterator[Extra]:
    """Yield a remark on each kind of what paragraphs hold besides their text."""
    for kind, (code, why, remedy) in _KINDS.items():
        if text := "".join(besides.get(kind, ())).strip():
            yield Extra(code, place, text, why, remedy)
    if pictures := len(besides.get("pictures", ())):
        why = f"这里有{pictures}个图片或嵌入对象，其中的文字不能读取"
        yield Extra("图片", place, "", why, "请核对图片里有没有清单内容")


def _on(properties: Any, name: str) -> bool:
    found = None if properties is None else properties.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val") not in ("0", "false", "off", "none")


def _text_of(element: Any) -> str:
    return "".join(e.text or "" for e in element.iter() if e.tag in (f"{W}t", f"{W}delText"))


def _symbol(element: Any) -> str:
    """Return a character of a symbol font; those of private use have no meaning without the font."""
    code = str(element.get(f"{W}char") or "")
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    if (str(element.get(f"{W}font") or ""), ord(char) & 0xFF) == _STAR:
        return "★"
    return "■" if "\ue000" <= char <= "\uf8ff" else char


def _boxes(element: Any, found: Text, besides: _Besides) -> None:
    """Add the text boxes that hold a table and the text of others, each once, or else count a picture."""
    holders = list(_holders(element))
    for holder in holders:
        text = "\n".join(_text_of(p) for p in holder.iter(f"{W}p"))
        if holder.find(f".//{W}tbl") is not None:
            found.boxes.append(holder)
        elif text.strip():
            besides.setdefault("boxes", []).append(text + "\n")
    if not holders and any(
        local(e) in ("blip", "imagedata", "OLEObject", "chart") for e in element.iter()
    ):
        besides.setdefault("pictures", []).append("")


def _holders(element: Any) -> Iterator[Any]:
    """Yield the text boxes in an element, not those that stand there again for older programs."""
    for child in element:
        if local(child) == "txbxContent":
            yield child
        elif local(child) != "Fallback":
            yield from _holders(child)
