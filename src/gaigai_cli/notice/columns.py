"""What each column of a table holds: as the office says, else as its head says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from gaigai_cli.model.deadline import Fixed
from gaigai_cli.notice.document import Row, Table, squeezed
from gaigai_cli.notice.points import NUMBER
from gaigai_cli.words.brackets import without_brackets
from gaigai_cli.words.deadline import ANY_YEAR, read_deadline
from gaigai_cli.words.heads import (
    LABEL_OF,
    UNIT_ROLES,
    ColumnUse,
    Trait,
    is_known,
    may_be_measure,
    plain_head,
    says,
    stage_of,
    use_of,
)
from gaigai_cli.words.normal import narrow
from gaigai_cli.words.pattern import regex

Declared = Mapping[str, ColumnUse]
"""What the office says of columns, by the head's words as `declared_key` folds them, or by the column's number."""

_MOST_HEADS: Final = 4
"""Rows that a head may have."""
_NAME: Final = "名称"
"""What a unit is called, below 牵头单位."""
_DIGITS: Final = "0123456789一二三四五"
_FEWEST_MONTHS: Final = 3
_SINGLE: Final = ("number", "title", "content", "responsible", "deadline", "start")


class Columns(NamedTuple):
    """What the columns of a table hold. ``heads`` are the head's words of each column, ``height`` its rows.

    ``first`` are the words of its first row, without signs and brackets. ``unsure`` says of columns whose use the head
    doesn't tell why it doesn't, by their index; ``guessed`` are those whose use is told by what stands in them,
    ``declared`` those whose use the office said. ``numbers`` are how the notice's own columns count; two that were made
    of one share its number.
    """

    roles: tuple[ColumnUse, ...]
    heads: tuple[str, ...]
    height: int
    first: tuple[str, ...]
    unsure: Mapping[int, str] = {}
    guessed: frozenset[int] = frozenset()
    declared: frozenset[int] = frozenset()
    numbers: tuple[int, ...] = ()

    def of(self, *roles: ColumnUse) -> tuple[int, ...]:
        """Return the indices of the columns with one of these roles."""
        return tuple(index for index, role in enumerate(self.roles) if role in roles)

    @property
    def units(self) -> tuple[int, ...]:
        """The columns that name units."""
        return self.of(*UNIT_ROLES)

    def name(self, index: int) -> str:
        """Return a column's head, or which one it is."""
        return squeezed(self.heads[index]) or f"第{self.numbers[index]}栏"

    def groups(self, index: int) -> bool:
        """Return whether a column without a role holds the headings of groups."""
        return _groups(index, self.heads[index], self.roles)


def _groups(place: int, head: str, roles: Sequence[ColumnUse]) -> bool:
    """Return whether a head is one of groups, as 类别 is, and 指标 before 序号."""
    before = "number" in roles[place:] and use_of(head) == "title"
    return roles[place] == "extra" and (before or says(head, "group"))


def find_columns(table: Table, declared: Declared) -> tuple[int, Columns] | None:
    """Return the first row that is a list's head, and what its columns hold; None without one."""
    for index in range(len(table.rows)):
        columns = head_at(table, index, declared)
        if columns is not None:
            return index, columns
    return None


def column_numbers(heads: Row) -> tuple[int, ...]:
    """Return how a table's columns count by where their heads stand, or the cells of their first row."""
    found: list[int] = []
    for at, cell in enumerate(heads):
        above = heads[at - 1]
        if at and cell is not above and cell.place == above.place:
            found.append(found[-1])
            continue
        column = 1 + cell.place.column - heads[0].place.column
        found.append(max(found[-1] + 1 if at else 1, column))
    return tuple(found)


def head_at(table: Table, index: int, declared: Declared) -> Columns | None:
    """Return what the columns hold where the row is a list's head, with the rows below that belong to it; None else."""
    row = table.rows[index]
    return columns_of_head(table, index, declared) if _is_head(row, declared) else None


def columns_of_head(table: Table, index: int, declared: Declared) -> Columns:
    """Return what the columns hold by the words of a row, whether or not they are a list's head."""
    row = table.rows[index]
    heads = [cell.text for cell in row]
    lowest = [*row]
    height = 1
    spread: set[int] = set()
    for last, below in pairwise(table.rows[index : index + _MOST_HEADS]):
        if not _goes_on(last, below, spread):
            break
        uses_below = {(above, use_of(under.text)) for above, under in zip(last, below, strict=True)}
        for at, (above, under) in enumerate(zip(last, below, strict=True)):
            if above != under and not under.blank:
                own, over = use_of(under.text), use_of(above.text)
                # 普法对象 isn't what 措施清单 means where 方式措施 is beside it
                beside = over != "extra" and (above, over) in uses_below and own == "extra"
                heads[at] = under.text if beside else head_below(heads[at], under.text)
                lowest[at] = under
        height += 1
    heads = _with_months(heads)
    numbers = column_numbers(tuple(lowest))
    said = [
        declared.get(declared_key(head)) or declared.get(str(number))
        for number, head in zip(numbers, heads, strict=True)
    ]
    fixed = frozenset(place for place, use in enumerate(said) if use)
    uses = [use or use_of(head) for use, head in zip(said, heads, strict=True)]
    parted = frozenset(
        at for at in range(1, len(row)) if row[at] is row[at - 1] and heads[at] != heads[at - 1]
    )
    roles = _resolved(list(uses), heads, fixed, parted)
    unsure = {
        place: why
        for place in range(len(heads))
        if place not in fixed and (why := _why_unsure(place, numbers[place], uses, roles, heads))
    }
    first = tuple(plain_head(cell.text) for cell in row)
    return Columns(roles, tuple(heads), height, first, unsure, declared=fixed, numbers=numbers)


_MONTH: Final = regex(r"(?P<over>|20[0-9]{2}年|.*月.*\D)(?P<n>[1-9]|1[0-2])")


def _with_months(heads: list[str]) -> list[str]:
    """Return the heads with 月 behind figures that count the months of a year, or some below 2025年 or 月份."""
    found = [_MONTH.fullmatch(squeezed(head)) for head in heads]
    months = [int(each["n"]) for each in found if each]
    over = any(each["over"] for each in found if each)
    counts = months == [*range(months[0], months[-1] + 1)] if months else False
    if not counts or len(months) < (_FEWEST_MONTHS if over else 12):
        return heads
    years = (each["over"] if each and each["over"].endswith("年") else "" for each in found)
    return [
        f"{year}{each['n']}月" if each else head
        for year, each, head in zip(years, found, heads, strict=True)
    ]


def head_below(over: str, under: str) -> str:
    """Return the head of a column from what stands over several and over it alone; that alone where it says enough."""
    says_enough = use_of(under) != "extra"
    if use_of(over) in UNIT_ROLES:
        says_enough = says_enough and squeezed(under) != _NAME
    return under if says_enough else f"{over}{under}"


def _why_unsure(
    place: int,
    number: int,
    uses: Sequence[ColumnUse],
    roles: Sequence[ColumnUse],
    heads: Sequence[str],
) -> str:
    """Return why it is unsure what a column holds, in Chinese; empty where its head says so."""
    head, use = heads[place], uses[place]
    name = squeezed(head)
    beside = any(says(head, trait) for trait in ("watch", "builds", "governs"))
    watches = beside and use != "deadline" and {*roles} & {"responsible", "lead"}
    second = use == "number" in roles  # 建议编号 beside 序号
    known = says(head, "nowhere") or may_be_measure(head) or watches or second
    if roles[place] != "extra" or known or _groups(place, head, roles):
        return ""
    if use == "extra":
        return f"看不出“{name}”这一栏是什么" if plain_head(head) else f"第{number}栏没有表头"
    other = squeezed(heads[roles.index(use)]) if use in LABEL_OF and use in roles else name
    return "" if other == name else two_alike(other, name, use)


def two_alike(read: str, other: str, use: ColumnUse) -> str:
    """Return why it is unsure what a column holds whose use another has, which is read."""
    read, other = squeezed(read), squeezed(other)
    return f"“{read}”“{other}”两栏都像{LABEL_OF[use]}，只读了“{read}”"


def declared_key(head: str) -> str:
    """Return a head's words as they are compared with those that the office declared."""
    return plain_head(head) or squeezed(head)


def _is_head(row: Row, declared: Declared) -> bool:
    if any(len(plain_head(cell.text)) > 24 or is_said(cell.text) for cell in row):
        return False
    first = next((squeezed(cell.text) for cell in row if not cell.blank), "")
    if NUMBER.fullmatch(narrow(first)):
        return False  # a row of the list: 5　示例任务　县甲局牵头
    said = {declared[key] for cell in row if (key := declared_key(cell.text)) in declared}
    roles = said | {use_of(cell.text) for cell in row if 0 < len(plain_head(cell.text)) <= 14}
    says_who_or_when = roles & {*UNIT_ROLES, "deadline"}
    says_what = roles & {"title", "content"} or any(says(cell.text, "task") for cell in row)
    return bool(says_what and says_who_or_when) or bool(said & {"title", "content"})


def is_said(text: str) -> bool:
    """Return whether words stand behind a colon, as above a list, and not in a head: 填报日期：2025年4月2日."""
    return _SAID.search(without_brackets(text)) is not None


_SAID: Final = regex(r"[：:]\s*\w")


def _goes_on(row: Row, below: Row, spread: set[int]) -> bool:
    """Return whether the head has a further row: a cell above spans columns that the row below tells apart.

    Those columns are added to ``spread``; below them every cell may be another than above.
    """
    wide = {cell for cell, columns in Counter(row).items() if columns > 1 and not cell.blank}
    under = spread | {place for place, cell in enumerate(row) if cell in wide}
    other = [place for place, cell in enumerate(below) if cell is not row[place]]
    parts = [below[place] for place in other if place in under]
    spread |= under
    return (
        any(row[place] in wide for place in other)
        and all(
            use_of(cell.text) != "extra" or len(cell.text) <= 8 for cell in parts if not cell.blank
        )
        and all(below[place].blank for place in other if place not in under)
    )


def _resolved(
    roles: list[ColumnUse], heads: Sequence[str], fixed: frozenset[int], parted: frozenset[int]
) -> tuple[ColumnUse, ...]:
    """Return one column a role where a row can have but one: of two titles the right one is the content.

    The columns of ``fixed`` are what the office says; none of the others takes their role. Those of ``parted`` share a
    head with the one before them, and have one of their own below it: 责任单位 over 属地 and 行业主管.
    """
    taken = {roles[index] for index in fixed} & set(_SINGLE)
    found = [
        "extra" if role in taken and index not in fixed else role
        for index, role in enumerate(_with_stages(list(roles), heads))
    ]
    _take_titles(found, heads, fixed)
    builders = _take_builders(found, heads) if "responsible" not in taken else set()
    for use in _SINGLE:
        several = _places(found, use)[:: -1 if use == "title" else 1]
        kept = {min(several, key=lambda at: _rank(found[at], heads[at]))} if several else set()
        if use == "deadline" and several:  # 原定时限 holds where 调整后时限 says nothing
            kept |= {at for at in several if says(heads[at], "former")}
        if use == "responsible":
            kept = _beside(kept | builders, several, heads, parted)
        for at in several:
            if at not in kept | fixed:
                found[at] = "extra"
    main = {at for at in _places(found, "responsible") if heads[at].startswith("主要")}
    others = {*_places(found, "responsible"), *_places(found, "support")} - main
    if others and "lead" not in found:
        for at in main - fixed:  # 主要责任单位 beside 其他责任单位, 协办单位
            found[at] = "lead"
    for at in _doers(found, heads) - fixed:
        found[at] = "responsible"
    beside = _conveners(found, heads) - fixed
    return tuple("extra" if at in beside else use for at, use in enumerate(found))


def _places(found: Sequence[ColumnUse], use: ColumnUse) -> list[int]:
    return [at for at, each in enumerate(found) if each == use]


def _take_titles(found: list[ColumnUse], heads: Sequence[str], fixed: frozenset[int]) -> None:
    """Make of several columns of what is to be done one the title and one the content."""
    aside = _groups_before_numbers(found, heads) | _proofs(found, heads) | _measured(found, heads)
    for at in aside - fixed:
        found[at] = "extra"
    titles = [at for at in _places(found, "title") if at not in fixed]
    if len(titles) > 1 and not _places(found, "content"):
        found[titles[-1]] = "content"
    contents = _places(found, "content")
    if (
        len(titles) == len(contents) == 1
        and contents[0] < titles[0]
        and says(heads[contents[0]], "point")
    ):
        found[contents[0]], found[titles[0]] = "title", "content"  # 工作重点 before 目标任务
    norm = len(contents) == 1 and says(heads[contents[0]], "norm")
    if norm and titles and (len(titles) > 1 or contents[0] < titles[0]):
        for at in {contents[0]} - fixed:  # 标准要求 before 整改任务, 整治标准 behind 行动 and 任务
            found[at], found[titles[-1]] = "title" if len(titles) == 1 else "extra", "content"
    titles, contents = _places(found, "title"), _places(found, "content")
    group = _group_before(found, heads, titles[0]) if titles and not contents else None
    if group is not None and not _extra(found, heads, "aim"):
        found[titles[0]], found[group] = "content", "title"
    done = [at for at in contents if not says(heads[at], "norm")]
    if len(done) > (0 if titles else 1):  # 整治标准 before 整治措施
        for at in {*contents} - {*done} - fixed:
            found[at] = "extra"
        contents = _places(found, "content")
    if not titles and len({heads[at] for at in contents}) > 1:
        found[contents[0]] = "title"
    contents = _places(found, "content")
    before = found[: contents[0]] if contents else found
    stands = _extra(before, heads, "task")
    if stands and not _places(found, "title"):
        groups = _extra(before, heads, "group")
        title = next((at for at in stands if at not in groups), stands[-1])
        between = heads[title + 1 : contents[0]] if contents else ()
        if title not in groups or all(map(is_known, between)):  # else what stands between may be it
            found[title] = "title"
    if not contents:
        _take_aims(found, heads)


def _beside(
    kept: set[int], several: Sequence[int], heads: Sequence[str], parted: frozenset[int]
) -> set[int]:
    """Return those columns of responsible units that are read beside the ones ``kept`` (责任乡镇), and these."""
    kept = kept | {at for at in several if says(heads[at], "body") and says(heads[at], "region")}
    if any(heads[at].startswith("主要") for at in kept):  # 主要责任单位 beside 责任单位
        kept |= {at for at in several if not says(heads[at], "watch")}
    for at in several:  # one head over two columns, 责任单位1 beside 责任单位2
        alike = at in parted or _alike(heads[at - 1], heads[at])
        kept |= {at} if at - 1 in kept and alike else set()
    return kept


def _groups_before_numbers(found: Sequence[ColumnUse], heads: Sequence[str]) -> set[int]:
    """Return the columns of titles before the numbers, where a title and the content of each item stand behind them.

    指标 before 序号, 改革举措 and 具体措施 holds groups.
    """
    if "number" not in found:
        return set()
    at = found.index("number")
    behind = {
        heads[place] for place in range(at, len(found)) if found[place] in ("title", "content")
    }
    return {place for place in range(at) if found[place] == "title"} if len(behind) > 1 else set()


def _measured(found: Sequence[ColumnUse], heads: Sequence[str]) -> set[int]:
    """Return the columns of what is measured, 指标 before 单位 or 目标值, where another says what is to be done."""
    measured = {
        at
        for at, (head, behind) in enumerate(pairwise(heads))
        if found[at] == "title"
        and "指标" in head
        and (may_be_measure(behind) or says(behind, "figure"))
    }
    return measured if {*_places(found, "title"), *_places(found, "content")} - measured else set()


def _doers(found: Sequence[ColumnUse], heads: Sequence[str]) -> set[int]:
    """Return the columns that say who does (主责单位, 主办单位) what the unit of another leads: 牵头单位."""
    leads = {at for at, use in enumerate(found) if use == "lead"}
    others = {at for at in leads if "牵头" not in heads[at] and not says(heads[at], "convenes")}
    return others if others < leads and any("牵头" in heads[at] for at in leads) else set()


def _proofs(found: Sequence[ColumnUse], heads: Sequence[str]) -> set[int]:
    """Return the columns of what a task is held against (完成标准) where another says what is to be done."""
    proofs = {at for at in _places(found, "content") if says(heads[at], "proof")}
    others = {at for at, use in enumerate(found) if use in ("title", "content")} - proofs
    return proofs if others or _extra(found, heads, "aim") else set()


def _conveners(found: Sequence[ColumnUse], heads: Sequence[str]) -> set[int]:
    """Return the columns that say who calls the others together (统筹单位) where another says who leads."""
    leads = {at for at, use in enumerate(found) if use == "lead"}
    convene = {at for at in leads if says(heads[at], "convenes")}
    return convene if convene < leads else set()


def _take_builders(found: list[ColumnUse], heads: Sequence[str]) -> set[int]:
    """Make those whose a project is responsible where no column says 责任单位; return all that then are.

    The department that it falls to (主管部门) is, too, where no column says who leads.
    """
    doing = {at for at, use in enumerate(found) if use == "responsible"}
    if not all(says(heads[at], "builds") for at in doing):
        return set()
    doing |= {*_extra(found, heads, "builds")}
    if "lead" not in found:
        doing |= {*_extra(found, heads, "governs")}
    for at in doing:
        found[at] = "responsible"
    return doing


def _take_aims(found: list[ColumnUse], heads: Sequence[str]) -> None:
    """Make the first aim the content; of 一级目标 and 二级目标 the last, the one above it the title where none is.

    That of a part of the year (一季度目标) is none.
    """
    aims = [at for at in _extra(found, heads, "aim") if stage_of(heads[at])[-2:] in ("", "年底")]
    levels = [at for at in aims if _LEVEL.search(heads[at])]
    for at in (levels or aims[:1])[-1:]:
        found[at] = "content"
    if "title" not in found and len(levels) > 1:
        found[levels[-2]] = "title"


def _alike(head: str, other: str) -> bool:
    return plain_head(head).rstrip(_DIGITS) == plain_head(other).rstrip(_DIGITS)


def _rank(use: ColumnUse, head: str) -> tuple[bool, ...]:
    """Return by what of several columns of one use that counts which has the lowest rank, the first of them."""
    if use == "deadline":
        return says(head, "former"), not says(head, "last day")
    if use == "responsible":
        watches = may_be_measure(head) or says(head, "watch")
        beside = says(head, "office"), says(head, "region")
        return watches, says(head, "builds"), not says(head, "body"), *beside
    return ()


_LEVEL: Final = regex("[一二三四]级")
_NO_TITLE: Final = regex("类型|原文|表述")


def _group_before(found: Sequence[ColumnUse], heads: Sequence[str], title: int) -> int | None:
    """Return the nearest column of groups, or of problems, before the only one of tasks.

    It then holds the title, and the column of tasks the content.
    """
    before = reversed(_extra(found[:title], heads, "task"))
    return next((at for at in before if not _NO_TITLE.search(heads[at])), None)


def _with_stages(found: list[ColumnUse], heads: Sequence[str]) -> list[ColumnUse]:
    """Return the uses with columns of periods as the deadline, where no other column is that.

    What is to be done in a year (2025年目标) is none beside those of its quarters, of which one ends with it.
    """
    stages = {*_places(found, "stage")}
    years = {at for at in stages if stage_of(heads[at]).endswith("年底")}
    if any(_ends_year(stage_of(heads[at])) for at in stages - years):
        found = ["extra" if at in years else use for at, use in enumerate(found)]
    several = found.count("stage") > 1 and "deadline" not in found
    nowhere = "start" if several else "stage"
    return [("extra" if role == nowhere else role) for role in found]


def _ends_year(period: str) -> bool:
    end = read_deadline(period, year=ANY_YEAR).deadline
    return isinstance(end, Fixed) and end.due.month == 12


def _extra(found: Sequence[ColumnUse], heads: Sequence[str], trait: Trait) -> list[int]:
    """Return the columns without a role whose head has a trait."""
    return [at for at, use in enumerate(found) if use == "extra" and says(heads[at], trait)]


def repeats_head(table: Table, index: int, columns: Columns, declared: Declared) -> int:
    """Return how many rows from ``index`` on repeat the list's head; 0 where they hold something else."""
    row = table.rows[index]
    same = columns.height > 0 and [plain_head(cell.text) for cell in row] == list(columns.first)
    again = columns_of_head(table, index, declared) if same else head_at(table, index, declared)
    if again is None:
        return 0
    return again.height if same or "number" in again.roles else 0
