"""Commands that are printed to be pasted: each word as the shell at hand takes it, with the list that is meant."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterable
from typing import Final

from gaigai_cli.cli.commands import INTERNAL, PROGRAM
from gaigai_cli.cli.options import DATA, Given
from gaigai_cli.cli.place import places_of
from gaigai_cli.errors import GaigaiError, shown

_QUOTES_OF_POWERSHELL: Final = re.compile("[“”„‘’‚‛@,]")
_SAFE: Final = re.compile(r"[\w@%+=:,./\-〔〕（）“”‘’《》、。，；：！？…·—]+")
_COMMAND: Final = re.compile(
    rf"\b{PROGRAM} (?!import|init|practise|schema|[a-z-]+ --help)(?=[a-z])"
)
"""The beginning of a command that works with a list."""


def typable(given: Given, words: str) -> str:
    """Return a sentence whose commands find the list of the run from here: ``--data`` in each where they wouldn't.

    What git has us say on a server is read by who has pushed, in his own clone.
    """
    if given.path.removeprefix(f"{PROGRAM} ") in INTERNAL or not _COMMAND.search(words):
        return words
    command = command_line([PROGRAM, *data_option(given)])
    return _COMMAND.sub(lambda _: f"{command} ", words)


def data_option(given: Given) -> list[str]:
    """Return ``--data`` where a command without it finds other lists than the run has."""
    if given.place is None:
        return [word for typed in given.typed.get(DATA, ()) for word in (DATA.name, typed)]
    try:
        usual = [place.data for place in places_of(Given())]
    except GaigaiError:  # nothing is found from here
        usual = []
    return [] if usual == [given.place] else [DATA.name, shown(given.place)]


def command_line(words: Iterable[str]) -> str:
    """Return a command to be pasted, each word as the shell at hand takes it."""
    return " ".join(map(QUOTED[shell()], words))


def shell() -> str:
    """Return the shell that the command came from, by its parent processes: sh, cmd or powershell.

    It is ``cmd`` where none is found.
    """
    if sys.platform != "win32":
        return "sh"
    from shellingham import ShellDetectionFailure, detect_shell

    try:
        name, _ = detect_shell()
    except (ShellDetectionFailure, OSError):
        return "cmd"
    return {"cmd": "cmd", "powershell": "powershell", "pwsh": "powershell"}.get(name, "sh")


def _for_sh(word: str) -> str:
    """Return a word as a shell takes it; quotes only where they are needed."""
    return word if _SAFE.fullmatch(word) else shlex.quote(word)


def _for_cmd(word: str) -> str:
    """Return a word as cmd and the C library take it, quotes inside doubled, as is ``\\`` before the last one."""
    if _SAFE.fullmatch(word):
        return word
    doubled = word.replace('"', '""')
    return f'"{doubled}{_last_backslashes(word)}"'


def _for_powershell(word: str) -> str:
    """Return a word as PowerShell takes it, to which Chinese quotes are quotes too, and which drops a plain ``"``."""
    if _SAFE.fullmatch(word) and not _QUOTES_OF_POWERSHELL.search(word):
        return word
    doubled = re.sub("['‘’‚‛]", r"\g<0>\g<0>", word.replace('"', '\\"'))
    return f"'{doubled}{_last_backslashes(word)}'"


def _last_backslashes(word: str) -> str:
    return "\\" * (len(word) - len(word.rstrip("\\")))


QUOTED: Final = {"sh": _for_sh, "cmd": _for_cmd, "powershell": _for_powershell}
"""How a word is written in each shell."""
