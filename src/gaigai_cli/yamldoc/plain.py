"""The quick way to read a file that nothing is wrong with: plain strings, dictionaries and lists.

Nodes that know their place cost a third of the reading and are wanted only where there is something to tell. So files
are read here first; whatever isn't plainly right goes to the strict reader, which knows how to say what it is.
"""

from __future__ import annotations

from typing import Any, TypeAlias, Union

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from gaigai_cli.yamldoc import source
from gaigai_cli.yamldoc.builder import MAX_DEPTH
from gaigai_cli.yamldoc.conflict import may_have_markers
from gaigai_cli.yamldoc.events import NextEvent, next_event_of, paused_collector

Plain: TypeAlias = Union[str, "dict[str, Plain]", "list[Plain]"]


def parse_plain(data: bytes) -> tuple[Plain, str] | None:
    """The values of a file and its text without byte order mark, or None where ``parse`` has to look.

    What is returned is what ``parse`` makes of the same bytes, without places; it would have found no problem.
    """
    if len(data) > source.MAX_BYTES:
        return None
    try:
        data = data.removeprefix(source.BYTE_ORDER_MARK)
        text = data.decode("utf-8")
        if source.may_be_forbidden(data) and source.FORBIDDEN.search(text):
            return None
        if may_have_markers(text):
            return None
        marked = any(sign in text for sign in "&!*")
        with paused_collector():
            root = _root(next_event_of(text), marked=marked, escaped="\\" in text)
    except (ValueError, YAMLError):
        return None
    return None if root is None else (root, text)


def _root(  # noqa: PLR0912 - one loop, as in the builder
    next_event: NextEvent, *, marked: bool, escaped: bool
) -> Plain | None:
    """The tree. ``marked``: the text may have anchors, tags or aliases; ``escaped``: and escapes."""
    documents: list[Plain] = []
    append: Any = documents.append  # of the sequence being read; None in a mapping
    mapping: dict[str, Plain] = {}
    key: str | None = None
    stack: list[tuple[dict[str, Plain], Any]] = []
    node: Any
    for event in iter(next_event, None):
        kind = type(event)
        if kind is ScalarEvent:
            node = event.value
            if marked and (event.tag is not None or event.anchor is not None):
                return None
            if escaped and event.style == '"' and not node.isprintable():
                return None  # an escape may stand for what must not be written plainly
            if append is not None:
                append(node)
            elif key is not None:
                mapping[key] = node
                key = None
            elif node == "<<" or node in mapping:
                return None
            else:
                key = node
            continue
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            mapping, append = stack.pop()
            continue
        if kind is MappingStartEvent:
            node = {}
        elif kind is SequenceStartEvent:
            node = []
        elif kind is AliasEvent or (kind is DocumentStartEvent and _unusual(event, documents)):
            return None
        else:
            continue
        if event.anchor is not None or event.tag is not None or len(stack) >= MAX_DEPTH:
            return None
        if append is not None:
            append(node)
        elif key is None:
            return None
        else:
            mapping[key] = node
            key = None
        stack.append((mapping, append))
        if kind is MappingStartEvent:
            mapping, append = node, None
        else:
            append = node.append
    return documents[0] if documents and documents[0] != "" else None


def _unusual(event: Any, documents: list[Plain]) -> bool:
    """Whether another document begins, or one with directives."""
    return bool(documents) or event.version is not None or bool(event.tags)
