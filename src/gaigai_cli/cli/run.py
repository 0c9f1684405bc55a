"""One run of a command: what was typed, the lists that it works with, and where its answer goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from gaigai_cli.cli.options import OUT, Given, Option
from gaigai_cli.cli.output import Output, output_of
from gaigai_cli.errors import GaigaiError

if TYPE_CHECKING:
    from gaigai_cli.cli.session import Lists, Session

T = TypeVar("T")

_FORMATS: Final = frozenset(
    ("json", "csv", "md", "xlsx", "docx", "html", "pdf", "doc", "wps", "xls", "et")
)
"""Endings that say the format of a file, whether or not it is one that can be written."""


def format_said(given: str | None, out: str | None) -> str | None:
    """Return the format that ``--format`` or the ending of the file of ``--out`` says; None where neither does.

    Raises ``GaigaiError`` where the two differ.
    """
    suffix = PurePath(out).suffix.removeprefix(".").lower() if out else ""
    ending = suffix if suffix in _FORMATS else None
    if given is not None and ending not in (None, given):
        raise GaigaiError(f"--out 的文件名是 {ending}，--format 却是 {given}", "请把两者写成一种")
    return given or ending


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
        word = format_said(self.word(option), self.word(OUT))
        return self.choice(option) if word is None else self.known(option, word)

    def demand_text(self) -> None:
        """Raise ``GaigaiError`` where a command whose answer is text alone is to write a file of another format."""
        out = self.word(OUT)
        ending = format_said(None, out)
        if ending not in (None, "md"):
            raise GaigaiError(f"{self.path} 只能写成文字，不能写成 {ending}", "请把扩展名写成 .txt")

    @cached_property
    def session(self) -> Session:
        """The list that the command works with. Raises ``GaigaiError`` where there is none."""
        return self.session_at(None)

    def session_at(self, commit: str | None) -> Session:
        """Return the session of the data as a commit has them. Raises ``GaigaiError`` where ``--at`` names one, too."""
        from gaigai_cli.cli.session import session_of

        return session_of(self, self.output, commit)

    def of_lists(self, part: Callable[[Session], T], *, broken: bool = False) -> Lists[T]:
        """Return what ``part`` makes of each of the lists that the command works with, as `session.of_lists` says."""
        from gaigai_cli.cli.session import of_lists

        return of_lists(self, self.output, part, broken=broken)

    @cached_property
    def output(self) -> Output:
        """Where the answer goes."""
        return output_of(self)
