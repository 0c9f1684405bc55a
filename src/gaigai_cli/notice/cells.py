"""Values as the trees that ``tasks.yaml`` holds, keys in the order of the data format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from gaigai_cli.model.base import adapter
from gaigai_cli.model.deadline import LAST_DAY, Deadline, Ongoing
from gaigai_cli.model.labels import KIND_WORDS, word_of
from gaigai_cli.model.roles import ROLES, UNIT_LISTS
from gaigai_cli.notice import leads as unit_cells
from gaigai_cli.notice.answers import A_UNIT, Notes
from gaigai_cli.notice.document import Cell, Place, squeezed
from gaigai_cli.notice.doubts import AS_READ, CONFIRMED, Choice, Doubt
from gaigai_cli.notice.leads import Marking
from gaigai_cli.notice.prose_fields import others_in
from gaigai_cli.notice.row import BY_GROUP, Headed
from gaigai_cli.words.brackets import BRACKET
from gaigai_cli.words.deadline import (
    DeadlineReading,
    days_in_text,
    is_deadline,
    read_deadline,
    stages_in_text,
    year_and_one,
)
from gaigai_cli.words.normal import marks
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.say import full_day
from gaigai_cli.words.shown import serial_day
from gaigai_cli.words.unit_lexicon import NOUNS, is_section
from gaigai_cli.words.unit_pieces import role_in_bracket
from gaigai_cli.words.units import UnitsReading, read_units

Tree = dict[str, Any]


def set_known(tree: Tree, key: str, value: Any) -> None:
    """Set a field that has a value; one without is left out of the files."""
    if value:
        tree[key] = value


def deadline_of(value: Any, text: str) -> Tree | None:
    """Return a deadline's fields from an answer's map, with ``text`` as issued; None where the map is no deadline."""
    if not isinstance(value, Mapping):
        return None
    try:
        return fields(adapter(Deadline).validate_python({**value, "text": text}))
    except ValidationError:
        return None


_ORDER: Final = ("text", "confirmed", "kind", "every", "day", "from", "until", "due", "stages")


def fields(deadline: Deadline) -> Tree:
    """Return a deadline as ``tasks.yaml`` has it: keys in the order of the data format, none without a value."""
    said = deadline.model_dump(by_alias=True, exclude_none=True)
    return {
        key: list(said[key]) if key == "stages" else said[key] for key in _ORDER if said.get(key)
    }


def roles_tree(reading: UnitsReading) -> Tree:
    """Return the lists of a unit cell; ``support`` only where there is some."""
    tree: Tree = {"lead": list(reading.lead), "responsible": list(reading.responsible)}
    if reading.support:
        tree["support"] = list(reading.support)
    return {**tree, "open": list(reading.open)}


def units_tree(text: str, reading: UnitsReading) -> Tree:
    """Return a unit cell's fields."""
    return {"text": text, **roles_tree(reading)}


def units_of(value: Any) -> UnitsReading | None:
    """Return a reading from an answer's map of roles; None where it is none."""
    if not isinstance(value, Mapping) or not set(value) <= set(UNIT_LISTS):
        return None
    said = {role: names for role, names in value.items() if names}
    try:
        reading: UnitsReading = adapter(UnitsReading).validate_python(said)
    except ValidationError:
        return None
    return reading


_STATE_UNITS: Final = "写成“牵头单位：甲；责任单位：乙、丙”的样子"
_STATE_DAY: Final = "写明日期，如“6月30日”；确无日期的选“时限待定”"
_ANY_YEARS: Final = (2000, 2040)
_NO_DEADLINE: Final = "没有写完成时限"
_NOT_WRITTEN: Final = "（原文未写）"
_NO_UNITS: Final = "没有写责任单位"
_NO_LEAD: Final = "没有写明谁牵头"
_UNKNOWN: Final = "看不出是不是单位名称"
_OF_GROUP: Final = "没有写责任单位，按上面的标题是哪个单位处理"
_IN_BRACKETS: Final = "看不出括号里的是不是责任单位，没有读入"
_IN_WORDS: Final = "工作内容里写了由其牵头、负责或配合，与单独写明的责任单位不一致"
_FIRST_LEADS: Final = "first"
_UNSET: Final = "时限待定，由督办机构另行明确"


class NoticeRules(NamedTuple):
    """What the reading of every cell needs: the notice's year and day, how leads are marked, where doubts go.

    ``known`` are names that the office said are units, ``day`` is the day that the notice gives all its items.
    """

    year: int | None
    issued: date | None
    notes: Notes
    how: Marking = Marking()
    some_lead: bool = False
    known: frozenset[str] = frozenset()
    day: str = ""


def rules_of(notice: Tree, notes: Notes) -> NoticeRules:
    """Return what the notice's own fields say of the reading of its cells."""
    year = int(notice["year"]) if str(notice["year"]).isdecimal() else None
    issued = date.fromisoformat(notice["issued"]) if notice["issued"] else None
    return NoticeRules(year, issued, notes)


def read_units_of(
    item_id: str, parts: Sequence[Headed], context: NoticeRules, place: Place, *, content: str
) -> Tree | None:
    """Return the unit cell of a task or item, a doubt where it is not certain; None where the cell is empty.

    So there is where ``content`` tells of units what they do, and the cell says otherwise.
    """
    notes = context.notes
    if not parts:
        remedy = f"请补上，{_STATE_UNITS}"
        doubt = Doubt("units", place, item_id, "", _NO_UNITS, remedy, asked=_NO_UNITS)
        answer = notes.doubt(doubt)
        reading = units_answer(answer, UnitsReading(), context)
        return units_tree(str(answer), reading) if reading else None
    read = unit_cells.read(parts, context.how, context.known)
    why = "；".join(read.reading.doubts)
    _, head, cell = parts[0]
    remedy = f"请核对，{_STATE_UNITS}"
    doubt = Doubt("units", cell.place, item_id, read.text, why, remedy, asked=why)
    if not why and head == BY_GROUP:
        doubt = doubt._replace(place=place, why=_OF_GROUP, choices=AS_READ, asked=_OF_GROUP)
        return _asked(doubt, read.reading, context)
    if not why and (others := others_in(content, read.reading)):
        said = "、".join(f"“{name}”" for name in others)
        choices: tuple[Choice, ...] = (Choice("按单独写明的责任单位处理", CONFIRMED),)
        doubt = doubt._replace(why=f"{said}：{_IN_WORDS}", choices=choices, asked=_IN_WORDS)
        return _asked(doubt, read.reading, context)
    if not why and not read.reading.lead and context.some_lead:
        return _asked(_without_lead(doubt, read.reading), read.reading, context)
    if not why:
        return _sure(units_tree(read.text, read.reading))
    bare, brackets = _without_brackets(parts, context)
    if bare:
        if _names_offices(parts):
            return _sure(units_tree(read.text, bare))
        said = "、".join(brackets)
        why = f"看不出“{said}”里的是不是责任单位，没有读入"
        choices = (Choice("不计括号里的文字", CONFIRMED),)
        return _asked(doubt._replace(why=why, choices=choices, asked=_IN_BRACKETS), bare, context)
    doubts = read.reading.doubts
    only_unknown = bool(read.reading.unknown) and all(_UNKNOWN in each for each in doubts)
    choices = _unit_choices(read, only_unknown=only_unknown)
    doubt = doubt._replace(choices=choices, asked=_UNKNOWN if only_unknown else why)
    return _asked(doubt, read.reading, context)


def _asked(doubt: Doubt, read: UnitsReading, context: NoticeRules) -> Tree:
    """Return a unit cell as it is read, or as the answer to a doubt about it says."""
    answer = context.notes.doubt(doubt._replace(read=reading_words(read)))
    said = units_answer(answer, read, context)
    tree = units_tree(doubt.text, said or read)
    return _sure(tree) if said else tree


def _without_brackets(
    parts: Sequence[Headed], context: NoticeRules
) -> tuple[UnitsReading | None, list[str]]:
    """Return what the cells say but for their brackets, where these alone are not understood, and which these are.

    Those of an open body (各县（市）政府) are among them only where it is not understood with them.
    """
    brackets = [found for *_, cell in parts for found in BRACKET.finditer(cell.text)]
    if any(role_in_bracket(found[1]) for found in brackets):
        return None, []
    unknown = [found[0] for found in brackets if not NOUNS.fullmatch(found[1])]
    for left in filter(None, (unknown, [found[0] for found in brackets])):
        bare = [each._replace(cell=_bare(each.cell, left)) for each in parts]
        read = unit_cells.read(bare, context.how, context.known)
        if not read.reading.doubts:
            return read.reading, left
    return None, []


def _bare(cell: Cell, brackets: Sequence[str]) -> Cell:
    text = cell.text
    for each in brackets:
        text = text.replace(each, "")
    return cell._replace(text=text)


_OFFICES: Final = regex("[科处股]室")


def _names_offices(parts: Sequence[Headed]) -> bool:
    """Return whether all brackets of units' cells name one of its offices, as the head says: 牵头单位（处室）."""
    inside = [name for *_, cell in parts for name in BRACKET.findall(cell.text)]
    return any(_OFFICES.search(head) for _, head, _ in parts) and all(map(is_section, inside))


def _without_lead(doubt: Doubt, read: UnitsReading) -> Doubt:
    """Return the doubt about an item that says nothing of who leads, though others do: one for all such items."""
    choices = [Choice(f"照此处理：{reading_words(read)}，没有牵头单位", CONFIRMED)]
    if read.responsible:
        choices.insert(0, Choice(f"列第一位的牵头：{read.responsible[0]}", _FIRST_LEADS))
    remedy = f"请选一种，或{_STATE_UNITS}；没有牵头单位的不能申请销号"
    return doubt._replace(
        code="lead-rule", why=_NO_LEAD, remedy=remedy, choices=tuple(choices), asked=_NO_LEAD
    )


def _sure(tree: Tree) -> Tree:
    """Return a unit cell that is certain: as decided, where its words alone (质安处) leave it open or say otherwise."""
    alone = read_units(str(tree["text"]))
    roles = bool(alone.lead or alone.support) or set(alone.open) != set(tree["open"])
    otherwise = roles and {**tree, **roles_tree(alone)} != tree
    return decided(tree) if alone.doubts or otherwise else tree


def decided(tree: Tree) -> Tree:
    """Return a cell of which a person said what it means: no check doubts its words again."""
    return {"text": tree["text"], "confirmed": "true", **tree}


def units_answer(value: Any, read: UnitsReading, context: NoticeRules) -> UnitsReading | None:
    """Return what an answer says: a map of roles, words that are read as a cell is, or that what was read is right.

    None where there is no answer; one that can't be read is refused, its doubt stays open.
    """
    if value is None:
        return None
    if value in (CONFIRMED, A_UNIT):
        return read
    if value == _FIRST_LEADS and read.responsible and not read.lead:
        return read.led_by(read.responsible[0])
    found = read_units(value, context.known) if isinstance(value, str) else units_of(value)
    if found is not None and not found.doubts:
        return found
    context.notes.refuse("；".join(found.doubts) if found else f"应{_STATE_UNITS}")
    return None


def reading_words(reading: Any) -> str:
    """Return the lists of a reading in one line: ``牵头：甲；责任：乙、丙``."""
    words = (
        *((role.word, getattr(reading, role.field)) for role in ROLES),
        ("未列名", reading.open),
    )
    return "；".join(f"{name}：{'、'.join(names)}" for name, names in words if names)


def _unit_choices(read: unit_cells.Units, *, only_unknown: bool) -> tuple[Choice, ...]:
    """Return what else a cell could mean, where that can be told."""
    choices = []
    if only_unknown:
        choices.append(Choice(f"是单位：{'、'.join(read.reading.unknown)}", A_UNIT))
    if read.reading.lead or read.reading.responsible or read.reading.open:
        choices.append(Choice(f"照此处理：{reading_words(read.reading)}", CONFIRMED))
    joined = squeezed(read.text)
    for words, text in (
        ("不计换行和空格", joined),
        ("空格和换行分开各单位", "、".join(read.text.split())),
        ("逗号前后分开", re.sub("[，,]", "；", read.text)),
    ):
        if text == read.text:
            continue
        reading = read_units(text)
        if not reading.doubts:
            choices.append(Choice(f"{words}：{reading_words(reading)}", roles_tree(reading)))
    named = read.reading.responsible
    if named and not read.reading.lead and not marks(read.text):
        choices.append(Choice(f"{named[0]}牵头，其余为责任单位", _FIRST_LEADS))
    return tuple(choices)


def read_deadline_of(
    item_id: str,
    cells: Sequence[Cell],
    context: NoticeRules,
    place: Place,
    *,
    content: str = "",
    own: str = "",
) -> Tree | None:
    """Return the deadline of a task or item, a doubt where it is not certain; None where nothing is known.

    Where there are no words for it, what ``content`` says of days is proposed; ``own`` is the day that it gives itself.
    """
    notes = context.notes
    ends = reading_of(cells[-1].text, context).certain if cells else None
    text = ("起" if isinstance(ends, Ongoing) else "至").join(cell.text for cell in cells)
    place = cells[0].place if cells else place
    if not text.strip() and (proposed := _proposed(content, context)):
        return _from_text(item_id, proposed, context, place)
    reading = reading_of(text, context)
    other = bool(own) and _without_words(reading_of(own, context)) != _without_words(reading)
    if reading.certain and not other:
        return fields(reading.certain)
    read = fields(reading.deadline) if reading.deadline is not None else None
    why = "；".join(reading.doubts) if text.strip() else _NO_DEADLINE
    if (day := serial_day(text.strip())) is not None:
        why = f"“{text.strip()}”像是表格里的日期（{full_day(day)}），没有设成日期格式"
    choices = [Choice("照此处理", CONFIRMED)] if read and read["kind"] != "unset" else []
    if other and not reading.doubts:
        why = _OTHER_DAY
        choices.append(Choice(f"按“{own}”处理", own))
    choices += [*_day_choices(text, reading, context), Choice(_UNSET, {"kind": "unset"})]
    asked = _NO_DAY if text.strip() and not _OF_A_DAY.search(text) else _QUOTE.sub("", why)
    notes.doubt(
        Doubt("deadline", place, item_id, text, why, f"请{_STATE_DAY}",
              read=deadline_words(read), choices=tuple(choices), asked=asked)
    )  # fmt: skip
    return deadline_answer(text, read, context) or waiting(text)


_LAST_BRACKET: Final = regex(r"[（(]([^（）()]{2,20})[）)][。；;]?$")
_NO_DAY: Final = "这几处时限没有日期"
_QUOTE: Final = regex(
    r"^“[^“”]+”|“[^“”]+”$|(?<=^未能识别)“[^“”]+”(?=，请核对原文$)|(?<=^时限)[\d-]+(?=早于印发日)"
)
_OF_A_DAY: Final = regex(r"\d|[年季月日节]|长期|持续")
"""What words have that name a day, or the like: 适时, 尽快 and 一周内 have none of it."""
_OTHER_DAY: Final = "工作内容里另有时限"


def own_day(content: str, *, point: bool) -> str:
    """Return the words of the deadline that stands in a bracket at the end of what is to be done; empty without one.

    That of one ``point`` of several may also begin it: 1.6月底前建成示例厂；2.9月底前投用.
    """
    found = _LAST_BRACKET.search(content)
    if found and is_deadline(found[1]):
        return found[1]
    first = days_in_text(content)[:1] if point else ()
    return next((day for day in first if content.startswith(day)), "")


def _without_words(reading: DeadlineReading) -> Tree | None:
    """Return a deadline's days without the words that say them; None without one."""
    said = fields(reading.deadline) if reading.deadline is not None else None
    return {key: value for key, value in said.items() if key != "text"} if said else None


_OF_ALL: Final = regex(
    "(?:以[上下]|上述|下列|各项|所有|全部|除[^，。；]{1,12}外|请[^，。；]{0,12}于)[^。；]{0,100}?(?:完成|办结|到位|销号)"
    "|(?:办理|办结|完成|整改|答复)[^。；]{0,40}(?:最[迟晚]|至迟)"
)


def day_of_all(texts: Iterable[str]) -> str:
    """Return the day that a notice gives all its items (以上任务均于12月底前完成); empty without one."""
    sentences = (each for text in texts for each in re.split("[。；\n]", squeezed(text)))
    of_all = (each for each in sentences if _OF_ALL.search(each) and "报" not in each)
    days = {day for sentence in of_all for day in days_in_text(sentence)}
    return days.pop() if len(days) == 1 else ""


def _proposed(content: str, context: NoticeRules) -> tuple[str, ...]:
    """Return what an item's words could mean as its deadline: all its days as stages, then the last alone.

    Where they name no day, that of all items.
    """
    days = days_in_text(content) or (context.day,)
    whole = stages_in_text(content) if len(days) > 1 else ""
    return tuple(
        words for words in (whole, *days[-1:]) if words and reading_of(words, context).certain
    )


def _from_text(
    item_id: str, proposed: Sequence[str], context: NoticeRules, place: Place
) -> Tree | None:
    """Return the first of the deadlines proposed from an item's own words, always with a doubt.

    The words kept are those that the answer chooses: a list whose words and days differ is none that the checks pass.
    """
    reading = reading_of(proposed[0], context)
    assert reading.deadline is not None
    read = fields(reading.deadline)
    choices = [Choice(f"按“{words}”处理", words) for words in proposed]
    of_all = proposed[0] == context.day
    where = "通知里对各项一并" if of_all else "工作内容里"
    why = f"没有单独写完成时限，这是{where}写的时间"
    answer = context.notes.doubt(
        Doubt("deadline", place, item_id, proposed[0], why, "请核对，或另行写明日期，如“6月30日”",
              read=f"暂未填写；{where}写的是：{deadline_words(read)}",
              choices=(*choices, Choice(_UNSET, {"kind": "unset"})), asked=_NO_DEADLINE)
    )  # fmt: skip
    if answer in (CONFIRMED, proposed[0]):
        return read
    said = deadline_answer(answer if answer in proposed else "", None, context)
    return said or {"text": _NOT_WRITTEN, "kind": "unset"}


def reading_of(text: str, context: NoticeRules) -> DeadlineReading:
    """Return a deadline's words in the notice's year; without a year only what names its own is read."""
    if context.year is not None:
        return read_deadline(text, year=context.year, issued=context.issued)
    reading, other = (read_deadline(text, year=year) for year in _ANY_YEARS)
    if reading.deadline != other.deadline:
        return DeadlineReading(None, ("任务年度不详，没有写年份的时限不能确定",))
    same = (doubt for doubt in reading.doubts if doubt in other.doubts)  # not that it is too early
    return DeadlineReading(reading.deadline, tuple(same))


def unclear(reading: DeadlineReading) -> str:
    """Return why an answer's words are no answer; a day before the notice, if somebody says so, is one."""
    return "；".join(doubt for doubt in reading.doubts if "早于" not in doubt)


def waiting(text: str) -> Tree | None:
    """Return an unset deadline with the words that nobody understands."""
    return {"text": text, "kind": "unset"} if text.strip() else None


def deadline_answer(text: str, read: Tree | None, context: NoticeRules) -> Tree | None:
    """Return what the answer to the last doubt says: a map, or words that are read as a cell is.

    The text stays the notice's; where that says nothing it is the answer's, as papers print it.

    None where there is no answer; one that can't be read is refused, its doubt stays open. An unanswered doubt leaves
    no day in the list: an item is never overdue by a guess.
    """
    value = context.notes.doubts[-1].answer
    if value is None:
        return None
    if value == CONFIRMED and read is not None:
        return decided(read)
    if value == CONFIRMED and not text.strip():
        value = {"kind": "unset"}
    is_said = isinstance(value, str)
    words = text if text.strip() else value.strip() if is_said else _NOT_WRITTEN
    if is_said:
        reading = reading_of(value, context)
        if reading.deadline is None or unclear(reading):
            context.notes.refuse(unclear(reading) or "看不出是什么时限")
            return None
        return _settled({**fields(reading.deadline), "text": words}, context)
    said = deadline_of(value, words)
    if said is None:
        context.notes.refuse("不是时限的写法")
        return None
    return _settled(said, context)


def _settled(tree: Tree, context: NoticeRules) -> Tree:
    """Return a deadline as decided, unless its words say the same for certain."""
    said = reading_of(str(tree["text"]), context).certain
    return tree if said and fields(said) == tree else decided(tree)


_CHANGED_TO: Final = regex(r"(?:调整|变更|修改|顺延|延期|推迟|延长|改|延)(?:为|到|至)([^，。；]+)$")


def _day_choices(text: str, reading: DeadlineReading, context: NoticeRules) -> list[Choice]:
    """Return other days that the words could mean than the reading's, as words that are read again."""
    found = []
    joined = squeezed(text)
    if (day := serial_day(joined)) is not None:
        return [Choice(f"按{full_day(day)}处理", full_day(day))]
    spoken = year_and_one(joined)
    guesses = [f"{spoken}年10月", f"{spoken}年1月"] if spoken else []
    for ending in ("前", "初", "左右"):
        if base := joined.removesuffix(ending) if joined.endswith(ending) else "":
            guesses += [f"{base}底", *([base] if ending == "左右" else [])]
    guesses += [f"{joined}长期坚持"] if joined.endswith("起") else ()
    if later := _CHANGED_TO.search(joined):
        guesses.append(later[1])
    clauses = re.split("[，,；;]?并且?|[，,；;]", joined)  # 6月底前完成并长期坚持
    guesses += clauses if len(clauses) == 2 else ()
    guesses += [joined.replace("、", "至")] if joined.count("、") == 1 else ()  # 4、5月
    for guess in guesses:
        said = reading_of(guess, context)
        if said.certain and _without_words(said) != _without_words(reading):
            found.append(Choice(f"按“{guess}”处理", guess))
    if "年" in joined and joined.rstrip("年").isdecimal():
        found += [Choice("年底前完成", f"{joined}底"), Choice("全年持续", f"{joined}持续推进")]
    return found


def deadline_words(tree: Tree | None) -> str:
    """Return a deadline in one line: its kind and days; empty for none."""
    if tree is None:
        return ""
    turn = (_turn_words(tree["every"], tree["day"]),) if "every" in tree else ()
    shown = (f"{name}{tree[key]}" for key, name in _FIELDS if key in tree)
    stages = (f"{stage['text']}：{stage['due']}" for stage in tree.get("stages", ()))
    return "，".join((KIND_WORDS[tree["kind"]], *turn, *shown, *stages))


def _turn_words(every: str, day: int | str) -> str:
    """Return by when each turn of a recurring deadline is to be done: 每季度末月25日前."""
    if every == "week":
        return f"每周{'一二三四五六日'[int(day) - 1]}前"
    if isinstance(day, str):
        month, of_month = map(int, day.split("-"))
        return f"每年{month}月{of_month}日前"
    last = "末月" if every in ("quarter", "half-year") else ""
    return f"{word_of('every', every)}{'底' if day == LAST_DAY else f'{last}{day}日'}前"


_FIELDS: Final = (("from", "自"), ("due", "到期日"), ("until", "至"))
