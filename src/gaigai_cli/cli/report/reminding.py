"""Which papers the options of ``gaigai remind`` ask for, and their numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.report.ladder import PAPERS, Level
from gaigai_cli.report.reminders import (
    Proposal,
    Reminder,
    numbered,
    proposals,
    refusal,
    reminders,
)

Wanted = list[tuple[JudgedItem, str, Level]]


@dataclass(frozen=True)
class Asked:
    """What the options ask for."""

    units: tuple[str, ...]
    items: tuple[JudgedItem, ...]
    everything: bool
    kind: Level | None

    @property
    def nothing(self) -> bool:
        """Whether nobody is named."""
        return not (self.units or self.items or self.everything)


def drafts(
    session: Session,
    judgement: Judgement,
    asked: Asked,
    reply_by: str | None,
    signer: str | None,
    contact: str | None,
) -> tuple[Reminder, ...]:
    """The drafts that are asked for. Raises ``GaigaiError`` where there is nothing to send, or not yet."""
    wanted = _named(judgement, asked) if asked.items else _due(judgement, asked)
    day = None if reply_by is None else session.coming_day(reply_by, what="--reply-by")
    if day is not None and day < session.today:
        raise GaigaiError(f"反馈时限{day}早于今天（{session.today}）", "请核对 --reply-by")
    made = reminders(judgement, wanted)
    for paper in made:
        if paper.reply_by is None and day is None:
            session.output.message(
                f"提示：不知道{paper.day.year}年或次年的放假和调休安排，反馈时限没有推算；"
                "请写 --reply-by，或在 rules.yaml 的 calendar 中写明。"
            )
            break
    return tuple(
        replace(p, reply_by=day or p.reply_by, signer=signer or "", contact=contact or "")
        for p in made
    )


def _due(judgement: Judgement, asked: Asked) -> Wanted:
    """What is due for the units, or for all."""
    found = [
        p
        for p in proposals(judgement)
        if (not asked.units or p.unit in asked.units) and asked.kind in (None, p.level)
    ]
    due: Wanted = [(p.item, p.unit, p.level) for p in found if p.level]
    if not due:
        who = "、".join(asked.units) or "各单位"
        why = "；".join(f"{p.item.id}{p.why}" for p in found if p.why)
        raise GaigaiError(
            f"{who}目前没有应发的{PAPERS[asked.kind] if asked.kind else '提醒、催办和督办'}"
            f"{f'（{why}）' if why else ''}",
            "运行 gaigai remind 查看各事项的下一步；确要发的请写 --item 和 --kind",
        )
    return due


def _named(judgement: Judgement, asked: Asked) -> Wanted:
    """What is sent about items that were named; a kind that was named too is only held against the steps before."""
    by_pair = {(p.item.id, p.unit): p for p in proposals(judgement)}
    wanted: Wanted = []
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
    """The item's leads, or those of the named units that lead it."""
    office = judgement.ledger.office
    leads = tuple(unit for unit in item.state.units.lead if unit != office)
    if not leads:
        raise GaigaiError(
            f"事项{item.id}由{office}自行牵头", f"不必给自己发文，见 gaigai show {item.id}"
        )
    if not item.state.open:
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
        raise GaigaiError(f"事项{item.id}：{unit}{proposal.why}", "确要再发的请写 --kind")
    return proposal.level


def with_numbers(
    judgement: Judgement, papers: tuple[Reminder, ...], number: str | None
) -> tuple[Reminder, ...]:
    """The papers to be issued: with the next numbers, or the one that is given. Raises ``GaigaiError``."""
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
