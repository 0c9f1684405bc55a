"""What leaders and meetings demand (批示, 议定事项): from entry to the leader who has read the result."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.kinds import ANSWER, INSTRUCTIONS, KindName
from gaigai_cli.query.instructions import Instruction, instructions
from gaigai_cli.words.say import short_number
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.evidence import EvidenceFiles
from gaigai_cli.work.questions import Question, Questions, flag, needed, text
from gaigai_cli.work.record import answer, answering_unit, demand_entering
from gaigai_cli.work.transaction import Statement, Transaction, intended

INSTRUCTION: Final[KindName] = "批示"
RESOLUTION: Final[KindName] = "议定事项"

_CELLS: Final = re.compile(r"[\t|｜]")
_HEADS: Final = ("条款", "议定事项", "主办单位", "协办单位", "反馈时限", "涉及事项")
"""The columns of pasted lines; the last three may be left out or empty."""
_LEAST: Final = 3


def _instruction_questions(ask: Questions) -> list[Question]:
    """Return what may be said of a 批示."""
    return [
        text("leader"),
        text("post"),
        ask.choice("handling", asked=True),
        text("summary", words="要点"),
        replace(ask.units("to"), asked=True, words="主办单位"),
        replace(ask.units("assist"), asked=True),
        replace(ask.day("reply_by"), asked=True),
        flag("urgent"),
        text("document"),
        text("document_number"),
        text("sender"),
        ask.about(),
        text("words", asked=False),
        ask.evidence(),
    ]


def _resolution_questions(ask: Questions) -> list[Question]:
    """Return what may be said of the 议定事项 of a meeting, all at once: the meeting, and a line for each."""

    def read(given: Sequence[str]) -> list[dict[str, Any]]:
        return _resolutions(ask, given[0])

    lines = Question(
        "lines",
        read,
        "text",
        required=True,
        words="议定事项",
        hint=f"一行一条：{'|'.join(_HEADS)}，可从 Word、Excel 表格粘贴",
    )
    meeting, number = text("meeting"), text("document_number", words="纪要文号")
    return needed(RESOLUTION, [meeting, number, lines, ask.evidence(), ask.by(), ask.date()])


def _resolutions(ask: Questions, pasted: str) -> list[dict[str, Any]]:
    """Return the fields of each pasted line, between tabs or ``|``: 条款|议定事项|主办单位|协办单位|反馈时限|涉及事项.

    A first line of heads is passed over. Raises ``GaigaiError`` that names every line which can't be read.
    """
    found: list[dict[str, Any]] = []
    wrong: list[str] = []
    for number, line in enumerate(pasted.splitlines(), 1):
        cells = [cell.strip() for cell in _CELLS.split(line.strip().strip("|｜"))]
        if not any(cells) or set("".join(cells)) <= set("-: "):
            continue
        if not found and cells[1:2] and cells[1] in ("议定事项", "事项", "内容", "要点"):
            continue
        try:
            found.append(_resolution(ask, cells))
        except GaigaiError as error:
            wrong.append(f"第{number}行：{error.message}")
    if wrong:
        raise GaigaiError("；".join(wrong), f"每行依次写 {'|'.join(_HEADS)}，后三项可以不写")
    if not found:
        raise GaigaiError("没有写议定事项", f"每行一条：{'|'.join(_HEADS)}")
    return found


def _resolution(ask: Questions, cells: Sequence[str]) -> dict[str, Any]:
    if not _LEAST <= len(cells) <= len(_HEADS) or not cells[1] or not cells[2]:
        raise GaigaiError(f"“{'|'.join(cells)}”缺少议定事项或主办单位，或多了几格", "")
    clause, what, lead, assist, by, item = (*cells, *[""] * (len(_HEADS) - len(cells)))
    said = {
        "clause": clause,
        "summary": what,
        "to": ask.units("to").read([lead]),
        "assist": ask.units("assist").read([assist]) if assist else None,
        "reply_by": ask.directory.coming_day(by.removesuffix("前"), what="反馈时限")
        if by
        else None,
        "item": ask.directory.item_id(item) if item else None,
    }
    return {name: value for name, value in said.items() if value}


def _resolve(directory: Directory, said: Mapping[str, Any], files: EvidenceFiles) -> Transaction:
    """Return the transaction that enters the 议定事项 of a meeting, a record each."""
    shared = dict(said)
    lines, office = shared.pop("lines"), directory.ledger.office
    entered = [intended(directory, RESOLUTION, office, {**line, **shared}) for line in lines]
    return Transaction(directory, entered, files)


def demand(directory: Directory, kind: KindName) -> Statement:
    """Return the statement by which the office enters a 批示, or what a meeting has resolved."""
    office = directory.ledger.office
    if kind == INSTRUCTION:
        return Statement.of_one(directory, kind, office, _instruction_questions, {})
    return Statement(kind, office, _resolution_questions, partial(_resolve, directory))


DEMANDS: Final = (INSTRUCTION, RESOLUTION)
"""What the office enters of leaders and meetings."""


@dataclass(frozen=True)
class InstructionStep:
    """What is recorded of a demand once it is made: the kind, its questions, and to which it may be said."""

    kind: KindName
    questions: Callable[[Instruction, Questions], list[Question]]
    fits: Callable[[Instruction], bool]
    none: str


def _is_with_its_leader(one: Instruction) -> bool:
    return one.record.kind == INSTRUCTION and not one.read


ANSWERED: Final = InstructionStep(
    ANSWER,
    lambda one, ask: [text("summary", long=True, words="办理情况"), ask.evidence()],
    lambda one: not one.read,
    "没有要反馈的交办事项",
)
PRESENTED: Final = InstructionStep(
    "呈报",
    lambda one, ask: [text("summary", asked=False, words="呈报情况"), ask.evidence()],
    _is_with_its_leader,
    "没有要呈报的批示",
)
READ: Final = InstructionStep(
    "阅后意见",
    lambda one, ask: [
        replace(text("leader"), default=one.record.leader or ""),
        text("summary", words="阅后意见"),
        ask.evidence(),
    ],
    _is_with_its_leader,
    "没有待阅的批示",
)


def instruction_named(directory: Directory, step: InstructionStep, words: str) -> Instruction:
    """Return the demand with that record number, or its end. Raises ``GaigaiError`` where none fits, or several do."""
    known = list(instructions(directory.judgement))
    typed = words.strip()
    found = [one for one in known if typed and one.record.id.endswith(typed)]
    if len(found) == 1 and step.fits(found[0]):
        return found[0]
    if len(found) == 1 and found[0].read:
        day = found[0].read.record.date
        raise GaigaiError(
            f"{found[0].record.kind}{typed}已于{day}阅结", "领导又有批示的，请另登记一条批示"
        )
    entries = directory.ledger.entries if typed else ()
    gone = [e.record for e in entries if e.record.id.endswith(typed)]
    if not found and len(gone) == 1 and gone[0].kind in INSTRUCTIONS:
        raise GaigaiError(f"{gone[0].kind}{typed}已作废", "不用再办")
    open_ = [one for one in known if step.fits(one) and one.waits]
    listed = "；".join(
        f"{short_number(one.record)} {(one.record.summary or '')[:20]}" for one in open_
    )
    raise GaigaiError(
        f"没有编号为“{typed}”的{'批示' if step is not ANSWERED else '交办事项'}",
        f"在办的有：{listed}" if listed else step.none,
    )


def answer_of(directory: Directory, one: Instruction, named: str | None) -> str:
    """Return whose answer it is: the unit named, one's own, or the only one that is missing. Raises ``GaigaiError``."""
    asked = (*one.leads, *one.assist)
    unit = answering_unit(directory, asked, one.missing, named)
    if unit is None:
        raise GaigaiError(
            f"这件交办事项由{'、'.join(asked) or '（未写明）'}办理", "请写 --unit，说明是谁的反馈"
        )
    if unit not in asked:
        raise GaigaiError(
            f"这件交办事项没有交给{unit}", f"主办、协办单位是{'、'.join(asked) or '（未写明）'}"
        )
    demand_entering(directory, unit, "反馈")
    return unit


def step_taken(
    directory: Directory, step: InstructionStep, one: Instruction, named: str | None
) -> Statement:
    """Return the statement of the step in the office's log; of a 办理反馈 in that of the unit ``named``, or found."""
    unit = answer_of(directory, one, named) if step is ANSWERED else directory.ledger.office
    return answer(directory, step.kind, unit, one.entry, partial(step.questions, one))
