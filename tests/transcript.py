"""Commands run one after the other on a copy of a list, as they would look on one screen."""

import hashlib
import io
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from gaigai_cli.cli.app import run
from gaigai_cli.work import transaction

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "data"
EXAMPLE = ROOT / "examples" / "岳阳县2024示例" / "data"
THREE = ROOT / "examples" / "三县示例"
LABEL = "  example: true  # 示例数据，非真实进展\n"
WIDTH = "90"


def copied(source: Path, folder: Path, *, example: bool = False) -> Path:
    """A copy of a data directory at ``folder/data``; ``example`` labels a list whose progress is made up."""
    data = folder / "data"
    shutil.copytree(source, data)
    if example:
        tasks = data / "tasks.yaml"
        text = tasks.read_text(encoding="utf-8")
        tasks.write_text(text.replace("tasks:\n", f"{LABEL}tasks:\n", 1), encoding="utf-8")
    return data


def numbered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the random half of record numbers be the same in every run."""
    numbers = count(1)
    monkeypatch.setattr(
        transaction,
        "random_bytes",
        lambda: hashlib.sha256(str(next(numbers)).encode()).digest()[:4],
    )


def date_commits(monkeypatch: pytest.MonkeyPatch, now: str) -> None:
    """Let git take a moment of the program's clock for the present, so that commits have the same names every time."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_DATE", f"{now}+08:00")


def screen(monkeypatch: pytest.MonkeyPatch, line: str) -> tuple[int, str]:
    """Run ``NAME=value … gaigai words``, ``NAME=value … git words`` or ``cd FOLDER``.

    Its status, and what both streams show in the order of writing. What is committed is dated as the program's clock.
    """
    words = shlex.split(line)
    with monkeypatch.context() as patch:
        patch.setenv("COLUMNS", WIDTH)
        while "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            patch.setenv(name, value)
            if name == "GAIGAI_NOW":
                date_commits(monkeypatch, value)
        match words:
            case ["cd", folder]:
                monkeypatch.chdir(folder)
                return 0, ""
            case ["git", *_]:
                return _git(words)
        assert words.pop(0) == "gaigai"
        stream = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n", write_through=True)
        patch.setattr(sys, "stdout", stream)
        patch.setattr(sys, "stderr", stream)
        status = run(words)
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return status, buffer.getvalue().decode("utf-8")


def _git(words: list[str]) -> tuple[int, str]:
    done = subprocess.run(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout


Screen = Callable[[str], tuple[int, str]]


def transcript(show: Screen, lines: Iterator[str] | list[str]) -> str:
    """Each line with ``$ `` before it, and below it what it shows; a status other than 0 is said."""
    parts = []
    for line in lines:
        status, text = show(line)
        parts.append(f"$ {line}\n{text}{f'［状态 {status}］' + chr(10) if status else ''}")
    return "".join(f"{part.rstrip()}\n\n" for part in parts)
