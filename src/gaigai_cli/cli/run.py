"""The only clock of the program, and one run of a command: what was typed, and what of it has been used."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gaigai_cli.errors import GaigaiError

if TYPE_CHECKING:
    from gaigai_cli.cli.output import Output
    from gaigai_cli.cli.session import Session

CHINA: Final = timezone(timedelta(hours=8))
_SETTING = "GAIGAI_NOW"
_FORM = "%Y-%m-%dT%H:%M:%S"


def now() -> datetime:
    """This moment in UTC+8, to the second; ``GAIGAI_NOW`` sets it for demonstrations and tests."""
    given = os.environ.get(_SETTING)
    if not given:
        return datetime.now(CHINA).replace(microsecond=0)  # noqa: TID251 - this is the clock
    try:
        return datetime.strptime(given, _FORM).replace(tzinfo=CHINA)
    except ValueError:
        raise GaigaiError(
            f"环境变量 {_SETTING} 的值“{given}”不是时间", "应写成 2024-06-14T15:30:12 的样子"
        ) from None


PROGRAM: Final = "gaigai"

COMPLETE_VARIABLE: Final = "_GAIGAI_COMPLETE"
"""The setting by which a shell asks for completions instead of a run."""

_FORMATS: Final = frozenset({"json", "csv", "md", "xlsx", "docx", "html"})
"""Endings that say the format of a file."""
_NAME: Final = re.compile("[^，；：。（]+")


@dataclass(frozen=True, eq=False)
class Option:
    """An option, or an argument where ``name`` has no ``--``.

    One without a ``metavar`` is a flag. ``many``: it may be given several times. ``setting`` is the variable of the
    environment that stands for it where it isn't given. ``choices`` are its words, the first of which it is where it
    isn't given. ``only`` says in Chinese what it goes with, for whoever has given it without. ``at_once`` is called
    as soon as it is read (``--help``). ``of_list``: it names what is in a list, and may say in which one (华容/16.2).
    """

    name: str
    help: str = ""
    metavar: str = ""
    many: bool = False
    required: bool = False
    complete: Callable[..., Any] | None = None
    setting: str = ""
    choices: tuple[str, ...] = ()
    only: str = ""
    at_once: Callable[..., Any] | None = None
    of_list: bool = False

    @property
    def is_argument(self) -> bool:
        """Whether it stands without a name of its own."""
        return not self.name.startswith("--")

    @property
    def key(self) -> str:
        """Its name among the parameters of a function."""
        return f"{self.name.strip('-').replace('-', '_')}_"

    @property
    def shown(self) -> str:
        """How messages name it: ``--summary（进展情况）``, “事项”."""
        if self.is_argument:
            return f"“{self.name}”"
        found = _NAME.match(self.help)
        return f"{self.name}（{found[0]}）" if found else self.name


class Command(NamedTuple):
    """What a command does, and the options that it knows."""

    function: Callable[[Run], Any]
    options: tuple[Option, ...]


def takes(*options: Option) -> Callable[[Callable[[Run], Any]], Command]:
    """Make a command of a function, with these options in the order in which help shows them."""
    return lambda function: Command(function, options)


def typed_words(ctx: Any, option: Option) -> tuple[str, ...]:
    """The words typed for an option, before the command and after it; a flag has one empty word."""
    before = typed_words(ctx.parent, option) if ctx.parent is not None else ()
    value = ctx.params.get(option.key)
    if value is True:
        return ("",)
    return (*before, *((value,) if isinstance(value, str) else value or ()))


class Run:
    """What was typed for one run of a command. Whatever reads an option uses it.

    What was typed and isn't used is an error: `refuse_unused`, which every answer and every writing waits for.
    ``names_ids`` says whether the command takes ids of a list, ``list`` which of several lists they are of, as typed.
    """

    def __init__(
        self,
        typed: Mapping[Option, Iterable[str]] | None = None,
        path: str = "",
        *,
        names_ids: bool = False,
    ) -> None:
        self.typed = {option: tuple(words) for option, words in (typed or {}).items()}
        self.path = path
        self.names_ids = names_ids
        self.list = ""
        self._used: set[Option] = set()
        for option, words in self.typed.items():
            if not option.many and len(set(words)) > 1:
                said = "、".join(f"“{word}”" for word in words)
                raise GaigaiError(f"{option.shown}写了不止一次：{said}", "请只留一个")

    def has(self, option: Option) -> bool:
        """Whether the option was typed; asking doesn't use it."""
        return option in self.typed

    def use(self, *options: Option) -> None:
        """Take note that what is typed for them has an effect."""
        self._used.update(options)

    def words(self, option: Option) -> tuple[str, ...]:
        """All words typed for the option; of an id without the name of its list, by which the session was chosen."""
        self.use(option)
        if option.of_list and any("/" in word for word in self.typed.get(option, ())):
            _ = self.session
        return self.typed.get(option, ())

    def word(self, option: Option) -> str | None:
        """The word typed for the option, else its setting in the environment; None where there is neither."""
        words = self.words(option)
        if words:
            return words[0]
        return (os.environ.get(option.setting) or None) if option.setting else None

    def flag(self, option: Option) -> bool:
        """Whether the flag was typed."""
        return bool(self.words(option))

    def choice(self, option: Option) -> str:
        """The one of the option's choices that was typed, else the first. Raises ``GaigaiError`` for other words."""
        word = self.word(option)
        return option.choices[0] if word is None else self._known(option, word)

    def format(self, option: Option) -> str:
        """The form of the answer: as typed, else by the ending of the file that it goes to, else the first choice."""
        ending = self.output.file.ending if self.output.file is not None else ""
        if ending not in _FORMATS:
            return self.choice(option)
        word = self.word(option) or ending
        if word != ending:
            raise GaigaiError(
                f"--out 的文件名是 {ending}，--format 却是 {word}", "请把两者写成一种"
            )
        return self._known(option, word)

    def _known(self, option: Option, word: str) -> str:
        from gaigai_cli.work import typed

        return typed.choice(word, {known: known for known in option.choices}, option.name)

    def refuse_unused(self, *undecided: Option) -> None:
        """Raise ``GaigaiError`` where something was typed that has no effect; ``undecided`` may still have one."""
        done = {*self._used, *undecided}
        self.refuse(option for option in self.typed if option not in done)

    def refuse(self, options: Iterable[Option]) -> None:
        """Raise ``GaigaiError`` where one of the options was typed: it has no effect here."""
        refused = [option for option in options if option in self.typed]
        if not refused:
            return
        names = "、".join(option.shown for option in refused)
        reasons = "；".join(f"{option.name} {option.only}" for option in refused if option.only)
        remedy = reasons or f"请去掉，用法见 {self.path} --help"
        raise GaigaiError(f"{names}在这里不起作用", remedy)

    @cached_property
    def session(self) -> Session:
        """The list that the command works with. Raises ``GaigaiError`` where there is none."""
        from gaigai_cli.cli.session import session_of

        return session_of(self)

    @cached_property
    def output(self) -> Output:
        """Where the answer goes."""
        from gaigai_cli.cli.output import output_of

        return output_of(self)
