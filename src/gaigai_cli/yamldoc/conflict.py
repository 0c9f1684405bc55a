"""Markers that git leaves in a file whose merge nobody finished."""

from __future__ import annotations

import re
from typing import Final

from gaigai_cli.yamldoc.document import source_lines
from gaigai_cli.yamldoc.problems import Problem, ProblemLog, shown

# git's own rule: seven characters at the start of a line, then white space or the line's end.
_MARKER: Final = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?:[ \t]+(.*?)[ \t]*)?$")
_KEEP: Final = "两方的内容都要时都保留，只要一方时删去另一方"


def may_have_markers(text: str) -> bool:
    """Whether it is worth looking for markers line by line."""
    return "<<<<<<<" in text or "=======" in text or ">>>>>>>" in text


def blank_conflict_markers(text: str, log: ProblemLog) -> tuple[str, range]:
    """Report each marker; return `text` with these lines emptied and the lines in dispute."""
    if not may_have_markers(text):
        return text, range(0)
    lines = source_lines(text)
    markers = [(n, m) for n, line in enumerate(lines, 1) if (m := _MARKER.match(line))]
    if not markers:
        return text, range(0)
    following = [number for number, _ in markers[1:]] + [None]
    for (number, match), after in zip(markers, following, strict=True):
        log.add(_problem(match[1][0], match[2] or "", number, after))
        lines[number - 1] = ""
    return "\n".join(lines), range(markers[0][0], markers[-1][0] + 1)


def _problem(sign: str, label: str, line: int, after: int | None) -> Problem:
    name = f"（{shown(label)}）" if label else ""
    until = f"第{after}行之前" if after else "文件末尾"
    message, remedy = {
        "<": (f"合并冲突还没有解决：从这里到{until}是一方{name}的内容", f"删去本行；{_KEEP}"),
        "|": (f"合并冲突还没有解决：从这里到{until}是分歧前{name}的内容", f"从本行删到{until}"),
        "=": (f"合并冲突还没有解决：从这里到{until}是另一方的内容", f"删去本行；{_KEEP}"),
        ">": (f"合并冲突还没有解决：另一方{name}的内容到此为止", "删去本行"),
    }[sign]
    return Problem("conflict-marker", message, remedy, line, 1)
