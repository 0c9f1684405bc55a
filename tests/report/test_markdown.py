"""The fingerprint that tells a file that nobody touched from one that a hand has edited."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.render.fingerprint import is_untouched, with_fingerprint
from gaigai_cli.render.papers.bulletin_md import internal
from gaigai_cli.report.monthly_report import InternalReport, Section, Subsection
from gaigai_cli.words.period import Period


@given(st.text())
def test_a_fresh_file_is_untouched(text: str) -> None:
    assert is_untouched(with_fingerprint(text.replace("\r", "")))


def test_line_ends_and_byte_order_mark_are_no_edits() -> None:
    text = with_fingerprint("甲\n\n乙\n")
    assert is_untouched("\ufeff" + text.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("甲", "丙"),
        lambda text: text + "\n",
        lambda text: text.replace("gaigai", "gaigaj"),
        lambda text: text[: text.rindex("<!--")],
        lambda text: "",
    ],
)
def test_an_edit_is_seen(edit: object) -> None:
    assert callable(edit)
    assert not is_untouched(edit(with_fingerprint("甲\n\n乙\n")))


def test_a_section_keeps_every_subsection_however_many() -> None:
    parts = tuple(Subsection(f"示例县{n}", (f"第{n}县。",)) for n in range(1, 123))
    report = InternalReport(
        Period.of(2024, 6), date(2024, 6, 30), "题", (), (Section("示例", (), parts),)
    )

    text = internal(report)

    assert [text.count(f"第{n}县。") for n in range(1, 123)] == [1] * 122
    assert "### （一百二十二）示例县122" in text
