"""The lights rule by rule, and which rule comes first."""

from typing import Any

import pytest

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.judge.lights import (
    Light,
    elapsed_course,
    elapsed_percent,
    points_too_far_behind,
)
from tests.judge.build import (
    FIXED,
    JOINT,
    LEAD,
    MONTHLY,
    OFFICE,
    ONGOING,
    STAGED,
    UNSET,
    Book,
    day,
)


def december(**more: Any) -> dict[str, Any]:
    """A deadline so far away that no window of days matters."""
    return {"kind": "fixed", "text": "2024年12月底", "due": "2024-12-31", **more}


class TestNone:
    def test_closed_on_time(self) -> None:
        book = Book()
        application = book.add(LEAD, "06-28", "申请销号")
        book.add(OFFICE, "07-03", "核验销号", answers=[application])
        assert book.on("07-03").light == Light(None, ("按期办结，7月3日销号",))

    def test_closed_late(self) -> None:
        book = Book()
        application = book.add(LEAD, "07-01", "申请销号")
        book.add(OFFICE, "07-03", "核验销号", answers=[application])
        assert book.on("07-03").light == Light(None, ("逾期办结，7月3日销号",))

    def test_assessed(self) -> None:
        book = Book(ONGOING)
        book.add(OFFICE, "12-20", "期满评估", result="基本完成")
        assert book.on("12-31").light == Light(None, ("期满评估：基本完成",))

    def test_taken_off_though_overdue(self) -> None:
        book = Book()
        book.add(OFFICE, "07-10", "核减")
        assert book.on("07-09").light.name == "红"
        assert book.on("07-10").light == Light(None, ("已调出清单（示例文号〔2024〕5号）",))

    def test_removed_from_the_list(self) -> None:
        book = Book(removed={"on": "2024-07-10", "basis": "示例〔2024〕9号"})
        assert book.on("07-09").light.name == "红"
        assert book.on("07-10").light == Light(None, ("已调出清单（示例〔2024〕9号）",))

    def test_suspended_though_overdue(self) -> None:
        book = Book()
        book.add(OFFICE, "07-10", "条件未具备")
        book.add(OFFICE, "07-20", "条件具备")
        assert book.on("07-09").light.name == "红"
        words = "条件尚不具备（示例文号〔2024〕3号），暂缓实施"
        assert book.on("07-19").light == Light(None, (words,))
        assert book.on("07-20").light.name == "红"

    def test_never_reported(self) -> None:
        assert Book(december()).on("06-01").light == Light(None, ("尚未报过进展",))


class TestWaiting:
    def test_green_after_the_deadline_too(self) -> None:
        book = Book()
        book.add(LEAD, "06-28", "申请销号")
        # 29 and 30 June are a weekend.
        assert book.on("07-05").light == Light("绿", ("待示例办核验，已等5个工作日",))
        words = "待示例办核验，已等6个工作日，超过核验时限1个工作日"
        assert book.on("07-08").light == Light("绿", (words,))

    def test_year_without_calendar(self) -> None:
        book = Book({"kind": "fixed", "text": "2099年6月底", "due": "2099-06-30"})
        book.add(LEAD, "2099-06-01", "申请销号")
        words = "待示例办核验（2099年工作日历未知，不计工作日）"
        assert book.on("2099-06-05").light == Light("绿", (words,))


class TestRed:
    def test_from_the_day_after_the_deadline(self) -> None:
        book = Book()
        book.add(LEAD, "06-20", "进展")
        assert book.on("06-30").light == Light("黄", ("今日到期",))
        assert book.on("07-01").light == Light("红", ("已过时限6月30日，逾期1天",))

    def test_names_the_stage(self) -> None:
        light = Book(STAGED).on("07-02").light
        assert light == Light("红", ("“印发方案”已过时限6月30日，逾期2天",))

    def test_before_yellow(self) -> None:
        """An overdue item is idle and behind, too; red comes first."""
        book = Book()
        book.add(LEAD, "05-10", "进展", percent=1)
        assert book.on("08-01").light == Light("红", ("已过时限6月30日，逾期32天",))

    def test_one_lead_has_not_applied(self) -> None:
        book = Book(lead=(LEAD, JOINT))
        book.add(LEAD, "06-20", "申请销号")
        assert book.on("07-01").light.name == "红"


class TestYellow:
    def test_seven_days(self) -> None:
        book = Book()
        book.add(LEAD, "06-20", "进展")
        assert book.on("06-22").light == Light("蓝", ("距时限6月30日还有8天",))
        assert book.on("06-23").light == Light("黄", ("距时限6月30日还有7天",))

    @pytest.mark.parametrize(("percent", "name"), [("21", "绿"), ("20", "黄")])
    def test_behind_elapsed_time(self, percent: str, name: str) -> None:
        """On 20 July 74 of the 238 days from the notice's day to the deadline are over: 31 percent."""
        book = Book(december())
        book.add(LEAD, "07-20", "进展", percent=percent)
        assert book.on("07-20").light.name == name

    def test_behind_only_where_every_lead_tells(self) -> None:
        book = Book(december(), lead=(LEAD, JOINT))
        book.add(LEAD, "07-20", "进展", percent="0")
        assert book.on("07-20").light.name == "绿"
        book.add(JOINT, "07-20", "进展", percent="100")
        words = f"{LEAD}进度0%，落后序时进度31个百分点"
        assert book.on("07-20").light == Light("黄", (words,))

    def test_behind_counts_from_the_window(self) -> None:
        book = Book(december(**{"from": "2024-12-01", "text": "2024年12月1日至12月31日"}))
        book.add(LEAD, "07-20", "进展", percent=0)
        assert book.on("07-20").light.name == "绿"

    def test_missed_period(self) -> None:
        rules = {"reporting": {"every": "month", "by": "25", "of": "当月", "from": "2024-06"}}
        book = Book(december(), rules=rules)
        book.add(LEAD, "05-20", "进展")
        assert book.on("06-25").light.name == "绿"
        assert book.on("06-26").light == Light("黄", ("未报送6月进展",))
        assert book.on("08-27").light.reasons[0] == "未报送6—8月进展"

    def test_of_joint_leads_who_has_not_reported_is_named(self) -> None:
        rules = {"reporting": {"by": "25", "from": "2024-06"}}
        book = Book(december(), rules=rules, lead=(LEAD, JOINT))
        book.add(LEAD, "06-20", "进展")
        assert book.on("06-26").light.reasons == (f"未报送6月进展：{JOINT}",)
        assert book.on("07-26").light.reasons == (f"未报送6月进展：{JOINT}", "未报送7月进展")

    def test_missed_occurrence(self) -> None:
        book = Book(MONTHLY)
        book.add(LEAD, "05-20", "进展")
        assert book.on("06-25").light.name == "黄"
        assert book.on("06-26").light == Light("黄", ("6月任务未完成",))

    def test_idle_since_the_notice(self) -> None:
        assert Book(ONGOING).on("07-05").light.name is None
        words = "长期未更新：自清单印发以来已60天未报送进展"
        assert Book(ONGOING).on("07-06").light == Light("黄", (words,))

    def test_behind_counts_no_time_in_which_it_was_suspended(self) -> None:
        """31 percent on 20 July as on the day before; what is left is expected in the 61 days that are left."""
        book = Book(december())
        book.add(LEAD, "07-20", "进展", percent="25")
        book.add(OFFICE, "07-20", "条件未具备")
        ledger = book.ledger()
        assert elapsed_percent(book.on("10-01").state, ledger) == 31
        book.add(OFFICE, "10-31", "条件具备")
        book.add(LEAD, "10-31", "进展", percent="25")
        now = book.on("10-31")
        assert (now.light.name, elapsed_percent(now.state, ledger)) == ("绿", 31)
        assert elapsed_course(now.state, ledger) == [
            (day("05-07"), 0), (day("07-20"), pytest.approx(31.09, abs=0.01)),
            (day("10-31"), pytest.approx(31.09, abs=0.01)), (day("12-31"), 100),
        ]  # fmt: skip
        later = book.on("11-15").state
        assert (elapsed_percent(later, ledger), points_too_far_behind(later, ledger)) == (48, 23)
        assert elapsed_percent(book.on("12-31").state, ledger) == 100

    def test_a_suspension_that_ends_after_the_deadline(self) -> None:
        book = Book()
        book.add(LEAD, "05-20", "进展", percent="20")
        book.add(OFFICE, "06-03", "条件未具备")
        ledger = book.ledger()
        assert elapsed_percent(book.on("07-20").state, ledger) == 50
        book.add(OFFICE, "07-20", "条件具备")
        assert elapsed_percent(book.on("07-19").state, ledger) == 50
        assert elapsed_percent(book.on("07-20").state, ledger) == 100

    def test_idle_since_the_last_report_of_progress(self) -> None:
        """What the office rules, or a unit asks for, tells nothing of how far it is; nor does who is urged."""
        book = Book(december())
        book.add(LEAD, "06-01", "进展")
        assert book.on("07-30").light.name == "绿"
        words = ("长期未更新：已60天未更新进展",)
        assert book.on("07-31").light == Light("黄", words)
        asked = book.add(LEAD, "07-20", "申请延期", due="2025-01-31")
        book.add(OFFICE, "07-21", "不予延期", answers=[asked])
        book.add(OFFICE, "07-22", "抽查核验")
        book.add(OFFICE, "07-23", "催办登记")
        assert book.on("07-31").light == Light("黄", words)
        assert book.on("07-31").state.last_report == day("06-01")
        book.add(LEAD, "07-25", "申请延期", due="2025-01-31", summary="已建成三座。")
        assert book.on("07-31").light.name == "绿"

    @pytest.mark.parametrize("way", ["suspended", "applied", "applied for a day"])
    def test_days_on_which_nothing_was_owed_are_not_idle(self, way: str) -> None:
        book = Book(december())
        book.add(LEAD, "06-01", "进展")
        if way == "suspended":
            book.add(OFFICE, "06-10", "条件未具备")
            book.add(OFFICE, "07-30", "条件具备")
        else:
            asked = book.add(LEAD, "06-10" if way == "applied" else "07-30", "申请销号")
            book.add(OFFICE, "07-30", "退回补正", answers=[asked])
        first = "09-28" if way != "applied for a day" else "07-31"
        assert [item.idle for item in map(book.on, ("07-30", "07-31", "09-27", "09-28"))] == [
            False, first == "07-31", first == "07-31", True,
        ]  # fmt: skip
        assert book.on("09-28").light.reasons[-1] == (
            f"长期未更新：已{60 if first == '09-28' else 119}天未更新进展"
        )

    def test_all_reasons_are_told(self) -> None:
        rules = {"reporting": {"by": "25", "from": "2024-05"}, "warn": {"idle": "20"}}
        book = Book(rules=rules)
        book.add(LEAD, "06-01", "进展", percent=10)
        assert book.on("06-26").light.reasons == (
            "距时限6月30日还有4天",
            "进度10%，落后序时进度82个百分点",
            "未报送5月进展",
            "长期未更新：已25天未更新进展",
        )

    def test_days_are_rules(self) -> None:
        rules = {"warn": {"blue": "10", "yellow": "3", "behind": "90", "idle": "90"}}
        book = Book(rules=rules)
        book.add(LEAD, "06-01", "进展", percent="5")
        lights = [book.on(f"06-{number}").light.name for number in (19, 20, 26, 27)]
        assert lights == ["绿", "蓝", "蓝", "黄"]


class TestBlueAndGreen:
    def test_thirty_days(self) -> None:
        book = Book()
        book.add(LEAD, "05-20", "进展")
        assert book.on("05-30").light == Light("绿", ("正常推进",))
        assert book.on("05-31").light == Light("蓝", ("距时限6月30日还有30天",))

    def test_blue_without_any_report(self) -> None:
        assert Book().on("06-01").light.name == "蓝"

    def test_not_started_is_reported(self) -> None:
        book = Book(december())
        book.add(LEAD, "05-20", "进展", not_started=True)
        assert book.on("05-20").light.name == "绿"

    def test_a_ruling_is_no_report(self) -> None:
        book = Book(december())
        book.add(OFFICE, "05-20", "表扬")
        assert book.on("05-20").light == Light(None, ("尚未报过进展",))

    def test_ongoing_knows_no_days(self) -> None:
        book = Book(ONGOING)
        book.add(LEAD, "12-20", "进展")
        assert book.on("12-31").light.name == "绿"
        assert book.on("2025-01-31").light.name == "绿"
        assert book.on("12-31").state.days_left is None

    def test_unset_knows_no_days(self) -> None:
        book = Book(UNSET)
        book.add(LEAD, "06-20", "进展")
        assert book.on("06-30").light.name == "绿"
        assert book.on("06-30").state.days_left is None

    def test_extension_moves_the_windows(self) -> None:
        book = Book(FIXED)
        asked = book.add(LEAD, "06-20", "申请延期", due="2024-12-31")
        book.add(OFFICE, "06-25", "批准延期", answers=[asked])
        assert book.on("06-24").light.name == "黄"
        book.add(LEAD, "06-25", "进展")
        assert book.on("07-10").light.name == "绿"


def test_what_was_due_on_a_day_that_has_ended_is_not_due_today() -> None:
    """It is missed, or it was met and calls for nothing; while the day runs it is due."""
    met = {**MONTHLY, "until": "2024-06-25"}
    for deadline, reported, running, ended in (
        (MONTHLY, False, "今日到期", "6月任务未完成"),
        (met, True, "今日到期", "正常推进"),
        (FIXED, True, "今日到期", "6月30日到期未办结"),
    ):
        book = Book(deadline)
        for month in range(1, 7 if reported else 6):
            book.add(LEAD, f"{month:02d}-20", "进展")
        when = day("06-30" if deadline is FIXED else "06-25")
        told = {
            over: Judge(book.ledger()).on(when, ended=over).by_id["1.1"].light.reasons
            for over in (False, True)
        }
        assert told == {False: (running,), True: (ended,)}


def test_a_record_that_does_not_stand_meets_no_milestone() -> None:
    """A second application while a joint lead's is awaited is refused with all that it says."""
    book = Book(lead=(LEAD, JOINT))
    book.add(OFFICE, "05-10", "阶段节点")
    book.add(LEAD, "06-01", "申请销号")
    book.add(LEAD, "06-02", "申请销号", completed=["方案"])

    assert [step.met for step in book.on("06-03").state.milestones] == [None]
    book.add(JOINT, "06-04", "进展", completed=["方案"])
    assert [step.met for step in book.on("06-05").state.milestones] == [day("06-04")]
