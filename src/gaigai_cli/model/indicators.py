"""What a task list measures: an indicator, its target, and the values that records carry for it."""

import re
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from gaigai_cli.model.base import Day, Frozen, Id, Number, Text, refuse

Measure = Literal["entries", "sum", "latest"]


TARGET_WORDS: Final = {
    "at_least": "不少于",
    "at_most": "不超过",
    "equal": "等于",
    "trend": "较基期",
    "text": "文字目标",
    "undecided": "口径待明确",
}
NUMBER_TARGETS: Final = ("at_least", "at_most", "equal")
"""The kinds of target that are a number."""


def bound_words(kind: str, number: str) -> str:
    """Return a target of one of ``NUMBER_TARGETS`` as it is said: 不少于3次, but a share 不低于90%."""
    share = kind == "at_least" and number.endswith("%")
    return f"{'不低于' if share else TARGET_WORDS[kind]}{number}"


class Target(Frozen):
    """What an indicator must reach; exactly one of the fields is given."""

    at_least: Number | None = Field(None, description="不少于")
    at_most: Number | None = Field(None, description="不超过")
    equal: Number | None = Field(None, description="等于")
    trend: Literal["up", "down"] | None = Field(
        None, description="较基期：up 提高或增加，down 降低或减少"
    )
    text: Text | None = Field(None, description="文字目标，由督办机构认定")
    undecided: Text | None = Field(None, description="口径待明确：只列示，不判定")

    @property
    def number(self) -> Decimal | None:
        """The number that is to be reached; None where the target is no number."""
        return next((n for n in (self.at_least, self.at_most, self.equal) if n is not None), None)

    @model_validator(mode="after")
    def _one(self) -> "Target":
        if len(self.model_fields_set) != 1:
            raise refuse("bad-target", "应当且只能写一种")
        return self


class Baseline(Frozen):
    """The value that a trend is held against, and what it is (上年同期, say)."""

    value: Number = Field(description="基期数值")
    label: Text = Field(description="基期说明，如“2023年全年”")


class Indicator(Frozen):
    """A figure that an item of the notice asks for."""

    id: Id = Field(description="指标编号（英文短名），在本事项内不重复")
    name: Text = Field(description="指标名称")
    unit: Text | None = Field(None, description="计量单位，如 %、个、篇")
    target: Target = Field(description="目标")
    measure: Measure = Field(
        description="entries 逐件登记计数，sum 各次数值累加，latest 以最近一次为准"
    )
    baseline: Baseline | None = Field(None, description="基期；没有基期的升降指标不判定")
    per: Literal["total", "unit", "undecided"] = Field(
        "total", description="total 全县合计，unit 每个单位各自完成，undecided 口径待明确"
    )
    provider: Text | None = Field(None, description="数据提供单位：只采用它报的数")
    cycle: Literal["month"] | None = Field(None, description="month：逐月判定")
    note: Text | None = Field(None, description="口径说明")

    @property
    def adds_up(self) -> bool:
        """Whether its figure grows till the deadline, in lumps: a count, a sum, a number that isn't a percentage."""
        number = self.target.at_least is not None and self.unit != "%" and self.cycle is None
        return self.measure != "latest" or number

    @property
    def is_share(self) -> bool:
        """Whether it is a part of a whole, which is never less than nothing nor more than all: 合格率, 占比."""
        named = _SHARE.search(self.name) and not _BEYOND_ALL.search(self.name)
        return self.unit == "%" and bool(named)

    @property
    def counts_things(self) -> bool:
        """Whether it is a number of whole things, and no average of them: 项目数, but not 平均跑动次数."""
        return self.unit in _WHOLE and "均" not in self.name


_WHOLE: Final = frozenset(
    "个 位 件 项 次 篇 场 期 家 户 名 人 宗 例 批 份 条 座 处 套 台 间 所 支 只 张 幅 株 辆 部 门 本 块 "
    "人次 场次 件次 家次 户次 轮次 班次".split()
)
_SHARE: Final = re.compile("率|占比|比例|比重|满意度|覆盖面")
_BEYOND_ALL: Final = re.compile("增|升|完成率|收益|利润|回报|周转|负债|杠杆|溢价|拨备")
"""Rates that may well be above 100 %, or below 0: 增长率, 超额完成的完成率."""


class MetricEntry(Frozen):
    """One thing counted: a project, a training, an article. The same reference counts once."""

    name: Text = Field(description="名称")
    date: Day = Field(description="日期")
    reference: Text = Field(description="文号、项目代码或链接；同一依据只计一次")


MetricValue = Decimal | tuple[MetricEntry, ...] | dict[str, Decimal]


def _form(value: object) -> str:
    """Return the form of a value by its shape, so that an error speaks of that form alone."""
    if isinstance(value, list | tuple):
        return "entries"
    return "by_unit" if isinstance(value, dict) else "number"


Metric = Annotated[
    Annotated[Number, Tag("number")]
    | Annotated[tuple[MetricEntry, ...], Tag("entries")]
    | Annotated[dict[str, Number], Tag("by_unit")],
    Discriminator(_form),
]
"""A decimal, a list of entries, or a map from unit to decimal."""
