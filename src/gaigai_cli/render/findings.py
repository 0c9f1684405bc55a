"""Findings as text for a person, as JSON, and as annotations of a forge's checks."""

import json
import posixpath
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any, Final

from gaigai_cli import characters
from gaigai_cli.errors import with_stop
from gaigai_cli.model.finding import Finding, Location, numbers_of
from gaigai_cli.render.width import cut, width_of

MAX_CELLS: Final = 100
"""How wide a source line is shown; of a longer one the part around the caret."""

_AFTER_CARET: Final = 40


def as_text(findings: Iterable[Finding], prefix: str = "") -> str:
    """Return each finding with its source line, a caret and what to do, then their number; ends with a line end.

    ``prefix`` stands before each file's name: the way from where the reader is to the data directory.
    """
    listed = list(findings)
    lines = [line for finding in listed for line in _lines(finding, prefix)]
    return "\n".join((*lines, _total(listed), ""))


def explained(code: str) -> str | None:
    """Return what a code stands for: an example of each way in which it is told, with the remedy.

    None for no code of ours.

    The examples are those of the tests' cases, kept with the program by a test.
    """
    found = known_codes().get(code)
    if found is None:
        return None
    lines = [f"{code}（{_SEVERITIES[found[0]['severity']]}）"]
    for one in found:
        lines.append(f"  如：{one['message']}。")
        if one["remedy"]:
            lines.append(f"  办法：{one['remedy']}")
    return "\n".join(lines)


_SEVERITIES: Final = {"error": "错误", "warning": "警告", "violation": "违反登记规则，review 所查"}


def known_codes() -> dict[str, list[dict[str, str]]]:
    """Return every code of a finding or a broken rule, with examples: severity, message and remedy."""
    found: dict[str, list[dict[str, str]]] = json.loads(
        (files("gaigai_cli") / "templates" / "findings.json").read_text(encoding="utf-8")
    )
    return found


def _lines(finding: Finding, prefix: str) -> Iterator[str]:
    place = finding.location
    where = f"{characters.one_line(_path(prefix, place))}:{place.line}:{place.column}"
    yield f"{where}: {finding.severity}[{finding.code}] {characters.one_line(finding.message)}。"
    if place.text.strip():
        yield from _excerpt(place)
    if finding.remedy:
        yield f"  办法：{with_stop(characters.one_line(finding.remedy))}"


def _path(prefix: str, place: Location) -> str:
    """Return the file's name from where the reader is; what lies beside the data directory isn't told by way of it."""
    name = prefix + place.file
    return posixpath.normpath(name) if "../" in place.file else name


def _excerpt(place: Location) -> Iterator[str]:
    """Yield the source line, cut where it is long, and a caret under its column, in terminal cells."""
    shown = characters.one_line(place.text)
    before, after = shown[: place.column - 1], shown[place.column - 1 :]
    if width_of(shown.rstrip()) > MAX_CELLS:
        room = MAX_CELLS - min(width_of(after), _AFTER_CARET)
        before = cut(before[::-1], room)[::-1]
        after = cut(after, MAX_CELLS - width_of(before))
    yield f"  {before}{after}".rstrip()
    yield f"  {' ' * width_of(before)}^"


def _total(findings: list[Finding]) -> str:
    if not findings:
        return "没有发现问题。"
    errors, warnings = numbers_of(findings)
    return f"共{len(findings)}处：错误{errors}处，警告{warnings}处。"


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as an object."""
    return {
        "file": finding.location.file,
        "line": finding.location.line,
        "column": finding.location.column,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "remedy": finding.remedy,
    }


def as_json(objects: Iterable[dict[str, Any]]) -> str:
    """Return an array with the object of each finding; ends with a line end."""
    listed = list(objects)
    return characters.json_text(listed)


def as_github(findings: Iterable[Finding], prefix: str = "") -> str:
    """Return a workflow command for each finding, which a forge shows beside the line; empty without findings."""
    return "".join(f"{_command(finding, prefix)}\n" for finding in findings)


def _command(finding: Finding, prefix: str) -> str:
    remedy = f"。{finding.remedy}" if finding.remedy else ""
    words, place = f"{finding.message}{remedy}", finding.location
    return workflow_command(finding.severity, place, _path(prefix, place), finding.code, words)


def workflow_command(
    severity: str, place: Location | None, path: str, title: str, words: str
) -> str:
    """Return words for a forge to show under a title, beside a place in the file at ``path`` where there is one."""
    where = ""
    if place is not None:
        file = _escaped(path).replace(":", "%3A").replace(",", "%2C")
        where = f"file={file},line={place.line},col={place.column},"
    return f"::{severity} {where}title={title}::{_escaped(words)}"


def _escaped(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
