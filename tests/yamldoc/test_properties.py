"""Any bytes give the tree that PyYAML's safe composer sees, or a problem; never an exception."""

import json
from collections.abc import Callable
from typing import TypeAlias

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from gaigai_cli.yamldoc import source
from gaigai_cli.yamldoc.parsed import Mapping, Node, Parsed, Scalar, Sequence
from gaigai_cli.yamldoc.reader import parse, sound_values

Plain: TypeAlias = "str | list[Plain] | list[tuple[str, Plain]]"

YAMLISH = st.text(alphabet="ab甲：:-?,[]{}#&*!|>'\"%@`\\<~=.0 \t\n\r", max_size=40)
PIECE = "a: |b: |甲: |- |  |'|\"|x|7.10|no|: |[|]|{|}|, |&a |*a|!!str |<<: |? |~|\\0|\\x41|\\ud800"
LINES = [">-\n", "|\n", "# 注\n", "---\n", "...\n", "%YAML 1.1\n", "\n", "\n  ", "\n- ", "\r\n"]
GIT = ["<<<<<<< HEAD\n", "=======\n", ">>>>>>> b\n"]
ODD = ["\t", "\x00", "\x85", "\u2028", "\ufeff", "!%ED%A0%80 "]
PIECES = st.lists(st.sampled_from([*PIECE.split("|"), *LINES, *GIT, *ODD]), max_size=20).map(
    "".join
)
TEXTS = st.one_of(YAMLISH, PIECES, st.text(max_size=60))
BYTES = st.one_of(
    TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")),
    TEXTS.map(lambda text: text.encode("gb18030", "replace")),
    TEXTS.map(lambda text: text.encode("utf-16", "replace")),
    TEXTS.map(lambda text: b"\xef\xbb\xbf" + text.encode("utf-8", "replace")),
    st.binary(max_size=60),
)

# Values of a log that a dumper may write in any style.
WORDS = st.text(alphabet="甲乙𠮷：:-#'\"\\[]{},&*!|>%@ a1.\n", max_size=8)
TREES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=10,
)


def composed(text: str) -> Plain:
    """The one document of `text` as the safe composer sees it, every value as written."""
    return _plain(yaml.compose(text, Loader=LOADER))


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _plain(node: yaml.Node | None) -> Plain:
    if isinstance(node, yaml.MappingNode):
        return [(key.value, _plain(value)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child) for child in node.value]
    assert isinstance(node, yaml.ScalarNode)
    value = node.value
    assert isinstance(value, str)
    return value


def as_plain(node: Node | None) -> Plain:
    if isinstance(node, Mapping):
        return [(str(key), as_plain(value)) for key, value in node.items()]
    if isinstance(node, Sequence):
        return [as_plain(child) for child in node]
    assert isinstance(node, Scalar)
    return str(node)


def is_sound(document: Parsed) -> bool:
    """Every problem is complete and inside the file."""
    lines = document.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return all(
        one.code and one.message and one.remedy and 1 <= one.line <= len(lines) and one.column >= 1
        for one in document.problems
    )


@given(TEXTS)
def test_any_text_is_what_the_composer_sees_or_a_problem(text: str) -> None:
    document = parse(text.encode("utf-8", "surrogatepass"))
    if document.problems:
        assert is_sound(document)
    else:
        assert as_plain(document.root) == composed(text.removeprefix("\ufeff"))


@given(BYTES)
def test_any_bytes_are_read_or_a_problem(data: bytes) -> None:
    document = parse(data)
    assert is_sound(document)
    if not document.problems:
        assert as_plain(document.root) == composed(document.text)


@given(TEXTS)
def test_a_syntax_error_is_one_for_pyyaml_too(text: str) -> None:
    document = parse(text.encode("utf-8", "surrogatepass"))
    if [one.code for one in document.problems] == ["syntax"]:
        with pytest.raises((yaml.YAMLError, ValueError)):
            composed(text.removeprefix("\ufeff"))


@given(
    TREES.filter(lambda tree: tree != ""),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.booleans(),
)
def test_what_a_dumper_writes_is_read_without_a_problem(
    tree: object, style: str | None, flow: bool
) -> None:
    text = _dumped(tree, style, flow)
    document = parse(text.encode())
    assert document.problems == ()
    assert document.root == tree


@given(TREES.filter(lambda tree: tree != ""), st.sampled_from([None, "'", '"']), st.booleans())
def test_both_parsers_give_the_same_places(tree: object, style: str | None, flow: bool) -> None:
    text = _dumped(tree, style, flow)
    assert _events(source.next_event_of(text)) == _events(source.PythonParser(text).get_event)


@given(TEXTS)
def test_the_python_parser_is_as_safe(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gaigai_cli.yamldoc.source.CParser", None)
        document = parse(text.encode("utf-8", "surrogatepass"))
    assert is_sound(document)


class _Dumper(yaml.SafeDumper):
    """Writes the same list twice rather than an alias to it."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _dumped(tree: object, style: str | None, flow: bool) -> str:
    text = yaml.dump(
        tree, Dumper=_Dumper, default_style=style, default_flow_style=flow, allow_unicode=True
    )
    assert isinstance(text, str)
    return text


def _events(next_event: Callable[[], yaml.Event | None]) -> list[tuple[object, ...]]:
    return [
        (type(event).__name__, getattr(event, "value", None), _place(event))
        for event in iter(next_event, None)
        if isinstance(event, yaml.NodeEvent)
    ]


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    assert mark is not None
    return mark.line, mark.column


@given(st.one_of(BYTES, TREES.map(lambda tree: yaml.dump(tree, allow_unicode=True).encode())))
@example(b'a: "x\\u200by"')
@example(b'a: "x\\ty"')
@example(b"a: 1\na: 1")
def test_values_without_places_are_those_of_the_tree_or_none(data: bytes) -> None:
    document, found = parse(data), sound_values(data)

    if document.problems or isinstance(document.root, str):
        assert found is None
    else:
        assert found is not None
        assert (json.dumps(found[0]), found[1]) == (json.dumps(document.root), document.text)
