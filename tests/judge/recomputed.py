"""A random year judged a second time, by docs/judgement.md alone: day after day, in the plainest way.

It shares nothing with the program but the calendar of the State Council, which is a library's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any, Final

import chinese_calendar

from tests.judge.build import OFFICE, UNITS
from tests.judge.random_ledgers import ANSWERED, ISSUED, Plain, RandomYear

OPEN, CLOSED = ("未报进展", "未启动", "推进中"), ("已销号", "已评估", "已核减")
APPLIED: Final = ("申请销号", "申请延期")
BY_LEAD: Final = (*APPLIED, "撤回申请")
BY_UNIT: Final = ("进展", *BY_LEAD)
OF_A_STAGE: Final = (*BY_LEAD, *(kind for kind in ANSWERED if kind != "亮点"), "撤销销号")
_ANSWERED: Final = {**ANSWERED, "节点备案": ("阶段节点",), "抽查核验": ANSWERED["亮点"]}
CLOSING: Final = ("核验销号", "期满评估")
RULINGS: Final = (*CLOSING, "退回补正", "撤销销号", "批准延期", "不予延期", "抽查核验")
WORDS: Final = ("summary", "reason")
SUMMED: Final = ("进展", *APPLIED, *CLOSING, "亮点", "表扬", "通报批评", "责任认定", "抽查核验")
"""Kinds that may have a summary."""
ROLES: Final = {"牵头": "lead", "责任": "responsible", "配合": "support"}
DAY: Final = timedelta(days=1)


def day(words: str) -> date:
    return date.fromisoformat(words)


@dataclass
class Kept:
    """A record as its 更正 leave it; ``moved``: what they made it be about, and when."""

    unit: str
    said: Plain
    moved: dict[str, date] = field(default_factory=dict)
    stated: date | None = None

    @property
    def id(self) -> str:
        return str(self.said["id"])

    @property
    def kind(self) -> str:
        return str(self.said["kind"])

    @property
    def item(self) -> str | None:
        return self.said.get("item")

    @property
    def on(self) -> date:
        return day(self.said["date"])

    @property
    def recorded(self) -> date:
        return day(f"{self.id[:4]}-{self.id[4:6]}-{self.id[6:8]}")

    @property
    def counts(self) -> date:
        """The day as of which it counts."""
        if self.kind not in BY_LEAD:
            return self.on
        if self.stated:
            return self.stated
        known = self.on if "via" in self.said else max(self.on, self.recorded)
        return max(known, *(self.moved.get(n, known) for n in ("item", "stage")))

    @property
    def states(self) -> date | None:
        """The day on which what it answers counts because this ruling says so."""
        words = self.said.get("finished") or self.said.get("asked")
        return day(words) if words else None

    def since(self) -> date:
        """The day on which it was recorded as the report of its month."""
        known = self.recorded
        return max(known, *(self.moved.get(n, known) for n in ("item", "month")))

    def made(self) -> date:
        """The day on which the report came: its date, where the office entered it and nobody moved it."""
        entered = "via" in self.said and self.since() == self.recorded
        return self.on if entered else self.since()

    @property
    def month(self) -> str:
        turn = self.said.get("stage") or ""
        return str(self.said.get("period") or (turn if "-" in turn else self.said["date"])[:7])


def kept_records(year: RandomYear) -> list[Kept]:
    """The records that are sound, as corrected; in the order of recording."""
    found = {said["id"]: Kept(unit, said) for unit, said in year.records}
    original = {said["id"]: said for _, said in year.records}
    void: set[str] = set()
    for unit, change in year.records:
        if change["kind"] != "更正" or change["corrects"] in void:
            continue
        record = found[change["corrects"]]
        if not _leaves_sound(record, change) or _is_decided(year, record, change, found, void):
            continue
        if "void" in change:
            void.add(record.id)
            continue
        before = Kept(unit, record.said)
        record.said = record.said | change["set"]
        if "via" not in change:
            for name in ("item", "stage"):
                if before.said.get(name) != record.said.get(name):
                    record.moved[name] = Kept(unit, change).recorded
            if before.month != record.month:
                record.moved["month"] = Kept(unit, change).recorded
        assert original[record.id]["kind"] == record.kind
    records = [r for r in found.values() if r.kind != "更正" and r.id not in void]
    by_id = {r.id: r for r in records}
    return [r for r in records if not _is_wrong(year, r, by_id)]


def _leaves_sound(record: Kept, change: Plain) -> bool:
    given = change.get("set", {})
    return not ("summary" in given and record.kind not in SUMMED)


def _is_decided(
    year: RandomYear, record: Kept, change: Plain, found: dict[str, Kept], void: set[str]
) -> bool:
    """Whether a 更正 changes what a ruling, or an issued bulletin, has decided."""
    given = change.get("set", {})
    names = [n for n, v in given.items() if n not in WORDS and str(record.said.get(n)) != str(v)]
    if "void" not in change and not names:
        return False
    if record.kind not in BY_UNIT:
        decides = any(n in ("date", "finished", "asked") for n in names)
        decides |= "void" in change and record.kind in ("核验销号", "条件未具备")
        return decides and any(_knew(h, record, change["id"]) for h in year.issued)
    if record.kind == "撤回申请" and change["id"][:8] != record.id[:8]:
        return True
    if "via" in record.said and "date" in names and "via" not in change:
        return True
    items = {record.item, given.get("item", record.item)}
    closed: Kept | None = None
    for ruling in found.values():
        if ruling.kind not in RULINGS or ruling.id[:15] >= change["id"][:15] or ruling.id in void:
            continue
        if record.id in ruling.said.get("answers", ()):
            return True
        if ruling.item not in items or ruling.id[:15] < record.id[:15]:
            continue
        stage, own = ruling.said.get("stage"), record.said.get("stage")
        if ruling.kind in CLOSING and (stage is None or own in (None, stage)):
            closed = ruling
        elif ruling.kind == "撤销销号" and closed and stage in (None, closed.said.get("stage")):
            closed = None
    return closed is not None


def _knew(head: Plain, record: Kept, change: str) -> bool:
    """Whether an issued bulletin has told of the record as it was before the 更正."""
    first = day(f"{head['period']}-01")
    cut = (first + 31 * DAY).replace(day=1) - DAY
    return record.on <= cut and record.id <= head["newest"] < change


def _is_wrong(year: RandomYear, record: Kept, by_id: dict[str, Kept]) -> bool:
    """Whether a record can't be true whatever the others say of its item."""
    item = next((i for i in year.items if i["id"] == record.item), None)
    named = record.said.get("stage")
    if item and named and item["deadline"]["kind"] != "staged":
        known = record.kind == "进展" and _is_known_turn(named, item)
        if not known:
            return True
    measured = {indicator["id"] for indicator in item.get("indicators", ())} if item else set()
    if not measured.issuperset(record.said.get("metrics", ())):
        return True
    stated = record.states
    if stated and stated < ISSUED:
        return True
    for reference in record.said.get("answers", ()):
        answered = by_id.get(reference)
        if answered is None:
            continue
        first = min(answered.counts, stated or answered.counts)
        if answered.kind not in _ANSWERED[record.kind] or answered.item != record.item:
            return True
        if record.counts < first:
            return True
    return False


@dataclass
class Stage:
    """What one thing to be closed out has come to."""

    id: str | None
    issued: date
    due: date
    status: str = "未报进展"
    applied: dict[str, Kept] = field(default_factory=dict)
    asked: dict[str, Kept] = field(default_factory=dict)
    finished: date | None = None
    closed: date | None = None
    owed: list[tuple[date, date, tuple[str, ...]]] = field(default_factory=list)
    granted: list[tuple[date, date]] = field(default_factory=list)

    @property
    def late(self) -> bool:
        """Whether it was owed at the end of a day past a deadline, but for what was asked for by then and granted."""
        return any(True for _ in self._held_against())

    @property
    def late_by(self) -> set[str]:
        """The leads that hadn't applied themselves on such a day."""
        return {unit for units in self._held_against() for unit in units}

    def _held_against(self) -> Iterator[tuple[str, ...]]:
        for today, due, units in self.owed:
            if not any(asked <= due and asked <= today < ruled for asked, ruled in self.granted):
                yield units


@dataclass
class Step:
    """A milestone in force."""

    planned: date
    due: date
    percent: int | None
    moves: int = 0


@dataclass
class Item:
    """What one item has come to by the end of a day."""

    plain: Plain
    roles: dict[str, list[str]]
    stages: list[Stage]
    status: str = "未报进展"
    suspended: bool = False
    taken: list[Kept] = field(default_factory=list)
    met: list[tuple[date, str | None]] = field(default_factory=list)
    days: dict[date, tuple[str, bool, tuple[str, ...]]] = field(default_factory=dict)
    wrong: list[Kept] = field(default_factory=list)
    plans: dict[str, Plain] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    done: dict[str, date] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return str(self.plain["deadline"]["kind"])

    @property
    def leads(self) -> list[str]:
        return self.roles["lead"]

    @property
    def waits_for_a_condition(self) -> bool:
        return self.suspended and self.status in OPEN

    @property
    def standing(self) -> str:
        """What is shown of it."""
        return "暂缓实施" if self.waits_for_a_condition else self.status

    def owing(self) -> list[Stage]:
        """The stages that are owed: none of what is closed, or waits for a condition."""
        if self.suspended or self.status in CLOSED:
            return []
        return [s for s in self.stages if s.status in OPEN]

    def current(self) -> Stage | None:
        """The earliest stage that isn't closed, or the last."""
        left = [s for s in self.stages if s.status != "已销号"]
        return next(iter(left or self.stages[-1:]), None)

    def settle(self) -> None:
        """The item's status, of those of its stages."""
        left = [s for s in self.stages if s.status != "已销号"]
        if not left:
            self.status = "已销号"
            return
        begun = any(s.status in ("推进中", "待核验", "已销号") for s in self.stages)
        first = left[0].status
        self.status = "推进中" if begun and first in ("未报进展", "未启动") else first


def item_at(plain: Plain, records: list[Kept], end: date, *, ended: bool) -> Item:
    """An item at the end of a day, or while that day runs: then nothing is owed at its end yet.

    A ruling that can't be, and states a day, counts for nothing: nor does the day.
    """
    own = [r for r in records if r.item == plain["id"]]
    while True:
        item = _item_at(plain, own, end, ended=ended)
        doubted = [r for r in item.wrong if r.states]
        if not doubted:
            return item
        own = [r for r in own if r.id not in {d.id for d in doubted}]


def _item_at(plain: Plain, own: list[Kept], end: date, *, ended: bool) -> Item:
    units = plain["units"]
    roles = {name: list(units.get(name, ())) for name in ROLES.values()}
    item = Item(plain, roles, list(_stages(plain["deadline"])))
    removed = day(plain.get("removed", {}).get("on", "2100-01-01"))
    by_day = _by_day(own, end)
    for n in range((end - ISSUED).days + 1):
        today = ISSUED + n * DAY
        for record in by_day.get(today, ()):
            (item.taken if _admitted(item, record) else item.wrong).append(record)
            if item.status in CLOSED:
                item.suspended = False
        if removed <= today and item.status not in CLOSED:
            item.status, item.suspended = "已核减", False
        left = [s for s in item.stages if s.status in OPEN]
        at_work = (u for u in item.leads if not left or any(u not in s.applied for s in left))
        item.days[today] = (item.status, item.suspended, tuple(at_work))
        if today < end or ended:
            for stage in item.owing():
                if stage.due <= today:
                    owing = tuple(unit for unit in item.leads if unit not in stage.applied)
                    stage.owed.append((today, stage.due, owing))
    return item


def _by_day(own: list[Kept], end: date) -> dict[date, list[Kept]]:
    """The records by the day as of which they count, as a ruling of that time may have stated it."""
    stated = {
        answered: record.states
        for record in own
        if record.states and record.on <= end
        for answered in record.said.get("answers", ())
    }
    moved = []
    for record in own:
        says = stated.get(record.id)
        earlier = says if says and says < record.counts else None
        moved.append(replace(record, stated=earlier))
    found: dict[date, list[Kept]] = {}
    for record in _answers_last(sorted(moved, key=_time)):
        found.setdefault(record.counts, []).append(record)
    return found


def _time(record: Kept) -> tuple[date, str, int, str]:
    """Records of one second stand in the list's order of units."""
    return record.counts, record.id[:15], UNITS.index(record.unit), record.id


def _answers_last(records: list[Kept]) -> list[Kept]:
    """The same order, but no answer before what it answers."""
    ordered: list[Kept] = []
    for record in records:
        for one in (*(r for r in records if r.id in record.said.get("answers", ())), record):
            if one not in ordered:
                ordered.append(one)
    return ordered


def _stages(deadline: Plain) -> Iterator[Stage]:
    if deadline["kind"] == "fixed":
        yield Stage(None, day(deadline["due"]), day(deadline["due"]))
    for stage in deadline.get("stages", ()):
        yield Stage(stage["id"], day(stage["due"]), day(stage["due"]))


def _admitted(item: Item, record: Kept) -> bool:
    """Whether a record can be true after the ones before it; if so the item is what it makes of it."""
    if record.kind in BY_LEAD and record.unit not in item.leads:
        return False
    named = [unit for units in item.roles.values() for unit in units]
    bodies = item.plain["units"].get("open")
    if record.kind == "进展" and record.unit not in named and not bodies:
        return False
    if record.kind in OF_A_STAGE:
        if not item.stages or item.status in ("已评估", "已核减"):
            return False
        done = _of_a_stage(item, _stage_of(item, record), record)
        if done:
            item.settle()
        return done
    if record.kind == "进展":
        _report(item, record)
        return True
    if record.kind in ("亮点", "表扬", "通报批评", "责任认定", "抽查核验"):
        return True
    if item.status in CLOSED:
        return False
    return _of_the_item(item, record)


def _report(item: Item, record: Kept) -> None:
    started = "not_started" not in record.said
    proposed = [step["name"] for plan in item.plans.values() for step in plan["milestones"]]
    for name in record.said.get("completed", ()):
        if name in item.steps or name in proposed:
            item.done.setdefault(name, record.on)
    if record.unit in item.leads and started:
        item.met.append((record.on, record.said.get("stage")))
    _begin(item, "推进中" if started else "未启动")


def _begin(item: Item, status: str) -> None:
    if item.status in ("未报进展", "未启动"):
        item.status = status
        for stage in item.stages:
            if stage.status in ("未报进展", "未启动"):
                stage.status = item.status


def _stage_of(item: Item, record: Kept) -> Stage:
    """The stage that a record names, answers or means."""
    if "stage" in record.said:
        return next(s for s in item.stages if s.id == record.said["stage"])
    answers = record.said.get("answers", ())
    for stage in item.stages:
        live = [a.id for a in stage.applied.values()] + list(stage.asked)
        if any(reference in live for reference in answers):
            return stage
    if record.kind == "撤销销号":
        closed = [s for s in item.stages if s.status == "已销号"]
        return (closed or item.stages)[-1]
    current = item.current()
    assert current is not None
    return current


def _of_a_stage(item: Item, stage: Stage, record: Kept) -> bool:  # noqa: PLR0912 - a branch a kind
    answers = record.said.get("answers", ())
    applied = [a for a in stage.applied.values() if a.id in answers]
    asked = [a for a in stage.asked.values() if a.id in answers]
    match record.kind:
        case "申请销号":
            if stage.status not in OPEN or record.unit in stage.applied:
                return False
            stage.applied[record.unit] = record
            everybody = set(item.leads) <= set(stage.applied)
            stage.status = "待核验" if everybody else "推进中"
        case "撤回申请" | "退回补正":
            by_lead = record.kind == "撤回申请"
            fitting = (
                stage.status not in CLOSED if by_lead else stage.status in ("推进中", "待核验")
            )
            own = all(a.unit == record.unit for a in (*applied, *asked))
            if not fitting or len(applied) + len(asked) != len(answers) or (by_lead and not own):
                return False
            for a in asked:
                del stage.asked[a.id]
            for a in applied:
                del stage.applied[a.unit]
                stage.status = "推进中"
        case "核验销号":
            return _verified(item, stage, record, applied)
        case "撤销销号":
            if stage.status != "已销号":
                return False
            stage.status, stage.finished, stage.closed = "推进中", None, None
        case "申请延期":
            if stage.status not in OPEN or day(record.said["due"]) <= stage.due:
                return False
            stage.asked[record.id] = record
            if record.said.get("summary"):
                _begin(item, "推进中")
        case "批准延期" | "不予延期":
            return _ruled(stage, record, asked)
    return True


def _verified(item: Item, stage: Stage, record: Kept, applied: list[Kept]) -> bool:
    answers = record.said["answers"]
    if stage.status != "待核验" or not len(applied) == len(answers) == len(stage.applied):
        return False
    if OFFICE in item.leads and "signer" not in record.said:
        return False
    finished = max(a.counts for a in applied)
    if record.states and record.states > finished:
        return False
    stage.status, stage.finished, stage.closed = "已销号", finished, record.on
    stage.applied, stage.asked = {}, {}
    return True


def _ruled(stage: Stage, record: Kept, asked: list[Kept]) -> bool:
    answers = record.said.get("answers", ())
    if stage.status in CLOSED or len(asked) != len(answers):
        return False
    latest = max((a.counts for a in asked), default=record.on)
    if record.states and record.states > latest:
        return False
    if record.kind == "批准延期":
        wanted = [a.said["due"] for a in asked]
        due = day(record.said.get("due") or max(wanted))
        if due <= stage.due:
            return False
        days = [a.counts for a in asked] or ([record.states] if record.states else [])
        stage.granted += [(asked_on, record.on) for asked_on in days]
        stage.due = due
    for a in asked:
        del stage.asked[a.id]
    return True


def _of_the_item(item: Item, record: Kept) -> bool:
    match record.kind:
        case "条件未具备" | "条件具备":
            if item.suspended == (record.kind == "条件未具备"):
                return False
            item.suspended = record.kind == "条件未具备"
        case "明确责任单位" | "变更责任单位":
            _assign(item, record)
        case "核减":
            item.status = "已核减"
        case "期满评估":
            until = item.plain["deadline"].get("until")
            if item.kind not in ("ongoing", "recurring") or item.status not in OPEN:
                return False
            early = until is not None and record.on < day(until).replace(day=1)
            if early and "reason" not in record.said:
                return False
            item.status = "已评估"
        case "阶段节点" | "节点备案":
            return _of_milestones(item, record)
    return True


def _of_milestones(item: Item, record: Kept) -> bool:
    """The office's are in force at once, a lead's when they are filed; another day needs a reason."""
    if record.kind == "节点备案":
        if any(answer not in item.plans for answer in record.said["answers"]):
            return False
        for answer in record.said["answers"]:
            _set(item, item.plans.pop(answer))
        return True
    said = record.said["milestones"]
    moved = any(
        s["name"] in item.steps and item.steps[s["name"]].due != day(s["due"]) for s in said
    )
    if record.unit not in (*item.leads, OFFICE) or item.kind == "staged":
        return False
    if moved and "reason" not in record.said:
        return False
    if record.unit == OFFICE:
        _set(item, record.said)
    else:
        item.plans[record.id] = record.said
    return True


def _set(item: Item, said: Plain) -> None:
    for step in said["milestones"]:
        due = day(step["due"])
        now = item.steps.setdefault(step["name"], Step(due, due, None))
        now.moves += now.due != due
        now.due, now.percent = due, step.get("percent", now.percent)


def _assign(item: Item, record: Kept) -> None:
    role, units = ROLES[record.said["role"]], list(record.said["units"])
    old = item.roles[role] if record.kind == "明确责任单位" else []
    item.roles = {n: [u for u in known if u not in units] for n, known in item.roles.items()}
    item.roles[role] = list(dict.fromkeys((*old, *units)))
    for stage in item.stages:
        if stage.applied and stage.status in ("推进中", "待核验"):
            stage.applied = {u: a for u, a in stage.applied.items() if u in item.leads}
            everybody = bool(stage.applied) and set(item.leads) <= set(stage.applied)
            stage.status = "待核验" if everybody else "推进中"
    if item.stages:
        item.settle()


# What is said of an item on a day.


def overdue(item: Item, end: date, *, ended: bool) -> list[Stage]:
    """The stages that are owed though their deadline has passed."""
    passed = end if ended else end - DAY
    return [s for s in item.owing() if s.due <= passed]


def percent(item: Item) -> int | None:
    """How far it is: not how far it was, where all have applied for all of it, or it is closed out, after less than the whole."""
    found = _told(item)
    left = any(stage.status in OPEN for stage in item.stages)
    past = item.status == "已销号" or (item.status == "待核验" and not left)
    return None if found != 100 and past else found


def _told(item: Item) -> int | None:
    """That of the milestones met, where all carry one; else the lowest of the latest figures of the leads that owe it.

    None without one of each; what was said before a 撤销销号 counts no more. Who has applied for all that is left doesn't; where all have it is the lowest of all.
    """
    if _carried(item):
        return max(
            (s.percent or 0 for name, s in item.steps.items() if name in item.done), default=0
        )
    at = max((n for n, r in enumerate(item.taken) if r.kind == "撤销销号"), default=0)
    latest = {r.unit: int(r.said["percent"]) for r in item.taken[at:] if "percent" in r.said}
    left = [stage for stage in item.stages if stage.status in OPEN and item.status in OPEN]
    at_work = [unit for unit in item.leads if any(unit not in stage.applied for stage in left)]
    telling = at_work or item.leads
    known = [latest.get(unit) for unit in telling]
    return None if None in known or not known else min(known)  # type: ignore[type-var]


def _carried(item: Item) -> bool:
    return bool(item.steps) and all(step.percent is not None for step in item.steps.values())


def slipped(item: Item, passed: date) -> list[str]:
    """The milestones of an open item that are past their day and not met."""
    if item.status not in OPEN or item.suspended:
        return []
    return [n for n, step in item.steps.items() if step.due <= passed and n not in item.done]


def figures(item: Item, passed: date) -> list[tuple[str, int | None, str]]:
    """Each indicator with the list's figure and the verdict: the units' value farthest from the target, or their sum."""
    found: list[tuple[str, int | None, str]] = []
    last = max((s.due for s in item.stages), default=None)
    until = item.plain["deadline"].get("until")
    end = last or (day(until) if until else date.max)
    for one in item.plain.get("indicators", ()):
        told = [
            (r, r.said["metrics"][one["id"]])
            for r in item.taken
            if one["id"] in r.said.get("metrics", {})
        ]
        month = max((r.month for r, _ in told), default="") if "cycle" in one else ""
        by_unit: dict[str, int] = {}
        for record, number in told:
            if record.month.startswith(month):
                before = by_unit.get(record.unit, 0) if one["measure"] == "sum" else 0
                by_unit[record.unit] = before + number
        ((how, target),) = one["target"].items()
        if not by_unit:
            found.append((one["id"], None, "未报数据"))
            continue
        if one["measure"] == "sum":
            value = sum(by_unit.values())
        elif how == "at_least":
            value = min(by_unit.values())
        else:
            value = max(by_unit.values(), key=lambda n: abs(n - target) if how == "equal" else n)
        met = {"at_least": value >= target, "at_most": value <= target, "equal": value == target}[
            how
        ]
        adds_up = one["measure"] == "sum" or (
            how == "at_least" and one["unit"] != "%" and "cycle" not in one
        )
        if how == "equal" and value > target:
            may_come = False
        elif adds_up:
            may_come = how != "at_most"
        else:
            may_come = "cycle" not in one and end < date.max
        short = "尚未达到" if may_come and passed < end else "未达标"
        found.append((one["id"], value, "达标" if met else short))
    return found


def idle(item: Item, end: date, rules: Plain) -> bool:
    """Whether nobody has told how far it is for so long, as long as there was anything to tell."""
    told = (r.on for r in item.taken if r.kind == "进展" or _tells(r))
    last = max((ISSUED, *told))
    for today, (status, suspended, _) in item.days.items():
        if status not in OPEN or suspended:
            last = max(last, min(today + DAY, end))
    until = item.plain["deadline"].get("until")
    waits = item.status in OPEN and not item.suspended and not (until and end > day(until))
    return waits and (end - last).days >= rules["warn"]["idle"]


def _tells(record: Kept) -> bool:
    return record.kind in APPLIED and "summary" in record.said


def turns(item: Item) -> list[date]:
    """The last days of a recurring item's turns, since the notice."""
    deadline = item.plain["deadline"]
    if deadline["kind"] != "recurring":
        return []
    first, last = day(deadline["from"]), day(deadline.get("until", "2026-12-31"))
    days = (first + n * DAY for n in range((last - first).days + 1))
    return [d for d in days if _is_turn(d, deadline["every"], deadline["day"])]


def _is_known_turn(named: str, item: Plain) -> bool:
    """Whether a day is the last one of a turn of an item."""
    deadline = item["deadline"]
    if deadline["kind"] != "recurring" or "-" not in named:
        return False
    inside = deadline["from"] <= named <= deadline.get("until", "2026-12-31")
    return inside and _is_turn(day(named), deadline["every"], deadline["day"])


def _is_turn(d: date, every: str, wanted: int) -> bool:
    if every == "week":
        return d.isoweekday() == wanted
    if every == "quarter" and d.month % 3:
        return False
    last = (d + DAY).month != d.month
    return d.day == wanted or (last and d.day < wanted)


def unmet(item: Item) -> list[date]:
    """The turns that no report of whoever led the item meets."""
    left, start = [], day(item.plain["deadline"].get("from", "2024-01-01"))
    for due in turns(item):
        if due >= ISSUED and not any(
            stage == due.isoformat() or (stage is None and start <= on <= due)
            for on, stage in item.met
        ):
            left.append(due)
        start = due + DAY
    return left


def days_left(item: Item, end: date, *, ended: bool) -> int | None:
    current = item.current()
    if item.status in CLOSED or item.kind in ("ongoing", "unset"):
        return None
    if current is not None:
        return (current.due - end).days
    running = end + DAY if ended else end
    coming = [d for d in unmet(item) if d >= running]
    until = item.plain["deadline"].get("until")
    due = coming[0] if coming else day(until) if until else None
    return (due - end).days if due and due >= running else None


@cache
def _is_worked(d: date) -> bool:
    return bool(chinese_calendar.is_workday(d))


def periods(rules: Plain, end: date, *, ended: bool) -> list[tuple[str, date]]:
    """The reporting periods whose last day has passed, by their first months, with that day."""
    reporting = rules.get("reporting")
    if not reporting:
        return []
    months = [f"{y}-{m:02d}" for y in (2024, 2025) for m in range(1, 13)]
    size = 1 if reporting["every"] == "month" else 3
    found = []
    for n in range(0, len(months) - size, size):
        group = months[n : n + size]
        if reporting["from"] > group[-1]:
            continue
        month = group[-1] if reporting["of"] == "当月" else months[n + size]
        last = (day(f"{month}-01") + 31 * DAY).replace(day=1) - DAY
        due = min(last, day(f"{month}-01") + (reporting["by"] - 1) * DAY)
        while due.year < 2026 and not _is_worked(due):
            due += DAY
        if due < end or (ended and due == end):
            found.append((group[0], due))
    return found


def period(month: str, rules: Plain) -> str:
    size = 1 if rules["reporting"]["every"] == "month" else 3
    number = (int(month[5:]) - 1) // size * size + 1
    return f"{month[:4]}-{number:02d}"


def owing(item: Item, first: str, due: date) -> tuple[str, ...]:
    """The leads that owed the report at the end of its last day: who had applied for all that was left, didn't.

    Nobody owes one of a time after that in which what is assessed goes on.
    """
    until = item.plain["deadline"].get("until")
    if until and day(f"{first}-01") > day(until):
        return ()
    status, suspended, leads = item.days.get(
        due, ("未报进展", False, tuple(item.plain["units"]["lead"]))
    )
    return leads if status in OPEN and not suspended else ()


def missed(
    item: Item, rules: Plain, end: date, *, ended: bool
) -> list[tuple[str, tuple[str, ...]]]:
    """The periods for which some lead hasn't been heard that is one still; none of what is closed."""
    found = []
    for first, due in periods(rules, end, ended=ended):
        if item.status in CLOSED:
            break
        heard = {r.unit for r in _answers(item) if period(r.month, rules) == first}
        silent = tuple(
            unit for unit in item.leads if unit in owing(item, first, due) and unit not in heard
        )
        if silent:
            found.append((first, silent))
    return found


def _answers(item: Item) -> list[Kept]:
    return [r for r in item.taken if r.kind in ("进展", *APPLIED)]


def owed_reports(
    item: Item, year: RandomYear, end: date, *, ended: bool
) -> list[tuple[str, str, str]]:
    """Every report owed by the day: its period, its unit and what became of it."""
    rules, found = year.rules, []
    for first, due in periods(rules, end, ended=ended):
        size = 1 if rules["reporting"]["every"] == "month" else 3
        last = f"{first[:4]}-{int(first[5:]) + size - 1:02d}"
        issued = [day(h["issued"]) for h in year.issued if h["period"] == last]
        for unit in owing(item, first, due):
            said = [r for r in _answers(item) if r.unit == unit and period(r.month, rules) == first]
            found.append((first, unit, _verdict(said, due, issued, end)))
    return found


def _verdict(said: list[Kept], due: date, issued: list[date], end: date) -> str:
    if not said:
        return "漏报" if issued and issued[0] <= end else "未报"
    before = [r for r in said if not issued or r.since() <= issued[0]]
    if any(r.since() <= due for r in said) or any(r.made() <= due for r in before):
        return "按期"
    return "迟报" if before else "补报"


def light(item: Item, rules: Plain, end: date, *, ended: bool) -> str | None:
    """The first rule that matches gives it."""
    warn = rules["warn"]
    if item.status in CLOSED or item.waits_for_a_condition:
        return None
    if overdue(item, end, ended=ended):
        return "红"
    if item.status == "待核验":
        return "绿"
    left = days_left(item, end, ended=ended)
    length = {"week": 7, "month": 30, "quarter": 90}.get(
        item.plain["deadline"].get("every", ""), 999
    )
    if left is not None and left <= warn["yellow"] < length:
        return "黄"
    passed = end if ended else end - DAY
    if (
        _behind(item, end, passed) > 10
        or slipped(item, passed)
        or any(verdict == "未达标" for *_, verdict in figures(item, passed))
        or missed(item, rules, end, ended=ended)
        or any(d <= passed for d in unmet(item))
        or idle(item, end, rules)
    ):
        return "黄"
    if left is not None and left <= warn["blue"] < length:
        return "蓝"
    if item.status != "未报进展" or any(r.kind == "进展" for r in item.taken):
        return "绿"
    return None


def _behind(item: Item, end: date, passed: date) -> int:
    reported = percent(item)
    if not item.stages or reported is None or item.status not in OPEN:
        return 0
    if _carried(item):
        planned = [step.percent or 0 for step in item.steps.values() if step.due <= passed]
        return max(planned, default=0) - reported
    due, left = max(s.due for s in item.stages), Fraction(100)
    for today, (status, suspended, _) in item.days.items():
        # Of what is left a day brings its share of the days that are left.
        if today < min(end, due) and not (suspended and status in OPEN):
            left -= left / (due - today).days
    return int(100 - left) - reported


def told(item: Item, year: RandomYear, end: date, *, ended: bool) -> dict[str, Any]:
    """Everything that is said of an item on a day."""
    late_now = overdue(item, end, ended=ended)
    return {
        "status": item.status,
        "roles": {name: tuple(units) for name, units in item.roles.items()},
        "suspended": item.waits_for_a_condition,
        "stages": [
            (
                s.id,
                s.status,
                s.due,
                s.finished,
                s.closed,
                sorted(a.id for a in s.applied.values()),
                sorted(s.asked),
            )
            for s in item.stages
        ],
        "taken": sorted(r.id for r in item.taken),
        "overdue": [s.id for s in late_now],
        "late": bool(late_now) or any(s.late for s in item.stages),
        "late stages": [s.id for s in item.stages if s.late and s not in late_now],
        "late by": [sorted(s.late_by) for s in item.stages],
        "overdue of": [u for u in item.leads if any(u not in s.applied for s in late_now)],
        "percent": percent(item),
        "milestones": sorted(
            (n, s.planned, s.due, s.percent, s.moves, item.done.get(n))
            for n, s in item.steps.items()
        ),
        "slipped": sorted(slipped(item, end if ended else end - DAY)),
        "idle": idle(item, end, year.rules),
        "unmet": [d for d in unmet(item) if d <= end],
        "left": days_left(item, end, ended=ended),
        "missed": missed(item, year.rules, end, ended=ended),
        "owed": owed_reports(item, year, end, ended=ended),
        "light": light(item, year.rules, end, ended=ended),
        "figures": figures(item, end if ended else end - DAY),
    }
