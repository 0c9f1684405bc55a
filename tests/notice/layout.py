"""A made-up notice and what a person reads in it.

``items`` has a row for each item: id, title, content, units (牵头/责任/配合/未列名 after 牵:责:配:列:) and deadline
(kind and days). ``doubtful`` are the subjects that have to be asked about: cells that nobody can read for certain.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.notice.renderings import Rows, Sheet

Item = tuple[str, str, str, str, str]


@dataclass(frozen=True, eq=False)
class Layout:
    """A notice and its reading."""

    name: str
    sheet: Sheet
    items: tuple[Item, ...]
    doubtful: frozenset[str] = field(default_factory=frozenset)
    only: tuple[str, ...] = ()
    """Formats that can show it, by their endings; none: all."""


def sheet(
    title: str, *tables: Rows, notes: tuple[str, ...] = (), unit: str = "示例县数改办"
) -> Sheet:
    """A notice around tables: 2025, issued on 10 March."""
    before = (
        f"{unit}文件",
        "示县数改办发〔2025〕3号",
        f"关于印发《{title}》的通知",
        "各乡镇人民政府，县直各单位：",
        f"现将《{title}》印发给你们，请认真贯彻落实。",
        unit,
        "2025年3月10日",
        title,
    )
    return Sheet(before, tables, notes)
