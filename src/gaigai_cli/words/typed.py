"""What a person types or an export writes: days, months, words of a choice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal

from gaigai_cli.model.calendar import YEARS, add_months
from gaigai_cli.words.normal import bare, normal, plain
from gaigai_cli.words.pattern import regex

_DAYS: Final = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1}
_YEARS: Final = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "明年": 1}
_STEPS: Final = {"本": 0, "这": 0, "当": 0, "上": -1, "下": 1}
_FROM_NOW: Final = regex(
    r"(?P<step>[本这当上下])个?(?:(?P<month>月)|(?P<quarter>季度)|(?:周|星期|礼拜)(?P<weekday>[1-6日天]))"
)
"""Words at the beginning of a text that only the day on which they are written tells, in steps from it."""
_HOW_A_DAY: Final = "可写 2024-06-30、今天、6月30日"
_HOW: Final = f"{_HOW_A_DAY}、6月底、2024年6月底，或月份 2024-06"
_MONTH: Final = regex(
    r"(?:(?P<year>\d{4})(?:[-./]|年度?)|(?P<together>\d{4})(?=\d\d\Z))?(?P<month>\d{1,2})(?:月份?)?"
)
_POINTED: Final = regex(r"(\d{1,2})[./](\d{1,2})")
"""6.5 and 6/5, which a person who is asked for a day means as one."""
_IN_FIGURES: Final = regex(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*")


_POINTS: Final = regex(
    r"同(?:上|前|左|右|下)(?:所?述|面|[一个]?[项格栏行条月期表])?|同(?:第?\d+(?:\.\d+)*[项条款]?)|[〃″\"々]+|"
    r"(?:详?见|如)?附(?:件|表|后)\s*[\d一二三四五六七八九十]*|[后另]附|见上"
)
"""Words that stand for those of another place."""
_STROKES: Final = frozenset(("/", "-", "--", "—", "——", "、", "\\"))
_NONE: Final = frozenset(("无", "没有", "暂无"))
_NO_EVIDENCE: Final = regex(
    r"(?:已有?|均已)?(?:提供|报送|上报|上传|报备)|有|齐全|电子版|照片|文件|无|没有|暂无"
)
_FAR_BACK: Final = timedelta(days=60)
_FAR_AHEAD: Final = timedelta(days=183)
_LEAP_YEARS: Final = (2020, 2024)


class UnclearDay(ValueError):  # noqa: N818 - named for what it says
    """Words for days of which it isn't certain which one is meant; the message is a Chinese sentence."""


class YearUnsaid(UnclearDay):
    """A day without a year that may well be meant in another one than the nearest, which is ``day``."""

    def __init__(self, text: str, day: date, today: date) -> None:
        from gaigai_cli.words.say import full_day  # loads the models

        if day > today:
            near = f"今年的已经过去，下一个是{full_day(day)}，还有{(day - today).days}天"
        else:
            near = f"没有写明是哪一年，最近的是{full_day(day)}，已过{(today - day).days}天"
        super().__init__(f"“{text}”{near}；请写明年份，如 {day}")
        self.day = day


def past_day(text: str, *, today: date, since: date, exact: bool = False) -> date:
    """Return the day that ``text`` names; without a year the latest such day from ``since`` to ``today``.

    Where there is none it is this year's, whatever is wrong with it. Raises ``YearUnsaid`` for one that is more than
    60 days past, ``UnclearDay`` for a stretch of days (6月, 6月底) where the day must be ``exact``, ``ValueError`` with
    a Chinese sentence for words that are no day.
    """
    days = _in_years(text, (today.year, today.year - 1), today, exact=exact)
    fitting = [day for day in days if since <= day <= today]
    day = max(fitting, default=days[0])
    if fitting and today - day > _FAR_BACK and not _says_year(text, today):
        raise YearUnsaid(text.strip(), day, today)
    return day


def coming_day(text: str, *, today: date) -> date:
    """Return the day that ``text`` names; without a year the next such day, ``today`` included.

    Raises ``YearUnsaid`` for one of next year that is more than half a year ahead, ``ValueError`` with a Chinese
    sentence for words that are no day.
    """
    days = _in_years(text, (today.year, today.year + 1), today)
    day = min((day for day in days if day >= today), default=days[0])
    if day.year > today.year and day - today > _FAR_AHEAD and not _says_year(text, today):
        raise YearUnsaid(text.strip(), day, today)
    return day


def _in_years(text: str, years: Iterable[int], today: date, *, exact: bool = False) -> list[date]:
    """Return what ``text`` names in each of the years that has such a day (2月29日); raises where none has."""
    found: list[date] = []
    errors: list[ValueError] = []
    for year in years:
        try:
            day = parse_day_words(text, year=year, today=today, exact=exact)
            found.append(day)
        except ValueError as error:
            errors.append(error)
    if not found:
        raise errors[0]
    return found


def _says_year(text: str, today: date) -> bool:
    return len(set(_in_years(text, _LEAP_YEARS, today))) == 1


def parse_day_words(
    text: str,
    *,
    year: int,
    today: date,
    bound: Literal["lower", "upper"] = "upper",
    exact: bool = False,
) -> date:
    """Return the day that ``text`` names; without a year, in ``year``.

    A month or another stretch of days is its first day as a lower bound and its last as an upper one. Raises
    ``UnclearDay`` for it where the day must be ``exact``, and ``ValueError`` with a Chinese sentence for anything else.
    """
    from gaigai_cli.words.days import Cursor, YearAndIssue, read_span

    words = normal(text)
    if (told := by_number(text, today)) != words.text:
        words = normal(told)
    if pointed := _POINTED.fullmatch(words.text):
        words = normal(f"{pointed[1]}月{pointed[2]}日")
    cursor = Cursor(words)
    span = read_span(cursor, YearAndIssue(today.year, year))
    if span is None or not cursor.ended:
        raise ValueError(f"“{text.strip()}”不是能识别的日期，{_HOW_A_DAY if exact else _HOW}")
    if exact and not span.named:
        raise UnclearDay(f"“{text.strip()}”没有写明是哪一天，请写到日，如 6月18日")
    return span.first if bound == "lower" else span.last


def by_number(text: str, today: date) -> str:
    """Return words in their normal form, with what only today tells in figures: 上季度, 去年12月, 上周五, 昨天."""
    words = normal(text).text
    years = _YEARS.get(words[:2])
    if years is not None and words[2:]:
        return f"{today.year + years}年{words[2:]}"
    if (days := _DAYS.get(words[:2])) is not None:
        return f"{_in_figures(today + timedelta(days=days))}{words[2:]}"
    said = _FROM_NOW.match(words)
    if said is None:
        return words
    steps, rest = _STEPS[said["step"]], words[said.end() :]
    if said["weekday"]:
        weekday = "123456日".index(said["weekday"].replace("天", "日"))
        days = 7 * steps + weekday - today.weekday()
        return f"{_in_figures(today + timedelta(days=days))}{rest}"
    year, month = add_months(today.year, today.month, steps if said["month"] else 3 * steps)
    return f"{year}年{month}月{rest}" if said["month"] else f"{year}年{(month + 2) // 3}季度{rest}"


def _in_figures(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def counts_from_today(text: str) -> bool:
    """Return whether words mean another day to whoever reads them later: 昨天, 上周五, 上月底, 去年底."""
    words = normal(text).text
    begin = words[:2]
    return begin in _DAYS or _YEARS.get(begin, 0) < 0 or _FROM_NOW.match(words) is not None


def parse_month(text: str, *, year: int, today: date) -> tuple[int, int]:
    """Return year and month of ``2024-06``, 2024年6月, 202406, 上月, 去年12月; of 6 and 6月 in ``year``.

    Raises ``ValueError`` with a Chinese sentence for anything else.
    """
    match = _MONTH.fullmatch(by_number(text, today))
    if match and 1 <= int(match["month"]) <= 12:
        said = int(match["year"] or match["together"] or year)
        if said in YEARS:
            return said, int(match["month"])
    raise ValueError(f"“{text.strip()}”不是能识别的月份，可写 2024-06、2024年6月、6月、上月")


def plain_day(text: str) -> date | None:
    """Return the day that a text is: 2024-06-30, 2024/6/30, 2024年6月30日; None for anything else."""
    match = _IN_FIGURES.fullmatch(text)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def unclear_share(number: Decimal) -> str:
    """Return what a figure in percent may mean that has no sign: 0.98%还是98%; empty where it is certain."""
    if not 0 < abs(number) <= 1:
        return ""
    return f"{number}%还是{(number * 100).normalize():f}%"


def names_no_evidence(text: str) -> bool:
    """Return whether words for evidence say that there is some, or none, and not which: 见附件, 已提供, 无, 同上."""
    nothing = points_elsewhere(text) or has_no_word(text)
    return nothing or _NO_EVIDENCE.fullmatch(_said(text)) is not None


def points_elsewhere(text: str) -> bool:
    """Return whether words say no more than that they are those of another place: 同上, 同5.1, 见附件, 〃."""
    return _POINTS.fullmatch(_said(text)) is not None


def says_none(text: str) -> bool:
    """Return whether words say that there is nothing to say: 无."""
    return _said(text) in _NONE


def is_stroke(text: str) -> bool:
    """Return whether words are a stroke, as people fill a cell that they leave empty."""
    return plain(text) in _STROKES


def has_no_word(text: str) -> bool:
    """Return whether there is neither a letter nor a figure among signs and blanks: 。, ——, ⠀."""
    return not any(char.isalnum() for char in text)


def _said(text: str) -> str:
    return bare(text).rstrip("。")


def typed_path(text: str) -> Path:
    """Return the path that ``text`` names; ``~`` and ``~name`` are homes where there is one, else part of a name."""
    path = Path(text)
    try:
        full = path.expanduser()
        # Windows takes any name for that of a user whose home lies beside one's own.
        named = text.startswith("~") and path.parts[0] != "~"
        return path if named and not Path(path.parts[0]).expanduser().is_dir() else full
    except RuntimeError:  # nobody is called that
        return path


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the one of ``words`` most like ``word``, None where none is like it."""
    found = get_close_matches(word, list(words), n=1, cutoff=0.5)
    return found[0] if found else None


def meant(word: str, words: Iterable[str]) -> str:
    """Return the remedy's opening for a word that isn't known: which one was probably meant, or nothing."""
    found = nearest(word, words)
    return f"是否要写“{found}”？" if found else ""
