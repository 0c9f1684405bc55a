"""Several lists by the names that people call them (``lists.yaml``)."""

from typing import ClassVar

from pydantic import Field

from gaigai_cli.model.base import Frozen, Text
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
