"""The one exception that a user may meet: what happened, and what to do about it; how it names files and lists."""

import errno
import os
import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from gaigai_cli.characters import one_line

_PLAIN: Final = re.compile(r"[\w:./\-]+")
_RUN: Final = re.compile(r'[$`"!\\]')
"""Signs that mean something within double quotes."""
_STOPS: Final = ("。", "？", "！", "：")
_NO_ROOM: Final = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
_REASONS: Final[dict[type[OSError], str]] = {
    FileNotFoundError: "不存在",
    PermissionError: "没有读写权限",
    IsADirectoryError: "是一个文件夹，不是文件",
    NotADirectoryError: "是一个文件，不是文件夹",
    FileExistsError: "已经存在",
}


class GaigaiError(Exception):
    """A failure told in Chinese.

    ``message`` says what happened (one sentence, no full stop at its end), ``remedy`` what to do.
    It is caught once, in ``cli/app.py``, printed as one sentence and ends the program with ``exit_code``.
    """

    exit_code = 2

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}。{self.remedy}"


def as_failure(error: "GaigaiError | OSError") -> GaigaiError:
    """Return a failure as a user is told it: in Chinese, too, where the system fails who reads or writes."""
    if isinstance(error, GaigaiError):
        return error
    name = f"“{Path(os.fsdecode(error.filename)).as_posix()}”" if error.filename else "文件"
    if error.errno in _NO_ROOM:
        remedy = "请清理磁盘；登记时遇到的，先用 gaigai show 看是否已经登记"
        return GaigaiError(f"磁盘空间不足，{name}没有写完", remedy)
    if isinstance(error, FileNotFoundError) and not error.filename:
        return GaigaiError(
            "当前文件夹已被删除或移走，或没有能写的临时文件夹", "请换一个文件夹再运行"
        )
    reason = next((words for kind, words in _REASONS.items() if isinstance(error, kind)), None)
    what = f"{name}{reason}" if reason else f"读写{name}失败（系统错误码 {error.errno}）"
    return GaigaiError(what, "请检查路径、权限和磁盘空间")


def miswritten(what: str, why: str, remedy: str = "") -> GaigaiError:
    """Return the refusal of an answer that can't be read, of an option or a field: --to 写错了, 签发日期写错了."""
    return GaigaiError(f"{what}{' ' if what.isascii() else ''}写错了：{why}", remedy)


def with_stop(words: str) -> str:
    """Return words with their full stop; as they are where they end with a stop already."""
    return words if words.endswith(_STOPS) else f"{words}。"


def shown(path: Path) -> str:
    """Return a path as messages name it, with ``/`` on every system.

    It is relative where it lies below the current folder.
    """
    here = Path.cwd()
    return one_line((path.relative_to(here) if path.is_relative_to(here) else path).as_posix())


def as_word(name: str) -> str:
    """Return a path or branch as a word of a command in a sentence, where it needs quotes in those that fit its signs.

    Every shell takes the double ones; within them a Unix shell and PowerShell would run ``$(…)``.
    """
    if _PLAIN.fullmatch(name):
        return name
    return shlex.quote(name) if _RUN.search(name) else f'"{name}"'


def some_of(names: Sequence[str], most: int, measure: str = "", *, sign: str = "、") -> str:
    """Return names for a sentence; of more than ``most`` the first and 等, with their number before a ``measure``."""
    if len(names) <= most:
        return sign.join(names)
    return f"{sign.join(names[:most])}等{f'{len(names)}{measure}' if measure else ''}"
