"""The fingerprint in a docx or xlsx: as written, or saved by somebody since."""

import io
import zipfile
from collections.abc import Callable

import pytest

from gaigai_cli.render.fingerprint import is_sealed, sealed
from gaigai_cli.render.papers import bulletin_docx, bulletin_xlsx
from gaigai_cli.report.monthly_report import MonthlyReport
from tests.render.bulletins import monthly, opened
from tests.transcript import EXAMPLE


@pytest.mark.parametrize("make", [bulletin_docx.bulletin, bulletin_xlsx.bulletin])
def test_a_fresh_file_is_untouched(make: Callable[[MonthlyReport], bytes]) -> None:
    data = make(monthly(EXAMPLE, 6))
    assert is_sealed(data)
    assert sealed(data) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.create_system for info in archive.infolist()} == {0}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_DEFLATED}


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (bulletin_docx.bulletin, "word/document.xml"),
        (bulletin_xlsx.bulletin, "xl/worksheets/sheet2.xml"),
    ],
)
def test_an_edit_in_any_part_is_seen(make: Callable[[MonthlyReport], bytes], part: str) -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(make(monthly(EXAMPLE, 6)))) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            content = old.read(name).decode("utf-8")
            new.writestr(name, content.replace("县财政局", "县税务局") if name == part else content)
    assert not is_sealed(stream.getvalue())


def test_packing_the_same_parts_anew_is_no_edit() -> None:
    stream = io.BytesIO()
    opened(bulletin_docx.bulletin(monthly(EXAMPLE, 6))).save(stream)
    assert is_sealed(stream.getvalue())


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"some text", b"PK\x05\x06" + bytes(18)])
def test_any_other_file_counts_as_edited(data: bytes) -> None:
    assert not is_sealed(data)
