"""What the name of a unit looks like, and what a body looks like that is not named one by one.

The words are those of county documents. A text that is neither is for a person to read: it is better to ask once too
often than to take half a sentence for a unit.
"""

import re
from collections.abc import Sequence
from typing import Final

from gaigai_cli.model.roles import RoleField
from gaigai_cli.words.heads import ACTS
from gaigai_cli.words.normal import MARKS, any_of
from gaigai_cli.words.pattern import regex

_MANNER = (
    "(?:(?:按照?|依)(?:各自)?职[责能](?:分工)?|分工|结合实际|分别|负责|总|共同|联合|分头|双|一律|均|具体|积极|全力|密切|协同|予以|给予|"
    "组织|抓好?|做好)*"
)
_ENDING_WORDS: dict[RoleField, str] = {
    "lead": f"(?:{ACTS['lead']})(?:负责|抓总|抓?落实|组织|实施|办理|推进|推动|督导|督促)*|抓总|为牵头(?:责任)?单位",
    "responsible": f"(?:{ACTS['responsible']}|办理)+|为责任单位|各负其责|一律|(?<=职责)|(?<=职责分工)",
    "support": f"(?:{ACTS['support']})(?:落实|实施)?|为配合单位",
}
ENDING: Final = regex(
    rf"{_MANNER}(?:{'|'.join(f'(?P<{role}>{words})' for role, words in _ENDING_WORDS.items())})$"
)
"""Words behind names; the group that matches is the role that they give: 按职责分工负责."""

# Ends after which 和 joins two units. After the others it may stand inside one name, as in 县政府和社会资本合作中心.
_CLOSED_END = any_of("局 办公室 管委会 公司 总队 支队 大队 中队 法院 检察院")
_FULL_END = (
    _CLOSED_END
    + "|"
    + any_of(
        """
    委员会 海关 军分区 中心 集团 银行 分行 支行 政府 指挥部 大学 学院 中学 (?<!中)小学 (?<!公办)(?<!民办)(?<!普惠)幼儿园
    (?:纪委|监委|县委|市委|区委|人大|人大常委会|政协|总工会)机关 巡察机构 协调机制
    """
    )
)
_SHORT_END = any_of("办 委 部 厅 (?<![公上官])司 股 (?<![理工本专学])科 (?<![家出开休])庭")
# With a county before them even where nothing else is: 县妇联.
_PEOPLE_END = any_of(
    """
    人大 政协 纪委 监委 团委 妇联 残联 文联 侨联 工商联 社科联 科协 作协 记协 消协 工会 党校
    """
)
# Two characters are a place: 城关镇.
_PLACE_END = any_of("镇 乡 街道 高新区 经开区 开发区 管理区 新区 经济区 综保区")
_LONG_END = any_of(
    """
    署 处 院 所 站 队 会 社 室 馆 组 校 台 科 处理厂 专班 园区 村 社区 直属库 储备库 粮库
    """
)
_SUBORDINATE_END = any_of(
    """
    分局 中心 站 所 队 科 股 室 馆 院 党组 党委 工委
    管委会 指挥部 公司 支行 分行 校 管理部
    """
)
GOVERNING: Final = frozenset("县委 市委 省委 区委 县人大 县政协 县政府".split())
"""What 和 may join to one name: 县委和县政府督查室."""

# Words that end like a unit and are none; words that no name holds; words that no name begins with.
_NO_UNIT_END = any_of(
    """
    社会 常委 督办 承办 交办 主办 (?<!政)协办 举办 (?<!财)经办 催办 分办
    (?<![安保])全部 内部 外部 干部 布局 格局 全局 结局 大局
    城乡 机会 场所 好处 到处 此处 重心 核心 轴心 信心 [参入持个]股 (?<![疾内防管])控股
    平台 出台 部署 (?<![商残妇文侨])联办 (?<![交流联])通办 程网办 即办 [帮代快次好导补质里]办 上办 近办
    (?:发布|推介|分享|对接|洽谈|交流|研讨|通报|招聘|双选|座谈|恳谈|推进|调度|动员|部署|现场|[展节峰灯])会
    [公兴停托]办 (?<!移)民办 (?<!公)开办 (?<![双文科])创办
    指导 督导 监督 把关
    乡镇 镇街 村镇 农村 城镇 小镇 集镇 乡村 街镇 [家下返回故]乡 [点范心]镇 [要点]街道
    """
)
_NEVER_INSIDE = any_of(
    rf"""
    {ACTS["lead"]} {ACTS["support"]} 负责 责任 部门 单位 班子 两委 (?<![高中平均])等
    (?<=[局委办厅部院会司队校心处站所联署镇村道])(?:商(?![标务贸业会])|并|指导(?!中心|[科股站室]))
    会同(?!县) 以及 (?<=[区局园院])[和及与](?!平) 或 的 各
    谁 什么 怎 如何 何[时人处] 其他 其它 有关 相关 按照 根据 以下 上述 以上 [日月底末旬]前 \d月 \d年 (?<!自)由
    将(?:组成|会同|联合|对|于|在)
    """
)
# What is done, of which only an office is called: 建成示例学校 is no unit, 整治办 is one.
_DEEDS = any_of(
    """
    完善 健全 全面 加快 加强 推动 深化 强化 开展 建立 制定 编制 优化(?!营商) 打造 完成 确保 做好 抓好 办好 用好 管好
    抓紧 组成 建成 成立 组建 新建(?!区) 改建 扩建 迁建 修建 修订 修缮 改造 搭建 创建 设立 增设 设置 启用 配备 配套
    开工 动工 举办 召开 举行 建设(?!局|委|厅|部|街道|镇|乡|村|银行|集团|公司|投资|管理|工程|规划|兵团|[和与及])
    组织(?!部|人事) 实施 落实 采取 推行 推广 排查 整治 检查 压实 融入 吸纳 增强 提高 提升 培育 引进 联动 依托 利用
    通过 基于 发挥 结合 发动 委托 邀请 对接 提供 发布 打通 实现 促进 支持 鼓励 引导 争取 力争 巩固 整合 盘活 谋划 探索
    遴选 认定 深入 继续 持续 进一步 逐步 充分 定期 特别是 面向 紧盯
    """
)
_OF_DEEDS = any_of("办 组 处 部 科 股 室 站 会 [大支中]?队 中心 专班 办公室 指挥部 领导小组")
_NEVER_FIRST = any_of(
    r"""
    \d{1,2}[月日] \d{4}年 [年月季]底 [一二三四]季度 第[0-9一二三四五六七八九十]+[项条款点类]
    人民政府 原(?![种子州阳平]) 及 并 请 需 须 如 若 含 包括 以 在 其 和(?!平|谐) 与 会同 暨 督促 联系 协调 指导 会商
    推进(?![\u4e00-\u9fff]*办) 将(?![乐军台]) 把 抄送 我 认真 切实 确定 不得 会后
    责成 同意 要求 明确 关于 按 研究(?![院所室会]) 审议 听取 会议(?!中心) 从(?!化) 对(?!外|口) 于(?![都洪田])
    办公室(?:[和与及]|办公室|局) 本[局委办单级县] 你 贵[局委办单公]
    市县 省市(?![场政]) 县乡(?!村) [报经商交送向对原将待应除同找让]县
    """
)

# Words that an open body is made of; it ends in a noun and has 等 or one of the signs.
_SIGN = any_of(
    """
    [县市省区州]直 [县市省区州]属 各级 各 所有 其他 其它 其余 相关 有关 全[县市区州] 成员 主管 职能
    涉及 属地 所在地 辖区 市政公用 公用事业 公共服务 公用
    """
)
_QUALIFIER = (
    _SIGN
    + "|"
    + any_of(
        """
    [县市省区州]级 [县市区州省]政府 国务院 [省市县区](?=有关|相关|各) 县 领导小组
    审批 监管 行业 行政 责任 牵头 配合 参与 企事业 专业经营 服务 国有 金融 通信 运营 预算
    """
    )
)
_NOUN = any_of(
    """
    部门和单位 部门及单位 部门 单位 局办 委办局 委局办 机关 企业 机构 科室 园区 学校 医院 银行
    乡镇人民政府 乡镇政府 乡镇街道 乡镇 镇街 街道 社区 乡 镇 村 专班 工作组 方面
    """
)
_REGION = any_of(
    """
    设区的?市 地级以上市 [省地市县乡]级 市辖区 地区 省 自治[区州县旗] 直辖市 县 市 区 州 旗
    乡 镇 场 街道 苏木镇? 嘎查 村居? 社区 园区 开发区 功能区 管理区 新区 高新区 经开区 街
    """
)
_RULED_BY = any_of("(?:党委[和及与]?)?(?:人民)?政府 党委 党工委 办事处 (?:党工委[和及与]?)?管委会?")
_IN_NAME = r"[^\W的和及与或、]"
_REGIONS = regex(
    rf"""
    # 各县（市、区）人民政府, 各区住建局
    (?:
        (?:沿[江河湖海线]|涉及的?|城区|[省市县区州]属?)?各(?:有关|相关)? | 有关|相关|(?:项目|企业)?所在地?|属地|辖区
        | (?:各|有关|相关)?(?:涉农|试点|受灾|库区|沿[江河湖海线](?!(?:乡|镇|街道)(?:{_RULED_BY})?$))
    )
    (?: {_REGION} | (?<=[镇乡区道])[办处] | （(?:{_REGION}|[、办处居])+） )+
    (?: (?:{_RULED_BY}) (?:（(?:街道|地区)?(?:{_RULED_BY})）)? | {_IN_NAME}{{2,8}}(?:局|委|办|会|队|所|站|院|中心) )?
    # 市县两级政府, 属地住建局
    | [省市州县区乡镇村]{{2,4}} (?: [两三四]级(?:{_RULED_BY}|部门|单位|组织)? | {_RULED_BY} )
    | (?:属地|(?:项目|企业)?所在地|当地|辖区|各地方?|(?:地方)?各级) (?: {_RULED_BY} | {_IN_NAME}{{2,6}}(?:局|所|站) )
    | 乡镇（街道） | 各地 | 属地 | 县级市 | 街道办事处 | 乡镇人民政府 | 镇人民政府
    """,
    re.VERBOSE,
)
"""Regions that are not named one by one, with what they may end in."""
_OF_EACH = any_of(
    """
    [中小]学 司局 [股科处委庭部]室 (?<!家)庭 [站所股] [中大]队 小?分队 分局 支行 支部 党委 党组 部委
    年级组 教研组 学科组 年级 班级 学校 学院 院系 院校 高校 幼儿园 医院 林场 农场 部门 单位 机构
    企业 国企 央企 运营商 组织 团体 党派 战线 公司 集团 银行 牧场 协会 商会 学会 中心 景区 园区 基地 网格
    车间 班组 门店 [院系处]部
    专班 工作组 专项小?组 [河林路]长办 业主 指挥部 项目部 管委会 专委会 委员会 产业园 工业园 物流园
    """
)
_STATIONED = regex(
    r"(?:(?:中央|国家|部|中|省|市)[、和]?)*驻[^\W、]{1,4}(?:部门|单位|企业|机构|部队|高校)"
)
OF_PROJECT: Final = regex("(?:项目)?(?:业主|建设|施工|监理|用人|事权|权属|产权)单位")
"""Bodies without a name, which may head a column, too."""
YOURS: Final = regex(
    r"(?:你|(?<![^\W由请])贵)(?:单位|公司|集团|街道|中心|[局委办厅部院]|[镇乡县区](?!\w{1,12}[局委办厅部院站所]))"
)
"""Whom a letter is written to, where it calls it so: 你局; not 你县财政局, nor what is called 富贵镇."""
_EACH = regex(
    rf"""
    (?:
        (?: [局委厅办]?机关 | 全系统 | [市县]?局 | [局委厅办]属 | [所直下]属 | 本[局院校]
          | [县市区省州部][级内] | [驻在][县市区省州] | [县市省区州][委直属] )? 各
        | 有关 | 相关 | 全[县市区省州局镇体]
    )
    {_IN_NAME}{{0,6}} (?:{_OF_EACH})
    | 各 (?!.*(?:局|厅|委员会|办公室|政府)[和及与]) [^\W的或、]{{2,16}} (?:部门|单位)  # 各许可和处罚实施部门
    | 乡镇(?:中心)?(?:卫生院|敬老院|派出所|司法所|中小学|学校|站所|畜牧站|财政所)
    | {OF_PROJECT.pattern}
    | {YOURS.pattern}
    | {_STATIONED.pattern}
    """,
    re.VERBOSE,
)
_BRACKETS = str.maketrans("()〔〕[]［］【】", "（）（）（）（）（）")
_AND_SO_ON = regex(rf"等(?:[0-9]+|[一二三四五六七八九十]+)[个家所]?(?:{_NOUN}|{_REGION})")
_UTILITY = any_of(
    """
    供水 供电 供气 供热 排水 燃气 天然气 自来水 电力 通信 通讯 网络 广电 有线电视
    水 电 气 网 热 讯 暖
    """
)

STEMS: Final = frozenset(
    """
    发展改革 发展和改革 发改 住建 住房城乡建设 自然资源和规划 自然资源 生态环境 财政 教育体育
    教体 教育 科技 工信 工业和信息化 公安 民政 司法 人社 人力资源社会保障 城管 城市管理
    交通运输 交通 水利 水务 农业农村 商务 文旅 文化旅游 卫健 卫生健康 应急管理 应急 审计
    市场监管 市场监督管理 统计 医保 医疗保障 林业 信访 数据 国资 税务 气象 行政审批
    退役军人事务 乡村振兴 粮食和物资储备
    """.split()
)
"""Departments that every county has, as they stand in 县发改、住建、财政局; no half of a name is among them."""

# 市 that is no level: 市场监管局, 市政工程处; it is one in 市民政局 and 市政府办公室.
_MARKET = "市(?=场|容|政(?!府|协|法|务|研)|民(?!政|族|宗|防|委|革|建|进|盟|航|营))"
_TOWN = "城(?!管|市(?!政)|建|投|乡|镇化)"  # 县城 is no level, 县城管局 has one
_PREFIX = (
    rf"(?:[县省](?![直域级]|{_TOWN})|(?!{_MARKET})市(?!区)|州(?![直级])|园区|经开区|高新区|"
    r"(?:[甲乙丙丁戊己庚辛壬癸]|[\u4e00-\u9fff]{2,3})县)"
)
_OF_THE_STATE: Final = "国网|国家(?:统计|税务|金融)|中国(?:人民银行|电信|移动|联通|铁塔|邮政)"
BEGINS_UNIT: Final = regex(
    rf"[{MARKS}]|{_PREFIX}|各|所有|相关|有关|其[他它]|[县市省区州]直|全县|团[县市省区州]委|{_OF_THE_STATE}"
)
"""What only the name of a further unit or an open body begins with: 县…, 团县委, 国网…, 各…, or a mark."""
_LONGEST_NAME = 20
_SECTION = regex(
    ".+(?:办公室|室|科|股|处|办|队|站|中心|部|组|所|馆|庭|院|系)|纪委|[校院局]?(?:团委|工会)|执行局"
)
_CHARACTERS = regex(r"[\u4e00-\u9fffA-Za-z0-9]{2,40}")
_SCHOOL_OR_FIRM = any_of(
    """
    [一二三四五六七八九十]中 [一二三四五六七八九十]小 职中 职高 职专 中专 高中 特校
    [林农牧渔茶果]场 [良原]种场 苗圃 机场 [城交国产水农文旅]投 水厂 电厂 新华书店
    农商行 农发行 [人农工建中]行 融媒体 公路段 粮库
    """
)
_SHORT_BODY = "[教科经农建民监]委"
_WHOLE_NAME = any_of(
    f"""
    审计署 新华社 海关 供销(?:合作)?联?社 [中社]科院 (?:国家|南方)电网 (?:新疆)?生产建设兵团 (?:共青)?团中央
    国网[\u4e00-\u9fff]{{2,4}}电力 [证银保]监会
    军分区 人武部 国调队 人行 中石[油化]
    {_SHORT_BODY} [县市省区州旗镇乡]?(?:{_PEOPLE_END}) [县市省区州]?(?:高新|经开|开发|管理|度假|示范|经济|综保|保税)区
    [县市省区州]?(?:高新|经开|工业|产业|化工|物流)园
    (?:司法|财政|民政|国土|派出|税务|供电|市监|林业|水利|农技|农机|畜牧|兽医|文化|文广|自然资源|市场监管
        |村建|城建|规建|环卫|安监|房管|水务|农经|经管|社保|劳保|计生)[所站]
    """
)
_ENDS = regex(
    rf"""
    .+ (?:{_FULL_END})
    | .{{2,}} (?:{_SHORT_END}|{_PEOPLE_END}|{_PLACE_END})
    | (?:{_PREFIX}.+|.{{3,}}) (?:{_LONG_END})
    | (?:{_PREFIX}|区).* (?:{_SCHOOL_OR_FIRM})
    | (?!国有|集体|家庭|民营|乡村|公益) [^\W的和及与]{{2,6}} (?:林场|农场|机场)
    | 国[有营] (?!重点|骨干|贫困|欠发达|农|林) [^\W的和及与]{{1,6}} (?:林场|农场|牧场)
    | [甲乙丙丁戊己庚辛壬癸A-Z] (?:镇|乡|街道|村|社区)  # where a place's name is withheld
    | {_WHOLE_NAME}
    """,
    re.VERBOSE,
)
_QUOTED_NAME = regex(
    "[县市省区州旗镇乡]“[\\w+]{1,10}”(?:工作)?(?:办|办公室|专班|指挥部|中心|领导小组(?:办公室)?)"
)
"""An office that is called by a slogan: 县“两重”办."""
_NO_NAME = regex(
    rf"(?:{_NEVER_FIRST})|(?:.*[局厅])?(?:{_DEEDS})(?!(?:{_OF_DEEDS})$)|.*(?:{_NEVER_INSIDE})|.*(?:{_NO_UNIT_END})$"
)
_HIGHER = regex(
    rf"国家|国网|中共|[^县局]{{2,6}}总局|(?:[^县局办委]{{2,3}})?(?!{_MARKET})[省市](?!区)"
)
_TWO_COUNTIES = regex(r".*[县局办委].*(?<!治)县(?![直城域级])")
_TWO_SECTIONS = regex("[^股]{2,}股(?![份权])[^股]{2,}股|[^所]{2,}所[^所]{2,}所")
_OF_BOTH = regex("([县市省区州])委\\1政府.")  # 县委县政府督查室
_STATE_BRANCH = regex(
    "国家(?:统计局[\u4e00-\u9fff]{1,6}调查总?队|税务总局[\u4e00-\u9fff]{1,8}税务局)"
)
"""What a ministry has in a place, be it called by its level: 国家统计局县调查队."""
_TWO_BODIES = regex(
    r".+?(?:局|办公室|委员会|管委会|街道(?=.{2,}街道$)|中心(?!(?:小学|中学|学校|校|幼儿园|卫生院|敬老院)$))(?P<rest>.+)"
)
ENDS_CLOSED: Final = regex(rf".+(?:{_CLOSED_END})")
"""Names after which 和 joins another unit for certain, as it does after 县住建局."""
_SUBORDINATE = regex(rf".*(?:{_SUBORDINATE_END})")
_MEMBERS = regex(
    r"(?P<council>.*(?:领导小组|指挥部|联席会议|.[委会指办组]))(?:各|有关|相关|其他)?成员单位"
)
_TRADE = any_of(f"消防 卫生 环保 安监 国土 规划 文化 旅游 体育 {' '.join(STEMS)}")
_USUAL = regex(
    any_of(
        f"""
        {_TRADE.replace("|", " ")} 工商 质监 地方金融 金融 工业 机关事务 民族 民宗 政务 经济 经信 城市 综合 营商环境
        园林 投资 投促 招商 服务业 科学 烟草 房产 文广 老干部 教科 食品 食药 环境 地震 畜牧 农机 农牧 物价 海洋 粮食
        大数据 社会 药监 文体 渔 盐 农业 知识产权 公路 轨道 卫计 人力资源 住房 建设 退役军人
        """
    )
)
_TRADES = regex(rf"(?:(?:{_UTILITY}|{_TRADE})[、和及]?)*(?:{_UTILITY}|{_TRADE})")
_ABOVE = regex("中央|国家|省|市")
_OPEN = regex(
    rf"(?P<trades>{_TRADES.pattern})?(?P<more>等)?(?:(?:{_QUALIFIER})*(?:{_NOUN})){{1,2}}"
)
_SIGNS = regex(_SIGN)
NOUNS: Final = regex(rf"(?:{_NOUN}|{_REGION}|{_RULED_BY})(?:、(?:{_NOUN}|{_REGION}|{_RULED_BY}))*")
"""Bare nouns of open bodies, as in the brackets of 各乡镇（街道、园区）."""


_HOLDS_WORD: Final = regex(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[省市州由请])|(?<=[局委办部院会府心][和与及]))(?:"
    r"(?:[云仁共兴南太平政新永泰西]和|和(?:政|田|硕|静|顺|龙|林格尔|布克赛尔)|从江|含山|天等|如[东皋]|若(?:羌|尔盖))"
    r"(?=[县市区地蒙])|山海关区|景德镇市|[\u4e00-\u9fff]{2}各族自治县|\A和县)"
)
"""Places whose names hold a word that the name of no unit does: 和, 从, 等, 各."""
_WORDS_IN_NAMES: Final = "和从含等如若关镇各"
_IN_THEIR_PLACE: Final = "龢從唅戥洳偌關鎮佫"
_AS_NAMES: Final = str.maketrans(_WORDS_IN_NAMES, _IN_THEIR_PLACE)
_AS_WRITTEN: Final = str.maketrans(_IN_THEIR_PLACE, _WORDS_IN_NAMES)


def with_plain_places(text: str) -> str:
    """Return a text whose places' names hold no word of the language of units: such stand there in other characters."""
    return _HOLDS_WORD.sub(lambda found: found[0].translate(_AS_NAMES), text)


def as_written(text: str) -> str:
    """Return a text as it was before ``with_plain_places``."""
    return text.translate(_AS_WRITTEN)


def is_name(text: str) -> bool:
    """Return whether ``text`` is the name of one unit and nothing else."""
    text = with_plain_places(text)
    if text in GOVERNING or _QUOTED_NAME.fullmatch(text):
        return True
    if _REGIONS.fullmatch(text):
        return False
    return _reads_as_name(text) and not _holds_two(text)


def _reads_as_name(text: str) -> bool:
    return (
        _CHARACTERS.fullmatch(text) is not None
        and _ENDS.fullmatch(text) is not None
        and _NO_NAME.match(text) is None
    )


def could_be_name(text: str) -> bool:
    """Return whether ``text`` is nothing but a few characters without a word that no name holds: 县一中, 质安科."""
    return (
        1 < len(text) <= _LONGEST_NAME
        and _CHARACTERS.fullmatch(text) is not None
        and _NO_NAME.match(text) is None
    )


def is_section(text: str) -> bool:
    """Return whether ``text`` is an office of a bureau, where a column's head says that it has such: 财务科, 办公室."""
    return (
        could_be_name(text)
        and _SECTION.fullmatch(text) is not None
        and _TWO_SECTIONS.fullmatch(text) is None
    )


def _holds_two(text: str) -> bool:
    """Return whether two units seem to stand in ``text`` with nothing between them, as in 县住建局县发改局."""
    if _OF_BOTH.match(text) or _STATE_BRANCH.fullmatch(text):
        return False
    if _TWO_SECTIONS.fullmatch(text):
        return True
    seconds = (found.start() for found in _SECOND.finditer(text))
    if any(_reads_as_name(text[:at]) and _reads_as_name(text[at:]) for at in seconds):
        return True
    if _HIGHER.match(text):
        return False
    if _TWO_COUNTIES.match(text):
        return True
    bodies = _TWO_BODIES.fullmatch(text)
    return bodies is not None and _SUBORDINATE.fullmatch(bodies["rest"]) is None


LEVEL: Final = regex(
    f"省(?![级直])|自治[区州县旗](?![级直])|(?!{_MARKET})市(?![级直])|县(?![级直域]|{_TOWN})|区(?![级直域])|州(?![级直])|旗(?![级直县舰])"
)
"""What stands before the name of a department of a province, city or county."""
_SECOND = regex(
    f"(?<=..)(?<![社园辖景校矿片街新灾库特能理发])(?:{LEVEL.pattern}|{_OF_THE_STATE}|国家|中国)(?![支分]行$)"
    f"|(?<=..)(?<![区镇乡道])(?<!管委会)(?:{'|'.join(STEMS)})局$"
)
"""Where a second name may begin that nothing parts from the first: 县水务公司县财政局, 县文联教育局."""
_BARE = regex(
    f"(?!国(?!资|有资产|防动员|土|税局|家税务局)|中|办公室.|市政)(?:{_MARKET}|城市|[^省市县区州旗]){{2,10}}(?:(?<!分)局|厅|(?<![党纪])(?<!党工)(?<!(?<![城监])管)委|委员会|(?<![道镇乡村街])(?:办公室|办))"
)


_OF_NO_LEVEL = regex(
    ".*总局.+|.{2,}(?:水库|灌区|林场|景区|名胜区|保护区|湿地公园|森林公园)管理.+|.*(?:[银证保]监|银保监|(?<!地方)金融监管|(?<!地方)金融监督管理|能源监管|煤监|矿山安监|海事|航道|航务|边检|铁路.*|机场.*|海警|出入境.*|检验检疫|长江.*|黄河.*)局"
)


def _of_a_place(name: str) -> bool:
    """Return whether a department is called by its place, of two characters, or is of no level: 示例林业局, 证监局."""
    rest = re.sub("(?:局|厅|委|委员会|办公室|办)$", "", name)
    placed = (
        rest[2:] in STEMS and rest[:2] not in STEMS | {"轨道", "地方", "国家"} and rest not in STEMS
    )
    return placed or _OF_NO_LEVEL.fullmatch(name) is not None


BARE_BODY: Final = regex(
    any_of(
        f"""
        {_SHORT_BODY} (?:(?:中级)?(?:人民)?)法院 (?:人民)?检察院 总?工会 团委 妇联 残联 文联 作协 侨联 工商联
        社科联 科协 红十字会 党校 消防(?:救援)?[大支]队
        (?:融媒体|疾控|疾病预防控制|政务服务|大数据|公共资源交易)中心
        (?:图书|博物|文化|档案|美术|科技)馆 人民医院 中医院 妇幼保健院 福利院 交警[大支]队
        """
    )
)
"""Bodies of a level that are no departments, and no names of their own without it: 检察院, 妇联."""
BARE_PARTY_DEPARTMENT: Final = regex("(?:组织|宣传|统战|社会工作)部|政法委|网信办")
"""Departments of a party committee without which committee's: 统战部."""
BARE_REGION: Final = regex(
    "(?:[省市州县区旗盟]|自治区|直辖市|地区)(?:[（(〔][市州县区旗盟、]+[）)〕])?(?:(?:人民)?政府(?:[（(]管委会[）)])?|管委会)?"
)
"""Kinds of region without a name, perhaps with what rules them: 县人民政府."""


def is_bare_department(name: str) -> bool:
    """Return whether a name is a department's, or another body's, without what it is of: 体育局, 市场监管局, 检察院."""
    if BARE_BODY.fullmatch(name):
        return True
    if _NO_NAME.match(name) or not _CHARACTERS.fullmatch(name):
        return False
    return _BARE.fullmatch(name) is not None and not _of_a_place(name)


def is_usual(name: str) -> bool:
    """Return whether a bare body is one that every county has, and no place's: 体育局, 检察院, not 岭东局."""
    return (_USUAL.match(name) or BARE_BODY.fullmatch(name)) is not None


_ONE_DOOR = (
    (
        regex(".+(?:局|厅|委员会|办公室|[^省市县区州旗]委|[委府][^局委厅]{0,6}办)"),
        regex(".+(?:局|厅|委员会|办公室|办|[^省市县区州旗党]委)"),
    ),
    (regex(".+(?:[园区]|管委会)"), regex(".+(?:镇|乡|街道)")),
)
"""Kinds of unit that share a door with one of another kind: a bureau and its office, a zone and its town."""


def is_second_name(name: str, inside: str) -> bool:
    """Return whether ``inside`` is another name of the unit whose name stands before the bracket: 县乡村振兴局.

    It is one on the same door, of the same level, and no office below it (质安站), which may be the one that acts.
    """
    doors = any(one.fullmatch(name) and other.fullmatch(inside) for one, other in _ONE_DOOR)
    own, other = LEVEL.match(name), LEVEL.match(inside)
    if own and other and own[0] != other[0]:
        return False
    return doors and is_name(name) and (is_name(inside) or is_bare_department(inside))


_KIND = ("部门", "单位", "机构", "企业", "党委", "政府", "办事处", "管委会")


def joins_kinds(body: str, text: str) -> bool:
    """Return whether ``text`` is a second noun of the open body before it: 单位 of 市直有关部门, 政府 of 各乡镇党委."""
    return text in _KIND and body.endswith(_KIND)


_ZONE = regex("(?:(?:开发)?园区|功能区|管理区|开发区|经济区)(?:管委会?|管理委员会|党工委)?")
_EACH_COUNTY = regex("(?:[省市州]?各)?[^各乡镇街村]+")


def is_zone(text: str) -> bool:
    """Return whether ``text`` is a zone without a name, or what rules it: 开发区管委会."""
    return _ZONE.fullmatch(text) is not None


def is_zone_of_each(body: str, text: str) -> bool:
    """Return whether ``text`` is a zone without a name behind 各县区: the zones of them all, as a city says.

    Behind 各乡镇 it is the one zone that a county has.
    """
    return is_zone(text) and _EACH_COUNTY.fullmatch(body) is not None


def is_office_of_governing(name: str) -> bool:
    """Return whether this is an office of one of these: 县政府督查室, 县委办公室."""
    return any(name.startswith(body) and name != body for body in GOVERNING)


def is_open(text: str) -> bool:
    """Return whether ``text`` is a body that is not named one by one: 等相关部门, 各乡镇, 水电气等公用事业单位."""
    text = text.translate(_BRACKETS)
    members = _MEMBERS.fullmatch(text)
    if members and _CHARACTERS.fullmatch(text):
        return _NO_NAME.match(members["council"]) is None
    if any(pattern.fullmatch(text) for pattern in (_REGIONS, _AND_SO_ON, _EACH)):
        return True
    body = _OPEN.fullmatch(text)
    if body is None:
        return False
    several = "、" in (body["trades"] or "")
    return several or body["more"] is not None or _SIGNS.search(text) is not None


PLACE: Final = (
    "(?!(?:全|本|各|我|外|邻|该|设|县级|地级|所在|有关|相关|城市|都市|自治区|直辖市)|"
    "[\u4e00-\u9fff]{0,3}(?:社|园|辖|景|小|校|厂|街|片|专|分|特|矿|灾|库|功能|管理|示范|度假|保护|保税|综保|开发|高新|经开|经济)区)"
    "(?:[甲乙丙丁戊己庚辛壬癸A-Z]|[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff](?=县))[县区市旗]"
)
"""A pattern of a county's, district's or city's own name."""
_PLACES: Final = regex(f"{PLACE}(?P<rule>(?:人民)?政府)?")


def places(names: Sequence[str]) -> frozenset[str]:
    """Return the counties and districts that stand for their governments among names: 甲县, 乙区.

    None where another body of a place stands among them: of 甲县、乙县财政局 the first may be a department, too.
    """
    begun = {name: _PLACES.fullmatch(name) for name in names if _PLACES.match(name)}
    found = frozenset(name for name, place in begun.items() if place and not place["rule"])
    return found if all(begun.values()) else frozenset()


def begins_body(text: str) -> bool:
    """Return whether ``text`` is what an open body of several kinds begins with: 水, 公安, 中央."""
    return (_TRADES.fullmatch(text) or _ABOVE.fullmatch(text)) is not None


def ends_body(text: str) -> bool:
    """Return whether ``text`` is the rest of such a body: 气等公用事业单位, 消防等部门, 省驻甲单位."""
    body = _OPEN.fullmatch(text)
    several = body is not None and body["trades"] is not None
    return several or _STATIONED.fullmatch(text) is not None
