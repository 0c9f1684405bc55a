"""Who may record for which unit (``reviewers.yaml``): what a review of commits goes by."""

from functools import cached_property
from typing import ClassVar

from pydantic import Field

from gaigai_cli.model.base import Frozen, Text


class Reviewer(Frozen):
    """A person as git knows them, and the units for which they record."""

    name: Text = Field(description="姓名")
    emails: tuple[Text, ...] = Field(
        description="提交所用的邮箱（git config user.email）", min_length=1
    )
    account: Text | None = Field(None, description="在代码托管平台上的账号（不带 @）")
    units: tuple[Text, ...] = Field((), description="可以为哪些单位登记")
    keys: tuple[Text, ...] = Field(
        (), description="签名公钥：ssh 公钥（ssh-ed25519 AAAA…）或 gpg 指纹"
    )


class Reviewers(Frozen):
    """The file ``reviewers.yaml``; without the file nobody is restricted."""

    file: ClassVar[str] = "reviewers.yaml"

    people: tuple[Reviewer, ...] = Field(description="登记人", min_length=1)

    @cached_property
    def by_email(self) -> dict[str, Reviewer]:
        """People by their addresses in lower case; where two claim one, the first has it."""
        return {
            email.lower(): person for person in reversed(self.people) for email in person.emails
        }
