"""One file for each code, with everything that the reader says about it."""

import pytest

from gaigai_cli.yamldoc.parsed import MAX_PROBLEMS, Problem
from gaigai_cli.yamldoc.reader import parse

QUOTE = "若“{}”本是文字，请把整个值用单引号括起来"
REMEDY = {
    "alias": "把所指的内容直接写在这里；" + QUOTE.format("*"),
    "anchor": "删去锚点；" + QUOTE.format("&"),
    "tag": "删去标签；" + QUOTE.format("!"),
    "complex-key": "写成“键: 值”；若“[”“{”“?”本是文字，请用单引号括起来",
    "control-character": "删去这个字符；多半是从别的软件粘贴时带进来的，删去后重新键入即可",
    "directive": "删去从这里到“---”之前以“%”开头的行",
    "duplicate-key": "两处只留一处：删去多余的一行，或把键名改对",
    "empty-file": "写入内容；不需要这个文件时，把它删去",
    "many-documents": ("删去分隔用的“---”或“...”行，把内容并入前面的一份，或另存为一个文件"),
    "merge-key": "删去这一行，把要合并的各项直接写在这里",
    "too-deep": "检查这里的括号和缩进；正常的数据只有几层",
}
NOTEPAD = "用记事本打开，确认文字无乱码，“另存为”时把编码选为 UTF-8"
KEEP = "删去本行；两方的内容都要时都保留，只要一方时删去另一方"
UNSOLVED = "合并冲突还没有解决："


def told(data: bytes | str) -> list[tuple[str, str, int, int]]:
    """What is found, without the remedies, which `REMEDY` has; they are compared here."""
    problems = parse(data.encode() if isinstance(data, str) else data).problems
    for problem in problems:
        assert problem.remedy == REMEDY[problem.code]
    return [(one.code, one.message, one.line, one.column) for one in problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("名称: &a 示例\n", ("anchor", "不能使用锚点“&a”", 1, 5)),
        ("a: &list\n  - 1\n", ("anchor", "不能使用锚点“&list”", 1, 4)),
        ("名称:\n  - *a\n", ("alias", "不能使用别名“*a”", 2, 5)),
        ("*a : 1\n", ("alias", "不能使用别名“*a”", 1, 1)),
        ("id: !!str 16.2\n", ("tag", "不能使用类型标签“!!str”", 1, 5)),
        ("id: !money [1]\n", ("tag", "不能使用类型标签“!money”", 1, 5)),
        ("a: 1\n<<: 2\n", ("merge-key", "不能使用合并键“<<”", 2, 1)),
        ("%YAML 1.1\n---\na: 1\n", ("directive", "不能使用 YAML 指令（以“%”开头的行）", 1, 1)),
        (
            "# 示例\n%TAG ! tag:x,2000:\n# 示例\n---\na: 1\n",
            ("directive", "不能使用 YAML 指令（以“%”开头的行）", 2, 1),
        ),
        ("a: 1\n[b]: 2\n", ("complex-key", "键只能是一个词，这里却是列表", 2, 1)),
        ("a: {{b}: c}\n", ("complex-key", "键只能是一个词，这里却是一组键值", 1, 5)),
        ("{{{{}}}}\n", ("complex-key", "键只能是一个词，这里却是一组键值", 1, 2)),
        ("a: 1\nb: 2\n'a': 3\n", ("duplicate-key", "键“a”重复，第1行已经写过", 3, 1)),
        (
            "a: 1\n---\nb: 2\n",
            ("many-documents", "一个文件只能有一份 YAML 文档，这里又开始了一份", 2, 1),
        ),
        (
            "---\n---\na: 1\n",
            ("many-documents", "一个文件只能有一份 YAML 文档，这里又开始了一份", 2, 1),
        ),
        ("", ("empty-file", "文件是空的", 1, 1)),
        (" \r\n\n", ("empty-file", "文件是空的", 1, 1)),
        ("\ufeff", ("empty-file", "文件是空的", 1, 1)),
        ("# 示例\n", ("empty-file", "文件没有内容，只有注释或“---”", 1, 1)),
        ("---\n...\n", ("empty-file", "文件没有内容，只有注释或“---”", 1, 1)),
        ("县: 甲\0\n", ("control-character", "有看不见的控制字符（U+0000）", 1, 5)),
        (
            "a: 1\n\x0b县: \x07\n",
            ("control-character", "有看不见的控制字符（U+000B），本行共2个", 2, 1),
        ),
        ("a: 甲\u2028乙: 丙\n", ("control-character", "有看不见的控制字符（U+2028）", 1, 5)),
        ("a: \ufeff1\n", ("control-character", "有看不见的控制字符（U+FEFF）", 1, 4)),
        ("[" * 51 + "]" * 51, ("too-deep", "嵌套超过50层", 1, 51)),
        ("- " * 51 + "x", ("too-deep", "嵌套超过50层", 1, 101)),
        ("[" * 100_000, ("too-deep", "嵌套超过50层", 1, 51)),
        ("[\n" * 100_000, ("too-deep", "嵌套超过50层", 51, 1)),
        ("- " * 100_000, ("too-deep", "嵌套超过50层", 1, 101)),
        ("a: {" * 100_000, ("too-deep", "嵌套超过50层", 1, 200)),
    ],
)
def test_problem(text: str, expected: tuple[str, str, int, int]) -> None:
    assert told(text) == [expected]


def test_escaped_control_character() -> None:
    assert parse('县: ["甲\\0"]\n'.encode()).problems == (
        Problem(
            "control-character",
            "引号内用反斜杠写出了控制字符（U+0000）",
            "删去这个转义；若反斜杠本是文字，请改用单引号",
            1,
            5,
        ),
    )


def test_all_problems_of_a_file_are_reported_in_its_order() -> None:
    text = "a: &x 1\nb: *x\na: !t 2\n<<: {c: [*x]}\n[d]: {e: 1, e: 2}\n---\nf: \x07\n"
    assert told(text) == [
        ("anchor", "不能使用锚点“&x”", 1, 4),
        ("alias", "不能使用别名“*x”", 2, 4),
        ("duplicate-key", "键“a”重复，第1行已经写过", 3, 1),
        ("tag", "不能使用类型标签“!t”", 3, 4),
        ("merge-key", "不能使用合并键“<<”", 4, 1),
        ("alias", "不能使用别名“*x”", 4, 10),
        ("complex-key", "键只能是一个词，这里却是列表", 5, 1),
        ("duplicate-key", "键“e”重复，第5行已经写过", 5, 13),
        ("many-documents", "一个文件只能有一份 YAML 文档，这里又开始了一份", 6, 1),
        ("control-character", "有看不见的控制字符（U+0007）", 7, 4),
    ]
    assert parse(text.encode()).root == {"a": "1", "b": ""}


def test_reading_goes_on_behind_what_is_too_deep() -> None:
    deep = "a: " + "[" * 60 + "x" + "]" * 60 + "\nb: 1\nb: 2\n"
    assert told(deep) == [
        ("too-deep", "嵌套超过50层", 1, 53),
        ("duplicate-key", "键“b”重复，第2行已经写过", 3, 1),
    ]
    root = parse(deep.encode()).root
    assert isinstance(root, dict)
    assert str(root["a"]) == "[" * 50 + "]" * 50


def test_fifty_levels_are_not_too_deep() -> None:
    assert parse(b"[" * 50 + b"]" * 50).problems == ()


def test_each_repeated_key_names_the_line_of_the_first() -> None:
    assert told("a: 1\nb:\n  c: 1\n  c: 2\na: 2\na: 3\n") == [
        ("duplicate-key", "键“c”重复，第3行已经写过", 4, 3),
        ("duplicate-key", "键“a”重复，第1行已经写过", 5, 1),
        ("duplicate-key", "键“a”重复，第1行已经写过", 6, 1),
    ]


def test_a_long_name_is_cut_in_the_message() -> None:
    key = "甲" * 1000
    assert told(f"{key}: 1\n{key}: 2\n") == [
        ("duplicate-key", f"键“{'甲' * 40}…”重复，第1行已经写过", 2, 1)
    ]


def test_a_name_of_several_lines_is_told_in_one() -> None:
    assert told('"a\\nb": 1\n"a\\nb": 2\n') == [
        ("duplicate-key", "键“a b”重复，第1行已经写过", 2, 1)
    ]


def test_an_empty_text_in_quotes_is_no_empty_file() -> None:
    assert parse(b"''\n").problems == ()


def test_too_large_is_told_before_anything_is_read() -> None:
    limit = 20 * 1024 * 1024
    document = parse(b"\xff" * (50 * 1024 * 1024))
    assert document.problems == (
        Problem(
            "too-large",
            "文件有50.0 MB，超过上限20 MB",
            "把内容分成几个文件；附件请另存为文件，不要写进数据",
            1,
            1,
        ),
    )
    assert (document.root, document.text) == (None, "")
    assert [one.code for one in parse(b"#" * (limit + 1)).problems] == ["too-large"]
    assert [one.code for one in parse(b"#" * limit).problems] == ["empty-file"]


def test_gbk() -> None:
    document = parse("title: example\n单位: 县财政局\n".encode("gbk"))
    message = "第2行不是 UTF-8 编码，看上去是 GBK（记事本称为“ANSI”）"
    assert document.problems == (Problem("not-utf8", message, NOTEPAD, 2, 1),)
    assert document.root is None
    assert document.text == "title: example\n单位: 县财政局\n"


def test_gbk_columns_are_characters_of_gbk() -> None:
    # Three characters of GBK whose bytes are two of UTF-8 by accident, then one that isn't.
    accident = "县财".encode().decode("gbk")
    (problem,) = parse(f"a: 1\r\nb: {accident}县\r\n".encode("gbk")).problems
    assert (len(accident), problem.line, problem.column) == (3, 2, 7)


def test_utf16() -> None:
    document = parse("a: 甲\n".encode("utf-16"))
    message = "第1行不是 UTF-8 编码，看上去是 UTF-16（记事本称为“Unicode”）"
    remedy = "用记事本打开，“另存为”时把编码选为 UTF-8"
    assert document.problems == (Problem("not-utf8", message, remedy, 1, 1),)


def test_broken_bytes() -> None:
    document = parse("县: 甲\n乙".encode() + b"\xff\n")
    message = "第2行不是 UTF-8 编码，也不是 GBK，可能已损坏"
    remedy = "从 git 中恢复这一行，或重新录入后另存为 UTF-8"
    assert document.problems == (Problem("not-utf8", message, remedy, 2, 2),)
    assert document.text == "县: 甲\n乙\ufffd\n"


def test_conflict_markers_are_told_line_by_line() -> None:
    text = (
        "a: 1\n<<<<<<< HEAD\nb: 2\n||||||| 3f9c81d\nb: 1\n=======\nb: 3\n>>>>>>> 县财政局\nc: 4\n"
    )
    found = parse(text.encode())
    remedies = [KEEP, "从本行删到第6行之前", KEEP, "删去本行"]
    messages = [
        UNSOLVED + "从这里到第4行之前是一方（HEAD）的内容",
        UNSOLVED + "从这里到第6行之前是分歧前（3f9c81d）的内容",
        UNSOLVED + "从这里到第8行之前是另一方的内容",
        UNSOLVED + "另一方（县财政局）的内容到此为止",
    ]
    assert found.problems == tuple(
        Problem("conflict-marker", message, remedy, line, 1)
        for message, remedy, line in zip(messages, remedies, [2, 4, 6, 8], strict=True)
    )
    assert found.root is None


def test_conflict_hides_only_what_may_come_of_it() -> None:
    text = "a: 1\na: 2\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\nc: *d\ne: 'f\n"
    found = parse(text.replace("\n", "\r\n").encode())
    assert [(one.code, one.line) for one in found.problems] == [
        ("duplicate-key", 2),
        ("conflict-marker", 3),
        ("conflict-marker", 5),
        ("conflict-marker", 7),
        ("alias", 8),
    ]


def test_a_marker_that_was_left_alone() -> None:
    (problem,) = parse(b"a: 1\n=======").problems
    message = UNSOLVED + "从这里到文件末尾是另一方的内容"
    assert problem == Problem("conflict-marker", message, KEEP, 2, 1)


@pytest.mark.parametrize("line", ["a: =======", "# <<<<<<< HEAD", "'========': 1", " ======="])
def test_no_marker(line: str) -> None:
    assert "conflict-marker" not in {one.code for one in parse(line.encode()).problems}


def test_a_thousand_problems_are_enough() -> None:
    problems = parse(b"- *a\n" * (MAX_PROBLEMS + 500)).problems
    assert {one.code for one in problems[:-1]} == {"alias"}
    assert problems[-1] == Problem(
        "too-many",
        "问题超过1000处，其余没有列出",
        "先改正列出的问题，再检查一次；文件若已损坏，请从 git 中恢复",
        1000,
        3,
    )
    assert len(parse(b"- *a\n" * MAX_PROBLEMS).problems) == MAX_PROBLEMS
