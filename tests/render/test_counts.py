"""Every count and status of a period is the same in all papers: 300 random years, and the example month by month."""

import random
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import chain, pairwise
from typing import Any

import pytest

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.judge.owes import owes
from gaigai_cli.model.ledger import Demand, Issued
from gaigai_cli.model.lists import RollUpRules
from gaigai_cli.model.statuses import is_pending
from gaigai_cli.query import choose
from gaigai_cli.render.papers import bulletin_html, bulletin_md, bulletin_xlsx
from gaigai_cli.report.application import PrintedRow
from gaigai_cli.report.board import board
from gaigai_cli.report.brief import brief
from gaigai_cli.report.bulletin import monthly_report, unit_report
from gaigai_cli.report.facts import Facts, ItemFacts, facts_of
from gaigai_cli.report.follow_up import follow_up, followed
from gaigai_cli.report.internal import internal_report
from gaigai_cli.report.letters import checks, request
from gaigai_cli.report.monthly_report import MonthlyReport
from gaigai_cli.report.overview import totals
from gaigai_cli.report.reminders import EXTENSION_WAITS, matter, proposals
from gaigai_cli.report.roll_up import ListShare, list_month, roll_up
from gaigai_cli.report.score import score
from gaigai_cli.report.todo import todo
from gaigai_cli.report.wording import cite, number_of
from gaigai_cli.report.year_material import year_material
from gaigai_cli.words.period import Period, quarter_of, year
from tests.judge.build import OFFICE
from tests.judge.random_ledgers import LAST, RandomYear, random_year, with_figures, with_milestones
from tests.render.bulletins import figures_of_html, figures_of_md, figures_of_xlsx, shown
from tests.render.test_agreement import Day
from tests.report.test_bulletin import MONTHS, ROOT, TODAY, judge

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def contradictions(facts: Facts, report: MonthlyReport) -> list[str]:
    """What the papers of a period say otherwise than the list, judged with the day ended."""
    found: list[str] = []

    def same(name: str, *values: object) -> None:
        if any(value != values[0] for value in values):
            found.append(f"{name}: {values}")

    now = facts.now
    late = {i.id for i in choose.overdue(now)}
    turns = {i.id for i in choose.unfinished_turns(now)}
    silent = {i.id for i in choose.unreported(now)}
    parts = {
        part.heading: part.entries for section in report.sections for part in section.subsections
    }
    kept = [row for row in report.ledger if row.status != "已调出清单"]
    standings = Counter(f.state.standing for f in facts.items if f.counted)
    same("statuses", dict(report.totals.statuses), dict(standings))
    same("items", report.totals.items, len(kept), sum(standings.values()))
    same("lights", Counter(dict(report.totals.lights)), Counter(row.light for row in kept))
    stages = sum(len(f.expired) for f in facts.items)
    same("late", len(parts.get("到期未办结", ())), stages + len(turns))
    same("red", {row.id for row in kept if row.light == "红"}, late)
    leads = {f.id: f.state.units.lead for f in facts.items}
    done: dict[str, set[str]] = {}
    for fact in facts.items:
        for entry in fact.state.applications:
            if all(stage.application_of(entry.unit) for stage in fact.expired):
                done.setdefault(entry.unit, set()).add(fact.id)
    for line in report.units:
        led = {id_ for id_, units in leads.items() if line.name in units}
        same(f"late of {line.name}", line.expired, len(led & late - done.get(line.name, set())))
        same(f"turns of {line.name}", line.turns, len(led & turns))
        whole = line.closed + line.pending + line.underway + line.not_reported + line.suspended
        same(f"items of {line.name}", line.lead, whole)
    waits = todo(now)
    same("todo", ({i.id for i in waits.overdue}, {i.id for i in waits.turns}), (late, turns))
    same("todo reports", {i.id for i in waits.unreported}, silent)
    page = brief(report)
    for words in page.parts[1][1]:
        counted = re.match(r"(?:到期未办结(\d+)项)?、?(?:期内任务未完成(\d+)项)?", words)
        if counted and counted[0]:
            same(
                "brief", [int(number or 0) for number in counted.groups()], [len(late), len(turns)]
            )
        if counted := re.match(
            r"(期满未完成|尚未启动|进度滞后|指标未达|抽查核验不符)(\d+)项", words
        ):
            same("brief", int(counted[2]), len(parts[counted[1]]))
        if counted := re.match(r"报送不及时涉及(\d+)个单位", words):
            owing = {u for f in facts.items for m in f.item.missed for u in m.units}
            same("brief", int(counted[1]), len(owing))
    told = "".join(chain(*(words for _, words in page.parts)))
    for number, left in re.findall(r"其余(\d+)项（(.+?)）见通报", told):
        same("what the leader's page leaves over", int(number), len(left.split("、")))
    names = {
        n
        for s in report.sections
        if s.heading == "存在问题"
        for p in s.subsections
        for n in p.names
    }
    same("names that the leader isn't told", {n for n in names if n not in told}, set())
    same("demands", {d.unit for d in report.demands} & {facts.office}, set())
    troubled = late | turns | silent
    troubled |= {
        f.id for f in facts.items if f.lagging or f.item.short or f.state.unstarted or f.refuted
    }
    same("asked of what is well", {i for d in report.demands for i in d.items} - troubled, set())
    found += _unsaid(facts, report) + _refutable(facts, report)
    return found


def _refutable(facts: Facts, report: MonthlyReport) -> list[str]:
    """Sentences that another one of the same paper, or whoever counts after, speaks against."""
    found = []
    body = bulletin_md.bulletin_body(report)
    parts = {p.heading: p.entries for s in report.sections for p in s.subsections}
    missed = re.search(r"未达标(\d+)项(?:（其中(\d+)项)?", body)
    told = int(missed[1]) - int(missed[2] or 0) if missed else 0
    if told != len(parts.get("指标未达", ())):
        found.append("指标未达")
    next_ = facts.period.next
    if "无明确时限事项到期" in body and any(
        next_.holds(stage.due) for fact in facts.items for stage in fact.state.owed_stages
    ):
        found.append("无明确时限事项到期")
    for fact in facts.items:
        if fact.state.suspended and any(
            words.startswith((number_of(fact.state.listed), cite(fact.state.listed)))
            for heading in ("到期未办结", "进度滞后", "指标未达", "尚未启动")
            for words in parts.get(heading, ())
        ):
            found.append(f"{fact.id} is suspended")
        if fact.state.suspended or is_pending(fact.state.status):
            asked = {d.kind for d in report.demands if fact.id in d.items}
            # Another stage than the one that waits may be overdue.
            late = {"办结"} if fact.expired else set()
            if asked - {"报送", "指标", "核验"} - late:
                found.append(f"{fact.id} is asked for")
    whys = {row.id: row.why for row in report.ledger}
    for fact in facts.items:
        begins = (f"{number_of(fact.state.listed)}“", cite(fact.state.listed))
        slow = [words for words in parts.get("进度滞后", ()) if words.startswith(begins)]
        if any("进度偏慢" in words for words in slow) and "百分点" in whys[fact.id]:
            found.append(f"{fact.id} is behind by points in one place alone")
    refuted = {f.id for f in facts.items if f.refuted}
    if {i for d in report.demands if d.kind == "核验" for i in d.items} - refuted:
        found.append("asked why, of what wasn't found otherwise")
    return found


def _unsaid(facts: Facts, report: MonthlyReport) -> list[str]:
    """Rulings that the body doesn't tell, reasons that it passes over, and days as a computer writes them."""
    found = []
    body = bulletin_md.bulletin_body(report)
    parts = {p.heading: p.entries for s in report.sections for p in s.subsections}
    for fact in facts.items:
        number = number_of(fact.state.listed)
        told = body.partition("主要进展")[2].partition("三、存在问题")[0]
        names = (number, cite(fact.state.listed))
        if fact.highlights and _tells_news(fact) and not any(name in told for name in names):
            found.append(f"no word of the highlights of {fact.id}")
        if fact.rulings and number not in body.partition("主要进展")[2]:
            found.append(f"no word of the rulings on {fact.id}")
        if fact.reason and any(
            words.startswith(f"{number}“") and "未说明原因" in words
            for words in parts.get("到期未办结", ())
        ):
            found.append(f"the reason of {fact.id} is passed over")
        if fact.expired or fact.state.missed_turns or fact.lagging or fact.state.unstarted:
            begins = (f"{number}“", cite(fact.state.listed))
            entries = [words for e in parts.values() for words in e if words.startswith(begins)]
            why = _asked_why(facts, fact)
            if fact.reason and not any(why in words for words in entries):
                found.append(f"呈批件 words the reason of {fact.id} otherwise: {why}")
            if not fact.reason and (why == "未说明原因。") != any(why in w for w in entries):
                found.append(
                    f"呈批件 says of {fact.id} that there is no reason, or the bulletin does"
                )
    if ISO.search(body):
        found.append(f"a day in figures: {ISO.findall(body)}")
    new = re.search(r"新增到期未办结(\d+)项", body)
    before = {f.id for f in facts.items if f.former and f.former.state.overdue}
    now = {f.id for f in facts.items if f.expired}
    if facts.before is not None and int(new[1] if new else 0) != len(now - before):
        found.append("新增到期未办结")
    return found


def _asked_why(facts: Facts, fact: ItemFacts) -> str:
    """What 呈批件 says of the reason, without whose it is: the bulletin calls a lead that it has just named 该单位."""
    rows = (row for row in request(facts, fact.id, day=LAST).rows if isinstance(row, PrintedRow))
    ((words,),) = [w for row in rows for label, w in row.cells if label == "原因和申请"]
    return words.removeprefix(facts.who(fact.reason.entry.unit)) if fact.reason else words


def _tells_news(fact: ItemFacts) -> bool:
    return fact.state.owing and not fact.state.unstarted and not is_pending(fact.state.status)


@pytest.mark.parametrize("thirties", range(10))
def test_random_years(thirties: int, thorough: bool) -> None:
    for seed in range(thirties * 30 + 2000, thirties * 30 + (2030 if thorough else 2006)):
        year = random_year(seed)
        judge_ = Judge(year.ledger())
        month = Period.of(2024, random.Random(seed).randint(6, 12))
        facts = facts_of(judge_, month, today=LAST)
        report = monthly_report(judge_, month, today=LAST)
        assert contradictions(facts, report) == [], (seed, month)
        if seed % 5 == 0:
            _check_other_papers(facts, report, judge_)
        if seed % 10 == 0:
            _check_formats(report, Day(year, month.last, ended=True))


def _check_formats(report: MonthlyReport, day: Day) -> None:
    """Text, page and workbook say the same, which is what a plain re-computation of the day says."""
    text = figures_of_md(bulletin_md.bulletin(report))
    page = figures_of_html(bulletin_html.bulletin(report))
    sheets = figures_of_xlsx(bulletin_xlsx.bulletin(report))
    assert text["ledger"] == page["ledger"] == sheets["ledger"]
    assert text["units"] == page["units"] == sheets["units"]
    said = {k: v for k, v in text["said"].items() if k in day.statuses(day.kept)}
    assert said == {k: str(v) for k, v in day.statuses(day.kept).items()}
    assert shown(page["numbers"]) == shown(sheets["numbers"])
    assert {k: shown(page["numbers"]).get(k) for k in said} == said


def _check_other_papers(facts: Facts, report: MonthlyReport, judge: Judge) -> None:
    """The internal paper, and the sheet of each unit."""
    assert facts.period.is_month
    paper = internal_report(judge, facts.period, today=facts.now.day)
    told = next(s.paragraphs for s in paper.sections if s.heading == "期内任务未完成")
    assert len(told) - (told == ("没有。",)) == len(choose.unfinished_turns(facts.now))
    for line in report.units:
        if any(f.state.units.of(line.name) for f in facts.items):
            sheet = unit_report(judge, facts.period, line.name, today=LAST)
            assert sheet.units == (line,)
            assert set(sheet.demands) == {d for d in report.demands if d.unit == line.name}
    _check_desks(facts, report, judge)
    _check_pages(facts, report, judge)


def _check_desks(facts: Facts, report: MonthlyReport, judge: Judge) -> None:
    """What a unit is told to do in the bulletin is on its desk, what it is reminded of, and what it checks."""
    now, office = facts.now, facts.office
    asked = {(d.unit, id_, d.kind) for d in report.demands for id_ in d.items}
    reminded = {(p.unit, p.item.id) for p in proposals(now)}
    for line in report.units:
        own = [] if line.name == office else [todo(now, line.name)]
        for waits in own:
            assert (len(waits.overdue), len(waits.turns)) == (line.expired, line.turns)
            silent = {f.id for f in facts.items for m in f.item.missed if line.name in m.units}
            assert {i.id for i in waits.unreported} == silent
            for item in waits.overdue:
                waited = all(
                    any(e.unit == line.name for e in stage.extensions)
                    for stage in item.state.overdue_stages
                    if stage.application_of(line.name) is None
                )
                assert (line.name, item.id) in reminded
                assert waited != ((line.name, item.id, "办结") in asked)
    told = {unit for unit, _, _ in checks(judge, report, day=LAST)}
    assert {d.unit for d in report.demands if d.kind != "交办"} <= told
    parts = {p.heading: p for s in report.sections for p in s.subsections}
    if "报送不及时" in parts:
        assert set(parts["报送不及时"].names) - {"我办"} <= told


_REMINDED = {
    "办结": ("拟办结时间", "延期申请答复前继续抓紧办理"),
    "期次": ("补齐",),
    "滞后": ("报送下步措施和预计完成时间",),
    "指标": ("改进措施",),
    "核验": ("书面说明报送情况与抽查核验不符的原因",),
    "报送": ("补报尚未报送的进展",),
}
"""What a reminder asks for of each kind of debt."""
_TOLD = {
    "办结": ("到期未办结",),
    "期次": ("到期未办结",),
    "滞后": ("尚未启动", "进度滞后"),
    "指标": ("指标未达",),
    "核验": ("抽查核验不符",),
}
"""Where 存在问题 tells of it."""


@pytest.mark.parametrize("tens", range(10))
def test_what_a_lead_owes_is_the_same_in_all_papers(tens: int, thorough: bool) -> None:
    """Bulletin, reminders, the unit's desk and sheet, and what the state says, of every item and each of its leads."""
    for seed in range(tens * 20 + 2000, tens * 20 + (2020 if thorough else 2006)):
        one = with_milestones(with_figures(random_year(seed), seed), seed)
        month = Period.of(2024, random.Random(seed).randint(6, 12))
        facts = facts_of(Judge(one.ledger()), month, today=LAST)
        if not facts.now.blank:
            _check_debts(facts, monthly_report(Judge(one.ledger()), month, today=LAST), seed)


def _check_debts(facts: Facts, report: MonthlyReport, seed: int) -> None:
    now = facts.now
    asked: dict[tuple[str, str], set[str]] = {}
    for demand in report.demands:
        for id_ in demand.items if demand.kind != "交办" else ():
            asked.setdefault((demand.unit, id_), set()).add(demand.kind)
    parts = {p.heading: p.entries for s in report.sections for p in s.subsections}
    desks = {line.name: todo(now, line.name) for line in report.units if line.name != OFFICE}
    reminded = {(p.unit, p.item.id): p for p in proposals(now)}
    for item in now.items:
        told: set[str] = set()
        for unit in item.state.units.lead:
            owed, where = owes(item, unit), (seed, str(facts.period), item.id, unit)
            told |= owed.debts
            if unit == OFFICE:
                continue
            assert asked.pop((unit, item.id), set()) == owed.asked, where
            desk = desks[unit]
            sections = {
                "办结": desk.overdue,
                "期次": desk.turns,
                "指标": desk.short,
                "核验": [row[0] for row in desk.to_explain],
                "报送": desk.unreported,
            }
            on_desk = {kind for kind, held in sections.items() if item.id in {i.id for i in held}}
            assert on_desk == owed.debts - {"滞后"}, where
            assert ((unit, item.id) in reminded) == owed.anything, where
            if owed.anything:
                words = matter(now, item, unit, ()).demand
                kinds = {k for k, signs in _REMINDED.items() if any(s in words for s in signs)}
                assert kinds == owed.debts, where
                hurried = reminded[unit, item.id].why != EXTENSION_WAITS
                assert hurried or not owed.asked, where
        for kind, headings in _TOLD.items() if item.state.units.lead else ():
            names = (f"{number_of(item.state.listed)}“", cite(item.state.listed))
            listed = any(w.startswith(names) for h in headings for w in parts.get(h, ()))
            assert listed or kind not in told, (seed, item.id, kind)
        assert bool(item.missed) == ("报送" in told)
    assert not asked


def _check_pages(facts: Facts, report: MonthlyReport, judge: Judge) -> None:
    """The board and the roll-up of one list say what the bulletin says, and why a light is on is why it is told."""
    assert facts.period.is_month
    page = board(judge, today=LAST, month=facts.period)
    kept = {row.id: row for row in report.ledger if row.status != "已调出清单"}
    late = {f.id: f.state.days_overdue for f in facts.items if f.expired}
    assert page.totals == report.totals
    assert {one.id: one.days for one in page.late} == late
    lit = {id_ for id_, row in kept.items() if row.light in ("红", "黄")}
    assert {one.id for one in page.causes} == {i for i in lit if facts.by_id[i].state.units.lead}
    assert {row.unit: row.number for row in page.rows} == {
        line.name: line.lead for line in report.units if line.lead
    }
    assert (page.months[-1].overdue, page.months[-1].due) == (len(late), report.totals.due)
    if facts.before is not None:
        then = facts.before
        assert (page.months[-2].overdue, page.months[-2].due) == (
            len(choose.overdue(then)),
            totals(then).due,
        )
    if facts.period.last.month % 3 == 0:
        found = score(judge, quarter_of(facts.period.last), today=LAST)
        lines = {line.name: line.expired for line in report.units}
        for one in found.units:
            owed = {line.item for line in one.lines if line.rule == "到期未办结"}
            assert len(owed) == lines[one.unit], one.unit
    share = list_month(judge, facts.period, today=LAST)
    assert (share.totals, share.expired) == (report.totals, len(late))
    assert [(r.id, r.status, r.light, r.why) for r in share.rows] == [
        (r.id, r.status, r.light, r.why) for r in report.ledger
    ]
    problems = [s.subsections for s in report.sections if s.heading == "存在问题"]
    assert len(share.problems) == sum(len(p.entries) for p in chain(*problems))
    whole = roll_up([ListShare("示例", share)], RollUpRules())
    assert dict(whole.totals.statuses) == {n: c for n, c in report.totals.statuses if c}
    for fact in facts.items:
        reasons = "；".join(fact.item.light.reasons)
        if fact.behind and fact.item.light.name == "黄":
            assert f"落后序时进度{fact.behind}个百分点" in reasons
        for days in (late.get(fact.id),):
            assert not days or f"逾期{days}天" in reasons


@pytest.mark.parametrize("tens", range(10))
def test_random_years_with_figures(tens: int, thorough: bool) -> None:
    for seed in range(tens * 10 + 3000, tens * 10 + (3010 if thorough else 3003)):
        one = with_figures(random_year(seed), seed)
        judge_ = Judge((with_milestones(one, seed) if seed % 2 else one).ledger())
        month = Period.of(2024, random.Random(seed).randint(6, 12))
        facts = facts_of(judge_, month, today=LAST)
        report = monthly_report(judge_, month, today=LAST)
        assert contradictions(facts, report) == [], (seed, month)
        if seed % 10 < 2:
            _check_other_papers(facts, report, judge_)


@pytest.mark.parametrize("seed", range(3000, 3004))
def test_the_papers_of_a_random_year(seed: int) -> None:
    """年终总结材料 and what each unit has achieved say of every item what 附件1 and 附件2 say."""
    judge_ = Judge(with_milestones(with_figures(random_year(seed), seed), seed).ledger())
    report = monthly_report(judge_, year(2024), today=LAST)
    material = year_material(judge_, year(2024), today=LAST)
    told = [item.paragraphs[-1] for _, items in material.tasks for item in items]
    kept = [row for row in report.ledger if row.status != "已调出清单"]
    assert len(told) == len(kept)
    for words, row in zip(told, kept, strict=True):
        closed = re.match("完成情况：已销号（.*?，(按期|逾期)）", words)
        assert (f"已销号（{closed[1]}）" == row.status) if closed else "已销号" not in row.status
        result = re.match("完成情况：期满评估(基本完成|完成|未完成|转入下年)", words)
        assert (f"已评估（{result[1]}）" == row.status) if result else "已评估" not in row.status
        assert words.startswith("完成情况：暂缓实施") == (row.status == "暂缓实施")
        assert ("已过时限" in words) == (row.light == "红")
    whole = next(s for s in report.sections if s.heading == "各单位完成情况")
    achieved = dict(words.split("：", 1) for words in whole.paragraphs)
    for line in report.units:
        words = achieved.get("我办" if line.name == OFFICE else line.name, "")
        assert ("到期未办结" in words) == bool(line.expired), line.name
        assert ("办结第" in words.replace("未办结", "")) == any(
            line.name in row.lead.split("、") and "已销号" in row.status for row in kept
        )


@pytest.mark.parametrize("seed", [2000, 2027, 2052, 2131, 2135, 2158])
def test_random_numbers_decide_nothing(seed: int) -> None:
    """Records of two units in one second stand in the list's order of units, whatever ends their numbers."""
    month = Period.of(2024, random.Random(seed).randint(6, 12))
    year = with_figures(random_year(seed), seed)
    papers = []
    for bits in ("00000000", "ffffffff"):
        judge_ = Judge(_in_one_second(year, bits).ledger())
        report = monthly_report(judge_, month, today=LAST)
        internal = internal_report(judge_, month, today=month.last)
        sheets = [
            unit_report(judge_, month, line.name, today=LAST) for line in report.units if line.lead
        ]
        papers.append((report, internal, sheets))
    assert papers[0] == papers[1]


def _in_one_second(year: RandomYear, bits: str) -> RandomYear:
    """The year with each record in the second of the one before it where that is another unit's of that day.

    ``bits`` end the number of whichever comes first in a pair. What goes by numbers alone stays apart: 更正, and
    what they can't change any more, which is what the office has ruled on before.
    """
    known = {head["newest"] for head in year.issued}
    new: dict[str, str] = {}
    for (unit, one), (other, two) in pairwise(year.records):
        ids = {one["id"], two["id"]}
        apart = unit == other or one["id"][:8] != two["id"][:8] or ids & {*known, *new}
        if not apart and OFFICE not in (unit, other) and "更正" not in (one["kind"], two["kind"]):
            second = one["id"][:15]
            new |= {one["id"]: f"{second}-{bits}", two["id"]: f"{second}-{'7' * 8}"}

    def named(said: Any) -> Any:
        if isinstance(said, dict):
            return {name: named(value) for name, value in said.items()}
        if isinstance(said, list):
            return [named(value) for value in said]
        return new.get(said, said) if isinstance(said, str) else said

    return replace(year, records=tuple((unit, named(said)) for unit, said in year.records))


@pytest.fixture(scope="module")
def example() -> Judge:
    return judge(ROOT / "examples" / "岳阳县2024示例" / "data")


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_the_example(example: Judge, month: Period) -> None:
    facts = facts_of(example, month, today=TODAY)
    report = monthly_report(example, month, today=TODAY)
    assert contradictions(facts, report) == []
    _check_other_papers(facts, report, example)


def test_a_paper_is_cut_at_a_days_end_and_a_screen_shows_a_day_that_runs(example: Judge) -> None:
    """What is due on the last day is late in the paper, and due today on the screen."""
    june = date(2024, 6, 30)
    paper = facts_of(example, Period.of(2024, 6), today=TODAY)
    running = example.on(june)
    late = {f.id for f in paper.items if f.expired or f.state.missed_turns}
    assert {i.id for i in choose.ends_today(running)} == late == {"11.1", "16.2"}
    assert choose.overdue(running) == ()
    assert choose.ends_today(example.on(june, ended=True)) == ()


@pytest.mark.parametrize("tens", range(10))
def test_what_a_bulletin_asked_for_is_answered_by_the_next_one(tens: int, thorough: bool) -> None:
    """Each demand once, as met or as standing; what stands of reports and turns is what the papers still list."""
    for seed in range(tens * 10 + 2000, tens * 10 + (2010 if thorough else 2004)):
        ledger = with_figures(random_year(seed), seed).ledger()
        month = Period.of(2024, random.Random(seed).randint(7, 12))
        asked = monthly_report(Judge(ledger), month.previous, today=LAST).demands
        issued = Issued("", str(month.previous), number="示例〔2024〕8号", demands=asked)
        judge_ = Judge(replace(ledger, issued=(issued,)))
        facts = facts_of(judge_, month, today=LAST)
        again = monthly_report(judge_, month, today=LAST).demands
        found = followed(facts)
        assert tuple(one.demand for one in found) == asked
        text = "".join(follow_up(facts))
        counts = {name: int(n) for name, n in re.findall("(要求|已落实|尚未落实)([0-9]+)项", text)}
        open_ = [one for one in found if not one.done]
        assert counts.get("要求", 0) == len(found)
        standing = len(found) if "均未落实" in text else counts.get("尚未落实", 0)
        assert standing == len(open_)
        owed = {f.id for f in facts.items if f.item.missed or f.state.missed_turns}
        for one in open_:
            if one.demand.kind in ("报送", "期次"):
                assert not owed.isdisjoint(one.demand.items), (seed, one)
            assert f"{one.demand.about}" in text
            assert _is_asked_again(one.demand, again), (seed, month, one)


def _is_asked_again(demand: Demand, again: tuple[Demand, ...]) -> bool:
    """What was behind may be late by now, and is asked for as such."""
    kinds = ("滞后", "办结") if demand.kind == "滞后" else (demand.kind,)
    return any(
        d.unit == demand.unit and d.kind in kinds and not set(d.items).isdisjoint(demand.items)
        for d in again
    )
