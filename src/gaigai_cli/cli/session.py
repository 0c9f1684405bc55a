"""What a command works with: the data directory, the day of which its answer is true, and where the answer goes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, Generic, Literal, NamedTuple, TypeVar

from gaigai_cli.cli import ask
from gaigai_cli.cli.environment import now, person_file, set_unit
from gaigai_cli.cli.options import AS_OF, AT, COMMIT, DATA, STATE, Given, Option
from gaigai_cli.cli.output import Output
from gaigai_cli.cli.place import NamedList, called, demand_directory, places_of, state_files
from gaigai_cli.errors import GaigaiError, as_failure, miswritten, shown, some_of, with_stop
from gaigai_cli.judge.judgement import JudgedItem, Judgement
from gaigai_cli.model.finding import numbers_in_words
from gaigai_cli.model.ledger import Ledger
from gaigai_cli.words.say import full_day, lists_left_out
from gaigai_cli.words.typed import YearUnsaid, meant
from gaigai_cli.work import values
from gaigai_cli.work.directory import Directory, NotInListError, read_user

if TYPE_CHECKING:
    from gaigai_cli.render.json import Json
    from gaigai_cli.report.roll_up import ListMonth
    from gaigai_cli.words.period import Period
    from gaigai_cli.work.state_files import ReadState


@dataclass(frozen=True)
class Session(Directory):
    """The list that one run of a command works with.

    The clock's day is in UTC+8. ``name`` is what the list is called among several, empty for the only one.
    """

    given: Given = field(default_factory=Given)
    output: Output = field(default_factory=Output)
    name: str = ""

    @property
    def commit(self) -> bool:
        """Return whether what is written is committed too."""
        return self.given.flag(COMMIT)

    def demand_readable(self) -> None:
        """Raise ``GaigaiError`` where the list can't be read."""
        if self.at is None:
            demand_directory(self.data, "lists.yaml")
        _ = self.ledger

    @property
    def title(self) -> str:
        """The list's title."""
        return self.ledger.tasks.notice.title

    @property
    def overview(self) -> Json:
        """The figures of ``status``."""
        from gaigai_cli.render.json import overview_json

        return overview_json(self.judgement)

    def of_month(self, month: Period, cut: date) -> ListMonth:
        """Return what a roll-up tells of the list, cut on a day of the month or its last one."""
        from gaigai_cli.report.roll_up import list_month

        self.tell_findings()
        return list_month(self.judge, month, today=cut)

    @cached_property
    def as_of(self) -> date:
        """The day of which the answer is true: ``--as-of``, else ``GAIGAI_AS_OF``, else today, as where it writes."""
        if self.given.writes:
            return self.today
        words = self.given.word(AS_OF)
        what = AS_OF.name if self.given.has(AS_OF) else AS_OF.setting
        return self.day(words, what=what) if words is not None else self.today

    @cached_property
    def judgement(self) -> Judgement:
        """The list as of the day, after a word on standard error where there are findings."""
        self.tell_findings()
        return self.judge.on(self.as_of)

    def tell_findings(self) -> None:
        """Say how many findings there are, as every command does that answers from the valid records."""
        words = numbers_in_words(self.findings)
        if words:
            whose = f"{self.name}的" if self.name else ""
            self.output.message(
                f"{whose}数据中有{words}，运行 gaigai check 查看；以下按有效记录统计。"
            )

    def unit_typed(self, option: Option) -> str | None:
        """Return the list's name of the unit that is typed for an option; None where none is."""
        words = self.given.word(option)
        return self.unit(words) if words is not None else None

    def day(self, words: str, *, what: str, bound: Literal["lower", "upper"] = "upper") -> date:
        """Return a day to ask about; without a year it lies in the notice's year. ``what`` names the option."""
        year = self.ledger.tasks.notice.year
        return values.day(words, year=year, today=self.today, what=what, bound=bound)

    def _day_of_year(self, words: str, what: str, read: Callable[[str], date]) -> date:
        """Return the day that ``read`` finds.

        A person is asked, once for the same words, where the year isn't certain.
        """
        if words in self._years_asked:
            return self._years_asked[words]
        try:
            return values.read_day(words, what, read)
        except YearUnsaid as unsaid:
            error = miswritten(what, str(unsaid))
            if not ask.on_terminal():
                raise error from None
            if not ask.confirm(f"{what} 写的“{words}”是{full_day(unsaid.day)}吗", default=False):
                raise error from None
            self._years_asked[words] = unsaid.day
            return unsaid.day

    @cached_property
    def _years_asked(self) -> dict[str, date]:
        return {}

    def item(self, words: str) -> JudgedItem:
        """Return the one item that was typed: ``16.2`` or 第16项第2条."""
        return self.judgement.by_id[self.item_id(words)]

    def items(self, words: str) -> tuple[JudgedItem, ...]:
        """Return the item that was typed, or all items of the task (``16``, 第16项); at least one."""
        judged = self.judgement.by_id
        return tuple(judged[item] for item in self.item_ids(words))


@dataclass(frozen=True)
class StateSession(Session):
    """A list as a state file has it, beside others whose data are here: of no day after ``until``."""

    until: date = date.max

    @cached_property
    def _state(self) -> ReadState:
        from gaigai_cli.work.state_files import read_state

        return read_state(self.data)

    def demand_readable(self) -> None:
        """Raise ``GaigaiError`` where the file can't be read, or is of a day after the one that is asked for."""
        day = self._state.head.day
        if day > self.until:
            raise GaigaiError(f"{shown(self.data)}是{full_day(day)}的", "请给出更早的状态文件")

    @property
    def ledger(self) -> Ledger:
        """The list with its units and rules, and no records."""
        return self.judgement.ledger

    @property
    def as_of(self) -> date:
        """The day that the file is of."""
        return self._state.head.day

    @property
    def judgement(self) -> Judgement:
        """The list as it was judged then. Raises ``UnreadError`` where that part of the file is spoilt."""
        with left_out():
            found = self._state.judgement
        return found

    @property
    def title(self) -> str:
        return self._state.head.title

    @property
    def overview(self) -> Json:
        return self._state.head.figures

    def of_month(self, month: Period, cut: date) -> ListMonth:
        """Return what the file tells for a roll-up. Raises ``GaigaiError`` where it is of another month or day."""
        found = self._state.month
        if found.month != month or found.cut != cut:
            raise GaigaiError(
                f"{shown(self.data)}截至{full_day(found.cut)}，不是{full_day(cut)}",
                "请给出那一天的状态文件",
            )
        return found


def session_of(given: Given, output: Output, at: str | None) -> Session:
    """Return the list that a run works with, as the commit ``at`` or ``--at`` has it, else as it is.

    Of several lists it is the one that the ids name (华容/16.2); raises ``GaigaiError`` where they don't.
    """
    commit = _commit(given, at)
    found = places_of(given, committed=commit is not None)
    if len(found) == 1 and given.list not in ("", found[0].name):
        raise GaigaiError(f"这里没有“{given.list}”这份清单", "请核对名称")
    place = found[0] if len(found) == 1 else _of_ids(given, found)
    given.place = place.data
    return _session(given, output, place, commit)


def sessions_of(given: Given, output: Output, until: date | None) -> Iterator[Session]:
    """Yield each of the lists that a run works with; state files of no day after ``until`` (None: as it was asked)."""
    until = until or _asked_day(given)
    states = _states(given, until)
    commit: str | None = None
    found: tuple[NamedList, ...] = ()
    # Beside state files only those directories count that somebody names: none is looked for.
    if not states or given.word(DATA):
        commit = _commit(given, None)
        found = places_of(given, committed=commit is not None, several=bool(states))
    both = {place.name for place in found}.intersection(place.name for place in states)
    if both:
        raise GaigaiError(f"{'、'.join(sorted(both))}既有数据目录又有状态文件", "请只留一种")
    if len(found) == 1 and not states:
        given.place = found[0].data
    elif not gc.isenabled():
        gc.freeze()  # the program itself isn't looked through after each list
    for place in found:
        yield _session(given, output, place, commit)
    for place in states:
        yield _session(given, output, place, None, partial(StateSession, until=until))


def _states(given: Given, until: date) -> tuple[NamedList, ...]:
    """Return the state files that ``--state`` names, of each list one."""
    words = given.words(STATE)
    if not words:
        return ()
    from gaigai_cli.work.state_files import chosen, list_name

    found = chosen(state_files(words), until)
    names = called([path.with_name(list_name(path)) for path in found])
    return tuple(map(NamedList, names, found))


def _asked_day(given: Given) -> date:
    """Return the day by which state files are chosen: that of ``--as-of``, else today."""
    words, today = given.word(AS_OF), now().date()
    if words is None:
        return today
    return values.day(words, year=today.year, today=today, what=AS_OF.name)


def _commit(given: Given, at: str | None) -> str | None:
    named = given.word(AT)
    if at is not None and named is not None:
        raise GaigaiError("范围的右边和 --at 只能写一个", "请去掉 --at")
    return at or named


def _session(
    given: Given,
    output: Output,
    place: NamedList,
    commit: str | None,
    kind: Callable[..., Session] = Session,
) -> Session:
    return kind(
        data=place.data,
        now=now(),
        at=commit,
        set_unit=set_unit(),
        user=read_user(person_file()),
        progress=output.progress,
        given=given,
        output=output,
        name=place.name,
    )


def _of_ids(given: Given, found: tuple[NamedList, ...]) -> NamedList:
    """Return the one of several lists that is named before every id that was typed, which is then without it."""
    by_name = {place.name: place for place in found}
    if given.list in by_name:
        return by_name[given.list]
    typed = {option: words for option, words in given.typed.items() if option.of_list}
    parts = {
        option: [word.replace("／", "/").rpartition("/") for word in words]
        for option, words in typed.items()
    }
    lists = {name for words in parts.values() for name, _, _ in words}
    if len(lists) == 1 and (name := min(lists)) in by_name:
        for option, words in parts.items():
            given.typed[option] = tuple(word for _, _, word in words)
        given.list = name
        return by_name[name]
    for unknown in sorted(lists - {"", *by_name}):
        raise GaigaiError(f"这里没有“{unknown}”这份清单", f"{meant(unknown, by_name)}请核对名称")
    some = some_of(list(by_name), _SOME)
    names_ids = any(option.of_list for option in given.options)
    way = f"，或在编号前写明是哪一份，如 {found[0].name}/1.1" if names_ids else ""
    raise GaigaiError(
        f"这里有{len(found)}份清单（{some}），这条命令一次只用一份", f"请用 --data 指明一份{way}"
    )


_SOME: Final = 5

T = TypeVar("T")


class ListParts(NamedTuple, Generic[T]):
    """What was made of each list that could be read. ``several``: each has a name, even if there is but one of them."""

    parts: tuple[T, ...]
    several: bool
    unread: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """1 where a list could not be read, else 0."""
        return int(bool(self.unread))


def of_lists(
    given: Given,
    output: Output,
    part: Callable[[Session], T],
    *,
    broken: bool = False,
    until: date | None = None,
) -> ListParts[T]:
    """Let ``part`` make something of each list, which must not hold on to its ledger: one is in memory at a time.

    Of several lists one that can't be read is named on standard error and doesn't stop the rest. A unit or an item that
    was typed is looked for in each; raises ``GaigaiError`` where no list has it. ``broken``: ``part`` is called of one
    that can't be read, too. ``until``: state files of no day after it, else as it was asked.
    """
    parts: list[T] = []
    unread: list[str] = []
    unknown: NotInListError | None = None
    known = several = False
    number = 0
    for session in sessions_of(given, output, until):
        number, several = number + 1, bool(session.name)
        try:
            if several and not broken:
                with left_out():
                    session.demand_readable()
            parts.append(part(session))
            known = True
        except UnreadError as error:
            unread.append(session.name)
            session.output.message(f"{session.name}没有读取：{with_stop(str(error))}")
        except NotInListError as error:
            unknown = unknown or error
        del session
        if several and not gc.isenabled():
            # A ledger is full of cycles, and nothing else collects while a command runs (a server has the collector
            # on). What stays isn't looked through again.
            gc.collect()
            gc.freeze()
    if unknown is not None and not known:
        raise unknown
    if unread and len(unread) == number:
        raise GaigaiError(f"{number}份清单都不能读取", "请先改正以上问题")
    if unread:
        output.message(lists_left_out(number, unread))
    return ListParts(tuple(parts), several, tuple(unread))


class UnreadError(GaigaiError):
    """One of several lists of which a command can make nothing: the others are answered for."""


@contextmanager
def left_out() -> Iterator[None]:
    """Raise ``UnreadError`` for what goes wrong: the list that it is about is left out, the others are answered for."""
    try:
        yield
    except (GaigaiError, OSError) as error:
        failure = as_failure(error)
        raise UnreadError(failure.message, failure.remedy) from error
