"""Earlier versions of files that only grew, taken from the last one: git names a blob by the hash of its bytes.

Of a log that a thousand commits appended to, git would have to unpack and hand over a thousand almost equal texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Final

from gaigai_cli.history.git import damaged, demand, run_git

_SHA1_DIGITS: Final = 40


def is_blob(data: bytes | memoryview, name: str) -> bool:
    """Whether git calls these bytes ``name``, by the algorithm that the name's length tells."""
    algorithm = hashlib.sha256 if len(name) > _SHA1_DIGITS else hashlib.sha1
    found = algorithm(b"blob %d\0" % len(data), usedforsecurity=False)
    found.update(data)
    return found.hexdigest() == name


def sizes(folder: Path, hashes: Sequence[str]) -> dict[str, int]:
    """The size of each blob in bytes, by one process. Raises ``GaigaiError`` where one is missing."""
    asked = "".join(f"{hash_}\n" for hash_ in hashes).encode("ascii")
    result = run_git(folder, "cat-file", "--batch-check=%(objectname) %(objectsize)", given=asked)
    demand(result)
    pairs = [line.split() for line in result.stdout.decode("ascii").splitlines()]
    if not all(size.isdigit() for _, size in pairs):  # “missing”
        raise damaged()
    return {hash_: int(size) for hash_, size in pairs}


def beginnings(last: bytes, earlier: Sequence[str], size_of: Mapping[str, int]) -> list[str]:
    """Those of the ``earlier`` versions (the latest first) that ``last`` grew from, the first one first.

    Where a version changed more than its end, it and those before it are left out.
    """
    view = memoryview(last)
    grew = list(takewhile(lambda hash_: is_blob(view[: size_of[hash_]], hash_), earlier))
    return grew[::-1]
