"""What can be wrong with a file as YAML, before anybody asks what its words mean."""

from __future__ import annotations

from typing import Final, NamedTuple

from gaigai_cli.characters import one_line

MAX_PROBLEMS: Final = 1000
_SHOWN: Final = 40


class Problem(NamedTuple):
    """One fault of a file at a 1-based line and column (in characters).

    `message` says in Chinese what is wrong, `remedy` what to do; neither ends with a full stop.
    """

    code: str
    message: str
    remedy: str
    line: int
    column: int


class TooManyProblemsError(Exception):
    """The file has more problems than anybody would read one by one."""


class ProblemLog:
    """Collects the problems of one file."""

    def __init__(self) -> None:
        # A dict for its order: what is read twice is reported once.
        self._problems: dict[Problem, None] = {}
        self._ignored = range(0)

    def ignore(self, lines: range) -> None:
        """Keep nothing from now on that is found on one of these lines."""
        self._ignored = lines

    def add(self, problem: Problem) -> None:
        """Keep `problem`; raise `TooManyProblemsError` when there are `MAX_PROBLEMS` already.

        Without a limit 20 MB of aliases would need gigabytes of messages.
        """
        if problem.line in self._ignored:
            return
        if problem in self._problems:
            return
        if len(self._problems) >= MAX_PROBLEMS:
            raise TooManyProblemsError
        self._problems[problem] = None

    def has(self, code: str, line: int) -> bool:
        """Tell whether a problem of this code was found on this line."""
        return any(one.code == code and one.line == line for one in self._problems)

    def in_order(self) -> tuple[Problem, ...]:
        """Return the problems by line and column."""
        return tuple(sorted(self._problems, key=lambda one: (one.line, one.column)))


def shown(words: str) -> str:
    """Return `words` of a file fit for a message: one line, not long, nothing invisible."""
    line = one_line(words[: _SHOWN + 1])
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
