"""What was written into a form where nothing is asked: not recorded, and told, so that nobody believes it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gaigai_cli.forms.cells import Cell, shown, text_of
from gaigai_cli.forms.mark import MarkRow, digest
from gaigai_cli.forms.matching import Matcher, NumberedRow
from gaigai_cli.forms.returned import place
from gaigai_cli.forms.tables import bare

_MERGED: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)


def tell_strays(rows: Sequence[NumberedRow], matcher: Matcher) -> None:
    """Tell of words in other rows and columns than those sent, and of locked cells that were changed."""
    headings = {bare(words) for words in matcher.table.headings}
    for number, cells in rows:
        mark = matcher.taken.get(number)
        if mark is not None:
            _tell_row(number, cells, mark, matcher)
        elif number not in matcher.told:
            others = ((at, cell) for at, cell in enumerate(cells) if not cell.empty)
            stray = next((o for o in others if bare(text_of(o[1].value)) not in headings), None)
            if stray is not None:
                words = f"“{shown(stray[1])}”不在要填的格子里，没有登记"
                matcher.returned.tell(place(matcher.sheet, stray[0], number), words)


def _tell_row(number: int, cells: Sequence[Cell], mark: MarkRow, matcher: Matcher) -> None:
    keys = {at: key for key, at in matcher.columns.items()}
    titles = {key: title.replace("\n", "") for key, title, _ in matcher.table.columns}
    sent = dict(mark.shown)
    for at, cell in enumerate(cells):
        key = keys.get(at)
        if cell.empty or (key is not None and key not in sent):
            continue
        if key is None:
            words = f"“{shown(cell)}”写在表格以外，没有登记"
        elif digest(text_of(cell.value)) == sent[key]:
            continue
        else:
            words = f"“{titles[key]}”不能在表上改，改成的“{shown(cell)}”没有登记"
        matcher.returned.tell(place(matcher.sheet, at, number), words)


def tell_merged(part: bytes, matcher: Matcher) -> None:
    """Tell of cells to fill in that were merged into one: what it says counts for the first of them alone.

    ``part`` is the sheet's XML.
    """
    from openpyxl.utils import column_index_from_string

    asked = {matcher.columns.get(key) for key, _, fill in matcher.table.columns if fill}
    for first, top, last, bottom in dict.fromkeys(_MERGED.findall(part)):
        rows = range(int(top), int(bottom) + 1)
        left, right = (column_index_from_string(one.decode()) for one in (first, last))
        columns = range(left - 1, right)
        if left - 1 not in asked or int(top) not in matcher.taken:
            continue
        # A range may be as large as the sheet: count what was sent, not what it spans.
        if sum(row in rows for row in matcher.taken) * sum(at in columns for at in asked) > 1:
            where = b"%b%b:%b%b" % (first, top, last, bottom)
            words = "这几格合并成了一格，内容只登记在左上角一格，请取消合并后分别填写"
            matcher.returned.tell(f"{matcher.sheet}!{where.decode()}", words)
