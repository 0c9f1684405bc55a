"""Numbers before words: of paragraphs, and of points in a cell (1. 2. 3., （1）（2）, ①②), each an item of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from gaigai_cli.notice.document import Line
from gaigai_cli.words.normal import CHINESE, MARKS, numeral_value
from gaigai_cli.words.pattern import regex

NUMBER: Final = regex(rf"[（(第]?(?:[0-9]{{1,3}}|{CHINESE}|[①-⑳])[）)]?[.．、项]?")
"""A cell or line that holds a number and nothing else."""
BEGINS: Final = rf"[（(]?(?:[0-9]{{1,3}}|{CHINESE})[）)、.．]|[①-⑳]"
"""A pattern of what a line begins with that has a number: it goes on with no other."""

COUNTED: Final = "(?:[\u4e00-\u9fff]{2})?(?:任务|事项|行动|问题|项目|工程|实事|议题|举措|措施)"
"""A pattern of what a number may stand behind: 任务一, 整治事项1."""

FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "1.": regex(
        r"(?P<n>\d{1,2})\s*(?:[.．、](?:(?!\d)|(?=20\d\d年))|[.．](?=(?:[1-9]|1[0-2])月))[ \t　]*"
    ),
    "（1）": regex(r"[（(]\s*(?P<n>\d{1,3})\s*[）)][、.．]?[ \t　]*"),
    "1）": regex(r"(?P<n>\d{1,2})\s*[）)][ \t　]*"),
    "①": regex(r"(?P<n>[①-⑳])[、.．]?[ \t　]*"),
    "一、": regex(rf"(?P<n>{CHINESE})\s*[、.．](?:(?<!一、)|(?!二(?:、三)?[级类期季产]))[ \t　]*"),
    "（一）": regex(rf"[（(]\s*(?P<n>{CHINESE})\s*[）)][、.．]?[ \t　]*"),
}
"""Numbers before words, by their form. 1.5 is none, nor are 2024. and 一、二级; 1.5月底前 holds one, 1、5月 may not."""
_COUNTERS: Final = "万亿千百个公亩米倍元年月日级版吨里座所条处家项件场次名人户套台辆种类批期平岁"
"""What stands behind a figure that counts something, so that it is no number: 1.5万亩, 2.3公里."""
LEVELS: Final[tuple[re.Pattern[str], ...]] = (
    regex(rf"第(?P<n>{CHINESE})(?:章|编|篇|部分)\s*"),
    regex(
        # 一、, 任务一：, （整治任务一）, 第一条, 第12号
        rf"[【〔\[（(]?(?:(?P<word>{COUNTED})|(?P<article>第))?"
        rf"(?P<n>{CHINESE}|(?<=[务项动题目程事措施第])[0-9]{{1,3}})"
        r"(?(article)(?:条[：:]?|[，,]|号(?![令文公])(?:提案|建议|议案)?[：:]?)"
        r"|(?(word)(?:[、.．：:】〕\]）)]+|[ \u3000\t]+(?=\w))|[、.．]))\s*"
    ),
    FORMS["（一）"],
    regex(
        rf"(?P<n>\d{{1,4}})(?:\s*[{MARKS}]\s*(?=[.．、]))?(?:[.．、](?![0-9])\s*|[.．、](?=20\d\d年)|[）)]\s*)"
    ),  # 1., 1*., 4.2024年
    regex(
        r"\d{1,2}(?:[.．]\d{1,2})?(?:[.．]|[-—－](?=\d{1,2}[、\s]))(?P<n>\d{1,2})[.．、]?"
        r"(?:[ \u3000\t]+(?=\w)|(?=[\u4e00-\u9fff《“]))"
        rf"(?![{_COUNTERS}])"  # 1.1, 2.3.1, 1-1
    ),
    FORMS["（1）"],
    FORMS["①"],
    regex(rf"(?P<n>{CHINESE})是(?=\w)"),
)
"""Numbers before paragraphs, the highest first: chapters, 一、, （一）, 1., 1.1, （1）, ①, 一是."""
_CLOSE: Final = regex(
    rf"(?P<n>[0-9]{{1,3}})(?:[.．、](?=[0-9]+(?:\w*[^\W\d]|[.．][0-9]+[{_COUNTERS}A-Za-z%％]))"
    r"|[ \u3000\t]+(?=[\u4e00-\u9fff])(?![年月日时点个家条次]|项(?!目)))"
)
"""A number right before a figure, or with no more than a blank behind it."""
_SIGN: Final = regex(rf"[{MARKS}]\s*")
_ENDS: Final = "。；;！!？?\n"


def number_before(text: str) -> re.Match[str] | None:
    """Return the match of a number in one of the forms that a text begins with; None where it begins with none."""
    return next(filter(None, (form.match(text) for form in FORMS.values())), None)


def without_number(text: str) -> str:
    """Return a text without such a number at its beginning."""
    number = number_before(text)
    return text[number.end() :] if number else text


class Point(NamedTuple):
    """A point: its number as written with the sign after it, and its text."""

    label: str
    number: int
    text: str


class Points(NamedTuple):
    """A cell taken apart; ``doubt`` says why it was left whole though it holds numbers."""

    points: tuple[Point, ...]
    doubt: str = ""


POINTS: Final = 3  # the level of 1. : those above are headings of parts as well
_DECIMALS: Final = 4  # the level of 1.1
_IS: Final = len(LEVELS) - 1  # 一是
_YEARS: Final = range(1900, 2100)
_SECOND: Final = regex("2[.．、]|二是")
_OF_NOTICE: Final = regex(rf"[（(]第(?:[0-9]+|{CHINESE})号[）)]")


class Number(NamedTuple):
    """The number that a paragraph begins with: how deep it lies, 0 the highest, its label, and the ``text`` behind."""

    level: int
    label: str
    value: int
    text: str


def numbers_of(lines: Sequence[Line]) -> list[Number | None]:
    """Return the number of each line, None for one without."""
    goes_on = any(_SECOND.match(line.text) for line in lines)
    later: dict[int, int] = {}
    below: list[Mapping[int, int]] = []
    for line in reversed(lines):
        below.append(later)
        if number := number_of(line.text):
            later = {at: n for at, n in later.items() if at < number.level}
            later[number.level] = number.value
    counted: dict[int, int] = {}
    numbers: list[Number | None] = []
    for line, next_ones in zip(lines, reversed(below), strict=True):
        if number := number_of(line.text, counted, next_ones, goes_on=goes_on):
            counted = {at: n for at, n in counted.items() if at <= max(number.level, POINTS)}
            counted[number.level] = number.value
        numbers.append(number)
    return numbers


_NOTHING: Final[Mapping[int, int]] = {}


def number_of(
    text: str,
    counted: Mapping[int, int] = _NOTHING,
    later: Mapping[int, int] = _NOTHING,
    *,
    goes_on: bool = False,
) -> Number | None:
    """Return the number that a paragraph begins with, None where it begins with none.

    One that may be a year (2024.), or has a digit right behind it (2.100个示例点工程), a blank (2 示例), another before
    it (2.3 示例) or 是 is one only where it goes on from those that were ``counted`` above, each the last of its level,
    or those below it, the ``later`` ones, go on from it, or where it is the first and the notice ``goes_on`` with 2.
    One that is no decimal with the figure behind it (6.5G示例网) only needs others above. A line that is （第1号） is
    the number of what is announced.
    """
    if _OF_NOTICE.fullmatch(text):
        return None
    sign = _SIGN.match(text)
    start = sign.end() if sign else 0
    for level, form in (*enumerate(LEVELS), (POINTS, _CLOSE)):
        match = form.match(text, start)
        if match is None:
            continue
        value = numeral_value(match["n"])
        before = counted.get(level, 0)
        close = form is _CLOSE
        no_decimal = close and (before or value == 1) and _NO_DECIMAL.match(text, start)
        unsure = (close and not no_decimal) or level in (_DECIMALS, _IS) or value in _YEARS
        begins = value == 1 and (
            goes_on or (match[0][-1] in "、 \u3000\t" if close else level != _IS)
        )
        runs_on = value == before + 1 > 1 or (value > before and value + 1 == later.get(level))
        if value and (not unsure or begins or runs_on):
            return Number(
                level, text[: match.end()].strip("【〔[】〕] 　"), value, text[match.end() :]
            )
    return None


def starts_between(number: Number, later: int) -> list[int]:
    """Return where in a paragraph's words those begin whose numbers lie between its own and a ``later`` one's.

    Each follows the end of a sentence or a bracket; empty where these numbers aren't all that are there.
    """
    missing = [*range(number.value + 1, later)]
    marks = [
        mark
        for mark in LEVELS[number.level].finditer(number.text if missing else "")
        if mark.start() and _opens(number.text, mark.start(), after=f"{_ENDS}）)")
    ]
    found = [numeral_value(mark["n"]) for mark in marks]
    return [mark.start() for mark in marks] if found == missing else []


def starts_inside(text: str) -> list[int]:
    """Return where in a paragraph that begins with no number three points and more begin: …十件实事是：1.…。2.…。3.….

    They run on from 1, each behind a colon or the end of a sentence; empty where there are none.
    """
    for form in FORMS.values():
        marks: list[re.Match[str]] = []
        for mark in form.finditer(text):
            goes_on = numeral_value(mark["n"]) == len(marks) + 1
            if goes_on and mark.start() and _opens(text, mark.start(), after=f"{_ENDS}：:"):
                marks.append(mark)
        if len(marks) >= _FEWEST_RUNNING:
            return [mark.start() for mark in marks]
    return []


def split_points(text: str, *, after: int = 0, anywhere: bool = False) -> Points:
    """Return the numbered points of a cell that begins with one; the whole cell as one point where it holds none.

    The first number must be 1, or greater than that of the last point above, ``after``, unless it may begin
    ``anywhere``; each further one is greater by one and begins a line or follows the end of a sentence, as ② need not.
    Points within points stay in their text.
    """
    stripped = text.strip()
    whole = (Point("", 0, stripped),)
    if points := _close_points(stripped):
        return Points(points)
    for name, form in FORMS.items():
        first = form.match(stripped)
        if first is None:
            continue
        number = numeral_value(first["n"])
        if number != 1 and not anywhere and not 0 < after < number:
            return Points(whole, f"“{first[0].strip()}”：编号不是从1开始，没有去掉")
        found = list(form.finditer(stripped))
        begins = [mark for mark in found if name == "①" or _opens(stripped, mark.start())]
        marks: list[re.Match[str]] = []
        for mark in begins:
            if numeral_value(mark["n"]) == number + len(marks):
                marks.append(mark)
        points = _between(stripped, marks)
        if not all(point.text for point in points):
            return Points(whole, "有的编号后面没有内容")
        if unsure := _number_or_figure(stripped, number + len(marks)):
            return Points(points, unsure)
        if unsure := _within_sentence(stripped, found, number + len(marks)):
            return Points(points if len(points) > 1 else whole, unsure)
        missed = f"“{name}”一类的编号不连续：{'、'.join(str(numeral_value(mark['n'])) for mark in begins)}"
        return Points(points, missed if len(begins) > len(marks) else "")
    tight = _number_or_figure(stripped, 1) and _number_or_figure(stripped, 2)
    tight = tight or (_number_or_figure(stripped, after + 1) if after else "")
    return Points(whole, tight or _inner(stripped))


def _within_sentence(text: str, found: Sequence[re.Match[str]], number: int) -> str:
    """Return why a point of this number is not apart: （2）, or 2. behind a blank, stands where no sentence ends."""
    said = (
        mark[0].strip()
        for mark in found
        if numeral_value(mark["n"]) == number
        and (text[mark.start()] in "（(" or text[max(mark.start() - 1, 0)].isspace())
        and not text.endswith("第", 0, mark.start())
    )
    mark = next(said, "")
    return f"“{mark}”前面没有句号、分号，没有拆开" if mark else ""


_TIGHT: Final = regex(r"(?P<n>\d{1,2})[.．]\d+\w?")
_FEWEST_RUNNING: Final = 3
"""Numbers from 1 on that make those right before a figure numbers, too: 1.5G基站 2.1.5万亩农田 3.3D打印."""
_BEFORE_FIGURE: Final = regex(
    rf"(?!\d{{1,2}}[.．]\d{{1,2}}(?:\s|(?![{_COUNTERS}])[\u4e00-\u9fff《“]))(?P<n>\d{{1,2}})[.．、](?=\d)"
)
"""A number right before a figure that may be a decimal, too; not 1.1示例."""

_NO_DECIMAL: Final = regex(
    r"\d{1,2}(?:、(?!\d+[月日季年级号、])|[.．](?=\d+(?:[个名家条座所户台辆件场项]|G(?![A-Za-z]))))"
)
"""A number right before a figure that is none with it: 2、10个示范村, 2.10个示范村, 2.5G示例网; not 2、3月, 2.5公里."""
DECIMAL: Final = regex(rf"\d+[.．]\d+[{_COUNTERS}]")
"""What may be a figure with what it counts: 2.1万亩, but 1.1年度示例, too."""


def numbers_before(texts: Sequence[str]) -> list[re.Match[str]]:
    """Return the match of the number that each text begins with; nothing where one of them has none.

    Right before a figure it is one only where all run on from 1, or count up beside certain ones and it is no decimal.
    """
    sure = [number_before(text) for text in texts]
    found = [
        match for at, text in enumerate(texts) if (match := sure[at] or _BEFORE_FIGURE.match(text))
    ]
    if len(found) < len(texts) or not found:
        return []
    certain = len(found) > 1 and (sure[-1] or _NO_DECIMAL.match(texts[-1])) and _from_one(found)
    return found if all(sure) or certain or _run_on(found) or _beside(sure, found) else []


def _beside(sure: Sequence[re.Match[str] | None], found: Sequence[re.Match[str]]) -> bool:
    """Return whether numbers count up, and those right before figures are no decimals beside others: 5. and 6、5G."""
    numbers = [numeral_value(match["n"]) for match in found]
    decimals = (not _NO_DECIMAL.match(each.string) for at, each in enumerate(found) if not sure[at])
    return any(sure) and numbers == sorted(set(numbers)) and not any(decimals)


def count_up(numbers: Sequence[int]) -> bool:
    """Return whether numbers count up from 1, perhaps several times."""
    return bool(numbers) and all(
        number in (1, before + 1) for before, number in pairwise((0, *numbers))
    )


def _run_on(matches: Sequence[re.Match[str]]) -> bool:
    """Return whether numbers run on from 1, and not all of them may as well be decimals that count: 1.5公里 2.5公里."""
    if all(DECIMAL.match(match.string, match.start("n")) for match in matches):
        return False
    return len(matches) >= _FEWEST_RUNNING and _from_one(matches)


def _from_one(matches: Sequence[re.Match[str]]) -> bool:
    numbers = [numeral_value(match["n"]) for match in matches]
    return numbers == list(range(1, len(numbers) + 1))


def _close_points(text: str) -> tuple[Point, ...]:
    """Return the points of a text some of whose numbers stand right before figures; none where they don't run on.

    One that is certain tells that there are all those before it: 1.1个示例点。2.推进示例事项。
    """
    marks: list[re.Match[str]] = []
    close = certain = False
    for begin in _LINE_OR_SENTENCE.finditer(text):
        sure = FORMS["1."].match(text, begin.end())
        mark = sure or _BEFORE_FIGURE.match(text, begin.end())
        if mark and numeral_value(mark["n"]) == len(marks) + 1:
            marks.append(mark)
            close |= sure is None
            no_decimal = sure or _NO_DECIMAL.match(text, begin.end())
            certain = len(marks) > 1 and no_decimal is not None
    return _between(text, marks) if close and (certain or _run_on(marks)) else ()


_LINE_OR_SENTENCE: Final = regex(rf"(?:^|(?<=[{_ENDS}]))\s*")


def _between(text: str, marks: Sequence[re.Match[str]]) -> tuple[Point, ...]:
    """Return the points that marks begin."""
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return tuple(
        Point(mark[0].strip(), numeral_value(mark["n"]), text[mark.end() : end].strip())
        for mark, end in zip(marks, ends, strict=True)
    )


def _number_or_figure(text: str, number: int) -> str:
    """Return why it is unclear whether a point of this number begins right before a figure: 2.10个示范村."""
    found = (
        mark[0]
        for mark in _TIGHT.finditer(text)
        if int(mark["n"]) == number and _opens(text, mark.start())
    )
    said = next(found, "")
    return f"“{said}”看不出是编号还是小数，没有拆开" if said else ""


def _opens(text: str, at: int, after: str = _ENDS) -> bool:
    """Return whether a place is the text's start, begins a line, or follows the end of a sentence and blanks."""
    while at and text[at - 1].isspace() and text[at - 1] not in after:
        at -= 1
    return at == 0 or text[at - 1] in after


def _inner(text: str) -> str:
    """Return what speaks for points in a cell that doesn't begin with one."""
    for name, form in FORMS.items():
        numbers = [
            numeral_value(m["n"])
            for m in form.finditer(text)
            if m.start() and _opens(text, m.start(), after=f"{_ENDS}：:")
        ]
        if numbers[:2] == [1, 2]:
            return f"开头的文字之后有“{name}”一类的编号，没有拆成几项"
    return ""
