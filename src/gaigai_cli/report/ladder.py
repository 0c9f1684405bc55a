"""How far units have been reminded of an item, and which step may come next: 提醒, 催办, 督办."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, Literal, NamedTuple

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.model.kinds import KindName
from gaigai_cli.model.ledger import Entry

Level = Literal["提醒", "催办", "督办"]
LEVELS: Final[tuple[Level, ...]] = ("提醒", "催办", "督办")
PAPERS: Final[dict[Level, str]] = {"提醒": "提醒函", "催办": "催办通知", "督办": "督办单"}
_NEW_COURSE: Final[tuple[KindName, ...]] = ("批准延期", "撤销销号", "条件具备")


class PaperSent(NamedTuple):
    """A 督办 that was sent to a unit about an item; ``returned`` is the day of its 督办回执, None without one."""

    entry: Entry
    level: Level
    number: str
    reply_by: date
    returned: date | None


class Ladder(NamedTuple):
    """The steps so far and the highest that may come next; ``waiting``: the last one's reply day hasn't passed."""

    steps: tuple[PaperSent, ...]
    allowed: Level
    waiting: bool

    @property
    def last(self) -> PaperSent | None:
        return self.steps[-1] if self.steps else None


def ladder(judgement: Judgement, item: JudgedItem, unit: str) -> Ladder:
    """Return what was sent to ``unit`` about ``item`` since its deadline was last set anew.

    Each step comes only after the reply day of the one before has passed.
    """
    start = max(
        (e.record.date for e in item.state.entries if e.record.kind in _NEW_COURSE),
        default=date.min,
    )
    steps = tuple(s for s in _steps(judgement, item.id, unit) if s.entry.record.date >= start)
    if not steps:
        return Ladder((), "提醒", waiting=False)
    last = steps[-1]
    if last.reply_by >= judgement.day:
        return Ladder(steps, last.level, waiting=True)
    following = min(LEVELS.index(last.level) + 1, len(LEVELS) - 1)
    return Ladder(steps, LEVELS[following], waiting=False)


def urged_words(judgement: Judgement, unit: str, items: Iterable[str], since: date) -> str:
    """Return 经催报, 经多次催报 where a unit was urged since a day, about all or one of the items; empty where not.

    Only what was registered (催办登记) counts.
    """
    ledger, wanted = judgement.ledger, {None, *items}
    entries = (*judgement.general, *(e for i in judgement.items for e in i.state.entries))
    times = sum(
        entry.record.kind == "催办登记"
        and entry.record.item in wanted
        and since <= entry.record.date
        and unit in map(ledger.units.canonical, entry.record.to or ())
        for entry in entries
    )
    return "" if not times else "经催报" if times == 1 else "经多次催报"


def _steps(judgement: Judgement, item: str, unit: str) -> Iterator[PaperSent]:
    canonical = judgement.ledger.units.canonical
    returned = {
        reference: entry.counts
        for entry in judgement.general
        if entry.record.kind == "督办回执" and entry.unit == unit
        for reference in entry.record.references
    }
    for entry in judgement.general:
        record = entry.record
        if record.kind != "督办" or item not in (record.items or ()):
            continue
        if record.level and record.reply_by and unit in map(canonical, record.to or ()):
            day = returned.get(record.id)
            yield PaperSent(entry, record.level, record.number or "", record.reply_by, day)
