"""四、督办情况: papers sent and what came of them, refused extensions, praise and criticism, last time's demands."""

from collections.abc import Iterator
from datetime import date

from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import Record
from gaigai_cli.report.facts import Facts, ItemFacts
from gaigai_cli.report.ladder import PAPERS
from gaigai_cli.report.monthly_report import Section
from gaigai_cli.report.problems import refusal_words
from gaigai_cli.report.wording import (
    cite_with_leads,
    decided,
    number_of,
    numbers,
    said,
    sentence,
    who,
    whos,
)
from gaigai_cli.words.say import day_words


def supervision(facts: Facts) -> Section:
    """The section; without paragraphs where there is nothing to tell."""
    return Section(
        "督办情况",
        (*_papers(facts), *refusals(facts), *(_merit(facts, entry) for entry in facts.merits)),
    )


def _papers(facts: Facts) -> Iterator[str]:
    """The papers of the period, and those of before that were answered in it, or should have been."""
    canonical = facts.now.ledger.units.canonical
    for entry in facts.now.general:
        record = entry.record
        if record.kind != "督办" or record.level is None:
            continue
        items = [facts.by_id[i].item for i in record.items or () if i in facts.by_id]
        for unit in dict.fromkeys(map(canonical, record.to or ())):
            returned = _returned(facts, record, unit)
            if items and _is_news(facts, record, returned):
                yield sentence(_paper(facts, record, unit, items, returned))


def _returned(facts: Facts, record: Record, unit: str) -> date | None:
    return next(
        (
            e.record.date
            for e in facts.now.general
            if e.record.kind == "督办回执" and e.unit == unit and record.id in e.record.references
        ),
        None,
    )


def _is_news(facts: Facts, record: Record, returned: date | None) -> bool:
    lapsed = returned is None and facts.period.holds(record.reply_by)
    return facts.period.holds(record.date) or facts.period.holds(returned) or lapsed


def _paper(
    facts: Facts, record: Record, unit: str, items: list[JudgedItem], returned: date | None
) -> str:
    year, ledger = facts.year, facts.now.ledger
    assert record.level is not None
    about = numbers(items)
    paper = f"{PAPERS[record.level]}（{record.number}）"
    sent = f"{day_words(record.date, year)}就{about}向{who(ledger, unit)}发{paper}"
    by = record.reply_by
    if returned is not None:
        late = "逾期" if by and returned > by else "按期"
        answer = f"，{day_words(returned, year)}{late}回复"
    elif by is not None and by <= facts.now.day:
        answer = f"，要求{day_words(by, year)}前回复，逾期未回复"
    else:
        answer = f"，要求{day_words(by, year)}前回复" if by else ""
    return f"{sent}{answer}{_since(facts, record.date, unit, items)}"


def _since(facts: Facts, sent: date, unit: str, items: list[JudgedItem]) -> str:
    """What the unit has done of it since: an application or a close-out in the period."""
    done = []
    for item in items:
        closed = item.state.closed
        applied = [
            e.record.date
            for e in item.state.entries
            if e.record.kind == "申请销号" and e.unit == unit and e.record.date >= sent
        ]
        which = number_of(item.state.listed) if len(items) > 1 else "该项"
        if closed and closed >= sent:
            done.append(f"{which}{day_words(closed, facts.year)}销号")
        elif applied and item.state.applications:
            done.append(f"{which}{day_words(applied[-1], facts.year)}申请销号")
    return f"；{'，'.join(done)}" if done else ""


def refusals(facts: Facts) -> Iterator[str]:
    """Refusals of extensions that no problem tells of."""
    for fact in facts.items:
        told = fact.reason.ruling if _is_problem(fact) and fact.reason else None
        for entry in fact.rulings:
            if entry.record.kind == "不予延期" and entry is not told:
                yield sentence(f"{cite_with_leads(fact.item)}{_refusal(facts, fact, entry)}")


def _is_problem(fact: ItemFacts) -> bool:
    return bool(fact.expired or fact.turns or fact.behind)


def _refusal(facts: Facts, fact: ItemFacts, entry: Entry) -> str:
    year = facts.year
    asked = [
        e
        for e in fact.state.entries
        if e.record.id in (entry.record.answers or ()) and e.record.due
    ]
    words = "".join(
        f"，{who(fact.item.ledger, e.unit)}{day_words(e.record.date, year)}申请延至{day_words(e.record.due, year)}"
        for e in asked
        if e.record.due
    )
    ruled = f"{day_words(entry.record.date, year)}{refusal_words(entry.record, year)}"
    return f"{words}，{ruled}"


def _merit(facts: Facts, entry: Entry) -> str:
    """Praise and criticism that somebody with the right to it has decided; else what an office may say by itself."""
    record, year, ledger = entry.record, facts.year, facts.now.ledger
    units = whos(ledger, dict.fromkeys(map(ledger.units.canonical, record.to or ())))
    listed = ledger.tasks.by_id.get(record.item or "")
    about = f"就{number_of(listed)}" if listed else ""
    reason = said(record.reason or record.summary or "", year)
    day = day_words(record.date, year)
    if record.kind == "责任认定":
        basis = f"；{said(record.basis, year)}" if record.basis else ""
        which = f"，{number_of(listed)}" if listed else ""
        return sentence(f"情况核实：{day}经核实，{reason}（{units}{which}{basis}）")
    approved = record.approved_by is not None
    verb = {
        ("表扬", True): "予以通报表扬",
        ("表扬", False): "予以肯定",
        ("通报批评", True): "予以通报批评",
        ("通报批评", False): "予以提醒",
    }[record.kind, approved]
    words = decided(record, year, f"{about}对{units}{verb}")
    return sentence(f"{day}{words}：{reason}" if reason else f"{day}{words}")
