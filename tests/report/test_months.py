"""The bulletins of a made-up list without rules, month by month: what each must say and what it must not."""

from datetime import date

import pytest

from gaigai_cli.judge.findings import check
from gaigai_cli.judge.judgement import Judge
from gaigai_cli.render.papers.bulletin_md import bulletin_body
from gaigai_cli.report.bulletin import monthly_report, unit_report
from gaigai_cli.report.facts import facts_of
from gaigai_cli.report.monthly_report import MonthlyReport
from gaigai_cli.report.reminders import proposals
from gaigai_cli.report.todo import todo
from gaigai_cli.words.period import Period
from tests.program import SameAsFile
from tests.report.made_up import FARM, OFFICE, PARK, TOWN, WATER, ledger
from tests.report.test_bulletin import KEPT

TODAY = date(2024, 8, 5)
MADE_UP = Judge(ledger())


def of(month: int) -> MonthlyReport:
    return monthly_report(MADE_UP, Period.of(2024, month), today=TODAY)


def part(month: int, heading: str) -> str:
    """The text of a section, or of a subsection."""
    for section in of(month).sections:
        if section.heading == heading:
            below = [e for p in section.subsections for e in (*p.entries, p.closing)]
            return "\n".join((*section.paragraphs, *below))
        for under in section.subsections:
            if under.heading == heading:
                return "\n".join((*under.entries, under.closing))
    return ""


def test_the_list_is_sound() -> None:
    assert [f for f in check(MADE_UP.ledger, today=TODAY) if f.severity == "error"] == []


@pytest.mark.parametrize("month", range(3, 8))
def test_every_month(month: int, same_as_file: SameAsFile) -> None:
    same_as_file(bulletin_body(of(month)), KEPT / f"made-up-{month:02d}.md")


@pytest.mark.parametrize("unit", [None, WATER, TOWN])
def test_a_leader_is_neither_named_nor_quoted(unit: str | None) -> None:
    june = Period.of(2024, 6)
    report = unit_report(MADE_UP, june, unit, today=TODAY) if unit else of(6)
    text = bulletin_body(report)
    assert "根据县委领导要求，请" in text or unit == TOWN
    assert "根据县政府第6次常务会议议定，请" in text or unit == WATER
    assert "示例长" not in text
    assert "示例原话" not in text


@pytest.mark.parametrize(
    ("month", "standings"),
    [
        (3, {"未报进展": 6, "推进中": 4}),
        (4, {"未报进展": 4, "推进中": 5, "暂缓实施": 1}),
        (5, {"未报进展": 3, "推进中": 5, "暂缓实施": 1, "已销号": 1}),
        (6, {"未报进展": 3, "推进中": 4, "待核验": 1, "已销号": 1}),
        (7, {"未报进展": 3, "推进中": 4, "已销号": 2}),
    ],
)
def test_an_item_has_one_state(month: int, standings: dict[str, int]) -> None:
    report = of(month)
    assert dict(report.totals.statuses) == standings
    words = part(month, "总体情况").partition("；")[2].partition("。")[0]
    assert all(f"{name}{count}项" in words for name, count in standings.items())


def test_reasons_are_the_units_own_and_asked_for_once() -> None:
    assert "该局3月22日反映：弃土场容量不足。" in part(3, "到期未办结")
    assert "该局4月12日说明：弃土场选址两次调整。" in part(4, "到期未办结")
    assert "弃土场容量不足" not in part(4, "到期未办结")
    june = part(6, "到期未办结")
    assert "示例城管局5月13日以“便桥产权单位未移交”为由申请延至7月31日，5月24日不同意延期" in june
    assert (
        "第1项第4条“完成河道划界公示”（示例水利局牵头）5月31日到期，逾期30天，尚未办结，从未报送进展，未说明原因。"
        in june
    )
    assert "第1项第4条未办结原因和拟办结时间" in part(6, "下一步工作要求")
    assert "第1项第3条拟办结时间" in part(6, "下一步工作要求")


def test_nobody_owes_a_reason_on_the_day_itself() -> None:
    assert "5月31日到期，尚未办结，从未报送进展。" in part(5, "到期未办结")


def test_rulings_are_told_with_day_and_ground() -> None:
    assert "暂缓实施（省河长办函〔2024〕6号）" in part(4, "事项调整")
    assert "经县河长会议（4月25日）研究，同意由4月30日延至6月30日" in part(4, "事项调整")
    may = part(5, "到期未办结")
    assert "5月24日经县河长会议（5月23日）研究，不同意延期，移交手续已办，按期拆除" in may
    assert "便桥移交手续办理迟缓（示例农业农村局，第1项第3条，示河办〔2024〕9号）" in part(
        5, "督办情况"
    )
    june = part(6, "事项调整")
    assert "挂牌由市里统一组织，经县河长会议（6月11日）研究，同意调出清单" in june
    assert "经县政府办同意，由6月30日延至9月30日（县政府办批复〔2024〕4号）" in june
    assert (
        "6月18日经县河长会议同意，就第1项第4条对示例水利局予以通报批评（示河办〔2024〕11号）"
        in part(6, "督办情况")
    )
    assert "就第1项第2条对示例农业农村局予以肯定（示河办〔2024〕14号）" in part(7, "督办情况")


def test_missed_turns_stand_on_until_they_are_made_up() -> None:
    assert "第3项第2条“每季度召开一次河长联席会”（我办牵头）第一季度任务未完成" in part(
        3, "到期未办结"
    )
    assert "每季度组织一次暗访" not in part(3, "到期未办结")
    for month in (6, 7):
        assert "第3项第1条“每季度组织一次暗访”（示例城管局牵头）第二季度任务未完成" in part(
            month, "到期未办结"
        )
    assert "补齐第3项第1条第二季度任务" in part(6, "下一步工作要求")
    lines = {line.name: line.turns for line in of(6).units}
    assert (lines[TOWN], lines[OFFICE]) == (1, 1)
    july = MADE_UP.on(date(2024, 7, 1))
    assert [item.id for item in todo(july).turns] == ["3.2", "3.1"]
    own = {p.item.id: p.level for p in proposals(july) if p.unit == OFFICE}
    assert own == {"3.2": None}


def test_the_office_asks_nothing_of_itself() -> None:
    for month in range(3, 8):
        report = of(month)
        assert OFFICE not in {demand.unit for demand in report.demands}
        assert f"请{OFFICE}" not in bulletin_body(report)
        assert OFFICE not in "".join(s.paragraphs[-1] for s in report.sections if s.paragraphs)
    assert (
        "我办将补齐第3项第2条第一至第二季度任务，抓紧研究第2项第1条延期申请，及时核验第1项第2条。"
        in part(6, "下一步工作要求")
    )


def test_who_waits_for_an_answer_is_not_told_to_hurry() -> None:
    assert PARK not in {demand.unit for demand in of(6).demands}
    assert "该单位6月26日以“设备到货推迟”为由申请延至8月31日，申请待研究" in part(6, "到期未办结")


def test_without_rules_nobody_is_unpunctual_and_the_silent_are_named() -> None:
    march = part(3, "总体情况")
    assert "按期报送" not in march
    assert "6项从未报送：示例农业农村局第1项第2条；示例城管局、示例水利局第1项第3条；" in march
    assert [item.id for item in todo(MADE_UP.on(date(2024, 4, 1))).never] == [
        "1.2",
        "1.3",
        "1.4",
        "2.2",
        "3.2",
        "3.4",
    ]


def test_what_leaves_a_list_is_named_where_it_leaves() -> None:
    """2.2 and 1.2 fall due in June, as May's bulletin says; June's says where they went."""
    assert "第2项第2条" in part(5, "6月到期")
    assert "第2项第2条" in part(6, "事项调整")
    assert "第2项第2条" not in part(6, "到期未办结")


def test_a_sheet_is_of_one_unit_alone() -> None:
    sheet = unit_report(MADE_UP, Period.of(2024, 6), FARM, today=TODAY)
    assert sheet.title == "示例农业农村局2024年6月任务落实情况告知单"
    assert [row.id for row in sheet.ledger] == ["1.2"]
    assert WATER not in bulletin_body(sheet)


def test_facts_are_one_value_for_all() -> None:
    facts = facts_of(MADE_UP, Period.of(2024, 6), today=TODAY)
    assert {f.id for f in facts.items if f.expired} == {"1.3", "1.4", "2.1"}
    assert facts.by_id["1.3"].reason is not None
    assert [e.record.kind for e in facts.merits] == ["通报批评"]
