"""Where numbers with a unit stand in a text, and which numbers are none that somebody has to reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gaigai_cli.words.normal import chinese_number

DURATIONS: Final = frozenset("个工作日 工作日 个小时 小时 分钟 个月 周 天 日".split())
SHARES: Final = frozenset(("%", "‰"))
POINTS: Final = frozenset(("个百分点", "百分点"))

_NUM: Final = r"[0-9０-９]+(?:,[0-9]{3})*(?:[.．][0-9０-９]+)?"
_CN: Final = "[一二两三四五六七八九十]+"
_UNITS: Final = (
    "个百分点|百分点|个工作日|工作日|个小时|小时|分钟|个月|万平方米|平方米|平方公里|公里|万亿元|亿元|万元|万亩|"
    "万人次|人次|场次|轮次|班次|件次|家次|户次|学时|课时|万人|万名|万户|万家|万个|万件|万吨|万辆|亿斤|万千瓦|千瓦|兆瓦|立方米|个|件|项|次|篇|场|期|家|户|名|人|"
    "宗|例|批|份|条|座|处|套|亩|吨|天|日|元|位|倍|类|种|台|间|所|支|只|张|幅|株|辆|轮|部|门|本|块|米|斤|周|微克"
)
_RANGE: Final = "[-—－–~～至到]+"
_AFTER: Final = "（含）以上|（含）以下|及以上|以上|及以下|以下|以内|之内|内|左右"
_QUANTITY: Final = re.compile(
    rf"(?P<n>{_NUM})(?:\s*(?P<early>[%％‰]))?(?:\s*{_RANGE}\s*(?P<m>{_NUM}))?"
    rf"\s*(?P<unit>[%％‰]|{_UNITS})?\s*(?P<after>{_AFTER})?"
)
# Numerals are figures only where a word beside them says so: 两阶段 and 一次性 are none.
_NUMERAL: Final = re.compile(
    rf"(?P<bound>不少于|不低于|不得少于|不得低于|至少|最少|不超过|不得超过|不多于|最多|达到|组织|开展|举办|召开|报送|举行)"
    rf"(?P<between>\w{{0,8}}?)(?P<n>{_CN})(?P<unit>{_UNITS})(?!性|件事|步)|"
    rf"(?P<n2>{_CN})(?P<unit2>个工作日|个小时|小时|个月|天|次|篇|个|家|项|场|期|件)"
    r"(?=（含）以上|及以上|以上|以内|之内|内)(?!内容|内部)"
)
_DAYS: Final = re.compile(
    "|".join(
        (
            r"[〔\[［【（(]\s*(?:19|20)\d\d\s*[〕\]］】）)](?:\s*第?\s*\d+\s*号)?",
            r"(?:19|20)\d\d\s*(?:年|[-.—/]\d{1,2}(?:[-./]\d{1,2})?)(?:度|底|末|初)?",
            r"\d{1,2}\s*[-—至到]?\s*\d{0,2}\s*月(?:\d{1,2}日|份|底|末|初|[上中下]旬)?",
            r"每个?(?:月|季度|季|年)\d+[日号]|\d{1,2}日(?=前|之前|以前|起|至|上午|下午)",
            r"(?:印发|下发|发布|通知|文件)(?:之日起|之后|后)\s*\d+\s*(?:个工作日|个月|天|日)(?:之内|以内|内)?",
            r"(?:电话|手机|传真|邮编)[:：]?\s*[\d-]{5,}|\d{3,4}-\d{7,8}|(?<!\d)1\d{10}(?!\d)",
            r"[（(][^（）()0-9０-９]*[）)](?=\s*[0-9０-９])",
            r"(?:^|(?<=[。；;\n]))\s*[（(]?\d+[.．、）)](?!\d)",
        )
    )
)
"""Days, numbers of documents and points, telephones: no part of a name either."""
_LETTERS: Final = "[A-Za-z]"
_BIG: Final = r"\w{0,8}(?:项目|企业|工程|贷款|建筑|房屋|场所)"
_RUN: Final = r"(?<!\d)\d+"
"""All of a number: tried from each of its digits on, a long one would take its length squared."""
_NAMES: Final = re.compile(
    "|".join(
        (
            '《[^》]*》|[“"‘][^”"’]*[”"’]',  # 四个一, 1+N, 一件事: a name, whatever stands in it
            r"第\s*[0-9０-９]+(?:\s*[-—至到]\s*\d+)?",
            r"(?<!\d)1[12]\d{3}(?=[^\d%％]{0,6}(?:热线|平台|工单|便民))",
            rf"±?{_RUN}\.\d{{3}}(?!\d)|{_RUN}(?:-\d+)?[号#]",
            rf"{_RUN}\s*[×xX＊*]\s*\d+\s*(?:小时|天)?|24\s*小时(?=不打烊|自助|服务|开放|在线|值班|办|受理|运行)",
            rf"{_RUN}{_LETTERS}+|{_LETTERS}+[-—]?\d+(?:\.\d+)?|{_RUN}\+{_LETTERS}*\d*",
            rf"{_RUN}分钟(?=\w{{0,6}}圈)|{_RUN}[人名]以上的|后\d+[名位]",
            r"连续\d+(?:次|个?月|年|天)|(?:在|对|由)\d+(?:个(?!工作日|月|小时)|家|名)(?=\w)",
            rf"{_RUN}百?强|{_RUN}周年|{_RUN}\s*岁(?:以上|以下)?",
            rf"{_RUN}个以上(?=部门|单位|环节|事项|市场主体)",
            r"(?:最多|只)(?:跑|来)\s*[0-9一零]\s*次|[1一]次(?:性|办|申请|告知|不用|都不)",
            rf"(?:分为|划分为|分成|分)\d+个|{_RUN}个(?:阶段|方面|层面|层级|维度|类别|部分|步骤)",
            rf"(?<!\d){_NUM}(?:亿元|万元|元|万平方米|平方米|亩)(?:（含）)?(?:及?以上|以下)的?(?={_BIG})",
        )
    )
)
"""Numbers that are part of a name, or say how large the things are that are counted."""
_ALL_NUMERALS: Final = "0123456789０１２３４５６７８９一二两三四五六七八九十"
_NUMERALS: Final = re.compile(f"[{_ALL_NUMERALS}]")
_NARROW: Final = {ord("０") + i: str(i) for i in range(10)} | {ord("．"): "."}
_HIDDEN: Final = 0xE000
_PLACES: Final = range(len(_ALL_NUMERALS))
_RANK: Final = re.compile(
    rf"(?:全[国省市县区])?前(?P<n>[0-9]+|{_CN})(?:名|位|(?=[，。；、]|$))(?!季|个|期|批)"
)
RANK: Final = "名次"
"""Stands as ``after`` where a number is a place among others: 前三名."""
_BASE: Final = re.compile(
    rf"(?:由|从)(?:原来的|原先的|原有的|原|目前的|现行的|法定的?)?\s*(?P<base>{_NUM}\s*(?:[%％]|{_UNITS})?)"
    r"(?=[^，。；]{0,6}(?:压|缩|减|降|提|增|延|扩))"
)


class Quantity(NamedTuple):
    """A number with its unit at ``start`` to ``end`` of the text; ``high`` where a range is written, ``after`` 以上…"""

    start: int
    end: int
    low: str
    high: str
    unit: str
    after: str


def quantities(text: str) -> tuple[str, list[Quantity]]:
    """The text without whatever is no target, and the numbers that are left in it.

    Each character keeps its place: those of days are NUL, numerals in names are hidden until `shown`.
    """
    plain = _NAMES.sub(lambda match: _NUMERALS.sub(_hidden, match[0]), text)
    plain = _BASE.sub(_blank, _DAYS.sub(_blank, plain))
    ranks = list(_ranks(plain))
    plain = _RANK.sub(_blank, plain)
    return plain, sorted([*ranks, *_figures(plain), *_numerals(plain)])


def shown(words: str) -> str:
    """Words of the text that `quantities` gave, the numerals of names in them as they were."""
    return "".join(
        _ALL_NUMERALS[ord(c) - _HIDDEN] if ord(c) - _HIDDEN in _PLACES else c for c in words
    )


def base_between(text: str, start: int, end: int) -> str:
    """What 由10个工作日压缩至… starts from, in the words from ``start`` to ``end``; empty where nothing does."""
    found = [match["base"] for match in _BASE.finditer(text, start, end)]
    return "".join(found[-1].split()) if found else ""


def _hidden(match: re.Match[str]) -> str:
    return chr(_HIDDEN + _ALL_NUMERALS.index(match[0]))


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def _ranks(plain: str) -> Iterator[Quantity]:
    for match in _RANK.finditer(plain):
        place = match["n"] if match["n"].isdecimal() else chinese_number(match["n"])
        if place:
            yield Quantity(match.start(), match.end(), str(place), "", "位", RANK)


def _figures(plain: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(plain):
        unit = match["unit"] or (match["early"] if match["m"] is None else None)
        if unit:
            low, high = plain_number(match["n"]), plain_number(match["m"] or "")
            unit = unit.replace("％", "%")
            yield Quantity(match.start(), match.end(), low, high, unit, match["after"] or "")


def _numerals(plain: str) -> Iterator[Quantity]:
    for match in _NUMERAL.finditer(plain):
        which = "n" if match["n"] else "n2"
        number = 2 if match[which] == "两" else chinese_number(match[which])
        if number is None:
            continue
        unit = match["unit" if which == "n" else "unit2"]
        end = match.end()
        after = re.match(_AFTER, plain[end:])
        behind = after[0] if after else ""
        yield Quantity(match.start(which), end + len(behind), str(number), "", unit, behind)


def plain_number(number: str) -> str:
    """Full-width digits as usual ones, without zeros in front."""
    plain = number.replace(",", "").translate(_NARROW)
    whole, dot, rest = plain.partition(".")
    return (whole.lstrip("0") or "0") + dot + rest if plain else ""
