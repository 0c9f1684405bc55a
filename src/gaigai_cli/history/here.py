"""Whether the data directory lies here as the commit that is checked out has it."""

from pathlib import Path

from gaigai_cli.errors import GaigaiError
from gaigai_cli.history.committed import commit_files
from gaigai_cli.history.git import place_of, verified
from gaigai_cli.history.growth import is_blob
from gaigai_cli.store.files import Folder


def commit_here(data: Path) -> str | None:
    """The hash of the commit checked out, if it has the data directory just as it lies here; else None.

    Files whose names begin with a dot don't count, nor do line ends that git converts. None too where there is no
    git, repository or commit.
    """
    try:
        full = verified(place_of(data, "report --issue").folder, "HEAD")
        blobs = commit_files(data, full).blobs
    except GaigaiError:
        return None
    here = Folder(data)
    names = {name for name in here.names("") if _counts(name)}
    if names != {name for name in blobs if _counts(name)}:
        return None
    return full if all(_is(here.read(name), blobs[name].hash) for name in names) else None


def _counts(name: str) -> bool:
    return not name.rpartition("/")[2].startswith(".")


def _is(data: bytes, name: str) -> bool:
    """Whether git calls these bytes so, as they are or with its own line ends."""
    return is_blob(data, name) or is_blob(data.replace(b"\r\n", b"\n"), name)
