"""Where the files of a data directory come from: a folder here, or whatever else can list and read them."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Protocol, cast

from gaigai_cli.model.finding import Finding, Location
from gaigai_cli.model.finding import Path as KeyPath
from gaigai_cli.store.names import inside, names_below
from gaigai_cli.store.regular import UnfitFileError, read_file, size_of
from gaigai_cli.yamldoc.parsed import Parsed, Problem, line_of, locate, source_lines
from gaigai_cli.yamldoc.reader import Values, parse, sound_values


class Files(Protocol):
    """A tree of files; names are relative, with ``/`` on every platform."""

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; raises ``OSError`` where there is none or it can't be read."""
        ...

    def names(self, folder: str) -> Iterator[str]:
        """Yield the names of all files below a folder, sorted; none where there is no such folder."""
        ...

    def size(self, name: str) -> int:
        """Return the size of a file in bytes; raises ``OSError`` where there is none."""
        ...


class Folder:
    """A directory on this machine, or a ``folder`` in it. Nothing is read where a link leads out of the directory."""

    def __init__(self, directory: Path, folder: str = "") -> None:
        self.root = directory / folder
        self._directory = directory
        self._folder = f"{folder}/" if folder else ""

    @cached_property
    def _true(self) -> Path:
        return self._directory.resolve()

    def read(self, name: str) -> bytes:  # noqa: D102 - as in Files
        return read_file(inside(self._true, f"{self._folder}{name}"))

    def names(self, folder: str) -> Iterator[str]:
        """Yield names as `Files` does; of a folder that lies elsewhere its own alone, which can't be read."""
        try:
            inside(self._true, f"{self._folder}{folder}")
        except UnfitFileError:
            return iter((folder,))
        above = f"{folder}/" if folder else ""
        return iter(sorted(f"{above}{name}" for name in names_below(self.root / folder)))

    def size(self, name: str) -> int:  # noqa: D102 - as in Files
        return size_of(inside(self._true, f"{self._folder}{name}"))


def working_tree(folder: Path) -> Path | None:
    """Return the top of the working tree that a folder lies in, by what lies there: no git is asked."""
    true = folder.resolve()
    return next((f for f in (true, *true.parents) if (f / ".git").exists()), None)


def may_be_sparse(folder: Path) -> bool:
    """Return whether git may have left files of a folder out: not where nobody ever set up a sparse checkout."""
    top = working_tree(folder)
    git = top / ".git" if top is not None else None
    return git is not None and (git.is_file() or (git / "info" / "sparse-checkout").exists())


def differs_in_ends(data: bytes, sha256: str) -> bool:
    """Return whether only the ends of lines tell a file from that with the hash: git writes LF for CRLF, or CRLF."""
    plain = data.replace(b"\r\n", b"\n")
    return sha256 in (sha256_of(plain), sha256_of(plain.replace(b"\n", b"\r\n")))


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    import hashlib

    return hashlib.sha256(data).hexdigest()


class SourceFile:
    """Text of a file by its name in the data directory.

    The tree is made again when a place is asked for: findings are rare, and keeping every tree would take several
    times the memory of the records.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    @cached_property
    def _lines(self) -> list[str]:
        return source_lines(self.text)

    @cached_property
    def document(self) -> Parsed:
        """The file with places, read again."""
        return parse(self.text.encode())

    def at(self, path: KeyPath, *, value: bool = False) -> Location:
        """Return the place of the key at ``path``, or of its ``value``, or of its nearest existing holder."""
        return self.location(*locate(self.document.root, path, value=value))

    def location(self, line: int, column: int) -> Location:
        """Return a line and column with that line's text."""
        return Location(self.name, line, column, line_of(self._lines, line))

    def finding(self, problem: Problem) -> Finding:
        """Return a fault of the YAML as a finding."""
        place = self.location(problem.line, problem.column)
        return Finding(problem.code, "error", problem.message, place, problem.remedy)


def opened(name: str, data: bytes) -> tuple[Values | None, tuple[Problem, ...], SourceFile]:
    """Return a file's values (None where there are none), its problems, and the source that finds places in it."""
    sound = sound_values(data)
    if sound is not None:
        values, text = sound
        return values, (), SourceFile(name, text)
    document = parse(data)
    return cast("Values | None", document.root), document.problems, SourceFile(name, document.text)
