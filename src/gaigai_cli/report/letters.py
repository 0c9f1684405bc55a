"""Letters round a bulletin as values: each complete, and free of layout."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gaigai_cli.judge.judgement import Judge, notes
from gaigai_cli.model.ledger import Entry, Issued, Ledger
from gaigai_cli.model.workdays import add_workdays
from gaigai_cli.report.application import ApplicationForm, Opinion, pair, row
from gaigai_cli.report.facts import Facts, ItemFacts, facts_of
from gaigai_cli.report.follow_up import follow_up, follow_up_of
from gaigai_cli.report.monthly_report import PROBLEMS, SUPERVISION, MonthlyReport
from gaigai_cli.report.problems import owes_reason
from gaigai_cli.report.title import Titled
from gaigai_cli.report.wording import (
    decided,
    grounds,
    leads,
    list_title,
    moved_words,
    named,
    number_of,
    open_document_number,
    reason_words,
    reply_words,
    said,
    sentence,
    stage_words,
    who,
)
from gaigai_cli.words.say import OPEN_DAY, day_words, full_day


@dataclass(frozen=True, slots=True)
class Letter(Titled):
    """A letter with its title, number, addressee and paragraphs; ``day`` None: to be written in."""

    title_parts: tuple[str, ...]
    number: str
    addressee: str
    notes: tuple[str, ...]
    paragraphs: tuple[str, ...]
    signer: str
    day: date | None


def erratum(
    ledger: Ledger,
    report: MonthlyReport,
    bulletin: Issued,
    says: Sequence[str],
    *,
    number: str | None,
    day: date,
) -> Letter:
    """Return 更正 of a bulletin that was sent out, to those who have it. ``number`` None leaves it open: a draft."""
    wrong = "；".join(words.strip().rstrip("。；") for words in says)
    kept = f"《{report.title}》（{bulletin.number}）"
    first, *rest = report.title_parts
    return Letter(
        title_parts=(f"关于更正《{first}", *rest, "》有关内容的通知"),
        number=number or open_document_number(ledger, day),
        addressee=report.addressee,
        notes=report.notes,
        paragraphs=(f"{full_day(bulletin.day)}印发的{kept}中，{wrong}。特此更正。",),
        signer=report.signer,
        day=day if number else None,
    )


def checks(
    judge: Judge, report: MonthlyReport, *, day: date
) -> Iterator[tuple[str, Letter, date | None]]:
    """Yield 核对函 to every unit but the office that a draft names, with its sentences, and the day to answer by.

    Of what became of the last bulletin's demands a unit is told its own part alone. The day is ``reply_within``
    working days after ``day``, None where that year's calendar isn't known.
    """
    facts = facts_of(judge, report.period, today=report.cut)
    ledger = facts.now.ledger
    names = {who(ledger, unit.name): unit.name for unit in ledger.units.all}
    # Of two names that begin alike the longer one is meant.
    any_name = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    told: dict[str, list[str]] = {unit: [] for unit in names.values() if unit != ledger.office}
    demands = frozenset(follow_up(facts))
    for words in _checked(report):
        named_ = {names[found] for found in any_name.findall(words)}
        for unit, own in told.items():
            if part := follow_up_of(facts, unit) if words in demands else "":
                own.append(part)
            elif unit in named_:
                own.append(words)
    within = ledger.rules.warn.reply_within
    by = add_workdays(day, within, ledger.rules.calendar)
    until = reply_words(by, within, report.cut.year)
    for unit, own in told.items():
        if own:
            yield unit, _checking(report, facts.we, who(ledger, unit), own, until), by


def _checked(report: MonthlyReport) -> Iterator[str]:
    """Yield what a draft says in the sections in which units are named for what they haven't done, or have."""
    for section in report.sections:
        if section.heading in (PROBLEMS, SUPERVISION):
            yield from section.paragraphs
            for part in section.subsections:
                yield from part.entries
                yield part.closing
            yield from section.own


def _checking(
    report: MonthlyReport, sender: str, name: str, told: Sequence[str], until: str
) -> Letter:
    return Letter(
        title_parts=("关于核对", f"{report.period.words}通报", "有关内容的函"),
        number="",
        addressee=name,
        notes=report.notes,
        paragraphs=(
            f"{sender}拟印发《{report.title}》，其中涉及你单位的内容如下：",
            *(f"{number}. {words}" for number, words in enumerate(told, 1)),
            f"请予核对，并于{until}将核对意见书面反馈{sender}。有异议的，请写明依据。",
        ),
        signer=report.signer,
        day=None,
    )


def request(facts: Facts, item: str, *, day: date) -> ApplicationForm:
    """Return 呈批件 about one item: where it stands, why, what leads ask for, room for 拟办意见 and 领导批示."""
    fact, notice = facts.by_id[item], facts.now.ledger.tasks.notice
    state, listed = fact.state, fact.state.listed
    latest = state.reports[-1] if state.reports else None
    return ApplicationForm(
        title=f"关于{named(listed)}的\n呈批件",
        notes=notes(facts.now),
        head=(f"呈报单位：{facts.office}", full_day(day)),
        rows=(
            row("任务依据", f"{list_title(notice)}{number_of(listed)}"),
            row("工作内容", listed.item.content),
            pair("牵头单位", leads(fact.item), "完成时限", _due(facts, fact)),
            row("目前进展", _said(facts, latest)),
            row("原因和申请", _reason(facts, fact)),
            Opinion("拟办意见", ("妥否，请批示。", f"{facts.office}", OPEN_DAY)),
            Opinion("领导批示", ("", OPEN_DAY)),
        ),
        foot="",
        day=day,
    )


def _due(facts: Facts, fact: ItemFacts) -> str:
    """Return the deadline in force, and that it has passed or doesn't run."""
    stage, year = fact.state.current, facts.year
    moved = stage is not None and stage.due != stage.issued
    words = fact.state.listed.deadline.text
    if stage is not None and moved:
        words = f"{day_words(stage.due, year)}{moved_words(stage, year)}"
    if fact.expired:
        late = fact.expired[0]
        days = (facts.now.day - late.due).days
        return f"{words}，{stage_words(late)}{f'逾期{days}天' if days else '到期未办结'}"
    return f"{words}，{fact.state.standing}" if fact.state.suspended else words


def _said(facts: Facts, entry: Entry | None) -> str:
    if entry is None:
        return "未报送过进展。"
    record, year = entry.record, facts.year
    words = said(record.summary or "", year)
    percent = f"，进度{record.percent}%" if record.percent is not None else ""
    unit, day = facts.who(entry.unit), day_words(record.date, year)
    return sentence(f"{words}{percent}（{unit}{day}报送）")


def _reason(facts: Facts, fact: ItemFacts) -> str:
    """Return the reason as the bulletin words it, or that there is none, and what is applied for."""
    reason, year = fact.reason, facts.year
    if fact.state.suspended:
        record = fact.state.suspended.record
        why = grounds(record.reason, year)
        words = decided(record, year, fact.state.standing)
        return sentence(f"{why}，{words}" if why else words)
    if reason is None:
        if owes_reason(facts, fact):
            return "未说明原因。"
        asked = "、".join(
            f"{facts.who(entry.unit)}{day_words(entry.record.date, year)}"
            for entry in fact.state.applications
        )
        return f"牵头单位未反映问题，{f'{asked}申请销号，待核验' if asked else '未提出申请'}。"
    unit = facts.who(reason.entry.unit)
    return sentence(reason_words(fact.item, reason, unit, year, facts.period))


def cover(report: MonthlyReport) -> ApplicationForm:
    """Return 发文稿纸: the sheet that goes round with a draft for 拟稿, 核稿, 会签 and 签发.

    Number and days are filled in where known.
    """
    issued = full_day(report.day) if report.day else OPEN_DAY
    return ApplicationForm(
        title="发文稿纸",
        notes=report.notes,
        head=(f"发文字号：{report.number}", report.imprint.openness),
        rows=(
            Opinion("签发", ("签发人（签字）：", issued)),
            Opinion("会签", ("会签单位（签字）：", OPEN_DAY)),
            Opinion("核稿", ("核稿人（签字）：", OPEN_DAY)),
            pair("拟稿单位", report.signer, "拟稿人", ""),
            row("标题", report.title),
            row("主送", report.addressee),
            row("抄送", report.imprint.copies),
            row("附件", "1. 任务台账　2. 各单位情况"),
            pair("印发日期", full_day(report.printed) if report.printed else "", "印制份数", ""),
        ),
        foot="",
        day=report.cut,
    )
