"""The text of a new list and of its units, in the style of the ones that ship."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from gaigai_cli.model.scalars import NUMBER_PATTERN
from gaigai_cli.yamldoc.write import block_text

SCHEMAS: Final = "../schemas/"
_SCHEMA: Final = "# yaml-language-server: $schema={folder}{name}.schema.json\n"
_IDS: Final = frozenset({"id"})
_LINE: Final = 10_000  # columns: a list of units stands on one line, however long
_COMMENT: Final = "#"

# Fields that the models hold as numbers or as true and false: in the file they stand without quotes.
_BARE: Final = frozenset("year at_least at_most equal value day vertical example".split())
_NUMBER: Final = re.compile(NUMBER_PATTERN)

Comments = Mapping[tuple[str, str], Sequence[str]]
"""Comment lines by the id of the task or item that they stand in (empty: before the first), and by the line below."""


def list_text(
    tree: Mapping[str, Any], *, schemas: str = SCHEMAS, comments: Comments | None = None
) -> str:
    """``tasks.yaml`` for a tree of notice and tasks. Raises ``GaigaiError`` for text that can't be stored."""
    lines = ["notice:", *_indented(_notice_lines(tree["notice"]), 1), "tasks:"]
    for task in tree["tasks"]:
        lines += _indented(_task_lines(task), 1)
    head = _SCHEMA.format(folder=schemas, name="tasks")
    return head + _with_comments(lines, comments or {})


def units_text(units: Iterable[Mapping[str, Any]], *, schemas: str = SCHEMAS) -> str:
    """``departments.yaml`` for the units' trees."""
    lines = ["units:"]
    for unit in units:
        lines += _indented(_listed(_flat_lines(unit)), 1)
    head = _SCHEMA.format(folder=schemas, name="departments")
    return head + "".join(f"{line}\n" for line in lines)


def with_units(text: str, units: Sequence[Mapping[str, Any]]) -> str:
    """The text of ``departments.yaml`` with more units at its end, everything else as it stands."""
    if not units:
        return text
    more = units_text(units).split("units:\n", 1)[1]
    return f"{text.rstrip()}\n{more}"


def comments_of(text: str) -> Comments:
    """The comments of a list's text, so that it can be written anew with them."""
    found: dict[tuple[str, str], list[str]] = {}
    waiting: list[str] = []
    owner = ""
    for line in text.splitlines():
        plain = line.strip()
        if plain.startswith(_COMMENT):
            if "$schema=" not in plain:
                waiting.append(plain)
            continue
        owner = _id_of(plain) or owner
        if waiting and plain:
            found[owner, _key_of(plain)] = waiting
            waiting = []
    return found


def _id_of(line: str) -> str:
    """The id that a line opens a task or an item with; empty for other lines."""
    return line.removeprefix("- id: ").strip("\"'") if line.startswith("- id: ") else ""


def _key_of(line: str) -> str:
    return line.removeprefix("- ").partition(":")[0]


def _with_comments(lines: Iterable[str], comments: Comments) -> str:
    text = []
    owner = ""
    for line in lines:
        plain = line.strip()
        owner = _id_of(plain) or owner
        indent = " " * (len(line) - len(line.lstrip()))
        text += [f"{indent}{comment}" for comment in comments.get((owner, _key_of(plain)), ())]
        text.append(line)
    return "".join(f"{line}\n" for line in text)


def _notice_lines(notice: Mapping[str, Any]) -> Iterator[str]:
    for key, value in notice.items():
        yield f"{key}: {_flow(value)}" if isinstance(value, Mapping) else _line(key, value)


def _task_lines(task: Mapping[str, Any]) -> Iterator[str]:
    return _listed(_holder_lines(task))


def _holder_lines(holder: Mapping[str, Any]) -> Iterator[str]:
    """A task or an item: its own words, its cells, its items or indicators."""
    for key, value in holder.items():
        if key in ("units", "deadline"):
            yield f"{key}:"
            yield from _indented(_flat_lines(value), 1)
        elif key == "items":
            yield "items:"
            for item in value:
                yield from _indented(_listed(_holder_lines(item)), 1)
        elif key == "indicators":
            if value:
                yield "indicators:"
                yield from (f"  - {_flow(indicator)}" for indicator in value)
        elif isinstance(value, Mapping):
            yield f"{key}: {_flow(value)}"
        else:
            yield from block_text({key: value}, quoted=_IDS).splitlines()


def _flat_lines(tree: Mapping[str, Any]) -> Iterator[str]:
    """Keys with plain values, lists on one line; stages one a line."""
    for key, value in tree.items():
        if isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
            yield f"{key}:"
            yield from (f"  - {_flow(part)}" for part in value)
        elif isinstance(value, list | tuple | Mapping):
            yield f"{key}: {_flow(value)}"
        else:
            yield from block_text({key: _bare(key, value)}).splitlines()


def _line(key: str, value: Any) -> str:
    return block_text({key: _bare(key, value)}).rstrip("\n")


def _bare(key: str, value: Any) -> Any:
    """A number or flag that arrived as the words of an answer or of another file."""
    if key not in _BARE or not isinstance(value, str):
        return value
    if value in ("true", "false"):
        return value == "true"
    return Decimal(value) if _NUMBER.fullmatch(value) else value


def _flow(value: Any) -> str:
    """A list or map on one line, however long: a unit or an indicator is one line in every review."""
    if isinstance(value, Mapping):
        return (
            "{"
            + ", ".join(f"{key}: {_flow(_bare(key, child))}" for key, child in value.items())
            + "}"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    text = block_text({"k": [value]})  # a scalar as it stands inside brackets
    return text.removeprefix("k:").strip().removeprefix("[").removesuffix("]").removeprefix("- ")


def _listed(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a map as an entry of a list."""
    mark = "- "
    for line in lines:
        yield f"{mark}{line}"
        mark = "  "


def _indented(lines: Iterable[str], levels: int) -> Iterator[str]:
    indent = "  " * levels
    return (f"{indent}{line}" if line else line for line in lines)
