"""Whether a record can be: who may write it, and what the table says of its kind in the present status."""

from gaigai_cli.judge.course import Course
from gaigai_cli.judge.stages import ABOUT_A_STAGE
from gaigai_cli.judge.transitions import effect
from gaigai_cli.judge.wrong import Wrong
from gaigai_cli.model.deadline import Ongoing, Recurring
from gaigai_cli.model.kinds import KINDS
from gaigai_cli.model.ledger import Entry


def admit(course: Course, entry: Entry) -> None:
    """Raise ``Wrong`` where a record can't be written by its unit or in the present status."""
    record = entry.record
    _right_author(course, entry)
    closing = record.kind in ABOUT_A_STAGE
    if closing and not course.stages:
        raise Wrong(
            "no-close-out",
            f"事项{course.listed.id}没有需要销号的时限，不能记录{record.kind}",
            "持续推动落实事项和周期事项由期满评估办结，不销号、不延期"
            if isinstance(course.listed.deadline, Ongoing | Recurring)
            else f"请{course.ledger.office}先明确时限",
        )
    status = course.status
    if closing and status not in ("已评估", "已核减"):
        status = course.stage_of(entry).status
    if effect(record.kind, status) == "不可":
        raise Wrong(
            "wrong-order",
            f"事项{course.listed.id}此时为“{status}”，不能记录{record.kind}",
            f"请先看 gaigai show {course.listed.id} 的记录经过",
        )


def _right_author(course: Course, entry: Entry) -> None:
    kind, unit = KINDS[entry.record.kind], entry.unit
    if kind.by == "lead" and unit not in course.units.lead:
        leads = "、".join(course.units.lead) or "（未明确）"
        raise Wrong(
            "not-lead",
            f"{unit}不是事项{course.listed.id}的牵头单位，不能记录{kind.name}",
            f"应由牵头单位{leads}记录",
        )
    if kind.by == "unit" and unit not in course.units.named and not course.units.open:
        raise Wrong(
            "unit-not-named",
            f"事项{course.listed.id}的责任单位中没有{unit}",
            f"请核对事项编号；确由该单位负责的，由{course.ledger.office}记录明确责任单位",
        )
