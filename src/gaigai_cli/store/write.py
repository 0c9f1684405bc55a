"""Writing a file so that it is either the old one or the new one, whatever happens meanwhile."""

import errno
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from gaigai_cli.errors import GaigaiError, shown
from gaigai_cli.store.names import check_new, files_below
from gaigai_cli.store.regular import read_file

DRAFT_SUFFIX = ".gaigai.tmp"

_ACCESS_DENIED: Final = 5
_HELD: Final = frozenset({_ACCESS_DENIED, 32, 33})
"""Windows' codes for a file that another program has open: it can neither be replaced nor moved meanwhile."""
_TOO_LONG: Final = 206
_WAITS: Final = (0.05, 0.1, 0.2, 0.4, 0.75, 1.5)
"""Seconds between tries, three in all: virus scanners, indexers and previews let go of a file by then."""


def replace_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 with LF in place of ``path``, whose folder is made where it is missing.

    Raises ``OSError`` where that can't be done; the old file is then as it was.
    """
    make_folder(path.parent)
    replace_bytes(path, text.encode())


def replace_bytes(
    path: Path, data: bytes, *, before_replacing: Callable[[], None] = lambda: None
) -> None:
    """Write ``data`` in place of ``path``: first beside it, then, on the disk and read back, under its name.

    The mode of an old file is kept. ``before_replacing`` is called when nothing is left but to replace it; what it
    raises leaves the old file as it was, as does every ``OSError``.
    """
    draft = _draft(path)
    try:
        _write(draft, data, stat.S_IMODE(path.stat().st_mode) if path.exists() else None)
        if draft.read_bytes() != data:
            raise OSError(errno.EIO, "the file read back is not the one written", str(draft))
        before_replacing()
        take_place(draft, path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    sync_folder(path.parent)


class NewFile(NamedTuple):
    """A file to be written."""

    path: Path
    data: bytes


def replace_all(files: Iterable[NewFile]) -> None:
    """Write several files, each in place of an old one or anew, with their folders: all of them or none.

    Raises ``GaigaiError`` that names the file which couldn't be written; those before it are as they were.
    """
    done: list[tuple[Path, bytes | None]] = []
    try:
        for path, data in files:
            check_new(path)
            with naming_file(shown(path)):
                make_folder(path.parent)
                before = read_file(path) if path.exists() else None
                replace_bytes(path, data)
            done.append((path, before))
    except BaseException as error:
        new = [shown(path) for path, before in reversed(done) if not _is_put_back(path, before)]
        if new and isinstance(error, GaigaiError):
            raise GaigaiError(
                f"{error.message}；{'、'.join(reversed(new))}已经写成新的",
                "请关闭打开的文件后再运行一次",
            ) from error
        raise


def _is_put_back(path: Path, before: bytes | None) -> bool:
    """Give a file back its bytes, or remove it where it is new; whether that could be done."""
    try:
        if before is None:
            path.unlink()
        else:
            replace_bytes(path, before)
    except OSError:
        return False
    return True


class _OpenElsewhereError(OSError):
    """Another program has the file open and doesn't let go of it."""


def take_place(draft: Path, path: Path) -> None:
    """Rename ``draft`` to ``path``; on Windows after some waiting where another program has either of them open."""
    for wait in (*_WAITS, None):
        try:
            draft.replace(path)
        except PermissionError as error:
            code = getattr(error, "winerror", None)
            # A file that is marked as read-only, or a folder in its place, is not held by anybody.
            writable = path.is_file() and os.access(path, os.W_OK)
            if code not in _HELD or (code == _ACCESS_DENIED and not writable):
                raise
            if wait is None:
                raise _OpenElsewhereError(error.errno, error.strerror, str(path)) from error
            time.sleep(wait)
        else:
            return


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each on the disk before anything is written into it."""
    missing = [parent for parent in (folder, *folder.parents) if not os.path.lexists(parent)]
    for parent in reversed(missing):
        parent.mkdir(exist_ok=True)
        sync_folder(parent.parent)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the platform can do that.

    What was written is in place already, so nothing is raised: trying again would write it twice.
    """
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_drafts(folder: Path) -> None:
    """Remove what a killed process left below a folder. Only for the holder of the lock: others may be writing."""
    for file in files_below(folder):
        if file.name.startswith(".") and file.name.endswith(DRAFT_SUFFIX):
            with suppress(OSError):
                file.unlink()


def _draft(path: Path) -> Path:
    """Return a hidden name of its own beside ``path``: short, whatever its length; another one in each process."""
    short = hashlib.sha256(path.name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return path.with_name(f".{short}-{os.getpid()}{DRAFT_SUFFIX}")


def _write(draft: Path, data: bytes, mode: int | None) -> None:
    # Made anew: a link that somebody put in its place is not followed.
    draft.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(draft, flags, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if mode is not None:
            os.chmod(draft, mode)  # noqa: PTH101 - counted by the tests that stop it at every step
        os.fsync(handle)
    finally:
        os.close(handle)


_UNCHANGED = "原有内容没有改动"

_OPEN_ELSEWHERE = (
    "“{name}”正被别的程序打开（如 Word、Excel、WPS），没有写入",
    f"请关闭它后再试，{_UNCHANGED}",
)

# errno → what happened to “{name}”, what to do
_SENTENCES: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("磁盘空间不足，“{name}”没有写入", f"请清理磁盘后再试，{_UNCHANGED}"),
    errno.EROFS: ("“{name}”所在的磁盘是只读的，没有写入", "请换到可以写入的位置再试"),
    errno.EACCES: (
        "没有权限写入“{name}”",
        f"请检查文件和文件夹的权限，或关闭正在使用它的程序后再试，{_UNCHANGED}",
    ),
    errno.EISDIR: ("“{name}”是一个文件夹，不是文件", "请移走或改名后再试"),
    errno.ENOTDIR: ("“{name}”的上级不是文件夹，而是一个文件", "请移走那个文件后再试"),
    errno.ENAMETOOLONG: ("“{name}”的文件名或路径太长", "请缩短文件名，或换到路径短一些的文件夹"),
    errno.EFBIG: ("“{name}”超过了磁盘允许的大小，没有写入", f"请换一个位置再试，{_UNCHANGED}"),
    errno.ENOENT: ("找不到“{name}”", "请检查路径，或从 git 恢复后再试"),
    errno.ELOOP: ("“{name}”是链接，不是普通文件", "请删去这个链接后再试"),
}
for _code in (errno.ENOSYS, errno.ENOLCK):
    _SENTENCES[_code] = (
        "“{name}”所在的磁盘不支持文件锁，没有写入",
        "请把数据目录放在本机磁盘上再试",
    )
_SENTENCES[errno.EPERM] = _SENTENCES[errno.EACCES]
_SENTENCES[errno.EEXIST] = _SENTENCES[errno.ENOTDIR]
if hasattr(errno, "EDQUOT"):
    _SENTENCES[errno.EDQUOT] = _SENTENCES[errno.ENOSPC]


@contextmanager
def naming_file(name: str) -> Iterator[None]:
    """Turn an ``OSError`` inside into a ``GaigaiError`` about the file ``name``."""
    try:
        yield
    except GaigaiError:
        raise
    except OSError as error:
        raise failure(error, name) from error


def failure(error: OSError, name: str) -> GaigaiError:
    """Return the sentence for ``error``; one that nobody foresaw is named by its code."""
    windows = getattr(error, "winerror", None)
    held = isinstance(error, _OpenElsewhereError) or windows in _HELD - {_ACCESS_DENIED}
    message, remedy = (
        _OPEN_ELSEWHERE
        if held
        else _SENTENCES.get(
            errno.ENAMETOOLONG if windows == _TOO_LONG else error.errno or 0,
            ("写入“{name}”失败（系统错误 {code}）", f"请检查磁盘和网络后再试，{_UNCHANGED}"),
        )
    )
    code = errno.errorcode.get(error.errno or 0, str(error.errno))
    return GaigaiError(message.format(name=name, code=code), remedy)
