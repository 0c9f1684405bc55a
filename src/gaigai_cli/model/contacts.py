"""Whom the office calls at each unit (``contacts.yaml``): names and telephones, which git overlooks by default."""

from datetime import date
from typing import Annotated, ClassVar, Final, Literal, get_args

from pydantic import Field, model_validator

from gaigai_cli.model.base import Day, Frozen, Text, refuse

Duty = Literal["分管负责同志", "联络员"]
DUTIES: Final[tuple[Duty, ...]] = get_args(Duty)


class Contact(Frozen):
    """A person who answers for a unit, from a day on."""

    unit: Text = Field(description="单位")
    duty: Duty = Field(description="职责：分管负责同志或联络员")
    name: Text = Field(description="姓名")
    post: Text | None = Field(None, description="职务")
    office_phone: Text | None = Field(None, description="办公电话")
    mobile: Text | None = Field(None, description="手机")
    from_: Annotated[Day, Field(alias="from", description="自哪一天起")]
    to: Day | None = Field(None, description="到哪一天止；换了人的不用写，看下一个人自哪天起")

    @model_validator(mode="after")
    def _in_order(self) -> "Contact":
        if self.to is not None and self.to < self.from_:
            raise refuse("start-after-end", f"“到”{self.to}早于“自”{self.from_}")
        return self

    def holds(self, day: date) -> bool:
        """Return whether it is so on a day, if nobody has followed."""
        return self.from_ <= day and (self.to is None or day <= self.to)

    @property
    def told(self) -> str:
        """Who it is and how to reach them at the office: 联络员 张三（办公室主任，0000-0000000）; never a mobile."""
        more = "，".join(filter(None, (self.post, self.office_phone)))
        return f"{self.duty}{self.name}{f'（{more}）' if more else ''}"


class Contacts(Frozen):
    """The file ``contacts.yaml``."""

    file: ClassVar[str] = "contacts.yaml"

    contacts: tuple[Contact, ...] = Field(description="各单位的联系人，新的写在后面")
