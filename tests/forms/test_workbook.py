"""The workbook that goes out: what can be typed where, how it looks and prints, what it hides."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from gaigai_cli.forms.form import unit_form
from gaigai_cli.forms.read import read_form
from gaigai_cli.forms.sent import Mark, lines_of, read_mark
from gaigai_cli.forms.tables import UnitForm
from gaigai_cli.render.papers.form_xlsx import workbook
from gaigai_cli.words.period import Period, period_of
from tests.lists import judge_of
from tests.program import SameAsFile
from tests.transcript import EXAMPLE, SHIPPED

KEPT = Path(__file__).parent / "kept"


def form_of(data: Path, unit: str, month: str, day: date) -> UnitForm:
    wanted = period_of(month)
    assert wanted is not None
    found = unit_form(judge_of(data).on(day), unit, wanted)
    assert found is not None
    return found


def opened(form: UnitForm) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(form)))


@pytest.fixture(scope="module")
def first() -> UnitForm:
    return form_of(SHIPPED, "县住建局", "2024-06", date(2024, 6, 10))


@pytest.fixture(scope="module")
def later() -> UnitForm:
    return form_of(EXAMPLE, "县住建局", "2024-10", date(2024, 10, 12))


def as_text(book: Workbook) -> str:
    """Every sheet as lines of cells; a cell to fill in is 〔 〕, one that is locked and not asked for 〔—〕."""
    lines = []
    for ws in book.worksheets[:-1]:
        lines.append(f"== {ws.title}")
        for row in ws.iter_rows():
            cells = []
            for cell in row:
                words = str(cell.value or "").replace("\n", "⏎")
                cells.append(words if cell.protection.locked else f"〔{words}〕")
            lines.append(" | ".join(cells).rstrip(" |"))
    return "\n".join(lines) + "\n"


def test_first_form(first: UnitForm, same_as_file: SameAsFile) -> None:
    """It asks for January to the month before."""
    assert first.before == Period.of(2024, 5)
    same_as_file(as_text(opened(first)), KEPT / "first.txt")


def test_later_form(later: UnitForm, same_as_file: SameAsFile) -> None:
    """It shows what was reported last; what is closed is not asked for."""
    assert later.before is None
    same_as_file(as_text(opened(later)), KEPT / "later.txt")


def test_the_form_of_the_office(same_as_file: SameAsFile) -> None:
    """Figures of the provincial system are the provider's to give."""
    form = form_of(EXAMPLE, "县工改办", "2024-09", date(2024, 9, 20))
    same_as_file(as_text(opened(form)), KEPT / "office.txt")


def test_same_bytes(later: UnitForm) -> None:
    assert workbook(later) == workbook(later)


def test_all_is_locked_but_the_cells_to_fill_in(later: UnitForm) -> None:
    for ws in opened(later).worksheets:
        assert ws.protection.sheet
        assert ws.protection.password is None
        open_cells = [c for row in ws.iter_rows() for c in row if not c.protection.locked]
        assert all(c.value is None and c.fill.fgColor.rgb == "FFFFF9DB" for c in open_cells)
        assert bool(open_cells) == (ws.title != "gaigai")


def test_choices_and_limits(later: UnitForm) -> None:
    found: dict[str, set[str]] = {}
    for ws in opened(later).worksheets[:-1]:
        rules: Any = ws.data_validations.dataValidation
        found[ws.title] = {f"{r.type} {r.formula1}" for r in rules}
        # A rule that names no style stops: the format's own default.
        assert all(r.errorStyle is None and r.error and r.showErrorMessage for r in rules)
    assert found == {
        "进展情况": {'list "省级,市级,县领导"', "textLength 5000"},
        "时限事项": {'list "申请销号,申请延期"', "decimal 0", "date 36526", "textLength 5000"},
        "指标数据": {"decimal -1E12"},
        "逐件登记": {"date 36526", "textLength 5000"},
    }


def test_it_prints_on_a4_with_its_head_on_every_page(later: UnitForm) -> None:
    sheets: list[Any] = opened(later).worksheets[:-1]
    for ws in sheets:
        assert (ws.page_setup.paperSize, ws.page_setup.orientation) == (9, "landscape")
        # One page wide is the format's own default.
        assert (ws.page_setup.fitToWidth or 1, ws.page_setup.fitToHeight) == (1, 0)
        assert ws.sheet_properties.pageSetUpPr is not None
        assert ws.print_title_rows
        assert ws.oddFooter.center.text.startswith("县住建局　2024年10月")
        assert ws.oddFooter.center.text.endswith("　第 &P 页，共 &N 页")
        words = "".join(str(cell.value or "") for cell in ws[ws.max_row])
        assert words.startswith("分管领导审核（签字）：主要领导") == (
            ws.title in ("进展情况", "时限事项")
        )


def test_rows_grow_with_what_is_written() -> None:
    """A height that is fixed would hide the end of a long text, on the screen and on paper."""
    form = form_of(SHIPPED, "县财政局", "2024-06", date(2024, 6, 10))
    import zipfile

    with zipfile.ZipFile(io.BytesIO(workbook(form))) as package:
        sheets = [package.read(n) for n in package.namelist() if n.startswith("xl/worksheets/")]
    assert all(b"customHeight" not in sheet for sheet in sheets)
    assert any(b" ht=" in sheet for sheet in sheets)


def test_text_is_never_a_formula(later: UnitForm) -> None:
    table = later.tables[0]
    row = next(row for row in table.rows if row.key)
    hostile = row._replace(shown=row.shown | {"last": '=HYPERLINK("http://示例")'})
    form = later._replace(tables=(table._replace(rows=(hostile,)),))
    cells = [
        c for r in opened(form).worksheets[0].iter_rows() for c in r if "HYPER" in str(c.value)
    ]
    assert [(c.data_type, c.quotePrefix) for c in cells] == [("s", True)]


def test_the_hidden_mark(later: UnitForm) -> None:
    book = opened(later)
    assert book.worksheets[-1].sheet_state == "veryHidden"
    mark = read_form("表.xlsx", workbook(later)).mark
    assert (mark.unit, mark.month, mark.number) == ("县住建局", Period.of(2024, 10), later.number)
    assert [t.name for t in mark.tables] == ["进展情况", "时限事项", "指标数据", "逐件登记"]


def test_a_damaged_mark_is_none() -> None:
    lines = list(lines_of(Mark("甲", Period.of(2024, 6), "", "〔2024〕1号", "2024-06-01", ())))
    # Forms lie at units for weeks: what one says is what those say that were sent before.
    assert lines[2] == '[2,"甲","2024-06","","〔2024〕1号","2024-06-01",[]]'
    assert read_mark(lines) is not None
    assert read_mark([*lines[:2], lines[2].replace("甲", "乙")]) is None
    assert read_mark(lines[:2]) is None
