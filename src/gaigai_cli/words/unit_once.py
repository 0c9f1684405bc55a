"""Words that a cell writes once for several units: 县发改、住建、财政局 and 市、县住建局.

Only stems of departments that every county has are spelled out, so that no half of a name is taken for one.
"""

from __future__ import annotations

import re
from typing import Final

_STEMS: Final = frozenset(
    """
    发展改革 发展和改革 发改 住建 住房城乡建设 自然资源和规划 自然资源 生态环境 财政 教育体育
    教体 教育 科技 工信 工业和信息化 公安 民政 司法 人社 人力资源社会保障 城管 城市管理
    交通运输 交通 水利 水务 农业农村 商务 文旅 文化旅游 卫健 卫生健康 应急管理 应急 审计
    市场监管 市场监督管理 统计 医保 医疗保障 林业 信访 数据 国资 税务 气象 行政审批
    退役军人事务 乡村振兴 粮食和物资储备
    """.split()
)
_END: Final = r"局(?=[、，,；;。\s（(]|等|及|和|$)"
_SEVERAL: Final = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<prefix>[县市区省])(?P<stems>[^\W局]{{2,8}}(?:、[^\W局]{{2,8}})+){_END}"
)
_LEVELS: Final = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<levels>(?:[省市县区]、)+[市县区])(?P<stem>[^\W局]{{2,8}}){_END}"
)


def spelled_out(text: str) -> str:
    """The cell with every unit under its whole name: 县发改局、县住建局、县财政局; 市住建局、县住建局."""
    return _LEVELS.sub(_each_level, _SEVERAL.sub(_each_stem, text))


def _each_stem(match: re.Match[str]) -> str:
    stems = match["stems"].split("、")
    if not _STEMS.issuperset(stems):
        return match[0]
    return "、".join(f"{match['prefix']}{stem}局" for stem in stems)


def _each_level(match: re.Match[str]) -> str:
    if match["stem"] not in _STEMS:
        return match[0]
    return "、".join(f"{level}{match['stem']}局" for level in match["levels"].split("、"))
