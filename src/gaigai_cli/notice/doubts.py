"""What a person has to look at: doubts, and what was left out as mere layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Protocol

from gaigai_cli.notice.document import Place

# What a doubt is about; the order is that of the list of doubts.
TITLES: Final[Mapping[str, str]] = {
    "notice": "通知的基本信息",
    "lead-rule": "牵头单位怎样识别",
    "file": "文件里的特殊内容",
    "numbers": "序号",
    "row": "看不懂的行和格",
    "extra-column": "清单里没有位置的栏目",
    "content": "工作内容",
    "units": "责任单位",
    "deadline": "完成时限",
    "unit-names": "单位名称",
    "indicators": "建议的指标",
}


class Choice(NamedTuple):
    """One thing that a doubtful text could mean: in words, and as the value that would be written."""

    label: str
    value: Any


class Key(NamedTuple):
    """What an answer answers: the same doubt of the same words, whatever file and place they come from."""

    code: str
    subject: str
    text: str


class Doubt(NamedTuple):
    """Something that was not read for certain.

    ``code`` is one of `TITLES`, ``subject`` what it concerns (an item's id, a field of the notice), ``text`` the words
    of the notice, ``why`` a Chinese sentence without its stop, ``read`` what was read from them (empty: nothing),
    ``choices`` what else they could mean. ``answer`` is the answer that was given to it; None where there is none.
    """

    code: str
    place: Place
    subject: str
    text: str
    why: str
    remedy: str
    read: str = ""
    choices: tuple[Choice, ...] = ()
    answer: Any = None

    @property
    def key(self) -> Key:
        """What an answer to it is kept under. Blanks and line ends differ between formats of one notice."""
        return Key(self.code, self.subject, "".join(self.text.split()))


class LeftOut(NamedTuple):
    """Text that stands in the file and in neither list nor doubts, because it is layout; ``what`` it is, in Chinese."""

    place: Place
    text: str
    what: str


class Known(Protocol):
    """The answers that are there already."""

    def find(self, key: Key) -> Any:
        """The answer to a doubt; None where there is none."""
        ...


@dataclass
class Notes:
    """Gathers doubts, with the answers that there are, and what was left out, while a notice is read."""

    answers: Known
    doubts: list[Doubt] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def doubt(self, doubt: Doubt) -> Any:
        """Add a doubt; the answer to it, None where there is none."""
        value = self.answers.find(doubt.key)
        self.doubts.append(doubt if value is None else doubt._replace(answer=value))
        return value

    def leave_out(self, place: Place, text: str, what: str) -> None:
        """Note a text as layout."""
        if text.strip():
            self.left_out.append(LeftOut(place, text, what))
