"""A thousand random ledgers, each judged a second time by a plain re-computation of docs/judgement.md."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from gaigai_cli.judge.judgement import Judge
from tests.judge.build import FIXED, JOINT, LEAD, OFFICE, Book

ISSUED, DUE = date(2024, 5, 7), date(2024, 6, 30)
DAYS = 150
BY_LEAD = ("进展", "申请销号", "撤回申请", "申请延期")
BY_OFFICE = (
    "核验销号",
    "退回补正",
    "撤销销号",
    "批准延期",
    "不予延期",
    "条件未具备",
    "条件具备",
    "核减",
)
KINDS = (*BY_LEAD * 3, *BY_OFFICE[:-1] * 2, "核减")
OPEN, CLOSED = ("未报进展", "未启动", "推进中"), ("已销号", "已核减")


@dataclass
class Written:
    """A record as it was written: the day as of which it counts, and what it says."""

    id: str
    unit: str
    kind: str
    counts: date
    said: dict[str, Any] = field(default_factory=dict)


@dataclass
class Told:
    """What the re-computation says of the item at the end of a day."""

    status: str = "未报进展"
    due: date = DUE
    suspended: bool = False
    live: dict[str, Written] = field(default_factory=dict)
    asked: dict[str, tuple[Written, bool]] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)


def apply(  # noqa: PLR0911, PLR0912 - one branch for each kind, as the document has one row
    told: Told, r: Written, leads: tuple[str, ...], granted: list[tuple[date, date]]
) -> bool:
    """Whether a record can be true after the ones before it; if so, ``told`` is what it leads to."""
    answers = r.said.get("answers", ())
    applied = {u: a for u, a in told.live.items() if a.id in answers}
    asked = [a for id_, (a, _) in told.asked.items() if id_ in answers]
    match r.kind:
        case "进展":
            if told.status in ("未报进展", "未启动"):
                told.status = (
                    "未启动" if r.said.get("not_started") and told.status in OPEN[:2] else "推进中"
                )
        case "申请销号":
            if told.status in (*CLOSED, "待核验") or r.unit in told.live:
                return False
            told.live[r.unit] = r
            told.status = "待核验" if set(told.live) >= set(leads) else "推进中"
        case "撤回申请":
            own = {a.unit for a in (*applied.values(), *asked)}
            if (
                told.status in CLOSED
                or len(applied) + len(asked) != len(answers)
                or own != {r.unit}
            ):
                return False
            for unit in applied:
                del told.live[unit]
                told.status = "推进中"
            for asking in asked:
                del told.asked[asking.id]
        case "核验销号":
            if (
                told.status != "待核验"
                or len(applied) != len(answers)
                or len(applied) != len(told.live)
            ):
                return False
            told.status, told.suspended = "已销号", False
            told.live, told.asked = {}, {}
        case "退回补正":
            if (
                told.status not in ("推进中", "待核验")
                or not applied
                or len(applied) != len(answers)
            ):
                return False
            for unit in applied:
                del told.live[unit]
            told.status = "推进中"
        case "撤销销号":
            if told.status != "已销号":
                return False
            told.status = "推进中"
        case "申请延期":
            if told.status not in OPEN or date.fromisoformat(r.said["due"]) <= told.due:
                return False
            told.asked[r.id] = (r, r.counts <= told.due)
        case "批准延期" | "不予延期":
            if told.status in CLOSED or not asked or len(asked) != len(answers):
                return False
            for asking in asked:
                _, in_time = told.asked.pop(asking.id)
                if r.kind == "批准延期":
                    granted.extend([(asking.counts, r.counts)] if in_time else [])
                    told.due = date.fromisoformat(asking.said["due"])
        case "条件未具备":
            if told.status in CLOSED or told.suspended:
                return False
            told.suspended = True
        case "条件具备":
            if told.status in CLOSED or not told.suspended:
                return False
            told.suspended = False
        case "核减":
            if told.status in CLOSED:
                return False
            told.status, told.suspended = "已核减", False
    told.taken.append(r.id)
    return True


def again(records: list[Written], leads: tuple[str, ...], day: date) -> tuple[Told, bool, bool]:
    """The item at the end of ``day``; whether it is overdue then, and whether it has been late."""
    told, granted = Told(), list[tuple[date, date]]()
    owed: list[date] = []
    known = sorted((r for r in records if r.counts <= day), key=lambda r: (r.counts, r.id))
    overdue = False
    for at in (ISSUED + timedelta(days=n) for n in range((day - ISSUED).days + 1)):
        was = told.suspended
        for r in (r for r in known if r.counts == at):
            apply(told, r, leads, granted)
        waits = told.suspended and told.status in OPEN
        overdue = told.status in OPEN and not waits and told.due <= at
        if overdue and (
            at < day or not was or told.suspended
        ):  # a suspension ends: late from the day after
            owed.append(at)
    late = any(not any(first <= at < last for first, last in granted) for at in owed)
    return told, overdue, late


def written(chance: random.Random, leads: tuple[str, ...]) -> tuple[Book, list[Written]]:
    """A random ledger of one item in the order of recording, with records that fit and some that don't."""
    book, records = Book(FIXED, lead=leads), list[Written]()
    recorded = ISSUED
    for _ in range(chance.randint(0, 14)):
        recorded += timedelta(days=chance.choice((0, 0, 1, 3, 7, 12, 20)))
        if (recorded - ISSUED).days > DAYS:
            break
        kind, unit = chance.choice(KINDS), chance.choice(leads)
        late = chance.choice((0, 0, 0, 2, 9)) if kind in BY_LEAD else 0
        on = max(ISSUED, recorded - timedelta(days=late))
        said: dict[str, Any] = {}
        asks = {
            "核验销号": "申请销号",
            "退回补正": "申请销号",
            "批准延期": "申请延期",
            "不予延期": "申请延期",
        }
        if kind in asks or kind == "撤回申请":
            wanted = (asks[kind],) if kind in asks else ("申请销号", "申请延期")
            there = [r for r in records if r.kind in wanted and (kind in asks or r.unit == unit)]
            if not there:
                continue
            last = {r.unit: r.id for r in there}
            said["answers"] = sorted(last.values()) if kind == "核验销号" else [there[-1].id]
        if kind == "进展" and chance.random() < 0.3:
            said["not_started"] = True
        if kind == "申请延期":
            said["due"] = (max(DUE, recorded) + timedelta(days=chance.randint(1, 60))).isoformat()
        author = unit if kind in BY_LEAD else OFFICE
        number = len(book.entries)
        identity = f"{recorded:%Y%m%d}-12{number:02d}00-{number:08x}"
        book.add(author, on.isoformat(), kind, id=identity, **said)
        counts = on if kind == "进展" or kind in BY_OFFICE else recorded
        records.append(Written(identity, author, kind, counts, said))
    return book, records


@pytest.mark.parametrize("tens", range(10))
def test_a_thousand_ledgers_are_judged_alike(tens: int) -> None:
    """Status, deadline, suspension, overdue, late and the records taken, at the ends of four days each."""
    for seed in range(tens * 120, tens * 120 + 120):
        chance = random.Random(seed)
        leads = ((LEAD,), (LEAD, JOINT))[seed % 2]
        book, records = written(chance, leads)
        judge = Judge(book.ledger())
        for offset in (*sorted(chance.sample(range(DAYS), 3)), DAYS + 30):
            day = ISSUED + timedelta(days=offset)
            state = judge.on(day, ended=True).by_id["1.1"].state
            told, overdue, late = again(records, leads, day)
            found = (
                state.status,
                state.due,
                state.suspended is not None,
                bool(state.overdue_stages),
                state.late,
                sorted(e.record.id for e in state.entries),
            )
            suspended = told.suspended and told.status in OPEN
            assert found == (told.status, told.due, suspended, overdue, late, sorted(told.taken)), (
                seed,
                day,
                [(r.id, r.unit, r.kind, str(r.counts), r.said) for r in records],
            )
