"""What pyproject.toml, tests/lowest.txt, README.md and the package say of the same things is the same."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import gaigai_cli

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def padded(release: str) -> tuple[int, ...]:
    numbers = tuple(int(part) for part in release.split("."))
    return numbers + (0,) * (3 - len(numbers))


def test_lowest_versions_are_the_lower_bounds(project: dict[str, Any]) -> None:
    wanted = (line.partition(",")[0] for line in project["project"]["dependencies"])
    bounds = dict(line.split(">=") for line in wanted)
    text = (ROOT / "tests" / "lowest.txt").read_text(encoding="utf-8")
    lowest = dict(line.split("==") for line in text.splitlines() if not line.startswith("#"))

    assert {name: padded(bound) for name, bound in bounds.items()} == {
        name: padded(release) for name, release in lowest.items()
    }


def test_version_is_the_installed_one() -> None:
    assert version("gaigai-cli") == gaigai_cli.__version__


@pytest.mark.parametrize("name", ["start", "tests"])
@pytest.mark.parametrize("shell", ["bash", "powershell"])
def test_readme_gives_each_command_as_one_line(name: str, shell: str) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    blocks = re.findall(rf"<!-- command: {name}, {shell} -->\n```{shell}\n(.*?)```", text, re.S)

    assert [block.count("\n") for block in blocks] == [1]
