"""The tree: values as written, and where everything stands."""

import gc
from typing import TypeAlias

import pytest
import yaml

from gaigai_cli.yamldoc import source
from gaigai_cli.yamldoc.parsed import Mapping, Node, Scalar, Sequence, line_of, locate, source_lines
from gaigai_cli.yamldoc.reader import parse

LOG = """\
# 示例
unit: 县财政局
records:
  - id: 20240614-153012-3f9c81d2   # 注释
    item: "16.2"
    kind: '进展'
    summary: |
      帮代办经费已列入部门预算，
      正在履行拨付程序。
    percent:
    metrics: {执法处理率: 7.10, 件: [一, '二', 三]}
  - 县: 甲
    ? 乙
    : - 丙
      - {丁, 戊: 己}
"""


def root_of(text: str) -> Node:
    document = parse(text.encode())
    assert document.problems == ()
    assert document.root is not None
    return document.root


Place: TypeAlias = tuple[str, int, int, bool | None]


def places(node: str | Node) -> list[Place]:
    """Every node below and with `node`, keys included, as (text, line, column, plain)."""
    if isinstance(node, Mapping):
        children: list[str | Node] = [child for pair in node.items() for child in pair]
    elif isinstance(node, Sequence):
        children = [*node]
    else:
        assert isinstance(node, Scalar)
        return [(str(node), node.line, node.column, node.plain)]
    below = [place for child in children for place in places(child)]
    return [(type(node).__name__, node.line, node.column, None), *below]


def test_every_node_knows_its_place() -> None:
    assert places(root_of(LOG)) == [
        ("Mapping", 2, 1, None),
        ("unit", 2, 1, True),
        ("县财政局", 2, 7, True),
        ("records", 3, 1, True),
        ("Sequence", 4, 3, None),
        ("Mapping", 4, 5, None),
        ("id", 4, 5, True),
        ("20240614-153012-3f9c81d2", 4, 9, True),
        ("item", 5, 5, True),
        ("16.2", 5, 11, False),
        ("kind", 6, 5, True),
        ("进展", 6, 11, False),
        ("summary", 7, 5, True),
        ("帮代办经费已列入部门预算，\n正在履行拨付程序。\n", 7, 14, False),
        ("percent", 10, 5, True),
        ("", 10, 13, True),
        ("metrics", 11, 5, True),
        ("Mapping", 11, 14, None),
        ("执法处理率", 11, 15, True),
        ("7.10", 11, 22, True),
        ("件", 11, 28, True),
        ("Sequence", 11, 31, None),
        ("一", 11, 32, True),
        ("二", 11, 35, False),
        ("三", 11, 40, True),
        ("Mapping", 12, 5, None),
        ("县", 12, 5, True),
        ("甲", 12, 8, True),
        ("乙", 13, 7, True),
        ("Sequence", 14, 7, None),
        ("丙", 14, 9, True),
        ("Mapping", 15, 9, None),
        ("丁", 15, 10, True),
        ("", 15, 11, True),
        ("戊", 15, 13, True),
        ("己", 15, 16, True),
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_byte_order_mark_and_line_ends_move_nothing(line_end: str, mark: bytes) -> None:
    document = parse(mark + LOG.replace("\n", line_end).encode())
    assert document.problems == ()
    assert document.root is not None
    assert places(document.root) == places(root_of(LOG))
    assert document.text == LOG.replace("\n", line_end)
    assert source_lines(document.text) == LOG.split("\n")


@pytest.mark.parametrize(
    "word",
    "7.10 no yes on 1:30 07 0x1F 1e3 ~ null true 2024-06-14 = 1_000 .inf +1 a#b http://a.cn/b".split(),
)
def test_plain_words_stay_as_written(word: str) -> None:
    root = root_of(f"a: {word}\n")
    assert root == {"a": word}
    assert isinstance(root, Mapping)
    assert type(root["a"]) is Scalar


def test_empty_values_are_empty_words() -> None:
    assert root_of("percent:\nlist:\n  -\n? key\n") == {"percent": "", "list": [""], "key": ""}


def test_quoted_merge_sign_is_a_key() -> None:
    assert root_of("'<<': 1\n") == {"<<": "1"}


def test_one_document_may_have_its_marks() -> None:
    assert root_of("--- # 示例\na: 1\n...\n") == {"a": "1"}


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        ((), (2, 1), (2, 1)),
        (("unit",), (2, 1), (2, 7)),
        (("records", 0), (4, 5), (4, 5)),
        (("records", 0, "item"), (5, 5), (5, 11)),
        (("records", 0, "metrics", "件", 1), (11, 35), (11, 35)),
        (("records", 0, "metrics", "件"), (11, 28), (11, 31)),
        (("records", 0, "missing", "item"), (4, 5), (4, 5)),
        (("records", 2, "item"), (3, 1), (4, 3)),
        (("records", -1), (3, 1), (4, 3)),
        (("records", "id"), (3, 1), (4, 3)),
        (("unit", 0), (2, 1), (2, 7)),
        ((0,), (2, 1), (2, 1)),
    ],
)
def test_locate(path: tuple[str | int, ...], key: tuple[int, int], value: tuple[int, int]) -> None:
    root = root_of(LOG)
    assert (locate(root, path), locate(root, path, value=True)) == (key, value)


def test_locate_without_a_tree() -> None:
    assert locate(None, ("unit",)) == (1, 1)


def test_line_of() -> None:
    text = "甲\r\n乙\r丙\n\n丁"
    assert [line_of(source_lines(text), number) for number in range(-1, 7)] == [
        "", "", "甲", "乙", "丙", "", "丁", "",
    ]  # fmt: skip


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("text", [b"a: 1\n", b"a: 'x"])
def test_the_garbage_collector_is_left_as_it_was(enabled: bool, text: bytes) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        parse(text)
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()


def test_garbage_collector_rests_while_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    original = source.next_event_of

    def spy(text: str) -> source.NextEvent:
        seen.append(gc.isenabled())
        return original(text)

    monkeypatch.setattr("gaigai_cli.yamldoc.reader.next_event_of", spy)
    parse(b"a: 1\n")
    assert seen == [False]


def in_python(text: str, monkeypatch: pytest.MonkeyPatch) -> list[Place]:
    """The places as the parser written in Python gives them."""
    with monkeypatch.context() as patch:
        patch.setattr("gaigai_cli.yamldoc.source.CParser", None)
        return places(root_of(text))


MORE = [
    "甲: 乙\n",
    "# 示例\n甲:\n- 乙\n-\n- 丙: \n  丁: ''\n",
    "甲: >-\n  乙\n\n  丙\n丁: [戊, {己: 庚, 辛}, [], {}]\n",
    "'甲 乙': \"丙\\n\\\n  丁\"\n? 戊\n? 己\n: 庚\n",
    "甲: 乙\n  丙\n  丁 # 注\n戊: '己\n\n  庚'\n",
    "--- {甲: 乙, '丙': [丁: 戊]}\n...\n",
    "- - - 甲\n    - 乙\n  - 丙\n- 丁: 戊\n  己: |2\n    庚\n",
    "𠮷: 𠮷𠮷 # 𠮷\n乙: [𠮷, 丙]\n",
    "甲: 乙\r\n丙:\r\n- 丁\r\n",
]


@pytest.mark.parametrize("text", [LOG, *MORE])
def test_both_parsers_see_the_same_places(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # They differ only in where the missing value of `? key` and of `{key: }` stands.
    if not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    assert in_python(text, monkeypatch) == places(root_of(text))
