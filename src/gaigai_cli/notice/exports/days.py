"""The deadline of a row that ``gaigai export`` wrote: its words, its kind and its days, which have to agree."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from gaigai_cli.model.deadline_values import Value, fields
from gaigai_cli.model.deadline_words import read_deadline
from gaigai_cli.model.labels import KIND_WORDS
from gaigai_cli.notice.answers import CONFIRMED
from gaigai_cli.notice.doubts import Choice, Doubt, Notes
from gaigai_cli.notice.exports.table import OwnRow
from gaigai_cli.notice.plain_days import plain_day
from gaigai_cli.notice.trees import Tree, deadline_of

_KINDS: Final = {word: kind for kind, word in KIND_WORDS.items()}
_PLAIN: Final = ("fixed", "ongoing", "unset")
"""Kinds whose fields are the days of the columns alone."""


def deadline(item: str, row: OwnRow, notice: Tree, notes: Notes) -> Tree | None:
    """The fields of an item's deadline; a doubt where words and days don't agree, None where there is nothing."""
    text = row.text("完成时限原文")
    kind = _KINDS.get(row.text("时限类型"), "")
    start, end = (plain_day(row.text(name)) for name in ("起始日期", "到期日期"))
    value, certain = _read(text, notice)
    read = fields(value) if value else None
    if value and (kind, start, end) == (value.kind, *_days(value)):
        return read
    if value and value.kind == kind == "recurring" and start:
        # The words say how often; the office may have set from when.
        return fields(value._replace(from_=start, until=end))
    said = _from_columns(text, kind, start, end)
    if said and not certain:
        return said
    answer = notes.doubt(
        Doubt("deadline", row.place("完成时限原文"), item, text, _why(row, kind, said), "请核对，两处改成一致",
              read=_words("", said or read), choices=(*_choice("照日期栏", said), *_choice("照原文", read)))
    )  # fmt: skip
    return _answered(answer, text, notice) or said or read or _waiting(text)


def _read(text: str, notice: Tree) -> tuple[Value | None, bool]:
    """What the words say in the notice's year, and whether for certain."""
    year = str(notice["year"])
    issued = date.fromisoformat(notice["issued"]) if notice["issued"] else None
    if not year.isdecimal():
        return None, False
    reading = read_deadline(text, year=int(year), issued=issued)
    return reading.value, reading.value is not None and not reading.doubts


def _why(row: OwnRow, kind: str, said: Tree | None) -> str:
    if not kind:
        return "没有写时限类型"
    if said is None:
        return f"“{row.text('时限类型')}”的时限不能从原文确定"
    return "时限原文与时限类型、日期不一致"


def _days(value: Value) -> tuple[date | None, date | None]:
    """First and last day, as an export writes them."""
    said = fields(value)
    if "stages" in said:
        return None, said["stages"][-1]["due"]
    return said.get("from"), said.get("due") or said.get("until")


def _from_columns(text: str, kind: str, start: date | None, end: date | None) -> Tree | None:
    """The deadline that kind and days give; None for kinds that have more fields."""
    if kind not in _PLAIN or not text:
        return None
    days: Tree = (
        {} if kind == "unset" else {"from": start, "due" if kind == "fixed" else "until": end}
    )
    return deadline_of({"kind": kind, **{key: each for key, each in days.items() if each}}, text)


def _choice(name: str, tree: Tree | None) -> tuple[Choice, ...]:
    return (Choice(_words(name, tree), tree),) if tree else ()


def _words(name: str, tree: Tree | None) -> str:
    if tree is None:
        return ""
    start = f"自{tree['from']}" if "from" in tree else ""
    words = "，".join(filter(None, (KIND_WORDS[tree["kind"]], start, _end(tree))))
    return f"{name}：{words}" if name else words


def _end(tree: Tree) -> str:
    if "stages" in tree:
        return "、".join(str(stage["due"]) for stage in tree["stages"])
    return str(tree.get("due") or tree.get("until") or "")


def _answered(answer: Any, text: str, notice: Tree) -> Tree | None:
    """An answer's map, or words that are read as a cell is; the text stays the notice's."""
    if answer is None or answer == CONFIRMED:
        return None
    if isinstance(answer, str):
        value, _ = _read(answer, notice)
        return {**fields(value), "text": text or answer} if value else None
    return deadline_of(answer, text)


def _waiting(text: str) -> Tree | None:
    return {"text": text, "kind": "unset"} if text else None
