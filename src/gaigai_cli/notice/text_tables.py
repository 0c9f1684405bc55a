"""Tables in lines of text, told by what stands between their cells, or cell by cell, each on a line of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from typing import Final

from gaigai_cli.notice.columns import Columns, Declared, head_at
from gaigai_cli.notice.document import Cell, Line, Place, Table
from gaigai_cli.notice.points import NUMBER, number_before
from gaigai_cli.words.deadline import is_deadline
from gaigai_cli.words.heads import ColumnUse, is_known, use_of
from gaigai_cli.words.normal import CHINESE, numeral_value
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.units import read_units

_FEWEST_ROWS: Final = 3
_MOST_COLUMNS: Final = 12
_BAR: Final = "|"


_TextTable = tuple[int, int, Sequence[Sequence[Line]]]
"""From which line on a table stands, up to which, and the cells of its rows, the head first.

A cell over two columns is the same object in both.
"""


def with_tables(lines: Sequence[Line], declared: Declared) -> list[Line | Table]:
    """Return the lines with tables again where the text shows that there were some, told in one way."""
    for find in (_between_bars, _drawn, _between_signs, _head_by_head, _cell_by_cell):
        blocks: list[Line | Table] = []
        at = 0
        for number, (start, end, rows) in enumerate(find(lines, declared), 1):
            blocks += lines[at:start]
            cells = tuple(_pasted(row, place, number) for place, row in enumerate(rows, 1))
            place = Place(table=number, line=lines[start].place.line)
            blocks.append(Table(cells, place, spans=False))
            at = end
        if blocks:
            return [*blocks, *lines[at:]]
    bare = [line._replace(text=_BAR_AT_END.sub("", line.text)) for line in lines]
    return [*lines] if bare == lines else with_tables(bare, declared)


_BAR_AT_END: Final = regex(r"(?<=[^|])\s*\|\Z")


def _pasted(lines: Sequence[Line], row: int, table: int = 1) -> tuple[Cell, ...]:
    """Return a table's row of lines, each a cell that knows where it stood."""
    made: list[Cell] = []
    for column, line in enumerate(lines, 1):
        spanned = column > 1 and line is lines[column - 2] and line.text
        place = Place(table, row, column, line.place.line)
        made.append(made[-1] if spanned else Cell(line.text, place, line.bold))
    return tuple(made)


def _list_head(heads: Sequence[Line], declared: Declared) -> Columns | None:
    """Return what columns with these heads hold; None where they are no list's."""
    return head_at(Table((_pasted(heads, 1),), Place(table=1)), 0, declared)


def _between_bars(lines: Sequence[Line], declared: Declared) -> Iterator[_TextTable]:
    """Yield the table whose cells a bar on a line of its own ends.

    A row is told by its number; a cell that spanned rows stands in the first of them alone.
    """
    bars = [at for at, line in enumerate(lines) if line.text == _BAR]
    if len(bars) < _FEWEST_ROWS:
        return
    groups = [lines[a + 1 : b] for a, b in pairwise([bars[0] - 2, *bars])]
    if any(not group for group in groups):
        return
    cells = [group[0]._replace(text="\n".join(line.text for line in group)) for group in groups]
    numbers = [at for at, cell in enumerate(cells) if NUMBER.fullmatch(cell.text)]
    behind = len(cells) - 1 - numbers[-1] if numbers else 0
    before = [b - a - 1 - behind for a, b in pairwise(numbers)]
    if not numbers or any(count < 0 for count in before):
        return
    for lead in range(max(before, default=0), min(numbers[0], _MOST_COLUMNS)):
        head = cells[: numbers[0] - lead]
        if len(head) == lead + behind and head:  # a head over number and words
            head.insert(lead, head[lead])
        if len(head) != lead + behind + 1 or _list_head(head, declared) is None:
            continue
        rows = [head]
        start = numbers[0] - lead
        for number in numbers:
            given = cells[start : number + behind + 1]
            empty = [Line("", given[0].place)] * (lead + 1 + behind - len(given))
            rows.append([*empty, *given])
            start = number + behind + 1
        yield bars[0] - 1, bars[-1] + 1, rows
        return


def _head_by_head(lines: Sequence[Line], declared: Declared) -> Iterator[_TextTable]:
    """Yield the table whose heads stand before the cells of each row again: 序号, 1, 责任单位, 县甲局, 序号, 2, …."""
    texts = [line.text for line in lines]
    for start, text in enumerate(texts):
        following = texts[start + 1 : start + 1 + 2 * _MOST_COLUMNS]
        width = 1 + following.index(text) if text in following else 0
        heads = lines[start : start + width : 2]
        if width % 2 or len(heads) < _FEWEST_ROWS or _list_head(heads, declared) is None:
            continue
        rows, end = [heads], start
        names = texts[start : start + width : 2]
        while texts[end : end + width : 2] == names and end + width <= len(texts):
            rows.append(lines[end + 1 : end + width : 2])
            end += width
        if text not in texts[end:]:
            yield start, end, rows
            return


_DRAWN: Final = str.maketrans("│┃║┆┊｜¦", "|||||||")
_RULE: Final = regex(r"[\s|+:*=_─-╿—-]*[+=_─-╿—-]{3,}[\s|+:*=_─-╿—-]*")
_FEWEST_BETWEEN: Final = 3
"""Cells that a row has whose cells a sign parts."""


def _drawn(lines: Sequence[Line], declared: Declared) -> Iterator[_TextTable]:
    """Yield the tables with bars between the cells of lines: │, ｜ or |.

    Between rules, where each row has its own, lines are those of one row.
    """
    start = 0
    for drawn, group in groupby(lines, key=_is_drawn):
        part = list(group)
        rows = _drawn_rows(part) if drawn else []
        width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
        if len(rows) > 1 and width >= _FEWEST_BETWEEN:
            blank = part[0]._replace(text="", bold=())
            widest = max(map(len, rows))
            even = [[*row, *[blank] * (widest - len(row))] for row in rows]
            yield start, start + len(part), even
        start += len(part)


def _is_drawn(line: Line) -> bool:
    text = line.text.translate(_DRAWN)
    return text.count("|") > 1 or _RULE.fullmatch(text) is not None


def _drawn_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the cells of each row of a drawn table."""
    parts: list[list[list[Line]]] = [[]]
    for line in lines:
        text = line.text.translate(_DRAWN)
        if _RULE.fullmatch(text):
            parts.append([])
        else:
            cells = text.strip().removeprefix("|").removesuffix("|").split("|")
            parts[-1].append([line._replace(text=cell.strip(), bold=()) for cell in cells])
    parts = [part for part in parts if part]
    if len(parts) < _FEWEST_BETWEEN:
        return [row for part in parts for row in part]
    return [
        [
            line._replace(text="".join(cells[at].text for cells in part if at < len(cells)))
            for at, line in enumerate(part[0])
        ]
        for part in parts
    ]


_BETWEEN: Final = "\t,;/，；、\\"


def _between_signs(lines: Sequence[Line], declared: Declared) -> Iterator[_TextTable]:
    """Yield the table whose cells commas or the like part; its head tells the sign."""
    for start, line in enumerate(lines):
        sentence = "。" in line.text or number_before(line.text)
        for sign in _BETWEEN if len(line.text) <= _LONGEST_HEAD and not sentence else "":
            rows = [heads := _cut(line, sign)]
            if len(heads) < _FEWEST_BETWEEN or not all(is_known(head.text) for head in heads):
                continue
            head = _list_head(heads, declared)
            for below in lines[start + 1 :] if head else ():
                cells = _cut(below, sign)
                if head is None or len(cells) < len(heads):
                    break
                rows.append(cells if len(cells) == len(heads) else _unfitting(cells, head))
            if len(rows) > 1:
                yield start, start + len(rows), rows
                return


_LONGEST_HEAD: Final = 120
_MOST_UNITS: Final = 60
"""Lines that the units of a row have at most."""
_LONGEST_NAME: Final = 12
"""Characters that a line of heads has at most, and one head alone."""


def _cut(line: Line, sign: str) -> list[Line]:
    return [line._replace(text=part.strip(), bold=()) for part in line.text.split(sign)]


def _cell_by_cell(lines: Sequence[Line], declared: Declared) -> Iterator[_TextTable]:
    """Yield the table each of whose cells has become a line.

    Rows are told by their numbers (1, 第一项, A1, 1.1), without a column of those by how many heads there are.
    """
    known = [_is_head(line.text) for line in lines]
    for start, line in enumerate(lines):
        others = start > 1 and all(known[start - 2 : start + 1])
        if others or len(line.text) > _LONGEST_NAME:
            continue  # above it, other heads than a title that looks like one; or it is none
        heads, at = _pasted_head(lines, start)
        head = _list_head(heads, declared) if len(heads) > 2 else None
        if head is None:
            continue
        below = _numbered(lines, at, head) if "number" in head.roles else _counted(lines, at, head)
        rows = [heads]
        for given, taken in below:
            rows.append(given)
            at += taken
        if len(rows) > 1:
            yield start, at, rows
            return


def _numbered(
    lines: Sequence[Line], at: int, head: Columns
) -> Iterator[tuple[Sequence[Line], int]]:
    """Yield the cells of each row that a line with its number begins, and how many lines they are.

    A line that groups the rows below it (二、示例服务) is a row of its own, over all columns.
    """
    while at < len(lines):
        if _GROUP.match(lines[at].text):
            yield [lines[at]] * len(head.roles), 1
            at += 1
            continue
        if not _LABEL.fullmatch(lines[at].text):
            return
        end = _next_label(lines, at, len(lines), len(head.roles))
        row = lines[at : end or len(lines)]
        while end and head.roles[-1] not in _WHAT and _GROUP.match(row[-1].text):
            row = row[:-1]
        given, taken = _fitting(row, head, last=not end)
        if not given:
            return
        yield given, taken
        at += taken


_GROUP: Final = regex(rf"{CHINESE}、[^、]")
_WHAT: Final = ("title", "content")
"""What the last column may hold, so that a numbered line is a point of it and heads no group."""


def _counted(lines: Sequence[Line], at: int, head: Columns) -> Iterator[tuple[Sequence[Line], int]]:
    """Yield the cells of rows that have a line each; once they don't, all that is left as one row, so none is lost."""
    width = len(head.roles)
    first = at
    while len(given := lines[at : at + width]) == width:
        if not all(_names_units(given[place].text) for place in head.units) or not all(
            is_deadline(given[place].text) for place in head.of("deadline")
        ):
            if at > first:
                yield _unfitting(lines[at:], head), len(lines) - at
            return
        yield given, width
        at += width


_LABEL: Final = regex(
    rf"{NUMBER.pattern}|(?:[A-Za-z]{{1,4}}|任务|事项|项目|清单|第)?[-—－]?[0-9]{{1,4}}(?:[-—－.．][0-9]{{1,3}}){{0,2}}[.、．号]?"
)
"""A line that holds the number of a row, letters or 任务 before it."""
_MOST_LEFT_OUT: Final = 4
"""Numbers of rows that are missing at most, for a greater one to be the next row's."""
_FIGURES: Final = regex(f"[0-9]+|{CHINESE}|[①-⑳]")


def _next_label(lines: Sequence[Line], at: int, stop: int, width: int = 0) -> int:
    """Return where the next row's number stands after that at ``at``, before ``stop``; 0 where it does nowhere.

    Where the next number is left out, a greater one soon below is that of the next row; so is any greater one behind
    ``width`` lines.
    """
    shape, numbers = _shape(lines[at].text)
    if not numbers:
        return 0
    *above, last = numbers
    greater = 0
    for next_ in range(at + 1, min(stop, len(lines))):
        if _LABEL.fullmatch(lines[next_].text):
            other, found = _shape(lines[next_].text)
            begins = found[-1] == 1 and found[:-1] > above
            if other == shape and (found == [*above, last + 1] or begins):
                return next_
            few = found[:-1] == above and last < found[-1] <= last + _MOST_LEFT_OUT
            soon = few and next_ <= at + 2 * _MOST_COLUMNS
            if other == shape and (soon or (next_ == at + width and found > numbers)):
                greater = greater or next_
        elif next_ == at + width and _GROUP.match(lines[next_].text):
            width += 1
        if greater and next_ > at + 4 * _MOST_COLUMNS:
            break
    return greater


def _shape(label: str) -> tuple[str, list[int]]:
    """Return a row's number without its figures, and the figures."""
    return _FIGURES.sub("0", label), [numeral_value(figure) for figure in _FIGURES.findall(label)]


def _fitting(lines: Sequence[Line], head: Columns, *, last: bool) -> tuple[list[Line], int]:
    """Return the lines of one row as its cells, and how many there are; nothing where they don't fit its columns.

    Units on several lines are one cell. Below the last row other lines may follow; lines that fit no column all
    stand with what is to be done, so that none is lost.
    """
    width = len(head.roles)
    more = len(lines) - width
    units = head.units
    if more < 0:
        return (_unfitting(lines, head), len(lines)) if len(lines) > 1 else ([], 0)
    if more and head.roles[-1] in _WHAT:
        points = [*takewhile(lambda line: number_before(line.text), lines[width:])]
        if points and (last or len(points) == more):
            whole = "\n".join(line.text for line in (lines[width - 1], *points))
            cell = lines[width - 1]._replace(text=whole, bold=())
            return [*lines[: width - 1], cell], width + len(points)
    for extra in range(min(more, _MOST_UNITS), -1, -1) if units and more else ():
        place = units[0]
        named = lines[place : place + extra + 1]
        if extra and not all(_names_units(line.text) for line in named):
            continue
        if last or extra == more:
            cell = named[0]._replace(text="\n".join(line.text for line in named), bold=())
            return [*lines[:place], cell, *lines[place + extra + 1 : width + extra]], width + extra
    return (
        (list(lines[:width]), width) if last or not more else (_unfitting(lines, head), len(lines))
    )


def _unfitting(lines: Sequence[Line], head: Columns) -> list[Line]:
    """Return a row whose lines don't fit its columns: its number, if any, and all else with what is to be done."""
    what = (head.of("content") or head.of("title"))[0]
    blank = Line("", lines[0].place)
    cells = [blank] * len(head.roles)
    cells[0] = lines[0]
    rest = lines[min(what, 1) :]
    cells[what] = rest[0]._replace(text="\n".join(line.text for line in rest), bold=())
    return cells


def _names_units(text: str) -> bool:
    return not read_units(text).doubts


def _pasted_head(lines: Sequence[Line], start: int) -> tuple[Sequence[Line], int]:
    """Return the heads on lines of their own from ``start`` on and where the rows begin.

    That of numbers stands first, if there is one. Where there are more heads than a row has lines, each may stand on
    two (工作 above 任务).
    """
    stop = min(len(lines), start + 2 * _MOST_COLUMNS)
    if use_of(lines[start].text) != "number":
        end = next((at for at in range(start, stop) if not _is_head(lines[at].text)), stop)
        return lines[start:end], end
    end = next((at for at in range(start, stop) if _LABEL.fullmatch(lines[at].text)), stop)
    groups = (at for at in range(start, end) if _GROUP.match(lines[at].text))
    if (group := next(groups, end)) < end:
        return lines[start:group], group
    heads = lines[start:end]
    second = _next_label(lines, end, end + 1 + 2 * _MOST_COLUMNS) - end if end < len(lines) else 0
    if second > 1 and len(heads) > second:
        heads = next(_in_pairs(heads, second, frozenset()), heads)
    return heads, end


def _is_head(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and is_known(text) and use_of(text) != "number"


def _in_pairs(
    heads: Sequence[Line], count: int, said: frozenset[ColumnUse]
) -> Iterator[list[Line]]:
    """Yield the ways in which lines are so many heads on one line or on two, none of them ``said`` twice.

    Numbers stand below the first.
    """
    if not heads or not count:
        yield from [[]] if not heads and not count else []
        return
    for taken in (2, 1):
        first = heads[0]._replace(text="".join(line.text for line in heads[:taken]), bold=())
        use = use_of(first.text)
        fits = len(heads) >= taken and is_known(first.text) and use not in said
        if fits and (said or use == "number"):
            more = _in_pairs(heads[taken:], count - 1, said | {use})
            yield from ([first, *rest] for rest in more)
