"""The tree of a YAML file: plain strings, dictionaries and lists that know their place."""

from __future__ import annotations

from typing import TypeAlias


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
