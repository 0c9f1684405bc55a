"""What a paragraph says of who and when: behind labels, in brackets, in a sentence's end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from gaigai_cli.model.roles import ROLES, UNIT_LISTS
from gaigai_cli.notice.document import Cell, Line, Place, squeezed
from gaigai_cli.notice.leads import without_rule
from gaigai_cli.notice.points import number_of
from gaigai_cli.notice.row import BY_GROUP, Headed
from gaigai_cli.words.brackets import (
    CLOSES,
    CLOSING,
    NO_BRACKET,
    OPENING,
    OPENS,
    closed_at,
    left_open,
)
from gaigai_cli.words.days import WINDOW
from gaigai_cli.words.deadline import ANY_YEAR, is_deadline, read_deadline
from gaigai_cli.words.heads import (
    ACTS,
    LABEL,
    PEOPLE,
    UNIT_ROLES,
    WHAT,
    WHOLE_LABEL,
    ColumnUse,
    role_said,
    says,
    says_what,
    simplified,
    use_of,
)
from gaigai_cli.words.normal import CHINESE, MARKS, any_of
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.unit_lexicon import BEGINS_UNIT, ENDING, YOURS, is_name, is_open, is_section
from gaigai_cli.words.units import ONLY_SUPPORT, UnitsReading, read_units

_BOXED: Final = regex(
    rf"[【\[〔]\s*({WHOLE_LABEL}|[\u4e00-\u9fff]{{2,8}}(?:单位|部门))\s*[】\]〕]\s*(?:[：:]\s*|(?=\w))"
)
_SPACED: Final = regex(rf"({WHOLE_LABEL})[ \u3000\t]+(?=\w)(?!{WHOLE_LABEL}(?:[ \u3000\t]|$))")
_SPREAD: Final = regex(r"^(?:[\u4e00-\u9fff]{1,2}[ \u3000]+){1,9}[\u4e00-\u9fff]{1,2}(?=\s*[：:])")
_BULLET: Final = regex(rf"^[{MARKS}—–·•-]+\s*(?=(?:{WHOLE_LABEL}|{WHAT})\s*[：:])")
_TRADITIONAL: Final = regex(r"[\u4e00-\u9fff]{2,8}(?=\s*[：:])")
BULLET: Final = regex(rf"^[{MARKS}•·—–-]+\s*(?=[\w“《])")
"""A sign before the words of an item without a number."""
_MOST_CLAUSES: Final = 10
"""Clauses that a deadline behind units may have."""
_STOPS: Final = "。；：;:\n"
_EDGE: Final = "，,；;。 　\n"
_OPENS: Final = f"{OPENING}—–"
"""What may stand before the next label: （责任单位：…, ——责任单位：…."""

Field = tuple[str, str]
"""A label, and the words behind it; 责任单位 and 完成时限 where the words have none."""
_WHO: Final = "责任单位"
_WHEN: Final = "完成时限"


class Said(NamedTuple):
    """What a paragraph says of who and when, and ``text``, the words that are left.

    ``below``: who and when stand on lines of their own. ``rule``: what it says of the leads of all paragraphs.
    ``heads``: who acts stands before a colon, but may as well be what is to be done: 示例驿站：….
    """

    text: str
    fields: tuple[Field, ...] = ()
    below: bool = False
    rule: str = ""
    heads: bool = False

    @property
    def is_item(self) -> bool:
        """Return whether it says who or when, and not only whom to ask."""
        return any(use_behind(label) not in PEOPLE for label, _ in self.fields)

    @property
    def names_units(self) -> bool:
        """Return whether it says who acts in any role."""
        return any(use_behind(label) in UNIT_ROLES for label, _ in self.fields)

    @property
    def names_doers(self) -> bool:
        """Return whether it says who leads or is responsible, and not only who supports: 县乙局配合."""
        return any(
            use_behind(label) in ("lead", "responsible")
            and read_units(words).doubts != (ONLY_SUPPORT,)
            for label, words in self.fields
        )

    @property
    def words(self) -> str:
        """The fields in one line."""
        return "；".join(f"{label}：{words}" for label, words in self.fields)


def with_roles(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, one that only says who supports with a label: 配合单位：县乙局 for 县乙局配合。.

    So is the sentence right above it that only says who leads; without a stop it may head what is below, and both stay.
    """
    said = [_with_roles(line) for line in lines]
    supports = [each is not None and each.text.startswith(_SUPPORT) for each in said]
    heads = [
        each is not None and not (support or line.text.rstrip().endswith(_STOPPED))
        for line, each, support in zip(lines, said, supports, strict=True)
    ]
    for at, line in enumerate(lines):
        alone = supports[at] and not (at and heads[at - 1])
        above = not heads[at] and any(supports[at + 1 : at + 2])
        labelled = said[at]
        yield labelled if labelled and (alone or above) else line


_SUPPORT: Final = UNIT_LISTS["support"]
_STOPPED: Final = ("。", "；", "）", ")")


def _with_roles(line: Line) -> Line | None:
    """Return a line that is but a sentence of who acts with labels instead; None for others."""
    words = line.text.strip(_EDGE)
    words = words[1:-1] if _BRACKET.fullmatch(words) else words
    ending = ENDING.search(words) if len(words) <= _LONGEST_WHO else None
    role = role_said(ending)
    if role is None or LABEL.search(words) or number_of(words):
        return None
    said = read_units(words)
    acting = {"lead": said.lead, "responsible": said.responsible, "support": said.support}
    several = any(names for each, names in acting.items() if each != role)
    if said.doubts not in ((), (ONLY_SUPPORT,)) or (several and said.open):
        return None
    acting[role] = (*acting[role], *said.open)
    labelled = (
        f"{UNIT_LISTS[each]}：{'、'.join(names)}" for each, names in acting.items() if names
    )
    return line._replace(text="；".join(labelled))


def unboxed(line: Line) -> Line:
    """Return a line whose labels stand in brackets (【责任单位】县住建局) or before a blank with colons behind them.

    Blanks within them (责 任 单 位：) and signs before them (——责任单位：) are layout, traditional characters in them
    (責任單位：) the simplified ones.
    """
    text = _TRADITIONAL.sub(lambda label: simplified(label[0]), line.text)
    text = _SPREAD.sub(lambda label: squeezed(label[0]), text)
    text = _BULLET.sub("", _BOXED.sub(r"\1：", text))
    spaced = _SPACED.match(text)
    return line._replace(text=f"{spaced[1]}：{text[spaced.end() :]}" if spaced else text)


def use_behind(label: str) -> ColumnUse:
    """Return what stands behind a label; behind one that nobody knows, units."""
    use = use_of(label)
    return "responsible" if use == "extra" and not says(label, "nowhere") else use


def said_in(text: str) -> Said:
    """Return what a paragraph says of who and when: 责任单位：…, with the bracket that holds it, or without a label."""
    bare, people = _without_people(text)
    said = _said_but_people(bare)
    return said._replace(fields=(*said.fields, *people))


def _said_but_people(text: str) -> Said:
    """Return what a paragraph says in which no bracket only names people."""
    brackets = [found for found in _BRACKET.finditer(text) if _names_doers(found[1])]
    if len(brackets) > 1:
        return _in_each_bracket(text, brackets)
    labels = _labels(text)
    while labels and says_what(labels[0]["label"]):
        del labels[0]
    if labels:
        return _behind_labels(text, labels)
    without = Said(text)
    for found in (
        _in_last_bracket,
        _below_heading,
        _in_last_sentence,
        _in_inner_brackets,
        _in_front,
    ):
        without = found(text) or without
        if without.fields:
            break
    return without


def _without_people(text: str) -> tuple[str, list[Field]]:
    """Return a text without the brackets that only name people, （责任人：张三）, and whom each label names."""
    people: dict[str, list[str]] = {}
    bare = text
    for found in _BRACKET.finditer(text):
        label = LABEL.match(found[1])
        fields = _behind_labels(found[0], _labels(found[0])).fields if label else ()
        if fields and all(use_behind(name) in PEOPLE for name, _ in fields):
            bare = bare.replace(found[0], "", 1)
            for name, words in fields:
                people.setdefault(name, []).append(words)
    return bare, [(name, "、".join(words)) for name, words in people.items()]


def _behind_labels(text: str, labels: list[re.Match[str]]) -> Said:
    before = text[: labels[0].start()]
    opening = left_open(before)
    doers = before[opening + 1 :].strip(_EDGE) if opening is not None else ""
    fields: list[Field] = []
    if doers and (other := _UNKNOWN.fullmatch(doers)):
        fields.append((other["label"], other["words"]))
    elif doers and read_units(doers).doubts:
        opening = None
    elif doers:
        fields.append((_WHO, doers))
    start = len(before) if opening is None else opening
    stop = closed_at(text, start) if opening is not None else None
    if before[:start].strip() and not (stop and _ABOVE.match(text, stop + 1)):
        stop = None  # what follows is of the last field, too
    labels = [label for label in labels if stop is None or label.start() < stop]
    ends = [label.start() for label in labels[1:]] + [len(text) if stop is None else stop]
    what: list[str] = []
    rule = ""
    for label, end in zip(labels, ends, strict=True):
        if says_what(label["label"]):
            what.append(text[label.start() : end].strip())
            continue
        words = _unbracketed(text[label.end() : end].strip(_EDGE).rstrip(_OPENS).strip(_EDGE))
        name = squeezed(label["label"])
        if use_of(name) == "deadline":  # 完成时限：6月底前。（县住建局、县发改局按职责分工负责）
            last = _in_last_bracket(words)
            who = last.fields if [label for label, _ in last.fields] == [_WHO] else ()
            fields += ((name, last.text.strip(_EDGE) if who else words), *who)
            continue
        words, stated = without_rule(words)
        rule = rule or stated
        fields += _with_day(name, words)
    rest = (text[:start] + ("" if stop is None else text[stop + 1 :])).strip().rstrip("，—–- ")
    uses = {use_behind(label) for label, _ in fields}
    only_supports = uses <= {"support", *PEOPLE}
    if "deadline" not in uses:
        # 开展评查（9月底前） above 责任单位：, （县甲局牵头） above 配合单位：
        last = _in_last_bracket(rest)
        if only_supports or [label for label, _ in last.fields] == [_WHEN]:
            rest = last.text
            fields += last.fields
    below = text[:start].rstrip(" 　").endswith("\n") and not only_supports
    return Said("\n".join((rest, *what)), tuple(fields), below, rule)


_ABOVE: Final = regex(rf"[。；;]?\n(?!\s*(?:{WHOLE_LABEL})\s*[：:])|。\s*(?=\w)")
"""What stands behind the bracket of a heading's line above others without a label, or of a sentence before another."""
_UNKNOWN: Final = regex(r"(?P<label>[\u4e00-\u9fff]{2,8})\s*[：:]\s*(?P<words>[^：:]+)")
_LIKE_A_HEAD: Final = regex(
    rf"(?:^|(?<={OPENS})|(?<=[。；;\s]))(?P<label>[\u4e00-\u9fff]{{2,8}})\s*[：:]\s*"
)
_OF_FIELDS: Final = (*UNIT_ROLES, *PEOPLE, "deadline")


def _labels(text: str) -> list[re.Match[str]]:
    """Return the labels of a text; beside known ones those that could head a column: 牵头县领导, 包保责任人.

    Behind a known one also those of what has no place in the list: 成果形式, 目前进展.
    """
    known = list(LABEL.finditer(text))
    found = _LIKE_A_HEAD.finditer(text) if known else ()
    within = {place for label in known for place in range(*label.span())}
    longer = {
        head.end(): head
        for head in found
        if (
            use_of(head["label"]) in _OF_FIELDS
            or (says(head["label"], "nowhere") and head.start() > known[0].start())
        )
        and head.start() not in within
    }
    kept = [label for label in known if label.end() not in longer]
    return sorted([*kept, *longer.values()], key=re.Match.start)


def _with_day(label: str, words: str) -> Iterator[Field]:
    """Yield a field; more where units and a deadline without a label follow: 责任人：张三，县发改局；6月底."""
    if use_behind(label) in UNIT_ROLES:
        units, when = _who_and_when(words)
        yield label, units if when else words
        if when:
            yield _WHEN, when
        return
    if _TO_ASK.match(label):
        yield label, words
        return
    people, *others = (each.strip() for each in re.split("[，,；;]", words))
    named = [each for each in others if is_name(each)]
    days = [each for each in others if each not in named and is_deadline(each)]
    yield label, "，".join([people, *(each for each in others if each not in (*named, *days))])
    if named:
        yield _WHO, "、".join(named)
    yield from ((_WHEN, each) for each in days)


_TO_ASK: Final = regex("联[系络]|电话")
"""What begins the label of whom to ask; the unit behind it is theirs."""


def _unbracketed(words: str) -> str:
    """Return a text without the closing bracket of the whole, which stands behind the last field."""
    unopened = sum((c in CLOSING) - (c in OPENING) for c in words)
    while unopened > 0 and words[-1:] in tuple(CLOSING):
        words = words[:-1].strip(_EDGE)
        unopened -= 1
    return words


_DOING: Final = regex("负责|牵头|落实|配合|实施|参与|参加|承担|推进")
_SAYS_WHO: Final = regex(f"(?:{_DOING.pattern})(?<!推进)$")
_BY_WHEN: Final = regex("(?:前|底|末|完成|年内|推进|坚持|长期|全年|持续)$")
_LONGEST_BRACKET: Final = 200
_BRACKET: Final = regex(f"{OPENS}({NO_BRACKET}{{2,{_LONGEST_BRACKET}}}){CLOSES}")
_INNER: Final = regex(
    f"{OPENS}((?:{NO_BRACKET}|{OPENS}{NO_BRACKET}*{CLOSES}){{2,{_LONGEST_BRACKET}}}){CLOSES}"
)


def _names_doers(inside: str) -> bool:
    """Return whether what stands in a bracket says who, behind a label."""
    label = LABEL.match(inside)
    return label is not None and use_behind(label["label"]) in UNIT_ROLES


def _in_each_bracket(text: str, brackets: Sequence[re.Match[str]]) -> Said:
    """Return who acts in several sentences (〔责任单位：县甲局〕) as one field, and when: by stages where days differ.

    One day beside sentences without any is left among the words.
    """
    fields = [field for found in brackets for field in said_in(found[0]).fields]
    days = [words for label, words in fields if use_behind(label) == "deadline"]
    units = [f"{label}：{words}" for label, words in fields if use_behind(label) != "deadline"]
    each = [*dict.fromkeys(days)]
    when = ((_WHEN, "；".join(each)),) if len(each) > 1 or len(days) == len(brackets) else ()
    last = brackets[-1]
    if len(each) == len(when) and not text[last.end() :].strip(_EDGE):
        text = text[: last.start()].strip()
    return Said(text, ((_WHO, _together(units)), *when))


def _in_last_bracket(text: str) -> Said:
    """Return （县住建局牵头，6月底前完成）at the end as units and perhaps a deadline, if all of it is understood.

    Both may have a bracket: （县甲局负责）（6月底前完成）.
    """
    before, inner = _cut_bracket(text)
    inner, rule = without_rule(_OF_ALL.sub("", inner.strip(), count=1))
    rest = before.strip()
    units, when = _who_and_when(inner)
    if not units and len(inner) <= _LONGEST_BRACKET:
        units = inner if _SAYS_WHO.search(inner) or read_units(inner).is_units else ""
    if not units and _is_when(inner):
        said = _in_last_bracket(rest)
        said = said if said.fields else _in_last_sentence(rest) or _in_front(rest) or said
        return said._replace(fields=((_WHEN, inner), *said.fields), rule=said.rule or rule)
    if not units:
        return Said(text, rule=rule)
    below = before.rstrip(" 　").endswith("\n")
    inside = [*_inner_brackets(before)]
    days = dict.fromkeys((*(day for _, day in inside if day), when)) if when else ()
    said = _said(rest, _together([*(names for names, _ in inside), units]), "；".join(days))
    return said._replace(below=below, rule=rule)


def _cut_bracket(text: str) -> tuple[str, str]:
    """Return what stands before the bracket that ends a text, and in it; the text and nothing where none does."""
    end = text.rstrip("。；; 　\n")
    start = left_open(end[:-1]) if ends_in_bracket(text) else None
    return (text, "") if start is None else (end[:start], end[start + 1 : -1])


_OF_ALL: Final = regex(
    "^(?:(?:以上|上述|以下|下列)(?:[0-9一二两三四五六七八九十]+|所有|各|全部)?|(?:所有|各|全部)(?=项|任务|工作))"
    "(?:项(?!目)|条)?(?:重点|主要)?"
    "(?:工作|任务|事项|措施|项目|问题)*的?，?(?:均|都)?(?:[需须要应]|(?P<names>涉及))?"
)
"""What a sentence about all items above or below it begins with: 以上任务均需由…."""
_ARE_ALL: Final = regex(
    "(?P<who>[^，。；：:]{2,60}?)(?:(?:均|都)[为是]|[为是](?=以上|上述|以下|下列|各项))"
    "(?:(?:以上|上述|以下|下列)?[各全]?[项部]?"
    "(?:工作|任务|事项)*的?)?(?P<role>[\u4e00-\u9fff]{2,6})"
)
_ROLE_IS: Final = regex(r"(?<=单位|部门)(?:均|都)?[为是](?=\w)")
_NOT_AGAIN: Final = regex("[，；。](?:不再|不)[^，；。]{0,6}(?:列出|列明|重复|列举)$")
_BY_THEM: Final = regex("(?:责任|牵头|承办|主办|有关|相关)(?:单位|部门)")
"""Those whom each item names itself: 以上任务由各责任单位分别落实."""


def said_of_all(text: str) -> tuple[Field, ...] | None:
    """Return who acts, and perhaps when, by a sentence that says it of all items above or below; None for others.

    以上任务由县甲局牵头，6月底前完成, 以上各项均需各乡镇落实，不再一一列出, 各乡镇均为责任单位. Nothing where it isn't
    understood.
    """
    words = text.strip(_EDGE)
    words = words[1:-1].strip(_EDGE) if _BRACKET.fullmatch(words) else words
    words = _NOT_AGAIN.sub("", words)
    begin = _OF_ALL.match(words)
    rest = _ROLE_IS.sub("：", words[begin.end() :]) if begin else ""
    if (are := _ARE_ALL.fullmatch(words)) and use_of(are["role"]) in UNIT_ROLES:
        fields: tuple[Field, ...] = ((are["role"], are["who"]),)
    elif LABEL.match(rest):
        fields = _behind_labels(rest, _labels(rest)).fields
    else:
        units, when = _who_and_when(rest)
        told = ENDING.search(units) or (begin and begin["names"])
        fields = _said("", units, when).fields if told else ()
    who = [words for label, words in fields if use_behind(label) in UNIT_ROLES]
    if not who or any(map(_BY_THEM.search, who)):
        return () if BY_WHOM.match(rest) and not _BY_THEM.search(rest) else None
    return () if any(map(_unread, map(read_units, who))) else fields


def in_any_bracket(text: str) -> Said:
    """Return the bracket that ends a text as units, whatever stands in it but for a deadline at its end."""
    before, inside = _cut_bracket(text)
    if not (before.strip() and inside):
        return Said(text)
    last = _LAST_CLAUSE.fullmatch(inside)
    if last and is_deadline(last["words"]):
        return _said(before.strip(), last["rest"], last["words"])
    return _said(before.strip(), inside)


def _below_heading(text: str) -> Said | None:
    """Return who acts by the bracket that ends the first of several lines, the others what is to be done."""
    first, below, rest = text.partition("\n")
    said = _in_last_bracket(first) if below else None
    return said and said._replace(text=f"{said.text}\n{rest}")


def _inner_brackets(text: str) -> Iterator[tuple[str, str]]:
    """Yield who acts, and perhaps when, by brackets inside a paragraph: （县甲局负责，6月底前完成）, …。（县甲局）.

    That is in the sentence before, or in what follows a colon: 示例专班（县甲局）：…, not 各县政府（管委会）：….
    """
    said = []
    for found in _INNER.finditer(text):
        units, when = _who_and_when(found[1])
        units = units or found[1]
        behind = text.endswith(("。", "；"), 0, found.start())
        heads = text.startswith("：", found.end()) and not read_units(text[: found.end()]).is_units
        own = behind or heads
        if when or _SAYS_WHO.search(units) or (own and read_units(units).is_units):
            said.append((units, when))
    if any(not read_units(units).doubts for units, _ in said):
        yield from said


def ends_by_brackets(text: str) -> list[int]:
    """Return where the brackets of a text end that each say who acts in the sentences before: …。（县甲局负责）.

    Nothing unless each ends a sentence and the text ends with the last of them.
    """
    found = [each for each in _INNER.finditer(text) if _says_who_acts(each[1])]
    ends = ("。", "；")
    stopped = (text.endswith(ends, 0, m.start()) or text.startswith(ends, m.end()) for m in found)
    whole = found and not text[found[-1].end() :].strip("。；; \n")
    return [each.end() for each in found] if whole and all(stopped) else []


def _says_who_acts(inside: str) -> bool:
    """Return whether what stands in a bracket says who acts, behind a label or by its words, and perhaps when."""
    units, _ = _who_and_when(inside)
    return _names_doers(inside) or _SAYS_WHO.search(units) is not None


def begins_with_doers(text: str) -> bool:
    """Return whether a text begins with a bracket that says who does what stands before it: （县甲局负责）…."""
    bracket = _INNER.match(text)
    return bracket is not None and _says_who_acts(bracket[1])


def _in_inner_brackets(text: str) -> Said | None:
    inner = list(_inner_brackets(text))
    return _said(text, _together([units for units, _ in inner])) if inner else None


def _together(cells: Sequence[str]) -> str:
    """Return the units of several brackets as one cell; one that is named again is named once, in its first role."""
    whole = "；".join(cells)
    readings = [read_units(cell) for cell in cells]
    if not read_units(whole).doubts or any(map(_unread, readings)):
        return whole
    by_role: dict[str, list[str]] = {"牵头单位": [], "责任单位": [], "配合单位": []}
    named: set[str] = set()
    for reading in readings:
        said = (reading.lead, (*reading.responsible, *reading.open), reading.support)
        for names, heard in zip(by_role.values(), said, strict=True):
            names += [name for name in dict.fromkeys(heard) if name not in named]
            named.update(heard)
    lists = (
        f"{role}：{'、'.join(names)}"
        for role, found in by_role.items()
        if (names := [name for name in found if name != "等"])
    )
    return "；".join(lists) + ("等" if "等" in named else "")


def _unread(reading: UnitsReading) -> bool:
    """Return whether a part of a cell isn't understood; that nobody leads is no matter of a part."""
    return any(doubt.startswith("“") for doubt in reading.doubts)


_FRONT: Final = regex(
    r"\s*(?P<units>[^：:。；\n]{2,60})"
    r"(?:[：:]|。(?=负责|牵头|会同|配合|协助|参与|指导|协调|组织|统筹|承担|做好|依法|按))\s*(?P<what>[^\s][^\0]{3,})"
)


def _in_front(text: str) -> Said | None:
    """Return 县住建局：负责制定标准，5月底前完成。 apart, where what stands before the colon or stop is units.

    What a meeting demands behind it is said of it as its subject: 示例中学：会议要求由县教育局抓紧办理.
    """
    found = _FRONT.fullmatch(text.rstrip("。 　\n"))
    if found is None or read_units(found["units"]).doubts or _DEMANDED.search(found["what"]):
        return None
    if "\n" in found["what"] and not is_surely_unit(found["units"]):
        return None  # 示例驿站：补短板 above what is to be done
    units = _together([found["units"].strip(), *_doers_in(found["what"], beside=True)])
    cut = max(found["what"].rfind(comma) for comma in "，,")
    what, when = found["what"][: max(cut, 0)], found["what"][cut + 1 :]
    if what and is_deadline(when):
        what = what if _BY_WHEN.search(when) else found["what"]
        said = _said(what.strip(), units, when)
    else:
        said = _said(found["what"].strip(), units)
    return said._replace(heads=not is_surely_unit(found["units"]))


def is_surely_unit(words: str) -> bool:
    """Return whether the first name of words is an office's, no matter what they are about: 县甲局, not 示例驿站."""
    first = re.split("[、，]", words.strip(), maxsplit=1)[0]
    level = first.startswith(("省", "市", "县", "区", "州"))
    office = BEGINS_UNIT.match(first) or _IS_OFFICE.fullmatch(first)
    return bool(level or office or first.endswith(("股", "科", "室", "处")))


_DEMANDED: Final = regex("会议(?:要求|决定|同意|原则|明确|指出|强调)")
BY_SOMEBODY: Final = regex(r"(?:^|(?<=[，,。；：;:\n]))\s*由")
"""Where words begin that say by whom something is done."""
BY_WHOM: Final = regex("由[^，。；：\n]{2,40}(?:牵头|负责|负总责|分管)(?!的)")
"""Words that say who acts within a sentence."""


def _in_last_sentence(text: str) -> Said | None:
    """Return who acts by the last sentence or its end, if all of it is understood: 由县住建局牵头，6月底前完成。

    It stays among the words where it says what is to be done: 由县住建局牵头，6月底前完成招标。 One without 由 says
    nothing else: 县甲局牵头，县乙局配合，6月底前完成。 Nothing where a sentence before says who acts, too.
    """
    whole = text.rstrip().removesuffix("。")
    own = max(whole.rfind(stop) for stop in _STOPS) + 1
    by = BY_SOMEBODY.search(whole, own) or BY_SOMEBODY.match(whole)
    start = by.end() - 1 if by else own
    sentence = max(whole.rfind(stop, 0, start) for stop in "。\n") + 1
    first = BY_SOMEBODY.search(whole, sentence, start)
    if first and not read_units(whole[first.end() - 1 :].strip()).doubts:
        by, start = first, first.end() - 1  # 由县甲局牵头；县乙局负责
    if BY_WHOM.search(whole, 0, start) or not (by or (own and _DOING.search(whole, own))):
        return None
    for at in dict.fromkeys((start, own)):
        words, before = whole[at:].strip(), whole[:at].strip(" 　\n，,")
        units, when = _who_and_when(words)
        if not units or read_units(units).doubts:
            continue
        nothing_else = bool(before) and (not when or _is_when(when))
        sure = nothing_else or not when or is_deadline(when)
        if by and at == start:
            return _said(
                before if nothing_else and before[-1] not in "：:" else whole,
                units,
                when if sure else "",
            )
        if nothing_else and ENDING.search(units):
            return _said(before, units, when)
    doer = by and BY_WHOM.match(whole, start)
    if not doer:
        return None
    # A doubt, and no paragraph that says nothing; none about words behind it that name nobody.
    rest = whole[doer.end() :]
    known = not _unread(read_units(doer[0]))
    others = [who for who in map(_someone_in, _CLAUSE.finditer(rest)) if who]
    told = _together(_doers_in(whole[start:]))
    if (
        known
        and all(who in told for who in others)
        and in_sentences(rest).is_item
        and not _unread(read_units(told))
    ):
        return _said(text, told)  # 由县甲局牵头，会同县乙局做好保障
    more = others or in_sentences(rest).is_item or not known
    return _said(text, whole[start:].strip() if more else doer[0])


def _said(text: str, units: str, when: str = "") -> Said:
    return Said(text, ((_WHO, units), (_WHEN, when)) if when else ((_WHO, units),))


_DOES: Final = regex(
    any_of(
        """
        要 应(?![急用对]) 须 需 抓紧 尽快 加快 尽早 做好 立即 继续 切实 进一步 按 根据 结合 依法 于 在 对(?!外)
        就(?!业) 每 组织(?!部) 统筹(?!办) 协调 指导 督促 研究(?![院室所]) 提出 落实 完成 制定 编制 出台 印发 开展 推进
        推动 实施 建立 建设(?!局|街道) 建成 提供 安排 解决 加强 强化 优化 通报 报送 形成 上报 呈报 实现 办理
        提升 排查 严格 健全 构建 打造 支持 鼓励 引导 围绕 聚焦 发挥
        """
    )
)
_ACTS: Final = regex(f"(?:{'|'.join(ACTS.values())})+")
_LAST_OF_NAME: Final = (
    "协中店构局委办厅部院所站队室会府镇乡道司处科股社村心行校组区场厂馆台团联署位门业"
)
_GOES_ON: Final = regex(
    "、|长|(?<=会)[同议员]|(?<=部)[分门署件位地]|(?<=乡)[土村镇贤]|(?<=办)[法公事理结案证学好]|(?<=社)[会区]|(?<=科)[技学研]|(?<=组)[成建]"
    "|(?<=委)[托员]|(?<=局)[动势面部]|(?:党组|党委|工委)?(?:副?书记|副|常委|委员|主任|主席|负责人)"
)
"""What stands behind the name of a unit that is no end of who acts: 县委副书记, 不足部分, 乡土人才信息, 修订办法."""
_OF_THING: Final = regex("(?:工程|项目|问题|事项)$")
"""What a clause ends in that names something, and nobody who acts: 县中医院迁建工程."""
_ROLE_BEHIND: Final = regex(f"{_ACTS.pattern}$")
_BEFORE_ACTS: Final = regex(
    f"(?<=[{_LAST_OF_NAME}])(?:[要应须需]|应当|予以|给予|积极|全力)+(?={_ACTS.pattern})"
)
_NOTE: Final = regex(f"{OPENS}{NO_BRACKET}*[：:]{NO_BRACKET}*{CLOSES}")
_WITH: Final = "会同"
_ALONG: Final = regex(f"[要应须需]?(?:{_WITH}|联合|协调|组织)")
_CLAUSE: Final = regex(
    rf"(?:^|(?<=[{_STOPS}，,]))(?:{OPENS}(?:{CHINESE}|\d{{1,2}}){CLOSES}|{CHINESE}是)?(?P<by>[^{_STOPS}，,]{{0,20}}(?:(?<![提报申邀聘])请|责成|由)|{_WITH})?(?P<said>[^{_STOPS}，,]{{3,}})"
)
_LONGEST_WHO: Final = 200
"""Characters of a clause in which it says who acts: each end of a name there is tried."""
_IS_OFFICE: Final = regex(
    ".{2,8}(?:局|委|办|部|办事处|(?<![报送交经请]县|[报送交经请]市|[报送交经请]区)政府|公司|集团|[大支]队|法院|管委会)|.{1,3}(?:镇|乡|街道)"
)


def in_sentences(text: str) -> Said:
    """Return who acts by the sentences of a text: 县甲局要抓紧…；请县乙局会同县丙局于…. All of its words are left.

    Nobody does by a bracket with a label that nobody knows: （督办：县丁室）.
    """
    units = _doers_in(text)
    if not any(read_units(cell).names or YOURS.match(cell) for cell in units):
        return Said(text)
    told = "；".join(units)
    units += [
        who for who in map(_someone_in, _CLAUSE.finditer(_NOTE.sub("", text))) if who not in told
    ]
    return _said(text, _together(units))


_IN_SENTENCE: Final = regex(f"[{_STOPS}，,]|{_ACTS.pattern}")


_OF_PERSON: Final = "同志|长|书记|主任|主席"
"""What ends the words for a person who acts: 张三同志, 分管副县长."""
_SOMEONE: Final = regex(
    rf"(?P<who>[\u4e00-\u9fff、]{{2,30}}?(?:[{_LAST_OF_NAME}]|{_OF_PERSON})(?:负责|牵头|{_ACTS.pattern}$))(?!人|的|制)"
)


def _someone_in(clause: re.Match[str]) -> str:
    """Return who acts by a clause that begins with it, be it understood or not: 街道甲室、乙口负责 …; else nothing."""
    found = _SOMEONE.match(clause["said"])
    return "" if found is None or _DOES.search(found["who"][:-2]) else found["who"]


def _doers_in(text: str, *, beside: bool = False) -> list[str]:
    """Return who acts by each of a text's clauses that say it; no heading does that says nothing of what is done.

    ``beside`` others only those do of whom it is told: 县中医院改造项目 may be what they build.
    """
    heading, _, below = text.partition("\n")
    if below and not (_IN_SENTENCE.search(heading) or _DOES.search(heading, 1)):
        text = below
    clauses = _CLAUSE.finditer(_NOTE.sub("", text))
    said = ((each, _who_acts(each["said"], named=bool(each["by"]))) for each in clauses)
    return [units for each, units in said if units and (not beside or _is_told(each, units))]


def others_in(text: str, read: UnitsReading) -> tuple[str, ...]:
    """Return the units that do, by a text, what a reading doesn't say of them: 由县甲局牵头, 县乙局配合做好…."""
    if not (_ACTS.search(text) or _WITH in text):
        return ()
    named = (*read.names, *read.open)
    said = [read_units(cell) for cell in _doers_in(text, beside=True)]
    others = [
        name
        for each in said
        for name in each.names
        if f"组织{name}" not in text
        and not any(name.endswith(other) or other.endswith(name) for other in named)
    ]
    leads = [name for each in said for name in each.lead if name not in read.lead]
    return tuple(dict.fromkeys((*leads, *others)))


def _is_told(clause: re.Match[str], units: str) -> bool:
    """Return whether a word or the day right behind says that these act: 会同县乙局, 县乙局配合, 各村5月底前…."""
    named = _WITH in clause[0] or _ROLE_BEHIND.search(units)
    return bool(named or WINDOW.match(clause["said"], len(units)))


def _who_acts(clause: str, *, named: bool) -> str:
    """Return the units that a clause begins with, and the role that it gives them: 县甲局牵头 of 县甲局牵头制定方案.

    They end before the first word of what is done, where they could end farther on, too. Where nothing before them says
    that somebody is ``named``, the first must be an office: 数据中心 may be what is built.
    """
    clause = _BEFORE_ACTS.sub("", clause[:_LONGEST_WHO], count=1)  # 县甲局要牵头
    does = _DOES.search(clause, 1)
    until = does.start() if does else len(clause)
    if "会议" in clause[:until] or (not named and _DOES.match(clause)):  # 建成县城示例学校1所
        return ""
    ends = [found.end() for found in _ACTS.finditer(clause)][::-1]
    ends += [
        at
        for at in range(until, 1, -1)
        if clause[at - 1] in f"{_LAST_OF_NAME}{CLOSING}" and not _GOES_ON.match(clause, at)
    ]
    for end in ends:
        reading = read_units(clause[:end])
        if _unread(reading) or not (reading.names or reading.open):
            continue
        first = (*reading.names, *reading.open)[0]
        if not (named or does or _ACTS.search(clause)) and _OF_THING.search(clause, end):
            return ""
        office = BEGINS_UNIT.match(first) or first[0] == "区" or _IS_OFFICE.fullmatch(first)
        if not (named or reading.open or office or _ROLE_BEHIND.search(clause, 0, end)):
            return ""
        along = _ALONG.match(clause, end)
        others = _who_acts(clause[along.end() :], named=True) if along else ""
        return f"{clause[:end]}，{_WITH}{others}" if others else clause[:end]
    return ""


def _who_and_when(inner: str) -> tuple[str, str]:
    """Return units and the deadline behind or before them; empty words for what isn't there or isn't understood."""
    if not read_units(inner).doubts:
        return inner, ""
    first = _FIRST_CLAUSE.match(inner)
    if first and is_deadline(first["words"]) and not _unread(read_units(first["rest"])):
        return first["rest"], first["words"]
    vague, unsure = ("", ""), ("", "")
    cuts = [m.start() for m in re.finditer("[，；,;。]", inner)]
    for cut in cuts[-_MOST_CLAUSES:]:
        units, when = inner[:cut].strip(_EDGE), inner[cut + 1 :].strip(_EDGE)
        reading = read_deadline(when, year=ANY_YEAR)
        by_day = reading.unclear and (_BY_WHEN.search(when) or WINDOW.match(when))
        if _ALONG.match(when) or not (reading.deadline or by_day or _BEFORE_OR_FROM.search(when)):
            continue
        said = read_units(units)
        if not said.doubts and not reading.doubts:
            return units, when
        if not said.doubts and not _names_units(when):
            vague = (units, when)
        elif not reading.doubts and (said.names or _SAYS_WHO.search(units)):
            unsure = (units, when)
    return vague if vague[0] else unsure


_BEFORE_OR_FROM: Final = regex("(?<![目当])前$|[日月年旬]起$")
_FIRST_CLAUSE: Final = regex(r"(?P<words>[^，；,;。]{2,20})[，；,;]\s*(?P<rest>.+)")
_LAST_CLAUSE: Final = regex(r"(?P<rest>.+)[，；,;]\s*(?P<words>[^，；,;。]{2,20})")


def _is_when(words: str) -> bool:
    """Return whether words are a deadline and no more, be its day certain (6月底前) or not (10月上旬前完成)."""
    reading = read_deadline(words, year=ANY_YEAR)
    said = _BY_WHEN.search(words) or _UNTIL.match(words)
    return said is not None and (reading.unclear or not reading.doubts)


_UNTIL: Final = regex("(?:完成|办结|整改|落实)(?:时限|时间|期限)")
"""A label of a day without a colon behind it: （完成时限4月30日）."""


def _names_units(words: str) -> bool:
    """Return whether a unit stands among clauses: they are no deadline then, however one of them ends."""
    said = map(read_units, re.split("[、，；,;。\n]", words))
    return any(each.lead or each.responsible or each.support or each.open for each in said)


_COLON: Final = regex("[：:]|单位为")
"""What no label is without: most headings have none, and no need of all labels."""
HEADING_NUMBER: Final = regex(rf"[（(]?{CHINESE}[）)、.．]|第{CHINESE}[部类章篇]")
_COUNTED: Final = regex(
    rf"(?<!\s)\s*+[（(]?(?:共|计)?\s*+(?:(?<![0-9])[0-9]+|{CHINESE})\s*+[项件个条][）)]?$"
)
_OF_UNIT: Final = regex(
    "(?:的?(?:20[0-9]{2}年度?|年度|重点|主要|责任|目标|工作|任务|事项)*"
    "(?:工作|任务|事项|清单|台账|(?:分解|分工)?表))$"
)
_LONGEST_HEADING: Final = 60


def is_counted(heading: str) -> bool:
    """Return whether a heading says how many items follow it."""
    return _COUNTED.search(heading) is not None


def units_of_heading(heading: str, place: Place) -> tuple[Headed, ...]:
    """Return who acts by a heading that says nothing else: 一、县发改局（2项）, 由县住建局牵头, 责任单位：县教育局.

    Nothing where it says what is to be done.
    """
    first, _, below = heading.partition("\n")
    # 配合单位：县乙局 below 一、县甲局
    more = said_in(below) if LABEL.match(below) else Said(below)
    words = heading if more.text.strip() else first
    words = HEADING_NUMBER.sub("", words.strip(" 　：:"), count=1)
    words = _COUNTED.sub("", words.strip())
    fields: tuple[Field, ...] = ()
    if _COLON.search(words) and (label := LABEL.match(words)):
        if use_behind(label["label"]) in UNIT_ROLES:
            said = _behind_labels(words, _labels(words))
            fields = said.fields if not said.text.strip() else ()
    elif len(words) <= _LONGEST_HEADING:
        words = _OF_UNIT.sub("", words, count=1)
        reading = read_units(words)
        if reading.lead and not reading.doubts:
            named = (reading.lead, (*reading.responsible, *reading.open), reading.support)
            fields = tuple(
                (role.units_word, "、".join(names))
                for role, names in zip(ROLES, named, strict=True)
                if names
            )
        elif len(reading.names) > 1 or is_name(words) or is_open(words) or ENDING.search(words):
            fields = ((_WHO, words),)
    units = tuple(
        Headed(use_behind(label), BY_GROUP, Cell(words, place))
        for label, words in (*fields, *(more.fields if fields else ()))
    )
    sure = all(each.use in UNIT_ROLES and not read_units(each.cell.text).doubts for each in units)
    return units if sure else ()


def doers(text: str, place: Place) -> tuple[Headed, ...]:
    """Return who acts by the bracket at the end of a text, （县甲局负责）, or by labels; nothing where none says so."""
    labelled = any(use_behind(found["label"]) in UNIT_ROLES for found in LABEL.finditer(text))
    if not (labelled or ends_in_bracket(text)):
        return ()
    return tuple(
        Headed(use_behind(name), name, Cell(words, place))
        for name, words in said_in(text.rstrip("；;")).fields
        if use_behind(name) in UNIT_ROLES
        and (labelled or _SAYS_WHO.search(words) or read_units(words).is_units)
    )


def units_above(heading: str, place: Place) -> tuple[Headed, ...]:
    """Return who acts by a heading above rows or points: one that says nothing else, or the bracket at its end.

    一、产业（牵头单位：县发改局）.
    """
    by_bracket = (each._replace(head=BY_GROUP) for each in doers(heading, place))
    return units_of_heading(heading, place) or tuple(by_bracket)


def ends_in_bracket(text: str) -> bool:
    """Return whether a bracket ends a text."""
    return text.rstrip("。；; 　\n").endswith(tuple(CLOSING))


def says_who(line: Line) -> bool:
    """Return whether a line is a paragraph that says itself who acts."""
    uses = [use_behind(name) for name, _ in said_in(BULLET.sub("", line.text)).fields]
    return "responsible" in uses or "lead" in uses


def says_only_who(line: Line) -> bool:
    """Return whether a line says who acts and nothing else: it belongs to a paragraph above."""
    return says_who(line) and not said_in(line.text).text.strip(_EDGE)


def leading_label(text: str) -> str:
    """Return the label that a text begins with, 责任单位 of 责任单位：县住建局; empty where there is none."""
    match = LABEL.match(text)
    return match["label"] if match else ""


def label_like_a_head(text: str) -> str:
    """Return the words before a colon that a text begins with, known or not, where they could head a column."""
    match = _LIKE_A_HEAD.match(text)
    return match["label"] if match else ""


def label_before(text: str) -> str:
    """Return either of these that a text begins with."""
    return leading_label(text) or label_like_a_head(text)


def has_no_place(text: str) -> bool:
    """Return whether a text begins with the label of what has no place in the list: 成果形式：."""
    return says(label_like_a_head(text), "nowhere")


_WAY: Final = "(?:电话|热线|邮箱|信箱|传真|网址)"
_REACHED: Final = regex(rf"{_WAY}.*(?:[0-9-]{{5,}}|@)|[0-9]{{5,}}.*{_WAY}")
_OF_OFFICE: Final = regex(
    rf"\W*(?!(?:联系)?电话)[^。；，：:人员]{{0,16}}{_WAY}(?:号码|地址)?\s*[：:].*(?:[0-9-]{{5,}}|@)"
)


def tells_way(text: str) -> bool:
    """Return whether a text tells how somebody is reached: 拨打12345热线, 县甲局电话：0000000."""
    return _REACHED.search(text) is not None


def tells_way_alone(line: Line) -> bool:
    """Return whether a line says nothing but that, and not of whom to ask of an item: 监督电话：…, 邮箱：…."""
    return _OF_OFFICE.match(line.text) is not None


def names_people(line: Line) -> bool:
    """Return whether a line begins with 联系人：, 责任领导： and the like."""
    return use_behind(label_before(line.text)) in PEOPLE


def begins_with_field(line: Line) -> bool:
    """Return whether a line begins with 责任单位：, 完成时限： and the like: it belongs to the paragraph above."""
    return bool(leading_label(line.text)) and not names_people(line)


_LABELLED: Final = regex(
    rf"(?:^|(?<={OPENS})|(?<=[；;\s]))(?P<label>[\u4e00-\u9fff]{{2,8}})\s*[：:]\s*"
    r"(?P<words>[^：:；;。（）()〔〕\n]{2,})"
)


_BODY: Final = regex("单位|部门|[科处股]室")


def labels_in(lines: Iterable[Line]) -> dict[str, list[tuple[str, Line]]]:
    """Return what stands behind each label of lines that is none here: 谁来办：县甲局."""
    found: dict[str, list[tuple[str, Line]]] = {}
    for line in lines:
        for each in _LABELLED.finditer(line.text) if _COLON.search(line.text) else ():
            if not LABEL.match(each[0]):
                found.setdefault(each["label"], []).append((each["words"].strip(), line))
    return found


def use_by_words(label: str, words: Sequence[str]) -> ColumnUse | None:
    """Return what a label that nobody knows says by most that stands behind it: units, or a day; None for others.

    One that could head such a column says it where it stands once, another where it stands several times.
    """
    use = use_behind(label)
    if not (len(words) > 1 or use_of(label) == use) or says(label, "nowhere") or is_section(label):
        return None
    if is_name(label) or is_open(label) or _BODY.search(label):
        return None
    if 2 * sum(map(is_deadline, words)) > len(words):
        return "deadline" if use in ("deadline", "responsible") else None
    readings = [read_units(each) for each in words]
    named = sum(bool(each.names) and each.is_units for each in readings)
    return use if 2 * named > len(words) and use in UNIT_ROLES else None


def relabelled(line: Line, labels: Mapping[str, str]) -> Line:
    """Return a line with the words of its labels that ``labels`` gives."""
    text = _LABELLED.sub(
        lambda each: each[0].replace(each["label"], labels.get(each["label"], each["label"]), 1),
        line.text,
    )
    return line._replace(text=text)


def says_below(text: str, below: str) -> str:
    """Return the label that is all of a line where the next one is units or a deadline that it says; else nothing."""
    label = squeezed(text).rstrip("：:")
    if not re.fullmatch(WHOLE_LABEL, label):
        return ""
    reading = read_units(below)
    named = (reading.names or reading.open) and not _unread(reading)
    use = use_behind(label)
    said = is_deadline(below) if use == "deadline" else use in UNIT_ROLES and named
    return label if said else ""


def closing_at(lines: Sequence[Line]) -> int:
    """Return from which line on the last paragraph of a list is no longer about its item: their number if none.

    Who and when have been said, in a field or in a bracket that ends a line, and a line without a label follows.
    """
    said = False
    awaited = False  # what a label says, or more names, stand on the next line
    for at, line in enumerate(lines):
        labels = [label["label"] for label in LABEL.finditer(line.text)]
        if said and not labels and not awaited:
            return at
        awaited = line.text.rstrip().endswith(("：", ":", "、") if labels else "、")
        said = said or not all(map(says_what, labels)) or _is_closed(line.text, at)
    return len(lines)


def _is_closed(text: str, at: int) -> bool:
    """Return whether a bracket ends a line, but for a heading's first line only one that says who or when: （试点）."""
    _, inside = _cut_bracket(text)
    return bool(inside) and (at > 0 or bool(said_in(f"（{inside}）").fields))
