"""Other programs of this PC, found where an administrator or the person has put them."""

import os
from pathlib import Path


def program(name: str) -> str | None:
    """Return the full path of a program; None where there is none.

    Only whole paths of PATH are looked through: a program that lies in the folder at hand, where Windows looks
    first, may be anybody's.
    """
    endings = os.environ.get("PATHEXT", ".EXE;.COM").split(";") if os.name == "nt" else [""]
    for folder in program_folders():
        for ending in endings:
            found = Path(folder, f"{name}{ending}")
            if found.is_file() and os.access(found, os.X_OK):
                return str(found)
    return None


def program_folders() -> list[str]:
    """Return the folders of PATH that are given by whole paths."""
    return [f for f in os.environ.get("PATH", "").split(os.pathsep) if Path(f).is_absolute()]
