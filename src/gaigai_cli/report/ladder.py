"""How far units have been reminded of an item, and which step may come next: 提醒, 催办, 督办."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.model.kinds import KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import LEVELS, Level

PAPERS: Final[dict[Level, str]] = {"提醒": "提醒函", "催办": "催办通知", "督办": "督办单"}
_NEW_COURSE: Final[tuple[KindName, ...]] = ("批准延期", "撤销销号", "条件具备")


class PaperSent(NamedTuple):
    """A 督办 with the units that it went to, as they are called now.

    ``returned`` has the day as of which each unit's 督办回执 counts, None without one.
    """

    entry: Entry
    returned: Mapping[str, date | None]

    @property
    def level(self) -> Level:
        assert self.entry.record.level is not None
        return self.entry.record.level

    @property
    def number(self) -> str:
        return self.entry.record.number or ""

    @property
    def reply_by(self) -> date:
        assert self.entry.record.reply_by is not None
        return self.entry.record.reply_by

    @property
    def missing(self) -> tuple[str, ...]:
        """The units that haven't answered."""
        return tuple(unit for unit, day in self.returned.items() if day is None)


def papers_sent(judgement: Judgement) -> Iterator[PaperSent]:
    """Yield every 督办 up to the judgement's day, in their order."""
    canonical = judgement.ledger.units.canonical
    answered: dict[tuple[str, str], date] = {}
    for entry in judgement.general:
        if entry.record.kind == "督办回执":
            for reference in entry.record.references:
                answered.setdefault((reference, entry.unit), entry.counts)
    for entry in judgement.general:
        if entry.record.kind == "督办":
            number, units = entry.record.id, map(canonical, entry.record.to or ())
            yield PaperSent(entry, {unit: answered.get((number, unit)) for unit in units})


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
    steps = tuple(
        paper
        for paper in papers_sent(judgement)
        if unit in paper.returned
        and item.id in (paper.entry.record.items or ())
        and paper.entry.record.date >= start
    )
    if not steps:
        return Ladder((), "提醒", waiting=False)
    last = steps[-1]
    if last.reply_by >= judgement.running:
        return Ladder(steps, last.level, waiting=True)
    following = min(LEVELS.index(last.level) + 1, len(LEVELS) - 1)
    return Ladder(steps, LEVELS[following], waiting=False)


def urged_words(judgement: Judgement, unit: str, items: Iterable[str], since: date) -> str:
    """Return 经催报, 经多次催报 where a unit was urged since a day, about all or one of the items; empty where not.

    Only what was registered (催办登记) counts.
    """
    ledger, wanted = judgement.ledger, {None, *items}
    times = sum(
        entry.record.kind == "催办登记"
        and entry.record.item in wanted
        and since <= entry.record.date
        and unit in map(ledger.units.canonical, entry.record.to or ())
        for entry in judgement.entries
    )
    return "" if not times else "经催报" if times == 1 else "经多次催报"
