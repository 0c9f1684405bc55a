"""Regular files, read without waiting and within bounds: what lies in a shared directory may be anything."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from gaigai_cli.errors import GaigaiError

MAX_BYTES: Final = 200 * 2**20
"""Bytes that a file of a list may have at most."""


class UnfitFileError(GaigaiError, OSError):
    """Something that is not to be read as a file: a pipe or a device, what a link elsewhere leads to, too large a file.

    ``why`` follows the name in ``message``. An ``OSError`` too, for callers that only ask whether a file can be read.
    """

    def __init__(self, name: str, why: str, remedy: str) -> None:
        super().__init__(f"“{name}”{why}", remedy)
        self.why = why


def read_file(path: Path) -> bytes:
    """Return the bytes of a regular file.

    Raises `UnfitFileError` for anything else, which is neither waited for nor read without end, and for more than
    `MAX_BYTES`; ``OSError`` as reading does.
    """
    size_of(path)
    data = read_start(path, MAX_BYTES + 1)
    _check_size(len(data), path.name)  # it may have grown, or its system not know its size
    return data


def text_of(data: bytes, name: str) -> str:
    """Return the text of a file that people write: in UTF-8, or as editors of Chinese Windows keep it.

    Raises ``GaigaiError`` that calls the file ``name`` where it is in neither: replacing what isn't understood would
    lose it.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    raise GaigaiError(f"“{name}”的文字编码不能识别", "请另存为 UTF-8 编码的文本后再试")


def size_of(path: Path) -> int:
    """Return the size in bytes of a file that `read_file` would read; raises what that raises."""
    found = path.stat()
    _check_kind(found, path.name)
    _check_size(found.st_size, path.name)
    return found.st_size


def read_start(path: Path, most: int, *, follow: bool = True) -> bytes:
    """Return at most ``most`` bytes of a regular file; without ``follow`` a link is none."""
    _check_kind(path.stat() if follow else path.lstat(), path.name)
    # Should it have become a link or a pipe since: neither is followed or waited for.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        found = os.fstat(file.fileno())
        _check_kind(found, path.name)
        # No more room is asked for than it takes: `most` bytes for each small file take longer than reading it.
        data = file.read(min(most, found.st_size + 1))
        if len(data) > found.st_size:  # it has grown, or its system doesn't know its size
            data += file.read(most - len(data))
        return data


def _check_kind(found: os.stat_result, name: str) -> None:
    if stat.S_ISREG(found.st_mode):
        return
    kinds = (
        (stat.S_ISLNK, "是链接"),
        (stat.S_ISDIR, "是文件夹"),
        (stat.S_ISFIFO, "是管道"),
        (stat.S_ISSOCK, "是套接字"),
    )
    kind = next((words for applies, words in kinds if applies(found.st_mode)), "是设备")
    raise UnfitFileError(name, f"{kind}，不是普通文件", "请移走它，换成文件本身")


def _check_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise UnfitFileError(
            name, f"大于{MAX_BYTES // 2**20} MB，没有读取", "请移走它，或拆成几个文件"
        )
