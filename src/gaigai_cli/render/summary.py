"""The sentence below a table: how many items, by role or kind of deadline, by status and by light."""

from collections.abc import Iterable

from gaigai_cli.judge.state import LIGHTS
from gaigai_cli.judge.transitions import STATUSES
from gaigai_cli.query import ROLES, Row, Selection, counts, is_dated
from gaigai_cli.report.wording import counted


def summary(rows: tuple[Row, ...]) -> str:
    """``共17项：牵头8项，责任9项；未报进展12项，推进中5项；红2项。``"""
    if not rows:
        return "没有符合条件的事项。"
    roles = counts((row.role for row in rows if row.role), ROLES)
    parts = [
        _words(roles) if roles else _kinds(rows),
        _words(counts((row.item.state.status for row in rows), STATUSES)),
        _words(counts((row.item.light.name for row in rows if row.item.light.name), LIGHTS)),
    ]
    return f"共{len(rows)}项：{'；'.join(part for part in parts if part)}。"


def open_bodies(selection: Selection) -> str | None:
    """That some items may also concern the unit asked for, though they don't name it."""
    if not selection.by_open_body:
        return None
    return f"另有{selection.by_open_body}项的责任单位写有“等相关部门”一类未列名单位，未列入。"


def _kinds(rows: Iterable[Row]) -> str:
    words = {True: "有明确时限", False: "持续推动"}
    return _words(counts((words[is_dated(row.item)] for row in rows), words.values()))


def _words(numbers: dict[str, int]) -> str:
    return counted(numbers.items())
