"""One more item, and not one other byte: every way in which a log may be written by hand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.yamldoc.append import AppendError, append
from gaigai_cli.yamldoc.emit import TextError, Tree, block_text
from gaigai_cli.yamldoc.parsed import Mapping, Sequence
from gaigai_cli.yamldoc.reader import parse

QUOTED = frozenset({"item", "items"})
RECORDS = "records"
ITEM: dict[str, Tree] = {"id": "20240614-153012-3f9c81d2", "item": "16.2"}
LINES = '- id: 20240614-153012-3f9c81d2\n  item: "16.2"\n'
INDENTED = '  - id: 20240614-153012-3f9c81d2\n    item: "16.2"\n'

# ── the house style ──


def test_a_record_is_written_as_a_person_writes_it() -> None:
    record: Tree = {
        "id": "20240614-153012-3f9c81d2",
        "item": "16.2",
        "date": date(2024, 6, 14),
        "kind": "进展",
        "summary": "帮代办经费已列入部门预算，正在履行拨付程序。",
        "percent": 60,
        "problems": "一是科目未列；\n二是程序较长。",
        "metrics": {
            "rate": Decimal("7.10"),
            "projects": [{"name": "项目A", "date": "2024-06-01", "reference": "2406-01"}],
        },
        "evidence": [
            "财预〔2024〕15号",
            {"file": "evidence/县财政局/拨付单.pdf", "sha256": "ab" * 32},
        ],
        "answers": ["20240601-080000-00000001", "20240601-080000-00000002"],
        "items": ["16.2", "18.1"],
        "void": True,
        "by": "张三",
    }

    assert (
        block_text([record], quoted=QUOTED)
        == """\
- id: 20240614-153012-3f9c81d2
  item: "16.2"
  date: 2024-06-14
  kind: 进展
  summary: 帮代办经费已列入部门预算，正在履行拨付程序。
  percent: 60
  problems: |-
    一是科目未列；
    二是程序较长。
  metrics:
    rate: 7.10
    projects:
      - {name: 项目A, date: 2024-06-01, reference: 2406-01}
  evidence:
    - 财预〔2024〕15号
    - {file: evidence/县财政局/拨付单.pdf, sha256: abababababababababababababababababababababababababababababababab}
  answers: [20240601-080000-00000001, 20240601-080000-00000002]
  items: ["16.2", "18.1"]
  void: true
  by: 张三
"""
    )


QUOTES = [
    ("no", '"no"'),
    ("1:30", '"1:30"'),
    ("07", '"07"'),
    ("60", '"60"'),
    ("1e3", '"1e3"'),
    ("0o17", '"0o17"'),
    ("true", '"true"'),
    ("null", '"null"'),
    ("~", '"~"'),
    ("=", '"="'),
    ("<<", '"<<"'),
    ("", '""'),
    ("- 甲", '"- 甲"'),
    ("-", '"-"'),
    ("# 甲", '"# 甲"'),
    ("&甲", '"&甲"'),
    ("%甲", '"%甲"'),
    ("@甲", '"@甲"'),
    ("*甲", '"*甲"'),
    ("!甲", '"!甲"'),
    ("|", '"|"'),
    (">", '">"'),
    ("'甲", '"\'甲"'),
    ('"甲"', "'\"甲\"'"),
    ("{甲}", '"{甲}"'),
    ("[甲]", '"[甲]"'),
    ("? 甲", '"? 甲"'),
    (",甲", '",甲"'),
    ("`甲", '"`甲"'),
    ("甲: 乙", '"甲: 乙"'),
    ("甲:", '"甲:"'),
    ("甲 #乙", '"甲 #乙"'),
    ("甲\t乙", '"甲\\t乙"'),
    (" 甲 ", '" 甲 "'),
    ("甲\r\n乙", '"甲\\r\\n乙"'),
    ("甲\n乙\n\n", '"甲\\n乙\\n\\n"'),
    ("\n甲", '"\\n甲"'),
    ("甲 \n乙", '"甲 \\n乙"'),
    ("甲\n乙\n", "|\n  甲\n  乙"),
    ("甲\n\n# 乙: 丙", "|-\n  甲\n\n  # 乙: 丙"),
    ("完成😀", "完成😀"),
    ("\t😀", '"\\t😀"'),
    ("2024-06-14", "2024-06-14"),
    ("2024-06", "2024-06"),
    ("财预〔2024〕15号", "财预〔2024〕15号"),
    ("https://x.cn/a?b=c#d", "https://x.cn/a?b=c#d"),
    ("甲：乙，丙", "甲：乙，丙"),
    ('称“甲"乙', '称“甲"乙'),
    ("C:\\甲", "C:\\甲"),
    ("- C:\\甲", "'- C:\\甲'"),
]


def test_text_has_quotes_only_where_yaml_might_misread_it() -> None:
    assert [(text, block_text({"a": text})) for text, _ in QUOTES] == [
        (text, f"a: {written}\n") for text, written in QUOTES
    ]
    for text, _ in QUOTES:
        assert parse(block_text({"a": text}).encode()).root == {"a": text}


@pytest.mark.parametrize("place", ["value", "list", "deep"])
def test_characters_that_nobody_sees_are_refused(place: str) -> None:
    for sign in "\x07\x85\ufeff\u2028\ud800\u202e\u2066\u200f\u200b\ufe0f\U000e0041":
        text = f"甲{sign}"
        values: dict[str, Tree] = {
            "value": text,
            "list": ["甲", text],
            "deep": [{"summary": text}],
        }

        with pytest.raises(TextError) as caught:
            append(b"records:\n", RECORDS, {"summary": values[place]})

        code = f"U+{ord(sign):04X}"
        assert caught.value.message == f"“summary”中有看不见的控制字符（{code}），在“甲”之后"
        assert caught.value.key == "summary"


def test_a_key_with_such_a_character_is_refused_and_shown_without_it() -> None:
    with pytest.raises(TextError) as caught:
        append(b"records:\n", RECORDS, {"a\u202eb": "甲"})

    assert caught.value.message == "“a�b”中有看不见的控制字符（U+202E），在“a”之后"


def test_where_in_the_text_it_stands() -> None:
    for text, where in (
        ("\u200b甲", "在一行的开头"),
        ("一行\n第二行正在推进有关的\u200b工作", "在“行正在推进有关的”之后"),
    ):
        with pytest.raises(TextError) as caught:
            append(b"records:\n", RECORDS, {"summary": text})
        assert caught.value.message == f"“summary”中有看不见的控制字符（U+200B），{where}"


# ── where it goes ──


BEHIND_THE_LAST = [
    ("records:\n  - id: a\n", "records:\n  - id: a\n" + INDENTED),
    ("records:\n- id: a\n", "records:\n- id: a\n" + LINES),
    ("records:\n  - id: a", "records:\n  - id: a\n" + INDENTED),
    ("records:\n  -   id: a\n", "records:\n  -   id: a\n" + INDENTED),
    ("records:\n  -\n    id: a\n", "records:\n  -\n    id: a\n" + INDENTED),
    ("records:\n  -\n", "records:\n  -\n" + INDENTED),
    ("records:\n  - {id: a}\n", "records:\n  - {id: a}\n" + INDENTED),
    ("records:\n  - a\n", "records:\n  - a\n" + INDENTED),
    ("records:\n", "records:\n" + INDENTED),
    ("records:", "records:\n" + INDENTED),
    ("records:  # 尚无\n", "records:  # 尚无\n" + INDENTED),
    ("records: []\n", "records:\n" + INDENTED),
    ("records: []", "records:\n" + INDENTED),
    ("records: [ ] # 尚无\n", "records: # 尚无\n" + INDENTED),
    ("unit: 甲\n", "unit: 甲\nrecords:\n" + INDENTED),
    ("unit: 甲", "unit: 甲\nrecords:\n" + INDENTED),
    # Comments and blank lines at the end stay below what they were below.
    ("records:\n  - id: a\n    # 注\n", "records:\n  - id: a\n    # 注\n" + INDENTED),
    ("records:\n  - id: a\n\n# 注", "records:\n  - id: a\n\n# 注\n" + INDENTED),
    ("records:\n  - id: a  # 注\n\n\n", "records:\n  - id: a  # 注\n\n\n" + INDENTED),
    # Text of several lines ends where YAML says.
    ("records:\n  - a: |\n      甲\n", "records:\n  - a: |\n      甲\n" + INDENTED),
    ("records:\n  - a: |+\n      甲\n\n", "records:\n  - a: |+\n      甲\n\n" + INDENTED),
    (
        "records:\n  - a: >-\n      甲\n\n# 注\n",
        "records:\n  - a: >-\n      甲\n\n# 注\n" + INDENTED,
    ),
    ("records:\n  - 甲\n    乙\n", "records:\n  - 甲\n    乙\n" + INDENTED),
    ("records:\n  - '甲\n\n    乙'\n", "records:\n  - '甲\n\n    乙'\n" + INDENTED),
    # A file with a problem of its own keeps it.
    ("unit: 甲\nunit: 乙\nrecords:\n", "unit: 甲\nunit: 乙\nrecords:\n" + INDENTED),
]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_item_goes_behind_the_last_one(mark: str, line_end: str) -> None:
    for texts in BEHIND_THE_LAST:
        before, after = ((mark + text.replace("\n", line_end)) for text in texts)
        if "\n" not in before:
            after = after.replace("\r\n", "\n")  # no line says how the file's lines end

        assert append(before.encode(), RECORDS, ITEM, quoted=QUOTED).decode() == after


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("records: [a]\n", "第1行的列表写在括号里，不能在它的末尾添加"),
        ("records: [\n  a,\n]\n", "第1行的列表写在括号里，不能在它的末尾添加"),
        ("records: [\n]\n", "第1行的列表写在括号里，不能在它的末尾添加"),
        ("{records: []}\n", "第1行的列表写在括号里，不能在它的末尾添加"),
        ("{unit: 甲}\n", "第1行的列表写在括号里，不能在它的末尾添加"),
        ("records:\n  []\n", "第2行的列表写在括号里，不能在它的末尾添加"),
        ("records: ~\n", "第1行的“records”不是列表"),
        ("records: ''\n", "第1行的“records”不是列表"),
        ("records: 甲\n", "第1行的“records”不是列表"),
        ("records: {a: b}\n", "第1行的“records”不是列表"),
        ("records: !!seq\n", "第1行的“records”不是列表"),
        ("records: &a\n- b\n", "第1行的列表写在括号里，不能在它的末尾添加"),
        ("- a\n", "文件中没有“records”这一项"),
        ("", "文件第1行有错误，无法读取：文件是空的"),
        ("a: [\n", "文件第1行有错误，无法读取：文件到这里就断了"),
        (
            "<<<<<<< HEAD\n",
            "文件第1行有错误，无法读取：合并冲突还没有解决：从这里到文件末尾是一方（HEAD）的内容",
        ),
        ("records:\n- id: a\nunit: 甲\n", "“records”不是文件的最后一项，它后面还有“unit”"),
        ("records: []\nunit: 甲\n", "“records”不是文件的最后一项，它后面还有“unit”"),
        ("records:\n# 下\nunit: 甲\n", "“records”不是文件的最后一项，它后面还有“unit”"),
        # Nothing can follow the end of a document.
        ("records:\n  - id: a\n...\n", "无法在“records”的末尾添加而不影响其他内容"),
        # The last text would change: it would get the line end that it hasn't.
        ("records:\n  - a: |\n      甲", "无法在“records”的末尾添加而不影响其他内容"),
        ("records:\n  - a\n...\nb", "文件第4行有错误，无法读取"),
    ],
)
def test_what_is_not_certain_is_refused(text: str, message: str) -> None:
    with pytest.raises(AppendError) as caught:
        append(text.encode(), RECORDS, ITEM)

    assert caught.value.message.startswith(message)
    assert caught.value.remedy


def test_a_file_does_not_grow_past_what_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaigai_cli.yamldoc.source.MAX_BYTES", 1024 * 1024)
    data = b"records:\n  - a: " + b"x" * (1024 * 1024 - 40) + b"\n"
    assert parse(data).problems == ()

    with pytest.raises(AppendError) as caught:
        append(data, RECORDS, ITEM)

    assert str(caught.value) == "写入后文件会超过上限1 MB。请另起一个记录文件"


@pytest.mark.parametrize(
    "written",
    [
        "- id: b\n",  # another value
        '- item: "16.2"\n  id: 20240614-153012-3f9c81d2\n',  # another order
        LINES + "- id: b\n",  # one item more
        LINES + "unit: 甲\n",  # something beside it
        LINES + "  id: b\n",  # a problem
        LINES + "  by: [\n",  # no YAML
        "",
    ],
)
@pytest.mark.parametrize("before", ["records:\n- id: a\n", "records: []\n", "unit: 甲\n"])
def test_what_is_not_read_back_as_meant_is_not_returned(
    monkeypatch: pytest.MonkeyPatch, before: str, written: str
) -> None:
    monkeypatch.setattr("gaigai_cli.yamldoc.append.block_text", lambda *_, **__: written)

    with pytest.raises(AppendError) as caught:
        append(before.encode(), RECORDS, ITEM)

    assert "而不影响其他内容" in str(caught.value)


# ── properties ──

VISIBLE = st.text(
    st.one_of(
        st.sampled_from("甲乙𠮷😀：:-#'\"\\[]{},&*!|>%@`?~=<.0179abENOno \t\n\r"),
        st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]),
    ),
    max_size=30,
).filter(lambda text: not refused(text))
HARD = "no|1:30|07|- a|# a|&a|*a|%a|@a|!a|'|\"|{|[|?|,|`|a: b|a #b| a|a |~|null|<<|=|---|...|\n|\t|😀|".split(
    "|"
)
TEXT = st.one_of(VISIBLE, st.sampled_from(HARD), st.lists(VISIBLE, max_size=4).map("\n".join))
LEAF: st.SearchStrategy[Tree] = st.one_of(
    TEXT,
    st.integers(0, 100),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.dates(),
    st.booleans(),
)
VALUE: st.SearchStrategy[Tree] = st.recursive(
    LEAF,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=8,
)
RECORD = st.dictionaries(
    st.sampled_from(["id", "item", "items", "summary", "evidence", "metrics", "set", "by"]),
    VALUE,
    min_size=1,
)


def refused(text: str) -> bool:
    try:
        block_text(text)
    except TextError:
        return True
    return False


@dataclass(frozen=True)
class Log:
    data: bytes
    is_last: bool  # nothing but comments follows the records, to which a record can be added


COMMENTS = st.sampled_from(
    ["", "# 注\n", "  # 注\n", "      # 深\n", "\n", "\n\n# 注: - a\n", "   \n"]
)
RECORD_LINES = st.lists(
    st.sampled_from(
        [
            "summary: 甲",
            "summary: 甲  # 注",
            'item: "16.2"',
            "problems: |\n  甲\n  乙",
            "problems: |-\n\n  # 甲",
            "next: >\n  甲\n  乙\n",
            "late_reason: |+\n  甲\n\n",
            "evidence: [甲, 乙]",
            "evidence:\n- 甲\n- {file: a,\n   sha256: b}",
            "evidence:\n  - 甲\n# 注\n  - 乙",
            "metrics: {a: 1, b: 2}",
            "reason: 甲\n  乙",
            "basis: '甲\n\n  乙'",
            "set:\n  date: 2024-06-14",
            "by:",
        ]
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda line: line.partition(":")[0],
)


@st.composite
def logs(draw: st.DrawFn) -> Log:
    """Logs as hands and editors leave them."""
    dash = " " * draw(st.sampled_from([0, 2, 4]))
    gap = draw(st.sampled_from([1, 3]))
    text = draw(st.sampled_from(["", "# yaml-language-server: $schema=x\n", "---\n"]))
    text += "unit: 县财政局\nrecords:\n" + draw(COMMENTS)
    for lines in draw(st.lists(RECORD_LINES, max_size=3)):
        body = "\n".join(["id: a", *lines]).split("\n")
        inner = dash + " " * (gap + 1)
        text += f"{dash}-{' ' * gap}{body[0]}\n"
        text += "".join(f"{inner}{line}\n" if line else "\n" for line in body[1:])
        text += draw(COMMENTS)
    tail = draw(st.sampled_from(["", "", "", "# 末\nnote: 甲\n", "...\n"]))
    text += tail
    if draw(st.booleans()):
        text = text.rstrip("\n")
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    return Log((draw(st.sampled_from(["", "\ufeff"])) + text).encode(), not tail)


@given(logs(), RECORD)
def test_what_is_appended_is_read_back_and_all_else_stays(
    log: Log, record: dict[str, Tree]
) -> None:
    old = parse(log.data)
    assert old.problems == ()
    try:
        new = append(log.data, RECORDS, record, quoted=QUOTED)
    except AppendError:
        # What can't be added to: records that aren't last, and a text that would get the line end that it hasn't.
        assert not log.is_last or parse(log.data + b"\n").root != old.root
        assert not log.is_last or not log.data.endswith(b"\n")
        return

    document = parse(new)
    assert isinstance(document.root, Mapping)
    assert isinstance(old.root, Mapping)
    records = document.root["records"]
    assert isinstance(records, Sequence)
    assert as_read(record) == records[-1]
    assert list(records[:-1]) == list(old.root["records"])
    assert {k: v for k, v in document.root.items() if k != "records"} == {
        k: v for k, v in old.root.items() if k != "records"
    }
    assert document.problems == ()
    assert log.is_last
    assert new.startswith(log.data)
    if b"\r\n" in log.data:
        assert b"\n" not in new.replace(b"\r\n", b"")


@given(st.lists(RECORD, min_size=1, max_size=4))
def test_records_one_after_the_other(records: list[dict[str, Tree]]) -> None:
    data = b"unit: \xe7\x94\xb2\nrecords: []\n"
    for record in records:
        data = append(data, RECORDS, record, quoted=QUOTED)

    assert parse(data).root == {"unit": "甲", "records": [as_read(record) for record in records]}


@given(st.text(max_size=20))
def test_any_text_is_kept_or_refused(text: str) -> None:
    if refused(text):
        with pytest.raises(TextError):
            append(b"records:\n", RECORDS, {"summary": text})
    else:
        data = append(b"records:\n", RECORDS, {"summary": text})
        assert parse(data).root == {"records": [{"summary": text}]}


def as_read(value: Tree) -> object:
    if isinstance(value, dict):
        return {key: as_read(child) for key, child in value.items()}
    if isinstance(value, list):
        return [as_read(child) for child in value]
    if isinstance(value, bool):
        return str(value).lower()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
