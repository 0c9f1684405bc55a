"""Values as people type them: days, months, choices, files. What isn't one is told in Chinese."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from gaigai_cli.errors import GaigaiError
from gaigai_cli.words.normal import plain
from gaigai_cli.words.typed import meant, typed_path

T = TypeVar("T")


def choice(word: str, choices: Mapping[str, T], what: str) -> T:
    """Return the meaning of ``word`` among ``choices``; ``what`` names the option in the error."""
    found = choices.get(plain(word))
    if found is None:
        known = "、".join(choices)
        raise GaigaiError(f"{what} 没有“{word}”这一种", f"{meant(word, choices)}可写：{known}")
    return found


def day(
    text: str, *, year: int, today: date, what: str, bound: Literal["lower", "upper"] = "upper"
) -> date:
    """Return a day as cli.md allows it; a month is its first day as a lower bound and its last as an upper one."""
    from gaigai_cli.words.typed import parse_day_words

    return read_day(text, what, partial(parse_day_words, year=year, today=today, bound=bound))


def read_day(text: str, what: str, read: Callable[[str], date]) -> date:
    """Return the day that ``read`` finds in the text. Raises ``YearUnsaid`` as it does, ``GaigaiError`` for no day."""
    from gaigai_cli.words.typed import YearUnsaid

    try:
        return read(plain(text))
    except YearUnsaid:
        raise
    except ValueError as error:
        raise GaigaiError(f"{what} 写错了：{error}") from None


def month(text: str, *, year: int, today: date, what: str) -> tuple[int, int]:
    """Return year and month; ``year`` is that of a month written without one."""
    from gaigai_cli.words.typed import parse_month

    try:
        return parse_month(plain(text), year=year, today=today)
    except ValueError as error:
        raise GaigaiError(f"{what} 写错了：{error}") from None


def file(text: str, *, what: str) -> Path:
    """Return the path of a regular file that can be read; a device or a pipe might never end. ``what`` it should be."""
    path = typed_path(text)
    if path.is_dir():
        raise GaigaiError(f"“{text}”是一个文件夹", f"请写{what}")
    if path.exists() and not path.is_file():
        raise GaigaiError(f"“{text}”不是普通文件，不能读取", f"请写{what}")
    return path


def whole(text: str, *, what: str) -> int:
    """Return a number of days or of anything else that can be counted."""
    word = plain(text)
    if not (word.isascii() and word.isdecimal() and len(word) <= 6):
        raise GaigaiError(f"{what} 写错了：“{text}”不是整数", "应写成 30 的样子")
    return int(word)
