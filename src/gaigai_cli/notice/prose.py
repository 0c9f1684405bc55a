"""The items of a list in paragraphs: what each paragraph says of who and when, and which of them are items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from gaigai_cli.notice.answers import Notes
from gaigai_cli.notice.columns import declared_key
from gaigai_cli.notice.document import Cell, Document, Line
from gaigai_cli.notice.doubts import AS_READ, SEEN, Doubt
from gaigai_cli.notice.guess import tells_how_far
from gaigai_cli.notice.head import signed_at
from gaigai_cli.notice.leads import is_statement, take_rule
from gaigai_cli.notice.paragraphs import (
    IN_FORCE,
    NAMES_LIST,
    Part,
    all_apart,
    ask_outside,
    ask_silent,
    behind_label,
    ends_list,
    in_tree,
    is_field,
    letter,
    numbered,
    says_it,
    tell_outside,
    unnumbered,
    what_label,
    with_items_below,
)
from gaigai_cli.notice.points import (
    COUNTED,
    LEVELS,
    POINTS,
)
from gaigai_cli.notice.prose_fields import (
    BULLET,
    BY_SOMEBODY,
    BY_WHOM,
    Field,
    Said,
    begins_with_doers,
    closing_at,
    ends_in_bracket,
    in_any_bracket,
    in_sentences,
    label_before,
    label_like_a_head,
    leading_label,
    names_people,
    said_in,
    said_of_all,
    units_above,
    units_of_heading,
    use_behind,
)
from gaigai_cli.notice.prose_lines import ask_label, foot, lines_of_text
from gaigai_cli.notice.row import BY_GROUP, DITTO, NONE, Found, Headed, RawRow, of_heading
from gaigai_cli.words.brackets import unbalanced
from gaigai_cli.words.deadline import days_in_text
from gaigai_cli.words.heads import (
    PEOPLE,
    UNIT_ROLES,
    ColumnUse,
    says,
    says_what,
    stage_of,
    use_of,
)
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.units import read_units

_SILENT: Final = Said("")

_SENTENCE: Final = regex(r"[。！]")


def rows_of_paragraphs(document: Document, notes: Notes) -> Found:
    """Return the rows of a list in paragraphs: each one that names units or a deadline is an item."""
    lines = list(lines_of_text(document, notes))
    end = min(foot(lines), signed_at(lines))
    lines, below = lines[:end], lines[end:]
    found = Found()
    left_out = len(notes.left_out)
    if start := letter(lines):
        found.before += lines[:start]
        del lines[:start]
    parts = list(with_items_below(numbered(lines, found), notes))
    _cut_closing(parts, found, notes)
    parts = all_apart(parts, notes)
    _take_all(parts, notes)
    _take_headings(parts, notes)
    _take_from_last_point(parts, notes)
    parts = _with_points(parts)
    above = [line for line in found.before[start:] if said_of_all(line.text) is not None]
    _take_of_all(parts, above, found, notes)
    if any(part.is_item for part in parts):
        tell_outside(found.before[start:], notes)
    else:
        without = Found(before=found.before[:start])
        end = len(notes.left_out)
        leaves = _leaves(parts, found.before[start:])
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
            parts = _take_leaves(parts, leaves, found.before[:start], notes)
    if not any(part.is_item for part in parts):
        return Found()
    tell_outside(found.after, notes, sentences=True)
    _take_labelled_lines(parts, notes)
    for at, part in enumerate(parts):
        for words in part.said.rule.split("\n") if part.said.rule else ():
            if said_of_all(words) is None:
                take_rule(Cell(words, part.place), found, notes)
            else:
                items = [each for each in parts[at + 1 :] if each.is_item]
                _take_line_of_all(Line(words, part.place), items, found, notes)
    _share_fields(parts, notes)
    _take_siblings(parts, notes)
    _ask_titles(parts, notes)
    _rows(parts, found, notes)
    found.after += below
    return found


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


def _take_from_last_point(parts: Sequence[Part], notes: Notes) -> None:
    """Give a paragraph what only the last of its points says and it doesn't say itself: who acts, or by when."""
    for part in parts:
        *others, last = part.below or [part]
        only = others and last.said.fields and not any(each.is_item for each in others)
        if part.names_doers or not only:
            continue
        headed = any(each.names_doers for each in part.upwards)
        if not (part.is_item or headed or in_sentences(part.text).is_item):
            continue
        own = {use_behind(label) for label, _ in part.said.fields}
        if own.isdisjoint(use_behind(label) for label, _ in last.said.fields):
            _ask(part, last.whole, _OF_ALL_POINTS, notes, last.said.words)
            part.read = part.said._replace(fields=(*part.said.fields, *last.said.fields))
            last.read = Said(last.text)


_OF_ALL_POINTS: Final = "最后一条写的责任单位或完成时限，按整段共用处理"


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
    return in_tree(kept)


def _leaves(parts: Sequence[Part], before: Sequence[Line]) -> list[Part]:
    """Return the lowest paragraphs; nothing where there is but one, or more sentences stand before what is of all."""
    leaves = [part for part in parts if not part.below]
    sentences = [line for line in before if line.text.endswith(_STOPPED)]
    of_all = len(sentences) > len(leaves) and all(
        _GENERAL.match((*part.headings, part)[0].first_line) for part in leaves
    )
    return leaves if len(leaves) > 1 and not of_all else []


_STOPPED: Final = ("。", "；", "）", "】")


def _heads_points(part: Part) -> bool:
    """Return whether the lowest paragraphs stand right below one, and none of them says by a sentence who acts."""
    points = part.below and not any(each.below for each in part.below)
    return bool(points) and not any(in_sentences(each.text).is_item for each in part.below)


def _take_leaves(
    parts: list[Part], leaves: Sequence[Part], of_letter: Sequence[Line], notes: Notes
) -> list[Part]:
    """Take the lowest paragraphs as items, with one doubt, where no paragraph says who or when; return all of them.

    One above points says by its sentences who acts in all of them: （一）请县甲局抓紧…. Those in sections about the
    whole list (总体目标, 保障措施) are none where others are left. The numbered ones of the letter above may be the
    tasks, and are asked about.
    """
    above = [_take_sentences(part, notes) for part in parts if _heads_points(part)]
    if any(above):
        parts = _with_points(parts)
        leaves = _leaves(parts, ())
    leaves = [part for part in leaves if not (part.is_item or ends_list(part.text))]
    deeper = any(part.headings for part in leaves)
    leaves = [part for part in leaves if not _in_general(part, deeper=deeper)] or leaves
    silent = [part for part in leaves if not _take_sentences(part, notes)]
    for part in silent:
        part.taken = True
    which = "各段都" if silent == leaves and not any(above) else "其余各段"
    if silent:
        notes.doubt(
            Doubt("row", silent[0].place, "段落", "",
                  f"{which}没有写责任单位和完成时限，编号的各段作为事项读入",
                  "请核对哪些段落是任务，不是的请从文件中删去",
                  read=f"共{len(silent)}项", choices=AS_READ)
        )  # fmt: skip
    for part in numbered(of_letter, Found()):
        if part.number:
            ask_silent(part, notes)
    return parts


def _take_all(parts: Sequence[Part], notes: Notes) -> None:
    """Take who and when out of the paragraphs; those right below a heading that says who acts are items by it.

    So they are below one that says it in a bracket, where they are numbered through, begin with a sign or have
    paragraphs below them, or where some of them say by themselves who or when, but not each who leads:
    （一）教学（教务处负责）.
    """
    points = [part.number for part in parts if part.level == POINTS]
    headings = sum(one.level < POINTS == other.level for one, other in pairwise(parts))
    through = headings > 1 and points == list(range(1, len(points) + 1))
    said = _SILENT
    for part in parts:
        deeper = through or any(each.below or not each.label for each in part.below)
        heads = _are_items(part.below) or (deeper and part.level < POINTS)
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
        half = _HALF_A_FIELD.search(part.text)
        if part.said.fields and (broken or (half and not says_what(half["label"]))):
            why = "责任单位之前的这几个字像是另一项说明，仍算在工作内容里"
            _ask(part, part.text.strip(), why, notes)
    _take_below_units(parts)


def _take_below_units(parts: Sequence[Part]) -> None:
    """Take what stands below a unit's name without points of its own, as others of the level have: 二、县甲局.

    Not where it says itself who acts.
    """
    levels = {part.level for part in parts if part.names_doers and part.below}
    for part in parts:
        name, _, rest = part.text.partition("\n")
        silent = not (part.below or part.said.fields or in_sentences(rest).is_item)
        if part.level in levels and rest and silent and units_of_heading(name, part.place):
            part.taken, part.read = True, Said(rest)


def _ask_titles(parts: Sequence[Part], notes: Notes) -> None:
    """Ask about those that may be what is to be done where most items say in other ways who acts: 示例驿站：…."""
    heads = [part for part in parts if part.said.heads]
    if 2 * len(heads) < sum(part.is_item for part in parts):
        for part in heads:
            _ask(part, part.whole, _OR_A_TITLE, notes, part.said.words)


_OR_A_TITLE: Final = "冒号前的这几个字按责任单位读入，也可能是工作的名称"


def _are_items(parts: Sequence[Part]) -> bool:
    """Return whether some of the paragraphs below a heading say who or when, and not each of them who leads.

    One without who and when itself may have points that say it.
    """
    said = [said_in(part.text) for part in parts]
    below = (said_in(point.text).is_item for part in parts for point in part.all_below)
    is_item = any(each.is_item for each in said) or any(below)
    return is_item and not all(each.names_doers for each in said)


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
    labels = Counter(
        label for part in items for label in {*map(_other_label, part.text.split("\n")[1:])}
    )
    repeated = {label for label, times in labels.items() if times > 1 and 2 * times > len(items)}
    for part in items:
        first, *lines = part.text.split("\n")
        named = what_label(first)
        fields = [*part.said.fields]
        whats: dict[str, str] = {}
        kept: list[str] = []
        for line in lines:
            label = _other_label(line)
            what = use_behind(label) in ("title", "content")
            if label and ((label in repeated and not what) or says(label, "nowhere")):
                fields.append((label, behind_label(label, line)))
                continue
            kept.append(line)
            if says_what(label := leading_label(line)):
                whats[line] = label
        if len(kept) == 1 and (label := _other_label(kept[0])) and label in repeated:
            whats[kept[0]] = label
        aims = {line: label for line, label in whats.items() if says(label, "aim")}
        measures = [line for line in whats if line not in aims]
        alone = [*whats] if len(kept) == len(whats) == 1 else measures
        if len(alone) == 1:
            (line,) = alone
            notes.leave_out(part.place, f"{whats[line]}：", "栏目的名称")
            at = kept.index(line)
            part.is_titled = all(above in aims for above in kept[:at])
            kept[at] = behind_label(whats[line], line)
        for line, label in aims.items() if len(aims) < len(kept) else ():
            if notes.answers.columns.get(declared_key(label)) != "content":
                kept.remove(line)
                notes.leave_out(part.place, line, f"“{label}”的文字")
                ask_label(part.place, label, line, "不读取", notes)
        if named:
            notes.leave_out(part.place, f"{named}：", "栏目的名称")
            first = behind_label(named, first)
        part.read = part.said._replace(text="\n".join((first, *kept)), fields=tuple(fields))


def _other_label(line: str) -> str:
    """Return the label that a line begins with, where it is none of who, when and what."""
    label = label_like_a_head(line)
    return "" if leading_label(line) or says_what(label) else label


_CLOSES: Final = regex("会议(?:要求|强调|号召)，")


def _closed_by_sentence(others: Sequence[Part], last: Part) -> int:
    """Return from which line on the last paragraph is about the whole list though no label says who acts.

    So are lines below a sentence where every other paragraph is one line, and 会议要求，… below who acts or
    各责任单位要…, where no other paragraph has such a line; not what says itself who acts.
    """
    lines = last.lines
    if (at := _begins_below(last, _ALL_ARE_ASKED)) and not any(
        _begins_below(part, _ALL_ARE_ASKED) for part in others
    ):
        return at
    at = len(lines)
    if {len(part.lines) for part in others} == {1} and lines[0].text.endswith("。"):
        at = 1
    elif others and not any(_begins_below(part, _CLOSES) for part in others):
        at = _begins_below(last, _CLOSES) or at
        body = "\n".join(line.text for line in lines[:at])
        at = at if in_sentences(body).is_item else len(lines)
    says = any(is_field(line) or said_in(line.text).is_item for line in lines[at:])
    return len(lines) if says else at


_ALL_ARE_ASKED: Final = regex(
    "各(?:责任|牵头|有关|相关|承办)(?:单位|部门)(?:和[^，。]{2,10})?[要须应]"
)


def _begins_below(part: Part, words: re.Pattern[str]) -> int:
    """Return which line below a paragraph's first begins with such words; 0 where none does."""
    below = enumerate(part.lines[1:], 1)
    return next((at for at, line in below if words.match(line.text)), 0)


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
        behind = ((says_it(p), len(p.lines) - closing_at(p.lines)) for p in others)
        end += min((lines for says, lines in behind if says or lines), default=0)
        while end < len(last.lines) and BULLET.match(last.lines[end].text):
            end += 1
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
    """Give the last point's units and deadline to the points before it that have none, with a doubt.

    They stand on lines of their own, or no other point of a heading says anything.
    """
    for at, part in enumerate(parts):
        siblings = part.above.below if part.above and part.level >= POINTS else []
        alone = siblings[-1:] == [part] and not any(each.is_item for each in siblings[:-1])
        alone &= part.said.names_units
        if not (part.is_item and ((part.said.below and part.level > 1) or alone)):
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
        if part.said.is_item and not (part.said.names_doers or _heads_say_who(part)):
            _take_sentences(
                part, notes
            )  # 县乙局配合。 below 县甲局要…, 请县甲局抓紧…（6月底前完成）
        beside.setdefault((part.level, part.headings), []).append(part)
    for row in beside.values():
        if not any(part.is_item or _has_points(part) for part in row):
            _take_beside_headings([p for p in row if not _in_general(p, deeper=True)], notes)
            continue
        silent = [part for part in row if not (part.is_item or part.items)]
        most = 2 * len(silent) < len(row)
        for part in silent:
            bracket = in_any_bracket(part.text) if most and not part.below else _SILENT
            if bracket.is_item:
                part.read = bracket
            for each in ([*part.all_below] or [part]) if not part.is_item else ():
                _take_sentences(each, notes)


def _heads_say_who(part: Part) -> bool:
    """Return whether a heading above a paragraph that names nobody says who acts."""
    above = (units_above(each.text, part.place) for each in part.headings)
    return not part.said.names_units and any(above)


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
    highest = min(part.level for part in items)
    begin, end = items[0].place, items[-1].place
    silent = not any(part.said.fields for part in items)
    who = {
        words
        for part in items
        for name, words in part.said.fields
        if use_behind(name) in UNIT_ROLES
    }
    read = map(read_units, who)
    named = frozenset(name for each in read for name in (*each.names, *each.unknown))
    bracketed = all(ends_in_bracket(part.lines[-1].text) for part in items)
    unit_labels = {
        name for part in items for name, _ in part.said.fields if use_behind(name) in UNIT_ROLES
    }
    others_said = any(_MAIN.match(name) for name in unit_labels) and not (
        all(map(_MAIN.match, unit_labels))
        or any(use_behind(name) == "lead" for name in unit_labels)
    )
    task: Part | None = None
    for part in parts:
        if not part.is_item:
            stated = (line for line in part.lines if is_statement(line.text))
            found.notes += [Cell(line.text, line.place) for line in stated]
            between = begin < part.place < end
            if not (silent and _ask_one_who_acts(part, notes)):
                _beside_items(
                    part, found, notes,
                    highest=highest, bracketed=bracketed, between=between, named=named,
                )  # fmt: skip
            continue
        heading = next((each for each in part.headings[-1:] if each in tasks), None)
        row = _row(part, heading, notes)
        if others_said:
            row = row._replace(said=tuple(map(_main_leads, row.said)))
        over = [units_above(each.text, row.place) for each in reversed(part.headings)]
        name = part.lines[0].text
        if not part.text.startswith(name):  # it stands below a unit's name
            over.insert(0, units_of_heading(name, row.place))
        above: Sequence[Headed] = next(filter(None, over), ())
        if part.said.names_doers:
            above = tuple(of_heading(above, row.units))
        row = row._replace(said=(*above, *row.said))
        if not row.deadline:
            # （一）排查阶段（7月15日—22日） over its own lines
            periods = (stage_of(each.first_line) for each in (*part.headings, part)[::-1])
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


def _ask_one_who_acts(part: Part, notes: Notes) -> bool:
    """Ask about a paragraph that alone says by its sentences who acts; return whether it does.

    It stands in a section about the whole list (组织保障) below items that say nothing of who.
    """
    aims = _AIMS.match((*part.headings, part)[0].text)
    alone = not part.below and not aims and in_sentences(part.text).is_item
    if alone:
        ask_silent(part, notes)
    return alone


def _beside_items(
    part: Part,
    found: Found,
    notes: Notes,
    *,
    highest: int,
    bracketed: bool,
    between: bool,
    named: frozenset[str],
) -> None:
    """Note a paragraph that is no item, or ask about it where nothing below it is one.

    ``highest`` is the items' level at most, ``bracketed`` whether all end in a bracket, ``between`` whether it stands
    above some and below others, ``named`` who acts in them. What stands in a section without items is asked about
    unless the section's name is a general one and it is the first or last.
    """
    section = (*part.headings, part)[0]
    like_items = bracketed and ends_in_bracket(part.text)
    aside = section.level < highest and not section.items and not like_items
    of_all = not between and _GENERAL.match(section.first_line)
    of_tasks = aside and section.below and not of_all
    if ends_list(part.text):
        found.after += part.lines
        notes.leave_out(part.place, part.whole, "清单后面的文字")
    elif of_tasks and part is section:
        notes.leave_out(part.place, part.whole, "分组的标题")
    elif of_tasks:
        ask_silent(part, notes)
    elif not part.items:
        aims = bool(_AIMS.match(section.text))
        _no_item(part, aside, found, notes, aims=aims, named=named)


def _tasks(parts: Sequence[Part]) -> frozenset[Part]:
    """Return the headings that are tasks, the items right below them their points: numbers begin anew below each.

    One without a number that names a list is none: what is below it is a list of its own.
    """
    headings = [
        part
        for part in parts
        if part.below
        and not part.is_item
        and (part.label or not NAMES_LIST.search(part.first_line.strip()))
    ]
    on = {part.level for part in headings if part.below[0].number != 1}
    return frozenset(
        part
        for part in headings
        if part.below[0].number and part.level not in on and part.items == 1
    )


_MAIN: Final = regex("主要(?:责任|承办)(?:单位|部门)")


def _main_leads(said: Headed) -> Headed:
    """Return those behind 主要责任单位 as leads, where others are named beside them (协办单位)."""
    return said._replace(use="lead") if _MAIN.match(said.head) else said


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

    So they are below one heading alone, unless that is counted as a task (任务一：). Signs, and brackets that part a
    paragraph, are no numbers.
    """
    numbers = [part.number for part in items if part.number]
    if not all(part.label for part in items if part.number):
        return False
    if len(groups) == 1 and not _COUNTED.match(groups[0].label):
        return len(numbers) == len(items) and numbers == sorted(set(numbers))
    return len(groups) > 1 and len(numbers) > 2 and numbers == list(range(1, len(numbers) + 1))


_COUNTED: Final = regex(COUNTED)


def _has_heading(part: Part) -> bool:
    """Return whether a paragraph begins with a heading of its own: it is a task rather than a point of one."""
    title, content = _title(part)
    return title != content


_GENERAL: Final = regex(
    r"(?:[^\w。，；：:]|总体|指导|思想|原则|目标|要求|保障|组织|领导|实施|方法|步骤|安排|机制|监督|督[查导办促]|考核|宣传"
    "|附则|背景|意义|认识|范围|对象|依据|情况|形势|问题|纪律|责任|成员|联系|说明|其[他它]|评[价估]|奖[惩励]|程序|方式|准备|动员"
    "|总结|基础|职[责能]|工作|任务|基本|主要|具体|现实|重[要大]|有关|相关|几点|时间|进度|措施|体系|制度|力度|机构|分工|事项|事宜|检查"
    "|引导|发动|验收|提高|加强|加大|强化|健全|完善|建立|落实|推进|严格|严肃|明确|压实|切实|统筹|协调|阶段"
    "|(?:资金|经费|人才|技术|政策)(?=保障)|[和与及])+(?:[。，；：:]|$)"
)
"""The name of a section that is about all of a list, or about nothing in it: each of its words is a general one."""


def _in_general(part: Part, *, deeper: bool) -> bool:
    """Return whether a paragraph stands in a section that is about the whole list by its name: 总体目标, 保障措施.

    So does one that is a section with a general name itself, where others stand ``deeper``: 二、任务分工.
    """
    section = (*part.headings, part)[0]
    name = section.first_line.strip(" 　。：:")
    if section is not part:
        return _ABOUT_ALL.fullmatch(name) is not None
    general = _ABOUT_ALL.fullmatch(name) or (deeper and _GENERAL.match(name))
    return len(part.lines) > 1 and bool(general)


_AIMS: Final = regex("(?:总体|工作|主要|发展|改革|行动|具体)?目标|总体(?:要求|思路)")
_ABOUT_ALL: Final = regex(
    rf"{_AIMS.pattern}|指导思想|基本原则|(?:工作|有关|相关)要求|保障措施|附则"
    "|(?:(?:切实)?加强|强化|抓好|做好)?组织(?:保障|领导|实施)"
)


def _no_item(
    part: Part, aside: bool, found: Found, notes: Notes, *, aims: bool, named: frozenset[str]
) -> None:
    """Note a paragraph that is no item, unless it is ``aside``, in a section above all items (总体要求, 保障措施).

    Ask about one that may be a task there: it says who leads, or who does what by a day, as ``aims`` may without one,
    or what one of those ``named`` in the list does, by a day or each month.
    """
    timed = not aims and (days_in_text(part.text) or _EACH.search(part.text))
    dated = timed and (in_sentences(part.text).is_item or any(each in part.text for each in named))
    if (aside and not (dated or BY_WHOM.search(part.text))) or IN_FORCE.match(part.text):
        what = "没有读作事项的段落" if aside else "清单后面的文字"
        notes.leave_out(part.place, part.whole, what)
    elif dated:
        ask_outside(part.lines[0]._replace(text=part.whole), notes)
    else:
        ask_silent(part, notes)


_EACH: Final = regex("每(?:个)?(?:年|半年|季度?|月|旬|周|星期)")


_HALF_A_FIELD: Final = regex(
    "(?:^|[。；\n（(])(?P<label>[\u4e00-\u9fff]{2,8})[：:][^：:。；\n]{1,40}[；;]$"
)


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
            ask_label(place, name, words, "不读取", notes)
        if known and says(name, "watch") and not declared:
            use = "skip"  # 督导单位 beside 责任单位
        elif use_of(name) == "extra" and not declared:
            use = "skip" if known or use == "extra" else "responsible"
            ask_label(place, name, words, "不读取" if use == "skip" else "责任单位", notes)
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
    return RawRow(
        place,
        Cell(number, place),
        Cell(title, place),
        Cell(content, place),
        tuple(said),
        point=part.number if heading else 0,
    )


def _title(part: Part) -> tuple[str, str]:
    """Return a paragraph's first sentence as its heading, where it is short and more follows, and the rest.

    All of it is to be done where a bracket says who does what the first sentence says.
    """
    heading, rest = _heading_and_rest(part)
    return heading, part.text.strip() if begins_with_doers(rest) else rest


def _heading_and_rest(part: Part) -> tuple[str, str]:
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
