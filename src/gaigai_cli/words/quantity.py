"""Numbers in a sentence that somebody has to reach: what each of them counts, and its target.

==========================================  ==========================================
words                                       target
==========================================  ==========================================
培训不少于3次, 办结率达到95%以上               at least so much (also a bare number: 新建车位500个)
审批时限不超过20个工作日, 压缩至20个工作日       at most so much (also a length of time until 办结)
审批环节压减50%, 投资增长10%                   at least so much of a change; a note says against what
进入全省前十名                                at most that place
打造示范点3—5个                              the end of the range that has to be reached; a note says so
每季度2次, 8%左右, 培训3天                     undecided: it may be read in two ways
==========================================  ==========================================

Days, numbers of documents and numbers in names (“四个一”, 12345热线) are no targets. What is read is a proposal that
the office confirms; `measured` is all that others call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gaigai_cli.words.days import EVERY, WINDOW, cycle_of
from gaigai_cli.words.normal import CHINESE, MARKS, any_of, narrow, normal, numeral_value
from gaigai_cli.words.pattern import regex

_DURATIONS: Final = frozenset("个工作日 工作日 个小时 小时 分钟 个月 周 天 日".split())
_SHARES: Final = frozenset(("%", "‰"))
_POINTS: Final = frozenset(("个百分点", "百分点"))

_NUM: Final = r"[0-9]+(?:,[0-9]{3})*(?:[.][0-9]+)?"
_CN: Final = "(?<![一二两三四五六七八九十])[一二两三四五六七八九十]{1,4}"
_UNITS: Final = any_of(
    """
    个百分点 百分点 个工作日 工作日 个小时 小时 分钟 个月 万平方米 平方米 平方公里 公里 万亿元 亿元 万元 万亩
    万人次 人次 场次 轮次 班次 件次 家次 户次 学时 课时 万人 万名 万户 万家 万个 万件 万吨 万辆 亿斤 万千瓦 千瓦
    兆瓦 立方米 个 件 项 次 篇 场 期 家 户 名 人 宗 例 批 份 条 座 处 套 亩 吨 天 日 元 位 倍 类 种 台 间 所 支 只
    张 幅 株 辆 轮 部 门 本 块 米 斤 周 微克 ㎡ 万㎡ 分(?![钟别类为批期步级区时享之])
    """
)
_PER: Final = "(?:[/／每](?:立方米|平方米|公里|万人|千人|人|户|亩|吨|升|天|日|月|年)(?!均))?"
_RANGE: Final = "[-—－–~～至到]++"
_AFTER: Final = "（含）以上|（含）以下|及以上|以上|及以下|以下|以内|之内|内|左右"
_QUANTITY: Final = regex(
    rf"(?P<n>{_NUM})(?:\s*+(?P<early>[%‰]))?(?:\s*+{_RANGE}\s*+(?P<m>{_NUM}))?"
    rf"\s*+(?P<unit>[%‰]|(?:{_UNITS}){_PER})?\s*+(?P<after>{_AFTER})?"
)
# Numerals are figures only where a word beside them says so: 两阶段 and 一次性 are none.
_NUMERAL: Final = regex(
    rf"(?P<bound>不少于|不低于|不得少于|不得低于|至少|最少|不超过|不得超过|不多于|最多|达到|组织|开展|举办|召开|报送|举行)"
    rf"(?P<between>\w{{0,8}}?)(?P<n>{_CN})(?P<unit>{_UNITS})(?!性|件事|步)|"
    rf"(?P<n2>{_CN})(?P<unit2>个工作日|个小时|小时|个月|天|次|篇|个|家|项|场|期|件)"
    r"(?=（含）以上|及以上|以上|以内|之内|内)(?!内容|内部)"
)
_LAST_YEAR: Final = ("上", "去")
"""Words before a day that make it one of a year that is over: 去年底."""
_NO_TARGETS: Final = regex(
    "|".join(
        (
            r"[〔\[［【（(]\s*+(?:19|20)\d\d\s*+[〕\]］】）)](?:\s*+第?\s*+\d+\s*+号)?",
            r"(?:19|20)\d\d\s*+年度?",
            r"每个?(?:月|季度|季|年)\d+[日号]|\d{1,2}日(?=前|之前|以前|起|至|上午|下午)",
            r"(?:印发|下发|发布|通知|文件)(?:之日起|之后|后)\s*+\d+\s*+(?:个工作日|个月|天|日)(?:之内|以内|内)?",
            r"(?:电话|手机|传真|邮编)[:：]?\s*+[\d-]{5,}|\d{3,4}-\d{7,8}|(?<!\d)1\d{10}(?!\d)",
            r"[（(][^（）()0-9]*[）)](?=\s*+[0-9])",
            r"(?:^|(?<=[。；;\n]))\s{0,3}[（(]?\d+[.．、）)](?!\d)",
        )
    )
)
"""Numbers of documents and points, telephones, lengths of time from a day on: no part of a name either."""
_LETTERS: Final = "[A-Za-z]"
_BIG: Final = r"\w{0,8}(?:项目|企业|工程|贷款|建筑|房屋|场所)"
_RUN: Final = r"(?<!\d)\d+"
"""All of a number: tried from each of its digits on, a long one would take its length squared."""
_NAMES: Final = regex(
    "|".join(
        (
            '《[^》]{0,60}》|[“"‘][^”"’]{0,60}[”"’]',  # 四个一, 1+N, 一件事: a name, whatever stands in it
            r"第\s*+[0-9]+(?:\s*+[-—至到]\s*+\d+)?",
            r"(?<!\d)1[12]\d{3}(?=[^\d%]{0,6}(?:热线|平台|工单|便民))",
            rf"±?{_RUN}\.\d{{3}}(?!\d)|{_RUN}(?:-\d+)?[号#]",
            rf"{_RUN}\s*+[×xX＊*]\s*+\d+\s*+(?:小时|天)?|24\s*+小时(?=不打烊|自助|服务|开放|在线|值班|办|受理|运行)",
            rf"{_RUN}{_LETTERS}{{1,20}}|{_LETTERS}{{1,20}}[-—]?\d+(?:\.\d+)?|{_RUN}\+{_LETTERS}*\d*",
            rf"{_RUN}分钟(?=\w{{0,6}}圈)|{_RUN}[人名]以上的|后\d+[名位]",
            r"连续\d+(?:次|个?月|年|天)|(?:在|对|由)\d+(?:个(?!工作日|月|小时)|家|名)(?=\w)(?![压缩减降提增延扩])",
            rf"{_RUN}百?强|{_RUN}周年|{_RUN}\s*+岁(?:以上|以下)?",
            rf"{_RUN}个以上(?=部门|单位|环节|事项|市场主体)",
            r"(?:最多|只)(?:跑|来)\s*+[0-9一零]\s*+次|[1一]次(?:性|办|申请|告知|不用|都不)",
            rf"(?:分为|划分为|分成|分)\d+[个批步]|{_RUN}个(?:阶段|方面|层面|层级|维度|类别|部分|步骤)",
            rf"(?<!\d){_NUM}(?:亿元|万元|元|万平方米|平方米|亩)(?:（含）)?(?:及?以上|以下)的?(?={_BIG})",
        )
    )
)
"""Numbers that are part of a name, or say how large the things are that are counted."""
_NUMERALS: Final = "0123456789一二两三四五六七八九十"
_NO_CHARACTERS: Final = "".join(map(chr, range(0xFDD0, 0xFDD0 + len(_NUMERALS))))
"""What Unicode lets a program use within itself: no text has them, as it may have characters of private use."""
_HIDDEN = str.maketrans(_NUMERALS, _NO_CHARACTERS)
_SHOWN = str.maketrans(_NO_CHARACTERS, _NUMERALS)
_RANK: Final = regex(
    rf"(?:全[国省市县区])?前(?P<n>[0-9]+|{_CN})(?:名|位|(?=[，。；、]|$))(?!季|个|期|批)"
)
_PLACE: Final = "名次"
"""Stands as ``after`` where a number is a place among others: 前三名."""
_BASE: Final = regex(
    rf"(?:由|从)(?:原来的|原先的|原有的|原|目前的|现行的|法定的?)?\s*+(?P<base>{_NUM}\s*+(?:%|{_UNITS})?)"
    r"(?=[^，。；]{0,6}(?:压|缩|减|降|提|增|延|扩))"
)


class Quantity(NamedTuple):
    """A number with its unit at ``start`` to ``end`` of the text; ``high`` where a range is written, ``after`` 以上…"""

    start: int
    end: int
    low: str
    high: str
    unit: str
    after: str


def _quantities(text: str) -> tuple[str, list[Quantity]]:
    """Return the text without whatever is no target, and the numbers that are left in it.

    Each character keeps its place: those of days are NUL, numerals in names are hidden until `_shown`.
    """
    plain = _NAMES.sub(lambda name: name[0].translate(_HIDDEN), _without_days(narrow(text)))
    plain = _BASE.sub(_blank, _NO_TARGETS.sub(_blank, plain))
    ranks = list(_ranks(plain))
    plain = _RANK.sub(_blank, plain)
    return plain, sorted([*ranks, *_figures(plain), *_numerals(plain)])


def _shown(words: str) -> str:
    """Return words of the text that `_quantities` gave, the numerals of names in them as they were."""
    return words.translate(_SHOWN)


def _base_between(text: str, start: int, end: int) -> str:
    """Return what 由10个工作日压缩至… starts from, in the words from ``start`` to ``end``; empty where nothing does."""
    found = [match["base"] for match in _BASE.finditer(narrow(text[start:end]))]
    return "".join(found[-1].split()) if found else ""


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def _without_days(text: str) -> str:
    """Return the text with NUL for each character of a day, month or year."""
    whole, characters = normal(text), list(text)
    for match in WINDOW.finditer(whole.text):
        last = whole.text.endswith(_LAST_YEAR, 0, match.start())
        if last and not match[0][0].isdecimal():
            continue
        start, end = whole.starts[match.start()], whole.ends[match.end() - 1]
        characters[start:end] = "\0" * (end - start)
    return "".join(characters)


def _ranks(plain: str) -> Iterator[Quantity]:
    for match in _RANK.finditer(plain):
        if place := numeral_value(match["n"]):
            yield Quantity(match.start(), match.end(), str(place), "", "位", _PLACE)


def _figures(plain: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(plain):
        unit = match["unit"] or (match["early"] if match["m"] is None else None)
        if unit:
            low, high = _without_commas(match["n"]), _without_commas(match["m"] or "")
            yield Quantity(match.start(), match.end(), low, high, unit, match["after"] or "")


def _numerals(plain: str) -> Iterator[Quantity]:
    for match in _NUMERAL.finditer(plain):
        which = "n" if match["n"] else "n2"
        number = 2 if match[which] == "两" else numeral_value(match[which])
        if not number:
            continue
        after = re.match(_AFTER, plain[match.end() :])
        behind = after[0] if after else ""
        unit, end = match["unit"] or match["unit2"], match.end() + len(behind)
        yield Quantity(match.start(which), end, str(number), "", unit, behind)


def _without_commas(number: str) -> str:
    """Return a number without commas and without zeros in front."""
    plain = number.replace(",", "")
    whole, dot, rest = plain.partition(".")
    return (whole.lstrip("0") or "0") + dot + rest if plain else ""


_AND: Final = "并(?!联|购|网|轨|行)"
_REACHES: Final = "达(?!标|产|州)"
_EMPTY_VERBS: Final = any_of(
    f"""
    确保 力争 争取 完成(?!率|度|比) 组织开展 组织 开展 举办 召开 举行 实施 实现 推动 推进 做好 抓好 做到 保持 落实
    进行 安排 保障 保证 加强 强化 深化 加大 加快 优化 提升 提高 增加 扩大 压缩 压减 缩短 缩减 减少 降低 下降 精简 削减
    持续 继续 积极 全面 进一步 不断 努力 切实 严格 大力 稳步 统筹 深入 着力 认真 扎实 有序 分批 分期 定期 原则上 累计
    共计 总共 合计 力求 预计 计划 同时 其中 以及 达到 对于 针对 按照 通过 依托 围绕 对标 应当 使得 总体 整体
    要(?!素|件|求|点|闻) 应(?!急|用|届|收|对|诉) 需(?!求) 须 将 把 使 的 {_REACHES} 有(?!效|机|限|偿|关|轨|线|色)
    {_AND} 且
    """
)
_WHEN: Final = (
    "[一二三四五六七八九]是|全年度?|年内|年度内?|今年|本年度?|当年|"
    f"{EVERY.pattern}|到(?!期|岗|位|账|户|达)|至|期间|之前"
)
_WHERE: Final = (
    "全[县市区省国镇乡](?!性)(?:范围内?)?的?|[县市]域内?|辖区内?|[县市区](?:本级|级(?=部门|单位))|"
    "在[^，]{1,24}?(?:等[^，]{0,6}?)?(?:媒体|平台|网站|刊物|报刊|报纸|渠道|领域|范围内|方面|园区)上?"
)
_WHO: Final = (
    "(?:各|每个)[^，]{0,8}?(?:单位|部门|乡镇|街道|镇|局)(?:（街道）)?(?:每年)?|"
    "[^，“”]{0,24}?(?:单位|部门|乡镇|街道|改办|政府|管委会|委员会|局|办公室)"
    "(?=要|应|需|须|确保|全年|年内|每|至少|力争|组织|开展|完成|分别|均|不少于|不得|\0|获|在|报送|撰写|负责|牵头)(?:(?:负责|牵头)(?!人))*"
)
_SINCE: Final = "(?:收到|接到|受理|自|从)[^，]{0,12}?(?:之日起|后|起)"
_FROM_DAY: Final = regex("自[^，]{1,10}?(?:之日起|起)")
_YEARS: Final = rf"(?:[0-9]{{1,2}}|{CHINESE})(?=\0)"  # 5 of 5年内, whose days are taken out
_FRONT: Final = regex(
    f"^(?:{_YEARS}|[\\s\0、和及与]+|{_SINCE}|{_WHO}|{_WHERE}|{_WHEN}|{_EMPTY_VERBS})"
)
_EMPTY_ENDS: Final = any_of(
    """
    不 达到 达 到 至 为 均 都 在 要 应 必须 须 需 每个 每人 各 再 合计 累计 总计 共计 共 平均 总数 总量 数量 的 了 约
    近 力争 确保 完成 全部 分别 同期 原则上 实现 保持 稳定 有 仅 由 从 且 按 每年 全年 年内
    """
)
_BACK: Final = regex(f"(?:[\\s\0、]+|{_EMPTY_ENDS})$")
_OF: Final = regex("^[^的]*?(?:获得|取得|受到|得到|获)[^的]*?(?P<of>[^的、及和]{0,8}的.+)$")
_LEVELS: Final = regex("^(?:国家|中央|省|市|县|级|部委)+")
_DONE_WORDS: Final = any_of(
    """
    落地见效 落地 开工建设 建设 开工 竣工 完工 投产 投用 投入使用 上线运行 上线 运行 实施 完成 达标 以上 左右 入库
    到位 的 等
    """
)
_DONE: Final = regex(f"(?:{_DONE_WORDS})+$")
_JOINED: Final = regex(f"{_AND}|\0|(?:和|及|以及|与)(?=[0-9])")
_LISTED: Final = regex(r"\S(?:、|和|及|以及|与)\s*$")
_GENERIC: Final = frozenset("项目 试点 案例 企业 场景 事项 活动 任务".split())
_QUOTED: Final = regex("“([^”]{2,16})”")
_AND_SO_ON: Final = regex("等$")
_SHORT: Final = 4
_LONG_NOUN: Final = 15
_LONG_NAME: Final = 30
_GROWTH: Final = {"增长": "增长率", "递增": "增长率", "增加": "增长率"}
_CONTENT_VERBS: Final = tuple(
    (
        "新增 新建 改建 扩建 建成 建设 培育 引进 改造 打造 创建 打通 选树 评选 推出 公布 出台 制定 修订 培训 招引 "
        "盘活 新改建 出让 修建 发放 收购 签约 启动 上线 建立 设立 认定 申报 争取 解决 化解 清理 办结 查处 征集 "
        "发布 报送 推广 清零 取消 下放 整治 拆除 种植 治理 开发 录用 招聘 安置 帮扶 走访 检查 抽查 布设 开通 开设 "
        "通报 曝光 撰写 刊发 推送"
    ).split()
)
_RATES: Final = ("率", "比例", "占比", "比重", "份额", "覆盖面", "水平", "完成度", "指数", "度")
_TIMES: Final = ("时限", "时间", "用时", "期限", "周期", "时长", "工期", "天数", "耗时")
_ENDS: Final = regex(
    r"^(?:即可|可|须|应|要|必须|全部|一律)?(?P<verb>办结|办理完毕|办理|审结|完成|答复|反馈|回复|审核|出具|受理|整改|核发|发放|送达|公示|公布|"
    r"响应|告知|通知|处置|处理|上报|报送|拨付|兑现|到位|到账|开通|接入|通电|通水|通气|领取|拿证|登记|备案|验收|联系|回访|签收|转办)"
    r"(?P<thing>[^，。；、]{0,10})"
)
_SAME: Final = regex(r"(?:平均)?(?:审批|办理|办结|审查|审核|验收|受理)?(?:时限|用时|时间|期限)$")


_ENTERS: Final = regex(
    "(?:继续|稳定|持续|力争|确保)*(?:保持在|进入|跻身|位居|位列|排名|排在|列|居|进|排)$"
)


_BARE: Final = frozenset(
    "占比 比例 时间 时限 成本 金额 次数 人数 数量 面积 合格率 准确率 及时率 满意率 满意度 完成率 整改率".split()
)
"""Names that need the name of the clause before: 推行评定分离，占比不少于50%."""


def _name_before(words: str) -> str:
    """Return the words before a number without their front and back that say nothing of what is counted."""
    name = _FROM_DAY.sub("", _unquoted(words)).lstrip(MARKS)
    shorter = ""
    while shorter != name:
        shorter, name = name, _BACK.sub("", _FRONT.sub("", name, count=1), count=1)
    if found := _OF.match(name):
        name = _LEVELS.sub("", found["of"])
    return _AND_SO_ON.sub("", _shown(name.replace("\0", "")))


def _noun_after(words: str) -> str:
    """Return the thing that stands behind a number and its measure word."""
    noun = _JOINED.split(_unquoted(words))[0].removeprefix("的")
    shorter = ""
    while shorter != noun:
        shorter, noun = noun, _DONE.sub("", noun)
    return _shown(noun) if len(noun) <= _LONG_NOUN else ""


def _unquoted(words: str) -> str:
    return "".join(char for char in words if char not in '“”"‘’ \u3000')


def _counted(before: str, after: str, sentence: str) -> str:
    """Return the name of what is counted: the noun before the number, or a verb or place with the noun after it.

    Behind a member of a list (建成甲中心、18个分中心和752只喇叭) the noun after it alone; behind some of those that are
    counted (改造县医院、政务大厅等10处场所) it, too, with the verb before them.

    A bare 项目 is told from others by the name that was quoted last in the ``sentence`` up to there.
    """
    name, noun = _name_before(before), _noun_after(after)
    if noun and _LISTED.search(before):
        return noun
    if noun and _AND_SO_ON.search(before):
        return (
            f"{max((v for v in _CONTENT_VERBS if name.startswith(v)), default='', key=len)}{noun}"
        )
    if not name and noun in _GENERIC:
        return f"{''.join(_QUOTED.findall(sentence)[-1:])}{noun}"
    if noun and (not name or name.endswith(_CONTENT_VERBS) or len(name) <= _SHORT):
        return f"{name}{noun}"[-_LONG_NAME:]
    return name[-_LONG_NAME:]


def _share(before: str, after: str, change: str) -> str:
    """Return the name of a percentage: a rate, or what it is a share of; with ``change``, how much something moves."""
    name = _name_before(before)
    noun = _name_before(_noun_after(after.removeprefix("的比例")))
    if change:
        ending = _GROWTH.get(change, f"{change}比例")
        return name if name.endswith(ending) else f"{name}{ending}"
    if name.endswith(_RATES):
        return name
    return f"{name}{noun}比例" if name or noun else "完成比例" if "完成" in before else ""


def _duration(before: str, after: str, previous: str, *, limit: bool) -> str:
    """Return the name of a time: one that says so, or what has to be done within it.

    ``previous`` is the name before it in the same list, whose last word it shares; ``limit``: it is
    one that must not be passed.
    """
    name = _name_before(before)
    if name.endswith(_TIMES):
        return name
    if done := _ENDS.match(after.replace("\0", "")):
        thing = _JOINED.split(done["thing"])[0]
        thing = thing if len(thing) > 1 else ""
        return f"{name}{done['verb']}{thing}时限"
    same = _SAME.search(previous)
    return f"{name}{same[0] if same else '时限' if limit else '时长'}" if name else ""


_DOWN: Final = "压缩 压减 缩短 缩减 减少 降低 下降 精简 削减".split()
_UP: Final = "提高 提升 增长 增加 递增".split()
_CHANGES: Final = (*_DOWN, *_UP)
_SUNK: Final = tuple(f"{verb}{to}" for verb in _DOWN for to in "至到为")
_RISEN: Final = tuple(f"{verb}{to}" for verb in _UP for to in "到至")
_BECOMES: Final = frozenset((*_SUNK, *_RISEN))
_LOW: Final = (
    *"不少于 不低于 不得少于 不得低于 不小于 至少 最少 最低 力争达到 达到 突破 超过 高于 多于 大于".split(),
    *"增至 扩大到 扩大至 保持在 稳定在".split(),
    *_RISEN,
)
_HIGH: Final = (
    *"不超过 不得超过 不高于 不多于 不得高于 不得多于 不大于 最多 最长 至多 低于 少于 小于 限于".split(),
    *"控制在 控制到 减至 减为 降至 降到 降为 压至 缩至".split(),
    *_SUNK,
)
_AHEAD: Final = "提前"
_KEYS: Final = regex(
    any_of(" ".join((*_LOW, *_HIGH, *_CHANGES))) + f"|{_REACHES}|{_AHEAD}(?=$|至少|不少于)"
)
_AT_MOST_AFTER: Final = ("以下", "及以下", "（含）以下", "以内", "之内", "内")
_AT_LEAST_AFTER: Final = ("以上", "及以上", "（含）以上")
_NEAR: Final = 300
"""So many characters before and behind a number may say something of it."""
_STOPS: Final = "，。；：,;:！？（）()\n"
_COMPARED: Final = regex(
    r"(?:较|比|与)(?:上年度?|去年|上一?年|\0+|法定|现行|原有|国家规定|标准)[^，。；、]{0,8}?(?=压|缩|减|降|提|增|上升|相比)|"
    r"同比|在(?:法定|现有|原有|现行|原|上年)[^，。；]{0,10}基础上"
)


class Direction(NamedTuple):
    """A number with the words around it in its clause: ``head`` from the number or stop before it, ``tail`` behind it.

    ``key`` is the word that says which way it counts, the last such one of the head; ``change`` is the word where the
    number says by how much something moves.
    """

    quantity: Quantity
    clause: str
    head: str
    tail: str
    key: str
    change: str

    @property
    def before(self) -> str:
        """The head without the words of direction and comparison."""
        head = _COMPARED.sub("", self.head)
        if self.change:
            at = head.rfind(self.change)
            head = head[:at] + head[at + len(self.change) :]
        return _KEYS.sub(_kept_key, head)


def _said_of(plain: str, quantity: Quantity, floor: int) -> Direction:
    """Return a number with its words; ``floor`` is where the number before it ends."""
    near, far = max(quantity.start - _NEAR, 0), min(quantity.end + _NEAR, len(plain))
    first = max(near, *(plain.rfind(stop, near, quantity.start) + 1 for stop in _STOPS))
    ends = [at for stop in (*_STOPS, "、") if (at := plain.find(stop, quantity.end, far)) >= 0]
    start = max(first, floor, plain.find("、", floor, quantity.start) if floor > first else 0)
    head = plain[start : quantity.start]
    keys = list(_KEYS.finditer(head))
    key = _key(head, keys)
    return Direction(
        quantity,
        plain[first : quantity.end],
        head,
        plain[quantity.end : min(ends, default=far)],
        key,
        "" if key in _BECOMES else _change(head, keys),
    )


def _key(head: str, keys: list[re.Match[str]]) -> str:
    """Return the word that says which way a number counts; of 压减时限至 it is 压减至, as of 时限压减至."""
    if not keys:
        return ""
    key = keys[-1][0]
    to = head.rstrip("\0 ")[-1:]
    return key + to if key in _CHANGES and to in ("至", "到") else key


def _change(head: str, keys: list[re.Match[str]]) -> str:
    """Return the word where the number is by how much something moves, not what it becomes."""
    if not keys:
        return ""
    key, before = keys[-1], head[: keys[-1].start()]
    if key[0] in _LOW and (moved := next((w for w in _CHANGES if before.endswith(w)), "")):
        return moved
    between = head[key.end() :].strip("了约近\0 ")
    if key[0] in _DOWN or (key[0] in _UP and not between):
        return key[0]
    return ""


def _target_of(said: Direction, text: str) -> tuple[dict[str, str], str]:
    """Return the target that a number sets, and what is unclear about it."""
    low, high, _, after = said.quantity[2:]
    quote = _quoted(said, text)
    if after == _PLACE:
        return {"at_most": low}, ""
    if unsure := _unsure(said, quote):
        return unsure
    if said.change:
        return _moved(said, text, quote)
    base = _base_between(text, said.quantity.end - len(said.clause), said.quantity.start)
    was = f"原为{base}" if base else ""
    if said.key in _HIGH or after in _AT_MOST_AFTER or _is_limit(said):
        return {"at_most": high or low}, _range_note(said, quote, "不超过", high) or was
    if low == "0" and not high:
        return {"equal": "0"}, ""
    return {"at_least": low}, _range_note(said, quote, "不少于", low) or was


def _quoted(said: Direction, text: str) -> str:
    """Return the figure as the notice words it, from the word on that says which way it counts."""
    at = len(said.head) - said.head.rfind(said.key) if said.key else 0
    return "".join(text[said.quantity.start - at : said.quantity.end].split())


def _unsure(said: Direction, quote: str) -> tuple[dict[str, str], str] | None:
    """Return a target that can be read in two ways; None for any other."""
    low, _, unit, after = said.quantity[2:]
    why = ""
    period = ""
    periods = EVERY.findall(said.clause)  # figures for each month are judged so
    several = (every for every in periods if cycle_of(every) not in ("month", "year"))
    if after == "左右":
        why = f"“{quote}”没有写明下限和上限"
    elif period := next(several, ""):
        why = f"“{period}”的数按每期分别计，还是按全年合计，原文未写明"
    elif said.key in _HIGH and after in _AT_LEAST_AFTER:
        why = f"“{quote}”可有两种读法：不超过{low}{unit}，或降低{low}{unit}以上"
    elif said.change and after in _AT_MOST_AFTER:
        why = f"“{quote}”可有两种读法：不超过{low}{unit}，或{said.change}{low}{unit}以内"
    elif unit in _DURATIONS and not said.key and not after and not _is_limit(said):
        why = f"“{quote}”没有写明是不少于还是不超过"
    words = quote if quote.startswith(period) else f"{period}{quote}"
    return ({"undecided": f"{words}，口径待明确"}, why) if why else None


def _moved(said: Direction, text: str, quote: str) -> tuple[dict[str, str], str]:
    """Return the target of 压缩50%以上, at least so much, with a note of what it is held against."""
    low = said.quantity.low
    compared = _COMPARED.search(said.clause)
    start = said.quantity.end - len(said.clause)
    words = text[start + compared.start() : start + compared.end()] if compared else ""
    against = "".join(words.split())
    note = f"{against}{said.change}" if against else f"“{quote}”没有写明与什么相比"
    ranged = _range_note(said, quote, "不少于", low)
    return {"at_least": low}, "；".join(filter(None, (ranged, note)))


def _range_note(said: Direction, quote: str, word: str, taken: str) -> str:
    return f"原文为“{quote}”，按{word}{taken}{said.quantity.unit}核验" if said.quantity.high else ""


def _is_limit(said: Direction) -> bool:
    """Return whether a bare length of time is what something may take: 审批时限2个工作日, not 培训3天."""
    unit, after = said.quantity.unit, said.quantity.after
    if unit not in _DURATIONS or said.key or after in _AT_LEAST_AFTER:
        return False
    named = _name_before(said.before).endswith(_TIMES)
    return "工作日" in unit or named or _ENDS.match(said.tail.replace("\0", "")) is not None


def _kept_key(match: re.Match[str]) -> str:
    """Return a word of change, which may be part of a name, and "" for any other word of direction."""
    return match[0] if match[0] in _CHANGES else ""


_ALL: Final = regex("各(?=$)|[均都](?=达|不|保|超|提|控|压|缩|在|为|$)")
_LONG: Final = 20
_LONGEST: Final = 40
_RESPECTIVELY: Final = "分别"


class Measured(NamedTuple):
    """A number that somebody has to reach: what it counts, its target, and what is unsure about it."""

    name: str
    said: Direction
    target: dict[str, str]
    note: str


def measured(text: str) -> Iterator[Measured]:
    """Yield the numbers of a text that are targets, in its order; one for each name where several share it.

    A part of one by an earlier day is none: 18公里，其中6月底前完成8公里.
    """
    plain, found = _quantities(text)
    waiting: list[str] = []
    last = ""
    for at, quantity in enumerate(found):
        said = _said_of(plain, quantity, found[at - 1].end if at else 0)
        if _is_size(said, plain, found[at + 1 : at + 2]):
            continue
        target, note = _target_of(said, text)
        names = _listed(said)
        if waiting and _is_bare(said):
            names, waiting = waiting[:1], waiting[1:]
        elif _RESPECTIVELY in said.head:
            names, waiting = names[:1], names[1:]
        elif _RESPECTIVELY in said.clause and _is_bare(said):
            note = "；".join(filter(None, (note, "原文没有逐个写明是什么，请补全名称")))
        before = found[at - 1] if at else None
        if not names:
            names = [_full_name(said, plain, text, last, before)]
            if said.clause.startswith("其中") and _readable(names[0]) == last:
                continue
        for name in names:
            last = _readable(name) or _readable(text[quantity.start : quantity.start + _NEAR])
            yield Measured(last, said, target, note)


_PAUSE: Final = regex("[，,、；;。：:]")


def _is_size(said: Direction, plain: str, following: Sequence[Quantity]) -> bool:
    """Return whether a number only tells the size of what the next one counts: 1000人以上行政村…达到100%."""
    name = _name_before(said.before)
    if said.quantity.after != "以上" or (name and not name.endswith(_CONTENT_VERBS)):
        return False
    between = [plain[said.quantity.end : each.start] for each in following]
    return any(_noun_after(words) and not _PAUSE.search(words) for words in between)


def _name(said: Direction, text: str, previous: str) -> str:
    unit, before = said.quantity.unit, said.before
    if said.quantity.after == _PLACE:
        among = text[said.quantity.start : said.quantity.end].partition("前")[0]  # 全省
        return f"{_name_before(_ENTERS.sub('', before))}{among}排名"
    if unit in _SHARES or unit in _POINTS:
        return _share_name(said, previous)
    if said.change in _DOWN:
        return f"{_counted(before, said.tail, '')}{said.change}数"
    if said.key == _AHEAD:
        return f"{_AHEAD}{_noun_after(said.tail)}"
    if unit in _DURATIONS:
        limit = said.key in _HIGH or said.quantity.after in _AT_MOST_AFTER or _is_limit(said)
        return _duration(before, said.tail, previous, limit=limit)
    return _counted(
        before, said.tail, text[max(said.quantity.start - _NEAR, 0) : said.quantity.start]
    )


def _share_name(said: Direction, previous: str) -> str:
    """Return the name of a percentage, or of percentage points: they are held against what stands behind the key."""
    at = said.head.rfind(said.key) if said.key else len(said.head)
    start, of = said.head[:at], said.head[at + len(said.key) :].strip("\0的 ")
    if said.quantity.unit in _POINTS:
        if said.change:
            return f"{_name_before(said.before)}{said.change}幅度"
        above = _name_before(start.strip("\0 ") or previous)
        return f"{above}{said.key}{_unquoted(of)}幅度"
    if said.key in _HIGH and of:
        return f"{_name_before(start)}占{_unquoted(of)}比例"
    return _share(said.before, said.tail, said.change)


def _listed(said: Direction) -> list[str]:
    """Return the names of 受理率、办结率均达到…: one figure for each of them."""
    cut = _ALL.search(said.head)
    at = cut.start() if cut else said.head.find(_RESPECTIVELY)
    if at < 0 or "、" not in said.head[:at]:
        return []
    return [name for each in said.head[:at].split("、") if (name := _name_before(each))]


def _readable(name: str) -> str:
    """Return a name without characters that nobody sees."""
    return "".join(char for char in name if char.isprintable() and not char.isspace())[:_LONGEST]


def _is_bare(said: Direction) -> bool:
    """Return whether nothing stands between a number and the one before: 分别达到95%、90%."""
    return not said.head.strip("\0 、和及")


def _full_name(said: Direction, plain: str, text: str, last: str, before: Quantity | None) -> str:
    """Return the name from the number's clause, else from the one before, at worst the item's first words."""
    name = _name(said, text, last)
    if name and name not in _BARE:
        return name
    start = said.quantity.start - len(said.clause) + (said.quantity.end - said.quantity.start)
    clauses = re.split(
        f"[{re.escape(_STOPS)}]", plain[max(start - 1 - _NEAR, 0) : max(start - 1, 0)]
    )
    follows = before is not None and before.end > start - len(clauses[-1]) - 1
    names = (_name_before(_KEYS.sub(_kept_key, clause)) for clause in reversed(clauses))
    earlier = last if follows else next(filter(None, names), "")
    if name and (follows or len(earlier) > _LONG):
        return name
    return f"{earlier}{name}" or text[:_NEAR]
