"""What is overdue, on the screen: 逾期未办结, 期内任务未完成 and 未按期报送, told apart."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.lights import missed_turns_words
from gaigai_cli.judge.owed_reports import missing_words
from gaigai_cli.query.choose import ItemRow, ends_today
from gaigai_cli.query.reasons import reason_of, told_reason
from gaigai_cli.render.columns import COLUMNS
from gaigai_cli.render.console.list import (
    BRIEF,
    ID,
    LEAD,
    NamedRow,
    Share,
    headed,
    listed,
    year_is_over,
)
from gaigai_cli.render.grid import Head, head_row
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    WARNING,
    WRONG,
    Page,
    Part,
    StyledText,
    cells,
    page,
    paragraph,
)
from gaigai_cli.render.short import item_cells
from gaigai_cli.report.wording import leads_of_late, led_then
from gaigai_cli.words.say import day_words

UNFINISHED, TURNS, UNREPORTED = "逾期未办结", "期内任务未完成", "未按期报送"


class LateItems(NamedTuple):
    """What is late in a list, as cells; ``reporting`` says whether it has a cycle of reports.

    ``today``: the ids of what is late when the day has ended. ``over`` says that the list's year is over; empty where
    it isn't.
    """

    unfinished: tuple[tuple[StyledText, ...], ...]
    turns: tuple[tuple[StyledText, ...], ...]
    silent: tuple[tuple[StyledText, ...], ...]
    reporting: bool
    today: tuple[str, ...]
    over: str


_UNFINISHED: Final = tuple(
    COLUMNS[key] for key in ("id", "brief", "lead", "deadline", "days_left", "status")
)
_UNFINISHED_HEADS: Final = (*(column.head for column in _UNFINISHED), Head("所报原因", "text"))
TURNS_HEADS: Final = (ID, BRIEF, LEAD, Head("未完成", "text"))
OWING_HEADS: Final = (ID, BRIEF, Head("未报单位", "names"), Head("未报期次", "text"))
_SILENT_HEADS: Final = head_row(*OWING_HEADS, "最早应报", Head("已过", right=True))


def late_of(
    judgement: Judgement,
    unfinished: Sequence[ItemRow],
    turns: Sequence[ItemRow],
    silent: Sequence[ItemRow],
) -> LateItems:
    """Return what the page of ``overdue`` shows of a list."""
    reporting = judgement.ledger.rules.reporting is not None
    reasons = [reason_of(judgement, row.item) for row in unfinished]
    return LateItems(
        tuple(
            (*_unfinished_cells(row), StyledText(told_reason(row.item, reason) if reason else ""))
            for row, reason in zip(unfinished, reasons, strict=True)
        ),
        tuple(turns_row(row.item) for row in turns),
        tuple(_silent_row(judgement, row.item) for row in silent),
        reporting,
        tuple(item.id for item in ends_today(judgement)),
        year_is_over(judgement),
    )


def late(shares: Sequence[Share[LateItems]], *, title: str) -> Page:
    """Return the page of ``overdue``: three tables, or that there is nothing."""
    unfinished = [(one.name, row) for one in shares for row in one.content.unfinished]
    turns = [(one.name, row) for one in shares for row in one.content.turns]
    silent = [(one.name, row) for one in shares for row in one.content.silent]
    over = [one.named(one.content.over) for one in shares if one.content.over]
    heads: Sequence[Head] = _UNFINISHED_HEADS
    if not any(row[-1].text for _, row in unfinished):
        heads = heads[:-1]
    return page(
        headed(shares, title),
        _table(UNFINISHED, heads, unfinished),
        _table(TURNS, TURNS_HEADS, turns) if turns else (),
        _table(UNREPORTED, _SILENT_HEADS, silent),
        paragraph(_sum(shares, len(unfinished), len(turns), len(silent))),
        map(paragraph, over),
    )


def _table(
    title: str,
    heads: Sequence[Head],
    rows: Sequence[NamedRow],
) -> Iterator[Part]:
    yield (StyledText(title, STRONG), StyledText(f"  {len(rows)}项", WRONG if rows else FAINT))
    if rows:
        yield listed(heads, [(name, row[: len(heads)]) for name, row in rows])


def _unfinished_cells(row: ItemRow) -> Iterator[StyledText]:
    """Yield the cells of a row.

    Beside its leads stands who led it when it was due, where a reform of bodies came since.
    """
    for column in _UNFINISHED:
        cell = column.cell(row)
        if column is COLUMNS["lead"]:
            was = led_then(row.item, row.item.state.missed_on)
            cell = cell._replace(text=f"{leads_of_late(row.item)}{f'（{was}）' if was else ''}")
        yield cell


def turns_row(item: JudgedItem) -> tuple[StyledText, ...]:
    """Return the cells of an item whose turns were missed."""
    year = item.ledger.tasks.notice.year
    return cells(
        *item_cells(item),
        "、".join(item.state.units.lead),
        StyledText(missed_turns_words(item.state, year), WARNING),
    )


def _silent_row(judgement: Judgement, item: JudgedItem) -> tuple[StyledText, ...]:
    first = item.missed[0].due
    return cells(
        *item_cells(item),
        *missing_words(item.missed, item.ledger),
        day_words(first, item.ledger.tasks.notice.year),
        StyledText(f"{(judgement.day - first).days}天", WARNING),
    )


def _sum(shares: Sequence[Share[LateItems]], unfinished: int, turns: int, silent: int) -> str:
    without = [one for one in shares if not one.content.reporting]
    unset = "未设报送周期（rules.yaml 的 reporting），不统计未按期报送"
    if len(without) == len(shares):
        cycle = unset
    else:
        cycle = f"未按期报送{silent}项" if silent else "没有未按期报送的事项"
        if without:
            cycle += f"；{'、'.join(one.name for one in without)}{unset}"
    done = f"逾期未办结{unfinished}项" if unfinished else "没有逾期未办结的事项"
    missed = f"；期内任务未完成{turns}项" if turns else ""
    due = [f"{one.name}{'、'.join(one.content.today)}" for one in shares if one.content.today]
    running = f"{'、'.join(due)}今日到期，24时后计为逾期。" if due else ""
    return f"{done}{missed}；{cycle}。{running}"
