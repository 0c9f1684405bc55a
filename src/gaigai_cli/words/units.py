"""The grammar of a unit cell (责任单位): who leads, who is responsible, who supports, and who is not named.

What it knows, all of it from notices of counties and ministries:

==========================================  ==========================================
★A、B                                        A leads, B is responsible (also △ ● √ … and A（★）)
A、B，C；D; A/B; A　B                         all responsible; a line's end separates too
A和B, A及B, A与B, A以及B, A会同B, A联合B        two units where both sides are; 县教育和体育局 is one
牵头单位：A；责任单位：B；配合单位：C             the heading's role, up to the next heading
A牵头，B、C配合; 由A牵头; A、B负责               the role of the names since the last role or ；
A、B，C、D配合                                  C and D support: the ， is the only one
A（牵头）、B（配合）                            the role of the one name before the bracket
等相关部门, 各乡镇、街道, 水电气等公用事业单位     open bodies, kept as issued; 等 alone too
各县（市、区）人民政府, 各区、县级市, 等10个部门    open bodies too
市直有关部门、单位; 各区住建局                     one open body each
县发改、住建、财政局; 市、县住建局                 three units; two units
县委、县政府办公室                               县委办公室, 县政府办公室
县农业农村局（县乡村振兴局）                      one unit, with its second name
①A②B; 1.A；2.B                               two units, where the numbers count from 1
省财政厅、体育局; 甲县教育局、财政局              the level carries over: 省体育局, 甲县财政局
甲县、乙区人民政府; 甲县委、县政府; 甲县、乙区    甲县人民政府, 乙区人民政府; 甲县政府; their governments
穗州、鹏州市政府                                 穗州市政府, 鹏州市政府
甲县、乙镇党委和政府                             甲县党委, 甲县政府, 乙镇党委, 乙镇政府
各区政府（含甲开发区管委会）                      各区政府, and 甲开发区管委会 by its name
县甲局：制定方案；县乙局：配合                  the units, with the role that what they have to do begins with
==========================================  ==========================================

A part that reads in two ways, or in none, is a doubt and in none of the lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from gaigai_cli.model.roles import ROLES, UNIT_LISTS, RoleField
from gaigai_cli.words.brackets import unbalanced
from gaigai_cli.words.heads import role_said
from gaigai_cli.words.normal import marks
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.unit_lexicon import (
    BARE_BODY,
    BARE_REGION,
    ENDING,
    GOVERNING,
    as_written,
    is_office_of_governing,
    is_zone_of_each,
    joins_kinds,
    places,
    with_plain_places,
)
from gaigai_cli.words.unit_pieces import (
    Heading,
    Member,
    Phrase,
    Piece,
    lacks_level,
    level_of,
    read_phrase,
    spelled_out,
    split_cell,
    unknown_names,
    with_level,
)

_GOVERNS: Final = regex(rf"^(?!.*团).*(?:{'|'.join(sorted(GOVERNING - {'县人大', '县政协'}))})$")
_WORD_OF: Final = {role.field: role.word for role in ROLES}


@dataclass(frozen=True, slots=True)
class UnitsReading:
    """What a unit cell says: names and open bodies as written, in their order.

    ``doubts`` are Chinese sentences that quote the part not understood; none means that all of the cell is
    understood. A part that a doubt quotes is in no list, unless the doubt is about a repetition or an open body that
    leads. ``unknown`` are the names among those parts that may be units, though they don't look like it; ``second``
    are other names that units have, each behind the unit's.
    """

    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    unknown: tuple[str, ...] = field(default=(), compare=False)
    second: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The units that it names, whatever their role."""
        return (*self.lead, *self.responsible, *self.support)

    @property
    def is_units(self) -> bool:
        """Return whether all of the cell is units, some for certain; of the others it is asked whether they are."""
        return bool(self.names or self.open) and len(self.unknown) == len(self.doubts)

    def as_written(self) -> UnitsReading:
        """Return the reading of a text with plain places as that of the text as it was written."""
        lead, responsible, support, open_, doubts, unknown = (
            tuple(map(as_written, each))
            for each in (
                self.lead, self.responsible, self.support, self.open, self.doubts, self.unknown
            )
        )  # fmt: skip
        second = tuple((as_written(name), as_written(other)) for name, other in self.second)
        return UnitsReading(lead, responsible, support, open_, doubts, unknown, second)

    def led_by(self, *names: str, rest_supports: bool = False) -> UnitsReading:
        """Return the reading with these of the responsible units as leads; the rest may then support them."""
        rest = tuple(name for name in self.responsible if name not in names)
        others = ((), rest) if rest_supports else (rest, self.support)
        return UnitsReading(names, *others, self.open)


ONLY_SUPPORT: Final = "除配合单位外，没有写明具体的牵头单位或责任单位"
"""The doubt about a cell that names nobody but supporters."""
_LONGEST: Final = 5_000
"""Characters of a cell that names units."""


@lru_cache(maxsize=32)  # the steps of an import ask again of a cell: half the time of a long one
def read_units(text: str, known: frozenset[str] = frozenset()) -> UnitsReading:
    """Return the reading of one cell. Never raises; what is not fully understood is a doubt, never a guess.

    ``known`` are names that somebody said are units, whatever they look like.

    With neither marks nor words for a lead everybody is responsible: a rule of the document may say more
    (排名第一的为牵头单位).
    """
    if len(text) > _LONGEST:
        return UnitsReading(doubts=(f"责任单位多于{_LONGEST}字，没有解读",))
    if (plain := with_plain_places(text)) != text:
        return read_units(plain, frozenset(map(with_plain_places, known))).as_written()
    written, text = text.strip(), spelled_out(text)
    if not text.strip():
        return UnitsReading(doubts=("责任单位一栏是空的",))
    if unbalanced(text):
        return UnitsReading(doubts=(_doubt(written, "括号不成对"),))
    kinds = sorted(marks(text))
    if len(kinds) > 1:
        why = f"同时用了{'、'.join(kinds)}几种标记，看不出各表示什么"
        return UnitsReading(doubts=(_doubt(written, why),))
    reading = _Reader(text, known, marked=bool(kinds)).read()
    if all(_without_blanks(_quoted(doubt)) in _without_blanks(written) for doubt in reading.doubts):
        return reading
    return _Reader(written, known, marked=bool(kinds)).read()  # spelled out it isn't understood


def _doubt(part: str, why: str) -> str:
    return f"“{part}”：{why}"


def _quoted(doubt: str) -> str:
    return doubt.rpartition("”：")[0].removeprefix("“")


def _without_blanks(text: str) -> str:
    return "".join(text.split())


@dataclass(slots=True)
class _Group:
    """Names that a role word after them would concern: those since the last role word, ； or heading."""

    members: list[Member] = field(default_factory=list)
    start: int = 0
    end: int = 0
    loose: bool = False  # a line's end inside, or ，: how far back a role word reaches is unclear
    clause: int = 0  # the first of its members behind its only ，
    by: bool = False  # begins with 由


class _Reader:
    """One pass over the parts of a cell; lives as long as one call of ``read_units``."""

    def __init__(self, text: str, known: frozenset[str], *, marked: bool) -> None:
        self._text = text
        self._known = known
        self._unknown: list[str] = []
        self._second: dict[str, str] = {}
        self._levels: list[str] = []
        self._levels_each: frozenset[int] = frozenset()
        self._without_levels = False
        self._marked = marked
        self._lists: dict[str, list[str]] = {role: [] for role in UNIT_LISTS}
        self._under: dict[str, Heading | None] = {}  # each name's heading
        self._doubts: list[str] = []
        self._nobody: list[str] = []  # open bodies that lead: a doubt where no unit leads by name
        self._heading: Heading | None = None
        self._heading_used = False
        self._heading_over = False
        self._group = _Group()
        self._said = False  # a role word stood before: 甲局牵头，乙局，丙局配合

    def read(self) -> UnitsReading:
        parts = list(split_cell(self._text))
        self._levels_each = frozenset(self._each_with_level(parts))
        written = [ENDING.sub("", self._text[part.start : part.end]) for part in parts]
        self._known |= places(written)
        for part in parts:
            if isinstance(part, Heading):
                self._close_heading()
                self._open_heading(part)
            elif part.fault:
                self._doubts.append(_doubt(self._text[part.start : part.end], part.fault))
            else:
                self._piece(part)
        self._close_heading()
        self._doubts += () if self._lists["lead"] else self._nobody
        lists = {role: tuple(names) for role, names in self._lists.items()}
        if lists["support"] and not (lists["lead"] or lists["responsible"] or self._doubts):
            self._doubts.append(ONLY_SUPPORT)
        unknown = tuple(dict.fromkeys(self._unknown))
        second = tuple(self._second.items())
        return UnitsReading(**lists, doubts=tuple(self._doubts), unknown=unknown, second=second)

    def _open_heading(self, heading: Heading) -> None:
        self._heading, self._heading_used, self._heading_over = heading, False, False
        if heading.role is None:
            quoted = self._text[heading.start : heading.end]
            self._doubts.append(_doubt(quoted, "看不出是哪一类单位"))

    def _close_heading(self) -> None:
        self._close(None)
        if self._heading and self._heading.role and not self._heading_used:
            quoted = self._text[self._heading.start : self._heading.end]
            self._doubts.append(_doubt(quoted, "后面没有单位"))

    def _piece(self, piece: Piece) -> None:
        if piece.separator in ("；", "。"):
            self._close(None)
        written = self._text[piece.start : piece.end]
        if why := self._outside_heading(piece):
            self._doubts.append(_doubt(written, why))
            return
        follows = bool(piece.separator)
        body = ENDING.sub("", written)
        known = self._known | {body} if self._levels and BARE_BODY.fullmatch(body) else self._known
        phrase = (
            self._open_again(piece, written)
            or read_phrase(written, follows=follows, known=known)
            or self._of_each(piece, written)
        )
        if phrase is None:
            self._unknown += unknown_names(written, self._known)
            self._doubts.append(_doubt(written, "看不出是不是单位名称"))
            return
        each = piece.start in self._levels_each
        members = tuple(self._levelled(member, each=each) for member in phrase.members)
        if not all(member.name for member in members):
            self._doubts.append(_doubt(written, "看不出是哪一级的单位"))
            return
        self._gather(piece, replace(phrase, members=members))
        if phrase.role:
            self._close(phrase.role)
            self._said = True

    def _each_with_level(self, parts: list[Heading | Piece]) -> Iterator[int]:
        """Yield where the pieces begin between whose 、 a name behind the first has a level of its own, too."""
        run: list[int] = []
        several = ended = False
        for part in (*parts, None):
            written = self._text[part.start : part.end] if part else ""
            if run and not ended and isinstance(part, Piece) and part.separator == "、":
                several = several or bool(level_of(written))
                run.append(part.start)
            else:
                yield from run if several else ()
                run, several = [part.start] if isinstance(part, Piece) else [], False
            ended = ENDING.search(written) is not None

    def _levelled(self, member: Member, *, each: bool) -> Member:
        """Return a name without a level with that of those before it: 省财政厅、体育局; 牵头：省甲厅；配合：乙局.

        Who leaves it out at the first name leaves it out everywhere; where ``each`` other has it, one may be a place's.
        After names of two levels it has none for certain, and no name.
        """
        own, lacks = level_of(member.name), lacks_level(member, sure=each)
        self._without_levels |= lacks and not self._levels
        if own and not self._without_levels:
            self._levels.append(own)
        if not (lacks and self._levels):
            return member
        one = len({level[-1] for level in self._levels}) == 1
        return with_level(member, self._levels[-1]) if one else replace(member, name="")

    def _open_again(self, piece: Piece, written: str) -> Phrase | None:
        """Return the phrase of a piece that goes on with the open body before it; None for any other.

        各市、州、县人民政府 and 市直有关部门、单位 are one; 园区管委会 after 各县区人民政府、 is another.
        """
        last = self._group.members[-1] if self._group.members else None
        if piece.separator not in ("、", "，") or last is None or not last.open or last.role:
            return None
        if len(self._text[self._group.end : piece.start].strip()) > 1:
            return None  # a piece that isn't understood stands between
        word = ENDING.search(written)
        body = written[: word.start()] if word else written
        before = last.name.lstrip("省市县区州").removeprefix("各").rpartition("、")[2]
        regions = last.every and BARE_REGION.fullmatch(before) and BARE_REGION.fullmatch(body)
        if piece.separator == "、" and (regions or joins_kinds(last.name, body)):
            name = f"{self._group.members.pop().name}、{body}"
            member = Member(name, name, open=True, every=last.every)
            return Phrase((member,), role_said(word), by=False)
        zone = body.removesuffix("等")
        if last.every and zone not in self._known and is_zone_of_each(last.name, zone):
            return Phrase((Member(body, zone, open=True, every=True),), role_said(word), by=False)
        return None

    def _of_each(self, piece: Piece, written: str) -> Phrase | None:
        """Return the phrase of 街道, 园区 after 各乡镇、, open bodies that its 各 concerns too."""
        before = self._group.members[-1:]
        if piece.separator != "、" or not before or not before[0].every:
            return None
        phrase = read_phrase(f"各{written}", follows=False)
        if phrase is None or not phrase.members[0].open:
            return None
        first, *rest = phrase.members
        first = replace(first, written=first.written[1:], name=first.name[1:], every=True)
        return replace(phrase, members=(first, *rest))

    def _outside_heading(self, piece: Piece) -> str | None:
        """Return why it is unclear whether the heading before still holds here; None where it is clear."""
        heading, used = self._heading, self._heading_used
        self._heading_used = True
        if heading is None or heading.role == "responsible":
            return None
        name = self._text[heading.start : heading.end]
        if heading.role is None:
            return f"前面的“{name}”看不出是哪一类单位"
        ends = ("；", "。") if heading.role == "support" else ("；", "。", "\n")
        if used and piece.separator in ends:
            self._heading_over = True
        return f"看不出是否也属于“{name}”" if self._heading_over else None

    def _gather(self, piece: Piece, phrase: Phrase) -> None:
        before = self._group.members[-1:]
        if piece.separator == "，" and before and before[0].role:
            self._close(None)  # 甲局（牵头），乙局、丙局（配合）
            self._said = True
        if phrase.by:
            self._close(None)
        group = self._group
        if not group.members:
            group.start, group.by = piece.start, phrase.by
        elif piece.separator == "\n" or (piece.separator == "，" and not self._said):
            group.clause = 0 if group.loose or piece.separator == "\n" else len(group.members)
            group.loose = True
        group.members.extend(phrase.members)
        group.end = piece.end

    def _close(self, role: RoleField | None) -> None:
        """End the group; ``role`` is that of the word after it, if there is one."""
        group, self._group = self._group, _Group()
        if not group.members:
            return
        if (
            role == "support" and group.clause
        ):  # 甲局、乙局，丙局配合: else nobody would be responsible
            self._group = replace(group, members=group.members[: group.clause], clause=0)
            self._close(None)
            group = replace(group, members=group.members[group.clause :], loose=False)
        if why := _unclear(group, role):
            self._doubts.append(_doubt(self._text[group.start : group.end], why))
            return
        waiting = _before_bracket(group.members) if role is None else frozenset()
        offices = _share_an_office(group.members)
        for index, member in enumerate(group.members):
            if index in offices:
                beside = "前面" if index - 1 in offices else "后面"
                self._doubts.append(
                    _doubt(member.written, f"看不出是一个机关，还是与{beside}合写的内设机构")
                )
            elif index in waiting and self._said:
                self._place(replace(member, role="support"), role)
            elif index in waiting:
                self._doubts.append(_doubt(member.written, "看不出后面括号里的“配合”是否也管这里"))
            else:
                self._place(member, role)

    def _place(self, member: Member, said: RoleField | None) -> None:
        self._second |= {member.name: member.second} if member.second else {}
        heading = self._heading.role if self._heading else None
        if heading == "lead" and said == "responsible":
            said = None  # 牵头单位：甲局、乙局按职责分工负责
        role = member.role or said or heading or "responsible"
        if heading in ("lead", "support") and role != heading:
            self._doubts.append(
                _doubt(member.written, f"写在{_WORD_OF[heading]}单位之下，却另有说法")
            )
        elif role == "lead" and self._marked and not member.marked:
            self._doubts.append(_doubt(member.written, "按文字是牵头单位，却没有像别处那样打标记"))
        elif before := next(
            (each for each, names in self._lists.items() if member.name in names), ""
        ):
            self._again(member, before, role)
        else:
            self._lists["open" if member.open else role].append(member.name)
            self._under[member.name] = self._heading
            if member.open and role == "lead":
                self._nobody.append(_doubt(member.written, "牵头单位没有写明是哪一个"))

    def _again(self, member: Member, before: str, role: RoleField) -> None:
        """Note that a unit is named again: below 责任单位 and 牵头单位 it leads, below another 责任单位 it is the same.

        Anything else is a doubt.
        """
        if before == role and self._heading and self._under[member.name] is not self._heading:
            return
        below = self._heading and self._heading.role == role
        if not below or {before, role} != {"lead", "responsible"}:
            self._doubts.append(_doubt(member.written, "写了不止一次"))
        elif role == "lead":
            self._lists[before].remove(member.name)
            self._lists[role].append(member.name)


def _unclear(group: _Group, role: RoleField | None) -> str | None:
    """Return why it is unclear what a group's role is; None where it is clear."""
    if role is None:
        return "“由”之后没有写牵头、负责或配合" if group.by else None
    if group.loose and role != "responsible":
        return f"看不出“{_WORD_OF[role]}”管到哪一个单位"
    if all(member.role not in (None, role) for member in group.members):
        return f"标记与“{_WORD_OF[role]}”互相矛盾"
    return None


def _share_an_office(members: list[Member]) -> frozenset[int]:
    """Return indices of 县委、县政府督查室, which may be two offices or one and 县委 itself; so with 甲县委."""
    return frozenset(
        at
        for index, (one, other) in enumerate(pairwise(members))
        if _GOVERNS.search(one.name) and is_office_of_governing(other.name)
        for at in (index, index + 1)
    )


def _before_bracket(members: list[Member]) -> frozenset[int]:
    """Return indices of names without a role before one with （配合）: B、C（配合） may mean both."""
    found: set[int] = set()
    roles = [member.role for member in members]
    for index, role in enumerate(roles):
        at = index - 1
        while role == "support" and at >= 0 and roles[at] is None:
            found.add(at)
            at -= 1
    return frozenset(found)
