"""三、存在问题: only leads are named; a unit that merely takes part is not blamed."""

from gaigai_cli.judge.figures import Figure
from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.lights import elapsed_percent, points_behind
from gaigai_cli.judge.state import StageState
from gaigai_cli.model.indicators import NUMBER_TARGETS, TARGET_WORDS
from gaigai_cli.model.statuses import is_closed
from gaigai_cli.query.choose import late_reason
from gaigai_cli.report.monthly_report import Section, Subsection
from gaigai_cli.report.period import Period
from gaigai_cli.report.wording import cite_with_leads, one_line, sentence, stage_words
from gaigai_cli.words.say import day_words, month_words, value_words

_TARGETS = {**TARGET_WORDS, "equal": "应为"}


def problems(now: Judgement, period: Period) -> Section:
    """The section; without any problem it says so in one sentence."""
    parts = (_expired(now), _behind(now), _not_reported(now), _missed_targets(now))
    found = tuple(part for part in parts if part.entries)
    words = f"{period.this}未发现到期未办结、进度滞后、未按期报送和指标未达的情况。"
    none = () if found else (words,)
    return Section("存在问题", none, found)


def expired(now: Judgement) -> list[tuple[JudgedItem, StageState]]:
    """到期未办结: past its deadline at the end of the day, without a live application of every lead."""
    return [(i, s) for i in now.items for s in i.state.overdue_stages]


def behind(now: Judgement) -> list[JudgedItem]:
    """进度滞后: not yet due, reported progress too far below elapsed time."""
    late = {item.id for item, _ in expired(now)}
    limit = now.ledger.rules.warn.behind
    return [
        item
        for item in now.items
        if item.id not in late and (points_behind(item.state, now.ledger) or 0) > limit
    ]


def missed_targets(now: Judgement) -> list[tuple[JudgedItem, Figure]]:
    """指标未达: figures of open items that are judged and fall short; a count that may still grow isn't one."""
    return [
        (item, figure)
        for item in now.items
        if not is_closed(item.state.status)
        for figure in item.figures
        if figure.verdict == "未达标"
    ]


def _expired(now: Judgement) -> Subsection:
    year = now.ledger.tasks.notice.year
    entries = []
    for item, stage in expired(now):
        days = (now.day - stage.due).days
        how = f"已逾期{days}天" if days else "当日到期"
        undone = "未办结；" if item.state.entries else ""
        extended = f"（原时限{day_words(stage.issued, year)}）" if stage.due != stage.issued else ""
        words = (
            f"{cite_with_leads(item)}{stage_words(stage)}，时限{day_words(stage.due, year)}"
            f"{extended}，{how}，{undone}{_reason(item)}"
        )
        entries.append(sentence(words))
    return Subsection("到期未办结", tuple(entries))


def _reason(item: JudgedItem) -> str:
    """The reason that a lead gave, in its own words."""
    state, reason = item.state, late_reason(item)
    if reason is not None:
        return f"所报原因：{one_line(reason)}"
    pending = "；延期申请待批复" if state.extensions else ""
    return ("未报送原因" if state.reports else "尚无进展记录") + pending


def _behind(now: Judgement) -> Subsection:
    entries = [
        f"{cite_with_leads(item)}，所报进度{item.state.percent}%，序时进度"
        f"{elapsed_percent(item.state, now.ledger)}%，落后{points_behind(item.state, now.ledger)}个百分点。"
        for item in behind(now)
    ]
    return Subsection("进度滞后", tuple(entries))


def _not_reported(now: Judgement) -> Subsection:
    entries = []
    for item in now.items:
        if item.missed:
            entries.append(sentence(f"{cite_with_leads(item)}：{_missed_words(item)}"))
    return Subsection("未按期报送", tuple(entries))


def _missed_words(item: JudgedItem) -> str:
    """Which months weren't reported; by whom is said only where some of the leads did report."""
    year = item.ledger.tasks.notice.year
    months: dict[tuple[str, ...], list[str]] = {}
    for missed in item.missed:
        months.setdefault(missed.units, []).append(month_words(missed.month, year))
    return "；".join(
        f"{'' if units == item.state.units.lead else '、'.join(units)}未报送{'、'.join(names)}进展"
        for units, names in months.items()
    )


def _missed_targets(now: Judgement) -> Subsection:
    entries = [
        f"{cite_with_leads(item)}：{figure.indicator.name}{_against(figure)}。"
        for item, figure in missed_targets(now)
    ]
    return Subsection("指标未达", tuple(entries))


def _against(figure: Figure) -> str:
    indicator, unit = figure.indicator, figure.indicator.unit
    assert figure.value is not None  # a figure without a value is judged neither way
    value = value_words(figure.value, unit)
    for kind in NUMBER_TARGETS:
        target = getattr(indicator.target, kind)
        if target is not None:
            return f"为{value}，目标{_TARGETS[kind]}{value_words(target, unit)}"
    baseline = indicator.baseline
    way = "提高" if indicator.target.trend == "up" else "压减"
    base = f"{baseline.label}{value_words(baseline.value, unit)}" if baseline else "基期"
    return f"为{value}，未比{base}{way}"
