"""What somebody typed into a cell, whatever the program made of it: text, days, numbers, percent."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from gaigai_cli.forms.tables import CHOICES, NOT_ASKED
from gaigai_cli.words.normal import plain
from gaigai_cli.yamldoc.emit import TextError, check_text

_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_THOUSANDS: Final = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_UNSEEN: Final = re.compile("[\u200b\u2060\ufeff]")
_MIDNIGHT: Final = re.compile(r"\s+0?0:00(:00)?$")
"""What a day has behind it that was pasted as text."""
_COMPACT: Final = re.compile(r"(?:19|20)\d{6}")
_SERIALS: Final = range(30_000, 75_000)
"""The serial numbers of the days from 1982 to 2105."""
_NOTHING: Final = frozenset(("/", "-", "--", "—", "——", NOT_ASKED, "、", "\\"))
_DIGITS: Final = 12
_CLOSE: Final = 1e-6


class _NoNumberError(ValueError):
    """Words where a number is asked for."""


class Cell(NamedTuple):
    """A cell as it was read: its value, its number format, and whether its days count from 1904."""

    value: Any
    format: str = "General"
    kind: str = "s"
    since_1904: bool = False

    @property
    def empty(self) -> bool:
        """Whether it says nothing: blanks, or a stroke."""
        if self.value is None:
            return True
        return isinstance(self.value, str) and text_of(self.value) in ("", *_NOTHING)

    @property
    def in_percent(self) -> bool:
        """Whether what it shows as 60% is 0.6."""
        return "%" in self.format


def text_of(value: Any) -> str:
    """The words of a cell: line ends as one sign, no blanks around them, nothing that nobody sees."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.strip() for line in _UNSEEN.sub("", text).replace("\xa0", " ").split("\n")]
    return "\n".join(lines).strip()


def read_text(cell: Cell) -> str:
    """Raises ``ValueError`` with a Chinese sentence for a formula, an error, or signs that can't be stored."""
    _no_formula(cell)
    words = text_of(cell.value)
    try:
        check_text(words)
    except TextError as error:
        raise ValueError(f"{error.message}，{error.remedy}") from None
    return words


def read_choice(cell: Cell) -> str:
    """One of the applications."""
    words = read_text(cell)
    short = {choice.removeprefix("申请"): choice for choice in CHOICES}
    found = short.get(words, words)
    if found not in CHOICES:
        raise ValueError(f"“{words}”不是{'、'.join(CHOICES)}中的一种")
    return found


def read_percent(cell: Cell) -> int:
    """60, 60%, ６０％ and 0.6 are all sixty; 1 may have been 100% and is not guessed at."""
    try:
        number, certain = _percent(cell)
    except _NoNumberError:
        raise ValueError(f"“{shown(cell)}”不是 0 到 100 的整数，应写成 60") from None
    if not certain and number == 1:
        raise ValueError(f"“{shown(cell)}”不能确定是1%还是100%，请写明百分号")
    if not certain and 0 < number < 1:
        number *= 100
    whole = round(number)
    if abs(float(number) - whole) > _CLOSE or not 0 <= whole <= 100:
        raise ValueError(f"“{shown(cell)}”不是 0 到 100 的整数，应写成 60")
    return whole


def read_number(cell: Cell, unit: str | None) -> Decimal:
    """A figure in ``unit``; of a figure in percent it must be certain whether 0.98 means 98."""
    if unit == "%":
        number, certain = _percent(cell)
        if not certain and 0 < abs(number) <= 1:
            words = f"{number}%还是{_rounded(float(number) * 100):f}%"
            raise ValueError(f"“{shown(cell)}”不能确定是{words}，请写明百分号")
        return number
    if cell.in_percent and not isinstance(cell.value, str):
        raise ValueError(f"“{shown(cell)}”是百分数，这个指标的单位不是%")
    return _number(cell, unit or "")


def _percent(cell: Cell) -> tuple[Decimal, bool]:
    """A number in percent, and whether it is certain that it is meant so."""
    number = _number(cell, "%")
    if isinstance(cell.value, str):
        return number, "%" in plain(cell.value)
    return (_rounded(float(number) * 100), True) if cell.in_percent else (number, False)


def read_day(cell: Cell, in_words: Callable[[str], date]) -> date:
    """A day as a date, as its serial number, or as ``in_words`` reads it."""
    _no_formula(cell)
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and int(value) in _SERIALS:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

        epoch = CALENDAR_MAC_1904 if cell.since_1904 else CALENDAR_WINDOWS_1900
        found = from_excel(int(value), epoch)
        assert isinstance(found, datetime)
        return found.date()
    if isinstance(value, int) and _COMPACT.fullmatch(str(value)):
        value = str(value)
    if not isinstance(value, str):  # 2024.10 has become 2024.1
        raise ValueError(f"“{shown(cell)}”不是能识别的日期，应写成 2024-08-31")
    words = _MIDNIGHT.sub("", plain(text_of(value)))
    if _COMPACT.fullmatch(words):
        words = f"{words[:4]}-{words[4:6]}-{words[6:]}"
    if words.isdecimal() and int(words) in _SERIALS:
        return read_day(cell._replace(value=int(words)), in_words)
    try:
        return in_words(words)
    except ValueError:
        raise ValueError(f"“{shown(cell)}”不是能识别的日期，应写成 2024-08-31") from None


def shown(cell: Cell) -> str:
    """The cell's words, short enough for a sentence."""
    words = text_of(cell.value).replace("\n", " ")
    return words if len(words) <= 20 else f"{words[:20]}…"


def _no_formula(cell: Cell) -> None:
    if cell.kind == "f" or (isinstance(cell.value, str) and cell.kind == "e"):
        what = "公式" if cell.kind == "f" else "错误值"
        raise ValueError(f"是{what}，应填写内容本身")


def _number(cell: Cell, unit: str) -> Decimal:
    _no_formula(cell)
    value = cell.value
    if isinstance(value, bool | date):
        raise _NoNumberError(f"“{shown(cell)}”不是数字，应只填数字")
    if isinstance(value, int | float):
        return _rounded(value)
    words = plain(text_of(value)).replace(" ", "")
    words = words.removesuffix(plain(unit))
    if _THOUSANDS.fullmatch(words):
        words = words.replace(",", "")
    if not _NUMBER.fullmatch(words):
        raise _NoNumberError(f"“{shown(cell)}”不是数字，应只填数字")
    return Decimal(words)


def _rounded(value: float) -> Decimal:
    """Without the noise that binary fractions have in their last digits."""
    number = Decimal(f"{value:.{_DIGITS}g}")
    return number if number != number.to_integral_value() else Decimal(int(number))
