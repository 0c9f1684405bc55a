"""Which way a number in a text counts, by the words around it: 不少于, 控制在, 压缩, 以内 …"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from gaigai_cli.words import quantity_names as figure_names
from gaigai_cli.words.quantity import DURATIONS, RANK, Quantity, base_between

_LOW: Final = (
    "不少于 不低于 不得少于 不得低于 不小于 至少 最少 最低 力争达到 达到 突破 超过 高于 多于 大于 提高到 提高至 "
    "提升到 提升至 增加到 增加至 增至 增长到 增长至 扩大到 扩大至 保持在 稳定在"
).split()
EARLY: Final = "提前"
_REACHES: Final = "达"
HIGH: Final = (
    "不超过 不得超过 不高于 不多于 不得高于 不得多于 不大于 最多 最长 至多 控制在 控制到 压缩至 压缩到 压缩为 "
    "压减至 压减到 压减为 缩短至 缩短到 缩短为 缩减至 缩减到 精简至 精简到 精简为 减少至 减少到 减至 减为 降至 "
    "降到 降为 降低至 降低到 下降至 下降到 低于 少于 小于 限于 压至 缩至"
).split()
DOWN: Final = "压缩 压减 缩短 缩减 减少 降低 下降 精简 削减".split()
_UP: Final = "提高 提升 增长 增加 递增".split()
_CHANGES: Final = (*DOWN, *_UP)
KEYS: Final = re.compile(
    "|".join(sorted((*_LOW, *HIGH, *_CHANGES), key=len, reverse=True))
    + f"|{_REACHES}(?!标|产|州)|{EARLY}(?=$|至少|不少于)"
)
AT_MOST_AFTER: Final = ("以下", "及以下", "（含）以下", "以内", "之内", "内")
_AT_LEAST_AFTER: Final = ("以上", "及以上", "（含）以上")
STOPS: Final = "，。；：,;:！？（）()\n"
_EVERY: Final = re.compile("每个?季度?|每半年|每周|按季度?")
_COMPARED: Final = re.compile(
    r"(?:较|比|与)(?:上年度?|去年|上一?年|\0+|法定|现行|原有|国家规定|标准)[^，。；、]{0,8}?(?=压|缩|减|降|提|增|相比)|"
    r"同比|在(?:法定|现有|原有|现行|原|上年)[^，。；]{0,10}基础上"
)


class Said(NamedTuple):
    """A number with the words around it in its clause: ``head`` from the number or stop before it, ``tail`` behind it.

    ``key`` is the word that says which way it counts, the last such one of the head; ``change`` is the word where the
    number says by how much something moves.
    """

    quantity: Quantity
    clause: str
    head: str
    tail: str
    key: str
    change: str

    @property
    def before(self) -> str:
        """The head without the words of direction and comparison."""
        head = _COMPARED.sub("", self.head)
        if self.change:
            at = head.rfind(self.change)
            head = head[:at] + head[at + len(self.change) :]
        return KEYS.sub(kept_key, head)


def said_of(plain: str, quantity: Quantity, floor: int) -> Said:
    """A number with its words; ``floor`` is where the number before it ends."""
    first = max(plain.rfind(stop, 0, quantity.start) + 1 for stop in STOPS)
    ends = [at for stop in (*STOPS, "、") if (at := plain.find(stop, quantity.end)) >= 0]
    start = max(first, floor, plain.find("、", floor, quantity.start) if floor > first else 0)
    head = plain[start : quantity.start]
    keys = list(KEYS.finditer(head))
    key = keys[-1][0] if keys else ""
    return Said(
        quantity,
        plain[first : quantity.end],
        head,
        plain[quantity.end : min(ends, default=len(plain))],
        key,
        _change(head, keys),
    )


def _change(head: str, keys: list[re.Match[str]]) -> str:
    """The word where the number is by how much something moves, not what it becomes."""
    if not keys:
        return ""
    key, before = keys[-1], head[: keys[-1].start()]
    if key[0] in _LOW and (moved := next((w for w in _CHANGES if before.endswith(w)), "")):
        return moved
    between = head[key.end() :].strip("了约近\0 ")
    if key[0] in DOWN or (key[0] in _UP and not between):
        return key[0]
    return ""


def target_of(said: Said, text: str) -> tuple[dict[str, str], str]:
    """The target that a number sets, and what is unclear about it."""
    low, high, _, after = said.quantity[2:]
    quote = _quoted(said, text)
    if after == RANK:
        return {"at_most": low}, ""
    if unsure := _unsure(said, quote):
        return unsure
    if said.change:
        return _moved(said, quote)
    base = base_between(text, said.quantity.end - len(said.clause), said.quantity.start)
    was = f"原为{base}" if base else ""
    if said.key in HIGH or after in AT_MOST_AFTER or is_limit(said):
        return {"at_most": high or low}, _range_note(said, quote, "不超过", high) or was
    if low == "0" and not high:
        return {"equal": "0"}, ""
    return {"at_least": low}, _range_note(said, quote, "不少于", low) or was


def _quoted(said: Said, text: str) -> str:
    """The figure as the notice words it, from the word on that says which way it counts."""
    at = len(said.head) - said.head.rfind(said.key) if said.key else 0
    return "".join(text[said.quantity.start - at : said.quantity.end].split())


def _unsure(said: Said, quote: str) -> tuple[dict[str, str], str] | None:
    """A target that can be read in two ways; None for any other."""
    low, _, unit, after = said.quantity[2:]
    why = ""
    period = ""
    if after == "左右":
        why = f"“{quote}”没有写明下限和上限"
    elif every := _EVERY.search(said.clause):
        period = every[0]
        why = f"“{period}”的数按每期分别计，还是按全年合计，原文未写明"
    elif said.key in HIGH and after in _AT_LEAST_AFTER:
        why = f"“{quote}”可有两种读法：不超过{low}{unit}，或降低{low}{unit}以上"
    elif said.change and after in AT_MOST_AFTER:
        why = f"“{quote}”可有两种读法：不超过{low}{unit}，或{said.change}{low}{unit}以内"
    elif unit in DURATIONS and not said.key and not after and not is_limit(said):
        why = f"“{quote}”没有写明是不少于还是不超过"
    words = quote if quote.startswith(period) else f"{period}{quote}"
    return ({"undecided": f"{words}，口径待明确"}, why) if why else None


def _moved(said: Said, quote: str) -> tuple[dict[str, str], str]:
    """压缩50%以上: by so much at least, held against what the clause names."""
    low = said.quantity.low
    compared = _COMPARED.search(said.clause)
    against = compared[0].strip("\0") if compared else ""
    note = f"{against}{said.change}" if against else f"“{quote}”没有写明与什么相比"
    ranged = _range_note(said, quote, "不少于", low)
    return {"at_least": low}, "；".join(filter(None, (ranged, note)))


def _range_note(said: Said, quote: str, word: str, taken: str) -> str:
    return f"原文为“{quote}”，按{word}{taken}{said.quantity.unit}核验" if said.quantity.high else ""


def is_limit(said: Said) -> bool:
    """Whether a bare length of time is what something may take: 审批时限2个工作日, not 培训3天."""
    unit, after = said.quantity.unit, said.quantity.after
    if unit not in DURATIONS or said.key or after in _AT_LEAST_AFTER:
        return False
    return "工作日" in unit or figure_names.is_limit(said.before, said.tail)


def kept_key(match: re.Match[str]) -> str:
    """Nothing for a word of direction; one of change may be part of a name."""
    return match[0] if match[0] in _CHANGES else ""
