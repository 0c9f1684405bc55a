"""四、下一步工作要求: who does what by which day."""

from collections.abc import Iterable

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.judge.owed_reports import due_day, period_of
from gaigai_cli.model.workdays import add_workdays
from gaigai_cli.report.monthly_report import Section
from gaigai_cli.report.period import Period
from gaigai_cli.report.problems import behind, expired, missed_targets
from gaigai_cli.report.wording import cite, leads, stage_words
from gaigai_cli.words.say import day_words, month_words


def demands(now: Judgement, period: Period) -> Section:
    """The section: a paragraph each for what is overdue, due next, behind, not reported, short of its target."""
    reply = reply_words(now)
    paragraphs = (
        _expired(now, reply),
        _due_next(now, period),
        _behind(now),
        _targets(now, reply),
        _reports(now, period, reply),
    )
    kept = [p for p in paragraphs if p]
    numbered = (f"（{numeral}）{p}" for numeral, p in zip("一二三四五", kept, strict=False))
    return Section("下一步工作要求", tuple(numbered))


def reply_words(now: Judgement) -> str:
    """By when units answer a bulletin, ``reply_within`` working days after its cut: 7月5日前.

    Where that year's calendar isn't known the day is not guessed: 5个工作日内.
    """
    rules = now.ledger.rules
    day = add_workdays(now.day, rules.warn.reply_within, rules.calendar)
    if day is None:
        return f"{rules.warn.reply_within}个工作日内"
    return f"{day_words(day, now.ledger.tasks.notice.year)}前"


def _by_lead(items: Iterable[tuple[JudgedItem, str]]) -> str:
    """``县财政局对第16项第2条、第18项``, units with the same duty gathered."""
    grouped: dict[str, list[str]] = {}
    for item, words in items:
        grouped.setdefault(leads(item), []).append(words)
    return "；".join(f"{unit}：{'、'.join(words)}" for unit, words in grouped.items())


def _expired(now: Judgement, reply: str) -> str:
    found = [(item, cite(item.state.listed) + stage_words(stage)) for item, stage in expired(now)]
    if not found:
        return ""
    return (
        f"抓紧办结到期事项。{_by_lead(found)}。请于{reply}向我办报告办理情况："
        "已经办结的，提交佐证、申请销号；尚未办结的，书面说明原因和办结时间。"
    )


def _due_next(now: Judgement, period: Period) -> str:
    year = now.ledger.tasks.notice.year
    found = [
        (item, f"{cite(item.state.listed)}{stage_words(s)}（{day_words(s.due, year)}前）")
        for item in now.items
        for s in item.state.owed_stages
        if period.next.holds(s.due)
    ]
    if not found:
        return ""
    return f"确保{period.following}到期事项按时办结。{_by_lead(found)}。请对照时限倒排工期，办结后及时申请销号。"


def _behind(now: Judgement) -> str:
    found = [(item, cite(item.state.listed)) for item in behind(now)]
    return f"加快滞后事项进度。{_by_lead(found)}。" if found else ""


def _targets(now: Judgement, reply: str) -> str:
    found = [
        (item, f"{cite(item.state.listed)}（{figure.indicator.name}）")
        for item, figure in missed_targets(now)
    ]
    if not found:
        return ""
    return f"对照目标补齐指标短板。{_by_lead(found)}。请于{reply}提出改进措施。"


def _reports(now: Judgement, period: Period, reply: str) -> str:
    year, rules = now.ledger.tasks.notice.year, now.ledger.rules
    owing = dict.fromkeys(unit for item in now.items for m in item.missed for unit in m.units)
    words = f"{'、'.join(owing)}于{reply}补报所欠进展。" if owing else ""
    following = period.last_month.next
    if rules.reporting and str(following) >= rules.reporting.from_:
        asked = period_of(str(following), rules.reporting)
        due = day_words(due_day(asked, rules, rules.reporting), year)
        name = month_words(str(following)) if rules.reporting.every == "month" else "本季度"
        who = "各牵头单位" if following.year == year else "未办结事项的牵头单位"
        if any(item.state.open for item in now.items):
            words += f"{who}于{due}前报送{name}进展。"
    elif now.blank:
        words += f"各牵头单位于{reply}将所牵头事项的进展情况报我办。"
    return f"按时报送进展。{words}" if words else ""
