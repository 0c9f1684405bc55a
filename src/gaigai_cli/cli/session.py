"""What a command works with: the data directory read and judged as of a day, and the names that people type."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

import typer

from gaigai_cli.cli import typed as values
from gaigai_cli.cli.output import Output
from gaigai_cli.cli.place import any_directory, data_directory
from gaigai_cli.cli.run import given, now
from gaigai_cli.errors import GaigaiError
from gaigai_cli.judge.judgement import Judge, JudgedItem, Judgement
from gaigai_cli.model.departments import Unit
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.store import Files, Folder, Reading, read_ledger
from gaigai_cli.store.issued import REPORTS
from gaigai_cli.words.nearest import meant, nearest

AS_OF: Final = "GAIGAI_AS_OF"
UNIT: Final = "GAIGAI_UNIT"
UNIT_SETTING: Final = "gaigai.unit"

_KEY: Final = "gaigai.session"
_CITED: Final = re.compile(r"第?\s*(\d+)\s*(?:项?|(?:项\s*第?|\.)\s*(\d+)\s*条?)")
_ALL_AS_OF: Final = 5


@dataclass(frozen=True)
class Session:
    """One run of one command. What it reads is read when it is first asked for, and once.

    ``at`` is the commit whose data are read (None: the files as they are), ``as_of_words`` the day as typed,
    ``commit`` whether what is written is committed too.
    """

    data: Path
    now: datetime
    as_of_words: str | None = None
    at: str | None = None
    no_color: bool = False
    commit: bool = False

    @cached_property
    def output(self) -> Output:
        """Where the answer goes."""
        return Output(color=not self.no_color)

    @property
    def today(self) -> date:
        """The clock's day in UTC+8, whatever ``--as-of`` says."""
        return self.now.date()

    @cached_property
    def files(self) -> Files:
        """The files of the data directory, or of the commit that ``--at`` names."""
        if self.at is None:
            return Folder(self.data)
        from gaigai_cli.history.committed import commit_files

        return commit_files(self.data, self.at)

    @cached_property
    def reading(self) -> Reading:
        """The data directory, read with its findings."""
        return read_ledger(self.files, self._reports)

    @property
    def reports(self) -> Path:
        """The folder with the bulletins: beside the data directory."""
        return self.data.parent / REPORTS

    def _reports(self) -> Files:
        """The same, or as the commit that ``--at`` names has it."""
        if self.at is None:
            return Folder(self.reports)
        from gaigai_cli.history.committed import files_beside

        return files_beside(self.data, REPORTS, self.at)

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger; an error where the list or the units can't be read."""
        ledger = self.reading.ledger
        if ledger is None:
            broken = "、".join(dict.fromkeys(f.location.file for f in self._fatal))
            raise GaigaiError(f"{broken}有错误，清单不能读取", "运行 gaigai check 查看全部问题")
        return ledger

    @property
    def _fatal(self) -> list[Finding]:
        files = ("tasks.yaml", "departments.yaml")
        return [
            f for f in self.reading.findings if f.severity == "error" and f.location.file in files
        ]

    @cached_property
    def judge(self) -> Judge:
        """The ledger's judge, for any day."""
        return Judge(self.ledger)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the files and with single records; ``check`` finds more, and takes longer."""
        return (*self.reading.findings, *self.judge.findings)

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

    def unit(self, words: str) -> str:
        """The list's name of the unit that was typed: by name, alias, former name, initials or a part of a name."""
        departments = self.ledger.departments
        found = departments.resolve(values.plain(words))
        if len(found) == 1:
            return found[0].name
        if found:
            raise GaigaiError(f"“{words}”可以是{_names(found)}", "请写得完整一些")
        raise GaigaiError(
            f"没有“{words}”这个单位",
            f"{meant(words, departments.by_name)}运行 gaigai depts 查看全部单位",
        )

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
        return tuple(judged[item] for item in self._ids(words))

    def item_id(self, words: str) -> str:
        """The id of the one item that was typed. Nothing is judged for it."""
        found = self._ids(words)
        if len(found) > 1:
            ids = "、".join(found[:_ALL_AS_OF])
            more = "等" if len(found) > _ALL_AS_OF else ""
            raise GaigaiError(f"第{words}项有{len(found)}个事项", f"请写明是哪一个：{ids}{more}")
        return found[0]

    def _ids(self, words: str) -> tuple[str, ...]:
        known = self.ledger.tasks.by_id
        typed = _id_of(words)
        if typed in known:
            return (typed,)
        found = tuple(item for item, listed in known.items() if listed.task.id == typed)
        if found:
            return found
        near = nearest(typed, known)
        raise GaigaiError(
            f"没有“{words}”这个事项",
            f"{f'是否要写“{near}”？' if near else ''}运行 gaigai list 查看全部事项",
        )


def current(ctx: typer.Context) -> Session:
    """The session of the command line being run."""
    session = ctx.meta.get(_KEY)
    if not isinstance(session, Session):
        session = ctx.meta[_KEY] = session_of(given(ctx))
    return session


def session_of(options: Mapping[str, str]) -> Session:
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
    )


def told(findings: tuple[Finding, ...]) -> str:
    """How many errors and warnings there are, in words; empty where there are none."""
    kinds = (("error", "错误"), ("warning", "警告"))
    numbers = ((word, sum(f.severity == kind for f in findings)) for kind, word in kinds)
    return "、".join(f"{word}{number}处" for word, number in numbers if number)


def _names(units: tuple[Unit, ...]) -> str:
    return "，也可以是".join(f"“{unit.name}”" for unit in units)


def _id_of(words: str) -> str:
    """``16.2`` for 第16项第2条, ``16`` for 第16项; other words as they are."""
    typed = values.plain(words)
    found = _CITED.fullmatch(typed)
    if found is None:
        return typed
    return f"{found[1]}.{found[2]}" if found[2] else found[1]
