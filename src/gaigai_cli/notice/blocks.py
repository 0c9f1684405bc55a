"""The blocks of a document as the list needs them: layout tables as their lines, a table pasted cell by cell as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, pairwise, takewhile
from typing import Final

from gaigai_cli.model.roles import UNIT_LISTS, RoleField
from gaigai_cli.notice.columns import (
    Columns,
    Declared,
    columns_of_head,
    find_columns,
    head_at,
    head_below,
)
from gaigai_cli.notice.document import (
    Cell,
    Document,
    Line,
    Row,
    Table,
    distinct,
    filled,
    squeezed,
    stripped,
)
from gaigai_cli.notice.guess import counts_columns, is_data, may_be_list
from gaigai_cli.notice.head import PAGE_NUMBER, SAYS_OF_ITSELF, signed_at
from gaigai_cli.notice.points import NUMBER
from gaigai_cli.notice.text_tables import with_tables
from gaigai_cli.notice.wrapped import unwrapped
from gaigai_cli.words.days import WINDOW
from gaigai_cli.words.deadline import days_in_text, is_deadline
from gaigai_cli.words.heads import (
    ANY_ROLE,
    HEADING,
    LABEL_OF,
    UNIT_ROLES,
    is_known,
    role_said,
    says,
    use_of,
)
from gaigai_cli.words.normal import CHINESE, MARKS, is_mark
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.unit_lexicon import is_name, is_open

_MANY_LINES: Final = 8
"""Lines in one cell that no list's cell has, where the table has but a few rows."""
_FEW_ROWS: Final = 3
_FEWEST_HEADS: Final = 3
_MOST_COLUMNS: Final = 12
_MOST_ABOVE: Final = 8
"""Rows among which a head is looked for that is told by blank cells."""


def arranged(document: Document, declared: Declared) -> tuple[Document, frozenset[Line]]:
    """Return the document without what only its layout put into tables or took out of them.

    The lines that stood in tables come second.
    """
    blocks: list[Line | Table] = []
    laid: list[Line] = []
    for block in map(_without_blank_columns, document.blocks):
        if isinstance(block, Line):
            blocks += _split(block)  # a break within a paragraph ends a line, too
            continue
        headed = find_columns(block, declared)
        if list_ := _turned(block, headed, document, declared):
            blocks.append(list_)
        elif headed:
            blocks.append(_with_times_apart(block, *headed))
        elif (lines := _text_of(block)) is None:
            blocks.append(block)
        else:
            laid += lines
            blocks += lines
    arranged_ = document._replace(blocks=tuple(blocks))
    if not any(arranged_.tables):
        pages = [line for line in arranged_.lines if PAGE_NUMBER.fullmatch(line.text)]
        lines = [line for line in arranged_.lines if not PAGE_NUMBER.fullmatch(line.text)]
        lines = unwrapped(lines, pages)
        end = signed_at(lines)
        text = with_tables(lines[:end], declared)
        arranged_ = arranged_._replace(blocks=(*text, *lines[end:], *pages))
    return arranged_._replace(blocks=tuple(map(_without_tabs, arranged_.blocks))), frozenset(laid)


def _without_tabs(block: Line | Table) -> Line | Table:
    """Return a line whose tabs parted no columns with blanks in their places."""
    return block._replace(text=block.text.replace("\t", " ")) if isinstance(block, Line) else block


def _without_blank_columns(block: Line | Table) -> Line | Table:
    """Return a table without columns in which nothing stands: a margin, or what parts others."""
    if isinstance(block, Line):
        return block
    kept = [
        at
        for at, column in enumerate(zip(*block.rows, strict=True))
        if any(not c.blank for c in column)
    ]
    width = len(block.rows[0]) if block.rows else 0
    return (
        block
        if len(kept) in (0, width)
        else block._replace(rows=tuple(tuple(row[at] for at in kept) for row in block.rows))
    )


def _with_times_apart(table: Table, start: int, columns: Columns) -> Table:
    """Return a list whose column of days says what is done by each (3月：制定示例方案) with a column for either."""
    below = table.rows[start + columns.height :]
    for place in columns.of("deadline"):
        head = table.rows[start + columns.height - 1][place]
        names = [name for name in re.split("[/／、]", head.text) if use_of(name) == "content"]
        said = [cell.text for cell in {row[place] for row in below} if not cell.blank]
        timed = sum(_TIME_BEFORE.fullmatch(text) is not None for text in said)
        several = any(_TIME_BEFORE.match(line) for text in said for line in text.split("\n")[1:])
        first = names or (says(head.text, "progress") and not columns.of("content"))
        if place in columns.declared or several or timed < 2 or 2 * timed < len(said) or not first:
            continue
        apart = {row[place]: _apart(row[place]) for row in below}
        apart[head] = (head._replace(text=(names or [LABEL_OF["content"]])[0]), head)
        return table._replace(
            rows=tuple(
                (*row[:place], *apart.get(row[place], (row[place],) * 2), *row[place + 1 :])
                for row in table.rows
            )
        )
    return table


def _apart(cell: Cell) -> tuple[Cell, Cell]:
    """Return what a cell says is done, and the days before it: none where it has none, all of it where it has more.

    One of days alone says nothing of what is done.
    """
    found = _TIME_BEFORE.fullmatch(cell.text) or _TIME_CLOSE.fullmatch(cell.text)
    if found is None:
        blank = cell._replace(text="")
        return (blank, cell) if is_deadline(cell.text) else (cell, blank)
    if days_in_text(found["deed"]):
        return cell, cell
    return cell._replace(text=found["deed"].strip()), cell._replace(text=found["time"])


_TIME: Final = (
    rf"\s*(?P<time>(?:[\d月~～/、至到—–－-]*\d月|{WINDOW.pattern}|全年)(?:底|末|[上中下]旬)?前?)"
)
_TIME_BEFORE: Final = regex(rf"(?s:{_TIME}(?:\s*[：:，,]|\s)\s*(?P<deed>.{{4,}}))")
_TIME_CLOSE: Final = regex(rf"(?s:{_TIME}(?P<deed>(?![至到])\w.{{3,}}))")


def _turned(
    table: Table, headed: tuple[int, Columns] | None, document: Document, declared: Declared
) -> Table | None:
    """Return the list that a table is whose cells stand otherwise than in rows below heads; None for others.

    ``headed`` is the first row that is a list's head as the table stands, with its columns.
    """
    return (
        _of_form(table, declared)
        or (_stacked(table, *headed) if headed else _on_its_side(table, declared))
        or _with_whole_head(table, headed[0] + 2 if headed else _MOST_ABOVE, declared)
        or _of_matrix(table, document, declared)
    )


def _of_form(table: Table, declared: Declared) -> Table | None:
    """Return a form for one item, or several below each other, its heads each before what belongs to it, as a list.

    What the form is called may stand over all of it.
    """
    lines = [row for row in table.rows if filled(row)]
    title = filled(lines[0]) if lines and _is_across(lines[0]) else []
    if title and len(distinct(lines[0])) > 1 and _is_label(title[0]):
        title = []  # a head before a blank cell
    rows = [_in_pairs(row) for row in lines[len(title) :]]
    if len(rows) < 2 or any(len(row) % 2 for row in rows):
        return None
    heads = [head for row in rows for head in row[::2]]
    values = [value for row in rows for value in row[1::2]]
    first = len(title)
    if head_at(table, first, declared) or not all(map(_is_label, heads)):
        return None
    width = _repeats([_NUMBERED.sub("", squeezed(head.text)) for head in heads]) or len(heads)
    if len({squeezed(head.text) for head in heads}) < width:
        return None
    forms = (tuple(values[at : at + width]) for at in range(0, len(values), width))
    above = [(cell,) * width for cell in title]
    turned = table._replace(rows=(*above, tuple(heads[:width]), *forms))
    return turned if head_at(turned, first, declared) else None


def _in_pairs(row: Row) -> list[Cell]:
    """Return the cells of a form's row, none where a head would be blank: some formats leave what is merged blank."""
    cells: list[Cell] = []
    for cell in distinct(row):
        if len(cells) % 2 or not cell.blank:
            cells.append(cell)
    return cells


_NUMBERED: Final = regex(f"(?:{CHINESE}|[0-9]+)$")


def _repeats(heads: list[str]) -> int:
    """Return after how many heads they begin anew, the same again to the last one; 0 where they don't."""
    whole = len(heads)
    widths = (n for n in range(2, whole // 2 + 1) if heads[:n] * (whole // n) == heads)
    return next(widths, 0)


def _is_label(cell: Cell) -> bool:
    others = any(says(cell.text, trait) for trait in ("builds", "governs", "aim"))
    return (is_known(cell.text) or others) and not is_name(squeezed(cell.text))


_LEGEND: Final = regex(f'([{MARKS}])[”"]?(?:号|标记)?的?(?:为|是|表示|代表|[:：])?({ANY_ROLE})')


def _of_matrix(table: Table, document: Document, declared: Declared) -> Table | None:
    """Return a list with units for each task beside columns of units, where signs mark who has a part.

    What stands over several of these (配合单位) heads theirs; else they are responsible.
    """
    bodies = (sum(map(_is_body, distinct(row))) for row in table.rows)
    at = next((at for at, count in enumerate(bodies) if count > 1), None)
    if at is None:
        return None
    head, above = table.rows[at], table.rows[at - 1] if at else ()
    again = [[cell.text for cell in row] for row in (above, head)]
    below = (row for row in table.rows[at + 1 :] if not counts_columns(row))
    body = [row for row in below if [cell.text for cell in row] not in again]
    units = _marked_columns(head, body)
    if not units:
        return None
    legend = _legend(table, document)
    responsible = Cell(LABEL_OF["responsible"], head[units[0]].place)
    roles = _heads_above(table, at, units)
    over = roles or dict.fromkeys(units, responsible)
    parts = [[*part] for _, part in groupby(units, key=over.__getitem__)]

    def parted(row: Row, cells: Iterable[Cell]) -> Row:
        return (*row[: units[0]], *cells, *row[units[-1] + 1 :])

    signs = [{*chain.from_iterable(_signs(body, place) for place in part)} for part in parts]
    plain = [None if len(each) > 1 else "" if roles else responsible.text for each in signs]

    def said(row: Row) -> Iterable[Cell]:
        if _is_aside(row):
            return (
                next((row[at] for at in part if not row[at].blank), row[part[0]]) for part in parts
            )
        return (
            _of_signs(head, row, part, legend, alone)
            for part, alone in zip(parts, plain, strict=True)
        )

    rows = [
        *(parted(row, (row[p[0]] for p in parts)) for row in table.rows[: at - bool(roles)]),
        parted(above if roles else head, (over[part[0]] for part in parts)),
        *(parted(row, said(row)) for row in body),
    ]
    turned = table._replace(rows=tuple(rows))
    return turned if find_columns(turned, declared) else None


def _is_body(cell: Cell) -> bool:
    name = cell.text.strip()
    return is_name(name) or is_open(name)


def _is_sign(text: str) -> bool:
    return is_mark(text) or _role_of(text) is not None


_COLON: Final = regex("[：:]")


def _is_aside(row: Row) -> bool:
    """Return whether a row is none of the list: a note or heading alone, or 制表人：张某　审核人：李某."""
    return _is_across(row) or all(_COLON.search(cell.text) for cell in filled(row))


def _signs(rows: Sequence[Row], place: int) -> set[str]:
    return {row[place].text.strip() for row in rows if not _is_aside(row)} - {""}


def _marked_columns(head: Row, body: Sequence[Row]) -> list[int]:
    """Return the columns beside each other in which signs stand below units, or below what may be some: 农业站."""
    signs = [_signs(body, place) for place in range(len(head))]
    named = [place for place, cell in enumerate(head) if _is_body(cell)]
    fits = [
        all(map(_is_sign, signs[at])) and (at in named or not (cell.blank or is_known(cell.text)))
        for at, cell in enumerate(head)
    ]
    first, last = named[0], named[-1]
    while first and fits[first - 1]:
        first -= 1
    while last + 1 < len(head) and fits[last + 1]:
        last += 1
    found = [*range(first, last + 1)]
    return found if all(fits[first : last + 1]) and any(signs[place] for place in found) else []


def _heads_above(table: Table, at: int, units: Sequence[int]) -> dict[int, Cell]:
    """Return what stands over each of the columns of units, where that says in which role they are; nothing else."""
    if not at:
        return {}
    head, above = table.rows[at], table.rows[at - 1]
    found: dict[int, Cell] = {}
    for place, cell in enumerate(above):
        if place not in units:
            if not (head[place].blank or head[place] is cell):
                return {}
            continue
        blank = cell.blank and not table.spans
        found[place] = found.get(place - 1, cell) if blank else cell
    return found if all(use_of(cell.text) in UNIT_ROLES for cell in found.values()) else {}


def _legend(table: Table, document: Document) -> dict[str, str]:
    """Return the roles that signs stand for, and words in their places: 牵头."""
    texts = [line.text for line in document.lines]
    cells = [cell.text for row in table.rows for cell in distinct(row)]
    said = {
        sign: _role_of(f"{word}单位") or "responsible"
        for text in (*texts, *cells)
        for sign, word in _LEGEND.findall(text)
    }
    acts = {text.strip(): role for text in cells if (role := _role_of(text.strip()))}
    return {sign: UNIT_LISTS[role] for sign, role in {**acts, **said}.items()}


def _of_signs(
    head: Row, row: Row, part: Sequence[int], legend: Mapping[str, str], plain: str | None
) -> Cell:
    """Return the units of a row whose columns have signs, by role; ``plain`` is that of signs which nothing explains.

    None: there are several such, so that it can't be told.
    """
    named: dict[str, list[str]] = {}
    for place in part:
        if sign := row[place].text.strip():
            name, role = head[place].text.strip(), legend.get(sign, plain)
            named.setdefault(role or "", []).append(f"{name}（{sign}）" if role is None else name)
    said = (
        f"{role}：{'、'.join(names)}" if role else "、".join(names) for role, names in named.items()
    )
    return Cell("；".join(said), row[part[0]].place)


def _is_across(row: Row) -> bool:
    """Return whether a row is a note or a group's heading: one cell and nothing beside it."""
    return len(filled(row)) < 2


def _role_of(words: str) -> RoleField | None:
    return role_said(HEADING.fullmatch(words))


def _on_its_side(table: Table, declared: Declared) -> Table | None:
    """Return a list whose heads stand below each other, and its items beside each other, as one of rows."""
    title = sum(1 for _ in takewhile(_is_across, table.rows))
    across, own = table.rows[:title], table.rows[title:]
    if not _FEWEST_HEADS <= len(own) <= _MOST_COLUMNS:
        return None
    items = tuple(zip(*own, strict=True))
    if len(items) < 2 or not all(map(_is_label, items[0])):
        return None
    above = [(cell,) * len(own) for row in across for cell in filled(row)]
    turned = table._replace(rows=(*above, *items))
    roles = {*columns_of_head(turned, len(above), declared).roles}
    return turned if roles & {"title", "content"} and roles & {*UNIT_ROLES, "deadline"} else None


def _with_whole_head(table: Table, last: int, declared: Declared) -> Table | None:
    """Return a list whose head has two rows, blank cells where one spans others, with a head of one row.

    Below the ``last`` row there is none.
    """
    for at, (above, below) in enumerate(pairwise(table.rows[: min(last, _MOST_ABOVE)])):
        under = [place for place, cell in enumerate(above) if cell.blank and not below[place].blank]
        over = [place for place, cell in enumerate(above) if below[place].blank and not cell.blank]
        several = sum(is_known(cell.text) for cell in above) >= _FEWEST_HEADS - 1
        if not (under and over and several) or is_data(above) or is_data(below):
            continue
        heads = []
        wide = above[0]
        for head, part in zip(above, below, strict=True):
            wide = wide if head.blank else head
            words = head.text if part.blank else head_below(wide.text, part.text)
            heads.append(Cell(words, (head if part.blank else part).place))
        whole = table._replace(rows=(*table.rows[:at], tuple(heads), *table.rows[at + 2 :]))
        parts = [head for head, part in zip(heads, below, strict=True) if not part.blank]
        if all(is_known(head.text) for head in parts) and head_at(whole, at, declared):
            return whole
    return None


def _stacked(table: Table, start: int, columns: Columns) -> Table | None:
    """Return a list in two or three parts beside each other, its head repeated, with the parts below each other."""
    heads = [squeezed(head) for head in columns.heads]
    width = _repeats(heads)
    if not width:
        return None
    end = start + columns.height
    rows = [row[at : at + width] for at in range(0, len(heads), width) for row in table.rows[end:]]
    return table._replace(rows=(*(row[:width] for row in table.rows[:end]), *rows))


def _text_of(table: Table) -> list[Line] | None:
    """Return the lines of a table without a list's head that only holds a page together; None for any other."""
    rows = [row for row in map(filled, table.rows) if row]
    if of_page := _of_page(table):
        cells = dict.fromkeys(of_page)
    elif _is_layout(table):
        cells = dict.fromkeys(cell for row in table.rows for cell in row)
    elif all(len(row) == 2 and NUMBER.fullmatch(row[0].text.strip()) for row in rows):
        cells = dict.fromkeys(
            _numbered(*row) for row in rows
        )  # paragraphs apart from their numbers
    else:
        return None
    return [line for cell in cells for line in _split(cell)]


def _of_page(table: Table) -> list[Cell]:
    """Return what a saved page says of itself in a table (索引号, 发布机构), label and words in each; else nothing."""
    rows = [distinct(row) for row in table.rows if filled(row)]
    if any(len(row) % 2 for row in rows):
        return []
    pairs = [pair for row in rows for pair in zip(row[::2], row[1::2], strict=True)]
    texts = [f"{label.text.strip().rstrip('：:')}：{said.text}" for label, said in pairs]
    own = sum(SAYS_OF_ITSELF.match(text) is not None for text in texts)
    if own < _FEWEST_OF_PAGE or 2 * own < len(texts):
        return []
    return [Cell(text, said.place) for text, (_, said) in zip(texts, pairs, strict=True)]


_FEWEST_OF_PAGE: Final = 2
"""Labels of a saved page that make a table its own."""


def _numbered(number: Cell, text: Cell) -> Cell:
    sign = "" if number.text.strip()[-1] in _BEHIND_NUMBER else "．"
    return Cell(f"{number.text.strip()}{sign}{text.text}", text.place)


def _is_layout(table: Table) -> bool:
    """Return whether a table has no rows of cells beside each other, or but few, and many lines in one cell."""
    most = max((cell.text.count("\n") + 1 for row in table.rows for cell in row), default=0)
    if not may_be_list(table):
        return most >= _FEW_ROWS or all(len(filled(row)) <= 1 for row in table.rows)
    return len(table.rows) <= _FEW_ROWS and most >= _MANY_LINES


_BEHIND_NUMBER: Final = "）).．、项"


def _split(piece: Cell | Line) -> Iterator[Line]:
    """Yield the lines of a cell or paragraph, each with what of it is bold."""
    start = 0
    texts = piece.text.split("\n")
    for number, text in enumerate(texts, 1):
        if text.strip():
            several = len(texts) > 1 and isinstance(piece, Cell)
            place = piece.place._replace(line=number) if several else piece.place
            words, bold = stripped(text, ((a - start, b - start) for a, b in piece.bold))
            yield Line(words, place, bold)
        start += len(text) + 1
