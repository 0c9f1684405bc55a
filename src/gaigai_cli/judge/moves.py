"""What each kind of record does to the course of its item."""

from collections.abc import Callable

from gaigai_cli.judge import stages as stage_moves
from gaigai_cli.judge.course import Course
from gaigai_cli.judge.state import Remark
from gaigai_cli.judge.transitions import CLOSED
from gaigai_cli.judge.wrong import Wrong
from gaigai_cli.model.deadline import Ongoing, Recurring
from gaigai_cli.model.ledger import Entry

ROLE_FIELDS = {"牵头": "lead", "责任": "responsible", "配合": "support"}

Move = Callable[[Course, Entry], None]


def move(course: Course, entry: Entry) -> None:
    """Let a record that is admitted have its effect; raise ``Wrong`` where what it says can't be."""
    MOVES.get(entry.record.kind, _nothing)(course, entry)


def _remark(course: Course, entry: Entry, *words: str) -> None:
    """Keep a doubt (field, code, message, remedy) about a record that is accepted."""
    course.doubts.append(Remark(entry, *words))


def _nothing(course: Course, entry: Entry) -> None:
    """Kinds that are kept and shown but change no status."""


def _report(course: Course, entry: Entry) -> None:
    record, item = entry.record, course.listed.id
    if entry.unit not in course.units.named:
        _remark(
            course,
            entry,
            "item",
            "unit-by-open-body",
            f"事项{item}没有列明{entry.unit}，只写了{'、'.join(course.units.open)}",
            f"确由{entry.unit}负责的，请{course.ledger.office}记录明确责任单位",
        )
    if course.status in CLOSED and course.turns[-1].date < record.date:
        _remark(
            course,
            entry,
            "date",
            "report-after-close",
            f"事项{item}已于{course.turns[-1].date}{course.status[1:]}，此后仍报进展",
            f"请核对事项编号和日期；确需继续推进的，由{course.ledger.office}撤销销号",
        )
    if course.status in ("未报进展", "未启动"):
        course.status = "未启动" if record.not_started else "推进中"
        course.stages = tuple(
            s._replace(status=course.status) if s.status in ("未报进展", "未启动") else s
            for s in course.stages
        )


def _apply(course: Course, entry: Entry) -> None:
    course.put(stage_moves.apply(course.stage_of(entry), entry, course.units.lead))


def _take_back(course: Course, entry: Entry) -> None:
    course.put(stage_moves.end_applications(course.stage_of(entry), entry, own=True))


def _send_back(course: Course, entry: Entry) -> None:
    course.put(stage_moves.end_applications(course.stage_of(entry), entry, own=False))


def _verify(course: Course, entry: Entry) -> None:
    stage = course.stage_of(entry)
    if course.ledger.office in course.units.lead:
        stage_moves.demand_outside_verifier(course.ledger.office, entry.record)
    stage_moves.demand_targets(course.listed, course.taken, course.units, entry, course.ledger)
    course.put(stage_moves.verify(stage, entry))


def _reopen(course: Course, entry: Entry) -> None:
    course.put(stage_moves.reopen(course.stage_of(entry)))


def _ask_extension(course: Course, entry: Entry) -> None:
    course.put(stage_moves.ask_extension(course.stage_of(entry), entry))


def _rule_extension(course: Course, entry: Entry) -> None:
    course.put(stage_moves.rule_extension(course.stage_of(entry), entry))


def _assess(course: Course, entry: Entry) -> None:
    deadline, record = course.listed.deadline, entry.record
    if not isinstance(deadline, Ongoing | Recurring):
        raise Wrong(
            "no-assessment",
            f"事项{course.listed.id}有明确时限，不作期满评估",
            f"由牵头单位申请销号、{course.ledger.office}核验销号",
        )
    early = deadline.until is not None and record.date < deadline.until.replace(day=1)
    if early and record.reason is None:
        raise Wrong(
            "missing-field",
            f"在期满当月之前作期满评估，应当写明“理由”（reason）；该项{deadline.until}期满",
            "请补上这一项",
        )
    course.status, course.assessment = "已评估", entry


def _suspend(course: Course, entry: Entry) -> None:
    if course.suspended is not None:
        raise Wrong("wrong-order", f"事项{course.listed.id}已记录条件未具备", "不必重复记录")
    course.suspended = entry


def _resume(course: Course, entry: Entry) -> None:
    if course.suspended is None:
        raise Wrong("wrong-order", f"事项{course.listed.id}没有记录过条件未具备", "请核对事项编号")
    course.suspended, course.resumed = None, entry.record.date


def _assign(course: Course, entry: Entry) -> None:
    record = entry.record
    role = ROLE_FIELDS[record.role or "责任"]
    units = tuple(course.ledger.departments.canonical(name) for name in record.units or ())
    if record.kind == "明确责任单位":
        units = tuple(dict.fromkeys((*getattr(course.units, role), *units)))
    others = {
        name: tuple(u for u in getattr(course.units, name) if u not in units)
        for name in ROLE_FIELDS.values()
        if name != role
    }
    course.units = course.units._replace(**{role: units}, **others)
    for stage in course.stages:
        course.put(stage_moves.reassign(stage, course.units.lead))


def _withdraw(course: Course, entry: Entry) -> None:
    course.status, course.withdrawal = "已核减", entry


MOVES: dict[str, Move] = {
    "进展": _report,
    "申请销号": _apply,
    "撤回申请": _take_back,
    "核验销号": _verify,
    "退回补正": _send_back,
    "撤销销号": _reopen,
    "期满评估": _assess,
    "申请延期": _ask_extension,
    "批准延期": _rule_extension,
    "不予延期": _rule_extension,
    "条件未具备": _suspend,
    "条件具备": _resume,
    "明确责任单位": _assign,
    "变更责任单位": _assign,
    "核减": _withdraw,
}
