"""Names that every platform can hold, and paths that stay inside the data directory."""

import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterator
from itertools import count
from pathlib import Path
from typing import Final

from gaigai_cli.characters import HIDDEN, NAME_BYTES, one_line
from gaigai_cli.errors import GaigaiError
from gaigai_cli.store.regular import UnfitFileError

PROGRESS: Final = "progress"
EVIDENCE: Final = "evidence"
"""The folders of a data directory in which a command writes one file after the other."""

_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE | re.DOTALL
)
_NO_DRIVE = re.compile("[^A-Za-z]:")
"""What Windows takes for a drive though there is none of this name: what is written hides behind a file."""
_PATH = 240
"""Characters; Windows' own limit is 260, with the folder in which a clone lies."""
_MOUNT_POINT = 0xA0000003
_SIGNS = re.compile(r'[<>:"/\\|?*\t\r\n]')


def check_name(name: str, what: str) -> None:
    """Raise ``GaigaiError`` where ``name`` can't name a file or folder everywhere; ``what`` is said of it: 文件名."""
    hidden = "以“.”开头的是隐藏文件" if name.startswith(".") else ""
    draft = "以“~$”开头的是办公软件的临时文件" if name.startswith("~$") else ""
    if reason := hidden or draft or _reason(name):
        raise _unusable(name, what, reason)


def check_new(path: Path) -> None:
    """Raise ``GaigaiError`` where a file can't be made at ``path`` everywhere, for its name or a new folder's name.

    On Windows a name with ``:`` in it hides what is written behind another file, and some names are devices.
    """
    if _NO_DRIVE.fullmatch(path.drive):
        raise _unusable(path.drive, "文件名", "含有“:”")
    for new in (path, *path.parents):
        if new.is_dir() or new.is_file():  # which a device isn't
            return
        reason = _reason(new.name) if new.name not in ("", "..") else ""
        if reason:
            raise _unusable(new.name, "文件名" if new == path else "文件夹名", reason)


def fitting(words: str, rest: str, taken: Collection[str] = ()) -> str:
    """Return the name of a file, ``words`` and ``rest``; of words that are too long as many as a name has room for.

    A number tells it from names that are ``taken``.
    """
    for number in count(1):
        end = rest if number == 1 else f"{number}{rest}"
        room = NAME_BYTES - len(end.encode())
        name = f"{words.encode()[:room].decode('utf-8', 'ignore')}{end}"
        if name not in taken:
            break
    return name


def reason_against(path: str) -> str:
    """Return why no file can have this path (with ``/``) everywhere, in Chinese without a full stop.

    Empty where it can. Windows counts what lies above it, too.
    """
    reason = next(filter(None, map(_reason, path.split("/"))), "")
    too_long = len(path) > _PATH
    return reason or (f"路径太长（超过 {_PATH} 个字符）" if too_long else "")


def _unusable(name: str, what: str, reason: str) -> GaigaiError:
    return GaigaiError(f"{what}“{one_line(name)[:60]}”不能使用：{reason}", "请改名后再试")


def _reason(name: str) -> str:
    if HIDDEN.search(name):
        return "含有看不见的控制字符"
    if found := _SIGNS.search(name):
        sign = found[0] if found[0].isprintable() else "换行或制表符"
        return f"含有“{sign}”"
    rules = (
        (not name.strip(), "名称是空的"),
        (name[-1:] in (".", " "), "不能以“.”或空格结尾"),
        (_RESERVED.fullmatch(name) is not None, "这是 Windows 保留的设备名"),
        (len(name.encode()) > NAME_BYTES, f"太长（超过 {NAME_BYTES} 字节）"),
    )
    return next((reason for applies, reason in rules if applies), "")


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder. Links to folders and junctions count as files: they may lead anywhere."""
    yield from (folder / name for name in names_below(folder))


def names_below(folder: Path) -> Iterator[str]:
    """Yield the names of the files that `files_below` yields, from the folder on and with ``/``."""
    top = os.path.join(folder, "")  # noqa: PTH118 - as it begins the names of what lies below, a drive's root, too
    for where, folders, names in os.walk(folder):
        links = [name for name in folders if _is_link(os.path.join(where, name))]  # noqa: PTH118 - for each file
        folders[:] = [name for name in folders if name not in links]
        above = where[len(top) :].replace(os.sep, "/")
        yield from (f"{above}/{name}" if above else name for name in (*names, *links))


def _is_link(folder: str) -> bool:
    """Return whether a folder is a link or a junction, which Python before 3.12 takes for a plain folder."""
    found = os.lstat(folder)
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _MOUNT_POINT


def inside(root: Path, name: str, *, what: str = "数据目录") -> Path:
    """Return the true path of ``name`` (with ``/``; empty: ``root``) in ``root``, a true path that is called ``what``.

    Raises `UnfitFileError` where a link leads out of it.
    """
    if _has_no_links(root, name):
        return root / name
    try:
        path = (root / name).resolve()
    except (OSError, RuntimeError):  # links in a circle
        path = root
    circle = any(part.is_symlink() for part in (path, *path.parents))  # since Python 3.13
    if (path == root and name) or not path.is_relative_to(root) or circle:
        raise UnfitFileError(name, f"经链接指向{what}之外", "请删去这个链接后再试")
    return path


def _has_no_links(root: Path, name: str) -> bool:
    """Return whether a name is seen to be its own true path, without all that lies above being looked at for each."""
    parts = name.split("/")
    # Windows has more than links that leads elsewhere.
    if os.name != "posix" or not {"", ".", ".."}.isdisjoint(parts):
        return False
    where = os.fspath(root)
    try:
        for part in parts:
            where = f"{where}/{part}"
            if stat.S_ISLNK(os.lstat(where).st_mode):
                return False
    except FileNotFoundError:
        return True  # nor is there anything below
    except (OSError, ValueError):
        return False
    return True


def folded(name: str) -> str:
    """Return the form in which two names are one to file systems that don't tell case or composed signs apart."""
    return unicodedata.normalize("NFC", name).casefold()
