"""二、任务进展: closed this month, carried on, due next month."""

from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.model.ledger import Entry
from gaigai_cli.report.document import Section, Subsection
from gaigai_cli.report.period import Month
from gaigai_cli.report.wording import (
    cite_with_leads,
    day_words,
    one_line,
    open_stages,
    sentence,
    stage_words,
)


def progress(now: Judgement, month: Month) -> Section:
    """The section; its opening says how many items were reported on."""
    parts = (_closed(now, month), _carried_on(now, month), _due_next(now, month))
    return Section("任务进展", (_opening(now, month),), tuple(p for p in parts if p.entries))


def said_this_month(item: JudgedItem, month: Month) -> tuple[Entry, ...]:
    """Each unit's latest 进展 of the month, leads first."""
    latest: dict[str, Entry] = {}
    for entry in item.state.reports:
        if month.holds(entry.record.date):
            latest[entry.unit] = entry
    order = item.state.units.named
    known = [latest[unit] for unit in order if unit in latest]
    return (*known, *(e for unit, e in latest.items() if unit not in order))


def _opening(now: Judgement, month: Month) -> str:
    said = [item for item in now.items if said_this_month(item, month)]
    if not said:
        return "本月没有事项报送进展。"
    dated = sum(item.state.dated for item in said)
    return (
        f"本月共有{len(said)}项具体工作报送进展，其中有明确时限的{dated}项、"
        f"其他{len(said) - dated}项，各单位所报内容见附件1。"
    )


def _closed(now: Judgement, month: Month) -> Subsection:
    year = now.ledger.tasks.notice.year
    entries = []
    for item in now.items:
        state = item.state
        if state.closed and state.finished and month.holds(state.closed):
            how = "逾期办结" if state.late else "按期办结"
            words = (
                f"{cite_with_leads(item)}：{day_words(state.finished, year)}办结，"
                f"{day_words(state.closed, year)}销号，{how}"
            )
            entries.append(sentence(words))
        elif state.assessment and month.holds(state.assessment.record.date):
            result = state.assessment.record.result
            entries.append(sentence(f"{cite_with_leads(item)}：期满评估，结果为{result}"))
    return Subsection("本月销号", tuple(entries))


def _carried_on(now: Judgement, month: Month) -> Subsection:
    """Items without a deadline, in their units' words; what wasn't reported on is only counted."""
    ongoing = [item for item in now.items if not item.state.dated and item.state.open]
    entries, silent = [], 0
    for item in ongoing:
        said = said_this_month(item, month)
        silent += not said
        if said:
            words = "；".join(f"{e.unit}{_reported(e)}" for e in said)
            entries.append(f"{cite_with_leads(item)}：{sentence(words)}")
    if entries and silent:
        entries.append(f"其余{silent}项持续推进事项本月没有报送进展，现状见附件1。")
    return Subsection("持续推进事项", tuple(entries))


def _reported(entry: Entry) -> str:
    words = one_line(entry.record.summary or "").rstrip("。")
    return f"报送：{words}" if not entry.record.not_started else f"报告尚未启动：{words}"


def _due_next(now: Judgement, month: Month) -> Subsection:
    year = now.ledger.tasks.notice.year
    entries = [
        sentence(
            f"{cite_with_leads(item)}{stage_words(stage)}，{day_words(stage.due, year)}到期"
            + (f"（原时限{day_words(stage.issued, year)}）" if stage.due != stage.issued else "")
        )
        for item in now.items
        for stage in open_stages(item)
        if month.next.holds(stage.due)
    ]
    return Subsection("下月到期", tuple(entries))
