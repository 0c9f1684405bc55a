"""What a notice says about itself: how it marks who leads (打★为牵头责任单位, 列第一位的为牵头单位)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

Means = Literal["mark", "bold", "first"]
MARKS: Final = "★☆▲*＊"

_WHOSE: Final = "(?:该项?|本项|各项)(?:工作|任务)?的?|总"
_LEADS: Final = (
    rf"(?:为|是|系|表示|代表|即|作为|指|：|:)?(?:{_WHOSE})?(?:牵头|主办|主责|责任牵头|第一责任)"
)
_OTHER_ROLE: Final = r"(?:为|是|系|表示|代表|即|指)[^，。；;,]{0,12}"
_MARKED: Final = re.compile(rf"[“\"（(]?([{MARKS}])[”\"）)]?号?[^，。；;,：:]{{0,8}}?{_LEADS}")
_MARKED_OTHER: Final = re.compile(
    rf"[“\"（(]?([{MARKS}])[”\"）)]?号?[^，。；;,：:]{{0,8}}?({_OTHER_ROLE})"
)
_BOLD: Final = re.compile(rf"(?:加粗|黑体|粗体|字体加黑|加黑)[^，。；;,]{{0,8}}?{_LEADS}")
_FIRST: Final = re.compile(
    r"(?:列|排|居|位列|排列|排名|位居|名列)?(?:在)?(?:第一位|首位|第1位|第一个|第一名|(?<=列)第一|(?<=排)第一|(?<=名)第一|最前面?)[^，。；;,]{0,8}?"
    rf"{_LEADS}|(?:第一个|首个|首家|首列)[^，。；;,]{{0,6}}?{_LEADS}"
    r"|牵头(?:责任)?单位(?:为|是|列|排)(?:在)?(?:第一|首)"
)


_REST: Final = re.compile(r"(?:其他|其它|其余|后列|后面)[^，。；;,]{0,8}?(?:配合|协办|参与|协助)")


class LeadRule(NamedTuple):
    """How a notice marks its leads, and its own words for it; ``rest_supports``: all the others are 配合单位."""

    means: Means
    words: str
    mark: str = ""
    rest_supports: bool = False


class Statements(NamedTuple):
    """The rule for leads that a notice states, and the marks of which it says that they mean something else."""

    rule: LeadRule | None = None
    other_marks: frozenset[str] = frozenset()
    words: str = ""


def statements(texts: Iterable[str]) -> Statements:
    """What the texts say of leads and marks: heads of unit columns, notes, paragraphs, in the order of their weight."""
    rule: LeadRule | None = None
    others: set[str] = set()
    words = ""
    for text in texts:
        plain = "".join(text.split())
        found = _stated(plain)
        rule = rule or found
        if found is None and (other := _MARKED_OTHER.search(plain)):
            others.add(other[1])
            words = words or other[0]
    if rule and rule.mark:
        others.discard(rule.mark)
    return Statements(rule, frozenset(others), words)


def _stated(plain: str) -> LeadRule | None:
    rest = _REST.search(plain) is not None
    if found := _MARKED.search(plain):
        return LeadRule("mark", found[0], found[1], rest)
    if found := _BOLD.search(plain):
        return LeadRule("bold", found[0], rest_supports=rest)
    if found := _FIRST.search(plain):
        return LeadRule("first", found[0], rest_supports=rest)
    return None
