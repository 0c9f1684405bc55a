"""Where the files of a data directory come from: a folder here, or whatever else can list and read them."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol


class Files(Protocol):
    """A tree of files; names are relative, with ``/`` on every platform."""

    def read(self, name: str) -> bytes:
        """The bytes of a file; raises ``OSError`` where there is none or it can't be read."""
        ...

    def names(self, folder: str) -> Iterator[str]:
        """The names of all files below a folder, sorted; none where there is no such folder."""
        ...

    def size(self, name: str) -> int:
        """The size of a file in bytes; raises ``OSError`` where there is none."""
        ...


class Folder:
    """A directory on this machine. Links are not followed out of it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, name: str) -> bytes:  # noqa: D102 - as in Files
        return (self.root / name).read_bytes()

    def names(self, folder: str) -> Iterator[str]:  # noqa: D102 - as in Files
        found = []
        for where, _, files in os.walk(self.root / folder):
            found += [(Path(where) / file).relative_to(self.root).as_posix() for file in files]
        return iter(sorted(found))

    def size(self, name: str) -> int:  # noqa: D102 - as in Files
        return (self.root / name).stat().st_size


def sha256_of(data: bytes) -> str:
    """The SHA-256 of bytes in hexadecimal."""
    import hashlib

    return hashlib.sha256(data).hexdigest()
