"""The fields that records have on the command line, built for one item and one unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from gaigai_cli.cli import ask, typed
from gaigai_cli.cli import options as o
from gaigai_cli.cli import typed as values
from gaigai_cli.cli.record.desk import Field
from gaigai_cli.cli.run import Option
from gaigai_cli.cli.session import Session
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.indicators import Indicator, MetricEntry, MetricValue
from gaigai_cli.model.kinds import KINDS
from gaigai_cli.model.ledger import Entry
from gaigai_cli.model.records import label
from gaigai_cli.words.say import dated, full_day
from gaigai_cli.words.typed import meant, plain, typed_path
from gaigai_cli.work.evidence import Files

_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_SEPARATORS: Final = re.compile(r"[、,，;；\s]+")
_ENTRY_PARTS: Final = 3


def written_text(words: str) -> str:
    """Words that say something, letter for letter."""
    if not words.strip():
        raise GaigaiError("内容是空的", "请填写，或不写这个选项")
    return words


def percent(words: str) -> int:
    """``60`` or ``60%``, 0 to 100."""
    number = plain(words).removesuffix("%")
    if not number.isdecimal() or int(number) > 100:
        raise GaigaiError(f"完成百分比写错了：“{words}”", "应写 0 到 100 的整数")
    return int(number)


def month(words: str) -> str:
    """``2024-06``."""
    year, number = typed.month(words, what="--period")
    return f"{year:04d}-{number:02d}"


def units(session: Session, words: Sequence[str]) -> tuple[str, ...]:
    """Units by the list's names, each once; one word may hold several."""
    named = (name for word in words for name in _SEPARATORS.split(word) if name)
    return tuple(dict.fromkeys(session.unit(name) for name in named))


def metrics(
    session: Session, indicators: Sequence[Indicator], words: Sequence[str]
) -> dict[str, MetricValue]:
    """``id=value`` words, several for one indicator where things are counted or units told apart."""
    found: dict[str, MetricValue] = {}
    for word in words:
        name, sign, value = word.partition("=")
        indicator = _indicator(indicators, name.strip())
        if not sign or not value.strip():
            raise GaigaiError(f"--metric 写错了：“{word}”", f"应写成 {indicator.id}=数值 的样子")
        _join(found, indicator, metric(session, indicator, value.strip()))
    return found


def _indicator(indicators: Sequence[Indicator], word: str) -> Indicator:
    known = {key: i for i in indicators for key in (i.id, i.name)}
    found = known.get(word)
    if found is None:
        ids = "、".join(f"{i.id}（{i.name}）" for i in indicators)
        remedy = f"该事项的指标有{ids}" if ids else "该事项没有指标，请写在进展情况里"
        raise GaigaiError(f"该事项没有指标“{word}”", f"{meant(word, known)}{remedy}")
    return found


def metric(session: Session, indicator: Indicator, words: str) -> MetricValue:
    """A number, ``单位=数值`` pairs, or a thing counted as ``名称|日期|文号``, as the indicator asks."""
    if indicator.measure == "entries":
        return (_entry(session, indicator, words),)
    if "=" not in words:
        return _number(indicator, words)
    shares: dict[str, Decimal] = {}
    for pair in filter(None, _SEPARATORS.split(words)):
        unit, _, number = pair.partition("=")
        shares[session.unit(unit)] = _number(indicator, number)
    return shares


def _entry(session: Session, indicator: Indicator, words: str) -> MetricEntry:
    parts = [part.strip() for part in words.replace("｜", "|").split("|")]
    if len(parts) != _ENTRY_PARTS or not all(parts):
        raise GaigaiError(
            f"指标“{indicator.name}”逐件登记，不能写“{words}”",
            f"应写成 {indicator.id}=名称|日期|文号 的样子，几件就写几次",
        )
    name, day, reference = parts
    when: date = session.past_day(day, what=f"指标“{indicator.name}”的日期")
    return MetricEntry(name=name, date=when, reference=reference)


def _number(indicator: Indicator, words: str) -> Decimal:
    number = plain(words)
    if indicator.unit:
        number = number.removesuffix(plain(indicator.unit)).strip()
    if not _NUMBER.fullmatch(number):
        raise GaigaiError(
            f"指标“{indicator.name}”写错了：“{words}”不是数字", "应写成 12 或 0.5 的样子"
        )
    return Decimal(number)


def _join(found: dict[str, MetricValue], indicator: Indicator, value: MetricValue) -> None:
    before = found.get(indicator.id)
    if isinstance(before, tuple) and isinstance(value, tuple):
        value = (*before, *value)
    elif isinstance(before, Mapping) and isinstance(value, Mapping):
        value = {**before, **value}
    elif before is not None:
        raise GaigaiError(f"指标“{indicator.name}”写了不止一次", "请只留一个")
    found[indicator.id] = value


def said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, (), {}, "", [])}


VIAS: Final = {word: word for word in ("报表", "书面", "电话")}
RESULTS: Final = {word: word for word in ("完成", "基本完成", "未完成", "转入下年")}
ROLES: Final = {word: word for word in ("牵头", "责任", "配合")}


def needed(kind: str, fields: Sequence[Field]) -> list[Field]:
    """The fields, of which those must be given that no record of the kind may lack."""
    demands = KINDS[kind].demands
    return [replace(f, required=True) if (f.name,) in demands else f for f in fields]


def text(
    name: str,
    option: Option,
    *,
    required: bool = False,
    asked: bool = True,
    long: bool = False,
    words: str = "",
) -> Field:
    """A field of words."""
    return Field(
        name,
        option,
        lambda given: written_text(given[0]),
        required=required,
        asked=asked,
        long=long,
        words=words,
    )


def flag(name: str, option: Option) -> Field:
    """A field that is true when its option is there."""
    return Field(name, option, lambda _: True, asked=False)


def choice(name: str, option: Option, choices: Mapping[str, str], *, asked: bool = False) -> Field:
    """One of a few words."""

    def question() -> list[str]:
        ask.say(f"{found.label}：")
        return [ask.choice("序号", [(word, word) for word in choices])]

    found = Field(
        name,
        option,
        lambda given: values.choice(given[0], choices, option.name),
        asked=asked,
        ask=question,
    )
    return found


@dataclass
class Fields:
    """Builds fields whose words mean something for a list, an item or a unit only."""

    session: Session
    item: JudgedItem | None = None
    files: Files | None = None

    def day(self, name: str, option: Option, *, required: bool = False, words: str = "") -> Field:
        """A day to come, as people write it."""

        def read(given: Sequence[str]) -> date:
            return self.session.coming_day(given[0], what=option.name)

        return Field(name, option, read, required=required, asked=False, words=words)

    def date(self, option: Option = o.DATE) -> Field:
        """The day that the record is true of; never asked for, today where it isn't said."""

        def read(given: Sequence[str]) -> date:
            return self.session.past_day(given[0], what=option.name)

        return Field("date", option, read, asked=False)

    def stated(self, name: str, option: Option, applications: Sequence[Entry]) -> Field:
        """The day as of which applications count; asked for where the day that a unit has written is another."""
        late = [entry for entry in applications if entry.counts != entry.record.date]

        def read(given: Sequence[str]) -> date:
            return self.session.past_day(given[0], what=option.name)

        def choose() -> list[str]:
            counts = max(entry.counts for entry in applications)
            written = max(entry.record.date for entry in late)
            said = "、".join(f"{e.unit}{dated(e.record, counts.year)}" for e in late)
            choices = [
                ("", f"{full_day(counts)}（登记之日）"),
                (written.isoformat(), f"{full_day(written)}（申请所写之日）"),
            ]
            ask.say(f"申请是补记的：{said}。")
            chosen = ask.choice(f"{label(name)}（序号）", choices, default=1)
            return [chosen] if chosen else []

        return Field(name, option, read, asked=bool(late), ask=choose)

    def by(self) -> Field:
        """Who records: git's user unless somebody else is named."""
        name = self.session.own_name
        return Field("by", o.BY, lambda given: written_text(given[0]), required=True, default=name)

    def percent(self) -> Field:
        """Offered for dated items only, never pressed for."""
        dated = self.item is not None and self.item.state.dated
        return Field("percent", o.PERCENT, lambda given: percent(given[0]), asked=dated)

    def period(self) -> Field:
        """The reporting period that it answers; seldom another than its date's month, so never asked for."""
        return Field("period", o.PERIOD, lambda given: month(given[0]), asked=False)

    def stage(self) -> Field:
        """A stage or an occurrence; the current one unless another is named."""
        return text("stage", o.STAGE, asked=False)

    def evidence(self, option: Option = o.EVIDENCE) -> Field:
        """Document numbers, addresses and files."""

        def read(given: Sequence[str]) -> tuple[Any, ...]:
            assert self.files is not None
            return tuple(dict.fromkeys(self.files.evidence(written_text(one)) for one in given))

        return Field(
            "evidence",
            option,
            read,
            many=True,
            words="佐证（文号、链接或文件路径）" if ask.on_terminal() else "佐证",
        )

    def source(self) -> Field:
        """The file that what is entered for a unit rests on."""

        def read(given: Sequence[str]) -> Any:

            assert self.files is not None
            return self.files.add(typed_path(given[0]))

        return Field("source", o.SOURCE, read, asked=False)

    def units(self, name: str, option: Option) -> Field:
        """Units by any of their names."""

        def read(given: Sequence[str]) -> tuple[str, ...]:
            return units(self.session, given)

        return Field(name, option, read, many=True, asked=False)

    def metrics(self) -> Field:
        """The item's indicators, asked for one by one."""

        def read(given: Sequence[str]) -> Any:
            return metrics(self.session, self._indicators, given)

        return Field(
            "metrics",
            o.METRIC,
            read,
            many=True,
            asked=bool(self._indicators),
            ask=self._ask_metrics,
        )

    @property
    def _indicators(self) -> tuple[Indicator, ...]:
        return self.item.state.listed.item.indicators if self.item else ()

    def _ask_metrics(self) -> list[str]:
        found = []
        for indicator in self._indicators:
            many = indicator.measure == "entries"
            form = (
                "，逐件填 名称|日期|文号"
                if many
                else f"，单位{indicator.unit}"
                if indicator.unit
                else ""
            )
            question = f"指标“{indicator.name}”{form}"

            def read(typed: str, of: Indicator = indicator) -> Any:
                return metric(self.session, of, typed)

            if many:
                answers = [typed for typed, _ in ask.values(question, read)]
            else:
                answer = ask.value(question, read)
                answers = [answer[0]] if answer else []
            found += [f"{indicator.id}={typed}" for typed in answers]
        return found
