"""What README.md shows is what the program prints."""

import re
from pathlib import Path

import pytest

from gaigai_cli.cli.commands import COMMANDS
from tests.program import Gaigai

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OUTPUTS = re.findall(r"<!-- output: (.+?) -->\n```console\n\$ gaigai (.+?)\n(.*?)```", README, re.S)
MENTIONED = sorted(set(re.findall(r"gaigai (?:--data \S+ )?([a-z][a-z-]*)", README)))


def test_there_is_a_real_output() -> None:
    assert OUTPUTS


@pytest.mark.parametrize(("words", "shown", "output"), OUTPUTS, ids=[o[0] for o in OUTPUTS])
def test_outputs(
    words: str, shown: str, output: str, gaigai: Gaigai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    run = gaigai(*words.split(), COLUMNS="80", GAIGAI_NOW="2024-07-02T09:00:00")
    assert shown == words
    assert (run.status, run.out) == (0, output)


@pytest.mark.parametrize("command", MENTIONED)
def test_commands_exist(command: str) -> None:
    assert command in COMMANDS
