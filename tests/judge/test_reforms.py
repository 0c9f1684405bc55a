"""机构改革: who answers for an item on a day before, between and after, under one name, and whose lateness it is."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest

from gaigai_cli.judge.judgement import Judge, Judgement
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.query.choose import ItemRow
from gaigai_cli.render.console.card import judged_facts
from gaigai_cli.render.console.overdue import late_of
from gaigai_cli.render.papers import bulletin_md
from gaigai_cli.report.bulletin import monthly_report
from gaigai_cli.report.facts import facts_of
from gaigai_cli.report.problems import problems
from gaigai_cli.report.score import score
from gaigai_cli.words.period import Period, year
from tests.judge.build import HELPER, JOINT, LEAD, OFFICE, OTHER, UNITS, Book, day
from tests.judge.random_ledgers import LAST, random_year

EFFECTIVE, OVER = date(2024, 8, 1), date(2024, 9, 16)
BOTH, NEW = f"{LEAD}（原{JOINT}）", "示例新局"
RENAMED: Final = {"unit": OTHER, "to": [NEW]}
MERGED: Final = {"unit": JOINT, "to": [LEAD]}


def reformed(ledger: Ledger, *became: dict[str, Any], over: date | None = OVER) -> Ledger:
    """The ledger as it is read where its departments.yaml has one reform."""
    reform = {
        "basis": "示例发〔2024〕8号",
        "effective": EFFECTIVE,
        "handed_over": over,
        "new": [{"name": NEW, "initials": ["slxj"]}],
        "became": became,
    }
    kept = {name: value for name, value in reform.items() if value is not None}
    departments = Departments.model_validate(
        {"units": [{"name": unit} for unit in UNITS], "reforms": [kept]}
    )
    entries = tuple(
        replace(
            entry,
            unit=departments.at_last.canonical(entry.unit, entry.record.item),
            log_unit=entry.unit,
        )
        for entry in ledger.entries
    )
    return replace(ledger, departments=departments, entries=entries)


def said(judgement: Judgement) -> list[tuple[Any, ...]]:
    """What a paper of the day says of each item."""
    return [
        (
            item.id,
            item.state.status,
            item.light.name,
            item.state.units,
            item.state.late,
            item.state.percent,
            [(e.unit, e.record.id) for e in item.state.entries],
            item.missed,
        )
        for item in judgement.items
    ]


def renamed(found: Any, names: dict[str, str]) -> Any:
    """The same with other names of units."""
    text = repr(found)
    for old, new in names.items():
        text = text.replace(f"'{old}'", f"'{new}'")
    return text


@pytest.mark.parametrize("seed", range(24))
def test_a_merger_changes_names_and_nothing_that_was(seed: int) -> None:
    """Before it all is as without; until the handing over the old unit is called by both names; then nobody is."""
    plain = random_year(seed).ledger()
    judge, without = Judge(reformed(plain, MERGED, RENAMED)), Judge(plain)
    for on in (EFFECTIVE - timedelta(days=30), EFFECTIVE - timedelta(days=1)):
        assert said(judge.on(on)) == said(without.on(on))
    between = OVER - timedelta(days=1)
    names = {JOINT: BOTH, OTHER: f"{NEW}（原{OTHER}）"}
    assert repr(said(judge.on(between))) == renamed(said(without.on(between)), names)
    after = repr(said(judge.on(OVER)))
    assert not re.search(f"{JOINT}|{OTHER}|（原", after)
    late = {item.id for item in without.on(between).items if item.state.late}
    assert late <= {item.id for item in judge.on(OVER).items if item.state.late}


@pytest.mark.parametrize("seed", [2, 6])
def test_a_new_name_takes_the_old_place(seed: int) -> None:
    judge = Judge(reformed(random_year(seed).ledger(), {"unit": JOINT, "to": [NEW]}))
    facts = facts_of(judge, Period.of(2024, 9), today=LAST)
    (owing,) = [part for part in problems(facts).subsections if part.heading == "报送不及时"]
    first = [re.split("[、：]", line)[0] for line in owing.entries]
    assert list(dict.fromkeys(first)) == [*(["我办"] if seed == 2 else []), LEAD, NEW]


@pytest.mark.parametrize("seed", range(4))
def test_one_name_in_every_paper(seed: int) -> None:
    judge = Judge(reformed(random_year(seed).ledger(), MERGED, RENAMED))
    for month in range(6, 13):
        paper = bulletin_md.bulletin(monthly_report(judge, Period.of(2024, month), today=LAST))
        old = f"{JOINT}|{OTHER}"
        if month <= 7:
            assert f"{NEW}" not in paper
            assert "（原" not in paper
        elif month == 8:
            assert not re.search(f"(?<!（原)(?:{old})", paper)
        else:
            then = re.sub("[，（]到期时由原[^，）]*牵头", "", paper)
            then = re.sub("9月16日起，.*的工作由.*承接", "", then)
            assert not re.search(f"{old}|（原", then)


def test_a_rename_needs_no_handing_over() -> None:
    book = Book(lead=(OTHER,))
    book.add(OTHER, "06-10", "进展")
    judge = Judge(reformed(book.ledger(), RENAMED, over=None))

    assert [judge.on(on).items[0].state.units.lead for on in (day("07-31"), EFFECTIVE)] == [
        (OTHER,),
        (NEW,),
    ]
    (entry,) = judge.on(EFFECTIVE).items[0].state.entries
    assert entry.unit == NEW


@pytest.mark.parametrize(
    ("applied", "status"), [((LEAD,), "推进中"), ((JOINT,), "推进中"), ((LEAD, JOINT), "待核验")]
)
def test_what_was_applied_for_stands_where_all_have_applied(
    applied: tuple[str, ...], status: str
) -> None:
    """Two joint leads become one: an application of one of them isn't that of both."""
    book = Book(lead=(LEAD, JOINT))
    for unit in applied:
        book.add(unit, "06-20", "申请销号")
    before, after = (
        Judge(reformed(book.ledger(), MERGED)).on(on).items[0].state
        for on in (OVER - timedelta(days=1), OVER)
    )

    assert (before.status, after.status) == (status, status)
    assert (before.units.lead, after.units.lead) == ((LEAD, BOTH), (LEAD,))
    assert not after.rejected
    if status == "推进中":
        book.add(LEAD, "09-20", "申请销号")
        again = Judge(reformed(book.ledger(), MERGED)).on(day("09-20")).items[0].state
        assert (again.status, again.rejected) == ("待核验", ())


def test_until_handed_over_the_old_unit_answers() -> None:
    """In its log or, later, in the heir's: what is entered late for a day before the handing over is the old one's."""
    book = Book(lead=(JOINT,), responsible=())
    book.add(JOINT, "08-10", "进展")
    book.add(LEAD, "09-20", "进展", date=date(2024, 9, 1))
    book.add(JOINT, "09-25", "进展")
    judge = Judge(reformed(book.ledger(), MERGED))

    assert [e.unit for e in judge.on(day("09-01")).items[0].state.entries] == [BOTH, BOTH]
    state = judge.on(day("09-30")).items[0].state
    assert [e.unit for e in state.entries] == [LEAD] * 3
    assert not state.rejected


def test_a_split_goes_item_by_item() -> None:
    """Who goes on is said for each item; the rest is the first's."""
    book = Book(lead=(LEAD,))
    book.add(LEAD, "06-10", "进展")
    for heir, both in ((NEW, f"{NEW}（原{LEAD}）"), (HELPER, f"{HELPER}（原{LEAD}）")):
        became = {"unit": LEAD, "to": [JOINT, NEW, HELPER], "items": {"1.1": heir}}
        judge = Judge(reformed(book.ledger(), became))
        leads = [judge.on(on).items[0].state.units.lead for on in (day("07-31"), EFFECTIVE, OVER)]
        assert leads == [(LEAD,), (both,), (heir,)]
        (entry,) = judge.on(OVER).items[0].state.entries
        assert entry.unit == heir
        units = judge.on(OVER).ledger.units
        assert units.canonical(LEAD) == JOINT
        assert {u.name for u in units.resolve(LEAD)} == {JOINT, heir}


def test_a_split_unit_may_have_corrected_its_records() -> None:
    """A 更正 names no item: it is its log's, whoever goes on with the item of the record."""
    book = Book(lead=(LEAD,))
    report = book.add(LEAD, "06-10", "进展", percent="30")
    book.add(LEAD, "06-11", "更正", corrects=report, set={"percent": "50"})
    became = {"unit": LEAD, "to": [JOINT, HELPER], "items": {"1.1": HELPER}}
    judge = Judge(reformed(book.ledger(), became))

    assert judge.findings == ()
    assert [judge.on(on).items[0].state.percent for on in (day("07-01"), OVER)] == [50, 50]


def test_a_part_that_stays_keeps_its_name() -> None:
    """职责划转: a unit gives one item away and goes on with the rest."""
    book = Book(lead=(LEAD,))
    became = {"unit": LEAD, "to": [LEAD, JOINT], "items": {"1.1": JOINT}}
    now = Judge(reformed(book.ledger(), became)).on(OVER)

    assert now.items[0].state.units.lead == (JOINT,)
    assert [u.name for u in now.ledger.units.all] == [OFFICE, LEAD, JOINT, HELPER, OTHER]


def test_a_new_unit_is_found_by_its_name_before_the_handing_over() -> None:
    """By name and initials it is the unit that still answers; on the day it is itself, and nobody is without one."""
    book = Book(lead=(LEAD,))
    became = {"unit": LEAD, "to": [JOINT, NEW], "items": {"1.1": NEW}}
    both = f"{NEW}（原{LEAD}）"
    open_ = reformed(book.ledger(), became, over=None)
    for on in (EFFECTIVE, day("12-31")):
        units = Judge(open_).on(on).ledger.units
        assert [u.name for u in units.resolve(NEW)] == [both]
        assert [u.name for u in units.resolve("slxj")] == [both]
        assert NEW not in [u.name for u in units.all]
    assert Judge(open_).on(day("12-31")).items[0].state.units.lead == (both,)
    over = Judge(reformed(book.ledger(), became)).on(OVER).ledger.units
    assert [u.name for u in over.resolve(NEW)] == [NEW]


def test_two_units_that_take_each_others_name() -> None:
    book = Book(lead=(LEAD,))
    became = ({"unit": LEAD, "to": [JOINT]}, {"unit": JOINT, "to": [LEAD]})
    assert Judge(reformed(book.ledger(), *became)).on(OVER).items[0].state.units.lead


def test_lateness_before_the_day_stays_the_old_units() -> None:
    """The heir has no points taken off for it, and papers say who led it then; the old unit is listed without a rank."""
    book = Book(
        lead=(JOINT,),
        rules={"reporting": {"every": "month", "by": 25, "from": "2024-06"}},
    )
    book.add(JOINT, "06-10", "进展")
    book.add(LEAD, "10-10", "申请销号")
    book.add(OFFICE, "10-12", "核验销号", answers=[book.entries[-1].record.id])
    judge = Judge(reformed(book.ledger(), MERGED))

    found = {u.unit: u for u in score(judge, year(2024), today=date(2025, 1, 10)).units}

    heir, old = found[LEAD], found[f"原{JOINT}"]
    assert [(line.rule, line.words) for line in heir.lines] == [
        ("不计入", f"时限6月30日，到期时由{JOINT}牵头，不计入"),
        ("未报", "9月进展，9月25日截止，本期应报1次"),
    ]
    assert [line.rule for line in old.lines] == ["到期未办结", "未报", "未报", "得分不低于0分"]
    assert (old.grade, old.remark) == (None, f"9月16日机构改革后由{LEAD}承接")
    then = f"到期时由原{JOINT}牵头"
    for on, said_ in ((OVER - timedelta(days=1), False), (OVER, True)):
        now = judge.on(on)
        card_ = {f.label: f.words for f in judged_facts(now.items[0])}
        rows = late_of(now, [ItemRow(now.items[0], None)], (), ()).unfinished
        assert (then in card_["时间"], f"{LEAD}（{then}）" in rows[0][2].text) == (said_, said_)
    papers = [
        bulletin_md.bulletin(monthly_report(judge, Period.of(2024, month), today=LAST))
        for month in (8, 9)
    ]
    assert [f"6月30日到期，{then}，逾期" in paper for paper in papers] == [False, True]
    closed = {f.label: f.words for f in judged_facts(judge.on(day("10-12")).items[0])}
    assert then in closed["办结"]


def test_who_reports_without_being_named_is_called_by_the_new_name_too() -> None:
    book = Book(lead=(HELPER,), responsible=(), open=("等相关部门",))
    book.add(JOINT, "06-10", "进展")

    (entry,) = Judge(reformed(book.ledger(), MERGED)).on(OVER).items[0].state.entries
    assert entry.unit == LEAD


def test_a_unit_that_is_split_goes_once_when_its_work_is_handed_over() -> None:
    """Until then it answers by the names of its heirs: neither has it gone, nor is its delay counted a second time."""
    split = {"unit": JOINT, "to": [LEAD, HELPER], "items": {"1.1": LEAD, "1.2": HELPER}}
    book = Book(lead=(JOINT,))
    list_ = book.ledger().tasks
    item = list_.tasks[0].items[0]
    items = tuple(item.model_copy(update={"id": id_}) for id_ in ("1.1", "1.2"))
    task = list_.tasks[0].model_copy(update={"items": items})
    ledger = replace(book.ledger(), tasks=list_.model_copy(update={"tasks": (task,)}))
    parts = {f"{LEAD}（原{JOINT}）": LEAD, f"{HELPER}（原{JOINT}）": HELPER}

    def told(over: date | None, month: int) -> list[str]:
        judge = Judge(reformed(ledger, split, over=over))
        text = bulletin_md.bulletin(monthly_report(judge, Period.of(2024, month), today=LAST))
        return [line for line in text.splitlines() if "承接" in line]

    def late(over: date | None) -> dict[str, tuple[list[str], str]]:
        units = score(Judge(reformed(ledger, split, over=over)), year(2024), today=LAST).units
        assert len({unit.unit for unit in units}) == len(units)
        return {
            u.unit: (items, u.remark)
            for u in units
            if (items := [line.item or "" for line in u.lines if line.rule == "到期未办结"])
        }

    partly = Judge(
        reformed(ledger, split | {"to": [JOINT], "items": {"1.2": LEAD}}, over=EFFECTIVE)
    )
    text = bulletin_md.bulletin(monthly_report(partly, Period.of(2024, 8), today=LAST))
    assert f"1. 8月1日起，{JOINT}的部分工作由{LEAD}承接，牵头事项为第1项第2条。" in text
    names = [unit.unit for unit in score(partly, year(2024), today=LAST).units]
    assert len(set(names)) == len(names)

    which = f"起，{JOINT}的工作由{LEAD}、{HELPER}承接，牵头事项为第1项第1条、第2条。"
    assert (told(OVER, 8), told(OVER, 9)) == ([], [f"1. 9月16日{which}"])
    assert told(EFFECTIVE, 8) == [f"1. 8月1日{which}"]
    assert late(OVER) == {
        part: ([f"1.{n}"], f"9月16日机构改革后由{heir}承接")
        for n, (part, heir) in enumerate(parts.items(), 1)
    }
    assert late(None) == {part: ([f"1.{n}"], "") for n, part in enumerate(parts, 1)}
    assert late(EFFECTIVE) == {
        f"原{JOINT}": (["1.1", "1.2"], f"8月1日机构改革后由{LEAD}、{HELPER}承接")
    }


def test_who_verified_before_it_became_a_lead_was_none_then() -> None:
    """What the office leads and another unit verified stays closed when that unit becomes a part of the office."""
    book = Book(lead=(OFFICE,), responsible=())
    asked = book.add(OFFICE, "06-20", "申请销号")
    book.add(OFFICE, "06-22", "核验销号", answers=[asked], verified_by_unit=LEAD, signer="示例乙")
    judge = Judge(reformed(book.ledger(), {"unit": LEAD, "to": [OFFICE]}))
    assert judge.on(LAST).by_id["1.1"].state.status == "已销号"
