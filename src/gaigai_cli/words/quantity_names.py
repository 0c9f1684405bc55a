"""What a figure counts, in words from its clause: without who does it, when, where, and the verbs that say nothing."""

from __future__ import annotations

import re
from typing import Final

from gaigai_cli.words.quantity import shown

_EMPTY_VERBS: Final = (
    "确保|力争|争取|完成|组织开展|组织|开展|举办|召开|举行|实施|实现|推动|推进|做好|抓好|做到|保持|落实|进行|安排|保障|保证|"
    "加强|强化|深化|加大|加快|优化|提升|提高|增加|扩大|压缩|压减|缩短|缩减|减少|降低|下降|精简|削减|持续|继续|积极|全面|进一步|"
    "不断|努力|切实|严格|大力|稳步|统筹|深入|着力|认真|扎实|有序|分批|分期|定期|原则上|累计|共计|总共|合计|力求|预计|计划|同时|"
    "其中|以及|达到|对于|针对|按照|通过|依托|围绕|对标|应当|使得|总体|整体|要(?!素|件|求|点|闻)|应(?!急|用|届|收|对|诉)|"
    "需(?!求)|须|将|把|使|的|达(?!标|产|州)|有(?!效|机|限|偿|关|轨|线|色)|并(?!联|购|网|轨|行)|且"
)
_WHEN: Final = (
    "[一二三四五六七八九]是|前(?=完成|达|实现|建|全|$)|全年度?|年内|年度内?|今年|本年度?|当年|每年度?|每个?季度|每半年|每个?月|每周|上半年|下半年|[一二三四]季度|"
    "(?:年|月)?(?:底前|底|末|前|内)(?=\0)|到(?!期|岗|位|账|户|达)|至|底前|期间|之前"
)
_WHERE: Final = (
    "全[县市区省国镇乡](?:范围内?)?的?|[县市]域内?|辖区内?|[县市区](?:本级|级(?=部门|单位))|"
    "在[^，]{1,24}?(?:等[^，]{0,6}?)?(?:媒体|平台|网站|刊物|报刊|报纸|渠道|领域|范围内|方面|园区)上?"
)
_WHO: Final = (
    "(?:各|每个)[^，]{0,8}?(?:单位|部门|乡镇|街道|镇|局)(?:（街道）)?(?:每年)?|"
    "[^，“”]{0,24}?(?:单位|部门|乡镇|街道|改办|政府|管委会|委员会|局|办公室)"
    "(?=要|应|需|须|确保|全年|年内|每|至少|力争|组织|开展|完成|分别|均|不少于|不得|\0|获|在|报送|撰写)"
)
_SINCE: Final = "(?:收到|接到|受理|自|从)[^，]{0,12}?(?:之日起|后|起)"
_FROM_DAY: Final = re.compile("自[^，]{1,10}?(?:之日起|起)")
_FRONT: Final = re.compile(f"^(?:[\\s\0、和及与]+|{_SINCE}|{_WHO}|{_WHERE}|{_WHEN}|{_EMPTY_VERBS})")
_BACK: Final = re.compile(
    "(?:[\\s\0、]+|不|达到|达|到|至|为|均|都|在|要|应|必须|须|需|每个|每人|各|再|合计|累计|总计|共计|共|平均|总数|总量|数量|的|了|约|近|力争|"
    "确保|完成|全部|分别|同期|原则上|实现|保持|稳定|有|仅|由|从|且|按|每年|全年|年内)$"
)
_OF: Final = re.compile("^[^的]*?(?:获得|取得|受到|得到|获)[^的]*?(?P<of>[^的、及和]{0,8}的.+)$")
_LEVELS: Final = re.compile("^(?:国家|中央|省|市|县|级|部委)+")
_DONE: Final = re.compile(
    "(?:落地见效|落地|开工建设|开工|竣工|完工|投产|投用|投入使用|上线运行|上线|运行|实施|完成|达标|以上|左右|入库|到位|的|等)+$"
)
_JOINED: Final = re.compile("并(?!联|购|网|轨|行)|\0")
_GENERIC: Final = frozenset("项目 试点 案例 企业 场景 事项 活动 任务".split())
_QUOTED: Final = re.compile("“([^”]{2,16})”")
_LISTED: Final = re.compile("等$")
_SHORT: Final = 4
_LONG_NOUN: Final = 15
_LONGEST: Final = 30
_GROWTH: Final = {"增长": "增长率", "递增": "增长率", "增加": "增长率"}
_CONTENT_VERBS: Final = frozenset(
    (
        "新增 新建 改建 扩建 建成 建设 培育 引进 改造 打造 创建 打通 选树 评选 推出 公布 出台 制定 修订 培训 招引 "
        "盘活 新改建 出让 修建 发放 收购 签约 启动 上线 建立 设立 认定 申报 争取 解决 化解 清理 办结 查处 征集 "
        "发布 报送 推广 清零 取消 下放 整治 拆除 种植 治理 开发 录用 招聘 安置 帮扶 走访 检查 抽查 布设 开通 开设 "
        "通报 曝光 撰写 刊发 推送"
    ).split()
)
_RATES: Final = ("率", "比例", "占比", "比重", "份额", "覆盖面", "水平", "完成度", "指数", "度")
_TIMES: Final = ("时限", "时间", "用时", "期限", "周期", "时长", "工期", "天数", "耗时")
_ENDS: Final = re.compile(
    r"^(?:即可|可|须|应|要|必须|全部|一律)?(?P<verb>办结|办理完毕|办理|审结|完成|答复|反馈|回复|审核|出具|受理|整改|核发|发放|送达|公示|公布|"
    r"响应|告知|通知|处置|处理|上报|报送|拨付|兑现|到位|到账|开通|接入|通电|通水|通气|领取|拿证|登记|备案|验收|联系|回访|签收|转办)"
    r"(?P<thing>[^，。；、]{0,10})"
)
_SAME: Final = re.compile(
    r"(?:平均)?(?:审批|办理|办结|审查|审核|验收|受理)?(?:时限|用时|时间|期限)$"
)


_ENTERS: Final = re.compile(
    "(?:继续|稳定|持续|力争|确保)*(?:保持在|进入|跻身|位居|位列|排名|排在|列|居|进|排)$"
)


BARE: Final = frozenset(
    "占比 比例 时间 时限 成本 金额 次数 人数 数量 面积 合格率 准确率 及时率 满意率 满意度 完成率 整改率".split()
)
"""Names that need the name of the clause before: 推行评定分离，占比不少于50%."""


def name_before(words: str) -> str:
    """The words before a number without their front and back that say nothing of what is counted."""
    name = _FROM_DAY.sub("", _unquoted(words))
    shorter = ""
    while shorter != name:
        shorter, name = name, _BACK.sub("", _FRONT.sub("", name, count=1), count=1)
    if found := _OF.match(name):
        name = _LEVELS.sub("", found["of"])
    return _LISTED.sub("", shown(name.replace("\0", "")))


def noun_after(words: str) -> str:
    """The thing that stands behind a number and its measure word."""
    noun = _JOINED.split(_unquoted(words))[0].removeprefix("的")
    shorter = ""
    while shorter != noun:
        shorter, noun = noun, _DONE.sub("", noun)
    return shown(noun) if len(noun) <= _LONG_NOUN else ""


def _unquoted(words: str) -> str:
    return "".join(char for char in words if char not in '“”"‘’ \u3000')


def counted(before: str, after: str, sentence: str) -> str:
    """The name of what is counted: the noun before the number, or a verb or place with the noun after it.

    A bare 项目 is told from others by the name that was quoted last in the ``sentence`` up to there.
    """
    name, noun = name_before(before), noun_after(after)
    if not name and noun in _GENERIC:
        return f"{''.join(_QUOTED.findall(sentence)[-1:])}{noun}"
    if noun and (not name or name in _CONTENT_VERBS or len(name) <= _SHORT):
        return f"{name}{noun}"[-_LONGEST:]
    return name[-_LONGEST:]


def share(before: str, after: str, change: str) -> str:
    """The name of a percentage: a rate, or what it is a share of; with ``change``, by how much something moves."""
    name = name_before(before)
    noun = name_before(noun_after(after.removeprefix("的比例")))
    if change:
        ending = _GROWTH.get(change, f"{change}比例")
        return name if name.endswith(ending) else f"{name}{ending}"
    if name.endswith(_RATES):
        return name
    return f"{name}{noun}比例" if name or noun else "完成比例" if "完成" in before else ""


def part(before: str, of: str) -> str:
    """The name of 审批用时压缩至法定时限的…: what the one is of the other."""
    return f"{name_before(before)}占{_unquoted(of)}比例"


def above(before: str, key: str, of: str) -> str:
    """The name of 增速高于全省平均水平…: by how much the one is above the other."""
    return f"{name_before(before)}{key}{_unquoted(of)}幅度"


def rank(before: str, among: str) -> str:
    """The name of a place ``among`` others (全省)."""
    return f"{name_before(_ENTERS.sub('', before))}{among}排名"


def is_limit(before: str, after: str) -> bool:
    """Whether the words around a length of time say that it is a limit."""
    return name_before(before).endswith(_TIMES) or _ENDS.match(after.replace("\0", "")) is not None


def duration(before: str, after: str, previous: str, *, limit: bool) -> str:
    """The name of a time: one that says so, or what has to be done within it.

    ``previous`` is the name before it in the same list, whose last word it shares; ``limit``: it is
    one that must not be passed.
    """
    name = name_before(before)
    if name.endswith(_TIMES):
        return name
    if done := _ENDS.match(after.replace("\0", "")):
        thing = _JOINED.split(done["thing"])[0]
        thing = thing if len(thing) > 1 else ""
        return f"{name}{done['verb']}{thing}时限"
    same = _SAME.search(previous)
    return f"{name}{same[0] if same else _lasting(limit)}" if name else ""


def _lasting(limit: bool) -> str:
    return "时限" if limit else "时长"
