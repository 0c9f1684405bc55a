"""Values as people type them: days, months, choices, files. What isn't one is told in Chinese."""

import re
from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, Literal

from gaigai_cli.errors import GaigaiError, miswritten
from gaigai_cli.model.deadline import Recurring, occurrences
from gaigai_cli.words.normal import normal, plain
from gaigai_cli.words.period import Period, quarter, year
from gaigai_cli.words.say import turn_words
from gaigai_cli.words.typed import (
    YearUnsaid,
    by_number,
    meant,
    parse_day_words,
    parse_month,
    typed_path,
)

_QUARTER: Final = re.compile(
    r"(?:((?:19|20)\d{2})[-年]?)?(?:Q([1-4])|第?([1-4])季度?|([1-4]))", re.IGNORECASE
)
_YEAR: Final = re.compile(r"((?:19|20)\d{2})年?度?")
_DIGITS: Final = 6
_BETWEEN: Final = re.compile(r"[、,，;；\s]+")


def pieces(text: str) -> list[str]:
    """Return the words of a text that may hold several, between commas, 顿号, semicolons or blanks."""
    return [piece for piece in _BETWEEN.split(text) if piece]


def choice(word: str, choices: Collection[str], what: str) -> str:
    """Return the one of the ``choices`` that ``word`` is; ``what`` names the option in the error.

    The error says the Chinese words where there are any: those beside them are for scripts.
    """
    found = plain(word)
    if found not in choices:
        known = "、".join([known for known in choices if not known.isascii()] or choices)
        raise GaigaiError(f"{what} 没有“{word}”这一种", f"{meant(word, choices)}可写：{known}")
    return found


def day(
    text: str, *, year: int, today: date, what: str, bound: Literal["lower", "upper"] = "upper"
) -> date:
    """Return a day as cli.md allows it; a month is its first day as a lower bound and its last as an upper one."""
    return read_day(text, what, partial(parse_day_words, year=year, today=today, bound=bound))


def read_day(text: str, what: str, read: Callable[[str], date]) -> date:
    """Return the day that ``read`` finds in the text. Raises ``YearUnsaid`` as it does, ``GaigaiError`` for no day."""
    try:
        return read(plain(text))
    except YearUnsaid:
        raise
    except ValueError as error:
        raise miswritten(what, str(error)) from None


def turns(text: str, deadline: Recurring, *, year: int, today: date) -> tuple[date, ...]:
    """Return the last days of the turns that are named (第二季度, 年度), or that end in the days named (6月, 上半年).

    Words without a year are of ``year``. Raises ``ValueError`` for words that are neither.
    """
    words = plain(text)
    named = [
        due
        for due in occurrences(deadline, through=date(year + 1, 12, 31))
        if words == turn_words(deadline, due, year)
    ]
    if named:
        return tuple(named)
    read = partial(parse_day_words, words, year=year, today=today)
    first, last = read(bound="lower"), read(bound="upper")
    return tuple(due for due in occurrences(deadline, through=last) if due >= first)


def month(text: str, *, year: int, today: date, what: str) -> Period:
    """Return a month; ``year`` is that of a month written without one."""
    try:
        return Period.of(*parse_month(plain(text), year=year, today=today))
    except ValueError as error:
        raise miswritten(what, str(error)) from None


def file(text: str, *, what: str) -> Path:
    """Return the path of a regular file that can be read; a device or a pipe might never end. ``what`` it should be."""
    path = typed_path(text)
    if path.is_dir():
        raise GaigaiError(f"“{text}”是一个文件夹", f"请写{what}")
    if path.exists() and not path.is_file():
        raise GaigaiError(f"“{text}”不是普通文件，不能读取", f"请写{what}")
    return path


def whole(text: str, *, what: str) -> int:
    """Return a number of days or of anything else that can be counted, of six digits at most."""
    word = plain(text)
    if not (word.isascii() and word.isdecimal() and len(word) <= _DIGITS):
        raise miswritten(what, f"“{text}”", "应写不超过6位的整数，如 30，不带正负号")
    return int(word)


def quarter_of(words: str, *, default: int, today: date) -> Period:
    """Return the quarter that is typed: ``2024-Q2``, 第二季度, 上季度; without a year, of the year ``default``."""
    found = _QUARTER.fullmatch(by_number(words, today))
    if found is None:
        raise miswritten("--quarter", f"“{words}”不是季度", "应写成 2024-Q2 或 第二季度")
    return quarter(int(found[1] or default), int(found[2] or found[3] or found[4]))


def year_of(words: str) -> Period:
    """Return the year that is typed (``2024``, 2024年)."""
    found = _YEAR.fullmatch(normal(words).text)
    if found is None:
        raise miswritten("--year", f"“{words}”不是年份", "应写成 2024")
    return year(int(found[1]))
