"""What the internal paper says of late reports, of papers sent, and of what should follow: suggestions only."""

from collections.abc import Iterator

from gaigai_cli.judge.judgement import Judgement
from gaigai_cli.judge.periods import owed_reports
from gaigai_cli.model.words import day_words, month_words
from gaigai_cli.report.period import Month
from gaigai_cli.report.reminders import proposals
from gaigai_cli.report.steps import PAPERS
from gaigai_cli.report.wording import cite_with_leads, sentence


def late_reports(now: Judgement, month: Month) -> Iterator[str]:
    """The reports due in the month that weren't on time, and how."""
    year = now.ledger.tasks.notice.year
    for item in now.items:
        found = [
            f"{one.unit}{month_words(one.period, year)}进展{one.verdict}"
            for one in owed_reports(item.state, now.ledger)
            if month.holds(one.due) and one.verdict != "按期"
        ]
        if found:
            yield sentence(f"{cite_with_leads(item)}：{'；'.join(found)}")


def papers_sent(now: Judgement, month: Month) -> Iterator[str]:
    """The 提醒函, 催办通知 and 督办单 of the month, and what came back."""
    year = now.ledger.tasks.notice.year
    canonical = now.ledger.departments.canonical
    for entry in now.general:
        record = entry.record
        if record.kind != "督办" or not month.holds(record.date) or record.level is None:
            continue
        returned = {
            e.unit: e.record.date
            for e in now.general
            if e.record.kind == "督办回执" and record.id in e.record.references
        }
        units = dict.fromkeys(map(canonical, record.to or ()))
        answers = "、".join(
            f"{unit}{f'{day_words(returned[unit], year)}回执' if unit in returned else '未回执'}"
            for unit in units
        )
        by = f"，{day_words(record.reply_by, year)}前反馈" if record.reply_by else ""
        paper = f"{PAPERS[record.level]}{record.number}"
        items = "、".join(record.items or ())
        yield sentence(f"{day_words(record.date, year)}发{paper}（事项{items}）{by}：{answers}")


def suggestions(now: Judgement) -> Iterator[str]:
    """What should be sent next; a talk (约谈) where even a 督办单 went unanswered. Nothing of it is ruled."""
    for proposal in proposals(now):
        last = proposal.course.last
        unanswered = last is not None and last.level == "督办" and last.returned is None
        if proposal.level is None:
            continue
        talk = "，并建议约谈" if unanswered else ""
        paper = PAPERS[proposal.level]
        yield sentence(f"{cite_with_leads(proposal.item)}：建议向{proposal.unit}发{paper}{talk}")
