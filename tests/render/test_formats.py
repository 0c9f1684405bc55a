"""Every format states the same figures, says at its head what must be said, and gives the same bytes each time."""

import dataclasses
import io
from collections import Counter
from collections.abc import Callable

import openpyxl
import pytest

from gaigai_cli.render.papers import bulletin_docx, bulletin_html, bulletin_md, bulletin_xlsx
from gaigai_cli.report.monthly_report import MonthlyReport
from tests.render.bulletins import (
    cells,
    figures_of_docx,
    figures_of_html,
    figures_of_md,
    figures_of_xlsx,
    monthly,
    opened,
    outline,
    shown,
)
from tests.transcript import EXAMPLE, SHIPPED

BULLETINS = [(SHIPPED, 6), *((EXAMPLE, month) for month in range(5, 13))]
IDS = ["shipped", *map(str, range(5, 13))]
FORMATS: list[Callable[[MonthlyReport], bytes]] = [
    lambda report: bulletin_md.bulletin(report).encode(),
    bulletin_docx.bulletin,
    lambda report: bulletin_html.bulletin(report).encode(),
    bulletin_xlsx.bulletin,
]


@pytest.mark.parametrize("of", BULLETINS, ids=IDS)
def test_all_formats_state_the_same_figures(of: tuple[object, int]) -> None:
    report = monthly(*of)
    md = figures_of_md(bulletin_md.bulletin(report))
    word = figures_of_docx(bulletin_docx.bulletin(report))
    page = figures_of_html(bulletin_html.bulletin(report))
    sheets = figures_of_xlsx(bulletin_xlsx.bulletin(report))

    assert len(md["ledger"]) == len(report.ledger)
    assert len(md["units"]) == len(report.units)
    assert len(md["said"]) >= 5
    assert md == word
    for other in (page, sheets):
        assert other["ledger"] == md["ledger"]
        assert other["units"] == md["units"]
        assert shown(other["numbers"]) == md["said"]
    assert page["said"] == md["said"]
    assert page["numbers"] == {n: v for n, v in sheets["numbers"].items() if n != "统计截止日期"}
    kept = [line for line in md["ledger"] if line[2] != "已调出清单"]
    lights = Counter(line[3] for line in kept)
    assert {n: int(page["numbers"].get(n, 0)) for n in lights} == lights


@pytest.mark.parametrize("make", FORMATS, ids=["md", "docx", "html", "xlsx"])
def test_same_value_same_bytes(make: Callable[[MonthlyReport], bytes]) -> None:
    assert make(monthly(EXAMPLE, 9)) == make(monthly(EXAMPLE, 9))


@pytest.mark.parametrize("of", [(SHIPPED, 6), (EXAMPLE, 6)], ids=["blank", "example"])
def test_notes_stand_at_the_head(of: tuple[object, int]) -> None:
    report = monthly(*of)
    (note,) = report.notes

    assert bulletin_md.bulletin(report).startswith(f"> **{note}**")
    assert opened(bulletin_docx.bulletin(report)).paragraphs[0].text == note
    assert outline(bulletin_docx.bulletin(report)).count(f"｜{note}\n") == 3  # both attachments too
    page = bulletin_html.bulletin(report)
    assert page.index(note) < page.index("<h1>")
    assert cells(bulletin_xlsx.bulletin(report)).count(f"\n{note}\n") == 4  # every sheet


HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script> & {{ 7*7 }} {% for %} \'"“”\x07\x1b'


@pytest.fixture
def hostile() -> MonthlyReport:
    report = monthly(EXAMPLE, 6)
    row = dataclasses.replace(report.ledger[0], progress=HOSTILE, content=f"+1\n-2\t{HOSTILE}")
    line = dataclasses.replace(report.units[0], name="@单位")
    return dataclasses.replace(
        report,
        opening=HOSTILE,
        addressee="A&B<C>",
        ledger=(row, *report.ledger[1:]),
        units=(line, *report.units[1:]),
    )


def test_words_of_others_stay_text_in_docx(hostile: MonthlyReport) -> None:
    document = opened(bulletin_docx.bulletin(hostile))
    words = HOSTILE.replace("\x07", "�").replace("\x1b", "�")
    assert words in [p.text for p in document.paragraphs]
    assert "A&B<C>：" in [p.text for p in document.paragraphs]
    row = document.tables[0].rows[1].cells
    assert row[8].text == words
    assert row[2].text == f"+1\n-2\t{words}"
    assert document.tables[1].rows[1].cells[0].text == "@单位"


def test_words_of_others_stay_text_in_html(hostile: MonthlyReport) -> None:
    page = bulletin_html.bulletin(hostile)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7*7 }} {% for %}" in page


def test_words_of_others_stay_text_in_xlsx(hostile: MonthlyReport) -> None:
    book = openpyxl.load_workbook(io.BytesIO(bulletin_xlsx.bulletin(hostile)))
    row = next(r for r in book["任务台账"].iter_rows() if r[0].value == "1.1")
    assert (row[8].data_type, row[8].quotePrefix) == ("s", True)
    assert str(row[8].value).startswith('=HYPERLINK("http://x")<script>')
    assert (row[2].data_type, row[2].quotePrefix) == ("s", True)
    assert not any(cell.hyperlink for cell in row)
    unit = next(r for r in book["各单位情况"].iter_rows() if r[0].value == "@单位")
    assert (unit[0].data_type, unit[0].quotePrefix) == ("s", True)
    assert (unit[1].data_type, unit[1].value) == ("n", 4)
