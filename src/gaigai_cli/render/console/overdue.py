"""What is overdue, on the screen: 逾期未办结 and 未按期报送, told apart."""

from collections.abc import Iterator, Sequence

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.query.choose import ItemRow, late_reason
from gaigai_cli.render.columns import COLUMNS
from gaigai_cli.render.console.list import head
from gaigai_cli.render.grid import Head, grid
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    WARNING,
    WRONG,
    Page,
    Part,
    StyledText,
    page,
    paragraph,
)
from gaigai_cli.render.short import brief, owed_period
from gaigai_cli.words.say import day_words

UNFINISHED, UNREPORTED = "逾期未办结", "未按期报送"


def late(
    judgement: Judgement,
    unfinished: Sequence[ItemRow],
    silent: Sequence[ItemRow],
    *,
    title: str,
    width: int,
) -> Page:
    """The page of ``overdue``: two tables, or that there is nothing."""
    return page(
        head(judgement, title, width),
        _headed(UNFINISHED, unfinished, _unfinished(unfinished, width)),
        _headed(UNREPORTED, silent, _silent(judgement, silent, width)),
        paragraph(_sum(judgement, unfinished, silent), width),
    )


def _headed(title: str, rows: Sequence[ItemRow], table: Iterator[Part]) -> Iterator[Part]:
    yield (StyledText(title, STRONG), StyledText(f"  {len(rows)}项", WRONG if rows else FAINT))
    if rows:
        yield from table


def _unfinished(rows: Sequence[ItemRow], width: int) -> Iterator[Part]:
    columns = [COLUMNS[key] for key in ("id", "brief", "lead", "deadline", "days_left", "status")]
    heads = [column.head for column in columns]
    cells = [[column.cell(row) for column in columns] for row in rows]
    reasons = [late_reason(row.item) or "" for row in rows]
    if any(reasons):
        heads.append(Head("逾期原因", "text"))
        for line, reason in zip(cells, reasons, strict=True):
            line.append(StyledText(reason))
    return grid(heads, cells, width)


def _silent(judgement: Judgement, rows: Sequence[ItemRow], width: int) -> Iterator[Part]:
    heads = [
        Head("编号"),
        Head("事项", "text"),
        Head("未报单位", "names"),
        Head("未报期次", "text"),
        Head("最早应报"),
        Head("已过", right=True),
    ]
    cells = [_silent_row(judgement, row.item) for row in rows]
    return grid(heads, cells, width)


def _silent_row(judgement: Judgement, item: JudgedItem) -> list[StyledText]:
    first = item.missed[0].due
    return [
        StyledText(item.id, STRONG),
        StyledText(brief(item)),
        StyledText("、".join(dict.fromkeys(unit for m in item.missed for unit in m.units))),
        StyledText("、".join(owed_period(m.month, item.ledger) for m in item.missed)),
        StyledText(day_words(first, item.ledger.tasks.notice.year)),
        StyledText(f"{(judgement.day - first).days}天", WARNING),
    ]


def _sum(judgement: Judgement, unfinished: Sequence[ItemRow], silent: Sequence[ItemRow]) -> str:
    if judgement.ledger.rules.reporting is None:
        cycle = "未设报送周期（rules.yaml 的 reporting），不统计未按期报送"
    else:
        cycle = f"未按期报送{len(silent)}项" if silent else "没有未按期报送的事项"
    done = f"逾期未办结{len(unfinished)}项" if unfinished else "没有逾期未办结的事项"
    return f"{done}；{cycle}。"
