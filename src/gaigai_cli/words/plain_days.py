"""A day in numbers, as our exports, a spreadsheet or a person at the keyboard writes it."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_DAY: Final = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*")


def plain_day(text: str) -> date | None:
    """The day that a text is: 2024-06-30, 2024/6/30, 2024年6月30日; None for anything else."""
    match = _DAY.fullmatch(text)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None
