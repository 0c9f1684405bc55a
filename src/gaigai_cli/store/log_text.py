"""The text of a log, cut into the texts of its records, each of which can be read by itself.

Logs are written in one style, and only ever grow at their end. What is in another style is read as a whole.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pydantic import ValidationError

from gaigai_cli.characters import HIDDEN
from gaigai_cli.model.records import Record, as_record, faults
from gaigai_cli.yamldoc.reader import Values, parse_sound
from gaigai_cli.yamldoc.source import text_of

_HEAD: Final = re.compile(r"(?:[^\n]*\n)*?records:[ \t]*(?:#[^\n]*)?\n(?=(?P<indent> *)- )")
_NO_RECORD: Final = ("\n---", "\n...", "\n%", "\n\t")
"""Beginnings of lines that end a document, or that are in another style."""
_DASH: Final = "\n  - "
_INDENT: Final = "    "
_QUOTED: Final = r"""\"[^"\\\t\r\n]*"|'[^'\t\r\n]*'"""
_PLAIN: Final = r"""(?![-?,\[\]{}&*!|>'"%@`])[^\s:#](?:[^:#\t\r\n]*[^\s:#])?"""
_ENTRY: Final = r"[\w〔][\w〔〕-]*"
_LINE: Final = re.compile(
    rf"^{_INDENT}(?:([a-z_]+):|  -)"
    rf"(?: (\[{_ENTRY}(?:, {_ENTRY})*\]|{_QUOTED}|{_PLAIN})|(?=\n{_INDENT}  - ))$",
    re.MULTILINE,
)
"""A key with its value, a key above a list, or an entry of that, in signs that every YAML takes for just that."""


class LogText(NamedTuple):
    """A log's text, whose it is by its own word, what stands before each record, and the text of each behind that.

    The lines of records end with line feeds, whatever they end with in the file.
    """

    text: str
    unit: str
    dash: str
    records: tuple[str, ...]


def cut(data: bytes) -> LogText | None:
    """Return the parts of a log; None where it isn't plainly made of records."""
    text = text_of(data) or ""
    head = _HEAD.match(text.replace("\r\n", "\n"))
    top = parse_sound(head[0].encode()) if head else None
    if head is None or not isinstance(top, dict) or top.keys() != {"unit", "records"}:
        return None
    unit, dash = top["unit"], f"\n{head['indent']}- "
    records = _records(head.string[head.end() :], dash)
    if records is None or not isinstance(unit, str) or not unit.strip():
        return None
    return LogText(text, unit, dash, records)


def added_records(added: bytes, dash: str) -> tuple[str, ...] | None:
    """Return the texts of the records behind those of a log; None where it isn't plainly such that is there."""
    text = text_of(added)
    return _records(text.replace("\r\n", "\n"), dash) if text is not None else None


def _records(body: str, dash: str) -> tuple[str, ...] | None:
    lines = f"\n{body}"
    if any(beginning in lines for beginning in _NO_RECORD):
        return None
    first, *records = lines.removesuffix("\n").split(dash)
    return tuple(records) if not first.strip() else None


def sound_record(text: str, dash: str) -> Record | None:
    """Return the record that a text behind its dash is; None where it is none, or something is wrong with it."""
    said = values_of(text, dash)
    if not isinstance(said, dict):
        return None
    try:
        record = as_record(said)
    except ValidationError:
        return None
    return None if any(faults(record, said.keys())) else record


def values_of(text: str, dash: str) -> Values | None:
    """Return the values of a text behind its dash, in which nothing is wrong and which ends where it seems to."""
    said = _values_of_lines(text) if dash == _DASH else None
    if said is not None:
        return said
    nodes = parse_sound(f"{dash[1:]}{text}\n".encode())
    return nodes[0] if isinstance(nodes, list) and len(nodes) == 1 else None


def _values_of_lines(text: str) -> Values | None:
    """Return the values of a text whose every line plainly says one; None for others, which a parser has to read."""
    lines = _LINE.findall(f"{_INDENT}{text}")
    if len(lines) <= text.count("\n") or HIDDEN.search(text):
        return None
    said: dict[str, Values] = {}
    entries: list[Values] | None = None
    for key, words in lines:
        value: Values = words
        match words[:1]:
            case "'" | '"':
                value = words[1:-1]
            case "[":
                value = words[1:-1].split(", ")
        if not key:
            if entries is None:
                return None
            entries.append(value)
        elif key in said:
            return None
        elif words:
            said[key], entries = value, None
        else:
            said[key] = entries = []
    return said
