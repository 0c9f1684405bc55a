"""Indicators against their targets: what the records of an item add up to as of a day."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from gaigai_cli.model.indicators import Indicator, MetricEntry
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.tasks import ListedItem

Verdict = Literal[
    "达标", "未达标", "尚未达到", "未报数据", "待认定", "口径待明确", "未设基期，不判定"
]
"""A target's result; 尚未达到 is a figure that has until the deadline to reach its target, and hasn't yet."""


class Figure(NamedTuple):
    """An indicator as of a day.

    ``value`` is the whole list's figure (None where nothing was reported), ``by_unit`` what each unit makes of it,
    ``months`` the figure of each month where it is judged by month, ``things`` what was counted.
    """

    indicator: Indicator
    value: Decimal | None
    by_unit: tuple[tuple[str, Decimal], ...]
    months: tuple[tuple[str, Decimal], ...]
    things: tuple[MetricEntry, ...]
    verdict: Verdict


class _Report(NamedTuple):
    unit: str
    month: str
    value: Decimal | tuple[MetricEntry, ...]


def figures(
    listed: ListedItem,
    entries: Iterable[Entry],
    ledger: Ledger,
    *,
    owing: tuple[str, ...],
    time_left: bool | None,
) -> tuple[Figure, ...]:
    """Return every indicator of an item, in the list's order; ``entries`` are the item's records up to the day.

    ``owing`` are the item's units, who each owe what is asked ``per: unit``; ``time_left`` is that of its state.
    """
    if not listed.item.indicators:
        return ()
    kept = [e for e in entries if e.record.metrics]

    def now(unit: str) -> str:
        return ledger.units.canonical(unit, listed.id)

    owing = tuple(dict.fromkeys(map(now, owing)))
    return tuple(
        _figure(indicator, _reports(indicator, kept, now), owing, time_left)
        for indicator in listed.item.indicators
    )


def missed_targets(found: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return the figures that fall short and can't be made good in time any more."""
    return tuple(figure for figure in found if figure.verdict == "未达标")


def misses(figure: Figure) -> bool:
    """Return whether this indicator speaks against a close-out: it is below its target, or nothing was counted."""
    counted = figure.indicator.measure != "latest" and figure.indicator.target.at_least is not None
    return figure.verdict in ("未达标", "尚未达到") or (figure.verdict == "未报数据" and counted)


def _reports(
    indicator: Indicator, entries: list[Entry], now: Callable[[str], str]
) -> list[_Report]:
    """Return what was said of an indicator, by units as they are called ``now``."""
    provider = now(indicator.provider) if indicator.provider else None
    found = []
    for entry in entries:
        value = (entry.record.metrics or {}).get(indicator.id)
        month = entry.record.month
        if value is None or (provider and now(entry.unit) != provider):
            continue
        if isinstance(value, dict):
            found += [_Report(now(u), month, v) for u, v in value.items()]
        else:
            found.append(_Report(now(entry.unit), month, value))
    return found


def _figure(
    indicator: Indicator,
    reports: list[_Report],
    owing: tuple[str, ...],
    time_left: bool | None,
) -> Figure:
    """Return an indicator with its value; of one judged by month the latest month with a report counts."""
    things = _things(reports)
    months = _months(indicator, reports) if indicator.cycle == "month" else ()
    if months:
        reports = [r for r in reports if r.month == months[-1][0]]
    by_unit = _by_unit(indicator, reports)
    value = _value(indicator, by_unit, _things(reports))
    verdict = _verdict(indicator, value, dict(by_unit), owing, time_left)
    return Figure(indicator, value, by_unit, months, things, verdict)


def _things(reports: Iterable[_Report]) -> tuple[MetricEntry, ...]:
    """Return what was counted, each reference once, as first entered."""
    seen: dict[str, MetricEntry] = {}
    for report in reports:
        if isinstance(report.value, tuple):
            for thing in report.value:
                seen.setdefault(thing.reference, thing)
    return tuple(seen.values())


def _by_unit(indicator: Indicator, reports: list[_Report]) -> tuple[tuple[str, Decimal], ...]:
    units = dict.fromkeys(r.unit for r in reports)
    result = []
    for unit in units:
        own = [r for r in reports if r.unit == unit]
        numbers = [r.value for r in own if isinstance(r.value, Decimal)]
        if indicator.measure == "entries":
            result.append((unit, Decimal(len(_things(own)))))
        elif numbers:
            total = indicator.measure == "sum"
            result.append((unit, sum(numbers, Decimal(0)) if total else numbers[-1]))
    return tuple(result)


def _months(indicator: Indicator, reports: list[_Report]) -> tuple[tuple[str, Decimal], ...]:
    found = []
    for month in sorted({r.month for r in reports}):
        own = [r for r in reports if r.month == month]
        value = _value(indicator, _by_unit(indicator, own), _things(own))
        if value is not None:
            found.append((month, value))
    return tuple(found)


def _value(
    indicator: Indicator, by_unit: tuple[tuple[str, Decimal], ...], things: tuple[MetricEntry, ...]
) -> Decimal | None:
    """Return the list's value: counts and sums of all units added up, else the value farthest from the target."""
    values = [value for _, value in by_unit]
    if not values:
        return None
    if indicator.measure == "entries":
        return Decimal(len(things))
    if indicator.measure == "sum":
        return sum(values, Decimal(0))
    target = indicator.target
    if target.equal is not None:
        aim = target.equal
        return max(values, key=lambda value: abs(value - aim))
    return max(values) if target.at_most is not None or target.trend == "down" else min(values)


def _verdict(
    indicator: Indicator,
    value: Decimal | None,
    by_unit: dict[str, Decimal],
    owing: tuple[str, ...],
    time_left: bool | None,
) -> Verdict:
    """Return the verdict; where it isn't decided who owes the figure, only one that holds either way."""
    target = indicator.target
    if target.undecided is not None:
        return "口径待明确"
    if target.text is not None:
        return "待认定"
    if target.trend is not None and indicator.baseline is None:
        return "未设基期，不判定"
    if value is None:
        return "未报数据"
    short = [v for v in _shares(indicator, by_unit, owing) if not _meets(indicator, v)]
    if indicator.per == "undecided" and _meets(indicator, value) == bool(short):
        return "口径待明确"
    missed = short if indicator.per == "unit" else [] if _meets(indicator, value) else [value]
    if not missed:
        return "达标"
    may_come = all(_may_come(indicator, v, time_left) for v in missed)
    return "尚未达到" if may_come else "未达标"


def _may_come(indicator: Indicator, value: Decimal, time_left: bool | None) -> bool:
    """Return whether a target that is missed can still be reached by the item's last day.

    What adds up may grow till then, and is too much for good; a rate or a time may become better. Of what goes on
    without a last day that has to hold all the time, and a month's figure in its month.
    """
    target = indicator.target
    if time_left is False or (target.equal is not None and value > target.equal):
        return False
    if indicator.adds_up:
        return target.at_most is None and target.trend != "down"
    return bool(time_left) and indicator.cycle is None


def _shares(
    indicator: Indicator, by_unit: dict[str, Decimal], owing: tuple[str, ...]
) -> Iterator[Decimal]:
    """Yield the value of each unit, 0 of a count that it never reported."""
    yield from by_unit.values()
    if indicator.measure != "latest":
        yield from (Decimal(0) for unit in owing if unit not in by_unit)


def _meets(indicator: Indicator, value: Decimal) -> bool:
    target, baseline = indicator.target, indicator.baseline
    if target.at_least is not None:
        return value >= target.at_least
    if target.at_most is not None:
        return value <= target.at_most
    if target.equal is not None:
        return value == target.equal
    if baseline is None:
        return False
    return value > baseline.value if target.trend == "up" else value < baseline.value
