"""The whole list at a glance."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.lights import LEGEND
from gaigai_cli.judge.state import LIGHTS, NO_LIGHT
from gaigai_cli.model.labels import KIND_GROUPS
from gaigai_cli.model.statuses import STANDINGS, is_counted
from gaigai_cli.query.choose import by_unit, due_within, grouped, overdue, unreported
from gaigai_cli.render.columns import LIST
from gaigai_cli.render.console.list import Share, head, headed, year_is_over
from gaigai_cli.render.console.units import unit_counts, units_table
from gaigai_cli.render.grid import GAP, Head, grid
from gaigai_cli.render.lines import (
    FAINT,
    STRONG,
    WARNING,
    WRONG,
    Page,
    Part,
    StyledText,
    hanging,
    page,
    paragraph,
)
from gaigai_cli.render.short import LIGHT_STYLES, group_word
from gaigai_cli.render.width import width_of, wrap_names
from gaigai_cli.report.monthly_report import Totals
from gaigai_cli.report.overview import totals
from gaigai_cli.report.wording import counted
from gaigai_cli.words.say import day_words, full_day

_INDENT = 14
_NAME = 8
_BAR = "█"
_LONGEST_BAR = 40


def overview(judgement: Judgement) -> Page:
    """Return the page of ``status``: counts by status and by light, what is late or due next, indicators, units."""
    figures = totals(judgement)
    by_status: dict[str, list[JudgedItem]] = defaultdict(list)
    by_light: dict[str, list[JudgedItem]] = defaultdict(list)
    for item in judgement.items:
        if is_counted(item.state.status):
            by_status[item.state.standing].append(item)
            by_light[item.light.shown].append(item)
    return page(
        _head(judgement, figures),
        partial(_groups, "状态", [(StyledText(s), by_status[s]) for s in STANDINGS], figures),
        partial(_groups, "亮灯", [(light, by_light[light.text]) for light in _LIGHTS], figures),
        paragraph(LEGEND, FAINT),
        _days(judgement, figures),
        units_table(unit_counts(by_unit(judgement))),
    )


def _head(judgement: Judgement, figures: Totals) -> Iterator[Part]:
    notice = judgement.ledger.tasks.notice
    yield from head(judgement, notice.title)
    yield paragraph(f"{notice.number}，{full_day(notice.issued)}印发", FAINT)
    kinds = counted(figures.kinds)
    removed = f"；另有{figures.withdrawn}项已调出清单" if figures.withdrawn else ""
    words = (
        f"{figures.tasks}项主要任务，{figures.items}项具体工作{kinds and f'：{kinds}'}{removed}。"
    )
    yield paragraph(f"{words}{year_is_over(judgement)}")


_LIGHTS: Final = (
    *(StyledText(light, LIGHT_STYLES[light]) for light in LIGHTS),
    StyledText(NO_LIGHT, FAINT),
)


def _groups(
    title: str,
    groups: Sequence[tuple[StyledText, Sequence[JudgedItem]]],
    figures: Totals,
    width: int,
) -> Iterator[Part]:
    """Yield a row for each group that has items, by kinds, with a bar as long as its share."""
    kinds = [name for name, _ in figures.kinds]
    numbers = [Head(word, right=True) for word in ("项数", *map(group_word, kinds))]
    used = sum((_NAME, *(width_of(head.title) for head in numbers), (len(numbers) + 1) * GAP))
    room = min(_LONGEST_BAR, width - used)
    heads = [Head(title, least=_NAME), *numbers, Head("", least=room)]
    rows: list[Sequence[str | StyledText]] = []
    whole = sum(len(members) for _, members in groups)
    for name, members in groups:
        if members:
            of_kinds = Counter(KIND_GROUPS[i.state.listed.deadline.kind] for i in members)
            bar = _BAR * max(1, len(members) * room // whole)
            cells = (len(members), *(of_kinds[kind] or "" for kind in kinds))
            rows.append([name, *map(str, cells), StyledText(bar, name.style or "cyan")])
    yield grid(heads, rows)


def _days(judgement: Judgement, figures: Totals) -> Iterator[Part]:
    """Yield what is late, what comes due, what has not been reported, and how the indicators stand."""
    year = judgement.ledger.tasks.notice.year
    blue = judgement.ledger.rules.warn.blue
    late, soon, silent = overdue(judgement), due_within(judgement, blue), unreported(judgement)
    coming = (f"{i.id}（{day_words(i.state.due, year)}）" for i in soon if i.state.due)
    ending = grouped((mark, i.id) for i in judgement.items if (mark := i.state.assessment_mark))
    for name, words, style in (
        ("逾期未办结", _ids((i.id for i in late), len(late)), WRONG if late else ""),
        (f"{blue}天内到期", _ids(coming, len(soon)), ""),
        ("未按期报送", _ids((i.id for i in silent), len(silent)), WARNING if silent else ""),
        *((mark, _ids(ids, len(ids)), "") for mark, ids in ending.items()),
        ("指标", _verdicts(figures), ""),
    ):
        if words:
            label = StyledText(name, STRONG)
            yield hanging(label, words, indent=_INDENT, style=style, broken=wrap_names)


def _ids(ids: Iterable[str], number: int) -> str:
    return f"{number}项：{'、'.join(ids)}" if number else ""


def _verdicts(figures: Totals) -> str:
    """Return how many indicators are 达标, 未达标 and so on; the reasons that some can't be judged are left out."""
    number = sum(number for _, number in figures.indicators)
    each = (f"{verdict.partition('，')[0]}{number}项" for verdict, number in figures.indicators)
    return f"{number}项：{'、'.join(each)}" if number else ""


def list_counts(figures: Mapping[str, Any]) -> Counter[str]:
    """Return the figures of a list (``overview_json``) that can be added up with those of others, by columns."""
    return Counter(
        {
            "任务": figures["tasks"],
            "事项": figures["items"],
            "调出": figures["withdrawn"],
            **figures["statuses"],
            **{light: figures["lights"][light] for light in LIGHTS},
            "应办结": figures["due"],
            "按期": figures["on_time"],
            "逾期": len(figures["overdue"]),
            "未报送": len(figures["unreported"]),
        }
    )


_STATUSES: Final = tuple(status for status in STANDINGS if status != "已核减")
_STYLES: Final[Mapping[str, str]] = {**LIGHT_STYLES, "逾期": WRONG, "未报送": WARNING}
_COLUMNS: Final = ("任务", "事项", *_STATUSES, "调出", *LIGHTS, "应办结", "按期", "逾期", "未报送")


_MEANINGS: Final = {
    "应办结": "应办结即时限已过的",
    "按期": "按期即其中按期办结的",
    "逾期": "逾期即逾期未办结",
    "未报送": "未报送即未按期报送",
}


def lists_overview(shares: Sequence[Share[Counter[str]]]) -> Page:
    """Return the page of ``status`` over several lists: a line a list, and their sum."""
    total = sum((one.content for one in shares), Counter[str]())
    kept = [title for title in _COLUMNS if total[title] or title in _COLUMNS[:2]]
    heads = [Head(LIST, "text"), *(Head(title, right=True) for title in kept)]

    def row(name: str, numbers: Counter[str], style: str = "") -> list[StyledText]:
        cells = (StyledText(str(numbers[t] or ""), style or _STYLES.get(t, "")) for t in kept)
        return [StyledText(name, style), *cells]

    rows = [*(row(one.name, one.content) for one in shares), row("合计", total, STRONG)]
    meant = [words for title, words in _MEANINGS.items() if title in kept]
    return page(
        headed(shares, f"{len(shares)}份清单总体情况"),
        grid(heads, rows),
        paragraph(f"{'，'.join(meant)}。", FAINT) if meant else (),
    )


def lists_json(values: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the JSON of ``status`` over several lists: that of each, and the sum of their numbers."""
    total = sum(map(list_counts, values), Counter[str]())
    return {
        "lists": list(values),
        "sum": {
            "tasks": total["任务"],
            "items": total["事项"],
            "withdrawn": total["调出"],
            "statuses": {status: total[status] for status in STANDINGS},
            "lights": {light: total[light] for light in LIGHTS},
            "due": total["应办结"],
            "on_time": total["按期"],
            "overdue": total["逾期"],
            "unreported": total["未报送"],
        },
    }
