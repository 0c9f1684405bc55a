"""The parts of a unit cell: headings and pieces between separators, brackets, and the names in a piece."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from gaigai_cli.model.roles import RoleField
from gaigai_cli.words.brackets import (
    CLOSES,
    CLOSING,
    OPENING,
    OPENS,
    last_bracket,
    mask,
    unbalanced,
)
from gaigai_cli.words.heads import ACTS, HEADING, role_said
from gaigai_cli.words.normal import MARKS, is_mark, numeral_value
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.unit_lexicon import (
    BARE_PARTY_DEPARTMENT,
    BEGINS_UNIT,
    ENDING,
    ENDS_CLOSED,
    GOVERNING,
    LEVEL,
    NOUNS,
    PLACE,
    STEMS,
    begins_body,
    could_be_name,
    ends_body,
    is_bare_department,
    is_name,
    is_open,
    is_second_name,
    is_section,
    is_usual,
)

_SEPARATORS = {
    "、": "、",
    "/": "、",
    "／": "、",
    "，": "，",
    ",": "，",
    "；": "；",
    ";": "；",
    "。": "。",
}
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"

_RUN = regex(r"[\s、，,；;。/／]+")
_NEXT = regex(r"[\s、，,；;。/／\0]")
_BLANKS = regex(r"\s+")
_COLON = regex(f"[：:]|(?<=单位)为(?=[县市省区州各{MARKS}])")
_HEADING = regex(rf"{HEADING.pattern}\s*$")
_JOINER = regex(
    "(?!(?<=部门)[和及]单位|(?<=党委)[和及与](?:人民)?政府|(?<=党工委)[和及与]管委会)"
    rf"(?:以及|会同|(?:联合|协同)(?={BEGINS_UNIT.pattern}|区|(?!执法|创新|[镇乡村]|街道|社区|国)\w{{2}})|和(?!平|谐)|及|与)"
)
_LONGEST = (
    200  # characters between two separators; more is no list of units, and would take long to try
)
_LEAD_GOES_ON = regex(
    rf"(?:{ACTS['lead']})(?:负责|组织|抓总|落实|实施)*(?=\s*(?:[县市省区各{MARKS}]|会同|园区|相关|有关)|\s+\S)"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """牵头单位： and the like; ``role`` is None where the words are no role. Offsets into the cell's text."""

    start: int
    end: int
    role: RoleField | None


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between separators; ``separator`` stood before it (one of 、，；。, a line's end, or nothing).

    ``fault`` (Chinese) says why the piece is not to be read: it is a separator that separates nothing.
    """

    start: int
    end: int
    separator: str
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A name or an open body; ``role`` is what a mark or bracket at the name itself says; ``every``: 各… .

    ``second`` is the other name on its door: 县乡村振兴局 of 县农业农村局（县乡村振兴局）.
    """

    written: str
    name: str
    open: bool
    role: RoleField | None = None
    marked: bool = False
    every: bool = False
    second: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """The members of a piece and the role word after them; ``by``: it begins with 由."""

    members: tuple[Member, ...]
    role: RoleField | None
    by: bool


_ENDS_STATION = "站所队院"  # 安监站 安监所, 文化站 卫生院: stations of a town, which have no offices of their own
_ENDS_SECTION = "科股站所队院"
_ENDS_NAME = "局委办部厅会室心司队院行处站所联校乡镇村\0"  # \0: a bracket's
_AND_SO_ON = Member("等", "等", open=True)  # 县发改局、县财政局等按职责分工负责


def split_cell(text: str) -> Iterator[Heading | Piece]:
    """Return headings and pieces in their order; with the separators between them they are the whole text."""
    return _join_bodies(text, _split(mask(text)))


def _split(masked: str) -> Iterator[Heading | Piece]:
    start, separator = 0, ""
    for run in _RUN.finditer(masked):
        kinds = [_SEPARATORS[char] for char in run[0] if char in _SEPARATORS]
        if not kinds and not any(char in _LINE_ENDS for char in run[0]):
            continue
        parts = list(_segment(masked, start, run.start(), separator))
        yield from parts
        if fault := _fault(kinds, parts, last=run.end() == len(masked)):
            yield Piece(run.start(), run.end(), "", fault)
        start, separator = run.end(), kinds[0] if kinds else "\n"
    yield from _segment(masked, start, len(masked), separator)


def _fault(kinds: list[str], before: list[Heading | Piece], *, last: bool) -> str | None:
    """Return what is wrong with the separators of one place; None where nothing is."""
    if len(kinds) > 1:
        return "连着写了几个分隔符号"
    if kinds and not (before and isinstance(before[-1], Piece)):
        return "前面没有单位"
    if last and kinds in (["、"], ["，"]):
        return "后面没有单位"
    return None


def _segment(masked: str, start: int, end: int, separator: str) -> Iterator[Heading | Piece]:
    """Yield what stands between two separators: headings with their colons, and pieces around them."""
    for colon in _COLON.finditer(masked, start, end):
        known = _HEADING.search(masked, start, colon.start())
        head = known.start() if known else _skip_blanks(masked, start)
        yield from _pieces(masked, start, head, separator)
        yield Heading(head, colon.end(), role_said(known))
        start, separator = colon.end(), ""
    yield from _pieces(masked, start, end, separator)


def _pieces(masked: str, start: int, end: int, separator: str) -> Iterator[Piece]:
    """Yield the piece between two offsets without blanks around it; A牵头B配合 is two, as is 县住建局　县发改局."""
    cuts = [(lead.end(), "，") for lead in _LEAD_GOES_ON.finditer(masked, start, end)]
    cuts += [(at, "、") for at in _blanks_between(masked, start, end)]
    for at, sign in sorted(cuts):
        yield from _trimmed(masked, start, at, separator)
        start, separator = at, sign
    yield from _trimmed(masked, start, end, separator)


def _blanks_between(masked: str, start: int, end: int) -> Iterator[int]:
    """Yield where blanks stand between the end of a name and what only a further unit begins with."""
    for blank in _BLANKS.finditer(masked, start, end):
        after = masked[blank.end() : end]
        before = masked[start : blank.start()].strip(MARKS + " ")
        behind = _NEXT.split(after, maxsplit=1)[0]
        begins = _begins_unit(after)
        if before.endswith("\0"):
            begins = begins or is_name(behind)
        if before.endswith(tuple(_ENDS_STATION)):
            begins = begins or (behind[-1:] in _ENDS_STATION and could_be_name(behind))
        if begins and before and (before[-1] in _ENDS_NAME or is_name(_NEXT.split(before)[-1])):
            yield blank.end()


def _begins_unit(text: str) -> bool:
    """Return whether a text begins as only the name of a further unit does: 县…, also 区…, where it is one."""
    district = text[:1] == "区" and is_name(_NEXT.split(text, maxsplit=1)[0])
    return district or BEGINS_UNIT.match(text) is not None


def _trimmed(masked: str, start: int, end: int, separator: str) -> Iterator[Piece]:
    written = masked[start:end].strip()
    if written:
        start = _skip_blanks(masked, start)
        yield Piece(start, start + len(written), separator)


def _skip_blanks(masked: str, start: int) -> int:
    return len(masked) - len(masked[start:].lstrip())


def _join_bodies(text: str, parts: Iterator[Heading | Piece]) -> Iterator[Heading | Piece]:
    """Yield the parts with 水、电、气等公用事业单位 and 中央、省驻甲单位, one open body each, made one piece again."""
    waiting: list[Piece] = []
    for part in parts:
        written = text[part.start : part.end]
        if not (isinstance(part, Piece) and part.separator == "、"):
            yield from waiting
            waiting = []
        if isinstance(part, Piece) and begins_body(written):
            waiting.append(part)
        elif waiting and ends_body(ENDING.sub("", written)):
            yield Piece(waiting[0].start, part.end, waiting[0].separator)
            waiting = []
        else:
            yield from waiting
            waiting = []
            yield part
    yield from waiting


def read_phrase(
    written: str, *, follows: bool, known: frozenset[str] = frozenset()
) -> Phrase | None:
    """Return the members of a piece and their role word; None where a part of it is not understood.

    ``follows``: something stands before it, so that it may begin with a joiner: 县住建局牵头，会同县发改局. ``known``
    are names that somebody said are units, whatever they look like. Blanks behind a level (县 住建局) or before
    what is no name (住建 局) are none of it.
    """
    if len(written) > _LONGEST:
        return None
    phrase = _read_phrase(written, follows, known)
    if phrase or not (parts := written.split())[1:]:
        return phrase
    cuts = (("".join(parts[:at]), "".join(parts[at:])) for at in range(1, len(parts)))
    beside = (
        is_name(parts[-1])
        or is_section(parts[-1])
        or any(
            _member(one, known) and other[1:] and not NOUNS.fullmatch(other) for one, other in cuts
        )
    )
    within = LEVEL.fullmatch(parts[0]) or not beside
    return _read_phrase("".join(parts), follows, known) if within else None


def _read_phrase(written: str, follows: bool, known: frozenset[str]) -> Phrase | None:
    by = written.startswith("由")
    rest = written[1:].lstrip() if by else written
    word = ENDING.search(rest)
    if word:
        rest = rest[: word.start()].rstrip()
    joiner = _JOINER.match(rest)
    if follows and joiner and not by:
        rest = rest[joiner.end() :].lstrip()
    more = (_AND_SO_ON,) if rest.endswith(_AND_SO_ON.name) else ()
    members = _members(rest.removesuffix(_AND_SO_ON.name) if more else rest, known)
    members += more if members else ()
    return Phrase(members, role_said(word), by) if members else None


def role_in_bracket(inside: str) -> RoleField | None:
    """Return the role that a bracket behind a name gives: （牵头）, （责任单位）; None where it says something else."""
    return _SHORT.get(inside) or role_said(HEADING.fullmatch(inside) or ENDING.fullmatch(inside))


_SHORT: Final[dict[str, RoleField]] = {
    "主": "lead",
    "牵": "lead",
    "协": "support",
    "配": "support",
    "业主": "responsible",
    "代建": "responsible",
}


def level_of(name: str) -> str:
    """Return the level (省, 市, 县) or place (甲县) that a name begins with; empty where with none, or of a branch."""
    level = None if _BRANCH.search(name) else LEVEL.match(name) or _OF_PLACE.match(name)
    return level[0] if level else ""


_BRANCH: Final = regex("[分支]局")
"""What is below the place of those named beside it: 市甲局乙分局、住建局."""
_OF_PLACE: Final = regex(f"{PLACE}(?=(?:{'|'.join(sorted(STEMS))})[局委])")


def lacks_level(member: Member, *, sure: bool) -> bool:
    """Return whether a member is a department, or another body, without what it is of: 体育局, 统战部.

    ``sure``: one that every county has, and not perhaps one of a place: 岭东局.
    """
    party = BARE_PARTY_DEPARTMENT.fullmatch(member.name) is not None
    lacks = party or is_bare_department(member.name)
    return not member.open and lacks and not (sure and not party and not is_usual(member.name))


def with_level(member: Member, level: str) -> Member:
    """Return one that lacks a level with this: 县体育局, 县委统战部."""
    party = "委" if BARE_PARTY_DEPARTMENT.fullmatch(member.name) else ""
    return replace(member, name=f"{level}{party}{member.name}")


def unknown_names(written: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return what looks like names in a piece that was not understood, and is no unit for certain: 县一中, 质安处.

    办公室和财务科 is two, as both are offices of a bureau.
    """
    if len(written) > _LONGEST:
        return ()
    rest = written.removeprefix("由").strip()
    word = ENDING.search(rest)
    rest = rest[: word.start()] if word else rest
    name = rest.strip(MARKS + " ").removesuffix("等")
    joined = _JOINER.split(name)
    names = tuple(joined) if all(map(is_section, joined)) else (name,)
    return tuple(each for each in names if could_be_name(each) and not _member(each, known))


def _members(text: str, known: frozenset[str]) -> tuple[Member, ...]:
    """Return the names and open bodies that 和, 及 … join; empty where one of them is not understood."""
    found: list[Member] = []
    start = 0
    for joiner in _JOINER.finditer(mask(text)):
        left = _name_and_rest(text[start : joiner.start()], known)
        right = text[joiner.end() :].lstrip()
        if left and (joiner[0] in ("会同", "以及") or _ends_before(left[-1], right, known)):
            found.extend(left)
            start = joiner.end()
        elif left or _begins_unit(right):
            return ()
    last = _name_and_rest(text[start:], known)
    if not last or (found and not found[-1].role and last[0].role and not last[0].marked):
        return ()  # of A和B（牵头） it is unclear whether both lead
    return (*found, *last)


def _ends_before(member: Member, right: str, known: frozenset[str]) -> bool:
    """Return whether the joiner between ``member`` and what is ``right`` of it joins two units for certain."""
    if member.name in GOVERNING:
        return right in GOVERNING
    if member.name in known:
        return True
    at_an_end = member.open or member.written[-1] in CLOSING or ENDS_CLOSED.fullmatch(member.name)
    sections = member.name[-1] in _ENDS_SECTION and _member(right, known)
    return bool(at_an_end or sections or _begins_unit(right))


def _name_and_rest(text: str, known: frozenset[str]) -> tuple[Member, ...]:
    """Return one member, or a name and the 等 or 等… after it; empty where neither."""
    whole = _member(text, known)
    if whole:
        return (whole,)
    for index in (match.start() for match in re.finditer("等", mask(text))):
        name = _member(text[:index], known)
        after = text[index:].strip() == _AND_SO_ON.name
        rest = _AND_SO_ON if after else _member(text[index:], known)
        if name and rest and rest.open and not name.open:
            return name, rest
    return ()


def _member(text: str, known: frozenset[str]) -> Member | None:
    """Return the one name or open body that ``text`` is, with the marks and brackets at it; None where it is not."""
    written = rest = text.strip()
    marked = is_mark(rest[:1])
    role: RoleField | None = None
    if marked:
        rest = rest[1:].lstrip()
    elif is_mark(rest[-1:]):  # 县住建局★
        marked, rest = True, rest[:-1].rstrip()
    body = is_open(rest)  # 各区（县） as a whole
    making = second = ""
    while rest and rest[-1] in CLOSING and not body:
        before, inside = last_bracket(rest)
        if NOUNS.fullmatch(inside) and is_open(before):  # 各乡镇（街道）
            body = True
            break
        if _IN_MAKING.fullmatch(inside) and not making:  # 省数据集团（筹） is its name
            making, rest = rest[len(before) :], before
            continue
        if is_second_name(before, inside) and not second:
            second, rest = inside, before
            continue
        said = role_in_bracket(inside)
        if not is_mark(inside) and (said is None or role):
            return None
        role = role or said
        marked, rest = marked or is_mark(inside), before
    if rest[:1] in OPENING and is_mark(rest[1:2]) and rest[2:3] in CLOSING:
        marked, rest = True, rest[3:].lstrip()
    if marked and role not in (None, "lead"):
        return None
    body = body or (is_open(rest) and rest not in known)
    if not body and rest not in known and not is_name(rest):
        return None
    name = f"{rest}{making}"
    every = body and rest.lstrip("省市县区州")[:1] == "各"
    return Member(written, name, body, "lead" if marked else role, marked, every, second)


_IN_MAKING: Final = regex("筹|筹备|筹建|筹备组|筹建组|筹备处|筹建办|筹备中")
_COUNTED: Final = regex(
    r"(?P<sign>^[；;，,、。 \t\u3000]*+|[；;，,、。 \t\u3000]++|(?<=[\u4e00-\u9fff）)])(?=[①-⑳（(]))"
    r"(?P<n>[①-⑳]|[（(]\d{1,2}[）)]|\d{1,2}[.．、)）]|(?<![^\n])\d{1,2})[.．、]?\s*"
    rf"(?=[{MARKS}\u4e00-\u9fff])",
    re.MULTILINE,
)
_ENDS_BODY: Final = rf"(?=[、，,；;。\s（({MARKS}]|等|{'|'.join(ACTS.values())}|$)"
_GOVERNED: Final = "(?!各|有关|相关|所在|属地|涉及|中共)(?:(?![局厅委办])[\u4e00-\u9fff]){1,8}(?:[县市区旗镇乡]|街道)"
_BARE_PLACE: Final = (
    "(?:[甲乙丙丁戊己庚辛壬癸]|(?:(?![局厅委办县市区旗乡镇省各级])[\u4e00-\u9fff]){2,3})"
)
_TELECOMS: Final = "(?:移动|联通|电信|铁塔|广电(?:网络)?|邮政)"


def _helpers(match: re.Match[str]) -> str:
    """Return those who support a unit, named in a bracket behind it, as a clause of their own."""
    first = match["first"]
    return f"；{match['helpers']}" if is_name(first) or is_open(first) else match[0]


def _party_and_rule(match: re.Match[str]) -> str:
    """Return 甲县委、甲县政府 for 甲县委、县政府; with an office behind it that of each: none acts beside the other."""
    place, party, again, rule, office = match.groups("")
    if not place.endswith(again) or not (again or party != "委"):
        return match[0]
    return f"{place}{party}{office}、{place}{rule}{office}"


def _each_town(match: re.Match[str]) -> str:
    """Return 甲州市政府、乙州市政府 for 甲州、乙州市政府; trades (公安、甲州市政府) are no places."""
    places = [*match["places"].split("、"), match["last"]]
    whole = any(map(begins_body, places)) or any(map(is_name, places))
    return match[0] if whole else "、".join(f"{place}{match['rule']}" for place in places)


def _each_place(match: re.Match[str]) -> str:
    """Return 甲县政府、乙区政府 for 甲县、乙区政府, 甲县党委、甲县政府、乙县党委、乙县政府 for 甲县、乙县党委和政府."""
    bodies = [match[body] for body in ("party", "rule") if match[body]]
    return "、".join(f"{place}{body}" for place in match["places"].split("、") for body in bodies)


def _with_included(match: re.Match[str]) -> str:
    """Return 各区政府、甲开发区管委会 for 各区政府（含甲开发区管委会）, where all that is included has a name."""
    body, included = match["body"], match["included"]
    named = all(map(is_name, included.split("、"))) and (is_open(body) or is_name(body))
    return f"{body}、{included}" if named else match[0]


def _each_bureau(match: re.Match[str]) -> str:
    """Return 县发改局、县财政局 for 县发改、财政局, 市住建局、县住建局 for 市、县住建局."""
    levels, stems = match["levels"].split("、"), match["stems"].split("、")
    if not STEMS.issuperset(stems) or len(set(levels)) < len(levels):
        return match[0]
    return "、".join(f"{level}{stem}局" for level in levels for stem in stems)


_SPELLINGS: Final[tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    # a role before a blank gets a colon: 牵头　县甲局
    (" \t\u3000", regex(rf"(?m)^[ \t\u3000]*({HEADING.pattern})[ \t\u3000]+(?=\S)"), r"\1："),
    # what is bracketed within a bracket: （县政府办〈县信息办〉牵头）
    ("〈", regex("〈([^〈〉]*)〉"), r"（\1）"),
    # a bracket on a line of its own is that of the name above it
    (
        "\n",
        regex(rf"(?<=\S)\s++(?=[（(](?![{MARKS}][）)])\D)"),
        lambda blanks: "" if "\n" in blanks[0] else blanks[0],
    ),
    # a name spread over the cell loses its blanks: 县 数 据 局
    (
        " \u3000",
        regex(
            r"(?<!\S)(?<![\u4e00-\u9fff][ \u3000])[\u4e00-\u9fff](?:[ \u3000][\u4e00-\u9fff]){2,}+(?!\S)"
        ),
        lambda name: re.sub(r"\s", "", name[0]),
    ),
    # （共同牵头） holds for more than the name before it, （按职责分工） says nothing of roles
    (OPENING, regex(f"{OPENS}((?:共同|联合|双)(?:牵头|主办|负责|配合)){CLOSES}"), r"\1"),
    (
        OPENING,
        regex(f"{OPENS}(?:(?:按照?|依)(?:各自)?职[责能](?:分工)?(?:负责)?|分别?(?:办理?)){CLOSES}"),
        "",
    ),
    # 县甲局（县乙局、县丙局配合）
    (
        OPENING,
        regex(
            rf"(?<=\S){OPENS}(?P<helpers>(?P<first>[^、，,（）()]{{2,20}}?)(?:[、，,][^（）()]*)?"
            rf"(?:{ACTS['support']})){CLOSES}(?=[；;。\n]|$)"
        ),
        _helpers,
    ),
    # whoever heads them: 各乡镇主要负责人
    (
        "负",
        regex(r"(?<=[\u4e00-\u9fff）)])(?:党政)?主要负责(?:人|同志)(?=[、，,；;。\s]|$)"),
        "",
    ),
    # 甲州、乙州市政府
    (
        "府",
        regex(
            rf"(?<![\u4e00-\u9fff])(?P<places>{_BARE_PLACE}(?:、{_BARE_PLACE})*)、(?P<last>{_BARE_PLACE})"
            rf"(?P<rule>[市县区](?:人民)?政府){_ENDS_BODY}"
        ),
        _each_town,
    ),
    # 甲县、乙区政府; 甲县、乙镇党委和政府; 甲示范区、乙开发区党工委和管委会
    (
        "府",
        regex(
            rf"(?<![\u4e00-\u9fff])(?P<places>{PLACE}(?:、{PLACE})+)(?P<party>)(?P<rule>(?:人民)?政府)(?=[、，,；;。\s]|$)"
        ),
        _each_place,
    ),
    (
        "委",
        regex(
            rf"(?<![\u4e00-\u9fff])(?P<places>{_GOVERNED}(?:、{_GOVERNED})+)(?P<party>党委|党工委)[、/／和及与]?"
            rf"(?P<rule>(?:人民)?政府|办事处|管委会){_ENDS_BODY}"
        ),
        _each_place,
    ),
    # 各区政府（含甲开发区管委会）
    (
        "含",
        regex(
            rf"(?P<body>(?:[^、，,；;。：:\s（）()]|（[^（）]*）)+){OPENS}含(?P<included>[^（）()]+){CLOSES}"
        ),
        _with_included,
    ),
    # 甲县委、县政府; 甲镇党委、政府; 甲县委、县政府办公室
    (
        "委",
        regex(
            r"(?<![\u4e00-\u9fff])(?!中共|共青团|团[县市区州]|各|有关|相关|所在|属地|涉及|乡镇)(?P<place>(?:(?![局厅委办])[\u4e00-\u9fff]){0,8}(?:[县市区旗镇乡]|街道))"
            r"(?P<party>委(?=[、和及与])|党委|党工委)[、/／和及与]?(?P<again>[\u4e00-\u9fff]{0,6}(?:[县市区旗镇乡]|街道))?"
            rf"(?P<rule>(?:人民)?政府|办事处|管委会)(?P<office>办公室|办)?{_ENDS_BODY}"
        ),
        _party_and_rule,
    ),
    # 移动、联通、电信公司
    (
        "司",
        regex(
            rf"(?<![\u4e00-\u9fff])(?P<level>中国|[县市区省]?)(?P<firms>{_TELECOMS}(?:、(?P=level)?{_TELECOMS})+)(?P<firm>(?:(?!.家)[\u4e00-\u9fff]{{2,3}}分|分)?公司)"
        ),
        lambda all_: "、".join(
            f"{all_['level']}{each.removeprefix(all_['level'])}{all_['firm']}"
            for each in all_["firms"].split("、")
        ),
    ),
    # 县发改、住建、财政局, 市、县住建局
    (
        "、",
        regex(
            r"(?<![\u4e00-\u9fff])(?P<levels>(?:[省市县区]、){0,4}[省市县区])(?P<stems>[^\W局]{2,8}(?:、[^\W局]{2,8}){0,40})"
            r"局(?=[、，,；;。\s（(]|等|及|和|$)"
        ),
        _each_bureau,
    ),
)
"""What is written in short, or only laid out so, and how it is spelled out; each row works on what those above made.

First characters of which a cell that a row is about holds one: few cells are for more than a row or two.
"""


def spelled_out(text: str) -> str:
    """Return the cell with every unit under its whole name, without what only lays it out.

    Units numbered from 1 (①县甲局②县乙局) lose their numbers, and what each has to do goes (县甲局：制定方案；
    县乙局：落实资金).
    """
    text = text.strip()
    found = list(_COUNTED.finditer(text)) if any(map(str.isdigit, text)) else []
    numbers = [numeral_value(each["n"].strip("（()）.．、")) for each in found]
    if len(found) > 1 and found[0].start() == 0 and numbers == list(range(1, len(found) + 1)):
        ends = [text[: each.start()][-1:] for each in found]
        signs = iter("" if end in ("", "\n") else "；" for end in ends)
        text = _COUNTED.sub(lambda _: next(signs), text)
    for characters, pattern, whole in _SPELLINGS:
        if any(char in text for char in characters):
            text = pattern.sub(whole, text)
    return _without_duties(text)


_ACT: Final = f"(?:负责)?(?:{'|'.join(ACTS.values())})"
_DUTY: Final = regex(
    rf"(?P<who>[^：:，,；;。\n]{{2,20}}?)(?:[：:](?>(?P<said>{_ACT})?)|(?>(?P<acts>{_ACT}))(?=[^、\s].))(?P<what>[^：:；;。\n]*)"
)
_OTHERS: Final = regex(
    f"局|委|厅|办公室|部门|单位|公司|中心|政府|街道|乡镇|各|会同|以及|[{MARKS}]"
    "|[（(][0-9]|[①-⑳]|第[一二三四五六七八九十0-9]+[项条点款]|前[一二两三四五六七八九十0-9]+项"
)


def _names_others(what: str) -> bool:
    """Return whether what one has to do names others, 县乙站, or some of several points."""
    pieces = re.split(r"[\s、，,和及与]+", what)
    return _OTHERS.search(what) is not None or any(map(is_name, pieces))


_TO_WHAT_END: Final = regex("[并共]?(?:确保|保证|做到|防止|避免)")
"""What begins a clause that says nothing of a further unit: 县甲局负责检查，确保安全."""


def _without_duties(text: str) -> str:
    """Return a cell without what each unit has to do: 县甲局 of 县甲局：制定方案, 县乙局负责 of 县乙局负责落实资金.

    It stays as it is where others, or some of several points (县甲局负责（1）（2）), are named in what one has to do,
    or what stands before is no unit.
    """
    if unbalanced(text):
        return text
    whole = text.strip("。；;\n ")
    parts = re.split(r"[；;]\s*|\n", whole)
    parts = parts if len(parts) > 1 else re.split("[，,]", whole)
    said: list[str] = []
    for part in parts:
        if said and _TO_WHAT_END.match(part.strip()) and not _OTHERS.search(part):
            continue
        duty = _DUTY.fullmatch(part.strip().removeprefix("由"))
        who = duty["who"].strip() if duty else ""
        if not duty or _names_others(duty["what"]) or not (is_name(who) or is_open(who)):
            return text
        said.append(f"{who}{duty['said'] or duty['acts'] or ''}")
    return "；".join(said) if len(parts) > 1 else text
