"""What was sent, kept in a hidden sheet of the workbook: whose form, for which month, which row is what."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from gaigai_cli.characters import escaped, in_a_cell
from gaigai_cli.forms.tables import FormRow, FormTable, UnitForm
from gaigai_cli.model.base import adapter
from gaigai_cli.words.normal import bare
from gaigai_cli.words.period import Period

SHEET: Final = "gaigai"
WARNING: Final = "本表用于识别填报内容，请勿改动或删除"
FILLED_ON: Final = "填报日期："
"""The words before the cell for the day on which the form was filled in."""

SIGNED: Final = ("分管领导审核（签字）：", "主要领导审阅（签字）：")
"""What stands in the row in which a form is signed, in the order of signing."""
UNIT: Final = "报送单位："

_VERSION: Final = 2
_CHUNK: Final = 30_000
"""Characters; a cell of Excel holds 32,767."""


class OtherVersionError(Exception):
    """The mark of another version of the program, a ``newer`` one or an older one."""

    def __init__(self, *, newer: bool) -> None:
        super().__init__()
        self.newer = newer


class MarkRow(NamedTuple):
    """A row as sent: what it is about, where it stood (1-based), the words by which it is known, its closed cells.

    ``shown`` has the hash of every other cell that the row shows, by column.
    """

    key: str
    row: int
    id: str
    words: str
    closed: tuple[str, ...]
    shown: tuple[tuple[str, str], ...]


class MarkTable(NamedTuple):
    """A table as sent: where its head stood, its columns as key, title and fill ("" where shown), its headings."""

    name: str
    head: int
    known_by: tuple[str, ...]
    columns: tuple[tuple[str, str, str], ...]
    rows: tuple[MarkRow, ...]
    headings: tuple[str, ...]


class Mark(NamedTuple):
    """A form as sent. ``before`` is the last month of the time before that a first form asks for, or ""."""

    unit: str
    month: Period
    before: Period | Literal[""]
    number: str
    made: str
    tables: tuple[MarkTable, ...]

    def rows(self, name: str) -> tuple[MarkRow, ...]:
        """Return the rows of the table of this name; none where the form has no such table."""
        return next((table.rows for table in self.tables if table.name == name), ())


def mark_of(form: UnitForm, places: Sequence[tuple[int, Sequence[int]]]) -> Mark:
    """Return the mark of a form; ``places`` gives for each table the row of its head and of each of its rows."""
    tables = tuple(
        MarkTable(
            table.name,
            head,
            table.known_by,
            tuple((c.key, c.title, c.fill or "") for c in table.columns),
            tuple(_row(row, at, table) for row, at in zip(table.rows, at_, strict=True) if row.key),
            tuple(row.shown["id"] for row in table.rows if not row.key),
        )
        for table, (head, at_) in zip(form.tables, places, strict=True)
    )
    return Mark(form.unit, form.month, form.before or "", form.number, form.made, tables)


def _row(row: FormRow, at: int, table: FormTable) -> MarkRow:
    others = (c.key for c in table.columns if not c.fill and c.key not in table.known_by)
    shown = tuple((key, digest(in_a_cell(row.shown.get(key, "")))) for key in others)
    words = digest("".join(row.shown[name] for name in table.known_by[1:]))
    return MarkRow(row.key, at, row.shown["id"], words, tuple(sorted(row.closed)), shown)


def digest(words: str) -> str:
    """Return a short hash of words, blanks and widths aside."""
    return hashlib.sha256(bare(words).encode()).hexdigest()[:12]


def lines_of(mark: Mark) -> Iterator[str]:
    """Yield the cells of the hidden sheet, one below the other."""
    yield WARNING
    said = [str(one) if isinstance(one, Period) else one for one in mark]
    text = escaped(json.dumps([_VERSION, *said], ensure_ascii=False, separators=(",", ":")))
    yield hashlib.sha256(text.encode()).hexdigest()
    yield from (text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK))


def read_mark(lines: Sequence[str]) -> Mark | None:
    """Return the mark in the cells of a hidden sheet; None where it is damaged or none.

    Raises ``OtherVersionError`` where it is whole, but not of this version.
    """
    if len(lines) < 3:
        return None
    text = "".join(lines[2:])
    if hashlib.sha256(text.encode()).hexdigest() != lines[1].strip():
        return None
    try:
        version, *rest = json.loads(text)
        if version == _VERSION:
            mark: Mark = adapter(Mark).validate_python(rest)
            return mark
        newer = version > _VERSION
    except (ValueError, TypeError, RecursionError):
        return None
    raise OtherVersionError(newer=newer)
