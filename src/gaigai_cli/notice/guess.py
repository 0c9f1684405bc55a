"""What columns hold whose heads nobody knows, told by what stands in them. Whatever is guessed is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise, takewhile
from typing import Final, NamedTuple

from gaigai_cli.model.deadline import Fixed, Staged
from gaigai_cli.notice.columns import (
    Columns,
    Declared,
    column_numbers,
    columns_of_head,
    declared_key,
    is_said,
    two_alike,
)
from gaigai_cli.notice.document import Cell, Row, Table, filled, squeezed
from gaigai_cli.notice.points import (
    NUMBER,
    count_up,
    number_before,
    numbers_before,
    split_points,
)
from gaigai_cli.notice.row import DITTO
from gaigai_cli.words.deadline import ANY_YEAR, days_in_text, is_deadline, read_deadline
from gaigai_cli.words.heads import (
    LABEL_OF,
    PEOPLE,
    UNIT_ROLES,
    ColumnUse,
    is_known,
    may_be_measure,
    says,
    use_of,
)
from gaigai_cli.words.normal import narrow, numeral_value
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.unit_lexicon import OF_PROJECT, is_name, is_section
from gaigai_cli.words.units import read_units

_LOOKED_AT: Final = 60
"""Rows that are looked at: what a column holds shows in them."""
_MOST: Final = 0.6
"""The share of a column's cells that have to be alike."""
_HEAD_LENGTH: Final = 16
_LONGEST_UNITS: Final = 200
_NUMBER: Final = regex(rf"{NUMBER.pattern}|[0-9]{{1,3}}\.[0-9]{{1,2}}")
"""A cell with a number alone, 1.1 too."""
_TEXT: Final = regex(r"[\u4e00-\u9fff]")
_HOW_MUCH: Final = regex(r"\s*(?:[0-9.,]+\s*\w{0,3})?\s*")
"""A mere figure: 20天."""


class _Cells(NamedTuple):
    """What stands in a column: the shares of numbers, units and deadlines among its cells, and their mean length."""

    filled: int
    numbers: float
    units: float
    deadlines: float
    length: float

    @property
    def use(self) -> ColumnUse | None:
        """What the cells alone tell; None for running text and for nothing."""
        if not self.filled:
            return None
        shares: tuple[tuple[ColumnUse, float], ...] = (
            ("number", self.numbers),
            ("responsible", self.units),
            ("deadline", self.deadlines),
        )
        return next((use for use, share in shares if share >= _MOST), None)


def complete(columns: Columns, table: Table, start: int) -> Columns:
    """Return the columns with uses for those whose heads are unknown, as far as their cells tell.

    The columns of which the cells told are ``guessed``.
    """
    columns = _without_units(_spread(columns, table, start), table, start)
    columns = _with_bodies(columns, table, start)
    columns = columns._replace(
        roles=tuple(
            "extra" if _contradicted(columns, place, table, start) else use
            for place, use in enumerate(columns.roles)
        )
    )
    columns = columns._replace(
        unsure={
            place: why
            for place, why in columns.unsure.items()
            if not tells_how_far(columns.heads[place], _texts_of(table, start, place))
        }
    )
    columns = _with_right_rivals(columns, table, start)
    columns = _with_steps(columns, table, start)
    open_places = [place for place in columns.unsure if columns.roles[place] == "extra"]
    if not open_places:
        return columns
    cells = {place: _cells(table, start, place) for place in open_places}
    guessed = {
        place: use
        for place, use in _guesses(columns.roles, cells, table, start)
        if use == "responsible" or not is_name(squeezed(columns.heads[place]))
    }  # below 县住建局 stands its part
    unsure = {
        place: f"{why.split('，')[0]}，按其内容作为“{LABEL_OF[guessed[place]]}”读入"
        if place in guessed
        else why
        for place, why in columns.unsure.items()
    }
    return _guessed(columns, guessed, unsure)


def _without_units(columns: Columns, table: Table, start: int) -> Columns:
    """Return the columns without a content that is nothing but units: below 事项名称 that heads the tasks as well.

    So is a column of groups (服务专班) where no other names who acts.
    """
    contents = columns.of("content") if "title" in columns.roles else ()
    groups = (at for at, head in enumerate(columns.heads) if says(head, "group"))
    for place in (*contents, *(groups if not columns.units else ())):
        if place not in columns.declared and _only_units(table, start, place):
            columns = _are_units(columns, place)
    return columns


def _with_bodies(columns: Columns, table: Table, start: int) -> Columns:
    """Return the columns without one of people where it alone names units, and nobody: 办公室 below 责任人."""
    for place in columns.of(*PEOPLE) if not columns.units else ():
        cells = (row[place] for row in table.rows[start:])
        said = [cell for cell in cells if not (cell.blank or is_said(cell.text))]
        bodies = (names_units(cell) or is_section(squeezed(cell.text)) for cell in said)
        if place in columns.declared or not (said and all(bodies)):
            continue
        use: ColumnUse = "responsible"
        why = f"“{squeezed(columns.heads[place])}”这一栏写的都是单位，按其内容作为“{LABEL_OF[use]}”读入"
        return _guessed(columns, {place: use}, {**columns.unsure, place: why})
    return columns


def _guessed(
    columns: Columns,
    uses: Mapping[int, ColumnUse],
    unsure: Mapping[int, str],
    asked: Iterable[int] | None = None,
) -> Columns:
    """Return the columns with uses that their cells tell, and what is unsure then; all of them are to be ``asked``."""
    roles = tuple(uses.get(place, use) for place, use in enumerate(columns.roles))
    guessed = columns.guessed.union(uses if asked is None else asked)
    every = frozenset(at for at in guessed if roles[at] != "extra")
    return columns._replace(roles=roles, unsure=unsure, guessed=every)


def _with_steps(columns: Columns, table: Table, start: int) -> Columns:
    """Return the columns with the content that tells rows apart of which another cell says the same: 工作节点."""
    (*_, what) = columns.of("title", "content") or (None,)
    if what is None or what in columns.declared:
        return columns
    rows = [row for row in table.rows[start:] if len(filled(row)) > 1]
    again = [
        (above, row)
        for above, row in pairwise(rows)
        if (row[what].text == above[what].text and not row[what].blank)
        or not (table.spans or filled(row[: what + 1]))
    ]
    for place in columns.of("extra") if again else ():
        head = columns.heads[place]
        told = all(
            above[place].text != row[place].text and not is_known(row[place].text)
            for above, row in again
        )
        more = _says_more(_texts_of(table, start, place))
        nothing = any(row[place].blank for _, row in again)
        if place < what or says(head, "nowhere") or nothing or not (told and more):
            continue
        uses: dict[int, ColumnUse] = dict.fromkeys(columns.of("title", "content"), "extra")
        uses |= {what: "title", place: "content"}
        why = f"“{squeezed(columns.heads[what])}”相同的几行由“{squeezed(head)}”区分，按其内容作为“工作内容”读入"
        return _guessed(columns, uses, {**columns.unsure, place: why}, {place})
    return columns


def _only_units(table: Table, start: int, place: int) -> bool:
    """Return whether all of a column is units for certain."""
    said = [row[place] for row in table.rows[start:] if not row[place].blank]
    return bool(said) and not any(read_units(cell.text).doubts for cell in said)


def _are_units(columns: Columns, place: int) -> Columns:
    """Return the columns with one of which it is to be asked whether its units are responsible."""
    roles = tuple("extra" if at == place else use for at, use in enumerate(columns.roles))
    why = f"“{squeezed(columns.heads[place])}”这一栏写的都是单位"
    return columns._replace(roles=roles, unsure={**columns.unsure, place: why})


def _with_right_rivals(columns: Columns, table: Table, start: int) -> Columns:
    """Return the columns with that of two of one use which is it by its cells: later days, or bodies that differ."""
    rows = table.rows[start:]
    for rival in columns.unsure:
        use = use_of(columns.heads[rival])
        wins = _RIVALS.get(use)
        alone = columns.of(use)
        if wins is None or columns.roles[rival] != "extra" or len(alone) != 1:
            continue
        (read,) = alone
        if not wins(columns.heads[read], [(row[read], row[rival]) for row in rows]):
            continue
        roles = list(columns.roles)
        roles[read], roles[rival] = roles[rival], roles[read]
        unsure = {at: why for at, why in columns.unsure.items() if at != rival}
        if use != "deadline" or any(_last_day(row[read]) for row in rows):
            unsure[read] = two_alike(columns.heads[rival], columns.heads[read], use)
        columns = columns._replace(roles=tuple(roles), unsure=unsure)
    return columns


def _is_later(_: str, pairs: Sequence[tuple[Cell, Cell]]) -> bool:
    """Return whether the other cells name the later days, or days at all: nothing is overdue by a guess."""
    days = [(_last_day(cell), _last_day(other)) for cell, other in pairs]
    both = [(one, other) for one, other in days if one and other]
    if not any(one for one, _ in days):  # 建设年限 over 2023-2025
        return any(other for _, other in days)
    return all(one <= other for one, other in both) and any(one < other for one, other in both)


def _tells_bodies_apart(head: str, pairs: Sequence[tuple[Cell, Cell]]) -> bool:
    """Return whether the other cells differ while 责任主体 is the same in every row: whose list it is."""
    said, others = ({squeezed(cell.text) for cell in column} for column in zip(*pairs, strict=True))
    return says(head, "owner") and len(said) == 1 and len(others) > 1


_RIVALS: Final[Mapping[ColumnUse, Callable[[str, Sequence[tuple[Cell, Cell]]], bool]]] = {
    "deadline": _is_later,
    "responsible": _tells_bodies_apart,
}
"""By use, whether the cells of another column beside those of the one read, with its head, make it the right one."""


def _last_day(cell: Cell) -> date | None:
    """Return the day on which a deadline ends, where it names one."""
    match read_deadline(cell.text, year=ANY_YEAR).deadline:
        case Fixed(due=due):
            return due
        case Staged(stages=stages):
            return stages[-1].due
    return None


def _contradicted(columns: Columns, place: int, table: Table, start: int) -> bool:
    """Return whether the cells of a column say that it doesn't hold what its head may mean.

    单位 over %, 万亩 or 个 is no unit, nor is 业主 over names of people, 形象进度 over 主体施工 no deadline; figures
    alone are no content below 年度目标 or beside unknown heads.
    """
    use, head = columns.roles[place], columns.heads[place]
    if place in columns.declared:
        return False
    if use == "responsible" and (may_be_measure(head) or use_of(head) == "extra"):
        return _cells(table, start, place).units < _MOST
    if use == "deadline":
        return tells_how_far(head, _texts_of(table, start, place))
    unlike = use == "content" and bool(columns.unsure or says(head, "aim"))
    return unlike and not _cells(table, start, place).length


def tells_how_far(head: str, texts: Iterable[str]) -> bool:
    """Return whether a column or label says how far things are, and not by when: 形象进度 over 主体施工."""
    return says(head, "progress") and not any(map(days_in_text, texts))


def _says_more(texts: Iterable[str]) -> bool:
    """Return whether there is more in a column than figures: 20天."""
    return not all(_HOW_MUCH.fullmatch(narrow(text)) for text in texts)


def _texts_of(table: Table, start: int, place: int) -> Iterator[str]:
    return (row[place].text for row in table.rows[start:])


def _spread(columns: Columns, table: Table, start: int) -> Columns:
    """Return the columns below one head (具体要求 over group, number and words), told apart by their cells."""
    what = next((use for use in ("content", "title") if use in columns.roles), None)
    if columns.height != 1 or what is None:
        return columns
    head = table.rows[start - 1]
    at = columns.roles.index(what)
    under = [place for place, cell in enumerate(head) if cell is head[at]]
    if not table.spans:  # what spans columns elsewhere stands before empty cells here
        bare = takewhile(lambda place: head[place].blank, range(at + 1, len(head)))
        under += [place for place in bare if columns.roles[place] == "extra"]
    if len(under) == 1:
        return columns
    cells = {place: _cells(table, start, place) for place in under}
    roles = list(columns.roles)
    number = next((place for place in under if cells[place].use == "number"), None)
    texts = [place for place in under if cells[place].use is None and cells[place].filled]
    behind = [place for place in texts if number is not None and place > number]
    content = max(behind or texts or under, key=lambda place: cells[place].length)
    for place in under:
        roles[place] = what if place == content else "remark"
    if what == "content" and "title" not in roles and (heads := [p for p in texts if p < content]):
        roles[heads[-1]] = "title"
    if number is not None and number != content and "number" not in roles:
        roles[number] = "number"
    columns = columns._replace(roles=tuple(roles))
    units = [at for at in under if at != content and _only_units(table, start, at)]
    return _are_units(columns, units[0]) if units and not columns.units else columns


def _guesses(
    roles: Sequence[ColumnUse], cells: Mapping[int, _Cells], table: Table, start: int
) -> Iterator[tuple[int, ColumnUse]]:
    known = set(roles)
    texts = []
    for place, each in cells.items():
        use = each.use
        if use is None and each.filled and each.length >= 2:
            texts += [place] if _says_more(_texts_of(table, start, place)) else []
        elif use == "responsible" and not {*roles} & {"lead", "responsible"}:
            yield place, use
        elif use == "number" and not _counts_up(table, start, place):
            continue
        elif use in ("number", "deadline") and use not in known:
            known.add(use)
            yield place, use
    yield from _texts(roles, cells, texts, table, start)


def _counts_up(table: Table, start: int, place: int) -> bool:
    """Return whether the numbers of a column grow from row to row, or count up again and again.

    How many of something doesn't. Numbers 一 and 二 among figures are those of groups; of 1.1 each part counts.
    """
    found = _column(table, start, place)
    words = [narrow(squeezed(cell.text)) for cell in found]
    said = [each.strip("（()）第.．、项") for each in words if _NUMBER.fullmatch(each)]
    figures = [each for each in said if each[0].isdigit()] or said
    numbers = [tuple(map(numeral_value, each.split("."))) for each in figures]
    return numbers == sorted(set(numbers)) or count_up([each[0] for each in numbers])


def _texts(
    roles: Sequence[ColumnUse],
    cells: Mapping[int, _Cells],
    places: Sequence[int],
    table: Table,
    start: int,
) -> Iterator[tuple[int, ColumnUse]]:
    """Yield the longest texts as the content, the shorter ones on their left as the title."""
    if not places:
        return
    if "content" not in roles and "title" not in roles:
        content = max(places, key=lambda place: (cells[place].length, place))
        yield content, "content"
        left = [place for place in places if place < content]
        if left:
            yield left[-1], "title"
        return
    known: ColumnUse = "content" if "content" in roles else "title"
    at = roles.index(known)
    length = _cells(table, start, at).length
    if "title" not in roles:
        left = [place for place in places if place < at and cells[place].length <= length]
        yield from ((place, "title") for place in left[-1:])
    elif "content" not in roles:
        right = [place for place in places if place > at and cells[place].length > length]
        yield from ((place, "content") for place in right[:1])


def columns_by_content(
    table: Table, declared: Declared, *, bare: bool = False
) -> tuple[int, Columns] | None:
    """Return the columns of a table without a known head, and where they begin; None for a table that is no list.

    ``declared`` may name columns by their number. The first row of short words that are no data is the head. A ``bare``
    list has numbers and tasks by its head, and nothing of who or when.
    """
    start = begins_at(table)
    if start is None:
        return None
    row = table.rows[start]
    if is_data(row):
        nothing: ColumnUse = "extra"
        numbers = column_numbers(row)
        columns = Columns((nothing,) * len(row), ("",) * len(row), 0, (), numbers=numbers)
    else:
        columns = columns_of_head(table, start, declared)
    keys = map(str, columns.numbers)
    said = {at: declared[key] for at, key in enumerate(keys) if key in declared}
    names = [squeezed(head) for head in columns.heads]
    roles = [said.get(place, use) for place, use in enumerate(columns.roles)]
    unsure = {
        place: f"看不出“{name}”这一栏是什么"
        if (name := names[place])
        else f"{columns.name(place)}没有表头"
        for place, use in enumerate(roles)
        if use == "extra" and place not in said and not is_known(names[place])
    }
    declared_here = columns.declared.union(said)
    columns = columns._replace(roles=tuple(roles), unsure=unsure, declared=declared_here)
    found = complete(columns, table, start + columns.height)
    says_what = found.of("title", "content")
    says_who_or_when = found.of(*UNIT_ROLES, "deadline", "stage")
    if bare and "number" in columns.roles and {*columns.roles} & {"title", "content"}:
        return start, found
    return (start, found) if said or (says_what and says_who_or_when) else None


def begins_at(table: Table) -> int | None:
    """Return the first row of several cells, but for those with what is said above a list: 填报日期：2025年4月2日."""
    rows = ((at, filled(row)) for at, row in enumerate(table.rows))
    return next(
        (at for at, row in rows if len(row) > 1 and not all(is_said(c.text) for c in row)), None
    )


def may_be_list(table: Table) -> bool:
    """Return whether a table could be a list at all: it has several rows of several cells with words in them.

    Lines above and below these don't count.
    """
    rows = [at for at, row in enumerate(table.rows) if len(filled(row)) > 1]
    return len(rows) > 1 and 2 * len(rows) > rows[-1] - rows[0] + 1


def is_data(row: Row) -> bool:
    """Return whether a row holds an item rather than heads: a cell is a number, units or a deadline, or is long.

    成员单位, which may be a body without a name, is a head beside 组长单位, 落地镇办 among heads that are known.
    """
    cells = filled(row)
    uses = [use_of(cell.text) for cell in cells]
    roles = [use for use in uses if use in UNIT_ROLES]
    heads = sum(is_known(cell.text) for cell in cells)
    return (
        len(roles) < 2
        and "number" not in uses
        and 2 * heads <= len(cells)
        and any(
            len(declared_key(cell.text)) > _HEAD_LENGTH
            or NUMBER.fullmatch(narrow(squeezed(cell.text)))
            or names_units(cell)
            or names_day(cell)
            for cell in cells
        )
    )


def _cells(table: Table, start: int, place: int) -> _Cells:
    column = _column(table, start, place)
    said = [cell for cell in column if not (cell.blank or DITTO.fullmatch(squeezed(cell.text)))]
    count = len(said) or 1
    texts = [cell for cell in said if _TEXT.search(cell.text)]
    return _Cells(
        len(said),
        sum(_NUMBER.fullmatch(narrow(squeezed(cell.text))) is not None for cell in said) / count,
        sum(names_units(cell) for cell in said) / count,
        sum(names_day(cell) for cell in said) / count,
        sum(len(cell.text) for cell in texts) / count,
    )


def _column(table: Table, start: int, place: int, most: int = _LOOKED_AT) -> dict[Cell, None]:
    """Return the first cells of a column, without those of notes, headings and numbers of the columns."""
    rows = table.rows[start : start + most]
    return dict.fromkeys(
        row[place] for row in rows if len(filled(row)) > 1 and not counts_columns(row)
    )


def counts_columns(row: Row) -> bool:
    """Return whether a row numbers the columns below their heads: 1, 2, 3, 4."""
    cells = filled(row)
    numbers = [narrow(cell.text.strip()) for cell in cells]
    counts = numbers == [str(at) for at in range(1, len(numbers) + 1)]
    return counts and (len(numbers) > 2 or (len(numbers) == 2 and list(row[:2]) == cells))


def names_units(cell: Cell) -> bool:
    """Return whether all of a cell, or of each of its points, is units."""
    if len(cell.text) > _LONGEST_UNITS or OF_PROJECT.fullmatch(squeezed(cell.text)):
        return False
    return all(read_units(each).is_units for each in _points(cell.text))


def names_day(cell: Cell) -> bool:
    """Return whether all of a cell, or of each of its points, is a deadline."""
    if len(cell.text) > 60 or squeezed(cell.text).isdecimal():
        return False
    return is_deadline(cell.text) or all(map(is_deadline, _points(cell.text)))


def _points(text: str) -> list[str]:
    return [point.text for point in split_points(text).points]


def with_numbers_apart(table: Table, columns: Columns, start: int) -> Table:
    """Return a table with a blank behind the numbers that what is to be done begins with, where all of them run on.

    2.10个示例点 is number 2 between 1.示例事项 and 3.示例工程.
    """
    apart: dict[Cell, Cell] = {}
    for place in columns.of("title", "content"):
        column = _column(table, start, place, len(table.rows))
        cells = [cell for cell in column if not (cell.blank or cell.text == columns.heads[place])]
        for cell, match in zip(cells, numbers_before([c.text for c in cells]), strict=False):
            if number_before(cell.text) is None:
                text = f"{match[0].rstrip()} {cell.text[match.end() :]}"
                apart[cell] = Cell(text, cell.place)
    rows_ = tuple(tuple(apart.get(cell, cell) for cell in row) for row in table.rows)
    return table._replace(rows=rows_) if apart else table
