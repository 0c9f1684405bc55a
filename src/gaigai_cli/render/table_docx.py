"""Table forms as Word files: A4, labels and what stands beside them, lines to be signed."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from gaigai_cli.characters import harmless
from gaigai_cli.render.fingerprint import sealed

TITLE: Final = "方正小标宋简体"
LABEL: Final = "黑体"
TEXT: Final = "仿宋_GB2312"
WIDTHS_MM: Final = (31, 52, 22, 59)
"""The four columns: labels and what stands beside them, 164 mm in all."""
_PAIR: Final = (WIDTHS_MM[:1], WIDTHS_MM[1:])
_PAIRS: Final = tuple((width,) for width in WIDTHS_MM)
"""The cells of a row with one label and what stands beside it; with two."""
TEXT_SIZE: Final = 16
_LINE_PT: Final = 28.5
_OPINION_MM: Final = 32
_LEAST_MM: Final = 9
_NARROW_MM: Final = 34
_PADDING_PT: Final = 3

Cells = tuple[tuple[str, tuple[str, ...]], ...]
"""A row: one pair or two of a label and the paragraphs beside it."""


def form(margins_mm: tuple[float, float] = (22, 18)) -> Document:
    """Return an empty page; ``margins_mm`` are those at its top and bottom."""
    packaged = files("gaigai_cli") / "templates" / "form.docx"
    document = docx.Document(io.BytesIO(packaged.read_bytes()))
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(23)
    section.top_margin, section.bottom_margin = map(Mm, margins_mm)
    return document


def line(
    document: Document,
    words: str,
    size: float,
    font: str,
    *,
    centred: bool = False,
    after: float = 0,
) -> None:
    """Add a paragraph by itself."""
    align = WD_ALIGN_PARAGRAPH.CENTER if centred else None
    write(document.add_paragraph(), words, size, font, align=align, after=after)


def heading(
    document: Document,
    notes: Sequence[str],
    lines: Sequence[str],
    size: float,
    *,
    after: float,
    above: Sequence[str] = (),
) -> None:
    """Add the notes that a paper must carry and its title in ``lines``, ``above`` them smaller ones of it."""
    for note in notes:
        line(document, note, 12, LABEL, centred=True)
    for words in above:
        line(document, words, 15, TITLE, centred=True)
    for number, words in enumerate(lines, 1):
        below = after if number == len(lines) else 0
        line(document, words, size, TITLE, centred=True, after=below)


def text(
    document: Document,
    words: str,
    font: str = TEXT,
    *,
    size: float = TEXT_SIZE,
    indent: int = 2,
    right: int | None = None,
    before: float = 0,
) -> None:
    """Add a paragraph of a letter, ``indent`` characters in, ``before`` points below what stands above it.

    ``right``: it ends that many characters before the edge.
    """
    paragraph = document.add_paragraph()
    align = WD_ALIGN_PARAGRAPH.RIGHT if right is not None else WD_ALIGN_PARAGRAPH.JUSTIFY
    write(paragraph, words, size, font, align=align)
    layout = paragraph.paragraph_format
    layout.line_spacing = Pt(_LINE_PT if size == TEXT_SIZE else size * 1.5)
    layout.first_line_indent = Pt(indent * size)
    layout.space_before = Pt(before)
    layout.keep_with_next = font == LABEL or None
    if right is not None:
        layout.right_indent = Pt(right * size)


def head(document: Document, left: str, right: str, *, before: float = 0) -> None:
    """Add a line with words at both ends, ``before`` points below what stands above it."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(sum(WIDTHS_MM)), WD_TAB_ALIGNMENT.RIGHT)
    write(paragraph, f"{left}\t{right}", 12, TEXT, after=3)
    paragraph.paragraph_format.space_before = Pt(before)


def new_page(document: Document) -> None:
    """Begin a new page with what follows."""
    document.add_page_break()  # type: ignore[no-untyped-call]


def table(document: Document) -> Table:
    """Return an empty table of the four columns."""
    return _table(document, WIDTHS_MM)


def _table(document: Document, widths_mm: Sequence[float]) -> Table:
    made: Table = document.add_table(rows=0, cols=len(widths_mm), style="表格线")
    made.autofit = False
    for column, width in zip(made.columns, widths_mm, strict=True):
        column.width = Mm(width)
    return made


def grid(
    document: Document,
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[str]],
    *,
    least_mm: float = 0,
    size: float = 10.5,
) -> None:
    """Add a table whose head is repeated on every page; ``columns`` are names and widths in millimetres.

    Rows are at least ``least_mm`` high. What stands in narrow columns is centred.
    """
    made = _table(document, [width for _, width in columns])
    widths = [(width,) for _, width in columns]
    for number, words in enumerate(([name for name, _ in columns], *rows)):
        cells = _row(made, widths, _WHOLE + (_REPEATED if number == 0 else _height(least_mm)))
        for cell, (_, width), text in zip(cells, columns, words, strict=True):
            short = number == 0 or width <= _NARROW_MM
            align = WD_ALIGN_PARAGRAPH.CENTER if short else None
            font = LABEL if number == 0 else TEXT
            write(cell.paragraphs[0], text, size, font, align=align)
            cell.paragraphs[0].paragraph_format.line_spacing = 1.0


def row(table: Table, pairs: Cells) -> None:
    """Add a row of one or two labels with their paragraphs."""
    cells = _row(table, _PAIR if len(pairs) == 1 else _PAIRS, _height(_LEAST_MM) + _WHOLE)
    for (label, paragraphs), named, said in zip(pairs, cells[::2], cells[1::2], strict=True):
        _label(named, label)
        _paragraphs(said, paragraphs)


def signing(table: Table, label: str, lines: Sequence[str], height_mm: float = _OPINION_MM) -> None:
    """Add a row that is left open, with lines to be signed at its foot; the last is the day."""
    named, cell = _row(table, _PAIR, _height(height_mm) + _WHOLE)
    _label(named, label)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    for number, words in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        write(paragraph, words, 12, TEXT)
        paragraph.paragraph_format.left_indent = Mm(70)
        if number == len(lines) - 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = Mm(4)


def keep_together(document: Document, table: Table) -> None:
    """Keep a table on one page with the paragraph above it and the one below."""
    above = next(p for p in document.paragraphs if p._element.getnext() is table._element)
    for paragraph in (above, *(p for row in table.rows for c in row.cells for p in c.paragraphs)):
        paragraph.paragraph_format.keep_with_next = True


def keep_ending(document: Document, rows: int = 1) -> None:
    """Keep the last ``rows`` of the last table on one page with all that follows them."""
    table = document.tables[-1]
    body = document.element.body
    end = body.index(table._element)
    after = [p for p in document.paragraphs if body.index(p._element) > end]
    kept = (p for row in table.rows[-rows:] for c in row.cells for p in c.paragraphs)
    for paragraph in (*kept, *after[:-1]):
        paragraph.paragraph_format.keep_with_next = True


_WHOLE: Final = "<w:cantSplit/>"
"""Of a row that is not broken across pages."""
_REPEATED: Final = "<w:tblHeader/>"
"""Of one that stands at the head of every page."""
_ROW: Final = "<w:tr {namespace}><w:trPr>{properties}</w:trPr>{cells}</w:tr>"
_CELL: Final = """\
<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{span}<w:vAlign w:val="center"/></w:tcPr><w:p/></w:tc>"""


def _row(table: Table, widths_mm: Sequence[Sequence[float]], properties: str) -> list[_Cell]:
    """Add a row; return its cells, each over one or several columns, whose widths are given."""
    # In one go: widths set and cells merged one by one take several times as long.
    cells = "".join(
        _CELL.format(
            width=sum(Mm(width).twips for width in columns),
            span=f'<w:gridSpan w:val="{len(columns)}"/>' if len(columns) > 1 else "",
        )
        for columns in widths_mm
    )
    said = _ROW.format(namespace=nsdecls("w"), properties=properties, cells=cells)
    row: Any = parse_xml(said)
    table._tbl.append(row)
    return [_Cell(cell, table) for cell in row.tc_lst]


def _height(least_mm: float) -> str:
    return f'<w:trHeight w:val="{Mm(least_mm).twips}"/>'


def _label(cell: _Cell, label: str) -> None:
    paragraph = cell.paragraphs[0]
    write(paragraph, label, 12, LABEL, align=WD_ALIGN_PARAGRAPH.CENTER, after=_PADDING_PT)
    paragraph.paragraph_format.space_before = Pt(_PADDING_PT)


def _paragraphs(cell: _Cell, paragraphs: tuple[str, ...]) -> None:
    for number, words in enumerate(paragraphs):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        write(paragraph, words, 12, TEXT)
        paragraph.paragraph_format.space_before = Pt(0 if number else _PADDING_PT)
        paragraph.paragraph_format.line_spacing = 1.0
    cell.paragraphs[-1].paragraph_format.space_after = Pt(_PADDING_PT)


_RUN: Final = """\
<w:rPr {namespace}><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>\
<w:sz w:val="{half_points}"/></w:rPr>"""


def write(
    paragraph: Paragraph,
    words: str,
    size: float,
    font: str,
    *,
    align: Any = None,
    after: float = 0,
) -> None:
    """Write words in a font for Chinese; letters and digits in Times New Roman, as in an official document."""
    run = paragraph.add_run(harmless(words))
    # In one go: set one by one they take several times as long.
    said = _RUN.format(namespace=nsdecls("w"), font=font, half_points=round(2 * size))
    run._element.insert(0, parse_xml(said))
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(after)


def saved(document: Document, title: str, day: date) -> bytes:
    """Return the file; the same content gives the same bytes."""
    properties = document.core_properties
    properties.title = harmless(title)
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
    stream = io.BytesIO()
    document.save(stream)
    return sealed(stream.getvalue())


def filed(
    title: str,
    notes: Sequence[str],
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[str]],
    day: date,
) -> bytes:
    """Return a table that is filed, below its title; ``columns`` are names and widths in millimetres."""
    document = form((18, 15))
    heading(document, notes, [title], 18, after=6)
    grid(document, columns, rows, size=9)
    return saved(document, title, day)
