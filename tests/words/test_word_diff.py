"""What is gone, what is new, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.words.word_diff import word_diff

TEXTS = st.text(alphabet="甲乙丙，。12", max_size=30)


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    pieces = word_diff(before, after)

    assert "".join(text for part, text in pieces if part != "new") == before
    assert "".join(text for part, text in pieces if part != "gone") == after
    assert all(text for _, text in pieces)


@given(TEXTS)
def test_the_same(text: str) -> None:
    assert [part for part, _ in word_diff(text, text)] == (["same"] if text else [])


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("县财政切实保障经费。", "县财政要保障经费。", "县财政[切实|要]保障经费。"),
        ("一、甲乙。", "一、甲乙丙。", "一、甲乙[|丙]。"),
        ("甲乙丙", "丁戊己", "[甲乙丙|丁戊己]"),
        ("甲1乙2丙", "子1丑2寅", "[甲1乙2丙|子1丑2寅]"),
    ],
)
def test_marks(before: str, after: str, marked: str) -> None:
    words, gone = "", ""
    for part, text in (*word_diff(before, after), ("same", "")):
        if part == "gone":
            gone = text
            continue
        if gone or part == "new":
            words += f"[{gone}|{text if part == 'new' else ''}]"
            gone = ""
        words += text if part == "same" else ""

    assert words == marked


def test_long_texts_are_shown_whole() -> None:
    assert [part for part, _ in word_diff("甲" * 5000, "乙" * 10)] == ["gone", "new"]
