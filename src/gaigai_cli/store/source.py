"""A file that was read, for finding places in it later."""

from functools import cached_property
from typing import cast

from gaigai_cli.model.finding import Finding, Location, Path
from gaigai_cli.yamldoc import Document, Plain, Problem, locate, parse, parse_plain, source_lines


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
    def document(self) -> Document:
        """The file with places, read again."""
        return parse(self.text.encode())

    def at(self, path: Path) -> Location:
        """The place of the key or value at ``path``, or of its nearest existing holder."""
        return self.location(*locate(self.document.root, path))

    def value_at(self, path: Path) -> Location:
        """The same, but of a key's value rather than of the key."""
        return self.location(*locate(self.document.root, path, value=True))

    def location(self, line: int, column: int) -> Location:
        """A line and column with that line's text."""
        text = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        return Location(self.name, line, column, text)

    def finding(self, problem: Problem) -> Finding:
        """A fault of the YAML as a finding."""
        place = self.location(problem.line, problem.column)
        return Finding(problem.code, "error", problem.message, place, problem.remedy)


def opened(name: str, data: bytes) -> tuple[Plain | None, tuple[Problem, ...], SourceFile]:
    """A file's values (None where there are none), its problems, and the source that finds places in it."""
    plain = parse_plain(data)
    if plain is not None:
        return plain[0], (), SourceFile(name, plain[1])
    document = parse(data)
    return cast("Plain | None", document.root), document.problems, SourceFile(name, document.text)
