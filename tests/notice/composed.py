"""Tables put together of independent choices, with what a person reads in them. 示例，非真实文件.

`composed` takes a function that chooses one of several, what stands first being the plainest. Of each item its
`Wanted` says what a person reads; of what a choice leaves open nothing is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, NamedTuple

from tests.notice.renderings import DAY, LEFT, UP, Sheet

Choose = Callable[[Sequence[Any]], Any]


class Wanted(NamedTuple):
    """An item as a person reads it. ``key`` are words that no other has; ``number`` may be any where there is none.

    ``days`` is a pattern of what `deadline_words` says.
    """

    key: str
    number: tuple[str, ...]
    words: str
    lead: frozenset[str]
    others: frozenset[str]
    open: frozenset[str]
    days: str


class Composed(NamedTuple):
    """A sheet, the items that a person reads in it, and the choices that made it."""

    sheet: Sheet
    items: tuple[Wanted, ...]
    made_of: tuple[str, ...]


class Said(NamedTuple):
    """The cells of who or when of a row, one a column, and what a person reads in them."""

    cells: tuple[str, ...]
    lead: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    days: str = ""


_LIST: Final = "示例县2025年重点任务清单"
_NOTHING: Final = Said(())
_NAMES: Final = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_UNITS: Final = (
    "县甲局", "县乙局", "县丙办公室", "县丁委", "县戊管理中心", "县己委员会", "县庚街道办事处", "县辛公司",
)  # fmt: skip
_OPEN: Final = ("各乡镇", "各乡镇（街道）", "县直有关单位", "各乡镇人民政府")
_WORDS: Final = (
    "完善{}制度。", "建成{}平台", "推进{}改革，形成长效机制。", "新建{}站20座。", "开展“{}”专项行动",
    "落实{}补贴政策（含农机）", "编制{}规划\n并抓好落实。", "{}改造", "1个{}试点通过验收。",
    "实现5G{}全覆盖，投资1.5亿元。", "深化{}领域“放管服”改革；优化流程。", "组织县未局等开展{}检查。",
    "{}：建设标准化示例点。", "提升{}能力，年均增长6.5%以上", "10个{}村达标", "打造{}品牌（一期）", "注重{}质量。",
    "2025年{}任务", "确保{}“一件事”上线，做到：能办尽办。", "{}", "（一期）{}工程",
)  # fmt: skip
_TITLES: Final = ("推进{}工程", "{}提升行动", "加强{}建设。", "一批{}项目", "“{}”改革", "{}任务")
_GROUPS: Final = ("示例产业发展", "示例城乡建设", "深化示例改革", "示例民生保障")
_DAYS: Final = (
    ("6月底前", "fixed 2025-06-30"), ("2025年9月", "fixed 2025-09-30"), ("12月31日", "fixed 2025-12-31"),
    ("2025年10月底前完成", "fixed 2025-10-31"), ("长期坚持", "ongoing.*"), ("2025.6", "fixed 2025-06-30"),
    ("2025-11-30", "fixed 2025-11-30"), ("三季度", "fixed 2025-09-30"), ("年底前", "fixed 2025-12-31"),
    ("每季度末", "recurring .*"), ("2025年4月-8月", "fixed 2025-04-01 2025-08-31"), ("全年", "ongoing.*"),
    (f"{DAY}2025-06-30", "fixed 2025-06-30"),
)  # fmt: skip

_NUMBER: Final = ("序号", "编号", "项次", "序\n号", "任务序号", "No.", "")
_GROUP: Final = ("类别", "领域", "工作类别", "板块", "重点领域", "分类")
_TITLE: Final = (
    "重点任务", "工作任务", "主要任务", "任务名称", "改革事项", "事项", "民生实事", "项目名称", "工作重点",
    "年内要做的", "抓什么",
)  # fmt: skip
_CONTENT: Final = (
    "工作内容", "具体举措", "主要举措", "工作措施", "具体内容", "目标任务", "工作要求", "建设内容", "具体任务",
    "推进举措", "怎么干", "路径",
)  # fmt: skip
_ALONE: Final = (
    "工作任务", "重点任务", "工作内容", "任务内容", "主要任务", "改革举措", "事项", "任务", "年度任务", "整改措施",
)  # fmt: skip
_RESPONSIBLE: Final = (
    "责任单位", "责任部门", "承办单位", "落实单位", "负责单位", "责任\n单位", "实施单位", "责任主体", "责任科室",
    "谁来抓", "抓落实处室", "承接方",
)  # fmt: skip
_LEAD: Final = (
    "牵头单位",
    "牵头部门",
    "主办单位",
    "牵头责任单位",
    "牵头\n单位",
    "牵头单位（部门）",
)
_SUPPORT: Final = ("配合单位", "协办单位", "配合部门", "参与单位", "协同单位", "配合责任单位")
_DEADLINE: Final = (
    "完成时限", "完成时间", "时限要求", "办结时限", "时间节点", "完成日期", "截止时间", "时限", "完成\n时限",
    "时间进度", "啥时候完", "销号时间",
)  # fmt: skip
_PEOPLE: Final = (
    "责任领导",
    "分管领导",
    "牵头领导",
    "责任人",
    "联系人",
    "联系电话",
    "联系人及电话",
)
_EXTRA: Final = (
    "备注",
    "目前进度",
    "投资（万元）",
    "工作依据",
    "督办单位",
    "是否完成",
    "审核意见",
    "报送时间",
    "进展情况",
    "完成情况",
    "佐证材料",
    "说明",
    "存在问题",
    "完成标准",
    "预期成效",
)
_MONTHS: Final = tuple(f"{n}月" for n in range(4, 13))
_QUARTERS: Final = ("一季度", "二季度", "三季度", "四季度")


@dataclass(eq=False)
class _Point:
    """What one item is. ``who`` and ``when`` are those of its row, or of its line there."""

    key: str
    words: str
    who: Said = _NOTHING
    when: Said = _NOTHING


@dataclass(eq=False)
class _Row:
    """A row of the table; ``first`` of its task, ``opens`` its group."""

    title: str
    points: list[_Point]
    group: int
    first: bool
    opens: bool
    number: str = ""
    signs: tuple[str, ...] = ("",)


_Column = tuple[str, list[str]]
"""A head, and the cell of each row."""


@dataclass
class _Maker:
    choose: Choose
    said: list[str] = field(default_factory=list)
    named: int = 0

    def one(self, what: str, *options: Any) -> Any:
        """Choose one of several, and remember it."""
        chosen = self.choose(options)
        self.said.append(f"{what} {chosen}")
        return chosen

    def name(self) -> str:
        """Return words that stand nowhere else."""
        self.named += 1
        ten, one = divmod(self.named, 10)
        return f"示例{_NAMES[10 + ten]}{_NAMES[one]}"

    def rows(self, shape: str, groups: int) -> list[_Row]:
        """Return tasks with their points, each in a row of its own or all of a task in one cell."""
        found: list[_Row] = []
        for group in range(groups):
            for task in range(self.choose((2, 1, 3))):
                several = self.choose((2, 3, 1)) if shape != "one" else 1
                keys = [self.name() for _ in range(several)]
                points = [_Point(key, self.choose(_WORDS).format(key)) for key in keys]
                title = self.choose(_TITLES).format(self.name())
                parts = [[each] for each in points] if shape == "rows" else [points]
                found += [
                    _Row(title, part, group, first=not at, opens=not (at or task))
                    for at, part in enumerate(parts)
                ]
        for row in found:
            if len(row.points) > 1:
                form = self.choose(("{}.", "（{}）", "{}、", "①"))
                numbers = range(1, len(row.points) + 1)
                row.signs = tuple("①②③"[n - 1] if form == "①" else form.format(n) for n in numbers)
        return found

    def said_of(self, rows: list[_Row], use: str, make: Callable[[], Said], shape: str) -> None:
        """Give each row, or each line of it, who or when; some are those of the row above."""
        above = self.one(f"{use} like above", "", "", "同上", "〃", "merged", "merged over tasks")
        ditto = above in ("同上", "〃")
        blanks = not above and self.one(f"{use} blank", False, False, True)
        before: Said | None = None
        for row in rows:
            inside = above.startswith("merged") and not (
                row.first if above == "merged" else row.opens
            )
            again = before is not None and (inside or (ditto and self.choose((False, True))))
            made = make()
            if self.choose((False,) * 12 + (True,)) and blanks:
                made = Said(("",) * len(made.cells))
            if again and before is not None:
                made = before._replace(cells=(UP if inside else above,) * len(made.cells))
            for at, point in enumerate(row.points):
                own = make() if at and shape == "lines" and not again else made
                setattr(point, use, own)
            before = made if len({id(getattr(p, use)) for p in row.points}) == 1 else None

    def columns_of(self, rows: list[_Row], use: str, heads: Sequence[str]) -> list[_Column]:
        """Return the columns of who or when; the lines of a cell have the numbers of their points."""
        columns: list[_Column] = []
        for place, head in enumerate(heads):
            cells = []
            for row in rows:
                own = [getattr(point, use).cells[place] for point in row.points]
                lines = [
                    f"{sign}{cell.removeprefix(DAY)}"
                    for sign, cell in zip(row.signs, own, strict=True)
                ]
                cells.append(own[0] if len(set(own)) == 1 else "\n".join(lines))
            columns.append((head, cells))
        return columns

    def some(self, least: int, most: int, without: Sequence[str] = ()) -> tuple[str, ...]:
        """Return units one after the other."""
        size, start = self.choose(range(least, most + 1)), self.choose(range(len(_UNITS)))
        found = (_UNITS[(start + at) % len(_UNITS)] for at in range(size))
        return tuple(each for each in found if each not in without)

    def who(self, rows: list[_Row], shape: str) -> list[_Column]:
        """Return the columns of units and people."""
        form = self.one(
            "who", "responsible", "two", "three", "star", "first", "words", "lead alone", "signs"
        )
        if form == "signs" and shape != "lines":
            return self.signs(rows)
        join = (
            self.one("joined by", "、", "、", "\n", "，", " ").join
            if shape != "lines"
            else "、".join
        )
        heads: tuple[str, ...]
        match form:
            case "two":
                heads = (
                    self.one("head", *_LEAD),
                    self.one("head", *_SUPPORT, "责任单位", "承办单位"),
                )
            case "three":
                heads = "牵头单位", "责任单位", self.one("head", *_SUPPORT)
            case "star":
                heads = (self.one("head", "责任单位（★为牵头单位）", "责任单位"),)
            case "first":
                heads = (self.one("head", "责任单位（列第一位的为牵头单位）", "责任单位"),)
            case "words":
                heads = (self.one("head", "责任单位", "责任分工", "牵头及配合单位"),)
            case "lead alone":
                heads = (self.one("head", *_LEAD),)
            case _:
                heads = (self.one("head", *_RESPONSIBLE),)

        def made() -> Said:
            lead = self.some(1, self.choose((1, 2)))
            rest = self.some(0, 3, lead)
            third = self.some(0, 2, (*lead, *rest))
            bodies = self.choose(((), (), *((each,) for each in _OPEN)))
            nothing = self.choose(("", "/", "—", "无"))
            match form:
                case "two":
                    return Said((join(lead), join((*rest, *bodies)) or nothing), lead, rest, bodies)
                case "three":
                    cells = join(lead), join((*rest, *bodies)) or nothing, join(third) or nothing
                    return Said(cells, lead, (*rest, *third), bodies)
                case "star":
                    marked = (f"★{each}" for each in lead)
                    return Said((join((*marked, *rest, *bodies)),), lead, rest, bodies)
                case "first":
                    return Said(
                        (join((*lead, *rest, *bodies)),), lead[:1], (*lead[1:], *rest), bodies
                    )
                case "words":
                    words = self.choose(
                        ("{}牵头，{}配合", "牵头单位：{}\n配合单位：{}", "牵头：{}；配合：{}")
                    )
                    both = words.format("、".join(lead), "、".join((*rest, *bodies)))
                    alone = f"{'、'.join(lead)}牵头"
                    return Said((both if (*rest, *bodies) else alone,), lead, rest, bodies)
                case "lead alone":
                    return Said((join(lead),), lead)
            return Said((join((*lead, *rest, *bodies)),), (), (*lead, *rest), bodies)

        self.said_of(rows, "who", made, shape)
        columns = self.columns_of(rows, "who", heads)
        for _ in range(self.one("people", 0, 0, 1, 2)):
            people = [self.choose(("张某", "李某某", "王某、赵某")) for _ in rows]
            columns.append((self.one("head", *_PEOPLE), people))
        return columns

    def signs(self, rows: list[_Row]) -> list[_Column]:
        """Return a column for each unit, in which signs say who leads and who supports."""
        heads = (*_UNITS, *self.one("bodies", (), _OPEN[:1]))

        def made() -> Said:
            lead = self.some(1, 1)
            rest = self.some(0, 3, lead)
            bodies = self.choose(((), heads[len(_UNITS) :]))
            cells = tuple(
                "▲" if head in lead else "△" if head in (*rest, *bodies) else "" for head in heads
            )
            return Said(cells, lead, rest, bodies)

        for row in rows:
            who = made()
            for point in row.points:
                point.who = who
        return self.columns_of(rows, "who", heads)

    def when(self, rows: list[_Row], shape: str) -> list[_Column]:
        """Return the columns of days."""
        form = self.one(
            "when", "one", "one", "none", "start and end", "start", "months", "quarters", "month"
        )
        if shape == "lines" and form != "none":
            form = "one"
        heads: tuple[str, ...]
        match form:
            case "one":
                heads = (self.one("head", *_DEADLINE),)
            case "start and end":
                heads = self.one(
                    "heads", ("启动时间", "完成时间"), ("起", "止"), ("计划开工", "计划完工")
                )
            case "start":
                heads = (self.one("head", "启动时间", "开工时间"),)
            case "months":
                heads = _MONTHS
            case "quarters":
                heads = _QUARTERS
            case "month":
                heads = (self.one("head", "完成月份", "完成时限（月）", "月份"),)
            case _:
                return []
        words = ("制定方案", "组织实施", "总结验收", "巩固提升")
        signs = (
            self.one("signs", "√", "●", "apart", "words") if form in ("months", "quarters") else ""
        )

        def made() -> Said:
            if form == "one":
                cell, days = self.choose(_DAYS)
                return Said((cell,), days=days)
            first, last = self.choose((4, 5, 6)), self.choose((8, 9, 11))
            until = f"2025-{last:02}-{31 if last == 8 else 30}"
            if form == "start and end":
                forms = ("2025年{}月", "2025年{}月"), ("{}月", "{}月底"), ("2025.{}", "2025.{}")
                begins, ends = self.choose(forms)
                days = f"fixed 2025-{first:02}-01 {until}"
                return Said((begins.format(first), ends.format(last)), days=days)
            if form == "month":
                return Said((str(last),), days=f"fixed {until}")
            if form == "start":
                return Said((self.choose((f"2025年{last}月", f"{last}月")),))
            begins = first - 4 if form == "months" else (first - 1) // 3
            ends = last - 4 if form == "months" else (last - 1) // 3
            shown = (
                words if signs == "words" else ("√" if signs == "apart" else signs,) * len(words)
            )
            marked = (begins, ends) if signs == "apart" else range(begins, ends + 1)
            cells = tuple(
                shown[at % len(shown)] if at in marked else "" for at in range(len(heads))
            )
            kind = "staged" if signs == "words" or ends - begins >= len(marked) else "fixed"
            month = last if form == "months" else (ends + 1) * 3
            return Said(cells, days=rf"{kind} .*2025-{month:02}-\d\d")

        self.said_of(rows, "when", made, shape)
        return self.columns_of(rows, "when", heads)


def composed(choose: Choose) -> Composed:
    """Return a table of a notice; each choice is asked of ``choose``."""
    make = _Maker(choose)
    what = make.one("what", "one", "two", "two", "three")
    shape = make.one("points", "one", "one", "cell", "rows", "lines")
    grouping = make.one("groups", "", "", "rows", "column", "repeated", "numbered rows")
    numbering = make.one("numbers", "column", "column", "", "words", "restart", "gaps", "1.1")
    if numbering == "words" and what == "one":
        shape = "one"
    if not grouping and numbering == "restart":
        numbering = "column"
    rows = make.rows(shape, make.choose((2, 3)) if grouping else 1)
    _number(make, rows, numbering)
    front = _front(make, rows, grouping, numbering)
    tasks = _what(make, rows, what, in_words=numbering == "words")
    who = make.who(rows, shape)
    others = [*_measures(make, rows), *make.when(rows, shape)]
    first = others if make.one("days before units", False, False, False, True) else []
    behind = [] if first else others
    first = [*_extras(make, rows), *first]
    columns = [*front, *tasks, *first, *who, *behind, *_extras(make, rows)]
    heads = [head for head, _ in columns]
    body = [list(cells) for cells in zip(*(cells for _, cells in columns), strict=True)]
    if what != "one" and shape != "rows" and make.one("over both", False, False, False, True):
        _say_over_both(make, rows, body, range(len(front), len(front) + len(tasks)))
    parts = [head for head, _ in who] if len(who) > 1 else []
    over = "责任单位" if "who signs" in make.said else "责任分工"
    head = _head(make, heads, len(front) + len(tasks) + len(first), parts, over)
    numbered = numbering not in ("", "words")
    table = _around(make, _grouped(rows, body, grouping, numbered=numbered), head)
    items = [
        Wanted(
            point.key, () if numbering in ("", "restart") else _numbers(row.number), point.words,
            frozenset(point.who.lead), frozenset(point.who.others), frozenset(point.who.open), point.when.days,
        )
        for row in rows
        for point in row.points
    ]  # fmt: skip
    before = (
        "示例县数改办文件", "示县数改办发〔2025〕3号", f"关于印发《{_LIST}》的通知", "各乡镇人民政府，县直各单位：",
        "现将任务清单印发给你们。", "示例县数改办", "2025年3月10日", _LIST,
    )  # fmt: skip
    rules = {
        "who star": "说明：★为牵头单位。",
        "who first": "注：列第一位的为牵头单位。",
        "who signs": "注：▲为牵头单位，△为配合单位。",
    }
    said = any("为牵头单位" in head for head in heads)
    notes = tuple(words for form, words in rules.items() if form in make.said and not said)
    return Composed(Sheet(before, (table,), notes), tuple(items), tuple(make.said))


def _front(make: _Maker, rows: list[_Row], grouping: str, numbering: str) -> list[_Column]:
    """Return the columns of groups and numbers."""
    columns: list[_Column] = []
    if grouping in ("column", "repeated"):
        names = [_GROUPS[r.group] if r.opens or grouping == "repeated" else UP for r in rows]
        columns.append((make.one("group head", *_GROUP), names))
    if numbering not in ("", "words"):
        numbers = [row.number if row.first or numbering == "1.1" else UP for row in rows]
        columns.insert(
            make.one("number at", 0, len(columns)), (make.one("number head", *_NUMBER), numbers)
        )
    return columns


def _measures(make: _Maker, rows: list[_Row]) -> list[_Column]:
    """Return the columns of what is measured, in what, and how much."""
    if not make.one("measures", False, False, False, True):
        return []
    return [
        ("指标", [f"{make.name()}率" for _ in rows]),
        ("单位", [make.choose(("%", "个", "万亩")) for _ in rows]),
        ("目标值", [make.choose(("95", "3", "12")) for _ in rows]),
    ]


def _extras(make: _Maker, rows: list[_Row]) -> list[_Column]:
    """Return a column that no list has a place for, or none."""
    words = ("", "", "示例备注", "已完成80%", "6月底前报县丑局", "县丑局", "5月已开工")
    heads = make.one("extra", (), (), make.choose(_EXTRA))
    return [(heads, [make.choose(words) for _ in rows])] if heads else []


def _say_over_both(make: _Maker, rows: list[_Row], body: list[list[str]], places: range) -> None:
    """Let one cell say what is to be done over the columns of titles and contents, where a task is one item."""
    for row, cells in zip(rows, body, strict=True):
        if len(row.points) == 1 and UP not in cells and make.choose((False, True)):
            own = cells[places.start].removesuffix(row.title) + row.points[0].words
            cells[places.start : places.stop] = [own, *[LEFT] * (len(places) - 1)]


def _numbers(number: str) -> tuple[str, ...]:
    bare = number.strip("（）第项、.")
    return bare, bare.split(".")[0]


def _number(make: _Maker, rows: list[_Row], numbering: str) -> None:
    """Give each row the number of its task."""
    form = make.one("number form", "{}", "{}", "{}、", "（{}）", "第{}项", "{}.")
    if numbering == "words":
        form = "{}."
    used = part = 0
    for row in rows:
        if row.opens and numbering == "restart":
            used = 0
        part = 1 if row.opens else part + 1
        if row.first:
            used += 2 if numbering == "gaps" and make.choose((False, False, True)) else 1
        row.number = f"{row.group + 1}.{part}" if numbering == "1.1" else form.format(used)


def _what(make: _Maker, rows: list[_Row], what: str, *, in_words: bool) -> list[_Column]:
    """Return the columns of what is to be done."""
    labels = [row.number if in_words else "" for row in rows]
    texts = []
    for row in rows:
        close, parted = make.choose(("。", "；")), make.choose(("\n", "\n", ""))
        points = zip(row.signs, row.points, strict=True)
        several = (f"{sign}{point.words.rstrip('。；')}{close}" for sign, point in points)
        texts.append(parted.join(several) if len(row.points) > 1 else row.points[0].words)
    if what == "one":
        cells = [f"{label}{text}" for label, text in zip(labels, texts, strict=True)]
        return [(make.one("task head", *_ALONE), cells)]
    titles = [
        f"{label}{row.title}" if row.first else UP for label, row in zip(labels, rows, strict=True)
    ]
    title = (make.one("title head", *_TITLE), titles)
    if what == "two":
        return [title, (make.one("content head", *_CONTENT), texts)]
    aim, head = make.one(
        "heads", ("工作目标", "工作措施"), ("目标任务", "具体措施"), ("工作内容", "具体举措")
    )
    return [title, (aim, [f"达到{make.name()}水平" for _ in rows]), (head, texts)]


def _grouped(
    rows: list[_Row], body: list[list[str]], grouping: str, *, numbered: bool
) -> list[list[str]]:
    """Return the rows with headings above those of each group."""
    if "rows" not in grouping:
        return body
    found = []
    for row, cells in zip(rows, body, strict=True):
        name, number = _GROUPS[row.group], "一二三四"[row.group]
        if row.opens and grouping == "numbered rows" and numbered:
            found.append([number, name, *[""] * (len(cells) - 2)])
        elif row.opens:
            found.append([f"{number}、{name}", *[LEFT] * (len(cells) - 1)])
        found.append(cells)
    return found


def _is_of_units(head: str) -> bool:
    return "单位" in head or head in (*_UNITS, *_OPEN)


def _head(make: _Maker, heads: list[str], at: int, parts: list[str], over: str) -> list[list[str]]:
    """Return the head in one row, or in two where several columns say who."""
    width = sum(
        1 for _ in next((group for is_unit, group in groupby(parts, _is_of_units) if is_unit), ())
    )
    if width < 2 or not make.one("two-row head", False, True):
        return [heads]
    top, below = list(heads), [UP] * len(heads)
    top[at : at + width] = [over, *[LEFT] * (width - 1)]
    below[at : at + width] = parts[:width]
    return [top, below]


def _around(make: _Maker, body: list[list[str]], head: list[list[str]]) -> list[list[str]]:
    """Return the table with its head and what offices put around lists."""
    width = len(head[0])

    def line(*cells: str, last: str = "") -> list[str]:
        return [*cells, *[""] * (width - len(cells) - bool(last)), *filter(None, [last])]

    def across(text: str) -> list[str]:
        return [text, *[LEFT] * (width - 1)]

    above = {
        "title": [across(_LIST)],
        "filled in": [line("填报单位：示例县数改办", last="填报日期：2025年4月2日")],
        "unit of figures": [across("单位：个、万元")],
        "attached": [line("附件1"), across(_LIST), line(last="2025年3月")],
        "sentence": [across("本清单共列示例任务若干项，由各牵头单位组织实施。")],
    }
    below = {
        "note": [line("注：各单位于每季度末报送进展。")],
        "note across": [across("备注：本表由示例县数改办负责解释。")],
        "signature": [line("制表人：示例甲", last="审核人：示例乙")],
        "signed": [line(last="示例县数改办"), line(last="2025年3月10日")],
        "approved": [line("主要领导签字：", last="单位盖章：")],
        "and so on": [line("……")],
        "contact": [across("联系人：示例甲　联系电话：0000-0000000")],
        "contacts": [
            across("联系人名单"),
            line("序号", "单位", "联系人"),
            line("1", "县寅局", "张某"),
        ],
    }
    rows = list(body)
    cuts = [at for at in range(1, len(rows)) if UP not in rows[at]]
    if cuts and make.one("head again", False, False, False, True):
        rows[cuts[-1] : cuts[-1]] = head
    if cuts and make.one("blank row", False, False, False, True):
        rows.insert(cuts[0], line(""))
    if make.one("columns counted", False, False, False, True):
        rows.insert(0, [str(n) for n in range(1, width + 1)])
    rows += {"": [], "total": [line(make.choose(("合计", "小计")))]}[
        make.one("total", "", "", "total")
    ]
    rows += below.get(make.one("below", "", "", *below), [])
    table = [*above.get(make.one("above", "", "", *above), []), *head, *rows]
    if make.one("blank column", False, False, False, True):
        table = [["", *row] for row in table]
    return table
