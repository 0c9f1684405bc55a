"""LibreOffice opens what is written and shows all of it; the printed pages are as they should be."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from gaigai_cli.judge.judgement import Judge
from gaigai_cli.render.papers import bulletin_docx, bulletin_xlsx
from gaigai_cli.render.papers.one_page import (
    application_docx,
    brief_docx,
    reminder_docx,
    unit_sheet_docx,
)
from gaigai_cli.report.application import application_form
from gaigai_cli.report.brief import brief
from gaigai_cli.report.bulletin import monthly_report, unit_report
from gaigai_cli.report.reminders import Reminder, numbered, proposals, reminders
from gaigai_cli.words.period import Period
from tests.judge.build import LEAD, Book
from tests.lists import judge_of
from tests.render.bulletins import monthly
from tests.transcript import EXAMPLE, SHIPPED

pytestmark = [pytest.mark.external("soffice", "pdftotext", "pdfinfo"), pytest.mark.thorough]

BULLETINS = {
    "shipped-06": ((SHIPPED, 6), False),
    "example-06": ((EXAMPLE, 6), True),
    "example-12": ((EXAMPLE, 12), False),
}


def documents() -> dict[str, bytes]:
    """Every kind of paper once, by the names of their files."""
    made = {
        f"{name}.docx": bulletin_docx.bulletin(monthly(*of), letterhead=letterhead)
        for name, (of, letterhead) in BULLETINS.items()
    }
    example = judge_of(EXAMPLE)
    now = example.on(date(2025, 2, 1))
    wanted = [(p.item, p.unit, p.level) for p in proposals(now) if p.level]
    (reminder,) = numbered(now, reminders(now, wanted))
    page = brief(monthly_report(example, Period.of(2024, 7), today=date(2025, 2, 1)))
    book = Book()
    book.add(LEAD, "06-20", "申请销号", summary="已完成。")
    return {
        **made,
        "workbook.xlsx": bulletin_xlsx.bulletin(monthly(EXAMPLE, 12)),
        "reminder.docx": reminder_docx(reminder),
        "two matters.docx": reminder_docx(_two_matters(example)),
        "sheet.docx": unit_sheet_docx(
            unit_report(example, Period.of(2024, 9), "县城管局", today=date(2024, 10, 8))
        ),
        "brief.docx": brief_docx(page),
        "application.docx": application_docx(application_form(book.entries[-1], book.on("06-20"))),
    }


def _two_matters(example: Judge) -> Reminder:
    """A 提醒函 about two items of a unit."""
    now = example.on(date(2024, 8, 28))
    items = [i for i in now.items if "园区管委会" in i.state.units.lead][:2]
    (paper,) = reminders(now, [(item, "园区管委会", "提醒") for item in items])
    return paper


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all documents as PDF, made in one run: an office program takes long to start."""
    folder = tmp_path_factory.mktemp("printed")
    made = documents()
    for name, data in made.items():
        (folder / name).write_bytes(data)
    profile = (folder.parent / "office-profile").as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *(str(folder / name) for name in made),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder


def pages(pdf: Path) -> list[str]:
    result = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8"
    )
    return result.stdout.split("\f")[:-1]


def sizes(pdf: Path) -> list[str]:
    result = subprocess.run(
        ["pdfinfo", "-l", "99", str(pdf)], check=True, capture_output=True, encoding="utf-8"
    )
    return [
        "横" if float(width) > float(height) else "竖"
        for width, height in re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", result.stdout)
    ]


@pytest.mark.parametrize("name", BULLETINS)
def test_a_bulletin(name: str, printed: Path) -> None:
    report = monthly(*BULLETINS[name][0])
    pdf = printed / f"{name}.pdf"
    texts = pages(pdf)

    assert "".join(dict.fromkeys(sizes(pdf))) == "竖横"  # letter, ledger; then 附件2 upright again
    assert sizes(pdf)[-1] == "竖"
    assert all(text.strip() for text in texts)
    words = [re.sub(r"\s", "", text) for text in texts]
    assert (
        report.opening[:20].replace(" ", "") in words[0]
    )  # the first page shows text of the letter
    assert "印发" in words[-1]  # 版记 on the last page
    signed = next(i for i, text in enumerate(words) if "附件：1.任务台账" in text)
    assert report.signer in words[signed]
    assert words[signed].index("附件：") > 10  # the signature isn't alone on its page
    for row in report.ledger:
        assert any(row.id in text for text in words[signed + 1 :])
    ledger = [t for t, size in zip(words, sizes(pdf), strict=True) if size == "横"]
    assert len(ledger) <= 5  # 33 items
    assert all("主要任务" in text for text in ledger)  # the head is repeated
    lines = [sum(map(bool, map(str.strip, text.splitlines()))) for text in texts[1:signed]]
    assert len(lines) < 3 or max(lines) == 22 + 1  # and the page number
    for number, text in enumerate(words[: signed + 1], 1):
        assert text.endswith(f"—{number}—")


def test_the_workbook(printed: Path) -> None:
    words = re.sub(r"\s", "", "".join(pages(printed / "workbook.pdf")))

    assert "#####" not in words
    for row in monthly(EXAMPLE, 12).ledger:
        assert re.sub(r"\s", "", row.status)[:3] in words
    assert "各单位牵头事项" in words  # the chart's title


def test_a_reminder(printed: Path) -> None:
    (text,) = pages(printed / "reminder.pdf")
    assert "督办单\n" in text
    assert text.count("示例督〔2025〕2") == 2
    assert "回执单位" in re.sub(r"\s", "", text).partition("回执")[2]


def test_a_reminder_of_two_matters_keeps_its_receipt_on_the_page(printed: Path) -> None:
    (text,) = pages(printed / "two matters.pdf")
    words = re.sub(r"\s", "", text)
    assert "提醒事项一" in words
    assert "提醒事项二" in words.partition("回执单位")[0]


def test_a_sheet_of_seven_items_is_two_pages(printed: Path) -> None:
    told, reply = (re.sub(r"\s", "", text) for text in pages(printed / "sheet.pdf"))
    assert "告知单" in told
    assert reply.startswith("办理情况反馈表")
    for id_ in ("1.1", "1.2", "4.1", "6.1", "9.1", "9.2", "9.3"):
        assert id_ in told
        assert id_ in reply


def test_the_leaders_page_is_one(printed: Path) -> None:
    (text,) = pages(printed / "brief.pdf")
    assert "工作专报" in text
    assert re.sub(r"\s", "", text.rpartition("办公室")[2]) == "年月日"


def test_an_application_is_one_page(printed: Path) -> None:
    (text,) = pages(printed / "application.pdf")
    words = re.sub(r"\s", "", text)
    assert "销号申请（审核）表" in words
    assert "完成情况已完成。" in words
    assert "审核人（签字）：" in words
