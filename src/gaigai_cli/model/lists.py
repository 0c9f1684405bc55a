"""Several lists by the names that people call them (``lists.yaml``)."""

from typing import ClassVar

from pydantic import Field

from gaigai_cli.model.base import Frozen, Text


class RollUpRules(Frozen):
    """What stands in every 汇总通报 of the office, set once; what is left out is left open, to be written by hand."""

    members: Text = Field("县区", description="各份清单在通报中的统称，如“县区”“单位”")
    subject: Text | None = Field(
        None, description="通报标题中的工作名称；不写则由各清单标题推出，各不相同的写“重点任务”"
    )
    mark: Text | None = Field(
        None, description="发文字号中的机关代字，如“岳市工改办发”；不写则不编号"
    )
    addressee: Text | None = Field(None, description="主送机关")
    signer: Text | None = Field(None, description="落款")
    letterhead: Text | None = Field(None, description="红头中的机关名称；不写则用落款")
    copies: Text | None = Field(None, description="抄送机关")
    printer: Text | None = Field(None, description="印发机关；不写则用落款")
    openness: Text | None = Field(None, description="公开属性，如“此件不公开”")
    contact: Text | None = Field(None, description="联系人")
    phone: Text | None = Field(None, description="联系电话")


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
