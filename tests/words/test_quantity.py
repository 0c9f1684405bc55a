"""Sentences with numbers as notices word them, and the indicators that are proposed for each.

``kept/figures.txt`` has a sentence a line and below it, indented, what is proposed. To add one, write the sentence,
run ``pytest --update`` and read what stands below it as the clerk who has to confirm it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gaigai_cli.model.indicators import Indicator
from gaigai_cli.notice.indicators import proposals
from tests.program import SameAsFile

TABLE = Path(__file__).parent / "kept" / "figures.txt"
LINES = TABLE.read_text(encoding="utf-8").splitlines()
SENTENCES = [line for line in LINES if line.strip() and not line.startswith((" ", "#"))]
_SIGNS = {"at_least": "不少于", "at_most": "不超过", "equal": "等于", "undecided": "？"}


def table() -> Iterator[str]:
    """The table anew, comments and empty lines where they stand."""
    for line in LINES:
        if not line.startswith(" "):
            yield line
        if line in SENTENCES:
            yield from (f"    {words(tree)}" for tree in proposals(line))


def words(tree: dict[str, Any]) -> str:
    """A proposal in one line: name, target, how it is measured; in brackets what is unsure."""
    assert len(tree["target"]) == 1
    (kind, value), *_ = tree["target"].items()
    unit = "" if kind == "undecided" else tree["unit"]
    more = [tree["measure"], *(f"{key}={tree[key]}" for key in ("per", "cycle") if key in tree)]
    note = f"（{tree['note']}）" if "note" in tree else ""
    return f"{tree['name']} | {_SIGNS[kind]}{value}{unit} | {' '.join(more)}{note}"


def test_what_is_proposed(same_as_file: SameAsFile) -> None:
    assert len(SENTENCES) > 60
    same_as_file("".join(f"{line}\n" for line in table()), TABLE)


_PIECES = (
    "不少于 不超过 压缩至 压缩 提高 达到 控制在 高于 提前 分别 均 各 每季度 每月 每个部门 各单位 全县 前 第 由 在 自 （ ） “ ” 《 》 、 "
    "， 。 的 等 办结率 审批时限 培训 项目 3 12 100 2-3 0.5 ３ 两 十 2024年6月 % 个 次 个工作日 个百分点 名 万元 以上 以内 左右 以下"
).split()
texts = st.lists(st.sampled_from((*_PIECES, " ", "\n", "\ue001", "\0")), max_size=14).map("".join)


@given(texts)
def test_whatever_is_written_proposals_are_indicators(text: str) -> None:
    are_indicators(text)


def test_proposals_are_indicators() -> None:
    for sentence in SENTENCES:
        are_indicators(sentence)


def test_a_character_of_private_use_is_no_numeral() -> None:
    (tree,) = proposals("年底前建成\ue001示例点不少于3个。")
    assert tree["name"] == "建成示例点"


def are_indicators(sentence: str) -> None:
    """All that is proposed is as the schema has it, with ids of its own."""
    read = [Indicator.model_validate(tree) for tree in proposals(sentence)]
    assert [indicator.id for indicator in read] == [f"figure-{n}" for n in range(1, len(read) + 1)]
    assert all(name.isprintable() and name == name.strip() for name in (i.name for i in read))
