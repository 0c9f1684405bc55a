"""Completion as the shells ask for it: quick, and silent whatever is wrong."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gaigai_cli.cli.commands import COMMANDS
from tests.program import Gaigai

DATA = Path(__file__).parent.parent.parent / "data"


def completed(gaigai: Gaigai, *words: str, data: Path = DATA) -> list[str]:
    """What bash is offered for the last of ``words``."""
    run = gaigai(
        _GAIGAI_COMPLETE="complete_bash",
        COMP_WORDS=" ".join(("gaigai", *words)),
        COMP_CWORD=str(len(words)),
        GAIGAI_DATA=str(data),
    )
    assert (run.status, run.err) == (0, "")
    return run.out.split()


def test_commands(gaigai: Gaigai) -> None:
    assert completed(gaigai, "") == list(COMMANDS)
    assert completed(gaigai, "s") == [name for name in COMMANDS if name[0] == "s"]


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (("--d",), ["--data"]),
        (("--c",), ["--completion"]),
        (
            ("check", "--"),
            [
                "--format",
                "--strict",
                "--explain",
                "--data",
                "--at",
                "--no-color",
                "--out",
                "--help",
            ],
        ),
        (("todo", "--a"), ["--as-of", "--at"]),
    ],
)
def test_options(gaigai: Gaigai, words: tuple[str, ...], options: list[str]) -> None:
    assert completed(gaigai, *words) == options


def test_items(gaigai: Gaigai) -> None:
    assert completed(gaigai, "show", "16") == ["16", "16.1", "16.2"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [("县住", ["县住建局", "县住房和城乡建设局"]), ("住建", ["住建局"]), ("zj", ["zjj"])],
)
def test_units(gaigai: Gaigai, typed: str, names: list[str]) -> None:
    assert completed(gaigai, "todo", "--unit", typed) == names


def test_units_by_name_alone_before_anything_is_typed(gaigai: Gaigai) -> None:
    names = completed(gaigai, "todo", "--unit", "")

    assert len(names) == 17
    assert "县住建局" in names


def test_schemas(gaigai: Gaigai) -> None:
    assert completed(gaigai, "schema", "") == [
        "tasks",
        "departments",
        "rules",
        "reviewers",
        "contacts",
        "log",
        "lists",
        "state",
    ]


def test_data_given_on_the_line(gaigai: Gaigai, tmp_path: Path) -> None:
    words = ("--data", shlex.quote(DATA.as_posix()), "show", "16.")

    assert completed(gaigai, *words, data=tmp_path) == ["16.1", "16.2"]


@pytest.mark.parametrize(
    "content", [None, "", "tasks: 甲\n", "tasks:\n- items:\n", "units: [", "\0"]
)
def test_silent_whatever_is_wrong(gaigai: Gaigai, tmp_path: Path, content: str | None) -> None:
    if content is not None:
        for name in ("tasks.yaml", "departments.yaml"):
            (tmp_path / name).write_text(content, encoding="utf-8")

    assert completed(gaigai, "show", "1", data=tmp_path) == []
    assert completed(gaigai, "todo", "--unit", "县", data=tmp_path) == []


def test_zsh_is_told_what_an_item_is(gaigai: Gaigai) -> None:
    run = gaigai(
        _GAIGAI_COMPLETE="complete_zsh",
        _TYPER_COMPLETE_ARGS="gaigai show 16.2",
        GAIGAI_DATA=str(DATA),
    )

    assert run.out == '_arguments \'*: :(("16.2":"县财政切实保障帮代办优化服务经费。"))\'\n'


def test_commands_need_no_model() -> None:
    probe = "import sys\nfrom gaigai_cli.cli.app import run\nrun([])\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", probe],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={
            "PYTHONUTF8": "1",
            "_GAIGAI_COMPLETE": "complete_bash",
            "COMP_WORDS": "gaigai s",
            "COMP_CWORD": "1",
        },
    )

    assert {"pydantic", "rich", "yaml"}.isdisjoint(done.stdout.split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_script(gaigai: Gaigai, shell: str) -> None:
    run = gaigai("--completion", shell)

    assert run.status == 0
    assert "_GAIGAI_COMPLETE" in run.out
    assert f"complete_{shell}" in run.out
    assert run.err.startswith("要在每次打开终端时启用补全，请在 ")
    assert f"gaigai --completion {shell}" in run.err


@pytest.mark.external("bash")
@pytest.mark.skipif(sys.platform == "win32", reason="the bash of Windows has other paths")
def test_bash_completes(gaigai: Gaigai, tmp_path: Path) -> None:
    script = gaigai("--completion", "bash").out
    program = shutil.which("gaigai", path=str(Path(sys.executable).parent))
    assert program is not None
    ask = f"""{script}
COMP_WORDS=(gaigai show 16.)
COMP_CWORD=2
_gaigai_completion {program}
echo "${{COMPREPLY[*]}}"
"""
    done = subprocess.run(
        ["bash", "--norc", "-c", ask],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={"GAIGAI_DATA": str(DATA), "PATH": "/usr/bin:/bin"},
    )

    assert done.stdout.split() == ["16.1", "16.2"]
