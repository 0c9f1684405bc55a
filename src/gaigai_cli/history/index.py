"""The index of a clone: a copy that is thrown away, and one put in its place so that a kill leaves nothing behind."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.repository import Repository
from gaigai_cli.store.write import take_place

_MARK: Final = "gaigai sync "
"""What our lock of the index begins with: a lock that holds it was left by a run that was killed."""
_SCRATCH: Final = "gaigai-"
_HELD: Final = "held"
"""A file that whoever works in a scratch folder has locked."""


@contextmanager
def scratch_index(repository: Repository) -> Iterator[dict[str, str]]:
    """Yield the setting by which git uses an index that is thrown away."""
    from filelock import FileLock

    place = repository.own
    with (
        tempfile.TemporaryDirectory(
            prefix=_SCRATCH, dir=place, ignore_cleanup_errors=True
        ) as folder,
        FileLock(Path(folder, _HELD)),
    ):
        yield {"GIT_INDEX_FILE": str(Path(folder) / "index")}


@contextmanager
def copied_index(repository: Repository) -> Iterator[dict[str, str]]:
    """Yield the setting by which git uses a copy of the clone's index that is thrown away."""
    with scratch_index(repository) as index:
        with suppress(FileNotFoundError):
            Path(index["GIT_INDEX_FILE"]).write_bytes((repository.own / "index").read_bytes())
        yield index


@contextmanager
def index_lock(repository: Repository) -> Iterator[None]:
    """Hold the lock by which git programs keep off each other's index."""
    lock = repository.own / "index.lock"
    try:
        file = lock.open("xb")
    except FileExistsError:
        raise GaigaiError("仓库正被另一个 git 程序使用", "请等它结束后再运行") from None
    try:
        with file:
            file.write(_marked(repository))
        yield
    finally:
        with suppress(OSError):
            lock.unlink()


@contextmanager
def index_replaced(repository: Repository, index: Mapping[str, str]) -> Iterator[None]:
    """Put the prepared index in place, and the old one back where something is raised."""
    path, prepared = repository.own / "index", Path(index["GIT_INDEX_FILE"])
    old = path.read_bytes() if path.exists() else None
    copy = prepared.with_name("new")
    copy.write_bytes(prepared.read_bytes())
    take_place(copy, path)
    try:
        yield
    except BaseException:
        if old is None:
            path.unlink()
        else:
            path.write_bytes(old)
        raise


def drop_leftovers(repository: Repository) -> None:
    """Remove what killed runs left: the index's lock of one for the same data, and scratch folders that nobody holds.

    Only for who holds the lock of the data.
    """
    from filelock import FileLock

    lock = repository.own / "index.lock"
    with suppress(OSError):
        if lock.read_bytes() == _marked(repository):
            lock.unlink()
    for folder in repository.own.glob(f"{_SCRATCH}*"):
        with suppress(OSError):  # filelock's Timeout is one
            if (folder / _HELD).exists():
                FileLock(folder / _HELD, timeout=0).acquire().lock.release()
            elif not any(folder.iterdir()):
                continue  # somebody may be about to hold it; an earlier version held none
            shutil.rmtree(folder)


def _marked(repository: Repository) -> bytes:
    return f"{_MARK}{repository.prefix}\n".encode("utf-8", "surrogateescape")
