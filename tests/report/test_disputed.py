"""Sentences that the unit named in them, or whoever holds two papers of a day against each other, could refute."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.judge.owes import owes
from gaigai_cli.model.departments import Departments
from gaigai_cli.model.ledger import Issued, Ledger
from gaigai_cli.model.lists import RollUpRules
from gaigai_cli.model.records import as_record
from gaigai_cli.query.reasons import reason_of, told_reason
from gaigai_cli.render.papers.bulletin_md import bulletin_body
from gaigai_cli.report.application import PrintedRow, application_form
from gaigai_cli.report.board import board
from gaigai_cli.report.brief import brief
from gaigai_cli.report.bulletin import monthly_report, unit_report
from gaigai_cli.report.facts import facts_of
from gaigai_cli.report.internal import internal_report
from gaigai_cli.report.ladder import ladder
from gaigai_cli.report.letters import checks
from gaigai_cli.report.monthly_report import Subsection
from gaigai_cli.report.reminders import matter
from gaigai_cli.report.roll_up import ListShare, list_month, roll_up
from gaigai_cli.report.todo import todo
from gaigai_cli.report.wording import we
from gaigai_cli.words.period import Period, quarter, year
from gaigai_cli.words.say import demanded_by
from tests.judge.build import (
    FIXED,
    HELPER,
    JOINT,
    LEAD,
    MONTHLY,
    OFFICE,
    ONGOING,
    OTHER,
    STAGED,
    UNITS,
    Book,
    day,
)
from tests.judge.test_reforms import MERGED, reformed

LATE = date(2025, 1, 31)
QUARTERLY: dict[str, Any] = MONTHLY | {"text": "每季度末月25日前", "every": "quarter"}
REPORTING = {"reporting": {"every": "quarter", "by": "25", "of": "当月", "from": "2024-04"}}


def paper(ledger: Ledger, month: int) -> str:
    return bulletin_body(monthly_report(Judge(ledger), Period.of(2024, month), today=LATE))


def issued(ledger: Ledger, month: int) -> Ledger:
    """The ledger with a month's bulletin issued on the 3rd of the next one."""
    period = Period.of(2024, month)
    asked = monthly_report(Judge(ledger), period, today=LATE).demands
    day = date(2024, month + 1, 3)
    head = Issued(
        "", str(period), "示例通报〔2024〕8号", day, newest=f"{day:%Y%m%d}-99", demands=asked
    )
    return replace(ledger, issued=(head,))


def figures(*more: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    one = {"name": "示例管网", "unit": "公里", "target": {"at_least": "120"}, "measure": "latest"}
    return tuple(one | {"id": f"x{n}"} | other for n, other in enumerate(more, 1))


def test_what_grows_till_the_deadline_is_no_problem_before_it() -> None:
    book = Book(indicators=figures({}))
    book.add(LEAD, "05-20", "进展", summary="完成18公里。", metrics={"x1": "18"})
    may, june = paper(book.ledger(), 5), paper(book.ledger(), 6)
    assert ("指标未达" in may, "改进措施" in may) == (False, False)
    assert "示例管网为18公里，目标不少于120公里" in june


def test_units_that_give_a_figure_otherwise_are_both_told() -> None:
    book = Book(lead=(LEAD, JOINT), indicators=figures({}))
    book.add(LEAD, "06-28", "进展", summary="管网124公里。", metrics={"x1": "124"})
    book.add(JOINT, "06-29", "进展", summary="管网90公里。", metrics={"x1": "90"})
    assert (
        f"示例管网，{LEAD}报124公里、{JOINT}报90公里，目标不少于120公里。"
        f"{JOINT}6月29日报送：管网90公里。" in paper(book.ledger(), 6)
    )


@pytest.mark.parametrize("way", ["despite", "suspended"])
def test_a_target_that_is_missed_and_no_problem_is_said_to_be_so(way: str) -> None:
    book = Book(indicators=figures({}))
    if way == "despite":
        asked = book.add(LEAD, "06-28", "申请销号", summary="完成118公里。", metrics={"x1": "118"})
        book.add(OFFICE, "06-30", "核验销号", answers=[asked], despite="2公里并入下年")
    else:
        book.add(LEAD, "06-28", "进展", metrics={"x1": "118"})
        book.add(OFFICE, "06-29", "条件未具备")
    body = paper(book.ledger(), 7)
    assert "未达标1项（其中1项所属事项待核验、已办结或暂缓实施）" in body
    assert "指标未达" not in body
    assert "改进措施" not in body


def test_a_stage_that_comes_due_is_called_by_its_name() -> None:
    """The item isn't done with it; nor are there no deadlines in a month in which a turn ends."""
    book = Book(STAGED)
    book.add(LEAD, "05-20", "进展")
    assert f"请{LEAD}按时办结第1项“印发方案”阶段" in paper(book.ledger(), 5)
    book.add(LEAD, "06-28", "申请销号", stage="1")
    body = paper(issued(book.ledger(), 5), 6)
    assert "我办将及时核验第1项“印发方案”阶段。" in body
    assert "至6月底无应办结事项" in body
    assert "无到期" not in body
    turns = Book(QUARTERLY)
    turns.add(HELPER, "05-20", "进展")
    assert "6月到期" in (body := paper(turns.ledger(), 5))
    assert "无明确时限事项到期" not in body


def test_a_turn_that_is_made_up_answers_its_own_period() -> None:
    book = Book(QUARTERLY, rules=REPORTING)
    book.add(LEAD, "07-04", "进展", summary="二季度已发放。", stage="2024-06-25")
    assert "未报送第二季度" not in paper(book.ledger(), 7)
    assert "未报送第三季度" in paper(book.ledger(), 9)


def test_a_report_that_was_found_otherwise_stays_a_problem_until_there_is_another() -> None:
    book = Book()
    told = book.add(LEAD, "05-09", "进展", summary="开工12个。")
    seen = {"way": "现场核验", "summary": "实地开工8个", "agrees": "不符", "answers": [told]}
    book.add(OFFICE, "05-15", "抽查核验", **seen)
    found = "5月15日我办现场核验，实地开工8个，与5月9日所报不符"
    june = paper(issued(book.ledger(), 5), 6)
    assert found in june
    assert "书面说明第1项报送情况与抽查核验不符的原因" in june
    book.add(LEAD, "05-20", "进展", summary="开工8个。")
    may = paper(book.ledger(), 5)
    assert "抽查核验不符" not in may
    assert "不符的原因" not in may
    assert f"开工8个；{found}" in may


@pytest.mark.parametrize(
    ("office", "words"),
    [
        ("示例县工改办", "我办"), ("示例县人民政府办公室", "我办"), ("示例县人民政府督查室", "我室"),
        ("示例县数据局", "我局"), ("示例县发改委", "我委"), ("示例县营商环境服务中心", "我中心"),
        ("示例县委组织部", "我部"), ("示例省住房城乡建设厅", "我厅"), ("示例工作指挥部", "我办"),
    ],
)  # fmt: skip
def test_an_office_calls_itself_by_what_it_is(office: str, words: str) -> None:
    ledger = Book(rules={"bulletin": {"signer": office}}).ledger()
    judge, cut = Judge(ledger), date(2024, 8, 5)
    ((_, letter, _), *_) = checks(
        judge, monthly_report(judge, Period.of(2024, 7), today=LATE), day=cut
    )
    assert letter.paragraphs[0].startswith(f"{words}拟印发")
    assert f"书面反馈{words}。" in letter.paragraphs[-1]


def test_a_paper_calls_those_whose_it_is_by_one_word() -> None:
    book = Book(rules={"bulletin": {"signer": "示例县人民政府督查室"}})
    told = book.add(LEAD, "05-09", "进展", summary="开工12个。")
    seen = {"way": "现场核验", "summary": "实地开工8个", "agrees": "不符", "answers": [told]}
    book.add(OFFICE, "05-15", "抽查核验", **seen)
    judge, may = Judge(book.ledger()), Period.of(2024, 5)
    report = monthly_report(judge, may, today=LATE)
    ((_, letter, _),) = checks(judge, report, day=date(2024, 6, 5))
    for text in (bulletin_body(report), "".join(letter.paragraphs)):
        assert "5月15日我室现场核验，实地开工8个" in text
        assert "我办" not in text
    # A government signs, its office works.
    signed = (("示例县人民政府", "我室"), ("示例领导小组办公室", "我办"))
    for signer, words in signed:
        assert we(signer, "示例县人民政府督查室") == words


def test_a_roll_up_says_which_office_saw_something_itself() -> None:
    book = Book()
    told = book.add(LEAD, "05-09", "进展", summary="开工12个。")
    seen = {"way": "现场核验", "summary": "实地开工8个", "agrees": "不符", "answers": [told]}
    book.add(OFFICE, "05-15", "抽查核验", **seen)
    share = list_month(Judge(book.ledger()), Period.of(2024, 5), today=LATE)
    body = bulletin_body(roll_up([ListShare("甲县", share)], RollUpRules()))
    assert f"5月15日{OFFICE}现场核验，实地开工8个" in body


@pytest.mark.parametrize(
    ("unit", "kind", "words"),
    [(LEAD, "撤回申请", "申请已撤回"), (OFFICE, "退回补正", "申请已退回补正")],
)
def test_words_of_an_application_that_is_none_any_more(unit: str, kind: str, words: str) -> None:
    book = Book()
    asked = book.add(LEAD, "05-09", "申请销号", summary="全部建成。")
    book.add(unit, "05-12", kind, answers=[asked])
    report = monthly_report(Judge(book.ledger()), Period.of(2024, 5), today=LATE)
    assert f"全部建成（{words}）" in bulletin_body(report)
    assert report.ledger[0].progress == f"全部建成（{words}）。"


def test_a_joint_lead_that_has_applied_is_told_to_have() -> None:
    book = Book(lead=(LEAD, JOINT))
    book.add(LEAD, "06-29", "申请销号", summary="已建成。")
    body = paper(book.ledger(), 6)
    assert f"尚未办结，{LEAD}6月29日已申请销号，已建成（{LEAD}）" in body
    assert f"{LEAD}6月29日已申请销号，{JOINT}未说明原因。" in paper(book.ledger(), 7)
    assert f"请{JOINT}于" in body
    assert f"请{LEAD}于" not in body


def test_how_far_a_joint_lead_was_before_it_applied_is_told_no_more() -> None:
    """Who has applied has done its part: 申请销号 and 进度5% contradict each other, and the item is as far as the others."""
    book = Book({**FIXED, "due": "2024-12-31", "text": "2024年12月底"}, lead=(LEAD, JOINT))
    book.add(LEAD, "07-01", "进展", summary="已开工。", percent=5)
    book.add(JOINT, "07-20", "进展", summary="正在选址。", percent=70)
    book.add(LEAD, "07-25", "申请销号", summary="承担的部分已建成。")
    item = Judge(book.ledger()).on(day("07-31")).by_id["1.1"]
    assert (item.state.percent, item.light.name) == (70, "绿")
    assert list(item.state.percent_course) == [(day("07-20"), 5), (day("07-25"), 70)]
    assert not owes(item, LEAD).anything
    assert "5%" not in paper(book.ledger(), 7)
    book.add(JOINT, "07-28", "申请销号")
    item = Judge(book.ledger()).on(day("07-31")).by_id["1.1"]
    assert (item.state.status, item.state.percent) == ("待核验", None)
    assert list(item.state.percent_course) == [(day("07-20"), 5), (day("07-25"), 70)]
    late = Book(lead=(LEAD, JOINT))
    late.add(LEAD, "05-20", "进展", summary="已开工。", percent=75)
    late.add(JOINT, "05-20", "进展", summary="正在选址。", percent=40)
    late.add(LEAD, "06-29", "申请销号", summary="承担的部分已建成。")
    june, july = paper(late.ledger(), 6), paper(late.ledger(), 7)
    assert f"{LEAD}、{JOINT}牵头，{JOINT}进度40%）" in june
    assert f"{LEAD}6月29日已申请销号，{JOINT}进度40%（5月20日报）" in july
    assert "75%" not in june + july


def test_a_joint_lead_that_has_another_stage_to_do_still_tells_how_far_it_is() -> None:
    """It has applied for the first one alone: the second is as far as the slower of both says."""
    book = Book(STAGED, lead=(LEAD, JOINT))
    book.add(LEAD, "05-10", "进展", summary="已开工。", percent=5)
    book.add(JOINT, "05-10", "进展", summary="正在选址。", percent=60)
    book.add(LEAD, "05-20", "申请销号", summary="已印发。", stage="1")
    assert (book.on("06-25").state.percent, owes(book.on("06-25"), LEAD).behind) == (5, 28)
    both = Book(STAGED, lead=(LEAD, JOINT))
    both.add(LEAD, "05-10", "进展", summary="已开工。", percent=30)
    both.add(JOINT, "05-10", "进展", summary="正在选址。", percent=60)
    both.add(LEAD, "05-20", "申请销号", summary="已印发。", stage="1")
    both.add(JOINT, "05-20", "申请销号", summary="已印发。", stage="1")
    now = both.on("06-25").state
    assert (now.status, now.percent) == ("待核验", 30), "the second stage is nobody's yet"
    book.add(OFFICE, "06-26", "条件未具备", basis="示例文号〔2024〕2号")
    assert book.on("06-27").state.percent == 5


def test_what_another_lead_is_late_with_is_held_against_no_joint_lead_that_had_applied() -> None:
    book = Book(lead=(LEAD, JOINT))
    first = book.add(LEAD, "06-29", "申请销号", summary="已建成。")
    judge, july = Judge(book.ledger()), Period.of(2024, 7)
    now = judge.on(july.last, ended=True)
    assert now.items[0].light.reasons == (f"已过时限6月30日，逾期31天，{LEAD}已申请销号",)
    lines = {line.name: line.expired for line in monthly_report(judge, july, today=LATE).units}
    assert (lines[LEAD], lines[JOINT]) == (0, 1)
    assert [bool(todo(now, unit).overdue) for unit in (LEAD, JOINT)] == [False, True]
    (late,) = board(judge, today=LATE, month=july).late
    assert late.lead == f"{LEAD}（已申请销号）、{JOINT}"
    ended = year_of(judge)
    assert f"{LEAD}：申请销号、待核验第1项。" in ended
    assert f"{JOINT}：到期未办结第1项。" in ended
    second = book.add(JOINT, "08-10", "申请销号", summary="已建成。")
    book.add(OFFICE, "08-12", "核验销号", answers=[first, second])
    judge = Judge(book.ledger())
    assert f"8月10日办结，8月12日销号，逾期办结，{LEAD}6月29日已申请销号。" in paper(
        book.ledger(), 8
    )
    ended = year_of(judge)
    assert f"{LEAD}：办结第1项（8月10日）。" in ended
    assert f"{JOINT}：办结第1项（8月10日，逾期）。" in ended
    item = judge.on(LATE).by_id["1.1"]
    in_time = [
        dict(row.cells)["是否按期"]
        for entry in item.state.entries
        if entry.record.kind == "申请销号"
        for row in application_form(entry, item).rows
        if isinstance(row, PrintedRow) and row.cells[-1][0] == "是否按期"
    ]
    assert in_time == [("按期",), ("逾期41天",)]


def year_of(judge: Judge) -> str:
    body = bulletin_body(monthly_report(judge, year(2024), today=LATE))
    return body.partition("各单位完成情况")[2].partition("下一步")[0]


def test_a_joint_lead_that_keeps_time_is_asked_for_nothing() -> None:
    """The item is as far as the slower one says; papers, demands and letters name that one."""
    book = Book({**FIXED, "due": "2024-12-31", "text": "2024年12月底"}, lead=(LEAD, JOINT))
    book.add(LEAD, "07-20", "进展", summary="已开工。", percent=70)
    book.add(JOINT, "07-20", "进展", summary="正在选址。", percent=5)
    judge, body = Judge(book.ledger()), paper(book.ledger(), 7)
    assert f"已开工（{LEAD}）；正在选址（{JOINT}），{JOINT}进度偏慢。" in body
    assert f"请{JOINT}于8月7日前报送第1项下步措施" in body
    assert f"请{LEAD}于" not in body
    item = judge.on(day("07-31")).by_id["1.1"]
    assert item.light.reasons == (f"{JOINT}进度5%，落后序时进度30个百分点",)
    assert [owes(item, unit).anything for unit in (LEAD, JOINT)] == [False, True]


def test_joint_leads_that_both_lag_are_told_each_by_its_own_points() -> None:
    book = Book({**FIXED, "due": "2024-12-31", "text": "2024年12月底"}, lead=(LEAD, JOINT))
    book = replace(book, indicators=figures({}))
    book.add(LEAD, "07-20", "进展", summary="已开工。", percent=20)
    book.add(JOINT, "07-20", "进展", summary="正在选址。", percent=5)
    words = f"{LEAD}落后序时进度15个百分点，{JOINT}落后序时进度30个百分点。"
    assert f"已开工（{LEAD}）；正在选址（{JOINT}），{words}" in paper(book.ledger(), 7)
    assert f"{LEAD}进度20%，落后序时进度28个百分点，{JOINT}进度5%，" in paper(book.ledger(), 8)
    assert Judge(book.ledger()).on(day("07-31")).by_id["1.1"].light.reasons == (
        f"{LEAD}进度20%，落后序时进度15个百分点",
        f"{JOINT}进度5%，落后序时进度30个百分点",
    )


def test_what_two_leads_did_is_told_of_both() -> None:
    book = Book(lead=(LEAD, JOINT))
    first = book.add(LEAD, "06-20", "申请销号", summary="已建成。")
    second = book.add(JOINT, "06-25", "申请销号", summary="已移交，申请销号。")
    book.add(OFFICE, "06-28", "核验销号", answers=[first, second])
    assert f"牵头）：已建成（{LEAD}）；已移交（{JOINT}），6月25日办结" in paper(book.ledger(), 6)


@pytest.mark.parametrize("due", ["2024-06-30", "2024-12-31"])
def test_a_reason_stands_as_long_as_its_unit_tells_it(due: str) -> None:
    """Who doesn't speak of a problem any more isn't asked about it; but who did of what was late has given a reason."""
    book = Book({**FIXED, "due": due, "text": "2024年底前"})
    book.add(LEAD, "05-20", "进展", percent=1, problems="接口未开通。")
    before = paper(book.ledger(), 5)
    assert ("5月20日反映：接口未开通" in before) == (due == "2024-06-30")
    book.add(LEAD, "07-20", "进展", percent=2, summary="正在推进。")
    body = paper(book.ledger(), 7)
    if due == "2024-12-31":
        assert "接口未开通" not in body
        assert "第1项下步措施和预计完成时间" in body
    else:
        assert "未说明原因" in body
        book.add(LEAD, "07-22", "进展", percent=2, problems="接口未开通。")
        book.add(LEAD, "07-25", "进展", percent=2, summary="正在推进。")
        assert "该局7月22日反映：接口未开通" in paper(book.ledger(), 7)
        book.add(OFFICE, "08-01", "条件未具备", basis="等省平台开通")
        book.add(OFFICE, "08-20", "条件具备", basis="省平台已开通")
        assert "未说明原因" in (body := paper(book.ledger(), 8))
        assert "接口未开通" not in body


def test_a_granted_extension_is_no_problem_to_be_solved() -> None:
    book = Book()
    book.add(LEAD, "05-20", "进展", percent=1)
    asked = book.add(LEAD, "06-20", "申请延期", due="2024-12-31")
    book.add(OFFICE, "06-25", "批准延期", answers=[asked])
    body = paper(book.ledger(), 7)
    assert "第1项下步措施和预计完成时间" in body
    assert "所反映问题" not in body


def test_another_stage_than_the_one_that_waits_may_be_overdue() -> None:
    """It is told as late, so it is asked for, stands on the unit's desk, and is what it is reminded of."""
    book = Book(STAGED)
    book.add(LEAD, "06-20", "申请销号", stage="1")
    body, judge = paper(book.ledger(), 9), Judge(book.ledger())
    assert "“全面推行”阶段9月30日到期，尚未办结" in body
    assert f"请{LEAD}于10月12日前书面报送第1项“全面推行”阶段未办结原因和拟办结时间" in body
    item = judge.on(day("10-08")).by_id["1.1"]
    told = matter(judge.on(day("10-08")), item, LEAD, ()).problem
    assert told == "“全面推行”阶段9月30日到期，逾期8天，尚未办结，未说明原因。"
    ledger = issued(book.ledger(), 9)
    book.add(LEAD, "10-20", "申请销号", stage="2")
    assert f"已全部落实：{LEAD}第1项" in paper(replace(book.ledger(), issued=ledger.issued), 10)


def test_a_unit_whose_part_is_done_has_no_problem_with_it() -> None:
    """Three items are told to a unit's head; of joint leads only to those that owe something of them."""
    book = Book(lead=(LEAD, JOINT))
    ledger = book.ledger()
    item = ledger.tasks.tasks[0].items[0]
    items = tuple(item.model_copy(update={"id": f"1.{n}"}) for n in (1, 2, 3))
    task = ledger.tasks.tasks[0].model_copy(update={"items": items})
    book.add(LEAD, "06-29", "申请销号")
    ledger = replace(book.ledger(), tasks=ledger.tasks.model_copy(update={"tasks": (task,)}))
    assert f"以上问题涉及{JOINT}3项，" in paper(ledger, 7)


def test_a_deadline_that_was_moved_more_than_once_is_told_to_have() -> None:
    book = Book()
    book.add(LEAD, "05-20", "进展", summary="正在推进。", percent=95)
    for due, on in (("08-31", "06-20"), ("09-30", "08-20")):
        book.add(OFFICE, on, "批准延期", due=f"2024-{due}", basis="示例文号〔2024〕2号")
    assert "9月30日到期（经多次延期，原定6月30日），尚未办结" in paper(book.ledger(), 9)
    assert "（经多次延期，原定6月30日）" in paper(book.ledger(), 8).partition("9月到期")[2]
    asked = book.add(LEAD, "09-28", "申请销号", summary="已建成。")
    book.add(OFFICE, "10-02", "核验销号", answers=[asked])
    assert "按期办结（经多次延期，由6月30日延至9月30日）" in paper(book.ledger(), 10)


def test_only_what_was_asked_for_before_is_asked_for_again() -> None:
    book = Book(rules=REPORTING)
    book.add(LEAD, "05-20", "进展", percent=10)
    book.add(OFFICE, "08-20", "批准延期", due="2024-12-31", basis="示例文号〔2024〕2号")
    body = paper(issued(book.ledger(), 8), 9)
    assert f"再次请{LEAD}于10月12日前报送第1项" in body
    assert "；另请补报第1项第三季度进展。" in body


def behind() -> Book:
    """A bulletin of July asks for steps and for a missed report: two demands."""
    book = Book(rules=REPORTING)
    book.add(LEAD, "05-10", "进展", percent=10, period="2024-07")
    book.add(OFFICE, "06-20", "批准延期", due="2024-09-30", basis="示例文号〔2024〕2号")
    return book


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("条件未具备", {}, "已落实1项：示例甲局第1项已暂缓实施"),
        ("批准延期", {"due": "2025-12-31"}, "已落实1项：示例甲局第1项经同意延期"),
        (
            "变更责任单位",
            {"units": [OTHER], "role": "牵头"},
            "已全部落实：示例甲局第1项已变更牵头单位（2项要求）",
        ),
        ("核减", {}, "已全部落实：示例甲局第1项已调出清单（2项要求）"),
    ],
)
def test_what_became_of_a_demand(kind: str, more: dict[str, Any], words: str) -> None:
    """A report is owed though the office has put the matter off, not by who has given it up; what answers two stands once."""
    book = behind()
    ledger = issued(book.ledger(), 7)
    book.add(OFFICE, "08-20", kind, basis="示例文号〔2024〕2号", **more)
    body = paper(replace(book.ledger(), issued=ledger.issued), 8)
    assert f"7月通报对各单位提出要求2项，{words}" in body
    assert "进度已赶上" not in body
    assert "已补报" not in body


def test_of_what_was_withdrawn_nothing_was_made_up() -> None:
    """One demand was about two items: only the one of which the unit has reported is told as made up."""
    book = Book(rules=REPORTING)
    ledger = book.ledger()
    task = ledger.tasks.tasks[0]
    items = tuple(task.items[0].model_copy(update={"id": id_}) for id_ in ("1.1", "1.2"))
    tasks = ledger.tasks.model_copy(update={"tasks": (task.model_copy(update={"items": items}),)})
    heads = issued(replace(ledger, tasks=tasks), 8).issued
    book.add(OFFICE, "09-10", "核减", item="1.1", basis="示例文号〔2024〕2号")
    for month in ("2024-05", "2024-06", "2024-07", "2024-08"):
        book.add(LEAD, "09-12", "进展", item="1.2", period=month, percent=10)
    body = paper(replace(book.ledger(), tasks=tasks, issued=heads), 9)
    assert "已补报第1项第2条" in body


def test_an_heir_answers_for_the_unit_that_it_took_over() -> None:
    """The old unit has made up nothing by going; that its work went to another is told."""
    book = Book(lead=(JOINT,), rules=REPORTING)
    book.add(JOINT, "05-20", "进展", period="2024-07", percent=10)
    plain = issued(book.ledger(), 8)
    body = paper(reformed(plain, MERGED), 9)
    assert f"尚未落实2项：{LEAD}" in body.replace("均未落实", "尚未落实2项")
    assert "已补报" not in body
    assert f"9月16日起，{JOINT}的工作由{LEAD}承接，牵头事项为第1项。" in body


def test_what_is_told_by_name_falls_due_by_its_number() -> None:
    """One that has time, told by its name because it is the only one, isn't called by it again below."""
    book = Book(deadline={**FIXED, "text": "2024年9月底", "due": "2024-09-30"})
    book.add(LEAD, "06-24", "进展", percent=60)
    body = bulletin_body(monthly_report(Judge(book.ledger()), quarter(2024, 2), today=LATE))
    assert "下季度到期\n\n第1项9月30日到期。" in body


def test_papers_of_one_kind_are_told_together() -> None:
    """What came of them once where it is the same, else by their days."""
    book = Book()
    for number, (on, by) in enumerate((("06-03", "06-10"), ("06-12", "06-19")), 1):
        paper_ = {"level": "提醒", "number": f"示例提〔2024〕{number}号", "reply_by": f"2024-{by}"}
        last = book.add(OFFICE, on, "督办", **paper_)
    sent = f"就第1项先后向{LEAD}发提醒函（示例提〔2024〕1号，6月3日；示例提〔2024〕2号，6月12日），"
    assert f"{sent}均逾期未回复。" in paper(book.ledger(), 6)
    book.add(LEAD, "06-18", "督办回执", answers=[last], summary="已在办。")
    each = "6月3日的提醒函要求6月10日前回复，逾期未回复；6月12日的提醒函6月18日按期回复。"
    assert f"{sent}{each}" in paper(book.ledger(), 6)


def test_who_answers_on_the_last_day_is_in_time_as_long_as_that_runs() -> None:
    """In the draft of a month that runs, as in reminders; when the month has ended nobody is."""
    book = Book()
    by = {"to": [LEAD], "reply_by": "2024-06-28"}
    book.add(OFFICE, "06-03", "督办", **by, level="提醒", number="示例提〔2024〕1号")
    book.add(OFFICE, "06-03", "批示", **by, leader="示例长", handling="批办", summary="抓紧。")
    judge, june = Judge(book.ledger()), Period.of(2024, 6)

    def told(today: date) -> tuple[str, bool]:
        now = facts_of(judge, june, today=today).now
        waiting = ladder(now, now.items[0], LEAD).waiting
        return bulletin_body(monthly_report(judge, june, today=today)), waiting

    draft, waiting = told(date(2024, 6, 28))
    assert "要求6月28日前回复" in draft
    assert "于6月28日前反馈办理情况" in draft
    assert "逾期未" not in draft
    assert waiting
    draft, waiting = told(date(2024, 6, 29))
    assert "要求6月28日前回复，逾期未回复" in draft
    assert "（原定6月28日前，逾期未反馈）" in draft
    assert not waiting


def test_a_demand_of_last_year_bears_its_year() -> None:
    book = Book(MONTHLY, rules={"reporting": {"every": "month", "by": 25, "from": "2024-10"}})
    book.add(LEAD, "10-20", "进展")
    asked = monthly_report(Judge(book.ledger()), Period.of(2024, 12), today=LATE).demands
    head = Issued("", "2024-12", "第1期", date(2025, 1, 7), demands=asked)
    ledger = replace(book.ledger(), issued=(head,))
    body = bulletin_body(monthly_report(Judge(ledger), Period.of(2025, 1), today=LATE))
    told = body.partition("督办情况")[2].partition("下一步")[0]
    assert "2024年11—12月进展" in told
    assert "2024年5—9月、11—12月任务" in told


def test_who_is_asked_to_check_a_draft_reads_only_of_itself() -> None:
    """Nor what is said of a unit whose name begins with its own; who isn't named gets no letter."""
    branch = f"{LEAD}二所"
    book = Book(lead=(branch, JOINT), responsible=(LEAD,), rules=REPORTING)
    book.add(JOINT, "07-05", "进展", period="2024-04")

    def ledger() -> Ledger:
        units = [{"name": unit} for unit in (*UNITS, branch)]
        return replace(book.ledger(), departments=Departments.model_validate({"units": units}))

    before = issued(ledger(), 6)
    book.add(branch, "07-10", "进展", problems="用地未交付")
    judge = Judge(replace(ledger(), issued=before.issued))
    report = monthly_report(judge, Period.of(2024, 7), today=LATE)
    closing = Subsection("其他", (), f"以上问题涉及{HELPER}3项。")
    parts = tuple(
        replace(s, subsections=(*s.subsections, closing), own=(f"另请{OTHER}核实。",))
        if s.heading == "存在问题"
        else s
        for s in report.sections
    )
    found = {
        unit: letter.paragraphs[1:-1]
        for unit, letter, _ in checks(judge, replace(report, sections=parts), day=date(2024, 8, 5))
    }
    late = (
        f"1. 第1项“示例事项”（{branch}、{JOINT}牵头）6月30日到期，逾期31天，尚未办结，"
        f"正在推进（{branch}）；正在推进（{JOINT}）。{branch}7月10日反映：用地未交付。"
    )
    assert found == {
        JOINT: (
            late,
            f"2. 6月通报提出的要求中，已落实的有：{JOINT}已补报第1项第二季度进展；"
            f"尚未落实的有：{JOINT}第1项未办结原因和拟办结时间（已报送进展，未作说明）。",
        ),
        HELPER: (f"1. {closing.closing}",),
        OTHER: (f"1. 另请{OTHER}核实。",),
        branch: (
            late,
            f"2. {branch}：第1项“示例事项”未报送第二季度进展。",
            f"3. 6月通报提出的要求中，已落实的有：{branch}已报送第1项有关情况；"
            f"尚未落实的有：{branch}第1项第二季度进展。",
        ),
    }


@pytest.mark.parametrize("undone", ["退回补正", "撤回申请", "撤销销号"])
def test_who_has_applied_is_not_counted_among_those_that_said_nothing(undone: str) -> None:
    """Whatever came of it: the unit could show its application of that month."""
    book = Book()
    asked = book.add(LEAD, "06-20", "申请销号")
    if undone == "撤销销号":
        book.add(OFFICE, "06-25", "核验销号", answers=[asked])
        book.add(OFFICE, "06-26", undone)
    else:
        book.add(LEAD if undone == "撤回申请" else OFFICE, "06-25", undone, answers=[asked])

    body = paper(book.ledger(), 6)
    assert "6月各牵头单位均报送了进展。" in body
    assert "6月没有事项报送进展" not in body


def test_what_was_said_before_a_close_out_was_revoked_counts_no_more() -> None:
    """Neither how far it was, nor that nobody says why it is late: the office does, until its lead says more."""
    book = Book()
    book.add(LEAD, "05-20", "进展", percent=60)
    book.add(LEAD, "06-10", "进展", late_reason="等待上级批复")
    asked = book.add(LEAD, "06-20", "申请销号")
    book.add(OFFICE, "06-25", "核验销号", answers=[asked])
    book.add(OFFICE, "07-10", "撤销销号")

    body = paper(book.ledger(), 7)

    assert "6月30日到期，逾期31天，尚未办结。7月10日撤销销号：抽查未落实。" in body
    assert "第1项拟办结时间" in body
    now = Judge(book.ledger()).on(date(2024, 7, 31))
    (item,) = now.items
    assert item.state.percent is None
    reason = reason_of(now, item)
    assert reason is not None
    assert told_reason(item, reason) == "撤销销号：抽查未落实"
    book.add(LEAD, "07-20", "进展", percent=70, late_reason="正在整改")
    body = paper(book.ledger(), 7)
    assert "该局7月20日说明：正在整改" in body
    assert "进度70%" in body


def test_nobody_is_said_to_have_reported_of_what_only_waits_or_is_closed() -> None:
    """Of a list without reporting periods, where nothing more is to be reported and nothing was."""
    book = Book()
    asked = book.add(LEAD, "06-20", "申请销号")
    assert "6月各牵头单位均报送了进展。" in paper(book.ledger(), 6)
    assert "报送了进展" not in paper(book.ledger(), 7)
    book.add(OFFICE, "08-05", "核验销号", answers=[asked])
    judge = Judge(book.ledger())
    sheet = unit_report(judge, Period.of(2024, 8), LEAD, today=LATE)
    for body in (paper(book.ledger(), 8), bulletin_body(sheet)):
        assert "报送了进展" not in body


def test_joint_leads_that_are_as_slow_are_told_once() -> None:
    book = Book(FIXED | {"text": "2024年12月底", "due": "2024-12-31"}, lead=(LEAD, JOINT))
    book.add(LEAD, "07-10", "进展", percent=1)
    book.add(JOINT, "07-11", "进展", percent=0)

    assert f"，{LEAD}、{JOINT}进度偏慢" in paper(book.ledger(), 7)


def test_a_month_with_an_application_alone_says_so() -> None:
    book = Book(FIXED | {"text": "2024年12月底", "due": "2024-12-31"}, lead=(LEAD, JOINT))
    book.add(LEAD, "06-20", "申请销号")

    assert "6月除申请销号、延期外，没有事项报送进展。" in paper(book.ledger(), 6)


def test_many_missed_weeks_are_counted() -> None:
    book = Book(MONTHLY | {"text": "每周五", "every": "week", "day": "5"})
    book.add(HELPER, "05-20", "进展")
    body = paper(book.ledger(), 6)
    assert "5月10日当周等8期任务未完成" in body
    assert f"请{LEAD}于7月5日前补齐第1项5月10日当周等8期任务并说明原因" in body


def test_a_late_report_of_a_unit_that_has_gone_says_who_led_then() -> None:
    """The heir could say that it was none of its business; and no unit's own paper names what others owe."""
    book = Book(lead=(JOINT,), rules=REPORTING)
    book.add(JOINT, "05-20", "进展")
    book.add(HELPER, "05-21", "进展")
    judge = Judge(reformed(book.ledger(), MERGED, over=date(2024, 10, 8)))
    body = bulletin_body(monthly_report(judge, Period.of(2024, 12), today=LATE))
    assert (
        f"{LEAD}：第1项“示例事项”未报送第三季度进展（到期时由原{JOINT}牵头）；"
        "第1项“示例事项”未报送第四季度进展。" in body
    )


def test_who_demands_is_called_after_the_office() -> None:
    record = as_record(
        {"id": "20240601-090000-00000001", "date": "2024-06-01", "kind": "批示"}
        | {"leader": "示例", "handling": "批办", "summary": "示例"}
    )
    offices = ("县工改办", "市民生办", "局整改办", "市场监管局整改办", "示例办")
    words = [demanded_by(record, office) for office in offices]
    assert words == [f"{whose}领导要求" for whose in ("县政府", "市政府", "局", "局", "县政府")]


def test_what_a_lead_before_has_explained_is_an_explanation() -> None:
    book = Book()
    book.add(LEAD, "06-10", "进展", problems="用地未交付")
    book.add(OFFICE, "06-20", "变更责任单位", units=[HELPER], role="牵头")
    body = paper(book.ledger(), 7)
    assert f"{LEAD}6月10日反映：用地未交付" in body
    assert "未说明原因" not in body


def test_a_report_that_came_after_the_bulletin_is_told_by_the_next_one() -> None:
    """Else who counts up from one bulletin to the next comes to another number of items never reported of."""
    book = Book(rules=REPORTING)
    ledger = issued(book.ledger(), 5)
    book.add(LEAD, "06-20", "进展", date="2024-05-28", via="书面")
    body = paper(replace(book.ledger(), issued=ledger.issued), 6)
    assert "5月通报印发后补报的此前进展1项（第1项）。" in body


def test_a_number_that_is_open_begins_as_the_last_one() -> None:
    book = Book()
    book.add(LEAD, "05-20", "进展")
    ledger = issued(book.ledger(), 5)
    report = monthly_report(Judge(ledger), Period.of(2024, 6), today=LATE)
    assert report.number == "示例通报〔2024〕  号"


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        ("05-25", "5月25日一并回复，其中5月10日的提醒函、5月16日的提醒函逾期回复"),
        ("05-28", "5月28日一并逾期回复"),
        (None, "均逾期未回复"),
    ],
)
def test_which_of_several_papers_was_answered_late_is_said_of_each(
    returned: str | None, words: str
) -> None:
    """And an application that the office has sent back is nothing that the unit has done since."""
    book = Book(lead=(LEAD, JOINT))
    papers = [
        book.add(OFFICE, sent, "督办", level=level, number=f"示例〔2024〕{n}号", reply_by=day(by))
        for n, (sent, by, level) in enumerate(
            (("05-10", "05-15", "提醒"), ("05-16", "05-20", "提醒"), ("05-21", "05-26", "催办")), 1
        )
    ]
    if returned:
        book.add(LEAD, returned, "督办回执", answers=papers, summary="正在办理")
    asked = book.add(LEAD, "05-29", "申请销号")
    book.add(OFFICE, "05-30", "退回补正", answers=[asked])
    book.add(JOINT, "05-30", "申请销号")

    assert f"（示例〔2024〕3号，5月21日），{words}。" in paper(book.ledger(), 5)


def test_stages_that_have_come_due_are_counted_beside_the_items() -> None:
    """Else an overview without anything due stands above a stage that is 到期未办结; a running month says up to when."""
    book = Book(STAGED)
    book.add(LEAD, "06-20", "进展", summary="方案已起草。", percent=60)
    assert "至6月底无应办结事项；另有阶段性任务1项到期，尚未办结1项。" in paper(book.ledger(), 6)
    book.add(LEAD, "07-02", "申请销号", stage="1")
    draft = monthly_report(Judge(book.ledger()), Period.of(2024, 7), today=day("07-08"))
    stated = "至7月8日无应办结事项；另有阶段性任务1项到期，已申请销号、待核验1项。"
    assert ("截至7月8日的" in draft.opening, stated in bulletin_body(draft)) == (True, True)


def test_who_writes_that_there_is_nothing_is_not_quoted() -> None:
    book = Book(lead=(LEAD, JOINT))
    book.add(LEAD, "05-20", "进展", summary="无")
    book.add(JOINT, "05-20", "进展", summary="报送数据：完成进度40%。", percent=40)
    told = paper(book.ledger(), 5)
    report = monthly_report(Judge(book.ledger()), Period.of(2024, 5), today=LATE)
    assert "无（" not in told
    # What it said before in the month stands.
    book.add(LEAD, "05-10", "进展", summary="已完成选址。")
    assert "已完成选址（示例甲局）" in paper(book.ledger(), 5)
    assert report.ledger[0].progress == "示例乙局：报送数据：完成进度40%。"
    assert "：报送数据：完成进度40%（示例乙局）。" in told


def test_figures_alone_are_not_quoted_beside_the_same_figure() -> None:
    book = Book(indicators=figures({}))
    book.add(LEAD, "06-28", "进展", summary="报送数据：示例管网18公里。", metrics={"x1": "18"})
    assert "示例管网为18公里，目标不少于120公里。\n" in paper(book.ledger(), 6)


def test_what_is_due_on_the_day_of_a_draft_is_no_problem_of_it_yet() -> None:
    """A running month is cut on a day that runs, as every screen of that day is; on its last day the month has ended."""
    rules = {"reporting": {"every": "month", "by": 25, "from": "2024-06"}}
    book = Book(FIXED | {"text": "2024年6月25日", "due": "2024-06-25"}, rules=rules)
    book.add(LEAD, "05-20", "进展", summary="方案已起草。", percent=95)
    judge, june = Judge(book.ledger()), Period.of(2024, 6)

    def drafts(on: str) -> tuple[list[str], list[str], str | None, str]:
        today = day(on)
        bulletin = monthly_report(judge, june, today=today)
        told = [s.heading for part in bulletin.sections for s in part.subsections]
        (reports,) = [
            s.paragraphs[0]
            for s in internal_report(judge, june, today=today).sections
            if s.heading == "报送情况"
        ]
        assert board(judge, today=today, month=june).totals == bulletin.totals
        return told, [one.kind for one in bulletin.demands], bulletin.ledger[0].light, reports

    told, asked, light, reports = drafts("06-25")
    assert ("到期未办结" in told, "报送不及时" in told, asked, light) == (False, False, [], "黄")
    assert reports == "6月进展报送截止日为6月25日，尚未截止；应报1家，已报齐0家。"
    assert judge.on(day("06-25")).by_id["1.1"].light.name == light
    told, _, light, reports = drafts("06-26")
    assert ("到期未办结" in told, "报送不及时" in told, light) == (True, True, "红")
    assert reports.endswith("示例甲局6月进展未报。")
    assert drafts("06-30") == drafts("07-20")


def test_what_is_late_is_not_counted_among_what_waits() -> None:
    """Of a staged item the first stage waits for verification, and the last is overdue: it is 尚未办结, and late."""
    book = Book(STAGED)
    book.add(LEAD, "06-20", "申请销号", stage="1")
    assert "至9月底应办结1项，尚未办结1项。" in paper(book.ledger(), 9)


def test_a_list_or_sheet_of_which_all_is_withdrawn_is_told_in_a_sentence() -> None:
    book = Book()
    book.add(OFFICE, "06-10", "核减", reason="政策调整")
    judge, june = Judge(book.ledger()), Period.of(2024, 6)
    body = paper(book.ledger(), 6)
    sheet = bulletin_body(unit_report(judge, june, LEAD, today=LATE))
    share = list_month(judge, june, today=LATE)
    both = bulletin_body(
        roll_up([ListShare("甲县", share), ListShare("乙县", share)], RollUpRules())
    )
    assert "1项具体工作已调出清单（第1项）。至6月底无应办结事项。" in body
    assert "你单位承担的1项具体工作（牵头1项）已调出清单（第1项）。" in sheet
    assert "2个清单共有2项主要任务、2项具体工作" not in both
    assert "共有2项主要任务、0项具体工作，另有2项已调出清单。至6月底无应办结事项。" in both


def test_a_roll_up_compares_with_no_month_before_the_notice_and_counts_up_to_its_day() -> None:
    book = Book()
    book.add(LEAD, "05-20", "进展")

    def told(month: int, today: date) -> str:
        share = list_month(Judge(book.ledger()), Period.of(2024, month), today=today)
        return bulletin_body(roll_up([ListShare("甲县", share)], RollUpRules()))

    assert "较4月底" not in told(5, LATE)
    assert "较5月底" in told(6, LATE)
    assert "至7月8日应办结1项" in told(7, day("07-08"))


def test_words_that_only_say_what_an_application_is_are_no_news() -> None:
    """Neither of a joint lead that has applied, nor where the office marks an application that says nothing more."""
    book = Book(lead=(LEAD, JOINT))
    asked = book.add(LEAD, "05-20", "申请销号", summary="现申请销号。")
    put_off = book.add(JOINT, "05-21", "申请延期", due="2024-07-31")
    for answered in (asked, put_off):
        book.add(OFFICE, "05-31", "亮点", answers=[answered])
    body = paper(book.ledger(), 5)
    assert "：。" not in body
    assert "明确时限事项\n" not in body


def test_a_month_in_a_correction_is_written_as_papers_write_it() -> None:
    book = Book(STAGED)
    told = book.add(LEAD, "06-20", "进展", period="2024-05", stage="1")
    ledger = issued(book.ledger(), 6)
    changed = {"period": "2024-06", "stage": "2"}
    book.add(LEAD, "07-20", "更正", corrects=told, set=changed)
    body = paper(replace(book.ledger(), issued=ledger.issued), 7)
    assert "所属报送月份由“5月”改为“6月”" in body
    assert "所属阶段或期次由“印发方案”改为“全面推行”" in body


def test_the_leaders_page_counts_missed_turns_apart() -> None:
    """Its first sentence says how many are 尚未办结; a turn that is over and unmet isn't one of them."""
    book = Book(QUARTERLY)
    page = brief(monthly_report(Judge(book.ledger()), Period.of(2024, 7), today=LATE))
    assert page.parts[-1][1][0].startswith("期内任务未完成1项：第1项")
    page = brief(monthly_report(Judge(Book().ledger()), Period.of(2024, 7), today=LATE))
    assert page.parts[-1][1][0].startswith("到期未办结1项：第1项")


EARLY: dict[str, Any] = {"id": "1", "text": "印发方案", "due": "2024-06-20"}


@pytest.mark.parametrize(
    "deadline",
    [{**FIXED, "due": "2024-06-20"}, {**STAGED, "stages": [EARLY, *STAGED["stages"][1:]]}],
    ids=("item", "stage"),
)
def test_a_draft_counts_as_due_what_is_over(deadline: dict[str, Any]) -> None:
    """What is due on the day of a draft may still be done: neither is it counted as due nor told as late."""
    judge, month = Judge(Book(deadline).ledger()), Period.of(2024, 6)
    for today, late in ((date(2024, 6, 20), False), (date(2024, 6, 21), True)):
        report = monthly_report(judge, month, today=today)
        told = {part.heading for section in report.sections for part in section.subsections}
        due = "无应办结事项" not in report.sections[0].paragraphs[0]
        assert ("到期未办结" in told, due or "阶段性任务1项到期" in str(report)) == (late, late)


def test_what_is_closed_has_no_problem_any_more() -> None:
    """附件1 shows what was in the way as long as it is."""
    book = Book()
    book.add(HELPER, "06-10", "进展", summary="正在推进。", problems="资金未到位。")
    asked = book.add(LEAD, "06-24", "申请销号", summary="已完成。")
    then = Judge(book.ledger())
    book.add(OFFICE, "07-02", "核验销号", answers=[asked])
    for judge, problems in (
        (then, f"{HELPER}：资金未到位（6月10日）。"),
        (Judge(book.ledger()), ""),
    ):
        (row,) = monthly_report(judge, Period.of(2024, 7), today=LATE).ledger
        assert row.problems == problems


def test_more_time_for_one_stage_is_none_for_another() -> None:
    """Who is late with the first stage and has asked for more time for the last is asked about the first."""
    book = Book(STAGED)
    asked = book.add(LEAD, "06-20", "申请延期", stage="2", due="2024-12-31")
    body = paper(book.ledger(), 7)
    assert "尚未办结，从未报送进展，未说明原因。" in body
    assert f"请{LEAD}于8月7日前书面报送第1项“印发方案”阶段未办结原因和拟办结时间" in body
    book.add(OFFICE, "07-05", "批准延期", stage="2", answers=[asked])
    assert "尚未办结，从未报送进展，未说明原因。" in paper(book.ledger(), 7)
    book.add(LEAD, "07-10", "申请延期", stage="1", due="2024-08-31", reason="设备未到货")
    body = paper(book.ledger(), 7)
    assert "以“设备未到货”为由申请延至8月31日，申请待研究。" in body
    assert f"请{LEAD}于8月7日前书面报送" not in body


def test_a_day_that_was_asked_for_one_stage_is_not_promised_for_another() -> None:
    book = Book(STAGED)
    book.add(LEAD, "06-20", "申请延期", stage="2", due="2024-12-31")
    book.add(LEAD, "07-10", "进展", summary="正在起草。", problems="人手不足")
    judge = Judge(book.ledger())
    (late,) = board(judge, today=date(2024, 7, 31)).late
    assert "12月31日" not in late.promised
    assert "申请延至12月31日" not in paper(book.ledger(), 7)


def test_one_item_is_not_called_all() -> None:
    book = Book()
    book.add(LEAD, "05-20", "申请延期", due="2024-07-31", reason="需再审议。")
    assert "5月有1项未报送进展，从未报送：" in paper(book.ledger(), 5)


@pytest.mark.parametrize(
    ("deadline", "record", "words"),
    [
        (FIXED, ("条件未具备", OFFICE), "暂缓实施第1项"),
        (FIXED | {"due": "2024-12-31"}, ("条件未具备", OFFICE), "暂缓实施第1项"),
        (QUARTERLY, ("进展", LEAD), "期内任务未完成第1项"),
        (ONGOING, ("进展", LEAD), "继续推进第1项"),
        (ONGOING, None, "未报进展第1项"),
    ],
)
def test_a_year_says_of_a_unit_how_its_items_stand_and_no_better(
    deadline: dict[str, Any], record: tuple[str, str] | None, words: str
) -> None:
    """The same paper counts them as suspended, missed or never reported elsewhere."""
    book = Book(deadline)
    if record:
        book.add(record[1], "05-20", record[0])
    assert f"{LEAD}：{words}。" in year_of(Judge(book.ledger()))
