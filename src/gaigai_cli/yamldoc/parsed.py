"""What reading a file gives: its tree, its problems and its text."""

from __future__ import annotations

from typing import NamedTuple

from gaigai_cli.yamldoc.problems import Problem
from gaigai_cli.yamldoc.tree import Node


class Parsed(NamedTuple):
    """A file that was read.

    Without problems `root` is the whole file. With problems it is what could be read all the
    same: of a duplicate key the first value stays, an alias is an empty value, what lies too
    deep is an empty collection, entries with a merge key or a key that is no scalar are left
    out. It is None where the file can't be read on (not UTF-8, too large, empty, an unresolved
    merge, a syntax error …). `text` is the file without its byte order mark.
    """

    root: Node | None
    problems: tuple[Problem, ...]
    text: str


def source_lines(text: str) -> list[str]:
    """Return the lines of `text` without their ends, counted as the parser counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def source_line(text: str, number: int) -> str:
    """Return line `number` (1-based) of `text`, or nothing where there is no such line."""
    lines = source_lines(text)
    return lines[number - 1] if 0 < number <= len(lines) else ""
