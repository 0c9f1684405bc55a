"""Help: laid out by cell width, with Chinese words for every parameter."""

import re
from pathlib import Path
from typing import Any

import pytest

from gaigai_cli.cli.commands import COMMANDS
from gaigai_cli.cli.group import Group
from gaigai_cli.model.schema import FILES, schema_text
from gaigai_cli.render.width import width_of
from tests.program import Gaigai, SameAsFile

SNAPSHOTS = Path(__file__).parent / "snapshots"
NAMES = [(), *((name,) for name in COMMANDS)]


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize(
    "words",
    [(), ("todo",), ("check",), ("schema",), ("update",), ("verify",), ("correct",)],
    ids=" ".join,
)
def test_help(
    gaigai: Gaigai, same_as_file: SameAsFile, words: tuple[str, ...], columns: int
) -> None:
    run = gaigai(*words, "--help", COLUMNS=str(columns))

    assert (run.status, run.err) == (0, "")
    same_as_file(run.out, SNAPSHOTS / f"help-{'-'.join((*words, str(columns)))}.txt")


@pytest.mark.parametrize("columns", [40, 80, 100])
def test_no_line_is_too_wide(gaigai: Gaigai, columns: int) -> None:
    for words in NAMES:
        run = gaigai(*words, "--help", COLUMNS=str(columns))

        lines = run.out.partition("\n示例\n")[0].splitlines()[1:]
        assert [line for line in lines if width_of(line) > max(columns, 50)] == []
        assert [line for line in lines if line != line.rstrip()] == []
        assert lines, words


def test_no_words_show_help(gaigai: Gaigai) -> None:
    assert gaigai() == gaigai("--help")


def test_global_options_stand_in_every_command(gaigai: Gaigai) -> None:
    for name, command in COMMANDS.items():
        out = gaigai(name, "--help").out

        assert all(f"  {option}" in out for option in ("--data", "--no-color", "--help")), name
        always = command.writes and not command.writes_with
        assert ("  --at" in out) != (always or command.here), name


def params() -> list[Any]:
    group = Group()
    commands = [group, *(group.get_command(None, name) for name in COMMANDS)]
    return [(command, param) for command in commands for param in command.get_params(None)]  # type: ignore[union-attr,arg-type]


def test_every_parameter_has_chinese_words() -> None:
    bare = [
        (command.name, param.name)
        for command, param in params()
        if not re.search("[一-鿿]", param.help or "")
        or not (getattr(param, "is_flag", False) or re.search("[一-鿿]", param.metavar or ""))
    ]

    assert bare == []


def test_version(gaigai: Gaigai) -> None:
    run = gaigai("--version")

    assert run.status == 0
    assert re.fullmatch(r"gaigai \d+\.\d+\.\d+\S*\n", run.out)


def test_neither_help_nor_a_schema_takes_every_lists_office_for_this_one() -> None:
    said = [row.help for row in COMMANDS.values()] + [schema_text(name) for name in FILES]
    for name in COMMANDS:
        command = Group().get_command(None, name)
        said += [option.help for option in command.options] if command else []
    found = [re.findall(r".{8}(?<![县市省])工改办.{8}", words) for words in said]
    assert list(filter(None, found)) == []
