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
                                                        text (all the part's words where it has none or is a window)
持续推动落实, 持续推进, 常态化开展                        ongoing without end
长期坚持, 5月起长期坚持                                  ongoing without end, ``from`` where named
2024年持续推动落实, 全年, 持续推进至年底                  ongoing until the day named, the year's end
4月—12月持续推进, 下半年持续推进                         ongoing, with ``from``
每月25日前, 每月底, 每月, 每季度末, 每半年, 每周五, 按月    recurring in the year (or in the period named before it);
                                                        no day: the period's last
每季度末月25日前, 每年6月底                              recurring, that day of the quarter's last month, of the year
印发后10个工作日内, 自印发之日起30日内, 印发后3个月内      fixed, counted from the day after the notice
项目批准后…, 国评时间确定后…                             unset
立行立改, 立即整改, 尽快                                 unset, with a doubt: somebody must set a day
======================================================  ============================================================

完成, 落实到位 and the like may follow, 于, 最迟, 完成时限： may precede; they change no day. Read as nothing, with a
doubt: 6月前 (before its beginning or its end?), 6月初, 6月30日左右, 2024年 alone, 24年6月底, 春节前,
收到通知后5个工作日内, days that don't exist, windows and stages out of order. Words that no rule covers are a doubt
beside what was read, and so is a second meaning in the same cell.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from gaigai_cli.model.base import YEARS
from gaigai_cli.words.days import Context, Cursor
from gaigai_cli.words.deadline_dated import dated
from gaigai_cli.words.deadline_match import Match, Rule, says_when, without_pauses
from gaigai_cli.words.deadline_periods import ongoing, recurring
from gaigai_cli.words.deadline_relative import relative
from gaigai_cli.words.deadline_values import (
    Fixed,
    Ongoing,
    Recurring,
    Staged,
    Unset,
    Value,
    model_of,
)
from gaigai_cli.words.normal import Kind, UnclearError, tokenize

if TYPE_CHECKING:
    from gaigai_cli.model.deadline import Deadline

_RULES: tuple[Rule, ...] = (recurring, ongoing, dated)
_WEEK = "一二三四五六日"
_GAP = r"[\s\u200b-\u200d\u2060\ufeff\u00ad]*"  # blanks, and what nobody sees, as tokens pass over them
_OF_WEEK = re.compile(
    rf"(?<=日){_GAP}[（(]{_GAP}(?:星{_GAP}期|周){_GAP}(?P<day>[一二三四五六日]){_GAP}[）)]"
)
_LEADING = (Kind.LEAD_IN, Kind.PAUSE)


class DeadlineReading(NamedTuple):
    """What a cell says. No doubts: every word was understood. ``value`` None: nothing certain was read."""

    value: Value | None
    doubts: tuple[str, ...]

    @property
    def deadline(self) -> Deadline | None:
        """The value as the model that a list has."""
        return None if self.value is None else model_of(self.value)


def read_deadline(text: str, *, year: int, issued: date | None = None) -> DeadlineReading:
    """The deadline in the words of a cell; never raises.

    ``year`` is the notice's and stands in for a year left out. A deadline that ends before ``issued`` (or, without
    it, before that year) is read with a doubt.
    """
    if any("\ud800" <= char <= "\udfff" for char in text):
        return DeadlineReading(None, ("时限中有损坏的字符",))
    if year not in YEARS:
        return DeadlineReading(None, (f"任务年度{year}不在{YEARS[0]}—{YEARS[-1]}年之间",))
    text = text.strip()
    remark = _OF_WEEK.search(text)
    if remark and len(_OF_WEEK.findall(text)) == 1:
        return _without_weekday(text, remark, year=year, issued=issued)
    cursor = Cursor(text, tokenize(text))
    if not cursor.tokens:
        return DeadlineReading(None, ("时限为空",))
    try:
        context = Context(year, year, issued=issued)
        match = _from_issue(cursor, context) or _first_match(cursor, context) or _undated(cursor)
    except UnclearError as unclear:
        holiday = any(token.kind is Kind.HOLIDAY for token in cursor.tokens)
        return DeadlineReading(None, (str(_holiday(text) if holiday else unclear),))
    if match is None:
        return DeadlineReading(None, (f"未能识别时限“{text}”",))
    early = _too_early(match.deadline, issued or date(year, 1, 1), issued is not None)
    return DeadlineReading(match.deadline, (*match.doubts, *early))


def _without_weekday(
    text: str, remark: re.Match[str], *, year: int, issued: date | None
) -> DeadlineReading:
    """A day with its day of the week behind it, which must be the right one: 12月20日（星期六）前."""
    bare = text[: remark.start()] + text[remark.end() :]
    value, doubts = read_deadline(bare, year=year, issued=issued)
    if not isinstance(value, Fixed):
        return DeadlineReading(None, (f"未能识别“{remark[0]}”，请核对原文",))
    if value.due.weekday() != _WEEK.index(remark["day"]):
        doubts = (f"{value.due}不是“星期{remark['day']}”，请核对", *doubts)
    return DeadlineReading(value._replace(text=text), doubts)


def _from_issue(cursor: Cursor, context: Context) -> Match | None:
    """What counts from the notice's day on, with what is left over behind it."""
    match = relative(cursor, context)
    if match is None:
        return None
    doubts = _left_over(cursor, cursor.at, len(cursor.tokens))
    return Match(match.deadline, (*match.doubts, *doubts))


def _first_match(cursor: Cursor, context: Context) -> Match | None:
    """The first rule that reads something, from the first place where one does."""
    for place in range(len(cursor.tokens)):
        for rule in _RULES:
            cursor.at = place
            if match := rule(cursor, context):
                if place and cursor.tokens[place - 1].kind is Kind.NUMBER:
                    return None  # the half of something, as in 一年内
                end = len(cursor.tokens)
                doubts = (*_left_over(cursor, 0, _lead_in(cursor, place)), *match.doubts)
                return Match(match.deadline, (*doubts, *_left_over(cursor, cursor.at, end)))
    return None


def _lead_in(cursor: Cursor, place: int) -> int:
    """Where 于, 最迟, 完成时限：, 到 before a deadline begin."""
    while place and (
        cursor.tokens[place - 1].kind in _LEADING or cursor.tokens[place - 1].word in ("到", "至")
    ):
        place -= 1
    return place


def _left_over(cursor: Cursor, start: int, end: int) -> tuple[str, ...]:
    words = without_pauses(cursor, start, end)
    if not words:
        return ()
    if says_when(cursor, start, end):
        return (f"同一格中另有“{words}”，时限不止一种含义，请分开写明",)
    return (f"未能识别“{words}”，请核对原文",)


def _undated(cursor: Cursor) -> Match | None:
    """Words without any day: a holiday, an event, 立行立改."""
    text, tokens = cursor.text, cursor.tokens
    kinds = [token.kind for token in tokens]
    if Kind.HOLIDAY in kinds:
        raise _holiday(text)
    if _is_event(cursor):
        return Match(Unset(kind="unset", text=text))
    if Kind.AT_ONCE in kinds:
        at = kinds.index(Kind.AT_ONCE)
        cursor.at = at + 1
        cursor.skip(Kind.AT_ONCE, Kind.DONE, Kind.ACTION, Kind.PAUSE)
        doubts = (f"“{tokens[at].word}”没有日期，请督办机构明确时限",)
        before = _left_over(cursor, 0, _lead_in(cursor, at))
        after = _left_over(cursor, cursor.at, len(tokens))
        return Match(Unset(kind="unset", text=text), (*before, *doubts, *after))
    return None


def _holiday(text: str) -> UnclearError:
    return UnclearError(f"“{text}”是节日前后的时限，请明确日期")


def _is_event(cursor: Cursor) -> bool:
    """项目批准后…: something that happens, then 后. 10个工作日后 is none: it doesn't say from when."""
    for place, token in enumerate(cursor.tokens):
        if token.kind in (Kind.NUMBER, Kind.PAUSE):
            return False
        if token.kind is Kind.AFTER:
            happening = [t for t in cursor.tokens[:place] if t.kind is Kind.OTHER]
            return len(happening) >= 2
    return False


def _too_early(deadline: Value, floor: date, issued: bool) -> tuple[str, ...]:
    name = f"印发日{floor}" if issued else f"任务年度{floor.year}年"
    return tuple(f"时限{end}早于{name}，请核对" for end in _ends(deadline) if end < floor)


def _ends(deadline: Value) -> tuple[date, ...]:
    match deadline:
        case Fixed(due=end) | Ongoing(until=date() as end) | Recurring(until=date() as end):
            return (end,)
        case Staged(stages=stages):
            return tuple(stage.due for stage in stages)
    return ()
