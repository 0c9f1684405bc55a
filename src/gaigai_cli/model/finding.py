"""Bad data is a value: a finding with its place, collected with all the others and reported together."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]
"""Keys and indexes from the root of a file to a value in it."""


class Location(NamedTuple):
    """A place in a file: path relative to the data directory, 1-based line and column, and that line's text."""

    file: str
    line: int = 1
    column: int = 1
    text: str = ""


class Finding(NamedTuple):
    """One thing wrong in the data; ``message`` and ``remedy`` are Chinese sentences without their full stop.

    ``record`` is the file and index of the record at fault, where it is a record's: with an error it is left out of
    every judgement.
    """

    code: str
    severity: Severity
    message: str
    location: Location
    remedy: str = ""
    record: tuple[str, int] | None = None

    @property
    def order(self) -> tuple[Location, str, str]:
        """The key by which findings are listed: by file, line and column."""
        return (self.location, self.code, self.message)

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same about it when lines move: its code, file and message."""
        return (self.code, self.location.file, self.message)

    def below(self, prefix: str) -> "Finding":
        """Return the finding with its file as seen from elsewhere; ``prefix`` is the way to the data directory."""
        return self._replace(location=self.location._replace(file=prefix + self.location.file))


class Source(Protocol):
    """A file that can say where in it a value stands."""

    def at(self, path: Path) -> Location:
        """Return the place of the value at ``path``, or of its nearest existing holder."""
        ...


def numbers_of(findings: Sequence[Finding]) -> tuple[int, int]:
    """Return how many errors and how many warnings there are."""
    errors = sum(finding.severity == "error" for finding in findings)
    return errors, len(findings) - errors


def numbers_in_words(findings: Sequence[Finding]) -> str:
    """Return the same in words (错误1处、警告2处); empty where there are none."""
    numbers = zip(("错误", "警告"), numbers_of(findings), strict=True)
    return "、".join(f"{word}{number}处" for word, number in numbers if number)
