"""Cells of a form read as the person meant them, whatever Excel has stored: text, days, numbers, percent."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any, Final, NamedTuple

from gaigai_cli.model.kinds import APPLICATIONS
from gaigai_cli.words.normal import bare, normal, plain
from gaigai_cli.words.say import coordinator, coordinators
from gaigai_cli.words.shown import as_shown, counts_hundredths, shows_day
from gaigai_cli.words.typed import (
    UnclearDay,
    counts_from_today,
    has_no_word,
    is_stroke,
    parse_day_words,
    points_elsewhere,
    says_none,
    unclear_share,
)
from gaigai_cli.yamldoc.emit import TextError, check_text

_BETWEEN: Final = re.compile(r"[、，,；;\s]+")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_THOUSANDS: Final = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_UNSEEN: Final = re.compile("[\u200b\u2060\ufeff]")
_MIDNIGHT: Final = re.compile(r"\s+0?0:00(:00)?$")
"""The time that stands behind a day which was pasted as text."""
_COMPACT: Final = re.compile(r"(?:19|20)\d{6}")
_SERIALS: Final = range(30_000, 75_000)
"""The serial numbers of the days from 1982 to 2105."""
_TENTHS: Final = re.compile(r"(10|\d)成(\d|半)?")
_HUNDREDTHS: Final = re.compile(r"百分之(\d+(?:\.\d+)?)")
_DIGITS: Final = 15
_MOST: Final = 10**15
"""A spreadsheet keeps 15 digits of a number and makes up those beyond."""
_CLOSE: Final = 1e-6
_YEARS: Final = range(1982, 2106)
"""Of a day that is meant: 6.28 in a cell for days is one of 1900."""
_PICTURE: Final = re.compile(r"^=(?:_xlfn\.)?(?:DISPIMG|IMAGE)\(", re.IGNORECASE)


class _NoNumberError(ValueError):
    """Words where a number is asked for."""


class FormCell(NamedTuple):
    """A cell as it was read: its value, its number format, and whether its days count from 1904.

    ``kind`` is f for a formula, e for an error, p for a picture in the cell. ``struck``: some of it is struck through,
    ``unseen``: so small, or so like what it stands on, that nobody reads it.
    """

    value: Any
    format: str = "General"
    kind: str = "s"
    since_1904: bool = False
    struck: bool = False
    unseen: bool = False

    @property
    def empty(self) -> bool:
        """Return whether it says nothing: blanks, or a stroke."""
        if self.value is None:
            return True
        words = text_of(self.value)
        return isinstance(self.value, str) and (not words or is_stroke(words))

    @property
    def says_none(self) -> bool:
        """Return whether it says that there is nothing to say: 无."""
        return isinstance(self.value, str) and says_none(self.value)

    @property
    def in_percent(self) -> bool:
        """Return whether what it shows as 60% is 0.6."""
        return counts_hundredths(self.format)


EMPTY: Final = FormCell(None)


def text_of(value: Any) -> str:
    """Return the words of a cell: line ends as one sign, no blanks around them, nothing that nobody sees."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.strip() for line in _UNSEEN.sub("", text).replace("\xa0", " ").split("\n")]
    return "\n".join(lines).strip()


def read_text(cell: FormCell) -> str:
    """Return the words that the cell shows. Raises ``ValueError`` as `read_words` does, and where they say nothing."""
    words = read_words(cell)
    if points_elsewhere(words):
        raise ValueError(f"“{words}”指的是别处的内容，请在这一格写全")
    if has_no_word(words):
        raise ValueError(f"“{words}”只有符号，没有内容")
    return words


def read_words(cell: FormCell) -> str:
    """Return the words that the cell shows, whatever they say.

    Raises ``ValueError`` with a Chinese sentence for a formula, an error, a number that isn't what was typed or of
    which it isn't certain what is shown, or signs that can't be stored.
    """
    _check(cell)
    found = as_shown(cell.value, cell.format)
    if found is None:
        raise ValueError(
            f"“{text_of(cell.value)}”不是文字，显示的样子不能确定，请把格式改为文本后重填"
        )
    words = text_of(found)
    try:
        check_text(words)
    except TextError as error:
        raise ValueError(f"{error.message}，{error.remedy}") from None
    return words


def read_choice(cell: FormCell) -> str:
    """Return one of the applications."""
    words = bare(read_text(cell))
    short = {choice.removeprefix("申请"): choice for choice in APPLICATIONS}
    found = short.get(words, words)
    if found not in APPLICATIONS:
        raise ValueError(f"“{shown(cell)}”不是{'、'.join(APPLICATIONS)}中的一种")
    return found


def read_coordinator(cell: FormCell, office: str) -> str:
    """Return who is to solve a problem: 省级, 市级, or the leaders of the county, by whatever people call them."""
    words = read_text(cell).removeprefix("需").removesuffix("协调")
    found = coordinators(office).get(words)
    if found is None:
        own = coordinator("本级领导", office)
        raise ValueError(f"“{shown(cell)}”不是省级、市级、{own}中的一种")
    return found


def read_names(cell: FormCell) -> tuple[str, ...]:
    """Return names, parted by signs or lines."""
    return tuple(dict.fromkeys(filter(None, _BETWEEN.split(read_text(cell)))))


def read_percent(cell: FormCell) -> int:
    """Return 60 for 60%, ６０％ and 0.6; 1 may have been 100% and is not guessed at."""
    try:
        number, certain = _percent(cell)
    except _NoNumberError:
        raise _no_percent(shown(cell)) from None
    if not certain and number == 1:
        raise ValueError(f"“{shown(cell)}”不能确定是1%还是100%，请写明百分号")
    if not certain and 0 < number < 1:
        number *= 100
    whole = round(number)
    if abs(float(number) - whole) > _CLOSE or not 0 <= whole <= 100:
        raise _no_percent(f"{number:f}%" if cell.in_percent else shown(cell))
    return whole


def _no_percent(words: str) -> ValueError:
    return ValueError(f"“{words}”不是 0 到 100 的整数，请填整数，如 60")


def read_number(cell: FormCell, unit: str | None) -> Decimal:
    """Return a figure in ``unit``; of a figure in percent it must be certain whether 0.98 means 98."""
    if unit == "%":
        number, certain = _percent(cell)
        if not certain and (meanings := unclear_share(number)):
            raise ValueError(f"“{shown(cell)}”不能确定是{meanings}，请写明百分号")
        return number
    if cell.in_percent and not isinstance(cell.value, str):
        raise ValueError(f"“{shown(cell)}”是百分数，这个指标的单位不是%")
    return _number(cell, unit or "")


def _percent(cell: FormCell) -> tuple[Decimal, bool]:
    """Return a number in percent, and whether it is certain that it is meant so."""
    if isinstance(cell.value, str):
        words = normal(cell.value).text
        if tenths := _TENTHS.fullmatch(words):
            return Decimal(int(tenths[1]) * 10 + int((tenths[2] or "0").replace("半", "5"))), True
        if hundredths := _HUNDREDTHS.fullmatch(words):
            return Decimal(hundredths[1]), True
    number = _number(cell, "%")
    if cell.in_percent and not isinstance(cell.value, str):
        return _rounded(float(number) * 100), True
    return number, "%" in plain(as_shown(cell.value, cell.format) or "")


def read_day(cell: FormCell, in_words: Callable[[str], date]) -> date:
    """Return a day as a date, as its serial number, or as ``in_words`` reads it.

    A date that shows no day (2024年6月) is read by ``in_words``, too. Raises ``UnclearDay`` for 今天 and 明天.
    """
    _check(cell)
    value = cell.value
    if isinstance(value, date):
        return _date(cell, in_words)
    if isinstance(value, int | float) and int(value) in _SERIALS:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

        epoch = CALENDAR_MAC_1904 if cell.since_1904 else CALENDAR_WINDOWS_1900
        found = from_excel(int(value), epoch)
        assert isinstance(found, datetime)
        return found.date()
    if isinstance(value, int) and _COMPACT.fullmatch(str(value)):
        value = str(value)
    if not isinstance(value, str):  # 2024.10 has become 2024.1
        raise _no_day(cell)
    words = _MIDNIGHT.sub("", plain(text_of(value)))
    if _COMPACT.fullmatch(words):
        words = f"{words[:4]}-{words[4:6]}-{words[6:]}"
    if words.isdecimal() and int(words) in _SERIALS:
        return read_day(cell._replace(value=int(words)), in_words)
    if counts_from_today(words):  # nobody knows on which day it was filled in
        raise UnclearDay(f"“{shown(cell)}”看不出是哪一天，请写月日，如 8月31日")
    try:
        return in_words(words)
    except UnclearDay:
        raise
    except ValueError:
        raise _no_day(cell) from None


def _date(cell: FormCell, in_words: Callable[[str], date]) -> date:
    value: date = cell.value
    if value.year not in _YEARS:
        raise _no_day(cell)
    if shows_day(cell.format):
        return value.date() if isinstance(value, datetime) else value
    words = as_shown(value, cell.format)
    if words is None:
        raise ValueError(f"存的是{text_of(value)}，看不出显示的是哪一天，应写成 2024-08-31 的样子")
    return in_words(words)


def _no_day(cell: FormCell) -> ValueError:
    return ValueError(f"“{shown(cell)}”不是能识别的日期，应写成 2024-08-31 的样子")


def meaning(cell: FormCell, fill: str, year: int) -> Any:
    """Return what a cell says, as files are compared: 60, 60%, 0.6 and 六成 are the same percent.

    A day without a year is of ``year``. Raises ``ValueError`` where the cell can't be read.
    """
    if fill == "percent":
        return read_percent(cell)
    if fill == "number":
        return _percent(cell)[0]
    if fill == "choice":
        return read_choice(cell)
    if fill == "day":
        return read_day(cell, partial(parse_day_words, year=year, today=date(year, 1, 1)))
    return bare(read_text(cell))


def shown(cell: FormCell) -> str:
    """Return the words that the cell shows, short enough for a sentence."""
    words = text_of(as_shown(cell.value, cell.format) or cell.value).replace("\n", " ")
    return words if len(words) <= 20 else f"{words[:20]}…"


def _check(cell: FormCell) -> None:
    """Raise ``ValueError`` for what is no content, or isn't certainly what somebody typed."""
    if cell.kind == "p" or _PICTURE.match(str(cell.value)):
        raise ValueError("单元格里是图片，请另附文件")
    if cell.kind == "f" or (isinstance(cell.value, str) and cell.kind == "e"):
        what = "是公式" if cell.kind == "f" else "是错误值，或显示为“####”"
        raise ValueError(f"{what}，应填写内容本身")
    if cell.struck:
        raise ValueError(f"“{shown(cell)}”画有删除线，不能确定是否还算，请删去或取消删除线")
    if isinstance(cell.value, int | float) and abs(cell.value) >= _MOST:
        raise ValueError("是超过15位的数字，表格软件只记住前15位，请把格式改为文本后重填")


def _number(cell: FormCell, unit: str) -> Decimal:
    _check(cell)
    value = cell.value
    if isinstance(value, bool | date):
        raise _NoNumberError(f"“{shown(cell)}”不是数字，应只填数字")
    if isinstance(value, int | float):
        _check_shown(cell, unit)
        return _rounded(value)
    number = _number_in(text_of(value), unit)
    if number is None:
        raise _NoNumberError(f"“{shown(cell)}”不是数字，应只填数字")
    return number


def _number_in(text: str, unit: str) -> Decimal | None:
    """Return the number that a text is, with its unit or without; None where it says anything else."""
    words = plain(text).replace(" ", "").removesuffix(plain(unit))
    if _THOUSANDS.fullmatch(words):
        words = words.replace(",", "")
    return Decimal(words) if _NUMBER.fullmatch(words) else None


def _check_shown(cell: FormCell, unit: str) -> None:
    """Raise ``ValueError`` where a number isn't what it is seen as: 30 by a format that shows 30万, or nothing.

    What the format rounds is what was typed all the same, and nought may be shown as a stroke.
    """
    value = _rounded(float(cell.value) * (100 if cell.in_percent else 1))
    words = as_shown(cell.value, cell.format)
    seen = _number_in(words, "%" if cell.in_percent else unit) if words is not None else None
    if value == 0 or (seen is not None and seen == value.quantize(seen, ROUND_HALF_UP)):
        return
    what = f"显示的却是“{words}”" if words else "显示成什么样不能确定"
    raise ValueError(f"存的是{value:f}，{what}，请把格式改为常规后重填")


def _rounded(value: float) -> Decimal:
    """Return without the noise that binary fractions have in their last digits."""
    number = Decimal(f"{value:.{_DIGITS}g}")
    return number if number != number.to_integral_value() else Decimal(int(number))
