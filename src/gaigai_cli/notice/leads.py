"""What the unit cells of an item say, by their words, their columns and the notice's own rule for leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from gaigai_cli.model.roles import UNIT_LISTS
from gaigai_cli.notice.answers import Notes
from gaigai_cli.notice.document import Cell, squeezed
from gaigai_cli.notice.doubts import CONFIRMED, Choice, Doubt
from gaigai_cli.notice.row import Found, Headed
from gaigai_cli.words.brackets import BRACKET, before_bracket
from gaigai_cli.words.heads import ANY_ROLE, HEADING, LEADS, SUPPORTS, role_said
from gaigai_cli.words.normal import MARKS, any_of, marks
from gaigai_cli.words.pattern import regex
from gaigai_cli.words.unit_lexicon import BEGINS_UNIT, is_section, is_zone
from gaigai_cli.words.unit_pieces import Piece, spelled_out, split_cell
from gaigai_cli.words.units import ONLY_SUPPORT, UnitsReading, read_units

Means = Literal["mark", "bold", "first", "comma", "all"]

_WHOSE: Final = "(?:该项?|本项|各项)(?:工作|任务)?的?|总"
_LEADS: Final = rf"(?:为|是|系|表示|代表|即|作为|指|：|:)?(?:{_WHOSE})?{LEADS}"
_OTHER_ROLE: Final = r"(?:为|是|系|表示|代表|即|指)[^，。；;,]{0,12}"
_MARK: Final = rf"[“\"（(【]?[{MARKS}][”\"）)】]?"
_MARKED_BY: Final = any_of(
    "标 打 带 加 注 画 有 以 用 号 标注 标记 标示 标识 标明 前 后 名称 为 是"
)
_WHAT_HAS_IT: Final = any_of(
    """
    号 标记 标注 标示 标识 标志 记号 符号 字样 表示 的 者 所 在 前 后 前面 后面 开头 打头 责任 承办 单位 部门 科室 名称
    均 都 一律
    """
)
_HAS_MARK: Final = rf"{_MARK}(?:{_WHAT_HAS_IT})*"
_HAS_NONE: Final = regex(rf"(?:未|没有?|无|不)(?:{_MARKED_BY})*{_MARK}")
"""未标★的, which says nothing of those that have it."""
_BY_MARK: Final = (
    rf"(?:单位|部门|科室)?[（(]?(?:{_MARKED_BY})*{_MARK}(?=$|[，。；;、）)]|号|标|表示)"
)
_OF_WHAT: Final = "(?:为|是|系|表示|代表|即|指)[^，。；;,：:由不配协]{1,8}?"
_MARKED: Final = regex(f"{_HAS_MARK}(?:{_LEADS}|{_OF_WHAT}{LEADS})|{LEADS}{_BY_MARK}")
"""★号标注的单位为牵头单位, ★为重点任务牵头单位, 牵头单位以★标注."""
_MARKED_SUPPORT: Final = regex(rf"{_HAS_MARK}(?:为|是|：|:)?{SUPPORTS}|{SUPPORTS}{_BY_MARK}")
_MARKED_OTHER: Final = regex(
    rf"(?:(?:{_MARKED_BY}){_MARK}[^，。；;,：:]{{0,8}}?|{_HAS_MARK})({_OTHER_ROLE})"
)
_BOLD: Final = regex(
    rf"(?:(?P<line>[加画标]?(?:下划线|划线|横线))|加粗|黑体|粗体|字体加黑|加黑)[^，。；;,]{{0,8}}?{_LEADS}"
)
_FIRST: Final = regex(
    r"(?:第[一1](?!时间|书记|批|季|阶段|产业|期)|首[位个家列名]|最前|(?:排|列|居)\w{0,2}前(?!列)|在前的)"
    rf"[^，。；;,由不非]{{0,10}}?{_LEADS}"
    r"|牵头(?:责任)?单位(?:为|是|列|排)(?:[排列居]?在|[排列居])?(?:第一|首)"
)


_COMMA: Final = regex(rf"(?:第[一1]个|首个)?逗号(?:之|以)?前面?[^，。；;,由]{{0,6}}?{_LEADS}")
"""第一个逗号前为牵头单位: all before it lead, and all of a cell without one."""
_ALL: Final = regex(
    rf"(?:无|没有|未(?:明确|列出?|注明|标明|写明)?){LEADS}(?:单位|部门)的?，?(?:则|由)?(?:责任|承办)(?:单位|部门)"
    rf"(?:即|就|均|则|都)?(?:为|是|作为)?{LEADS}"
)
"""无牵头单位的，责任单位即为牵头单位: all of a cell lead that says nothing of leads."""
_REST: Final = regex(
    rf"(?:其他|其它|其余|后列|后面|未[标打加带注画]|{_HAS_NONE.pattern})[^，。；;,]{{0,10}}?(?:，[均都则]?为)?{SUPPORTS}"
)


_SOMEHOW: Final = regex(
    "(?:^|[，。；;,：:（(])(?P<words>[^，。；;,：:由]{2,16}(?:的|者|[前后]面?|字体?)(?:单位|部门)?[为是即]牵头(?:责任)?(?:单位|部门))"
)
"""A rule of another kind: 红色字体的为牵头单位."""


class LeadRule(NamedTuple):
    """How a notice marks its leads, and its own words for it; ``rest_supports``: all the others are 配合单位."""

    means: Means
    words: str
    mark: str = ""
    rest_supports: bool = False


def statements(texts: Iterable[str]) -> Marking:
    """Return what the texts say of leads and marks, by weight: heads of unit columns, notes, paragraphs."""
    rule: LeadRule | None = None
    others: set[str] = set()
    supports: set[str] = set()
    unread: re.Match[str] | None = None
    for text in texts:
        plain = squeezed(text)
        found = _stated(plain)
        rule = rule or found
        for clause in _clauses_of_marks(plain):
            if support := _MARKED_SUPPORT.search(clause):
                supports.add(_mark_in(support[0]))
            elif not _MARKED.search(clause) and (other := _MARKED_OTHER.search(clause)):
                others.add(_mark_in(other[0]))
        unread = unread or _SOMEHOW.search(plain)
    leads = {rule.mark} if rule else set()
    other_way = unread["words"] if unread and rule is None else ""
    return Marking(
        rule, frozenset(others - supports - leads), frozenset(supports - leads), other_way=other_way
    )


def _clauses_of_marks(plain: str) -> Iterator[str]:
    """Yield the clauses of a text that may say what those with a mark are."""
    return (each for each in re.split("[，,。；;]", plain) if not _HAS_NONE.search(each))


def _mark_in(words: str) -> str:
    return next(mark for char in words for mark in marks(char))


def is_statement(text: str) -> bool:
    """Return whether a text says how leads are told, or what a mark means: ★为牵头单位."""
    return statements([text]) != Marking()


def _stated(plain: str) -> LeadRule | None:
    rest = _REST.search(plain) is not None
    if found := next(filter(None, map(_MARKED.search, _clauses_of_marks(plain))), None):
        return LeadRule("mark", found[0], _mark_in(found[0]), rest)
    if found := _BOLD.search(plain):
        return LeadRule(
            "bold", found[0], "有下划线" if found["line"] else "加粗", rest_supports=rest
        )
    if found := _COMMA.search(plain):
        return LeadRule("comma", found[0], rest_supports=rest)
    if found := _FIRST.search(plain):
        return LeadRule("first", found[0], rest_supports=rest)
    return LeadRule("all", found[0]) if (found := _ALL.search(plain)) else None


_FOR_ALL: Final = regex(
    r"[。；;，,]\s*(?P<rule>以下(?:各项)?[^，。；;]{0,8}(?:均|都)(?:[^。]*落实|涉及)[^。；;]*。?)$"
)
"""What a cell says of all items below it: 以下任务均需各区政府落实，不再一一列出; 以下均涉及各县区."""
_SAME: Final = "(?:以下(?:各项)?[均都皆]?(?:相)?|下[均都皆]?)同"
_SAME_WITHIN: Final = regex(rf"[，,；;。（(]?\s*{_SAME}[）)]?\s*[，,；;。]\s*(?=\S)")
_SAME_BELOW: Final = regex(rf"(?:[，,；;。]?\s*{_SAME}|[（(]{_SAME}[）)])\s*。?$")


_CUTS: Final = regex("[，,；;。（(]")
_MOST_CLAUSES: Final = 3
"""Clauses that a rule may have: 第一个逗号前为牵头单位，多个牵头部门的按照职责分工负责."""


_OF_SEVERAL: Final = regex(
    "[，,；;。][^，,；;。]{0,12}(?:多个|几个|两个(?:以上|及以上)?)[^，,；;。]{0,4}(?:部门|单位)[^，,；;。]{0,4}的$"
)
"""Which cells a rule is for: 一项任务涉及多个部门的，由排名首位的部门牵头."""


def without_rule(text: str) -> tuple[str, str]:
    """Return a unit cell without what it says of all cells, and that: …，排在第一位的为牵头单位，下同.

    What it says in two ways (下同。以下均需各区政府落实) stands on two lines.
    """
    if for_all := _FOR_ALL.search(text):
        kept, rule = without_rule(text[: for_all.start()])
        return kept, "\n".join(filter(None, (rule, for_all["rule"])))
    if within := _SAME_WITHIN.search(text):  # 排在首位的牵头，下同；县甲局、县乙局负责
        first = text[: within.start()]
        kept, rule = without_rule(first)
        if not rule and _stated(squeezed(first)) and not read_units(first).names:
            kept, rule = "", first
        if rule:
            return "；".join(filter(None, (kept, text[within.end() :]))), rule
    for bracket in BRACKET.finditer(text):  # 县甲局（首位单位为牵头单位，下同）、县乙局
        rule = _SAME_BELOW.sub("", bracket[1])
        if rule != bracket[1] and _stated(squeezed(rule)):
            return text[: bracket.start()] + text[bracket.end() :], rule
    rest = _SAME_BELOW.sub("", text.rstrip())
    closing = rest[-1:] if rest.endswith(("）", ")")) else ""
    inner = _SAME_BELOW.sub("", rest.removesuffix(closing))
    cuts = [found.start() for found in _CUTS.finditer(inner)][: -_MOST_CLAUSES - 1 : -1]
    stated = (at for at in cuts if _stated(squeezed(inner[at + 1 :])))
    cut = next(stated, -1)
    if cut < 0:
        return text, ""
    if several := _OF_SEVERAL.search(inner, 0, cut):
        cut = several.start()
    rule = inner[cut + 1 :].strip()
    kept = inner[:cut].rstrip("，,；;。 ")
    if closing and inner[cut] not in "（(":
        kept += closing
    return kept, rule


def take_rule(rule: Cell, found: Found, notes: Notes) -> None:
    """Keep what a cell says of all of them: how leads are told, or who has a part in all items, which is a doubt."""
    found.notes.append(rule)
    for words in rule.text.split("\n"):
        if not words.startswith("以下"):
            notes.leave_out(rule.place, words, "牵头单位的识别办法")
            continue
        notes.doubt(
            Doubt("row", rule.place, "各项", words, "这句话是说以下各项的，没有写入各事项的责任单位",
                  "请核对，要写入的请补在各事项的责任单位里", choices=(Choice("不逐项写入", CONFIRMED),))
        )  # fmt: skip


class Units(NamedTuple):
    """The units of an item: ``text`` as issued (columns named in it), and what is read from it."""

    text: str
    reading: UnitsReading

    def unsure(self, *doubts: str) -> Units:
        """Return the same with other doubts."""
        return self._replace(reading=replace(self.reading, doubts=doubts))


class Marking(NamedTuple):
    """How the notice as a whole marks its leads.

    ``stated`` is the rule that it states, ``other_marks`` those of which it, or an answer, says that they mean nothing
    of roles, ``supports`` those that 配合单位 have. ``used``: the other marks that stand in unit cells. ``bold``: some
    units, not all, are set in bold. ``columns``: there is a column of leads. ``other_way``: the words of a rule that
    is none of these.
    """

    stated: LeadRule | None = None
    other_marks: frozenset[str] = frozenset()
    supports: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    bold: bool = False
    columns: bool = False
    other_way: str = ""

    @property
    def rule(self) -> LeadRule | None:
        """The rule that the notice states, as far as its cells make use of it."""
        rule = self.stated
        return None if self._is_unused(rule) and self.bold else rule

    def _is_unused(self, rule: LeadRule | None) -> bool:
        return rule is not None and rule.means == "mark" and rule.mark not in self.used

    @property
    def unused_mark(self) -> str:
        """What the notice says that its leads have, 打“★”, 加粗 or 有下划线, where no cell has it."""
        rule = self.rule
        if rule and rule.means == "bold" and not self.bold:
            return rule.mark
        return f"打“{rule.mark}”" if rule and self._is_unused(rule) else ""

    @property
    def assumed_mark(self) -> str:
        """The one mark that is used and that the notice doesn't explain; none where the one of its rule is used."""
        if self.stated and self.stated.mark in self.used:
            return ""
        return min(self.used) if len(self.used) == 1 else ""

    @property
    def lead_mark(self) -> str:
        """The mark that leads have: the notice's, or the one that is assumed; empty without one."""
        rule = self.stated
        return rule.mark if rule and rule.mark in self.used else self.assumed_mark

    @property
    def by_bold(self) -> bool:
        """Return whether bold is what marks the leads."""
        rule = self.rule
        if rule is not None:
            return rule.means == "bold" and self.bold
        return self.bold and not self.used and not self.columns


def marking(said: Marking, parts: Sequence[Headed]) -> Marking:
    """Return how the notice marks its leads, from its statements and all of its unit cells."""
    used: set[str] = set()
    bold = False
    for role, _, cell in parts:
        used |= marks(cell.text) - said.other_marks - said.supports
        if role == "responsible" and cell.bold and not bold:
            stated = said.stated is not None and said.stated.means == "bold"
            partly = sum(end - start for start, end in cell.bold) < len(cell.text)
            bold = stated or (partly and bool(_bold_names(cell)))
    columns = any(role == "lead" for role, *_ in parts)
    return said._replace(used=frozenset(used), bold=bold, columns=columns)


def _bold_names(cell: Cell) -> tuple[str, ...]:
    """Return the names that the bold stretches of a cell are; empty where they are something else."""
    names: list[str] = []
    for start, end in cell.bold:
        reading = read_units(cell.text[start:end].strip("、，,；; \n"))
        if reading.doubts:
            return ()
        names += reading.responsible
    return tuple(names)


def read(parts: Sequence[Headed], how: Marking, known: frozenset[str] = frozenset()) -> Units:
    """Return the units of one item; ``known`` are names that are units, whatever they look like."""
    said = [(part.use, part.cell.text) for part in parts]  # 业主单位 and 主管部门 may be the same
    parts = [part for at, part in enumerate(parts) if said.index(said[at]) == at]
    for _, head, cell in parts:
        known |= _sections(head, cell)
    if len(parts) == 1 and parts[0].use == "responsible":
        return _single(parts[0].cell, how, known)
    return _columns(parts, how, known)


_OF_SECTIONS: Final = regex(f"[科处股部委]室|股站|站所|{ANY_ROLE}[科处股所站室]")

_OF_VILLAGES: Final = regex("村|社区")


def _sections(head: str, cell: Cell) -> frozenset[str]:
    """Return what a cell's head says to stand in it: offices of a bureau (办公室, 财务科), villages (甲村, 乙社区)."""
    offices, villages = _OF_SECTIONS.search(head), _OF_VILLAGES.search(head)
    if not offices and not villages:
        return frozenset()
    return frozenset(
        name
        for name in read_units(cell.text).unknown
        if (offices and is_section(name)) or (villages and name.endswith(("村", "社区")))
    )


_SUBSIDIARY: Final = regex("(?:公司|集团|医院|学校|附中|附小)$")


def _is_inside(name: str) -> bool:
    """Return whether a name may be that of an office of a bureau or a university, or of what belongs to it."""
    inside = is_section(name) or _SUBSIDIARY.search(name)
    return bool(inside) and not BEGINS_UNIT.match(name)


def sections_of(cells: Iterable[str]) -> frozenset[str]:
    """Return the offices of a bureau that the cells of its own list name: 办公室, 财务科.

    One body of its own may stand among them (县疾控中心), where most cells name offices alone.
    """
    offices: set[str] = set()
    others: set[str] = set()
    alone = 0
    texts = dict.fromkeys(cells)
    for text in texts:
        reading = read_units(text)
        named = {*reading.names, *reading.unknown}
        inside = set(filter(_is_inside, named))
        offices |= inside
        others |= named - inside
        alone += named == inside
        if len(reading.unknown) != len(reading.doubts):
            return frozenset()
    own = len(offices) > 1 and len(others) < 2 and 2 * alone > len(texts)
    return frozenset(offices) if own else frozenset()


def zones_of(cells: Iterable[str]) -> frozenset[str]:
    """Return the zones without a name that a cell names as a unit, so that they are one everywhere: 开发区管委会."""
    return frozenset(
        name for text in dict.fromkeys(cells) for name in read_units(text).names if is_zone(name)
    )


def _single(cell: Cell, how: Marking, known: frozenset[str]) -> Units:
    text = cell.text
    plain = _by_marks(text, how)
    used = marks(plain)
    if strange := used - {how.lead_mark}:
        said = "、".join(f"“{mark}”" for mark in sorted(strange))
        return Units(text, read_units(plain.translate(_UNMARKED), known)).unsure(
            f"文件没有说明{said}的意思，看不出谁牵头"
        )
    read = Units(text, reading := read_units(plain, known))
    if reading.doubts:
        mended = _mended(text, known)
        return _single(Cell(mended, cell.place), how, known) if mended else read
    if used and reading.lead and not reading.support:
        return _led_by(read, how, reading.lead, "")
    if reading.lead or reading.support or not reading.responsible:
        return read
    if how.by_bold:
        return _led_by(read, how, *_of_bold(cell, reading))
    if how.rule is not None and how.rule.means in ("first", "comma", "all"):
        return _led_by(read, how, *_of_order(plain, reading, how.rule.means, known))
    if how.used and not used:
        return read.unsure("别处都打了标记，这一格没有，看不出谁牵头")
    return read


_UNMARKED: Final = str.maketrans(dict.fromkeys(MARKS))


def _by_marks(text: str, how: Marking) -> str:
    """Return a unit cell with words for its marks that mean 配合单位, and without those that mean nothing of roles."""
    used = marks(text)
    if used & how.other_marks:
        text = "".join(char for char in text if not marks(char) & how.other_marks)
    if not used & how.supports:
        return text
    parts = list(split_cell(text))
    pieces = [text[part.start : part.end] for part in parts if isinstance(part, Piece)]
    if len(pieces) < len(parts):
        return text  # it has roles in words, too
    helps = [piece.translate(_UNMARKED) for piece in pieces if marks(piece) & how.supports]
    others = [piece for piece in pieces if not marks(piece) & how.supports]
    return "；".join(filter(None, ("、".join(others), f"配合单位：{'、'.join(helps)}")))


def _of_order(
    plain: str, reading: UnitsReading, means: Means, known: frozenset[str]
) -> tuple[tuple[str, ...], str]:
    """Return the leads of a cell, its first unit, all before a comma or all, and why that is unclear."""
    if means == "all":
        return reading.responsible, ""
    if means == "comma":
        names = read_units(plain.replace(",", "，").partition("，")[0], known).responsible
        return names, "" if names else "逗号前没有具体单位，看不出谁牵头"
    begins = plain.lstrip().removeprefix("由").startswith(reading.responsible[0])
    return reading.responsible[:1], "" if begins else "排在第一位的不是具体单位，看不出谁牵头"


def _of_bold(cell: Cell, reading: UnitsReading) -> tuple[tuple[str, ...], str]:
    """Return the leads of a cell by what of it is bold, and why that is unclear."""
    names = _bold_names(cell)
    if not cell.bold:
        return (), "别处有单位加粗，这一格没有，看不出谁牵头"
    whole = names and set(names) <= set(reading.responsible)
    return names, "" if whole else "加粗的不是完整的单位名称，看不出谁牵头"


def _led_by(read: Units, how: Marking, names: tuple[str, ...], why: str) -> Units:
    if why:
        return read.unsure(why)
    rest_supports = bool(how.rule and how.rule.rest_supports)
    return Units(read.text, read.reading.led_by(*names, rest_supports=rest_supports))


_DEEDS: Final = ("负责", "牵头", "落实", "配合", "实施", "参与")


def _mended(text: str, known: frozenset[str]) -> str:
    """Return a cell without line breaks where all are those of a narrow column and it then leaves no doubt; else ""."""
    lines = [line.strip() for line in text.split("\n")]
    reading = read_units("".join(lines), known)
    names = (*reading.names, *reading.open)
    cuts = {
        (word[:cut], word[cut:])
        for word in (*names, *_DEEDS)
        for cut in range(1, len(word))
        if not (is_section(word[:cut]) and len(word[cut:]) > 2 and is_section(word[cut:]))
    }
    broken = all(
        before[-1:] in "、，,；;：:"
        or after[:1] in "、，,；;"
        or any(before.endswith(one) and after.startswith(other) for one, other in cuts)
        for before, after in pairwise(lines)
    )
    return "" if reading.doubts or len(lines) == 1 or not broken else "".join(lines)


def _columns(parts: Sequence[Headed], how: Marking, known: frozenset[str]) -> Units:
    """Return several columns as one cell, each headed by its own words: 牵头单位：A；配合单位：B、C."""
    pieces: list[str] = []
    doubts: list[str] = []
    for role, head, cell in parts:
        plain = _by_marks(cell.text, how)
        text = _one_line(plain, read_units(plain, known), known)
        reading = read_units(text, known)
        name = _head(role, head)
        if role == "responsible" and (leads := _leads_by_rule(reading, parts, how)):
            pieces.append(_led(reading, leads))
        elif role == "responsible" and _HEADED.match(own := spelled_out(text)):
            pieces.append(own)  # 责任：县甲局；配合：县乙局 below 责任分工
        else:
            pieces.append(f"{name}：{text}")
        doubts += [f"{name}：{doubt}" for doubt in reading.doubts if doubt != ONLY_SUPPORT]
        if role != "responsible" and _says_otherwise(reading, role):
            doubts.append(f"{name}一栏里又写明了谁牵头、谁配合")
    text = "；".join(pieces)
    whole = read_units(text, known)
    return Units(text, whole).unsure(*(dict.fromkeys(doubts) or whole.doubts))


_HEADED: Final = regex(rf"(?:{HEADING.pattern})\s*[：:]")


def _says_otherwise(reading: UnitsReading, role: str) -> bool:
    """Return whether a column of leads or supporters names others too; A、B分别牵头 in one of leads doesn't."""
    own, other = reading.lead, reading.support
    if role != "lead":
        own, other = other, own
    return bool(other or (own and reading.responsible))


def _leads_by_rule(reading: UnitsReading, parts: Sequence[Headed], how: Marking) -> tuple[str, ...]:
    """Return those of a column's units that lead by the notice's rule: the first, or all where no column says who."""
    if how.rule is None or reading.lead or reading.doubts:
        return ()
    if how.rule.means == "all" and not any(part.use == "lead" for part in parts):
        return reading.responsible
    return reading.responsible[:1] if how.rule.means == "first" and not how.columns else ()


def _led(reading: UnitsReading, leads: tuple[str, ...]) -> str:
    """Return the words for these units as the leads."""
    others = "、".join((*reading.responsible[len(leads) :], *reading.open))
    return f"牵头单位：{'、'.join(leads)}" + (f"；责任单位：{others}" if others else "")


def _one_line(text: str, reading: UnitsReading, known: frozenset[str]) -> str:
    """Return names on lines of their own, separated as names in a line are; other texts as they are."""
    if reading.doubts or not any(sign in text for sign in "\n；;"):
        return (reading.doubts and _mended(text, known)) or text
    if reading.lead or reading.support or any(colon in spelled_out(text) for colon in "：:"):
        return text
    parts = (part.strip().strip("、，,") for part in re.split(r"[；;]|\n(?![（(])", text))
    return "、".join(filter(None, parts))


def _head(role: str, head: str) -> str:
    words = before_bracket(squeezed(head))
    known = role_said(HEADING.fullmatch(words)) == role and words.endswith(("单位", "部门"))
    return words if known else UNIT_LISTS[role]
