"""What a person has to look at: doubts, and what was left out as mere layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from gaigai_cli.notice.document import Place, squeezed
from gaigai_cli.words.heads import LABELS
from gaigai_cli.words.pattern import regex

# What a doubt is about; the order is that of the list of doubts.
TITLES: Final[Mapping[str, str]] = {
    "notice": "通知的基本信息",
    "lead-rule": "牵头单位怎样识别",
    "file": "文件里的特殊内容",
    "numbers": "序号",
    "row": "看不懂的行和格",
    "columns": "各栏是什么",
    "extra-column": "清单里没有位置的栏目",
    "content": "工作内容",
    "units": "责任单位",
    "deadline": "完成时限",
    "unit-names": "单位名称",
    "indicators": "建议的指标",
}


SUGGESTED: Final = "indicators"
"""The code of what is only suggested: a list without it is whole, so nothing has to be decided."""
COLUMN_CODES: Final = ("columns", "extra-column")
"""The codes of doubts about columns."""


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
    Doubts of one code that ask the same are one question: ``asked`` is its words (empty: a question of its own),
    ``parts`` are the doubts that it stands for.
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
    asked: str = ""
    parts: tuple[Doubt, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """What a question for several items concerns; nothing for a question of its own."""
        return tuple(part.subject for part in self.parts)

    @property
    def concerns(self) -> tuple[str, ...]:
        """What it concerns, in the words of a person: of what a file holds besides its text that is where it stands."""
        return tuple(
            each.place.words if each.code == "file" else each.subject
            for each in self.parts or (self,)
        )

    @property
    def is_of_whole_list(self) -> bool:
        """Whether it asks about the list as a whole, so that its first choice can be taken with those of its like."""
        if not self.choices:
            return False
        if self.code in ("notice", "numbers", "row"):
            return bool(self.choices[0].value == CONFIRMED)
        if self.code == "columns":
            return bool(self.read)
        if self.code == "lead-rule":
            return not self.asked
        if self.code == "deadline":
            return any(not part.text for part in self.parts)
        return self.code in ("file", "extra-column", SUGGESTED)

    @property
    def takes_words(self) -> bool:
        """Whether words can be an answer: not for fields of the notice together, nor for the rule of all leads.

        A question about leads that is about the cells of items is ``asked`` in words.
        """
        if self.code == "lead-rule":
            return bool(self.asked)
        return self.code in ("units", "deadline") or (self.code == "notice" and not self.parts)

    @property
    def answers(self) -> tuple[Any, ...]:
        """The answers that it can have; nothing where words that are read may be one, too."""
        told = self.code in ("unit-names", "numbers", "row", "lead-rule")
        if self.takes_words or not (told and self.choices):
            return ()
        return tuple(dict.fromkeys((*(choice.value for choice in self.choices), CONFIRMED)))

    @property
    def key(self) -> Key:
        """What an answer to it is kept under. Blanks and line ends differ between formats of one notice."""
        return Key(self.code, self.subject, squeezed(self.text))


class LeftOut(NamedTuple):
    """Text that stands in the file and in neither list nor doubts, because it is layout; ``what`` it is, in Chinese."""

    place: Place
    text: str
    what: str


class Refused(NamedTuple):
    """An answer that can't be read, of a doubt that stays open; ``why`` is a Chinese sentence without its stop."""

    doubt: Doubt
    value: Any
    why: str


_QUOTED: Final = regex("“[^“”]+”")
_MOST_QUOTED: Final = 30
CONFIRMED: Final = "确认"
"""The answer that what was read is right, or that the doubt has been seen."""
AS_READ: Final = (Choice("照此处理", CONFIRMED),)
SEEN: Final = (Choice("已核对", CONFIRMED),)
"""The only choice of a doubt about what was read, and of one about what was not."""


def uses_to_choose(*first: str) -> tuple[Choice, ...]:
    """Return what a column or a label may hold as choices, the likeliest ones ``first``."""
    labels = sorted(LABELS, key=lambda label: label not in first)
    return tuple(Choice(label, label) for label in labels)


def single(doubts: Iterable[Doubt]) -> Iterator[Doubt]:
    """Yield the doubts, each question for several items as those that it stands for."""
    for doubt in doubts:
        yield from doubt.parts or (doubt,)


def grouped(doubts: Sequence[Doubt]) -> Iterator[Doubt]:
    """Yield the doubts, those that ask the same of several items as one question, where the first of them stood."""
    same: dict[tuple[str, str], list[Doubt]] = {}
    for doubt in doubts:
        if doubt.asked and doubt.answer is None:
            same.setdefault((doubt.code, doubt.asked), []).append(doubt)
    for doubt in doubts:
        parts = same.get((doubt.code, doubt.asked), []) if doubt.answer is None else []
        if len(parts) < 2:
            yield doubt
        elif doubt is parts[0]:
            yield _question(parts)


def _question(parts: Sequence[Doubt]) -> Doubt:
    """Return one question for doubts that ask the same, with the choices that mean the same in each of them."""
    first = parts[0]
    heads = [f"“{part.subject}”" for part in parts if part.code in COLUMN_CODES]
    quotes = dict.fromkeys(
        heads or (quote for part in parts for quote in _QUOTED.findall(part.why))
    )
    quoted = (
        ""
        if any(quote in first.asked for quote in quotes)
        else "".join(list(quotes)[:_MOST_QUOTED])
    )
    why = f"{quoted}：{first.asked}" if quoted else first.asked
    if first.code == "deadline" and len({part.why for part in parts}) == 1:
        why = first.why  # not that there is none where all have one among their words
    return first._replace(
        subject="",
        text="\n".join(dict.fromkeys(part.text for part in parts if part.text.strip())),
        why=why,
        remedy=_EACH_FIELD if first.code == "notice" else first.remedy,
        read="\n".join(_read_words(part) for part in parts if part.read),
        choices=tuple(_common(parts)),
        parts=tuple(parts),
    )


_EACH_FIELD: Final = "请核对；要填写的选“逐处答复”"


def _read_words(part: Doubt) -> str:
    """Return what was read of one of several, each line with it; of a field of the notice also why it is not sure."""
    why = f"（{part.why}）" if part.code == "notice" else ""
    return "\n".join(f"{part.subject}：{line}{why}" for line in part.read.split("\n"))


_DAYS_READ: Final = "文中写有时间的照写，其余时限待定"


def _common(parts: Sequence[Doubt]) -> Iterator[Choice]:
    first, *others = parts
    found = [
        choice
        for choice in first.choices
        if all(any(other.value == choice.value for other in part.choices) for part in others)
    ]
    if all(part.choices == SEEN for part in parts):
        yield from SEEN
    elif all(part.read for part in parts):
        yield Choice("都照现读的写入", CONFIRMED)
    elif any(choice.value == CONFIRMED for choice in found) or (
        any(part.read for part in parts) and all(part.read or not part.text for part in parts)
    ):
        label = _DAYS_READ if first.code == "deadline" else "照现读的写入，没有的先空着"
        yield Choice(label, CONFIRMED)
    for choice in found:
        if choice.value != CONFIRMED:
            yield choice._replace(label=choice.label.partition("：")[0])
