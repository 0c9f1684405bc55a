"""The title of a bulletin: what the list is about, out of the list's own title, in parts by meaning."""

import re
from typing import Final

from gaigai_cli.model.tasks import Notice

PLAIN: Final = "重点任务"
"""What a bulletin is about where the list's title says nothing more."""
_REGION: Final = re.compile(
    "[\u4e00-\u9fff]{2,9}?(?:自治县|自治州|自治区|新区|开发区|高新区|地区|省|市|县|区|州|旗|盟"
    "|(?:镇|乡|街道(?:办事处)?)(?=\\d{4}|[一二][〇○零]|人民政府))"
)
_BEFORE_YEAR: Final = re.compile(
    "(?:(?![全本各我该省市两几邻原])[\u4e00-\u9fff]县|(?![老主新旧全市古])[\u4e00-\u9fff]城区|(?!全)[\u4e00-\u9fff]山区)(?=\\d{4}|[一二][〇○零])"
)
"""A region by what follows it alone: 丰县2024年, 上城区2024年; 城区 and 山区 are none."""
_NO_REGION: Final = re.compile(
    "(?:小区|园区|景区|社区|片区|库区|山区|老区|辖区|校区|厂区|林区|牧区|矿区|街区|城区|灾区|保护区|功能区|服务区|示范区|"
    "[小城乡古集名强]镇|(?:特色|重点|中心|建制|示范)镇|[城入返离]乡|城市|超市|夜市|上市|都市|门市|入市|农贸市|(?:[全本各我该]|示范|模范|先进|试点|重点|文明|卫生|园林|..[强大名])[县市区省])$"
)
_GOES_ON: Final = re.compile("[域级场]|城(?![市乡镇管])")
"""What makes another word of the last sign of a region: 县域, 县城."""
_YEAR: Final = re.compile(
    "(?:\\d{4}|[一二][〇○零\\d一二三四五六七八九]{3})\\s*(?:[—–~至-]\\s*\\d{4}\\s*)?(?:年度|年)?(?:[上下]半年)?"
)
_ANNEX: Final = re.compile("^附(?:件|表)[\\d一二三四五六七八九十]*[：:、.]?")
_WRAPPED: Final = re.compile("《([^《》]+)》")
_ABOUT: Final = re.compile(
    "^关于(?:印发|下发|公布|做好|落实)?(.*?)(?:的(?:方案|通知|意见|函|公告|决定))?$"
)
_WHOLE: Final = re.compile("^(?:全[县市区省州旗]|本[县市区省州旗]|我[县市区省州旗])")
_ORGANS: Final = ("政府", "人民政府", "委", "人大", "政协")
"""What a region's name is a part of: 县委, 市政府."""
_BEGINNING: Final = re.compile("^(?:贯彻落实|推进落实|落实)")
_BESIDES: Final = re.compile("(?:工作|实施)?(?:要点|计划|方案)[及和与]?((?:重点)?任务)$")
_TAIL: Final = re.compile(
    "(?:(?P<work>工作)?(?:要点|台账|(?:实施)?方案|安排|计划|部署|的(?:实施|指导)?意见)(?:任务)?|(?:责任)?清单(?:任务)?|责任分解|分解方案|任务书|一览表|计划表|明细表|"
    "(?:责任|目标)?分解表?|汇总表|统计表|进度表|表|印发|(?:责任)?分工)(?:方案|表)?$"
)
_BRACKETS: Final = (("（", "）"), ("(", ")"), ("【", "】"), ("〔", "〕"), ("《", "》"), ("“", "”"))
_TWICE: Final = re.compile("(工作|任务|重点|项目|改革|建设|落实)\\1")
_EMPTY: Final = frozenset(
    {"", "工作", "任务", "工作任务", "重点", "重点工作", "重点任务", "年度", "目标任务", "主要任务"}
)


def subject(notice: Notice) -> str:
    """Return what the list is about, ending in 任务: 工程建设项目审批制度改革工作任务.

    The office's own words (``notice.subject``) come first. Of the list's title region, year, brackets and the words for
    a list are left out; what is left may be nothing: 重点任务.
    """
    own = "".join((notice.subject or "").split())
    return with_task(own) if own else _derived(notice.title)


def _derived(title: str) -> str:
    words = _ANNEX.sub("", "".join(title.split()))
    wrapped = _WRAPPED.search(words)
    words = wrapped[1] if wrapped else words
    words = _ABOUT.sub(r"\1", words)
    words = _without_brackets(words)
    words = _without_region(_YEAR.sub("", _without_region(words.removeprefix("中共"))))
    words = _BEGINNING.sub("", _WHOLE.sub("", _ABOUT.sub(r"\1", words)))
    work = False
    while (tail := _TAIL.search(words)) and tail.start() < len(words):
        work = work or bool(tail["work"])
        words = words[: tail.start()]
    words = _BESIDES.sub(r"\1", words.strip("的、，,—-：:·"))
    if words in _EMPTY:
        return PLAIN
    return with_task(f"{words}工作" if work and not words.endswith(("工作", "任务")) else words)


def with_task(words: str) -> str:
    """Return what a title is about, ending in 任务 and with no word twice."""
    words = words if words.endswith("任务") else f"{words}任务"
    while (shorter := _TWICE.sub(r"\1", words)) != words:
        words = shorter
    head, sign, tail = words.rpartition("重点")
    return f"{head}{tail}" if sign and "重点" in head else words


def _without_region(words: str) -> str:
    """Return a title without the names of province, city and county that it opens with."""
    while found := _BEFORE_YEAR.match(words) or _REGION.match(words):
        rest = words[found.end() :]
        unsure = found.re is _REGION
        if unsure and (_NO_REGION.search(found[0]) or _GOES_ON.match(rest)):
            break
        if rest.startswith(_ORGANS):
            return f"{found[0][-1]}{rest}"
        words = rest
    return words


def _without_brackets(words: str) -> str:
    """Return a title without brackets that hold a year or a remark and aren't quoted, and without half a pair."""
    words = re.sub("(“[^“”]*”)|[（(【〔][^（()【〔）】〕]*(?:[）)】〕]|$)", r"\1", words)
    for start, end in _BRACKETS:
        if words.count(start) != words.count(end):
            words = words.replace(start, "").replace(end, "")
    return words


class Titled:
    """A paper whose title comes in parts, behind each of which a line of it may end."""

    __slots__ = ()
    title_parts: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title in one line."""
        return "".join(self.title_parts)


def title_parts(about: str, words: str, ending: str) -> tuple[str, ...]:
    """Return the parts behind which a line of the title may end: 关于2024年9月, 深化改革, 落实情况的通报.

    Of two subjects (优化营商环境暨民生实事) each is one.
    """
    head = without_task(words)
    subjects = re.split("(?=暨)", head)
    return tuple(filter(None, (about, *subjects, words.removeprefix(head), ending)))


def bulletin_title(when: str, words: str) -> tuple[str, ...]:
    """Return the title of a bulletin on what a list is about, in the parts behind which a line of it may end."""
    return title_parts(f"关于{when}", words, "落实情况的通报")


def without_task(words: str) -> str:
    """Return what a title is about without the words for its tasks: 重点工作任务."""
    return words.removesuffix("任务").removesuffix("工作").removesuffix("重点")
