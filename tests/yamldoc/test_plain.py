"""The quick reader: it accepts only what the strict one finds nothing wrong with, and sees the same values."""

import pytest
from hypothesis import example, given

from gaigai_cli.yamldoc import parse, parse_plain
from gaigai_cli.yamldoc.source import MAX_BYTES
from tests.yamldoc.test_properties import TEXTS

RECORD = """unit: 示例甲局
records:
  - id: 20240614-153012-3f9c81d2
    item: "16.2"
    percent: 07
    summary: |
      第一行
      第二行
    evidence: [no, 1:30, {file: a, sha256: ''}]
"""


@given(TEXTS)
@example("a: ''\nb: ''\n")
@example("a: 1\na: 1\n")
@example('a: ""\na: ""\n')
@example("%YAML 1.1\n---\na: 1\n")
@example("--- a\n--- b\n")
@example("? [a]\n: b\n")
@example('"<<": a\n')
@example("a: !!str b\n")
def test_what_it_accepts_is_what_the_strict_reader_sees(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    plain = parse_plain(data)
    if plain is not None:
        document = parse(data)
        assert document.problems == ()
        assert plain == (document.root, document.text)


@pytest.mark.parametrize("head", ["", "\ufeff", "# 示例\n"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_an_ordinary_log_is_accepted(head: str, line_end: str) -> None:
    plain = parse_plain((head + RECORD).replace("\n", line_end).encode())
    assert plain is not None
    assert plain[0] == parse(RECORD.encode()).root


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"# \n",
        b"a: 1\na: 2\n",
        b"a: &x 1\n",
        b"a: *x\n",
        b"a: !t 1\n",
        b"<<: a\n",
        b"[a]: b\n",
        b"{a: 1}: b\n",
        b"a\n---\nb\n",
        b"%TAG ! x\n---\na\n",
        b"a: [\n",
        b"a: \xff\n",
        b"a: \x00\n",
        b'a: "\\0"\n',
        b"<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n",
        b"[" * 51 + b"]" * 51,
        b"[" * 100_000,
        b"#" * (MAX_BYTES + 1),
    ],
    ids=range(19),
)
def test_whatever_is_unusual_is_left_to_the_strict_reader(data: bytes) -> None:
    assert parse_plain(data) is None
    assert parse(data).problems
