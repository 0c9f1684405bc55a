"""内部研判: what the office should know of a month and a bulletin must not say."""

from collections.abc import Iterable, Iterator
from datetime import date

from gaigai_cli.judge.judgement import Judge, JudgedItem, Judgement, notes
from gaigai_cli.judge.lights import (
    missed_turns_words,
    percent_jumps,
    waiting_since,
    waiting_workdays,
)
from gaigai_cli.judge.owed_reports import owed_reports, owed_words
from gaigai_cli.judge.state import NO_LIGHT
from gaigai_cli.model.finding import numbers_of
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.statuses import is_pending
from gaigai_cli.query.choose import unfinished_turns
from gaigai_cli.report.facts import facts_of
from gaigai_cli.report.ladder import PAPERS, papers_sent
from gaigai_cli.report.monthly_report import SUPERVISION, TURNS, InternalReport, Section
from gaigai_cli.report.problems import Told
from gaigai_cli.report.reminders import proposals
from gaigai_cli.report.score import score, score_section
from gaigai_cli.report.wording import cite_with_leads, in_days, number_of, sentence, unbroken
from gaigai_cli.words.period import Period, quarter_of
from gaigai_cli.words.say import day_words, percent_moved


def internal_report(judge: Judge, month: Period, *, today: date) -> InternalReport:
    """Return the internal paper of a month. Raises ``GaigaiError`` for a month that can't be reported on."""
    known = facts_of(judge, month, today=today)
    now, office = known.now, known.office
    sections = (
        _about_items("亮灯变化", _light_changes(now, known.before), "本月亮灯没有变化。"),
        _about_items("指标未达仍予销号", _despite(now, month), "本月没有。"),
        _about_items(f"{office}自行牵头事项的核验", _own_items(now, month), "本月没有此类核验。"),
        _about_items("核验时效", _office_delays(now), "没有超过核验时限的申请。"),
        _section("补录和代录", _late_entries(now, month), "本月没有。"),
        _about_items("照抄上期", _copied(now, month), "未发现。"),
        _about_items("进度突变", _jumps(now, month), "未发现。"),
        _about_items(TURNS, _turns(now), "没有。"),
        _section("报送情况", _reports(now, month), "本月没有应报的进展。"),
        _section(SUPERVISION, _papers(now, month), "本月没有发出提醒函、催办通知和督办单。"),
        _about_items("督办建议（待研究）", _suggestions(now), "没有。"),
        *_assessment(judge, now, month),
        _section("数据问题", _findings(judge), "未发现。"),
    )
    return InternalReport(
        month=month,
        cut=now.day,
        title=f"{month.words}工作任务落实情况内部研判",
        notes=(*notes(now), "内部资料，不随通报印发。"),
        sections=sections,
    )


def _section(heading: str, found: Iterable[str], none: str) -> Section:
    return Section(heading, tuple(found) or (none,))


def _about_items(heading: str, found: Iterable[Told], none: str) -> Section:
    """Return the section of what is found of single items, each cited with who leads it."""
    return _section(heading, (_about(item, words) for item, words in found), none)


def _about(item: JudgedItem, words: str) -> str:
    return sentence(f"{cite_with_leads(item)}：{words}")


def _assessment(judge: Judge, now: Judgement, month: Period) -> tuple[Section, ...]:
    """Return 考核情况 of the quarter that ends with the month."""
    ended = quarter_of(month.last)
    if ended.last != month.last or now.blank:
        return ()
    return (score_section(score(judge, ended, today=now.day)),)


def _reports(now: Judgement, month: Period) -> Iterator[str]:
    """Yield the reports due in the month that weren't on time, and how; before the last day, how many have come."""
    year, late, over = now.ledger.tasks.notice.year, False, False
    coming: dict[tuple[str, date], dict[str, bool]] = {}
    for item in now.items:
        found = []
        for one in owed_reports(item.state, now.ledger, until=month.next.first):
            if not month.holds(one.due):
                continue
            if one.due >= item.state.running:
                units = coming.setdefault((one.period, one.due), {})
                units[one.unit] = units.get(one.unit, True) and one.entry is not None
                continue
            over = True
            if one.verdict != "按期":
                words = owed_words([one.period], now.ledger)
                found.append(f"{one.unit}{words}进展{one.verdict}")
        if found:
            late = True
            yield _about(item, "；".join(found))
    if over and not late:
        yield "各牵头单位均按期报送。"
    for (period, due), units in coming.items():
        yield (
            f"{owed_words([period], now.ledger)}进展报送截止日为{day_words(due, year)}，尚未截止；"
            f"应报{len(units)}家，已报齐{sum(units.values())}家。"
        )


def _papers(now: Judgement, month: Period) -> Iterator[str]:
    """Yield the 提醒函, 催办通知 and 督办单 of the month, and what came back."""
    year = now.ledger.tasks.notice.year
    for paper in papers_sent(now):
        record = paper.entry.record
        if month.holds(record.date):
            answers = "、".join(
                f"{unit}{f'{day_words(day, year)}回执' if day else '未回执'}"
                for unit, day in paper.returned.items()
            )
            name, items = f"{PAPERS[paper.level]}{paper.number}", "、".join(record.items or ())
            by = f"{day_words(paper.reply_by, year)}前反馈"
            yield sentence(
                f"{day_words(record.date, year)}发{name}（事项{items}），{by}：{answers}"
            )


def _suggestions(now: Judgement) -> Iterator[Told]:
    """Yield what should be sent next; a talk (约谈) where even a 督办单 went unanswered. Nothing of it is ruled."""
    for proposal in proposals(now):
        last = proposal.ladder.last
        unanswered = last and last.level == "督办" and proposal.unit in last.missing
        if proposal.level is not None:
            talk = "，并建议约谈" if unanswered else ""
            yield proposal.item, f"建议向{proposal.unit}发{PAPERS[proposal.level]}{talk}"


def _turns(now: Judgement) -> Iterator[Told]:
    year = now.ledger.tasks.notice.year
    for item in unfinished_turns(now):
        yield item, f"{missed_turns_words(item.state, year)}任务未完成"


def _this_month(now: Judgement, month: Period) -> Iterator[tuple[JudgedItem, Entry]]:
    for item in now.items:
        for entry in item.state.entries:
            if month.holds(entry.record.date):
                yield item, entry


def _light_changes(now: Judgement, before: Judgement | None) -> Iterator[Told]:
    old, year = before.by_id if before else {}, now.ledger.tasks.notice.year
    for item in now.items:
        was = old[item.id].light.shown if item.id in old else NO_LIGHT
        if was != item.light.shown:
            reasons = in_days("；".join(item.light.reasons), year)
            yield item, f"{was}→{item.light.shown}，{reasons}"


def _despite(now: Judgement, month: Period) -> Iterator[Told]:
    for item, entry in _this_month(now, month):
        if entry.record.kind == "核验销号" and entry.record.despite:
            yield item, unbroken(entry.record.despite)


def _own_items(now: Judgement, month: Period) -> Iterator[Told]:
    for item, entry in _this_month(now, month):
        record = entry.record
        if record.kind == "核验销号" and record.verified_by_unit:
            yield item, f"由{record.verified_by_unit}核验，{record.signer}签字"


def _office_delays(now: Judgement) -> Iterator[Told]:
    warn = now.ledger.rules.warn
    for item in now.items:
        if not is_pending(item.state.status):
            continue
        days = waiting_workdays(waiting_since(item.state), item.state, now.ledger)
        if days is None:
            yield item, f"{now.day.year}年工作日历未知，不能计算已等工作日"
        elif warn.is_overlong(days):
            yield item, f"已等{days}个工作日，超过{warn.verify_within}个工作日的核验时限"


def _late_entries(now: Judgement, month: Period) -> Iterator[str]:
    """Yield what was recorded after the month, one by one, and together what the office entered in one way."""
    year, office = now.ledger.tasks.notice.year, now.ledger.office
    entered: dict[tuple[str, str, str], list[str]] = {}
    for item, entry in _this_month(now, month):
        record = entry.record
        recorded = record.recorded
        by = record.by or "（未注明登记人）"
        if recorded > now.day:
            how = f"，{office}据{record.via}代录" if record.via else ""
            yield sentence(
                f"{cite_with_leads(item)}：{entry.unit}{day_words(record.date, year)}的"
                f"{record.kind}由{by}登记，{day_words(recorded, year)}补录{how}"
            )
        elif record.via:
            about = f"{entry.unit}，{day_words(record.date, year)}"
            own = entered.setdefault((record.via, record.kind, by), [])
            own.append(f"{number_of(item.state.listed)}（{about}）")
    for (via, kind, by), own in entered.items():
        yield f"{office}据{via}代录{kind}{len(own)}条，由{by}登记：{'、'.join(own)}。"


def _copied(now: Judgement, month: Period) -> Iterator[Told]:
    """Yield each report of the month that says what its unit's report before it said."""
    year = now.ledger.tasks.notice.year
    for item, entry in _this_month(now, month):
        was = item.state.report_before(entry) if entry in item.state.reports else None
        if was and was.record.says_the_same_as(entry.record):
            day, before = (day_words(e.record.date, year) for e in (entry, was))
            yield item, f"{entry.unit}{day}所报进展与{before}的相同"


def _jumps(now: Judgement, month: Period) -> Iterator[Told]:
    for item in now.items:
        for entry, was in percent_jumps(item.state.entries, now.ledger):
            if month.holds(entry.record.date):
                yield item, f"{entry.unit}{percent_moved(was, entry.record.percent or 0)}"


def _findings(judge: Judge) -> Iterator[str]:
    errors, warnings = numbers_of(judge.findings)
    if judge.findings:
        yield (
            f"记录中有错误{errors}处、警告{warnings}处，"
            "运行 gaigai check 查看；有错误的记录没有计入。"
        )
