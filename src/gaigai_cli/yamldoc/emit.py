"""A tree as block-style text, in the house style: two blanks a level, short lists and maps in lists on one line.

PyYAML's emitter writes it and judges what can stand without quotes; only what it would write otherwise than a
person does is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from io import StringIO
from typing import Any, Final, NamedTuple, TypeAlias
from unicodedata import east_asian_width

from yaml import events
from yaml.emitter import Emitter, ScalarAnalysis

from gaigai_cli.characters import HIDDEN, harmless, one_line
from gaigai_cli.errors import GaigaiError

Leaf: TypeAlias = str | bool | int | Decimal | date
Tree: TypeAlias = "Leaf | Mapping[str, Tree] | Sequence[Tree]"
"""Text is written so that no YAML parser takes it for anything else; the other leaves as bare words."""

MAX_LINE: Final = 80
"""Columns that a list on one line may take, a Chinese character counting two."""

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
# What YAML 1.1, YAML 1.2 or a reader of its own mind may take for a number, a time or a number of base 60.
_NUMBER_LIKE: Final = re.compile(
    r"[-+]?\.?[0-9][0-9_:.,]*([eE][-+]?[0-9]*)?|0[oOxXbB][0-9a-fA-F_]*"
)
_MISREAD_STARTS: Final = "-?:=<~!"


class TextError(GaigaiError):
    """A text that can't be stored; ``key`` is the nearest key above it, or nothing."""

    def __init__(self, key: str, reason: str, remedy: str) -> None:
        super().__init__(f"“{key}”{reason}" if key else f"内容{reason}", remedy)
        self.key = key
        self.reason = reason


class ByKey(NamedTuple):
    """Which keys' maps and lists take a line for each entry, and which keys' lists alone: the rest is on one line.

    What is on one line isn't quoted by its key.
    """

    block: frozenset[str]
    rows: frozenset[str]


def block_text(
    value: Tree, *, quoted: frozenset[str] = frozenset(), by_key: ByKey | None = None
) -> str:
    """Return the lines of ``value``, each ended by a line feed.

    Values of the keys in ``quoted`` stand in double quotes whatever they are. Without ``by_key`` short lists, and short
    maps in lists, are on one line. Raises `TextError` for text with characters that nobody sees.
    """
    check_text(value)
    stream = StringIO()
    writer = _HouseEmitter(stream)
    writer.emit(events.StreamStartEvent())
    writer.emit(events.DocumentStartEvent(explicit=False))
    for event in _Composer(quoted, by_key, writer.analyze_scalar).compose(value):
        writer.emit(event)
    # One event is always kept back to see what follows. The end of the document itself would add "..." at times.
    writer.emit(events.DocumentEndEvent(explicit=False))
    text = stream.getvalue()
    if text.endswith("\n...\n"):  # on a line of its own; as a text's own last line it is indented
        text = text.removesuffix("...\n")
    return text if text.endswith("\n") else text + "\n"


_BEFORE: Final = 8
"""How many characters tell where in a text something stands."""


def check_text(value: Tree, key: str = "") -> None:
    """Raise `TextError` where a text, or a key, has characters that nobody sees."""
    if isinstance(value, Mapping):
        for name, child in value.items():
            check_text(name, name)
            check_text(child, name)
    elif isinstance(value, str):
        if found := HIDDEN.search(value):
            before = one_line(value[: found.start()].rpartition("\n")[2])[-_BEFORE:]
            where = f"在“{before}”之后" if before else "在一行的开头"
            reason = f"中有看不见的控制字符（U+{ord(found[0]):04X}），{where}"
            raise TextError(
                harmless(key), reason, "请删去后重新键入，多半是从别的软件粘贴时带进来的"
            )
    elif isinstance(value, Sequence):
        for child in value:
            check_text(child, key)


def words(value: Leaf) -> str:
    """Return the text that is read back for a leaf."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True, slots=True)
class _Composer:
    """Turns a tree into events whose styles are those of the house."""

    quoted: frozenset[str]
    by_key: ByKey | None
    analyzed: Callable[[str], ScalarAnalysis]
    """What PyYAML says of a text: whether it can stand without quotes, in single quotes, in a block."""

    def compose(
        self, value: Tree, *, key: str = "", flow: bool = False, in_list: bool = False
    ) -> Iterator[Any]:
        if isinstance(value, Mapping):
            flow = flow or not value or self._map_fits(value, key, in_list)
            yield events.MappingStartEvent(None, None, implicit=True, flow_style=flow)
            for name, child in value.items():
                yield self._key(name, flow)
                yield from self.compose(child, key=name, flow=flow)
            yield events.MappingEndEvent()
        elif isinstance(value, Sequence) and not isinstance(value, str):
            flow = flow or self._list_fits(value, key)
            yield events.SequenceStartEvent(None, None, implicit=True, flow_style=flow)
            for child in value:
                # The maps of the outermost list are the records themselves.
                yield from self.compose(child, key=key, flow=flow, in_list=bool(key))
            yield events.SequenceEndEvent()
        else:
            yield self._scalar(value, key, flow)

    def _key(self, name: str, flow: bool) -> events.ScalarEvent:
        """Return a key as an event; one that people choose may need quotes, as on and no do, a known one never."""
        if self.by_key:
            return events.ScalarEvent(None, None, (True, False), name)
        return self._scalar(name, "", flow)

    def _scalar(self, value: Any, key: str, flow: bool) -> events.ScalarEvent:
        style = self.style(value, key, flow)
        return events.ScalarEvent(None, None, (not style, bool(style)), words(value), style=style)

    def style(self, value: Leaf, key: str, flow: bool) -> str | None:
        text = words(value)
        if key in self.quoted and not (flow and self.by_key):
            return '"'
        if not isinstance(value, str):
            return None
        analysis = self.analyzed(text)
        if analysis.multiline:
            return "|" if _is_literal(text, analysis) and not flow else '"'
        is_plain = analysis.allow_flow_plain if flow else analysis.allow_block_plain
        if is_plain and not _may_be_misread(text):
            return None
        return "'" if analysis.allow_single_quoted and ("\\" in text or '"' in text) else '"'

    def _map_fits(self, value: Mapping[str, Tree], key: str, in_list: bool) -> bool:
        if self.by_key:
            return bool(key) and key not in self.by_key.block
        return in_list and _line_of(value.values()) is not None

    def _list_fits(self, value: Sequence[Tree], key: str) -> bool:
        """Return whether a list stands on one line: short, of leaves only, and below a key."""
        if self.by_key:
            return not value or key not in self.by_key.block | self.by_key.rows
        if not value or not key:
            return not value
        texts = _line_of(value)
        return texts is not None and _columns(f"{key}: [{', '.join(texts)}]") <= MAX_LINE


class _HouseEmitter(Emitter):
    """PyYAML's emitter, except that lists below a key are indented and emoji stay what they are."""

    def __init__(self, stream: StringIO) -> None:
        super().__init__(stream, allow_unicode=True, width=2**31)

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)

    def write_double_quoted(self, text: str, split: bool = True) -> None:
        self.write_indicator('"', True)
        data = "".join(_ESCAPES.get(char, char) for char in text)
        self.column += len(data)
        self.stream.write(data)
        self.write_indicator('"', False)


_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _is_literal(text: str, analysis: ScalarAnalysis) -> bool:
    """Return whether ``|`` or ``|-`` gives the text exactly.

    Not where it begins with a blank or an empty line (that needs an indentation indicator) or ends with several
    empty lines (that needs ``|+``, whose value changes when an editor trims the file).
    """
    return analysis.allow_block and text[0] not in " \n" and not text.endswith("\n\n")


def _may_be_misread(text: str) -> bool:
    """Return whether some YAML reader takes the bare text for something else than text; a day is what it looks like."""
    if _DAY.fullmatch(text):
        return False
    if not text or text[0] in _MISREAD_STARTS or _NUMBER_LIKE.fullmatch(text):
        return True
    return any(pattern.match(text) for pattern in _resolvers().get(text[0], ()))


@cache
def _resolvers() -> dict[str, tuple[re.Pattern[str], ...]]:
    from yaml.resolver import Resolver

    known: dict[str, list[tuple[str, re.Pattern[str]]]] = Resolver.yaml_implicit_resolvers
    return {
        first: tuple(pattern for _, pattern in pairs) for first, pairs in known.items() if first
    }


def _line_of(values: Iterable[Tree]) -> list[str] | None:
    """Return the texts of values that can all stand on one line, or None."""
    texts = []
    for value in values:
        if isinstance(value, Mapping) or (
            isinstance(value, Sequence) and not isinstance(value, str)
        ):
            return None
        texts.append(words(value))
    return None if any("\n" in text for text in texts) else texts


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
