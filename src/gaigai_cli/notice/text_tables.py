"""Tables in lines of text, told by what stands between their cells, or cell by cell, each on a line of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from typing import Final, NamedTuple

from gaigai_cli.notice.align import UNLIKE, aligned, says_who_or_when
from gaigai_cli.notice.columns import Columns, Declared, head_at
from gaigai_cli.notice.document import Cell, Line, Place, Table
from gaigai_cli.notice.points import NUMBER, number_before
from gaigai_cli.words.heads import UNIT_ROLES, ColumnUse, is_known, use_of
from gaigai_cli.words.normal import CHINESE, MARKS, numeral_value
from gaigai_cli.words.pattern import regex

_FEWEST_ROWS: Final = 3
_MOST_COLUMNS: Final = 12
_BAR: Final = "|"


class _TextTable(NamedTuple):
    """From which line on a table stands, up to which, and the cells of its rows, the head first.

    A cell over two columns, or two rows, is the same object in both. ``unsure`` are the rows of which it isn't certain
    which column each cell belongs to.
    """

    start: int
    end: int
    rows: Sequence[Sequence[Line]]
    unsure: frozenset[int] = frozenset()


def with_tables(lines: Sequence[Line], declared: Declared) -> list[Line | Table]:
    """Return the lines with tables again where the text shows that there were some, told in one way."""
    for find in (_between_bars, _drawn, _between_signs, _head_by_head, _cell_by_cell):
        blocks: list[Line | Table] = []
        at = 0
        for number, found in enumerate(find(lines, declared), 1):
            blocks += lines[at : found.start]
            rows = tuple(_rows(found.rows, number))
            place = Place(table=number, line=lines[found.start].place.line)
            unsure = frozenset(rows[row][0].place for row in found.unsure)
            spans = any(not set(above).isdisjoint(row) for above, row in pairwise(rows))
            blocks.append(Table(rows, place, spans=spans, unsure=unsure))
            at = found.end
        if blocks:
            return [*blocks, *lines[at:]]
    bare = [line._replace(text=_BAR_AT_END.sub("", line.text)) for line in lines]
    return [*lines] if bare == lines else with_tables(bare, declared)


_BAR_AT_END: Final = regex(r"(?<=[^|])\s*\|\Z")


def _rows(rows: Sequence[Sequence[Line]], table: int) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of a table as cells; one over two rows is the same in both."""
    above: dict[int, Cell] = {}
    for number, row in enumerate(rows, 1):
        cells = _pasted(row, number, table)
        cells = tuple(above.get(id(line), cell) for line, cell in zip(row, cells, strict=True))
        above = {id(line): cell for line, cell in zip(row, cells, strict=True) if line.text}
        yield cells


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
        yield _TextTable(bars[0] - 1, bars[-1] + 1, rows)
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
            yield _TextTable(start, end, rows)
            return


_DRAWN: Final = str.maketrans(dict.fromkeys("│┃║┆┊｜¦├┤┼┬┴┝┥┿┠┨╂╞╡╪╟╢╫╠╣╬┣┫╋", "|"))
_RULE: Final = regex(r"[\s|+:*=_─-╿—-]*[+=_─-╿—-]{3,}[\s|+:*=_─-╿—-]*")
_MARK: Final = regex(f"[{MARKS}]")
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
            yield _TextTable(start, start + len(part), even)
        start += len(part)


def _is_drawn(line: Line) -> bool:
    text = line.text.translate(_DRAWN)
    return text.count("|") > 1 or _RULE.fullmatch(text) is not None


def _drawn_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the cells of each row of a drawn table.

    A rule may end some of a row's cells alone (├──┤　│县甲局│): the others go on, and are the same object in both rows.
    """
    texts = [line.text.translate(_DRAWN).strip() for line in lines]
    rules = [_RULE.fullmatch(text) is not None for text in texts]
    ruled = sum(not rule for rule, _ in groupby(rules)) >= _FEWEST_BETWEEN
    rows: list[list[list[Line]]] = []  # of each row the lines of each cell
    begins = True
    for line, text, rule in zip(lines, texts, rules, strict=True):
        if rule:
            begins = True
            continue
        cells = text.removeprefix("|").removesuffix("|").split("|")
        pieces = [line._replace(text=cell.strip(), bold=()) for cell in cells]
        ends = [ruled and _RULE.fullmatch(cell) is not None for cell in cells]
        if begins or not ruled:
            rows.append([])
        elif any(ends):
            rows.append([[] if end else cell for cell, end in zip(rows[-1], ends, strict=False)])
        begins = False
        rows[-1] += [[] for _ in pieces[len(rows[-1]) :]]
        for cell, piece, end in zip(rows[-1], pieces, ends, strict=False):
            if not end:
                cell.append(piece)
    made = {id(cell): _one_cell(cell, lines[0]) for row in rows for cell in row}
    return [[made[id(cell)] for cell in row] for row in rows]


def _one_cell(lines: Sequence[Line], first: Line) -> Line:
    """Return the lines of a narrow cell as one; each that begins with a number or sign is one of its own."""
    own = (number_before(line.text) or _MARK.match(line.text) for line in lines)
    text = "".join(f"\n{line.text}" if o else line.text for line, o in zip(lines, own, strict=True))
    return (lines[0] if lines else first)._replace(text=text.strip(), bold=())


_BETWEEN: Final = "\t,;/，；、\\"


def _between_signs(lines: Sequence[Line], declared: Declared) -> Iterator[_TextTable]:
    """Yield the tables whose cells commas or the like part; the head tells the sign."""
    end = 0
    for start, line in enumerate(lines):
        sentence = start < end or "。" in line.text or number_before(line.text)
        for sign in _BETWEEN if len(line.text) <= _LONGEST_HEAD and not sentence else "":
            heads = _cut(line, sign)
            if len(heads) < _FEWEST_BETWEEN or not all(is_known(head.text) for head in heads):
                continue
            head = _list_head(heads, declared)
            rows = []
            for below in lines[start + 1 :] if head else ():
                cells = _cut(below, sign)
                if head is None or len(cells) < len(heads):
                    break
                rows += _aligned(cells, head, joint=sign)[1]
            if rows:
                end = start + 1 + len(rows)
                yield _text_table(start, end, heads, rows)
                break


_LONGEST_HEAD: Final = 120
_LONGEST_NAME: Final = 12
"""Characters that a line of heads has at most, and one head alone."""


def _cut(line: Line, sign: str) -> list[Line]:
    return [line._replace(text=part.strip(), bold=()) for part in line.text.split(sign)]


def _cell_by_cell(lines: Sequence[Line], declared: Declared) -> Iterator[_TextTable]:
    """Yield the tables each of whose cells has become a line.

    Rows are told by their numbers (1, 第一项, A1, 1.1), without a column of those by how many heads there are.
    """
    known = [_is_head(line.text) for line in lines]
    end = 0
    for start, line in enumerate(lines):
        others = start > end + 1 and all(known[start - 2 : start + 1])
        if start < end or others or len(line.text) > _LONGEST_NAME:
            continue  # above it, other heads than a title that looks like one; or it is none
        for heads, at in _pasted_heads(lines, start):
            head = _list_head(heads, declared) if len(heads) > 2 else None
            rows = _numbered if head and "number" in head.roles else _counted
            own = lines[at : _again(lines, at, heads)] if head else ()
            if head and (below := [*rows(own, 0, head)]):
                end = at + sum(row.taken for row in below)
                yield _text_table(start, end, heads, below)
                break


def _again(lines: Sequence[Line], at: int, heads: Sequence[Line]) -> int:
    """Return where the same heads begin again, as on a further page; the number of lines where they do nowhere."""
    words = [head.text for head in heads]
    begins = (place for place in range(at, len(lines)) if lines[place].text == words[0])
    pages = (p for p in begins if [line.text for line in lines[p : p + len(words)]] == words)
    return next(pages, len(lines))


def heads_alone(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the heads that stand on lines of their own, one below the other; nothing where fewer than three do."""
    heads: list[Line] = []
    for line in lines:
        if _is_head(line.text) and not says_who_or_when(line.text):
            heads.append(line)
        elif len(heads) > 2:
            break
        else:
            heads = []
    return heads if len(heads) > 2 else ()


class _Row(NamedTuple):
    """The cells of a row, how many lines they are, and whether it isn't certain which column each belongs to."""

    cells: Sequence[Line]
    taken: int
    unsure: bool = False


def _text_table(start: int, end: int, heads: Sequence[Line], rows: Sequence[_Row]) -> _TextTable:
    unsure = frozenset(at for at, row in enumerate(rows, 1) if row.unsure)
    return _TextTable(start, end, [heads, *(row.cells for row in rows)], unsure)


def _numbered(lines: Sequence[Line], at: int, head: Columns) -> Iterator[_Row]:
    """Yield the rows that a line with its number begins.

    A line that groups the rows below it (二、示例服务) is a row of its own, over all columns.
    """
    while at < len(lines):
        if _GROUP.match(lines[at].text) or _NOTE.match(lines[at].text):
            yield _Row([lines[at]] * len(head.roles), 1)
            at += 1
            continue
        if not _LABEL.fullmatch(lines[at].text):
            return
        end = _next_label(lines, at, len(lines), head)
        row = lines[at : end or at + _MOST_LINES]
        row = [*takewhile(lambda line: not _NOTE.match(line.text), row)]
        while end and head.roles[-1] not in _WHAT and _GROUP.match(row[-1].text):
            row = row[:-1]
        if len(row) < 2:
            return
        _, rows = _aligned(row, head, tail=UNLIKE if end else 0)
        yield from rows
        at += sum(each.taken for each in rows)


_GROUP: Final = regex(rf"{CHINESE}、[^、]")
_NOTE: Final = regex("(?:备?注|附注|说明)[：:]")
_WHAT: Final = ("title", "content")
"""What the last column may hold, so that a numbered line is a point of it and heads no group."""
_MOST_LINES: Final = 60
"""Lines that the last row has at most."""


def _counted(lines: Sequence[Line], at: int, head: Columns) -> Iterator[_Row]:
    """Return the rows without numbers, told by what their lines hold; none where hardly one is whole."""
    cost, rows = _aligned(lines[at:], head, tail=_TAIL) if at < len(lines) else (UNLIKE, [])
    whole = any(row.taken == len(head.roles) and not row.unsure for row in rows)
    return iter(rows if whole and cost <= _FARTHEST * len(rows) else ())


_FARTHEST: Final = 4
"""How far rows without numbers may be from whole ones, on the average."""
_NO_NUMBER: Final = 4
"""How much it counts that a row has no number below one that has."""
_TAIL: Final = 5
"""How much it counts that other lines follow below rows without numbers."""


def _aligned(
    lines: Sequence[Line], head: Columns, *, tail: int = UNLIKE, joint: str = "\n"
) -> tuple[int, list[_Row]]:
    """Return how far lines are from rows, and these, the first with its number where there is a column of those."""
    numbered = int("number" in head.roles)
    number, rest = lines[:numbered], lines[numbered:]
    uses = head.roles[numbered:]
    texts = [line.text for line in rest]
    cost, found = aligned(texts, uses, anew=_NO_NUMBER * numbered, tail=tail)
    if cost >= UNLIKE:
        cells = _whole(_joined(rest, joint), uses)
        return cost, [_Row([*number, *cells], len(lines), unsure=True)]
    rows = []
    for row in found:
        start, end = row.cells[0].start, row.cells[-1].stop
        cells = [_joined(rest[part.start : part.stop], joint) for part in row.cells]
        what = [at for at, use in enumerate(uses) if use in _WHAT]
        said = [cells[at] for at in what if cells[at].text]
        if not said:
            cells = _whole(_joined(rest[start:end], joint), uses)
        elif row.unsure and len(said) < len(what):
            for at in what:
                cells[at] = said[0]
        first = number if start == 0 else [Line("", lines[0].place)] * numbered
        taken = end - start + (numbered if start == 0 else 0)
        rows.append(_Row([*first, *cells], taken, row.unsure or not said))
    return cost, rows


def _joined(lines: Sequence[Line], joint: str) -> Line:
    """Return lines as one cell; a blank one of none."""
    if len(lines) == 1:
        return lines[0]
    place = lines[0].place if lines else Place()
    return Line(joint.join(line.text for line in lines), place)


def _whole(line: Line, uses: Sequence[ColumnUse]) -> list[Line]:
    """Return the cells of a row of which nobody can tell what is what: all of it is to be done, by whom and when."""
    units = next((at for at, use in enumerate(uses) if use in UNIT_ROLES), None)
    of_all = (*_WHAT, "deadline")
    return [
        line if use in of_all or at == units else Line("", line.place)
        for at, use in enumerate(uses)
    ]


_LABEL: Final = regex(
    rf"{NUMBER.pattern}|(?:[A-Za-z]{{1,4}}|任务|事项|项目|清单|第)?[-—－]?[0-9]{{1,4}}(?:[-—－.．][0-9]{{1,3}}){{0,2}}[.、．号]?"
)
"""A line that holds the number of a row, letters or 任务 before it."""
_MOST_LEFT_OUT: Final = 4
"""Numbers of rows that are missing at most, for a greater one to be the next row's."""
_FIGURES: Final = regex(f"[0-9]+|{CHINESE}|[①-⑳]")


def _next_label(lines: Sequence[Line], at: int, stop: int, head: Columns | None = None) -> int:
    """Return where the next row's number stands after that at ``at``, before ``stop``; 0 where it does nowhere.

    Of lines with that number it is the first below which a row is whole. Where the next number is left out, a greater
    one soon below is that of the next row; so is any greater one right behind a row.
    """
    shape, numbers = _shape(lines[at].text)
    if not numbers:
        return 0
    *above, last = numbers
    width = len(head.roles) if head else 0
    greater = next_ = 0
    for below in range(at + 1, min(stop, len(lines))):
        if _LABEL.fullmatch(lines[below].text):
            other, found = _shape(lines[below].text)
            begins = found[-1] == 1 and found[:-1] > above
            follows = found == [*above, last + 1] or begins
            if other != shape:
                continue
            if follows and (head is None or _is_row(lines[at + 1 : below], head)):
                return below
            few = found[:-1] == above and last < found[-1] <= last + _MOST_LEFT_OUT
            soon = few and below <= at + 2 * _MOST_COLUMNS
            left_out = soon or (below == at + width and found > numbers)
            if next_ or not (follows or left_out):
                continue
            rest = lines[below + 1 : below + len(head.roles)] if head else ()
            cells = [*takewhile(lambda line: not _LABEL.fullmatch(line.text), rest)]
            if cells and all(says_who_or_when(line.text) for line in cells):
                continue  # it is a figure among the cells
            if follows:
                next_ = below
            else:
                greater = greater or below
        elif below == at + width and _GROUP.match(lines[below].text):
            width += 1
        if (next_ or greater) and below > at + 4 * _MOST_COLUMNS:
            break
    return next_ or greater


def _is_row(lines: Sequence[Line], head: Columns) -> bool:
    """Return whether lines are all cells of a row but its number."""
    texts = [line.text for line in lines if not _GROUP.match(line.text)]
    return len(texts) == len(head.roles) - 1 and aligned(texts, head.roles[1:])[0] < UNLIKE


def _shape(label: str) -> tuple[str, list[int]]:
    """Return a row's number without its figures, and the figures."""
    return _FIGURES.sub("0", label), [numeral_value(figure) for figure in _FIGURES.findall(label)]


def _pasted_heads(lines: Sequence[Line], start: int) -> Iterator[tuple[Sequence[Line], int]]:
    """Yield the heads that may stand on lines of their own from ``start`` on and where the rows begin.

    That of numbers stands first, if there is one. Where there are more heads than a row has lines, each may stand on
    two (工作 above 任务). The last may be the first row's, where its like stands among them: 示例工程 below 任务名称.
    """
    stop = min(len(lines), start + 2 * _MOST_COLUMNS)
    if use_of(lines[start].text) != "number":
        end = next((at for at in range(start, stop) if not _is_head(lines[at].text)), stop)
        uses = [use_of(line.text) for line in lines[start:end]]
        if uses and uses[-1] in uses[:-1]:
            yield lines[start : end - 1], end - 1
        yield lines[start:end], end
        return
    end = next((at for at in range(start, stop) if _LABEL.fullmatch(lines[at].text)), stop)
    groups = (at for at in range(start, end) if _GROUP.match(lines[at].text))
    if (group := next(groups, end)) < end:
        yield lines[start:group], group
        return
    heads = lines[start:end]
    uses = [use_of(head.text) for head in heads]
    if all(is_known(head.text) for head in heads) and len({*uses}) == len(uses):
        yield heads, end
        return
    second = _next_label(lines, end, end + 1 + 2 * _MOST_COLUMNS) - end if end < len(lines) else 0
    if second > 1 and len(heads) > second:
        heads = next(_in_pairs(heads, second, frozenset()), heads)
    yield heads, end


def _is_head(text: str) -> bool:
    said = _BEHIND_COLON.search(text) or len(text) > _LONGEST_NAME
    return not said and is_known(text) and use_of(text) != "number"


_BEHIND_COLON: Final = regex(r"[：:]\s*\S")


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
