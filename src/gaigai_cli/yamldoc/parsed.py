"""What reading a file gives: its text, its problems, and a tree of plain words that know their place."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from gaigai_cli.characters import one_line


class Scalar(str):
    """A value as it is written, never converted: `7.10`, `no` and `null` are words.

    `line` and `column` are 1-based, columns in characters; `plain` says that it has no quotes
    and is no block scalar. An empty plain value is `Scalar("")`.
    """

    __slots__ = ("column", "line", "plain")

    line: int
    column: int
    plain: bool


class Mapping(dict[str, "Node"]):
    """A mapping in the order of the file; each key is a `Scalar` with a place of its own."""

    __slots__ = ("column", "line")

    line: int
    column: int


class Sequence(list["Node"]):
    """A sequence in the order of the file."""

    __slots__ = ("column", "line")

    line: int
    column: int


Node: TypeAlias = Scalar | Mapping | Sequence


def locate(
    root: Node | None, path: tuple[str | int, ...], *, value: bool = False
) -> tuple[int, int]:
    """Return the 1-based line and column of the deepest node on `path` that exists.

    A last step into a mapping gives the key's place, or with `value=True` the value's.
    A file without a tree gives (1, 1).
    """
    if root is None:
        return 1, 1
    node: Node = root
    place = root.line, root.column
    for part in path:
        if isinstance(node, Mapping) and isinstance(part, str) and part in node:
            key = next(key for key in node if isinstance(key, Scalar) and key == part)
            node = node[key]
            place = (node.line, node.column) if value else (key.line, key.column)
        elif isinstance(node, Sequence) and isinstance(part, int) and 0 <= part < len(node):
            node = node[part]
            place = node.line, node.column
        else:
            break
    return place


MAX_PROBLEMS: Final = 1000
_SHOWN: Final = 40


class Problem(NamedTuple):
    """One fault of a file at a 1-based line and column (in characters).

    `message` says in Chinese what is wrong, `remedy` what to do; neither ends with a full stop.
    """

    code: str
    message: str
    remedy: str
    line: int
    column: int


class TooManyProblemsError(Exception):
    """The file has more problems than anybody would read one by one."""


class ProblemLog:
    """Collects the problems of one file."""

    def __init__(self) -> None:
        # A dict for its order: what is read twice is reported once.
        self._problems: dict[Problem, None] = {}
        self._ignored = range(0)

    def ignore(self, lines: range) -> None:
        """Keep nothing from now on that is found on one of these lines."""
        self._ignored = lines

    def add(self, problem: Problem) -> None:
        """Keep `problem`; raise `TooManyProblemsError` when there are `MAX_PROBLEMS` already.

        Without a limit 20 MB of aliases would need gigabytes of messages.
        """
        if problem.line in self._ignored:
            return
        if problem in self._problems:
            return
        if len(self._problems) >= MAX_PROBLEMS:
            raise TooManyProblemsError
        self._problems[problem] = None

    def has(self, code: str, line: int) -> bool:
        """Tell whether a problem of this code was found on this line."""
        return any(one.code == code and one.line == line for one in self._problems)

    def in_order(self) -> tuple[Problem, ...]:
        """Return the problems by line and column."""
        return tuple(sorted(self._problems, key=lambda one: (one.line, one.column)))


def shown(words: str) -> str:
    """Return `words` of a file fit for a message: one line, not long, nothing invisible."""
    line = one_line(words[: _SHOWN + 1])
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


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


def line_of(lines: list[str], number: int) -> str:
    """Return a line by its number from 1, or nothing where there is no such line."""
    return lines[number - 1] if 0 < number <= len(lines) else ""
