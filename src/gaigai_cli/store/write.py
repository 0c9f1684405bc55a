"""Writing a file so that it is either the old one or the new one, whatever happens meanwhile."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

DRAFT_SUFFIX = ".gaigai.tmp"


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
        _write(draft, data, _mode(path))
        if draft.read_bytes() != data:
            raise OSError(errno.EIO, "the file read back is not the one written", str(draft))
        before_replacing()
        draft.replace(path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    sync_folder(path.parent)


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

    What was written is in place already, so nothing is raised: whoever tried again would write it twice.
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
    """Remove what a killed process left below a folder. Only for whoever holds the lock: others may be writing."""
    for where, _, names in os.walk(folder):
        for name in names:
            if name.startswith(".") and name.endswith(DRAFT_SUFFIX):
                with suppress(OSError):
                    (Path(where) / name).unlink()


def _draft(path: Path) -> Path:
    """A hidden name of its own beside ``path``: short, whatever its length; another one in each process."""
    short = hashlib.sha256(path.name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return path.with_name(f".{short}-{os.getpid()}{DRAFT_SUFFIX}")


def _mode(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None


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
