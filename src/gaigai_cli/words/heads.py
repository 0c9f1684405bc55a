"""The office's words for who, when and what: over a column, before a colon in running text, before names of units.

One table for all three places. A word stands in it once: what a unit does in `ACTS` or `_ROLES`, any other in the row
of `_TABLE` that says what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal

from gaigai_cli.model.roles import ROLES, RoleField
from gaigai_cli.words.brackets import CLOSES, OPENS, without_brackets
from gaigai_cli.words.days import WINDOW
from gaigai_cli.words.normal import MARKS, any_of, normal
from gaigai_cli.words.pattern import regex

ColumnUse = Literal[
    "number", "title", "content", "responsible", "lead", "support",
    "leader", "contact", "start", "deadline", "stage", "remark", "skip", "extra",
]  # fmt: skip

UNIT_ROLES: Final[tuple[ColumnUse, ...]] = ("responsible", "lead", "support")
PEOPLE: Final[tuple[ColumnUse, ...]] = ("leader", "contact")

LABELS: Final[Mapping[str, ColumnUse]] = {
    "编号": "number",
    "主要任务": "title",
    "工作内容": "content",
    "牵头单位": "lead",
    "责任单位": "responsible",
    "配合单位": "support",
    "责任领导": "leader",
    "联系人": "contact",
    "开始时间": "start",
    "完成时限": "deadline",
    "备注": "remark",
    "不读取": "skip",
}
"""What an office may say that a column holds, in its words."""
LABEL_OF: Final[Mapping[str, str]] = {use: label for label, use in LABELS.items()}

# No end of 县安委会办, no part of 县残联会办公室; 县卫健委会办 and 县编办会办 hold it.
_JOINS: Final = (
    "(?<![委员])会办(?![公事])|(?<=[健改资信宗建教农科纪监法民经交县市区省党工]委)会办(?![公事])"
)
ACTS: Final[Mapping[RoleField, str]] = {
    "lead": any_of("牵头 主办 领衔"),
    "support": any_of(f"配合 协助 (?<!政)协办 {_JOINS} 参与 参加"),
    "responsible": any_of("负责 落实 实施 承办 推进"),
}
"""What a unit does: behind its name (县住建局牵头), and before what it is (牵头单位)."""
_ROLES: Final[Mapping[RoleField, str]] = {
    "lead": f"第一责任|首席责任|首办|主责|主抓|(?:首席|抓总|发起|召集|统筹)(?=单位|部门)|{ACTS['lead']}",
    "support": f"联办|协同|协作|(?:支持|支撑|联动)(?=单位|部门)|{ACTS['support']}",
    "responsible": f"责任|整改|承担|经办|执行|完成|主体|{ACTS['responsible']}",
}
"""These, and what only stands before what a unit is: 主责部门."""
# What a town, a bureau or a county calls those who have to do it.
_BODIES: Final = any_of(
    "单位 部门 科室 处室 股室 部室 委室 站室 站所 站办 局办 办所 办公室 "
    "乡镇 镇街 街道 村 社区 县区 区县 市州 主体 警种 院系"
)
_ALONE: Final = "牵头|主办|主责|领衔|责任|承办|配合|协办|会办|参与|协助|协同"
"""Roles that need no 单位 behind them: 牵头：县住建局."""
LEADS: Final = f"(?:责任)?(?:{_ROLES['lead']})"
SUPPORTS: Final = f"(?:{_ROLES['support']})"
ANY_ROLE: Final = f"(?:{'|'.join(_ROLES.values())})"
HEADING: Final = regex(
    rf"(?:责任)?(?:{'|'.join(f'(?P<{role}>{words})' for role, words in _ROLES.items())})"
    rf"(?:(?:责任)?(?:{_BODIES})|(?<={_ALONE}))"
)
"""Words before names of units; the group that matches is the role that they give: 牵头单位, 责任科室, 配合."""


def role_said(words: re.Match[str] | None) -> RoleField | None:
    """Return the role that the group of a match gives; None without one."""
    return next((role.field for role in ROLES if words and words[role.field] is not None), None)


# Words that stand over a column and, before a colon, anywhere in a text.
_DOERS: Final = f"(?:责任|主要|工作|总)?{ANY_ROLE}(?:责任)?(?:{_BODIES})(?:及责任人)?"
_ABOUT: Final = any_of("责任 分管 主管 牵头 包抓 挂点 联系")
LEADERS: Final = f"(?:{_ABOUT})领导"
_RANKS: Final = (
    "(?:[省市县区州]?(?:委|人大|政府|政协)?"
    "(?:常委|党组成员|(?:常务)?副?(?:书记|[省市县区州镇乡]长|主任|主席)))"
)
LEADER: Final = f"{_RANKS}(?:、?{_RANKS})*"
"""What a leader is, before his name: 县委常委、副县长."""
CONTACTS: Final = any_of("责任人 联系人 联络员 经办人 服务专员 联系电话 联系方式")
BY_WHEN: Final = (
    "(?:整改|办结|计划|落实)?(?:完成(?:时限|时间|节点|期限|日期)|"
    + any_of(
        "时限 期限 时限要求 时间要求 时间节点 办理时限 工作时限 办结时间 截止时间 截止日期 "
        "进度安排 时间安排 阶段安排 推进安排 工期进度 时间进度 推进计划 进度计划 (?:实施|推进|工作)步骤"
    )
    + ")"
)
_OF_WHAT: Final = any_of(
    "整改 整治 治理 攻坚 改革 办理 工作 主要 具体 推进 落实 重点 目标 项目 建设 实施"
)
CONTENT: Final = f"(?:(?:{_OF_WHAT})?(?:措施|举措|内容|任务|要求)|(?:整治|治理|攻坚|工作)重点)"
"""A pattern of labels of what is to be done."""
WHAT: Final = f"(?:{CONTENT}|(?:{_OF_WHAT})?目标)"
"""These, and those of what is aimed at."""

# 牵头领导, 配合事项: nobody, or nothing, that leads or supports.
_AND_NO_OTHER: Final = (
    r"(?!\w{0,6}(?:领导|姓名|职务|人|人员|同志|事项|任务|工作|项目|内容|措施|情况|时限|时间|要求)$)"
    r"\w{0,10}$"
)

# The words of a column's head: the first row of which one stands in it says what the column holds.
_TABLE: Final[tuple[tuple[ColumnUse, str], ...]] = (
    (
        "number",
        r"""
        ^\w{0,4}(?:序号|编号|编码|文号)$  ^(?:提案|建议|议案|任务|项目|条款|目录|案|件|条)号$
        ^(?:序|项次|号数|no\.?|№|号)$
        """,
    ),
    ("content", f"(?:任务|内容|事项|措施)(?:以?及|[与和])(?=其?(?:{ANY_ROLE})(?:{_BODIES})$)"),
    (
        "responsible",
        rf"""
        (?:牵头|主办|责任|承办)(?:单位|部门)?(?:[和及与](?:责任|承办)|[和及与]?{SUPPORTS})
        (?:牵头|主办|责任|承办)(?:单位|部门){ANY_ROLE}(?:单位|部门)
        """,
    ),
    ("support", f"{SUPPORTS}{_AND_NO_OTHER}  ^成员(?:单位|部门)$"),
    ("lead", f"{LEADS}{_AND_NO_OTHER}  ^组长(?:单位|部门)$"),
    (
        "responsible",
        rf"""
        (?:{_ROLES["responsible"]})(?:责任)?(?:{_BODIES})
        (?:单位|部门|机构|科室)名称$
        ^责任(?:[乡镇县市区旗股科处办]+|中心|站|所|清单)?$  ^承办$  ^单位$  ^(?:责任|任务|工作|部门|职责)?分工$
        ^谁来?(?:负责|落实|承办|办|干|做)$  ^具体负责$
        """,
    ),
    (
        "leader",
        rf"""
        {LEADERS}  (?:负责|县级|县|区|市|挂牌|督办)?领导(?:姓名|职务)?$  ^领导(?!批示|指示|签|小组|意见)
        (?:{_ABOUT})副?[省市州县区旗乡镇局院校所站]长$  ^[链河湖林田路点]长$  [包联驻]\w{{0,2}}(?:干部|领导)$
        ^{LEADER}$
        """,
    ),
    ("contact", f"{CONTACTS}  负责人  承办人  电话  联系手机"),
    (
        "start",
        "(?:开始|启动|起始|开工|动工)(?:时间|日期|时限)  ^(?:计划|预计|拟)?(?:开始|启动|开工|动工)$",
    ),
    # 任务单位, 项目业主: somebody, but it doesn't say in which role.
    ("extra", "(?:单位|部门|[科处股]室|机构|业主|法人|主体)$"),
    ("content", "(?:内容|举措|措施|任务|要求)[及与和、]"),
    (
        "deadline",
        f"""
        {BY_WHEN}  进展(?:要求|目标|时)
        时限  时间  时点  期限  节点  进度  日期  序时  (?:完成|起止|建设)年限  (?:建设|实施|项目)周期  工期  限期
        月份$  何时  时候  ^(?:计划|预计|拟)?(?:完成|办结|竣工|完工|建成|投用)$
        """,
    ),
    (
        "content",
        """
        内容  举措  措施  做法  要求$  (?:考核|工作|任务|目标|建设|整治|治理|整改|创建|完成)标准$
        职责$  具体  细化  目标任务分解  任务分解  要点  主要工作  (?<!是否)重点$
        """,
    ),
    (
        "title",
        """
        任务  事项  项目  重点工作  名称  改革  实事  指标(?!值)  标题  议题  题目  案由
        提案$  建议$  工程$  工作$  行动$
        """,
    ),
)
_PATTERNS: Final = tuple((use, regex(any_of(words))) for use, words in _TABLE)

Trait = Literal[
    "nowhere", "group", "task", "point", "figure", "proof", "norm", "aim", "progress", "last day", "former",
    "body", "region", "office", "watch", "builds", "governs", "owner", "convenes",
]  # fmt: skip
_GROUP: Final = (
    "^一级  ^阶段$  ^会议(?:次数|届次)?$  类别  分类  维度  板块  专班$  产业链$  专项小组  "
    "领域  方面  方向  类型  篇章"
)  # What else a head says that matters for what its column holds.
_TRAITS: Final[Mapping[Trait, str]] = {
    # No column of the data holds it.
    "nowhere": f"""
        备注  附注  ^说明$  ^是否  提案[人者]  代表  委员  批示  投资  资金  地点  位置  部位  状态  性质  属性  计量
        [务项]数$  代码$  ^前置  数量  分值  权重  得分  占比  比例  率$  依据  来源  (?<!目标)成果(?:形式)?$  结果$
        标志$  佐证  ^[上去]年  同期  金额
        (?:当前|目前|现有|已有|实际|完成|最新|工作)进度(?!安排|计划|要求|目标)  进展(?!安排|计划|要求|目标|时)
        (?:完成|进展|进度|落实|办理|推进|整改|执行|销号)情况  ^效果清单$  成效$
        ^存在的?(?:主要)?(?:问题|困难)  下一?步(?:打算|计划|安排|考虑)  ^(?!.*任务).*目标值?$
        (?:交办|报送|上报|填报|印发|下达|立项|批复|签约|申报|更新|反馈|制表|检查|督查|调度|实际[^时日]*)(?:时间|日期|时限)
        {_GROUP}
        """,
    # Groups of tasks: a task's title where it has no other, else layout.
    "group": _GROUP,
    # It stands for the task where no column is headed as one: the problem, the words of the report.
    "task": f"问题  隐患(?!部位)  批示(?:内容|事项)?$  原文  表述  {_GROUP}",
    # What is to be done, or its title where another column behind it says that.
    "point": "重点$  要点$",
    # In what, and how much of it: 指标 before it says what is counted.
    "figure": "计量  ^(?:年度|今年|当年|20[0-9]{2}年)?(?:目标|指标|任务|计划)[值数量]$",
    # What a task is held against once it is done: what is to be done where nothing else says it.
    "proof": "(?:完成|考核|验收)标准",
    # What what is to be done has to come up to: its title where 整改任务 stands behind.
    "norm": "标准  (?:测评|考核|考评|评价|评估|检查|督查|验收|指标)内容",
    "aim": "目标(?:成果)?$  规模$  ^全年$",
    # How far things are to be: a deadline only where days stand in it.
    "progress": "进度  进展  全年$  (?:阶段|推进)安排  步骤",
    # Of several columns of days the one that says by when.
    "last day": "完成  竣工  完工  办结  整改  销号  截止  建成  上线  启用  投[用产运]  交付  验收",
    # It held until it was changed: 原定时限 beside 调整后时限.
    "former": "^原|(?:调整|变更|延期)前",
    # Those who act, where another column only says in which role: 责任分工.
    "body": f"{_BODIES}  责任[县市区旗]+",
    # Those in each region, beside the department: 责任乡镇.
    "region": "乡镇  镇街  街道  村  社区  县区  区县  市州  责任[县市区旗]+",
    # A unit's office beside the unit.
    "office": "[科处股]室",
    # A unit that watches or assesses those who act.
    "watch": "监管  监督  督导  督办  督促  指导  评分  考核  验收  销号",
    # Whose a project is, and the department that it falls to.
    "builds": "(?<!行)业主  法人  (?:建设|代建|实施|项目)(?:单位|主体)",
    "governs": "主管(?:单位|部门)",
    # One that a whole list may be of.
    "owner": "责任主体",
    # One that leads where nobody else does.
    "convenes": "发起  召集  统筹",
}
_TRAIT_PATTERNS: Final = {trait: regex(any_of(words)) for trait, words in _TRAITS.items()}
_UNIT: Final = "单位"
# What may follow a period that heads a column: what is to be done by then stands in it.
_BY_THEN: Final = regex(
    "(?:工作|阶段|主要|推进|形象)?(?:目标|进度|计划|安排|任务|节点|内容|要求)*:?"
)
_PHASE: Final = regex(rf"\w{{0,8}}阶段{OPENS}(?P<period>[^（）()]+){CLOSES}")
"""A phase with its period: 第一阶段（3月—5月）."""
_YEAR: Final = regex("(?P<year>20[0-9]{2}年)度?(?:目标|进度|计划|安排)?|全年")
_IN_BRACKET: Final = regex(f"{OPENS}({ANY_ROLE})(?:单位|部门)?{CLOSES}$")
_AND_PERSON: Final = regex(
    "(?<=单位|部门|科室)(?:及|和|与)(?:主要|直接|具体)?(?:责任人|负责人|联系人|经办人)(?:(?:及|和|与)?联系?(?:电话|方式))?$"
)
"""Who of a unit acts, behind the unit: 主办单位及责任人."""
_NOISE: Final = regex(rf"[\s　:：、，,/／\-—_{MARKS}]+")


_SIMPLE: Final = str.maketrans(
    "責單務內時間導進計劃領聯繫備註項號標節點辦協參與執實職機構專處時開電話員稱題議類維擔屬階",
    "责单务内时间导进计划领联系备注项号标节点办协参与执实职机构专处时开电话员称题议类维担属阶",
)


def simplified(words: str) -> str:
    """Return the words of a head or label in simplified characters."""
    return words.translate(_SIMPLE)


@lru_cache(maxsize=256)  # of one head it is asked many times what it says
def plain_head(head: str) -> str:
    """Return the words of a head without brackets, signs and blanks, in simplified characters."""
    return simplified(_NOISE.sub("", without_brackets(head)).lower())


@lru_cache(maxsize=256)  # each row of a table asks again whether it repeats the heads
def use_of(head: str) -> ColumnUse:
    """Return what a column with this head, or what stands behind this label, holds."""
    words = plain_head(head)
    if stage_of(head):
        return "stage"
    if not words or says(head, "nowhere"):
        return "extra"
    if said := _IN_BRACKET.search("".join(head.split())):
        words = said[1]
    words = _AND_PERSON.sub("", words)
    return next((use for use, pattern in _PATTERNS if pattern.search(words)), "extra")


def says(head: str, trait: Trait) -> bool:
    """Return whether a head has a trait that matters for what its column holds."""
    return _TRAIT_PATTERNS[trait].search(plain_head(head)) is not None


def is_known(head: str) -> bool:
    """Return whether a head says what its column holds, be it something that has no place: 反馈问题, 备注."""
    return use_of(head) != "extra" or says(head, "nowhere") or says(head, "task")


def may_be_measure(head: str) -> bool:
    """Return whether a column headed so may say in what figures are counted, rather than who acts: 单位."""
    return plain_head(head) == _UNIT


def stage_of(head: str) -> str:
    """Return the period of a column's head, or a year's end: 一季度 of 一季度工作目标, 2025年底 of 2025年; else "".

    全年 behind a quarter is by the year's end.
    """
    phase = _PHASE.fullmatch("".join(head.split()))
    words = normal(phase["period"] if phase else without_brackets(head))
    if year := _YEAR.fullmatch(words.text):
        return f"{year['year'] or '年'}底"
    if words.text.startswith("半年") and _BY_THEN.fullmatch(words.text, 2):
        return "上半年"  # 半年目标 between 一季度目标 and 三季度目标
    found = WINDOW.match(words.text)
    whole = found and _BY_THEN.fullmatch(words.text, found.end())
    return words.quote(*found.span()) if found and whole else ""


_CHAR: Final = "[\u4e00-\u9fff]"
_BEGINS: Final = r"(?:^|(?<=[（(〔\[【。；;\s]))"
LABEL: Final = regex(
    rf"""
    (?P<label>
        (?P<what> ^{WHAT} )                    # on a line of its own behind who and when
        | {_DOERS}
        | (?<!{_CHAR}) (?:主要)? (?: {_ALONE} | 责任分工 | 分工 | 具体负责 )
        | {_BEGINS} 责任 (?!领导|状|书|制|清单|追究|落实|分工|倒查) {_CHAR} (?<!人) {_CHAR}? (?=\s*[：:])
        | ^(?:单位|部门|时间|时限)
        | {BY_WHEN} | {LEADERS} | {CONTACTS} | (?<=[（(；;]){LEADER}
        # One that nobody here knows, 对口部门：; it addresses nobody.
        | {_BEGINS} (?!各|全|有关|相关|[县市省区]|以上|上述|下列|抄送|主送|报送|填报|印发|发文|联系|制表)
          {_CHAR}{{2,8}} (?:单位|部门|[科处股]室)
    )
    \s* (?: [（(] [^（）()]* [）)] )? \s*
    (?: [：:]\s* | (?<=单位) 为 (?=[县市省区州各{MARKS}]) )
    """,
    re.VERBOSE | re.MULTILINE,
)
"""A label in running text, with its colon."""
WHOLE_LABEL: Final = rf"(?:{_DOERS}|{BY_WHEN}|{LEADERS}|{CONTACTS})"
"""A pattern of a label that is one even without a colon, in a box or before blanks: 【责任单位】."""


def says_what(label: str) -> bool:
    """Return whether a label is that of what is to be done: 整改措施."""
    return re.fullmatch(WHAT, "".join(label.split())) is not None
