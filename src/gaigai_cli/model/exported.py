"""The tables that an export has: a row a column, by whose heads an import tells them again."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, Generic, NamedTuple, TypeVar

from gaigai_cli.model.base import Frozen
from gaigai_cli.model.deadline import Assessed, Fixed, Staged
from gaigai_cli.model.departments import Unit
from gaigai_cli.model.indicators import TARGET_WORDS, Indicator
from gaigai_cli.model.labels import KIND_WORDS, label_of, word_of
from gaigai_cli.model.roles import UNIT_LISTS
from gaigai_cli.model.tasks import ListedItem, Notice, RoleNames

T = TypeVar("T")

EXAMPLE: Final = "示例数据，非真实进展"
"""Stands above whatever is made of an example."""
EXAMPLE_HEAD: Final = "示例数据"
YES: Final = "是"


class ExportColumn(NamedTuple, Generic[T]):
    """A column of a table: its head, and what it says of one."""

    head: str
    says: Callable[[T], str]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _days(deadline: Any) -> tuple[date | None, date | None]:
    """Return first and last day of a deadline, as far as it has them."""
    if isinstance(deadline, Fixed):
        return deadline.from_, deadline.due
    if isinstance(deadline, Assessed):
        return deadline.from_, deadline.until
    if isinstance(deadline, Staged):
        return None, deadline.stages[-1].due
    return None, None


def _units(field: str, head: str) -> ExportColumn[ListedItem]:
    return ExportColumn(head, lambda one: "、".join(getattr(one.units, field)))


def _said(part: Frozen | None, name: str) -> str:
    """Return what a part of the list says; empty where there is no such part."""
    return str(getattr(part, name)) if part else ""


ITEMS: Final[tuple[ExportColumn[ListedItem], ...]] = (
    ExportColumn("任务序号", lambda one: one.task.id),
    ExportColumn("主要任务", lambda one: one.task.title),
    ExportColumn("事项编号", lambda one: one.id),
    ExportColumn("工作内容", lambda one: one.item.content),
    *(_units(field, head) for field, head in UNIT_LISTS.items()),
    ExportColumn("责任单位原文", lambda one: one.units.text),
    ExportColumn("完成时限原文", lambda one: one.deadline.text),
    ExportColumn("时限类型", lambda one: KIND_WORDS[one.deadline.kind]),
    ExportColumn("起始日期", lambda one: _day(_days(one.deadline)[0])),
    ExportColumn("到期日期", lambda one: _day(_days(one.deadline)[1])),
    ExportColumn("责任领导", lambda one: one.item.leader or ""),
    ExportColumn("责任人", lambda one: one.item.contact or ""),
    ExportColumn("佐证要求", lambda one: one.item.criteria or ""),
    ExportColumn("调出日期", lambda one: _said(one.item.removed, "on")),
    ExportColumn("调出依据", lambda one: _said(one.item.removed, "basis")),
    ExportColumn("结转自文号", lambda one: _said(one.item.carried_from, "number")),
    ExportColumn("结转自编号", lambda one: _said(one.item.carried_from, "id")),
)


class ListedIndicator(NamedTuple):
    """An indicator and the item that it is of."""

    item: str
    indicator: Indicator

    @property
    def target(self) -> tuple[str, Any]:
        """The kind of its target, and the value."""
        ((kind, value),) = self.indicator.target.model_dump(exclude_none=True).items()
        return kind, value


def _target(one: ListedIndicator) -> str:
    kind, value = one.target
    return word_of("trend", value) if kind == "trend" else str(value)


INDICATORS: Final[tuple[ExportColumn[ListedIndicator], ...]] = (
    ExportColumn("事项编号", lambda one: one.item),
    ExportColumn("指标编号", lambda one: one.indicator.id),
    ExportColumn("指标名称", lambda one: one.indicator.name),
    ExportColumn("计量单位", lambda one: one.indicator.unit or ""),
    ExportColumn("目标类型", lambda one: TARGET_WORDS[one.target[0]]),
    ExportColumn("目标值", _target),
    ExportColumn("计量方式", lambda one: word_of("measure", one.indicator.measure)),
    ExportColumn("考核范围", lambda one: word_of("per", one.indicator.per)),
    ExportColumn("数据提供单位", lambda one: one.indicator.provider or ""),
    ExportColumn("判定周期", lambda one: word_of("cycle", one.indicator.cycle or "")),
    ExportColumn("基期数值", lambda one: _said(one.indicator.baseline, "value")),
    ExportColumn("基期说明", lambda one: _said(one.indicator.baseline, "label")),
    ExportColumn("口径说明", lambda one: one.indicator.note or ""),
)
UNITS: Final[tuple[ExportColumn[Unit], ...]] = (
    ExportColumn("单位", lambda unit: unit.name),
    ExportColumn("别名", lambda unit: "、".join(unit.aliases)),
    ExportColumn("曾用名", lambda unit: "、".join(unit.former)),
    ExportColumn("垂直管理", lambda unit: YES if unit.vertical else ""),
)
NOTICE: Final[tuple[ExportColumn[tuple[str, str]], ...]] = (
    ExportColumn("通知", lambda pair: pair[0]),
    ExportColumn("内容", lambda pair: pair[1]),
)
NOTICE_LABELS: Final = {
    name: label_of(Notice, name)
    for name in ("title", "number", "issuer", "issued", "year", "addressee", "office")
}
ROLE_LABELS: Final = {name: label_of(RoleNames, name) for name in RoleNames.model_fields}


def heads(columns: tuple[ExportColumn[T], ...]) -> tuple[str, ...]:
    """Return the heads of a table."""
    return tuple(column.head for column in columns)
