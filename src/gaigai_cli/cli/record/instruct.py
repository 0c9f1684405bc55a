"""``gaigai instruct``, ``resolve``, ``answer``, ``present``, ``read``: what leaders and meetings demand."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import Final

from gaigai_cli.cli import ask
from gaigai_cli.cli import options as o
from gaigai_cli.cli.options import Option
from gaigai_cli.cli.record.filling import enter, filling_of
from gaigai_cli.cli.run import Run, takes
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.store.regular import read_file, text_of
from gaigai_cli.work import instruct as work
from gaigai_cli.work.questions import Question, Questions

_LEADER: Final = Option("--leader", "批示人（领导姓名）", "姓名")
_DAY: Final = replace(o.DATE, help="批示、会议的日期；不写则为今天")
_LINES: Final = Option(
    "--lines",
    "写有议定事项的文本文件；不写则在终端里粘贴；一行一条：条款|议定事项|主办单位|协办单位|反馈时限|涉及事项",
    "文件",
)
_NUMBER: Final = Option("编号", "交办事项的记录编号，写后8位即可，见 gaigai todo", of_list=True)
_UNIT: Final = Option("--unit", "哪个单位的反馈；不写则为本单位", "单位")
_STEP: Final = (o.EVIDENCE, o.DATE, o.BY, o.DRY_RUN)
"""What every step says besides."""


@takes(
    _LEADER,
    Option("--post", "批示人的职务，如 副县长", "职务"),
    Option("--handling", "批示类型：批办（要反馈）、指导或参阅", "类型"),
    Option("--summary", "要点：要做什么，不照抄原话；通报里会写", "文字"),
    Option("--to", "主办单位，可写几次", "单位", many=True),
    Option("--assist", "协办单位，可写几次", "单位", many=True),
    Option("--reply-by", "反馈时限，如 6月30日；批办必填", "日期"),
    Option("--urgent", "急件"),
    Option("--document", "来件：批在哪份文件上", "件名"),
    Option("--number", "来件的文号", "文号", gives="document_number"),
    Option("--sender", "来文单位", "单位"),
    Option("--item", "针对哪个事项；不写则针对整个清单", "事项", of_list=True),
    Option("--words", "批示原文；会随数据让各单位看到，一般不写", "文字"),
    o.EVIDENCE,
    _DAY,
    o.BY,
    o.DRY_RUN,
)
def instruct(run: Run) -> None:
    """Enter what a leader has written on a paper (批示)."""
    session = run.office_session
    enter(filling_of(session), work.demand(session, work.INSTRUCTION))


@takes(
    Option("--meeting", "会议名称和次数，如 县政府第12次常务会议", "会议"),
    Option("--number", "会议纪要的文号", "文号", gives="document_number"),
    _LINES,
    o.EVIDENCE,
    _DAY,
    o.BY,
    o.DRY_RUN,
)
def resolve(run: Run) -> None:
    """Enter what a meeting has resolved, several at once (议定事项)."""
    session = run.office_session
    filling, statement = filling_of(session), work.demand(session, work.RESOLUTION)
    name = run.word(_LINES)
    lines = "" if name is None else _text(name)
    if name is None and ask.on_terminal():
        ask.say("粘贴议定事项，一行一条，以空行结束：")
        lines = filling.pasted = "".join(takewhile(str.strip, sys.stdin)) or "\n"

    def read(question: Question) -> Question:
        return replace(question, read=lambda _: question.read([lines]), default=filling.pasted)

    def questions(asking: Questions) -> list[Question]:
        found = statement.questions(asking)
        return [read(one) if one.name == _LINES.field else one for one in found]

    enter(filling, replace(statement, questions=questions))


def _text(name: str) -> str:
    """Return what the file holds, or for ``-`` standard input. Raises ``GaigaiError`` where that is no text."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else read_file(Path(name))
    except FileNotFoundError:
        raise GaigaiError(f"没有“{name}”这个文件", "请核对文件名和所在的文件夹") from None
    return text_of(data, name)


@takes(_NUMBER, _UNIT, Option("--summary", "办理情况", "文字"), o.VIA, *_STEP)
def answer(run: Run) -> None:
    """Tell what has been done about a demand (办理反馈), by a unit or for it by the office."""
    session = run.session
    _take(session, work.ANSWERED, session.unit_typed(_UNIT))


@takes(_NUMBER, Option("--summary", "怎样呈报的", "文字"), *_STEP)
def present(run: Run) -> None:
    """Say that the result has been laid before the leader (呈报)."""
    _take(run.office_session, work.PRESENTED)


@takes(
    _NUMBER,
    replace(_LEADER, help="阅批的领导；不写则为原批示人"),
    Option("--summary", "阅后意见", "文字"),
    *_STEP,
)
def read(run: Run) -> None:
    """Enter what the leader says to the result (阅后意见): with it a 批示 ends."""
    _take(run.office_session, work.READ)


def _take(session: Session, step: work.InstructionStep, unit: str | None = None) -> None:
    filling, number = filling_of(session), session.given.word(_NUMBER)
    if number is None:
        session.given.refuse_unused()
        raise GaigaiError("缺少交办事项的编号", "运行 gaigai todo 查看在办的交办事项")
    one = work.instruction_named(session, step, number)
    enter(filling, work.step_taken(session, step, one, unit))
