"""Why an item is late, behind or short, in its leads' own words."""

from datetime import date
from typing import Final, Literal, NamedTuple

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.state import ItemState
from gaigai_cli.model.kinds import EXTENSION, KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.statuses import is_open

Fate = Literal["同意延期", "不同意延期", "待研究"]
"""How the extension that was asked for was decided."""
_REOPENED: Final[KindName] = "撤销销号"


class Reason(NamedTuple):
    """A unit's words and the day on which it gave them.

    ``asked`` is the day until which an extension was asked for with them, None where they are no such reason; ``fate``
    says what became of that and ``ruling`` is the record that decided it, None while it waits or was settled otherwise.
    """

    entry: Entry
    words: str
    asked: date | None = None
    fate: Fate | None = None
    ruling: Entry | None = None


def told_reason(item: JudgedItem, reason: Reason) -> str:
    """Return the words, with whose they are where that isn't the item's only lead."""
    if reason.entry.record.kind == _REOPENED:
        return f"{_REOPENED}：{reason.words}"
    unit = reason.entry.unit
    return reason.words if item.state.units.lead == (unit,) else f"{unit}：{reason.words}"


def reason_of(judgement: Judgement, item: JudgedItem) -> Reason | None:
    """Return the first there is: 逾期原因, an extension's reason, the latest 存在问题 or 回执; None without any.

    Where who leads it now has given none, what those said who led it before them stands, else why the office has
    reopened it. What was given before that, or before a missing condition was met, went with it; a problem stands as
    long as its unit still tells of one, and one that was told of what was late already for that.
    """
    state = item.state
    met = max((ended for _, ended in state.suspensions if ended), default=date.min)
    reopened = _reopened(state)
    since = state.entries[state.entries.index(reopened) :] if reopened else state.entries
    met = max(met, reopened.record.date) if reopened else met
    said = [e for e in reversed(since) if e.record.date >= met]
    own = [e for e in said if e.unit in state.units.lead]
    once = {unit for change in state.changes for unit in change.lead}
    former = [e for e in said if e.unit in once]
    receipt = _receipt(judgement, item, met)
    found = _first(item, own, receipt) or _first(item, former, receipt)
    return found or (Reason(reopened, reopened.record.reason or "") if reopened else None)


def _reopened(state: ItemState) -> Entry | None:
    """Return the last 撤销销号 of a stage that is open: of those that are late where any is; None without one."""
    stages = state.overdue_stages or tuple(s for s in state.stages if is_open(s.status))
    names = {stage.id for stage in stages}
    return next(
        (
            e
            for e in reversed(state.entries)
            if e.record.kind == _REOPENED and e.record.stage in names
        ),
        None,
    )


def _first(item: JudgedItem, said: list[Entry], receipt: Reason | None) -> Reason | None:
    for entry in said:
        if entry.record.late_reason:
            return Reason(entry, entry.record.late_reason)
    for entry in said:
        asked = entry.record.kind == EXTENSION and entry.record.reason
        if asked and item.state.answer_to(entry, "撤回申请") is None:
            reason = _asked(item, entry)
            if not _of_another_stage(item.state, reason):
                return reason
    told = filter(None, (_trouble(item, said), receipt))
    return max(told, key=lambda reason: reason.entry.order, default=None)


def _of_another_stage(state: ItemState, reason: Reason) -> bool:
    """Return whether an extension was asked for, or granted, of a stage that isn't late where another one is."""
    late, ruling = state.overdue_stages, reason.ruling
    return bool(late) and any(
        reason.entry in stage.extensions
        or (ruling is not None and any(g.record == ruling.record.id for g in stage.granted))
        for stage in state.stages
        if stage not in late
    )


def _asked(item: JudgedItem, entry: Entry) -> Reason:
    ruling = item.state.answer_to(entry, "批准延期", "不予延期")
    fate: Fate | None = "待研究" if entry in item.state.extensions else None
    if ruling is not None:
        fate = "同意延期" if ruling.record.kind == "批准延期" else "不同意延期"
    return Reason(entry, entry.record.reason or "", entry.record.due, fate, ruling)


def _trouble(item: JudgedItem, said: list[Entry]) -> Reason | None:
    """Return the latest 存在问题 that stands, or was told of what was late already; None without any."""
    state = item.state
    since = [stage.due for stage in state.overdue_stages]
    since += [turn.due for turn in state.missed_turns]
    told = (
        Reason(e, e.record.problems)
        for e in said
        if e.record.problems and (e in state.troubles or (since and e.record.date > min(since)))
    )
    return next(told, None)


def _receipt(judgement: Judgement, item: JudgedItem, since: date) -> Reason | None:
    """Return a lead's latest receipt since a day for a paper about the item; None without any."""
    about = {e.record.id for e in judgement.general if item.id in (e.record.items or ())}
    given = (
        Reason(e, e.record.summary)
        for e in reversed(judgement.general)
        if e.record.kind == "督办回执"
        and e.record.summary
        and e.record.date >= since
        and e.unit in item.state.units.lead
        and not about.isdisjoint(e.record.references)
    )
    return next(given, None)
