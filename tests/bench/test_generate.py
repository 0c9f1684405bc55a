"""The generated lists are valid data: what is measured on them is the program, not its findings."""

import json
from pathlib import Path

import pytest

from bench.commits import write_repository
from bench.generate import write_list
from bench.run import CLOCK
from tests.program import Gaigai


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


def test_generated_list_has_no_findings(data: Path, gaigai: Gaigai) -> None:
    run = gaigai("--data", str(data), "check", "--format", "json", **CLOCK)

    assert (json.loads(run.out), run.status) == ([], 0)


def test_generated_history_breaks_no_rule(tmp_path: Path, gaigai: Gaigai) -> None:
    write_repository(tmp_path / "r", 20, 10)
    data = str(tmp_path / "r" / "data")

    run = gaigai("--data", data, "review", "base..HEAD", "--format", "json", **CLOCK)

    told = json.loads(run.out)
    assert (told["violations"], told["findings"], run.status) == ([], [], 0)
    assert len(told["changes"]["records"]) == 200
    assert len(told["commits"]) >= 10
