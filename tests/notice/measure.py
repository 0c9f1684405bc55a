"""Cells of imported notices held against what a person reads: right, doubtful, wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from gaigai_cli.notice.answers import Answers
from gaigai_cli.notice.draft import Draft, make_draft
from gaigai_cli.notice.formats import read_document
from tests.notice.composed import Wanted
from tests.notice.layout import Layout
from tests.notice.renderings import FORMATS

_ROLES = (("牵", "lead"), ("责", "responsible"), ("配", "support"), ("列", "open"))


def formats_of(layout: Layout) -> Iterator[str]:
    """The file names under which a layout can be imported."""
    return (name for name in FORMATS if not layout.only or name.endswith(layout.only))


@cache
def imported(layout: Layout, name: str) -> Draft:
    """The draft of a layout in the format of a file name."""
    return make_draft(read_document(FORMATS[name](layout.sheet), name), Answers())


def units_words(cell: Any) -> str:
    """牵:A 责:B,C."""
    found = ((sign, cell.get(role)) for sign, role in _ROLES) if cell else ()
    return " ".join(f"{sign}:{','.join(names)}" for sign, names in found if names)


def deadline_words(cell: Any) -> str:
    """The kind and the days of a deadline."""
    if not cell:
        return ""
    match cell["kind"]:
        case "fixed":
            days = [str(cell[key]) for key in ("from", "due") if key in cell]
        case "ongoing":
            start, end = (str(cell.get(key) or "") for key in ("from", "until"))
            days = [f"{start}..{end}" if end else start] if start or end else []
        case "staged":
            days = [str(stage["due"]) for stage in cell["stages"]]
        case "recurring":
            days = [str(cell["every"]), str(cell["day"])]
        case _:
            days = []
    return " ".join((cell["kind"], *days))


def cells(draft: Draft) -> dict[tuple[str, str], str]:
    """What was read, by item and column."""
    found = {}
    for task in draft.tasks:
        for item in task["items"]:
            found[item["id"], "title"] = task["title"]
            found[item["id"], "content"] = item["content"]
            found[item["id"], "units"] = units_words(item.get("units") or task.get("units"))
            found[item["id"], "deadline"] = deadline_words(
                item.get("deadline") or task.get("deadline")
            )
    return found


def expected(layout: Layout) -> dict[tuple[str, str], str]:
    """What a person reads, by item and column."""
    return {
        (row[0], column): words
        for row in layout.items
        for column, words in zip(("title", "content", "units", "deadline"), row[1:], strict=True)
    }


def asked(draft: Draft) -> set[tuple[str, str]]:
    """The cells that a doubt is about."""
    found = set()
    for doubt in draft.doubts:
        column = "units" if doubt.code == "lead-rule" else doubt.code
        for subject in doubt.subjects or (doubt.subject,):
            found.add((subject, column))
            for task in draft.tasks:
                if task["id"] == subject:
                    found |= {(item["id"], column) for item in task["items"]}
    return found


def asked_about(draft: Draft) -> Counter[str]:
    """How many items or fields are asked about, by what the doubts are about."""
    return Counter(doubt.code for doubt in draft.doubts for _ in doubt.subjects or ("",))


def verdicts(layout: Layout, draft: Draft) -> dict[tuple[str, str], str]:
    """Of each cell whether it is right, doubtful, or wrong without a doubt."""
    read, doubts, result = cells(draft), asked(draft), {}
    wanted = expected(layout)
    for key in wanted | read:
        if key in doubts:
            result[key] = "doubtful"
        else:
            result[key] = "right" if read.get(key) == wanted.get(key) else "wrong"
    return result


_ABOUT: Mapping[str, tuple[str, ...]] = {
    "units": ("lead", "others", "open"), "lead-rule": ("lead", "others", "open"), "deadline": ("days",),
    "content": ("words",), "numbers": ("number",), "row": Wanted._fields, "columns": Wanted._fields,
}  # fmt: skip
"""The cells of an item that doubts of a code are about."""
_OF_ITEM = re.compile(r"[0-9.]+")


def silent(wanted: tuple[Wanted, ...], draft: Draft) -> list[str]:
    """What was read otherwise than a person reads it, or not at all, without a doubt about it."""
    doubted = {
        (cell, part.subject if _OF_ITEM.fullmatch(part.subject) else "")
        for doubt in draft.open_doubts
        for part in doubt.parts or (doubt,)
        for cell in _ABOUT.get(doubt.code, ())
    }
    told = "".join(doubt.text for doubt in draft.open_doubts if doubt.code == "row")
    told += "".join(left.text for left in draft.left_out if left.what.endswith("一栏的文字"))
    read = list(_items(draft))
    found, known = [], []
    for want in wanted:
        items = [each for each in read if want.key in each["words"]]
        items = items or [each for each in read if want.key in each["title"]]
        known += items
        if not items and want.key not in told:
            found.append(f"{want.key} is lost")
        if len(items) > 1:
            found.append(f"{want.key} is read more than once")
        for cell in Wanted._fields[1:] if items else ():
            asked = {(cell, each) for each in ("", items[0]["id"], items[0]["number"])}
            if not (_is_read(want, cell, items[0]) or asked & doubted):
                found.append(f"{want.key} {cell}: {getattr(want, cell)} {items[0]}")
    whole = all(any(want.key in each["words"] for each in read) for want in wanted)
    extra = [each for each in read if each not in known] if whole else []
    return [*found, *(f"more than there is: {each}" for each in extra)]


def _items(draft: Draft) -> Iterator[dict[str, Any]]:
    for task in draft.tasks:
        for item in task["items"]:
            units = item.get("units") or task.get("units") or {}
            yield {
                "id": item["id"],
                "number": task["id"],
                "title": task["title"],
                "words": item["content"],
                "lead": frozenset(units.get("lead", ())),
                "others": frozenset((*units.get("responsible", ()), *units.get("support", ()))),
                "open": frozenset(units.get("open", ())),
                "days": deadline_words(item.get("deadline") or task.get("deadline")),
            }


def _is_read(want: Wanted, cell: str, item: dict[str, Any]) -> bool:
    """Whether a cell of an item is one of those that a person may read."""
    ways = getattr(want, cell)
    if cell in ("lead", "others", "open"):
        return bool(ways == item[cell])
    if cell == "number":
        return not ways or bool({item["number"], item["id"]} & set(ways))
    if cell == "words":
        return _bare(item["words"]) == _bare(ways)
    return bool(re.fullmatch(ways, item["days"].removeprefix("unset")))


def _bare(words: str) -> str:
    return "".join(words.split()).rstrip("。；")
