"""Other programs of this PC, found where an administrator or the person has put them."""

import os
from functools import lru_cache
from pathlib import Path


def program(name: str) -> str | None:
    """Return the full path of a program; None where there is none.

    Only whole paths of PATH are looked through: a program that lies in the folder at hand, where Windows looks
    first, may be anybody's.
    """
    endings = os.environ.get("PATHEXT", ".EXE;.COM").split(";") if os.name == "nt" else [""]
    for folder in program_folders():
        for ending in endings:
            found = f"{folder}{os.sep}{name}{ending}"
            if os.access(found, os.X_OK) and Path(found).is_file():
                return found
    return None


def program_folders() -> tuple[str, ...]:
    """Return the folders of PATH that are given by whole paths."""
    return _whole(os.environ.get("PATH", ""))


@lru_cache(1)  # asked for twice before each of the forty processes of git that a sync takes
def _whole(path: str) -> tuple[str, ...]:
    return tuple(folder for folder in path.split(os.pathsep) if Path(folder).is_absolute())
