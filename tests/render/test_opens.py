"""LibreOffice opens what is written and shows all of it; the printed pages are as they should be."""

import re
import subprocess
from pathlib import Path

import pytest

from gaigai_cli.render import docx, xlsx
from tests.render.bulletins import EXAMPLE, SHIPPED, monthly

pytestmark = pytest.mark.external("soffice", "pdftotext", "pdfinfo")


def printed(data: bytes, name: str, folder: Path) -> Path:
    """The file as a PDF."""
    source = folder / name
    source.write_bytes(data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder.parent / 'office-profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return source.with_suffix(".pdf")


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


@pytest.mark.parametrize(
    ("of", "letterhead"), [((SHIPPED, 6), False), ((EXAMPLE, 6), True), ((EXAMPLE, 12), False)]
)
def test_docx(of: tuple[object, int], letterhead: bool, tmp_path: Path) -> None:
    report = monthly(*of)
    pdf = printed(docx.bulletin(report, letterhead=letterhead), "bulletin.docx", tmp_path)
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
    assert all("主要任务" in text for text in ledger)  # the head is repeated
    lines = [sum(map(bool, map(str.strip, text.splitlines()))) for text in texts[1:signed]]
    assert len(lines) < 3 or max(lines) == 22 + 1  # and the page number
    for number, text in enumerate(words[: signed + 1], 1):
        assert text.endswith(f"—{number}—")


def test_xlsx(tmp_path: Path) -> None:
    report = monthly(EXAMPLE, 12)
    pdf = printed(xlsx.bulletin(report), "bulletin.xlsx", tmp_path)
    words = re.sub(r"\s", "", "".join(pages(pdf)))

    assert "#####" not in words
    for row in report.ledger:
        assert re.sub(r"\s", "", row.status)[:3] in words
    assert "各单位牵头事项" in words  # the chart's title
