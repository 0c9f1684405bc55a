"""Several lists together: by the names that people call them (``lists.yaml``), or each in a state file."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from gaigai_cli.model.base import Day, Flag, Frozen, Text, Whole
from gaigai_cli.model.rules import Frame


class RollUpRules(Frame):
    """The 汇总通报 on several lists."""

    members: Text = Field("县区", description="各份清单在通报中的统称，如“县区”“单位”")
    subject: Text | None = Field(
        None, description="通报标题中的工作名称；不写则由各清单标题推出，各不相同的写“重点任务”"
    )
    mark: Text | None = Field(
        None, description="发文字号中的机关代字，如“岳市工改办发”；不写则不编号"
    )


class Lists(Frozen):
    """The file ``lists.yaml``: what an office that looks at several lists calls each, and where it lies."""

    file: ClassVar[str] = "lists.yaml"

    lists: dict[Text, Text] | None = Field(
        None,
        description="各份清单：名称和数据目录（从本文件所在的文件夹算起）；只用状态文件的可以不写",
        min_length=1,
    )
    roll_up: RollUpRules = Field(
        default_factory=RollUpRules, description="汇总通报（report --roll-up）的固定内容"
    )


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
