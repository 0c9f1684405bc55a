"""The fields that records have on the command line, built for one item and one unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gaigai_cli.cli import ask, values
from gaigai_cli.cli.record import wording
from gaigai_cli.cli.record.desk import Field
from gaigai_cli.cli.record.wording import Files
from gaigai_cli.cli.session import Session
from gaigai_cli.judge.judgement import JudgedItem
from gaigai_cli.model.indicators import Indicator

VIAS: Final = {word: word for word in ("报表", "书面", "电话")}
RESULTS: Final = {word: word for word in ("完成", "基本完成", "未完成", "转入下年")}
ROLES: Final = {word: word for word in ("牵头", "责任", "配合")}

Given = Mapping[str, str | list[str] | bool | None]


def words_of(given: Given) -> dict[str, list[str]]:
    """The options that were given, each with its words; a flag has empty ones."""
    found: dict[str, list[str]] = {}
    for option, value in given.items():
        if isinstance(value, str):
            found[option] = [value]
        elif value is True:
            found[option] = [""]
        elif value:
            found[option] = list(value)
    return found


def text(
    name: str,
    option: str,
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
        lambda given: wording.text(given[0]),
        required=required,
        asked=asked,
        long=long,
        words=words,
    )


def flag(name: str, option: str) -> Field:
    """A field that is true when its option is there."""
    return Field(name, option, lambda _: True, asked=False)


def choice(
    name: str,
    option: str,
    choices: Mapping[str, str],
    *,
    required: bool = False,
    asked: bool = True,
) -> Field:
    """One of a few words."""

    def question() -> list[str]:
        ask.say(f"{found.label}：")
        return [ask.choice("序号", [(word, word) for word in choices])]

    found = Field(
        name,
        option,
        lambda given: values.choice(given[0], choices, option),
        required=required,
        asked=asked,
        ask=question if required else None,
    )
    return found


@dataclass
class Fields:
    """Builds fields whose words mean something for a list, an item or a unit only."""

    session: Session
    item: JudgedItem | None = None
    files: Files | None = None

    def day(self, name: str, option: str, *, required: bool = False, words: str = "") -> Field:
        """A day as people write it."""

        def read(given: Sequence[str]) -> date:
            return self.session.day(given[0], what=option)

        return Field(name, option, read, required=required, asked=required, words=words)

    def by(self) -> Field:
        """Who records: git's user unless somebody else is named."""
        name = self.session.own_name
        return Field(
            "by", "--by", lambda given: wording.text(given[0]), required=True, default=name
        )

    def percent(self) -> Field:
        """Offered for dated items only, never pressed for."""
        dated = self.item is not None and self.item.state.dated
        return Field("percent", "--percent", lambda given: wording.percent(given[0]), asked=dated)

    def period(self) -> Field:
        """The reporting period that it answers; seldom another than its date's month, so never asked for."""
        return Field("period", "--period", lambda given: wording.month(given[0]), asked=False)

    def stage(self) -> Field:
        """A stage or an occurrence; the current one unless another is named."""
        return text("stage", "--stage", asked=False)

    def evidence(self, *, required: bool = False) -> Field:
        """Document numbers, addresses and files."""

        def read(given: Sequence[str]) -> tuple[Any, ...]:
            assert self.files is not None
            return tuple(dict.fromkeys(self.files.evidence(wording.text(one)) for one in given))

        return Field(
            "evidence",
            "--evidence",
            read,
            required=required,
            many=True,
            words="佐证（文号、链接或文件路径）" if ask.on_terminal() else "佐证",
        )

    def source(self) -> Field:
        """The file that what is entered for a unit rests on."""

        def read(given: Sequence[str]) -> Any:
            from pathlib import Path

            assert self.files is not None
            return self.files.add(Path(given[0]).expanduser())

        return Field("source", "--source", read, asked=False)

    def units(self, name: str, option: str, *, required: bool = True) -> Field:
        """Units by any of their names."""

        def read(given: Sequence[str]) -> tuple[str, ...]:
            return wording.units(self.session, given)

        return Field(name, option, read, required=required, many=True, asked=required)

    def metrics(self) -> Field:
        """The item's indicators, asked for one by one."""

        def read(given: Sequence[str]) -> Any:
            return wording.metrics(self.session, self._indicators, given)

        return Field(
            "metrics",
            "--metric",
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
                return wording.metric(self.session, of, typed)

            if many:
                answers = [typed for typed, _ in ask.values(question, read)]
            else:
                answer = ask.value(question, read)
                answers = [answer[0]] if answer else []
            found += [f"{indicator.id}={typed}" for typed in answers]
        return found
