"""The task list as issued: notice, tasks, items."""

import re
from collections import Counter
from functools import cached_property
from typing import ClassVar, NamedTuple

from pydantic import Field

from gaigai_cli.model.base import CONFIRMED, Day, Flag, Frozen, Id, Text, Whole
from gaigai_cli.model.calendar import YEARS
from gaigai_cli.model.deadline import Deadline, Staged
from gaigai_cli.model.indicators import Indicator
from gaigai_cli.model.roles import RoleField


class RoleNames(Frozen):
    """The notice's own words for the roles; on the screen their short forms 牵头, 责任, 配合 are used."""

    lead: Text = Field("牵头责任单位", description="牵头单位在文件中的叫法")
    responsible: Text = Field("责任单位", description="责任单位在文件中的叫法")
    support: Text = Field("配合单位", description="配合单位在文件中的叫法")


class Notice(Frozen):
    """The document that issued the list."""

    title: Text = Field(description="任务清单标题")
    number: Text = Field(description="文号")
    issuer: Text = Field(description="印发机关")
    issued: Day = Field(description="印发日期")
    year: Whole = Field(description="任务年度", ge=YEARS[0], le=YEARS[-1])
    addressee: Text = Field(description="主送机关")
    office: Text = Field(description="督办机构：核验销号、批复延期、印发通报的单位")
    subject: Text | None = Field(
        None,
        description="通报标题中的工作名称，如“工程建设项目审批制度改革工作”；不写则由清单标题推出",
    )
    role_names: RoleNames = Field(default_factory=RoleNames, description="各类单位在文件中的叫法")
    example: Flag = Field(False, description="true：示例数据，非真实进展")

    @property
    def place(self) -> str:
        """The county or other place whose list it is, 岳阳县, as title or issuer begin; empty where none is named."""
        texts = (self.title, self.issuer)
        found = (re.match("[\u4e00-\u9fff]{1,8}?(?:[县市区旗]|州(?!市))", text) for text in texts)
        return next((place[0] for place in found if place), "")


class UnitCell(Frozen):
    """The units of an item: the cell as issued, and what it says."""

    text: Text = Field(description="责任单位一栏的原文")
    confirmed: Flag | None = Field(None, description=CONFIRMED)
    lead: tuple[Text, ...] = Field((), description="牵头单位")
    responsible: tuple[Text, ...] = Field((), description="责任单位（不带★）")
    support: tuple[Text, ...] = Field((), description="配合单位")
    open: tuple[Text, ...] = Field((), description="未逐一列名的单位，如“等相关部门”")

    @property
    def by_role(self) -> dict[RoleField, tuple[str, ...]]:
        """The units of each role as the list writes them."""
        return {"lead": self.lead, "responsible": self.responsible, "support": self.support}

    @property
    def named(self) -> tuple[str, ...]:
        """Every unit that the cell names, leads first."""
        return (*self.lead, *self.responsible, *self.support)


class Removal(Frozen):
    """An item that an amendment took out; its records stay valid."""

    on: Day = Field(description="调出清单的日期")
    basis: Text = Field(description="依据（文号）")


class Origin(Frozen):
    """The item of an earlier list that this one carries on."""

    number: Text = Field(description="上一清单的文号")
    id: Id = Field(description="上一清单中的编号")


class Item(Frozen):
    """A row of the notice's table, or a numbered point in a row (事项)."""

    id: Id = Field(description="事项编号，如 16.2", pattern=r"^\S+\.\d+$")
    content: Text = Field(description="工作内容原文")
    units: UnitCell | None = Field(None, description="责任单位；不写则沿用任务的")
    deadline: Deadline | None = Field(None, description="完成时限；不写则沿用任务的")
    criteria: Text | None = Field(None, description="佐证要求（督办机构提出）")
    indicators: tuple[Indicator, ...] = Field((), description="指标")
    leader: Text | None = Field(None, description="责任领导")
    contact: Text | None = Field(None, description="责任人或联系人")
    removed: Removal | None = Field(None, description="调出清单（不删除，原有记录仍有效）")
    carried_from: Origin | None = Field(None, description="由上一清单结转")

    @property
    def point(self) -> int:
        """Its number within the task: 第16项第2条 is point 2 of task 16."""
        return int(self.id.rpartition(".")[2])


class Task(Frozen):
    """A numbered task of the notice (任务) with its items."""

    id: Id = Field(description="任务序号")
    title: Text = Field(description="主要任务")
    units: UnitCell | None = Field(None, description="本任务各事项共同的责任单位")
    deadline: Deadline | None = Field(None, description="本任务各事项共同的完成时限")
    items: tuple[Item, ...] = Field(description="事项", min_length=1)


class ListedItem(NamedTuple):
    """An item with everything that it inherits from its task. Two are the same when task and item are.

    ``titled``: its task's title says which item is meant, as it has no other item, and no other task has that title.
    """

    task: Task
    item: Item
    units: UnitCell
    deadline: Deadline
    titled: bool

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def counted(self) -> bool:
        """Whether stages or an indicator's number carry its percent, which then is no estimate and grows in lumps."""
        numbers = (indicator.target.number is not None for indicator in self.item.indicators)
        return isinstance(self.deadline, Staged) or any(numbers)


class TaskList(Frozen):
    """The file ``tasks.yaml``."""

    file: ClassVar[str] = "tasks.yaml"

    notice: Notice = Field(description="印发任务清单的文件")
    tasks: tuple[Task, ...] = Field(description="主要任务；新建的清单可以还没有任务：[]")

    @cached_property
    def listed(self) -> tuple[ListedItem, ...]:
        """All items in the notice's order that have units and a deadline, own or inherited."""
        items = Counter(task.title for task in self.tasks for _ in task.items)
        return tuple(
            ListedItem(task, item, units, deadline, titled=items[task.title] == 1)
            for task in self.tasks
            for item in task.items
            if (units := item.units or task.units) and (deadline := item.deadline or task.deadline)
        )

    @cached_property
    def by_id(self) -> dict[str, ListedItem]:
        """The listed items by their ids; of a duplicated id the first."""
        first: dict[str, ListedItem] = {}
        for listed in self.listed:
            first.setdefault(listed.id, listed)
        return first
