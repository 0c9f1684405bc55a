"""One more item at the end of one block sequence; no other byte of the file changes."""

from __future__ import annotations

import re
from collections import abc
from dataclasses import dataclass
from typing import Final

from yaml.error import YAMLError
from yaml.events import AliasEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent

from gaigai_cli.characters import HIDDEN, REPLACEMENT
from gaigai_cli.errors import GaigaiError
from gaigai_cli.yamldoc import source
from gaigai_cli.yamldoc.emit import Tree, block_text, words
from gaigai_cli.yamldoc.events import next_event_of, paused_collector
from gaigai_cli.yamldoc.parsed import Parsed
from gaigai_cli.yamldoc.reader import parse
from gaigai_cli.yamldoc.tree import Mapping, Node, Scalar, Sequence, locate

Path = tuple[str | int, ...]

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_EMPTY_LIST: Final = re.compile(r"[ \t]*\[[ \t]*\]")
_NOTHING: Final = re.compile(r"[ \t]*(?:#.*)?")


class AppendError(GaigaiError):
    """The file is such that nothing can be added to it without a doubt; it stays as it is."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where text goes: before line ``line`` (0-based), with ``indent`` blanks before its ``-``.

    ``removed`` is the span of characters of an empty ``[]`` that makes room, ``head`` a key that has to come first.
    """

    line: int
    indent: int
    removed: tuple[int, int] = (0, 0)
    head: str = ""


def append(data: bytes, path: Path, value: Tree, *, quoted: frozenset[str] = frozenset()) -> bytes:
    """The file ``data`` with ``value`` as one more item of the sequence at ``path``.

    The item follows the last one, as far indented as they are, with the line ends of its surroundings. Where nothing
    but comments and blank lines follows, it comes after them, at the end of the file: a comment below the last item
    stays below it. Where something else follows, only comments that are indented deeper than what holds the sequence
    stay above the new item. An empty sequence (nothing, or ``[]`` on the key's line) becomes a block sequence, and so
    does a missing last key of a mapping at the root. Values of the keys in ``quoted`` are double-quoted.

    The result is read by the strict reader: the new item is what was meant, all else and every problem is as before.
    Raises `AppendError` where that isn't so or the sequence is in brackets, `TextError` for text with characters
    that nobody sees.
    """
    with paused_collector():
        return _appended(data, path, value, block_text([value], quoted=quoted))


def _appended(data: bytes, path: Path, value: Tree, text: str) -> bytes:
    old = parse(data)
    lines = _LINE.findall(old.text)[:-1]
    spot = _spot(old, lines, path)
    addition = _addition(spot, text, lines)
    new = _inserted(data, lines, spot, addition)
    if len(new) > source.MAX_BYTES:
        raise AppendError(
            f"写入后文件会超过上限{source.MAX_BYTES // 1024 // 1024} MB", "请另起一个记录文件"
        )
    places = _places(old, spot.line, len(_LINE.findall(addition)) - 1)
    if not _is_as_meant(old, parse(new), places, path, value):
        raise AppendError(
            f"无法在第{locate(old.root, path)[0]}行的列表末尾添加而不影响其他内容",
            "请看文件末尾：最后一行缺少换行的请补上，多行文字（“|”“>”）后面的内容缩进要对齐",
        )
    return new


def _spot(document: Parsed, lines: list[str], path: Path) -> _Spot:
    root = document.root
    if root is None:
        reason = document.problems[0]
        raise AppendError(
            f"文件第{reason.line}行有错误，无法读取：{reason.message}", f"请先改正：{reason.remedy}"
        )
    if path and isinstance(root, Mapping) and path[0] not in root and len(path) == 1:
        if _char(lines, root.line, root.column) == "{":
            raise _in_brackets(root)
        indent = root.column - 1
        head = " " * indent + block_text({str(path[0]): ""}).removesuffix(' ""\n') + "\n"
        return _Spot(len(lines), indent + 2, head=head)
    holder, node = _target(root, path)
    if isinstance(node, Sequence) and node:
        return _spot_behind(node, lines)
    return _spot_in_empty(holder, node, lines, path)


def _target(root: Node, path: Path) -> tuple[Node, Node]:
    """The node at ``path`` and the one that holds it."""
    holder = node = root
    for part in path:
        holder, child = node, _child(node, part)
        if child is None:
            raise AppendError(f"文件中没有“{part}”这一项", "请补上这一项后再试")
        node = child
    return holder, node


def _child(node: Node | None, part: str | int) -> Node | None:
    if isinstance(node, Mapping) and isinstance(part, str):
        return node.get(part)
    if isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
        return node[part]
    return None


def _spot_behind(node: Sequence, lines: list[str]) -> _Spot:
    """Behind the last item of a block sequence."""
    if _char(lines, node.line, node.column) != "-":
        raise _in_brackets(node)
    first = _dash_line(node, lines)
    end = _end_of_item(lines, first, node.column)
    return _Spot(_after(lines, end, _outer_indent(node, lines)), node.column - 1)


def _dash_line(node: Sequence, lines: list[str]) -> int:
    """The 0-based line of the last item's ``-``: the item's own line, or one above it."""
    number = node[-1].line - 1
    while number >= node.line and lines[number][node.column - 1 : node.column] != "-":
        number -= 1
    return number


def _end_of_item(lines: list[str], first: int, column: int) -> int:
    """The 0-based number of the line behind the item whose ``-`` stands in line ``first``.

    The item is read on its own: reading from the start of a long log would take as long as reading it again.
    """
    tail = " " * (column - 1) + "".join(lines[first:])[column - 1 :]
    end = (first, 1)
    depth = 0
    try:
        for event in iter(next_event_of(HIDDEN.sub(REPLACEMENT, tail)), None):
            kind, mark = type(event), event.end_mark
            if kind in (ScalarEvent, AliasEvent) or (
                kind in (MappingEndEvent, SequenceEndEvent) and event.start_mark.index < mark.index
            ):
                # Ends of block collections have no extent and lie behind all comments.
                end = (first + mark.line, mark.column)
            depth += (kind.__name__.endswith("StartEvent")) - (kind.__name__.endswith("EndEvent"))
            if kind is SequenceEndEvent and depth == 2:
                break
    except YAMLError:
        # What follows the sequence doesn't fit behind an item that stands alone; the item itself is over.
        pass
    line, at = end
    # Text of several lines that keeps its line end ends at the start of the next line.
    return line if at == 0 else line + 1


def _spot_in_empty(holder: Node, node: Node, lines: list[str], path: Path) -> _Spot:
    """Below the key of a sequence that has no item yet."""
    key = str(path[-1]) if path else ""
    if not isinstance(holder, Mapping) or _char(lines, holder.line, holder.column) == "{":
        raise _in_brackets(holder)
    place = next(name for name in holder if isinstance(name, Scalar) and name == key)
    line = lines[node.line - 1]
    removed = (0, 0)
    if isinstance(node, Sequence):
        found = _EMPTY_LIST.match(line, len(line[: node.column - 1].rstrip()))
        if not found or node.line != place.line or not _is_nothing(line[found.end() :]):
            raise _in_brackets(node)
        start = sum(map(len, lines[: node.line - 1]))
        removed = (start + found.start(), start + found.end())
    elif not (isinstance(node, Scalar) and node.plain and not node and _is_bare(line, place)):
        raise AppendError(
            f"第{node.line}行的“{key}”不是列表", "请改成列表：键后面空着，下面每项以“- ”开头"
        )
    indent = holder.column - 1
    return _Spot(_after(lines, node.line, indent), indent + 2, removed)


def _is_bare(line: str, key: Scalar) -> bool:
    """Whether nothing but a comment follows the key and its colon."""
    return _is_nothing(line[key.column - 1 :].partition(":")[2])


def _after(lines: list[str], end: int, outer: int) -> int:
    """The line before which a new item goes when the last one ends before line ``end``."""
    if all(map(_is_nothing, lines[end:])):
        return len(lines)
    place = end
    for number in range(end, len(lines)):
        line = lines[number].strip()
        if line and not (line.startswith("#") and _indent(lines[number]) > outer):
            break
        if line:
            place = number + 1
    return place


def _outer_indent(node: Sequence, lines: list[str]) -> int:
    """The indentation of what holds the sequence; its items may stand just below, or deeper."""
    above = (line for line in reversed(lines[: node.line - 1]) if not _is_nothing(line))
    return min(_indent(next(above, "")), node.column - 1)


def _addition(spot: _Spot, text: str, lines: list[str]) -> str:
    """The lines to insert: indented, with the line ends of the line before (or of the file)."""
    body = "".join(
        " " * spot.indent + line if line != "\n" else line
        for line in text.splitlines(keepends=True)
    )
    above = lines[spot.line - 1] if spot.line else ""
    ends = (_line_end(line) for line in (above, *lines))
    line_end = next((end for end in ends if end), "\n")
    opening = "\n" if above and not _line_end(above) else ""
    return (opening + spot.head + body).replace("\n", line_end)


def _inserted(data: bytes, lines: list[str], spot: _Spot, addition: str) -> bytes:
    mark = source.BYTE_ORDER_MARK if data.startswith(source.BYTE_ORDER_MARK) else b""
    before, after = "".join(lines[: spot.line]), "".join(lines[spot.line :])
    start, end = spot.removed
    before = before[:start] + before[end:]
    return mark + (before + addition + after).encode()


def _is_as_meant(
    old: Parsed, new: Parsed, places: list[tuple[str, int, int]], path: Path, value: Tree
) -> bool:
    """Whether ``new`` is ``old`` with ``value`` at the end of the sequence and nothing else."""
    sequence: Node | None = new.root
    for part in path:
        sequence = _child(sequence, part)
    if not isinstance(sequence, Sequence) or not sequence or not _is(sequence.pop(), value):
        return False
    return _same_but_for_form(old.root, new.root, path) and places == _places(new)


def _same_but_for_form(old: Node | None, new: Node | None, path: Path) -> bool:
    """Equal; but a sequence that was empty may have been written as nothing, or not at all."""
    if old == new:
        return True
    if not path:
        return old == "" and new == []
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return False
    key = str(path[0])
    rest = {name: child for name, child in new.items() if name != key}
    if rest != {name: child for name, child in old.items() if name != key}:
        return False
    return _same_but_for_form(old.get(key, Scalar()), new[key], path[1:])


def _is(node: Node, value: Tree) -> bool:
    """Whether what was read is what was meant, the order of keys included."""
    if isinstance(value, abc.Mapping):
        return (
            isinstance(node, Mapping)
            and list(node) == list(value)
            and all(_is(node[key], child) for key, child in value.items())
        )
    if isinstance(value, abc.Sequence) and not isinstance(value, str):
        return isinstance(node, Sequence) and len(node) == len(value) and all(map(_is, node, value))
    return isinstance(node, Scalar) and node == words(value)


def _places(document: Parsed, line: int = 0, added: int = 0) -> list[tuple[str, int, int]]:
    """Code and place of every problem when ``added`` lines are inserted before the 0-based ``line``."""
    return [
        (one.code, one.line + (added if one.line > line else 0), one.column)
        for one in document.problems
    ]


def _in_brackets(node: Node) -> AppendError:
    return AppendError(
        f"第{node.line}行的列表写在括号里，不能在它的末尾添加",
        "请改成每项一行、以“- ”开头的写法后再试",
    )


def _char(lines: list[str], line: int, column: int) -> str:
    return lines[line - 1][column - 1 : column]


def _is_nothing(line: str) -> bool:
    return _NOTHING.fullmatch(line.rstrip("\r\n")) is not None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _line_end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
