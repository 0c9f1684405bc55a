"""The strict reader: bytes to a document, whatever the bytes, or to the values alone where nothing is wrong."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from gaigai_cli.characters import HIDDEN
from gaigai_cli.yamldoc import source
from gaigai_cli.yamldoc.parsed import (
    MAX_PROBLEMS,
    Mapping,
    Node,
    Parsed,
    Problem,
    ProblemLog,
    Scalar,
    Sequence,
    TooManyProblemsError,
    shown,
    source_lines,
)
from gaigai_cli.yamldoc.source import NextEvent, PythonParser, next_event_of, paused_collector
from gaigai_cli.yamldoc.syntax import blank_conflict_markers, explain, unreadable

MAX_DEPTH: Final = 50
# Past the limit reading goes on, so that later problems are found too, but only this far.
HOPELESS_DEPTH: Final = 1000

# Stands for a key whose entry is left out of the tree.
_DROPPED: Final = Scalar()
_STANDARD_TAG: Final = "tag:yaml.org,2002:"


Values: TypeAlias = str | dict[str, "Values"] | list["Values"]
"""The values of a file without their places."""


class UnsoundError(Exception):
    """Something that strict YAML doesn't allow, where nobody asks what."""


class TooDeepError(Exception):
    """The file nests so deep that it is no use to read on."""


class TreeBuilder:
    """Builds the trees of one stream and reports what strict YAML doesn't allow.

    Without a log the trees are plain values, which takes three quarters of the time, and what isn't allowed is raised.
    """

    def __init__(self, log: ProblemLog | None, hopeless: int = HOPELESS_DEPTH) -> None:
        self._hopeless = hopeless
        self.documents: list[Any] = []
        self.line = 1  # where the last node begins
        self._log = log
        self._started = 0
        self._duplicates: list[tuple[Mapping, Scalar]] = []

    def build(self, next_event: NextEvent) -> None:
        """Read all events into `documents`.

        Raises what `next_event` raises: `MarkedYAMLError`, or `ValueError` where it doesn't say where;
        `TooDeepError`; `TooManyProblemsError`; `UnsoundError` without a log.
        """
        try:
            self._read(next_event)
        finally:
            self._report_duplicates()

    def _read(self, next_event: NextEvent) -> None:  # noqa: PLR0912, PLR0915
        # One loop on purpose: a call for each of a million events would double its time.
        placed = self._log is not None
        node: Any = None
        mapping: Any = Mapping()
        append: Any = self.documents.append  # of the sequence being read; None in a mapping
        key: Any = None
        stack: list[tuple[Any, Any, Any]] = []
        mark: Any = None
        style: str | None = None
        try:
            for event in iter(next_event, None):
                kind = type(event)
                if kind is ScalarEvent:
                    node = event.value
                    style = event.style
                    if placed:
                        node = Scalar(node)
                        node.plain = not style
                elif kind is MappingEndEvent or kind is SequenceEndEvent:
                    mapping, append, key = stack.pop()
                    continue
                elif kind is MappingStartEvent:
                    node = Mapping() if placed else {}
                elif kind is SequenceStartEvent:
                    node = Sequence() if placed else []
                elif kind is AliasEvent:
                    node = Scalar()
                    node.plain = True
                else:
                    if kind is DocumentStartEvent:
                        self._check_document(event)
                    continue
                mark = event.start_mark
                if placed:
                    node.line = mark.line + 1
                    node.column = mark.column + 1
                if event.anchor is not None or event.tag is not None or style == '"':
                    self._check(event, node)

                if append is not None:
                    append(node)
                elif key is not None:
                    if key is not _DROPPED:
                        if key in mapping:
                            self._repeated(mapping, key)
                        else:
                            mapping[key] = node
                    key = None
                elif kind is ScalarEvent and event.value != "<<":
                    key = node
                else:
                    key = self._unusual_key(node, kind, style, stack[-1][2] is _DROPPED)

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
        finally:
            self.line = mark.line + 1 if mark else 1

    def _unusual_key(self, node: Any, kind: type, style: str | None, in_key: bool) -> Any:
        """Return the key that `node` is, or `_DROPPED` with a problem where it can't be one.

        Of keys inside a key (`in_key`) the outermost is problem enough: think of `{{{{`.
        """
        if kind is AliasEvent or (in_key and kind is not ScalarEvent):
            return _DROPPED
        if kind is ScalarEvent:
            if style:
                return node
            message, remedy = "不能使用合并键“<<”", "删去这一行，把要合并的各项直接写在这里"
            self._add("merge-key", message, remedy, node)
            return _DROPPED
        what = "列表" if kind is SequenceStartEvent else "一组键值"
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

    def _check(self, event: Any, node: Node) -> None:
        """Report what strict YAML doesn't allow of a node: an alias, an anchor, a tag, what an escape hides."""
        anchor = event.anchor
        if type(event) is AliasEvent:
            self._add(
                "alias",
                f"不能使用别名“*{shown(anchor)}”",
                "把所指的内容直接写在这里；若“*”本是文字，请把整个值用单引号括起来",
                node,
            )
            return
        if anchor is not None:
            self._add(
                "anchor",
                f"不能使用锚点“&{shown(anchor)}”",
                "删去锚点；若“&”本是文字，请把整个值用单引号括起来",
                node,
            )
        if event.tag is not None:
            tag = event.tag
            name = f"!!{tag.removeprefix(_STANDARD_TAG)}" if tag.startswith(_STANDARD_TAG) else tag
            self._add(
                "tag",
                f"不能使用类型标签“{shown(name)}”",
                "删去标签；若“!”本是文字，请把整个值用单引号括起来",
                node,
            )
        if isinstance(node, str) and (found := HIDDEN.search(node)):
            self._add(
                "control-character",
                f"引号内用反斜杠写出了控制字符（U+{ord(found[0]):04X}）",
                "删去这个转义；若反斜杠本是文字，请改用单引号",
                node,
            )

    def _check_document(self, event: Any) -> None:
        self._started += 1
        at = event.start_mark.line + 1, event.start_mark.column + 1
        if self._started > 1:
            message = "一个文件只能有一份 YAML 文档，这里又开始了一份"
            remedy = "删去分隔用的“---”或“...”行，把内容并入前面的一份，或另存为一个文件"
            self._add_at("many-documents", message, remedy, at)
        if _has_directives(event):
            message = "不能使用 YAML 指令（以“%”开头的行）"
            remedy = "删去从这里到“---”之前以“%”开头的行"
            self._add_at("directive", message, remedy, at)

    def _repeated(self, mapping: Mapping, key: Scalar) -> None:
        if self._log is None:
            raise UnsoundError
        self._duplicates.append((mapping, key))

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
        at = (0, 0) if self._log is None else (node.line, node.column)
        self._add_at(code, message, remedy, at)

    def _add_at(self, code: str, message: str, remedy: str, at: tuple[int, int]) -> None:
        if self._log is None:
            raise UnsoundError
        self._log.add(Problem(code, message, remedy, *at))


def _has_directives(event: Any) -> bool:
    """Return whether a document begins with lines of `%`: without them its event spans its three hyphens only."""
    return bool(event.explicit) and event.end_mark.index - event.start_mark.index > len("---")


def parse_sound(data: bytes) -> Values | None:
    """Return the values of a mapping or list in which nothing is wrong, else None."""
    sound = sound_values(data)
    return sound[0] if sound is not None else None


def sound_values(data: bytes) -> tuple[Values, str] | None:
    """Return the values and the text of a mapping or list in which `parse` finds no problem, else None."""
    text = source.text_of(data)
    if text is None or HIDDEN.search(text) or blank_conflict_markers(text, ProblemLog())[1]:
        return None
    builder = TreeBuilder(None)
    try:
        with paused_collector():
            builder.build(next_event_of(text))
    except (MarkedYAMLError, ValueError, UnsoundError):
        return None
    root: Values = builder.documents[0] if builder.documents else ""
    return (root, text) if not isinstance(root, str) else None


def parse(data: bytes) -> Parsed:
    """Return the tree, the problems and the text of a YAML file; never raises.

    YAML is read strictly: UTF-8 (a byte order mark and any line ends are accepted), at most
    20 MB and 50 levels, one document, no duplicate keys, anchors, aliases, tags, merge keys or
    directives. Every value stays the text that was written.
    """
    if len(data) > source.MAX_BYTES:
        return Parsed(None, (source.too_large(data),), "")
    # libyaml's columns are one off behind a byte order mark, so it never sees one.
    data = data.removeprefix(source.BYTE_ORDER_MARK)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return source.not_utf8(data, error)
    log = ProblemLog()
    root: Node | None = None
    try:
        root = _read(text, log)
    except TooManyProblemsError:
        found = log.in_order()
        message = f"问题超过{MAX_PROBLEMS}处，其余没有列出"
        remedy = "先改正列出的问题，再检查一次；文件若已损坏，请从 git 中恢复"
        more = Problem("too-many", message, remedy, found[-1].line, found[-1].column)
        return Parsed(None, (*found, more), text)
    return Parsed(root, log.in_order(), text)


def _read(text: str, log: ProblemLog) -> Node | None:
    """Return the root of `text`, or None where it can't be read on, and report to `log`."""
    clean = source.replace_control_characters(text, log)
    clean, disputed = blank_conflict_markers(clean, log)
    # What is wrong between markers may come from both sides standing there.
    log.ignore(disputed)
    builder = TreeBuilder(log)
    try:
        with paused_collector():
            try:
                builder.build(next_event_of(clean))
            except MarkedYAMLError as error:
                # libyaml reads ahead: at a limit of its own it stops before it has said where ours was passed.
                if error.problem != "exceeded maximum nesting depth":
                    raise
                builder = TreeBuilder(log, hopeless=MAX_DEPTH + 1)
                builder.build(PythonParser(clean).get_event)
    except TooDeepError:
        return None
    except MarkedYAMLError as error:
        failure = explain(error, source_lines(clean))
    except ValueError:
        failure = unreadable(builder.line)
    else:
        return None if disputed else _root(builder.documents, text, log)
    # Markers or a replaced character may be its reason.
    if not disputed and not log.has("control-character", failure.line):
        log.add(failure)
    return None


def _root(documents: list[Node], text: str, log: ProblemLog) -> Node | None:
    """Return the first document; a stream without any, or with an empty one, is a problem."""
    root = documents[0] if documents else None
    is_empty = root is None or (isinstance(root, Scalar) and root.plain and not root)
    if is_empty and len(documents) <= 1:
        message = "文件没有内容，只有注释或“---”" if text.strip() else "文件是空的"
        log.add(Problem("empty-file", message, "写入内容；不需要这个文件时，把它删去", 1, 1))
        return None
    return root
