"""What each kind of record does to each status: the whole table, a cell for every pair.

A status is that of the item or, for the kinds that close something, of the stage that the record concerns.
Two effects go by more than the status: 撤回申请 of an extension leaves the status as it is (before the first 进展 there
can be nothing else to take back), and other leads (明确 or 变更责任单位) may make or end 待核验.
"""

from typing import Final, Literal, get_args

Status = Literal["未报进展", "未启动", "推进中", "待核验", "已销号", "已评估", "已核减"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
OPEN: Final = frozenset[Status]({"未报进展", "未启动", "推进中"})
"""Statuses in which an item is still owed: past its deadline it is overdue."""
CLOSED: Final = frozenset[Status]({"已销号", "已评估", "已核减"})

Effect = Literal["不变", "不可", "推进中", "待核验", "已销号", "已评估", "已核减"]
"""不变: allowed, the status stays. 不可: a finding. Otherwise the new status."""

_SAME: Final[tuple[Effect, ...]] = ("不变",) * 7
_WHILE_OPEN: Final[tuple[Effect, ...]] = ("不变",) * 4 + ("不可",) * 3

#                 未报进展  未启动    推进中    待核验    已销号    已评估    已核减
_ROWS: Final[dict[str, tuple[Effect, ...]]] = {
    "进展":         ("推进中", "推进中", "不变",   "不变",   "不变",   "不变",   "不变"),
    "申请销号":     ("待核验", "待核验", "待核验", "不可",   "不可",   "不可",   "不可"),
    "撤回申请":     ("不变",   "不变",   "推进中", "推进中", "不可",   "不可",   "不可"),
    "核验销号":     ("不可",   "不可",   "不可",   "已销号", "不可",   "不可",   "不可"),
    "退回补正":     ("不可",   "不可",   "推进中", "推进中", "不可",   "不可",   "不可"),
    "撤销销号":     ("不可",   "不可",   "不可",   "不可",   "推进中", "不可",   "不可"),
    "期满评估":     ("已评估", "已评估", "已评估", "不可",   "不可",   "不可",   "不可"),
    "申请延期":     ("不变",   "不变",   "不变",   "不可",   "不可",   "不可",   "不可"),
    "批准延期":     _WHILE_OPEN,
    "不予延期":     _WHILE_OPEN,
    "条件未具备":   _WHILE_OPEN,
    "条件具备":     _WHILE_OPEN,
    "明确责任单位": _WHILE_OPEN,
    "变更责任单位": _WHILE_OPEN,
    "核减":         ("已核减", "已核减", "已核减", "已核减", "不可",   "不可",   "不可"),
    "表扬":         _SAME,
    "通报批评":     _SAME,
    "责任认定":     _SAME,
    "督办":         _SAME,
    "督办回执":     _SAME,
    "更正":         _SAME,
}  # fmt: skip

TRANSITIONS: Final[dict[str, dict[Status, Effect]]] = {
    kind: dict(zip(STATUSES, row, strict=True)) for kind, row in _ROWS.items()
}


def effect(kind: str, status: Status) -> Effect:
    """The cell of the table for a record of ``kind`` about something whose status is ``status``."""
    return TRANSITIONS[kind][status]
