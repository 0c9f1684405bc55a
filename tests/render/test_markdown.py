"""Words of others in Markdown: they come out of a parser as they went in, and nothing of them is live."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from gaigai_cli.characters import one_line
from gaigai_cli.render.markdown import cell, code, escape, table

PARSER: Final = MarkdownIt("gfm-like", {"linkify": False})
PLAIN: Final = {"text", "text_special", "softbreak"}
HOSTILE: Final = (
    "已办![x](http://example.invalid/a.png)",
    "[点我](javascript:alert(1))",
    "~~未完~~~删~",
    "<b>粗</b><!-- 注 --><https://example.invalid>",
    "a|b||c",
    "`代码` ``两``",
    "*斜* **粗** _斜_ __粗__",
    "&lt;b&gt; &#35; &amp;lt; AT&T;",
    "# 标题 #",
    "- 条",
    "-",
    "--- ",
    "===",
    "+ 条",
    "12. 条",
    "12) 条",
    "3.",
    "> 引",
    "    代码",
    "\t代码",
    "[^1]: 注 [^1]",
    "[a]: http://example.invalid",
    "第一行\n\n# 第二行\r\n- 第三行",
    "反\\斜\\*杠\\",
    "- - -",
    "~~~",
    "$x$",
    "1.1",
)
PIECES: Final = st.lists(
    st.sampled_from([*"\\`*_~<>[]()|&#+-=.:!$@ \t\n1甲a", "www.", "http://", "&lt;", "  ", "***"]),
    max_size=12,
).map("".join)
WORDS: Final = st.one_of(PIECES, st.text(max_size=30))


def shown(text: str) -> str:
    """What is left of a text on a rendered page: blanks run together, none at its ends."""
    return " ".join(one_line(text).split(" ")).strip(" ")


def inline(markdown: str) -> list[Token]:
    (paragraph, *_), tokens = PARSER.parse(markdown)[:1], PARSER.parse(markdown)
    assert paragraph.type == "paragraph_open"
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    return tokens[1].children or []


def text_of(tokens: list[Token]) -> str:
    assert {token.type for token in tokens} <= PLAIN
    return "".join(token.content for token in tokens)


def test_hostile_words_are_words() -> None:
    assert {text: text_of(inline(escape(text))) for text in HOSTILE} == {
        text: one_line(text).strip(" ") for text in HOSTILE
    }


@given(WORDS)
def test_any_words_come_out_as_they_went_in(text: str) -> None:
    wanted = one_line(text).strip(" ")
    if wanted.strip():
        assert text_of(inline(escape(text))).strip() == wanted.strip()


@given(WORDS)
def test_a_heading_says_its_words(text: str) -> None:
    tokens = PARSER.parse(f"## {escape(text)}")

    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert text_of(tokens[1].children or []).strip() == one_line(text).strip()


@given(st.lists(st.tuples(PIECES, PIECES), min_size=1, max_size=3))
def test_a_table_has_its_cells_and_no_more(rows: list[tuple[str, str]]) -> None:
    tokens = PARSER.parse(table(["甲", "乙"], (map(cell, row) for row in rows)))
    cells = [tokens[i + 1] for i, token in enumerate(tokens) if token.type == "td_open"]

    assert len(cells) == 2 * len(rows)
    for token, said in zip(cells, [part for row in rows for part in row], strict=True):
        found = "".join(
            "\n" if child.type == "html_inline" else child.content for child in token.children or []
        )
        assert found.split() == said.replace("\r", "�").split()


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("见 http://example.invalid/a", "见 http\\://example.invalid/a"),
        ("HTTPS://example.invalid", "HTTPS\\://example.invalid"),
        ("见www.example.invalid", "见www\\.example.invalid"),
        ("写信到 a.b@example.invalid", "写信到 a.b\\@example.invalid"),
        ("比例 3:1，10:00 // 注", "比例 3:1，10:00 // 注"),
        ("1.1", "1.1"),
        ("甲&乙", "甲&乙"),
    ],
)
def test_bare_addresses_are_no_links(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@given(st.text("`甲 a", min_size=1).filter(str.strip))
def test_code_is_one_piece_of_code(text: str) -> None:
    (token,) = inline(f"甲{code(text)}乙")[1:2]

    assert token.type == "code_inline"
    assert token.content.strip() == text.strip()


def test_hidden_characters_are_shown() -> None:
    assert escape("已办\u202e成完未\u202c\x1b[2J") == "已办�成完未��\\[2J"
