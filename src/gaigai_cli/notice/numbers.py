"""The ids of tasks and items, from the numbers that the notice gives its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from gaigai_cli.notice.answers import Notes
from gaigai_cli.notice.document import Place, squeezed
from gaigai_cli.notice.doubts import AS_READ, CONFIRMED, SEEN, Choice, Doubt
from gaigai_cli.notice.head import OF_DOCUMENT
from gaigai_cli.notice.items import RawTask
from gaigai_cli.notice.points import COUNTED, DECIMAL, count_up, number_before, numbers_before
from gaigai_cli.words.brackets import CLOSING, OPENING
from gaigai_cli.words.normal import MARKS, narrow, numeral_value
from gaigai_cli.words.pattern import regex

_MARKS: Final = rf"[{re.escape(OPENING)}{MARKS}\s第]*"
_BEFORE: Final = regex(rf"{_MARKS}(?:{COUNTED})?{_MARKS}")
_BEHIND: Final = f"{CLOSING}{MARKS}、.．。,，:：项条号是 　\xa0\t\n"
_REMARK: Final = regex(
    r"(?:(?<=[一二三四五六七八九十])(?:部分|[章编篇])|(?<=\d)\s*[（(][^\W\d]{1,4}[）)]|(?<=号)(?:提案|建议|议案))[：:\s]*$"
)
"""What a number may be followed by that is none of it: 2（新增）, 12号提案."""
_YEAR: Final = regex(r"^\s*[〔\[［【（(](?:19|20)\d{2}[〕\]］】）)](?=第?\d)")
"""The year of 〔2025〕1号, which is number 1."""
_COMPOUND: Final = regex(r"([0-9]{1,4})[.\-－—－．]([0-9]{1,3})")
_USABLE: Final = regex(r"\S+")


def number(tasks: list[RawTask], notes: Notes, heads: Sequence[Place] = ()) -> None:
    """Set the id of every task and item. A number that can't be an id, or is used twice, is a doubt.

    ``heads`` are where a list's head is repeated in a table.
    """
    _from_points(tasks)
    if tasks and not any(task.number.strip() for task in tasks):
        _from_titles(tasks, notes)
    else:
        _without_group_numbers(tasks, notes)
    _merge_compound(tasks)
    _take_headings(tasks, notes)
    _tell_jumps(tasks)
    said = (_YEAR.sub("", task.number) for task in tasks)
    bare = (_REMARK.sub("", _BEFORE.sub("", each, count=1)) for each in said)
    written = (narrow(OF_DOCUMENT.sub(r"\g<n>", word).rstrip(_BEHIND)) for word in bare)
    ids = [str(numeral_value(word) or word) for word in written]
    if not tasks:
        return
    if lists := _lists(tasks, ids, heads):
        ids = _run_on(tasks, ids, lists, notes)
    elif all(map(_USABLE.fullmatch, ids)) and len(set(ids)) == len(ids):
        _gaps(tasks, ids, notes)
    else:
        _in_order(tasks, ids, notes)
        ids = [str(index) for index in range(1, len(tasks) + 1)]
    for task, name in zip(tasks, ids, strict=True):
        task.id = name
        if task.number.strip() != name:
            notes.leave_out(task.place, task.number.strip(), "序号的写法")
        for point, item in zip(_points_of(task), task.items, strict=True):
            item.id = f"{name}.{point}"
        _tell_points(task, notes)


def _points_of(task: RawTask) -> Sequence[int]:
    """Return the numbers of a task's items: those of its points where each has one and they count up, else 1, 2, 3.

    An item alone is 1 where its point is the number of its task, or its words are all that its task is called.
    """
    points = [item.point for item in task.items]
    own = (
        all(points)
        and points == sorted(set(points))
        and [str(each) for each in points] != [task.id]
        and not (
            len(points) == 1 and squeezed(task.title).endswith(squeezed(task.items[0].content))
        )
    )
    return points if own else range(1, len(points) + 1)


def _tell_points(task: RawTask, notes: Notes) -> None:
    """Add a doubt about a task whose items have other numbers than its points, which is which: one for all such.

    An item alone is cited as its task.
    """
    alone = (numeral_value(task.id),) if len(task.items) == 1 else ()
    pairs = [
        f"{item.point}→{item.id}"
        for item in task.items
        if item.point and item.id != f"{task.id}.{item.point}" and item.point not in alone
    ]
    if pairs:
        why = "任务下各条的编号有重复，或有的没有编号，已按先后编号"
        notes.doubt(
            Doubt("numbers", task.place, f"任务{task.id}", task.title, why, "请核对",
                  read=f"原编号→事项编号：{'、'.join(pairs)}", choices=AS_READ, asked=why)
        )  # fmt: skip


def _merge_compound(tasks: list[RawTask]) -> None:
    """Make rows numbered 1.1, 1.2, 2.1 items of the tasks 1 and 2, where these have one title each."""
    found = [_COMPOUND.fullmatch(task.number.strip()) for task in tasks]
    if not tasks or not all(found):
        return
    titles = {(match[1], task.title) for task, match in zip(tasks, found, strict=True) if match}
    if len(titles) > len({number for number, _ in titles}):
        return
    merged: list[RawTask] = []
    for task, match in zip(list(tasks), found, strict=True):
        assert match is not None
        _set_point(task, match)
        if merged and merged[-1].number == match[1] and merged[-1].title == task.title:
            merged[-1].items += task.items
        else:
            task.number = match[1]
            merged.append(task)
    tasks[:] = merged


def _take_headings(tasks: list[RawTask], notes: Notes) -> None:
    """Make rows numbered 1.1, 1.2 below 1 its items, where they have no other title."""
    merged: list[RawTask] = []
    for task in tasks:
        number = _COMPOUND.fullmatch(task.number.strip())
        above = merged[-1] if merged else None
        alone = [squeezed(item.content) for item in task.items if item.units] == [
            squeezed(task.title)
        ]
        if above is None or number is None or number[1] != above.number.strip() or not alone:
            merged.append(task)
            continue
        if number[2] == "1":
            _ask_heading(above, notes)
            above = merged[-1] = RawTask(above.number, above.title, above.place)
        _set_point(task, number)
        above.items += task.items
    tasks[:] = merged


def _set_point(task: RawTask, number: re.Match[str]) -> None:
    """Make the second half of a row's number (1.3) that of its item, where it holds one."""
    if len(task.items) == 1:
        task.items[0].point = int(number[2])


def _ask_heading(task: RawTask, notes: Notes) -> None:
    """Add a doubt about what a row says of who and when that is only the title of those below it: one for all such."""
    text = "　".join(each.cell.text for item in task.items for each in item.row.said)
    why = "下面各行都另写了责任单位，这一行作为它们的标题，它自己的责任单位和完成时限没有写入清单"
    if text:
        notes.doubt(
            Doubt("row", task.place, task.place.words, text, why, "请核对", choices=SEEN, asked=why)
        )


def _from_points(tasks: list[RawTask]) -> None:
    """Make tasks of points numbered through over groups (1. 2. below 一, 3. 4. below 二), the groups their titles."""
    points = [item.point for task in tasks for item in task.items]
    grouped = all(numeral_value(task.number) == 0 or not task.number.isdecimal() for task in tasks)
    runs_on = points[:1] == [1] and points == sorted(set(points))
    if len(tasks) < 2 or len(points) == len(tasks) or not grouped or not runs_on:
        return
    made = []
    for task in tasks:
        for item in task.items:
            made.append(RawTask(str(item.point), task.title, item.place, [item]))
            item.point = 0
    tasks[:] = made


def _tell_jumps(tasks: Sequence[RawTask]) -> None:
    """Add a doubt about points that count on from others with a gap (5. 6. behind 3.)."""
    last = 0
    for task in tasks:
        for item in task.items:
            if last and item.point > last + 1:
                why = f"编号{last}之后是{item.point}，中间可能漏了内容"
                doubt = Doubt("content", item.place, "", item.content, why, "请核对", item.content)
                item.wait(doubt)
            last = item.point or last


def _without_group_numbers(tasks: list[RawTask], notes: Notes) -> None:
    """Take the numbers 一、二、… off titles of groups, whose tasks have numbers of their own."""
    titles = list(dict.fromkeys(task.title for task in tasks))
    found = {title: match for title in titles if (match := number_before(title))}
    numbers = [numeral_value(match["n"]) for match in found.values()]
    if len(titles) == len(tasks) or len(found) < len(titles) or not count_up(numbers):
        return
    for title, match in found.items():
        group = [task for task in tasks if task.title == title]
        notes.leave_out(group[0].place, match[0].strip(), "分组编号")
        for task in group:
            task.title = title[match.end() :].rstrip("。") if len(title) > match.end() else title


def _lists(tasks: Sequence[RawTask], ids: Sequence[str], heads: Sequence[Place]) -> list[int]:
    """Return where further lists of the file begin: below another head the numbers begin again at 1, and count up.

    So do those of paragraphs, unless it is but the same number again.
    """
    again = {(head.sheet, head.table, head.row) for head in heads}
    starts = []
    for at in range(1, len(tasks)):
        before, after = tasks[at - 1].place, tasks[at].place
        table = _table(tasks[at])
        repeated = any((*table, row) in again for row in range(before.row + 1, after.row))
        in_prose = not table[1] and numeral_value(ids[at - 1]) > 1
        if numeral_value(ids[at]) == 1 and (in_prose or table != _table(tasks[at - 1]) or repeated):
            starts.append(at)
    bounds = [0, *starts, len(tasks)]
    parts = [[numeral_value(each) for each in ids[a:b]] for a, b in pairwise(bounds)]
    return starts if all(part == sorted(set(part)) and part[0] for part in parts) else []


def _table(task: RawTask) -> tuple[str, int]:
    return task.place.sheet, task.place.table


def _where(first: RawTask, of_all: RawTask, number: int) -> str:
    """Return where a list begins: its table, or its first row where it is in the same table as the first list."""
    same = number > 1 and _table(first) == _table(of_all)
    return first.place.words if same else first.place._replace(row=0).words


def _told_again(tasks: Sequence[RawTask], lists: Sequence[range]) -> int:
    """Return how many tasks of further lists have the words of one in a list before."""
    seen: set[tuple[str, ...]] = set()
    again = 0
    for part in lists:
        words = [tuple(squeezed(item.content) for item in tasks[at].items) for at in part]
        again += sum(each in seen for each in words)
        seen.update(words)
    return again


def _run_on(
    tasks: list[RawTask], ids: Sequence[str], starts: Sequence[int], notes: Notes
) -> list[str]:
    """Return the ids of several lists as one, each going on from the one before.

    One question says so, and which to take.
    """
    bounds = [0, *starts, len(tasks)]
    lists = [range(a, b) for a, b in pairwise(bounds)]
    made: list[str] = []
    for part in lists:
        before = max((numeral_value(each) for each in made), default=0)
        made += [str(before + numeral_value(ids[at])) for at in part]
    pairs = "、".join(f"{ids[at]}→{made[at]}" for part in lists[1:] for at in part)
    read = f"各份都读入，后面的接着前一份编号：{pairs}"
    said = "；".join(
        f"第{number}份（{_where(tasks[part[0]], tasks[0], number)}）{len(part)}项"
        for number, part in enumerate(lists, 1)
    )
    alone = [Choice(f"只要第{number}份", str(number)) for number in range(1, len(lists) + 1)]
    choices, why = (
        [Choice("各份都要", CONFIRMED), *alone],
        f"序号{len(lists)}次从1起编，可能是{len(lists)}份清单，也可能是一份清单的{len(lists)}部分",
    )
    if again := _told_again(tasks, lists):  # a ledger's sheet of each month
        choices, why = [*alone, choices[0]], f"{why}，后面的有{again}项与前面的文字相同"
    answer = notes.doubt(
        Doubt("numbers", tasks[starts[0]].place, "清单", said, why,
              "请选要哪一份", read=read, choices=tuple(choices))
    )  # fmt: skip
    if answer is None or answer == CONFIRMED:
        return made
    chosen = lists[int(answer) - 1]
    for part in lists:
        for at in part if part is not chosen else ():
            notes.leave_out(tasks[at].place, tasks[at].title, "没有选用的清单")
    tasks[:] = [tasks[at] for at in chosen]
    return [str(numeral_value(ids[at])) for at in chosen]


def _from_titles(tasks: list[RawTask], notes: Notes) -> None:
    """Take the number before each heading (一、推进…), where every heading has one, and no heading stands twice."""
    titles = [task.title for task in tasks]
    if len({*titles}) < len(tasks):
        return
    for task, match in zip(tasks, _outline(titles) or numbers_before(titles), strict=False):
        task.number = match[0].strip().rstrip("、.．")
        notes.leave_out(task.place, match[0].strip(), "任务编号")
        for item in task.items:
            item.point = 0 if len(task.items) == 1 else item.point
            if squeezed(item.content) == squeezed(task.title):
                item.content = item.content[match.end() :]
        task.title = task.title[match.end() :]


_IN_OUTLINE: Final = regex(r"(?P<n>\d{1,2})(?:[.．](?P<below>\d{1,2})(?!\d)[、.．]?|[、.．])\s*")


def _outline(titles: Sequence[str]) -> list[re.Match[str]]:
    """Return the numbers that headings begin with where all are an outline: 1、, 1.1, 1.2, 2、; else nothing."""
    found: list[re.Match[str]] = []
    number = below = 0
    for title in titles:
        match = _IN_OUTLINE.match(title)
        own = match and (int(match["n"]), int(match["below"] or 0))
        if match is None or own not in ((number + 1, 0), (number, below + 1)):
            return []
        number, below = int(match["n"]), int(match["below"] or 0)
        found.append(match)
    below_each = [match for match in found if match["below"]]
    return [] if all(DECIMAL.match(match.string) for match in below_each) else found


_GAPS: Final = "序号不连着，中间可能漏了行"


def _gaps(tasks: Sequence[RawTask], ids: Sequence[str], notes: Notes) -> None:
    """Ask about numbers that are left out; not where most are, nor about those of a register (第3号建议, 第8号建议)."""
    steps = [
        (task, before, after)
        for task, before, after in zip(tasks[1:], ids, ids[1:], strict=False)
        if numeral_value(before) and numeral_value(after)
    ]
    gaps = [each for each in steps if numeral_value(each[2]) != numeral_value(each[1]) + 1]
    most = len(gaps) > 2 and 2 * len(gaps) > len(steps)
    if most or all("号" in task.number for task in tasks):
        return
    for task, before, after in gaps:
        less = numeral_value(after) < numeral_value(before)
        why = f"序号{before}之后是{after}，{'前后不连着' if less else '中间可能漏了行'}"
        notes.doubt(
            Doubt("numbers", task.place, f"序号{after}", after, why, "请核对", "照原文编号",
                  AS_READ, asked=_GAPS)
        )  # fmt: skip


def _in_order(tasks: Sequence[RawTask], ids: Sequence[str], notes: Notes) -> None:
    """Number the tasks one by one; where the notice has numbers of its own, tell which is which."""
    written = [task.number.strip() for task in tasks]
    if not any(written):
        return
    twice = [name for name, times in Counter(ids).items() if name and times > 1]
    why = f"序号{'、'.join(twice)}不止一处" if twice else "有的行没有序号"
    pairs = "、".join(f"{old or '（空）'}→{new}" for new, old in enumerate(written, start=1))
    text = "、".join(written)
    notes.doubt(
        Doubt("numbers", tasks[0].place, "序号", text, f"{why}，已按先后重新编号", "请核对",
              read=f"原序号→任务编号：{pairs}", choices=AS_READ)
    )  # fmt: skip
