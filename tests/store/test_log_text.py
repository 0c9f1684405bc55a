"""Logs read record by record: always what reading the whole file gives."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gaigai_cli.store import read as read_module
from gaigai_cli.store.log_text import values_of
from gaigai_cli.yamldoc.reader import Values, parse_sound
from tests.history.test_logs import HEAD, ODD, PIECES, R
from tests.store.test_known import LOG, STATE, read, told

DASH = "\n  - "
WORDS = [
    *("甲局", "60", "2024-06-10", "6.6", "“甲”", "甲 乙", "a:b", "a: b", "a #b", "a#b", "-a", "- a", "甲：", "a:"),
    *('"甲"', '"a: #"', '"a', '"a" b', '"\\u200b"', '""', "'甲'", "'a''b'", "''", "'a", '"\t"', "\t甲", "甲 ", "  甲"),
    *("[甲, 乙]", "[甲,乙]", "[]", "[甲, ]", "[-]", "[a-]", "[〔2024〕1号]", "[[甲]]", "{a: b}", "[a, {b: c}]", "[甲"),
    *("", "|", "|-", ">", "&a", "*a", "!a", "%a", "@a", "`a", "?", "? a", "~", "<<", "=", "...", "---", "#", "甲\u3000"),
    *("甲\u00a0", "\u00a0甲", "甲\u0085乙", "甲\u2028乙", "甲\u200b", "甲\r乙", "\ufeff甲", "甲,乙", "]", "甲]", "甲}"),
    *(",", ",甲", "}", "[-a]", "[a, -b]", "a\tb", '"甲\u200b"', "- ", "-", ":", ":a", "'a\u2028b'", "[a b]", "甲\t"),
]  # fmt: skip
FRAMES = [
    "id: {}",
    "id: 1\n    by: {}",
    "id: {}\n    by: 2",
    "id: {}\n\n    by: 2",
    "id: {}\n      - 2",
    "id: {}\n    - 2",
    "to:\n      - {}",
    "to:\n      - {}\n      - 乙\n    by: 2",
    "to:\n      - 甲\n    by: 2\n      - {}",
    "to:\n    by: {}",
    "to:\n    by: {}\n      - 乙",
    "to: \n      - {}",
    "to:\n    - {}",
    "to:\n      -{}",
    "to:\n      -\n      - {}",
    "by: 甲\n    by: {}",
    "by:{}",
    "By: {}",
    "{}: by",
    "{}",
]


def test_a_text_says_what_a_parser_reads() -> None:
    texts = [frame.format(words) for frame in FRAMES for words in WORDS]

    read = {text: values_of(text, DASH) for text in texts}

    assert read == {text: parsed(text) for text in texts}


def parsed(text: str) -> Values | None:
    nodes = parse_sound(f"  - {text}\n".encode())
    return nodes[0] if isinstance(nodes, list) and len(nodes) == 1 else None


@given(st.sampled_from(ODD) | st.lists(PIECES, max_size=4).map(lambda all_: HEAD + "".join(all_)))
@example(HEAD.replace("示例甲局", '" "') + R[0])
@example(f"{HEAD}{R[0]}...\n{R[1]}")
@example(f"{HEAD}{R[0].rstrip()}\r{R[1]}{R[2]}")
def test_a_log_is_what_the_whole_file_says(text: str) -> None:
    state = {**STATE, LOG: text}
    by_record = told(read(state))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read_module, "cut", lambda _: None)
        assert told(read(state)) == by_record
