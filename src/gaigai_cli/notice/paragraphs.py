"""The paragraphs of a list without a table: those with a number, else those that say who acts, as a tree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from gaigai_cli.notice.answers import Notes
from gaigai_cli.notice.document import Line, Place
from gaigai_cli.notice.doubts import AS_READ, SEEN, Doubt
from gaigai_cli.notice.head import SIGNS, is_day
from gaigai_cli.notice.points import (
    BEGINS,
    LEVELS,
    POINTS,
    Number,
    numbers_of,
    split_points,
    without_number,
)
from gaigai_cli.notice.prose_fields import (
    BULLET,
    BY_WHOM,
    Said,
    begins_with_field,
    ends_by_brackets,
    has_no_place,
    in_sentences,
    is_counted,
    label_before,
    label_like_a_head,
    leading_label,
    names_people,
    said_in,
    said_of_all,
    says_only_who,
    says_who,
    tells_way,
    units_of_heading,
    use_behind,
)
from gaigai_cli.notice.row import Found
from gaigai_cli.words.brackets import OPENS
from gaigai_cli.words.deadline import days_in_text
from gaigai_cli.words.heads import (
    UNIT_ROLES,
    says_what,
    use_of,
)
from gaigai_cli.words.normal import CHINESE, numeral_value
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.unit_lexicon import is_name, is_section


@dataclass(eq=False)
class Part:
    """A paragraph: the lines that belong to it, the first without its number, and what is ``read`` of them.

    ``taken``: it is taken for an item though it says neither who nor when. ``above`` is that which it stands under,
    ``below`` those right under it. ``names_doers``: it says nothing but who acts in all below. ``is_titled``: what is
    to be done stands behind a label right below its first line.
    """

    level: int
    label: str
    lines: list[Line]
    number: int = 0
    read: Said | None = None
    taken: bool = False
    above: Part | None = None
    below: list[Part] = field(default_factory=list)
    names_doers: bool = False
    is_titled: bool = False
    of_all: list[Line] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.lines[0].place

    @property
    def said(self) -> Said:
        """What it says of who and when, and its other words; all of them before it is read."""
        return self.read or Said("\n".join(line.text for line in self.lines))

    @property
    def text(self) -> str:
        """The words that are none of who and when."""
        return self.said.text

    @property
    def upwards(self) -> Iterator[Part]:
        """Those that it stands under, the nearest first."""
        if self.above:
            yield self.above
            yield from self.above.upwards

    @property
    def headings(self) -> tuple[Part, ...]:
        """Those of them that are no items, the highest first."""
        return tuple(each for each in self.upwards if not each.is_item)[::-1]

    @property
    def all_below(self) -> Iterator[Part]:
        """Those that stand under it."""
        for part in self.below:
            yield part
            yield from part.all_below

    @property
    def items(self) -> int:
        """How far down its items are at most: 0 without any, 1 right below it."""
        down = ((part.items, part.is_item) for part in self.below)
        return max((items + 1 for items, is_item in down if items or is_item), default=0)

    @property
    def is_item(self) -> bool:
        """Return whether it says who or when, or was taken for an item."""
        return self.taken or self.said.is_item

    @property
    def first_line(self) -> str:
        """Its words without the lines below them: a heading's title."""
        return self.text.partition("\n")[0]

    @property
    def whole(self) -> str:
        """Its words with its number, apart from a figure: 1. 5G示例网."""
        apart = " " if self.label and self.text[:1].isdigit() else ""
        return f"{self.label}{apart}{self.text}"


_BOXED: Final = regex(r"[【〔\[]([^【】〔〕\[\]]+)[】〕\]]")


def numbered(lines: Sequence[Line], found: Found) -> list[Part]:
    """Return the numbered paragraphs, lines that follow each with it; what stands before the first is the head."""
    parts: list[Part] = []
    counted = numbers_of(lines)
    enclosed = _enclosed(lines, counted)
    counted = [None if at in enclosed else number for at, number in enumerate(counted)]
    numbers = _with_bullets(lines, counted)
    fields = _numbered_fields(lines, numbers)
    headings = _headings(lines, numbers)
    again = Counter(label_like_a_head(line.text) for line in lines)
    attached = False  # who signs, or what another enclosure is called, stands between its items and those before
    for at, (line, number) in enumerate(zip(lines, numbers, strict=True)):
        if parts and at in enclosed:
            found.after.append(line)
        elif parts and at in fields:
            parts[-1].lines.append(fields[at])
        elif at in headings:
            parts.append(Part(0, "", [line._replace(text=headings[at])]))
        elif number and not (parts and _holds_points(parts[-1], lines[at], numbers[at:])):
            words = line._replace(text=number.text)
            parts.append(Part(number.level, number.label, [words], number.value))
            attached = False
        elif not parts:
            found.before.append(line)
        elif said_of_all(line.text) is not None:
            parts[-1].of_all.append(line)
        elif says_who(line) and _leads_in(parts[-1]):
            parts.append(Part(len(LEVELS), "", [line], 1))
        elif attached or (
            ends_list(line.text)
            and not _goes_on(parts[-1].lines[-1], line)
            and not (has_no_place(line.text) and again[label_like_a_head(line.text)] > 1)
        ):
            found.after += [*_signature(parts[-1]), line]
            attached = attached or bool(_ENDS_NOTICE.fullmatch(line.text))
        else:
            parts[-1].lines.append(line)
    return parts


_ENCLOSES: Final = regex(r"附\s*件\s*[：:]\s*(?:(?P<n>1)[.．、]\s*(?=\D)|$)")


def _enclosed(lines: Sequence[Line], numbers: Sequence[Number | None]) -> frozenset[int]:
    """Return the lines that go on with a list of what is enclosed: 2.示例名单 below 附件：1.示例表."""
    found: set[int] = set()
    listed: int | None = None
    for at, (line, number) in enumerate(zip(lines, numbers, strict=True)):
        if begins := _ENCLOSES.match(line.text):
            listed = int(begins["n"] or 0)
        elif number and listed is not None and number.value == listed + 1 and not says_who(line):
            found.add(at)
            listed += 1
        else:
            listed = None
    return frozenset(found)


def _with_bullets(
    lines: Sequence[Line], numbers: Sequence[Number | None]
) -> Sequence[Number | None]:
    """Return numbers, and such as counted for lines with a sign before them (●), where most of these say who or when.

    They say it themselves or in the lines below them; what only the last says is of what stands above all of them. So
    are those right below headings where no paragraph has a number. Below numbered ones they are points, each one's own.
    """
    signs = {
        at: bullet
        for at, (line, number) in enumerate(zip(lines, numbers, strict=True))
        if not (number or begins_with_field(line)) and (bullet := BULLET.match(line.text))
    }
    stops = {at for at, number in enumerate(numbers) if number and number.level <= POINTS}
    said = []  # of each sign, below which another one follows before a number
    firsts = [*signs][:1]
    for start, end in pairwise(signs):
        if stops.isdisjoint(range(start, end)):
            own = (BULLET.sub("", line.text) for line in lines[start:end])
            said.append(any(said_in(text).is_item for text in own))
        else:
            firsts.append(end)
    lower = any(number and number.level >= POINTS for number in numbers)
    headed = not lower and all(at - 1 in stops and "。" not in lines[at - 1].text for at in firsts)
    if not headed and (not any(said) or 2 * sum(said) < len(said)):
        return numbers
    level = len(LEVELS) if any(each and each.level == POINTS for each in numbers) else POINTS
    value = 0
    new: dict[int, Number] = {}
    for at, bullet in signs.items():
        value = 1 if at in firsts else value + 1
        new[at] = Number(level, "", value, lines[at].text[bullet.end() :])
    return [new.get(at, number) for at, number in enumerate(numbers)]


def _leads_in(part: Part) -> bool:
    """Return whether a paragraph says who acts and ends in a line that leads in those below it: 具体措施：."""
    *above, last = part.lines
    return says_what(last.text.rstrip("：:")) and any(map(says_who, above))


def _headings(lines: Sequence[Line], numbers: Sequence[Number | None]) -> dict[int, str]:
    """Return the words of lines without a number that head the items below them, by their place.

    A unit in a box (【县发改局】) does, and a line that says who acts where as many items follow as it says (责任单位：
    县教育局（2项）), or one does so above the first number and none behind the last, or several without a label do.
    So does a short one behind …（县甲局） and before 3 (八月份), where most items have no line below them.
    """
    starts = {at for at, number in enumerate(numbers) if number}
    above = sorted({at - 1 for at in starts if at} - starts)
    labels = [at for at, line in enumerate(lines) if begins_with_field(line) and _is_who(line)]
    if not labels:
        plain = [at for at in above if _is_who(lines[at])]
        labels = plain if len(plain) > 1 else []
    first = min(starts, default=0) - 1
    if not (first in labels and labels[-1] < max(starts)):
        labels = [at for at in labels if is_counted(lines[at].text)]
    who = {at for at in labels if at + 1 in {*starts, *labels}}
    short = [
        at
        for at in above
        if at
        and (len(lines[at].text) <= _LONGEST_GROUP or NAMES_LIST.search(lines[at].text))
        and not _SENTENCE_OR_LABEL.search(lines[at].text)
        and (says_who(lines[at - 1]) or begins_with_field(lines[at - 1]))
    ]
    if 2 * len(short) < len(starts):
        who.update(short)
    boxes = {at: unit for at, line in enumerate(lines) if (unit := _unit_alone(line.text))}
    return boxes | {at: lines[at].text for at in who if at - 1 not in who or at in short}


def _is_who(line: Line) -> bool:
    return bool(units_of_heading(line.text, line.place))


_LONGEST_GROUP: Final = 15

_SENTENCE_OR_LABEL: Final = regex("[，。；！：:,;（(]")


def _unit_alone(text: str) -> str:
    """Return the unit whose items stand below a line that is its name in a box, 【县发改局】; empty for others."""
    boxed = _BOXED.fullmatch(text)
    return boxed[1] if boxed and is_name(boxed[1]) else ""


_OF_ITEM: Final = regex(
    "(?:(?:督办|交办|工作|重点|主要|年度|建设|民生|任务|工程)*(?:事项|任务|项目|工程|实事|议题|案由)"
    "|(?:项目|任务|事项|工程|实事|问题)名称)[：:]\\s*"
)


def _numbered_fields(lines: Sequence[Line], numbers: Sequence[Number | None]) -> dict[int, Line]:
    """Return the lines that are only who, when and what of the paragraph above, each with a number, by their place.

    They come without it: （一）工作内容：…, （二）责任单位：…; what is to be done alone is a paragraph of its own, and
    so is what they are said of: 一、督办事项：…. One alone above deeper numbers heads them (二、责任单位：县乙局), one
    alone among others is as they are.
    """
    found: dict[int, Line] = {}
    run: dict[int, Line] = {}
    above = before = 0
    for at, number in enumerate([*numbers, None]):
        labelled = number and (leading_label(number.text) or _OF_ITEM.match(number.text))
        if number and (labelled or (run and has_no_place(number.text))):
            run[at] = lines[at]._replace(text=number.text)
            above = number.level
            continue
        level = number.level if number else 0
        no_field = len(run) == 1 and (level > above or level == above == before)
        before = level or before
        fields = {at: each for at, each in run.items() if not _OF_ITEM.match(each.text)}
        if not (no_field or all(says_what(leading_label(each.text)) for each in fields.values())):
            found |= fields
        run = {}
    return found


def _holds_points(part: Part, line: Line, numbers: Sequence[Number | None]) -> bool:
    """Return whether a line holds all points of the heading above it (（1）…；（2）…), with units and days below.

    ``numbers`` are its own and those of the lines below it.
    """
    own, following = (*filter(None, numbers), None)[:2]
    if own is None or part.level >= own.level:
        return False
    last = following is None or following.level <= part.level
    return last and len(split_points(line.text).points) > 1


_ENDS_LIST: Final = regex(
    r"(?:以上[^。]{1,8}，?)?请(?:(?:各|有关|相关)[^。]*(?:报|反馈)|[^，。]*[将把][^。]*(?:进展|情况)[^。]*(?:报|反馈)|[^，。]*督[查办][^，。]*督[查办])|(?:注|附件|备注|抄送|分送|(?:反馈|报送)要求|签发人?|(?:出席|列席|缺席|请假|参会|参加|主持|记录)(?:会议|人员?)?(?:人员|单位|同志)?)\s*[：:]|(?:(?!组织|安排)[^。])+(?:负责人|同志|领导)(?:参加|出席|列席)了?会议。$|[^。]{0,8}(?:情况|结果|进展)[^。，]{0,3}请[^。]*(?:报|反馈)"
)

_ENDS_NOTICE: Final = regex(
    r"附件\s*[0-9]*|特此(?:通知|公告|通告|通报|公布|函告|报告)。?|现予以?(?:公告|公布|公示|通报)。?"
)


def ends_list(text: str) -> bool:
    """Return whether a line is no more of the paragraph before: a note, who was at a meeting, what to report, a day."""
    return bool(_ENDS_LIST.match(text) or _ENDS_NOTICE.fullmatch(text)) or is_day(text)


def _goes_on(above: Line, line: Line) -> bool:
    """Return whether a line below who and when says who else: 参加单位： there is none of those at a meeting."""
    return begins_with_field(above) and use_of(leading_label(line.text)) in UNIT_ROLES


def _signature(part: Part) -> list[Line]:
    """Return the lines above the day that sign: they are no words of the paragraph before."""
    taken: list[Line] = []
    while len(part.lines) > 1 and SIGNS.fullmatch(part.lines[-1].text) and len(taken) < 3:
        taken.insert(0, part.lines.pop())
    return taken


class _Piece(NamedTuple):
    """Words, and below them the lines that say who and when. ``whole``: the words are an item by themselves.

    ``label`` is that before them where each item is lines with labels alone.
    """

    words: list[Line]
    fields: list[Line]
    whole: bool = False
    label: str = ""

    @property
    def is_item(self) -> bool:
        """Return whether it is a whole one, or its fields are more than whom to ask."""
        fields = (line for line in self.fields if begins_with_field(line) or says_who(line))
        return self.whole or bool(self.words and any(fields))

    def lines(self, notes: Notes, height: int = 0) -> list[Line]:
        """Return its lines, of words the last ``height`` ones, without a sign or label before them."""
        first, *others = self.words[-height:]
        bullet = BULLET.match(first.text)
        notes.leave_out(first.place, self.label, "栏目的名称")
        notes.leave_out(first.place, bullet[0] if bullet else "", "条目编号")
        text = behind_label(self.label, BULLET.sub("", first.text))
        return [first._replace(text=text), *others, *self.fields]


def _pieces(lines: Sequence[Line], is_whole: Callable[[Line], bool], label: str) -> list[_Piece]:
    """Return lines without numbers taken apart where words follow who and when, or an item by itself begins.

    ``label`` is that which begins each item where they are lines with labels alone.
    """
    pieces: list[_Piece] = []
    records = _records(lines, label)
    for at, line in enumerate(lines):
        waits = pieces and not (pieces[-1].whole or pieces[-1].fields)
        remark = pieces and pieces[-1].fields and has_no_place(line.text)
        goes_on = at > min(records) and _is_of_record(line) if records else is_field(line)
        if at in records:
            pieces.append(_Piece([line], [], whole=True, label=label_before(line.text)))
        elif goes_on or remark or (waits and says_only_who(line)):
            pieces = pieces or [_Piece([], [])]
            pieces[-1].fields.append(line)
        elif not records and is_whole(line):
            pieces.append(_Piece([line], [], whole=True))
        elif waits:
            pieces[-1].words.append(line)
        else:
            pieces.append(_Piece([line], []))
    return pieces


def unnumbered(
    lines: Sequence[Line],
    found: Found,
    notes: Notes,
    leaves: Sequence[Part],
    *,
    sentences: bool = False,
) -> list[Part]:
    """Return paragraphs without numbers that say who acts, in themselves or in lines with labels below them.

    One doubt. Where no line has a label, those behind the first that say it by their sentences are among them. Where
    there is no first, but most lines that are sentences do (请县甲局抓紧…), they are (``sentences``). None is where
    they are a few around ``leaves``, more paragraphs with numbers.
    """
    parts: list[Part] = []
    others: list[Line] = []
    labelled = any(map(begins_with_field, lines))
    told = sentences

    def is_whole(line: Line) -> bool:
        nonlocal told
        if _unit_alone(line.text) or not _is_paragraph(line, told and not labelled):
            return False
        told = True
        return True

    pieces = _pieces(lines, is_whole, _record_label(lines))
    if _around([piece for piece in pieces if piece.is_item], leaves):
        return []
    heights = [len(each.words) for each in pieces[1:] if each.fields and not each.whole]
    height = min(heights, default=1)
    between = 0  # how many of the others stand above an item
    for piece in pieces:
        if not piece.is_item:
            others += (*piece.words, *piece.fields)
            continue
        others += piece.words[:-height]
        if not parts:
            found.before += others
            others = []
        between = len(others)
        parts.append(Part(POINTS, "", piece.lines(notes, height)))
    if not parts:
        saying = [in_sentences(line.text).is_item for line in lines if line.text.endswith("。")]
        most = sum(saying) > 1 and 2 * sum(saying) > len(saying)
        again = most and not labelled and not sentences
        return unnumbered(lines, found, notes, leaves, sentences=True) if again else []
    found.after += others
    for at, line in enumerate(others):
        notes.leave_out(line.place, line.text, "没有读作事项的段落")
        if at < between and line.text.endswith(("。", "；")) and not ends_list(line.text):
            ask_silent(Part(POINTS, "", [line]), notes)
    _ask_sections(parts, (*found.before, *found.after), notes)
    parts = all_apart(parts, notes)
    _ask_unnumbered(parts, "段落", notes)
    return parts


def _around(items: Sequence[_Piece], leaves: Sequence[Part]) -> bool:
    """Return whether items stand before and behind numbered paragraphs that are more than twice as many.

    So they do among them where they only say what is to be done.
    """
    within = {line.place for part in leaves for line in part.lines}
    lines = [line for piece in items for line in (*piece.words, *piece.fields)]
    if any(line.place in within for line in lines):
        return not any(
            says_who(line) or use_of(leading_label(line.text)) == "deadline" for line in lines
        )
    return 2 * len(items) < len(leaves)


def _ask_sections(parts: Sequence[Part], others: Sequence[Line], notes: Notes) -> None:
    """Ask about lines around paragraphs that begin with an office's section as these do: 办公室：…, 种植业股：…."""
    if any(_of_section(part.lines[0]) for part in parts):
        for line in filter(_of_section, others):
            ask_silent(Part(POINTS, "", [line]), notes)


def _of_section(line: Line) -> bool:
    return is_section(label_like_a_head(line.text))


def _is_paragraph(line: Line, sentences: bool) -> bool:
    """Return whether a line says itself, or in points within it, who acts; or, where they count, in ``sentences``."""
    if says_who(line) or _points_within(Part(POINTS, "", [line])):
        return True
    may_be = sentences and line.text.endswith(("。", "；")) and not ends_list(line.text)
    return may_be and in_sentences(line.text).is_item


def _ask_unnumbered(parts: Sequence[Part], subject: str, notes: Notes) -> None:
    notes.doubt(
        Doubt("row", parts[0].place, subject, "", "各段没有编号，写明责任单位的每段作为一项",
              "请核对各项的起止", read=f"共{len(parts)}项", choices=AS_READ, asked=_UNNUMBERED)
    )  # fmt: skip


_UNNUMBERED: Final = "这些段落没有编号，写明责任单位的每段作为一项"


def with_items_below(parts: Sequence[Part], notes: Notes) -> Iterator[Part]:
    """Yield paragraphs, and apart from them the items without numbers below: words, then lines that say who and when.

    So are lines that all say who, one alone where others have several, and sentences below one that only says who.
    """
    labels = (_record_label(part.lines[1:], 2) for part in parts)
    label = next(filter(None, labels), "")
    pieces_of = [
        _pieces(part.lines[1:], _is_sentence if _heads_sentences(part) else says_who, label)
        for part in parts
    ]
    lined = any(len(pieces) > 1 and all(map(_is_line, pieces)) for pieces in pieces_of)
    for part, pieces in zip(parts, pieces_of, strict=True):
        rest = pieces.pop() if pieces and not pieces[-1].is_item else _Piece([], [])
        below = [*rest.words, *rest.fields]
        uses = [{use_behind(leading_label(line.text)) for line in each.fields} for each in pieces]
        if pieces and all(map(_is_line, pieces)):
            apart = lined and not (below and part is not parts[-1])
        else:
            apart = bool(pieces and pieces[0].label) or (
                len(pieces) > 1 and bool(set.intersection(*uses) & {*UNIT_ROLES, "deadline"})
            )
        yield from _apart_from(part, pieces, below, notes) if apart else [part]


def _heads_sentences(part: Part) -> bool:
    """Return whether a paragraph says who acts and nothing else, and none of the lines below it says who or when."""
    return _is_who(part.lines[0]) and not any(map(is_field, part.lines[1:]))


def _is_sentence(line: Line) -> bool:
    return line.text.endswith(("。", "；")) and not _TO_ALL.match(line.text)


def _is_line(piece: _Piece) -> bool:
    return piece.whole and all(map(names_people, piece.fields))


def _apart_from(
    part: Part, pieces: Sequence[_Piece], below: Sequence[Line], notes: Notes
) -> Iterator[Part]:
    """Yield a paragraph and the items below it; what stands ``below`` the last is that one's.

    The first of them is the paragraph itself where no more lines stand before who and when than in the others.
    """
    first = part.lines[0]
    apart = pieces[0].whole or len(pieces[0].words) >= min(len(each.words) for each in pieces[1:])
    if not apart:
        pieces[0].words.insert(0, first)
    items = [
        Part(len(LEVELS), "", piece.lines(notes), number) for number, piece in enumerate(pieces, 1)
    ]
    if apart:
        yield Part(part.level, part.label, [first], part.number)
    else:
        items[0] = Part(part.level, part.label, items[0].lines, part.number)
    items[-1].lines += below
    items[-1].of_all = part.of_all
    if not all(piece.whole and says_who(piece.words[0]) for piece in pieces):
        _ask_unnumbered(items, f"{part.label}{first.text}", notes)
    yield from items


def is_field(line: Line) -> bool:
    """Return whether a line is a label with what it says of who or when, or names only people."""
    return begins_with_field(line) or names_people(line)


def _record_label(lines: Sequence[Line], least: int = 1) -> str:
    """Return the label that begins each item where items are lines with labels alone: 任务：…, 牵头：…, 时限：….

    It is the first above these that is none of who, when and whom to ask, and comes again below them, before any of
    them does; a slip is of one item (督办事项：…). Empty where there is none, or where there are fewer than ``least``.
    """
    labels = [label_before(line.text) for line in lines]
    fields = [begins_with_field(line) and not says_what(leading_label(line.text)) for line in lines]
    counted = Counter(labels)
    above = lines[: fields.index(True) if True in fields else None]
    whats = dict.fromkeys(
        label
        for label, line in zip(labels, above, strict=False)
        if label
        and not (names_people(line) or is_name(label) or is_section(label))
        and (what_label(line.text) or counted[label] > 1)
    )
    for label in whats:
        starts = [at for at, each in enumerate(labels) if each == label]
        said = [
            [labels[at] for at in range(start, end) if fields[at]]
            for start, end in pairwise([*starts, len(lines)])
        ]
        whole = all(each or says_who(lines[at]) for at, each in zip(starts, said, strict=True))
        once = all(len(each) == len({*each}) for each in said)
        if len(starts) >= max(least, 1 if use_of(label) == "title" else 2) and whole and once:
            return label
    return ""


def _records(lines: Sequence[Line], label: str) -> frozenset[int]:
    """Return the lines that begin an item with this label; none where other words stand among them.

    What is to be done may be in points.
    """
    starts = [at for at, line in enumerate(lines) if label and label_before(line.text) == label]
    last = max((at for at, line in enumerate(lines) if begins_with_field(line)), default=0)
    labelled = starts and all(map(_is_of_record, lines[starts[0] : last]))
    return frozenset(starts if labelled else ())


_POINT: Final = regex(BEGINS)


def _is_of_record(line: Line) -> bool:
    labelled = label_before(line.text) or _POINT.match(line.text)
    return bool(labelled and not ends_list(line.text))


def what_label(text: str) -> str:
    """Return the label of what is to be done, or of what it is called, that a text begins with: 任务, 项目名称.

    A name is none: 示例路改造工程：….
    """
    label = label_before(text)
    return label if says_what(label) or _OF_ITEM.match(text) else ""


def in_tree(parts: list[Part]) -> list[Part]:
    """Tell each paragraph what it stands under, and each what stands right under it."""
    above: list[Part] = []
    for part in parts:
        while above and above[-1].level >= part.level:
            above.pop()
        part.above, part.below = above[-1] if above else None, []
        if part.above:
            part.above.below.append(part)
        above.append(part)
    return parts


_MOST_DAYS: Final = 3
"""Lines of a day alone that are tried as the letter's: its own, and those of what it encloses."""


def letter(lines: Sequence[Line]) -> int:
    """Return how many lines are the letter that issues the list, up to its date, where all items are below."""
    days = [at for at, line in enumerate(lines, 1) if is_day(line.text)]
    for end in reversed(days[:_MOST_DAYS]):
        letter, rest = (
            [part for part in numbered(some, Found()) if part.number]
            for some in (lines[:end], lines[end:])
        )
        if len(rest) > 1 or any(map(says_it, rest)):
            return 0 if any(map(says_it, letter)) else end
    return 0


def says_it(part: Part) -> bool:
    """Return whether a paragraph says who or when."""
    return said_in(part.text).is_item


_WITHIN: Final = regex(
    rf"(?:\A|(?<=[：:。；;）)\n])\s*)(?:[（(](?P<n>{CHINESE}|[0-9]{{1,2}})[）)]|(?P<is>{CHINESE})是)"
)

_BY_EACH: Final = regex(
    rf"(?:\A|(?<=[：:；。])|(?<=会议[\u4e00-\u9fff]{{2}}，))(?={BY_WHOM.pattern})"
)

_LEADS_IN: Final = regex(r"(?:\A|[，。；])会议[\u4e00-\u9fff]{2,4}[，：:]\s*\Z")


def _points_within(part: Part) -> list[Part]:
    """Return the points within a paragraph's lines, numbered from one, that each say who or when; else nothing.

    Some may say it by their sentences alone where the paragraph as a whole says it in no other way. Sentences without
    numbers are points where each begins with who acts and has a day: 由县甲局牵头，…；由县乙局负责，….
    """
    marks = list(_BY_EACH.finditer(part.text))
    points = _points_from(part, marks)
    one_each = not any("。" in each.text.rstrip("。") for each in points[:-1])
    if len(points) > 1 and one_each and all(days_in_text(each.text) for each in points):
        return points if marks[0].start() or not part.number else []
    marks = list(_WITHIN.finditer(part.text))
    if [numeral_value(mark["n"] or mark["is"]) for mark in marks] != list(range(1, len(marks) + 1)):
        return []
    points = _points_from(part, marks)
    if len(points) < 2 or all(map(says_it, points)):
        return points if len(points) > 1 else []
    by_sentences = all(says_it(each) or in_sentences(each.text).is_item for each in points)
    return points if by_sentences and not says_it(part) else []


def _points_from(part: Part, marks: Sequence[re.Match[str]]) -> list[Part]:
    """Return what stands in a paragraph behind each mark, as a point."""
    ends = [*(mark.start() for mark in marks[1:]), len(part.text)]
    return [
        Part(
            len(LEVELS),
            mark[0].strip(),
            [part.lines[0]._replace(text=part.text[mark.end() : end].strip("；; \n"))],
            number,
        )
        for number, (mark, end) in enumerate(zip(marks, ends, strict=False), 1)
    ]


def all_apart(parts: Sequence[Part], notes: Notes) -> list[Part]:
    """Return paragraphs and the items that they hold, as a tree.

    Brackets part none whose level's numbers begin anew below each heading: the headings are the tasks, the paragraphs
    their points.
    """
    begin = Counter(part.level for part in parts if part.number == 1)
    apart = (_apart(part, notes, by_brackets=begin[part.level] < 2) for part in parts)
    return in_tree([each for some in apart for each in some])


def _apart(part: Part, notes: Notes, *, by_brackets: bool) -> Iterator[Part]:
    """Yield the items that a paragraph holds: points in a line that each say who, 一是由…；二是由…."""
    if points := _points_within(part):
        before = part.text.partition(points[0].text)[0].rstrip().removesuffix(points[0].label)
        heading, _, rest = before.partition("\n")
        if not rest and (lead_in := _LEADS_IN.search(heading)):
            heading, rest = heading[: lead_in.start()], lead_in[0]
        first = part.lines[0]
        after = ""
        if not points[-1].label:
            words, _, after = points[-1].text.partition("。")
            points[-1].lines = [first._replace(text=words)]
        points[-1].of_all, part.of_all = part.of_all, []
        for around in filter(None, (rest.strip(), after)):
            notes.leave_out(part.place, around, "各项前后的文字")
            tell_outside([first._replace(text=around)], notes, sentences=True)
        part.lines = [first._replace(text=heading.rstrip("；;"))]
        yield from [part, *points] if heading else points
        return
    if pieces := _by_brackets(part) if by_brackets else []:
        name = part.label.rstrip("、") or part.place.words
        read = f"共{len(pieces) - 1}项"
        notes.doubt(
            Doubt("row", part.place, name, part.whole, _SEVERAL_WHO, "请核对各项的起止", read,
                  AS_READ, asked=_SEVERAL_WHO)
        )  # fmt: skip
    yield from pieces or [part]


_SEVERAL_WHO: Final = "这一段有几处写明责任单位，每处前面的话作为一项"


_HEADING: Final = regex(rf"((?:(?!{OPENS})[^。！；：:\n]){{2,30}})[。！\n](?!\s*{OPENS})")
"""A short sentence, or a short line, that more words follow: the heading of these."""


def _by_brackets(part: Part) -> list[Part]:
    """Return a paragraph's heading, and its sentences as points by the brackets that say who acts; else nothing.

    优化示例环境。简化登记。（县甲局负责）开展培训。（县乙局负责）
    """
    ends = ends_by_brackets(part.text)
    heading = _HEADING.match(part.text)
    if len(ends) < 2 or heading is None:
        return []
    first = part.lines[0]
    cuts = [heading.end(), *ends[:-1], len(part.text)]
    points = [
        Part(len(LEVELS), "", [first._replace(text=part.text[start:end].strip("。；; \n"))], number)
        for number, (start, end) in enumerate(pairwise(cuts), 1)
    ]
    points[-1].of_all, part.of_all = part.of_all, []
    part.lines = [first._replace(text=heading[1].strip())]
    return [part, *points]


_OUTSIDE: Final = "这一段写了责任单位，但看不出是哪一项，没有写入清单"

_TO_ALL: Final = regex(
    "(?:以上[^，。；]{0,8}，?请)?(?:各|有关|相关)[^，。；]{1,20}?(?:要|应|须|需|重视)"
)
"""What begins a paragraph that tells all what to mind: 各地各部门要加强组织领导…, 以上任务请各单位高度重视."""


def tell_outside(lines: Sequence[Line], notes: Notes, *, sentences: bool = False) -> None:
    """Add a doubt about paragraphs that say who, their ``sentences`` too, above the first item or below the last."""
    for line in lines:
        label = leading_label(line.text)
        said = use_behind(label) in UNIT_ROLES if label else said_in(line.text).is_item
        asked = sentences and line.text.endswith("。") and not ends_list(line.text)
        words = without_number(line.text) if asked else ""
        to_all = not said and _TO_ALL.match(words) and not days_in_text(words)
        if to_all or IN_FORCE.match(line.text) or tells_way(line.text):
            continue
        if said or in_sentences(words).is_item:
            ask_outside(line, notes)


def ask_outside(line: Line, notes: Notes) -> None:
    """Ask about a paragraph that says who, though it is no item as the others are."""
    notes.doubt(
        Doubt("row", line.place, line.place.words, line.text, _OUTSIDE,
              "是任务的请照其他各项的写法改写后再导入", choices=SEEN, asked=_OUTSIDE)
    )  # fmt: skip


def behind_label(label: str, line: str) -> str:
    """Return what stands behind the label that a line begins with."""
    return line.removeprefix(label).lstrip("：: 　")


NAMES_LIST: Final = regex(
    "(?:任务|措施|举措|内容|安排|分工|分解|(?:分解|分工)表|要点|事项|清单|目标)$"
)
"""What a heading ends in that names the list."""

IN_FORCE: Final = regex(
    "本(?:措施|办法|方案|意见|清单|规定|政策|通知|要点).{0,12}自.{1,20}(?:施行|实施|执行|生效)"
)
"""A sentence that says from when the paper itself is in force."""


def ask_silent(part: Part, notes: Notes) -> None:
    """Ask about a paragraph that may be a task, but of which nothing says who or when."""
    notes.doubt(
        Doubt("row", part.place, part.label.rstrip("、") or part.place.words, part.whole,
              _SAYS_NOTHING, "是任务的请补上责任单位后再导入", choices=SEEN, asked=_SAYS_NOTHING)
    )  # fmt: skip


_SAYS_NOTHING: Final = "看不出这一段的责任单位和完成时限，没有写入清单"
