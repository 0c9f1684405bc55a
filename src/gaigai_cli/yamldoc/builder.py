"""From parser events to a tree, with an own stack: depth costs no recursion."""

from __future__ import annotations

from typing import Any, Final

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from gaigai_cli.yamldoc.events import NextEvent
from gaigai_cli.yamldoc.problems import Problem, ProblemLog, shown
from gaigai_cli.yamldoc.source import escaped_control_character
from gaigai_cli.yamldoc.tree import Mapping, Node, Scalar, Sequence

MAX_DEPTH: Final = 50
# Past the limit reading goes on, so that later problems are found too, but only this far.
HOPELESS_DEPTH: Final = 1000

# Stands for a key whose entry is left out of the tree.
_DROPPED: Final = Scalar()
_STANDARD_TAG: Final = "tag:yaml.org,2002:"


class TooDeepError(Exception):
    """The file nests so deep that it is no use to read on."""


class UnreadableError(Exception):
    """The parser failed without saying where; `line` is where the node before it begins."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class TreeBuilder:
    """Builds the trees of one stream and reports what strict YAML doesn't allow."""

    def __init__(self, log: ProblemLog, hopeless: int = HOPELESS_DEPTH) -> None:
        self._hopeless = hopeless
        self.documents: list[Node] = []
        self._log = log
        self._started = 0
        self._duplicates: list[tuple[Mapping, Scalar]] = []

    def build(self, next_event: NextEvent) -> None:
        """Read all events into `documents`.

        Raises what `next_event` raises, a ValueError of it as `UnreadableError`; `TooDeepError`;
        `TooManyProblemsError`.
        """
        try:
            self._read(next_event)
        finally:
            self._report_duplicates()

    def _read(self, next_event: NextEvent) -> None:  # noqa: PLR0912, PLR0915
        # One loop on purpose: a call for each of a million events would double its time.
        node: Any = None
        mapping = Mapping()
        append: Any = self.documents.append  # of the sequence being read; None in a mapping
        key: Any = None
        stack: list[tuple[Mapping, Any, Any]] = []
        mark: Any = None
        try:
            for event in iter(next_event, None):
                kind = type(event)
                if kind is ScalarEvent:
                    node = Scalar(event.value)
                    style = event.style
                    node.plain = not style
                    if style == '"' or event.tag is not None or event.anchor is not None:
                        self._check_scalar(event)
                elif kind is MappingEndEvent or kind is SequenceEndEvent:
                    mapping, append, key = stack.pop()
                    continue
                elif kind is MappingStartEvent:
                    node = Mapping()
                    self._check_properties(event)
                elif kind is SequenceStartEvent:
                    node = Sequence()
                    self._check_properties(event)
                elif kind is AliasEvent:
                    node = self._alias(event)
                else:
                    if kind is DocumentStartEvent:
                        self._check_document(event)
                    continue
                mark = event.start_mark
                node.line = mark.line + 1
                node.column = mark.column + 1

                if append is not None:
                    append(node)
                elif key is not None:
                    if key is not _DROPPED and mapping.setdefault(key, node) is not node:
                        self._duplicates.append((mapping, key))
                    key = None
                elif kind is ScalarEvent and event.value != "<<":
                    key = node
                else:
                    key = self._unusual_key(node, kind, stack[-1][2] is _DROPPED)

                if kind is MappingStartEvent:
                    stack.append((mapping, append, key))
                    if len(stack) > MAX_DEPTH:
                        node = self._too_deep(node, len(stack))
                    mapping = node
                    append = key = None
                elif kind is SequenceStartEvent:
                    stack.append((mapping, append, key))
                    if len(stack) > MAX_DEPTH:
                        node = self._too_deep(node, len(stack))
                    append = node.append
        except ValueError as error:
            raise UnreadableError(mark.line + 1 if mark else 1) from error

    def _unusual_key(self, node: Node, kind: type, in_key: bool) -> Scalar:
        """Return the key that `node` is, or `_DROPPED` with a problem where it can't be one.

        Of keys inside a key (`in_key`) the outermost is problem enough: think of `{{{{`.
        """
        if kind is AliasEvent or (in_key and not isinstance(node, Scalar)):
            return _DROPPED
        if isinstance(node, Scalar):
            if not node.plain:
                return node
            message, remedy = "不能使用合并键“<<”", "删去这一行，把要合并的各项直接写在这里"
            self._add("merge-key", message, remedy, node)
            return _DROPPED
        what = "列表" if isinstance(node, Sequence) else "一组键值"
        self._add(
            "complex-key",
            f"键只能是一个词，这里却是{what}",
            "写成“键: 值”；若“[”“{”“?”本是文字，请用单引号括起来",
            node,
        )
        return _DROPPED

    def _too_deep(self, node: Mapping | Sequence, depth: int) -> Mapping | Sequence:
        """Report the first level too deep; return what to fill, which is not in the tree."""
        if depth > self._hopeless:
            raise TooDeepError
        if depth > MAX_DEPTH + 1:
            return node
        self._add(
            "too-deep",
            f"嵌套超过{MAX_DEPTH}层",
            "检查这里的括号和缩进；正常的数据只有几层",
            node,
        )
        return Mapping() if isinstance(node, Mapping) else Sequence()

    def _alias(self, event: Any) -> Scalar:
        self._add_at(
            event,
            "alias",
            f"不能使用别名“*{shown(event.anchor)}”",
            "把所指的内容直接写在这里；若“*”本是文字，请把整个值用单引号括起来",
        )
        empty = Scalar()
        empty.plain = True
        return empty

    def _check_scalar(self, event: Any) -> None:
        self._check_properties(event)
        # Spares nearly all values the search.
        if not event.value.isprintable():
            mark = event.start_mark
            problem = escaped_control_character(event.value, mark.line + 1, mark.column + 1)
            if problem and event.style == '"':
                self._log.add(problem)

    def _check_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self._add_at(
                event,
                "anchor",
                f"不能使用锚点“&{shown(event.anchor)}”",
                "删去锚点；若“&”本是文字，请把整个值用单引号括起来",
            )
        if event.tag is not None:
            tag = event.tag
            name = f"!!{tag.removeprefix(_STANDARD_TAG)}" if tag.startswith(_STANDARD_TAG) else tag
            self._add_at(
                event,
                "tag",
                f"不能使用类型标签“{shown(name)}”",
                "删去标签；若“!”本是文字，请把整个值用单引号括起来",
            )

    def _check_document(self, event: Any) -> None:
        self._started += 1
        if self._started > 1:
            self._add_at(
                event,
                "many-documents",
                "一个文件只能有一份 YAML 文档，这里又开始了一份",
                "删去分隔用的“---”或“...”行，把内容并入前面的一份，或另存为一个文件",
            )
        # Without directives the event spans its three hyphens only.
        if event.explicit and event.end_mark.index - event.start_mark.index > len("---"):
            self._add_at(
                event,
                "directive",
                "不能使用 YAML 指令（以“%”开头的行）",
                "删去从这里到“---”之前以“%”开头的行",
            )

    def _report_duplicates(self) -> None:
        """Report repeated keys with the line of the first; one pass over each mapping concerned."""
        firsts: dict[int, dict[Scalar, int]] = {}
        for mapping, key in self._duplicates:
            lines = firsts.get(id(mapping))
            if lines is None:
                lines = firsts[id(mapping)] = {
                    first: first.line for first in mapping if isinstance(first, Scalar)
                }
            self._add(
                "duplicate-key",
                f"键“{shown(key)}”重复，第{lines[key]}行已经写过",
                "两处只留一处：删去多余的一行，或把键名改对",
                key,
            )

    def _add(self, code: str, message: str, remedy: str, node: Node) -> None:
        self._log.add(Problem(code, message, remedy, node.line, node.column))

    def _add_at(self, event: Any, code: str, message: str, remedy: str) -> None:
        mark = event.start_mark
        self._log.add(Problem(code, message, remedy, mark.line + 1, mark.column + 1))
