"""Choosing among judged items: a filter as a value, an order, groups by unit."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, Literal, NamedTuple, TypeVar

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.state import LIGHTS
from gaigai_cli.model.labels import KIND_WORDS
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.roles import ROLES, RoleWord
from gaigai_cli.model.statuses import STANDINGS, shown_standing

SortKey = Literal["id", "due", "light", "status", "percent", "report"]
SORT_WORDS: Final[dict[str, SortKey]] = {
    "编号": "id",
    "时限": "due",
    "亮灯": "light",
    "状态": "status",
    "进度": "percent",
    "进展": "report",
}
"""The orders by what people call them."""
_NO_LIGHT: Final = "无"
ROLE_WORDS: Final[Mapping[str, RoleWord]] = {
    name: role.word for role in ROLES for name in (role.word, role.field)
}
STATUS_WORDS: Final[Mapping[str, str]] = {
    name: status for status in STANDINGS for name in (shown_standing(status), status)
}
LIGHT_WORDS: Final[Mapping[str, str]] = {name: name for name in (*LIGHTS, _NO_LIGHT)}
DEADLINE_WORDS: Final[Mapping[str, str]] = {
    name: kind for kind, words in KIND_WORDS.items() for name in (words, kind)
}
"""What a filter may ask for, by the words of people and, beside them, of scripts."""


class Filter(NamedTuple):
    """Which items are asked for; what is None or empty doesn't restrict.

    ``dept`` means any role (or ``role`` where that is given), ``lead`` the lead's. ``due_from`` and ``due_by``
    (both included) concern dated items only.
    """

    dept: str | None = None
    lead: str | None = None
    role: RoleWord | None = None
    statuses: frozenset[str] = frozenset()
    lights: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
    due_from: date | None = None
    due_by: date | None = None
    search: str | None = None

    @property
    def unit(self) -> str | None:
        """The unit whose role is of interest."""
        return self.dept or self.lead


class ItemRow(NamedTuple):
    """A chosen item with the role of the unit that was asked for (None where none was)."""

    item: JudgedItem
    role: RoleWord | None


class Selection(NamedTuple):
    """Rows in order. ``by_open_body`` counts the items that don't name the unit asked for, but name 等相关部门."""

    rows: tuple[ItemRow, ...]
    by_open_body: int


def select(judgement: Judgement, wanted: Filter, sort: SortKey = "id") -> Selection:
    """Return the items that ``wanted`` asks for, in the order of ``sort``; equal ones in the notice's order."""
    rows, open_bodies = [], 0
    for item in judgement.items:
        if not _matches(item, wanted):
            continue
        role = item.state.units.of(wanted.unit) if wanted.unit else None
        if _has_role(item, wanted):
            rows.append(ItemRow(item, role))
        elif wanted.dept and wanted.role is None and role is None and item.state.units.open:
            open_bodies += 1
    return Selection(tuple(sorted(rows, key=lambda row: SORTS[sort](row.item))), open_bodies)


def _has_role(item: JudgedItem, wanted: Filter) -> bool:
    units = item.state.units
    if wanted.lead is not None and wanted.lead not in units.lead:
        return False
    if wanted.dept is None:
        return True
    role = units.of(wanted.dept)
    return role is not None and wanted.role in (None, role)


def _matches(item: JudgedItem, wanted: Filter) -> bool:
    state = item.state
    return (
        (not wanted.statuses or state.standing in wanted.statuses)
        and (not wanted.lights or (item.light.name or _NO_LIGHT) in wanted.lights)
        and (not wanted.kinds or state.listed.deadline.kind in wanted.kinds)
        and (not wanted.tasks or state.listed.task.id in wanted.tasks)
        and _due_matches(item, wanted)
        and (wanted.search is None or wanted.search in searched_text(item))
    )


def _due_matches(item: JudgedItem, wanted: Filter) -> bool:
    if wanted.due_from is None and wanted.due_by is None:
        return True
    if not is_dated(item) or item.state.due is None:
        return False
    return (wanted.due_from or date.min) <= item.state.due <= (wanted.due_by or date.max)


def is_dated(item: JudgedItem) -> bool:
    """Return whether an item has a day that comes due: a deadline, a stage's or a turn's."""
    return item.state.dated or bool(item.state.occurrences)


def searched_text(item: JudgedItem) -> str:
    """Return the words in which ``search`` looks: task, content, units as issued, and what was reported."""
    listed = item.state.listed
    said = (e.record.summary or "" for e in item.state.entries)
    return "\n".join((listed.task.title, listed.item.content, listed.units.text, *said))


def due_within(judgement: Judgement, days: int) -> tuple[JudgedItem, ...]:
    """Return open dated items that come due from the day itself to ``days`` calendar days later, soonest first."""
    found = [
        item
        for item in judgement.items
        if is_dated(item) and item.state.days_left is not None and 0 <= item.state.days_left <= days
    ]
    return tuple(sorted(found, key=SORTS["due"]))


def overdue(judgement: Judgement) -> tuple[JudgedItem, ...]:
    """Return 逾期未办结: items past their deadline in force, longest overdue first."""
    found = [item for item in judgement.items if item.state.overdue]
    return tuple(sorted(found, key=lambda item: -item.state.days_overdue))


def unreported(judgement: Judgement) -> tuple[JudgedItem, ...]:
    """Return 未按期报送: items of which some lead owes a period's report, longest owed first."""
    found = [item for item in judgement.items if item.missed]
    return tuple(sorted(found, key=lambda item: item.missed[0].due))


def unfinished_turns(judgement: Judgement) -> tuple[JudgedItem, ...]:
    """Return 期内任务未完成: recurring items of which a turn that is over wasn't met, longest missed first."""
    found = [item for item in judgement.items if item.state.missed_turns]
    return tuple(sorted(found, key=lambda item: item.state.missed_turns[0].due))


def never_reported(judgement: Judgement) -> tuple[JudgedItem, ...]:
    """Return 从未报送: items that are owed and nobody has told of.

    None where reports are owed by period, or all is blank.
    """
    if judgement.ledger.rules.reporting is not None or judgement.blank:
        return ()
    return tuple(item for item in judgement.items if item.state.never)


def year_over(judgement: Judgement) -> bool:
    """Return whether the list's year has ended, nothing is due any more, and nothing was recorded for the idle days."""
    day, rules = judgement.day, judgement.ledger.rules
    if day.year <= judgement.ledger.tasks.notice.year:
        return False
    if any(s.due >= day for item in judgement.items for s in item.state.owed_stages):
        return False
    return all((day - entry.record.date).days > rules.warn.idle for entry in judgement.entries)


def ends_today(judgement: Judgement) -> tuple[JudgedItem, ...]:
    """Return what is due on the judgement's day while that runs: it is overdue, or missed, when the day has ended."""
    day = judgement.day
    return tuple(
        item
        for item in judgement.items
        if not item.state.ended
        and (
            any(stage.due == day for stage in item.state.owed_stages)
            or (item.state.open and item.state.occurrence and item.state.occurrence.due == day)
        )
    )


def of_unit(items: Iterable[JudgedItem], unit: str | None) -> tuple[ItemRow, ...]:
    """Return items as rows; with a unit, only those in which it has a role."""
    rows = (ItemRow(item, item.state.units.of(unit) if unit else None) for item in items)
    return tuple(row for row in rows if unit is None or row.role)


def records_of(judgement: Judgement, item_id: str) -> tuple[Entry, ...]:
    """Return every record about an item up to the day, by time: its own, the 督办 that name it, their receipts."""
    about = {e.record.id: e for e in judgement.by_id[item_id].state.entries}
    for entry in judgement.general:
        answered = entry.record.answers or ()
        if item_id in (entry.record.items or ()) or any(a in about for a in answered):
            about[entry.record.id] = entry
    return tuple(sorted(about.values(), key=lambda e: e.order))


class UnitRow(NamedTuple):
    """A unit with the items in which it has a role, each in the notice's order."""

    name: str
    lead: tuple[JudgedItem, ...]
    responsible: tuple[JudgedItem, ...]
    support: tuple[JudgedItem, ...]

    @property
    def items(self) -> tuple[JudgedItem, ...]:
        return (*self.lead, *self.responsible, *self.support)


def by_unit(judgement: Judgement) -> tuple[UnitRow, ...]:
    """Return every unit of departments.yaml, in its order, with its items by role."""
    rows = []
    for unit in judgement.ledger.units.all:
        found: dict[RoleWord, list[JudgedItem]] = {role.word: [] for role in ROLES}
        for item in judgement.items:
            role = item.state.units.of(unit.name)
            if role:
                found[role].append(item)
        rows.append(UnitRow(unit.name, *map(tuple, found.values())))
    return tuple(rows)


Key = TypeVar("Key")
Value = TypeVar("Value")


def grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    """Return values by their keys, both in the order in which they come."""
    found: dict[Key, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def counts(values: Iterable[str], order: Iterable[str]) -> dict[str, int]:
    """Return how often each value occurs, in the given order, those that never occur left out."""
    seen = list(values)
    return {value: seen.count(value) for value in order if value in seen}


SORTS: Final[dict[SortKey, Callable[[JudgedItem], tuple[date, bool] | int]]] = {
    "id": lambda item: 0,
    "due": lambda item: (item.state.due or date.max, not is_dated(item)),
    "light": lambda item: (*LIGHTS, None).index(item.light.name),
    "status": lambda item: STANDINGS.index(item.state.standing),
    "percent": lambda item: -1 if item.state.percent is None else item.state.percent,
    "report": lambda item: (item.state.last_report or date.min).toordinal(),
}
