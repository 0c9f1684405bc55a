"""Unit cells whose reading is known, drawn at random: names of many kinds, put together in the forms of notices.

示例：the names are those of kinds of bodies, of no real one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from gaigai_cli.words.units import UnitsReading

_DEPARTMENTS: Final = """
发展和改革局 发改局 教育体育局 教体局 教育和体育局 科技局 科学技术局 工信局 工业和信息化局 民族宗教事务局 公安局 民政局 司法局 财政局
人力资源和社会保障局 人社局 自然资源局 自然资源和规划局 生态环境局 住建局 住房和城乡建设局 交通运输局 水利局 水利和湖泊局 农业农村局
农业农村和水利局 商务局 商务和粮食局 文旅广电局 文化旅游广电体育局 卫健局 退役军人事务局 应急管理局 审计局 市场监管局 统计局 医保局
林业和草原局 信访局 政务服务局 政务服务和数据管理局 行政审批服务局 数据局 大数据发展管理局 国资局 地方金融监管局 乡村振兴局 城管局
城市管理和综合执法局 机关事务管理局 税务局 气象局 公路局 投资促进局 体育局 粮食和物资储备局 园林绿化局 城市更新局 轨道交通局 营商环境建设局
发展改革委 卫健委 国资委 国资监管委 农委 城管委 监委
""".split()  # fmt: skip
"""What every place has; without its level it has that of the name before it."""
_OTHERS: Final = """
委办 委办公室 政府办 政府办公室 人大常委会办公室 纪委监委 委组织部 委宣传部 委统战部 委政法委 委网信办 委编办 委改革办 委巡察机构 委党校
直机关工委 总工会 妇联 科协 残联 文联 工商联 融媒体中心 档案馆 图书馆 金融办 外事办 移民办 双创办 食安办 督查室 政研室 史志办 优化办
政务服务中心 疾控中心 公路事业发展中心 住房公积金管理中心 公共资源交易中心 防汛抗旱指挥部 城投公司 文旅集团 水务集团 供电公司 移动公司
邮政公司 供销社 新华书店 农商银行 农商行 污水处理厂 一中 职中 实验小学 职业中专 人民医院 妇幼保健院 林场 法院 检察院 交警支队
""".split()  # fmt: skip
_PLACES: Final = """
高新区 高新区管委会 经济开发区管委会 工业园区管委会 产业集聚区管委会 景区管委会 示例镇 示例乡 示例街道 示例街道办事处 示例镇人民政府 甲镇
和平街道 建设街道 市场街道
""".split()
_OPEN: Final = """
各乡镇 各乡镇（街道） 各乡镇人民政府（街道办事处） 各镇街 各县（市、区）人民政府 各区〔县、市〕政府 各市州人民政府 各省级人民政府 各地
县直各单位 市直有关部门 县有关部门 省有关单位 有关部门 相关单位 有关部门和单位 各有关部门和单位 相关责任单位 成员单位 县安委会成员单位
全系统各单位 全县各单位 行业主管部门 事权单位 属地 属地乡镇 项目所在地乡镇 项目业主单位 各园区 各开发区管委会 各村（社区） 各中小学
各医疗机构 局属各单位 局各股室 各派出所 县内各金融机构 县属国有企业 各通信运营企业 各级党委和政府 地方各级人民政府
各省、自治区、直辖市人民政府 其他相关部门 各功能区 各工作专班 水电气等公用事业单位 中央驻县单位
""".split()
_AND_SO_ON: Final = """
等 等部门 等单位 等有关部门 等相关单位 等部门和单位 等有关部门和单位 等有关部门（单位） 等县直部门 等区有关部门 等成员单位 等3个部门 等有关方面
""".split()
_TASKS: Final = "制定方案 落实资金 做好宣传 开展监督检查 建设示例平台 组织培训".split()
NO_UNITS: Final = """
张三 王县长 分管副县长 联系人王五 另行通知 加强监管 做好保障 制定实施方案 6月底前完成 3个工作日 第3项 报县政府 以下同 社会各界 群众
全面落实市政府部署 完善政府 将示例项目纳入省甲委储备库 最迟十月29日前出台 待定
""".split()
"""What may stand in a cell and names nobody."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and who it names, in which role."""

    text: str
    lead: Sequence[str] = ()
    responsible: Sequence[str] = ()
    support: Sequence[str] = ()
    open: Sequence[str] = ()

    def is_read_by(self, reading: UnitsReading) -> bool:
        """Return whether a reading says the same, in whatever order."""
        return all(
            sorted(getattr(self, role)) == sorted(getattr(reading, role))
            for role in ("lead", "responsible", "support", "open")
        )


def unit_cell(draw: Random, *, one_line: bool = False) -> Cell:
    """Return a cell in one of the forms of notices; ``one_line``: as it may stand within a sentence."""
    forms = _IN_A_LINE if one_line else (*_IN_A_LINE, *_ON_LINES)
    return draw.choice(forms)(draw, draw.choice("县县市区省"))


def _names(draw: Random, level: str, count: int) -> list[str]:
    """Return names that each have their level, or are places'."""
    found: dict[str, None] = {}
    while len(found) < count:
        kind = draw.choice((_DEPARTMENTS, _DEPARTMENTS, _OTHERS, _PLACES))
        name = draw.choice(kind)
        found[name if kind is _PLACES else f"{level}{name}"] = None
    return list(found)


def _listed(draw: Random, level: str, count: int, sign: str) -> tuple[str, list[str]]:
    """Return names with a sign between them, the level perhaps at the first alone, and the names in full."""
    if draw.random() < 0.3:
        words = draw.sample(_DEPARTMENTS, count)
        return level + sign.join(words), [f"{level}{word}" for word in words]
    names = _names(draw, level, count)
    joined = draw.random() < 0.2 and count > 1
    last = draw.choice(("以及", "会同")) if joined else sign
    return sign.join(names[:-1]) + (last if count > 1 else "") + names[-1], names


def _with_open(draw: Random, text: str, sign: str) -> tuple[str, list[str]]:
    """Return names with an open body behind them, or as they are, and the body."""
    chance = draw.random()
    body = draw.choice(_AND_SO_ON if chance < 0.2 else _OPEN)
    return (f"{text}{'' if chance < 0.2 else sign}{body}", [body]) if chance < 0.4 else (text, [])


def _count(draw: Random) -> int:
    return draw.choice((1, 2, 2, 3, 4))


def _plain(draw: Random, level: str, signs: Sequence[str] = "、、、，；/") -> Cell:
    sign = draw.choice(signs)
    text, names = _listed(draw, level, _count(draw), sign)
    text, bodies = _with_open(draw, text, sign)
    return Cell(text, responsible=names, open=bodies)


def _on_lines(draw: Random, level: str) -> Cell:
    return _plain(draw, level, ("\n", "、\n", " 、", "； "))


def _led(draw: Random, level: str) -> Cell:
    """甲局牵头，乙局、丙局配合."""
    names = _names(draw, level, 1)
    text, others = _listed(draw, level, _count(draw), "、")
    text, bodies = _with_open(draw, text, "、")
    by, leads = draw.choice(("", "由")), draw.choice(("牵头", "牵头负责", "主办", "牵头抓总"))
    role, does = draw.choice(
        [("support", "配合"), ("support", "协办"), ("support", "参与"),
         ("responsible", "按职责分工负责"), ("responsible", "落实")]
    )  # fmt: skip
    lead = [] if names[0] in others else names
    said = f"{by}{names[0]}{leads}{draw.choice('，；,、')}" if lead else ""
    return (
        Cell(f"{said}{text}{does}", lead, **{role: others}, open=bodies)
        if lead
        else _plain(draw, level)
    )


def _headed(draw: Random, level: str) -> Cell:
    """牵头单位：甲局；配合单位：乙局."""
    names = _names(draw, level, 4)
    text, bodies = _with_open(draw, "、".join(names[1:]), "、")
    one, other = draw.choice((("牵头单位", "配合单位"), ("牵头部门", "配合部门"), ("主办", "协办")))
    return Cell(f"{one}：{names[0]}；{other}：{text}", names[:1], (), names[1:], bodies)


def _in_brackets(draw: Random, level: str) -> Cell:
    """甲局（牵头）、乙局（配合）."""
    lead, *names = _names(draw, level, 1 + _count(draw))
    opens, closes = draw.choice(("（）", "()", "〔〕"))
    if draw.random() < 0.5:
        return Cell(f"{'、'.join(names)}、{lead}{opens}牵头{closes}", [lead], names)
    helps = "、".join(f"{name}{opens}配合{closes}" for name in names)
    return Cell(f"{lead}{opens}牵头{closes}、{helps}", [lead], (), names)


def _helped(draw: Random, level: str) -> Cell:
    """甲局（乙局、丙局配合）."""
    name, *others = _names(draw, level, 2)
    return Cell(f"{name}（{'、'.join(others)}配合）", (), [name], others)


def _marked(draw: Random, level: str) -> Cell:
    """★甲局、乙局."""
    names = _names(draw, level, 1 + _count(draw))
    lead = draw.choice(names)
    mark, sign = draw.choice("★▲※●△☆*◆√"), draw.choice("、，；\n")
    form = draw.choice(("{0}{1}", "{0} {1}", "{1}{0}", "（{0}）{1}", "{1}（{0}）"))
    text = sign.join(form.format(mark, name) if name == lead else name for name in names)
    return Cell(text, [lead], [name for name in names if name != lead])


def _with_duties(draw: Random, level: str) -> Cell:
    """甲局：制定方案；乙局：落实资金."""
    names = _names(draw, level, 2)
    says, sign = draw.choice(("：", "负责", "：负责")), draw.choice(("；", "\n", "；\n"))
    return Cell(sign.join(f"{name}{says}{draw.choice(_TASKS)}" for name in names), (), names)


def _numbered(draw: Random, level: str) -> Cell:
    """1.甲局 2.乙局."""
    names = _names(draw, level, 1 + _count(draw))
    form, sign = draw.choice(("{}.", "{}、", "（{}）")), draw.choice(("\n", "；"))
    return Cell(sign.join(f"{form.format(n)}{name}" for n, name in enumerate(names, 1)), (), names)


def _shared_ends(draw: Random, level: str) -> Cell:
    """What is written once for several: 县发改、财政局; 甲镇党委、政府; 甲州、乙州市政府."""
    trades = draw.sample(
        "发改 住建 财政 教育 民政 司法 水利 商务 审计 统计".split(), 2 + _count(draw)
    )
    return draw.choice(
        (
            Cell(f"{level}{'、'.join(trades)}局", (), [f"{level}{trade}局" for trade in trades]),
            Cell("甲镇党委、政府", (), ["甲镇党委", "甲镇政府"]),
            Cell("穗州、鹏州市政府", (), ["穗州市政府", "鹏州市政府"]),
            Cell("甲县、乙区政府", (), ["甲县政府", "乙区政府"]),
            Cell("各区政府（含甲开发区管委会）", (), ["甲开发区管委会"], (), ["各区政府"]),
        )
    )


_Form = Callable[[Random, str], Cell]
_IN_A_LINE: Final[tuple[_Form, ...]] = (_plain, _led, _headed, _in_brackets, _helped, _shared_ends)
_ON_LINES: Final[tuple[_Form, ...]] = (_on_lines, _marked, _with_duties, _numbered)
