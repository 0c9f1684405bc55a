"""Reads the words of a deadline cell.

======================================================  ============================================================
words                                                   meaning
======================================================  ============================================================
2024年6月30日, 6月30日前, 2024-06-30, 2024.6.30          fixed, that day; 6月30日（星期日）前 too, if it is one
6月底(前), 6月末, 6月, 6月份, 6月内                      fixed, the month's last day
6月上旬, 中旬, 下旬                                      fixed, the 10th, the 20th, the month's last day
一季度, 第三季度末; 上半年, 下半年                        fixed, the period's last day
年底(前), 年末, 年内, 2024年底, 2024年完成, 次年3月底      fixed; no year: the notice's; 次年 and 明年: the one after
4月—6月, 4-6月, 6月1日起至9月30日止, 12月—次年1月         fixed with ``from``
4月底前完成方案，9月底前…；12月底前…                     staged, ids "1", "2", "3"; the words after each day are its
                                                        text (all the part's words where it has none or is a window);
                                                        ①…；②… too, where the numbers count them from 1
上半年、下半年各1期; 二、四季度                              staged: 上半年1期, 下半年1期; 二季度, 四季度
早稻4月底前栽完，晚稻7月底前栽完                          staged: each clause names what its day is for, its words
持续推动落实, 持续推进, 常态化开展                        ongoing without end
长期坚持, 5月起长期坚持                                  ongoing without end, ``from`` where named
2024年持续推动落实, 全年, 持续推进至年底                  ongoing until the day named, the year's end
4月—12月持续推进, 下半年持续推进                         ongoing, with ``from``
每月25日前, 每月底, 每月, 每季度末, 每半年, 每周五, 按月    recurring in the year (or in the period named before it);
                                                        no day: the period's last; 每月2次 too, both by then
每季度末月25日前, 每年6月底                              recurring, that day of the quarter's last month, of the year
即日起至12月底                                           fixed, ``from`` the notice's day
印发后10个工作日内, 自印发之日起30日内, 印发后3个月内      fixed, counted from the day after the notice
项目批准后…, 国评时间确定后…                             unset
立行立改, 立即整改, 尽快                                 unset, with a doubt: somebody must set a day
立行立改，6月底前完成; 立行立改并长期坚持                 the day, ongoing: to begin at once changes neither
6月底前完成，并长期坚持                                   the day: that it goes on changes nothing of it
年底前，按季度通报; 6月底前完成，每月调度一次             the day: the office looks how far things are
======================================================  ============================================================

完成, 落实到位 and the like may follow, by the end of a year also how much (建成30个), 于, 最迟, 力争, 完成时限： may
precede; they change no day. 24年 is 2024 in a list of that year or the ten before. Read as nothing, with a doubt:
6月前 (before its beginning or its end?), 6月初, 6月30日左右, 2024年 alone, 春节前,
收到通知后5个工作日内, days that don't exist, windows and stages out of order. Words that no rule covers are a doubt
beside what was read, and so is a second meaning in the same cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from gaigai_cli.model.calendar import YEARS, Every, add_months, days_in
from gaigai_cli.model.deadline import (
    LAST_DAY,
    Deadline,
    Fixed,
    Ongoing,
    Recurring,
    Stage,
    Staged,
    Unset,
    occurrences,
)
from gaigai_cli.model.workdays import is_workday
from gaigai_cli.words.days import (
    AFTER,
    BEFORE,
    BEGINS,
    DAYS,
    EVERY,
    START,
    TO,
    VAGUE,
    WINDOW,
    WITHIN,
    Cursor,
    Days,
    UnclearError,
    YearAndIssue,
    cycle_of,
    either_end,
    read_span,
    read_time,
)
from gaigai_cli.words.heads import BY_WHEN
from gaigai_cli.words.normal import Normal, any_of, normal, numeral_value
from gaigai_cli.words.pattern import regex

_LONGEST: Final = 1_000
"""Characters of a deadline, its stages included."""


def _words(words: str) -> str:
    """Return a pattern for any of the words; none of them is given up for a shorter one."""
    return f"(?>{any_of(words)})"


TAKE_RESULTS: Final = "完成 建成 实现 取得"
"""Words of being done behind which stands what is done; 完毕, 办结 and the like end a sentence."""
_WHOLLY: Final = "(?:全部|全面|基本|按时)?"
_DONE: Final = _WHOLLY + _words(
    f"{TAKE_RESULTS} (?:完成|落实|整改|发放)?到位 办结 完毕 完工 竣工 投入使用 投入运行"
)
_EFFECT: Final = _words(
    "投用 投产 上线(?:运行)? (?:制定)?出台 (?<=[前底内末])(?:印发|发布|公布) 入库 启用 交付(?:使用)? "
    "通车 通水 通电 通气 通航 开园 开馆 开业 挂牌 见效 见成效 (?:通过)?验收 达标 (?:全部)?(?:销号|清0) "
    "(?:实现)?全覆盖"
)
"""Words of being done that tell stages from each other: 9月底前竣工，12月底前投用."""
_ACTION: Final = _words(
    "推动 推进 落实 抓落实 办理 开展 组织开展 召开 实施 坚持 保持 抓好 进行 整改 深化 巩固 发力 加强 优化 提升"
)
_REPORT: Final = _words("报送 上报 报告 通报 调度")
_LATEST: Final = "[至最]迟 最晚 不得?[晚迟]于 不超过"
_LEAD_INS: Final = (
    f"自 从 于 在 确保 务必 必须 须 应当 应 限 限期 截至 截止 截止到 {_LATEST} "
    "(?:计划)?分[两几2-9]?(?:批次?|步|个?阶段|期)(?:推进|实施|整改|完成|落实)?"
)
_AIMS: Final = "力争 争取 计划 预计 拟 原则上"
_AT_THE_LATEST: Final = regex(any_of(_LATEST))
_PAUSES: Final = ",、;。:"
_ALL_YEAR: Final = "贯穿全年|全年"
_LONG: Final = "长期任务|长期|常年|常抓不懈"
_GOING_ON: Final = "持续|常态长效|常态化|常态"
_ADVERB: Final = rf"(?P<year>{_ALL_YEAR})|(?P<long>{_LONG})|{_GOING_ON}"
_AT_ONCE_WORDS: Final = _words(
    "立行立改 立即整改 立整立改 即知即改 边整边改 马上就办 立即 尽快 即时"
)
_AS_ASKED: Final = regex(
    "(?:按照?|根据|依照|依据)[^,;。]{0,15}?(?:要求|部署|安排|规定|时限|进度|节点|需要)"
    "(?:的?(?:时限|时间|进度|节点|要求))*"
)
_HOLIDAYS: Final = (
    "春节|元旦|清明|劳动节|端午|中秋|国庆|五一”?[前节]|[七八十]一”?前|(?<![环细情])节[前后]"
)
_DOCUMENT: Final = _words("通知 本通知 文件 本文件 清单 本清单 本方案")

_PAUSE: Final = regex(f"[{_PAUSES}]+")
_JOIN: Final = "和(?![谐平])|及(?!时)|并(?![联网轨购行])|再(?![生造])"
_FRONT_EDGE: Final = regex(f"(?:[{_PAUSES}]|{_JOIN})*+")
_BACK_EDGE: Final = f"{_PAUSES}和及并再"
_LABEL: Final = regex(rf"(?:{BY_WHEN}|时间):?")
"""What the office writes before a deadline: 完成时限：."""
_LEAD: Final = regex(f"(?:{_words(_LEAD_INS)})*+")
_LEAD_IN: Final = regex(f"(?:{_words(_LEAD_INS)}|[{_PAUSES}到至])*+\\Z")
"""于, 最迟, 分两批：, 到 before a deadline."""
_AIMED: Final = regex(f"(?:{_words(f'{_LEAD_INS} {_AIMS}')}|[{_PAUSES}到至])*+\\Z")
"""These and 力争, 原则上 before what is the only day, or comes again: the item is held to it."""
_FILLERS: Final = regex(rf"(?:{_DONE}|{_EFFECT}|{_ACTION}|{_REPORT}|[{_PAUSES}]|并)*+\Z")
_DOES: Final = r"[^\W\d年月季周日旬初首末中底上下前后]{2,4}"
_TIMES_EACH: Final = r"[1-9]\d?[次场期轮]"
"""How often in each month or quarter; all of it is due by the period's end."""
_FILLERS_OF_TURNS: Final = regex(
    rf"(?:{_DONE}|{_ACTION}|{_REPORT}|[{_PAUSES}]|(?:至少|不少于)(?={_ACTION}?{_TIMES_EACH})|(?:{_DOES})?{_TIMES_EACH})*+\Z"
)
_THING: Final = (
    rf"(?:(?![\d{_PAUSES}()（〔%或已未前后内起止至到底末旬]|左右|不[能得予]|无法|{_JOIN})."
    r"|[前后][期续置台]|到位|至少|内部)"
)
_RESULT: Final = regex(rf"{_WHOLLY}{_words(TAKE_RESULTS)}{_THING}*+[{_PAUSES}]*+\Z")
"""What is done by a day, where it is one thing, whole, and nothing of it speaks of a further time."""
_ENDED: Final = regex(rf"(?!部分|半数){_THING}{{1,12}}(?:完[毕成工]|竣工|到位|结束)[{_PAUSES}]*+\Z")
"""The same with its verb behind it: 播种完毕."""
_KEPT_UP: Final = regex(
    rf"(?:[{_PAUSES}]|(?P<then>并且?|且|[之此]后|转[入为]))*+(?:(?P<long>{_LONG})|{_GOING_ON})(?:{_ACTION}|[{_PAUSES}])*+\Z"
)
"""That what is done by then goes on, which changes nothing of the day: 完成，并长期坚持."""
_START_WORDS: Final = "启动|[开动]工|开[始建]|着手"
_STARTS: Final = regex(_START_WORDS)
_TOLD: Final = regex(
    rf":(?!(?:{_THING})*?(?:{_START_WORDS}|部分|半数|视|待|另行|延期))(?:{_THING}){{4,}}[{_PAUSES}]*+\Z"
)
"""What is to be done by then, behind a colon: 3月：组织示例培训."""
_TARGET: Final = regex(
    rf"(?![各每年月日季旬号]|{_START_WORDS})[\u4e00-\u9fff](?=.*\d)(?:(?![{_PAUSES}()〔]|{_JOIN}).)*+\Z"
)
"""How much of it is done by then: 建成30个."""
_ADVERBS: Final = regex(_ADVERB)
_ACTIONS: Final = regex(_ACTION)
_DONES: Final = regex(_DONE)
_AT_ONCE: Final = regex(_AT_ONCE_WORDS)
_AT_ONCE_GOES_ON: Final = regex(f"(?:{_AT_ONCE_WORDS}|{_DONE}|{_ACTION}|[{_PAUSES}])*+")
_URGING: Final[Mapping[type, re.Pattern[str]]] = {
    Fixed: _AT_ONCE_GOES_ON,
    Ongoing: regex(f"(?:{_AT_ONCE_WORDS}|(?:已经?)?{_DONE}|{_ACTION}|[{_PAUSES}])*+"),
}
"""Words that change nothing beside a day, or beside 长期坚持: to begin at once, there also that it is done so far."""
_HOLIDAY: Final = regex(_HOLIDAYS)
_UNTIL: Final = regex(TO)
_ISSUED: Final = "印发|下发|发文|发布|公布"
_RECEIVED: Final = "收到|接到|收文"
_FROM_NOTICE: Final = regex(
    rf"(?:{_words(_LEAD_INS)}|{_DOCUMENT}|(?P<plan>方案))*+(?P<received>{_RECEIVED})?(?:{_DOCUMENT})*+(?P<issued>{_ISSUED})?"
    rf"(?:{AFTER.pattern}|{START.pattern})"
)
_LENGTH: Final = regex(
    rf"(?P<n>\d{{1,4}})(?:(?P<work>个?工作日)|(?P<months>个月)|[日号天])(?:{WITHIN.pattern})"
)
_EVENT: Final = regex(rf"(?P<what>[^\d{_PAUSES}]+?)(?:{AFTER.pattern})")
_NOTHING_HAPPENS: Final = regex(
    rf"{_DONE}|{_ACTION}|{_DOCUMENT}|{_ISSUED}|{_RECEIVED}|{_words(_LEAD_INS)}|\W|年度|结束|终了"
    "|季度|[年月日号天底末前内起止初中许至到和及并再次第今明翌本当]"
)
_MOVED: Final = regex("调整[为到至]|延[期长]?[至到]|顺延|推迟|提前[至到]|(?<!整)改[为至]|变更为")
_TIMES: Final = (
    _ADVERB,
    EVERY.pattern,
    _AT_ONCE_WORDS,
    _HOLIDAYS,
    r"\d{4}年|\d{4}[-./]\d|\d月",
    r"\d{1,2}年(?=[内前后底末初\d])",  # 3年内, not 3年行动
    r"\d{1,2}[日号](?=以?[前后]|之[前后]|[,、;。)]|\Z)",
    r"\d个?(?:工作日|月|季度?|周(?![岁年])|天)",
    "[今明]年|[次翌当本][年月日季]|[上下]半[年月旬]|[上中下]旬",
    "[年月季期][初底末内]|期[前后间]|[之以][前后]",
    r"[上下每这]个?[月周季旬]|星期|周[\d末内]",
)
"""Words of time, understood or not: left over they are a second meaning of the cell."""
_SPEAKS: Final = regex("|".join(_TIMES))
_OTHER_TIMES: Final = regex(
    "|".join(
        (
            *_TIMES,
            "[春夏秋冬]季|[今入开][春夏秋冬]|暑[期假]|寒假|开学|每学?期|期满|年关|岁末|腊月|除夕|元宵",
            "五一(?!路|大道|广场|村|社区)|五末",
            "[年月]中(?![央心级学小医外])|旬末|半个?[年月]|数[年月日天]|[来隔逐]年",
            r"第?[两\d]年(?!期|度|来|以上|行动|计划|规划|攻坚|方案)",
            "每[日天]|近[期日]|今后|届时|适时|随时|早日|下1步",
            "(?<![目提当先此空眼门])前(?![期置后沿台端景往来面列])",  # 汛期前, 高考前
            AFTER.pattern,  # 项目批准后
        )
    )
)
"""What in the words of a stage, which is free text, may be another time."""

_MOST: Final = 400  # days or working days after a notice; more is a slip
_LEAP_YEAR: Final = 2024  # in which 每年2月底 is read: "02-29" is the end of any February


class DeadlineReading(NamedTuple):
    """What a cell says. No doubts: every word was understood. ``deadline`` None: nothing certain was read.

    ``unclear`` tells words that are a deadline without a certain day (10月上旬前, 国庆节前, 立即) from any others.
    """

    deadline: Deadline | None
    doubts: tuple[str, ...] = ()
    unclear: bool = False

    @property
    def certain(self) -> Deadline | None:
        """The deadline where every word was understood; None where one was not."""
        return None if self.doubts else self.deadline


_Rule = Callable[[Cursor, YearAndIssue], DeadlineReading | None]
"""Starts at the cursor. Returns what it read, the cursor behind it, or None, the cursor anywhere.

Raises ``UnclearError`` where its words begin but don't say one certain thing.
"""


def read_deadline(text: str, *, year: int, issued: date | None = None) -> DeadlineReading:
    """Return the deadline in the words of a cell; never raises.

    ``year`` is the notice's and stands in for a year left out. A deadline that ends before ``issued`` (or, without
    it, before that year) is read with a doubt.
    """
    if len(text) > _LONGEST:
        return DeadlineReading(None, (f"时限多于{_LONGEST}字，没有解读",))
    if any("\ud800" <= char <= "\udfff" for char in text):
        return DeadlineReading(None, ("时限中有损坏的字符",))
    if year not in YEARS:
        return DeadlineReading(None, (f"任务年度{year}不在{YEARS[0]}—{YEARS[-1]}年之间",))
    words = _unnumbered(_without_watch(_without_label(normal(text))))
    cursor = Cursor(_without_event(words, year, issued))
    if cursor.ended:
        return DeadlineReading(None, ("时限为空",))
    if year_and_one(cursor.normal.text):
        why = f"“{cursor.cell}”可能是1月，也可能是10月（表格里的数字不显示末尾的0），请写明"
        return DeadlineReading(None, (why,))
    context = YearAndIssue(year, year, issued=issued)
    holiday = _HOLIDAY.search(cursor.normal.text)
    try:
        found = _relative(cursor, context) or _first_match(cursor, context)
        found = found or (None if holiday else _undated(cursor))
        why, unclear = f"未能识别时限“{cursor.cell}”", holiday is not None
    except UnclearError as error:
        found, why, unclear = None, str(error), True
    if (found is None or found.doubts) and (stages := _named_stages(cursor, context)):
        found = DeadlineReading(stages)
    if found is None or found.deadline is None:
        why = f"“{cursor.cell}”是节日前后的时限，请明确日期" if holiday else why
        return DeadlineReading(None, (why,), unclear)
    early = _too_early(found.deadline, issued or date(year, 1, 1), issued is not None)
    return found._replace(doubts=(*found.doubts, *early))


def _without_label(words: Normal) -> Normal:
    label = _LABEL.match(words.text)
    return words.without(*label.span()) if label else words


_WATCHED: Final = regex(
    rf"(?<=[前底末内成])[{_PAUSES}(]?(?:每|按)个?(?:月|季度?|周|旬|半年)[底末]?(?:1次)?(?:通报|调度|督查|督办)"
    r"(?:工作)?(?:进[展度])?(?:情况)?(?:1次)?\)?。?\Z"
)


def _without_watch(words: Normal) -> Normal:
    """Return the words without how often the office looks how far things are, behind a day: 年底前，按季度通报."""
    watched = _WATCHED.search(words.text)
    return words.without(*watched.span()) if watched else words


_EVENT_WITH_DAY: Final = regex(
    rf"(?:(?P<year>\d{{4}})年)?(?P<event>[^\d{_PAUSES}()]{{1,12}}前)\((?P<day>[^()]+)(?P<close>\))[^()]*"
)


def _without_event(words: Normal, year: int, issued: date | None) -> Normal:
    """Return the words of 主汛期前（5月15日前） without the event, of which the brackets say the day."""
    found = _EVENT_WITH_DAY.fullmatch(words.text)
    if not found or found["year"] not in (None, str(year)):
        return words
    if read_deadline(found["event"], year=year, issued=issued).deadline:
        return words
    if not read_deadline(found["day"], year=year, issued=issued).certain:
        return words
    return words.without(*found.span("close")).without(0, found.start("day"))


def year_and_one(words: str) -> str:
    """Return the year of 2025.1, which a workbook makes of the number 2025.10; empty for other words."""
    found = re.fullmatch(r"(20\d\d)\.1", words)
    return found[1] if found else ""


_POINT: Final = regex(
    r"(?:(?P<circled>[①-⑳])|\((?P<bracketed>\d{1,2})\)|(?P<dotted>\d{1,2})[.、])"
    r"(?=\d{4}年|\d{1,2}月|第?\d季度|[上下]半年|年[底内])"
)
_BARE: Final = regex(f"(?:{DAYS.pattern}|{_DONE}|[{_PAUSES}])*+")


ANY_YEAR: Final = 2024
"""Stands in for the list's year where it only matters whether words are a deadline."""


def is_deadline(words: str) -> bool:
    """Return whether words are a deadline, whatever the year."""
    return read_deadline(words, year=ANY_YEAR).certain is not None


def _unnumbered(words: Normal) -> Normal:
    """Return the words of ①6月底前完成方案；②9月底前实施 without numbers that count its stages from 1.

    Numbers of bare days (①6月底；②9月底) stay: they are those of something else.
    """
    points = [
        point
        for point in _POINT.finditer(words.text)
        if point.start() == 0
        or words.begins_line(point.start())
        or words.text[point.start() - 1] in (";。" if point["dotted"] else _PAUSES)
    ]
    numbers = [numeral_value(next(filter(None, point.groups()))) for point in points]
    ends = [*(point.start() for point in points[1:]), len(words.text)]
    bare = all(
        _BARE.fullmatch(words.text, p.end(), end) for p, end in zip(points, ends, strict=False)
    )
    if len(points) > 1 and not bare and numbers == list(range(1, len(points) + 1)):
        for point in reversed(points):
            words = words.without(*point.span())
    return words


def _first_match(cursor: Cursor, context: YearAndIssue) -> DeadlineReading | None:
    """Return what is read at the first place where a rule reads something.

    Of the rules that read there the one that gets furthest counts, so that their order means nothing. Raises its
    ``UnclearError`` where that one knows the words but not what they mean.
    """
    text = cursor.normal.text
    moved = _MOVED.search(text)
    if moved and _says_when(cursor, 0, moved.start()):
        raise UnclearError(f"“{cursor.cell}”写有调整前后的时限，请明确以哪一个为准")
    for place in _places(text):
        found = [read for rule in _RULES if (read := _tried(rule, cursor, place, context))]
        if found:
            cursor.at, match = max(found, key=lambda read: read[0])
            if isinstance(match, UnclearError):
                raise match
            if _HALF_OF_SOMETHING.match(text, max(place - 1, 0), place):
                return None  # the half of something, as in 一年内
            return _with_left_over(cursor, place, match)
    return None


def _tried(
    rule: _Rule, cursor: Cursor, place: int, context: YearAndIssue
) -> tuple[int, DeadlineReading | UnclearError] | None:
    """Return how far a rule gets from ``place`` on, and what it reads or finds unclear; None where it reads nothing."""
    cursor.at = place
    try:
        match = rule(cursor, context)
    except UnclearError as unclear:
        return cursor.at, unclear
    return (cursor.at, match) if match else None


def _places(text: str) -> Iterator[int]:
    """Yield the places of a text where a rule may begin."""
    for place in range(len(text)):
        if any(pattern.match(text, place) for pattern in (BEGINS, _ADVERBS, EVERY)):
            yield place


def _with_left_over(cursor: Cursor, start: int, read: DeadlineReading) -> DeadlineReading:
    """Return what was read from ``start`` to the cursor, with a doubt for words on either side of it."""
    lead_ins = _AIMED if isinstance(read.deadline, Fixed | Recurring) else _LEAD_IN
    lead_in = lead_ins.search(cursor.normal.text, 0, start)
    sides = ((0, lead_in.start() if lead_in else start), (cursor.at, len(cursor.normal.text)))
    urging = _URGING.get(type(read.deadline))
    before, behind = (
        ()
        if urging and urging.fullmatch(cursor.normal.text, *_trimmed(cursor, *side))
        else _left_over(cursor, *side)
        for side in sides
    )
    unclear = read.unclear and not (before or behind)
    return DeadlineReading(read.deadline, (*before, *read.doubts, *behind), unclear)


def _trimmed(cursor: Cursor, start: int, end: int) -> tuple[int, int]:
    """Return the stretch from ``start`` to ``end`` without pauses and 和, 并 at its ends."""
    text = cursor.normal.text
    edge = _FRONT_EDGE.match(text, start, end)
    start = edge.end() if edge else start
    while start < end and text[end - 1] in _BACK_EDGE:
        end -= 1
    return start, end


def _left_over(cursor: Cursor, start: int, end: int) -> tuple[str, ...]:
    start, end = _trimmed(cursor, start, end)
    words = cursor.quote(start, end)
    if not words:
        return ()
    if _says_when(cursor, start, end):
        return (f"同一格中另有“{words}”，可能也是时限，请核对",)
    if _STARTS.match(cursor.normal.text, start, end):
        return (f"“{words}”是开始的时间，没有写何时完成，请明确",)
    return (f"未能识别“{words}”，请核对原文",)


def _says_when(cursor: Cursor, start: int, end: int) -> bool:
    """Return whether these words speak of time."""
    return _SPEAKS.search(cursor.normal.text, start, end) is not None


def _relative(cursor: Cursor, context: YearAndIssue) -> DeadlineReading | None:
    """Read 印发后10个工作日内, 自本通知印发之日起30日内: so long from the notice on.

    The notice's own day is not counted (民法典第二百零一条). Working days are those of the State Council's calendar;
    where that of a year isn't known, or nobody has said the notice's day, the words stay a doubt.
    """
    from_notice = cursor.sees(_FROM_NOTICE)
    if not from_notice or not (from_notice["received"] or from_notice["issued"]):
        return None
    cursor.take(_FROM_NOTICE)
    if from_notice["received"]:
        raise UnclearError(f"“{cursor.cell}”是以收文日起算的时限，请明确日期")
    if from_notice["plan"]:
        raise UnclearError(f"“{cursor.cell}”看不出是本方案还是另行印发的方案，请明确日期")
    length = cursor.take(_LENGTH)
    if length is None:
        raise UnclearError(f"“{cursor.cell}”是以印发日起算的时限，没有写明多少日，请明确日期")
    if context.issued is None:
        raise UnclearError(f"“{cursor.cell}”是以印发日起算的时限，印发日不详，请明确日期")
    due = _after_notice(cursor, context.issued, length)
    cursor.take(_FILLERS)
    off = not length["work"] and is_workday(due, {}) is False
    doubts = (f"“{cursor.cell}”的最后一日{due}不是工作日，是否顺延请明确",) if off else ()
    made = DeadlineReading(Fixed(kind="fixed", text=cursor.cell, due=due), doubts)
    return _with_left_over(cursor, 0, made)


def _after_notice(cursor: Cursor, issued: date, length: re.Match[str]) -> date:
    number = int(length["n"])
    if not 1 <= number <= _MOST:
        raise UnclearError(f"“{cursor.cell}”的天数不合理，请核对")
    if length["months"]:
        year, month = add_months(issued.year, issued.month, number)
        return date(year, month, min(issued.day, days_in(year, month)))
    if not length["work"]:
        return issued + timedelta(days=number)
    day = issued
    while number:
        day += timedelta(days=1)
        worked = is_workday(day, {})
        if worked is None:
            raise UnclearError(
                f"“{cursor.cell}”要按工作日推算，{day.year}年的放假安排还不知道，请明确日期"
            )
        number -= worked
    return day


def _recurring(cursor: Cursor, context: YearAndIssue) -> DeadlineReading | None:
    """Read 每月25日前, 2024年每季度末, 4月至12月每周五: in the period named, else the year spoken of."""
    at = cursor.at
    time = read_time(cursor, context)
    if time:
        cursor.take(_PAUSE)
    adverb = cursor.sees(_ADVERBS)
    all_year = adverb and adverb["year"] and cursor.take(_ADVERBS)
    token = cursor.take(EVERY)
    if token is None:
        return None
    if time and all_year and not time.bare_year:
        raise UnclearError(f"“{cursor.quote(at)}”中的“全年”与所写期间不一致")
    every = cycle_of(token[0])
    day = _turn_day(cursor, every)
    if wrong := cursor.take(_NO_TURN):
        words = cursor.quote(wrong.start())
        raise UnclearError(f"“{cursor.quote(at)}”没有确定的日期（“{words}”），请明确到日")
    if cursor.take(BEFORE) and day is None:
        raise UnclearError(f"“{cursor.quote(at)}”没有写明是哪一日之前")
    cursor.take(WITHIN)
    first = time.first if time and time.starts else None
    last = date(time.last.year if time else context.year, 12, 31)
    if time and not time.starts:
        first, last = _period(cursor, at, time)
    cursor.take(_FILLERS_OF_TURNS)
    if day is None and not cursor.ended:
        rest = cursor.quote(cursor.at, len(cursor.normal.text))
        raise UnclearError(f"未能识别“{rest}”，每期的最后一日不能确定，请核对原文")
    made = Recurring(
        kind="recurring",
        text=cursor.cell,
        every=every,
        day=_WHOLE.get(every, LAST_DAY) if day is None else day,
        from_=first or last.replace(month=1, day=1),
        until=last,
    )
    if not occurrences(made, through=last):
        raise UnclearError(f"看不出“{cursor.quote(at)}”哪一日到期，请明确")
    return DeadlineReading(made)


_NO_TURN: Final = regex(f"{VAGUE.pattern}|{AFTER.pattern}|{TO}")
_DAY_OF_YEAR: Final = regex(r"\d{1,4}(?!\d|年)|第|[上下]半年")


def _period(cursor: Cursor, at: int, time: Days) -> tuple[date | None, date]:
    """Return first and last day; a year and 12月底前 have no first, any other period (下半年, 4月—6月) has both."""
    if time.is_day and not time.limit:
        raise UnclearError(f"“{cursor.quote(at)}”没有写明是从这一日起还是到这一日止")
    year = (time.first.month, time.first.day, time.last.month, time.last.day) == (1, 1, 12, 31)
    begins = time.window or not (year or time.is_day)
    return (time.first if begins else None), time.last


_Turns = tuple[tuple[str, int | str | None], ...]
_LAST_MONTH: Final = r"(?:末月|末(?=\d{1,2}[日号])|最后1个月|(?<=季度)第3个月)的?"
_OF_MONTH: Final[_Turns] = (
    ("月?[底末]", LAST_DAY),
    ("上旬", 10),
    ("中旬", 20),
    ("下旬", LAST_DAY),
    ("最后1[日天]", LAST_DAY),
    (r"(?P<n>\d{1,4})[日号]", None),
)
_OF_PERIOD: Final[_Turns] = (
    ("底|末(?!月)", LAST_DAY),
    ("最后1[日天]", LAST_DAY),
    (_LAST_MONTH, LAST_DAY),
    *((_LAST_MONTH + words, day) for words, day in _OF_MONTH),
)
TURNS: Final[dict[Every, _Turns]] = {
    "week": (("(?:周|星期)?[日号天]", 7), (r"(?:周|星期)?(?P<n>\d{1,4})(?!次)", None)),
    "month": _OF_MONTH,
    "quarter": _OF_PERIOD,
    "half-year": _OF_PERIOD,
    "year": (("年?[底末]|最后1[日天]", "12-31"),),
}
"""What may stand behind 每周, 每月 …, and its day (None: the number ``n``). The longest row that matches counts."""
_WHOLE: Final[dict[Every, int | str]] = {"week": 7, "year": "12-31"}
"""The last day of a cycle; of those left out, the last of a month."""


def _turn_day(cursor: Cursor, every: Every) -> int | str | None:
    """Return the day of each turn, None where none is named."""
    matches = [
        (match, day) for words, day in TURNS[every] if (match := cursor.sees(re.compile(words)))
    ]
    if not matches:
        return _day_of_year(cursor) if every == "year" else None
    match, day = max(matches, key=lambda pair: pair[0].end())
    cursor.at = match.end()
    if day is not None:
        return day
    number, said = int(match["n"]), cursor.quote(match.start("n"))
    if every == "week" and not 1 <= number <= 6:
        raise UnclearError(f"没有“星期{said}”")
    if not 1 <= number <= LAST_DAY:
        raise UnclearError(f"没有“{said}”这一日")
    return number


def _day_of_year(cursor: Cursor) -> str | None:
    at = cursor.at
    if not cursor.sees(_DAY_OF_YEAR):
        return None
    span = read_span(cursor, YearAndIssue(_LEAP_YEAR, _LEAP_YEAR))
    if span is None:
        return None
    if not span.is_day and cursor.take(BEFORE):
        raise UnclearError(either_end(cursor.quote(at)))
    return f"{span.last:%m-%d}"


def _ongoing(cursor: Cursor, context: YearAndIssue) -> DeadlineReading | None:
    """Read 持续推进, 2024年持续推动落实, 全年, 5月起长期坚持, 持续推进至年底."""
    at = cursor.at
    time = read_time(cursor, context)
    start = time.first if time and time.starts else None
    if start or (time and not (time.limit or time.is_day)):
        cursor.take(_PAUSE)
    adverbs = _adverbs(cursor)
    if not adverbs:
        return None
    until: date | None = None
    if time and not time.starts:
        start, until = _period(cursor, at, time)
    elif cursor.take(_UNTIL):
        end = read_time(cursor, context)
        if end is None or end.window or end.starts:
            raise UnclearError(f"“{cursor.quote(at)}”之后的截止日期未能识别")
        until = end.last
    if "year" in adverbs:
        if start or (until and (until.month, until.day) != (12, 31)):
            raise UnclearError(f"“{cursor.quote(at)}”中的“全年”与所写期间不一致")
        until = until or date(context.year, 12, 31)
    if "long" in adverbs and until:
        raise UnclearError(f"“{cursor.quote(at)}”既是“长期”又有期限，请明确")
    cursor.take(_PAUSE)
    if start and until and start > until:
        raise UnclearError(f"“{cursor.quote(at)}”的截止早于起始")
    return DeadlineReading(Ongoing(kind="ongoing", text=cursor.cell, from_=start, until=until))


def _adverbs(cursor: Cursor) -> set[str | None]:
    """Return the kinds of adverbs (year, long, None) in 持续推动落实, 长期坚持、持续推进; moves past the verbs too."""
    found: set[str | None] = set()
    at = cursor.at
    while token := cursor.take(_ADVERBS) or (found and cursor.take(_ACTIONS)):
        found.add(token.lastgroup)
        at = cursor.at
        cursor.take(_FRONT_EDGE)
    cursor.at = at
    return found


class _Part(NamedTuple):
    """A time and the words after it: places of its first character, of the words', and of the next part's."""

    time: Days
    at: int
    words: int
    end: int


def _dated(cursor: Cursor, context: YearAndIssue) -> DeadlineReading | None:
    """Read one day or window (``Fixed``), or several with pauses between (``Staged``)."""
    parts = _parts(cursor, context)
    if not parts:
        return None
    for part in parts:
        _demand_end(cursor, part)
    if len(parts) > 1:
        cursor.at = parts[-1].end
        return _staged(cursor, parts)
    time = parts[0].time
    cursor.at = parts[0].words
    _take_what_is_done(cursor, time)
    start = time.first if time.window else None
    return DeadlineReading(Fixed(kind="fixed", text=cursor.cell, due=time.last, from_=start))


def _take_what_is_done(cursor: Cursor, time: Days) -> None:
    """Move past what is done by then, or how much of it by a year's end: by another day that may be a part.

    The like of 完成方案并持续推进 stays: its work goes on, and what is done by then is only a part of it.
    """
    text, kept = cursor.normal.text, _kept_up(cursor.normal.text, cursor.at)
    end = kept.start() if kept else len(text)
    patterns = [_FILLERS]
    if not kept or kept["long"]:
        patterns.append(_RESULT)
        if not _OTHER_TIMES.search(text, cursor.at, end):
            patterns.append(_ENDED)
            patterns.append(_TOLD)
            patterns += [_TARGET] if (time.last.month, time.last.day) == (12, 31) else []
    if any(pattern.match(text, cursor.at, end) for pattern in patterns):
        cursor.at = len(text)


def _kept_up(text: str, start: int) -> re.Match[str] | None:
    """Return the words, behind those of what is done by a day, that say that it then goes on; None without such."""
    kept = _KEPT_UP.search(text, start)
    if not kept or _ONE_OF_SEVERAL.match(text, start) or _A_PART.search(text, start, kept.start()):
        return None
    done = kept["then"] or kept["long"] or _DONES.search(text, start, kept.start())
    return kept if done else None


_ONE_OF_SEVERAL: Final = regex(rf"[、;。](?:{_LONG}|{_GOING_ON})")
"""What parts the deadlines of several measures in one cell: 6月底、长期坚持."""
_A_PART: Final = regex("部分|半数|阶段|首[轮批期次个]")
"""What says that only a part is done by then, and the rest goes on: 部分完成，长期推进."""


def _parts(cursor: Cursor, context: YearAndIssue) -> list[_Part]:
    parts: list[_Part] = []
    at = cursor.at
    time = read_time(cursor, context)
    while time:
        words = cursor.at
        context = context._replace(year=time.last.year)
        end, following = _next_part(cursor, context)
        if not (following and _is_headed(cursor, time, words, end, following)):
            parts.append(_Part(time, at, words, end))
        at, time = end, following
    return parts


def _is_headed(cursor: Cursor, time: Days, words: int, end: int, following: Days) -> bool:
    """Return whether a period only heads the time in it that follows: 上半年：4月底前完成摸底."""
    colon = cursor.normal.text[words:end] == ":"
    return colon and not time.is_day and time.first <= following.last <= time.last


def _next_part(cursor: Cursor, context: YearAndIssue) -> tuple[int, Days | None]:
    """Return where the next part begins (after a pause, 和 or on a new line), and its time, the cursor behind it."""
    text = cursor.normal.text
    for place in range(cursor.at, len(text)):
        if text[place - 1] in _BACK_EDGE or cursor.normal.begins_line(place):
            cursor.at = place
            cursor.take(_LEAD)
            if time := read_time(cursor, context):
                return place, time
    cursor.at = len(text)
    return cursor.at, None


def _demand_end(cursor: Cursor, part: _Part) -> None:
    """Raise ``UnclearError`` for a time without an end: 5月起, 2024年 (年底前 or 全年?), 2024年秋季开学前."""
    cursor.at = part.words
    words = cursor.quote(part.at)
    if part.time.starts:
        raise UnclearError(f"“{words}”只有起始，没有完成时限")
    if part.time.bare_year and _BY_EVENT.match(cursor.normal.text, part.words, part.end):
        whole = cursor.quote(*_trimmed(cursor, part.at, part.end))
        raise UnclearError(f"未能识别时限“{whole}”")
    if part.time.bare_year and not _DONES.match(cursor.normal.text, part.words, part.end):
        raise UnclearError(f"“{words}”没有写明是年底前完成还是全年持续，请明确")


_BY_EVENT: Final = regex(r"\w+?[前后]")
"""What stands right behind a year whose day something else settles: 2024年秋季开学前."""
_OF_EACH: Final = regex(rf"(?:分别)?各(?=(?:{_ACTION}|{_REPORT}|举办|完成)?\d)")
"""What makes the words behind several days those of each: 上半年、下半年各1期."""


def _staged(cursor: Cursor, parts: list[_Part]) -> DeadlineReading:
    doubts: list[str] = []
    stages: list[Stage] = []
    text = cursor.normal.text
    worded = not all(_SAYS_DONE.fullmatch(text, part.words, part.end) for part in parts)
    each = _OF_EACH.match(text, parts[-1].words, parts[-1].end)
    shared = cursor.quote(each.end(), parts[-1].end) if each else ""
    times = _times(cursor, parts)
    for number, part in enumerate(parts, start=1):
        words = cursor.quote(*_trimmed(cursor, part.words, part.end))
        if _OTHER_TIMES.search(text, part.words, _end_of_stage(text, part)):
            doubts.append(f"阶段内容“{words}”中似另有时限，请分开写明")
        whole = cursor.quote(*_trimmed(cursor, part.at, part.end)) if words else times[number - 1]
        if shared and (not words or number == len(parts)):
            whole = words = f"{times[number - 1]}{shared}"
        if not words and worded:
            doubts.append(f"“{whole}”没有写明阶段内容，请核对")
        elif number < len(parts) and not words and _shares_day(part.time, parts[number].time):
            doubts.append(f"看不出“{whole}”是否也以后面的日期为准，请分开写明")
        elif not shared and number < len(parts) and (why := _unclear_number(cursor, parts, number)):
            both = cursor.quote(part.at, parts[number].words)
            doubts.append(f"看不出“{both}”{why}，请写明")
        if _NO_STAGE_TO_COME.match(text, *_trimmed(cursor, part.words, part.end)):
            doubts.append(f"看不出“{whole}”是不是这一阶段的时限，请写明")
        if number > 1 and _AT_THE_LATEST.search(text, part.at, part.words):
            doubts.append(f"“{whole}”似为前一时限的最后期限，请明确以哪一个为准")
        said = words if words and worded and not part.time.window else whole
        stages.append(Stage(id=str(number), text=said, due=part.time.last))
        if number > 1 and stages[-2].due > part.time.last:
            raise UnclearError(f"“{whole}”早于前一时限{stages[-2].due}，跨年的请写明年份")
    return DeadlineReading(
        Staged(kind="staged", text=cursor.cell, stages=tuple(stages)),
        tuple(doubts),
    )


def _end_of_stage(text: str, part: _Part) -> int:
    """Return where a part's words end, of the last without that its work goes on: 年内持续推进."""
    if part.end < len(text):
        return part.end
    kept = _KEPT_UP.fullmatch(text, part.words) or _kept_up(text, part.words)
    return kept.start() if kept else part.end


_NUMBER: Final = regex(r"(?:\d{4}年)?(?:第?\d+|[上下])")
_BARE_NUMBER: Final = regex(r"(?:\d{4}年)?第?\d+")


def _times(cursor: Cursor, parts: list[_Part]) -> list[str]:
    """Return the words of each part's time; of 二、四季度 and 上、下半年 the first in full, 二季度 and 上半年."""
    times: list[str] = []
    unit = ""
    for part in reversed(parts):
        said = cursor.quote(part.at, part.words)
        number = _NUMBER.match(cursor.normal.text, part.at, part.words)
        if number and number.end() < part.words:
            unit = cursor.quote(number.end(), part.words)
        times.append(f"{said}{unit}" if number and number.end() == part.words else said)
    return times[::-1]


def _unclear_number(cursor: Cursor, parts: list[_Part], number: int) -> str:
    """Return what is unclear of a number before the next time's: 4、5月 may be one period, 3、6月底 a third point.

    Nothing of 6、12月, two halves of a year, nor of 3、6、9、12月.
    """
    part, following = parts[number - 1], parts[number]
    if not _BARE_NUMBER.fullmatch(cursor.normal.text, part.at, part.words):
        return ""
    if part.time.last + timedelta(days=1) == following.time.first:
        return "是一段时间还是分两次"
    halves = following.time.last.month - part.time.last.month == 6
    return "" if halves or len(parts) > 2 else "前面的数字是不是编号"


def _named_stages(cursor: Cursor, context: YearAndIssue) -> Staged | None:
    """Read clauses that each name what their day is for before it: 早稻4月底前栽完，晚稻7月底前栽完.

    They may stand on lines of their own. There may be a colon between them, or brackets around the day, and what is
    done behind these:
    立项：3月底，开工：6月底; 第一阶段（1—3月）：完成摸底；第二阶段（4—6月）：完成整改.
    """
    cursor = Cursor(cursor.normal.with_stops())
    text = cursor.normal.text
    clauses = [clause.span() for clause in _CLAUSE_OF_STAGE.finditer(text)]
    days = [list(WINDOW.finditer(text, *clause)) for clause in clauses]
    if len(clauses) < 2 or any(len(each) != 1 for each in days):
        return None
    stages: list[Stage] = []
    for number, ((start, end), (day,)) in enumerate(zip(clauses, days, strict=True), start=1):
        cursor.at = day.start()
        try:
            time = read_time(cursor, context)
        except UnclearError:
            return None
        if time is None or time.starts or time.bare_year:
            return None
        named = _NAME_OF_STAGE.fullmatch(text, start, day.start())
        if (
            not named
            or _NO_STAGE.search(named[0].removesuffix("("))
            or _NO_STAGE.search(text, cursor.at, end)
        ):
            return None
        context = context._replace(year=time.last.year)
        stages.append(
            Stage(id=str(number), text=cursor.quote(*_trimmed(cursor, start, end)), due=time.last)
        )
    in_order = all(one.due <= other.due for one, other in pairwise(stages))
    return Staged(kind="staged", text=cursor.cell, stages=tuple(stages)) if in_order else None


_STAGE_BEGINS: Final = rf"[^{_PAUSES}()]+[:(](?={WINDOW.pattern})"
_CLAUSE_OF_STAGE: Final = regex(
    rf"{_STAGE_BEGINS}.*?(?=[{_PAUSES}]{_STAGE_BEGINS}|\Z)|[^{_PAUSES}]+"
)
_NAME_OF_STAGE: Final = regex(r"第?\d*[\u4e00-\u9fff]\w*[:(]?")
_NO_STAGE: Final = regex(
    f"{_OTHER_TIMES.pattern}|[原拟最不延调截至(]|到(?!位)|(?<!整)改(?:为|$)|计划|预计|力争|争取|确保"
)
"""What a day's clause may not hold beside it: another time, or that the day isn't the one that counts."""


def _shares_day(time: Days, following: Days) -> bool:
    """Return whether a month may mean a day of it that only the next time names: 6月、12月25日前."""
    ends_month = following.last.day == days_in(following.last.year, following.last.month)
    return not (time.is_day or time.window or ends_month)


_NO_STAGE_TO_COME: Final = regex(r"已|未|\((?:力争|争取|确保|预计|计划|暂定|原则上)\)")
"""What words of a stage begin with that say how far it is (已完成50%), or how certain its day is."""
_SAYS_DONE: Final = regex(f"(?:{_DONE}|[{_PAUSES}]|{_JOIN})*+")
"""The words of a stage that say no more than 完成."""

_RULES: Final[tuple[_Rule, ...]] = (_recurring, _ongoing, _dated)


def _undated(cursor: Cursor) -> DeadlineReading | None:
    """Read words without any day: an event, 立行立改, 按上级要求."""
    text = cursor.normal.text
    event = _EVENT.match(text)
    if event and len(_NOTHING_HAPPENS.sub("", event["what"])) > 1:
        return DeadlineReading(Unset(kind="unset", text=cursor.cell))
    found = _AT_ONCE.search(text) or _AS_ASKED.search(text)
    if found is None:
        return None
    words = cursor.quote(*found.span())
    cursor.at = found.end()
    cursor.take(_AT_ONCE_GOES_ON)
    doubts = (f"“{words}”没有日期，请督办机构明确时限",)
    made = DeadlineReading(Unset(kind="unset", text=cursor.cell), doubts, unclear=True)
    return _with_left_over(cursor, found.start(), made)


def _too_early(deadline: Deadline, floor: date, issued: bool) -> tuple[str, ...]:
    name = f"印发日{floor}" if issued else f"任务年度{floor.year}年"
    ends: tuple[date, ...] = ()
    match deadline:
        case Fixed(due=end) | Ongoing(until=date() as end) | Recurring(until=date() as end):
            ends = (end,)
        case Staged(stages=stages):
            ends = tuple(stage.due for stage in stages)
    return tuple(f"时限{end}早于{name}，请核对" for end in ends if end < floor)


_HALF_OF_SOMETHING: Final = regex(r"[\d半两几数]")
_CLAUSE: Final = regex("[^。;,!()]+")
_STOOD: Final = regex(
    "(?:原[定拟]?|原计划|截[至止]|至|较|比|(?<!各)自|从|已|前期|[上去]年?)[到于在]?$"
)
"""Words before a day that make it none to work to: 原3月底, 截至3月底, 至3月底, 已于3月底, 上年底."""
_NAMED: Final = regex(r"\w{2,10}:\Z")
"""What stands before a stage's day where nothing stands behind it: 方案编制：5月."""
_SINCE: Final = regex("[以之]?后|以来|起(?!草)|已")
"""Such words behind it: 3月以来, 3月起, 3月底已."""


def days_in_text(text: str) -> tuple[str, ...]:
    """Return the words of a task that name a day to work to, each once, in their order: it could be a deadline."""
    return tuple(dict.fromkeys(words for words, _ in _days_to_work_to(text)))


def stages_in_text(text: str) -> str:
    """Return the clauses from such a day on, as a staged deadline words them: 6月底前出台细则；9月底前全面实施."""
    return "；".join(clause for _, clause in _days_to_work_to(text))


def _days_to_work_to(text: str) -> Iterator[tuple[str, str]]:
    """Yield each day of a clause that names no other, and the clause from there on.

    One that says where something stood or begins (原3月底, 截至3月底, 4月起) isn't read.
    """
    for line in map(normal, text.splitlines()):
        for clause in _CLAUSE.finditer(line.text):
            days = list(WINDOW.finditer(line.text, *clause.span()))
            if len(days) != 1:
                continue
            start, end = days[0].span()
            stood = _STOOD.search(line.text, clause.start(), start)
            half = _HALF_OF_SOMETHING.match(line.text, max(start - 1, 0), start)
            if not (stood or half or _SINCE.match(line.text, end)):
                named = _NAMED.match(line.text, clause.start(), start) and end == clause.end()
                begin = clause.start() if named else start
                yield line.quote(start, end), line.quote(begin, clause.end())
