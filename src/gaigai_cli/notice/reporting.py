"""The reporting cycle that a notice states (每月25日前报送进展): proposed for ``rules.yaml``, never set unasked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from gaigai_cli.model.deadline import Recurring
from gaigai_cli.notice.answers import Notes
from gaigai_cli.notice.cells import Tree
from gaigai_cli.notice.document import Line, Place, squeezed
from gaigai_cli.notice.doubts import CONFIRMED, Choice, Doubt
from gaigai_cli.words.brackets import left_open
from gaigai_cli.words.deadline import read_deadline
from gaigai_cli.words.pattern import regex

_NONE: Final = "不设"
_OF_NEXT: Final = "次月"
_CYCLE: Final = regex(r"(?:于|在)?每(?:个)?(?:月|季度?)[^，。；;：:]{0,12}(?:日|号|底|末)前?")
_NEXT: Final = regex(r"(?:每月|每季度?)?(?:次月|下月)(?P<day>[0-9]{1,2})[日号]前")
_REPORTS: Final = regex(
    "(?:报送|上报|报告|反馈|报).{0,30}(?:进展|情况|台账|落实|推进)|(?:进展|情况|台账).{0,30}(?:报送|上报|报|反馈)"
)
_SENTENCE: Final = regex(r"[^。；;\n]+")
_EVERY: Final = {"month": "每月", "quarter": "每季度"}


class Cycle(NamedTuple):
    """How often reports are owed, and by which day of the period's last (or the next) month."""

    every: str
    day: int
    of: str


def proposed(lines: Iterable[Line], notice: Tree, notes: Notes) -> Tree:
    """Return the section ``reporting`` that the office confirmed; empty where none is stated, or none is wanted yet."""
    year = int(notice["year"] or 0) or 2024
    stated = next((found for line in lines for found in _stated(line, year)), None)
    start = str(notice["issued"])[:7]
    if stated is None or not start:
        return {}
    (every, day, of), sentence, place = stated
    ends = "末月" if every == "quarter" else ""
    when = f"次月{day}日" if of == _OF_NEXT else f"{ends}{day}日"
    read = f"{_EVERY[every]}报送一次，{when}截止，自{start}起"
    answer = notes.doubt(
        Doubt("notice", place, "报送周期", sentence, "文件写了报送进展的周期，可以设为本清单的报送周期",
              "请核对", read=read, choices=(Choice("写入", CONFIRMED), Choice("不设报送周期", _NONE)))
    )  # fmt: skip
    if answer != CONFIRMED:
        if answer not in (None, _NONE):
            notes.refuse(f"应是“{CONFIRMED}”或“{_NONE}”")
        return {}
    return {"every": every, "by": day, "of": of, "from": start}


def _stated(line: Line, year: int) -> Iterator[tuple[Cycle, str, Place]]:
    """Yield the cycles that a line of a list's ``year`` states, each with its sentence and place.

    A bracket behind it that a ； cuts (（联系人：张三；电话：…）) is no part of it.
    """
    for sentence in map(squeezed, _SENTENCE.findall(line.text)):
        if _REPORTS.search(sentence) and (cycle := cycle_in(sentence, year)):
            before = sentence[: left_open(sentence)]
            yield cycle, before if cycle_in(before, year) else sentence, line.place


def cycle_in(words: str, year: int) -> Cycle | None:
    """Return the cycle that words of a list's ``year`` state: 每月25日前, 次月5日前; None where they state none."""
    if later := _NEXT.search(words):
        return Cycle("quarter" if "季" in later[0] else "month", int(later["day"]), _OF_NEXT)
    if cycle := _CYCLE.search(words):
        said = read_deadline(cycle[0].lstrip("于在"), year=year).certain
        if isinstance(said, Recurring) and said.every in _EVERY and isinstance(said.day, int):
            return Cycle(said.every, said.day, "当月")
    return None
