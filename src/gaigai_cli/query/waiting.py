"""What waits for an answer, so that nobody has to look up numbers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.state import ItemState, StageState
from gaigai_cli.model.deadline import Assessed, Ongoing
from gaigai_cli.model.kinds import CLOSE_OUT, EXTENSION, REPORTING, KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.statuses import is_closed, is_pending
from gaigai_cli.words.say import set_deadline


def to_verify(judgement: Judgement) -> Iterator[tuple[JudgedItem, StageState]]:
    """Yield every stage that waits for the office's verification, longest waiting first; none of a withdrawn item."""
    found = [
        (item, stage)
        for item in judgement.items
        for stage in _stages(item.state)
        if is_pending(stage.status)
    ]
    return iter(sorted(found, key=lambda pair: max(a.order for a in pair[1].applications)))


def to_rule(judgement: Judgement) -> Iterator[tuple[JudgedItem, Entry]]:
    """Yield every application for an extension that waits for the office, longest waiting first."""
    return _oldest_first(judgement, lambda state: state.extensions)


@dataclass(frozen=True)
class Scope:
    """Which of an item's records are answered: of one stage, of one unit, made by a day; None: all."""

    stage: str | None = None
    unit: str | None = None
    day: date | None = None


_ALL: Final = Scope()


def verified(item: JudgedItem, scope: Scope = _ALL) -> tuple[Entry, ...]:
    """Return the applications that a 核验销号 answers: all of the stage that every lead has applied for.

    Raises ``GaigaiError`` where there is none.
    """
    state = item.state
    for waiting in _stages(state, scope.stage):
        if is_pending(waiting.status):
            return waiting.applications
    applied = [entry.unit for entry in state.applications]
    missing = [unit for unit in state.units.lead if unit not in applied]
    if applied and missing:
        raise GaigaiError(
            f"{state.id}只有{'、'.join(applied)}申请销号，{'、'.join(missing)}还没有申请",
            "各牵头单位都申请后才能核验",
        )
    raise _nothing(state, "待核验的销号申请")


def returned(item: JudgedItem, scope: Scope = _ALL) -> tuple[Entry, ...]:
    """Return the applications for close-out that a 退回补正 answers: all live ones, or those of the unit.

    Raises ``GaigaiError`` where there is none.
    """
    if found := _first(item, scope, lambda stage: stage.applications):
        return found
    raise _nothing(item.state, f"{scope.unit or ''}待核验的销号申请")


def ruled(item: JudgedItem, scope: Scope = _ALL) -> tuple[Entry, ...]:
    """Return the applications for an extension that a ruling answers; none where there is none."""
    return _first(item, scope, lambda stage: stage.extensions)


def to_coordinate(judgement: Judgement) -> Iterator[tuple[JudgedItem, Entry]]:
    """Yield every problem that waits for somebody above its unit (需协调), oldest first."""
    return _oldest_first(judgement, lambda state: state.to_coordinate)


def coordinated(item: JudgedItem, scope: Scope) -> tuple[Entry, ...]:
    """Return the reports whose problem a 协调结果 solves: all that wait, or those of the unit.

    Raises ``GaigaiError`` where there is none.
    """
    return _some(item.state, item.state.to_coordinate, scope.unit, "需协调的问题")


def to_explain(judgement: Judgement) -> Iterator[tuple[JudgedItem, Entry, tuple[str, ...]]]:
    """Yield every 抽查核验 that units have to explain, with those, oldest first."""
    found = ((item, *refuted) for item in judgement.items for refuted in item.state.refuted)
    return iter(sorted(found, key=lambda one: one[1].order))


def last_reports(item: JudgedItem, scope: Scope = _ALL) -> tuple[Entry, ...]:
    """Return what an 抽查核验 is held against: each lead's latest words by the day, else anybody's."""
    state, day = item.state, scope.day
    latest: dict[str, Entry] = {}
    for entry in state.entries:
        if entry.record.kind in REPORTING and (day is None or entry.counts <= day):
            latest[entry.unit] = entry
    leads = tuple(latest[unit] for unit in state.units.lead if unit in latest)
    return leads or tuple(latest.values())[-1:]


def to_file(judgement: Judgement) -> Iterator[tuple[JudgedItem, Entry]]:
    """Yield every plan of milestones that the office has yet to file (备案), oldest first."""
    return _oldest_first(judgement, lambda state: state.plans)


def filed(item: JudgedItem, scope: Scope) -> tuple[Entry, ...]:
    """Return the plans of milestones that a 节点备案 answers: all that wait, or those of the unit.

    Raises ``GaigaiError`` where there is none.
    """
    return _some(item.state, item.state.plans, scope.unit, "待备案的节点")


def taken_back(item: JudgedItem, unit: str, kind: KindName) -> tuple[Entry, ...]:
    """Return a unit's own live applications of a kind, for it to take back.

    Raises ``GaigaiError`` where there is none.
    """
    state = item.state
    live = state.applications if kind == CLOSE_OUT else state.extensions
    return _some(state, live, unit, f"可以撤回的{kind}")


def demand_time_limit(item: JudgedItem, kind: KindName) -> None:
    """Raise ``GaigaiError`` where there is no time limit that could be closed or moved."""
    office, deadline, extending = item.ledger.office, item.state.listed.deadline, kind == EXTENSION
    assessed = f"期满后由{office}作期满评估（gaigai assess）"
    if isinstance(deadline, Assessed):
        ongoing = isinstance(deadline, Ongoing)
        why = "持续推动事项，无具体时限" if ongoing else "定期开展事项，逐期报进展"
        what = "不适用延期" if extending else "不申请销号"
        raise GaigaiError(f"该项为{why}，{what}", assessed)
    if not item.state.stages:
        raise GaigaiError(f"{item.id}还没有确定时限，不能{kind}", set_deadline(office))


def _oldest_first(
    judgement: Judgement, waiting: Callable[[ItemState], tuple[Entry, ...]]
) -> Iterator[tuple[JudgedItem, Entry]]:
    found = [(item, entry) for item in judgement.items for entry in waiting(item.state)]
    return iter(sorted(found, key=lambda pair: pair[1].order))


def _stages(state: ItemState, stage: str | None = None) -> tuple[StageState, ...]:
    if is_closed(state.status):
        return ()
    return tuple(s for s in state.stages if stage is None or s.id == stage)


def _first(
    item: JudgedItem, scope: Scope, waiting: Callable[[StageState], tuple[Entry, ...]]
) -> tuple[Entry, ...]:
    """Return what waits of the first stage of which anything does."""
    found = (_of(scope.unit, waiting(stage)) for stage in _stages(item.state, scope.stage))
    return next(filter(None, found), ())


def _of(unit: str | None, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if unit is None or entry.unit == unit)


def _some(
    state: ItemState, entries: tuple[Entry, ...], unit: str | None, what: str
) -> tuple[Entry, ...]:
    found = _of(unit, entries)
    if not found:
        raise _nothing(state, f"{unit or ''}{what}")
    return found


def _nothing(state: ItemState, what: str) -> GaigaiError:
    return GaigaiError(
        f"{state.id}没有{what}（此时为“{state.status}”）",
        f"运行 gaigai show {state.id} 查看记录经过",
    )
