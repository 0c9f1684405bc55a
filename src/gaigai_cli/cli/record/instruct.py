"""``gaigai instruct``, ``resolve``, ``answer``, ``present``, ``read``: what leaders and meetings demand."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from gaigai_cli.cli import ask
from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.desk import Filling, desk_of, kept_words, record, writing_session
from gaigai_cli.cli.record.fields import answered
from gaigai_cli.cli.record.ruling import office_session
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.errors import GaigaiError
from gaigai_cli.store.regular import read_file
from gaigai_cli.work import instruct as work
from gaigai_cli.work.evidence import EvidenceFiles
from gaigai_cli.work.record import is_entered_for

_LEADER: Final = Option("--leader", "批示人（领导姓名）", "姓名")
_DAY: Final = replace(o.DATE, help="批示、会议的日期；不写则为今天")
_INSTRUCTION: Final = {
    "leader": _LEADER,
    "post": Option("--post", "批示人的职务，如 副县长", "职务"),
    "handling": Option("--handling", "批示类型：批办（要反馈）、指导或参阅", "类型"),
    "summary": Option("--summary", "要点：要做什么，不照抄原话；通报里会写", "文字"),
    "to": Option("--to", "主办单位，可写几次", "单位", many=True, complete="units"),
    "assist": Option("--assist", "协办单位，可写几次", "单位", many=True, complete="units"),
    "reply_by": Option("--reply-by", "反馈时限，如 6月30日；批办必填", "日期"),
    "urgent": Option("--urgent", "急件"),
    "document": Option("--document", "来件：批在哪份文件上", "件名"),
    "document_number": Option("--number", "来件的文号", "文号"),
    "sender": Option("--sender", "来文单位", "单位"),
    "item": Option(
        "--item", "针对哪个事项；不写则针对整个清单", "事项", complete="items", of_list=True
    ),
    "words": Option("--words", "批示原文；会随数据让各单位看到，一般不写", "文字"),
    "evidence": o.EVIDENCE,
    "date": _DAY,
}
_RESOLUTION: Final = {
    "meeting": Option("--meeting", "会议名称和次数，如 县政府第12次常务会议", "会议"),
    "document_number": Option("--number", "会议纪要的文号", "文号"),
    "lines": Option(
        "--lines",
        "写有议定事项的文本文件，- 为粘贴；一行一条：条款|议定事项|主办单位|协办单位|反馈时限|涉及事项",
        "文件",
    ),
    "evidence": o.EVIDENCE,
    "date": _DAY,
}
_NUMBER: Final = Option(
    "编号", "交办事项的记录编号，写后8位即可，见 gaigai todo", "编号", of_list=True
)
_UNIT: Final = Option("--unit", "哪个单位的反馈；不写则为本单位", "单位", complete="units")
_DONE: Final = {"summary": Option("--summary", "办理情况", "文字"), "via": o.VIA}
_PRESENTED: Final = {"summary": Option("--summary", "怎样呈报的", "文字")}
_READ: Final = {
    "leader": replace(_LEADER, help="阅批的领导；不写则为原批示人"),
    "summary": Option("--summary", "阅后意见", "文字"),
}


@takes(*_INSTRUCTION.values(), o.BY, o.DRY_RUN)
def instruct(run: Run) -> None:
    """Enter what a leader has written on a paper (批示)."""
    session = office_session(run)
    desk, files = desk_of(session), EvidenceFiles(session, session.ledger.office)
    said = answered(desk, work.instruction_questions, _INSTRUCTION, files)
    with kept_words(desk, always=False):
        writing = work.instruct(session, said, files)
    record(desk, writing)


@takes(*_RESOLUTION.values(), o.BY, o.DRY_RUN)
def resolve(run: Run) -> None:
    """Enter what a meeting has resolved, several at once (议定事项)."""
    session = office_session(run)
    desk, files = desk_of(session), EvidenceFiles(session, session.ledger.office)
    _read_lines(desk, _RESOLUTION["lines"])
    said = answered(desk, work.resolution_questions, _RESOLUTION, files)
    record(desk, work.resolve(session, said, files))


def _read_lines(desk: Filling, option: Option) -> None:
    """Put what the named file holds in the place of its name; on a terminal pasted lines end with an empty one."""
    name = desk.word(option)
    if name is None and ask.on_terminal():
        ask.say("粘贴议定事项，一行一条，以空行结束：")
        lines = list(iter(sys.stdin.readline, "\n"))
        desk.given[option] = ["".join(lines)]
    elif name == "-":
        desk.given[option] = [_text(sys.stdin.buffer.read())]
    elif name is not None:
        try:
            desk.given[option] = [_text(read_file(Path(name)))]
        except FileNotFoundError:
            raise GaigaiError(f"没有“{name}”这个文件", "请核对文件名和所在的文件夹") from None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


@takes(_NUMBER, _UNIT, *_DONE.values(), o.EVIDENCE, o.DATE, o.BY, o.DRY_RUN)
def answer(run: Run) -> None:
    """Tell what has been done about a demand (办理反馈), by a unit or for it by the office."""
    session = writing_session(run)
    words = run.word(_UNIT)
    _take(run, work.ANSWERED, _DONE, session.unit(words) if words else None)


@takes(_NUMBER, *_PRESENTED.values(), o.EVIDENCE, o.DATE, o.BY, o.DRY_RUN)
def present(run: Run) -> None:
    """Say that the result has been laid before the leader (呈报)."""
    _take(run, work.PRESENTED, _PRESENTED)


@takes(_NUMBER, *_READ.values(), o.EVIDENCE, o.DATE, o.BY, o.DRY_RUN)
def read(run: Run) -> None:
    """Enter what the leader says to the result (阅后意见): with it a 批示 ends."""
    _take(run, work.READ, _READ)


def _take(
    run: Run,
    step: work.InstructionStep,
    options: Mapping[str, Option],
    unit: str | None = None,
) -> None:
    own = step is work.ANSWERED
    session = writing_session(run) if own else office_session(run)
    desk, number = desk_of(session, _NUMBER), run.word(_NUMBER)
    if number is None:
        run.refuse_unused()
        raise GaigaiError("缺少交办事项的编号", "运行 gaigai todo 查看在办的交办事项")
    one = work.instruction_named(session, step, number)
    office = session.ledger.office
    whose = work.answer_of(session, one, unit) if own else office
    files = EvidenceFiles(session, whose)
    for_unit = own and is_entered_for(session, whose)
    asked = partial(work.step_questions, step, one, for_unit=for_unit)
    said = answered(desk, asked, options, files)
    record(desk, work.take_step(session, step, one, whose, said=said, files=files))
