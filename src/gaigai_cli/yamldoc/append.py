"""One more item at the end of a file, in the block sequence of its last key; no other byte changes."""

from __future__ import annotations

import re
from collections import abc
from typing import Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.yamldoc import source
from gaigai_cli.yamldoc.emit import Tree, block_text, words
from gaigai_cli.yamldoc.parsed import Mapping, Node, Parsed, Scalar, Sequence
from gaigai_cli.yamldoc.reader import parse
from gaigai_cli.yamldoc.source import paused_collector

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_EMPTY_LIST: Final = re.compile(r"[ \t]*\[[ \t]*\]")
_NOTHING: Final = re.compile(r"[ \t]*(?:#.*)?[\r\n]*")


class AppendError(GaigaiError):
    """The file is such that nothing can be added to it without a doubt; it stays as it is."""


def append(data: bytes, key: str, value: Tree, *, quoted: frozenset[str] = frozenset()) -> bytes:
    """Return the file ``data`` with ``value`` as one more item of the sequence under its last key.

    The item goes to the end of the file, below whatever comments stand there, as far indented as the items before it,
    with the line ends of the file. An empty sequence (nothing, or ``[]`` on the key's line) becomes a block sequence;
    a key that the file lacks is added. Values of the keys in ``quoted`` are double-quoted.

    The result is read by the strict reader: the new item is what was meant, all else and every problem is as before.
    Raises `AppendError` where that isn't so, another key follows or the sequence is in brackets, and `TextError` for
    text with characters that nobody sees.
    """
    with paused_collector():
        item = block_text([value], quoted=quoted)
        old = parse(data)
        text, head, indent = _opened(old, key)
        lines = item.splitlines(keepends=True)
        addition = head + "".join(line if line == "\n" else " " * indent + line for line in lines)
        closed = not text or text.endswith(("\r", "\n"))
        addition = (addition if closed else f"\n{addition}").replace("\n", _line_end(text))
        mark = source.BYTE_ORDER_MARK if data.startswith(source.BYTE_ORDER_MARK) else b""
        new = mark + (text + addition).encode()
        if len(new) > source.MAX_BYTES:
            limit = source.MAX_BYTES // 1024 // 1024
            raise AppendError(f"写入后文件会超过上限{limit} MB", "请另起一个记录文件")
        if not _is_as_meant(old, parse(new), key, value):
            raise AppendError(
                f"无法在“{key}”的末尾添加而不影响其他内容",
                "请看文件末尾：最后一行缺少换行的请补上，多行文字（“|”“>”）后面的内容缩进要对齐，“...”请删去",
            )
        return new


def _opened(old: Parsed, key: str) -> tuple[str, str, int]:
    """Return the text with room for an item at its end, what has to stand before that, and its indentation."""
    root, lines = old.root, _LINE.findall(old.text)
    if root is None:
        reason = old.problems[0]
        raise AppendError(
            f"文件第{reason.line}行有错误，无法读取：{reason.message}", f"请先改正：{reason.remedy}"
        )
    if not isinstance(root, Mapping):
        raise AppendError(f"文件中没有“{key}”这一项", "请补上这一项后再试")
    if _char(lines, root) == "{":
        raise _in_brackets(root)
    indent = root.column - 1
    if key not in root:
        return old.text, f"{' ' * indent}{key}:\n", indent + 2
    last = next(reversed(root))
    if last != key:
        raise AppendError(
            f"“{key}”不是文件的最后一项，它后面还有“{last}”",
            f"请把“{key}”连同它下面的各条移到文件末尾，再试一次",
        )
    node = root[key]
    if isinstance(node, Sequence) and node:
        if _char(lines, node) != "-":
            raise _in_brackets(node)
        return old.text, "", node.column - 1
    return _without_brackets(old.text, lines, last, node), "", indent + 2


def _without_brackets(text: str, lines: list[str], key: str, node: Node) -> str:
    """Return the text without the ``[]`` of a sequence that has no item yet."""
    line = lines[node.line - 1]
    assert isinstance(key, Scalar)
    if isinstance(node, Sequence):
        found = _EMPTY_LIST.match(line, len(line[: node.column - 1].rstrip()))
        if not found or node.line != key.line or not _NOTHING.fullmatch(line, found.end()):
            raise _in_brackets(node)
        start = sum(map(len, lines[: node.line - 1]))
        return text[: start + found.start()] + text[start + found.end() :]
    after_key = line[key.column - 1 :].partition(":")[2]
    if not (isinstance(node, Scalar) and node.plain and not node and _NOTHING.fullmatch(after_key)):
        raise AppendError(
            f"第{node.line}行的“{key}”不是列表", "请改成列表：键后面空着，下面每项以“- ”开头"
        )
    return text


def _is_as_meant(old: Parsed, new: Parsed, key: str, value: Tree) -> bool:
    """Return whether ``new`` is ``old`` with ``value`` at the end of the sequence and nothing else."""
    before, after = old.root, new.root
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return False
    items = after.get(key)
    if not isinstance(items, Sequence) or not items or not _is(items.pop(), value):
        return False
    # A sequence that was empty may have been written as nothing, or not at all.
    whole = before if before.get(key) else Mapping({**before, key: Sequence()})
    return after == whole and _places(old) == _places(new)


def _is(node: Node, value: Tree) -> bool:
    """Return whether what was read is what was meant, the order of keys included."""
    if isinstance(value, abc.Mapping):
        return (
            isinstance(node, Mapping)
            and list(node) == list(value)
            and all(_is(node[key], child) for key, child in value.items())
        )
    if isinstance(value, abc.Sequence) and not isinstance(value, str):
        return isinstance(node, Sequence) and len(node) == len(value) and all(map(_is, node, value))
    return isinstance(node, Scalar) and node == words(value)


def _places(document: Parsed) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in document.problems]


def _in_brackets(node: Node) -> AppendError:
    return AppendError(
        f"第{node.line}行的列表写在括号里，不能在它的末尾添加",
        "请改成每项一行、以“- ”开头的写法后再试",
    )


def _char(lines: list[str], node: Node) -> str:
    return lines[node.line - 1][node.column - 1 : node.column]


def _line_end(text: str) -> str:
    """Return the end of the last line; where that has none, of the first; else the usual one."""
    if text.endswith(("\r", "\n")):
        return "\r\n" if text.endswith("\r\n") else text[-1]
    first = _LINE_END.search(text)
    return first[0] if first else "\n"
