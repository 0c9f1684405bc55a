"""What is overdue, on the screen: 逾期未办结 and 未按期报送, told apart."""

from collections.abc import Iterator, Sequence

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.state import MissedPeriod
from gaigai_cli.query import Row, late_reason
from gaigai_cli.render.columns import COLUMNS
from gaigai_cli.render.grid import Head, grid
from gaigai_cli.render.lines import FAINT, STRONG, WARNING, WRONG, Line, Page, Span, page, paragraph
from gaigai_cli.render.listing import head
from gaigai_cli.render.words import brief, period_words
from gaigai_cli.report.wording import day_words

UNFINISHED, UNREPORTED = "逾期未办结", "未按期报送"
_COMMON = ("id", "brief", "lead", "deadline")


def late(
    judgement: Judgement,
    unfinished: Sequence[JudgedItem],
    silent: Sequence[JudgedItem],
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


def _headed(title: str, items: Sequence[JudgedItem], table: Iterator[Line]) -> Iterator[Line]:
    yield (Span(title, STRONG), Span(f"  {len(items)}项", WRONG if items else FAINT))
    if items:
        yield from table


def _unfinished(items: Sequence[JudgedItem], width: int) -> Iterator[Line]:
    columns = [COLUMNS[key] for key in (*_COMMON, "days_left", "status")]
    reasons = [late_reason(item) or "" for item in items]
    with_reasons = any(reasons)
    heads = [column.head for column in columns] + [Head("逾期原因", "text")] * with_reasons
    rows = []
    for item, reason in zip(items, reasons, strict=True):
        cells = [column.cell(Row(item, None)) for column in columns]
        rows.append([*cells, Span(reason)] if with_reasons else cells)
    return grid(heads, rows, width)


def _silent(judgement: Judgement, items: Sequence[JudgedItem], width: int) -> Iterator[Line]:
    heads = [
        Head("编号"),
        Head("事项", "text"),
        Head("未报单位", "names"),
        Head("未报期次", "text"),
        Head("最早应报"),
        Head("已过", right=True),
    ]
    year = judgement.ledger.tasks.notice.year
    rows = []
    for item in items:
        first = item.missed[0].due
        rows.append(
            [
                Span(item.id, STRONG),
                Span(brief(item)),
                Span("、".join(dict.fromkeys(u for m in item.missed for u in m.units))),
                Span("、".join(_period(m, judgement) for m in item.missed)),
                Span(day_words(first, year)),
                Span(f"{(judgement.day - first).days}天", WARNING),
            ]
        )
    return grid(heads, rows, width)


def _period(missed: MissedPeriod, judgement: Judgement) -> str:
    return period_words(missed.month, judgement.ledger)


def _sum(
    judgement: Judgement, unfinished: Sequence[JudgedItem], silent: Sequence[JudgedItem]
) -> str:
    if judgement.ledger.rules.reporting is None:
        cycle = "未设报送周期（rules.yaml 的 reporting），不统计未按期报送"
    else:
        cycle = f"未按期报送{len(silent)}项" if silent else "没有未按期报送的事项"
    done = f"逾期未办结{len(unfinished)}项" if unfinished else "没有逾期未办结的事项"
    return f"{done}；{cycle}。"
