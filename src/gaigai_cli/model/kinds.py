"""The kinds of record: who may write one, what it must say and what it may say.

This is the table of the data format; what a kind does to an item's status stands in ``judge/transitions.py``.
"""

from typing import Literal, NamedTuple

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
            ("verified_by_unit", "signer", "despite", "summary", "basis", "stage"),
        ),
        Kind("退回补正", "office", ("answers", "reason"), ("stage", "basis")),
        Kind("撤销销号", "office", ("reason",), ("stage", "basis")),
        Kind("期满评估", "office", ("result",), ("reason", "summary", "basis")),
        Kind("申请延期", "lead", ("due", "reason"), ("summary", *_REPORT, "evidence")),
        Kind(
            "批准延期",
            "office",
            ("answers|due", "basis", "approved_by"),
            ("reason", "stage"),
        ),
        Kind("不予延期", "office", ("answers|due", "basis", "approved_by"), ("reason", "stage")),
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

DEMANDS = {name: kind.demands for name, kind in KINDS.items()}
"""What each kind needs, worked out once: every record that is read is held against it."""

ALLOWED = {name: kind.fields | SHARED_FIELDS for name, kind in KINDS.items()}
"""Every field that a record of each kind may have."""
