"""One writer at a time in a data directory, by a lock of the operating system.

The system gives such a lock back when its process ends, however it ends, so a file left by a killed process blocks
nobody. The lock's file is removed under the lock: filelock looks whether the file that it locked is still there.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gaigai_cli.characters import one_line
from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.calendar import CHINA
from gaigai_cli.store.names import EVIDENCE, PROGRESS
from gaigai_cli.store.write import naming_file, remove_drafts

LOCK = ".gaigai.lock"
TIMEOUT = 10.0
_POLL = 0.02
# Windows locks the first byte against reading too; who holds the lock is told behind it.
_NOTE_AT = 1
_NOTE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Held:
    """Says that this process holds the lock of a data directory; ``root`` is its true path."""

    root: Path


@contextmanager
def locked(directory: Path, *, who: str = "", timeout: float = TIMEOUT) -> Iterator[Held]:
    """Hold the lock of a data directory; drafts of killed processes are gone then.

    ``who`` is shown to those that wait, ``timeout`` in seconds. Raises ``GaigaiError`` where somebody else holds it
    for longer, or the directory can't be written. Not to be taken twice: pass the ``Held`` on.
    """
    import filelock

    with naming_file(str(directory)):
        root = directory.resolve(strict=True)
    path = root / LOCK
    keeps = os.name != "nt"  # there it can only be removed once it is closed, which filelock does
    lock = filelock.FileLock(
        path, mode=0o666, thread_local=False, fallback_to_soft=False, preserve_lock_file=keeps
    )
    with naming_file(f"{root.name}/{LOCK}"):
        try:
            lock.acquire(timeout=timeout, poll_interval=_POLL)
        except filelock.Timeout:  # an OSError too
            raise _busy(path, timeout) from None
    try:
        _leave_note(path, who)
        for folder in (PROGRESS, EVIDENCE):
            remove_drafts(root / folder)
        yield Held(root)
    finally:
        if keeps:
            with suppress(OSError):
                path.unlink()
        lock.release()


def _leave_note(path: Path, who: str) -> None:
    """Note who holds the lock; the file's time says since when. That is a help for others, never a reason to fail."""
    note = "".join(f"{line}\n" for line in (who[:40], os.getpid()))
    with suppress(OSError):
        flags = os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags)
        try:
            os.lseek(handle, _NOTE_AT, os.SEEK_SET)
            os.write(handle, note.encode("utf-8", "replace"))
        finally:
            os.close(handle)


def _busy(path: Path, timeout: float) -> GaigaiError:
    holder = _holder(path)
    return GaigaiError(
        f"数据目录正由{holder}写入，等了 {timeout:g} 秒还没有结束",
        "请稍后再试；对方若已停住，结束它的进程即可，不必删除任何文件",
    )


def _holder(path: Path) -> str:
    """Return who writes, as far as the lock's file tells."""
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(_NOTE_AT)
            note = (file.read(_NOTE_LENGTH) or b"").decode("utf-8", "replace")
            since = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, CHINA)
    except OSError:
        return "别的程序"
    who, _, rest = note.partition("\n")
    number = rest.partition("\n")[0]
    who = one_line(who) or "别的程序"
    process = f"进程 {number}，" if number.isdigit() else ""
    return f"{who}（{process}{since:%H:%M:%S} 开始）"
