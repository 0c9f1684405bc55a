"""LibreOffice opens reminders and the leaders' page; the latter is one page."""

from datetime import date
from pathlib import Path

import pytest

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.render.brief import brief_docx
from gaigai_cli.render.reminder import reminder_docx
from gaigai_cli.report.brief import brief
from gaigai_cli.report.bulletin import monthly_report
from gaigai_cli.report.period import Month
from gaigai_cli.report.reminders import numbered, proposals, reminders
from gaigai_cli.store import Folder, read_ledger
from tests.render.bulletins import EXAMPLE
from tests.render.test_opens import pages, printed

pytestmark = pytest.mark.external("soffice", "pdftotext")


@pytest.fixture(scope="module")
def example() -> Judge:
    ledger = read_ledger(Folder(EXAMPLE)).ledger
    assert ledger
    return Judge(ledger)


def test_a_reminder(example: Judge, tmp_path: Path) -> None:
    now = example.on(date(2025, 2, 1))
    wanted = [(p.item, p.unit, p.level) for p in proposals(now) if p.level]
    (paper,) = numbered(now, reminders(now, wanted))
    (text,) = pages(printed(reminder_docx(paper), "reminder.docx", tmp_path))
    assert "督办单（红）" in text
    assert text.count("示例督〔2025〕2") == 2
    assert "回　执" in text or "回 执" in text


def test_the_leaders_page(example: Judge, tmp_path: Path) -> None:
    page = brief(monthly_report(example, Month(2024, 7), today=date(2025, 2, 1)))
    (text,) = pages(printed(brief_docx(page), "brief.docx", tmp_path))
    assert "工作专报" in text
    assert "2024" in text.rpartition("办公室")[2]
