"""What a command works with: the data directory, the day of which its answer is true, and where the answer goes."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

from gaigai_cli.cli import ask
from gaigai_cli.cli.options import AS_OF, AT, COMMIT, DATA
from gaigai_cli.cli.output import Output
from gaigai_cli.cli.place import any_directory, data_directory
from gaigai_cli.cli.run import Run, now
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.model.finding import Finding
from gaigai_cli.words.say import full_day
from gaigai_cli.words.typed import YearUnsaid
from gaigai_cli.work import typed as values
from gaigai_cli.work.directory import Directory
from gaigai_cli.work.person import read_person

UNIT: Final = "GAIGAI_UNIT"


@dataclass(frozen=True)
class Session(Directory):
    """The list that one run of a command works with.

    ``day_in_place`` is the day of a command that writes, whatever ``--as-of`` says (None: it goes by that). The
    clock's day is in UTC+8.
    """

    run: Run = field(default_factory=Run)
    day_in_place: date | None = None

    @property
    def output(self) -> Output:
        """Where the answer goes."""
        return self.run.output

    @property
    def commit(self) -> bool:
        """Whether what is written is committed too."""
        return self.run.flag(COMMIT)

    @cached_property
    def as_of(self) -> date:
        """The day of which the answer is true: ``--as-of``, else ``GAIGAI_AS_OF``, else today."""
        if self.day_in_place is not None:
            return self.day_in_place
        words = self.run.word(AS_OF)
        what = AS_OF.name if self.run.has(AS_OF) else AS_OF.setting
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
        """A day to ask about; without a year it lies in the notice's year. ``what`` names the option."""
        year = self.ledger.tasks.notice.year
        return values.day(words, year=year, today=self.today, what=what, bound=bound)

    def _day_of_year(self, words: str, what: str, read: Callable[[str], date]) -> date:
        """The day that ``read`` finds; a person is asked, once for the same words, where the year isn't certain."""
        if words in self._years_asked:
            return self._years_asked[words]
        try:
            return values.read_day(words, what, read)
        except YearUnsaid as unsaid:
            error = GaigaiError(f"{what} 写错了：{unsaid}")
            if not ask.on_terminal():
                raise error from None
            if not ask.confirm(f"{what} 写的“{words}”是{full_day(unsaid.day)}吗", default=False):
                raise error from None
            self._years_asked[words] = unsaid.day
            return unsaid.day

    @cached_property
    def _years_asked(self) -> dict[str, date]:
        return {}

    def _own_unit_words(self) -> tuple[str | None, str]:
        """``GAIGAI_UNIT`` before what git says."""
        words = os.environ.get(UNIT)
        return (words, UNIT) if words else super()._own_unit_words()

    def item(self, words: str) -> JudgedItem:
        """The one item that was typed: ``16.2`` or 第16项第2条."""
        return self.judgement.by_id[self.item_id(words)]

    def items(self, words: str) -> tuple[JudgedItem, ...]:
        """The item that was typed, or all items of the task (``16``, 第16项); at least one."""
        judged = self.judgement.by_id
        return tuple(judged[item] for item in self.item_ids(words))


def session_of(run: Run, at: str | None = None) -> Session:
    """The list that a run works with, as the commit ``at`` has it, else the one that ``--at`` names, else as it is."""
    named = run.word(AT)
    if at is not None and named is not None:
        raise GaigaiError("范围的右边和 --at 只能写一个", "请去掉 --at")
    commit = at or named
    where = data_directory if commit is None else any_directory
    data = where(run.word(DATA), "--data" if run.has(DATA) else DATA.setting, here=Path.cwd())
    return Session(data=data, now=now(), at=commit, person=read_person(person_file()), run=run)


def person_file() -> Path:
    """The file that says who works at this PC, where git doesn't: a file of the person's own."""
    if sys.platform == "win32":
        folder = os.environ.get("APPDATA")
        return (Path(folder) if folder else Path.home() / "AppData/Roaming") / "gaigai/person.json"
    folder = os.environ.get("XDG_CONFIG_HOME")
    return (Path(folder) if folder else Path.home() / ".config") / "gaigai/person.json"


def told(findings: tuple[Finding, ...]) -> str:
    """How many errors and warnings there are, in words; empty where there are none."""
    kinds = (("error", "错误"), ("warning", "警告"))
    numbers = ((word, sum(f.severity == kind for f in findings)) for kind, word in kinds)
    return "、".join(f"{word}{number}处" for word, number in numbers if number)
