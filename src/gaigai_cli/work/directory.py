"""The data of a list as of a moment, read and judged once, with the units and items that people name; who they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from gaigai_cli.characters import json_text
from gaigai_cli.errors import GaigaiError, miswritten, some_of
from gaigai_cli.judge.judgement import Judge, JudgedItem, Judgement
from gaigai_cli.model.departments import UNIT_SETTING, Departments
from gaigai_cli.model.finding import Finding
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.model.tasks import TaskList
from gaigai_cli.store.files import Files, Folder, may_be_sparse, working_tree
from gaigai_cli.store.issued import REPORTS
from gaigai_cli.store.names import inside
from gaigai_cli.store.read import Made, Reading, read_ledger
from gaigai_cli.store.regular import read_start
from gaigai_cli.words.normal import plain
from gaigai_cli.words.period import Period, period_of
from gaigai_cli.words.typed import YearUnsaid, coming_day, meant, nearest, past_day
from gaigai_cli.work import values

if TYPE_CHECKING:
    from gaigai_cli.history.commit_files import CommitFiles
    from gaigai_cli.history.git import Configuration

_T = TypeVar("_T")
_NAME_SETTING: Final = "user.name"
_CITED: Final = re.compile(r"第?\s*(\d+)\s*(?:项?|(?:项\s*第?|\.)\s*(\d+)\s*条?)")
_NAMED: Final = 5

Told = Callable[[int, int], None]
"""Called with how much is done, and of how much."""
Progress = Callable[[str], AbstractContextManager[Told]]
"""Called with what is going to take long, in words; while that lasts it is told how far it is."""


@contextmanager
def untold(what: str) -> Iterator[Told]:
    """Yield a way to tell progress that nobody follows."""
    yield lambda done, total: None


def counted(things: Iterable[_T], told: Told) -> Iterator[_T]:
    """Yield the things, and say before each how many are done."""
    known = tuple(things)
    for number, thing in enumerate(known):
        told(number, len(known))
        yield thing


class NotInListError(GaigaiError):
    """A unit, an item or a task that was named and that the list doesn't have: another list may."""


_MOST: Final = 10_000
"""Bytes that the file can have at most."""


@dataclass(frozen=True)
class User:
    """Who is at the keyboard, where git doesn't say it, from a file of the person's own; empty where it wasn't said."""

    name: str = ""
    unit: str = ""


NOBODY: Final = User()


@dataclass(frozen=True)
class Directory:
    """What is read is read when it is first asked for, and once.

    ``at`` is the commit whose data are read (None: the files as they are). ``set_unit`` is the unit that the person has
    set for this run, and what says so: it goes before git's. ``user`` says who is at the keyboard where git doesn't.
    ``known`` is what was made of files before: those with the same bytes aren't read again. ``progress`` is
    told how far long work is.
    """

    data: Path
    now: datetime
    at: str | None = None
    set_unit: tuple[str, str] | None = None
    user: User = NOBODY
    known: dict[str, Made] | None = field(default=None, repr=False, compare=False)
    progress: Progress = field(default=untold, repr=False, compare=False)

    @property
    def today(self) -> date:
        """The moment's day."""
        return self.now.date()

    @cached_property
    def files(self) -> Files:
        """The files of the data directory, or of the commit that ``at`` names."""
        return self.committed or Folder(self.data)

    @cached_property
    def committed(self) -> CommitFiles | None:
        """The files of the commit that ``at`` names; None where it names none."""
        if self.at is None:
            return None
        from gaigai_cli.history.commit_files import commit_files

        return commit_files(self.data, self.at)

    @cached_property
    def reading(self) -> Reading:
        """The data directory, read with its findings."""
        committed = self.committed
        reports = committed.reports if committed else Folder(self.data.parent, REPORTS)
        found = read_ledger(self.files, reports, self.known)
        if self.at is not None or not may_be_sparse(self.data):
            return found
        from gaigai_cli.history.commit_files import logs_left_out

        return Reading(found.ledger, (*found.findings, *logs_left_out(self.data)))

    @property
    def in_git(self) -> bool:
        """Whether git keeps the data, so that others get to see what is committed and pushed."""
        return working_tree(self.data) is not None

    @property
    def reports(self) -> Path:
        """The folder with the bulletins: beside the data directory. Raises ``GaigaiError`` where it lies elsewhere."""
        return self.beside(REPORTS)

    def beside(self, name: str) -> Path:
        """Return the path of a file or folder beside the data directory (``reports/forms``).

        Raises ``GaigaiError`` where a link leads away from there.
        """
        inside(self.data.resolve().parent, name, what="清单所在的文件夹")
        return self.data.parent / name

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger. Raises ``GaigaiError`` where the list or the units can't be read."""
        ledger = self.reading.ledger
        if ledger is None:
            broken = "、".join(dict.fromkeys(f.location.file for f in self._fatal))
            raise GaigaiError(f"{broken}有错误，清单不能读取", "运行 gaigai check 查看全部问题")
        return ledger.on(self.today)

    @property
    def _fatal(self) -> list[Finding]:
        files = (TaskList.file, Departments.file)
        return [
            f for f in self.reading.findings if f.severity == "error" and f.location.file in files
        ]

    @cached_property
    def judge(self) -> Judge:
        """The ledger's judge, for any day."""
        return Judge(self.ledger)

    @cached_property
    def judgement(self) -> Judgement:
        """The list as of today."""
        return self.judge.on(self.today)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the files, single records and items left out; ``check`` finds more, and takes longer."""
        return (*self.reading.findings, *self._left_out, *self.judge.findings)

    @property
    def _left_out(self) -> tuple[Finding, ...]:
        tasks = self.ledger.tasks
        if len(tasks.listed) == sum(len(task.items) for task in tasks.tasks):
            return ()
        # Takes much to load, and most lists are complete.
        from gaigai_cli.judge.checks.lists import incomplete_item

        return tuple(at.finding(self.ledger) for at in incomplete_item(self.ledger))

    @property
    def checked(self) -> list[Finding]:
        """Everything that is wrong, by file and line; of a list that can't be read what reading found."""
        from gaigai_cli.judge.findings import check

        ledger = self.reading.ledger
        found = check(ledger, today=self.today) if ledger is not None else ()
        return sorted({*self.reading.findings, *found}, key=lambda finding: finding.order)

    @property
    def example(self) -> bool:
        """Return whether the list says of itself that its data are made up."""
        return self.ledger.tasks.notice.example

    @cached_property
    def own_unit(self) -> str | None:
        """The unit that the person at the keyboard works for; None where nobody has said.

        Raises ``GaigaiError`` where the list has no such unit.
        """
        words, what = self.set_unit or self._said_unit()
        if not words:
            return None
        try:
            return self.unit(words)
        except GaigaiError as error:
            wrong = miswritten(what, error.message, error.remedy)
            raise type(error)(wrong.message, wrong.remedy) from None

    def _said_unit(self) -> tuple[str, str]:
        """Return how the person's unit is called where that is said, and what says it: ``git config gaigai.unit``."""
        words = self.configuration.text(UNIT_SETTING)
        return (words, f"git config {UNIT_SETTING}") if words else (self.user.unit, "所填的单位")

    @cached_property
    def own_name(self) -> str:
        """The person at the keyboard: ``git config user.name``, else as the person has said; empty without either."""
        return self.configuration.text(_NAME_SETTING) or self.user.name

    @cached_property
    def configuration(self) -> Configuration:
        """Git's configuration, as it was when it was first asked for."""
        from gaigai_cli.history.git import Configuration

        return Configuration(self.data)

    def past_day(self, words: str | None, *, what: str, exact: bool = False) -> date:
        """Return a day on which something happened, today without words.

        Without a year it is the latest since the notice that isn't to come. ``exact``: a month or another stretch of
        days is no day.
        """
        if words is None:
            return self.today
        issued = self.ledger.tasks.notice.issued
        read = partial(past_day, today=self.today, since=issued, exact=exact)
        return self._day_of_year(words, what, read)

    def coming_day(self, words: str, *, what: str, today: date | None = None) -> date:
        """Return a day by which something is due.

        Without a year it is the next such day from ``today`` (None: the clock's) on.
        """
        return self._day_of_year(words, what, partial(coming_day, today=today or self.today))

    def month(self, words: str, *, what: str) -> Period:
        """Return a month; without a year, in the notice's."""
        year = self.ledger.tasks.notice.year
        return values.month(words, year=year, today=self.today, what=what)

    def period(self, words: str, *, what: str) -> Period:
        """Return a month, or another period by the name that ``str`` gives it (2024-Q2)."""
        return period_of(words) or self.month(words, what=what)

    def _day_of_year(self, words: str, what: str, read: Callable[[str], date]) -> date:
        """Return the day that ``read`` finds. Raises ``GaigaiError`` for no day, or one whose year isn't certain."""
        try:
            return values.read_day(words, what, read)
        except YearUnsaid as unsaid:
            raise miswritten(what, str(unsaid)) from None

    def judged(self, words: str) -> JudgedItem:
        """Return the one item that is named, as of today."""
        found = self.judge.item(self.item_id(words), self.today)
        assert found is not None
        return found

    def unit(self, words: str) -> str:
        """Return the list's name of a unit: by name, alias, former name, initials or a part of a name."""
        units = self.ledger.units
        word = words if words in units.by_name else plain(words)  # a name may have wide brackets
        found = units.resolve(word, self.ledger.tasks.notice.place)
        if len(found) == 1:
            return found[0].name
        if found:
            some = some_of([unit.name for unit in found], _NAMED)
            raise GaigaiError(f"“{words}”可以指{len(found)}个单位：{some}", "请写得完整一些")
        raise NotInListError(
            f"没有“{words}”这个单位",
            f"{meant(words, units.by_name)}运行 gaigai depts 查看全部单位",
        )

    def item_id(self, words: str) -> str:
        """Return the id of the one item that is named. Nothing is judged for it."""
        found = self.item_ids(words)
        if len(found) > 1:
            ids = some_of(found, _NAMED)
            raise GaigaiError(f"第{words}项有{len(found)}个事项", f"请写明是哪一个：{ids}")
        return found[0]

    def item_ids(self, words: str) -> tuple[str, ...]:
        """Return the id of the item that is named, or those of all items of the task; at least one."""
        known = self.ledger.tasks.by_id
        typed = _id_of(words)
        if typed in known:
            return (typed,)
        found = tuple(item for item, listed in known.items() if listed.task.id == typed)
        if found:
            return found
        near = nearest(typed, known)
        raise NotInListError(
            f"没有“{words}”这个事项",
            f"{f'是否要写“{near}”？' if near else ''}运行 gaigai list 查看全部事项",
        )


def _id_of(words: str) -> str:
    """Return ``16.2`` for 第16项第2条, ``16`` for 第16项; other words as they are."""
    typed = plain(words)
    found = _CITED.fullmatch(typed)
    if found is None:
        return typed
    return f"{found[1]}.{found[2]}" if found[2] else found[1]


def read_user(file: Path) -> User:
    """Return the person that the file names; nobody where there is none, or it can't be read."""
    import json

    try:
        said = json.loads(read_start(file, _MOST))
        return User(str(said["name"]), str(said["unit"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return User()


def keep_user(file: Path, user: User) -> None:
    """Write the file. Raises ``OSError`` as writing does."""
    from gaigai_cli.store.write import NewFile, replace_all

    replace_all([NewFile(file, json_text(asdict(user)).encode())])
