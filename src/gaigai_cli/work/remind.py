"""Reminders: which papers are due, their issue as 督办 records, and the receipts that answer them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import UNREPORTED, JudgedItem, Judgement
from gaigai_cli.judge.owes import owes
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import Level, Record
from gaigai_cli.report.ladder import PAPERS
from gaigai_cli.report.reminders import (
    Proposal,
    Reminder,
    numbered,
    proposals,
    refusal,
    reminder,
    reminders,
)
from gaigai_cli.report.todo import todo
from gaigai_cli.words.say import day_words
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.evidence import EvidenceFiles
from gaigai_cli.work.questions import text
from gaigai_cli.work.record import answer, answering_unit, demand_entering
from gaigai_cli.work.transaction import Statement, Transaction, intended

Due = list[tuple[JudgedItem, str, Level]]
"""What is sent: about which item, to which unit, on which step."""


@dataclass(frozen=True)
class Asked:
    """What is asked for: papers to these units (none: to all), about these items or all that are due; of one kind."""

    units: tuple[str, ...]
    items: tuple[JudgedItem, ...] = ()
    kind: Level | None = None

    def proposed(self, judgement: Judgement) -> list[Proposal]:
        """Return what of the proposals is asked for; of nobody in particular, all."""
        items = [item.id for item in self.items]
        return [
            p
            for p in proposals(judgement)
            if (not self.units or p.unit in self.units)
            and (not items or p.item.id in items)
            and self.kind in (None, p.level)
        ]


def drafts(
    judgement: Judgement,
    asked: Asked,
    *,
    today: date,
    reply_by: date | None = None,
    signer: str = "",
    contact: str = "",
) -> tuple[Reminder, ...]:
    """Return the drafts that are asked for. Raises ``GaigaiError`` where there is nothing to send, or not yet.

    An answer is expected by the day ``reply_by``, None: by working days, of which a paper has no day where the year's
    calendar isn't known. Without a ``contact`` it is that of rules.yaml.
    """
    wanted = _named(judgement, asked) if asked.items else _due(judgement, asked)
    if reply_by is not None and reply_by < today:
        raise GaigaiError(f"反馈时限{reply_by}早于今天（{today}）", "请核对 --reply-by")
    return tuple(
        _signed(replace(paper, reply_by=reply_by or paper.reply_by), judgement, signer, contact)
        for paper in reminders(judgement, wanted)
    )


def _signed(paper: Reminder, judgement: Judgement, signer: str, contact: str) -> Reminder:
    rules = judgement.ledger.rules.bulletin
    contact = contact or " ".join(filter(None, (rules.contact, rules.phone)))
    return replace(paper, signer=signer, contact=contact)


def issued_again(
    directory: Directory, number: str, *, signer: str = "", contact: str = ""
) -> list[Reminder]:
    """Return the papers that were issued under a number, as its record says, else as all was on that day.

    Raises ``GaigaiError`` where none was.
    """
    entry = paper_named(directory.judgement, number)
    record, judgement = entry.record, directory.judge.on(entry.record.date)
    assert record.level is not None
    items = [judgement.by_id[id_] for id_ in record.items or () if id_ in judgement.by_id]
    if not items:
        raise GaigaiError(f"{record.number}所列的事项已不在清单中，不能重出", "请从存档中查找")
    made = []
    for unit in record.to or ():
        paper = reminder(judgement, record.level, unit, items)
        matters = [
            replace(one, problem=problem)
            for one, problem in zip(paper.matters, _problems(record, paper), strict=True)
        ]
        issued = replace(
            paper,
            matters=tuple(matters),
            number=record.number or "",
            draft=False,
            reply_by=record.reply_by,
        )
        made.append(_signed(issued, judgement, signer, contact))
    return made


def _due(judgement: Judgement, asked: Asked) -> Due:
    """Return what is due for the units, or for all."""
    found = asked.proposed(judgement)
    due: Due = [(p.item, p.unit, p.level) for p in found if p.level]
    if not due:
        who = "、".join(asked.units) or "各单位"
        why = "；".join(f"{p.item.id}{p.why}" for p in found if p.why)
        waiting = dict.fromkeys(
            p.ladder.last.number for p in found if p.level is None and p.ladder.last
        )
        numbers = "、".join(waiting)
        again = (
            f"；已经签发、文书没有存下的，运行 gaigai remind --number 编号 重出：{numbers}"
            if numbers
            else ""
        )
        raise GaigaiError(
            f"{who}目前没有应发的{PAPERS[asked.kind] if asked.kind else '提醒、催办和督办'}"
            f"{f'（{why}）' if why else ''}",
            f"运行 gaigai remind 查看各事项的下一步；确要发的请写 --item 和 --kind{again}",
        )
    return due


def _named(judgement: Judgement, asked: Asked) -> Due:
    """Return what is sent about items that were named.

    A kind that was named too is only held against the steps before.
    """
    by_pair = {(p.item.id, p.unit): p for p in proposals(judgement)}
    wanted: Due = []
    for item in asked.items:
        for unit in _recipients(judgement, item, asked.units):
            level = asked.kind or _level(item, unit, by_pair.get((item.id, unit)))
            why = refusal(judgement, item, unit, level)
            if why:
                raise GaigaiError(
                    f"{why}，不能发{PAPERS[level]}",
                    "提醒函、催办通知、督办单依次发出，前一份过了反馈时限才发后一份",
                )
            wanted.append((item, unit, level))
    return wanted


def _recipients(judgement: Judgement, item: JudgedItem, units: tuple[str, ...]) -> tuple[str, ...]:
    """Return the item's leads, or those of the named units that lead it."""
    office = judgement.ledger.office
    leads = tuple(unit for unit in item.state.units.lead if unit != office)
    if not leads:
        raise GaigaiError(
            f"事项{item.id}由{office}自行牵头", f"不必给自己发文，见 gaigai show {item.id}"
        )
    if not item.state.open and not any(owes(item, unit).anything for unit in leads):
        raise GaigaiError(
            f"事项{item.id}此时为“{item.state.status}”，不必提醒", f"见 gaigai show {item.id}"
        )
    found = tuple(unit for unit in leads if not units or unit in units)
    if not found:
        raise GaigaiError(
            f"{'、'.join(units)}不是事项{item.id}的牵头单位", f"牵头单位是{'、'.join(leads)}"
        )
    return found


def _level(item: JudgedItem, unit: str, proposal: Proposal | None) -> Level:
    if proposal is None:
        raise GaigaiError(f"事项{item.id}目前没有需要提醒{unit}的情形", "确要发的请写 --kind 提醒")
    if proposal.level is None:
        so_far, year, by = proposal.ladder, item.ledger.tasks.notice.year, ""
        if so_far.waiting and so_far.last and unit in so_far.last.missing:
            by = f"，反馈时限为{day_words(so_far.last.reply_by, year)}"
        raise GaigaiError(f"事项{item.id}：{unit}{proposal.why}{by}", "确要再发的请写 --kind")
    return proposal.level


def demand_begun(judgement: Judgement, remedy: str) -> None:
    """Raise ``GaigaiError`` where nothing has been reported yet: papers that name units rest on more than days."""
    if judgement.blank:
        raise GaigaiError(f"{UNREPORTED}，不能签发点名单位的文书", remedy)


def with_numbers(
    judgement: Judgement, papers: tuple[Reminder, ...], number: str | None
) -> tuple[Reminder, ...]:
    """Return the papers to be issued: with the next numbers, or the one that is given. Raises ``GaigaiError``."""
    if any(paper.reply_by is None for paper in papers):
        raise GaigaiError(
            "反馈时限没有推算出来，不能签发",
            "请写 --reply-by，或在 rules.yaml 的 calendar 中写明放假和调休",
        )
    if number is None:
        return numbered(judgement, papers)
    if len(papers) > 1:
        raise GaigaiError(
            f"要签发的有{len(papers)}份，不能用同一个编号", "请逐份签发，或去掉 --number"
        )
    words = "".join(number.split())
    used = [e.record for e in judgement.general if e.record.number == words]
    if used:
        raise GaigaiError(f"编号{words}已用于{used[0].date}的{used[0].level}", "请换一个编号")
    return (replace(papers[0], number=words, draft=False),)


def issue(directory: Directory, papers: Sequence[Reminder]) -> Statement:
    """Return the statement that writes a 督办 record a paper; who issues them is asked."""
    office = directory.ledger.office

    def transaction(said: Mapping[str, Any], files: EvidenceFiles) -> Transaction:
        sent = [intended(directory, "督办", office, {**_sent(one), **said}) for one in papers]
        return Transaction(directory, sent, files)

    return Statement("督办", office, lambda ask: [ask.by()], transaction)


def _sent(paper: Reminder) -> dict[str, Any]:
    return {
        "to": (paper.unit,),
        "items": tuple(matter.id for matter in paper.matters),
        "level": paper.level,
        "number": paper.number,
        "reply_by": paper.reply_by,
        "reason": _reason(paper),
    }


def _reason(paper: Reminder) -> str:
    if len(paper.matters) == 1:
        return paper.matters[0].problem
    return "".join(f"事项{matter.id}：{matter.problem}" for matter in paper.matters)


def _problems(record: Record, paper: Reminder) -> Sequence[str]:
    """Return the problem of each matter as `_reason` has put them together."""
    reason = record.reason or ""
    if len(paper.matters) == 1:
        return [reason]
    found = re.fullmatch(
        "".join(f"事项{re.escape(one.id)}：(.*)" for one in paper.matters), reason, re.DOTALL
    )
    return found.groups() if found else [one.problem for one in paper.matters]


def paper_named(judgement: Judgement, words: str) -> Entry:
    """Return the 督办 of that number, or of that record id. Raises ``GaigaiError`` where there is none, or several."""
    sent = [e for e in judgement.general if e.record.kind == "督办"]
    plain = "".join(words.split())
    found = [e for e in sent if plain in (e.record.number, e.record.id)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = "、".join(e.record.id for e in found)
        raise GaigaiError(f"编号为“{words}”的有{len(found)}份", f"请改写记录编号：{ids}")
    waiting = [r.entry.record.number or "" for r in todo(judgement).receipts]
    known = f"还没有回执的：{'、'.join(waiting)}" if waiting else "目前没有等待回执的督办"
    raise GaigaiError(f"没有编号为“{words}”的督办", known)


def receipt_of(directory: Directory, asked: Entry, named: str | None) -> str:
    """Return whose receipt it is: the unit named, one's own, or the only one that is missing.

    Raises ``GaigaiError``.
    """
    to = tuple(map(directory.ledger.units.canonical, asked.record.to or ()))
    missing = next((r.missing for r in todo(directory.judgement).receipts if r.entry == asked), ())
    unit = answering_unit(directory, to, missing or to, named)
    if unit is None:
        raise GaigaiError(
            f"{asked.record.number}发给了{'、'.join(to)}", "请写 --unit，说明是谁的回执"
        )
    if unit not in to:
        raise GaigaiError(f"{asked.record.number}没有发给{unit}", f"发给了{'、'.join(to)}")
    demand_entering(directory, unit, "回执")
    if unit not in missing:
        raise GaigaiError(
            f"{unit}对{asked.record.number}已有回执", "不必重复登记；要改的请用 gaigai correct"
        )
    return unit


def receipt(directory: Directory, asked: Entry, unit: str) -> Statement:
    """Return the statement that is the 督办回执 of a unit."""
    return answer(directory, "督办回执", unit, asked, lambda ask: [text("summary"), ask.evidence()])
