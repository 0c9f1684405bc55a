"""One run of a command: what was typed, the lists that it works with, and where its answer goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from gaigai_cli.cli.options import NO_COLOR, OUT, Given, Option
from gaigai_cli.cli.output import Output, free_place
from gaigai_cli.errors import GaigaiError
from gaigai_cli.words.typed import typed_path

if TYPE_CHECKING:
    from datetime import date

    from gaigai_cli.cli.session import ListParts, Session

T = TypeVar("T")

_FORMATS: Final = frozenset(
    ("json", "csv", "md", "xlsx", "docx", "html", "pdf", "doc", "wps", "xls", "et")
)
"""Endings that say the format of a file, whether or not it is one that can be written."""
_OF_FILES: Final = _FORMATS | {"txt", "zip", "rar", "7z"}
"""Endings that no folder has."""


def _ending(name: str) -> str:
    return PurePath(name).suffix.removeprefix(".").lower()


def format_said(given: str | None, out: str | None, choices: Iterable[str]) -> str | None:
    """Return the format that ``--format`` or the ending of the file of ``--out`` says; None where neither does.

    Raises ``GaigaiError`` where the two differ, and for an ending that is none of the ``choices``.
    """
    choices = tuple(choices)
    ending = _ending(out) if out and _ending(out) in _FORMATS.union(choices) else None
    if given is not None and ending not in (None, given):
        raise GaigaiError(f"--out 的文件名是 {ending}，--format 却是 {given}", "请把两者写成一种")
    if given is None and ending is not None and ending not in choices:
        known = [word if word in _FORMATS else "txt" for word in choices if word != "github"]
        raise GaigaiError(f"--out 的文件不能写成 {ending}", f"扩展名可写：{'、'.join(known)}")
    return given or ending


def folder_named(words: str, files: str = "") -> Path:
    """Return the folder that was typed, or the file with the ending ``files``.

    Raises ``GaigaiError`` for the name of another file: a folder would be called so.
    """
    path = typed_path(words)
    if _ending(words) in _OF_FILES - {files} and not path.is_dir():
        raise GaigaiError(f"“{words}”是文件名", f"请写文件夹{f'或 .{files} 文件' if files else ''}")
    return path


class Command(NamedTuple):
    """What a command does, and the options that it knows."""

    function: Callable[[Run], Any]
    options: tuple[Option, ...]


def takes(*options: Option) -> Callable[[Callable[[Run], Any]], Command]:
    """Make a command of a function, with these options in the order in which help shows them."""
    return lambda function: Command(function, options)


class Run(Given):
    """What was typed, with the list that it chooses and the output that it asks for."""

    def words(self, option: Option) -> tuple[str, ...]:
        """Return all words typed for the option.

        An id comes without the name of its list, by which the session is chosen.
        """
        if option.of_list and any(
            "/" in word or "／" in word for word in self.typed.get(option, ())
        ):
            _ = self.session
        return super().words(option)

    def format(self, option: Option) -> str:
        """Return the form of the answer: as typed, else by the ending of the output's file, else the first choice."""
        word = format_said(self.word(option), self.word(OUT), option.choices)
        return self.choice(option) if word is None else self.known(option, word)

    def demand_text(self) -> None:
        """Raise ``GaigaiError`` where a command whose answer is text alone is to write a file of another format."""
        format_said(None, self.word(OUT), ("text", "md"))

    @cached_property
    def session(self) -> Session:
        """The list that the command works with. Raises ``GaigaiError`` where there is none."""
        return self.session_at(None)

    @property
    def office_session(self) -> Session:
        """The list, for what the office alone does: nobody who is known to work for another unit."""
        from gaigai_cli.work.rule import demand_office

        demand_office(self.session, f"{self.path} ")
        return self.session

    def session_at(self, commit: str | None) -> Session:
        """Return the session of the data as a commit has them. Raises ``GaigaiError`` where ``--at`` names one, too."""
        from gaigai_cli.cli.session import session_of

        return session_of(self, self.output, commit)

    def typable(self, words: str) -> str:
        """Return a sentence whose commands find the list of the run from here."""
        from gaigai_cli.cli.pasted import typable

        return typable(self, words)

    def of_lists(
        self, part: Callable[[Session], T], *, broken: bool = False, until: date | None = None
    ) -> ListParts[T]:
        """Return what ``part`` makes of each of the lists that the command works with, as `session.of_lists` says."""
        from gaigai_cli.cli.session import of_lists

        return of_lists(self, self.output, part, broken=broken, until=until)

    @cached_property
    def output(self) -> Output:
        """Where the answer goes: nothing of it before all that was typed has been used."""
        name = self.word(OUT)
        return Output(
            color=not self.flag(NO_COLOR),
            file=None if name is None else free_place(name),
            before=self.refuse_unused,
            typable=self.typable,
        )
