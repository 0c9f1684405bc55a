"""The limits of a file. Notices are small; anything larger is refused before it is unpacked or parsed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final

from gaigai_cli.errors import GaigaiError

MAX_BYTES: Final = 50 * 2**20
MAX_UNPACKED: Final = 200 * 2**20
MAX_PARTS: Final = 5_000
MAX_CELLS: Final = 200_000
MAX_DEPTH: Final = 100
MAX_NESTED_PARTS: Final = 10
"""Parts of a saved page that hold parts: each one's end is looked for in every line inside. A browser writes one."""
MAX_TEXT: Final = 20 * 2**20
MAX_LINES: Final = 200_000
MAX_ENCODED_LINES: Final = 1_000_000
"""Lines of a saved page with its pictures: so many as the largest file has of 50 bytes."""
MAX_ELEMENTS: Final = 400_000
"""Elements of an XML part or of a page; a list of a hundred pages has some fifty thousand."""
MAX_LENGTH: Final = 10_000
"""Characters of a paragraph or a cell."""
MAX_CHARACTERS: Final = 500_000
"""Characters of a document, some three hundred pages."""

_XML: Final = (".xml", ".rels", ".vml")


class TooLargeError(GaigaiError):
    """The file is larger than a notice ever is."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"文件{what}，超出可导入的限度", "请只保留通知正文和任务清单，另存后再导入"
        )


def check_size(size: int) -> None:
    """Raise where the file itself is too large; ``size`` in bytes."""
    if size > MAX_BYTES:
        raise TooLargeError(f"大于{MAX_BYTES // 2**20}MB")


def check_saved_page(data: bytes) -> None:
    """Raise where a page saved with its parts has more of them, or of lines, than a browser writes."""
    if data.count(b"\n--") > MAX_PARTS:
        raise TooLargeError(f"中的部件多于{MAX_PARTS}个")
    if data.lower().count(b"boundary") > MAX_NESTED_PARTS:
        raise broken("mht")
    if max(data.count(b"\n"), data.count(b"\r")) > MAX_ENCODED_LINES:
        raise TooLargeError(f"多于{MAX_ENCODED_LINES}行")


class CellCount:
    """The cells of a document as they are made; those that only fill a row up to its table's width count too."""

    def __init__(self) -> None:
        self._made = 0

    def add(self, cells: int) -> None:
        """Raise where there are more by now than a list ever has."""
        self._made += cells
        if self._made > MAX_CELLS:
            raise TooLargeError(f"中的表格单元格多于{MAX_CELLS}个")


def check_text(lengths: Iterable[int]) -> None:
    """Raise where there is more text than a notice ever has; ``lengths`` are those of its paragraphs and cells."""
    total = 0
    for length in lengths:
        total += length
        if length > MAX_LENGTH:
            raise TooLargeError(f"中有一段或一格的文字多于{MAX_LENGTH}字")
        if total > MAX_CHARACTERS:
            raise TooLargeError(f"中的文字多于{MAX_CHARACTERS}字")


def check_tags(count: int) -> None:
    """Raise where there are more tags than so many elements have, at once, whatever they are."""
    if count > 2 * MAX_ELEMENTS:
        raise TooLargeError(f"中的段落、行和格等多于{MAX_ELEMENTS}个")


def check_depth(depth: int) -> None:
    """Raise where elements are nested deeper than an office program nests them."""
    if depth > MAX_DEPTH:
        raise TooLargeError(f"中的内容嵌套多于{MAX_DEPTH}层")


def broken(kind: str) -> GaigaiError:
    """Return the error for a file that is not what it should be; the caller raises it."""
    return GaigaiError(
        f"文件已损坏，不能按 {kind} 读取", f"请用办公软件打开，另存为 .{kind} 后再导入"
    )


def check_package(data: bytes, kind: str) -> None:
    """Raise where an office package unpacks to too much, or has parts that no office program writes.

    Sizes are those of its directory, which bound what is unpacked. Then each XML part is looked through; of a Word
    file only those that are read, when they are.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MAX_PARTS:
                raise TooLargeError(f"中的部件多于{MAX_PARTS}个")
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise TooLargeError(f"解压后大于{MAX_UNPACKED // 2**20}MB")
            for part in parts:
                if kind != "docx" and part.filename.lower().endswith(_XML):
                    look_through(package.read(part), kind)
    except GaigaiError:
        raise
    except Exception as error:  # whatever zipfile and zlib make of damaged bytes
        raise broken(kind) from error


def look_through(data: bytes, kind: str) -> None:
    """Raise for entities, nesting and cells beyond the limits, building nothing of an XML part."""
    from xml.parsers import expat

    check_tags(data.count(b"<"))
    watch = _Watch()
    parser = expat.ParserCreate()
    parser.StartElementHandler = watch.start
    parser.EndElementHandler = watch.end
    parser.StartDoctypeDeclHandler = watch.doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise broken(kind) from error


class _Watch:
    """Counts while an XML part is read, and ends the reading where it is too much."""

    def __init__(self) -> None:
        self._depth = 0
        self._elements = 0
        self._cells = CellCount()

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        self._depth += 1
        check_depth(self._depth)
        self._elements += 1
        check_tags(2 * self._elements)
        local = name.rpartition(":")[2]
        if local in ("tc", "c"):
            self._cells.add(1)
        elif local == "mergeCell":
            self._cells.add(_area(str(attributes.get("ref", ""))))

    def end(self, name: str) -> None:
        self._depth -= 1

    def doctype(self, *_: object) -> None:
        raise GaigaiError(
            "文件中有文档类型声明，办公软件不会写这样的内容，没有读取", "请另存后再导入"
        )


def _area(reference: str) -> int:
    """Return how many cells a reference covers; one that isn't understood (whole columns, say) covers too many."""
    from openpyxl.utils import range_boundaries

    try:
        bounds: Any = range_boundaries(reference)
        left, top, right, bottom = map(int, bounds)
    except (TypeError, ValueError):
        return MAX_CELLS + 1
    return max(right - left + 1, 1) * max(bottom - top + 1, 1)
