"""Widths in cells: cutting and wrapping never exceed the room, and lose nothing but what they say they lose."""

from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.characters import HIDDEN
from gaigai_cli.render.width import clean, cut, width_of, wrap, wrap_clauses, wrap_names

WORDS = st.text(alphabet="县住建局审批“”（），。；：、…·% 12ab.-—", max_size=60)
ANY = st.text(max_size=60)


@given(ANY, st.integers(0, 40))
def test_cut_fits(text: str, width: int) -> None:
    line = clean(text)

    assert width_of(cut(line, width)) <= max(width, 0)


@given(ANY)
def test_cut_leaves_alone_what_fits(text: str) -> None:
    assert cut(text, width_of(text)) == text


def test_cut_ends_with_a_mark() -> None:
    assert cut("推广实施帮代办优化服务", 11) == "推广实施帮…"
    assert cut("推广实施帮代办优化服务", 12) == "推广实施帮…"
    assert cut("试点，建议", 7) == "试点…"
    assert cut("推广", 1) == "…"
    assert cut("推广", 0) == ""


@given(WORDS, st.integers(20, 40))
def test_wrap_fits_and_keeps_every_character(text: str, width: int) -> None:
    lines = wrap(text, width)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line) <= width for line in lines)
    assert all(line == line.rstrip() for line in lines)


def test_wrap_minds_punctuation() -> None:
    assert wrap("县住建局牵头办理，其他", 16) == ["县住建局牵头办", "理，其他"]
    assert wrap("县住建局牵头办“一件事”", 16) == ["县住建局牵头办", "“一件事”"]
    assert wrap("至少有2-3个，2024年", 10) == ["至少有", "2-3个，", "2024年"]


def test_wrap_keeps_line_ends() -> None:
    assert wrap("一、甲\n二、乙", 20) == ["一、甲", "二、乙"]
    assert wrap("", 20) == [""]


def test_wrap_breaks_what_is_longer_than_a_line() -> None:
    assert wrap("https://example.com/a", 10) == ["https://ex", "ample.com/", "a"]


def test_names_are_broken_between_names() -> None:
    assert wrap_names("县市场监管局、县住建局", 14) == ["县市场监管局、", "县住建局"]
    assert wrap_names("县市场监管局、县住建局", 22) == ["县市场监管局、县住建局"]
    assert wrap_names("县市场监督管理局", 9) == ["县市场监…"]


def test_clauses_are_broken_between_clauses() -> None:
    text = "共22项：牵头8项，责任14项；推进中21项。"
    assert wrap_clauses(text, 26) == ["共22项：牵头8项，", "责任14项；推进中21项。"]
    assert wrap_clauses("推广实施帮代办优化服务，甲", 12) == ["推广实施帮代", "办优化服务，", "甲"]


@given(ANY)
def test_clean_is_one_line_that_orders_nothing(text: str) -> None:
    line = clean(text)

    assert not HIDDEN.search(line)
    assert not set(line) & set("\n\r\t")
    assert clean(line) == line


def test_clean_takes_orders_to_the_terminal_out() -> None:
    assert clean("甲\x1b[31m乙\u202e丙\r\n丁") == "甲�[31m乙�丙  丁"
