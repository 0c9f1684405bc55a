"""Who is at the keyboard, where git doesn't say it: a file of the person's own, outside every list."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from gaigai_cli.characters import json_text
from gaigai_cli.store.regular import read_start

_MOST: Final = 10_000
"""Bytes that the file can have at most."""


@dataclass(frozen=True)
class User:
    """A person's name and unit, as they were said; empty where they weren't."""

    name: str = ""
    unit: str = ""


NOBODY: Final = User()


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
