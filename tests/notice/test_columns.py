"""Heads that name a period: what is to be done by its end stands in the column."""

import pytest

from gaigai_cli.notice.columns import period_of


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
        ("下半年（7—12月）", "下半年"),
        ("第二季度\n进度", "第二季度"),
        ("进度", ""),
        ("完成时限", ""),
        ("6月底前完成", ""),
    ],
)
def test_a_period_heads_a_column(head: str, period: str) -> None:
    assert period_of(head) == period
