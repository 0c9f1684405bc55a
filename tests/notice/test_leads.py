"""Forms in which a notice says once, for all items, that the first unit leads."""

import pytest

from gaigai_cli.notice.leads import statements, without_rule

FORMS = (
    "排在第一位的部门为牵头部门，下同",
    "列首位的为牵头单位，以下同",
    "第一单位为牵头单位，下同",
    "排序第一的单位为牵头单位（下同）",
    "首位单位牵头，下同",
    "排名在前的为牵头单位，以下相同",
    "第一责任单位为牵头单位。下同",
)


@pytest.mark.parametrize("rule", FORMS)
def test_the_rule_is_no_part_of_the_units_beside_it(rule: str) -> None:
    for text in (f"县甲局、县乙局，{rule}", f"县甲局、县乙局（{rule}）"):
        units, said = without_rule(text)
        assert units == "县甲局、县乙局"
        stated = statements([said]).rule
        assert stated is not None
        assert stated.means == "first"


def test_the_rule_may_stand_in_a_bracket_behind_the_first_unit() -> None:
    text = "县甲局（首位单位为牵头单位，下同）、县乙局"
    assert without_rule(text) == ("县甲局、县乙局", "首位单位为牵头单位")


@pytest.mark.parametrize(
    "words", ["第一时间由县甲局牵头处置", "首次会议由县甲局牵头", "走在前列，县甲局牵头"]
)
def test_other_firsts_are_no_rule(words: str) -> None:
    assert statements([words]).rule is None


@pytest.mark.parametrize(
    "words",
    [
        "标△的为牵头单位",
        "注：打“△”号者为牵头部门",
        "名称前有△的是牵头单位",
        "牵头单位以△标注",
        "责任单位（△为牵头单位）",
        "牵头单位（△）、责任单位",
        "△标记的单位牵头，其余配合",
    ],
)
@pytest.mark.parametrize("mark", ["△", "◎", "◆", "●", "※", "√", "#", "★"])
def test_any_mark_that_a_notice_states_is_that_of_its_leads(words: str, mark: str) -> None:
    rule = statements([words.replace("△", mark)]).stated
    assert rule is not None
    assert (rule.means, rule.mark) == ("mark", mark)


@pytest.mark.parametrize("words", ["■县甲局牵头负责全县工作", "●由县乙局牵头，县丙局配合"])
def test_a_sign_before_a_sentence_marks_no_leads(words: str) -> None:
    assert statements([words]).stated is None


@pytest.mark.parametrize(
    "rest", ["未标注的为配合单位", "未标注以上符号的为配合单位", "未标注以上符号的，均为配合单位"]
)
def test_those_without_the_mark_support(rest: str) -> None:
    stated = statements([f"标注▲的为牵头单位，{rest}"]).stated
    assert stated is not None
    assert stated.rest_supports


def test_a_mark_tells_the_leads_where_all_lead_who_stand_beside_none() -> None:
    stated = statements(["标★的为牵头单位；无牵头单位的，责任单位即为牵头单位"]).stated
    assert stated is not None
    assert (stated.means, stated.mark) == ("mark", "★")


@pytest.mark.parametrize("words", ["红色字体的为牵头单位", "分号前为牵头单位，分号后为配合单位"])
def test_another_way_to_tell_leads_is_told_and_not_read(words: str) -> None:
    said = statements([words])
    assert said.stated is None
    assert said.other_way
    assert not statements(["排在第一位的不一定为牵头单位"]).stated
