"""Indicators proposed for an item: one doubt for all of them, what is unsure about each in its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gaigai_cli.errors import GaigaiError
from gaigai_cli.model.indicators import NUMBER_TARGETS, TARGET_WORDS
from gaigai_cli.notice.answers import CONFIRMED, Answers
from gaigai_cli.notice.cells import Tree
from gaigai_cli.notice.document import Place
from gaigai_cli.notice.doubts import Choice, Doubt, Notes
from gaigai_cli.words.quantity_indicators import figures

_NEEDED: Final = frozenset(("id", "name", "target", "measure"))
_MEASURES: Final = {"entries": "逐件登记", "latest": "以最近一次为准"}


def indicators_of(item_id: str, content: str, place: Place, notes: Notes, answers: Answers) -> Any:
    """The office's answer, a list of indicators; None until there is one: a proposal is no indicator.

    Raises ``GaigaiError`` for an answer that is no such list, nor 确认.
    """
    proposed = [figure.indicator for figure in figures(content)]
    several = len(proposed) > 1
    doubt = Doubt(
        "indicators",
        place,
        item_id,
        content,
        f"文中的数字可能是{len(proposed)}项指标",
        "请逐项核对名称、单位、目标和计数办法，确认后写入",
        read="\n".join(
            f"({number}) {proposal_words(each)}" if several else proposal_words(each)
            for number, each in enumerate(proposed, 1)
        ),
        choices=(Choice("按建议写入", proposed), Choice("不设指标", [])),
    )
    answer = notes.doubt(doubt) if proposed else answers.find(doubt.key)
    if answer is None or answer == CONFIRMED:
        return None if answer is None else proposed
    if not isinstance(answer, list) or not all(map(_is_indicator, answer)):
        raise GaigaiError(
            f"答复文件中 {item_id} 的指标写法不对",
            "value 应为指标的列表，每项写明 id、name、target、measure；也可写“确认”，照建议写入",
        )
    return answer


def _is_indicator(value: Any) -> bool:
    return isinstance(value, Mapping) and value.keys() >= _NEEDED


def proposal_words(indicator: Tree) -> str:
    """A proposed indicator in one line: ``业务培训：不少于2次，逐件登记（原文为…）``."""
    (kind, value), *_ = indicator["target"].items()
    target = f"{TARGET_WORDS[kind]}{value}{indicator['unit']}" if kind in NUMBER_TARGETS else value
    how = "逐月判定" if "cycle" in indicator else _MEASURES[indicator["measure"]]
    each = "，每个单位各自完成" if indicator.get("per") == "unit" else ""
    note = f"（{indicator['note']}）" if "note" in indicator else ""
    return f"{indicator['name']}：{target}，{how}{each}{note}"
