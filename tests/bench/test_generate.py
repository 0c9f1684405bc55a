"""The generated lists are valid data: what is measured on them is the program, not its findings."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.commits import write_repository
from bench.generate import write_list
from bench.run import CLOCK


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("generated") / "data"
    write_list(directory, 120)
    return directory


def test_same_arguments_write_the_same_bytes(data: Path, tmp_path: Path) -> None:
    write_list(tmp_path / "again", 120)

    def content(directory: Path) -> dict[str, bytes]:
        files = (path for path in directory.rglob("*") if path.is_file())
        return {path.relative_to(directory).as_posix(): path.read_bytes() for path in files}

    assert content(tmp_path / "again") == content(data)
    assert len(content(data)) == 2 + 17


def test_generated_list_has_no_findings(data: Path) -> None:
    command = [sys.executable, "-m", "gaigai_cli", "--data", str(data), "check", "--format", "json"]

    result = subprocess.run(
        command, capture_output=True, check=False, timeout=120, env=os.environ | CLOCK
    )

    assert (json.loads(result.stdout), result.returncode) == ([], 0)


def test_generated_history_breaks_no_rule(tmp_path: Path) -> None:
    write_repository(tmp_path / "r", 20, 10)
    command = [sys.executable, "-m", "gaigai_cli", "--data", str(tmp_path / "r" / "data")]
    command += ["review", "base..HEAD", "--format", "json"]

    result = subprocess.run(
        command, capture_output=True, check=False, timeout=120, env=os.environ | CLOCK
    )

    told = json.loads(result.stdout)
    assert (told["violations"], told["findings"], result.returncode) == ([], [], 0)
    assert len(told["changes"]["records"]) == 200
    assert len(told["commits"]) >= 10
