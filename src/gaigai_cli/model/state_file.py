"""A state file: one list as judged on a day, for whoever looks at many from above."""

from typing import Any, Literal

from pydantic import Field

from gaigai_cli.model.base import Day, Flag, Frozen, Text, Whole


class StateHead(Frozen):
    """What a state file begins with: all that ``status`` needs. ``figures`` is its JSON."""

    format: Literal["gaigai state 1"] = Field(description="文件格式")
    title: Text = Field(description="任务清单标题")
    number: Text = Field(description="任务清单文号")
    issuer: Text = Field(description="任务清单印发机关")
    year: Whole = Field(description="任务年度")
    day: Day = Field(description="截至日期")
    commit: str | None = Field(description="数据所在的 git 提交；null：不在 git 中")
    clean: Flag = Field(description="true：数据和该提交完全一致，可以据此重新计算核对")
    program: Text = Field(description="生成文件的程序版本")
    notes: tuple[Text, ...] = Field(description="须随数据一起说明的话，如“示例数据，非真实进展”")
    figures: dict[str, Any] = Field(description="总体数字，同 gaigai status --format json")


class StateFile(StateHead):
    """What ``export --state`` writes. ``items`` is the JSON of ``list``."""

    items: tuple[dict[str, Any], ...] = Field(
        description="各事项在当日的情况，同 gaigai list --format json"
    )
    month: dict[str, Any] = Field(description="汇总通报用的当月情况，截至当日24时")
    kept: dict[str, Any] = Field(description="程序据以重新列表的内容，请勿改动")
