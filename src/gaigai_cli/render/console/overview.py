"""The whole list at a glance."""

from collections.abc import Iterable, Iterator, Sequence

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.state import LIGHTS
from gaigai_cli.model.statuses import STANDINGS, is_counted
from gaigai_cli.query.choose import by_unit, due_within, is_dated, overdue, unreported
from gaigai_cli.render.console.list import head
from gaigai_cli.render.console.units import units_table
from gaigai_cli.render.grid import GAP, Head, grid
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    WARNING,
    WRONG,
    Line,
    Page,
    Part,
    StyledText,
    beside,
    page,
    paragraph,
)
from gaigai_cli.render.short import LIGHT_STYLES, NO_LIGHT, legend
from gaigai_cli.render.width import width_of, wrap_names
from gaigai_cli.report.monthly_report import Totals
from gaigai_cli.report.overview import totals
from gaigai_cli.report.wording import counted
from gaigai_cli.words.say import day_words, full_day

_INDENT = 14
_NAME = 8
_BAR = "█"
_LONGEST_BAR = 40


def overview(judgement: Judgement, width: int) -> Page:
    """The page of ``status``: counts by status and by light, what is late or due next, indicators, units."""
    figures = totals(judgement)
    kept = [item for item in judgement.items if is_counted(item.state.status)]
    return page(
        _head(judgement, figures, width),
        _counts("状态", kept, _status_spans(kept), width),
        _counts("亮灯", kept, _light_spans(kept), width),
        paragraph(legend(judgement.ledger.rules), width, FAINT),
        _days(judgement, figures, width),
        units_table(by_unit(judgement), width),
    )


def _head(judgement: Judgement, figures: Totals, width: int) -> Iterator[Line]:
    notice = judgement.ledger.tasks.notice
    yield from head(judgement, notice.title, width)
    yield from paragraph(f"{notice.number}，{full_day(notice.issued)}印发", width, FAINT)
    kinds = counted((name.removesuffix("的"), number) for name, number in figures.kinds)
    removed = f"；另已核减{figures.withdrawn}项" if figures.withdrawn else ""
    words = f"{figures.tasks}项主要任务，{figures.items}项具体工作：{kinds}{removed}。"
    yield from paragraph(words, width)


def _status_spans(items: Sequence[JudgedItem]) -> Iterator[tuple[StyledText, list[JudgedItem]]]:
    for status in STANDINGS:
        yield StyledText(status), [item for item in items if item.state.standing == status]


def _light_spans(items: Sequence[JudgedItem]) -> Iterator[tuple[StyledText, list[JudgedItem]]]:
    for light in LIGHTS:
        yield StyledText(light, LIGHT_STYLES[light]), [i for i in items if i.light.name == light]
    yield StyledText(NO_LIGHT, FAINT), [item for item in items if item.light.name is None]


def _counts(
    title: str,
    items: Sequence[JudgedItem],
    groups: Iterable[tuple[StyledText, list[JudgedItem]]],
    width: int,
) -> Iterator[Part]:
    """A row for each group that has items, with a bar as long as its share of ``items``."""
    numbers = [Head(word, right=True) for word in ("项数", "有时限", "持续")]
    used = sum((_NAME, *(width_of(head.title) for head in numbers), 4 * GAP))
    room = min(_LONGEST_BAR, width - used)
    heads = [Head(title, least=_NAME), *numbers, Head("", least=room)]
    rows = []
    for name, members in groups:
        if members:
            dated = sum(map(is_dated, members))
            bar = _BAR * max(1, len(members) * room // len(items))
            cells = (len(members), dated or "", len(members) - dated or "")
            rows.append(
                [name, *(StyledText(str(n)) for n in cells), StyledText(bar, name.style or "cyan")]
            )
    return grid(heads, rows, width)


def _days(judgement: Judgement, figures: Totals, width: int) -> Iterator[Line]:
    """What is late, what comes due, what has not been reported, and how the indicators stand."""
    year = judgement.ledger.tasks.notice.year
    blue = judgement.ledger.rules.warn.blue
    late, soon, silent = overdue(judgement), due_within(judgement, blue), unreported(judgement)
    coming = (f"{i.id}（{day_words(i.state.due, year)}）" for i in soon if i.state.due)
    ending = [i.id for i in judgement.items if i.state.assessment_mark]
    for name, words, style in (
        ("逾期未办结", _ids((i.id for i in late), len(late)), WRONG if late else ""),
        (f"{blue}天内到期", _ids(coming, len(soon)), ""),
        ("未按期报送", _ids((i.id for i in silent), len(silent)), WARNING if silent else ""),
        ("待年度评估", _ids(ending, len(ending)), ""),
        ("指标", _verdicts(figures), ""),
    ):
        if words:
            lines = wrap_names(words, width - _INDENT)
            yield from beside(StyledText(name, STRONG), lines, indent=_INDENT, style=style)


def _ids(ids: Iterable[str], number: int) -> str:
    return f"{number}项：{'、'.join(ids)}" if number else ""


def _verdicts(figures: Totals) -> str:
    """How many indicators are 达标, 未达标 and so on; the reasons that some can't be judged are left out."""
    number = sum(number for _, number in figures.indicators)
    each = (f"{verdict.partition('，')[0]}{number}项" for verdict, number in figures.indicators)
    return f"{number}项：{'、'.join(each)}" if number else ""
