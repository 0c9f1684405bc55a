"""Numbered paragraphs, and what they say of who and when: in brackets, in a sentence's end, on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from gaigai_cli.notice.document import Cell, Line, Place, squeezed
from gaigai_cli.notice.leads import without_rule
from gaigai_cli.notice.row import ANY_YEAR, UnitPart, is_deadline
from gaigai_cli.words.deadline import read_deadline
from gaigai_cli.words.heads import LABEL, UNIT_ROLES, WHOLE_LABEL, ColumnUse, says_what, use_of
from gaigai_cli.words.unit_lexicon import is_name
from gaigai_cli.words.unit_pieces import last_bracket
from gaigai_cli.words.units import read_units

_BOXED: Final = re.compile(rf"[【\[〔]\s*({WHOLE_LABEL})\s*[】\]〕]\s*(?:[：:]\s*|(?=\w))")
_SPACED: Final = re.compile(rf"({WHOLE_LABEL})[ \u3000\t]+(?=\w)(?!{WHOLE_LABEL}(?:[ \u3000\t]|$))")
_SPREAD: Final = re.compile(r"^(?:[\u4e00-\u9fff][ \u3000]+){2,9}[\u4e00-\u9fff](?=\s*[：:])")
_BULLET: Final = re.compile(rf"^[—–·•●◆■▪○-]+\s*(?={WHOLE_LABEL}\s*[：:])")
_MOST_CLAUSES: Final = 10
"""Clauses that a deadline behind units may have."""
_STOPS: Final = "。；：\n"
_OPEN: Final = "（(〔[【"
_CLOSE: Final = "）)〕]】"
_EDGE: Final = "，,；;。 　\n"


@dataclass
class Part:
    """A numbered paragraph with the lines that belong to it.

    ``below``: who and when stand on lines of their own. ``rule``: what it says of the leads of all paragraphs.
    """

    level: int
    label: str
    lines: list[Line] = field(default_factory=list)
    text: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    below: bool = False
    number: int = 0
    rule: str = ""
    taken: bool = False

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.lines[0].place

    @property
    def is_item(self) -> bool:
        """Return whether it says who or when, or was taken for an item though no paragraph does."""
        return self.taken or any(
            use_behind(name) not in ("leader", "contact") for name, _ in self.fields
        )


def unboxed(line: Line) -> Line:
    """Return a line whose labels stand in brackets (【责任单位】县住建局) or before a blank with colons behind them.

    Blanks within them (责 任 单 位：) and signs before them (——责任单位：) are layout.
    """
    text = _SPREAD.sub(lambda label: squeezed(label[0]), line.text)
    text = _BULLET.sub("", _BOXED.sub(r"\1：", text))
    spaced = _SPACED.match(text)
    return line._replace(text=f"{spaced[1]}：{text[spaced.end() :]}" if spaced else text)


def use_behind(label: str) -> ColumnUse:
    """Return what stands behind a label; behind one that nobody knows, units."""
    use = use_of(label)
    return "responsible" if use == "extra" else use


def take_fields(part: Part) -> None:
    """Take 责任单位：… out of the text of a paragraph, and the bracket that holds it."""
    if len(brackets := _labelled_brackets(part.text)) > 1:
        _take_brackets(part, brackets)
        return
    labels = _labels(part.text)
    while labels and says_what(labels[0]["label"]):
        del labels[0]
    if not labels:
        _take_bracket(part)
        if not part.fields:
            _take_sentence(part)
        if not part.fields and (inner := list(_inner_brackets(part.text))):
            part.fields.append(("责任单位", _together(inner)))
        if not part.fields:
            _take_front(part)
        return
    before = part.text[: labels[0].start()]
    opening = _opening(before)
    doers = before[opening + 1 :].strip(_EDGE) if opening is not None else ""
    if doers and (other := _UNKNOWN.fullmatch(doers)):
        part.fields.append((other["label"], other["words"]))
        doers = ""
    elif doers and read_units(doers).doubts:
        opening, doers = None, ""
    bracketed = opening is not None
    start = len(before) if opening is None else opening
    part.below = part.text[:start].rstrip(" 　").endswith("\n")
    stop = _closing(part.text, start) if bracketed and not before[:start].strip() else None
    labels = [label for label in labels if stop is None or label.start() < stop]
    ends = [label.start() for label in labels[1:]] + [len(part.text) if stop is None else stop]
    what: list[str] = []
    part.fields += [("责任单位", doers)] if doers else []
    for label, end in zip(labels, ends, strict=True):
        if says_what(label["label"]):
            what.append(part.text[label.start() : end].strip())
            continue
        words = _unbracketed(part.text[label.end() : end].strip(_EDGE).rstrip(_OPEN).strip(_EDGE))
        if use_behind(label["label"]) != "deadline":
            words, rule = without_rule(words)
            part.rule = part.rule or rule
        part.fields += _with_day("".join(label["label"].split()), words)
    rest = (part.text[:start] if stop is None else part.text[stop + 1 :]).strip().rstrip("，")
    part.text = "\n".join((rest, *what))


_UNKNOWN: Final = re.compile(r"(?P<label>[\u4e00-\u9fff]{2,8})\s*[：:]\s*(?P<words>[^：:]+)")
_LIKE_A_HEAD: Final = re.compile(
    r"(?:(?<=^)|(?<=[（(〔\[【。；;\s]))(?P<label>[\u4e00-\u9fff]{3,8})\s*[：:]\s*"
)
_OF_WHO: Final = ("lead", "responsible", "support", "leader", "contact")


def _labels(text: str) -> list[re.Match[str]]:
    """Return the labels of a text; beside known ones those that could head a column: 牵头县领导, 包保责任人."""
    known = list(LABEL.finditer(text))
    found = _LIKE_A_HEAD.finditer(text) if known else ()
    heads = {head.end(): head for head in found if use_of(head["label"]) in _OF_WHO}
    longer = {
        end: head
        for end, head in heads.items()
        if not any(label.start() <= head.start() < label.end() for label in known)
    }
    kept = [label for label in known if label.end() not in longer]
    return sorted([*kept, *longer.values()], key=re.Match.start)


def doers(text: str, place: Place) -> tuple[UnitPart, ...]:
    """Return who acts by the bracket at the end of a text: （县甲局负责）; nothing where none says so."""
    if not text.rstrip("。；; \n").endswith(tuple(_CLOSE)):
        return ()
    part = Part(0, "", [], text.rstrip("；;"))
    take_fields(part)
    return tuple(
        (use_behind(name), name, Cell(words, place))
        for name, words in part.fields
        if use_behind(name) in UNIT_ROLES and (LABEL.search(text) or _SAYS_WHO.search(words))
    )


def _labelled_brackets(text: str) -> list[re.Match[str]]:
    """Return the brackets within a paragraph that each say who in the sentence before: 〔责任单位：县甲局〕."""
    return [found for found in _BRACKET.finditer(text) if _names_doers(found[1])]


def _names_doers(inside: str) -> bool:
    label = LABEL.match(inside)
    return label is not None and use_behind(label["label"]) in UNIT_ROLES


def _take_brackets(part: Part, brackets: Sequence[re.Match[str]]) -> None:
    """Take who acts in several sentences of a paragraph as one field, and by when if all of them say the same."""
    units: list[str] = []
    days: list[str] = []
    for found in brackets:
        inner = Part(part.level, "", [], found[0])
        take_fields(inner)
        for name, words in inner.fields:
            (days if use_behind(name) == "deadline" else units).append(
                words if use_behind(name) == "deadline" else f"{name}：{words}"
            )
    part.fields.append(("责任单位", _together(units)))
    if len(days) == len(brackets) and len(set(days)) == 1:
        part.fields.append(("完成时限", days.pop()))
        days.clear()
    last = brackets[-1]
    if not days and not part.text[last.end() :].strip(_EDGE):
        part.text = part.text[: last.start()].strip()


def _opening(text: str) -> int | None:
    """Return where the bracket opens that is still open at the end; None where none is."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in _CLOSE) - (text[at] in _OPEN)
        if depth < 0:
            return at
    return None


def _closing(text: str, start: int) -> int | None:
    """Return where the bracket that opens at ``start`` closes; None where it stays open."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] in _OPEN) - (text[at] in _CLOSE)
        if depth == 0:
            return at
    return None


def _with_day(label: str, words: str) -> Iterator[tuple[str, str]]:
    """Yield a field; two where units are followed by a deadline without a label: 责任单位：县发改局；6月底完成."""
    if use_behind(label) in UNIT_ROLES and read_units(words).doubts:
        units, when = _who_and_when(words)
        if when:
            yield label, units
            yield "完成时限", when
            return
    yield label, words


def _unbracketed(words: str) -> str:
    """Return a text without the closing bracket of the whole, which stands behind the last field."""
    unopened = sum((c in _CLOSE) - (c in _OPEN) for c in words)
    while unopened > 0 and words[-1:] in tuple(_CLOSE):
        words = words[:-1].strip(_EDGE)
        unopened -= 1
    return words


def _take_bracket(part: Part) -> None:
    """Take （县住建局牵头，6月底前完成）at the end as units and perhaps a deadline, if all of it is understood."""
    text = part.text.rstrip("。；; \n")
    index = _opening(text[:-1]) if text.endswith(tuple(_CLOSE)) else None
    if index is None:
        return
    inner, rule = without_rule(text[index + 1 : -1].strip())
    part.rule = rule or part.rule
    units, when = _who_and_when(inner)
    if not units and _SAYS_WHO.search(inner) and len(inner) <= _LONGEST_BRACKET:
        units = inner
    if units:
        others = list(_inner_brackets(text[:index]))
        part.fields.append(("责任单位", _together([*others, units])))
    elif _BY_WHEN.search(inner) and is_deadline(inner):
        when = inner
    if when:
        part.fields.append(("完成时限", when))
    if units or when:
        part.text = text[:index].strip()
    if when and not units:
        _take_bracket(part)  # （县甲局负责）（6月底前完成）


_SAYS_WHO: Final = re.compile("(?:负责|牵头|落实|配合|实施|参与|参加|承担)$")
_BY_WHEN: Final = re.compile("(?:前|底|末|完成|年内)$")
_LONGEST_BRACKET: Final = 200
_BRACKET: Final = re.compile(r"[（(〔\[【]([^（）()〔〕\[\]【】]{2,200})[）)〕\]】]")
_INNER: Final = re.compile(
    r"[（(〔\[【]((?:[^（）()〔〕\[\]【】]|[（(][^（）()]*[）)]){2,200})[）)〕\]】]"
)


def _inner_brackets(text: str) -> Iterator[str]:
    """Yield what brackets inside a paragraph say of who acts in the sentence before: （县甲局负责）."""
    said = [found[1] for found in _INNER.finditer(text) if _SAYS_WHO.search(found[1])]
    if any(not read_units(inside).doubts for inside in said):
        yield from said


def _together(cells: Sequence[str]) -> str:
    """Return the units of several brackets as one cell; one that is named again is named once, in its first role."""
    whole = "；".join(cells)
    readings = [read_units(cell) for cell in cells]
    unread = any(doubt.startswith("“") for reading in readings for doubt in reading.doubts)
    if not read_units(whole).doubts or unread:
        return whole
    said: dict[str, str] = {}
    for reading in readings:
        for role, names in (
            ("牵头单位", reading.lead),
            ("责任单位", (*reading.responsible, *reading.open)),
            ("配合单位", reading.support),
        ):
            for name in names:
                said.setdefault(name, role)
    more = "等" if said.pop("等", "") else ""
    by_role = {
        role: [name for name, each in said.items() if each == role]
        for role in ("牵头单位", "责任单位", "配合单位")
    }
    named = (f"{role}：{'、'.join(names)}" for role, names in by_role.items() if names)
    return "；".join(named) + more


_FRONT: Final = re.compile(r"\s*(?P<units>[^：:。；\n]{2,60})[：:]\s*(?P<what>[^\s].{3,})")


def _take_front(part: Part) -> None:
    """Take 县住建局：负责制定标准，5月底前完成。 apart, where what stands before the colon is units."""
    found = _FRONT.fullmatch(part.text.rstrip("。 　\n"))
    if found is None or read_units(found["units"]).doubts:
        return
    part.fields.append(("责任单位", found["units"].strip()))
    what, _, when = found["what"].rpartition("，")
    if what and is_deadline(when):
        part.fields.append(("完成时限", when))
        part.text = what.strip()
    else:
        part.text = found["what"].strip()


_BY_WHOM: Final = re.compile("由[^，。；：\n]{2,40}(?:牵头|负责)")


def _take_sentence(part: Part) -> None:
    """Take 由县住建局牵头，县财政局配合，6月底前完成。 apart, the last sentence or its end, if all of it is understood.

    It stays among the words where it alone says what is to be done.
    """
    text = part.text.rstrip().removesuffix("。")
    start = max(text.rfind(stop) for stop in _STOPS) + 1
    if not text[start:].lstrip().startswith("由"):
        start = text.find("，由", start) + 1
    words = text[start:].lstrip()
    if not words.startswith("由") or _BY_WHOM.search(text[:start]):
        return
    units, when = _who_and_when(words)
    if not units or read_units(units).doubts:
        if _BY_WHOM.match(words):
            part.fields.append(("责任单位", words))  # a doubt, and no paragraph that says nothing
        return
    part.fields.append(("责任单位", units))
    sure = not when or not read_deadline(when, year=ANY_YEAR).doubts
    if when and sure:
        part.fields.append(("完成时限", when))
    what = text[:start].rstrip("，").strip()
    part.text = what if sure and what and what[-1] not in "：:" else text


def _who_and_when(inner: str) -> tuple[str, str]:
    if not read_units(inner).doubts:
        return inner, ""
    vague, unsure = ("", ""), ("", "")
    cuts = [m.start() for m in re.finditer("[，；,;。]", inner)]
    for cut in cuts[-_MOST_CLAUSES:]:
        units, when = inner[:cut].strip(_EDGE), inner[cut + 1 :].strip(_EDGE)
        reading = read_deadline(when, year=ANY_YEAR)
        if reading.deadline is None:
            continue
        said = read_units(units)
        if not said.doubts and not reading.doubts:
            return units, when
        if not said.doubts and not _names_units(when):
            vague = (units, when)
        elif not reading.doubts and (
            said.lead or said.responsible or said.support or _SAYS_WHO.search(units)
        ):
            unsure = (units, when)
    return vague if vague[0] else unsure


def _names_units(words: str) -> bool:
    """Return whether a unit stands among clauses: they are no deadline then, however one of them ends."""
    return any(
        is_name(last_bracket(each)[0] if each[-1:] in _CLOSE else each)
        for each in re.split("[、，；,;。]", words)
        if each
    )


def closing_at(part: Part) -> int:
    """Return from which of its lines on the last paragraph of a list is no longer about its item: their number if none.

    Who and when have been said, in a field or in a bracket that ends a line, and a line without a label follows.
    """
    said = False
    for at, line in enumerate(part.lines):
        labelled = bool(LABEL.search(line.text))
        if said and not labelled:
            return at
        said = said or labelled or line.text.rstrip("。 　").endswith(tuple(_CLOSE))
    return len(part.lines)


def leading_label(text: str) -> str:
    """Return the label that a text begins with, 责任单位 of 责任单位：县住建局; empty where there is none."""
    match = LABEL.match(text)
    return match["label"] if match else ""


def names_people(line: Line) -> bool:
    """Return whether a line begins with 联系人：, 责任领导： and the like."""
    label = leading_label(line.text)
    return bool(label) and use_behind(label) in ("leader", "contact")


def begins_with_field(line: Line) -> bool:
    """Return whether a line begins with 责任单位：, 完成时限： and the like: it belongs to the paragraph above."""
    return bool(leading_label(line.text)) and not names_people(line)


def says_who_at_end(text: str) -> bool:
    """Return whether a line ends in a bracket that says who acts."""
    part = Part(0, "", [], text)
    take_fields(part)
    return part.is_item and text.rstrip("。；; 　").endswith(tuple(_CLOSE))


def says_who(line: Line) -> bool:
    """Return whether a line is a paragraph that says itself who acts."""
    part = Part(0, "", [line], line.text)
    take_fields(part)
    return any(use_behind(name) in ("responsible", "lead") for name, _ in part.fields)
