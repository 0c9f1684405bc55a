"""A log taken apart: what stands above its records, and each record with the bytes that are its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from gaigai_cli import yamldoc
from gaigai_cli.yamldoc.source import BYTE_ORDER_MARK

_KEYS: Final = frozenset({"unit", "records"})


@dataclass(frozen=True, slots=True)
class RecordText:
    """A record: its id, and its lines with their ends down to the next record.

    ``text`` always ends with a line end. Two parts with the same text say the same, comments included.
    """

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class LogParts:
    """A log: ``head`` down to its first record, then the records. Lines end with LF here, whatever ``line_end``.

    ``mark`` is the byte order mark or nothing, ``ends`` whether the last line has its end.
    """

    head: str
    parts: tuple[RecordText, ...]
    line_end: str = "\n"
    mark: bytes = b""
    ends: bool = True

    @property
    def data(self) -> bytes:
        """The file."""
        text = self.head + "".join(part.text for part in self.parts)
        if not self.ends:
            text = text.removesuffix("\n")
        return self.mark + text.replace("\n", self.line_end).encode()


def take_apart(data: bytes) -> LogParts | None:
    """Return the parts of a log; None where its form leaves a doubt about what belongs to which record."""
    document = yamldoc.parse(data)
    root = document.root
    if document.problems or not isinstance(root, yamldoc.Mapping) or not _KEYS.issuperset(root):
        return None
    line_end = _line_end(document.text)
    if line_end is None:
        return None
    text = document.text.replace("\r\n", "\n")
    mark = BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b""
    ends = text.endswith("\n")
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
    records = root.get("records", yamldoc.Sequence())
    if not records:
        return LogParts("".join(lines), (), line_end, mark, ends)
    if not isinstance(records, yamldoc.Sequence) or next(reversed(root)) != "records":
        return None
    starts = _starts(records, lines)
    ids = [_id(record) for record in records]
    if starts is None or None in ids or len(set(ids)) < len(ids):
        return None
    spans = pairwise([*starts, len(lines)])
    parts = (
        RecordText(str(id_), "".join(lines[start:end]))
        for id_, (start, end) in zip(ids, spans, strict=True)
    )
    return LogParts("".join(lines[: starts[0]]), tuple(parts), line_end, mark, ends)


def _line_end(text: str) -> str | None:
    """Return what all lines end with; None where they differ."""
    returns = text.count("\r")
    if not returns:
        return "\n"
    return "\r\n" if returns == text.count("\r\n") == text.count("\n") else None


def _starts(records: yamldoc.Sequence, lines: Sequence[str]) -> list[int] | None:
    """Return the 0-based line of each record's ``-``.

    None where the list is in brackets or a line isn't a record's own.
    """
    column = records.column - 1
    starts = []
    for record in records:
        number = record.line - 1
        while number >= records.line and lines[number][column : column + 1] != "-":
            number -= 1
        dash = lines[number]
        if dash[column : column + 1] != "-" or dash[:column].strip():
            return None
        starts.append(number)
    return starts if starts == sorted(set(starts)) else None


def _id(record: yamldoc.Node) -> str | None:
    found = record.get("id") if isinstance(record, yamldoc.Mapping) else None
    return str(found) if isinstance(found, yamldoc.Scalar) and found else None
