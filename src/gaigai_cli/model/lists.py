"""Several lists by the names that people call them (``lists.yaml``)."""

from typing import ClassVar

from pydantic import Field

from gaigai_cli.model.base import Frozen, Text


class Lists(Frozen):
    """The file ``lists.yaml``: what an office that looks at several lists calls each, and where it lies."""

    file: ClassVar[str] = "lists.yaml"

    lists: dict[Text, Text] = Field(
        description="各份清单：名称和数据目录（从本文件所在的文件夹算起）", min_length=1
    )
