"""Short forms of what ``bench/kills.py`` and ``bench/race.py`` do at length."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench import kills, race

ROOT = Path(__file__).parents[2]


@pytest.fixture(name="place")
def _place(tmp_path: Path) -> Path:
    kills.make(tmp_path / "old")
    (tmp_path / "拨付单.txt").write_text("示例凭证\n", encoding="utf-8")
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    kills.write(tmp_path / "new")
    shutil.copytree(tmp_path / "new", tmp_path / "now")
    return tmp_path


def faults(place: Path) -> list[str]:
    old, new = (kills.contents(place / name) for name in ("old", "new"))
    return list(kills.faults_left(place / "now", old, new))


def test_killed_at_any_moment_the_files_are_the_old_or_the_new_ones() -> None:
    """In a process of its own: it is forked for each kill, and one that runs tests is large."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.kills", "20"],
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.startswith("20 kills (")
    assert done.stdout.endswith(" file operations: 0 with faults\n")


def test_four_processes_at_once_lose_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    status = race.main(["10", "4"])
    said, errors = capfd.readouterr()

    assert (status, errors) == (0, ""), said
    assert said.startswith(
        "4 processes × 10 appends: 40 records in 5 logs, 0 faults, nothing left over, "
    )


def test_kills_are_spread_over_the_whole_run() -> None:
    operations = ["open", "write", "close"]
    whole = [
        *((0, "before"), (0, "after")),
        *((1, "before"), (1, "midst"), (1, "after")),
        *((2, "before"), (2, "after")),
    ]

    assert kills.kill_points(operations, 7) == whole
    assert kills.kill_points(operations, 3) == [(0, "before"), (1, "before"), (1, "after")]
    assert set(kills.kill_points(operations, 20)) == set(whole)


def test_what_is_whole_is_no_fault(place: Path) -> None:
    (place / "now" / "progress" / ".0a-1.gaigai.tmp").write_bytes(b"half")
    (place / "now" / ".gaigai.lock").write_bytes(b"")

    assert faults(place) == []


@pytest.mark.parametrize("name", kills.FILES)
def test_a_torn_file_is_a_fault(place: Path, name: str) -> None:
    path = place / "now" / name
    path.write_bytes(path.read_bytes()[:-3])

    assert f"{name} is neither the old nor the new one" in faults(place)


def test_litter_is_a_fault(place: Path) -> None:
    for name in ("progress/.0a-1.gaigai.tmp", "evidence/.0b-1.gaigai.tmp", "progress/x.yaml~"):
        (place / "now" / name).write_bytes(b"half")

    found = faults(place)

    assert [fault.partition(":")[0] for fault in found] == [
        "left over",
        "more than one draft",
        "findings",
        "not cleared",
    ]
