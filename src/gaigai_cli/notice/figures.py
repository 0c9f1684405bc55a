"""Numbers in the words of an item (不少于3次, 达到95%以上, 压缩50%): indicators to propose, each to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

_NUM: Final = r"[0-9０-９]+(?:[.．][0-9０-９]+)?"
_COUNTED: Final = (
    "个百分点|百分点|个工作日|工作日|万平方米|平方米|平方公里|公里|万元|亿元|万亩|万人次|人次|万人|万户|"
    "个小时|小时|分钟|个月|个|件|项|次|篇|场|期|家|户|名|人|宗|例|批|份|条|座|处|套|亩|吨|天|日|元|位|倍|类|种"
)
_UNIT: Final = rf"(?P<unit>[%％‰]|{_COUNTED})"
_BEFORE: Final = (
    "(?P<before>不少于|不低于|不得少于|不得低于|至少|最少|力争达到|力争|达到|达|突破|超过|高于|不超过|不得超过|不高于|"
    "不多于|不得高于|控制在|控制到|压缩至|压缩到|压减至|压减到|缩短至|缩短到|缩减至|减少至|降至|降到|降低到|低于|少于|"
    "压缩|压减|缩短|缩减|减少|降低|下降|提高|提升|增长|增加|新增|完成|建成|组织|开展|举办|实施|培育|打造)?"
)
_FIGURE: Final = re.compile(
    rf"{_BEFORE}(?P<gap>[^，。；：、,;:0-9０-９]{{0,8}}?)(?P<n>{_NUM})\s*(?:[-—－~～至到]\s*(?P<m>{_NUM}))?\s*{_UNIT}"
    r"(?P<after>以上|及以上|以下|及以下|以内|之内|内)?"
)
_NO_FIGURE: Final = re.compile(
    r"第\s*[0-9０-９]+|(?:19|20)\d{2}\s*年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日|底|份)?|《[^》]*》|"
    r"[〔\[（(]\d{4}[〕\]）)]\s*\d+\s*号|±?\d+\.\d{3}|\d+\s*号(?!楼)|\d+[.．、]\s*(?=[\u4e00-\u9fff])"
)
_UP: Final = ("提高", "提升", "增长", "增加")
_DOWN: Final = ("压缩", "压减", "缩短", "缩减", "减少", "降低", "下降")
_AT_MOST: Final = (
    "不超过 不得超过 不高于 不多于 不得高于 控制在 控制到 压缩至 压缩到 压减至 压减到 缩短至 缩短到 缩减至 减少至 "
    "降至 降到 降低到 低于 少于"
).split()
_ENTRIES: Final = frozenset("篇次场期件项个家".split())
_STOPS: Final = "，。；、：,;:（）()“”\n"


class Figure(NamedTuple):
    """A number in a text: the clause that it stands in, and the indicator that it may be."""

    clause: str
    indicator: dict[str, Any]
    note: str = ""


def figures(text: str) -> Iterator[Figure]:
    """The proposed indicators of an item, in the order of the text; ids ``figure-1`` …"""
    plain = _NO_FIGURE.sub(lambda match: "\0" * len(match[0]), text)
    for number, match in enumerate(_FIGURE.finditer(plain), start=1):
        clause = _clause(text, match.start(), match.end())
        target, note = _target(match)
        unit = match["unit"].replace("％", "%")
        name = _name(text, match)
        indicator: dict[str, Any] = {"id": f"figure-{number}", "name": name, "unit": unit}
        counts = "at_least" in target and unit in _ENTRIES
        indicator |= {"target": target, "measure": "entries" if counts else "latest"}
        if note:
            indicator["note"] = note
        yield Figure(clause, indicator, note)


def _target(match: re.Match[str]) -> tuple[dict[str, str], str]:
    """The target that a number sets, and what is unclear about it."""
    before, after = match["before"] or "", match["after"] or ""
    low, high = _half(match["n"]), _half(match["m"] or "")
    words = match[0].strip().replace("\0", "")
    if high:
        return {"at_least": low}, f"原文为“{words}”，按不少于{low}核验"
    if before in _DOWN or before in _UP:
        return {"undecided": f"{words}，口径待明确"}, f"“{words}”没有写明与什么相比"
    if before in _AT_MOST or after in ("以下", "及以下", "以内", "之内", "内"):
        if after in ("以上", "及以上"):
            return {"undecided": f"{words}，口径待明确"}, f"“{words}”可有两种读法"
        return {"at_most": low}, ""
    return {"at_least": low}, ""


def _name(text: str, match: re.Match[str]) -> str:
    """What is counted: the words before the number in its clause, else those after it."""
    start = match.start()
    head = start
    while head > 0 and text[head - 1] not in _STOPS:
        head -= 1
    before = text[head:start] + (match["gap"] or "")
    after = re.match(r"[^，。；、：,;:（）()\n]{0,12}", text[match.end() :])
    name = before.strip().strip("\0 ") or (after[0].strip() if after else "")
    return name[-30:] or text.strip()[:20]


def _clause(text: str, start: int, end: int) -> str:
    while start > 0 and text[start - 1] not in "。；;\n":
        start -= 1
    while end < len(text) and text[end] not in "。；;\n":
        end += 1
    return text[start:end].strip()


def _half(number: str) -> str:
    """Full-width digits as usual ones, without zeros in front."""
    plain = number.translate({ord("０") + i: str(i) for i in range(10)} | {ord("．"): "."})
    whole, dot, rest = plain.partition(".")
    return (whole.lstrip("0") or "0") + dot + rest if plain else ""
