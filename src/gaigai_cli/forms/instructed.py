"""What leaders and meetings demand of a unit (批示, 议定事项): as its form asks about it, and what it answers."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final

from gaigai_cli.forms.cells import FormCell, read_day, read_text
from gaigai_cli.forms.returned import Answer, Collecting, Returned, Wanted, read_evidence
from gaigai_cli.forms.sent import MarkRow
from gaigai_cli.forms.tables import INSTRUCTED, FormColumn, FormRow, FormTable, key_of
from gaigai_cli.judge.judgement import Judgement
from gaigai_cli.model.kinds import ANSWER
from gaigai_cli.model.records import Record
from gaigai_cli.query.instructions import Instruction, instructions
from gaigai_cli.record.new_record import Intention
from gaigai_cli.words.say import day_words, demanded_by, full_day
from gaigai_cli.words.typed import past_day

_COLUMNS: Final = (
    FormColumn("id", "序号", 8),
    FormColumn("name", "来件或会议", 28),
    FormColumn("what", "交办事项", 36),
    FormColumn("asked", "要求", 26),
    FormColumn("due", "办理时限", 15),
    FormColumn("answer", "办理反馈", 44, "text", "办理情况和结果；没有办完的写进度和预计完成时间"),
    FormColumn("day", "反馈日期", 13, "day", "如 2024-06-25；不填的按填报日期"),
    FormColumn("evidence", "佐证材料", 17, "text", "文号、链接或附件文件名，一行一件"),
)


def instructions_table(judgement: Judgement, unit: str) -> FormTable:
    """Return what the unit has been told to do and hasn't answered: the leader is neither named nor quoted."""
    open_ = [one for one in instructions(judgement) if unit in one.missing]
    rows = tuple(_row(judgement, one, turn) for turn, one in enumerate(open_, 1))
    return FormTable(INSTRUCTED, _COLUMNS, rows)


def _row(judgement: Judgement, one: Instruction, turn: int) -> FormRow:
    record, year = one.record, judgement.ledger.tasks.notice.year
    asked = [f"{demanded_by(record, judgement.ledger.office)}（{day_words(record.date, year)}）"]
    if record.urgent:
        asked.append("急件")
    asked.append(f"主办：{'、'.join(one.leads)}")
    if one.assist:
        asked.append(f"协办：{'、'.join(one.assist)}")
    about = f"\n（事项{record.item}）" if record.item else ""
    return FormRow(
        key_of(record.id),
        {
            "id": f"交办{turn}",
            "name": paper_of(record),
            "what": f"{record.summary or ''}{about}",
            "asked": "\n".join(asked),
            "due": full_day(record.reply_by) if record.reply_by else "",
        },
    )


def paper_of(record: Record) -> str:
    """Return on which paper or in which meeting it was demanded."""
    number = f"（{record.document_number}）" if record.document_number else ""
    if record.meeting:
        return f"{record.meeting}{record.clause or ''}{number}"
    return f"{record.document or '领导批示'}{number}"


def answers_wanted(returned: Returned, what: Collecting, day: date) -> Iterator[Wanted]:
    """Yield the 办理反馈 that the form gives; one without a day of its own bears ``day``.

    The key of a row is the number of the instruction's record.
    """
    for row in returned.mark.rows(INSTRUCTED):
        cells = returned.of(row.key)
        if cells and "answer" not in cells:
            for answer in cells.values():
                returned.tell(answer.place, f"{row.id}没有写办理反馈，这一格没有登记")
        elif cells:
            yield from _answer(row, cells, returned, what, day)


def _answer(
    row: MarkRow, cells: Mapping[str, Answer], returned: Returned, what: Collecting, day: date
) -> Iterator[Wanted]:
    """Yield the answer of a row where both cells are right; else everything that is wrong with them is told."""
    made = what.ledger.by_record.get(row.key)  # None where the office has deleted it
    since = made.record.date if made else date.min
    lost = f"{row.id}的办理反馈没有登记"
    summary = returned.read(cells["answer"], read_text, lost)
    own_day = partial(_day, asked=since, today=what.today)
    done = returned.read(cells.get("day"), own_day, lost)
    evidence = read_evidence(cells.get("evidence"), returned, what)
    if summary is not None and (done is not None or "day" not in cells):
        undated = "" if done or returned.filled_on else "反馈日期和填报日期"
        proof = {"evidence": evidence} if evidence else {}
        fields = {"answers": (row.key,), "summary": summary, **proof, **what.shared(row.key)}
        intention = Intention(ANSWER, what.unit, done or day, fields)
        yield Wanted(row.id, cells["answer"].place, (intention,), undated=undated)


def _day(cell: FormCell, *, asked: date, today: date) -> date:
    day = read_day(cell, partial(past_day, today=today, since=asked, exact=True))
    if day > today:
        raise ValueError(f"反馈日期{day}晚于今天")
    if day < asked:
        raise ValueError(f"反馈日期{day}早于交办的日期{asked}")
    return day
