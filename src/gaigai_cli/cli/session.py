"""What a command works with: the data directory, the day of which its answer is true, and where the answer goes."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

import typer

from gaigai_cli.cli import typed as values
from gaigai_cli.cli.output import AnswerFile, Output
from gaigai_cli.cli.place import any_directory, data_directory
from gaigai_cli.cli.run import given, now
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.model.finding import Finding
from gaigai_cli.work.directory import Directory

AS_OF: Final = "GAIGAI_AS_OF"
UNIT: Final = "GAIGAI_UNIT"
UNIT_SETTING: Final = "gaigai.unit"

_KEY: Final = "gaigai.session"


@dataclass(frozen=True)
class Session(Directory):
    """One run of one command.

    ``as_of_words`` is the day as typed, ``commit`` whether what is written is committed too, ``out`` the file that the
    answer goes to (None: it is shown). The clock's day is in UTC+8, whatever ``--as-of`` says.
    """

    as_of_words: str | None = None
    no_color: bool = False
    commit: bool = False
    out: AnswerFile | None = None

    @cached_property
    def output(self) -> Output:
        """Where the answer goes."""
        return Output(color=not self.no_color, file=self.out)

    @cached_property
    def as_of(self) -> date:
        """The day of which the answer is true: ``--as-of``, else ``GAIGAI_AS_OF``, else today."""
        words, what = self.as_of_words, "--as-of"
        if words is None:
            words, what = os.environ.get(AS_OF) or None, AS_OF
        return self.day(words, what=what) if words is not None else self.today

    @cached_property
    def judgement(self) -> Judgement:
        """The list as of the day, after a word on standard error where there are findings."""
        self.tell_findings()
        return self.judge.on(self.as_of)

    def tell_findings(self) -> None:
        """Say how many findings there are, as every command does that answers from the valid records."""
        words = told(self.findings)
        if words:
            self.output.message(f"数据中有{words}，运行 gaigai check 查看；以下按有效记录统计。")

    def day(self, words: str, *, what: str, bound: Literal["lower", "upper"] = "upper") -> date:
        """A day that was typed; without a year it lies in the notice's year. ``what`` names the option."""
        year = self.ledger.tasks.notice.year
        return values.day(words, year=year, today=self.today, what=what, bound=bound)

    @cached_property
    def own_unit(self) -> str | None:
        """The unit that the person at the keyboard works for: ``GAIGAI_UNIT``, else ``git config gaigai.unit``."""
        words, what = os.environ.get(UNIT), UNIT
        if not words:
            from gaigai_cli.history.git import setting

            words, what = setting(UNIT_SETTING, self.data), f"git config {UNIT_SETTING}"
        if not words:
            return None
        try:
            return self.unit(words)
        except GaigaiError as error:
            raise GaigaiError(f"{what} 写错了：{error.message}", error.remedy) from None

    @cached_property
    def own_name(self) -> str:
        """The person at the keyboard: ``git config user.name``; nothing where git knows no name."""
        from gaigai_cli.history.git import setting

        return setting("user.name", self.data) or ""

    def item(self, words: str) -> JudgedItem:
        """The one item that was typed: ``16.2`` or 第16项第2条."""
        return self.judgement.by_id[self.item_id(words)]

    def items(self, words: str) -> tuple[JudgedItem, ...]:
        """The item that was typed, or all items of the task (``16``, 第16项); at least one."""
        judged = self.judgement.by_id
        return tuple(judged[item] for item in self.item_ids(words))


def current(ctx: typer.Context) -> Session:
    """The session of the command line being run."""
    session = ctx.meta.get(_KEY)
    if not isinstance(session, Session):
        session = ctx.meta[_KEY] = session_of(given(ctx))
    return session


def session_of(options: Mapping[str, Any]) -> Session:
    """A session with the global options that were given."""
    at = options.get("at")
    where = data_directory if at is None else any_directory
    return Session(
        data=where(options.get("data"), here=Path.cwd()),
        now=now(),
        as_of_words=options.get("as_of"),
        at=at,
        no_color=bool(options.get("no_color")),
        commit=bool(options.get("commit")),
        out=options.get("out"),
    )


def told(findings: tuple[Finding, ...]) -> str:
    """How many errors and warnings there are, in words; empty where there are none."""
    kinds = (("error", "错误"), ("warning", "警告"))
    numbers = ((word, sum(f.severity == kind for f in findings)) for kind, word in kinds)
    return "、".join(f"{word}{number}处" for word, number in numbers if number)
