"""What each column of a table holds, told by its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from gaigai_cli.notice.document import Cell, Row, Table, distinct

Role = Literal[
    "number", "title", "content", "responsible", "lead", "support",
    "leader", "contact", "start", "deadline", "extra",
]  # fmt: skip

# The first rule whose words stand in the head of a column says what it holds.
_RULES: Final[tuple[tuple[Role, str], ...]] = (
    ("number", "^(?:序号|编号|序|项目序号|任务序号|任务编号|no|№|号)$"),
    ("support", "(?:配合|协办|协助|参与|参加|协同)(?:责任)?(?:单位|部门|科室)|^配合$"),
    ("lead", "(?:牵头|主办|主责)(?:责任|负责)?(?:单位|部门|科室)|责任牵头单位|^牵头$|^主办$"),
    (
        "responsible",
        "(?:责任|承办|负责|落实|实施|承担|执行|完成|主体)(?:责任)?(?:单位|部门|科室|主体)|^责任$|^单位$|^责任分工$",
    ),
    ("leader", "(?:责任|分管|牵头|包抓|挂点|联系|负责|县级|县|区|市|挂牌|督办|主管)?领导$|^领导"),
    ("contact", "责任人|联系人|负责人|联络员|联系电话|联系方式|电话|经办人|承办人|联系手机"),
    ("start", "(?:开始|启动|起始)(?:时间|日期|时限)"),
    ("deadline", "时限|时间|期限|节点|进度|日期|完成年限|限期"),
    (
        "content",
        "内容|举措|措施|做法|任务要求|工作要求|具体|细化|目标任务分解|任务分解|要点|主要工作",
    ),
    ("title", "任务|事项|项目|重点工作|工作名称|名称|改革|工作$"),
)
_PATTERNS: Final = tuple((role, re.compile(words)) for role, words in _RULES)
# Heads that are a task's group or its aim: no column of the data holds them.
_EXTRA: Final = re.compile(
    "备注|类别|分类|板块|领域|类型|目标$|依据|来源|完成情况|进展情况|落实情况|成果形式|佐证"
)
_BRACKETS: Final = re.compile(r"[（(〔\[【][^（）()〔〕\[\]【】]*[）)〕\]】]")
_NOISE: Final = re.compile(r"[\s　:：、，,/／\-—_*★▲☆]+")
_UNITS: Final = ("responsible", "lead", "support")
_SINGLE: Final = ("number", "title", "content", "responsible", "deadline", "start")


class Columns(NamedTuple):
    """What the columns of a table hold. ``heads`` are the head's words of each column, ``height`` its rows.

    ``first`` are the words of its first row, without signs and brackets.
    """

    roles: tuple[Role, ...]
    heads: tuple[str, ...]
    height: int
    first: tuple[str, ...]

    def of(self, *roles: Role) -> tuple[int, ...]:
        """The indices of the columns with one of these roles."""
        return tuple(index for index, role in enumerate(self.roles) if role in roles)

    @property
    def units(self) -> tuple[int, ...]:
        """The columns that name units."""
        return self.of("responsible", "lead", "support")


def find_columns(table: Table, start: int = 0) -> tuple[int, Columns] | None:
    """The first row that is a list's head, at ``start`` or below, and what its columns hold; None without one."""
    for index in range(start, len(table.rows)):
        columns = head_at(table, index)
        if columns is not None:
            return index, columns
    return None


def head_at(table: Table, index: int) -> Columns | None:
    """What the columns hold where the row is a list's head, with the rows below that belong to it; None else."""
    row = table.rows[index]
    if not _is_head(row):
        return None
    heads = [cell.text for cell in row]
    height = 1
    if index + 1 < len(table.rows) and _goes_on(row, table.rows[index + 1]):
        below = table.rows[index + 1]
        heads = [_joined(above, under) for above, under in zip(row, below, strict=True)]
        height = 2
    roles = _resolved([role_of(head) for head in heads], heads)
    return Columns(roles, tuple(heads), height, tuple(_plain(cell.text) for cell in row))


def _is_head(row: Row) -> bool:
    roles = {role_of(cell.text) for cell in row if 0 < len(_plain(cell.text)) <= 14}
    says_who_or_when = roles & {"responsible", "lead", "support", "deadline"}
    return bool(says_who_or_when and roles & {"title", "content"}) and all(
        len(_plain(cell.text)) <= 24 for cell in row
    )


def _goes_on(row: Row, below: Row) -> bool:
    """Whether the head has a second row: a cell above spans columns that the row below tells apart."""
    wide = [cell for cell in distinct(row) if row.count(cell) > 1 and not cell.blank]
    parts = [b for a, b in zip(row, below, strict=True) if a in wide and a is not b]
    rest = [b for a, b in zip(row, below, strict=True) if a not in wide and a is not b]
    return (
        bool(parts)
        and all(
            role_of(cell.text) != "extra" or len(cell.text) <= 8 for cell in parts if not cell.blank
        )
        and all(cell.blank for cell in rest)
    )


def _joined(above: Cell, under: Cell) -> str:
    if above is under or under.blank:
        return above.text
    return under.text if role_of(under.text) != "extra" else f"{above.text}{under.text}"


def role_of(head: str) -> Role:
    """What a column with this head holds."""
    words = _plain(head)
    if not words:
        return "extra"
    if _EXTRA.search(words):
        return "extra"
    return next((role for role, pattern in _PATTERNS if pattern.search(words)), "extra")


def _plain(head: str) -> str:
    return _NOISE.sub("", _BRACKETS.sub("", head)).lower()


def _resolved(roles: list[Role], heads: Sequence[str]) -> tuple[Role, ...]:
    """One column a role where a row can have but one: of two titles the right one is the content."""
    found = list(roles)
    titles = [index for index, role in enumerate(found) if role == "title"]
    contents = [index for index, role in enumerate(found) if role == "content"]
    if len(titles) > 1 and not contents:
        found[titles[-1]] = "content"
        contents, titles = [titles[-1]], titles[:-1]
    if not titles and len(contents) > 1:
        found[contents[0]] = "title"
        contents = contents[1:]
    if not titles and not contents:
        found = _from_aim(found, heads)
    for role in _SINGLE:
        places = [index for index, each in enumerate(found) if each == role]
        keep = places[-1:] if role == "title" and len(places) > 1 else places[:1]
        for index in places:
            if index not in keep:
                found[index] = "extra"
    return tuple(found)


def _from_aim(found: list[Role], heads: Sequence[str]) -> list[Role]:
    """A column of aims is the content where nothing else is."""
    aims = [index for index, head in enumerate(heads) if _plain(head).endswith("目标")]
    return [("content" if index in aims[:1] else role) for index, role in enumerate(found)]


def repeats_head(table: Table, index: int, columns: Columns) -> int:
    """How many rows from ``index`` on repeat the list's head; 0 where they hold something else."""
    row = table.rows[index]
    plain = [_plain(cell.text) for cell in row]
    again = head_at(table, index)
    if again is None:
        return 0
    same = plain == list(columns.first) or "number" in again.roles
    return again.height if same else 0
