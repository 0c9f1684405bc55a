"""What README.md shows is what the program prints."""

import re
from pathlib import Path

import pytest

from gaigai_cli.cli.commands import COMMANDS
from tests.program import Gaigai
from tests.transcript import EXAMPLE, copied

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OUTPUTS = re.findall(r"<!-- output: (.+?) -->\n```console\n\$ gaigai (.+?)\n(.*?)```", README, re.S)
MENTIONED = sorted(set(re.findall(r"gaigai (?:--data \S+ )?([a-z][a-z-]*)", README)))

READING = "todo status list show overdue due depts report check score remind form export".split()
"""Commands of the tour: they need neither git nor a terminal."""
ELSEWHERE = re.compile(
    r"--issue|--verify|--withdraw|--correct|--returned|送审稿|通知\.docx|examples/"
)
"""What needs something that the example hasn't got."""
WRITTEN = re.compile(r"`(gaigai [^`]+)`|^(gaigai .+?)(?: +#.*)?$", re.MULTILINE)


def tour() -> list[list[str]]:
    """The commands of the README that answer, each once, in order: they are walked on the example."""
    found = (match[1] or match[2] for match in WRITTEN.finditer(README.partition("## 一周里")[2]))
    commands = (tuple(line.split()[1:]) for line in found if not ELSEWHERE.search(line))
    return [list(words) for words in dict.fromkeys(commands) if words and words[0] in READING]


def test_the_tour(gaigai: Gaigai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied(EXAMPLE, tmp_path)
    monkeypatch.chdir(tmp_path)
    commands = tour()

    assert len(commands) > 20
    assert {words[0] for words in commands} == set(READING)
    for words in commands:
        run = gaigai(*words, GAIGAI_NOW="2025-06-30T09:00:00")
        assert (run.status, bool(run.out + run.err)) == (0, True), (words, run.err)


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


def test_commands_exist() -> None:
    assert MENTIONED
    assert set(MENTIONED) - set(COMMANDS) == set()
