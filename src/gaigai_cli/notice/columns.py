"""What each column of a table holds: as the office says, else as its head says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from gaigai_cli.notice.document import Cell, Row, Table, squeezed
from gaigai_cli.words.days import WINDOW
from gaigai_cli.words.normal import normal

ColumnUse = Literal[
    "number", "title", "content", "responsible", "lead", "support",
    "leader", "contact", "start", "deadline", "stage", "remark", "skip", "extra",
]  # fmt: skip

UNIT_ROLES: Final[tuple[ColumnUse, ...]] = ("responsible", "lead", "support")

LABELS: Final[Mapping[str, ColumnUse]] = {
    "编号": "number",
    "主要任务": "title",
    "工作内容": "content",
    "牵头单位": "lead",
    "责任单位": "responsible",
    "配合单位": "support",
    "责任领导": "leader",
    "联系人": "contact",
    "开始时间": "start",
    "完成时限": "deadline",
    "备注": "remark",
    "不读取": "skip",
}
"""What an office may say that a column holds, in its words."""
LABEL_OF: Final[Mapping[str, str]] = {use: label for label, use in LABELS.items()}

Declared = Mapping[str, ColumnUse]
"""What the office says of columns, by the head's words as `declared_key` folds them, or by the column's number."""

# What a town, a bureau or a county calls those who have to do it.
BODIES: Final = (
    "单位|部门|科室|处室|股室|委室|站室|站所|站办|局办|办公室|乡镇|镇街|街道|村|社区|主体|警种|院系"
)
# What may stand behind 牵头 or 配合 and is nobody: 牵头领导, 配合事项.
_NOBODY: Final = "领导|人|人员|同志|事项|任务|工作|项目|内容|措施|情况|时限|时间|要求"
# What may follow a period that heads a column: what is to be done by then stands in it.
_STAGE: Final = re.compile(
    rf"(?P<period>{WINDOW})(?:工作|阶段|主要|推进|形象)?(?:目标|进度|计划|安排|任务|节点|内容|要求)*:?"
)

_YEAR: Final = re.compile("(?P<year>20[0-9]{2}年)度?(?:目标|进度|计划|安排)?")

# The first rule whose words stand in the head of a column says what it holds.
_RULES: Final[tuple[tuple[ColumnUse, str], ...]] = (
    (
        "number",
        r"^(?:\w{0,4}(?:序号|编号|编码)|序|项次|号数|(?:提案|建议|议案|任务|项目|案|件)号|no|№|号)$",
    ),
    (
        "responsible",
        "(?:单位|部门|机构|科室)名称$|(?:牵头|主办|责任|承办)(?:单位|部门)?[和及与](?:责任|配合|协办|承办|参与)",
    ),
    (
        "support",
        rf"(?:配合|协办|会办|联办|协助|参与|参加|协同|协作)(?!\w{{0,6}}(?:{_NOBODY})$)\w{{0,10}}$",
    ),
    (
        "lead",
        rf"第一责任(?:单位|部门)|(?:牵头|主办|主责|领衔)(?!\w{{0,6}}(?:{_NOBODY})$)\w{{0,10}}$",
    ),
    (
        "responsible",
        f"(?:责任|承办|负责|整改|落实|实施|承担|执行|完成|主体)(?:责任)?(?:{BODIES})|"
        "^责任(?:乡|镇|股|科|处|办|中心|站|所)?$|^单位$|^(?:责任)?分工$|^谁来?(?:负责|落实|承办|办|干|做)$",
    ),
    (
        "leader",
        "(?:责任|分管|牵头|包抓|挂点|联系|负责|县级|县|区|市|挂牌|督办|主管)?领导$|^领导(?!批示|指示|签|小组|意见)|"
        "(?:分管|包抓|挂点|联系|牵头|责任)副?[省市州县区旗乡镇局]长$|[包联驻]\\w{0,2}(?:干部|领导)$",
    ),
    ("contact", "责任人|联系人|负责人|联络员|联系电话|联系方式|电话|经办人|承办人|联系手机"),
    ("start", "(?:开始|启动|起始|开工|动工)(?:时间|日期|时限)|^(?:开始|启动|开工)$"),
    # 任务单位, 建设单位: somebody, but it doesn't say in which role.
    ("extra", "(?:单位|部门|[科处股]室|机构)$"),
    ("content", "(?:内容|举措|措施|任务|要求)[及与和、]"),
    (
        "deadline",
        "时限|时间|时点|期限|节点|进度|日期|(?:完成|起止|建设)年限|工期|限期|完成月份|月份$|何时|时候|^(?:完成|办结|竣工)$",
    ),
    (
        "content",
        "内容|举措|措施|做法|要求$|具体|细化|目标任务分解|任务分解|要点|主要工作",
    ),
    (
        "title",
        "任务|事项|项目|重点工作|工作名称|名称|改革|实事|指标(?!值)|标题|议题|题目|案由|提案$|建议$|工程$|工作$",
    ),
)
_PATTERNS: Final = tuple((role, re.compile(words)) for role, words in _RULES)
# Heads of groups of tasks: a task's title where it has no other, else layout.
_GROUP: Final = re.compile("^一级|类别|分类|板块|专项小组|领域|方面|类型|篇章")
# Heads that no column of the data holds.
_EXTRA: Final = re.compile(
    f"备注|附注|^说明$|^是否|提案人|代表|委员|批示|投资|资金|地点|位置|状态|性质|属性|(?:当前|目前|现有|已有|实际|完成|最新|工作)进(?:度|展)|"
    f"[务项]数$|数量|占比|比例|率$|^存在的?(?:主要)?(?:问题|困难)|下一?步(?:打算|计划|安排|考虑)|^(?!.*任务).*目标$|依据|来源|完成情况|进展情况|落实情况|成果(?:形式)?$|结果$|佐证|{_GROUP.pattern}|"
    "(?:交办|报送|上报|填报|印发|下达|更新|反馈|制表|检查|督查|调度|实际[^时日]*)(?:时间|日期|时限)"
)
# Of several columns of days the one that says by when.
_BY_WHEN: Final = re.compile("完成|竣工|完工|办结|整改|销号|截止")
# A unit's office beside the unit.
_OFFICE: Final = re.compile("[科处股]室")
# What stands for the task where no column is headed as one: the problem, the words of the report.
_FOR_TITLE: Final = re.compile(f"问题|原文|表述|{_GROUP.pattern}")
# How far things are to be: a deadline only where days stand in it.
_PROGRESS: Final = re.compile("进度")
# Alone it may also be what the figures of a row are counted in.
_UNIT: Final = "单位"
# A unit's head that says it watches or assesses those who act.
_OVERSEES: Final = re.compile("监管|监督|督导|督办|指导|评分|考核|验收")
_AIM: Final = re.compile("目标$|规模$")
_IN_BRACKET: Final = re.compile("[（(〔\\[【](牵头|主办|主责|配合|协办)(?:单位|部门)?[）)〕\\]】]$")
_BRACKETS: Final = re.compile(r"[（(〔\[【][^（）()〔〕\[\]【】]*[）)〕\]】]")
_NOISE: Final = re.compile(r"[\s　:：、，,/／\-—_*★▲☆]+")
_NOTHING: Final[Declared] = {}
_MOST_HEADS: Final = 4
"""Rows that a head may have."""
_SINGLE: Final = ("number", "title", "content", "responsible", "deadline", "start")


class Columns(NamedTuple):
    """What the columns of a table hold. ``heads`` are the head's words of each column, ``height`` its rows.

    ``first`` are the words of its first row, without signs and brackets. ``unsure`` says of columns whose use the head
    doesn't tell why it doesn't, by their index; ``guessed`` are those whose use is told by what stands in them.
    """

    roles: tuple[ColumnUse, ...]
    heads: tuple[str, ...]
    height: int
    first: tuple[str, ...]
    unsure: Mapping[int, str] = {}
    guessed: frozenset[int] = frozenset()

    def of(self, *roles: ColumnUse) -> tuple[int, ...]:
        """Return the indices of the columns with one of these roles."""
        return tuple(index for index, role in enumerate(self.roles) if role in roles)

    @property
    def units(self) -> tuple[int, ...]:
        """The columns that name units."""
        return self.of(*UNIT_ROLES)


def find_columns(
    table: Table, declared: Declared = _NOTHING, start: int = 0
) -> tuple[int, Columns] | None:
    """Return the first row that is a list's head, at ``start`` or below, and what its columns hold.

    None without one.
    """
    for index in range(start, len(table.rows)):
        columns = head_at(table, index, declared)
        if columns is not None:
            return index, columns
    return None


def head_at(table: Table, index: int, declared: Declared = _NOTHING) -> Columns | None:
    """Return what the columns hold where the row is a list's head, with the rows below that belong to it; None else."""
    row = table.rows[index]
    return columns_of_head(table, index, declared) if _is_head(row, declared) else None


def columns_of_head(table: Table, index: int, declared: Declared = _NOTHING) -> Columns:
    """Return what the columns hold by the words of a row, whether or not they are a list's head."""
    row = table.rows[index]
    heads = [cell.text for cell in row]
    height = 1
    spread: set[int] = set()
    for last, below in pairwise(table.rows[index : index + _MOST_HEADS]):
        if not _goes_on(last, below, spread):
            break
        heads = [
            _joined(head, above, under)
            for head, above, under in zip(heads, last, below, strict=True)
        ]
        height += 1
    said = [declared.get(declared_key(head)) for head in heads]
    fixed = frozenset(place for place, use in enumerate(said) if use)
    uses = [use or role_of(head) for use, head in zip(said, heads, strict=True)]
    roles = _resolved(list(uses), heads, fixed)
    unsure = {
        place: why
        for place, head in enumerate(heads)
        if place not in fixed and (why := _why_unsure(place, head, uses, roles, heads))
    }
    first = tuple(_plain(cell.text) for cell in row)
    return Columns(roles, tuple(heads), height, first, unsure)


def _why_unsure(
    place: int,
    head: str,
    uses: Sequence[ColumnUse],
    roles: Sequence[ColumnUse],
    heads: Sequence[str],
) -> str:
    """Return why it is unsure what a column holds, in Chinese; empty where its head says so."""
    if roles[place] != "extra" or not _plain(head) or _EXTRA.search(_plain(head)):
        return ""
    watches = _OVERSEES.search(_plain(head)) and set(roles) & {"responsible", "lead"}
    if _plain(head) == _UNIT or watches:
        return ""
    if uses[place] == "extra":
        return f"看不出“{squeezed(head)}”这一栏是什么"
    if uses[place] in LABEL_OF and uses[place] in roles:
        other = squeezed(heads[roles.index(uses[place])])
        if other == squeezed(head):
            return ""
        return f"“{other}”“{squeezed(head)}”两栏都像{LABEL_OF[uses[place]]}，只读了前一栏"
    return ""


def declared_key(head: str) -> str:
    """Return a head's words as they are compared with those that the office declared."""
    return _plain(head) or squeezed(head)


def _is_head(row: Row, declared: Declared) -> bool:
    said = {declared[key] for cell in row if (key := declared_key(cell.text)) in declared}
    roles = said | {role_of(cell.text) for cell in row if 0 < len(_plain(cell.text)) <= 14}
    says_who_or_when = roles & {*UNIT_ROLES, "deadline"}
    says_what = roles & {"title", "content"} or any(_FOR_TITLE.search(cell.text) for cell in row)
    if any(len(_plain(cell.text)) > 24 for cell in row):
        return False
    return bool(says_what and says_who_or_when) or bool(said & {"title", "content"})


def _goes_on(row: Row, below: Row, spread: set[int]) -> bool:
    """Return whether the head has a further row: a cell above spans columns that the row below tells apart.

    Those columns are added to ``spread``; below them every cell may be another than above.
    """
    wide = {cell for cell, columns in Counter(row).items() if columns > 1 and not cell.blank}
    under = spread | {place for place, cell in enumerate(row) if cell in wide}
    other = [place for place, cell in enumerate(below) if cell is not row[place]]
    parts = [below[place] for place in other if place in under]
    spread |= under
    return (
        any(row[place] in wide for place in other)
        and all(
            role_of(cell.text) != "extra" or len(cell.text) <= 8 for cell in parts if not cell.blank
        )
        and all(below[place].blank for place in other if place not in under)
    )


def _joined(head: str, above: Cell, under: Cell) -> str:
    """Return a column's head with what a further row says of it."""
    if above is under or under.blank:
        return head
    return under.text if role_of(under.text) != "extra" else f"{head}{under.text}"


def role_of(head: str) -> ColumnUse:
    """Return what a column with this head holds."""
    words = _plain(head)
    if period_of(head):
        return "stage"
    if not words or _EXTRA.search(words):
        return "extra"
    if said := _IN_BRACKET.search("".join(head.split())):
        words = said[1]
    return next((role for role, pattern in _PATTERNS if pattern.search(words)), "extra")


def is_group(head: str) -> bool:
    """Return whether a column's head names groups of tasks."""
    return _GROUP.search(_plain(head)) is not None


def may_be_measure(head: str) -> bool:
    """Return whether a column headed so may say in what figures are counted, rather than who acts."""
    return _plain(head) == _UNIT


def period_of(head: str) -> str:
    """Return the period of a column's head, or a year's end: 一季度 of 一季度工作目标, 2025年底 of 2025年; else ""."""
    words = normal(_BRACKETS.sub("", head))
    if year := _YEAR.fullmatch(words.text):
        return f"{year['year']}底"
    found = _STAGE.fullmatch(words.text)
    return words.quote(*found.span("period")) if found else ""


def _plain(head: str) -> str:
    return _NOISE.sub("", _BRACKETS.sub("", head)).lower()


def _resolved(
    roles: list[ColumnUse], heads: Sequence[str], fixed: frozenset[int] = frozenset()
) -> tuple[ColumnUse, ...]:
    """Return one column a role where a row can have but one: of two titles the right one is the content.

    The columns of ``fixed`` are what the office says; none of the others takes their role.
    """
    taken = {roles[index] for index in fixed} & set(_SINGLE)
    found = [
        "extra" if role in taken and index not in fixed else role
        for index, role in enumerate(_with_stages(list(roles)))
    ]
    titles = [index for index, role in enumerate(found) if role == "title" and index not in fixed]
    contents = [index for index, role in enumerate(found) if role == "content"]
    if len(titles) > 1 and not contents:
        found[titles[-1]] = "content"
        contents, titles = [titles[-1]], titles[:-1]
    titles = [index for index, role in enumerate(found) if role == "title"]
    if titles and not contents and (group := _group_before(found, heads, titles[0])) is not None:
        found[titles[0]], found[group] = "content", "title"
        titles, contents = [group], titles[:1]
    if not titles and len({heads[index] for index in contents}) > 1:
        found[contents[0]] = "title"
        titles, contents = contents[:1], contents[1:]
    before = found[: contents[0]] if contents else found
    stands = _extra(before, heads[: len(before)], _FOR_TITLE)
    if not titles and stands:
        groups = _extra(before, heads[: len(before)], _GROUP)
        found[next((at for at in stands if at not in groups), stands[0])] = "title"
    if not contents and (aims := _extra(found, heads, _AIM)):
        found[aims[0]] = "content"
    for role in _SINGLE:
        places = [index for index, each in enumerate(found) if each == role]
        keep = places[-1:] if role == "title" and len(places) > 1 else places[:1]
        if role == "deadline":
            keep = [index for index in places if _BY_WHEN.search(_plain(heads[index]))][:1] or keep
        if role == "responsible":
            named = [
                index
                for index in places
                if (words := _plain(heads[index])) != _UNIT and not _OVERSEES.search(words)
            ]
            keep = [index for index in named if not _OFFICE.search(heads[index])][:1] or (
                named[:1] or keep
            )
        for index in places:
            if index not in keep and index not in fixed:
                found[index] = "extra"
    return tuple(found)


def _group_before(found: Sequence[ColumnUse], heads: Sequence[str], title: int) -> int | None:
    """Return the nearest column of groups before the only one of tasks.

    It then holds the title, and the column of tasks the content.
    """
    before = (at for at in range(title - 1, -1, -1) if found[at] == "extra" and is_group(heads[at]))
    return next((at for at in before if "类型" not in heads[at]), None)


def is_known(head: str) -> bool:
    """Return whether a column's head says what it holds, be it something that has no place: 反馈问题, 备注."""
    words = _plain(head)
    return role_of(head) != "extra" or bool(_EXTRA.search(words) or _FOR_TITLE.search(words))


def is_progress(head: str) -> bool:
    """Return whether a column's head says how far things are to be: 形象进度."""
    return _PROGRESS.search(_plain(head)) is not None


def _with_stages(found: list[ColumnUse]) -> list[ColumnUse]:
    """Return the uses with columns of periods as the deadline, where no other column is that."""
    stages = found.count("stage") > 1 and "deadline" not in found
    nowhere = "start" if stages else "stage"
    return [("extra" if role == nowhere else role) for role in found]


def _extra(found: Sequence[ColumnUse], heads: Sequence[str], words: re.Pattern[str]) -> list[int]:
    """Return the columns without a role whose head has these words."""
    return [
        index
        for index, head in enumerate(heads)
        if found[index] == "extra" and words.search(_plain(head))
    ]


def repeats_head(table: Table, index: int, columns: Columns, declared: Declared = _NOTHING) -> int:
    """Return how many rows from ``index`` on repeat the list's head; 0 where they hold something else."""
    row = table.rows[index]
    same = columns.height > 0 and [_plain(cell.text) for cell in row] == list(columns.first)
    again = columns_of_head(table, index, declared) if same else head_at(table, index, declared)
    if again is None:
        return 0
    return again.height if same or "number" in again.roles else 0
