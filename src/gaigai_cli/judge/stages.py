"""What closes a stage: applications, verification, sending back, reopening, extensions."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gaigai_cli.judge.figures import figures, misses
from gaigai_cli.judge.state import Extension, Roles, StageState
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.records import Record, label
from gaigai_cli.model.statuses import Status, is_begun, is_closed_out
from gaigai_cli.model.tasks import ListedItem


class Wrong(Exception):  # noqa: N818 - a verdict on a record, not a failure of the program
    """A record that can't be true after the ones before it, with what a `RecordDoubt` says of it.

    ``field`` is the one that shows it.
    """

    def __init__(self, code: str, message: str, remedy: str, field: str = "kind") -> None:
        super().__init__(field, code, message, remedy)


class StageChange(NamedTuple):
    """A stage after a record, its status aside, and whether the record has its whole effect on that."""

    stage: StageState
    whole: bool = True


def named(stages: tuple[StageState, ...], entry: Entry) -> StageState:
    """Return the stage that a record names, answers or else means: the earliest open one (撤销: the last closed)."""
    record = entry.record
    if record.stage is not None:
        return next(s for s in stages if s.id == record.stage)
    if record.answers:
        for stage in stages:
            waiting = (*stage.applications, *stage.extensions)
            if any(e.record.id in record.answers for e in waiting):
                return stage
    if record.kind == "撤销销号":
        return next((s for s in reversed(stages) if is_closed_out(s.status)), stages[-1])
    return next((s for s in stages if not is_closed_out(s.status)), stages[-1])


def item_status(stages: tuple[StageState, ...]) -> Status:
    """Return what the stages make of the item: closed when all are, else as its earliest open stage stands."""
    first = next((s for s in stages if not is_closed_out(s.status)), None)
    if first is None:
        return "已销号"
    begun = any(is_begun(s.status) for s in stages)
    return "推进中" if begun and not is_begun(first.status) else first.status


def one_is_left(stages: tuple[StageState, ...]) -> bool:
    """Return whether the next close-out closes the item as a whole, for which its targets have to be reached."""
    return sum(not is_closed_out(stage.status) for stage in stages) <= 1


def apply(stage: StageState, entry: Entry, leads: tuple[str, ...]) -> StageChange:
    """Take up a lead's application; it has its whole effect once every lead has applied."""
    if any(a.unit == entry.unit for a in stage.applications):
        raise Wrong(
            "wrong-order",
            f"{entry.unit}的销号申请尚在待核验，不能重复申请",
            "要改内容请更正原申请，或先撤回申请",
        )
    applications = (*stage.applications, entry)
    return StageChange(stage._replace(applications=applications), _all_applied(applications, leads))


def take_back(stage: StageState, entry: Entry, leads: tuple[str, ...]) -> StageChange:
    """End the applications that a lead takes back; raise ``Wrong`` for another's."""
    for application in _answered(stage, entry):
        if application.unit != entry.unit:
            raise Wrong(
                "not-own",
                f"{application.record.id}是{application.unit}的申请，{entry.unit}不能撤回",
                "只能撤回本单位的申请",
                "answers",
            )
    return send_back(stage, entry, leads)


def send_back(stage: StageState, entry: Entry, _leads: tuple[str, ...]) -> StageChange:
    """End the applications that a record answers; it changes the status if one was for a close-out."""
    answered = {application.record.id for application in _answered(stage, entry)}
    left = tuple(a for a in stage.applications if a.record.id not in answered)
    extensions = tuple(e for e in stage.extensions if e.record.id not in answered)
    after = stage._replace(applications=left, extensions=extensions)
    return StageChange(after, left != stage.applications)


def _answered(stage: StageState, entry: Entry) -> Iterator[Entry]:
    """Yield the live applications that a record answers; raise ``Wrong`` at one that isn't live."""
    live = {a.record.id: a for a in (*stage.applications, *stage.extensions)}
    for answered in entry.record.answers or ():
        if answered not in live:
            raise not_live(answered, "没有待办的申请")
        yield live[answered]


def verify(stage: StageState, entry: Entry, _leads: tuple[str, ...]) -> StageChange:
    """Close the stage: 办结 is the day of the last application, 销号 the day of this record."""
    live = {a.record.id for a in stage.applications}
    answered = set(entry.record.answers or ())
    for unknown in sorted(answered - live):
        raise not_live(unknown, "没有待核验的销号申请")
    for left in sorted(live - answered):
        raise Wrong(
            "incomplete-answer",
            f"核验销号应当答复全部牵头单位的申请，还缺{left}",
            "请在 answers 中补上它的编号",
            "answers",
        )
    finished = stage.applied
    _demand_not_later(entry.record, finished, "请退回补正，或改为申请之日及以前的日期")
    closed = entry.record.date
    return StageChange(
        stage._replace(applications=(), extensions=(), finished=finished, closed=closed)
    )


def reassign(stage: StageState, leads: tuple[str, ...]) -> StageChange:
    """Keep the applications of those who lead now; they stand as if they had applied one after the other."""
    left = tuple(a for a in stage.applications if a.unit in leads)
    return StageChange(stage._replace(applications=left), _all_applied(left, leads))


def _all_applied(applications: tuple[Entry, ...], leads: tuple[str, ...]) -> bool:
    """Return whether every lead has applied; where nobody leads, whether anybody has."""
    return bool(applications) and {a.unit for a in applications}.issuperset(leads)


def reopen(stage: StageState, _entry: Entry, _leads: tuple[str, ...]) -> StageChange:
    """Revoke the close-out; the old deadline holds again."""
    return StageChange(stage._replace(applications=(), finished=None, closed=None))


def ask_extension(stage: StageState, entry: Entry, _leads: tuple[str, ...]) -> StageChange:
    """Take up a lead's wish for a later day. Asked after the deadline, the stage is late whatever is ruled."""
    if entry.record.due is not None and entry.record.due <= stage.due:
        raise Wrong(
            "not-later",
            f"申请延期至{entry.record.due}，不晚于现行时限{stage.due}",
            "请填写晚于现行时限的日期",
            "due",
        )
    return StageChange(stage._replace(extensions=(*stage.extensions, entry)))


def rule_extension(stage: StageState, entry: Entry, _leads: tuple[str, ...]) -> StageChange:
    """Grant or refuse. Asked in time and granted, the wait for the ruling is not held against the stage."""
    record = entry.record
    asked = {e.record.id: e for e in stage.extensions}
    for answered in record.answers or ():
        if answered not in asked:
            raise not_live(answered, "没有待批的延期申请")
    settled = [asked[i] for i in record.answers or ()]
    left = tuple(e for e in stage.extensions if e not in settled)
    latest = max((e.counts for e in settled), default=record.date)
    _demand_not_later(record, latest, "请改为申请之日及以前的日期")
    if record.kind == "不予延期":
        return StageChange(stage._replace(extensions=left))
    due = record.due or max((e.record.due for e in settled if e.record.due), default=stage.due)
    if due <= stage.due:
        message = f"批准延期至{due}，不晚于现行时限{stage.due}"
        raise Wrong("not-later", message, "请核对日期", "due")
    asked_on = [e.counts for e in settled] or ([record.asked] if record.asked else [])
    # What was missed while it waited for this ruling is excused; a deadline that was missed before stays missed.
    excused = stage.missed is not None and any(day <= stage.missed for day in asked_on)
    if excused:
        stage = stage._replace(missed=None, missed_by=())
    granted = (*stage.granted, Extension(record.id, stage.due, due))
    return StageChange(stage._replace(extensions=left, due=due, granted=granted))


def _demand_not_later(ruling: Record, counts: date, remedy: str) -> None:
    """Raise ``Wrong`` where the office states a later day than the application would count from without it."""
    if ruling.stated is not None and ruling.stated > counts:
        field = "finished" if ruling.finished else "asked"
        message = f"“{label(field)}”{ruling.stated}晚于申请之日{counts}"
        raise Wrong("stated-later", message, remedy, field)


def demand_outside_verifier(ledger: Ledger, units: Roles, entry: Entry) -> None:
    """Raise ``Wrong`` where the office closes its own item without naming who verified it, or a lead of then did."""
    record, own = entry.record, ledger.office in units.lead
    for field, word in (("verified_by_unit", "核验单位"), ("signer", "核验签字人")):
        if own and getattr(record, field) is None:
            raise Wrong(
                "missing-field",
                f"事项{record.item}由{ledger.office}自行牵头，核验销号应当写明“{word}”（{field}）",
                "请补上这一项",
            )
    verifier = ledger.units.canonical(record.verified_by_unit or "", record.item, entry.counts)
    if verifier in units.lead:
        message = f"事项{record.item}由{verifier}牵头，“核验单位”不能也是{verifier}"
        raise Wrong("own-verifier", message, "请写明牵头单位以外的核验单位", "verified_by_unit")


def demand_targets(
    listed: ListedItem, taken: list[Entry], units: Roles, entry: Entry, ledger: Ledger
) -> None:
    """Raise ``Wrong`` for a close-out that misses a target and doesn't say why (``despite``)."""
    if entry.record.despite is not None or not listed.item.indicators:
        return
    found = figures(listed, taken, ledger, owing=units.named, time_left=False)
    missed = [f for f in found if misses(f)]
    if missed:
        words = "、".join(f.indicator.name for f in missed)
        raise Wrong(
            "target-missed",
            f"事项{listed.id}的指标未达目标（{words}），核验销号应当写明“{label('despite')}”（despite）",
            "请补上理由，或退回补正",
        )


def not_live(answered: str, what: str) -> Wrong:
    """Return the doubt about an answer to what doesn't wait for one."""
    message = f"所答复的{answered}{what}"
    return Wrong("not-live", message, "请核对编号；申请可能已撤回、退回或已答复", "answers")
