"""Files that would keep a careless reader busy are read or refused in bounded time and memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.notice.bombs import CASES, GROUPS

ROOT = Path(__file__).parents[2]


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="no limits of a process there")
def test_every_file_is_told_in_bounds() -> None:
    """Each in a process that the system ends where it takes more than it may; see there."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.notice.bombs"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    told = [line.rpartition(" ")[0] for line in done.stdout.splitlines()]
    assert (told, done.stderr) == ([f"{name} 0" for name in (*GROUPS, *CASES)], "")
