"""Lights (红黄蓝绿) with their reasons in words. The rules and their order are the command line's contract."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from gaigai_cli.judge.figures import Figure, missed_targets
from gaigai_cli.judge.owed_reports import by_units, is_reported, unreported_words
from gaigai_cli.judge.state import NO_LIGHT, ItemState, LightName, MilestoneState, MissedPeriod
from gaigai_cli.model.deadline import Fixed, Recurring
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.statuses import is_closed, is_counted, is_pending, is_unheard
from gaigai_cli.model.workdays import workdays_between
from gaigai_cli.words.say import day_words, turns_words, waited_words

_ROUNDED: Final = 1e-9
"""What a whole percent may lack by being worked out in fractions."""
_CYCLE_DAYS = {"week": 7, "month": 30, "quarter": 90, "half-year": 180, "year": 365}


class Light(NamedTuple):
    """A light, or None for none, and why; each reason is a Chinese clause without a full stop."""

    name: LightName | None
    reasons: tuple[str, ...]

    @property
    def shown(self) -> str:
        """Its name, as tables have it."""
        return self.name or NO_LIGHT


LEGEND: Final = (
    "红：已过时限未办结；黄：临近时限、进度滞后、指标未达、期内任务未完成、未按期报送或长期未更新；"
    "蓝：即将到期；绿：正常推进；—：尚未报过进展或不亮灯。"
)
"""What the lights mean, the same sentence in every paper and on every screen."""


def light_of(
    state: ItemState,
    missed: tuple[MissedPeriod, ...],
    figures: tuple[Figure, ...],
    ledger: Ledger,
) -> Light:
    """Return the light of an item as of its day; the first rule that matches gives it."""
    year = ledger.tasks.notice.year
    if is_closed(state.status):
        return Light(None, (_closed_words(state, year),))
    if state.suspended:
        return Light(None, (f"条件尚不具备（{state.suspended.record.basis}），暂缓实施",))
    if state.overdue:
        stage = state.overdue_stages[0]
        name = f"“{stage.text}”" if stage.id else ""
        due, days = day_words(stage.due, year), state.days_overdue
        late = f"{name}已过时限{due}，逾期{days}天" if days else f"{name}{due}到期未办结"
        done = "、".join(entry.unit for entry in stage.applications)
        return Light("红", (f"{late}，{done}已申请销号" if done else late,))
    if is_pending(state.status):
        return Light("绿", (_waiting_words(state, ledger),))
    warnings = tuple(_warnings(state, missed, figures, ledger))
    if warnings:
        return Light("黄", warnings)
    blue = ledger.rules.warn.blue
    left = state.days_left
    if left is not None and left <= blue and _window_applies(state, blue):
        return Light("蓝", (_left_words(state, left, year),))
    if state.reports or not is_unheard(state.status):
        return Light("绿", ("正常推进",))
    return Light(None, ("尚未报过进展",))


def _warnings(
    state: ItemState,
    missed: tuple[MissedPeriod, ...],
    figures: tuple[Figure, ...],
    ledger: Ledger,
) -> list[str]:
    warn, year = ledger.rules.warn, ledger.tasks.notice.year
    words = []
    left = state.days_left
    if left is not None and left <= warn.yellow and _window_applies(state, warn.yellow):
        words.append(_left_words(state, left, year))
    words += slow_reasons(state, ledger, in_points)
    words += [f"指标“{figure.indicator.name}”未达标" for figure in missed_targets(figures)]
    for units, names in by_units(missed).items():
        whose = "" if units == state.units.lead else f"：{'、'.join(units)}"
        words.append(f"{unreported_words(names, ledger)}{whose}")
    if state.missed_turns:
        words.append(f"{missed_turns_words(state, year)}任务未完成")
    words += [slipped_words(step, year) for step in state.missed_milestones]
    if is_idle(state, ledger):
        words.append(f"长期未更新：{idle_words(state, ledger)}")
    return words


def in_points(state: ItemState, points: int, percent: int | None) -> str:
    """Return how far an item is and by how many points behind."""
    return f"{'' if percent is None else f'进度{percent}%，'}落后序时进度{points}个百分点"


def slow_reasons(
    state: ItemState, ledger: Ledger, words: Callable[[ItemState, int, int | None], str]
) -> list[str]:
    """Return that an item is behind, by each of several leads that don't say the same, in such ``words``."""
    behind, slow = points_too_far_behind(state, ledger), slow_leads(state, ledger)
    if behind is not None and not slow:
        return [words(state, behind, state.percent)]
    return [f"{unit}{words(state, one, state.percent_of(unit))}" for unit, one in slow.items()]


def slipped_words(step: MilestoneState, year: int) -> str:
    """Return that a step should be done by now: 节点“方案”3月31日应完成，尚未完成."""
    return f"节点“{step.name}”{day_words(step.due, year)}应完成，尚未完成"


def missed_turns_words(state: ItemState, year: int) -> str:
    """Return the turns that are over and unmet: 第一季度、第二季度."""
    return turns_words(state.listed.deadline, (turn.due for turn in state.missed_turns), year)


def _window_applies(state: ItemState, days: int) -> bool:
    """Return whether a light's window applies; one as long as the cycle of a recurring item would always be open."""
    deadline = state.listed.deadline
    return not isinstance(deadline, Recurring) or days < _CYCLE_DAYS[deadline.every]


def elapsed_course(state: ItemState, ledger: Ledger) -> list[tuple[date, float]] | None:
    """Return the days between which 序时进度 runs straight, each with its percent; None for items without a deadline.

    It runs from the notice's day (or ``from``) to the deadline in force. While the item is suspended nothing more is
    expected of it; what is left then is expected in the time that is left.
    """
    deadline, due = state.listed.deadline, state.last_due
    if due is None:
        return None
    first = (deadline.from_ if isinstance(deadline, Fixed) else None) or ledger.tasks.notice.issued
    course, reached = [(first, 0.0)], 0.0
    for begun, ended in state.suspensions:
        last = course[-1][0]
        start, end = max(begun, last), ended or due
        if start < min(end, due):
            reached += (100 - reached) * (start - last).days / (due - last).days
            course += [(start, reached), (end, reached)]
            if ended is None:
                return course
    return [*course, (max(due, course[-1][0]), 100.0)]


def elapsed_percent(state: ItemState, ledger: Ledger) -> int | None:
    """Return 序时进度: elapsed time in percent; None for items without a deadline.

    Where milestones carry the percent it is what those that are due plan for.
    """
    course = elapsed_course(state, ledger)
    if course is None:
        return None
    if state.by_milestones:
        planned = (step.percent or 0 for step in state.milestones if step.due < state.running)
        return max(planned, default=0)
    passed = [(day, percent) for day, percent in course if day <= state.day]
    if not passed:
        return 0
    (start, reached), coming = passed[-1], course[len(passed) :]
    if coming:
        end, then = coming[0]
        reached += (then - reached) * (state.day - start).days / (end - start).days
    return int(reached + _ROUNDED)


def points_too_far_behind(state: ItemState, ledger: Ledger, unit: str | None = None) -> int | None:
    """Return by how many points progress lies below elapsed time, where these are more than the rules let pass.

    Else it is None, as where progress isn't known. ``unit``: by what this lead says of it.
    """
    percent = state.percent if unit is None else state.percent_of(unit)
    if percent is None or not state.owing:
        return None
    elapsed = elapsed_percent(state, ledger)
    too_far = elapsed is not None and elapsed - percent > ledger.rules.warn.behind
    return elapsed - percent if elapsed is not None and too_far else None


def lead_behind(state: ItemState, ledger: Ledger, unit: str) -> int | None:
    """Return how many points a lead of an item that lags does so itself, by what it says; None where it doesn't."""
    if points_too_far_behind(state, ledger) is None:
        return None
    return points_too_far_behind(state, ledger, unit)


def slow_leads(state: ItemState, ledger: Ledger) -> dict[str, int]:
    """Return the leads that lag, each with its own points, where joint ones don't say the same; else nothing."""
    if state.by_milestones or len(set(state.percents.values())) < 2:
        return {}
    points = ((unit, lead_behind(state, ledger, unit)) for unit in state.units.lead)
    return {unit: own for unit, own in points if own is not None}


def percent_jumps(entries: Iterable[Entry], ledger: Ledger) -> Iterator[tuple[Entry, int]]:
    """Yield an item's records by which a unit's percent falls or rises by the points of the rules, and what it was.

    What stages or an indicator's number carry rises in lumps: only an estimate jumps.
    """
    last: dict[str, int] = {}
    for entry in entries:
        percent, was = entry.record.percent, last.get(entry.unit)
        if percent is None:
            continue
        listed = ledger.tasks.by_id.get(entry.record.item or "")
        estimated = listed is not None and not listed.counted
        jumps = estimated and was is not None and percent - was >= ledger.rules.warn.jump
        if was is not None and (percent < was or jumps):
            yield entry, was
        last[entry.unit] = percent


def _idle_days(state: ItemState, ledger: Ledger) -> int:
    """Return calendar days without a report of progress, of those on which somebody owed one."""
    known = (state.last_report, state.owing_since, ledger.tasks.notice.issued)
    return (state.day - max(filter(None, known))).days


def idle_words(state: ItemState, ledger: Ledger) -> str:
    """Return 已72天未更新进展, or of an item that was never reported of 自清单印发以来已72天未报送进展."""
    days = _idle_days(state, ledger)
    if state.last_report:
        return f"已{days}天未更新进展"
    return f"{'' if state.owing_since else '自清单印发以来'}已{days}天未报送进展"


def is_idle(state: ItemState, ledger: Ledger) -> bool:
    """Return whether it is 长期未更新: open, not suspended, and not reported of for the days that the rules set."""
    reported = state.owing and is_reported(state, state.day.isoformat())
    return reported and _idle_days(state, ledger) >= ledger.rules.warn.idle


def waiting_since(state: ItemState) -> date:
    """Return the day of the last application, of an item that waits for the office."""
    assert state.current is not None
    return state.current.applied


def waiting_workdays(since: date, state: ItemState, ledger: Ledger) -> int | None:
    """Return the working days from an application to the state's day; None if the calendar lacks a year."""
    return workdays_between(since, state.day, ledger.rules.calendar)


def _waiting_words(state: ItemState, ledger: Ledger) -> str:
    since = waiting_since(state)
    days = waiting_workdays(since, state, ledger)
    if days is None:
        return f"待{ledger.office}核验（{state.day.year}年工作日历未知，不计工作日）"
    if since == state.day:
        return f"待{ledger.office}核验，{'当' if state.ended else '今'}日报送"
    warn = ledger.rules.warn
    over = days - warn.verify_within
    late = f"，超过核验时限{over}个工作日" if warn.is_overlong(days) else ""
    return f"待{ledger.office}核验，已等{waited_words(since, state.day, days)}{late}"


def _left_words(state: ItemState, left: int, year: int) -> str:
    if left == 0 or state.due is None:
        return "今日到期"
    return f"距时限{day_words(state.due, year)}还有{left}天"


def _closed_words(state: ItemState, year: int) -> str:
    if state.withdrawal:
        return f"已调出清单（{state.withdrawal.record.basis}）"
    removed = state.listed.item.removed
    if removed and not is_counted(state.status):
        return f"已调出清单（{removed.basis}）"
    if state.assessment:
        return f"期满评估：{state.assessment.record.result}"
    closed = f"，{day_words(state.closed, year)}销号" if state.closed else ""
    return f"{'逾期' if state.late else '按期'}办结{closed}"
