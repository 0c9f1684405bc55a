"""Characters that nobody sees: which they are, and texts without them."""

import json
import sys
import unicodedata
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.characters import HIDDEN, escaped, harmless, one_line

ANY: Final = st.text(st.characters(codec=None), max_size=40)
SEEN: Final = "示例（2024）12号：“甲”、乙……——·×①★　㐀\U00020000\ue000\uf8ff，１２％ ⚠✓\u0301\n\t\r"


def test_every_control_and_format_character_is_hidden() -> None:
    visible = {
        "\t",
        "\n",
        "\r",
        *"\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2",
    }
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in visible:
            drawn = (
                0x110BD <= code <= 0x110CD or 0x13430 <= code <= 0x1343F
            )  # signs of other scripts
            assert drawn or HIDDEN.match(char), f"U+{code:04X}"


def test_a_blank_that_counts_for_none_and_what_is_no_character_are_hidden() -> None:
    assert HIDDEN.sub("", "\u2800\ufdd0\ufdef\uffff") == ""


def test_what_chinese_documents_are_written_with_is_not_hidden() -> None:
    assert not HIDDEN.search(SEEN)


def test_harmless() -> None:
    assert harmless("甲\x1b]0;乙\x07\n\t　丙\u202e\r") == "甲�]0;乙�\n\t　丙��"
    assert one_line("甲\r\n乙\t丙\u2028丁\x1b") == "甲  乙 丙 丁�"


@given(ANY)
def test_json_says_the_same_with_escapes(text: str) -> None:
    written = escaped(json.dumps({text: [text]}, ensure_ascii=False))

    assert not HIDDEN.search(written)
    assert json.loads(written) == {text: [text]}
