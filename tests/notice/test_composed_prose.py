"""Notices in paragraphs, put together by chance: what is read of them otherwise than a person reads is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from gaigai_cli.errors import GaigaiError
from gaigai_cli.notice.answers import Answers
from gaigai_cli.notice.doubts import Doubt, single
from gaigai_cli.notice.draft import Draft, make_draft
from gaigai_cli.notice.formats import read_document
from tests.notice.composed_prose import Notice, Wanted, compose
from tests.notice.measure import deadline_words
from tests.notice.renderings import FORMATS, Sheet

SHORT = {"通知.txt": 60, "通知.docx": 10, "通知.html": 20}
"""How many notices are tried in each format, where not all are; all are six times as many."""


@pytest.mark.parametrize("name", SHORT)
def test_nothing_is_silently_wrong(name: str, thorough: bool) -> None:
    """Each notice by its number, which composes it again."""
    found = {
        number: faults
        for number in range(SHORT[name] * (6 if thorough else 1))
        if (faults := [*faults_of(compose(Random(number)), name)])
    }
    assert found == {}


def faults_of(notice: Notice, name: str = "通知.txt") -> Iterator[str]:
    """What was read otherwise and is neither asked about nor refused, and what doubts say that isn't so."""
    file = FORMATS[name](Sheet(tuple(notice.lines), ()))
    try:
        draft = make_draft(read_document(file, name), Answers())
    except GaigaiError:
        return
    for wanted in notice.items:
        yield from _faults_of_item(wanted, notice, draft)
    yield from _more_items(notice, draft)
    yield from _untrue(notice, draft)


_ABOUT = {
    "units": ("lead", "others", "open"),
    "lead-rule": ("lead", "others", "open"),
    "deadline": ("deadline",),
    "content": ("words",),
    "row": ("words", "lead", "others", "open", "deadline"),
}
_OF_ALL = ("", "段落", "牵头单位")
"""The subjects of doubts about all items."""


def _faults_of_item(wanted: Wanted, notice: Notice, draft: Draft) -> Iterator[str]:
    others = [each.key for each in notice.items if each is not wanted]
    named = [pair for pair in _pairs(draft) if wanted.key in _words(*pair)]
    own = [pair for pair in named if not any(key in pair[1]["content"] for key in others)]
    doubts = [*single(draft.open_doubts)]
    ids = {tree["id"] for pair in own for tree in pair}
    about = [
        doubt
        for doubt in doubts
        if doubt.subject in ids or doubt.subject in _OF_ALL or wanted.key in doubt.text + doubt.read
    ]
    if not own:
        if not (named and any(d.subject == "段落" for d in doubts)) and not any(
            wanted.key in doubt.text + doubt.read for doubt in doubts
        ):
            yield f"{wanted.key} is lost"
        return
    told = "".join(_plain(each.text) for each in draft.left_out if each.what in _TOLD)
    asked = {cell for doubt in about for cell in _ABOUT.get(doubt.code, ())}
    read = _read(own, wanted, told)
    if wanted.number and not _is_cited(own, wanted.number, draft):
        yield f"number of {wanted.key}: {wanted.number} is {[item['id'] for _, item in own]}"
    for cell, right in read.items():
        if not right and cell not in asked:
            yield f"{cell} of {wanted.key}: {[_words(*pair) for pair in own]}"


_TOLD = ("标题下面的文字", "栏目的名称")
"""What is left out of the words of an item, and said to be."""


def _read(own: list[tuple[Any, Any]], wanted: Wanted, told: str) -> dict[str, bool]:
    """Whether each cell is read as a person reads it; one item may be read as its points."""
    units = [item.get("units") or task.get("units") or {} for task, item in own]
    days = {deadline_words(item.get("deadline") or task.get("deadline")) for task, item in own}
    named = {
        role: {name for cell in units for name in cell.get(role, ())}
        for role in ("lead", "responsible", "support", "open")
    }
    return {
        "words": _says(own, wanted, told, dated=days == {wanted.deadline}),
        "lead": named["lead"] == {*wanted.lead},
        "others": named["responsible"] | named["support"] == {*wanted.others},
        "open": named["open"] == {*wanted.open},
        "deadline": days == {wanted.deadline} or (not wanted.deadline and days <= {"", "unset"}),
    }


def _is_cited(own: list[tuple[Any, Any]], number: int, draft: Draft) -> bool:
    """Whether an item, or the task of its points, has the number of the notice, or one that a doubt tells for it."""
    told = "".join(each.read for each in single(draft.open_doubts) if each.code == "numbers")
    found = {item["id"].rpartition(".")[2] for _, item in own} | {task["id"] for task, _ in own}
    new = {tree["id"] for pair in own for tree in pair}
    return f"{number}" in found or any(re.search(rf"→{each}(?![0-9.])", told) for each in new)


_DAY = re.compile("，?(?:2024年)?[0-9]+月(?:底|[0-9]+日)前(?:完成)?(?=[。（(]|$)")
_POINT = re.compile("(?<![0-9])[1-9](?=编制|建立|开展|完成|公开)")


def _says(own: list[tuple[Any, Any]], wanted: Wanted, told: str, *, dated: bool) -> bool:
    """Whether titles and contents are the words, with or without who acts, when if that was read, and what is told."""
    right = [wanted.words, wanted.without_who]
    right += [_DAY.sub("", words) for words in right] if dated else []
    contents = [item["content"] for _, item in own]
    titles = [*dict.fromkeys(task["title"] for task, _ in own)]
    said = ("".join((*titles, *contents)), "".join((*titles[1:], *contents)))
    read = [_POINT.sub("", _plain(words)) for words in said]
    return any(
        words in read or any(_without(words, each) in told for each in read)
        for words in (_POINT.sub("", _plain(each)) for each in right)
    )


def _without(whole: str, read: str) -> str:
    """What of the words was not read, if it stands together."""
    at = next((at for at, pair in enumerate(zip(whole, read, strict=False)) if len({*pair}) > 1), 0)
    missing = len(whole) - len(read)
    return whole[at : at + missing] if whole[:at] + whole[at + missing :] == read else "?"


def _plain(text: str) -> str:
    return re.sub(r"[\s，。、；;,：:/“”\"()（）《》●]", "", text)


def _pairs(draft: Draft) -> list[tuple[Any, Any]]:
    return [(task, item) for task in draft.tasks for item in task["items"]]


def _words(task: Any, item: Any) -> str:
    return f"{task['title']} {item['content']}"


def _more_items(notice: Notice, draft: Draft) -> Iterator[str]:
    asked = "".join(f"{each.text} {each.read}" for each in single(draft.open_doubts))
    whole = any(each.subject == "段落" for each in draft.open_doubts)
    for task, item in _pairs(draft):
        known = any(wanted.key in _words(task, item) for wanted in notice.items)
        if not (known or whole or item["content"] in asked):
            yield f"{item['id']} is no item: {item['content']}"


def _untrue(notice: Notice, draft: Draft) -> Iterator[str]:
    """Doubts that say there is nothing where there is something."""
    keys = {wanted.key: wanted for wanted in notice.items if wanted.lead or wanted.others}
    items = {
        tree["id"]: wanted
        for key, wanted in keys.items()
        for pair in _pairs(draft)
        if key in _words(*pair)
        for tree in pair
    }
    for doubt in single(draft.open_doubts):
        if doubt.why == "没有写责任单位" and doubt.subject in items:
            yield f"{doubt.subject} has units: {doubt.why}"
        if doubt.why == "看不出这一段的责任单位和完成时限，没有写入清单":
            yield from (
                f"{key} has units" for key, each in keys.items() if _names(doubt, key, each)
            )
        if doubt.code == "lead-rule" and "没有写明怎样识别" in doubt.why and notice.has_rule:
            yield f"there is a rule: {doubt.why}"


def _names(doubt: Doubt, key: str, wanted: Wanted) -> bool:
    return key in doubt.text and any(name in doubt.text for name in (*wanted.lead, *wanted.others))
