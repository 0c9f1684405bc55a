"""What holds for any records: the past doesn't change, and it doesn't matter in which file a record stands."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from gaigai_cli.judge.findings import check
from gaigai_cli.judge.judgement import Judge, JudgedItem
from gaigai_cli.model.kinds import KINDS, KindName
from gaigai_cli.model.ledger import Entry, Ledger
from gaigai_cli.model.statuses import STATUSES
from tests.judge.build import (
    FIXED,
    GENERAL,
    HELPER,
    JOINT,
    LEAD,
    MONTHLY,
    OFFICE,
    ONGOING,
    OTHER,
    STAGED,
    UNSET,
    Book,
    make_ledger,
)

FIRST = date(2024, 5, 7)
RULES = {"reporting": {"every": "month", "by": "25", "from": "2024-05"}}
INDICATOR = {"id": "x", "name": "示例指标", "target": {"at_least": "3"}, "measure": "sum"}
EXTRAS: dict[str, dict[str, list[Any]]] = {
    "进展": {
        "percent": [None, "0", "50", "100"],
        "metrics": [None, {"x": "1"}, {"x": "2"}],
        "not_started": [None, True],
        "stage": [None, None, "1", "2024-06-25"],
        "period": [None, "2024-05", "2024-07"],
        "problems": [None, "接口未开通。"],
        "completed": [None, ["方案"], ["试点"]],
        "coordinate": [None, "省级"],
    },
    "阶段节点": {
        "milestones": [
            [{"name": "方案", "due": "2024-06-25"}],
            [{"name": "方案", "due": "2024-08-25"}, {"name": "试点", "due": "2024-09-25"}],
        ],
        "reason": [None, "理由"],
    },
    "申请延期": {"due": ["2024-07-31", "2024-12-31"]},
    "批准延期": {"due": [None, "2024-08-15"]},
    "核验销号": {"despite": [None, "理由"]},
    "期满评估": {"reason": [None, "理由"]},
    "明确责任单位": {"units": [[OTHER], [JOINT, OTHER]], "role": ["牵头", "责任", "配合"]},
    "变更责任单位": {"units": [[OTHER], [LEAD]], "role": ["牵头", "责任"]},
    "更正": {
        "set": [{"date": "2024-06-05"}, {"percent": "70"}, {"summary": "改。"}],
        "void": [None],
    },
}
ANSWERED = {
    "撤回申请": ("申请销号", "申请延期"),
    "核验销号": ("申请销号",),
    "退回补正": ("申请销号",),
    "批准延期": ("申请延期",),
    "不予延期": ("申请延期",),
    "亮点": ("进展", "申请销号", "申请延期"),
    "督办回执": ("督办",),
    "协调结果": ("进展",),
    "办理反馈": ("批示", "议定事项"),
    "呈报": ("批示",),
    "阅后意见": ("批示",),
    "节点备案": ("阶段节点",),
}

offsets = st.integers(0, 240)
unordered = st.lists(
    st.tuples(
        st.sampled_from(sorted(KINDS)),
        offsets,
        st.sampled_from((LEAD, JOINT, HELPER)),
        st.integers(0),
    ),
    max_size=25,
)
plans = st.one_of(unordered, unordered.map(lambda plan: sorted(plan, key=lambda step: step[1])))
books = st.builds(
    Book,
    deadline=st.sampled_from((FIXED, STAGED, ONGOING, MONTHLY, UNSET)),
    lead=st.sampled_from(((LEAD,), (LEAD, JOINT))),
    indicators=st.sampled_from(((), (INDICATOR,))),
    removed=st.sampled_from((None, {"on": "2024-08-01", "basis": "示例〔2024〕9号"})),
    rules=st.just(RULES),
)


def write(book: Book, plan: list[tuple[KindName, int, str, int]], first: date = FIRST) -> None:
    """Add the planned records that can be written at all; answers go to records that are there."""
    for kind, offset, unit, seed in plan:
        choose = random.Random(seed)
        fields = {name: choose.choice(values) for name, values in EXTRAS.get(kind, {}).items()}
        if kind in ANSWERED:
            there = [e.record.id for e in book.entries if e.record.kind in ANSWERED[kind]]
            if not there:
                continue
            fields["answers"] = choose.sample(there, k=min(len(there), choose.choice((1, 1, 2))))
        author = OFFICE if KINDS[kind].by == "office" else unit
        if kind == "更正":
            own = [e for e in book.entries if e.unit == author and e.record.kind != "更正"]
            if not own:
                continue
            fields["corrects"] = choose.choice(own).record.id
        book.add(author, (first + timedelta(days=offset)).isoformat(), kind, **fields)


def noted(ledger: Ledger) -> list[tuple[str, str, str]]:
    """Every finding by its code and its record, wherever that stands."""
    ids = {(e.file, e.index): e.record.id for e in ledger.entries}
    findings = check(ledger, today=date(2025, 1, 31))
    return sorted((f.code, ids[f.record] if f.record else "", f.message) for f in findings)


def told(item: JudgedItem) -> dict[str, Any]:
    """Everything that judgement says of an item, records by their ids."""

    def ids(entries: tuple[Entry, ...]) -> list[str]:
        return [entry.record.id for entry in entries]

    state = item.state
    return {
        "status": state.status,
        "units": state.units,
        "stages": [stage._replace(applications=(), extensions=()) for stage in state.stages],
        "applications": [ids(stage.applications) for stage in state.stages],
        "extensions": [ids(stage.extensions) for stage in state.stages],
        "occurrences": [turn for turn in state.occurrences if turn.due < state.day],
        "entries": ids(state.entries),
        "changes": state.changes,
        "rejected": [(r.entry.record.id, r.code, r.message) for r in state.rejected],
        "doubts": [(r.entry.record.id, r.code, r.message) for r in state.doubts],
        "light": item.light,
        "missed": item.missed,
        "figures": item.figures,
        "percent": state.percent,
        "late": state.late,
        "to_coordinate": ids(state.to_coordinate),
        "milestones": state.milestones,
        "plans": ids(state.plans),
    }


@given(books, plans, plans, offsets)
def test_later_records_change_nothing_as_of_a_day(
    book: Book, plan: list[Any], later: list[Any], offset: int
) -> None:
    """Corrections alone may speak of the past; every other record dated after a day leaves that day alone."""
    write(book, plan)
    today = FIRST + timedelta(days=offset)
    before = Judge(book.ledger()).on(today)
    write(book, [p for p in later if p[0] != "更正"], today + timedelta(days=1))
    after = Judge(book.ledger()).on(today)
    assert [told(item) for item in after.items] == [told(item) for item in before.items]
    assert after.general == before.general
    assert after.blank == before.blank


@given(books, plans, offsets, st.randoms(use_true_random=False))
def test_files_and_their_order_change_nothing(
    book: Book, plan: list[Any], offset: int, chance: random.Random
) -> None:
    """A unit's records may be spread over any logs of it, in any order."""
    write(book, plan)
    today = FIRST + timedelta(days=offset)
    shuffled = [replace(e, file=f"{chance.choice('甲乙丙')}-{e.unit}") for e in book.entries]
    chance.shuffle(shuffled)
    entries = tuple(replace(entry, index=index) for index, entry in enumerate(shuffled))
    other = make_ledger(book, entries)
    one = Judge(book.ledger())
    two = Judge(other)
    assert [told(i) for i in two.on(today).items] == [told(i) for i in one.on(today).items]
    assert noted(other) == noted(book.ledger())


@given(books, plans)
@example(Book(), [("条件未具备", 0, LEAD, 0), ("申请销号", 0, LEAD, 0)])
def test_days_go_on(book: Book, plan: list[Any]) -> None:
    """What was once said of a day's end is what any later day says of it."""
    write(book, plan)
    judge = Judge(book.ledger())
    last = judge.on(FIRST + timedelta(days=300)).by_id["1.1"].state
    for offset in range(0, 300, 13):
        day = FIRST + timedelta(days=offset)
        then = judge.on(day).by_id["1.1"].state
        turn = last.on(day)
        assert (turn.status, turn.suspended) == (then.status, then.suspended is not None)
        assert turn.lead == then.units.lead


def test_plans_reach_every_status() -> None:
    """The properties would say little if nearly every planned record were thrown away."""
    chance = random.Random(4)
    moving = [name for name, kind in KINDS.items() if set(kind.effects) != {"不变"}]
    kinds = sorted((*KINDS, *moving, *moving))
    reached: set[str] = set()
    taken: set[str] = set()
    for number in range(200):
        book = Book(
            (FIXED, ONGOING)[number % 2],
            lead=((LEAD,), (LEAD, JOINT))[number % 4 // 2],
            indicators=(INDICATOR,),
        )
        offsets = sorted(chance.sample(range(240), 25))
        write(book, [(chance.choice(kinds), o, LEAD, chance.randrange(99)) for o in offsets])
        state = book.on("2025-01-31").state
        reached |= {change.status for change in state.changes}
        taken |= {e.record.kind for e in state.entries}
    assert reached == set(STATUSES)
    assert taken == set(KINDS) - set(GENERAL)
