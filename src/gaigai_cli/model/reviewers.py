"""Who may record for which unit (``reviewers.yaml``): what a review of commits goes by."""

from functools import cached_property
from typing import ClassVar

from pydantic import Field

from gaigai_cli.model.base import Frozen, Text


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
