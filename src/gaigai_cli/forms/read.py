"""A workbook that came back, read cell by cell and held against the mark of what was sent."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence, Set
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

from gaigai_cli.errors import GaigaiError
from gaigai_cli.forms.cells import EMPTY, FormCell, shown, text_of
from gaigai_cli.forms.match import Matched, Matcher, NumberedRow
from gaigai_cli.forms.package import UNSEEN_SIZE, LaidOver, is_unseen, laid_over, readable
from gaigai_cli.forms.returned import Answer, Returned, Severity, place
from gaigai_cli.forms.sent import (
    FILLED_ON,
    SHEET,
    SIGNED,
    UNIT,
    Mark,
    MarkRow,
    MarkTable,
    OtherVersionError,
    digest,
    read_mark,
)
from gaigai_cli.forms.tables import REPORTS, foot
from gaigai_cli.words.normal import bare
from gaigai_cli.words.shown import in_margin, is_page_number

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook


_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HALVES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
"""One character that is written as two escapes; half of one is left, and told as what it is."""
_PICTURES: Final = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\bvm=")[^>]*\br="([A-Z]{1,3}\d{1,7})"')
"""Cells that hold a picture or another value that isn't one of the table's."""
_STRUCK: Final = re.compile(
    rb'<(?:\w+:)?c\s[^>]*\br="([A-Z]{1,3}\d{1,7})"[^>]*>(?:(?!</(?:\w+:)?c>).)*?'
    rb'<(?:\w+:)?strike(?:\s*/>|\s+val="(?:1|true)")',
    re.DOTALL,
)
"""Cells that hold their words themselves, some of them struck through; the library reads them as plain ones."""
_ROW: Final = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_UNSEEN: Final = re.compile(rb'\s(?:hidden="(?:1|true)"|(?:ht|width)="0(?:\.\d+)?")')
"""Of a row or column: hidden, or made so small that nobody sees it."""
_SHOWS_NOTHING: Final = ";;;"
"""The number format by which a cell shows nothing, whatever it says."""
_MARGIN: Final = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(Header|Footer)(?:\s[^>]*)?>([^<]*)</")
_NUMBERS: Final = re.compile(rb'\s(?:r|min|max)="(\d{1,7})"')
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


def _tell_row(number: int, cells: Sequence[FormCell], mark: MarkRow, matcher: Matcher) -> None:
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


def tell_hidden(part: bytes, state: str, matcher: Matcher) -> None:
    """Tell of a sheet, columns and rows that nobody saw, in which something is filled in that is taken.

    ``part`` is the sheet's XML, ``state`` says whether the sheet as a whole is seen.
    """
    given = matcher.returned.answers
    filled = {
        number: (mark, answers)
        for number, mark in matcher.taken.items()
        if (answers := given.get(f"{mark.key}+{number}") or given.get(mark.key))  # an added row's
    }
    words = "隐藏的，填的内容照样登记，请核对"
    for _, answers in filled.values():
        for answer in answers.values():
            unseen = "格式不显示内容" if answer.cell.format == _SHOWS_NOTHING else ""
            unseen = unseen or ("字和底色相同或太小" if answer.cell.unseen else "")
            if unseen and answer.place.startswith(matcher.sheet):
                matcher.returned.tell(answer.place, f"这一格的{unseen}，是{words}", "note")
    if filled and state != "visible":
        matcher.returned.tell(matcher.sheet, f"这张表是{words}", "note")
    for found in _COLUMN.finditer(part):
        numbers = [int(number) for number in _NUMBERS.findall(found[0])]
        for key, title, _ in matcher.table.columns if _UNSEEN.search(found[0]) else ():
            at = matcher.columns.get(key, -1)
            if min(numbers) <= at + 1 <= max(numbers) and any(key in a for _, a in filled.values()):
                where = place(matcher.sheet, at, min(matcher.taken))
                name = title.replace("\n", "")
                matcher.returned.tell(where, f"“{name}”这一栏是{words}", "note")
    for found in _ROW.finditer(part):
        number = next(map(int, _NUMBERS.findall(found[0])), 0)
        if number in filled and _UNSEEN.search(found[0]):
            where = place(matcher.sheet, matcher.columns[matcher.table.known_by[0]], number)
            matcher.returned.tell(where, f"{filled[number][0].id}这一行是{words}", "note")


def tell_laid_over(things: Iterable[LaidOver], matcher: Matcher, signed: int) -> None:
    """Tell of pictures, comments and their like, which aren't read; from row ``signed`` (0-based) on they are seals.

    Of links it is told where they lead, if that isn't what the cell says.
    """
    filled = {
        answer.place: text_of(answer.cell.value)
        for answers in matcher.returned.answers.values()
        for answer in answers.values()
    }
    for thing in things:
        if thing.kind == "附件":
            words = "表里嵌入了文件，没有收，请另附文件"
            matcher.returned.tell(matcher.sheet, words)
            continue
        where = place(matcher.sheet, thing.columns.start, thing.rows.start + 1)
        if thing.kind == "链接" and thing.words.rstrip("/") in filled.get(where, thing.words):
            continue
        if thing.kind in ("批注", "链接") or thing.rows.stop <= signed:
            said = f"“{shown(FormCell(thing.words))}”" if thing.words else ""
            remedy = "要报的请写进格子" if thing.words else "作佐证的请另附文件"
            matcher.returned.tell(where, f"{thing.kind}{said}没有登记，{remedy}")


def tell_margins(part: bytes, matcher: Matcher) -> None:
    """Tell of words in a header or footer besides those that were sent. ``part`` is the sheet's XML."""
    mark = matcher.returned.mark
    sent = " ".join(foot(mark.unit, mark.month, matcher.table.name).split())
    for kind, codes in dict.fromkeys(_MARGIN.findall(part)):
        words = in_margin(unescape(codes.decode("utf-8", "replace")))
        if not is_page_number(bare(words).removeprefix(bare(sent))):
            name, own = "页眉" if kind == b"Header" else "页脚", words.removeprefix(sent).strip()
            said = f"{name}“{shown(FormCell(own))}”没有登记，要报的请写进格子"
            matcher.returned.tell(matcher.sheet, said)


MAX_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes; a form that is filled in has less than one megabyte."""
_MAX_PARTS, _MAX_ROWS, _MAX_COLUMNS = 500, 2_000, 40
_HEAD_WITHIN: Final = 30
_OLD_OR_ENCRYPTED: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files begin that Excel made before 2007 or has encrypted."""

Grid = list[list[FormCell]]


def read_form(name: str, data: bytes) -> Returned:
    """Return the form in a file called ``name``. Raises ``GaigaiError`` where it isn't one that we sent."""
    _check_package(name, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # in English; what they are about is told by its cell
            return _read(name, data)
    except GaigaiError:
        raise
    except Exception as error:  # the library has no error of its own for the many ways to be broken
        raise GaigaiError(f"{name}打不开，文件可能已损坏", "请用 Excel 或 WPS 重新保存") from error


def _read(name: str, data: bytes) -> Returned:
    from openpyxl import load_workbook

    book = load_workbook(
        io.BytesIO(readable(data)), read_only=True, keep_links=False, rich_text=True
    )
    with zipfile.ZipFile(io.BytesIO(data)) as saved:
        mark = _mark(name, book)
        returned = Returned(name, hashlib.sha256(data).hexdigest(), mark)
        read = {_read_table(book, saved, table, returned) for table in mark.tables}
        for sheet in book.sheetnames:
            if sheet not in (*read, SHEET) and _somebody_wrote(book, sheet):
                filled_in = any(_filled_in(_grid(book, sheet), table) for table in mark.tables)
                severity: Severity = "error" if filled_in else "note"
                returned.tell(sheet, "不是发出的工作表，里面的内容没有登记", severity)
    book.close()
    return returned


def _somebody_wrote(book: Workbook, sheet: str) -> bool:
    """Return whether there are words on a sheet that people can see; programs keep their own where only they do."""
    ws: Any = book[sheet]
    return ws.sheet_state != "veryHidden" and any(
        not cell.empty for row in _grid(book, sheet) for cell in row
    )


def _check_package(name: str, data: bytes) -> None:
    """Look at the package before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _no_package(name, data) from None
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise GaigaiError(f"{name}解开后太大，没有读取", "请用原表重新填写")


def _no_package(name: str, data: bytes) -> GaigaiError:
    """Return what a file is that isn't a package."""
    if not data:
        return GaigaiError(f"{name}是空文件", "请单位重新发来")
    if data.startswith(_OLD_OR_ENCRYPTED):
        remedy = "请去掉密码，用 Excel 或 WPS 另存为 .xlsx 再交"
        return GaigaiError(f"{name}设有打开密码，或是旧格式的表格改了扩展名", remedy)
    remedy = "请用 Excel 或 WPS 打开后另存为 .xlsx 再交"
    return GaigaiError(f"{name}不是 xlsx 文件，或文件已损坏", remedy)


def _mark(name: str, book: Workbook) -> Mark:
    try:
        mark = read_mark(_mark_lines(book))
    except OtherVersionError as error:
        if error.newer:
            raise GaigaiError(f"{name}是新版程序发出的报送表", "请升级本机的程序再收") from None
        remedy = "请用 gaigai form 重新出表，发给单位重填"
        raise GaigaiError(f"{name}是旧版程序发出的报送表", remedy) from None
    if mark is None:
        remedy = "请在 gaigai form 发出的原文件里填写，不要把内容复制到新建的表里"
        raise GaigaiError(f"{name}不是发出的报送表，或表内的识别标记已丢失", remedy)
    return mark


def _mark_lines(book: Workbook) -> list[str]:
    """Return the cells of the hidden sheet; none where it is gone."""
    lines: list[str] = []
    for row in _grid(book, SHEET) if SHEET in book.sheetnames else ():
        value = row[0].value if row else None
        if value is None:
            break
        lines.append(str(value))
    return lines


def _grid(book: Workbook, sheet: str) -> Grid:
    """Return the cells of a sheet, never more than a form can have; trailing empty rows are left out."""
    ws: Any = book[sheet]
    if not hasattr(ws, "iter_rows"):
        return []
    ws.reset_dimensions()
    since_1904 = book.epoch.year == 1904
    rows = ws.iter_rows(max_row=_MAX_ROWS, max_col=_MAX_COLUMNS)
    return [[_cell(cell, since_1904) for cell in row] for row in islice(rows, _MAX_ROWS)]


def _cell(cell: Any, since_1904: bool) -> FormCell:
    value = cell.value
    if value is None:
        return EMPTY
    struck, unseen = bool(cell.font.strike), cell.font.sz == UNSEEN_SIZE
    if isinstance(value, list):  # pieces that look different
        fonts = [p.font for p in value if not isinstance(p, str) and p.font and p.text.strip()]
        struck = struck or any(font.strike for font in fonts)
        unseen = any(is_unseen(f.sz or cell.font.sz, dict(f.color or {})) for f in fonts)
        value = str(value)
    if isinstance(value, str):
        value = _decoded(value)
    form = cell.number_format or "General"
    return FormCell(value, form, cell.data_type, since_1904, struck, unseen)


def _decoded(text: str) -> str:
    """Return the text with the characters that the file format writes as _x000B_.

    _x005F_ is what says that none is meant.
    """
    if "_x" not in text:
        return text
    found = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return _HALVES.sub(
        lambda pair: pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le"), found
    )


def _read_table(
    book: Workbook, saved: zipfile.ZipFile, table: MarkTable, returned: Returned
) -> str | None:
    """Read a table, and give the name of the sheet on which it was found."""
    sheet = table.name if table.name in book.sheetnames else _renamed(book, table, returned)
    if sheet is None:
        returned.tell(table.name, "这张表被删除或改名，表内没有登记")
        return None
    grid = _grid(book, sheet)
    found = _head(grid, table)
    if found is None:
        returned.tell(sheet, "找不到表头，表内没有登记")
        return sheet
    head, columns = found
    titles = _titles(grid[: head - 1], sheet)
    returned.titles.update({where: (table.name, words) for where, words in titles})
    if table.name == REPORTS:
        returned.filled_on = _behind(grid[:head], FILLED_ON, sheet)
        returned.unit_shown = _behind(grid[:head], UNIT, sheet)
    for key, title, fill in table.columns:
        if key not in columns and (fill or key in table.known_by):
            returned.tell(f"{sheet}!{head}", f"缺少“{title.replace(chr(10), '')}”一栏")
    if all(key in columns for key in table.known_by):
        rows = [
            (number, row) for number, row in enumerate(grid[head:], head + 1) if not _signed(row)
        ]
        matcher, ws = Matcher(table, columns, returned, sheet), cast("Any", book[sheet])
        path = str(ws._worksheet_path)  # what the part is called in the package
        part = saved.read(path)
        pictures, struck = (set(signs.findall(part)) for signs in (_PICTURES, _STRUCK))
        for row in matcher.rows(rows):
            _take(row, matcher, pictures, struck)
        tell_strays(rows, matcher)
        tell_merged(part, matcher)
        tell_hidden(part, ws.sheet_state, matcher)
        signed = next((n for n, row in enumerate(grid[head:], head) if _signed(row)), len(grid))
        tell_laid_over(laid_over(saved, path), matcher, signed)
        tell_margins(part, matcher)
    return sheet


def _renamed(book: Workbook, table: MarkTable, returned: Returned) -> str | None:
    """Return the sheet that has the table under another name."""
    known = {SHEET, *(one.name for one in returned.mark.tables)}
    for sheet in book.sheetnames:
        found = _head(_grid(book, sheet), table) if sheet not in known else None
        if found and len(found[1]) == len(table.columns):
            returned.tell(sheet, f"这张表原名“{table.name}”，按表头识别", "note")
            return sheet
    return None


def _titles(above: Grid, sheet: str) -> Iterator[tuple[str, str]]:
    """Yield what stands over a table, by its place, but for the line where the unit signs."""
    for number, row in enumerate(above, 1):
        if any(bare(str(cell.value or "")).startswith(bare(UNIT)) for cell in row):
            continue
        for at, cell in enumerate(row):
            if isinstance(cell.value, str):
                yield place(sheet, at, number), cell.value


def _head(grid: Grid, table: MarkTable) -> tuple[int, dict[str, int]] | None:
    """Return the row of the head (1-based) and where each column is now, 0-based."""
    titles = {bare(title): key for key, title, _ in table.columns}
    best: tuple[int, dict[str, int]] | None = None
    for number, row in enumerate(grid[:_HEAD_WITHIN], 1):
        found: dict[str, int] = {}
        for at, cell in enumerate(row):
            key = titles.get(bare(text_of(cell.value))) if isinstance(cell.value, str) else None
            if key is not None:
                found.setdefault(key, at)
        if best is None or len(found) > len(best[1]):
            best = number, found
    return best if best and len(best[1]) > len(titles) // 2 else None


def _filled_in(grid: Grid, table: MarkTable) -> bool:
    """Return whether a sheet has a table's heads and, below one of them, words that a unit was to give."""
    found = _head(grid, table)
    if found is None:
        return False
    head, columns = found
    own = {columns[key] for key, _, fill in table.columns if fill and key in columns}
    rows = (row for row in grid[head:] if not _signed(row))
    return any(not cell.empty for row in rows for at, cell in enumerate(row) if at in own)


def _signed(row: Sequence[FormCell]) -> bool:
    """Return whether it is the row in which leaders sign, whatever name stands in it."""
    signed = tuple(map(bare, SIGNED))
    return any(cell.value and bare(str(cell.value)).startswith(signed) for cell in row)


def _behind(above: Grid, words: str, sheet: str) -> Answer | None:
    """Return what a cell says behind ``words``; where they stand alone, the first filled cell to the right."""
    for number, row in enumerate(above, 1):
        for at, cell in enumerate(row):
            text = bare(str(cell.value or ""))
            if not text.startswith(bare(words)):
                continue
            if text != bare(words):
                return Answer(
                    cell._replace(value=text.removeprefix(bare(words))), place(sheet, at, number)
                )
            for column, other in enumerate(row[at + 1 :], at + 1):
                if not other.empty:
                    return Answer(other, place(sheet, column, number))
    return None


def _take(row: Matched, matcher: Matcher, pictures: Set[bytes], struck: Set[bytes]) -> None:
    """Keep what was filled in in a row that is known; ``pictures`` and ``struck`` name cells that hold such things."""
    answers = matcher.returned.answers.setdefault(row.key, {})
    for name, title, fill in matcher.table.columns:
        cell = row.at(matcher.columns.get(name))
        # 无 is what somebody reports, or says that he has nothing to say.
        if not fill or cell.empty or (cell.says_none and name not in ("summary", "before")):
            continue
        where = place(matcher.sheet, matcher.columns[name], row.number)
        own = where.rpartition("!")[2].encode()
        if own in pictures:
            cell = cell._replace(kind="p")
        elif own in struck:
            cell = cell._replace(struck=True)
        if name in row.mark.closed:
            matcher.returned.tell(where, f"这一格不用填，“{title}”没有登记")
        else:
            answers[name] = Answer(cell, where)
