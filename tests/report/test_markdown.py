"""The fingerprint that tells a file that nobody touched from one that a hand has edited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.render.fingerprint import is_untouched, with_fingerprint


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
