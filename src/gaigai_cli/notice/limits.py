"""What a file may be at most. Notices are small; whatever is larger is refused before it is unpacked or composed."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any, Final

from gaigai_cli.errors import GaigaiError

MAX_BYTES: Final = 50 * 2**20
MAX_UNPACKED: Final = 200 * 2**20
MAX_PARTS: Final = 5_000
MAX_CELLS: Final = 200_000
MAX_DEPTH: Final = 100
MAX_TEXT: Final = 20 * 2**20

_RANGE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
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


def check_cells(count: int) -> None:
    """Raise where there are more cells than a list ever has."""
    if count > MAX_CELLS:
        raise TooLargeError(f"中的表格单元格多于{MAX_CELLS}个")


def check_depth(depth: int) -> None:
    """Raise where elements are nested deeper than an office program nests them."""
    if depth > MAX_DEPTH:
        raise TooLargeError(f"中的内容嵌套多于{MAX_DEPTH}层")


def broken(kind: str) -> GaigaiError:
    """The error for a file that is not what it should be; the caller raises it."""
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
        self._cells = 0

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        self._depth += 1
        check_depth(self._depth)
        local = name.rpartition(":")[2]
        if local in ("tc", "c"):
            self._cells += 1
        elif local == "mergeCell":
            self._cells += _area(str(attributes.get("ref", "")))
        else:
            return
        check_cells(self._cells)

    def end(self, name: str) -> None:
        self._depth -= 1

    def doctype(self, *_: object) -> None:
        raise GaigaiError(
            "文件中有文档类型声明，办公软件不会写这样的内容，没有读取", "请另存后再导入"
        )


def _area(reference: str) -> int:
    found = _RANGE.fullmatch(reference)
    if found is None or found[3] is None:
        return 1
    width = column_number(found[3]) - column_number(found[1]) + 1
    return max(width, 1) * max(int(found[4]) - int(found[2]) + 1, 1)


def column_number(letters: str) -> int:
    """The number of a spreadsheet's column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
