"""一、总体情况: the figures, and the sentences that state them."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.state import LIGHTS
from gaigai_cli.model.statuses import STANDINGS, Status, is_closed_out, is_counted, is_pending
from gaigai_cli.query.choose import counts
from gaigai_cli.report.monthly_report import Section, Totals
from gaigai_cli.report.period import Period
from gaigai_cli.report.wording import counted
from gaigai_cli.words.say import day_words, month_words

KIND_WORDS = {
    "fixed": "有明确时限的",
    "staged": "有明确时限的",
    "ongoing": "持续推动落实的",
    "recurring": "按期重复开展的",
    "unset": "时限待定的",
}
JUDGED = ("达标", "尚未达到", "未达标", "未报数据")
UNJUDGED = ("待认定", "口径待明确", "未设基期，不判定")


def totals(judgement: Judgement) -> Totals:
    """All figures of a bulletin as of the judgement's day; withdrawn items are counted apart."""
    kept = [item for item in judgement.items if is_counted(item.state.status)]
    kinds = [KIND_WORDS[item.state.listed.deadline.kind] for item in kept]
    due = [item for item in kept if is_due(item, judgement.day)]
    verdicts = [figure.verdict for item in kept for figure in item.figures]
    return Totals(
        tasks=len({item.state.listed.task.id for item in judgement.items}),
        items=len(kept),
        kinds=tuple(counts(kinds, dict.fromkeys(KIND_WORDS.values())).items()),
        withdrawn=len(judgement.items) - len(kept),
        statuses=tuple(counts([item.state.standing for item in kept], STANDINGS).items()),
        lights=tuple(counts([item.light.name or "—" for item in kept], (*LIGHTS, "—")).items()),
        due=len(due),
        on_time=sum(is_closed_out(item.state.status) and not item.state.late for item in due),
        rated=bool(due) and not judgement.blank,
        indicators=tuple(counts(verdicts, (*JUDGED, *UNJUDGED)).items()),
    )


def is_due(item: JudgedItem, cut: date) -> bool:
    """Whether an item's deadline in force (the last stage's) has come by the cut; suspended items aren't counted."""
    state = item.state
    return state.dated and not state.suspended and state.stages[-1].due <= cut


def overview(
    now: Judgement, before: Judgement | None, period: Period, figures: Totals, unit: str | None
) -> Section:
    """The section; ``before`` is the list when the period began, None where the notice came later.

    ``unit``: it is about the items of one unit.
    """
    paragraphs = [_state(now, figures, unit), _rate(now, period, figures)]
    if figures.indicators:
        paragraphs.append(_indicators(figures))
    if before is not None and not now.blank:
        paragraphs.append(_changes(now, before, period))
    paragraphs.append(_nothing(now, period))
    return Section("总体情况", tuple(p for p in paragraphs if p))


def _state(now: Judgement, figures: Totals, unit: str | None) -> str:
    kinds = "、".join(f"{name}{count}项" for name, count in figures.kinds)
    closed = dict.fromkeys(("已销号", "待核验"), 0) | dict(figures.statuses)
    order = ("已销号", "待核验", "推进中", "未启动", "未报进展", "暂缓实施", "已评估")
    words = "，".join(f"{s}{closed[s]}项" for s in order if s in closed)
    withdrawn = f"另有{figures.withdrawn}项已核减，不计入。" if figures.withdrawn else ""
    day = day_words(now.day, now.ledger.tasks.notice.year)
    items = figures.items + figures.withdrawn
    if unit is None:
        whole = f"{figures.tasks}项主要任务细化的{items}项具体工作中"
    else:
        lead = sum(unit in item.state.units.lead for item in now.items)
        whole = f"{unit}承担的{items}项具体工作（牵头{lead}项、参与{items - lead}项）中"
    return f"截至{day}，{whole}，{kinds}；{words}。{withdrawn}"


def _rate(now: Judgement, period: Period, figures: Totals) -> str:
    if not figures.due:
        return f"截至{period.end}无到期事项，不计算按期办结率。"
    if now.blank:
        return f"截至{period.end}应办结{figures.due}项；因尚无进展记录，不计算按期办结率。"
    pending = sum(
        is_pending(item.state.status) and not item.state.late and is_due(item, now.day)
        for item in now.items
    )
    waiting = f"另有{pending}项已按期申请销号、待核验。" if pending else ""
    return (
        f"截至{period.end}应办结{figures.due}项，按期办结{figures.on_time}项，"
        f"按期办结率{figures.on_time_rate}。{waiting}"
    )


def _indicators(figures: Totals) -> str:
    found = dict(figures.indicators)
    judged = counted((name, found.get(name, 0)) for name in JUDGED)
    unjudged = sum(found.get(name, 0) for name in UNJUDGED)
    total = sum(found.values())
    rest = f"另有{unjudged}项属文字目标、口径待明确或未设基期，不作判定" if unjudged else ""
    words = "；".join(part for part in (judged, rest) if part)
    return f"清单设定的{total}项指标中，{words}。"


_NEWLY: Final[Mapping[Status, str]] = {
    "已销号": "新增销号",
    "待核验": "新增待核验",
    "已评估": "期满评估",
    "已核减": "核减",
}


def _changes(now: Judgement, before: Judgement, period: Period) -> str:
    """What is otherwise than when the period began."""
    moved = {
        "新增销号": 0,
        "撤销销号": 0,
        "新增待核验": 0,
        "首次报送进展": 0,
        "期满评估": 0,
        "核减": 0,
    }
    late = 0
    for item, old in zip(now.items, before.items, strict=True):
        was, status = old.state.status, item.state.status
        late += item.state.late and not old.state.late
        moved["首次报送进展"] += not old.state.reports and bool(item.state.reports)
        if was != status:
            moved["撤销销号"] += is_closed_out(was)
            if status in _NEWLY:
                moved[_NEWLY[status]] += 1
    moved["新增逾期"] = late
    words = counted(moved.items())
    last = f"{month_words(str(period.previous))}底"
    return f"与{last}相比，{words}。" if words else f"与{last}相比，各事项状态没有变化。"


def _nothing(now: Judgement, period: Period) -> str:
    """What this period has none of; the subsections for it are left out."""
    words = []
    if not any(period.holds(item.state.closed) for item in now.items):
        words.append("销号事项")
    if not any(item.state.overdue for item in now.items):
        words.append("到期未办结事项")
    if now.ledger.rules.reporting and not any(item.missed for item in now.items):
        words.append("未按期报送事项")
    return f"{period.this}无{'、'.join(words)}。" if words else ""
