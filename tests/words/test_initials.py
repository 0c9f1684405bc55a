"""Initials by the order of GB 2312 against pypinyin's dictionaries."""

import pytest
from pypinyin import Style, lazy_pinyin

from gaigai_cli.words.initials import _by_code, initials_of

NAMES = """县自然资源局 县发改局 县住建局 县城管局 县政务服务中心 县水利局 县林业局 县生态环境局 县国动办 县应急局
园区管委会 县交通局 县工改办 县市场监管局 县消防救援支队 县税务局 县财政局 县行政审批局 县农业银行 县会计中心 县委编办
县教体局 县卫健局 县人社局 县民政局 县司法局 县公安局 县文旅局 县统计局 县审计局 县医保局 县信访局 县科技局 县工信局
县商务局 县农业农村局 县残联 县妇联 团县委 县总工会 县工商联 县气象局 县烟草局 县供电公司 县公积金中心 县数据局
县退役军人局 县机关事务中心 县档案馆 县融媒体中心 县委宣传部 县委组织部 县纪委监委 县人大 县法院 县检察院 县中医院
县疾控中心 县供销社 县人民银行 县委党校 高新区管委会 县路桥公司 县燃气公司 县重点项目中心 县长沙银行 县调查队 县调解中心
县行业协会 县重庆商会 县岳阳楼区政府 县朝阳街道""".split()


def by_dictionary(text: str) -> str:
    return "".join(part[:1] for part in lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


@pytest.mark.parametrize("name", NAMES)
def test_of_names(name: str) -> None:
    assert initials_of(name) == by_dictionary(name)


def test_most_names_need_no_dictionary() -> None:
    assert sum(_by_code(name) is None for name in NAMES) < 0.15 * len(NAMES)


def test_of_every_common_character() -> None:
    """All 3,755 that GB 2312 sorts by pinyin; those with a reading that names of units have, aside."""
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF if row < 0xD7 else 0xFA):
            char = bytes((row, cell)).decode("gb2312")
            assert _by_code(char) in (None, by_dictionary(char)), char


def test_what_is_no_character_has_no_letter() -> None:
    assert initials_of("县A1办（筹）") == "xa1bc"
    assert initials_of("鑫淼") == "xm"
