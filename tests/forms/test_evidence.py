"""Which files the words in an evidence cell may mean."""

import pytest

from gaigai_cli.forms.returned import names_meant


@pytest.mark.parametrize(
    ("words", "lies", "kept"),
    [
        ("附件1：年报.pdf", "年报.pdf", True),
        ("附件十二、年报.pdf", "年报.pdf", True),
        ("附件1 年报.pdf", "年报.pdf", True),
        ("附件2.年报.pdf", "年报.pdf", True),
        ("附件：年报.pdf", "年报.pdf", True),
        ("附件年报.pdf", "附件年报.pdf", True),
        ("附件2024年报.pdf", "年报.pdf", False),
        ("附件2024：年报.pdf", "年报.pdf", False),
        ("附件1年报.pdf", "年报.pdf", False),
        ("附件年报.pdf", "年报.pdf", False),
        ("附件1.5年报.pdf", "5年报.pdf", False),
        ("附件.pdf", "pdf", False),
    ],
)
def test_which_file_is_meant(words: str, lies: str, kept: bool) -> None:
    """What stands before a name is left off only where it certainly numbers the attachment."""
    assert (lies in names_meant(words)) == kept
