"""The values of a sound file without their places, in half the time of a tree; what is wrong only a tree can tell."""

from __future__ import annotations

from typing import Any, TypeAlias

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
from gaigai_cli.yamldoc.parsed import ProblemLog
from gaigai_cli.yamldoc.reader import MAX_DEPTH, has_directives
from gaigai_cli.yamldoc.source import NextEvent, next_event_of, paused_collector
from gaigai_cli.yamldoc.syntax import blank_conflict_markers

Values: TypeAlias = str | dict[str, "Values"] | list["Values"]


class _UnsoundError(Exception):
    """Something that strict YAML doesn't allow, or that isn't worth a thought here."""


def sound_values(data: bytes) -> tuple[Values, str] | None:
    """Return the values and the text of a mapping or list in which `parse` finds no problem, else None."""
    if len(data) > source.MAX_BYTES:
        return None
    try:
        text = data.removeprefix(source.BYTE_ORDER_MARK).decode()
    except UnicodeDecodeError:
        return None
    if HIDDEN.search(text) or blank_conflict_markers(text, ProblemLog())[1]:
        return None
    try:
        with paused_collector():
            return _values(next_event_of(text), escapes="\\" in text), text
    except (MarkedYAMLError, ValueError, _UnsoundError):
        return None


def parse_sound(data: bytes) -> Values | None:
    """Return the values of a mapping or list in which nothing is wrong, else None."""
    sound = sound_values(data)
    return sound[0] if sound is not None else None


def _values(next_event: NextEvent, *, escapes: bool) -> Values:  # noqa: PLR0912
    # One loop on purpose, as in the reader's. Without escapes no scalar hides what the text didn't.
    documents: list[Values] = []
    mapping: dict[str, Values] = {}
    append: Any = documents.append  # of the sequence being read; None in a mapping
    key: str | None = None
    stack: list[tuple[dict[str, Values], Any, str | None]] = []
    node: Any = None
    for event in iter(next_event, None):
        kind = type(event)
        if kind is ScalarEvent:
            node = event.value
            style = event.style
            if event.tag is not None or (escapes and style == '"' and HIDDEN.search(node)):
                raise _UnsoundError
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            mapping, append, key = stack.pop()
            continue
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.tag is not None or len(stack) == MAX_DEPTH:
                raise _UnsoundError
            node = {} if kind is MappingStartEvent else []
        elif kind is AliasEvent:
            raise _UnsoundError
        else:
            if kind is DocumentStartEvent and (documents or has_directives(event)):
                raise _UnsoundError
            continue
        if event.anchor is not None:
            raise _UnsoundError

        if append is not None:
            append(node)
        elif key is not None:
            if key in mapping:
                raise _UnsoundError
            mapping[key] = node
            key = None
        elif kind is not ScalarEvent or (node == "<<" and not style):
            raise _UnsoundError
        else:
            key = node

        if kind is MappingStartEvent:
            stack.append((mapping, append, key))
            mapping, append, key = node, None, None
        elif kind is SequenceStartEvent:
            stack.append((mapping, append, key))
            append = node.append
    if len(documents) != 1 or isinstance(documents[0], str):
        raise _UnsoundError
    return documents[0]
