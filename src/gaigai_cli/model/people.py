"""People: who may record for which unit (``reviewers.yaml``), whom the office calls at each (``contacts.yaml``).

A review of commits goes by the first; names and telephones of the second are what git overlooks by default.
"""

from datetime import date
from functools import cached_property
from typing import Annotated, ClassVar, Final, Literal, get_args

from pydantic import Field, model_validator

from gaigai_cli.model.base import Day, Frozen, Text, refuse


class Person(Frozen):
    """A person as git knows them."""

    name: Text = Field(description="姓名")
    emails: tuple[Text, ...] = Field(
        description="提交所用的邮箱（git config user.email）", min_length=1
    )
    account: Text | None = Field(None, description="在代码托管平台上的账号（不带 @）")
    keys: tuple[Text, ...] = Field(
        (), description="签名公钥：ssh 公钥（ssh-ed25519 AAAA…）或 gpg 指纹"
    )

    def has(self, email: str) -> bool:
        """Return whether an address is theirs."""
        return email.lower() in {own.lower() for own in self.emails}


class Reviewer(Person):
    """A person, and the units for which they record."""

    units: tuple[Text, ...] = Field((), description="可以为哪些单位登记")


class Reviewers(Frozen):
    """The file ``reviewers.yaml``; without the file nobody is restricted."""

    file: ClassVar[str] = "reviewers.yaml"

    people: tuple[Reviewer, ...] = Field(description="登记人", min_length=1)
    maintainers: tuple[Person, ...] = Field(
        (), description="维护仓库的人：可以改模板、自动检查等不属于台账的文件"
    )

    @property
    def everybody(self) -> tuple[Person, ...]:
        """All who are listed."""
        return (*self.people, *self.maintainers)

    @cached_property
    def by_email(self) -> dict[str, Person]:
        """People by their addresses in lower case; where two claim one, the first has it."""
        return {
            email.lower(): person for person in reversed(self.everybody) for email in person.emails
        }

    def maintains(self, person: Person) -> bool:
        """Return whether a person is among the maintainers, by any address."""
        return any(one.has(email) for one in self.maintainers for email in person.emails)


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
