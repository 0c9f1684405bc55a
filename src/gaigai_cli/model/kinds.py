"""The kinds of record: who may write one, what it must say and what it may say.

This is the table of the data format; what a kind does to an item's status stands in ``judge/transitions.py``.
"""

from typing import Final, Literal, NamedTuple

from gaigai_cli.model.statuses import STATUSES, Status

Author = Literal["unit", "lead", "office", "own"]
"""Any unit of the item | a lead of the item | the office alone | whoever owns the log."""

About = Literal["item", "maybe", "none"]
"""Whether the record names one item: it must, it may, it must not."""


class Kind(NamedTuple):
    """One row of the table. ``needs`` holds field names; ``a|b`` means at least one of both."""

    name: str
    by: Author
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    about: About = "item"

    @property
    def demands(self) -> tuple[tuple[str, ...], ...]:
        """What it needs, its item included: of each group of fields at least one."""
        item = (("item",),) if self.about == "item" else ()
        return (*(tuple(need.split("|")) for need in self.needs), *item)

    @property
    def fields(self) -> frozenset[str]:
        """Every field that it may carry besides the ones that all records share."""
        needed = (name for demand in self.demands for name in demand)
        return frozenset((*needed, *self.may, *(() if self.about == "none" else ("item",))))


SHARED_FIELDS = frozenset({"id", "date", "kind", "by", "via", "source"})

_REPORT = ("percent", "problems", "late_reason", "next", "metrics", "period", "stage")
_PRAISE = ("to", "basis")

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("进展", "unit", ("summary",), (*_REPORT, "evidence", "not_started")),
        Kind("申请销号", "lead", ("evidence",), ("summary", *_REPORT)),
        Kind("撤回申请", "lead", ("answers",), ("reason",)),
        Kind(
            "核验销号",
            "office",
            ("answers",),
            ("verified_by_unit", "signer", "despite", "summary", "basis", "stage", "finished"),
        ),
        Kind("退回补正", "office", ("answers", "reason"), ("stage", "basis")),
        Kind("撤销销号", "office", ("reason",), ("stage", "basis")),
        Kind("期满评估", "office", ("result",), ("reason", "summary", "basis")),
        Kind("申请延期", "lead", ("due", "reason"), ("summary", *_REPORT, "evidence")),
        Kind(
            "批准延期",
            "office",
            ("answers|due", "basis", "approved_by"),
            ("reason", "stage", "asked"),
        ),
        Kind(
            "不予延期",
            "office",
            ("answers|due", "basis", "approved_by"),
            ("reason", "stage", "asked"),
        ),
        Kind("条件未具备", "office", ("basis",), ("reason", "evidence")),
        Kind("条件具备", "office", (), ("basis", "reason", "evidence")),
        Kind("明确责任单位", "office", ("units", "role", "basis"), ("reason",)),
        Kind("变更责任单位", "office", ("units", "role", "basis"), ("reason",)),
        Kind("核减", "office", ("basis",), ("reason",)),
        Kind("表扬", "office", _PRAISE, ("reason", "summary"), "maybe"),
        Kind("通报批评", "office", _PRAISE, ("reason", "summary"), "maybe"),
        Kind("责任认定", "office", _PRAISE, ("reason", "summary"), "maybe"),
        Kind(
            "督办",
            "office",
            ("to", "items", "level", "number", "reply_by"),
            ("reason", "summary", "basis"),
            "none",
        ),
        Kind("督办回执", "own", ("answers",), ("summary", "evidence"), "none"),
        Kind("更正", "own", ("corrects", "reason", "set|void"), (), "none"),
    )
}

WORDS: Final = frozenset(
    {
        "by",
        "summary",
        "problems",
        "late_reason",
        "next",
        "reason",
        "basis",
        "approved_by",
        "verified_by_unit",
        "signer",
        "despite",
    }
)
"""Fields that a 更正 may change at any time. Every other one decides something: see ``judge/checks/decided.py``."""

DEMANDS = {name: kind.demands for name, kind in KINDS.items()}
"""What each kind needs, worked out once: every record that is read is held against it."""

ALLOWED = {name: kind.fields | SHARED_FIELDS for name, kind in KINDS.items()}
"""Every field that a record of each kind may have."""


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
