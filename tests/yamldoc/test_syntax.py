"""Syntax errors: what is said of a faulty file, and that no English is left."""

import ast
import inspect
import re
from collections.abc import Iterator

import pytest
import yaml.parser
import yaml.scanner
from yaml.error import Mark, MarkedYAMLError

from gaigai_cli.yamldoc.parsed import Problem
from gaigai_cli.yamldoc.reader import parse
from gaigai_cli.yamldoc.syntax import explain, unreadable

NO_BLANK = "在冒号后面加一个空格，写成“键: 值”"
TAB = "把行首的制表符改成空格，与同级各行左对齐"
WIDE = "键后面改用半角冒号加一个空格，写成“键: 值”；若冒号本是文字，请把整个值用单引号括起来"
ALIGN = "让本行的键与同级的键左对齐，只用空格缩进"
ESCAPE = "外层改用单引号，或把“\\”写成“\\\\”"
UNCLOSED = "在这段文字的末尾补上同样的引号；文字里本有单引号的，写成两个单引号"
QUOTE = "请把整个值用单引号括起来"

NO_COLON = (
    "第2行缺少冒号，看不出哪个是键、哪个是值",
    "写成“键: 值”（半角冒号加一个空格）；若是上一行文字的续行，请比上一行的键多缩进两格",
    2,
    1,
)

CASES = {
    "tab": ("甲:\n\t乙: 1\n", "缩进用了制表符（Tab），YAML 只认空格", TAB, 2, 1),
    "tab in a text": ("a: 1\n\tb: 2\n", "缩进用了制表符（Tab），YAML 只认空格", TAB, 2, 1),
    "no blank": ("percent:60\nby: 张三\n", "第1行的冒号后面缺少空格", NO_BLANK, 1, 8),
    "no blank in a list": (
        "- id:1\n  item: 2\n",
        "第1行的冒号后面缺少空格",
        NO_BLANK,
        1,
        5,
    ),
    "no blank later": ("a: 1\nb:2\nc: 3\n", "第2行的冒号后面缺少空格", NO_BLANK, 2, 2),
    "full-width colon": ("a: 1\n单位：县财政局\nb: 2\n", "第2行用了全角冒号“：”", WIDE, 2, 3),
    "no colon": ("a: 1\n县财政局\nb: 2\n", *NO_COLON),
    "no colon but of an address": ("a: 1\nhttp://a.cn/b\nb: 2\n", *NO_COLON),
    "no colon behind a full-width one": ("甲：乙: 1\n丙\nb: 2\n", *NO_COLON),
    "single quote": ("甲乙: '丙\nb: 2\n", "从第1行开始的引号没有闭合", UNCLOSED, 1, 5),
    "double quote": ('a: 1\nb: "丙\n', "从第2行开始的引号没有闭合", UNCLOSED, 2, 4),
    "quote and document": ("a: '\n---\n", "从第1行开始的引号没有闭合", UNCLOSED, 1, 4),
    "text behind a quote": (
        'a: "甲" 乙\n',
        "引号闭合之后又有文字",
        "把整个值放进同一对引号；文字里有双引号的，外层改用单引号",
        1,
        8,
    ),
    "escape": (
        'file: "C:\\data"\n',
        "双引号里的反斜杠“\\”后面不是合法的转义",
        ESCAPE,
        1,
        10,
    ),
    "hexadecimal": ('a: "\\xzz"\n', "双引号里“\\x”“\\u”之类的转义写得不对", ESCAPE, 1, 7),
    "mapping too far right": (
        "a: 1\n  b: 2\n",
        "本行多半缩进多了，或者上面一行缺少冒号，看不出哪个是键、哪个是值",
        "让本行的键与同级的键左对齐，并检查上面一行是否写成“键: 值”",
        2,
        4,
    ),
    "colon in a value": (
        "摘要: 时间: 6月\n",
        "值里又出现了“: ”，YAML 会把它当作另一个键",
        "把整个值用单引号括起来，或把里面的半角冒号改成全角“：”",
        1,
        7,
    ),
    "mapping misaligned": (
        "- a: 1\n   b: 2\n",
        "本行多半缩进多了，或者上面一行缺少冒号，看不出哪个是键、哪个是值",
        "让本行的键与同级的键左对齐，并检查上面一行是否写成“键: 值”",
        2,
        5,
    ),
    "mapping too far left": (
        "x:\n    a: 1\n  b: 2\n",
        "本行与第1行开始的一组键对不齐：多半是缩进多了或少了空格",
        ALIGN,
        3,
        3,
    ),
    "key among items": (
        "- a\nb: c\n",
        "本行与第1行开始的列表对不齐：多半是缩进多了或少了空格，或者缺少“-”",
        "让本行与同级各项左对齐，每一项以“- ”开头",
        2,
        1,
    ),
    "item behind a key": (
        "a: - b\n",
        "列表的“-”不能写在这里：多半是与键写在了同一行，或者缩进不对",
        "把“-”移到键的下一行，与同级各项左对齐；若“-”本是文字，请把整个值用单引号括起来",
        1,
        4,
    ),
    "question mark": (
        "a: ? b\n",
        "“?”不能写在这里，YAML 会当作复杂键",
        QUOTE,
        1,
        4,
    ),
    "bracket": (
        "甲: [乙, 丙\nb: c\n",
        "第1行的方括号“[”没有闭合，或者里面缺少逗号",
        "补上“]”，各项之间用半角逗号隔开；若方括号本是文字，请把整个值用单引号括起来",
        1,
        4,
    ),
    "brace": (
        "甲: {乙: 丙\n",
        "第1行的花括号“{”没有闭合，或者里面缺少逗号",
        "补上“}”，各项之间用半角逗号隔开；若花括号本是文字，请把整个值用单引号括起来",
        1,
        4,
    ),
    "no value": (
        "a: [b, , c]\n",
        "这里缺少一个值：多半是多写了逗号、括号，或者值以标点开头而没有加引号",
        "补上值，或删去多余的标点；若标点本是文字，请把整个值用单引号括起来",
        1,
        8,
    ),
    "unfinished": (
        "甲: [乙,\n\n",
        "文件到这里就断了：多半是前面的括号没有闭合，或者后面的内容丢失",
        "补上缺少的括号或内容；若括号本是文字，请把整个值用单引号括起来",
        1,
        7,
    ),
    "unfinished without line end": (
        "[",
        "文件到这里就断了：多半是前面的括号没有闭合，或者后面的内容丢失",
        "补上缺少的括号或内容；若括号本是文字，请把整个值用单引号括起来",
        1,
        2,
    ),
    "text behind the end": (
        "  a: 1\n b: 2\n",
        "文件的内容到上一行已经结束，本行是多出来的：多半是缩进不对，或者多了括号、引号",
        "让本行与同级各行左对齐，删去多余的括号或引号",
        2,
        2,
    ),
    "at sign": ("联系: @张三\n", "值不能以“@”开头", QUOTE, 1, 5),
    "percent sign": ("a: %60\n", "值不能以“%”开头", QUOTE, 1, 4),
    "text behind a bar": (
        "a: |甲\n  乙\n",
        "“|”或“>”后面不能再写文字，内容要从下一行写起",
        "把文字移到下一行并缩进；若“|”或“>”本是文字，请把整个值用单引号括起来",
        1,
        5,
    ),
}


def problems() -> dict[str, tuple[Problem, ...]]:
    return {name: parse(text.encode()).problems for name, (text, *_) in CASES.items()}


def test_syntax() -> None:
    assert problems() == {
        name: (Problem("syntax", message, remedy, line, column),)
        for name, (_, message, remedy, line, column) in CASES.items()
    }
    assert [
        name for name, (text, *_) in CASES.items() if parse(text.encode()).root is not None
    ] == []


def test_syntax_by_the_parser_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaigai_cli.yamldoc.source.CParser", None)
    # It points behind the backslash, libyaml at it.
    assert problems() == {
        name: (Problem("syntax", message, remedy, line, column + (name == "escape")),)
        for name, (_, message, remedy, line, column) in CASES.items()
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "说明: *重要*\n",
            Problem("alias", "值以“*”开头，YAML 会当作别名", f"{QUOTE}，如 '*说明'", 1, 5),
        ),
        (
            "说明: &重要 甲\n",
            Problem("anchor", "值以“&”开头，YAML 会当作锚点", f"{QUOTE}，如 '&说明'", 1, 5),
        ),
        (
            "说明: !重要\n",
            Problem("tag", "值以“!”开头，YAML 会当作类型标签", f"{QUOTE}，如 '!说明'", 1, 5),
        ),
        (
            "说明: !a!b 重要\n",
            Problem("tag", "值以“!”开头，YAML 会当作类型标签", f"{QUOTE}，如 '!说明'", 1, 5),
        ),
        (
            "%60\n",
            Problem(
                "directive",
                "行首的“%”会被当作 YAML 指令，这里不能使用指令",
                "删去这一行；若“%”本是文字，请把整个值用单引号括起来",
                1,
                1,
            ),
        ),
    ],
)
def test_forbidden_and_malformed(text: str, expected: Problem) -> None:
    assert parse(text.encode()).problems == (expected,)


def test_earlier_problems_are_told_with_a_syntax_error() -> None:
    found = parse(b"a: &x 1\na: 2\nb: 'c\n").problems
    assert [(one.code, one.line) for one in found] == [
        ("anchor", 1),
        ("duplicate-key", 2),
        ("syntax", 3),
    ]


def test_failure_without_a_place() -> None:
    # libyaml lets a tag through that is no UTF-8, and PyYAML stumbles over it.
    assert parse(b"a: 1\nb: !%ED%A0%80 x\n").problems == (unreadable(2),)
    assert unreadable(2) == Problem(
        "syntax",
        "这里或稍后有无法解读的转义（“\\”“%”之后的编码）",
        "文字含有这些符号的，把整个值用单引号括起来",
        2,
        1,
    )


# What libyaml 0.2.5 was seen to say when fed with random pieces of YAML.
LIBYAML = [
    ("while parsing a block collection", "did not find expected '-' indicator"),
    ("while parsing a block mapping", "did not find expected key"),
    ("while parsing a block node", "did not find expected node content"),
    ("while parsing a flow mapping", "did not find expected ',' or '}'"),
    ("while parsing a flow node", "did not find expected node content"),
    ("while parsing a flow sequence", "did not find expected ',' or ']'"),
    ("while parsing a node", "found undefined tag handle"),
    ("while parsing a quoted scalar", "did not find expected hexdecimal number"),
    ("while parsing a quoted scalar", "found invalid Unicode character escape code"),
    ("while parsing a quoted scalar", "found unknown escape character"),
    ("while parsing a tag", "did not find expected tag URI"),
    ("while parsing a tag", "did not find URI escaped octet"),
    ("while parsing a tag", "found an incorrect leading UTF-8 octet"),
    ("while parsing a tag", "found an incorrect trailing UTF-8 octet"),
    ("while parsing a %TAG directive", "did not find URI escaped octet"),
    ("while parsing a %TAG directive", "did not find expected tag URI"),
    ("while parsing a %TAG directive", "found an incorrect leading UTF-8 octet"),
    ("while parsing a tag directive", "did not find expected '!'"),
    ("while scanning a %TAG directive", "did not find expected whitespace"),
    ("while scanning a %TAG directive", "did not find expected whitespace or line break"),
    ("while scanning a %YAML directive", "did not find expected digit or '.' character"),
    ("while scanning a %YAML directive", "did not find expected version number"),
    ("while scanning a %YAML directive", "found extremely long version number"),
    ("while scanning a block scalar", "did not find expected comment or line break"),
    (
        "while scanning a block scalar",
        "found a tab character where an indentation space is expected",
    ),
    ("while scanning a block scalar", "found an indentation indicator equal to 0"),
    ("while scanning a directive", "could not find expected directive name"),
    ("while scanning a directive", "did not find expected comment or line break"),
    ("while scanning a directive", "found unexpected non-alphabetical character"),
    ("while scanning a directive", "found unknown directive name"),
    ("while scanning a plain scalar", "found a tab character that violates indentation"),
    ("while scanning a plain scalar", "found unexpected ':'"),
    ("while scanning a quoted scalar", "found unexpected document indicator"),
    ("while scanning a quoted scalar", "found unexpected end of stream"),
    ("while scanning a simple key", "could not find expected ':'"),
    ("while scanning a tag directive", "did not find expected '!'"),
    ("while scanning a tag", "did not find expected whitespace or line break"),
    ("while scanning a tag", "did not find the expected '>'"),
    ("while scanning an alias", "did not find expected alphabetic or numeric character"),
    ("while scanning an anchor", "did not find expected alphabetic or numeric character"),
    ("while scanning for the next token", "found character that cannot start any token"),
    (None, "block sequence entries are not allowed in this context"),
    (None, "did not find expected <document start>"),
    (None, "found duplicate %TAG directive"),
    (None, "found duplicate %YAML directive"),
    (None, "found incompatible YAML document"),
    (None, "mapping keys are not allowed in this context"),
    (None, "mapping values are not allowed in this context"),
]


def _template(node: ast.expr) -> str | None:
    """The words of a string in PyYAML's source, with something in place of what it fills in."""
    if isinstance(node, ast.BinOp):
        node = node.left
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"%[rsd]", "x", node.value)
    return None


def _of_python_parser() -> Iterator[tuple[str | None, str]]:
    """All (context, problem) that PyYAML's own parser can raise."""
    for module in (yaml.scanner, yaml.parser):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and len(node.args) == 4:
                name = node.func.id if isinstance(node.func, ast.Name) else ""
                problem = _template(node.args[2])
                if name in ("ScannerError", "ParserError") and problem:
                    yield _template(node.args[0]), problem


PYTHON = [
    (
        context.replace(" an x", f" an {kind}").replace(" a x", f" a {kind}") if context else None,
        problem,
    )
    for context, problem in _of_python_parser()
    for kind in (("alias", "anchor") if context and " an x" in context else ("tag",))
]


def test_messages_were_found() -> None:
    assert len(PYTHON) > 35


def test_every_message_has_a_sentence_of_its_own() -> None:
    mark = Mark("", 0, 0, 0, None, 0)
    for context, problem in (*LIBYAML, *PYTHON):
        told = explain(MarkedYAMLError(context, mark, problem, mark), ["甲乙"])
        assert "这里的写法不符合 YAML 的格式" not in told.message, (context, problem)
        words = set(re.findall("[A-Za-z]+", told.message + told.remedy))
        assert words <= {"YAML", "Tab", "x", "u"}, (context, problem)


def test_an_unknown_message_is_told_in_chinese_too() -> None:
    mark = Mark("", 0, 0, 2, None, 0)
    assert explain(MarkedYAMLError(None, None, "something new", mark), ["甲乙丙"]) == Problem(
        "syntax",
        "这里的写法不符合 YAML 的格式",
        "检查本行和上一行的缩进、冒号、引号和括号，可与写法正确的各行对照",
        1,
        3,
    )
