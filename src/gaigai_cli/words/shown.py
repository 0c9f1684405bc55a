"""What a spreadsheet shows of a number or a day, by its number format: 85%, 1,200,000, 2024年6月."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from gaigai_cli.words.pattern import regex

_TOKEN: Final = regex(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<room>_.)|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<digits>[0#?,.]+)|(?P<percent>%)|(?P<day>y+|e+|m+|d+|aaaa?)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_DECIDES: Final = regex(r"[<>=]|DBNum|[hms]", re.IGNORECASE)
"""In brackets: a condition, Chinese numerals, elapsed time."""
_USUAL: Final = frozenset(("", "general", "@", "g/通用格式"))
_BY_LOCALE: Final = frozenset(("mm-dd-yy", "m/d/yyyy", "m/d/yy", "[$-f800]dddd, mmmm dd, yyyy"))
"""Formats of days for which every country's program shows its own; mm-dd-yy is how the file format words it."""
_DIGITS: Final = 15
"""Digits of a number that a spreadsheet keeps."""
_SERIAL: Final = regex("[34567][0-9]{4}")
"""Days from 1982 on."""
_FIRST_DAY: Final = date(1899, 12, 30)
_WEEKDAYS: Final = "一二三四五六日"
_OF_PAGE_NUMBERS: Final = frozenset("-—－–0123456789第页共，, 　/")
_MARGIN_CODE: Final = regex(
    r'&(?:"[^"]*"|\d+|K(?:[0-9A-F]{6}|\d\d[+-]\d{3})|\[[^\]]*\]|[A-Z]|(?P<and>&))', re.IGNORECASE
)
"""A font, a size, a colour, a side, what is filled in when it is printed (&P, &D), or the sign itself."""


def as_shown(value: object, form: str) -> str | None:
    """Return the words that the cell shows; None where that isn't certain: fractions, times, Chinese numerals …"""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return _day(value, form)
    if isinstance(value, int | float):
        return _number(Decimal(f"{value:.{_DIGITS}g}"), form)
    return value if isinstance(value, str) else None


def serial_day(words: str) -> date | None:
    """Return the day whose serial number a text is, as a spreadsheet shows a day without its format; None else."""
    return _FIRST_DAY + timedelta(days=int(words)) if _SERIAL.fullmatch(words) else None


def shows_day(form: str) -> bool:
    """Return whether the format of a date shows which day of the month it is."""
    usual = form.lower() in _USUAL | _BY_LOCALE
    return usual or any((t["day"] or "").lower().startswith("d") for t in _tokens(form))


def counts_hundredths(form: str) -> bool:
    """Return whether the format of a number shows 0.6 as 60%; a sign in quotation marks is a word like others."""
    return any(t["percent"] for t in _tokens(form))


def in_margin(codes: str) -> str:
    """Return the words of a sheet's header or footer, without what is filled in when it is printed."""
    return " ".join(_MARGIN_CODE.sub(lambda code: code["and"] or " ", codes).split())


def is_page_number(words: str) -> bool:
    """Return whether a header or footer says nothing but which page it is: 第1页，共3页."""
    return _OF_PAGE_NUMBERS.issuperset(words)


def _tokens(section: str) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(section)


def _sections(form: str) -> list[str]:
    found = [""]
    for token in _tokens(form):
        if token["other"] == ";":
            found.append("")
        else:
            found[-1] += token[0]
    return found


def _day(value: date, form: str) -> str | None:
    if form.lower() in _USUAL | _BY_LOCALE:
        return f"{value:%Y-%m-%d}"
    parts = {
        "yyyy": f"{value.year:04d}",
        "e": f"{value.year}",
        "yy": f"{value.year % 100:02d}",
        "mm": f"{value.month:02d}",
        "m": f"{value.month}",
        "dd": f"{value.day:02d}",
        "d": f"{value.day}",
        "aaaa": f"星期{_WEEKDAYS[value.weekday()]}",
        "aaa": _WEEKDAYS[value.weekday()],
    }
    words = ""
    for token in _tokens(_sections(form)[0]):
        kind, found = token.lastgroup, token[0].lower()
        if kind == "day":
            if found not in parts:  # the name of a month
                return None
            words += parts[found]
        elif kind in ("quoted", "escaped"):
            words += token[kind]
        elif kind == "other" and found not in "hs":
            words += token[0]
        elif kind in ("other", "digits", "percent") or _DECIDES.search(token["bracket"] or ""):
            return None
    return words.strip()


def _number(value: Decimal, form: str) -> str | None:
    if form.lower() in _USUAL:
        return f"{value.normalize():f}"
    sections = _sections(form)
    if value < 0 and len(sections) > 1:
        value, section = -value, sections[1]
    else:
        section = sections[2] if value == 0 and len(sections) > 2 else sections[0]
    tokens = list(_tokens(section))
    if any(t["day"] or _DECIDES.search(t["bracket"] or "") for t in tokens):
        return None
    if any(t["other"] and t["other"] in "/Ee" for t in tokens):
        return None
    blocks = [t["digits"] for t in tokens if t["digits"]]
    if len(blocks) != 1:
        return None
    value *= 100 ** sum(bool(t["percent"]) for t in tokens)
    words = "".join(_in_digits(value, blocks[0]) if t["digits"] else _literal(t) for t in tokens)
    return words.strip()


def _literal(token: re.Match[str]) -> str:
    if token["bracket"] is not None:  # [$¥-804] shows ¥, [Red] nothing
        return token["bracket"][1:].partition("-")[0] if token["bracket"][:1] == "$" else ""
    return token["quoted"] or token["escaped"] or token["percent"] or token["other"] or ""


def _in_digits(value: Decimal, block: str) -> str:
    """Return the number by a row of digit places: 0.0#, #,##0; each comma at the end leaves out three digits."""
    places = block.rstrip(",")
    value /= 1000 ** (len(block) - len(places))
    whole, _, decimals = places.partition(".")
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    left, _, right = f"{abs(rounded):f}".partition(".")
    least = decimals.rstrip("#?")
    while len(right) > len(least) and right.endswith("0"):
        right = right[:-1]
    left = left.zfill(whole.count("0"))
    if "," in whole:
        left = f"{int(left):,}"
    return f"{'-' if rounded < 0 else ''}{left}{'.' if right else ''}{right}"
