"""Every Word file that the program writes has its properties in the order of the standard, or Word calls it broken."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from xml.etree import ElementTree

import pytest

from gaigai_cli.render.papers.bulletin_docx import bulletin
from gaigai_cli.render.papers.one_page import (
    application_docx,
    brief_docx,
    letter_docx,
    reminder_docx,
    unit_sheet_docx,
)
from gaigai_cli.render.table_docx import filed
from gaigai_cli.report.brief import brief
from gaigai_cli.report.bulletin import unit_report
from gaigai_cli.report.facts import facts_of
from gaigai_cli.report.letters import checks, cover, request
from gaigai_cli.report.reminders import reminders
from gaigai_cli.words.period import Period
from tests.lists import judge_of
from tests.render.bulletins import monthly
from tests.transcript import EXAMPLE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
        snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
        vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em
        lang eastAsianLayout specVanish oMath""",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
        tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription""",
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark""",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "pBdr": "top left bottom right between bar",
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
        pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings""",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "p": "pPr *",
    "r": "rPr *",
}
"""ISO/IEC 29500-1, annex A: the sequence of children; ``*`` stands for any others."""


def misplaced(data: bytes) -> Iterator[str]:
    """Elements whose children aren't in their order, or that hold what they may not."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if re.match(r"word/[^/]+\.xml$", name):
                for element in ElementTree.fromstring(package.read(name)).iter():
                    parent = element.tag.removeprefix(W)
                    if parent in ORDER:
                        yield from _of(name, parent, [c.tag.removeprefix(W) for c in element])


def _of(part: str, parent: str, children: list[str]) -> Iterator[str]:
    order = ORDER[parent].split()
    free = order.index("*") if "*" in order else None
    places = [order.index(c) if c in order else free for c in children]
    unknown = [c for c, place in zip(children, places, strict=True) if place is None]
    if unknown and not any(c.startswith("{") for c in unknown):
        yield f"{part}: {parent} may not hold {unknown}"
    known = [place for place in places if place is not None]
    if known != sorted(known):
        yield f"{part}: {parent} has {children}"


@cache
def papers() -> dict[str, bytes]:
    """A file of each kind, of the example's September."""
    judge, month = judge_of(EXAMPLE), Period.of(2024, 9)
    day, report = date(2024, 10, 8), monthly(EXAMPLE, 9)
    facts = facts_of(judge, month, today=day)
    _, letter, _ = next(iter(checks(judge, report, day=day)))
    now = judge.on(day)
    (prompt,) = reminders(now, [(now.by_id["14.1"], "县住建局", "提醒")])
    return {
        "bulletin": bulletin(report, letterhead=True),
        "brief": brief_docx(brief(report)),
        "letter": letter_docx(letter, day, receipt=True),
        "request": application_docx(request(facts, "14.1", day=day)),
        "cover": application_docx(cover(report)),
        "unit": unit_sheet_docx(unit_report(judge, month, "县住建局", today=day)),
        "reminder": reminder_docx(prompt),
        "catalogue": filed("目录", ("示例",), (("件号", 11), ("题名", 39)), (("1", "示例"),), day),
    }


KINDS = ("bulletin", "brief", "letter", "request", "cover", "unit", "reminder", "catalogue")


@pytest.mark.parametrize("kind", KINDS)
def test_properties_stand_in_their_order(kind: str) -> None:
    assert list(misplaced(papers()[kind])) == []


def test_a_property_in_the_wrong_place_is_found() -> None:
    data = papers()["cover"]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                text = re.sub(b"(<w:pPr>)(.*?)(</w:pPr>)", rb"\1<w:rPr/>\2\3", text, count=1)
            new.writestr(name, text)
    (found,) = misplaced(out.getvalue())
    assert found.startswith("word/document.xml: pPr has ['rPr', ")
