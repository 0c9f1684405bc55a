"""Notices in paragraphs, put together of what offices choose, and what a person reads in each. 示例，非真实文件."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Final

_NUMERALS: Final = (
    "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十".split()
)
_CIRCLES: Final = "①②③④⑤⑥⑦⑧⑨⑩"
_THINGS: Final = (
    "老旧街巷 乡村驿站 农贸市场 口袋公园 文化礼堂 停车泊位 供水管网 灌溉水渠 健身步道 社区食堂 托育机构 公交站亭"
    " 电子证照 信用档案 惠企政策 零工驿站 消防通道 排水管道 乡镇卫生院 农村公路 乡土人才 古树名木 物流园区 粮食仓储"
    " 河道岸线 便民服务 招商项目 校园周边 水源保护 垃圾分类 旅游线路 法律援助 养老服务 防汛物资 林长巡护 耕地保护"
).split()  # fmt: skip
"""What an item is about, and no other one: its key."""
_TITLES: Final = (
    "推进{}改造", "加强{}管理", "完善{}机制", "提升{}水平", "{}整治行动", "实施{}工程", "“{}”行动", "2024年{}工程",
    "100个{}示范点建设", "《{}管理办法》修订", "5G+{}", "{}：补短板、强弱项", "开展{}“回头看”", "优化{}服务（试点）",
)  # fmt: skip
_BODIES: Final = (
    "全面摸清{}底数，建立台账，实行动态管理。", "对{}开展排查，发现问题立即整改。",
    "新建{}3处、改造12处，惠及群众1.5万人。", "落实《示例省{}条例》，规范{}工作流程。",
    "依托融媒体中心开展{}宣传，营造良好氛围。", "重点做好以下工作：{}普查、{}登记、{}公示。",
    "推动{}向乡镇延伸，打通“最后一公里”，力争覆盖率达到90%以上。", "组织专家对{}进行评估，形成报告报县政府审定。",
    "要坚持问题导向，把{}作为民生实事抓紧抓实。",
)  # fmt: skip
_MORE: Final = (
    "定期通报{}情况，接受社会监督。",
    "鼓励社会力量参与{}，拓宽资金渠道。",
    "{}纳入年度考核。",
)
_POINTS: Final = ("编制{}方案", "建立{}清单", "开展{}培训", "完成{}验收", "公开{}信息")
_GROUPS: Final = (
    "强化基础建设 提升服务效能 优化发展环境 保障改善民生 推进乡村振兴 健全工作机制".split()
)
_UNITS: Final = (
    "发改局 住建局 财政局 农业农村局 教育局 卫健委 公安局 水利局 交通运输局 文旅局 民政局 人社局 市场监管局 司法局"
    " 委组织部 委宣传部 政务服务中心 税务局 妇联 残联 总工会 自然资源局 生态环境局 应急局 城管局 审计局 商务局"
).split()  # fmt: skip
_OPEN: Final = ("各乡镇人民政府", "各乡镇（街道）", "{}直有关部门", "各有关单位")
_DAYS: Final = {
    "2024年6月底前": "fixed 2024-06-30",
    "2024年9月30日前": "fixed 2024-09-30",
    "10月底前": "fixed 2024-10-31",
}
_ALWAYS: Final = "长期坚持"
_ODD: Final = "承办单位 责任部门 落实单位 负责单位 实施单位 责任科室 分工单位".split()
_ODD_LINES: Final = (
    "主办单位 协办单位", "牵头部门 责任部门", "牵头责任单位 配合责任单位", "主责单位 协同单位",
)  # fmt: skip

_CHOICES: Final = {
    # above the items; the number before each
    "groups": ("", "", "一、", "一、", "一、", "一、（一）", "第一部分", "1."),
    "number": ("1.", "1.", "1、", "1．", "1. ", "（1）", "①", "（一）", "（一）", "一、", "第一条 ", "任务一：", "● ", ""),
    "counting": ("anew", "anew", "through", "from 5", "with a gap", "again"),
    "title": ("own line", "sentence", "sentence", "none", "none", "colon"),
    "body": ("one", "one", "one", "two sentences", "paragraphs", "points in lines", "points in a line", "一是", "signs"),
    "who": (
        "负责", "责任单位：", "牵头单位：", "牵头，配合", "牵头，分工", "units alone", "odd label", "lines", "lines lead",
        "odd lines", "sentence", "sentence and what", "unit：", "请", "label in text", "end of group", "heading",
        "以上由", "nobody",
    ),
    "stop": ("before", "after", "none", "own line", "title"),
    "bracket": ("（）", "（）", "（）", "()", "〔〕", "[]", "【】"),
    "when": ("none", "none", "with who", "with who", "sentence", "some", "bracket"),
    "day": ("fixed", "fixed", "fixed", "always"),
    "rule": ("none", "none", "preamble", "first", "end", "★"),
    "preamble": ("none", "short", "long", "aims", "numbered aims"),
    "tail": ("none", "none", "signed", "特此通知", "contact", "note", "保障措施", "保障 in a line", "抄送", "附件"),
    "named": ("all", "all", "all", "not the second"),
    "noise": ("none", "none", "blank lines", "indented", "pages"),
}  # fmt: skip
"""What is chosen of each notice, each as often as it stands here."""

_IN_BRACKET: Final = (
    "负责", "责任单位：", "牵头单位：", "牵头，配合", "牵头，分工", "units alone", "odd label",
)  # fmt: skip
_OF_GROUP: Final = ("end of group", "heading", "以上由")
_LISTED: Final = ("负责", "责任单位：", "units alone", "odd label", "lines")
"""How units are listed so that a rule says who of them leads."""
_WITH_LEAD: Final = (
    "牵头单位：",
    "牵头，配合",
    "牵头，分工",
    "lines lead",
    "odd lines",
    "sentence",
    "sentence and what",
)


@dataclass(frozen=True)
class Wanted:
    """An item as a person reads it; ``without_who``: its words without the sentence that says who acts.

    ``number`` is that before it, 0 where it has none.
    """

    key: str
    number: int
    words: str
    without_who: str
    lead: tuple[str, ...]
    others: tuple[str, ...]
    open: tuple[str, ...]
    deadline: str


@dataclass
class Notice:
    """Its lines, what a person reads in them, and what was chosen."""

    chosen: dict[str, str]
    lines: list[str] = field(default_factory=list)
    items: list[Wanted] = field(default_factory=list)

    @property
    def has_rule(self) -> bool:
        """Whether it says how leads are told."""
        return self.chosen["rule"] != "none"


@dataclass(frozen=True)
class Who:
    """Who acts: the first of the names leads where ``leads``."""

    names: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    leads: bool = False

    @property
    def all(self) -> str:
        return "、".join((*self.names, *self.open))

    @property
    def others(self) -> str:
        return "、".join((*self.names[1:], *self.open))


NOBODY: Final = Who()


def compose(random: Random, **fixed: str) -> Notice:
    """A notice of whatever is chosen, but for what is fixed."""
    chosen = {what: fixed.get(what) or random.choice(of) for what, of in _CHOICES.items()}
    return _Composer(random, chosen).compose()


class _Composer:
    """Makes a notice of what was ``chosen`` and what ``random`` chooses from item to item."""

    def __init__(self, random: Random, chosen: dict[str, str]) -> None:
        self.random = random
        self.chosen = chosen
        self.notice = Notice(chosen)
        self.lines = self.notice.lines
        self.things = random.sample(_THINGS, len(_THINGS))
        self.level = random.choice("县县市区")
        self.odd = random.choice(_ODD)
        self.odd_lines = random.choice(_ODD_LINES).split()
        self.number = 0
        self._agree()

    def _agree(self) -> None:
        """Choose anew what no notice has together."""
        chosen = self.chosen
        if chosen["groups"] == "1.":
            chosen["number"] = "（1）"
        elif chosen["groups"] and chosen["number"] in ("一、", "第一条 ", "任务一：", ""):
            chosen["number"] = "1."
        if chosen["groups"] == "一、（一）" and chosen["number"] == "（一）":
            chosen["number"] = "1."
        if chosen["counting"] == "from 5" and chosen["groups"]:
            chosen["counting"] = "with a gap"
        if chosen["counting"] == "through" and chosen["number"] == "①":
            chosen["number"] = "1."
        self._agree_on_words()

    def _agree_on_words(self) -> None:
        chosen = self.chosen
        if chosen["number"] in ("（1）", "①", "● ") and chosen["body"] in (
            "points in lines",
            "signs",
        ):
            chosen["body"] = "paragraphs"
        if chosen["number"] in ("（1）", "①") and chosen["body"] == "points in a line":
            chosen["body"] = "一是"
        if chosen["who"] in _OF_GROUP and not chosen["groups"]:
            chosen["who"] = "责任单位："
        if chosen["rule"] == "first" and chosen["who"] == "lines":
            chosen["rule"] = "end"
        if chosen["who"] not in _LISTED:
            chosen["rule"] = "none"
        if chosen["when"] in ("with who", "some") and not (
            chosen["who"] in _IN_BRACKET or "lines" in chosen["who"]
        ):
            chosen["when"] = "bracket"
        if chosen["when"] == "sentence":
            chosen["day"] = "fixed"
        if chosen["stop"] == "title" and (
            chosen["title"] != "own line" or chosen["when"] == "bracket"
        ):
            chosen["stop"] = "before"
        if chosen["when"] == "bracket" and chosen["stop"] == "own line":
            chosen["stop"] = "after"
        if chosen["who"] == "end of group" and (
            chosen["groups"] == "一、（一）" or chosen["body"] == "points in lines"
        ):
            chosen["who"] = "以上由"

    def compose(self) -> Notice:
        self._head()
        if self.chosen["groups"]:
            for group in range(self.random.randint(2, 3)):
                self._group(group)
        else:
            self._items(self.random.randint(3, 7), NOBODY)
        self._tail()
        self._disturb()
        return self.notice

    def _head(self) -> None:
        level, form = self.level, self.chosen["preamble"]
        self.lines.append(f"示例{level}2024年重点工作任务清单")
        if form == "short":
            self.lines.append("为做好2024年重点工作，现将任务分解如下。")
        elif form == "long":
            self.lines.append(
                f"为贯彻落实《示例省优化营商环境条例》《示例{level}“十四五”规划纲要》（示政发〔2021〕4号）精神，"
                f"按照{level}委、{level}政府部署，结合实际，制定本清单。"
            )
        elif form != "none" and self.chosen["groups"].startswith("一、"):
            first, second = ("（一）", "（二）") if form == "numbered aims" else ("", "")
            self.lines.append("一、总体要求")
            self.lines.append(
                f"{first}指导思想。以新发展理念为引领，坚持稳中求进，全面提升治理效能。"
            )
            self.lines.append(
                f"{second}工作目标。到2024年底，各项指标稳步提升，群众满意度明显提高。"
            )
        elif form != "none":
            self.lines.append("总体要求：坚持稳中求进，全面提升治理效能。")
        if self.chosen["rule"] == "preamble":
            self.lines.append("各项任务列第一位的为牵头单位。")
        elif self.chosen["rule"] == "★":
            self.lines.append("标★的为牵头单位。")

    @property
    def chapters(self) -> int:
        """How many chapters there are above."""
        begins = tuple(f"{numeral}、" for numeral in _NUMERALS)
        return sum(line.startswith((*begins, "第")) for line in self.lines)

    def _group(self, group: int) -> None:
        numeral = _NUMERALS[self.chapters]
        before = {"第一部分": f"第{numeral}部分 ", "1.": f"{group + 1}."}
        heading = before.get(self.chosen["groups"], f"{numeral}、") + self.random.choice(_GROUPS)
        who = self._units() if self.chosen["who"] in _OF_GROUP else NOBODY
        if self.chosen["who"] == "heading":
            label = self.random.choice(("责任单位", "牵头单位"))
            heading += f"（{label}：{who.all}）"
            who = Who(who.names, who.open, leads=label == "牵头单位")
        self.lines.append(heading)
        below = 2 if self.chosen["groups"] == "一、（一）" else 1
        for sub in range(below):
            if below > 1:
                self.lines.append(f"（{_NUMERALS[sub]}）{self.random.choice(_GROUPS)}")
            self._items(self.random.randint(2, 3), who)
        if self.chosen["who"] == "以上由":
            self.lines.append(f"以上任务由{who.all}负责。")
        elif self.chosen["who"] == "end of group":
            self.lines.append(f"（责任单位：{who.all}）")

    def _items(self, several: int, who: Who) -> None:
        """Add items, numbered in the way that was chosen; some number twice, ``again``."""
        counting = self.chosen["counting"]
        self.number = {"through": self.number, "from 5": 4}.get(counting, 0)
        for at in range(several):
            self.number += 1 + (at == several - 1 and counting == "with a gap")
            self.number -= at == several - 1 and counting == "again"
            self._item(who)

    def _units(self) -> Who:
        names = [
            f"{self.level}{name}" for name in self.random.sample(_UNITS, self.random.randint(1, 4))
        ]
        many = len(names) > 1 or self.chosen["who"] not in _WITH_LEAD
        named = (
            self.chosen["who"] not in ("请", "unit：") and many and self.random.randrange(4) == 0
        )
        others = self.random.choice(_OPEN[:2] if self.chosen["who"] == "以上由" else _OPEN)
        if self.chosen["who"] == "请":
            names = names[:1]
        leads = self.chosen["who"] in _WITH_LEAD or self.chosen["rule"] != "none"
        return Who(tuple(names), (others.format(self.level),) if named else (), leads)

    def _label(self) -> str:
        number, numeral = self.number, _NUMERALS[self.number - 1]
        form = self.chosen["number"]
        counted = form.replace("1", f"{number}").replace("一", numeral)
        return counted.replace("①", _CIRCLES[number - 1]) if number <= len(_CIRCLES) else counted

    def _item(self, of_group: Who) -> None:
        thing = self.things.pop()
        alone = self.chosen["who"] in (*_OF_GROUP, "nobody")
        second = len(self.notice.items) == 1 and self.chosen["named"] == "not the second"
        own = NOBODY if alone or second else self._units()
        when, day = self._when(own)
        title = self.random.choice(_TITLES).format(thing)
        body, below = self._body(thing, day if when == "sentence" else "")
        if own.names and self.chosen["who"] == "请":
            body = f"请{own.all}抓紧{body}"
        words = "".join((title if self.chosen["title"] != "none" else "", body, *below))
        sentence = self._sentence(own, thing)
        block = self._together(own, title, body)
        block += below
        block[-1] += sentence
        self._close(block, self._bracket(own, day if when == "with who" else ""))
        if when == "bracket":
            self._close(block, f"（{day}完成）" if day != _ALWAYS else f"（{day}）")
        self.lines += [*block, *self._fields(own, day if when == "with who" else "")]
        who = own if own.names else of_group
        lead = who.names[:1] if who.leads else ()
        if self.chosen["who"] == "heading" and who.leads:
            lead = who.names
        self.notice.items.append(
            Wanted(
                thing,
                0 if self.chosen["number"] in ("● ", "") else self.number,
                words + sentence,
                words,
                lead,
                who.names[len(lead) :],
                who.open if who.names else (),
                _DAYS.get(day, "ongoing" if day else ""),
            )
        )

    def _when(self, own: Who) -> tuple[str, str]:
        """Where this item says by when, and the words."""
        when = self.chosen["when"]
        if when == "some":
            when = self.random.choice(("none", "with who"))
        if when == "with who" and not own.names:
            when = "bracket" if self.chosen["day"] == "always" else "sentence"
        if when == "none":
            return when, ""
        always = self.chosen["day"] == "always"
        return when, _ALWAYS if always else self.random.choice([*_DAYS])

    def _body(self, thing: str, day: str) -> tuple[str, list[str]]:
        """The sentences of an item, and its further lines."""
        body = self.random.choice(_BODIES).format(*[thing] * 3)
        if day:
            body = f"{day}，{body}" if self.random.randrange(2) else f"{body[:-1]}，{day}完成。"
        more = self.random.choice(_MORE).format(thing)
        points = [
            each.format(thing) for each in self.random.sample(_POINTS, self.random.randint(2, 3))
        ]
        ends = [*"；" * (len(points) - 1), "。"]
        counted = [
            f"（{n}）{point}{end}"
            for n, (point, end) in enumerate(zip(points, ends, strict=True), 1)
        ]
        match self.chosen["body"]:
            case "two sentences":
                return body + more, []
            case "paragraphs":
                return body, [more]
            case "points in lines":
                return body, counted
            case "points in a line":
                return body + "".join(counted), []
            case "一是":
                said = "；".join(f"{_NUMERALS[n]}是{point}" for n, point in enumerate(points))
                return f"{body}{said}。", []
            case "signs":
                return body, [f"● {point}；" for point in points]
        return body, []

    def _together(self, own: Who, title: str, body: str) -> list[str]:
        front = f"{own.all}：" if own.names and self.chosen["who"] == "unit：" else ""
        label = self._label() + front
        match self.chosen["title"]:
            case "own line":
                return [label + title, body]
            case "sentence":
                return [f"{label}{title}。{body}"]
            case "colon":
                return [f"{label}{title}：{body}"]
        return [label + body]

    def _sentence(self, own: Who, thing: str) -> str:
        """The sentence that says who acts."""
        if not own.names:
            return ""
        leads = f"由{own.names[0]}牵头" + (f"，{own.others}配合" if own.others else "")
        match self.chosen["who"]:
            case "sentence":
                return f"{leads}。"
            case "sentence and what":
                return f"{leads}，{self.random.choice(('抓好', '推动'))}{thing}各项工作。"
            case "label in text":
                return f"责任单位：{own.all}。"
        return ""

    def _bracket(self, own: Who, day: str) -> str:
        """The bracket that says who acts, and perhaps by when."""
        if not own.names or self.chosen["who"] not in _IN_BRACKET:
            return ""
        mark = "★" if self.chosen["rule"] == "★" else ""
        inside = {
            "负责": f"{mark}{own.all}{'按职责分工' if len(own.names) > 1 else ''}负责",
            "责任单位：": f"责任单位：{mark}{own.all}",
            "odd label": f"{self.odd}：{mark}{own.all}",
            "units alone": f"{mark}{own.all}",
            "牵头单位：": f"牵头单位：{own.names[0]}"
            + (f"；配合单位：{own.others}" if own.others else ""),
            "牵头，配合": f"{own.names[0]}牵头" + (f"，{own.others}配合" if own.others else ""),
            "牵头，分工": f"{own.names[0]}牵头"
            + (f"，{own.others}按职责分工负责" if own.others else ""),
        }[self.chosen["who"]]
        if self.chosen["rule"] == "first" and not self.notice.items:
            inside += "，列第一位的为牵头单位，下同"
        if day:
            labelled = self.chosen["who"] in ("责任单位：", "odd label", "牵头单位：")
            inside += f"；完成时限：{day}" if labelled else f"，{day}" + "完成" * (day != _ALWAYS)
        brackets = self.chosen["bracket"]
        return f"{brackets[0]}{inside}{brackets[1]}"

    def _close(self, block: list[str], bracket: str) -> None:
        """Put a bracket at the end of a block."""
        last = block[-1]
        match self.chosen["stop"] if bracket else "":
            case "own line":
                block.append(bracket)
            case "title":
                block[0] = block[0].rstrip("。；") + bracket
            case "after":
                block[-1] = last + bracket
            case "before":
                block[-1] = f"{last.rstrip('。；')}{bracket}。"
            case "none":
                block[-1] = last.rstrip("。；") + bracket

    def _fields(self, own: Who, day: str) -> list[str]:
        """The lines below that say who and when."""
        if not own.names or "lines" not in self.chosen["who"]:
            return []
        mark = "★" if self.chosen["rule"] == "★" else ""
        labels = {"lines lead": ["牵头单位", "配合单位"], "odd lines": self.odd_lines}
        if self.chosen["who"] == "lines":
            lines = [f"责任单位：{mark}{own.all}"]
        else:
            first, second = labels[self.chosen["who"]]
            lines = [f"{first}：{own.names[0]}"] + (
                [f"{second}：{own.others}"] if own.others else []
            )
        return [*lines, f"完成时限：{day}"] if day else lines

    def _tail(self) -> None:
        if self.chosen["rule"] == "end":
            self.lines.append("注：列第一位的为牵头单位。")
        numeral = _NUMERALS[self.chapters]
        chapter = f"第{numeral}部分 " if self.chosen["groups"] == "第一部分" else f"{numeral}、"
        signed = [f"示例{self.level}人民政府办公室", "2024年3月1日"]
        self.lines += {
            "signed": signed,
            "特此通知": ["特此通知。", *signed],
            "contact": ["联系人：张三；联系电话：0000-1234567"],
            "note": ["注：本清单由示例办公室负责解释。"],
            "保障措施": [
                f"{chapter}保障措施",
                "（一）加强组织领导。各乡镇、各部门要高度重视，明确专人负责。",
                "（二）强化督导考核。对工作推进不力的予以通报。",
            ],
            "保障 in a line": [
                f"{chapter}保障措施",
                "各乡镇、各部门要高度重视，细化任务，压实责任，确保完成全年目标。",
            ],
            "抄送": [*signed, f"抄送：{self.level}委办公室，{self.level}人大常委会办公室。"],
            "附件": ["附件：1.任务分解表", "2.联络员名单"],
        }.get(self.chosen["tail"], [])

    def _disturb(self) -> None:
        """Put between the lines, or before them, what is only layout."""
        match self.chosen["noise"]:
            case "blank lines":
                self.lines[:] = [each for line in self.lines for each in (line, "")]
            case "indented":
                self.lines[1:] = [f"　　{line}" for line in self.lines[1:]]
            case "pages":
                for page, at in enumerate(range(8, len(self.lines), 9), 1):
                    self.lines.insert(at, f"— {page} —")
