"""The figures of a bulletin by name, in the order in which tables and overviews state them."""

from collections.abc import Iterator

from gaigai_cli.report.document import Totals

RATE = "按期办结率"


def figure_rows(totals: Totals) -> Iterator[tuple[str, tuple[tuple[str, int | str], ...]]]:
    """Groups of names and numbers; the one figure that is a rate comes in words, ``—`` where none is stated."""
    withdrawn = (("已核减", totals.withdrawn),) if totals.withdrawn else ()
    yield (
        "清单",
        (
            ("主要任务", totals.tasks),
            ("具体工作", totals.items),
            *((name.removesuffix("的"), count) for name, count in totals.kinds),
            *withdrawn,
        ),
    )
    yield "状态", totals.statuses
    yield "亮灯", totals.lights
    yield (
        "办结",
        (
            ("应办结", totals.due),
            ("按期办结", totals.on_time),
            (RATE, totals.on_time_rate or "—"),
        ),
    )
    if totals.indicators:
        yield "指标", totals.indicators
