"""What a person types or an export writes: days, months, words of a choice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal

from gaigai_cli.words.days import Context, Cursor, read_span
from gaigai_cli.words.normal import normal

_TODAY = ("今天", "今日")
_HOW = "可写 2024-06-30、今天、6月30日、6月底、2024年6月底，或月份 2024-06"
_MONTH: Final = re.compile(r"(?P<year>\d{4})(?:[-./]|年度?)(?P<month>\d{1,2})月?份?")
_IN_FIGURES: Final = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*")


def parse_day_words(
    text: str, *, year: int, today: date, bound: Literal["lower", "upper"] = "upper"
) -> date:
    """The day that ``text`` names; without a year, in ``year``.

    A month or another stretch of days is its first day as a lower bound and its last as an upper one. Raises
    ``ValueError`` with a Chinese sentence for anything else.
    """
    if text.strip() in _TODAY:
        return today
    cursor = Cursor(normal(text))
    span = read_span(cursor, Context(year, year))
    if span is None or not cursor.ended:
        raise ValueError(f"“{text.strip()}”不是能识别的日期，{_HOW}")
    return span.first if bound == "lower" else span.last


def parse_month(text: str) -> tuple[int, int]:
    """Year and month of ``2024-06`` or ``2024年6月``.

    Raises ``ValueError`` with a Chinese sentence for anything else.
    """
    match = _MONTH.fullmatch(normal(text).text)
    if match and int(match["year"]) and 1 <= int(match["month"]) <= 12:
        return int(match["year"]), int(match["month"])
    raise ValueError(f"“{text.strip()}”不是能识别的月份，应写成 2024-06 或 2024年6月")


def plain_day(text: str) -> date | None:
    """The day that a text is: 2024-06-30, 2024/6/30, 2024年6月30日; None for anything else."""
    match = _IN_FIGURES.fullmatch(text)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


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
    """The one of ``words`` most like ``word``, None where none is like it."""
    found = get_close_matches(word, list(words), n=1, cutoff=0.5)
    return found[0] if found else None


def meant(word: str, words: Iterable[str]) -> str:
    """The remedy's opening for a word that isn't known: which one was probably meant, or nothing."""
    found = nearest(word, words)
    return f"是否要写“{found}”？" if found else ""


def plain(text: str) -> str:
    """Return the text without blanks around it, full-width letters and digits as usual ones."""
    return unicodedata.normalize("NFKC", text).strip()
