"""二、任务进展: closed in the period, carried on, due in the next one."""

from gaigai_cli.judge.corrections import Records, retold
from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.model.ledger import Entry
from gaigai_cli.report.monthly_report import Section, Subsection
from gaigai_cli.report.period import Period
from gaigai_cli.report.wording import (
    cite,
    cite_with_leads,
    finish_words,
    last_finished,
    one_line,
    sentence,
    stage_words,
)
from gaigai_cli.words.say import cited, day_words, differing


def progress(now: Judgement, period: Period, records: Records) -> Section:
    """The section; its opening says how many items were reported on."""
    parts = (
        _closed(now, period),
        _assessed(now, period),
        _carried_on(now, period),
        _due_next(now, period),
        _retold(records, now, period),
    )
    return Section("任务进展", (_opening(now, period),), tuple(p for p in parts if p.entries))


def said_in(item: JudgedItem, period: Period) -> tuple[Entry, ...]:
    """Each unit's latest 进展 of the period, leads first."""
    latest: dict[str, Entry] = {}
    for entry in item.state.reports:
        if period.holds(entry.record.date):
            latest[entry.unit] = entry
    order = item.state.units.named
    known = [latest[unit] for unit in order if unit in latest]
    return (*known, *(e for unit, e in latest.items() if unit not in order))


def _opening(now: Judgement, period: Period) -> str:
    said = [item for item in now.items if said_in(item, period)]
    if not said:
        return f"{period.this}没有事项报送进展。"
    dated = sum(item.state.dated for item in said)
    return (
        f"{period.this}共有{len(said)}项具体工作报送进展，其中有明确时限的{dated}项、"
        f"其他{len(said) - dated}项，各单位所报内容见附件1。"
    )


def _closed(now: Judgement, period: Period) -> Subsection:
    year = now.ledger.tasks.notice.year
    entries = []
    for item in now.items:
        state = item.state
        if state.closed and state.finished and period.holds(state.closed):
            how = "逾期办结" if state.late else "按期办结"
            words = (
                f"{cite_with_leads(item)}：{finish_words(item, last_finished(item))}，"
                f"{day_words(state.closed, year)}销号，{how}"
            )
            entries.append(sentence(words))
    return Subsection(f"{period.this}销号", tuple(entries))


def _assessed(now: Judgement, period: Period) -> Subsection:
    entries = [
        f"{cite_with_leads(item)}：{item.state.assessment.record.result}。"
        for item in now.items
        if item.state.assessment and period.holds(item.state.assessment.record.date)
    ]
    return Subsection(f"{period.this}期满评估", tuple(entries))


def _retold(records: Records, now: Judgement, period: Period) -> Subsection:
    """更正 of the period that change what an earlier bulletin was made of: what it was, and what it is."""
    year = now.ledger.tasks.notice.year
    entries = []
    for record_id, changes in records.changes.items():
        if not any(period.holds(change.record.date) for change in changes):
            continue
        for one in retold(now.ledger.by_record[record_id], changes, now.ledger.issued):
            item = one.before.record.item
            if period.holds(one.change.record.date) and (item is None or item in now.by_id):
                listed = now.ledger.tasks.by_id.get(item or "")
                named = listed.item.indicators if listed else ()
                after = one.after and differing(one.before.record, one.after.record, named)
                what = after or "作废"
                reason = (one.change.record.reason or "").rstrip("。")
                words = f"{cited(one.before, year)}：{one_line(what)}（{reason}）"
                entries.append(sentence(f"{one.issued.number}通报的{words}"))
    return Subsection("对以前通报内容的更正", tuple(entries))


def _carried_on(now: Judgement, period: Period) -> Subsection:
    """Items without a deadline in their leads' words, or the others' where no lead spoke; the rest is counted."""
    ongoing = [item for item in now.items if not item.state.dated and item.state.open]
    entries, silent = [], 0
    for item in ongoing:
        said = said_in(item, period)
        silent += not said
        if said:
            units = item.state.units
            spoken = [e for e in said if e.unit in units.lead] or said
            words = "".join(_reported(e, lead=e.unit in units.lead) for e in spoken)
            entries.append(f"{cite(item.state.listed)}。{words}")
    rest = f"其余{silent}项持续推进事项{period.this}没有报送进展，现状见附件1。" if silent else ""
    return Subsection("持续推进事项", tuple(entries), rest)


def _reported(entry: Entry, *, lead: bool) -> str:
    start = "尚未启动，" if entry.record.not_started else ""
    words = sentence(one_line(entry.record.summary or ""))
    return f"{'牵头单位' if lead else ''}{entry.unit}：{start}{words}"


def _due_next(now: Judgement, period: Period) -> Subsection:
    year = now.ledger.tasks.notice.year
    entries = [
        sentence(
            f"{cite_with_leads(item)}{stage_words(stage)}，{day_words(stage.due, year)}到期"
            + (f"（原时限{day_words(stage.issued, year)}）" if stage.due != stage.issued else "")
        )
        for item in now.items
        for stage in item.state.owed_stages
        if period.next.holds(stage.due)
    ]
    return Subsection(f"{period.following}到期", tuple(entries))
