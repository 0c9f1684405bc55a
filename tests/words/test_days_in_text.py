"""Which days in the words of an item could be its deadline, and which say where something else stands."""

import pytest

from gaigai_cli.words.deadline import days_in_text, stages_in_text


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("6月底前出台细则，9月底前全面实施。", ["6月底前", "9月底前"]),
        ("于7月20日前报县政府审定。", ["7月20日前"]),
        ("在2024年第三季度末前起草方案。", ["2024年第三季度末前"]),
        ("各自6月底前完成自查。", ["6月底前"]),
        ("今年底建成。", ["今年底"]),
        ("已完成10个，力争12月底前全部完成。", ["12月底前"]),
        ("由原3月底提前完成乙事。", []),
        ("原定3月底的要提前。", []),
        ("截至2024年3月底已完成10个，继续推进。", []),
        ("截至到3月底完成10个，继续推进。", []),
        ("截止3月底完成10个，12月底前全部完成。", ["12月底前"]),
        ("持续推进至年底。", []),
        ("较上年底提高3%。", []),
        ("比2023年底增加3个。", []),
        ("去年12月底建成的，上年6月底验收的。", []),
        ("自3月起推行，从4月1日开始通报。", []),
        ("3月底已建成。", []),
        ("已于3月底建成。", []),
        ("前期3月底排查的问题。", []),
        ("3月1日以来受理的，3月15日以后登记的，4月底后补办的。", []),
        ("4月起逐月通报。", []),
    ],
)  # fmt: skip
def test_days(text: str, days: list[str]) -> None:
    assert list(days_in_text(text)) == days


def test_stages_are_the_clauses_of_those_days() -> None:
    text = "截至3月底已有3个，各单位6月底前出台细则，9月底前全面实施。"
    assert stages_in_text(text) == "6月底前出台细则；9月底前全面实施"
    named = "方案编制：5月；组织实施：6—10月；11月验收"
    assert stages_in_text(f"{named}。") == named
