"""Days and months as Chinese sentences write them."""

from datetime import date


def day_words(day: date, year: int) -> str:
    """6月30日; with its year where that isn't ``year``."""
    prefix = "" if day.year == year else f"{day.year}年"
    return f"{prefix}{day.month}月{day.day}日"


def month_words(month: str, year: int) -> str:
    """6月 for ``2024-06``; with its year where that isn't ``year``."""
    prefix = "" if month[:4] == str(year) else f"{month[:4]}年"
    return f"{prefix}{int(month[5:])}月"
