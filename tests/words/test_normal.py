"""Texts in their normal form."""

from gaigai_cli.words.normal import bare


def test_names_are_compared_by_what_is_seen() -> None:
    assert bare("县\u200b甲\u00ad 局\u202e（Ａ）\u3000\n") == "县甲局(A)"
