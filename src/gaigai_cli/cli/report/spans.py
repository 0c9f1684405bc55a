"""Months, quarters and years as people type them."""

import re
from typing import Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.report.period import Span, quarter, year
from gaigai_cli.words.normal import normal

_QUARTER: Final = re.compile(
    r"(?:(\d{4})[-年]?)?(?:Q([1-4])|第?([1-4])季度?|([1-4]))", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(\d{4})年?度?")


def read_quarter(words: str, *, default: int) -> Span:
    """Return ``2024-Q2``, ``Q2``, 第二季度, 2024年第2季度; without a year, in the year ``default``."""
    found = _QUARTER.fullmatch(normal(words).text)
    if found is None:
        raise GaigaiError(f"--quarter 写错了：“{words}”不是季度", "应写成 2024-Q2 或 第二季度")
    return quarter(int(found[1] or default), int(found[2] or found[3] or found[4]))


def read_year(words: str) -> Span:
    """Return ``2024`` or 2024年."""
    found = _YEAR.fullmatch(normal(words).text)
    if found is None:
        raise GaigaiError(f"--year 写错了：“{words}”不是年份", "应写成 2024")
    return year(int(found[1]))
