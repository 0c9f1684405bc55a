"""What a record may say, as questions that any front end can ask, and how the words of an answer are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final, Literal, Protocol

from gaigai_cli.errors import GaigaiError, miswritten, some_of
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.deadline import Recurring, occurrences
from gaigai_cli.model.indicators import Indicator, MetricEntry, MetricValue
from gaigai_cli.model.kinds import KINDS, KindName
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.people import DUTIES
from gaigai_cli.model.records import (
    AGREEMENTS,
    HANDLINGS,
    MEANS,
    RESULTS,
    VIAS,
    WAYS,
    Milestone,
    label,
)
from gaigai_cli.model.roles import FIELD_OF
from gaigai_cli.words.normal import plain
from gaigai_cli.words.say import coordinator, coordinators, dated, full_day, turn_words
from gaigai_cli.words.typed import meant, typed_path, unclear_share
from gaigai_cli.work import values
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.evidence import EvidenceFiles

_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_ENTRY_PARTS: Final = 3
_TURNS_NAMED: Final = 4
_PAST: Final = frozenset({"date", "finished", "asked"})
_COMING: Final = frozenset({"due", "reply_by"})
_UNITS: Final = frozenset({"units", "to", "assist"})
_CHOICES: Final[Mapping[str, Iterable[str]]] = {
    "agrees": AGREEMENTS,
    "duty": tuple(reversed(DUTIES)),
    "handling": HANDLINGS,
    "means": MEANS,
    "result": RESULTS,
    "role": tuple(FIELD_OF),
    "via": VIAS,
    "way": WAYS,
}
"""The fields that are one of a few words; 由谁协调 is besides, by the office's own level."""

Read = Callable[[Sequence[str]], Any]
"""The words given for a field, one for each time, read into its value. Raises ``GaigaiError``."""

Form = Literal[
    "words", "text", "number", "day", "month", "choice", "flag", "units", "item", "files", "figures"
]
"""What an answer looks like: a line, several lines, …, document numbers and files, figures of indicators."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a record may say.

    ``asked``: a person is asked for it even where it may be left out. ``many``: it may be answered several times.
    ``hint`` says how an answer looks. ``choices`` are words with what they stand for; ``free``: other words may be the
    answer, too. ``because`` says what has to be known before it is answered, ``more`` how many answers there are
    already, ``alike`` how many questions further on may have the same. ``parts`` are questions of their own, each with
    what its answers begin with.
    """

    name: str
    read: Read
    form: Form = "words"
    required: bool = False
    asked: bool = True
    many: bool = False
    words: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    free: bool = False
    because: str = ""
    more: int = 0
    alike: int = 0
    default: str = ""
    parts: tuple[tuple[str, Question], ...] = ()

    @property
    def label(self) -> str:
        """What it is called."""
        return self.words or label(self.name)


class InTurn(Protocol):
    """Questions that are asked one after the other; what is asked next may depend on what was answered."""

    @property
    def question(self) -> Question | None:
        """The question that is to be answered now; None at the end."""

    def answer(self, words: Sequence[str], *, alike: bool = False) -> None:
        """Take an answer, for those that are ``alike``, too. Raises ``GaigaiError`` for one that can't be taken."""

    def back(self) -> bool:
        """Take back the last answer; whether there was one."""

    def skip(self) -> None:
        """Leave the question open. Raises ``GaigaiError`` where that can't be."""


class AskedInTurn:
    """Questions whose answers are independent of each other, each of its parts as a question of its own."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._steps = [(one.name, *step) for one in questions for step in one.parts or (("", one),)]
        self._answers: list[tuple[int, Sequence[str]]] = []

    @property
    def question(self) -> Question | None:
        """The next one; again what may be answered several times, until it is left out."""
        if self._next == len(self._steps):
            return None
        question = self._steps[self._next][2]
        more = sum(step == self._next for step, _ in self._answers)
        return replace(question, required=question.required and not more, more=more)

    @property
    def are_several(self) -> bool:
        """Whether there is more than one question."""
        return len(self._steps) > 1

    @property
    def _next(self) -> int:
        if not self._answers:
            return 0
        step, words = self._answers[-1]
        question = self._steps[step][2]
        return step if words and question.many and not question.choices else step + 1

    @property
    def given(self) -> dict[str, list[str]]:
        """The words of the answers by the names of the questions; what says nothing is left out."""
        found: dict[str, list[str]] = {}
        for step, answers in self._answers:
            name, start, _ = self._steps[step]
            if answers:
                found.setdefault(name, []).extend(f"{start}{words}" for words in answers)
        return found

    def answer(self, words: Sequence[str], *, alike: bool = False) -> None:
        """Take the words of an answer."""
        self._answers.append((self._next, words))

    def back(self) -> bool:
        """Take back the last answer."""
        return bool(self._answers and self._answers.pop())

    def skip(self) -> None:
        """Leave out what may be left out."""
        question = self.question
        if question and question.required and not question.default:
            raise GaigaiError("这一项必须填写")
        self.answer([question.default] if question and question.default else [])


def only(read: Callable[[str], Any]) -> Read:
    """Return how the words are read that are given for a field once."""
    return lambda given: read(given[0])


def needed(kind: KindName, questions: Sequence[Question]) -> list[Question]:
    """Return the questions, of which those must be answered that no record of the kind may lack."""
    demands = KINDS[kind].demands
    return [replace(q, required=True) if (q.name,) in demands else q for q in questions]


def read_answers(
    questions: Sequence[Question], given: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Return what the answers say, field by field; what says nothing is left out."""
    said = {}
    for one in questions:
        words = given.get(one.name) or ([one.default] if one.default else [])
        if words:
            said[one.name] = one.read(words)
    return said


def tried_answers(
    questions: Sequence[Question], given: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Any], list[tuple[Question, str]]]:
    """Return what `read_answers` does, and each question whose answer can't be read or is missing, with why."""
    said: dict[str, Any] = {}
    wrong = []
    for one in questions:
        try:
            for start, part in one.parts:  # in its own field, where nothing stands before it
                for words in given.get(one.name, ()):
                    if words.startswith(start):
                        part.read([words.removeprefix(start)])
            said |= read_answers([one], given)
        except GaigaiError as error:
            head, _, why = error.message.partition("写错了：")
            if head.strip(" “”") in (one.label, label(one.name)):
                why = f"{why}写得不对" if why.endswith("”") else why
                error = GaigaiError(why, error.remedy)
            wrong.append((one, str(error)))
        else:
            if one.required and one.name not in said:
                wrong.append((one, "请选择" if one.choices else "请填写"))
    return said, wrong


def written_text(words: str) -> str:
    """Return words that say something, letter for letter."""
    if not words.strip():
        raise GaigaiError("内容是空的", "请填写，或不写这个选项")
    return words


def percent(words: str) -> int:
    """Return ``60`` or ``60%``, 0 to 100."""
    number = plain(words).removesuffix("%")
    if not number.isdecimal() or len(number) > len("100") or int(number) > 100:
        raise miswritten("完成百分比", f"“{words}”", "应写 0 到 100 的整数")
    return int(number)


def text(
    name: str,
    *,
    required: bool = False,
    asked: bool = True,
    long: bool = False,
    words: str = "",
) -> Question:
    """Return a question for words; ``long`` where they may be several lines."""
    form: Form = "text" if long else "words"
    return Question(name, only(written_text), form, required=required, asked=asked, words=words)


def flag(name: str) -> Question:
    """Return a field that is true where it is said."""
    return Question(name, lambda _: True, "flag", asked=False)


@dataclass(frozen=True)
class Questions:
    """Makes questions whose answers mean something for a list, an item or a unit only.

    ``named`` says how messages call a field. Days to come are counted from ``since`` on, None: from today.
    """

    directory: Directory
    item: JudgedItem | None = None
    files: EvidenceFiles | None = None
    named: Callable[[str], str] = label
    since: date | None = None

    def of(self, name: str) -> Question:
        """Return the question for a field by itself, whatever record it is of."""
        made: Mapping[str, Callable[[], Question]] = {
            "evidence": self.evidence,
            "item": self.about,
            "metrics": self.metrics,
            "milestones": self.milestones,
            "completed": self.completed,
            "percent": self.percent,
            "period": self.period,
            "stage": self.stage,
        }
        if name in made:
            return made[name]()
        if name in _UNITS:
            return self.units(name)
        if name in _PAST:
            return self._past_day(name)
        if name in _COMING:
            return self.day(name)
        return self.choice(name) if name in (*_CHOICES, "coordinate") else text(name)

    def choice(self, name: str, *, asked: bool = False) -> Question:
        """Return one of the few words that the field may be; keys of a mapping stand for its words, too."""
        office = self.directory.ledger.office
        own = coordinators(office) if name == "coordinate" else _CHOICES[name]
        known: Mapping[str, str] = own if isinstance(own, Mapping) else {word: word for word in own}
        shown = tuple((word, coordinator(word, office)) for word in dict.fromkeys(known.values()))

        def read(words: str) -> str:
            return known[values.choice(words, known, self.named(name))]

        return Question(name, only(read), "choice", asked=asked, choices=shown)

    def day(self, name: str, *, required: bool = False, words: str = "") -> Question:
        """Return a day to come, as people write it."""

        def read(typed: str) -> date:
            return self.directory.coming_day(typed, what=self.named(name), today=self.since)

        return Question(name, only(read), "day", required=required, asked=False, words=words)

    def _past_day(self, name: str) -> Question:
        """Return a day on which something happened, never asked for."""

        def read(typed: str) -> date:
            return self.directory.past_day(typed, what=self.named(name))

        return Question(name, only(read), "day", asked=False)

    def date(self) -> Question:
        """Return the day that the record is true of; never asked for, today where it isn't said."""
        return self._past_day("date")

    def stated(self, name: str, applications: Sequence[Entry]) -> Question:
        """Return the day as of which applications count; asked for where the day that a unit has written is another."""
        late = [entry for entry in applications if entry.counts != entry.record.date]
        if not late:
            return self._past_day(name)
        counts = max(entry.counts for entry in applications)
        written = max(entry.record.date for entry in late)
        said = "、".join(f"{e.unit}{dated(e.record, counts.year)}" for e in late)
        choices = (
            ("", f"{full_day(counts)}（登记之日）"),
            (written.isoformat(), f"{full_day(written)}（申请所写之日）"),
        )
        because = f"申请是补记的：{said}。"
        return replace(self._past_day(name), asked=True, choices=choices, because=because)

    def by(self) -> Question:
        """Return who records: the person at the keyboard unless somebody else is named."""
        name = self.directory.own_name
        return Question("by", only(written_text), required=True, default=name)

    def percent(self) -> Question:
        """Return how far the item is in percent: asked for of dated items only, never pressed for."""
        dated = self.item is not None and self.item.state.dated
        return Question("percent", only(percent), "number", asked=dated)

    def period(self) -> Question:
        """Return the reporting period that it answers; seldom another than its date's month, so never asked for."""

        def read(typed: str) -> str:
            return str(self.directory.month(typed, what=self.named("period")))

        return Question("period", only(read), "month", asked=False)

    def stage(self) -> Question:
        """Return a stage or a turn; the current one unless another is named."""
        return Question("stage", only(self._stage), asked=False)

    def _stage(self, typed: str) -> str:
        """Return what records call it: a stage's number, the last day of the turn that 第二季度 or 6月 means.

        Raises ``GaigaiError`` for words that several turns are in, or none.
        """
        words = written_text(typed)
        listed = self.item.state.listed if self.item else None
        if listed is None or not isinstance(listed.deadline, Recurring):
            return words
        deadline, what = listed.deadline, self.named("stage")
        year = self.directory.ledger.tasks.notice.year
        dues = occurrences(deadline, through=date(year, 12, 31))[-_TURNS_NAMED:]
        known = f"可写{'、'.join(turn_words(deadline, due, year) for due in dues)}"
        try:
            found = values.turns(words, deadline, year=year, today=self.directory.today)
        except ValueError as error:
            raise miswritten(what, f"“{words}”不是期次", known) from error
        if len(found) == 1:
            return found[0].isoformat()
        if found:
            names = some_of([turn_words(deadline, d, year) for d in found], _TURNS_NAMED)
            raise miswritten(what, f"“{words}”含{len(found)}期", f"请写明一期：{names}")
        raise GaigaiError(f"事项{listed.id}没有“{words}”这一期", known)

    def evidence(self) -> Question:
        """Return document numbers, addresses and files."""

        def read(given: Sequence[str]) -> tuple[Any, ...]:
            assert self.files is not None
            return tuple(dict.fromkeys(self.files.evidence(written_text(one)) for one in given))

        return Question(
            "evidence", read, "files", many=True, words="佐证", hint="文号、链接或文件路径"
        )

    def milestones(self) -> Question:
        """Return steps inside an item: name, planned day, what shows that it is done, percent."""
        return Question(
            "milestones",
            lambda given: tuple(map(self._milestone, given)),
            many=True,
            words="节点",
            hint="节点名称｜计划完成日期｜完成标志｜进度，后两项可不写",
        )

    def _milestone(self, words: str) -> Milestone:
        parts = [part.strip() for part in words.replace("｜", "|").split("|")]
        name, day, mark, done = (*parts, *[""] * 4)[:4]
        if len(parts) > 4 or not name or not day:
            raise GaigaiError(
                f"节点写错了：“{words}”", "应写成 方案｜3月31日｜印发文件｜30 的样子，后两项可不写"
            )
        due = self.directory.coming_day(day.removesuffix("前"), what=f"节点“{name}”的日期")
        return Milestone(
            name=name, due=due, mark=mark or None, percent=percent(done) if done else None
        )

    def completed(self) -> Question:
        """Return the milestones that a report says are met."""

        def read(given: Sequence[str]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(word for one in given for word in values.pieces(one)))

        return Question("completed", read, many=True, asked=False)

    def source(self) -> Question:
        """Return the file that what is entered for a unit rests on."""

        def read(words: str) -> Any:
            assert self.files is not None
            return self.files.add(typed_path(words))

        return Question("source", only(read), "files", asked=False)

    def units(self, name: str) -> Question:
        """Return units by any of their names."""
        return Question(name, self._units, "units", many=True, asked=False)

    def _units(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return units by the list's names, each once; one word may hold several."""
        named = (name for word in words for name in values.pieces(word))
        return tuple(dict.fromkeys(self.directory.unit(name) for name in named))

    def about(self) -> Question:
        """Return the item that the record is about, where it need not be about one."""
        return Question("item", only(self.directory.item_id), "item", asked=False)

    def metrics(self) -> Question:
        """Return the item's indicators, asked for one by one."""
        return Question(
            "metrics",
            self._metrics,
            "figures",
            many=True,
            asked=bool(self.indicators),
            parts=tuple((f"{one.id}=", self._figure(one)) for one in self.indicators),
        )

    @property
    def indicators(self) -> Sequence[Indicator]:
        """The indicators of the item."""
        return self.item.state.listed.item.indicators if self.item else ()

    def _metrics(self, words: Sequence[str]) -> dict[str, MetricValue]:
        """Return ``id=value`` words, several for one indicator where things are counted or units told apart."""
        found: dict[str, MetricValue] = {}
        for word in words:
            name, sign, value = word.partition("=")
            indicator = self._indicator(name.strip())
            if not sign or not value.strip():
                looks = f"应写成 {indicator.id}=数值 的样子"
                raise miswritten(self.named("metrics"), f"“{word}”", looks)
            start = f"{indicator.id}="
            _join(found, indicator, self._metric(indicator, value.strip(), start=start))
        return found

    def _indicator(self, word: str) -> Indicator:
        known = {key: i for i in self.indicators for key in (i.id, i.name)}
        found = known.get(word)
        if found is None:
            ids = "、".join(f"{i.id}（{i.name}）" for i in self.indicators)
            remedy = f"该事项的指标有{ids}" if ids else "该事项没有指标，请写在进展情况里"
            raise GaigaiError(f"该事项没有指标“{word}”", f"{meant(word, known)}{remedy}")
        return found

    def _metric(self, indicator: Indicator, words: str, *, start: str = "") -> MetricValue:
        """Return a number, ``单位=数值`` pairs, or a thing counted as ``名称|日期|文号``, as the indicator asks.

        ``start`` is what stands before the words where they are typed.
        """
        if indicator.measure == "entries":
            return (self._entry(indicator, words, start),)
        if "=" not in words:
            return _number(indicator, words, start)
        shares: dict[str, Decimal] = {}
        for pair in values.pieces(words):
            unit, _, number = pair.partition("=")
            shares[self.directory.unit(unit)] = _number(indicator, number, f"{start}{unit}=")
        return shares

    def _entry(self, indicator: Indicator, words: str, start: str) -> MetricEntry:
        parts = [part.strip() for part in words.replace("｜", "|").split("|")]
        if len(parts) != _ENTRY_PARTS or not all(parts):
            raise GaigaiError(
                f"指标“{indicator.name}”逐件登记，不能写“{words}”",
                f"每件写成 {start}名称|日期|文号 的样子",
            )
        name, day, reference = parts
        what = f"指标“{indicator.name}”的日期"
        when: date = self.directory.past_day(day, what=what, exact=True)
        return MetricEntry(name=name, date=when, reference=reference)

    def _figure(self, indicator: Indicator) -> Question:
        many = indicator.measure == "entries"
        unit = f"单位：{indicator.unit}" if indicator.unit else ""
        return Question(
            "metrics",
            only(partial(self._metric, indicator)),
            many=many,
            words=f"指标“{indicator.name}”",
            hint="逐件填 名称|日期|文号" if many else unit,
        )


def _number(indicator: Indicator, words: str, start: str) -> Decimal:
    number = plain(words)
    if indicator.unit:
        number = number.removesuffix(plain(indicator.unit)).strip()
    if not _NUMBER.fullmatch(number):
        raise GaigaiError(
            f"指标“{indicator.name}”写错了：“{words}”不是数字",
            f"应写成 {start}12 或 {start}0.5 的样子",
        )
    value = Decimal(number)
    if indicator.unit == "%" and "%" not in plain(words) and (meanings := unclear_share(value)):
        raise GaigaiError(
            f"指标“{indicator.name}”写错了：“{words}”不能确定是{meanings}", "请写明百分号"
        )
    return value


def milestone_words(step: Milestone) -> str:
    """Return a milestone as it is typed."""
    done = "" if step.percent is None else str(step.percent)
    return "｜".join((step.name, step.due.isoformat(), step.mark or "", done)).rstrip("｜")


def _join(found: dict[str, MetricValue], indicator: Indicator, value: MetricValue) -> None:
    before = found.get(indicator.id)
    if isinstance(before, tuple) and isinstance(value, tuple):
        value = (*before, *value)
    elif isinstance(before, Mapping) and isinstance(value, Mapping):
        value = {**before, **value}
    elif before is not None:
        raise GaigaiError(f"指标“{indicator.name}”写了不止一次", "请只留一个")
    found[indicator.id] = value
