"""The paragraphs of a list without a table: those with a number, else those that say who acts."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from typing import Final, NamedTuple

from gaigai_cli.notice.answers import Notes
from gaigai_cli.notice.columns import declared_key
from gaigai_cli.notice.document import Cell, Document, Line, Place
from gaigai_cli.notice.doubts import AS_READ, COLUMN_CODES, SEEN, Doubt, uses_to_choose
from gaigai_cli.notice.guess import tells_how_far
from gaigai_cli.notice.head import PAGE, PAGE_NUMBER, SIGNS, is_day, signed_at
from gaigai_cli.notice.leads import take_rule
from gaigai_cli.notice.points import (
    BEGINS,
    LEVELS,
    POINTS,
    Number,
    number_of,
    numbers_of,
    split_points,
    starts_between,
    without_number,
)
from gaigai_cli.notice.prose_fields import (
    BULLET,
    BY_SOMEBODY,
    BY_WHOM,
    Field,
    Said,
    begins_with_field,
    closing_at,
    ends_in_bracket,
    has_no_place,
    in_any_bracket,
    in_sentences,
    is_counted,
    label_before,
    label_like_a_head,
    labels_in,
    leading_label,
    names_people,
    relabelled,
    said_in,
    said_of_all,
    says_below,
    says_only_who,
    says_who,
    tells_way,
    tells_way_alone,
    unboxed,
    units_above,
    units_of_heading,
    use_behind,
    use_by_words,
    with_roles,
)
from gaigai_cli.notice.row import BY_GROUP, DITTO, NONE, Found, Headed, RawRow
from gaigai_cli.words.brackets import unbalanced
from gaigai_cli.words.deadline import days_in_text
from gaigai_cli.words.heads import (
    LABEL,
    LABEL_OF,
    PEOPLE,
    UNIT_ROLES,
    ColumnUse,
    says,
    says_what,
    stage_of,
    use_of,
)
from gaigai_cli.words.normal import CHINESE, numeral_value
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.unit_lexicon import is_name, is_section
from gaigai_cli.words.units import read_units

_SILENT: Final = Said("")


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
        """Its words with its number."""
        return f"{self.label}{self.text}"


_BOXED: Final = regex(r"[【〔\[]([^【】〔〕\[\]]+)[】〕\]]")
_FOOT: Final = regex(
    r"(?:打印|关闭|分享到?|返回|收藏|纠错|上一篇|下一篇|扫一扫|扫码|本页|窗口|页面|网页|顶部|首页"
    r"|[在用]?手机|微信|微博|客户端|打开|查看|浏览|阅读|当前页?|附件下载|责任编辑[：:]\w{0,8}|\W)++"
    r"|[^。；]{0,100}?(?:网站标识码|ICP备|公网安备|版权所有|技术支持(?:单位)?[：:])[^。；]{0,100}"
)
"""What stands below the text of a saved page; nothing of the notice follows."""


def numbered(lines: Sequence[Line], found: Found) -> list[Part]:
    """Return the numbered paragraphs, lines that follow each with it; what stands before the first is the head."""
    parts: list[Part] = []
    numbers = numbers_of(lines)
    fields = _numbered_fields(lines, numbers)
    headings = _headings(lines, numbers)
    again = Counter(label_like_a_head(line.text) for line in lines)
    attached = False  # who signs, or what another enclosure is called, stands between its items and those before
    for at, (line, number) in enumerate(zip(lines, numbers, strict=True)):
        if parts and at in fields:
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
            _ends_list(line.text)
            and not _goes_on(parts[-1].lines[-1], line)
            and not (has_no_place(line.text) and again[label_like_a_head(line.text)] > 1)
        ):
            found.after += [*_signature(parts[-1]), line]
            attached = attached or bool(_ENDS_NOTICE.fullmatch(line.text))
        else:
            parts[-1].lines.append(line)
    return parts


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
        and (len(lines[at].text) <= _LONGEST_GROUP or _NAMES_LIST.search(lines[at].text))
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


def _foot(lines: Sequence[Line]) -> int:
    """Return from which line on a saved page's foot follows the notice: such a line below the first that says who.

    Where none says it, the last line may be one.
    """
    feet = [
        at
        for at, line in enumerate(lines)
        if _FOOT.fullmatch(line.text)
        and _WORD.search(line.text)
        and not number_of(line.text)  # 四、规范网站ICP备案管理
    ]
    says = (at for at, line in enumerate(lines) if says_who(line) or begins_with_field(line))
    said = next((at for at in says if at not in feet), len(lines) - 2) if feet else -1
    return next((at for at in feet if at > said), len(lines))


_WORD: Final = regex(r"[^\W\d_]")
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


def _ends_list(text: str) -> bool:
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
        text = _behind(self.label, BULLET.sub("", first.text))
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
        goes_on = at > min(records) and _is_of_record(line) if records else _is_field(line)
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
    for piece in pieces:
        if not piece.is_item:
            others += (*piece.words, *piece.fields)
            continue
        others += piece.words[:-height]
        if not parts:
            found.before += others
            others = []
        parts.append(Part(POINTS, "", piece.lines(notes, height)))
    if not parts:
        saying = [in_sentences(line.text).is_item for line in lines if line.text.endswith("。")]
        most = sum(saying) > 1 and 2 * sum(saying) > len(saying)
        again = most and not labelled and not sentences
        return unnumbered(lines, found, notes, leaves, sentences=True) if again else []
    found.after += others
    for line in others:
        notes.leave_out(line.place, line.text, "没有写责任单位的段落")
    _ask_sections(parts, (*found.before, *found.after), notes)
    parts = _in_tree([each for part in parts for each in _apart(part, notes)])
    _ask_unnumbered(parts, "段落", notes)
    return parts


def _around(items: Sequence[_Piece], leaves: Sequence[Part]) -> bool:
    """Return whether items stand before and behind numbered paragraphs that are more than twice as many."""
    within = {line.place for part in leaves for line in part.lines}
    lines = [line for piece in items for line in (*piece.words, *piece.fields)]
    return 2 * len(items) < len(leaves) and not any(line.place in within for line in lines)


def _ask_sections(parts: Sequence[Part], others: Sequence[Line], notes: Notes) -> None:
    """Ask about lines around paragraphs that begin with an office's section as these do: 办公室：…, 种植业股：…."""
    if any(_of_section(part.lines[0]) for part in parts):
        for line in filter(_of_section, others):
            _ask_silent(Part(POINTS, "", [line]), notes)


def _of_section(line: Line) -> bool:
    return is_section(label_like_a_head(line.text))


def _is_paragraph(line: Line, sentences: bool) -> bool:
    """Return whether a line says itself, or in points within it, who acts; or, where they count, in ``sentences``."""
    if says_who(line) or _points_within(Part(POINTS, "", [line])):
        return True
    may_be = sentences and line.text.endswith(("。", "；")) and not _ends_list(line.text)
    return may_be and in_sentences(line.text).is_item


def _ask_unnumbered(parts: Sequence[Part], subject: str, notes: Notes) -> None:
    notes.doubt(
        Doubt("row", parts[0].place, subject, "", "各段没有编号，写明责任单位的每段作为一项",
              "请核对各项的起止", read=f"共{len(parts)}项", choices=AS_READ, asked=_UNNUMBERED)
    )  # fmt: skip


_UNNUMBERED: Final = "这些段落没有编号，写明责任单位的每段作为一项"


def _with_items_below(parts: Sequence[Part], notes: Notes) -> Iterator[Part]:
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
    return _is_who(part.lines[0]) and not any(map(_is_field, part.lines[1:]))


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


def _is_field(line: Line) -> bool:
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
        and (_what_label(line.text) or counted[label] > 1)
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
    return bool(labelled and not _ends_list(line.text))


def _what_label(text: str) -> str:
    """Return the label of what is to be done, or of what it is called, that a text begins with: 任务, 项目名称.

    A name is none: 示例路改造工程：….
    """
    label = label_before(text)
    return label if says_what(label) or _OF_ITEM.match(text) else ""


_SENTENCE: Final = regex(r"[。！]")


def rows_of_paragraphs(document: Document, notes: Notes) -> Found:
    """Return the rows of a list in paragraphs: each one that names units or a deadline is an item."""
    lines = list(_of_text(document, notes))
    end = min(_foot(lines), signed_at(lines))
    lines, below = lines[:end], lines[end:]
    found = Found()
    left_out = len(notes.left_out)
    if start := _letter(lines):
        found.before += lines[:start]
        del lines[:start]
    parts = list(_with_items_below(numbered(lines, found), notes))
    _cut_closing(parts, found, notes)
    parts = _in_tree([each for part in parts for each in _apart(part, notes)])
    _take_all(parts, notes)
    _take_headings(parts, notes)
    parts = _with_points(parts)
    above = [line for line in found.before[start:] if said_of_all(line.text) is not None]
    _take_of_all(parts, above, found, notes)
    if any(part.is_item for part in parts):
        tell_outside(found.before[start:], notes)
    else:
        without = Found(before=found.before[:start])
        end = len(notes.left_out)
        leaves = _leaves(parts)
        saying = sum(in_sentences(part.text).is_item for part in leaves)
        of_minutes = saying > 1 and 2 * saying > len(leaves)
        plain = [line for line in lines if said_of_all(line.text) is None]
        if not of_minutes and (others := unnumbered(plain, without, notes, leaves)):
            found, parts = without, others
            del notes.left_out[left_out:end]
            tell_outside(found.before[start:], notes, sentences=True)
            _take_all(parts, notes)
            _take_of_all(parts, [line for line in lines if line not in plain], found, notes)
            leaves = parts
        if not any(part.is_item for part in parts):
            _take_leaves(leaves, notes)
    if not any(part.is_item for part in parts):
        return Found()
    tell_outside(found.after, notes, sentences=True)
    _take_labelled_lines(parts, notes)
    for part in parts:
        if part.said.rule:
            take_rule(Cell(part.said.rule, part.place), found, notes)
    _share_fields(parts, notes)
    _take_siblings(parts, notes)
    _rows(parts, found, notes)
    found.after += below
    return found


def _of_text(document: Document, notes: Notes) -> Iterator[Line]:
    """Yield the lines of the text, without contents, numbers of pages and 编号：… above each item."""
    contents = _contents(document)
    for line in contents:
        notes.leave_out(line.place, line.text, "目录")
    left_out = frozenset(contents)
    lines = [unboxed(line) for line in document.lines if line not in left_out]
    first = next((at for at, line in enumerate(lines) if number_of(line.text)), 0)
    lines = _relabelled([*lines[:first], *with_roles(lines[first:])], notes)
    lines = list(_broken_again(list(_with_labels(lines))))
    numbers = {line for line in lines if use_of(label_like_a_head(line.text)) == "number"}
    for line in lines:
        if line in numbers and len(numbers) > 1:
            notes.leave_out(line.place, line.text, "条目编号")
        elif PAGE_NUMBER.fullmatch(line.text):
            notes.leave_out(line.place, line.text, "页码")
        elif tells_way_alone(line) and not _is_task(line):
            notes.leave_out(line.place, line.text, "联系方式")
        else:
            yield line


def _contents(document: Document) -> list[Line]:
    """Return the lines of a table of contents: such with the number of a page, and what stands again below 目录."""
    lines = list(document.lines)
    texts = sorted((line.text, at) for at, line in enumerate(lines))
    found: list[Line] = []
    for at, line in enumerate(lines):
        entry = _ENTRY.fullmatch(line.text)
        words = entry["words"] if entry else line.text
        sure = _CONTENTS.fullmatch(line.text) or (entry and entry["dots"])
        goes_on = not sure and at and found[-1:] == [lines[at - 1]]
        if sure or (goes_on and _stands_again(words, at, texts)):
            found.append(line)
    return found if len(found) > 1 else []


def _stands_again(words: str, at: int, texts: Sequence[tuple[str, int]]) -> bool:
    """Return whether a line below begins with the words of a line; ``texts`` are all, in order, with their places."""
    for index in range(bisect(texts, (words, at)), len(texts)):
        text, below = texts[index]
        if below > at or not text.startswith(words):
            return text.startswith(words)
    return False


_CONTENTS: Final = regex(r"目\s*[录次]")
_ENTRY: Final = regex(
    r"(?P<words>[^.．·…‥]{2,60}?)(?:\s*(?P<dots>[.．·…‥]{2,})|\s)\s*[—–－-]?[0-9]{1,3}[—–－-]?"
)
"""A line of a table of contents: 一、示例产业……3."""


def _broken_again(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, those that lost the break before the next number as more: 2、…。3、… above 4、…."""
    later: dict[int, int] = {}
    broken: list[list[Line]] = []
    for line, number in zip(reversed(lines), reversed(numbers_of(lines)), strict=True):
        starts = starts_between(number, later.get(number.level, 0)) if number else []
        if number:
            later = {level: value for level, value in later.items() if level < number.level}
            later[number.level] = number.value
        behind = len(line.text) - len(number.text) if number else 0
        cuts = [0, *(behind + start for start in starts), len(line.text)]
        texts = [line.text[start:end].strip() for start, end in pairwise(cuts)]
        broken.append([line._replace(text=text) for text in texts])
    for again in reversed(broken):
        yield from again


def _is_task(line: Line) -> bool:
    """Return whether a line says who acts, and is numbered or says by when."""
    return says_who(line) and bool(number_of(line.text) or days_in_text(line.text))


def _relabelled(lines: Sequence[Line], notes: Notes) -> list[Line]:
    """Return lines with 责任单位：, 完成时限： for labels of which the office says that they are that (谁来办：县甲局).

    So are those that say it by what stands behind them where no other label does, with a doubt.
    """
    known = {use_behind(label["label"]) for line in lines for label in LABEL.finditer(line.text)}
    labels: dict[str, str] = {}
    for label, said in labels_in(line for line in lines if not PAGE.match(line.text)).items():
        declared = notes.answers.columns.get(declared_key(label))
        use = declared or use_by_words(label, [words for words, _ in said])
        if use not in (*UNIT_ROLES, *PEOPLE, "deadline", "content"):
            continue
        if not declared and (use in known or (use in UNIT_ROLES and known & {*UNIT_ROLES})):
            continue
        labels[label] = LABEL_OF[use]
        words, line = said[0]
        notes.leave_out(line.place, f"{label}：", "栏目的名称")
        if not declared and use_of(label) != use:
            _ask_label(line.place, label, words, LABEL_OF[use], notes)
    return [relabelled(line, labels) for line in lines] if labels else list(lines)


def unknown_label(document: Document) -> tuple[str, Place] | None:
    """Return the first label that stands in several paragraphs and that nobody knows, and where; None without one."""
    for label, said in labels_in(document.lines).items():
        if len(said) > 1 and not (is_name(label) or is_section(label)):
            return label, said[0][1].place
    return None


def _with_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, a label or number on a line of its own before what the next one says: 责任单位：县住建局.

    So is one whose units go on there: 责任单位：县住建局、, or, below a label alone, on a line each.
    """
    before = ""
    alone = ""
    numbers = _numbers_alone(lines)
    for at, (line, below) in enumerate(zip_longest(lines, lines[1:])):
        whole = line._replace(text=f"{before}{line.text}")
        if not before and at in numbers:
            before = f"{line.text.strip('.．、 ')} "
        elif not before and below and (label := says_below(line.text, below.text)):
            before, alone = f"{label}：", label if use_behind(label) in UNIT_ROLES else ""
        elif before and alone and below and says_below(alone, below.text):
            before = f"{whole.text.rstrip('、')}、"
        elif below and whole.text.endswith("、") and begins_with_field(whole):
            before = whole.text
        else:
            yield whole
            before = alone = ""


_ALONE: Final = regex(r"\s*(0?[1-9]|[1-9][0-9])[.．、]?\s*")


def _numbers_alone(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that hold a number and nothing else, where they count what follows each of them from 1."""
    found = {
        at: int(alone[1]) for at, line in enumerate(lines) if (alone := _ALONE.fullmatch(line.text))
    }
    apart = all(second - first > 1 for first, second in pairwise([*found, len(lines)]))
    counts = len(found) > 1 and [*found.values()] == [*range(1, len(found) + 1)]
    return frozenset(found if apart and counts else ())


def _in_tree(parts: list[Part]) -> list[Part]:
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


def _take_headings(parts: Sequence[Part], notes: Notes) -> None:
    """Take a paragraph as the heading of the points below it where each of them says who acts, as it does itself.

    A task's own units are none of the data: one doubt tells them.
    """
    for at, part in enumerate(parts):
        if not (part.is_item and part.below and all(each.is_item for each in part.all_below)):
            continue
        first = part.below[0]
        goes_on = next((each.number for each in parts[at::-1] if each.level == first.level), 0) + 1
        if first.number not in (1, goes_on):
            continue
        said = part.said.words
        part.read = Said(part.text)
        why = "下面各条都另写了责任单位，这里作为它们的标题，它自己的责任单位没有写入清单"
        _ask(part, said, why, notes)


_MOST_DAYS: Final = 3
"""Lines of a day alone that are tried as the letter's: its own, and those of what it encloses."""


def _letter(lines: Sequence[Line]) -> int:
    """Return how many lines are the letter that issues the list, up to its date, where all items are below."""
    days = [at for at, line in enumerate(lines, 1) if is_day(line.text)]
    for end in reversed(days[:_MOST_DAYS]):
        letter, rest = (
            [part for part in numbered(some, Found()) if part.number]
            for some in (lines[:end], lines[end:])
        )
        if len(rest) > 1 or any(map(_says, rest)):
            return 0 if any(map(_says, letter)) else end
    return 0


def _says(part: Part) -> bool:
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
    if len(points) < 2 or all(map(_says, points)):
        return points if len(points) > 1 else []
    by_sentences = all(_says(each) or in_sentences(each.text).is_item for each in points)
    return points if by_sentences and not _says(part) else []


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


def _apart(part: Part, notes: Notes) -> Iterator[Part]:
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
    yield part


def _with_points(parts: Sequence[Part]) -> list[Part]:
    """Return paragraphs, those that say neither who nor when as points of the one above that says it."""
    kept: list[Part] = []
    owner: Part | None = None
    for part in parts:
        if owner and part.level > owner.level and not part.is_item:
            owner.read = owner.said._replace(text=f"{owner.text}\n{part.whole}")
            owner.lines += part.lines
            owner.of_all += part.of_all
        else:
            kept.append(part)
            owner = part if part.is_item and part.number else None
    return _in_tree(kept)


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
        asked = sentences and line.text.endswith("。") and not _ends_list(line.text)
        words = without_number(line.text) if asked else ""
        to_all = not said and _TO_ALL.match(words) and not days_in_text(words)
        if to_all or _IN_FORCE.match(line.text) or tells_way(line.text):
            continue
        if said or in_sentences(words).is_item:
            notes.doubt(
                Doubt("row", line.place, line.place.words, line.text, _OUTSIDE,
                      "是任务的请照其他各项的写法改写后再导入", choices=SEEN, asked=_OUTSIDE)
            )  # fmt: skip


def _leaves(parts: Sequence[Part]) -> list[Part]:
    """Return the lowest paragraphs; nothing where there is but one."""
    leaves = [part for part in parts if not part.below]
    return leaves if len(leaves) > 1 else []


def _take_leaves(leaves: Sequence[Part], notes: Notes) -> None:
    """Take the lowest paragraphs as items, with one doubt, where no paragraph says who or when."""
    leaves = [part for part in leaves if not _ends_list(part.text)]
    silent = [part for part in leaves if not _take_sentences(part, notes)]
    if not silent:
        return
    for part in silent:
        part.taken = True
    which = "各段都" if silent == leaves else "其余各段"
    notes.doubt(
        Doubt("row", silent[0].place, "段落", "",
              f"{which}没有写责任单位和完成时限，编号的各段作为事项读入", "请核对哪些段落是任务，不是的请从文件中删去",
              read=f"共{len(silent)}项", choices=AS_READ)
    )  # fmt: skip


def _take_all(parts: Sequence[Part], notes: Notes) -> None:
    """Take who and when out of the paragraphs; those right below a heading that says who acts are items by it.

    So they are below one that says it in a bracket, where they are numbered through, or some of them say by themselves
    who or when, but not each who leads: （一）教学（教务处负责）.
    """
    points = [part.number for part in parts if part.level == POINTS]
    headings = sum(one.level < POINTS == other.level for one, other in pairwise(parts))
    through = headings > 1 and points == list(range(1, len(points) + 1))
    said = _SILENT
    for part in parts:
        heads = (through or _are_items(part.below)) and part.level < POINTS
        above = units_above if heads else units_of_heading
        if part.below and above(part.text, part.place):
            part.names_doers = True
            continue
        named = any(each.names_doers for each in part.upwards)
        part.taken = named and not part.below and not BY_WHOM.search(part.text)
        whole = part.text
        part.read = _as_above(said_in(whole), said)
        said = part.said if part.said.fields else said
        broken = unbalanced(part.text) and not unbalanced(whole)
        if part.said.fields and (broken or _HALF_A_FIELD.search(part.text)):
            why = "责任单位之前的这几个字像是另一项说明，仍算在工作内容里"
            _ask(part, part.text.strip(), why, notes)


def _are_items(parts: Sequence[Part]) -> bool:
    """Return whether some of the paragraphs below a heading say who or when, and not each of them who leads."""
    said = [said_in(part.text) for part in parts]
    return any(each.is_item for each in said) and not all(each.names_doers for each in said)


def _as_above(said: Said, above: Said) -> Said:
    """Return what a paragraph says of who and when; where that is 同上, what the one before says behind the label."""
    fields: list[Field] = []
    for own in said.fields:
        same = [each for each in above.fields if each[0] == own[0]]
        fields += same if DITTO.fullmatch(own[1]) and same else [own]
    return said._replace(fields=tuple(fields))


def _take_labelled_lines(parts: Sequence[Part], notes: Notes) -> None:
    """Take labels, and lines that have no place, out of what is to be done.

    Lines below an item's first whose label has no place in the list, or is repeated below most items (服务对象：), are
    fields. Where one line alone says what is to be done (主要内容：), its label is a column's name; 整改目标：… beside
    others has no place either.
    """
    items = [part for part in parts if part.is_item]
    labels = Counter(_other_label(line) for part in items for line in part.text.split("\n")[1:])
    repeated = {label for label, times in labels.items() if times > 1 and 2 * times > len(items)}
    for part in items:
        first, *lines = part.text.split("\n")
        named = _what_label(first)
        fields = [*part.said.fields]
        whats: dict[str, str] = {}
        kept: list[str] = []
        for line in lines:
            label = _other_label(line)
            if label and (label in repeated or says(label, "nowhere")):
                fields.append((label, _behind(label, line)))
                continue
            kept.append(line)
            if says_what(label := leading_label(line)):
                whats[line] = label
        aims = {line: label for line, label in whats.items() if says(label, "aim")}
        measures = [line for line in whats if line not in aims]
        alone = [*whats] if len(kept) == len(whats) == 1 else measures
        if len(alone) == 1:
            (line,) = alone
            notes.leave_out(part.place, f"{whats[line]}：", "栏目的名称")
            at = kept.index(line)
            part.is_titled = all(above in aims for above in kept[:at])
            kept[at] = _behind(whats[line], line)
        for line, label in aims.items() if len(aims) < len(kept) else ():
            if notes.answers.columns.get(declared_key(label)) != "content":
                kept.remove(line)
                notes.leave_out(part.place, line, f"“{label}”的文字")
                _ask_label(part.place, label, line, "不读取", notes)
        if named:
            notes.leave_out(part.place, f"{named}：", "栏目的名称")
            first = _behind(named, first)
        part.read = part.said._replace(text="\n".join((first, *kept)), fields=tuple(fields))


def _other_label(line: str) -> str:
    """Return the label that a line begins with, where it is none of who, when and what."""
    label = label_like_a_head(line)
    return "" if leading_label(line) or says_what(label) else label


def _behind(label: str, line: str) -> str:
    return line.removeprefix(label).lstrip("：: 　")


_CLOSES: Final = regex("会议(?:要求|强调|号召)，")


def _closed_by_sentence(others: Sequence[Part], last: Part) -> int:
    """Return from which line on the last paragraph is about the whole list though no label says who acts.

    So are lines below a sentence where every other paragraph is one line, and 会议要求，… below who acts where no other
    paragraph has such a line; not what says itself who acts.
    """
    lines = last.lines
    at = len(lines)
    if {len(part.lines) for part in others} == {1} and lines[0].text.endswith("。"):
        at = 1
    elif others and not any(_closes(part) for part in others):
        at = _closes(last) or at
        body = "\n".join(line.text for line in lines[:at])
        at = at if in_sentences(body).is_item else len(lines)
    says = any(_is_field(line) or said_in(line.text).is_item for line in lines[at:])
    return len(lines) if says else at


def _closes(part: Part) -> int:
    """Return which line below a paragraph's first begins as one that closes a meeting; 0 where none does."""
    return next((at for at, line in enumerate(part.lines) if at and _CLOSES.match(line.text)), 0)


def _use_of_people(line: Line) -> ColumnUse | None:
    """Return what kind of people a line that names only people is about: leaders, or whom to ask."""
    return use_behind(label_before(line.text)) if names_people(line) else None


def _cut_closing(parts: Sequence[Part], found: Found, notes: Notes) -> None:
    """Cut off what follows the last item: it is about the whole list, as is whom to ask where no other item says so."""
    if not parts:
        return
    *others, last = parts
    end = closing_at(last.lines)
    if end < len(last.lines):  # not what all the others say behind their bracket, too
        behind = ((_says(p), len(p.lines) - closing_at(p.lines)) for p in others)
        end += min((lines for says, lines in behind if says or lines), default=0)
    else:
        end = _closed_by_sentence(others, last)
    people = [use for part in others for line in part.lines if (use := _use_of_people(line))]
    end = next(
        (i for i, line in enumerate(last.lines[:end])
         if i and (use := _use_of_people(line)) and use not in people),
        end,
    )  # fmt: skip
    for line in last.lines[end:]:
        found.after.append(line)
        notes.leave_out(line.place, line.text, "清单后面的文字")
    del last.lines[end:]


def _take_of_all(parts: Sequence[Part], around: Sequence[Line], found: Found, notes: Notes) -> None:
    """Give items what lines say of all above or below, with a doubt: 以上任务由县甲局牵头. ``around``: of all.

    Above are those behind the last such line; below a heading its own. Where only some name nobody, it is said of them,
    unless it names nobody either: 各乡镇均为责任单位.
    """
    for line in around:
        _take_line_of_all(line, parts, found, notes)
    last = 0
    for at, part in enumerate(parts, 1):
        for line in part.of_all:
            heads = part.below and not part.is_item
            _take_line_of_all(line, [*part.all_below] if heads else parts[last:at], found, notes)
            last = at


def _take_line_of_all(line: Line, scope: Sequence[Part], found: Found, notes: Notes) -> None:
    fields = said_of_all(line.text) or ()
    found.notes.append(Cell(line.text, line.place))
    notes.leave_out(line.place, line.text, "各项共用的文字")
    leaves = [part for part in scope if not part.below]
    leaves = [part for part in leaves if part.is_item or part.level == leaves[-1].level]
    silent = [part for part in leaves if not part.said.names_doers]
    who = [words for label, words in fields if use_behind(label) in UNIT_ROLES]
    if not who or any(read_units(words).names for words in who):
        leaves = silent or leaves
    for part in leaves:
        part.taken = True
        dated = any(use_behind(label) == "deadline" for label, _ in part.said.fields)
        more = [each for each in fields if not (dated and use_behind(each[0]) == "deadline")]
        part.read = part.said._replace(fields=(*part.said.fields, *more))
    what = f"写入其中{len(leaves)}项" if fields else "没有写入各事项的责任单位"
    notes.doubt(
        Doubt("row", line.place, line.place.words, line.text, f"这句话是说各项的，{what}",
              "请核对", read=Said("", fields).words, choices=AS_READ if fields else SEEN,
              asked=f"这些话是说各项的，{what}")
    )  # fmt: skip


def _share_fields(parts: Sequence[Part], notes: Notes) -> None:
    """Give the last point's units and deadline to the points before it that have none, with a doubt."""
    for at, part in enumerate(parts):
        if not (part.is_item and part.said.below and part.level >= POINTS):
            continue
        for other in reversed(parts[:at]):
            uses = {use_behind(label) for label, _ in other.said.fields}
            if other.level != part.level or not uses <= {"deadline"}:
                break
            shared = [field for field in part.said.fields if use_behind(field[0]) not in uses]
            other.read = other.said._replace(fields=(*other.said.fields, *shared))
            why = "这一段没有写的责任单位或完成时限，按与下面一条共用处理"
            _ask(other, other.whole, why, notes, part.said.words)


def _take_siblings(parts: Sequence[Part], notes: Notes) -> None:
    """Take who acts by the sentences of paragraphs beside items, with one doubt: 请县甲局抓紧….

    Where most of them end in a bracket, theirs is who acts, understood or not.
    """
    beside: dict[tuple[int, tuple[Part, ...]], list[Part]] = {}
    for part in parts:
        if part.said.names_units and not part.said.names_doers:  # 县乙局配合。 below 县甲局要…
            _take_sentences(part, notes)
        beside.setdefault((part.level, part.headings), []).append(part)
    for row in beside.values():
        if not any(part.is_item or _has_points(part) for part in row):
            _take_beside_headings(row, notes)
            continue
        silent = [part for part in row if not (part.is_item or part.items)]
        most = 2 * len(silent) < len(row)
        for part in silent:
            bracket = in_any_bracket(part.text) if most and not part.below else _SILENT
            if bracket.is_item:
                part.read = bracket
            for each in ([*part.all_below] or [part]) if not part.is_item else ():
                _take_sentences(each, notes)


def _take_beside_headings(row: Sequence[Part], notes: Notes) -> None:
    """Take who acts by the sentences of headings without items beside those that have some: 由县甲局会同县乙局….

    What follows the last such heading is about the whole list where it names nobody so (保障措施). Points below a
    heading are taken where each of them says so and has a day.
    """
    beside = any(part.items for part in row)
    dated = all(in_sentences(part.text).is_item and days_in_text(part.text) for part in row)
    for part in row if beside or dated else ():
        if not part.items and (dated or BY_SOMEBODY.search(part.text)):
            _take_sentences(part, notes)


def _has_points(part: Part) -> bool:
    """Return whether a paragraph stands for the points within it, which are items."""
    return any(each.level == len(LEVELS) and each.label for each in part.below[:1])


def _take_sentences(part: Part, notes: Notes) -> bool:
    """Take who acts by the sentences of a paragraph that says it in no other way, with a doubt; whether they say it."""
    said = in_sentences(part.text)
    if not said.is_item:
        return False
    said = said._replace(fields=(*said.fields, *part.said.fields))
    part.read = said
    why = "这一段的责任单位取自正文的语句"
    _ask(part, part.text, why, notes, said.words)
    return True


def _ask(part: Part, text: str, why: str, notes: Notes, read: str = "") -> None:
    """Ask about what was made of a paragraph, all that are alike at once."""
    name = part.label.rstrip("、") or part.place.words
    notes.doubt(Doubt("row", part.place, name, text, why, "请核对", read, AS_READ, asked=why))


def _rows(parts: Sequence[Part], found: Found, notes: Notes) -> None:
    """Add the items under their nearest heading; a heading's own number is the task's where items are its points."""
    items = [part for part in parts if part.is_item]
    groups = [part for part in parts if part.items and not part.is_item]
    headed = all(map(_has_heading, items)) or _run_on(items, groups)
    tasks: frozenset[Part] = frozenset() if headed else _tasks(parts)
    _ask_jumps(tasks, notes)
    highest = min(part.level for part in items)
    bracketed = all(ends_in_bracket(part.lines[-1].text) for part in items)
    task: Part | None = None
    for part in parts:
        if not part.is_item:
            _beside_items(part, found, notes, highest=highest, bracketed=bracketed)
            continue
        heading = next((each for each in part.headings[-1:] if each in tasks), None)
        row = _row(part, heading, notes)
        if not part.said.names_doers:
            above = (units_above(each.text, row.place) for each in reversed(part.headings))
            row = row._replace(said=(*next(filter(None, above), ()), *row.said))
        if not row.deadline:
            over = (*part.headings, part)[::-1]  # （一）排查阶段（7月15日—22日） over its own lines
            periods = (stage_of(each.first_line) for each in over)
            said = [Headed("deadline", BY_GROUP, Cell(each, row.place)) for each in periods if each]
            row = row._replace(said=(*row.said, *said[:1]))
        of_headings = (field for each in part.headings for field in each.said.fields)
        for name, words in of_headings:  # 二、示例保障（责任领导：张三）
            if (use := use_behind(name)) in PEOPLE and not row.of(use):
                row = row._replace(said=(*row.said, Headed(use, name, Cell(words, row.place))))
        if heading and task is heading:
            last = found.rows[-1]
            row = row._replace(number=last.number, title=last.title, continues=True)
        task = heading
        found.rows.append(row)
    _tell_headings(groups, found, notes)


def _beside_items(part: Part, found: Found, notes: Notes, *, highest: int, bracketed: bool) -> None:
    """Note a paragraph that is no item, or ask about it where nothing below it is one.

    ``highest`` is the items' level at most, ``bracketed`` whether all end in a bracket. What stands in a section
    without items is asked about unless the section's name is a general one.
    """
    section = (*part.headings, part)[0]
    like_items = bracketed and ends_in_bracket(part.text)
    aside = section.level < highest and not section.items and not like_items
    of_tasks = aside and section.below and not _GENERAL.match(section.first_line)
    if _ends_list(part.text):
        found.after += part.lines
        notes.leave_out(part.place, part.whole, "清单后面的文字")
    elif of_tasks and part is section:
        notes.leave_out(part.place, part.whole, "分组的标题")
    elif of_tasks:
        _ask_silent(part, notes)
    elif not part.items:
        _no_item(part, aside, notes, aims=bool(_AIMS.match(section.text)))


def _tasks(parts: Sequence[Part]) -> frozenset[Part]:
    """Return the headings that are tasks, the items right below them their points: numbers begin anew below each.

    One without a number that names a list is none: what is below it is a list of its own.
    """
    headings = [
        part
        for part in parts
        if part.below
        and not part.is_item
        and (part.label or not _NAMES_LIST.search(part.first_line.strip()))
    ]
    on = {part.level for part in headings if part.below[0].number != 1}
    return frozenset(
        part
        for part in headings
        if part.below[0].number and part.level not in on and part.items == 1
    )


def _ask_jumps(tasks: Iterable[Part], notes: Notes) -> None:
    """Ask about the points of a task whose numbers leave some out; they are counted without a gap as its items."""
    for before, after in (pair for task in tasks for pair in pairwise(task.below)):
        if after.number > before.number + 1:
            why = f"编号{before.number}之后是{after.number}，中间可能漏了内容"
            _ask(after, after.whole, why, notes)


def _tell_headings(groups: Sequence[Part], found: Found, notes: Notes) -> None:
    """Note headings that stand in the list as a task's title, but for their numbers, and those that group tasks."""
    titles = {row.title.text for row in found.rows if row.title}
    for heading in groups:
        place, text = heading.place, heading.text.strip()
        if heading.first_line.strip() in titles:
            notes.leave_out(place, heading.label, "条目编号")
            notes.leave_out(place, text.partition("\n")[2], "标题下面的文字")
        else:
            notes.leave_out(place, f"{heading.label}{text}", "分组的标题")


def _run_on(items: Sequence[Part], groups: Sequence[Part]) -> bool:
    """Return whether the items' numbers count on from heading to heading: then they are tasks, the headings groups.

    So they are below the one heading 二、重点任务, which names the list.
    """
    numbers = [part.number for part in items if part.number]
    named = (
        len(groups) == 1
        and len(numbers) == len(items)
        and _NAMES_LIST.search(groups[0].first_line.strip())
    )
    several = len(groups) > 1 and len(numbers) > 2
    return bool(named or several) and numbers == list(range(1, len(numbers) + 1))


_NAMES_LIST: Final = regex(
    "(?:任务|措施|举措|内容|安排|分工|分解|(?:分解|分工)表|要点|事项|清单|目标)$"
)


def _has_heading(part: Part) -> bool:
    """Return whether a paragraph begins with a heading of its own: it is a task rather than a point of one."""
    title, content = _title(part)
    return title != content


_IN_FORCE: Final = regex(
    "本(?:措施|办法|方案|意见|清单|规定|政策|通知|要点).{0,12}自.{1,20}(?:施行|实施|执行|生效)"
)


_GENERAL: Final = regex(
    r"(?:[^\w。，；：:]|总体|指导|思想|原则|目标|要求|保障|组织|领导|实施|方法|步骤|安排|机制|监督|督[查导办促]|考核|宣传"
    "|附则|背景|意义|认识|范围|对象|依据|情况|形势|问题|纪律|责任|成员|联系|说明|其[他它]|评[价估]|奖[惩励]|程序|方式|准备|动员"
    "|总结|基础|职[责能]|工作|任务|基本|主要|具体|现实|重[要大]|有关|相关|几点|时间|进度|措施|体系|制度|力度|机构|分工|事项|事宜|检查"
    "|引导|发动|验收|提高|加强|加大|强化|健全|完善|建立|落实|推进|严格|严肃|明确|压实|切实|统筹|协调|阶段"
    "|(?:资金|经费|人才|技术|政策)(?=保障)|[和与及])+(?:[。，；：:]|$)"
)
"""The name of a section that is about all of a list, or about nothing in it: each of its words is a general one."""

_AIMS: Final = regex("(?:总体|工作|主要|发展|改革|行动|具体)?目标|总体(?:要求|思路)")


def _no_item(part: Part, aside: bool, notes: Notes, *, aims: bool) -> None:
    """Note a paragraph that is no item, unless it is ``aside``, in a section above all items (总体要求, 保障措施).

    Ask about one that may be a task there: it says who leads, or who does what by a day, as ``aims`` may without one.
    """
    what = "没有写责任单位的段落" if aside else "清单后面的文字"
    dated = not aims and in_sentences(part.text).is_item and days_in_text(part.text)
    if (aside and not (dated or BY_WHOM.search(part.text))) or _IN_FORCE.match(part.text):
        notes.leave_out(part.place, part.whole, what)
    else:
        _ask_silent(part, notes)


def _ask_silent(part: Part, notes: Notes) -> None:
    notes.doubt(
        Doubt("row", part.place, part.label.rstrip("、") or part.place.words, part.whole,
              _SAYS_NOTHING, "是任务的请补上责任单位后再导入", choices=SEEN, asked=_SAYS_NOTHING)
    )  # fmt: skip


_HALF_A_FIELD: Final = regex("(?:^|[。；\n（(])[\u4e00-\u9fff]{2,8}[：:][^：:。；\n]{1,40}[；;]$")
_SAYS_NOTHING: Final = "看不出这一段的责任单位和完成时限，没有写入清单"


def _ask_label(place: Place, name: str, words: str, read: str, notes: Notes) -> None:
    """Ask about a label that nobody knows, or that has no place, once; ``read`` is what its words are taken for."""
    if name in notes.answers.columns or any(
        doubt.code in COLUMN_CODES and doubt.subject == name for doubt in notes.doubts
    ):
        return
    taken = "没有读入" if read == "不读取" else f"作为“{read}”读入"
    code, why = "columns", f"看不出“{name}”后面写的是什么，{taken}"
    if says(name, "nowhere"):
        code, why = "extra-column", f"“{name}”在清单数据中没有位置，没有写入清单"
    elif read == "不读取" and use_of(name) == "deadline":
        why = f"“{name}”之外另写了完成时限，{taken}"
    notes.doubt(
        Doubt(code, place, name, words, why,
              "请选是什么；也可用 --columns 写明", read=read, choices=uses_to_choose(read))
    )  # fmt: skip


def _row(part: Part, heading: Part | None, notes: Notes) -> RawRow:
    place = part.place
    title, content = _title(part) if heading is None else (heading.first_line.strip(), part.text)
    number = part.label if heading is None else heading.label
    said: list[Headed] = []
    deadline: list[str] = []
    fields = [field for field in part.said.fields if not NONE.fullmatch(field[1])]
    known = any(use_of(name) in UNIT_ROLES for name, _ in fields)
    dated = [name for name, _ in fields if use_behind(name) == "deadline"]
    ends = any(says(name, "last day") for name in dated)
    for name, words in fields:
        declared = notes.answers.columns.get(declared_key(name))
        use: ColumnUse = declared or use_behind(name)
        aside = tells_how_far(name, (words,)) or (ends and not says(name, "last day"))
        if use == "deadline" and len(dated) > 1 and aside and not declared:
            use = "skip"  # 整改进度：已完成八成, 推进计划：3月底开工 beside 完成时限：6月底
            _ask_label(place, name, words, "不读取", notes)
        if known and says(name, "watch") and not declared:
            use = "skip"  # 督导单位 beside 责任单位
        elif use_of(name) == "extra" and not declared:
            use = "skip" if known or use == "extra" else "responsible"
            _ask_label(place, name, words, "不读取" if use == "skip" else "责任单位", notes)
        if use == "deadline":
            deadline.append(words)
        elif use in (*UNIT_ROLES, *PEOPLE):
            said.append(Headed(use, name, Cell(words, place)))
        elif use in ("title", "content"):
            content = words if content == title else f"{content}\n{words}"
        else:
            notes.leave_out(place, f"{name}：{words}", "不读取的文字")
    if deadline:
        said.append(Headed("deadline", "", Cell("；".join(dict.fromkeys(deadline)), place)))
    return RawRow(place, Cell(number, place), Cell(title, place), Cell(content, place), tuple(said))


def _title(part: Part) -> tuple[str, str]:
    """Return a paragraph's first sentence as its heading, where it is short and more follows, and the rest."""
    first, stop, rest = part.text.partition("\n")
    short = len(first) <= 40 and not _SENTENCE.search(first, 0, len(first) - 1)
    if stop and (short or part.is_titled):
        return first.strip().rstrip("。"), rest.strip()
    end = _SENTENCE.search(part.text)
    if end and end.end() < len(part.text.strip()) and end.start() <= 30:
        heading = part.text[: end.start()].strip()
        doers = in_sentences(heading).words
        if not doers or doers not in part.said.words:
            return heading, part.text[end.end() :].strip()
    return part.text.strip(), part.text.strip()
