"""Words over a column, before a colon in running text and before names: one table for all three."""

import pytest

from gaigai_cli.words.heads import LABEL, stage_of, use_of
from gaigai_cli.words.units import read_units


@pytest.mark.parametrize(
    ("head", "period"),
    [
        ("一季度", "一季度"),
        ("第一季度工作目标", "第一季度"),
        ("1—3月", "1—3月"),
        ("１-３月", "１-３月"),
        ("2024年4月—6月进度安排", "2024年4月—6月"),
        ("六月底", "六月底"),
        ("上半年：", "上半年"),
        ("9月内容", "9月"),
        ("下半年（7—12月）", "下半年"),
        ("第二季度\n进度", "第二季度"),
        ("半年目标", "上半年"),
        ("半年度总结", ""),
        ("进度", ""),
        ("完成时限", ""),
        ("6月底前完成", ""),
    ],
)
def test_a_period_heads_a_column(head: str, period: str) -> None:
    assert stage_of(head) == period


@pytest.mark.parametrize(
    ("word", "use"),
    [
        ("牵头单位", "lead"),
        ("责任牵头科室", "lead"),
        ("领衔部门", "lead"),
        ("第一责任单位", "lead"),
        ("主责", "lead"),
        ("首席责任单位", "lead"),
        ("抓总单位", "lead"),
        ("发起部门", "lead"),
        ("整改责任单位", "responsible"),
        ("执行股室", "responsible"),
        ("承办科室", "responsible"),
        ("责任", "responsible"),
        ("会办单位", "support"),
        ("协同部门", "support"),
        ("支持单位", "support"),
        ("配合责任单位", "support"),
        ("牵头责任单位", "lead"),
        ("协办", "support"),
        ("承办", "responsible"),
        ("会办", "support"),
        ("办结时间", "deadline"),
        ("整改完成期限", "deadline"),
        ("包抓领导", "leader"),
        ("联络员", "contact"),
    ],
)
def test_a_word_is_known_wherever_it_stands(word: str, use: str) -> None:
    label = LABEL.search(f"推进示例工作。{word}：县甲局")
    assert (use_of(word), label and label["label"]) == (use, word)
    if use in ("lead", "responsible", "support"):
        cell = f"责任单位：县乙局；{word}：县甲局"
        reading = read_units(cell)
        assert not reading.doubts
        assert "县甲局" in getattr(reading, use)


@pytest.mark.parametrize(
    ("head", "use"),
    [
        ("计划开工", "start"),
        ("预计完工", "deadline"),
        ("计划竣工时间", "deadline"),
        ("办理进展", "extra"),
        ("进展安排", "extra"),
        ("领导批示", "extra"),
        ("主办单位及责任人", "lead"),
        ("责任部门和联系电话", "responsible"),
        ("牵头单位（▲）、责任单位", "responsible"),
        ("牵头（责任）单位", "lead"),
    ],
)
def test_a_head_says_what_its_column_holds(head: str, use: str) -> None:
    assert use_of(head) == use


@pytest.mark.parametrize(
    "words", ["会议时间：3月", "责任清单：见附件", "工作进度：", "各有关单位："]
)
def test_other_words_before_a_colon_are_no_label(words: str) -> None:
    assert LABEL.search(f"推进示例工作，{words}") is None


@pytest.mark.parametrize("head", ["序　号", "任务编号", "项次", "No.", "NO", "№"])
def test_a_column_of_numbers_is_known_in_latin_letters_too(head: str) -> None:
    assert use_of(head) == "number"
