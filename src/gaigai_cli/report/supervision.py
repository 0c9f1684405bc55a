"""四、督办情况: papers sent and what came of them, refused extensions, praise and criticism, last time's demands."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.judge.owed_reports import owed_words
from gaigai_cli.model.kinds import REPORTING, KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.report.facts import Facts, ItemFacts
from gaigai_cli.report.follow_up import follow_up
from gaigai_cli.report.ladder import PAPERS, PaperSent, papers_sent
from gaigai_cli.report.monthly_report import SUPERVISION, Section
from gaigai_cli.report.wording import (
    behind_comma,
    cite_with_leads,
    decided,
    number_of,
    numbers,
    refusal_words,
    said,
    sentence,
)
from gaigai_cli.words.say import day_words


def supervision(facts: Facts) -> Section:
    """Return the section; without paragraphs where there is nothing to tell."""
    return Section(
        SUPERVISION,
        (
            *follow_up(facts),
            *_papers(facts),
            *refusals(facts),
            *(_merit(facts, entry) for entry in facts.merits),
        ),
    )


def _papers(facts: Facts) -> Iterator[str]:
    """Yield the papers of the period, and those of before that were answered in it, or should have been.

    What was sent to one unit about the same items is told together.
    """
    sent: dict[tuple[str, tuple[str, ...]], list[_Sent]] = {}
    for paper in papers_sent(facts.now):
        items = tuple(i for i in paper.entry.record.items or () if i in facts.by_id)
        for unit, returned in paper.returned.items():
            one = _Sent(paper, returned)
            if items and one.is_news(facts):
                sent.setdefault((unit, items), []).append(one)
    for (unit, ids), papers in sent.items():
        items_ = [facts.by_id[i].item for i in ids]
        told = _told(facts, unit, items_, papers)
        yield sentence(f"{told}{_since(facts, papers[0], unit, items_)}")


class _Sent(NamedTuple):
    """A paper to one unit, and the day on which that has answered it."""

    paper: PaperSent
    returned: date | None

    @property
    def name(self) -> str:
        return PAPERS[self.paper.level]

    @property
    def day(self) -> date:
        return self.paper.entry.record.date

    @property
    def late(self) -> bool:
        return self.returned is not None and self.returned > self.paper.reply_by

    def is_news(self, facts: Facts) -> bool:
        """Return whether it was sent in the period, or answered in it, or should have been."""
        holds = facts.period.holds
        lapsed = self.returned is None and holds(self.paper.reply_by)
        return holds(self.day) or holds(self.returned) or lapsed

    def outcome(self, running: date) -> str:
        """Return what came of it before the day that runs; empty while there is time."""
        if self.returned is not None:
            return "逾期回复" if self.late else "按期回复"
        return "逾期未回复" if self.paper.reply_by < running else ""


def _told(facts: Facts, unit: str, items: list[JudgedItem], papers: list[_Sent]) -> str:
    """Return what was sent, and what came of it: once where all was answered on one day, else a clause a paper."""
    year = facts.year
    about, to = f"就{numbers(items)}", f"向{facts.who(unit)}发"
    first, *more = papers
    if not more:
        sent = f"{day_words(first.day, year)}{about}{to}{first.name}（{first.paper.number}）"
        return f"{sent}{behind_comma(_answer(facts, first))}"
    each = "、".join(
        f"{name}（{'；'.join(f'{p.paper.number}，{day_words(p.day, year)}' for p in some)}）"
        for name, some in groupby(papers, key=lambda p: p.name)
    )
    outcomes = {p.outcome(facts.now.running) for p in papers}
    often = Counter(p.name for p in papers)
    names = [
        f"{'' if often[p.name] == 1 else f'{day_words(p.day, year)}的'}{p.name}" for p in papers
    ]
    if first.returned is not None and all(p.returned == first.returned for p in papers):
        late = [name for name, p in zip(names, papers, strict=True) if p.late]
        some = f"，其中{'、'.join(late)}逾期回复" if 0 < len(late) < len(papers) else ""
        together = "一并逾期回复" if len(late) == len(papers) else "一并回复"
        answer = f"{day_words(first.returned, year)}{together}{some}"
    elif len(outcomes) == 1 and all(outcomes):
        answer = f"均{outcomes.pop()}"
    else:
        answer = "；".join(
            f"{name}{_answer(facts, p)}" for name, p in zip(names, papers, strict=True)
        )
    return f"{about}先后{to}{each}{behind_comma(answer)}"


def _answer(facts: Facts, sent: _Sent) -> str:
    outcome = sent.outcome(facts.now.running)
    if sent.returned is not None:
        return f"{day_words(sent.returned, facts.year)}{outcome}"
    return f"要求{day_words(sent.paper.reply_by, facts.year)}前回复{behind_comma(outcome)}"


def _since(facts: Facts, first: _Sent, unit: str, items: list[JudgedItem]) -> str:
    """Return what the unit has done of it since: a close-out, an application, reports made up, or any report at all."""
    sent, year = first.day, facts.year
    done = []
    for item in items:
        closed, own = item.state.closed, item.state.application_of(unit)
        which = number_of(item.state.listed) if len(items) > 1 else "该项"
        if closed and closed >= sent:
            done.append(f"{which}{day_words(closed, year)}销号")
        elif own is not None and own.record.date >= sent:
            done.append(f"{which}{day_words(own.record.date, year)}申请销号")
    if done:
        return f"；{'，'.join(done)}"
    said_ = [
        e.record
        for item in items
        for e in item.state.entries
        if e.unit == unit and e.record.date >= sent and e.record.kind in REPORTING
    ]
    made_up = sorted({r.period for r in said_ if r.period and r.period < f"{r.date:%Y-%m}"})
    if made_up:
        return f"；已补报{owed_words(made_up, facts.now.ledger, year)}进展"
    told = [r.date for r in said_ if r.summary]
    if told and first.returned is None:
        return f"；{day_words(told[-1], year)}报送了进展"
    return ""


def refusals(facts: Facts) -> Iterator[str]:
    """Yield refusals of extensions that no problem tells of."""
    for fact in facts.items:
        is_problem = fact.expired or fact.state.missed_turns or fact.lagging
        told = fact.reason.ruling if is_problem and fact.reason else None
        for entry in fact.rulings:
            if entry.record.kind == "不予延期" and entry is not told:
                yield sentence(f"{cite_with_leads(fact.item)}{_refusal(facts, fact, entry)}")


def _refusal(facts: Facts, fact: ItemFacts, entry: Entry) -> str:
    year = facts.year
    words = "".join(
        f"，{facts.who(e.unit)}{day_words(e.record.date, year)}申请延至{day_words(e.record.due, year)}"
        for e in fact.state.entries
        if e.record.due and entry.record.is_answer_to(e.record)
    )
    ruled = f"{day_words(entry.record.date, year)}{refusal_words(entry.record, year)}"
    return f"{words}，{ruled}"


def _merit(facts: Facts, entry: Entry) -> str:
    """Return praise and criticism that somebody with the right to it has decided.

    Without such a person it tells what an office may say by itself.
    """
    record, year, ledger = entry.record, facts.year, facts.now.ledger
    units = facts.whos(dict.fromkeys(map(ledger.units.canonical, record.to or ())))
    listed = ledger.tasks.by_id.get(record.item or "")
    item = number_of(listed) if listed else ""
    reason = said(record.reason or record.summary or "", year)
    day = day_words(record.date, year)
    if record.kind == "责任认定":
        about = ("" if units in reason else units, item, said(record.basis or "", year))
        return sentence(f"情况核实：{day}经核实，{reason}（{'，'.join(filter(None, about))}）")
    by_itself, approved = _VERBS[record.kind]
    verb = by_itself if record.approved_by is None else approved
    words = decided(record, year, f"{f'就{item}' if item else ''}对{units}{verb}")
    return sentence(f"{day}{words}：{reason}" if reason else f"{day}{words}")


_VERBS: Final[Mapping[KindName, tuple[str, str]]] = {
    "表扬": ("予以肯定", "予以通报表扬"),
    "通报批评": ("予以提醒", "予以通报批评"),
}
"""What an office says by itself, and what with the approval of somebody who has the right to it."""
